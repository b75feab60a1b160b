"""Claims over HTTP, for those whom they are about: makers of films, and owners of works."""

from collections.abc import Callable
from typing import Annotated

import msgspec
from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from matinee.kit.bodies import answer
from matinee.kit.db import Session
from matinee.people import Visitor, access
from matinee.rights import store as registry
from matinee.rights.claims import disputing, limits, look_store, looking, store
from matinee.rights.claims.errors import ClaimInvalid, ClaimNotFound, MatchNotFound
from matinee.rights.claims.evidence import Evidence
from matinee.rights.claims.frames import frame_at
from matinee.rights.claims.model import ACTIONS, Claim, ClaimPolicy

from .claim_bodies import (
    ClaimDesk,
    ClaimPage,
    ClaimWish,
    MatchPage,
    MatchSaid,
    PolicyBody,
    Presenter,
    Said,
    read,
)

PAGE = 30

Member = Annotated[Visitor, Depends(access.member("rights"))]


class StandingOfClaimant(msgspec.Struct, frozen=True):
    """How many claims by hand somebody has open and may have, or why they may not claim."""

    open_count: int
    open_max: int
    lost_count: int
    suspended: str | None
    appealed: bool


class WordsBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody says."""

    words: str


def claim_router(desk: ClaimDesk) -> APIRouter:
    """The routes of makers and owners, below ``/api``."""
    router = APIRouter()
    _add_lists(router, desk)
    _add_acts(router, desk)
    _add_matches(router, desk)
    _add_policies(router, desk)
    return router


def _add_lists(router: APIRouter, desk: ClaimDesk) -> None:
    @router.get("/claims")
    def claims(request: Request, visitor: Member) -> Response:
        """List claims on one's films, or with ``side=works`` for one's works; newest first."""
        before = request.query_params.get("cursor", "")
        side = request.query_params.get("side", "films")
        if side not in {"films", "works"}:
            raise ClaimInvalid("side", "it is films or works")
        listed = store.claims_against if side == "films" else store.claims_by
        with desk.database.transaction() as session:
            found = listed(session, visitor.person.id, before=before, limit=PAGE)
            shown = Presenter(session, desk)
            views = tuple(map(shown.claim, found))
        return answer(ClaimPage(views, found[-1].id if len(found) == PAGE else None))

    @router.get("/claims/{claim_id}")
    def show(claim_id: str, visitor: Member) -> Response:
        """Show a claim on one's film or for one's work, with its evidence."""
        with desk.database.transaction() as session:
            claim = _involving(session, claim_id, visitor)
            return answer(Presenter(session, desk).in_full(claim, desk.bench.clock.now()))

    @router.get("/claims/{claim_id}/frames/{number}/{side}")
    def frame(claim_id: str, number: int, side: str, visitor: Member) -> Response:
        """Show the picture in the middle of a matched stretch: of the film, or the reference."""
        with desk.database.transaction() as session:
            claim = _involving(session, claim_id, visitor)
            match = look_store.match_of(session, claim.film_id, claim.work_id)
        if match is None:
            raise MatchNotFound(claim_id)
        return frame_response(desk, claim.film_id, match.evidence, number, side)

    @router.get("/claimants/me")
    def me(visitor: Member) -> Response:
        """Say how many claims by hand one may have open."""
        with desk.database.transaction() as session:
            count, lost, judged = store.record_of(session, visitor.person.id)
            suspension = store.suspension_of(session, visitor.person.id)
        return answer(
            StandingOfClaimant(
                open_count=count,
                open_max=limits.open_max(lost, judged),
                lost_count=lost,
                suspended=str(suspension["reason"]) if suspension else None,
                appealed=bool(suspension and suspension["appealed_at"]),
            )
        )


def _add_acts(router: APIRouter, desk: ClaimDesk) -> None:
    clock = desk.bench.clock

    async def done(act: Callable[[Session], Claim], status: int = 200) -> Response:
        def acted() -> Response:
            with desk.database.transaction() as session:
                claim = act(session)
                return answer(Presenter(session, desk).in_full(claim, clock.now()), status=status)

        return await run_in_threadpool(acted)

    @router.post("/claims")
    async def claim(request: Request, visitor: Member) -> Response:
        """Claim a film by hand for a work of one's own."""
        wish = await read(request, ClaimWish)
        return await done(
            lambda session: disputing.claim_by_hand(
                session,
                wish.film_id,
                wish.work_id,
                visitor.person.id,
                wish.statement,
                ids=desk.bench.ids,
                at=clock.now(),
            ),
            201,
        )

    @router.post("/claims/{claim_id}/dispute")
    async def dispute(claim_id: str, request: Request, visitor: Member) -> Response:
        """Object to a claim on one's film."""
        said, who = await read(request, Said), visitor.person.id
        return await done(
            lambda session: disputing.dispute(
                session, claim_id, who, said.ground, said.words, at=clock.now()
            )
        )

    @router.post("/claims/{claim_id}/answer")
    async def reply(claim_id: str, request: Request, visitor: Member) -> Response:
        """Answer a dispute about one's work."""
        said, who = await read(request, Said), visitor.person.id
        return await done(
            lambda session: disputing.answer(
                session, claim_id, who, said.words, uphold=said.uphold, at=clock.now()
            )
        )

    @router.post("/claims/{claim_id}/appeal")
    async def appeal(claim_id: str, request: Request, visitor: Member) -> Response:
        """Take an upheld claim on one's film to the desk."""
        said, who = await read(request, Said), visitor.person.id
        return await done(
            lambda session: disputing.appeal(session, claim_id, who, said.words, at=clock.now())
        )

    @router.post("/claims/{claim_id}/withdraw")
    async def withdraw(claim_id: str, visitor: Member) -> Response:
        """Give up a claim for one's work."""
        who = visitor.person.id
        return await done(
            lambda session: disputing.withdraw(session, claim_id, who, at=clock.now())
        )

    @router.post("/claimants/me/appeal")
    async def appeal_suspension(request: Request, visitor: Member) -> Response:
        """Object to one's suspension from claiming by hand."""
        said = await read(request, WordsBody)

        def act() -> None:
            with desk.database.transaction() as session:
                limits.appeal(session, visitor.person.id, said.words, at=clock.now())

        await run_in_threadpool(act)
        return Response(status_code=204)


def _add_matches(router: APIRouter, desk: ClaimDesk) -> None:
    @router.get("/matches")
    def matches(request: Request, visitor: Member) -> Response:
        """List what may be one's works in films of others, and has to be looked at."""
        before = request.query_params.get("cursor", "")
        return answer(match_page(desk, visitor.person.id, before))

    @router.post("/matches/{match_id}")
    async def decide(match_id: str, request: Request, visitor: Member) -> Response:
        """Say whether it is one's work: it is claimed by hand, or let pass."""
        said = await read(request, MatchSaid)
        return await run_in_threadpool(
            match_decided, desk, match_id, visitor, said, moderator=False
        )

    @router.get("/matches/{match_id}/frames/{number}/{side}")
    def frame(match_id: str, number: int, side: str, visitor: Member) -> Response:
        """Show the picture in the middle of a matched stretch: of the film, or the reference."""
        with desk.database.transaction() as session:
            match = look_store.match_by_id(session, match_id)
            subject = match.evidence.subject_id
            owners = disputing.owners_of(session, subject)
            if visitor.person.id not in owners and not visitor.person.has("moderator"):
                raise MatchNotFound(match_id)
        return frame_response(desk, match.film_id, match.evidence, number, side)


def _add_policies(router: APIRouter, desk: ClaimDesk) -> None:
    @router.get("/works/{work_id}/claim-policy")
    def policy(work_id: str, visitor: Member) -> Response:
        """Say what follows when one's work is found in a film."""
        with desk.database.transaction() as session:
            _own_work(session, work_id, visitor)
            return answer(_policy_view(store.policy_of(session, work_id)))

    @router.put("/works/{work_id}/claim-policy")
    async def set_policy(work_id: str, request: Request, visitor: Member) -> Response:
        """Say what follows from now on; open claims keep what they were opened under."""
        body = await read(request, PolicyBody)
        action = next((one for one in ACTIONS if one == body.action), None)
        if action is None:
            raise ClaimInvalid("action", f"it is one of {', '.join(ACTIONS)}")
        wanted = ClaimPolicy(
            action=action,
            territories=frozenset(body.territories),
            match_min_ms=body.match_min_ms,
            share_bps=body.share_bps,
        )

        def act() -> Response:
            with desk.database.transaction() as session:
                _own_work(session, work_id, visitor)
                now = desk.bench.clock.now()
                store.set_policy(session, work_id, wanted, by=visitor.person.id, at=now)
            return answer(_policy_view(wanted))

        return await run_in_threadpool(act)


def match_page(desk: ClaimDesk, owner: str | None, before: str) -> MatchPage:
    """Matches that wait: with somebody's works, or (None) all."""
    with desk.database.transaction() as session:
        found = look_store.waiting_matches(session, owner=owner, before=before, limit=PAGE)
        views = tuple(map(Presenter(session, desk).match, found))
    return MatchPage(views, found[-1].id if len(found) == PAGE else None)


def match_decided(
    desk: ClaimDesk, match_id: str, visitor: Visitor, said: MatchSaid, *, moderator: bool
) -> Response:
    """Decide about a match; the claim that follows, or nothing."""
    now = desk.bench.clock.now()
    with desk.database.transaction() as session:
        claim = disputing.decide_match(
            session,
            match_id,
            visitor.person.id,
            moderator=moderator,
            claim=said.claim,
            words=said.words,
            ids=desk.bench.ids,
            at=now,
        )
        if claim is None:
            return Response(status_code=204)
        return answer(Presenter(session, desk).in_full(claim, now), status=201)


def frame_response(
    desk: ClaimDesk, film_id: str, evidence: Evidence, number: int, side: str
) -> Response:
    """The picture in the middle of a matched stretch, counted over all references."""
    lines = [(one, line) for one in evidence.found for line in one.stretches]
    if side not in {"film", "reference"} or not 0 <= number < len(lines):
        raise MatchNotFound(film_id)
    found, line = lines[number]
    of_film = side == "film"
    with desk.database.transaction() as session:
        blob = looking.media_of(session, film_id if of_film else found.reference_id)
    if not blob:
        raise MatchNotFound(film_id)
    start, end = (
        (line.film_start_ms, line.film_end_ms)
        if of_film
        else (line.reference_start_ms, line.reference_end_ms)
    )
    with looking.fetched(desk.bench, blob) as path:
        picture = frame_at(path, (start + end) // 2)
    headers = {"cache-control": "private, max-age=600"}
    return Response(picture, headers=headers, media_type="image/webp")


def _involving(session: Session, claim_id: str, visitor: Visitor) -> Claim:
    """A claim that the visitor may see: as the maker, an owner, or the desk."""
    claim = store.claim_by_id(session, claim_id)
    person = visitor.person
    if (
        person.id == claim.maker
        or person.has("moderator")
        or disputing.owns(session, claim, person.id)
    ):
        return claim
    raise ClaimNotFound(claim_id)


def _own_work(session: Session, work_id: str, visitor: Visitor) -> None:
    work = registry.work_by_id(session, work_id)
    if visitor.person.id not in {owner.party for owner in work.owners}:
        raise ClaimNotFound(work_id)


def _policy_view(policy: ClaimPolicy) -> PolicyBody:
    return PolicyBody(
        action=policy.action,
        territories=tuple(sorted(policy.territories)),
        match_min_ms=policy.match_min_ms,
        share_bps=policy.share_bps,
    )

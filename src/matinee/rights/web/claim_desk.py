"""Claims over HTTP, for the desk: appeals, matches, conflicts of references, claimants."""

from typing import Annotated

import msgspec
from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from matinee.kit.bodies import answer
from matinee.people import Visitor, access
from matinee.rights.claims import conflicts, disputing, limits, look_store, store

from .claim_bodies import (
    ClaimDesk,
    ClaimPage,
    ConflictList,
    ConflictSaid,
    MatchSaid,
    PersonView,
    Presenter,
    Said,
    SuspensionSaid,
    read,
)
from .claims import PAGE, match_decided, match_page

Moderating = Annotated[Visitor, Depends(access.with_role("moderator"))]
Operating = Annotated[Visitor, Depends(access.with_role("operator"))]


class SuspendedView(msgspec.Struct, frozen=True):
    """Somebody who may not claim by hand, why, and what they say to it."""

    person: PersonView
    reason: str
    appeal: str


class SuspendedList(msgspec.Struct, frozen=True):
    """Everybody who may not claim by hand."""

    claimants: tuple[SuspendedView, ...]


def claim_desk_router(desk: ClaimDesk) -> APIRouter:
    """The routes of moderators and the operator, below ``/api``."""
    router = APIRouter()
    _add_appeals(router, desk)
    _add_matches(router, desk)
    _add_conflicts(router, desk)
    _add_claimants(router, desk)
    return router


def _add_appeals(router: APIRouter, desk: ClaimDesk) -> None:
    @router.get("/desk/claims")
    def appeals(request: Request, _visitor: Moderating) -> Response:
        """List claims whose appeal has to be decided."""
        before = request.query_params.get("cursor", "")
        with desk.database.transaction() as session:
            found = store.appeals(session, before=before, limit=PAGE)
            views = tuple(map(Presenter(session, desk).claim, found))
        return answer(ClaimPage(views, found[-1].id if len(found) == PAGE else None))

    @router.post("/claims/{claim_id}/decision")
    async def decide(claim_id: str, request: Request, visitor: Moderating) -> Response:
        """Decide an appeal for good."""
        said = await read(request, Said)

        def act() -> Response:
            now = desk.bench.clock.now()
            with desk.database.transaction() as session:
                claim = disputing.decide(
                    session, claim_id, visitor.person.id, said.words, uphold=said.uphold, at=now
                )
                return answer(Presenter(session, desk).in_full(claim, now))

        return await run_in_threadpool(act)


def _add_matches(router: APIRouter, desk: ClaimDesk) -> None:
    @router.get("/desk/matches")
    def matches(request: Request, _visitor: Moderating) -> Response:
        """List all matches that a person has to look at."""
        return answer(match_page(desk, None, request.query_params.get("cursor", "")))

    @router.post("/desk/matches/{match_id}")
    async def decide(match_id: str, request: Request, visitor: Moderating) -> Response:
        """Say whether a match is one: it is claimed under the work's policy, or let pass."""
        said = await read(request, MatchSaid)
        return await run_in_threadpool(match_decided, desk, match_id, visitor, said, moderator=True)


def _add_conflicts(router: APIRouter, desk: ClaimDesk) -> None:
    @router.get("/desk/conflicts")
    def listed(request: Request, _visitor: Moderating) -> Response:
        """List conflicts of references: open ones, or with ``state=decided`` the history."""
        state = "decided" if request.query_params.get("state") == "decided" else "open"
        with desk.database.transaction() as session:
            found = look_store.conflicts(session, state=state)
            views = tuple(map(Presenter(session, desk).conflict, found))
        return answer(ConflictList(views))

    @router.post("/desk/conflicts/{conflict_id}/decision")
    async def decide(conflict_id: str, request: Request, visitor: Operating) -> Response:
        """Say whose the shared stretches are."""
        said = await read(request, ConflictSaid)

        def act() -> Response:
            with desk.database.transaction() as session:
                decided = conflicts.decide(
                    session,
                    conflict_id,
                    winner=said.winner,
                    reason=said.reason,
                    by=visitor.person.id,
                    at=desk.bench.clock.now(),
                )
                return answer(Presenter(session, desk).conflict(decided))

        return await run_in_threadpool(act)


def _add_claimants(router: APIRouter, desk: ClaimDesk) -> None:
    @router.get("/desk/claimants")
    def listed(_visitor: Moderating) -> Response:
        """List everybody who may not claim by hand, those who appealed first."""
        with desk.database.transaction() as session:
            shown = Presenter(session, desk)
            found = tuple(
                SuspendedView(
                    shown.person(str(one["party"])), str(one["reason"]), str(one["appeal"])
                )
                for one in store.suspensions(session)
            )
        return answer(SuspendedList(found))

    @router.post("/desk/claimants/{person_id}")
    async def decide(person_id: str, request: Request, visitor: Moderating) -> Response:
        """Suspend somebody from claiming by hand, or let them claim again."""
        said = await read(request, SuspensionSaid)

        def act() -> None:
            verb = limits.suspend if said.suspended else limits.lift
            with desk.database.transaction() as session:
                now = desk.bench.clock.now()
                verb(session, person_id, said.reason, by=visitor.person.id, at=now)

        await run_in_threadpool(act)
        return Response(status_code=204)

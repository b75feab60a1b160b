"""Films and rights over HTTP: what a prompt would need, what was decided of a film, its credits."""

from datetime import date
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends
from starlette.responses import Response

from matinee import film
from matinee.film import Manifest
from matinee.kit.bodies import answer
from matinee.kit.db import Session
from matinee.people import Visitor, access
from matinee.rights import approval_store, approving, attributing, policy
from matinee.rights.attributing import Credit
from matinee.rights.errors import FilmUnknown
from matinee.rights.licences import Use, terms_of
from matinee.rights.presence import presence_of

from .approvals import ApprovalSaid, said_to
from .desk import Body, read_json
from .registry_bodies import LicenceSaid, PersonSaid, Presenter, RightsDesk, licence_said, words_of

SEE = Annotated[Visitor | None, Depends(access.viewer("films:read"))]
Member = Annotated[Visitor, Depends(access.member("films:read"))]


class PromptWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words of a film that somebody thinks of making."""

    prompt: Annotated[str, msgspec.Meta(max_length=32_000)]
    use: Use = "personal"
    territories: Annotated[tuple[str, ...], msgspec.Meta(max_length=250)] = ()
    film_id: str = ""


class RightsSaid(msgspec.Struct, frozen=True):
    """What was decided of a film, and whom it waits for."""

    ruling: dict[str, Any] | None
    approvals: list[ApprovalSaid]


class ThingSaid(msgspec.Struct, frozen=True):
    """Somebody, something or a place in a film: where, and how much of the picture it takes."""

    kind: str
    name: str
    runs: list[tuple[int, int]]
    frames_ppm: int
    picture_ppm: int


class CreditSaid(msgspec.Struct, frozen=True):
    """A work in a film: whose, where, how much of it, and by which version of its terms."""

    work_id: str
    kind: str
    title: str
    owners: list[PersonSaid]
    things: list[tuple[str, str]]
    runs: list[tuple[int, int]]
    frames_ppm: int
    picture_ppm: int
    licence: LicenceSaid | None


class SourceSaid(msgspec.Struct, frozen=True):
    """Frames of a film that were taken from another one as they are."""

    film_id: str
    source_frame: int
    first_frame: int
    frame_count: int


class AttributionSaid(msgspec.Struct, frozen=True):
    """What a film contains, and whose that is."""

    film_id: str
    frame_count: int
    frames_per_second: float
    engine: str
    works: list[CreditSaid]
    things: list[ThingSaid]
    parents: list[str]
    sources: list[SourceSaid]


def film_rights_router(desk: RightsDesk) -> APIRouter:
    """The routes of films and their rights, below ``/api``."""
    router = APIRouter()

    @router.post("/rights/check")
    def check(body: Body, visitor: Member) -> Response:
        """Say what a prompt would need, before anything is asked for; nothing is kept."""
        wish = read_json(body, PromptWish)
        with desk.database.transaction() as session:
            inherited: dict[str, frozenset[tuple[str, str]]] = {}
            if wish.film_id and desk.may_see(session, visitor, wish.film_id):
                for _, work_id, kind, name in approval_store.things_of(session, [wish.film_id]):
                    inherited[work_id] = inherited.get(work_id, frozenset()) | {(kind, name)}
            purpose = _purpose(wish, visitor, desk.clock.now().date())
            material = policy.Material(said=policy.read_prompt(wish.prompt), inherited=inherited)
            ruling = policy.decide(session, material, purpose, room=desk.room)
            said = _with_words(approving.plain_ruling(ruling, purpose))
        return answer(said)

    @router.get("/films/{film_id}/rights")
    def decided(film_id: str, visitor: SEE) -> Response:
        """What was decided of a film; to its maker also by which words, and whom it waits for."""
        with desk.database.transaction() as session:
            _check_seen(desk, session, visitor, film_id)
            ruling = approval_store.ruling_of(session, film_id)
            me = "" if visitor is None else visitor.person.id
            is_maker = bool(me) and approval_store.ruled_for(session, film_id) == me
            asked = [
                one
                for one in approval_store.approvals_of(session, film_id)
                if me and one.maker == me
            ]
            said = RightsSaid(
                None if ruling is None else _with_words(dict(ruling), quotes=is_maker),
                [] if visitor is None else said_to(session, visitor, asked),
            )
        return answer(said)

    @router.get("/films/{film_id}/attribution")
    def attribution(film_id: str, visitor: SEE) -> Response:
        """Who and what is in a film, under which licence, and how much of it."""
        with desk.database.transaction() as session:
            _check_seen(desk, session, visitor, film_id)
            key = desk.manifest_key(session, film_id)
            if not key:
                raise FilmUnknown(film_id)
            manifest = film.decode(desk.blobs.read(key), Manifest)
            credits_ = attributing.credits_of(session, film_id, manifest)
            presenter = Presenter(session, visitor)
            presenter.know(party for one in credits_ for party in one.owners)
            said = AttributionSaid(
                film_id=film_id,
                frame_count=manifest.frame_count,
                frames_per_second=float(manifest.rate.seconds_at(1)) ** -1,
                engine=manifest.engine,
                works=[_credit(one, presenter) for one in credits_],
                things=_things(manifest),
                parents=list(manifest.parents),
                sources=[
                    SourceSaid(one.film, one.source_frame, one.first_frame, one.frame_count)
                    for one in manifest.sources
                ],
            )
        return answer(said)

    return router


def _check_seen(desk: RightsDesk, session: Session, visitor: Visitor | None, film_id: str) -> None:
    if not desk.may_see(session, visitor, film_id):
        raise FilmUnknown(film_id)


def _purpose(wish: PromptWish, visitor: Visitor, today: date) -> policy.Purpose:
    return policy.Purpose(
        use="remix" if wish.film_id and wish.use == "personal" else wish.use,
        by=visitor.person.id,
        on=today,
        territories=frozenset(wish.territories),
        age=visitor.person.years_at(today),
    )


def _with_words(ruling: dict[str, Any], *, quotes: bool = True) -> dict[str, Any]:
    """A ruling with the terms of each work in words, and with what its maker wrote or without."""
    uses = [
        {
            **use,
            "words": words_of(terms_of(use["terms"])) if use["terms"] else None,
            "found": use["found"] if quotes else [],
        }
        for use in ruling["uses"]
    ]
    return {**ruling, "uses": uses}


def _credit(one: Credit, presenter: Presenter) -> CreditSaid:
    return CreditSaid(
        work_id=one.work_id,
        kind=one.kind,
        title=one.title,
        owners=[presenter.person(party) for party in one.owners],
        things=list(one.things),
        runs=list(one.presence.runs),
        frames_ppm=one.presence.frames_ppm,
        picture_ppm=one.presence.picture_ppm,
        licence=None if one.licence is None else licence_said(one.licence),
    )


def _things(manifest: Manifest) -> list[ThingSaid]:
    """Everybody and everything in a film, the most seen first."""
    names = dict.fromkeys((one.kind, one.name) for one in manifest.appearances)
    found = []
    for kind, name in names:
        where = presence_of(manifest, [(kind, name)])
        assert where is not None, "it is in the manifest"
        found.append(ThingSaid(kind, name, list(where.runs), where.frames_ppm, where.picture_ppm))
    return sorted(found, key=lambda one: (-one.frames_ppm, -one.picture_ppm, one.name))

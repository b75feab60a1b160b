"""Likenesses over HTTP, below ``/api``."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from matinee import people
from matinee.kit.bodies import answer
from matinee.kit.db import Database, Session
from matinee.people import Visitor, access

from . import actions, bodies, capturing, characters, keeping, store, wording
from .bodies import read
from .errors import LikenessNotFound, TermsInvalid
from .model import CLIP_BYTES_MAX, Capture, ComingCharacter, Films, Likeness
from .room import Room
from .workflows import Keeping

PAGE = 30
HAPPENINGS_SHOWN = 50

Member = Annotated[Visitor, Depends(access.member("likeness"))]


@dataclass(frozen=True, kw_only=True)
class LikenessDesk:
    """Where requests about likenesses are answered; `films` tells of films by their ids."""

    database: Database
    room: Room
    keeping: Keeping
    films: Films

    def own(self, session: Session, visitor: Visitor) -> Likeness:
        """The visitor's own likeness; raises LikenessNotFound."""
        found = actions.likeness_of(session, visitor.person)
        if found is None:
            raise LikenessNotFound(visitor.person.handle)
        return found

    def shown(self, session: Session, visitor: Visitor) -> Response:
        """The visitor's own likeness as an answer."""
        likeness = self.own(session, visitor)
        approvals = actions.approvals(session, likeness)
        asking = people.people_by_ids(session, [one.person for one in approvals])
        happened = store.happenings(session, visitor.person.id, limit=HAPPENINGS_SHOWN)
        return answer(bodies.likeness_view(likeness, approvals, asking, happened))


def likeness_router(desk: LikenessDesk) -> APIRouter:
    """The routes of the contract."""
    router = APIRouter()
    _add_captures(router, desk)
    _add_terms(router, desk)
    _add_rules(router, desk)
    _add_appearances(router, desk)
    _add_requests(router, desk)
    _add_characters(router, desk)
    return router


def _add_captures(router: APIRouter, desk: LikenessDesk) -> None:
    """Being captured."""

    @router.post("/likeness/captures")
    def begin(visitor: Member) -> Response:
        """Ask for numbers to say and ways to turn the head."""
        with desk.database.transaction() as session:
            capture = capturing.begin_capture(session, visitor.person, room=desk.room)
        return answer(_capture(capture), status=201)

    @router.get("/likeness/captures/{capture_id}")
    def show(capture_id: str, visitor: Member) -> Response:
        """Say what became of a capture."""
        with desk.database.transaction() as session:
            capture = capturing.capture_of(session, visitor.person.id, capture_id)
        return answer(_capture(capture))

    @router.put("/likeness/captures/{capture_id}/clip")
    async def hand_in(capture_id: str, request: Request, visitor: Member) -> Response:
        """Hand in the clip of a capture."""
        wish = read(await request.body(), bodies.ClipWish)

        def accept() -> Response:
            with desk.database.transaction() as session:
                capture = capturing.hand_in(
                    session,
                    visitor.person.id,
                    capture_id,
                    wish.upload_id,
                    room=desk.room,
                    examine=desk.keeping.examine,
                )
            return answer(_capture(capture), status=202)

        return await run_in_threadpool(accept)


def _capture(capture: Capture) -> bodies.CaptureView:
    return bodies.capture_view(capture, purpose=capturing.PURPOSE, most_bytes=CLIP_BYTES_MAX)


def _add_terms(router: APIRouter, desk: LikenessDesk) -> None:
    """One's own likeness: who may use it, and taking it back for good."""

    @router.get("/me/likeness")
    def show(visitor: Member) -> Response:
        """Show one's own likeness and its terms."""
        with desk.database.transaction() as session:
            return desk.shown(session, visitor)

    @router.patch("/me/likeness")
    async def change(request: Request, visitor: Member) -> Response:
        """Say who may use it; `approved` is the whole list of handles."""
        wish = read(await request.body(), bodies.TermsWish)

        def accept() -> Response:
            with desk.database.transaction() as session:
                likeness = actions.set_terms(
                    session,
                    desk.own(session, visitor),
                    level=wish.level,
                    rules=wish.rules,
                    public_figure=wish.public_figure,
                    price_micro=wish.price_micro,
                    currency=wish.currency,
                    room=desk.room,
                )
                if wish.approved is not None:
                    _approve_only(session, likeness, wish.approved, desk.room)
                return desk.shown(session, visitor)

        return await run_in_threadpool(accept)

    @router.delete("/me/likeness")
    def delete(visitor: Member) -> Response:
        """Take oneself out of every film and destroy what is kept."""
        with desk.database.transaction() as session:
            actions.delete(session, desk.own(session, visitor), room=desk.room)
        return Response(status_code=204)

    @router.get("/me/likeness/face")
    def face(visitor: Member) -> Response:
        """One's own face as it is kept, for nobody else."""
        with desk.database.transaction() as session:
            likeness = desk.own(session, visitor)
            picture = capturing.part_of(session, likeness.id, "face", room=desk.room)
        return Response(picture, media_type="image/webp", headers={"cache-control": "no-store"})


def _approve_only(
    session: Session, likeness: Likeness, handles: tuple[str, ...], room: Room
) -> None:
    """Let exactly these be approved.

    Raises PersonNotFound for a handle that is nobody's, and TermsInvalid for too many.
    """
    if len(handles) > actions.APPROVED_MAX:
        reason = f"{len(handles)} people are named; {actions.APPROVED_MAX} are the most"
        raise TermsInvalid(reason)
    wanted = {}
    for handle in handles:
        person = people.person_by_handle(session, handle.removeprefix("@"))
        wanted[person.id] = person
    states = {one.person: one.state for one in actions.approvals(session, likeness)}
    for person_id in wanted:
        if states.get(person_id) != "approved":
            actions.answer(session, likeness, person_id, approve=True, room=room)
    for person_id, state in states.items():
        if state == "approved" and person_id not in wanted:
            actions.answer(session, likeness, person_id, approve=False, room=room)


def _add_rules(router: APIRouter, desk: LikenessDesk) -> None:
    """Restrictions and preferences in plain words."""

    @router.post("/me/likeness/rules")
    async def propose(request: Request, visitor: Member) -> Response:
        """Read a text as rules; nothing is in force until they are confirmed."""
        wish = read(await request.body(), bodies.TextWish)
        del visitor
        found = await run_in_threadpool(wording.read, wish.text, desk.room.vocabulary)
        return answer({"rules": found.rules, "unread": found.unread})

    @router.put("/me/likeness/rules")
    async def confirm(request: Request, visitor: Member) -> Response:
        """Put these rules in force, in place of those that were."""
        wish = read(await request.body(), bodies.RulesWish)

        def accept() -> Response:
            with desk.database.transaction() as session:
                likeness = desk.own(session, visitor)
                actions.set_terms(session, likeness, rules=wish.rules, room=desk.room)
                return desk.shown(session, visitor)

        return await run_in_threadpool(accept)


def _add_appearances(router: APIRouter, desk: LikenessDesk) -> None:
    """The films that one is in."""

    @router.get("/me/appearances")
    def list_films(request: Request, visitor: Member) -> Response:
        """Films with oneself in them, drafts and others' too, newest first."""
        after = request.query_params.get("cursor") or None
        with desk.database.transaction() as session:
            found = actions.appearances(session, visitor.person.id, after=after, limit=PAGE)
            films = desk.films(session, [one.film for one in found])
            makers = people.people_by_ids(session, [one.maker for one in films.values()])
            named = actions.by_ids(session, [one.likeness for one in found])
        shown = [
            bodies.appearance_view(
                films[one.film],
                named[one.likeness].handle if one.likeness in named else "",
                one.frame_count,
                makers[films[one.film].maker].handle if films[one.film].maker in makers else "",
                visitor.person.id,
            )
            for one in found
            if one.film in films
        ]
        return answer(
            {"appearances": shown, "cursor": found[-1].film if len(found) == PAGE else None}
        )

    @router.delete("/me/appearances/{film_id}")
    def take_back(film_id: str, visitor: Member) -> Response:
        """Take oneself out of a film: it and all that were made from it are withdrawn."""
        with desk.database.transaction() as session:
            actions.revoke(session, visitor.person.id, film_id, room=desk.room)
        return Response(status_code=204)

    @router.post("/me/likeness/revoke")
    async def revoke(request: Request, visitor: Member) -> Response:
        """Take back one film, or every film there is."""
        wish = read(await request.body(), bodies.RevokeWish)

        def accept() -> Response:
            with desk.database.transaction() as session:
                films = actions.revoke(session, visitor.person.id, wish.film_id, room=desk.room)
            return answer({"film_ids": films}, status=202)

        return await run_in_threadpool(accept)


def _add_requests(router: APIRouter, desk: LikenessDesk) -> None:
    """Whom one may use, and asking those whom one may not."""

    @router.get("/likenesses")
    def list_usable(request: Request, visitor: Member) -> Response:
        """Whom the visitor may use, and why not the others."""
        query = request.query_params.get("q", "")[:80]
        with desk.database.transaction() as session:
            found = actions.usable(session, visitor.person.id, query, room=desk.room)
        shown = [bodies.usable_view(one, visitor.person.id) for one in found]
        return answer({"likenesses": shown})

    @router.put("/likeness/{handle}/requests")
    def ask(handle: str, visitor: Member) -> Response:
        """Ask to be approved."""
        with desk.database.transaction() as session:
            state = actions.ask(session, visitor.person.id, handle, room=desk.room)
        return answer({"state": state.state if state else "approved"}, status=202)

    @router.patch("/me/likeness/requests/{handle}")
    async def reply(handle: str, request: Request, visitor: Member) -> Response:
        """Approve somebody, or deny them."""
        wish = read(await request.body(), bodies.AnswerWish)

        def accept() -> Response:
            with desk.database.transaction() as session:
                person = people.person_by_handle(session, handle.removeprefix("@"))
                likeness = desk.own(session, visitor)
                actions.answer(session, likeness, person.id, approve=wish.approve, room=desk.room)
                return desk.shown(session, visitor)

        return await run_in_threadpool(accept)


def _add_characters(router: APIRouter, desk: LikenessDesk) -> None:
    """Characters that are no people, with a handle and terms of their own."""

    @router.get("/characters")
    def list_characters(visitor: Member) -> Response:
        """One's own characters."""
        with desk.database.transaction() as session:
            found = store.characters_of(session, visitor.person.id)
        shown = [bodies.character_view(one, visitor.person.id) for one in found]
        return answer({"characters": shown})

    @router.post("/characters")
    async def keep(request: Request, visitor: Member) -> Response:
        """Have a character kept from an uploaded clip, which is looked at in a job."""
        wish = read(await request.body(), bodies.CharacterWish)

        def accept() -> Response:
            with desk.database.transaction() as session:
                coming = characters.ask_for_character(
                    session,
                    characters.WishedCharacter(
                        name=wish.name, handle=wish.handle, level=wish.level, attested=wish.attest
                    ),
                    wish.upload_id,
                    owner=visitor.person.id,
                    room=desk.room,
                    keep=desk.keeping.keep_character,
                )
                return answer(_coming(session, coming), status=202)

        return await run_in_threadpool(accept)

    @router.get("/characters/{character_id}")
    def show(character_id: str, visitor: Member) -> Response:
        """Say what became of a character that was asked for."""
        with desk.database.transaction() as session:
            coming = characters.coming_of(session, visitor.person.id, character_id)
            return answer(_coming(session, coming))

    @router.patch("/characters/{character_id}")
    async def change(character_id: str, request: Request, visitor: Member) -> Response:
        """Change a character's name, handle or terms."""
        wish = read(await request.body(), bodies.CharacterChange)

        def accept() -> Response:
            with desk.database.transaction() as session:
                character = keeping.character_of(session, visitor.person.id, character_id)
                character = keeping.rename(session, character, name=wish.name, handle=wish.handle)
                character = actions.set_terms(
                    session, character, level=wish.level, rules=wish.rules, room=desk.room
                )
            return answer(bodies.character_view(character, visitor.person.id))

        return await run_in_threadpool(accept)

    @router.delete("/characters/{character_id}")
    def delete(character_id: str, visitor: Member) -> Response:
        """Delete a character, and every film that it is in."""
        with desk.database.transaction() as session:
            character = keeping.character_of(session, visitor.person.id, character_id)
            actions.delete(session, character, room=desk.room)
        return Response(status_code=204)


def _coming(session: Session, coming: ComingCharacter) -> bodies.ComingView:
    kept = store.by_ids(session, (coming.id,)).get(coming.id)
    return bodies.coming_view(coming, kept)

"""The frozen ``/v1/videos`` contract, as the ``openai`` SDK of any version speaks it.

Every key of a Video is always present and null where unknown, and its status is one of the four
words the SDK knows: a fifth would end its polling. Answers say how soon to ask again. What a client
accepts (``Accept``) is not asked: its downloads ask for types that no film has.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import msgspec
from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from matinee import likeness
from matinee.film.looks import Looks
from matinee.kit import errors
from matinee.kit.db import Session
from matinee.likeness import Likeness
from matinee.studio import actions, consenting
from matinee.studio.errors import FilmNotReady, FilmWithdrawn
from matinee.studio.model import Crew, Film, FilmError, How

from .bodies import RequestInvalid, fields_of_request
from .content import blob_response
from .desk import READ, WRITE, Desk, checked_id, visitor_of
from .forms import (
    CHARACTER,
    CREATE,
    character_of_fields,
    derivation_expected,
    derivation_of_fields,
    list_limit,
    request_of_fields,
)
from .models import Cost, cost_of

_POLL_AFTER_MS = "1000"
# A clip of a few seconds waits behind those of others, and clients wait for ten minutes.
_LOOK_EVERY_S, _LOOKS_MAX = 0.2, 300
_LIST_LIMIT = "20"
_MODERATED = "moderation_blocked"
_VARIANTS = ("video", "thumbnail", "spritesheet")


class VideoError(msgspec.Struct, frozen=True):
    """Why a video failed."""

    code: str
    message: str


class Video(msgspec.Struct, frozen=True):
    """A film in the words of the contract, and its cost; instants are whole seconds since 1970."""

    id: str
    model: str
    status: str
    progress: int
    created_at: int
    completed_at: int | None
    expires_at: int | None
    prompt: str
    size: str
    seconds: str | None
    error: VideoError | None
    cost: Cost | None
    object: str = "video"
    remixed_from_video_id: str | None = None


class VideoList(msgspec.Struct, frozen=True):
    """One page of a list."""

    data: tuple[Video, ...]
    first_id: str | None
    last_id: str | None
    has_more: bool
    object: str = "list"


class VideoDeleted(msgspec.Struct, frozen=True):
    """What is left of a deleted video."""

    id: str
    deleted: bool = True
    object: str = "video.deleted"


class Character(msgspec.Struct, frozen=True):
    """A character in the words of the contract, and how it looks in ours."""

    id: str
    name: str
    created_at: int
    looks: Looks | None


def character_of(likeness: Likeness) -> Character:
    """Present a character."""
    return Character(
        likeness.id, likeness.name, int(likeness.created_at.timestamp()), likeness.looks
    )


# The contract has four states: a film that waits for somebody is queued, one that was taken back
# failed.
_STATUSES = {"withdrawn": "failed", "waiting_for_approval": "queued"}


def video_of(film: Film, crew: Crew) -> Video:
    """Present a film as a Video."""
    failed = film.status in {"failed", "withdrawn"}
    engine = crew.engines.get(film.request.model)
    return Video(
        id=film.id,
        model=film.request.model,
        status=_STATUSES.get(film.status, film.status),
        progress=film.progress_percent,
        created_at=int(film.created_at.timestamp()),
        # In the contract a failed video was never completed.
        completed_at=None if failed else _instant(film.completed_at),
        expires_at=_instant(film.expires_at),
        prompt=film.request.prompt,
        size=str(film.request.size),
        seconds=None if film.duration_ms is None else f"{film.duration_ms / 1000:g}",
        error=_error_of(film),
        cost=cost_of(engine, film.duration_ms, film.cost) if engine is not None else None,
        remixed_from_video_id=film.request.origin.film if film.request.origin else None,
    )


def _error(error: FilmError) -> VideoError:
    """Say why a film failed; the contract has a code of its own for what rules refuse."""
    return VideoError(_MODERATED if error.refusal else error.code, error.message)


def _error_of(film: Film) -> VideoError | None:
    """Why there is no video; the contract has no word for one that was taken back."""
    if film.status == "withdrawn":
        gone = FilmWithdrawn(film.id)
        return VideoError(gone.code, gone.message)
    return _error(film.error) if film.error else None


def video_router(desk: Desk) -> APIRouter:
    """The routes below ``/v1``."""
    router = APIRouter(prefix="/videos")

    _add_making(router, desk)
    _add_characters(router, desk)
    _add_derivations(router, desk)

    @router.get("/{video_id}", dependencies=[READ])
    def retrieve(video_id: str, request: Request) -> Response:
        """Show one film as it stands."""
        return _video_response(desk, desk.film(video_id, request))

    @router.delete("/{video_id}", dependencies=[WRITE])
    def delete(video_id: str, request: Request) -> Response:
        """Delete a film, stopping it first if it is being made; a body is not read."""
        desk.delete(video_id, request)
        return _json(VideoDeleted(video_id))

    @router.api_route("/{video_id}/content", methods=["GET", "HEAD"], dependencies=[READ])
    def content(video_id: str, request: Request) -> Response:
        """Send the finished film, its poster, or a sheet of small pictures of it."""
        variant = request.query_params.get("variant", "video")
        if variant not in _VARIANTS:
            reason = f"variant must be one of {', '.join(_VARIANTS)}."
            raise RequestInvalid(reason, param="variant")
        film = desk.film(video_id, request)
        if film.status != "completed" or not film.video:
            raise FilmNotReady(film.id, film.status)
        key = {"video": film.delivered, "thumbnail": film.poster}.get(variant) or desk.sprites(film)
        return blob_response(request, desk.blobs, key)

    return router


def _add_making(router: APIRouter, desk: Desk) -> None:
    """Films asked for, and films listed."""

    @router.post("", dependencies=[WRITE])
    async def create(request: Request) -> Response:
        """Ask for a film; JSON, multipart and urlencoded bodies say the same."""
        fields = await fields_of_request(request, CREATE)
        wanted = request_of_fields(fields, writer=desk.writer)
        office = desk.office_of(request)
        photo = await run_in_threadpool(desk.fetched, wanted.picture)

        def accept(session: Session) -> bytes:
            asked = wanted.request
            if photo:
                asked = replace(asked, picture=desk.kept(session, photo, asked, request))
            film = actions.request_film(session, asked, office=office, play=wanted.play)
            return _encoded(video_of(film, desk.office.crew))

        return await _accepted(desk, request, fields, accept)

    @router.get("", dependencies=[READ])
    def list_videos(request: Request) -> Response:
        """List one's films, newest first unless ``order=asc``."""
        asked = request.query_params
        order = asked.get("order", "desc")
        if order not in {"asc", "desc"}:
            reason = "order must be asc or desc."
            raise RequestInvalid(reason, param="order")
        limit = list_limit(asked.get("limit", _LIST_LIMIT))
        after = asked.get("after") or None
        maker = visitor_of(request).person.id
        with desk.database.transaction() as session:
            found = actions.films(
                session,
                maker=maker,
                after=None if after is None else checked_id(after),
                limit=limit,
                newest_first=order == "desc",
            )
            behind = found and actions.films(
                session, maker=maker, after=found[-1].id, limit=1, newest_first=order == "desc"
            )
        page = VideoList(
            data=tuple(video_of(film, desk.office.crew) for film in found),
            first_id=found[0].id if found else None,
            last_id=found[-1].id if found else None,
            has_more=bool(behind),
        )
        return _json(page)


def _add_characters(router: APIRouter, desk: Desk) -> None:
    """Characters that are kept, for films to show them again by name."""

    @router.post("/characters", dependencies=[WRITE])
    async def keep(request: Request) -> Response:
        """Keep a character from a clip of 2 to 4 seconds; always a form, for it holds a file."""
        fields = await fields_of_request(request, CHARACTER)
        name, sent = character_of_fields(fields)
        character_id, again = await run_in_threadpool(
            _character_asked_for, desk, request, fields, name, sent
        )
        kept = await _kept(desk, character_id, desk.office_of(request).requester)
        headers = {"idempotent-replayed": "true"} if again else None
        return Response(
            _encoded(character_of(kept)), media_type="application/json", headers=headers
        )

    @router.get("/characters/{character_id}", dependencies=[READ])
    def show(character_id: str, request: Request) -> Response:
        """Show a character that is kept."""
        with desk.database.transaction() as session:
            kept = consenting.likeness_by_id(
                session, character_id, asker=desk.office_of(request).requester
            )
            return _json(character_of(kept))


def _character_asked_for(
    desk: Desk, request: Request, fields: Mapping[str, Any], name: str, sent: bytes
) -> tuple[str, bool]:
    """Have a clip looked at; returns the id of its character, and whether it was asked for before.

    Raises what `likeness.ask_for_character` raises.
    """
    office, keeping = desk.office_of(request), desk.keeping
    assert keeping is not None, "nobody looks at clips here"
    room, owner = office.likenesses, office.requester
    upload = likeness.taken_in(sent, owner=owner, room=room)

    def accept(session: Session) -> bytes:
        coming = likeness.ask_for_character(
            session,
            likeness.WishedCharacter(name=name),
            upload,
            owner=owner,
            room=room,
            keep=keeping.keep_character,
        )
        return msgspec.json.encode(coming.id)

    handed_over = False
    try:
        answer, again = desk.once(request, fields, accept)
        handed_over = not again
    finally:
        if not handed_over:
            room.uploads.remove(owner, upload)
    return msgspec.json.decode(answer, type=str), again


async def _kept(desk: Desk, character_id: str, owner: str) -> Likeness:
    """Return a character once its clip was looked at; no thread waits for it.

    Raises why it was refused, or CharacterWaits.
    """

    def looked() -> tuple[likeness.ComingCharacter, Likeness | None]:
        with desk.database.transaction() as session:
            coming = likeness.coming_of(session, owner, character_id)
            return coming, likeness.by_ids(session, (character_id,)).get(character_id)

    for _ in range(_LOOKS_MAX):
        coming, kept = await run_in_threadpool(looked)
        if coming.status == "refused":
            refusal = errors.revived(coming.code, coming.message, {})
            assert refusal is not None, f"nothing here raises {coming.code}"
            raise refusal
        if coming.status == "kept":
            if kept is None:
                raise likeness.LikenessNotFound(character_id)
            return kept
        if desk.closing.is_set():
            break
        await asyncio.sleep(_LOOK_EVERY_S)
    raise likeness.CharacterWaits(character_id)


def _add_derivations(router: APIRouter, desk: Desk) -> None:
    """Films made from films: changed in words, or going on; the contract has three addresses."""

    async def derived(request: Request, how: How, video_id: str | None = None) -> Response:
        fields = await fields_of_request(request, derivation_expected(how, video_id))
        wanted = derivation_of_fields(fields, how, video_id)
        office = desk.office_of(request)

        def accept(session: Session) -> bytes:
            maker = office.requester
            parent = (
                desk.own(session, wanted.film_id, request)
                if wanted.film_id
                else actions.film_of_video(session, wanted.digest, maker=maker)
            )
            film = actions.derive_film(
                session,
                parent.id,
                wanted.prompt,
                how=how,
                longer_ms=wanted.longer_ms,
                office=office,
            )
            return _encoded(video_of(film, desk.office.crew))

        return await _accepted(desk, request, fields, accept)

    @router.post("/{video_id}/remix", dependencies=[WRITE])
    async def remix(video_id: str, request: Request) -> Response:
        """Make a film anew with something changed in words."""
        return await derived(request, "remix", video_id)

    @router.post("/edits", dependencies=[WRITE])
    async def edit(request: Request) -> Response:
        """Change a film, named by its id or sent as the file that was downloaded here."""
        return await derived(request, "edit")

    @router.post("/extensions", dependencies=[WRITE])
    async def extension(request: Request) -> Response:
        """Let a film go on."""
        return await derived(request, "extension")


async def _accepted(
    desk: Desk, request: Request, fields: Mapping[str, Any], act: Callable[[Session], bytes]
) -> Response:
    """Answer a request for a film, which may have been answered before."""
    video, again = await run_in_threadpool(desk.once, request, fields, act)
    headers = {"openai-poll-after-ms": _POLL_AFTER_MS}
    if again:
        headers["idempotent-replayed"] = "true"
    return Response(video, media_type="application/json", headers=headers)


def _instant(moment: datetime | None) -> int | None:
    return None if moment is None else int(moment.timestamp())


def _video_response(desk: Desk, film: Film) -> Response:
    response = _json(video_of(film, desk.office.crew))
    if not film.ended:
        response.headers["openai-poll-after-ms"] = _POLL_AFTER_MS
    return response


def _json(content: msgspec.Struct) -> Response:
    return Response(_encoded(content), media_type="application/json")


def _encoded(content: msgspec.Struct) -> bytes:
    return msgspec.json.encode(content)

"""The page's own API below ``/api``: films in full, their parts, their progress as it happens."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime

import msgspec
from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response, StreamingResponse

from matinee import film as film_language
from matinee import people
from matinee.kit.bodies import answer
from matinee.kit.errors import MatineeError
from matinee.people import access
from matinee.studio import actions
from matinee.studio.downloading import Counter, download_of
from matinee.studio.errors import FilmNotReady, ScreenplayClosed
from matinee.studio.model import Film, FilmError

from .bodies import read_json
from .content import blob_response
from .desk import READ, SEE, WRITE, Desk, checked_id, maker_of
from .forms import FilmWish, list_limit, picture_of_wish, request_of_wish

_LOOK_EVERY_S = 0.5
_HEARTBEAT_S = 15.0
_RECONNECT_MS = 1_000
_PAGE_LIMIT = "24"
_KEY_CHARACTERS = 12
_PROMPT_CHARACTERS_MAX = 32_000


class ShotView(msgspec.Struct, frozen=True):
    """How far one shot is."""

    index: int
    text: str
    frame_count: int
    frames_done: int
    done: bool
    preview_url: str | None


class RefusalView(msgspec.Struct, frozen=True):
    """By which rule a film was refused, why, what would pass, and the id for an appeal."""

    id: str
    rule: str
    why: str
    passes: str


class ErrorView(msgspec.Struct, frozen=True):
    """Why a film failed."""

    code: str
    message: str
    refusal: RefusalView | None = None


class FilmView(msgspec.Struct, frozen=True):
    """A film for the page; addresses are null until what they lead to exists."""

    id: str
    status: str
    stage: str
    progress_percent: int
    prompt: str
    title: str
    created_at: datetime
    completed_at: datetime | None
    expires_at: datetime | None
    width: int
    height: int
    duration_ms: int | None
    seed: int
    language: str | None
    rating: str
    error: ErrorView | None
    shots: tuple[ShotView, ...]
    video_url: str | None
    poster_url: str | None
    captions_url: str | None
    screenplay_url: str | None


class FilmList(msgspec.Struct, frozen=True):
    """One page of films, newest first."""

    films: tuple[FilmView, ...]
    has_more: bool


class OptionsView(msgspec.Struct, frozen=True):
    """What can be chosen."""

    prompt_characters_max: int
    voices: tuple[str, ...]
    styles: tuple[str, ...]
    writers: tuple[str, ...]


def _error(error: FilmError) -> ErrorView:
    refused = error.refusal
    return ErrorView(
        error.code,
        error.message,
        RefusalView(refused.id, refused.rule, refused.why, refused.passes) if refused else None,
    )


def view_of(film: Film, *, readable: bool = True) -> FilmView:
    """Present a film to the page; to those who may not read it, without what it was made from."""
    place = f"/api/films/{film.id}"

    def address(part: str, key: str) -> str | None:
        # The key in the address lets browsers keep the blob for ever.
        return f"{place}/{part}?of={_short(key)}" if key else None

    return FilmView(
        id=film.id,
        status=film.status,
        stage=film.stage,
        progress_percent=film.progress_percent,
        prompt=film.request.prompt if readable else "",
        title=film.title,
        created_at=film.created_at,
        completed_at=film.completed_at,
        expires_at=film.expires_at,
        width=film.request.size.width,
        height=film.request.size.height,
        duration_ms=film.duration_ms,
        seed=film.seed,
        language=film.language or None,
        rating=film.rating,
        error=_error(film.error) if film.error else None,
        shots=tuple(
            ShotView(
                index=shot.index,
                text=shot.text if readable else "",
                frame_count=shot.frame_count,
                frames_done=shot.frames_done,
                done=shot.done,
                preview_url=address(f"shots/{shot.index}/preview", shot.preview),
            )
            for shot in film.shots
        ),
        video_url=address("video", film.delivered),
        poster_url=address("poster", film.poster),
        captions_url=address("captions", film.captions),
        screenplay_url=address("screenplay", film.screenplay) if readable else None,
    )


def film_router(desk: Desk) -> APIRouter:
    """The routes below ``/api``."""
    router = APIRouter()
    _add_verbs(router, desk)
    _add_parts(router, desk)
    _add_screenplay(router, desk)
    _add_download(router, desk)

    @router.get("/films/{film_id}/events", dependencies=[SEE])
    def events(film_id: str, request: Request) -> Response:
        """Send the film whenever it changes, until it ends (server-sent events)."""
        film, readable = desk.read(film_id, request)
        seen = request.headers.get("last-event-id", "")
        if film.ended and seen == str(film.revision):
            return Response(status_code=204)  # tells the browser not to come back
        return StreamingResponse(
            _changes(desk, film, request, seen, readable=readable),
            media_type="text/event-stream",
            headers={"cache-control": "no-cache", "x-accel-buffering": "no"},
        )

    return router


def _add_verbs(router: APIRouter, desk: Desk) -> None:
    """Everything that is done with films."""

    @router.get("/options", dependencies=[READ])
    def options() -> Response:
        """What the page can offer."""
        crew = desk.office.crew
        return answer(
            OptionsView(
                _PROMPT_CHARACTERS_MAX,
                tuple(crew.repertoire.voices),
                tuple(crew.repertoire.styles),
                tuple(crew.writers),
            )
        )

    @router.get("/films", dependencies=[READ])
    def list_films(request: Request) -> Response:
        """One's films behind ``after``, newest first; ``everyone`` lists all to the operator."""
        limit = list_limit(request.query_params.get("limit", _PAGE_LIMIT))
        after = request.query_params.get("after") or None
        maker = maker_of(request)
        with desk.database.transaction() as session:
            found = actions.films(
                session,
                maker=maker,
                after=None if after is None else checked_id(after),
                limit=limit,
            )
            behind = found and actions.films(session, maker=maker, after=found[-1].id, limit=1)
        return answer(FilmList(tuple(view_of(film) for film in found), bool(behind)))

    @router.post("/films", dependencies=[WRITE])
    async def make(request: Request) -> Response:
        """Ask for a film."""
        wish = read_json(await request.body(), FilmWish)
        wanted = request_of_wish(wish, writer=desk.writer)
        photo = await run_in_threadpool(desk.fetched, picture_of_wish(wish))

        def accept() -> Film:
            with desk.database.transaction() as session:
                asked = wanted
                if photo:
                    asked = replace(asked, picture=desk.kept(session, photo, asked, request))
                return actions.request_film(session, asked, office=desk.office_of(request))

        return answer(view_of(await run_in_threadpool(accept)), status=201)

    @router.get("/films/{film_id}", dependencies=[SEE])
    def show(film_id: str, request: Request) -> Response:
        """One film."""
        film, readable = desk.read(film_id, request)
        return answer(view_of(film, readable=readable))

    @router.post("/films/{film_id}/retry", dependencies=[WRITE])
    def retry(film_id: str, request: Request) -> Response:
        """Ask for the same again: a failed film with its seed, a finished one with a new seed."""
        with desk.database.transaction() as session:
            before = desk.own(session, film_id, request)
            seed = None if before.status == "completed" else before.seed
            again = actions.request_film(
                session, replace(before.request, seed=seed), office=desk.office_of(request)
            )
        return answer(view_of(again), status=201)

    @router.post("/films/{film_id}/cancel", dependencies=[WRITE])
    def cancel(film_id: str, request: Request) -> Response:
        """Stop a film that is being made."""
        with desk.database.transaction() as session:
            own = desk.own(session, film_id, request)
            film = actions.cancel_film(session, own.id, clock=desk.office.clock)
        return answer(view_of(film))

    @router.delete("/films/{film_id}", dependencies=[WRITE])
    def delete(film_id: str, request: Request) -> Response:
        """Delete a film for good."""
        desk.delete(film_id, request)
        return Response(status_code=204)


def _add_download(router: APIRouter, desk: Desk) -> None:
    @router.get("/films/{film_id}/download", dependencies=[SEE])
    def download(film_id: str, request: Request) -> Response:
        """The film to take away, with its maker's handle over it; the first time takes a while."""
        film = desk.film(film_id, request)
        with desk.database.transaction() as session:
            maker = people.people_by_ids(session, [film.requested_by]).get(film.requested_by)
        counter = Counter(
            database=desk.database,
            blobs=desk.blobs,
            clock=desk.office.clock,
            sealer=desk.sealer,
        )
        key = download_of(counter, film, handle=maker.handle if maker else "somebody")
        return blob_response(request, desk.blobs, key, save_as=_file_name(film, ".mp4"))


def _add_parts(router: APIRouter, desk: Desk) -> None:
    """Everything that a film consists of."""

    def part(film_id: str, name: str, request: Request, *, suffix: str) -> Response:
        film = desk.film(film_id, request)
        key: str = getattr(film, name)
        if not key:
            raise FilmNotReady(film.id, film.status)
        return blob_response(
            request,
            desk.blobs,
            key,
            save_as=_file_name(film, suffix) if _saves(request) else "",
        )

    @router.api_route("/films/{film_id}/video", methods=["GET", "HEAD"], dependencies=[SEE])
    def video(film_id: str, request: Request) -> Response:
        """The film itself; answers ranges."""
        return part(film_id, "delivered", request, suffix=".mp4")

    @router.get("/films/{film_id}/poster", dependencies=[SEE])
    def poster(film_id: str, request: Request) -> Response:
        """A still of the film."""
        return part(film_id, "poster", request, suffix="")

    @router.get("/films/{film_id}/captions", dependencies=[SEE])
    def captions(film_id: str, request: Request) -> Response:
        """The captions as WebVTT."""
        return part(film_id, "captions", request, suffix=".vtt")

    @router.get("/films/{film_id}/shots/{index}/preview", dependencies=[SEE])
    def preview(film_id: str, index: int, request: Request) -> Response:
        """A still of one shot."""
        film = desk.film(film_id, request)
        key = next((shot.preview for shot in film.shots if shot.index == index), "")
        if not key:
            raise FilmNotReady(film.id, film.status)
        return blob_response(request, desk.blobs, key)


def _add_screenplay(router: APIRouter, desk: Desk) -> None:
    @router.get("/films/{film_id}/screenplay", dependencies=[SEE])
    def screenplay(film_id: str, request: Request) -> Response:
        """The screenplay as the JSON document it is."""
        with desk.database.transaction() as session:
            film = desk.seen(session, film_id, request)
            if not desk.may_read(session, access.seen(request), film):
                raise ScreenplayClosed(film.id)
            play = actions.screenplay_of(session, film.id)
        if play is None:
            raise FilmNotReady(film.id, film.status)
        name = _file_name(film, ".screenplay.json")
        # An edit names this digest as the screenplay that it was made on.
        headers = {"etag": f'"{film.screenplay}"', "cache-control": "private, no-cache"}
        saved = {"content-disposition": f'attachment; filename="{name}"'}
        return Response(
            film_language.encode(play),
            media_type="application/json",
            headers=headers | saved if _saves(request) else headers,
        )


async def _changes(
    desk: Desk, film: Film, request: Request, seen: str, *, readable: bool
) -> AsyncIterator[bytes]:
    """Events from ``film`` on; the stream ends with the film, with the server, or on any error.

    The browser comes back by itself and says which revision it saw last.
    """
    yield f"retry: {_RECONNECT_MS}\n\n".encode()
    silent_s = 0.0
    while True:
        if seen != str(film.revision):
            seen, silent_s = str(film.revision), 0.0
            told = msgspec.json.encode(view_of(film, readable=readable))
            yield f"id: {seen}\ndata: ".encode() + told + b"\n\n"
        if film.ended or desk.closing.is_set():
            return
        if silent_s >= _HEARTBEAT_S:
            silent_s = 0.0
            yield b": still here\n\n"
        await asyncio.sleep(_LOOK_EVERY_S)
        silent_s += _LOOK_EVERY_S
        try:
            film = await run_in_threadpool(desk.film, film.id, request)
        except MatineeError:
            return  # deleted, or no database for now: asking again will tell


def _short(key: str) -> str:
    return key.rpartition("/")[2].partition(".")[0][:_KEY_CHARACTERS]


def _saves(request: Request) -> bool:
    return "download" in request.query_params


def _file_name(film: Film, suffix: str) -> str:
    return f"{film.id.replace('video_', 'film-')[: len('film-') + _KEY_CHARACTERS]}{suffix}"

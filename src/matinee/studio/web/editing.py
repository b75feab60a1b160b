"""Editing over HTTP: a film's screenplay as the document, its versions, and what is done to films.

A screenplay is read with its digest as ETag. An edit that names it in If-Match is held to it: what
others changed meanwhile is kept, and where both changed the same, it is refused with 409.
"""

from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from matinee import film as film_language
from matinee.film import FrameSize, Screenplay
from matinee.kit.bodies import answer
from matinee.kit.db import Session
from matinee.studio import actions, deriving, splicing
from matinee.studio.deriving import Edit
from matinee.studio.editing import OPERATIONS_MAX, Operation, edited, merge_patched
from matinee.studio.model import Film
from matinee.studio.splicing import PIECES_MAX, LoopMode

from .bodies import read_json
from .desk import READ, WRITE, Desk, visitor_of
from .films import FilmView, view_of

MERGE_PATCH = "application/merge-patch+json"


class Operations(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Changes to be carried out in order."""

    operations: Annotated[tuple[Operation, ...], msgspec.Meta(max_length=OPERATIONS_MAX)]


class ShotForeseen(msgspec.Struct, frozen=True):
    """A shot of the film as it will be."""

    beat: str
    text: str
    frame_count: int
    kept: bool


class Foresight(msgspec.Struct, frozen=True):
    """What an edit will cost: how many shots are rendered again, and which."""

    duration_ms: int
    shots_rendered: int
    frames_rendered: int
    shots: tuple[ShotForeseen, ...]


class Version(msgspec.Struct, frozen=True):
    """A film of a line: what it was made from, and how; null and empty for the first."""

    made_from: str | None
    how: str
    screenplay: str
    film: FilmView


class Versions(msgspec.Struct, frozen=True):
    """All films of a line, oldest first."""

    versions: tuple[Version, ...]


class Remix(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is to be different, in words."""

    prompt: str


class Restyle(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Another picture style."""

    style: str


class Reframe(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Another size or shape, as WIDTHxHEIGHT."""

    size: str


class Trim(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of a film, in milliseconds; without `end_ms` up to its end."""

    start_ms: Annotated[int, msgspec.Meta(ge=0, le=3_600_000)] = 0
    end_ms: Annotated[int, msgspec.Meta(ge=0, le=3_600_000)] | None = None


class Looped(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a film is looped."""

    mode: LoopMode = "auto"


class Stitch(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Films one after the other; with `conform`, the later ones are brought to the first's size."""

    films: Annotated[tuple[str, ...], msgspec.Meta(max_length=PIECES_MAX)]
    conform: bool = False


def editing_router(desk: Desk) -> APIRouter:
    """The routes that change films, below whatever it is mounted at."""
    router = APIRouter(prefix="/films")
    _add_screenplay(router, desk)
    _add_derivations(router, desk)
    _add_splices(router, desk)

    @router.get("/{film_id}/versions", dependencies=[READ])
    def versions(film_id: str, request: Request) -> Response:
        """List the films of a film's line that the visitor made, oldest first."""
        maker = visitor_of(request).person.id
        with desk.database.transaction() as session:
            found = deriving.versions_of(session, desk.own(session, film_id, request).id)
        own = (one for one in found if one.requested_by == maker)
        return answer(Versions(tuple(_version(one) for one in own)))

    return router


def _add_screenplay(router: APIRouter, desk: Desk) -> None:
    """The screenplay is put or patched whole, and each time a new film is made."""

    async def edit(film_id: str, request: Request, change: Edit) -> Response:
        read = request.headers.get("if-match", "").removeprefix("W/").strip('" ')

        def accept() -> Film:
            with desk.database.transaction() as session:
                own = desk.own(session, film_id, request)
                return deriving.edit_film(
                    session,
                    own.id,
                    change,
                    office=desk.office_of(request),
                    read=None if read in {"", "*"} else read,
                )

        return _made(await run_in_threadpool(accept))

    @router.put("/{film_id}/screenplay", dependencies=[WRITE])
    async def put(film_id: str, request: Request) -> Response:
        """Make a film of the screenplay that is sent, in place of this film's."""
        play = film_language.decode(await request.body(), Screenplay)
        return await edit(film_id, request, lambda _before: play)

    @router.patch("/{film_id}/screenplay", dependencies=[WRITE])
    async def patch(film_id: str, request: Request) -> Response:
        """Make a film of this film's screenplay with changes: operations, or a JSON Merge Patch."""
        return await edit(film_id, request, await _change(request))

    @router.post("/{film_id}/screenplay/preview", dependencies=[READ])
    async def preview(film_id: str, request: Request) -> Response:
        """Tell what a patch would render again; nothing is made."""
        change = await _change(request)

        def foresee() -> Foresight:
            with desk.database.transaction() as session:
                film = desk.own(session, film_id, request)
                shots = deriving.foresee_edit(session, film.id, change)
            anew = [shot.frame_count for shot in shots if not shot.kept]
            return Foresight(
                duration_ms=film.request.rate.ms_at(sum(shot.frame_count for shot in shots)),
                shots_rendered=len(anew),
                frames_rendered=sum(anew),
                shots=tuple(
                    ShotForeseen(shot.beat, shot.text, shot.frame_count, shot.kept)
                    for shot in shots
                ),
            )

        return answer(await run_in_threadpool(foresee))


def _add_derivations(router: APIRouter, desk: Desk) -> None:
    """Films made from films; each answers with the new one."""

    @router.post("/{film_id}/remix", dependencies=[WRITE])
    async def remix(film_id: str, request: Request) -> Response:
        """Make a film anew with something changed in words."""
        words = read_json(await request.body(), Remix).prompt

        def accept(session: Session) -> Film:
            own = desk.own(session, film_id, request)
            return actions.derive_film(
                session,
                own.id,
                words,
                how="remix",
                office=desk.office_of(request),
            )

        return await _accepted(desk, accept)

    @router.post("/{film_id}/restyle", dependencies=[WRITE])
    async def restyle(film_id: str, request: Request) -> Response:
        """Make a film anew in another style."""
        style = read_json(await request.body(), Restyle).style

        def accept(session: Session) -> Film:
            own = desk.own(session, film_id, request)
            return deriving.restyle_film(
                session,
                own.id,
                style,
                office=desk.office_of(request),
            )

        return await _accepted(desk, accept)

    @router.post("/{film_id}/reframe", dependencies=[WRITE])
    async def reframe(film_id: str, request: Request) -> Response:
        """Make a film anew in another size or shape."""
        size = FrameSize.of(read_json(await request.body(), Reframe).size)

        def accept(session: Session) -> Film:
            own = desk.own(session, film_id, request)
            return deriving.reframe_film(
                session,
                own.id,
                size,
                office=desk.office_of(request),
            )

        return await _accepted(desk, accept)


def _add_splices(router: APIRouter, desk: Desk) -> None:
    """Films put together from finished ones; each answers with the new one."""

    @router.post("/stitch", dependencies=[WRITE])
    async def stitch(request: Request) -> Response:
        """Make one film of several."""
        wish = read_json(await request.body(), Stitch)

        def accept(session: Session) -> Film:
            films = [desk.own(session, film_id, request).id for film_id in wish.films]
            return splicing.stitch_films(
                session, films, conform=wish.conform, office=desk.office_of(request)
            )

        return await _accepted(desk, accept)

    @router.post("/{film_id}/trim", dependencies=[WRITE])
    async def trim(film_id: str, request: Request) -> Response:
        """Make a film of a part of one."""
        part = read_json(await request.body(), Trim)

        def accept(session: Session) -> Film:
            own = desk.own(session, film_id, request)
            return splicing.trim_film(
                session,
                own.id,
                start_ms=part.start_ms,
                end_ms=part.end_ms,
                office=desk.office_of(request),
            )

        return await _accepted(desk, accept)

    @router.post("/{film_id}/loop", dependencies=[WRITE])
    async def loop(film_id: str, request: Request) -> Response:
        """Make a film that can be shown again and again."""
        mode = read_json(await request.body() or b"{}", Looped).mode

        def accept(session: Session) -> Film:
            own = desk.own(session, film_id, request)
            return splicing.loop_film(
                session,
                own.id,
                mode=mode,
                office=desk.office_of(request),
            )

        return await _accepted(desk, accept)


async def _accepted(desk: Desk, accept: Any) -> Response:  # noqa: ANN401 - a verb on a session
    def in_transaction() -> Film:
        with desk.database.transaction() as session:
            film: Film = accept(session)
            return film

    return _made(await run_in_threadpool(in_transaction))


async def _change(request: Request) -> Edit:
    """Read a patch; raises RequestInvalid."""
    body = await request.body()
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == MERGE_PATCH:
        patch = read_json(body, dict[str, Any])
        return lambda play: merge_patched(play, patch)
    operations = read_json(body, Operations).operations
    return lambda play: edited(play, operations)


def _version(film: Film) -> Version:
    origin = film.request.origin
    return Version(
        made_from=origin.film if origin else None,
        how=origin.how if origin else "",
        screenplay=film.screenplay or film.request.screenplay,
        film=view_of(film),
    )


def _made(film: Film) -> Response:
    response = answer(view_of(film), status=201)
    if film.request.screenplay:
        response.headers["etag"] = f'"{film.request.screenplay}"'
    return response

"""Films in other languages over HTTP: made anew, or captioned."""

import tempfile
from pathlib import Path

import msgspec
from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from matinee import engine
from matinee.studio import deriving, store, translating
from matinee.studio.captions import captions_of
from matinee.studio.errors import FilmNotReady, NothingToTranslate
from matinee.studio.model import CaptionTrack, check_language

from .bodies import read_json
from .content import blob_response
from .desk import SEE, WRITE, Desk
from .films import view_of


class Language(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The language that is wanted, as a BCP 47 tag."""

    language: str


class Track(msgspec.Struct, frozen=True):
    """A film's captions in a language; an empty translator means that the film speaks it."""

    language: str
    translator: str
    url: str


class Tracks(msgspec.Struct, frozen=True):
    """All captions of a film, in its own language first."""

    tracks: tuple[Track, ...]


def language_router(desk: Desk) -> APIRouter:
    """What is done with a film's languages."""
    router = APIRouter(prefix="/films")

    @router.post("/{film_id}/translations", dependencies=[WRITE])
    async def translate(film_id: str, request: Request) -> Response:
        """Make a film that says the same in another language."""
        language = read_json(await request.body(), Language).language

        def accept() -> Response:
            with desk.database.transaction() as session:
                own = desk.own(session, film_id, request)
                made = deriving.translate_film(
                    session,
                    own.id,
                    language,
                    office=desk.office_of(request),
                )
            return _json(view_of(made), status=201)

        return await run_in_threadpool(accept)

    @router.get("/{film_id}/captions/tracks", dependencies=[SEE])
    def tracks(film_id: str, request: Request) -> Response:
        """List the languages in which a film has captions."""
        with desk.database.transaction() as session:
            found = translating.caption_tracks(session, desk.seen(session, film_id, request).id)
        return _json(Tracks(tuple(_view(film_id, track) for track in found)))

    @router.post("/{film_id}/captions", dependencies=[WRITE])
    async def caption(film_id: str, request: Request) -> Response:
        """Have a film's captions translated."""
        language = read_json(await request.body(), Language).language
        made = await run_in_threadpool(_captioned, desk, film_id, language, request)
        return _json(_view(film_id, made), status=201)

    @router.get("/{film_id}/captions/{language}", dependencies=[SEE])
    def captions(film_id: str, language: str, request: Request) -> Response:
        """The captions in a language, as WebVTT."""
        with desk.database.transaction() as session:
            film = desk.seen(session, film_id, request)
            found = translating.captions_in(session, film.id, language)
        return blob_response(request, desk.blobs, found.captions)

    return router


def _captioned(desk: Desk, film_id: str, language: str, request: Request) -> CaptionTrack:
    """Have captions translated, between two transactions: nobody waits for a translator in one."""
    check_language(language)
    with desk.database.transaction() as session:
        film = desk.own(session, film_id, request)
        shots = store.shots_of(session, film_id)
    if film.status != "completed":
        raise FilmNotReady(film.id, film.status)
    spoken = {speech.language for shot in shots for speech in shot.speeches}
    if not spoken - {language}:
        raise NothingToTranslate(film_id, language)
    moved, translators = translating.translated_speeches(
        shots, language, desk.office.crew.translators
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "captions.vtt"
        engine.write_captions(path, captions_of(moved, film.request.rate))
        written = path.read_bytes()
    track = CaptionTrack(language=language, captions="", translator=", ".join(translators))
    with desk.database.transaction() as session:
        return translating.keep_captions(session, film_id, track, written, blobs=desk.blobs)


def _view(film_id: str, track: CaptionTrack) -> Track:
    return Track(track.language, track.translator, f"films/{film_id}/captions/{track.language}")


def _json(content: object, *, status: int = 200) -> Response:
    return Response(
        msgspec.json.encode(content),
        status_code=status,
        media_type="application/json",
        headers={"cache-control": "no-store"},
    )

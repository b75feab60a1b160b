"""Films in other languages over HTTP: made anew, captioned, shown with the first to choose from."""

import tempfile
from pathlib import Path

import msgspec
from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from matinee import engine
from matinee.kit.bodies import answer
from matinee.kit.db import Session
from matinee.people import access
from matinee.studio import deriving, spoken_store, store, translating
from matinee.studio.captions import captions_of
from matinee.studio.errors import FilmNotReady, NothingToTranslate, VersionUnfit
from matinee.studio.model import CaptionTrack, Film, check_language

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


class Spoken(msgspec.Struct, frozen=True):
    """A film as it is spoken in a language; `film_id` is the film itself or its version."""

    film_id: str
    language: str
    video: str
    captions: str | None
    duration_ms: int


class Made(msgspec.Struct, frozen=True):
    """A film that its maker had translated, shown with this one or not yet."""

    film_id: str
    language: str
    status: str
    progress_percent: int
    shown: bool


class Languages(msgspec.Struct, frozen=True):
    """What a film may be heard and read in; `made` is told to nobody but its maker."""

    spoken: tuple[Spoken, ...]
    captions: tuple[Track, ...]
    made: tuple[Made, ...] | None


class Version(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The film that is to be shown in a language."""

    film_id: str


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
            return answer(view_of(made), status=201)

        return await run_in_threadpool(accept)

    @router.get("/{film_id}/captions/tracks", dependencies=[SEE])
    def tracks(film_id: str, request: Request) -> Response:
        """List the languages in which a film has captions."""
        with desk.database.transaction() as session:
            found = translating.caption_tracks(session, desk.seen(session, film_id, request).id)
        return answer(Tracks(tuple(_view(film_id, track) for track in found)))

    @router.post("/{film_id}/captions", dependencies=[WRITE])
    async def caption(film_id: str, request: Request) -> Response:
        """Have a film's captions translated."""
        language = read_json(await request.body(), Language).language
        made = await run_in_threadpool(_captioned, desk, film_id, language, request)
        return answer(_view(film_id, made), status=201)

    @router.get("/{film_id}/captions/{language}", dependencies=[SEE])
    def captions(film_id: str, language: str, request: Request) -> Response:
        """The captions in a language, as WebVTT."""
        with desk.database.transaction() as session:
            film = desk.seen(session, film_id, request)
            found = translating.captions_in(session, film.id, language)
        return blob_response(request, desk.blobs, found.captions)

    _add_languages(router, desk)
    return router


def _add_languages(router: APIRouter, desk: Desk) -> None:
    """What a film may be heard and read in."""

    @router.get("/{film_id}/languages", dependencies=[SEE])
    def languages(film_id: str, request: Request) -> Response:
        """List the languages in which a film is spoken and captioned."""
        with desk.database.transaction() as session:
            film = desk.seen(session, film_id, request)
            visitor = access.seen(request)
            own = visitor is not None and visitor.person.id == film.requested_by
            return answer(_languages(session, film, own=own))

    @router.put("/{film_id}/languages/{language}", dependencies=[WRITE])
    async def show(film_id: str, language: str, request: Request) -> Response:
        """Show a translated film together with this one, to whoever may see this one."""
        wish = read_json(await request.body(), Version)

        def accept() -> Response:
            with desk.database.transaction() as session:
                film = desk.own(session, film_id, request)
                version = desk.own(session, wish.film_id, request)
                check_language(language)
                if version.language != language:
                    reason = f"it is spoken in {version.language!r}"
                    raise VersionUnfit(film.id, version.id, reason)
                translating.release(session, film, version)
                return answer(_languages(session, film, own=True))

        return await run_in_threadpool(accept)

    @router.delete("/{film_id}/languages/{language}", dependencies=[WRITE])
    def keep_back(film_id: str, language: str, request: Request) -> Response:
        """Show this film in a language no longer; the translated film stays its maker's."""
        with desk.database.transaction() as session:
            film = desk.own(session, film_id, request)
            spoken_store.keep_back(session, film.id, language)
            return answer(_languages(session, film, own=True))


def _languages(session: Session, film: Film, *, own: bool) -> Languages:
    shown = spoken_store.released(session, film.id)
    ids = {one.id for one in shown}
    translated = spoken_store.made_in_other_languages(session, film.id) if own else ()
    return Languages(
        spoken=tuple(_spoken(one) for one in (film, *shown) if one.status == "completed"),
        captions=tuple(_view(film.id, one) for one in translating.caption_tracks(session, film.id)),
        made=tuple(
            Made(
                one.id,
                one.language or one.request.language or "",
                one.status,
                one.progress_percent,
                one.id in ids,
            )
            for one in translated
        )
        if own
        else None,
    )


def _spoken(film: Film) -> Spoken:
    seen = view_of(film)
    assert seen.video_url is not None
    return Spoken(
        film_id=film.id,
        language=film.language or "und",
        video=seen.video_url,
        captions=seen.captions_url,
        duration_ms=film.duration_ms or 0,
    )


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

"""The studio's verbs: ask for a film, look at films, cancel, delete.

The session is the first argument; whoever opened it commits.
"""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime

from matinee import likeness
from matinee.film import Screenplay
from matinee.kit import events
from matinee.kit.blobs import Blobs, key_of
from matinee.kit.clock import Clock
from matinee.kit.db import Session
from matinee.kit.durable import Jobs, Workflow
from matinee.kit.ids import Ids
from matinee.people import OPERATOR_ID, Person

from . import consenting, store
from .editing import check_parts
from .errors import (
    ExtensionsExhausted,
    FilmCancelled,
    FilmEnded,
    FilmNotFound,
    unready,
)
from .likenesses import check_named
from .model import (
    EXTENSIONS_MAX,
    FILM_WITHDRAWN,
    SEED_MAX,
    Crew,
    Film,
    FilmRequest,
    How,
    Licensing,
    Origin,
    check_request,
    turn_of,
)
from .quotas import UNLIMITED, Allowance, allowance_of, longest_ms, use
from .writer.prompt import clean

FILMS_LIMIT_MAX = 100


@dataclass(frozen=True, kw_only=True)
class Office:
    """What it takes to accept a film: the crew, the workflow that makes it, and where jobs go.

    `requester` is the id of the person who asks, within their `allowance`; `licensing` says what
    for, None for the same as what the film is made from. Over HTTP nobody may
    have more than `films_max` films that have not ended, None for any number.
    """

    crew: Crew
    clock: Clock
    ids: Ids
    jobs: Jobs
    make_film: Workflow[[str], None]
    likenesses: likeness.Room
    requester: str = OPERATOR_ID
    licensing: Licensing | None = None
    allowance: Allowance = UNLIMITED
    films_max: int | None = None

    def serving(self, person: Person) -> "Office":
        """The office as it serves a person over HTTP: for them, and within their plan."""
        allowance = allowance_of(person.plan, films_at_once=self.films_max)
        return replace(self, requester=person.id, allowance=allowance)


def request_film(
    session: Session, request: FilmRequest, *, office: Office, play: Screenplay | None = None
) -> Film:
    """Store a film and submit its making, which begins when the transaction commits.

    A screenplay that is handed in as `play` is filmed as it is, and no writer asked. Raises an
    Invalid error that names what cannot be made: the prompt, length, seed, writer, model or voice,
    or what the screenplay asks for. Without a seed a fresh one is drawn and kept, so that the film
    can be made again.
    """
    if play is not None:
        request = _handed_in(session, request, play, office)
    if not request.screenplay:
        clean(request.prompt)  # refuses a prompt that no writer could read
    check_request(request, office.crew)
    request = replace(request, licensing=_licensing(session, request, office))
    request = replace(request, longest_ms=longest_ms(office.allowance, request.duration_ms))
    if request.characters and request.origin is None:
        kept = [
            consenting.likeness_by_id(session, one, asker=office.requester)
            for one in request.characters
        ]
        check_named([one for one in kept if not one.handle], request.prompt)
    base = play or _base(session, request)
    request = consenting.asked_for(
        session, request, asker=office.requester, room=office.likenesses, play=base
    )
    unfinished_count = use(session, office.requester, office.allowance, at=office.clock.now())
    seed = request.seed if request.seed is not None else secrets.randbelow(SEED_MAX + 1)
    wanted = Film(
        id=office.ids.new("video"),
        request=request,
        seed=seed,
        status="queued",
        stage="waiting",
        progress_percent=0,
        created_at=office.clock.now(),
        duration_ms=request.duration_ms,
        requested_by=office.requester,
    )
    store.add_film(session, wanted)
    office.jobs.submit(
        session,
        office.make_film,
        wanted.id,
        job_id=wanted.id,
        priority=turn_of(request.priority, unfinished_count),
    )
    return wanted


def _licensing(session: Session, request: FilmRequest, office: Office) -> Licensing:
    """Return what a film is for; nobody pays anew, or goes on advertising, without saying so."""
    if office.licensing is not None:
        return office.licensing
    if request.origin is None:
        return request.licensing
    try:
        maker = store.film_by_id(session, request.origin.film).requested_by
    except FilmNotFound:
        return Licensing()
    own = maker == office.requester
    return replace(request.licensing, pays=None) if own else Licensing()


def _base(session: Session, request: FilmRequest) -> Screenplay | None:
    """Return the screenplay that a film is made from, if there is one."""
    digest = request.screenplay or (request.origin.screenplay if request.origin else "")
    return store.screenplay(session, digest) if digest else None


def _handed_in(
    session: Session, request: FilmRequest, play: Screenplay, office: Office
) -> FilmRequest:
    """Keep a screenplay and ask for the film of it; raises PartUnknown."""
    origin = request.origin
    base = store.screenplay(session, origin.screenplay) if origin and origin.screenplay else None
    check_parts(play, office.crew.repertoire, base)
    prompt = request.prompt or play.prompt or play.title
    return replace(request, prompt=prompt, screenplay=store.add_document(session, play))


def derive_film(
    session: Session,
    film_id: str,
    prompt: str,
    *,
    how: How,
    office: Office,
    longer_ms: int | None = None,
    play: Screenplay | None = None,
) -> Film:
    """Ask for a film made from a finished one: changed as `prompt` says, or going on with it.

    With `play` it is the film of that screenplay, which somebody changed by hand.

    It keeps its parent's size, rate, voice, engine and seed, so that what does not change is not
    rendered again. An extension is `longer_ms` longer. Raises FilmNotFound, FilmNotReady,
    ExtensionsExhausted and what `request_film` raises.
    """
    parent = store.film_by_id(session, film_id)
    if parent.status != "completed" or not parent.screenplay:
        raise unready(parent.id, parent.status)
    duration_ms = parent.request.duration_ms
    if how == "extension":
        if _extensions(session, parent) >= EXTENSIONS_MAX:
            raise ExtensionsExhausted(film_id, EXTENSIONS_MAX)
        duration_ms = (parent.duration_ms or 0) + (longer_ms or 0)
    wanted = replace(
        parent.request,
        prompt=prompt,
        # What the parent's style was is in its screenplay, where words may change it.
        style="",
        screenplay="",
        # Who is in the parent is in its screenplay; who is new is named by the prompt.
        characters=(),
        people=(),
        seed=parent.seed,
        duration_ms=duration_ms,
        origin=Origin(film=parent.id, how=how, screenplay=parent.screenplay),
    )
    return request_film(session, wanted, office=office, play=play)


def _extensions(session: Session, latest: Film) -> int:
    """Count how often a film was extended already, along its line of parents."""
    count, film = 0, latest
    while film.request.origin is not None and film.request.origin.how == "extension":
        count += 1
        try:
            film = store.film_by_id(session, film.request.origin.film)
        except FilmNotFound:
            break
    return count


def film_of_video(session: Session, digest: str, *, maker: str) -> Film:
    """Return somebody's film whose video has this SHA-256, in hex; raises FilmNotFound."""
    return store.film_of_video(session, key_of(digest, ".mp4"), maker=maker)


def keep_sprites(session: Session, film_id: str, sheet: bytes, *, blobs: Blobs) -> str:
    """Keep the sheet of pictures of a finished film and return its blob key.

    Raises FilmNotFound when the film went meanwhile.
    """
    store.hold_blobs(session, alone=False)
    key = blobs.put_bytes(sheet, suffix=".jpg").key
    if not store.keep_sprites(session, film_id, key):
        raise FilmNotFound(film_id)
    return key


def cancel_film(session: Session, film_id: str, *, clock: Clock) -> Film:
    """Stop a film; raises FilmNotFound, or FilmEnded when there is nothing to stop.

    A shot that is being rendered ends within a second; finished shots are kept.
    """
    found = store.film_by_id(session, film_id)
    cancelled = FilmCancelled()
    if not store.fail_film(
        session, film_id, code=cancelled.code, message=cancelled.message, at=clock.now()
    ):
        raise FilmEnded(film_id, found.status)
    return store.film_by_id(session, film_id)


def film_by_id(session: Session, film_id: str) -> Film:
    """Return a film; raises FilmNotFound."""
    return store.film_by_id(session, film_id)


def films(
    session: Session,
    *,
    maker: str | None = None,
    after: str | None = None,
    limit: int = 20,
    newest_first: bool = True,
) -> tuple[Film, ...]:
    """Return up to `limit` films (at most 100) behind the film `after`, in order of making.

    They are those of the person `maker`, or everybody's.
    """
    return store.films(
        session,
        maker=maker,
        after=after,
        limit=min(limit, FILMS_LIMIT_MAX),
        newest_first=newest_first,
    )


def unfinished_films(session: Session) -> tuple[Film, ...]:
    """Return the films that are queued or in the making, oldest first."""
    return store.unfinished_films(session)


def screenplay_of(session: Session, film_id: str) -> Screenplay | None:
    """Return a film's screenplay, or None while it is not written; raises FilmNotFound."""
    found = store.film_by_id(session, film_id)
    return store.screenplay(session, found.screenplay) if found.screenplay else None


def delete_film(session: Session, film_id: str, *, at: datetime) -> tuple[str, ...]:
    """Delete a film, stopping it first if it is being made; raises FilmNotFound.

    Whoever shows it hears that it is no more (FILM_WITHDRAWN). Returns the blob keys that no film
    needs any more, for the caller to delete once the transaction has committed; takes are kept,
    they belong to their shots.
    """
    gone = store.film_by_id(session, film_id)
    tracks = store.caption_tracks(session, film_id)
    unmade = store.stopped(session, film_id)
    store.delete_film(session, film_id)
    events.record(
        session, FILM_WITHDRAWN, key=film_id, payload={"film_id": film_id, "unmade": unmade}, at=at
    )
    keys = {
        *(track.captions for track in tracks),
        gone.video,
        gone.poster,
        gone.captions,
        gone.manifest,
        gone.seal.head if gone.seal else "",
        gone.download.blob if gone.download else "",
        gone.sprites,
        gone.request.picture,
    } - {""}
    return tuple(sorted(keys - store.blobs_in_use(session, keys)))

"""The studio's verbs: ask for a film, look at films, cancel, delete.

The session is the first argument; whoever opened it commits.
"""

import secrets
from dataclasses import dataclass

from matinee.film import Screenplay
from matinee.kit.clock import Clock
from matinee.kit.db import Session
from matinee.kit.durable import Jobs, Workflow
from matinee.kit.ids import Ids

from . import store
from .errors import FilmCancelled, FilmEnded
from .model import SEED_MAX, Crew, Film, FilmRequest, check_request
from .writer.prompt import clean

FILMS_LIMIT_MAX = 100


@dataclass(frozen=True, kw_only=True)
class Office:
    """What it takes to accept a film: the crew, the workflow that makes it, and where jobs go."""

    crew: Crew
    clock: Clock
    ids: Ids
    jobs: Jobs
    make_film: Workflow[[str], None]


def request_film(session: Session, request: FilmRequest, *, office: Office) -> Film:
    """Store a film and submit its making, which begins when the transaction commits.

    Raises an Invalid error that names what cannot be made: the prompt, length, seed, writer,
    model or voice. Without a seed a fresh one is drawn and kept, so that the film can be made
    again.
    """
    clean(request.prompt)  # refuses a prompt that no writer could read
    check_request(request, office.crew)
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
    )
    store.add_film(session, wanted)
    office.jobs.submit(session, office.make_film, wanted.id, job_id=wanted.id)
    return wanted


def cancel_film(session: Session, film_id: str, *, clock: Clock) -> Film:
    """Stop a film; raises FilmNotFound, or FilmEnded when there is nothing to stop.

    A shot that is being rendered ends within a second; finished shots are kept.
    """
    found = store.film_by_id(session, film_id)
    cancelled = FilmCancelled()
    if not store.update_film(
        session,
        film_id,
        status="failed",
        error_code=cancelled.code,
        error_message=cancelled.message,
        completed_at=clock.now(),
    ):
        raise FilmEnded(film_id, found.status)
    return store.film_by_id(session, film_id)


def film_by_id(session: Session, film_id: str) -> Film:
    """Return a film; raises FilmNotFound."""
    return store.film_by_id(session, film_id)


def films(
    session: Session, *, after: str | None = None, limit: int = 20, newest_first: bool = True
) -> tuple[Film, ...]:
    """Return up to `limit` films (at most 100) behind the film `after`, in order of making."""
    return store.films(
        session, after=after, limit=min(limit, FILMS_LIMIT_MAX), newest_first=newest_first
    )


def unfinished_films(session: Session) -> tuple[Film, ...]:
    """Return the films that are queued or in the making, oldest first."""
    return store.unfinished_films(session)


def screenplay_of(session: Session, film_id: str) -> Screenplay | None:
    """Return a film's screenplay, or None while it is not written; raises FilmNotFound."""
    found = store.film_by_id(session, film_id)
    return store.screenplay(session, found.screenplay) if found.screenplay else None


def delete_film(session: Session, film_id: str) -> tuple[str, ...]:
    """Delete a film, stopping it first if it is being made; raises FilmNotFound.

    Returns the blob keys that no film needs any more, for the caller to delete once the
    transaction has committed; takes are kept, they belong to their shots.
    """
    gone = store.film_by_id(session, film_id)
    store.delete_film(session, film_id)
    keys = {key for key in (gone.video, gone.poster, gone.captions, gone.manifest) if key}
    return tuple(sorted(keys - store.blobs_in_use(session, keys)))

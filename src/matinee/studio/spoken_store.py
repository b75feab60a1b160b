"""Which films in other languages are shown together with the film they were made from."""

from sqlalchemy import text

from matinee.kit.db import Session

from .model import Film
from .store import film_by_id


def release(session: Session, film_id: str, version: Film) -> None:
    """Show a version with its film, in place of the one in its language."""
    session.execute(
        text(
            "insert into studio.spoken_version (film, language, version)"
            " values (:film, :language, :version) on conflict (film, language)"
            " do update set version = excluded.version"
        ),
        {"film": film_id, "language": version.language, "version": version.id},
    )


def keep_back(session: Session, film_id: str, language: str) -> None:
    """Show the version in a language no longer."""
    session.execute(
        text("delete from studio.spoken_version where film = :film and language = :language"),
        {"film": film_id, "language": language},
    )


def released(session: Session, film_id: str) -> tuple[Film, ...]:
    """Return the versions that are shown with a film, by their languages, none withdrawn."""
    ids = session.execute(
        text(
            "select v.version from studio.spoken_version v join studio.film f on f.id = v.version"
            " where v.film = :film and f.status = 'completed' order by v.language"
        ),
        {"film": film_id},
    ).scalars()
    return tuple(film_by_id(session, version) for version in ids)


def film_of(session: Session, version_id: str) -> str | None:
    """Return the id of the film that a version is shown with, None if it is with none."""
    found: str | None = session.execute(
        text("select film from studio.spoken_version where version = :version"),
        {"version": version_id},
    ).scalar_one_or_none()
    return found


def made_in_other_languages(session: Session, film_id: str) -> tuple[Film, ...]:
    """Return the films that were made from a film to say the same in another language."""
    ids = session.execute(
        text(
            "select id from studio.film where request -> 'origin' ->> 'film' = :film"
            " and request -> 'origin' ->> 'how' = 'translation'"
            " and status not in ('withdrawn', 'failed') order by id desc limit 50"
        ),
        {"film": film_id},
    ).scalars()
    return tuple(film_by_id(session, version) for version in ids)

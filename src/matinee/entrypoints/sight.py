"""Who may see a film, and what those who are in it are told of it."""

from collections.abc import Mapping, Sequence

from matinee import feed, likeness, studio, trust
from matinee.kit.db import Session
from matinee.people import Visitor
from matinee.studio import Film


def owns_film(session: Session, person_id: str, film_id: str) -> bool:
    """Whether a film is finished and somebody's own."""
    try:
        film = studio.film_by_id(session, film_id)
    except studio.FilmNotFound:
        return False
    return film.requested_by == person_id and film.status == "completed"


def may_see(session: Session, visitor: Visitor | None, film: Film) -> bool:
    """Whether a visitor, None for one who is not signed in, may see a film.

    Its maker may, whoever is in it, whoever may see a post of it, and a moderator as long as the
    desk has something to decide about it.
    """
    if visitor is not None and (
        film.requested_by == visitor.person.id
        or visitor.person.has("operator")
        or likeness.in_film(session, visitor.person.id, film.id)
    ):
        return True
    if feed.may_see_film(session, feed.viewer_of(session, visitor), film.id):
        return True
    return visitor is not None and visitor.person.has("moderator") and _is_heard(session, film.id)


def may_read(session: Session, visitor: Visitor | None, film: Film) -> bool:
    """Whether somebody who may see a film may read its prompt and its screenplay.

    Its maker may, the desk as long as it has something to decide about it, and everybody for whom
    it is posted to be remixed.
    """
    if visitor is not None and (
        film.requested_by == visitor.person.id
        or visitor.person.has("operator")
        or (visitor.person.has("moderator") and _is_heard(session, film.id))
    ):
        return True
    viewer = feed.viewer_of(session, visitor)
    return feed.may_see_film(session, viewer, film.id, remixable=True)


def films_seen(session: Session, ids: Sequence[str]) -> Mapping[str, likeness.FilmSeen]:
    """Tell of films by their ids, without those that were deleted or withdrawn."""
    found = {}
    for film_id in dict.fromkeys(ids):
        try:
            film = studio.film_by_id(session, film_id)
        except studio.FilmNotFound:
            continue
        if film.status == "withdrawn":
            continue
        found[film_id] = likeness.FilmSeen(
            id=film.id,
            title=film.title,
            status=film.status,
            maker=film.requested_by,
            created_at=film.created_at,
            posted=feed.hearing.is_public(session, film.id),
        )
    return found


def may_tip(session: Session, visitor: Visitor, film_id: str) -> bool:
    """Whether a visitor may tip a film: they see it, and it is not their own."""
    try:
        film = studio.film_by_id(session, film_id)
    except studio.FilmNotFound:
        return False
    return film.requested_by != visitor.person.id and may_see(session, visitor, film)


def _is_heard(session: Session, film_id: str) -> bool:
    posts = feed.hearing.posts_of_film(session, film_id)
    subjects = [trust.Subject(kind="film", id=film_id)]
    subjects += [trust.Subject(kind="post", id=post) for post in posts]
    return trust.hearing.is_heard(session, subjects)


def titles_of(session: Session, ids: Sequence[str]) -> Mapping[str, str]:
    """The titles of films by their ids; those that were deleted are left out."""
    return {film_id: film.title for film_id, film in films_seen(session, ids).items()}

"""Films made from posts: allowed by the post, ordered in the studio, tied to their parent."""

from matinee import film as film_language
from matinee import studio
from matinee.film import Screenplay
from matinee.kit.db import Session
from matinee.people import Visitor

from . import store
from .actions import Room, viewer_of
from .errors import ParentGone, RemixClosed, RemixEmpty


def remix(
    session: Session,
    visitor: Visitor,
    post_id: str,
    *,
    prompt: str,
    screenplay: bytes,
    room: Room,
    office: studio.Office,
) -> studio.Film:
    """Ask for a film made from a post's: changed as `prompt` says, or of a changed screenplay.

    Raises PostNotFound, RemixClosed, ParentGone, RemixEmpty and what `studio.derive_film` raises.
    """
    if bool(prompt.strip()) == bool(screenplay):
        raise RemixEmpty
    viewer = viewer_of(session, visitor)
    post = store.card(session, viewer, post_id)
    if not post.remixable and post.author != visitor.person.id:
        raise RemixClosed(post_id)
    play = film_language.decode(screenplay, Screenplay) if screenplay else None
    try:
        film = studio.derive_film(
            session,
            post.film_id,
            prompt,
            how="remix",
            play=play,
            office=office.serving(visitor.person),
        )
    except (studio.FilmNotFound, studio.FilmNotReady) as error:
        raise ParentGone(post_id) from error
    store.note_remix(session, film.id, post.number, viewer.number, room.clock.now())
    return film

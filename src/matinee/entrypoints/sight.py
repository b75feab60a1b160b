"""Who may see a film."""

from matinee import feed
from matinee.kit.db import Session
from matinee.people import Visitor
from matinee.studio import Film


def may_see(session: Session, visitor: Visitor | None, film: Film) -> bool:
    """Whether a visitor, None for one who is not signed in, may see a film.

    Its maker may, and whoever may see a post of it.
    """
    if visitor is not None and (
        film.requested_by == visitor.person.id or visitor.person.has("operator")
    ):
        return True
    return feed.may_see_film(session, feed.viewer_of(session, visitor), film.id)

"""Who may see a film."""

from matinee.kit.db import Session
from matinee.people import Visitor
from matinee.studio import Film


def may_see(_session: Session, visitor: Visitor | None, film: Film) -> bool:
    """Whether a visitor, None for one who is not signed in, may see a film: its maker may."""
    if visitor is None:
        return False
    return film.requested_by == visitor.person.id or visitor.person.has("operator")

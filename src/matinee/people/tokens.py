"""What a mail holds to prove an address or to set a password anew: a secret that works once.

Kept is its SHA-256. A newer token of the same purpose ends the older ones, and so does a change of
the address that it was sent to.
"""

from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import text

from matinee.kit.db import Session

from .errors import TokenRefused
from .keys import digest, new_secret
from .model import Person
from .store import person_by_id

Purpose = Literal["verify", "reset"]

LIFETIMES: dict[Purpose, timedelta] = {
    "verify": timedelta(days=2),
    "reset": timedelta(hours=1),
}


def issue(session: Session, person: Person, purpose: Purpose, *, at: datetime) -> str:
    """Return a token for somebody with an address; their earlier ones end."""
    assert person.email is not None, "a token is sent to an address"
    session.execute(
        text(
            "delete from people.token where (person = :person and purpose = :purpose)"
            " or expires_at < :at"
        ),
        {"person": person.id, "purpose": purpose, "at": at},
    )
    secret = new_secret()
    session.execute(
        text(
            "insert into people.token (digest, person, purpose, email, expires_at)"
            " values (:digest, :person, :purpose, :email, :expires)"
        ),
        {
            "digest": digest(secret),
            "person": person.id,
            "purpose": purpose,
            "email": person.email,
            "expires": at + LIFETIMES[purpose],
        },
    )
    return secret


def use(session: Session, token: str, purpose: Purpose, *, at: datetime) -> Person:
    """Return whose token this is and end it; raises TokenRefused."""
    row = session.execute(
        text(
            "delete from people.token where digest = :digest and purpose = :purpose"
            " returning person, email, expires_at"
        ),
        {"digest": digest(token), "purpose": purpose},
    ).first()
    if row is None or row.expires_at <= at:
        raise TokenRefused
    person = person_by_id(session, row.person)
    if person.closed_at is not None or person.email != row.email:
        raise TokenRefused
    return person

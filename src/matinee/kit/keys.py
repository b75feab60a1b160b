"""Who may ask: API keys for programs, and sessions for browsers.

A key is ``matinee_`` and 256 random bits in base64url; it is shown once, when it is made. The
database keeps its SHA-256, which is enough: what cannot be guessed needs no slow hash. A session is
the same kind of secret in a browser's cookie; it belongs to a key, and ends with it, or to the
operator in front of the machine (who counts as that: docs/decisions/0011-page-without-a-key.md).
"""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import text

from matinee.kit import errors
from matinee.kit.db import Session
from matinee.kit.ids import Ids

SESSION_LIFETIME = timedelta(days=30)
NAME_CHARACTERS_MAX = 80

_SECRET_BYTES = 32
_SECRET = re.compile(r"matinee_[A-Za-z0-9_-]{43}")


class KeyRefused(errors.Forbidden):
    """No key was given, or one that is not known or was revoked."""

    code = "kit.key_refused"

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"{reason} Send a key as 'Authorization: Bearer matinee_...'; "
            "the operator makes one with: matinee keys create NAME"
        )


class KeyNotFound(errors.NotFound):
    """No key that is still good has this id or name."""

    code = "kit.key_not_found"

    def __init__(self, key: str) -> None:
        super().__init__(
            f"There is no key {key!r}, or it was revoked before. See: matinee keys list", key=key
        )


class KeyNameInvalid(errors.Invalid):
    """A key's name is empty, too long or not printable."""

    code = "kit.key_name_invalid"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"A key cannot be called {name[:NAME_CHARACTERS_MAX]!r}: give it 1 to "
            f"{NAME_CHARACTERS_MAX} printable characters that say who uses it."
        )


class KeyNameTaken(errors.Conflict):
    """Another key that is still good has this name."""

    code = "kit.key_name_taken"

    def __init__(self, name: str) -> None:
        super().__init__(
            f"There is a key {name!r} already. Choose another name, or revoke the old key first: "
            f"matinee keys revoke {name!r}",
            name=name,
        )


@dataclass(frozen=True, slots=True)
class Key:
    """A key as far as it is kept: never its secret."""

    id: str
    name: str
    created_at: datetime
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks: a key, or the operator when ``key_id`` is None."""

    key_id: str | None


def create(session: Session, name: str, *, ids: Ids, at: datetime) -> tuple[Key, str]:
    """Make a key called ``name``; returns it and its secret, which cannot be had again.

    Raises ``KeyNameInvalid`` or ``KeyNameTaken``.
    """
    name = name.strip()
    if not 0 < len(name) <= NAME_CHARACTERS_MAX or not name.isprintable():
        raise KeyNameInvalid(name)
    key = Key(ids.new("key"), name, at)
    secret = _secret()
    added = session.execute(
        text(
            "insert into kit.api_key (id, name, secret_sha256, created_at)"
            " values (:id, :name, :digest, :at)"
            " on conflict (name) where revoked_at is null do nothing"
        ),
        {"id": key.id, "name": name, "digest": _digest(secret), "at": at},
    )
    if added.rowcount == 0:
        raise KeyNameTaken(name)
    return key, secret


def listed(session: Session) -> tuple[Key, ...]:
    """Every key, revoked ones too, oldest first."""
    rows = session.execute(
        text("select id, name, created_at, revoked_at from kit.api_key order by id")
    )
    return tuple(Key(*row) for row in rows)


def revoke(session: Session, key: str, *, at: datetime) -> Key:
    """End the key with this id or name, and its sessions; raises ``KeyNotFound``."""
    row = session.execute(
        text(
            "update kit.api_key set revoked_at = :at"
            " where (id = :key or name = :key) and revoked_at is null"
            " returning id, name, created_at, revoked_at"
        ),
        {"key": key, "at": at},
    ).first()
    if row is None:
        raise KeyNotFound(key)
    session.execute(
        text("delete from kit.web_session where api_key = :id"),
        {"id": row.id},
    )
    return Key(*row)


def visitor_with_key(session: Session, secret: str) -> Visitor:
    """Whose key this is; raises ``KeyRefused``."""
    found = None
    if _SECRET.fullmatch(secret):
        found = session.execute(
            text("select id from kit.api_key where secret_sha256 = :digest and revoked_at is null"),
            {"digest": _digest(secret)},
        ).scalar()
    if found is None:
        raise KeyRefused("This key is not known here, or it was revoked.")
    return Visitor(str(found))


def open_session(session: Session, visitor: Visitor, *, at: datetime) -> str:
    """Begin a browser's session for ``visitor`` and return its token; old ones are swept out."""
    session.execute(text("delete from kit.web_session where expires_at < :at"), {"at": at})
    token = _secret()
    session.execute(
        text(
            "insert into kit.web_session (token_sha256, api_key, created_at, expires_at)"
            " values (:digest, :key, :at, :expires)"
        ),
        {
            "digest": _digest(token),
            "key": visitor.key_id,
            "at": at,
            "expires": at + SESSION_LIFETIME,
        },
    )
    return token


def visitor_with_session(session: Session, token: str, *, at: datetime) -> Visitor:
    """Whose session this is; raises ``KeyRefused`` once it has expired or its key was revoked."""
    if _SECRET.fullmatch(token):
        row = session.execute(
            text(
                "select api_key from kit.web_session"
                " where token_sha256 = :digest and expires_at > :at"
            ),
            {"digest": _digest(token), "at": at},
        ).first()
        if row is not None:
            return Visitor(row.api_key)
    raise KeyRefused("This session has ended.")


def close_session(session: Session, token: str) -> None:
    """End a session; one that is not there counts as ended."""
    session.execute(
        text("delete from kit.web_session where token_sha256 = :digest"),
        {"digest": _digest(token)},
    )


def _secret() -> str:
    return "matinee_" + secrets.token_urlsafe(_SECRET_BYTES)


def _digest(secret: str) -> bytes:
    return sha256(secret.encode()).digest()

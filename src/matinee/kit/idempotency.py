"""Requests that name themselves are carried out once, however often they are sent.

A client that lost an answer sends the request again under the same key (the header
``Idempotency-Key``, draft-ietf-httpapi-idempotency-key-header-07) and gets the first answer. What
the request does and its answer are kept in one transaction: either both are there or neither, also
after a crash. Two at once: the second waits for the first. A request that was refused left nothing
behind, and may be mended and sent again under the same key.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import text

from matinee.kit import errors
from matinee.kit.db import Session

LIFETIME = timedelta(hours=24)
KEY_CHARACTERS_MAX = 255


class IdempotencyKeyInvalid(errors.Invalid):
    """An idempotency key is empty, too long or not printable."""

    code = "kit.idempotency_key_invalid"

    def __init__(self, key: str) -> None:
        super().__init__(
            f"The Idempotency-Key {key[:80]!r} cannot be used: give 1 to {KEY_CHARACTERS_MAX} "
            "printable ASCII characters, a fresh UUID for each request.",
            param="Idempotency-Key",
        )


class IdempotencyKeyReused(errors.Conflict):
    """An idempotency key was sent again with another request."""

    code = "kit.idempotency_key_reused"

    def __init__(self, key: str) -> None:
        super().__init__(
            f"The Idempotency-Key {key!r} was used for another request before. Send that very "
            "request to get its answer again, or a new key for a new request.",
            param="Idempotency-Key",
        )


@dataclass(frozen=True, slots=True)
class Occasion:
    """One request: whose (``scope``), its own name for itself, and what it says (a SHA-256)."""

    scope: str
    key: str
    fingerprint: bytes


def checked_key(key: str) -> str:
    """``key`` itself; raises ``IdempotencyKeyInvalid``."""
    if not 0 < len(key) <= KEY_CHARACTERS_MAX or not key.isascii() or not key.isprintable():
        raise IdempotencyKeyInvalid(key)
    return key


def once(
    session: Session, occasion: Occasion, act: Callable[[], str], *, at: datetime
) -> tuple[str, bool]:
    """The answer of ``act``, and whether it is that of an earlier request.

    ``act`` works in the caller's transaction. Keys are forgotten after ``LIFETIME``. Raises
    ``IdempotencyKeyReused`` and whatever ``act`` raises.
    """
    session.execute(text("delete from kit.idempotency where expires_at < :at"), {"at": at})
    names = {"scope": occasion.scope, "key": occasion.key}
    # Waits for another transaction that is about to keep the same key.
    added = session.execute(
        text(
            "insert into kit.idempotency (scope, key, fingerprint, created_at, expires_at)"
            " values (:scope, :key, :fingerprint, :at, :expires) on conflict do nothing"
        ),
        {**names, "fingerprint": occasion.fingerprint, "at": at, "expires": at + LIFETIME},
    )
    if added.rowcount == 0:
        before = session.execute(
            text(
                "select fingerprint, answer from kit.idempotency"
                " where scope = :scope and key = :key"
            ),
            names,
        ).one()
        if bytes(before.fingerprint) != occasion.fingerprint:
            raise IdempotencyKeyReused(occasion.key)
        return before.answer, True
    answer = act()
    session.execute(
        text("update kit.idempotency set answer = :answer where scope = :scope and key = :key"),
        {**names, "answer": answer},
    )
    return answer, False


def forget(session: Session, scope: str) -> None:
    """Forget what somebody was answered."""
    session.execute(text("delete from kit.idempotency where scope = :scope"), {"scope": scope})

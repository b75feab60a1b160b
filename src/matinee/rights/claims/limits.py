"""Limits on those who claim by hand: who is often wrong may claim less, then not at all."""

from datetime import datetime

from matinee.kit.db import Session

from . import store
from .errors import ClaimantSuspended, ClaimInvalid, ClaimsTooMany, NotSuspended

OPEN_MAX = 10
OPEN_LESS_PER_LOST = 3
OPEN_MIN = 1
JUDGED_MIN, LOST_SHARE_MAX = 4, 0.75
_WORDS_MAX = 4_000


def open_max(lost: int, judged: int) -> int:
    """How many claims by hand may be open at a time: fewer for each that did not stand.

    Claims that did stand make up for lost ones.
    """
    excess = max(0, 2 * lost - judged)
    return max(OPEN_MIN, OPEN_MAX - OPEN_LESS_PER_LOST * excess)


def check(session: Session, claimant: str, *, at: datetime) -> None:
    """Refuse one claim more; raises ``ClaimantSuspended`` and ``ClaimsTooMany``."""
    assert at.tzinfo is not None, "a moment needs a zone"
    suspension = store.suspension_of(session, claimant)
    if suspension is not None:
        raise ClaimantSuspended(str(suspension["reason"]))
    count, lost, judged = store.record_of(session, claimant)
    most = open_max(lost, judged)
    if count >= most:
        raise ClaimsTooMany(most, lost)


def judge(session: Session, claimant: str, *, at: datetime) -> bool:
    """Suspend a claimant of whose claims too many did not stand; whether that was so."""
    _, lost, judged = store.record_of(session, claimant)
    if judged < JUDGED_MIN or lost <= LOST_SHARE_MAX * judged:
        return False
    reason = f"of {judged} claims that were objected to, {lost} did not stand."
    store.suspend(session, claimant, reason=reason, by="", at=at)
    return True


def suspend(session: Session, claimant: str, reason: str, *, by: str, at: datetime) -> None:
    """Let somebody claim no more by hand, for a reason that they are told."""
    if not reason.strip():
        raise ClaimInvalid("reason", "a suspension needs one")
    store.suspend(session, claimant, reason=reason.strip()[:_WORDS_MAX], by=by, at=at)


def appeal(session: Session, claimant: str, words: str, *, at: datetime) -> None:
    """Object to one's suspension, once. Raises ``NotSuspended`` and ``ClaimInvalid``."""
    if not words.strip():
        raise ClaimInvalid("statement", "an appeal needs one")
    if not store.appeal_suspension(session, claimant, words.strip()[:_WORDS_MAX], at=at):
        raise NotSuspended(claimant)


def lift(session: Session, claimant: str, why: str, *, by: str, at: datetime) -> None:
    """Let somebody claim by hand again. Raises ``NotSuspended``."""
    if not store.lift(session, claimant, why=why.strip()[:_WORDS_MAX], by=by, at=at):
        raise NotSuspended(claimant)

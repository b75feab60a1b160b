"""How many films, and how long, somebody may ask for: by their plan, and by what the operator set.

A day is the last 24 hours, so that a quota comes back film by film and nobody waits for midnight.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType

from matinee import people
from matinee.kit.db import Session

from . import quota_store
from .errors import FilmTooLong, QuotaReached, QuotaUsedUp

DAY = timedelta(days=1)
RETRY_AFTER_S = 15


@dataclass(frozen=True, kw_only=True)
class Allowance:
    """What a plan allows; None is any number. `plan` is its name for messages."""

    plan: str = ""
    seconds_max: int | None = None
    films_per_day: int | None = None
    films_at_once: int | None = None


UNLIMITED = Allowance()
ALLOWANCES: Mapping[people.Plan, Allowance] = MappingProxyType(
    {
        "ordinary": Allowance(plan="ordinary", seconds_max=15, films_per_day=30, films_at_once=3),
        "pro": Allowance(plan="pro", seconds_max=25, films_per_day=150, films_at_once=10),
        "studio": Allowance(plan="studio"),
    }
)


@dataclass(frozen=True, kw_only=True)
class Quota:
    """What somebody has used of their allowance; `resets_at` is when the next film comes back."""

    films_today: int
    films_per_day: int | None
    seconds_max: int | None
    resets_at: datetime | None


def allowance_of(plan: people.Plan, *, films_at_once: int | None = None) -> Allowance:
    """Return what a plan allows, where nobody may have more than `films_at_once`."""
    allowed = ALLOWANCES[plan]
    if films_at_once is None:
        return allowed
    most = min(allowed.films_at_once or films_at_once, films_at_once)
    return replace(allowed, films_at_once=most)


def quota_of(session: Session, person: people.Person, *, at: datetime) -> Quota:
    """Return what a person has used and what is left."""
    allowed = ALLOWANCES[person.plan]
    count, first = quota_store.asked_since(session, person.id, at - DAY)
    return Quota(
        films_today=count,
        films_per_day=allowed.films_per_day,
        seconds_max=allowed.seconds_max,
        resets_at=None if first is None else first + DAY,
    )


def longest_ms(allowed: Allowance, duration_ms: int | None) -> int | None:
    """Return how long a film may get, None for any length; raises FilmTooLong."""
    if allowed.seconds_max is None:
        return None
    most_ms = allowed.seconds_max * 1000
    if duration_ms is not None and duration_ms > most_ms:
        raise FilmTooLong(duration_ms, most_ms)
    return most_ms


def use(session: Session, person_id: str, allowed: Allowance, *, at: datetime) -> int:
    """Count one more film against an allowance; returns how many others have not ended.

    Raises QuotaReached for too many at the same time and QuotaUsedUp for too many in a day. One
    transaction of a person at a time counts.
    """
    unfinished_count = quota_store.unfinished_count(session, person_id)
    if allowed.films_at_once is not None and unfinished_count >= allowed.films_at_once:
        raise QuotaReached(allowed.films_at_once, retry_after_s=RETRY_AFTER_S)
    count, first = quota_store.asked_since(session, person_id, at - DAY)
    if allowed.films_per_day is not None and first is not None and count >= allowed.films_per_day:
        raise QuotaUsedUp(allowed.plan, allowed.films_per_day, again_at=first + DAY, at=at)
    quota_store.note_asked(session, person_id, at=at, forget_before=at - DAY)
    return unfinished_count

"""How often something may be tried: token buckets in the database, shared by all servers.

A bucket holds up to ``capacity`` tokens and gains one every ``seconds_per_token``; each try takes
one. Names are digests: neither addresses nor logins are kept in clear.
"""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import text

from matinee.kit.db import Session

from .errors import TooManyTries


@dataclass(frozen=True, kw_only=True, slots=True)
class Rate:
    """How many tries at once, and how long until the next one is given back."""

    capacity: int
    seconds_per_token: float


LOGINS_PER_ADDRESS = Rate(capacity=20, seconds_per_token=30)
LOGINS_PER_ACCOUNT = Rate(capacity=10, seconds_per_token=60)
SIGN_UPS_PER_ADDRESS = Rate(capacity=10, seconds_per_token=360)
MAILS_PER_ADDRESS = Rate(capacity=10, seconds_per_token=360)
MAILS_PER_ACCOUNT = Rate(capacity=3, seconds_per_token=1200)
EXPORTS_PER_ACCOUNT = Rate(capacity=2, seconds_per_token=3600)

_FORGOTTEN_AFTER = timedelta(days=1)

_TAKE = text(
    "insert into people.bucket as b (name, tokens, at)"
    " values (:name, cast(:capacity as float8) - 1, :at)"
    " on conflict (name) do update set at = greatest(b.at, :at), tokens ="
    " least(:capacity, b.tokens + greatest(0, extract(epoch from :at - b.at)) / :period) - 1"
    " where least(:capacity, b.tokens + greatest(0, extract(epoch from :at - b.at)) / :period) >= 1"
    " returning b.tokens"
)


def take(session: Session, kind: str, who: str, rate: Rate, *, at: datetime) -> None:
    """Take a token of ``who`` for what is tried; raises TooManyTries, which says how long to wait.

    The caller commits before the try itself, so that a try that fails has been counted.
    """
    name = sha256(f"{kind}\0{who}".encode()).digest()
    values = {
        "name": name,
        "capacity": rate.capacity,
        "period": rate.seconds_per_token,
        "at": at,
    }
    if session.execute(_TAKE, values).first() is not None:
        return
    row = session.execute(
        text("select tokens, at from people.bucket where name = :name"), {"name": name}
    ).one()
    gained = max(0.0, (at - row.at).total_seconds()) / rate.seconds_per_token
    wait_s = (1 - row.tokens - gained) * rate.seconds_per_token
    raise TooManyTries(max(1, math.ceil(wait_s)))


def forget(session: Session, *, at: datetime) -> None:
    """Forget buckets that have long been full again."""
    session.execute(
        text("delete from people.bucket where at < :before"), {"before": at - _FORGOTTEN_AFTER}
    )

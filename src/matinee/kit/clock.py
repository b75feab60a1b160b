"""Where the time comes from.

World time is UTC and always carries its zone. Whoever needs it is given a ``Clock``; the real one
is made in ``entrypoints/wiring.py``, tests set their own. Time inside a film is rational and has
nothing to do with this module.
"""

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the time of the world and measures how long something takes."""

    def now(self) -> datetime:
        """The present moment, in UTC, with its zone."""
        ...

    def elapsed_s(self) -> float:
        """Seconds since an arbitrary start, never going back: subtract two readings."""
        ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        """The present moment, in UTC, with its zone."""
        return datetime.now(UTC)  # noqa: TID251 - the one place that asks the machine

    def elapsed_s(self) -> float:
        """Seconds of the machine's monotonic clock."""
        return time.monotonic()


class ManualClock:
    """A clock that stands still until it is told to move: for tests and repeatable demos."""

    def __init__(self, start: datetime = datetime(2026, 1, 1, tzinfo=UTC)) -> None:
        """Stand at ``start``, which must carry its zone."""
        assert start.tzinfo is not None, "a clock needs a zone"
        self._start = self._now = start.astimezone(UTC)

    def now(self) -> datetime:
        """The moment it was last set to, in UTC."""
        return self._now

    def elapsed_s(self) -> float:
        """Seconds it has been moved on since its start."""
        return (self._now - self._start).total_seconds()

    def advance(self, by: timedelta) -> None:
        """Move on by ``by``, which may not be negative."""
        assert by >= timedelta(0), f"a clock does not go back: {by}"
        self._now += by

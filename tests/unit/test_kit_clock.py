from datetime import UTC, datetime, timedelta, timezone

import pytest

from matinee.kit.clock import ManualClock, SystemClock


def test_the_system_clock_tells_utc_and_does_not_go_back() -> None:
    clock = SystemClock()
    first_s = clock.elapsed_s()
    assert clock.now().tzinfo is UTC
    assert clock.elapsed_s() >= first_s


def test_a_manual_clock_stands_still_until_it_is_moved() -> None:
    clock = ManualClock(datetime(2026, 5, 1, 12, tzinfo=timezone(timedelta(hours=2))))
    assert clock.now() == clock.now() == datetime(2026, 5, 1, 10, tzinfo=UTC)
    clock.advance(timedelta(minutes=1))
    assert clock.now() == datetime(2026, 5, 1, 10, 1, tzinfo=UTC)
    assert clock.elapsed_s() == 60


def test_a_manual_clock_does_not_go_back() -> None:
    with pytest.raises(AssertionError, match="does not go back"):
        ManualClock().advance(timedelta(seconds=-1))

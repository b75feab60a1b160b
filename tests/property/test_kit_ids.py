"""Laws of ids."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matinee.kit.clock import ManualClock, SystemClock
from matinee.kit.ids import IdInvalid, SeededIds, SystemIds, checked

prefixes = st.from_regex(r"[a-z][a-z0-9]{0,11}", fullmatch=True)


@given(st.lists(st.integers(0, 3), min_size=1, max_size=200))
def test_ids_sort_in_the_order_of_their_making(steps_ms: list[int]) -> None:
    clock = ManualClock()
    ids = SystemIds(clock)
    made = []
    for step_ms in steps_ms:
        clock.advance(timedelta(milliseconds=step_ms))
        made.append(ids.new("film"))
    assert made == sorted(made)
    assert len(set(made)) == len(made)


def test_ten_thousand_ids_of_one_millisecond_are_unique_and_sorted() -> None:
    ids = SystemIds(ManualClock())
    made = [ids.new("film") for _ in range(10_000)]
    assert made == sorted(set(made))


def test_an_id_is_a_uuid_of_version_seven_with_the_time_in_front() -> None:
    clock = ManualClock()
    value = SystemIds(clock).uuid7()
    assert value.version == 7
    assert value.variant == "specified in RFC 4122"
    assert value.int >> 80 == int(clock.now().timestamp() * 1000)


@given(prefixes)
def test_a_fresh_id_passes_its_own_check(prefix: str) -> None:
    made = SystemIds(SystemClock()).new(prefix)
    assert checked(made, prefix) == made


@given(prefixes, st.text(max_size=120))
def test_anything_else_is_refused_with_the_form_to_use(prefix: str, text: str) -> None:
    with pytest.raises(IdInvalid, match=prefix):
        checked(text, prefix)


@given(st.text(max_size=20))
def test_the_same_seed_gives_the_same_ids(seed: str) -> None:
    first, second = SeededIds(seed), SeededIds(seed)
    made = [first.new("video") for _ in range(20)]
    assert made == [second.new("video") for _ in range(20)]
    assert made == sorted(set(made))
    assert all(checked(one, "video") for one in made)


def test_different_seeds_give_different_ids() -> None:
    assert SeededIds("a").new("video") != SeededIds("b").new("video")

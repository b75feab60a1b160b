"""Laws of money."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matinee.kit.money import MICROS_PER_MINOR, CurrencyMismatch, CurrencyUnknown, MicroMoney, Money

amounts = st.integers(-(10**15), 10**15)
weights = st.lists(st.integers(0, 10_000), min_size=1, max_size=40).filter(any)


@given(amounts, amounts)
def test_addition_and_subtraction_undo_each_other(left: int, right: int) -> None:
    first, second = Money(left, "USD"), Money(right, "USD")
    assert first + second - second == first
    assert first + -first == Money(0, "USD")


@given(amounts, weights)
def test_a_split_loses_nothing(micro: int, shares: list[int]) -> None:
    parts = MicroMoney(micro, "EUR").split(shares)
    assert sum(part.micro for part in parts) == micro
    assert len(parts) == len(shares)


@given(amounts, weights)
def test_no_part_of_a_split_is_a_whole_unit_from_its_exact_share(
    micro: int, shares: list[int]
) -> None:
    parts = MicroMoney(micro, "EUR").split(shares)
    for part, weight in zip(parts, shares, strict=True):
        assert abs(part.micro * sum(shares) - micro * weight) < sum(shares)


@given(amounts, weights)
def test_who_holds_nothing_gets_nothing(micro: int, shares: list[int]) -> None:
    parts = MicroMoney(micro, "EUR").split([*shares, 0])
    assert parts[-1].micro == 0


@given(amounts)
def test_a_payout_and_its_rest_are_the_whole(micro: int) -> None:
    paid, rest = MicroMoney(micro, "JPY").payable()
    assert paid.micros + rest == MicroMoney(micro, "JPY")
    assert abs(rest.micro) < MICROS_PER_MINOR
    assert paid.minor * micro >= 0


@given(amounts)
def test_money_survives_the_way_through_micros(minor: int) -> None:
    paid, rest = Money(minor, "GBP").micros.payable()
    assert paid == Money(minor, "GBP")
    assert rest.micro == 0


def test_currencies_do_not_mix() -> None:
    with pytest.raises(CurrencyMismatch, match="USD and EUR"):
        Money(1, "USD") + Money(1, "EUR")
    with pytest.raises(CurrencyMismatch):
        MicroMoney(1, "USD") - MicroMoney(1, "EUR")
    with pytest.raises(CurrencyMismatch):
        _ = Money(1, "USD") < Money(2, "EUR")


@pytest.mark.parametrize("currency", ["usd", "US", "DOLLAR", "", "U$D", "ÄÖÜ"])
def test_a_currency_is_three_capital_letters(currency: str) -> None:
    with pytest.raises(CurrencyUnknown):
        Money(1, currency)

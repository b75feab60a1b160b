"""Laws of the books, on the real database."""

from collections import Counter
from datetime import UTC, datetime
from itertools import count, pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matinee import ledger
from matinee.kit import db, money
from matinee.ledger import Account, Entry, Journal, Kind, Reversal
from matinee.ledger.mirroring import mirror, portion

AT = datetime(2026, 11, 23, tzinfo=UTC)
EARNINGS = Kind("earnings", "liability")
HELD = Kind("held", "liability", guarded=True)
CASH = Kind("cash", "asset")
KINDS = (EARNINGS, CASH)
CURRENCIES = ("JPY", "EUR", "KWD")
OWNERS = tuple(f"person_{letter}" for letter in "abcd")

# One database serves all examples of a law, so each example names its journals and owners anew.
on_one_database = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
FRESH = count()

weights = st.lists(st.integers(1, 10**12), min_size=1, max_size=12)


@st.composite
def moves(draw: st.DrawFn) -> list[tuple[int, int, str, int]]:
    """Legs (kind, owner, currency, micro) that sum to zero in each currency."""
    legs = []
    for currency in draw(st.sets(st.sampled_from(CURRENCIES), min_size=1)):
        amounts = draw(
            st.lists(st.integers(-(10**15), 10**15).filter(bool), min_size=1, max_size=6).filter(
                sum
            )
        )
        legs += [
            (draw(st.integers(0, 1)), draw(st.integers(0, 3)), currency, amount)
            for amount in [*amounts, -sum(amounts)]
        ]
    return legs


def a_journal(name: str, legs: list[tuple[int, int, str, int]]) -> Journal:
    entries = tuple(
        Entry(Account(KINDS[kind], f"{name}/{OWNERS[owner]}", currency), micro)
        for kind, owner, currency, micro in legs
    )
    return Journal(key=name, reason="test.move", entries=entries, effective_at=AT)


def accounts_of(*journals: Journal) -> list[Account]:
    return sorted({one.account for journal in journals for one in journal.entries}, key=str)


def booked(database: db.Database, *journals: Journal) -> tuple[ledger.Posted, ...]:
    with database.transaction() as session:
        return ledger.post(session, journals, at=AT)


def balances(database: db.Database, accounts: list[Account]) -> list[int]:
    with database.transaction() as session:
        found = ledger.balances(session, accounts)
    return [found[one].micro for one in accounts]


@given(weights, st.data())
@settings(deadline=None)
def test_a_portion_is_whole_within_its_weights_and_near_its_exact_share(
    parts: list[int], data: st.DataObject
) -> None:
    size = data.draw(st.integers(0, sum(parts)))
    given_out = portion(parts, size)
    assert sum(given_out) == size
    assert all(0 <= got <= weight for got, weight in zip(given_out, parts, strict=True))
    assert all(
        abs(got * sum(parts) - size * weight) <= len(parts) * sum(parts)
        for got, weight in zip(given_out, parts, strict=True)
    )


@given(st.lists(st.integers(1, 30), min_size=1, max_size=8))
@settings(deadline=None)
def test_a_larger_portion_makes_no_part_smaller(parts: list[int]) -> None:
    states = [portion(parts, size) for size in range(sum(parts) + 1)]
    for smaller, larger in pairwise(states):
        assert all(a <= b for a, b in zip(smaller, larger, strict=True))
    assert states[-1] == tuple(parts)


@given(weights, weights, st.lists(st.integers(1, 10**12), max_size=8))
@settings(deadline=None)
def test_any_partial_mirrors_that_add_up_are_one_full_mirror(
    credits_: list[int], debits: list[int], steps: list[int]
) -> None:
    turnover = max(sum(credits_), sum(debits))
    rest = sum(credits_) - sum(debits)
    amounts = [*credits_, *(-micro for micro in debits), *([-rest] if rest else [])]
    got, before = Counter[int](), 0
    for step in [*steps, turnover]:
        part = min(step, turnover - before)
        taken = mirror(amounts, before=before, part=part)
        assert sum(taken) == 0
        assert all(micro * amount <= 0 for micro, amount in zip(taken, amounts, strict=True))
        got.update(dict(enumerate(taken)))
        before += part
    assert [got[i] for i in range(len(amounts))] == [-amount for amount in amounts]


@given(moves())
@on_one_database
def test_what_is_booked_is_conserved_and_its_reversal_mirrors_it(
    database: db.Database, legs: list[tuple[int, int, str, int]]
) -> None:
    name = f"law/{next(FRESH)}"
    journal = a_journal(name, legs)
    accounts = accounts_of(journal)
    assert booked(database, journal)[0].new
    expected = Counter[Account]()
    for entry in journal.entries:
        expected[entry.account] += entry.micro
    assert balances(database, accounts) == [expected[one] for one in accounts]
    back = Reversal(f"{name}/back", of=name, reason="test.back", effective_at=AT)
    with database.transaction() as session:
        ledger.reverse(session, back, at=AT)
    assert balances(database, accounts) == [0] * len(accounts)


@given(moves(), moves())
@on_one_database
def test_a_journal_is_booked_once_and_its_key_is_taken(
    database: db.Database,
    legs: list[tuple[int, int, str, int]],
    others: list[tuple[int, int, str, int]],
) -> None:
    name = f"law/{next(FRESH)}"
    journal = a_journal(name, legs)
    first = booked(database, journal, journal)
    before = balances(database, accounts_of(journal))
    again = booked(database, a_journal(name, list(reversed(legs))))
    assert [one.new for one in (*first, *again)] == [True, False, False]
    assert {one.id for one in (*first, *again)} == {first[0].id}
    other = a_journal(name, others)
    if other.fingerprint != journal.fingerprint:
        with pytest.raises(ledger.KeyReused):
            booked(database, other)
    assert balances(database, accounts_of(journal)) == before


@given(st.lists(moves(), min_size=2, max_size=4), st.randoms(use_true_random=False))
@on_one_database
def test_independent_events_commute_and_batches_are_the_same_as_singles(
    database: db.Database, events: list[list[tuple[int, int, str, int]]], chance: object
) -> None:
    name = f"law/{next(FRESH)}"

    def told(way: str) -> list[Journal]:
        return [
            Journal(f"{way}/{i}", "test.move", a_journal(way, legs).entries, AT)
            for i, legs in enumerate(events)
        ]

    batch, singles = told(f"{name}/batch"), told(f"{name}/single")
    booked(database, *batch)
    order = list(singles)
    chance.shuffle(order)  # type: ignore[attr-defined]
    for journal in order:
        booked(database, journal)
    assert balances(database, accounts_of(*batch)) == balances(database, accounts_of(*singles))


@given(
    st.integers(1, 10**15),
    st.lists(st.integers(-(10**15), 10**15).filter(bool), max_size=8),
    st.sampled_from(CURRENCIES),
)
@on_one_database
def test_a_hold_never_goes_below_zero(
    database: db.Database, first: int, changes: list[int], currency: str
) -> None:
    name = f"law/{next(FRESH)}"
    held, owed = Account(HELD, name, currency), Account(EARNINGS, name, currency)
    expected = 0
    for number, micro in enumerate([first, *changes]):
        move = (Entry(held, micro), Entry(owed, -micro))
        journal = Journal(f"{name}/{number}", "test.hold", move, AT)
        if expected + micro < 0:
            with pytest.raises(ledger.BalanceTooLow):
                booked(database, journal)
        else:
            booked(database, journal)
            expected += micro
        assert balances(database, [held, owed]) == [expected, -expected]


@given(moves(), st.lists(st.integers(1, 10**15), max_size=5))
@on_one_database
def test_partial_reversals_take_back_exactly_what_was_booked(
    database: db.Database, legs: list[tuple[int, int, str, int]], steps: list[int]
) -> None:
    name = f"law/{next(FRESH)}"
    currency = legs[0][2]
    journal = a_journal(name, [leg for leg in legs if leg[2] == currency])
    accounts = accounts_of(journal)
    booked(database, journal)
    left = journal.turnover_micro
    with database.transaction() as session:
        for number, step in enumerate(steps):
            if min(step, left) > 0:
                ledger.reverse(
                    session,
                    Reversal(f"{name}/r{number}", name, "test.back", AT, min(step, left)),
                    at=AT,
                )
                left -= min(step, left)
        if left:
            ledger.reverse(session, Reversal(f"{name}/rest", name, "test.back", AT), at=AT)
    assert balances(database, accounts) == [0] * len(accounts)
    with pytest.raises(ledger.ReversalTooLarge), database.transaction() as session:
        ledger.reverse(session, Reversal(f"{name}/more", name, "test.back", AT, 1), at=AT)


@pytest.mark.parametrize("currency", CURRENCIES)
def test_amounts_of_every_exponent_are_told_exactly(currency: str) -> None:
    one = money.Money(1, currency).micros
    assert str(one).endswith(currency)
    assert money.MicroMoney.of(str(one)) == one

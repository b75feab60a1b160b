"""The verbs of money that comes in: it is divided, booked, and taken back from the same people.

Every verb books through the ledger in the caller's transaction, under the name of its occasion, so
that the same occasion is booked once however often it is told.
"""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal

from matinee import ledger
from matinee.kit import errors
from matinee.kit.db import Session
from matinee.kit.money import BPS_PER_WHOLE, MicroMoney, minor_digits

from . import accounts, escrow, escrow_store, store, tracing
from .errors import ImportUnreadable
from .licences import Owner
from .model import CREDITS, EARNINGS, PLATFORM, POOL, RECEIVABLE, Claimed, Revenue
from .splits import FilmRights, PlatformTerms, Rate, Share, Split, split

_MICRO_DIGITS = 6
_ID_MAX = 100
_AMOUNT_DIGITS = 15
_MOST = 10**_AMOUNT_DIGITS
"""The most that one row of a report may say, in micro-units: ten million in most currencies."""


def earn(
    session: Session, revenues: Sequence[Revenue], platform: PlatformTerms, *, at: datetime
) -> list[Split]:
    """Divide what films earned and book all at once; the splits of what was not booked before.

    Caps and guarantees are counted from one revenue to the next, in the order given. What claims
    take goes to their owners, or to escrow while that is disputed. Raises ``FilmUnknown``,
    ``RateMissing`` and ``ledger.KeyReused`` (an id was booked with other content).
    """
    terms = replace(platform, rates=store.rates(session))
    known = accounts.known_revenue(session, [one.id for one in revenues])
    films: dict[str, FilmRights] = {}
    earned: dict[str, tuple[Revenue, Split, dict[str, int]]] = {}
    claimed: dict[str, list[Claimed]] = {}
    given: dict[str, list[tuple[ledger.Account, int]]] = {}
    traced: dict[str, list[tracing.Trace]] = {}
    for revenue in revenues:
        before = known.get(revenue.id)
        if before is None and revenue.id in earned:
            before = (earned[revenue.id][0].film_id, earned[revenue.id][0].amount)
        if before is not None:
            if before != (revenue.film_id, revenue.amount):
                raise ledger.KeyReused(revenue.id)
            continue
        if revenue.film_id not in films:
            films[revenue.film_id] = store.film_family(
                session, revenue.film_id, depth_max=terms.depth_max
            )
        film = films[revenue.film_id]
        made = split(revenue.amount, film, terms)
        works = escrow.works_of(film, terms.depth_max)
        shares = escrow.shares_in(session, revenue.film_id, works)
        claimed[revenue.id], left = escrow.claimed_from(revenue.id, made, shares, works)
        given[revenue.id] = escrow.given(made, claimed[revenue.id], shares)
        traced[revenue.id] = [
            *tracing.traces_of(revenue, made, left, film, works=works, depth_max=terms.depth_max),
            *escrow.traced(revenue, claimed[revenue.id], shares),
        ]
        counted = _counted(made, film, terms.rates)
        films[revenue.film_id] = _after(film, counted)
        earned[revenue.id] = (revenue, made, counted)
    posted = ledger.post(
        session,
        [_journal(revenue, given[revenue.id]) for revenue, _, _ in earned.values()],
        at=at,
    )
    # What somebody else booked a moment ago is theirs to keep account of.
    fresh = [earned[one.key] for one in posted if one.new]
    if fresh:
        accounts.add_revenue(session, fresh)
        escrow_store.add_claimed(
            session, [one for revenue, _, _ in fresh for one in claimed[revenue.id]]
        )
        tracing.add(session, [(revenue.id, traced[revenue.id]) for revenue, _, _ in fresh])
    for revenue, _, counted in fresh:
        store.add_earned(session, revenue.film_id, counted)
    return [made for _, made, _ in fresh]


def refund(
    session: Session,
    revenue_id: str,
    *,
    key: str,
    amount: MicroMoney | None,
    reason: str = "rights.refund",
    happened_at: datetime,
    at: datetime,
) -> bool:
    """Take a part of what was earned, or all that is left of it, back from everybody who got it.

    Whoever was paid out already owes it: their balance goes below zero, and what they earn next
    fills it first. Returns whether it was new. Raises ``RevenueUnknown``,
    ``ledger.ReversalTooLarge`` and ``ledger.KeyReused``.
    """
    whole, taken = accounts.revenue_amount(session, revenue_id)
    part = whole - MicroMoney(taken, whole.currency) if amount is None else amount
    asked = ledger.Reversal(
        key=key,
        of=revenue_id,
        reason=reason,
        effective_at=happened_at,
        # The whole of what is left is asked for as such, so that asking again is the same request.
        micro=None if amount is None else (part + MicroMoney(0, whole.currency)).micro,
    )
    escrow.fetch(session, revenue_id, asked, at=at)
    posted = ledger.reverse(session, asked, at=at)
    if posted.new:
        tracing.add_taken_back(session, revenue_id, key, happened_at=happened_at)
        _recount(session, revenue_id, part.micro)
    return posted.new


def reinstate(
    session: Session, revenue_id: str, *, key: str, of: str, happened_at: datetime, at: datetime
) -> bool:
    """Give everybody back what the refund booked under ``of`` took: a dispute was won.

    What was given back so cannot be refunded again. Returns whether it was new. Raises
    ``ledger.JournalNotFound`` and ``RevenueUnknown``.
    """
    back = _put_back(session, key=key, of=of, happened_at=happened_at, at=at)
    if back is not None:
        tracing.add_put_back(session, key, of=of, happened_at=happened_at)
        escrow.pass_on(session, revenue_id, key=key, of=of, happened_at=happened_at, at=at)
        _recount(session, revenue_id, -back)
    return back is not None


def reinstate_ahead(
    session: Session, _charge_id: str, *, key: str, of: str, happened_at: datetime, at: datetime
) -> bool:
    """As ``reinstate``, for money that was paid ahead and belongs to no film yet."""
    return _put_back(session, key=key, of=of, happened_at=happened_at, at=at) is not None


def _put_back(
    session: Session, *, key: str, of: str, happened_at: datetime, at: datetime
) -> int | None:
    """Book the mirror of what was booked under ``of``; its micro-units if that is new."""
    lines = ledger.journal_lines(session, of)
    entries = tuple(ledger.Entry(line.account, -line.micro) for line in lines)
    (posted,) = ledger.post(
        session, [ledger.Journal(key, "rights.reinstated", entries, happened_at)], at=at
    )
    return sum(entry.micro for entry in entries if entry.micro > 0) if posted.new else None


def pay_for_works(
    session: Session,
    film_id: str,
    *,
    payer: str,
    platform: PlatformTerms,
    happened_at: datetime,
    at: datetime,
) -> bool:
    """Pay the prices of the works in a film from the maker's credits, once for each film.

    Owners share by their parts, after the platform's fee. Returns whether anything was booked now.
    Raises ``ledger.BalanceTooLow`` when there are not enough credits.
    """
    film = store.film_family(session, film_id, depth_max=0)
    journals, traced = [], {}
    for use in sorted(film.uses, key=lambda one: one.licence.id):
        price = use.licence.terms.price
        if price is None or use.licence.owners == (Owner(payer, BPS_PER_WHOLE),):
            continue  # nobody pays themselves
        fee, rest = price.split((platform.fee_bps, BPS_PER_WHOLE - platform.fee_bps))
        holders = sorted(use.licence.owners, key=lambda owner: owner.party)
        parts = rest.split([owner.bps for owner in holders])
        got = [(owner.party, part.micro) for owner, part in zip(holders, parts, strict=True)]
        source = ledger.Account(CREDITS, payer, price.currency)
        key = price_key(film_id, use.licence.id)
        given = [(platform.party, fee.micro), *got]
        journals.append(ledger.Journal(key, "rights.character", _moved(source, given), happened_at))
        paid = Revenue(key, "character", film_id, price, source, happened_at)
        traced[key] = tracing.price_traces(paid, use.licence, given)
    # Paid for already, at another moment, when the film's maker was stopped and went on.
    before = ledger.booked(session, list(traced))
    posted = ledger.post(session, [one for one in journals if one.key not in before], at=at)
    tracing.add(session, [(one.key, traced[one.key]) for one in posted if one.new])
    return any(one.new for one in posted)


def refund_works(session: Session, film_id: str, *, happened_at: datetime, at: datetime) -> bool:
    """Give the prices of the works in a film back to whoever paid them: the film failed.

    Returns whether anything was given back now.
    """
    back = False
    for use in store.film_family(session, film_id, depth_max=0).uses:
        key = price_key(film_id, use.licence.id)
        asked = ledger.Reversal(f"{key}/back", key, "rights.character_back", happened_at)
        try:
            new = ledger.reverse(session, asked, at=at).new
        except ledger.JournalNotFound:
            continue
        if new:
            tracing.add_taken_back(session, key, asked.key, happened_at=happened_at)
            back = True
    return back


def price_key(film_id: str, licence_id: str) -> str:
    """The name under which the price of a licence is paid for a film."""
    return f"price/{film_id}/{licence_id}"


def credits_of(session: Session, person_id: str) -> dict[str, MicroMoney]:
    """What somebody has paid ahead and not spent, by currency."""
    owned = [one for one in ledger.accounts_owned(session, person_id) if one.kind == CREDITS]
    return {one.currency: held for one, held in ledger.balances(session, owned).items()}


def spend_credits(
    session: Session,
    *,
    key: str,
    payer: str,
    amount: MicroMoney,
    happened_at: datetime,
    at: datetime,
) -> bool:
    """Pay the platform from credits, for making a film; whether it was new.

    Raises ``ledger.BalanceTooLow``.
    """
    source = ledger.Account(CREDITS, payer, amount.currency)
    journal = ledger.Journal(
        key, "rights.credits_spent", _moved(source, [(PLATFORM, amount.micro)]), happened_at
    )
    return ledger.post(session, [journal], at=at)[0].new


def refund_credits(session: Session, key: str, *, happened_at: datetime, at: datetime) -> bool:
    """Give back what was spent under ``key``: the film failed. Whether it was new.

    Nothing happens if nothing was spent under it.
    """
    asked = ledger.Reversal(f"{key}/back", key, "rights.credits_back", happened_at)
    try:
        return ledger.reverse(session, asked, at=at).new
    except ledger.JournalNotFound:
        return False


def share_pool(
    session: Session,
    pool: str,
    watched_s: Sequence[tuple[str, int]],
    platform: PlatformTerms,
    *,
    currency: str,
    happened_at: datetime,
    at: datetime,
    name: str | None = None,
) -> list[Split]:
    """Divide what subscribers paid into a pool among films, by seconds watched (film, seconds).

    Sharing a pool again under its name books nothing; money that came late is shared under another
    ``name``. Raises ``FilmUnknown``.
    """
    source = ledger.Account(POOL, pool, currency)
    held = ledger.locked_balance(session, source, at=at)
    watched = sorted((film, seconds) for film, seconds in watched_s if seconds > 0)
    if held.micro <= 0 or not watched:
        return []
    parts = held.split([seconds for _, seconds in watched])
    revenues = [
        Revenue(
            f"{name or pool}/{currency}/{film}", "subscription", film, part, source, happened_at
        )
        for (film, _), part in zip(watched, parts, strict=True)
        if part.micro
    ]
    return earn(session, revenues, platform, at=at)


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a report: splits that were booked, rows known before, lines with faults."""

    booked: list[Split]
    known_count: int
    faults: list[tuple[int, str]]


def import_advertising(
    session: Session,
    lines: Iterable[str],
    platform: PlatformTerms,
    *,
    network: str,
    at: datetime,
) -> Imported:
    """Book a network's report: CSV with the columns date, film, amount (in units), currency.

    A row is known by network, date and film, so that a report that was imported before, or
    overlaps, books only what is new. A line that cannot be booked is told with its number, and so
    is one that was booked with another amount: refund the old one first. The others are booked.
    """
    read: dict[str, tuple[int, Revenue]] = {}
    faults: list[tuple[int, str]] = []
    for number, row in enumerate(csv.DictReader(lines), start=2):
        try:
            revenue = _advertised(row, network)
        except ImportUnreadable as error:
            faults.append((number, error.message))
            continue
        if revenue is None:
            continue
        if revenue.id in read:
            faults.append((number, f"line {read[revenue.id][0]} is of the same day and film"))
        else:
            read[revenue.id] = (number, revenue)
    films = set(store.films_known(session, [one.film_id for _, one in read.values()]))
    before = accounts.known_revenue(session, list(read))
    fresh = []
    for name, (number, revenue) in read.items():
        if revenue.film_id not in films:
            faults.append((number, f"the film {revenue.film_id!r} is not known"))
        elif name not in before:
            fresh.append(revenue)
        elif before[name] != (revenue.film_id, revenue.amount):
            faults.append((number, f"this row was booked with {before[name][1]} before"))
    known = sum(before.get(name) == (one.film_id, one.amount) for name, (_, one) in read.items())
    return Imported(earn(session, fresh, platform, at=at), known, sorted(faults))


def _advertised(row: dict[str, str], network: str) -> Revenue | None:
    """One row of a report; None if it is of nothing. Raises ``ImportUnreadable``."""
    try:
        day = datetime.strptime(row["date"], "%Y-%m-%d").replace(tzinfo=UTC)
        currency = row["currency"]
        exact = Decimal(row["amount"]).scaleb(minor_digits(currency) + _MICRO_DIGITS)
        if exact.adjusted() > _AMOUNT_DIGITS:
            raise ValueError(row["amount"][:40])  # noqa: TRY301 - told like any other fault
        amount = MicroMoney(int(exact), currency)
        film = row["film"] or ""
    except (KeyError, TypeError, ValueError, ArithmeticError) as error:
        raise ImportUnreadable(f"{type(error).__name__} at {error}") from error
    except errors.Invalid as error:
        raise ImportUnreadable(error.message) from error
    if exact != int(exact) or not 0 <= amount.micro <= _MOST or not 0 < len(film) <= _ID_MAX:
        raise ImportUnreadable(f"{row['amount'][:40]!r} for {film[:40]!r} cannot be booked")
    if not amount.micro:
        return None
    source = ledger.Account(RECEIVABLE, network, currency)
    return Revenue(f"ads/{network}/{row['date']}/{film}", "advertising", film, amount, source, day)


def shares_of(session: Session, revenue_id: str) -> list[Share]:
    """Who got what of one revenue, and why."""
    return accounts.shares_of(session, revenue_id)


def _journal(revenue: Revenue, given: Sequence[tuple[ledger.Account, int]]) -> ledger.Journal:
    return ledger.Journal(
        key=revenue.id,
        reason=f"rights.{revenue.kind}",
        entries=(
            ledger.Entry(revenue.source, -revenue.amount.micro),
            *(ledger.Entry(account, micro) for account, micro in given),
        ),
        effective_at=revenue.happened_at,
    )


def _moved(source: ledger.Account, given: Sequence[tuple[str, int]]) -> tuple[ledger.Entry, ...]:
    """From one account to the earnings of parties."""
    total = sum(micro for _, micro in given)
    return (
        ledger.Entry(source, -total),
        *(
            ledger.Entry(ledger.Account(EARNINGS, party, source.currency), micro)
            for party, micro in given
            if micro
        ),
    )


def _counted(made: Split, film: FilmRights, rates: Sequence[Rate]) -> dict[str, int]:
    """What licences with limits got, in the currencies of their limits."""
    limits = {licence: earned.currency for licence, earned in film.inherited_earned.items()}
    return {
        licence: _converted(micro, made.amount.currency, limits[licence], rates)
        for licence, micro in made.by_licence().items()
        if licence in limits
    }


def _converted(micro: int, have: str, wanted: str, rates: Sequence[Rate]) -> int:
    if have == wanted:
        return micro
    # The split found this rate, or it would have been refused; rounded up, so that a cap holds.
    rate = next(one for one in rates if (one.have, one.wanted) == (wanted, have))
    return -(-micro * rate.denominator // rate.numerator)


def _after(film: FilmRights, counted: dict[str, int]) -> FilmRights:
    earned = {
        licence: before + MicroMoney(counted.get(licence, 0), before.currency)
        for licence, before in film.inherited_earned.items()
    }
    uses = tuple(replace(use, earned=earned.get(use.licence.id, use.earned)) for use in film.uses)
    return replace(film, uses=uses, inherited_earned=earned)


def _recount(session: Session, revenue_id: str, micro: int) -> None:
    """Let what was taken back no longer count towards caps and guarantees."""
    film_id, whole, before = accounts.take_back(session, revenue_id, micro)
    back = {
        licence: -(counted * (before + micro) // whole - counted * before // whole)
        for licence, counted in accounts.counted(session, revenue_id).items()
    }
    store.add_earned(session, film_id, back)

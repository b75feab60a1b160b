"""What somebody earned, seen from several sides, each figure made of entries that can be listed.

Everything is summed from traces, so that the sides agree with one another and with the books: over
all time, what a party's traces sum to is what was ever booked for films on their earnings.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, TypeAlias

from sqlalchemy import text

from matinee import ledger
from matinee.kit.db import Session

from .errors import RevenueUnknown
from .model import EARNINGS

Side: TypeAlias = Literal["film_id", "work_id", "generation", "kind"]
SIDES: tuple[Side, ...] = ("film_id", "work_id", "generation", "kind")
_LISTED_MAX = 50
_WHERE = (
    " from rights.trace where party = :party and currency = :currency"
    " and happened_at >= :since and happened_at < :until"
)


@dataclass(frozen=True, slots=True)
class Filter:
    """Whose money is looked at, of which time, and, if given, of which film, work, kind, day."""

    party: str
    currency: str
    since: datetime
    until: datetime
    film_id: str | None = None
    work_id: str | None = None
    generation: int | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """What came in and what went back on a day, in micro-units (what went back is negative)."""

    day: date
    earned_micro: int
    back_micro: int


@dataclass(frozen=True, slots=True)
class Figure:
    """What one film, work, generation or kind earned, and from how many entries."""

    of: str | None
    micro: int
    entry_count: int


@dataclass(frozen=True, slots=True)
class Part:
    """One entry's part, as it is listed; ``place`` tells parts of one journal apart."""

    key: str
    place: int
    revenue_id: str
    film_id: str
    work_id: str | None
    kind: str
    cause: str
    generation: int
    micro: int
    happened_at: datetime


@dataclass(frozen=True, slots=True)
class Occasion:
    """One occasion as somebody who shared in it sees it: the whole, their parts and entries."""

    revenue_id: str
    kind: str
    whole_micro: int
    taken_back_micro: int
    currency: str
    happened_at: datetime
    parts: list[Part]
    entries: list[ledger.BookedLine]


def days(session: Session, of: Filter) -> list[Day]:
    """What was earned day by day (UTC), without the days on which nothing was."""
    rows = session.execute(
        text(
            "select cast(happened_at at time zone 'UTC' as date) as day,"
            " coalesce(sum(micro) filter (where micro > 0), 0) as earned,"
            " coalesce(sum(micro) filter (where micro < 0), 0) as back"
            + _WHERE
            + _more(of)
            + " group by 1 order by 1"
        ),
        _values(of),
    )
    return [Day(row.day, int(row.earned), int(row.back)) for row in rows]


def figures(session: Session, of: Filter, side: Side) -> list[Figure]:
    """The largest figures of one side, 50 at most; generations in their order."""
    order = "1" if side == "generation" else "2 desc, 1"
    rows = session.execute(
        text(
            f"select {side} as of, sum(micro) as micro, count(*) as entries"
            + _WHERE
            + _more(of)
            + (" and work_id is not null" if side == "work_id" else "")
            + f" group by 1 order by {order} limit :most"
        ),
        {**_values(of), "most": _LISTED_MAX},
    )
    return [
        Figure(None if row.of is None else str(row.of), int(row.micro), row.entries) for row in rows
    ]


def total(session: Session, of: Filter) -> Figure:
    """The sum of everything that the filter lets through."""
    row = session.execute(
        text("select coalesce(sum(micro), 0) as micro, count(*) as entries" + _WHERE + _more(of)),
        _values(of),
    ).one()
    return Figure(None, int(row.micro), row.entries)


def parts(
    session: Session, of: Filter, *, after: tuple[datetime, str, int] | None, most: int
) -> list[Part]:
    """The entries that a figure is made of, the newest first, ``most`` after one."""
    before = (
        ""
        if after is None
        else " and (happened_at, key, place) < (:after_at, :after_key, :after_place)"
    )
    told = dict(zip(("after_at", "after_key", "after_place"), after or (), strict=False))
    rows = session.execute(
        text(
            "select *"
            + _WHERE
            + _more(of)
            + before
            + " order by happened_at desc, key desc, place desc limit :most"
        ),
        {**_values(of), **told, "most": most},
    )
    return [_part(row) for row in rows]


def occasion(session: Session, party: str, revenue_id: str) -> Occasion:
    """One occasion that a party shared in, down to their entries in the books.

    Raises ``RevenueUnknown``, also for one that they had no share in.
    """
    rows = session.execute(
        text(
            "select * from rights.trace where revenue_id = :id and party = :party"
            " order by happened_at, key, place limit 500"
        ),
        {"id": revenue_id, "party": party},
    ).all()
    if not rows:
        raise RevenueUnknown(revenue_id)
    revenue = session.execute(
        text("select micro, taken_back_micro from rights.revenue where id = :id"),
        {"id": revenue_id},
    ).first()
    mine = ledger.Account(EARNINGS, party, rows[0].currency)
    entries = [
        line
        for key in dict.fromkeys(row.key for row in rows)
        for line in ledger.journal_lines(session, key)
        if line.account == mine
    ]
    whole = sum(row.micro for row in rows if row.micro > 0) if revenue is None else revenue.micro
    return Occasion(
        revenue_id=revenue_id,
        kind=rows[0].kind,
        whole_micro=whole,
        taken_back_micro=0 if revenue is None else revenue.taken_back_micro,
        currency=rows[0].currency,
        happened_at=rows[0].happened_at,
        parts=[_part(row) for row in rows],
        entries=entries,
    )


def currencies(session: Session, party: str) -> list[str]:
    """In which currencies a party ever earned."""
    owned = ledger.accounts_owned(session, party)
    return [one.currency for one in owned if one.kind == EARNINGS]


def work_titles(session: Session, work_ids: Sequence[str]) -> Mapping[str, str]:
    """The titles of works, by id."""
    rows = session.execute(
        text("select id, title from rights.work where id = any(:ids)"), {"ids": list(work_ids)}
    )
    return {row.id: row.title for row in rows}


def _values(of: Filter) -> dict[str, object]:
    return {
        "party": of.party,
        "currency": of.currency,
        "since": of.since,
        "until": of.until,
        "film_id": of.film_id,
        "work_id": of.work_id,
        "generation": of.generation,
        "kind": of.kind,
    }


def _more(of: Filter) -> str:
    wanted = [side for side in SIDES if getattr(of, side) is not None]
    return "".join(f" and {side} = :{side}" for side in wanted)


def _part(row: Any) -> Part:  # noqa: ANN401 - a row of the queries above
    return Part(**{name: getattr(row, name) for name in Part.__slots__})

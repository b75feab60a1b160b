"""Why each party got or gave back what the books say, by film, work, cause and remix generation.

The ledger knows nobody, and one entry may have several causes: somebody owns a work in a film and
made the film that it was remixed from. A trace is one such part. The traces of a journal and party
sum to its entries on their earnings, whatever is refunded, claimed or put back, so every figure
made from traces can be followed down to entries.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import text

from matinee import ledger
from matinee.kit.db import Session
from matinee.kit.money import MicroMoney

from .licences import Licence
from .model import EARNINGS, Claimed, ClaimedShare, Revenue
from .splits import FilmRights, Split, generations

_ADD = """
insert into rights.trace (key, place, revenue_id, via, party, kind, cause, of, film_id, work_id,
    generation, micro, currency, happened_at)
values (:key, :place, :revenue_id, :via, :party, :kind, :cause, :of, :film_id, :work_id,
    :generation, :micro, :currency, :happened_at)
"""


@dataclass(frozen=True, slots=True)
class Trace:
    """One part of what a party got (or gave back, if negative), and why.

    ``cause`` is one of a share's, or "claim", "price", "pool"; ``of`` is the licence, film or claim
    that is the reason. ``generation`` is how many remixes lie between: 0 for the film itself.
    """

    revenue_id: str
    party: str
    kind: str
    cause: str
    of: str
    film_id: str
    work_id: str | None
    generation: int
    micro: int
    currency: str
    happened_at: datetime
    via: str = ""


def traces_of(
    revenue: Revenue,
    made: Split,
    left: Sequence[int],
    film: FilmRights,
    *,
    works: dict[str, str],
    depth_max: int,
) -> list[Trace]:
    """The parts of what a revenue gives to parties, with what claims leave of each share."""
    films = {one.id: at for at, one in generations(film, depth_max)}
    inherited: dict[str, int] = {}
    for at, one in generations(film, depth_max):
        for use in one.uses:
            inherited.setdefault(use.licence.id, at)
    found = []
    for share, micro in zip(made.shares, left, strict=True):
        at = 0
        if share.cause == "ancestor":
            at = films[share.of]
        elif share.cause == "inherited":
            at = inherited[share.of]
        bare = _bare(revenue, share.party, micro)
        found.append(
            replace(
                bare, cause=share.cause, of=share.of, generation=at, work_id=works.get(share.of)
            )
        )
    return [one for one in found if one.micro]


def claim_traces(
    revenue: Revenue, claimed: Claimed, share: ClaimedShare, given: Iterable[tuple[str, int]]
) -> list[Trace]:
    """The parts that a claim's owners get at once."""
    return [
        replace(
            _bare(revenue, party, micro), cause="claim", of=claimed.claim_id, work_id=share.work_id
        )
        for party, micro in given
    ]


def price_traces(paid: Revenue, licence: Licence, given: Iterable[tuple[str, int]]) -> list[Trace]:
    """The parts of the price of a work: the platform's, and the owners'."""
    return [
        replace(_bare(paid, party, micro), cause="price", of=licence.id, work_id=licence.work_id)
        for party, micro in given
        if micro
    ]


def pool_traces(paid: Revenue, pool: str, given: Iterable[tuple[str, int]]) -> list[Trace]:
    """The parts of a pool that no film was watched for."""
    return [replace(_bare(paid, party, micro), cause="pool", of=pool) for party, micro in given]


def add(session: Session, traces: Iterable[tuple[str, Sequence[Trace]]]) -> None:
    """Keep the parts of journals, by their keys."""
    rows = [
        {
            "key": key,
            "place": place,
            **{name: getattr(one, name) for name in Trace.__slots__},
        }
        for key, some in traces
        for place, one in enumerate(some)
    ]
    if rows:
        session.execute(text(_ADD), rows)


def add_taken_back(
    session: Session, revenue_id: str, key: str, *, via: str = "", happened_at: datetime
) -> None:
    """Divide what the journal ``key`` took back among the parts that it was given as."""
    back = {
        line.account.owner: -line.micro
        for line in ledger.journal_lines(session, key)
        if line.account.kind == EARNINGS
    }
    if not back:
        return
    parts: dict[str, list[Trace]] = defaultdict(list)
    for one in _standing(session, revenue_id, via, sorted(back)):
        parts[one.party].append(one)
    taken = []
    for party, micro in sorted(back.items()):
        there = parts[party]
        if not there:
            continue  # booked before there were traces
        given = MicroMoney(micro, there[0].currency).split([one.micro for one in there])
        taken += [
            replace(one, micro=-part.micro, happened_at=happened_at)
            for one, part in zip(there, given, strict=True)
            if part.micro
        ]
    add(session, [(key, taken)])


def add_put_back(session: Session, key: str, *, of: str, happened_at: datetime) -> None:
    """Put the parts back that the journal ``of`` took."""
    rows = session.execute(
        text("select * from rights.trace where key = :of order by place"), {"of": of}
    )
    back = [replace(_trace(row), micro=-row.micro, happened_at=happened_at) for row in rows]
    add(session, [(key, back)])


def add_settled(session: Session, keys: Sequence[tuple[str, Claimed]], share: ClaimedShare) -> None:
    """Trace what journals moved out of escrow: (key, what was claimed of which revenue)."""
    heads = {
        row.id: row
        for row in session.execute(
            text("select id, kind, film_id from rights.revenue where id = any(:ids)"),
            {"ids": [one.revenue_id for _, one in keys]},
        )
    }
    found = []
    for key, one in keys:
        head = heads[one.revenue_id]
        some = [
            Trace(
                revenue_id=one.revenue_id,
                party=line.account.owner,
                kind=head.kind,
                cause="claim",
                of=one.claim_id,
                film_id=head.film_id,
                work_id=share.work_id,
                generation=0,
                micro=line.micro,
                currency=one.currency,
                happened_at=line.effective_at,
                via=one.claim_id,
            )
            for line in ledger.journal_lines(session, key)
            if line.account.kind == EARNINGS
        ]
        found.append((key, some))
    add(session, found)


def _standing(session: Session, revenue_id: str, via: str, parties: Sequence[str]) -> list[Trace]:
    """What parties still have of a revenue, by its causes."""
    rows = session.execute(
        text(
            "select revenue_id, via, party, kind, cause, of, film_id, work_id, generation,"
            " cast(sum(micro) as bigint) as micro, currency, min(happened_at) as happened_at"
            " from rights.trace where revenue_id = :revenue and via = :via"
            " and party = any(:parties)"
            " group by revenue_id, via, party, kind, cause, of, film_id, work_id, generation,"
            " currency having sum(micro) > 0 order by party, cause, of"
        ),
        {"revenue": revenue_id, "via": via, "parties": list(parties)},
    )
    return [_trace(row) for row in rows]


def _bare(revenue: Revenue, party: str, micro: int) -> Trace:
    return Trace(
        revenue_id=revenue.id,
        party=party,
        kind=revenue.kind,
        cause="",
        of="",
        film_id=revenue.film_id,
        work_id=None,
        generation=0,
        micro=micro,
        currency=revenue.amount.currency,
        happened_at=revenue.happened_at,
    )


def _trace(row: Any) -> Trace:  # noqa: ANN401 - a row of the queries above
    return Trace(**{name: getattr(row, name) for name in Trace.__slots__})

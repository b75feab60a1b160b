"""The tables of what is kept until a dispute ends."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal, TypeAlias

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.sql import bindparam

from matinee.kit.db import Session

from .licences import Owner
from .model import Held, Hold

Outcome: TypeAlias = Literal["released", "handed_back"]


def add_hold(session: Session, hold: Hold) -> bool:
    """Keep a hold; whether it is new."""
    added = session.execute(
        text(
            "insert into rights.hold (id, film_id, work_id, owners, share_bps, opened_at)"
            " values (:id, :film, :work, :owners, :bps, :at) on conflict do nothing"
        ).bindparams(bindparam("owners", type_=JSONB)),
        {
            "id": hold.id,
            "film": hold.film_id,
            "work": hold.work_id,
            "owners": [[owner.party, owner.bps] for owner in hold.owners],
            "bps": hold.share_bps,
            "at": hold.opened_at,
        },
    )
    return added.rowcount > 0


def hold_by_id(session: Session, hold_id: str) -> tuple[Hold, Outcome | None] | None:
    """A hold and how it ended, locked: what is earned meanwhile waits, or was earned before."""
    row = session.execute(
        text("select * from rights.hold where id = :id for update"), {"id": hold_id}
    ).first()
    return None if row is None else (_hold(row), row.outcome)


def open_holds(session: Session, film_id: str, work_ids: Sequence[str]) -> list[Hold]:
    """Holds on a film or on one of these works, the first first; none ends meanwhile."""
    rows = session.execute(
        text(
            "select * from rights.hold where outcome is null"
            " and (film_id = :film or work_id = any(:works)) order by opened_at, id for share"
        ),
        {"film": film_id, "works": list(work_ids)},
    )
    return [_hold(row) for row in rows]


def end_hold(session: Session, hold_id: str, outcome: Outcome, *, at: datetime) -> None:
    """Note how a hold ended."""
    session.execute(
        text("update rights.hold set outcome = :outcome, ended_at = :at where id = :id"),
        {"id": hold_id, "outcome": outcome, "at": at},
    )


def add_held(session: Session, held: Sequence[Held]) -> None:
    """Keep what holds took from revenues."""
    if held:
        session.execute(
            text(
                "insert into rights.held (revenue_id, hold_id, currency, taken_from)"
                " values (:revenue, :hold, :currency, :taken)"
            ).bindparams(bindparam("taken", type_=JSONB)),
            [
                {
                    "revenue": one.revenue_id,
                    "hold": one.hold_id,
                    "currency": one.currency,
                    "taken": [list(pair) for pair in one.taken_from],
                }
                for one in held
            ],
        )


def held_of_revenue(session: Session, revenue_id: str) -> list[Held]:
    """What was kept of a revenue. Whoever locked the revenue has these to themselves."""
    rows = session.execute(
        text("select * from rights.held where revenue_id = :id order by hold_id"),
        {"id": revenue_id},
    )
    return [_held(row) for row in rows]


def unsettled(session: Session, hold_id: str, *, most: int) -> list[Held]:
    """Some of what a hold still keeps, with its revenues locked against refunds meanwhile."""
    ids = list(
        session.execute(
            text(
                "select r.id from rights.revenue r join rights.held h on h.revenue_id = r.id"
                " where h.hold_id = :id and not h.settled order by r.id limit :most"
                " for update of r"
            ),
            {"id": hold_id, "most": most},
        ).scalars()
    )
    # Read anew: a refund that was waited for has changed it.
    rows = session.execute(
        text(
            "select * from rights.held where hold_id = :id and revenue_id = any(:ids)"
            " order by revenue_id"
        ),
        {"id": hold_id, "ids": ids},
    )
    return [_held(row) for row in rows]


def settle(session: Session, hold_id: str, revenue_ids: Sequence[str]) -> None:
    """Note that what was kept of these revenues has gone to somebody."""
    session.execute(
        text(
            "update rights.held set settled = true"
            " where hold_id = :id and revenue_id = any(:revenues)"
        ),
        {"id": hold_id, "revenues": list(revenue_ids)},
    )


def note_refunded(session: Session, revenue_id: str, hold_id: str, micro: int) -> None:
    """Note that a part of what is kept was refunded (put back if negative)."""
    session.execute(
        text(
            "update rights.held set refunded_micro = refunded_micro + :micro"
            " where revenue_id = :revenue and hold_id = :hold"
        ),
        {"revenue": revenue_id, "hold": hold_id, "micro": micro},
    )


def _hold(row: Any) -> Hold:  # noqa: ANN401 - a row of the queries above
    return Hold(
        id=row.id,
        owners=tuple(Owner(party, bps) for party, bps in row.owners),
        share_bps=row.share_bps,
        opened_at=row.opened_at,
        film_id=row.film_id,
        work_id=row.work_id,
    )


def _held(row: Any) -> Held:  # noqa: ANN401 - a row of the queries above
    return Held(
        revenue_id=row.revenue_id,
        hold_id=row.hold_id,
        currency=row.currency,
        taken_from=tuple((party, micro) for party, micro in row.taken_from),
        refunded_micro=row.refunded_micro,
        settled=row.settled,
    )

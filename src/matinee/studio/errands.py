"""The books on what was ordered elsewhere: tickets of jobs, and what they cost.

Tables of the studio like those of `store`, kept apart because only shooting and finishing see them.
"""

from datetime import datetime

from sqlalchemy import text

from matinee.kit.db import Session
from matinee.kit.money import MicroMoney


def open_ticket(session: Session, film_id: str, index: int, engine: str) -> str:
    """Return the ticket of the job that is under way for a shot, or the empty text."""
    found = session.execute(
        text(
            "select ticket from studio.errand where film = :film and index = :index"
            " and engine = :engine and open order by ordered_at desc limit 1"
        ),
        {"film": film_id, "index": index, "engine": engine},
    ).scalar()
    return str(found or "")


def open_errand(
    session: Session, film_id: str, index: int, engine: str, ticket: str, *, at: datetime
) -> None:
    """Write down the ticket of a job that was ordered for a shot."""
    session.execute(
        text(
            "insert into studio.errand (engine, ticket, film, index, ordered_at) values"
            " (:engine, :ticket, :film, :index, :at) on conflict do nothing"
        ),
        {"film": film_id, "index": index, "engine": engine, "ticket": ticket, "at": at},
    )


def close_errands(session: Session, film_id: str, index: int, engine: str) -> None:
    """Wait for no job of a shot any more: its take is there, or they came to nothing."""
    session.execute(
        text(
            "update studio.errand set open = false"
            " where film = :film and index = :index and engine = :engine"
        ),
        {"film": film_id, "index": index, "engine": engine},
    )


def charge(session: Session, engine: str, ticket: str, cost: MicroMoney) -> None:
    """Write down what a job costs; what was written down first stays."""
    session.execute(
        text(
            "update studio.errand set cost_micro = :micro, currency = :currency"
            " where engine = :engine and ticket = :ticket and currency = ''"
        ),
        {"engine": engine, "ticket": ticket, "micro": cost.micro, "currency": cost.currency},
    )


def spent(session: Session, film_id: str) -> MicroMoney | None:
    """Return what the jobs of a film have cost so far, or None if nothing was charged."""
    row = session.execute(
        text(
            "select sum(cost_micro) as micro, max(currency) as currency from studio.errand"
            " where film = :film and currency <> ''"
        ),
        {"film": film_id},
    ).one()
    return MicroMoney(int(row.micro), row.currency) if row.currency else None


def costs_of_shots(session: Session, film_id: str) -> dict[int, MicroMoney]:
    """Return what each shot of a film has cost, by its index."""
    rows = session.execute(
        text(
            "select index, sum(cost_micro) as micro, max(currency) as currency"
            " from studio.errand where film = :film and currency <> '' group by index"
        ),
        {"film": film_id},
    )
    # By place, because a row has a method of the column's name.
    return {int(row[0]): MicroMoney(int(row.micro), row.currency) for row in rows}

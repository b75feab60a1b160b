"""What is counted against somebody's quota: films that have not ended, and films asked for."""

from datetime import datetime

from sqlalchemy import text

from matinee.kit.db import Session


def unfinished_count(session: Session, requester: str) -> int:
    """Count a person's films that have not ended, one transaction of that person at a time."""
    session.execute(
        text("select pg_advisory_xact_lock(hashtextextended('studio.requester:' || :key, 0))"),
        {"key": requester},
    )
    count: int = session.execute(
        text(
            "select count(*) from studio.film"
            " where status in ('queued', 'in_progress') and requested_by = :key"
        ),
        {"key": requester},
    ).scalar_one()
    return count


def asked_since(session: Session, person: str, since: datetime) -> tuple[int, datetime | None]:
    """Count the films that a person asked for since then; also, when the first of them was."""
    row = session.execute(
        text("select count(*), min(at) from studio.asked where person = :person and at > :since"),
        {"person": person, "since": since},
    ).one()
    return row[0], row[1]


def note_asked(session: Session, person: str, *, at: datetime, forget_before: datetime) -> None:
    """Note that a person asked for a film, and forget what no quota counts any more."""
    session.execute(
        text("delete from studio.asked where person = :person and at <= :before"),
        {"person": person, "before": forget_before},
    )
    session.execute(
        text("insert into studio.asked (person, at) values (:person, :at)"),
        {"person": person, "at": at},
    )


def forget_asked(session: Session, person: str) -> None:
    """Forget when a person asked for films."""
    session.execute(text("delete from studio.asked where person = :person"), {"person": person})

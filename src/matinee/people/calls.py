"""What programs did with people's keys: kept so that people can see it, and to count it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import text

from matinee.kit.db import Session

KEPT = timedelta(days=90)


@dataclass(frozen=True, kw_only=True, slots=True)
class AgentCall:
    """A tool that was called: by which key (or address, hashed), how it ended, milliseconds."""

    caller: str
    person_id: str | None
    tool: str
    outcome: str
    took_ms: int
    called_at: datetime


def note(session: Session, call: AgentCall) -> None:
    """Write a call down."""
    session.execute(
        text(
            "insert into people.agent_call (caller, person_id, tool, outcome, took_ms, called_at)"
            " values (:caller, :person, :tool, :outcome, :took, :at)"
        ),
        {
            "caller": call.caller,
            "person": call.person_id,
            "tool": call.tool,
            "outcome": call.outcome,
            "took": call.took_ms,
            "at": call.called_at,
        },
    )


def count(session: Session, caller: str, *, since: datetime) -> int:
    """How often somebody called after a moment."""
    found = session.execute(
        text(
            "select count(*) from people.agent_call where caller = :caller and called_at > :since"
        ),
        {"caller": caller, "since": since},
    ).scalar_one()
    return int(found)


def of_person(session: Session, person_id: str, *, limit: int) -> Sequence[AgentCall]:
    """What was done with somebody's keys, the latest first."""
    rows = session.execute(
        text(
            "select caller, person_id, tool, outcome, took_ms, called_at from people.agent_call"
            " where person_id = :person order by called_at desc, id desc limit :limit"
        ),
        {"person": person_id, "limit": limit},
    ).mappings()
    return [AgentCall(**row) for row in rows]


def forget(session: Session, *, before: datetime) -> None:
    """Delete what is older than it is kept."""
    session.execute(
        text("delete from people.agent_call where called_at < :before"), {"before": before}
    )


def forget_person(session: Session, person_id: str) -> None:
    """Delete what was done with the keys of somebody who leaves."""
    session.execute(
        text("delete from people.agent_call where person_id = :person"), {"person": person_id}
    )

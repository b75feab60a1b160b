"""The clock of the desk, as a job that outlives the process."""

from matinee.kit import durable, logs
from matinee.kit.clock import Clock
from matinee.kit.db import Database
from matinee.kit.durable import Workflow

from . import hearing

log = logs.logger(__name__)

REMIND_EVERY = "0 */10 * * * *"


def install(database: Database, clock: Clock, *, queue: str) -> Workflow[[], None]:
    """Register the workflow that reminds of cases whose time is nearly over; on `queue`."""

    @durable.step("trust.remind_of_cases")
    def remind_of_cases() -> int:
        return reminded(database, clock)

    @durable.workflow("trust.remind", queue=queue)
    def remind() -> None:
        remind_of_cases()

    return remind


def reminded(database: Database, clock: Clock) -> int:
    """Remind of every case that passed a mark of its clock; returns how many those are."""
    at = clock.now()
    with database.transaction() as session:
        due = hearing.remind(session, at=at)
    for case in due:
        log.warning(
            "case_due", case=case.id, due_at=case.due_at.isoformat(), overdue=case.overdue(at)
        )
    return len(due)

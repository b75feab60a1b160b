"""The job that seals what was booked, so that nobody who books has to."""

from matinee.kit import durable
from matinee.kit.clock import Clock
from matinee.kit.db import Database
from matinee.kit.durable import Workflow

from . import sealing

SEAL_EVERY = "10 * * * * *"
QUEUES = (durable.Queue("books", 1),)


def install(database: Database, clock: Clock) -> Workflow[[], None]:
    """Register the sealing of what was booked, before any worker starts.

    Wiring schedules it at ``SEAL_EVERY``.
    """

    @durable.step("ledger.seal_once")
    def seal_once() -> None:
        with database.transaction() as session:
            sealing.seal(session, at=clock.now())

    @durable.workflow("ledger.seal", queue="books")
    def seal() -> None:
        seal_once()

    return seal

"""The jobs that seal what was booked every minute, and prove the books every day."""

from dataclasses import dataclass

from matinee.kit import durable, logs
from matinee.kit.clock import Clock
from matinee.kit.db import Database
from matinee.kit.durable import Workflow

from . import sealing

log = logs.logger(__name__)

SEAL_EVERY = "10 * * * * *"
PROVE_EVERY = "0 30 3 * * *"
QUEUES = (durable.Queue("books", 1),)


@dataclass(frozen=True, kw_only=True)
class Bookkeeping:
    """The workflows of the books; wiring schedules them at ``SEAL_EVERY`` and ``PROVE_EVERY``."""

    seal: Workflow[[], None]
    prove: Workflow[[], None]


def install(database: Database, clock: Clock) -> Bookkeeping:
    """Register sealing and proving, before any worker starts."""

    @durable.step("ledger.seal_once")
    def seal_once() -> None:
        with database.transaction() as session:
            sealing.seal(session, at=clock.now())

    @durable.step("ledger.prove_once")
    def prove_once() -> None:
        with database.transaction() as session:
            proof = sealing.prove(session, expected=sealing.last_head(session))
            sealing.keep(session, proof, at=clock.now())
        if proof.holds:
            log.info("books_proved", entries=proof.entry_count, head=str(proof.head))
        else:
            log.error("books_not_whole", faults=list(proof.faults))

    @durable.workflow("ledger.seal", queue="books")
    def seal() -> None:
        seal_once()

    @durable.workflow("ledger.prove", queue="books")
    def prove() -> None:
        seal_once()
        prove_once()

    return Bookkeeping(seal=seal, prove=prove)

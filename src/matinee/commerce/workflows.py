"""The catalogue's work in the background: imports of files, and meanings of what changed."""

from dataclasses import dataclass

from matinee.kit import durable
from matinee.kit.blobs import Blobs
from matinee.kit.clock import Clock
from matinee.kit.db import Database
from matinee.kit.durable import Workflow
from matinee.kit.ids import Ids

from . import importing, indexing
from .meanings import Meanings

READ_EVERY = "*/15 * * * * *"
QUEUES = (durable.Queue("catalogue", 1),)
_BATCH = 16
_BATCHES_MAX = 16


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    """The workflows of the catalogue; wiring schedules ``read_meanings`` at ``READ_EVERY``."""

    import_file: Workflow[[str], None]
    read_meanings: Workflow[[], None]


def install(
    database: Database, *, meanings: Meanings, blobs: Blobs, ids: Ids, clock: Clock
) -> Catalogue:
    """Define the workflows over a database, once for a process."""

    @durable.step("commerce.carry_out_import")
    def carry_out(import_id: str) -> None:
        with database.transaction() as session:
            importing.carry_out(session, import_id, blobs=blobs, ids=ids, at=clock.now())

    @durable.workflow("commerce.import_file", queue="catalogue")
    def import_file(import_id: str) -> None:
        carry_out(import_id)

    @durable.step("commerce.take_meanings")
    def take_meanings() -> int:
        taken = 0
        for _ in range(_BATCHES_MAX):
            with database.transaction() as session:
                count = indexing.take_meanings(session, meanings, limit=_BATCH)
            taken += count
            if count < _BATCH:
                break
        return taken

    @durable.workflow("commerce.read_meanings", queue="catalogue")
    def read_meanings() -> None:
        take_meanings()

    return Catalogue(import_file=import_file, read_meanings=read_meanings)

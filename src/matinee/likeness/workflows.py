"""Work on likenesses that outlives a request: looking at clips, and removing what is left."""

from dataclasses import dataclass

from matinee.kit import durable, logs
from matinee.kit.db import Database
from matinee.kit.durable import Workflow
from matinee.kit.errors import MatineeError

from . import capturing, store
from .room import Room

log = logs.logger(__name__)

QUEUES = (durable.Queue("captures", 1),)
SWEEP_EVERY = "50 */5 * * * *"
SWEPT_AT_ONCE_MAX = 500


@dataclass(frozen=True, kw_only=True)
class Keeping:
    """The workflows: `examine` looks at a capture's clip, `sweep` removes what is due to go."""

    examine: Workflow[[str], None]
    sweep: Workflow[[], None]


def install(database: Database, room: Room) -> Keeping:
    """Register the steps and workflows of likenesses, before any worker starts."""

    @durable.step("likeness.look")
    def look(capture: str) -> None:
        capturing.examine(database, capture, room=room)

    @durable.step("likeness.give_up")
    def give_up(capture: str, code: str, message: str) -> None:
        with database.transaction() as session:
            store.set_capture(session, capture, status="refused", code=code, message=message)

    @durable.workflow("likeness.examine", queue="captures")
    def examine(capture: str) -> None:
        try:
            look(capture)
        except MatineeError as error:
            # Nobody waits for ever for an answer, also when the disk is full or a model missing.
            give_up(capture, error.code, error.message)

    @durable.step("likeness.remove_remains")
    def remove_remains() -> int:
        return remove(database, room=room)

    @durable.step("likeness.sweep_uploads")
    def sweep_uploads() -> int:
        return room.uploads.sweep()

    @durable.workflow("likeness.sweep", queue="captures")
    def sweep() -> None:
        remove_remains()
        sweep_uploads()

    return Keeping(examine=examine, sweep=sweep)


def remove(database: Database, *, room: Room) -> int:
    """Remove the blobs that are due to go; returns how many went."""
    with database.transaction() as session:
        due = store.remains(session, due_before=room.clock.now(), limit=SWEPT_AT_ONCE_MAX)
    gone = 0
    for blob in due:
        try:
            room.blobs.delete(blob)
        except MatineeError as error:
            log.warning("remains_left", blob=blob, reason=error.message)
            continue
        with database.transaction() as session:
            store.removed(session, blob)
        gone += 1
    return gone

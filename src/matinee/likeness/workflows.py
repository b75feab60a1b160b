"""Work on likenesses that outlives a request: looking at clips, and removing what is left."""

from dataclasses import dataclass

from matinee.kit import durable
from matinee.kit.db import Database
from matinee.kit.durable import Workflow
from matinee.kit.errors import MatineeError

from . import capturing, characters, removing, store
from .room import Room

QUEUES = (durable.Queue("captures", 1), durable.Queue("characters", 1))
SWEEP_EVERY = "50 */5 * * * *"


@dataclass(frozen=True, kw_only=True)
class Keeping:
    """The workflows of likenesses.

    `examine` looks at a capture's clip, `keep_character` at that of a character that somebody asked
    for, and `sweep` removes what is due to go.
    """

    examine: Workflow[[str], None]
    keep_character: Workflow[[str], None]
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

    @durable.step("likeness.look_at_character")
    def look_at_character(character: str) -> None:
        characters.look(database, character, room=room)

    @durable.workflow("likeness.keep_character", queue="characters")
    def keep_character(character: str) -> None:
        look_at_character(character)

    @durable.step("likeness.remove_remains")
    def remove_remains() -> int:
        return removing.remove(database, room=room)

    @durable.step("likeness.sweep_uploads")
    def sweep_uploads() -> int:
        return room.uploads.sweep()

    @durable.workflow("likeness.sweep", queue="captures")
    def sweep() -> None:
        remove_remains()
        sweep_uploads()

    return Keeping(examine=examine, keep_character=keep_character, sweep=sweep)

"""The job that gives connections their turns."""

from datetime import timedelta

from matinee.kit import durable
from matinee.kit.durable import Workflow

from . import errands, store
from .room import Room

TEND_EVERY = "*/10 * * * * *"
QUEUES = (durable.Queue("shops", 1),)

_TURNS_MAX = 50
_MESSAGES_KEPT = timedelta(days=14)


def install(room: Room) -> Workflow[[], None]:
    """Register the tending of connections, before any worker starts; wiring schedules it."""

    @durable.step("commerce.tend_connections_once")
    def tend_once() -> None:
        for _ in range(_TURNS_MAX):
            if not errands.turn(room):
                break
        with room.database.transaction() as session:
            store.forget_messages(session, before=room.clock.now() - _MESSAGES_KEPT)

    @durable.workflow("commerce.tend_connections", queue="shops")
    def tend() -> None:
        tend_once()

    return tend

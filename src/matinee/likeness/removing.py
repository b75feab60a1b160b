"""Removing what is left of likenesses that are gone: sealed blobs that nobody can open any more."""

from matinee.kit import logs
from matinee.kit.db import Database
from matinee.kit.errors import MatineeError

from . import store
from .room import Room

log = logs.logger(__name__)

SWEPT_AT_ONCE_MAX = 500


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

"""Blobs that no film needs any more are removed, and never one that a film is about to name.

Blobs are content-addressed, so a film that is being finished may find its file in the store
already, put there for a film that is being deleted. Whoever finishes a film holds the blobs from
before the first is put until the film names them; whoever sweeps waits for that and looks again.
"""

from collections.abc import Iterable

from matinee.kit import logs
from matinee.kit.blobs import Blobs
from matinee.kit.db import Session
from matinee.kit.errors import MatineeError

from . import store

BLOBS_ORPHANED = "studio.blobs_orphaned"
"""The event that these ``blobs`` may be needed no more."""

log = logs.logger(__name__)


def sweep(session: Session, keys: Iterable[str], blobs: Blobs) -> None:
    """Remove those of `keys` that no film names; the session is only for this."""
    wanted = frozenset(keys)
    store.hold_blobs(session, alone=True)
    for key in sorted(wanted - store.blobs_in_use(session, wanted)):
        try:
            blobs.delete(key)
        except MatineeError as error:
            # No film leads there; what stays behind only takes room.
            log.warning("blob_left_behind", key=key, reason=error.message)

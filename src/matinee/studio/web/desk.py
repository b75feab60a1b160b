"""What the routers work with, and what they both do."""

import re
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field

from matinee.kit import logs
from matinee.kit.blobs import Blobs
from matinee.kit.db import Database
from matinee.kit.errors import MatineeError
from matinee.studio import actions
from matinee.studio.actions import Office
from matinee.studio.errors import FilmNotFound
from matinee.studio.model import Film

log = logs.logger(__name__)

_FILM_ID = re.compile(r"video_[0-9a-f]{32}")
_SHOWN_CHARACTERS = 80


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Where requests are answered. ``writer`` is the one that writes when none is named.

    ``closing`` is set when the server stops, so that nobody is kept waiting for the next event.
    """

    database: Database
    blobs: Blobs
    office: Office
    writer: str
    closing: threading.Event = field(default_factory=threading.Event)

    def film(self, film_id: str) -> Film:
        """Read one film in a transaction of its own; raises ``FilmNotFound``."""
        with self.database.transaction() as session:
            return actions.film_by_id(session, checked_id(film_id))

    def delete(self, film_id: str) -> None:
        """Delete a film, and then the blobs that no film needs any more."""
        with self.database.transaction() as session:
            orphans = actions.delete_film(session, checked_id(film_id))
        self._sweep(orphans)

    def _sweep(self, keys: Iterable[str]) -> None:
        for key in keys:
            try:
                self.blobs.delete(key)
            except MatineeError as error:
                # The film is gone for everybody; what stays behind only takes room.
                log.warning("blob_left_behind", key=key, reason=error.message)


def checked_id(film_id: str) -> str:
    """``film_id`` itself; what cannot be the id of a film raises ``FilmNotFound``."""
    if not _FILM_ID.fullmatch(film_id):
        raise FilmNotFound(film_id[:_SHOWN_CHARACTERS])
    return film_id

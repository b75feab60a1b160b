"""What the routers work with, and what they both do."""

import re
import tempfile
import threading
from dataclasses import dataclass, field
from pathlib import Path

from matinee import engine
from matinee.kit.blobs import Blobs
from matinee.kit.db import Database
from matinee.studio import actions
from matinee.studio.actions import Office
from matinee.studio.errors import FilmNotFound
from matinee.studio.model import Film
from matinee.studio.sweeping import sweep

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

    def sprites(self, film: Film) -> str:
        """Return the blob key of a finished film's sheet of pictures, making it the first time."""
        if film.sprites and self.blobs.exists(film.sprites):
            return film.sprites
        with tempfile.TemporaryDirectory() as folder:
            local = self.blobs.path(film.video) or self.blobs.fetch(
                film.video, Path(folder) / "film.mp4"
            )
            sheet = engine.sprite_sheet(local)
        with self.database.transaction() as session:
            return actions.keep_sprites(session, film.id, sheet, blobs=self.blobs)

    def delete(self, film_id: str) -> None:
        """Delete a film, and then the blobs that no film needs any more."""
        with self.database.transaction() as session:
            orphans = actions.delete_film(session, checked_id(film_id))
        with self.database.transaction() as session:
            sweep(session, orphans, self.blobs)


def checked_id(film_id: str) -> str:
    """``film_id`` itself; what cannot be the id of a film raises ``FilmNotFound``."""
    if not _FILM_ID.fullmatch(film_id):
        raise FilmNotFound(film_id[:_SHOWN_CHARACTERS])
    return film_id

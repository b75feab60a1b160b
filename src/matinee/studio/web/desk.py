"""What the routers work with, and what they both do."""

import re
import tempfile
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from fastapi import Request

from matinee import engine
from matinee.kit import idempotency
from matinee.kit.blobs import Blobs
from matinee.kit.db import Database, Session
from matinee.kit.idempotency import Occasion
from matinee.kit.outside import AnswerTooLarge, Outside, OutsideUnreachable, UrlInvalid
from matinee.studio import actions
from matinee.studio.actions import Office
from matinee.studio.errors import FilmNotFound
from matinee.studio.model import Film
from matinee.studio.sweeping import sweep

from .bodies import fingerprint
from .forms import PICTURE_BYTES_MAX, ReferenceUnusable

_FILM_ID = re.compile(r"video_[0-9a-f]{32}")
_SHOWN_CHARACTERS = 80


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Where requests are answered. ``writer`` is the one that writes when none is named.

    ``outside`` fetches pictures that are named by their address. ``closing`` is set when the
    server stops, so that nobody is kept waiting for the next event.
    """

    database: Database
    blobs: Blobs
    office: Office
    writer: str
    outside: Outside
    closing: threading.Event = field(default_factory=threading.Event)

    def film(self, film_id: str) -> Film:
        """Read one film in a transaction of its own; raises ``FilmNotFound``."""
        with self.database.transaction() as session:
            return actions.film_by_id(session, checked_id(film_id))

    def office_of(self, request: Request) -> Office:
        """The office as it serves whoever sent a request."""
        return replace(self.office, requester=_requester(request))

    def once(
        self, request: Request, fields: Mapping[str, Any], act: Callable[[Session], bytes]
    ) -> tuple[bytes, bool]:
        """Carry a request out in a transaction and return its answer, of JSON.

        A request that names itself (``Idempotency-Key``) is carried out once: the second value is
        whether the answer is that of an earlier one. Raises ``IdempotencyKeyReused`` and whatever
        ``act`` raises.
        """
        with self.database.transaction() as session:
            if (key := request.headers.get("idempotency-key")) is None:
                return act(session), False
            occasion = Occasion(
                scope=_requester(request),
                key=idempotency.checked_key(key),
                fingerprint=fingerprint(request, fields),
            )
            answer, again = idempotency.once(
                session, occasion, lambda: act(session).decode(), at=self.office.clock.now()
            )
            return answer.encode(), again

    def fetched(self, picture: bytes | str) -> bytes:
        """The bytes of a reference picture, fetched when it is named by its address.

        Raises ``ReferenceUnusable`` when nothing comes from there, or ``AddressPrivate``.
        """
        if isinstance(picture, bytes):
            return picture
        try:
            return self.outside.get(picture, limit_bytes=PICTURE_BYTES_MAX)
        except (UrlInvalid, OutsideUnreachable, AnswerTooLarge) as error:
            raise ReferenceUnusable(error.message.rstrip(".")) from error

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


def _requester(request: Request) -> str:
    """The id of the key that a request came with; the operator has none."""
    key_id: str | None = request.state.visitor.key_id
    return key_id or ""


def checked_id(film_id: str) -> str:
    """``film_id`` itself; what cannot be the id of a film raises ``FilmNotFound``."""
    if not _FILM_ID.fullmatch(film_id):
        raise FilmNotFound(film_id[:_SHOWN_CHARACTERS])
    return film_id

"""What the routers work with, and what they both do."""

import re
import tempfile
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fastapi import Depends, Request

from matinee import engine
from matinee.kit import idempotency
from matinee.kit.blobs import Blobs
from matinee.kit.db import Database, Session
from matinee.kit.idempotency import Occasion
from matinee.kit.outside import AnswerTooLarge, Outside, OutsideUnreachable, UrlInvalid
from matinee.likeness import Keeping
from matinee.people import Visitor, access
from matinee.studio import actions, spoken_store
from matinee.studio.actions import Office
from matinee.studio.errors import FilmNotFound, FilmWithdrawn, NotTheMaker
from matinee.studio.licensing import licensed
from matinee.studio.model import Film, FilmRequest
from matinee.studio.picturing import keep_picture
from matinee.studio.sweeping import sweep
from matinee.trust.provenance import Sealer

from .bodies import fingerprint
from .forms import PICTURE_BYTES_MAX, ReferenceUnusable

_FILM_ID = re.compile(r"video_[0-9a-f]{32}")
_SHOWN_CHARACTERS = 80

# Whom the routes let pass: whoever may see the film, and whoever may use films of their own.
SEE = Depends(access.viewer("films:read"))
READ = Depends(access.member("films:read"))
WRITE = Depends(access.member("films:write"))

Sight = Callable[[Session, Visitor | None, Film], bool]
"""Whether a visitor, None for one who is not signed in, may see a film."""


def _its_makers(_session: Session, visitor: Visitor | None, film: Film) -> bool:
    return visitor is not None and visitor.person.id == film.requested_by


Bar = Callable[[Session, Request, Film], None]
"""Raises when a film is withheld where whoever sent a request is."""


def _shown_everywhere(_session: Session, _request: Request, _film: Film) -> None:
    """Withhold nothing."""


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Where requests are answered. ``writer`` is the one that writes when none is named.

    ``outside`` fetches pictures that are named by their address. ``closing`` is set when the
    server stops, so that nobody is kept waiting for the next event. `may_see` decides who may see
    a film; only its maker may change it. `bar` raises when a film that they may see is withheld
    where they are. `sealer` signs copies that are taken away, `keeping` has clips of
    characters looked at.
    """

    database: Database
    blobs: Blobs
    office: Office
    writer: str
    outside: Outside
    may_see: Sight
    may_read: Sight = _its_makers
    bar: Bar = _shown_everywhere
    sealer: Sealer | None = None
    keeping: Keeping | None = None
    closing: threading.Event = field(default_factory=threading.Event)

    def film(self, film_id: str, request: Request) -> Film:
        """Read a film that the visitor may see, in a transaction of its own.

        Raises ``FilmNotFound``.
        """
        with self.database.transaction() as session:
            return self.seen(session, film_id, request)

    def seen(self, session: Session, film_id: str, request: Request) -> Film:
        """A film that the visitor may see; raises ``FilmNotFound`` for any other.

        Whoever knows the address of one that was withdrawn is told so: ``FilmWithdrawn``.
        """
        found = actions.film_by_id(session, checked_id(film_id))
        if found.status == "withdrawn":
            raise FilmWithdrawn(film_id)
        if not self._shown(session, access.seen(request), found):
            raise FilmNotFound(film_id)
        self.bar(session, request, found)
        return found

    def _shown(self, session: Session, visitor: Visitor | None, film: Film) -> bool:
        """Whether a visitor may see a film, or the one that it is a spoken version of."""
        if self.may_see(session, visitor, film):
            return True
        first = spoken_store.film_of(session, film.id)
        return first is not None and self.may_see(
            session, visitor, actions.film_by_id(session, first)
        )

    def read(self, film_id: str, request: Request) -> tuple[Film, bool]:
        """A film that the visitor may see, and whether they may read what it was made from.

        Raises ``FilmNotFound``.
        """
        with self.database.transaction() as session:
            film = self.seen(session, film_id, request)
            return film, self.may_read(session, access.seen(request), film)

    def own(self, session: Session, film_id: str, request: Request) -> Film:
        """A film that the visitor made; raises ``FilmNotFound`` or ``NotTheMaker``."""
        found = self.seen(session, film_id, request)
        if found.requested_by != visitor_of(request).person.id:
            raise NotTheMaker(film_id)
        return found

    def office_of(self, request: Request) -> Office:
        """The office as it serves whoever sent a request, for what they say the film is for."""
        served = self.office.serving(visitor_of(request).person)
        return licensed(served, request.query_params)

    def once(
        self, request: Request, fields: Mapping[str, Any], act: Callable[[Session], bytes]
    ) -> tuple[bytes, bool]:
        """Carry a request out in a transaction and return its answer, of JSON.

        A request that names itself (``Idempotency-Key``) is carried out once: the second value is
        whether the answer is that of an earlier one. Raises ``IdempotencyKeyReused`` and whatever
        ``act`` raises.
        """
        visitor = visitor_of(request)
        with self.database.transaction() as session:
            if (key := request.headers.get("idempotency-key")) is None:
                return act(session), False
            occasion = Occasion(
                scope=visitor.person.id,
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

    def kept(self, session: Session, photo: bytes, asked: FilmRequest, request: Request) -> str:
        """Keep the photo of a request and return its blob key.

        Raises what ``keep_picture`` raises.
        """
        return keep_picture(
            session,
            photo,
            attested=asked.attest,
            about=asked.prompt,
            sender_is_minor=visitor_of(request).person.is_minor,
            blobs=self.blobs,
        )

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

    def delete(self, film_id: str, request: Request) -> None:
        """Delete a film of the visitor's, and then the blobs that no film needs any more."""
        with self.database.transaction() as session:
            own = self.own(session, film_id, request)
            orphans = actions.delete_film(session, own.id, at=self.office.clock.now())
        with self.database.transaction() as session:
            sweep(session, orphans, self.blobs)


def visitor_of(request: Request) -> Visitor:
    """Who sent a request that a guard has let pass."""
    visitor = access.seen(request)
    assert visitor is not None, "the route is for those who are signed in"
    return visitor


def maker_of(request: Request) -> str | None:
    """Whose films a list is to hold: the visitor's, or None for everybody's.

    The operator may ask for those with ``everyone``; raises ``RoleMissing`` to others.
    """
    visitor = visitor_of(request)
    if "everyone" not in request.query_params:
        return visitor.person.id
    access.allowed(visitor, access.Rule(role="operator"))
    return None


def checked_id(film_id: str) -> str:
    """``film_id`` itself; what cannot be the id of a film raises ``FilmNotFound``."""
    if not _FILM_ID.fullmatch(film_id):
        raise FilmNotFound(film_id[:_SHOWN_CHARACTERS])
    return film_id

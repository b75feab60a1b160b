"""Downloads: the copy of a film that is taken away, with its maker's handle moving over it.

It is made once, when somebody first asks for it, and again when its maker is called otherwise. It
bears a mark in its light and a seal that names the film it is a copy of.
"""

import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path

from matinee.kit.blobs import Blobs
from matinee.kit.clock import Clock
from matinee.kit.db import Database
from matinee.trust import Subject, provenance
from matinee.trust.provenance import Parent, Provenance, Sealer, SourceType

from . import store
from .errors import DownloadsBusy, unready
from .model import Download, Film

# A copy takes all the cores for a while, so that several at a time would only wait for each other.
_ONE_AT_A_TIME = threading.Lock()
# Each who waits holds one of the server's threads.
_WAITING_MAX = 6
_PLACES = threading.BoundedSemaphore(_WAITING_MAX)


@dataclass(frozen=True, kw_only=True)
class Counter:
    """Where downloads are handed out."""

    database: Database
    blobs: Blobs
    clock: Clock
    sealer: Sealer | None


def download_of(counter: Counter, film: Film, *, handle: str) -> str:
    """Return the blob key of the copy to take away, made if need be.

    `handle` is what its maker is called. Raises FilmNotReady, FilmWithdrawn,
    DownloadsBusy or SigningImpossible.
    """
    if film.status != "completed" or not film.video:
        raise unready(film.id, film.status)
    if _is_current(counter, film, handle):
        return film.download.blob if film.download else ""
    if not _PLACES.acquire(blocking=False):
        raise DownloadsBusy
    try:
        with _ONE_AT_A_TIME:
            return _made_or_found(counter, film.id, handle)
    finally:
        _PLACES.release()


def _made_or_found(counter: Counter, film_id: str, handle: str) -> str:
    with counter.database.transaction() as session:
        film = store.film_by_id(session, film_id)
    if film.status != "completed":
        raise unready(film.id, film.status)
    if _is_current(counter, film, handle):
        return film.download.blob if film.download else ""
    with tempfile.TemporaryDirectory() as name:
        return _made(counter, film, handle, Path(name))


def _is_current(counter: Counter, film: Film, handle: str) -> bool:
    kept = film.download
    return kept is not None and kept.handle == handle and counter.blobs.exists(kept.blob)


def _made(counter: Counter, film: Film, handle: str, folder: Path) -> str:
    whole = counter.blobs.fetch(film.delivered, folder / "film.mp4")
    copy, sealed = folder / "copy.mp4", folder / "sealed.mp4"
    provenance.marked_copy(whole, copy, handle=handle, number=_number(counter, film, whole))
    if counter.sealer is not None:
        told = Provenance(
            title=film.title or "A film",
            source=_source(counter.sealer, whole),
            engine=film.request.model,
            parents=[Parent(title=film.title or "A film", path=whole)],
            edits=["c2pa.watermarked.unbound", "c2pa.transcoded"],
            facts={"film": film.id, "maker": handle},
        )
        counter.sealer.seal_film(copy, told, to=sealed)
        copy = sealed
    with counter.database.transaction() as session:
        store.hold_blobs(session, alone=False)
        kept = Download(blob=counter.blobs.put_file(copy).key, handle=handle)
        if not store.keep_download(session, film.id, kept):
            raise unready(film.id, "withdrawn")
    return kept.blob


def _number(counter: Counter, film: Film, whole: Path) -> int:
    """Return the number of a film's mark; one that was never sealed gets one now."""
    subject = Subject(kind="film", id=film.id)
    with counter.database.transaction() as session:
        known = provenance.origin_of(session, subject)
    if known is not None:
        return known.number
    seen = provenance.watched(whole)
    with counter.database.transaction() as session:
        return provenance.keep(
            session,
            subject,
            label="",
            duration_ms=seen.duration_ms,
            prints=seen.prints,
            at=counter.clock.now(),
        )


def _source(sealer: Sealer, whole: Path) -> SourceType:
    """Return what the film's own seal says that it is; a copy is nothing else."""
    told = sealer.source_of(whole)
    return told if told is not None else "compositeSynthetic"

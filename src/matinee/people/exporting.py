"""Everything that is kept of a person, as one zip that a durable job puts together.

Each room says what it holds through an ``Exporter``; wiring hands them all to the archive. The file
is kept for a week.
"""

import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
from sqlalchemy import text

from matinee.kit import durable, events, logs
from matinee.kit.blobs import BlobNotFound, Blobs
from matinee.kit.clock import Clock
from matinee.kit.db import Database, Session
from matinee.kit.durable import Jobs, Workflow
from matinee.kit.errors import MatineeError
from matinee.kit.ids import Ids

from . import calls, keys, passkeys, store, throttle
from .actions import settings_of
from .errors import ExportNotFound
from .model import Exporter

KEPT = timedelta(days=7)
TIDY_EVERY = "0 10 * * * *"

_SUFFIX = ".export.zip"

_CALLS_SHOWN = 10_000

log = logs.logger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class Export:
    """An export as its person may see it."""

    id: str
    status: str
    asked_at: datetime
    ended_at: datetime | None
    blob: str
    file_bytes: int


@dataclass(frozen=True, kw_only=True)
class Archive:
    """What it takes to export: where things are, and who holds what of a person."""

    database: Database
    blobs: Blobs
    clock: Clock
    exporters: Mapping[str, Exporter]


@dataclass(frozen=True, kw_only=True)
class Exporting:
    """The workflows: make one export, and clear away what is old, every hour."""

    make: Workflow[[str, str], None]
    tidy: Workflow[[], None]


def ask(
    session: Session, person_id: str, *, jobs: Jobs, flows: Exporting, ids: Ids, at: datetime
) -> Export:
    """Ask for an export, in place of an earlier one; one that is being made is gone on with."""
    before = _found(session, person_id)
    if before is not None and before.status == "waiting":
        return before
    export_id = ids.new("export")
    session.execute(
        text(
            "insert into people.export (person, id, status, asked_at)"
            " values (:person, :id, 'waiting', :at) on conflict (person) do update set"
            " id = :id, status = 'waiting', asked_at = :at, ended_at = null"
        ),
        {"person": person_id, "id": export_id, "at": at},
    )
    jobs.submit(session, flows.make, person_id, export_id, job_id=export_id)
    return of(session, person_id)


def of(session: Session, person_id: str) -> Export:
    """Return a person's export; raises ExportNotFound."""
    found = _found(session, person_id)
    if found is None:
        raise ExportNotFound
    return found


def install(archive: Archive) -> Exporting:
    """Register the steps and workflows, before any worker starts."""

    @durable.step("people.gather")
    def gather(person_id: str, export_id: str) -> None:
        _gather(archive, person_id, export_id)

    @durable.step("people.fail_export")
    def fail(person_id: str, export_id: str) -> None:
        with archive.database.transaction() as session:
            _end(session, person_id, export_id, status="failed", at=archive.clock.now())

    @durable.workflow("people.export", queue="housekeeping")
    def make(person_id: str, export_id: str) -> None:
        try:
            gather(person_id, export_id)
        except Exception as fault:
            log.exception("export_failed", person=person_id, exc_info=fault)
            fail(person_id, export_id)

    @durable.step("people.clear_away")
    def clear_away() -> None:
        _clear_away(archive)

    @durable.workflow("people.tidy", queue="housekeeping")
    def tidy() -> None:
        clear_away()

    return Exporting(make=make, tidy=tidy)


def own(session: Session, person_id: str) -> Iterator[tuple[str, bytes | str]]:
    """What this room holds of a person: the exporter of ``people``."""
    person = store.person_by_id(session, person_id)
    told = {
        "person": person,
        "settings": settings_of(session, person),
        "keys": keys.listed(session, person_id=person_id),
        "passkeys": passkeys.listed(session, person_id),
        "sessions": keys.sessions_of(session, person_id, at=person.created_at),
        "agent_calls": calls.of_person(session, person_id, limit=_CALLS_SHOWN),
    }
    yield "account.json", msgspec.json.format(msgspec.json.encode(told), indent=2)
    if person.picture:
        yield "picture.webp", person.picture


def forget(session: Session, event: events.Event, blobs: Blobs) -> None:
    """Delete what is left of somebody who has left: picture, export, calls (PERSON_CLOSED)."""
    calls.forget_person(session, str(event.payload["person_id"]))
    for key in msgspec.convert(event.payload["blobs"], list[str]):
        if not store.picture_is_used(session, key):
            blobs.delete(key)


def _gather(archive: Archive, person_id: str, export_id: str) -> None:
    _remove_earlier(archive, person_id)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
            missing = [
                name
                for room, exporter in archive.exporters.items()
                for name in _packed(archive, packed, room, exporter, person_id)
            ]
            if missing:
                packed.writestr("MISSING.txt", "\n".join(missing) + "\n")
        kept = archive.blobs.put_file(path, suffix=_SUFFIX)
    with archive.database.transaction() as session:
        wanted = _end(
            session,
            person_id,
            export_id,
            status="ready",
            at=archive.clock.now(),
            blob=kept.key,
            file_bytes=kept.size_bytes,
        )
    if not wanted:
        # The account was closed meanwhile.
        archive.blobs.delete(kept.key)


def _remove_earlier(archive: Archive, person_id: str) -> None:
    """Delete the file of the export before: nothing will name it once there is another."""
    with archive.database.transaction() as session:
        before = _found(session, person_id)
    if before is not None and before.blob:
        archive.blobs.delete(before.blob)


def _packed(
    archive: Archive, packed: zipfile.ZipFile, room: str, exporter: Exporter, person_id: str
) -> list[str]:
    """Pack what a room holds; returns the names of what it could not."""
    with archive.database.transaction() as session:
        held = list(exporter(session, person_id))
    missing = []
    for name, content in held:
        inside = f"{room}/{name}"
        assert ".." not in inside.split("/"), inside
        if isinstance(content, bytes):
            packed.writestr(inside, content)
            continue
        try:
            chunks = archive.blobs.chunks(content)
        except BlobNotFound:
            missing.append(inside)
            continue
        # Films and pictures are compressed already.
        entry = zipfile.ZipInfo(inside, date_time=archive.clock.now().timetuple()[:6])
        with packed.open(entry, "w", force_zip64=True) as to:
            for chunk in chunks:
                to.write(chunk)
    return missing


def _found(session: Session, person_id: str) -> Export | None:
    row = session.execute(
        text(
            "select id, status, asked_at, ended_at, blob, file_bytes from people.export"
            " where person = :person"
        ),
        {"person": person_id},
    ).first()
    return None if row is None else Export(**row._asdict())


def _end(
    session: Session,
    person_id: str,
    export_id: str,
    *,
    status: str,
    at: datetime,
    blob: str = "",
    file_bytes: int = 0,
) -> bool:
    ended = session.execute(
        text(
            "update people.export set status = :status, ended_at = :at, blob = :blob,"
            " file_bytes = :file_bytes where person = :person and id = :id"
        ),
        {
            "person": person_id,
            "id": export_id,
            "status": status,
            "at": at,
            "blob": blob,
            "file_bytes": file_bytes,
        },
    )
    return ended.rowcount == 1


def _clear_away(archive: Archive) -> None:
    now = archive.clock.now()
    with archive.database.transaction() as session:
        throttle.forget(session, at=now)
        calls.forget(session, before=now - calls.KEPT)
        gone = session.execute(
            text("delete from people.export where ended_at < :before returning blob"),
            {"before": now - KEPT},
        ).scalars()
        blobs = [blob for blob in gone if blob]
        session.execute(text("delete from people.held_handle where until < :now"), {"now": now})
    for blob in blobs:
        try:
            archive.blobs.delete(blob)
        except MatineeError as error:
            log.warning("blob_left_behind", key=blob, reason=error.message)

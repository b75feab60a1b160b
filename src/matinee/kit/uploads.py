"""Uploads that survive a dropped connection and a killed server: the store behind tus 1.0.

An upload is a row that says whose it is and a file that grows. The truth about how much is there
is the file's own length, so nothing is said to have arrived that a crash could take back: pieces
are flushed to the disk before they are acknowledged. Whoever needs a finished upload takes it by
its id, as its owner and for its purpose, and gives it back when done.
"""

import fcntl
import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO, Protocol

from sqlalchemy import RowMapping, text

from matinee.kit import errors
from matinee.kit.clock import Clock
from matinee.kit.db import Database, Session
from matinee.kit.ids import Ids

LIFETIME = timedelta(hours=24)
UPLOADS_PER_OWNER_MAX = 20
CHECKSUMS = ("sha1", "sha256", "md5")
PREFIX = "upload"
_ID_CHARACTERS = len(PREFIX) + 33
_METADATA_CHARACTERS_MAX = 2_000


class UploadNotFound(errors.NotFound):
    """No upload of this owner has this id, or it has expired."""

    code = "kit.upload_not_found"

    def __init__(self, upload: str) -> None:
        super().__init__(
            f"There is no upload {upload[:80]!r}: it was never begun, was taken back, or waited "
            f"for its rest for more than {LIFETIME.total_seconds() / 3600:g} hours. Begin again.",
        )


class UploadTooLarge(errors.Invalid):
    """An upload is announced that is larger than its purpose allows."""

    code = "kit.upload_too_large"

    def __init__(self, length_bytes: int, most_bytes: int, purpose: str) -> None:
        super().__init__(
            f"This upload has {length_bytes} bytes; {most_bytes} are the most for {purpose!r}.",
            length_bytes=length_bytes,
            most_bytes=most_bytes,
        )


class UploadInvalid(errors.Invalid):
    """An upload is described in a way that cannot be used."""

    code = "kit.upload_invalid"

    def __init__(self, reason: str) -> None:
        super().__init__(f"The upload cannot be taken: {reason}.")


class UploadsTooMany(errors.Throttled):
    """An owner has too many uploads under way."""

    code = "kit.uploads_too_many"

    def __init__(self) -> None:
        super().__init__(
            f"{UPLOADS_PER_OWNER_MAX} uploads are under way already. Finish or delete one first.",
            retry_after_s=60,
        )


class UploadOffset(errors.Conflict):
    """A piece does not begin where the upload ends."""

    code = "kit.upload_offset"

    def __init__(self, sent: int, there: int) -> None:
        super().__init__(
            f"The piece begins at byte {sent}, but {there} bytes are there. Ask for the offset "
            "(HEAD) and go on from it.",
            offset=there,
        )


class UploadBusy(errors.Conflict):
    """Another request adds to the same upload."""

    code = "kit.upload_busy"

    def __init__(self) -> None:
        super().__init__("Another request adds to this upload now. Wait for it to end.")


class UploadChecksum(errors.Conflict):
    """A piece arrived damaged; nothing of it was kept."""

    code = "kit.upload_checksum"

    def __init__(self) -> None:
        super().__init__("The piece is not what its checksum says. Send it again.")


class UploadUnfinished(errors.Conflict):
    """An upload is to be used before all of it is there."""

    code = "kit.upload_unfinished"

    def __init__(self, there: int, length_bytes: int) -> None:
        super().__init__(f"Only {there} of {length_bytes} bytes have arrived. Send the rest first.")


@dataclass(frozen=True, kw_only=True)
class Upload:
    """An upload as it stands: `offset_bytes` of `length_bytes` are there."""

    id: str
    owner: str
    purpose: str
    length_bytes: int
    offset_bytes: int
    metadata: str
    expires_at: datetime

    @property
    def complete(self) -> bool:
        """Whether all of it is there."""
        return self.offset_bytes == self.length_bytes


class Sink(Protocol):
    """Takes the bytes of one piece, in order."""

    def write(self, content: bytes) -> None:
        """Take more; raises UploadTooLarge beyond the announced length."""
        ...

    def settle(self) -> None:
        """Bring what was taken to the disk, which may take a while."""
        ...


class Uploads:
    """The uploads of one house; safe to use from many threads and processes of one machine."""

    def __init__(
        self,
        database: Database,
        folder: Path,
        *,
        clock: Clock,
        ids: Ids,
        limits: Mapping[str, int],
    ) -> None:
        """Keep files in `folder`; `limits` are the most bytes for each purpose there is."""
        self._database, self._folder = database, folder
        self._clock, self._ids = clock, ids
        self.limits = dict(limits)

    @property
    def most_bytes(self) -> int:
        """The largest upload of any purpose."""
        return max(self.limits.values(), default=0)

    def begin(self, owner: str, purpose: str, length_bytes: int, metadata: str = "") -> Upload:
        """Begin an upload; raises UploadInvalid, UploadTooLarge and UploadsTooMany."""
        if purpose not in self.limits:
            reason = f"its purpose {purpose[:40]!r} is none of {', '.join(sorted(self.limits))}"
            raise UploadInvalid(reason)
        if len(metadata) > _METADATA_CHARACTERS_MAX:
            reason = "its metadata is too long"
            raise UploadInvalid(reason)
        if length_bytes > self.limits[purpose]:
            raise UploadTooLarge(length_bytes, self.limits[purpose], purpose)
        upload_id, now = self._ids.new(PREFIX), self._clock.now()
        with self._database.transaction() as session:
            self._check_count(session, owner)
            session.execute(
                text(
                    "insert into kit.upload (id, owner, purpose, length_bytes, metadata,"
                    " created_at, expires_at) values (:id, :owner, :purpose, :length, :metadata,"
                    " :now, :until)"
                ),
                {
                    "id": upload_id,
                    "owner": owner,
                    "purpose": purpose,
                    "length": length_bytes,
                    "metadata": metadata,
                    "now": now,
                    "until": now + LIFETIME,
                },
            )
        return self.find(owner, upload_id)

    def find(self, owner: str, upload: str) -> Upload:
        """Return an upload of an owner; raises UploadNotFound, also for somebody else's."""
        with self._database.transaction() as session:
            row = (
                session.execute(
                    text(
                        "select id, owner, purpose, length_bytes, metadata, expires_at"
                        " from kit.upload where id = :id and owner = :owner and expires_at > :now"
                    ),
                    {"id": upload, "owner": owner, "now": self._clock.now()},
                )
                .mappings()
                .first()
            )
        if row is None:
            raise UploadNotFound(upload)
        return self._upload(row)

    @contextmanager
    def piece(
        self, upload: Upload, *, offset_bytes: int, checksum: tuple[str, bytes] | None = None
    ) -> Iterator[Sink]:
        """Take one piece of an upload; what arrived of it is kept even if the sender goes away.

        With a `checksum` (algorithm and digest) a piece that is damaged or cut short is taken back
        whole. Raises UploadOffset, UploadBusy, UploadTooLarge and UploadChecksum.
        """
        with self._held(upload.id) as file:
            there = file.seek(0, os.SEEK_END)
            if offset_bytes != there:
                raise UploadOffset(offset_bytes, there)
            sink = _Sink(file, upload, there, checksum[0] if checksum else "")
            whole = False
            try:
                yield sink
                whole = True
            except OSError as error:
                raise errors.from_os_error(error, self._folder) or error from error
            finally:
                damaged = checksum is not None and (not whole or sink.digest() != checksum[1])
                if damaged:
                    file.truncate(there)
                sink.settle()
            if damaged:
                raise UploadChecksum

    def finished(self, owner: str, upload: str, *, purpose: str) -> Path:
        """Return the file of a finished upload; it stays until `remove`.

        Raises UploadNotFound, UploadUnfinished, and UploadInvalid when it is for something else.
        """
        found = self.find(owner, upload)
        if found.purpose != purpose:
            reason = f"it was sent for {found.purpose!r}, not for {purpose!r}"
            raise UploadInvalid(reason)
        if not found.complete:
            raise UploadUnfinished(found.offset_bytes, found.length_bytes)
        path = self._path(found.id)
        if not path.exists():  # nothing was ever sent of an upload of no bytes
            path.touch()
        return path

    def remove(self, owner: str, upload: str) -> None:
        """Forget an upload and delete its file; one that is gone counts as removed."""
        with self._database.transaction() as session:
            session.execute(
                text("delete from kit.upload where id = :id and owner = :owner"),
                {"id": upload, "owner": owner},
            )
        if _is_id(upload) and not self._known(upload):
            self._path(upload).unlink(missing_ok=True)

    def remove_all(self, session: Session, owner: str) -> None:
        """Forget every upload of somebody; their files go with the next `sweep`."""
        session.execute(text("delete from kit.upload where owner = :owner"), {"owner": owner})

    def sweep(self) -> int:
        """Remove uploads that expired and files that no upload has; returns how many went."""
        with self._database.transaction() as session:
            session.execute(
                text("delete from kit.upload where expires_at <= :now"), {"now": self._clock.now()}
            )
        gone = 0
        for file in self._folder.glob(f"{PREFIX}_*"):
            if not self._known(file.name):
                file.unlink(missing_ok=True)
                gone += 1
        return gone

    def _known(self, upload: str) -> bool:
        with self._database.transaction() as session:
            found = session.execute(
                text("select 1 from kit.upload where id = :id"), {"id": upload}
            ).scalar()
        return found is not None

    def _check_count(self, session: Session, owner: str) -> None:
        session.execute(
            text("select pg_advisory_xact_lock(hashtextextended('kit.upload:' || :owner, 0))"),
            {"owner": owner},
        )
        count = session.execute(
            text("select count(*) from kit.upload where owner = :owner and expires_at > :now"),
            {"owner": owner, "now": self._clock.now()},
        ).scalar_one()
        if count >= UPLOADS_PER_OWNER_MAX:
            raise UploadsTooMany

    def _upload(self, row: RowMapping) -> Upload:
        path = self._path(row["id"])
        there = path.stat().st_size if path.exists() else 0
        return Upload(**row, offset_bytes=there)

    def _path(self, upload: str) -> Path:
        assert _is_id(upload), f"{upload!r} is no id of an upload"
        return self._folder / upload

    @contextmanager
    def _held(self, upload: str) -> Iterator[BinaryIO]:
        """Open the file of an upload for nobody but this request; raises UploadBusy."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            file = self._path(upload).open("ab")
        except OSError as error:
            raise errors.from_os_error(error, self._folder) or error from error
        with file:
            try:
                # The kernel drops the lock with a process that is killed in the middle.
                fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise UploadBusy from error
            yield file


class _Sink:
    def __init__(self, file: BinaryIO, upload: Upload, there: int, algorithm: str) -> None:
        self._file, self._upload, self._there = file, upload, there
        self._hash = hashlib.new(algorithm, usedforsecurity=False) if algorithm else None

    def write(self, content: bytes) -> None:
        self._there += len(content)
        if self._there > self._upload.length_bytes:
            raise UploadTooLarge(self._there, self._upload.length_bytes, self._upload.purpose)
        self._file.write(content)
        if self._hash is not None:
            self._hash.update(content)

    def settle(self) -> None:
        self._file.flush()
        os.fsync(self._file.fileno())

    def digest(self) -> bytes:
        return self._hash.digest() if self._hash is not None else b""


def _is_id(upload: str) -> bool:
    return len(upload) == _ID_CHARACTERS and upload.isascii() and upload.replace("_", "").isalnum()

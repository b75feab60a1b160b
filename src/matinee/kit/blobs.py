"""Files that never change: takes, films, posters.

A blob's key is made from its content (``sha256/ab/cdef....mp4``), so writing the same bytes twice
is harmless, a finished key is always whole, and a step that runs again finds its work done. The
store is a folder by default, a bucket (S3, Google, Azure) by URL; both through ``obstore``.

Two blobs can be read as one (`joined`): a file that differs from another one only in its first
bytes is kept as those bytes.

Content types, owners and lifetimes belong to the tables of whoever put the blob there.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.exceptions import NotFoundError as StoreNotFoundError
from obstore.store import LocalStore, MemoryStore, ObjectStore, from_url

from matinee.kit import errors

_CHUNK_BYTES = 1 << 20


class BlobNotFound(errors.NotFound):
    """No blob has this key in the store."""

    code = "kit.blob_not_found"

    def __init__(self, key: str) -> None:
        super().__init__(
            f"There is no blob {key!r}. It was deleted, or MATINEE_BLOBS_URL points elsewhere "
            "than when it was written.",
            key=key,
        )


class BlobStoreUnavailable(errors.Unavailable):
    """The store of blobs did not answer or refused."""

    code = "kit.blob_store_unavailable"

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"The blob store did not answer: {reason}. Check MATINEE_BLOBS_URL and its "
            "credentials, then try again.",
            reason=reason,
        )


@dataclass(frozen=True, slots=True)
class Blob:
    """What was put: its key and its size."""

    key: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class _Parts:
    """What a joined key names."""

    head: str
    body: str
    skips: int


class Blobs:
    """A store of content-addressed files.

    Made once in wiring with ``at`` and handed on. Safe to use from many threads.
    """

    def __init__(self, store: ObjectStore, *, folder: Path | None) -> None:
        """Keep blobs in ``store``; ``folder`` is its place on a local disk, if it has one."""
        self._store = store
        self._folder = folder

    def put_bytes(self, content: bytes, *, suffix: str = "") -> Blob:
        """Store ``content`` under the key of its digest; ``suffix`` such as ".png" ends the key.

        The blob is there whole or not at all. Raises ``errors.DiskFull`` and
        ``BlobStoreUnavailable``.
        """
        key = key_of(sha256(content).hexdigest(), suffix)
        self._put(key, content)
        return Blob(key, len(content))

    def put_file(self, path: Path, *, suffix: str | None = None) -> Blob:
        """Store the file at ``path``, read in pieces; ``suffix`` defaults to the file's own."""
        digest, size_bytes = sha256(), 0
        with path.open("rb") as source:
            while chunk := source.read(_CHUNK_BYTES):
                digest.update(chunk)
                size_bytes += len(chunk)
        key = key_of(digest.hexdigest(), path.suffix if suffix is None else suffix)
        self._put(key, path)
        return Blob(key, size_bytes)

    def read(self, key: str) -> bytes:
        """The whole content; raises ``BlobNotFound``."""
        if (parts := _parts(key)) is not None:
            return self.read(parts.head) + self.read(parts.body)[parts.skips :]
        with self._translated(key):
            return bytes(obstore.get(self._store, key).bytes())

    def read_range(self, key: str, *, first_byte: int, byte_count: int) -> bytes:
        """``byte_count`` bytes from index ``first_byte``, fewer at the end; needs at least one."""
        assert first_byte >= 0, first_byte
        assert byte_count > 0, byte_count
        if (parts := _parts(key)) is not None:
            return self._read_joined(parts, first_byte, byte_count)
        with self._translated(key):
            return bytes(obstore.get_range(self._store, key, start=first_byte, length=byte_count))

    def chunks(
        self, key: str, *, first_byte: int = 0, end_byte: int | None = None
    ) -> Iterator[bytes]:
        """The bytes from ``first_byte`` up to and without ``end_byte``, a mebibyte at a time.

        Raises ``BlobNotFound`` at once, before the first chunk is asked for.
        """
        size_bytes = self.size_bytes(key)
        end = size_bytes if end_byte is None else min(end_byte, size_bytes)

        def walked() -> Iterator[bytes]:
            for start in range(first_byte, end, _CHUNK_BYTES):
                count = min(_CHUNK_BYTES, end - start)
                yield self.read_range(key, first_byte=start, byte_count=count)

        return walked()

    def size_bytes(self, key: str) -> int:
        """The size of a blob; raises ``BlobNotFound``."""
        if (parts := _parts(key)) is not None:
            return self.size_bytes(parts.head) + self.size_bytes(parts.body) - parts.skips
        with self._translated(key):
            return int(obstore.head(self._store, key)["size"])

    def exists(self, key: str) -> bool:
        """Whether the blob is there."""
        try:
            self.size_bytes(key)
        except BlobNotFound:
            return False
        return True

    def fetch(self, key: str, to: Path) -> Path:
        """Write the blob to the file ``to``, whole or not at all, and return it."""
        to.parent.mkdir(parents=True, exist_ok=True)
        try:
            with NamedTemporaryFile(dir=to.parent, prefix=".", delete=False) as partial:
                partial_path = Path(partial.name)
                try:
                    for chunk in self.chunks(key):
                        partial.write(chunk)
                    partial.flush()  # the last bytes too may find the disk full
                except BaseException:
                    partial_path.unlink(missing_ok=True)
                    raise
            partial_path.chmod(0o644)
            partial_path.replace(to)
        except OSError as error:
            raise errors.from_os_error(error, to) or error from error
        return to

    def path(self, key: str) -> Path | None:
        """The blob's own file if it has one in a folder of this machine, else None; read only."""
        if self._folder is None or _parts(key) is not None:
            return None
        path = self._folder / key
        if not path.is_file():
            raise BlobNotFound(key)
        return path

    def delete(self, key: str) -> None:
        """Remove the blob; one that is not there counts as removed."""
        with self._translated(key):
            try:
                obstore.delete(self._store, key)
            except (FileNotFoundError, StoreNotFoundError):
                return

    def _read_joined(self, parts: "_Parts", first_byte: int, byte_count: int) -> bytes:
        head_bytes, end = self.size_bytes(parts.head), first_byte + byte_count
        read = b""
        if first_byte < head_bytes:
            count = min(end, head_bytes) - first_byte
            read = self.read_range(parts.head, first_byte=first_byte, byte_count=count)
        if end > head_bytes:
            start = max(first_byte, head_bytes)
            read += self.read_range(
                parts.body,
                first_byte=start - head_bytes + parts.skips,
                byte_count=end - start,
            )
        return read

    @contextmanager
    def _translated(self, key: str) -> Iterator[None]:
        """Raise our errors in place of the store's."""
        try:
            yield
        except (FileNotFoundError, StoreNotFoundError) as error:
            raise BlobNotFound(key) from error
        except (BaseError, OSError) as error:
            reason = str(error).partition("\n")[0][:300]
            if "No space left" in str(error):
                raise errors.DiskFull(self._folder or key) from error
            raise BlobStoreUnavailable(reason) from error

    def _put(self, key: str, content: bytes | Path) -> None:
        if self._folder is not None:
            # obstore reports a full disk only as text, so the room is asked for beforehand.
            size_bytes = content.stat().st_size if isinstance(content, Path) else len(content)
            if shutil.disk_usage(self._folder).free < size_bytes:
                raise errors.DiskFull(self._folder)
        with self._translated(key):
            try:
                obstore.put(self._store, key, content, mode="create", use_multipart=False)
            except (AlreadyExistsError, FileExistsError):
                return  # the same key is the same content


def at(url: str | None, *, folder: Path) -> Blobs:
    """The store at ``url`` (file, s3, gs, az, memory), or the local ``folder`` if that is None."""
    if url is None or url.startswith("file://"):
        local = folder if url is None else Path(url.removeprefix("file://"))
        try:
            local.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise errors.from_os_error(error, local) or error from error
        return Blobs(LocalStore(prefix=local), folder=local)
    if url.startswith("memory://"):
        return Blobs(MemoryStore(), folder=None)
    return Blobs(from_url(url), folder=None)


def joined(head: str, body: str, *, skips: int) -> str:
    """Return the key of two blobs read as one: ``head``, then ``body`` from byte ``skips`` on."""
    assert _parts(head) is None, head
    assert _parts(body) is None, body
    return f"{body}+{skips}+{head}"


def key_of(digest: str, suffix: str) -> str:
    """Return the key of the content with this SHA-256, in hexadecimal."""
    assert "/" not in suffix, f"a suffix is such as .mp4, not {suffix!r}"
    return f"sha256/{digest[:2]}/{digest[2:]}{suffix}"


def _parts(key: str) -> _Parts | None:
    body, plus, rest = key.partition("+")
    skips, _, head = rest.partition("+")
    return _Parts(head, body, int(skips)) if plus else None

"""Locks on files: one holder among all processes of the machine, free again when it dies.

The kernel drops the lock with the last descriptor of its holder (flock(2)), so a killed process
leaves nothing to clean up. The file itself only tells people who holds it.
"""

import fcntl
import os
from pathlib import Path
from typing import Self

from matinee.kit import errors


class FolderInUse(errors.Conflict):
    """Another process does the same work in the same folder."""

    code = "kit.folder_in_use"

    def __init__(self, path: Path, holder: str) -> None:
        super().__init__(
            f"{path.parent} is already used by {holder}. Stop that process first, or set "
            "MATINEE_HOME to another folder for this one.",
            path=str(path),
            holder=holder,
        )


class FileLock:
    """An exclusive lock on the file ``path``; made free, held by at most one process."""

    def __init__(self, path: Path) -> None:
        """Name the file; nothing is opened yet."""
        self._path = path
        self._descriptor: int | None = None

    def acquire(self, purpose: str) -> Self:
        """Hold the lock for ``purpose`` ("serve"); raises ``FolderInUse`` if another does."""
        if not self.try_acquire(purpose):
            raise FolderInUse(self._path, self.holder())
        return self

    def try_acquire(self, purpose: str) -> bool:
        """Whether the lock is held now; raises ``errors.FolderUnwritable`` and ``DiskFull``."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise errors.from_os_error(error, self._path) or error from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return False
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()} {purpose}\n".encode(), 0)
        self._descriptor = descriptor
        return True

    def holder(self) -> str:
        """Who holds the lock, in words: "process 123 (serve)"."""
        try:
            number, _, purpose = self._path.read_text().strip().partition(" ")
        except OSError:
            return "another process"
        return f"process {number} ({purpose})" if number else "another process"

    def release(self) -> None:
        """Let go; releasing a lock that is not held is harmless."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

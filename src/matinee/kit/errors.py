"""The one tree of errors.

Five kinds decide what an edge does with an error, whichever package raised it:

===============  ==========================================  ====
kind             meaning                                     HTTP
===============  ==========================================  ====
``NotFound``     what was named does not exist               404
``Conflict``     it exists, but its state forbids the act    409
``Forbidden``    this caller may not do this                 403
``Invalid``      the request itself cannot be carried out    422
``Unavailable``  try again later, nothing was lost           503
===============  ==========================================  ====

The column on the right belongs to ``entrypoints``; nothing below it knows a status.

A concrete error derives from a kind, carries a stable dotted ``code`` that leads to a section of
``docs/errors.md``, and builds its own message from the values that explain it::

    class FilmNotFound(errors.NotFound):
        '''No film has this id.'''

        code = "studio.film_not_found"

        def __init__(self, film_id: str) -> None:
            super().__init__(
                f"There is no film {film_id!r}. List your films to see their ids.",
                film_id=film_id,
            )
"""

import errno
import re
from collections.abc import Iterator, Mapping
from typing import ClassVar

_CODE = re.compile(r"[a-z]+(\.[a-z][a-z0-9_]*)+")

DetailValue = str | int | float | bool | None


class MatineeError(Exception):
    """The root of every error that a user may see; never raised itself.

    ``kind`` is one of the five names above in snake case, ``code`` is the stable dotted code, and
    ``details`` holds the values named in the message, ready for JSON.
    """

    kind: ClassVar[str]
    code: ClassVar[str]

    def __init__(self, message: str, **details: DetailValue) -> None:
        """Say what was wrong, with the value, and what to do."""
        super().__init__(message)
        self.message = message
        self.details: dict[str, DetailValue] = details

    def __init_subclass__(cls) -> None:
        """Refuse a code that does not have the dotted form, at import time."""
        super().__init_subclass__()
        code = cls.__dict__.get("code")
        assert code is None or _CODE.fullmatch(code), f"{cls.__name__}.code is {code!r}"


class NotFound(MatineeError):
    """What was named does not exist, or this caller may not know that it does."""

    kind = "not_found"


class Gone(NotFound):
    """What was named was there and was taken away for good; the edge tells it from the others."""


class Conflict(MatineeError):
    """It exists, but its present state forbids the act."""

    kind = "conflict"


class Forbidden(MatineeError):
    """The caller may not do this; asking again will not help."""

    kind = "forbidden"


class Barred(Forbidden):
    """Somebody's right forbids that it is shown here; the edge tells it from the others."""


class Invalid(MatineeError):
    """The request cannot be carried out as it stands; the message says what to change."""

    kind = "invalid"


class Unavailable(MatineeError):
    """Something outside failed for now; nothing was lost and a retry is right."""

    kind = "unavailable"


class Throttled(Unavailable):
    """The caller asks for more at a time than it may; ``retry_after_s`` says when to ask again.

    The edge tells it from other Unavailable errors, because here the caller is to slow down.
    """


KINDS: tuple[type[MatineeError], ...] = (NotFound, Conflict, Forbidden, Invalid, Unavailable)


def concrete_errors() -> Iterator[type[MatineeError]]:
    """Every error class with a code of its own among the modules imported so far, by code."""
    found: dict[str, type[MatineeError]] = {}
    waiting: list[type[MatineeError]] = [MatineeError]
    while waiting:
        parent = waiting.pop()
        for child in parent.__subclasses__():
            waiting.append(child)
            code = child.__dict__.get("code")
            if code is not None:
                assert found.get(code, child) is child, f"two errors share the code {code!r}"
                found[code] = child
    yield from (found[code] for code in sorted(found))


def revived(code: str, message: str, details: Mapping[str, DetailValue]) -> MatineeError | None:
    """The error that was written down as these three, or None if no imported class has the code."""
    for known in concrete_errors():
        if known.code == code:
            error = known.__new__(known)
            MatineeError.__init__(error, message, **details)
            return error
    return None


class DiskFull(Unavailable):
    """A file could not be written because its disk is full."""

    code = "kit.disk_full"

    def __init__(self, path: object) -> None:
        super().__init__(
            f"The disk that holds {path} is full. Free some space or point MATINEE_HOME to a "
            "larger disk, then try again: finished work is kept.",
            path=str(path),
        )


class FolderUnwritable(Unavailable):
    """A folder that Matinee needs cannot be created or written."""

    code = "kit.folder_unwritable"

    def __init__(self, path: object, reason: str) -> None:
        super().__init__(
            f"Matinee cannot write to {path} ({reason}). Give this user the right to write there, "
            "or point MATINEE_HOME to another folder.",
            path=str(path),
            reason=reason,
        )


def from_os_error(error: OSError, path: object) -> MatineeError | None:
    """The named error for a failed write at ``path``, or None if it is a fault of the program."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return DiskFull(path)
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR}:
        return FolderUnwritable(path, error.strerror or type(error).__name__)
    return None

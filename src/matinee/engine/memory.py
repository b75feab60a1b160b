"""Memory: what the allocator keeps for later goes back to the machine between two shots."""

import ctypes
import sys
from collections.abc import Callable
from functools import cache


def give_back() -> None:
    """Return freed memory to the machine; does nothing where the C library cannot.

    glibc keeps what was freed once it has seen large blocks come and go. A shot frees some two
    hundred megabytes, and the next one cuts its own from elsewhere.
    """
    trim = _trim()
    if trim is not None:
        trim(0)


@cache
def _trim() -> Callable[[int], int] | None:
    if not sys.platform.startswith("linux"):
        return None
    return getattr(ctypes.CDLL(None), "malloc_trim", None)

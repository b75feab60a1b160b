"""Names for things: prefixed, unique, and in the order in which they were made.

An id is a prefix that says what it names, an underscore, and the 32 hexadecimal digits of a UUID
version 7 (RFC 9562): ``video_019a...``. Ids of one source sort, as text, in the order of their
making, so that an index on them is an index on time.
"""

import re
import secrets
import threading
import uuid
from hashlib import sha256
from typing import Protocol

from matinee.kit import errors
from matinee.kit.clock import Clock

_PREFIX = re.compile(r"[a-z][a-z0-9]*")
_ID = re.compile(r"([a-z][a-z0-9]*)_([0-9a-f]{32})")

_COUNTER_BITS = 12  # rand_a of RFC 9562 section 5.7, used as a counter by its method 1
_COUNTER_MAX = (1 << _COUNTER_BITS) - 1
_RANDOM_BITS = 62


class IdInvalid(errors.Invalid):
    """A text is not an id of the kind that was asked for."""

    code = "kit.id_invalid"

    def __init__(self, text: str, prefix: str) -> None:
        shown = text if len(text) <= 80 else text[:77] + "..."  # noqa: PLR2004 - one line
        super().__init__(
            f"{shown!r} is not an id of this kind. It must look like "
            f"{prefix}_ followed by 32 hexadecimal digits.",
            text=shown,
            prefix=prefix,
        )


class Ids(Protocol):
    """Makes ids."""

    def new(self, prefix: str) -> str:
        """A fresh id such as ``video_019a...``; ``prefix`` is lower-case letters and digits."""
        ...


class SystemIds:
    """Unguessable ids from a clock and the machine's randomness, strictly increasing."""

    def __init__(self, clock: Clock) -> None:
        """Take the time part from ``clock``."""
        self._clock = clock
        self._lock = threading.Lock()
        self._millisecond = 0
        self._counter = 0

    def new(self, prefix: str) -> str:
        """A fresh id that sorts after every earlier one of this source."""
        return _joined(prefix, self.uuid7())

    def uuid7(self) -> uuid.UUID:
        """A UUID version 7 that sorts after every earlier one of this source."""
        with self._lock:
            millisecond = int(self._clock.now().timestamp() * 1000)
            if millisecond > self._millisecond:
                self._millisecond, self._counter = millisecond, 0
            elif self._counter < _COUNTER_MAX:
                self._counter += 1
            else:
                # The counter is spent or the clock went back: borrow from the next millisecond.
                self._millisecond, self._counter = self._millisecond + 1, 0
            return _assembled(self._millisecond, self._counter, secrets.randbits(_RANDOM_BITS))


class SeededIds:
    """The same ids in the same order for the same seed: for tests and repeatable demos."""

    def __init__(self, seed: str = "matinee") -> None:
        """Derive every id from ``seed``."""
        self._seed = seed
        self._count = 0

    def new(self, prefix: str) -> str:
        """The next id of the sequence; ids sort in the order of their making."""
        self._count += 1
        digest = sha256(f"{self._seed}/{self._count}".encode()).digest()
        return _joined(prefix, _assembled(self._count, 0, int.from_bytes(digest) % (1 << 62)))


def checked(text: str, prefix: str) -> str:
    """``text`` itself if it is an id with this prefix; raises ``IdInvalid`` otherwise."""
    match = _ID.fullmatch(text)
    if match is None or match.group(1) != prefix:
        raise IdInvalid(text, prefix)
    return text


def _assembled(millisecond: int, counter: int, random: int) -> uuid.UUID:
    """Lay out a UUID version 7 (RFC 9562, section 5.7): 48 bits time, 12 counter, 62 random."""
    version, variant = 0x7, 0b10
    bits = (millisecond & ((1 << 48) - 1)) << 80
    bits |= version << 76 | counter << 64 | variant << 62 | random
    return uuid.UUID(int=bits)


def _joined(prefix: str, value: uuid.UUID) -> str:
    assert _PREFIX.fullmatch(prefix), f"an id's prefix is lower-case letters: {prefix!r}"
    return f"{prefix}_{value.hex}"

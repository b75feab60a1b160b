"""Long sounds on disk, and passing them in stretches.

A film of two minutes has 92 MB of samples in double precision, and a mix has many such sounds. So
what is as long as the film lies on a tape: a file without a name that ends with the process. It is
read, changed and written in stretches, and the memory of a mix does not grow with its film.
"""

import os
import tempfile
import weakref
from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import DTypeLike, NDArray

from .signals import Floats, samples_in

# Five seconds; a whole number of the filters' own stretches, so that they may go on exactly.
STRETCH = 1 << 18
_FRAME_BYTES = 8


class Tape:
    """A sound (n, 2) at 48 kHz in single precision, silent until something is written."""

    def __init__(self, count: int) -> None:
        """Make room for `count` samples; raises OSError when the disk is full."""
        self._count = count
        self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - it ends with the tape
        weakref.finalize(self, self._file.close)
        os.truncate(self._file.fileno(), count * _FRAME_BYTES)

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, part: slice) -> NDArray[np.float32]:
        first, stop, step = part.indices(self._count)
        assert step == 1, "a tape runs one way"
        count = max(0, stop - first)
        held = os.pread(self._file.fileno(), count * _FRAME_BYTES, first * _FRAME_BYTES)
        return np.frombuffer(held, np.float32).reshape(count, 2)

    def __array__(
        self,
        dtype: DTypeLike | None = None,
        copy: bool | None = None,  # noqa: FBT001 - numpy's protocol
    ) -> NDArray[np.float32]:
        whole = self[:]
        return whole.astype(dtype) if dtype is not None or copy else whole

    def write(self, first: int, samples: NDArray[np.floating]) -> None:
        """Put samples (n, 2) at a place of the tape; raises OSError when the disk is full."""
        held = memoryview(np.ascontiguousarray(samples, np.float32).tobytes())
        assert first * _FRAME_BYTES + len(held) <= self._count * _FRAME_BYTES
        place = first * _FRAME_BYTES
        while held:
            written = os.pwrite(self._file.fileno(), held, place)
            held, place = held[written:], place + written

    def change(self, by: Callable[[int, Floats], Floats]) -> None:
        """Replace every stretch by what `by` makes of its first sample's index and itself."""
        for first, part in stretches(self):
            self.write(first, by(first, part))


Sound = NDArray[np.floating] | Tape
"""A sound (n, 2), in memory or on a tape: both know their length and give slices."""


def stretches(sound: Sound) -> Iterator[tuple[int, Floats]]:
    """Yield a sound from its beginning to its end: the index of a first sample, and samples."""
    for first in range(0, len(sound), STRETCH):
        yield first, np.asarray(sound[first : first + STRETCH], np.float64)


class Overhang:
    """The sum of sounds passed in stretches: what reaches over an end is kept for the next."""

    def __init__(self) -> None:
        self._held: Floats = np.zeros((0, 2))

    def add(self, sound: Floats, at: int) -> None:
        """Add a sound (n, 2), `at` samples after what was taken last; what lies before is lost."""
        if at < 0:
            sound, at = sound[-at:], 0
        missing = at + len(sound) - len(self._held)
        if missing > 0:
            self._held = np.concatenate([self._held, np.zeros((missing, 2))])
        self._held[at : at + len(sound)] += sound

    def take(self, count: int) -> Floats:
        """Return the next `count` samples."""
        taken = np.zeros((count, 2))
        have = self._held[:count]
        taken[: len(have)] = have
        self._held = self._held[count:].copy()
        return taken


def faded(part: Floats, first: int, count: int, *, in_s: float, out_s: float) -> Floats:
    """Fade a stretch of a sound of `count` samples, which begins at `first`, by raised cosines.

    The whole begins and ends silent; what is further from its ends than the fades is not touched.
    """
    out = part.copy()
    for length_s, distance, ends in (
        (in_s, first, out),
        (out_s, count - first - len(part), out[::-1]),
    ):
        length = min(samples_in(length_s), count)
        inside = min(length - distance, len(part))
        if inside > 0:
            places = np.arange(distance, distance + inside) + 0.5
            ends[:inside] *= (0.5 - 0.5 * np.cos(np.pi * places / length))[:, None]
    return out

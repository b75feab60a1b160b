"""By what a recording is known again when it was encoded anew: hashes of its picture and sound.

A picture's hash are the signs of its lowest frequencies (the discrete cosine transform of a grey
picture of 32 by 32, as perceptual hashes take it): of the whole picture, because nobody sits twice
in just the same place. A sound's hash are the signs of the differences between neighbouring bands
and moments (Haitsma and Kalker 2002).
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from matinee.engine.sound.filters import resampled

if TYPE_CHECKING:
    import numpy.typing as npt

    from matinee.engine.pictures.photo import Pixels

PICTURES_PER_S, SOUNDS_PER_S = 4, 8
_SIDE, _KEPT = 32, 8
_RATE_HZ, _WINDOW, _BANDS = 5_512, 2_048, 33
_LOW_HZ, _HIGH_HZ = 300.0, 2_000.0
_HEARD = 1e-3


def picture_hash(pixels: Pixels) -> int:
    """Return the 64-bit hash of a picture."""
    grey = Image.fromarray(pixels).convert("L")
    small = grey.resize((_SIDE, _SIDE), Image.Resampling.BOX)
    waves = _cosines() @ np.asarray(small, np.float64) @ _cosines().T
    low = waves.ravel()[1:]  # without the mean brightness
    bits = np.append(low > np.median(low), waves[0, 1] > waves[1, 0])
    return int("".join("1" if bit else "0" for bit in bits), 2)


@lru_cache(maxsize=1)
def _cosines() -> npt.NDArray[np.float64]:
    """The first eight rows of the discrete cosine transform of 32 values."""
    row, column = np.arange(_KEPT)[:, None], np.arange(_SIDE)[None, :]
    return np.asarray(np.cos(np.pi * row * (2 * column + 1) / (2 * _SIDE)))


def sound_hashes(samples: npt.NDArray[np.float32]) -> tuple[int, ...]:
    """Return 32-bit hashes of a sound at 16 kHz, eight for every second in which one is heard.

    Silence has none: one silence is like another.
    """
    slow = resampled(samples.astype(np.float64), 16_000, _RATE_HZ)
    hop = _RATE_HZ / SOUNDS_PER_S
    count = int((len(slow) - _WINDOW) // hop) + 1
    if count < 2:
        return ()
    shape = np.hanning(_WINDOW)
    parts = np.stack([slow[int(k * hop) : int(k * hop) + _WINDOW] * shape for k in range(count)])
    power = np.square(np.abs(np.fft.rfft(parts, axis=1)))
    edges = np.geomspace(_LOW_HZ, _HIGH_HZ, _BANDS + 1) * _WINDOW / _RATE_HZ
    bands = np.stack(
        [
            power[:, int(low) : max(int(high), int(low) + 1)].sum(axis=1)
            for low, high in pairwise(edges)
        ],
        axis=1,
    )
    across = bands[:, :-1] - bands[:, 1:]
    loud = bands.sum(axis=1)
    heard = np.minimum(loud[1:], loud[:-1]) > _HEARD * np.quantile(loud, 0.95)
    bits = (np.diff(across, axis=0) > 0)[heard]
    return tuple(int("".join("1" if bit else "0" for bit in row), 2) for row in bits)

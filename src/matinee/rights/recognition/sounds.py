"""Sound as peaks: the strongest tones of each moment, and words made of three of them.

After Wang ("An Industrial-Strength Audio Search Algorithm", ISMIR 2003): a peak of the spectrum
survives noise, speech on top and lossy coding. The frequency axis is logarithmic and words are made
of three peaks, after Six and Leman ("Panako", ISMIR 2014), so that another pitch is an addition and
another tempo a multiplication: a query is tried at many of both without being heard again.
"""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from .model import SoundTrack
from .reading import SAMPLE_RATE_HZ

HOP = 256
_WINDOW = 1024
_LOWEST_HZ = 110.0
_TONES_PER_OCTAVE = 24
_TONES = 120  # to 3,520 Hz
_NEAR_TONES, _NEAR_HOPS = 7, 9  # a peak is the highest within so much to either side
_PEAKS_PER_S = 30
_FLOOR_DB = -60.0

Waves = npt.NDArray[np.float32]


def sound_track(waves: Waves) -> SoundTrack | None:
    """The track of this sound (8 kHz, -1 to 1), None if there is nothing to hear."""
    levels = _levels(waves)
    if not levels.size:
        return None
    highest = cv2.dilate(levels, np.ones((_NEAR_HOPS, _NEAR_TONES), np.uint8))
    times, tones = np.nonzero((levels == highest) & (levels > _FLOOR_DB))
    if not len(times):
        return None
    # In every second only the most outstanding peaks: those most above their neighbourhood.
    around = _around(levels)
    prominence = (levels - around)[times, tones]
    seconds = times * HOP // SAMPLE_RATE_HZ
    order = np.lexsort((times, -prominence, seconds))
    starts = np.searchsorted(seconds[order], seconds[order])
    ranks = np.arange(len(order)) - starts
    kept = ranks < _PEAKS_PER_S
    chosen = order[kept]
    by_time = np.lexsort((tones[chosen], times[chosen]))
    return SoundTrack(
        times=times[chosen][by_time].astype(np.uint32),
        tones=tones[chosen][by_time].astype(np.uint8),
        ranks=ranks[kept][by_time].astype(np.uint8),
    )


def _levels(waves: Waves) -> npt.NDArray[np.float32]:
    """(hops, tones) in decibels; a block at a time, so that hours need little memory."""
    count = (len(waves) - _WINDOW) // HOP + 1
    if count <= 0:
        return np.zeros((0, _TONES), np.float32)
    window = np.hanning(_WINDOW).astype(np.float32)
    weights = _tone_weights()
    blocks = []
    for start in range(0, count, 2048):
        places = (np.arange(start, min(start + 2048, count)) * HOP)[:, None] + np.arange(_WINDOW)
        power = np.abs(np.fft.rfft(waves[places] * window)) ** 2 / _WINDOW
        blocks.append((10 * np.log10(power @ weights + 1e-9)).astype(np.float32))
    return np.concatenate(blocks)


def _tone_weights() -> npt.NDArray[np.float32]:
    """(bins of the spectrum, tones): triangles around each tone, at least one bin wide."""
    bins_hz = np.fft.rfftfreq(_WINDOW, 1 / SAMPLE_RATE_HZ)
    tones_hz = _LOWEST_HZ * 2 ** (np.arange(_TONES) / _TONES_PER_OCTAVE)
    reach_hz = np.maximum(tones_hz * (2 ** (1 / _TONES_PER_OCTAVE) - 1), bins_hz[1])
    weights = np.maximum(0, 1 - np.abs(bins_hz[:, None] - tones_hz) / reach_hz)
    return np.asarray(weights, np.float32)


def _around(levels: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """The mean level of about a second and an octave around each place."""
    sums = np.pad(levels.astype(np.float64), ((16, 16), (12, 12)), mode="edge")
    sums = np.pad(sums.cumsum(axis=0).cumsum(axis=1), ((1, 0), (1, 0)))
    boxes = sums[32:, 24:] - sums[:-32, 24:] - sums[32:, :-24] + sums[:-32, :-24]
    return (boxes / (32 * 24))[: levels.shape[0], : levels.shape[1]].astype(np.float32)


@dataclass(frozen=True)
class Change:
    """How a copy may have been changed: so many half semitones up, so many times as fast."""

    tones: int = 0
    speed: float = 1.0


def changed(track: SoundTrack, change: Change, *, end: int) -> SoundTrack:
    """What this copy would have been before the change, as far as its peaks tell.

    A negative speed turns the time around: times then count back from ``end``, in hops.
    """
    times = track.times.astype(np.float64)
    times = (end - times if change.speed < 0 else times) * abs(change.speed)
    tones = track.tones.astype(np.int64) - change.tones
    kept = (tones >= 0) & (tones < _TONES)
    order = np.lexsort((tones[kept], times[kept]))
    return SoundTrack(
        times=np.round(times[kept][order]).astype(np.uint32),
        tones=tones[kept][order].astype(np.uint8),
        ranks=track.ranks[kept][order],
    )

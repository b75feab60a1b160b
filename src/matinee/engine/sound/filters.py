"""Filters and smoothing in plain numpy.

A general signal library would cost two seconds of import for the dozen functions below, more than
the sound of a short film itself. Recursive filters run block by block: inside a block as one matrix
product, between blocks by a prefix sum over their states, which gives exactly the recursion's
result (Blelloch, "Prefix Sums and Their Applications", 1990, section 1.4).
"""

from functools import cache, lru_cache
from math import gcd

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Biquad = tuple[float, float, float, float, float, float]
_BLOCK = 32
_GROUP = 512
# A long sound is filtered in stretches that stay in the cache, whole groups of blocks each.
_STRETCH = 8 * _GROUP * _BLOCK
# A sound longer than twice this is convolved in parts as long as this.
_PART = 1 << 18


def butterworth(kind: str, cutoff_hz: float, rate_hz: float, *, order: int = 2) -> Biquad:
    """Return a "low" or "high" pass of order 1 or 2 as (b0, b1, b2, 1, a1, a2), 3 dB at the cutoff.

    Bilinear transform of the analogue prototype (Zölzer, "Digital Audio Signal Processing", 5.2).
    """
    k = np.tan(np.pi * min(cutoff_hz, 0.49 * rate_hz) / rate_hz)
    if order == 1:
        norm = 1.0 / (1.0 + k)
        b = (k * norm, k * norm) if kind == "low" else (norm, -norm)
        return (b[0], b[1], 0.0, 1.0, (k - 1.0) * norm, 0.0)
    norm = 1.0 / (1.0 + np.sqrt(2.0) * k + k * k)
    a1, a2 = 2.0 * (k * k - 1.0) * norm, (1.0 - np.sqrt(2.0) * k + k * k) * norm
    if kind == "low":
        return (k * k * norm, 2.0 * k * k * norm, k * k * norm, 1.0, a1, a2)
    return (norm, -2.0 * norm, norm, 1.0, a1, a2)


def resonance(centre_hz: float, width_hz: float, rate_hz: float) -> Biquad:
    """Return a resonance with gain 1 at its centre (Bristow-Johnson's constant-peak band-pass)."""
    w = 2.0 * np.pi * min(centre_hz, 0.48 * rate_hz) / rate_hz
    alpha = np.sin(w) * width_hz / (2.0 * centre_hz)
    a0 = 1.0 + alpha
    return (alpha / a0, 0.0, -alpha / a0, 1.0, -2.0 * np.cos(w) / a0, (1.0 - alpha) / a0)


class Filter:
    """Recursive sections, one after another, that go on where the last stretch ended."""

    def __init__(self, *sections: Biquad) -> None:
        """Begin in silence."""
        self._sections = sections
        self._states: list[Floats] = []

    def __call__(self, sound: Floats) -> Floats:
        """Filter a stretch (n, channels) that follows the one before.

        Every stretch but the last is a whole number of `_STRETCH` long, so that none is cut inside
        a block.
        """
        count, channels = sound.shape
        self._states = self._states or [np.zeros((channels, 2)) for _ in self._sections]
        out = np.empty((count, channels))
        for first in range(0, count, _STRETCH):
            part = sound[first : first + _STRETCH]
            blocks = -(-len(part) // _BLOCK)
            # Products of this size stay in the cache, and in one thread.
            group = min(blocks, _GROUP)
            groups = -(-blocks // group)
            padded = np.zeros((channels, groups * group * _BLOCK))
            padded[:, : len(part)] = part.T
            rows = padded.reshape(channels, groups, group, _BLOCK)
            for place, section in enumerate(self._sections):
                rows, self._states[place] = _section(rows, section, self._states[place])
            out[first : first + len(part)] = rows.reshape(channels, -1)[:, : len(part)].T
        return out


def filtered(sound: Floats, *sections: Biquad) -> Floats:
    """Run a whole sound (n,) or (n, channels) through recursive sections, one after another."""
    if sound.ndim == 1:
        return Filter(*sections)(sound[:, None])[:, 0]
    return Filter(*sections)(sound)


def _section(rows: Floats, section: Biquad, state: Floats) -> tuple[Floats, Floats]:
    """Run rows of blocks through a section from a state (channels, 2); also returns the next."""
    answer, arriving, leaving, step = _matrices(section)
    driven = (rows @ arriving).reshape(len(rows), -1, 2)
    states = _states(driven, step, state)
    done: Floats = rows @ answer
    done += states.reshape(*rows.shape[:-1], 2) @ leaving
    return done, states[:, -1] @ step + driven[:, -1]


def _states(driven: Floats, step: Floats, state: Floats) -> Floats:
    """Return the state before every block from what each block adds: s' = s @ step + driven."""
    states = np.empty_like(driven)
    states[:, 0] = state
    states[:, 1:] = driven[:, :-1]
    reach, power = 1, step
    while reach < states.shape[1] and np.abs(power).max() > 1e-18:
        states[:, reach:] += states[:, :-reach] @ power
        reach, power = reach * 2, power @ power
    return states


@lru_cache(maxsize=256)
def _matrices(section: Biquad) -> tuple[Floats, Floats, Floats, Floats]:
    """Return a section's matrices for row vectors, from its transposed direct form II."""
    b0, b1, b2, _, a1, a2 = section
    step = np.array([[-a1, 1.0], [-a2, 0.0]])
    enter = np.array([b1 - a1 * b0, b2 - a2 * b0])
    powers = [np.eye(2)]
    for _ in range(_BLOCK):
        powers.append(step @ powers[-1])
    impulse = np.array([b0, *(float((power @ enter)[0]) for power in powers[: _BLOCK - 1])])
    answer = np.zeros((_BLOCK, _BLOCK))
    for place in range(_BLOCK):
        answer[place, place:] = impulse[: _BLOCK - place]
    arriving = np.array([powers[_BLOCK - 1 - place] @ enter for place in range(_BLOCK)])
    leaving = np.array([power[0] for power in powers[:_BLOCK]]).T
    return answer, arriving, np.ascontiguousarray(leaving), powers[_BLOCK].T.copy()


@cache
def fast_length(count: int) -> int:
    """Return the smallest even product of 2, 3 and 5 that is at least `count`."""
    best = 1 << max(1, (count - 1).bit_length())
    for fives in (1, 5, 25, 125):
        for threes in (1, 3, 9, 27, 81):
            odd = fives * threes
            if odd * 2 <= best:
                twos = max(1, (-(-count // odd) - 1).bit_length())
                best = min(best, odd << twos) if odd << twos >= count else best
    return best


def convolved(sound: Floats, response: Floats) -> Floats:
    """Return the full convolution along the first axis, in single precision by FFT."""
    part = len(sound) if len(sound) <= 2 * _PART else _PART
    length = fast_length(part + len(response) - 1)
    answer = np.fft.rfft(response.astype(np.float32), length, axis=0)
    out = np.zeros((len(sound) + len(response) - 1, *sound.shape[1:]))
    for first in range(0, len(sound), part):
        piece = sound[first : first + part]
        if not piece.any():
            continue
        spectrum = np.fft.rfft(piece.astype(np.float32), length, axis=0)
        spectrum *= answer
        count = len(piece) + len(response) - 1
        out[first : first + count] += np.fft.irfft(spectrum, length, axis=0)[:count]
    return out


def resampled(sound: Floats, from_hz: int, to_hz: int) -> Floats:
    """Change the rate of one channel by cutting or extending its spectrum."""
    if from_hz == to_hz or not len(sound):
        return sound
    shared = gcd(from_hz, to_hz)
    unit = from_hz // shared
    # Silence after the sound keeps its end from wrapping around to its beginning.
    units = -(-(len(sound) + from_hz // 50) // unit)
    length, out_length = units * unit, units * (to_hz // shared)
    spectrum = np.fft.rfft(sound, length)
    wanted = out_length // 2 + 1
    extended = np.zeros(wanted, np.complex128)
    kept = min(wanted, len(spectrum))
    extended[:kept] = spectrum[:kept]
    out = np.fft.irfft(extended, out_length) * (out_length / length)
    return np.asarray(out[: -(-len(sound) * to_hz // from_hz)])


def box_mean(values: Floats, width: int) -> Floats:
    """Return the mean of `width` neighbours around each value; the ends are repeated."""
    before = width // 2
    padded = np.pad(values, (before + 1, width - 1 - before), mode="edge")
    total = np.cumsum(padded)
    return (total[width:] - total[:-width]) / width


def window_max(values: Floats, width: int) -> Floats:
    """Return the largest of `width` (odd) neighbours around each value, by doubling."""
    half = width // 2
    out = np.pad(values, (half, half), constant_values=-np.inf)
    reach = 1
    while reach * 2 <= width:
        out = np.maximum(out[:-reach], out[reach:])
        reach *= 2
    if reach < width:
        out = np.maximum(out[: -(width - reach)], out[width - reach :])
    return out


def window_min(values: Floats, width: int) -> Floats:
    """Return the smallest of `width` (odd) neighbours around each value."""
    return -window_max(-values, width)


def gaussian(values: Floats, sigma: float) -> Floats:
    """Smooth (n,) or (n, k) along the first axis; the ends are repeated."""
    half = max(1, round(4.0 * sigma))
    kernel = np.exp(-0.5 * (np.arange(-half, half + 1) / sigma) ** 2)
    kernel /= kernel.sum()
    flat = values[:, None] if values.ndim == 1 else values
    padded = np.pad(flat, ((half, half), (0, 0)), mode="edge")
    columns = [np.convolve(padded[:, i], kernel, "valid") for i in range(flat.shape[1])]
    return columns[0] if values.ndim == 1 else np.stack(columns, axis=1)

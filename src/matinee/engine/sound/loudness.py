"""Loudness and true peak after ITU-R BS.1770-4, and the last stage of every mix.

The K-weighting coefficients are those of the recommendation's tables 1 and 2 for 48 kHz; gating is
its equation 7; true peak is its annex 2 (four times oversampling).
"""

import numpy as np
from numpy.typing import NDArray

from .filters import Biquad, box_mean, filtered, window_min
from .signals import RATE_HZ, Floats, decibels

TARGET_LUFS = -16.0
CEILING_DBTP = -1.0
# Lossy coding moves peaks: AAC was seen to raise this mix's by 0.6 dB.
CODING_DB = 0.8
SILENCE_LUFS = -70.0
_BLOCK, _STEP = int(0.4 * RATE_HZ), int(0.1 * RATE_HZ)
_OVERSAMPLING = 4
_LOOK_AHEAD = 240
# Above this gain a film is not quiet but empty: its hiss must not be raised to a roar.
GAIN_DB_MAX = 40.0
_K_WEIGHTING: tuple[Biquad, Biquad] = (
    (
        *(1.53512485958697, -2.69169618940638, 1.19839281085285),
        *(1.0, -1.69065929318241, 0.73248077421585),
    ),
    (1.0, -2.0, 1.0, 1.0, -1.99004745483398, 0.99007225036621),
)
# Between samples: windowed sincs at the three quarter places, over twelve samples each side.
_TAPS = np.arange(-11, 13)
_BETWEEN = np.stack(
    [
        np.sinc(_TAPS - place) * np.cos(np.pi * (_TAPS - place) / 25.0) ** 2
        for place in np.arange(1, _OVERSAMPLING) / _OVERSAMPLING
    ],
    axis=1,
)


def k_weighted(sound: Floats) -> Floats:
    """Weight a sound (n,) or (n, 2) at 48 kHz as the ear and head do."""
    return filtered(sound, *_K_WEIGHTING)


def block_powers(sound: Floats) -> Floats:
    """Return the K-weighted power of 400 ms blocks, each a quarter further on, channels summed."""
    weighted = k_weighted(sound) ** 2
    power = weighted if weighted.ndim == 1 else weighted.sum(axis=1)
    if len(power) < _BLOCK:
        power = np.pad(power, (0, _BLOCK - len(power)))
    total = np.concatenate([[0.0], np.cumsum(power)])
    starts = np.arange(0, len(power) - _BLOCK + 1, _STEP)
    return np.asarray((total[starts + _BLOCK] - total[starts]) / _BLOCK)


def integrated_lufs(sound: Floats) -> float:
    """Return the gated loudness of a whole programme; silence is -inf.

    A programme shorter than one block is measured as if silence followed.
    """
    powers = block_powers(sound)
    loud = powers[powers > _power(SILENCE_LUFS)]
    if not loud.size:
        return -np.inf
    gated = powers[powers > max(_power(SILENCE_LUFS), 0.1 * loud.mean())]
    return _lufs(float(gated.mean()))


def true_peak_dbtp(sound: Floats) -> float:
    """Return the peak of the reconstructed waveform in dBTP; silence is -inf."""
    top = float(_reconstructed_peaks(sound).max()) if sound.size else 0.0
    return 20.0 * float(np.log10(top)) if top > 0.0 else -np.inf


def mastered(sound: Floats) -> NDArray[np.float32]:
    """Bring a mix (n, 2) to -16 LUFS with its true peak at or below -1 dBTP.

    Silence stays silence. Peaks are held by a limiter that looks 5 ms ahead; since it takes a
    little loudness, gain and limiter are found together in a few rounds.
    """
    level = integrated_lufs(sound)
    if not np.isfinite(level):
        return sound.astype(np.float32)
    gain_db = min(TARGET_LUFS - level, GAIN_DB_MAX)
    held = sound
    for _ in range(4):
        held = _limited(sound * decibels(gain_db))
        missing = TARGET_LUFS - integrated_lufs(held)
        if abs(missing) < 0.1 or gain_db >= GAIN_DB_MAX:
            break
        gain_db = min(gain_db + missing * 1.15, GAIN_DB_MAX)
    return held.astype(np.float32)


def _limited(sound: Floats) -> Floats:
    ceiling = decibels(CEILING_DBTP - CODING_DB)
    if float(np.abs(sound).max()) < 0.5 * ceiling:
        return sound
    peaks = _reconstructed_peaks(sound)
    needed = np.minimum(1.0, ceiling / np.maximum(peaks, 1e-9))
    if needed.min() >= 1.0:
        return sound
    # The minimum over twice the look-ahead, averaged over the same, never exceeds what is needed.
    lowest = window_min(needed, 2 * _LOOK_AHEAD + 1)
    gain = box_mean(lowest, 2 * _LOOK_AHEAD + 1)
    return sound * (gain if sound.ndim == 1 else gain[:, None])


def _reconstructed_peaks(sound: Floats) -> Floats:
    """Return per sample the largest magnitude of the four-fold oversampled waveform after it.

    Only where a sample is above half of the loudest is the waveform between samples computed: what
    overshoots elsewhere cannot be the peak.
    """
    flat = sound[:, None] if sound.ndim == 1 else sound
    peaks = np.abs(flat).max(axis=1)
    floor = 0.5 * min(peaks.max(initial=0.0), decibels(CEILING_DBTP))
    near = np.flatnonzero(np.maximum(peaks, np.roll(peaks, -1)) > floor)
    if floor == 0.0:
        return np.asarray(peaks)
    for channel in flat.T:
        padded = np.pad(channel, (11, 13))
        rows = np.lib.stride_tricks.sliding_window_view(padded, len(_TAPS))[near]
        peaks[near] = np.maximum(peaks[near], np.abs(rows @ _BETWEEN).max(axis=1))
    return np.asarray(peaks)


def _power(lufs: float) -> float:
    return float(10.0 ** ((lufs + 0.691) / 10.0))


def _lufs(power: float) -> float:
    return -0.691 + 10.0 * float(np.log10(power)) if power > 0.0 else -np.inf

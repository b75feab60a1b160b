"""Loudness and true peak after ITU-R BS.1770-4, and the last stage of every mix.

The K-weighting coefficients are those of the recommendation's tables 1 and 2 for 48 kHz; gating is
its equation 7; true peak is its annex 2 (four times oversampling).
"""

from collections.abc import Iterable, Iterator

import numpy as np

from .filters import Biquad, Filter, box_mean, filtered, window_min
from .signals import RATE_HZ, Floats, decibels
from .tapes import Sound, Tape, stretches

TARGET_LUFS = -16.0
CEILING_DBTP = -1.0
# Lossy coding moves peaks: AAC was seen to raise this mix's by 0.6 dB.
CODING_DB = 0.8
SILENCE_LUFS = -70.0
HOP = RATE_HZ // 100
_BLOCK_HOPS, _STEP_HOPS = 40, 10
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


def hop_powers(parts: Iterable[Floats]) -> Floats:
    """Return the K-weighted power of every 10 ms, channels summed; silence fills the last one.

    `parts` are the stretches (n, channels) of one sound, from its beginning to its end.
    """
    weigh = Filter(*_K_WEIGHTING)
    powers, left = [], np.zeros(0)
    for part in parts:
        power = np.concatenate([left, (weigh(part) ** 2).sum(axis=1)])
        whole = len(power) // HOP * HOP
        powers.append(power[:whole].reshape(-1, HOP).mean(axis=1))
        left = power[whole:]
    if len(left):
        powers.append(np.array([left.sum() / HOP]))
    return np.concatenate([np.zeros(0), *powers])


def gated_lufs(powers: Floats) -> float:
    """Return the gated loudness of a programme from its powers of 10 ms; silence is -inf.

    Blocks are of 400 ms, each a quarter further on. A programme shorter than one block is measured
    as if silence followed.
    """
    padded = np.pad(powers, (0, max(0, _BLOCK_HOPS - len(powers))))
    total = np.concatenate([[0.0], np.cumsum(padded)])
    starts = np.arange(0, len(padded) - _BLOCK_HOPS + 1, _STEP_HOPS)
    blocks = (total[starts + _BLOCK_HOPS] - total[starts]) / _BLOCK_HOPS
    loud = blocks[blocks > _power(SILENCE_LUFS)]
    if not loud.size:
        return -np.inf
    gated = blocks[blocks > max(_power(SILENCE_LUFS), 0.1 * loud.mean())]
    return _lufs(float(gated.mean()))


def integrated_lufs(sound: Floats) -> float:
    """Return the gated loudness of a whole programme (n,) or (n, 2); silence is -inf."""
    return gated_lufs(hop_powers([sound[:, None] if sound.ndim == 1 else sound]))


def true_peak_dbtp(sound: Floats) -> float:
    """Return the peak of the reconstructed waveform in dBTP; silence is -inf."""
    top = float(_reconstructed_peaks(sound).max()) if sound.size else 0.0
    return 20.0 * float(np.log10(top)) if top > 0.0 else -np.inf


def mastered(sound: Sound) -> Tape:
    """Bring a mix (n, 2) to -16 LUFS with its true peak at or below -1 dBTP.

    Silence stays silence. Peaks are held by a limiter that looks 5 ms ahead; since it takes a
    little loudness, gain and limiter are found together in a few rounds.
    """
    master = Tape(len(sound))
    level = gated_lufs(hop_powers(part for _, part in stretches(sound)))
    if not np.isfinite(level):
        return master
    gain_db = min(TARGET_LUFS - level, GAIN_DB_MAX)
    for _ in range(4):
        held = gated_lufs(hop_powers(_recorded(sound, master, decibels(gain_db))))
        missing = TARGET_LUFS - held
        if abs(missing) < 0.1 or gain_db >= GAIN_DB_MAX:
            break
        gain_db = min(gain_db + missing * 1.15, GAIN_DB_MAX)
    return master


def _recorded(sound: Sound, master: Tape, gain: float) -> Iterator[Floats]:
    """Write the sound, louder by a gain and limited, and yield what was written."""
    # What the limiter does to a sample follows from this many neighbours on each side.
    reach = 2 * _LOOK_AHEAD + len(_TAPS)
    for first, part in stretches(sound):
        before = min(first, reach)
        around = np.asarray(sound[first - before : first + len(part) + reach], np.float64)
        held = _limited(around * gain)[before : before + len(part)]
        master.write(first, held)
        yield held


def _limited(sound: Floats) -> Floats:
    ceiling = decibels(CEILING_DBTP - CODING_DB)
    if float(np.abs(sound).max(initial=0.0)) < 0.5 * ceiling:
        return sound
    peaks = _reconstructed_peaks(sound)
    needed = np.minimum(1.0, ceiling / np.maximum(peaks, 1e-9))
    if needed.min() >= 1.0:
        return sound
    # The minimum over twice the look-ahead, averaged over the same, never exceeds what is needed.
    lowest = window_min(needed, 2 * _LOOK_AHEAD + 1)
    gain = box_mean(lowest, 2 * _LOOK_AHEAD + 1)
    return sound * gain[:, None]


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

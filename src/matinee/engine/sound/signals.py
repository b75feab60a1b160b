"""The small tools that every synthesised sound is made with.

All at 48 kHz, as float64 arrays (n,) for one channel or (n, 2) for two. Randomness always comes
from a generator that the caller passes.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import fft, ndimage, signal

RATE_HZ = 48_000

Floats = NDArray[np.float64]


def samples_in(duration_s: float) -> int:
    """Return the number of samples that is nearest to a duration."""
    return max(0, round(duration_s * RATE_HZ))


def times(count: int) -> Floats:
    """Return the times in seconds of `count` samples."""
    return np.arange(count) / RATE_HZ


def decibels(level_db: float) -> float:
    """Return the linear factor of a level in dB."""
    return float(10.0 ** (level_db / 20.0))


def rms(sound: Floats) -> float:
    """Return the root mean square of all samples, 0 for none."""
    return float(np.sqrt(np.mean(sound**2))) if sound.size else 0.0


def levelled(sound: Floats, rms_dbfs: float) -> Floats:
    """Bring a sound to an RMS level; silence stays silent."""
    level = rms(sound)
    return sound * (decibels(rms_dbfs) / level) if level > 0.0 else sound


def peaked(sound: Floats, peak: float = 1.0) -> Floats:
    """Bring the largest sample to `peak`; silence stays silent."""
    top = float(np.max(np.abs(sound))) if sound.size else 0.0
    return sound * (peak / top) if top > 0.0 else sound


def coloured_noise(
    count: int, rng: np.random.Generator, spectrum: Sequence[tuple[float, float]]
) -> Floats:
    """Return noise of RMS 1 whose spectrum joins points (frequency in Hz, level in dB).

    Between the points the level is linear over log frequency; outside it stays at the end points.
    """
    if count == 0:
        return np.zeros(0)
    length = fft.next_fast_len(count, real=True)
    bins = length // 2 + 1
    frequency = np.maximum(np.arange(bins) * RATE_HZ / length, 1.0)
    hertz, level_db = zip(*spectrum, strict=True)
    # The curve is smooth: a thousand points of it are enough, read off for every bin.
    grid = np.geomspace(1.0, RATE_HZ / 2, 1024)
    curve = 10.0 ** (np.interp(np.log(grid), np.log(hertz), level_db) / 20.0)
    gain = np.interp(frequency, grid, curve)
    white = rng.standard_normal(2 * bins).view(np.complex128)
    noise = np.asarray(fft.irfft(white * gain, length))[:count]
    return noise / max(rms(noise), 1e-12)


def band(sound: Floats, low_hz: float, high_hz: float, *, order: int = 2) -> Floats:
    """Keep what lies between two frequencies (0: no lower end, above 20 kHz: no upper end)."""
    if low_hz > 0 and high_hz < 20_000:
        shape = signal.butter(order, (low_hz, high_hz), "bandpass", fs=RATE_HZ, output="sos")
    elif low_hz > 0:
        shape = signal.butter(order, low_hz, "highpass", fs=RATE_HZ, output="sos")
    else:
        shape = signal.butter(order, high_hz, "lowpass", fs=RATE_HZ, output="sos")
    return np.asarray(signal.sosfilt(shape, sound, axis=0))


def wandering(
    count: int, rng: np.random.Generator, *, changes_hz: float, low: float, high: float
) -> Floats:
    """Return a slow random curve from `low` to `high` that turns `changes_hz` times a second."""
    knots = max(4, int(count / RATE_HZ * changes_hz) + 4)
    levels = rng.uniform(0.0, 1.0, knots)
    # A cubic through knots that are themselves smoothed neither rests nor jumps.
    fine = ndimage.zoom(levels, 16, order=3, mode="nearest", grid_mode=True)
    start = rng.uniform(16.0, 32.0)
    place = start + np.arange(count) * (16.0 * changes_hz / RATE_HZ)
    curve = np.interp(place, np.arange(len(fine)), fine)
    return np.asarray(low + (high - low) * np.clip(curve, 0.0, 1.0))


def ringing(
    count: int,
    frequencies_hz: Sequence[float] | Floats,
    decays_s: Sequence[float] | Floats,
    gains: Sequence[float] | Floats,
    rng: np.random.Generator | None = None,
) -> Floats:
    """Return a sum of damped sines: the free ringing of a struck body.

    `decays_s` are the times in which a mode loses 60 dB. With `rng` the phases are random (a hard
    blow), without they start at zero, so that the sound begins without a click.
    """
    moment = times(count)
    sound = np.zeros(count)
    for hertz, decay_s, gain in zip(frequencies_hz, decays_s, gains, strict=True):
        if hertz >= RATE_HZ * 0.45 or gain == 0.0:
            continue
        alive = min(count, samples_in(decay_s * 1.2) + 64)
        phase = rng.uniform(0.0, 2 * np.pi) if rng is not None else 0.0
        part = moment[:alive]
        sound[:alive] += (
            gain
            * np.sin(2 * np.pi * hertz * part + phase)
            * np.exp(part * (-6.9078 / max(decay_s, 1e-4)))
        )
    return sound


def grains(
    count: int, rng: np.random.Generator, *, per_s: float | Floats, sharpness: float = 3.0
) -> Floats:
    """Return sparse unequal clicks, on average `per_s` a second (a number or a curve)."""
    chance = np.broadcast_to(np.asarray(per_s) / RATE_HZ, (count,))
    struck = rng.random(count) < chance
    clicks = np.zeros(count)
    hits = int(struck.sum())
    clicks[struck] = rng.uniform(0.05, 1.0, hits) ** sharpness * rng.choice((-1.0, 1.0), hits)
    return clicks


def glide(count: int, *points: tuple[float, float]) -> Floats:
    """Return a curve through points (place 0..1 in the sound, value), straight between them."""
    places, values = zip(*points, strict=True)
    return np.asarray(np.interp(np.linspace(0.0, 1.0, count), places, values))


def tone(frequency_hz: Floats | float, count: int) -> Floats:
    """Return a sine of a constant or gliding frequency."""
    return np.sin(_phase(frequency_hz, count))


def buzz(frequency_hz: Floats | float, count: int, *, brightness: float = 0.7) -> Floats:
    """Return a pulse train with the overtones of a voice or a reed, band-limited by its shape.

    The overtones fall as `brightness` to the power of their number, which is the closed sum of
    Moorer's discrete summation formula (1976) and costs two sines whatever their number.
    """
    phase = _phase(frequency_hz, count)
    b = brightness
    return np.asarray(b * np.sin(phase) / (1.0 - 2.0 * b * np.cos(phase) + b * b) * (1.0 - b))


def _phase(frequency_hz: Floats | float, count: int) -> Floats:
    return 2 * np.pi * np.cumsum(np.broadcast_to(frequency_hz, (count,))) / RATE_HZ


def resonant(sound: Floats, peaks: Sequence[tuple[float, float, float]]) -> Floats:
    """Pass a sound through parallel resonances (frequency in Hz, width in Hz, gain): a throat."""
    out = np.zeros_like(sound)
    for hertz, width, gain in peaks:
        b, a = signal.iirpeak(hertz, hertz / width, fs=RATE_HZ)
        out += gain * np.asarray(signal.lfilter(b, a, sound))
    return out


def struck_envelope(count: int, attack_s: float, decay_s: float) -> Floats:
    """Return a curve that rises in `attack_s` and loses 60 dB in `decay_s`."""
    moment = times(count)
    rise = np.clip(moment / max(attack_s, 1e-5), 0.0, 1.0)
    return rise * np.exp(-6.9078 * np.maximum(moment - attack_s, 0.0) / max(decay_s, 1e-4))


def faded(sound: Floats, fade_in_s: float, fade_out_s: float) -> Floats:
    """Fade a copy in and out by raised cosines."""
    out = sound.copy()
    for length_s, ahead in ((fade_in_s, True), (fade_out_s, False)):
        count = min(samples_in(length_s), len(out))
        if count:
            ramp = 0.5 - 0.5 * np.cos(np.pi * (np.arange(count) + 0.5) / count)
            ramp = ramp if out.ndim == 1 else ramp[:, None]
            if ahead:
                out[:count] *= ramp
            else:
                out[-count:] *= ramp[::-1]
    return out


def add_at(target: Floats, sound: Floats, start: int) -> None:
    """Add a sound into a longer one at a sample; what lies outside is dropped."""
    first, stop = max(start, 0), min(start + len(sound), len(target))
    if first < stop:
        target[first:stop] += sound[first - start : stop - start]


def panned(sound: Floats, pan: float) -> Floats:
    """Place one channel between two by constant power; `pan` -1 is left, 1 right."""
    angle = (np.clip(pan, -1.0, 1.0) + 1.0) * np.pi / 4.0
    return np.stack([sound * np.cos(angle), sound * np.sin(angle)], axis=1)


def widened(left: Floats, right: Floats, *, width: float) -> Floats:
    """Return two independent channels as stereo; `width` 0 is in the middle, 1 fully apart."""
    middle = (left + right) * np.sqrt(0.5)
    near = np.sqrt(1.0 - 0.5 * width)
    return np.stack(
        [
            near * ((1 - width) * middle + width * left),
            near * ((1 - width) * middle + width * right),
        ],
        axis=1,
    )

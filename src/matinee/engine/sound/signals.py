"""The small tools that every synthesised sound is made with.

All at 48 kHz, as float64 arrays (n,) for one channel or (n, 2) for two. Randomness always comes
from a generator that the caller passes.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from .filters import Biquad, butterworth, fast_length, filtered, gaussian, resonance

RATE_HZ = 48_000
_HEARING_HZ = 20_000
_SINE_BITS = 14
_SINE = np.sin(2 * np.pi * np.arange(2**_SINE_BITS) / 2**_SINE_BITS).astype(np.float32)

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
    length = fast_length(count)
    bins = length // 2 + 1
    frequency = np.maximum(np.arange(bins) * RATE_HZ / length, 1.0)
    hertz, level_db = zip(*spectrum, strict=True)
    # The curve is smooth: a thousand points of it are enough, read off for every bin.
    grid = np.geomspace(1.0, RATE_HZ / 2, 1024)
    curve = 10.0 ** (np.interp(np.log(grid), np.log(hertz), level_db) / 20.0)
    gain = np.interp(frequency, grid, curve)
    white = rng.standard_normal(2 * bins, np.float32).view(np.complex64)
    noise = np.fft.irfft(white * gain.astype(np.float32), length)[:count].astype(np.float64)
    return np.asarray(noise / max(rms(noise), 1e-12))


def band(sound: Floats, low_hz: float, high_hz: float, *, order: int = 2) -> Floats:
    """Keep what lies between two frequencies (0: no lower end, above 20 kHz: no upper end)."""
    return filtered(sound, *band_sections(low_hz, high_hz, order=order))


def band_sections(low_hz: float, high_hz: float, *, order: int = 2) -> list[Biquad]:
    """Return the filters of `band`."""
    sections = []
    if low_hz > 0:
        sections.append(butterworth("high", low_hz, RATE_HZ, order=order))
    if high_hz < _HEARING_HZ:
        sections.append(butterworth("low", high_hz, RATE_HZ, order=order))
    return sections


def wandering(
    count: int, rng: np.random.Generator, *, changes_hz: float, low: float, high: float
) -> Floats:
    """Return a slow random curve from `low` to `high` that turns `changes_hz` times a second."""
    knots = int(count / RATE_HZ * changes_hz) + 5
    # Rounded steps neither rest nor jump; beyond the range, so that it is used to its ends.
    fine = gaussian(np.repeat(rng.uniform(-0.25, 1.25, knots), 16), 5.0)
    place = rng.uniform(16.0, 32.0) + np.arange(count) * (16.0 * changes_hz / RATE_HZ)
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
    sound = np.zeros(count, np.float32)
    for hertz, decay_s, gain in zip(frequencies_hz, decays_s, gains, strict=True):
        if hertz >= RATE_HZ * 0.45 or gain == 0.0:
            continue
        alive = min(count, samples_in(decay_s * 1.2) + 64)
        phase = rng.random() if rng is not None else 0.0
        sound[:alive] += sine(hertz, alive, phase) * falling(alive, decay_s, gain)
    return sound.astype(np.float64)


def sine(frequency_hz: float, count: int, turn: float = 0.0) -> NDArray[np.float32]:
    """Return a steady sine that begins at a part 0..1 of its period.

    The phase is an integer that overflows once a period, and the sine is read from a table of
    16,384 places: four times as fast as computing it, with errors below -78 dB.
    """
    return np.asarray(_SINE[waveform_places(frequency_hz, count, turn) >> (32 - _SINE_BITS)])


def waveform_places(frequency_hz: float, count: int, turn: float = 0.0) -> NDArray[np.uint32]:
    """Return the phase of `count` samples as parts of 2^32 of a period."""
    step = np.uint32(round(frequency_hz / RATE_HZ * 2.0**32) % 2**32)
    places = np.arange(count, dtype=np.uint32)
    places *= step
    places += np.uint32(int(turn % 1.0 * 2.0**32) % 2**32)
    return places


def falling(count: int, decay_s: float, gain: float = 1.0) -> NDArray[np.float32]:
    """Return `gain` falling by 60 dB every `decay_s`."""
    slope = np.float32(-6.9078 / max(decay_s, 1e-4) / RATE_HZ)
    return np.asarray(np.exp(np.arange(count, dtype=np.float32) * slope) * np.float32(gain))


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
        out += gain * filtered(sound, resonance(hertz, width, RATE_HZ))
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

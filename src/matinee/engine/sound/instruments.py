"""The orchestra: notes and drums as sound, each by the physics or the spectrum of its kind.

A note is asked for by MIDI number (69 is a' at 440 Hz), length and velocity 0..1, and comes back as
one or two channels that begin at the first sample and ring out beyond the length.
"""

from collections.abc import Callable
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from . import signals
from .signals import (
    RATE_HZ,
    Floats,
    band,
    coloured_noise,
    falling,
    glide,
    ringing,
    samples_in,
    sine,
    struck_envelope,
    times,
    tone,
    waveform_places,
)

Player = Callable[[int, float, float], Floats]
_TABLE_BITS = 12
_TABLE = 2**_TABLE_BITS
_HIGHEST_HZ = 14_000.0


def play(instrument: str, midi: int, length_s: float, velocity: float) -> Floats:
    """Return a note of a named instrument, (n,) or (n, 2); do not write into it.

    Lengths are rounded to 20 ms and velocities to tenths, so that a piece renders each note once.
    """
    return _played(instrument, midi, round(length_s * 50), round(velocity * 10))


def drum(name: str, velocity: float, variant: int = 0) -> Floats:
    """Return a stroke of a named drum, (n,) or (n, 2); `variant` chooses among five strokes."""
    return _struck(name, round(velocity * 10), variant % 5)


@lru_cache(maxsize=512)
def _played(instrument: str, midi: int, length: int, velocity: int) -> Floats:
    return PLAYERS[instrument](midi, max(length, 2) / 50.0, max(velocity, 1) / 10.0)


@lru_cache(maxsize=256)
def _struck(name: str, velocity: int, variant: int) -> Floats:
    rng = np.random.default_rng((variant, sum(map(ord, name))))
    return DRUMS[name](max(velocity, 1) / 10.0, rng)


def hertz_of(midi: float) -> float:
    """Return the equal-tempered frequency of a MIDI number."""
    return float(440.0 * 2.0 ** ((midi - 69.0) / 12.0))


def _piano(midi: int, length_s: float, velocity: float) -> Floats:
    """Return a struck string: stretched partials that die the sooner the higher they are."""
    hertz = hertz_of(midi)
    count = samples_in(length_s + 0.9)
    stiffness = 0.00035 * (hertz / 261.0) ** 0.6
    long_s = float(np.clip(6.5 * (261.0 / hertz) ** 0.55, 0.8, 11.0))
    number = int(min(14, _HIGHEST_HZ / hertz))
    sound = np.zeros(count, np.float32)
    for n in range(1, number + 1):
        partial = hertz * n * np.sqrt(1.0 + stiffness * n * n)
        # A soft felt hammer, struck at an eighth of the string.
        gain = abs(np.sin(np.pi * n / 8.1)) / n ** (1.75 - 0.75 * velocity)
        alive = min(count, samples_in(long_s / (1.0 + 0.32 * n)))
        decay = falling(alive, long_s / (1.0 + 0.32 * n), gain)
        # Two strings that are not quite alike beat slowly.
        pair = sine(partial, alive) + 0.35 * sine(partial * 1.0 + 0.35 * n, alive, 0.3)
        sound[:alive] += pair * decay
    moment = times(count)
    thump = tone(92.0, min(count, 3_000)) * struck_envelope(min(count, 3_000), 0.001, 0.05)
    sound[: len(thump)] += 0.1 * velocity * thump
    rise = np.clip(moment / 0.004, 0.0, 1.0)
    return np.asarray(_released(sound * rise, length_s, 0.35) * velocity**1.3)


def _pluck(midi: int, length_s: float, velocity: float) -> Floats:
    """Return a plucked string (Karplus and Strong, Computer Music Journal 7, 1983)."""
    hertz = hertz_of(midi)
    count = samples_in(length_s + 1.0)
    period = RATE_HZ / hertz - 0.5
    whole = int(period)
    rng = np.random.default_rng(midi)
    noise = band(rng.uniform(-1.0, 1.0, whole), 0, 2_000.0 + 7_000.0 * velocity, order=1)
    excitation = np.zeros(count)
    excitation[:whole] = (noise - noise.mean()) * np.hanning(whole) ** 0.25
    # The loop's filter is the average of two samples, delayed by the rest of the period. What
    # leaves it lies a whole period back, so the string is computed period by period.
    loss = 0.5 * 0.9965 ** (220.0 / hertz)
    rest = period - whole
    taps = loss * np.array((rest, 1.0, 1.0 - rest))
    sound = np.zeros(count + whole + 2)
    sound[whole + 2 : whole + 2 + count] = excitation
    for start in range(whole + 2, count + whole + 2, whole):
        stop = min(start + whole, count + whole + 2)
        before = sound[start - whole - 2 : stop - whole]
        sound[start:stop] += np.convolve(before, taps[::-1], "valid")
    sound = sound[whole + 2 :]
    return _released(signals.peaked(sound, 0.7), length_s, 0.4) * velocity


def _marimba(midi: int, length_s: float, velocity: float) -> Floats:
    hertz = hertz_of(midi)
    count = samples_in(min(length_s, 0.4) + 0.7)
    bar = ringing(
        count, hertz * np.array((1.0, 3.93, 9.2)), (0.9, 0.25, 0.08), (1.0, 0.28 * velocity, 0.1)
    )
    return bar * velocity


def _celesta(midi: int, length_s: float, velocity: float) -> Floats:
    hertz = hertz_of(midi)
    count = samples_in(min(length_s, 0.8) + 1.4)
    plate = ringing(
        count,
        hertz * np.array((1.0, 2.0, 3.0, 4.16, 6.3)),
        (2.0, 1.3, 0.5, 0.35, 0.15),
        (1.0, 0.35, 0.12, 0.18 * velocity, 0.08),
    )
    return plate * velocity * 0.8


@cache
def _wave(kind: str, octave: int) -> NDArray[np.float32]:
    """Return one period of a bowed, sung or blown wave, band-limited for its octave."""
    top_hz = hertz_of(12 * octave + 23)
    partials = max(1, int(_HIGHEST_HZ / top_hz))
    number = np.arange(1, partials + 1)
    middle_hz = top_hz * 0.75
    if kind == "bowed":
        body = 1.0 + 0.7 * np.exp(-(((number * middle_hz - 480) / 260) ** 2))
        gains = number**-1.1 * body * np.exp(-number * middle_hz / 6_500.0)
    elif kind == "sung":
        f = number * middle_hz
        formants = sum(
            gain * np.exp(-(((f - place) / width) ** 2))
            for place, width, gain in ((620, 210, 1.0), (1_080, 240, 0.6), (2_700, 420, 0.14))
        )
        gains = number**-0.9 * (formants + 0.02)
    elif kind == "brass":
        gains = number**-0.7 * np.exp(-number * middle_hz / 3_400.0)
    elif kind == "soft":
        gains = number**-1.8
    else:
        gains = number**-1.0
    phases = np.random.default_rng(5).uniform(0, 2 * np.pi, partials)
    grid = np.arange(_TABLE) * 2 * np.pi / _TABLE
    wave = np.zeros(_TABLE)
    for n, gain, phase in zip(number, gains, phases, strict=True):
        wave += gain * np.sin(n * grid + phase)
    return np.asarray(wave / np.sqrt(np.mean(wave**2)), np.float32)


def _ensemble(
    kind: str, midi: int, count: int, *, players: int, vibrato: float, spread: float
) -> Floats:
    """Return several players of one wave, slightly apart in pitch, time and place: (n, 2)."""
    rng = np.random.default_rng((midi, players))
    table = _wave(kind, midi // 12)
    hertz = hertz_of(midi)
    # Vibrato is slow: a hundredth of the samples, joined by lines, describe it.
    coarse = np.arange(0, count + 480, 480) / RATE_HZ
    fine = np.arange(count) / 480.0
    out = np.zeros((2, count), np.float32)
    for index in range(players):
        rate = rng.uniform(4.6, 5.8)
        own_hertz = hertz * 2.0 ** (rng.normal(0.0, 5.0) / 1_200.0)
        depth = vibrato * own_hertz * 0.006 / (2 * np.pi * rate)
        swelling = np.clip(coarse / 0.7, 0.0, 1.0)
        sway = depth * np.sin(2 * np.pi * rate * coarse + rng.uniform(0, 6.3)) * swelling
        places = waveform_places(own_hertz, count, rng.random())
        if vibrato:
            bent = np.interp(fine, np.arange(len(coarse)), sway * 2.0**32)
            places += bent.astype(np.int64).astype(np.uint32)
        voice = table[places >> (32 - _TABLE_BITS)]
        angle = (spread * ((index + 0.5) / players * 2.0 - 1.0) + 1.0) * np.pi / 4.0
        out[0] += np.float32(np.cos(angle)) * voice
        out[1] += np.float32(np.sin(angle)) * voice
    return np.asarray(out.T / np.sqrt(players), np.float64)


def _sustained(
    sound: Floats, length_s: float, velocity: float, attack_s: float, release_s: float
) -> Floats:
    count = len(sound)
    held = samples_in(length_s)
    moment = times(count)
    rise = 1.0 - np.exp(-moment * 3.0 / attack_s)
    fall = np.exp(-np.maximum(moment - held / RATE_HZ, 0.0) * 4.0 / release_s)
    shape = rise * fall * velocity
    shape[-240:] *= np.linspace(1.0, 0.0, min(240, count))[-min(240, count) :]
    return sound * (shape if sound.ndim == 1 else shape[:, None])


def _strings(midi: int, length_s: float, velocity: float) -> Floats:
    sound = _ensemble("bowed", midi, samples_in(length_s + 0.9), players=4, vibrato=1.0, spread=0.8)
    dark = band(sound, 0, 2_200 + 5_200 * velocity, order=1)
    return _sustained(dark, length_s, 0.42 * velocity, 0.28, 0.7)


def _spiccato(midi: int, length_s: float, velocity: float) -> Floats:
    sound = _ensemble("bowed", midi, samples_in(0.42), players=3, vibrato=0.0, spread=0.6)
    return _sustained(sound, min(length_s, 0.11), 0.5 * velocity, 0.018, 0.22)


def _choir(midi: int, length_s: float, velocity: float) -> Floats:
    sound = _ensemble("sung", midi, samples_in(length_s + 1.0), players=5, vibrato=1.3, spread=0.9)
    return _sustained(sound, length_s, 0.38 * velocity, 0.5, 0.9)


def _pad(midi: int, length_s: float, velocity: float) -> Floats:
    sound = _ensemble("soft", midi, samples_in(length_s + 1.2), players=3, vibrato=0.4, spread=0.9)
    return _sustained(sound, length_s, 0.36 * velocity, 0.7, 1.2)


def _horn(midi: int, length_s: float, velocity: float) -> Floats:
    count = samples_in(length_s + 0.5)
    bright = _ensemble("brass", midi, count, players=3, vibrato=0.35, spread=0.4)
    dull = _ensemble("soft", midi, count, players=3, vibrato=0.35, spread=0.4)
    opening = (velocity * np.clip(times(count) / 0.16, 0.0, 1.0))[:, None]
    return _sustained(dull * (1 - opening) + bright * opening, length_s, 0.5 * velocity, 0.09, 0.35)


def _flute(midi: int, length_s: float, velocity: float) -> Floats:
    hertz = hertz_of(midi)
    count = samples_in(length_s + 0.4)
    moment = times(count)
    sway = 0.0035 * np.sin(2 * np.pi * 5.1 * moment) * np.clip(moment / 0.5 - 0.3, 0.0, 1.0)
    phase = 2 * np.pi * np.cumsum(hertz * (1.0 + sway)) / RATE_HZ
    pipe = np.sin(phase) + 0.22 * np.sin(2 * phase + 0.4) + 0.1 * np.sin(3 * phase)
    rng = np.random.default_rng(midi)
    breath = coloured_noise(
        count, rng, ((hertz * 0.5, -18), (hertz, 0), (hertz * 2, -4), (12_000, -20))
    )
    chiff = 0.05 + 0.16 * np.exp(-moment * 28.0)
    return _sustained(0.6 * pipe + breath * chiff, length_s, 0.62 * velocity, 0.06, 0.22)


def _bass(midi: int, length_s: float, velocity: float) -> Floats:
    hertz = hertz_of(midi)
    count = samples_in(length_s + 0.3)
    moment = times(count)
    table = _wave("bowed", midi // 12)
    string = table[waveform_places(hertz, count) >> (32 - _TABLE_BITS)].astype(np.float64)
    low = band(string, 0, 300 + 900 * velocity, order=1)
    sound = 0.55 * low + 0.75 * np.sin(2 * np.pi * hertz * moment)
    fading = np.exp(-moment * 0.7)
    return _sustained(sound * fading, length_s, 0.6 * velocity, 0.02, 0.2)


def _synth(midi: int, length_s: float, velocity: float) -> Floats:
    hertz = hertz_of(midi)
    count = samples_in(length_s + 0.35)
    moment = times(count)
    table = _wave("saw", midi // 12)
    sound = np.zeros((count, 2))
    for cents, side in ((-7.0, -0.6), (7.0, 0.6)):
        places = waveform_places(hertz * 2.0 ** (cents / 1_200.0), count)
        voice = table[places >> (32 - _TABLE_BITS)].astype(np.float64)
        sound += signals.panned(voice, side)
    open_, shut = band(sound, 0, 5_200, order=1), band(sound, 0, 650, order=2)
    sweep = (np.exp(-moment * 7.0) * (0.3 + 0.7 * velocity))[:, None]
    return _sustained(open_ * sweep + shut * (1 - sweep), length_s, 0.4 * velocity, 0.012, 0.25)


def _released(sound: Floats, length_s: float, release_s: float) -> Floats:
    """Damp a ringing string when its key is let go."""
    moment = times(len(sound))
    held = sound * np.exp(-np.maximum(moment - length_s, 0.0) * 4.0 / release_s)
    return signals.faded(held, 0.0, 0.02)


PLAYERS: dict[str, Player] = {
    "piano": _piano,
    "pluck": _pluck,
    "marimba": _marimba,
    "celesta": _celesta,
    "strings": _strings,
    "spiccato": _spiccato,
    "choir": _choir,
    "pad": _pad,
    "horn": _horn,
    "flute": _flute,
    "bass": _bass,
    "synth": _synth,
}


def _kick(velocity: float, _rng: np.random.Generator) -> Floats:
    count = samples_in(0.4)
    fall = 48.0 + 95.0 * np.exp(-times(count) * 34.0)
    click = ringing(count, (1_900.0,), (0.012,), (0.15 * velocity,))
    return (tone(fall, count) * struck_envelope(count, 0.001, 0.34) + click) * velocity


def _snare(velocity: float, rng: np.random.Generator) -> Floats:
    count = samples_in(0.3)
    wires = coloured_noise(count, rng, ((180, -14), (1_800, 0), (6_000, 0), (14_000, -8)))
    head = ringing(count, (186.0, 332.0), (0.12, 0.08), (0.8, 0.4))
    return (0.22 * wires * struck_envelope(count, 0.001, 0.2) + head * 0.5) * velocity


def _hat(velocity: float, rng: np.random.Generator) -> Floats:
    count = samples_in(0.09)
    metal = coloured_noise(count, rng, ((3_000, -30), (7_500, 0), (15_000, -4)))
    return metal * struck_envelope(count, 0.0008, 0.055) * 0.13 * velocity


def _shaker(velocity: float, rng: np.random.Generator) -> Floats:
    count = samples_in(0.12)
    seeds = coloured_noise(count, rng, ((2_000, -24), (6_000, 0), (12_000, -6)))
    shake = np.sin(np.pi * np.linspace(0, 1, count) ** 0.6) ** 2
    return np.asarray(seeds * shake * 0.08 * velocity)


def _taiko(velocity: float, rng: np.random.Generator) -> Floats:
    count = samples_in(1.5)
    hertz = 66.0 * rng.uniform(0.97, 1.03)
    fall = hertz * (1.0 + 0.5 * np.exp(-times(count) * 22.0))
    skin = tone(fall, count) * struck_envelope(count, 0.002, 1.0)
    skin += ringing(
        count, hertz * np.array((1.59, 2.14, 2.65)), (0.5, 0.35, 0.25), (0.4, 0.25, 0.15)
    )
    slap = coloured_noise(count, rng, ((120, -4), (500, 0), (2_500, -14), (9_000, -34)))
    return (skin + 0.35 * velocity * slap * struck_envelope(count, 0.001, 0.09)) * velocity


def _boom(velocity: float, rng: np.random.Generator) -> Floats:
    count = samples_in(2.6)
    fall = 34.0 + 40.0 * np.exp(-times(count) * 5.0)
    rumble = coloured_noise(count, rng, ((30, 0), (90, -6), (400, -28)))
    sound = tone(fall, count) + 0.25 * rumble
    return sound * struck_envelope(count, 0.004, 2.4) * velocity


def _cymbal(velocity: float, rng: np.random.Generator) -> Floats:
    count = samples_in(2.4)
    sides = [
        coloured_noise(count, rng, ((300, -26), (3_000, -5), (8_000, 0), (15_000, -7)))
        for _ in range(2)
    ]
    crash = signals.widened(*sides, width=1.0) * struck_envelope(count, 0.002, 2.2)[:, None]
    return crash * 0.16 * velocity


def _swell(velocity: float, rng: np.random.Generator) -> Floats:
    """Return a cymbal that grows for 1.4 s and stops: it leads into a cut."""
    count = samples_in(1.4)
    rush = coloured_noise(count, rng, ((400, -22), (4_000, -3), (9_000, 0), (15_000, -8)))
    grown = rush * np.linspace(0.0, 1.0, count) ** 3.2 * 0.14 * velocity
    return signals.faded(grown, 0.0, 0.04)


def _tick(velocity: float, _rng: np.random.Generator) -> Floats:
    count = samples_in(0.06)
    return ringing(count, (2_700.0, 4_300.0), (0.03, 0.015), (0.25, 0.12)) * velocity


def _tambour(velocity: float, rng: np.random.Generator) -> Floats:
    count = samples_in(0.35)
    hertz = 155.0 * rng.uniform(0.98, 1.02) * glide(count, (0, 1.25), (0.12, 1), (1, 0.96))
    return tone(hertz, count) * struck_envelope(count, 0.0015, 0.28) * 0.6 * velocity


DRUMS: dict[str, Callable[[float, np.random.Generator], Floats]] = {
    "kick": _kick,
    "snare": _snare,
    "hat": _hat,
    "shaker": _shaker,
    "taiko": _taiko,
    "boom": _boom,
    "cymbal": _cymbal,
    "swell": _swell,
    "tick": _tick,
    "tambour": _tambour,
}

"""Many people at once: murmur, cheering and applause, made of single voices and single hands.

A voice in a crowd is a pulse train that glides; what it says is which of a few vowels it passes
through. All voices that are in one vowel share one filter, so that forty cost little more than one.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np

from . import signals
from .filters import filtered, resampled, resonance
from .signals import RATE_HZ, Floats, coloured_noise, samples_in, struck_envelope
from .voices import stable_seed

# Vowels as resonances (Hz, width, gain): a, e, i, o, u.
_VOWELS = (
    ((750.0, 110.0, 1.0), (1_250.0, 140.0, 0.6), (2_600.0, 220.0, 0.25), (3_500.0, 350.0, 0.12)),
    ((470.0, 90.0, 1.0), (1_950.0, 160.0, 0.5), (2_600.0, 220.0, 0.3), (3_600.0, 350.0, 0.12)),
    ((310.0, 80.0, 1.0), (2_250.0, 180.0, 0.4), (3_000.0, 260.0, 0.3), (3_700.0, 350.0, 0.1)),
    ((480.0, 90.0, 1.0), (880.0, 110.0, 0.7), (2_500.0, 220.0, 0.12), (3_400.0, 350.0, 0.06)),
    ((330.0, 80.0, 1.0), (850.0, 110.0, 0.4), (2_300.0, 220.0, 0.08), (3_300.0, 350.0, 0.04)),
)
# Voices have little above 12 kHz: they are made at half the rate.
_HALF_HZ = RATE_HZ // 2
_TEXTURE_S = 5.0
_CUT_S, _CROSS_S = 2.3, 0.35
_MIRRORED = 0.5


@dataclass(frozen=True)
class _Manner:
    """How the voices of a crowd speak: their pitches and pace, and 0..1 how beside themselves."""

    low_hz: float
    high_hz: float
    syllables_hz: float
    excitement: float


@cache
def murmur(voices: int = 9) -> Floats:
    """Return five seconds of people talking among themselves, (n, 2), RMS 1."""
    return _crowd("murmur", voices, _Manner(85, 210, syllables_hz=4.3, excitement=0.0))


@cache
def roar(voices: int = 24) -> Floats:
    """Return five seconds of a crowd calling out, (n, 2), RMS 1."""
    return _crowd("roar", voices, _Manner(150, 420, syllables_hz=1.1, excitement=1.0))


def textured(source: Floats, count: int, rng: np.random.Generator) -> Floats:
    """Spread a short texture (m, 2) over any time without a loop: random cuts, crossed over.

    A cut is long enough to hold whole phrases, so that single voices stay recognisable.
    """
    cut, cross = samples_in(_CUT_S), samples_in(_CROSS_S)
    rise = np.sin(np.pi / 2 * (np.arange(cross) + 0.5) / cross)
    window = np.concatenate([rise, np.ones(cut - 2 * cross), rise[::-1]])[:, None]
    out = np.zeros((count + 2 * cut, 2))
    for start in range(0, count + cut, cut - cross):
        first = int(rng.integers(0, len(source) - cut))
        part = source[first : first + cut]
        out[start : start + cut] += window * (part[:, ::-1] if rng.random() < _MIRRORED else part)
    return out[cut : cut + count]


def cheering(count: int, rng: np.random.Generator) -> Floats:
    """Return a crowd that cheers for `count` samples, (n, 2), RMS about 1."""
    people = textured(roar(), count, rng)
    mass = np.stack(
        [
            coloured_noise(count, rng, ((200, -14), (900, 0), (2_400, -5), (8_000, -24)))
            for _ in range(2)
        ],
        axis=1,
    )
    swell = signals.wandering(count, rng, changes_hz=0.9, low=0.65, high=1.0)[:, None]
    return (0.85 * people + 0.45 * mass) * swell


def applause(count: int, rng: np.random.Generator, *, hands: int = 45) -> Floats:
    """Return `hands` people clapping, each at an own pace and place, (n, 2)."""
    out = np.zeros((count, 2))
    claps = _claps()
    for _ in range(hands):
        sound = claps[int(rng.integers(0, len(claps)))]
        pace_s = rng.uniform(0.2, 0.3)
        near = rng.uniform(0.25, 1.0)
        stereo = signals.panned(sound * near, rng.uniform(-0.9, 0.9))
        moment = rng.uniform(0.0, pace_s)
        while moment * RATE_HZ < count:
            signals.add_at(out, stereo, samples_in(moment))
            moment += pace_s * rng.uniform(0.93, 1.07)
    return out


@cache
def _claps() -> tuple[Floats, ...]:
    rng = np.random.default_rng(7)
    sounds = []
    for _ in range(10):
        count = samples_in(0.07)
        hollow = rng.uniform(800.0, 1_700.0)
        hands = coloured_noise(count, rng, ((300, -12), (hollow, 0), (4_000, -9), (14_000, -24)))
        sounds.append(hands * struck_envelope(count, 0.0008, rng.uniform(0.04, 0.07)))
    return tuple(sounds)


def _crowd(name: str, voices: int, manner: _Manner) -> Floats:
    rng = np.random.default_rng(stable_seed(name, voices))
    count = int(_TEXTURE_S * _HALF_HZ)
    groups = np.zeros((len(_VOWELS), 2, count))
    for _ in range(voices):
        voice, vowels = _one_voice(count, rng, manner)
        side = rng.uniform(0.1, 0.9)
        near = rng.uniform(0.35, 1.0)
        for vowel, gate in vowels.items():
            gated = voice * gate * near
            groups[vowel, 0] += gated * np.sqrt(1 - side)
            groups[vowel, 1] += gated * np.sqrt(side)
    mixed = np.zeros((2, count))
    for peaks, group in zip(_VOWELS, groups, strict=True):
        for hertz, width, gain in peaks:
            mixed += gain * filtered(group.T, resonance(hertz, width, _HALF_HZ)).T
    full = np.stack([resampled(side, _HALF_HZ, RATE_HZ) for side in mixed], axis=1)
    return np.asarray(full / max(signals.rms(full), 1e-9))


def _one_voice(
    count: int, rng: np.random.Generator, manner: _Manner
) -> tuple[Floats, dict[int, Floats]]:
    """Return a voice's pulses and, per vowel that it passes through, when it is open for it."""
    syllables = int(_TEXTURE_S * manner.syllables_hz * rng.uniform(0.8, 1.2)) + 2
    knots = np.linspace(0, count, syllables)
    base = rng.uniform(manner.low_hz, manner.high_hz)
    spread = 0.1 + 0.2 * manner.excitement
    heights = base * np.exp(rng.normal(0.0, spread, syllables))
    pitch = np.interp(np.arange(count), knots, heights)
    pitch *= 1.0 + 0.012 * np.sin(2 * np.pi * 5.0 * np.arange(count) / _HALF_HZ + rng.uniform(0, 6))
    phase = 2 * np.pi * (np.cumsum(pitch) / _HALF_HZ + rng.random())
    brightness = 0.72 + 0.12 * manner.excitement
    pulses = np.sin(phase) / (1.0 - 2.0 * brightness * np.cos(phase) + brightness**2)
    spoken = rng.choice(
        (0, 1, 2, 3, 4), syllables, p=(0.5, 0.2, 0.0, 0.25, 0.05) if manner.excitement else None
    )
    loud = rng.uniform(0.0, 1.0, syllables) ** (0.7 if manner.excitement else 1.6)
    # People pause: a third of the time a speaker listens.
    loud *= np.repeat(rng.random(syllables // 5 + 1) < 0.72, 5)[:syllables]
    gates: dict[int, Floats] = {}
    for vowel in np.unique(spoken):
        gate = np.interp(np.arange(count), knots, np.where(spoken == vowel, loud, 0.0))
        gates[int(vowel)] = gate
    return pulses * (1.0 - brightness), gates

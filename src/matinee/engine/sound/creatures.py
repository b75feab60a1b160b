"""Animals: pulses and breath through a throat, one function a call."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .signals import (
    RATE_HZ,
    Floats,
    add_at,
    buzz,
    coloured_noise,
    glide,
    resonant,
    samples_in,
    times,
)


def throat(
    count: int,
    pitch_hz: Floats,
    formants: tuple[tuple[float, float, float], ...],
    *,
    brightness: float,
    breath: Floats | float,
    rng: np.random.Generator,
) -> Floats:
    """Return an animal's or a horn's voice: pulses and breath through resonances."""
    source = buzz(pitch_hz, count, brightness=brightness)
    air = coloured_noise(count, rng, ((200, -10), (1_500, 0), (6_000, -8)))
    return resonant(source + 0.25 * air * breath, formants)


def dog_bark(rng: np.random.Generator) -> Floats:
    """Return two barks."""
    base = rng.uniform(330.0, 480.0)
    out = np.zeros(samples_in(0.8))
    for index in range(2):
        count = samples_in(rng.uniform(0.16, 0.22))
        pitch = base * glide(count, (0, 0.75), (0.25, 1.35), (1, 0.7))
        bark = throat(
            count,
            pitch * (1.0 + 0.05 * rng.standard_normal(count)),
            ((750, 180, 1.0), (1_450, 260, 0.8), (2_700, 500, 0.3)),
            brightness=0.82,
            breath=1.4,
            rng=rng,
        )
        shaped = bark * glide(count, (0, 0), (0.1, 1), (0.45, 0.8), (1, 0))
        add_at(out, shaped, samples_in(0.36 * index))
    return out


def cat_meow(rng: np.random.Generator) -> Floats:
    """Return one meow: a mouth that opens and closes."""
    count = samples_in(rng.uniform(0.65, 0.85))
    base = rng.uniform(560.0, 700.0)
    pitch = base * glide(count, (0, 0.85), (0.35, 1.2), (0.7, 1.05), (1, 0.75))
    closed = throat(
        count, pitch, ((750, 200, 1), (1_600, 350, 0.3)), brightness=0.7, breath=0.1, rng=rng
    )
    opened = throat(
        count,
        pitch,
        ((1_150, 260, 1), (2_400, 400, 0.8), (4_200, 700, 0.3)),
        brightness=0.8,
        breath=0.15,
        rng=rng,
    )
    mouth = glide(count, (0, 0), (0.4, 1), (0.65, 0.9), (1, 0))
    shape = glide(count, (0, 0), (0.08, 0.7), (0.4, 1), (0.8, 0.5), (1, 0))
    return (closed * (1 - mouth) + opened * mouth) * shape


def rooster(rng: np.random.Generator) -> Floats:
    """Return a crow in four parts."""
    count = samples_in(1.9)
    pitch = glide(
        count, (0, 480), (0.08, 620), (0.18, 560), (0.3, 820), (0.36, 780), (0.75, 760), (1, 430)
    )
    gates = glide(
        count, (0, 0), (0.03, 1), (0.1, 1), (0.13, 0.1), (0.17, 1), (0.26, 1), (0.29, 0.1),
        (0.34, 1), (0.85, 0.9), (1, 0),
    )  # fmt: skip
    return gates * throat(
        count,
        pitch * (1 + 0.02 * rng.standard_normal(count)),
        ((1_250, 250, 1.0), (2_600, 350, 0.8), (3_800, 500, 0.4)),
        brightness=0.85,
        breath=0.5,
        rng=rng,
    )


def horse(rng: np.random.Generator) -> Floats:
    """Return a neigh that shakes."""
    count = samples_in(1.7)
    pitch = glide(count, (0, 500), (0.15, 980), (0.5, 760), (1, 330))
    shake = 1.0 + 0.14 * np.sin(2 * np.pi * 13.0 * times(count))
    neigh = throat(
        count, pitch * shake, ((900, 250, 1), (1_900, 400, 0.7), (3_100, 600, 0.4)),
        brightness=0.8, breath=0.8, rng=rng,
    )  # fmt: skip
    return neigh * shake * glide(count, (0, 0), (0.1, 1), (0.6, 0.8), (1, 0))


def cow(rng: np.random.Generator) -> Floats:
    """Return a moo."""
    count = samples_in(1.5)
    pitch = rng.uniform(105, 130) * glide(count, (0, 0.85), (0.3, 1.1), (0.8, 1.15), (1, 0.9))
    moo = throat(
        count, pitch, ((330, 90, 1), (750, 140, 0.6), (2_200, 350, 0.12)),
        brightness=0.85, breath=0.15, rng=rng,
    )  # fmt: skip
    return moo * glide(count, (0, 0), (0.12, 1), (0.85, 0.9), (1, 0))


def lion_roar(rng: np.random.Generator) -> Floats:
    """Return a roar with more breath than voice."""
    count = samples_in(2.2)
    pitch = rng.uniform(68, 82) * glide(count, (0, 0.8), (0.25, 1.25), (0.7, 1.0), (1, 0.6))
    rough = pitch * (1.0 + 0.09 * rng.standard_normal(count))
    roar = throat(
        count, rough, ((260, 120, 1), (620, 180, 0.9), (1_300, 300, 0.5), (2_600, 600, 0.2)),
        brightness=0.9, breath=2.2, rng=rng,
    )  # fmt: skip
    return roar * glide(count, (0, 0), (0.18, 1), (0.6, 0.8), (1, 0))


Points = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class Call:
    """One animal's call, as a throat is told of it.

    pitch is (share of its length, factor of `hertz`); formants are (Hz, width in Hz, gain); loud is
    the envelope; rough shakes the pitch at random and `shake` (Hz, depth) evenly. It is repeated
    `times` times, `gap_s` apart.
    """

    hertz: float
    length_s: float
    formants: tuple[tuple[float, float, float], ...]
    pitch: Points = ((0, 1), (1, 1))
    loud: Points = ((0, 0), (0.1, 1), (0.8, 0.8), (1, 0))
    brightness: float = 0.8
    breath: float = 0.3
    rough: float = 0.02
    shake: tuple[float, float] = (0.0, 0.0)
    times: int = 1
    gap_s: float = 0.1


def _caller(call: Call) -> Callable[[np.random.Generator], Floats]:
    """Return who makes a call, each time a little differently."""

    def made(rng: np.random.Generator) -> Floats:
        step = call.length_s + call.gap_s
        out = np.zeros(samples_in(step * call.times))
        base = call.hertz * rng.uniform(0.92, 1.08)
        for index in range(call.times):
            count = samples_in(call.length_s * rng.uniform(0.94, 1.0))
            pitch = base * rng.uniform(0.97, 1.03) * glide(count, *call.pitch)
            pitch = pitch * (1.0 + call.rough * rng.standard_normal(count))
            shake = 1.0 + call.shake[1] * np.sin(2 * np.pi * call.shake[0] * times(count))
            voice = throat(
                count, pitch * shake, call.formants,
                brightness=call.brightness, breath=call.breath, rng=rng,
            )  # fmt: skip
            add_at(out, voice * shake * glide(count, *call.loud), samples_in(step * index))
        return out

    return made


def snake_hiss(rng: np.random.Generator) -> Floats:
    """Return air through a narrow mouth."""
    count = samples_in(1.4)
    hiss = coloured_noise(count, rng, ((1_500, -30), (4_500, 0), (9_000, -3)))
    return hiss * glide(count, (0, 0), (0.15, 1), (0.7, 0.8), (1, 0))


def bee_buzz(rng: np.random.Generator) -> Floats:
    """Return wings that beat two hundred times a second, near and further away."""
    count = samples_in(2.4)
    drift = 1.0 + 0.05 * np.sin(2 * np.pi * 1.3 * times(count) + rng.uniform(0, 6))
    wings = buzz(rng.uniform(190, 230) * drift, count, brightness=0.86)
    return wings * glide(count, (0, 0), (0.3, 1), (0.5, 0.55), (0.7, 0.9), (1, 0))


def dolphin_clicks(rng: np.random.Generator) -> Floats:
    """Return a whistle that rises and falls, after a row of clicks."""
    out = np.zeros(samples_in(1.7))
    for index in range(26):
        count = samples_in(0.006)
        click = coloured_noise(count, rng, ((2_000, -12), (7_000, 0)))
        add_at(out, 0.7 * click * glide(count, (0, 1), (1, 0)), samples_in(0.022 * index))
    count = samples_in(0.9)
    pitch = glide(count, (0, 5_200), (0.3, 9_800), (0.6, 6_400), (1, 10_500))
    whistle = np.sin(2 * np.pi * np.cumsum(pitch) / RATE_HZ)
    add_at(out, 0.5 * whistle * glide(count, (0, 0), (0.1, 1), (0.9, 0.8), (1, 0)), samples_in(0.7))
    return out


_CALLS: dict[str, Call] = {
    "wolf_howl": Call(310, 2.8, ((520, 140, 1), (1_050, 220, 0.6), (2_300, 500, 0.15)),
        ((0, 0.75), (0.2, 1.5), (0.65, 1.45), (1, 0.8)), ((0, 0), (0.15, 0.9), (0.8, 0.9), (1, 0)),
        breath=0.2, rough=0.004, shake=(4.5, 0.012)),
    "dog_growl": Call(88, 1.6, ((300, 120, 1), (800, 220, 0.6), (1_900, 500, 0.3)),
        ((0, 0.9), (0.5, 1.1), (1, 0.9)), breath=1.6, rough=0.12, shake=(27, 0.3)),
    "cat_purr": Call(26, 2.4, ((180, 90, 1), (420, 200, 0.4)), breath=1.2, rough=0.05,
        shake=(1.4, 0.3), brightness=0.7),
    "bear_roar": Call(84, 1.9, ((320, 130, 1), (760, 200, 0.9), (1_700, 400, 0.4)),
        ((0, 0.8), (0.3, 1.3), (1, 0.7)), breath=2.4, rough=0.13),
    "monster_roar": Call(46, 3.0, ((190, 90, 1), (460, 150, 1), (980, 260, 0.7), (2_400, 700, 0.3)),
        ((0, 0.7), (0.2, 1.6), (0.6, 1.1), (1, 0.5)), ((0, 0), (0.12, 1), (0.7, 0.9), (1, 0)),
        breath=2.6, rough=0.16, shake=(19, 0.2)),
    "elephant_trumpet": Call(360, 1.6, ((620, 160, 1), (1_300, 260, 0.9), (2_500, 450, 0.6)),
        ((0, 0.7), (0.2, 1.35), (0.7, 1.5), (1, 0.9)), breath=0.9, rough=0.05, brightness=0.9),
    "sheep_bleat": Call(300, 0.9, ((750, 160, 1), (1_700, 300, 0.7), (2_900, 500, 0.3)),
        ((0, 1.05), (1, 0.92)), shake=(8.5, 0.18), breath=0.4),
    "goat_bleat": Call(430, 0.8, ((900, 180, 1), (1_900, 300, 0.8), (3_100, 500, 0.4)),
        ((0, 1.1), (1, 0.9)), shake=(10.5, 0.24), breath=0.5),
    "pig_oink": Call(150, 0.22, ((480, 140, 1), (1_150, 260, 0.8), (2_400, 500, 0.4)),
        ((0, 0.8), (0.4, 1.2), (1, 0.8)), breath=2.2, rough=0.15, times=3, gap_s=0.12),
    "donkey_bray": Call(330, 0.45, ((700, 180, 1), (1_500, 300, 0.9), (2_800, 500, 0.4)),
        ((0, 1.6), (0.45, 1.5), (0.55, 0.6), (1, 0.55)), breath=1.4, rough=0.08, times=4,
        gap_s=0.05),
    "duck_quack": Call(250, 0.17, ((1_050, 200, 1), (1_900, 280, 0.9), (3_300, 500, 0.5)),
        ((0, 1.15), (1, 0.85)), breath=0.6, rough=0.06, times=3, gap_s=0.13, brightness=0.9),
    "goose_honk": Call(390, 0.32, ((900, 180, 1), (1_800, 280, 0.9), (3_000, 500, 0.4)),
        ((0, 0.8), (0.3, 1.25), (1, 1)), breath=0.5, rough=0.04, times=2,
        gap_s=0.2, brightness=0.9),
    "crow_caw": Call(420, 0.42, ((1_350, 260, 1), (2_300, 400, 0.8), (3_900, 700, 0.5)),
        ((0, 1), (0.3, 1.1), (1, 0.85)), breath=1.4, rough=0.11, times=3, gap_s=0.28),
    "seagull": Call(980, 0.5, ((1_900, 320, 1), (3_300, 500, 0.7)),
        ((0, 0.8), (0.25, 1.25), (1, 0.75)), breath=0.3, rough=0.01, times=3, gap_s=0.15),
    "owl_hoot": Call(330, 0.42, ((360, 80, 1), (720, 150, 0.2)),
        ((0, 0.95), (0.4, 1.04), (1, 0.95)),
        breath=0.1, rough=0.002, brightness=0.5, times=3, gap_s=0.3),
    "eagle_cry": Call(2_300, 0.35, ((2_700, 500, 1), (4_200, 800, 0.5)),
        ((0, 1.2), (0.2, 1.1), (1, 0.75)), breath=0.4, rough=0.015, times=4, gap_s=0.07),
    "parrot_squawk": Call(620, 0.3, ((1_700, 300, 1), (2_900, 450, 0.9), (4_400, 700, 0.5)),
        ((0, 0.8), (0.3, 1.4), (1, 0.9)), breath=1.0, rough=0.1, times=2, gap_s=0.15),
    "hen_cluck": Call(330, 0.11, ((950, 200, 1), (2_100, 350, 0.7)),
        ((0, 0.8), (0.5, 1.25), (1, 0.9)),
        breath=0.4, rough=0.03, times=5, gap_s=0.16),
    "frog_croak": Call(95, 0.34, ((620, 140, 1), (1_350, 240, 0.8)),
        ((0, 0.9), (0.5, 1.15), (1, 1)),
        breath=0.2, rough=0.05, shake=(42, 0.55), times=3, gap_s=0.25, brightness=0.9),
    "mouse_squeak": Call(3_400, 0.09, ((3_800, 700, 1), (6_500, 1_200, 0.5)),
        ((0, 0.85), (0.4, 1.3), (1, 0.9)), breath=0.1, times=4, gap_s=0.1),
    "monkey_chatter": Call(520, 0.13, ((950, 220, 1), (1_900, 350, 0.8), (3_200, 600, 0.4)),
        ((0, 0.7), (0.5, 1.5), (1, 1.1)), breath=0.8, rough=0.05, times=7, gap_s=0.06),
    "whale_song": Call(150, 3.4, ((260, 70, 1), (540, 120, 0.7), (1_250, 260, 0.25)),
        ((0, 0.6), (0.3, 1.9), (0.55, 1.2), (0.8, 2.3), (1, 1.5)),
        ((0, 0), (0.2, 1), (0.85, 0.8), (1, 0)), breath=0.05, rough=0.003, shake=(3.0, 0.02)),
    "seal_bark": Call(260, 0.28, ((560, 140, 1), (1_200, 240, 0.8)),
        ((0, 0.8), (0.3, 1.2), (1, 0.8)),
        breath=1.0, rough=0.06, times=3, gap_s=0.18),
}  # fmt: skip
CALLS = {name: _caller(call) for name, call in _CALLS.items()} | {
    "snake_hiss": snake_hiss,
    "bee_buzz": bee_buzz,
    "dolphin": dolphin_clicks,
}
"""Further calls by name."""

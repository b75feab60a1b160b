"""Beds: what a place and its weather sound like when nothing happens.

Every bed is synthesised for exactly the time that it is heard, so it never loops; each is a few
layers of coloured noise, single events and textures.
"""

from collections.abc import Callable
from functools import partial

import numpy as np

from . import crowds, signals
from .cues import SoundUnknown
from .signals import (
    RATE_HZ,
    Floats,
    band,
    coloured_noise,
    grains,
    ringing,
    samples_in,
    struck_envelope,
    wandering,
    widened,
)
from .voices import stable_seed

Bed = Callable[[int, np.random.Generator], Floats]
# The level of a bed of gain 1, before the mix.
LEVEL_DBFS = -34.0
# Beds longer than this are made in stretches that cross.
ONE_STRETCH_S, STRETCH_S, CROSS_S = 16.0, 11.0, 2.0


def ambience(name: str, duration_s: float, seed: int) -> Floats:
    """Return a bed (n, 2) of exactly `duration_s` at -34 dBFS; raises SoundUnknown."""
    out = np.zeros((samples_in(duration_s), 2))
    for start, make in pieces(name, duration_s, seed):
        signals.add_at(out, make(), start)
    return out


def pieces(name: str, duration_s: float, seed: int) -> list[tuple[int, Callable[[], Floats]]]:
    """Return the pieces (n, 2) that add up to a bed: where each begins, and how it is made.

    A long bed is made in stretches that fade into one another, each of them new: its layers would
    take six times the memory of the bed. Raises SoundUnknown.
    """
    bed = BEDS.get(_ALIASES.get(name, name))
    if bed is None:
        raise SoundUnknown("ambience", name, AMBIENCES)
    count = samples_in(duration_s)
    if count <= samples_in(ONE_STRETCH_S):
        return [(0, lambda: _stretch(bed, count, stable_seed("ambience", seed, name)))]
    step, cross = samples_in(STRETCH_S), samples_in(CROSS_S)
    rising = np.sin(np.linspace(0.0, np.pi / 2, cross))[:, None]

    def crossing(number: int, start: int) -> Floats:
        length = min(step + cross, count - start)
        piece = _stretch(bed, length, stable_seed("ambience", seed, name, number))
        if number:
            piece[:cross] *= rising[: len(piece)]
        if length == step + cross:
            piece[step:] *= rising[::-1]
        return piece

    return [
        (start, partial(crossing, number, start))
        for number, start in enumerate(range(0, count, step))
    ]


def _stretch(bed: Bed, count: int, seed: int) -> Floats:
    if count == 0:
        return np.zeros((0, 2))
    # Very short beds are cut from a longer one: noise needs room for its lowest octave.
    longer = max(count, samples_in(2.0))
    sound = band(bed(longer, np.random.default_rng(seed)), 30.0, 22_000.0, order=1)
    return signals.levelled(sound, LEVEL_DBFS)[:count]


def air(
    count: int,
    rng: np.random.Generator,
    spectrum: tuple[tuple[float, float], ...],
    *,
    width: float = 0.8,
) -> Floats:
    """Return stereo noise of a spectrum, RMS about 1."""
    sides = [coloured_noise(count, rng, spectrum) for _ in range(2)]
    return widened(sides[0], sides[1], width=width)


def scattered(
    count: int,
    rng: np.random.Generator,
    *,
    per_s: float,
    sound: Callable[[np.random.Generator], Floats],
    far: tuple[float, float] = (0.2, 1.0),
) -> Floats:
    """Scatter single sounds (one channel) over time and place, nearer and further."""
    out = np.zeros((count, 2))
    number = int(rng.poisson(per_s * count / RATE_HZ)) + 1
    for start in rng.uniform(-0.2, 1.0, number) * count:
        near = rng.uniform(*far)
        single = signals.panned(sound(rng) * near, rng.uniform(-0.85, 0.85))
        signals.add_at(out, single, int(start))
    return out


def wind(count: int, rng: np.random.Generator, *, strength: float = 0.5) -> Floats:
    """Return wind: a low rush and a whistle that rise and fall together."""
    gusts = wandering(count, rng, changes_hz=0.45, low=0.15, high=1.0)
    flutter = wandering(count, rng, changes_hz=3.0, low=0.8, high=1.0)
    low = air(count, rng, ((40, -6), (180, 0), (600, -9), (2_500, -30), (10_000, -52)))
    high = air(count, rng, ((200, -30), (700, -6), (1_300, 0), (2_600, -12), (9_000, -40)))
    force = (gusts * flutter)[:, None]
    return low * (0.35 + 0.65 * force) + (0.12 + 0.4 * strength) * high * force**2


def rain(count: int, rng: np.random.Generator, *, strength: float = 0.6) -> Floats:
    """Return rain: a hiss of far drops and single near ones."""
    far = air(count, rng, ((150, -16), (700, -3), (2_200, 0), (6_000, -8), (14_000, -22)), width=1)
    body = air(count, rng, ((80, -8), (350, 0), (1_200, -8), (6_000, -30)))
    near = np.stack(
        [
            band(grains(count, rng, per_s=60 + 420 * strength, sharpness=4.0), 1_200, 9_000)
            for _ in range(2)
        ],
        axis=1,
    )
    sway = wandering(count, rng, changes_hz=0.3, low=0.85, high=1.0)[:, None]
    return (0.55 + 0.45 * strength) * far * sway + 0.45 * strength * body + 11.0 * near


def drips(count: int, rng: np.random.Generator, *, per_s: float) -> Floats:
    """Return single drops that fall into puddles."""

    def drop(rng: np.random.Generator) -> Floats:
        length = samples_in(0.09)
        hertz = rng.uniform(700, 2_600) * (1.0 + signals.times(length) * rng.uniform(2, 7))
        return signals.tone(hertz, length) * struck_envelope(length, 0.001, rng.uniform(0.03, 0.08))

    return scattered(count, rng, per_s=per_s, sound=drop)


def traffic(count: int, rng: np.random.Generator, *, wet: bool = False) -> Floats:
    """Return a city: a far rumble, and cars that pass by."""
    rumble = air(count, rng, ((35, -3), (90, 0), (300, -8), (1_000, -20), (5_000, -44)))
    out = 0.9 * rumble * wandering(count, rng, changes_hz=0.25, low=0.7, high=1.0)[:, None]
    passing = max(1, round(count / RATE_HZ / 4.5))
    for index in range(passing):
        middle = (index + rng.uniform(0.2, 0.8)) / passing * count
        signals.add_at(out, rng.uniform(0.8, 1.5) * car_pass(rng, wet=wet), int(middle - 1.75e5))
    return out


def car_pass(rng: np.random.Generator, *, wet: bool = False) -> Floats:
    """Return a car that passes from side to side in seven seconds, (n, 2)."""
    count = samples_in(7.0)
    place = (np.arange(count) / RATE_HZ - 3.5) * rng.uniform(6.0, 11.0)
    closest_m = rng.uniform(5.0, 9.0)
    distance = np.hypot(place, closest_m)
    level = (closest_m / distance) ** 1.4
    hiss = ((200, -18), (1_200, 0), (6_000, -3 if wet else -14), (15_000, -14 if wet else -34))
    tyres = coloured_noise(count, rng, hiss) * level * (0.8 if wet else 0.5)
    # Doppler: the pitch falls as the way to the listener turns from shrinking to growing.
    speed = np.gradient(distance) * RATE_HZ
    hertz = rng.uniform(48.0, 75.0) * (1.0 - 1.6 * speed / 343.0)
    motor = signals.buzz(hertz, count, brightness=0.75) * level**1.2 * 0.9
    side = np.clip(place / 25.0, -1.0, 1.0) * rng.choice((-1.0, 1.0))
    angle = (side + 1.0) * np.pi / 4.0
    sound = tyres + band(motor, 30, 900, order=1)
    return np.stack([sound * np.cos(angle), sound * np.sin(angle)], axis=1)


def waves(count: int, rng: np.random.Generator) -> Floats:
    """Return the sea: waves that gather, break and run back over the sand."""
    surf = air(count, rng, ((60, -4), (250, 0), (900, -4), (4_000, -12), (14_000, -24)), width=1)
    foam = air(count, rng, ((700, -20), (3_500, 0), (9_000, -3), (16_000, -10)), width=1)
    swell, wash, now_s = np.zeros(count), np.zeros(count), signals.times(count)
    moment = -rng.uniform(1.0, 5.0)
    while moment < count / RATE_HZ + 2.0:
        length = rng.uniform(6.0, 8.5)
        force = rng.uniform(0.6, 1.0)
        heard = slice(*np.searchsorted(now_s, (moment, moment + 1.25 * length)))
        age = (now_s[heard] - moment) / length
        rise = np.clip(age / 0.42, 0.0, 1.0) ** 3 * np.clip((1.0 - age) / 0.58, 0.0, 1.0) ** 1.4
        swell[heard] += force * rise
        late = np.clip((age - 0.36) / 0.1, 0.0, 1.0) * np.clip((1.25 - age) / 0.8, 0.0, 1.0) ** 2
        wash[heard] += force * late
        moment += length * rng.uniform(0.62, 0.8)
    surf *= (0.12 + swell)[:, None]
    foam *= 0.45 * (0.05 + wash)[:, None]
    surf += foam
    return surf


def bird_call(rng: np.random.Generator) -> Floats:
    """Return one phrase of a small bird: a few whistled glides."""
    count = samples_in(1.3)
    out = np.zeros(count)
    base = rng.uniform(2_300.0, 4_600.0)
    kind = rng.integers(0, 3)
    moment = 0.0
    for _ in range(int(rng.integers(2, 7))):
        length = samples_in((0.05, 0.11, 0.16)[kind] * rng.uniform(0.8, 1.2))
        bend = rng.uniform(0.8, 1.25)
        hertz = base * signals.glide(
            length, (0, bend), (0.5, rng.uniform(0.9, 1.15)), (1, 1 / bend)
        )
        if kind == 1:
            hertz *= 1.0 + 0.06 * np.sin(2 * np.pi * 38.0 * signals.times(length))
        note = signals.tone(hertz, length) + 0.12 * signals.tone(2 * hertz, length)
        note *= np.sin(np.pi * np.linspace(0, 1, length)) ** 1.2
        signals.add_at(out, note, samples_in(moment))
        moment += length / RATE_HZ + rng.uniform(0.02, 0.09)
    return out


def cricket(rng: np.random.Generator) -> Floats:
    """Return one chirp of a cricket."""
    count = samples_in(0.5)
    hertz = rng.uniform(4_100.0, 4_900.0)
    pulses = np.clip(np.sin(2 * np.pi * rng.uniform(26, 32) * signals.times(count)), 0, 1) ** 1.5
    span = signals.glide(count, (0, 0), (0.06, 0.8), (0.5, 1), (0.62, 0), (1, 0))
    return signals.tone(hertz, count) * pulses * span * 0.6


def _leaves(count: int, rng: np.random.Generator) -> Floats:
    rush = air(count, rng, ((200, -22), (1_500, -4), (4_000, 0), (9_000, -5), (16_000, -16)))
    return rush * wandering(count, rng, changes_hz=0.6, low=0.1, high=1.0)[:, None] ** 1.5


def _hum(count: int, rng: np.random.Generator, hertz: float) -> Floats:
    """Return a mains or motor hum, the same on both sides."""
    sound = np.zeros(count)
    for overtone, gain in ((1, 1.0), (2, 0.55), (3, 0.25), (4, 0.16), (6, 0.07)):
        sway = 1.0 + 0.1 * np.sin(2 * np.pi * rng.uniform(0.1, 0.6) * signals.times(count))
        sound += gain * sway * signals.tone(hertz * overtone, count)
    return np.stack([sound, sound], axis=1) * 0.6


def _room(count: int, rng: np.random.Generator) -> Floats:
    return air(count, rng, ((40, 0), (120, -4), (500, -15), (2_500, -28), (12_000, -44)), width=0.6)


def _arena(count: int, rng: np.random.Generator) -> Floats:
    people = crowds.textured(crowds.murmur(), count, rng)
    calls = crowds.textured(crowds.roar(), count, rng)
    mass = air(count, rng, ((90, -10), (350, 0), (900, -2), (2_500, -11), (8_000, -32)), width=1)
    surge = wandering(count, rng, changes_hz=0.35, low=0.25, high=1.0)[:, None]
    return 0.7 * people + 0.9 * calls * surge + 0.5 * mass * (0.4 + 0.6 * surge)


def _neon_rain(count: int, rng: np.random.Generator) -> Floats:
    buzz = signals.buzz(100.0, count, brightness=0.85)
    flicker = wandering(count, rng, changes_hz=2.0, low=0.6, high=1.0)
    sign = band(buzz * flicker, 300, 4_000, order=1)
    out = 0.5 * rain(count, rng, strength=0.35) + 0.8 * traffic(count, rng, wet=True)
    out += 1.6 * drips(count, rng, per_s=3.5)
    return out + 0.05 * signals.panned(sign, 0.4)


def _beach(count: int, rng: np.random.Generator) -> Floats:
    def gull(rng: np.random.Generator) -> Floats:
        length = samples_in(0.5)
        hertz = rng.uniform(900, 1_150) * signals.glide(length, (0, 0.85), (0.25, 1.3), (1, 0.8))
        cry = signals.buzz(hertz, length, brightness=0.6)
        throat = signals.resonant(cry, ((1_900, 500, 1.0), (3_300, 600, 0.5)))
        return throat * np.sin(np.pi * np.linspace(0, 1, length)) ** 0.7

    return waves(count, rng) + 0.28 * scattered(count, rng, per_s=0.3, sound=gull, far=(0.1, 0.5))


def _forest(count: int, rng: np.random.Generator) -> Floats:
    calls = scattered(count, rng, per_s=0.8, sound=bird_call, far=(0.05, 0.6))
    return 0.45 * _leaves(count, rng) + 0.2 * wind(count, rng, strength=0.2) + 2.2 * calls


def _night(count: int, rng: np.random.Generator) -> Floats:
    chirps = scattered(count, rng, per_s=5.0, sound=cricket, far=(0.05, 0.6))
    shimmer = air(count, rng, ((3_000, -30), (5_200, 0), (7_000, -10), (12_000, -40)), width=1)
    pulse = 0.7 + 0.3 * np.sin(2 * np.pi * 17.0 * signals.times(count))
    return 3.0 * chirps + 0.14 * shimmer * pulse[:, None] + 0.3 * wind(count, rng, strength=0.1)


def _kitchen(count: int, rng: np.random.Generator) -> Floats:
    def sizzle(rng: np.random.Generator) -> Floats:
        length = samples_in(0.03)
        return coloured_noise(length, rng, ((2_000, -8), (7_000, 0))) * struck_envelope(
            length, 0.001, 0.02
        )

    simmer = scattered(count, rng, per_s=14.0, sound=sizzle, far=(0.02, 0.15))
    return 0.5 * _hum(count, rng, 50.0) + 0.6 * _room(count, rng) + 4.0 * simmer


def _fire(count: int, rng: np.random.Generator) -> Floats:
    roar = air(count, rng, ((40, -2), (120, 0), (500, -10), (2_000, -24), (9_000, -40)))
    breath = wandering(count, rng, changes_hz=2.4, low=0.45, high=1.0)[:, None]
    crackle = np.stack(
        [band(grains(count, rng, per_s=16.0, sharpness=5.0), 900, 9_000) for _ in range(2)], axis=1
    )
    return 0.9 * roar * breath + 18.0 * crackle


def _river(count: int, rng: np.random.Generator) -> Floats:
    flow = air(count, rng, ((120, -14), (500, -2), (1_400, 0), (4_000, -8), (12_000, -24)), width=1)
    return 0.5 * flow + 1.4 * drips(count, rng, per_s=26.0)


def _market(count: int, rng: np.random.Generator) -> Floats:
    people = crowds.textured(crowds.murmur(), count, rng)
    calls = crowds.textured(crowds.roar(), count, rng)
    busy = wandering(count, rng, changes_hz=0.5, low=0.1, high=0.4)[:, None]
    return people + calls * busy + 0.15 * _room(count, rng)


def _cafe(count: int, rng: np.random.Generator) -> Floats:
    def cup(rng: np.random.Generator) -> Floats:
        base = rng.uniform(2_300, 3_600)
        return ringing(
            samples_in(0.2), (base, base * 2.32, base * 4.2), (0.16, 0.09, 0.05), (1, 0.6, 0.3)
        )

    people = band(crowds.textured(crowds.murmur(), count, rng), 0, 3_200, order=1)
    cups = scattered(count, rng, per_s=0.7, sound=cup, far=(0.02, 0.2))
    return people + 0.15 * _room(count, rng) + 5.0 * cups


def _office(count: int, rng: np.random.Generator) -> Floats:
    def key(rng: np.random.Generator) -> Floats:
        length = samples_in(0.05)
        click = coloured_noise(length, rng, ((600, -8), (2_600, 0), (9_000, -14)))
        return click * struck_envelope(length, 0.0008, 0.03)

    people = band(crowds.textured(crowds.murmur(), count, rng), 120, 1_800, order=1)
    keys = scattered(count, rng, per_s=5.0, sound=key, far=(0.02, 0.16))
    return 0.4 * _room(count, rng) + 0.15 * _hum(count, rng, 50.0) + 0.3 * people + 2.5 * keys


def _thunderstorm(count: int, rng: np.random.Generator) -> Floats:
    out = rain(count, rng, strength=1.0) + 0.6 * wind(count, rng, strength=0.7)
    for start in np.arange(rng.uniform(0.5, 3.0), count / RATE_HZ, rng.uniform(6.0, 9.0)):
        far = band(thunder(rng), 0, rng.uniform(300, 1_500), order=1)
        signals.add_at(out, 5.0 * rng.uniform(0.5, 1.0) * far, samples_in(start))
    return out


def thunder(rng: np.random.Generator) -> Floats:
    """Return one thunder of five seconds, (n, 2), peak 1: cracks that roll away."""
    count = samples_in(5.0)
    out = np.zeros((count, 2))
    for index in range(int(rng.integers(5, 9))):
        start = samples_in(0.0 if index == 0 else rng.uniform(0.05, 2.2))
        left = count - start
        edge = 3_500.0 / (1.0 + index) + 120.0
        peal = coloured_noise(left, rng, ((30, -2), (80, 0), (edge, -10), (edge * 4, -36)))
        peal *= struck_envelope(left, 0.004 + 0.05 * index, rng.uniform(1.6, 3.6))
        out[start:] += signals.panned(peal, rng.uniform(-0.7, 0.7)) / (1.0 + 0.35 * index)
    rolling = wandering(count, rng, changes_hz=4.0, low=0.35, high=1.0)[:, None]
    return signals.peaked(signals.faded(out * rolling, 0.0, 1.0))


def _cave(count: int, rng: np.random.Generator) -> Floats:
    """Return a hollow: air that hardly moves, and drops that ring after one another."""
    deep = air(count, rng, ((40, 0), (110, -3), (400, -16), (1_500, -32), (9_000, -52)), width=1)
    far = band(drips(count, rng, per_s=0.9), 500, 6_000)
    echo = np.zeros_like(far)
    for late_s, gain in ((0.11, 0.5), (0.23, 0.34), (0.41, 0.2)):
        late = samples_in(late_s)
        if late < count:
            echo[late:] += gain * far[:-late, ::-1]
    return deep + 5.0 * (far + echo)


def _train(count: int, rng: np.random.Generator) -> Floats:
    """Return a carriage under way: rolling, and the joints of the rails in pairs."""
    rumble = air(count, rng, ((35, -2), (80, 0), (260, -7), (900, -20), (5_000, -40)))
    sway = wandering(count, rng, changes_hz=0.6, low=0.8, high=1.0)[:, None]
    joints = np.zeros((count, 2))
    length = samples_in(0.16)
    for start in np.arange(rng.uniform(0.1, 0.6), count / RATE_HZ, 0.82):
        for late_s in (0.0, 0.14):
            knock = coloured_noise(length, rng, ((60, -4), (180, 0), (700, -8), (3_000, -26)))
            knock *= struck_envelope(length, 0.003, 0.05)
            signals.add_at(joints, signals.panned(knock, 0.0), samples_in(start + late_s))
    return rumble * sway + 0.8 * joints


def _aircraft(count: int, rng: np.random.Generator) -> Floats:
    """Return the cabin of an airliner: a broad steady rush over the engines' low note."""
    rush = air(count, rng, ((50, -6), (160, 0), (600, -4), (2_000, -14), (9_000, -30)), width=1)
    return rush + 0.35 * _hum(count, rng, 92.0)


def _factory(count: int, rng: np.random.Generator) -> Floats:
    """Return a hall of machines: motors, a press that falls in time, air let off."""
    out = 0.7 * _hum(count, rng, 48.0) + _room(count, rng)
    stroke, hiss = samples_in(0.3), samples_in(0.5)
    for start in np.arange(rng.uniform(0.0, 0.9), count / RATE_HZ, 1.35):
        fall = coloured_noise(stroke, rng, ((50, 0), (240, -3), (1_200, -14), (6_000, -34)))
        fall *= struck_envelope(stroke, 0.004, 0.08)
        puff = coloured_noise(hiss, rng, ((900, -12), (4_000, 0), (12_000, -4)))
        puff *= struck_envelope(hiss, 0.05, 0.14)
        signals.add_at(out, signals.panned(2.4 * fall, -0.3), samples_in(start))
        signals.add_at(out, signals.panned(0.35 * puff, 0.4), samples_in(start + 0.62))
    return out


def _pool(count: int, rng: np.random.Generator) -> Floats:
    """Return an indoor pool: voices that the tiles smear, and water that laps and splashes."""

    def splash(rng: np.random.Generator) -> Floats:
        length = samples_in(0.6)
        burst = coloured_noise(length, rng, ((250, -8), (1_100, 0), (5_000, -6), (12_000, -18)))
        return burst * struck_envelope(length, 0.03, rng.uniform(0.1, 0.2))

    people = band(crowds.textured(crowds.murmur(), count, rng), 200, 2_400, order=1)
    splashes = scattered(count, rng, per_s=1.1, sound=splash, far=(0.1, 0.5))
    return 0.5 * people + 0.35 * _river(count, rng) + 1.1 * splashes + 0.3 * _room(count, rng)


def _club(count: int, rng: np.random.Generator) -> Floats:
    """Return a dance floor: a drum at 124 beats a minute, hats between, and the crowd."""
    out = 0.5 * crowds.textured(crowds.murmur(), count, rng)
    kick, hat = samples_in(0.26), samples_in(0.06)
    for start in np.arange(0.0, count / RATE_HZ, 60 / 124):
        fall = 46.0 + 90.0 * np.exp(-signals.times(kick) * 32.0)
        drum = signals.tone(fall, kick) * struck_envelope(kick, 0.002, 0.11)
        tick = coloured_noise(hat, rng, ((5_000, -6), (9_000, 0), (15_000, -4)))
        tick *= struck_envelope(hat, 0.001, 0.02)
        signals.add_at(out, signals.panned(3.2 * drum, 0.0), samples_in(start))
        signals.add_at(out, signals.panned(0.25 * tick, 0.2), samples_in(start + 30 / 124))
    return out


BEDS: dict[str, Bed] = {
    "arena_crowd": _arena,
    "city_traffic": traffic,
    "neon_city_rain": _neon_rain,
    "rain_light": lambda count, rng: (
        0.7 * rain(count, rng, strength=0.15) + 2.0 * drips(count, rng, per_s=4.0)
    ),
    "rain_heavy": lambda count, rng: rain(count, rng, strength=1.0),
    "wind": wind,
    "desert_wind": lambda count, rng: wind(count, rng, strength=0.9),
    "snow_wind": lambda count, rng: band(wind(count, rng, strength=0.7), 0, 1_400, order=1),
    "sea_waves": _beach,
    "forest_birds": _forest,
    "night_crickets": _night,
    "kitchen_hum": _kitchen,
    "room_tone": _room,
    "studio": lambda count, rng: _room(count, rng) + 0.08 * _hum(count, rng, 50.0),
    "fire": _fire,
    "river": _river,
    "market": _market,
    "thunderstorm": _thunderstorm,
    "office": _office,
    "cafe_murmur": _cafe,
    "space_ship": lambda count, rng: _hum(count, rng, 43.0) + 0.8 * _room(count, rng),
    "cave": _cave,
    "train_ride": _train,
    "aircraft_cabin": _aircraft,
    "factory": _factory,
    "swimming_pool": _pool,
    "club": _club,
    "underwater": lambda count, rng: band(_river(count, rng), 0, 500) + _room(count, rng),
}
AMBIENCES = tuple(BEDS)
_ALIASES = {
    "arena": "arena_crowd",
    "colosseum": "arena_crowd",
    "stadium": "arena_crowd",
    "crowd": "arena_crowd",
    "city": "city_traffic",
    "street": "city_traffic",
    "traffic": "city_traffic",
    "neon_city": "neon_city_rain",
    "rain": "rain_heavy",
    "storm": "thunderstorm",
    "desert": "desert_wind",
    "beach": "sea_waves",
    "sea": "sea_waves",
    "waves": "sea_waves",
    "ocean": "sea_waves",
    "forest": "forest_birds",
    "birds": "forest_birds",
    "night": "night_crickets",
    "crickets": "night_crickets",
    "kitchen": "kitchen_hum",
    "room": "room_tone",
    "indoor": "room_tone",
    "cafe": "cafe_murmur",
    "snow": "snow_wind",
}

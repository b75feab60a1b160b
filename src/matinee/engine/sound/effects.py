"""Effects: single sounds that somebody in the script asked for by name.

Animals and horns are a source and a throat, machines are pulses and noise, struck things come from
`foley`. Every effect is made anew from its seed, so two doors never close alike.
"""

from collections.abc import Callable

import numpy as np

from . import ambience, creatures, crowds, foley, signals
from .creatures import throat
from .cues import SoundUnknown
from .filters import convolved
from .signals import (
    Floats,
    add_at,
    band,
    buzz,
    coloured_noise,
    faded,
    glide,
    grains,
    peaked,
    resonant,
    ringing,
    samples_in,
    struck_envelope,
    times,
    tone,
)
from .voices import stable_seed

Maker = Callable[[np.random.Generator], Floats]
# The level of an effect of gain 1, by its loudest tenth of a second.
LEVEL_DBFS = -19.0


def effect(name: str, seed: int) -> Floats:
    """Return an effect, (n,) or (n, 2), that starts at its first sample; raises SoundUnknown.

    Its loudest 100 ms are at -19 dBFS.
    """
    maker = MAKERS.get(_ALIASES.get(name, name))
    if maker is None:
        raise SoundUnknown("effect", name, EFFECTS)
    sound = maker(np.random.default_rng(stable_seed("effect", seed, name)))
    power = sound**2 if sound.ndim == 1 else (sound**2).mean(axis=1)
    block = min(samples_in(0.1), len(power))
    total = np.concatenate([[0.0], np.cumsum(power)])
    loudest = float(np.sqrt(np.max(total[block:] - total[:-block]) / block))
    return faded(sound * (signals.decibels(LEVEL_DBFS) / max(loudest, 1e-9)), 0.0, 0.03)


def _hit(a: str, b: str, strength: float, rng: np.random.Generator) -> Floats:
    return peaked(foley.impact(foley.material_named(a), foley.material_named(b), strength, rng))


def _sequence(length_s: float, *parts: tuple[float, Floats]) -> Floats:
    out = np.zeros(samples_in(length_s))
    for start_s, sound in parts:
        add_at(out, sound, samples_in(start_s))
    return out


def _door(rng: np.random.Generator) -> Floats:
    count = samples_in(0.7)
    strain = grains(count, rng, per_s=glide(count, (0, 40), (0.5, 95), (1, 30)), sharpness=1.0)
    creak = resonant(strain, ((430, 60, 1.0), (980, 90, 0.8), (1_900, 150, 0.4)))
    creak *= glide(count, (0, 0), (0.2, 1), (0.8, 0.7), (1, 0))
    latch = _hit("metal", "wood", 0.5, rng)[: samples_in(0.2)]
    shut = _hit("wood", "wood", 0.9, rng)
    return _sequence(1.5, (0.0, peaked(creak, 0.35)), (0.74, shut), (0.79, 0.3 * latch))


def _door_slam(rng: np.random.Generator) -> Floats:
    rattle = _hit("metal", "wood", 0.6, rng)[: samples_in(0.25)]
    boom = coloured_noise(samples_in(0.5), rng, ((40, 0), (160, -4), (900, -22), (5_000, -45)))
    boom *= struck_envelope(len(boom), 0.002, 0.3) * 0.25
    return _sequence(0.9, (0.0, _hit("wood", "wood", 1.0, rng)), (0.0, boom), (0.05, 0.25 * rattle))


def _knock(rng: np.random.Generator) -> Floats:
    return _sequence(
        1.0, *((0.24 * i, _hit("flesh", "wood", rng.uniform(0.6, 0.9), rng)) for i in range(3))
    )


def _engine(rng: np.random.Generator) -> Floats:
    count = samples_in(2.6)
    starter = glide(count, (0, 9), (0.22, 11), (0.25, 30), (0.42, 62), (0.6, 34), (1, 27))
    running = glide(count, (0, 0), (0.24, 0), (0.3, 1), (1, 0.8))
    cranking = glide(count, (0, 0.5), (0.22, 0.5), (0.26, 0), (1, 0))
    firing = starter * (1.0 + 0.04 * rng.standard_normal(count))
    pulses = buzz(firing, count, brightness=0.93)
    body = resonant(pulses, ((85, 40, 1.2), (190, 80, 0.8), (420, 160, 0.4), (1_100, 500, 0.12)))
    whine = tone(glide(count, (0, 300), (0.22, 380), (1, 380)), count) * 0.08
    return body * running + (body * 0.4 + whine) * cranking


def _car_horn(rng: np.random.Generator) -> Floats:
    count = samples_in(rng.uniform(0.5, 0.7))
    horn = buzz(415.0, count, brightness=0.86) + buzz(523.0, count, brightness=0.86)
    return faded(resonant(horn, ((900, 500, 1), (2_100, 800, 0.6))), 0.015, 0.05)


def _horn(rng: np.random.Generator) -> Floats:
    count = samples_in(2.2)
    pitch = 147.0 * glide(count, (0, 0.96), (0.06, 1.0), (1, 0.995))
    pitch *= 1.0 + 0.004 * np.sin(2 * np.pi * 4.6 * times(count))
    call = throat(
        count, pitch, ((380, 150, 1), (800, 250, 0.8), (1_500, 500, 0.35)),
        brightness=0.88, breath=0.12, rng=rng,
    )  # fmt: skip
    return call * glide(count, (0, 0), (0.06, 0.8), (0.3, 1), (0.85, 0.9), (1, 0))


def _fanfare(rng: np.random.Generator) -> Floats:
    notes = ((0.0, 0.18, 392.0), (0.2, 0.18, 392.0), (0.4, 0.9, 587.3), (0.4, 0.9, 392.0))
    parts = []
    for start, length, hertz in notes:
        count = samples_in(length)
        brass = throat(
            count, np.full(count, hertz), ((700, 400, 1), (1_500, 600, 0.9), (2_600, 900, 0.4)),
            brightness=0.86, breath=0.05, rng=rng,
        )  # fmt: skip
        parts.append((start, faded(brass, 0.02, 0.08)))
    return _sequence(1.45, *parts)


def _siren(_rng: np.random.Generator) -> Floats:
    count = samples_in(2.8)
    pitch = 900.0 + 380.0 * np.sin(2 * np.pi * 0.72 * times(count) - 1.2)
    wail = buzz(pitch, count, brightness=0.6)
    return faded(resonant(wail, ((1_100, 700, 1), (2_400, 900, 0.4))), 0.1, 0.4)


def _explosion(rng: np.random.Generator) -> Floats:
    count = samples_in(3.4)
    blast = coloured_noise(count, rng, ((30, 0), (120, -2), (900, -10), (5_000, -22)))
    low = coloured_noise(count, rng, ((25, 2), (70, 0), (200, -14), (900, -40)))
    pitch = glide(count, (0, 75), (0.1, 38), (1, 26))
    boom = tone(pitch, count) * struck_envelope(count, 0.004, 1.6)
    debris = band(grains(count, rng, per_s=glide(count, (0, 900), (0.3, 260), (1, 5))), 400, 7_000)
    left = blast * struck_envelope(count, 0.002, 1.1) + low * struck_envelope(count, 0.02, 3.2)
    crackle = debris * struck_envelope(count, 0.05, 2.4)
    return np.tanh(0.8 * (left + 1.2 * boom)) + 2.0 * crackle


def _laser(_rng: np.random.Generator) -> Floats:
    count = samples_in(0.38)
    pitch = 300.0 + 2_900.0 * np.exp(-times(count) * 13.0)
    zap = tone(pitch, count) + 0.5 * buzz(pitch * 0.5, count, brightness=0.7)
    return zap * struck_envelope(count, 0.002, 0.36)


def _magic(rng: np.random.Generator) -> Floats:
    count = samples_in(1.8)
    out = np.zeros(count)
    scale = 1_046.5 * 2.0 ** (np.array([0, 2, 4, 7, 9, 12, 14, 16, 19, 21, 24]) / 12.0)
    for index in range(26):
        start = samples_in(0.035 * index + rng.uniform(0.0, 0.03))
        hertz = scale[min(len(scale) - 1, index * len(scale) // 26)] * rng.choice((1.0, 2.0))
        bell = ringing(count - start, (hertz, hertz * 2.76), (0.7, 0.3), (1.0, 0.3))
        add_at(out, bell * rng.uniform(0.2, 0.6), start)
    return out


def _bell(rng: np.random.Generator) -> Floats:
    return _church_partials(rng.uniform(820.0, 900.0), 1.8)


def _church_bell(rng: np.random.Generator) -> Floats:
    return _church_partials(rng.uniform(205.0, 225.0), 5.5)


def _church_partials(strike_hz: float, decay_s: float) -> Floats:
    """Return a bell by its named partials: hum, prime, tierce, quint, nominal and above."""
    proportions = np.array((0.5, 1.0, 1.2, 1.5, 2.0, 2.51, 2.66, 3.01, 4.17, 5.43))
    gains = (0.5, 0.7, 0.8, 0.35, 1.0, 0.35, 0.3, 0.4, 0.25, 0.15)
    decays = (
        decay_s / np.sqrt(proportions) * np.array((1.3, 1, 0.9, 0.6, 0.7, 0.5, 0.5, 0.4, 0.3, 0.2))
    )
    count = samples_in(decay_s * 0.8)
    # Two modes that are not quite equal make a bell beat.
    clang = ringing(count, strike_hz * proportions, decays, gains)
    return clang + 0.6 * ringing(count, strike_hz * proportions * 1.0021, decays, gains)


def _phone(_rng: np.random.Generator) -> Floats:
    count = samples_in(0.4)
    trill = tone(440.0, count) + tone(480.0, count) + 0.3 * tone(880.0, count)
    burst = faded(trill * (0.75 + 0.25 * np.sin(2 * np.pi * 20 * times(count))), 0.01, 0.03)
    return _sequence(1.2, (0.0, burst), (0.6, burst))


def _message(_rng: np.random.Generator) -> Floats:
    ping = ringing(samples_in(0.5), (1_318.5, 2_637.0), (0.4, 0.2), (1.0, 0.25))
    return _sequence(0.7, (0.0, ping * 0.7), (0.12, ringing(len(ping), (1_760.0,), (0.5,), (1,))))


def _heartbeat(rng: np.random.Generator) -> Floats:
    def thump(hertz: float, gain: float) -> Floats:
        count = samples_in(0.2)
        pitch = hertz * glide(count, (0, 1.5), (0.3, 1), (1, 0.8))
        return gain * tone(pitch, count) * struck_envelope(count, 0.012, 0.17)

    beats = [
        (0.9 * i + late, thump(h, g))
        for i in range(3)
        for late, h, g in ((0, 52, 1), (0.28, 60, 0.65))
    ]
    del rng
    return _sequence(2.7, *beats)


def _gunshot(rng: np.random.Generator) -> Floats:
    count = samples_in(1.2)
    crack = coloured_noise(count, rng, ((80, -2), (600, 0), (4_000, -4), (14_000, -12)))
    tail = coloured_noise(count, rng, ((60, 0), (400, -4), (2_000, -18), (8_000, -40)))
    return np.tanh(2.5 * crack * struck_envelope(count, 0.0003, 0.09)) + 0.35 * tail * (
        struck_envelope(count, 0.01, 0.9)
    )


def _sword(rng: np.random.Generator) -> Floats:
    clash = _hit("metal", "metal", 1.0, rng)
    count = samples_in(0.9)
    blade = rng.uniform(1_900.0, 2_400.0)
    ring = ringing(
        count,
        blade * np.array((1, 1.51, 2.1, 2.76, 3.9)),
        (0.9, 0.7, 0.6, 0.4, 0.3),
        (1, 0.8, 0.7, 0.5, 0.4),
    )
    return _sequence(1.0, (0.0, clash), (0.0, 0.4 * ring))


def _bounce(rng: np.random.Generator) -> Floats:
    parts, moment, gap = [], 0.0, 0.42
    for index in range(6):
        strength = 0.95 * 0.75**index
        parts.append((moment, strength * _hit("rubber", "wood", strength, rng)))
        moment, gap = moment + gap, gap * 0.74
    return _sequence(2.0, *parts)


def _coins(rng: np.random.Generator) -> Floats:
    parts = []
    for _ in range(7):
        base = rng.uniform(3_200, 5_200)
        clink = ringing(
            samples_in(0.25), base * np.array((1, 1.43, 2.1)), (0.2, 0.12, 0.08), (1, 0.7, 0.4)
        )
        parts.append((rng.uniform(0, 0.35), clink * rng.uniform(0.3, 1)))
    return _sequence(0.8, *parts)


def _cash_register(rng: np.random.Generator) -> Floats:
    bell = ringing(samples_in(0.9), (2_350.0, 4_890.0, 7_100.0), (0.8, 0.4, 0.2), (1, 0.4, 0.2))
    drawer = foley.slide(foley.material_named("wood"), foley.material_named("metal"), 0.4, rng)
    return _sequence(1.2, (0.0, 0.3 * peaked(drawer)), (0.16, bell), (0.3, 0.3 * _coins(rng)))


def _shutter(rng: np.random.Generator) -> Floats:
    click = _hit("metal", "plastic", 0.7, rng)[: samples_in(0.05)]
    return _sequence(0.25, (0.0, faded(click, 0, 0.02)), (0.085, 0.7 * faded(click, 0, 0.02)))


def _typing(rng: np.random.Generator) -> Floats:
    parts, moment = [], 0.0
    for _ in range(11):
        key = _hit("plastic", "plastic", rng.uniform(0.3, 0.7), rng)[: samples_in(0.06)]
        parts.append((moment, faded(key, 0, 0.02) * rng.uniform(0.5, 1)))
        moment += rng.uniform(0.07, 0.19)
    return _sequence(moment + 0.1, *parts)


def _clock(rng: np.random.Generator) -> Floats:
    tick = _hit("metal", "wood", 0.3, rng)[: samples_in(0.06)]
    return _sequence(
        3.0, *((0.5 * i, faded(tick, 0, 0.03) * (1.0 if i % 2 else 0.75)) for i in range(6))
    )


def _beep(_rng: np.random.Generator) -> Floats:
    notes = ((0.0, 880.0), (0.11, 1_318.5), (0.2, 1_046.5), (0.32, 1_568.0))
    parts = []
    for start, hertz in notes:
        count = samples_in(0.08)
        square = np.tanh(3.0 * tone(hertz, count)) + 0.3 * tone(hertz * 1.5, count)
        parts.append((start, faded(square, 0.004, 0.02)))
    return _sequence(0.5, *parts)


def _servo(rng: np.random.Generator) -> Floats:
    count = samples_in(0.7)
    pitch = rng.uniform(260, 320) * glide(count, (0, 0.6), (0.2, 1.5), (0.75, 1.4), (1, 0.5))
    whirr = buzz(pitch, count, brightness=0.7) + 0.5 * tone(pitch * 3.03, count)
    return band(whirr, 250, 6_000) * glide(count, (0, 0), (0.08, 1), (0.9, 0.9), (1, 0))


def _drum_roll(rng: np.random.Generator) -> Floats:
    count = samples_in(2.0)
    hits = grains(count, rng, per_s=34.0, sharpness=0.6)
    snare = coloured_noise(samples_in(0.1), rng, ((160, 0), (1_200, -6), (7_000, -8)))
    snare *= struck_envelope(len(snare), 0.001, 0.09)
    rolled = convolved(hits, snare)[:count]
    return rolled * glide(count, (0, 0.25), (0.85, 1.0), (1, 0.9))


def _applause(rng: np.random.Generator) -> Floats:
    count = samples_in(3.5)
    clapping = crowds.applause(count, rng)
    return clapping * glide(count, (0, 0.2), (0.15, 1), (0.6, 0.9), (1, 0))[:, None]


def _cheer(rng: np.random.Generator) -> Floats:
    count = samples_in(3.6)
    people = crowds.cheering(count, rng)
    hands = 0.35 * crowds.applause(count, rng, hands=24)
    return (people + hands) * glide(count, (0, 0), (0.12, 1), (0.55, 0.85), (1, 0))[:, None]


def _gasp(rng: np.random.Generator) -> Floats:
    count = samples_in(0.9)
    air = coloured_noise(count, rng, ((400, -14), (1_100, 0), (2_600, -3), (8_000, -18)))
    people = crowds.textured(crowds.roar(), count, rng)
    swell = glide(count, (0, 0), (0.25, 1), (0.5, 0.5), (1, 0))[:, None]
    return (0.8 * air[:, None] + 0.35 * people) * swell


def _laughter(rng: np.random.Generator) -> Floats:
    parts = []
    for _ in range(5):
        base, late = rng.uniform(140, 330), rng.uniform(0.0, 0.3)
        for index in range(int(rng.integers(4, 7))):
            count = samples_in(0.12)
            pitch = base * (1.2 - 0.06 * index) * glide(count, (0, 1.1), (1, 0.9))
            ha = throat(
                count, pitch, ((760, 160, 1), (1_300, 220, 0.7), (2_700, 400, 0.3)),
                brightness=0.78, breath=0.9, rng=rng,
            )  # fmt: skip
            parts.append((late + 0.19 * index, ha * np.sin(np.pi * np.linspace(0, 1, count))))
    return _sequence(1.7, *parts)


def _steam(rng: np.random.Generator) -> Floats:
    count = samples_in(1.4)
    hiss = coloured_noise(count, rng, ((500, -22), (3_000, -4), (7_000, 0), (14_000, -6)))
    return hiss * glide(count, (0, 0), (0.08, 1), (0.4, 0.7), (1, 0))


def _ignite(rng: np.random.Generator) -> Floats:
    count = samples_in(1.3)
    rush = coloured_noise(count, rng, ((50, -2), (180, 0), (900, -9), (5_000, -26)))
    return rush * glide(count, (0, 0), (0.12, 1), (0.4, 0.5), (1, 0))


def _pour(rng: np.random.Generator) -> Floats:
    count = samples_in(2.0)
    water = foley.material_named("water")
    out = 0.4 * coloured_noise(count, rng, ((400, -12), (1_600, 0), (5_000, -9)))
    for start in np.arange(0.0, 1.7, 0.12):
        add_at(out, 0.5 * peaked(foley.splash(water, water, 0.1, rng)), samples_in(start))
    # A vessel that fills has an ever shorter column of air above the water.
    rising = [resonant(out, ((hertz, 120, 1.0),)) for hertz in (480.0, 650.0, 880.0, 1_200.0)]
    place = np.linspace(0, 3, count)
    voice = sum(
        (sound * np.clip(1.0 - np.abs(place - i), 0, 1) for i, sound in enumerate(rising)),
        np.zeros(count),
    )
    return (0.5 * out + voice) * glide(count, (0, 0), (0.05, 1), (0.9, 1), (1, 0))


def _camera_flash(rng: np.random.Generator) -> Floats:
    count = samples_in(0.9)
    charge = tone(glide(count, (0, 1_800), (1, 7_500)), count) * glide(count, (0, 0), (1, 0.12))
    return _sequence(1.0, (0.0, _shutter(rng)), (0.1, charge[: samples_in(0.8)] * 0.5))


def _contact(kind: str, a: str, b: str, strength: float) -> Maker:
    makers = {
        "splash": foley.splash,
        "break": foley.shatter,
        "whoosh": foley.whoosh,
        "cloth": foley.rustle,
        "clap": foley.clap,
        "impact": foley.impact,
    }

    def make(rng: np.random.Generator) -> Floats:
        return makers[kind](foley.material_named(a), foley.material_named(b), strength, rng)

    return make


def _bed(name: str, length_s: float) -> Maker:
    def make(rng: np.random.Generator) -> Floats:
        seed = int(rng.integers(0, 2**31))
        return faded(ambience.ambience(name, length_s, seed), 0.3, 0.8)

    return make


MAKERS: dict[str, Maker] = {
    "door": _door,
    "door_slam": _door_slam,
    "knock": _knock,
    "clap": _contact("clap", "flesh", "flesh", 0.8),
    "applause": _applause,
    "cheer": _cheer,
    "gasp": _gasp,
    "laughter": _laughter,
    "dog_bark": creatures.dog_bark,
    "cat_meow": creatures.cat_meow,
    "bird": ambience.bird_call,
    "rooster": creatures.rooster,
    "horse": creatures.horse,
    "cow": creatures.cow,
    "lion_roar": creatures.lion_roar,
    **creatures.CALLS,
    "engine": _engine,
    "car_pass": ambience.car_pass,
    "car_horn": _car_horn,
    "siren": _siren,
    "horn": _horn,
    "fanfare": _fanfare,
    "thunder": ambience.thunder,
    "bell": _bell,
    "church_bell": _church_bell,
    "phone": _phone,
    "message": _message,
    "heartbeat": _heartbeat,
    "explosion": _explosion,
    "gunshot": _gunshot,
    "laser": _laser,
    "magic": _magic,
    "sword": _sword,
    "whoosh": _contact("whoosh", "cloth", "cloth", 0.7),
    "cloth": _contact("cloth", "cloth", "cloth", 0.7),
    "splash": _contact("splash", "stone", "water", 0.8),
    "glass_break": _contact("break", "glass", "stone", 0.9),
    "thud": _contact("impact", "flesh", "earth", 0.9),
    "punch": _contact("impact", "flesh", "flesh", 1.0),
    "crash": _contact("break", "metal", "concrete", 1.0),
    "ball_bounce": _bounce,
    "coins": _coins,
    "cash_register": _cash_register,
    "camera_shutter": _shutter,
    "camera_flash": _camera_flash,
    "typing": _typing,
    "clock": _clock,
    "robot_beep": _beep,
    "servo": _servo,
    "drum_roll": _drum_roll,
    "steam": _steam,
    "ignite": _ignite,
    "pour": _pour,
    "wind_gust": _bed("wind", 3.0),
    "wave": _bed("sea_waves", 5.0),
    "fire": _bed("fire", 4.0),
    "rain": _bed("rain_heavy", 4.0),
    "crowd": _bed("arena_crowd", 4.0),
}
EFFECTS = tuple(MAKERS)
_ALIASES = {
    "door_close": "door",
    "door_open": "door",
    "bark": "dog_bark",
    "dog": "dog_bark",
    "meow": "cat_meow",
    "cat": "cat_meow",
    "birds": "bird",
    "birdsong": "bird",
    "lion": "lion_roar",
    "roar": "lion_roar",
    "neigh": "horse",
    "howl": "wolf_howl",
    "growl": "dog_growl",
    "purr": "cat_purr",
    "hiss": "snake_hiss",
    "buzzing": "bee_buzz",
    "moo": "cow",
    "quack": "duck_quack",
    "oink": "pig_oink",
    "croak": "frog_croak",
    "squeak": "mouse_squeak",
    "hoot": "owl_hoot",
    "caw": "crow_caw",
    "dragon_roar": "monster_roar",
    "dinosaur_roar": "monster_roar",
    "car": "car_pass",
    "honk": "car_horn",
    "trumpet": "fanfare",
    "ring": "phone",
    "phone_ring": "phone",
    "telephone": "phone",
    "notification": "message",
    "boom": "explosion",
    "shot": "gunshot",
    "sparkle": "magic",
    "sword_clash": "sword",
    "laugh": "laughter",
    "laughing": "laughter",
    "cheering": "cheer",
    "crowd_cheer": "cheer",
    "clapping": "applause",
    "break": "glass_break",
    "shatter": "glass_break",
    "impact": "thud",
    "coin": "coins",
    "shutter": "camera_shutter",
    "keyboard": "typing",
    "beep": "robot_beep",
    "tick": "clock",
    "wind": "wind_gust",
    "waves": "wave",
    "swoosh": "whoosh",
}

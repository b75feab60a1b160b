"""Foley: what is heard when things touch, synthesised from what they are made of.

A body rings in its modes (frequencies, decays), a blow excites them the more brightly the harder
and stiffer it is (van den Doel and Pai, "The Sounds of Physical Shapes", Presence 7, 1998), and
loose ground answers with many small grains. No two blows are the same.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from . import signals
from .cues import ContactCue, SoundUnknown
from .signals import Floats, band, coloured_noise, grains, ringing, samples_in, struck_envelope
from .voices import stable_seed


@dataclass(frozen=True)
class Material:
    """What a body sounds like when it is struck.

    `ring_hz` is its lowest audible mode and `ring_s` the time in which that mode loses 60 dB;
    `modes` are the proportions of the modes; `stiffness` 0..1 decides how bright a blow is;
    `thud` is the share of a dull low knock, `grit` of loose grains, `hiss` of rubbed noise.
    """

    ring_hz: float
    ring_s: float
    stiffness: float
    modes: tuple[float, ...] = (1.0, 2.3, 3.7, 5.1)
    ring: float = 1.0
    thud: float = 0.3
    grit: float = 0.0
    grit_hz: tuple[float, float] = (1_500.0, 7_000.0)
    hiss: float = 0.0


# A free bar, a plate and a shell; the proportions are those of Fletcher and Rossing, "The Physics
# of Musical Instruments", chapters 2 and 3.
_BAR = (1.0, 2.756, 5.404, 8.933, 13.34)
_PLATE = (1.0, 1.59, 2.14, 2.3, 2.65, 2.92, 3.6, 4.06, 5.13, 6.5)
_SHELL = (1.0, 2.32, 2.67, 4.25, 5.1, 6.63, 8.2, 9.4)

MATERIALS_BY_NAME = {
    "wood": Material(310, 0.13, 0.45, (1.0, 1.9, 2.75, 4.1, 5.6), thud=0.5, hiss=0.12),
    "metal": Material(720, 1.1, 0.95, _PLATE, thud=0.15, hiss=0.05),
    "glass": Material(2_050, 0.45, 0.9, _SHELL, thud=0.06),
    "ceramic": Material(1_450, 0.2, 0.85, _SHELL, thud=0.15),
    "stone": Material(880, 0.045, 0.85, _BAR, ring=0.6, thud=0.45, grit=0.1, hiss=0.15),
    "concrete": Material(640, 0.035, 0.8, _BAR, ring=0.45, thud=0.5, grit=0.12, hiss=0.18),
    "tiles": Material(1_250, 0.06, 0.85, _SHELL, ring=0.7, thud=0.35, hiss=0.1),
    "plastic": Material(540, 0.06, 0.5, _BAR, ring=0.8, thud=0.35, hiss=0.1),
    "rubber": Material(125, 0.11, 0.12, (1.0, 1.8), ring=0.7, thud=0.7),
    "leather": Material(210, 0.04, 0.25, (1.0, 1.7), ring=0.3, thud=0.5, hiss=0.3),
    "flesh": Material(95, 0.06, 0.15, (1.0, 1.6), ring=0.4, thud=0.8, hiss=0.25),
    "cloth": Material(160, 0.03, 0.06, (1.0,), ring=0.1, thud=0.3, hiss=0.6),
    "paper": Material(700, 0.02, 0.3, _BAR, ring=0.1, thud=0.05, grit=0.6, hiss=0.5),
    "water": Material(420, 0.12, 0.3, (1.0, 1.6, 2.3), ring=0.25, thud=0.4, hiss=0.9),
    "sand": Material(110, 0.03, 0.1, (1.0,), ring=0.1, thud=0.4, grit=0.9, hiss=0.5),
    "earth": Material(105, 0.05, 0.15, (1.0, 1.7), ring=0.3, thud=0.9, grit=0.3, hiss=0.2),
    "gravel": Material(600, 0.03, 0.6, _BAR, ring=0.2, thud=0.3, grit=1.0, hiss=0.2),
    "grass": Material(115, 0.04, 0.1, (1.0,), ring=0.15, thud=0.5, grit=0.35, hiss=0.6),
    "leaves": Material(130, 0.03, 0.15, (1.0,), ring=0.1, thud=0.3, grit=1.0, hiss=0.5),
    "snow": Material(150, 0.04, 0.1, (1.0, 1.5), ring=0.15, thud=0.35, grit=1.0, hiss=0.35),
    "asphalt": Material(520, 0.03, 0.7, _BAR, ring=0.35, thud=0.55, grit=0.25, hiss=0.25),
    "wet_asphalt": Material(520, 0.03, 0.7, _BAR, ring=0.3, thud=0.5, grit=0.12, hiss=0.8),
    "carpet": Material(120, 0.03, 0.08, (1.0,), ring=0.1, thud=0.6, hiss=0.25),
}
MATERIALS = tuple(MATERIALS_BY_NAME)
_ALIASES = {
    "fabric": "cloth",
    "skin": "flesh",
    "mud": "earth",
    "dirt": "earth",
    "tile": "tiles",
    "brick": "concrete",
    "plaster": "concrete",
    "marble": "stone",
    "ice": "glass",
    "foliage": "leaves",
    "road": "asphalt",
    "asphalt_wet": "wet_asphalt",
    "asphalt_dry": "asphalt",
    "steel": "metal",
    "iron": "metal",
    "gold": "metal",
    "porcelain": "ceramic",
    "clay": "ceramic",
    "cardboard": "paper",
    "fur": "cloth",
    "food": "flesh",
    "fruit": "flesh",
    "shoe": "leather",
    "foam": "cloth",
}
# The peak of the faintest contact, and how much louder the hardest is.
_FAINTEST_DB, _RANGE_DB = -20.0, 19.0


def material_named(name: str) -> Material:
    """Return a material, by its own name or a common synonym; raises SoundUnknown."""
    try:
        return MATERIALS_BY_NAME[_ALIASES.get(name, name)]
    except KeyError:
        raise SoundUnknown("material", name, MATERIALS) from None


def contact(cue: ContactCue, seed: int) -> Floats:
    """Return the sound of a contact, one channel, that starts at its first sample.

    Its peak is -1 dBFS at full strength and falls to -20 with the strength. Raises SoundUnknown
    for a kind or a material that does not exist.
    """
    kind = _KIND_ALIASES.get(cue.kind, cue.kind)
    sound_of = _KINDS.get(kind)
    if sound_of is None:
        raise SoundUnknown("contact", cue.kind, CONTACTS)
    strength = min(1.0, max(0.0, cue.strength))
    rng = np.random.default_rng(
        stable_seed("contact", seed, cue.kind, cue.material_a, cue.material_b, f"{cue.time_s:.4f}")
    )
    moving, met = material_named(cue.material_a), material_named(cue.material_b)
    if kind == "footstep":
        sound = footstep(_ALIASES.get(cue.material_b, cue.material_b), strength, rng)
    else:
        sound = sound_of(moving, met, strength, rng)
    loud = signals.peaked(sound) * signals.decibels(_FAINTEST_DB + _RANGE_DB * strength**0.6)
    return signals.faded(loud, 0.0, 0.02)


def impact(moving: Material, met: Material, strength: float, rng: np.random.Generator) -> Floats:
    """Return a blow of one body on another: both ring, the softer one decides how brightly."""
    stiffness = min(moving.stiffness, met.stiffness) * 0.7 + 0.3 * max(
        moving.stiffness, met.stiffness
    )
    # Hertz: a harder and stiffer blow is shorter, so its spectrum reaches further up.
    contact_s = 0.00025 + 0.006 * (1.0 - stiffness) ** 2 * (1.3 - strength)
    longest = max(moving.ring_s * 0.8, met.ring_s)
    count = samples_in(min(2.2, 0.12 + 1.2 * longest))
    sound = np.zeros(count)
    for body, weight in ((moving, 0.7), (met, 1.0)):
        sound += weight * _modes(body, count, contact_s, rng)
        sound += weight * body.thud * _thud(count, stiffness, rng)
        if body.grit:
            sound += weight * body.grit * 0.6 * _grit(body, count, 0.09 + 0.1 * strength, rng)
        if body.hiss:
            sound += weight * body.hiss * 0.35 * _slap(count, contact_s, rng)
    if strength > 0.55 and longest < 0.2:
        bounce = samples_in(rng.uniform(0.07, 0.13))
        signals.add_at(sound, 0.25 * sound[: count - bounce].copy(), bounce)
    return sound


def footstep(ground: str, strength: float, rng: np.random.Generator) -> Floats:
    """Return one step: the heel, then the ball of the foot, and the ground's answer."""
    ground_itself = material_named(ground)
    # A foot damps what it stands on: no floor rings on like a struck gong.
    surface = replace(ground_itself, ring_s=min(ground_itself.ring_s, 0.16))
    count = samples_in(0.42)
    sound = np.zeros(count)
    roll_s = rng.uniform(0.075, 0.11) * (1.25 - 0.5 * strength)
    for place_s, weight in ((0.0, 1.0), (roll_s, rng.uniform(0.4, 0.6))):
        start = samples_in(place_s)
        left = count - start
        blow = 0.9 * surface.thud * _thud(left, surface.stiffness * 0.4, rng)
        contact_s = 0.0006 + 0.004 * (1.0 - surface.stiffness)
        blow += 0.35 * surface.ring * surface.stiffness * _modes(surface, left, contact_s, rng)
        blow += surface.stiffness * 0.5 * _slap(left, contact_s, rng)
        sound[start:] += weight * blow
    if surface.hiss:
        scuff = coloured_noise(count, rng, ((300, -12), (1_800, 0), (5_000, -4), (14_000, -22)))
        sound += 0.1 * surface.hiss * scuff * struck_envelope(count, 0.012, 0.22)
    if surface.grit:
        sound += surface.grit * 0.8 * _grit(surface, count, 0.17, rng)
    if ground == "snow":
        sound += 0.5 * _creak(count, rng)
    if ground in {"water", "wet_asphalt"}:
        deep = ground == "water"
        sound += (0.9 if deep else 0.2) * _bubbles(count, 26 if deep else 7, rng)
    return sound


def roll(moving: Material, met: Material, strength: float, rng: np.random.Generator) -> Floats:
    """Return a body rolling 0.9 s: small irregular blows that slow down."""
    count = samples_in(0.9)
    pace = signals.glide(count, (0.0, 55.0 + 90.0 * strength), (1.0, 18.0))
    blows = grains(count, rng, per_s=pace * 6.0)
    turning = 1.0 + 0.5 * np.sin(2 * np.pi * np.cumsum(pace / 12.0) / signals.RATE_HZ)
    sound = np.zeros(count)
    for body, weight in ((moving, 0.6), (met, 1.0)):
        tail = samples_in(min(0.25, body.ring_s + 0.02))
        answer = _modes(body, tail, 0.002, rng) + 0.5 * _thud(tail, 0.2, rng)
        sound += weight * np.convolve(blows, answer[:2_400])[:count]
    rumble = coloured_noise(count, rng, ((60, 0), (300, -4), (2_000, -26)))
    mixed = (signals.peaked(sound) + 0.12 * rumble) * turning
    return mixed * signals.glide(count, (0, 0.7), (0.1, 1), (0.6, 0.7), (1, 0.0))


def slide(moving: Material, met: Material, strength: float, rng: np.random.Generator) -> Floats:
    """Return a body dragged for half a second: rubbed noise through both bodies' resonances."""
    count = samples_in(0.4 + 0.2 * strength)
    centre = 700.0 + 2_600.0 * min(moving.stiffness, met.stiffness)
    rub = coloured_noise(
        count, rng, ((centre / 6, -22), (centre, 0), (centre * 3, -12), (18_000, -34))
    )
    stick = signals.wandering(count, rng, changes_hz=28.0, low=0.3, high=1.0)
    shape = signals.glide(count, (0, 0), (0.15, 1), (0.7, 0.7), (1, 0))
    body = _modes(met, samples_in(0.08), 0.001, rng)
    rung = np.convolve(rub * stick, signals.peaked(body, 0.06))[:count]
    return (rub * stick + rung) * shape


def splash(_moving: Material, _met: Material, strength: float, rng: np.random.Generator) -> Floats:
    """Return something falling into water: a slap, a spray and the bubbles that it drew down."""
    count = samples_in(0.7 + 0.7 * strength)
    spray = coloured_noise(count, rng, ((250, -8), (1_400, 0), (5_000, -5), (15_000, -16)))
    sound = 0.35 * spray * struck_envelope(count, 0.015, 0.45 + 0.5 * strength)
    sound += 0.9 * _thud(count, 0.2, rng)
    sound += 0.8 * _bubbles(count, int(30 + 70 * strength), rng)
    drops = band(
        grains(count, rng, per_s=signals.glide(count, (0, 20), (0.4, 160), (1, 5))), 900, 22_000
    )
    return sound + 0.3 * drops


def shatter(moving: Material, met: Material, strength: float, rng: np.random.Generator) -> Floats:
    """Return a body breaking: the blow, then shards that fall, ring and come to rest."""
    count = samples_in(0.9 + 0.6 * strength)
    sound = np.zeros(count)
    crack = impact(moving, met, 1.0, rng)
    signals.add_at(sound, signals.peaked(crack), 0)
    crash = coloured_noise(count, rng, ((400, -14), (3_500, 0), (9_000, -2), (18_000, -12)))
    sound += 0.3 * crash * struck_envelope(count, 0.001, 0.22)
    brittle = moving if moving.stiffness >= met.stiffness else met
    shards = int(14 + 26 * strength)
    for place in rng.exponential(0.22, shards):
        start = samples_in(place)
        if start < count:
            size = rng.uniform(1.0, 3.2)
            length = min(count - start, samples_in(0.22))
            modes = brittle.modes[:3]
            ping = ringing(
                length,
                [brittle.ring_hz * size * mode for mode in modes],
                [min(0.18, brittle.ring_s) / (1 + i) for i in range(len(modes))],
                rng.uniform(0.2, 1.0, 3)[: len(modes)],
                rng,
            )
            sound[start : start + length] += ping * 0.28 * rng.uniform(0.1, 1.0) ** 2
    return sound


def whoosh(_moving: Material, _met: Material, strength: float, rng: np.random.Generator) -> Floats:
    """Return air parted by something fast."""
    count = samples_in(0.5 - 0.2 * strength)
    air = coloured_noise(count, rng, ((150, -14), (700, 0), (2_500, -8), (12_000, -30)))
    bright = band(air, 900, 5_000, order=1)
    swell = np.sin(np.pi * np.linspace(0, 1, count) ** 0.7) ** 2
    return np.asarray(air * swell + 1.4 * bright * swell**3)


def rustle(_moving: Material, _met: Material, strength: float, rng: np.random.Generator) -> Floats:
    """Return cloth that moves."""
    count = samples_in(0.35 + 0.3 * strength)
    cloth = coloured_noise(count, rng, ((300, -16), (2_200, 0), (6_000, -5), (15_000, -20)))
    folds = signals.wandering(count, rng, changes_hz=16.0, low=0.0, high=1.0) ** 2
    return cloth * folds * np.sin(np.pi * np.linspace(0, 1, count))


def clap(_moving: Material, _met: Material, _strength: float, rng: np.random.Generator) -> Floats:
    """Return one clap of two hands."""
    count = samples_in(0.16)
    hollow = rng.uniform(850.0, 1_500.0)
    hands = coloured_noise(count, rng, ((300, -10), (hollow, 0), (3_500, -8), (12_000, -22)))
    sound = hands * struck_envelope(count, 0.0008, 0.07)
    cupped = ringing(count, (hollow * 0.55, hollow), (0.03, 0.02), (0.6, 0.5))
    return sound + 0.8 * cupped


_KINDS: dict[str, Callable[[Material, Material, float, np.random.Generator], Floats]] = {
    "footstep": impact,
    "impact": impact,
    "roll": roll,
    "slide": slide,
    "splash": splash,
    "break": shatter,
    "whoosh": whoosh,
    "cloth": rustle,
    "clap": clap,
}
CONTACTS = tuple(_KINDS)
_KIND_ALIASES = {
    "step": "footstep",
    "land": "impact",
    "hit": "impact",
    "strike": "impact",
    "drop": "impact",
    "punch": "impact",
    "kick": "impact",
    "grab": "cloth",
    "release": "cloth",
    "rustle": "cloth",
    "drag": "slide",
    "scrape": "slide",
    "shatter": "break",
    "swing": "whoosh",
    "throw": "whoosh",
}


def _modes(body: Material, count: int, contact_s: float, rng: np.random.Generator) -> Floats:
    """Ring a body's modes, weakened above what a blow of `contact_s` can excite."""
    proportions = np.array(body.modes) * rng.uniform(0.985, 1.015, len(body.modes))
    frequencies = body.ring_hz * rng.uniform(0.94, 1.06) * proportions
    reach = 1.0 / (1.0 + (frequencies * contact_s * 2.0) ** 2)
    gains = reach * rng.uniform(0.45, 1.0, len(frequencies)) / np.sqrt(proportions)
    decays = body.ring_s / proportions**0.7
    return body.ring * ringing(count, frequencies, decays, gains)


def _thud(count: int, stiffness: float, rng: np.random.Generator) -> Floats:
    """Return the dull low part of a blow: a short tone that falls, softened by noise."""
    length = min(count, samples_in(0.16))
    start_hz = rng.uniform(95.0, 130.0) * (1.0 + 0.9 * stiffness)
    fall = signals.glide(length, (0, start_hz * 1.7), (0.25, start_hz), (1, start_hz * 0.75))
    body = signals.tone(fall, length) * struck_envelope(length, 0.0015, 0.11)
    rough = coloured_noise(length, rng, ((60, 0), (250, -3), (900, -20), (4_000, -45)))
    out = np.zeros(count)
    out[:length] = body + 0.35 * rough * struck_envelope(length, 0.001, 0.06)
    return out


def _slap(count: int, contact_s: float, rng: np.random.Generator) -> Floats:
    """Return the short noise of two surfaces meeting."""
    length = min(count, samples_in(0.06))
    edge = min(14_000.0, 1.2 / contact_s)
    noise = coloured_noise(length, rng, ((200, -8), (edge * 0.5, 0), (edge * 1.3, -18)))
    out = np.zeros(count)
    out[:length] = noise * struck_envelope(length, 0.0005, 0.022) * 0.5
    return out


def _grit(body: Material, count: int, length_s: float, rng: np.random.Generator) -> Floats:
    """Return loose grains that are pressed aside."""
    density = 2_600.0 * struck_envelope(count, 0.012, length_s * 1.6)
    low, high = body.grit_hz
    crushed = band(grains(count, rng, per_s=density, sharpness=2.0), low * 0.5, high)
    return signals.peaked(crushed, 0.55)


def _creak(count: int, rng: np.random.Generator) -> Floats:
    """Return the squeak of snow that is pressed together."""
    length = samples_in(0.2)
    pulses = grains(length, rng, per_s=signals.glide(length, (0, 150), (0.5, 420), (1, 200)))
    squeak = signals.resonant(pulses, ((620.0, 160.0, 1.0), (1_350.0, 300.0, 0.7)))
    out = np.zeros(count)
    signals.add_at(out, signals.peaked(squeak, 0.5), samples_in(0.03))
    return out


def _bubbles(count: int, number: int, rng: np.random.Generator) -> Floats:
    """Return bubbles, each a sine that rises as it decays (Minnaert; van den Doel 2005)."""
    out = np.zeros(count)
    for place in rng.exponential(0.13, number):
        start = samples_in(0.01 + place)
        length = min(count - start, samples_in(0.09))
        if length < 64:
            continue
        hertz = rng.uniform(380.0, 2_400.0)
        rise = hertz * (1.0 + signals.times(length) * rng.uniform(0.5, 4.0))
        bubble = signals.tone(rise, length) * struck_envelope(
            length, 0.002, rng.uniform(0.03, 0.09)
        )
        out[start : start + length] += bubble * rng.uniform(0.05, 0.4)
    return out

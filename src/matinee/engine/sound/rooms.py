"""Rooms: how a sound at a distance reaches the microphone.

A room is a few early reflections and the tail of a feedback delay network (Jot and Chaigne, AES
90th Convention, 1991). The network is run once per room to give its impulse response, which every
sound in that room is then convolved with.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np

from .cues import SoundUnknown
from .filters import convolved
from .signals import RATE_HZ, Floats, band, rms, samples_in
from .voices import stable_seed

SPEED_OF_SOUND_M_S = 343.0


@dataclass(frozen=True)
class Room:
    """A space: `decay_s` is the time of 60 dB, `size_m` the typical way between walls.

    `wet` is the level of the room at one metre, `damping_hz` where its walls begin to swallow
    highs, `early` how strong single reflections are against the tail.
    """

    decay_s: float
    size_m: float
    wet: float
    damping_hz: float
    early: float = 1.0


ROOMS_BY_NAME = {
    "outdoors": Room(0.25, 14.0, 0.035, 4_000, 0.8),
    "street": Room(0.75, 18.0, 0.085, 4_500, 1.3),
    "forest": Room(0.6, 9.0, 0.07, 3_000, 0.5),
    "small_room": Room(0.38, 3.2, 0.16, 5_000),
    "kitchen": Room(0.5, 3.5, 0.2, 6_500, 1.2),
    "studio": Room(0.22, 3.5, 0.08, 3_500),
    "hall": Room(1.7, 15.0, 0.19, 4_500),
    "arena": Room(2.4, 40.0, 0.13, 3_500, 1.2),
    "church": Room(4.0, 26.0, 0.25, 4_000),
    "cave": Room(2.6, 10.0, 0.26, 3_000),
    "concert": Room(2.1, 19.0, 0.3, 5_500, 0.7),
}
ROOMS = tuple(ROOMS_BY_NAME)
_ALIASES = {
    "open": "outdoors",
    "outside": "outdoors",
    "field": "outdoors",
    "beach": "outdoors",
    "desert": "outdoors",
    "city": "street",
    "room": "small_room",
    "indoors": "small_room",
    "indoor": "small_room",
    "office": "small_room",
    "cafe": "small_room",
    "colosseum": "arena",
    "stadium": "arena",
}
_LINES = 8
# Mutually prime-ish proportions keep the echoes of the lines apart.
_ACROSS = np.array([[0.75, 0.4], [0.4, 0.75]])
_PAIR = np.array([[1.0, 1.0], [1.0, -1.0]])
# The Hadamard matrix of eight lines sends every echo into all of them, without loss.
_MIXING = np.kron(_PAIR, np.kron(_PAIR, _PAIR)) / np.sqrt(_LINES)
_PROPORTIONS = np.array([1.0, 1.127, 1.291, 1.409, 1.573, 1.721, 1.879, 2.037])


def room_named(name: str) -> Room:
    """Return a room, by its own name or a common synonym; raises SoundUnknown."""
    room = ROOMS_BY_NAME.get(_ALIASES.get(name, name))
    if room is None:
        raise SoundUnknown("room", name, ROOMS)
    return room


@cache
def impulse_response(name: str) -> Floats:
    """Return what a room answers to one click: (n, 2), without the direct sound, of energy 1."""
    room = room_named(name)
    rng = np.random.default_rng(stable_seed("room", name))
    count = samples_in(min(room.decay_s * 0.9, 3.0) + 0.08)
    tail = _network(room, count, rng)
    reflections = np.zeros((count, 2))
    for order in range(1, 10):
        way_m = room.size_m * (0.35 + 0.3 * order) * rng.uniform(0.85, 1.15)
        place = samples_in(way_m / SPEED_OF_SOUND_M_S)
        if place < count:
            side = rng.uniform(0.15, 0.85)
            strength = room.early / (1.0 + 0.55 * order) * rng.choice((-1.0, 1.0))
            reflections[place] += strength * np.array([np.sqrt(1 - side), np.sqrt(side)])
    reflections = band(reflections, 0, room.damping_hz * 2.2, order=1)
    tail /= max(rms(tail) * np.sqrt(2 * count), 1e-9)
    whole = band(0.55 * reflections / np.sqrt(3.0) + tail, 90.0, 22_000, order=1)
    return np.asarray(whole / np.sqrt(np.sum(whole**2) / 2.0))


def echo(sound: Floats, name: str, *, wet: float = 1.0) -> Floats:
    """Return what a room adds to a sound (n, 2), longer than it by the room's response."""
    response = impulse_response(name)
    strength = wet * room_named(name).wet
    if strength <= 0.0 or not len(sound):
        return np.zeros((len(sound) + len(response) - 1, 2))
    # Each side hears mostly its own reflections, and some of the other's.
    return convolved(sound @ (strength * _ACROSS), response)


def distance_gain(distance_m: float) -> float:
    """Return the level of a sound at a distance, 1 at 2 m.

    Film sound is no measurement: half of the physical 6 dB per doubling keeps far things audible.
    """
    return float(np.clip((max(distance_m, 0.4) / 2.0) ** -0.55, 0.08, 1.6))


def distance_wet(distance_m: float) -> float:
    """Return how much more of the room is heard at a distance, 1 at 2 m."""
    return float(np.clip((max(distance_m, 0.4) / 2.0) ** 0.6, 0.4, 4.0))


def air(sound: Floats, distance_m: float) -> Floats:
    """Take the highs that air and ground swallow on the way (beyond some ten metres)."""
    near_m = 8.0
    if distance_m <= near_m:
        return sound
    return band(sound, 0, max(1_800.0, 16_000.0 * near_m / distance_m), order=1)


def _network(room: Room, count: int, rng: np.random.Generator) -> Floats:
    """Return the tail (count, 2): the network's answer in three bands, each with its own decay.

    Walls swallow highs sooner, which a filter inside every loop would model; three loops without
    filters, of which each keeps one band, come to the same and run on whole blocks.
    """
    seed = int(rng.integers(0, 2**31))
    full = _loop(room, count, room.decay_s, seed)
    quick = _loop(room, count, room.decay_s * 0.55, seed)
    deep = _loop(room, count, room.decay_s * 1.12, seed)
    edge = room.damping_hz
    low = band(deep, 0, 350.0, order=1)
    middle = band(full, 350.0, edge, order=1)
    high = band(band(quick, edge, 22_000.0, order=1), 0, edge * 2.2, order=1)
    # Diffuse the click train of the first rounds into a smooth tail.
    spread = rng.standard_normal((480, 2)) * np.exp(-np.arange(480) / 120.0)[:, None]
    return convolved(low + middle + 0.8 * high, spread)[:count]


def _loop(room: Room, count: int, decay_s: float, seed: int) -> Floats:
    """Run the delay network on a click, block by block (a block is its shortest line)."""
    rng = np.random.default_rng(seed)
    shortest = room.size_m * 1.3 / SPEED_OF_SOUND_M_S
    delays = np.maximum((shortest * _PROPORTIONS * RATE_HZ).astype(int), 160)
    delays += rng.integers(0, 23, _LINES)
    block = int(delays.min())
    loss = (10.0 ** (-3.0 * delays / RATE_HZ / decay_s))[:, None]
    length = count + block
    lines = np.zeros((_LINES, length + int(delays.max())))
    lines[np.arange(_LINES), delays] = rng.choice((-1.0, 1.0), _LINES)
    for start in range(0, length, block):
        stop = min(start + block, length)
        sent = _MIXING @ (loss * lines[:, start:stop])
        for line in range(_LINES):
            first = start + delays[line]
            lines[line, first : first + stop - start] += sent[line]
    heard = lines[:, :count]
    return np.stack([heard[0::2].sum(axis=0), heard[1::2].sum(axis=0)], axis=1)

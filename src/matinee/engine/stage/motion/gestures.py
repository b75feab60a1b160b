"""Gestures: what hands and head say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from .controls import between, keyed, smooth
from .moment import Cue, Gesture, Moment, mix, still

if TYPE_CHECKING:
    from collections.abc import Callable

OPEN_HAND = (0.05, 0.0, 0.02, 0.04, 0.07)
FIST = (0.75, 0.95, 0.95, 0.95, 0.95)
POINTING = (0.35, -0.06, 0.85, 0.9, 0.92)


def wave(m: Moment) -> Gesture:
    """Wave with a raised hand, the forearm swinging about the elbow."""
    side = m.side
    swing = m.wave(1.75) * smooth(m.t / 0.5)
    hand = mix(0.42 + 0.15 * m.size * swing, 0.42 + 0.05 * m.size, 0.34)
    return Gesture(
        {
            f"hand_{side}": hand,
            f"pole_{side}": still((0.75, -1.0, -0.05)),
            f"wrist_{side}": mix(-0.15 - 0.2 * swing, -0.1, 0.22 * swing),
            f"fingers_{side}": still((0.05, 0.02, 0.03, 0.05, 0.08)),
        },
        {"head": mix(0.03 * m.wave(0.9), 0, 0.05), "spine": mix(0, 0, 0.03 * swing)},
    )


def point(m: Moment) -> Gesture:
    """Point at the target with a stretched arm."""
    side = m.nearer_hand()
    grow = smooth(m.t / 0.55)
    reach = m.towards(side, 0.93)
    thrust = 1 + 0.02 * m.wave(0.8)
    shoulder = m.shoulder(side)
    return Gesture(
        {
            f"reach_{side}": shoulder + (reach - shoulder) * thrust[:, None],
            f"reaching_{side}": grow[:, None],
            f"hand_{side}": still((0.2, 0.0, 0.85)),
            f"pole_{side}": still((0.7, -1.0, -0.2)),
            f"wrist_{side}": still((0.9, 0.0, 0.0)),
            f"fingers_{side}": still(POINTING),
        },
        {"spine": mix(0.02, (0.12 if side == "r" else -0.12) * grow, 0)},
    )


BEATS = (
    # out, up, forward; pronation, flexion: where a speaking hand likes to be
    (0.02, -0.52, 0.46, -0.35, 0.05),
    (0.22, -0.40, 0.52, -0.75, -0.1),
    (-0.06, -0.36, 0.50, 0.2, 0.1),
    (0.34, -0.46, 0.40, -0.9, -0.15),
    (0.06, -0.24, 0.52, 0.0, -0.2),
    (0.12, -0.62, 0.40, 0.35, 0.1),
)


def _phrases(m: Moment) -> np.ndarray:
    """Return when a speaker's hands arrive somewhere new, in seconds since the start."""
    times, now = [0.25], 0.25
    while now < m.length_s + 1:
        now += float(m.rng.uniform(0.55, 1.35)) / m.tempo
        times.append(now)
    return np.array(times)


def talk(m: Moment) -> Gesture:
    """Talk with the hands, in the rhythm of phrases; one leads, the other joins now and then."""
    times = _phrases(m)
    count = len(times)
    moves: dict[str, np.ndarray] = {}
    accent = np.zeros(len(m.t))
    for when in times:
        accent += np.exp(-(((m.t - when) / 0.13) ** 2))
    chosen = m.rng.integers(0, len(BEATS), count)
    for side in (m.side, m.other):
        lead = side == m.side
        keep = 0.92 if lead else 0.5
        places = []
        for index in range(count):
            at = np.array(BEATS[chosen[index] if lead else int(m.rng.integers(len(BEATS)))])
            low = np.array([0.14, -0.82, 0.22, 0.1, 0.1])
            share = float(m.size) if m.rng.random() < keep else 0.0
            places.append(low + (at - low) * np.clip(share, 0, 1.15) + m.rng.normal(0, 0.02, 5))
        path = keyed(m.t, times, places)
        beat = accent * (0.035 if lead else 0.02) * m.size
        hand = path[:, :3] + np.stack([0.3 * beat, -beat, 0.5 * beat], 1)
        moves[f"hand_{side}"] = hand
        moves[f"wrist_{side}"] = mix(path[:, 3], path[:, 4] - 0.25 * beat / 0.035 * 0.4, 0)
        moves[f"fingers_{side}"] = still((0.14, 0.06, 0.10, 0.14, 0.18)) + 0.06 * m.wander(0.5)
        moves[f"pole_{side}"] = still((0.75, -0.75, -0.6))
    nod = 0.055 * accent * m.size
    tilt = keyed(m.t, times, m.rng.normal(0, 1, (count, 3)) * [0.03, 0.09, 0.055])
    sway = keyed(m.t, times, m.rng.normal(0, 1, (count, 3)) * [0.02, 0.05, 0.02])
    return Gesture(moves, {"head": tilt + mix(nod, 0, 0), "spine": sway})


def listen(m: Moment) -> Gesture:
    """Listen: quiet hands, small nods, the head a little on one side."""
    times = np.cumsum(m.rng.uniform(1.1, 2.8, int(m.length_s) + 4))
    nod = np.zeros(len(m.t))
    for when in times:
        beat = (m.t - when) / 0.22
        nod += np.exp(-(beat**2)) - 0.5 * np.exp(-((beat - 1.5) ** 2))
    lean = 0.06 if m.rng.random() < 0.5 else -0.06
    return Gesture(
        {},
        {"head": mix(0.075 * nod * m.size, 0, lean * smooth(m.t)), "spine": mix(0.03, 0, lean / 2)},
    )


def nod(m: Moment) -> Gesture:
    """Nod yes."""
    fade = smooth(m.t / 0.2) * (1 - between(m.t, m.length_s - 0.3, m.length_s))
    return Gesture({}, {"head": mix(0.17 * m.size * fade * (0.35 + m.wave(1.5)), 0, 0)})


def look_around(m: Moment) -> Gesture:
    """Look to one side and the other, as if searching."""
    first = 1.0 if m.side == "l" else -1.0
    beats = np.array([0.0, 0.16, 0.36, 0.52, 0.74, 0.88, 1.0]) * m.length_s
    yaw = m.keys(beats, np.array([0, 0.75, 0.7, -0.15, -0.8, -0.7, 0]) * first * m.size)
    pitch = m.keys(beats, [0, -0.05, 0.08, 0, -0.12, 0.05, 0])
    return Gesture(
        {"gaze": still((0.0,))},
        {"head": mix(pitch, yaw * 0.8, 0.06 * yaw), "spine": mix(0, yaw * 0.35, 0)},
    )


def look(_: Moment) -> Gesture:
    """Look at the target: the gaze layer does it."""
    return Gesture()


MIDDLE = -0.30
"""How far inwards from the shoulder the middle of the body is, in arm lengths."""


def clap(m: Moment) -> Gesture:
    """Clap before the chest."""
    rate = 2.6 * m.tempo
    first = 0.3
    beat = (m.t - first) * rate
    apart = 0.5 - 0.5 * np.cos(2 * np.pi * beat)
    moves: dict[str, np.ndarray] = {}
    for side in (m.side, m.other):
        lead = side == m.side
        moves[f"hand_{side}"] = mix(
            MIDDLE + 0.055 + 0.16 * m.size * apart, -0.34 + (0.03 if lead else -0.03), 0.50
        )
        moves[f"wrist_{side}"] = still((0.1 if lead else -0.2, -0.1, 0.2))
        moves[f"fingers_{side}"] = still(OPEN_HAND)
        moves[f"pole_{side}"] = still((1.0, -0.7, -0.2))
    count = int(max(m.length_s - first, 0) * rate) + 1
    cues = [Cue("clap", first + index / rate, m.side) for index in range(count)]
    return Gesture(moves, {"spine": mix(0.02 * apart, 0, 0)}, cues)


def shrug(m: Moment) -> Gesture:
    """Shrug: shoulders up, palms out, head aside."""
    up = m.keys([0, 0.35, 0.9, 1.3], [0, 1, 0.9, 0.0]) * m.size
    moves: dict[str, np.ndarray] = {}
    adds: dict[str, np.ndarray] = {"head": mix(0.04 * up, 0, 0.16 * up)}
    for side in (m.side, m.other):
        adds[f"shrug_{side}"] = (0.38 * up)[:, None]
        moves[f"hand_{side}"] = mix(0.30 * up + 0.10, -0.86 + 0.34 * up, 0.15 + 0.30 * up)
        moves[f"wrist_{side}"] = mix(-1.15 * up, -0.25 * up, 0)
        moves[f"fingers_{side}"] = still(OPEN_HAND)
    return Gesture(moves, adds)


def bow(m: Moment) -> Gesture:
    """Bow from the hips, one hand before the belly."""
    down = m.keys([0, 0.7, 1.5, 2.3], [0, 1, 1, 0])
    side = m.side
    hand = mix(0.12 + (MIDDLE + 0.06 - 0.12) * down, -0.94 + 0.30 * down, 0.1 + 0.28 * down)
    return Gesture(
        {f"hand_{side}": hand, f"wrist_{side}": mix(0.4 * down, 0.1, 0)},
        {
            "tilt": mix(0.55 * down * m.size, 0, 0),
            "spine": mix(0.32 * down * m.size, 0, 0),
            "head": mix(0.15 * down, 0, 0),
            "pelvis": mix(0, 0, -0.10 * down),
        },
    )


def think(m: Moment) -> Gesture:
    """Think: chin on the hand, the other arm across, eyes up and away."""
    side, other = m.side, m.other
    tap = 0.10 * np.clip(m.wave(0.9), 0, 1)
    return Gesture(
        {
            f"hand_{side}": mix(MIDDLE + 0.12, 0.09, 0.33),
            f"pole_{side}": still((0.1, -1.0, 0.25)),
            f"wrist_{side}": still((0.35, -0.1, 0.1)),
            f"fingers_{side}": mix(0.25, 0.25 + tap, 0.7, 0.8, 0.85),
            f"hand_{other}": still((MIDDLE + 0.06, -0.46, 0.33)),
            f"pole_{other}": still((1.0, -0.8, 0.0)),
            f"wrist_{other}": still((1.0, 0.1, 0)),
        },
        {
            "head": mix(-0.06 + 0.03 * m.wave(0.2), 0.18 * m.wave(0.13), 0.08),
            "spine": mix(0.04, 0, 0),
        },
    )


def cry(m: Moment) -> Gesture:
    """Cry into the hands, shoulders shaking."""
    sob = np.clip(m.wave(1.6), -0.2, 1) * (0.6 + 0.4 * m.wave(0.25))
    moves: dict[str, np.ndarray] = {}
    for side in (m.side, m.other):
        moves[f"hand_{side}"] = mix(MIDDLE + 0.10, 0.17 + 0.015 * sob, 0.27)
        moves[f"pole_{side}"] = still((0.35, -1.0, 0.2))
        moves[f"wrist_{side}"] = still((-0.9, 0.15, 0.0))
        moves[f"fingers_{side}"] = still((0.2, 0.15, 0.15, 0.18, 0.22))
    adds = {"head": mix(0.42 + 0.03 * sob, 0, 0), "spine": mix(0.22 + 0.02 * sob, 0, 0)}
    adds |= {f"shrug_{side}": (0.12 + 0.07 * sob)[:, None] for side in (m.side, m.other)}
    return Gesture(moves, adds)


def laugh(m: Moment) -> Gesture:
    """Laugh with the whole trunk, a hand on the belly."""
    burst = np.clip(m.wave(0.35) + 0.5, 0, 1)
    shake = m.wave(4.6) * burst * m.size
    side = m.side
    return Gesture(
        {
            f"hand_{side}": mix(MIDDLE + 0.12, -0.52 + 0.01 * shake, 0.36),
            f"wrist_{side}": still((0.2, 0.2, 0)),
            f"fingers_{side}": still((0.2, 0.25, 0.3, 0.35, 0.4)),
        },
        {
            "spine": mix(0.10 * m.wave(0.3) + 0.022 * shake, 0, 0.03 * m.wave(0.4)),
            "head": mix(-0.16 * burst + 0.02 * shake, 0, 0.06 * m.wave(0.5)),
            f"shrug_{m.side}": (0.06 * shake)[:, None],
            f"shrug_{m.other}": (0.06 * shake)[:, None],
        },
    )


def salute(m: Moment) -> Gesture:
    """Salute."""
    side = m.side
    return Gesture(
        {
            f"hand_{side}": still((-0.02, 0.44, 0.30)),
            f"pole_{side}": still((1.0, -0.5, 0.1)),
            f"wrist_{side}": still((0.9, 0.0, 0.1)),
            f"fingers_{side}": still((0.15, 0.0, 0.0, 0.0, 0.02)),
        },
        {"spine": mix(-0.04, 0, 0)},
    )


def pray(m: Moment) -> Gesture:
    """Hold the palms together before the chest, head bowed."""
    moves: dict[str, np.ndarray] = {}
    for side in (m.side, m.other):
        moves[f"hand_{side}"] = mix(MIDDLE + 0.045, -0.26 + 0.01 * m.wave(0.2), 0.40)
        moves[f"pole_{side}"] = still((1.0, -0.9, 0.0))
        moves[f"wrist_{side}"] = still((-0.15, -0.15, 0.45))
        moves[f"fingers_{side}"] = still((0.1, 0.02, 0.02, 0.02, 0.02))
    return Gesture(moves, {"head": mix(0.32, 0, 0), "spine": mix(0.06, 0, 0)})


def sing(m: Moment) -> Gesture:
    """Sing: sway, one hand on the heart and then offered out."""
    bar = m.wave(0.28)
    side = m.side
    give = smooth(0.5 + 0.9 * bar)
    hand = mix(MIDDLE + 0.12 + 0.62 * give, -0.28 + 0.22 * give, 0.36 + 0.24 * give)
    return Gesture(
        {
            f"hand_{side}": hand,
            f"wrist_{side}": mix(-0.9 * give, -0.1, 0),
            f"fingers_{side}": still(OPEN_HAND),
            f"pole_{side}": still((1.0, -0.8, -0.2)),
        },
        {
            "spine": mix(-0.03, 0.06 * bar, 0.05 * m.wave(0.28, phase=1.0)),
            "head": mix(-0.08 * give, 0.05 * bar, 0.06 * m.wave(0.28, phase=0.6)),
            "pelvis": mix(0.03 * m.wave(0.28, phase=1.0), 0, 0),
        },
    )


CLIPS: Final[dict[str, Callable[[Moment], Gesture]]] = {
    "wave": wave,
    "point": point,
    "talk": talk,
    "listen": listen,
    "nod": nod,
    "look_around": look_around,
    "look": look,
    "clap": clap,
    "shrug": shrug,
    "bow": bow,
    "think": think,
    "cry": cry,
    "laugh": laugh,
    "salute": salute,
    "pray": pray,
    "sing": sing,
}

"""Gestures: what hands and head say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from .controls import between, keyed, smooth
from .moment import Gesture, Moment, mix, still

if TYPE_CHECKING:
    from collections.abc import Callable

OPEN_HAND = (0.1, 0.08, 0.1, 0.14, 0.18)
FIST = (0.75, 0.95, 0.95, 0.95, 0.95)
POINTING = (0.6, 0.02, 0.85, 0.9, 0.92)


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
    """Talk with the hands, in the rhythm of phrases; one hand leads, the other joins now and then."""
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
        moves[f"fingers_{side}"] = still((0.18, 0.16, 0.24, 0.3, 0.36)) + 0.08 * m.wander(0.5)
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
    lean = 0.06 if m.rng.random() < 0.5 else -0.06  # noqa: PLR2004
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


CLIPS: Final[dict[str, Callable[[Moment], Gesture]]] = {
    "wave": wave,
    "point": point,
    "talk": talk,
    "listen": listen,
    "nod": nod,
    "look_around": look_around,
    "look": look,
}

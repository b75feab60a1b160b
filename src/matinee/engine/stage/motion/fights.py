"""Fights: boxing, kicking, pushing, swinging a weapon; every blow is cued."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from .controls import smooth
from .frame import OUT
from .gestures import FIST, OPEN_HAND
from .moment import Cue, Gesture, Moment, mix, still, turning

if TYPE_CHECKING:
    from collections.abc import Callable


def fight(m: Moment) -> Gesture:
    """Box: guard, shuffle, jab, cross; each blow is cued."""
    guard = {m.side: (-0.14, 0.06, 0.36), m.other: (-0.10, 0.02, 0.50)}
    blows, now = [], 0.45
    while now < m.length_s - 0.15:
        blows.append((now, m.other if m.rng.random() < 0.55 else m.side))
        now += float(m.rng.uniform(0.42, 1.0)) / m.tempo
    moves: dict[str, np.ndarray] = {}
    turn, ahead = np.zeros(len(m.t)), np.zeros(len(m.t))
    for side in (m.side, m.other):
        hit = np.zeros(len(m.t))
        for when, which in blows:
            if which == side:
                gap = m.t - when
                hit = np.maximum(
                    hit,
                    np.where(gap < 0, np.exp(-((gap / 0.085) ** 2)), np.exp(-((gap / 0.15) ** 2))),
                )
        place = np.array(guard[side]) + 0.02 * m.wander(0.8, 3)
        goal = np.array((-0.20, 0.10, 0.95))
        moves[f"hand_{side}"] = place + hit[:, None] * (goal - place)
        moves[f"wrist_{side}"] = mix(0.1 + 1.1 * hit, 0.1, 0)
        moves[f"fingers_{side}"] = still(FIST)
        moves[f"pole_{side}"] = mix(0.55, -1.0, -0.1)
        turn += hit * turning(side) * (0.55 if side == m.side else 0.30)
        ahead += hit
    moves[f"foot_{m.other}"] = mix(0.03, 0.03 * np.clip(m.wave(1.8), 0, 1), 0.18)
    moves[f"foot_{m.side}"] = mix(0.05, 0.03 * np.clip(-m.wave(1.8), 0, 1), -0.18)
    moves[f"sole_{m.side}"] = still((0.35, 0.25))
    stand = -0.30 * turning(m.side)
    return Gesture(
        moves,
        {
            "tilt": mix(0.05, stand + 0.5 * turn, 0),
            "spine": mix(0.16 + 0.06 * ahead, 0.7 * turn, 0),
            "head": mix(0.02, -stand - 0.9 * turn, 0),
            "pelvis": mix(0.02 * m.wave(0.9), -0.08 + 0.014 * m.wave(1.8), 0.04 + 0.06 * ahead),
        },
        [Cue("strike", when, which) for when, which in blows],
    )


def kick(m: Moment) -> Gesture:
    """Kick forwards."""
    side, other = m.side, m.other
    hit = float(np.clip(0.5 * m.length_s, 0.4, 0.9))
    at = hit + np.array([-0.45, -0.18, 0.0, 0.16, 0.5])
    foot = m.keys(
        at, [(0, 0, 0), (0, 0.16, -0.32), (0, 0.42 * m.size, 0.62), (0, 0.38, 0.60), (0, 0, 0)]
    )
    sole = m.keys(at, [(0, 0), (0.9, 0), (-0.1, 0), (0.1, 0), (0, 0)])
    lean = m.keys(at, [0, 0.10, -0.24, -0.18, 0])
    return Gesture(
        {
            f"foot_{side}": foot,
            f"sole_{side}": sole,
            f"hand_{other}": mix(0.22, -0.55, 0.2 + 1.4 * np.clip(-lean, 0, 1)),
            f"hand_{side}": mix(0.35, -0.65, 0.1 + 1.2 * np.clip(lean, -0.3, 0)),
        },
        {
            "tilt": mix(lean, 0, 0),
            "spine": mix(-0.4 * lean, 0, 0),
            "pelvis": mix(-0.05 * OUT[side], -0.03, 0.05),
        },
        [Cue("strike", hit, side)],
    )


def push(m: Moment) -> Gesture:
    """Push with both hands and the legs."""
    drive = m.keys([0, 0.5, 0.9, max(m.length_s, 1.4)], [0, 0.3, 1, 0.9])
    moves: dict[str, np.ndarray] = {}
    for side in (m.side, m.other):
        moves[f"hand_{side}"] = mix(0.0, -0.16, 0.45 + 0.45 * drive)
        moves[f"wrist_{side}"] = still((0.5, -1.0, 0))
        moves[f"fingers_{side}"] = still(OPEN_HAND)
        moves[f"pole_{side}"] = still((1.0, -0.7, -0.2))
    moves[f"foot_{m.side}"] = mix(0.02, 0, -0.34 * smooth(m.t / 0.5))
    moves[f"sole_{m.side}"] = mix(0.6 * smooth(m.t / 0.5), 0)
    return Gesture(
        moves,
        {
            "tilt": mix(0.34 * drive, 0, 0),
            "head": mix(-0.2 * drive, 0, 0),
            "pelvis": mix(0, -0.12, 0.02),
        },
    )


def swing(m: Moment) -> Gesture:
    """Swing a sword, a bat or a hammer: high behind the shoulder, down across the body."""
    side, other = m.side, m.other
    hit = float(np.clip(0.5 * m.length_s, 0.55, 1.3))
    at = hit + np.array([-0.75, -0.25, 0.0, 0.18, 0.7]) / m.tempo
    hand = m.keys(
        at,
        [
            (0.0, -0.40, 0.50),
            (0.22, 0.62, -0.22),
            (-0.10, 0.06, 0.86),
            (-0.42, -0.45, 0.55),
            (0.0, -0.42, 0.48),
        ],
    )
    turn = m.keys(at, [0, -0.55, 0.25, 0.6, 0.1]) * turning(side) * np.clip(m.size, 0.5, 1.3)
    lean = m.keys(at, [0, -0.10, 0.24, 0.30, 0.05])
    tip = m.keys(at, [0.2, -0.45, 0.3, 0.45, 0.2])
    step = m.keys(at, [(0, 0, 0), (0, 0.08, 0.10), (0, 0, 0.28), (0, 0, 0.28), (0, 0, 0.10)])
    return Gesture(
        {
            f"hand_{side}": hand,
            f"pole_{side}": still((1.0, -0.5, -0.2)),
            f"wrist_{side}": mix(0.3, 0.1, tip),
            f"fingers_{side}": still(FIST),
            f"hand_{other}": mix(0.25, -0.50, 0.30 - 0.5 * lean),
            f"foot_{other}": step,
            f"sole_{side}": mix(np.clip(2 * lean, 0, 0.7), 0),
        },
        {
            "spine": mix(0.7 * lean, 0.7 * turn, 0),
            "tilt": mix(0.3 * lean, 0.35 * turn, 0),
            "head": mix(-0.5 * lean, -0.8 * turn, 0),
            "pelvis": mix(0, -0.25 * np.clip(lean, 0, 1), 0.35 * np.clip(lean, 0, 1)),
        },
        [Cue("grab", 0.0, side), Cue("strike", hit, side)],
    )


CLIPS: Final[dict[str, Callable[[Moment], Gesture]]] = {
    "fight": fight,
    "kick": kick,
    "push": push,
    "swing": swing,
}

"""Postures: standing, sitting, kneeling, lying; what the whole body does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from .controls import between
from .frame import SIDES
from .moment import Cue, Gesture, Moment, mix, still

if TYPE_CHECKING:
    from collections.abc import Callable

SEAT_M = 0.46
SIT_BONE_M = 0.105
PELVIS_AVERAGE_M = 0.93


def stand(_: Moment) -> Gesture:
    """Stand: all of it is in the living base that everybody has."""
    return Gesture()


def _pelvis_to(m: Moment, height_m: float) -> float:
    """Return the pelvis offset that brings the pelvis to a height above the floor."""
    return (height_m - float(m.build.pelvis[1])) / m.build.scale


def sit(m: Moment) -> Gesture:
    """Sit on the target's height, or on a chair; hands rest on the thighs."""
    seat = SEAT_M if m.target is None else float(m.target[1] - np.median(m.root[:, 1]))
    seat = seat if seat > 0.12 else SEAT_M
    thigh = m.build.legs["l"].lengths[0] / m.build.scale
    moves: dict[str, np.ndarray] = {
        "pelvis": still((0, _pelvis_to(m, seat + SIT_BONE_M * m.build.scale), 0)),
        "tilt": still((-0.10, 0, 0)),
        "spine": mix(0.16 + 0.02 * m.wave(0.21), 0, 0),
    }
    spread = float(m.rng.uniform(0.0, 0.06))
    for number, side in enumerate(SIDES):
        forward = thigh * (0.86 + 0.10 * float(m.rng.uniform(-1, 1)) * number)
        moves[f"foot_{side}"] = still(((spread if side == "l" else -spread), 0, forward))
        moves[f"hand_{side}"] = still((-0.02, -0.66, 0.50))
        moves[f"pole_{side}"] = still((0.9, -0.3, -0.7))
        moves[f"wrist_{side}"] = still((1.15, 0.1, 0))
        moves[f"fingers_{side}"] = still((0.1, 0.04, 0.05, 0.07, 0.1))
        moves[f"knee_{side}"] = still((0.14,))
    return Gesture(moves)


def cross_legged(m: Moment) -> Gesture:
    """Sit on the floor with crossed legs."""
    moves: dict[str, np.ndarray] = {
        "pelvis": still((0, _pelvis_to(m, SIT_BONE_M * m.build.scale), 0)),
        "tilt": still((-0.12, 0, 0)),
        "spine": mix(0.16 + 0.012 * m.wave(0.22), 0, 0),
    }
    for side in SIDES:
        near = side == m.side
        moves[f"leg_{side}"] = still((-0.26 if near else -0.20, -0.03, 0.46 if near else 0.34))
        moves[f"free_{side}"] = still((1.0,))
        moves[f"knee_{side}"] = still((1.25,))
        moves[f"sole_{side}"] = still((0.6, 0))
        moves[f"hand_{side}"] = still((0.16, -0.62, 0.44))
        moves[f"wrist_{side}"] = still((-0.9, 0.1, 0))
        moves[f"pole_{side}"] = still((1.0, -0.4, -0.4))
        moves[f"fingers_{side}"] = still((0.2, 0.2, 0.25, 0.3, 0.32))
    return Gesture(moves)


def kneel(m: Moment) -> Gesture:
    """Go down on one knee."""
    shin = m.build.legs["l"].lengths[1] / m.build.scale
    down, up = m.side, m.other
    return Gesture(
        {
            "pelvis": still((0, _pelvis_to(m, (shin + 0.10) * m.build.scale), -0.04)),
            "tilt": still((0.06, 0, 0)),
            "spine": mix(0.10 + 0.01 * m.wave(0.2), 0, 0),
            f"foot_{down}": still((0, 0, -0.44)),
            f"sole_{down}": still((1.15, 0)),
            f"foot_{up}": still((0.02, 0, 0.24)),
            f"knee_{up}": still((0.2,)),
            f"hand_{up}": still((0.04, -0.60, 0.50)),
            f"wrist_{up}": still((1.1, 0.1, 0)),
            f"hand_{down}": still((0.10, -0.86, 0.16)),
        }
    )


def _lying(m: Moment, height_m: float, *, prone: bool) -> dict[str, np.ndarray]:
    """Return a body stretched out on a surface, face down or face up."""
    way = 1.0 if prone else -1.0
    leg = m.build.legs["l"].length / m.build.scale
    moves: dict[str, np.ndarray] = {
        "pelvis": still((0, _pelvis_to(m, height_m + 0.115 * m.build.scale), 0.0)),
        "tilt": still((way * 1.5, 0, 0)),
        "spine": still((0.04 * way, 0, 0)),
        "head": still((-0.25 if prone else 0.08, 0.75 if prone else 0.25, 0)),
        "gaze": still((0.0,)),
    }
    ankle = m.build.ankle_m / m.build.scale
    for side in SIDES:
        # Heels or toes down, the ankles a foot's height above the floor.
        moves[f"foot_{side}"] = still(
            (
                0.03,
                (height_m + 0.055 * m.build.scale) / m.build.scale - 0.5 * ankle,
                -way * leg * (0.992 if prone else 0.96),
            )
        )
        moves[f"sole_{side}"] = still((1.35 if prone else -0.9, 0.15))
        moves[f"knee_{side}"] = still((0.25,))
        moves[f"hand_{side}"] = still((0.42, -0.72, 0.05 if prone else -0.08))
        moves[f"pole_{side}"] = still((1.0, -0.2, 0.25 if prone else -0.5))
        moves[f"wrist_{side}"] = still((0.6 if prone else -0.6, 0.1, 0))
        moves[f"fingers_{side}"] = still((0.3, 0.35, 0.4, 0.45, 0.5))
    return moves


def sleep(m: Moment) -> Gesture:
    """Lie on the back, on the target's height or on the floor, breathing slowly."""
    height = 0.0 if m.target is None else max(0.0, float(m.target[1] - np.median(m.root[:, 1])))
    moves = _lying(m, min(height, 1.2), prone=False)
    moves[f"hand_{m.side}"] = still((-0.22, -0.55, 0.30))
    moves[f"pole_{m.side}"] = still((1.0, -0.4, 0.0))
    return Gesture(moves, {"spine": mix(-0.02 * m.wave(0.2), 0, 0)})


def fall(m: Moment) -> Gesture:
    """Stumble, buckle and go down, forwards or backwards; then lie still."""
    forwards = m.rng.random() < 0.6
    begin = min(0.12 * m.length_s, 0.3)
    pace = 1 / m.tempo
    at = begin + np.array([0.0, 0.32, 0.72, 1.12, 1.45, 1.6]) * pace
    low = _pelvis_to(m, 0.115 * m.build.scale)
    lying = _lying(m, 0.0, prone=forwards)
    sway = float(m.rng.choice([-1.0, 1.0]))
    leg = m.build.legs["l"].length / m.build.scale
    moves: dict[str, np.ndarray] = {}
    if forwards:
        moves["pelvis"] = m.keys(
            at,
            [
                (0, 0, 0),
                (0.05 * sway, -0.09, 0.06),
                (0.06 * sway, -0.46, 0.10),
                (0.05 * sway, -0.62, 0.28),
                (0.04 * sway, low + 0.01, 0.42),
                (0.04 * sway, low, 0.42),
            ],
        )
        moves["tilt"] = m.keys(
            at,
            [
                (0, 0, 0),
                (0.25, 0.1 * sway, 0.1 * sway),
                (0.15, 0.15 * sway, 0.06 * sway),
                (0.85, 0.1 * sway, 0.05 * sway),
                (1.5, 0, 0),
                (1.5, 0, 0),
            ],
        )
        moves["spine"] = m.keys(
            at,
            [
                (0, 0, 0),
                (0.25, 0, -0.1 * sway),
                (0.35, 0, 0),
                (0.1, 0, 0),
                (-0.02, 0, 0),
                (0.02, 0, 0),
            ],
        )
        back = 0.42 - leg * 0.992
        foot = [
            (0, 0, 0),
            (0.02, 0.02, 0.0),
            (0.02, 0.04, -0.40),
            (0.02, 0.03, -0.44),
            (0.03, 0.0, back),
            (0.03, 0.0, back),
        ]
        sole = [(0, 0), (0.3, 0), (1.25, 0), (1.3, 0), (1.35, 0.15), (1.35, 0.15)]
        hand = [
            (0.1, -0.9, 0.1),
            (0.5, -0.35, 0.45),
            (0.4, -0.35, 0.6),
            (0.2, 0.15, 0.75),
            (0.45, 0.1, 0.25),
            (0.5, -0.05, 0.12),
        ]
        strikes = (at[2], at[4])
    else:
        moves["pelvis"] = m.keys(
            at,
            [
                (0, 0, 0),
                (0.05 * sway, -0.06, -0.10),
                (0.05 * sway, -0.40, -0.30),
                (0.04 * sway, low + 0.08, -0.46),
                (0.04 * sway, low + 0.01, -0.48),
                (0.04 * sway, low, -0.48),
            ],
        )
        moves["tilt"] = m.keys(
            at,
            [
                (0, 0, 0),
                (-0.18, 0.1 * sway, -0.08 * sway),
                (-0.45, 0.1 * sway, 0),
                (-0.85, 0, 0),
                (-1.45, 0, 0),
                (-1.5, 0, 0),
            ],
        )
        moves["spine"] = m.keys(
            at,
            [
                (0, 0, 0),
                (0.3, 0, 0.1 * sway),
                (0.5, 0, 0),
                (0.4, 0, 0),
                (0.05, 0, 0),
                (-0.04, 0, 0),
            ],
        )
        ahead = leg * 0.80 - 0.48
        foot = [
            (0, 0, 0),
            (0.03, 0.03, 0.02),
            (0.05, 0.06, 0.20),
            (0.05, 0.05, ahead),
            (0.06, 0.0, ahead),
            (0.06, 0.0, ahead),
        ]
        sole = [(0, 0), (-0.2, 0), (-0.4, 0.1), (-0.5, 0.1), (-0.35, 0.2), (-0.35, 0.2)]
        hand = [
            (0.1, -0.9, 0.1),
            (0.7, -0.1, 0.35),
            (0.6, -0.6, -0.2),
            (0.6, -0.65, -0.3),
            (0.6, -0.5, -0.12),
            (0.62, -0.5, -0.1),
        ]
        strikes = (at[3], at[4])
    for number, side in enumerate(SIDES):
        late = at + (0.05 * number * pace)
        if forwards:
            moves[f"leg_{side}"] = still((0.03, -0.985, 0.0))
            moves[f"free_{side}"] = between(m.t, at[3] - 0.15, at[4])[:, None]
        moves[f"foot_{side}"] = m.keys(late, foot)
        moves[f"sole_{side}"] = m.keys(late, sole)
        wide = np.array(hand) + m.rng.normal(0, 0.04, (6, 3))
        moves[f"hand_{side}"] = m.keys(late, wide)
        moves[f"pole_{side}"] = lying[f"pole_{side}"]
        moves[f"fingers_{side}"] = still((0.15, 0.12, 0.15, 0.2, 0.25))
        moves[f"knee_{side}"] = still((0.3,))
    down = between(m.t, at[2], at[4])
    moves["head"] = mix(
        (-0.3 if forwards else 0.25) * (1 - 0.4 * down), 0.8 * sway * down, 0.1 * sway * down
    )
    moves["gaze"] = still((0.0,))
    cues = [Cue("impact", float(when), m.side) for when in strikes]
    return Gesture(moves, cues=cues)


def crawl(m: Moment) -> Gesture:
    """Go on hands and knees."""
    beat = m.wave(0.9)
    shin = m.build.legs["l"].lengths[1] / m.build.scale
    moves: dict[str, np.ndarray] = {
        "pelvis": still((0, _pelvis_to(m, (shin + 0.02) * m.build.scale), -0.25)),
        "tilt": still((1.22, 0, 0)),
        "spine": mix(0.05, 0, 0.06 * beat),
        "head": still((-0.65, 0, 0)),
    }
    for side, sign in (("l", 1.0), ("r", -1.0)):
        moves[f"hand_{side}"] = mix(
            0.05,
            0.02 + 0.16 * sign * beat,
            0.94 - 0.10 * np.clip(sign * m.wave(0.9, phase=1.57), 0, 1),
        )
        moves[f"foot_{side}"] = mix(0.0, 0.03, -0.62 - 0.12 * sign * beat)
        moves[f"sole_{side}"] = still((1.35, 0))
        moves[f"wrist_{side}"] = still((1.3, -0.9, 0))
        moves[f"pole_{side}"] = still((0.8, -0.8, 0.0))
    return Gesture(moves)


def sneak(m: Moment) -> Gesture:
    """Go low and careful, hands before the chest."""
    moves: dict[str, np.ndarray] = {
        "tilt": still((0.22, 0, 0)),
        "spine": mix(0.35, 0.06 * m.wave(0.4), 0),
        "head": mix(-0.3, 0.35 * m.wave(0.33), 0),
    }
    for number, side in enumerate(SIDES):
        moves[f"hand_{side}"] = mix(0.0, -0.42 + 0.05 * m.wave(0.7, phase=3.1 * number), 0.50)
        moves[f"wrist_{side}"] = still((1.0, 0.5, 0))
        moves[f"fingers_{side}"] = still((0.2, 0.3, 0.35, 0.4, 0.45))
    return Gesture(moves, {"pelvis": still((0, -0.13, 0))})


def swim(m: Moment) -> Gesture:
    """Swim the crawl, face down at the surface."""
    moves = _lying(m, 0.02, prone=True)
    turn = 2 * np.pi * 0.55 * m.tempo * m.t
    for side, phase in (("l", 0.0), ("r", np.pi)):
        angle = turn + phase
        moves[f"hand_{side}"] = mix(
            0.12 + 0.12 * np.clip(np.sin(angle), 0, 1), 0.85 * np.cos(angle), 0.55 * -np.sin(angle)
        )
        moves[f"pole_{side}"] = still((1.0, 0.3, 0.1))
        moves[f"foot_{side}"] = moves[f"foot_{side}"] + mix(
            0, 0.09 + 0.09 * np.sin(3 * turn + phase), 0
        )
    moves["tilt"] = mix(1.48, 0, 0.25 * np.sin(turn))
    moves["head"] = mix(-0.35, 0.7 * np.clip(np.sin(turn), 0, 1), 0)
    return Gesture(moves)


CLIPS: Final[dict[str, Callable[[Moment], Gesture]]] = {
    "stand": stand,
    "sit": sit,
    "kneel": kneel,
    "sleep": sleep,
    "fall": fall,
    "crawl": crawl,
    "sneak": sneak,
    "swim": swim,
}

"""Postures: standing, sitting, kneeling, lying; what the whole body does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from .controls import between, smooth
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
    seat = seat if seat > 0.12 else SEAT_M  # noqa: PLR2004
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
        moves[f"fingers_{side}"] = still((0.2, 0.2, 0.22, 0.25, 0.3))
        moves[f"knee_{side}"] = still((0.14,))
    return Gesture(moves)


CLIPS: Final[dict[str, Callable[[Moment], Gesture]]] = {"stand": stand, "sit": sit}

__all__ = ["CLIPS", "Cue", "between", "smooth"]

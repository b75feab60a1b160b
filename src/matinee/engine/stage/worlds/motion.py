"""How parts of a world move by themselves: as functions of time that give (3, 4) transforms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    from matinee.engine.stage.conditions import Wind
    from matinee.engine.stage.worlds.model import Transform


def _matrix(yaw: float, at: npt.ArrayLike, tilt: float = 0.0, roll: float = 0.0) -> Transform:
    sy, cy, st, ct = np.sin(yaw), np.cos(yaw), np.sin(tilt), np.cos(tilt)
    sr, cr = np.sin(roll), np.cos(roll)
    turn = np.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]])
    lean = np.array([[1, 0, 0], [0, ct, -st], [0, st, ct]])
    bank = np.array([[cr, -sr, 0], [sr, cr, 0], [0, 0, 1]])
    return np.column_stack([turn @ lean @ bank, np.asarray(at, np.float64)]).astype(np.float32)


def resting(at: Sequence[float], yaw: float = 0.0) -> Callable[[float], Transform]:
    """Stay where it is."""
    fixed = _matrix(yaw, at)
    return lambda _time_s: fixed


def bobbing(height_m: float, per_s: float, phase: float) -> Callable[[float], Transform]:
    """Hop on the spot, as an excited crowd does."""

    def transform(time_s: float) -> Transform:
        hop = abs(np.sin(np.pi * per_s * time_s + phase))
        return _matrix(0.0, (0.0, height_m * hop, 0.0))

    return transform


def swaying(
    angle: float, period_s: float, phase: float, *, about: Sequence[float] = (0, 0, 0)
) -> Callable[[float], Transform]:
    """Lean to and fro about a point on the ground."""
    foot = np.asarray(about, np.float64)

    def transform(time_s: float) -> Transform:
        turn = 2 * np.pi * time_s / period_s + phase
        matrix = _matrix(0.0, (0, 0, 0), angle * np.sin(turn), angle * 0.6 * np.cos(turn * 0.8))
        matrix[:, 3] = foot - matrix[:, :3] @ foot
        return matrix

    return transform


def bending(
    angle: float, wind: Wind, phase: float, *, about: Sequence[float] = (0, 0, 0)
) -> Callable[[float], Transform]:
    """Bend as plants do: the foot stays, and what is higher goes further, down the wind and back.

    angle is how far it leans in a storm; less wind bends it less.
    """
    _, base, _ = about
    x, _, z = wind.direction
    reach = angle * (0.12 + 0.88 * wind.strength)

    def transform(time_s: float) -> Transform:
        ripple = np.sin(2.3 * time_s + phase) + 0.5 * np.sin(5.1 * time_s + 2 * phase)
        gust = np.linalg.norm(wind.at(time_s - 0.15 * phase)) / max(wind.speed_m_s, 1e-6)
        lean = reach * (0.45 * gust * wind.strength + 0.38 * ripple)
        matrix = np.eye(3, 4, dtype=np.float32)
        matrix[0, 1], matrix[2, 1] = lean * x, lean * z
        matrix[0, 3], matrix[2, 3] = -lean * x * base, -lean * z * base
        return matrix

    return transform


def sailing(
    wave_m: float, speed_m_s: float, yaw: float, *, heave_m: float = 0.0, period_s: float = 6.0
) -> Callable[[float], Transform]:
    """Travel along yaw and start again after wave_m, as a sea does whose waves are wave_m long.

    A heave lifts and lowers it as well, which is how the sea looks from a ship.
    """
    way = np.array([np.sin(yaw), 0.0, np.cos(yaw)])

    def transform(time_s: float) -> Transform:
        matrix = _matrix(0.0, way * ((speed_m_s * time_s) % wave_m))
        matrix[1, 3] = heave_m * np.sin(2 * np.pi * time_s / period_s)
        return matrix

    return transform


def pendulum(
    at: Sequence[float], yaw: float, angle: float, period_s: float, phase: float
) -> Callable[[float], Transform]:
    """Swing to and fro below a fixed point, as a swing does."""

    def transform(time_s: float) -> Transform:
        lean = angle * np.sin(2 * np.pi * time_s / period_s + phase)
        return _matrix(yaw, at, lean)

    return transform


def hanging(
    at: Sequence[float], yaw: float, angle: float, per_s: float, phase: float
) -> Callable[[float], Transform]:
    """Swing from its top edge, always forward of the wall it hangs on."""

    def transform(time_s: float) -> Transform:
        swing = angle * (0.7 + 0.6 * np.sin(2 * np.pi * per_s * time_s + phase))
        return _matrix(yaw, at, -swing, 0.3 * angle * np.sin(1.7 * time_s + phase))

    return transform


def driving(
    start: Sequence[float], end: Sequence[float], speed_m_s: float, *, offset_m: float = 0.0
) -> Callable[[float], Transform]:
    """Drive from start to end and again from the start; both should be out of sight."""
    first, last = np.asarray(start, np.float64), np.asarray(end, np.float64)
    way = last - first
    length = float(np.linalg.norm(way))
    yaw = float(np.arctan2(way[0], way[2]))

    def transform(time_s: float) -> Transform:
        done = (offset_m + speed_m_s * time_s) % length / length
        return _matrix(yaw, first + way * done)

    return transform


def turning(at: Sequence[float], period_s: float) -> Callable[[float], Transform]:
    """Turn about the upright axis."""

    def transform(time_s: float) -> Transform:
        return _matrix(2 * np.pi * time_s / period_s, at)

    return transform


def circling(
    centre: Sequence[float], radius_m: float, period_s: float, phase: float
) -> Callable[[float], Transform]:
    """Fly in a circle, banked into the turn."""
    middle = np.asarray(centre, np.float64)

    def transform(time_s: float) -> Transform:
        angle = 2 * np.pi * time_s / period_s + phase
        at = middle + radius_m * np.array([np.sin(angle), 0.06 * np.sin(2 * angle), np.cos(angle)])
        return _matrix(angle + np.pi / 2, at, 0.0, -0.35)

    return transform


def floating(
    at: Sequence[float], yaw: float, period_s: float, phase: float, *, heave_m: float = 0.06
) -> Callable[[float], Transform]:
    """Rise, roll and pitch on small waves."""
    middle = np.asarray(at, np.float64)

    def transform(time_s: float) -> Transform:
        turn = 2 * np.pi * time_s / period_s + phase
        lift = middle + np.array([0, heave_m * np.sin(turn), 0])
        return _matrix(yaw, lift, 0.03 * np.sin(turn * 0.9 + 1), 0.05 * np.sin(turn * 1.1))

    return transform


def washing(
    at: Sequence[float], yaw: float, reach_m: float, period_s: float, phase: float
) -> Callable[[float], Transform]:
    """Run up a beach along its own +Z and back again."""
    middle = np.asarray(at, np.float64)
    way = np.array([np.sin(yaw), 0.0, np.cos(yaw)])

    def transform(time_s: float) -> Transform:
        share = 0.5 - 0.5 * np.cos(2 * np.pi * time_s / period_s + phase)
        return _matrix(yaw, middle + way * reach_m * share + np.array([0, 0.03 * share, 0]))

    return transform


def rolling(
    start: Sequence[float], end: Sequence[float], period_s: float, offset: float, height_m: float
) -> Callable[[float], Transform]:
    """Travel from start to end as a swell does: rising out of the sea, breaking, sinking away."""
    first, last = np.asarray(start, np.float64), np.asarray(end, np.float64)

    def transform(time_s: float) -> Transform:
        share = (time_s / period_s + offset) % 1.0
        lift = height_m * np.sin(np.pi * min(share * 1.08, 1.0)) ** 0.7
        matrix = _matrix(0.0, first + (last - first) * share)
        matrix[1, :] *= max(lift, 1e-3)
        matrix[1, 3] = -0.12 * (1.0 - np.sin(np.pi * share))
        return matrix

    return transform

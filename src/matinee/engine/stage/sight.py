"""Lines of sight: what stands between a camera and what it is to see, for many places at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.stage.framing import EYE_CLEARANCE_M, GROUND_CLEARANCE_M

if TYPE_CHECKING:
    from matinee.engine.stage.framing import Subject, View
    from matinee.engine.stage.space import FreeSpace, Points


def in_the_way(
    view: View, space: FreeSpace, anchor: Points, directions: Points, distances: Points
) -> Points:
    """Penalty of every tried place: (k,), 0 when nothing is in the way at any moment looked at."""
    penalty = np.zeros(len(directions))
    last = len(anchor) - 1
    for index in sorted({0, last // 2, last}):
        point = anchor[index]
        eyes = point + directions * distances[:, None]
        eyes[:, 1] = np.maximum(eyes[:, 1], space.ground(eyes) + GROUND_CLEARANCE_M)
        penalty += 6.0 * (space.room(point, directions) < distances + EYE_CLEARANCE_M)
        penalty += 8.0 * space.solid(eyes, margin_m=0.25)
        for one in view.subjects:
            head = np.broadcast_to(one.eyes[index], eyes.shape)
            penalty += 5.0 * space.hidden(eyes, head, margin_m=0.02)
            for other in (*view.others, *view.subjects):
                if other.name != one.name:
                    penalty += 3.0 * _head_between(eyes, one.eyes[index], other, index)
        for other in view.others:
            penalty += 4.0 * (_body_distance(eyes, other, index) < 0.75)
            penalty += 0.5 * _looms(eyes, point, other, index)
    return penalty


def _head_between(eyes: Points, target: Points, other: Subject, index: int) -> Points:
    """How much somebody's body covers the sight lines from (k, 3) eyes to a target: 0..1."""
    line = target - eyes
    length = np.linalg.norm(line, axis=1, keepdims=True)
    covered = np.zeros(len(eyes))
    column = ((0.0, 0.17), (0.35, 0.24)) if not other.thing else ((0.0, other.half_width_m),)
    for below, radius in column:
        ball = other.eyes[index] - np.array([0.0, below, 0.0])
        along = np.clip(np.sum((ball - eyes) * line, axis=1, keepdims=True) / length**2, 0.0, 1.0)
        miss = np.linalg.norm(eyes + line * along - ball, axis=1)
        covered = np.maximum(covered, (miss < radius) & (along[:, 0] < 0.97))
    return covered


def _looms(eyes: Points, point: Points, other: Subject, index: int) -> Points:
    """Whether somebody who is not meant stands large in the foreground of (k, 3) eyes."""
    line, aside = point - eyes, other.eyes[index] - eyes
    far, near = np.linalg.norm(line, axis=1), np.linalg.norm(aside, axis=1)
    cosine = np.sum(line * aside, axis=1) / np.maximum(far * near, 1e-6)
    return np.asarray((cosine > np.cos(0.55)) & (near < far * 0.93))


def _body_distance(eyes: Points, other: Subject, index: int) -> Points:
    flat = eyes[:, [0, 2]] - other.eyes[index, [0, 2]]
    above = np.maximum(eyes[:, 1] - other.eyes[index, 1] - 0.3, 0.0)
    return np.asarray(np.hypot(np.linalg.norm(flat, axis=1) - other.half_width_m, above))

"""Lines of sight: what stands between a camera and what it is to see, for many places at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.stage.framing import EYE_CLEARANCE_M, GROUND_CLEARANCE_M, place_in_picture

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matinee.engine.render.scene import Camera
    from matinee.engine.stage.framing import Subject, View
    from matinee.engine.stage.space import FreeSpace, Points

PICTURE_EDGE = 0.97


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
            penalty += 4.0 * (body_distance(eyes, other, index) < 0.75)
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


def body_distance(eyes: Points, other: Subject, index: int | None = None) -> Points:
    """Return how far n places are from somebody's body, in metres: at one frame or each at its."""
    head = other.eyes if index is None else other.eyes[index][None]
    flat = np.linalg.norm((eyes - head)[:, [0, 2]], axis=1)
    above = np.maximum(eyes[:, 1] - head[:, 1] - 0.3, 0.0)
    return np.asarray(np.hypot(np.maximum(flat - other.half_width_m, 0.0), above))


def kept_in_picture(cameras: Sequence[Camera], subject: Subject, aspect: float) -> Points:
    """Say of every frame whether the subject's eyes, or a thing's middle, are in the picture."""
    inside = np.zeros(len(cameras), bool)
    for index, camera in enumerate(cameras):
        place, depth = place_in_picture(camera, subject.eyes[index][None], aspect)
        inside[index] = bool(depth[0] > 0.05 and np.all(np.abs(place[0]) < PICTURE_EDGE))
    return inside


def trouble(cameras: Sequence[Camera], view: View, space: FreeSpace, aspect: float) -> float:
    """Return what is wrong with a way of the camera, 0 when nothing is: looked at six times.

    An eye in a solid or at somebody's body counts most, then a subject that is hidden, out of the
    picture or behind leaves and awnings.
    """
    looks = np.unique(np.linspace(0, len(cameras) - 1, 6).astype(int))
    eyes = np.array([cameras[k].eye for k in looks])
    subject = view.subjects[0]
    heads = subject.eyes[looks]
    total = 4.0 * float(np.mean(space.solid(eyes, margin_m=0.05)))
    for other in view.others:
        near = [
            float(body_distance(eyes[k : k + 1], other, int(f))[0]) for k, f in enumerate(looks)
        ]
        total += 3.0 * float(np.mean(np.array(near) < 0.3))
    total += 1.5 * float(np.mean(space.hidden(eyes, heads, margin_m=0.02)))
    for one in view.subjects:
        total += 2.0 * float(1.0 - np.mean(kept_in_picture(cameras, one, aspect)))
    if space.scenery is not None:
        covers = [
            space.scenery.cover(eye, head, fov_rad=cameras[k].vertical_fov_rad, aspect=aspect)
            for eye, head, k in zip(eyes[::2], heads[::2], looks[::2], strict=True)
        ]
        total += float(np.mean(np.maximum(np.array(covers) - 0.04, 0.0)))
    return total

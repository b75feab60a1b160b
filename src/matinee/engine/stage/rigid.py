"""Between arrays and the physics engine: vectors, turns and poses of rigid bodies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import rapier3d

if TYPE_CHECKING:
    from matinee.engine.stage.space import Points


def between(track: Points, at: float) -> Points:
    """Interpolate (n, …) samples at a broken index, holding the ends."""
    last = len(track) - 1
    low = int(np.clip(np.floor(at), 0, last))
    high = min(low + 1, last)
    part = float(np.clip(at - low, 0.0, 1.0))
    return np.asarray(track[low] * (1.0 - part) + track[high] * part)


def isometry(transform: Points) -> rapier3d.Isometry3:
    """Return the pose of a (3, 4) transform as the physics engine has it."""
    w, x, y, z = quaternion_of(transform[:, :3])
    return rapier3d.Isometry3(triple(transform[:, 3]), rapier3d.Rotation3(w, x, y, z))


def quaternion_of(matrix: Points) -> tuple[float, float, float, float]:
    """Return (w, x, y, z) of a nearly orthonormal matrix (Bar-Itzhack: the largest eigenvector)."""
    m = matrix
    k = np.array(
        [
            [m[0, 0] - m[1, 1] - m[2, 2], m[1, 0] + m[0, 1], m[2, 0] + m[0, 2], m[2, 1] - m[1, 2]],
            [m[1, 0] + m[0, 1], m[1, 1] - m[0, 0] - m[2, 2], m[2, 1] + m[1, 2], m[0, 2] - m[2, 0]],
            [m[2, 0] + m[0, 2], m[2, 1] + m[1, 2], m[2, 2] - m[0, 0] - m[1, 1], m[1, 0] - m[0, 1]],
            [m[2, 1] - m[1, 2], m[0, 2] - m[2, 0], m[1, 0] - m[0, 1], m[0, 0] + m[1, 1] + m[2, 2]],
        ]
    )
    _, vectors = np.linalg.eigh(k / 3.0)
    x, y, z, w = vectors[:, -1]
    return (float(w), float(x), float(y), float(z))


def quaternion(yaw: float) -> rapier3d.Rotation3:
    """Return the turn about Y by a yaw."""
    return rapier3d.Rotation3.from_axis_angle((0.0, 1.0, 0.0), yaw)


def triple(vector: Points) -> tuple[float, float, float]:
    """Return a vector (3,) as plain numbers."""
    return (float(vector[0]), float(vector[1]), float(vector[2]))


def vec(vector: Points) -> rapier3d.Vec3:
    """Return a vector (3,) as the physics engine has it."""
    return rapier3d.Vec3(*triple(vector))


def vector(value: rapier3d.Vec3) -> Points:
    """Return a vector of the physics engine as (3,)."""
    return np.array([value.x, value.y, value.z], float)

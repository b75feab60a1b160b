"""Where there is water in a place, and how high it stands."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.geometry import Surface

if TYPE_CHECKING:
    from matinee.engine.render.geometry import Mesh
    from matinee.engine.stage.space import Points
    from matinee.engine.stage.worlds.model import World

LEVEL_SLOPE = 0.8
SHALLOW_M = 0.12
"""What is not deeper is a puddle: nothing floats or splashes in it."""


class Water:
    """The open water of a world: every level triangle of it, asked by place."""

    def __init__(self, world: World) -> None:
        """Gather the water of a world."""
        self.ground_height = world.ground_height
        parts = [_level(world.static)]
        for part in world.moving:
            corners = _level(part.mesh)
            if len(corners):
                turn = np.asarray(part.transform(0.0), np.float64)
                parts.append(corners @ turn[:, :3].T + turn[:, 3])
        self.corners = np.concatenate(parts)

    def height_at(self, place: Points) -> float | None:
        """Return how high the water stands at a place (3,), None where there is none."""
        if len(self.corners) == 0:
            return None
        a, b, c = self.corners[:, 0], self.corners[:, 1], self.corners[:, 2]
        x, z = float(place[0]), float(place[2])
        turn = (b[:, 0] - a[:, 0]) * (c[:, 2] - a[:, 2]) - (c[:, 0] - a[:, 0]) * (b[:, 2] - a[:, 2])
        turn = np.where(np.abs(turn) < 1e-12, np.inf, turn)
        dx, dz = x - a[:, 0], z - a[:, 2]
        u = (dx * (c[:, 2] - a[:, 2]) - dz * (c[:, 0] - a[:, 0])) / turn
        v = (dz * (b[:, 0] - a[:, 0]) - dx * (b[:, 2] - a[:, 2])) / turn
        over = (u >= 0.0) & (v >= 0.0) & (u + v <= 1.0) & np.isfinite(turn)
        if not over.any():
            return None
        height = a[:, 1] + u * (b[:, 1] - a[:, 1]) + v * (c[:, 1] - a[:, 1])
        level = float(height[over].max())
        bed = float(self.ground_height(np.array([x]), np.array([z]))[0])
        return level if level > bed + SHALLOW_M else None


def _level(mesh: Mesh) -> Points:
    """The corners (k, 3, 3) of the triangles that are water and look up."""
    wet = mesh.surface[mesh.triangles[:, 0]] == Surface.WATER
    corners = mesh.positions[mesh.triangles[wet]].astype(np.float64)
    if len(corners) == 0:
        return np.zeros((0, 3, 3))
    across = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    length = np.maximum(np.linalg.norm(across, axis=1), 1e-12)
    return np.asarray(corners[across[:, 1] / length > LEVEL_SLOPE])


@lru_cache(maxsize=4)
def water_of(world: World) -> Water:
    """Return the water of a world."""
    return Water(world)

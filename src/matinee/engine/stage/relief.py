"""The relief of a thing: how high it is above, and how low beneath, over a grid of its footprint.

What stands on a sofa stands on its cushions and not on the box around it; what is put into a bowl
lies on its floor; what is under a table has the air between its legs. All of it is read from the
mesh, so that no thing has to be measured by hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from matinee.engine.stage.props import PropModel
    from matinee.engine.stage.space import Points

CELLS = 25
NOTHING = -1e9
FLAT_M = 0.02


@dataclass(frozen=True, eq=False)
class Relief:
    """Heights over a grid of (CELLS, CELLS) places, first x, then z, from a thing's centre.

    `x` and `z` are the places; `top` the highest surface there, NOTHING where there is none;
    `low` the lowest surface, -NOTHING where there is none.
    """

    x: Points
    z: Points
    top: Points
    low: Points

    def flat_spots(self, half_x_m: float, half_z_m: float) -> Points:
        """Return the (k, 3) places where a footprint lies level, in the thing's own frame."""
        step_x, step_z = self.x[1] - self.x[0], self.z[1] - self.z[0]
        reach_x = int(np.ceil(half_x_m / step_x - 0.45))
        reach_z = int(np.ceil(half_z_m / step_z - 0.45))
        reach_x, reach_z = max(reach_x, 0), max(reach_z, 0)
        highest = _window(self.top, reach_x, reach_z, np.maximum, NOTHING)
        lowest = _window(self.top, reach_x, reach_z, np.minimum, NOTHING)
        level = (highest - lowest < FLAT_M) & (lowest > NOTHING / 2)
        at_x, at_z = np.nonzero(level)
        return np.stack([self.x[at_x], highest[at_x, at_z], self.z[at_z]], axis=-1)

    def floor_spots(self, half_x_m: float, half_z_m: float, rim_m: float) -> Points:
        """Return the (k, 3) places inside, below a rim at that height, deepest first."""
        step_x, step_z = self.x[1] - self.x[0], self.z[1] - self.z[0]
        reach_x = max(int(half_x_m / step_x * 0.6), 0)
        reach_z = max(int(half_z_m / step_z * 0.6), 0)
        highest = _window(self.top, reach_x, reach_z, np.maximum, 1e9)
        at_x, at_z = np.nonzero((highest < rim_m) & (highest > NOTHING / 2))
        spots = np.stack([self.x[at_x], highest[at_x, at_z], self.z[at_z]], axis=-1)
        return spots[np.argsort(spots[:, 1] + 0.05 * np.hypot(spots[:, 0], spots[:, 2]))]

    def highest_over(self, at: Points, half_x_m: float, half_z_m: float) -> float:
        """Return the highest surface under a footprint around a place in the thing's own frame."""
        near = (np.abs(self.x[:, None] - at[0]) <= half_x_m + 1e-6) & (
            np.abs(self.z[None] - at[2]) <= half_z_m + 1e-6
        )
        nearest = (np.abs(self.x - at[0]).argmin(), np.abs(self.z - at[2]).argmin())
        return float(max(self.top[near].max(initial=NOTHING), self.top[nearest]))

    def clear_below_m(self) -> float:
        """Return how much air there is under the middle of the thing, from its foot up."""
        third = slice(CELLS // 3, CELLS - CELLS // 3)
        foot = float(self.low.min())
        return float(self.low[third, third].min()) - foot if np.isfinite(foot) else 0.0


def _window(field: Points, reach_x: int, reach_z: int, pick: np.ufunc, outside: float) -> Points:
    """Return the largest or smallest value within so many cells of each cell."""
    out = field
    for axis, reach in ((0, reach_x), (1, reach_z)):
        pad = [(0, 0), (0, 0)]
        pad[axis] = (reach, reach)
        wide = np.pad(out, pad, constant_values=outside)
        # Off the edge nothing carries, so a footprint that reaches over it is not level.
        out = np.take(wide, np.arange(field.shape[axis]), axis=axis)
        for shift in range(1, 2 * reach + 1):
            out = pick(out, np.take(wide, np.arange(field.shape[axis]) + shift, axis=axis))
    return np.asarray(out)


@lru_cache(maxsize=256)
def relief(model: PropModel) -> Relief:
    """Return the relief of a thing as it stands."""
    half = np.asarray(model.half_extents, np.float64)
    x = np.linspace(-half[0], half[0], 2 * CELLS + 1)[1::2]
    z = np.linspace(-half[2], half[2], 2 * CELLS + 1)[1::2]
    top, low = np.full((CELLS, CELLS), NOTHING), np.full((CELLS, CELLS), -NOTHING)
    meshes = [(model.mesh, np.zeros(3))]
    meshes += [(one.mesh, np.asarray(one.at, np.float64)) for one in model.wheels]
    for mesh, at in meshes:
        corners = mesh.positions[mesh.triangles].astype(np.float64) + at
        _drape(corners, x, z, top, low)
    return Relief(x, z, top, low)


def _drape(corners: Points, x: Points, z: Points, top: Points, low: Points) -> None:
    """Lay triangles (k, 3, 3) over the grid, one after another, keeping highest and lowest."""
    step_x, step_z = x[1] - x[0], z[1] - z[0]
    first_x = np.ceil((corners[:, :, 0].min(axis=1) - x[0]) / step_x - 1e-9).astype(int)
    last_x = np.floor((corners[:, :, 0].max(axis=1) - x[0]) / step_x + 1e-9).astype(int)
    first_z = np.ceil((corners[:, :, 2].min(axis=1) - z[0]) / step_z - 1e-9).astype(int)
    last_z = np.floor((corners[:, :, 2].max(axis=1) - z[0]) / step_z + 1e-9).astype(int)
    first_x, first_z = np.maximum(first_x, 0), np.maximum(first_z, 0)
    last_x, last_z = np.minimum(last_x, CELLS - 1), np.minimum(last_z, CELLS - 1)
    meets = (first_x <= last_x) & (first_z <= last_z)
    a, b, c = corners[:, 0], corners[:, 1], corners[:, 2]
    turn = (b[:, 0] - a[:, 0]) * (c[:, 2] - a[:, 2]) - (c[:, 0] - a[:, 0]) * (b[:, 2] - a[:, 2])
    meets &= np.abs(turn) > 1e-12
    for k in np.flatnonzero(meets):
        rows, columns = slice(first_x[k], last_x[k] + 1), slice(first_z[k], last_z[k] + 1)
        dx, dz = x[rows, None] - a[k, 0], z[None, columns] - a[k, 2]
        u = (dx * (c[k, 2] - a[k, 2]) - dz * (c[k, 0] - a[k, 0])) / turn[k]
        v = (dz * (b[k, 0] - a[k, 0]) - dx * (b[k, 2] - a[k, 2])) / turn[k]
        inside = (u >= -1e-6) & (v >= -1e-6) & (u + v <= 1 + 1e-6)
        if not inside.any():
            continue
        height = a[k, 1] + u * (b[k, 1] - a[k, 1]) + v * (c[k, 1] - a[k, 1])
        top[rows, columns] = np.where(
            inside, np.maximum(top[rows, columns], height), top[rows, columns]
        )
        low[rows, columns] = np.where(
            inside, np.minimum(low[rows, columns], height), low[rows, columns]
        )

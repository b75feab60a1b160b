"""Skins that are no field: bodies drawn out along a spine, tubes, leaves with two sides."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from matinee.engine.render.geometry import smooth_normals
from matinee.engine.stage.skeleton import unit

from .field import Skin

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

Floats: TypeAlias = "npt.NDArray[np.float64]"
Corners: TypeAlias = "npt.NDArray[np.uint32]"


def grid_triangles(rows: int, columns: int) -> Corners:
    """Return two triangles for every cell of a grid of points, rows first."""
    at = np.arange(rows * columns).reshape(rows, columns)
    a, b, c, d = at[:-1, :-1], at[1:, :-1], at[1:, 1:], at[:-1, 1:]
    first = np.stack([a, b, c], -1).reshape(-1, 3)
    second = np.stack([a, c, d], -1).reshape(-1, 3)
    return np.concatenate([first, second]).astype(np.uint32)


def drawn_out(
    middles: Floats, wide: Floats, high: Floats, sides: int, *, square: float = 1.0
) -> Skin:
    """Draw rings out along middles (k, 3), half `wide` and half `high` (k,) each.

    A ring is as wide as it says level and aside of its spine. square above 1 makes it boxier.
    """
    along = unit(np.gradient(middles, axis=0))
    level = np.array([1.0, 0.0, 0.0]) - along[:, :1] * along
    across = unit(level)
    up = np.cross(along, across)
    turn = np.linspace(0, 2 * np.pi, sides + 1)
    cosine, sine = np.cos(turn), np.sin(turn)
    x = np.sign(cosine) * np.abs(cosine) ** (1 / square)
    y = np.sign(sine) * np.abs(sine) ** (1 / square)
    rings = (
        middles[:, None]
        + wide[:, None, None] * x[None, :, None] * across[:, None]
        + high[:, None, None] * y[None, :, None] * up[:, None]
    )
    points = rings.reshape(-1, 3)
    triangles = grid_triangles(len(middles), sides + 1)
    return closed(points, triangles, len(middles), sides + 1)


def closed(points: Floats, triangles: Corners, rows: int, columns: int) -> Skin:
    """Return rings of points as a skin: normals agree along the seam and point outwards."""
    normals = smooth_normals(points.astype(np.float32), triangles).astype(np.float64)
    grid = normals.reshape(rows, columns, 3)
    seam = unit(grid[:, 0] + grid[:, -1])
    grid[:, 0] = grid[:, -1] = seam
    middle = points.reshape(rows, columns, 3).mean(1, keepdims=True)
    outward = ((points.reshape(rows, columns, 3) - middle) * grid).sum()
    if outward < 0:
        return Skin(points, -grid.reshape(-1, 3), triangles[:, [0, 2, 1]])
    return Skin(points, grid.reshape(-1, 3), triangles)


def tube(points: Floats, radii: Floats, sides: int = 9) -> Skin:
    """Return a tapering tube along points (k, 3) with radii (k,)."""
    along = unit(np.gradient(points, axis=0))
    across = unit(np.cross(along, [0.31, 0.2, 0.93]))
    beside = np.cross(along, across)
    turn = np.linspace(0, 2 * np.pi, sides + 1)
    ring = (
        np.cos(turn)[None, :, None] * across[:, None]
        + np.sin(turn)[None, :, None] * beside[:, None]
    )
    spots = points[:, None] + ring * np.asarray(radii)[:, None, None]
    return closed(
        spots.reshape(-1, 3), grid_triangles(len(points), sides + 1), len(points), sides + 1
    )


def leaf(spots: Floats, thick: Floats, facing: Floats) -> Skin:
    """Return a thin leaf with two sides: spots (r, c, 3), half its thickness (r, c).

    facing (3,) says which side is the first: its points come first.
    """
    rows, columns = spots.shape[:2]
    triangles = grid_triangles(rows, columns)
    flat = spots.reshape(-1, 3)
    normals = smooth_normals(flat.astype(np.float32), triangles).astype(np.float64)
    if float((normals @ facing).sum()) < 0:
        triangles, normals = triangles[:, [0, 2, 1]], -normals
    shift = thick.reshape(-1, 1) * normals
    count = np.uint32(len(flat))
    return Skin(
        np.concatenate([flat + shift, flat - shift]),
        np.concatenate([normals, -normals]),
        np.concatenate([triangles, triangles[:, [0, 2, 1]] + count]),
    )


def ball(bends: Floats, sides: int) -> tuple[Floats, Corners]:
    """Return a unit ball whose pole is +Z, with rings `bends` (k,) radians away from it."""
    bend, turn = np.meshgrid(bends, np.linspace(0, 2 * np.pi, sides + 1), indexing="ij")
    points = np.stack(
        [np.sin(bend) * np.cos(turn), np.sin(bend) * np.sin(turn), np.cos(bend)], -1
    ).reshape(-1, 3)
    return points, grid_triangles(len(bends), sides + 1)


def shared(values: Floats, ends: Sequence[float]) -> Floats:
    """Return how much each link of a chain holds points at `values` (n,): (n, links).

    `ends` (links + 1,) are where the links begin and end, rising; a point in the middle of a link
    is all its own.
    """
    edges = np.asarray(ends, np.float64)
    centres = (edges[1:] + edges[:-1]) / 2
    place = np.interp(values, centres, np.arange(len(centres), dtype=np.float64))
    return np.asarray(np.clip(1 - np.abs(place[:, None] - np.arange(len(centres))), 0, 1))

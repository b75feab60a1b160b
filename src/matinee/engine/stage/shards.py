"""Shards: what a thing is in pieces.

The mesh is parted among a few seeds (the cells of a Voronoi diagram, triangle by triangle), and
each part becomes a thin two-sided body of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.stage.parts.finish import seed_of
from matinee.engine.stage.parts.solids import two_sided

if TYPE_CHECKING:
    from matinee.engine.render.geometry import Mesh
    from matinee.engine.stage.props import PropModel
    from matinee.engine.stage.space import Points

PIECES = 11
THIN_M = 0.002
FRAGILE = frozenset({"glass", "ceramic"})
"""What breaks, by the material it sounds like."""


@dataclass(frozen=True, eq=False)
class Shard:
    """One piece: its mesh around its own middle, which is `at` (3,) from the whole's centre."""

    mesh: Mesh
    at: Points
    half: Points


@lru_cache(maxsize=64)
def shards_of(model: PropModel) -> tuple[Shard, ...]:
    """Return the pieces of a thing; together they are the whole."""
    mesh, half = model.mesh, np.asarray(model.half_extents, np.float64)
    random = seed_of("shards", model.kind)
    seeds = random.uniform(-0.95, 0.95, (PIECES, 3)) * half
    middle = mesh.positions[mesh.triangles].mean(axis=1).astype(np.float64)
    apart = np.linalg.norm((middle[:, None] - seeds[None]) / half.max(), axis=2)
    nearest = apart.argmin(axis=1)
    out = []
    for cell in range(PIECES):
        own = np.flatnonzero(nearest == cell)
        if len(own) < 2:
            continue
        out.append(_piece(mesh, own))
    return tuple(out)


def _piece(mesh: Mesh, triangles: np.ndarray[tuple[int], np.dtype[np.intp]]) -> Shard:
    used, numbers = np.unique(mesh.triangles[triangles], return_inverse=True)
    points = mesh.positions[used].astype(np.float64)
    at = (points.min(axis=0) + points.max(axis=0)) * 0.5
    part = replace(
        mesh,
        positions=(points - at).astype(np.float32),
        normals=mesh.normals[used],
        albedo=mesh.albedo[used],
        surface=mesh.surface[used],
        roughness=mesh.roughness[used],
        emission=mesh.emission[used],
        occlusion=mesh.occlusion[used],
        light=mesh.light[used],
        triangles=numbers.reshape(-1, 3).astype(np.uint32),
    )
    whole = two_sided(part)
    half = np.maximum(np.ptp(points, axis=0) * 0.5, THIN_M)
    return Shard(whole, at, half)

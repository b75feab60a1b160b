"""The scalp: where hair grows, and the surface it may not fall through."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from .anatomy import anatomy

if TYPE_CHECKING:
    import numpy.typing as npt

Floats: TypeAlias = "npt.NDArray[np.float64]"
Ints: TypeAlias = "npt.NDArray[np.int64]"


def hairline(points: npt.NDArray[np.floating], *, receding: float = 0.0) -> Floats:
    """Return how far inside the hairline canonical points (n, 3) lie, in decimetres.

    Forehead, temples, in front of the ears, behind them, nape.
    """
    x, y, z = np.abs(points[:, 0]), points[:, 1], points[:, 2]
    # The edge is a height over the angle around the head, from the front to the nape.
    angle = np.arctan2(x, z - 0.55)
    corner = receding * 0.30 * np.exp(-(((angle - 0.62) / 0.25) ** 2))
    knots = [0.0, 0.25, 0.55, 0.85, 1.15, 1.38, 1.50, 1.62, 1.80, 2.15, 2.6, np.pi]
    edge = [7.98, 8.0, 7.98, 7.84, 7.66, 7.38, 7.22, 7.30, 7.22, 6.90, 6.62, 6.56]
    return np.asarray(y - np.interp(angle, knots, edge) - corner - 0.06 * receding)


@lru_cache(maxsize=1)
def scalp() -> tuple[Ints, Ints]:
    """Return the triangles of the scalp and a little more, and the vertices of the whole head."""
    body = anatomy()
    triangles = body.triangles["near"]["body"]
    line = hairline(body.canonical)
    inside = (line[triangles] > -0.25).all(1) & (body.canonical[triangles, 1] > 6.3).all(1)
    inside &= (body.masks["ears"][triangles] < 0.3).all(1)
    inside &= (body.masks["inside_mouth"][triangles] < 0.3).all(1)
    head = np.flatnonzero(
        (body.share("head", "neck_01")[: len(body.canonical)] > 0.5)
        & (body.masks["inside_mouth"] < 0.3)
    )
    used = np.unique(triangles)
    return triangles[inside], np.intersect1d(head, used)


def roots(count: int, rng: np.random.Generator, receding: float) -> tuple[Ints, Floats]:
    """Scatter roots evenly over the scalp: triangle corners (k, 3) and shares (k, 3)."""
    body = anatomy()
    triangles, _ = scalp()
    corners = body.canonical[triangles].astype(np.float64)
    area = np.linalg.norm(
        np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), axis=1
    )
    steps = (np.arange(count * 3) + rng.random(count * 3)) / (count * 3)
    chosen = np.searchsorted(np.cumsum(area) / area.sum(), steps)
    chosen = np.clip(chosen, 0, len(triangles) - 1)
    a, b = rng.random((2, len(chosen)))
    flip = a + b > 1
    a, b = np.where(flip, 1 - a, a), np.where(flip, 1 - b, b)
    shares = np.stack([1 - a - b, a, b], 1)
    places = (corners[chosen] * shares[:, :, None]).sum(1)
    good = np.flatnonzero(hairline(places, receding=receding) > 0.02)
    # Thin to `count` so that no two crowd each other: farthest-point order over a sample.
    kept = [int(good[0])]
    gap = np.linalg.norm(places[good] - places[good[0]], axis=1)
    for _ in range(min(count, len(good)) - 1):
        best = int(np.argmax(gap))
        kept.append(int(good[best]))
        gap = np.minimum(gap, np.linalg.norm(places[good] - places[good[best]], axis=1))
    order = np.array(kept)
    return triangles[chosen[order]], shares[order]


@dataclass(frozen=True, eq=False)
class Shell:
    """The head as hair feels it: how far its surface is from its centre in every direction."""

    centre: Floats
    table: Floats
    shoulder_y: float
    neck: Floats

    def radius(self, way: Floats) -> Floats:
        """Return the distance of the surface along unit directions (n, 3)."""
        rows, columns = self.table.shape
        polar = np.arccos(np.clip(way[:, 1], -1, 1)) / np.pi * (rows - 1)
        around = (np.arctan2(way[:, 0], way[:, 2]) / (2 * np.pi) + 0.5) * columns
        row, column = np.floor(polar).astype(int), np.floor(around).astype(int)
        below, right = np.minimum(row + 1, rows - 1), (column + 1) % columns
        column %= columns
        u, v = polar - row, around - np.floor(around)
        top = self.table[row, column] * (1 - v) + self.table[row, right] * v
        low = self.table[below, column] * (1 - v) + self.table[below, right] * v
        return np.asarray(top * (1 - u) + low * u)


def shell_of(points: Floats) -> Shell:
    """Measure a head: the farthest point in each direction, holes filled from their neighbours."""
    over, head = scalp()
    centre = points[np.unique(over)].mean(0) * [0, 1, 1]
    gap = points[head] - centre
    length = np.linalg.norm(gap, axis=1)
    way = gap / length[:, None]
    rows, columns = 28, 48
    table = np.zeros((rows, columns))
    row = np.round(np.arccos(np.clip(way[:, 1], -1, 1)) / np.pi * (rows - 1)).astype(int)
    column = np.round((np.arctan2(way[:, 0], way[:, 2]) / (2 * np.pi) + 0.5) * columns).astype(int)
    np.maximum.at(table, (row, column % columns), length)
    for _ in range(12):
        around = np.stack(
            [
                np.roll(table, 1, 1),
                np.roll(table, -1, 1),
                np.pad(table, ((1, 0), (0, 0)))[:-1],
                np.pad(table, ((0, 1), (0, 0)))[1:],
            ]
        )
        known = around > 0
        mean = around.sum(0) / np.maximum(known.sum(0), 1)
        table = np.where(table > 0, table, mean)
    smooth = (table + np.roll(table, 1, 1) + np.roll(table, -1, 1)) / 3
    neck = points[head][points[head][:, 1] < np.quantile(points[head][:, 1], 0.06)].mean(0)
    return Shell(centre, smooth, float(neck[1]), neck)

"""Flesh as a field: round cones melted together, and the skin where the field is zero.

A creature is a few dozen cones, each on a bone. Their distances are joined by a soft minimum, so
that legs grow out of the body without a seam; the skin is found by surface nets (Gibson 1998) and
then drawn onto the field exactly, which also gives its normals.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

Floats: TypeAlias = "npt.NDArray[np.float64]"
Corners: TypeAlias = "npt.NDArray[np.uint32]"

FAR = 1e3
PROJECTIONS = 3


@dataclass(frozen=True, eq=False)
class Cone:
    """A round cone from `start` to `end` (3,) with its radii, in metres, on a bone.

    `wide` stretches it across, `melt_m` is how far it runs into what it touches.
    """

    bone: str
    start: Floats
    end: Floats
    start_m: float
    end_m: float
    melt_m: float
    wide: float = 1.0

    def distance(self, points: Floats) -> Floats:
        """Return about how far points (..., 3) are outside, negative inside."""
        stretch = np.array([1.0 / self.wide, 1.0, 1.0])
        start, end = self.start, self.end
        middle = np.array([(start[0] + end[0]) * 0.5, 0.0, 0.0])
        along = (end - start) * stretch
        away = (points - middle) * stretch - (start - middle) * stretch
        length = max(float(along @ along), 1e-12)
        share = np.clip((away @ along) / length, 0.0, 1.0)
        gap = away - share[..., None] * along
        thick = self.start_m + (self.end_m - self.start_m) * share
        out = np.sqrt(np.einsum("...i,...i", gap, gap)) - thick
        return np.asarray(out * min(self.wide, 1.0))

    def box(self, margin_m: float) -> tuple[Floats, Floats]:
        """Return the corners of a box around it."""
        radius = max(self.start_m, self.end_m) + margin_m
        reach = np.array([max(self.wide, 1.0) * radius, radius, radius])
        low, high = np.minimum(self.start, self.end), np.maximum(self.start, self.end)
        return low - reach, high + reach


@dataclass(frozen=True, eq=False)
class Skin:
    """A closed surface: points (n, 3), normals (n, 3), triangles (m, 3) seen from outside."""

    points: Floats
    normals: Floats
    triangles: Corners


def melted(first: Floats, second: Floats, melt_m: float) -> Floats:
    """Return the soft minimum of two distances (Quilez's quadratic one)."""
    share = np.clip(0.5 + 0.5 * (first - second) / melt_m, 0.0, 1.0)
    return np.asarray(first + (second - first) * share - melt_m * share * (1.0 - share))


def field_at(cones: Sequence[Cone], points: Floats) -> Floats:
    """Return the distance of points (n, 3), all near the skin, to the flesh of all cones.

    A cone that is further from a point than any melting reaches has no say in it.
    """
    reach = 1.5 * max(cone.melt_m for cone in cones)
    total = np.full(len(points), FAR)
    columns = np.ascontiguousarray(points.T)
    for cone in cones:
        low, high = cone.box(reach)
        within = np.ones(len(points), bool)
        for axis in range(3):
            within &= (columns[axis] > low[axis]) & (columns[axis] < high[axis])
        near = np.flatnonzero(within)
        total[near] = melted(total[near], cone.distance(points[near]), cone.melt_m)
    return total


def skin_of(cones: Sequence[Cone], cell_m: float) -> Skin:
    """Grow the skin over all cones, with about `cell_m` between neighbouring points.

    What is thinner than a cell is found as if it were not, and then drawn onto what it is.
    """
    true, thin_m = cones, 0.8 * cell_m
    cones = [
        replace(cone, start_m=max(cone.start_m, thin_m), end_m=max(cone.end_m, thin_m))
        for cone in cones
    ]
    boxes = [cone.box(2.5 * cell_m) for cone in cones]
    low = np.min([box[0] for box in boxes], axis=0)
    high = np.max([box[1] for box in boxes], axis=0)
    count = np.ceil((high - low) / cell_m).astype(int) + 1
    axes = [low[k] + cell_m * np.arange(count[k]) for k in range(3)]
    grid = np.full(tuple(count), FAR)
    for cone, (near, far) in zip(cones, boxes, strict=True):
        reach = cone.melt_m
        first = np.clip(((near - reach - low) / cell_m).astype(int), 0, count - 1)
        last = np.clip(np.ceil((far + reach - low) / cell_m).astype(int) + 1, 1, count)
        part = tuple(slice(int(a), int(b)) for a, b in zip(first, last, strict=True))
        spots = np.stack(np.meshgrid(*(axes[k][part[k]] for k in range(3)), indexing="ij"), axis=-1)
        grid[part] = melted(grid[part], cone.distance(spots), cone.melt_m)
    places, triangles = _net(grid)
    points = low + cell_m * places
    return _drawn_onto(true, points, triangles, cell_m)


def _drawn_onto(cones: Sequence[Cone], points: Floats, triangles: Corners, cell_m: float) -> Skin:
    """Move points along the slope of the field until they lie on it."""
    slope = np.zeros_like(points)
    step = 0.08 * cell_m
    for _ in range(PROJECTIONS):
        here = field_at(cones, points)
        for axis in range(3):
            aside = points.copy()
            aside[:, axis] += step
            slope[:, axis] = (field_at(cones, aside) - here) / step
        steep = np.maximum((slope * slope).sum(1), 0.05)
        move = (here / steep)[:, None] * slope
        size = np.linalg.norm(move, axis=1, keepdims=True)
        points = points - move * np.minimum(1.0, 0.7 * cell_m / np.maximum(size, 1e-12))
    normals = slope / np.maximum(np.linalg.norm(slope, axis=1, keepdims=True), 1e-9)
    return Skin(points, normals, triangles)


def _net(grid: Floats) -> tuple[Floats, Corners]:
    """Return the points, in cells, and triangles of the zero surface of a grid (x, y, z)."""
    inside = grid < 0.0
    cells = tuple(size - 1 for size in grid.shape)

    def corner(offset: tuple[int, int, int]) -> tuple[slice, ...]:
        return tuple(slice(o, o + c) for o, c in zip(offset, cells, strict=True))

    total, hits = np.zeros((*cells, 3)), np.zeros(cells)
    for axis in range(3):
        others = [k for k in range(3) if k != axis]
        for a in (0, 1):
            for b in (0, 1):
                begin = [0, 0, 0]
                begin[others[0]], begin[others[1]] = a, b
                finish = list(begin)
                finish[axis] = 1
                here = corner((begin[0], begin[1], begin[2]))
                there = corner((finish[0], finish[1], finish[2]))
                crossed = inside[here] != inside[there]
                first, second = grid[here][crossed], grid[there][crossed]
                at = np.tile(np.array(begin, np.float64), (len(first), 1))
                at[:, axis] += first / (first - second)
                total[crossed] += at
                hits[crossed] += 1
    active = hits > 0
    number = np.full(cells, -1, np.int64)
    number[active] = np.arange(int(active.sum()))
    points = np.argwhere(active) + total[active] / hits[active][:, None]
    return points, _faces(inside, number)


def _faces(inside: npt.NDArray[np.bool_], number: npt.NDArray[np.int64]) -> Corners:
    """Span a square over every edge of the grid that goes through the surface."""
    triangles = []
    for axis in range(3):
        first, second = (axis + 1) % 3, (axis + 2) % 3
        low = [slice(None)] * 3
        high = [slice(None)] * 3
        low[axis], high[axis] = slice(None, -1), slice(1, None)
        begins, ends = inside[tuple(low)], inside[tuple(high)]
        at = np.argwhere(begins != ends)
        at = at[(at[:, first] > 0) & (at[:, second] > 0)]
        at = at[(at[:, first] < number.shape[first]) & (at[:, second] < number.shape[second])]
        outward = begins[tuple(at.T)]
        ring = []
        for a, b in ((0, 0), (1, 0), (1, 1), (0, 1)):
            cell = at.copy()
            cell[:, first] -= 1 - a
            cell[:, second] -= 1 - b
            ring.append(number[tuple(cell.T)])
        square = np.stack(ring, axis=1)
        square[~outward] = square[~outward][:, ::-1]
        triangles += [square[:, [0, 1, 2]], square[:, [0, 2, 3]]]
    return np.concatenate(triangles).astype(np.uint32)


def refined(
    cones: Sequence[Cone],
    skin: Skin,
    wanted: npt.NDArray[np.bool_],
    cell_m: float,
    apart: Floats | None = None,
) -> Skin:
    """Halve the edges between points that are `wanted` (n,), and draw what is new onto the field.

    An edge is also halved when its ends differ by more than a third in `apart` (n,).
    A triangle with one or two such edges is cut so that no gap opens beside it.
    """
    ring = skin.triangles.astype(np.int64)
    pairs = np.stack([ring, np.roll(ring, -1, axis=1)], -1)
    chosen = wanted[pairs].all(-1)
    if apart is not None:
        chosen |= np.abs(apart[pairs[..., 0]] - apart[pairs[..., 1]]) > 1 / 3
    keys = np.sort(pairs[chosen], axis=1)
    edges, index = np.unique(keys, axis=0, return_inverse=True)
    middle = np.full(ring.shape, -1)
    middle[chosen] = len(skin.points) + index.reshape(-1)
    parts = [ring[~np.any(chosen, axis=1)]]
    for turn in range(3):
        # Every case is met with its corners turned so that it reads the same.
        a, b, c = (np.roll(ring, -turn, axis=1)[:, k] for k in range(3))
        ab, bc, ca = (np.roll(middle, -turn, axis=1)[:, k] for k in range(3))
        one = (ab >= 0) & (bc < 0) & (ca < 0)
        two = (ab >= 0) & (bc >= 0) & (ca < 0)
        three = (ab >= 0) & (bc >= 0) & (ca >= 0) & (turn == 0)
        for case, corners in (
            (one, ((a, ab, c), (ab, b, c))),
            (two, ((a, ab, c), (ab, bc, c), (ab, b, bc))),
            (three, ((a, ab, ca), (ab, b, bc), (ca, bc, c), (ab, bc, ca))),
        ):
            parts += [np.stack([corner[case] for corner in each], 1) for each in corners]
    points = np.concatenate([skin.points, skin.points[edges].mean(1)])
    return _drawn_onto(cones, points, np.concatenate(parts).astype(np.uint32), cell_m)


def area_of(cones: Sequence[Cone]) -> float:
    """Return about how large the skin of all cones would be, in square metres."""
    return float(
        sum(
            2 * np.pi * (0.5 * (cone.start_m + cone.end_m)) * 0.5 * (1 + cone.wide)
            * (float(np.linalg.norm(cone.end - cone.start)) + cone.start_m + cone.end_m)
            for cone in cones
        )
    )  # fmt: skip


def nearness(cones: Sequence[Cone], points: Floats, bones: Sequence[str], soft_m: float) -> Floats:
    """Return how much each bone holds each point, (n, bones), rows summing to 1."""
    place = {name: index for index, name in enumerate(bones)}
    away = np.full((len(points), len(bones)), FAR)
    for cone in cones:
        column = place[cone.bone]
        away[:, column] = np.minimum(away[:, column], cone.distance(points))
    away -= away.min(axis=1, keepdims=True)
    hold = np.exp(-np.minimum(away / soft_m, 60.0))
    return np.asarray(hold / hold.sum(axis=1, keepdims=True))


def smoothed(values: Floats, triangles: Corners, passes: int) -> Floats:
    """Average values (n, k) with their neighbours over the surface, so that bends stay soft."""
    pairs = np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]])
    count = len(values)
    around = np.bincount(pairs[:, 0], minlength=count) + np.bincount(pairs[:, 1], minlength=count)
    out = values
    used = np.flatnonzero(values.max(axis=0) > 0)
    for _ in range(passes):
        mean = np.zeros_like(out)
        for column in used:
            sums = np.bincount(pairs[:, 0], out[pairs[:, 1], column], count)
            sums += np.bincount(pairs[:, 1], out[pairs[:, 0], column], count)
            mean[:, column] = sums / np.maximum(around, 1)
        out = 0.5 * out + 0.5 * mean
    return out

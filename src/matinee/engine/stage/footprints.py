"""Footprints: what takes which piece of the floor, and where there is room for one more.

A footprint is an upright rectangle on the floor. Two of them are apart, touch or overlap by so many
metres (the separating axis test for rectangles); a free place is sought in widening rings around
the wanted one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.stage.space import heading, rightward

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from matinee.engine.stage.space import FreeSpace, Points, Truths

RING_M = 0.2
BODY_LEVELS_M = (0.25, 1.0)


@dataclass(frozen=True, eq=False)
class Footprint:
    """A rectangle on the floor: its middle (3,), half sizes across and along, and its yaw."""

    middle: Points
    half_x_m: float
    half_z_m: float
    yaw: float = 0.0

    def at(self, place: Points) -> Footprint:
        """Return the same rectangle elsewhere."""
        return replace(self, middle=place)

    def reach_m(self, way: Points) -> float:
        """Return how far it goes from its middle along a unit direction on the floor."""
        along, across = heading(self.yaw), rightward(self.yaw)
        return float(abs(way @ across) * self.half_x_m + abs(way @ along) * self.half_z_m)

    def corners(self) -> Points:
        """Return its corners, the middles of its sides and its middle: (9, 3)."""
        right, ahead = rightward(self.yaw) * self.half_x_m, heading(self.yaw) * self.half_z_m
        return np.array(
            [self.middle + a * right + b * ahead for a in (-1, 0, 1) for b in (-1, 0, 1)]
        )

    def gap_m(self, other: Footprint) -> float:
        """Return the air between two, below zero by how far they overlap."""
        way = other.middle - self.middle
        gap = -np.inf
        for yaw in (self.yaw, other.yaw):
            for axis in (heading(yaw), rightward(yaw)):
                apart = abs(float(way @ axis)) - self.reach_m(axis) - other.reach_m(axis)
                gap = max(gap, apart)
        return float(gap)


def free_place(
    wanted: Footprint,
    taken: Sequence[Footprint],
    space: FreeSpace,
    *,
    air_m: float = 0.05,
    search_m: float = 3.4,
    fits: Callable[[Points], bool] = lambda _: True,
) -> Points:
    """Return the free place nearest to the wanted one, on the ground, (3,).

    `fits` says of a place whether it still is what was asked for (to the left of something). Where
    nothing is free, the wanted place itself is returned.
    """
    rings = [(0.0, 0.0)] + [
        (float(radius), float(angle))
        for radius in np.arange(RING_M, search_m, RING_M * (1.0 + search_m / 12.0))
        for angle in np.linspace(0.0, 2.0 * np.pi, 20, endpoint=False)
    ]
    spots = np.array([wanted.middle + radius * heading(angle) for radius, angle in rings])
    open_ = ~_solid(wanted, spots, space)
    for spot, is_open in zip(spots, open_, strict=True):
        if not is_open or not fits(spot):
            continue
        here = wanted.at(spot)
        if all(here.gap_m(one) >= air_m for one in taken):
            return space.on_ground(float(spot[0]), float(spot[2]))
    return space.on_ground(float(wanted.middle[0]), float(wanted.middle[2]))


def _solid(wanted: Footprint, spots: Points, space: FreeSpace) -> Truths:
    """Whether a footprint at each of (n, 3) spots would stand in a wall or a piece of the set."""
    offsets = wanted.corners() - wanted.middle
    points = (spots[:, None, :] + offsets[None]).reshape(-1, 3)
    ground = space.ground(points)
    out = np.zeros(len(points), bool)
    for level in BODY_LEVELS_M:
        points[:, 1] = ground + level
        out |= space.solid(points, margin_m=0.04)
    return np.asarray(out.reshape(len(spots), -1).any(axis=1))


def pyramid(count: int, half: Points) -> Points:
    """Return rows that grow shorter upwards: (count, 3) offsets of the bottoms."""
    width = 1
    while width * (width + 1) // 2 < count:
        width += 1
    spots, row, y = list[tuple[float, float, float]](), width, 0.0
    while len(spots) < count:
        here = min(row, count - len(spots))
        step = 2.0 * float(half[0]) + 0.008
        spots += [((k - (here - 1) / 2) * step, y, 0.0) for k in range(here)]
        y, row = y + 2.0 * float(half[1]) + 0.001, max(row - 1, 1)
    return np.array(spots)


def group(count: int, half: Points, random: np.random.Generator) -> Points:
    """Return (count, 3) offsets of a loose group: sunflower spacing, a little unrest."""
    if count == 1:
        return np.zeros((1, 3))
    reach = float(np.hypot(half[0], half[2]))
    if reach > 0.9:
        # Large things stand in a row, side by side.
        step = 2.0 * float(half[0]) + 0.5
        x = (np.arange(count) - (count - 1) / 2.0) * step
        return np.stack([x, 0.0 * x, 0.0 * x], axis=1)
    index = np.arange(count)
    radius = 2.3 * reach * np.sqrt(index)
    angle = index * np.pi * (3.0 - np.sqrt(5.0)) + random.uniform(0.0, 2.0 * np.pi)
    jitter = random.uniform(-0.06, 0.06, (count, 2)) * reach
    x, z = radius * np.cos(angle) + jitter[:, 0], radius * np.sin(angle) + jitter[:, 1]
    spots = np.stack([x, np.zeros(count), z], axis=1)
    return np.asarray(spots - spots.mean(axis=0))

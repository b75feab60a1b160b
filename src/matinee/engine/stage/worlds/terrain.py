"""Terrain as data: features raise and lower the ground, covers colour it, decks stand on it.

A `Ground` is described and not drawn: its height at any place follows from its features one after
another, so that the mesh, the feet of people and the roots of trees agree.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Protocol, TypeAlias

import numpy as np

from matinee.engine.stage.parts.finish import Colour, Finish, Floats, flat, fractal
from matinee.engine.stage.parts.solids import graded_lines, heightfield, recoloured

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matinee.engine.render.geometry import Mesh, Surface

Line: TypeAlias = tuple[tuple[float, float], ...]
"""A path over the ground: x and z of its corners."""
_LEVEL_CELL_M = 0.6


def smooth(share: Floats) -> Floats:
    """Return 0..1 eased at both ends, clipped."""
    held = np.clip(share, 0, 1)
    return np.asarray(held * held * (3 - 2 * held))


def beside(x: Floats, z: Floats, line: Line) -> Floats:
    """Return the distance of places to a path, in metres."""
    nearest = np.full(np.shape(x), np.inf)
    for (x0, z0), (x1, z1) in pairwise(line):
        dx, dz = x1 - x0, z1 - z0
        share = np.clip(((x - x0) * dx + (z - z0) * dz) / max(dx * dx + dz * dz, 1e-9), 0, 1)
        nearest = np.minimum(nearest, np.hypot(x - x0 - share * dx, z - z0 - share * dz))
    return nearest


class Feature(Protocol):
    """Something that shapes the ground."""

    def shaped(self, x: Floats, z: Floats, height: Floats) -> Floats:
        """Return the height after this feature."""
        ...


@dataclass(frozen=True)
class Swell:
    """Rolling ground, `height_m` high and `cell_m` wide, level within calm_m of the hero.

    A sharp one has crests, as dunes and broken rock have.
    """

    height_m: float
    cell_m: float
    calm_m: float = 5.0
    seed: int = 11
    octaves: int = 3
    sharp: bool = False

    def shaped(self, x: Floats, z: Floats, height: Floats) -> Floats:
        """Raise and lower."""
        wave = fractal(flat(x, z), cell_m=self.cell_m, seed=self.seed, octaves=self.octaves)
        if self.sharp:
            wave = 0.55 - 1.6 * np.abs(wave)
        away = smooth((np.hypot(x, z) - self.calm_m) / max(1.4 * self.calm_m, 6.0))
        return np.asarray(height + away * self.height_m * wave)


@dataclass(frozen=True)
class Bank:
    """Beyond the line through `at`, across `yaw`, the ground falls by drop_m over `over_m`.

    A negative drop climbs. The line wanders by wander_m and bends away by bend_per_m.
    """

    at: tuple[float, float]
    yaw: float
    over_m: float
    drop_m: float
    wander_m: float = 0.0
    cell_m: float = 14.0
    bend_per_m: float = 0.0
    seed: int = 3

    def shaped(self, x: Floats, z: Floats, height: Floats) -> Floats:
        """Let it fall."""
        sine, cosine = np.sin(self.yaw), np.cos(self.yaw)
        dx, dz = x - self.at[0], z - self.at[1]
        ahead, aside = dx * sine + dz * cosine, dx * cosine - dz * sine
        ahead = ahead - self.bend_per_m * aside**2
        if self.wander_m:
            edge = flat(aside, np.zeros_like(aside))
            ahead = ahead + 2 * self.wander_m * fractal(edge, cell_m=self.cell_m, seed=self.seed)
        return np.asarray(height - self.drop_m * smooth(ahead / self.over_m))


@dataclass(frozen=True)
class Trench:
    """A bed along a path: flat over half_m to either side at `bed_m`, with banks bank_m wide.

    With a bed above the ground it is a causeway.
    """

    line: Line
    half_m: float
    bed_m: float
    bank_m: float = 3.0
    wander_m: float = 0.0

    def shaped(self, x: Floats, z: Floats, height: Floats) -> Floats:
        """Cut it."""
        away = beside(x, z, self.line)
        if self.wander_m:
            away = away + 2 * self.wander_m * fractal(flat(x, z), cell_m=9.0, seed=21)
        share = smooth((self.half_m + self.bank_m - away) / self.bank_m)
        return np.asarray(height * (1 - share) + self.bed_m * share)


@dataclass(frozen=True)
class Hill:
    """A round hill, or with a negative height a hollow; a rim makes a crater of it."""

    at: tuple[float, float]
    radius_m: float
    height_m: float
    power: float = 1.0
    rim_m: float = 0.0
    rough: float = 0.0

    def shaped(self, x: Floats, z: Floats, height: Floats) -> Floats:
        """Raise it."""
        away = np.hypot(x - self.at[0], z - self.at[1]) / self.radius_m
        if self.rough:
            cell = self.radius_m * 0.5
            away = away * (1 + self.rough * fractal(flat(x, z), cell_m=cell, seed=17))
        rise = self.height_m * smooth(1 - away) ** self.power
        return np.asarray(height + rise + self.rim_m * np.exp(-(((away - 1.0) / 0.22) ** 2)))


@dataclass(frozen=True)
class Steps:
    """Ground above low_m climbs in terraces step_m high, as layered rock does."""

    step_m: float
    low_m: float = 0.4
    sharp: float = 0.75

    def shaped(self, x: Floats, z: Floats, height: Floats) -> Floats:
        """Cut the steps."""
        uneven = 0.35 * fractal(flat(x, z), cell_m=30.0, seed=9, octaves=2)
        level = height / self.step_m + uneven
        base = np.floor(level)
        riser = smooth((level - base - self.sharp) / (1 - self.sharp))
        part = (riser + base - uneven) * self.step_m
        return np.where(height > self.low_m, np.maximum(part, self.low_m), height)


@dataclass(frozen=True)
class Level:
    """Level ground in a rectangle (x0, z0, x1, z1), blending into what is around it."""

    area: tuple[float, float, float, float]
    height_m: float = 0.0
    blend_m: float = 3.0

    def shaped(self, x: Floats, z: Floats, height: Floats) -> Floats:
        """Level it."""
        x0, z0, x1, z1 = self.area
        out = np.hypot(
            np.maximum(np.maximum(x0 - x, x - x1), 0), np.maximum(np.maximum(z0 - z, z - z1), 0)
        )
        share = smooth(1 - out / self.blend_m)
        return np.asarray(height * (1 - share) + self.height_m * share)


@dataclass(frozen=True)
class Cover:
    """What lies on the ground where it applies: on some heights, slopes, patches or along a path.

    steep runs from 0 (level) to 1 (a wall). patch_m are blots of about that width that cover
    `share` of the ground. bands_m draws layers of that height, as in sandstone. `on` keeps it
    within half_m of a path, inside says a rectangle (x0, z0, x1, z1). A rib draws furrows of that
    width along Z.
    """

    colour: Colour
    surface: Surface | None = None
    height: tuple[float, float] = (-1e4, 1e4)
    soft_m: float = 0.4
    steep: tuple[float, float] = (-1.0, 2.0)
    patch_m: float = 0.0
    share: float = 0.5
    bands_m: float = 0.0
    on: Line = ()
    half_m: float = 1.0
    inside: tuple[float, float, float, float] | None = None
    rib_m: float = 0.0
    most: float = 1.0

    def weight(self, points: Floats, normals: Floats) -> Floats:
        """Return how much of the ground it hides at (n, 3) points, 0..1."""
        x, y, z = points.T
        low, high = self.height
        share = smooth((y - low) / self.soft_m + 0.5) * smooth((high - y) / self.soft_m + 0.5)
        steep = 1 - normals[:, 1]
        share = share * smooth((steep - self.steep[0]) / 0.12 + 0.5)
        share = share * smooth((self.steep[1] - steep) / 0.12 + 0.5)
        if self.patch_m:
            blot = fractal(points * (1, 0, 1), cell_m=self.patch_m, seed=31, octaves=3)
            share = share * smooth((blot + (self.share - 0.5) * 1.2) / 0.22 + 0.5)
        if self.bands_m:
            bent = y + 0.6 * self.bands_m * fractal(points, cell_m=22.0, seed=4, octaves=2)
            share = share * (0.5 + 0.5 * np.sin(bent * 2 * np.pi / self.bands_m))
        if self.on:
            wander = 0.5 * fractal(points * (1, 0, 1), cell_m=1.7, seed=8, octaves=2)
            share = share * smooth((self.half_m - beside(x, z, self.on) + wander) / 0.5 + 0.5)
        if self.inside is not None:
            x0, z0, x1, z1 = self.inside
            share = share * ((x >= x0) & (x <= x1) & (z >= z0) & (z <= z1))
        if self.rib_m:
            share = share * (0.5 + 0.5 * np.sin(x * 2 * np.pi / self.rib_m))
        return np.asarray(share * self.most)


@dataclass(frozen=True)
class Deck:
    """A level floor above the ground, (x0, z0, x1, z1) at height_m: a pier, a bridge, a ship."""

    area: tuple[float, float, float, float]
    height_m: float


@dataclass(frozen=True)
class Ground:
    """Ground out to far_m: its finish, what shapes it, what covers it, what stands on it.

    Cells are cell_m wide within near_m of the hero and grow further out. blotch is how much its
    colour varies. base_m is its height before any feature.
    """

    finish: Finish
    features: tuple[Feature, ...] = ()
    covers: tuple[Cover, ...] = ()
    decks: tuple[Deck, ...] = ()
    near_m: float = 12.0
    far_m: float = 200.0
    cell_m: float = _LEVEL_CELL_M
    growth: float = 1.15
    blotch: float = 0.22
    blotch_m: float = 6.0
    base_m: float = 0.0

    def bare(self, x: Floats, z: Floats) -> Floats:
        """Return the height of the ground itself, without decks."""
        across, along = np.broadcast_arrays(np.asarray(x, np.float64), np.asarray(z, np.float64))
        height = np.full(across.shape, self.base_m)
        for feature in self.features:
            height = feature.shaped(across, along, height)
        return height

    def height(self, x: Floats, z: Floats) -> Floats:
        """Return the height of what one stands on."""
        top = self.bare(x, z)
        for deck in self.decks:
            x0, z0, x1, z1 = deck.area
            on = (x >= x0) & (x <= x1) & (z >= z0) & (z <= z1)
            top = np.where(on, deck.height_m, top)
        return top

    def mesh(self) -> Mesh:
        """Return the ground in its colours."""
        lines = graded_lines(self.near_m, self.far_m, cell_m=self.cell_m, growth=self.growth)
        return self.painted(heightfield(lines, lines, self.bare, self.finish))

    def painted(self, mesh: Mesh) -> Mesh:
        """Return a piece of ground in the colours of the covers."""
        points, normals = mesh.positions.astype(np.float64), mesh.normals.astype(np.float64)
        albedo = np.asarray(mesh.albedo, np.float64).copy()
        surface = mesh.surface.copy()
        for cover in self.covers:
            weight = cover.weight(points, normals)[:, None]
            albedo = albedo * (1 - weight) + np.asarray(cover.colour) * weight
            if cover.surface is not None:
                surface[weight[:, 0] > 0.5] = np.uint8(cover.surface)
        blot = fractal(points * (1, 0.3, 1), cell_m=self.blotch_m, seed=5)[:, None]
        albedo = np.clip(albedo * (1 + self.blotch * 2 * blot), 0.006, 0.92)
        return replace(recoloured(mesh, albedo), surface=surface)


def path_through(line: Line, every_m: float) -> tuple[Floats, Floats]:
    """Return points (n, 2) along a path every so many metres, and the yaw of the path there."""
    corners = np.asarray(line, np.float64)
    steps = np.diff(corners, axis=0)
    lengths = np.linalg.norm(steps, axis=1)
    marks = np.concatenate([[0.0], np.cumsum(lengths)])
    at = np.arange(0.0, marks[-1] + 1e-6, every_m)
    points = np.stack([np.interp(at, marks, corners[:, k]) for k in (0, 1)], -1)
    leg = np.clip(np.searchsorted(marks, at, side="right") - 1, 0, len(steps) - 1)
    return points, np.arctan2(steps[leg, 0], steps[leg, 1])


def scattered_points(
    rng: np.random.Generator, count: int, area: Sequence[float], spacing_m: float = 0.0
) -> Floats:
    """Return about `count` places (k, 2) in (x0, z0, x1, z1); with a spacing none is crowded."""
    x0, z0, x1, z1 = area
    at = rng.uniform((x0, z0), (x1, z1), (count, 2))
    if spacing_m <= 0:
        return at
    cells = np.floor(at / spacing_m).astype(np.int64)
    _, first = np.unique(cells, axis=0, return_index=True)
    return at[np.sort(first)]

"""Landscapes: outdoor places described as data, and one builder that turns them into worlds.

A `Landscape` says what the ground is (worlds/terrain.py), what water lies in it, what grows and
lies about and by which rule, what closes the view, and which single things make the place what it
is. A new place is a description of some thirty lines.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.render.scene import Lamp
from matinee.engine.stage.conditions import wind_of
from matinee.engine.stage.light import Climate
from matinee.engine.stage.parts import greenery, masonry, plants
from matinee.engine.stage.parts.finish import (
    Colour,
    Finish,
    Floats,
    flat,
    fractal,
    noise,
    rgb,
    seed_of,
    weathered,
)
from matinee.engine.stage.parts.solids import (
    copies,
    graded_lines,
    grid_triangles,
    heightfield,
    on_ground,
    placed,
    recoloured,
    shape,
    up,
)
from matinee.engine.stage.worlds.model import Cylinder, Mark, Space
from matinee.engine.stage.worlds.motion import bending, sailing
from matinee.engine.stage.worlds.scenery import Scenery, around
from matinee.engine.stage.worlds.terrain import Ground, beside, scattered_points, smooth

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from matinee.engine.render.scene import Atmosphere
    from matinee.engine.stage.worlds.model import Conditions, World

Area: TypeAlias = tuple[float, float, float, float]
"""A rectangle on the ground: x0, z0, x1, z1."""

LAKE_WATER = rgb("#24566a")
SEA_WATER = rgb("#1c5a72")
_MOONLIGHT = Lamp((2.4, 3.0, 2.6), (1.0, 1.3, 2.1), 8.0)
_MARK_CLEAR_M = 0.9
_SWAY_NEAR_M = 15.0
_SWAY_GROUPS = 3
_SOLID_WITHIN_M = 40.0


@dataclass(frozen=True)
class Scatter:
    """What grows or lies about: `make` gives one of a few kinds, set down `count` times in all.

    Only ground between the heights counts, no steeper than `steep` (0 level, 1 a wall). Patchy
    growth stands in clumps patch_m wide. Nothing stands within clear_m of the hero, on the walk, or
    in the way of a camera before the hero; what has a solid_m stops people and cameras. sway is how
    far it leans in a storm. `off` keeps away_m from a path. tint varies its light.
    """

    make: Callable[[np.random.Generator], Mesh]
    count: int
    area: Area
    kinds: int = 3
    scale: tuple[float, float] = (0.8, 1.2)
    clear_m: float = 3.5
    solid_m: float = 0.0
    solid_height_m: float = 4.0
    height: tuple[float, float] = (-1e4, 1e4)
    steep: float = 0.5
    patch_m: float = 0.0
    share: float = 0.5
    spacing_m: float = 0.0
    sink_m: float = 0.05
    sway: float = 0.0
    tint: float = 0.18
    lane_m: float = 1.0
    off: tuple[tuple[float, float], ...] = ()
    away_m: float = 2.0
    bare: bool = False


@dataclass(frozen=True)
class Water:
    """Level water in a rectangle; the renderer ripples it and mirrors in it at height zero."""

    area: Area = (-400.0, -400.0, 400.0, 400.0)
    colour: Colour = LAKE_WATER
    y_m: float = 0.0
    cell_m: float = 4.0


@dataclass(frozen=True)
class Sea:
    """Open water whose waves travel along `yaw`: height_m from trough to crest, wave_m apart."""

    height_m: float = 0.8
    wave_m: float = 18.0
    yaw: float = 0.5
    speed_m_s: float = 4.5
    colour: Colour = SEA_WATER
    level_m: float = 0.0
    heave_m: float = 0.0
    foam: float = 0.5
    hole: float = 0.0


@dataclass(frozen=True)
class Hills:
    """A range of hills or mountains all round or in an arc, its foot at foot_m."""

    near_m: float
    far_m: float
    high_m: float
    finish: Finish
    seed: int = 3
    foot_m: float = -3.0
    arc: tuple[float, float] = (0.0, 2 * np.pi)
    snowline_m: float | None = None
    columns: int = 100


@dataclass(frozen=True)
class Treeline:
    """A belt of trees around the place, from near_m to far_m away, in an arc of yaws."""

    count: int
    near_m: float
    far_m: float
    tall_m: tuple[float, float] = (7.0, 11.0)
    colours: tuple[Colour, ...] = (rgb("#4a6630"), rgb("#56702f"), rgb("#3f5a30"))
    arc: tuple[float, float] = (0.0, 2 * np.pi)
    conifers: bool = False


@dataclass(frozen=True)
class Skyline:
    """Tall buildings far off, in an arc of yaws (pi is what the default camera looks at)."""

    count: int
    near_m: float
    far_m: float
    tall_m: tuple[float, float] = (25.0, 90.0)
    wide_m: tuple[float, float] = (12.0, 26.0)
    colours: tuple[Colour, ...] = (rgb("#8b8f96"), rgb("#a39a8e"), rgb("#6f7a86"), rgb("#b5b0a6"))
    arc: tuple[float, float] = (np.pi - 1.3, np.pi + 1.3)
    foot_m: float = -1.0


Backdrop: TypeAlias = Hills | Treeline | Skyline


def _nothing(_set: Scenery, _rng: np.random.Generator) -> None:
    return


@dataclass(frozen=True)
class Landscape:
    """An outdoor place as data; see `build`."""

    ground: Ground
    climate: Climate = field(default_factory=Climate)
    water: tuple[Water | Sea, ...] = ()
    growth: tuple[Scatter, ...] = ()
    far: tuple[Backdrop, ...] = ()
    things: Callable[[Scenery, np.random.Generator], None] = _nothing
    marks: tuple[Mark, ...] = ()
    back_z: float = -6.0
    walk: tuple[tuple[float, float], tuple[float, float]] = ((-4.5, -1.0), (4.5, -1.0))
    keep_in: Space = field(default_factory=lambda: Space((-10.0, 0.3, -9.0), (10.0, 9.0, 14.0)))
    underfoot: str = "grass"
    ambience: str = "wind"
    mirror: bool = False
    floor_radius_m: float = 2.0
    shadow_radius_m: float = 30.0
    reach_m: float = 12.0
    airless: bool = False
    afloat: bool = False
    moonlit: bool = True
    tinted: Callable[[Atmosphere], Atmosphere] | None = None


def builder(place: str, land: Landscape) -> Callable[[Conditions], World]:
    """Return the function that builds a described place under given conditions."""

    def build(conditions: Conditions) -> World:
        return built(place, land, conditions)

    return build


def built(place: str, land: Landscape, conditions: Conditions) -> World:
    """Build a described place."""
    rng = seed_of(place, conditions.seed)
    set_ = Scenery(place, conditions, height=land.ground.height)
    marks = _grounded(land.marks or around(land.back_z), land.ground)
    set_.add(land.ground.mesh())
    for water in land.water:
        _fill(set_, water)
    for backdrop in land.far:
        set_.add(_backdrop(backdrop, conditions, rng))
    land.things(set_, rng)
    for growth in land.growth:
        grow(set_, growth, land, marks, rng)
    if conditions.time_of_day == "night" and land.moonlit and len(set_.lamps) < 4:
        set_.lamps.append(_moonlight(marks[0]))
    return set_.world(
        land.climate,
        marks=marks,
        walk=land.walk,
        keep_in=land.keep_in,
        underfoot=land.underfoot,
        ambience=land.ambience,
        mirror=land.mirror,
        floor_radius_m=land.floor_radius_m,
        shadow_radius_m=land.shadow_radius_m,
        reach_m=land.reach_m,
        airless=land.airless,
        afloat=land.afloat,
        tinted=land.tinted,
    )


def _grounded(marks: tuple[Mark, ...], ground: Ground) -> tuple[Mark, ...]:
    """Return the marks on the ground, whatever height they were written down with."""
    at = np.array([mark.position for mark in marks])
    feet = ground.height(at[:, 0], at[:, 2])
    return tuple(
        replace(mark, position=(mark.position[0], float(y), mark.position[2]))
        for mark, y in zip(marks, feet, strict=True)
    )


def _moonlight(hero: Mark) -> Lamp:
    x, y, z = (a + b for a, b in zip(hero.position, _MOONLIGHT.position, strict=True))
    return Lamp((x, y, z), _MOONLIGHT.radiance, _MOONLIGHT.radius_m)


def grow(
    set_: Scenery, what: Scatter, land: Landscape, marks: tuple[Mark, ...], rng: np.random.Generator
) -> None:
    """Set down what is scattered, by its rule."""
    at = scattered_points(rng, what.count, what.area, what.spacing_m)
    at = at[_allowed(at, what, land, marks)]
    if not len(at):
        return
    points = on_ground(at, land.ground.bare) - up(what.sink_m)
    moves = (np.hypot(at[:, 0], at[:, 1]) < _SWAY_NEAR_M) & (what.sway > 0)
    # What stands still is one group, what sways a few more, each in its own time.
    group = np.where(moves, rng.integers(0, _SWAY_GROUPS, len(at)), _SWAY_GROUPS)
    scale = rng.uniform(*what.scale, len(at))
    parts = _individuals(what, points, scale, group, rng)
    wind = wind_of(set_.conditions)
    for index, mesh in enumerate(parts[:_SWAY_GROUPS]):
        if mesh.triangle_count:
            foot = (0.0, float(points[moves, 1].mean()), 0.0)
            bend = bending(what.sway, wind, 2.1 * index, about=foot)
            set_.move(f"growth{len(set_.moving)}", mesh, bend)
    (set_.add_bare if what.bare else set_.add)(parts[_SWAY_GROUPS])
    if what.solid_m > 0:
        for (x, y, z), grown in zip(points.tolist(), scale.tolist(), strict=True):
            if np.hypot(x, z) < _SOLID_WITHIN_M:
                tall = what.solid_height_m * grown
                set_.solids.append(Cylinder((x, y, z), what.solid_m * grown, tall))


def _individuals(
    what: Scatter,
    points: Floats,
    scale: Floats,
    group: npt.NDArray[np.int64],
    rng: np.random.Generator,
) -> list[Mesh]:
    """Return what is scattered as one mesh for each group."""
    count = len(points)
    kind = rng.integers(0, what.kinds, count)
    yaw = rng.uniform(0, 2 * np.pi, count)
    tint = np.repeat(rng.uniform(1 - what.tint, 1 + what.tint, (count, 1)), 3, axis=1)
    parts: list[list[Mesh]] = [[] for _ in range(_SWAY_GROUPS + 1)]
    for number in range(what.kinds):
        made = what.make(rng)
        for index, gathered in enumerate(parts):
            mine = (kind == number) & (group == index)
            gathered.append(
                copies(made, points[mine], yaw=yaw[mine], scale=scale[mine], tint=tint[mine])
            )
    return [merged(gathered) for gathered in parts]


def _allowed(
    at: Floats, what: Scatter, land: Landscape, marks: tuple[Mark, ...]
) -> npt.NDArray[np.bool_]:
    x, z = at[:, 0], at[:, 1]
    size = what.solid_m * what.scale[1]
    ground = land.ground
    y = ground.bare(x, z)
    slope = np.hypot(ground.bare(x + 0.3, z) - y, ground.bare(x, z + 0.3) - y) / 0.3
    keep = (y >= what.height[0]) & (y <= what.height[1])
    keep &= 1 - 1 / np.hypot(1, slope) <= what.steep
    keep &= np.hypot(x, z) > max(what.clear_m, land.floor_radius_m + size + 0.1 if size else 0.0)
    keep &= beside(x, z, land.walk) > what.lane_m + size
    for deck in ground.decks:
        x0, z0, x1, z1 = deck.area
        keep &= ~((x > x0 - size) & (x < x1 + size) & (z > z0 - size) & (z < z1 + size))
    if what.off:
        keep &= beside(x, z, what.off) > what.away_m + size
    if size:
        keep &= ~((np.abs(x) < 2.2 + 0.25 * np.abs(z)) & (z > 0) & (z < 9))
        for mark in marks:
            keep &= np.hypot(x - mark.position[0], z - mark.position[2]) > _MARK_CLEAR_M + size
    if what.patch_m:
        keep &= fractal(flat(x, z), cell_m=what.patch_m, seed=6) + what.share - 0.5 > 0
    return np.asarray(keep)


def _fill(set_: Scenery, water: Water | Sea) -> None:
    if isinstance(water, Sea):
        rough = {"storm": 2.0, "wind": 1.4}.get(set_.conditions.weather, 1.0)
        swell = sailing(
            _sea_wave_m(water), water.speed_m_s, water.yaw, heave_m=water.heave_m * rough
        )
        set_.move("sea", _sea(water, rough), swell)
        return
    x0, z0, x1, z1 = water.area
    finish = Finish(water.colour, Surface.WATER, 0.08)
    lines_x = np.linspace(x0, x1, max(2, min(46, round((x1 - x0) / water.cell_m))))
    lines_z = np.linspace(z0, z1, max(2, min(46, round((z1 - z0) / water.cell_m))))
    set_.add_bare(heightfield(lines_x, lines_z, lambda x, _z: 0 * x + water.y_m, finish))


def _sea_wave_m(sea: Sea) -> float:
    """Return after how many metres along its yaw the sea looks the same again."""
    return 6 * sea.wave_m


def _sea(sea: Sea, rough: float) -> Mesh:
    """Return waves that repeat every six wave lengths along the way they travel, crests pale."""
    sine, cosine = np.sin(sea.yaw), np.cos(sea.yaw)

    def height(x: Floats, z: Floats) -> Floats:
        ahead, aside = x * sine + z * cosine, x * cosine - z * sine
        turn = 2 * np.pi / sea.wave_m
        bent = ahead + 2.2 * np.sin(aside * 0.11) + 1.1 * np.sin(aside * 0.27 + 1)
        main = np.sin(bent * turn) + 0.28 * np.sin(2 * bent * turn + 0.6)
        cross = np.sin(turn * 7 / 6 * ahead + 0.09 * aside) * np.sin(aside * 0.13 + 2)
        chop = np.sin(turn * 17 / 6 * ahead + 0.55 * aside) * np.sin(aside * 0.4)
        group = 0.65 + 0.35 * np.sin(turn / 6 * ahead + aside * 0.03)
        away = np.clip(1.3 - np.hypot(x, z) / 260, 0.12, 1)
        return np.asarray(
            sea.level_m
            + sea.height_m * rough / 2 * away * group * (main + 0.45 * cross + 0.22 * chop)
        )

    # The mesh travels by up to six waves, so it is that much longer than what is seen.
    lines = graded_lines(
        34.0 + _sea_wave_m(sea) / 2, 700.0, cell_m=max(sea.wave_m / 9, 1.5), growth=1.16
    )
    surface = heightfield(lines, lines, height, Finish(sea.colour, Surface.WATER, 0.1))
    y = surface.positions[:, 1] - sea.level_m
    crest = np.clip(y / (sea.height_m * rough * 0.75) - 0.55, 0, 1)
    speckle = np.clip(0.5 + 1.6 * fractal(surface.positions, cell_m=3.0, seed=5), 0, 1)
    pale = (sea.foam * crest * speckle)[:, None]
    light = np.clip(0.8 + 0.5 * y / max(sea.height_m, 0.1), 0.6, 1.5)[:, None]
    albedo = surface.albedo * light * (1 - pale) + np.array((0.75, 0.8, 0.82)) * pale
    return recoloured(surface, np.clip(albedo, 0.004, 0.93))


def _backdrop(what: Backdrop, conditions: Conditions, rng: np.random.Generator) -> Mesh:
    if isinstance(what, Hills):
        return placed(_mountains(what, snowy=conditions.snowy), (0, what.foot_m, 0))
    yaw = rng.uniform(*what.arc, what.count)
    away = np.sqrt(rng.uniform(what.near_m**2, what.far_m**2, what.count))
    at = np.stack([away * np.sin(yaw), 0 * yaw, away * np.cos(yaw)], -1)
    if isinstance(what, Skyline):
        return _skyline(what, at, away, rng)
    at[:, 1] -= 0.4
    kinds = [
        plants.conifer(1.0, rng=rng, colour=colour, tiers=4)
        if what.conifers
        else greenery.far_tree(1.0, rng=rng, colour=colour)
        for colour in what.colours
    ]
    which = rng.integers(0, len(kinds), what.count)
    tall = rng.uniform(*what.tall_m, what.count)
    shade = np.repeat(rng.uniform(0.75, 1.2, (what.count, 1)), 3, axis=1)
    return merged(
        [
            copies(
                kinds[k],
                at[which == k],
                yaw=yaw[which == k] * 7,
                scale=tall[which == k],
                tint=shade[which == k],
            )
            for k in range(len(kinds))
            if (which == k).any()
        ]
    )


def _skyline(what: Skyline, at: Floats, away: Floats, rng: np.random.Generator) -> Mesh:
    blocks = []
    for place in at[np.argsort(-away)]:
        wide, tall = float(rng.uniform(*what.wide_m)), float(rng.uniform(*what.tall_m))
        tone = what.colours[int(rng.integers(0, len(what.colours)))]
        block = masonry.tower_block(
            wide, tall, wide * 0.9, Finish(tone, Surface.FACADE, 0.6), cell_m=60.0
        )
        blocks.append(
            placed(block, (place[0], what.foot_m, place[2]), yaw=float(rng.uniform(-0.2, 0.2)))
        )
    return merged(blocks)


def _mountains(what: Hills, *, snowy: bool) -> Mesh:
    """Return a range that rises from its near edge to a broken crest, with gullies and snow."""
    rows = 20
    yaw = np.linspace(*what.arc, what.columns)
    turn, out = np.meshgrid(yaw, np.linspace(what.near_m, what.far_m, rows))
    x, z = out * np.sin(turn), out * np.cos(turn)
    share = (out - what.near_m) / (what.far_m - what.near_m)
    at = flat(x, z)
    span = what.far_m * 0.3
    peaks = 1 - np.abs(2 * noise(at, cell_m=span, seed=what.seed) - 1)
    gullies = 1 - 2.6 * np.abs(fractal(at, cell_m=span * 0.36, seed=what.seed + 7, octaves=4))
    bulk = np.sin(np.pi * np.clip(share * 0.66, 0, 1)) ** 1.2
    height = what.high_m * bulk * (0.22 + 0.58 * peaks**1.5 + 0.30 * gullies * np.sqrt(bulk))
    wide = what.arc[1] - what.arc[0]
    if wide < 2 * np.pi - 0.01:
        edge = np.clip(np.sin(np.pi * (turn - what.arc[0]) / wide), 0, 1)
        height = height * edge**0.6 - 3.0 * (edge < 0.02)
    height[0] = -2.0
    points = np.stack([x, height, z], -1).reshape(-1, 3)
    rock = shape(points, grid_triangles(rows, what.columns), what.finish)
    if rock.normals[:, 1].mean() < 0:
        rock = shape(points, grid_triangles(rows, what.columns)[:, ::-1], what.finish)
    rock = weathered(rock, amount=0.22, cell_m=what.far_m * 0.05, seed=what.seed)
    if what.snowline_m is None:
        return rock
    line = what.snowline_m * (0.45 if snowy else 1.0)
    ragged = line * (1 + 0.5 * fractal(points, cell_m=what.far_m * 0.06, seed=what.seed + 3))
    cover = np.clip((points[:, 1] - ragged) / (what.high_m * 0.06), 0, 1).astype(np.float64)
    # Rock walls shed their snow.
    level = rock.normals[:, 1].astype(np.float64)
    cover = (cover * smooth((level - 0.42) / 0.25))[:, None]
    white = np.array((0.82, 0.86, 0.92))
    return recoloured(rock, np.clip(rock.albedo * (1 - cover) + white * cover, 0.01, 0.93))

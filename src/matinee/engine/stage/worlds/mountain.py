"""High country: a mountain ledge above the clouds, and a flowering meadow below the same peaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface
from matinee.engine.render.scene import Lamp
from matinee.engine.stage.light import Climate
from matinee.engine.stage.parts import plants, street, wild
from matinee.engine.stage.parts.finish import Finish, flat, fractal, rgb, seed_of, weathered
from matinee.engine.stage.parts.solids import (
    boulder,
    boxes,
    graded_lines,
    heightfield,
    on_ground,
    placed,
    recoloured,
)
from matinee.engine.stage.worlds.model import Conditions, Space, World
from matinee.engine.stage.worlds.motion import circling
from matinee.engine.stage.worlds.scenery import Scenery, around
from matinee.engine.stage.worlds.village import cottage

if TYPE_CHECKING:
    from matinee.engine.stage.conditions import Height
    from matinee.engine.stage.parts.finish import Floats

_ROCK = Finish(rgb("#7d766c"), Surface.EARTH, 0.92)


def build(conditions: Conditions) -> World:
    """Build the ledge: rock and moss, a cairn, wind-bent pines, peaks over a deep valley."""
    rng = seed_of("mountain", conditions.seed)
    set_ = Scenery("mountain", conditions, height=ledge)
    set_.add(_ledge_ground(), *_peaks(set_))
    for k, (x, z, r) in enumerate(
        (
            (-5.0, -3.4, 1.5),
            (-6.8, -1.0, 1.0),
            (5.4, -4.4, 1.2),
            (6.4, 2.4, 1.6),
            (-4.8, 4.6, 0.9),
            (3.4, -7.0, 0.6),
            (-2.6, -7.6, 0.8),
            (-3.2, -2.6, 0.35),
        )
    ):
        rock = weathered(boulder(r, _ROCK, seed=k + 1, level=3), amount=0.22, cell_m=0.6)
        moss = np.clip((rock.normals[:, 1:2] - 0.45) * 1.5, 0, 0.7)
        set_.add(
            placed(
                recoloured(rock, rock.albedo * (1 - moss) + np.asarray(rgb("#66713f")) * moss),
                (x, _foot(ledge, x, z) + r * 0.1, z),
            )
        )
        set_.post(x, z, r, r * 1.2)
    for number in range(6):
        rock = boulder(0.3 - 0.04 * number, _ROCK.times(1.1), seed=number, level=2, rough=0.2)
        set_.add(
            placed(rock, (2.6, _foot(ledge, 2.6, -4.8) + 0.12 + 0.27 * number, -4.8), yaw=number)
        )
    set_.post(2.6, -4.8, 0.4, 1.8)
    for x, z, tall, lean in (
        (-4.2, -5.6, 5.2, 0.12),
        (7.2, -2.2, 6.4, -0.1),
        (-7.0, 2.6, 6.8, 0.1),
        (5.2, 6.0, 5.6, -0.08),
    ):
        set_.add(placed(plants.conifer(tall, rng=rng), (x, _foot(ledge, x, z) - 0.1, z), roll=lean))
        set_.post(x, z, 0.3, 5.0)
    tufts = rng.uniform((-8, -8), (8, 7), (420, 2))
    tufts = tufts[(fractal(flat(tufts[:, 0], tufts[:, 1]), cell_m=2.5, seed=3) > 0.02)]
    set_.add(
        plants.grass(
            on_ground(tufts, ledge), rng=rng, height_m=0.2, blades=5, colour=rgb("#7f8448")
        )
    )
    set_.move(
        "eagle",
        wild.bird(rgb("#3a2e22"), span_m=2.4),
        circling((-6.0, 10.0, -34.0), 15.0, 21.0, 0.4),
    )
    if conditions.time_of_day == "night":
        set_.lamps.append(Lamp((2.4, 3.0, 2.6), (1.0, 1.3, 2.1), 8.0))
    return set_.world(
        Climate(
            density_per_m=0.0022,
            height_falloff_per_m=0.006,
            haze=(0.95, 1.0, 1.12),
            sunset_yaw=2.45,
        ),
        marks=around(-5.0, height=ledge),
        walk=((0.0, -5.0), (0.5, 4.0)),
        keep_in=Space((-6.0, 0.2, -7.0), (6.0, 7.0, 11.0)),
        underfoot="gravel",
        ambience="wind",
        floor_radius_m=2.0,
        shadow_radius_m=26.0,
    )


def ledge(x: Floats, z: Floats) -> Floats:
    """Return the height of the ledge: level in the middle, breaking off into the valley."""
    edge = np.clip((-z - 8.5 - 1.5 * np.sin(x * 0.5)) / 5, 0, 1) ** 1.5
    behind = np.clip((z - 7) / 14, 0, 1)
    rough = fractal(flat(x, z), cell_m=2.2, seed=7)
    calm = np.clip((np.hypot(x, z) - 1.8) / 4, 0, 1)
    return np.asarray(
        0.35 * rough * calm - 160 * edge + 9.0 * behind * (1 + rough) + 0.02 * np.abs(x) * calm,
        np.float64,
    )


def _foot(height: Height, x: float, z: float) -> float:
    return float(height(np.array([x]), np.array([z]))[0])


def _ledge_ground() -> Mesh:
    x = graded_lines(9.0, 60.0, cell_m=0.5, growth=1.14)
    z = np.concatenate(
        [
            [-15.0, -13.5, -12.0],
            np.arange(-11.0, 12.0, 0.5),
            12 + np.cumsum(np.linspace(0.8, 4, 12)),
        ]
    )
    ground = heightfield(x, z, ledge, _ROCK)
    points = ground.positions
    moss = np.clip(0.35 + 1.5 * fractal(points, cell_m=2.5, seed=3), 0, 1)[:, None] * np.clip(
        ground.normals[:, 1:2] * 2 - 1, 0, 1
    )
    shade = 1 + 0.3 * fractal(points, cell_m=0.9, seed=5)[:, None]
    rock, green = np.asarray(rgb("#8a8276")), np.asarray(rgb("#6f7545"))
    return recoloured(ground, np.clip((rock * (1 - moss) + green * moss) * shade, 0.01, 0.9))


def _peaks(set_: Scenery) -> list[Mesh]:
    snow = 60.0 if set_.conditions.snowy else 120.0
    near = wild.range_of_hills(
        190.0, 420.0, 190.0, _ROCK.times(0.85), seed=12, snowline_m=snow, columns=110
    )
    far = wild.range_of_hills(
        520.0, 980.0, 420.0, _ROCK, seed=5, snowline_m=snow * 1.3, columns=110
    )
    wooded = wild.range_of_hills(
        60.0, 230.0, 120.0, Finish(rgb("#3f5638"), Surface.FOLIAGE, 0.95), seed=8, columns=90
    )
    return [placed(near, (0, -70, 0)), placed(far, (0, -90, 0)), placed(wooded, (0, -128, 0))]


def build_meadow(conditions: Conditions) -> World:
    """Build the meadow: flowers and high grass, a wooden fence, a farmhouse, hills and peaks."""
    rng = seed_of("meadow", conditions.seed)
    set_ = Scenery("meadow", conditions, height=downs)
    set_.add(_downs_ground(), *_peaks_beyond(set_))
    for x, z, tall, kind in (
        (-6.5, -7.0, 10.0, "oak"),
        (9.0, -16.0, 9.0, "linden"),
        (-14.0, -24.0, 10.0, "oak"),
        (7.0, 6.5, 9.0, "maple"),
        (22.0, -34.0, 10.0, "oak"),
        (-26.0, -40.0, 11.0, "linden"),
    ):
        set_.add(
            placed(
                plants.tree(kind, tall, rng=rng, leaves=620, bare=conditions.snowy),
                (x, _foot(downs, x, z) - 0.1, z),
                yaw=x,
            )
        )
        set_.post(x, z, 0.5, 6.0)
    near = rng.uniform((-7, -8), (7, 6), (950, 2))
    far = rng.uniform((-22, -30), (22, -6), (900, 2))
    grass_at = np.vstack([near, far])
    trodden = np.abs(grass_at[:, 0] - 0.4 * np.sin(grass_at[:, 1] * 0.3)) < 0.7
    grass_at = grass_at[~trodden]
    set_.add(
        plants.grass(
            on_ground(grass_at, downs), rng=rng, height_m=0.3, blades=6, colour=rgb("#93ab52")
        )
    )
    blooms = rng.uniform((-8, -14), (8, 5), (520, 2))
    blooms = blooms[
        (np.abs(blooms[:, 0]) > 0.8)
        & (fractal(flat(blooms[:, 0], blooms[:, 1]), cell_m=3.0, seed=6) > -0.06)
    ]
    palette = np.array(
        [rgb(code) for code in ("#d8405a", "#f0ece0", "#e0b83a", "#7a62c0", "#e07a9a")]
    )
    tones = palette[rng.integers(0, 5, len(blooms))] * rng.uniform(0.75, 1.1, (len(blooms), 1))
    set_.add(
        plants.flowers(on_ground(blooms, downs), np.clip(tones, 0.01, 0.9), rng=rng, height_m=0.36)
    )
    _fence(set_)
    house = cottage(9.0, 7.0, 2, rng, lit=conditions.dark or conditions.low_sun)
    set_.add(placed(house, (16.0, _foot(downs, 16.0, -30.0) - 0.2, -30.0), yaw=-0.5))
    set_.move(
        "swallows",
        wild.flock(9, rgb("#26262c"), rng, span_m=0.4, spread_m=6.0),
        circling((0.0, 8.0, -20.0), 12.0, 9.0, 0.0),
    )
    if conditions.time_of_day == "night":
        set_.lamps.append(Lamp((2.4, 3.0, 2.6), (1.0, 1.3, 2.1), 8.0))
    return set_.world(
        Climate(
            density_per_m=0.0022,
            height_falloff_per_m=0.015,
            haze=(1.0, 1.03, 1.0),
            sunset_yaw=2.5,
            bounce=(0.9, 1.1, 0.7),
        ),
        marks=around(-6.0, height=downs),
        walk=((0.0, -6.0), (0.0, 4.0)),
        keep_in=Space((-8.0, 0.3, -9.0), (8.0, 8.0, 13.0)),
        underfoot="grass",
        ambience="forest_birds",
        floor_radius_m=1.2,
        shadow_radius_m=28.0,
    )


def downs(x: Floats, z: Floats) -> Floats:
    """Return the height of rolling grassland."""
    away = np.clip((np.hypot(x, z) - 5) / 25, 0, 1)
    return np.asarray(
        away
        * (
            4.5 * fractal(flat(x, z), cell_m=42.0, seed=11, octaves=2)
            - 1.2 * np.clip(-z / 60, 0, 1)
        ),
        np.float64,
    )


def _downs_ground() -> Mesh:
    lines = graded_lines(12.0, 300.0, cell_m=0.8, growth=1.12)
    green = Finish(rgb("#6d8a3c"), Surface.GRASS, 0.95)
    ground = heightfield(lines, lines, downs, green)
    points = ground.positions
    patch = fractal(points, cell_m=12.0, seed=4)[:, None]
    path = np.clip((0.75 - np.abs(points[:, 0] - 0.4 * np.sin(points[:, 2] * 0.3))) / 0.3, 0, 1)[
        :, None
    ] * np.clip((40 + points[:, 2:3]) / 10, 0, 1)
    straw, earth = np.asarray(rgb("#9a9a4a")), np.asarray(rgb("#8f7650"))
    mixed = np.asarray(green.colour) * (1 + 0.3 * patch) * (
        1 - np.clip(patch, 0, 0.5)
    ) + straw * np.clip(patch, 0, 0.5)
    return recoloured(ground, np.clip(mixed * (1 - path) + earth * path, 0.01, 0.9))


def _peaks_beyond(set_: Scenery) -> list[Mesh]:
    hills = wild.range_of_hills(
        150.0, 320.0, 60.0, Finish(rgb("#4f6a3c"), Surface.GRASS, 0.95), seed=3, columns=100
    )
    far = wild.range_of_hills(
        420.0,
        900.0,
        260.0,
        _ROCK,
        seed=5,
        snowline_m=60.0 if set_.conditions.snowy else 130.0,
        columns=100,
    )
    return [placed(hills, (0, -8, 0)), placed(far, (0, -20, 0))]


def _fence(set_: Scenery) -> None:
    x = np.arange(-12.0, 12.1, 2.0)
    z = -9.2 - 0.04 * x
    wood = street.PLANKS
    keep = np.abs(x) > 1.2
    at = on_ground(np.column_stack([x, z]), downs)
    set_.add(boxes(at[keep] + np.array((0, 0.5, 0)), (0.06, 0.6, 0.06), wood, bevel_m=0.015))
    for high in (0.45, 0.85):
        rails = (at[:-1] + at[1:]) / 2 + np.array((0, high, 0))
        free = np.abs(rails[:, 0]) > 2.0
        set_.add(boxes(rails[free], (1.02, 0.05, 0.025), wood, bevel_m=0.01))

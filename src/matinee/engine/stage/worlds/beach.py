"""A bay: wet sand, rolling waves and foam, palms, a rowing boat, parasols, islands, sails."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.render.scene import Lamp
from matinee.engine.stage.light import Climate
from matinee.engine.stage.parts import plants, street, things, wild
from matinee.engine.stage.parts.finish import (
    Finish,
    flat,
    fractal,
    mixed,
    noise,
    rgb,
    seed_of,
    weathered,
)
from matinee.engine.stage.parts.fire import flame
from matinee.engine.stage.parts.solids import (
    boulder,
    copies,
    graded_lines,
    grid_triangles,
    heightfield,
    on_ground,
    placed,
    recoloured,
    shape,
    tube,
)
from matinee.engine.stage.worlds.model import Conditions, Practical, Space, World
from matinee.engine.stage.worlds.motion import circling, floating, rolling, washing
from matinee.engine.stage.worlds.scenery import Scenery, around

if TYPE_CHECKING:
    from matinee.engine.stage.parts.finish import Floats

_SHORE_Z = -10.0
_SAND = rgb("#dcc193")
_WATER = Finish(rgb("#1f5f70"), Surface.WATER, 0.08)
_FOAM = Finish(rgb("#e9eef0"), Surface.SNOW, 0.9)


def build(conditions: Conditions) -> World:
    """Build the bay; the sea lies before the default camera, at height zero."""
    rng = seed_of("beach", conditions.seed)
    set_ = Scenery("beach", conditions, height=shore)
    set_.add(_sand(), *_islands(), *_trees(set_, rng), *_things(set_), *_flotsam(rng))
    set_.add_bare(_sea())
    rough = 2.0 if conditions.weather == "storm" else 1.0
    for number in range(5):
        set_.move(
            f"wave{number}",
            _wave(number),
            rolling(
                (0.0, 0.0, -46.0),
                (0.0, 0.0, _SHORE_Z - 1.0),
                13.0 / rough**0.5,
                number / 5,
                0.42 * rough,
            ),
        )
    for number in range(3):
        set_.move(
            f"foam{number}",
            _foam(number),
            washing(
                (0.0, 0.03 + 0.012 * number, _SHORE_Z - 1.2), 0.0, 2.0, 6.5 + number, number * 2.1
            ),
        )
    for number, (x, z, yaw) in enumerate(
        ((-28.0, -85.0, 1.1), (46.0, -120.0, -0.8), (9.0, -190.0, 1.9))
    ):
        colour = street.CAR_COLOURS[number * 2]
        set_.move(
            f"sail{number}",
            street.sail_boat(colour),
            floating((x, 0.0, z), yaw, 4.5, number * 2.0, heave_m=0.15),
        )
    set_.move(
        "gulls",
        wild.flock(6, rgb("#d8d8d4"), rng, span_m=1.2),
        circling((8.0, 11.0, -26.0), 16.0, 24.0, 1.0),
    )
    _fire(set_)
    climate = Climate(
        density_per_m=0.0016,
        height_falloff_per_m=0.02,
        haze=(1.0, 1.02, 1.05),
        sunset_yaw=2.88,
        bounce=(1.2, 1.08, 0.86),
    )
    return set_.world(
        climate,
        marks=around(-6.0, height=shore),
        walk=((-4.6, -1.0), (4.6, -1.0)),
        keep_in=Space((-11.0, 0.35, -9.0), (11.0, 9.0, 14.0)),
        underfoot="sand",
        ambience="sea_waves",
        mirror=True,
        floor_radius_m=2.6,
        shadow_radius_m=30.0,
    )


def shore(x: Floats, z: Floats) -> Floats:
    """Return the height of the sand: level about the hero, falling into the sea, dunes behind."""
    bay = _SHORE_Z - 0.0016 * x**2 + 1.1 * np.sin(x * 0.09)
    fall = np.clip((z - bay) / 8.5, -2.5, 1)
    rise = 0.55 * np.clip(fall, 0, 1) ** 0.8 + 0.5 * np.minimum(fall, 0)
    inland = np.clip((z - 7) / 20, 0, 1)
    beside = np.clip((np.abs(x) - 12) / 20, 0, 1) * np.clip(fall, 0, 1)
    bumps = noise(flat(x, z), cell_m=5.0, seed=3)
    return (
        rise
        + (inland + 0.6 * beside) * (1.2 + 1.6 * bumps)
        + 0.05 * np.clip(fall, 0, 1) * fractal(flat(x, z), cell_m=2.2, seed=8)
    )


def _sand() -> Mesh:
    across = graded_lines(14.0, 90.0, cell_m=0.62, growth=1.12)
    along = np.concatenate(
        [
            np.linspace(-26.0, -14.0, 9)[:-1],
            np.linspace(-14.0, 14.0, 50),
            14 + np.cumsum(np.linspace(0.8, 4.0, 16)),
        ]
    )
    ground = heightfield(across, along, shore, Finish(_SAND, Surface.SAND, 0.95))
    height = ground.positions[:, 1]
    damp = np.clip((0.34 - height) / 0.26, 0, 1)[:, None]
    shade = 1 + 0.16 * fractal(ground.positions, cell_m=4.0, seed=5)[:, None]
    colour = np.asarray(_SAND) * shade * (1 - 0.52 * damp)
    line = np.exp(-(((height - 0.36) / 0.018) ** 2))[:, None] * 0.35
    wet = recoloured(ground, np.clip(colour * (1 - line), 0.01, 0.9))
    return replace(wet, roughness=(0.95 - 0.6 * damp[:, 0]).astype(np.float32))


def _sea() -> Mesh:
    across = graded_lines(30.0, 900.0, cell_m=3.0, growth=1.3)
    along = np.concatenate([-np.cumsum(np.geomspace(1.2, 190.0, 30))[::-1] - 7.0, [-7.0]])
    water = heightfield(across, along, lambda x, _z: 0 * x, _WATER)
    depth = np.clip((-water.positions[:, 2] + _SHORE_Z) / 34, 0, 1)[:, None]
    shallow, deep = np.asarray(rgb("#4fa7a0")), np.asarray(rgb("#12465e"))
    return recoloured(water, shallow * (1 - depth) + deep * depth)


def _wave(number: int) -> Mesh:
    """Return one long swell along X whose front is steeper, with foam on its crest."""
    x = np.linspace(-60, 60, 61)
    s = np.linspace(-2.6, 1.4, 13)
    high = np.where(s < 0, np.exp(-((s / 1.25) ** 2)), np.exp(-((s / 0.5) ** 2)))
    across, along = np.meshgrid(x, s)
    bend = 1.3 * np.sin(across * 0.09 + number) + 0.4 * np.sin(across * 0.31 + number * 2)
    ends = np.clip(1.15 - (across / 60) ** 2, 0, 1)
    lift = (0.55 + 0.45 * np.sin(across * 0.13 + number * 1.9)) * ends
    points = np.stack([across, high[:, None] * lift - 0.04, along + bend], -1).reshape(-1, 3)
    skin = shape(points, grid_triangles(13, 61)[:, ::-1], _WATER)
    crest = np.clip((high[:, None] * lift - 0.5) * 2.4, 0, 1).reshape(-1, 1)
    crest = crest * np.clip(0.55 + 1.5 * fractal(points, cell_m=1.5, seed=number), 0, 1)[:, None]
    green, white = np.asarray(rgb("#2f8488")), np.asarray(_FOAM.colour)
    return recoloured(skin, green * (1 - crest) + white * crest)


def _foam(number: int) -> Mesh:
    """Return a lace of foam along the water's edge."""
    rng = seed_of("foam", number)
    x = np.linspace(-42, 42, 170)
    front = (
        -0.0016 * x**2
        + 1.1 * np.sin(x * 0.09)
        + 0.25 * np.sin(x * 0.7 + number)
        + rng.normal(0, 0.05, 170)
    )
    wide = 0.16 + 0.3 * noise(flat(x, 0 * x + number * 9), cell_m=1.6, seed=number) ** 2 * 2
    rows = np.stack([np.stack([x, 0 * x, front + wide * k], -1) for k in (-1.0, 0.0, 0.45)])
    rows[1, :, 1] += 0.014
    return shape(rows.reshape(-1, 3), grid_triangles(3, 170)[:, ::-1], _FOAM)


def _islands() -> list[Mesh]:
    rock = Finish(mixed(rgb("#5f6b52"), rgb("#7d7462"), 0.4), Surface.STONE, 0.95)
    hills = wild.range_of_hills(330.0, 520.0, 62.0, rock, seed=6, arc=(2.1, 2.75), columns=50)
    more = wild.range_of_hills(420.0, 600.0, 80.0, rock, seed=9, arc=(3.55, 4.2), columns=50)
    behind = wild.range_of_hills(
        75.0,
        160.0,
        26.0,
        Finish(rgb("#54683a"), Surface.GRASS, 0.95),
        seed=3,
        arc=(-1.25, 1.25),
        columns=60,
    )
    return [hills, more, behind]


def _trees(set_: Scenery, rng: np.random.Generator) -> list[Mesh]:
    parts = []
    spots = (
        (-5.2, -3.4, 7.4),
        (-7.4, -1.2, 6.4),
        (-9.6, -4.2, 8.0),
        (8.8, -2.0, 7.0),
        (11.5, 0.5, 6.2),
        (-6.2, 6.0, 6.5),
        (7.2, 6.5, 7.2),
        (13.5, 9.0, 6.0),
        (-12.5, 7.0, 7.0),
        (2.0, 13.5, 6.6),
        (-4.0, 15.0, 7.0),
    )
    for x, z, tall in spots:
        foot = float(shore(np.array([x]), np.array([z]))[0])
        parts.append(
            placed(plants.palm(tall, rng=rng), (x, foot - 0.15, z), yaw=float(rng.uniform(0, 6)))
        )
        set_.post(x, z, 0.3, tall)
    places = np.concatenate(
        [np.column_stack([rng.normal(x, 1.1, 14), rng.normal(z, 1.1, 14)]) for x, z, _ in spots]
    )
    places = places[np.hypot(places[:, 0], places[:, 1]) > 4.2]
    parts.append(
        plants.grass(
            on_ground(places, shore), rng=rng, height_m=0.45, blades=6, colour=rgb("#7f8f48")
        )
    )
    return parts


def _things(set_: Scenery) -> list[Mesh]:
    """Return the boat drawn up on the sand, parasols, towels, a surfboard."""
    parts = []
    y = float(shore(np.array([4.6]), np.array([-4.6]))[0])
    parts.append(
        placed(street.rowing_boat(rgb("#2f6f86")), (4.6, y - 0.03, -4.6), yaw=2.5, roll=0.16)
    )
    set_.block((4.6, y + 0.4, -4.6), (0.75, 0.4, 1.8), 2.5)
    for x, z, code, lean in ((6.9, -0.4, "#c4473a", 0.16), (-3.9, 4.4, "#d9a441", -0.14)):
        foot = float(shore(np.array([x]), np.array([z]))[0])
        shade = things.umbrella(Finish(rgb(code), Surface.CLOTH, 0.9))
        parts.append(placed(shade, (x, foot - 0.2, z), scale=2.5, roll=lean))
        set_.post(x, z, 0.15, 2.0)
        towel = merged(
            [
                placed(
                    street.paving(
                        -0.45,
                        0.45,
                        -0.9,
                        0.9,
                        Finish(rgb("#3f7f96"), Surface.CLOTH, 0.95),
                        cell_m=2.0,
                    ),
                    (x + 0.9, foot + 0.03, z + 0.2),
                    yaw=0.4,
                )
            ]
        )
        parts.append(towel)
    return parts


def _flotsam(rng: np.random.Generator) -> list[Mesh]:
    rock = Finish(rgb("#5d5850"), Surface.STONE, 0.85)
    parts: list[Mesh] = []
    parts.extend(
        placed(weathered(boulder(r, rock, seed=k, level=3), amount=0.2), (x, 0.1, z), yaw=k * 1.1)
        for k, (x, z, r) in enumerate(
            (
                (-12.5, -11.5, 1.5),
                (-14.8, -12.8, 2.1),
                (-10.6, -12.6, 0.9),
                (15.5, -12.4, 1.3),
                (17.6, -11.0, 1.9),
                (-17.5, -10.2, 1.6),
            )
        )
    )
    shells = np.column_stack([rng.uniform(-9, 9, 60), rng.uniform(-8.5, -2.6, 60)])
    pale = Finish(rgb("#e3d3bd"), Surface.PLAIN, 0.5)
    parts.append(
        copies(
            boulder(0.035, pale, seed=2, level=0),
            on_ground(shells, shore),
            yaw=shells[:, 0] * 9,
            scale=rng.uniform(0.5, 1.6, 60),
        )
    )
    drift = Finish(rgb("#9c8f7d"), Surface.WOOD, 0.9)
    y = float(shore(np.array([-3.4]), np.array([-4.9]))[0])
    parts.append(
        tube(
            [
                (-4.5, y + 0.05, -4.6),
                (-3.6, y + 0.12, -5.0),
                (-2.7, y + 0.06, -4.9),
                (-2.2, y + 0.3, -5.1),
            ],
            [0.1, 0.12, 0.08, 0.03],
            drift,
            sides=7,
        )
    )
    return parts


def _fire(set_: Scenery) -> None:
    """Light a camp fire at dusk and by night."""
    if not (set_.conditions.dark or set_.conditions.low_sun) or set_.conditions.wet:
        return
    x, z = -3.2, -2.4
    y = float(shore(np.array([x]), np.array([z]))[0])
    logs = [
        tube(
            [(x + 0.4 * np.sin(a), y + 0.04, z + 0.4 * np.cos(a)), (x, y + 0.22, z)],
            0.05,
            plants.BARK,
            sides=6,
        )
        for a in np.arange(5) * 1.257
    ]
    set_.add(*logs)
    set_.add_bare(placed(flame(0.7), (x, y + 0.06, z)))
    set_.post(x, z, 0.5, 0.8)
    set_.lamp(Practical((x, y + 0.6, z), (9.0, 3.8, 1.0), 13.0, size_m=0.3))
    if set_.conditions.dark:
        set_.lamps += [
            Lamp((x + 0.9, y + 0.9, z + 0.9), (6.5, 2.9, 0.9), 8.0),
            Lamp((2.6, y + 2.8, 2.6), (1.1, 1.5, 2.6), 8.0),
        ]

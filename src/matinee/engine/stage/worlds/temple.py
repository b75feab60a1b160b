"""A temple on a hill: white columns and steps, a sacred grove, the sea and islands far below."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.render.scene import Lamp
from matinee.engine.stage.light import Climate
from matinee.engine.stage.parts import masonry, plants, wild
from matinee.engine.stage.parts.finish import Finish, flat, fractal, grimy, rgb, seed_of, weathered
from matinee.engine.stage.parts.fire import brazier
from matinee.engine.stage.parts.solids import (
    boulder,
    box,
    boxes,
    copies,
    graded_lines,
    heightfield,
    lathe,
    on_ground,
    placed,
    recoloured,
)
from matinee.engine.stage.worlds.model import Conditions, Practical, Space, World
from matinee.engine.stage.worlds.motion import circling
from matinee.engine.stage.worlds.scenery import Scenery, around

if TYPE_CHECKING:
    from matinee.engine.stage.parts.finish import Floats

_MARBLE = Finish(rgb("#d6cbb4"), Surface.STONE, 0.7)


def build(conditions: Conditions) -> World:
    """Build the sanctuary."""
    rng = seed_of("temple", conditions.seed)
    set_ = Scenery("temple", conditions, height=terrace)
    set_.add(*_ground(), *_shrine(set_), *_grove(set_, rng))
    set_.move(
        "swifts",
        wild.flock(7, rgb("#2b2a2e"), rng, span_m=0.5, spread_m=6.0),
        circling((0.0, 14.0, -18.0), 13.0, 12.0, 0.3),
    )
    for x in (-3.4, 3.4):
        if conditions.dark or conditions.low_sun:
            set_.add_bare(placed(brazier(1.2), (x, 0, -5.6)))
            set_.lamp(Practical((x, 1.9, -5.6), (8.0, 3.8, 1.2), 14.0, size_m=0.3))
            set_.lamp(Practical((x, 2.4, -12.5), (5.0, 2.6, 1.0), 10.0, size_m=0.3))
        set_.post(x, -5.6, 0.45, 1.6)
    if conditions.dark:
        set_.lamps += [
            Lamp((2.6, 2.6, 1.8), (3.6, 2.2, 1.2), 7.5),
            Lamp((-2.8, 2.2, -3.0), (6.0, 2.8, 0.9), 8.0),
        ]
    return set_.world(
        Climate(
            density_per_m=0.002,
            height_falloff_per_m=0.012,
            haze=(1.05, 1.0, 0.96),
            sunset_yaw=1.45,
            bounce=(1.2, 1.05, 0.85),
        ),
        marks=around(-4.0, height=terrace),
        walk=((0.0, -5.0), (0.0, 4.5)),
        keep_in=Space((-7.0, 0.25, -6.4), (7.0, 8.0, 12.0)),
        underfoot="stone",
        ambience="wind",
        floor_radius_m=2.6,
        shadow_radius_m=30.0,
    )


def terrace(x: Floats, z: Floats) -> Floats:
    """Return the height of the terrace and of the slopes that fall from it."""
    out = np.maximum(np.maximum(np.abs(x) - 13, -z - 30), z - 16)
    fall = np.clip(out / 40, 0, 1)
    rough = fractal(flat(x, z), cell_m=9.0, seed=4)
    return np.asarray(-46 * fall**1.3 + np.clip(out / 6, 0, 1) * 1.6 * rough, np.float64)


def _ground() -> list[Mesh]:
    lines = graded_lines(17.0, 130.0, cell_m=0.8, growth=1.14)
    ground = heightfield(lines, lines, terrace, Finish(rgb("#8f8a55"), Surface.GRASS, 0.95))
    points = ground.positions
    dry = 1 + 0.3 * fractal(points, cell_m=4.0, seed=8)[:, None]
    paved = heightfield(
        np.linspace(-4.2, 4.2, 22),
        np.linspace(-8.2, 11.0, 44),
        lambda a, _b: 0 * a + 0.02,
        Finish(rgb("#bfb39c"), Surface.STONE, 0.8),
    )
    shade = 1 + 0.25 * fractal(paved.positions, cell_m=2.0, seed=3)[:, None]
    sea = heightfield(
        np.linspace(-1500, 1500, 16),
        np.linspace(-1500, 900, 14),
        lambda a, _b: 0 * a - 45.0,
        Finish(rgb("#2f6f8f"), Surface.WATER, 0.1),
    )
    isles = wild.range_of_hills(
        420.0,
        760.0,
        120.0,
        Finish(rgb("#7d7a5f"), Surface.EARTH, 0.95),
        seed=11,
        arc=(2.0, 3.0),
        columns=60,
    )
    more = wild.range_of_hills(
        500.0,
        900.0,
        150.0,
        Finish(rgb("#76745e"), Surface.EARTH, 0.95),
        seed=3,
        arc=(3.4, 4.6),
        columns=60,
    )
    return [
        recoloured(ground, np.clip(ground.albedo * dry, 0.01, 0.9)),
        recoloured(paved, np.clip(paved.albedo * shade, 0.01, 0.9)),
        sea,
        placed(isles, (0, -46, 0)),
        placed(more, (0, -46, 0)),
    ]


def _shrine(set_: Scenery) -> list[Mesh]:
    """Return a temple of columns on three steps, with architrave, pediment and statue."""
    front, half, rows = -9.6, 6.2, 8
    depth = 2.1 * (rows - 1)
    middle = front - 1.4 - depth / 2
    parts = [
        boxes(
            [(0, 0.2 + 0.36 * k, middle) for k in range(3)],
            [(half + 1.7 - 0.45 * k, 0.19, depth / 2 + 2.2 - 0.45 * k) for k in range(3)],
            _MARBLE.times(0.95),
            bevel_m=0.03,
        )
    ]
    floor = 1.1
    column = weathered(masonry.column(5.6, 0.46, _MARBLE, sides=16), amount=0.1, cell_m=0.8)
    x = np.linspace(-half + 0.6, half - 0.6, 6)
    z = front - 1.4 - 2.1 * np.arange(rows)
    places = [(a, floor, z[0]) for a in x] + [(a, floor, z[-1]) for a in x]
    places += [(s * (half - 0.6), floor, b) for b in z[1:-1] for s in (-1, 1)]
    parts.append(copies(column, places))
    for a, _, b in places:
        set_.post(float(a), float(b), 0.6, 6.0)
    top = floor + 5.6
    parts += [
        boxes(
            [(0, top + 0.35, z[0]), (0, top + 0.35, z[-1])],
            (half, 0.36, 0.5),
            _MARBLE,
            bevel_m=0.03,
        ),
        boxes(
            [(s * (half - 0.6), top + 0.35, middle) for s in (-1, 1)],
            (0.5, 0.36, depth / 2),
            _MARBLE,
        ),
    ]
    teeth = np.arange(-half + 0.3, half, 0.8)
    parts += [
        boxes(
            np.stack([teeth, 0 * teeth + top + 0.95, 0 * teeth + z[0] + 0.4], -1),
            (0.18, 0.22, 0.12),
            _MARBLE.times(0.9),
        ),
        box((0, top + 0.95, middle), (half + 0.05, 0.24, depth / 2 + 0.5), _MARBLE.times(0.97)),
        box((0, top + 1.24, middle), (half + 0.4, 0.09, depth / 2 + 0.9), _MARBLE, bevel_m=0.03),
    ]
    parts.append(
        placed(
            masonry.gable_roof(
                depth + 1.6,
                2 * half + 0.4,
                2.1,
                Finish(rgb("#a86a4a"), Surface.TILES, 0.8),
                over_m=0.3,
                gable=_MARBLE,
            ),
            (0, top + 1.33, middle),
            yaw=np.pi / 2,
        )
    )
    shield = lathe(
        [(0.0, 0.14), (0.5, 0.1), (0.75, 0.0)][::-1],
        Finish(rgb("#b8903a"), Surface.METAL, 0.35),
        sides=24,
    )
    parts.append(placed(shield, (0, top + 2.1, z[0] + 0.62), tilt=np.pi / 2))
    cella = [
        box((s * 3.2, floor + 2.6, middle - 1.0), (0.25, 2.6, depth / 2 - 2.0), _MARBLE.times(0.85))
        for s in (-1, 1)
    ]
    back = box((0, floor + 2.6, z[-1] + 1.6), (3.2, 2.6, 0.25), _MARBLE.times(0.7))
    gold = Finish(rgb("#c79a3e"), Surface.METAL, 0.3)
    robe = lathe(
        [(0.9, 0), (0.75, 0.4), (0.6, 1.6), (0.48, 2.3), (0.62, 2.9), (0.2, 3.2), (0.18, 3.3)],
        gold,
        sides=12,
    )
    head = placed(
        lathe([(0.0, 0.0), (0.24, 0.12), (0.27, 0.34), (0.16, 0.56), (0, 0.62)], gold, sides=12),
        (0, 3.25, 0),
    )
    statue = placed(
        merged([robe, head, box((0, -0.4, 0), (1.1, 0.4, 1.1), _MARBLE, bevel_m=0.05)]),
        (0, floor + 0.8, z[-2]),
    )
    flight = placed(
        masonry.stairs(4.4, 6, rise_m=0.185, tread_m=0.34, finish=_MARBLE), (0, 0.0, front + 2.2)
    )
    set_.block((0, 0.55, middle), (half + 1.7, 0.55, depth / 2 + 2.2))
    set_.block((0, 0.5, front + 1.3), (2.2, 0.5, 1.0))
    return [
        grimy(weathered(merged([*parts[:1], *cella, back]), amount=0.1), amount=0.15),
        *parts[1:],
        statue,
        flight,
    ]


def _grove(set_: Scenery, rng: np.random.Generator) -> list[Mesh]:
    parts: list[Mesh] = []
    spots = (
        (-7.4, -4.6, 5.5),
        (8.0, -3.4, 5.2),
        (-9.6, 1.4, 6.0),
        (9.8, 3.2, 5.6),
        (-8.2, 7.6, 5.4),
        (11.0, -14.0, 6.0),
        (-11.2, -15.0, 6.2),
    )
    for x, z, tall in spots:
        parts.append(
            placed(
                plants.tree("olive", tall, rng=rng, leaves=620, bare=False), (x, -0.05, z), yaw=x
            )
        )
        set_.post(x, z, 0.5, 4.0)
    cypress = plants.conifer(9.0, rng=rng, tiers=14, colour=rgb("#3f5233"))
    for x, z in (
        (-10.4, -8.6),
        (10.2, -8.8),
        (-10.8, -21.0),
        (10.6, -21.5),
        (-12.0, 5.0),
        (12.4, 8.5),
    ):
        parts.append(placed(cypress, (x, -0.05, z), scale=(0.38, 1.0, 0.38), yaw=z))
        set_.post(x, z, 0.6, 8.0)
    for x, z, tall, broken in (
        (-5.4, -1.2, 1.6, True),
        (5.8, 0.6, 3.2, True),
        (5.2, -6.0, 1.2, True),
    ):
        parts.append(
            grimy(
                placed(
                    weathered(
                        masonry.column(tall, 0.42, _MARBLE, broken=broken, sides=14), amount=0.15
                    ),
                    (x, 0, z),
                )
            )
        )
        set_.post(x, z, 0.65, tall)
    tufts = rng.uniform((-12, -8), (12, 12), (520, 2))
    tufts = tufts[np.abs(tufts[:, 0]) > 4.4]
    parts.append(
        plants.grass(
            on_ground(tufts, terrace), rng=rng, height_m=0.26, blades=5, colour=rgb("#a39a55")
        )
    )
    blooms = rng.uniform((-9, -7), (9, 9), (150, 2))
    blooms = blooms[np.abs(blooms[:, 0]) > 4.4]
    tones = np.array([rgb("#c8402f"), rgb("#7a5ab0")])[rng.integers(0, 2, len(blooms))]
    parts.append(plants.flowers(on_ground(blooms, terrace), tones, rng=rng, height_m=0.26))
    stones = rng.uniform((-12, -9), (12, 11), (40, 2))
    stones = stones[np.abs(stones[:, 0]) > 4.6]
    parts.append(
        copies(
            boulder(0.22, _MARBLE.times(0.8), seed=4, level=1),
            on_ground(stones, terrace),
            yaw=stones[:, 0] * 3,
            scale=rng.uniform(0.3, 1.5, len(stones)),
        )
    )
    return parts

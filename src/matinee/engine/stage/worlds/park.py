"""A town park: gravel path, lawn, great trees, a pond, benches, lanterns, a fountain."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.render.scene import Lamp
from matinee.engine.stage.light import Climate
from matinee.engine.stage.parts import crowd, masonry, plants, street, wild
from matinee.engine.stage.parts.finish import Finish, flat, fractal, rgb, seed_of, weathered
from matinee.engine.stage.parts.solids import (
    boulder,
    copies,
    graded_lines,
    heightfield,
    lathe,
    on_ground,
    placed,
    recoloured,
)
from matinee.engine.stage.worlds.model import Conditions, Mark, Practical, Space, World
from matinee.engine.stage.worlds.motion import circling, driving
from matinee.engine.stage.worlds.scenery import Scenery, around

if TYPE_CHECKING:
    import numpy.typing as npt

    from matinee.engine.stage.parts.finish import Floats

_GRASS = rgb("#64853a")


def build(conditions: Conditions) -> World:
    """Build the park."""
    rng = seed_of("park", conditions.seed)
    lit = conditions.dark or conditions.low_sun
    set_ = Scenery("park", conditions, height=lawn)
    set_.add(_ground(), *_trees(set_, rng), *_beds(rng), _fountain(set_))
    set_.add_bare(_pond())
    for x, z, yaw in ((-2.9, -2.2, 0.9), (3.1, -5.2, -1.0), (-3.0, 4.5, 1.57)):
        set_.add(placed(street.bench(), (x, _foot(x, z), z), yaw=yaw))
        set_.block((x, _foot(x, z) + 0.45, z), (0.85, 0.45, 0.35), yaw)
    for x, z in ((-2.5, -4.4), (2.6, -1.6), (-2.4, -12.0), (2.6, -19.0), (2.5, 6.5)):
        set_.add(placed(street.lantern_post(3.3, lit=lit), (x, _foot(x, z), z)))
        set_.post(x, z, 0.2, 3.3)
        if lit:
            set_.lamp(Practical((x, 3.0, z), (7.0, 4.9, 2.7), 12.0, size_m=0.25))
    _people(set_, rng)
    set_.move(
        "ducks",
        wild.flock(5, rgb("#5f5a48"), rng, span_m=0.7, spread_m=4.0),
        circling((10.0, 9.0, -24.0), 14.0, 19.0, 2.0),
    )
    if conditions.dark:
        set_.lamps += [
            Lamp((2.6, 3.0, 0.4), (4.6, 3.2, 1.8), 9.0),
            Lamp((-2.5, 2.8, -3.6), (4.6, 3.2, 1.8), 9.0),
        ]
    return set_.world(
        Climate(
            density_per_m=0.0038,
            height_falloff_per_m=0.04,
            haze=(1.06, 1.04, 0.9),
            sunset_yaw=2.5,
            bounce=(0.9, 1.08, 0.7),
        ),
        marks=(
            *around(-7.0, height=lawn),
            Mark("seat1", (-2.9 + 0.2, _foot(-2.9, -2.2), -2.2 + 0.1), 0.9, 0.45),
        ),
        walk=((0.0, -7.0), (0.0, 4.0)),
        keep_in=Space((-8.0, 0.3, -9.0), (8.0, 8.0, 14.0)),
        underfoot="gravel",
        ambience="forest_birds",
        mirror=True,
        floor_radius_m=1.7,
        shadow_radius_m=30.0,
    )


def _pond_share(x: npt.ArrayLike, z: npt.ArrayLike) -> Floats:
    return np.asarray(
        np.clip(1.25 - np.hypot((np.asarray(x) - 11.5) / 8.0, (np.asarray(z) + 13.0) / 6.0), 0, 1),
        np.float64,
    )


def lawn(x: Floats, z: Floats) -> Floats:
    """Return the height of the lawn; the pond's water lies at zero."""
    far = np.clip((np.hypot(x, z) - 14) / 30, 0, 1)
    swell = 0.18 + far * 2.6 * (fractal(flat(x, z), cell_m=24.0, seed=5) + 0.25)
    return np.maximum(swell, 0.1) - 0.95 * np.clip(_pond_share(x, z) * 2.2, 0, 1)


def _foot(x: float, z: float) -> float:
    return float(lawn(np.array([x]), np.array([z]))[0])


def _middle(z: Floats) -> Floats:
    away = np.clip(-z - 8, 0, None)
    return np.asarray(-3.5 * (1 - np.cos(away * 0.09)), np.float64)


def _ground() -> Mesh:
    lines = graded_lines(14.0, 120.0, cell_m=0.62, growth=1.11)
    ground = heightfield(lines, lines, lawn, Finish(_GRASS, Surface.GRASS, 0.95))
    points = ground.positions
    off = np.abs(points[:, 0] - _middle(points[:, 2].astype(np.float64)))
    path = np.clip((2.0 - off) / 0.5, 0, 1)
    shade = (
        1
        + 0.3 * fractal(points, cell_m=3.0, seed=2)[:, None]
        + 0.07 * np.sign(np.sin(points[:, 2:3] * 1.6))
    )
    gravel = np.asarray(rgb("#b5a07e")) * (1 + 0.2 * fractal(points, cell_m=0.8, seed=4)[:, None])
    mud = np.clip(_pond_share(points[:, 0], points[:, 2]) * 5, 0, 1)[:, None]
    green = np.asarray(_GRASS) * shade * (1 - 0.5 * mud)
    mixed_in = recoloured(
        ground, np.clip(green * (1 - path[:, None]) + gravel * path[:, None], 0.01, 0.9)
    )
    surface = np.where(path > 0.5, np.uint8(Surface.EARTH), mixed_in.surface)
    return replace(mixed_in, surface=surface.astype(np.uint8))


def _pond() -> Mesh:
    x, z = np.linspace(0.0, 24.0, 26), np.linspace(-23.0, -3.0, 22)
    return heightfield(x, z, lambda a, _b: 0 * a, Finish(rgb("#2c4a44"), Surface.WATER, 0.06))


def _trees(set_: Scenery, rng: np.random.Generator) -> list[Mesh]:
    bare = set_.conditions.snowy
    kinds = ("oak", "linden", "maple", "cherry", "birch")
    models = [plants.tree(kind, 9.5, rng=rng, leaves=620, bare=bare) for kind in kinds]
    spots = [
        (-5.2, -3.4, 0),
        (5.6, -3.6, 3),
        (-6.4, 3.6, 2),
        (6.2, 4.4, 1),
        (-7.6, -10.5, 1),
        (4.4, -9.0, 4),
        (-9.5, -16.0, 4),
        (-4.5, -17.5, 3),
        (3.6, -22.0, 2),
        (-11.5, -5.5, 2),
    ]
    parts = []
    for x, z, which in spots:
        size = float(rng.uniform(0.85, 1.1))
        parts.append(
            placed(
                models[which], (x, _foot(x, z) - 0.08, z), yaw=float(rng.uniform(0, 6)), scale=size
            )
        )
        set_.post(x, z, 0.4, 8.0)
    angle = np.arange(34) / 34 * 2 * np.pi
    away = 34 + 14 * rng.random(34)
    belt = np.column_stack([away * np.sin(angle), away * np.cos(angle)])
    far = plants.tree("oak", 11.0, rng=rng, leaves=150, bare=bare)
    parts.append(
        copies(
            far,
            on_ground(belt, lawn),
            yaw=angle * 5,
            scale=rng.uniform(0.9, 1.4, 34),
            tint=np.repeat(rng.uniform(0.75, 1.15, (34, 1)), 3, 1),
        )
    )
    for x, z, tall in (
        (-30.0, -95.0, 40.0),
        (14.0, -110.0, 52.0),
        (48.0, -90.0, 34.0),
        (-70.0, -80.0, 30.0),
    ):
        tower = masonry.tower_block(
            18.0, tall, 16.0, Finish(rgb("#9aa0a4"), Surface.FACADE, 0.8), cell_m=9.0
        )
        parts.append(placed(tower, (x, -2.0, z), yaw=x))
    return parts


def _beds(rng: np.random.Generator) -> list[Mesh]:
    parts = []
    reds = tuple(map(rgb, ("#d0405a", "#e0b040", "#e8e0d8", "#a050a0", "#e07a3a")))
    for x, z, wide in ((-3.0, 1.2, 0.9), (3.2, 1.6, 0.8), (3.0, -3.6, 0.7), (-3.3, -7.4, 0.9)):
        at = np.column_stack([rng.normal(x, wide * 0.42, 46), rng.normal(z, wide * 0.6, 46)])
        at = at[np.abs(at[:, 0]) > 2.2]
        tones = np.asarray(reds)[rng.integers(0, 5, len(at))] * rng.uniform(
            0.75, 1.15, (len(at), 1)
        )
        parts.append(
            plants.flowers(on_ground(at, lawn), np.clip(tones, 0.01, 0.9), rng=rng, height_m=0.32)
        )
    tufts = rng.uniform((-11, -16), (11, 9), (900, 2))
    tufts = tufts[
        (np.abs(tufts[:, 0] - _middle(tufts[:, 1])) > 2.1)
        & (_pond_share(tufts[:, 0], tufts[:, 1]) < 0.1)
    ]
    parts.append(
        plants.grass(on_ground(tufts, lawn), rng=rng, height_m=0.16, blades=4, colour=_GRASS)
    )
    shrub = plants.bush(0.8, rng=rng, leaves=110)
    hedge = np.array(
        [(-4.2, -1.0), (4.6, 0.2), (-4.0, -9.6), (4.9, -6.6), (-7.5, 0.5), (7.5, -0.5), (5.2, 9.0)]
    )
    parts.append(
        copies(
            shrub, on_ground(hedge, lawn), yaw=hedge[:, 0], scale=rng.uniform(0.8, 1.3, len(hedge))
        )
    )
    rim = rng.uniform(0, 2 * np.pi, 26)
    stones = np.column_stack([11.5 + 8.3 * np.sin(rim), -13.0 + 6.3 * np.cos(rim)])
    stones = stones[stones[:, 0] > 3.4]
    rock = boulder(0.4, Finish(rgb("#7d7a70"), Surface.STONE, 0.9), seed=3, level=1)
    parts.append(
        copies(
            rock,
            on_ground(stones, lawn),
            yaw=rim[: len(stones)],
            scale=rng.uniform(0.5, 1.4, len(stones)),
        )
    )
    return parts


def _fountain(set_: Scenery) -> Mesh:
    stone = Finish(rgb("#b5ab98"), Surface.STONE, 0.8)
    x, z = float(_middle(np.array([-21.0]))[0]), -26.0
    set_.post(x, z, 2.8, 3.0)
    bowl = lathe(
        [(2.6, 0), (2.7, 0.5), (2.6, 0.62), (2.3, 0.62), (2.25, 0.4), (0.0, 0.4)], stone, sides=26
    )
    stem = lathe(
        [
            (0.5, 0.4),
            (0.3, 0.7),
            (0.22, 1.5),
            (0.3, 1.6),
            (1.2, 1.9),
            (1.25, 2.0),
            (0.3, 1.85),
            (0.2, 2.2),
            (0.5, 2.6),
            (0.1, 2.7),
            (0, 3.0),
        ],
        stone,
        sides=16,
    )
    return placed(weathered(merged([bowl, stem]), amount=0.14), (x, _foot(x, z), z))


def _people(set_: Scenery, rng: np.random.Generator) -> None:
    places = np.array(
        [(-4.6, -6.0), (-4.1, -6.3), (4.0, -12.0), (-6.0, -19.0), (-2.0, -24.0), (-7.0, -13.0)]
    )
    set_.add_bare(
        crowd.figures(
            on_ground(places, lawn), np.array([2.0, -1.2, 0.4, 1.0, 0.0, 2.2]), rng, near=True
        )
    )
    for number in range(2):
        walker = crowd.figures([(0.0, 0.0, 0.0)], 0.0, rng, near=True)
        x = -1.3 + 0.7 * number
        start, end = (x - 7.0, _foot(x - 7.0, -34.0), -34.0), (x, 0.2, -6.5)
        set_.move(
            f"stroller{number}", walker, driving(end, start, 1.15, offset_m=6.0 + 9.0 * number)
        )

"""A forest path: great trunks near, spruces and haze behind, ferns, moss, a fallen log."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.render.scene import Lamp
from matinee.engine.stage import weather
from matinee.engine.stage.light import Climate
from matinee.engine.stage.parts import plants, wild
from matinee.engine.stage.parts.finish import Finish, flat, fractal, rgb, seed_of, weathered
from matinee.engine.stage.parts.solids import (
    boulder,
    copies,
    graded_lines,
    heightfield,
    on_ground,
    placed,
    recoloured,
    tube,
)
from matinee.engine.stage.worlds.model import Conditions, Space, World
from matinee.engine.stage.worlds.motion import circling
from matinee.engine.stage.worlds.scenery import Scenery, around

if TYPE_CHECKING:
    from matinee.engine.stage.parts.finish import Floats


def build(conditions: Conditions) -> World:
    """Build the forest."""
    rng = seed_of("forest", conditions.seed)
    set_ = Scenery("forest", conditions, height=floor)
    set_.add(_ground(), *_trees(set_, rng), *_undergrowth(set_, rng))
    set_.move(
        "birds",
        wild.flock(5, rgb("#2d2722"), rng, span_m=0.5, spread_m=3.0),
        circling((4.0, 14.0, -22.0), 11.0, 17.0, 0.0),
    )
    if conditions.time_of_day == "night":
        set_.lamps += [
            Lamp((2.6, 4.2, -2.8), (1.5, 2.2, 3.4), 9.0),
            Lamp((-2.8, 2.6, 3.2), (0.9, 1.3, 2.0), 8.0),
        ]
        if not conditions.wet and not conditions.snowy:
            set_.airs.append(weather.fireflies())
    elif not conditions.wet:
        set_.airs.append(weather.motes((0.9, 0.8, 0.5), count=130, side_m=9.0, size_m=0.01))
    climate = Climate(
        density_per_m=0.010,
        height_falloff_per_m=0.05,
        haze=(1.12, 1.06, 0.72),
        sunset_yaw=2.0,
        ambient=0.9,
        bounce=(0.8, 1.05, 0.6),
        exposure=1.5,
    )
    return set_.world(
        climate,
        marks=around(-7.0, height=floor),
        walk=((0.0, -7.0), (0.0, 3.5)),
        keep_in=Space((-3.4, 0.25, -9.0), (3.4, 6.0, 12.0)),
        underfoot="earth",
        ambience="forest_birds",
        floor_radius_m=1.5,
        shadow_radius_m=26.0,
        reach_m=9.0,
    )


def bend(z: Floats) -> Floats:
    """Return where the middle of the path lies: straight near the hero, winding beyond."""
    away = np.clip(np.abs(z) - 7, 0, None)
    wave = 2.6 * np.sin(away * 0.13) * np.sign(-z + 1e-9) * np.clip(away / 8, 0, 1)
    return np.asarray(wave, np.float64)


def floor(x: Floats, z: Floats) -> Floats:
    """Return the height of the forest floor: the path a little sunken, banks and hollows beside."""
    beside = np.clip((np.abs(x - bend(z)) - 1.6) / 7, 0, 1)
    return beside * (
        0.5 + 1.5 * fractal(flat(x, z), cell_m=9.0, seed=4) + 0.02 * x
    ) + 0.05 * fractal(flat(x, z), cell_m=1.4, seed=6, octaves=2)


def _ground() -> Mesh:
    lines = graded_lines(9.0, 75.0, cell_m=0.55, growth=1.1)
    ground = heightfield(lines, lines, floor, Finish(rgb("#5b4a34"), Surface.EARTH, 0.95))
    points = ground.positions
    path = np.clip(
        1 - (np.abs(points[:, 0] - bend(points[:, 2].astype(np.float64))) - 0.9) / 1.1, 0, 1
    )[:, None]
    patch = np.clip(0.5 + 1.3 * fractal(points, cell_m=3.2, seed=12), 0, 1)[:, None]
    litter, moss, trodden = (np.asarray(rgb(code)) for code in ("#6b5334", "#55672e", "#7d674a"))
    wild_floor = litter * (1 - patch) + moss * patch
    shade = 1 + 0.25 * fractal(points, cell_m=0.9, seed=3)[:, None]
    return recoloured(
        ground, np.clip((wild_floor * (1 - path) + trodden * path) * shade, 0.01, 0.9)
    )


def _foot(x: float, z: float) -> float:
    return float(floor(np.array([x]), np.array([z]))[0])


def _trees(set_: Scenery, rng: np.random.Generator) -> list[Mesh]:
    parts = []
    bare = set_.conditions.snowy
    great = (
        (-3.5, -2.6, 15.0, "oak"),
        (4.1, -4.4, 16.0, "maple"),
        (-4.6, 2.8, 15.0, "oak"),
        (4.4, -0.9, 15.5, "linden"),
        (-5.6, -8.5, 14.0, "birch"),
        (3.7, -10.2, 14.0, "birch"),
        (6.6, -8.0, 15.0, "oak"),
        (-8.4, -5.0, 16.0, "maple"),
        (-4.2, 8.5, 15.0, "maple"),
        (3.6, 11.0, 15.0, "oak"),
    )
    for x, z, tall, kind in great:
        tree = plants.tree(kind, tall, rng=rng, leaves=430, bare=bare)
        parts.append(placed(tree, (x, _foot(x, z) - 0.1, z), yaw=float(rng.uniform(0, 6))))
        parts.append(_roots(x, z, 0.55 * tall / 15, rng))
        set_.post(x, z, 0.75, tall)
    places = wild.clearing(
        rng, 150, low=(-26, -34), high=(26, 16), clear=[(x, z, 2.6) for x, z, _, _ in great]
    )
    places = _unshaded(places[np.abs(places[:, 0] - bend(places[:, 1])) > 4.4])[:62]
    models = [
        plants.conifer(13.0, rng=rng, tiers=11),
        plants.conifer(10.0, rng=rng, tiers=9, colour=rgb("#3d5a34")),
    ]
    for k, model in enumerate(models):
        mine = on_ground(places[k::2], floor)
        parts.append(
            copies(
                model,
                mine,
                yaw=mine[:, 0] * 7,
                scale=rng.uniform(0.75, 1.3, len(mine)),
                tint=np.repeat(rng.uniform(0.8, 1.2, (len(mine), 1)), 3, 1),
            )
        )
        for x, z in places[k::2]:
            set_.post(float(x), float(z), 0.35, 10.0)
    far = rng.uniform((-60, -68), (60, 40), (170, 2))
    far = far[(np.hypot(far[:, 0], far[:, 1]) > 30)][:84]
    thin = plants.conifer(15.0, rng=rng, tiers=5)
    parts.append(
        copies(thin, on_ground(far, floor), yaw=far[:, 0], scale=rng.uniform(0.8, 1.35, len(far)))
    )
    trunks = wild.clearing(rng, 120, low=(-20, -30), high=(20, 10), clear=[(0.0, 0.0, 6.0)])
    trunks = _unshaded(trunks[np.abs(trunks[:, 0] - bend(trunks[:, 1])) > 4.0])[:34]
    pole = tube(
        [(0, -0.2, 0), (0.06, 5.0, 0.03), (0, 13.0, 0)],
        [0.19, 0.15, 0.07],
        plants.PINE_BARK,
        sides=7,
        closed=False,
    )
    parts.append(
        copies(
            pole,
            on_ground(trunks, floor),
            yaw=trunks[:, 0] * 3,
            scale=rng.uniform(0.6, 1.25, len(trunks)),
            tint=np.repeat(rng.uniform(0.7, 1.1, (len(trunks), 1)), 3, 1),
        )
    )
    for x, z in trunks:
        set_.post(float(x), float(z), 0.25, 10.0)
    return parts


def _unshaded(places: Floats) -> Floats:
    """Leave out what would stand between the morning sun and the hero."""
    yaw = np.arctan2(places[:, 0], places[:, 1])
    free = (np.abs(yaw - 0.98) > 0.42) | (np.hypot(places[:, 0], places[:, 1]) > 24)
    return np.asarray(places[free], np.float64)


def _roots(x: float, z: float, reach: float, rng: np.random.Generator) -> Mesh:
    roots = []
    for number in range(6):
        yaw = number * 1.05 + rng.uniform(-0.2, 0.2)
        out = reach * rng.uniform(1.6, 2.6)
        way = np.array([np.sin(yaw), 0.0, np.cos(yaw)])
        near, far = np.array([x, 0, z]) + way * reach * 0.5, np.array([x, 0, z]) + way * out
        path = [
            (near[0], _foot(near[0], near[2]) + 0.42 * reach, near[2]),
            ((near[0] + far[0]) / 2, _foot(x, z) + 0.12, (near[2] + far[2]) / 2),
            (far[0], _foot(far[0], far[2]) - 0.06, far[2]),
        ]
        roots.append(
            tube(path, [0.26 * reach, 0.16 * reach, 0.04], plants.BARK, sides=6, closed=False)
        )
    return merged(roots)


def _undergrowth(set_: Scenery, rng: np.random.Generator) -> list[Mesh]:
    parts: list[Mesh] = []

    def beside_path(count: int, low: float, high: float, back: float) -> Floats:
        z = rng.uniform(-back, 10, count)
        side = np.where(rng.random(count) < 0.5, -1, 1)
        return np.column_stack(
            [bend(z) + side * (low + (high - low) * rng.random(count) ** 1.4), z]
        )

    ferns = beside_path(64, 1.9, 7.5, 20)
    models = [plants.fern(0.62, rng=rng), plants.fern(0.8, rng=rng, fronds=10)]
    for k, model in enumerate(models):
        at = on_ground(ferns[k::2], floor)
        parts.append(
            copies(
                model,
                at,
                yaw=at[:, 0] * 5,
                scale=rng.uniform(0.6, 1.3, len(at)),
                tint=np.repeat(rng.uniform(0.75, 1.25, (len(at), 1)), 3, 1),
            )
        )
    parts.append(
        plants.grass(
            on_ground(beside_path(620, 1.5, 7.0, 22), floor),
            rng=rng,
            height_m=0.26,
            colour=rgb("#66803a"),
        )
    )
    bushes = beside_path(12, 4.6, 9.0, 24)
    shrub = plants.bush(0.8, rng=rng, leaves=90)
    parts.append(
        copies(
            shrub,
            on_ground(bushes, floor),
            yaw=bushes[:, 0],
            scale=rng.uniform(0.7, 1.4, len(bushes)),
        )
    )
    moss_rock = Finish(rgb("#62665a"), Surface.STONE, 0.9)
    for k, (x, z, r) in enumerate(
        ((-2.5, 3.6, 0.4), (2.7, -6.2, 0.55), (-2.6, -9.4, 0.6), (3.0, 4.9, 0.35), (2.4, -6.9, 0.3))
    ):
        rock = weathered(boulder(r, moss_rock, seed=k + 2, level=2), amount=0.2, cell_m=0.3)
        green = np.clip((rock.normals[:, 1:2] - 0.3) * 1.6, 0, 0.85)
        parts.append(
            placed(
                recoloured(rock, rock.albedo * (1 - green) + np.asarray(rgb("#566b2e")) * green),
                (x, _foot(x, z), z),
            )
        )
        set_.post(x, z, r, 0.8)
    parts.append(placed(wild.log(4.2, 0.3, rng), (-4.9, _foot(-4.9, -5.2) + 0.02, -5.2), yaw=0.75))
    set_.block((-4.9, 0.4, -5.2), (2.1, 0.4, 0.4), 0.75)
    caps = beside_path(20, 1.7, 3.4, 9)
    parts.append(
        copies(
            wild.mushroom(0.13, rgb("#b5402a")),
            on_ground(caps, floor),
            scale=rng.uniform(0.5, 1.3, len(caps)),
        )
    )
    leaves = np.column_stack([rng.uniform(-5, 5, 260), rng.uniform(-12, 8, 260)])
    at = on_ground(leaves, floor) + np.array((0, 0.015, 0))
    up = np.tile((0.0, 1.0, 0.0), (260, 1))
    parts.append(
        plants.leaf_cards(at, up + rng.normal(0, 0.1, (260, 3)), 0.06, rgb("#8a6a34"), rng=rng)
    )
    return parts

"""A desert at the foot of three pyramids: dunes, a ruin, a nomads' camp, palms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface
from matinee.engine.render.scene import Lamp
from matinee.engine.stage import weather
from matinee.engine.stage.light import Climate
from matinee.engine.stage.parts import masonry, plants, things, wild
from matinee.engine.stage.parts.finish import (
    Finish,
    flat,
    fractal,
    grimy,
    noise,
    rgb,
    seed_of,
    weathered,
)
from matinee.engine.stage.parts.fire import brazier
from matinee.engine.stage.parts.solids import (
    boulder,
    box,
    copies,
    graded_lines,
    heightfield,
    lifted,
    on_ground,
    placed,
    recoloured,
)
from matinee.engine.stage.worlds.model import Conditions, Practical, Space, World
from matinee.engine.stage.worlds.motion import circling
from matinee.engine.stage.worlds.scenery import Scenery, around

if TYPE_CHECKING:
    from matinee.engine.stage.conditions import Height
    from matinee.engine.stage.parts.finish import Floats

_SAND = Finish(rgb("#c2965a"), Surface.SAND, 0.95)
_LIME = Finish(rgb("#c7a26c"), Surface.STONE, 0.92)


def build(conditions: Conditions) -> World:
    """Build the desert."""
    rng = seed_of("desert_pyramids", conditions.seed)
    set_ = Scenery("desert_pyramids", conditions, height=dunes)
    set_.add(
        _sand(), *_pyramids(), *_ruin(set_, rng), *_camp(set_), *_oasis(set_, rng), *_stones(rng)
    )
    set_.move(
        "birds",
        wild.flock(7, rgb("#3a3028"), rng, span_m=1.6),
        circling((-30.0, 42.0, -110.0), 40.0, 46.0, 0.4),
    )
    if conditions.dark or conditions.low_sun:
        set_.add_bare(
            placed(brazier(0.7), (-4.6, float(dunes(np.array([-4.6]), np.array([-3.4]))[0]), -3.4))
        )
        set_.lamp(Practical((-4.6, 1.5, -3.4), (9.0, 4.0, 1.1), 14.0, size_m=0.3))
        set_.post(-4.6, -3.4, 0.45, 1.4)
    if conditions.dark:
        set_.lamps += [
            Lamp((-3.0, 1.6, -1.6), (7.0, 3.2, 1.0), 8.0),
            Lamp((2.8, 2.6, 3.0), (1.6, 2.0, 3.0), 8.0),
        ]
    if not (conditions.wet or conditions.snowy or conditions.dark):
        set_.airs.append(
            weather.Air(140, 12.0, (1.6, 0.02, 0.3), 0.012, (0.5, 0.4, 0.28), 0.12, 0.3, 2.5)
        )
    climate = Climate(
        density_per_m=0.0026,
        height_falloff_per_m=0.016,
        haze=(1.15, 0.98, 0.76),
        sunset_yaw=1.75,
        bounce=(1.35, 1.05, 0.7),
    )
    return set_.world(
        climate,
        marks=around(-7.0, height=dunes),
        walk=((1.0, -6.0), (0.0, 4.0)),
        keep_in=Space((-10.0, 0.2, -9.0), (10.0, 12.0, 16.0)),
        underfoot="sand",
        ambience="desert_wind",
        floor_radius_m=3.0,
        shadow_radius_m=34.0,
        reach_m=16.0,
    )


def dunes(x: Floats, z: Floats) -> Floats:
    """Return the height of the sand: ridged dunes that flatten towards the hero."""
    away = np.hypot(x, z)
    calm = np.clip((away - 6) / 26, 0, 1) ** 1.4
    turned = flat(x * 0.8 + z * 0.35, z * 0.9 - x * 0.3)
    ridge = 1 - np.abs(2 * noise(turned, cell_m=38.0, seed=21) - 1)
    small = noise(turned, cell_m=11.0, seed=5)
    behind = np.clip((-z - 60) / 60, 0, 1)
    high = (5.2 * ridge**2.2 + 0.9 * small) * (1 - 0.75 * behind)
    return calm * high + 0.05 * np.clip(away / 4 - 0.5, 0, 1) * fractal(
        flat(x, z), cell_m=3.0, seed=2
    )


def _sand() -> Mesh:
    lines = graded_lines(15.0, 420.0, cell_m=0.62, growth=1.075)
    ground = heightfield(lines, lines, dunes, _SAND)
    shade = (
        1
        + 0.16 * fractal(ground.positions, cell_m=14.0, seed=7)
        + 0.05 * noise(ground.positions, cell_m=1.2, seed=1)
    )
    return wild.ribs(
        recoloured(ground, np.clip(ground.albedo * shade[:, None], 0.01, 0.9)),
        cell_m=0.62 * 2.6,
        amount=0.045,
    )


def _pyramids() -> list[Mesh]:
    parts = []
    for x, z, base, tall, courses in (
        (-42.0, -165.0, 128.0, 84.0, 46),
        (66.0, -235.0, 118.0, 78.0, 34),
        (-140.0, -215.0, 70.0, 45.0, 22),
    ):
        stone = weathered(
            masonry.pyramid(base, tall, courses, _LIME), amount=0.22, cell_m=9.0, seed=int(base)
        )
        parts.append(placed(stone, (x, -1.5, z), yaw=0.62))
    casing = weathered(masonry.pyramid(30.0, 20.0, 9, _LIME.times(1.25)), amount=0.12, cell_m=4.0)
    parts.append(placed(casing, (-42.0, 62.7, -165.0), yaw=0.62))
    parts.extend(
        placed(
            weathered(masonry.pyramid(18.0, 11.0, 9, _LIME.times(0.9)), amount=0.2),
            (x, -1.0, -128.0),
            yaw=0.62,
        )
        for x in (-92.0, -104.0, 4.0)
    )
    return parts


def _ruin(set_: Scenery, rng: np.random.Generator) -> list[Mesh]:
    """Return a gateway of two pylons, broken columns and fallen blocks on the right."""
    parts: list[Mesh] = []
    for x, z, tall, broken in (
        (6.8, -7.5, 4.6, False),
        (9.4, -9.2, 4.6, False),
        (6.2, -12.4, 2.2, True),
        (11.6, -5.6, 1.5, True),
        (12.4, -11.4, 4.6, False),
    ):
        shaft = weathered(
            masonry.column(tall, 0.48, _LIME.times(1.05), broken=broken, sides=14),
            amount=0.2,
            cell_m=0.8,
        )
        foot = float(dunes(np.array([x]), np.array([z]))[0]) - 0.25
        parts.append(grimy(placed(shaft, (x, foot, z)), amount=0.25))
        set_.post(x, z, 0.8, tall)
    lintel = weathered(
        box((0, 0, 0), (1.9, 0.32, 0.5), _LIME.times(1.08), bevel_m=0.06), amount=0.2, cell_m=0.6
    )
    foot = float(dunes(np.array([8.1]), np.array([-8.35]))[0])
    parts.append(placed(lintel, (8.1, foot + 4.55, -8.35), yaw=-0.575 + np.pi))
    for x, z, yaw in ((4.9, -9.6, 0.4), (8.6, -5.4, 1.1), (10.4, -7.3, 2.0)):
        y = float(dunes(np.array([x]), np.array([z]))[0])
        block = weathered(
            box((0, 0.22, 0), (0.6, 0.36, 0.42), _LIME, bevel_m=0.07), amount=0.22, cell_m=0.5
        )
        parts.append(placed(block, (x, y, z), yaw=yaw, tilt=float(rng.normal(0, 0.12))))
        set_.block((x, y + 0.25, z), (0.6, 0.4, 0.45), yaw)
    return parts


def _camp(set_: Scenery) -> list[Mesh]:
    x, z = -8.2, -7.0
    y = float(dunes(np.array([x]), np.array([z]))[0])
    set_.block((x, y + 1.2, z), (2.2, 1.2, 1.9), 0.7)
    pots = []
    for k, (px, pz) in enumerate(((-5.7, -5.2), (-5.3, -5.6), (-6.0, -4.7))):
        foot = float(dunes(np.array([px]), np.array([pz]))[0])
        clay = Finish(rgb("#a8623c"), Surface.PLASTER, 0.85)
        pots.append(placed(things.vase(clay), (px, foot, pz), scale=1.6 + 0.4 * k, yaw=k))
        set_.post(px, pz, 0.25, 0.7)
    return [placed(wild.tent(rgb("#7d3a2c")), (x, y - 0.1, z), yaw=0.7), *pots]


def _oasis(set_: Scenery, rng: np.random.Generator) -> list[Mesh]:
    parts = []
    for x, z, tall in (
        (-12.5, -10.0, 7.5),
        (-14.6, -12.8, 6.2),
        (-11.2, -14.0, 8.4),
        (-4.9, 3.6, 6.6),
        (15.0, -18.0, 7.2),
        (17.2, -20.5, 6.0),
    ):
        foot = float(dunes(np.array([x]), np.array([z]))[0])
        parts.append(
            placed(plants.palm(tall, rng=rng), (x, foot - 0.1, z), yaw=float(rng.uniform(0, 6)))
        )
        set_.post(x, z, 0.3, tall)
    places = np.column_stack([rng.normal(-12.5, 2.6, 40), rng.normal(-11.5, 2.6, 40)])
    parts.append(
        plants.grass(
            on_ground(places, dunes), rng=rng, height_m=0.5, blades=6, colour=rgb("#8a8a4a")
        )
    )
    return parts


def _stones(rng: np.random.Generator) -> list[Mesh]:
    angle, away = rng.uniform(0, 2 * np.pi, 90), 3.2 + 16 * rng.random(90) ** 0.8
    places = on_ground(np.column_stack([away * np.sin(angle), away * np.cos(angle)]), dunes)
    small = copies(
        boulder(0.07, _LIME.times(0.75), seed=3, level=1),
        places,
        yaw=angle * 5,
        scale=rng.uniform(0.3, 2.2, 90),
    )
    rocks = [
        lifted(
            placed(
                weathered(boulder(r, _LIME.times(0.82), seed=k, level=2), amount=0.2), (x, 0.0, z)
            ),
            _flat_at(x, z),
        )
        for k, (x, z, r) in enumerate(
            (
                (-3.9, 4.9, 0.42),
                (4.4, 4.2, 0.55),
                (5.3, 3.5, 0.3),
                (-15.0, -4.0, 1.3),
                (16.5, -9.0, 1.7),
            )
        )
    ]
    return [small, *rocks]


def _flat_at(x: float, z: float) -> Height:
    """Return ground that is level at the height of one place."""
    foot = float(dunes(np.array([x]), np.array([z]))[0])
    return lambda a, _b: 0 * a + foot

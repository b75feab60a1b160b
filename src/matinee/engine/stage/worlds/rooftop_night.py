"""A rooftop terrace: parapet, water tank, strings of bulbs, plants, the lit city all around."""

from __future__ import annotations

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.render.scene import Lamp
from matinee.engine.stage.light import Climate
from matinee.engine.stage.parts import furniture, masonry, plants, street
from matinee.engine.stage.parts.finish import Finish, rgb, seed_of, weathered
from matinee.engine.stage.parts.solids import box, cylinder, lathe, placed, tube
from matinee.engine.stage.worlds.model import Conditions, Mark, Practical, Space, World
from matinee.engine.stage.worlds.scenery import Scenery, around

_HALF_X, _BACK, _FRONT = 8.0, -8.0, 11.0
_BRICK = Finish(rgb("#7d4a3c"), Surface.BRICK, 0.9)
_CAP = Finish(rgb("#a8a296"), Surface.STONE, 0.85)


def build(conditions: Conditions) -> World:
    """Build the terrace; when no hour is asked for, come at night for its bulbs."""
    rng = seed_of("rooftop_night", conditions.seed)
    lit = conditions.time_of_day != "day" or conditions.dark
    set_ = Scenery("rooftop_night", conditions)
    deck = Finish(rgb("#6b5846"), Surface.WOOD, 0.7)
    set_.add(
        street.paving(
            -_HALF_X, _HALF_X, _BACK, _FRONT, Finish(rgb("#57534e"), Surface.TILES, 0.8), cell_m=0.6
        ),
        street.paving(-3.6, 3.6, -4.2, 5.4, deck, y=0.02, cell_m=0.4),
        *_parapet(set_),
        *_roof_things(set_),
        *_city(rng),
    )
    _garden(set_, rng)
    _bulbs(set_, lit=lit)
    if lit:
        set_.lamps += [
            Lamp((2.4, 2.9, 1.8), (3.6, 2.5, 1.4), 7.5),
            Lamp((-2.6, 2.7, -1.9), (3.0, 1.9, 1.0), 7.5),
            Lamp((1.8, 2.6, -3.2), (1.2, 1.5, 2.6), 8.0),
        ]
    return set_.world(
        Climate(
            density_per_m=0.0024,
            height_falloff_per_m=0.006,
            haze=(1.05, 0.95, 1.1),
            sunset_yaw=2.5,
            bloom=0.2,
            night_glow=(0.05, 0.035, 0.045),
            lit_windows=1.1,
        ),
        marks=(*around(-4.5), Mark("seat1", (-3.3, 0.0, 0.9), 1.1, 0.44)),
        walk=((0.0, -5.2), (0.0, 4.0)),
        keep_in=Space((-6.8, 0.3, -6.6), (6.8, 6.0, 9.5)),
        underfoot="wood",
        ambience="city_traffic",
        floor_radius_m=1.9,
        shadow_radius_m=24.0,
    )


def _parapet(set_: Scenery) -> list[Mesh]:
    parts = []
    for centre, half in (
        ((0, 0.5, _BACK), (_HALF_X, 0.5, 0.18)),
        ((0, 0.5, _FRONT), (_HALF_X, 0.5, 0.18)),
        ((-_HALF_X, 0.5, 1.5), (0.18, 0.5, 9.6)),
        ((_HALF_X, 0.5, 1.5), (0.18, 0.5, 9.6)),
    ):
        set_.block((float(centre[0]), centre[1], float(centre[2])), half)
        parts += [
            box(centre, half, _BRICK),
            box(
                (centre[0], 1.04, centre[2]),
                (half[0] + 0.06, 0.05, half[2] + 0.06),
                _CAP,
                bevel_m=0.02,
            ),
        ]
    parts.append(
        box((0, -22.0, 1.5), (_HALF_X + 0.2, 21.9, 9.8), Finish(_BRICK.colour, Surface.FACADE, 0.9))
    )
    return parts


def _roof_things(set_: Scenery) -> list[Mesh]:
    """Return the water tank on legs, the stair house, vents and an aerial."""
    wood, tin = (
        Finish(rgb("#6b4f3a"), Surface.WOOD, 0.85),
        Finish(rgb("#8b8f90"), Surface.METAL, 0.5),
    )
    x, z = 6.2, -6.1
    legs = [
        tube(
            [(x + sx * 1.1, 0, z + sz * 1.1), (x + sx * 0.95, 2.5, z + sz * 0.95)],
            0.08,
            street.IRON,
            sides=6,
        )
        for sx in (-1, 1)
        for sz in (-1, 1)
    ]
    ties = [
        tube(
            [(x - 1.05, 0.3, z + s * 1.05), (x + 1.0, 2.3, z + s * 1.0)], 0.03, street.IRON, sides=4
        )
        for s in (-1, 1)
    ]
    tank = merged(
        [
            lathe([(1.4, 2.5), (1.4, 4.9)], wood, sides=26),
            *(
                lathe(
                    [(1.41, y), (1.43, y + 0.02), (1.43, y + 0.06), (1.41, y + 0.08)],
                    street.IRON,
                    sides=26,
                )
                for y in (2.7, 3.4, 4.1, 4.7)
            ),
            lathe([(1.6, 4.85), (0.0, 6.0)], tin.times(0.7), sides=20),
            lathe([(0, 2.45), (1.5, 2.45), (1.5, 2.52)], wood.times(0.7), sides=20),
        ]
    )
    set_.block((x, 1.3, z), (1.3, 1.3, 1.3))
    stair = [
        box((-5.6, 1.3, -5.9), (1.5, 1.3, 1.4), _BRICK),
        box((-5.6, 2.66, -5.9), (1.65, 0.08, 1.55), _CAP, bevel_m=0.03),
        placed(
            masonry.door(0.95, 2.05, Finish(rgb("#3d5a55"), Surface.PAINT, 0.5)), (-5.4, 0, -4.48)
        ),
    ]
    set_.block((-5.6, 1.3, -5.9), (1.5, 1.3, 1.4))
    vents = []
    for vx, vz in ((2.6, -6.6), (1.4, -7.0), (-2.4, -6.8)):
        vents.append(
            placed(
                lathe(
                    [(0.14, 0), (0.14, 0.7), (0.24, 0.75), (0.24, 0.9), (0.05, 1.05), (0, 1.06)],
                    tin,
                    sides=12,
                ),
                (vx, 0, vz),
            )
        )
        set_.post(vx, vz, 0.25, 1.1)
    aerial = [
        tube([(-6.3, 2.7, -6.4), (-6.3, 5.6, -6.4)], 0.025, tin, sides=5),
        *(
            tube(
                [(-6.9 + 0.1 * k, 4.4 + 0.3 * k, -6.4), (-5.7 - 0.1 * k, 4.4 + 0.3 * k, -6.4)],
                0.012,
                tin,
                sides=4,
            )
            for k in range(4)
        ),
    ]
    unit = merged(
        [
            box((0, 0.4, 0), (0.6, 0.38, 0.35), tin, bevel_m=0.04),
            placed(cylinder(0.28, 0.03, street.IRON, sides=16), (0, 0.78, 0)),
        ]
    )
    return [
        *legs,
        *ties,
        weathered(placed(tank, (x, 0, z)), amount=0.2, cell_m=0.6),
        *stair,
        *vents,
        *aerial,
        placed(unit, (6.6, 0, 1.8), yaw=1.57),
    ]


def _garden(set_: Scenery, rng: np.random.Generator) -> None:
    planks = Finish(rgb("#5f4a38"), Surface.WOOD, 0.8)
    for x, z in ((-4.2, -2.6), (3.9, -1.2), (-4.2, 3.6), (4.2, 3.8)):
        set_.add(
            box((x, 0.28, z), (0.65, 0.28, 0.32), planks, bevel_m=0.02),
            placed(plants.bush(0.55, rng=rng, leaves=100), (x - 0.2, 0.5, z)),
            placed(plants.bush(0.42, rng=rng, leaves=80), (x + 0.35, 0.5, z)),
        )
        set_.block((x, 0.6, z), (0.7, 0.6, 0.4))
    set_.add(
        placed(
            furniture.sofa(Finish(rgb("#7a7468"), Surface.CLOTH, 0.95)), (-3.7, 0.02, 0.7), yaw=1.1
        )
    )
    set_.block((-3.7, 0.4, 0.7), (1.05, 0.4, 0.45), 1.1)
    set_.add(
        placed(
            furniture.table(street.OAK, width_m=0.9, depth_m=0.55, height_m=0.42),
            (-2.45, 0.02, 1.5),
            yaw=1.1,
        )
    )
    set_.table((-2.45, 0.44, 1.5), 0.3, 0.25)
    for z in (-1.0, 0.2):
        set_.add(placed(furniture.stool(street.OAK), (3.3, 0.02, z + 1.2)))


def _bulbs(set_: Scenery, *, lit: bool) -> None:
    posts = ((-4.6, -4.0), (4.4, -3.4), (-4.6, 4.4), (4.6, 4.6))
    for x, z in posts:
        set_.add(tube([(x, 0, z), (x, 3.3, z)], 0.04, street.IRON, sides=6))
        set_.post(x, z, 0.1, 3.3)
    runs = (
        ((-4.6, 3.3, -4.0), (4.4, 3.3, -3.4)),
        ((-4.6, 3.3, 4.4), (4.4, 3.3, -3.4)),
        ((-4.6, 3.3, -4.0), (4.6, 3.3, 4.6)),
        ((-4.6, 3.3, -4.0), (-4.6, 3.3, 4.4)),
        ((4.4, 3.3, -3.4), (4.6, 3.3, 4.6)),
    )
    for start, end in runs:
        set_.add_bare(street.bulbs(start, end, 15, sag_m=0.55, lit=lit))
        if lit:
            for share in (0.25, 0.5, 0.75):
                at = np.asarray(start) * (1 - share) + np.asarray(end) * share
                set_.lamp(
                    Practical((float(at[0]), 2.7, float(at[2])), (1.3, 0.9, 0.48), 6.0, size_m=1.0)
                )


def _city(rng: np.random.Generator) -> list[Mesh]:
    parts = []
    tones = ("#5f6670", "#6b6660", "#545d6b", "#726a66", "#4f5a5c")
    for k in range(58):
        angle = k / 58 * 2 * np.pi + rng.uniform(-0.05, 0.05)
        away = rng.uniform(26, 62) if k % 3 else rng.uniform(80, 190)
        tall = rng.uniform(14, 34) if away < 60 else rng.uniform(40, 110)
        wide = rng.uniform(9, 16) if away < 60 else rng.uniform(16, 28)
        low = away < 60 and np.cos(angle) < -0.75
        finish = Finish(rgb(tones[k % 5]), Surface.FACADE, 0.8)
        tower = masonry.tower_block(
            float(wide), float(tall * (0.42 if low else 1)) + 26.0, float(wide), finish, cell_m=14.0
        )
        parts.append(placed(tower, (away * np.sin(angle), -44.0, away * np.cos(angle)), yaw=angle))
    parts.append(box((0, -44.5, 0), (300, 0.5, 300), Finish(rgb("#2a2a2c"), Surface.ASPHALT, 0.9)))
    return parts

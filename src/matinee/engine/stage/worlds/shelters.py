"""Houses for beasts and for plants: barn and greenhouse."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.stage.parts import furniture, halls, plants, seating, things
from matinee.engine.stage.parts.finish import Finish, rgb
from matinee.engine.stage.parts.masonry import Opening
from matinee.engine.stage.parts.solids import (
    ball,
    box,
    boxes,
    copies,
    cylinder,
    lathe,
    panel,
    placed,
    tube,
)
from matinee.engine.stage.worlds.interior import NEUTRAL, SOFT, WARM, Interior, Plan
from matinee.engine.stage.worlds.room import Shell, daylight, sky_tone

if TYPE_CHECKING:
    from matinee.engine.stage.worlds.model import Conditions, World


def barn(conditions: Conditions) -> World:
    """Build a barn: trusses, horse boxes with straw, bales, tools, light through the open gate."""
    plan = Plan(
        Shell(-5.4, 5.4, -10.0, 6.0, 6.6, cell_m=0.75),
        walls=Finish(rgb("#7a5638"), Surface.WOOD, 0.9),
        floor=Finish(rgb("#8a7350"), Surface.EARTH, 0.95),
        ceiling=Finish(rgb("#5a4028"), Surface.WOOD, 0.95),
        skirting=furniture.WALNUT,
        openings={
            "back": [Opening(3.6, 7.2, 0.0, 3.4, "hole")],
            "right": [Opening(3.0 + 5.0 * k, 4.2 + 5.0 * k, 2.2, 3.2) for k in range(3)],
        },
        view="garden",
        exposure=2.05,
        sunset_yaw=np.pi * 0.9,
        key_turn=1.8,
        haze_per_m=0.006,
        haze=(1.4, 1.15, 0.8),
        daylight=2.4,
    )
    it = Interior("barn", conditions, plan)
    it.outlook("back", "garden")
    daylight(it.set, it.room, "back", plan.openings["back"][0], strength=2.0)
    oak, roof = (
        Finish(rgb("#5a4028"), Surface.WOOD, 0.85),
        Finish(rgb("#6a4a30"), Surface.WOOD, 0.95),
    )
    for s in (-1, 1):
        start = np.array((s * 5.38, 3.7, it.room.z0 if s > 0 else it.room.z1))
        it.add(
            panel(
                start,
                (0, 0, (it.room.z1 - it.room.z0) * s),
                np.array((-s * 5.38, 2.85, 0)),
                roof,
                cell_m=0.8,
            )
        )
    for z in (-8.0, -4.6, -1.2, 2.2, 5.4):
        it.add(
            placed(halls.truss(10.6, 2.6, oak), (0, 3.75, z)),
            boxes([(s * 5.25, 1.9, z) for s in (-1, 1)], (0.12, 1.9, 0.13), oak),
        )
    horse_box = halls.stall(2.9, 2.6, oak.times(1.25))
    for z in (-8.2, -5.2, -2.2):
        it.against("left", horse_box, z)
        if z < -3:
            it.against("right", horse_box, z)
    bale = halls.hay_bale()
    stack = merged(
        [
            placed(bale, (x, 0.46 * row, 0.3 * (row % 2)), yaw=0.05 * x)
            for row in range(4)
            for x in np.arange(-1.5 + 0.5 * row, 1.6 - 0.5 * row, 1.04)
        ]
    )
    it.stand(stack, 3.6, -0.2, -1.2)
    it.stand(placed(bale), -3.2, 2.2, 0.7)
    it.stand(placed(bale), 2.6, 2.6, -0.4)
    it.mark_seat(-3.2, 2.2, 0.9, 0.46)
    it.mark_seat(2.6, 2.6, -0.8, 0.46)
    straw = it.rng.uniform((-3.0, 0.012, -8.5), (3.0, 0.014, 4.0), (260, 3))
    it.add(
        boxes(
            straw,
            (0.11, 0.004, 0.012),
            Finish(rgb("#cbb066"), Surface.PLAIN, 0.95),
            yaw=it.rng.uniform(0, 6, 260),
        )
    )
    wheel = merged(
        [
            placed(
                tube(
                    [
                        (0.45 * np.sin(a), 0, 0.45 * np.cos(a))
                        for a in np.linspace(0, 2 * np.pi, 19)
                    ],
                    0.035,
                    oak,
                    sides=6,
                ),
                tilt=np.pi / 2,
            ),
            *(
                tube([(0, 0, 0), (0.44 * np.sin(a), 0.44 * np.cos(a), 0)], 0.02, oak, sides=5)
                for a in np.arange(8) * np.pi / 4
            ),
        ]
    )
    it.hang("right", wheel, 0.9, 1.9, out=0.1)
    it.add(
        placed(things.barrel(Finish(rgb("#7a5230"), Surface.WOOD, 0.7)), (4.7, 0, 3.8)),
        placed(things.bucket(furniture.STEEL), (-2.2, 0, -4.0)),
        placed(things.broom(furniture.BEECH), (4.9, 0, 1.6), roll=0.2),
    )
    it.guests([(1.6, -7.4, 2.4)], clothes=[rgb("#7a2f26")])
    for x, z in ((-2.4, -3.4), (2.4, -6.4), (0.0, 2.0)):
        it.set.add_bare(
            placed(things.lantern(furniture.BLACK_METAL), (x, 2.9, z)),
            tube([(x, 3.2, z), (x, 3.7, z)], 0.01, furniture.BLACK_METAL, sides=4),
        )
        it.light((x, 2.9, z), WARM, 4.2, reach_m=8.0, size_m=0.3)
    it.fill(SOFT, 5.0 if conditions.time_of_day != "night" else 1.0)
    it.motes((1.0, 0.85, 0.5), 220)
    it.keys(SOFT, 1.0)
    return it.world(
        walk=((0.0, -8.0), (0.0, 5.4)),
        underfoot="earth",
        ambience="wind",
        floor_radius_m=1.8,
        back_z=-5.0,
    )


def greenhouse(conditions: Conditions) -> World:
    """Build a glasshouse: iron ribs, palms and ferns in beds, benches of pots, sky overhead."""
    side = [Opening(0.2 + 1.62 * k, 1.7 + 1.62 * k, 0.8, 3.0, "hole") for k in range(10)]
    plan = Plan(
        Shell(-4.6, 4.6, -11.0, 5.4, 3.1, cell_m=0.7),
        walls=Finish(rgb("#d8ddd4"), Surface.PAINT, 0.5),
        floor=Finish(rgb("#8f877a"), Surface.TILES, 0.6),
        skirting=Finish(rgb("#8a5a44"), Surface.BRICK, 0.9),
        openings={
            "left": side,
            "right": side,
            "back": [
                Opening(0.3 + 1.75 * k, 1.9 + 1.75 * k, 0.8 if k != 2 else 0.0, 3.0, "hole")
                for k in range(5)
            ],
        },
        dado=Finish(rgb("#8a5a44"), Surface.BRICK, 0.9),
        dado_m=0.78,
        view="",
        exposure=1.2,
        ambient=0.75,
        haze_per_m=0.006,
    )
    it = Interior("greenhouse", conditions, plan)
    # The shell's flat roof gives way to ribs and sky.
    it.set.parts = [_without_roof(part, 3.02) for part in it.set.parts]
    for wall in ("left", "back"):
        it.outlook(wall, "garden")
    white = Finish(rgb("#e2e6de"), Surface.PAINT, 0.4)
    for z in np.arange(-10.8, 5.4, 1.62):
        angle = np.linspace(0, np.pi, 13)
        it.add(
            tube(
                np.stack([4.6 * np.cos(angle), 3.0 + 2.4 * np.sin(angle), 0 * angle + z], -1),
                0.04,
                white,
                sides=5,
            )
        )
    for a in np.linspace(0, np.pi, 9):
        at = (4.6 * np.cos(a), 3.0 + 2.4 * np.sin(a))
        it.add(box((at[0], at[1], -2.8), (0.03, 0.03, 8.2), white))
    for s in (-1, 1):
        it.add(
            boxes(
                [(s * 4.6, 1.9, z) for z in np.arange(-10.8, 5.4, 0.81)], (0.03, 1.15, 0.02), white
            ),
            boxes([(s * 4.6, y, -2.8) for y in (1.5, 2.25)], (0.02, 0.02, 8.2), white),
        )
    _beds(it)
    wood = Finish(rgb("#8f7454"), Surface.WOOD, 0.85)
    for x, z in ((3.7, 1.4), (-3.7, 1.4), (3.7, 3.8)):
        it.table(
            furniture.table(wood, width_m=0.9, depth_m=2.0, height_m=0.82), x, z, height_m=0.82
        )
        for k in range(4):
            it.add(
                placed(
                    furniture.potted_plant(it.rng, height_m=0.38 + 0.06 * (k % 3)),
                    (x + 0.15 * (-1) ** k, 0.82, z - 0.7 + 0.46 * k),
                )
            )
        it.add(placed(furniture.potted_plant(it.rng, height_m=0.7), (x, 0.0, z + 0.3)))
    it.stand(
        merged(
            [
                lathe(
                    [
                        (0, 0),
                        (0.5, 0),
                        (0.45, 0.1),
                        (0.12, 0.2),
                        (0.12, 0.7),
                        (0.7, 0.9),
                        (0.72, 0.98),
                        (0.6, 0.95),
                        (0, 0.86),
                    ],
                    Finish(rgb("#b8b2a4"), Surface.STONE, 0.7),
                    sides=20,
                ),
                placed(
                    cylinder(0.6, 0.01, Finish(rgb("#5aa0b0"), Surface.GLASS, 0.05), sides=20),
                    (0, 0.94, 0),
                ),
            ]
        ),
        0.0,
        -6.4,
    )
    it.stand(placed(seating.plain_bench(1.6, wood)), 1.9, -3.6, -1.2)
    it.mark_seat(1.9, -3.6, -1.2, 0.45)
    can = merged(
        [
            cylinder(0.14, 0.24, Finish(rgb("#3f7a5a"), Surface.METAL, 0.4), sides=14),
            tube(
                [(0.1, 0.06, 0), (0.34, 0.3, 0)], 0.025, Finish(rgb("#3f7a5a"), Surface.METAL, 0.4)
            ),
            tube([(-0.12, 0.2, 0), (-0.2, 0.34, 0), (0.05, 0.36, 0)], 0.012, furniture.BLACK_METAL),
        ]
    )
    it.add(placed(can, (-2.5, 0, 0.2), scale=1.2))
    sky = sky_tone(it.set.conditions)
    for z in (-8.0, -3.0, 2.0):
        it.light((0, 5.2, z), sky, 5.0, reach_m=12.0, down=True, size_m=2.0)
    if conditions.time_of_day == "night":
        bulbs = [
            (x, 2.9 + 0.1 * np.sin(3 * z), z) for x in (-2.2, 2.2) for z in np.arange(-10, 5, 0.7)
        ]
        it.set.add_bare(
            copies(
                ball((0, 0, 0), 0.045, Finish(rgb("#ffd9a0"), Surface.SCREEN, 0.5, 6.0), level=1),
                bulbs,
            )
        )
        for z in (-8.0, -4.0, 0.0, 3.6):
            it.light((0, 2.8, z), WARM, 4.5, reach_m=7.0, size_m=0.6)
    it.keys(SOFT if conditions.time_of_day == "night" else NEUTRAL, 0.8)
    return it.world(
        walk=((0.0, -5.0), (0.0, 4.8)),
        underfoot="tiles",
        ambience="forest_birds",
        floor_radius_m=1.4,
        back_z=-4.6,
    )


def _beds(it: Interior) -> None:
    """Plant a bed of palms, ferns and shrubs along each side."""
    bed, earth = (
        Finish(rgb("#8a5a44"), Surface.BRICK, 0.9),
        Finish(rgb("#4a3826"), Surface.EARTH, 0.95),
    )
    palm, fern, shrub = (
        plants.palm(3.4, rng=it.rng, fronds=9),
        plants.fern(0.62, rng=it.rng, fronds=7),
        plants.bush(0.8, rng=it.rng, leaves=45),
    )
    for s in (-1, 1):
        it.stand(
            merged(
                [
                    box((0, 0.2, 0), (0.85, 0.2, 4.6), bed),
                    box((0, 0.4, 0), (0.78, 0.02, 4.5), earth),
                ]
            ),
            s * 3.5,
            -5.6,
        )
        z = np.array((-9.4, -6.4, -3.2))
        it.add(
            copies(
                palm, np.stack([0 * z + s * 3.6, 0 * z + 0.4, z], -1), yaw=z, scale=(1.0, 1.2, 0.9)
            )
        )
        z = np.arange(-9.8, -1.4, 1.2)
        it.add(
            copies(
                fern,
                np.stack([s * (3.2 + 0.5 * np.sin(z * 3)), 0 * z + 0.42, z], -1),
                yaw=z * 2,
                scale=0.8 + 0.3 * np.sin(z * 5),
            )
        )
        z = np.array((-8.0, -4.8, -1.8))
        it.add(copies(shrub, np.stack([0 * z + s * 3.9, 0 * z + 0.42, z], -1), yaw=z))
        it.add(placed(fern, (s * 3.0, 0.42, -5.5)))


def _without_roof(part: Mesh, above_m: float) -> Mesh:
    """Return the part without the triangles that lie wholly above a height."""
    high = part.positions[part.triangles][:, :, 1].min(axis=1) >= above_m
    return replace(part, triangles=part.triangles[~high])


BUILDERS = {
    "barn": barn,
    "greenhouse": greenhouse,
}
"""Each shelter by its name."""

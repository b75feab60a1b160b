"""The hall of an old house."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.geometry import Surface, merged
from matinee.engine.stage.parts import furniture, halls, masonry, things
from matinee.engine.stage.parts.finish import Finish, rgb
from matinee.engine.stage.parts.solids import (
    ball,
    box,
    boxes,
    cylinder,
    placed,
    tube,
)
from matinee.engine.stage.worlds.interior import SOFT, WARM, Interior, Plan
from matinee.engine.stage.worlds.room import Shell

if TYPE_CHECKING:
    from matinee.engine.stage.worlds.model import Conditions, World


def build(conditions: Conditions) -> World:
    """Build the hall of an old house: stair with a runner, panelling, clock, mirror, front door."""
    plan = Plan(
        Shell(-2.8, 2.8, -7.0, 5.2, 4.4, cell_m=0.5),
        walls=Finish(rgb("#5f6f66"), Surface.PLASTER, 0.9),
        floor=Finish(rgb("#b0a08a"), Surface.TILES, 0.25),
        ceiling=Finish(rgb("#d4ccba"), Surface.PLASTER, 0.95),
        skirting=furniture.WALNUT,
        openings={
            "right": [masonry.Opening(1.0, 2.2, 1.4, 3.6)],
            "left": [
                masonry.Opening(8.4, 9.5, 0.0, 2.2, "door"),
                masonry.Opening(3.0, 4.1, 0.0, 2.2, "door"),
            ],
        },
        dado=Finish(rgb("#5f4028"), Surface.WOOD, 0.45),
        dado_m=1.25,
        daylight=3.0,
    )
    it = Interior("hallway", conditions, plan)
    oak, red = (
        Finish(rgb("#5a3a22"), Surface.WOOD, 0.4),
        Finish(rgb("#7a1f26"), Surface.CLOTH, 0.97),
    )
    steps = masonry.stairs(1.5, 14, rise_m=0.18, tread_m=0.28, finish=oak)
    it.add(placed(steps, (1.2, 0, -2.4)))
    it.set.block((1.2, 1.2, -4.6), (0.78, 1.2, 2.2))
    rise = [(1.2, 0.18 * (k + 1) + 0.008, -2.4 - 0.28 * k - 0.14) for k in range(14)]
    it.add(
        boxes(rise, (0.42, 0.008, 0.15), red),
        boxes(
            [(1.2, 0.18 * k + 0.09, -2.4 - 0.28 * k + 0.005) for k in range(14)],
            (0.42, 0.09, 0.008),
            red,
        ),
    )
    posts = [(0.5, 0.18 * (k + 1) + 0.42, -2.5 - 0.28 * k) for k in range(14)]
    it.add(
        boxes(posts, (0.022, 0.42, 0.022), oak.times(1.2)),
        tube([(0.5, 0.95, -2.3), (0.5, 3.45, -6.3)], 0.05, oak, sides=8),
        box((0.5, 0.6, -2.3), (0.08, 0.6, 0.08), oak, bevel_m=0.02),
        ball((0.5, 1.28, -2.3), 0.1, oak, level=2),
    )
    it.add(
        box((-0.9, 2.55, -6.2), (1.9, 0.08, 0.8), oak),
        boxes(
            [(-2.6 + 0.2 * k, 3.05, -5.45) for k in range(16)], (0.02, 0.42, 0.02), oak.times(1.2)
        ),
        box((-1.1, 3.5, -5.45), (1.65, 0.04, 0.05), oak),
    )
    long_case = merged(
        [
            box((0, 0.3, 0.16), (0.26, 0.3, 0.15), oak, bevel_m=0.02),
            box((0, 1.1, 0.14), (0.2, 0.55, 0.12), oak),
            box((0, 1.95, 0.16), (0.28, 0.32, 0.15), oak, bevel_m=0.02),
            placed(
                cylinder(0.19, 0.02, furniture.CERAMIC, sides=24), (0, 1.95, 0.31), tilt=np.pi / 2
            ),
            boxes(
                [(0, 2.0, 0.335), (0.05, 1.95, 0.335)],
                [(0.008, 0.08, 0.003), (0.06, 0.008, 0.003)],
                furniture.BLACK_METAL,
            ),
            placed(
                cylinder(0.09, 0.015, furniture.BRASS, sides=18), (0, 0.85, 0.265), tilt=np.pi / 2
            ),
        ]
    )
    it.against("left", long_case, -2.0)
    low = furniture.table(oak, width_m=1.2, depth_m=0.4, height_m=0.8)
    it.table(low, -2.5, -0.4, np.pi / 2, height_m=0.8)
    it.set.add_bare(placed(furniture.table_lamp(furniture.BRASS), (-2.5, 0.8, -0.75)))
    it.light((-2.4, 1.25, -0.75), WARM, 1.3, reach_m=5.0, size_m=0.25)
    it.add(
        placed(things.vase(Finish(rgb("#3a5a8a"), Surface.PAINT, 0.2)), (-2.5, 0.8, 0.0)),
        placed(furniture.rug(1.6, 5.0, rgb("#6a2a2c"), rgb("#22304a")), (-0.5, 0, -0.4)),
    )
    it.hang("left", furniture.picture(0.8, 1.0, furniture.BRASS, rng=it.rng), -0.4, 1.9)
    for z, y in ((-3.2, 2.2), (-4.6, 2.9), (0.9, 1.9), (2.6, 2.0)):
        it.hang("right", furniture.picture(0.7, 0.85, furniture.BRASS, rng=it.rng), z, y + 0.2)
    coat = merged(
        [
            tube([(0, 0, 0), (0, 1.8, 0)], 0.03, oak),
            *(
                tube([(0, 1.6, 0), (0.2 * np.sin(a), 1.75, 0.2 * np.cos(a))], 0.015, oak)
                for a in np.arange(4) * 1.57
            ),
            *(
                tube([(0, 0.1, 0), (0.28 * np.sin(a), 0.02, 0.28 * np.cos(a))], 0.02, oak)
                for a in np.arange(4) * 1.57
            ),
            placed(
                box(
                    (0, 0, 0),
                    (0.16, 0.5, 0.09),
                    Finish(rgb("#4a5a4a"), Surface.CLOTH, 0.95),
                    bevel_m=0.08,
                ),
                (0.16, 1.15, 0),
            ),
        ]
    )
    it.stand(coat, 2.3, 1.4)
    it.stand(furniture.potted_plant(it.rng, height_m=1.4), -2.3, -5.2)
    it.seat(furniture.chair(oak, red), 2.2, -1.2, -np.pi / 2)
    it.set.add_bare(
        placed(
            halls.chandelier(1.4, arms=6, radius_m=0.5, tiers=1, metal=furniture.BRASS),
            (-0.5, 4.4, -1.6),
        )
    )
    it.light((-0.5, 3.0, -1.6), WARM, 5.0, reach_m=9.0, size_m=0.5)
    it.sconces("right", (-2.0, 2.0), 1.9, level=1.0)
    it.light((-0.6, 3.8, 2.6), SOFT, 3.0, reach_m=7.0, down=True, size_m=0.5)
    it.keys(SOFT, 1.0, spread=1.6)
    return it.world(
        walk=((-0.9, -4.8), (-0.3, 4.6)),
        underfoot="tiles",
        ambience="room_tone",
        floor_radius_m=1.1,
        back_z=-3.4,
        spread=0.95,
    )

"""Rooms of houses where people wash, eat, sleep and play."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.geometry import Surface, merged
from matinee.engine.stage.parts import (
    fittings,
    furniture,
    halls,
    seating,
    shopfit,
    things,
)
from matinee.engine.stage.parts.finish import Finish, rgb
from matinee.engine.stage.parts.masonry import Opening
from matinee.engine.stage.parts.solids import (
    ball,
    box,
    boxes,
    placed,
)
from matinee.engine.stage.worlds.interior import NEUTRAL, SOFT, WARM, Interior, Plan
from matinee.engine.stage.worlds.room import Shell

if TYPE_CHECKING:
    from matinee.engine.stage.worlds.model import Conditions, World

_DOOR_M = 2.1


def bathroom(conditions: Conditions) -> World:
    """Build a tiled bathroom: bath under the window, washstand and mirror, shower, plants."""
    plan = Plan(
        Shell(-2.6, 2.6, -2.7, 3.6, 2.7, cell_m=0.36),
        walls=Finish(rgb("#cfd8d2"), Surface.PLASTER, 0.9),
        floor=Finish(rgb("#8d9a9a"), Surface.TILES, 0.3),
        openings={
            "back": [Opening(1.7, 3.3, 1.05, 2.3)],
            "left": [Opening(4.9, 5.8, 0.0, _DOOR_M, "door")],
        },
        dado=Finish(rgb("#3f7a78"), Surface.TILES, 0.22),
        dado_m=1.35,
        daylight=2.6,
    )
    it = Interior("bathroom", conditions, plan)
    it.against("back", fittings.bathtub(), -0.1)
    it.against("right", fittings.basin(1.4), -0.6)
    it.hang("right", fittings.wall_mirror(1.1, 0.85, furniture.BRASS), -0.6, 1.65)
    it.against("left", fittings.shower(), -2.1)
    it.against("left", fittings.toilet(), -0.3)
    it.hang("left", fittings.towel(rgb("#d98a5a")), 1.0, 1.5)
    it.hang("left", fittings.towel(rgb("#efe9dc"), 0.4), 1.6, 1.4)
    it.against("right", fittings.radiator(0.9), 1.4)
    it.hang("back", furniture.picture(0.4, 0.5, furniture.BRASS, rng=it.rng), 1.7, 1.75)
    it.add(
        placed(furniture.rug(1.1, 0.75, rgb("#e4dccb"), rgb("#c9a877")), (-0.1, 0, -1.35)),
        placed(furniture.potted_plant(it.rng, height_m=0.7), (2.25, 0.0, -2.35)),
        placed(
            things.bottle(Finish(rgb("#c9a860"), Surface.GLASS, 0.1)), (2.4, 0.86, -0.15), scale=0.7
        ),
        placed(things.cup(furniture.CERAMIC), (2.4, 0.86, -1.1)),
        placed(furniture.stool(furniture.BEECH, 0.45), (1.05, 0, -2.2)),
    )
    it.curtains("back", Finish(rgb("#e8e2d2"), Surface.CLOTH, 0.95), width_m=0.3)
    it.top(2.3, 0.86, -0.6, 0.2, 0.55)
    it.sconces("right", (-1.35, 0.15), 1.75, tone=SOFT, level=0.8)
    it.spots([(-1.2, -1.2), (1.0, -1.2), (-1.2, 1.4), (1.0, 1.4)], tone=NEUTRAL, level=0.9)
    it.keys(SOFT, 1.0, spread=1.6)
    return it.world(
        walk=((0.0, -1.2), (0.0, 3.1)),
        underfoot="tiles",
        ambience="room_tone",
        floor_radius_m=0.9,
        back_z=-1.4,
        spread=0.85,
    )


def dining_room(conditions: Conditions) -> World:
    """Build a dining room: the laid table behind the hero, sideboard, chandelier, tall windows."""
    plan = Plan(
        Shell(-3.8, 3.8, -5.2, 4.2, 3.0),
        walls=Finish(rgb("#7d3f3a"), Surface.PLASTER, 0.9),
        floor=Finish(rgb("#7a5638"), Surface.WOOD, 0.4),
        openings={
            "right": [Opening(1.0, 2.3, 0.4, 2.5), Opening(3.2, 4.5, 0.4, 2.5)],
            "back": [Opening(5.6, 6.6, 0.0, _DOOR_M, "door")],
        },
        dado=furniture.WHITE_PAINT,
        dado_m=0.95,
        daylight=2.2,
    )
    it = Interior("dining_room", conditions, plan)
    table = furniture.table(furniture.WALNUT, width_m=1.15, depth_m=2.6)
    chair = furniture.chair(furniture.WALNUT, Finish(rgb("#c9b48a"), Surface.CLOTH, 0.95))
    sides = [(s * 0.85, z, -s * np.pi / 2) for s in (-1, 1) for z in (-0.85, 0.0, 0.85)]
    it.dining(table, chair, 0, -2.9, [*sides, (0, -1.55, 0.0)], setting=shopfit.place_setting())
    it.add(
        placed(
            box((0, 0.745, 0), (0.28, 0.004, 1.1), Finish(rgb("#e6dcc6"), Surface.CLOTH, 0.95)),
            (0, 0, -2.9),
        ),
        placed(things.bouquet(Finish(rgb("#c2455a"), Surface.FOLIAGE, 0.8)), (0, 0.76, -2.9)),
        *(placed(things.candle(furniture.CERAMIC), (0, 0.745, -2.9 + z)) for z in (-0.5, 0.5)),
        placed(furniture.rug(2.8, 3.8, rgb("#34465a"), rgb("#a88a5a")), (0, 0, -2.9)),
    )
    low = furniture.cupboard(
        1.9, 0.85, 0.45, furniture.WALNUT, doors=4, handle=furniture.BRASS, top=furniture.WALNUT
    )
    it.against("left", low, -2.6)
    it.hang("left", furniture.picture(1.4, 0.8, furniture.BRASS, rng=it.rng), -2.6, 1.85)
    it.hang("left", fittings.wall_mirror(0.7, 1.1, furniture.BRASS), 1.4, 1.75)
    it.hang("back", furniture.picture(0.7, 0.9, furniture.BRASS, rng=it.rng), -1.2, 1.8)
    it.add(
        placed(
            halls.shelf_of_pots(1.5, it.rng, rows=1), (it.room.x0 + 0.1, 0.88, -2.6), yaw=np.pi / 2
        )
    )
    it.against(
        "left",
        furniture.bookcase(furniture.WALNUT, width_m=1.2, height_m=2.1, rng=it.rng, full=0.6),
        0.2,
    )
    it.stand(furniture.potted_plant(it.rng, height_m=1.5), 3.2, -4.6)
    it.curtains("right", Finish(rgb("#b8935a"), Surface.CLOTH, 0.95))
    it.set.add_bare(placed(halls.chandelier(1.15, arms=6, radius_m=0.5, tiers=1), (0, 3.0, -2.9)))
    it.light((0, 2.0, -2.9), WARM, 4.2, reach_m=8.0, size_m=0.5)
    it.sconces("back", (-2.4, 0.4), 1.8)
    it.sconces("left", (0.95, 1.85), 1.8)
    it.light((0.5, 2.8, 1.2), SOFT, 1.6, down=True, size_m=0.6)
    it.keys(SOFT, 1.1)
    return it.world(
        walk=((0.0, -0.6), (0.0, 3.8)),
        underfoot="wood",
        ambience="room_tone",
        floor_radius_m=1.0,
        marks=None,
        back_z=-1.25,
        spread=1.0,
    )


def nursery(conditions: Conditions) -> World:
    """Build a child's playroom: cot, toys, a painted wall, bunting, a rocking horse."""
    plan = Plan(
        Shell(-3.4, 3.4, -3.2, 4.2, 2.7),
        walls=Finish(rgb("#a8c8c4"), Surface.PLASTER, 0.9),
        floor=Finish(rgb("#b58a5c"), Surface.WOOD, 0.5),
        openings={
            "right": [Opening(0.9, 2.7, 0.7, 2.2)],
            "left": [Opening(5.9, 6.8, 0.0, _DOOR_M, "door")],
        },
        dado=Finish(rgb("#e9dfc8"), Surface.PAINT, 0.5),
        dado_m=0.9,
        daylight=2.3,
    )
    it = Interior("nursery", conditions, plan)
    white = furniture.WHITE_PAINT
    x = np.arange(-0.62, 0.63, 0.1)
    cot = merged(
        [
            box((0, 0.3, 0.38), (0.66, 0.03, 0.36), white),
            box(
                (0, 0.4, 0.38),
                (0.62, 0.07, 0.33),
                Finish(rgb("#e8d9c0"), Surface.CLOTH, 0.95),
                bevel_m=0.04,
            ),
            box(
                (0.2, 0.48, 0.38),
                (0.4, 0.04, 0.33),
                Finish(rgb("#d98a8a"), Surface.CLOTH, 0.95),
                bevel_m=0.03,
            ),
            boxes([(a, 0.6, z) for a in x for z in (0.02, 0.74)], (0.012, 0.32, 0.012), white),
            boxes([(0, 0.93, z) for z in (0.02, 0.74)], (0.68, 0.025, 0.025), white, bevel_m=0.01),
            boxes(
                [(s * 0.67, 0.5, 0.38) for s in (-1, 1)], (0.025, 0.5, 0.38), white, bevel_m=0.015
            ),
        ]
    )
    it.against("back", cot, -1.9)
    it.against(
        "back",
        shopfit.goods_shelf(
            1.5, 1.3, it.rng, colours=shopfit.SWEETS, rows=3, frame=furniture.BEECH
        ),
        0.2,
    )
    it.stand(shopfit.rocking_horse(), 2.0, -1.5, -0.9)
    it.add(
        placed(furniture.rug(2.6, 2.4, rgb("#d9a24a"), rgb("#4f7a8a")), (0, 0, -0.6)),
        placed(shopfit.toy_blocks(it.rng), (-1.55, 0, -1.3)),
        placed(
            things.teddy_bear(Finish(rgb("#a8703c"), Surface.CLOTH, 0.95)),
            (1.2, 0, -2.75),
            scale=1.4,
        ),
        placed(things.toy_ball(Finish(rgb("#c23a2a"), Surface.PAINT, 0.4)), (1.25, 0, -1.9)),
        placed(
            things.robot_toy(Finish(rgb("#3a86c8"), Surface.PAINT, 0.4)),
            (0.45, 1.3, -2.95),
            scale=1.2,
        ),
    )
    desk = furniture.table(furniture.BEECH, width_m=0.8, depth_m=0.6, height_m=0.5)
    it.table(desk, -2.4, 1.0, height_m=0.5)
    for dz, yaw in ((-0.55, 0.0), (0.55, np.pi)):
        it.add(
            placed(
                furniture.stool(Finish(rgb("#e0b23a"), Surface.PAINT, 0.4), 0.32),
                (-2.4, 0, 1.0 + dz),
                yaw=yaw,
            )
        )
    it.against(
        "left",
        furniture.bookcase(furniture.BEECH, width_m=1.4, height_m=1.2, rng=it.rng, full=0.7),
        -1.0,
    )
    tones = shopfit.SWEETS
    at = np.linspace(-3.1, 3.1, 22)
    sag = 2.3 - 0.18 * np.abs(np.sin(at * 1.5))
    it.set.add_bare(
        boxes(
            np.stack([at, sag, 0 * at - 3.12], -1),
            (0.09, 0.1, 0.004),
            Finish((0.5, 0.5, 0.5), Surface.CLOTH, 0.95),
            colours=[tones[k % 6] for k in range(22)],
        ),
        *(
            placed(
                ball(
                    (0, 0, 0), 0.12 + 0.03 * k, Finish(rgb("#f4efe2"), Surface.PLAIN, 0.9), level=2
                ),
                (-1.9 + 0.2 * k, 1.75 + 0.05 * (k % 2), -3.1),
                scale=(1, 0.8, 0.2),
            )
            for k in range(4)
        ),
    )
    it.hang("back", things.clock(Finish(rgb("#3a86c8"), Surface.PAINT, 0.4)), 2.2, 1.7)
    it.curtains("right", Finish(rgb("#e8c06a"), Surface.CLOTH, 0.95))
    it.pendants(
        [(0.0, -0.6), (0.0, 2.0)],
        drop_m=0.55,
        shade=Finish(rgb("#f0e4c8"), Surface.PAINT, 0.6),
        level=3.2,
        tone=SOFT,
        radius_m=0.26,
    )
    it.keys(SOFT, 1.1)
    return it.world(
        walk=((0.2, -0.8), (0.2, 3.8)),
        underfoot="wood",
        ambience="room_tone",
        floor_radius_m=1.0,
        back_z=-1.7,
        spread=0.95,
    )


def hotel_room(conditions: Conditions) -> World:
    """Build a hotel room: double bed with lamps, armchair at a wide window over the town."""
    plan = Plan(
        Shell(-3.2, 3.2, -3.4, 4.4, 2.7),
        walls=Finish(rgb("#8f8576"), Surface.PLASTER, 0.9),
        floor=Finish(rgb("#4a4652"), Surface.CLOTH, 0.97),
        openings={
            "right": [Opening(0.7, 3.3, 0.35, 2.35)],
            "left": [Opening(6.2, 7.1, 0.0, _DOOR_M, "door")],
        },
        frame=Finish(rgb("#26282c"), Surface.PAINT, 0.4),
        view="town",
        daylight=1.9,
    )
    it = Interior("hotel_room", conditions, plan)
    panelled = Finish(rgb("#5c3f2a"), Surface.WOOD, 0.5)
    it.against(
        "back", box((0, 0.75, 0.03), (2.0, 0.75, 0.03), panelled, bevel_m=0.01), -0.7, solid=False
    )
    it.against(
        "back",
        furniture.bed(Finish(rgb("#2f4a5a"), Surface.CLOTH, 0.95), width_m=1.9),
        -0.7,
        gap=0.09,
    )
    for x in (-2.05, 0.65):
        it.against(
            "back",
            furniture.cupboard(
                0.5, 0.55, 0.4, panelled, doors=1, handle=furniture.BRASS, drawers=True
            ),
            x,
        )
        it.set.add_bare(placed(furniture.table_lamp(furniture.BRASS, lit=True), (x, 0.55, -3.15)))
        it.light((x, 0.98, -3.0), WARM, 1.5, reach_m=6.0, size_m=0.25)
    it.hang("back", furniture.picture(1.5, 0.6, furniture.BRASS, rng=it.rng), -0.7, 1.95)
    it.seat(
        seating.armchair(Finish(rgb("#b0643c"), Surface.CLOTH, 0.95)),
        2.2,
        -1.2,
        -0.7,
        height_m=0.46,
    )
    it.table(
        furniture.round_table(furniture.WALNUT, radius_m=0.3, height_m=0.55),
        2.55,
        -0.3,
        height_m=0.55,
    )
    desk = furniture.table(furniture.WALNUT, width_m=1.4, depth_m=0.5)
    it.table(desk, -2.85, 0.6, np.pi / 2)
    it.seat(furniture.chair(furniture.WALNUT), -2.3, 0.6, -np.pi / 2)
    it.hang("left", furniture.screen(1.1, 0.62, rgb("#20323f"), emission=0.5), 0.6, 1.45)
    it.stand(things.suitcase(Finish(rgb("#2d5a7a"), Surface.PAINT, 0.4)), 1.7, -2.8, 0.4)
    it.stand(furniture.potted_plant(it.rng, height_m=1.3), 2.75, -2.9)
    it.add(placed(furniture.rug(2.4, 1.7, rgb("#a8895a"), rgb("#3a3540")), (0.3, 0, -0.4)))
    it.curtains("right", Finish(rgb("#b8a88a"), Surface.CLOTH, 0.95), width_m=0.6)
    it.spots([(-1.4, -1.4), (1.4, -1.4), (-1.2, 1.4), (1.2, 1.4)], tone=SOFT, level=0.7)
    it.keys(SOFT, 1.0)
    return it.world(
        walk=((0.0, -0.7), (0.0, 4.0)),
        underfoot="carpet",
        ambience="room_tone",
        floor_radius_m=1.0,
        back_z=-0.8,
        spread=0.95,
        marks=None,
    )


BUILDERS = {
    "bathroom": bathroom,
    "dining_room": dining_room,
    "nursery": nursery,
    "hotel_room": hotel_room,
}
"""Each room by its name."""

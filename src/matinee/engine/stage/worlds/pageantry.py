"""Halls of splendour, where people are crowned, dance and arrive."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.geometry import Surface, merged
from matinee.engine.stage.parts import (
    fittings,
    furniture,
    halls,
    masonry,
    seating,
    shopfit,
    street,
    things,
)
from matinee.engine.stage.parts.finish import Finish, rgb
from matinee.engine.stage.parts.masonry import FRAME_DARK, Opening
from matinee.engine.stage.parts.solids import box, boxes, cylinder, lathe, placed, prism
from matinee.engine.stage.worlds.interior import SOFT, WARM, Interior, Plan
from matinee.engine.stage.worlds.room import Shell

if TYPE_CHECKING:
    from matinee.engine.render.geometry import Mesh
    from matinee.engine.stage.worlds.model import Conditions, World

_CREAM = Finish(rgb("#e6dcc4"), Surface.PLASTER, 0.7)


def throne_room(conditions: Conditions) -> World:
    """Build a throne room: gilt throne on steps under a canopy, red carpet, columns, banners."""
    plan = Plan(
        Shell(-6.0, 6.0, -11.0, 6.5, 7.5, cell_m=0.75),
        walls=Finish(rgb("#6f2a2c"), Surface.PLASTER, 0.85),
        floor=Finish(rgb("#b8ac98"), Surface.TILES, 0.18),
        ceiling=Finish(rgb("#c9b48a"), Surface.PLASTER, 0.8),
        skirting=masonry.MARBLE,
        openings={"right": [Opening(2.4 + 4.2 * k, 4.2 + 4.2 * k, 1.4, 5.8) for k in range(4)]},
        dado=masonry.MARBLE,
        dado_m=1.2,
        daylight=1.6,
        exposure=1.9,
        bloom=0.17,
    )
    it = Interior("throne_room", conditions, plan)
    crimson = Finish(rgb("#8a1620"), Surface.CLOTH, 0.97)
    it.add(
        boxes(
            [(0, 0.1 + 0.2 * k, -9.2 - 0.3 * k) for k in range(3)],
            [(2.8 - 0.4 * k, 0.1, 1.8 - 0.35 * k) for k in range(3)],
            masonry.MARBLE,
            bevel_m=0.02,
        )
    )
    it.set.block((0, 0.3, -9.4), (2.8, 0.3, 1.8))
    it.add(placed(seating.throne(halls.GOLD, crimson), (0, 0.6, -9.8)))
    it.mark_seat(0.0, -9.75, 0.0, 1.15)
    it.add(
        boxes(
            [(0, 0.006, -1.0), (0, 0.21, -7.75), (0, 0.41, -8.0)],
            [(0.95, 0.006, 6.4), (0.95, 0.006, 0.4), (0.95, 0.006, 0.4)],
            crimson,
        ),
        boxes([(s * 0.95, 0.014, -1.0) for s in (-1, 1)], (0.06, 0.004, 6.4), halls.GOLD),
    )
    it.add(
        *(placed(furniture.curtain(1.1, 4.4, crimson), (s * 1.7, 0.6, -10.6)) for s in (-1, 1)),
        box((0, 5.2, -10.3), (2.4, 0.18, 0.7), halls.GOLD, bevel_m=0.06),
        boxes(
            [(-2.2 + 0.4 * k, 4.85, -9.66) for k in range(12)],
            (0.17, 0.24, 0.02),
            crimson,
            bevel_m=0.02,
        ),
        placed(cylinder(0.7, 0.05, halls.GOLD, sides=28), (0, 3.7, -10.85), tilt=np.pi / 2),
    )
    pillar = masonry.column(6.6, 0.32, masonry.MARBLE, sides=14)
    for z in (-8.4, -4.6, -0.8, 3.0):
        for s in (-1, 1):
            it.stand(pillar, s * 4.4, z)
    it.add(
        boxes([(s * 4.4, 6.95, -2.5) for s in (-1, 1)], (0.45, 0.35, 8.6), _CREAM, bevel_m=0.05),
        boxes([(s * 4.4, 6.55, -2.5) for s in (-1, 1)], (0.5, 0.05, 8.6), halls.GOLD),
    )
    for z, code in ((-6.5, "#22407a"), (-2.7, "#8a1620"), (1.1, "#22407a")):
        for wall in ("left",):
            it.hang(wall, street.banner(1.2, 3.2, rgb(code), edge=rgb("#c79a3e")), z, 5.4, out=0.12)
    it.guests(
        [(-2.6, -7.0, 1.0), (2.6, -7.0, -1.0), (-2.4, -4.2, 1.2), (2.5, -2.9, -1.4)],
        clothes=[rgb("#22407a"), rgb("#8a1620"), rgb("#c79a3e"), rgb("#3a2a4a")],
    )
    stand = merged(
        [
            lathe(
                [(0, 0), (0.2, 0), (0.04, 0.08), (0.03, 1.5), (0.16, 1.55)], halls.GOLD, sides=12
            ),
            *(
                placed(
                    things.candle(furniture.CERAMIC),
                    (0.11 * np.sin(a), 1.55, 0.11 * np.cos(a)),
                    scale=0.8,
                )
                for a in (0.3, 2.4, 4.5)
            ),
        ]
    )
    for z in (-7.6, -2.7):
        for s in (-1, 1):
            it.stand(stand, s * 1.75, z)
            it.light((s * 1.75, 1.95, z), WARM, 1.6, reach_m=5.0)
    for z in (-5.6, 0.6):
        it.set.add_bare(placed(halls.chandelier(2.4, arms=12, radius_m=1.1, tiers=2), (0, 7.5, z)))
        it.light((0, 4.9, z), WARM, 13.0, reach_m=13.0, size_m=0.9)
    it.light((0, 5.0, -8.4), SOFT, 6.0, way=(0, -0.9, -0.43), cone_rad=0.8, reach_m=9.0)
    it.keys(WARM, 1.3)
    return it.world(
        walk=((0.0, -6.6), (0.0, 6.0)),
        underfoot="carpet",
        ambience="room_tone",
        floor_radius_m=1.6,
        back_z=-5.4,
    )


def ballroom(conditions: Conditions) -> World:
    """Build a ballroom: inlaid floor, mirrors and gilt arches, chandeliers, a grand piano."""
    plan = Plan(
        Shell(-7.5, 7.5, -10.0, 6.5, 6.8, cell_m=0.8),
        walls=_CREAM,
        floor=Finish(rgb("#9a6a3e"), Surface.WOOD, 0.18),
        ceiling=Finish(rgb("#eae2d0"), Surface.PLASTER, 0.9),
        openings={"right": [Opening(1.8 + 3.9 * k, 3.8 + 3.9 * k, 0.3, 4.6) for k in range(4)]},
        daylight=1.5,
        exposure=1.75,
        bloom=0.16,
    )
    it = Interior("ballroom", conditions, plan)
    star = [(1.6 * np.sin(a), 0.004, -2.5 + 1.6 * np.cos(a)) for a in np.arange(8) * np.pi / 4]
    it.add(
        boxes(
            star,
            (0.16, 0.004, 0.7),
            Finish(rgb("#4a2a18"), Surface.WOOD, 0.2),
            yaw=np.arange(8) * np.pi / 4,
        )
    )
    arch = masonry.arch_bay(2.5, 5.0, 0.2, Finish(rgb("#d8c49a"), Surface.PLASTER, 0.6), pier=0.14)
    for z in (-8.2, -5.2, -2.2, 0.8, 3.8):
        it.hang("left", arch, z, 0.0, out=0.12)
        it.hang("left", fittings.wall_mirror(1.6, 3.4, halls.GOLD), z, 1.9)
    for x in (-5.6, -2.8, 0.0, 2.8, 5.6):
        it.hang("back", arch, x, 0.0, out=0.12)
        if abs(x) > 1:
            it.hang("back", fittings.wall_mirror(1.6, 3.4, halls.GOLD), x, 1.9)
    it.hang("back", box((0, 1.5, 0), (0.8, 1.5, 0.03), furniture.WALNUT), 0.0, 0.0)
    it.add(
        boxes(
            [(0, 6.3, -9.85), (0, 5.6, -9.9)],
            [(7.4, 0.16, 0.16), (7.4, 0.05, 0.1)],
            halls.GOLD,
            bevel_m=0.04,
        ),
        boxes(
            [(s * 7.35, 6.3, -1.7) for s in (-1, 1)], (0.16, 0.16, 8.2), halls.GOLD, bevel_m=0.04
        ),
    )
    it.stand(_grand_piano(), -4.9, -7.4, 0.7, tall_m=1.0)
    it.guests(
        [
            (-1.6, -6.2, 0.6),
            (-1.1, -5.7, 3.7),
            (2.2, -7.2, 1.4),
            (2.9, -7.0, 4.5),
            (4.6, -4.4, -1.2),
            (4.2, -4.9, 1.9),
            (-4.4, -3.2, 1.3),
            (6.2, -7.6, -0.8),
        ],
        clothes=[rgb("#8a1f2c"), rgb("#14161c"), rgb("#d8c9a0"), rgb("#2f4a7a"), rgb("#5a2a5a")],
    )
    chair = furniture.chair(halls.GOLD, Finish(rgb("#8a1f2c"), Surface.CLOTH, 0.95))
    for z in (-6.6, -2.6, 1.4):
        it.seat(chair, 6.7, z, -np.pi / 2)
        it.seat(chair, -6.7, z + 0.6, np.pi / 2)
    it.table(furniture.round_table(furniture.WALNUT), 4.4, 0.4)
    it.add(placed(things.bouquet(Finish(rgb("#d98a9a"), Surface.FOLIAGE, 0.8)), (4.4, 0.74, 0.4)))
    it.curtains("right", Finish(rgb("#8a1f2c"), Surface.CLOTH, 0.95), width_m=0.6)
    for x, z in ((-3.4, -5.4), (3.4, -5.4), (0.0, -0.4)):
        it.set.add_bare(placed(halls.chandelier(1.9, arms=12, radius_m=1.1, tiers=2), (x, 6.8, z)))
        it.light((x, 4.7, z), SOFT, 12.0, reach_m=12.0, size_m=0.9)
    it.sconces("left", (-6.7, -3.7, -0.7, 2.3), 2.6)
    it.keys(SOFT, 1.1)
    return it.world(
        walk=((0.0, -8.0), (0.0, 6.0)),
        underfoot="wood",
        ambience="cafe_murmur",
        floor_radius_m=2.2,
        back_z=-4.2,
    )


def _grand_piano() -> Mesh:
    """Return a grand piano with its stool, the pianist at +Z."""
    black = Finish(rgb("#0f0f11"), Surface.PAINT, 0.08)
    outline = [
        (-0.75, 0.9),
        (0.75, 0.9),
        (0.75, -0.2),
        (0.45, -0.75),
        (0.1, -1.05),
        (-0.45, -1.1),
        (-0.75, -0.9),
    ][::-1]
    body = placed(prism(outline, 0.28, black, bevel_m=0.02), (0, 0.85, 0), tilt=np.pi / 2)
    lid = placed(prism(outline, 0.03, black), (0.1, 1.4, 0), tilt=np.pi / 2, roll=0.55)
    keys = [(-0.62 + 0.052 * k, 0.88, 1.0) for k in range(25)]
    return merged(
        [
            body,
            lid,
            boxes(
                [(sx * 0.55, 0.36, z) for sx in (-1, 1) for z in (0.7,)] + [(-0.2, 0.36, -0.8)],
                (0.06, 0.36, 0.06),
                black,
                bevel_m=0.02,
            ),
            box((0, 0.84, 1.0), (0.74, 0.03, 0.14), black),
            boxes(keys, (0.024, 0.012, 0.1), furniture.CERAMIC),
            box((0, 0.46, 1.6), (0.4, 0.05, 0.2), black, bevel_m=0.02),
            boxes([(s * 0.32, 0.2, 1.6) for s in (-1, 1)], (0.03, 0.22, 0.15), black),
        ]
    )


def hotel_lobby(conditions: Conditions) -> World:
    """Build a hotel lobby: reception with keys, marble, sofas, palms, a wide stair, brass lamps."""
    plan = Plan(
        Shell(-6.5, 6.5, -8.0, 6.0, 4.6, cell_m=0.6),
        walls=Finish(rgb("#a89878"), Surface.PLASTER, 0.85),
        floor=Finish(rgb("#cfc4b0"), Surface.TILES, 0.14),
        ceiling=Finish(rgb("#d8cfba"), Surface.PLASTER, 0.9),
        skirting=furniture.WALNUT,
        openings={"right": [Opening(6.6, 12.6, 0.1, 3.4)]},
        frame=FRAME_DARK,
        view="town",
        dado=furniture.WALNUT,
        dado_m=1.2,
    )
    it = Interior("hotel_lobby", conditions, plan)
    it.stand(shopfit.counter(4.2, furniture.WALNUT, masonry.MARBLE), -2.4, -5.6)
    it.top(-2.0, 1.06, -5.5, 1.4, 0.25)
    cubby = merged(
        [
            box((0, 1.2, 0.05), (2.0, 0.75, 0.05), furniture.WALNUT),
            boxes(
                [(-1.75 + 0.5 * c, 0.65 + 0.36 * r, 0.11) for c in range(8) for r in range(4)],
                (0.2, 0.13, 0.012),
                furniture.WALNUT.times(0.4),
            ),
            boxes(
                [(-1.75 + 0.5 * c, 0.62 + 0.36 * r, 0.13) for c in range(8) for r in range(4)],
                (0.03, 0.06, 0.01),
                furniture.BRASS,
            ),
        ]
    )
    it.against("back", placed(cubby, (0, 0.3, 0)), -2.4)
    it.guests([(-3.0, -6.5, 0.1), (-1.6, -6.5, -0.1)], clothes=[rgb("#22304a")])
    it.guests([(-1.4, -4.5, 3.0)])
    it.add(
        placed(
            things.suitcase(Finish(rgb("#6a3a26"), Surface.CLOTH, 0.6)), (-1.0, 0, -4.4), yaw=0.4
        ),
        placed(furniture.table_lamp(furniture.BRASS), (-4.2, 1.06, -5.6)),
        placed(furniture.table_lamp(furniture.BRASS), (-0.6, 1.06, -5.6)),
    )
    for x in (-4.2, -0.6):
        it.light((x, 1.5, -5.5), WARM, 1.0, reach_m=4.0)
    steps = masonry.stairs(2.6, 11, rise_m=0.17, tread_m=0.3, finish=masonry.MARBLE)
    it.add(
        placed(steps, (4.2, 0, -4.4)), box((4.2, 0.95 * 2, -7.9), (1.4, 0.05, 0.3), masonry.MARBLE)
    )
    it.set.block((4.2, 0.9, -6.2), (1.3, 0.9, 1.7))
    it.add(
        placed(
            box((0, 0, 0), (0.7, 0.012, 1.95), Finish(rgb("#8a1f2c"), Surface.CLOTH, 0.97)),
            (4.2, 1.02, -6.05),
            tilt=0.515,
        )
    )
    for s in (-1, 1):
        it.add(
            placed(
                box((0, 0, 0), (0.045, 0.035, 1.95), furniture.BRASS),
                (4.2 + s * 1.25, 1.9, -6.05),
                tilt=0.515,
            ),
            boxes(
                [(4.2 + s * 1.25, 0.17 * k + 0.45, -4.5 - 0.3 * k) for k in range(11)],
                (0.018, 0.45, 0.018),
                furniture.BRASS,
            ),
        )
    sofa = furniture.sofa(Finish(rgb("#4a5f5a"), Surface.CLOTH, 0.95))
    it.seat(sofa, -4.6, -1.6, np.pi / 2, height_m=0.44)
    it.seat(seating.armchair(Finish(rgb("#b0763c"), Surface.CLOTH, 0.95)), -2.6, -0.7, -2.2)
    it.seat(seating.armchair(Finish(rgb("#b0763c"), Surface.CLOTH, 0.95)), -2.5, -2.5, -0.9)
    it.table(
        furniture.table(furniture.WALNUT, width_m=0.7, depth_m=1.1, height_m=0.42),
        -3.5,
        -1.6,
        height_m=0.42,
    )
    it.add(
        placed(things.bouquet(Finish(rgb("#e8b0b8"), Surface.FOLIAGE, 0.8)), (-3.5, 0.42, -1.6)),
        placed(furniture.rug(3.4, 3.2, rgb("#7a3a34"), rgb("#2f3a40")), (-3.6, 0, -1.6)),
    )
    for x, z in ((-5.9, -4.4), (2.5, -5.0), (5.9, -0.6), (-5.9, 3.0)):
        it.stand(furniture.potted_plant(it.rng, height_m=2.0), x, z)
    pillar = masonry.column(4.6, 0.26, masonry.MARBLE, sides=14)
    for x, z in ((-5.2, 0.8), (2.3, -3.4), (5.4, 1.8)):
        it.stand(pillar, x, z)
    it.set.add_bare(placed(halls.chandelier(1.2, arms=10, radius_m=0.9, tiers=2), (0, 4.6, -2.2)))
    it.light((0, 3.3, -2.2), WARM, 9.0, reach_m=11.0, size_m=0.8)
    it.hang("left", furniture.picture(1.8, 1.2, halls.GOLD, rng=it.rng), -1.6, 2.2)
    it.spots(
        [(-2.4, -6.8), (-4.2, -0.6), (2.6, 0.6), (-0.6, 3.0), (4.2, -3.6)], tone=SOFT, level=0.8
    )
    it.fill(SOFT, 3.0, places=((0.0, 2.0),))
    it.keys(SOFT, 1.1)
    return it.world(
        walk=((0.4, -4.4), (0.2, 5.4)),
        underfoot="tiles",
        ambience="cafe_murmur",
        floor_radius_m=1.4,
        back_z=-3.6,
    )


BUILDERS = {
    "throne_room": throne_room,
    "ballroom": ballroom,
    "hotel_lobby": hotel_lobby,
}
"""Each place by its name."""

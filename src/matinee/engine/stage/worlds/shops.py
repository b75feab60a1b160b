"""Shops."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.geometry import Surface, merged
from matinee.engine.stage.parts import fittings, furniture, seating, shopfit, things
from matinee.engine.stage.parts.finish import Finish, rgb
from matinee.engine.stage.parts.masonry import FRAME_DARK, Opening
from matinee.engine.stage.parts.solids import ball, box, boxes, copies, cylinder, placed, tube
from matinee.engine.stage.worlds.interior import COOL, NEUTRAL, SOFT, WARM, Interior, Plan
from matinee.engine.stage.worlds.room import Shell

if TYPE_CHECKING:
    from matinee.engine.render.geometry import Mesh
    from matinee.engine.stage.worlds.model import Conditions, World


def supermarket(conditions: Conditions) -> World:
    """Build a supermarket: long aisles of goods, cooling wall, heaped fruit, tills, signs."""
    plan = Plan(
        Shell(-8.0, 8.0, -12.0, 6.0, 4.2, cell_m=0.8),
        walls=Finish(rgb("#c9d2c4"), Surface.PLASTER, 0.9),
        dado=Finish(rgb("#3f8f4a"), Surface.PAINT, 0.4),
        dado_m=2.3,
        daylight=1.0,
        floor=Finish(rgb("#9a958a"), Surface.TILES, 0.22),
        ceiling=Finish(rgb("#b8bcbc"), Surface.PLASTER, 0.95),
        openings={"right": [Opening(10.6, 17.2, 0.2, 3.0)]},
        frame=FRAME_DARK,
        view="town",
    )
    it = Interior("supermarket", conditions, plan)
    shelf = shopfit.island_shelf(3.4, 1.9, it.rng)
    other = shopfit.island_shelf(3.4, 1.9, it.rng)
    for x in (-5.4, -2.7, 2.7, 5.4):
        for number, z in enumerate((-9.2, -5.6)):
            it.stand(shelf if (number + round(x)) % 2 else other, x, z, np.pi / 2)
    for x in (-5.2, -1.8, 1.6, 5.0):
        it.against("back", shopfit.chiller(3.3, it.rng), x)
        it.light((x, 1.9, -11.2), COOL, 1.0, reach_m=4.0, size_m=0.8)
    it.stand(shopfit.produce_stand(2.4, it.rng), -3.4, -2.6, 0.6)
    it.stand(shopfit.produce_stand(2.4, it.rng), 2.9, -2.4, -0.6)
    for z in (1.2, 3.6):
        it.stand(
            shopfit.counter(
                2.0, Finish(rgb("#3f8f4a"), Surface.PAINT, 0.4), furniture.BLACK_METAL, height_m=0.9
            ),
            -5.4,
            z,
            np.pi / 2,
        )
        it.add(placed(shopfit.till(), (-5.4, 0.9, z - 0.7), yaw=np.pi / 2))
    it.guests([(0.9, -6.6, 0.4), (-4.1, -4.4, 2.4), (-6.3, 1.2, 1.6)])
    for x, code in ((-5.4, "#c23a2a"), (-2.7, "#3f8f4a"), (2.7, "#2d6db0"), (5.4, "#d9a21f")):
        sign = Finish(rgb(code), Surface.PAINT, 0.4)
        it.set.add_bare(
            box((x, 2.75, -3.6), (0.7, 0.22, 0.02), sign),
            boxes(
                [(x - 0.25 + 0.16 * k, 2.75, -3.575) for k in range(4)],
                (0.05, 0.06, 0.004),
                furniture.WHITE_PAINT,
            ),
            tube([(x, 2.97, -3.6), (x, 4.2, -3.6)], 0.008, furniture.STEEL, sides=4),
        )
    trolley = _trolley()
    it.stand(trolley, 1.5, -1.5, 0.5)
    it.row(trolley, (5.9, 1.0), (7.4, 1.0), 5, np.pi / 2)
    it.top(-5.4, 0.9, 1.5, 0.25, 0.4)
    it.panels(
        (-5.4, -1.8, 1.8, 5.4),
        (-9.0, -4.5, 0.0, 4.0),
        half=(0.18, 1.6),
        tone=NEUTRAL,
        level=0.42,
        glow=4.0,
    )
    it.keys(NEUTRAL, 1.0)
    return it.world(
        walk=((0.0, -9.0), (0.0, 5.5)),
        underfoot="tiles",
        ambience="market",
        floor_radius_m=1.2,
        back_z=-6.0,
    )


def _trolley() -> Mesh:
    """Return a shopping trolley that is pushed from -Z."""
    wire = furniture.STEEL
    basket = [
        tube(
            [
                (-0.25, 0.5, z),
                (-0.28, 0.95, z),
            ],
            0.008,
            wire,
            sides=4,
        )
        for z in np.linspace(-0.4, 0.4, 7)
    ]
    basket += [
        tube([(0.25, 0.5, z), (0.28, 0.95, z)], 0.008, wire, sides=4)
        for z in np.linspace(-0.4, 0.4, 7)
    ]
    hoops = [
        boxes([(s * 0.26, y, 0) for s in (-1, 1)], (0.008, 0.008, 0.42), wire)
        for y in (0.5, 0.72, 0.95)
    ]
    ends = [
        boxes([(0, y, s * 0.42) for s in (-1, 1)], (0.27, 0.008, 0.008), wire)
        for y in (0.5, 0.72, 0.95)
    ]
    return merged(
        [
            *basket,
            *hoops,
            *ends,
            box((0, 0.5, 0), (0.25, 0.006, 0.4), wire),
            boxes([(s * 0.24, 0.28, 0) for s in (-1, 1)], (0.012, 0.2, 0.4), wire),
            boxes(
                [(sx * 0.24, 0.05, sz * 0.38) for sx in (-1, 1) for sz in (-1, 1)],
                (0.02, 0.05, 0.05),
                fittings.RUBBER,
            ),
            tube(
                [(-0.27, 1.02, -0.5), (0.27, 1.02, -0.5)],
                0.02,
                Finish(rgb("#c23a2a"), Surface.PAINT, 0.4),
            ),
        ]
    )


def clothing_shop(conditions: Conditions) -> World:
    """Build a fashion shop: rails of garments, dummies on a dais, folded piles, mirrors, spots."""
    plan = Plan(
        Shell(-5.0, 5.0, -5.8, 5.0, 3.4, cell_m=0.5),
        walls=Finish(rgb("#e0d8cc"), Surface.PLASTER, 0.9),
        floor=Finish(rgb("#a88a68"), Surface.WOOD, 0.4),
        ceiling=Finish(rgb("#f0ece4"), Surface.PLASTER, 0.95),
        openings={"right": [Opening(5.6, 9.8, 0.15, 2.8)]},
        frame=FRAME_DARK,
        view="town",
    )
    it = Interior("clothing_shop", conditions, plan)
    for z in (-4.2, -2.0, 0.2):
        it.stand(shopfit.clothes_rail(1.9, it.rng), -4.35, z, np.pi / 2)
        it.add(
            box((-4.8, 2.05, z), (0.16, 0.02, 1.0), furniture.WALNUT),
            placed(shopfit.folded(it.rng, columns=5), (-4.75, 2.07, z), yaw=np.pi / 2),
        )
    for z in (-4.2, -2.0):
        it.stand(shopfit.clothes_rail(1.9, it.rng), 4.35, z, -np.pi / 2)
        it.add(
            box((4.8, 2.05, z), (0.16, 0.02, 1.0), furniture.WALNUT),
            placed(shopfit.folded(it.rng, columns=5), (4.75, 2.07, z), yaw=-np.pi / 2),
        )
    it.stand(box((0.2, 0.1, 0), (1.9, 0.1, 0.6), furniture.WHITE_PAINT, bevel_m=0.015), -0.4, -4.4)
    for k, (code, skirt) in enumerate((("#8a2a33", True), ("#22304a", False), ("#d8b56a", True))):
        it.add(
            placed(
                shopfit.mannequin(rgb(code), skirt=skirt),
                (-1.3 + 1.15 * k, 0.2, -4.4),
                yaw=0.3 - 0.3 * k,
            )
        )
    for x in (-2.1, 2.3):
        it.table(
            furniture.table(furniture.BEECH, width_m=1.5, depth_m=0.8, height_m=0.78),
            x,
            -2.3,
            height_m=0.78,
        )
        it.add(
            placed(shopfit.folded(it.rng), (x, 0.78, -2.5)),
            placed(shopfit.folded(it.rng, columns=3), (x, 0.78, -2.1)),
        )
    it.hang("back", fittings.wall_mirror(1.0, 2.2, furniture.BRASS), 3.4, 1.25)
    it.hang("back", fittings.wall_mirror(1.0, 2.2, furniture.BRASS), -3.6, 1.25)
    it.against("left", shopfit.counter(1.8, furniture.WALNUT, height_m=1.0), 3.0)
    it.top(-4.6, 1.0, 3.0, 0.25, 0.7)
    it.seat(seating.armchair(Finish(rgb("#b06a72"), Surface.CLOTH, 0.95)), 3.6, 0.6, -1.2)
    it.stand(furniture.potted_plant(it.rng, height_m=1.5), 4.5, 1.9)
    bags = [(2.0, 0.78, -2.15), (2.6, 0.78, -2.2)]
    it.add(
        *(
            placed(things.bag(Finish(rgb(c), Surface.CLOTH, 0.6)), at)
            for at, c in zip(bags, ("#6a2a26", "#c9a05a"), strict=True)
        )
    )
    it.add(placed(furniture.rug(2.6, 2.2, rgb("#c9b8a0"), rgb("#8a7a68")), (0, 0, 0)))
    it.guests([(1.4, -3.4, 0.9)])
    it.strip((-1.6, 3.0, -5.72), (1.2, 3.0, -5.72), (1.0, 0.8, 0.6), glow=5.0, level=0.8, lamps=2)
    it.spots(
        [
            (-4.0, -3.6),
            (-4.0, -1.0),
            (-1.4, -3.9),
            (0.2, -3.9),
            (1.6, -3.9),
            (4.0, -3.0),
            (-2.1, -2.0),
            (2.3, -2.0),
            (0, 0.6),
            (0, 3.0),
        ],
        tone=SOFT,
        level=0.85,
        cone_rad=0.8,
    )
    it.light((0, 3.1, -1.0), NEUTRAL, 4.0, down=True, size_m=0.8, reach_m=9.0)
    it.keys(SOFT, 1.1)
    return it.world(
        walk=((0.0, -3.2), (0.0, 4.5)),
        underfoot="wood",
        ambience="cafe_murmur",
        floor_radius_m=1.2,
        back_z=-3.2,
    )


def bookshop(conditions: Conditions) -> World:
    """Build a bookshop: full cases, a ladder, tables of piles, a reading chair, a window seat."""
    plan = Plan(
        Shell(-4.0, 4.0, -4.8, 4.8, 3.2, cell_m=0.5),
        walls=Finish(rgb("#4f5f58"), Surface.PLASTER, 0.9),
        floor=Finish(rgb("#8a6444"), Surface.WOOD, 0.5),
        ceiling=Finish(rgb("#c9bfa8"), Surface.PLASTER, 0.95),
        openings={
            "right": [Opening(4.4, 8.4, 0.5, 2.5)],
            "left": [Opening(8.0, 9.0, 0.0, 2.1, "door")],
        },
        frame=Finish(rgb("#7a2f2a"), Surface.PAINT, 0.4),
        view="town",
        daylight=2.1,
    )
    it = Interior("bookshop", conditions, plan)
    wood = Finish(rgb("#6a4a30"), Surface.WOOD, 0.5)
    case = furniture.bookcase(
        wood, width_m=1.55, height_m=2.6, rng=it.rng, full=0.95, shelf_m=0.42, thick_m=(0.03, 0.08)
    )
    for x in (-3.1, -1.5, 0.1, 1.7, 3.2):
        it.against("back", case, x)
    for z in (-3.6, -2.0, -0.4, 1.2):
        it.against("left", case, z)
    for z in (-3.6, -2.0):
        it.against("right", case, z)
    low = furniture.bookcase(
        wood, width_m=1.5, height_m=1.15, rng=it.rng, full=0.95, shelf_m=0.36, thick_m=(0.03, 0.07)
    )
    it.stand(
        merged([placed(low, (0, 0, 0.16)), placed(low, (0, 0, -0.16), yaw=np.pi)]),
        -1.85,
        -2.2,
        np.pi / 2,
    )
    it.table(furniture.table(wood, width_m=1.5, depth_m=0.9), 1.5, -2.3)
    for k in range(5):
        x, z = 1.0 + 0.25 * k, -2.5 + 0.3 * (k % 2)
        for n in range(2 + k % 3):
            tone = Finish(furniture.SPINES[(k * 2 + n) % 9], Surface.CLOTH, 0.7)
            it.add(placed(things.book(tone), (x, 0.74 + 0.036 * n, z), yaw=0.2 * n))
    it.add(
        placed(fittings.ladder(2.7, wood), (-3.45, 0, -1.2), yaw=np.pi / 2, roll=0.0, tilt=-0.12)
    )
    it.seat(seating.armchair(Finish(rgb("#7a3f2c"), Surface.CLOTH, 0.95)), 2.9, -0.5, -0.9)
    it.set.add_bare(
        placed(furniture.floor_lamp(Finish(rgb("#f0d6a6"), Surface.CLOTH, 0.9)), (3.5, 0, -1.2))
    )
    it.light((3.5, 1.45, -1.2), WARM, 1.5, reach_m=5.0, size_m=0.25)
    it.against("left", shopfit.counter(1.6, wood, height_m=1.0), 2.7)
    it.top(-3.6, 1.0, 2.7, 0.22, 0.6)
    it.stand(furniture.potted_plant(it.rng, height_m=1.1), 3.5, 3.9)
    it.add(placed(furniture.rug(2.4, 3.0, rgb("#6a2f2c"), rgb("#3a3f45")), (0, 0, 0.2)))
    it.beams(5, wood, half=(0.07, 0.09))
    it.guests([(0.4, -3.9, 2.9)])
    it.pendants(
        [(1.5, -2.3), (-1.0, -3.6), (0.0, 0.8), (-2.6, 0.4)],
        drop_m=0.9,
        shade=Finish(rgb("#2f5a44"), Surface.PAINT, 0.35),
        level=2.9,
    )
    it.light((0, 2.9, -2.2), SOFT, 3.2, down=True, size_m=0.7, reach_m=8.0)
    it.keys(SOFT, 1.0)
    return it.world(
        walk=((0.0, -3.4), (0.0, 4.4)),
        underfoot="wood",
        ambience="room_tone",
        floor_radius_m=1.1,
        back_z=-3.4,
        spread=0.95,
    )


def toy_shop(conditions: Conditions) -> World:
    """Build a toy shop: shelves in every colour, bears, balls, a rocking horse, balloons, kites."""
    plan = Plan(
        Shell(-4.4, 4.4, -5.0, 4.8, 3.3, cell_m=0.5),
        walls=Finish(rgb("#e8b84a"), Surface.PLASTER, 0.9),
        floor=Finish(rgb("#c9a070"), Surface.WOOD, 0.45),
        openings={"right": [Opening(5.4, 9.0, 0.4, 2.6)]},
        dado=Finish(rgb("#c23a3a"), Surface.PAINT, 0.4),
        dado_m=0.9,
        view="town",
    )
    it = Interior("toy_shop", conditions, plan)
    sweets, frame = shopfit.SWEETS, furniture.WHITE_PAINT
    for x in (-3.0, -1.0, 1.0, 3.0):
        it.against(
            "back", shopfit.goods_shelf(1.9, 2.2, it.rng, colours=sweets, frame=frame, rows=5), x
        )
    for z in (-3.2, -1.2, 0.8):
        it.against(
            "left", shopfit.goods_shelf(1.9, 2.2, it.rng, colours=sweets, frame=frame, rows=5), z
        )
    it.against(
        "right", shopfit.goods_shelf(1.9, 2.2, it.rng, colours=sweets, frame=frame, rows=5), -3.2
    )
    bear = things.teddy_bear(Finish(rgb("#a8703c"), Surface.CLOTH, 0.95))
    it.table(
        furniture.table(
            Finish(rgb("#3a86c8"), Surface.PAINT, 0.4), width_m=1.6, depth_m=0.9, height_m=0.6
        ),
        -1.7,
        -2.5,
        height_m=0.6,
    )
    it.add(
        *(
            placed(bear, (-2.25 + 0.36 * k, 0.6, -2.75), scale=1.0 + 0.15 * (k % 2))
            for k in range(4)
        )
    )
    it.add(
        *(
            placed(
                things.robot_toy(Finish(sweets[k], Surface.PAINT, 0.4)), (-2.1 + 0.4 * k, 0.6, -2.3)
            )
            for k in range(3)
        )
    )
    it.table(
        furniture.table(
            Finish(rgb("#3fa86a"), Surface.PAINT, 0.4), width_m=1.6, depth_m=0.9, height_m=0.6
        ),
        2.0,
        -2.3,
        height_m=0.6,
    )
    it.add(placed(shopfit.toy_blocks(it.rng, count=12), (2.0, 0.6, -2.3)))
    it.add(
        *(
            placed(
                things.gift(Finish(sweets[k + 1], Surface.PAINT, 0.4)), (1.5 + 0.5 * k, 0.6, -2.6)
            )
            for k in range(3)
        )
    )
    it.stand(shopfit.rocking_horse(), 3.2, -0.6, -0.8)
    it.stand(placed(bear, scale=3.2), -3.2, 2.4, 0.9)
    it.add(
        *(
            placed(
                things.toy_ball(Finish(sweets[k % 6], Surface.PAINT, 0.3)),
                (-3.4 + 0.3 * (k % 3), 0.0 if k < 6 else 0.2, -0.0 + 3.3 + 0.28 * (k // 3)),
            )
            for k in range(6)
        )
    )
    balloon = things.balloon
    for k, (x, z) in enumerate(
        ((-3.6, -4.2), (-3.2, -4.0), (3.4, -4.2), (3.8, -3.9), (3.0, 1.6), (3.3, 1.3))
    ):
        it.set.add_bare(
            placed(
                balloon(Finish(sweets[k % 6], Surface.PAINT, 0.25)), (x, 1.9 + 0.15 * (k % 3), z)
            )
        )
    for k, x in enumerate((-1.6, 1.2)):
        it.set.add_bare(
            placed(
                things.kite(Finish(sweets[2 * k], Surface.CLOTH, 0.8)),
                (x, 2.5, -1.6),
                yaw=0.4,
                tilt=-0.5,
            )
        )
    cube = boxes(
        [(-4.0 + 0.42 * k, 3.05, -4.9) for k in range(20)],
        (0.14, 0.1, 0.02),
        Finish((0.5, 0.5, 0.5), Surface.PAINT, 0.4),
        colours=[sweets[k % 6] for k in range(20)],
    )
    it.set.add_bare(cube)
    it.against(
        "right",
        shopfit.counter(1.6, Finish(rgb("#3a86c8"), Surface.PAINT, 0.4), frame, height_m=1.0),
        4.0,
    )
    it.add(placed(furniture.rug(2.6, 2.6, rgb("#3a86c8"), rgb("#e84a5f")), (0, 0, 0)))
    it.guests([(0.6, -3.6, 0.3)])
    it.pendants(
        [(-1.7, -2.5), (2.0, -2.3), (0.0, 1.4)],
        drop_m=0.8,
        shade=Finish(rgb("#c23a3a"), Surface.PAINT, 0.35),
        level=2.8,
        tone=SOFT,
    )
    it.light((0, 3.0, -2.0), SOFT, 3.6, down=True, size_m=0.8, reach_m=9.0)
    it.light((0, 3.0, 2.2), SOFT, 2.4, down=True, size_m=0.8, reach_m=8.0)
    it.keys(SOFT, 1.0)
    return it.world(
        walk=((0.0, -3.0), (0.0, 4.4)),
        underfoot="wood",
        ambience="room_tone",
        floor_radius_m=1.1,
        back_z=-3.0,
        spread=1.0,
    )


def barber_shop(conditions: Conditions) -> World:
    """Build a barber's shop: chairs before mirrors, chequered floor, bottles, a striped pole."""
    plan = Plan(
        Shell(-3.8, 3.8, -4.2, 4.6, 3.0),
        walls=Finish(rgb("#3f6a72"), Surface.PLASTER, 0.9),
        floor=Finish(rgb("#d0ccc2"), Surface.TILES, 0.25),
        openings={"right": [Opening(4.4, 8.0, 0.5, 2.5)]},
        dado=Finish(rgb("#e8e2d4"), Surface.TILES, 0.25),
        dado_m=1.2,
        view="town",
    )
    it = Interior("barber_shop", conditions, plan)
    black = Finish(rgb("#1d1e20"), Surface.TILES, 0.25)
    spots = [
        (x, 0.003, z)
        for i, x in enumerate(np.arange(-3.6, 3.7, 0.6))
        for j, z in enumerate(np.arange(-4.0, 4.5, 0.6))
        if (i + j) % 2
    ]
    it.add(boxes(spots, (0.3, 0.003, 0.3), black))
    hide = Finish(rgb("#8a2a26"), Surface.CLOTH, 0.5)
    chair = merged(
        [
            cylinder(0.32, 0.06, fittings.CHROME, sides=20),
            cylinder(0.07, 0.42, fittings.CHROME),
            box((0, 0.5, 0), (0.27, 0.08, 0.27), hide, bevel_m=0.04),
            placed(
                box((0, 0.34, 0), (0.25, 0.34, 0.06), hide, bevel_m=0.04),
                (0, 0.5, -0.25),
                tilt=-0.2,
            ),
            box((0, 1.28, -0.42), (0.13, 0.08, 0.04), hide, bevel_m=0.03),
            boxes(
                [(s * 0.31, 0.72, 0) for s in (-1, 1)],
                (0.045, 0.04, 0.25),
                fittings.CHROME,
                bevel_m=0.02,
            ),
            box((0, 0.3, 0.42), (0.2, 0.02, 0.12), fittings.CHROME, bevel_m=0.01),
        ]
    )
    for x in (-2.3, -0.7, 0.9, 2.5):
        it.against(
            "back",
            furniture.cupboard(
                1.3,
                0.85,
                0.4,
                furniture.WALNUT,
                doors=2,
                handle=furniture.BRASS,
                top=furniture.CERAMIC,
            ),
            x,
        )
        it.hang("back", fittings.wall_mirror(1.1, 1.2, furniture.BRASS), x, 1.7)
        it.set.add_bare(
            boxes(
                [(x + s * 0.62, y, -4.12) for s in (-1, 1) for y in (1.3, 1.6, 1.9, 2.2)],
                (0.04, 0.04, 0.04),
                Finish(rgb("#fff0d0"), Surface.SCREEN, 0.4, 4.0),
            )
        )
        it.add(
            *(
                placed(
                    things.bottle(Finish(rgb(c), Surface.GLASS, 0.1)),
                    (x - 0.4 + 0.14 * k, 0.89, -4.0),
                    scale=0.7,
                )
                for k, c in enumerate(("#3f8f8a", "#c9a860", "#8a3a2a", "#5b6b2e"))
            )
        )
        it.light((x, 1.8, -3.9), SOFT, 1.3, way=(0, 0, 1.0), reach_m=5.0, size_m=0.5)
    for x in (-2.3, 0.9, 2.5):
        it.seat(chair, x, -2.7, 0.0, height_m=0.58)
    it.top(-0.7, 0.89, -3.95, 0.5, 0.16)
    it.guests([(-2.3, -2.7, 0.0)], pose="sit", y=0.58)
    it.guests([(-1.5, -3.1, -0.9)], clothes=[rgb("#e8e4da")])
    for z in (-1.4, 0.2):
        it.against("left", seating.armchair(hide), z)
    it.hang("left", furniture.picture(0.9, 0.6, furniture.BLACK_METAL, rng=it.rng), -0.6, 1.8)
    pole = [Finish(rgb(c), Surface.SCREEN, 0.3, 1.4) for c in ("#c81f2a", "#f0f0ec", "#1f4fb0")]
    it.set.add_bare(
        *(
            box((3.3, 1.5 + 0.06 * k, -3.9), (0.09, 0.03, 0.09), pole[k % 3], bevel_m=0.02)
            for k in range(12)
        ),
        boxes(
            [(3.3, y, -3.9) for y in (1.42, 2.24)],
            (0.11, 0.05, 0.11),
            fittings.CHROME,
            bevel_m=0.02,
        ),
    )
    it.stand(furniture.potted_plant(it.rng, height_m=1.2), 3.3, 3.8)
    it.add(
        copies(
            ball((0, 0, 0), (0.1, 0.012, 0.06), Finish(rgb("#2d1f16"), Surface.HAIR, 0.8), level=1),
            [(-1.9, 0.012, -2.2), (0.6, 0.012, -2.2), (2.2, 0.012, -2.1)],
        )
    )
    it.panels((-1.8, 1.8), (-2.4, 1.2, 3.4), half=(0.6, 0.12), tone=NEUTRAL, level=0.5)
    it.keys(SOFT, 1.0)
    return it.world(
        walk=((0.0, -1.9), (0.0, 4.2)),
        underfoot="tiles",
        ambience="room_tone",
        floor_radius_m=1.1,
        back_z=-1.7,
        spread=1.0,
    )


BUILDERS = {
    "supermarket": supermarket,
    "clothing_shop": clothing_shop,
    "bookshop": bookshop,
    "toy_shop": toy_shop,
    "barber_shop": barber_shop,
}
"""Each shop by its name."""

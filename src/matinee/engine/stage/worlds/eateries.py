"""Places where people eat and drink among others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.geometry import Surface, merged
from matinee.engine.stage.parts import fire, fittings, furniture, halls, seating, shopfit, things
from matinee.engine.stage.parts.finish import Finish, rgb
from matinee.engine.stage.parts.masonry import FRAME_DARK, OLD_STONE, Opening
from matinee.engine.stage.parts.solids import ball, box, boxes, copies, lathe, placed, tube
from matinee.engine.stage.worlds.interior import SOFT, WARM, Interior, Plan
from matinee.engine.stage.worlds.room import Shell

if TYPE_CHECKING:
    from matinee.engine.stage.worlds.model import Conditions, World

_LINEN = Finish(rgb("#ece6d8"), Surface.CLOTH, 0.95)


def restaurant(conditions: Conditions) -> World:
    """Build a restaurant: white cloths and candles, booths along a wall, a street outside."""
    plan = Plan(
        Shell(-5.2, 5.2, -6.4, 5.0, 3.5, cell_m=0.5),
        walls=Finish(rgb("#3f4a46"), Surface.PLASTER, 0.9),
        floor=Finish(rgb("#5f4530"), Surface.WOOD, 0.4),
        ceiling=Finish(rgb("#6f675a"), Surface.PLASTER, 0.95),
        frame=FRAME_DARK,
        openings={
            "right": [
                Opening(1.2, 3.4, 0.5, 2.8),
                Opening(4.2, 6.4, 0.5, 2.8),
                Opening(7.2, 9.4, 0.5, 2.8),
            ],
            "back": [Opening(8.6, 9.6, 0.0, 2.2, "door")],
        },
        view="town",
        dado=furniture.WALNUT,
        dado_m=1.1,
    )
    it = Interior("restaurant", conditions, plan)
    cloth = merged(
        [
            box((0, 0.72, 0), (0.46, 0.02, 0.46), _LINEN, bevel_m=0.012),
            *(
                box(
                    (s * 0.46 * (1 - k), 0.58, s * 0.46 * k),
                    (0.46 * k + 0.005, 0.15, 0.46 * (1 - k) + 0.005),
                    _LINEN,
                )
                for s in (-1, 1)
                for k in (0, 1)
            ),
            box((0, 0.3, 0), (0.05, 0.3, 0.05), furniture.BLACK_METAL),
        ]
    )
    chair = furniture.chair(furniture.WALNUT, Finish(rgb("#7a2f2c"), Surface.CLOTH, 0.95))
    plates = shopfit.place_setting()
    across = [(s * 0.72, 0.0, -s * np.pi / 2) for s in (-1, 1)]
    along = [(0, -0.72, 0.0), (0, 0.72, np.pi)]
    for x, z in ((0.0, -2.2), (-2.2, -4.2), (1.5, -4.4), (3.3, -2.2), (3.6, 0.6), (3.6, -5.0)):
        it.dining(cloth, chair, x, z, across if x == 0 else along, setting=plates)
        it.add(
            placed(things.candle(furniture.CERAMIC), (x, 0.74, z), scale=0.7),
            placed(
                things.vase(Finish(rgb("#8fa9ad"), Surface.GLASS, 0.1)),
                (x + 0.22, 0.74, z),
                scale=0.5,
            ),
        )
        it.light((x, 1.0, z), WARM, 0.35, reach_m=2.6)
    for z in (-4.4, -1.9, 0.6):
        it.against("left", seating.booth(1.9, Finish(rgb("#6a2a2c"), Surface.CLOTH, 0.7)), z)
        it.table(furniture.table(furniture.WALNUT, width_m=0.7, depth_m=1.3), -4.1, z)
        it.add(
            placed(plates, (-4.3, 0.74, z - 0.3), yaw=-np.pi / 2),
            placed(plates, (-4.3, 0.74, z + 0.3), yaw=-np.pi / 2),
        )
        it.hang("left", furniture.picture(0.7, 0.9, furniture.BRASS, rng=it.rng), z, 2.05)
    it.guests(
        [
            (1.5, -5.12, 0.0),
            (-2.2, -4.92, 0.0),
            (3.3, -2.92, 0.0),
            (3.3, -1.48, np.pi),
            (-4.75, -4.1, np.pi / 2),
            (-4.75, -1.6, np.pi / 2),
        ],
        pose="sit",
        y=0.46,
    )
    it.guests([(-2.6, -5.9, 0.3)], clothes=[rgb("#15161a")])
    it.against("back", shopfit.bottle_shelf(2.6, it.rng), -0.2)
    it.against(
        "back",
        furniture.cupboard(
            2.6, 0.95, 0.4, furniture.WALNUT, doors=4, handle=furniture.BRASS, top=furniture.WALNUT
        ),
        -0.2,
    )
    it.light((-0.2, 1.9, -5.8), WARM, 1.6, reach_m=4.5, size_m=0.5)
    it.stand(furniture.potted_plant(it.rng, height_m=1.6), 4.6, -5.8)
    it.curtains("right", Finish(rgb("#8a3a34"), Surface.CLOTH, 0.95), width_m=0.4)
    it.pendants(
        [(0.0, -2.2), (1.5, -4.4), (3.3, -2.2), (-4.1, -1.9), (-4.1, 0.6)],
        drop_m=1.5,
        shade=furniture.BRASS,
        level=2.4,
    )
    it.fill(SOFT, 3.2)
    it.keys(WARM, 1.1)
    return it.world(
        walk=((-0.4, -1.35), (-0.4, 4.5)),
        underfoot="wood",
        ambience="cafe_murmur",
        floor_radius_m=1.1,
        back_z=-4.3,
    )


def bar(conditions: Conditions) -> World:
    """Build a bar at night: long counter with taps, lit bottles, stools, a pool table, neon."""
    plan = Plan(
        Shell(-5.0, 5.0, -4.6, 5.0, 3.1, cell_m=0.46),
        walls=Finish(rgb("#5a3528"), Surface.BRICK, 0.9),
        floor=Finish(rgb("#4a3424"), Surface.WOOD, 0.5),
        ceiling=Finish(rgb("#2a241f"), Surface.PLASTER, 0.95),
        skirting=furniture.WALNUT,
        frame=FRAME_DARK,
        openings={"right": [Opening(1.4, 3.0, 1.0, 2.4), Opening(6.4, 7.4, 0.0, 2.2, "door")]},
        view="town",
        daylight=1.2,
        exposure=1.95,
        bloom=0.18,
        haze_per_m=0.01,
    )
    it = Interior("bar", conditions, plan)
    it.stand(
        shopfit.counter(6.2, furniture.WALNUT, Finish(rgb("#3a2416"), Surface.PAINT, 0.2)),
        -0.6,
        -2.5,
    )
    it.top(0.0, 1.06, -2.4, 1.2, 0.25)
    it.against("back", shopfit.bottle_shelf(5.4, it.rng), -0.8)
    it.against(
        "back",
        furniture.cupboard(
            5.4, 0.95, 0.4, furniture.WALNUT, doors=8, handle=furniture.BRASS, top=furniture.WALNUT
        ),
        -0.8,
    )
    it.add(
        placed(shopfit.beer_taps(4), (-1.6, 1.06, -2.55)),
        placed(shopfit.beer_taps(2), (1.4, 1.06, -2.55)),
        placed(shopfit.till(), (2.1, 1.06, -2.6)),
        tube([(-3.6, 0.2, -2.1), (2.4, 0.2, -2.1)], 0.022, furniture.BRASS),
    )
    pint = merged(
        [
            lathe(
                [(0, 0), (0.032, 0), (0.042, 0.13)],
                Finish(rgb("#c9821f"), Surface.GLASS, 0.1),
                sides=10,
            ),
            placed(
                ball(
                    (0, 0, 0),
                    (0.04, 0.018, 0.04),
                    Finish(rgb("#f4ead0"), Surface.PLAIN, 0.8),
                    level=1,
                ),
                (0, 0.135, 0),
            ),
        ]
    )
    it.add(copies(pint, [(-2.6, 1.06, -2.4), (-0.5, 1.06, -2.42), (0.5, 1.06, -2.38)]))
    stool = furniture.stool(furniture.WALNUT, 0.74)
    for x in (-2.7, -1.8, 1.3, 2.1):
        # They sit sideways at the bar, so that one sees who they are.
        it.seat(stool, x, -1.7, 1.3 if x < 0 else -1.3, height_m=0.74)
    it.guests([(-0.9, -3.5, 0.2), (0.9, -3.4, -0.2)], clothes=[rgb("#16181c"), rgb("#5a1f22")])
    it.guests([(-2.7, -1.7, np.pi)], pose="sit", y=0.74)
    it.stand(shopfit.pool_table(), -3.4, 2.2, np.pi / 2, tall_m=0.85)
    it.pendants(
        [(-3.4, 1.6), (-3.4, 2.8)],
        drop_m=1.2,
        shade=Finish(rgb("#1f5a3a"), Surface.PAINT, 0.3),
        level=2.6,
        radius_m=0.24,
    )
    it.pendants(
        [(-2.6, -2.4), (-0.6, -2.4), (1.4, -2.4)],
        drop_m=1.1,
        shade=furniture.BRASS,
        level=2.4,
        radius_m=0.15,
    )
    it.light((-2.0, 1.9, -4.2), WARM, 1.7, reach_m=4.5, size_m=0.5)
    it.light((0.8, 1.9, -4.2), WARM, 1.7, reach_m=4.5, size_m=0.5)
    for x, tone, y in ((-3.9, (1.0, 0.2, 0.45), 2.3), (3.2, (0.2, 0.7, 1.0), 2.2)):
        for a, b in (
            ((-0.5, 0.0), (0.5, 0.0)),
            ((-0.5, 0.22), (0.2, 0.22)),
            ((0.5, 0.0), (0.5, 0.3)),
        ):
            it.strip(
                (x + a[0], y + a[1], -4.53),
                (x + b[0], y + b[1], -4.53),
                tone,
                glow=7.0,
                thick_m=0.022,
            )
        it.light((x, y, -4.2), tone, 1.6, reach_m=5.0, size_m=0.4)
    it.table(furniture.round_table(furniture.WALNUT), 3.4, 0.6)
    it.seat(furniture.chair(furniture.WALNUT), 3.4, -0.1, 0.0)
    it.seat(furniture.chair(furniture.WALNUT), 4.1, 0.7, -np.pi / 2)
    it.hang("left", furniture.picture(0.8, 0.6, furniture.BLACK_METAL, rng=it.rng), -1.4, 1.8)
    it.hang("left", fittings.wall_mirror(1.2, 0.8, furniture.BRASS), 0.6, 1.8)
    it.sconces("left", (-0.4, 1.7), 1.9)
    it.fill(WARM, 2.0)
    it.keys(WARM, 1.4)
    return it.world(
        walk=((0.4, -1.1), (0.4, 4.5)),
        underfoot="wood",
        ambience="cafe_murmur",
        floor_radius_m=1.1,
        back_z=-1.4,
        spread=1.0,
    )


def bakery(conditions: Conditions) -> World:
    """Build a baker's shop: racks of loaves, a case of cakes, baskets, warm tiles, a blackboard."""
    plan = Plan(
        Shell(-4.0, 4.0, -3.8, 4.6, 3.1),
        walls=Finish(rgb("#d8c3a0"), Surface.PLASTER, 0.9),
        floor=Finish(rgb("#a88a6a"), Surface.TILES, 0.4),
        openings={
            "right": [Opening(3.2, 6.4, 0.5, 2.5)],
            "left": [Opening(6.2, 7.2, 0.0, 2.2, "door")],
        },
        frame=Finish(rgb("#3f5a4c"), Surface.PAINT, 0.4),
        dado=Finish(rgb("#e8e2d4"), Surface.TILES, 0.25),
        dado_m=1.4,
        view="town",
        daylight=2.2,
    )
    it = Interior("bakery", conditions, plan)
    for x in (-2.7, -0.9, 0.9):
        it.against("back", shopfit.bread_rack(1.7, it.rng), x)
    case = shopfit.glass_case(1.8, it.rng)
    it.stand(case, -1.9, -2.3)
    it.stand(case, 0.0, -2.3)
    it.stand(shopfit.counter(1.3, furniture.WALNUT, depth_m=0.6, height_m=0.98), 1.7, -2.0)
    it.top(1.7, 0.98, -1.95, 0.5, 0.25)
    it.add(
        placed(shopfit.till(), (2.1, 0.98, -2.1)),
        placed(things.bread(Finish(rgb("#b5783c"), Surface.PLAIN, 0.85)), (1.4, 0.98, -1.95)),
    )
    it.guests([(0.8, -3.0, 0.0)], clothes=[rgb("#e8e4da")])
    basket = shopfit.baguettes(it.rng)
    it.stand(basket, 2.9, -1.4)
    it.stand(basket, 3.4, -1.0)
    it.against("left", shopfit.bread_rack(1.6, it.rng), -1.5)
    it.against(
        "left",
        furniture.cupboard(1.6, 0.9, 0.45, furniture.BEECH, doors=3, top=furniture.WALNUT),
        0.7,
    )
    it.add(placed(halls.shelf_of_pots(1.4, it.rng, rows=1), (-3.9, 0.94, 0.7), yaw=np.pi / 2))
    slate = box((0, 0, 0), (0.85, 0.45, 0.015), Finish(rgb("#20262a"), Surface.PLAIN, 0.9))
    words = boxes(
        [(-0.45 + 0.45 * (k % 3), 0.26 - 0.12 * (k // 3), 0.018) for k in range(15)],
        (0.14, 0.016, 0.002),
        Finish(rgb("#d8d4c4"), Surface.PLAIN, 0.9),
    )
    it.hang("back", merged([slate, words]), 2.7, 2.1)
    it.table(furniture.round_table(furniture.BEECH, radius_m=0.34), 2.9, 1.0)
    it.seat(furniture.chair(furniture.BEECH), 2.9, 1.65, np.pi)
    it.seat(furniture.chair(furniture.BEECH), 2.9, 0.35, 0.0)
    it.pendants(
        [(-1.9, -2.0), (0.0, -2.0), (1.8, -2.0), (2.9, 1.0)],
        drop_m=0.95,
        shade=Finish(rgb("#3f5a4c"), Surface.PAINT, 0.35),
        level=2.6,
    )
    for x in (-2.7, -0.9, 0.9):
        it.light((x, 2.5, -3.2), WARM, 1.2, reach_m=3.5, size_m=0.4)
    it.spots([(-1.6, 1.2), (1.2, 1.2)], tone=SOFT, level=0.8)
    it.keys(SOFT, 1.2)
    return it.world(
        walk=((0.2, -1.1), (0.2, 4.2)),
        underfoot="tiles",
        ambience="cafe_murmur",
        floor_radius_m=1.1,
        back_z=-1.3,
        spread=1.0,
    )


def tavern(conditions: Conditions) -> World:
    """Build an old tavern: rough tables, a great hearth, barrels, beams, candle rings."""
    plan = Plan(
        Shell(-5.4, 5.4, -6.0, 5.0, 3.6, cell_m=0.5),
        walls=Finish(rgb("#8f7a5c"), Surface.PLASTER, 0.95),
        floor=Finish(rgb("#5a4330"), Surface.WOOD, 0.75),
        ceiling=Finish(rgb("#54402c"), Surface.WOOD, 0.9),
        skirting=furniture.WALNUT,
        frame=furniture.WALNUT,
        openings={
            "right": [Opening(2.0, 3.2, 1.1, 2.3), Opening(5.4, 6.6, 1.1, 2.3)],
            "left": [Opening(8.4, 9.5, 0.0, 2.1, "door")],
        },
        exposure=1.95,
        haze_per_m=0.012,
        haze=(1.5, 1.15, 0.8),
    )
    it = Interior("tavern", conditions, plan)
    oak = Finish(rgb("#5f4228"), Surface.WOOD, 0.75)
    it.beams(7, oak, half=(0.13, 0.16))
    it.add(
        *(
            boxes([(s * 5.3, 1.8, z) for z in (-4.2, -1.6, 1.0, 3.6)], (0.12, 1.8, 0.13), oak)
            for s in (-1, 1)
        ),
        boxes([(x, 1.8, -5.9) for x in (-4.0, 2.6, 4.2)], (0.13, 1.8, 0.1), oak),
    )
    table, bench = furniture.table(oak, width_m=0.85, depth_m=2.0), seating.plain_bench(1.9, oak)
    for x, z in ((-3.3, -3.2), (3.2, -3.0), (-3.4, 0.6), (3.4, 0.8)):
        it.table(table, x, z)
        for s in (-1, 1):
            it.seat(bench, x + s * 0.75, z, -s * np.pi / 2, height_m=0.45)
        mug = lathe(
            [(0, 0), (0.05, 0), (0.045, 0.12), (0.04, 0.12), (0.04, 0.02), (0, 0.02)],
            oak.times(1.3),
            sides=10,
        )
        it.add(
            copies(
                mug,
                [(x - 0.2, 0.74, z - 0.5), (x + 0.22, 0.74, z + 0.1), (x - 0.15, 0.74, z + 0.6)],
            ),
            placed(things.candle(furniture.CERAMIC), (x, 0.74, z), scale=0.8),
            placed(
                things.bread(Finish(rgb("#b5783c"), Surface.PLAIN, 0.85)), (x + 0.1, 0.74, z - 0.2)
            ),
        )
        it.light((x, 1.05, z), WARM, 0.5, reach_m=3.0)
    it.guests(
        [(-4.05, -3.4, np.pi / 2), (-2.55, -2.9, -np.pi / 2), (3.95, -2.6, -np.pi / 2)],
        pose="sit",
        y=0.45,
        clothes=[rgb("#6a4a2a"), rgb("#4a5a3a"), rgb("#6a2f26")],
    )
    stone = OLD_STONE
    it.add(
        box((0, 1.0, -5.75), (1.5, 1.0, 0.24), stone),
        box((0, 2.75, -5.8), (1.0, 0.85, 0.2), stone),
        box((0, 0.62, -5.48), (0.85, 0.6, 0.02), Finish(rgb("#120d0a"), Surface.STONE, 0.95)),
        box((0, 1.98, -5.6), (1.7, 0.07, 0.4), oak, bevel_m=0.02),
        box((0, 0.05, -5.3), (1.5, 0.05, 0.35), stone),
    )
    it.set.block((0, 1.5, -5.6), (1.6, 1.5, 0.4))
    it.set.add_bare(
        *(placed(fire.flame(0.5 + 0.1 * (k % 2)), (-0.4 + 0.26 * k, 0.12, -5.42)) for k in range(4))
    )
    it.light((0, 0.7, -4.9), (1.0, 0.45, 0.14), 4.5, way=(0, 0.1, 0.99), reach_m=9.0, size_m=0.6)
    it.add(
        *(
            placed(model, (x, 2.05, -5.5), scale=s)
            for model, x, s in (
                (things.shield(Finish(rgb("#8a2a26"), Surface.PAINT, 0.5)), 0.0, 1.0),
                (things.pot(furniture.BRASS), -1.1, 1.0),
                (things.vase(Finish(rgb("#6a4a2a"), Surface.PAINT, 0.5)), 1.1, 0.8),
            )
        )
    )
    barrel = things.barrel(Finish(rgb("#7a5230"), Surface.WOOD, 0.7))
    it.row(barrel, (-4.7, -5.4), (-2.4, -5.4), 3)
    it.stand(shopfit.counter(2.2, oak, oak.times(1.2)), 4.1, -5.0, 0.0)
    it.add(placed(shopfit.beer_taps(2), (4.1, 1.06, -5.0)))
    it.against(
        "back",
        placed(halls.shelf_of_pots(1.4, it.rng, rows=3, wood=oak), (0, 1.3, 0)),
        4.2,
        solid=False,
    )
    wheel = merged(
        [
            placed(
                halls.chandelier(
                    1.1,
                    arms=8,
                    radius_m=0.65,
                    tiers=1,
                    metal=Finish(rgb("#2a2420"), Surface.METAL, 0.6),
                )
            )
        ]
    )
    for z in (-3.0, 1.4):
        it.set.add_bare(placed(wheel, (0, 3.5, z)))
        it.light((0, 2.5, z), WARM, 3.6, reach_m=8.0, size_m=0.5)
    it.fill(WARM, 3.0, places=((-2.0, -2.0), (2.0, 0.5)))
    it.keys(WARM, 1.2)
    return it.world(
        walk=((0.0, -4.4), (0.0, 4.4)),
        underfoot="wood",
        ambience="fire",
        floor_radius_m=1.3,
        back_z=-3.4,
    )


def tea_house(conditions: Conditions) -> World:
    """Build a Japanese tea room: straw mats, paper screens, a low table, a scroll, a garden."""
    plan = Plan(
        Shell(-3.6, 3.6, -4.5, 4.5, 2.7),
        walls=Finish(rgb("#b5a888"), Surface.PLASTER, 0.95),
        floor=Finish(rgb("#7a5a38"), Surface.WOOD, 0.5),
        ceiling=Finish(rgb("#8a6a44"), Surface.WOOD, 0.8),
        skirting=furniture.WALNUT,
        openings={"right": [Opening(1.6, 5.2, 0.05, 2.1, "hole")]},
        view="",
        daylight=2.2,
    )
    it = Interior("tea_house", conditions, plan)
    _garden_of_the_tea_house(it)
    wood = Finish(rgb("#4f3622"), Surface.WOOD, 0.6)
    it.add(placed(halls.tatami(4, 5), (0, 0, 0)))
    lit = 0.75 if conditions.time_of_day != "night" else 0.35
    screen = halls.torii_screen(1.75, 2.1, wood, lit=lit)
    for z in (-3.4, -1.6, 0.2, 2.0, 3.6):
        it.hang("left", screen, z, 0.02, out=0.06)
    for x in (-2.6, -0.8):
        it.hang("back", screen, x, 0.02, out=0.06)
    for along in (3.5, 5.0):
        it.hang("right", halls.torii_screen(1.4, 2.1, wood, lit=lit), along - 1.6, 0.02, out=0.06)
    it.add(
        boxes(
            [(s * 3.55, 1.35, z) for s in (-1, 1) for z in (-4.4, -0.7, 3.0)],
            (0.06, 1.35, 0.06),
            wood,
        ),
        boxes([(0, 2.16, -4.42), (0, 2.62, -4.42)], (3.6, 0.05, 0.06), wood),
        boxes([(s * 3.5, 2.16, 0) for s in (-1, 1)], (0.06, 0.05, 4.5), wood),
    )
    alcove = 1.75
    it.add(
        box((alcove, 0.09, -4.1), (1.1, 0.09, 0.4), wood, bevel_m=0.01),
        box((alcove - 1.15, 1.35, -4.2), (0.07, 1.35, 0.07), wood),
    )
    it.set.block((alcove, 0.1, -4.1), (1.1, 0.1, 0.4))
    ink = Finish(rgb("#1a1a1a"), Surface.PLAIN, 0.9)
    it.hang(
        "back",
        merged(
            [
                box((0, 0, 0), (0.3, 0.65, 0.006), Finish(rgb("#e8e0cc"), Surface.CLOTH, 0.95)),
                boxes(
                    [(0.05 * (k % 2), 0.4 - 0.2 * k, 0.008) for k in range(5)],
                    (0.09, 0.03, 0.001),
                    ink,
                ),
                boxes([(0.02, 0.36 - 0.2 * k, 0.008) for k in range(5)], (0.025, 0.07, 0.001), ink),
                boxes([(0, 0.67, 0), (0, -0.67, 0)], (0.36, 0.025, 0.02), wood),
            ]
        ),
        alcove + 0.2,
        1.45,
    )
    it.add(
        placed(things.vase(Finish(rgb("#3a4a4f"), Surface.PAINT, 0.4)), (alcove - 0.5, 0.18, -4.1)),
        placed(
            things.flower(Finish(rgb("#d95a7a"), Surface.FOLIAGE, 0.8)), (alcove - 0.5, 0.4, -4.1)
        ),
    )
    it.table(furniture.table(wood, width_m=1.5, depth_m=0.9, height_m=0.36), 0, -2.5, height_m=0.36)
    cushion = box(
        (0, 0.05, 0), (0.3, 0.05, 0.3), Finish(rgb("#7a2f3a"), Surface.CLOTH, 0.95), bevel_m=0.04
    )
    for x, z, yaw in ((-1.15, -2.5, np.pi / 2), (1.15, -2.5, -np.pi / 2), (0, -1.75, np.pi)):
        it.add(placed(cushion, (x, 0.025, z), yaw=yaw))
    pot = Finish(rgb("#2a2f2c"), Surface.METAL, 0.5)
    it.add(
        placed(things.pot(pot), (0.1, 0.36, -2.55), scale=0.6),
        *(
            placed(things.cup(Finish(rgb("#6f8a72"), Surface.PAINT, 0.4)), (x, 0.36, z))
            for x, z in ((-0.4, -2.4), (0.4, -2.3), (0.0, -2.2))
        ),
    )
    lamp = merged(
        [
            halls.torii_screen(0.3, 0.5, wood, lit=1.8),
            placed(halls.torii_screen(0.3, 0.5, wood, lit=1.8), (0.15, 0, -0.15), yaw=np.pi / 2),
            placed(halls.torii_screen(0.3, 0.5, wood, lit=1.8), (-0.15, 0, -0.15), yaw=np.pi / 2),
        ]
    )
    for x, z in ((-3.1, -3.9), (3.0, 1.8)):
        it.stand(lamp, x, z)
        it.light((x, 0.6, z), WARM, 1.0, reach_m=4.5, size_m=0.25)
    it.light(
        (-3.3, 1.2, -0.5),
        (1.0, 0.95, 0.85),
        2.6 if conditions.time_of_day != "night" else 0.5,
        way=(1.0, 0.0, 0.0),
        reach_m=9.0,
        size_m=1.4,
    )
    it.pendants(
        [(0.0, -1.2)],
        drop_m=0.6,
        shade=Finish(rgb("#e8d9b8"), Surface.CLOTH, 0.9),
        level=2.6,
        radius_m=0.3,
    )
    it.keys(SOFT, 1.0)
    return it.world(
        walk=((0.2, -1.2), (0.2, 4.0)),
        underfoot="carpet",
        ambience="forest_birds",
        floor_radius_m=1.1,
        back_z=-3.4,
        spread=0.95,
    )


def _garden_of_the_tea_house(it: Interior) -> None:
    """Open the side of the room to a garden and let its light in."""
    from_sky = 2.6 if it.set.conditions.time_of_day != "night" else 0.25
    it.outlook("right", "garden")
    it.light(
        (3.65, 1.2, -1.1),
        (0.9, 1.0, 1.05),
        from_sky * 2.2,
        way=(-1.0, 0.0, 0.0),
        reach_m=10.0,
        size_m=1.4,
    )
    deck = Finish(rgb("#6a4c30"), Surface.WOOD, 0.7)
    it.add(
        box((4.4, -0.06, -1.1), (0.75, 0.05, 2.6), deck),
        boxes([(5.05, 1.2, z) for z in (-3.5, 1.3)], (0.06, 1.3, 0.06), deck),
    )


BUILDERS = {
    "restaurant": restaurant,
    "bar": bar,
    "bakery": bakery,
    "tavern": tavern,
    "tea_house": tea_house,
}
"""Each place by its name."""

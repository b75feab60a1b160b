"""Where people bowl, practise and sweat."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.geometry import Surface, merged
from matinee.engine.stage.parts import (
    fittings,
    furniture,
    halls,
    machines,
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
    copies,
    cylinder,
    panel,
    placed,
    ring,
    tube,
)
from matinee.engine.stage.worlds.interior import NEUTRAL, SOFT, WARM, Interior, Plan
from matinee.engine.stage.worlds.room import Shell

if TYPE_CHECKING:
    from matinee.engine.stage.worlds.model import Conditions, World


def bowling_alley(conditions: Conditions) -> World:
    """Build a bowling alley: shining lanes to lit pins, ball racks, score screens, neon arrows."""
    plan = Plan(
        Shell(-6.0, 6.0, -17.0, 6.0, 3.8, cell_m=0.7),
        walls=Finish(rgb("#2a2f55"), Surface.PLASTER, 0.9),
        floor=Finish(rgb("#5a2f5a"), Surface.CLOTH, 0.97),
        ceiling=Finish(rgb("#2a2836"), Surface.PLASTER, 0.95),
        skirting=furniture.BLACK_METAL,
        view="",
        hour="night",
        ambient=0.06,
        exposure=2.0,
        bloom=0.18,
    )
    it = Interior("bowling_alley", conditions, plan)
    lane, gutter = (
        Finish(rgb("#c9985a"), Surface.WOOD, 0.08),
        Finish(rgb("#26282c"), Surface.PAINT, 0.3),
    )
    pins = halls.bowling_pins()
    for x in (-4.4, -2.2, 0.0, 2.2, 4.4):
        it.add(
            panel((x - 0.55, 0.03, -2.2), (1.1, 0, 0), (0, 0, -13.6), lane, cell_m=0.7),
            boxes([(x + s * 0.68, 0.02, -9.0) for s in (-1, 1)], (0.13, 0.02, 6.8), gutter),
            boxes(
                [(x + s * 0.95, 0.06, -9.0) for s in (-1, 1)],
                (0.13, 0.06, 6.8),
                Finish(rgb("#3a3f66"), Surface.PAINT, 0.3),
            ),
            box((x, 0.012, -1.6), (0.55, 0.012, 0.6), lane.times(0.9)),
        )
        it.set.add_bare(
            placed(pins, (x, 0.03, -14.6)),
            boxes(
                [(x + (k - 2) * 0.2, 0.034, -6.0 - 0.25 * abs(k - 2)) for k in range(5)],
                (0.03, 0.002, 0.12),
                Finish(rgb("#8a2a2a"), Surface.PAINT, 0.3),
            ),
        )
        it.light((x, 1.0, -14.2), NEUTRAL, 1.8, reach_m=4.0, way=(0, -0.35, -0.93))
        it.light((x, 3.5, -8.0), (0.75, 0.7, 1.0), 6.0, reach_m=9.0, down=True, size_m=0.8)
    art = [
        ("#e84a5f", -4.4),
        ("#ffd23f", -2.2),
        ("#3bceac", 0.0),
        ("#3a86ff", 2.2),
        ("#8338ec", 4.4),
    ]
    it.set.add_bare(
        *(
            box((x, 1.75, -13.9), (1.05, 0.7, 0.05), Finish(rgb(c), Surface.SCREEN, 0.3, 1.3))
            for c, x in art
        ),
        *(
            placed(
                cylinder(0.4, 0.02, Finish(rgb("#fff4e0"), Surface.SCREEN, 0.3, 1.2), sides=24),
                (x, 1.8, -13.84),
                tilt=np.pi / 2,
            )
            for _, x in art
        ),
    )
    it.add(
        box((0, 3.1, -14.2), (6.0, 0.7, 0.3), furniture.BLACK_METAL),
        boxes(
            [(x, 1.2, -14.6) for x in (-5.7, -3.3, -1.1, 1.1, 3.3, 5.7)],
            (0.2, 1.2, 0.9),
            furniture.BLACK_METAL,
        ),
        box((0, 0.5, -15.9), (6.0, 0.6, 0.05), furniture.BLACK_METAL),
    )
    it.set.block((0, 1.5, -15.3), (6.0, 1.5, 1.0))
    for x in (-3.3, 1.1, 3.3):
        it.stand(halls.ball_return(it.rng), x, -1.5, np.pi / 2)
    for x in (-3.3, -1.1, 1.1, 3.3):
        it.set.add_bare(
            placed(
                machines.screen_wall(
                    1, 1, (rgb("#1d4f8a"), rgb("#4a2a7a")), wide_m=1.1, tall_m=0.55
                ),
                (x, 2.75, -2.4),
            ),
            tube([(x, 3.35, -2.4), (x, 3.8, -2.4)], 0.02, furniture.STEEL),
        )
    seat = seating.shell_seat(Finish(rgb("#d9641f"), Surface.PAINT, 0.4), places=3)
    for x in (-4.6, 4.6):
        it.row(seat, (x, 1.2), (x, 1.2), 1, np.pi, marks=1)
        it.table(
            furniture.round_table(Finish(rgb("#e0d8c8"), Surface.PAINT, 0.3), radius_m=0.34), x, 0.3
        )
    it.guests([(-2.4, -3.2, np.pi), (4.4, -1.0, 3.4)], clothes=[rgb("#c23a2a"), rgb("#2d6db0")])
    shoes = shopfit.goods_shelf(
        3.0, 1.9, it.rng, colours=tuple(map(rgb, ("#c23a2a", "#2d6db0", "#e8e2d4"))), rows=5
    )
    it.against("right", shoes, 3.6)
    for x, tone in ((-5.95, (1.0, 0.2, 0.7)), (5.95, (0.2, 0.7, 1.0))):
        for y in (1.4, 2.2):
            it.strip(
                (x, y, -13.5), (x, y, 5.5), tone, glow=5.0, level=0.8 if y > 2 else 0.0, lamps=4
            )
    it.pendants(
        [(-4.6, 0.3), (4.6, 0.3)],
        drop_m=1.6,
        shade=Finish(rgb("#d9641f"), Surface.PAINT, 0.3),
        level=3.0,
    )
    it.fill((0.9, 0.75, 1.0), 3.0, places=((0.0, 1.5), (0.0, -4.0)))
    it.keys(SOFT, 1.2)
    return it.world(
        walk=((-1.1, -0.9), (-0.4, 5.5)),
        underfoot="wood",
        ambience="cafe_murmur",
        floor_radius_m=1.1,
        back_z=-1.6,
        spread=1.0,
    )


def dojo(conditions: Conditions) -> World:
    """Build a dojo: mats to the walls, dark beams, paper screens, weapon racks, a shrine shelf."""
    plan = Plan(
        Shell(-5.0, 5.0, -6.0, 5.5, 3.8, cell_m=0.5),
        walls=Finish(rgb("#cbbf9f"), Surface.PLASTER, 0.95),
        floor=Finish(rgb("#8a6444"), Surface.WOOD, 0.25),
        ceiling=Finish(rgb("#6a4c30"), Surface.WOOD, 0.85),
        skirting=furniture.WALNUT,
        frame=furniture.WALNUT,
        openings={"right": [Opening(1.6, 4.2, 0.6, 2.5), Opening(6.2, 8.8, 0.6, 2.5)]},
        daylight=1.8,
    )
    it = Interior("dojo", conditions, plan)
    wood = Finish(rgb("#4f3622"), Surface.WOOD, 0.6)
    it.add(placed(halls.tatami(4, 5), (0, 0, -0.4)))
    lit = 0.85 if conditions.time_of_day != "night" else 0.3
    for z in (-4.4, -2.4, -0.4, 1.6, 3.6):
        it.hang("left", halls.torii_screen(1.9, 2.3, wood, lit=lit), z, 0.05, out=0.06)
    it.light(
        (-4.8, 1.4, -1.0),
        SOFT,
        2.6 if conditions.time_of_day != "night" else 0.7,
        way=(1.0, 0, 0),
        reach_m=10.0,
        size_m=1.6,
    )
    it.add(
        boxes([(x, 1.9, -5.92) for x in (-4.9, -1.6, 1.6, 4.9)], (0.09, 1.9, 0.09), wood),
        boxes(
            [(s * 4.92, 1.9, z) for s in (-1, 1) for z in (-5.9, -2.0, 2.0)],
            (0.09, 1.9, 0.09),
            wood,
        ),
        boxes([(0, 2.6, -5.92), (0, 3.65, -5.92)], (5.0, 0.09, 0.08), wood),
    )
    it.beams(5, wood, half=(0.12, 0.16))
    ink = Finish(rgb("#16161a"), Surface.PLAIN, 0.9)
    scroll = merged(
        [
            box((0, 0, 0), (0.42, 0.85, 0.008), Finish(rgb("#ece4d0"), Surface.CLOTH, 0.95)),
            boxes(
                [(0, 0.72, 0), (0, -0.72, 0)],
                (0.42, 0.12, 0.01),
                Finish(rgb("#7a2f2a"), Surface.CLOTH, 0.9),
            ),
            boxes(
                [
                    (0, 0.35, 0.012),
                    (-0.02, 0.22, 0.012),
                    (0.04, -0.12, 0.012),
                    (-0.06, -0.32, 0.012),
                ],
                [
                    (0.18, 0.03, 0.001),
                    (0.03, 0.16, 0.001),
                    (0.16, 0.03, 0.001),
                    (0.05, 0.12, 0.001),
                ],
                ink,
            ),
        ]
    )
    it.hang("back", scroll, 0.0, 1.75)
    it.against("back", box((0, 0.35, 0.25), (1.3, 0.35, 0.25), wood, bevel_m=0.01), 0.0)
    it.add(
        *(placed(things.candle(furniture.CERAMIC), (x, 0.7, -5.7)) for x in (-0.9, 0.9)),
        placed(things.vase(Finish(rgb("#3a4a4f"), Surface.PAINT, 0.4)), (0.5, 0.7, -5.7)),
    )
    it.light((0, 1.2, -5.4), WARM, 1.2, reach_m=4.5)
    it.set.add_bare(
        placed(
            cylinder(0.55, 0.02, Finish(rgb("#b01f26"), Surface.CLOTH, 0.95), sides=34),
            (-3.2, 1.75, -5.96),
            tilt=np.pi / 2,
        ),
        box((-3.2, 1.75, -5.975), (0.9, 0.62, 0.008), Finish(rgb("#ece8dc"), Surface.CLOTH, 0.95)),
    )
    staff = tube([(-0.9, 0, 0), (0.9, 0, 0)], 0.016, furniture.BEECH, sides=7)
    blade = tube(
        [(-0.55, 0.0, 0), (0.0, 0.03, 0), (0.55, 0.0, 0)],
        0.02,
        Finish(rgb("#1c1416"), Surface.PAINT, 0.2),
        sides=7,
    )
    rack = merged(
        [
            boxes([(s * 0.6, 0.75, 0.06) for s in (-1, 1)], (0.04, 0.75, 0.06), wood),
            *(placed(staff, (0, y, 0.14)) for y in (1.3, 1.1)),
            *(placed(blade, (0, y, 0.14)) for y in (0.85, 0.62, 0.4)),
        ]
    )
    it.against("back", rack, 3.2)
    it.hang("right", placed(rack, (0, 0.2, 0)), 0.6, 0.2)
    it.stand(furniture.potted_plant(it.rng, height_m=1.1), 4.4, -5.2)
    it.guests([(-3.6, -3.4, 1.2), (3.6, -3.0, -1.2)], clothes=[rgb("#ece8dc")])
    lantern = ball(
        (0, 0, 0), (0.24, 0.3, 0.24), Finish(rgb("#ffd9a0"), Surface.SCREEN, 0.8, 1.8), level=2
    )
    for x, z in ((-2.4, -3.4), (2.4, -3.4), (-2.4, 1.6), (2.4, 1.6)):
        it.set.add_bare(
            placed(lantern, (x, 2.9, z)),
            tube([(x, 3.2, z), (x, 3.8, z)], 0.008, furniture.BLACK_METAL, sides=4),
        )
        it.light((x, 2.7, z), WARM, 2.4, reach_m=7.0, size_m=0.4)
    it.keys(SOFT, 1.0)
    return it.world(
        walk=((0.0, -4.4), (0.0, 5.0)),
        underfoot="carpet",
        ambience="forest_birds",
        floor_radius_m=2.2,
        back_z=-4.0,
    )


def sauna(conditions: Conditions) -> World:
    """Build a sauna: benches in steps, a stove of glowing stones, warm boards, bucket and ladle."""
    plan = Plan(
        Shell(-2.6, 2.6, -2.6, 4.0, 2.5, cell_m=0.36),
        walls=Finish(rgb("#b5824e"), Surface.WOOD, 0.7),
        floor=Finish(rgb("#8a6238"), Surface.WOOD, 0.75),
        ceiling=Finish(rgb("#a87645"), Surface.WOOD, 0.75),
        skirting=Finish(rgb("#8a6238"), Surface.WOOD, 0.7),
        view="",
        hour="day",
        ambient=0.1,
        exposure=2.0,
        haze_per_m=0.02,
        haze=(1.8, 1.3, 0.9),
    )
    it = Interior("sauna", conditions, plan)
    pine = Finish(rgb("#c99a62"), Surface.WOOD, 0.65)
    low, high = (
        seating.plain_bench(5.0, pine, depth_m=0.6, height_m=0.45),
        seating.plain_bench(5.0, pine, depth_m=0.6, height_m=0.9),
    )
    it.stand(high, 0, -2.25)
    it.stand(low, 0, -1.65)
    side = seating.plain_bench(2.2, pine, depth_m=0.55, height_m=0.45)
    it.stand(side, -2.25, 0.1, np.pi / 2)
    for x in (-1.2, 0.2, 1.4):
        it.mark_seat(x, -1.65, 0.0, 0.45)
    it.mark_seat(-2.2, 0.1, np.pi / 2, 0.45)
    for y in (1.2, 1.4):
        it.add(box((0, y, -2.54), (2.4, 0.05, 0.02), pine))
    it.guests([(-1.9, -2.2, 0.2), (1.2, -2.2, -0.2)], pose="sit", y=0.9, clothes=[rgb("#ece8dc")])
    iron = furniture.BLACK_METAL
    stones = it.rng.uniform((-0.24, 0.86, -0.2), (0.24, 0.98, 0.2), (30, 3))
    stove = merged(
        [
            box((0, 0.42, 0.32), (0.32, 0.42, 0.28), iron, bevel_m=0.02),
            box(
                (0, 0.4, 0.605),
                (0.18, 0.14, 0.006),
                Finish(rgb("#ff7a24"), Surface.SCREEN, 0.8, 5.0),
            ),
            boxes([(x, 0.4, 0.615) for x in (-0.1, 0, 0.1)], (0.012, 0.15, 0.01), iron),
            copies(
                ball(
                    (0, 0, 0),
                    0.075,
                    Finish(rgb("#5a5652"), Surface.STONE, 0.9),
                    level=1,
                    faceted=True,
                ),
                stones + np.array((0, 0, 0.32)),
                scale=it.rng.uniform(0.7, 1.2, 30),
            ),
            tube([(0, 0.84, 0.15), (0, 2.5, 0.15)], 0.06, iron),
        ]
    )
    it.against("right", stove, -0.3)
    it.add(
        *(box((1.72, 0.45, z), (0.03, 0.45, 0.03), pine) for z in (-0.8, 0.2)),
        *(box((1.72, y, -0.3), (0.02, 0.04, 0.5), pine) for y in (0.3, 0.55, 0.8)),
    )
    it.light((1.75, 0.6, -0.3), (1.0, 0.42, 0.12), 1.6, reach_m=4.0)
    pail = merged(
        [
            cylinder(0.16, 0.26, pine, sides=16),
            placed(ring(0.162, 0.012, furniture.BRASS, sides=18, around=5), (0, 0.08, 0)),
            placed(ring(0.162, 0.012, furniture.BRASS, sides=18, around=5), (0, 0.2, 0)),
            tube([(0.05, 0.2, 0), (0.3, 0.5, 0.1)], 0.012, pine),
        ]
    )
    it.add(
        placed(pail, (0.95, 0.45, -1.7)),
        placed(fittings.towel(rgb("#ece8dc"), 0.5, 0.5), (-2.4, 1.5, 1.6), yaw=np.pi / 2),
        placed(
            box(
                (0, 0.02, 0),
                (0.3, 0.02, 0.22),
                Finish(rgb("#e0d4bc"), Surface.CLOTH, 0.97),
                bevel_m=0.012,
            ),
            (-0.6, 0.45, -1.65),
        ),
    )
    it.top(0.6, 0.45, -1.65, 0.4, 0.25)
    it.strip(
        (-2.4, 0.82, -1.96), (2.4, 0.82, -1.96), WARM, glow=4.0, level=0.6, lamps=3, thick_m=0.012
    )
    it.strip(
        (-2.4, 1.62, -2.57), (2.4, 1.62, -2.57), WARM, glow=4.0, level=0.7, lamps=3, thick_m=0.012
    )
    it.sconces("left", (-1.9, 2.2), 1.7, tone=WARM, level=1.3)
    it.light((0, 2.3, 1.2), WARM, 1.8, reach_m=6.0, down=True, size_m=0.5)
    it.keys(WARM, 1.0, spread=1.4)
    return it.world(
        walk=((0.2, -0.8), (0.2, 3.6)),
        underfoot="wood",
        ambience="fire",
        floor_radius_m=0.95,
        back_z=-1.05,
        spread=0.85,
    )


BUILDERS = {
    "bowling_alley": bowling_alley,
    "dojo": dojo,
    "sauna": sauna,
}
"""Each place by its name."""

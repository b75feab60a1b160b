"""Places of work, of storage and of keeping people in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.geometry import Surface, merged
from matinee.engine.stage.parts import fittings, furniture, machines, seating, shopfit, things
from matinee.engine.stage.parts.finish import Finish, rgb
from matinee.engine.stage.parts.masonry import FRAME_DARK, Opening
from matinee.engine.stage.parts.solids import box, boxes, cylinder, panel, placed, tube
from matinee.engine.stage.worlds.interior import COOL, NEUTRAL, SOFT, WARM, Interior, Plan
from matinee.engine.stage.worlds.office import office_chair
from matinee.engine.stage.worlds.room import Shell, daylight

if TYPE_CHECKING:
    from matinee.engine.stage.worlds.model import Conditions, World


def conference_room(conditions: Conditions) -> World:
    """Build a conference room: long table, leather chairs, screen with charts, the town below."""
    plan = Plan(
        Shell(-4.2, 4.2, -6.2, 5.0, 3.0, cell_m=0.45),
        walls=Finish(rgb("#a8a296"), Surface.PLASTER, 0.9),
        floor=Finish(rgb("#3f4854"), Surface.CLOTH, 0.97),
        ceiling=Finish(rgb("#d4d2cc"), Surface.PLASTER, 0.95),
        skirting=furniture.BLACK_METAL,
        frame=FRAME_DARK,
        openings={
            "right": [Opening(0.5, 3.4, 0.4, 2.7), Opening(3.9, 6.8, 0.4, 2.7)],
            "left": [Opening(9.2, 10.2, 0.0, 2.2, "door")],
        },
        view="town",
        daylight=1.3,
    )
    it = Interior("conference_room", conditions, plan)
    walnut = furniture.WALNUT
    top = placed(
        cylinder(1.0, 0.06, Finish(rgb("#5a3a22"), Surface.PAINT, 0.15), sides=40, bevel_m=0.02),
        (0, 0.69, 0),
        scale=(0.75, 1, 2.0),
    )
    it.table(
        merged([top, box((0, 0.35, 0), (0.3, 0.35, 1.2), furniture.BLACK_METAL)]),
        0,
        -3.4,
        height_m=0.75,
    )
    chair = office_chair()
    for z in (-4.7, -3.85, -3.0, -2.2):
        for s in (-1, 1):
            it.seat(chair, s * 1.25, z, -s * np.pi / 2)
    it.guests(
        [(-1.25, -4.7, np.pi / 2), (1.25, -3.85, -np.pi / 2), (-1.25, -3.0, np.pi / 2)],
        pose="sit",
        y=0.46,
        clothes=[rgb("#22304a"), rgb("#5a5f68"), rgb("#e4e2dc")],
    )
    it.add(
        *(
            placed(furniture.laptop(furniture.STEEL), (s * 0.5, 0.75, z), yaw=s * np.pi / 2)
            for s, z in ((-1, -4.7), (1, -3.85), (-1, -3.0))
        ),
        *(
            placed(things.cup(furniture.CERAMIC), (s * 0.35, 0.75, z))
            for s, z in ((1, -4.5), (-1, -3.6), (1, -2.6))
        ),
        *(
            placed(
                things.newspaper(Finish(rgb("#e6e2d8"), Surface.PLAIN, 0.9)),
                (0.45, 0.75, z),
                yaw=1.5,
            )
            for z in (-2.3, -4.75)
        ),
    )
    it.hang(
        "back",
        machines.screen_wall(1, 1, (rgb("#1f4a6a"),), wide_m=2.4, tall_m=1.35, emission=1.1),
        0.0,
        1.05,
    )
    it.hang(
        "left",
        box((0, 0, 0), (1.3, 0.7, 0.02), Finish(rgb("#eceae4"), Surface.PAINT, 0.2)),
        -3.4,
        1.6,
    )
    it.hang(
        "left",
        boxes(
            [(-0.8 + 0.4 * k, 0.2 - 0.25 * (k % 2), 0.025) for k in range(5)],
            (0.13, 0.02, 0.002),
            Finish(rgb("#2d5f9a"), Surface.PLAIN, 0.8),
        ),
        -3.4,
        1.6,
    )
    it.against("left", furniture.cupboard(2.2, 0.8, 0.45, walnut, doors=4, top=walnut), 0.4)
    it.add(placed(things.vase(Finish(rgb("#3a5a6a"), Surface.PAINT, 0.3)), (-3.95, 0.84, 0.2)))
    it.stand(furniture.potted_plant(it.rng, height_m=1.6), 3.6, -5.6)
    it.stand(furniture.potted_plant(it.rng, height_m=1.4), -3.7, -5.7)
    it.set.add_bare(box((0, 2.3, -3.4), (0.05, 0.03, 1.7), furniture.BLACK_METAL))
    it.strip((0, 2.26, -5.0), (0, 2.26, -1.8), NEUTRAL, glow=6.0, thick_m=0.03, level=1.1, lamps=3)
    it.panels((-2.2, 2.2), (-3.6, 0.2, 3.2), half=(0.3, 0.6), tone=NEUTRAL, level=0.4)
    it.keys(NEUTRAL, 1.0)
    return it.world(
        walk=((0.0, -1.0), (0.0, 4.6)),
        underfoot="carpet",
        ambience="office",
        floor_radius_m=1.2,
        back_z=-1.3,
        spread=1.0,
    )


def server_room(conditions: Conditions) -> World:
    """Build a server room: a dark lane between racks of blinking lamps, blue light, cable trays."""
    plan = Plan(
        Shell(-3.4, 3.4, -12.0, 5.0, 3.2, cell_m=0.5),
        walls=Finish(rgb("#5a626a"), Surface.PLASTER, 0.8),
        floor=Finish(rgb("#8a9098"), Surface.TILES, 0.2),
        ceiling=Finish(rgb("#3a4046"), Surface.PLASTER, 0.9),
        skirting=furniture.BLACK_METAL,
        view="",
        hour="night",
        ambient=0.05,
        exposure=2.0,
        bloom=0.22,
        haze_per_m=0.01,
        haze=(0.7, 1.0, 1.8),
    )
    it = Interior("server_room", conditions, plan)
    rack = machines.server_rack(it.rng)
    z = np.arange(-11.2, -1.5, 0.62)
    for s in (-1, 1):
        it.row(rack, (s * 1.75, float(z[0])), (s * 1.75, float(z[-1])), len(z), -s * np.pi / 2)
        it.set.add_bare(
            box(
                (s * 1.2, 2.15, -6.4),
                (0.03, 0.03, 5.2),
                Finish(rgb("#4aa8ff"), Surface.SCREEN, 0.4, 4.0),
            ),
            box(
                (s * 1.2, 0.03, -6.4),
                (0.02, 0.02, 5.2),
                Finish(rgb("#4aa8ff"), Surface.SCREEN, 0.4, 2.5),
            ),
        )
        for at in (-10.0, -7.0, -4.0, -1.6):
            it.light((s * 1.1, 1.9, at), (0.3, 0.62, 1.0), 1.6, reach_m=4.0, size_m=0.4)
    it.row(rack, (-2.9, 0.6), (-2.9, 3.7), 5, np.pi / 2)
    for x in (-0.7, 0.7):
        it.add(
            box((x, 2.85, -4.0), (0.22, 0.02, 8.0), furniture.STEEL),
            *(
                tube(
                    [(x + d, 2.9 + 0.03 * k, -11.5), (x + d, 2.9 + 0.03 * k, 4.5)],
                    0.03,
                    Finish(rgb(c), Surface.PAINT, 0.6),
                    sides=5,
                )
                for k, (d, c) in enumerate(((-0.1, "#d9a21f"), (0.0, "#2d6db0"), (0.1, "#c23a2a")))
            ),
        )
    it.stand(
        machines.operator_desk(1.6, top=Finish(rgb("#2a2d31"), Surface.PAINT, 0.4)),
        2.6,
        2.0,
        np.pi / 2,
        tall_m=0.72,
    )
    it.top(2.6, 0.74, 2.0, 0.3, 0.7)
    it.seat(office_chair(), 1.9, 2.0, np.pi / 2)
    it.hang(
        "back",
        machines.screen_wall(2, 1, (rgb("#16304a"), rgb("#123a3a")), wide_m=1.0, tall_m=0.6),
        0.0,
        1.3,
    )
    it.light((0, 2.0, -11.2), (0.6, 0.85, 1.0), 1.5, reach_m=5.0, size_m=0.5)
    it.panels(
        (0.0,), (-9.5, -6.0, -2.5, 1.0, 4.0), half=(0.12, 0.7), tone=COOL, level=0.32, glow=5.0
    )
    it.light((2.4, 1.3, 1.6), (0.6, 0.85, 1.0), 0.8, reach_m=3.5)
    it.keys((0.7, 0.85, 1.0), 1.1, spread=1.6)
    return it.world(
        walk=((0.0, -10.0), (0.0, 4.5)),
        underfoot="tiles",
        ambience="space_ship",
        floor_radius_m=1.0,
        back_z=-6.0,
        spread=0.85,
    )


def factory(conditions: Conditions) -> World:
    """Build a factory hall: machines, conveyors with goods, gantry, ducts, roof lights, steel."""
    plan = Plan(
        Shell(-9.0, 9.0, -16.0, 7.0, 7.5, cell_m=1.0),
        walls=Finish(rgb("#8a8f8c"), Surface.PLASTER, 0.9),
        floor=Finish(rgb("#6f7470"), Surface.ASPHALT, 0.5),
        ceiling=Finish(rgb("#5a6064"), Surface.METAL, 0.6),
        skirting=furniture.BLACK_METAL,
        frame=FRAME_DARK,
        openings={"right": [Opening(1.5 + 5.4 * k, 5.5 + 5.4 * k, 3.6, 6.2) for k in range(4)]},
        dado=machines.MACHINE_GREEN,
        dado_m=1.6,
        view="",
        daylight=1.3,
        haze_per_m=0.008,
    )
    it = Interior("factory", conditions, plan)
    for x, z, yaw in (
        (-5.6, -3.0, np.pi / 2),
        (-5.6, -7.2, np.pi / 2),
        (-5.6, -11.4, np.pi / 2),
        (5.8, -5.0, -np.pi / 2),
        (5.8, -9.4, -np.pi / 2),
    ):
        it.stand(
            machines.machine_tool(
                it.rng,
                paint=machines.MACHINE_GREEN
                if x < 0
                else Finish(rgb("#2d5f8a"), Surface.PAINT, 0.45),
            ),
            x,
            z,
            yaw,
        )
    belt = machines.conveyor(11.0, it.rng)
    it.stand(belt, -2.6, -8.0, np.pi / 2, tall_m=0.8)
    it.stand(belt, 2.7, -8.4, np.pi / 2, tall_m=0.8)
    it.top(-2.6, 0.82, -3.2, 0.25, 0.3)
    lane = Finish(rgb("#e0b52a"), Surface.PAINT, 0.6)
    it.add(boxes([(s * 1.5, 0.005, -4.5) for s in (-1, 1)], (0.06, 0.005, 11.0), lane))
    steel = Finish(rgb("#3f5f78"), Surface.PAINT, 0.5)
    for z in (-13.0, -8.0, -3.0, 2.0, 6.4):
        it.add(
            boxes([(s * 8.7, 3.7, z) for s in (-1, 1)], (0.16, 3.7, 0.18), steel),
            box((0, 6.9, z), (8.9, 0.3, 0.1), steel),
            boxes([(x, 6.5, z) for x in np.arange(-8, 8.1, 1.6)], (0.03, 0.3, 0.05), steel),
            box((0, 6.2, z), (8.9, 0.06, 0.1), steel),
        )
    it.add(
        boxes([(s * 8.2, 5.5, -5.0) for s in (-1, 1)], (0.2, 0.22, 10.5), machines.SAFETY),
        box((0, 5.75, -9.0), (8.2, 0.3, 0.3), machines.SAFETY),
        tube([(1.2, 5.4, -9.0), (1.2, 3.4, -9.0)], 0.02, furniture.BLACK_METAL),
        box((1.2, 3.3, -9.0), (0.16, 0.2, 0.1), machines.SAFETY, bevel_m=0.03),
    )
    it.add(
        placed(
            fittings.pipes(20.0, (rgb("#c23a2a"), rgb("#2d6db0"), rgb("#b8bec2")), radius_m=0.12),
            (-8.3, 4.4, -5.0),
            yaw=np.pi / 2,
        ),
        tube([(-6.9, 5.6, -15.5), (-6.9, 5.6, 6.5)], 0.42, furniture.STEEL, sides=14),
    )
    it.stand(machines.fork_lift(), 4.2, -1.6, -2.2)
    pallet = merged(
        [
            things.crate(Finish(rgb("#a9804e"), Surface.WOOD, 0.8)),
            placed(
                things.crate(Finish(rgb("#94703f"), Surface.WOOD, 0.8)), (0.55, 0, 0.1), yaw=0.1
            ),
            placed(
                things.crate(Finish(rgb("#a9804e"), Surface.WOOD, 0.8)), (0.25, 0.5, 0), yaw=0.3
            ),
        ]
    )
    it.stand(pallet, -4.2, 1.2)
    it.stand(pallet, 6.6, 2.4, 0.6)
    barrel = things.barrel(Finish(rgb("#2d5f8a"), Surface.PAINT, 0.4))
    it.row(barrel, (-7.8, 1.6), (-7.8, 4.4), 4)
    it.guests(
        [(-4.2, -4.6, -1.2), (4.1, -7.4, 1.5), (-3.7, -10.6, 1.0)],
        clothes=[rgb("#26477a"), rgb("#d9701f")],
    )
    lamp = merged(
        [
            cylinder(0.34, 0.06, Finish(rgb("#fff2d8"), Surface.SCREEN, 0.4, 7.0), sides=18),
            placed(cylinder(0.36, 0.3, furniture.STEEL, sides=18), (0, 0.06, 0)),
        ]
    )
    for x in (-4.5, 0.0, 4.5):
        for z in (-12.0, -6.0, 0.0, 5.0):
            it.set.add_bare(placed(lamp, (x, 5.9, z)))
            it.light((x, 5.85, z), SOFT, 13.0, reach_m=13.0, down=True, size_m=0.5)
    it.keys(NEUTRAL, 1.1)
    return it.world(
        walk=((0.0, -12.0), (0.0, 6.4)),
        underfoot="concrete",
        ambience="factory",
        floor_radius_m=2.0,
        back_z=-8.0,
        reach_m=6.0,
    )


def warehouse(conditions: Conditions) -> World:
    """Build a warehouse: tall racks of cartons, a fork-lift, a dock door with daylight, dust."""
    plan = Plan(
        Shell(-7.5, 7.5, -18.0, 7.0, 7.5, cell_m=1.0),
        walls=Finish(rgb("#9aa0a0"), Surface.METAL, 0.7),
        floor=Finish(rgb("#85837c"), Surface.ASPHALT, 0.45),
        ceiling=Finish(rgb("#70767a"), Surface.METAL, 0.7),
        skirting=furniture.BLACK_METAL,
        openings={"back": [Opening(5.6, 9.4, 0.0, 4.2, "hole")]},
        view="",
        haze_per_m=0.012,
        exposure=1.8,
        sunset_yaw=np.pi,
        key_turn=1.9,
    )
    it = Interior("warehouse", conditions, plan)
    it.lit, it.power = True, 1.0
    it.outlook("back", "town")
    daylight(it.set, it.room, "back", plan.openings["back"][0], strength=2.2)
    for x, yaw in ((-5.9, np.pi / 2), (-2.9, np.pi / 2), (2.9, np.pi / 2), (5.9, np.pi / 2)):
        for z in (-14.2, -10.9, -7.6, -4.3):
            it.stand(machines.pallet_rack(3.2, it.rng), x, z, yaw)
    it.stand(machines.pallet_rack(3.2, it.rng), -6.7, 1.2, np.pi / 2)
    it.stand(machines.fork_lift(), 3.6, -0.9, -2.4)
    box_ = things.carton(Finish(rgb("#a9804e"), Surface.PLAIN, 0.9))
    it.stand(
        merged([box_, placed(box_, (0.5, 0, 0.05), yaw=0.2), placed(box_, (0.22, 0.36, 0))]),
        -4.4,
        1.4,
    )
    it.stand(things.crate(Finish(rgb("#8a6238"), Surface.WOOD, 0.8)), 6.4, 1.6, 0.3)
    it.table(
        furniture.table(furniture.STEEL, width_m=1.8, depth_m=0.8, height_m=0.9),
        5.6,
        3.8,
        np.pi / 2,
        height_m=0.9,
    )
    it.add(
        placed(box_, (5.6, 0.9, 3.4)),
        placed(furniture.laptop(furniture.STEEL), (5.5, 0.9, 4.2), yaw=-np.pi / 2),
    )
    it.guests([(0.8, -9.4, 2.6), (-1.0, -5.6, -1.0)], clothes=[rgb("#e07a1f"), rgb("#d9c21f")])
    lane = Finish(rgb("#e0b52a"), Surface.PAINT, 0.6)
    it.add(boxes([(s * 1.9, 0.005, -6.0) for s in (-1, 1)], (0.06, 0.005, 11.5), lane))
    for z in (-15.0, -10.0, -5.0, 0.0, 5.0):
        it.add(box((0, 7.1, z), (7.4, 0.25, 0.1), furniture.STEEL.times(0.7)))
        it.strip((0, 6.6, z - 1.4), (0, 6.6, z + 1.4), NEUTRAL, glow=6.0, thick_m=0.06)
        it.light((0, 6.5, z), NEUTRAL, 20.0, reach_m=12.0, down=True, size_m=1.0)
    it.light((0, 3.5, 3.0), SOFT, 3.0, reach_m=8.0, size_m=0.8)
    it.motes((0.8, 0.75, 0.6), 160)
    it.keys(NEUTRAL, 1.1)
    return it.world(
        walk=((0.0, -13.0), (0.0, 6.4)),
        underfoot="concrete",
        ambience="wind",
        floor_radius_m=1.8,
        back_z=-8.0,
        reach_m=6.0,
    )


def prison_cell(conditions: Conditions) -> World:
    """Build a cell: bunk, barred window with a shaft of light, bars on the passage."""
    plan = Plan(
        Shell(-1.9, 2.3, -2.9, 4.4, 2.9, cell_m=0.36),
        walls=Finish(rgb("#8d8c82"), Surface.STONE, 0.95),
        floor=Finish(rgb("#6a6862"), Surface.ASPHALT, 0.8),
        ceiling=Finish(rgb("#77756c"), Surface.PLASTER, 0.95),
        skirting=Finish(rgb("#5a5852"), Surface.STONE, 0.95),
        openings={
            "back": [Opening(1.5, 2.5, 1.75, 2.45, "hole")],
            "right": [Opening(0.3, 6.9, 0.0, 2.7, "hole")],
        },
        view="",
        exposure=2.1,
        ambient=0.35,
        sunset_yaw=np.pi,
        key_turn=1.9,
        haze_per_m=0.012,
    )
    it = Interior("prison_cell", conditions, plan)
    it.lit, it.power = True, 1.0
    it.outlook("back", "garden")
    daylight(it.set, it.room, "back", plan.openings["back"][0], strength=6.0)
    it.add(placed(fittings.bars(1.0, 0.7, gap_m=0.16), (0.1, 1.75, -2.95)))
    it.add(
        placed(fittings.bars(6.6, 2.7), (2.3, 0, 0.7), yaw=-np.pi / 2),
        placed(fittings.bars(1.0, 2.1, gate=True), (2.28, 0, -0.6), yaw=-np.pi / 2),
    )
    grey, dark = (
        Finish(rgb("#7d7c74"), Surface.STONE, 0.95),
        Finish(rgb("#4f5152"), Surface.PLASTER, 0.95),
    )
    it.add(
        panel((2.4, 0, 5), (1.8, 0, 0), (0, 0, -9), plan.floor, cell_m=0.6),
        panel((4.2, 0, -4), (0, 0, 9), (0, 3.0, 0), grey, cell_m=0.6),
        panel((2.4, 2.95, -4), (1.8, 0, 0), (0, 0, 9), dark, cell_m=0.8),
        panel((2.3, 0, -3.2), (1.9, 0, 0), (0, 3, 0), grey, cell_m=0.6),
    )
    for z in (-1.6, 1.6, 4.0):
        it.add(
            box((4.15, 1.1, z), (0.04, 1.1, 0.55), Finish(rgb("#3f5a66"), Surface.PAINT, 0.5)),
            box((4.1, 1.6, z), (0.02, 0.1, 0.2), furniture.BLACK_METAL),
        )
    it.strip((3.3, 2.88, -2.0), (3.3, 2.88, 3.5), COOL, glow=5.0, thick_m=0.04, level=2.2, lamps=3)
    iron, blanket = (
        Finish(rgb("#4a4d50"), Surface.METAL, 0.5),
        Finish(rgb("#5f6a5a"), Surface.CLOTH, 0.97),
    )
    bunk = merged(
        [
            boxes(
                [(x, 0.9, z) for x in (-0.95, 0.95) for z in (0.05, 0.75)], (0.03, 0.9, 0.03), iron
            ),
            boxes([(0, y, 0.4) for y in (0.38, 1.38)], (0.95, 0.03, 0.38), iron),
            boxes(
                [(0, y, 0.4) for y in (0.48, 1.48)],
                (0.92, 0.07, 0.35),
                Finish(rgb("#b8b4a4"), Surface.CLOTH, 0.97),
                bevel_m=0.04,
            ),
            boxes([(0.2, y, 0.4) for y in (0.53, 1.53)], (0.7, 0.05, 0.37), blanket, bevel_m=0.03),
            boxes(
                [(-0.7, y, 0.4) for y in (0.6, 1.6)],
                (0.18, 0.05, 0.25),
                Finish(rgb("#d0ccbc"), Surface.CLOTH, 0.97),
                bevel_m=0.04,
            ),
        ]
    )
    it.against("left", bunk, -1.6)
    it.mark_seat(-1.35, -1.2, np.pi / 2, 0.55)
    it.against("back", fittings.toilet(), 1.6)
    it.against(
        "left",
        merged(
            [
                box((0, 0.8, 0.18), (0.25, 0.1, 0.18), fittings.PORCELAIN, bevel_m=0.04),
                tube([(0, 0.9, 0.05), (0, 1.05, 0.05), (0, 1.03, 0.16)], 0.014, fittings.CHROME),
            ]
        ),
        0.5,
    )
    it.table(
        furniture.table(iron, width_m=0.6, depth_m=0.4, height_m=0.72),
        -1.55,
        1.6,
        np.pi / 2,
        height_m=0.72,
    )
    it.add(
        placed(
            things.book(Finish(rgb("#6b2b26"), Surface.CLOTH, 0.7)), (-1.55, 0.72, 1.6), yaw=0.4
        ),
        placed(things.cup(furniture.STEEL), (-1.5, 0.72, 1.8)),
    )
    it.seat(furniture.stool(iron, 0.45), -1.1, 1.6, -np.pi / 2, height_m=0.45)
    tally = [(-0.9 + 0.05 * k + 0.08 * (k // 5), 0.0, 0.0) for k in range(17)]
    it.hang(
        "back",
        merged([boxes(tally, (0.006, 0.09, 0.002), Finish(rgb("#c9c6ba"), Surface.PLAIN, 0.9))]),
        -0.3,
        1.25,
        out=0.004,
    )
    it.light(
        (0.2, 2.75, 0.4),
        COOL if conditions.time_of_day != "night" else WARM,
        1.5,
        reach_m=6.0,
        down=True,
        size_m=0.3,
    )
    it.set.add_bare(
        box((0.2, 2.86, 0.4), (0.12, 0.03, 0.12), Finish(rgb("#fff2d8"), Surface.SCREEN, 0.4, 4.0))
    )
    it.motes((0.8, 0.75, 0.65), 90)
    it.keys(NEUTRAL, 0.8, spread=1.3)
    return it.world(
        walk=((0.3, -2.0), (0.3, 3.9)),
        underfoot="concrete",
        ambience="room_tone",
        floor_radius_m=0.85,
        back_z=-1.6,
        spread=0.8,
    )


def police_station(conditions: Conditions) -> World:
    """Build a police office: desks, a board of photographs and string, files, a holding cell."""
    plan = Plan(
        Shell(-5.0, 5.0, -5.6, 5.0, 3.1, cell_m=0.5),
        walls=Finish(rgb("#a8a890"), Surface.PLASTER, 0.9),
        floor=Finish(rgb("#7a7468"), Surface.TILES, 0.4),
        openings={
            "right": [Opening(1.2, 3.2, 0.9, 2.4), Opening(4.4, 6.4, 0.9, 2.4)],
            "left": [Opening(8.4, 9.4, 0.0, 2.2, "door")],
        },
        dado=Finish(rgb("#2f4a66"), Surface.PAINT, 0.5),
        dado_m=1.1,
        view="town",
    )
    it = Interior("police_station", conditions, plan)
    desk = machines.operator_desk(1.5, top=furniture.WALNUT)
    for x, z in ((-2.6, -1.6), (2.4, -1.8), (2.6, -4.0)):
        it.stand(desk, x, z, tall_m=0.72)
        it.top(x, 0.74, z, 0.6, 0.25)
        it.seat(office_chair(), x, z - 0.75, 0.0)
        it.add(
            placed(things.cup(furniture.CERAMIC), (x - 0.5, 0.74, z)),
            placed(
                things.newspaper(Finish(rgb("#e6e2d8"), Surface.PLAIN, 0.9)),
                (x + 0.5, 0.74, z - 0.1),
                yaw=0.3,
            ),
        )
    it.guests([(2.6, -4.75, 0.0), (2.4, -2.55, 0.0)], pose="sit", y=0.46, clothes=[rgb("#1f2f4a")])
    board = [box((0, 0, 0), (1.2, 0.75, 0.02), Finish(rgb("#a8814e"), Surface.CLOTH, 0.95))]
    spots = it.rng.uniform((-1.0, -0.6), (1.0, 0.6), (12, 2))
    board.append(
        boxes(
            np.column_stack([spots, np.full(12, 0.025)]),
            (0.1, 0.13, 0.002),
            Finish((0.5, 0.5, 0.5), Surface.PLAIN, 0.8),
            colours=np.where(np.arange(12)[:, None] % 3 == 0, rgb("#d8d4c8"), rgb("#8a8880")),
        )
    )
    board += [
        tube(
            [(*spots[k], 0.03), (*spots[k + 1], 0.03)],
            0.005,
            Finish(rgb("#c01f1f"), Surface.CLOTH, 0.9),
            sides=4,
        )
        for k in range(10)
    ]
    it.hang("back", merged(board), 1.6, 1.75)
    it.add(
        placed(fittings.bars(3.0, 2.6, gate=False), (-3.4, 0, -3.4)),
        placed(fittings.bars(1.0, 2.2, gate=True), (-2.6, 0, -3.38)),
        placed(fittings.bars(2.2, 2.6), (-1.9, 0, -4.5), yaw=np.pi / 2),
    )
    it.set.block((-3.4, 1.3, -3.4), (1.5, 1.3, 0.06))
    it.set.block((-1.9, 1.3, -4.5), (0.06, 1.3, 1.1))
    it.add(placed(seating.plain_bench(1.8, furniture.WALNUT), (-3.6, 0, -5.2)))
    it.guests([(-3.4, -5.1, 0.1)], pose="sit", y=0.45, clothes=[rgb("#7a5a3a")])
    it.row(
        furniture.cupboard(
            0.5, 1.3, 0.5, Finish(rgb("#5f6a66"), Surface.PAINT, 0.5), doors=1, drawers=True
        ),
        (4.6, -4.8),
        (4.6, -3.2),
        4,
        -np.pi / 2,
    )
    it.against("left", fittings.lockers(5, rgb("#3f5a78")), 0.4)
    it.stand(
        shopfit.counter(2.4, Finish(rgb("#2f4a66"), Surface.PAINT, 0.4), furniture.WALNUT),
        3.6,
        2.8,
        -np.pi / 2,
    )
    it.hang(
        "back",
        placed(cylinder(0.3, 0.03, furniture.BRASS, sides=6), tilt=np.pi / 2),
        -0.4,
        2.3,
        out=0.05,
    )
    it.panels((-2.4, 2.4), (-3.6, -0.4, 3.0), half=(0.6, 0.15), tone=COOL, level=0.5)
    it.keys(NEUTRAL, 1.0)
    return it.world(
        walk=((0.0, -3.6), (0.0, 4.6)),
        underfoot="tiles",
        ambience="office",
        floor_radius_m=1.2,
        back_z=-3.4,
        spread=1.0,
    )


BUILDERS = {
    "conference_room": conference_room,
    "server_room": server_room,
    "factory": factory,
    "warehouse": warehouse,
    "prison_cell": prison_cell,
    "police_station": police_station,
}
"""Each place by its name."""

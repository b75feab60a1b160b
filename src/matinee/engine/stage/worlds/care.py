"""Places where people are healed and where things are found out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.geometry import Surface, merged
from matinee.engine.stage.parts import clinic, fittings, furniture, machines, seating, shopfit
from matinee.engine.stage.parts.finish import Finish, rgb
from matinee.engine.stage.parts.masonry import FRAME_WHITE, Opening, door
from matinee.engine.stage.parts.solids import box, boxes, placed, tube
from matinee.engine.stage.worlds.interior import COOL, NEUTRAL, SOFT, Interior, Plan
from matinee.engine.stage.worlds.room import Shell

if TYPE_CHECKING:
    from matinee.engine.stage.worlds.model import Conditions, World

_WHITES = (rgb("#e6ecec"), rgb("#7ab0b0"), rgb("#5a8fa8"))


def hospital_room(conditions: Conditions) -> World:
    """Build a ward: made beds with monitors and drips, pale curtains, a wide window."""
    plan = Plan(
        Shell(-4.0, 4.0, -3.8, 4.6, 2.9),
        walls=Finish(rgb("#cfdad6"), Surface.PLASTER, 0.9),
        floor=Finish(rgb("#9fb0b0"), Surface.PAINT, 0.35),
        openings={
            "right": [Opening(1.0, 3.6, 0.8, 2.4)],
            "left": [Opening(5.8, 7.0, 0.0, 2.2, "door")],
        },
        dado=Finish(rgb("#7fa8a4"), Surface.PAINT, 0.5),
        dado_m=0.95,
        daylight=2.2,
        view="town",
    )
    it = Interior("hospital_room", conditions, plan)
    for x, tone in ((-2.6, "#6f9ab8"), (0.5, "#6f9ab8"), (2.9, "#a8c0a0")):
        it.stand(clinic.hospital_bed(rgb(tone)), x, -2.6, tall_m=0.9)
        it.stand(clinic.heart_monitor(), x - 0.85, -3.3, 0.3)
        it.stand(clinic.drip_stand(), x + 0.72, -3.2)
        it.hang(
            "back",
            box(
                (0, 0, 0.03),
                (0.7, 0.1, 0.03),
                Finish(rgb("#b8c4c4"), Surface.PAINT, 0.4),
                bevel_m=0.015,
            ),
            x,
            1.45,
        )
        it.strip(
            (x - 0.5, 1.9, -3.72),
            (x + 0.5, 1.9, -3.72),
            (1.0, 0.95, 0.85),
            glow=3.0,
            level=0.9,
            thick_m=0.035,
        )
    cloth = Finish(rgb("#8fb8b4"), Surface.CLOTH, 0.95)
    for x in (-1.05, 1.75):
        it.add(
            placed(furniture.curtain(0.9, 2.1, cloth), (x, 0.1, -3.2), yaw=np.pi / 2),
            tube([(x, 2.22, -3.8), (x, 2.22, -1.4)], 0.014, furniture.STEEL, sides=5),
        )
    it.stand(
        furniture.cupboard(0.5, 0.8, 0.45, furniture.WHITE_PAINT, doors=1, drawers=True), -1.6, -3.3
    )
    it.seat(seating.armchair(Finish(rgb("#4f7a8a"), Surface.CLOTH, 0.9)), 1.75, -1.1, -2.2)
    it.add(placed(furniture.potted_plant(it.rng, height_m=0.5), (-1.6, 0.8, -3.5)))
    it.against("left", fittings.basin(0.8, wood=furniture.WHITE_PAINT), 0.2)
    it.hang("left", fittings.wall_mirror(0.5, 0.7, furniture.STEEL), 0.2, 1.6)
    it.against(
        "right",
        furniture.cupboard(
            1.6, 0.9, 0.45, furniture.WHITE_PAINT, doors=4, top=furniture.WHITE_PAINT
        ),
        2.4,
    )
    it.table(
        furniture.table(furniture.WHITE_PAINT, width_m=0.8, depth_m=0.4, height_m=0.95),
        -2.6,
        -1.75,
        height_m=0.95,
    )
    it.curtains("right", Finish(rgb("#c9d4c0"), Surface.CLOTH, 0.95), width_m=0.5)
    it.guests([(-1.75, -1.9, -2.3)], clothes=_WHITES)
    it.panels((-2.0, 2.0), (-2.4, 0.8, 3.4), half=(0.6, 0.3), tone=NEUTRAL, level=0.5)
    it.keys(NEUTRAL, 1.0)
    return it.world(
        walk=((0.0, -0.9), (0.0, 4.2)),
        underfoot="plastic",
        ambience="room_tone",
        floor_radius_m=1.1,
        back_z=-1.1,
        spread=1.0,
    )


def hospital_corridor(conditions: Conditions) -> World:
    """Build a hospital corridor: doors on both sides, waiting seats, a stretcher, a far window."""
    plan = Plan(
        Shell(-1.9, 1.9, -14.0, 6.0, 2.9, cell_m=0.5),
        walls=Finish(rgb("#d4dcd8"), Surface.PLASTER, 0.9),
        floor=Finish(rgb("#8fa8a8"), Surface.PAINT, 0.2),
        openings={"back": [Opening(1.1, 2.7, 0.6, 2.4)]},
        dado=Finish(rgb("#5f9a98"), Surface.PAINT, 0.45),
        dado_m=1.0,
        daylight=2.6,
        view="town",
        sunset_yaw=np.pi,
    )
    it = Interior("hospital_corridor", conditions, plan)
    leaf = merged(
        [
            door(1.0, 2.15, Finish(rgb("#a8b8b0"), Surface.PAINT, 0.4)),
            boxes([(s * 0.56, 1.1, 0) for s in (-1, 1)], (0.06, 1.1, 0.06), FRAME_WHITE),
            box((0, 2.2, 0), (0.62, 0.06, 0.06), FRAME_WHITE),
        ]
    )
    for number, z in enumerate((-11.5, -8.2, -4.9, -1.6, 1.7, 4.6)):
        for wall in ("left", "right"):
            it.hang(wall, leaf, z, 0.0, out=0.03)
            it.hang(
                wall,
                box((0, 0, 0), (0.12, 0.07, 0.01), Finish(rgb("#2f6a8a"), Surface.PAINT, 0.4)),
                z + 0.8,
                1.6 + 0.0 * number,
            )
    it.add(
        boxes(
            [(s * 1.86, 0.98, -4.0) for s in (-1, 1)],
            (0.04, 0.05, 10.0),
            Finish(rgb("#8a6a48"), Surface.WOOD, 0.5),
        )
    )
    it.row(
        seating.shell_seat(Finish(rgb("#3f7a8a"), Surface.PAINT, 0.4), places=3),
        (-1.55, -3.3),
        (-1.55, -3.3),
        1,
        np.pi / 2,
        marks=1,
    )
    it.row(
        seating.shell_seat(Finish(rgb("#3f7a8a"), Surface.PAINT, 0.4), places=3),
        (-1.55, -6.6),
        (-1.55, -6.6),
        1,
        np.pi / 2,
        marks=1,
    )
    it.stand(clinic.hospital_bed(rgb("#a8c8c0")), 1.35, -7.0, tall_m=0.9)
    it.stand(clinic.drip_stand(), 1.5, -5.6)
    it.stand(furniture.potted_plant(it.rng, height_m=1.3), 1.45, -3.3)
    it.stand(furniture.potted_plant(it.rng, height_m=1.2), -1.5, -12.8)
    it.guests([(-0.8, -10.2, 0.2), (0.6, -8.8, 2.9)], clothes=_WHITES)
    sign = Finish(rgb("#3fd08a"), Surface.SCREEN, 0.4, 2.5)
    it.set.add_bare(
        box((0, 2.55, -6.4), (0.4, 0.13, 0.03), sign),
        boxes(
            [(-0.2 + 0.13 * k, 2.55, -6.36) for k in range(4)],
            (0.04, 0.05, 0.004),
            furniture.WHITE_PAINT,
        ),
    )
    it.panels(
        (0.0,),
        (-12.0, -9.4, -6.8, -4.2, -1.6, 1.0, 3.6),
        half=(0.3, 0.6),
        tone=COOL,
        level=0.5,
        glow=4.0,
    )
    it.keys(NEUTRAL, 0.9, spread=1.3)
    return it.world(
        walk=((0.0, -9.0), (0.0, 5.5)),
        underfoot="plastic",
        ambience="room_tone",
        floor_radius_m=1.1,
        back_z=-6.0,
        spread=0.9,
    )


def operating_room(conditions: Conditions) -> World:
    """Build an operating theatre: draped table under great lamps, monitors, steel, green tiles."""
    plan = Plan(
        Shell(-4.0, 4.0, -5.0, 4.6, 3.3, cell_m=0.42),
        walls=Finish(rgb("#7fb0a8"), Surface.TILES, 0.25),
        floor=Finish(rgb("#7f8f90"), Surface.PAINT, 0.22),
        ceiling=Finish(rgb("#d0d8d8"), Surface.PLASTER, 0.9),
        view="",
        hour="day",
        ambient=0.12,
        exposure=1.75,
    )
    it = Interior("operating_room", conditions, plan)
    it.stand(clinic.operating_table(), 0.0, -2.4, tall_m=0.9)
    it.top(0.3, 0.9, -2.4, 0.5, 0.25)
    lamp = clinic.theatre_lamp(1.15)
    for x, z in ((-0.7, -2.6), (0.8, -2.2)):
        it.set.add_bare(placed(lamp, (x, 3.3, z)))
        it.light((x, 2.1, z), NEUTRAL, 2.6, down=True, cone_rad=0.9, size_m=0.4)
    it.stand(clinic.heart_monitor(), -1.7, -3.3, 0.5)
    it.stand(clinic.heart_monitor(), 1.9, -3.4, -0.5)
    it.stand(clinic.drip_stand(), -1.4, -2.3)
    it.guests(
        [(-0.4, -3.2, 0.0), (0.5, -3.15, 0.1)],
        pose="lean",
        clothes=[rgb("#3f8a80"), rgb("#4f94a0")],
    )
    it.against("back", furniture.cupboard(2.6, 1.9, 0.4, fittings.PORCELAIN, doors=4), -2.2)
    it.hang(
        "back",
        machines.screen_wall(
            2, 1, (rgb("#20384a"), rgb("#16303a")), wide_m=0.9, tall_m=0.6, emission=1.0
        ),
        1.6,
        1.5,
    )
    it.against("left", fittings.basin(1.6, wood=furniture.STEEL), -1.0)
    it.against(
        "right",
        furniture.cupboard(2.2, 0.95, 0.45, furniture.STEEL, doors=4, top=furniture.STEEL),
        -1.4,
    )
    it.top(3.7, 0.97, -1.4, 0.18, 0.9)
    tray = merged(
        [
            box((0, 0.92, 0), (0.36, 0.015, 0.24), furniture.STEEL),
            boxes(
                [(-0.25 + 0.07 * k, 0.94, 0) for k in range(8)],
                (0.012, 0.006, 0.11),
                fittings.CHROME,
            ),
            boxes([(s * 0.3, 0.45, 0) for s in (-1, 1)], (0.015, 0.45, 0.015), furniture.STEEL),
            box((0, 0.04, 0), (0.36, 0.02, 0.22), furniture.STEEL),
        ]
    )
    it.stand(tray, 1.55, -1.9, 0.3)
    it.panels((-2.4, 2.4), (-3.4, 0.0, 3.2), half=(0.3, 0.6), tone=COOL, level=0.35)
    it.keys(NEUTRAL, 1.0)
    return it.world(
        walk=((0.0, -1.4), (0.0, 4.2)),
        underfoot="plastic",
        ambience="room_tone",
        floor_radius_m=1.2,
        back_z=-1.4,
        spread=1.0,
    )


def laboratory(conditions: Conditions) -> World:
    """Build a laboratory: long benches of glass, fume hood, shelves, charts on screens."""
    plan = Plan(
        Shell(-4.6, 4.6, -5.6, 4.8, 3.1, cell_m=0.45),
        walls=Finish(rgb("#d8dee0"), Surface.PLASTER, 0.9),
        floor=Finish(rgb("#a8b0b2"), Surface.TILES, 0.25),
        openings={"right": [Opening(2.6, 4.6, 1.0, 2.5), Opening(5.6, 7.6, 1.0, 2.5)]},
        dado=Finish(rgb("#4f7a98"), Surface.PAINT, 0.4),
        dado_m=0.9,
        daylight=1.6,
        view="town",
    )
    it = Interior("laboratory", conditions, plan)
    for x, z in ((-2.4, -2.0), (2.4, -2.0), (-2.4, -4.0), (2.4, -4.0)):
        it.stand(clinic.lab_bench(2.6, it.rng), x, z, tall_m=0.88)
        it.top(x, 0.91, z, 1.1, 0.3)
        it.set.add_bare(
            boxes([(x, 1.45, z - 0.05)], (1.2, 0.015, 0.14), furniture.STEEL),
            boxes(
                [(x + s * 1.15, 1.17, z - 0.05) for s in (-1, 1)],
                (0.015, 0.28, 0.02),
                furniture.STEEL,
            ),
        )
        bottles = shopfit.goods_shelf(
            2.3,
            0.36,
            it.rng,
            depth_m=0.2,
            rows=1,
            colours=tuple(map(rgb, ("#8fc4d0", "#c9a04a", "#a84a5a", "#d8dcd4"))),
        )
        it.add(placed(bottles, (x, 1.34, z - 0.15)))
    for x in (-1.6, 1.6):
        it.seat(furniture.stool(furniture.STEEL, 0.62), x, -1.3, np.pi, height_m=0.62)
    it.against(
        "back",
        shopfit.goods_shelf(
            2.4,
            2.1,
            it.rng,
            colours=tuple(map(rgb, ("#8fc4d0", "#c9a04a", "#a84a5a", "#e8ece8", "#5a8a6a"))),
            frame=furniture.WHITE_PAINT,
        ),
        -3.0,
    )
    it.against("back", furniture.cupboard(1.8, 2.0, 0.5, furniture.WHITE_PAINT, doors=3), 3.2)
    it.hang(
        "back",
        machines.screen_wall(
            2, 2, (rgb("#1d3a4a"), rgb("#204a3f"), rgb("#2a2f5a")), wide_m=0.9, tall_m=0.5
        ),
        0.2,
        1.3,
    )
    it.against(
        "left",
        furniture.cupboard(
            3.0, 0.9, 0.55, furniture.WHITE_PAINT, doors=5, top=furniture.BLACK_METAL
        ),
        1.6,
    )
    it.add(
        placed(clinic.microscope(), (-4.2, 0.94, 1.0), yaw=np.pi / 2),
        placed(
            furniture.screen(0.5, 0.3, rgb("#7fd0c0"), emission=1.2),
            (-4.3, 1.25, 2.0),
            yaw=np.pi / 2,
        ),
    )
    it.guests([(2.0, -2.9, 0.1), (-3.0, -2.95, -0.2)], pose="lean", clothes=[rgb("#e8ecec")])
    it.panels(
        (-2.4, 2.4), (-4.0, -1.2, 1.6, 4.0), half=(0.6, 0.15), tone=COOL, level=0.42, glow=4.0
    )
    it.keys(SOFT, 1.0)
    return it.world(
        walk=((0.0, -4.4), (0.0, 4.4)),
        underfoot="tiles",
        ambience="office",
        floor_radius_m=1.2,
        back_z=-3.4,
        spread=1.0,
    )


BUILDERS = {
    "hospital_room": hospital_room,
    "hospital_corridor": hospital_corridor,
    "operating_room": operating_room,
    "laboratory": laboratory,
}
"""Each place by its name."""

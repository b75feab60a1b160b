"""Rooms where people wash clothes, keep things and mend them."""

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
    street,
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
    tube,
)
from matinee.engine.stage.parts.things import vehicles
from matinee.engine.stage.worlds.interior import COOL, NEUTRAL, SOFT, WARM, Interior, Plan
from matinee.engine.stage.worlds.room import Shell

if TYPE_CHECKING:
    from matinee.engine.render.geometry import Mesh
    from matinee.engine.stage.worlds.model import Conditions, World

_DOOR_M = 2.1


def laundry(conditions: Conditions) -> World:
    """Build a launderette: a wall of machines, driers above, folding table, baskets, neon."""
    plan = Plan(
        Shell(-3.6, 3.6, -3.2, 4.4, 2.9),
        walls=Finish(rgb("#c8d4d8"), Surface.PLASTER, 0.9),
        floor=Finish(rgb("#a8aaa4"), Surface.TILES, 0.3),
        openings={
            "right": [Opening(3.4, 6.4, 0.5, 2.4)],
            "left": [Opening(5.6, 6.6, 0.0, _DOOR_M, "door")],
        },
        dado=Finish(rgb("#e07a4a"), Surface.TILES, 0.3),
        dado_m=1.1,
        view="town",
    )
    it = Interior("laundry", conditions, plan)
    machine = fittings.washing_machine()
    it.row(machine, (-3.0, -3.18), (3.0, -3.18), 10)
    it.row(placed(machine, (0, 0.88, 0)), (-3.0, -3.18), (3.0, -3.18), 10)
    it.add(box((0, 1.79, -2.9), (3.6, 0.03, 0.32), furniture.STEEL))
    it.row(machine, (-3.58, -2.2), (-3.58, 0.2), 4, np.pi / 2)
    it.table(
        furniture.table(furniture.WHITE_PAINT, width_m=0.8, depth_m=1.9, height_m=0.86),
        2.6,
        -0.9,
        height_m=0.86,
    )
    it.add(*(placed(shopfit.folded(it.rng, columns=2), (2.6, 0.86, z)) for z in (-1.5, -0.6)))
    linen = ball(
        (0, 0.42, 0), (0.24, 0.14, 0.24), Finish(rgb("#d8e0e4"), Surface.CLOTH, 0.95), level=2
    )
    bin_ = merged(
        [cylinder(0.27, 0.42, Finish(rgb("#3a86c8"), Surface.PAINT, 0.5), sides=18), linen]
    )
    it.stand(bin_, -2.5, 1.3)
    it.stand(bin_, 1.7, -2.0)
    it.row(
        seating.shell_seat(Finish(rgb("#d96a3a"), Surface.PAINT, 0.4), places=3),
        (2.9, 1.9),
        (2.9, 1.9),
        1,
        -np.pi / 2,
        marks=1,
    )
    it.strip((-1.6, 2.35, -3.1), (1.6, 2.35, -3.1), (0.3, 0.8, 1.0), glow=5.0, level=0.5, lamps=2)
    it.panels((-1.6, 1.6), (-1.4, 1.0, 3.2), half=(0.6, 0.15), tone=COOL, level=0.55)
    it.keys(NEUTRAL, 1.0)
    return it.world(
        walk=((0.0, -1.6), (0.0, 4.0)),
        underfoot="tiles",
        ambience="room_tone",
        floor_radius_m=1.1,
        back_z=-1.9,
        spread=1.0,
    )


def attic(conditions: Conditions) -> World:
    """Build an attic: sloping boards, beams, a gable window, trunks and forgotten things."""
    plan = Plan(
        Shell(-3.4, 3.4, -4.6, 4.4, 3.3, cell_m=0.42),
        walls=Finish(rgb("#7a5c40"), Surface.WOOD, 0.85),
        floor=Finish(rgb("#6a4e34"), Surface.WOOD, 0.75),
        ceiling=Finish(rgb("#4a3624"), Surface.WOOD, 0.9),
        skirting=furniture.WALNUT,
        openings={"back": [Opening(2.6, 4.2, 0.9, 2.5)]},
        daylight=3.4,
        sunset_yaw=np.pi,
        key_turn=1.9,
        haze_per_m=0.012,
        exposure=2.0,
    )
    it = Interior("attic", conditions, plan)
    room, boards = it.room, Finish(rgb("#7d6044"), Surface.WOOD, 0.85)
    old = Finish(rgb("#4f3a28"), Surface.WOOD, 0.85)
    for s in (-1, 1):
        low, high = np.array((s * 3.38, 1.0, 0)), np.array((s * 0.5, 3.25, 0))
        across = high - low
        start = np.add(low, (0, 0, room.z0 if s > 0 else room.z1))
        long = np.array((0, 0, (room.z1 - room.z0) * s))
        it.add(panel(start, long, across, boards, cell_m=0.45))
        rafters = np.arange(room.z0 + 0.3, room.z1, 1.15)
        it.add(
            *(tube([(s * 3.36, 1.0, z), (s * 0.45, 3.22, z)], 0.075, old, sides=4) for z in rafters)
        )
        it.set.block((s * 3.1, 0.7, -0.1), (0.3, 0.7, 4.5))
    it.add(
        *(
            box((0, 2.75, z), (1.2, 0.08, 0.07), old, bevel_m=0.01)
            for z in np.arange(room.z0 + 0.3, room.z1, 2.3)
        )
    )
    crate, trunk = (
        things.crate(Finish(rgb("#8a6238"), Surface.WOOD, 0.8)),
        things.suitcase(Finish(rgb("#6a3a26"), Surface.CLOTH, 0.6)),
    )
    for x, z, yaw in ((-2.3, -3.6, 0.3), (-2.35, -2.6, 0.1), (2.3, -3.3, -0.2)):
        it.stand(crate, x, z, yaw)
    it.stand(trunk, -2.2, -3.5, 1.2, y=0.5, solid=False)
    it.stand(trunk, 2.0, -2.2, 0.5)
    it.stand(
        placed(
            furniture.bookcase(furniture.WALNUT, width_m=1.0, height_m=1.2, rng=it.rng, full=0.6)
        ),
        2.35,
        -0.9,
        -np.pi / 2,
    )
    it.stand(shopfit.rocking_horse(), -1.9, -1.3, 0.9)
    it.stand(shopfit.mannequin(rgb("#8a6a4a")), 1.25, -4.0, 0.4)
    it.seat(
        seating.armchair(Finish(rgb("#6f5a44"), Surface.CLOTH, 0.97)), -2.0, 1.1, 1.2, height_m=0.46
    )
    it.stand(fittings.wall_mirror(0.7, 1.5, furniture.BRASS), 2.1, -4.2, -0.3, y=0.8, solid=False)
    it.add(
        placed(furniture.rug(2.2, 3.0, rgb("#6a3a30"), rgb("#3a3a3a")), (0, 0, -1.6)),
        placed(things.carton(Finish(rgb("#a9804e"), Surface.PLAIN, 0.9)), (-1.5, 0, -3.9)),
        placed(things.lantern(furniture.BRASS), (-2.35, 0.5, -2.6)),
    )
    it.pendants([(0.0, -2.2), (0.0, 1.6)], drop_m=0.95, shade=furniture.BLACK_METAL, level=3.4)
    it.light((-2.2, 0.8, -2.5), WARM, 0.8)
    it.motes((0.9, 0.75, 0.5), 180)
    it.keys(SOFT, 1.0, spread=1.5)
    return it.world(
        walk=((0.0, -3.4), (0.0, 3.8)),
        underfoot="wood",
        ambience="wind",
        floor_radius_m=1.1,
        back_z=-3.0,
        spread=0.95,
    )


def cellar(conditions: Conditions) -> World:
    """Build a vaulted cellar: barrels, bottle racks, a bare bulb, stairs up to a lit door."""
    plan = Plan(
        Shell(-3.2, 3.2, -5.4, 4.4, 3.0, cell_m=0.5),
        walls=Finish(rgb("#7d6f5e"), Surface.STONE, 0.95),
        floor=Finish(rgb("#5d564c"), Surface.STONE, 0.9),
        ceiling=Finish(rgb("#5a5044"), Surface.BRICK, 0.95),
        skirting=Finish(rgb("#5d564c"), Surface.STONE, 0.9),
        view="",
        hour="night",
        exposure=2.1,
        ambient=0.1,
        haze_per_m=0.014,
        haze=(1.6, 1.2, 0.8),
    )
    it = Interior("cellar", conditions, plan)
    arch = Finish(rgb("#6f5a48"), Surface.BRICK, 0.95)
    it.add(placed(halls.vault(3.2, 1.15, -5.4, 4.4, arch), (0, 1.85, 0)))
    it.add(
        *(
            placed(
                halls.vault(3.15, 1.1, -0.16, 0.16, arch.times(1.2), cells=(14, 1)), (0, 1.78, z)
            )
            for z in (-3.6, -1.2, 1.2)
        )
    )
    barrel = things.barrel(Finish(rgb("#7a5230"), Surface.WOOD, 0.7))
    tall = float(barrel.positions[:, 1].max())
    lying = placed(placed(barrel, (0, -tall / 2, 0)), (0, 0.42, 0), tilt=np.pi / 2, scale=1.25)
    it.row(lying, (-2.5, -4.6), (-2.5, 0.4), 5, np.pi / 2)
    it.add(copies(lying, [(-2.5, 0.78, z) for z in (-3.9, -2.7, -1.5)], yaw=np.pi / 2))
    wine = shopfit.bottle_shelf(2.0, it.rng, rows=3)
    it.against("right", placed(wine, (0, -0.9, 0)), -3.6)
    it.against("right", placed(wine, (0, -0.9, 0)), -1.3)
    it.stand(barrel, 1.75, -4.7)
    it.stand(barrel, 2.5, 0.9)
    it.stand(things.crate(Finish(rgb("#8a6238"), Surface.WOOD, 0.8)), -2.4, 1.5, 0.2)
    it.table(furniture.table(furniture.WALNUT, width_m=0.9, depth_m=0.6), 1.3, -3.1, 0.3)
    it.add(
        placed(things.candle(furniture.CERAMIC), (1.3, 0.74, -3.1)),
        placed(things.bottle(Finish(rgb("#2f4a2e"), Surface.GLASS, 0.1)), (1.5, 0.74, -3.0)),
    )
    step = Finish(rgb("#6f675c"), Surface.STONE, 0.9)
    it.add(
        boxes(
            [(0.0, 0.1 + 0.2 * k, -5.2 + 0.02 * k) for k in range(5)],
            [(0.8, 0.1, 0.9 - 0.17 * k) for k in range(5)],
            step,
        )
    )
    it.set.block((0.0, 0.5, -4.9), (0.8, 0.5, 0.55))
    door = Finish(rgb("#ffd9a0"), Surface.SCREEN, 0.6, 1.6)
    it.add(
        box((0, 1.85, -5.37), (0.5, 0.85, 0.02), door),
        boxes([(s * 0.56, 1.85, -5.34) for s in (-1, 1)], (0.07, 0.9, 0.06), furniture.WALNUT),
    )
    it.light((0, 1.9, -5.1), SOFT, 2.4, way=(0, -0.2, 0.98), reach_m=8.0, size_m=0.6)
    it.pendants([(0.0, -2.2), (0.3, 1.4)], drop_m=0.75, level=2.6)
    it.light((1.3, 1.05, -3.0), WARM, 0.7)
    it.keys(WARM, 1.0)
    return it.world(
        walk=((0.0, -3.6), (0.0, 3.8)),
        underfoot="stone",
        ambience="room_tone",
        floor_radius_m=1.1,
        back_z=-3.4,
        spread=0.95,
    )


def garage(conditions: Conditions) -> World:
    """Build a garage: a car under work, benches and tools, tyres, a roll-up door half open."""
    plan = Plan(
        Shell(-4.6, 4.6, -5.2, 4.8, 3.2, cell_m=0.45),
        walls=Finish(rgb("#a8a49a"), Surface.BRICK, 0.9),
        floor=Finish(rgb("#6a6a68"), Surface.ASPHALT, 0.6),
        ceiling=Finish(rgb("#8a8880"), Surface.PLASTER, 0.95),
        skirting=furniture.BLACK_METAL,
        openings={"left": [Opening(3.0, 6.2, 0.0, 2.4, "hole"), Opening(7.2, 9.0, 1.1, 2.3)]},
        daylight=2.0,
        dado=Finish(rgb("#7a2f26"), Surface.PAINT, 0.5),
        dado_m=1.0,
        sunset_yaw=-1.45,
        view="town",
    )
    it = Interior("garage", conditions, plan)
    it.stand(street.car(rgb("#2d5f8a")), 1.9, -3.2, -1.25, tall_m=1.5)
    it.against("right", fittings.workbench(2.4), 0.6)
    it.top(4.2, 0.9, 0.6, 0.3, 1.0)
    it.hang("right", fittings.tool_board(it.rng, width_m=2.4), 0.6, 1.3)
    it.against("back", fittings.workbench(2.0), -3.2)
    it.hang("back", fittings.tool_board(it.rng, width_m=2.0), -3.2, 1.3)
    it.against(
        "right",
        shopfit.goods_shelf(
            1.4, 1.9, it.rng, colours=tuple(map(rgb, ("#20518a", "#c23a2a", "#d9a21f", "#2a2c2e")))
        ),
        2.9,
    )
    wheel = merged(
        [
            cylinder(0.32, 0.2, fittings.RUBBER, sides=20),
            placed(cylinder(0.19, 0.22, furniture.STEEL, sides=16), (0, -0.005, 0)),
        ]
    )
    it.stand(merged([placed(wheel, (0, 0.21 * k, 0)) for k in range(4)]), -3.9, 1.0)
    it.stand(merged([placed(wheel, (0, 0.21 * k, 0)) for k in range(2)]), -4.0, 3.9)
    it.stand(things.barrel(Finish(rgb("#20518a"), Surface.PAINT, 0.4)), 3.9, -1.2)
    it.against("back", fittings.lockers(4, rgb("#4a6a7a")), -0.9)
    it.stand(_bicycle(), -3.6, 2.6, 0.3)
    slat = [(-4.6, 2.45 + 0.1 * k, -0.6) for k in range(8)]
    it.add(
        boxes(slat, (0.03, 0.046, 1.6), furniture.STEEL),
        box((-4.5, 2.35, -0.6), (0.05, 0.05, 1.62), machines.SAFETY),
    )
    it.light(
        (-4.7, 1.2, -0.6),
        (1.0, 1.0, 1.05) if conditions.time_of_day != "night" else (0.1, 0.14, 0.25),
        5.0,
        way=(1.0, 0.0, 0.0),
        reach_m=10.0,
        size_m=1.2,
    )
    it.panels((-1.8, 1.8), (-3.2, 0.2, 3.2), half=(0.7, 0.09), tone=COOL, level=0.5, glow=5.0)
    it.keys(NEUTRAL, 1.0)
    return it.world(
        walk=((-1.4, -3.6), (-0.6, 4.3)),
        underfoot="concrete",
        ambience="room_tone",
        floor_radius_m=1.2,
        back_z=-2.6,
        spread=1.0,
    )


def _bicycle() -> Mesh:
    """Return a red bicycle at rest."""
    made = vehicles.bicycle(Finish(rgb("#c23a2a"), Surface.PAINT, 0.3))
    return merged([made.body, *(placed(part.mesh, part.at) for part in made.turning)])


BUILDERS = {
    "attic": attic,
    "cellar": cellar,
    "garage": garage,
    "laundry": laundry,
}
"""Each room by its name."""

"""Where people train, swim and fight."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.geometry import Surface, merged
from matinee.engine.stage.parts import (
    crowd,
    fittings,
    furniture,
    halls,
    machines,
    seating,
    shopfit,
)
from matinee.engine.stage.parts.finish import Finish, rgb
from matinee.engine.stage.parts.masonry import FRAME_DARK, Opening
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
from matinee.engine.stage.worlds.interior import NEUTRAL, Interior, Plan
from matinee.engine.stage.worlds.room import Shell

if TYPE_CHECKING:
    from matinee.engine.stage.worlds.model import Conditions, World


def gym(conditions: Conditions) -> World:
    """Build a gym: treadmills at the windows, weights, benches, mirrors, a punch bag, mats."""
    plan = Plan(
        Shell(-5.2, 5.2, -6.4, 5.0, 3.6, cell_m=0.55),
        walls=Finish(rgb("#4a4f54"), Surface.PLASTER, 0.9),
        floor=Finish(rgb("#3a3c40"), Surface.PLAIN, 0.85),
        ceiling=Finish(rgb("#6a6e72"), Surface.PLASTER, 0.95),
        skirting=furniture.BLACK_METAL,
        frame=FRAME_DARK,
        openings={"right": [Opening(0.8, 4.2, 0.5, 3.0), Opening(5.0, 8.4, 0.5, 3.0)]},
        dado=Finish(rgb("#d9641f"), Surface.PAINT, 0.4),
        dado_m=0.7,
        view="town",
        daylight=1.4,
        exposure=2.0,
    )
    it = Interior("gym", conditions, plan)
    for z in (-5.2, -3.7, -2.2, -0.7):
        it.stand(machines.treadmill(), 4.0, z, -np.pi / 2)
    it.guests([(3.9, -3.7, np.pi / 2)], y=0.18, clothes=[rgb("#2d6db0")])
    it.against("back", machines.dumbbell_rack(2.8, it.rng), -2.8)
    it.hang("back", fittings.wall_mirror(3.6, 1.5, furniture.STEEL), -2.8, 1.95)
    it.stand(machines.weight_bench(), -3.2, -2.9, 0.4, tall_m=0.46)
    it.stand(machines.weight_bench(), 0.9, -4.0, -0.2, tall_m=0.46)
    it.mark_seat(-3.1, -2.5, 0.4, 0.49)
    it.set.add_bare(placed(machines.punch_bag(2.7), (-4.1, 3.6, 0.8)))
    it.set.post(-4.1, 0.8, 0.22, 2.1)
    mat = box(
        (0, 0.02, 0), (0.9, 0.02, 0.45), Finish(rgb("#2d6db0"), Surface.CLOTH, 0.9), bevel_m=0.015
    )
    it.add(placed(mat, (-1.9, 0, -0.9), yaw=1.4), placed(mat, (2.0, 0, -0.6), yaw=0.3))
    sphere = ball((0, 0.33, 0), 0.33, Finish(rgb("#c23a5a"), Surface.PAINT, 0.5), level=3)
    it.stand(sphere, 2.1, -2.1)
    it.stand(placed(sphere, scale=0.85), -4.5, -1.0)
    rig = Finish(rgb("#1c1d1f"), Surface.METAL, 0.45)
    it.add(
        boxes([(x, 1.3, z) for x in (2.0, 3.2) for z in (-6.1, -5.2)], (0.04, 1.3, 0.04), rig),
        boxes([(2.6, y, -5.2) for y in (2.3, 2.56)], (0.6, 0.03, 0.03), rig),
        boxes([(x, 2.56, -5.65) for x in (2.0, 3.2)], (0.03, 0.03, 0.45), rig),
    )
    it.set.block((2.6, 1.3, -5.65), (0.65, 1.3, 0.5))
    it.against("left", fittings.lockers(6, rgb("#d9641f")), -4.4)
    kettle = merged(
        [
            ball((0, 0.1, 0), 0.1, rig, level=2),
            placed(ring(0.06, 0.014, rig, sides=12, around=6), (0, 0.22, 0), tilt=np.pi / 2),
        ]
    )
    it.add(copies(kettle, [(-4.6 + 0.02 * k, 0, 2.0 + 0.32 * k) for k in range(5)]))
    it.stand(
        shopfit.counter(2.0, Finish(rgb("#26282b"), Surface.PAINT, 0.4), furniture.BEECH),
        -4.3,
        3.9,
        np.pi / 2,
    )
    it.add(
        boxes(
            [(x, 3.3, -0.7) for x in (-3.4, 0.0, 3.4)],
            (0.14, 0.14, 5.6),
            Finish(rgb("#3a3d40"), Surface.METAL, 0.5),
        )
    )
    for x in (-1.7, 1.7):
        for z in (-4.6, -1.6, 1.4, 3.8):
            it.strip((x, 3.2, z - 0.8), (x, 3.2, z + 0.8), NEUTRAL, glow=6.0, thick_m=0.04)
            it.light((x, 3.15, z), NEUTRAL, 3.4, reach_m=8.0, down=True, size_m=0.6)
    it.keys(NEUTRAL, 1.1)
    return it.world(
        walk=((-0.6, -3.0), (0.0, 4.6)),
        underfoot="rubber",
        ambience="cafe_murmur",
        floor_radius_m=1.2,
        back_z=-2.8,
    )


def swimming_pool(conditions: Conditions) -> World:
    """Build an indoor pool: blue water with lanes, diving blocks, wet tiles, a wall of glass."""
    plan = Plan(
        Shell(-8.0, 6.0, -19.0, 6.0, 6.0, cell_m=0.85),
        walls=Finish(rgb("#d4e0e2"), Surface.TILES, 0.25),
        floor=Finish(rgb("#b8c8ca"), Surface.TILES, 0.2),
        ceiling=Finish(rgb("#d8dcd8"), Surface.PLASTER, 0.9),
        skirting=Finish(rgb("#2f7a9a"), Surface.TILES, 0.25),
        frame=FRAME_DARK,
        openings={"left": [Opening(1.2 + 4.6 * k, 5.2 + 4.6 * k, 0.4, 5.0) for k in range(5)]},
        dado=Finish(rgb("#2f7a9a"), Surface.TILES, 0.22),
        dado_m=1.2,
        daylight=1.0,
        sunset_yaw=-1.45,
        key_turn=-2.4,
        exposure=1.6,
    )
    it = Interior("swimming_pool", conditions, plan)
    x0, x1, z0, z1 = -6.4, 2.2, -17.6, -2.0
    middle, wide, long = (x0 + x1) / 2, (x1 - x0) / 2, (z1 - z0) / 2
    water = Finish(rgb("#2fa8c4"), Surface.WATER, 0.05)
    it.add(panel((x0, 0.012, z1), (2 * wide, 0, 0), (0, 0, -2 * long), water, cell_m=0.8))
    rim = Finish(rgb("#eef2f2"), Surface.TILES, 0.2)
    it.add(
        boxes(
            [(x, 0.03, (z0 + z1) / 2) for x in (x0 - 0.15, x1 + 0.15)],
            (0.17, 0.05, long + 0.3),
            rim,
            bevel_m=0.015,
        ),
        boxes(
            [(middle, 0.03, z) for z in (z0 - 0.15, z1 + 0.15)],
            (wide + 0.3, 0.05, 0.17),
            rim,
            bevel_m=0.015,
        ),
    )
    it.set.block((middle, 0.1, (z0 + z1) / 2), (wide, 0.1, long))
    for k in range(1, 5):
        x = x0 + (x1 - x0) * k / 5
        z = np.arange(z0 + 0.1, z1, 0.3)
        tones = np.where((np.arange(len(z)) // 3 % 2 == 0)[:, None], rgb("#c81f2a"), rgb("#f0f0ea"))
        it.set.add_bare(
            boxes(
                np.stack([0 * z + x, 0 * z + 0.05, z], -1),
                (0.05, 0.04, 0.13),
                Finish((0.5, 0.5, 0.5), Surface.PAINT, 0.3),
                colours=tones,
            )
        )
    block = merged(
        [
            box((0, 0.32, 0), (0.25, 0.32, 0.25), rim, bevel_m=0.02),
            placed(
                box(
                    (0, 0.02, 0),
                    (0.27, 0.03, 0.32),
                    Finish(rgb("#2f5f9a"), Surface.PAINT, 0.4),
                    bevel_m=0.01,
                ),
                (0, 0.64, 0),
                tilt=-0.12,
            ),
        ]
    )
    for k in range(5):
        it.stand(block, x0 + (x1 - x0) * (k + 0.5) / 5, z1 + 0.55, np.pi)
    ladder_rail = [
        tube(
            [(x1 + 0.5, 0, z), (x1 + 0.5, 0.8, z), (x1 + 0.1, 0.85, z), (x1 - 0.1, 0.0, z)],
            0.022,
            fittings.CHROME,
        )
        for z in (-5.0, -5.6)
    ]
    it.add(*ladder_rail)
    for row in range(3):
        it.row(
            seating.shell_seat(Finish(rgb("#2d6db0"), Surface.PAINT, 0.4), places=4),
            (3.9 + 0.75 * row, -13.0),
            (3.9 + 0.75 * row, -8.0),
            3,
            -np.pi / 2,
            y=0.35 * row,
            marks=1 if row == 0 else 0,
        )
        if row:
            it.add(box((3.95 + 0.75 * row, 0.175 * row, -10.5), (0.4, 0.175 * row, 4.0), rim))
    it.guests(
        [(4.65, -11.0, -np.pi / 2), (3.9, -8.4, -np.pi / 2), (5.4, -12.6, -np.pi / 2)],
        pose="sit",
        y=0.6,
    )
    chair = merged(
        [
            *(
                tube(
                    [(sx * 0.45, 0, sz * 0.4), (sx * 0.3, 1.9, sz * 0.2)],
                    0.03,
                    furniture.WHITE_PAINT,
                )
                for sx in (-1, 1)
                for sz in (-1, 1)
            ),
            box((0, 1.9, 0), (0.32, 0.03, 0.28), furniture.WHITE_PAINT),
            box((0, 2.25, -0.28), (0.32, 0.3, 0.03), Finish(rgb("#c81f2a"), Surface.PAINT, 0.4)),
            *(
                box((0, 0.4 * k, 0.42 - 0.05 * k), (0.36, 0.02, 0.04), furniture.WHITE_PAINT)
                for k in range(1, 5)
            ),
        ]
    )
    it.stand(chair, 3.1, -3.6, -1.2)
    bench = seating.plain_bench(1.8, furniture.BEECH)
    for near in (-0.6, 1.9):
        it.row(bench, (5.4, near), (5.4, near), 1, -np.pi / 2, marks=1, height_m=0.45)
    it.hang("right", fittings.towel(rgb("#e07a3a")), 0.6, 1.5)
    it.hang("right", fittings.towel(rgb("#3a8ac0")), 1.3, 1.5)
    buoy = placed(
        ring(0.3, 0.07, Finish(rgb("#e04a2a"), Surface.PAINT, 0.4), sides=24, around=8),
        tilt=np.pi / 2,
    )
    it.hang("right", buoy, -4.5, 1.7, out=0.1)
    it.set.add_bare(placed(machines.flight_board(2.4, 4, it.rng), (-2.0, 3.8, -18.8)))
    girder = Finish(rgb("#b8c0c0"), Surface.PAINT, 0.4)
    for at in range(7):
        deep = -16.0 + 3.4 * at
        it.add(box((-1.0, 5.75, deep), (7.0, 0.2, 0.12), girder))
        for side in (-4.4, 2.4):
            it.strip(
                (side, 5.6, deep - 0.9), (side, 5.6, deep + 0.9), NEUTRAL, glow=5.0, thick_m=0.05
            )
    for near in (-15.0, -10.0, -5.0, 0.0, 4.5):
        it.light((-1.0, 5.4, near), NEUTRAL, 15.0, reach_m=12.0, down=True, size_m=1.2)
    it.light((-2.0, 0.6, -8.0), (0.25, 0.85, 1.0), 2.5, reach_m=11.0, size_m=1.5)
    it.keys(NEUTRAL, 1.0)
    return it.world(
        walk=((3.0, -1.2), (-5.0, 1.0)),
        underfoot="tiles",
        ambience="swimming_pool",
        floor_radius_m=1.1,
        back_z=-1.0,
        mirror=True,
        marks=None,
        reach_m=6.0,
    )


def boxing_ring(conditions: Conditions) -> World:
    """Build a boxing arena: the ring under its lamps, ropes, a dark crowd all round."""
    plan = Plan(
        Shell(-12.0, 12.0, -13.0, 13.0, 7.5, cell_m=1.1),
        walls=Finish(rgb("#1c1c24"), Surface.PLASTER, 0.95),
        floor=Finish(rgb("#2a2a30"), Surface.ASPHALT, 0.9),
        ceiling=Finish(rgb("#141418"), Surface.PLASTER, 0.95),
        skirting=furniture.BLACK_METAL,
        view="",
        hour="night",
        ambient=0.05,
        exposure=2.0,
        bloom=0.2,
        haze_per_m=0.012,
        haze=(1.0, 1.1, 1.5),
    )
    it = Interior("boxing_ring", conditions, plan)
    cloth = Finish(rgb("#c9d0d8"), Surface.CLOTH, 0.95)
    it.add(
        panel((-3.6, 0.006, 3.6), (7.2, 0, 0), (0, 0, -7.2), cloth, cell_m=0.45),
        box((0, -0.02, 0), (3.6, 0.02, 3.6), Finish(rgb("#22407a"), Surface.CLOTH, 0.9)),
        placed(
            cylinder(1.0, 0.004, Finish(rgb("#22407a"), Surface.CLOTH, 0.95), sides=30),
            (0, 0.006, 0),
        ),
        placed(cylinder(0.85, 0.006, cloth, sides=30), (0, 0.006, 0)),
    )
    it.set.add_bare(
        halls.boxing_ropes(
            3.05, colours=tuple(map(rgb, ("#c81f2a", "#f0ece4", "#1f4fb0", "#f0ece4")))
        )
    )
    for s in (-1, 1):
        it.set.block((s * 3.05, 0.7, 0), (0.05, 0.7, 3.05))
    it.set.block((0, 0.7, -3.05), (3.05, 0.7, 0.05))
    stool = furniture.stool(Finish(rgb("#c81f2a"), Surface.PAINT, 0.4), 0.5)
    it.seat(stool, -2.4, -2.4, 0.8, height_m=0.5)
    it.seat(stool, 2.4, -2.4, -0.8, height_m=0.5)
    _stands(it)
    rig = furniture.BLACK_METAL
    it.add(
        boxes([(0, 5.6, s * 2.6) for s in (-1, 1)], (3.0, 0.08, 0.08), rig),
        boxes([(s * 2.6, 5.6, 0) for s in (-1, 1)], (0.08, 0.08, 3.0), rig),
    )
    lamp = merged(
        [
            cylinder(0.2, 0.3, rig, sides=12),
            placed(
                cylinder(0.18, 0.02, Finish(rgb("#fff6e4"), Surface.SCREEN, 0.3, 8.0), sides=12),
                (0, -0.02, 0),
            ),
        ]
    )
    for x in (-2.4, 0.0, 2.4):
        for z in (-2.4, 0.0, 2.4):
            it.set.add_bare(placed(lamp, (x, 5.4, z)))
    for x in (-1.8, 1.8):
        for z in (-1.8, 1.8):
            it.light((x, 5.3, z), NEUTRAL, 17.0, reach_m=11.0, down=True, cone_rad=0.9, size_m=0.5)
    it.light((0, 5.0, 0), (0.6, 0.7, 1.0), 10.0, reach_m=16.0, size_m=1.5)
    for x, code in ((-6.0, "#2d6db0"), (0.0, "#c23a2a"), (6.0, "#2d6db0")):
        it.set.add_bare(
            box((x, 5.6, -12.8), (2.2, 0.9, 0.05), Finish(rgb(code), Surface.SCREEN, 0.3, 1.6)),
            boxes(
                [(x - 1.5 + 0.5 * k, 5.6, -12.7) for k in range(7)],
                (0.16, 0.24, 0.01),
                Finish(rgb("#f4f0e8"), Surface.SCREEN, 0.3, 1.6),
            ),
        )
    it.keys(NEUTRAL, 1.3)
    return it.world(
        walk=((-2.2, -1.4), (2.2, 2.2)),
        underfoot="carpet",
        ambience="arena_crowd",
        floor_radius_m=2.4,
        back_z=-2.2,
        reach_m=6.0,
    )


def _stands(it: Interior) -> None:
    """Raise rows of people on the three sides that a camera sees."""
    rng, places, yaws = it.rng, [], []
    for row in range(7):
        away, up = 5.2 + 0.95 * row, 0.05 + 0.38 * row
        for side in range(4):
            if side == 1 and row > 2:
                continue
            for across in np.arange(-away, away, 0.95):
                if rng.random() < 0.78:
                    at = np.array([across + rng.uniform(-0.15, 0.15), up, away])
                    yaw = np.pi + side * np.pi / 2
                    sine, cosine = np.sin(side * np.pi / 2), np.cos(side * np.pi / 2)
                    places.append(
                        (cosine * at[0] + sine * at[2], at[1], -sine * at[0] + cosine * at[2])
                    )
                    yaws.append(yaw)
    everyone = np.array(places)
    inside = (np.abs(everyone[:, 0]) < 11.6) & (np.abs(everyone[:, 2]) < 12.6)
    groups = crowd.audience(everyone[inside], np.array(yaws)[inside], rng)
    it.set.add_bare(*groups)
    for row in range(1, 7):
        away, up = 5.2 + 0.95 * row, 0.38 * row
        it.add(
            boxes(
                [
                    (0, up / 2 - 0.02, -away - 0.1),
                    (-away - 0.1, up / 2 - 0.02, 0),
                    (away + 0.1, up / 2 - 0.02, 0),
                ],
                [(11.9, up / 2, 0.48), (0.48, up / 2, 11.9), (0.48, up / 2, 11.9)],
                Finish(rgb("#26262c"), Surface.ASPHALT, 0.9),
            )
        )


BUILDERS = {
    "gym": gym,
    "swimming_pool": swimming_pool,
    "boxing_ring": boxing_ring,
}
"""Each place by its name."""

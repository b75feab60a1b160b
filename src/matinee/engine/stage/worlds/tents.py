"""Shelters of travellers: a great tent and a snow house."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.geometry import Surface, merged
from matinee.engine.stage.parts import fire, furniture, halls, things
from matinee.engine.stage.parts.finish import Finish, rgb
from matinee.engine.stage.parts.masonry import Opening
from matinee.engine.stage.parts.solids import (
    ball,
    box,
    boxes,
    cylinder,
    lathe,
    panel,
    placed,
    quads,
    tube,
)
from matinee.engine.stage.worlds.interior import SOFT, WARM, Interior, Plan
from matinee.engine.stage.worlds.model import Space
from matinee.engine.stage.worlds.room import Shell, daylight

if TYPE_CHECKING:
    from matinee.engine.stage.worlds.model import Conditions, World


def tent(conditions: Conditions) -> World:
    """Build the inside of a great tent: canvas on poles, carpets, cushions, brass lanterns."""
    plan = Plan(
        Shell(-4.2, 4.2, -5.0, 5.0, 3.9, cell_m=0.5),
        walls=Finish(rgb("#b59a6a"), Surface.CLOTH, 0.97),
        floor=Finish(rgb("#b89a6a"), Surface.SAND, 0.95),
        ceiling=Finish(rgb("#a88a58"), Surface.CLOTH, 0.97),
        skirting=Finish(rgb("#7a2f2a"), Surface.CLOTH, 0.95),
        openings={"back": [Opening(3.3, 5.1, 0.0, 2.3, "hole")]},
        view="",
        exposure=1.95,
        sunset_yaw=np.pi,
        key_turn=1.9,
        haze_per_m=0.008,
    )
    it = Interior("tent", conditions, plan)
    it.set.add(
        panel(
            (-30, -0.2, -5.3),
            (60, 0, 0),
            (0, 0, -50),
            Finish(rgb("#d0b078"), Surface.SAND, 0.95),
            cell_m=8.0,
        )
    )
    dune = ball((0, 0, 0), (16, 2.6, 8), Finish(rgb("#d0b078"), Surface.SAND, 0.95), level=2)
    it.set.add(placed(dune, (-9, -0.6, -32)), placed(dune, (12, -0.8, -40)))
    daylight(it.set, it.room, "back", plan.openings["back"][0], strength=4.0)
    sand, red, pole = (
        Finish(rgb("#c9ac76"), Surface.CLOTH, 0.97),
        Finish(rgb("#8a2f2a"), Surface.CLOTH, 0.97),
        Finish(rgb("#6a4a2c"), Surface.WOOD, 0.7),
    )
    x = np.linspace(-4.2, 4.2, 15)
    for k in range(14):
        a, b = x[k], x[k + 1]
        ya, yb = (2.15 + 1.6 * (1 - abs(v) / 4.2) ** 1.25 for v in (a, b))
        cloth = sand if k % 2 else red
        rows = np.linspace(-5.0, 5.0, 9)
        it.add(
            quads(
                [[(a, ya, z0), (b, yb, z0), (b, yb, z1), (a, ya, z1)] for z0, z1 in pairwise(rows)],
                cloth,
            )
        )
    for z in (-3.2, 0.9, 3.8):
        it.add(tube([(0, 3.72, z), (0, 3.72, z + 0.1)], 0.05, pole))
    for z in (-2.6, 2.9):
        for s in (-1, 1):
            it.stand(cylinder(0.055, 2.9, pole, sides=8), s * 2.2, z)
    it.add(box((0, 3.66, 0), (0.06, 0.06, 5.0), pole))
    for s in (-1, 1):
        it.add(placed(furniture.curtain(0.9, 2.35, red), (s * 1.1, 0.02, -4.85)))
        for z in (-3.8, -1.4, 1.0, 3.4):
            it.hang(
                "left" if s < 0 else "right",
                box(
                    (0, 1.1, 0),
                    (0.95, 0.75, 0.012),
                    Finish(rgb(("#7a2f3a", "#2f4a66")[int(z) % 2]), Surface.CLOTH, 0.97),
                ),
                z,
                0.1,
                out=0.03,
            )
            it.hang(
                "left" if s < 0 else "right",
                boxes(
                    [(dx, 1.1 + dy, 0.014) for dx in (-0.55, 0, 0.55) for dy in (-0.35, 0.35)],
                    (0.13, 0.13, 0.002),
                    Finish(rgb("#d8b56a"), Surface.CLOTH, 0.97),
                    yaw=0.0,
                ),
                z,
                0.1,
                out=0.03,
            )
    for at, size, colours, yaw in (
        ((0, 0.0, 0.2), (3.6, 3.0), ("#7a2a2c", "#22304a"), 0.0),
        ((-2.2, 0.004, -2.6), (2.2, 2.8), ("#22406a", "#a8823c"), 0.3),
        ((2.3, 0.004, -2.4), (2.2, 2.8), ("#5a2a4a", "#c99a4a"), -0.25),
    ):
        it.add(placed(furniture.rug(*size, rgb(colours[0]), rgb(colours[1])), at, yaw=yaw))
    tones = ("#b0503a", "#c99a3a", "#2f5a7a", "#6a2f5a", "#3f6a4a")
    for k, (cx, cz) in enumerate(
        (
            (-3.3, -3.6),
            (-3.5, -2.9),
            (-3.2, -2.2),
            (3.4, -3.4),
            (3.3, -2.6),
            (2.7, -3.7),
            (-2.6, -3.9),
        )
    ):
        it.add(
            placed(
                box(
                    (0, 0.14, 0),
                    (0.34, 0.14, 0.3),
                    Finish(rgb(tones[k % 5]), Surface.CLOTH, 0.97),
                    bevel_m=0.11,
                ),
                (cx, 0, cz),
                yaw=k * 0.7,
            )
        )
    it.mark_seat(-3.0, -2.6, 1.2, 0.28)
    it.mark_seat(3.0, -2.9, -1.2, 0.28)
    it.table(
        furniture.table(
            Finish(rgb("#8a5a2c"), Surface.WOOD, 0.5), width_m=1.0, depth_m=0.7, height_m=0.38
        ),
        -2.0,
        -2.4,
        0.3,
        height_m=0.38,
    )
    it.add(
        placed(things.vase(furniture.BRASS), (-2.1, 0.38, -2.4), scale=0.9),
        *(
            placed(things.cup(furniture.BRASS), (-1.8 + 0.2 * k, 0.38, -2.2), scale=0.8)
            for k in range(3)
        ),
        placed(things.apple(Finish(rgb("#b8231c"), Surface.PAINT, 0.4)), (-2.25, 0.38, -2.15)),
    )
    chest = merged(
        [
            box(
                (0, 0.28, 0),
                (0.5, 0.28, 0.3),
                Finish(rgb("#6a4426"), Surface.WOOD, 0.6),
                bevel_m=0.02,
            ),
            placed(
                cylinder(0.3, 1.0, Finish(rgb("#7a5230"), Surface.WOOD, 0.6), sides=16),
                (-0.5, 0.5, 0),
                roll=-np.pi / 2,
            ),
            boxes([(s * 0.3, 0.4, 0) for s in (-1, 1)], (0.03, 0.42, 0.315), furniture.BRASS),
        ]
    )
    it.stand(chest, 3.2, -0.9, -1.3)
    it.stand(fire.brazier(0.75), 1.6, -3.3, tall_m=0.8)
    it.light((1.6, 1.1, -3.3), (1.0, 0.5, 0.18), 2.4, reach_m=6.0, size_m=0.4)
    for lx, lz in ((-2.2, -2.6), (2.2, 2.9), (0.0, -0.8), (-2.2, 2.9)):
        y = 2.35 if lx else 2.9
        it.set.add_bare(
            placed(
                ball(
                    (0, 0, 0),
                    (0.13, 0.19, 0.13),
                    Finish(rgb("#ffc878"), Surface.SCREEN, 0.6, 2.6),
                    level=2,
                ),
                (lx, y, lz),
            ),
            placed(
                lathe([(0.14, 0), (0.09, 0.06), (0.02, 0.14)], furniture.BRASS, sides=10),
                (lx, y + 0.12, lz),
            ),
            tube([(lx, y + 0.2, lz), (lx, y + 0.75, lz)], 0.008, furniture.BRASS, sides=4),
        )
        it.light((lx, y - 0.1, lz), WARM, 2.4, reach_m=6.5, size_m=0.3)
    it.fill(WARM, 1.4)
    it.keys(WARM, 1.0)
    return it.world(
        walk=((0.0, -3.6), (0.0, 4.5)),
        underfoot="carpet",
        ambience="desert_wind",
        floor_radius_m=1.4,
        back_z=-3.6,
    )


def igloo(conditions: Conditions) -> World:
    """Build a snow house: a dome of blocks lit through, furs on a shelf of snow, a stone lamp."""
    plan = Plan(
        Shell(-4.6, 4.6, -4.6, 4.6, 4.4, cell_m=0.6),
        walls=Finish(rgb("#dfe9f2"), Surface.SNOW, 0.9),
        floor=Finish(rgb("#d4e0ea"), Surface.SNOW, 0.9),
        ceiling=Finish(rgb("#dfe9f2"), Surface.SNOW, 0.9),
        skirting=Finish(rgb("#dfe9f2"), Surface.SNOW, 0.9),
        view="",
        hour="day",
        exposure=0.85,
        ambient=0.3,
    )
    it = Interior("igloo", conditions, plan)
    ice = Finish(rgb("#cfe2f2"), Surface.SNOW, 0.75)
    it.add(placed(halls.ice_dome(4.3, ice, rows=9, door_rad=0.0), scale=(1, 0.88, 1)))
    gaps = ball(
        (0, 0, 0), (4.42, 3.9, 4.42), Finish(rgb("#a8cdf0"), Surface.SCREEN, 0.8, 0.7), level=3
    )
    it.add(replace(gaps, triangles=gaps.triangles[:, ::-1].copy(), normals=-gaps.normals))
    snow = Finish(rgb("#e4edf4"), Surface.SNOW, 0.9)
    it.add(
        placed(
            cylinder(3.2, 0.42, snow, sides=30, bevel_m=0.08), (0, 0, -3.9), scale=(1.1, 1, 0.85)
        )
    )
    it.set.block((0, 0.21, -3.4), (2.9, 0.21, 1.6))
    furs = ("#6a4a34", "#8f7a66", "#4a3a30", "#b5a58f")
    for k, (x, z) in enumerate(((-1.5, -2.9), (0.1, -3.1), (1.6, -2.8), (-0.7, -2.5), (0.9, -2.4))):
        it.add(
            placed(
                box(
                    (0, 0, 0),
                    (0.75, 0.05, 0.5),
                    Finish(rgb(furs[k % 4]), Surface.GRASS, 0.98),
                    bevel_m=0.045,
                ),
                (x, 0.45 + 0.02 * (k % 3), z),
                yaw=0.5 * k,
            )
        )
    for x in (-1.2, 0.2, 1.4):
        it.mark_seat(x, -2.1, 0.0, 0.45)
    stone = merged(
        [
            lathe(
                [(0, 0), (0.26, 0), (0.3, 0.1), (0.24, 0.09), (0, 0.06)],
                Finish(rgb("#4a4a4c"), Surface.STONE, 0.9),
                sides=16,
            ),
            *(
                placed(fire.flame(0.16), (0.1 * np.sin(a), 0.08, 0.1 * np.cos(a)))
                for a in (0.0, 2.1, 4.2)
            ),
        ]
    )
    for x, z in ((2.5, -1.2), (-2.6, -0.9)):
        it.stand(
            merged([cylinder(0.34, 0.4, snow, sides=16, bevel_m=0.05), placed(stone, (0, 0.4, 0))]),
            x,
            z,
            tall_m=0.5,
        )
        it.light((x * 0.93, 0.85, z), (1.0, 0.56, 0.22), 3.2, reach_m=6.0, size_m=0.4)
    it.top(2.5, 0.4, -1.2, 0.3, 0.3)
    pot = merged(
        [
            placed(things.pot(furniture.BLACK_METAL), (0, 0.55, 0), scale=0.8),
            *(
                tube(
                    [(0.32 * np.sin(a), 0, 0.32 * np.cos(a)), (0, 1.2, 0)],
                    0.014,
                    furniture.WALNUT,
                    sides=5,
                )
                for a in (0.3, 2.4, 4.5)
            ),
        ]
    )
    it.stand(pot, -1.5, -1.3)
    it.add(
        placed(fire.flame(0.4), (-1.5, 0.05, -1.3)),
        *(
            tube(
                [
                    (-1.5 - 0.25 * np.cos(a), 0.05, -1.3 - 0.25 * np.sin(a)),
                    (-1.5 + 0.25 * np.cos(a), 0.09, -1.3 + 0.25 * np.sin(a)),
                ],
                0.04,
                furniture.WALNUT,
            )
            for a in (0.2, 1.3, 2.4)
        ),
    )
    it.light((-1.5, 0.5, -1.2), (1.0, 0.5, 0.18), 2.6, reach_m=6.0, size_m=0.4)
    spear = tube([(0, 0, 0), (0.3, 2.0, -0.3)], 0.018, furniture.WALNUT, sides=6)
    it.add(
        placed(spear, (3.0, 0, -1.7)),
        placed(spear, (3.25, 0, -1.5)),
        placed(things.bucket(furniture.WALNUT), (2.3, 0, -1.9)),
    )
    it.add(
        placed(
            box(
                (0, 0.02, 0),
                (1.0, 0.02, 0.8),
                Finish(rgb("#7a6452"), Surface.GRASS, 0.98),
                bevel_m=0.02,
            ),
            (0, 0, 0.2),
            yaw=0.2,
        )
    )
    for x, z in ((-2.4, -2.0), (2.4, -2.0), (0.0, 2.2)):
        it.light((x, 2.4, z), (0.5, 0.75, 1.05), 1.3, reach_m=7.0, size_m=0.9)
    it.light((0, 3.0, 0), (0.55, 0.78, 1.0), 1.4, reach_m=8.0, down=True, size_m=0.9)
    it.keys(SOFT, 1.0, spread=1.7)
    return it.world(
        walk=((0.0, -1.4), (0.0, 3.5)),
        underfoot="snow",
        ambience="snow_wind",
        floor_radius_m=1.1,
        back_z=-1.3,
        keep_in=Space((-2.6, 0.3, -2.4), (2.6, 2.3, 3.5)),
    )


BUILDERS = {
    "tent": tent,
    "igloo": igloo,
}
"""Each shelter by its name."""

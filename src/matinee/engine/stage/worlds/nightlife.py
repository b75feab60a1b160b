"""Where people play and dance at night."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.geometry import Surface, merged
from matinee.engine.stage.parts import (
    crowd,
    furniture,
    halls,
    machines,
    masonry,
    seating,
    shopfit,
)
from matinee.engine.stage.parts.finish import Finish, rgb
from matinee.engine.stage.parts.solids import box, boxes, cylinder, placed
from matinee.engine.stage.worlds import motion
from matinee.engine.stage.worlds.interior import WARM, Interior, Plan
from matinee.engine.stage.worlds.room import Shell

if TYPE_CHECKING:
    from matinee.engine.stage.worlds.model import Conditions, World

_CREAM = Finish(rgb("#e6dcc4"), Surface.PLASTER, 0.7)


def casino(conditions: Conditions) -> World:
    """Build a casino: roulette and green tables, rows of slot machines, gold light, deep carpet."""
    plan = Plan(
        Shell(-6.5, 6.5, -9.0, 6.0, 4.0, cell_m=0.6),
        walls=Finish(rgb("#5a1f2a"), Surface.PLASTER, 0.8),
        floor=Finish(rgb("#6a1f26"), Surface.CLOTH, 0.97),
        ceiling=Finish(rgb("#3a2420"), Surface.PLASTER, 0.8),
        skirting=halls.GOLD,
        view="",
        hour="night",
        ambient=0.08,
        exposure=2.0,
        bloom=0.22,
    )
    it = Interior("casino", conditions, plan)
    i, j = np.meshgrid(np.arange(-5, 6), np.arange(-7, 5))
    at = np.stack([i * 1.2, 0 * i + 0.004, j * 1.2 - 0.5], -1).reshape(-1, 3)
    it.add(
        boxes(at, (0.24, 0.003, 0.24), Finish(rgb("#c79a3e"), Surface.CLOTH, 0.97), yaw=np.pi / 4),
        boxes(
            at + np.array((0.6, 0, 0.6)),
            (0.1, 0.003, 0.1),
            Finish(rgb("#22305a"), Surface.CLOTH, 0.97),
        ),
    )
    it.stand(shopfit.roulette_table(), 1.4, -2.7, 0.2, tall_m=0.8)
    it.top(1.9, 0.82, -2.7, 0.5, 0.3)
    it.stand(shopfit.roulette_table(), -3.0, -4.6, -0.4, tall_m=0.8)
    it.guests(
        [
            (1.2, -3.8, 0.1),
            (2.6, -3.6, -0.3),
            (-3.6, -5.8, 0.3),
            (-1.9, -5.4, -0.5),
            (3.3, -2.2, -1.4),
            (-4.6, -4.0, 1.1),
        ],
        pose="lean",
        clothes=[rgb("#14161c"), rgb("#8a1f2c"), rgb("#d8c9a0"), rgb("#22406a")],
    )
    slots = [shopfit.slot_machine(rgb(c), it.rng) for c in ("#7a1f5a", "#1f3f8a", "#8a5a1f")]
    stool = furniture.stool(halls.GOLD, 0.6)
    for k, z in enumerate(np.arange(-7.4, 4.0, 0.85)):
        it.against("left", slots[k % 3], float(z))
        if k % 3 == 0:
            it.seat(stool, -5.4, float(z), -np.pi / 2, height_m=0.6)
    for k, x in enumerate(np.arange(-4.0, 4.5, 0.85)):
        it.against("back", slots[(k + 1) % 3], float(x))
    for z in (-6.0, -3.0, 0.0, 3.0):
        it.light(
            (-5.6, 1.4, z),
            ((1.0, 0.4, 0.8), (0.4, 0.6, 1.0), (1.0, 0.8, 0.4), (0.5, 1.0, 0.8))[int(z / 3) % 4],
            1.6,
            reach_m=4.5,
            size_m=0.5,
        )
    for x in (-2.5, 2.5):
        it.light((x, 1.4, -8.2), (1.0, 0.6, 0.9), 1.8, reach_m=5.0, size_m=0.5)
    table = merged(
        [
            placed(
                cylinder(0.95, 0.06, furniture.WALNUT, sides=30, bevel_m=0.02),
                (0, 0.72, 0),
                scale=(1.3, 1, 1),
            ),
            placed(
                cylinder(0.86, 0.01, Finish(rgb("#1f6a3f"), Surface.CLOTH, 0.97), sides=30),
                (0, 0.775, 0),
                scale=(1.3, 1, 1),
            ),
            cylinder(0.3, 0.72, furniture.WALNUT),
        ]
    )
    it.stand(table, 4.0, -5.4, tall_m=0.76)
    for a in (0.4, 1.6, 2.8, 4.2, 5.4):
        it.seat(
            furniture.chair(furniture.WALNUT, Finish(rgb("#8a1f2c"), Surface.CLOTH, 0.9)),
            4.0 + 1.65 * float(np.sin(a)),
            -5.4 + 1.4 * float(np.cos(a)),
            a + np.pi,
        )
    it.add(
        boxes(
            [(4.0 - 0.5 + 0.25 * k, 0.79, -5.4 + 0.2 * (k % 3)) for k in range(5)],
            (0.045, 0.003, 0.065),
            furniture.CERAMIC,
        )
    )
    it.hang("right", shopfit.bottle_shelf(3.0, it.rng), 0.6, 0.0, out=0.02)
    it.stand(
        shopfit.counter(3.0, Finish(rgb("#3a1f18"), Surface.WOOD, 0.3), masonry.MARBLE),
        5.2,
        0.6,
        -np.pi / 2,
    )
    for z in (-6.2, -1.4, 3.2):
        it.strip((-6.4, 3.8, z - 1.6), (6.4, 3.8, z - 1.6), (1.0, 0.72, 0.3), glow=4.0)
        it.set.add_bare(
            placed(halls.chandelier(0.9, arms=10, radius_m=0.8, tiers=2), (0.8, 4.0, z))
        )
        it.light((0.8, 2.9, z), WARM, 6.0, reach_m=9.0, size_m=0.7)
    it.pendants(
        [(1.4, -2.7), (-3.0, -4.6), (4.0, -5.4)],
        drop_m=1.5,
        shade=halls.GOLD,
        level=4.0,
        radius_m=0.35,
    )
    it.keys(WARM, 1.5)
    return it.world(
        walk=((-0.8, -3.4), (-0.8, 5.4)),
        underfoot="carpet",
        ambience="cafe_murmur",
        floor_radius_m=1.3,
        back_z=-6.4,
    )


def nightclub(conditions: Conditions) -> World:
    """Build a nightclub: lit dance floor, mirror ball, a crowd, a desk before a light wall."""
    plan = Plan(
        Shell(-6.5, 6.5, -9.0, 6.0, 4.6, cell_m=0.5),
        walls=Finish(rgb("#2a2630"), Surface.PLASTER, 0.8),
        floor=Finish(rgb("#26242c"), Surface.PAINT, 0.15),
        ceiling=Finish(rgb("#1a181e"), Surface.PLASTER, 0.9),
        skirting=furniture.BLACK_METAL,
        view="",
        hour="night",
        ambient=0.05,
        exposure=2.0,
        bloom=0.28,
        haze_per_m=0.02,
        haze=(2.2, 1.2, 2.6),
    )
    it = Interior("nightclub", conditions, plan)
    tones = (
        (0.95, 0.15, 0.55),
        (0.15, 0.5, 0.95),
        (0.6, 0.15, 0.95),
        (0.1, 0.9, 0.8),
        (0.95, 0.5, 0.1),
    )
    rng = it.rng
    i, j = np.meshgrid(np.arange(-4, 5), np.arange(-7, 2))
    spots = np.stack([i * 0.8, 0 * i + 0.01, j * 0.8], -1).reshape(-1, 3)
    colours = np.asarray(tones)[rng.integers(0, 5, len(spots))] * rng.uniform(
        0.35, 0.8, (len(spots), 1)
    )
    it.set.add_bare(
        boxes(
            spots,
            (0.37, 0.01, 0.37),
            Finish((0.5, 0.5, 0.5), Surface.SCREEN, 0.2, 0.5),
            colours=colours,
        )
    )
    u, v = np.meshgrid(np.linspace(-5.0, 5.0, 26), np.linspace(1.2, 4.0, 8))
    wave = 0.5 + 0.5 * np.sin(u * 1.3 + v * 1.8)
    wall = np.stack([u, v, 0 * u - 8.9], -1).reshape(-1, 3)
    shade = wave.reshape(-1, 1) * np.asarray(tones[0]) + (1 - wave.reshape(-1, 1)) * np.asarray(
        tones[1]
    )
    it.set.add_bare(
        boxes(
            wall,
            (0.16, 0.16, 0.02),
            Finish((0.5, 0.5, 0.5), Surface.SCREEN, 0.3, 2.2),
            colours=np.clip(shade * 0.8, 0.02, 0.95),
        )
    )
    it.stand(
        shopfit.counter(
            3.0, Finish(rgb("#16161a"), Surface.PAINT, 0.2), furniture.BLACK_METAL, height_m=1.3
        ),
        0,
        -7.2,
    )
    it.add(
        placed(box((0, 0.05, 0), (1.0, 0.05, 0.3), furniture.STEEL.times(0.4)), (0, 1.3, -7.2)),
        *(
            placed(
                cylinder(0.17, 0.04, furniture.BLACK_METAL.times(2), sides=20), (s * 0.5, 1.4, -7.2)
            )
            for s in (-1, 1)
        ),
    )
    it.strip((-1.5, 0.9, -6.88), (1.5, 0.9, -6.88), tones[0], glow=6.0)
    it.guests([(0.0, -8.0, 0.0)], pose="cheer", y=0.25, clothes=[rgb("#e8e8ea")])
    for x in (-2.6, 2.6):
        it.stand(placed(machines.loudspeaker(1.9)), x, -7.4)
    dancers = [
        (-2.6, -3.4, 0.5),
        (-1.5, -4.6, 0.2),
        (1.2, -4.2, -0.3),
        (2.4, -3.2, -0.6),
        (-3.2, -5.4, 0.4),
        (0.2, -5.6, 0.0),
        (3.0, -5.2, -0.4),
    ]
    for k, (x, z, yaw) in enumerate(dancers):
        figure = crowd.figures(
            [(0, 0, 0)], yaw, rng, pose=("cheer", "wave", "clap")[k % 3], near=True
        )
        it.set.move(f"dancer{k}", placed(figure, (x, 0, z)), motion.bobbing(0.14, 2.1, 0.9 * k))
        it.set.post(x, z, 0.3, 1.8)
    it.set.move(
        "ball", placed(halls.mirror_ball(0.0), (0, 0, 0)), motion.turning((0.0, 3.7, -3.0), 9.0)
    )
    it.add(placed(cylinder(0.012, 0.45, furniture.STEEL), (0, 4.15, -3.0)))
    for k, (x, z) in enumerate(
        ((-4.6, -6.0), (4.6, -6.0), (-3.2, -1.0), (3.2, -1.0), (0.0, -5.6), (-4.8, 2.5), (4.8, 2.5))
    ):
        it.set.add_bare(
            placed(cylinder(0.13, 0.26, furniture.BLACK_METAL, sides=12), (x, 4.1, z), tilt=0.3)
        )
        it.set.add_bare(
            placed(
                cylinder(0.1, 0.02, Finish(tones[k % 5], Surface.SCREEN, 0.4, 8.0), sides=12),
                (x, 4.08, z),
            )
        )
        it.light(
            (x, 4.0, z),
            tones[k % 5],
            14.0,
            reach_m=8.0,
            way=(-0.25 * np.sign(x), -0.95, 0.15),
            cone_rad=0.5,
        )
    for s in (-1, 1):
        it.strip(
            (s * 6.45, 0.4, -8.5), (s * 6.45, 0.4, 5.5), tones[2], glow=5.0, level=0.9, lamps=3
        )
        it.strip(
            (s * 6.45, 3.2, -8.5), (s * 6.45, 3.2, 5.5), tones[1], glow=5.0, level=0.7, lamps=3
        )
    it.stand(
        seating.booth(3.0, Finish(rgb("#5a1f6a"), Surface.CLOTH, 0.6), wood=furniture.BLACK_METAL),
        -6.0,
        1.6,
        np.pi / 2,
    )
    it.table(
        furniture.round_table(furniture.BLACK_METAL, radius_m=0.32, height_m=0.6),
        -5.1,
        1.6,
        height_m=0.6,
    )
    it.mark_seat(-5.9, 1.0, np.pi / 2, 0.46)
    it.stand(
        shopfit.counter(4.0, Finish(rgb("#1f1f26"), Surface.PAINT, 0.2), furniture.BLACK_METAL),
        5.2,
        0.8,
        -np.pi / 2,
    )
    it.hang("right", shopfit.bottle_shelf(3.6, rng), 0.8, 0.0, out=0.02)
    it.light((0.0, 3.0, 2.5), tones[2], 5.0, reach_m=8.0, size_m=0.8)
    it.light((1.8, 3.0, 1.4), tones[0], 3.5, reach_m=6.0)
    it.keys((1.0, 0.45, 0.8), 1.4)
    return it.world(
        walk=((0.0, -2.8), (0.0, 5.4)),
        underfoot="plastic",
        ambience="club",
        floor_radius_m=1.3,
        back_z=-6.4,
    )


BUILDERS = {
    "casino": casino,
    "nightclub": nightclub,
}
"""Each place by its name."""

"""Halls where one waits for a journey."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.stage.parts import (
    crowd,
    furniture,
    machines,
    masonry,
    seating,
    shopfit,
    street,
    things,
)
from matinee.engine.stage.parts.finish import Finish, rgb, seed_of
from matinee.engine.stage.parts.masonry import FRAME_DARK, Opening
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
from matinee.engine.stage.worlds import room
from matinee.engine.stage.worlds.interior import COOL, NEUTRAL, Interior, Plan
from matinee.engine.stage.worlds.room import Shell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matinee.engine.stage.worlds.model import Conditions, World

_PERIOD_M = 60.0


def airport(conditions: Conditions) -> World:
    """Build a departure hall: glass front with an airliner outside, seats, boards, columns."""
    plan = Plan(
        Shell(-9.0, 9.0, -12.0, 7.0, 6.0, cell_m=0.9),
        walls=Finish(rgb("#cfd4d8"), Surface.PLASTER, 0.9),
        floor=Finish(rgb("#8f9498"), Surface.TILES, 0.15),
        ceiling=Finish(rgb("#d8dcdc"), Surface.PLASTER, 0.9),
        openings={"back": [Opening(0.5, 17.5, 0.2, 5.0, "hole")]},
        frame=FRAME_DARK,
        view="",
        daylight=1.4,
        sunset_yaw=np.pi * 0.9,
        key_turn=1.7,
        exposure=1.6,
    )
    it = Interior("airport", conditions, plan)
    room.daylight(it.set, it.room, "back", plan.openings["back"][0], strength=0.35)
    bars = furniture.STEEL.times(0.5)
    it.add(
        boxes([(-8.5 + 2.43 * k, 2.6, -12.05) for k in range(8)], (0.05, 2.4, 0.08), bars),
        boxes([(0, y, -12.05) for y in (0.2, 3.6, 5.0)], (8.5, 0.05, 0.08), bars),
    )
    blue = Finish(rgb("#24507a"), Surface.PAINT, 0.4)
    it.add(
        box((0, 0.008, -6.9), (8.2, 0.008, 3.0), Finish(rgb("#2f4a66"), Surface.CLOTH, 0.97)),
        box((8.96, 3.4, -3.0), (0.03, 0.9, 5.0), blue),
        box((-8.96, 3.4, -3.0), (0.03, 0.9, 5.0), blue),
    )
    for z, code in ((-5.6, "#c23a2a"), (-1.4, "#3f8f4a")):
        front = street.shop_front(3.6, rgb(code), rng=it.rng, lit=True)
        it.hang("right", front, z, 0.0, out=0.05)
    apron = Finish(rgb("#7a7a78"), Surface.ASPHALT, 0.9)
    it.set.add(
        panel((-60, -2.2, -12.4), (120, 0, 0), (0, 0, -90), apron, cell_m=12.0),
        panel(
            (-60, -2.15, -60),
            (120, 0, 0),
            (0, 0, -50),
            Finish(rgb("#5d7a3c"), Surface.GRASS, 0.95),
            cell_m=12.0,
        ),
    )
    it.set.add(
        placed(_airliner(), (-1.0, -2.2, -30.0), yaw=1.15),
        placed(_airliner(), (30.0, -2.2, -52.0), yaw=-0.5),
    )
    seat = seating.shell_seat(Finish(rgb("#26405f"), Surface.PAINT, 0.4), places=5)
    for z in (-8.4, -5.4):
        for x in (-5.4, 4.6):
            it.row(seat, (x, z), (x, z), 1, 0.0, marks=1)
            it.row(seat, (x, z - 1.1), (x, z - 1.1), 1, np.pi)
    it.guests([(-6.0, -8.4, 0.0), (4.1, -5.4, 0.0), (5.2, -6.5, np.pi)], pose="sit", y=0.46)
    it.guests([(2.2, -9.6, 2.9), (-2.4, -7.2, 0.5), (6.9, -2.2, -1.2)])
    case = things.suitcase
    for x, z, code in (
        (2.7, -9.4, "#c23a2a"),
        (-2.0, -6.8, "#3a6a8a"),
        (-6.6, -7.6, "#d9a21f"),
        (5.9, -4.8, "#2a2c30"),
    ):
        it.add(placed(case(Finish(rgb(code), Surface.PAINT, 0.4)), (x, 0, z), yaw=x))
    white = Finish(rgb("#e8eaea"), Surface.PAINT, 0.4)
    for x in (-7.6, 7.6):
        for z in (-9.5, -4.0, 1.5):
            it.stand(placed(cylinder(0.35, 6.0, white, sides=18)), x, z)
    it.set.add_bare(
        placed(machines.flight_board(3.6, 8, it.rng), (0.0, 3.6, -4.4), yaw=0.0),
        tube([(-1.5, 4.5, -4.4), (-1.5, 6, -4.4)], 0.02, furniture.STEEL),
        tube([(1.5, 4.5, -4.4), (1.5, 6, -4.4)], 0.02, furniture.STEEL),
    )
    desk = shopfit.counter(2.4, Finish(rgb("#26405f"), Surface.PAINT, 0.4), white)
    it.stand(desk, -6.9, 0.6, np.pi / 2)
    it.stand(desk, -6.9, 3.4, np.pi / 2)
    it.top(-6.9, 1.05, 0.6, 0.25, 0.9)
    for z in (0.6, 3.4):
        it.set.add_bare(
            box((-8.8, 2.6, z), (0.05, 0.3, 1.0), Finish(rgb("#ffd23f"), Surface.SCREEN, 0.4, 1.6))
        )
    for a, b in (((-4.6, -0.4), (-4.6, 1.2)), ((-4.6, 2.6), (-4.6, 4.2))):
        it.add(seating.stanchion_rope(a, b))
    it.stand(furniture.potted_plant(it.rng, height_m=1.7), 7.6, -0.4)
    it.strip((-7.0, 5.9, -6.0), (7.0, 5.9, -6.0), (1.0, 0.97, 0.9), glow=4.0)
    it.strip((-7.0, 5.9, 0.0), (7.0, 5.9, 0.0), (1.0, 0.97, 0.9), glow=4.0)
    it.panels((-4.5, 0.0, 4.5), (-8.0, -2.0, 4.0), half=(1.2, 0.2), tone=NEUTRAL, level=0.3)
    it.keys(NEUTRAL, 1.0)
    return it.world(
        walk=((0.0, -10.0), (0.0, 6.4)),
        underfoot="tiles",
        ambience="market",
        floor_radius_m=2.0,
        back_z=-6.4,
    )


def _airliner() -> Mesh:
    """Return an airliner 34 m long that looks to +Z, its wheels on y = 0."""
    white, blue = (
        Finish(rgb("#e6eaee"), Surface.PAINT, 0.3),
        Finish(rgb("#24508a"), Surface.PAINT, 0.3),
    )
    z = [-17, -12, -6, 0, 8, 13, 15.5, 17]
    r = [0.3, 1.2, 1.9, 2.0, 2.0, 1.8, 1.2, 0.2]
    body = tube([(0, 4.0 + (0.8 if a < -12 else 0), a) for a in z], r, white, sides=18)
    wing = [[(0, 3.2, 3.0), (0, 3.2, -3.0), (15, 4.2, -7.0), (15, 4.2, -5.0)]]
    other = [[(-x, y, c) for x, y, c in quad[::-1]] for quad in wing]
    fin = [[(0, 5.2, -11.5), (0, 10.5, -16.5), (0, 10.5, -18.2), (0, 5.0, -16.5)]]
    from_tail = [[(0, 5.0, -13), (0, 5.0, -16.5), (6, 5.4, -18), (6, 5.4, -16.8)]]
    flat = [
        *wing,
        *other,
        *from_tail,
        *[[(-x, y, c) for x, y, c in quad[::-1]] for quad in from_tail],
    ]
    skin = _plates(flat, white)
    portholes = [(s * 1.98, 4.4, a) for s in (-1, 1) for a in np.arange(-9, 11, 1.05)]
    engine = lathe(
        [(0.2, -1.6), (0.7, -1.2), (0.95, 0.0), (0.9, 1.2), (0.75, 1.25)], blue, sides=14
    )
    return merged(
        [
            body,
            skin,
            _plates(fin, blue),
            boxes(portholes, (0.05, 0.22, 0.16), masonry.GLASS),
            *(placed(engine, (s * 6.0, 2.5, 0.5), tilt=np.pi / 2) for s in (-1, 1)),
            boxes([(s * 2.4, 0.6, -1.0) for s in (-1, 1)], (0.3, 0.6, 0.6), furniture.BLACK_METAL),
            box((0, 0.6, 12.5), (0.2, 0.6, 0.4), furniture.BLACK_METAL),
            box((0, 4.9, 16.0), (0.75, 0.3, 0.5), masonry.GLASS),
        ]
    )


def _plates(corners: Sequence[Sequence[Sequence[float]]], finish: Finish) -> Mesh:
    """Return thin plates seen from both sides."""
    from_above = quads(corners, finish)
    from_below = quads([four[::-1] for four in corners], finish)
    return merged([from_above, placed(from_below, (0, -0.12, 0))])


def subway_station(conditions: Conditions) -> World:
    """Build an underground platform: a train at rest, tiled columns, benches, map, signs."""
    plan = Plan(
        Shell(-6.0, 5.0, -22.0, 9.0, 4.4, cell_m=0.9),
        walls=Finish(rgb("#c8c4b4"), Surface.TILES, 0.25),
        floor=Finish(rgb("#77766f"), Surface.TILES, 0.3),
        ceiling=Finish(rgb("#4a4a48"), Surface.PLASTER, 0.95),
        skirting=furniture.BLACK_METAL,
        view="",
        hour="night",
        ambient=0.08,
        exposure=1.9,
        haze_per_m=0.008,
        dado=Finish(rgb("#2f5f58"), Surface.TILES, 0.22),
        dado_m=1.1,
    )
    it = Interior("subway_station", conditions, plan)
    it.add(placed(_metro(18.0), (-4.2, -0.05, -8.0)))
    it.set.block((-4.4, 1.7, -7.0), (1.6, 1.7, 15.0))
    it.add(
        box((-2.55, 0.006, -6.5), (0.22, 0.008, 15.4), Finish(rgb("#e0b52a"), Surface.PAINT, 0.6))
    )
    pier = merged(
        [
            box(
                (0, 2.2, 0),
                (0.3, 2.2, 0.3),
                Finish(rgb("#d8d4c4"), Surface.TILES, 0.25),
                bevel_m=0.03,
            ),
            box((0, 0.55, 0), (0.31, 0.55, 0.31), Finish(rgb("#2f5f58"), Surface.TILES, 0.25)),
            box((0, 2.1, 0.305), (0.26, 0.12, 0.01), Finish(rgb("#1d3f8a"), Surface.PAINT, 0.4)),
            boxes(
                [(-0.14 + 0.07 * k, 2.1, 0.318) for k in range(5)],
                (0.022, 0.05, 0.002),
                furniture.WHITE_PAINT,
            ),
        ]
    )
    for z in (-18.0, -14.0, -10.0, -6.0, -2.0, 4.6):
        it.stand(pier, 2.2, z)
        it.add(box((0.0, 4.25, z), (6.0, 0.16, 0.2), Finish(rgb("#3a3a38"), Surface.METAL, 0.5)))
    bench = seating.plain_bench(1.9, furniture.BEECH)
    for z in (-8.0, -4.0):
        it.row(bench, (4.4, z), (4.4, z), 1, -np.pi / 2, marks=1, height_m=0.45)
    poster = ("#c23a2a", "#2d6db0", "#e0a92a", "#3f8f4a", "#7a3f8a")
    for k, z in enumerate((-15.0, -11.8, -8.2, -4.6, -1.2, 2.4)):
        it.hang(
            "right",
            merged(
                [
                    box((0, 0, 0), (0.7, 0.95, 0.02), furniture.STEEL),
                    box(
                        (0, 0, 0.022),
                        (0.64, 0.88, 0.004),
                        Finish(rgb(poster[k % 5]), Surface.SCREEN, 0.4, 0.9),
                    ),
                    box((0, -0.45, 0.03), (0.5, 0.14, 0.003), furniture.WHITE_PAINT),
                    placed(
                        ball(
                            (0, 0, 0),
                            (0.3, 0.3, 0.01),
                            Finish(rgb("#f4ead0"), Surface.SCREEN, 0.4, 0.8),
                            level=2,
                        ),
                        (0.1, 0.25, 0.026),
                    ),
                ]
            ),
            z,
            1.9,
        )
    it.set.add_bare(
        placed(machines.flight_board(1.8, 3, it.rng), (0.4, 3.3, -5.0)),
        *(tube([(x, 3.6, -5.0), (x, 4.4, -5.0)], 0.015, furniture.STEEL) for x in (-0.3, 1.1)),
    )
    sign = box((0, 0, 0), (1.1, 0.16, 0.03), Finish(rgb("#1d3f8a"), Surface.SCREEN, 0.4, 0.8))
    it.set.add_bare(placed(sign, (3.4, 3.2, -9.0)), placed(sign, (0.2, 3.3, -12.5)))
    it.guests([(1.1, -7.2, -1.4), (3.2, -12.0, -1.2), (-1.4, -10.5, -1.6), (0.4, -15.0, 0.3)])
    it.guests([(4.4, -3.7, -np.pi / 2)], pose="sit", y=0.45)
    for z in (-19.0, -15.0, -11.0, -7.0, -3.0, 1.0, 5.0):
        it.strip((0.0, 4.02, z - 1.0), (0.0, 4.02, z + 1.0), COOL, glow=6.0, thick_m=0.05)
        it.light((0.2, 3.9, z), COOL, 5.0, reach_m=9.0, down=True, size_m=0.9)
        it.light((3.6, 3.9, z), NEUTRAL, 1.4, reach_m=6.0, down=True, size_m=0.6)
    it.keys(NEUTRAL, 1.4)
    return it.world(
        walk=((-0.6, -13.0), (-0.2, 8.0)),
        underfoot="tiles",
        ambience="city_traffic",
        floor_radius_m=1.5,
        back_z=-9.0,
    )


def _metro(length_m: float) -> Mesh:
    """Return the side of a metro train, its doors to +X, its middle at z = 0; windows are lit."""
    steel, stripe = (
        Finish(rgb("#b8bec2"), Surface.METAL, 0.3),
        Finish(rgb("#c23a2a"), Surface.PAINT, 0.3),
    )
    glow, parts = Finish(rgb("#e8d2a8"), Surface.SCREEN, 0.4, 0.75), []
    half = length_m * 0.8
    parts.append(box((0, 1.75, 0), (1.35, 1.65, half), steel, bevel_m=0.15))
    parts.append(box((1.352, 0.85, 0), (0.01, 0.12, half - 0.2), stripe))
    z = np.arange(-half + 1.4, half - 1, 3.4)
    parts.append(boxes([(1.36, 2.0, a) for a in z], (0.01, 0.5, 0.95), glow))
    parts.append(boxes([(1.365, 1.5, a + 1.7) for a in z], (0.012, 1.3, 0.62), steel.times(0.75)))
    parts.append(
        boxes([(1.38, 2.0, a + 1.7 + s * 0.3) for a in z for s in (-1, 1)], (0.01, 0.52, 0.2), glow)
    )
    parts.append(
        boxes([(1.385, 1.5, a + 1.7) for a in z], (0.01, 1.3, 0.012), furniture.BLACK_METAL)
    )
    heads = crowd.figures(
        [(1.0, 0.55, a + 0.2 * k) for k, a in enumerate(z[::2])],
        np.pi / 2,
        seed_of("metro"),
        near=False,
    )
    parts.append(heads)
    return merged(parts)


BUILDERS = {
    "airport": airport,
    "subway_station": subway_station,
}
"""Each place by its name."""

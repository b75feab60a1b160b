"""Halls where people come together to see, to learn, to pray and to be judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.geometry import Surface, merged
from matinee.engine.stage.parts import furniture, halls, masonry, seating, shopfit, street, things
from matinee.engine.stage.parts.finish import Finish, rgb
from matinee.engine.stage.parts.masonry import Opening
from matinee.engine.stage.parts.solids import (
    box,
    boxes,
    copies,
    cylinder,
    lathe,
    panel,
    placed,
    prism,
)
from matinee.engine.stage.worlds.interior import NEUTRAL, SOFT, WARM, Interior, Plan
from matinee.engine.stage.worlds.room import Shell, sky_tone

if TYPE_CHECKING:
    from matinee.engine.stage.worlds.model import Conditions, World

_VELVET = Finish(rgb("#7a1a20"), Surface.CLOTH, 0.97)


def theatre(conditions: Conditions) -> World:
    """Build a theatre seen from its stage: rows of red seats, boxes, gilt, a great chandelier."""
    plan = Plan(
        Shell(-7.5, 7.5, -17.0, 6.0, 8.5, cell_m=0.9),
        walls=Finish(rgb("#8a5a3a"), Surface.PLASTER, 0.85),
        floor=Finish(rgb("#5a2a26"), Surface.CLOTH, 0.95),
        ceiling=Finish(rgb("#b59a6a"), Surface.PLASTER, 0.9),
        skirting=furniture.WALNUT,
        view="",
        hour="night",
        ambient=0.08,
        exposure=2.0,
        bloom=0.18,
        haze_per_m=0.008,
        haze=(1.6, 1.2, 0.8),
    )
    it = Interior("theatre", conditions, plan)
    boards = Finish(rgb("#7a5638"), Surface.WOOD, 0.4)
    it.add(
        panel((-7.4, 0.012, 5.9), (14.8, 0, 0), (0, 0, -9.2), boards, cell_m=0.8),
        box((0, -0.5, -3.4), (7.4, 0.5, 0.08), furniture.WALNUT),
    )
    seat = seating.theatre_seat(_VELVET)
    for row in range(8):
        z = -5.2 - 1.05 * row
        count = 14 if row % 2 else 13
        half = 0.6 * (count - 1) / 2
        x = np.linspace(-half, half, count)
        x = x[np.abs(x) > 0.5]
        rise = 0.16 * row
        it.set.add_bare(copies(seat, np.stack([x, 0 * x + rise, 0 * x + z], -1)))
        it.add(box((0, rise / 2 - 0.02, z - 0.1), (7.3, max(rise / 2, 0.01), 0.53), plan.floor))
    it.set.block((-2.6, 0.6, -8.8), (1.9, 0.6, 4.2))
    it.set.block((2.6, 0.6, -8.8), (1.9, 0.6, 4.2))
    spots = [
        (x, z)
        for row, z in enumerate((-5.2, -6.25, -8.35, -9.4))
        for x in (-3.0 + 0.6 * (row % 3), 1.8, 3.0 - 0.6 * row)
    ]
    for guest_x, guest_z in spots:
        it.guests([(guest_x, guest_z, 0.0)], pose="sit", y=0.46 - 0.16 * (guest_z + 5.2) / 1.05)
    for s in (-1, 1):
        for y in (2.6, 5.0):
            for z in (-4.6, -7.2, -9.8, -12.4):
                front = lathe(
                    [(1.15, 0), (1.22, 0.1), (1.12, 0.5), (1.2, 0.85), (1.25, 0.95)],
                    Finish(rgb("#d8c49a"), Surface.PLASTER, 0.6),
                    sides=10,
                    arc=np.pi,
                )
                it.add(
                    placed(front, (s * 7.45, y, z), yaw=-s * np.pi / 2 - np.pi / 2),
                    box((s * 7.2, y + 0.02, z), (0.9, 0.06, 1.2), halls.GOLD.times(0.7)),
                    box((s * 7.45, y + 1.3, z), (0.05, 1.1, 0.9), _VELVET.times(0.7)),
                )
                it.light((s * 6.0, y + 0.7, z), WARM, 0.8, reach_m=3.6)
                it.set.add_bare(
                    box(
                        (s * 6.18, y + 0.55, z),
                        (0.05, 0.08, 0.05),
                        Finish(rgb("#ffe0ae"), Surface.SCREEN, 0.4, 5.0),
                        bevel_m=0.02,
                    )
                )
        it.add(
            placed(furniture.curtain(2.4, 6.6, _VELVET), (s * 6.0, 0.02, 1.9), yaw=np.pi),
            placed(furniture.curtain(1.6, 6.6, _VELVET), (s * 6.6, 0.02, -3.0)),
        )
        it.set.block((s * 6.2, 3, 1.9), (1.2, 3.0, 0.2))
        it.add(
            placed(
                masonry.column(7.6, 0.3, Finish(rgb("#d8c49a"), Surface.PLASTER, 0.6)),
                (s * 6.9, 0, -3.4),
            )
        )
    it.add(
        box(
            (0, 7.4, -3.4),
            (7.4, 0.7, 0.25),
            Finish(rgb("#d8c49a"), Surface.PLASTER, 0.6),
            bevel_m=0.05,
        ),
        box((0, 6.75, -3.15), (7.4, 0.12, 0.2), halls.GOLD, bevel_m=0.04),
    )
    for y in (3.4, 5.8):
        it.add(
            box(
                (0, y, -16.2),
                (7.3, 0.45, 0.7),
                Finish(rgb("#d8c49a"), Surface.PLASTER, 0.6),
                bevel_m=0.05,
            ),
            box((0, y + 0.5, -15.5), (7.3, 0.06, 0.1), halls.GOLD),
        )
    it.set.add_bare(placed(halls.chandelier(2.4, arms=14, radius_m=1.6, tiers=2), (0, 8.5, -8.6)))
    it.light((0, 6.2, -8.6), WARM, 26.0, reach_m=16.0, size_m=1.4)
    it.light((0, 7.8, 1.0), SOFT, 22.0, reach_m=14.0, down=True, cone_rad=0.75, size_m=0.5)
    it.light((-4.0, 7.0, -2.0), WARM, 14.0, reach_m=14.0, way=(0.45, -0.85, 0.28), cone_rad=0.7)
    it.table(furniture.round_table(furniture.WALNUT), 3.4, -1.6)
    it.seat(furniture.chair(furniture.WALNUT, _VELVET), 2.7, -1.6, 1.3)
    it.keys(WARM, 1.5)
    return it.world(
        walk=((-3.6, -1.4), (4.6, 0.6)),
        underfoot="wood",
        ambience="room_tone",
        floor_radius_m=1.6,
        back_z=-2.6,
    )


def cinema(conditions: Conditions) -> World:
    """Build a cinema: the lit screen, rows of seats with an audience, aisle lights, blue dark."""
    plan = Plan(
        Shell(-6.0, 6.0, -11.0, 6.0, 5.6, cell_m=0.7),
        walls=Finish(rgb("#3a2430"), Surface.CLOTH, 0.97),
        floor=Finish(rgb("#2a2630"), Surface.CLOTH, 0.97),
        ceiling=Finish(rgb("#1f1c22"), Surface.CLOTH, 0.97),
        skirting=furniture.BLACK_METAL,
        view="",
        hour="night",
        ambient=0.05,
        exposure=2.0,
        bloom=0.2,
        haze_per_m=0.012,
    )
    it = Interior("cinema", conditions, plan)
    bands = (
        ("#203a6a", 2.9),
        ("#3a6aa8", 2.5),
        ("#8fb0d0", 2.1),
        ("#f0c890", 1.85),
        ("#d88a5a", 1.65),
        ("#5a4a6a", 1.35),
        ("#2a2f4a", 1.0),
    )
    edge = [4.9, *(1.2 + (y - 0.8) * 1.55 for _, y in bands)]
    for k, (code, _) in enumerate(bands):
        high, low = edge[k], edge[k + 1]
        it.set.add_bare(
            box(
                (0, (high + low) / 2, -10.9),
                (4.4, (high - low) / 2, 0.02),
                Finish(rgb(code), Surface.SCREEN, 0.5, 2.6),
            )
        )
    it.set.add_bare(
        placed(
            cylinder(0.5, 0.02, Finish(rgb("#ffe8b0"), Surface.SCREEN, 0.5, 4.5), sides=26),
            (1.6, 2.95, -10.88),
            tilt=np.pi / 2,
        )
    )
    x = np.linspace(-4.4, 4.4, 23)
    ridge = 2.2 + 0.4 * np.sin(x * 1.3) + 0.2 * np.sin(x * 3.1)
    outline = [(-4.4, 1.5), (4.4, 1.5), *zip(x[::-1], ridge[::-1], strict=True)]
    dusk = Finish(rgb("#1a2038"), Surface.SCREEN, 0.5, 1.2)
    it.set.add_bare(placed(prism(outline, 0.02, dusk), (0, 0, -10.87)))
    it.add(
        boxes([(0, 5.0, -10.85), (0, 1.35, -10.85)], (4.6, 0.1, 0.1), furniture.BLACK_METAL),
        boxes([(s * 4.5, 3.1, -10.85) for s in (-1, 1)], (0.1, 1.9, 0.1), furniture.BLACK_METAL),
        *(placed(furniture.curtain(1.0, 5.0, _VELVET), (s * 5.2, 0.1, -10.6)) for s in (-1, 1)),
    )
    seat = seating.theatre_seat(_VELVET, wood=furniture.BLACK_METAL)
    for row, z in enumerate((-8.4, -7.2, -6.0, -4.8, -3.6, -2.4)):
        x = np.linspace(-4.6, 4.6, 15)
        x = x[np.abs(x) > 0.9]
        it.set.add_bare(copies(seat, np.stack([x, 0 * x, 0 * x + z], -1), yaw=np.pi))
        for s in (-1, 1):
            it.set.block((s * 3.0, 0.5, z), (1.75, 0.5, 0.3))
            for x_ in (s * 1.6, s * 2.3):
                if z > -3.0:
                    it.mark_seat(x_, z, np.pi, 0.46)
        for x_ in (-3.9, -2.6, 1.97) if row % 2 else (-1.97, 2.6, 3.3):
            it.guests([(x_, z, np.pi)], pose="sit", y=0.46)
        it.set.add_bare(
            boxes(
                [(s * 1.0, 0.06, z) for s in (-1, 1)],
                (0.02, 0.03, 0.1),
                Finish(rgb("#ffb060"), Surface.SCREEN, 0.4, 3.0),
            )
        )
    it.light(
        (0, 3.2, -10.2), (0.72, 0.82, 1.0), 20.0, way=(0, -0.1, 0.99), reach_m=17.0, size_m=2.4
    )
    for s in (-1, 1):
        for z in (-7.5, -4.0, -0.5, 3.0):
            it.sconces("left" if s < 0 else "right", (z,), 2.5, tone=(1.0, 0.55, 0.35), level=1.1)
            it.add(
                placed(
                    box((0, 1.6, 0), (0.5, 1.4, 0.04), _VELVET.times(0.8)),
                    (s * 5.94, 0.3, z + 1.7),
                    yaw=np.pi / 2,
                )
            )
    it.fill((0.55, 0.6, 0.9), 3.0, places=((-3.0, -5.0), (3.0, -1.0), (0.0, 3.5)))
    it.keys((0.9, 0.85, 1.0), 1.3)
    return it.world(
        walk=((0.0, -6.5), (0.0, 5.4)),
        underfoot="carpet",
        ambience="room_tone",
        floor_radius_m=1.2,
        back_z=-4.0,
    )


def museum(conditions: Conditions) -> World:
    """Build a museum gallery: paintings in gold, statues, a bench, ropes, light from above."""
    plan = Plan(
        Shell(-5.5, 5.5, -9.0, 5.5, 5.2, cell_m=0.6),
        walls=Finish(rgb("#6f3a38"), Surface.PLASTER, 0.9),
        floor=Finish(rgb("#8a6a48"), Surface.WOOD, 0.3),
        ceiling=Finish(rgb("#d8d0c0"), Surface.PLASTER, 0.9),
        openings={"back": [Opening(4.3, 6.7, 0.0, 3.4, "hole")]},
        dado=furniture.WALNUT,
        dado_m=0.7,
        view="",
        exposure=1.9,
    )
    it = Interior("museum", conditions, plan)
    second = Finish(rgb("#3f5a52"), Surface.PLASTER, 0.9)
    it.add(
        panel((-2.6, 0, -14.0), (5.2, 0, 0), (0, 4.4, 0), second, cell_m=0.8),
        panel((-2.6, 0, -9.2), (5.2, 0, 0), (0, 0, -4.8), plan.floor, cell_m=0.8),
        panel((-2.6, 0, -9.2), (0, 0, -4.8), (0, 4.4, 0), second, cell_m=0.8),
        panel((2.6, 0, -14.0), (0, 0, 4.8), (0, 4.4, 0), second, cell_m=0.8),
        panel((-2.6, 4.4, -14.0), (5.2, 0, 0), (0, 0, 4.8), plan.ceiling, cell_m=0.8),
        boxes(
            [(s * 1.35, 1.75, -9.0) for s in (-1, 1)],
            (0.16, 1.75, 0.2),
            masonry.MARBLE,
            bevel_m=0.03,
        ),
        box((0, 3.6, -9.0), (1.6, 0.2, 0.24), masonry.MARBLE, bevel_m=0.04),
    )
    it.add(
        placed(halls.statue(), (0, 0, -12.6)),
        placed(furniture.picture(2.0, 1.4, halls.GOLD, rng=it.rng), (0, 2.6, -13.95)),
    )
    it.light((0, 4.0, -11.6), SOFT, 8.0, down=True, size_m=0.8)
    for wall in ("left", "right"):
        for k, z in enumerate((-7.6, -5.0, -2.4, 0.4, 3.2)):
            wide, tall = ((1.6, 1.1), (1.0, 1.4), (2.0, 1.2), (1.1, 1.5), (1.5, 1.0))[
                (k + (wall == "right")) % 5
            ]
            it.hang(wall, furniture.picture(wide, tall, halls.GOLD, rng=it.rng), z, 1.95)
            it.light(
                it.at(wall, z, 4.6, 1.2),
                SOFT,
                6.5,
                way=(-0.45 if wall == "left" else 0.45, -0.89, 0.0),
                cone_rad=0.55,
                reach_m=7.0,
            )
            it.hang(
                wall,
                box((0, 0, 0), (0.13, 0.09, 0.008), furniture.WHITE_PAINT),
                z + wide / 2 + 0.3,
                1.4,
            )
    for x in (-3.6, 3.6):
        it.hang("back", furniture.picture(1.7, 2.1, halls.GOLD, rng=it.rng), x, 2.2)
        it.light((x, 4.6, -7.8), SOFT, 6.5, way=(0, -0.89, -0.45), cone_rad=0.55, reach_m=7.0)
    it.stand(halls.statue(), -3.6, -5.6, 0.5)
    it.stand(halls.statue(Finish(rgb("#4f4a3a"), Surface.METAL, 0.45)), 3.6, -5.2, -0.6)
    bench = merged(
        [
            box((0, 0.42, 0), (0.9, 0.05, 0.35), _VELVET, bevel_m=0.03),
            boxes([(s * 0.7, 0.2, 0) for s in (-1, 1)], (0.05, 0.2, 0.3), furniture.WALNUT),
        ]
    )
    it.seat(bench, 0.0, -3.4, 0.0)
    case = shopfit.glass_case(1.2, it.rng, cakes=False)
    it.stand(case, -2.4, -2.2, np.pi / 2)
    for a, b in (((-4.5, -8.0), (-2.4, -8.0)), ((2.4, -8.0), (4.5, -8.0))):
        it.add(seating.stanchion_rope(a, b))
    it.guests([(2.4, -7.0, 2.9), (-1.6, -6.6, -2.0)])
    sky = sky_tone(it.set.conditions)
    bright = max(sky)
    for z in (-6.0, -1.5, 3.0):
        it.set.add_bare(
            box(
                (0, 5.18, z),
                (1.9, 0.01, 1.5),
                Finish(
                    (min(sky[0] / bright, 0.95), min(sky[1] / bright, 0.95), 0.95),
                    Surface.SCREEN,
                    0.5,
                    0.04 + 1.25 * min(bright, 1.2),
                ),
            ),
            boxes(
                [(x, 5.15, z) for x in (-1.9, -0.63, 0.63, 1.9)],
                (0.05, 0.05, 1.55),
                furniture.WHITE_PAINT,
            ),
        )
        it.light(
            (0, 5.0, z),
            (sky[0] + 0.5, sky[1] + 0.45, sky[2] + 0.4),
            3.4,
            down=True,
            size_m=1.4,
            reach_m=12.0,
        )
    it.keys(NEUTRAL, 1.0)
    return it.world(
        walk=((1.6, -7.4), (1.0, 4.8)),
        underfoot="wood",
        ambience="room_tone",
        floor_radius_m=1.4,
        back_z=-4.6,
    )


def church(conditions: Conditions) -> World:
    """Build a church: nave of pointed ribs, pews, altar with candles, coloured windows, organ."""
    plan = Plan(
        Shell(-5.6, 5.6, -14.0, 6.0, 9.5, cell_m=0.95),
        walls=Finish(rgb("#b0a692"), Surface.STONE, 0.9),
        floor=Finish(rgb("#8f8778"), Surface.STONE, 0.55),
        ceiling=Finish(rgb("#a89e8a"), Surface.PLASTER, 0.95),
        skirting=masonry.OLD_STONE,
        view="",
        exposure=2.05,
        bloom=0.18,
        haze_per_m=0.012,
        haze=(1.3, 1.15, 1.0),
    )
    it = Interior("church", conditions, plan)
    stone = masonry.OLD_STONE.times(1.15)
    it.add(
        placed(
            halls.vault(
                5.6,
                3.6,
                -14.0,
                6.0,
                Finish(rgb("#b8ae9a"), Surface.PLASTER, 0.95),
                sharp=0.75,
                cells=(16, 16),
            ),
            (0, 5.8, 0),
        )
    )
    day = conditions.time_of_day != "night"
    glow = 1.5 if day else 0.12
    sky = sky_tone(it.set.conditions)
    pier = masonry.column(5.6, 0.34, stone, sides=12)
    for z in (-11.5, -7.8, -4.1, -0.4, 3.3):
        it.add(placed(halls.pointed_rib(5.3, 5.6, 9.3, stone, thick_m=0.15), (0, 0, z)))
        for s in (-1, 1):
            it.stand(pier, s * 4.7, z)
    for k, z in enumerate((-9.6, -6.0, -2.2, 1.5)):
        for wall in ("left", "right"):
            it.hang(wall, halls.stained_window(1.3, 3.6, it.rng, emission=glow), z, 2.6, out=0.04)
            tint = ((1.0, 0.75, 0.6), (0.7, 0.8, 1.1), (1.0, 0.9, 0.6), (0.8, 0.7, 1.0))[k]
            side = -1.0 if wall == "left" else 1.0
            it.light(
                (side * 5.3, 4.6, z),
                (sky[0] * tint[0], sky[1] * tint[1], sky[2] * tint[2]),
                3.6,
                way=(-side * 0.9, -0.43, 0.0),
                reach_m=11.0,
                size_m=0.9,
            )
    it.hang("back", halls.stained_window(2.6, 5.0, it.rng, emission=glow * 1.2), 0.0, 3.2, out=0.05)
    it.light((0, 5.8, -13.2), sky, 8.0, way=(0, -0.35, 0.93), reach_m=16.0, size_m=1.6)
    it.add(
        boxes(
            [(0, 0.09, -12.4), (0, 0.26, -12.7)],
            [(4.2, 0.09, 1.6), (3.2, 0.09, 1.2)],
            masonry.MARBLE,
            bevel_m=0.02,
        )
    )
    it.set.block((0, 0.2, -12.5), (4.2, 0.2, 1.6))
    it.stand(halls.altar(rgb("#6a1f3a")), 0, -12.6, y=0.35)
    it.stand(seating.lectern(), 2.6, -11.4, -0.3, y=0.18)
    it.light((0, 2.0, -11.9), WARM, 2.4, reach_m=5.0, size_m=0.6)
    _pews(it)
    it.add(box((0, 0.008, -5.0), (0.75, 0.008, 6.4), Finish(rgb("#7a1f26"), Surface.CLOTH, 0.97)))
    candle = merged(
        [
            lathe(
                [(0, 0), (0.16, 0), (0.03, 0.06), (0.02, 0.9), (0.09, 0.95)],
                furniture.BRASS,
                sides=10,
            ),
            placed(things.candle(furniture.CERAMIC), (0, 0.95, 0)),
        ]
    )
    for z in (-10.6, -1.6):
        for s in (-1, 1):
            it.stand(candle, s * 1.25, z)
            it.light((s * 1.25, 1.35, z), WARM, 0.9, reach_m=4.0)
    for z in (-7.8, -0.4):
        it.set.add_bare(
            placed(
                halls.chandelier(4.6, arms=10, radius_m=0.9, tiers=1, metal=furniture.BRASS),
                (0, 9.3, z),
            )
        )
        it.light((0, 4.6, z), WARM, 6.5, reach_m=10.0, size_m=0.8)
    it.motes((0.9, 0.8, 0.6), 150)
    it.keys(SOFT, 1.3)
    return it.world(
        walk=((0.0, -9.8), (0.0, 5.4)),
        underfoot="stone",
        ambience="room_tone",
        floor_radius_m=1.3,
        back_z=-6.4,
    )


def _pews(it: Interior) -> None:
    """Set two files of pews that look to the altar, some with people in them."""
    pew = seating.pew(2.9)
    for z in (-9.6, -8.5, -7.4, -6.3, -5.2, -4.1, -3.0):
        for s in (-1, 1):
            it.row(pew, (s * 2.55, z), (s * 2.55, z), 1, np.pi, height_m=0.46)
            if z > -4.5:
                for x in (s * 1.6, s * 2.7):
                    it.mark_seat(x, z, np.pi, 0.46)
    it.guests([(-2.2, -7.4, np.pi), (3.0, -6.3, np.pi), (1.9, -8.5, np.pi)], pose="sit", y=0.46)


def courtroom(conditions: Conditions) -> World:
    """Build a courtroom: the raised bench with its crest, witness stand, jury box, tables, rail."""
    plan = Plan(
        Shell(-5.4, 5.4, -6.6, 5.4, 4.4, cell_m=0.55),
        walls=Finish(rgb("#cfc4ac"), Surface.PLASTER, 0.9),
        floor=Finish(rgb("#6a4c34"), Surface.CLOTH, 0.95),
        openings={
            "right": [
                Opening(1.6, 3.0, 1.5, 3.8),
                Opening(4.4, 5.8, 1.5, 3.8),
                Opening(7.2, 8.6, 1.5, 3.8),
            ]
        },
        dado=Finish(rgb("#5f4028"), Surface.WOOD, 0.4),
        dado_m=1.4,
        view="town",
    )
    it = Interior("courtroom", conditions, plan)
    oak = Finish(rgb("#5a3a22"), Surface.WOOD, 0.4)
    it.stand(box((0, 0.25, 0), (2.6, 0.25, 0.9), oak, bevel_m=0.02), 0, -5.6)
    it.stand(shopfit.counter(4.2, oak, oak.times(1.3), height_m=1.2), 0, -4.9, y=0.3)
    it.stand(
        placed(seating.throne(oak, Finish(rgb("#2a2522"), Surface.CLOTH, 0.6)), scale=0.8),
        0,
        -5.9,
        y=0.5,
        solid=False,
    )
    it.add(
        box((0, 2.2, -6.5), (2.3, 2.0, 0.05), oak, bevel_m=0.02),
        boxes([(s * 2.3, 2.2, -6.45) for s in (-1, 1)], (0.16, 2.2, 0.12), oak.times(1.2)),
        box((0, 4.15, -6.42), (2.6, 0.14, 0.2), oak.times(1.2), bevel_m=0.04),
    )
    it.set.add_bare(
        placed(
            merged(
                [
                    cylinder(0.55, 0.05, halls.GOLD, sides=28),
                    placed(cylinder(0.42, 0.06, oak, sides=28)),
                    placed(box((0, 0.06, 0), (0.05, 0.02, 0.3), halls.GOLD)),
                    box((0, 0.06, -0.14), (0.26, 0.02, 0.03), halls.GOLD),
                    *(
                        placed(cylinder(0.1, 0.03, halls.GOLD, sides=14), (s * 0.24, 0.05, 0.06))
                        for s in (-1, 1)
                    ),
                ]
            ),
            (0, 2.9, -6.42),
            tilt=np.pi / 2,
        )
    )
    it.guests([(0, -5.7, 0.0)], pose="sit", y=1.05, clothes=[rgb("#15151a")])
    for s, colours in (
        (-1, ("#b01f2a", "#f0ece4", "#22407a")),
        (1, ("#22407a", "#c9a04a", "#22407a")),
    ):
        it.stand(cylinder(0.05, 0.1, halls.GOLD), s * 3.1, -6.1)
        it.add(
            placed(street.banner(0.7, 1.6, rgb(colours[0])), (s * 3.1, 2.7, -6.1)),
            placed(cylinder(0.02, 2.8, halls.GOLD), (s * 3.1, 0, -6.1)),
        )
    stand = merged(
        [
            boxes([(s * 0.55, 0.5, 0) for s in (-1, 1)], (0.04, 0.5, 0.5), oak),
            box((0, 0.5, 0.5), (0.59, 0.5, 0.04), oak),
            box((0, 1.02, 0.5), (0.62, 0.03, 0.08), oak.times(1.3)),
            box((0, 0.1, 0), (0.55, 0.1, 0.5), oak),
        ]
    )
    it.stand(stand, 3.2, -4.4, -0.4)
    it.seat(furniture.chair(oak, Finish(rgb("#6a2a26"), Surface.CLOTH, 0.9)), -2.7, -2.2, 0.9)
    for row, x in enumerate((-4.7, -4.0)):
        it.row(
            seating.theatre_seat(Finish(rgb("#3f5a4a"), Surface.CLOTH, 0.95)),
            (x, -3.9),
            (x, -0.5),
            6,
            np.pi / 2,
            marks=2,
        )
        if row == 0:
            it.guests(
                [(x, -3.9, np.pi / 2), (x, -2.54, np.pi / 2), (x, -1.18, np.pi / 2)],
                pose="sit",
                y=0.46,
            )
    it.add(
        box((-3.45, 0.45, -2.2), (0.05, 0.45, 2.1), oak),
        box((-3.45, 0.92, -2.2), (0.09, 0.03, 2.15), oak.times(1.3)),
    )
    it.set.block((-3.45, 0.45, -2.2), (0.06, 0.45, 2.1))
    for x in (-1.9, 1.9):
        it.table(furniture.table(oak, width_m=1.7, depth_m=0.8), x, -1.9)
        it.seat(furniture.chair(oak, Finish(rgb("#6a2a26"), Surface.CLOTH, 0.9)), x, -1.2, np.pi)
        it.add(
            *(
                placed(
                    things.book(Finish(rgb(c), Surface.CLOTH, 0.7)),
                    (x + 0.3 * k - 0.3, 0.74, -1.9),
                    yaw=0.3 * k,
                )
                for k, c in enumerate(("#6b2b26", "#23405a", "#6f6242"))
            )
        )
    for s in (-1, 1):
        it.row(seating.pew(3.6, oak), (s * 3.0, 3.6), (s * 3.0, 4.6), 2, np.pi, marks=1)
    it.pendants(
        [(-2.6, -3.0), (2.6, -3.0), (-2.6, 1.6), (2.6, 1.6)],
        drop_m=1.3,
        shade=furniture.BRASS,
        level=5.0,
        radius_m=0.3,
        tone=SOFT,
    )
    it.fill(SOFT, 4.5)
    it.keys(SOFT, 1.0)
    return it.world(
        walk=((0.0, -3.4), (0.0, 4.8)),
        underfoot="carpet",
        ambience="room_tone",
        floor_radius_m=1.2,
        back_z=-3.4,
    )


BUILDERS = {
    "theatre": theatre,
    "cinema": cinema,
    "museum": museum,
    "church": church,
    "courtroom": courtroom,
}
"""Each hall by its name."""

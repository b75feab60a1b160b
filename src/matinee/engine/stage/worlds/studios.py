"""Studios: where news is read, music is recorded and pictures are painted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.geometry import Surface, merged
from matinee.engine.stage.parts import furniture, halls, machines, masonry, things
from matinee.engine.stage.parts.finish import Finish, rgb
from matinee.engine.stage.parts.masonry import FRAME_DARK, Opening
from matinee.engine.stage.parts.solids import (
    ball,
    box,
    boxes,
    copies,
    cylinder,
    lathe,
    placed,
    tube,
)
from matinee.engine.stage.worlds.interior import NEUTRAL, SOFT, WARM, Interior, Plan
from matinee.engine.stage.worlds.office import office_chair
from matinee.engine.stage.worlds.room import Shell

if TYPE_CHECKING:
    from matinee.engine.render.geometry import Mesh
    from matinee.engine.stage.worlds.model import Conditions, World


_WORLD = (
    "...........##.####.....................#####..",
    "..#######.##.####.....#.###.##############....",
    ".########...###.....##.####################...",
    "...######........####.##################.#....",
    "....#######........#############.#######......",
    "....######........###.###.#############.......",
    ".....####.........#######.###########.#.......",
    "......##..........########.##..####...........",
    ".......##.#.......########.....##..#..........",
    "..........####.....#######......#..###........",
    "..........######.....####..........#.#........",
    "...........####......####.#........####.......",
    "...........###.......###.#........######......",
    "...........##........##...........##..#...#...",
    "...........#...............................#..",
)
"""The continents as a news wall shows them, a dot for each `#`, north above."""


def _map_dots(
    step_m: float, middle: tuple[float, float, float]
) -> list[tuple[float, float, float]]:
    """Return the places of the dots of the world, step_m apart, about a middle."""
    x0 = middle[0] - step_m * (len(_WORLD[0]) - 1) / 2
    y0 = middle[1] + step_m * (len(_WORLD) - 1) / 2
    return [
        (x0 + step_m * column, y0 - step_m * row, middle[2])
        for row, line in enumerate(_WORLD)
        for column, dot in enumerate(line)
        if dot == "#"
    ]


def newsroom(conditions: Conditions) -> World:
    """Build a news studio: curved desk, a wall with the world on it, a grid of lamps, cameras."""
    plan = Plan(
        Shell(-6.0, 6.0, -7.0, 6.0, 4.6, cell_m=0.5),
        walls=Finish(rgb("#1f2f4f"), Surface.PLASTER, 0.8),
        floor=Finish(rgb("#2f4570"), Surface.PAINT, 0.12),
        ceiling=Finish(rgb("#141820"), Surface.PLASTER, 0.95),
        skirting=furniture.STEEL,
        view="",
        hour="night",
        ambient=0.08,
        exposure=1.8,
        bloom=0.16,
    )
    it = Interior("newsroom", conditions, plan)
    blue = (rgb("#143a78"), rgb("#0f2f66"), rgb("#1a4a8a"))
    it.set.add_bare(
        box((0, 2.4, -6.85), (4.6, 1.7, 0.04), Finish(rgb("#12336a"), Surface.SCREEN, 0.3, 1.3))
    )
    it.set.add_bare(
        boxes(
            _map_dots(0.196, (0.0, 2.55, -6.8)),
            (0.075, 0.075, 0.004),
            Finish(rgb("#4f9ae8"), Surface.SCREEN, 0.3, 1.7),
        ),
        boxes(
            [(0, y, -6.79) for y in (0.72, 4.1)],
            (4.6, 0.03, 0.01),
            Finish(rgb("#ff4a3a"), Surface.SCREEN, 0.3, 3.0),
        ),
        box((0, 0.95, -6.79), (4.6, 0.14, 0.01), Finish(rgb("#c01f2a"), Surface.SCREEN, 0.3, 1.4)),
        boxes(
            [(-4.0 + 0.32 * k, 0.95, -6.775) for k in range(26)],
            (0.11, 0.045, 0.002),
            Finish(rgb("#f4f4f0"), Surface.SCREEN, 0.3, 1.4),
        ),
    )
    for s in (-1, 1):
        it.hang(
            "left" if s < 0 else "right",
            machines.screen_wall(2, 2, blue, wide_m=1.2, tall_m=0.7, emission=1.3),
            -3.4,
            1.2,
        )
        it.add(
            box(
                (s * 5.0, 1.9, -6.3),
                (0.5, 1.9, 0.5),
                Finish(rgb("#2a3a5a"), Surface.PAINT, 0.2),
                bevel_m=0.05,
            )
        )
        it.strip((s * 4.45, 0.2, -5.8), (s * 4.45, 3.8, -5.8), (0.3, 0.6, 1.0), glow=5.0, level=0.8)
    angle = np.linspace(-0.85, 0.85, 9)
    desk = [
        box(
            (2.3 * np.sin(a), 0.48, 2.3 * np.cos(a) - 2.3),
            (0.27, 0.48, 0.2),
            Finish(rgb("#dfe4ea"), Surface.PAINT, 0.15),
            yaw=float(a),
        )
        for a in angle
    ]
    desk += [
        box(
            (2.3 * np.sin(a), 0.98, 2.3 * np.cos(a) - 2.3),
            (0.3, 0.02, 0.4),
            Finish(rgb("#20262e"), Surface.PAINT, 0.08),
            yaw=float(a),
        )
        for a in angle
    ]
    desk += [
        box(
            (2.51 * np.sin(a), 0.5, 2.51 * np.cos(a) - 2.3),
            (0.27, 0.03, 0.01),
            Finish(rgb("#3fa0ff"), Surface.SCREEN, 0.3, 4.0),
            yaw=float(a),
        )
        for a in angle
    ]
    it.stand(merged(desk), 0, -2.3, tall_m=0.96)
    it.top(0.0, 1.0, -2.3, 1.0, 0.25)
    it.add(
        placed(furniture.laptop(furniture.STEEL), (0.6, 1.0, -2.5), yaw=np.pi),
        *(
            placed(
                things.newspaper(Finish(rgb("#e8e6e0"), Surface.PLAIN, 0.9)),
                (x, 1.0, -2.35),
                yaw=0.2,
            )
            for x in (-0.5, 0.1)
        ),
        placed(things.cup(furniture.CERAMIC), (-0.9, 1.0, -2.6)),
    )
    for x in (-0.6, 0.6):
        it.seat(office_chair(), x, -3.3, 0.0)
    it.add(
        placed(
            cylinder(3.4, 0.06, Finish(rgb("#24385e"), Surface.PAINT, 0.1), sides=40),
            (0, -0.045, -3.0),
        )
    )
    for x, z, yaw in ((-2.6, 3.6, 2.7), (2.8, 3.8, -2.7)):
        it.stand(
            merged(
                [
                    furniture.tripod(1.35),
                    placed(furniture.film_camera(), (0, 1.5, 0), scale=1.7),
                    box(
                        (0, 1.5, -0.35),
                        (0.2, 0.13, 0.02),
                        Finish(rgb("#7fb0d8"), Surface.SCREEN, 0.3, 1.0),
                    ),
                ]
            ),
            x,
            z,
            yaw,
        )
    it.add(
        boxes([(0, 4.2, z) for z in (-4.0, -1.0, 2.0)], (5.8, 0.03, 0.03), furniture.BLACK_METAL),
        boxes([(x, 4.25, -1.0) for x in (-4, 0, 4)], (0.03, 0.03, 5.8), furniture.BLACK_METAL),
    )
    head = merged(
        [
            placed(cylinder(0.15, 0.3, furniture.BLACK_METAL, sides=12), (0, -0.15, 0), tilt=0.6),
            placed(
                cylinder(0.13, 0.02, Finish(rgb("#fff4e0"), Surface.SCREEN, 0.3, 7.0), sides=12),
                (0, -0.16, -0.01),
                tilt=0.6,
            ),
        ]
    )
    for x in (-4.0, -2.0, 0.0, 2.0, 4.0):
        it.set.add_bare(
            placed(head, (x, 4.0, 2.0), yaw=np.pi), placed(head, (x, 4.0, -1.0), yaw=np.pi)
        )
    for x in (-3.0, 0.0, 3.0):
        it.light(
            (x, 3.9, 1.8),
            NEUTRAL,
            13.0,
            reach_m=11.0,
            way=(-0.1 * x, -0.75, -0.65),
            cone_rad=0.8,
            size_m=0.3,
        )
    it.light((0, 2.4, -6.2), (0.35, 0.6, 1.0), 6.0, way=(0, 0, 1.0), reach_m=9.0, size_m=1.4)
    it.light((0, 4.0, 2.5), NEUTRAL, 6.0, reach_m=9.0, down=True, size_m=0.8)
    it.keys(NEUTRAL, 1.3)
    return it.world(
        walk=((-4.2, -0.4), (4.2, 1.0)),
        underfoot="plastic",
        ambience="studio",
        floor_radius_m=1.3,
        back_z=-4.4,
    )


def recording_studio(conditions: Conditions) -> World:
    """Build a recording studio: microphone, foam and wood, drums, a lit control room."""
    plan = Plan(
        Shell(-4.4, 4.4, -5.2, 4.8, 3.1, cell_m=0.45),
        walls=Finish(rgb("#5f4634"), Surface.WOOD, 0.6),
        floor=Finish(rgb("#7a5a3e"), Surface.WOOD, 0.4),
        ceiling=Finish(rgb("#2f2a28"), Surface.CLOTH, 0.97),
        skirting=furniture.WALNUT,
        openings={"back": [Opening(4.6, 8.2, 1.0, 2.3, "hole")]},
        view="",
        hour="night",
        ambient=0.08,
        exposure=1.95,
        bloom=0.15,
    )
    it = Interior("recording_studio", conditions, plan)
    wall = Finish(rgb("#3f4a58"), Surface.PLASTER, 0.9)
    it.add(
        box((2.0, 1.5, -8.0), (2.2, 1.5, 0.05), wall),
        box((2.0, -0.05, -6.6), (2.2, 0.05, 1.4), plan.floor),
        box((2.0, 3.0, -6.6), (2.2, 0.05, 1.4), plan.ceiling),
        boxes([(-0.2, 1.5, -6.6), (4.2, 1.5, -6.6)], (0.05, 1.5, 1.4), wall),
        boxes([(2.0, y, -5.28) for y in (1.0, 2.3)], (1.86, 0.05, 0.14), furniture.BLACK_METAL),
        boxes([(x, 1.65, -5.28) for x in (0.2, 3.8)], (0.05, 0.7, 0.14), furniture.BLACK_METAL),
    )
    it.add(
        placed(machines.mixing_desk(2.6, it.rng), (2.0, 0.1, -6.2)),
        placed(
            machines.screen_wall(2, 1, (rgb("#20484a"), rgb("#2a3a6a")), wide_m=0.8, tall_m=0.46),
            (2.0, 1.7, -7.94),
        ),
    )
    it.guests([(1.5, -7.0, 0.0), (2.7, -7.1, -0.1)], clothes=[rgb("#4a2f5a"), rgb("#2f4a4f")])
    it.light((2.0, 2.6, -6.5), WARM, 2.0, reach_m=4.5, down=True, size_m=0.6)
    foam = machines.acoustic_foam(2.4, 2.1, rgb("#2f3338"), cell_m=0.4)
    red = machines.acoustic_foam(1.6, 2.1, rgb("#7a2a2a"), cell_m=0.4)
    it.hang("left", foam, -3.2, 0.6)
    it.hang("left", red, -0.8, 0.6)
    it.hang("left", foam, 1.8, 0.6)
    it.hang("right", foam, -2.6, 0.6)
    it.hang("right", red, 0.0, 0.6)
    it.hang("back", machines.acoustic_foam(3.6, 2.1, rgb("#2f3338"), cell_m=0.4), -2.4, 0.6)
    it.stand(machines.studio_microphone(1.5), -1.1, -1.2, 0.0, solid=False)
    it.stand(_drums(), -2.6, -3.3, 0.5, tall_m=1.0)
    it.stand(machines.loudspeaker(1.2), 0.3, -4.7)
    it.stand(machines.loudspeaker(0.9), 3.9, -4.6)
    guitar = things.guitar(Finish(rgb("#a8562a"), Surface.PAINT, 0.2))
    tall = float(-guitar.positions[:, 1].min())
    it.add(
        placed(guitar, (3.9, tall, -1.5), yaw=-np.pi / 2, tilt=-0.2),
        placed(guitar, (3.9, tall, -0.9), yaw=-np.pi / 2, tilt=-0.2),
    )
    it.seat(furniture.stool(furniture.BLACK_METAL, 0.62), 1.6, -1.7, -0.3, height_m=0.62)
    it.stand(machines.studio_microphone(1.2), 1.6, -2.8, 0.0)
    it.table(furniture.table(furniture.WALNUT, width_m=1.0, depth_m=0.5), -3.8, 3.0, np.pi / 2)
    it.add(
        placed(furniture.rug(3.0, 2.6, rgb("#6a2c2a"), rgb("#2a2f3a")), (0, 0, -0.6)),
        placed(furniture.rug(2.4, 2.2, rgb("#2f4a5a"), rgb("#7a5a3a")), (-2.6, 0, -3.3)),
    )
    it.set.add_bare(
        box(
            (2.0, 2.62, -5.12), (0.42, 0.11, 0.03), Finish(rgb("#ff3a2a"), Surface.SCREEN, 0.3, 3.5)
        ),
        boxes(
            [(1.72 + 0.11 * k, 2.62, -5.085) for k in range(6)],
            (0.03, 0.05, 0.002),
            Finish(rgb("#fff0e8"), Surface.SCREEN, 0.3, 3.0),
        ),
    )
    it.light((2.0, 2.6, -4.8), (1.0, 0.25, 0.15), 0.7, reach_m=3.0)
    it.strip((-4.36, 2.9, -5.0), (-4.36, 2.9, 4.5), (0.5, 0.3, 1.0), glow=4.0, level=0.8, lamps=3)
    it.strip((4.36, 2.9, -5.0), (4.36, 2.9, 4.5), (1.0, 0.5, 0.25), glow=4.0, level=0.8, lamps=3)
    it.spots(
        [(-2.6, -3.2), (0.0, -1.0), (1.6, -2.2), (-1.8, 1.6), (2.0, 1.6), (0, 3.6)],
        tone=WARM,
        level=1.2,
    )
    it.fill(WARM, 1.6)
    it.keys(WARM, 1.2)
    return it.world(
        walk=((0.3, -3.6), (0.3, 4.4)),
        underfoot="carpet",
        ambience="studio",
        floor_radius_m=0.9,
        back_z=-3.0,
        spread=1.0,
    )


def _drums() -> Mesh:
    """Return a drum kit; the drummer sits at -Z."""
    skin, shell = (
        Finish(rgb("#e8e4da"), Surface.PAINT, 0.5),
        Finish(rgb("#8a1f2c"), Surface.PAINT, 0.15),
    )
    gold = furniture.BRASS

    def drum(r: float, h: float) -> Mesh:
        return merged(
            [
                cylinder(r, h, shell, sides=20),
                placed(cylinder(r * 0.97, 0.01, skin, sides=20), (0, h, 0)),
                *(
                    placed(cylinder(r * 1.03, 0.025, furniture.STEEL, sides=20), (0, y, 0))
                    for y in (0.0, h - 0.02)
                ),
            ]
        )

    plate = lathe([(0, 0.02), (0.05, 0.03), (0.22, 0)], gold, sides=20)
    stands = [
        tube([(x, 0, z), (x, y, z)], 0.012, furniture.STEEL, sides=5)
        for x, z, y in ((-0.75, 0.1, 1.0), (0.75, 0.0, 1.05), (-0.35, -0.4, 0.5))
    ]
    return merged(
        [
            placed(drum(0.3, 0.42), (0, 0.3, 0.2), tilt=np.pi / 2),
            placed(drum(0.17, 0.2), (-0.2, 0.66, 0.15), tilt=0.2),
            placed(drum(0.17, 0.2), (0.22, 0.66, 0.15), tilt=0.2),
            placed(drum(0.2, 0.36), (0.6, 0.1, -0.2)),
            placed(drum(0.18, 0.14), (-0.4, 0.5, -0.35)),
            *stands,
            placed(plate, (-0.75, 1.0, 0.1), tilt=-0.2),
            placed(plate, (0.75, 1.05, 0.0), tilt=-0.2, scale=1.2),
            placed(cylinder(0.17, 0.08, furniture.BLACK_METAL), (0.1, 0.45, -0.75)),
            tube([(0.1, 0, -0.75), (0.1, 0.46, -0.75)], 0.03, furniture.STEEL),
        ]
    )


def art_studio(conditions: Conditions) -> World:
    """Build a painter's studio: easels, canvases, a plaster bust, spattered boards, light."""
    plan = Plan(
        Shell(-4.4, 4.4, -5.0, 4.8, 3.8, cell_m=0.5),
        walls=Finish(rgb("#cfc8ba"), Surface.BRICK, 0.95),
        floor=Finish(rgb("#9a7a56"), Surface.WOOD, 0.7),
        ceiling=Finish(rgb("#d8d2c4"), Surface.PLASTER, 0.95),
        openings={"right": [Opening(1.0, 4.2, 0.8, 3.3), Opening(5.0, 8.2, 0.8, 3.3)]},
        frame=FRAME_DARK,
        view="town",
        daylight=1.6,
    )
    it = Interior("art_studio", conditions, plan)
    oils = tuple(
        map(rgb, ("#c23a2a", "#e0a92a", "#2d6db0", "#3f8f6a", "#e8e0cc", "#5a2f6a", "#d97a4a"))
    )
    it.stand(machines.easel(it.rng, paint=oils), -1.6, -1.9, 0.35)
    it.stand(machines.easel(it.rng, paint=oils[2:6]), 2.0, -2.7, -0.4)
    it.stand(machines.easel(it.rng, paint=oils[:3]), -3.2, 0.7, 1.1)
    for k, (x, w, h) in enumerate(
        ((-3.6, 0.9, 1.2), (-2.6, 1.2, 0.9), (-1.2, 1.0, 1.3), (2.9, 1.3, 1.0))
    ):
        n = 18
        at = it.rng.uniform(
            (-w / 2 + 0.12, -h / 2 + 0.1, 0.02), (w / 2 - 0.12, h / 2 - 0.1, 0.028), (n, 3)
        )
        size = np.column_stack(
            [it.rng.uniform(0.04, 0.2, n), it.rng.uniform(0.02, 0.1, n), np.full(n, 0.002)]
        )
        canvas = merged(
            [
                box((0, 0, 0), (w / 2, h / 2, 0.018), Finish(rgb("#e6e0d2"), Surface.CLOTH, 0.95)),
                boxes(
                    at,
                    size,
                    Finish((0.5, 0.5, 0.5), Surface.PLAIN, 0.7),
                    colours=[oils[(j + k) % 7] for j in range(n)],
                ),
            ]
        )
        it.hang("back", placed(canvas, tilt=-0.1), x, h / 2 + 0.02, out=0.18)
    for x, y in ((-2.8, 2.6), (-1.0, 2.7), (1.0, 2.3), (2.8, 2.6)):
        it.hang("back", furniture.picture(0.9, 0.65, furniture.BEECH, rng=it.rng), x, y)
    it.table(furniture.table(furniture.BEECH, width_m=1.8, depth_m=0.8), 2.9, 0.4, np.pi / 2)
    pot = lathe(
        [(0, 0), (0.05, 0), (0.055, 0.11), (0.05, 0.11), (0.045, 0.02)], furniture.CERAMIC, sides=10
    )
    for k, z in enumerate((-0.2, 0.1, 0.9)):
        it.add(
            placed(pot, (2.9, 0.74, z)),
            *(
                tube(
                    [(2.9 + 0.02 * j, 0.76, z), (2.9 + 0.05 * j, 1.02, z + 0.02 * j)],
                    0.006,
                    Finish(oils[(j + k) % 7], Surface.PAINT, 0.5),
                    sides=4,
                )
                for j in (-1, 0, 1, 2)
            ),
        )
    it.add(
        copies(
            cylinder(0.03, 0.09, Finish((0.5, 0.5, 0.5), Surface.PAINT, 0.4), sides=8),
            [(2.65 + 0.09 * k, 0.74, 0.5) for k in range(6)],
            tint=np.asarray(oils[:6]) * 2,
        )
    )
    it.stand(
        merged(
            [cylinder(0.26, 0.95, furniture.WHITE_PAINT, sides=18), placed(_bust(), (0, 0.95, 0))]
        ),
        0.4,
        -3.6,
    )
    blots = it.rng.uniform((-3.0, 0.004, -3.4), (3.0, 0.006, 2.5), (46, 3))
    it.add(
        copies(
            cylinder(0.05, 0.002, Finish((0.5, 0.5, 0.5), Surface.PAINT, 0.5), sides=8),
            blots,
            scale=it.rng.uniform(0.3, 1.6, 46),
            tint=np.asarray(oils)[it.rng.integers(0, 7, 46)] * 2,
        )
    )
    it.seat(furniture.stool(furniture.BEECH, 0.6), -0.9, -2.9, 0.3, height_m=0.6)
    it.against("left", halls.shelf_of_pots(1.8, it.rng, rows=4, wood=furniture.BEECH), -2.6)
    it.against(
        "left", furniture.sofa(Finish(rgb("#7a6a4a"), Surface.CLOTH, 0.97), width_m=1.6), 3.0
    )
    it.mark_seat(-3.9, 3.0, np.pi / 2, 0.44)
    it.stand(furniture.potted_plant(it.rng, height_m=1.5), 3.8, -4.4)
    it.beams(4, furniture.WALNUT, half=(0.08, 0.12))
    it.pendants(
        [(-1.6, -1.4), (2.0, -1.8), (0.0, 2.0)],
        drop_m=1.2,
        shade=furniture.BLACK_METAL,
        level=3.4,
        radius_m=0.26,
    )
    it.fill(SOFT, 1.8)
    it.keys(SOFT, 1.0)
    return it.world(
        walk=((0.3, -2.4), (0.3, 4.4)),
        underfoot="wood",
        ambience="room_tone",
        floor_radius_m=1.1,
        back_z=-2.6,
        spread=1.0,
    )


def _bust() -> Mesh:
    """Return a plaster head on its shoulders, 0.75 m tall."""
    plaster = masonry.MARBLE
    return merged(
        [
            lathe(
                [
                    (0.12, 0),
                    (0.14, 0.03),
                    (0.07, 0.06),
                    (0.06, 0.12),
                    (0.2, 0.2),
                    (0.22, 0.3),
                    (0.08, 0.42),
                    (0.06, 0.48),
                ],
                plaster,
                sides=16,
            ),
            ball((0, 0.6, 0.01), (0.085, 0.13, 0.105), plaster, level=2),
            ball((0, 0.59, 0.115), (0.016, 0.04, 0.02), plaster, level=1),
            ball((0, 0.66, -0.02), (0.1, 0.1, 0.11), plaster.times(0.95), level=1),
        ]
    )


BUILDERS = {
    "newsroom": newsroom,
    "recording_studio": recording_studio,
    "art_studio": art_studio,
}
"""Each studio by its name."""

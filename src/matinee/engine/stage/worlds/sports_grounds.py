"""Sports grounds: a stadium, a street court, tennis, a skate park, a race track."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.geometry import Surface
from matinee.engine.render.scene import Lamp
from matinee.engine.stage.light import Climate
from matinee.engine.stage.parts import crowd, grounds, street
from matinee.engine.stage.parts.finish import Finish, rgb
from matinee.engine.stage.parts.solids import box, boxes, placed
from matinee.engine.stage.parts.things import vehicles
from matinee.engine.stage.worlds.landscape import (
    Hills,
    Landscape,
    Scatter,
    Skyline,
    Treeline,
    builder,
)
from matinee.engine.stage.worlds.model import Practical, Space
from matinee.engine.stage.worlds.motion import bobbing
from matinee.engine.stage.worlds.terrain import Cover, Ground, Swell
from matinee.engine.stage.worlds.traffic import drive, paint
from matinee.engine.stage.worlds.waters import plant, tufts

if TYPE_CHECKING:
    from matinee.engine.stage.worlds.scenery import Scenery

_TURF = Finish(rgb("#4a7a36"), Surface.GRASS, 0.95)
_HOME, _AWAY = (
    ("#c8322c", "#e4e0d8", "#a82822", "#d8d4cc"),
    ("#2a5ac0", "#e4e0d8", "#1f3f8a", "#4a4a50"),
)
_WOODS = Finish(rgb("#4c6a3c"), Surface.FOLIAGE, 0.95)


def _floodlit(
    set_: Scenery, masts: tuple[tuple[float, float, float], ...], height_m: float
) -> None:
    lit = set_.lit
    for x, z, yaw in masts:
        set_.add(placed(grounds.floodlight(height_m, lit=lit), (x, 0.0, z), yaw=yaw))
        if lit and set_.conditions.dark:
            way = (float(np.sin(yaw)) * 0.55, -0.83, float(np.cos(yaw)) * 0.55)
            set_.lamp(Practical((x, height_m, z), (900.0, 940.0, 1000.0), 80.0, way, 1.1, 1.0))
    if set_.conditions.dark:
        set_.lamps += [
            Lamp((-9.0, 12.0, 8.0), (85.0, 90.0, 98.0), 34.0),
            Lamp((10.0, 12.0, 6.0), (85.0, 90.0, 98.0), 34.0),
        ]


# --- the stadium ----------------------------------------------------------------------------------


def _stadium_things(set_: Scenery, rng: np.random.Generator) -> None:
    goal_z, back_z = -26.0, -44.0
    set_.add(placed(grounds.football_goal(), (0.0, 0.0, goal_z)))
    strokes = [
        (-34.0, goal_z, 34.0, goal_z),
        (-34.0, goal_z, -34.0, 74.0),
        (34.0, goal_z, 34.0, 74.0),
        (-34.0, 24.0, 34.0, 24.0),
    ]
    strokes += grounds.rectangle(-20.15, goal_z, 20.15, goal_z + 16.5) + grounds.rectangle(
        -9.16, goal_z, 9.16, goal_z + 5.5
    )
    set_.add(
        grounds.lines(strokes, 0.14),
        grounds.arc((0.0, 24.0), 9.15, 0.0, 2 * np.pi, 0.14),
        grounds.arc((0.0, goal_z + 11.0), 9.15, -0.92, 0.92, 0.14),
        grounds.arc((0.0, goal_z + 11.0), 0.12, 0.0, 2 * np.pi, 0.2),
    )
    near = grounds.stand(62.0, 8, rng, colours=_HOME, full=0.4)
    set_.add(placed(near[0], (0.0, 0.0, back_z)))
    for number, people in enumerate(near[1:]):
        set_.move(
            f"fans{number}",
            placed(people, (0.0, 0.0, back_z)),
            bobbing(0.16 if number % 2 else 0.05, 0.9 + 0.17 * number, number * 1.1),
        )
    sides = grounds.far_stand(84.0, 11, rng, colours=_HOME)
    other = grounds.far_stand(84.0, 11, rng, colours=_AWAY)
    set_.add(
        placed(sides, (-44.0, 0.0, 0.0), yaw=np.pi / 2),
        placed(other, (44.0, 0.0, 0.0), yaw=-np.pi / 2),
    )
    set_.add(placed(grounds.far_stand(66.0, 6, rng, colours=_AWAY), (0.0, 0.0, 62.0), yaw=np.pi))
    board = Finish(rgb("#10141c"), Surface.SCREEN, 0.5, 0.3)
    tones = ("#d83a2a", "#2a6ad8", "#e8b82a", "#2aa85a", "#e8e6e0")
    for number in range(14):
        x = -36.4 + 5.6 * number
        set_.add(
            box(
                (x, 0.5, goal_z - 4.6),
                (2.7, 0.5, 0.06),
                Finish(rgb(tones[number % 5]), Surface.SCREEN, 0.5, 0.7),
                bevel_m=0.02,
            )
        )
    set_.add(
        box((0.0, 15.5, -56.5), (9.0, 3.4, 0.3), board),
        boxes(
            [(x, 15.6, -56.1) for x in (-5.0, 5.0)],
            (1.4, 1.9, 0.05),
            Finish(rgb("#ffd24a"), Surface.SCREEN, 0.4, 2.2),
        ),
    )
    set_.block((0.0, 0.6, goal_z - 4.6), (40.0, 0.6, 0.2))
    kit = tuple(rgb(code) for code in ("#d8d4cc", "#1f3f8a"))
    for number, (x, z) in enumerate(
        ((-9.0, -14.0), (7.0, -18.0), (14.0, -8.0), (-16.0, -4.0), (0.6, -24.6))
    ):
        set_.add_bare(
            crowd.figures(
                [(x, 0.0, z)], rng.uniform(0, 6), rng, clothes=(kit[number % 2],), near=True
            )
        )
    _floodlit(set_, ((-38.0, -50.0, 0.6), (38.0, -50.0, -0.6)), 26.0)
    for side in (-1, 1):
        set_.add(
            placed(
                box(
                    (side * 36.0, 0.75, goal_z),
                    (0.02, 0.75, 0.02),
                    Finish(rgb("#e8e6e0"), Surface.PAINT),
                )
            ),
            box(
                (side * 36.0 + 0.18, 1.35, goal_z),
                (0.18, 0.13, 0.01),
                Finish(rgb("#d8a82a"), Surface.CLOTH),
            ),
        )


STADIUM = Landscape(
    ground=Ground(
        _TURF,
        covers=(
            Cover(rgb("#5f9446"), None, rib_m=11.0, most=0.85),
            Cover(rgb("#8a4a38"), Surface.ASPHALT, inside=(-80.0, -46.0, 80.0, -29.0)),
            Cover(rgb("#6d6a66"), Surface.ASPHALT, inside=(-80.0, -200.0, 80.0, -44.0)),
        ),
        near_m=16.0,
        far_m=110.0,
        blotch=0.06,
    ),
    climate=Climate(
        density_per_m=0.0022, sunset_yaw=2.7, night_glow=(0.02, 0.024, 0.032), low_elevation=0.3
    ),
    growth=(
        Scatter(tufts(0.05, "#4f963e", 6), 300, (-6.0, -6.0, 6.0, 5.0), clear_m=0.4, lane_m=0.2),
    ),
    things=_stadium_things,
    walk=((-5.0, -1.0), (5.0, -1.0)),
    keep_in=Space((-12.0, 0.3, -12.0), (12.0, 9.0, 15.0)),
    ambience="arena_crowd",
    back_z=-8.0,
    floor_radius_m=2.6,
    shadow_radius_m=40.0,
)


# --- the street court -----------------------------------------------------------------------------


def _court_things(set_: Scenery, rng: np.random.Generator) -> None:
    set_.add(placed(grounds.hoop(), (0.0, 0.0, -9.6)))
    set_.post(0.0, -9.6, 0.2, 3.0)
    set_.add(placed(grounds.hoop(), (0.0, 0.0, 17.4), yaw=np.pi))
    base = -8.4
    strokes = [
        *grounds.rectangle(-7.5, base, 7.5, 16.2),
        *grounds.rectangle(-1.8, base, 1.8, base + 5.8),
        (-7.5, 3.9, 7.5, 3.9),
    ]
    set_.add(
        grounds.lines(strokes, 0.09),
        grounds.arc((0.0, base + 5.8), 1.8, -np.pi / 2, np.pi / 2, 0.09),
        grounds.arc((0.0, base + 1.2), 6.75, -1.35, 1.35, 0.09),
        grounds.arc((0.0, 3.9), 1.8, 0.0, 2 * np.pi, 0.09),
    )
    fence = grounds.mesh_fence(21.0)
    set_.add(
        placed(fence, (0.0, 0.0, -12.0)),
        placed(fence, (-10.4, 0.0, -1.6), yaw=np.pi / 2),
        placed(fence, (10.4, 0.0, -1.6), yaw=np.pi / 2),
    )
    set_.block((0.0, 1.7, -12.0), (10.4, 1.7, 0.1))
    for x in (-10.4, 10.4):
        set_.block((x, 1.7, -1.6), (0.1, 1.7, 10.4))
    for x, z in ((-9.4, -4.0), (9.4, -6.0)):
        set_.add(placed(street.bench(), (x, 0.0, z), yaw=np.pi / 2 if x < 0 else -np.pi / 2))
        set_.block((x, 0.4, z), (0.35, 0.4, 0.9))
    set_.add_bare(
        crowd.figures(
            [(-8.6, 0.0, -8.4), (8.4, 0.0, -9.4), (8.9, 0.0, -8.6)],
            [0.9, -0.5, -0.9],
            rng,
            near=True,
        )
    )
    lit = set_.lit
    for x, z in ((-9.9, -11.4), (9.9, -11.4)):
        set_.add(placed(street.street_lamp(6.4, lit=lit), (x, 0.0, z), yaw=0.0 if x < 0 else np.pi))
        if lit:
            set_.lamp(
                Practical((x * 0.86, 6.2, z), (26.0, 20.0, 12.0), 24.0, (0.0, -0.9, 0.4), 1.2)
            )
    if set_.conditions.dark:
        set_.lamps.append(Lamp((-4.0, 6.0, -4.0), (16.0, 12.5, 8.0), 18.0))
    for x, z in ((-15.0, -16.0), (15.5, -15.0), (-14.0, 6.0), (14.0, 8.0)):
        plant(set_, "maple", (x, z), 9.0, rng)


COURT = Landscape(
    ground=Ground(
        Finish(rgb("#6d6a66"), Surface.ASPHALT, 0.85),
        covers=(
            Cover(rgb("#35608a"), Surface.ASPHALT, inside=(-7.5, -8.4, 7.5, 16.2)),
            Cover(rgb("#b0523a"), Surface.ASPHALT, inside=(-1.8, -8.4, 1.8, -2.6)),
            Cover(rgb("#7d7a74"), None, patch_m=3.0, share=0.3, most=0.4),
        ),
        near_m=13.0,
        cell_m=0.4,
        far_m=90.0,
        blotch=0.1,
    ),
    climate=Climate(density_per_m=0.004, sunset_yaw=2.65, night_glow=(0.026, 0.02, 0.016)),
    far=(
        Skyline(
            20,
            26.0,
            48.0,
            (16.0, 34.0),
            (10.0, 18.0),
            (rgb("#8d5040"), rgb("#a08a74"), rgb("#77706a")),
        ),
        Skyline(24, 70.0, 140.0, (30.0, 80.0)),
        Skyline(9, 34.0, 54.0, (14.0, 26.0), arc=(-1.1, 1.1)),
    ),
    things=_court_things,
    walk=((-5.0, -0.8), (5.0, -0.8)),
    keep_in=Space((-9.0, 0.3, -8.0), (9.0, 7.0, 14.0)),
    underfoot="asphalt",
    ambience="city_traffic",
    back_z=-6.0,
)


# --- tennis ---------------------------------------------------------------------------------------


def _tennis_things(set_: Scenery, rng: np.random.Generator) -> None:
    net_z = -5.6
    set_.add(placed(grounds.tennis_net(), (0.0, 0.0, net_z)))
    set_.block((0.0, 0.45, net_z), (6.4, 0.5, 0.06))
    far, near = net_z - 11.89, net_z + 11.89
    strokes = [
        *grounds.rectangle(-5.49, far, 5.49, near),
        (-4.12, far, -4.12, near),
        (4.12, far, 4.12, near),
        (-4.12, net_z - 6.4, 4.12, net_z - 6.4),
        (-4.12, net_z + 6.4, 4.12, net_z + 6.4),
        (0.0, net_z - 6.4, 0.0, net_z + 6.4),
    ]
    set_.add(grounds.lines(strokes, 0.06))
    seats = grounds.stand(
        30.0, 5, rng, colours=("#e4e0d8", "#8aa0b8", "#c8a890", "#d8d0b0"), full=0.55, roof=False
    )
    for part in seats:
        set_.add(placed(part, (0.0, 0.0, -26.0)))
    for side in (-1, 1):
        hedge = grounds.far_stand(
            26.0, 4, rng, colours=("#e4e0d8", "#8aa0b8", "#c8a890"), roof=False
        )
        set_.add(placed(hedge, (side * 13.0, 0.0, -6.0), yaw=-side * np.pi / 2))
        set_.block((side * 13.4, 1.0, -6.0), (0.6, 1.2, 13.0))
    set_.block((0.0, 1.0, -26.2), (15.0, 1.2, 0.6))
    chair = Finish(rgb("#d8d4c8"), Surface.PAINT, 0.5)
    set_.add(
        boxes(
            [(7.2 + sx * 0.3, 0.9, net_z + sz * 0.35) for sx in (-1, 1) for sz in (-1, 1)],
            (0.03, 0.9, 0.03),
            chair,
        ),
        box((7.2, 1.8, net_z), (0.34, 0.04, 0.38), chair),
        box((7.55, 2.2, net_z), (0.03, 0.4, 0.38), chair),
    )
    set_.post(7.2, net_z, 0.6, 2.0)
    set_.add_bare(
        crowd.figures([(7.2, 2.62, net_z)], -np.pi / 2, rng, pose="sit", near=True),
        crowd.figures([(-1.4, 0.0, far + 0.8)], 0.0, rng, pose="lean", near=True),
    )
    _floodlit(set_, ((-14.0, -27.0, 0.6), (14.0, -27.0, -0.6)), 13.0)


TENNIS = Landscape(
    ground=Ground(
        Finish(rgb("#3f6a4a"), Surface.ASPHALT, 0.9),
        covers=(Cover(rgb("#b0603c"), Surface.SAND, inside=(-9.5, -23.0, 9.5, 11.0)),),
        near_m=14.0,
        cell_m=0.5,
        far_m=90.0,
        blotch=0.08,
    ),
    climate=Climate(density_per_m=0.0022, sunset_yaw=2.65, bounce=(1.3, 1.0, 0.75)),
    far=(Treeline(70, 34.0, 60.0, (9.0, 14.0)), Hills(140.0, 280.0, 26.0, _WOODS, seed=6)),
    things=_tennis_things,
    walk=((-4.6, 1.0), (4.6, 1.0)),
    keep_in=Space((-9.0, 0.3, -4.8), (9.0, 7.0, 13.0)),
    underfoot="earth",
    ambience="forest_birds",
    back_z=-3.8,
)


# --- the skate park -------------------------------------------------------------------------------


def _skate_things(set_: Scenery, rng: np.random.Generator) -> None:
    for x, z, yaw, wide, high in (
        (0.0, -10.0, 0.0, 12.0, 2.6),
        (-9.6, -3.6, np.pi / 2, 9.0, 2.2),
        (9.8, -4.0, -np.pi / 2, 9.0, 2.2),
    ):
        set_.add(placed(grounds.quarter_pipe(wide, high), (x, 0.0, z), yaw=yaw))
    set_.block((0.0, 1.0, -12.4), (6.0, 1.2, 2.2))
    set_.block((-12.0, 1.0, -3.6), (2.0, 1.2, 4.5))
    set_.block((12.2, 1.0, -4.0), (2.0, 1.2, 4.5))
    set_.add(
        placed(grounds.funbox(2.6, 5.0, 0.7), (4.0, 0.0, -5.2), yaw=0.3),
        placed(grounds.funbox(1.6, 3.6, 0.45), (-4.4, 0.0, -5.6), yaw=-0.2),
    )
    set_.block((4.0, 0.4, -5.2), (1.3, 0.5, 2.5), 0.3)
    set_.block((-4.4, 0.3, -5.6), (0.8, 0.4, 1.8), -0.2)
    tones = tuple(map(rgb, ("#e0482a", "#2a86d8", "#e8c02e", "#3aa860", "#c84aa0", "#e8e6e0")))
    for number in range(44):
        x, y = rng.uniform(-5.6, 5.6), rng.uniform(0.5, 2.4)
        set_.add(
            placed(
                box(
                    (x, y, -13.42 + 0.002 * number),
                    (rng.uniform(0.15, 0.8), rng.uniform(0.08, 0.3), 0.01),
                    Finish(tones[number % 6], Surface.PAINT, 0.6),
                )
            )
        )
    wall = Finish(rgb("#8d8a84"), Surface.PLASTER, 0.9)
    set_.add(box((0.0, 1.5, -15.2), (18.0, 1.5, 0.2), wall))
    for number in range(90):
        x, y = rng.uniform(-17.0, 17.0), rng.uniform(0.4, 2.7)
        set_.add(
            box(
                (x, y, -14.98 + 0.0012 * number),
                (rng.uniform(0.2, 1.3), rng.uniform(0.08, 0.45), 0.01),
                Finish(tones[number % 6], Surface.PAINT, 0.6),
                bevel_m=0.008,
            )
        )
    set_.add_bare(
        crowd.figures(
            [(-3.0, 2.25, -12.9), (2.0, 2.25, -13.0), (-11.9, 1.9, -2.4)],
            [0.2, -0.3, 1.4],
            rng,
            near=True,
        )
    )
    set_.add(placed(street.bench(), (7.6, 0.0, 2.6), yaw=-np.pi / 2))
    set_.block((7.6, 0.4, 2.6), (0.35, 0.4, 0.9))
    lit = set_.lit
    for x in (-8.0, 8.0):
        set_.add(placed(street.street_lamp(6.4, lit=lit), (x, 0.0, -14.4), yaw=np.pi / 2 * 3))
        if lit:
            set_.lamp(Practical((x, 6.2, -12.6), (24.0, 19.0, 12.0), 24.0, (0.0, -0.9, 0.4), 1.2))
    if set_.conditions.dark:
        set_.lamps.append(Lamp((4.0, 6.0, -4.0), (14.0, 11.0, 7.0), 18.0))
    for x, z in ((-16.0, -9.0), (16.5, -10.0), (-13.0, 6.0), (13.0, 7.0)):
        plant(set_, "linden", (x, z), 9.0, rng)


SKATE = Landscape(
    ground=Ground(
        Finish(rgb("#a09e98"), Surface.PLASTER, 0.8),
        covers=(
            Cover(rgb("#87857f"), None, patch_m=2.6, share=0.4),
            Cover(rgb("#6a8f42"), Surface.GRASS, inside=(-200.0, -200.0, 200.0, -17.0)),
            Cover(rgb("#6a8f42"), Surface.GRASS, inside=(-200.0, 12.0, 200.0, 200.0)),
        ),
        far_m=110.0,
        blotch=0.12,
    ),
    climate=Climate(density_per_m=0.003, sunset_yaw=2.65, night_glow=(0.02, 0.016, 0.012)),
    far=(Treeline(50, 24.0, 44.0, (7.0, 12.0)), Skyline(26, 90.0, 170.0, (20.0, 70.0))),
    things=_skate_things,
    walk=((-5.0, -0.6), (5.0, -0.6)),
    keep_in=Space((-7.5, 0.3, -8.0), (7.5, 7.0, 13.0)),
    underfoot="concrete",
    ambience="city_traffic",
    back_z=-6.0,
)


# --- the race track -------------------------------------------------------------------------------


def _race_things(set_: Scenery, rng: np.random.Generator) -> None:
    white, red = (
        Finish(rgb("#e2e0d8"), Surface.ASPHALT, 0.7),
        Finish(rgb("#c8302a"), Surface.ASPHALT, 0.7),
    )
    z = np.arange(-170.0, 60.0, 2.0)
    for side in (-1, 1):
        for number, tone in enumerate((white, red)):
            mine = z[number::2]
            set_.add(
                boxes(
                    np.stack([0 * mine + side * 6.3, 0 * mine + 0.03, mine], -1),
                    (0.5, 0.04, 1.0),
                    tone,
                )
            )
        set_.add(boxes([(side * 5.7, 0.004, -60.0)], (0.08, 0.006, 115.0), white))
        rail = Finish(rgb("#a9adb0"), Surface.METAL, 0.4)
        set_.add(boxes([(side * 10.5, y, -55.0) for y in (0.45, 0.8)], (0.04, 0.12, 115.0), rail))
        set_.block((side * 10.5, 0.5, -55.0), (0.2, 0.5, 115.0))
    for row in range(8):
        x = -2.6 if row % 2 else 2.6
        set_.add(
            grounds.lines(
                [
                    (x - 1.2, -12.0 - 5.0 * row, x + 1.2, -12.0 - 5.0 * row),
                    (x - 1.2, -12.0 - 5.0 * row, x - 1.2, -11.2 - 5.0 * row),
                ],
                0.12,
            )
        )
    squares = [
        ((k - 11.5) * 0.5, -9.0 + 0.5 * j) for k in range(24) for j in range(2) if (k + j) % 2
    ]
    set_.add(boxes([(x, 0.004, zz) for x, zz in squares], (0.25, 0.006, 0.25), white))
    set_.add(placed(grounds.pit_gantry(21.0), (0.0, 0.0, -15.0)))
    near = grounds.stand(
        52.0, 8, rng, colours=("#c8322c", "#e4e0d8", "#2a5ac0", "#e0b82a"), full=0.42
    )
    set_.add(placed(near[0], (-15.0, 0.0, -30.0), yaw=np.pi / 2))
    for number, people in enumerate(near[1:]):
        set_.move(
            f"fans{number}",
            placed(people, (-15.0, 0.0, -30.0), yaw=np.pi / 2),
            bobbing(0.1, 0.9 + 0.17 * number, number),
        )
    pit = Finish(rgb("#d8d6d0"), Surface.PLASTER, 0.7)
    set_.add(
        box((18.5, 3.2, -32.0), (4.0, 3.2, 28.0), pit),
        box((14.3, 4.3, -32.0), (0.2, 0.7, 28.0), red),
    )
    set_.add(
        boxes(
            [(14.45, 1.5, -57.0 + 5.6 * k) for k in range(10)],
            (0.06, 1.5, 2.2),
            Finish(rgb("#22262c"), Surface.PLAIN),
        )
    )
    for number, (x, offset) in enumerate(((4.7, 40.0), (4.5, 90.0), (4.8, 150.0))):
        drive(
            set_,
            f"racer{number}",
            vehicles.car(paint(number * 2)),
            (x, 0.0, -240.0),
            (x, 0.0, 70.0),
            46.0,
            offset_m=offset,
        )
    set_.add(
        placed(grounds.tyre_wall(12.0), (9.4, 0.0, -6.0), yaw=np.pi / 2),
        placed(grounds.tyre_wall(12.0), (-9.4, 0.0, -4.0), yaw=np.pi / 2),
    )
    flag = Finish(rgb("#e8e6e0"), Surface.CLOTH, 0.9)
    set_.add(
        boxes(
            [(x, 4.0, zz) for x in (-11.0, 11.0) for zz in (-6.0, -22.0, -38.0)],
            (0.04, 4.0, 0.04),
            grounds.STEEL,
        ),
        boxes(
            [(x + 0.55, 7.4, zz) for x in (-11.0, 11.0) for zz in (-6.0, -22.0, -38.0)],
            (0.5, 0.4, 0.01),
            flag,
            colours=np.array(
                [rgb(c) for c in ("#c8322c", "#2a5ac0", "#e0b82a", "#e8e6e0", "#2aa85a", "#c8322c")]
            ),
        ),
    )
    _floodlit(set_, ((-24.0, -60.0, 0.6), (26.0, -60.0, -0.6)), 20.0)


RACE_TRACK = Landscape(
    ground=Ground(
        Finish(rgb("#5f8a3c"), Surface.GRASS, 0.95),
        features=(Swell(4.0, 90.0, calm_m=80.0),),
        covers=(
            Cover(rgb("#44444a"), Surface.ASPHALT, inside=(-6.6, -400.0, 6.6, 200.0)),
            Cover(rgb("#36363a"), None, rib_m=2.9, inside=(-6.0, -400.0, 6.0, 200.0), most=0.35),
            Cover(rgb("#b5a17a"), Surface.SAND, inside=(-10.4, -400.0, -7.2, 200.0)),
            Cover(rgb("#b5a17a"), Surface.SAND, inside=(7.2, -400.0, 10.4, 200.0)),
        ),
        near_m=14.0,
        cell_m=0.55,
        far_m=260.0,
    ),
    climate=Climate(density_per_m=0.002, sunset_yaw=2.8),
    far=(
        Hills(240.0, 480.0, 40.0, _WOODS, seed=6),
        Treeline(70, 60.0, 150.0, arc=(np.pi - 1.5, np.pi + 1.5)),
        Treeline(24, 40.0, 80.0, arc=(-1.2, 1.2)),
    ),
    things=_race_things,
    walk=((-5.5, -0.6), (2.9, -0.6)),
    keep_in=Space((-8.5, 0.3, -8.0), (8.5, 7.0, 14.0)),
    underfoot="asphalt",
    ambience="arena_crowd",
    back_z=-7.0,
    shadow_radius_m=36.0,
)

BUILDERS = {
    "stadium": builder("stadium", STADIUM),
    "basketball_court": builder("basketball_court", COURT),
    "tennis_court": builder("tennis_court", TENNIS),
    "skate_park": builder("skate_park", SKATE),
    "race_track": builder("race_track", RACE_TRACK),
}

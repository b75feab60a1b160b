"""A classroom: rows of desks, a blackboard with chalk, a globe, tall windows, a teacher's desk."""

from __future__ import annotations

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.render.scene import Lamp
from matinee.engine.stage.light import Climate
from matinee.engine.stage.parts import furniture, things
from matinee.engine.stage.parts.finish import Finish, rgb, seed_of
from matinee.engine.stage.parts.masonry import Opening
from matinee.engine.stage.parts.solids import ball, box, boxes, lathe, placed, recoloured
from matinee.engine.stage.worlds.model import Conditions, Mark, Practical, Space, World
from matinee.engine.stage.worlds.room import Shell, daylight, garden, shell, walled
from matinee.engine.stage.worlds.scenery import Scenery, around

_ROOM = Shell(-4.6, 4.6, -2.6, 7.2, 3.2, cell_m=0.45)
_PANES = tuple(Opening(0.9 + 2.4 * k, 2.7 + 2.4 * k, 0.9, 2.8) for k in range(4))


def build(conditions: Conditions) -> World:
    """Build the classroom; the hero stands before the blackboard, the class beyond the camera."""
    rng = seed_of("classroom", conditions.seed)
    set_ = Scenery("classroom", conditions)
    wall, floor = (
        Finish(rgb("#c6c2a6"), Surface.PLASTER, 0.9),
        Finish(rgb("#8f6d4a"), Surface.WOOD, 0.55),
    )
    set_.add(
        shell(
            _ROOM,
            wall,
            floor,
            Finish(rgb("#d6d4cc"), Surface.PLASTER, 0.95),
            openings={"right": list(_PANES), "left": [Opening(1.4, 2.4, 0.0, 2.1, "door")]},
            skirting=furniture.WALNUT,
        )
    )
    walled(set_, _ROOM)
    garden(set_, _ROOM)
    for pane in _PANES:
        daylight(set_, _ROOM, "right", pane, strength=1.5)
    set_.add(*_blackboard(rng), *_teachers_desk(set_), *_walls(rng))
    seats = _class(set_)
    lit = conditions.time_of_day != "day" or conditions.weather not in {"clear", "cloudy"}
    for x in (-2.2, 2.2):
        for z in (0.5, 4.0):
            glow = Finish(rgb("#fff4e0"), Surface.SCREEN, 0.5, 2.0 if lit else 0.3)
            set_.add_bare(
                placed(
                    lathe(
                        [(0.0, -0.16), (0.2, -0.1), (0.22, 0.0), (0.06, 0.1), (0.015, 0.5)],
                        glow,
                        sides=14,
                    ),
                    (x, _ROOM.high - 0.5, z),
                )
            )
            if lit:
                set_.lamp(Practical((x, _ROOM.high - 0.75, z), (2.6, 2.2, 1.6), 8.0, size_m=0.4))
    set_.lamps.append(
        Lamp((2.6, 2.2, 2.2), (1.7, 1.65, 1.55) if not lit else (1.3, 1.1, 0.85), 5.0)
    )
    return set_.world(
        Climate(
            density_per_m=0.0015,
            indoor=True,
            key_turn=0.58,
            sunset_yaw=1.45,
            ambient=0.3,
            exposure=1.75,
        ),
        marks=(*around(-0.7, spread=1.0), *seats),
        walk=((-3.2, -0.2), (3.2, 0.1)),
        keep_in=Space((-4.0, 0.4, -1.4), (4.0, 2.9, 6.8)),
        underfoot="wood",
        ambience="room_tone",
        floor_radius_m=0.9,
        shadow_radius_m=10.0,
        reach_m=4.0,
    )


def _blackboard(rng: np.random.Generator) -> list[Mesh]:
    z = _ROOM.z0 + 0.03
    slate, chalk = (
        Finish(rgb("#24382f"), Surface.PLAIN, 0.85),
        Finish(rgb("#c9cfc4"), Surface.PLAIN, 0.95),
    )
    marks: list[tuple[float, float, float]] = []
    sizes: list[tuple[float, float, float]] = []
    for line in range(5):
        x = -1.75
        while x < -0.1:
            wide = rng.uniform(0.03, 0.16)
            marks.append((x + wide / 2, 2.02 - 0.16 * line + rng.uniform(-0.008, 0.008), z + 0.017))
            sizes.append((wide / 2, rng.uniform(0.006, 0.018), 0.001))
            x += wide + 0.035
    angle = np.arange(40) / 40 * 2 * np.pi
    circle = np.stack(
        [1.0 + 0.34 * np.sin(angle), 1.72 + 0.34 * np.cos(angle), 0 * angle + z + 0.017], -1
    )
    triangle = [
        box((1.0, 1.55, z + 0.017), (0.3, 0.006, 0.001), chalk),
        placed(box((0, 0, 0), (0.006, 0.29, 0.001), chalk), (0.85, 1.8, z + 0.017), roll=-0.54),
        placed(box((0, 0, 0), (0.006, 0.29, 0.001), chalk), (1.15, 1.8, z + 0.017), roll=0.54),
    ]
    return [
        box((0, 1.65, z), (2.0, 0.65, 0.015), slate),
        boxes([(0, 2.33, z), (0, 0.98, z)], (2.06, 0.035, 0.03), furniture.BEECH, bevel_m=0.01),
        boxes(
            [(-2.03, 1.65, z), (2.03, 1.65, z)], (0.035, 0.7, 0.03), furniture.BEECH, bevel_m=0.01
        ),
        box((0, 0.96, z + 0.07), (1.9, 0.012, 0.05), furniture.BEECH),
        boxes(marks, sizes, chalk),
        boxes(circle, (0.012, 0.012, 0.001), chalk),
        *triangle,
    ]


def _teachers_desk(set_: Scenery) -> list[Mesh]:
    x, z = -2.5, -0.9
    set_.table((x, 0.76, z), 0.75, 0.36)
    globe = merged(
        [
            ball((0, 0.24, 0), 0.14, Finish(rgb("#3f7f9a"), Surface.PAINT, 0.35), level=3),
            lathe(
                [(0, 0), (0.1, 0), (0.09, 0.02), (0.015, 0.04), (0.012, 0.1)],
                furniture.WALNUT,
                sides=14,
            ),
        ]
    )
    land = globe.albedo.copy()
    spots = (
        np.sin(globe.positions[:, 0] * 31 + 1)
        * np.sin(globe.positions[:, 1] * 27)
        * np.cos(globe.positions[:, 2] * 24)
        > 0.12
    )
    land[spots & (globe.positions[:, 1] > 0.12)] = rgb("#7d9a4f")
    return [
        placed(
            furniture.table(furniture.WALNUT, width_m=1.5, depth_m=0.72, height_m=0.76), (x, 0, z)
        ),
        box((x, 0.45, z + 0.3), (0.68, 0.24, 0.012), furniture.WALNUT),
        placed(furniture.chair(furniture.WALNUT), (x, 0, z - 0.65)),
        placed(recoloured(globe, land), (x - 0.45, 0.76, z)),
        *(
            placed(
                things.book(Finish(rgb(code), Surface.CLOTH, 0.8)),
                (x + 0.35, 0.76 + 0.035 * k, z + 0.05),
                yaw=0.2 * k,
            )
            for k, code in enumerate(("#8d3f36", "#3f5a6b", "#6f7a3a"))
        ),
        placed(
            things.apple(Finish(rgb("#b3261e"), Surface.PAINT, 0.4)), (x + 0.05, 0.76, z + 0.12)
        ),
    ]


def _class(set_: Scenery) -> tuple[Mark, ...]:
    marks: list[Mark] = []
    desk = merged(
        [
            furniture.table(furniture.BEECH, width_m=1.15, depth_m=0.5, height_m=0.72),
            placed(furniture.chair(furniture.BEECH), (-0.28, 0, 0.5), yaw=np.pi),
            placed(furniture.chair(furniture.BEECH), (0.28, 0, 0.5), yaw=np.pi),
        ]
    )
    for row, z in enumerate((2.9, 4.4, 5.9)):
        for x in (-2.9, 0.0, 2.9) if row else (-2.9, 2.9):
            set_.add(placed(desk, (x, 0, z)))
            set_.block((x, 0.4, z + 0.2), (0.6, 0.4, 0.5))
            marks.extend(
                Mark(f"seat{len(marks) + 1}", (x + 0.28 * side, 0.0, z + 0.5), np.pi, 0.46)
                for side in (-1, 1)
            )
    return tuple(marks)


def _walls(rng: np.random.Generator) -> list[Mesh]:
    parts = [
        placed(
            furniture.bookcase(furniture.BEECH, width_m=2.2, height_m=1.2, rng=rng, full=0.8),
            (_ROOM.x0 + 0.18, 0, 2.2),
            yaw=np.pi / 2,
        )
    ]
    parts.extend(
        box(
            (_ROOM.x0 + 0.02, 1.6 + 0.42 * (k % 2), 1.4 + 0.62 * (k // 2)),
            (0.006, 0.17, 0.24),
            Finish(rgb(code), Surface.PLAIN, 0.9),
        )
        for k, code in enumerate(("#c97a5a", "#7a9ac0", "#d0b45a", "#8ab07a", "#b58ab0", "#c9a27a"))
    )
    parts.append(placed(things.clock(furniture.BLACK_METAL), (2.7, 2.3, _ROOM.z0 + 0.05)))
    chart = merged(
        [
            box((0, 0, 0), (0.55, 0.4, 0.006), Finish(rgb("#d9cfae"), Surface.PLAIN, 0.9)),
            boxes(
                [(-0.25, 0.05, 0.008), (0.15, 0.12, 0.008), (0.25, -0.15, 0.008)],
                [(0.14, 0.16, 0.001), (0.2, 0.1, 0.001), (0.1, 0.1, 0.001)],
                Finish(rgb("#8a9a5a"), Surface.PLAIN, 0.9),
            ),
        ]
    )
    parts.append(placed(chart, (3.4, 1.65, _ROOM.z0 + 0.03)))
    parts.append(placed(furniture.potted_plant(rng, height_m=0.9), (4.2, 0, -2.1)))
    return parts

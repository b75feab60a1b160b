"""A cafe: brick and green tiles, a bar with a machine and bottles, small tables, pendant lamps."""

from __future__ import annotations

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.render.scene import Lamp
from matinee.engine.stage.light import Climate
from matinee.engine.stage.parts import crowd, furniture, masonry, things
from matinee.engine.stage.parts.finish import Finish, rgb, seed_of
from matinee.engine.stage.parts.masonry import Opening
from matinee.engine.stage.parts.solids import box, boxes, copies, cylinder, placed, tube
from matinee.engine.stage.worlds.model import Conditions, Mark, Practical, Space, World
from matinee.engine.stage.worlds.room import Shell, daylight, garden, shell, walled
from matinee.engine.stage.worlds.scenery import Scenery, around

_ROOM = Shell(-4.8, 4.8, -4.2, 4.8, 3.3, cell_m=0.42)
_FRONT = (Opening(1.0, 3.6, 0.5, 2.7), Opening(4.6, 7.4, 0.5, 2.7))


def build(conditions: Conditions) -> World:
    """Build the cafe."""
    rng = seed_of("cafe", conditions.seed)
    set_ = Scenery("cafe", conditions)
    brick, floor = (
        Finish(rgb("#8a5442"), Surface.BRICK, 0.9),
        Finish(rgb("#8a8378"), Surface.TILES, 0.5),
    )
    holes = {"right": list(_FRONT), "left": [Opening(6.4, 7.5, 0.0, 2.2, "door")]}
    set_.add(
        shell(
            _ROOM,
            brick,
            floor,
            Finish(rgb("#3a3733"), Surface.PLASTER, 0.95),
            openings=holes,
            skirting=furniture.WALNUT,
            frame=masonry.FRAME_DARK,
        )
    )
    walled(set_, _ROOM)
    garden(set_, _ROOM)
    for pane in _FRONT:
        daylight(set_, _ROOM, "right", pane, strength=1.7)
    set_.add(*_bar(set_, rng))
    seats = _tables(set_, rng)
    _lamps(set_)
    set_.add(
        *(
            placed(
                furniture.picture(0.6, 0.8, furniture.BLACK_METAL, rng=rng),
                (_ROOM.x0 + 0.03, 1.75, z),
                yaw=np.pi / 2,
            )
            for z in (-2.2, -0.9, 0.4)
        )
    )
    set_.add(
        placed(furniture.potted_plant(rng, height_m=1.5), (4.2, 0, -3.5)),
        placed(furniture.potted_plant(rng, height_m=1.2), (-4.2, 0, -0.2)),
    )
    return set_.world(
        Climate(
            density_per_m=0.002,
            indoor=True,
            key_turn=0.6,
            sunset_yaw=1.45,
            ambient=0.3,
            exposure=1.85,
            bloom=0.16,
        ),
        marks=(*around(-1.7, spread=1.0), *seats),
        walk=((-1.6, -1.8), (1.0, 4.2)),
        keep_in=Space((-4.2, 0.35, -2.0), (4.2, 2.9, 4.4)),
        underfoot="tiles",
        ambience="cafe_murmur",
        floor_radius_m=1.0,
        shadow_radius_m=9.0,
        reach_m=4.0,
    )


def _bar(set_: Scenery, rng: np.random.Generator) -> list[Mesh]:
    z, h = -2.75, 1.08
    green = Finish(rgb("#2f5a4c"), Surface.TILES, 0.3)
    parts = [
        box((-0.4, h / 2 - 0.02, z), (2.9, h / 2 - 0.02, 0.28), green),
        box((-0.4, h, z), (3.0, 0.03, 0.36), furniture.WALNUT, bevel_m=0.012),
        box((-0.4, 0.08, z + 0.29), (2.9, 0.08, 0.01), furniture.BRASS),
        tube([(-3.2, 0.22, z + 0.42), (2.4, 0.22, z + 0.42)], 0.022, furniture.BRASS, sides=8),
        placed(_machine(), (-1.7, h + 0.03, z - 0.02)),
        placed(_cakes(), (0.9, h + 0.03, z)),
        placed(_till(), (2.0, h + 0.03, z)),
    ]
    set_.block((-0.4, h / 2, z), (3.0, h / 2, 0.36))
    set_.table((-0.35, h + 0.03, z), 0.5, 0.3, solid=False)
    glass = tuple(map(rgb, ("#5b6b2e", "#7a3a22", "#c9a860", "#8fa9ad", "#3a5a46", "#8a2a2a")))
    for y in (1.45, 1.85, 2.25):
        parts.append(
            box((-0.4, y, _ROOM.z0 + 0.14), (2.7, 0.018, 0.13), furniture.WALNUT, bevel_m=0.004)
        )
        set_.add_bare(
            box(
                (-0.4, y - 0.025, _ROOM.z0 + 0.04),
                (2.6, 0.006, 0.008),
                Finish(rgb("#ffd59a"), Surface.SCREEN, 0.5, 3.0),
            )
        )
        x = -2.95
        while x < 2.15:
            tone = Finish(glass[int(rng.integers(0, len(glass)))], Surface.GLASS, 0.1)
            model = things.bottle if rng.random() < 0.7 else things.glass_of
            parts.append(
                placed(
                    model(tone),
                    (x, y + 0.018, _ROOM.z0 + 0.14),
                    scale=float(rng.uniform(0.85, 1.1)),
                )
            )
            x += float(rng.uniform(0.1, 0.2))
        set_.lamp(
            Practical((-1.6, y - 0.05, _ROOM.z0 + 0.25), (0.5, 0.36, 0.2), 2.2, size_m=0.5),
            Practical((1.0, y - 0.05, _ROOM.z0 + 0.25), (0.5, 0.36, 0.2), 2.2, size_m=0.5),
        )
    board = merged(
        [
            box((0, 0, 0), (0.85, 0.3, 0.015), Finish(rgb("#1f2422"), Surface.PLAIN, 0.9)),
            boxes(
                [(-0.35 + 0.36 * (k % 3), 0.15 - 0.1 * (k // 3), 0.017) for k in range(12)],
                (0.12, 0.012, 0.001),
                Finish(rgb("#cfd3c8"), Surface.PLAIN, 0.9),
            ),
        ]
    )
    parts.append(placed(board, (-0.4, 2.85, _ROOM.z0 + 0.06), tilt=0.12))
    barkeeper = crowd.figures([(-0.6, 0.0, -3.4)], 0.0, rng, near=True)
    set_.add_bare(barkeeper)
    return parts


def _machine() -> Mesh:
    steel = furniture.STEEL
    groups = [
        placed(cylinder(0.035, 0.07, furniture.BLACK_METAL, sides=12), (x, 0.2, 0.14))
        for x in (-0.18, 0.18)
    ]
    handles = [
        tube([(x, 0.21, 0.16), (x, 0.19, 0.32)], 0.014, furniture.WALNUT, sides=6)
        for x in (-0.18, 0.18)
    ]
    return merged(
        [
            box((0, 0.05, 0.02), (0.42, 0.05, 0.24), steel, bevel_m=0.015),
            box((0, 0.25, -0.08), (0.42, 0.18, 0.15), steel, bevel_m=0.03),
            box(
                (0, 0.38, 0.03),
                (0.4, 0.05, 0.2),
                Finish(rgb("#8a2a26"), Surface.PAINT, 0.25),
                bevel_m=0.02,
            ),
            *groups,
            *handles,
            copies(
                things.cup(furniture.CERAMIC),
                [(-0.3 + 0.1 * k, 0.43, -0.05) for k in range(7)],
                scale=0.8,
            ),
        ]
    )


def _cakes() -> Mesh:
    case = Finish(rgb("#b8c4c6"), Surface.METAL, 0.2)
    tiers = [box((0, y, 0), (0.4, 0.008, 0.2), case) for y in (0.02, 0.2)]
    cake = [
        placed(
            cylinder(0.08, 0.06, Finish(rgb(code), Surface.PLAIN, 0.7), sides=14, bevel_m=0.01),
            (x, y + 0.008, 0),
        )
        for x, y, code in (
            (-0.25, 0.02, "#6b3a24"),
            (0.0, 0.02, "#d9b07a"),
            (0.25, 0.02, "#c2607a"),
            (-0.2, 0.2, "#e0c890"),
            (0.2, 0.2, "#8a5030"),
        )
    ]
    posts = [(sx * 0.39, 0.2, sz * 0.19) for sx in (-1, 1) for sz in (-1, 1)]
    return merged(
        [
            *tiers,
            *cake,
            boxes(posts, (0.01, 0.2, 0.01), furniture.BRASS),
            box((0, 0.4, 0), (0.42, 0.012, 0.22), furniture.BRASS),
        ]
    )


def _till() -> Mesh:
    return merged(
        [
            box((0, 0.06, 0), (0.16, 0.06, 0.16), furniture.BLACK_METAL, bevel_m=0.015),
            placed(
                furniture.screen(0.26, 0.18, rgb("#9fc0d8"), emission=0.8),
                (0, 0.24, 0),
                tilt=-0.3,
                yaw=np.pi,
            ),
        ]
    )


def _tables(set_: Scenery, rng: np.random.Generator) -> tuple[Mark, ...]:
    marks: list[Mark] = []
    marble = Finish(rgb("#d6d0c6"), Surface.STONE, 0.35)
    guests = {1: 0.5, 3: -2.3, 4: 0.8}
    for number, (x, z) in enumerate(
        ((-2.7, 1.0), (2.9, -0.9), (2.5, 2.3), (-3.4, 3.3), (3.9, 0.9))
    ):
        set_.add(placed(furniture.round_table(marble), (x, 0, z)))
        set_.table((x, 0.74, z), 0.27, 0.27)
        for yaw in (0.9, 0.9 + np.pi):
            cx, cz = x + 0.62 * float(np.sin(yaw)), z + 0.62 * float(np.cos(yaw))
            set_.add(placed(furniture.chair(furniture.WALNUT), (cx, 0, cz), yaw=yaw + np.pi))
            set_.post(cx, cz, 0.25, 0.95)
            if number in guests and yaw < 1:
                set_.add_bare(
                    crowd.figures([(cx, 0.5, cz)], yaw + np.pi, rng, pose="sit", near=True)
                )
            else:
                marks.append(Mark(f"seat{len(marks) + 1}", (cx, 0.0, cz), float(yaw + np.pi), 0.46))
        set_.add(
            placed(things.cup(furniture.CERAMIC), (x + 0.12, 0.74, z)),
            placed(things.plate(furniture.CERAMIC), (x - 0.1, 0.74, z + 0.08), scale=0.6),
        )
    return tuple(marks)


def _lamps(set_: Scenery) -> None:
    bright = 0.7 if set_.conditions.time_of_day == "day" and not set_.conditions.dark else 1.0
    shade = Finish(rgb("#2b2d2b"), Surface.PAINT, 0.4)
    for x, z in ((-2.2, -2.75), (-0.4, -2.75), (1.4, -2.75), (-2.7, 1.0), (2.5, 2.3), (2.9, -0.9)):
        drop = 1.25
        set_.add_bare(placed(furniture.pendant(shade, drop, radius_m=0.17), (x, _ROOM.high, z)))
        set_.lamp(
            Practical(
                (x, _ROOM.high - drop + 0.02, z),
                (3.4 * bright, 2.3 * bright, 1.2 * bright),
                6.0,
                (0.0, -1.0, 0.0),
                1.2,
                size_m=0.2,
            )
        )
        set_.lamp(
            Practical(
                (x, _ROOM.high - drop, z),
                (0.6 * bright, 0.4 * bright, 0.2 * bright),
                5.0,
                size_m=0.3,
            )
        )
    set_.lamps += [
        Lamp((2.1, 2.1, 1.8), (1.6, 1.25, 0.9), 4.6),
        Lamp((-1.8, 2.2, -1.8), (1.3, 0.85, 0.45), 4.0),
    ]

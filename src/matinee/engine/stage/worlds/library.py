"""An old library: galleries of books, reading tables with green lamps, ladders, a round window."""

from __future__ import annotations

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.render.scene import Lamp
from matinee.engine.stage import weather
from matinee.engine.stage.light import Climate
from matinee.engine.stage.parts import furniture, things
from matinee.engine.stage.parts.finish import Finish, rgb, seed_of
from matinee.engine.stage.parts.masonry import Opening
from matinee.engine.stage.parts.solids import ball, box, boxes, copies, lathe, placed, tube
from matinee.engine.stage.worlds.model import Conditions, Mark, Practical, Space, World
from matinee.engine.stage.worlds.room import Shell, daylight, garden, shell, walled
from matinee.engine.stage.worlds.scenery import Scenery, around

_ROOM = Shell(-5.6, 5.6, -7.4, 6.4, 6.0, cell_m=0.55)
_WOOD = Finish(rgb("#5f3f28"), Surface.WOOD, 0.45)
_TALL = (Opening(4.6, 6.6, 1.4, 5.2),)
_SIDE = tuple(Opening(1.0 + 3.4 * k, 2.4 + 3.4 * k, 3.5, 5.3) for k in range(4))


def build(conditions: Conditions) -> World:
    """Build the library."""
    rng = seed_of("library", conditions.seed)
    set_ = Scenery("library", conditions)
    wall, floor = (
        Finish(rgb("#a8946f"), Surface.PLASTER, 0.9),
        Finish(rgb("#6f4a30"), Surface.WOOD, 0.4),
    )
    set_.add(
        shell(
            _ROOM,
            wall,
            floor,
            Finish(rgb("#8a7a60"), Surface.PLASTER, 0.95),
            openings={"back": list(_TALL), "right": list(_SIDE)},
            skirting=_WOOD,
        )
    )
    walled(set_, _ROOM)
    garden(set_, _ROOM)
    daylight(set_, _ROOM, "back", _TALL[0], strength=2.4)
    for hole in _SIDE:
        daylight(set_, _ROOM, "right", hole, strength=2.4)
    set_.add(*_shelves(set_, rng), *_gallery(rng))
    seats = _tables(set_)
    _lamps(set_)
    set_.add(placed(furniture.rug(2.4, 7.0, rgb("#6a2c2a"), rgb("#2a2f3a")), (0, 0, -0.5)))
    if conditions.time_of_day != "night":
        set_.airs.append(weather.motes((0.7, 0.6, 0.42), count=150, side_m=7.0, size_m=0.006))
    return set_.world(
        Climate(
            density_per_m=0.006,
            indoor=True,
            key_turn=0.5,
            sunset_yaw=1.5,
            ambient=0.25,
            exposure=2.0,
            bloom=0.15,
        ),
        marks=(*around(-3.4), *seats),
        walk=((0.0, -4.5), (0.0, 4.6)),
        keep_in=Space((-4.7, 0.3, -6.2), (4.7, 5.0, 5.9)),
        underfoot="carpet",
        ambience="room_tone",
        floor_radius_m=1.2,
        shadow_radius_m=11.0,
        reach_m=5.0,
    )


def _shelves(set_: Scenery, rng: np.random.Generator) -> list[Mesh]:
    parts = []
    case = furniture.bookcase(
        _WOOD, width_m=2.1, height_m=2.8, rng=rng, full=0.96, shelf_m=0.4, thick_m=(0.03, 0.07)
    )
    other = furniture.bookcase(
        _WOOD, width_m=2.1, height_m=2.8, rng=rng, full=0.93, shelf_m=0.4, thick_m=(0.03, 0.07)
    )
    for number, z in enumerate(np.arange(-6.2, 5.6, 2.15)):
        parts += [
            placed(case if number % 2 else other, (_ROOM.x0 + 0.17, 0, z), yaw=np.pi / 2),
            placed(other if number % 2 else case, (_ROOM.x1 - 0.17, 0, z), yaw=-np.pi / 2),
        ]
    for x in (-4.2, -2.1, 2.1, 4.2):
        parts.append(placed(case if x < 0 else other, (x, 0, _ROOM.z0 + 0.17)))
    set_.block((_ROOM.x0 + 0.2, 1.4, -0.5), (0.2, 1.4, 6.9))
    set_.block((_ROOM.x1 - 0.2, 1.4, -0.5), (0.2, 1.4, 6.9))
    set_.block((0, 1.4, _ROOM.z0 + 0.2), (5.4, 1.4, 0.2))
    rails = [
        tube(
            [(sx * (5.6 - 0.4), 0, -2.0 + dz), (sx * (5.6 - 0.25), 3.0, -2.0 + dz)],
            0.03,
            _WOOD,
            sides=6,
        )
        for sx in (-1, 1)
        for dz in (-0.22, 0.22)
    ]
    rungs = [
        box((sx * (5.2 + 0.05 * k / 3), 0.3 + 0.3 * k, -2.0), (0.02, 0.018, 0.22), _WOOD)
        for sx in (-1, 1)
        for k in range(9)
    ]
    return [*parts, *rails, *rungs]


def _gallery(rng: np.random.Generator) -> list[Mesh]:
    """Return the gallery above the cases with its own books and a turned balustrade."""
    y = 2.95
    parts = [box((sx * 5.1, y, -0.5), (0.55, 0.07, 6.9), _WOOD, bevel_m=0.02) for sx in (-1, 1)]
    parts.append(box((0, y, _ROOM.z0 + 0.5), (5.0, 0.07, 0.5), _WOOD, bevel_m=0.02))
    baluster = lathe(
        [(0.03, 0), (0.035, 0.1), (0.02, 0.2), (0.038, 0.45), (0.02, 0.7), (0.03, 0.85)],
        _WOOD,
        sides=7,
    )
    z = np.arange(-6.2, 6.3, 0.28)
    for sx in (-1, 1):
        parts += [
            copies(baluster, np.stack([0 * z + sx * 4.6, 0 * z + y + 0.07, z], -1)),
            box((sx * 4.6, y + 0.95, 0.0), (0.045, 0.035, 6.4), _WOOD, bevel_m=0.015),
        ]
    x = np.arange(-4.5, 4.6, 0.28)
    parts += [
        copies(baluster, np.stack([x, 0 * x + y + 0.07, 0 * x + _ROOM.z0 + 0.95], -1)),
        box((0, y + 0.95, _ROOM.z0 + 0.95), (4.6, 0.035, 0.045), _WOOD, bevel_m=0.015),
    ]
    upper = furniture.bookcase(
        _WOOD, width_m=2.6, height_m=2.1, rng=rng, full=0.9, shelf_m=0.42, thick_m=(0.04, 0.1)
    )
    parts += [
        placed(upper, (_ROOM.x0 + 0.17, y + 0.07, at), yaw=np.pi / 2)
        for at in np.arange(-5.8, 5.6, 2.7)
    ]
    parts += [placed(upper, (at, y + 0.07, _ROOM.z0 + 0.17)) for at in (-3.6, 3.6)]
    parts.append(
        boxes([(x_, 5.8, -0.5) for x_ in (-3.6, -1.2, 1.2, 3.6)], (0.12, 0.16, 6.9), _WOOD)
    )
    return parts


def _tables(set_: Scenery) -> tuple[Mark, ...]:
    marks: list[Mark] = []
    for x in (-2.75, 2.75):
        for z in (-3.0, 2.2):
            set_.add(
                placed(furniture.table(_WOOD, width_m=2.2, depth_m=1.0), (x, 0, z), yaw=np.pi / 2)
            )
            set_.table((x, 0.74, z), 0.48, 1.1)
            for dz, dx in ((-0.5, -0.8), (0.5, -0.8), (-0.5, 0.8), (0.5, 0.8)):
                yaw = np.pi / 2 if dx < 0 else -np.pi / 2
                set_.add(
                    placed(
                        furniture.chair(_WOOD, Finish(rgb("#3f5a48"), Surface.CLOTH, 0.9)),
                        (x + dx, 0, z + dz),
                        yaw=yaw,
                    )
                )
                set_.post(x + dx, z + dz, 0.25, 0.95)
                marks.append(Mark(f"seat{len(marks) + 1}", (x + dx, 0.0, z + dz), float(yaw), 0.46))
            for dz in (-0.45, 0.45):
                set_.add_bare(placed(_green_lamp(), (x, 0.74, z + dz)))
                set_.lamp(
                    Practical(
                        (x, 1.08, z + dz), (1.5, 1.2, 0.6), 3.6, (0.0, -1.0, 0.0), size_m=0.15
                    )
                )
            set_.add(
                placed(
                    things.book(Finish(rgb("#6b2b26"), Surface.CLOTH, 0.7)),
                    (x + 0.2, 0.74, z),
                    yaw=0.4,
                ),
                placed(
                    things.book(Finish(rgb("#23405a"), Surface.CLOTH, 0.7)),
                    (x + 0.18, 0.776, z + 0.02),
                    yaw=0.9,
                ),
                placed(
                    things.book(Finish(rgb("#6f6242"), Surface.CLOTH, 0.7)),
                    (x - 0.25, 0.74, z + 0.25),
                    yaw=-0.3,
                ),
            )
    return tuple(marks)


def _green_lamp() -> Mesh:
    shade = Finish(rgb("#2f7a52"), Surface.SCREEN, 0.3, 0.55)
    return merged(
        [
            lathe(
                [(0, 0), (0.09, 0), (0.08, 0.015), (0.012, 0.03), (0.01, 0.3)],
                furniture.BRASS,
                sides=14,
            ),
            placed(ball((0, 0, 0), (0.09, 0.06, 0.17), shade, level=2), (0, 0.36, 0)),
        ]
    )


def _lamps(set_: Scenery) -> None:
    night = set_.conditions.time_of_day != "day" or set_.conditions.dark
    power = 1.0 if night else 0.5
    for z in (-4.2, 1.6):
        arms = [
            tube(
                [
                    (0, 0, 0),
                    (0.5 * np.sin(a), -0.12, 0.5 * np.cos(a)),
                    (0.62 * np.sin(a), 0.06, 0.62 * np.cos(a)),
                ],
                0.015,
                furniture.BRASS,
                sides=5,
            )
            for a in np.arange(6) * 1.047
        ]
        globes = [
            ball(
                (0.62 * np.sin(a), 0.13, 0.62 * np.cos(a)),
                0.075,
                Finish(rgb("#ffe2b0"), Surface.SCREEN, 0.4, 4.0 if night else 1.5),
                level=1,
            )
            for a in np.arange(6) * 1.047
        ]
        set_.add_bare(
            placed(
                merged(
                    [
                        *arms,
                        *globes,
                        tube([(0, 0, 0), (0, 2.0, 0)], 0.015, furniture.BRASS, sides=5),
                    ]
                ),
                (0, 4.0, z),
            )
        )
        set_.lamp(
            Practical((0.0, 3.95, z), (11.0 * power, 7.8 * power, 4.2 * power), 13.0, size_m=0.8)
        )
    set_.lamps += [
        Lamp((2.2, 2.6, 2.2), (2.4, 1.8, 1.15), 5.5),
        Lamp((-2.2, 2.5, -2.4), (2.0, 1.4, 0.75), 5.5),
    ]

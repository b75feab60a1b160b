"""A living room in the evening or by day: sofa, bookcases, fireplace, big window, lamps, rug."""

from __future__ import annotations

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.render.scene import Lamp
from matinee.engine.stage.light import Climate
from matinee.engine.stage.parts import furniture, things
from matinee.engine.stage.parts.finish import Finish, rgb, seed_of
from matinee.engine.stage.parts.fire import flame
from matinee.engine.stage.parts.masonry import Opening
from matinee.engine.stage.parts.solids import box, boxes, placed, tube
from matinee.engine.stage.worlds.model import Conditions, Mark, Practical, Space, World
from matinee.engine.stage.worlds.room import Shell, daylight, garden, shell, walled
from matinee.engine.stage.worlds.scenery import Scenery, around

_ROOM = Shell(-4.0, 4.0, -3.4, 4.4, 2.8)
_WINDOW = Opening(2.0, 4.6, 0.45, 2.35)
_BACK = Opening(5.4, 7.2, 0.8, 2.3)


def build(conditions: Conditions) -> World:
    """Build the living room."""
    rng = seed_of("living_room", conditions.seed)
    lit = conditions.time_of_day != "day" or conditions.weather not in {"clear", "cloudy"}
    set_ = Scenery("living_room", conditions)
    wall = Finish(rgb("#6f7f78"), Surface.PLASTER, 0.9)
    floor = Finish(rgb("#8a6444"), Surface.WOOD, 0.45)
    holes = {"right": [_WINDOW], "back": [_BACK], "left": [Opening(5.6, 6.6, 0.0, 2.1, "door")]}
    set_.add(
        shell(
            _ROOM,
            wall,
            floor,
            Finish(rgb("#d8d2c6"), Surface.PLASTER, 0.95),
            openings=holes,
            skirting=furniture.WHITE_PAINT,
        )
    )
    walled(set_, _ROOM)
    garden(set_, _ROOM)
    daylight(set_, _ROOM, "right", _WINDOW, strength=2.0)
    daylight(set_, _ROOM, "back", _BACK, strength=1.2)
    _seats(set_)
    _fireplace(set_, lit=lit)
    set_.add(*_shelves(set_, rng), *_trimmings(rng))
    _lamps(set_, lit=lit)
    marks = (
        *around(-1.5, spread=0.95),
        Mark("seat1", (-2.55, 0.0, 0.75), 1.35, 0.44),
        Mark("seat2", (-2.55, 0.0, 1.45), 1.6, 0.44),
        Mark("seat3", (1.9, 0.0, -1.45), -0.75, 0.44),
    )
    return set_.world(
        Climate(
            density_per_m=0.0015,
            indoor=True,
            key_turn=0.6,
            sunset_yaw=1.45,
            ambient=0.3,
            exposure=1.95,
            bloom=0.12,
        ),
        marks=marks,
        walk=((-0.9, -1.6), (0.9, 3.6)),
        keep_in=Space((-3.5, 0.3, -2.4), (3.5, 2.5, 4.1)),
        underfoot="carpet",
        ambience="room_tone",
        floor_radius_m=0.95,
        shadow_radius_m=9.0,
        reach_m=4.0,
    )


def _seats(set_: Scenery) -> None:
    moss, rust = (
        Finish(rgb("#5f6b4f"), Surface.CLOTH, 0.95),
        Finish(rgb("#a0583c"), Surface.CLOTH, 0.95),
    )
    set_.add(placed(furniture.sofa(moss), (-2.9, 0, 1.1), yaw=np.pi / 2))
    set_.block((-2.9, 0.4, 1.1), (0.45, 0.4, 1.08))
    set_.add(placed(furniture.sofa(rust, width_m=0.95), (2.05, 0, -1.7), yaw=-0.75))
    set_.block((2.05, 0.4, -1.7), (0.5, 0.4, 0.5), -0.75)
    cushions = ((-2.82, 0.62, 0.4, "#c99a4a"), (-2.84, 0.62, 1.75, "#8d3f36"))
    for x, y, z, code in cushions:
        set_.add(
            placed(
                box(
                    (0, 0, 0),
                    (0.2, 0.2, 0.07),
                    Finish(rgb(code), Surface.CLOTH, 0.95),
                    bevel_m=0.06,
                ),
                (x, y, z),
                yaw=1.2,
                tilt=-0.3,
            )
        )
    table = furniture.table(furniture.WALNUT, width_m=1.0, depth_m=0.55, height_m=0.4)
    set_.add(placed(table, (-1.55, 0, 1.25), yaw=np.pi / 2))
    set_.table((-1.55, 0.4, 1.25), 0.27, 0.5)
    set_.add(
        placed(things.book(Finish(rgb("#8d3f36"), Surface.CLOTH, 0.7)), (-1.6, 0.4, 1.5), yaw=0.4),
        placed(things.cup(furniture.CERAMIC), (-1.42, 0.4, 1.0)),
        placed(furniture.rug(2.6, 3.2, rgb("#7d4438"), rgb("#2f3a40")), (-0.3, 0, 0.6)),
    )


def _fireplace(set_: Scenery, *, lit: bool) -> None:
    z = _ROOM.z0
    stone, brick = (
        Finish(rgb("#c9c0b0"), Surface.STONE, 0.6),
        Finish(rgb("#5a3a30"), Surface.BRICK, 0.9),
    )
    set_.add(
        box((-0.7, 0.62, z + 0.14), (0.85, 0.62, 0.16), stone, bevel_m=0.01),
        box(
            (-0.7, 0.45, z + 0.31), (0.5, 0.42, 0.005), Finish(rgb("#120e0c"), Surface.BRICK, 0.95)
        ),
        boxes(
            [(-1.33, 0.6, z + 0.31), (-0.07, 0.6, z + 0.31)],
            (0.13, 0.58, 0.03),
            stone.times(1.1),
            bevel_m=0.012,
        ),
        box((-0.7, 1.05, z + 0.31), (0.72, 0.12, 0.03), stone.times(1.1), bevel_m=0.012),
        box((-0.7, 1.27, z + 0.2), (0.98, 0.035, 0.25), stone.times(1.12), bevel_m=0.015),
        box((-0.7, 0.025, z + 0.5), (0.95, 0.025, 0.3), brick),
        placed(things.clock(furniture.WALNUT), (-0.7, 1.305, z + 0.2)),
        placed(things.candle(furniture.CERAMIC), (-1.35, 1.305, z + 0.2)),
        placed(
            things.vase(Finish(rgb("#4f6f7a"), Surface.PAINT, 0.3)),
            (-0.05, 1.305, z + 0.2),
            scale=0.8,
        ),
    )
    logs = [
        tube(
            [(-0.95 + 0.1 * k, 0.1 + 0.05 * (k % 2), z + 0.42), (-0.45 - 0.1 * k, 0.12, z + 0.4)],
            0.045,
            Finish(rgb("#3a2a20"), Surface.WOOD, 0.9),
            sides=7,
        )
        for k in range(3)
    ]
    set_.add(*logs)
    set_.block((-0.7, 0.65, z + 0.2), (1.0, 0.65, 0.25))
    if lit:
        set_.add_bare(
            *(placed(flame(0.34 + 0.05 * k), (-0.85 + 0.16 * k, 0.12, z + 0.41)) for k in range(3))
        )
        set_.lamp(
            Practical((-0.7, 0.4, z + 0.75), (2.6, 1.15, 0.35), 7.0, (0.0, 0.1, 0.99), size_m=0.5)
        )
    set_.add(
        placed(
            furniture.picture(1.0, 0.62, furniture.BRASS, rng=seed_of("living picture")),
            (-0.7, 1.92, z + 0.04),
        )
    )


def _shelves(set_: Scenery, rng: np.random.Generator) -> list[Mesh]:
    parts = []
    for x in (-2.85,):
        parts.append(
            placed(
                furniture.bookcase(furniture.WALNUT, width_m=1.7, height_m=2.3, rng=rng),
                (x, 0, _ROOM.z0 + 0.17),
            )
        )
        set_.block((x, 1.15, _ROOM.z0 + 0.17), (0.87, 1.15, 0.18))
    low = furniture.cupboard(
        1.5, 0.6, 0.4, furniture.WALNUT, doors=3, handle=furniture.BRASS, top=furniture.WALNUT
    )
    parts.append(placed(low, (3.55, 0, 2.0), yaw=-np.pi / 2))
    parts.append(placed(things.vase(Finish(rgb("#c9b08a"), Surface.PAINT, 0.4)), (3.7, 0.64, 2.4)))
    set_.block((3.76, 0.3, 2.0), (0.22, 0.3, 0.75))
    return parts


def _trimmings(rng: np.random.Generator) -> list[Mesh]:
    cloth = Finish(rgb("#c9b89a"), Surface.CLOTH, 0.95)
    parts = [
        placed(furniture.curtain(0.5, 2.35, cloth), (_ROOM.x1 - 0.1, 0.15, z), yaw=-np.pi / 2)
        for z in (-1.75, 1.55)
    ]
    parts += [
        placed(furniture.curtain(0.4, 2.3, cloth), (x, 0.15, _ROOM.z0 + 0.1)) for x in (1.15, 3.45)
    ]
    parts.append(placed(furniture.potted_plant(rng, height_m=1.3), (3.35, 0, -2.75)))
    parts.append(
        placed(
            furniture.picture(0.5, 0.7, furniture.WALNUT, rng=rng),
            (_ROOM.x0 + 0.03, 1.7, 0.4),
            yaw=np.pi / 2,
        )
    )
    parts.append(
        placed(
            furniture.picture(0.5, 0.7, furniture.WALNUT, rng=rng),
            (_ROOM.x0 + 0.03, 1.7, 1.7),
            yaw=np.pi / 2,
        )
    )
    cornice = [(0, _ROOM.high - 0.05, _ROOM.z0 + 0.05)]
    parts.append(boxes(cornice, (4.0, 0.05, 0.05), furniture.WHITE_PAINT, bevel_m=0.03))
    return [merged(parts)]


def _lamps(set_: Scenery, *, lit: bool) -> None:
    shade = Finish(rgb("#f0d6a6"), Surface.CLOTH, 0.9)
    for x, z in ((-3.45, -0.7), (2.9, -2.5)):
        set_.add_bare(placed(furniture.floor_lamp(shade, lit=lit), (x, 0, z)))
        set_.post(x, z, 0.2, 1.6)
        if lit:
            set_.lamp(Practical((x, 1.5, z), (1.9, 1.25, 0.68), 7.0, size_m=0.3))
    set_.add_bare(
        placed(
            furniture.table_lamp(Finish(rgb("#6a7f86"), Surface.PAINT, 0.3), lit=lit),
            (3.7, 0.64, 1.6),
        )
    )
    if lit:
        set_.lamp(Practical((3.6, 1.0, 1.6), (1.4, 0.95, 0.55), 6.0, size_m=0.25))
        set_.lamps += [
            Lamp((1.9, 1.8, 1.6), (1.5, 1.0, 0.62), 4.5),
            Lamp((-1.6, 1.7, -1.9), (1.2, 0.7, 0.36), 4.0),
        ]
    else:
        set_.lamps.append(Lamp((2.7, 1.9, 1.0), (1.9, 1.85, 1.75), 4.4))

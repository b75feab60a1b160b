"""A bedroom: made bed, bedside lamps, wardrobe, desk by the window, pictures, warm wood."""

from __future__ import annotations

import numpy as np

from matinee.engine.render.geometry import Surface
from matinee.engine.render.scene import Lamp
from matinee.engine.stage.light import Climate
from matinee.engine.stage.parts import furniture, things
from matinee.engine.stage.parts.finish import Finish, rgb, seed_of
from matinee.engine.stage.parts.masonry import Opening
from matinee.engine.stage.parts.solids import box, placed
from matinee.engine.stage.worlds.model import Conditions, Mark, Practical, Space, World
from matinee.engine.stage.worlds.room import Shell, daylight, garden, shell, walled
from matinee.engine.stage.worlds.scenery import Scenery, around

_ROOM = Shell(-3.2, 3.2, -3.2, 3.8, 2.65)
_WINDOW = Opening(1.7, 3.6, 0.85, 2.2)


def build(conditions: Conditions) -> World:
    """Build the bedroom."""
    rng = seed_of("bedroom", conditions.seed)
    lit = conditions.time_of_day != "day" or conditions.weather not in {"clear", "cloudy"}
    set_ = Scenery("bedroom", conditions)
    wall = Finish(rgb("#a99a9c"), Surface.PLASTER, 0.9)
    floor = Finish(rgb("#9a7550"), Surface.WOOD, 0.5)
    holes = {"right": [_WINDOW], "left": [Opening(4.9, 5.8, 0.0, 2.05, "door")]}
    set_.add(
        shell(
            _ROOM,
            wall,
            floor,
            Finish(rgb("#ddd8d0"), Surface.PLASTER, 0.95),
            openings=holes,
            skirting=furniture.WHITE_PAINT,
        )
    )
    walled(set_, _ROOM)
    garden(set_, _ROOM)
    daylight(set_, _ROOM, "right", _WINDOW, strength=2.4)
    blue = Finish(rgb("#4f6680"), Surface.CLOTH, 0.95)
    set_.add(
        placed(furniture.bed(blue), (-1.35, 0, -2.05)),
        placed(furniture.rug(2.6, 1.8, rgb("#8a6a72"), rgb("#d0c4b4")), (-0.2, 0, 0.3)),
    )
    set_.block((-1.35, 0.35, -2.05), (0.88, 0.35, 1.1))
    for x in (-2.55, -0.15):
        set_.add(
            placed(
                furniture.cupboard(
                    0.5,
                    0.5,
                    0.4,
                    furniture.WALNUT,
                    doors=1,
                    handle=furniture.BRASS,
                    top=furniture.WALNUT,
                    drawers=True,
                ),
                (x, 0, -2.72),
            )
        )
        set_.add_bare(
            placed(
                furniture.table_lamp(Finish(rgb("#b58a6a"), Surface.PAINT, 0.3), lit=lit),
                (x, 0.54, -2.95),
            )
        )
        set_.block((x, 0.26, -2.95), (0.26, 0.26, 0.22))
        if lit:
            set_.lamp(Practical((x, 0.95, -2.8), (1.6, 1.05, 0.55), 6.0, size_m=0.25))
    set_.add(
        placed(
            furniture.cupboard(
                1.6, 2.2, 0.6, furniture.WHITE_PAINT, doors=3, handle=furniture.BRASS
            ),
            (-2.55, 0, 0.9),
            yaw=np.pi / 2,
        )
    )
    set_.block((-2.88, 1.1, 0.9), (0.32, 1.1, 0.8))
    _desk(set_, rng, lit=lit)
    set_.add(
        *(
            placed(
                furniture.picture(0.42, 0.56, furniture.WALNUT, rng=rng), (x, 1.75, _ROOM.z0 + 0.03)
            )
            for x in (-1.95, -1.35, -0.75)
        ),
        *(
            placed(
                furniture.curtain(0.42, 1.75, Finish(rgb("#d6cabc"), Surface.CLOTH, 0.95)),
                (_ROOM.x1 - 0.09, 0.6, z),
                yaw=-np.pi / 2,
            )
            for z in (-1.72, 0.62)
        ),
        placed(
            things.teddy_bear(Finish(rgb("#96683a"), Surface.CLOTH, 0.98)),
            (-1.7, 0.6, -2.35),
            yaw=0.3,
        ),
        placed(
            things.mirror(furniture.WALNUT), (1.75, 0.55, _ROOM.z0 + 0.05), scale=(1.0, 1.4, 1.0)
        ),
    )
    if lit:
        set_.lamps += [
            Lamp((1.6, 1.8, 1.4), (1.1, 0.78, 0.5), 4.2),
            Lamp((-1.2, 1.3, -1.7), (1.2, 0.8, 0.44), 3.8),
        ]
    else:
        set_.lamps.append(Lamp((2.3, 1.8, 0.8), (1.8, 1.75, 1.7), 4.0))
    return set_.world(
        Climate(
            density_per_m=0.0015,
            indoor=True,
            key_turn=0.6,
            sunset_yaw=1.4,
            ambient=0.3,
            exposure=1.95,
            bloom=0.12,
        ),
        marks=(
            *around(-0.9, spread=0.85, far_x=0.9),
            Mark("seat1", (-0.75, 0.0, -1.35), 0.6, 0.52),
            Mark("seat2", (2.05, 0.0, -1.0), 0.9, 0.46),
        ),
        walk=((-1.9, 0.0), (1.9, 2.6)),
        keep_in=Space((-2.4, 0.3, -0.95), (2.8, 2.4, 3.5)),
        underfoot="wood",
        ambience="room_tone",
        floor_radius_m=0.85,
        shadow_radius_m=8.0,
        reach_m=4.0,
    )


def _desk(set_: Scenery, rng: np.random.Generator, *, lit: bool) -> None:
    set_.add(
        placed(
            furniture.table(furniture.BEECH, width_m=1.2, depth_m=0.55),
            (2.88, 0, -0.6),
            yaw=np.pi / 2,
        ),
        placed(furniture.chair(furniture.BEECH), (2.15, 0, -0.7), yaw=np.pi / 2 - 0.3),
        placed(furniture.laptop(furniture.STEEL), (2.85, 0.74, -0.7), yaw=-np.pi / 2),
        placed(furniture.potted_plant(rng, height_m=0.4), (2.95, 0.74, -0.15)),
        box((2.98, 0.78, -1.05), (0.1, 0.04, 0.13), Finish(rgb("#8d3f36"), Surface.CLOTH, 0.8)),
    )
    set_.table((2.88, 0.74, -0.6), 0.27, 0.6)
    set_.post(2.1, -0.7, 0.3, 0.9)
    if lit:
        set_.lamp(Practical((2.7, 1.0, -0.7), (0.35, 0.45, 0.6), 3.0, (-1.0, 0.0, 0.0), size_m=0.3))

"""An open office high above a town: desks with screens, glass front, plants, a meeting table."""

from __future__ import annotations

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.render.scene import Lamp
from matinee.engine.stage.light import Climate
from matinee.engine.stage.parts import furniture, masonry, things
from matinee.engine.stage.parts.finish import Finish, rgb, seed_of
from matinee.engine.stage.parts.masonry import Opening
from matinee.engine.stage.parts.solids import box, placed, tube
from matinee.engine.stage.worlds.model import Conditions, Mark, Practical, Space, World
from matinee.engine.stage.worlds.room import Shell, daylight, shell, walled
from matinee.engine.stage.worlds.scenery import Scenery, around

_ROOM = Shell(-6.2, 6.2, -4.6, 5.4, 3.0, cell_m=0.5)
_GLASS = tuple(Opening(0.5 + 2.3 * k, 2.6 + 2.3 * k, 0.35, 2.7) for k in range(5))
_SIDE = (Opening(1.2, 3.6, 0.6, 2.6), Opening(4.4, 6.8, 0.6, 2.6))


def build(conditions: Conditions) -> World:
    """Build the office."""
    rng = seed_of("office", conditions.seed)
    set_ = Scenery("office", conditions)
    wall, floor = (
        Finish(rgb("#c4c3be"), Surface.PLASTER, 0.9),
        Finish(rgb("#5f656b"), Surface.CLOTH, 0.97),
    )
    holes = {
        "back": list(_GLASS),
        "right": list(_SIDE),
        "left": [Opening(7.2, 8.3, 0.0, 2.15, "door")],
    }
    set_.add(
        shell(
            _ROOM,
            wall,
            floor,
            Finish(rgb("#cfcfcc"), Surface.PLASTER, 0.95),
            openings=holes,
            skirting=furniture.BLACK_METAL,
            frame=masonry.FRAME_DARK,
        )
    )
    walled(set_, _ROOM)
    for pane in _GLASS:
        daylight(set_, _ROOM, "back", pane, strength=0.8)
    for pane in _SIDE:
        daylight(set_, _ROOM, "right", pane, strength=1.5)
    _town(set_, rng)
    for x, z, yaw in (
        (-3.6, -2.6, 0.0),
        (-3.6, -1.0, np.pi),
        (3.6, -2.8, 0.0),
        (3.6, -1.2, np.pi),
        (-4.2, 2.4, 0.0),
        (-4.2, 4.0, np.pi),
    ):
        _desk(set_, x, z, yaw, rng)
    _meeting(set_)
    for x, z, h in ((-1.4, -4.1, 1.5), (1.6, -4.1, 1.2), (5.6, 0.9, 1.4), (-5.7, 0.6, 1.3)):
        set_.add(placed(furniture.potted_plant(rng, height_m=h), (x, 0, z)))
        set_.post(x, z, 0.35, h)
    set_.add(
        placed(
            furniture.bookcase(furniture.BEECH, width_m=2.0, height_m=1.6, rng=rng, full=0.6),
            (-6.0, 0, -2.4),
            yaw=np.pi / 2,
        )
    )
    board = merged(
        [
            box((0, 0, 0), (1.1, 0.65, 0.015), Finish(rgb("#e8e8e4"), Surface.PAINT, 0.2)),
            *(
                box(
                    (-0.7 + 0.35 * k, 0.3 - 0.12 * (k % 3), 0.017),
                    (0.12, 0.09, 0.002),
                    Finish(rgb(code), Surface.PLAIN, 0.9),
                )
                for k, code in enumerate(("#e0c14a", "#d98a8a", "#8ab0d0", "#9ac08a", "#e0c14a"))
            ),
        ]
    )
    set_.add(placed(board, (_ROOM.x0 + 0.04, 1.6, 2.2), yaw=np.pi / 2))
    _ceiling(set_)
    return set_.world(
        Climate(
            density_per_m=0.0015,
            indoor=True,
            key_turn=0.55,
            sunset_yaw=1.5,
            ambient=0.32,
            exposure=1.7,
            bloom=0.1,
            lit_windows=1.0,
        ),
        marks=(
            *around(-2.2, spread=1.0),
            Mark("seat1", (-3.6, 0.0, -1.85), np.pi, 0.46),
            Mark("seat2", (3.6, 0.0, -2.0), np.pi, 0.46),
        ),
        walk=((0.0, -3.4), (0.0, 4.6)),
        keep_in=Space((-5.6, 0.3, -4.0), (5.6, 2.7, 5.0)),
        underfoot="carpet",
        ambience="office",
        floor_radius_m=1.3,
        shadow_radius_m=10.0,
        reach_m=4.0,
    )


def office_chair() -> Mesh:
    """Return a swivel chair that faces +Z, its seat 0.46 m high."""
    cloth = Finish(rgb("#2a2d33"), Surface.CLOTH, 0.95)
    feet = [
        tube(
            [(0, 0.1, 0), (0.28 * np.sin(a), 0.05, 0.28 * np.cos(a))],
            0.018,
            furniture.BLACK_METAL,
            sides=5,
        )
        for a in np.arange(5) * 1.257
    ]
    return merged(
        [
            *feet,
            tube([(0, 0.1, 0), (0, 0.42, 0)], 0.025, furniture.STEEL, sides=7),
            box((0, 0.46, 0), (0.24, 0.04, 0.23), cloth, bevel_m=0.03),
            box((0, 0.82, -0.25), (0.21, 0.27, 0.03), cloth, bevel_m=0.025),
            tube(
                [(0, 0.44, -0.18), (0, 0.5, -0.3), (0, 0.75, -0.29)],
                0.02,
                furniture.BLACK_METAL,
                sides=5,
            ),
        ]
    )


def _desk(set_: Scenery, x: float, z: float, yaw: float, rng: np.random.Generator) -> None:
    tone = ("#6f96c4", "#8fb59a", "#c4a87a", "#9a8fc4")[int(rng.integers(0, 4))]
    white = Finish(rgb("#d8d4cc"), Surface.PAINT, 0.4)
    monitor = merged(
        [
            placed(furniture.screen(0.6, 0.34, rgb(tone), emission=0.9), (0, 0.42, 0)),
            box((0, 0.13, -0.03), (0.02, 0.13, 0.012), furniture.BLACK_METAL),
            box((0, 0.008, -0.02), (0.12, 0.008, 0.09), furniture.BLACK_METAL),
        ]
    )
    desk = merged(
        [
            furniture.table(white, width_m=1.6, depth_m=0.75),
            placed(monitor, (0, 0.74, 0.18), yaw=np.pi),
            box(
                (0, 0.75, -0.14),
                (0.2, 0.01, 0.07),
                Finish(rgb("#26282b"), Surface.PLAIN, 0.6),
                bevel_m=0.004,
            ),
            placed(things.cup(Finish(rgb("#b8553c"), Surface.PAINT, 0.3)), (0.5, 0.74, -0.05)),
            placed(
                things.book(Finish(rgb("#3f5a6b"), Surface.CLOTH, 0.7)), (-0.5, 0.74, -0.1), yaw=0.3
            ),
            placed(office_chair(), (0.0, 0, -0.75)),
        ]
    )
    set_.add(placed(desk, (x, 0, z), yaw=yaw))
    set_.table((x, 0.74, z), 0.8, 0.37)
    way = np.cos(yaw)
    set_.post(x, z - 0.75 * float(way), 0.32, 1.0)


def _meeting(set_: Scenery) -> None:
    set_.add(placed(furniture.round_table(furniture.BEECH, radius_m=0.6), (4.0, 0, 2.9)))
    set_.table((4.0, 0.74, 2.9), 0.42, 0.42)
    for k in range(4):
        yaw = k * np.pi / 2 + 0.4
        x, z = 4.0 + 0.95 * np.sin(yaw), 2.9 + 0.95 * np.cos(yaw)
        set_.add(placed(office_chair(), (x, 0, z), yaw=yaw + np.pi))
        set_.post(float(x), float(z), 0.3, 1.0)


def _ceiling(set_: Scenery) -> None:
    panel_ = Finish(rgb("#fff6e8"), Surface.SCREEN, 0.5, 1.7)
    bright = 0.55 if set_.conditions.time_of_day == "day" and not set_.conditions.dark else 1.0
    for x in (-4.0, 0.0, 4.0):
        for z in (-2.4, 1.0, 4.0):
            set_.add_bare(
                box((x, _ROOM.high - 0.03, z), (0.6, 0.02, 0.14), panel_),
                box((x, _ROOM.high - 0.015, z), (0.63, 0.02, 0.17), furniture.WHITE_PAINT),
            )
            set_.lamp(
                Practical(
                    (x, _ROOM.high - 0.08, z),
                    (2.1 * bright, 2.0 * bright, 1.85 * bright),
                    7.0,
                    (0.0, -1.0, 0.0),
                    size_m=0.7,
                )
            )
    set_.lamps.append(Lamp((2.0, 2.4, 2.0), (1.5, 1.45, 1.4), 4.6))
    set_.add(
        *(
            tube(
                [(x, _ROOM.high - 0.25, -4.4), (x, _ROOM.high - 0.25, 5.2)],
                0.11,
                furniture.STEEL.times(0.8),
                sides=10,
            )
            for x in (-5.3, 2.0)
        )
    )


def _town(set_: Scenery, rng: np.random.Generator) -> None:
    """Set towers outside, whose feet are far below."""
    for k in range(22):
        angle = rng.uniform(1.9, 4.6) if k < 15 else rng.uniform(1.2, 1.95)
        away = rng.uniform(38, 150)
        tall = rng.uniform(20, 75)
        wide = rng.uniform(12, 24)
        tone = Finish(rgb(("#7d8790", "#8a8378", "#6a7680", "#95908a")[k % 4]), Surface.FACADE, 0.7)
        tower = masonry.tower_block(float(wide), float(tall), float(wide), tone, cell_m=12.0)
        set_.add(
            placed(
                tower,
                (away * np.sin(angle), -45.0, away * np.cos(angle)),
                yaw=float(rng.uniform(0, 1.5)),
            )
        )
    set_.add(box((0, -46.0, 0), (260, 0.5, 260), Finish(rgb("#5b6058"), Surface.ASPHALT, 0.95)))

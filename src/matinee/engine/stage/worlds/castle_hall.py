"""A great hall of a castle: pillars, long tables, banners, a throne, torches, tall windows."""

from __future__ import annotations

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.render.scene import Lamp
from matinee.engine.stage import weather
from matinee.engine.stage.light import Climate
from matinee.engine.stage.parts import furniture, street, things
from matinee.engine.stage.parts.finish import Finish, rgb, seed_of, weathered
from matinee.engine.stage.parts.fire import brazier, flame
from matinee.engine.stage.parts.masonry import Opening
from matinee.engine.stage.parts.solids import box, boxes, lathe, placed, prism, ring, tube
from matinee.engine.stage.worlds.model import Conditions, Mark, Practical, Space, World
from matinee.engine.stage.worlds.motion import hanging
from matinee.engine.stage.worlds.room import Shell, daylight, garden, shell, walled
from matinee.engine.stage.worlds.scenery import Scenery, around

_ROOM = Shell(-7.0, 7.0, -11.0, 9.0, 9.0, cell_m=0.7)
_STONE = Finish(rgb("#8f877a"), Surface.STONE, 0.88)
_OAK = Finish(rgb("#4f3826"), Surface.WOOD, 0.65)
_LANCETS = tuple(Opening(2.2 + 4.0 * k, 3.6 + 4.0 * k, 2.6, 6.6) for k in range(5))


def build(conditions: Conditions) -> World:
    """Build the hall."""
    rng = seed_of("castle_hall", conditions.seed)
    set_ = Scenery("castle_hall", conditions)
    floor = Finish(rgb("#77706a"), Surface.TILES, 0.55)
    set_.add(
        shell(
            _ROOM,
            _STONE,
            floor,
            _STONE.times(0.7),
            openings={"right": list(_LANCETS), "left": list(_LANCETS)},
            skirting=_STONE.times(0.8),
            frame=_STONE.times(1.1),
        )
    )
    walled(set_, _ROOM)
    garden(set_, _ROOM, far_m=40.0)
    for hole in _LANCETS:
        daylight(set_, _ROOM, "right", hole, strength=2.2)
        daylight(set_, _ROOM, "left", hole, strength=0.8)
    set_.add(*_pillars(set_), *_roof(), *_dais(set_), *_tables(set_, rng))
    _fires(set_)
    for number, (x, z) in enumerate(
        ((-4.2, -9.0), (4.2, -9.0), (-4.2, -5.0), (4.2, -5.0), (-4.2, -1.0), (4.2, -1.0))
    ):
        colour = rgb("#6d1c22") if number % 2 else rgb("#23385c")
        set_.move(
            f"banner{number}",
            street.banner(1.1, 3.0, colour, edge=rgb("#c79a3e")),
            hanging((x, 6.3, z), -np.sign(x) * np.pi / 2, 0.03, 0.25, number),
        )
    if conditions.time_of_day != "night":
        set_.airs.append(weather.motes((0.8, 0.7, 0.5), count=150, side_m=8.0, size_m=0.007))
    return set_.world(
        Climate(
            density_per_m=0.012,
            height_falloff_per_m=0.02,
            haze=(1.0, 0.95, 0.85),
            indoor=True,
            key_turn=0.55,
            sunset_yaw=1.5,
            ambient=0.22,
            exposure=2.1,
            bloom=0.16,
        ),
        marks=(*around(-5.0), Mark("seat1", (0.0, 0.45, -9.4), 0.0, 0.5)),
        walk=((0.0, -6.5), (0.0, 5.0)),
        keep_in=Space((-5.8, 0.3, -7.2), (5.8, 7.0, 8.4)),
        underfoot="stone",
        ambience="fire",
        floor_radius_m=1.6,
        shadow_radius_m=14.0,
        reach_m=7.0,
    )


def _pillars(set_: Scenery) -> list[Mesh]:
    shaft = lathe(
        [
            (0.62, 0),
            (0.62, 0.35),
            (0.46, 0.5),
            (0.42, 0.6),
            (0.42, 4.9),
            (0.5, 5.0),
            (0.46, 5.1),
            (0.68, 5.55),
            (0.7, 5.75),
            (0, 5.75),
        ],
        _STONE.times(1.08),
        sides=12,
    )
    parts = []
    for x in (-5.0, 5.0):
        for z in (-8.0, -4.0, 4.0, 8.0):
            parts.append(weathered(placed(shaft, (x, 0, z)), amount=0.12, cell_m=0.9))
            set_.post(x, z, 0.65, 5.7)
    return parts


def _roof() -> list[Mesh]:
    """Return pointed ribs across the hall and beams along it."""
    angle = np.linspace(0, np.pi / 2, 9)
    arc = np.stack([5.4 * np.cos(angle), 5.6 + 3.2 * np.sin(angle)], -1)
    parts = []
    for z in (-8.0, -4.0, 0.0, 4.0, 8.0):
        for side in (-1, 1):
            path = np.stack([side * arc[:, 0], arc[:, 1], 0 * angle + z], -1)
            parts.append(tube(path, 0.2, _STONE.times(1.05), sides=6))
    parts.append(boxes([(x, 8.7, -1.0) for x in (-4.5, -1.5, 1.5, 4.5)], (0.16, 0.18, 10.0), _OAK))
    return parts


def _dais(set_: Scenery) -> list[Mesh]:
    z = -9.4
    red, gold = (
        Finish(rgb("#6d1c22"), Surface.CLOTH, 0.9),
        Finish(rgb("#b8903a"), Surface.METAL, 0.35),
    )
    set_.block((0, 0.3, -9.6), (3.2, 0.3, 1.6))
    line = [
        (-0.55, 0.0),
        (0.55, 0.0),
        (0.5, 1.5),
        (0.28, 1.85),
        (0.0, 2.15),
        (-0.28, 1.85),
        (-0.5, 1.5),
    ]
    throne = merged(
        [
            placed(prism(line, 0.12, _OAK, bevel_m=0.02), (0, 0, -0.4)),
            box((0, 0.25, 0), (0.5, 0.25, 0.42), _OAK, bevel_m=0.02),
            box((0, 0.52, 0.02), (0.42, 0.05, 0.36), red, bevel_m=0.03),
            boxes(
                [(-0.48, 0.75, 0.02), (0.48, 0.75, 0.02)], (0.06, 0.05, 0.42), _OAK, bevel_m=0.02
            ),
            box((0, 1.1, -0.33), (0.34, 0.4, 0.03), red, bevel_m=0.02),
            placed(ring(0.13, 0.02, gold, sides=20), (0, 1.78, -0.32), tilt=np.pi / 2),
        ]
    )
    carpet = [
        placed(street.paving(-1.1, 1.1, -8.0, 8.0, red, y=0.006, cell_m=0.6), (0, 0, 0)),
        *(
            street.paving(
                x - 0.06,
                x + 0.06,
                -8.0,
                8.0,
                Finish(gold.colour, Surface.CLOTH, 0.9),
                y=0.009,
                cell_m=1.2,
            )
            for x in (-0.95, 0.95)
        ),
    ]
    cloth = placed(
        street.banner(2.6, 5.0, rgb("#6d1c22"), edge=rgb("#c79a3e")), (0, 7.2, _ROOM.z0 + 0.15)
    )
    shields = [
        placed(things.shield(Finish(rgb(code), Surface.WOOD, 0.6)), (x, 3.2, _ROOM.z0 + 0.12))
        for x, code in ((-3.2, "#8a2a26"), (3.2, "#2a3f6a"), (-4.6, "#3a5a3a"), (4.6, "#7a6a2a"))
    ]
    return [
        box((0, 0.15, -9.4), (3.4, 0.15, 1.9), _STONE),
        box((0, 0.38, -9.7), (2.6, 0.08, 1.3), _STONE.times(1.1), bevel_m=0.03),
        placed(throne, (0, 0.45, z - 0.3)),
        *carpet,
        cloth,
        *shields,
    ]


def _tables(set_: Scenery, rng: np.random.Generator) -> list[Mesh]:
    parts = []
    pewter, clay = (
        Finish(rgb("#8a8a86"), Surface.METAL, 0.45),
        Finish(rgb("#8f5a3a"), Surface.PLASTER, 0.8),
    )
    for x in (-3.3, 3.3):
        z = -2.8
        parts += [
            placed(
                furniture.table(_OAK, width_m=5.6, depth_m=0.9, height_m=0.78),
                (x, 0, z),
                yaw=np.pi / 2,
            )
        ]
        set_.table((x, 0.78, z), 0.43, 2.8)
        for dx in (-0.75, 0.75):
            parts += [
                box((x + dx, 0.43, z), (0.16, 0.03, 2.6), _OAK, bevel_m=0.01),
                boxes([(x + dx, 0.2, z - 2.2), (x + dx, 0.2, z + 2.2)], (0.12, 0.2, 0.05), _OAK),
            ]
            set_.block((x + dx, 0.25, z), (0.17, 0.25, 2.6))
        for at in np.arange(-2.4, 2.5, 0.8):
            side = 0.22 if rng.random() < 0.5 else -0.22
            parts += [
                placed(things.plate(pewter), (x + side, 0.78, z + at)),
                placed(things.cup(pewter), (x - side, 0.78, z + at + 0.2), scale=1.3),
            ]
        parts += [
            placed(
                things.bread(Finish(rgb("#a8703a"), Surface.PLAIN, 0.8)),
                (x, 0.78, z - 0.9),
                yaw=0.4,
            ),
            placed(things.vase(clay), (x, 0.78, z + 0.3)),
            placed(things.candle(furniture.CERAMIC), (x, 0.78, z + 1.2)),
            placed(things.candle(furniture.CERAMIC), (x, 0.78, z - 1.7)),
        ]
        set_.lamp(
            Practical((x, 1.05, z + 1.2), (0.8, 0.45, 0.18), 4.0, size_m=0.1),
            Practical((x, 1.05, z - 1.7), (0.8, 0.45, 0.18), 4.0, size_m=0.1),
        )
    return parts


def _fires(set_: Scenery) -> None:
    night = set_.conditions.time_of_day == "night" or set_.conditions.dark
    power = 1.0 if night else 0.6
    for x in (-5.0, 5.0):
        for z in (-8.0, -4.0, 4.0):
            inner = x - np.sign(x) * 0.62
            set_.add(
                tube([(x - np.sign(x) * 0.4, 2.5, z), (inner, 2.7, z)], 0.03, street.IRON, sides=5)
            )
            set_.add_bare(placed(flame(0.42), (inner, 2.7, z)))
            set_.lamp(
                Practical(
                    (float(inner), 3.0, z),
                    (4.4 * power, 2.2 * power, 0.75 * power),
                    10.0,
                    size_m=0.25,
                )
            )
    for x in (-2.5, 2.5):
        set_.add_bare(placed(brazier(1.0), (x, 0, -7.2)))
        set_.post(x, -7.2, 0.45, 1.5)
        set_.lamp(
            Practical((x, 1.6, -7.2), (5.0 * power, 2.4 * power, 0.8 * power), 10.0, size_m=0.3)
        )
    for z in (-5.0, 1.0):
        crown = merged(
            [
                ring(1.0, 0.05, street.IRON, sides=24, around=5),
                *(
                    tube([(np.sin(a), 0, np.cos(a)), (0, 1.2, 0)], 0.015, street.IRON, sides=3)
                    for a in np.arange(4) * np.pi / 2
                ),
                tube([(0, 1.2, 0), (0, 3.6, 0)], 0.02, street.IRON, sides=4),
                *(placed(flame(0.16), (np.sin(a), 0.05, np.cos(a))) for a in np.arange(10) * 0.628),
            ]
        )
        set_.add_bare(placed(crown, (0, 5.0, z)))
        set_.lamp(
            Practical((0.0, 4.8, z), (5.5 * power, 3.1 * power, 1.2 * power), 12.0, size_m=1.0)
        )
    set_.lamps += [
        Lamp((2.6, 3.2, 2.4), (4.2, 2.7, 1.3), 7.0),
        Lamp((-2.4, 2.6, -2.6), (3.2, 1.7, 0.7), 6.5),
    ]

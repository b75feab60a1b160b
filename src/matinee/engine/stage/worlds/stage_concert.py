"""A concert stage: truss with coloured beams, LED backdrop, drums, amplifiers, a dancing crowd."""

from __future__ import annotations

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.render.scene import Lamp
from matinee.engine.stage import weather
from matinee.engine.stage.light import Climate
from matinee.engine.stage.parts import crowd, furniture
from matinee.engine.stage.parts.finish import Colour, Finish, rgb, seed_of
from matinee.engine.stage.parts.solids import (
    box,
    boxes,
    cylinder,
    lathe,
    panel,
    placed,
    recoloured,
    ring,
    tube,
)
from matinee.engine.stage.worlds.model import Conditions, Practical, Space, World
from matinee.engine.stage.worlds.motion import bobbing
from matinee.engine.stage.worlds.scenery import Scenery, around

_STAGE_HALF_X, _BACK, _FRONT = 8.0, -6.0, 4.2
_BEAMS = tuple(map(rgb, ("#ff3d8a", "#3d7dff", "#ffb03d", "#8a3dff", "#3dffd0")))
_BLACK = Finish(rgb("#121215"), Surface.CLOTH, 0.95)


def build(conditions: Conditions) -> World:
    """Build the stage in a dark hall: the hour and the weather stay outside."""
    rng = seed_of("stage_concert", conditions.seed)
    indoors = Conditions("night", "clear", conditions.mood, conditions.seed)
    set_ = Scenery("stage_concert", indoors)
    floor = Finish(rgb("#2b2a2d"), Surface.PAINT, 0.25)
    set_.add(
        panel(
            (-_STAGE_HALF_X, 0, _FRONT),
            (2 * _STAGE_HALF_X, 0, 0),
            (0, 0, _BACK - _FRONT),
            floor,
            cell_m=0.35,
        ),
        box((0, -0.62, _FRONT + 0.05), (_STAGE_HALF_X, 0.6, 0.05), _BLACK),
        panel(
            (-24, -1.2, 30),
            (48, 0, 0),
            (0, 0, -26),
            Finish(rgb("#1f1e20"), Surface.ASPHALT, 0.9),
            cell_m=1.5,
        ),
        *_hall(),
        *_band(set_, rng),
        *_truss(),
    )
    _backdrop(set_)
    _beams(set_)
    _people(set_, rng)
    set_.lamps += [
        Lamp((1.2, 5.4, 3.6), (26.0, 23.0, 20.0), 10.0, (-0.19, -0.72, -0.66), 0.42),
        Lamp((-3.4, 4.2, -3.4), (9.0, 2.0, 5.6), 9.0),
        Lamp((3.6, 4.2, -3.2), (2.0, 4.2, 10.0), 9.0),
    ]
    set_.airs.append(weather.motes((0.5, 0.42, 0.6), count=150, side_m=8.0, size_m=0.007))
    return set_.world(
        Climate(
            density_per_m=0.02,
            height_falloff_per_m=0.0,
            indoor=True,
            ambient=0.35,
            exposure=1.5,
            bloom=0.26,
            night_glow=(0.035, 0.014, 0.05),
        ),
        marks=around(-2.2),
        walk=((-4.2, 0.2), (4.2, 0.2)),
        keep_in=Space((-7.0, 0.2, -3.4), (7.0, 5.5, 14.0)),
        underfoot="wood",
        ambience="arena_crowd",
        mirror=True,
        floor_radius_m=1.7,
        shadow_radius_m=14.0,
        reach_m=6.0,
    )


def _hall() -> list[Mesh]:
    dark = Finish(rgb("#19181b"), Surface.PLASTER, 0.95)
    return [
        panel((-24, -1.2, _BACK - 2), (48, 0, 0), (0, 13, 0), dark, cell_m=3.0),
        box((-24, 5, 12), (0.2, 6.5, 20), dark),
        box((24, 5, 12), (0.2, 6.5, 20), dark),
        box((0, 11.6, 12), (24, 0.2, 20), dark),
        box((0, 5, 31), (24, 6.5, 0.2), dark),
    ]


def _backdrop(set_: Scenery) -> None:
    """Hang a wide LED wall with a burning sun of bars."""
    z = _BACK + 0.3
    glow = Finish((0.5, 0.5, 0.5), Surface.SCREEN, 0.5, 0.8)
    wall = panel((-6.5, 0.9, z), (13.0, 0, 0), (0, 5.4, 0), glow, cell_m=0.22)
    x, y = wall.positions[:, 0], wall.positions[:, 1] - 3.2
    away, angle = np.hypot(x, y), np.arctan2(y, x)
    ray = 0.5 + 0.5 * np.sin(angle * 18 + 0.6 * np.sin(away * 3))
    core = np.exp(-((away / 1.5) ** 2))
    fade = np.exp(-((away / 4.2) ** 2))
    tone = (
        np.asarray(rgb("#ffb45a")) * core[:, None]
        + np.asarray(rgb("#e0307a")) * (fade * ray)[:, None]
        + np.asarray(rgb("#2a1a6a")) * 0.5
    )
    set_.add_bare(
        recoloured(wall, np.clip(tone, 0.01, 0.95)),
        box((0, 3.6, z - 0.08), (6.7, 2.9, 0.06), _BLACK),
    )
    for px, colour in ((-3.6, rgb("#a02a80")), (0.0, rgb("#ff9a5a")), (3.6, rgb("#6a2aa0"))):
        set_.lamp(
            Practical(
                (px, 3.2, z + 0.5),
                (colour[0] * 14, colour[1] * 14, colour[2] * 14),
                11.0,
                (0.0, 0.0, 1.0),
                size_m=2.0,
            )
        )


def _truss() -> list[Mesh]:
    metal = Finish(rgb("#6b6e72"), Surface.METAL, 0.4)
    parts = []
    for z in (-4.0, 0.4, 3.4):
        y = 6.4
        parts += [
            tube([(-8.4, y + dy, z + dz), (8.4, y + dy, z + dz)], 0.035, metal, sides=6)
            for dy, dz in ((0, -0.2), (0, 0.2), (0.38, 0))
        ]
        zig = np.arange(-8.2, 8.2, 0.6)
        parts += [
            tube(
                [(x, y, z - 0.2), (x + 0.3, y + 0.38, z), (x + 0.6, y, z + 0.2)],
                0.014,
                metal,
                sides=3,
                closed=False,
            )
            for x in zig
        ]
    for x in (-8.3, 8.3):
        for z in (-4.0, 3.4):
            parts += [
                tube([(x + dx, -1.2, z + dz), (x + dx, 6.6, z + dz)], 0.04, metal, sides=6)
                for dx in (-0.2, 0.2)
                for dz in (-0.2, 0.2)
            ]
            parts.append(
                boxes([(x, y, z) for y in np.arange(-0.8, 6.4, 0.5)], (0.22, 0.018, 0.22), metal)
            )
    return parts


def _can(colour: Colour) -> Mesh:
    lens = Finish(colour, Surface.SCREEN, 0.4, 9.0)
    body = lathe(
        [(0.0, 0.34), (0.11, 0.34), (0.15, 0.2), (0.16, 0.0), (0.13, 0.0)][::-1],
        furniture.BLACK_METAL,
        sides=12,
    )
    return merged([body, placed(cylinder(0.135, 0.01, lens, sides=14), (0, 0.015, 0), tilt=np.pi)])


def _beams(set_: Scenery) -> None:
    """Hang cans on the truss; each paints the floor and a wall of haze with its colour."""
    for x, z, colour in (
        (-6.0, 12.0, _BEAMS[0]),
        (0.0, 16.0, _BEAMS[2]),
        (6.0, 12.0, _BEAMS[1]),
        (-7.0, 20.0, _BEAMS[3]),
        (7.0, 20.0, _BEAMS[4]),
    ):
        set_.lamp(
            Practical(
                (x, 7.0, z),
                (colour[0] * 30 + 4, colour[1] * 30 + 4, colour[2] * 30 + 4),
                17.0,
                size_m=0.15,
            )
        )
    number = 0
    for z in (-4.0, 0.4, 3.4):
        for x in np.linspace(-7.0, 7.0, 8):
            colour = _BEAMS[number % len(_BEAMS)]
            lean, turn = 0.35 * np.sin(number * 1.7), 0.45 if z < 0 else -0.25
            set_.add_bare(placed(_can(colour), (float(x), 5.95, z), tilt=-turn, roll=-lean))
            way = np.array([np.sin(lean), -1.0, np.sin(turn)])
            way /= np.linalg.norm(way)
            power = 34.0
            set_.lamp(
                Practical(
                    (float(x), 5.8, z),
                    (colour[0] * power, colour[1] * power, colour[2] * power),
                    16.0,
                    (float(way[0]), float(way[1]), float(way[2])),
                    0.3,
                )
            )
            number += 1
    strip = Finish(rgb("#ff5aa0"), Surface.SCREEN, 0.5, 4.0)
    set_.add_bare(box((0, -0.05, _FRONT + 0.11), (_STAGE_HALF_X, 0.02, 0.015), strip))
    set_.lamp(
        *(
            Practical((x, -0.2, _FRONT + 0.8), (1.6, 0.5, 0.9), 5.0, size_m=0.8)
            for x in (-5.0, 0.0, 5.0)
        )
    )


def _band(set_: Scenery, rng: np.random.Generator) -> list[Mesh]:
    shell = Finish(rgb("#7a1f2c"), Surface.PAINT, 0.2)
    skin = Finish(rgb("#d8d2c4"), Surface.PLAIN, 0.6)
    brass = Finish(rgb("#c79a44"), Surface.METAL, 0.25)

    def drum(radius: float, depth: float) -> Mesh:
        return merged(
            [
                cylinder(radius, depth, shell, sides=22),
                placed(cylinder(radius * 0.97, 0.006, skin, sides=22), (0, depth, 0)),
                placed(ring(radius, 0.012, furniture.STEEL, sides=22, around=5), (0, depth, 0)),
                placed(ring(radius, 0.012, furniture.STEEL, sides=22, around=5), (0, 0.01, 0)),
            ]
        )

    x, z, y = 0.0, -4.2, 0.5
    kit = [
        box((x, y / 2, z), (1.9, y / 2, 1.2), _BLACK),
        placed(drum(0.3, 0.42), (x, y + 0.32, z + 0.55), tilt=np.pi / 2),
        placed(drum(0.18, 0.2), (x - 0.3, y + 0.72, z + 0.25), tilt=0.3),
        placed(drum(0.18, 0.2), (x + 0.3, y + 0.72, z + 0.25), tilt=0.3),
        placed(drum(0.24, 0.34), (x + 0.75, y + 0.2, z)),
        placed(drum(0.18, 0.14), (x - 0.65, y + 0.5, z + 0.1)),
    ]
    for cx, cz, high in ((-0.95, 0.35, 1.3), (0.95, 0.4, 1.35), (-1.1, -0.1, 1.0)):
        kit += [
            placed(
                lathe([(0.24, 0.0), (0.05, 0.03), (0.03, 0.05), (0, 0.05)], brass, sides=20),
                (x + cx, y + high, z + cz),
                tilt=0.2,
            ),
            tube(
                [(x + cx, y, z + cz), (x + cx, y + high, z + cz)], 0.012, furniture.STEEL, sides=5
            ),
        ]
    set_.block((x, 0.8, z), (1.9, 0.8, 1.2))
    set_.add_bare(crowd.figures([(x, y + 0.62, z - 0.4)], 0.0, rng, pose="sit", near=True))
    amps = []
    for ax in (-4.6, -3.4, 3.4, 4.6):
        amps += [
            box((ax, 0.5, -4.4), (0.5, 0.5, 0.3), _BLACK, bevel_m=0.02),
            box((ax, 1.25, -4.4), (0.5, 0.24, 0.28), _BLACK, bevel_m=0.02),
            box((ax, 0.5, -4.09), (0.44, 0.44, 0.01), Finish(rgb("#2b2a28"), Surface.CLOTH, 0.95)),
            box((ax, 1.25, -4.11), (0.44, 0.05, 0.01), brass),
        ]
        set_.block((ax, 0.75, -4.4), (0.5, 0.75, 0.3))
    wedges = [
        placed(box((0, 0.16, 0), (0.34, 0.16, 0.22), _BLACK, bevel_m=0.03), (wx, 0, 3.6), tilt=-0.5)
        for wx in (-3.4, -2.2, 2.2, 3.4)
    ]
    stacks = []
    for sx in (-7.2, 7.2):
        for k in range(5):
            stacks += [
                placed(
                    box((0, 0, 0), (0.75, 0.34, 0.45), _BLACK, bevel_m=0.03),
                    (sx, 3.2 + 0.66 * k, 3.9),
                    tilt=0.06 * (2 - k),
                )
            ]
    musicians = [(-3.2, 0.0, -2.2), (3.3, 0.0, -2.3)]
    set_.add_bare(crowd.figures(musicians, np.array([0.2, -0.2]), rng, pose="lean", near=True))
    for mx, _, mz in musicians:
        set_.post(mx, mz, 0.35, 1.8)
    return [*kit, *amps, *wedges, *stacks]


def _people(set_: Scenery, rng: np.random.Generator) -> None:
    """Fill the hall: hands in the air in front, heads behind; they dance."""
    count = 330
    z = 6.4 + 20 * rng.random(count) ** 0.8
    x = rng.uniform(-11, 11, count)
    keep = ~((np.abs(x) < 1.4) & (z < 15))
    at = np.stack([x, np.full(count, -1.2), z], -1)[keep]
    third = len(at) // 3
    for number, pose in enumerate(("cheer", "clap", "wave")):
        mine = at[number * third : (number + 1) * third]
        group = crowd.figures(mine, np.pi, rng, pose=pose)
        set_.move(f"crowd{number}", group, bobbing(0.14, 1.9, number * 1.1))

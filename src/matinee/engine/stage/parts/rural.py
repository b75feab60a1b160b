"""Farms, camps, gardens, playgrounds and churchyards: what stands about in the country."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.stage.parts.finish import Colour, Finish, rgb, weathered
from matinee.engine.stage.parts.masonry import OLD_STONE, gable_roof
from matinee.engine.stage.parts.solids import (
    ball,
    box,
    boxes,
    cylinder,
    lathe,
    placed,
    prism,
    quads,
    ring,
    tube,
    two_sided,
    up,
)
from matinee.engine.stage.parts.street import IRON, OAK, PLANKS

if TYPE_CHECKING:
    from collections.abc import Sequence

BARN_RED = Finish(rgb("#8a2f26"), Surface.WOOD, 0.85)
WHITE_TRIM = Finish(rgb("#e4e0d6"), Surface.PAINT, 0.6)
STRAW = Finish(rgb("#c9a552"), Surface.FOLIAGE, 0.95)
SLATE_STONE = Finish(rgb("#85837c"), Surface.EARTH, 0.9)


def barn(width_m: float = 11.0, length_m: float = 16.0) -> Mesh:
    """Return a red barn with a gambrel roof, its doors towards +Z, centred."""
    w, h = width_m / 2, 4.2
    gable = [
        (-w, 0),
        (w, 0),
        (w, h),
        (0.62 * w, h + 2.6),
        (0, h + 3.9),
        (-0.62 * w, h + 2.6),
        (-w, h),
    ]
    body = prism(gable, length_m, BARN_RED)
    slate = Finish(rgb("#5a5f66"), Surface.METAL, 0.6)
    planes = []
    rim = [(w + 0.35, h - 0.15), (0.64 * w, h + 2.75), (0, h + 4.08)]
    for (x0, y0), (x1, y1) in pairwise(rim):
        for s in (-1, 1):
            four = [
                (s * x0, y0, length_m / 2 + 0.4),
                (s * x1, y1, length_m / 2 + 0.4),
                (s * x1, y1, -length_m / 2 - 0.4),
                (s * x0, y0, -length_m / 2 - 0.4),
            ]
            planes.append(two_sided(quads([four if s < 0 else four[::-1]], slate)))
    z = length_m / 2 + 0.04
    door = [box((s * 1.15, 1.6, z), (1.1, 1.6, 0.04), BARN_RED.times(0.8)) for s in (-1, 1)]
    trims = [
        boxes(
            [(s * 2.3, 1.65, z + 0.03) for s in (-1, 1)] + [(0, 1.65, z + 0.05)],
            (0.09, 1.65, 0.04),
            WHITE_TRIM,
        ),
        boxes([(0, 3.3, z + 0.03), (0, 0.08, z + 0.03)], (2.35, 0.09, 0.04), WHITE_TRIM),
        box((0, 5.6, z), (0.7, 0.7, 0.05), Finish(rgb("#2a2622"), Surface.PLAIN)),
        boxes([(0, 6.35, z + 0.04), (0, 4.85, z + 0.04)], (0.8, 0.08, 0.04), WHITE_TRIM),
        boxes([(s * w, h / 2, length_m / 2) for s in (-1, 1)], (0.12, h / 2, 0.12), WHITE_TRIM),
    ]
    for s in (-1, 1):
        trims += [
            placed(
                box((0, 0, 0), (0.07, 1.9, 0.03), WHITE_TRIM), (s * 1.15, 1.62, z + 0.06), roll=r
            )
            for r in (0.6, -0.6)
        ]
    return weathered(merged([body, *planes, *door, *trims]), amount=0.14, cell_m=1.4)


def silo(height_m: float = 12.0, radius_m: float = 2.2) -> Mesh:
    """Return a steel silo with a domed roof and hoops."""
    steel = Finish(rgb("#a9adb0"), Surface.METAL, 0.5)
    dome = [
        (radius_m, height_m),
        (radius_m * 0.8, height_m + 0.9),
        (radius_m * 0.4, height_m + 1.5),
        (0, height_m + 1.7),
    ]
    hoops = [
        placed(ring(radius_m + 0.01, 0.04, steel.times(0.7), sides=18, around=4), (0, y, 0))
        for y in np.arange(1.0, height_m, 1.4)
    ]
    return merged(
        [
            lathe([(radius_m, 0), (radius_m, height_m)], steel, sides=20),
            lathe(dome, steel.times(0.85), sides=20),
            *hoops,
        ]
    )


def hay_bale() -> Mesh:
    """Return a round bale lying on its side, 1.4 m across, its axis along X."""
    body = placed(
        cylinder(0.7, 1.25, STRAW, sides=18, bevel_m=0.06), (-0.62, 0.7, 0), roll=-np.pi / 2
    )
    whirls = [
        placed(
            ring(r, 0.02, STRAW.times(0.7), sides=16, around=3), (s * 0.64, 0.7, 0), roll=np.pi / 2
        )
        for s in (-1, 1)
        for r in (0.2, 0.42, 0.6)
    ]
    return weathered(merged([body, *whirls]), amount=0.2, cell_m=0.2)


def rail_fence(length_m: float, *, rails: int = 3, finish: Finish = PLANKS) -> Mesh:
    """Return a post-and-rail fence along X, centred."""
    posts = np.arange(-length_m / 2, length_m / 2 + 0.1, 2.2)
    return merged(
        [
            boxes(
                np.stack([posts, 0 * posts + 0.6, 0 * posts], -1),
                (0.06, 0.6, 0.06),
                finish,
                bevel_m=0.015,
            ),
            boxes(
                [(0, 0.3 + 0.34 * k, 0.07) for k in range(rails)],
                (length_m / 2, 0.055, 0.02),
                finish,
            ),
        ]
    )


def scarecrow() -> Mesh:
    """Return a scarecrow with outstretched arms and a hat."""
    shirt, sack = (
        Finish(rgb("#8a3f2c"), Surface.CLOTH, 0.95),
        Finish(rgb("#c9b080"), Surface.CLOTH, 0.95),
    )
    return merged(
        [
            tube([(0, 0, 0), (0, 2.1, 0)], 0.04, OAK, sides=5),
            tube([(-0.85, 1.5, 0), (0.85, 1.5, 0)], 0.035, OAK, sides=5),
            lathe([(0.26, 0.85), (0.22, 1.1), (0.24, 1.5), (0.06, 1.62)], shirt, sides=9),
            *(
                tube([(s * 0.18, 1.5, 0), (s * 0.72, 1.46, 0)], [0.12, 0.1], shirt, sides=7)
                for s in (-1, 1)
            ),
            ball((0, 1.82, 0), (0.15, 0.18, 0.15), sack, level=1),
            lathe(
                [(0.36, 1.92), (0.34, 1.95), (0.16, 1.97), (0.13, 2.2), (0, 2.22)],
                Finish(rgb("#6d5230"), Surface.CLOTH, 0.95),
                sides=10,
            ),
        ]
    )


def ridge_tent(colour: Colour, *, length_m: float = 2.6) -> Mesh:
    """Return a small tent whose door is towards +Z, one flap open."""
    cloth = Finish(colour, Surface.CLOTH, 0.9)
    half, w, h = length_m / 2, 1.15, 1.5
    sides = [
        [(-w, 0, half), (0, h, half), (0, h, -half), (-w, 0, -half)],
        [(w, 0, half), (w, 0, -half), (0, h, -half), (0, h, half)],
    ]
    back = [(-w, 0, -half), (0, h, -half), (0, h, -half), (w, 0, -half)]
    flap = [(-w, 0, half), (-0.15, 0, half + 0.1), (0, h, half), (0, h, half)]
    open_ = [(w, 0, half), (w * 0.95, 0, half + 0.5), (0.2, h * 0.8, half + 0.1), (0, h, half)]
    ropes = [
        tube([(s * w * 0.6, h * 0.45, z), (s * (w + 0.9), 0, z * 1.1)], 0.008, WHITE_TRIM, sides=3)
        for s in (-1, 1)
        for z in (-half, half)
    ]
    return merged(
        [
            two_sided(quads([*sides, back, flap, open_], cloth)),
            two_sided(
                quads(
                    [[(-w, 0.02, half), (w, 0.02, half), (w, 0.02, -half), (-w, 0.02, -half)]],
                    cloth.times(0.5),
                )
            ),
            *ropes,
        ]
    )


def fire_ring(radius_m: float = 0.55) -> Mesh:
    """Return a ring of stones and crossed logs for a camp fire."""
    angle = np.arange(11) / 11 * 2 * np.pi
    stones = [
        ball(
            (radius_m * np.sin(a), 0.08, radius_m * np.cos(a)),
            (0.14, 0.11, 0.13),
            SLATE_STONE.times(0.8 + 0.3 * np.sin(5 * a)),
            level=1,
        )
        for a in angle
    ]
    logs = [
        tube(
            [
                (0.45 * np.sin(a), 0.05, 0.45 * np.cos(a)),
                (-0.1 * np.sin(a), 0.32, -0.1 * np.cos(a)),
            ],
            [0.07, 0.05],
            OAK.times(0.5),
            sides=6,
        )
        for a in np.arange(5) * 1.257
    ]
    return merged([*stones, *logs])


def headstone(kind: int, rng: np.random.Generator) -> Mesh:
    """Return a gravestone: round-topped, a cross, an obelisk or a leaning slab."""
    stone = SLATE_STONE.times(float(rng.uniform(0.75, 1.2)))
    if kind == 1:
        parts = [
            box((0, 0.12, 0), (0.34, 0.12, 0.24), stone),
            box((0, 0.85, 0), (0.1, 0.62, 0.08), stone, bevel_m=0.02),
            box((0, 1.08, 0), (0.36, 0.1, 0.075), stone, bevel_m=0.02),
        ]
        return merged(parts)
    if kind == 2:
        return merged(
            [
                box((0, 0.2, 0), (0.38, 0.2, 0.38), stone, bevel_m=0.02),
                lathe([(0.28, 0.4), (0.18, 1.75), (0.0, 1.98)], stone, sides=4),
            ]
        )
    arc = np.linspace(0, np.pi, 9)
    outline = [
        (-0.34, -0.1),
        (0.34, -0.1),
        *((0.34 * np.cos(a), 0.68 + 0.3 * np.sin(a)) for a in arc),
    ]
    return placed(
        prism(outline, 0.14, stone, bevel_m=0.02),
        roll=float(rng.normal(0, 0.05)),
        tilt=float(rng.normal(0, 0.05)),
    )


def mausoleum() -> Mesh:
    """Return a small stone tomb house whose door is towards +Z."""
    stone = OLD_STONE.times(0.85)
    parts = [
        box((0, 0.15, 0), (2.1, 0.15, 2.4), stone),
        box((0, 1.7, -0.1), (1.7, 1.4, 1.9), stone, bevel_m=0.05),
    ]
    parts += [
        placed(
            lathe([(0.2, 0.3), (0.15, 0.5), (0.14, 2.8), (0.2, 3.05)], stone.times(1.1), sides=10),
            (s * 1.5, 0, 2.1),
        )
        for s in (-1, 1)
    ]
    parts += [
        placed(
            gable_roof(4.6, 4.0, 1.2, stone.times(0.9), over_m=0.2), (0, 3.1, 0.05), yaw=np.pi / 2
        )
    ]
    parts += [
        box((0, 1.3, 1.82), (0.55, 1.0, 0.04), IRON),
        ball((0, 4.55, 2.0), (0.12, 0.2, 0.12), stone, level=1),
    ]
    return weathered(merged(parts), amount=0.2, cell_m=0.9)


def iron_fence(length_m: float, *, height_m: float = 1.7) -> Mesh:
    """Return spear-topped iron railings along X, centred."""
    x = np.arange(-length_m / 2, length_m / 2 + 0.01, 0.24)
    bars = boxes(np.stack([x, 0 * x + height_m / 2, 0 * x], -1), (0.014, height_m / 2, 0.014), IRON)
    rails = boxes([(0, 0.2, 0), (0, height_m - 0.25, 0)], (length_m / 2, 0.025, 0.02), IRON)
    return merged([bars, rails])


def swing_set() -> Mesh:
    """Return the frame of two swings along X; the seats are `swing_seat`."""
    steel = Finish(rgb("#3f7fb0"), Surface.PAINT, 0.4)
    legs = [
        tube([(s * 2.0, 2.5, 0), (s * 2.25, 0, z)], 0.05, steel, sides=6)
        for s in (-1, 1)
        for z in (-1.0, 1.0)
    ]
    return merged([tube([(-2.05, 2.5, 0), (2.05, 2.5, 0)], 0.055, steel, sides=7), *legs])


def swing_seat() -> Mesh:
    """Return a swing hanging from the origin: two chains and a seat 2 m below."""
    chain = Finish(rgb("#8a8f94"), Surface.METAL, 0.4)
    return merged(
        [
            *(
                tube([(s * 0.24, 0, 0), (s * 0.24, -2.0, 0)], 0.012, chain, sides=4)
                for s in (-1, 1)
            ),
            box(
                (0, -2.02, 0),
                (0.27, 0.025, 0.12),
                Finish(rgb("#c23a2e"), Surface.PAINT, 0.4),
                bevel_m=0.015,
            ),
        ]
    )


def play_tower() -> Mesh:
    """Return a playground tower with roof, slide towards +Z, ladder and climbing net."""
    wood, red = (
        Finish(rgb("#b98a4e"), Surface.WOOD, 0.7),
        Finish(rgb("#d8452e"), Surface.PAINT, 0.3),
    )
    yellow, blue = (
        Finish(rgb("#e8b82e"), Surface.PAINT, 0.3),
        Finish(rgb("#2f74c0"), Surface.PAINT, 0.35),
    )
    parts: list[Mesh] = [
        boxes(
            [(sx * 0.8, 1.6, sz * 0.8) for sx in (-1, 1) for sz in (-1, 1)],
            (0.06, 1.6, 0.06),
            wood,
            bevel_m=0.02,
        ),
        box((0, 1.5, 0), (0.86, 0.05, 0.86), wood),
    ]
    parts += [
        placed(gable_roof(1.9, 1.9, 0.9, red), (0, 3.2, 0)),
        boxes([(s * 0.82, 1.95, 0) for s in (-1, 1)], (0.03, 0.35, 0.8), blue),
    ]
    share = np.linspace(0, 1, 11)
    path = np.stack(
        [0 * share, 1.5 - 1.28 * (share * 1.02) ** 1.25 + 0.0 * share, 0.8 + 3.0 * share], -1
    )
    for x, y, tone in ((-0.3, 0.13, yellow), (0.3, 0.13, yellow)):
        parts.append(tube(path + np.array((x, y, 0.0)), 0.05, tone, sides=6))
    four = [
        [(-0.3, a[1], a[2]), (0.3, a[1], a[2]), (0.3, b[1], b[2]), (-0.3, b[1], b[2])]
        for b, a in pairwise(path)
    ]
    parts.append(two_sided(quads(four, yellow)))
    parts += [
        boxes([(-0.98, 0.3 * k + 0.25, 0) for k in range(5)], (0.03, 0.03, 0.3), wood),
        *(tube([(-1.15, 0, z), (-0.85, 1.6, z)], 0.035, wood, sides=5) for z in (-0.3, 0.3)),
    ]
    parts += [
        tube(
            [
                (0.85 + 0.5 * (1 - k / 6), 1.5 * k / 6, -0.7),
                (0.85 + 0.5 * (1 - k / 6), 1.5 * k / 6, 0.7),
            ],
            0.02,
            red,
            sides=4,
        )
        for k in range(7)
    ]
    return merged(parts)


def seesaw() -> Mesh:
    """Return a seesaw along X, one end down."""
    plank = placed(
        box(
            (0, 0, 0), (1.7, 0.035, 0.13), Finish(rgb("#3aa05a"), Surface.PAINT, 0.4), bevel_m=0.015
        ),
        (0, 0.5, 0),
        roll=0.2,
    )
    return merged([plank, prism([(-0.3, 0), (0.3, 0), (0.05, 0.48), (-0.05, 0.48)], 0.2, IRON)])


def animal_pen(radius_m: float, *, rng: np.random.Generator) -> Mesh:
    """Return the railing of a round zoo enclosure with a rocky wall on its far side (-Z)."""
    angle = np.linspace(-1.9, 1.9, 46)
    at = np.stack([radius_m * np.sin(angle), 0 * angle + 0.55, radius_m * np.cos(angle)], -1)
    posts = boxes(at, (0.025, 0.55, 0.025), IRON)
    rails = [tube(at + up(y), 0.03, IRON, sides=4) for y in (0.5, -0.1)]
    rock = []
    for a in np.linspace(1.9, 2 * np.pi - 1.9, 9):
        size = float(rng.uniform(1.6, 2.6))
        rock.append(
            placed(
                weathered(
                    ball(
                        (0, 0, 0),
                        (size, size * rng.uniform(0.8, 1.3), size),
                        Finish(rgb("#8f8068"), Surface.EARTH, 0.92),
                        level=2,
                    ),
                    amount=0.3,
                ),
                (radius_m * np.sin(a), 0.3, radius_m * np.cos(a)),
            )
        )
    return merged([posts, *rails, *rock])


def gravel_bed(line: Sequence[tuple[float, float]], finish: Finish) -> Mesh:
    """Return flat stones laid along a path, as in a garden."""
    spots = np.asarray(line, np.float64)
    return merged(
        [
            placed(
                cylinder(
                    0.34,
                    0.09,
                    finish.times(0.85 + 0.3 * abs(np.sin(7.1 * k))),
                    sides=9,
                    bevel_m=0.03,
                ),
                (x, 0.0, z),
                scale=(1.0 + 0.2 * np.sin(3 * k), 1, 0.8),
            )
            for k, (x, z) in enumerate(spots)
        ]
    )


def pergola(width_m: float, depth_m: float, height_m: float = 2.6) -> Mesh:
    """Return a white garden pergola on columns."""
    posts = [(sx * width_m / 2, height_m / 2, sz * depth_m / 2) for sx in (-1, 1) for sz in (-1, 1)]
    bars = np.linspace(-width_m / 2, width_m / 2, 9)
    return merged(
        [
            boxes(posts, (0.09, height_m / 2, 0.09), WHITE_TRIM, bevel_m=0.02),
            boxes(
                [(0, height_m, s * depth_m / 2) for s in (-1, 1)],
                (width_m / 2 + 0.3, 0.08, 0.06),
                WHITE_TRIM,
            ),
            boxes(
                np.stack([bars, 0 * bars + height_m + 0.14, 0 * bars], -1),
                (0.04, 0.06, depth_m / 2 + 0.4),
                WHITE_TRIM,
            ),
        ]
    )

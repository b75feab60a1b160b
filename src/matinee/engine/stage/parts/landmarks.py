"""Landmarks: iron tower, ferris wheel, castle, saloon, gondola, haunted house, ruins."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.stage.parts.finish import Colour, Finish, rgb, weathered
from matinee.engine.stage.parts.masonry import GLASS, arch_bay, gable_roof, window
from matinee.engine.stage.parts.solids import (
    ball,
    box,
    boxes,
    cylinder,
    grid_triangles,
    lathe,
    placed,
    prism,
    quads,
    ring,
    shape,
    tube,
    two_sided,
    up,
)
from matinee.engine.stage.parts.street import IRON, OAK

CASTLE_STONE = Finish(rgb("#8f897b"), Surface.STONE, 0.9)
BOARDS = Finish(rgb("#8a6a4a"), Surface.WOOD, 0.9)


def iron_tower(height_m: float) -> Mesh:
    """Return a great iron lattice tower on four splayed legs, with two platforms and a spire."""
    h, iron = height_m, Finish(rgb("#6d5a46"), Surface.METAL, 0.6)
    share = np.linspace(0, 1, 19)
    half = h * (0.205 * (1 - share) ** 2.1 + 0.012)
    y = share * h * 0.92
    parts = []
    for sx in (-1, 1):
        for sz in (-1, 1):
            path = np.stack([sx * half, y, sz * half], -1)
            parts.append(tube(path, h * (0.0105 * (1 - share) + 0.002), iron, sides=4))
    strokes = []
    for k in range(18):
        for a, b in ((k, k + 1), (k + 1, k)):
            for s in (-1, 1):
                strokes.append([(s * half[a], y[a], -half[a]), (s * half[b], y[b], half[b])])
                strokes.append([(-half[a], y[a], s * half[a]), (half[b], y[b], s * half[b])])
    parts += [tube(stroke, h * 0.0024, iron, sides=3, closed=False) for stroke in strokes[8:]]
    for level, wide in ((0.185, 0.16), (0.37, 0.088), (0.86, 0.028)):
        parts.append(box((0, level * h, 0), (wide * h, 0.011 * h, wide * h), iron.times(0.9)))
        parts.append(
            boxes(
                [(sx * wide * h * 0.97, (level + 0.016) * h, 0) for sx in (-1, 1)]
                + [(0, (level + 0.016) * h, sz * wide * h * 0.97) for sz in (-1, 1)],
                [(0.002 * h, 0.008 * h, wide * h)] * 2 + [(wide * h, 0.008 * h, 0.002 * h)] * 2,
                iron,
            )
        )
    turn = np.linspace(0, np.pi, 13)
    for yaw in range(4):
        arch = np.stack(
            [0.135 * h * np.cos(turn), 0.03 * h + 0.125 * h * np.sin(turn), 0 * turn + 0.165 * h],
            -1,
        )
        parts.append(placed(tube(arch, 0.006 * h, iron, sides=4), yaw=yaw * np.pi / 2))
    parts += [
        lathe(
            [(0.02 * h, 0.88 * h), (0.022 * h, 0.9 * h), (0.006 * h, 0.93 * h), (0.002 * h, h)],
            iron,
            sides=8,
        ),
        boxes(
            [(sx * 0.2 * h, 0.012 * h, sz * 0.2 * h) for sx in (-1, 1) for sz in (-1, 1)],
            (0.028 * h, 0.014 * h, 0.028 * h),
            CASTLE_STONE,
        ),
    ]
    return merged(parts)


def wheel_frame(radius_m: float) -> Mesh:
    """Return the legs of a ferris wheel whose hub is at (0, radius + 3, 0)."""
    h, steel = radius_m + 3.0, Finish(rgb("#d8d6d0"), Surface.PAINT, 0.4)
    return merged(
        [
            *(
                tube([(s * radius_m * 0.5, 0, z), (0, h, z * 0.6)], 0.28, steel, sides=6)
                for s in (-1, 1)
                for z in (-2.6, 2.6)
            ),
            placed(cylinder(0.7, 3.6, steel, sides=12), (0, h, -1.8), tilt=np.pi / 2),
        ]
    )


def wheel_rim(radius_m: float, cabins: int, *, lit: bool) -> Mesh:
    """Return the turning part of a ferris wheel about the Z axis: rims, spokes, lamps."""
    steel = Finish(rgb("#c9cdd2"), Surface.PAINT, 0.4)
    angle = np.linspace(0, 2 * np.pi, 49)
    circle = np.stack([np.cos(angle), np.sin(angle), 0 * angle], -1)
    parts = [
        tube(circle * r + np.array((0, 0, z)), 0.12, steel, sides=5, closed=False)
        for r in (radius_m, radius_m * 0.9)
        for z in (-1.1, 1.1)
    ]
    for k in range(cabins):
        a = 2 * np.pi * k / cabins
        tip = np.array((np.cos(a), np.sin(a), 0.0)) * radius_m
        parts += [
            tube([(0, 0, z), tip + np.array((0, 0, z))], 0.05, steel, sides=3) for z in (-1.1, 1.1)
        ]
        parts.append(
            tube([tip - np.array((0, 0, 1.1)), tip + np.array((0, 0, 1.1))], 0.06, steel, sides=4)
        )
    tones = [rgb(code) for code in ("#ff4a6a", "#ffd24a", "#4ad0ff", "#7aff6a")]
    for k in range(2 * cabins):
        a = np.pi * (k + 0.5) / cabins
        glow = Finish(tones[k % 4], Surface.SCREEN, 0.4, 5.0 if lit else 0.5)
        parts += [
            ball((np.cos(a) * radius_m, np.sin(a) * radius_m, z), 0.17, glow, level=0)
            for z in (-1.15, 1.15)
        ]
    return merged(parts)


def gondola_cabin(colour: Colour) -> Mesh:
    """Return a ferris wheel cabin that hangs from the origin."""
    paint = Finish(colour, Surface.PAINT, 0.35)
    return merged(
        [
            tube([(0, 0, -0.8), (0, -0.7, -0.8)], 0.04, IRON, sides=4),
            tube([(0, 0, 0.8), (0, -0.7, 0.8)], 0.04, IRON, sides=4),
            box((0, -2.1, 0), (0.85, 0.5, 0.85), paint, bevel_m=0.1),
            boxes(
                [(sx * 0.75, -1.3, sz * 0.75) for sx in (-1, 1) for sz in (-1, 1)],
                (0.04, 0.45, 0.04),
                IRON,
            ),
            lathe([(1.1, -0.95), (0.7, -0.75), (0.0, -0.6)], paint.times(1.1), sides=10),
        ]
    )


def carousel(*, lit: bool) -> Mesh:
    """Return a carousel: platform, horses on poles, a striped roof with lamps."""
    red, cream, gold = (
        Finish(rgb(code), Surface.PAINT, 0.4) for code in ("#b8322e", "#ece2c8", "#d8a83a")
    )
    parts: list[Mesh] = [
        cylinder(4.2, 0.35, red, sides=28),
        placed(cylinder(1.0, 3.2, cream, sides=14), (0, 0.35, 0)),
    ]
    for k in range(14):
        a0, a1 = 2 * np.pi * k / 14, 2 * np.pi * (k + 1) / 14
        p, q = (4.6 * np.sin(a0), 3.5, 4.6 * np.cos(a0)), (4.6 * np.sin(a1), 3.5, 4.6 * np.cos(a1))
        parts.append(two_sided(shape([p, q, (0, 5.4, 0)], [[0, 1, 2]], red if k % 2 else cream)))
        parts.append(
            two_sided(quads([[p, q, (q[0], 3.1, q[2]), (p[0], 3.1, p[2])]], gold if k % 2 else red))
        )
        bulb = Finish(rgb("#ffe0a0"), Surface.SCREEN, 0.4, 6.0 if lit else 0.4)
        parts.append(ball((4.62 * np.sin(a0), 3.3, 4.62 * np.cos(a0)), 0.09, bulb, level=0))
    for k in range(8):
        a = 2 * np.pi * k / 8
        x, z, y = 3.2 * np.sin(a), 3.2 * np.cos(a), 1.2 + 0.3 * np.sin(3 * k)
        coat = Finish(rgb(("#e8e2d6", "#7a4a2a", "#d8b88a", "#2a2a30")[k % 4]), Surface.PAINT, 0.4)
        horse = merged(
            [
                ball((0, 0, 0), (0.2, 0.24, 0.5), coat, level=2),
                tube([(0, 0.1, 0.4), (0, 0.55, 0.62)], [0.15, 0.1], coat, sides=7),
                ball((0, 0.6, 0.75), (0.09, 0.11, 0.2), coat, level=1),
                *(
                    tube(
                        [(sx * 0.12, -0.1, sz * 0.35), (sx * 0.13, -0.6, sz * 0.5)],
                        0.05,
                        coat,
                        sides=5,
                    )
                    for sx in (-1, 1)
                    for sz in (-1, 1)
                ),
                box((0, 0.24, 0), (0.17, 0.06, 0.2), red),
            ]
        )
        parts += [
            placed(horse, (x, y, z), yaw=a + np.pi / 2),
            tube([(x, 0.35, z), (x, 3.4, z)], 0.03, gold, sides=5),
        ]
    return merged(parts)


def booth(colour: Colour, *, lit: bool) -> Mesh:
    """Return a fairground booth facing +Z with a striped roof and prizes."""
    red, cream = Finish(colour, Surface.CLOTH, 0.9), Finish(rgb("#ece4d0"), Surface.CLOTH, 0.9)
    parts: list[Mesh] = [
        boxes(
            [(sx * 1.5, 1.4, sz * 1.1) for sx in (-1, 1) for sz in (-1, 1)], (0.05, 1.4, 0.05), OAK
        ),
        box((0, 0.5, 1.1), (1.55, 0.5, 0.06), red),
        box((0, 1.02, 1.1), (1.6, 0.03, 0.25), OAK),
        box((0, 1.4, -1.1), (1.5, 1.4, 0.03), cream.times(0.8)),
    ]
    for k in range(8):
        x0, x1 = -1.7 + 0.425 * k, -1.7 + 0.425 * (k + 1)
        tone = red if k % 2 else cream
        parts.append(
            two_sided(
                quads(
                    [
                        [(x0, 2.7, 1.5), (x1, 2.7, 1.5), (x1 * 0.2, 3.7, 0), (x0 * 0.2, 3.7, 0)],
                        [(x0, 2.4, 1.5), (x1, 2.4, 1.5), (x1, 2.7, 1.5), (x0, 2.7, 1.5)],
                    ],
                    tone,
                )
            )
        )
    toys = [rgb(code) for code in ("#e86a8a", "#6aa8e8", "#e8c84a", "#8ad06a", "#b07ad0")]
    parts += [
        ball(
            (-1.2 + 0.48 * k, 1.5 + 0.5 * (j % 2), -0.9),
            (0.17, 0.2, 0.15),
            Finish(toys[(k + j) % 5], Surface.CLOTH, 0.9),
            level=1,
        )
        for j in range(2)
        for k in range(6)
    ]
    glow = Finish(rgb("#ffdf9a"), Surface.SCREEN, 0.4, 6.0 if lit else 0.4)
    parts += [ball((-1.6 + 0.4 * k, 2.34, 1.52), 0.055, glow, level=0) for k in range(9)]
    return merged(parts)


def big_top(radius_m: float, colour: Colour) -> Mesh:
    """Return a circus tent with striped walls and a pennant."""
    red, cream = Finish(colour, Surface.CLOTH, 0.9), Finish(rgb("#ece2c8"), Surface.CLOTH, 0.9)
    parts, sides = [], 20
    for k in range(sides):
        a0, a1 = 2 * np.pi * k / sides, 2 * np.pi * (k + 1) / sides
        tone = red if k % 2 else cream
        rows = [
            (radius_m, 0.0),
            (radius_m, 4.2),
            (radius_m * 0.55, 6.4),
            (radius_m * 0.14, 9.6),
            (0.05, 10.6),
        ]
        ways = [np.array((np.sin(a), 0.0, np.cos(a))) for a in (a0, a1)]
        four = [
            [
                r0 * ways[0] + up(y0),
                r0 * ways[1] + up(y0),
                r1 * ways[1] + up(y1),
                r1 * ways[0] + up(y1),
            ]
            for (r0, y0), (r1, y1) in pairwise(rows)
        ]
        parts.append(quads(four, tone))
    parts += [
        tube([(0, 10.4, 0), (0, 12.6, 0)], 0.08, OAK, sides=5),
        two_sided(shape([(0, 12.5, 0), (1.6, 12.1, 0), (0, 11.7, 0)], [[0, 1, 2]], red)),
    ]
    return merged(parts)


def round_tower(height_m: float, radius_m: float, *, roof: Finish | None = None) -> Mesh:
    """Return a castle tower with battlements and slits, with a conical roof when given one."""
    stone, dark = CASTLE_STONE, Finish(rgb("#15130f"), Surface.PLAIN)
    parts = [
        lathe(
            [
                (radius_m * 1.15, 0),
                (radius_m, height_m * 0.16),
                (radius_m, height_m * 0.86),
                (radius_m * 1.16, height_m * 0.9),
                (radius_m * 1.16, height_m),
                (0, height_m),
            ],
            stone,
            sides=20,
        )
    ]
    angle = np.arange(10) / 10 * 2 * np.pi
    at = np.stack(
        [
            radius_m * 1.05 * np.sin(angle),
            0 * angle + height_m + 0.5,
            radius_m * 1.05 * np.cos(angle),
        ],
        -1,
    )
    parts.append(boxes(at, (radius_m * 0.2, 0.5, radius_m * 0.12), stone, yaw=angle, bevel_m=0.04))
    slit = box((0, 0, radius_m + 0.02), (0.12, 0.75, 0.05), dark)
    parts += [
        placed(slit, (0, y * height_m, 0), yaw=a + y)
        for y in (0.35, 0.6, 0.8)
        for a in (0.0, 1.2, -1.2)
    ]
    if roof is not None:
        parts.append(
            placed(
                lathe(
                    [(radius_m * 1.25, 0.0), (radius_m * 0.5, radius_m * 1.7), (0, radius_m * 3.0)],
                    roof,
                    sides=18,
                ),
                (0, height_m + 0.2, 0),
            )
        )
    return weathered(merged(parts), amount=0.16, cell_m=1.6)


def curtain_wall(length_m: float, height_m: float, *, gate: bool = False) -> Mesh:
    """Return a castle wall along X facing +Z; a gate has an arch and a portcullis."""
    half, stone = length_m / 2, CASTLE_STONE
    parts: list[Mesh] = []
    if gate:
        wing = (half - 2.6) / 2
        parts += [
            box((s * (half - wing), height_m / 2, 0), (wing, height_m / 2, 1.0), stone)
            for s in (-1, 1)
        ]
        parts.append(placed(arch_bay(5.2, height_m, 2.0, stone, pier=0.1), (0, 0, 0)))
        grid = [(x, 2.4, 0.0) for x in np.arange(-1.8, 1.9, 0.45)]
        parts += [
            boxes(grid, (0.05, 2.4, 0.05), IRON),
            boxes([(0, y, 0) for y in np.arange(1.6, 4.6, 0.5)], (2.1, 0.05, 0.05), IRON),
        ]
    else:
        parts.append(box((0, height_m / 2, 0), (half, height_m / 2, 1.0), stone))
    x = np.arange(-half + 0.7, half, 1.5)
    parts.append(
        boxes(
            np.stack([x, 0 * x + height_m + 0.45, 0 * x + 0.8], -1),
            (0.45, 0.45, 0.2),
            stone.times(1.05),
            bevel_m=0.04,
        )
    )
    return weathered(merged(parts), amount=0.16, cell_m=1.6)


def false_front(
    width_m: float,
    height_m: float,
    colour: Colour,
    *,
    rng: np.random.Generator,
    lit: bool,
    porch: bool = True,
) -> Mesh:
    """Return a house of a western town: a board front that overtops its roof, a porch, a sign."""
    half, wall = width_m / 2, Finish(colour, Surface.WOOD, 0.9)
    trim = wall.times(1.35)
    pane = Finish(rgb("#ffc878"), Surface.SCREEN, 0.5, 1.2) if lit else GLASS
    h = height_m
    crest = [
        (-half, 0),
        (half, 0),
        (half, h),
        (half * 0.45, h),
        (half * 0.3, h + 0.8),
        (-half * 0.3, h + 0.8),
        (-half * 0.45, h),
        (-half, h),
    ]
    parts = [
        placed(prism(crest, 0.3, wall), (0, 0, -0.15)),
        box((0, h * 0.36, -4.0), (half, h * 0.36, 3.8), wall.times(0.85)),
        placed(
            gable_roof(7.6, width_m, 1.2, BOARDS.times(0.7)), (0, h * 0.72, -4.0), yaw=np.pi / 2
        ),
        box((0, h + 0.05, 0.05), (half + 0.15, 0.12, 0.2), trim),
    ]
    x = np.linspace(-half * 0.6, half * 0.6, 2 if width_m < 7 else 3)
    parts += [placed(window(0.9, 1.5, trim, glass=pane), (float(a), h * 0.56, 0.04)) for a in x]
    parts += [
        placed(window(1.3, 1.5, trim, glass=pane), (s * half * 0.6, 0.9, 0.04)) for s in (-1, 1)
    ]
    swing = BOARDS.times(0.8)
    parts += [
        box((0, 1.35, 0.02), (0.62, 1.2, 0.03), Finish(rgb("#1c1510"), Surface.PLAIN)),
        boxes([(s * 0.3, 1.15, 0.1) for s in (-1, 1)], (0.27, 0.5, 0.025), swing),
    ]
    parts.append(
        boxes(
            [(0, h * 0.86, 0.08)],
            (half * 0.66, 0.34, 0.06),
            Finish(rgb("#e0d4b4"), Surface.PAINT, 0.7),
        )
    )
    letters = np.arange(-half * 0.55, half * 0.55, 0.32)
    parts.append(
        boxes(
            np.stack([letters, 0 * letters + h * 0.86, 0 * letters + 0.15], -1),
            np.stack(
                [rng.uniform(0.05, 0.12, len(letters)), 0 * letters + 0.18, 0 * letters + 0.01], -1
            ),
            Finish(rgb("#5a2a1c"), Surface.PAINT, 0.6),
        )
    )
    if porch:
        parts += [
            box((0, 0.14, 1.2), (half, 0.14, 1.2), BOARDS),
            placed(
                box((0, 0, 0), (half + 0.1, 0.05, 1.35), BOARDS.times(0.8)),
                (0, h * 0.46, 1.15),
                tilt=0.1,
            ),
        ]
        posts = np.linspace(-half + 0.15, half - 0.15, 4)
        parts.append(
            boxes(
                np.stack([posts, 0 * posts + h * 0.23, 0 * posts + 2.2], -1),
                (0.07, h * 0.23, 0.07),
                BOARDS.times(0.9),
            )
        )
        parts.append(
            boxes([(s * half * 0.62, 0.75, 2.2) for s in (-1, 1)], (half * 0.3, 0.04, 0.04), BOARDS)
        )
    return weathered(merged(parts), amount=0.15, cell_m=0.8)


def water_tower() -> Mesh:
    """Return a wooden water tower on legs, 8 m tall."""
    hoops = [placed(ring(1.72, 0.04, IRON, sides=18, around=4), (0, y, 0)) for y in (4.4, 5.2, 6.0)]
    return merged(
        [
            *(
                tube([(sx * 1.7, 0, sz * 1.7), (sx * 1.2, 4.0, sz * 1.2)], 0.12, BOARDS, sides=5)
                for sx in (-1, 1)
                for sz in (-1, 1)
            ),
            boxes([(0, 2.0, sz * 1.45) for sz in (-1, 1)], (1.5, 0.06, 0.06), BOARDS),
            box((0, 4.0, 0), (1.8, 0.1, 1.8), BOARDS),
            lathe([(1.6, 4.1), (1.7, 6.5), (0, 6.5)], BOARDS, sides=18),
            lathe([(2.0, 6.5), (0, 7.9)], BOARDS.times(0.7), sides=18),
            *hoops,
        ]
    )


def gondola() -> Mesh:
    """Return a Venetian gondola along +Z, its waterline at y = 0."""
    black = Finish(rgb("#15161a"), Surface.PAINT, 0.25)
    share = np.linspace(-1, 1, 19)
    z, beam = share * 5.2, 0.72 * np.sqrt(np.clip(1 - share**2, 0.001, 1))
    sheer = 0.42 + 1.05 * np.abs(share) ** 4.0
    keel = -0.15 + 1.15 * np.abs(share) ** 5.0
    rows = [
        np.stack([k * beam, keel + (sheer - keel) * abs(k) ** 0.7, z], -1)
        for k in np.linspace(-1, 1, 9)
    ]
    hull = shape(np.array(rows).reshape(-1, 3), grid_triangles(9, 19), black)
    floor = np.stack([[s * beam * 0.9 for s in (-1, 1)], [keel + 0.22 + 0 * keel] * 2, [z, z]], -1)
    red = Finish(rgb("#8a1c24"), Surface.CLOTH, 0.9)
    ferro = prism(
        [(0, 0), (0.12, 0.1), (0.16, 0.9), (0.42, 1.15), (0.3, 1.3), (-0.02, 1.05)],
        0.05,
        Finish(rgb("#c8ccd0"), Surface.METAL, 0.25),
    )
    return merged(
        [
            two_sided(hull),
            shape(floor.reshape(-1, 3), grid_triangles(2, 19)[:, ::-1], OAK),
            tube(rows[0], 0.04, Finish(rgb("#b08a3a"), Surface.METAL, 0.3), sides=4),
            tube(rows[-1], 0.04, Finish(rgb("#b08a3a"), Surface.METAL, 0.3), sides=4),
            placed(ferro, (0, 0.75, 5.0), yaw=-np.pi / 2),
            box((0, 0.5, -0.6), (0.5, 0.09, 0.35), red, bevel_m=0.05),
            box((0, 0.72, -0.95), (0.5, 0.25, 0.07), red, bevel_m=0.05),
            tube([(0.5, 0.5, -3.4), (1.9, -0.4, -0.6)], 0.035, OAK, sides=5),
        ]
    )


def haunted_house(*, lit: bool) -> Mesh:
    """Return a crooked gabled mansion with a tower, boarded windows and a porch; front +Z."""
    wall, roof = (
        Finish(rgb("#5d5a58"), Surface.WOOD, 0.95),
        Finish(rgb("#2c2b30"), Surface.TILES, 0.85),
    )
    dark = Finish(rgb("#121114"), Surface.PLAIN)
    pane = Finish(rgb("#e8a83a"), Surface.SCREEN, 0.6, 1.9) if lit else dark
    parts = [
        box((0, 4.0, 0), (5.6, 4.0, 4.4), wall),
        placed(gable_roof(11.2, 8.8, 4.6, roof, over_m=0.6, gable=wall), (0, 8.0, 0)),
        box((-3.4, 4.2, 3.6), (2.2, 4.2, 2.0), wall),
        placed(
            gable_roof(4.4, 4.6, 3.6, roof, over_m=0.5, gable=wall), (-3.4, 8.4, 3.6), yaw=np.pi / 2
        ),
        box((5.0, 6.5, 2.4), (1.9, 6.5, 1.9), wall),
        placed(
            lathe([(3.2, 0), (1.5, 2.6), (0, 6.4)], roof, sides=4), (5.0, 12.9, 2.4), yaw=np.pi / 4
        ),
    ]
    spots = [
        (-3.4, 2.2, 5.62),
        (-3.4, 5.8, 5.62),
        (-3.4, 9.6, 5.62),
        (0.8, 5.8, 4.42),
        (2.4, 5.8, 4.42),
        (0.2, 2.2, 4.42),
        (5.0, 2.6, 4.32),
        (5.0, 6.4, 4.32),
        (5.0, 10.2, 4.32),
    ]
    for k, (x, y, z) in enumerate(spots):
        small = 0.75 if y > 9 else 1.0
        parts.append(box((x, y, z), (0.5 * small, 0.9 * small, 0.03), pane if k % 3 != 1 else dark))
        parts.append(
            boxes(
                [(x + s * 0.56 * small, y, z + 0.03) for s in (-1, 1)]
                + [(x, y + s * 0.95 * small, z + 0.03) for s in (-1, 1)]
                + [(x, y, z + 0.04)],
                [(0.06, 1.0, 0.05)] * 2 + [(0.6, 0.07, 0.06)] * 2 + [(0.03, 0.9, 0.03)],
                wall.times(1.5),
            )
        )
        if k % 3 == 1:
            parts += [
                placed(box((0, 0, 0), (0.72, 0.08, 0.03), BOARDS), (x, y + dy, z + 0.09), roll=r)
                for dy, r in ((0.3, 0.2), (-0.25, -0.3))
            ]
    parts += [
        box((2.0, 0.25, 5.6), (2.6, 0.25, 1.4), BOARDS.times(0.7)),
        box((2.2, 1.8, 4.45), (0.62, 1.35, 0.05), BOARDS.times(0.4)),
        placed(box((0, 0, 0), (2.9, 0.08, 1.6), roof), (2.0, 3.6, 5.5), tilt=0.14),
        boxes([(-0.4, 2.0, 6.8), (4.4, 2.0, 6.8)], (0.1, 1.6, 0.1), wall.times(1.4)),
        box((-1.6, 11.8, -1.4), (0.55, 2.6, 0.55), Finish(rgb("#5a3a32"), Surface.BRICK, 0.95)),
    ]
    return weathered(merged(parts), amount=0.2, cell_m=1.0)


def broken_arch(width_m: float, height_m: float, finish: Finish) -> Mesh:
    """Return an arch of a ruin with a bitten-off top."""
    part = arch_bay(width_m, height_m, 1.2, finish, pier=0.2)
    tops = [
        box(
            (s * width_m * 0.4, height_m + 0.25 * k, 0),
            (width_m * 0.1, 0.3, 0.55),
            finish.times(0.9 + 0.1 * k),
            bevel_m=0.08,
        )
        for k, s in enumerate((-1, 1))
    ]
    return weathered(merged([part, *tops]), amount=0.25, cell_m=0.8)

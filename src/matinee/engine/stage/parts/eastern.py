"""East Asian building: sweeping roofs, halls, gates, pagodas, lanterns, city walls."""

from __future__ import annotations

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.stage.parts.finish import Finish, rgb, weathered
from matinee.engine.stage.parts.solids import (
    ball,
    box,
    boxes,
    cylinder,
    grid_triangles,
    lathe,
    placed,
    prism,
    shape,
    tube,
    two_sided,
)

GREY_TILES = Finish(rgb("#4a4d50"), Surface.TILES, 0.7)
GOLD_TILES = Finish(rgb("#c08a2c"), Surface.TILES, 0.5)
VERMILION = Finish(rgb("#b23a26"), Surface.PAINT, 0.5)
PALACE_RED = Finish(rgb("#8f2a20"), Surface.PLASTER, 0.8)
_DARK_WOOD = Finish(rgb("#4a3528"), Surface.WOOD, 0.7)


def stone_lantern(*, lit: bool) -> Mesh:
    """Return a Japanese garden lantern, 1.5 m tall."""
    stone = Finish(rgb("#8b8a82"), Surface.STONE, 0.9)
    glow = Finish(rgb("#ffcf8a"), Surface.SCREEN, 0.5, 5.0 if lit else 0.2)
    return merged(
        [
            lathe(
                [
                    (0.34, 0),
                    (0.32, 0.12),
                    (0.12, 0.2),
                    (0.11, 0.78),
                    (0.3, 0.86),
                    (0.3, 0.95),
                    (0, 0.95),
                ],
                stone,
                sides=6,
            ),
            boxes(
                [(sx * 0.16, 1.08, sz * 0.16) for sx in (-1, 1) for sz in (-1, 1)],
                (0.05, 0.14, 0.05),
                stone,
            ),
            box((0, 1.07, 0), (0.13, 0.11, 0.13), glow),
            lathe(
                [(0.0, 1.22), (0.46, 1.2), (0.44, 1.26), (0.16, 1.4), (0.07, 1.5), (0, 1.58)],
                stone,
                sides=6,
            ),
        ]
    )


def tea_house(*, lit: bool, width_m: float = 8.0) -> Mesh:
    """Return a Japanese house on a low platform: paper walls, veranda, sweeping roof, front +Z."""
    half = width_m / 2
    paper = Finish(
        rgb("#f0e6d0"), Surface.SCREEN if lit else Surface.PLASTER, 0.8, 0.8 if lit else 0.0
    )
    parts = [
        box((0, 0.3, 0), (half + 0.8, 0.08, 3.6), Finish(rgb("#8a6a48"), Surface.WOOD, 0.6)),
        box((0, 1.65, -0.6), (half - 0.1, 1.25, 2.2), paper),
    ]
    posts = np.linspace(-half, half, 6)
    parts.append(
        boxes([(x, 1.6, z) for x in posts for z in (1.65, 3.1)], (0.08, 1.35, 0.08), _DARK_WOOD)
    )
    bars = np.linspace(-half + 0.1, half - 0.1, 17)
    parts.append(
        boxes(np.stack([bars, 0 * bars + 1.65, 0 * bars + 1.62], -1), (0.02, 1.2, 0.02), _DARK_WOOD)
    )
    parts.append(
        boxes([(0, y, 1.62) for y in (0.9, 1.5, 2.1, 2.75)], (half, 0.025, 0.025), _DARK_WOOD)
    )
    parts.append(placed(curved_roof(width_m + 2.6, 8.6, 2.4), (0, 2.95, 0)))
    return merged(parts)


def curved_roof(length_m: float, span_m: float, rise_m: float, finish: Finish = GREY_TILES) -> Mesh:
    """Return an East Asian hipped roof on y = 0, ridge along X: slopes sag, corners lift."""
    x1, z1, ridge = length_m / 2, span_m / 2, max(length_m / 2 - span_m * 0.42, 0.2)
    rows, columns = 9, 15
    parts = []
    for axis in (0, 1):
        for side in (-1, 1):
            v, u = np.meshgrid(np.linspace(0, 1, rows), np.linspace(-1, 1, columns), indexing="ij")
            reach, half = (z1, x1) if axis == 0 else (x1, z1)
            top = ridge if axis == 0 else 0.0
            inner = 0.0 if axis == 0 else ridge
            out = inner + (reach - inner) * v
            along = u * (top + (half - top) * v)
            y = rise_m * (1 - v) ** 1.55 + 0.16 * rise_m * v**2 * np.abs(u) ** 5 * 2.0
            x, z = (along, side * out) if axis == 0 else (side * out, along)
            mesh = shape(
                np.stack([x, y, z], -1).reshape(-1, 3), grid_triangles(rows, columns), finish
            )
            if mesh.normals[:, 1].mean() < 0:
                mesh = shape(
                    np.stack([x, y, z], -1).reshape(-1, 3),
                    grid_triangles(rows, columns)[:, ::-1],
                    finish,
                )
            parts.append(two_sided(mesh))
    cap = finish.times(0.7)
    parts.append(
        tube(
            [
                (-ridge - 0.2, rise_m + 0.12, 0),
                (0, rise_m + 0.06, 0),
                (ridge + 0.2, rise_m + 0.12, 0),
            ],
            0.13,
            cap,
            sides=6,
        )
    )
    for sx in (-1, 1):
        for sz in (-1, 1):
            share = np.linspace(0, 1, 6)
            y = rise_m * (1 - share) ** 1.55 + 0.32 * rise_m * share**2 + 0.06
            path = np.stack([sx * (ridge + (x1 - ridge) * share), y, sz * z1 * share], -1)
            parts.append(tube(path, 0.09, cap, sides=5))
    return merged(parts)


def torii(height_m: float = 6.0) -> Mesh:
    """Return a shrine gate across X on y = 0."""
    h, red, black = height_m, VERMILION, Finish(rgb("#26211e"), Surface.PAINT, 0.5)
    posts = [
        tube(
            [(s * 0.44 * h, -0.2, 0), (s * 0.39 * h, 0.86 * h, 0)],
            [0.052 * h, 0.045 * h],
            red,
            sides=12,
        )
        for s in (-1, 1)
    ]
    feet = [
        placed(cylinder(0.075 * h, 0.07 * h, black, sides=12), (s * 0.44 * h, 0, 0))
        for s in (-1, 1)
    ]
    x = np.linspace(-0.66, 0.66, 13) * h
    lift = 0.05 * h * (np.abs(x) / (0.66 * h)) ** 2.5
    line = np.stack([x, 0.96 * h + lift], -1)
    beam = [(a, b - 0.05 * h) for a, b in line] + [(a, b + 0.03 * h) for a, b in line[::-1]]
    cap = [(a * 1.03, b + 0.03 * h) for a, b in line] + [
        (a * 1.05, b + 0.075 * h) for a, b in line[::-1]
    ]
    return merged(
        [
            *posts,
            *feet,
            prism(beam, 0.09 * h, red),
            prism(cap, 0.13 * h, black),
            box((0, 0.74 * h, 0), (0.52 * h, 0.03 * h, 0.03 * h), red),
            box((0, 0.84 * h, 0.0), (0.045 * h, 0.08 * h, 0.045 * h), red),
        ]
    )


def hall(
    width_m: float,
    depth_m: float,
    height_m: float,
    *,
    tiers: int = 1,
    steps: int = 0,
    roof: Finish = GOLD_TILES,
) -> Mesh:
    """Return a palace hall on a terrace, front towards +Z: red pillars, lattice doors, roofs."""
    base = 0.16 * steps
    marble = Finish(rgb("#d8d3c6"), Surface.STONE, 0.7)
    parts: list[Mesh] = []
    if steps:
        parts += [
            box(
                (0, base / 2, 0),
                (width_m / 2 + 2.5, base / 2, depth_m / 2 + 2.5),
                marble,
                bevel_m=0.05,
            )
        ]
        parts.append(
            boxes(
                [
                    (0, base - 0.16 * (k + 0.5), depth_m / 2 + 2.5 + 0.18 + 0.36 * k)
                    for k in range(steps)
                ],
                (width_m * 0.2, 0.08, 0.18),
                marble.times(1.05),
            )
        )
        rail = np.linspace(-width_m / 2 - 2.3, width_m / 2 + 2.3, 27)
        rail = rail[np.abs(rail) > width_m * 0.21]
        parts.append(
            boxes(
                np.stack([rail, 0 * rail + base + 0.45, 0 * rail + depth_m / 2 + 2.3], -1),
                (0.09, 0.45, 0.09),
                marble.times(1.1),
            )
        )
        parts.append(
            boxes(
                [(s * (width_m * 0.36 + 1.0), base + 0.5, depth_m / 2 + 2.3) for s in (-1, 1)],
                (width_m * 0.15 + 1.2, 0.22, 0.05),
                marble,
            )
        )
    for tier in range(tiers):
        k = 1 - 0.24 * tier
        w, d, y = width_m * k, depth_m * k, base + tier * height_m * 1.05
        parts.append(
            box((0, y + height_m / 2, -0.3), (w / 2 - 0.7, height_m / 2, d / 2 - 0.7), PALACE_RED)
        )
        count = max(4, int(w / 2.6) // 2 * 2)
        x = np.linspace(-w / 2 + 0.2, w / 2 - 0.2, count)
        parts += [
            placed(cylinder(0.24 * k, height_m, VERMILION, sides=10), (float(a), y, d / 2))
            for a in x
        ]
        lattice = Finish(rgb("#6a3a1c"), Surface.WOOD, 0.7)
        bays = (x[1:] + x[:-1]) / 2
        parts.append(
            boxes(
                np.stack([bays, 0 * bays + y + 0.42 * height_m, 0 * bays + d / 2 - 0.95], -1),
                (w / count * 0.42, 0.4 * height_m, 0.06),
                lattice,
            )
        )
        teal = Finish(rgb("#2f6a72"), Surface.PAINT, 0.6)
        parts.append(box((0, y + height_m - 0.25, d / 2), (w / 2, 0.28, 0.2), teal))
        parts.append(
            boxes(
                np.stack([x, 0 * x + y + height_m - 0.25, 0 * x + d / 2 + 0.2], -1),
                (0.16, 0.16, 0.14),
                Finish(rgb("#c9a23a"), Surface.PAINT, 0.5),
            )
        )
        parts.append(
            placed(
                curved_roof(w + 4.2 * k, d + 4.2 * k, height_m * 0.62, roof),
                (0, y + height_m - 0.1, 0),
            )
        )
    return merged(parts)


def pagoda(height_m: float, *, tiers: int = 5, roof: Finish = GREY_TILES) -> Mesh:
    """Return a many-storeyed square pagoda with a spire."""
    parts, storey = [], height_m / (tiers + 1.2)
    for tier in range(tiers):
        half = 0.16 * height_m * (1 - 0.11 * tier)
        y = tier * storey
        parts.append(box((0, y + storey / 2, 0), (half, storey / 2, half), VERMILION.times(0.9)))
        parts.append(
            boxes(
                [(s * half * 0.5, y + storey * 0.45, half + 0.02) for s in (-1, 0, 1)],
                (half * 0.16, storey * 0.3, 0.03),
                Finish(rgb("#e6dcc4"), Surface.PLASTER, 0.8),
            )
        )
        parts.append(
            placed(
                curved_roof(half * 3.3, half * 3.3, storey * 0.5, roof), (0, y + storey * 0.86, 0)
            )
        )
    parts.append(
        tube(
            [(0, tiers * storey, 0), (0, height_m, 0)],
            [0.012 * height_m, 0.003 * height_m],
            Finish(rgb("#8a6a2a"), Surface.METAL, 0.4),
            sides=6,
        )
    )
    return merged(parts)


def paper_lantern(*, lit: bool) -> Mesh:
    """Return a round red lantern that hangs from the origin."""
    glow = Finish(
        rgb("#d8341e"), Surface.SCREEN if lit else Surface.CLOTH, 0.8, 2.2 if lit else 0.0
    )
    gold = Finish(rgb("#d8a83a"), Surface.PAINT, 0.4)
    return merged(
        [
            tube([(0, 0, 0), (0, -0.3, 0)], 0.008, _DARK_WOOD, sides=3),
            lathe(
                [(0.1, -0.78), (0.24, -0.7), (0.3, -0.54), (0.24, -0.38), (0.1, -0.3)],
                glow,
                sides=12,
            ),
            lathe([(0.0, -0.32), (0.11, -0.32), (0.11, -0.27), (0, -0.27)], gold, sides=10),
            lathe([(0.0, -0.82), (0.11, -0.82), (0.11, -0.77), (0, -0.77)], gold, sides=10),
            tube([(0, -0.82, 0), (0, -1.05, 0)], 0.03, gold, sides=5),
        ]
    )


def rampart(length_m: float, width_m: float, height_m: float) -> Mesh:
    """Return a stretch of crenellated wall along Z, its walkway at y = 0, down to -height."""
    stone = Finish(rgb("#9a8a72"), Surface.STONE, 0.9)
    half = length_m / 2
    merlons = np.arange(-half + 0.6, half, 1.5)
    parts = [
        box((s * width_m / 2, -height_m / 2 + 0.45, 0), (0.32, height_m / 2 + 0.45, half), stone)
        for s in (-1, 1)
    ]
    crest = np.concatenate(
        [np.stack([0 * merlons + s * width_m / 2, 0 * merlons + 1.2, merlons], -1) for s in (-1, 1)]
    )
    parts.append(boxes(crest, (0.3, 0.34, 0.5), stone.times(1.05), bevel_m=0.03))
    parts.append(box((0, -0.15, 0), (width_m / 2, 0.15, half), stone.times(1.1)))
    return weathered(merged(parts), amount=0.16, cell_m=1.2)


def watch_tower(width_m: float, height_m: float) -> Mesh:
    """Return a square tower of the wall with arched windows and battlements, on y = 0."""
    stone = Finish(rgb("#9a8a72"), Surface.STONE, 0.9)
    half = width_m / 2
    dark = Finish(rgb("#1c1814"), Surface.PLAIN)
    parts = [box((0, height_m / 2, 0), (half, height_m / 2, half), stone)]
    for turn in range(4):
        x = np.linspace(-half + 0.4, half - 0.4, 5)
        top = boxes(
            np.stack([x, 0 * x + height_m + 0.4, 0 * x + half - 0.15], -1),
            (0.36, 0.4, 0.18),
            stone.times(1.05),
        )
        holes = boxes(
            [(a, height_m * 0.68, half + 0.01) for a in (-half * 0.5, 0.0, half * 0.5)],
            (0.3, 0.6, 0.03),
            dark,
        )
        band = box((0, height_m - 0.1, half + 0.06), (half + 0.1, 0.14, 0.08), stone.times(1.1))
        parts += [placed(part, yaw=turn * np.pi / 2) for part in (top, holes, band)]
    parts.append(box((0, 1.1, half + 0.02), (0.55, 1.1, 0.04), dark))
    return weathered(merged(parts), amount=0.16, cell_m=1.2)


def blossom_ball() -> Mesh:
    """Return a stone ball on a post, as stands by gates."""
    stone = Finish(rgb("#b5b0a2"), Surface.STONE, 0.8)
    return merged(
        [
            cylinder(0.3, 0.7, stone, sides=12, bevel_m=0.05),
            ball((0, 0.95, 0), 0.27, stone, level=2),
        ]
    )

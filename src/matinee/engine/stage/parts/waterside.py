"""What stands in and by water: bridges, piers, lighthouses, ships, pools, falls."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.stage.parts.finish import Colour, Finish, rgb, weathered
from matinee.engine.stage.parts.masonry import FRAME_WHITE, GLASS, OLD_STONE
from matinee.engine.stage.parts.solids import (
    ball,
    box,
    boxes,
    cylinder,
    grid_triangles,
    lathe,
    placed,
    prism,
    ring,
    shape,
    slab,
    tube,
    two_sided,
)
from matinee.engine.stage.parts.street import IRON, OAK

if TYPE_CHECKING:
    from collections.abc import Sequence

BOARDS = Finish(rgb("#8d7a63"), Surface.WOOD, 0.8)
TEAK = Finish(rgb("#a9784a"), Surface.WOOD, 0.5)
HULL_WHITE = Finish(rgb("#e8e6e0"), Surface.PAINT, 0.35)
RUST = Finish(rgb("#7d4630"), Surface.METAL, 0.7)


def boardwalk(length_m: float, width_m: float, height_m: float, *, rails: bool = True) -> Mesh:
    """Return a timber pier along Z, centred, its boards at height_m, piles down to -2 m."""
    half_l, half_w = length_m / 2, width_m / 2
    z = np.arange(-half_l + 0.1, half_l, 0.2)
    tone = 0.85 + 0.3 * np.abs(np.sin(z * 12.9898))
    boards = boxes(
        np.stack([0 * z, 0 * z + height_m - 0.03, z], -1),
        (half_w, 0.03, 0.092),
        BOARDS,
        colours=np.asarray(BOARDS.colour) * tone[:, None],
    )
    piles_z = np.arange(-half_l + 0.5, half_l, 4.0)
    spots = [(side * (half_w - 0.15), z0) for side in (-1, 1) for z0 in piles_z]
    top = 1.05 if rails else 0.1
    piles = boxes(
        [(x, (height_m + top - 2) / 2, z0) for x, z0 in spots],
        (0.11, (height_m + top + 2) / 2, 0.11),
        BOARDS.times(0.7),
        bevel_m=0.03,
    )
    beams = boxes(
        [(side * (half_w - 0.2), height_m - 0.17, 0) for side in (-1, 1)],
        (0.09, 0.11, half_l),
        BOARDS.times(0.6),
    )
    parts = [boards, piles, beams]
    if rails:
        parts.append(
            boxes(
                [
                    (side * (half_w - 0.15), height_m + y, 0)
                    for side in (-1, 1)
                    for y in (0.55, 1.0)
                ],
                (0.045, 0.045, half_l),
                BOARDS.times(0.85),
            )
        )
    return merged(parts)


def arched_bridge(span_m: float, width_m: float, rise_m: float, finish: Finish = OLD_STONE) -> Mesh:
    """Return a humpbacked stone bridge along X over an arch, with parapets on both sides."""
    half, steps = span_m / 2, 17
    x = np.linspace(-half, half, steps)
    road = rise_m * (1 - (x / half) ** 2) * 0.8 + 0.25
    mouth = half * 0.62
    arc = np.linspace(np.pi, 0, 13)
    under = [(mouth * np.cos(a), max(road[steps // 2] - 0.65, 0.4) * np.sin(a) - 0.3) for a in arc]
    outline = [(-half, -0.9), *((-mouth, -0.9), *under, (mouth, -0.9)), (half, -0.9)]
    outline += [(float(a), float(b)) for a, b in zip(x[::-1], road[::-1], strict=True)]
    body = prism(outline, width_m, finish)
    parapets = []
    for side in (-1, 1):
        line = np.column_stack([x, road])
        wall = [tuple(p) for p in line] + [(a, b + 0.75) for a, b in line[::-1]]
        parapets.append(
            placed(prism(wall, 0.32, finish.times(1.08)), (0, 0, side * (width_m / 2 - 0.1)))
        )
    return weathered(merged([body, *parapets]), amount=0.16, cell_m=1.2)


def plank_bridge(span_m: float, width_m: float, height_m: float) -> Mesh:
    """Return a wooden footbridge along X with railings."""
    return placed(boardwalk(span_m, width_m, height_m), yaw=np.pi / 2)


def lighthouse(height_m: float, *, lit: bool = False) -> Mesh:
    """Return a banded lighthouse with gallery, lantern room and dome."""
    h = height_m
    red, white = (
        Finish(rgb("#a8342c"), Surface.PLASTER, 0.6),
        Finish(rgb("#e9e5da"), Surface.PLASTER, 0.7),
    )
    parts = [cylinder(0.19 * h, 0.06 * h, OLD_STONE, sides=20)]
    bands = 5
    for number in range(bands):
        y0, y1 = (0.06 + 0.7 * number / bands) * h, (0.06 + 0.7 * (number + 1) / bands) * h
        r0, r1 = (0.13 - 0.045 * number / bands) * h, (0.13 - 0.045 * (number + 1) / bands) * h
        parts.append(lathe([(r0, y0), (r1, y1)], white if number % 2 == 0 else red, sides=22))
    top = 0.76 * h
    bulb = Finish(rgb("#ffe6b0"), Surface.SCREEN, 0.3, 10.0 if lit else 0.4)
    parts += [
        lathe(
            [(0.05 * h, top), (0.125 * h, top), (0.125 * h, top + 0.02 * h), (0, top + 0.02 * h)],
            white,
            sides=20,
        ),
        placed(ring(0.122 * h, 0.004 * h, IRON, around=4), (0, top + 0.07 * h, 0)),
        lathe([(0.06 * h, top + 0.02 * h), (0.06 * h, top + 0.13 * h)], GLASS, sides=10),
        ball((0, top + 0.075 * h, 0), 0.03 * h, bulb, level=1),
        lathe(
            [
                (0.075 * h, top + 0.13 * h),
                (0.05 * h, top + 0.18 * h),
                (0.012 * h, top + 0.21 * h),
                (0, top + 0.25 * h),
            ],
            red,
            sides=14,
        ),
    ]
    angle = np.arange(10) / 10 * 2 * np.pi
    posts = np.stack(
        [0.122 * h * np.sin(angle), 0 * angle + top + 0.045 * h, 0.122 * h * np.cos(angle)], -1
    )
    parts.append(boxes(posts, (0.003 * h, 0.027 * h, 0.003 * h), IRON))
    mullions = np.stack(
        [0.061 * h * np.sin(angle), 0 * angle + top + 0.075 * h, 0.061 * h * np.cos(angle)], -1
    )
    parts.append(boxes(mullions, (0.003 * h, 0.055 * h, 0.003 * h), FRAME_WHITE, yaw=angle))
    for y, yaw in ((0.25, 0.2), (0.45, -0.3), (0.62, 0.1)):
        r = (0.13 - 0.045 * (y - 0.06) / 0.7) * h
        parts.append(
            box(
                (r * np.sin(yaw), y * h, r * np.cos(yaw)),
                (0.014 * h, 0.03 * h, 0.008 * h),
                GLASS,
                yaw=yaw,
            )
        )
    parts.append(box((0, 0.1 * h, 0.128 * h), (0.03 * h, 0.05 * h, 0.01 * h), OAK))
    return merged(parts)


def fall_sheet(width_m: float, height_m: float, *, seed: int, out_m: float = 1.6) -> Mesh:
    """Return a ragged sheet of falling water, its lip at (0, height, 0), leaping towards +Z."""
    rows, columns = 26, 28
    share, across = np.linspace(0, 1, rows), np.linspace(-0.5, 0.5, columns)
    v, u = np.meshgrid(share, across, indexing="ij")
    rng = np.random.default_rng(seed)
    strand = np.interp(across, np.linspace(-0.5, 0.5, 15), rng.uniform(0, 1, 15))[None]
    x = u * width_m * (1 + 0.12 * v)
    y = height_m * (1 - v**1.6)
    z = out_m * (v**0.55) * (0.75 + 0.5 * strand) + 0.25 * np.sin(u * 40 + 6 * strand)
    sheet = shape(
        np.stack([x, y, z], -1).reshape(-1, 3),
        grid_triangles(rows, columns)[:, ::-1],
        Finish(rgb("#dfeaf0"), Surface.SNOW, 0.5),
    )
    streak = (0.55 + 0.45 * np.sin(u * 95 + 5 * strand + 3 * v)) * (0.6 + 0.4 * strand) + 0.25 * v
    deep, white = np.array(rgb("#6f93a0")), np.array(rgb("#f2f6f8"))
    weight = np.clip(streak, 0, 1).reshape(-1, 1)
    return two_sided(
        replace(sheet, albedo=(deep * (1 - weight) + white * weight).astype(np.float32))
    )


def pool_edge(half_x: float, half_z: float, depth_m: float) -> list[Mesh]:
    """Return a pool's coping, tiled walls and lane lines around water at y = -0.12."""
    stone = Finish(rgb("#d8d2c4"), Surface.TILES, 0.6)
    tile = Finish(rgb("#7fc4d2"), Surface.TILES, 0.35)
    coping = boxes(
        [
            (0, 0.0, half_z + 0.22),
            (0, 0.0, -half_z - 0.22),
            (half_x + 0.22, 0.0, 0),
            (-half_x - 0.22, 0.0, 0),
        ],
        [
            (half_x + 0.45, 0.06, 0.24),
            (half_x + 0.45, 0.06, 0.24),
            (0.24, 0.06, half_z),
            (0.24, 0.06, half_z),
        ],
        stone,
        bevel_m=0.03,
    )
    walls = [
        slab((0, -depth_m / 2, -half_z), (half_x, depth_m / 2, 0.05), tile, cell_m=1.0, faces="Z"),
        slab((-half_x, -depth_m / 2, 0), (0.05, depth_m / 2, half_z), tile, cell_m=1.0, faces="X"),
        slab((half_x, -depth_m / 2, 0), (0.05, depth_m / 2, half_z), tile, cell_m=1.0, faces="x"),
    ]
    return [coping, *walls]


def sun_lounger(cloth: Colour) -> Mesh:
    """Return a deck chair that one lies on, its head towards -Z."""
    frame = Finish(rgb("#e6e2d8"), Surface.PAINT, 0.5)
    seat = Finish(cloth, Surface.CLOTH, 0.9)
    back = placed(
        box((0, 0, -0.36), (0.3, 0.03, 0.36), seat, bevel_m=0.02), (0, 0.34, -0.28), tilt=0.75
    )
    legs = boxes(
        [(sx * 0.28, 0.15, sz) for sx in (-1, 1) for sz in (-0.3, 0.75)],
        (0.025, 0.15, 0.025),
        frame,
    )
    return merged([box((0, 0.33, 0.32), (0.3, 0.04, 0.6), seat, bevel_m=0.02), back, legs])


def parasol(cloth: Colour, *, radius_m: float = 1.5) -> Mesh:
    """Return a parasol on a pole, open, 2.4 m tall."""
    white = Finish(rgb("#ece8dc"), Surface.CLOTH, 0.9)
    tone = Finish(cloth, Surface.CLOTH, 0.9)
    gores = [
        placed(
            two_sided(
                shape(
                    [
                        (0, 2.45, 0),
                        (radius_m * np.sin(0.39), 1.95, radius_m * np.cos(0.39)),
                        (radius_m * np.sin(-0.39), 1.95, radius_m * np.cos(-0.39)),
                    ],
                    [[0, 2, 1]],
                    tone if number % 2 else white,
                )
            ),
            yaw=number * np.pi / 4,
        )
        for number in range(8)
    ]
    return merged(
        [tube([(0, 0, 0), (0, 2.5, 0)], 0.025, OAK, sides=6), cylinder(0.25, 0.08, IRON), *gores]
    )


def ship_deck(length_m: float, beam_m: float) -> list[Mesh]:
    """Return the deck of a sailing ship along Z, bow at -Z, at y = 0, with bulwarks and rails."""
    half = length_m / 2
    z = np.linspace(-half, half, 19)
    share = (z + half) / length_m
    reach = beam_m / 2 * np.clip(1 - (1 - np.clip(share * 2.4, 0, 1)) ** 2.2, 0.03, 1)
    rows = 7
    u = np.linspace(-1, 1, rows)
    deck = np.stack([reach[:, None] * u, np.zeros((19, rows)), np.repeat(z[:, None], rows, 1)], -1)
    planks = shape(deck.reshape(-1, 3), grid_triangles(19, rows)[:, ::-1], TEAK, normals=(0, 1, 0))
    parts = [planks]
    dark, trim = Finish(rgb("#3a2a1e"), Surface.WOOD, 0.6), TEAK.times(0.7)
    for side in (-1, 1):
        low = np.stack([side * reach, 0 * z - 3.4, z * 0.96 + 0.2], -1) * (0.72, 1, 1)
        mid = np.stack([side * (reach + 0.05), 0 * z, z], -1)
        high = np.stack([side * (reach + 0.12), 0 * z + 0.32 + 0.4 * (1 - share) ** 3, z], -1)
        for a, b, tone in ((low, mid, dark), (mid, high, dark.times(1.4))):
            grid = np.stack([a, b])
            parts.append(two_sided(shape(grid.reshape(-1, 3), grid_triangles(2, 19), tone)))
        rail = high + np.array((side * 0.02, 0.55, 0.0))
        parts.append(tube(rail, 0.065, trim, sides=6))
        parts.append(tube(high, 0.07, trim, sides=5))
        parts.append(boxes(high[1:] + np.array((side * 0.01, 0.27, 0.0)), (0.04, 0.28, 0.05), trim))
    return parts


def mast(height_m: float, yard_m: float, *, sail: bool = True) -> Mesh:
    """Return a mast with yards and square sails that belly towards -Z, and shrouds."""
    h = height_m
    cloth = Finish(rgb("#dcd2bc"), Surface.CLOTH, 0.95)
    parts = [tube([(0, 0, 0), (0, h, 0)], [0.24, 0.1], OAK, sides=9)]
    for low, high, wide in ((0.32, 0.66, 1.0), (0.69, 0.92, 0.75)):
        half = yard_m / 2 * wide
        parts.append(tube([(-half, high * h, -0.25), (half, high * h, -0.25)], 0.09, OAK, sides=6))
        if sail:
            u, v = np.meshgrid(np.linspace(-1, 1, 11), np.linspace(0, 1, 9))
            belly = -0.35 - 1.3 * np.sin(np.pi * np.clip(v * 0.8 + 0.1, 0, 1)) * (1 - 0.5 * u**2)
            points = np.stack(
                [
                    u * half * (0.94 + 0.08 * v),
                    (high - (high - low) * v) * h + 0.12 * u**2 * v,
                    belly,
                ],
                -1,
            )
            parts.append(two_sided(shape(points.reshape(-1, 3), grid_triangles(9, 11), cloth)))
    parts.extend(
        tube([(side * 0.15, 0.66 * h, 0), (side * 2.6, 0.9, lean + 0.6)], 0.018, IRON, sides=3)
        for side in (-1, 1)
        for lean in (-0.6, 0.0, 0.6)
    )
    return merged(parts)


def cargo_ship(length_m: float, colour: Colour) -> Mesh:
    """Return a container ship that points along +Z, its water line at y = 0."""
    half, beam = length_m / 2, length_m * 0.08
    paint, red = Finish(colour, Surface.PAINT, 0.5), Finish(rgb("#7a2a24"), Surface.PAINT, 0.6)
    outline = [
        (-half, -1.0),
        (half * 0.86, -1.0),
        (half, 0.055 * length_m),
        (half * 0.7, 0.045 * length_m),
        (-half, 0.045 * length_m),
    ]
    hull = placed(prism(outline, 2 * beam, paint, bevel_m=0.4), yaw=-np.pi / 2)
    belt = placed(box((0, 0.2, 0), (beam * 1.01, 0.5, half * 0.9), red), (0, 0, -half * 0.05))
    tones = [
        rgb(code) for code in ("#9a4a34", "#2f5f7a", "#c9a23a", "#4a6a4a", "#8a8f94", "#a83a3a")
    ]
    rng = np.random.default_rng(5)
    spots, sizes, colours = [], [], []
    for row, z in enumerate(np.arange(-half * 0.45, half * 0.7, length_m * 0.055)):
        for column in range(4):
            for layer in range(int(rng.integers(1, 5))):
                spots.append(
                    ((column - 1.5) * beam * 0.46, 0.045 * length_m + (layer + 0.5) * 2.6, z)
                )
                sizes.append((beam * 0.22, 1.28, length_m * 0.025))
                colours.append(tones[int(rng.integers(0, 6))])
        del row
    boxes_ = boxes(
        spots, sizes, Finish((0.5, 0.5, 0.5), Surface.METAL, 0.7), colours=np.array(colours)
    )
    house = slab(
        (0, 0.045 * length_m + 6, -half * 0.75),
        (beam * 0.85, 6, length_m * 0.05),
        Finish(rgb("#d8d6cf"), Surface.FACADE, 0.6),
        cell_m=20.0,
    )
    funnel = box(
        (0, 0.045 * length_m + 13.5, -half * 0.82),
        (beam * 0.25, 2.4, length_m * 0.02),
        red,
        bevel_m=0.3,
    )
    return merged([hull, belt, boxes_, house, funnel])


def harbour_crane(height_m: float, colour: Colour) -> Mesh:
    """Return a quayside gantry crane whose boom reaches towards -Z."""
    h, steel = height_m, Finish(colour, Surface.PAINT, 0.5)
    legs = [
        tube(
            [(sx * 0.28 * h, 0, sz * 0.22 * h), (sx * 0.22 * h, 0.66 * h, sz * 0.2 * h)],
            0.022 * h,
            steel,
            sides=4,
        )
        for sx in (-1, 1)
        for sz in (-1, 1)
    ]
    beams = [
        boxes(
            [(sx * 0.22 * h, 0.66 * h, 0) for sx in (-1, 1)], (0.02 * h, 0.025 * h, 0.24 * h), steel
        ),
        boxes(
            [(0, 0.66 * h, sz * 0.2 * h) for sz in (-1, 1)]
            + [(0, 0.3 * h, sz * 0.21 * h) for sz in (-1, 1)],
            (0.24 * h, 0.02 * h, 0.018 * h),
            steel,
        ),
        boxes(
            [(sx * 0.05 * h, 0.72 * h, -0.28 * h) for sx in (-1, 1)],
            (0.012 * h, 0.02 * h, 0.75 * h),
            steel.times(0.9),
        ),
        boxes(
            [(0, 0.72 * h, z * h) for z in np.arange(-1.0, 0.5, 0.15)],
            (0.05 * h, 0.01 * h, 0.01 * h),
            steel,
        ),
    ]
    mast_ = tube([(0, 0.66 * h, 0.1 * h), (0, h, 0)], 0.02 * h, steel, sides=4)
    stays = [
        tube([(0, h, 0), (0, 0.74 * h, z * h)], 0.005 * h, IRON, sides=3)
        for z in (-0.95, -0.5, 0.42)
    ]
    cab = box(
        (0, 0.66 * h, -0.5 * h),
        (0.04 * h, 0.04 * h, 0.05 * h),
        Finish(rgb("#30343a"), Surface.GLASS, 0.1),
    )
    load = [
        tube([(0, 0.71 * h, -0.55 * h), (0, 0.45 * h, -0.55 * h)], 0.004 * h, IRON, sides=3),
        box((0, 0.42 * h, -0.55 * h), (0.12 * h, 0.03 * h, 0.03 * h), RUST),
    ]
    return merged([*legs, *beams, mast_, *stays, cab, *load])


def containers(rows: Sequence[tuple[float, float, int, float]], rng: np.random.Generator) -> Mesh:
    """Return stacks of shipping containers at (x, z, layers, yaw), 6.1 m long, ribbed."""
    tones = [
        rgb(code) for code in ("#9a4a34", "#2f5f7a", "#b58a2a", "#4a6a4a", "#7d8287", "#8a2f2f")
    ]
    parts = []
    for x, z, layers, yaw in rows:
        for layer in range(layers):
            steel = Finish(tones[int(rng.integers(0, 6))], Surface.PAINT, 0.6)
            ribs = np.arange(-2.9, 3.0, 0.28)
            side = np.concatenate(
                [np.stack([0 * ribs + sx * 1.22, 0 * ribs + 1.3, ribs], -1) for sx in (-1, 1)]
            )
            one = merged(
                [
                    box((0, 1.3, 0), (1.2, 1.28, 3.04), steel, bevel_m=0.03),
                    boxes(side, (0.03, 1.15, 0.07), steel.times(0.9)),
                    boxes(
                        [(sx * 0.55, 1.3, 3.06) for sx in (-1, 1)],
                        (0.03, 1.2, 0.03),
                        steel.times(1.3),
                    ),
                ]
            )
            parts.append(placed(one, (x, layer * 2.6, z), yaw=yaw))
    return weathered(merged(parts), amount=0.12)

"""Furniture and fittings: chairs, tables, shelves, cupboards, lamps, kitchen and studio gear."""

from __future__ import annotations

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.stage.parts.finish import Colour, Finish, rgb
from matinee.engine.stage.parts.plants import fern
from matinee.engine.stage.parts.solids import (
    ball,
    box,
    boxes,
    cylinder,
    grid_triangles,
    lathe,
    placed,
    quads,
    ring,
    shape,
    tube,
)

BEECH = Finish(rgb("#b58a5c"), Surface.WOOD, 0.55)
WALNUT = Finish(rgb("#5c3f2a"), Surface.WOOD, 0.5)
STEEL = Finish(rgb("#b4b8bb"), Surface.METAL, 0.3)
BLACK_METAL = Finish(rgb("#1c1d1f"), Surface.METAL, 0.45)
LINEN = Finish(rgb("#b9ae9c"), Surface.CLOTH, 0.95)
WHITE_PAINT = Finish(rgb("#dedad0"), Surface.PAINT, 0.4)
CERAMIC = Finish(rgb("#e4ded2"), Surface.PAINT, 0.25)
BRASS = Finish(rgb("#b08d4a"), Surface.METAL, 0.28)


def chair(wood: Finish = BEECH, seat: Finish | None = None) -> Mesh:
    """Return a chair on y = 0 that faces +Z; its seat is 0.46 m high."""
    legs = [
        tube([(x, 0, 0.2), (x * 0.94, 0.45, 0.18)], [0.018, 0.023], wood, sides=6)
        for x in (-0.2, 0.2)
    ]
    posts = [
        tube(
            [(x, 0, -0.22), (x, 0.46, -0.19), (x * 0.96, 0.92, -0.27)],
            [0.018, 0.024, 0.018],
            wood,
            sides=6,
        )
        for x in (-0.19, 0.19)
    ]
    rungs = [
        tube([(-0.19, 0.2, 0.19), (-0.19, 0.2, -0.2)], 0.011, wood, sides=5),
        tube([(0.19, 0.2, 0.19), (0.19, 0.2, -0.2)], 0.011, wood, sides=5),
        tube([(-0.19, 0.24, 0), (0.19, 0.24, 0)], 0.011, wood, sides=5),
    ]
    slats = [(0, y, -0.2 - 0.16 * (y - 0.46)) for y in (0.62, 0.74, 0.86)]
    return merged(
        [
            box((0, 0.46, 0), (0.225, 0.02, 0.215), seat or wood, bevel_m=0.015),
            boxes(slats, (0.18, 0.03, 0.009), wood, bevel_m=0.006),
            *legs,
            *posts,
            *rungs,
        ]
    )


def stool(finish: Finish = BEECH, height_m: float = 0.72) -> Mesh:
    """Return a round bar stool."""
    h = height_m
    legs = [
        tube(
            [(0.2 * np.sin(a), 0, 0.2 * np.cos(a)), (0.12 * np.sin(a), h - 0.03, 0.12 * np.cos(a))],
            0.016,
            finish,
            sides=6,
        )
        for a in (0.8, 2.37, 3.94, 5.5)
    ]
    return merged(
        [
            lathe(
                [(0, h - 0.04), (0.17, h - 0.04), (0.18, h - 0.01), (0.16, h), (0, h)],
                finish,
                sides=16,
            ),
            placed(ring(0.165, 0.01, finish, sides=14, around=5), (0, h * 0.32, 0)),
            *legs,
        ]
    )


def table(
    wood: Finish = BEECH, *, width_m: float = 1.4, depth_m: float = 0.8, height_m: float = 0.74
) -> Mesh:
    """Return a table on y = 0."""
    x, z, h = width_m / 2, depth_m / 2, height_m
    legs = [(sx * (x - 0.07), (h - 0.03) / 2, sz * (z - 0.07)) for sx in (-1, 1) for sz in (-1, 1)]
    return merged(
        [
            box((0, h - 0.018, 0), (x, 0.018, z), wood, bevel_m=0.012),
            boxes(legs, (0.032, (h - 0.03) / 2, 0.032), wood, bevel_m=0.008),
            boxes(
                [(0, h - 0.08, z - 0.07), (0, h - 0.08, -z + 0.07)], (x - 0.1, 0.042, 0.012), wood
            ),
            boxes(
                [(x - 0.07, h - 0.08, 0), (-x + 0.07, h - 0.08, 0)], (0.012, 0.042, z - 0.1), wood
            ),
        ]
    )


def round_table(top: Finish = BEECH, *, radius_m: float = 0.38, height_m: float = 0.74) -> Mesh:
    """Return a cafe table on one foot."""
    h, r = height_m, radius_m
    return merged(
        [
            lathe(
                [
                    (0, h - 0.03),
                    (r - 0.01, h - 0.03),
                    (r, h - 0.02),
                    (r, h - 0.006),
                    (r - 0.01, h),
                    (0, h),
                ],
                top,
                sides=24,
            ),
            lathe(
                [(0, 0), (0.24, 0), (0.23, 0.02), (0.05, 0.05), (0.035, 0.1), (0.035, h - 0.03)],
                BLACK_METAL,
                sides=14,
            ),
        ]
    )


def sofa(cloth: Finish = LINEN, *, width_m: float = 2.1) -> Mesh:
    """Return a sofa that faces +Z; its seat is 0.44 m high."""
    x = width_m / 2
    seats = 3 if width_m > 1.8 else 2 if width_m > 1.2 else 1
    wide = (x - 0.2) / seats
    centres = [(-x + 0.2 + wide * (2 * k + 1), 0.0, 0.0) for k in range(seats)]
    cushions = np.array(centres)
    return merged(
        [
            box((0, 0.2, 0), (x, 0.13, 0.42), cloth.times(0.9), bevel_m=0.03),
            box((0, 0.52, -0.36), (x - 0.05, 0.34, 0.11), cloth, bevel_m=0.06),
            boxes(
                [(-x + 0.1, 0.36, 0.0), (x - 0.1, 0.36, 0.0)],
                (0.1, 0.28, 0.42),
                cloth,
                bevel_m=0.06,
            ),
            boxes(
                cushions + np.array((0, 0.38, 0.06)),
                (wide - 0.012, 0.075, 0.35),
                cloth.times(1.05),
                bevel_m=0.05,
            ),
            boxes(
                cushions + np.array((0, 0.62, -0.2)),
                (wide - 0.02, 0.2, 0.08),
                cloth.times(1.05),
                bevel_m=0.07,
            ),
            boxes(
                [(sx * (x - 0.12), 0.035, sz * 0.32) for sx in (-1, 1) for sz in (-1, 1)],
                (0.025, 0.04, 0.025),
                WALNUT,
            ),
        ]
    )


def bed(cloth: Finish, frame: Finish = WALNUT, *, width_m: float = 1.6) -> Mesh:
    """Return a made bed, its head at -Z, its top 0.55 m high."""
    x = width_m / 2
    pillow = Finish(rgb("#e6e1d8"), Surface.CLOTH, 0.95)
    return merged(
        [
            box((0, 0.22, 0), (x + 0.03, 0.14, 1.03), frame, bevel_m=0.02),
            box((0, 0.62, -1.05), (x + 0.05, 0.5, 0.04), frame, bevel_m=0.03),
            box((0, 0.42, 0.0), (x, 0.1, 1.0), pillow, bevel_m=0.06),
            box((0, 0.47, 0.25), (x + 0.04, 0.09, 0.78), cloth, bevel_m=0.08),
            box((0, 0.555, -0.42), (x + 0.02, 0.03, 0.16), cloth.times(1.15), bevel_m=0.03),
            boxes(
                [(-x / 2, 0.58, -0.75), (x / 2, 0.58, -0.75)],
                (x * 0.42, 0.09, 0.2),
                pillow,
                bevel_m=0.08,
            ),
            boxes(
                [(sx * x, 0.05, sz * 0.95) for sx in (-1, 1) for sz in (-1, 1)],
                (0.04, 0.06, 0.04),
                frame,
            ),
        ]
    )


def bookcase(
    wood: Finish = WALNUT,
    *,
    width_m: float,
    height_m: float,
    rng: np.random.Generator,
    full: float = 0.9,
    shelf_m: float = 0.36,
    thick_m: tuple[float, float] = (0.018, 0.055),
) -> Mesh:
    """Return a bookcase full of books whose front is +Z, its back at z = -0.15."""
    x, depth = width_m / 2, 0.15
    rows = max(1, int((height_m - 0.1) / shelf_m))
    shelf_y = 0.06 + np.arange(rows + 1) * (height_m - 0.08) / rows
    parts = [
        boxes(np.stack([0 * shelf_y, shelf_y, 0 * shelf_y], -1), (x, 0.014, depth), wood),
        boxes(
            [(-x, height_m / 2, 0), (x, height_m / 2, 0)],
            (0.02, height_m / 2, depth + 0.01),
            wood,
            bevel_m=0.006,
        ),
        box((0, height_m / 2, -depth), (x, height_m / 2, 0.008), wood.times(0.6)),
        box((0, 0.03, 0), (x, 0.03, depth - 0.02), wood.times(0.8)),
    ]
    parts.append(
        books(
            width_m - 0.08,
            shelf_y[:-1] + 0.014,
            (height_m - 0.08) / rows - 0.03,
            rng=rng,
            full=full,
            thick_m=thick_m,
        )
    )
    return merged(parts)


SPINES = tuple(
    map(
        rgb,
        (
            "#6b2b26",
            "#23405a",
            "#6f6242",
            "#2f4a38",
            "#8a7348",
            "#3a2f45",
            "#a39a88",
            "#7d4a2a",
            "#1f2328",
        ),
    )
)


def books(
    width_m: float,
    shelves: np.ndarray[tuple[int], np.dtype[np.float64]],
    gap_m: float,
    *,
    rng: np.random.Generator,
    full: float,
    thick_m: tuple[float, float] = (0.018, 0.055),
) -> Mesh:
    """Return books standing on shelves at those heights, between x = -width/2 and +width/2."""
    at, half, shade = [], [], []
    for y in shelves:
        x = -width_m / 2
        while x < width_m / 2 - 0.05:
            thick = rng.uniform(*thick_m)
            tall = gap_m * rng.uniform(0.62, 0.95)
            if rng.random() < full:
                at.append((x + thick / 2, y + tall / 2, rng.uniform(-0.02, 0.02)))
                half.append((thick / 2 * 0.94, tall / 2, 0.1))
                shade.append(
                    np.asarray(SPINES[int(rng.integers(0, len(SPINES)))]) * rng.uniform(0.6, 1.3)
                )
            else:
                x += rng.uniform(0.02, 0.14)
            x += thick
    if not at:
        return merged([])
    return boxes(
        at, half, Finish((0.3, 0.3, 0.3), Surface.CLOTH, 0.7), colours=np.clip(shade, 0.01, 0.9)
    )


def cupboard(
    width_m: float,
    height_m: float,
    depth_m: float,
    finish: Finish,
    *,
    doors: int = 2,
    handle: Finish = STEEL,
    top: Finish | None = None,
    drawers: bool = False,
) -> Mesh:
    """Return a cupboard on y = 0, its front at z = 0 towards +Z; a `top` makes a worktop of it."""
    x = width_m / 2
    plinth = 0.09 if height_m < 1.2 else 0.0
    parts = [
        box(
            (0, (height_m + plinth) / 2, -depth_m / 2 - 0.01),
            (x, (height_m - plinth) / 2, depth_m / 2),
            finish.times(0.85),
        ),
        box(
            (0, plinth / 2, -depth_m / 2 - 0.04),
            (x, plinth / 2, depth_m / 2 - 0.03),
            Finish(rgb("#2a2826"), Surface.PLAIN, 0.8),
        ),
    ]
    wide = width_m / doors
    for number in range(doors):
        cx = -x + wide * (number + 0.5)
        stack = [(0.0, 0.24), (0.25, 0.6), (0.61, 1.0)] if drawers else [(0.0, 1.0)]
        for low, high in stack:
            y0, y1 = (
                plinth + (height_m - plinth) * low + 0.006,
                plinth + (height_m - plinth) * high - 0.006,
            )
            middle, half_y = (y0 + y1) / 2, (y1 - y0) / 2
            parts.append(
                box((cx, middle, 0.0), (wide / 2 - 0.006, half_y, 0.011), finish, bevel_m=0.005)
            )
            rail = min(0.06, half_y * 0.35)
            parts.append(
                box(
                    (cx, middle, 0.006),
                    (wide / 2 - 0.006 - rail, half_y - rail, 0.002),
                    finish.times(0.88),
                )
            )
            if drawers:
                parts.append(
                    box(
                        (cx, y1 - min(0.05, half_y), 0.03),
                        (0.07, 0.007, 0.012),
                        handle,
                        bevel_m=0.005,
                    )
                )
            else:
                side = 1 if number % 2 == 0 else -1
                parts.append(
                    box(
                        (cx + side * (wide / 2 - 0.045), middle, 0.03),
                        (0.006, 0.07, 0.012),
                        handle,
                        bevel_m=0.005,
                    )
                )
    if top is not None:
        parts.append(
            box(
                (0, height_m + 0.02, -depth_m / 2 + 0.01),
                (x + 0.005, 0.02, depth_m / 2 + 0.03),
                top,
                bevel_m=0.008,
            )
        )
    return merged(parts)


def floor_lamp(shade: Finish, *, lit: bool = True, height_m: float = 1.55) -> Mesh:
    """Return a standing lamp with a cloth shade."""
    h = height_m
    bright = Finish(
        shade.colour, Surface.SCREEN if lit else Surface.CLOTH, 0.9, 1.7 if lit else 0.0
    )
    cone = [(0.21, h - 0.28), (0.14, h)]
    return merged(
        [
            lathe(
                [(0, 0), (0.15, 0), (0.14, 0.02), (0.02, 0.035), (0.011, 0.06), (0.011, h - 0.2)],
                BLACK_METAL,
                sides=14,
            ),
            lathe(cone, bright, sides=18),
            lathe([(0.135, h), (0.205, h - 0.28)], bright, sides=18),
        ]
    )


def table_lamp(base: Finish, *, lit: bool = True) -> Mesh:
    """Return a table lamp, 0.46 m tall."""
    glow = Finish(
        rgb("#f0d9b0"), Surface.SCREEN if lit else Surface.CLOTH, 0.9, 1.8 if lit else 0.0
    )
    return merged(
        [
            lathe(
                [
                    (0, 0),
                    (0.09, 0),
                    (0.09, 0.015),
                    (0.05, 0.03),
                    (0.075, 0.1),
                    (0.06, 0.18),
                    (0.02, 0.23),
                    (0.012, 0.3),
                ],
                base,
                sides=16,
            ),
            lathe([(0.15, 0.25), (0.09, 0.46)], glow, sides=18),
            lathe([(0.088, 0.46), (0.148, 0.25)], glow, sides=18),
        ]
    )


def pendant(shade: Finish, drop_m: float, *, lit: bool = True, radius_m: float = 0.2) -> Mesh:
    """Return a hanging lamp whose cord starts at y = 0 and goes down."""
    r, y = radius_m, -drop_m
    bulb = Finish(rgb("#ffe0ae"), Surface.SCREEN, 0.4, 7.0 if lit else 0.2)
    return merged(
        [
            tube([(0, 0, 0), (0, y + 0.2, 0)], 0.006, BLACK_METAL, sides=4),
            lathe(
                [(r, y), (r * 0.85, y + 0.08), (r * 0.35, y + 0.17), (0.03, y + 0.22)],
                shade,
                sides=20,
            ),
            lathe(
                [(0.03, y + 0.215), (r * 0.34, y + 0.16), (r * 0.83, y + 0.075), (r * 0.98, y)],
                shade.times(1.1),
                sides=20,
            ),
            ball((0, y + 0.07, 0), 0.045, bulb, level=1),
        ]
    )


def softbox(
    *, height_m: float = 2.1, width_m: float = 1.0, tall_m: float = 1.3, lit: bool = True
) -> Mesh:
    """Return a softbox on a tripod; its lit face looks along +Z and a little down."""
    face = Finish(rgb("#fff4e4"), Surface.SCREEN, 0.6, 3.2 if lit else 0.3)
    cloth = Finish(rgb("#141416"), Surface.CLOTH, 0.9)
    x, y = width_m / 2, tall_m / 2
    front = [(-x, -y, 0.3), (x, -y, 0.3), (x, y, 0.3), (-x, y, 0.3)]
    back = [(-0.1, -0.1, -0.15), (0.1, -0.1, -0.15), (0.1, 0.1, -0.15), (-0.1, 0.1, -0.15)]
    sides = [[back[k], back[(k + 1) % 4], front[(k + 1) % 4], front[k]] for k in range(4)]
    body = merged(
        [
            quads([front], face),
            quads(sides, cloth),
            boxes([(0, -y, 0.3), (0, y, 0.3)], (x + 0.02, 0.02, 0.03), cloth),
            boxes([(-x, 0, 0.3), (x, 0, 0.3)], (0.02, y + 0.02, 0.03), cloth),
            box((0, 0, -0.26), (0.09, 0.09, 0.14), BLACK_METAL, bevel_m=0.02),
        ]
    )
    return merged([placed(body, (0, height_m, 0), tilt=0.28), tripod(height_m - 0.05)])


def tripod(height_m: float, *, spread_m: float = 0.5) -> Mesh:
    """Return a light stand or tripod."""
    h = height_m
    legs = [
        tube(
            [
                (spread_m * np.sin(a), 0.01, spread_m * np.cos(a)),
                (0.03 * np.sin(a), min(h * 0.6, 0.75), 0.03 * np.cos(a)),
            ],
            0.014,
            BLACK_METAL,
            sides=5,
        )
        for a in (0.5, 2.6, 4.7)
    ]
    return merged([tube([(0, 0.2, 0), (0, h, 0)], [0.018, 0.012], BLACK_METAL, sides=6), *legs])


def film_camera() -> Mesh:
    """Return a camera body with lens, about 0.3 m long, lens along +Z, centred."""
    glass = Finish(rgb("#0e1822"), Surface.GLASS, 0.05)
    lens = lathe(
        [
            (0, 0),
            (0.045, 0),
            (0.05, 0.05),
            (0.055, 0.14),
            (0.06, 0.15),
            (0.052, 0.155),
            (0.045, 0.14),
        ],
        BLACK_METAL,
        sides=18,
    )
    return merged(
        [
            box((0, 0, -0.03), (0.07, 0.065, 0.1), BLACK_METAL, bevel_m=0.012),
            placed(lens, (0, 0, 0.06), tilt=np.pi / 2),
            placed(cylinder(0.044, 0.004, glass, sides=18), (0, 0, 0.2), tilt=np.pi / 2),
            box((0, 0.1, -0.03), (0.02, 0.02, 0.08), BLACK_METAL, bevel_m=0.01),
            box((-0.085, 0.01, -0.06), (0.014, 0.045, 0.05), BLACK_METAL.times(1.4), bevel_m=0.006),
        ]
    )


def screen(width_m: float, height_m: float, colour: Colour, *, emission: float = 1.0) -> Mesh:
    """Return a flat screen centred on the origin, its picture towards +Z."""
    x, y = width_m / 2, height_m / 2
    picture = Finish(colour, Surface.SCREEN, 0.3, emission)
    return merged(
        [
            box((0, 0, -0.015), (x + 0.012, y + 0.012, 0.018), BLACK_METAL, bevel_m=0.006),
            box((0, 0, 0.004), (x, y, 0.002), picture),
        ]
    )


def laptop(body: Finish) -> Mesh:
    """Return an open laptop on y = 0, its screen towards +Z."""
    keys = np.array(
        [(x, 0.012, z) for x in np.linspace(-0.13, 0.13, 11) for z in (-0.06, -0.035, -0.01, 0.015)]
    )
    lid = merged(
        [
            box((0, 0.11, 0), (0.165, 0.11, 0.004), body, bevel_m=0.004),
            box(
                (0, 0.11, 0.005),
                (0.155, 0.1, 0.001),
                Finish(rgb("#8fb3d9"), Surface.SCREEN, 0.3, 0.9),
            ),
        ]
    )
    return merged(
        [
            box((0, 0.006, 0), (0.165, 0.006, 0.115), body, bevel_m=0.004),
            boxes(keys, (0.010, 0.002, 0.009), Finish(rgb("#1a1b1d"), Surface.PLAIN, 0.7)),
            placed(lid, (0, 0.012, -0.112), tilt=-0.3),
        ]
    )


def potted_plant(rng: np.random.Generator, *, height_m: float = 0.9) -> Mesh:
    """Return a plant in a clay pot."""
    clay = Finish(rgb("#9c5b3d"), Surface.PLASTER, 0.85)
    r = height_m * 0.2
    pot = lathe(
        [
            (0, 0),
            (r * 0.7, 0),
            (r, r * 1.6),
            (r * 1.1, r * 1.62),
            (r * 1.1, r * 1.9),
            (r * 0.95, r * 1.9),
            (r * 0.9, r * 1.7),
            (0, r * 1.7),
        ],
        clay,
        sides=14,
    )
    leaves = [placed(fern(height_m * 0.62, rng=rng, fronds=9), (0, r * 1.6, 0), scale=(1, 1.5, 1))]
    leaves.append(
        placed(
            fern(height_m * 0.42, rng=rng, fronds=7), (0, r * 1.7, 0), yaw=0.4, scale=(1, 2.6, 1)
        )
    )
    return merged([pot, *leaves])


def curtain(width_m: float, height_m: float, cloth: Finish) -> Mesh:
    """Return a hanging curtain in folds, its top at y = height, centred in x, seen from +Z."""
    u = np.linspace(-0.5, 0.5, 33)
    folds = 0.055 * np.sin(u * 2 * np.pi * max(3, round(width_m * 5)))
    x, y = np.meshgrid(u * width_m, np.linspace(0, height_m, 7))
    z = np.broadcast_to(folds, x.shape) * (1.15 - 0.3 * y / height_m)
    points = np.stack([x, y, z], -1).reshape(-1, 3)
    front = shape(points, grid_triangles(7, 33), cloth)
    back = shape(points - np.array((0, 0, 0.012)), grid_triangles(7, 33)[:, ::-1], cloth)
    rail = tube(
        [(-width_m * 0.55, height_m + 0.02, 0), (width_m * 0.55, height_m + 0.02, 0)],
        0.015,
        BRASS,
        sides=6,
    )
    return merged([front, back, rail])


def rug(width_m: float, depth_m: float, colour: Colour, border: Colour) -> Mesh:
    """Return a rug on y = 0 with a border and a field of diamonds."""
    cloth = Finish(border, Surface.CLOTH, 0.97)
    field = Finish(colour, Surface.CLOTH, 0.97)
    pale = Finish(
        (
            min(colour[0] * 1.7 + 0.04, 0.8),
            min(colour[1] * 1.7 + 0.04, 0.8),
            min(colour[2] * 1.7 + 0.04, 0.8),
        ),
        Surface.CLOTH,
        0.97,
    )
    x = np.linspace(-width_m / 2 + 0.35, width_m / 2 - 0.35, max(2, round(width_m / 0.5)))
    z = np.linspace(-depth_m / 2 + 0.35, depth_m / 2 - 0.35, max(2, round(depth_m / 0.5)))
    spots = np.array([(a, 0.0135, b) for a in x for b in z])
    return merged(
        [
            box((0, 0.005, 0), (width_m / 2, 0.006, depth_m / 2), cloth),
            box((0, 0.008, 0), (width_m / 2 - 0.16, 0.005, depth_m / 2 - 0.16), field),
            boxes(spots, (0.1, 0.001, 0.1), pale, yaw=np.pi / 4),
        ]
    )


def picture(width_m: float, height_m: float, frame: Finish, *, rng: np.random.Generator) -> Mesh:
    """Return a framed landscape, centred, towards +Z: sky, hills, a sun, brushed in bands."""
    x, y = width_m / 2, height_m / 2
    parts = [
        boxes([(0, -y, 0), (0, y, 0)], (x + 0.03, 0.03, 0.02), frame, bevel_m=0.01),
        boxes([(-x, 0, 0), (x, 0, 0)], (0.03, y + 0.03, 0.02), frame, bevel_m=0.01),
    ]
    tone = rng.uniform(0.7, 1.2)
    bands = ("#8fb0c4", "#c9c3a8", "#7d9468", "#56703f", "#3f5232")
    edges = np.linspace(y, -y, len(bands) + 1)
    for number, code in enumerate(bands):
        high, low = edges[number], edges[number + 1]
        hill = rng.uniform(-0.08, 0.08, 2) * y if number > 1 else (0.0, 0.0)
        paint = Finish(rgb(code), Surface.PLAIN, 0.8).times(float(tone))
        depth = 0.004 + 0.0015 * number
        parts.append(
            quads(
                [
                    [
                        (-x, low, depth),
                        (x, low, depth),
                        (x, high + hill[0], depth),
                        (-x, high + hill[1], depth),
                    ]
                ],
                paint,
            )
        )
    parts.append(
        placed(
            cylinder(min(x, y) * 0.16, 0.002, Finish(rgb("#e9d9a0"), Surface.PLAIN, 0.8), sides=14),
            (x * 0.4, y * 0.55, 0.006),
            tilt=np.pi / 2,
        )
    )
    parts.append(box((0, 0, -0.012), (x, y, 0.006), frame.times(0.5)))
    return merged(parts)

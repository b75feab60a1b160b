"""What makes a hall what it is: chandeliers, altars, rings, lanes, stalls, domes, rock, ice.

Everything stands on y = 0 and is centred unless it says otherwise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.stage.parts import masonry, things
from matinee.engine.stage.parts.finish import Colour, Finish, fractal, picked, rgb
from matinee.engine.stage.parts.fire import candle_flame
from matinee.engine.stage.parts.furniture import BLACK_METAL, BRASS, CERAMIC, STEEL, WALNUT
from matinee.engine.stage.parts.solids import (
    ball,
    box,
    boxes,
    copies,
    cylinder,
    grid_triangles,
    lathe,
    placed,
    prism,
    quads,
    recoloured,
    shape,
    tube,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from matinee.engine.stage.parts.finish import Floats

GOLD = Finish(rgb("#c79a3e"), Surface.METAL, 0.25)


def chandelier(
    drop_m: float,
    *,
    arms: int = 8,
    radius_m: float = 0.7,
    lit: bool = True,
    tiers: int = 2,
    metal: Finish = GOLD,
) -> Mesh:
    """Return a chandelier of arms with candle bulbs and glass drops; hangs from y = 0."""
    bulb = Finish(rgb("#ffe0ae"), Surface.SCREEN, 0.4, 6.0 if lit else 0.8)
    crystal = Finish(rgb("#dfe6ea"), Surface.GLASS, 0.04)
    parts = [
        tube([(0, 0, 0), (0, -drop_m + 0.3, 0)], 0.014, metal, sides=5),
        placed(
            lathe(
                [(0, 0), (0.06, 0.05), (0.1, 0.16), (0.05, 0.3), (0.07, 0.42), (0.02, 0.6)],
                metal,
                sides=12,
            ),
            (0, -drop_m - 0.1, 0),
        ),
    ]
    for tier in range(tiers):
        r, y = radius_m * (1 - 0.4 * tier), -drop_m + 0.34 * tier
        angle = np.arange(arms) / arms * 2 * np.pi + 0.3 * tier
        for a in angle:
            s, c = float(np.sin(a)), float(np.cos(a))
            parts.append(
                tube(
                    [
                        (0, y + 0.1, 0),
                        (0.55 * r * s, y - 0.06, 0.55 * r * c),
                        (r * s, y + 0.08, r * c),
                    ],
                    0.013,
                    metal,
                    sides=5,
                )
            )
        tips = np.stack([r * np.sin(angle), 0 * angle + y + 0.08, r * np.cos(angle)], -1)
        parts.append(
            copies(
                lathe([(0, 0), (0.05, 0.02), (0.02, 0.03), (0.016, 0.1), (0, 0.1)], metal, sides=7),
                tips,
            )
        )
        parts.append(copies(ball((0, 0.13, 0), (0.022, 0.045, 0.022), bulb, level=1), tips))
        drops = np.stack(
            [0.8 * r * np.sin(angle + 0.2), 0 * angle + y - 0.12, 0.8 * r * np.cos(angle + 0.2)], -1
        )
        parts.append(copies(ball((0, 0, 0), (0.02, 0.05, 0.02), crystal, level=0), drops))
    return merged(parts)


def mirror_ball(drop_m: float, radius_m: float = 0.45) -> Mesh:
    """Return a mirror ball whose facets differ; centred on its own axis, `drop_m` below y = 0."""
    rng, parts = np.random.default_rng(4), []
    silver = Finish(rgb("#c8d0d8"), Surface.METAL, 0.1, 0.0)
    for row in range(-6, 7):
        level = row / 6.6 * np.pi / 2
        count = max(4, round(26 * np.cos(level)))
        angle = np.arange(count) / count * 2 * np.pi
        at = radius_m * np.stack(
            [
                np.cos(level) * np.sin(angle),
                0 * angle + np.sin(level),
                np.cos(level) * np.cos(angle),
            ],
            -1,
        )
        glint = Finish((0.5, 0.5, 0.5), Surface.SCREEN, 0.2, 1.2)
        tone = np.where(
            rng.random((count, 1)) < 0.3,
            rng.uniform(0.4, 0.9, (count, 3)),
            np.array([[0.08, 0.09, 0.12]]),
        )
        parts.append(
            boxes(at, (radius_m * 0.1, radius_m * 0.1, 0.01), glint, yaw=angle, colours=tone)
        )
    body = merged([ball((0, 0, 0), radius_m * 0.96, silver, level=2), *parts])
    return merged(
        [
            placed(body, (0, -drop_m, 0)),
            tube([(0, 0, 0), (0, -drop_m + radius_m, 0)], 0.01, STEEL, sides=4),
        ]
    )


def altar(cloth: Colour) -> Mesh:
    """Return an altar 1 m high with cloth, candles and a cross."""
    linen, band = Finish(rgb("#ece8de"), Surface.CLOTH, 0.95), Finish(cloth, Surface.CLOTH, 0.95)
    candles = [(s * x, 1.02, 0.05) for s in (-1, 1) for x in (0.5, 0.75, 1.0)]
    return merged(
        [
            box((0, 0.47, 0), (1.2, 0.47, 0.42), masonry.MARBLE, bevel_m=0.02),
            box((0, 0.98, 0), (1.35, 0.035, 0.5), masonry.MARBLE, bevel_m=0.015),
            box((0, 1.02, 0), (1.3, 0.008, 0.46), linen),
            box((0, 0.72, 0.45), (0.5, 0.3, 0.012), band),
            boxes(
                [(0, 0.72, 0.466), (0, 0.78, 0.466)],
                [(0.02, 0.16, 0.004), (0.1, 0.02, 0.004)],
                GOLD,
            ),
            copies(
                merged(
                    [
                        lathe([(0, 0), (0.06, 0), (0.015, 0.05), (0.03, 0.12)], BRASS, sides=9),
                        placed(cylinder(0.022, 0.3, CERAMIC, sides=8), (0, 0.12, 0)),
                        placed(candle_flame(), (0, 0.42, 0)),
                    ]
                ),
                candles,
            ),
            boxes(
                [(0, 1.5, -0.1), (0, 1.64, -0.1)],
                [(0.035, 0.48, 0.03), (0.24, 0.035, 0.03)],
                GOLD,
                bevel_m=0.01,
            ),
        ]
    )


def stained_window(
    width_m: float, height_m: float, rng: np.random.Generator, *, emission: float
) -> Mesh:
    """Return a pointed window of coloured panes in lead, its foot at y = 0, that glows."""
    tones = tuple(
        map(rgb, ("#1f4fb0", "#b01f2a", "#e0a82a", "#2a8a4a", "#6a2a8a", "#2aa0b0", "#d8d2b8"))
    )
    columns, rows = max(2, round(width_m / 0.28)), max(4, round(height_m / 0.32))
    dx, dy = width_m / columns, height_m / rows
    at = np.array(
        [
            (-width_m / 2 + dx * (c + 0.5), dy * (r + 0.5), 0.0)
            for c in range(columns)
            for r in range(rows)
        ]
    )
    share = np.clip((at[:, 1] / height_m - 0.62) / 0.38, 0, 1)
    at = at[np.abs(at[:, 0]) <= width_m / 2 * np.sqrt(np.maximum(1 - share**1.6, 0))]
    pane = Finish((0.5, 0.5, 0.5), Surface.SCREEN, 0.3, emission)
    edge = np.linspace(0, 1, 9)
    arch = [(-width_m / 2, 0.0), (-width_m / 2, height_m * 0.62)]
    arch += [(-width_m / 2 * (1 - u**1.7), height_m * (0.62 + 0.42 * u**0.75)) for u in edge[1:]]
    line = np.array([(x, y, 0.02) for x, y in arch])
    other = line * (-1, 1, 1)
    return merged(
        [
            boxes(at, (dx * 0.47, dy * 0.47, 0.012), pane, colours=picked(rng, tones, len(at))),
            tube(line, 0.05, masonry.OLD_STONE, sides=6),
            tube(other, 0.05, masonry.OLD_STONE, sides=6),
            box((0, -0.04, 0.03), (width_m / 2 + 0.1, 0.05, 0.08), masonry.OLD_STONE),
            box((0, height_m * 0.48, 0.014), (0.03, height_m * 0.48, 0.02), BLACK_METAL),
        ]
    )


def pointed_rib(
    half_m: float, spring_m: float, crown_m: float, finish: Finish, *, thick_m: float = 0.16
) -> Mesh:
    """Return a pointed arch across X in the plane z = 0, from two springs to its crown."""
    u = np.linspace(0, 1, 9)
    side = np.stack([-half_m * (1 - u**1.5), spring_m + (crown_m - spring_m) * u**0.7, 0 * u], -1)
    return merged(
        [tube(side, thick_m, finish, sides=6), tube(side * (-1, 1, 1), thick_m, finish, sides=6)]
    )


def organ(width_m: float, height_m: float) -> Mesh:
    """Return organ pipes in a case, centred, its foot at y = 0."""
    x = np.arange(-width_m / 2 + 0.2, width_m / 2 - 0.1, 0.16)
    tall = height_m * (0.55 + 0.35 * np.abs(np.cos(x * np.pi / width_m * 2)))
    pipe = lathe(
        [(0.02, 0), (0.06, 0.16), (0.06, 1.0), (0.05, 1.0)],
        Finish(rgb("#b9bcbe"), Surface.METAL, 0.2),
        sides=9,
    )
    at = np.stack([x, 0 * x + 0.5, 0 * x + 0.1], -1)
    return merged(
        [
            copies(pipe, at, scale=np.stack([1 + 0 * x, tall, 1 + 0 * x], -1)),
            box((0, 0.3, 0), (width_m / 2, 0.3, 0.24), WALNUT, bevel_m=0.03),
            boxes(
                [(s * width_m / 2, height_m / 2, 0) for s in (-1, 1)],
                (0.12, height_m / 2, 0.2),
                WALNUT,
            ),
            box((0, height_m, 0.02), (width_m / 2 + 0.2, 0.12, 0.26), WALNUT, bevel_m=0.05),
            box((0, height_m / 2, -0.14), (width_m / 2, height_m / 2, 0.03), WALNUT.times(0.5)),
        ]
    )


def boxing_ropes(half_m: float, *, colours: Sequence[Colour]) -> Mesh:
    """Return corner posts, pads and four ropes of a ring, on y = 0."""
    corners = [(-half_m, -half_m), (half_m, -half_m), (half_m, half_m), (-half_m, half_m)]
    parts = []
    for number, (x, z) in enumerate(corners):
        pad = Finish(colours[number % len(colours)], Surface.PAINT, 0.5)
        parts.append(placed(cylinder(0.05, 1.45, BLACK_METAL, sides=10), (x, 0, z)))
        inward = np.array((-np.sign(x), 0, -np.sign(z))) * 0.12
        parts.append(
            placed(
                box((0, 0.75, 0), (0.16, 0.55, 0.06), pad, bevel_m=0.04),
                np.add((x, 0, z), inward),
                yaw=float(np.arctan2(inward[0], inward[2])),
            )
        )
        nx, nz = corners[(number + 1) % 4]
        for k, y in enumerate((0.45, 0.75, 1.05, 1.35)):
            rope = Finish(colours[k % len(colours)], Surface.PAINT, 0.5)
            middle = ((x + nx) / 2, y - 0.015, (z + nz) / 2)
            parts.append(tube([(x, y, z), middle, (nx, y, nz)], 0.022, rope, sides=6))
    return merged(parts)


def bowling_pins() -> Mesh:
    """Return ten pins in their triangle, the head pin at z = 0, the others behind."""
    pin = lathe(
        [
            (0, 0),
            (0.026, 0),
            (0.058, 0.11),
            (0.026, 0.24),
            (0.022, 0.27),
            (0.032, 0.33),
            (0.02, 0.375),
            (0, 0.38),
        ],
        CERAMIC,
        sides=9,
    )
    at = [((k - row / 2) * 0.305, 0, -row * 0.264) for row in range(4) for k in range(row + 1)]
    stripe = placed(
        cylinder(0.028, 0.012, Finish(rgb("#c01f1f"), Surface.PAINT, 0.3), sides=9), (0, 0.25, 0)
    )
    return copies(merged([pin, stripe]), at)


def ball_return(rng: np.random.Generator) -> Mesh:
    """Return a rack with bowling balls."""
    tones = tuple(map(rgb, ("#1f3fa8", "#a81f4a", "#1f8a5a", "#d9701f", "#5a1f8a", "#16171a")))
    model = ball((0, 0, 0), 0.108, Finish((0.5, 0.5, 0.5), Surface.PAINT, 0.1), level=2)
    at = np.array([(-0.5 + 0.24 * k, 0.78, 0) for k in range(5)])
    return merged(
        [
            recoloured(
                copies(model, at), np.repeat(picked(rng, tones, 5), model.vertex_count, axis=0)
            ),
            box((0, 0.6, 0), (0.68, 0.06, 0.18), BLACK_METAL, bevel_m=0.03),
            boxes([(0, 0.7, s * 0.12) for s in (-1, 1)], (0.66, 0.03, 0.025), STEEL, bevel_m=0.01),
            box((0, 0.28, 0), (0.3, 0.28, 0.14), BLACK_METAL.times(1.5), bevel_m=0.03),
        ]
    )


def stall(width_m: float, depth_m: float, wood: Finish) -> Mesh:
    """Return a horse box, open to +Z above a half door, its back at z = 0."""
    x = width_m / 2
    planks = np.arange(0.12, 1.3, 0.19)
    straw = Finish(rgb("#c9a85a"), Surface.GRASS, 0.95)
    return merged(
        [
            *(
                boxes(
                    np.stack([0 * planks + s * x, planks, 0 * planks + depth_m / 2], -1),
                    (0.03, 0.09, depth_m / 2),
                    wood,
                )
                for s in (-1, 1)
            ),
            boxes(
                np.stack([0 * planks, planks, 0 * planks + depth_m], -1)[:6],
                (x * 0.98, 0.085, 0.025),
                wood.times(1.1),
            ),
            placed(
                box((0, 0, 0), (x * 1.05, 0.06, 0.02), wood.times(0.8)),
                (0, 0.62, depth_m + 0.04),
                roll=0.6,
            ),
            boxes([(s * x, 1.2, depth_m) for s in (-1, 1)], (0.08, 1.2, 0.08), wood.times(0.85)),
            box((0, 0.03, depth_m / 2), (x - 0.05, 0.05, depth_m / 2 - 0.05), straw),
        ]
    )


def hay_bale() -> Mesh:
    """Return a straw bale, 1 m along X, 0.45 m high, tied twice."""
    straw = Finish(rgb("#c4a352"), Surface.GRASS, 0.95)
    twine = Finish(rgb("#6a4a2a"), Surface.CLOTH, 0.9)
    return merged(
        [
            box((0, 0.22, 0), (0.5, 0.22, 0.26), straw, bevel_m=0.04),
            boxes([(s * 0.24, 0.22, 0) for s in (-1, 1)], (0.01, 0.225, 0.265), twine),
        ]
    )


def truss(length_m: float, rise_m: float, wood: Finish) -> Mesh:
    """Return a roof truss across X, its tie beam at y = 0."""
    x = length_m / 2
    beam = 0.11
    return merged(
        [
            box((0, 0, 0), (x, beam, beam), wood, bevel_m=0.01),
            box((0, rise_m / 2, 0), (beam * 0.9, rise_m / 2, beam * 0.9), wood),
            *(tube([(s * x, 0, 0), (0, rise_m, 0)], beam * 1.2, wood, sides=4) for s in (-1, 1)),
            *(
                tube(
                    [(s * x * 0.08, 0.1, 0), (s * x * 0.5, rise_m * 0.46, 0)],
                    beam * 0.8,
                    wood,
                    sides=4,
                )
                for s in (-1, 1)
            ),
        ]
    )


def vault(
    half_m: float,
    rise_m: float,
    z0: float,
    z1: float,
    finish: Finish,
    *,
    cells: tuple[int, int] = (14, 10),
    sharp: float = 1.0,
) -> Mesh:
    """Return a vault over X between z0 and z1, seen from below; springs at y = 0.

    `sharp` of 1 makes a round one, below 1 a pointed one, above 1 a flat one.
    """
    u = np.linspace(-1, 1, cells[0] + 1)
    z = np.linspace(z0, z1, cells[1] + 1)
    y = rise_m * np.maximum(1 - np.abs(u) ** (2 * sharp), 0) ** (0.5 * sharp)
    x, along = np.meshgrid(u * half_m, z)
    points = np.stack([x, np.broadcast_to(y, x.shape), along], -1)
    return shape(points.reshape(-1, 3), grid_triangles(len(z), len(u)), finish)


def cavern(
    radius: Callable[[Floats, Floats], Floats],
    z0: float,
    z1: float,
    finish: Finish,
    *,
    around: int = 40,
    cell_m: float = 0.7,
    rough_m: float = 0.5,
    seed: int = 0,
) -> Mesh:
    """Return the rocky inside of a tunnel along Z: `radius(angle, z)` from its axis at y = 0.

    The angle runs from 0 at +X over pi/2 overhead to pi at -X, so the lower half stays open for a
    floor.
    """
    angle = np.linspace(-0.12, np.pi + 0.12, around + 1)
    z = np.linspace(z0, z1, max(2, round((z1 - z0) / cell_m)) + 1)
    a, along = np.meshgrid(angle, z)
    r = radius(a, along)
    points = np.stack([r * np.cos(a), r * np.sin(a), along], -1)
    bump = fractal(points.reshape(-1, 3), cell_m=2.2, seed=seed, octaves=4).reshape(a.shape)
    out = np.stack([np.cos(a), np.sin(a), 0 * a], -1)
    points = points + out * (bump * rough_m * 2)[..., None]
    return shape(points.reshape(-1, 3), grid_triangles(len(z), len(angle))[:, ::-1], finish)


def stalactite(length_m: float, radius_m: float, finish: Finish) -> Mesh:
    """Return a dripstone that hangs from y = 0."""
    line = [(0, -length_m, 0), (0.02 * length_m, -0.6 * length_m, 0), (0, 0, 0)]
    return tube(line, [0.01, radius_m * 0.45, radius_m], finish, sides=7)


def crystal_cluster(colour: Colour, rng: np.random.Generator, *, emission: float = 1.5) -> Mesh:
    """Return glowing crystals grown from one root."""
    glow, parts = Finish(colour, Surface.SCREEN, 0.2, emission), []
    for _ in range(7):
        tall, lean = float(rng.uniform(0.2, 0.6)), rng.uniform(-0.5, 0.5, 2)
        spike = lathe([(tall * 0.14, 0), (tall * 0.17, tall * 0.7), (0, tall)], glow, sides=5)
        parts.append(placed(spike, tilt=float(lean[0]), roll=float(lean[1])))
    return merged(parts)


def ice_dome(radius_m: float, finish: Finish, *, rows: int = 7, door_rad: float = 0.3) -> Mesh:
    """Return the inside of a snow house: courses of blocks, a gap of door_rad about +Z below."""
    blocks = []
    for row in range(rows):
        low, high = row / rows * np.pi / 2 * 0.96, (row + 1) / rows * np.pi / 2 * 0.96
        count = max(3, round(20 * np.cos(low)))
        for k in range(count):
            start = (k + 0.5 * (row % 2)) / count * 2 * np.pi
            end = start + 2 * np.pi / count * 0.985
            middle = (start + end) / 2
            if row < 3 and abs((middle + np.pi) % (2 * np.pi) - np.pi) < door_rad:
                continue
            corners = [
                (start, low + 0.012),
                (end, low + 0.012),
                (end, high - 0.006),
                (start, high - 0.006),
            ]
            ring_of = [
                (
                    radius_m * np.cos(b) * np.sin(a),
                    radius_m * np.sin(b),
                    radius_m * np.cos(b) * np.cos(a),
                )
                for a, b in corners
            ]
            blocks.append(ring_of[::-1])
    return quads(blocks, finish)


def torii_screen(width_m: float, height_m: float, wood: Finish, *, lit: float = 0.0) -> Mesh:
    """Return a sliding paper screen (shoji), centred in x, its foot at y = 0, at z = 0."""
    paper = Finish(rgb("#efe6d2"), Surface.SCREEN if lit else Surface.CLOTH, 0.9, lit)
    x = np.linspace(-width_m / 2, width_m / 2, max(3, round(width_m / 0.3)) + 1)
    y = np.linspace(0, height_m, max(3, round(height_m / 0.36)) + 1)
    return merged(
        [
            box((0, height_m / 2, 0), (width_m / 2, height_m / 2, 0.004), paper),
            boxes(
                np.stack([x, 0 * x + height_m / 2, 0 * x], -1), (0.011, height_m / 2, 0.014), wood
            ),
            boxes(np.stack([0 * y, y, 0 * y], -1), (width_m / 2, 0.011, 0.014), wood),
            boxes([(0, 0.03, 0), (0, height_m - 0.03, 0)], (width_m / 2, 0.03, 0.02), wood),
            box((0, 0.2, 0), (width_m / 2, 0.17, 0.012), wood.times(1.1)),
        ]
    )


def tatami(columns: int, rows: int) -> Mesh:
    """Return straw mats, each 0.9 x 1.8 m, in a weave of two ways, centred, just above y = 0."""
    straw, rim = (
        Finish(rgb("#b5a86a"), Surface.CLOTH, 0.95),
        Finish(rgb("#2f3a2c"), Surface.CLOTH, 0.95),
    )
    parts = []
    for c in range(columns):
        for r in range(rows):
            x, z = (c - (columns - 1) / 2) * 1.8, (r - (rows - 1) / 2) * 1.8
            across = (c + r) % 2 == 0
            for s in (-1, 1):
                at = (x + (0 if across else s * 0.45), 0.012, z + (s * 0.45 if across else 0))
                half = (0.88, 0.012, 0.43) if across else (0.43, 0.012, 0.88)
                parts.append(box(at, half, straw))
                for e in (-1, 1):
                    edge = (
                        (at[0], 0.014, at[2] + e * 0.42)
                        if across
                        else (at[0] + e * 0.42, 0.014, at[2])
                    )
                    parts.append(
                        box(edge, (0.88, 0.012, 0.022) if across else (0.022, 0.012, 0.88), rim)
                    )
    return merged(parts)


def statue(finish: Finish = masonry.MARBLE) -> Mesh:
    """Return a draped figure of stone on a plinth, 2.3 m tall in all."""
    robe = lathe(
        [
            (0.3, 0.0),
            (0.22, 0.5),
            (0.17, 0.85),
            (0.14, 1.0),
            (0.2, 1.25),
            (0.15, 1.36),
            (0.05, 1.42),
        ],
        finish,
        sides=16,
    )
    folds = [
        tube(
            [
                (0.2 * np.sin(a), 0.02, 0.2 * np.cos(a)),
                (0.12 * np.sin(a + 0.2), 0.95, 0.1 * np.cos(a + 0.2)),
            ],
            0.035,
            finish,
            sides=5,
        )
        for a in np.arange(9) * 0.7
    ]
    figure = merged(
        [
            placed(merged([robe, *folds]), scale=(1, 1, 0.75)),
            ball((0, 1.56, 0.02), (0.085, 0.12, 0.1), finish, level=2),
            tube(
                [(-0.17, 1.3, 0), (-0.32, 1.05, 0.08), (-0.2, 0.85, 0.2)],
                [0.06, 0.045, 0.035],
                finish,
            ),
            tube(
                [(0.17, 1.3, 0), (0.36, 1.5, 0.1), (0.42, 1.78, 0.14)], [0.06, 0.045, 0.035], finish
            ),
        ]
    )
    return merged(
        [
            box((0, 0.3, 0), (0.36, 0.3, 0.36), finish.times(0.85), bevel_m=0.03),
            box((0, 0.62, 0), (0.42, 0.04, 0.42), finish, bevel_m=0.02),
            placed(figure, (0, 0.64, 0)),
        ]
    )


def shelf_of_pots(
    width_m: float, rng: np.random.Generator, *, rows: int = 3, wood: Finish = WALNUT
) -> Mesh:
    """Return open shelves of jars, cups and plates, the lowest at y = 0, its back at z = 0."""
    tones = tuple(map(rgb, ("#b5743c", "#7a8a6a", "#d8cdb8", "#3f5a6a", "#8a3a2a")))
    parts: list[Mesh] = []
    for row in range(rows):
        parts.append(box((0, 0.36 * row, 0.14), (width_m / 2, 0.016, 0.14), wood))
        x = -width_m / 2 + 0.12
        while x < width_m / 2 - 0.1:
            tone = Finish(tones[int(rng.integers(0, len(tones)))], Surface.PAINT, 0.4)
            model = (things.pot, things.cup, things.vase)[int(rng.integers(0, 3))](tone)
            tall = float(model.positions[:, 1].max())
            parts.append(
                placed(model, (x, 0.36 * row + 0.016, 0.14), scale=min(1.0, 0.26 / max(tall, 0.05)))
            )
            x += float(rng.uniform(0.16, 0.3))
    return merged(parts)


def gable_wall(
    width_m: float, eaves_m: float, ridge_m: float, finish: Finish, *, thick_m: float = 0.12
) -> Mesh:
    """Return the end wall of a house with a pitched roof, centred on x = 0 at z = 0."""
    x = width_m / 2
    return prism([(-x, 0), (x, 0), (x, eaves_m), (0, ridge_m), (-x, eaves_m)], thick_m, finish)

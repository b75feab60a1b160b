"""Wild life and far things: birds, mushrooms, logs, tents, mountains."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.stage.parts.finish import (
    Colour,
    Finish,
    Floats,
    flat,
    fractal,
    noise,
    rgb,
    weathered,
)
from matinee.engine.stage.parts.plants import BARK
from matinee.engine.stage.parts.solids import (
    ball,
    box,
    copies,
    grid_triangles,
    lathe,
    placed,
    quads,
    shape,
    tube,
    two_sided,
)


def bird(colour: Colour, *, span_m: float = 1.0) -> Mesh:
    """Return a gliding bird that flies along +Z."""
    s = span_m / 2
    wing = [
        (0.06 * s, 0.02, 0.16 * s),
        (0.55 * s, 0.14 * s, 0.12 * s),
        (0.5 * s, 0.13 * s, -0.16 * s),
        (0.06 * s, 0.02, -0.16 * s),
    ]
    tip = [
        (0.55 * s, 0.14 * s, 0.12 * s),
        (s, 0.04 * s, -0.12 * s),
        (s, 0.04 * s, -0.14 * s),
        (0.5 * s, 0.13 * s, -0.16 * s),
    ]
    feather = Finish(colour, Surface.CLOTH, 0.9)
    other = [[(-x, y, z) for x, y, z in part[::-1]] for part in (wing, tip)]
    wings = two_sided(quads([wing, tip, *other], feather))
    tail = two_sided(
        quads(
            [
                [
                    (-0.05 * s, 0, -0.4 * s),
                    (0.05 * s, 0, -0.4 * s),
                    (0.12 * s, 0, -0.62 * s),
                    (-0.12 * s, 0, -0.62 * s),
                ]
            ],
            feather,
        )
    )
    return merged([ball((0, 0, 0), (0.09 * s, 0.08 * s, 0.42 * s), feather, level=1), wings, tail])


def flock(
    count: int,
    colour: Colour,
    rng: np.random.Generator,
    *,
    spread_m: float = 7.0,
    span_m: float = 1.0,
) -> Mesh:
    """Return birds flying together along +Z."""
    at = rng.normal(0, spread_m / 2, (count, 3)) * (1.0, 0.35, 1.0)
    return copies(
        bird(colour, span_m=span_m),
        at,
        yaw=rng.normal(0, 0.2, count),
        scale=rng.uniform(0.8, 1.15, count),
    )


def log(length_m: float, radius_m: float, rng: np.random.Generator) -> Mesh:
    """Return a fallen, mossy log lying along X on y = 0."""
    share = np.linspace(-0.5, 0.5, 9)
    path = np.stack(
        [share * length_m, radius_m + 0.05 * np.sin(share * 5), 0.08 * np.sin(share * 7)], -1
    )
    body = tube(path, radius_m * (1 + 0.12 * rng.normal(size=9)), BARK, sides=12)
    moss = (
        np.clip((body.normals[:, 1] - 0.35) * 2, 0, 1)[:, None]
        * np.clip(0.6 + fractal(body.positions, cell_m=0.4, seed=2), 0, 1)[:, None]
    )
    stub = tube(
        [(length_m * 0.1, radius_m, 0), (length_m * 0.14, radius_m * 2.6, 0.2)],
        [radius_m * 0.3, radius_m * 0.12],
        BARK,
        sides=6,
    )
    green = np.asarray(rgb("#4f6a2c"))
    return merged(
        [replace(body, albedo=(body.albedo * (1 - moss) + green * moss).astype(np.float32)), stub]
    )


def mushroom(height_m: float, cap: Colour) -> Mesh:
    """Return a mushroom on y = 0."""
    h = height_m
    stem = lathe(
        [(0.12 * h, 0), (0.09 * h, 0.5 * h), (0.1 * h, 0.75 * h)],
        Finish(rgb("#ddd3c0"), Surface.PLAIN, 0.9),
        sides=8,
    )
    return merged(
        [
            stem,
            lathe(
                [
                    (0.08 * h, 0.68 * h),
                    (0.36 * h, 0.66 * h),
                    (0.34 * h, 0.82 * h),
                    (0.2 * h, 0.97 * h),
                    (0, h),
                ],
                Finish(cap, Surface.PLAIN, 0.6),
                sides=11,
            ),
        ]
    )


def tent(colour: Colour, *, width_m: float = 4.0) -> Mesh:
    """Return a nomad's tent with an open front towards +Z, guy ropes and a striped cloth."""
    x, h = width_m / 2, width_m * 0.55
    cloth, pale = Finish(colour, Surface.CLOTH, 0.95), Finish(rgb("#cdbb96"), Surface.CLOTH, 0.95)
    parts = []
    for number in range(8):
        z0, z1 = 1.6 - number * 0.42, 1.6 - (number + 1) * 0.42
        tone = cloth if number % 2 else pale
        parts.append(
            two_sided(
                quads(
                    [
                        [(-x, 0.5, z0), (-x * 0.1, h, z0), (-x * 0.1, h, z1), (-x, 0.5, z1)][::-1],
                        [(x, 0.5, z0), (x * 0.1, h, z0), (x * 0.1, h, z1), (x, 0.5, z1)],
                        [(-x * 0.1, h, z0), (x * 0.1, h, z0), (x * 0.1, h, z1), (-x * 0.1, h, z1)],
                    ],
                    tone,
                )
            )
        )
    back = [(-x, 0.0, -1.76), (x, 0.0, -1.76), (x * 0.1, h, -1.76), (-x * 0.1, h, -1.76)]
    walls = [
        [(sx * x, 0, 1.6), (sx * x, 0, -1.76), (sx * x, 0.5, -1.76), (sx * x, 0.5, 1.6)]
        for sx in (-1, 1)
    ]
    parts.append(two_sided(quads([back, *walls], cloth.times(0.8))))
    poles = [
        tube([(sx * x * 0.1, 0, sz), (sx * x * 0.1, h + 0.25, sz)], 0.04, BARK, sides=6)
        for sx in (-1, 1)
        for sz in (1.55, -1.7)
    ]
    ropes = [
        tube([(sx * x, 0.5, z), (sx * (x + 1.2), 0.0, z)], 0.012, pale, sides=3)
        for sx in (-1, 1)
        for z in (1.5, 0.0, -1.6)
    ]
    rug = box((0, 0.015, -0.1), (x * 0.8, 0.012, 1.4), Finish(rgb("#7a2c2a"), Surface.CLOTH, 0.95))
    return merged([*parts, *poles, *ropes, rug])


def range_of_hills(
    near_m: float,
    far_m: float,
    high_m: float,
    finish: Finish,
    *,
    seed: int,
    arc: tuple[float, float] = (0.0, 2 * np.pi),
    snowline_m: float | None = None,
    columns: int = 120,
) -> Mesh:
    """Return mountains around the origin between two distances; the far side is higher.

    arc are the yaws it spans. Above a snow line the rock is white.
    """
    yaw = np.linspace(arc[0], arc[1], columns)
    away = np.linspace(near_m, far_m, 12)
    turn, out = np.meshgrid(yaw, away)
    x, z = out * np.sin(turn), out * np.cos(turn)
    share = (out - near_m) / (far_m - near_m)
    ridge = 1 - np.abs(2 * noise(flat(x, z), cell_m=far_m * 0.28, seed=seed) - 1)
    rough = fractal(flat(x, z), cell_m=far_m * 0.12, seed=seed + 7)
    height = (
        high_m
        * np.sin(np.pi * np.clip(share * 0.62, 0, 1))
        * (0.25 + 0.75 * ridge**1.6 + 0.3 * rough)
    )
    if arc[1] - arc[0] < 2 * np.pi - 0.01:
        edge = np.sin(np.pi * (turn - arc[0]) / (arc[1] - arc[0]))
        height = height * np.clip(edge, 0, 1) ** 0.7 - 2.0 * (edge < 0.02)
    height[0] = -2.0
    points = np.stack([x, height, z], -1).reshape(-1, 3)
    rock = shape(points, grid_triangles(12, columns), finish)
    if rock.normals[:, 1].mean() < 0:
        rock = shape(points, grid_triangles(12, columns)[:, ::-1], finish)
    rock = weathered(rock, amount=0.2, cell_m=far_m * 0.06, seed=seed)
    if snowline_m is None:
        return rock
    line = snowline_m * (1 + 0.25 * fractal(points, cell_m=far_m * 0.05, seed=seed + 3))
    cover = np.clip((points[:, 1] - line) / (high_m * 0.08), 0, 1)[:, None] * np.clip(
        rock.normals[:, 1:2] * 2.2 - 0.4, 0.25, 1
    )
    white = np.array((0.82, 0.86, 0.92))
    return replace(rock, albedo=(rock.albedo * (1 - cover) + white * cover).astype(np.float32))


def clearing(
    rng: np.random.Generator,
    count: int,
    *,
    low: tuple[float, float],
    high: tuple[float, float],
    clear: list[tuple[float, float, float]],
    lane_m: float = 0.0,
) -> Floats:
    """Return up to `count` places (k, 2) in a rectangle, outside circles (x, z, radius) and a lane.

    The lane is the strip |x| < lane_m.
    """
    at = rng.uniform(low, high, (count, 2))
    keep = np.abs(at[:, 0]) >= lane_m
    for x, z, radius in clear:
        keep &= np.hypot(at[:, 0] - x, at[:, 1] - z) > radius
    return at[keep]


def ribs(mesh: Mesh, *, cell_m: float, amount: float) -> Mesh:
    """Return sand with wind ripples drawn into its colour."""
    x, z = mesh.positions[:, 0], mesh.positions[:, 2]
    wave = np.sin((x * 0.6 + z + 1.5 * noise(flat(x, z), cell_m=3.0, seed=4)) * 2 * np.pi / cell_m)
    return replace(
        mesh,
        albedo=np.clip(mesh.albedo * (1 + amount * wave[:, None]), 0.01, 0.9).astype(np.float32),
    )


def crossbar(at: tuple[float, float, float], width_m: float, finish: Finish) -> Mesh:
    """Return a bar along X."""
    return placed(box((0, 0, 0), (width_m / 2, 0.03, 0.03), finish), at)

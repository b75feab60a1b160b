"""Gear of places where people work or train: halls, studios, gyms, airports.

Fronts are towards +Z; everything stands on y = 0 and is centred unless it says otherwise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.stage.parts.finish import Colour, Finish, picked, rgb
from matinee.engine.stage.parts.furniture import BLACK_METAL, STEEL, WALNUT, WHITE_PAINT, screen
from matinee.engine.stage.parts.solids import (
    ball,
    box,
    boxes,
    copies,
    cylinder,
    lathe,
    placed,
    recoloured,
    ring,
    tube,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

SAFETY = Finish(rgb("#d9a21f"), Surface.PAINT, 0.45)
MACHINE_GREEN = Finish(rgb("#4f7a68"), Surface.PAINT, 0.5)
_GREY = Finish((0.5, 0.5, 0.5), Surface.PAINT, 0.5)
_PALE = Finish(rgb("#d5dadc"), Surface.PAINT, 0.35)
_LAMPS = tuple(map(rgb, ("#38e07a", "#38a0ff", "#38e07a", "#ffb038", "#ff4a3a")))


def treadmill() -> Mesh:
    """Return a treadmill whose runner looks to -Z."""
    return merged(
        [
            box((0, 0.1, 0.1), (0.38, 0.07, 0.85), BLACK_METAL, bevel_m=0.03),
            box((0, 0.175, 0.1), (0.26, 0.008, 0.82), Finish(rgb("#26282b"), Surface.CLOTH, 0.9)),
            *(
                tube(
                    [(s * 0.34, 0.15, -0.6), (s * 0.34, 1.2, -0.75), (s * 0.34, 1.0, -0.1)],
                    0.03,
                    STEEL,
                )
                for s in (-1, 1)
            ),
            placed(
                box((0, 0, 0), (0.36, 0.14, 0.04), BLACK_METAL, bevel_m=0.03),
                (0, 1.28, -0.76),
                tilt=0.4,
            ),
            placed(
                box(
                    (0, 0, 0.045),
                    (0.2, 0.08, 0.003),
                    Finish(rgb("#5ac8ff"), Surface.SCREEN, 0.3, 1.4),
                ),
                (0, 1.28, -0.76),
                tilt=-0.4,
            ),
        ]
    )


def dumbbell_rack(width_m: float, rng: np.random.Generator) -> Mesh:
    """Return a two-tier rack of dumbbells, its back at z = 0."""
    x = np.arange(-width_m / 2 + 0.12, width_m / 2 - 0.05, 0.2)
    bell = merged(
        [
            placed(cylinder(0.075, 0.09, _GREY, sides=8), (0, 0, z), tilt=np.pi / 2)
            for z in (-0.17, 0.08)
        ]
        + [tube([(0, 0, -0.1), (0, 0, 0.1)], 0.016, STEEL, sides=6)]
    )
    spots = np.array([(a, y, z) for y, z in ((0.5, 0.42), (0.92, 0.26)) for a in x])
    tone = np.repeat(
        picked(rng, tuple(map(rgb, ("#1c1d1f", "#1c1d1f", "#b3271e", "#20518a"))), len(spots)),
        bell.vertex_count,
        axis=0,
    )
    return merged(
        [
            recoloured(copies(bell, spots), tone),
            boxes(
                [
                    (0, y - 0.09, z + dz)
                    for y, z in ((0.5, 0.42), (0.92, 0.26))
                    for dz in (-0.1, 0.1)
                ],
                (width_m / 2, 0.02, 0.02),
                BLACK_METAL,
            ),
            boxes([(s * width_m / 2, 0.5, 0.34) for s in (-1, 1)], (0.03, 0.5, 0.26), BLACK_METAL),
        ]
    )


def weight_bench() -> Mesh:
    """Return a bench under a barbell in its stand; the head end is at -Z."""
    disc = placed(cylinder(0.22, 0.05, BLACK_METAL.times(1.6), sides=22), roll=np.pi / 2)
    small = placed(
        cylinder(0.16, 0.04, Finish(rgb("#b3271e"), Surface.PAINT, 0.4), sides=20), roll=np.pi / 2
    )
    return merged(
        [
            box(
                (0, 0.44, 0),
                (0.15, 0.05, 0.6),
                Finish(rgb("#26272a"), Surface.CLOTH, 0.7),
                bevel_m=0.03,
            ),
            boxes([(0, 0.2, z) for z in (-0.45, 0.45)], (0.2, 0.03, 0.03), STEEL),
            boxes([(0, 0.2, z) for z in (-0.45, 0.45)], (0.03, 0.2, 0.03), STEEL),
            boxes([(s * 0.48, 0.55, -0.62) for s in (-1, 1)], (0.03, 0.55, 0.04), BLACK_METAL),
            boxes([(s * 0.48, 0.03, -0.5) for s in (-1, 1)], (0.03, 0.03, 0.3), BLACK_METAL),
            tube([(-1.05, 1.12, -0.6), (1.05, 1.12, -0.6)], 0.014, STEEL, sides=7),
            *(placed(disc, (s * 0.85 + 0.025, 1.12, -0.6)) for s in (-1, 1)),
            *(placed(small, (s * 0.93 + 0.02, 1.12, -0.6)) for s in (-1, 1)),
        ]
    )


def punch_bag(drop_m: float) -> Mesh:
    """Return a leather bag on a chain; hangs from y = 0."""
    hide = Finish(rgb("#7a2a22"), Surface.CLOTH, 0.6)
    return merged(
        [
            tube([(0, 0, 0), (0, -drop_m + 1.1, 0)], 0.012, STEEL, sides=5),
            placed(
                lathe(
                    [(0, 0), (0.16, 0.02), (0.175, 0.1), (0.175, 1.0), (0.12, 1.1), (0, 1.12)],
                    hide,
                    sides=16,
                ),
                (0, -drop_m, 0),
            ),
            placed(cylinder(0.178, 0.08, BLACK_METAL, sides=16), (0, -drop_m + 0.85, 0)),
        ]
    )


def server_rack(rng: np.random.Generator) -> Mesh:
    """Return a rack 0.6 m wide and 2.1 m tall, its front full of drawers and small lamps."""
    body = Finish(rgb("#15171a"), Surface.METAL, 0.4)
    y = np.arange(0.16, 2.0, 0.17)
    lights = [(x, a, 0.516) for a in y for x in rng.uniform(-0.22, 0.22, 3)]
    blinking = Finish((0.5, 0.5, 0.5), Surface.SCREEN, 0.4, 4.0)
    return merged(
        [
            box((0, 1.05, 0), (0.3, 1.05, 0.49), body),
            boxes(np.stack([0 * y, y, 0 * y + 0.495], -1), (0.26, 0.075, 0.015), body.times(2.6)),
            boxes([(s * 0.28, 1.05, 0.5) for s in (-1, 1)], (0.02, 1.05, 0.02), STEEL.times(0.5)),
            boxes(
                lights, (0.009, 0.007, 0.004), blinking, colours=picked(rng, _LAMPS, len(lights))
            ),
        ]
    )


def machine_tool(rng: np.random.Generator, *, paint: Finish = MACHINE_GREEN) -> Mesh:
    """Return a large machine tool, 2.2 m along X: body, window, panel, ducts and a warning lamp."""
    glow = Finish(rgb("#ffb03a"), Surface.SCREEN, 0.4, 3.0)
    vents = [(-0.8 + 0.09 * k, 0.4, 0.605) for k in range(8)]
    return merged(
        [
            box((0, 0.3, 0), (1.1, 0.3, 0.6), paint.times(0.7), bevel_m=0.03),
            box((-0.15, 1.15, -0.1), (0.92, 0.6, 0.48), paint, bevel_m=0.05),
            box(
                (-0.3, 1.2, 0.385), (0.5, 0.36, 0.012), Finish(rgb("#26343a"), Surface.GLASS, 0.08)
            ),
            boxes([(-0.3, 1.58, 0.39), (-0.3, 0.82, 0.39)], (0.55, 0.025, 0.02), STEEL),
            boxes(vents, (0.025, 0.12, 0.01), BLACK_METAL),
            placed(
                box((0, 0, 0), (0.2, 0.28, 0.07), _PALE, bevel_m=0.02), (0.92, 1.3, 0.35), yaw=-0.4
            ),
            placed(
                box(
                    (0, 0.08, 0.075),
                    (0.15, 0.12, 0.004),
                    Finish(rgb("#6fb8e0"), Surface.SCREEN, 0.3, 1.3),
                ),
                (0.92, 1.3, 0.35),
                yaw=-0.4,
            ),
            tube([(0.92, 0.6, 0.25), (0.92, 1.1, 0.33)], 0.03, STEEL),
            tube([(-0.6, 1.7, -0.2), (-0.6, 2.1, -0.2), (-0.6, 2.3, -0.6)], 0.12, STEEL, sides=10),
            placed(cylinder(0.05, 0.2, glow, sides=12), (0.6, 1.75, 0)),
            boxes([(0.95, 0.75, 0.3 + 0.08 * float(rng.integers(0, 2)))], (0.1, 0.05, 0.1), SAFETY),
        ]
    )


def conveyor(length_m: float, rng: np.random.Generator) -> Mesh:
    """Return a belt along X at 0.8 m, with rails, legs and cartons riding on it."""
    x = np.arange(-length_m / 2 + 0.5, length_m / 2, 1.5)
    at = np.arange(-length_m / 2 + 0.4, length_m / 2 - 0.3, 0.95) + rng.uniform(-0.1, 0.1)
    size = rng.uniform(0.14, 0.22, len(at))
    cartons = np.stack([at, 0.82 + size, 0 * at], -1)
    tape = np.stack([at, 0.82 + 2 * size, 0 * at], -1)
    brown = Finish(rgb("#a9804e"), Surface.PLAIN, 0.9)
    rollers = np.arange(-length_m / 2 + 0.1, length_m / 2, 0.22)
    return merged(
        [
            box(
                (0, 0.79, 0), (length_m / 2, 0.02, 0.3), Finish(rgb("#232527"), Surface.CLOTH, 0.85)
            ),
            boxes([(0, 0.8, s * 0.34) for s in (-1, 1)], (length_m / 2, 0.06, 0.03), SAFETY),
            boxes([(a, 0.38, s * 0.32) for a in x for s in (-1, 1)], (0.04, 0.38, 0.03), STEEL),
            boxes(
                np.stack([rollers, 0 * rollers + 0.72, 0 * rollers], -1), (0.03, 0.03, 0.29), STEEL
            ),
            boxes(cartons, np.stack([size, size, size * 0.9], -1), brown),
            boxes(
                tape, np.stack([size, 0 * size + 0.002, 0 * size + 0.025], -1), brown.times(1.35)
            ),
        ]
    )


def pallet_rack(
    width_m: float, rng: np.random.Generator, *, levels: int = 3, high_m: float = 1.7
) -> Mesh:
    """Return a bay of pallet racking, centred, 1 m deep, loaded with cartons and drums."""
    x, blue, orange = (
        width_m / 2,
        Finish(rgb("#24508a"), Surface.PAINT, 0.45),
        Finish(rgb("#d2641e"), Surface.PAINT, 0.45),
    )
    total = levels * high_m
    parts = [
        boxes(
            [(sx * x, total / 2, sz * 0.5) for sx in (-1, 1) for sz in (-1, 1)],
            (0.05, total / 2, 0.05),
            blue,
        ),
        boxes(
            [(0, high_m * k, sz * 0.5) for k in range(1, levels) for sz in (-1, 1)],
            (x, 0.06, 0.03),
            orange,
        ),
    ]
    brown = tuple(map(rgb, ("#a9804e", "#94703f", "#b8925e", "#8a6a40", "#c8c2b4")))
    at, half = [], []
    for k in range(levels):
        y, left = high_m * k + (0.06 if k else 0.0), -x + 0.1
        while left < x - 0.8:
            wide = float(rng.uniform(0.75, 1.1))
            tall = float(rng.uniform(0.45, 0.75)) * (high_m - 0.35)
            if left + wide > x - 0.06:
                break
            at.append((left + wide / 2, y + 0.06, 0.0))
            half.append((wide / 2 - 0.02, 0.05, 0.44))
            rows = int(rng.integers(1, 4))
            for row in range(rows):
                for side in (-1, 1):
                    at.append(
                        (
                            left + wide / 2 + side * (wide / 4 - 0.01),
                            y + 0.12 + tall * (row + 0.5) / rows,
                            0.0,
                        )
                    )
                    half.append((wide / 4 - 0.02, tall / rows / 2 - 0.008, 0.42))
            left += wide + 0.06
    parts.append(
        boxes(
            at,
            half,
            Finish((0.5, 0.5, 0.5), Surface.PLAIN, 0.9),
            colours=picked(rng, brown, len(at)),
        )
    )
    return merged(parts)


def fork_lift() -> Mesh:
    """Return a fork-lift truck that looks to +Z."""
    tyre = placed(
        merged(
            [
                cylinder(0.26, 0.2, BLACK_METAL, sides=16),
                placed(cylinder(0.13, 0.22, SAFETY, sides=12), (0, -0.01, 0)),
            ]
        ),
        roll=np.pi / 2,
    )
    return merged(
        [
            box((0, 0.55, -0.35), (0.5, 0.32, 0.6), SAFETY, bevel_m=0.08),
            box((0, 0.9, -0.75), (0.48, 0.22, 0.26), BLACK_METAL.times(1.5), bevel_m=0.06),
            box((0, 0.92, -0.15), (0.25, 0.06, 0.25), BLACK_METAL, bevel_m=0.03),
            boxes(
                [(sx * 0.45, 1.45, z) for sx in (-1, 1) for z in (-0.75, 0.25)],
                (0.03, 0.62, 0.03),
                BLACK_METAL,
            ),
            boxes(
                [(0, 2.07, -0.25 + 0.16 * k) for k in range(-3, 4)], (0.48, 0.02, 0.03), BLACK_METAL
            ),
            boxes([(s * 0.28, 1.1, 0.5) for s in (-1, 1)], (0.05, 1.1, 0.05), BLACK_METAL),
            boxes(
                [(s * 0.24, 0.12, 1.0) for s in (-1, 1)], (0.06, 0.025, 0.5), BLACK_METAL.times(2)
            ),
            box((0, 0.45, 0.56), (0.42, 0.3, 0.02), BLACK_METAL),
            *(placed(tyre, (sx * 0.46 + 0.1, 0.26, z)) for sx in (-1, 1) for z in (-0.7, 0.3)),
        ]
    )


def mixing_desk(width_m: float, rng: np.random.Generator) -> Mesh:
    """Return a mixing console 0.9 m high, its operator at -Z."""
    x = width_m / 2
    u, v = np.meshgrid(np.arange(-x + 0.1, x - 0.05, 0.075), np.arange(-0.28, 0.3, 0.07))
    knobs = np.stack([u, 0 * u + 0.03, v], -1).reshape(-1, 3)
    tones = picked(
        rng, tuple(map(rgb, ("#d8d8d8", "#c23a2a", "#3f8f4a", "#2d6db0", "#202226"))), len(knobs)
    )
    meters = np.arange(-x + 0.1, x - 0.05, 0.15)
    top = merged(
        [
            box(
                (0, 0, 0), (x, 0.022, 0.4), Finish(rgb("#2b2e33"), Surface.METAL, 0.4), bevel_m=0.01
            ),
            boxes(knobs, (0.016, 0.014, 0.016), _GREY, colours=tones),
        ]
    )
    bridge = boxes(
        np.stack([meters, 0 * meters + 1.06, 0 * meters + 0.36], -1),
        (0.05, 0.06, 0.01),
        Finish(rgb("#ffcf6a"), Surface.SCREEN, 0.3, 1.6),
    )
    return merged(
        [
            placed(top, (0, 0.88, 0), tilt=-0.16),
            box((0, 1.04, 0.39), (x, 0.12, 0.03), BLACK_METAL),
            bridge,
            boxes(
                [(s * (x - 0.03), 0.44, 0.05) for s in (-1, 1)],
                (0.04, 0.44, 0.34),
                WALNUT,
                bevel_m=0.015,
            ),
            box((0, 0.5, 0.3), (x - 0.06, 0.36, 0.02), WALNUT.times(0.8)),
        ]
    )


def loudspeaker(height_m: float = 1.1) -> Mesh:
    """Return a loudspeaker box with its cones to the front."""
    h, cone = height_m, Finish(rgb("#0f1012"), Surface.CLOTH, 0.9)
    parts = [box((0, h / 2, 0), (h * 0.26, h / 2, h * 0.24), BLACK_METAL.times(1.3), bevel_m=0.02)]
    for y, r in ((h * 0.3, h * 0.19), (h * 0.74, h * 0.11)):
        dish = lathe(
            [(0, 0.01), (r * 0.3, 0.02), (r * 0.85, 0.05), (r, 0.05), (r, 0.0)], cone, sides=18
        )
        parts.append(placed(dish, (0, y, h * 0.235), tilt=np.pi / 2))
        parts.append(
            placed(ring(r, 0.012, STEEL, sides=18, around=5), (0, y, h * 0.245), tilt=np.pi / 2)
        )
    return merged(parts)


def studio_microphone(height_m: float = 1.55) -> Mesh:
    """Return a large microphone in a cradle with a pop shield on a boom, towards +Z."""
    return merged(
        [
            cylinder(0.16, 0.03, BLACK_METAL, sides=16),
            tube(
                [(0, 0.03, 0), (0, height_m, 0), (0, height_m + 0.1, 0.25)],
                0.012,
                BLACK_METAL,
                sides=6,
            ),
            placed(
                cylinder(0.034, 0.15, STEEL, sides=14, bevel_m=0.015), (0, height_m - 0.08, 0.27)
            ),
            placed(
                ring(0.08, 0.006, BLACK_METAL, sides=18, around=5),
                (0, height_m, 0.38),
                tilt=np.pi / 2,
            ),
            placed(
                cylinder(0.078, 0.002, Finish(rgb("#26272b"), Surface.CLOTH, 0.95), sides=18),
                (0, height_m, 0.38),
                tilt=np.pi / 2,
            ),
        ]
    )


def acoustic_foam(width_m: float, height_m: float, colour: Colour, *, cell_m: float = 0.3) -> Mesh:
    """Return foam panels in a chequer of ribs both ways, centred in x, its back at z = 0."""
    cloth = Finish(colour, Surface.CLOTH, 0.97)
    upright, level = [], []
    for column in range(int(width_m / cell_m)):
        for row in range(int(height_m / cell_m)):
            x = -width_m / 2 + cell_m * (column + 0.5)
            y = cell_m * (row + 0.5)
            ribs = (-0.3, 0.0, 0.3)
            if (column + row) % 2:
                level += [(x, y + k * cell_m, 0.03) for k in ribs]
            else:
                upright += [(x + k * cell_m, y, 0.03) for k in ribs]
    thin, long = cell_m * 0.11, cell_m * 0.48
    return merged(
        [
            boxes(upright, (thin, long, 0.03), cloth),
            boxes(level, (long, thin, 0.03), cloth),
            box((0, height_m / 2, 0.008), (width_m / 2, height_m / 2, 0.008), cloth.times(0.7)),
        ]
    )


def screen_wall(
    columns: int,
    rows: int,
    colours: Sequence[Colour],
    *,
    wide_m: float = 1.0,
    tall_m: float = 0.58,
    emission: float = 1.2,
) -> Mesh:
    """Return a wall of screens with charts on them, centred in x, its foot at y = 0."""
    parts = []
    for column in range(columns):
        for row in range(rows):
            tone = colours[(column * 3 + row) % len(colours)]
            at = (
                (column - (columns - 1) / 2) * (wide_m + 0.04),
                (row + 0.5) * (tall_m + 0.04),
                0.02,
            )
            parts.append(placed(screen(wide_m, tall_m, tone, emission=emission), at))
            bars = np.arange(5)
            tall = 0.05 + 0.03 * ((bars * 7 + column * 5 + row * 3) % 6)
            spots = np.stack(
                [
                    at[0] - wide_m * 0.3 + 0.09 * bars,
                    at[1] - tall_m * 0.3 + tall / 2,
                    0 * bars + 0.028,
                ],
                -1,
            )
            parts.append(
                boxes(
                    spots,
                    np.stack([0 * bars + 0.03, tall / 2, 0 * bars + 0.001], -1),
                    Finish(rgb("#e8f4ff"), Surface.SCREEN, 0.3, emission * 1.2),
                )
            )
            parts.append(
                box(
                    (at[0] + wide_m * 0.24, at[1] + 0.06, 0.028),
                    (wide_m * 0.17, 0.012, 0.001),
                    Finish(rgb("#e8f4ff"), Surface.SCREEN, 0.3, emission),
                )
            )
    return merged(parts)


def easel(rng: np.random.Generator, *, paint: Sequence[Colour]) -> Mesh:
    """Return an easel with a canvas of brushed colour, towards +Z."""
    wood = Finish(rgb("#a9804e"), Surface.WOOD, 0.7)
    strokes = rng.uniform((-0.32, -0.4, 0.02), (0.32, 0.4, 0.024), (26, 3))
    half = np.stack(
        [rng.uniform(0.04, 0.14, 26), rng.uniform(0.015, 0.06, 26), np.full(26, 0.002)], -1
    )
    canvas = merged(
        [
            box((0, 0, 0), (0.42, 0.52, 0.016), Finish(rgb("#e6e0d2"), Surface.CLOTH, 0.95)),
            boxes(
                np.clip(strokes, (-0.3, -0.44, 0), (0.3, 0.44, 1)),
                half,
                Finish((0.5, 0.5, 0.5), Surface.PLAIN, 0.7),
                colours=picked(rng, paint, 26),
            ),
        ]
    )
    legs = [
        tube([(s * 0.32, 0, 0.24), (s * 0.08, 1.75, -0.12)], 0.02, wood, sides=5) for s in (-1, 1)
    ]
    return merged(
        [
            *legs,
            tube([(0, 0, -0.5), (0, 1.7, -0.12)], 0.02, wood, sides=5),
            box((0, 0.72, 0.14), (0.36, 0.02, 0.05), wood),
            placed(canvas, (0, 1.26, 0.07), tilt=-0.2),
        ]
    )


def flight_board(width_m: float, rows: int, rng: np.random.Generator) -> Mesh:
    """Return a lit departure board, centred in x and y, towards +Z."""
    y = (np.arange(rows) - (rows - 1) / 2) * -0.16
    amber = Finish(rgb("#ffc14a"), Surface.SCREEN, 0.3, 2.6)
    at, half = [], []
    for level in y:
        left = -width_m / 2 + 0.12
        for share in (0.12, 0.34, 0.12, 0.2):
            span = (width_m - 0.2) * share
            letters = max(2, int(span * rng.uniform(0.45, 0.9) / 0.07))
            for k in range(letters):
                at.append((left + 0.07 * k, level, 0.045))
                half.append((0.022, float(rng.uniform(0.028, 0.04)), 0.002))
            left += span + 0.06
    return merged(
        [
            box((0, 0, 0), (width_m / 2, rows * 0.08 + 0.2, 0.04), BLACK_METAL.times(0.7)),
            box(
                (0, rows * 0.08 + 0.1, 0.042),
                (width_m / 2 - 0.05, 0.07, 0.002),
                Finish(rgb("#1d4f8a"), Surface.SCREEN, 0.3, 1.5),
            ),
            boxes(at, half, amber),
        ]
    )


def operator_desk(width_m: float = 1.5, *, top: Finish = WHITE_PAINT) -> Mesh:
    """Return a desk 0.74 m high with two screens, keyboard and lamp; its user sits at -Z."""
    x = width_m / 2
    face = placed(screen(0.52, 0.3, rgb("#7fb0d8"), emission=0.9), yaw=np.pi)
    return merged(
        [
            box((0, 0.72, 0), (x, 0.02, 0.38), top, bevel_m=0.01),
            boxes([(s * (x - 0.05), 0.35, 0) for s in (-1, 1)], (0.02, 0.35, 0.34), STEEL),
            box((0, 0.5, 0.34), (x - 0.08, 0.2, 0.01), top.times(0.8)),
            *(placed(face, (s * 0.3, 1.02, 0.18), yaw=s * 0.16) for s in (-1, 1)),
            boxes([(s * 0.3, 0.82, 0.2) for s in (-1, 1)], (0.03, 0.08, 0.02), BLACK_METAL),
            box((0, 0.75, -0.16), (0.2, 0.01, 0.07), BLACK_METAL, bevel_m=0.005),
            ball((0.34, 0.76, -0.16), (0.03, 0.018, 0.05), BLACK_METAL, level=1),
        ]
    )

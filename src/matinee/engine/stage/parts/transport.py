"""Roads, rails and runways: barriers, coaches, airliners, pumps, cranes, houses by the way."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.stage.parts.finish import Colour, Finish, rgb, weathered
from matinee.engine.stage.parts.masonry import FRAME_WHITE, GLASS, door, gable_roof, window
from matinee.engine.stage.parts.solids import (
    ball,
    box,
    boxes,
    cylinder,
    lathe,
    placed,
    prism,
    quads,
    tube,
)
from matinee.engine.stage.parts.street import CAR_GLASS, IRON, RUBBER

if TYPE_CHECKING:
    from collections.abc import Sequence

STEEL = Finish(rgb("#8d9399"), Surface.METAL, 0.4)
CONCRETE = Finish(rgb("#a3a19b"), Surface.PLASTER, 0.85)
SAFETY = Finish(rgb("#e0a020"), Surface.PAINT, 0.45)
SIGN_GREEN = Finish(rgb("#1f6a48"), Surface.PAINT, 0.5)
_WHITE = Finish(rgb("#e6e4de"), Surface.PAINT, 0.4)


def far_car(colour: Colour) -> Mesh:
    """Return a car for the middle distance, along Z, about a hundred and fifty triangles."""
    paint = Finish(colour, Surface.PAINT, 0.25)
    body = [(-2.1, 0.3), (2.1, 0.3), (2.12, 0.75), (1.0, 0.92), (-1.9, 0.92), (-2.12, 0.7)]
    cabin = [(-1.5, 0.9), (1.2, 0.9), (0.5, 1.42), (-0.9, 1.42)]
    wheels = [
        placed(cylinder(0.32, 0.2, RUBBER, sides=8), (s * 0.88 + 0.1, 0.32, z), roll=np.pi / 2)
        for s in (-1, 1)
        for z in (-1.3, 1.3)
    ]
    return merged(
        [
            placed(prism(body, 1.74, paint), yaw=-np.pi / 2),
            placed(prism(cabin, 1.5, CAR_GLASS), yaw=-np.pi / 2),
            box((0, 1.43, -0.2), (0.72, 0.03, 0.66), paint),
            *wheels,
        ]
    )


def guard_rail(length_m: float) -> Mesh:
    """Return a crash barrier along Z, centred."""
    z = np.arange(-length_m / 2, length_m / 2 + 0.1, 4.0)
    return merged(
        [
            boxes(np.stack([0 * z, 0 * z + 0.35, z], -1), (0.05, 0.35, 0.06), STEEL.times(0.7)),
            boxes([(0.06, 0.66, 0), (0.06, 0.5, 0)], (0.02, 0.06, length_m / 2), STEEL),
        ]
    )


def sign_gantry(width_m: float, boards: Sequence[tuple[float, float]]) -> Mesh:
    """Return a gantry over a road across X, with green boards of (x, width) that face +Z."""
    half = width_m / 2
    parts = [
        boxes([(s * half, 3.3, 0) for s in (-1, 1)], (0.2, 3.3, 0.2), STEEL),
        boxes([(0, y, z) for y in (6.0, 6.9) for z in (-0.3, 0.3)], (half, 0.06, 0.06), STEEL),
    ]
    for x, wide in boards:
        parts += [
            box((x, 6.5, 0.5), (wide / 2, 1.1, 0.05), SIGN_GREEN, bevel_m=0.02),
            boxes(
                [(x - wide * 0.1, 6.5 + y, 0.56) for y in (0.45, 0.0, -0.45)],
                [(wide * 0.3, 0.11, 0.01), (wide * 0.24, 0.11, 0.01), (wide * 0.32, 0.11, 0.01)],
                _WHITE,
            ),
            box((x + wide * 0.36, 6.5, 0.56), (0.16, 0.3, 0.01), _WHITE),
        ]
    return merged(parts)


def suspension_tower(height_m: float, width_m: float, colour: Colour) -> Mesh:
    """Return the portal of a suspension bridge across X: two tapering legs and cross beams."""
    h, paint = height_m, Finish(colour, Surface.PAINT, 0.5)
    legs = [lathe([(1.5, 0), (1.35, h * 0.4), (1.05, h)], paint, sides=4) for _ in range(2)]
    parts = [
        placed(leg, (s * width_m / 2, 0, 0), yaw=np.pi / 4)
        for leg, s in zip(legs, (-1, 1), strict=True)
    ]
    parts += [
        box((0, y * h, 0), (width_m / 2, 0.035 * h, 0.7), paint.times(0.95), bevel_m=0.1)
        for y in (0.3, 0.55, 0.78, 0.96)
    ]
    return merged(parts)


def cables(
    towers: Sequence[float], height_m: float, x: float, colour: Colour, *, low_m: float = 3.0
) -> Mesh:
    """Return a main cable along Z over towers at those z, with its hangers down to the deck."""
    paint = Finish(colour, Surface.PAINT, 0.5)
    parts, hangers = [], []
    for z0, z1 in pairwise(towers):
        share = np.linspace(0, 1, 25)
        y = low_m + (height_m - low_m) * (2 * share - 1) ** 2
        z = z0 + (z1 - z0) * share
        parts.append(tube(np.stack([0 * z + x, y, z], -1), 0.16, paint, sides=5, closed=False))
        hangers += [
            (x, (yy + 0.4) / 2, zz, yy / 2) for yy, zz in zip(y[1:-1], z[1:-1], strict=True)
        ]
    spots = np.array(hangers)
    halves = np.stack([0 * spots[:, 3] + 0.035, spots[:, 3], 0 * spots[:, 3] + 0.035], -1)
    return merged([*parts, boxes(spots[:, :3], halves, paint.times(0.9))])


def coach(colour: Colour, *, length_m: float = 20.0) -> Mesh:
    """Return a railway coach along Z on y = 0 (the rails), with windows, doors and bogies."""
    half, paint = length_m / 2, Finish(colour, Surface.PAINT, 0.35)
    cream = Finish(rgb("#e6dcc2"), Surface.PAINT, 0.4)
    section = [
        (-1.4, 0.9),
        (1.4, 0.9),
        (1.45, 1.7),
        (1.42, 3.1),
        (1.1, 3.6),
        (0.0, 3.8),
        (-1.1, 3.6),
        (-1.42, 3.1),
        (-1.45, 1.7),
    ]
    parts = [prism(section, length_m, paint, bevel_m=0.05)]
    z = np.arange(-half + 2.6, half - 2.2, 1.75)
    panes = np.concatenate([np.stack([0 * z + s * 1.44, 0 * z + 2.45, z], -1) for s in (-1, 1)])
    parts.append(boxes(panes, (0.02, 0.45, 0.62), GLASS, bevel_m=0.03))
    parts.append(boxes([(s * 1.445, 1.72, 0) for s in (-1, 1)], (0.012, 0.1, half), cream))
    doors = [(s * 1.45, 2.0, t * (half - 1.1)) for s in (-1, 1) for t in (-1, 1)]
    parts.append(boxes(doors, (0.02, 1.0, 0.42), cream.times(0.8), bevel_m=0.02))
    bogies = [
        placed(
            cylinder(0.42, 0.14, IRON, sides=12),
            (s * 0.78 + 0.07, 0.42, t * (half - 3.2) + w),
            roll=np.pi / 2,
        )
        for s in (-1, 1)
        for t in (-1, 1)
        for w in (-1.0, 1.0)
    ]
    parts += [boxes([(0, 0.65, t * (half - 3.2)) for t in (-1, 1)], (1.0, 0.2, 1.6), IRON), *bogies]
    return merged(parts)


def track(length_m: float) -> Mesh:
    """Return a railway track along Z: sleepers on ballast, two rails at y = 0."""
    z = np.arange(-length_m / 2, length_m / 2, 0.62)
    wood = Finish(rgb("#5a4a3c"), Surface.WOOD, 0.9)
    near = np.abs(z) < 30
    rails = boxes(
        [(s * 0.75, -0.07, 0) for s in (-1, 1)], (0.035, 0.08, length_m / 2), STEEL.times(0.8)
    )
    sleepers = boxes(
        np.stack([0 * z[near], 0 * z[near] - 0.2, z[near]], -1),
        (1.3, 0.07, 0.12),
        wood,
        bevel_m=0.02,
    )
    far = boxes(
        np.stack([0 * z[~near][::2], 0 * z[~near][::2] - 0.2, z[~near][::2]], -1),
        (1.3, 0.07, 0.2),
        wood,
    )
    return merged([rails, sleepers, far])


def canopy(length_m: float, width_m: float, height_m: float, colour: Colour) -> Mesh:
    """Return a platform roof along Z on a row of columns with brackets."""
    paint = Finish(colour, Surface.PAINT, 0.5)
    z = np.arange(-length_m / 2 + 2, length_m / 2, 6.0)
    posts = boxes(
        np.stack([0 * z, 0 * z + height_m / 2, z], -1),
        (0.1, height_m / 2, 0.1),
        paint,
        bevel_m=0.03,
    )
    arms = [
        tube(
            [(0, height_m * 0.72, float(a)), (s * width_m * 0.36, height_m - 0.05, float(a))],
            0.05,
            paint,
            sides=5,
        )
        for a in z
        for s in (-1, 1)
    ]
    roof = [
        placed(
            box(
                (0, 0, 0),
                (width_m * 0.27, 0.06, length_m / 2),
                Finish(rgb("#6a7076"), Surface.METAL, 0.5),
            ),
            (s * width_m * 0.25, height_m + 0.2, 0),
            roll=s * 0.14,
        )
        for s in (-1, 1)
    ]
    x = np.arange(-length_m / 2, length_m / 2, 0.5)
    trim = np.concatenate(
        [np.stack([0 * x + s * width_m / 2, 0 * x + height_m + 0.12, x], -1) for s in (-1, 1)]
    )
    return merged([posts, *arms, *roof, boxes(trim, (0.02, 0.2, 0.2), paint.times(1.2))])


def airliner(colour: Colour) -> Mesh:
    """Return an airliner on its wheels that points along +Z, 38 m long."""
    white, tail = Finish(rgb("#e4e6e8"), Surface.PAINT, 0.3), Finish(colour, Surface.PAINT, 0.35)
    nose = [
        (0.0, -19.0),
        (0.9, -16.5),
        (1.7, -11.0),
        (1.95, -6.0),
        (1.95, 12.0),
        (1.6, 15.5),
        (0.9, 17.8),
        (0.0, 18.6),
    ]
    hull = placed(lathe(nose, white, sides=18), (0, 3.6, 0), tilt=np.pi / 2)
    parts = [hull]
    for s in (-1, 1):
        wing = [
            (s * 1.6, 3.0, 3.5),
            (s * 17.0, 4.2, -5.5),
            (s * 17.0, 4.2, -7.0),
            (s * 1.6, 3.0, -3.5),
        ]
        tip = [(x, y + 0.35 * (1 - abs(x) / 20), z) for x, y, z in wing]
        parts.append(quads([wing if s > 0 else wing[::-1]], white.times(0.7)))
        parts.append(quads([tip[::-1] if s > 0 else tip], white.times(0.9)))
        parts.append(quads([[tip[0], wing[0], wing[1], tip[1]]], white))
        fin = [
            (s * 0.3, 4.4, -14.0),
            (s * 6.2, 4.9, -17.5),
            (s * 6.2, 4.9, -18.7),
            (s * 0.3, 4.4, -17.6),
        ]
        parts += [quads([fin, fin[::-1]], white.times(0.85))]
        engine = lathe(
            [(0.0, -1.9), (0.7, -1.8), (1.05, 0.0), (1.0, 1.8), (0.8, 1.9), (0.75, 1.4), (0, 1.4)],
            tail,
            sides=14,
        )
        parts += [
            placed(engine, (s * 5.8, 2.0, 2.4), tilt=np.pi / 2),
            box((s * 5.8, 2.9, 1.0), (0.12, 0.5, 1.4), white),
        ]
        gear = [(s * 2.4, 0.6, -1.6), (s * 2.4, 0.6, -2.9)]
        parts += [
            placed(cylinder(0.6, 0.8, RUBBER, sides=12), (x + 0.4, y, z), roll=np.pi / 2)
            for x, y, z in gear
        ]
        parts.append(tube([(s * 2.4, 0.7, -2.2), (s * 1.8, 3.0, -2.0)], 0.16, STEEL, sides=6))
    rudder = [(-13.2, 4.9), (-16.6, 11.0), (-18.6, 11.0), (-17.8, 4.6)]
    parts.append(placed(prism(rudder, 0.4, tail), yaw=-np.pi / 2))
    z = np.arange(-10.0, 12.4, 0.85)
    panes = np.concatenate([np.stack([0 * z + s * 1.93, 0 * z + 4.0, z], -1) for s in (-1, 1)])
    parts.append(boxes(panes, (0.03, 0.18, 0.13), CAR_GLASS))
    parts.append(boxes([(s * 1.955, 3.35, 1.0) for s in (-1, 1)], (0.012, 0.14, 12.5), tail))
    parts += [
        box((0, 4.45, 16.3), (0.85, 0.26, 0.5), CAR_GLASS, bevel_m=0.1),
        placed(cylinder(0.45, 0.5, RUBBER, sides=10), (0.25, 0.45, 13.5), roll=np.pi / 2),
        tube([(0, 0.5, 13.5), (0, 2.2, 13.2)], 0.12, STEEL, sides=6),
    ]
    return merged(parts)


def fuel_pump(colour: Colour) -> Mesh:
    """Return a petrol pump that faces +Z, with a screen and a hose."""
    paint, dark = Finish(colour, Surface.PAINT, 0.35), Finish(rgb("#1c1e22"), Surface.PLAIN)
    return merged(
        [
            box((0, 0.95, 0), (0.42, 0.85, 0.28), _WHITE, bevel_m=0.04),
            box((0, 0.5, 0.02), (0.43, 0.36, 0.285), paint, bevel_m=0.03),
            box(
                (0, 1.45, 0.29),
                (0.26, 0.16, 0.02),
                Finish(rgb("#9ad0e0"), Surface.SCREEN, 0.5, 0.8),
            ),
            box((0, 1.9, 0), (0.46, 0.14, 0.3), paint, bevel_m=0.03),
            box((0.36, 1.1, 0.3), (0.05, 0.14, 0.05), dark),
            tube(
                [(0.36, 1.2, 0.3), (0.62, 0.8, 0.34), (0.6, 0.3, 0.3), (0.44, 0.5, 0.1)],
                0.025,
                RUBBER,
                sides=5,
            ),
            box((0, 0.06, 0), (0.8, 0.06, 0.55), CONCRETE, bevel_m=0.02),
        ]
    )


def filling_roof(width_m: float, depth_m: float, colour: Colour, *, lit: bool) -> Mesh:
    """Return the canopy of a petrol station on four posts, 5 m high, its fascia lit at night."""
    band = Finish(colour, Surface.SCREEN if lit else Surface.PAINT, 0.4, 1.6 if lit else 0.0)
    lamp = Finish(rgb("#fff4e0"), Surface.SCREEN, 0.4, 8.0 if lit else 0.4)
    half_w, half_d = width_m / 2, depth_m / 2
    spots = [
        (x, 4.94, z)
        for x in np.linspace(-half_w * 0.7, half_w * 0.7, 4)
        for z in (-half_d * 0.5, half_d * 0.5)
    ]
    return merged(
        [
            box((0, 5.35, 0), (half_w, 0.36, half_d), _WHITE),
            boxes([(0, 5.4, s * (half_d + 0.02)) for s in (-1, 1)], (half_w, 0.2, 0.02), band),
            boxes([(s * (half_w + 0.02), 5.4, 0) for s in (-1, 1)], (0.02, 0.2, half_d), band),
            boxes(
                [(sx * half_w * 0.72, 2.5, sz * half_d * 0.45) for sx in (-1, 1) for sz in (-1, 1)],
                (0.18, 2.5, 0.18),
                _WHITE,
            ),
            boxes(spots, (0.4, 0.03, 0.4), lamp),
        ]
    )


def price_tower(colour: Colour, *, lit: bool) -> Mesh:
    """Return a petrol station's price sign, 6 m tall, facing +Z."""
    paint = Finish(colour, Surface.SCREEN if lit else Surface.PAINT, 0.4, 1.2 if lit else 0.0)
    digits = Finish(rgb("#ffb52a"), Surface.SCREEN, 0.4, 3.0)
    rows = [(x, 3.9 - 0.9 * k, 0.18) for k in range(3) for x in (-0.35, 0.0, 0.35)]
    return merged(
        [
            box(
                (0, 3.2, 0),
                (0.95, 3.0, 0.14),
                Finish(rgb("#1c2026"), Surface.PAINT, 0.4),
                bevel_m=0.05,
            ),
            box((0, 5.4, 0.02), (0.96, 0.75, 0.16), paint, bevel_m=0.05),
            boxes(rows, (0.09, 0.22, 0.02), digits),
        ]
    )


def suburban_house(rng: np.random.Generator, *, wall: Colour, lit: bool) -> Mesh:
    """Return a family house: two storeys, porch, garage, chimney; its front towards +Z."""
    siding, roof = (
        Finish(wall, Surface.WOOD, 0.8),
        Finish(rgb("#5a504a"), Surface.TILES, 0.8).times(float(rng.uniform(0.8, 1.2))),
    )
    pane = Finish(rgb("#ffd694"), Surface.SCREEN, 0.5, 1.1) if lit else GLASS
    parts = [
        box((-1.5, 2.8, 0), (4.0, 2.8, 4.0), siding),
        placed(gable_roof(8.0, 8.0, 2.6, roof, gable=siding), (-1.5, 5.6, 0)),
        box((4.8, 1.5, 0.6), (2.4, 1.5, 3.2), siding),
        placed(gable_roof(6.4, 4.8, 1.5, roof, gable=siding), (4.8, 3.0, 0.6), yaw=np.pi / 2),
    ]
    frame = window(1.3, 1.5, FRAME_WHITE, panes=(2, 2), glass=pane)
    parts += [
        placed(frame, (x, y, 4.02)) for x, y in ((-4.0, 3.5), (-1.5, 3.5), (1.2, 3.5), (-4.0, 0.8))
    ]
    parts += [
        placed(door(1.0, 2.1, Finish(rgb("#7a2f2a"), Surface.PAINT, 0.4)), (-1.3, 0.2, 4.03)),
        box((4.8, 1.15, 3.83), (1.9, 1.15, 0.05), _WHITE),
        boxes([(4.8, 0.3 + 0.5 * k, 3.89) for k in range(5)], (1.86, 0.015, 0.01), IRON),
        placed(window(2.0, 1.4, FRAME_WHITE, panes=(3, 2), glass=pane), (0.9, 0.8, 4.02)),
    ]
    parts += [
        box((-1.3, 0.1, 4.9), (1.6, 0.1, 0.9), CONCRETE),
        boxes([(x, 1.4, 5.6) for x in (-2.7, 0.1)], (0.07, 1.3, 0.07), _WHITE),
        placed(box((0, 0, 0), (1.7, 0.06, 1.0), roof), (-1.3, 2.8, 4.9), tilt=0.16),
        box((-3.6, 7.6, -1.2), (0.4, 1.2, 0.4), Finish(rgb("#8d5040"), Surface.BRICK, 0.9)),
    ]
    return merged(parts)


def scaffold(width_m: float, height_m: float) -> Mesh:
    """Return scaffolding against a wall at z = 0, reaching towards +Z: tubes, boards, ladders."""
    x, y = np.arange(-width_m / 2, width_m / 2 + 0.1, 2.4), np.arange(0, height_m, 2.0)
    wood = Finish(rgb("#b08a55"), Surface.WOOD, 0.8)
    tubes_ = boxes(
        [(a, height_m / 2, z) for a in x for z in (0.3, 1.4)], (0.03, height_m / 2, 0.03), STEEL
    )
    rails = boxes(
        [(0, b + dy, z) for b in y for dy, z in ((0.0, 0.3), (0.0, 1.4), (1.0, 1.4))],
        (width_m / 2, 0.025, 0.025),
        STEEL,
    )
    decks = boxes([(0, b, 0.85) for b in y[1:]], (width_m / 2, 0.03, 0.5), wood)
    braces = [
        tube(
            [(float(a), float(b), 1.42), (float(a) + 2.4, float(b) + 2.0, 1.42)],
            0.02,
            STEEL,
            sides=4,
        )
        for a, b in zip(x[:-1:2], y, strict=False)
    ]
    return merged([tubes_, rails, decks, *braces])


def tower_crane(height_m: float) -> Mesh:
    """Return a yellow tower crane; its jib reaches along +X from the mast."""
    h, half = height_m, 0.8
    parts = [
        tube([(sx * half, 0, sz * half), (sx * half, h, sz * half)], 0.09, SAFETY, sides=4)
        for sx in (-1, 1)
        for sz in (-1, 1)
    ]
    for k in range(int(h / 2.2)):
        y, s = 2.2 * k, 1 if k % 2 else -1
        parts += [
            tube([(-s * half, y, z), (s * half, y + 2.2, z)], 0.05, SAFETY, sides=3)
            for z in (-half, half)
        ]
        parts += [
            tube([(x, y, -s * half), (x, y + 2.2, s * half)], 0.05, SAFETY, sides=3)
            for x in (-half, half)
        ]
    jib = h * 0.95
    for y, z in ((h + 0.6, -0.6), (h + 0.6, 0.6), (h + 1.9, 0.0)):
        parts.append(tube([(-h * 0.3, y, z), (jib, y, z)], 0.08, SAFETY, sides=4))
    for k in range(int((jib + h * 0.3) / 2.0)):
        x = -h * 0.3 + 2.0 * k
        parts += [
            tube(
                [(x, h + 0.6, z), (x + 1.0, h + 1.9, 0), (x + 2.0, h + 0.6, z)],
                0.04,
                SAFETY,
                sides=3,
            )
            for z in (-0.6, 0.6)
        ]
    parts += [
        box((-h * 0.27, h - 0.4, 0), (1.6, 1.1, 0.7), CONCRETE),
        box((1.4, h + 0.2, 0.9), (0.8, 0.9, 0.6), _WHITE, bevel_m=0.1),
        tube([(0, h + 4.6, 0), (jib * 0.8, h + 1.9, 0)], 0.04, STEEL, sides=3),
        tube([(0, h + 4.6, 0), (-h * 0.28, h + 1.9, 0)], 0.04, STEEL, sides=3),
        tube([(0, h + 1.9, 0), (0, h + 4.6, 0)], 0.12, SAFETY, sides=4),
        tube([(jib * 0.6, h + 0.5, 0), (jib * 0.6, h * 0.45, 0)], 0.03, STEEL, sides=3),
        box((jib * 0.6, h * 0.45 - 0.5, 0), (1.6, 0.12, 0.2), STEEL),
    ]
    return merged(parts)


def digger(colour: Colour = SAFETY.colour) -> Mesh:
    """Return an excavator on tracks, its arm towards +Z."""
    paint, dark = Finish(colour, Surface.PAINT, 0.45), Finish(rgb("#26282b"), Surface.METAL, 0.7)
    tracks = [
        placed(
            prism(
                [(-1.7, 0.1), (1.7, 0.1), (1.95, 0.45), (1.6, 0.85), (-1.6, 0.85), (-1.95, 0.45)],
                0.55,
                dark,
                bevel_m=0.05,
            ),
            (s * 1.0, 0, 0),
            yaw=-np.pi / 2,
        )
        for s in (-1, 1)
    ]
    body = [
        box((0, 1.0, 0), (0.9, 0.14, 1.2), dark),
        box((0.25, 1.7, -0.9), (1.15, 0.6, 1.1), paint, bevel_m=0.12),
        box((-0.7, 1.95, 0.55), (0.5, 0.85, 0.62), CAR_GLASS, bevel_m=0.06),
        box((-0.7, 2.85, 0.55), (0.56, 0.07, 0.7), paint, bevel_m=0.03),
    ]
    arm = [
        tube(
            [(0.35, 1.5, 0.4), (0.35, 3.9, 2.2), (0.35, 3.6, 3.6)],
            [0.26, 0.24, 0.18],
            paint,
            sides=6,
        ),
        tube([(0.35, 3.9, 3.2), (0.35, 1.4, 4.4)], [0.2, 0.14], paint, sides=6),
        tube([(0.35, 1.9, 0.9), (0.35, 3.2, 2.0)], 0.07, STEEL, sides=6),
    ]
    bucket = placed(
        prism(
            [(-0.5, 0.5), (-0.55, -0.15), (0.0, -0.5), (0.6, -0.3), (0.15, -0.1), (0.1, 0.5)],
            1.0,
            dark,
        ),
        (0.35, 1.0, 4.4),
        yaw=-np.pi / 2,
    )
    return merged([*tracks, *body, *arm, bucket])


def cone() -> Mesh:
    """Return a traffic cone."""
    orange, white = (
        Finish(rgb("#e0521e"), Surface.PAINT, 0.5),
        Finish(rgb("#e8e6e0"), Surface.PAINT, 0.5),
    )
    return merged(
        [
            box((0, 0.02, 0), (0.19, 0.02, 0.19), orange),
            lathe([(0.14, 0.04), (0.1, 0.3)], orange, sides=10),
            lathe([(0.1, 0.3), (0.065, 0.5)], white, sides=10),
            lathe([(0.065, 0.5), (0.03, 0.7), (0, 0.71)], orange, sides=10),
        ]
    )


def concrete_frame(width_m: float, depth_m: float, floors: int) -> Mesh:
    """Return the shell of a building under construction: slabs, columns, starter bars on top."""
    half_w, half_d, storey = width_m / 2, depth_m / 2, 3.4
    slabs = boxes(
        [(0, storey * (k + 1), 0) for k in range(floors)], (half_w, 0.16, half_d), CONCRETE
    )
    x, z = np.linspace(-half_w + 0.6, half_w - 0.6, 5), np.linspace(-half_d + 0.6, half_d - 0.6, 3)
    spots = [(a, storey * (k + 0.5), b) for k in range(floors) for a in x for b in z]
    bars = [
        (a + dx, storey * floors + 0.6, b + dz)
        for a in x
        for b in z
        for dx in (-0.15, 0.15)
        for dz in (-0.15, 0.15)
    ]
    core = box(
        (half_w * 0.5, storey * floors / 2 + 1.4, -half_d * 0.3),
        (1.8, storey * floors / 2 + 1.4, 1.6),
        CONCRETE.times(0.9),
    )
    return weathered(
        merged(
            [
                slabs,
                boxes(spots, (0.24, storey / 2, 0.24), CONCRETE.times(0.95)),
                boxes(bars, (0.015, 0.6, 0.015), Finish(rgb("#7a4a30"), Surface.METAL, 0.8)),
                core,
            ]
        ),
        amount=0.12,
    )


def bollard_lamp() -> Mesh:
    """Return a low runway lamp."""
    return merged(
        [
            cylinder(0.08, 0.2, IRON, sides=8),
            ball((0, 0.24, 0), 0.09, Finish(rgb("#ffe9b0"), Surface.SCREEN, 0.4, 5.0), level=1),
        ]
    )

"""What is screwed to a house: baths and basins, washing machines, lockers, stoves, pipes, bars.

Fronts are towards +Z, backs at z = 0 against a wall; everything stands on y = 0.
"""

from __future__ import annotations

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.stage.parts.finish import Colour, Finish, rgb
from matinee.engine.stage.parts.furniture import BLACK_METAL, STEEL, WALNUT, WHITE_PAINT
from matinee.engine.stage.parts.solids import (
    ball,
    box,
    boxes,
    copies,
    cylinder,
    lathe,
    placed,
    ring,
    tube,
)

PORCELAIN = Finish(rgb("#ece9e2"), Surface.PAINT, 0.18)
CHROME = Finish(rgb("#c4c8cc"), Surface.METAL, 0.16)
MIRROR = Finish(rgb("#aeb4b4"), Surface.METAL, 0.3)
RUBBER = Finish(rgb("#1b1b1d"), Surface.PLAIN, 0.85)


def bathtub() -> Mesh:
    """Return a standing bath, 1.7 m along X, with a tap and its water."""
    rim = [(0.36, 0.56), (0.4, 0.58), (0.39, 0.6), (0.34, 0.58), (0.3, 0.2)]
    shell = lathe([(0.0, 0.06), (0.26, 0.06), (0.33, 0.2), *rim], PORCELAIN, sides=28)
    water = placed(
        cylinder(0.325, 0.01, Finish(rgb("#9cc4c8"), Surface.GLASS, 0.05), sides=28), (0, 0.44, 0)
    )
    foam = np.random.default_rng(5).uniform((-0.25, 0.44, -0.22), (0.1, 0.47, 0.22), (34, 3))
    suds = copies(
        ball((0, 0, 0), 0.045, Finish(rgb("#f4f6f4"), Surface.SNOW, 0.9), level=1),
        foam,
        scale=np.linspace(0.5, 1.3, 34),
    )
    body = placed(merged([shell, water, suds]), (0, 0, 0.42), scale=(2.1, 1.0, 1.0))
    feet = [(sx * 0.5, 0.05, 0.42 + sz * 0.2) for sx in (-1, 1) for sz in (-1, 1)]
    return merged(
        [
            body,
            boxes(feet, (0.04, 0.05, 0.04), CHROME, bevel_m=0.015),
            tube([(0.92, 0, 0.3), (0.92, 0.82, 0.3), (0.74, 0.86, 0.42)], 0.018, CHROME, sides=7),
            tube([(0.92, 0, 0.5), (0.92, 0.82, 0.5), (0.74, 0.86, 0.44)], 0.018, CHROME, sides=7),
            ball((0.92, 0.84, 0.3), 0.035, CHROME, level=1),
            ball((0.92, 0.84, 0.5), 0.035, CHROME, level=1),
        ]
    )


def toilet() -> Mesh:
    """Return a toilet with its cistern."""
    bowl = lathe([(0.0, 0), (0.12, 0), (0.11, 0.12), (0.19, 0.36), (0.2, 0.4)], PORCELAIN, sides=18)
    lid = lathe([(0.0, 0.4), (0.205, 0.4), (0.205, 0.43), (0.0, 0.435)], PORCELAIN, sides=18)
    return merged(
        [
            placed(merged([bowl, lid]), (0, 0, 0.42), scale=(0.95, 1, 1.25)),
            box((0, 0.58, 0.1), (0.21, 0.2, 0.09), PORCELAIN, bevel_m=0.03),
            box((0, 0.25, 0.14), (0.11, 0.24, 0.12), PORCELAIN, bevel_m=0.03),
            box((0, 0.79, 0.1), (0.03, 0.012, 0.03), CHROME, bevel_m=0.005),
        ]
    )


def basin(width_m: float = 1.1, *, wood: Finish = WALNUT) -> Mesh:
    """Return a washstand: cupboard, worktop 0.86 m high, bowl and tap."""
    x = width_m / 2
    bowl = lathe(
        [(0.0, 0), (0.1, 0), (0.2, 0.12), (0.205, 0.13), (0.18, 0.12)], PORCELAIN, sides=20
    )
    return merged(
        [
            box((0, 0.54, 0.25), (x - 0.02, 0.28, 0.23), wood, bevel_m=0.01),
            boxes([(s * x / 2, 0.54, 0.485) for s in (-1, 1)], (x / 2 - 0.02, 0.25, 0.01), wood),
            boxes([(s * 0.05, 0.6, 0.5) for s in (-1, 1)], (0.008, 0.07, 0.012), CHROME),
            box((0, 0.84, 0.26), (x, 0.02, 0.26), PORCELAIN, bevel_m=0.01),
            placed(bowl, (0, 0.86, 0.28)),
            tube([(0, 0.86, 0.08), (0, 1.1, 0.08), (0, 1.12, 0.2), (0, 1.07, 0.22)], 0.014, CHROME),
        ]
    )


def wall_mirror(width_m: float, height_m: float, frame: Finish) -> Mesh:
    """Return a mirror, centred in x and y, its back at z = 0."""
    x, y = width_m / 2, height_m / 2
    return merged(
        [
            box((0, 0, 0.012), (x, y, 0.012), frame, bevel_m=0.008),
            box((0, 0, 0.022), (x - 0.03, y - 0.03, 0.004), MIRROR),
        ]
    )


def towel(colour: Colour, width_m: float = 0.5, height_m: float = 0.7) -> Mesh:
    """Return a towel on its rail, centred, hanging from y = 0, its back at z = 0."""
    cloth = Finish(colour, Surface.CLOTH, 0.97)
    rail = tube([(-width_m * 0.65, 0, 0.07), (width_m * 0.65, 0, 0.07)], 0.011, CHROME, sides=6)
    front = box((0, -height_m / 2, 0.09), (width_m / 2, height_m / 2, 0.012), cloth, bevel_m=0.01)
    back = box((0, -height_m / 3, 0.05), (width_m / 2, height_m / 3, 0.012), cloth, bevel_m=0.01)
    return merged([rail, front, back, box((0, 0, 0.07), (width_m / 2, 0.015, 0.03), cloth)])


def shower() -> Mesh:
    """Return a glazed shower, 1 m square, its back at z = 0."""
    frost = Finish(rgb("#a9c6cc"), Surface.GLASS, 0.05)
    posts = [(sx * 0.5, 1.05, 1.0) for sx in (-1, 1)]
    rails = [(0, 2.08, 1.0), (0, 0.06, 1.0)]
    head = lathe([(0, 0), (0.12, 0), (0.12, 0.015), (0.02, 0.04)], CHROME, sides=16)
    return merged(
        [
            box((0, 0.03, 0.5), (0.5, 0.03, 0.5), PORCELAIN, bevel_m=0.01),
            boxes(posts, (0.014, 1.05, 0.014), CHROME),
            boxes(rails, (0.5, 0.014, 0.014), CHROME),
            boxes([(sx * 0.5, 2.08, 0.5) for sx in (-1, 1)], (0.014, 0.014, 0.5), CHROME),
            box((0.5, 1.05, 0.5), (0.003, 1.0, 0.48), frost),
            box((-0.26, 1.05, 1.0), (0.23, 1.0, 0.003), frost),
            tube([(0, 1.0, 0.05), (0, 2.15, 0.05), (0, 2.18, 0.3)], 0.012, CHROME, sides=6),
            placed(head, (0, 2.13, 0.3)),
        ]
    )


def washing_machine(*, running: bool = True) -> Mesh:
    """Return a front-loading machine, 0.6 m wide, 0.86 m high."""
    glass = Finish(rgb("#22303a"), Surface.GLASS, 0.06)
    lamp = Finish(rgb("#7fd0ff"), Surface.SCREEN, 0.4, 2.5 if running else 0.3)
    door = merged([ring(0.19, 0.03, CHROME, sides=24), cylinder(0.17, 0.02, glass, sides=24)])
    return merged(
        [
            box((0, 0.43, 0.3), (0.298, 0.43, 0.3), WHITE_PAINT, bevel_m=0.02),
            placed(door, (0, 0.42, 0.605), tilt=np.pi / 2),
            box((0, 0.78, 0.602), (0.28, 0.05, 0.006), Finish(rgb("#c9ced2"), Surface.PAINT, 0.3)),
            box((-0.18, 0.78, 0.606), (0.07, 0.03, 0.006), WHITE_PAINT),
            placed(cylinder(0.032, 0.03, CHROME), (0.0, 0.78, 0.605), tilt=np.pi / 2),
            box((0.16, 0.78, 0.608), (0.06, 0.018, 0.004), lamp),
        ]
    )


def lockers(count: int, colour: Colour, *, height_m: float = 1.9) -> Mesh:
    """Return a row of steel lockers, each 0.38 m wide."""
    steel = Finish(colour, Surface.PAINT, 0.4)
    x = (np.arange(count) - (count - 1) / 2) * 0.38
    door = np.stack([x, 0 * x + height_m / 2, 0 * x + 0.46], -1)
    slots = np.array([(a, height_m * b, 0.475) for a in x for b in (0.86, 0.89, 0.92)])
    grips = np.stack([x + 0.12, 0 * x + height_m * 0.5, 0 * x + 0.48], -1)
    return merged(
        [
            box((0, height_m / 2, 0.23), (count * 0.19, height_m / 2, 0.225), steel.times(0.8)),
            boxes(door, (0.18, height_m / 2 - 0.04, 0.012), steel, bevel_m=0.006),
            boxes(slots, (0.09, 0.006, 0.002), RUBBER),
            boxes(grips, (0.012, 0.05, 0.012), CHROME),
        ]
    )


def radiator(width_m: float = 1.0) -> Mesh:
    """Return a ribbed radiator, 0.62 m high."""
    x = np.arange(-width_m / 2, width_m / 2, 0.075)
    ribs = np.stack([x + 0.03, 0 * x + 0.36, 0 * x + 0.07], -1)
    return merged(
        [
            boxes(ribs, (0.028, 0.27, 0.055), WHITE_PAINT, bevel_m=0.02),
            boxes([(0, 0.14, 0.07), (0, 0.58, 0.07)], (width_m / 2, 0.02, 0.03), WHITE_PAINT),
        ]
    )


def pipes(length_m: float, colours: tuple[Colour, ...], *, radius_m: float = 0.06) -> Mesh:
    """Return pipes along X side by side in z, with flanges, hanging at y = 0."""
    parts = []
    for number, colour in enumerate(colours):
        paint, z = Finish(colour, Surface.PAINT, 0.5), number * radius_m * 2.8
        line = [(-length_m / 2, 0, z), (length_m / 2, 0, z)]
        parts.append(tube(line, radius_m, paint, sides=9))
        at = np.arange(-length_m / 2 + 0.8, length_m / 2, 2.2)
        flange = placed(cylinder(radius_m * 1.4, 0.06, paint.times(0.8), sides=9), roll=np.pi / 2)
        parts.append(copies(flange, np.stack([at, 0 * at, 0 * at + z], -1)))
    return merged(parts)


def bars(width_m: float, height_m: float, *, gap_m: float = 0.13, gate: bool = False) -> Mesh:
    """Return prison bars in the plane z = 0, centred in x; a gate has a frame and a lock."""
    iron = Finish(rgb("#3a3d40"), Surface.METAL, 0.5)
    x = np.arange(-width_m / 2, width_m / 2 + 0.01, gap_m)
    rails = [(0, y, 0) for y in (0.04, height_m * 0.36, height_m * 0.7, height_m - 0.03)]
    parts = [
        copies(cylinder(0.014, height_m, iron, sides=7), np.stack([x, 0 * x, 0 * x], -1)),
        boxes(rails, (width_m / 2, 0.022, 0.01), iron),
    ]
    if gate:
        parts.append(
            box((0, height_m * 0.42, 0), (0.1, 0.14, 0.045), iron.times(1.4), bevel_m=0.01)
        )
        edges = [(s * 0.5, height_m / 2, 0) for s in (-1, 1)]
        parts.append(boxes(edges, (0.03, height_m / 2, 0.03), iron))
    return merged(parts)


def range_stove() -> Mesh:
    """Return an iron stove with a pipe to the ceiling, alight behind its door."""
    glow = Finish(rgb("#ff8a2a"), Surface.SCREEN, 0.8, 5.0)
    return merged(
        [
            box((0, 0.5, 0.3), (0.3, 0.34, 0.26), BLACK_METAL, bevel_m=0.03),
            boxes(
                [(sx * 0.24, 0.08, 0.3 + sz * 0.2) for sx in (-1, 1) for sz in (-1, 1)],
                (0.03, 0.09, 0.03),
                BLACK_METAL,
            ),
            box((0, 0.85, 0.3), (0.34, 0.02, 0.3), BLACK_METAL.times(1.4), bevel_m=0.01),
            box((0, 0.5, 0.565), (0.2, 0.2, 0.006), glow),
            boxes([(x, 0.5, 0.575) for x in (-0.1, 0, 0.1)], (0.012, 0.2, 0.01), BLACK_METAL),
            tube([(0, 0.85, 0.2), (0, 2.9, 0.2)], 0.07, BLACK_METAL, sides=10),
        ]
    )


def ladder(height_m: float, wood: Finish, *, width_m: float = 0.46) -> Mesh:
    """Return a ladder in the plane z = 0."""
    y = np.arange(0.25, height_m, 0.28)
    return merged(
        [
            boxes(
                [(s * width_m / 2, height_m / 2, 0) for s in (-1, 1)],
                (0.025, height_m / 2, 0.03),
                wood,
            ),
            boxes(np.stack([0 * y, y, 0 * y], -1), (width_m / 2, 0.018, 0.018), wood),
        ]
    )


def tool_board(rng: np.random.Generator, *, width_m: float = 2.0) -> Mesh:
    """Return a pegboard hung with tools, 1 m high, centred in x, its foot at y = 0."""
    board = Finish(rgb("#9a7b52"), Surface.PLAIN, 0.9)
    grip = tuple(map(rgb, ("#b3271e", "#d9a21f", "#20518a", "#1d1e20", "#7a4a26")))
    parts = [box((0, 0.5, 0.015), (width_m / 2, 0.5, 0.015), board)]
    x = -width_m / 2 + 0.12
    while x < width_m / 2 - 0.1:
        for y in (0.9, 0.42):
            tall = float(rng.uniform(0.16, 0.34))
            handle = Finish(grip[int(rng.integers(0, len(grip)))], Surface.PAINT, 0.4)
            parts.append(box((x, y - tall * 0.7, 0.05), (0.018, tall * 0.3, 0.014), handle))
            parts.append(box((x, y - tall * 0.2, 0.045), (0.009, tall * 0.22, 0.006), STEEL))
            if rng.random() < 0.5:
                parts.append(box((x, y, 0.045), (0.05, 0.02, 0.015), STEEL, bevel_m=0.006))
            else:
                parts.append(
                    placed(
                        ring(0.026, 0.007, STEEL, sides=10, around=5), (x, y, 0.045), tilt=np.pi / 2
                    )
                )
        x += float(rng.uniform(0.12, 0.2))
    return merged(parts)


def workbench(width_m: float = 2.0) -> Mesh:
    """Return a workbench 0.9 m high with a vice and drawers."""
    x, wood = width_m / 2, Finish(rgb("#8a6238"), Surface.WOOD, 0.7)
    red = Finish(rgb("#a8281e"), Surface.PAINT, 0.35)
    legs = [(sx * (x - 0.08), 0.42, z) for sx in (-1, 1) for z in (0.1, 0.6)]
    return merged(
        [
            box((0, 0.87, 0.35), (x, 0.04, 0.36), wood, bevel_m=0.01),
            boxes(legs, (0.05, 0.42, 0.05), wood.times(0.8)),
            box((0, 0.25, 0.35), (x - 0.1, 0.02, 0.28), wood.times(0.8)),
            box((-x + 0.5, 0.6, 0.4), (0.34, 0.22, 0.28), red, bevel_m=0.015),
            boxes(
                [(-x + 0.5, y, 0.69) for y in (0.46, 0.6, 0.74)],
                (0.3, 0.055, 0.008),
                red.times(1.2),
            ),
            boxes(
                [(-x + 0.5, y + 0.02, 0.71) for y in (0.46, 0.6, 0.74)], (0.12, 0.01, 0.012), STEEL
            ),
            box(
                (x - 0.4, 0.98, 0.62),
                (0.09, 0.08, 0.05),
                Finish(rgb("#2e5a78"), Surface.PAINT, 0.4),
            ),
            box(
                (x - 0.4, 0.98, 0.76),
                (0.09, 0.08, 0.03),
                Finish(rgb("#2e5a78"), Surface.PAINT, 0.4),
            ),
            tube([(x - 0.4, 0.94, 0.6), (x - 0.4, 0.94, 0.92)], 0.016, STEEL, sides=6),
        ]
    )

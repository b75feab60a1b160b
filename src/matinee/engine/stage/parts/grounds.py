"""Sports grounds: lines, goals, hoops, nets, stands, ramps, barriers."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.stage.parts import crowd
from matinee.engine.stage.parts.finish import Finish, rgb
from matinee.engine.stage.parts.solids import (
    box,
    boxes,
    cylinder,
    lathe,
    placed,
    prism,
    quads,
    ring,
    tube,
)
from matinee.engine.stage.parts.street import IRON

if TYPE_CHECKING:
    from collections.abc import Sequence

LINE = Finish(rgb("#e6e6e0"), Surface.PLAIN, 0.8)
CONCRETE = Finish(rgb("#9a9892"), Surface.PLASTER, 0.85)
STEEL = Finish(rgb("#8f959b"), Surface.METAL, 0.4)
_LIFT_M = 0.006


def lines(
    strokes: Sequence[tuple[float, float, float, float]], width_m: float, finish: Finish = LINE
) -> Mesh:
    """Return painted lines from (x0, z0) to (x1, z1) on level ground."""
    four = []
    for x0, z0, x1, z1 in strokes:
        way = np.array((x1 - x0, z1 - z0))
        way = way / max(float(np.linalg.norm(way)), 1e-9) * width_m / 2
        side = np.array((-way[1], way[0]))
        a, b = np.array((x0, z0)) - way, np.array((x1, z1)) + way
        four.append([(p[0], _LIFT_M, p[1]) for p in (a + side, b + side, b - side, a - side)])
    return quads(four, finish)


def arc(  # noqa: PLR0917 - a circle's facts
    centre: tuple[float, float],
    radius_m: float,
    start: float,
    end: float,
    width_m: float,
    finish: Finish = LINE,
) -> Mesh:
    """Return a painted arc from one yaw to another."""
    turn = np.linspace(start, end, max(6, int(abs(end - start) * 9)))
    points = [(centre[0] + radius_m * np.sin(a), centre[1] + radius_m * np.cos(a)) for a in turn]
    return lines([(*p, *q) for p, q in pairwise(points)], width_m, finish)


def rectangle(
    x0: float, z0: float, x1: float, z1: float
) -> list[tuple[float, float, float, float]]:
    """Return the strokes of a rectangle."""
    return [(x0, z0, x1, z0), (x1, z0, x1, z1), (x1, z1, x0, z1), (x0, z1, x0, z0)]


def football_goal() -> Mesh:
    """Return a full-size goal with its net, open towards +Z."""
    white = Finish(rgb("#f0efe8"), Surface.PAINT, 0.4)
    net = Finish(rgb("#d8d8d2"), Surface.CLOTH, 0.9)
    frame = [tube([(s * 3.66, 0, 0), (s * 3.66, 2.44, 0)], 0.06, white, sides=8) for s in (-1, 1)]
    frame.append(tube([(-3.72, 2.44, 0), (3.72, 2.44, 0)], 0.06, white, sides=8))
    threads = [
        tube([(x, 2.44, 0), (x, 2.3, -0.8), (x, 0, -1.9)], 0.008, net, sides=3, closed=False)
        for x in np.arange(-3.66, 3.7, 0.3)
    ]
    for share in np.linspace(0, 1, 9):
        y, z = 2.3 * (1 - share), -0.8 - 1.1 * share
        threads.append(tube([(-3.66, y, z), (3.66, y, z)], 0.008, net, sides=3, closed=False))
    return merged([*frame, *threads])


def hoop() -> Mesh:
    """Return a basketball hoop on a post behind it; the ring hangs 3.05 m high at z = +1.2."""
    glassy, red = (
        Finish(rgb("#dfe6ea"), Surface.PAINT, 0.3),
        Finish(rgb("#d8481e"), Surface.PAINT, 0.4),
    )
    net = Finish(rgb("#e8e6de"), Surface.CLOTH, 0.9)
    threads = [
        tube(
            [
                (0.225 * np.sin(a), 3.05, 1.2 + 0.225 * np.cos(a)),
                (0.12 * np.sin(a + 0.5), 2.6, 1.2 + 0.12 * np.cos(a + 0.5)),
            ],
            0.006,
            net,
            sides=3,
        )
        for a in np.arange(10) * 0.628
    ]
    return merged(
        [
            tube([(0, 0, 0), (0, 2.9, 0), (0, 3.35, 0.8)], [0.1, 0.09, 0.06], IRON, sides=8),
            box((0, 3.35, 0.9), (0.9, 0.53, 0.025), glassy, bevel_m=0.015),
            boxes(
                [(0, 3.22 + y, 0.93) for y in (0.0, 0.45)]
                + [(s * 0.295, 3.445, 0.93) for s in (-1, 1)],
                [(0.3, 0.02, 0.008)] * 2 + [(0.02, 0.225, 0.008)] * 2,
                red,
            ),
            placed(ring(0.225, 0.018, red, around=6), (0, 3.05, 1.2)),
            box((0, 3.05, 0.95), (0.06, 0.04, 0.06), red),
            *threads,
        ]
    )


def tennis_net(width_m: float = 12.8) -> Mesh:
    """Return a tennis net along X."""
    half, dark = width_m / 2, Finish(rgb("#1e2422"), Surface.CLOTH, 0.9)
    white = Finish(rgb("#ece9e0"), Surface.CLOTH, 0.8)
    x = np.linspace(-half, half, 46)
    threads = boxes(np.stack([x, 0 * x + 0.46, 0 * x], -1), (0.007, 0.46, 0.007), dark)
    rows = boxes([(0, y, 0) for y in np.linspace(0.08, 0.86, 8)], (half, 0.007, 0.007), dark)
    posts = [placed(cylinder(0.05, 1.1, IRON, sides=8), (s * half, 0, 0)) for s in (-1, 1)]
    return merged(
        [
            threads,
            rows,
            *posts,
            box((0, 0.94, 0), (half, 0.035, 0.012), white),
            box((0, 0.47, 0), (0.03, 0.47, 0.012), white),
        ]
    )


def mesh_fence(length_m: float, height_m: float = 3.4) -> Mesh:
    """Return a wire fence along X, centred: posts and crossing wires."""
    half = length_m / 2
    green = Finish(rgb("#2f4a3a"), Surface.PAINT, 0.6)
    posts = np.arange(-half, half + 0.1, 2.6)
    x = np.arange(-half, half, 0.32)
    y = np.arange(0.2, height_m, 0.32)
    return merged(
        [
            boxes(
                np.stack([posts, 0 * posts + height_m / 2, 0 * posts], -1),
                (0.04, height_m / 2, 0.04),
                green,
            ),
            boxes(
                np.stack([x, 0 * x + height_m / 2, 0 * x], -1), (0.006, height_m / 2, 0.006), green
            ),
            boxes(np.stack([0 * y, y, 0 * y], -1), (half, 0.006, 0.006), green),
            box((0, height_m, 0), (half, 0.025, 0.025), green),
        ]
    )


def stand(
    width_m: float,
    rows: int,
    rng: np.random.Generator,
    *,
    colours: Sequence[str],
    full: float = 0.75,
    roof: bool = True,
) -> list[Mesh]:
    """Return a stand that faces +Z: steps, spectators in a few poses, a roof on struts.

    The first mesh is the building, the others spectators, each of which may move in its own time.
    """
    deep, high = 0.85, 0.45
    number = np.arange(rows)
    steps = boxes(
        np.stack([0 * number, (number + 1) * high / 2 + 0.6, -number * deep - deep / 2], -1),
        np.stack(
            [np.full(rows, width_m / 2), (number + 1) * high / 2 + 0.6, np.full(rows, deep / 2)], -1
        ),
        CONCRETE,
        colours=np.asarray(CONCRETE.colour) * (0.8 + 0.2 * (number % 2))[:, None],
    )
    parts = [
        steps,
        box((0, 0.55, 0.1), (width_m / 2, 0.55, 0.06), Finish(rgb("#2b4a7a"), Surface.PAINT, 0.5)),
    ]
    back, top = -rows * deep, rows * high + 1.2
    if roof:
        white = Finish(rgb("#c8ccd0"), Surface.METAL, 0.5)
        parts.append(
            placed(
                box((0, 0, 0), (width_m / 2, 0.15, rows * deep * 0.52), white),
                (0, top + 5.2, back * 0.55),
                tilt=-0.08,
            )
        )
        struts = np.linspace(-width_m / 2, width_m / 2, max(3, int(width_m / 12)))
        parts += [
            tube(
                [
                    (float(x), top - 1, back),
                    (float(x), top + 5.0, back),
                    (float(x), top + 5.6, back * 0.1),
                ],
                0.16,
                white.times(0.8),
                sides=5,
            )
            for x in struts
        ]
        parts.append(box((0, top + 2.0, back - 0.2), (width_m / 2, 3.4, 0.15), CONCRETE.times(0.8)))
    seats = np.arange(-width_m / 2 + 0.4, width_m / 2 - 0.3, 0.62)
    at = np.array(
        [
            (x + rng.normal(0, 0.06), (k + 1) * high + 1.2 + 0.02, -k * deep - 0.45)
            for k in range(rows)
            for x in seats
        ]
    )
    at = at[rng.random(len(at)) < full]
    palette = tuple(rgb(code) for code in colours)
    return [merged(parts), *crowd.audience(at, np.zeros(len(at)), rng, clothes=palette)]


def far_stand(
    width_m: float,
    rows: int,
    rng: np.random.Generator,
    *,
    colours: Sequence[str],
    roof: bool = True,
) -> Mesh:
    """Return a stand for the distance: its people are coloured blocks."""
    building = stand(width_m, rows, rng, colours=colours, full=0.0, roof=roof)[0]
    deep, high = 0.85, 0.45
    seats = np.arange(-width_m / 2 + 0.5, width_m / 2 - 0.4, 1.05)
    at = np.array(
        [(x, (k + 1) * high + 1.2 + 0.34, -k * deep - 0.45) for k in range(rows) for x in seats]
    )
    at = at[rng.random(len(at)) < 0.8]
    tones = np.array([rgb(code) for code in colours])[rng.integers(0, len(colours), len(at))]
    body = Finish((0.5, 0.5, 0.5), Surface.CLOTH, 0.9)
    people = boxes(at, (0.2, 0.34, 0.13), body, colours=tones * rng.uniform(0.6, 1.1, (len(at), 1)))
    heads = boxes(
        at + np.array((0, 0.46, 0.02)),
        (0.09, 0.11, 0.09),
        body,
        colours=np.array([rgb("#b98a6a")]) * rng.uniform(0.4, 1.2, (len(at), 1)),
    )
    return merged([building, people, heads])


def floodlight(height_m: float, *, lit: bool) -> Mesh:
    """Return a mast whose bank of lamps faces +Z."""
    h = height_m
    glow = Finish(rgb("#f4f6ff"), Surface.SCREEN, 0.3, 9.0 if lit else 0.5)
    lamps = [(x, h + y, 0.2) for x in (-1.6, -0.8, 0.0, 0.8, 1.6) for y in (-1.2, -0.4, 0.4, 1.2)]
    return merged(
        [
            tube([(0, 0, 0), (0, h - 1.0, 0)], [0.32, 0.16], STEEL, sides=7),
            box((0, h, 0), (2.1, 1.7, 0.08), STEEL.times(0.6)),
            boxes(lamps, (0.3, 0.3, 0.1), glow),
        ]
    )


def quarter_pipe(width_m: float, radius_m: float) -> Mesh:
    """Return a skateboarding ramp that rises towards -Z from z = 0, with deck and coping."""
    turn = np.linspace(0, 1.3, 11)
    y, z = radius_m * (1 - np.cos(turn)), -radius_m * np.sin(turn)
    ply = Finish(rgb("#b39a76"), Surface.WOOD, 0.5)
    half = width_m / 2
    four = [
        [
            (-half, y[k], z[k]),
            (half, y[k], z[k]),
            (half, y[k + 1], z[k + 1]),
            (-half, y[k + 1], z[k + 1]),
        ]
        for k in range(10)
    ]
    back = z[-1] - 1.4
    sides = [
        [
            (s * half, 0, z[k]),
            (s * half, y[k], z[k]),
            (s * half, y[k + 1], z[k + 1]),
            (s * half, 0, z[k + 1]),
        ][::-s]
        for s in (-1, 1)
        for k in range(10)
    ]
    deck = box((0, y[-1] / 2, (z[-1] + back) / 2), (half, y[-1] / 2, 0.7), CONCRETE)
    return merged(
        [
            quads(four, ply),
            quads(sides, CONCRETE.times(0.9)),
            deck,
            tube([(-half, y[-1], z[-1]), (half, y[-1], z[-1])], 0.035, STEEL, sides=6),
        ]
    )


def funbox(width_m: float, length_m: float, height_m: float) -> Mesh:
    """Return a table of ramps along Z with a grind rail."""
    half = length_m / 2
    outline = [(-half, 0), (half, 0), (half * 0.4, height_m), (-half * 0.4, height_m)]
    rail = [(0, height_m + 0.35, -half * 0.5), (0, height_m + 0.35, half * 0.5)]
    legs = [
        box((0, height_m + 0.17, z), (0.02, 0.17, 0.02), STEEL) for z in (-half * 0.4, half * 0.4)
    ]
    return merged(
        [
            placed(prism(outline, width_m, CONCRETE), yaw=np.pi / 2),
            tube(rail, 0.03, STEEL, sides=6),
            *legs,
        ]
    )


def tyre_wall(length_m: float) -> Mesh:
    """Return a barrier of stacked tyres along X, red and white."""
    x = np.arange(-length_m / 2, length_m / 2, 0.62)
    parts = []
    for number, at in enumerate(x):
        tone = Finish(rgb("#c8352a") if number // 3 % 2 else rgb("#e2e0d8"), Surface.PAINT, 0.6)
        parts += [
            placed(
                lathe([(0.16, 0.0), (0.3, 0.03), (0.31, 0.2), (0.16, 0.24)], tone, sides=9),
                (float(at), 0.24 * k, 0),
            )
            for k in range(3)
        ]
    return merged(parts)


def pit_gantry(width_m: float) -> Mesh:
    """Return a start gantry across X with five red lamps."""
    half, dark = width_m / 2, Finish(rgb("#20242a"), Surface.PAINT, 0.5)
    red = Finish(rgb("#ff2a1c"), Surface.SCREEN, 0.3, 4.0)
    check = boxes(
        [((k - 11.5) * width_m / 24, 5.9 + 0.3 * ((k % 2) * 2 - 1), 0.42) for k in range(24)],
        (width_m / 48, 0.28, 0.02),
        Finish(rgb("#e8e6e0"), Surface.PAINT, 0.5),
    )
    return merged(
        [
            boxes([(s * half, 3.2, 0) for s in (-1, 1)], (0.3, 3.2, 0.3), dark),
            box((0, 5.9, 0), (half, 0.62, 0.4), dark),
            check,
            boxes([((k - 2) * 1.1, 4.95, 0.3) for k in range(5)], (0.32, 0.26, 0.12), red),
        ]
    )

"""Seats that a public hall or a vehicle has in rows, and what stands before them.

Seats face +Z and stand on y = 0.
"""

from __future__ import annotations

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.stage.parts.finish import Finish, rgb
from matinee.engine.stage.parts.furniture import BLACK_METAL, STEEL, WALNUT
from matinee.engine.stage.parts.solids import box, boxes, cylinder, lathe, placed, tube

SEAT_M = 0.45
_RED = Finish(rgb("#8a1f24"), Surface.CLOTH, 0.95)


def theatre_seat(cloth: Finish = _RED, *, wood: Finish = WALNUT) -> Mesh:
    """Return an upholstered seat with arm rests, 0.56 m wide."""
    return merged(
        [
            box((0, 0.43, 0.02), (0.22, 0.05, 0.23), cloth, bevel_m=0.03),
            placed(
                box((0, 0.3, 0), (0.23, 0.3, 0.06), cloth, bevel_m=0.04),
                (0, 0.46, -0.22),
                tilt=-0.16,
            ),
            boxes([(s * 0.255, 0.31, 0) for s in (-1, 1)], (0.022, 0.31, 0.2), BLACK_METAL),
            boxes(
                [(s * 0.255, 0.635, 0.02) for s in (-1, 1)], (0.03, 0.018, 0.22), wood, bevel_m=0.01
            ),
        ]
    )


def pew(width_m: float, wood: Finish = WALNUT) -> Mesh:
    """Return a church pew with a kneeler behind it for the next row."""
    x = width_m / 2
    return merged(
        [
            box((0, 0.44, 0.02), (x, 0.022, 0.2), wood, bevel_m=0.01),
            placed(box((0, 0.26, 0), (x, 0.26, 0.018), wood), (0, 0.44, -0.18), tilt=-0.12),
            boxes(
                [(s * x, 0.45, -0.02) for s in (-1, 1)],
                (0.03, 0.45, 0.24),
                wood.times(0.9),
                bevel_m=0.015,
            ),
            box((0, 0.96, -0.25), (x, 0.025, 0.045), wood, bevel_m=0.012),
            box(
                (0, 0.12, -0.45),
                (x - 0.05, 0.03, 0.08),
                Finish(rgb("#6a2a26"), Surface.CLOTH, 0.95),
            ),
        ]
    )


def cabin_seat(cloth: Finish, *, places: int = 1, headrest: Finish | None = None) -> Mesh:
    """Return seats of a train or an aeroplane side by side, each 0.5 m wide, with head rests."""
    white = headrest or Finish(rgb("#e2e0d8"), Surface.CLOTH, 0.95)
    x = (np.arange(places) - (places - 1) / 2) * 0.5
    at = np.stack([x, 0 * x, 0 * x], -1)
    arms = [(a + s * 0.25, 0.62, 0.02) for a in x for s in (-1, 1)]
    back = merged(
        [
            boxes(np.add(at, (0, 0.36, 0)), (0.22, 0.36, 0.055), cloth, bevel_m=0.045),
            boxes(np.add(at, (0, 0.62, 0.05)), (0.17, 0.1, 0.02), white, bevel_m=0.018),
            boxes(np.add(at, (0, 0.3, -0.065)), (0.2, 0.2, 0.012), BLACK_METAL.times(2.5)),
        ]
    )
    return merged(
        [
            boxes(np.add(at, (0, 0.42, 0.02)), (0.225, 0.07, 0.24), cloth, bevel_m=0.04),
            placed(back, (0, 0.42, -0.22), tilt=-0.14),
            boxes(arms, (0.022, 0.025, 0.2), BLACK_METAL.times(1.8), bevel_m=0.012),
            boxes([(a, 0.17, -0.02) for a in x], (0.05, 0.18, 0.14), STEEL.times(0.6)),
        ]
    )


def shell_seat(paint: Finish, *, places: int = 1) -> Mesh:
    """Return moulded waiting-room seats on one beam, each 0.55 m wide."""
    x = (np.arange(places) - (places - 1) / 2) * 0.55
    at = np.stack([x, 0 * x, 0 * x], -1)
    back = boxes(np.add(at, (0, 0.24, 0)), (0.23, 0.24, 0.02), paint, bevel_m=0.018)
    feet = [(s * max(0.1, places * 0.275 - 0.3), 0.2, 0) for s in (-1, 1)]
    return merged(
        [
            boxes(np.add(at, (0, 0.44, 0.03)), (0.235, 0.022, 0.22), paint, bevel_m=0.02),
            placed(back, (0, 0.46, -0.2), tilt=-0.18),
            box((0, 0.38, 0), (places * 0.275, 0.03, 0.03), STEEL),
            boxes(feet, (0.025, 0.2, 0.025), STEEL),
            boxes([(f[0], 0.015, 0) for f in feet], (0.03, 0.015, 0.26), STEEL),
        ]
    )


def armchair(cloth: Finish, *, wood: Finish = WALNUT) -> Mesh:
    """Return a club chair, 0.8 m wide."""
    legs = [(sx * 0.3, 0.06, sz * 0.28) for sx in (-1, 1) for sz in (-1, 1)]
    return merged(
        [
            box((0, 0.24, 0), (0.36, 0.11, 0.36), cloth.times(0.9), bevel_m=0.03),
            box((0, 0.41, 0.06), (0.25, 0.07, 0.31), cloth.times(1.06), bevel_m=0.05),
            placed(
                box((0, 0.28, 0), (0.28, 0.3, 0.1), cloth, bevel_m=0.08),
                (0, 0.36, -0.26),
                tilt=-0.16,
            ),
            boxes(
                [(s * 0.33, 0.4, 0.03) for s in (-1, 1)], (0.085, 0.23, 0.36), cloth, bevel_m=0.07
            ),
            boxes(legs, (0.022, 0.07, 0.022), wood),
        ]
    )


def booth(width_m: float, cloth: Finish, *, wood: Finish = WALNUT) -> Mesh:
    """Return an upholstered bench with a high buttoned back."""
    x = width_m / 2
    ribs = np.arange(-x + 0.1, x, 0.2)
    return merged(
        [
            box((0, 0.2, 0), (x, 0.2, 0.27), wood),
            box((0, 0.43, 0.02), (x, 0.06, 0.27), cloth, bevel_m=0.04),
            box((0, 0.7, -0.26), (x, 0.5, 0.05), wood),
            boxes(
                np.stack([ribs, 0 * ribs + 0.82, 0 * ribs - 0.19], -1),
                (0.097, 0.34, 0.05),
                cloth,
                bevel_m=0.035,
            ),
            box((0, 1.21, -0.25), (x + 0.02, 0.02, 0.08), wood, bevel_m=0.01),
        ]
    )


def plain_bench(
    width_m: float, wood: Finish, *, depth_m: float = 0.36, height_m: float = SEAT_M
) -> Mesh:
    """Return a bench without a back."""
    x = width_m / 2
    slats = np.linspace(-depth_m / 2 + 0.05, depth_m / 2 - 0.05, max(2, round(depth_m / 0.11)))
    return merged(
        [
            boxes(
                np.stack([0 * slats, 0 * slats + height_m - 0.02, slats], -1),
                (x, 0.02, 0.042),
                wood,
                bevel_m=0.008,
            ),
            boxes(
                [(s * (x - 0.15), height_m / 2 - 0.02, 0) for s in (-1, 1)],
                (0.03, height_m / 2 - 0.02, depth_m / 2 - 0.02),
                wood.times(0.85),
            ),
        ]
    )


def throne(gold: Finish, cloth: Finish) -> Mesh:
    """Return a throne, 2.3 m tall, its seat 0.55 m high."""
    posts = [(s * 0.42, 0.75, -0.32) for s in (-1, 1)]
    arms = [(s * 0.42, 0.82, 0.05) for s in (-1, 1)]
    knob = lathe([(0, 0), (0.07, 0.05), (0.08, 0.1), (0.05, 0.16), (0, 0.2)], gold, sides=12)
    return merged(
        [
            box((0, 0.27, 0), (0.44, 0.24, 0.38), gold, bevel_m=0.03),
            box((0, 0.53, 0.03), (0.36, 0.05, 0.33), cloth, bevel_m=0.04),
            box((0, 1.25, -0.34), (0.36, 0.72, 0.04), cloth, bevel_m=0.02),
            boxes(posts, (0.06, 0.75, 0.06), gold, bevel_m=0.02),
            boxes(
                [(s * 0.42, 1.7, -0.34) for s in (-1, 1)], (0.05, 0.35, 0.05), gold, bevel_m=0.02
            ),
            box((0, 2.0, -0.34), (0.47, 0.07, 0.06), gold, bevel_m=0.03),
            boxes(arms, (0.06, 0.05, 0.32), gold, bevel_m=0.025),
            boxes([(s * 0.42, 0.66, 0.32) for s in (-1, 1)], (0.05, 0.16, 0.05), gold),
            *(placed(knob, (s * 0.42, 2.05, -0.34)) for s in (-1, 1)),
            placed(cylinder(0.16, 0.05, gold, sides=20), (0, 2.2, -0.36), tilt=np.pi / 2),
        ]
    )


def lectern(wood: Finish = WALNUT) -> Mesh:
    """Return a lectern with a microphone."""
    return merged(
        [
            box((0, 0.5, 0), (0.28, 0.5, 0.2), wood, bevel_m=0.02),
            box((0, 0.5, 0.205), (0.2, 0.36, 0.006), wood.times(1.25), bevel_m=0.01),
            placed(
                box((0, 0, 0), (0.33, 0.025, 0.26), wood, bevel_m=0.012), (0, 1.08, 0), tilt=-0.3
            ),
            tube([(0, 1.1, 0.1), (0, 1.3, 0.12), (0, 1.36, 0.02)], 0.01, BLACK_METAL, sides=5),
        ]
    )


def grab_pole(height_m: float) -> Mesh:
    """Return an upright pole of a bus or a train."""
    return cylinder(0.018, height_m, STEEL, sides=8)


def stanchion_rope(start: tuple[float, float], end: tuple[float, float]) -> Mesh:
    """Return two brass posts with a velvet rope between two places in x and z."""
    brass = Finish(rgb("#b08d4a"), Surface.METAL, 0.25)
    post = lathe(
        [(0, 0), (0.16, 0), (0.15, 0.03), (0.022, 0.05), (0.022, 0.92), (0.04, 0.95), (0, 1.0)],
        brass,
        sides=12,
    )
    share = np.linspace(0, 1, 9)
    x = start[0] + (end[0] - start[0]) * share
    z = start[1] + (end[1] - start[1]) * share
    rope = np.stack([x, 0.9 - 0.8 * share * (1 - share), z], -1)
    return merged(
        [
            placed(post, (*start[:1], 0, start[1])),
            placed(post, (end[0], 0, end[1])),
            tube(rope, 0.022, _RED, sides=6),
        ]
    )

"""Gear of wards, operating theatres and laboratories.

Fronts are towards +Z; everything stands on y = 0 and is centred unless it says otherwise.
"""

from __future__ import annotations

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.stage.parts.finish import Colour, Finish, picked, rgb
from matinee.engine.stage.parts.furniture import BLACK_METAL, STEEL, WALNUT, screen
from matinee.engine.stage.parts.solids import (
    box,
    boxes,
    copies,
    cylinder,
    lathe,
    placed,
    recoloured,
    tube,
)

_PALE = Finish(rgb("#d5dadc"), Surface.PAINT, 0.35)


def hospital_bed(cloth: Colour) -> Mesh:
    """Return a made ward bed, its head at -Z, 2 m long, its top 0.66 m high."""
    linen, cover = Finish(rgb("#e9ecec"), Surface.CLOTH, 0.95), Finish(cloth, Surface.CLOTH, 0.95)
    wheels = [(sx * 0.4, 0.07, sz * 0.85) for sx in (-1, 1) for sz in (-1, 1)]
    raised = merged(
        [
            box((0, 0, 0.0), (0.43, 0.07, 0.36), linen, bevel_m=0.05),
            box((0, 0.11, -0.14), (0.3, 0.06, 0.18), linen, bevel_m=0.06),
        ]
    )
    return merged(
        [
            boxes(wheels, (0.03, 0.07, 0.06), BLACK_METAL, bevel_m=0.02),
            boxes([(s * 0.36, 0.3, 0) for s in (-1, 1)], (0.025, 0.025, 0.95), _PALE),
            boxes([(0, 0.22, z) for z in (-0.7, 0.7)], (0.05, 0.18, 0.05), _PALE),
            box((0, 0.46, 0), (0.46, 0.05, 1.0), _PALE, bevel_m=0.02),
            box((0, 0.58, 0.28), (0.44, 0.08, 0.7), linen, bevel_m=0.05),
            box((0, 0.63, 0.32), (0.47, 0.06, 0.62), cover, bevel_m=0.05),
            placed(raised, (0, 0.72, -0.66), tilt=0.5),
            box((0, 0.75, -1.02), (0.46, 0.28, 0.025), _PALE, bevel_m=0.02),
            box((0, 0.62, 1.02), (0.46, 0.2, 0.025), _PALE, bevel_m=0.02),
            *(
                tube(
                    [
                        (s * 0.49, 0.55, -0.3),
                        (s * 0.49, 0.86, -0.28),
                        (s * 0.49, 0.86, 0.4),
                        (s * 0.49, 0.55, 0.42),
                    ],
                    0.014,
                    STEEL,
                    sides=6,
                )
                for s in (-1, 1)
            ),
        ]
    )


def drip_stand() -> Mesh:
    """Return an infusion stand with a bag and its line."""
    bag = Finish(rgb("#cfe0e4"), Surface.GLASS, 0.08)
    feet = [
        tube([(0, 0.1, 0), (0.25 * np.sin(a), 0.04, 0.25 * np.cos(a))], 0.014, STEEL, sides=5)
        for a in np.arange(5) * 1.257
    ]
    return merged(
        [
            *feet,
            tube([(0, 0.08, 0), (0, 1.95, 0)], 0.012, STEEL, sides=6),
            tube([(-0.14, 1.93, 0), (0.14, 1.93, 0)], 0.008, STEEL, sides=5),
            box((0.13, 1.75, 0), (0.06, 0.13, 0.02), bag, bevel_m=0.02),
            tube([(0.13, 1.62, 0), (0.16, 1.2, 0.08), (0.05, 0.9, 0.1)], 0.004, bag, sides=4),
            box((0, 1.15, 0.05), (0.07, 0.1, 0.05), _PALE, bevel_m=0.015),
            box(
                (0, 1.18, 0.102),
                (0.045, 0.03, 0.002),
                Finish(rgb("#6fe0a0"), Surface.SCREEN, 0.3, 1.6),
            ),
        ]
    )


def heart_monitor() -> Mesh:
    """Return a monitor on a wheeled column with glowing curves."""
    glow = [
        Finish(rgb(code), Surface.SCREEN, 0.3, 3.0) for code in ("#44ff88", "#44c8ff", "#ffd844")
    ]
    x = np.linspace(-0.19, 0.19, 20)
    curves = []
    for number, tone in enumerate(glow):
        beat = np.where(np.arange(20) % 7 == 3, 0.04, np.where(np.arange(20) % 7 == 4, -0.02, 0.0))
        wave = beat if number == 0 else 0.012 * np.sin(x * 40)
        curves.append(
            boxes(
                np.stack([x, wave + 0.09 - 0.09 * number, 0 * x + 0.012], -1),
                (0.011, 0.005, 0.001),
                tone,
            )
        )
    face = merged([screen(0.44, 0.34, rgb("#0a1418"), emission=0.6), *curves])
    return merged(
        [
            box((0, 0.05, 0), (0.24, 0.03, 0.24), _PALE, bevel_m=0.02),
            box((0, 0.66, 0), (0.04, 0.6, 0.04), STEEL),
            box((0, 0.75, 0), (0.2, 0.12, 0.17), _PALE, bevel_m=0.02),
            box((0, 1.42, -0.06), (0.24, 0.2, 0.05), _PALE, bevel_m=0.02),
            placed(face, (0, 1.42, 0.01)),
        ]
    )


def operating_table() -> Mesh:
    """Return an operating table draped in green, its long side along X, 0.92 m high."""
    drape = Finish(rgb("#3f8a80"), Surface.CLOTH, 0.95)
    return merged(
        [
            box((0, 0.06, 0), (0.42, 0.06, 0.28), STEEL, bevel_m=0.02),
            box((0, 0.45, 0), (0.14, 0.36, 0.12), STEEL, bevel_m=0.02),
            box((0, 0.84, 0), (1.0, 0.05, 0.27), BLACK_METAL, bevel_m=0.03),
            box((0, 0.72, 0), (0.9, 0.2, 0.31), drape, bevel_m=0.04),
            box(
                (-0.72, 0.93, 0),
                (0.2, 0.05, 0.18),
                Finish(rgb("#e4ecea"), Surface.CLOTH, 0.95),
                bevel_m=0.04,
            ),
        ]
    )


def theatre_lamp(drop_m: float, *, radius_m: float = 0.42) -> Mesh:
    """Return a surgeon's lamp on its arm; hangs from y = 0, shines down."""
    glow = Finish(rgb("#fff6e6"), Surface.SCREEN, 0.3, 7.0)
    angle = np.arange(7) / 6 * 2 * np.pi
    away = np.where(np.arange(7) < 6, radius_m * 0.58, 0.0)
    spots = np.stack([away * np.sin(angle), 0 * angle - 0.012, away * np.cos(angle)], -1)
    head = merged(
        [
            lathe(
                [(0, 0), (radius_m * 0.9, 0), (radius_m, 0.05), (radius_m * 0.6, 0.13), (0, 0.15)],
                _PALE,
                sides=26,
            ),
            copies(cylinder(radius_m * 0.22, 0.014, glow, sides=14), spots),
        ]
    )
    return merged(
        [
            placed(cylinder(0.14, 0.05, _PALE, sides=16), (0, -0.05, 0)),
            tube(
                [
                    (0, 0, 0),
                    (0, -0.3, 0),
                    (0.5, -0.36, 0),
                    (0.5, -0.5, 0),
                    (0, -drop_m + 0.4, 0),
                    (0, -drop_m + 0.14, 0),
                ],
                0.03,
                _PALE,
                sides=8,
            ),
            placed(head, (0, -drop_m, 0), tilt=0.12),
        ]
    )


def lab_bench(width_m: float, rng: np.random.Generator) -> Mesh:
    """Return a laboratory bench 0.9 m high with flasks, racks of tubes and a microscope."""
    x, white = width_m / 2, Finish(rgb("#dfe3e4"), Surface.PAINT, 0.35)
    doors = np.arange(-x + 0.3, x - 0.2, 0.6)
    parts = [
        box((0, 0.44, 0), (x - 0.02, 0.42, 0.32), white),
        boxes(
            np.stack([doors, 0 * doors + 0.46, 0 * doors + 0.325], -1),
            (0.28, 0.36, 0.01),
            white.times(0.92),
            bevel_m=0.006,
        ),
        boxes(
            np.stack([doors, 0 * doors + 0.76, 0 * doors + 0.34], -1), (0.1, 0.008, 0.012), STEEL
        ),
        box(
            (0, 0.89, 0), (x, 0.02, 0.36), Finish(rgb("#3a3f42"), Surface.PAINT, 0.3), bevel_m=0.008
        ),
        placed(microscope(), (x * 0.55, 0.91, 0.05)),
    ]
    liquids = tuple(map(rgb, ("#2f8fd0", "#43b06a", "#c2458a", "#d9a21f", "#7a4ac0")))
    flask = lathe(
        [(0, 0), (0.075, 0), (0.08, 0.02), (0.02, 0.14), (0.02, 0.2), (0.026, 0.205)],
        Finish((0.5, 0.5, 0.5), Surface.GLASS, 0.06),
        sides=12,
    )
    at = [
        (-x * 0.7, 0.91, 0.05),
        (-x * 0.55, 0.91, -0.12),
        (x * 0.1, 0.91, -0.1),
        (x * 0.25, 0.91, 0.1),
    ]
    parts.append(
        recoloured(
            copies(flask, at, scale=(0.9, 1.2, 1.0, 0.8)),
            np.repeat(picked(rng, liquids, 4), flask.vertex_count, axis=0),
        )
    )
    tubes = np.array([(-x * 0.15 + 0.05 * k, 0.99, 0.08) for k in range(6)])
    parts.append(
        boxes(
            tubes,
            (0.012, 0.06, 0.012),
            Finish((0.5, 0.5, 0.5), Surface.GLASS, 0.06),
            colours=picked(rng, liquids, 6),
        )
    )
    parts.append(box((-x * 0.15 + 0.125, 0.95, 0.08), (0.17, 0.03, 0.03), WALNUT))
    return merged(parts)


def microscope() -> Mesh:
    """Return a microscope, 0.4 m tall."""
    return merged(
        [
            box((0, 0.02, 0), (0.09, 0.02, 0.12), BLACK_METAL, bevel_m=0.012),
            tube([(0, 0.03, -0.09), (0, 0.22, -0.11), (0, 0.3, -0.04)], 0.026, _PALE, sides=8),
            box((0, 0.13, 0), (0.07, 0.008, 0.07), BLACK_METAL),
            placed(cylinder(0.022, 0.2, _PALE, sides=10), (0, 0.18, 0.02), tilt=-0.2),
            placed(cylinder(0.016, 0.06, BLACK_METAL, sides=10), (0, 0.37, -0.02), tilt=-0.5),
        ]
    )

"""Things of table and house: crockery, food, lights, books."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.stage.parts.finish import Finish, rgb
from matinee.engine.stage.parts.fire import candle_flame, flame
from matinee.engine.stage.parts.furniture import BRASS
from matinee.engine.stage.parts.solids import (
    ball,
    box,
    boxes,
    cylinder,
    lathe,
    placed,
    quads,
    tube,
    two_sided,
)
from matinee.engine.stage.parts.things.kit import rounded
from matinee.engine.stage.parts.things.stock import DARK, GREEN, PAGE, WOOD


def cup(main: Finish) -> Mesh:
    """Return a cup with a handle and coffee in it, 0.095 m tall."""
    coffee = Finish(rgb("#2b1a10"), Surface.WATER, 0.15)
    handle = [(0.04, 0.075, 0), (0.07, 0.07, 0), (0.072, 0.035, 0), (0.038, 0.025, 0)]
    return merged(
        [
            lathe(
                [
                    (0, 0),
                    (0.028, 0),
                    (0.032, 0.006),
                    (0.041, 0.045),
                    (0.043, 0.095),
                    (0.0395, 0.095),
                    (0.0385, 0.082),
                ],
                main,
                sides=20,
            ),
            lathe([(0.0385, 0.0815), (0, 0.0815)], coffee, sides=20),
            tube(handle, 0.006, main, sides=6),
        ]
    )


def glass_of(main: Finish) -> Mesh:
    """Return a drinking glass with water."""
    return merged(
        [
            lathe(
                [(0, 0), (0.03, 0), (0.038, 0.12), (0.0355, 0.12), (0.033, 0.09)], main, sides=18
            ),
            lathe(
                [(0.034, 0.085), (0, 0.085)], Finish(rgb("#7f98a0"), Surface.GLASS, 0.05), sides=18
            ),
        ]
    )


def bottle(main: Finish) -> Mesh:
    """Return a bottle with label and cap, 0.3 m tall."""
    label = Finish(rgb("#e2d9c4"), Surface.PLAIN, 0.8)
    return merged(
        [
            lathe(
                [
                    (0, 0),
                    (0.034, 0),
                    (0.038, 0.008),
                    (0.038, 0.17),
                    (0.03, 0.2),
                    (0.015, 0.225),
                    (0.0135, 0.28),
                ],
                main,
                sides=18,
            ),
            lathe([(0.0385, 0.06), (0.0385, 0.14)], label, sides=18),
            lathe(
                [(0.0155, 0.272), (0.016, 0.3), (0, 0.3)],
                Finish(rgb("#a88a44"), Surface.METAL, 0.35),
                sides=14,
            ),
        ]
    )


def apple(main: Finish) -> Mesh:
    """Return an apple with stalk and leaf."""
    outline = "0 12, 16 2, 30 10, 39 34, 37 56, 24 71, 10 70, 3 63, 0 60"
    leaf = quads(
        [[(0, 0.075, 0), (0.012, 0.083, 0.006), (0.028, 0.082, 0), (0.012, 0.08, -0.006)]], GREEN
    )
    return merged(
        [
            rounded(outline, main),
            tube([(0, 0.062, 0), (0.003, 0.085, 0)], 0.0022, WOOD, sides=4),
            two_sided(leaf),
        ]
    )


def bread(main: Finish) -> Mesh:
    """Return a loaf with scored cuts."""
    loaf = ball((0, 0.045, 0), (0.075, 0.05, 0.15), main, level=3)
    cut = np.abs(np.sin(loaf.positions[:, 2] * 42 + loaf.positions[:, 0] * 12)) < 0.22
    pale = cut & (loaf.normals[:, 1] > 0.5)
    tone = np.where(
        pale[:, None],
        np.minimum(loaf.albedo * 1.7, 0.8),
        loaf.albedo * (0.75 + 0.35 * loaf.normals[:, 1:2]),
    )
    low = loaf.positions.copy()
    low[:, 1] = np.maximum(low[:, 1], 0.004)
    return replace(loaf, positions=low, albedo=tone.astype(np.float32))


def plate(main: Finish) -> Mesh:
    """Return a dinner plate."""
    return lathe(
        [
            (0, 0.004),
            (0.06, 0.0),
            (0.07, 0.004),
            (0.13, 0.02),
            (0.132, 0.023),
            (0.125, 0.0225),
            (0.075, 0.011),
            (0.07, 0.008),
            (0, 0.008),
        ][1:],
        main,
        sides=28,
    )


def pan(main: Finish) -> Mesh:
    """Return a frying pan, its handle along +Z."""
    return merged(
        [
            lathe(
                [(0, 0), (0.115, 0), (0.14, 0.045), (0.136, 0.046), (0.112, 0.006), (0, 0.006)],
                main,
                sides=26,
            ),
            tube(
                [(0, 0.04, 0.135), (0, 0.055, 0.2), (0, 0.06, 0.34)],
                [0.009, 0.011, 0.014],
                DARK,
                sides=8,
            ),
        ]
    )


def pot(main: Finish) -> Mesh:
    """Return a cooking pot with a lid and two handles."""
    ears = [
        tube(
            [
                (sx * 0.12, 0.11, -0.03),
                (sx * 0.155, 0.115, -0.02),
                (sx * 0.155, 0.115, 0.02),
                (sx * 0.12, 0.11, 0.03),
            ],
            0.007,
            main.times(0.7),
            sides=6,
        )
        for sx in (-1, 1)
    ]
    return merged(
        [
            lathe(
                [
                    (0, 0),
                    (0.118, 0),
                    (0.124, 0.006),
                    (0.124, 0.14),
                    (0.128, 0.142),
                    (0.126, 0.15),
                    (0.07, 0.172),
                    (0, 0.178),
                ],
                main,
                sides=26,
            ),
            lathe([(0.01, 0.176), (0.018, 0.2), (0.012, 0.208), (0, 0.209)], DARK, sides=12),
            *ears,
        ]
    )


def vase(main: Finish) -> Mesh:
    """Return a vase, 0.3 m tall."""
    return lathe(
        [
            (0, 0),
            (0.045, 0),
            (0.05, 0.008),
            (0.085, 0.09),
            (0.08, 0.16),
            (0.045, 0.23),
            (0.034, 0.265),
            (0.05, 0.3),
            (0.046, 0.3),
            (0.03, 0.265),
            (0.036, 0.24),
        ],
        main,
        sides=24,
    )


def candle(main: Finish) -> Mesh:
    """Return a burning candle in a dish, 0.2 m tall."""
    return merged(
        [
            lathe(
                [(0, 0), (0.05, 0), (0.06, 0.012), (0.055, 0.014), (0.03, 0.006), (0, 0.006)],
                BRASS,
                sides=18,
            ),
            lathe(
                [(0.0, 0.006), (0.017, 0.006), (0.016, 0.15), (0.012, 0.152), (0, 0.149)][1:],
                main,
                sides=14,
            ),
            tube([(0, 0.148, 0), (0, 0.16, 0)], 0.0012, DARK, sides=3),
            placed(candle_flame(), (0, 0.157, 0)),
        ]
    )


def lantern(main: Finish) -> Mesh:
    """Return a storm lantern with a flame, 0.34 m tall."""
    posts = [(0.06 * np.sin(a), 0.13, 0.06 * np.cos(a)) for a in (0.8, 2.37, 3.94, 5.5)]
    glow = Finish(rgb("#ffc46a"), Surface.SCREEN, 0.5, 4.0)
    return merged(
        [
            lathe([(0, 0), (0.08, 0), (0.08, 0.03), (0.055, 0.05), (0, 0.05)], main, sides=14),
            boxes(posts, (0.005, 0.085, 0.005), main),
            lathe([(0.018, 0.05), (0.036, 0.1), (0.02, 0.17), (0, 0.19)], glow, sides=10),
            lathe([(0, 0.2), (0.075, 0.2), (0.05, 0.24), (0.02, 0.26), (0, 0.26)], main, sides=14),
            tube(
                [
                    (-0.06, 0.215, 0),
                    (-0.055, 0.3, 0),
                    (0, 0.34, 0),
                    (0.055, 0.3, 0),
                    (0.06, 0.215, 0),
                ],
                0.004,
                main,
                sides=5,
            ),
        ]
    )


def torch(main: Finish) -> Mesh:
    """Return a burning torch, 0.75 m tall."""
    return merged(
        [
            tube([(0, 0, 0), (0, 0.5, 0)], [0.018, 0.026], main, sides=8),
            lathe(
                [(0, 0.44), (0.03, 0.44), (0.045, 0.5), (0.04, 0.56), (0, 0.56)],
                Finish(rgb("#2a211b"), Surface.CLOTH, 0.95),
                sides=10,
            ),
            placed(flame(0.26), (0, 0.53, 0)),
        ]
    )


def clock(main: Finish) -> Mesh:
    """Return a round clock standing on its rim, its face towards +Z."""
    rim = placed(
        lathe(
            [(0, 0), (0.15, 0), (0.16, 0.01), (0.16, 0.045), (0.148, 0.05), (0.145, 0.038)],
            main,
            sides=30,
        ),
        (0, 0.16, -0.025),
        tilt=np.pi / 2,
    )
    face = placed(
        cylinder(0.147, 0.002, Finish(rgb("#efe9db"), Surface.PLAIN, 0.6), sides=30),
        (0, 0.16, 0.012),
        tilt=np.pi / 2,
    )
    ticks = [
        (0.122 * np.sin(a), 0.16 + 0.122 * np.cos(a), 0.0155) for a in np.arange(12) * np.pi / 6
    ]
    hands = [
        placed(box((0, 0.045, 0), (0.004, 0.05, 0.001), DARK), (0, 0.16, 0.017), roll=-0.6),
        placed(box((0, 0.03, 0), (0.005, 0.035, 0.001), DARK), (0, 0.16, 0.018), roll=1.1),
    ]
    return merged([rim, face, boxes(ticks, (0.005, 0.009, 0.001), DARK), *hands])


def book(main: Finish) -> Mesh:
    """Return a closed book lying flat, 0.15 by 0.21 m."""
    gold = Finish(rgb("#b8923e"), Surface.METAL, 0.4)
    return merged(
        [
            box((0.003, 0.016, 0), (0.07, 0.0125, 0.1), PAGE),
            boxes([(0, 0.0025, 0), (0, 0.0315, 0)], (0.075, 0.0022, 0.105), main, bevel_m=0.001),
            box((-0.073, 0.017, 0), (0.003, 0.0165, 0.105), main, bevel_m=0.002),
            box((0, 0.0342, 0), (0.045, 0.0006, 0.006), gold),
            box((0, 0.0342, -0.02), (0.03, 0.0006, 0.003), gold),
        ]
    )


def newspaper(main: Finish) -> Mesh:
    """Return a folded newspaper lying flat, with headlines."""
    ink = Finish(rgb("#2a2a2a"), Surface.PLAIN, 0.9)
    lines = np.array(
        [(x, 0.0125, z) for x in (-0.09, 0.0, 0.09) for z in np.linspace(-0.02, 0.12, 11)]
    )
    return merged(
        [
            box((0, 0.006, 0), (0.145, 0.006, 0.18), main, bevel_m=0.004),
            boxes(lines, (0.036, 0.0004, 0.0022), ink.times(2.6)),
            box((0, 0.0125, -0.135), (0.12, 0.0004, 0.018), ink),
            box((0.04, 0.0125, -0.075), (0.085, 0.0004, 0.03), ink.times(2.2)),
        ]
    )

"""Boxes, toys and tools: what is thrown, stacked, given and ridden."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.stage.parts.finish import Finish, rgb
from matinee.engine.stage.parts.furniture import BLACK_METAL, STEEL
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
from matinee.engine.stage.parts.things.carried import hat
from matinee.engine.stage.parts.things.stock import DARK, PAGE, WOOD


def toy_ball(main: Finish) -> Mesh:
    """Return a ball of radius 0.12 m with two bands."""
    body = ball((0, 0.12, 0), 0.12, main, level=3)
    up = (body.positions[:, 1] - 0.12) / 0.12
    band = np.abs(up) < 0.16
    pale = np.minimum(np.asarray(main.colour) * 0.35 + 0.5, 0.9)
    albedo = np.where(band[:, None], pale, body.albedo)
    return replace(body, albedo=albedo.astype(np.float32))


def crate(main: Finish) -> Mesh:
    """Return a slatted crate, 0.5 m wide."""
    half = 0.25
    parts = [box((0, half, 0), (half - 0.02, half - 0.02, half - 0.02), main.times(0.55))]
    rows = (0.06, 0.19, 0.31, 0.44)
    for y in rows:
        parts.append(
            boxes(
                [(0, y, half - 0.012), (0, y, -half + 0.012)],
                (half, 0.05, 0.012),
                main,
                bevel_m=0.006,
            )
        )
        parts.append(
            boxes(
                [(half - 0.012, y, 0), (-half + 0.012, y, 0)],
                (0.012, 0.05, half),
                main.times(0.93),
                bevel_m=0.006,
            )
        )
    posts = [(sx * (half - 0.01), half, sz * (half - 0.01)) for sx in (-1, 1) for sz in (-1, 1)]
    parts.append(boxes(posts, (0.035, half, 0.035), main.times(1.08), bevel_m=0.008))
    tops = np.linspace(-half + 0.05, half - 0.05, 5)
    parts.append(
        boxes(
            np.stack([0 * tops, 0 * tops + 2 * half, tops], -1),
            (half, 0.012, 0.045),
            main,
            bevel_m=0.005,
        )
    )
    return merged(parts)


def carton(main: Finish) -> Mesh:
    """Return a closed cardboard box with tape, 0.4 m wide."""
    tape = Finish(rgb("#b79a68"), Surface.PLAIN, 0.4)
    return merged(
        [
            box((0, 0.15, 0), (0.2, 0.15, 0.15), main, bevel_m=0.006),
            box((0, 0.3, 0), (0.2005, 0.001, 0.03), tape),
            box((0, 0.24, 0), (0.2012, 0.06, 0.03), tape),
            box((0, 0.3, 0.0), (0.2, 0.0012, 0.002), main.times(0.4)),
        ]
    )


def product_box(main: Finish) -> Mesh:
    """Return a retail box with a label and a lid line, 0.2 m tall."""
    pale = Finish(rgb("#efe9de"), Surface.PAINT, 0.4)
    stripe = main.times(0.55)
    return merged(
        [
            box((0, 0.1, 0), (0.075, 0.1, 0.045), main, bevel_m=0.004),
            box((0, 0.115, 0.0452), (0.05, 0.045, 0.0012), pale),
            box((0, 0.125, 0.0465), (0.034, 0.012, 0.0008), stripe),
            box((0, 0.1, 0.0465), (0.026, 0.004, 0.0008), stripe),
            box((0, 0.03, 0), (0.0755, 0.006, 0.0455), stripe),
            box((0, 0.186, 0), (0.0755, 0.0012, 0.0455), main.times(0.5)),
        ]
    )


def gift(main: Finish) -> Mesh:
    """Return a wrapped gift with ribbon and bow."""
    pale = np.minimum(np.asarray(main.colour) * 0.3 + 0.55, 0.85)
    ribbon = Finish((float(pale[0]), float(pale[1]), float(pale[2])), Surface.CLOTH, 0.4)
    bow = [
        placed(
            ball((0, 0, 0), (0.05, 0.024, 0.022), ribbon, level=2),
            (sx * 0.045, 0.235, 0),
            roll=sx * 0.4,
        )
        for sx in (-1, 1)
    ]
    return merged(
        [
            box((0, 0.1, 0), (0.14, 0.1, 0.14), main, bevel_m=0.006),
            box((0, 0.1, 0), (0.142, 0.1035, 0.018), ribbon),
            box((0, 0.1, 0), (0.018, 0.1035, 0.142), ribbon),
            box((0, 0.188, 0), (0.146, 0.014, 0.146), main.times(1.1), bevel_m=0.004),
            *bow,
            ball((0, 0.222, 0), 0.02, ribbon, level=2),
        ]
    )


def balloon(main: Finish) -> Mesh:
    """Return a balloon on a string, 1.3 m tall with it."""
    body = lathe(
        [
            (0.012, 1.0),
            (0.06, 1.04),
            (0.125, 1.13),
            (0.14, 1.21),
            (0.12, 1.29),
            (0.06, 1.345),
            (0, 1.355),
        ],
        main,
        sides=22,
    )
    string = tube(
        [(0, 0.0, 0), (0.02, 0.35, 0.01), (-0.015, 0.7, 0), (0, 1.0, 0)], 0.0015, PAGE, sides=3
    )
    return merged([body, lathe([(0.022, 0.985), (0.01, 1.002)], main.times(0.7), sides=10), string])


def kite(main: Finish) -> Mesh:
    """Return a kite with tail, its face towards +Z."""
    line = [(0, 0), (0.3, 0.45), (0, 0.75), (-0.3, 0.45)]
    pale = Finish(rgb("#e9d8a8"), Surface.CLOTH, 0.9)
    faces = [
        [(0, 0.45, 0.02), (*line[k], 0.0), (*line[(k + 1) % 4], 0.0), (*line[(k + 1) % 4], 0.0)]
        for k in range(4)
    ]
    sails = [two_sided(quads([face], main if k % 2 else pale)) for k, face in enumerate(faces)]
    tail = [(0.05 * np.sin(k * 1.3), -0.16 * k, 0.03 * np.cos(k)) for k in range(8)]
    bows = [box(at, (0.05, 0.022, 0.004), main if k % 2 else pale) for k, at in enumerate(tail[1:])]
    whole = merged(
        [
            *sails,
            tube(tail, 0.003, PAGE, sides=3),
            *bows,
            tube([(0, 0, -0.005), (0, 0.75, -0.005)], 0.006, WOOD, sides=4),
            tube([(-0.3, 0.45, -0.005), (0.3, 0.45, -0.005)], 0.006, WOOD, sides=4),
        ]
    )
    return placed(whole, (0, 1.14, 0))


def barrel(main: Finish) -> Mesh:
    """Return a barrel with iron hoops, 0.8 m tall."""
    staves = lathe(
        [
            (0, 0.02),
            (0.24, 0.02),
            (0.24, 0.0),
            (0.262, 0.0),
            (0.31, 0.26),
            (0.32, 0.4),
            (0.31, 0.54),
            (0.262, 0.8),
            (0.24, 0.8),
            (0.24, 0.78),
            (0, 0.78),
        ],
        main,
        sides=22,
    )
    groove = 1 - 0.22 * (
        np.abs(np.sin(np.arctan2(staves.positions[:, 0], staves.positions[:, 2]) * 11)) < 0.3
    )
    hoops = [
        lathe(
            [(r, y), (r + 0.006, y + 0.004), (r + 0.008, y + 0.045), (r, y + 0.05)],
            BLACK_METAL,
            sides=22,
        )
        for y, r in ((0.06, 0.272), (0.22, 0.303), (0.53, 0.303), (0.69, 0.276))
    ]
    return merged(
        [replace(staves, albedo=(staves.albedo * groove[:, None]).astype(np.float32)), *hoops]
    )


def bucket(main: Finish) -> Mesh:
    """Return a bucket with a bail."""
    return merged(
        [
            lathe(
                [
                    (0, 0),
                    (0.1, 0),
                    (0.14, 0.26),
                    (0.148, 0.262),
                    (0.148, 0.275),
                    (0.137, 0.275),
                    (0.098, 0.012),
                    (0, 0.012),
                ],
                main,
                sides=22,
            ),
            tube(
                [
                    (-0.145, 0.25, 0),
                    (-0.12, 0.36, 0),
                    (0, 0.42, 0),
                    (0.12, 0.36, 0),
                    (0.145, 0.25, 0),
                ],
                0.004,
                STEEL,
                sides=5,
            ),
        ]
    )


def broom(main: Finish) -> Mesh:
    """Return a broom, bristles down, 1.4 m tall."""
    straw = Finish(rgb("#b8954e"), Surface.CLOTH, 0.95)
    bristles = [(x, 0.13, z) for x in np.linspace(-0.13, 0.13, 12) for z in (-0.018, 0.018)]
    return merged(
        [
            boxes(bristles, (0.010, 0.13, 0.016), straw),
            box((0, 0.27, 0), (0.15, 0.025, 0.035), main, bevel_m=0.01),
            tube([(0, 0.28, 0), (0, 1.4, 0)], 0.013, main, sides=8),
        ]
    )


def mirror(main: Finish) -> Mesh:
    """Return a standing mirror in a frame, its face towards +Z."""
    silver = Finish(rgb("#aeb7bd"), Surface.METAL, 0.04)
    return merged(
        [
            box((0, 0.5, -0.012), (0.26, 0.5, 0.014), main, bevel_m=0.012),
            box((0, 0.5, 0.004), (0.22, 0.46, 0.002), silver),
        ]
    )


def snowman(main: Finish) -> Mesh:
    """Return a snowman with hat, carrot, coal and stick arms, 1.55 m tall, facing +Z."""
    coal = Finish(rgb("#141414"), Surface.STONE, 0.9)
    carrot = Finish(rgb("#d9702a"), Surface.PLAIN, 0.7)
    dots = [(0.05, 1.25, 0.165), (-0.05, 1.25, 0.165), (0, 0.92, 0.265), (0, 0.78, 0.278)]
    arms = [
        tube(
            [(sx * 0.22, 0.85, 0), (sx * 0.45, 1.02, 0.05), (sx * 0.58, 1.16, 0.04)],
            [0.016, 0.012, 0.006],
            WOOD,
            sides=5,
        )
        for sx in (-1, 1)
    ]
    return merged(
        [
            ball((0, 0.34, 0), (0.4, 0.36, 0.4), main, level=3),
            ball((0, 0.84, 0), (0.28, 0.27, 0.28), main, level=3),
            ball((0, 1.2, 0), 0.18, main, level=3),
            *(ball(at, 0.02, coal, level=1) for at in dots),
            tube([(0, 1.2, 0.17), (0, 1.19, 0.34)], [0.026, 0.004], carrot, sides=8),
            placed(hat(DARK.times(1.5)), (0, 1.34, 0), scale=(1.15, 1.6, 1.15)),
            *arms,
        ]
    )


def teddy_bear(main: Finish) -> Mesh:
    """Return a sitting teddy bear that faces +Z, 0.36 m tall."""
    pale = main.times(1.5)
    eye = Finish(rgb("#15100c"), Surface.GLASS, 0.1)
    limbs = [ball((sx * 0.1, 0.04, 0.09), (0.045, 0.04, 0.08), main, level=2) for sx in (-1, 1)]
    limbs += [ball((sx * 0.1, 0.04, 0.165), (0.033, 0.034, 0.012), pale, level=1) for sx in (-1, 1)]
    limbs += [
        ball((sx * 0.115, 0.16, 0.04), (0.033, 0.065, 0.035), main, level=2) for sx in (-1, 1)
    ]
    ears = [ball((sx * 0.068, 0.335, 0), (0.034, 0.034, 0.018), main, level=2) for sx in (-1, 1)]
    face = [ball((sx * 0.034, 0.285, 0.079), 0.01, eye, level=1) for sx in (-1, 1)]
    return merged(
        [
            ball((0, 0.12, 0), (0.1, 0.12, 0.085), main, level=3),
            ball((0, 0.265, 0.01), (0.088, 0.078, 0.075), main, level=3),
            ball((0, 0.245, 0.07), (0.038, 0.03, 0.03), pale, level=2),
            ball((0, 0.256, 0.099), (0.013, 0.009, 0.008), eye, level=1),
            *limbs,
            *ears,
            *face,
        ]
    )


def robot_toy(main: Finish) -> Mesh:
    """Return a toy robot that faces +Z, 0.3 m tall."""
    eyes = Finish(rgb("#7fe0ff"), Surface.SCREEN, 0.3, 3.0)
    return merged(
        [
            boxes(
                [(-0.035, 0.04, 0), (0.035, 0.04, 0)],
                (0.02, 0.04, 0.025),
                main.times(0.8),
                bevel_m=0.006,
            ),
            boxes(
                [(-0.035, 0.01, 0.01), (0.035, 0.01, 0.01)],
                (0.026, 0.01, 0.04),
                DARK,
                bevel_m=0.004,
            ),
            box((0, 0.135, 0), (0.065, 0.055, 0.042), main, bevel_m=0.01),
            box((0, 0.14, 0.043), (0.035, 0.025, 0.002), STEEL, bevel_m=0.002),
            box((0, 0.235, 0), (0.048, 0.036, 0.04), main.times(1.1), bevel_m=0.01),
            boxes(
                [(-0.02, 0.24, 0.04), (0.02, 0.24, 0.04)],
                (0.011, 0.011, 0.004),
                eyes,
                bevel_m=0.003,
            ),
            box((0, 0.214, 0.041), (0.02, 0.004, 0.002), DARK),
            *(
                tube(
                    [(sx * 0.07, 0.17, 0), (sx * 0.09, 0.13, 0.01), (sx * 0.088, 0.085, 0.03)],
                    0.012,
                    STEEL,
                    sides=7,
                )
                for sx in (-1, 1)
            ),
            tube([(0, 0.27, 0), (0, 0.295, 0)], 0.003, STEEL, sides=4),
            ball((0, 0.3, 0), 0.009, Finish(rgb("#ff4a3a"), Surface.SCREEN, 0.3, 3.0), level=1),
        ]
    )


def drone(main: Finish) -> Mesh:
    """Return a quadcopter, 0.4 m across."""
    parts = [
        box((0, 0.06, 0), (0.06, 0.025, 0.09), main, bevel_m=0.015),
        box((0, 0.03, 0.07), (0.018, 0.016, 0.018), DARK, bevel_m=0.005),
    ]
    for sx in (-1, 1):
        for sz in (-1, 1):
            hub = (sx * 0.14, 0.075, sz * 0.14)
            parts += [
                tube([(sx * 0.04, 0.065, sz * 0.05), hub], 0.009, main.times(0.7), sides=6),
                placed(cylinder(0.016, 0.025, DARK, sides=10), (hub[0], 0.066, hub[2])),
                box(
                    (hub[0], 0.094, hub[2]),
                    (0.085, 0.0015, 0.008),
                    DARK.times(2),
                    yaw=0.6 * sx + sz,
                ),
            ]
        parts.append(
            tube(
                [
                    (sx * 0.05, 0.045, -0.06),
                    (sx * 0.07, 0.0, -0.06),
                    (sx * 0.07, 0.0, 0.06),
                    (sx * 0.05, 0.045, 0.06),
                ],
                0.004,
                DARK,
                sides=4,
            )
        )
    parts.append(
        boxes(
            [(-0.03, 0.06, -0.09), (0.03, 0.06, -0.09)],
            (0.006, 0.006, 0.004),
            Finish(rgb("#ff3a2a"), Surface.SCREEN, 0.3, 4.0),
        )
    )
    return merged(parts)

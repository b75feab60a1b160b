"""Things people handle: each function takes the main finish and returns a mesh near the origin."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.stage.parts.finish import Finish, rgb, seed_of
from matinee.engine.stage.parts.fire import candle_flame, flame
from matinee.engine.stage.parts.furniture import BLACK_METAL, BRASS, STEEL
from matinee.engine.stage.parts.plants import flowers, grass
from matinee.engine.stage.parts.solids import (
    ball,
    box,
    boxes,
    cylinder,
    lathe,
    placed,
    prism,
    quads,
    ring,
    shape,
    tube,
    two_sided,
)

_LEATHER = Finish(rgb("#4a3020"), Surface.CLOTH, 0.6)
_WOOD = Finish(rgb("#7a5a3a"), Surface.WOOD, 0.6)
_DARK = Finish(rgb("#17181a"), Surface.PLAIN, 0.7)
_PAGE = Finish(rgb("#e6dfce"), Surface.PLAIN, 0.9)
_GREEN = Finish(rgb("#4d6b33"), Surface.FOLIAGE, 0.8)
_GLASS = Finish(rgb("#8fa3a8"), Surface.GLASS, 0.06)


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
                    (0.038, 0.05),
                    (0.037, 0.08),
                    (0, 0.08),
                ][:6]
                + [(0.0385, 0.082)],
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


def book(main: Finish) -> Mesh:
    """Return a closed book lying flat, 0.15 by 0.21 m."""
    gold = Finish(rgb("#b8923e"), Surface.METAL, 0.4)
    return merged(
        [
            box((0.003, 0.016, 0), (0.07, 0.0125, 0.1), _PAGE),
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


def umbrella(main: Finish) -> Mesh:
    """Return an open umbrella, its handle at the bottom, 1.05 m across."""
    ribs, panels = 8, []
    rim, top = 0.52, 0.86
    profile = np.array([(0.0, top), (0.2, top - 0.035), (0.38, top - 0.115), (rim, top - 0.23)])
    for number in range(ribs):
        a, b = number / ribs * 2 * np.pi, (number + 1) / ribs * 2 * np.pi
        for (r0, y0), (r1, y1) in zip(profile[:-1], profile[1:], strict=True):
            mid = (a + b) / 2
            del mid
            corners = [
                (r1 * np.sin(a), y1, r1 * np.cos(a)),
                (r1 * np.sin(b), y1, r1 * np.cos(b)),
                (r0 * np.sin(b), y0, r0 * np.cos(b)),
                (r0 * np.sin(a), y0, r0 * np.cos(a)),
            ]
            panels.append(corners)
    cloth = two_sided(quads(panels, main))
    stays = [
        tube(
            [(0, top - 0.3, 0), (0.33 * np.sin(a), top - 0.1, 0.33 * np.cos(a))],
            0.0035,
            STEEL,
            sides=3,
        )
        for a in np.arange(ribs) / ribs * 2 * np.pi
    ]
    hook = [(0, 0.12, 0), (0, 0.03, 0), (0.02, 0.0, 0), (0.05, 0.0, 0), (0.065, 0.03, 0)]
    return merged(
        [
            cloth,
            tube([(0, 0.1, 0), (0, top + 0.05, 0)], 0.007, STEEL, sides=6),
            tube(hook, 0.012, _WOOD, sides=6),
            *stays,
        ]
    )


def phone(main: Finish) -> Mesh:
    """Return a phone standing upright, its screen towards +Z."""
    glow = Finish(rgb("#9fc3ee"), Surface.SCREEN, 0.2, 0.9)
    return merged(
        [
            box((0, 0.075, 0), (0.036, 0.075, 0.004), main, bevel_m=0.004),
            box((0, 0.075, 0.0042), (0.033, 0.07, 0.0004), glow),
            box((-0.02, 0.13, -0.005), (0.01, 0.014, 0.0015), _DARK, bevel_m=0.001),
        ]
    )


def apple(main: Finish) -> Mesh:
    """Return an apple with stalk and leaf."""
    profile = [
        (0, 0.012),
        (0.016, 0.002),
        (0.03, 0.012),
        (0.039, 0.036),
        (0.036, 0.058),
        (0.022, 0.072),
        (0.008, 0.067),
        (0, 0.06),
    ]
    leaf = quads(
        [[(0, 0.075, 0), (0.012, 0.083, 0.006), (0.028, 0.082, 0), (0.012, 0.08, -0.006)]], _GREEN
    )
    return merged(
        [
            lathe(profile, main, sides=18),
            tube([(0, 0.062, 0), (0.003, 0.085, 0)], 0.0022, _WOOD, sides=4),
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


def sword(main: Finish) -> Mesh:
    """Return a sword, point up, 0.95 m long; the hand holds it near the bottom."""
    blade = [(-0.024, 0.18), (0.024, 0.18), (0.02, 0.82), (0.0, 0.95), (-0.02, 0.82)]
    ridge = 0.006
    front = [[(x, y, 0.0012) for x, y in blade]]
    points = np.array(front[0])
    middle_low, middle_top = (0.0, 0.18, ridge), (0.0, 0.9, ridge)
    faces = [
        [points[0], middle_low, middle_top, points[4]],
        [middle_low, points[1], points[2], middle_top],
        [points[4], middle_top, points[3], points[3]],
        [middle_top, points[2], points[3], points[3]],
    ]
    side = quads(faces, main)
    return merged(
        [
            side,
            placed(side, yaw=np.pi),
            box((0, 0.172, 0), (0.095, 0.012, 0.016), BRASS, bevel_m=0.006),
            tube([(0, 0.02, 0), (0, 0.165, 0)], [0.014, 0.016], _LEATHER, sides=8),
            ball((0, 0.012, 0), 0.022, BRASS, level=2),
        ]
    )


def shield(main: Finish) -> Mesh:
    """Return a round shield with rim and boss, 0.7 m across, its face towards +Z."""
    disc = lathe(
        [(0.36, 0.0), (0.35, 0.012), (0.22, 0.05), (0.1, 0.066), (0, 0.07)], main, sides=28
    )
    parts = [
        disc,
        lathe([(0, -0.012), (0.36, -0.012)][::-1], _WOOD, sides=28),
        placed(ring(0.352, 0.014, BRASS, sides=28), (0, 0.004, 0)),
    ]
    parts.append(lathe([(0.1, 0.06), (0.085, 0.09), (0.05, 0.12), (0, 0.13)], BRASS, sides=18))
    studs = [(0.29 * np.sin(a), 0.036, 0.29 * np.cos(a)) for a in np.arange(12) * np.pi / 6]
    parts += [ball(at, 0.013, BRASS, level=1) for at in studs]
    return placed(merged(parts), (0, 0.36, 0), tilt=np.pi / 2)


def flower(main: Finish) -> Mesh:
    """Return one large flower on a leafy stem, 0.45 m tall."""
    petals = []
    for layer, (count, reach, lift) in enumerate(((8, 0.062, 0.012), (6, 0.042, 0.032))):
        for number in range(count):
            yaw = number / count * 2 * np.pi + layer * 0.4
            petal = quads(
                [
                    [
                        (0, 0, 0),
                        (0.022, lift * 0.5, reach * 0.5),
                        (0, lift, reach),
                        (-0.022, lift * 0.5, reach * 0.5),
                    ]
                ],
                main.times(1 - 0.15 * layer),
            )
            petals.append(placed(two_sided(petal), (0, 0.43, 0), yaw=yaw))
    leaf = quads([[(0, 0, 0), (0.03, 0.03, 0.06), (0, 0.06, 0.14), (-0.03, 0.03, 0.06)]], _GREEN)
    leaves = [placed(two_sided(leaf), (0, y, 0), yaw=yaw) for y, yaw in ((0.12, 0.4), (0.2, 3.2))]
    eye = ball(
        (0, 0.438, 0), (0.017, 0.012, 0.017), Finish(rgb("#d6a02c"), Surface.PLAIN, 0.8), level=1
    )
    return merged(
        [
            *petals,
            *leaves,
            eye,
            tube([(0, 0, 0), (0.01, 0.22, 0), (0, 0.435, 0)], 0.005, _GREEN, sides=5),
        ]
    )


def bouquet(main: Finish) -> Mesh:
    """Return a bouquet wrapped in paper."""
    rng = seed_of("bouquet")
    yaw, away = rng.uniform(0, 6.28, 26), 0.12 * rng.random(26) ** 0.5
    at = np.stack([away * np.sin(yaw), 0.2 + 0.06 * rng.random(26), away * np.cos(yaw)], -1)
    tones = np.clip(np.asarray(main.colour) * rng.uniform(0.6, 1.5, (26, 1)), 0.02, 0.9)
    tones[::4] = rgb("#ead9c6")
    heads = flowers(at, tones, rng=rng, height_m=0.12)
    paper = two_sided(
        lathe(
            [(0.02, 0.0), (0.05, 0.12), (0.14, 0.3)],
            Finish(rgb("#c9b592"), Surface.PLAIN, 0.85),
            sides=11,
        )
    )
    ribbon = lathe([(0.046, 0.1), (0.054, 0.13)], main.times(0.7), sides=11)
    return merged([heads, grass(at, rng=rng, height_m=0.14, blades=3), paper, ribbon])


def guitar(main: Finish) -> Mesh:
    """Return an acoustic guitar standing upright, its face towards +Z, 1 m tall."""
    half = [
        (0.0, 0.0),
        (0.1, 0.012),
        (0.175, 0.075),
        (0.185, 0.15),
        (0.15, 0.23),
        (0.12, 0.28),
        (0.13, 0.34),
        (0.135, 0.39),
        (0.1, 0.45),
        (0.03, 0.475),
    ]
    outline = [*half, *[(-x, y) for x, y in half[:0:-1]]]
    ebony = Finish(rgb("#1e1713"), Surface.WOOD, 0.5)
    body = prism(outline, 0.1, main, bevel_m=0.008)
    tone = np.where(np.abs(body.normals[:, 2:3]) < 0.5, 0.5, 1.0)
    hole = placed(cylinder(0.045, 0.002, ebony, sides=20), (0, 0.29, 0.0505), tilt=np.pi / 2)
    pegs = [(sx * 0.038, y, 0.03) for sx in (-1, 1) for y in (0.9, 0.94, 0.98)]
    strings = [
        tube([(x, 0.15, 0.062), (x, 0.99, 0.052)], 0.0012, STEEL, sides=3, closed=False)
        for x in (-0.018, -0.011, -0.004, 0.004, 0.011, 0.018)
    ]
    return merged(
        [
            replace(body, albedo=(body.albedo * tone).astype(np.float32)),
            hole,
            placed(ring(0.05, 0.003, ebony, sides=20, around=4), (0, 0.29, 0.052), tilt=np.pi / 2),
            box((0, 0.64, 0.042), (0.026, 0.23, 0.012), ebony, bevel_m=0.004),
            box((0, 0.93, 0.034), (0.032, 0.075, 0.011), main.times(0.5), bevel_m=0.004),
            box((0, 0.15, 0.056), (0.06, 0.012, 0.007), ebony, bevel_m=0.003),
            boxes(pegs, (0.012, 0.006, 0.006), STEEL),
            *strings,
        ]
    )


def suitcase(main: Finish) -> Mesh:
    """Return an upright suitcase with handle, corners and straps, 0.6 m wide."""
    return merged(
        [
            box((0, 0.22, 0), (0.3, 0.2, 0.1), main, bevel_m=0.025),
            boxes(
                [(-0.16, 0.22, 0), (0.16, 0.22, 0)],
                (0.022, 0.203, 0.103),
                _LEATHER.times(0.8),
                bevel_m=0.005,
            ),
            boxes(
                [(sx * 0.285, y, 0) for sx in (-1, 1) for y in (0.04, 0.4)],
                (0.02, 0.025, 0.104),
                _LEATHER.times(0.7),
                bevel_m=0.008,
            ),
            tube(
                [(-0.08, 0.42, 0), (-0.07, 0.465, 0), (0.07, 0.465, 0), (0.08, 0.42, 0)],
                0.012,
                _LEATHER,
                sides=6,
            ),
            boxes(
                [(-0.09, 0.4, 0.1), (0.09, 0.4, 0.1)], (0.02, 0.014, 0.006), BRASS, bevel_m=0.003
            ),
            box((0, 0.3, 0.0), (0.302, 0.003, 0.102), _DARK),
        ]
    )


def bag(main: Finish) -> Mesh:
    """Return a handbag with a flap and a strap."""
    line = [(-0.15, 0.0), (0.15, 0.0), (0.165, 0.08), (0.13, 0.23), (-0.13, 0.23), (-0.165, 0.08)]
    strap = [(-0.12, 0.22, 0), (-0.1, 0.36, 0), (0, 0.42, 0), (0.1, 0.36, 0), (0.12, 0.22, 0)]
    flap = prism(
        [(-0.135, 0.12), (-0.08, 0.1), (0.08, 0.1), (0.135, 0.12), (0.134, 0.236), (-0.134, 0.236)],
        0.13,
        main.times(1.12),
        bevel_m=0.006,
    )
    return merged(
        [
            prism(line, 0.12, main, bevel_m=0.02),
            flap,
            tube(strap, 0.009, main.times(0.8), sides=6),
            box((0, 0.125, 0.067), (0.018, 0.013, 0.005), BRASS, bevel_m=0.003),
        ]
    )


def hat(main: Finish) -> Mesh:
    """Return a brimmed hat with a band."""
    return merged(
        [
            lathe([(0, 0.002), (0.165, 0.0)][::-1], main.times(0.6), sides=24),
            lathe(
                [
                    (0.165, 0.0),
                    (0.168, 0.006),
                    (0.1, 0.012),
                    (0.095, 0.08),
                    (0.08, 0.11),
                    (0.03, 0.1),
                    (0, 0.098),
                ],
                main,
                sides=24,
            ),
            lathe([(0.0995, 0.014), (0.097, 0.042)], _DARK, sides=24),
        ]
    )


def microphone(main: Finish) -> Mesh:
    """Return a hand microphone, upright, 0.24 m tall."""
    mesh_ball = Finish(rgb("#6f7275"), Surface.METAL, 0.55)
    return merged(
        [
            lathe(
                [(0, 0), (0.013, 0), (0.015, 0.01), (0.022, 0.165), (0.024, 0.17)], main, sides=14
            ),
            ball((0, 0.203, 0), (0.031, 0.036, 0.031), mesh_ball, level=2),
            lathe([(0.025, 0.17), (0.032, 0.185), (0.0325, 0.197)], STEEL, sides=14),
        ]
    )


def photo_camera(main: Finish) -> Mesh:
    """Return a hand camera, lens towards +Z."""
    lens = lathe(
        [(0, 0), (0.03, 0), (0.033, 0.02), (0.033, 0.05), (0.028, 0.052), (0.025, 0.046)],
        BLACK_METAL,
        sides=20,
    )
    eye = placed(
        cylinder(0.0255, 0.002, Finish(rgb("#16222e"), Surface.GLASS, 0.04), sides=18),
        (0, 0.04, 0.066),
        tilt=np.pi / 2,
    )
    return merged(
        [
            box((0, 0.042, 0), (0.07, 0.042, 0.022), main, bevel_m=0.008),
            box((0, 0.078, 0), (0.07, 0.008, 0.021), STEEL, bevel_m=0.004),
            box((0, 0.094, 0), (0.022, 0.012, 0.018), STEEL, bevel_m=0.006),
            placed(lens, (0, 0.04, 0.02), tilt=np.pi / 2),
            eye,
            placed(cylinder(0.009, 0.008, STEEL, sides=12), (0.048, 0.085, 0)),
            box((-0.05, 0.05, 0.022), (0.012, 0.026, 0.006), main.times(0.7), bevel_m=0.004),
        ]
    )


def lipstick(main: Finish) -> Mesh:
    """Return an open lipstick, 0.08 m tall."""
    stick = lathe([(0.0082, 0.045), (0.0082, 0.066), (0.006, 0.075), (0, 0.079)], main, sides=14)
    return merged([lathe([(0, 0), (0.0115, 0), (0.0115, 0.034)], Finish(rgb("#17171a"), Surface.PAINT, 0.2), sides=14),
                   lathe([(0.0115, 0.034), (0.0098, 0.034), (0.0098, 0.047), (0, 0.047)], BRASS, sides=14), stick])  # fmt: skip


def sneaker(main: Finish) -> Mesh:
    """Return a sneaker that points along +Z, 0.29 m long."""
    z = np.linspace(0, 1, 10)
    wide = 0.034 + 0.014 * np.sin(z * np.pi * 1.15 - 0.3)
    wide[-1] *= 0.55
    wide[0] *= 0.85
    top = np.interp(z, (0, 0.12, 0.3, 0.5, 0.75, 1.0), (0.10, 0.105, 0.085, 0.08, 0.055, 0.032))
    along = z * 0.28 - 0.14
    white = Finish(rgb("#e6e3dc"), Surface.PLAIN, 0.6)
    upper = _shoe_skin(along, wide, top, main)
    sole = prism(
        np.vstack(
            [np.stack([wide * 1.06, along], -1), np.stack([-wide[::-1] * 1.06, along[::-1]], -1)]
        ),
        0.026,
        white,
        bevel_m=0.005,
    )
    laces = [
        (0, float(np.interp(0.5 + 0.09 * k, z, top)) + 0.004, -0.14 + 0.28 * (0.5 + 0.09 * k))
        for k in range(4)
    ]
    stripe = [
        box((sx * 0.044, 0.05, 0.01 + 0.02 * k), (0.003, 0.018, 0.005), white, yaw=0.0)
        for sx in (-1, 1)
        for k in range(3)
    ]
    opening = ball((0, 0.1, -0.085), (0.027, 0.014, 0.045), _DARK, level=2)
    return merged(
        [
            upper,
            placed(sole, (0, 0.015, 0), tilt=np.pi / 2, scale=(1, 1, 1))
            if False
            else _flat_sole(sole),
            boxes(laces, (0.022, 0.004, 0.004), white),
            *stripe,
            opening,
        ]
    )


def _flat_sole(sole: Mesh) -> Mesh:
    """Lay a prism made in x and y down into x and z, thickness up."""
    return placed(sole, (0, 0.014, 0), tilt=np.pi / 2, scale=(1, 1, 1), yaw=0.0)


def _shoe_skin(
    along: np.ndarray[tuple[int], np.dtype[np.float64]],
    wide: np.ndarray[tuple[int], np.dtype[np.float64]],
    top: np.ndarray[tuple[int], np.dtype[np.float64]],
    main: Finish,
) -> Mesh:
    angle = np.linspace(0, np.pi, 9)
    rows = np.stack(
        [
            np.stack(
                [
                    np.cos(a) * wide * (0.7 + 0.3 * (1 - np.sin(a))),
                    0.012 + np.sin(a) * (top - 0.012),
                    along,
                ],
                -1,
            )
            for a in angle
        ]
    )
    four = np.stack([rows[:-1, :-1], rows[1:, :-1], rows[1:, 1:], rows[:-1, 1:]], axis=2)
    triangles_of = four[:, :, ::-1].reshape(-1, 4, 3)
    skin = quads(triangles_of, main)
    heel = np.vstack([rows[:, 0], [[0, 0.012, along[0]]]])
    toe = np.vstack([rows[:, -1], [[0, 0.012, along[-1]]]])
    fan = np.array([[k, k + 1, 9] for k in range(8)])
    caps = [shape(heel, fan, main, faceted=True), shape(toe, fan[:, ::-1], main, faceted=True)]
    return _turned_out(merged([skin, *caps]), np.array((0, 0.03, 0)))


def _turned_out(shell: Mesh, middle: np.ndarray[tuple[int], np.dtype[np.float64]]) -> Mesh:
    """Turn every triangle so that it looks away from a point inside, and smooth it."""
    corners = shell.positions[shell.triangles].astype(np.float64)
    across = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    inward = (across * (corners.mean(axis=1) - middle)).sum(axis=1) < 0
    triangles = shell.triangles.copy()
    triangles[inward] = triangles[inward][:, ::-1]
    away = shell.positions - middle
    normals = shell.normals.copy()
    turned = (normals * away).sum(axis=1) < 0
    normals[turned] *= -1
    return replace(shell, triangles=triangles, normals=normals)


def watch(main: Finish) -> Mesh:
    """Return a wrist watch standing on its strap, its face towards +Z."""
    strap = Finish(rgb("#2a1d15"), Surface.CLOTH, 0.6)
    loop = placed(
        ring(0.03, 0.006, strap, sides=22, around=6),
        (0, 0.036, 0),
        tilt=np.pi / 2,
        scale=(1, 1.0, 1),
    )
    wide = replace(loop, positions=(loop.positions * (1, 1, 1)).astype(np.float32))
    turned = placed(wide, (0, 0, 0), yaw=np.pi / 2, scale=(1.0, 1.0, 1.0))
    face = placed(
        lathe(
            [(0, 0), (0.02, 0), (0.021, 0.003), (0.021, 0.008), (0.018, 0.01), (0.0175, 0.009)],
            main,
            sides=24,
        ),
        (0, 0.036, 0.03),
        tilt=np.pi / 2,
    )
    dial = placed(
        cylinder(0.0176, 0.001, Finish(rgb("#f0ece2"), Surface.PLAIN, 0.5), sides=24),
        (0, 0.036, 0.038),
        tilt=np.pi / 2,
    )
    hands = [
        box((0, 0.041, 0.0395), (0.0008, 0.006, 0.0003), _DARK),
        box((0.004, 0.036, 0.0395), (0.005, 0.0008, 0.0003), _DARK),
    ]
    return merged([turned, face, dial, *hands])


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
            tube([(0, 0.148, 0), (0, 0.16, 0)], 0.0012, _DARK, sides=3),
            placed(candle_flame(), (0, 0.157, 0)),
        ]
    )


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
                _DARK,
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
            lathe([(0.01, 0.176), (0.018, 0.2), (0.012, 0.208), (0, 0.209)], _DARK, sides=12),
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
        [(0, 0.0, 0), (0.02, 0.35, 0.01), (-0.015, 0.7, 0), (0, 1.0, 0)], 0.0015, _PAGE, sides=3
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
            tube(tail, 0.003, _PAGE, sides=3),
            *bows,
            tube([(0, 0, -0.005), (0, 0.75, -0.005)], 0.006, _WOOD, sides=4),
            tube([(-0.3, 0.45, -0.005), (0.3, 0.45, -0.005)], 0.006, _WOOD, sides=4),
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
        placed(box((0, 0.045, 0), (0.004, 0.05, 0.001), _DARK), (0, 0.16, 0.017), roll=-0.6),
        placed(box((0, 0.03, 0), (0.005, 0.035, 0.001), _DARK), (0, 0.16, 0.018), roll=1.1),
    ]
    return merged([rim, face, boxes(ticks, (0.005, 0.009, 0.001), _DARK), *hands])


def mirror(main: Finish) -> Mesh:
    """Return a standing mirror in a frame, its face towards +Z."""
    silver = Finish(rgb("#aeb7bd"), Surface.METAL, 0.04)
    return merged(
        [
            box((0, 0.5, -0.012), (0.26, 0.5, 0.014), main, bevel_m=0.012),
            box((0, 0.5, 0.004), (0.22, 0.46, 0.002), silver),
        ]
    )


def flag(main: Finish) -> Mesh:
    """Return a flag on a pole, 2.2 m tall, waving towards +X."""
    u = np.linspace(0, 1, 11)
    rows = []
    for y in np.linspace(1.45, 2.15, 5):
        rows.append(
            np.stack([0.02 + u, y + 0.02 * np.sin(u * 7), 0.07 * u * np.sin(u * 9 + y)], -1)
        )
    grid = np.array(rows)
    four = np.stack([grid[:-1, :-1], grid[:-1, 1:], grid[1:, 1:], grid[1:, :-1]], axis=2).reshape(
        -1, 4, 3
    )
    pale = main.coloured(
        (
            min(main.colour[0] * 0.3 + 0.5, 0.9),
            min(main.colour[1] * 0.3 + 0.5, 0.9),
            min(main.colour[2] * 0.3 + 0.5, 0.9),
        )
    )
    cloth = two_sided(
        merged([quads(four[:20], main), quads(four[20:30], pale), quads(four[30:], main)])
    )
    return merged(
        [
            cloth,
            tube([(0, 0, 0), (0, 2.2, 0)], 0.016, _WOOD, sides=7),
            ball((0, 2.22, 0), 0.028, BRASS, level=1),
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
            _WOOD,
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
            placed(hat(_DARK.times(1.5)), (0, 1.34, 0), scale=(1.15, 1.6, 1.15)),
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
                _DARK,
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
            box((0, 0.214, 0.041), (0.02, 0.004, 0.002), _DARK),
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
        box((0, 0.03, 0.07), (0.018, 0.016, 0.018), _DARK, bevel_m=0.005),
    ]
    for sx in (-1, 1):
        for sz in (-1, 1):
            hub = (sx * 0.14, 0.075, sz * 0.14)
            parts += [tube([(sx * 0.04, 0.065, sz * 0.05), hub], 0.009, main.times(0.7), sides=6), placed(cylinder(0.016, 0.025, _DARK, sides=10), (hub[0], 0.066, hub[2])),
                      box((hub[0], 0.094, hub[2]), (0.085, 0.0015, 0.008), _DARK.times(2), yaw=0.6 * sx + sz)]  # fmt: skip
        parts.append(
            tube(
                [
                    (sx * 0.05, 0.045, -0.06),
                    (sx * 0.07, 0.0, -0.06),
                    (sx * 0.07, 0.0, 0.06),
                    (sx * 0.05, 0.045, 0.06),
                ],
                0.004,
                _DARK,
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


def bicycle(main: Finish) -> Mesh:
    """Return a bicycle that points along +Z, 1.75 m long."""
    rubber = Finish(rgb("#17171a"), Surface.PLAIN, 0.85)
    parts = []
    for z in (-0.52, 0.53):
        wheel = merged(
            [
                ring(0.33, 0.018, rubber, sides=30, around=6),
                ring(0.312, 0.008, STEEL, sides=30, around=4),
            ]
        )
        parts.append(placed(wheel, (0, 0.345, z), roll=np.pi / 2))
        parts += [
            tube(
                [(0, 0.345, z), (0, 0.345 + 0.31 * np.sin(a), z + 0.31 * np.cos(a))],
                0.0018,
                STEEL,
                sides=3,
                closed=False,
            )
            for a in np.arange(14) * np.pi / 7
        ]
    crank, seat, head = (0, 0.3, -0.06), (0, 0.83, -0.22), (0, 0.78, 0.34)
    frame = [(crank, seat), (crank, (0, 0.66, 0.38)), ((0, 0.76, -0.2), head)]
    parts += [tube([a, b], 0.017, main, sides=8) for a, b in frame]
    parts += [
        tube([(sx * 0.03, 0.3, -0.06), (sx * 0.05, 0.345, -0.52)], 0.009, main, sides=6)
        for sx in (-1, 1)
    ]
    parts += [
        tube([(sx * 0.02, 0.76, -0.2), (sx * 0.05, 0.345, -0.52)], 0.009, main, sides=6)
        for sx in (-1, 1)
    ]
    parts += [
        tube([(sx * 0.03, 0.66, 0.38), (sx * 0.05, 0.345, 0.53)], 0.011, main, sides=6)
        for sx in (-1, 1)
    ]
    parts += [
        tube([(0, 0.64, 0.385), (0, 0.98, 0.3)], 0.014, STEEL, sides=6),
        tube(
            [
                (-0.28, 0.97, 0.16),
                (-0.2, 1.0, 0.28),
                (0, 0.98, 0.31),
                (0.2, 1.0, 0.28),
                (0.28, 0.97, 0.16),
            ],
            0.012,
            STEEL,
            sides=6,
        ),
    ]
    parts += [
        tube([(sx * 0.28, 0.97, 0.17), (sx * 0.285, 0.965, 0.08)], 0.017, _LEATHER, sides=6)
        for sx in (-1, 1)
    ]
    parts += [
        box((0, 0.9, -0.25), (0.07, 0.025, 0.11), _LEATHER, bevel_m=0.025),
        tube([(0, 0.8, -0.21), (0, 0.89, -0.24)], 0.012, STEEL, sides=6),
    ]
    parts += [
        placed(cylinder(0.09, 0.006, STEEL, sides=18), (0.035, 0.3, -0.06), roll=-np.pi / 2),
        tube([(0.05, 0.3, -0.06), (0.055, 0.18, 0.05)], 0.009, STEEL, sides=5),
        tube([(-0.05, 0.3, -0.06), (-0.055, 0.42, -0.17)], 0.009, STEEL, sides=5),
    ]
    parts += [
        box((0.1, 0.175, 0.055), (0.045, 0.009, 0.03), _DARK),
        box((-0.1, 0.425, -0.175), (0.045, 0.009, 0.03), _DARK),
    ]
    return merged(parts)


def glass_finish() -> Finish:
    """Return clear glass."""
    return _GLASS

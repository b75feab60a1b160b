"""Things people carry, wear and play: bags, weapons, flowers, instruments, devices."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.stage.parts.finish import Finish, rgb, seed_of
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
from matinee.engine.stage.parts.things.stock import DARK, GREEN, LEATHER, WOOD


def umbrella(main: Finish) -> Mesh:
    """Return an open umbrella, its handle at the bottom, 1.05 m across."""
    ribs, panels = 8, []
    rim, top = 0.52, 0.86
    profile = np.array([(0.0, top), (0.2, top - 0.035), (0.38, top - 0.115), (rim, top - 0.23)])
    for number in range(ribs):
        a, b = number / ribs * 2 * np.pi, (number + 1) / ribs * 2 * np.pi
        for (r0, y0), (r1, y1) in itertools.pairwise(profile):
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
            tube(hook, 0.012, WOOD, sides=6),
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
            box((-0.02, 0.13, -0.005), (0.01, 0.014, 0.0015), DARK, bevel_m=0.001),
        ]
    )


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
            tube([(0, 0.02, 0), (0, 0.165, 0)], [0.014, 0.016], LEATHER, sides=8),
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
        lathe([(0, -0.012), (0.36, -0.012)][::-1], WOOD, sides=28),
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
    leaf = quads([[(0, 0, 0), (0.03, 0.03, 0.06), (0, 0.06, 0.14), (-0.03, 0.03, 0.06)]], GREEN)
    leaves = [placed(two_sided(leaf), (0, y, 0), yaw=yaw) for y, yaw in ((0.12, 0.4), (0.2, 3.2))]
    eye = ball(
        (0, 0.438, 0), (0.017, 0.012, 0.017), Finish(rgb("#d6a02c"), Surface.PLAIN, 0.8), level=1
    )
    return merged(
        [
            *petals,
            *leaves,
            eye,
            tube([(0, 0, 0), (0.01, 0.22, 0), (0, 0.435, 0)], 0.005, GREEN, sides=5),
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
                LEATHER.times(0.8),
                bevel_m=0.005,
            ),
            boxes(
                [(sx * 0.285, y, 0) for sx in (-1, 1) for y in (0.04, 0.4)],
                (0.02, 0.025, 0.104),
                LEATHER.times(0.7),
                bevel_m=0.008,
            ),
            tube(
                [(-0.08, 0.42, 0), (-0.07, 0.465, 0), (0.07, 0.465, 0), (0.08, 0.42, 0)],
                0.012,
                LEATHER,
                sides=6,
            ),
            boxes(
                [(-0.09, 0.4, 0.1), (0.09, 0.4, 0.1)], (0.02, 0.014, 0.006), BRASS, bevel_m=0.003
            ),
            box((0, 0.3, 0.0), (0.302, 0.003, 0.102), DARK),
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
            lathe([(0.0995, 0.014), (0.097, 0.042)], DARK, sides=24),
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
    return merged(
        [
            lathe(
                [(0, 0), (0.0115, 0), (0.0115, 0.034)],
                Finish(rgb("#17171a"), Surface.PAINT, 0.2),
                sides=14,
            ),
            lathe([(0.0115, 0.034), (0.0098, 0.034), (0.0098, 0.047), (0, 0.047)], BRASS, sides=14),
            stick,
        ]
    )


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
    opening = ball((0, 0.1, -0.085), (0.027, 0.014, 0.045), DARK, level=2)
    return merged(
        [
            upper,
            placed(sole, (0, 0.014, 0), tilt=np.pi / 2),
            boxes(laces, (0.022, 0.004, 0.004), white),
            *stripe,
            opening,
        ]
    )


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
    loop = ring(0.03, 0.005, strap, sides=22, around=6)
    worn = placed(loop, (0, 0.036, 0), roll=np.pi / 2, scale=(1, 1.9, 1))
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
        box((0, 0.041, 0.0395), (0.0008, 0.006, 0.0003), DARK),
        box((0.004, 0.036, 0.0395), (0.005, 0.0008, 0.0003), DARK),
    ]
    return merged([worn, face, dial, *hands])


def flag(main: Finish) -> Mesh:
    """Return a flag on a pole, 2.2 m tall, waving towards +X."""
    u = np.linspace(0, 1, 11)
    rows: list[npt.NDArray[np.float64]] = []
    rows.extend(
        np.stack([0.02 + u, y + 0.02 * np.sin(u * 7), 0.07 * u * np.sin(u * 9 + y)], -1)
        for y in np.linspace(1.45, 2.15, 5)
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
            tube([(0, 0, 0), (0, 2.2, 0)], 0.016, WOOD, sides=7),
            ball((0, 2.22, 0), 0.028, BRASS, level=1),
        ]
    )

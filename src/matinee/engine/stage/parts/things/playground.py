"""What one plays on outdoors, and what grows in gardens and fairy tales."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.stage.parts.finish import Finish, rgb, seed_of
from matinee.engine.stage.parts.solids import (
    ball,
    box,
    boxes,
    cylinder,
    placed,
    quads,
    tube,
    two_sided,
)
from matinee.engine.stage.parts.things.kit import (
    CHROME,
    IRON,
    STEEL,
    TIMBER,
    WHITE,
    Assembly,
    Turning,
    board,
    pale,
    rod,
    turned,
    wooden_wheel,
)


def swing(main: Finish) -> Mesh:
    """Return a child's swing hanging in its frame; the colour is the seat's."""
    frame = [
        rod(f"{s * 1250} 0 {z}, {s * 1000} 2200 0", 0.04, TIMBER, sides=8)
        for s in (-1, 1)
        for z in (-650, 650)
    ]
    chains = [rod(f"{x} 2200 0, {x} 520 0", 0.008, IRON, sides=4) for x in (-240, 240)]
    return merged(
        [
            *frame,
            rod("-1050 2200 0, 1050 2200 0", 0.05, TIMBER, sides=10),
            *chains,
            box((0, 0.5, 0), (0.26, 0.018, 0.12), main, bevel_m=0.008),
        ]
    )


def slide(main: Finish) -> Mesh:
    """Return a playground slide that comes down towards +Z."""
    run = np.stack([np.linspace(-0.9, 1.5, 15), 1.5 * (1 - np.linspace(0, 1, 15)) ** 1.2 + 0.2], -1)
    chute = [
        tube(np.stack([0 * run[:, 0] + x, run[:, 1] + 0.1, run[:, 0]], -1), 0.035, main)
        for x in (-0.25, 0.25)
    ]
    bed_ = two_sided(
        quads(
            [
                [(-0.25, a[1], a[0]), (-0.25, b[1], b[0]), (0.25, b[1], b[0]), (0.25, a[1], a[0])]
                for a, b in itertools.pairwise(run)
            ],
            CHROME.times(0.9),
        )
    )
    steps = [
        rod(
            f"-250 {y} {-950 - (1600 - y) * 0.35:.0f}, 250 {y} {-950 - (1600 - y) * 0.35:.0f}",
            0.02,
            STEEL,
        )
        for y in range(250, 1650, 270)
    ]
    rails = [
        rod(
            f"{s * 250} 0 -1510, {s * 250} 1700 -950, {s * 250} 2300 -930, "
            f"{s * 250} 2000 -750, {s * 250} 1780 -700",
            0.025,
            pale(main, 0.5),
        )
        for s in (-1, 1)
    ]
    feet = [
        rod(f"{s * 260} 0 {z}, {s * 250} {y} {z}", 0.025, STEEL)
        for s in (-1, 1)
        for z, y in ((-300, 1100), (1350, 260))
    ]
    return merged(
        [*chute, bed_, *steps, *rails, *feet, box((0, 1.7, -0.9), (0.25, 0.012, 0.12), main)]
    )


def net(main: Finish) -> Mesh:
    """Return a net between two posts along x, 3 m long, 1 m high."""
    x, y = np.linspace(-1.5, 1.5, 31), np.linspace(0.12, 1.0, 10)
    down = [rod(f"{a * 1000:.0f} 120 0, {a * 1000:.0f} 1000 0", 0.0035, main, sides=3) for a in x]
    across = [
        rod(f"-1500 {b * 1000:.0f} 0, 1500 {b * 1000:.0f} 0", 0.0035, main, sides=3) for b in y
    ]
    return merged(
        [
            *down,
            *across,
            box((0, 1.0, 0), (1.5, 0.03, 0.006), WHITE),
            *(rod(f"{s * 1520} 0 0, {s * 1520} 1070 0", 0.035, STEEL, sides=10) for s in (-1, 1)),
        ]
    )


def goal(main: Finish) -> Mesh:
    """Return a football goal, open towards +Z, 3 m wide."""
    posts = [
        rod("-1500 0 0, -1500 2000 0, 1500 2000 0, 1500 0 0", 0.05, main, sides=10),
        *(
            rod(
                f"{s * 1500} 2000 0, {s * 1500} 1900 -500, {s * 1500} 0 -1100, {s * 1500} 0 0",
                0.025,
                STEEL,
            )
            for s in (-1, 1)
        ),
        rod("-1500 0 -1100, 1500 0 -1100", 0.025, STEEL),
    ]
    thread = Finish(rgb("#d9d9d6"), Surface.PLAIN, 0.9)
    mesh = [
        rod(f"{a:.0f} 1990 -30, {a:.0f} 1880 -500, {a:.0f} 20 -1090", 0.005, thread, sides=3)
        for a in np.linspace(-1450, 1450, 16)
    ]
    for y, z in zip(np.linspace(20, 1880, 9), np.linspace(-1090, -510, 9), strict=True):
        mesh.append(rod(f"-1480 {y:.0f} {z:.0f}, 1480 {y:.0f} {z:.0f}", 0.005, thread, sides=3))
    return merged([*posts, *mesh])


def snowball(main: Finish) -> Mesh:
    """Return a packed snowball."""
    return ball((0, 0.045, 0), (0.046, 0.044, 0.046), main, level=3)


def wheel_alone(main: Finish) -> Assembly:
    """Return a wooden wheel standing upright, that rolls along +Z."""
    return Assembly(
        placed(cylinder(0.05, 0.17, IRON, sides=10), (-0.085, 0.45, 0), roll=-np.pi / 2),
        (Turning(wooden_wheel(0.45, main), (0.0, 0.45, 0.0), "x", 0.45),),
    )


def rope(main: Finish) -> Mesh:
    """Return a coil of rope with a loose end."""
    angle = np.linspace(0, 8 * 2 * np.pi, 8 * 22)
    turns = angle / (2 * np.pi)
    path = np.stack(
        [
            (0.2 - 0.006 * (turns % 4)) * np.sin(angle),
            0.025 + 0.045 * (turns // 2) * 0.8,
            (0.2 - 0.006 * (turns % 4)) * np.cos(angle),
        ],
        -1,
    )
    end = np.array([(0.0, 0.17, 0.22), (0.1, 0.05, 0.3), (0.3, 0.022, 0.32), (0.42, 0.022, 0.24)])
    twist = tube(np.vstack([path, end]), 0.022, main, sides=7)
    shade = 1 - 0.35 * (np.sin(np.arange(len(twist.positions)) // 8 * 2.1) > 0.2)
    return replace(twist, albedo=(twist.albedo * shade[:, None]).astype(np.float32))


def christmas_tree(main: Finish) -> Mesh:
    """Return a decorated fir with a star, 2 m tall; the colour is that of its baubles."""
    needles = Finish(rgb("#2c5230"), Surface.FOLIAGE, 0.9)
    cones = [
        turned(
            f"0 {y + 60}, {r} {y}, {r * 0.55:.0f} {y + h * 0.5:.0f}, 0 {y + h}", needles, sides=26
        )
        for y, r, h in (
            (220, 620, 620),
            (560, 520, 560),
            (900, 400, 500),
            (1220, 280, 420),
            (1500, 170, 380),
        )
    ]
    ragged = []
    for cone in cones:
        points = cone.positions.copy()
        angle = np.arctan2(points[:, 0], points[:, 2])
        points[:, [0, 2]] *= (1 + 0.1 * np.sin(angle * 13))[:, None]
        points[:, 1] -= (
            0.05 * np.abs(np.sin(angle * 6.5)) * (np.hypot(points[:, 0], points[:, 2]) > 0.1)
        )
        ragged.append(replace(cone, positions=points.astype(np.float32)))
    random = seed_of("baubles")
    y = random.uniform(0.26, 1.6, 40)
    out = np.interp(y, (0.25, 1.6), (0.55, 0.14))
    angle = np.arange(40) * 2.4
    spots = np.stack([out * np.sin(angle), y, out * np.cos(angle)], -1)
    balls = [
        ball(
            at, 0.04, Finish(main.colour if k % 3 else rgb("#d8a838"), Surface.METAL, 0.25), level=2
        )
        for k, at in enumerate(spots)
    ]
    lights = boxes(
        np.stack(
            [(out + 0.04) * np.sin(angle + 1.2), y + 0.02, (out + 0.04) * np.cos(angle + 1.2)], -1
        ),
        0.012,
        Finish(rgb("#ffdf9a"), Surface.SCREEN, 0.3, 4.0),
    )
    star = np.array(
        [
            (r * np.sin(a), r * np.cos(a))
            for k in range(10)
            for r, a in [((0.13, 0.055)[k % 2], -k * np.pi / 5)]
        ]
    )
    return merged(
        [
            turned("0 0, 70 0, 70 300, 0 300", TIMBER, sides=10),
            turned(
                "0 0, 190 0, 170 180, 0 180", Finish(rgb("#9a2a24"), Surface.PAINT, 0.5), sides=20
            ),
            *ragged,
            *balls,
            lights,
            placed(
                board(star, 0.04, Finish(rgb("#ffe27a"), Surface.SCREEN, 0.4, 2.0)), (0, 1.95, 0)
            ),
        ]
    )


def cactus(main: Finish) -> Mesh:
    """Return a cactus in a pot, 0.5 m tall; the colour is its own."""

    def ribbed(text: str, radius: list[float]) -> Mesh:
        body = rod(text, radius, main, sides=20)
        shade = 0.75 + 0.25 * (np.arange(len(body.positions)) % 2)
        return replace(body, albedo=(body.albedo * shade[:, None]).astype(np.float32))

    pot_ = turned(
        "0 0, 75 0, 100 130, 108 132, 108 155, 92 155, 0 145",
        Finish(rgb("#a4623f"), Surface.PLASTER, 0.85),
        sides=24,
    )
    arms = [
        ribbed(
            "60 290 0, 115 300 0, 130 340 0, 130 400 0, 130 412 0",
            [0.03, 0.032, 0.034, 0.03, 0.004],
        ),
        ribbed(
            "-55 240 0, -105 250 0, -120 290 0, -120 330 0, -120 340 0",
            [0.027, 0.028, 0.03, 0.026, 0.004],
        ),
    ]
    stem = ribbed(
        "0 140 0, 0 200 0, 0 380 0, 0 450 0, 0 485 0, 0 495 0",
        [0.06, 0.066, 0.064, 0.055, 0.03, 0.004],
    )
    flower_ = ball(
        (0, 0.5, 0), (0.024, 0.018, 0.024), Finish(rgb("#d84a7a"), Surface.PLAIN, 0.7), level=2
    )
    return merged([pot_, stem, *arms, flower_])


def mushroom(main: Finish) -> Mesh:
    """Return a toadstool with white spots, 0.3 m tall: larger than life, as in fairy tales."""
    stem = turned("0 0, 60 0, 62 30, 42 90, 38 180, 0 185", WHITE, sides=20)
    cap = turned("0 170, 110 165, 150 172, 152 185, 130 240, 80 285, 30 303, 0 305", main, sides=30)
    random = seed_of("mushroom")
    angle, lean = np.arange(14) * 2.4, np.linspace(0.12, 0.95, 14)
    radius = 0.145 * np.sqrt(lean)
    height = np.interp(radius, (0.0, 0.03, 0.08, 0.13, 0.152), (0.305, 0.303, 0.285, 0.24, 0.185))
    spots = [
        ball((r * np.sin(a), h, r * np.cos(a)), (s, 0.4 * s + 0.003, s), WHITE, level=2)
        for r, a, h, s in zip(radius, angle, height, random.uniform(0.01, 0.02, 14), strict=True)
    ]
    return merged([stem, cap, *spots])

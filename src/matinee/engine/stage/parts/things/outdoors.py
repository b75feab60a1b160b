"""What stands outdoors: signs, fences, tents, fountains, statues, playgrounds, snow and stone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.stage.parts import masonry
from matinee.engine.stage.parts.finish import Finish, rgb, seed_of, weathered
from matinee.engine.stage.parts.solids import (
    ball,
    box,
    boxes,
    copies,
    cylinder,
    lathe,
    placed,
    quads,
    ring,
    tube,
    two_sided,
)
from matinee.engine.stage.parts.things.kit import (
    BLACK,
    CHROME,
    IRON,
    STEEL,
    TIMBER,
    WHITE,
    WINDOW,
    Assembly,
    Turning,
    board,
    cut,
    line,
    mirrored,
    pale,
    rod,
    turned,
    wooden_wheel,
)
from matinee.engine.stage.parts.things.stock import DARK, GREEN

_STONE = Finish(rgb("#9a958a"), Surface.STONE, 0.85)
_WATER = Finish(rgb("#7ea9b8"), Surface.WATER, 0.05)


def traffic_light(main: Finish) -> Mesh:
    """Return a traffic light whose lamps face +Z, red lit; the colour is the case's."""
    parts = [
        turned("0 0, 140 0, 145 20, 70 60, 55 200, 55 2300, 0 2300", IRON, sides=16),
        box((0, 2.7, 0), (0.17, 0.48, 0.14), main, bevel_m=0.04),
    ]
    for y, code, glow in ((3.0, "#ff2a1c", 3.0), (2.7, "#ffb020", 0.15), (2.4, "#28c060", 0.15)):
        parts += [
            placed(
                ball(
                    (0, 0, 0),
                    (0.11, 0.11, 0.05),
                    Finish(rgb(code), Surface.SCREEN, 0.3, glow),
                    level=3,
                ),
                (0, y, 0.135),
            ),
            placed(
                lathe([(0.125, 0), (0.128, 0.15), (0.12, 0.15)], main, sides=14, arc=np.pi),
                (0, y, 0.13),
                tilt=np.pi / 2,
                roll=0.0,
            ),
        ]
    return merged(parts)


def fire_hydrant(main: Finish) -> Mesh:
    """Return a fire hydrant, 0.8 m tall."""
    body = turned(
        "0 0, 175 0, 178 12, 172 40, 120 50, 118 80, 116 470, 150 480, 152 510, 146 520, 128 530, 120 600, 86 660, 46 690, 0 694",
        main,
        sides=28,
    )
    cap = [
        turned("0 690, 26 690, 28 730, 20 745, 0 745", main.times(0.8), sides=6),
        *(
            placed(
                turned(
                    "0 0, 70 0, 74 8, 74 40, 58 46, 56 60, 30 62, 28 80, 0 80",
                    main.times(0.85),
                    sides=18,
                ),
                (0.1 * np.sin(a), 0.38, 0.1 * np.cos(a)),
                yaw=a,
                tilt=np.pi / 2,
            )
            for a in (0.0, np.pi / 2, -np.pi / 2)
        ),
    ]
    bolts = boxes(
        [(0.15 * np.sin(a), 0.048, 0.15 * np.cos(a)) for a in np.arange(8) * np.pi / 4],
        0.012,
        STEEL,
    )
    bands = [
        placed(ring(0.12, 0.012, main.times(0.85), sides=26, around=6), (0, y, 0))
        for y in (0.12, 0.46)
    ]
    return merged([body, *cap, bolts, *bands])


def stop_sign(main: Finish) -> Mesh:
    """Return an octagonal stop sign on its post, facing +Z."""
    octagon = np.stack(
        [np.cos((np.arange(8) + 0.5) * np.pi / 4), np.sin((np.arange(8) + 0.5) * np.pi / 4)], -1
    )
    at = (0, 2.15, 0)
    parts = [
        rod("0 0 -25, 0 2300 -25", 0.03, STEEL, sides=8),
        placed(board(octagon * 0.39, 0.012, WHITE), at),
        placed(board(octagon * 0.365, 0.016, main), at),
        placed(board(octagon * 0.38, 0.006, STEEL), (0, 2.15, -0.008)),
    ]
    return merged(
        [
            *parts,
            *(
                placed(_letter(strokes), (x, 2.15, 0.0085))
                for strokes, x in zip(_STOP, (-0.195, -0.065, 0.065, 0.195), strict=True)
            ),
        ]
    )


_STOP = (
    ("50 70, -30 70, -45 50, -45 18, 45 -15, 45 -55, 30 -72, -50 -72",),
    ("-50 72, 50 72", "0 72, 0 -75"),
    ("-40 60, -40 -60, -25 -72, 25 -72, 40 -60, 40 60, 25 72, -25 72, -40 60",),
    ("-40 -75, -40 72, 25 72, 42 55, 42 15, 25 0, -40 0",),
)


def _letter(strokes: tuple[str, ...]) -> Mesh:
    """Return a letter of strokes, 0.09 m wide, facing +Z."""
    parts = []
    for stroke in strokes:
        points = line(stroke)
        for a, b in zip(points[:-1], points[1:], strict=True):
            way = b - a
            length = float(np.hypot(*way))
            parts.append(
                placed(
                    box((0, 0, 0), (length / 2 + 0.011, 0.012, 0.001), WHITE),
                    (float(a[0] + b[0]) / 2, float(a[1] + b[1]) / 2, 0),
                    roll=float(np.arctan2(way[1], way[0])),
                )
            )
    return merged(parts)


def parking_meter(main: Finish) -> Mesh:
    """Return a parking meter, 1.4 m tall; the colour is the head's."""
    head = placed(
        board(
            line("-75 0, 75 0, 85 120, 80 200, 50 255, 0 270, -50 255, -80 200, -85 120"),
            0.12,
            main,
            bevel_m=0.02,
        ),
        (0, 1.12, 0),
    )
    face_ = [
        placed(
            cylinder(0.058, 0.004, Finish(rgb("#dfe4e0"), Surface.GLASS, 0.2, 0.15), sides=24),
            (0, 1.31, 0.06),
            tilt=np.pi / 2,
        ),
        placed(ring(0.06, 0.008, CHROME, sides=26, around=6), (0, 1.31, 0.064), tilt=np.pi / 2),
        placed(box((0, 0.02, 0), (0.003, 0.026, 0.001), BLACK), (0, 1.31, 0.066), roll=-0.6),
        box((0, 1.2, 0.061), (0.03, 0.006, 0.002), BLACK),
        placed(cylinder(0.018, 0.03, CHROME, sides=14), (0, 1.16, 0.055), tilt=np.pi / 2),
        box((0, 1.05, 0), (0.05, 0.08, 0.045), main.times(0.8), bevel_m=0.015),
    ]
    return merged(
        [turned("0 0, 90 0, 92 14, 40 24, 30 30, 30 1020, 0 1020", STEEL, sides=16), head, *face_]
    )


def fence(main: Finish) -> Mesh:
    """Return a picket fence, 2.4 m long."""
    pickets = [
        placed(cut("-45 0, 45 0, 45 850, 0 930, -45 850", 0.02, main, bevel_m=0.003), (x, 0.04, 0))
        for x in np.linspace(-1.1, 1.1, 15)
    ]
    rails = boxes([(0, y, -0.03) for y in (0.28, 0.68)], (1.2, 0.04, 0.018), main, bevel_m=0.004)
    posts = boxes(
        [(x, 0.5, -0.06) for x in (-1.15, 0.0, 1.15)],
        (0.045, 0.5, 0.045),
        main.times(0.9),
        bevel_m=0.008,
    )
    return merged([*pickets, rails, posts])


def gate(main: Finish) -> Mesh:
    """Return an iron gate of two wings between stone posts, 2.6 m wide; the colour is the iron's."""
    posts = [
        merged(
            [
                box((s * 1.15, 0.95, 0), (0.2, 0.95, 0.2), _STONE, bevel_m=0.02),
                box((s * 1.15, 1.94, 0), (0.25, 0.05, 0.25), _STONE, bevel_m=0.02),
                ball((s * 1.15, 2.14, 0), 0.17, _STONE, level=3),
            ]
        )
        for s in (-1, 1)
    ]
    x = np.linspace(-0.9, 0.9, 17)
    tall = 1.5 + 0.35 * np.cos(x * 1.6)
    bars = [
        rod(f"{a * 1000:.0f} 120 0, {a * 1000:.0f} {h * 1000:.0f} 0", 0.012, main)
        for a, h in zip(x, tall, strict=True)
    ]
    tips = [
        placed(turned("0 0, 22 10, 0 90", main, sides=4), (float(a), float(h), 0))
        for a, h in zip(x, tall, strict=True)
    ]
    rails = [rod(f"-930 {y} 0, 930 {y} 0", 0.018, main) for y in (150, 900)]
    top = tube(np.stack([x, tall - 0.08, 0 * x], -1), 0.018, main)
    scrolls = mirrored(
        merged(
            [
                placed(
                    ring(0.14, 0.012, main, sides=20, around=6), (0.45, 1.15, 0), tilt=np.pi / 2
                ),
                placed(ring(0.09, 0.01, main, sides=18, around=6), (0.45, 1.15, 0), tilt=np.pi / 2),
            ]
        )
    )
    return merged(
        [*posts, *bars, *tips, *rails, top, scrolls, box((0, 0.95, 0.02), (0.05, 0.07, 0.02), main)]
    )


def tent(main: Finish) -> Mesh:
    """Return a ridge tent, its entrance open towards +Z, 2.6 m long."""
    dark = main.times(0.12)
    ridge, foot, half = 1.45, 1.05, 1.3
    walls = [
        [
            (s * foot, 0, s * half),
            (s * foot, 0, -s * half),
            (0, ridge, -s * half),
            (0, ridge, s * half),
        ]
        for s in (1, -1)
    ]
    back = [[(foot, 0, -half), (-foot, 0, -half), (0, ridge, -half), (0, ridge, -half)]]
    inside = [
        [
            (-foot * 0.98, 0.01, half - 0.5),
            (foot * 0.98, 0.01, half - 0.5),
            (0, ridge * 0.98, half - 0.5),
            (0, ridge * 0.98, half - 0.5),
        ]
    ]
    wings = [
        two_sided(
            quads(
                [
                    [
                        (s * foot, 0, half),
                        (s * 0.42, 0, half + 0.34),
                        (0.0, ridge, half),
                        (0.0, ridge, half),
                    ][:: int(s)]
                ],
                main.times(0.85),
            )
        )
        for s in (1, -1)
    ]
    floor = box((0, 0.012, 0), (foot, 0.012, half), main.times(0.4))
    poles = [rod(f"0 0 {s * 1290}, 0 1500 {s * 1290}", 0.02, TIMBER) for s in (1, -1)]
    guys = [
        rod(f"{a * 520} 730 {s * 900}, {a * 1500} 20 {s * 1100}", 0.006, WHITE, sides=3)
        for a in (-1, 1)
        for s in (1, -1)
    ]
    pegs = boxes(
        [(a * 1.5, 0.03, s * 1.1) for a in (-1, 1) for s in (1, -1)], (0.012, 0.05, 0.012), IRON
    )
    return merged(
        [
            two_sided(quads(walls, main)),
            two_sided(quads(back, main.times(0.85))),
            quads(inside, dark),
            *wings,
            floor,
            *poles,
            *guys,
            pegs,
        ]
    )


def fountain(main: Finish) -> Mesh:
    """Return a fountain of two basins with falling water, 2.6 m wide; the colour is the stone's."""
    basin = turned(
        "130 0, 134 0, 136 8, 126 14, 126 44, 134 50, 134 58, 118 58, 116 40, 116 18, 0 16",
        main,
        sides=40,
        unit_m=0.01,
    )
    column = turned("0 16, 34 16, 36 26, 20 32, 15 60, 18 90, 12 100", main, sides=24, unit_m=0.01)
    bowl_ = turned(
        "12 98, 30 104, 62 122, 68 130, 62 132, 50 126, 0 120", main, sides=36, unit_m=0.01
    )
    finial = turned(
        "0 120, 10 120, 12 126, 6 136, 9 150, 12 158, 6 170, 0 172", main, sides=20, unit_m=0.01
    )
    pools = [
        placed(cylinder(1.17, 0.012, _WATER, sides=36), (0, 0.47, 0)),
        placed(cylinder(0.6, 0.01, _WATER, sides=30), (0, 1.27, 0)),
    ]
    spray = Finish(rgb("#cfe4ec"), Surface.GLASS, 0.15, 0.12)
    falls = [
        rod(
            f"{650 * np.sin(a):.0f} 1290 {650 * np.cos(a):.0f}, {760 * np.sin(a):.0f} 1180 {760 * np.cos(a):.0f}, {840 * np.sin(a):.0f} 850 {840 * np.cos(a):.0f}, {870 * np.sin(a):.0f} 480 {870 * np.cos(a):.0f}",
            [0.016, 0.02, 0.024, 0.034],
            spray,
            sides=6,
        )
        for a in np.arange(14) * np.pi / 7
    ]
    jets = [
        rod(
            f"0 1700 0, {70 * np.sin(a):.0f} 2050 {70 * np.cos(a):.0f}, {190 * np.sin(a):.0f} 2120 {190 * np.cos(a):.0f}, {330 * np.sin(a):.0f} 1850 {330 * np.cos(a):.0f}, {410 * np.sin(a):.0f} 1280 {410 * np.cos(a):.0f}",
            [0.02, 0.016, 0.014, 0.016, 0.022],
            spray,
            sides=6,
        )
        for a in np.arange(8) * np.pi / 4
    ]
    return merged(
        [
            weathered(merged([basin, column, bowl_, finial]), amount=0.08, cell_m=0.3),
            *pools,
            *falls,
            *jets,
        ]
    )


def statue(main: Finish) -> Mesh:
    """Return a statue of a figure with a raised arm, on a plinth, 2.9 m tall."""
    plinth = merged(
        [
            box((0, 0.1, 0), (0.55, 0.1, 0.55), _STONE, bevel_m=0.02),
            box((0, 0.55, 0), (0.42, 0.36, 0.42), _STONE, bevel_m=0.02),
            box((0, 0.95, 0), (0.5, 0.06, 0.5), _STONE, bevel_m=0.02),
        ]
    )
    up = 1.0
    legs_ = [
        tube(
            [
                (s * 0.08, up, 0.05 * s),
                (s * 0.1, up + 0.45, 0.07 * s + 0.03),
                (s * 0.09, up + 0.88, 0),
            ],
            [0.06, 0.075, 0.11],
            main,
            sides=10,
        )
        for s in (-1, 1)
    ]
    feet = [
        box((s * 0.09, up + 0.035, 0.05 * s + 0.06), (0.05, 0.035, 0.12), main, bevel_m=0.02)
        for s in (-1, 1)
    ]
    robe = placed(
        turned("0 0, 230 0, 210 60, 170 500, 150 700, 0 720", main, sides=22),
        (0, up + 0.18, -0.02),
        scale=(1, 1, 0.75),
    )
    folds = robe.positions.copy()
    angle = np.arctan2(folds[:, 0], folds[:, 2])
    folds[:, [0, 2]] *= (1 + 0.09 * np.sin(angle * 9))[:, None]
    torso = placed(
        turned(
            "0 0, 150 0, 165 60, 150 180, 190 380, 200 450, 120 520, 62 540, 60 600, 0 600",
            main,
            sides=22,
        ),
        (0, up + 0.82, 0),
        scale=(1, 1, 0.66),
    )
    head = merged(
        [
            ball((0, up + 1.55, 0.02), (0.1, 0.13, 0.115), main, level=3),
            ball((0, up + 1.6, -0.015), (0.112, 0.11, 0.12), main, level=3),
            ball((0, up + 1.53, 0.135), (0.018, 0.025, 0.02), main, level=2),
        ]
    )
    arms = [
        tube(
            [(0.19, up + 1.26, 0), (0.32, up + 1.42, 0.06), (0.36, up + 1.8, 0.12)],
            [0.07, 0.058, 0.042],
            main,
            sides=9,
        ),
        tube(
            [(-0.19, up + 1.26, 0), (-0.27, up + 0.98, 0.04), (-0.2, up + 0.74, 0.17)],
            [0.07, 0.055, 0.042],
            main,
            sides=9,
        ),
        ball((0.365, up + 1.84, 0.13), 0.05, main, level=2),
        ball((-0.19, up + 0.72, 0.19), 0.048, main, level=2),
    ]
    cape = tube(
        [(0.15, up + 1.3, -0.1), (0.0, up + 0.9, -0.16), (-0.12, up + 0.2, -0.2)],
        [0.08, 0.14, 0.18],
        main.times(0.92),
        sides=10,
    )
    torch_ = merged(
        [
            rod(
                f"360 {(up + 1.76) * 1000:.0f} 130, 380 {(up + 2.08) * 1000:.0f} 160",
                [0.02, 0.035],
                main,
            ),
            ball((0.385, up + 2.14, 0.165), (0.04, 0.08, 0.04), main, level=2),
        ]
    )
    return merged(
        [
            plinth,
            *legs_,
            *feet,
            replace(robe, positions=folds.astype(np.float32)),
            torso,
            head,
            *arms,
            cape,
            torch_,
        ]
    )


def bridge(main: Finish) -> Mesh:
    """Return an arched wooden footbridge along x, 4 m long."""
    x = np.linspace(-2.0, 2.0, 25)
    rise = 0.75 * (1 - (x / 2.0) ** 2)
    planks = [
        placed(
            box((0, 0, 0), (0.075, 0.025, 0.62), main.times(0.9 + 0.05 * (k % 3)), bevel_m=0.008),
            (float(a), float(y) + 0.05, 0),
            roll=float(-0.75 * a / 2.0),
        )
        for k, (a, y) in enumerate(zip(x, rise, strict=True))
    ]
    beams = [
        tube(np.stack([x, rise - 0.02, 0 * x + z], -1), 0.07, main.times(0.75), sides=6)
        for z in (-0.5, 0.5)
    ]
    rails = [
        tube(np.stack([x[1:-1], rise[1:-1] + 0.85, 0 * x[1:-1] + z], -1), 0.035, main, sides=8)
        for z in (-0.6, 0.6)
    ]
    posts = [
        tube([(float(a), float(y), z), (float(a), float(y) + 0.87, z)], 0.03, main, sides=6)
        for a, y in zip(x[1:-1:4], rise[1:-1:4], strict=True)
        for z in (-0.6, 0.6)
    ]
    return merged([*planks, *beams, *rails, *posts])


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
                for a, b in zip(run[:-1], run[1:], strict=True)
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
            f"{s * 250} 0 -1510, {s * 250} 1700 -950, {s * 250} 2300 -930, {s * 250} 2000 -750, {s * 250} 1780 -700",
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


def well(main: Finish) -> Mesh:
    """Return a stone well with a roof and a bucket; the colour is the roof's."""
    shaft = weathered(
        turned("52 0, 66 0, 66 78, 70 80, 70 90, 50 90, 50 60", _STONE, sides=30, unit_m=0.01),
        amount=0.15,
        cell_m=0.2,
    )
    water = placed(cylinder(0.5, 0.02, _WATER, sides=26), (0, 0.5, 0))
    posts = boxes([(s * 0.6, 1.35, 0) for s in (-1, 1)], (0.05, 0.6, 0.05), TIMBER, bevel_m=0.01)
    roof = [
        placed(
            box((0, 0, 0), (0.85, 0.025, 0.5), main, bevel_m=0.01),
            (0, 2.05, s * 0.38),
            tilt=s * 0.62,
        )
        for s in (-1, 1)
    ]
    axle = [
        placed(cylinder(0.07, 1.1, TIMBER, sides=12), (-0.55, 1.6, 0), roll=-np.pi / 2),
        rod("600 1600 0, 760 1600 0, 760 1400 0, 860 1400 0", 0.018, IRON),
        rod("0 1600 70, 0 1180 70", 0.008, WHITE),
    ]
    pail = placed(
        turned("0 0, 95 0, 115 180, 110 182, 90 12, 0 12", TIMBER, sides=18), (0, 0.98, 0.07)
    )
    return merged([shaft, water, posts, *roof, *axle, pail])


def barrier(main: Finish) -> Mesh:
    """Return a striped road barrier."""
    stripes = [
        placed(
            cut(f"{x} -75, {x + 110} -75, {x + 190} 75, {x + 80} 75", 0.026, WHITE), (0, 0.85, 0)
        )
        for x in range(-700, 600, 240)
    ]
    boards = box((0, 0.85, 0), (0.8, 0.08, 0.012), main, bevel_m=0.003)
    feet = [
        rod(f"{s * 620} 0 {z}, {s * 600} 980 0", 0.022, main) for s in (-1, 1) for z in (-280, 280)
    ]
    return merged([boards, *stripes, *feet])


def gravestone(main: Finish) -> Mesh:
    """Return a rounded gravestone with grass at its foot."""
    half = np.linspace(0, np.pi, 15)
    outline = np.vstack(
        [np.stack([0.3 * np.cos(half), 0.65 + 0.3 * np.sin(half)], -1), [(-0.3, 0), (0.3, 0)]]
    )
    rows = boxes(
        [(0, y, 0.068) for y in (0.42, 0.34, 0.26)],
        [(0.14, 0.008, 0.002), (0.17, 0.008, 0.002), (0.1, 0.008, 0.002)],
        main.times(0.4),
    )
    cross = [
        box((0, 0.68, 0.068), (0.014, 0.1, 0.003), main.times(0.45)),
        box((0, 0.71, 0.068), (0.06, 0.014, 0.003), main.times(0.45)),
    ]
    random = seed_of("grave")
    tufts = copies(
        turned("12 0, 6 50, 0 110", GREEN, sides=4),
        np.column_stack(
            [random.uniform(-0.36, 0.36, 40), np.zeros(40), random.uniform(-0.16, 0.2, 40)]
        ),
        scale=random.uniform(0.4, 1.2, 40),
    )
    return merged(
        [
            weathered(board(outline, 0.13, main, bevel_m=0.01), amount=0.2, cell_m=0.15),
            rows,
            *cross,
            tufts,
        ]
    )


def windmill(main: Finish) -> Assembly:
    """Return a windmill, 6 m tall, its sails turning; the colour is the cap's."""
    tower = turned(
        "110 0, 112 0, 90 260, 78 420, 0 420",
        Finish(rgb("#e4ded0"), Surface.PLASTER, 0.9),
        sides=10,
        unit_m=0.01,
    )
    cap = turned("88 418, 84 440, 60 490, 20 525, 0 530", main, sides=18, unit_m=0.01)
    door_ = [
        box((0, 0.75, 1.0), (0.32, 0.75, 0.14), TIMBER, bevel_m=0.03),
        *(
            box((0, y, 0.86 - 0.05 * k), (0.2, 0.26, 0.1), WINDOW, bevel_m=0.02)
            for k, y in enumerate((2.2, 3.3))
        ),
    ]
    axle = rod("0 4550 300, 0 4550 1150", 0.08, TIMBER)
    blade = merged(
        [
            rod("0 0 0, 0 2500 0", 0.045, TIMBER),
            boxes([(0.26, 0.6 + 0.19 * k, 0.02) for k in range(10)], (0.26, 0.012, 0.012), TIMBER),
            two_sided(
                quads(
                    [
                        [
                            (0.04, 0.55, 0.035),
                            (0.5, 0.55, 0.035),
                            (0.5, 2.4, 0.035),
                            (0.04, 2.4, 0.035),
                        ]
                    ],
                    Finish(rgb("#ece4d4"), Surface.CLOTH, 0.9),
                )
            ),
        ]
    )
    sails = merged(
        [placed(blade, roll=k * np.pi / 2) for k in range(4)]
        + [placed(cylinder(0.16, 0.14, TIMBER, sides=12), (0, 0, -0.05), tilt=np.pi / 2)]
    )
    return Assembly(
        merged([tower, cap, *door_, axle]),
        (Turning(sails, (0.0, 4.55, 1.18), "z", rate_rad_s=0.9),),
    )


def house(main: Finish) -> Mesh:
    """Return a cottage, its door towards +Z, 6.4 m wide; the colour is the walls'."""
    roof = Finish(rgb("#8a3f2c"), Surface.TILES, 0.8)
    walls = box((0, 1.5, 0), (3.0, 1.5, 2.3), main)
    gables = placed(
        board(line("-230 0, 230 0, 0 190", 0.01), 6.0, main), (0, 3.0, 0), yaw=np.pi / 2
    )
    slopes = [
        placed(box((0, 0, 0), (3.3, 0.07, 1.75), roof), (0, 3.98, s * 1.27), tilt=s * 0.69)
        for s in (-1, 1)
    ]
    door_ = [
        box((0, 1.05, 2.32), (0.5, 1.05, 0.05), TIMBER.times(0.7), bevel_m=0.02),
        box((0, 1.08, 2.3), (0.6, 1.12, 0.04), WHITE),
        placed(ball((0, 0, 0), 0.05, CHROME, level=2), (0.36, 1.05, 2.4)),
        box((0, 0.08, 2.6), (0.8, 0.08, 0.3), _STONE),
    ]
    panes = [
        merged(
            [
                box((x, 1.75, 2.3), (0.58, 0.62, 0.04), WHITE),
                box((x, 1.75, 2.33), (0.5, 0.54, 0.03), WINDOW),
                box((x, 1.75, 2.37), (0.02, 0.54, 0.01), WHITE),
                box((x, 1.75, 2.37), (0.5, 0.02, 0.01), WHITE),
            ]
        )
        for x in (-1.8, 1.8)
    ]
    chimney = [
        box((1.7, 4.6, -0.6), (0.3, 0.9, 0.3), Finish(rgb("#94533f"), Surface.BRICK, 0.9)),
        box((1.7, 5.5, -0.6), (0.36, 0.06, 0.36), _STONE),
    ]
    bushes = [
        ball(
            (x, 0.35, 2.65),
            (0.55, 0.42, 0.35),
            Finish(rgb("#4d6a30"), Surface.FOLIAGE, 0.9),
            level=3,
        )
        for x in (-1.9, 1.9)
    ]
    return merged([walls, gables, *slopes, *door_, *panes, *chimney, *bushes])


def doghouse(main: Finish) -> Mesh:
    """Return a kennel, its opening towards +Z."""
    roof = Finish(rgb("#8a3f2c"), Surface.TILES, 0.8)
    half = np.linspace(0, np.pi, 11)
    arch = np.vstack(
        [np.stack([0.17 * np.cos(half), 0.28 + 0.17 * np.sin(half)], -1), [(-0.17, 0), (0.17, 0)]]
    )
    return merged(
        [
            box((0, 0.32, 0), (0.36, 0.3, 0.42), main, bevel_m=0.01),
            placed(board(line("-360 0, 360 0, 0 300"), 0.84, main), (0, 0.62, 0)),
            *(
                placed(
                    box((0, 0, 0), (0.29, 0.02, 0.5), roof, bevel_m=0.006),
                    (s * 0.21, 0.76, 0),
                    roll=-s * 0.69,
                )
                for s in (-1, 1)
            ),
            placed(board(arch, 0.02, DARK), (0, 0.05, 0.415)),
            box((0, 0.66, 0.425), (0.15, 0.05, 0.008), WHITE),
        ]
    )


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


def arch(main: Finish) -> Mesh:
    """Return a stone arch, 2.6 m tall, open along z."""
    return weathered(merged([masonry.arch_bay(2.6, 3.0, 0.6, main)]), amount=0.1, cell_m=0.4)


def open_box(main: Finish) -> Mesh:
    """Return a cardboard box with its flaps open, 0.4 m wide, empty."""
    walls = [box((0, 0.005, 0), (0.2, 0.005, 0.15), main.times(0.7))]
    walls += [box((0, 0.15, z), (0.2, 0.15, 0.004), main) for z in (-0.146, 0.146)]
    walls += [box((x, 0.15, 0), (0.004, 0.15, 0.142), main.times(0.95)) for x in (-0.196, 0.196)]
    flaps = [
        placed(box((0, 0, s * 0.07), (0.198, 0.003, 0.07), main), (0, 0.3, s * 0.148), tilt=s * 0.5)
        for s in (-1, 1)
    ]
    flaps += [
        placed(box((s * 0.07, 0, 0), (0.07, 0.003, 0.14), main), (s * 0.198, 0.3, 0), roll=-s * 0.7)
        for s in (-1, 1)
    ]
    return merged([*walls, *flaps])


def open_crate(main: Finish) -> Mesh:
    """Return a crate without its lid, 0.5 m wide, empty."""
    half = 0.25
    parts = [box((0, 0.012, 0), (half, 0.012, half), main.times(0.7))]
    for y in (0.06, 0.19, 0.31, 0.44):
        sides = [(0, y, half - 0.012), (0, y, 0.012 - half)]
        parts.append(boxes(sides, (half, 0.052, 0.012), main, bevel_m=0.006))
        ends = [(half - 0.012, y, 0), (0.012 - half, y, 0)]
        parts.append(boxes(ends, (0.012, 0.052, half), main.times(0.93), bevel_m=0.006))
    posts = [(a * (half - 0.03), half, b * (half - 0.03)) for a in (-1, 1) for b in (-1, 1)]
    parts.append(boxes(posts, (0.02, half, 0.02), main.times(1.05), bevel_m=0.006))
    return merged(parts)

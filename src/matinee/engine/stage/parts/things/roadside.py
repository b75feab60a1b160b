"""What stands at roads: signs, lights, meters, barriers, letter boxes."""

from __future__ import annotations

import itertools

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.stage.parts.finish import Finish, rgb, seed_of, weathered
from matinee.engine.stage.parts.solids import (
    ball,
    box,
    boxes,
    copies,
    cylinder,
    lathe,
    placed,
    ring,
)
from matinee.engine.stage.parts.things.kit import (
    BLACK,
    CHROME,
    IRON,
    STEEL,
    TIMBER,
    WHITE,
    board,
    cut,
    line,
    rod,
    turned,
)
from matinee.engine.stage.parts.things.stock import DARK, GREEN


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
        "0 0, 175 0, 178 12, 172 40, 120 50, 118 80, 116 470, 150 480, 152 510, 146 520, "
        "128 530, 120 600, 86 660, 46 690, 0 694",
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
        for a, b in itertools.pairwise(points):
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


def mailbox(main: Finish) -> Mesh:
    """Return a letter box on its post with a flag."""
    half = np.linspace(0, np.pi, 13)
    arch = np.vstack(
        [np.stack([0.11 * np.cos(half), 0.14 + 0.11 * np.sin(half)], -1), [(-0.11, 0), (0.11, 0)]]
    )
    return merged(
        [
            box((0, 0.5, 0), (0.05, 0.5, 0.05), TIMBER, bevel_m=0.01),
            placed(board(arch, 0.46, main, bevel_m=0.008), (0, 1.0, 0)),
            placed(board(arch * 0.93, 0.465, main.times(0.75)), (0, 1.008, 0.0)),
            box(
                (0.118, 1.2, 0.02), (0.006, 0.1, 0.015), Finish(rgb("#c8261e"), Surface.PAINT, 0.4)
            ),
            box(
                (0.118, 1.27, 0.05),
                (0.006, 0.035, 0.04),
                Finish(rgb("#c8261e"), Surface.PAINT, 0.4),
            ),
            box((0, 1.11, 0.24), (0.04, 0.01, 0.01), STEEL),
        ]
    )


def cardboard_sign(main: Finish) -> Mesh:
    """Return a protest sign on a stick, towards +Z."""
    rows = boxes(
        [
            (x, y, 0.0085)
            for y, xs in (
                (1.5, (-0.2, -0.05, 0.13)),
                (1.36, (-0.14, 0.08)),
                (1.22, (-0.2, 0.0, 0.18)),
            )
            for x in xs
        ],
        (0.055, 0.028, 0.0008),
        DARK,
    )
    return merged(
        [
            rod("0 0 -14, 0 1450 -14", 0.014, TIMBER),
            box((0, 1.36, 0), (0.34, 0.24, 0.007), main, bevel_m=0.003),
            rows,
        ]
    )


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

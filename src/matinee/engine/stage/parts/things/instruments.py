"""Instruments of music, of seeing and of painting."""

from __future__ import annotations

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.stage.parts.finish import Finish, rgb, seed_of
from matinee.engine.stage.parts.solids import (
    ball,
    box,
    boxes,
    cylinder,
    placed,
    ring,
    tube,
)
from matinee.engine.stage.parts.things.kit import (
    BLACK,
    GOLD,
    STEEL,
    TIMBER,
    WHITE,
    board,
    cut,
    line,
    mirrored,
    pale,
    rod,
    turned,
)
from matinee.engine.stage.parts.things.stock import DARK, PAGE


def telescope(main: Finish) -> Mesh:
    """Return a telescope on a tripod, pointed up along +Z; the colour is the tube's."""
    tubes = merged(
        [
            turned(
                "0 -300, 30 -300, 32 -290, 32 -180, 40 -170, 42 250, 48 256, 48 330, 44 330, "
                "42 300, 0 300",
                main,
                sides=26,
            ),
            turned("33 -182, 44 -176, 44 -160, 41 -156", GOLD, sides=26),
            turned("43 200, 46 206, 46 226, 43 232", GOLD, sides=26),
        ]
    )
    glass = placed(
        cylinder(0.043, 0.004, Finish(rgb("#1a2a44"), Surface.GLASS, 0.04), sides=24), (0, 0.315, 0)
    )
    aimed = placed(merged([tubes, glass]), (0, 1.22, 0), tilt=0.95)
    finder = placed(
        placed(turned("0 -60, 12 -60, 12 60, 14 64, 0 64", BLACK, sides=12), (0, 0, -0.06)),
        (0, 1.22, 0),
        tilt=0.95,
    )
    feet = [
        tube(
            [(0, 1.12, 0), (0.42 * np.sin(a), 0, 0.42 * np.cos(a))], [0.022, 0.014], TIMBER, sides=6
        )
        for a in (0.5, 2.6, 4.7)
    ]
    return merged(
        [aimed, finder, *feet, turned("0 1080, 40 1080, 44 1120, 26 1190, 0 1190", BLACK, sides=16)]
    )


def binoculars(main: Finish) -> Mesh:
    """Return binoculars lying, looking along +Z."""
    one = merged(
        [
            placed(
                turned(
                    "0 0, 24 0, 26 4, 24 60, 17 80, 17 120, 20 124, 20 140, 0 140", main, sides=18
                ),
                (0.034, 0.027, 0.07),
                tilt=-np.pi / 2,
            ),
            placed(
                cylinder(0.0235, 0.001, Finish(rgb("#2a3f6a"), Surface.GLASS, 0.05), sides=18),
                (0.034, 0.027, 0.0705),
                tilt=np.pi / 2,
            ),
        ]
    )
    return merged(
        [
            mirrored(one),
            box((0, 0.03, 0.0), (0.014, 0.012, 0.03), BLACK, bevel_m=0.004),
            placed(cylinder(0.01, 0.03, STEEL, sides=12), (0, 0.042, 0.0), tilt=np.pi / 2),
        ]
    )


def drum(main: Finish) -> Mesh:
    """Return a snare drum with its sticks; the colour is the shell's."""
    skin = Finish(rgb("#ece5d4"), Surface.PLAIN, 0.8)
    shell = turned("0 4, 176 4, 178 8, 178 232, 176 236, 0 236", main, sides=36)
    rims = [placed(ring(0.181, 0.009, STEEL, sides=36, around=8), (0, y, 0)) for y in (0.012, 0.23)]
    head = turned("176 236, 175 241, 0 242", skin, sides=36)
    angle = np.arange(8) * np.pi / 4
    lugs = boxes(
        np.stack([0.184 * np.sin(angle), 0 * angle + 0.12, 0.184 * np.cos(angle)], -1),
        (0.008, 0.05, 0.008),
        STEEL,
        yaw=angle,
        bevel_m=0.003,
    )
    rods = [
        tube(
            [
                (0.187 * np.sin(a), 0.015, 0.187 * np.cos(a)),
                (0.187 * np.sin(a), 0.228, 0.187 * np.cos(a)),
            ],
            0.0028,
            STEEL,
            sides=5,
        )
        for a in angle
    ]
    sticks = [
        rod(f"{s * 90} 252 -140, {s * -40} 252 200", [0.008, 0.005], TIMBER, sides=8)
        for s in (-1, 1)
    ]
    tips = [ball((s * -0.04, 0.252, 0.2), (0.008, 0.008, 0.011), TIMBER, level=2) for s in (-1, 1)]
    return merged([shell, *rims, head, lugs, *rods, *sticks, *tips])


def piano(main: Finish) -> Mesh:
    """Return a grand piano, its keys towards +Z."""
    outline = (
        "-740 700, 740 700, 740 100, 640 -350, 520 -640, 300 -800, 20 -760, "
        "-160 -560, -300 -240, -520 -60, -740 40"
    )
    flat_line = line(outline) * (1, -1)
    body = placed(
        board(flat_line[::-1], 0.28, main, bevel_m=0.01),
        (0, 0.82, 0),
        tilt=-np.pi / 2,
        scale=(1, 1, 1),
    )
    lid_shape = line(
        "-740 200, 740 200, 740 100, 640 -350, 520 -640, 300 -800, 20 -760, -160 -560, "
        "-300 -240, -520 -60, -740 40"
    ) * (1, -1)
    hinge = placed(
        placed(board(lid_shape[::-1], 0.02, main, bevel_m=0.004), tilt=-np.pi / 2), (0.74, 0, 0)
    )
    lid = placed(hinge, (-0.74, 0.985, 0), roll=0.42)
    stick = rod("600 960 -150, 590 1440 -150", 0.012, main)
    inside = placed(
        board(lid_shape[::-1] * 0.93, 0.01, GOLD.times(0.55)), (0, 0.967, 0), tilt=-np.pi / 2
    )
    shelf = box((0, 0.74, 0.74), (0.72, 0.03, 0.09), main, bevel_m=0.006)
    white_x = np.linspace(-0.63, 0.63, 52)
    keys = boxes([(x, 0.784, 0.745) for x in white_x], (0.0113, 0.012, 0.075), WHITE, bevel_m=0.002)
    black = [
        (x + 0.0124, 0.797, 0.722) for k, x in enumerate(white_x[:-1]) if k % 7 in {0, 1, 3, 4, 5}
    ]
    blacks = boxes(black, (0.006, 0.011, 0.048), BLACK, bevel_m=0.002)
    cheeks = [box((s * 0.69, 0.81, 0.74), (0.045, 0.06, 0.09), main, bevel_m=0.01) for s in (-1, 1)]
    back = box((0, 0.86, 0.655), (0.7, 0.09, 0.012), main)
    stand = placed(
        box((0, 0.11, 0), (0.32, 0.11, 0.008), main, bevel_m=0.004), (0, 0.965, 0.5), tilt=-0.25
    )
    feet = [turned("0 0, 40 0, 45 20, 40 60, 60 500, 70 690, 0 690", main, sides=12)]
    three = [placed(feet[0], at) for at in ((-0.62, 0, 0.55), (0.62, 0, 0.55), (0.25, 0, -0.55))]
    pedals = [box((x, 0.05, 0.42), (0.015, 0.006, 0.06), GOLD) for x in (-0.07, 0, 0.07)]
    lyre = box((0, 0.36, 0.35), (0.1, 0.33, 0.02), main, bevel_m=0.01)
    return merged(
        [body, lid, stick, inside, shelf, keys, blacks, *cheeks, back, stand, *three, *pedals, lyre]
    )


def violin(main: Finish) -> Mesh:
    """Return a violin standing on its tail, its strings towards +Z, without its bow."""
    outline = (
        "0 0, 70 8, 100 60, 92 110, 62 140, 56 180, 76 220, 78 280, 50 330, 0 345, "
        "-50 330, -78 280, -76 220, -56 180, -62 140, -92 110, -100 60, -70 8"
    )
    body = cut(outline, 0.034, main, bevel_m=0.006)
    belly = ball((0, 0.17, 0.014), (0.066, 0.165, 0.012), main, level=3)
    edge = placed(cut(outline, 0.036, main.times(0.5)), (0, 0, 0), scale=(1.02, 1.005, 0.55))
    neck = box((0, 0.43, 0.016), (0.012, 0.13, 0.009), DARK, bevel_m=0.004)
    board = box((0, 0.36, 0.03), (0.014, 0.16, 0.004), DARK, bevel_m=0.002)
    scroll_ = merged(
        [
            placed(ring(0.012, 0.007, main, sides=14), (0, 0.585, 0.004), roll=np.pi / 2),
            box((0, 0.555, 0.01), (0.01, 0.035, 0.008), main, bevel_m=0.004),
        ]
    )
    pegs = [rod(f"-26 {y} 10, 26 {y} 10", 0.0035, DARK) for y in (540, 560)]
    bridge = box((0, 0.165, 0.034), (0.02, 0.003, 0.012), pale(main, 0.4))
    tail = cut("-10 20, 10 20, 18 90, -18 90", 0.008, DARK, bevel_m=0.002)
    strings = [
        rod(f"{x} 80 34, {x} 166 47, {x * 0.6} 520 36, {x * 0.5} 550 18", 0.0006, STEEL, sides=3)
        for x in (-9, -3, 3, 9)
    ]
    holes = mirrored(rod("40 130 24, 34 150 25, 40 175 24, 34 195 24", 0.0022, DARK, sides=5))
    return merged(
        [
            body,
            belly,
            edge,
            neck,
            board,
            scroll_,
            *pegs,
            bridge,
            placed(tail, (0, 0, 0.028)),
            *strings,
            holes,
        ]
    )


def trumpet(main: Finish) -> Mesh:
    """Return a trumpet lying along +Z, its bell in front."""
    bell = placed(
        turned("6 0, 7 120, 11 200, 24 262, 60 300, 61 302, 57 301, 20 256, 0 200", main, sides=28),
        (0, 0.11, 0.06),
        tilt=np.pi / 2,
    )
    loop = rod(
        "0 110 70, 0 110 -120, 0 100 -165, 0 60 -180, 0 22 -165, 0 12 -120, 0 12 90, "
        "0 20 132, 0 50 146, 0 84 132, 0 92 100, 0 92 -300",
        0.0062,
        main,
        sides=8,
    )
    mouth = placed(
        turned("0 0, 13 0, 14 4, 6 22, 5 60, 0 60", STEEL, sides=16),
        (0, 0.092, -0.36),
        tilt=np.pi / 2,
    )
    valves = [
        turned("0 0, 10 0, 10 100, 7 104, 4 106, 4 124, 11 126, 11 130, 0 130", main, sides=14)
    ]
    three = [placed(valves[0], (0, 0.006, z)) for z in (-0.03, 0.0, 0.03)]
    return merged([bell, loop, mouth, *three])


def saxophone(main: Finish) -> Mesh:
    """Return a saxophone standing on its bow."""
    body = rod(
        "0 640 -90, 0 655 -20, 0 600 0, 0 120 20, 0 40 50, 0 20 100, 0 60 150, 0 200 165, "
        "0 330 190",
        [0.008, 0.011, 0.014, 0.026, 0.032, 0.036, 0.04, 0.048, 0.075],
        main,
        sides=18,
    )
    mouth = rod("0 640 -88, 0 625 -160", [0.011, 0.006], BLACK, sides=10)
    keys = [
        placed(
            cylinder(0.015, 0.008, STEEL, sides=12),
            (0, 0.18 + 0.055 * k, 0.044 - 0.006 * k),
            tilt=np.pi / 2,
        )
        for k in range(7)
    ]
    rods = [rod(f"{s * 18} 150 36, {s * 14} 560 16", 0.003, STEEL) for s in (-1, 1)]
    return merged([body, mouth, *keys, *rods])


def easel(main: Finish) -> Mesh:
    """Return an easel with a painted canvas, towards +Z."""
    wood = [
        rod("-330 0 180, -40 1650 -60", 0.02, TIMBER),
        rod("330 0 180, 40 1650 -60", 0.02, TIMBER),
        rod("0 0 -520, 0 1600 -70", 0.018, TIMBER),
        box((0, 0.72, 0.09), (0.4, 0.02, 0.035), TIMBER),
    ]
    random = seed_of("easel")
    tones = np.array([rgb(c) for c in ("#c0562e", "#e0b23f", "#3f6fa8", "#2f7a5a", "#d8d0be")])
    daubs = boxes(
        np.column_stack(
            [random.uniform(-0.3, 0.3, 70), random.uniform(0.06, 0.64, 70), np.full(70, 0.0165)]
        ),
        np.column_stack(
            [random.uniform(0.02, 0.08, 70), random.uniform(0.01, 0.035, 70), np.full(70, 0.001)]
        ),
        PAGE,
        colours=np.vstack([tones, [main.colour]])[random.integers(0, 6, 70)],
    )
    sheet = merged([box((0, 0.35, 0), (0.38, 0.35, 0.015), WHITE, bevel_m=0.004), daubs])
    return merged([*wood, placed(sheet, (0, 0.74, 0.075), tilt=-0.14)])

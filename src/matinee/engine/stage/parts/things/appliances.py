"""Machines of house and office: cookers, screens, telephones, cleaners, a robot's arm."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.stage.parts.finish import Finish, rgb
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
    CHROME,
    GOLD,
    IRON,
    RUBBER,
    STEEL,
    WHITE,
    WINDOW,
    Assembly,
    Turning,
    board,
    case,
    cut,
    legs,
    line,
    mirrored,
    pale,
    rod,
    rolling,
    side_cut,
    turned,
    wheel,
)
from matinee.engine.stage.parts.things.stock import DARK, PAGE

_LIT = Finish(rgb("#7fd6ff"), Surface.SCREEN, 0.3, 1.4)


def refrigerator(main: Finish) -> Mesh:
    """Return a fridge with a freezer above."""
    body = case((0.34, 0.88, 0.3), main.times(0.9), bevel_m=0.02)
    doors = [
        box((0, 0.61, 0.325), (0.335, 0.56, 0.025), main, bevel_m=0.015),
        box((0, 1.47, 0.325), (0.335, 0.27, 0.025), main, bevel_m=0.015),
    ]
    handles = [
        rod(f"-270 {a} 352, -270 {a} 400, -270 {b} 400, -270 {b} 352", 0.012, CHROME)
        for a, b in ((780, 1100), (1260, 1480))
    ]
    notes = [
        box((0.12, 1.02, 0.3515), (0.05, 0.06, 0.001), PAGE),
        box((0.0, 0.9, 0.3515), (0.04, 0.03, 0.001), Finish(rgb("#e8c23a"), Surface.PLAIN, 0.8)),
    ]
    return merged([body, *doors, *handles, *notes, box((0, 0.02, 0.28), (0.32, 0.02, 0.02), DARK)])


def oven(main: Finish) -> Mesh:
    """Return a cooker: hob above, oven door in front."""
    body = case((0.3, 0.44, 0.3), main, bevel_m=0.015)
    top = box((0, 0.885, 0), (0.3, 0.008, 0.3), BLACK, bevel_m=0.004)
    rings = [
        placed(
            ring(r, 0.006, Finish(rgb("#7a1a10"), Surface.PAINT, 0.4, 0.3), sides=24, around=6),
            (x, 0.893, z),
        )
        for x, z, r in (
            (-0.14, -0.12, 0.08),
            (0.14, -0.12, 0.1),
            (-0.14, 0.13, 0.1),
            (0.14, 0.13, 0.08),
        )
    ]
    door_ = [
        box((0, 0.38, 0.31), (0.28, 0.25, 0.018), main.times(0.85), bevel_m=0.01),
        box((0, 0.38, 0.329), (0.2, 0.14, 0.003), WINDOW),
        rod("-220 580 322, -220 580 360, 220 580 360, 220 580 322", 0.011, CHROME),
    ]
    knobs = [
        placed(turned("0 0, 22 0, 20 20, 0 20", CHROME, sides=14), (x, 0.75, 0.3), tilt=np.pi / 2)
        for x in (-0.2, -0.1, 0.1, 0.2)
    ]
    panel_ = [box((0, 0.75, 0.302), (0.05, 0.022, 0.004), _LIT.glowing(0.8))]
    return merged([body, top, *rings, *door_, *knobs, *panel_])


def microwave(main: Finish) -> Mesh:
    """Return a microwave oven."""
    body = case((0.25, 0.14, 0.18), main, lift_m=0.012, bevel_m=0.012)
    door_ = [
        box((-0.06, 0.152, 0.183), (0.17, 0.12, 0.006), main.times(0.7), bevel_m=0.004),
        box((-0.06, 0.152, 0.19), (0.13, 0.085, 0.002), WINDOW),
        rod("100 60 190, 100 60 206, 100 245 206, 100 245 190", 0.006, CHROME),
    ]
    panel_ = [
        box((0.18, 0.24, 0.183), (0.045, 0.018, 0.002), _LIT.glowing(0.9)),
        boxes(
            [(0.15 + 0.03 * c, 0.19 - 0.03 * r, 0.183) for r in range(4) for c in range(3)],
            (0.011, 0.01, 0.003),
            WHITE,
            bevel_m=0.002,
        ),
    ]
    return merged([body, *door_, *panel_, legs(0.2, 0.14, 0.014, 0.015, DARK)])


def toaster(main: Finish) -> Mesh:
    """Return a toaster with two slices in it."""
    body = side_cut(
        "-80 10, 80 10, 84 20, 80 165, 60 190, -60 190, -80 165, -84 20", 0.3, main, bevel_m=0.02
    )
    turned_body = placed(body, (0, 0, 0))
    slots = boxes([(0, 0.19, z) for z in (-0.035, 0.035)], (0.115, 0.002, 0.016), DARK)
    bread_ = [
        placed(
            cut(
                "-50 0, 50 0, 50 60, 58 75, 50 95, -50 95, -58 75, -50 60",
                0.014,
                Finish(rgb("#c68a45"), Surface.PLAIN, 0.8),
                bevel_m=0.003,
            ),
            (0, 0.14, z),
        )
        for z in (-0.035, 0.035)
    ]
    lever = box((0.16, 0.13, 0), (0.012, 0.01, 0.022), BLACK, bevel_m=0.004)
    return merged(
        [turned_body, slots, *bread_, lever, box((0, 0.006, 0), (0.13, 0.008, 0.075), BLACK)]
    )


def washing_machine(main: Finish) -> Mesh:
    """Return a washing machine, its porthole in front."""
    body = case((0.3, 0.425, 0.29), main, bevel_m=0.015)
    porthole = [
        placed(ring(0.17, 0.026, STEEL, sides=30, around=8), (0, 0.42, 0.292), tilt=np.pi / 2),
        placed(ball((0, 0, 0), (0.16, 0.16, 0.05), WINDOW, level=3), (0, 0.42, 0.285)),
    ]
    panel_ = [
        box((0, 0.77, 0.292), (0.28, 0.055, 0.006), main.times(0.85), bevel_m=0.004),
        placed(
            turned("0 0, 32 0, 28 22, 0 22", STEEL, sides=18), (0.1, 0.77, 0.295), tilt=np.pi / 2
        ),
        box((-0.05, 0.775, 0.299), (0.05, 0.018, 0.002), _LIT.glowing(0.8)),
        box((-0.2, 0.77, 0.298), (0.06, 0.036, 0.006), main, bevel_m=0.004),
    ]
    return merged([body, *porthole, *panel_])


def fan(main: Finish) -> Assembly:
    """Return a standing fan, 1.2 m tall; the colour is that of its blades."""
    stand = merged(
        [
            turned("0 0, 180 0, 184 10, 60 30, 22 40, 20 60, 0 60", BLACK, sides=26),
            rod("0 40 0, 0 1000 0", 0.018, CHROME, sides=10),
            box((0, 1.04, -0.03), (0.05, 0.06, 0.09), BLACK, bevel_m=0.03),
        ]
    )
    wires = [
        placed(
            ring(0.05 + 0.035 * k, 0.0022, CHROME, sides=26, around=4),
            (0, 1.05, 0.09 - 0.0012 * k * k),
            tilt=np.pi / 2,
        )
        for k in range(6)
    ]
    spokes = [
        tube(
            [
                (0.05 * np.sin(a), 1.05 + 0.05 * np.cos(a), 0.09),
                (0.22 * np.sin(a), 1.05 + 0.22 * np.cos(a), 0.06),
                (0.225 * np.sin(a), 1.05 + 0.225 * np.cos(a), 0.0),
            ],
            0.0024,
            CHROME,
            sides=4,
        )
        for a in np.arange(16) * np.pi / 8
    ]
    blades = merged(
        [
            placed(ball((0.0, 0.11, 0), (0.06, 0.1, 0.008), main, level=2), roll=k * 2.094, yaw=0.0)
            for k in range(3)
        ]
        + [placed(turned("0 -20, 28 -20, 26 20, 0 28", main, sides=16), tilt=np.pi / 2)]
    )
    return Assembly(
        merged([stand, *wires, *spokes]), (Turning(blades, (0, 1.05, 0.045), "z", rate_rad_s=16.0),)
    )


def television(main: Finish) -> Mesh:
    """Return a television showing a picture, on two feet."""
    picture = [
        box(
            (0, 0.42, 0.021), (0.53, 0.295, 0.002), Finish(rgb("#3a78b8"), Surface.SCREEN, 0.3, 1.0)
        ),
        box(
            (0, 0.27, 0.0235),
            (0.53, 0.145, 0.0012),
            Finish(rgb("#3f8a4a"), Surface.SCREEN, 0.3, 0.9),
        ),
        placed(
            cylinder(0.055, 0.002, Finish(rgb("#ffd86a"), Surface.SCREEN, 0.3, 1.7), sides=24),
            (0.3, 0.6, 0.023),
            tilt=np.pi / 2,
        ),
    ]
    hill = placed(
        board(
            line("-300 0, 200 0, 60 90, -40 130, -160 80"),
            0.001,
            Finish(rgb("#2c5f6e"), Surface.SCREEN, 0.3, 0.8),
        ),
        (-0.15, 0.41, 0.0237),
    )
    return merged(
        [
            box((0, 0.42, 0), (0.56, 0.325, 0.02), main, bevel_m=0.008),
            *picture,
            hill,
            mirrored(box((0.36, 0.05, 0), (0.012, 0.05, 0.1), main, bevel_m=0.006)),
            box((0, 0.42, -0.025), (0.3, 0.16, 0.02), main, bevel_m=0.01),
        ]
    )


def monitor(main: Finish) -> Mesh:
    """Return a computer's screen on its foot."""
    rows = boxes(
        [(-0.12 + 0.01 * (k % 3), 0.42 - 0.025 * k, 0.0145) for k in range(9)],
        np.array([(0.05 + 0.013 * ((k * 5) % 7), 0.004, 0.0006) for k in range(9)]),
        Finish(rgb("#9fd0ff"), Surface.SCREEN, 0.3, 1.4),
    )
    return merged(
        [
            box((0, 0.33, 0), (0.28, 0.17, 0.012), main, bevel_m=0.006),
            box(
                (0, 0.335, 0.0125),
                (0.268, 0.155, 0.001),
                Finish(rgb("#14304a"), Surface.SCREEN, 0.3, 0.6),
            ),
            rows,
            box((0, 0.1, -0.02), (0.03, 0.1, 0.012), STEEL, bevel_m=0.004),
            box((0, 0.008, 0), (0.12, 0.008, 0.08), STEEL, bevel_m=0.004),
        ]
    )


def remote(main: Finish) -> Mesh:
    """Return a remote control lying flat."""
    return merged(
        [
            box((0, 0.009, 0), (0.024, 0.009, 0.085), main, bevel_m=0.005),
            placed(cylinder(0.014, 0.003, STEEL, sides=20), (0, 0.017, -0.035)),
            boxes(
                [(x, 0.0185, z) for x in (-0.013, 0, 0.013) for z in (0.0, 0.014, 0.028, 0.042)],
                (0.0042, 0.0012, 0.0042),
                pale(main, 0.65),
                bevel_m=0.0008,
            ),
            placed(
                cylinder(0.0055, 0.003, Finish(rgb("#c8261e"), Surface.PAINT, 0.3), sides=12),
                (-0.013, 0.0175, -0.07),
            ),
        ]
    )


def keyboard(main: Finish) -> Mesh:
    """Return a computer keyboard lying flat."""
    caps = [
        (-0.2 + 0.0268 * c + 0.006 * r, 0.02 - 0.002 * r, -0.045 + 0.0235 * r)
        for r in range(4)
        for c in range(15)
    ]
    wide = [(0, 0.012, 0.049)]
    return merged(
        [
            box((0, 0.008, 0.0), (0.218, 0.008, 0.068), main, bevel_m=0.005),
            boxes(caps, (0.0108, 0.004, 0.0095), pale(main, 0.75), bevel_m=0.002),
            boxes(wide, (0.075, 0.004, 0.0095), pale(main, 0.75), bevel_m=0.002),
        ]
    )


def mouse(main: Finish) -> Mesh:
    """Return a computer mouse."""
    body = ball((0, 0.004, 0), (0.031, 0.032, 0.055), main, level=3)
    points = body.positions.copy()
    points[:, 1] = np.maximum(points[:, 1], 0.0)
    return merged(
        [
            replace(body, positions=points),
            placed(
                cylinder(0.008, 0.006, BLACK, sides=14), (-0.003, 0.03, -0.025), roll=-np.pi / 2
            ),
            rod("0 35 -10, 0 31 -28, 0 18 -50", 0.0009, BLACK, sides=4),
            rod("0 10 -54, 10 4 -110, 40 3 -180", 0.002, BLACK, sides=5),
        ]
    )


def radio(main: Finish) -> Mesh:
    """Return an old radio with a cloth front and two knobs."""
    return merged(
        [
            box((0, 0.13, 0), (0.2, 0.12, 0.08), main, bevel_m=0.025),
            box(
                (-0.055, 0.14, 0.081),
                (0.11, 0.08, 0.003),
                Finish(rgb("#c9b68a"), Surface.CLOTH, 0.95),
            ),
            boxes(
                [(-0.14 + 0.034 * k, 0.14, 0.085) for k in range(6)],
                (0.004, 0.08, 0.002),
                main.times(0.7),
            ),
            box(
                (0.12, 0.19, 0.081),
                (0.055, 0.02, 0.002),
                Finish(rgb("#ffce7a"), Surface.SCREEN, 0.3, 1.0),
            ),
            *(
                placed(
                    turned("0 0, 22 0, 19 22, 0 22", GOLD, sides=18),
                    (x, 0.09, 0.08),
                    tilt=np.pi / 2,
                )
                for x in (0.09, 0.15)
            ),
            legs(0.16, 0.05, 0.015, 0.014, DARK),
        ]
    )


def telephone(main: Finish) -> Mesh:
    """Return an old telephone with a dial and its receiver on the rest."""
    body = side_cut("-90 0, 100 0, 104 20, 60 60, 20 100, -50 105, -90 30", 0.2, main, bevel_m=0.02)
    dial = placed(
        merged(
            [
                cylinder(0.05, 0.008, GOLD, sides=26),
                cylinder(0.026, 0.011, WHITE, sides=20),
                *(
                    placed(
                        cylinder(0.0065, 0.0098, BLACK, sides=10),
                        (0.037 * np.sin(a), 0, 0.037 * np.cos(a)),
                    )
                    for a in np.arange(10) * 0.52
                ),
            ]
        ),
        (0, 0.055, 0.075),
        tilt=0.75,
    )
    rest = mirrored(rod("60 95 -15, 62 135 -15", 0.01, GOLD))
    handset = merged(
        [
            rod("-95 138 -15, -60 152 -15, 60 152 -15, 95 138 -15", 0.013, main, sides=10),
            mirrored(
                placed(
                    turned("0 0, 30 0, 31 12, 18 34, 0 36", main, sides=18), (0.1, 0.112, -0.015)
                )
            ),
        ]
    )
    return merged([body, dial, rest, handset])


def typewriter(main: Finish) -> Mesh:
    """Return a typewriter with a sheet in it."""
    body = side_cut(
        "-160 0, 160 0, 165 30, 60 70, 20 120, -150 125, -165 90", 0.36, main, bevel_m=0.02
    )
    keys = merged(
        [
            placed(
                turned("0 0, 8 0, 9 4, 0 4", BLACK, sides=10),
                (-0.13 + 0.026 * c + 0.008 * r, 0.05 + 0.017 * (3 - r) - 0.01, 0.065 + 0.026 * r),
            )
            for r in range(4)
            for c in range(10)
        ]
    )
    roller = merged(
        [
            placed(cylinder(0.024, 0.4, BLACK, sides=16), (-0.2, 0.145, -0.07), roll=-np.pi / 2),
            mirrored(
                placed(
                    cylinder(0.018, 0.03, STEEL, sides=12), (0.205, 0.145, -0.07), roll=-np.pi / 2
                )
            ),
        ]
    )
    sheet = placed(box((0, 0.13, 0), (0.105, 0.13, 0.0008), PAGE), (0, 0.15, -0.085), tilt=-0.2)
    return merged([body, keys, roller, sheet])


def vacuum(main: Finish) -> Assembly:
    """Return a vacuum cleaner with hose and nozzle, on two wheels."""
    body = placed(ball((0, 0, 0), (0.15, 0.13, 0.22), main, level=3), (0, 0.15, -0.2))
    hose = rod("0 200 -20, 0 420 150, 60 620 330, 80 900 280, 90 980 250", 0.022, DARK, sides=8)
    pipe = rod("90 980 250, 60 60 640", 0.017, STEEL, sides=8)
    head = box((0.055, 0.03, 0.68), (0.14, 0.028, 0.06), BLACK, bevel_m=0.015)
    return Assembly(
        merged(
            [body, hose, pipe, head, rod("-60 280 -200, 0 330 -200, 60 280 -200", 0.014, BLACK)]
        ),
        rolling(wheel(0.09, 0.04, tyre=0.35), 0.09, [(s * 0.16, 0.09, -0.28) for s in (-1, 1)]),
    )


def robot_arm(main: Finish) -> Mesh:
    """Return an industrial robot's arm on its base, 1.7 m tall."""
    joint = IRON
    base = turned("0 0, 30 0, 32 4, 28 12, 24 14, 22 34, 0 36", main, sides=26, unit_m=0.01)
    shoulder = placed(
        cylinder(0.2, 0.4, joint, sides=22, bevel_m=0.03), (-0.2, 0.48, 0), roll=-np.pi / 2
    )
    upper = rod("0 480 0, 0 1150 -200", [0.16, 0.12], main, sides=14)
    elbow = placed(
        cylinder(0.16, 0.32, joint, sides=22, bevel_m=0.03), (-0.16, 1.15, -0.2), roll=-np.pi / 2
    )
    fore = rod("0 1150 -200, 0 1420 420", [0.13, 0.085], main, sides=14)
    wrist = merged(
        [
            ball((0, 1.42, 0.42), 0.1, joint, level=3),
            rod("0 1420 420, 0 1300 620", [0.07, 0.06], main, sides=12),
            placed(cylinder(0.075, 0.06, STEEL, sides=18), (0, 1.3, 0.6), tilt=2.1),
        ]
    )
    claws = [
        placed(
            box((s * 0.055, -0.12, 0), (0.014, 0.11, 0.03), STEEL, bevel_m=0.006),
            (0, 1.24, 0.68),
            tilt=-0.9,
        )
        for s in (-1, 1)
    ]
    cable_ = rod("140 560 -100, 220 900 -260, 160 1200 -260, 130 1380 200", 0.022, RUBBER, sides=7)
    return merged(
        [
            base,
            shoulder,
            upper,
            elbow,
            fore,
            wrist,
            *claws,
            cable_,
            box((0, 0.42, 0), (0.16, 0.12, 0.16), main, bevel_m=0.04),
        ]
    )

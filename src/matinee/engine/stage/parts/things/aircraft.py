"""What flies: aeroplanes, helicopters, rockets, balloons, saucers. Fronts look along +Z."""

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
    two_sided,
)
from matinee.engine.stage.parts.things.kit import (
    BLACK,
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
    painted,
    pale,
    rod,
    rolling,
    side_cut,
    turned,
    wheel,
)


def airplane(main: Finish) -> Assembly:
    """Return a small jet airliner, 13 m long; the colour is that of stripe, tail and engines."""
    skin = Finish(rgb("#e8e7e3"), Surface.PAINT, 0.3)
    body = placed(
        turned(
            "0 0, 12 6, 45 60, 72 160, 80 260, 80 900, 66 1060, 30 1230, 8 1290, 0 1292",
            skin,
            sides=30,
            unit_m=0.01,
        ),
        (0, 2.3, 6.4),
        tilt=-np.pi / 2,
    )
    x, y, z = body.positions.T
    body = painted(body, (np.abs(y - 2.3) < 0.16) & (np.abs(x) > 0.3) & (z < 5.3), main.colour)
    points = body.positions.copy()
    points[:, 1] += np.clip(-points[:, 2] - 2.8, 0, 10) * 0.13
    body = replace(body, positions=points)
    panes = boxes(
        [(s * 0.79, 2.55, z) for s in (-1, 1) for z in np.linspace(-2.6, 4.2, 15)],
        (0.03, 0.13, 0.09),
        WINDOW,
        bevel_m=0.01,
    )
    cockpit = placed(
        box((0, 0, 0), (0.42, 0.13, 0.16), WINDOW, bevel_m=0.05), (0, 2.68, 5.75), tilt=0.45
    )
    wing = placed(
        board(line("70 120, 650 -180, 650 -260, 70 -150", 0.01)[::-1], 0.12, skin, bevel_m=0.03),
        (0, 1.95, 0.4),
        tilt=np.pi / 2,
        roll=0.0,
    )
    wings = mirrored(_dihedral(wing, 0.09))
    tip = mirrored(
        side_cut("-2300 2500, -1500 2500, -2100 3300, -2450 3300", 0.06, main, bevel_m=0.02)
    )
    winglets = merged([placed(tip, (s * 6.45, 0, 0.15), scale=(0.5, 1, 1)) for s in (-1, 1)])
    fin = side_cut("-3600 2900, -4900 5200, -5900 5200, -5600 3000", 0.14, main, bevel_m=0.04)
    plane = mirrored(
        placed(
            board(line("20 40, 230 -60, 230 -110, 20 -80", 0.01)[::-1], 0.08, skin, bevel_m=0.02),
            (0, 3.1, -4.9),
            tilt=np.pi / 2,
        )
    )
    pod = placed(
        turned(
            "0 0, 24 0, 42 40, 46 110, 44 170, 40 176, 36 150, 0 140", main, sides=24, unit_m=0.01
        ),
        (2.3, 1.45, -0.4),
        tilt=np.pi / 2,
    )
    engines = mirrored(merged([pod, box((2.3, 1.85, 0.5), (0.05, 0.16, 0.6), skin)]))
    fan_ = merged(
        [
            placed(box((0, 0.19, 0), (0.045, 0.19, 0.01), IRON), roll=k * np.pi / 5)
            for k in range(10)
        ]
        + [placed(turned("0 0, 9 0, 0 16", STEEL, sides=12, unit_m=0.01), tilt=np.pi / 2)]
    )
    legs_ = merged(
        [
            rod(f"{x} 1700 {z}, {x} 350 {z}", 0.06, STEEL)
            for x, z in ((0, 4700), (-1100, -400), (1100, -400))
        ]
    )
    gear = [
        (sx + off, 0.3, z)
        for sx, z in ((0, 4.7), (-1.1, -0.4), (1.1, -0.4))
        for off in (-0.14, 0.14)
    ]
    spin = tuple(Turning(fan_, (s * 2.3, 1.45, 1.28), "z", rate_rad_s=26.0) for s in (-1, 1))
    return Assembly(
        merged([body, panes, cockpit, wings, winglets, fin, plane, engines, legs_]),
        (*rolling(wheel(0.3, 0.18), 0.3, gear), *spin),
    )


def _dihedral(part: Mesh, slope: float) -> Mesh:
    points = part.positions.copy()
    points[:, 1] += np.abs(points[:, 0]) * slope
    return replace(part, positions=points)


def biplane(main: Finish) -> Assembly:
    """Return a biplane with a propeller, 6 m long."""
    body = placed(
        turned("0 0, 40 4, 48 40, 46 200, 30 420, 10 560, 0 562", main, sides=22, unit_m=0.01),
        (0, 1.35, 2.4),
        tilt=-np.pi / 2,
    )
    nose = placed(
        turned("0 0, 44 0, 48 20, 30 60, 0 62", STEEL, sides=22, unit_m=0.01),
        (0, 1.35, 2.0),
        tilt=np.pi / 2,
    )
    wings = [
        box((0, y, z), (3.9, 0.05, 0.55), pale(main, 0.55), bevel_m=0.04)
        for y, z in ((1.05, 1.1), (2.35, 1.35))
    ]
    struts = mirrored(
        merged(
            [
                rod(f"{x} 1050 {z}, {x} 2350 {z + 250}", 0.035, TIMBER)
                for x in (1500, 3100)
                for z in (850, 1350)
            ]
        )
    )
    tail = [
        box((0, 1.45, -2.9), (1.2, 0.035, 0.36), pale(main, 0.55), bevel_m=0.03),
        side_cut("-2500 1400, -2900 2200, -3250 2250, -3250 1400", 0.06, main, bevel_m=0.02),
    ]
    pit = box((0, 1.82, 0.35), (0.26, 0.04, 0.32), BLACK, bevel_m=0.03)
    screen_ = placed(box((0, 0, 0), (0.24, 0.12, 0.012), WINDOW), (0, 1.93, 0.68), tilt=-0.6)
    gear = [rod(f"{s * 200} 1000 1300, {s * 700} 380 1300", 0.035, IRON) for s in (-1, 1)] + [
        rod("-700 380 1300, 700 380 1300", 0.03, IRON),
        rod("0 1100 -2700, 0 120 -3000", 0.03, IRON),
    ]
    blades = merged(
        [
            placed(
                box((0, 0.62, 0), (0.1, 0.6, 0.02), TIMBER, bevel_m=0.012), roll=k * np.pi, yaw=0.0
            )
            for k in range(2)
        ]
        + [placed(turned("0 0, 14 0, 8 14, 0 20", STEEL, sides=14, unit_m=0.01), tilt=np.pi / 2)]
    )
    turning = (
        *rolling(wheel(0.38, 0.12), 0.38, [(s * 0.78, 0.38, 1.3) for s in (-1, 1)]),
        Turning(blades, (0, 1.35, 2.65), "z", rate_rad_s=23.0),
    )
    return Assembly(merged([body, nose, *wings, struts, *tail, pit, screen_, *gear]), turning)


def helicopter(main: Finish) -> Assembly:
    """Return a helicopter, 8.5 m long."""
    cabin = ball((0, 1.55, 0.9), (0.95, 1.05, 1.75), main, level=4)
    x, y, z = cabin.positions.T
    glass = (z > 1.15) & (y > 1.35) | (
        (np.abs(x) > 0.55) & (y > 1.6) & (y < 2.3) & (z > -0.1) & (z < 0.95)
    )
    glass &= np.abs(x) > 0.035
    cabin = painted(cabin, glass, WINDOW.colour)
    cabin = replace(
        cabin,
        surface=np.where(glass, np.uint8(Surface.GLASS), cabin.surface).astype(np.uint8),
        roughness=np.where(glass, 0.06, cabin.roughness).astype(np.float32),
    )
    boom = rod("0 1850 -300, 0 1950 -2500, 0 2050 -4600", [0.45, 0.22, 0.13], main, sides=14)
    fin = side_cut(
        "-4200 2000, -4550 3000, -4950 3000, -4750 1900, -4850 1500, -4600 1500",
        0.08,
        main,
        bevel_m=0.02,
    )
    plane = box((0, 2.0, -3.9), (0.8, 0.03, 0.2), main, bevel_m=0.02)
    motor = [
        box((0, 2.55, -0.1), (0.42, 0.25, 0.8), main.times(0.85), bevel_m=0.15),
        rod("0 2600 0, 0 3150 0", 0.09, STEEL),
    ]
    skids = mirrored(
        merged(
            [
                rod("900 60 -1200, 900 40 1900, 900 140 2200", 0.05, IRON),
                rod("450 750 -500, 900 60 -500", 0.04, IRON),
                rod("450 700 1300, 900 60 1300", 0.04, IRON),
            ]
        )
    )
    stripe = boxes([(0, 2.03, -4.0)], (0.17, 0.17, 0.18), pale(main, 0.8))
    blades = merged(
        [
            placed(box((0, 0, 2.15), (0.13, 0.018, 2.15), BLACK, bevel_m=0.01), yaw=k * np.pi / 2)
            for k in range(4)
        ]
        + [cylinder(0.16, 0.14, STEEL, sides=14)]
    )
    small = merged(
        [
            placed(box((0, 0.45, 0), (0.015, 0.42, 0.06), BLACK), tilt=k * np.pi / 2)
            for k in range(4)
        ]
    )
    return Assembly(
        merged([cabin, boom, fin, plane, *motor, skids, stripe]),
        (
            Turning(blades, (0, 3.1, 0), "y", rate_rad_s=19.0),
            Turning(small, (0.16, 2.15, -4.55), "x", rate_rad_s=31.0),
        ),
    )


def rocket(main: Finish) -> Mesh:
    """Return a rocket standing on its fins, 8 m tall; the colour is that of nose and fins."""
    skin = Finish(rgb("#e9e8e4"), Surface.PAINT, 0.3)
    body = turned(
        "0 70, 62 70, 66 78, 96 260, 104 420, 96 560, 84 620", skin, sides=32, unit_m=0.01
    )
    nose = turned("84 619, 60 700, 30 770, 8 808, 4 840, 0 842", main, sides=32, unit_m=0.01)
    band = turned("101 340, 104.8 348, 105.4 372, 105 380", main, sides=32, unit_m=0.01)
    bell = turned("34 20, 58 0, 62 0, 40 24, 44 72, 0 72", IRON, sides=24, unit_m=0.01)
    fins = [
        placed(
            cut(
                "85 270, 95 100, 190 -10, 200 0, 205 60, 150 190",
                0.12,
                main,
                bevel_m=0.04,
                unit_m=0.01,
            ),
            yaw=k * np.pi / 2 + np.pi / 4,
        )
        for k in range(4)
    ]
    feet = [
        placed(
            turned("0 0, 20 0, 20 6, 8 12, 0 12", STEEL, sides=14, unit_m=0.01),
            (1.97 * np.sin(a), 0, 1.97 * np.cos(a)),
        )
        for a in (np.arange(4) + 0.5) * np.pi / 2 + np.pi / 4 + np.pi / 4
    ]
    ports = []
    for y, r in ((5.1, 0.34), (4.05, 0.0)):
        if r:
            at = (0.0, y, float(np.interp(y, (4.2, 5.6), (1.04, 0.96))) - 0.02)
            ports += [
                placed(cylinder(r, 0.06, WINDOW, sides=26), at, tilt=np.pi / 2),
                placed(
                    ring(r, 0.07, STEEL, sides=28), (at[0], at[1], at[2] + 0.04), tilt=np.pi / 2
                ),
            ]
    rivets = [
        boxes(
            [(0.985 * r * np.sin(a), y, 0.985 * r * np.cos(a)) for a in np.arange(20) * np.pi / 10],
            0.02,
            STEEL,
        )
        for y, r in ((2.6, 0.98), (5.6, 0.975))
    ]
    return merged([body, nose, band, bell, *fins, *feet, *ports, *rivets])


def ufo(main: Finish) -> Assembly:
    """Return a flying saucer, 7 m wide, its ring of lights turning."""
    disc = turned(
        "0 30, 90 26, 200 52, 330 88, 352 100, 330 112, 190 140, 110 150",
        main,
        sides=44,
        unit_m=0.01,
    )
    belly = placed(
        turned(
            "0 0, 60 4, 88 26, 92 34",
            Finish(rgb("#7fe8ff"), Surface.SCREEN, 0.3, 2.4),
            sides=30,
            unit_m=0.01,
        ),
        (0, 0.05, 0),
    )
    dome = turned(
        "112 148, 108 190, 84 228, 44 250, 0 256",
        Finish(rgb("#2c4a58"), Surface.GLASS, 0.04),
        sides=34,
        unit_m=0.01,
    )
    rim = placed(ring(3.45, 0.07, STEEL, sides=44, around=8), (0, 1.0, 0))
    angle = np.arange(16) * np.pi / 8
    tones = np.array([rgb(c) for c in ("#ff5a3a", "#ffd23a", "#4affa0", "#4aa8ff")])[
        np.arange(16) % 4
    ]
    bulb = Finish(rgb("#ffffff"), Surface.SCREEN, 0.3, 2.6)
    lights = merged(
        [
            replace(
                ball((2.75 * np.sin(a), 0.72 - 0.72, 2.75 * np.cos(a)), 0.13, bulb, level=2),
                albedo=np.tile(np.asarray(t, np.float32), (162, 1)),
            )
            for a, t in zip(angle, tones, strict=True)
        ]
    )
    seams = merged(
        [
            tube(
                [
                    (1.95 * np.sin(a), 1.405, 1.95 * np.cos(a)),
                    (3.3 * np.sin(a), 1.13, 3.3 * np.cos(a)),
                ],
                0.022,
                main.times(0.55),
                sides=4,
            )
            for a in angle
        ]
    )
    feet = [
        merged(
            [
                rod(
                    f"{1500 * np.sin(a):.0f} 450 {1500 * np.cos(a):.0f}, "
                    f"{2100 * np.sin(a):.0f} 30 {2100 * np.cos(a):.0f}",
                    0.06,
                    STEEL,
                ),
                placed(
                    cylinder(0.26, 0.05, STEEL, sides=14), (2.1 * np.sin(a), 0, 2.1 * np.cos(a))
                ),
            ]
        )
        for a in (0.5, 2.6, 4.7)
    ]
    return Assembly(
        merged([disc, belly, dome, rim, seams, *feet]),
        (Turning(lights, (0.0, 0.72, 0.0), "y", rate_rad_s=1.6),),
    )


def hot_air_balloon(main: Finish) -> Mesh:
    """Return a hot-air balloon with its basket, 11 m tall; panels in the colour and in white."""
    envelope = turned(
        "50 300, 90 360, 200 500, 310 680, 350 800, 330 920, 260 1020, 140 1090, 0 1110",
        main,
        sides=48,
        unit_m=0.01,
    )
    angle = np.arctan2(envelope.positions[:, 0], envelope.positions[:, 2])
    panel_ = (np.floor((angle + np.pi) / (2 * np.pi) * 12 + 1e-4).astype(int) % 2) == 0
    envelope = painted(envelope, panel_, pale(main, 0.8).colour)
    points = envelope.positions.copy()
    gore = 1 + 0.025 * np.abs(np.sin(angle * 12))
    points[:, [0, 2]] *= gore[:, None]
    envelope = replace(
        envelope,
        positions=points.astype(np.float32),
        surface=np.full(len(points), np.uint8(Surface.CLOTH)),
    )
    weave = Finish(rgb("#9a6f3c"), Surface.WOOD, 0.9)
    basket = merged(
        [
            box((0, 0.06, 0), (0.6, 0.06, 0.6), weave),
            *(
                box(at, half, weave, bevel_m=0.02)
                for at, half in (
                    ((0, 0.55, 0.58), (0.62, 0.5, 0.04)),
                    ((0, 0.55, -0.58), (0.62, 0.5, 0.04)),
                    ((0.58, 0.55, 0), (0.04, 0.5, 0.62)),
                    ((-0.58, 0.55, 0), (0.04, 0.5, 0.62)),
                )
            ),
            placed(
                rod(
                    "-640 1060 -640, 640 1060 -640, 640 1060 640, -640 1060 640, -640 1060 -640",
                    0.05,
                    Finish(rgb("#5a3a22"), Surface.CLOTH, 0.6),
                )
            ),
        ]
    )
    bands = boxes(
        [(0, y, z) for y in (0.35, 0.7) for z in (-0.625, 0.625)],
        (0.62, 0.025, 0.006),
        weave.times(0.6),
    )
    ropes = [
        rod(f"{sx * 600} 1050 {sz * 600}, {sx * 380} 3050 {sz * 380}", 0.016, TIMBER, sides=4)
        for sx in (-1, 1)
        for sz in (-1, 1)
    ]
    burner = [
        placed(turned("0 0, 16 0, 20 30, 12 32, 0 30", STEEL, sides=14, unit_m=0.01), (0, 2.0, 0)),
        rod("-600 2000 0, 600 2000 0", 0.02, STEEL),
    ]
    fire = placed(
        turned(
            "0 0, 12 20, 8 60, 0 100",
            Finish(rgb("#ffb648"), Surface.SCREEN, 0.5, 4.0),
            sides=10,
            unit_m=0.01,
        ),
        (0, 2.32, 0),
    )
    return merged([envelope, basket, bands, *ropes, *burner, fire])


def parachute(main: Finish) -> Mesh:
    """Return an open parachute, 5 m wide, with its lines."""
    dome = turned("260 330, 252 380, 200 450, 120 500, 30 522, 0 523", main, sides=32, unit_m=0.01)
    angle = np.arctan2(dome.positions[:, 0], dome.positions[:, 2])
    dome = painted(
        dome,
        (np.floor((angle + np.pi) / (2 * np.pi) * 16 + 1e-4).astype(int) % 2) == 0,
        pale(main, 0.8).colour,
    )
    lines_ = [
        rod(f"{2590 * np.sin(a):.0f} 3310 {2590 * np.cos(a):.0f}, 0 300 0", 0.008, WHITE, sides=3)
        for a in np.arange(16) * np.pi / 8
    ]
    harness = box((0, 0.2, 0), (0.16, 0.2, 0.1), IRON, bevel_m=0.04)
    return merged([two_sided(dome), *lines_, harness])


def satellite(main: Finish) -> Mesh:
    """Return a satellite with two solar panels."""
    panel_ = Finish(rgb("#1c2f66"), Surface.GLASS, 0.15)
    body = box((0, 0.9, 0), (0.4, 0.5, 0.4), main, bevel_m=0.03)
    wings = mirrored(
        merged(
            [
                box((1.6, 0.9, 0), (1.0, 0.4, 0.02), panel_),
                boxes(
                    [(0.75 + 0.24 * k, 0.9, 0.022) for k in range(8)], (0.008, 0.4, 0.004), STEEL
                ),
                rod("400 900 0, 620 900 0", 0.03, STEEL),
            ]
        )
    )
    dish = placed(
        turned("0 0, 30 8, 50 28, 48 30, 28 11, 0 4", WHITE, sides=26, unit_m=0.01),
        (0, 1.3, 0.25),
        tilt=0.7,
    )
    return merged(
        [
            body,
            wings,
            dish,
            rod("0 1380 320, 0 1650 560", 0.02, STEEL),
            rod("0 400 0, 0 0 0", 0.02, STEEL),
        ]
    )

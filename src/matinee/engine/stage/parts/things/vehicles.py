"""What drives: bicycles, cars, lorries, tractors, tanks. Fronts look along +Z."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.stage.parts import street
from matinee.engine.stage.parts.finish import Finish, rgb
from matinee.engine.stage.parts.solids import ball, box, boxes, cylinder, placed, ring, tube
from matinee.engine.stage.parts.things.kit import (
    BEAM,
    BLACK,
    CHROME,
    IRON,
    RUBBER,
    STEEL,
    TAIL,
    WHITE,
    WINDOW,
    Assembly,
    board,
    case,
    mirrored,
    pale,
    rod,
    rolling,
    side_cut,
    turned,
    wheel,
    window_row,
    wire_wheel,
)
from matinee.engine.stage.parts.things.stock import DARK, LEATHER


def bicycle(main: Finish) -> Assembly:
    """Return a bicycle, 1.75 m long."""
    crank, seat, head = (0, 0.3, -0.06), (0, 0.83, -0.22), (0, 0.78, 0.34)
    frame = [(crank, seat), (crank, (0, 0.66, 0.38)), ((0, 0.76, -0.2), head)]
    parts = [tube([a, b], 0.017, main, sides=8) for a, b in frame]
    stays = [
        rod("30 300 -60, 50 345 -520", 0.009, main),
        rod("20 760 -200, 50 345 -520", 0.009, main),
        rod("30 660 380, 50 345 530", 0.011, main),
        rod("280 970 170, 285 965 80", 0.017, LEATHER),
    ]
    parts += [mirrored(one) for one in stays]
    parts += [
        rod("0 640 385, 0 980 300", 0.014, STEEL),
        rod("-280 970 160, -200 1000 280, 0 980 310, 200 1000 280, 280 970 160", 0.012, STEEL),
        box((0, 0.9, -0.25), (0.07, 0.025, 0.11), LEATHER, bevel_m=0.025),
        rod("0 800 -210, 0 890 -240", 0.012, STEEL),
    ]
    pedals = merged(
        [
            placed(cylinder(0.09, 0.006, STEEL, sides=18), (0.035, 0, 0), roll=-np.pi / 2),
            rod("50 0 0, 55 -120 110", 0.009, STEEL, sides=5),
            rod("-50 0 0, -55 120 -110", 0.009, STEEL, sides=5),
            box((0.1, -0.125, 0.115), (0.045, 0.009, 0.03), DARK),
            box((-0.1, 0.125, -0.115), (0.045, 0.009, 0.03), DARK),
        ]
    )
    wheels = rolling(wire_wheel(0.348), 0.348, [(0, 0.348, -0.52), (0, 0.348, 0.53)])
    # One turn of the pedals moves a bicycle as far as two and a half turns of its wheels.
    return Assembly(merged(parts), (*wheels, *rolling(pedals, 0.87, [crank])))


def motorcycle(main: Finish) -> Assembly:
    """Return a motorcycle, 2.1 m long."""
    tank = side_cut(
        "-120 700, 300 740, 380 800, 330 900, 200 930, -80 850, -140 790", 0.28, main, bevel_m=0.07
    )
    seat = side_cut(
        "-700 830, -640 800, -300 760, -60 780, -90 850, -340 820, -660 880",
        0.26,
        BLACK,
        bevel_m=0.05,
    )
    fenders = [
        side_cut(
            "380 640, 480 690, 640 710, 800 690, 900 620, 890 660, 800 730, 640 750, 470 725, "
            "370 670",
            0.14,
            main,
            bevel_m=0.02,
        ),
        side_cut(
            "-980 700, -720 760, -560 720, -560 690, -720 725, -970 660", 0.16, main, bevel_m=0.02
        ),
    ]
    engine = [
        box((0, 0.43, 0.02), (0.14, 0.14, 0.2), IRON, bevel_m=0.03),
        *(box((0, 0.6 + 0.03 * k, 0.1), (0.11, 0.008, 0.11), STEEL) for k in range(5)),
        placed(
            cylinder(0.13, 0.3, STEEL, sides=18, bevel_m=0.02), (0.15, 0.38, -0.1), roll=np.pi / 2
        ),
    ]
    pipes = [
        rod(
            f"{s * 90} 560 200, {s * 130} 400 300, {s * 160} 290 100, {s * 170} 290 -300, "
            f"{s * 175} 330 -850",
            [0.025, 0.03, 0.035, 0.045, 0.05],
            CHROME,
            sides=10,
        )
        for s in (-1, 1)
    ]
    fork_ = mirrored(rod("95 320 700, 90 1000 330", 0.028, CHROME, sides=8))
    bars = rod(
        "-390 1030 180, -320 1060 250, -90 1010 320, 90 1010 320, 320 1060 250, 390 1030 180",
        0.016,
        STEEL,
    )
    grips = mirrored(rod("300 1055 262, 395 1028 175", 0.022, DARK, sides=8))
    lamp = [
        ball((0, 0.88, 0.5), (0.1, 0.1, 0.08), CHROME, level=2),
        placed(cylinder(0.088, 0.012, BEAM, sides=18), (0, 0.88, 0.56), tilt=np.pi / 2),
        box((0, 0.79, -0.93), (0.05, 0.03, 0.02), TAIL, bevel_m=0.01),
    ]
    swing = mirrored(rod("110 350 -100, 120 330 -700", 0.03, IRON))
    dials = [
        placed(cylinder(0.045, 0.04, BLACK, sides=14), (x, 1.02, 0.36), tilt=0.9)
        for x in (-0.06, 0.06)
    ]
    mirrors = mirrored(
        merged(
            [
                rod("230 1050 280, 300 1180 260", 0.006, CHROME),
                ball((0.3, 1.2, 0.26), (0.06, 0.04, 0.012), CHROME, level=2),
            ]
        )
    )
    wheels = rolling(
        wheel(0.33, 0.15, hub=STEEL, spokes=7, tyre=0.32), 0.33, [(0, 0.33, -0.7), (0, 0.33, 0.72)]
    )
    return Assembly(
        merged(
            [
                tank,
                seat,
                *fenders,
                *engine,
                *pipes,
                fork_,
                bars,
                grips,
                *lamp,
                swing,
                *dials,
                mirrors,
            ]
        ),
        wheels,
    )


def scooter(main: Finish) -> Assembly:
    """Return a motor scooter, 1.75 m long."""
    body = side_cut(
        "-820 420, -700 330, -200 300, 40 250, 420 250, 520 330, 560 700, 510 880, 470 880, "
        "470 420, 360 325, 60 336, -120 420, -130 690, -760 700, -850 600",
        0.36,
        main,
        bevel_m=0.06,
    )
    shield_ = box((0, 0.58, 0.5), (0.23, 0.3, 0.02), main, bevel_m=0.03)
    seat = box((0, 0.74, -0.42), (0.14, 0.05, 0.34), BLACK, bevel_m=0.04)
    bars = [
        rod("-330 1000 330, -120 1010 420, 120 1010 420, 330 1000 330", 0.018, CHROME),
        mirrored(rod("230 1004 378, 335 1000 328", 0.024, DARK, sides=8)),
        rod("0 300 560, 0 1000 430", 0.035, main, sides=8),
    ]
    lamp = [
        ball((0, 0.95, 0.49), (0.08, 0.08, 0.06), main, level=2),
        placed(cylinder(0.065, 0.012, BEAM, sides=18), (0, 0.95, 0.54), tilt=np.pi / 2),
        box((0, 0.55, -0.85), (0.06, 0.035, 0.02), TAIL),
    ]
    fender = side_cut(
        "400 330, 560 420, 740 330, 760 250, 700 320, 560 380, 420 300", 0.14, main, bevel_m=0.02
    )
    wheels = rolling(wheel(0.22, 0.11, tyre=0.4), 0.22, [(0, 0.22, -0.56), (0, 0.22, 0.58)])
    return Assembly(merged([body, shield_, seat, *bars, *lamp, fender]), wheels)


def car(main: Finish) -> Assembly:
    """Return a saloon car, 4.3 m long."""
    body = street.car(main.colour, wheels=False)
    places = [(x, 0.335, z) for x in (-0.78, 0.78) for z in (-1.34, 1.36)]
    return Assembly(body, rolling(wheel(0.335, 0.2), 0.335, places))


def bus(main: Finish) -> Assembly:
    """Return a city bus, 10.5 m long."""
    shell = side_cut(
        "-5200 350, 5150 350, 5250 600, 5230 1400, 5100 2950, 4950 3050, -5050 3050, -5200 2950",
        2.5,
        main,
        bevel_m=0.09,
    )
    band = merged(
        [
            window_row(1.255, 2.05, -4.5, 3.55, 7, half=(0.53, 0.5)),
            box((0, 2.0, 5.19), (1.1, 0.75, 0.03), WINDOW, bevel_m=0.02),
            box((0, 2.2, -5.2), (1.0, 0.45, 0.02), WINDOW, bevel_m=0.02),
        ]
    )
    doors = boxes(
        [(1.258, 1.5, 4.55), (1.258, 1.5, 0.0)], (0.01, 1.05, 0.45), WINDOW, bevel_m=0.008
    )
    stripe = boxes([(s * 1.252, 0.95, 0) for s in (-1, 1)], (0.008, 0.12, 5.1), pale(main, 0.75))
    skirt = box((0, 0.32, 0), (1.2, 0.1, 5.1), BLACK)
    lights = merged(
        [
            mirrored(box((0.9, 0.72, 5.24), (0.2, 0.09, 0.03), BEAM, bevel_m=0.02)),
            mirrored(box((1.05, 0.8, -5.21), (0.1, 0.16, 0.02), TAIL)),
            box(
                (0, 2.86, 5.1), (0.8, 0.12, 0.06), Finish(rgb("#ffa93a"), Surface.SCREEN, 0.4, 1.0)
            ),
        ]
    )
    mirrors = mirrored(box((1.42, 2.2, 5.2), (0.1, 0.22, 0.05), BLACK, bevel_m=0.03))
    places = [(x, 0.48, z) for x in (-1.08, 1.08) for z in (-3.1, 3.3)]
    arches = boxes(
        [(s * 1.253, 0.6, z) for s in (-1, 1) for z in (-3.1, 3.3)],
        (0.006, 0.4, 0.58),
        BLACK,
        bevel_m=0.005,
    )
    return Assembly(
        merged([shell, band, doors, stripe, skirt, lights, mirrors, arches]),
        rolling(wheel(0.48, 0.28, spokes=8), 0.48, [(x * 1.09, y, z) for x, y, z in places]),
    )


def truck(main: Finish) -> Assembly:
    """Return a lorry with a box body, 7.6 m long; the colour is the cab's."""
    cab = side_cut(
        "1900 600, 3600 600, 3700 900, 3680 1500, 3450 2600, 3300 2700, 1900 2700",
        2.3,
        main,
        bevel_m=0.08,
    )
    glass = [
        box((0, 2.1, 3.58), (1.0, 0.4, 0.03), WINDOW, bevel_m=0.02),
        window_row(1.155, 2.1, 2.85, 2.85, 1, half=(0.42, 0.36)),
    ]
    load = case(
        (1.2, 1.25, 2.75), Finish(rgb("#d9d7d0"), Surface.PAINT, 0.5), lift_m=1.0, bevel_m=0.03
    )
    load = placed(load, (0, 0, -1.0))
    ribs = boxes(
        [(s * 1.205, 2.25, z) for s in (-1, 1) for z in np.linspace(-3.6, 1.6, 9)],
        (0.01, 1.22, 0.03),
        WHITE,
    )
    frame = box((0, 0.82, -0.2), (0.5, 0.12, 3.4), IRON)
    grille = [
        box((0, 1.1, 3.69), (0.75, 0.28, 0.03), BLACK, bevel_m=0.02),
        *(box((0, 0.95 + 0.1 * k, 3.725), (0.72, 0.012, 0.01), CHROME) for k in range(4)),
        box((0, 0.62, 3.68), (1.12, 0.13, 0.1), STEEL, bevel_m=0.04),
    ]
    lights = merged(
        [
            mirrored(box((0.93, 1.0, 3.69), (0.14, 0.1, 0.04), BEAM, bevel_m=0.03)),
            mirrored(box((1.0, 0.85, -3.77), (0.14, 0.07, 0.02), TAIL)),
        ]
    )
    exhaust = rod("1000 800 1750, 1000 3000 1750", 0.07, CHROME, sides=10)
    mirrors = mirrored(box((1.33, 2.1, 3.4), (0.09, 0.22, 0.04), BLACK, bevel_m=0.03))
    tanks = mirrored(
        placed(
            cylinder(0.28, 1.1, STEEL, sides=16, bevel_m=0.04), (0.85, 0.72, 0.2), tilt=np.pi / 2
        )
    )
    places = [(x, 0.5, z) for x in (-0.98, 0.98) for z in (-2.9, -1.8, 2.8)]
    return Assembly(
        merged([cab, *glass, load, ribs, frame, *grille, lights, exhaust, mirrors, tanks]),
        rolling(wheel(0.5, 0.34, spokes=8), 0.5, places),
    )


def pickup(main: Finish) -> Assembly:
    """Return a pickup, 5.2 m long."""
    body = side_cut(
        "-2600 500, 2500 500, 2600 800, 2550 1050, 1250 1150, -2600 1150", 1.9, main, bevel_m=0.06
    )
    cabin = side_cut(
        "-560 1140, 1150 1140, 600 1720, 450 1780, -420 1780, -560 1700", 1.7, main, bevel_m=0.06
    )
    panes = [
        window_row(0.856, 1.45, -0.2, 0.4, 2, half=(0.27, 0.2)),
        placed(box((0, 0, 0), (0.74, 0.3, 0.012), WINDOW), (0, 1.45, 0.9), tilt=-0.78),
        box((0, 1.48, -0.57), (0.7, 0.2, 0.012), WINDOW),
    ]
    bed_ = box((0, 1.1, -1.6), (0.8, 0.06, 0.93), BLACK)
    front = [
        box((0, 0.88, 2.57), (0.6, 0.14, 0.04), BLACK, bevel_m=0.02),
        mirrored(box((0.78, 0.9, 2.57), (0.13, 0.1, 0.04), BEAM, bevel_m=0.03)),
        box((0, 0.58, 2.6), (0.95, 0.1, 0.08), CHROME, bevel_m=0.03),
        mirrored(box((0.85, 0.95, -2.61), (0.08, 0.14, 0.02), TAIL)),
    ]
    places = [(x, 0.4, z) for x in (-0.86, 0.86) for z in (-1.55, 1.65)]
    arches = boxes(
        [(s * 0.953, 0.62, z) for s in (-1, 1) for z in (-1.55, 1.65)],
        (0.006, 0.28, 0.46),
        BLACK,
        bevel_m=0.005,
    )
    return Assembly(
        merged([body, cabin, *panes, bed_, *front, arches]),
        rolling(wheel(0.4, 0.26), 0.4, [(x * 1.02, y, z) for x, y, z in places]),
    )


def tractor(main: Finish) -> Assembly:
    """Return a farm tractor, 3.6 m long."""
    hood = side_cut(
        "100 800, 1750 800, 1800 950, 1780 1350, 1600 1420, 100 1450", 0.78, main, bevel_m=0.06
    )
    grille = [
        box((0, 1.08, 1.79), (0.3, 0.22, 0.02), BLACK),
        mirrored(placed(cylinder(0.09, 0.03, BEAM, sides=14), (0.3, 1.3, 1.77), tilt=np.pi / 2)),
    ]
    chassis = box((0, 0.72, 0.3), (0.28, 0.16, 1.3), IRON, bevel_m=0.03)
    posts = [
        rod(f"{s * 480} 1250 {z}, {s * 500} 2380 {z * 0.9:.0f}", 0.04, main)
        for s in (-1, 1)
        for z in (-950, 60)
    ]
    roof = box((0, 2.42, -0.42), (0.62, 0.05, 0.68), main, bevel_m=0.04)
    fenders = mirrored(
        merged(
            [
                placed(
                    cylinder(0.86, 0.42, main, sides=28),
                    (0.52, 0.78, -0.85),
                    roll=-np.pi / 2,
                    scale=(1, 1, 1),
                )
            ]
        )
    )
    trimmed = _above(fenders, 1.05)
    seat = [
        box((0, 1.15, -0.7), (0.24, 0.05, 0.22), BLACK, bevel_m=0.03),
        box((0, 1.42, -0.92), (0.24, 0.26, 0.04), BLACK, bevel_m=0.03),
    ]
    steer = [
        placed(ring(0.2, 0.018, BLACK, sides=18), (0, 1.55, -0.2), tilt=0.6),
        rod("0 1400 60, 0 1545 -190", 0.02, BLACK),
    ]
    pipe = rod("250 1400 1200, 250 2150 1200", 0.045, IRON, sides=8)
    rear = rolling(
        wheel(0.8, 0.5, hub=Finish(rgb("#d9b13a"), Surface.PAINT, 0.4), spokes=8, tyre=0.42),
        0.8,
        [(s * 0.82, 0.8, -0.85) for s in (-1, 1)],
    )
    fore = rolling(
        wheel(0.46, 0.3, hub=Finish(rgb("#d9b13a"), Surface.PAINT, 0.4), spokes=6, tyre=0.42),
        0.46,
        [(s * 0.7, 0.46, 1.2) for s in (-1, 1)],
    )
    return Assembly(
        merged([hood, *grille, chassis, *posts, roof, trimmed, *seat, *steer, pipe]), (*rear, *fore)
    )


def _above(part: Mesh, floor_m: float) -> Mesh:
    """Return the part without the triangles that reach below a height."""
    keep = part.triangles[part.positions[part.triangles][:, :, 1].min(axis=1) > floor_m]
    used, numbers = np.unique(keep, return_inverse=True)
    return replace(
        part,
        positions=part.positions[used],
        normals=part.normals[used],
        albedo=part.albedo[used],
        surface=part.surface[used],
        roughness=part.roughness[used],
        emission=part.emission[used],
        occlusion=part.occlusion[used],
        light=part.light[used],
        triangles=numbers.reshape(-1, 3).astype(np.uint32),
    )


def tank(main: Finish) -> Assembly:
    """Return a tank, its gun along +Z, 7.4 m long with it."""
    hull = side_cut(
        "-3000 900, -2900 600, 2600 600, 3200 1000, 2800 1300, -2900 1350", 2.1, main, bevel_m=0.05
    )
    tracks, rollers = [], []
    for s in (-1, 1):
        tread = side_cut(
            "-2900 250, -2500 0, 2300 0, 3000 450, 3050 750, 2750 930, -2900 950, -3200 700",
            0.55,
            RUBBER.coloured(rgb("#2a2a28")),
            bevel_m=0.03,
        )
        tracks.append(placed(tread, (s * 1.3, 0, 0)))
        guard = box((s * 1.3, 1.0, -0.05), (0.33, 0.035, 3.1), main)
        tracks.append(guard)
        cleats = boxes(
            [(s * 1.3, 0.012, z) for z in np.linspace(-2.4, 2.2, 24)], (0.29, 0.014, 0.05), IRON
        )
        tracks.append(cleats)
        rollers += [(s * 1.5, 0.4, z) for z in np.linspace(-2.3, 2.0, 6)]
    turret = placed(
        turned("0 0, 120 0, 130 20, 112 62, 90 72, 0 74", main, sides=10, unit_m=0.01),
        (0, 1.3, -0.2),
        scale=(1, 1, 1.15),
    )
    gun = merged(
        [
            placed(
                turned(
                    "0 0, 130 0, 110 300, 85 420, 80 3300, 105 3320, 105 3650, 60 3652, 0 3600",
                    main,
                    sides=16,
                ),
                (0, 1.65, 0.75),
                tilt=np.pi / 2,
            )
        ]
    )
    hatch = [
        placed(cylinder(0.32, 0.1, main.times(0.85), sides=18, bevel_m=0.02), (0.35, 2.02, -0.5)),
        rod("-600 2000 -900, -600 3200 -950", 0.012, IRON),
    ]
    lamp = mirrored(placed(cylinder(0.09, 0.05, BEAM, sides=12), (0.8, 1.1, 3.05), tilt=np.pi / 2))
    star = np.array(
        [
            (r * np.sin(a), r * np.cos(a))
            for k in range(10)
            for r, a in [((0.24, 0.1)[k % 2], -k * np.pi / 5)]
        ]
    )
    sign = [
        placed(board(star, 0.02, WHITE), (s * 1.16, 1.62, -0.1), yaw=s * np.pi / 2) for s in (-1, 1)
    ]
    return Assembly(
        merged([hull, *tracks, turret, gun, *hatch, lamp, *sign]),
        rolling(wheel(0.36, 0.2, hub=main, spokes=6, tyre=0.2), 0.36, rollers),
    )

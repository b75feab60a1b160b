"""What is drawn, pushed or runs on rails: carts, coaches, barrows, sledges, trains."""

from __future__ import annotations

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.stage.parts.finish import Finish, rgb
from matinee.engine.stage.parts.solids import ball, box, boxes, cylinder, placed, ring, tube
from matinee.engine.stage.parts.things.kit import (
    BEAM,
    BLACK,
    GOLD,
    IRON,
    STEEL,
    TAIL,
    TIMBER,
    WINDOW,
    Assembly,
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
    wooden_wheel,
)
from matinee.engine.stage.parts.things.stock import DARK, LEATHER


def locomotive(main: Finish) -> Assembly:
    """Return a steam locomotive with its tender, 13 m long."""
    boiler = placed(
        turned(
            "0 0, 75 0, 78 3, 78 60, 74 62, 74 460, 76 462, 76 500, 0 500",
            main,
            sides=28,
            unit_m=0.01,
        ),
        (0, 2.05, 0.9),
        tilt=np.pi / 2,
    )
    smoke_box = placed(
        turned("0 0, 79 0, 81 4, 81 66, 70 74, 20 80, 0 80", BLACK, sides=28, unit_m=0.01),
        (0, 2.05, 5.2),
        tilt=np.pi / 2,
    )
    bands = [
        placed(ring(0.755, 0.022, GOLD, sides=30, around=6), (0, 2.05, z), tilt=np.pi / 2)
        for z in (2.0, 3.0, 4.0, 5.0)
    ]
    chimney = placed(
        turned("26 0, 24 10, 22 70, 34 95, 36 100, 30 101", BLACK, sides=20, unit_m=0.01),
        (0, 2.75, 5.5),
    )
    domes = [
        placed(turned("34 0, 34 30, 26 48, 0 55", GOLD, sides=20, unit_m=0.01), (0, 2.7, z))
        for z in (2.4, 3.9)
    ]
    cab = merged(
        [
            side_cut("-1000 1000, 1000 1000, 1000 3300, -1000 3300", 2.3, main, bevel_m=0.05),
            box((0, 3.38, -0.1), (1.32, 0.06, 1.3), BLACK, bevel_m=0.03),
            window_row(1.156, 2.6, -0.35, 0.5, 2, half=(0.3, 0.36)),
            mirrored(box((0.75, 2.6, 1.01), (0.22, 0.36, 0.012), WINDOW)),
        ]
    )
    frame = box((0, 1.0, 2.4), (1.0, 0.12, 3.7), BLACK)
    beam_ = box((0, 0.95, 6.15), (1.25, 0.22, 0.08), Finish(rgb("#a32320"), Surface.PAINT, 0.4))
    catcher = merged(
        [
            rod(f"{x} 800 6200, {x * 0.75:.0f} 180 6850", 0.035, IRON)
            for x in (-1000, -700, -400, -130, 130, 400, 700, 1000)
        ]
        + [rod("-750 190 6840, 750 190 6840", 0.04, IRON)]
    )
    lamp = [
        placed(cylinder(0.2, 0.22, GOLD, sides=20), (0, 2.95, 5.85), tilt=np.pi / 2),
        placed(cylinder(0.16, 0.02, BEAM.glowing(2.0), sides=20), (0, 2.95, 6.07), tilt=np.pi / 2),
    ]
    pistons = mirrored(
        placed(cylinder(0.3, 0.9, BLACK, sides=18, bevel_m=0.03), (1.15, 0.85, 4.5), tilt=np.pi / 2)
    )
    coupling = mirrored(box((1.27, 0.62, 2.2), (0.035, 0.06, 2.0), STEEL))
    tender = merged(
        [
            placed(case((1.15, 0.85, 2.2), main, lift_m=0.95, bevel_m=0.05), (0, 0, -3.5)),
            placed(
                ball((0, 0, 0), (0.95, 0.35, 1.7), DARK, level=2, faceted=True), (0, 2.65, -3.6)
            ),
            box((0, 0.9, -3.5), (1.0, 0.1, 2.3), BLACK),
        ]
    )
    stripe = boxes([(s * 1.157, 1.5, -3.5) for s in (-1, 1)], (0.006, 0.04, 2.0), GOLD)
    red = Finish(rgb("#9a2a24"), Surface.PAINT, 0.4)
    drivers = rolling(
        wheel(0.78, 0.14, hub=red, spokes=12, tyre=0.12),
        0.78,
        [(s * 1.12, 0.78, z) for s in (-1, 1) for z in (0.6, 2.3, 4.0 - 0.2)],
    )
    small = rolling(
        wheel(0.4, 0.14, hub=red, spokes=8, tyre=0.14),
        0.4,
        [(s * 1.05, 0.4, z) for s in (-1, 1) for z in (5.3, -2.4, -3.5, -4.6)],
    )
    return Assembly(
        merged(
            [
                boiler,
                smoke_box,
                *bands,
                chimney,
                *domes,
                cab,
                frame,
                beam_,
                catcher,
                *lamp,
                pistons,
                coupling,
                tender,
                stripe,
            ]
        ),
        (*drivers, *small),
    )


def tram(main: Finish) -> Assembly:
    """Return a railway carriage or tram, 9 m long."""
    shell = side_cut(
        "-4400 700, 4400 700, 4500 1200, 4350 3000, 4100 3250, -4100 3250, -4350 3000, -4500 1200",
        2.4,
        main,
        bevel_m=0.1,
    )
    glass = [
        window_row(1.206, 2.3, -3.5, 3.5, 7, half=(0.4, 0.48)),
        *(box((0, 2.3, s * 4.42), (0.9, 0.5, 0.03), WINDOW, bevel_m=0.02) for s in (-1, 1)),
    ]
    stripe = boxes([(s * 1.204, 1.55, 0) for s in (-1, 1)], (0.006, 0.1, 4.35), pale(main, 0.8))
    low = box((0, 0.6, 0), (1.05, 0.16, 4.1), BLACK)
    lights = mirrored(
        merged(
            [
                placed(cylinder(0.11, 0.03, BEAM, sides=14), (0.75, 1.2, 4.5), tilt=np.pi / 2),
                box((0.9, 1.15, -4.5), (0.1, 0.07, 0.02), TAIL),
            ]
        )
    )
    bow_ = [
        rod("-500 3250 -200, 0 3900 300, 500 3250 -200", 0.03, IRON),
        rod("-600 3900 300, 600 3900 300", 0.03, IRON),
    ]
    places = [(s * 0.85, 0.36, z) for s in (-1, 1) for z in (-3.2, -2.2, 2.2, 3.2)]
    return Assembly(
        merged([shell, *glass, stripe, low, lights, *bow_]),
        rolling(wheel(0.36, 0.16, hub=IRON, tyre=0.2), 0.36, places),
    )


def cart(main: Finish) -> Assembly:
    """Return a wooden cart on two large wheels, its shafts along +Z."""
    bed_ = merged(
        [
            box((0, 0.72, -0.2), (0.6, 0.03, 0.95), main, bevel_m=0.01),
            *(box((s * 0.6, 0.92, -0.2), (0.02, 0.2, 0.95), main, bevel_m=0.008) for s in (-1, 1)),
            *(box((0, 0.92, z), (0.6, 0.2, 0.02), main, bevel_m=0.008) for z in (-1.15, 0.75)),
        ]
    )
    rails = boxes(
        [(s * 0.625, 0.92, z) for s in (-1, 1) for z in (-1.0, -0.2, 0.6)],
        (0.02, 0.24, 0.035),
        main.times(0.8),
    )
    shafts = mirrored(rod("450 690 700, 420 720 1500, 360 780 2000", 0.035, main.times(0.9)))
    axle = rod("-760 550 -200, 760 550 -200", 0.045, IRON)
    hay = placed(
        ball((0, 0, 0), (0.52, 0.28, 0.85), Finish(rgb("#c9a54a"), Surface.FOLIAGE, 0.95), level=3),
        (0, 0.95, -0.2),
    )
    stand = mirrored(rod("400 690 900, 400 0 1050", 0.03, main.times(0.8)))
    return Assembly(
        merged([bed_, rails, shafts, axle, hay, stand]),
        rolling(wooden_wheel(0.55), 0.55, [(s * 0.72, 0.55, -0.2) for s in (-1, 1)]),
    )


def carriage(main: Finish) -> Assembly:
    """Return a fairy tale coach, its shaft along +Z; gilded, in the colour."""
    body = ball((0, 1.5, 0), (0.78, 0.78, 1.0), main, level=4)
    ribs = [
        placed(
            ring(1.0, 0.02, GOLD, sides=40, around=6),
            (0, 1.5, 0),
            roll=np.pi / 2,
            yaw=a,
            scale=(0.8, 1.0, 0.8),
        )
        for a in (0.0, np.pi / 2)
    ]
    panes = [box((s * 0.7, 1.65, 0), (0.08, 0.26, 0.32), WINDOW, bevel_m=0.06) for s in (-1, 1)]
    frames = [
        placed(ring(0.36, 0.022, GOLD, sides=28, around=6), (s * 0.765, 1.65, 0), roll=np.pi / 2)
        for s in (-1, 1)
    ]
    top = turned("0 0, 14 2, 10 12, 18 20, 8 30, 0 34", GOLD, sides=12, unit_m=0.01)
    beam_ = [
        rod("0 650 -1300, 0 600 0, 0 700 1100, 0 800 2300", 0.04, GOLD),
        mirrored(rod("600 950 -1100, 500 750 -600, 500 750 600, 600 1000 1100", 0.03, GOLD)),
    ]
    seat = [
        box((0, 1.25, 1.15), (0.42, 0.04, 0.22), LEATHER, bevel_m=0.03),
        box((0, 1.45, 0.98), (0.42, 0.18, 0.03), LEATHER, bevel_m=0.02),
        rod("0 1200 1150, 0 700 1100", 0.05, GOLD),
    ]
    gilt = GOLD
    rear = rolling(
        wooden_wheel(0.6, gilt, spokes=10), 0.6, [(s * 0.85, 0.6, -1.1) for s in (-1, 1)]
    )
    fore = rolling(
        wooden_wheel(0.45, gilt, spokes=10), 0.45, [(s * 0.8, 0.45, 1.15) for s in (-1, 1)]
    )
    axles = [
        rod("-850 600 -1100, 850 600 -1100", 0.04, gilt),
        rod("-800 450 1150, 800 450 1150", 0.04, gilt),
    ]
    return Assembly(
        merged([body, *ribs, *panes, *frames, placed(top, (0, 2.24, 0)), *beam_, *seat, *axles]),
        (*rear, *fore),
    )


def wheelbarrow(main: Finish) -> Assembly:
    """Return a wheelbarrow, its wheel in front."""
    tray_ = [
        placed(box((0, 0, 0), (0.3, 0.012, 0.4), main), (0, 0.42, 0)),
        *(
            placed(
                box((0, 0, 0), (0.012, 0.14, 0.44), main, bevel_m=0.004),
                (s * 0.34, 0.54, 0),
                roll=-s * 0.35,
            )
            for s in (-1, 1)
        ),
        placed(box((0, 0, 0), (0.36, 0.15, 0.012), main), (0, 0.54, 0.44), tilt=0.5),
        placed(box((0, 0, 0), (0.36, 0.13, 0.012), main), (0, 0.53, -0.42), tilt=-0.3),
    ]
    shafts = mirrored(
        merged(
            [
                rod("70 240 640, 240 380 0, 290 560 -850", 0.018, STEEL),
                rod("285 540 -760, 292 568 -880", 0.024, BLACK),
                rod("250 400 -150, 260 0 -260", 0.018, STEEL),
            ]
        )
    )
    return Assembly(
        merged([*tray_, shafts]), rolling(wheel(0.2, 0.09, tyre=0.4), 0.2, [(0, 0.2, 0.66)])
    )


def shopping_cart(main: Finish) -> Assembly:
    """Return a shopping trolley, its handle behind; the colour is the handle's."""
    wires = []
    for y, share in ((0.45, 0.86), (0.6, 0.92), (0.75, 0.96), (0.9, 1.0)):
        x, z0, z1 = 0.26 * share, -0.4, 0.45 * share
        wires.append(
            tube(
                [(-x, y, z0), (x, y, z0), (x * 0.8, y, z1), (-x * 0.8, y, z1), (-x, y, z0)],
                0.006,
                STEEL,
                sides=5,
                closed=False,
            )
        )
    for u in np.linspace(0, 1, 8):
        z0, z1 = -0.4 + u * 0.79, -0.4 + u * 0.85
        x0, x1 = 0.225 * (1 - 0.2 * u), 0.26 * (1 - 0.2 * u)
        wires += [
            tube([(s * x1, 0.9, z1), (s * x0, 0.45, z0), (0, 0.45, z0)], 0.004, STEEL, sides=4)
            for s in (-1, 1)
        ]
    frame = mirrored(
        merged(
            [
                rod("260 900 -400, 290 1000 -540", 0.012, STEEL),
                rod("240 450 -380, 260 130 -420, 250 130 300, 220 450 380", 0.013, STEEL),
            ]
        )
    )
    handle = rod("-300 1000 -540, 300 1000 -540", 0.018, main, sides=10)
    return Assembly(
        merged([*wires, frame, handle]),
        rolling(
            wheel(0.062, 0.03, tyre=0.4),
            0.062,
            [(s * 0.25, 0.062, z) for s in (-1, 1) for z in (-0.4, 0.3)],
        ),
    )


def wheelchair(main: Finish) -> Assembly:
    """Return a wheelchair; the colour is that of seat and back."""
    seat = [
        box((0, 0.5, 0), (0.23, 0.025, 0.22), main, bevel_m=0.01),
        box((0, 0.75, -0.23), (0.23, 0.24, 0.015), main, bevel_m=0.01),
    ]
    frame = mirrored(
        merged(
            [
                rod("230 480 220, 230 480 -220, 230 980 -260, 230 990 -360", 0.014, STEEL),
                rod("230 700 -230, 240 710 180, 230 480 210, 220 130 380", 0.014, STEEL),
                rod("230 480 -200, 230 300 -100, 230 150 250", 0.014, STEEL),
                box((0.25, 0.72, -0.02), (0.025, 0.014, 0.16), BLACK, bevel_m=0.008),
                box((0.12, 0.12, 0.42), (0.08, 0.008, 0.08), BLACK),
            ]
        )
    )
    big = rolling(wire_wheel(0.31), 0.31, [(s * 0.29, 0.31, -0.1) for s in (-1, 1)])
    small = rolling(wheel(0.09, 0.03), 0.09, [(s * 0.22, 0.09, 0.28) for s in (-1, 1)])
    return Assembly(merged([*seat, frame]), (*big, *small))


def sled(main: Finish) -> Mesh:
    """Return a wooden sledge along z."""
    runner = mirrored(
        rod("230 20 -500, 230 20 450, 230 90 620, 230 220 640, 230 250 560", 0.018, main)
    )
    slats = boxes(
        [(x, 0.26, 0.0) for x in (-0.18, -0.06, 0.06, 0.18)],
        (0.045, 0.012, 0.56),
        main,
        bevel_m=0.006,
    )
    posts = boxes(
        [(s * 0.22, 0.135, z) for s in (-1, 1) for z in (-0.4, 0.0, 0.4)],
        (0.016, 0.12, 0.02),
        main.times(0.85),
    )
    cross = boxes([(0, 0.238, z) for z in (-0.4, 0.0, 0.4)], (0.25, 0.012, 0.025), main.times(0.85))
    rope = rod("-200 240 560, -120 180 900, 0 120 1050, 120 180 900, 200 240 560", 0.008, LEATHER)
    return merged([runner, slats, posts, cross, rope])


def toy_train(main: Finish) -> Assembly:
    """Return a wooden toy train, 0.3 m long."""
    gold = Finish(rgb("#d8a838"), Surface.PAINT, 0.4)
    blue = Finish(rgb("#2f6fb0"), Surface.PAINT, 0.4)
    parts = [
        box((0, 0.04, 0), (0.035, 0.008, 0.13), TIMBER, bevel_m=0.003),
        placed(
            cylinder(0.028, 0.13, main, sides=18, bevel_m=0.005), (0, 0.075, -0.0), tilt=np.pi / 2
        ),
        box((0, 0.085, -0.07), (0.036, 0.045, 0.045), blue, bevel_m=0.006),
        box((0, 0.135, -0.07), (0.044, 0.006, 0.055), main, bevel_m=0.004),
        placed(turned("9 0, 9 30, 15 42, 0 42", gold, sides=14), (0, 0.1, 0.1)),
        placed(turned("11 0, 9 14, 0 18", gold, sides=14), (0, 0.1, 0.045)),
    ]
    tyre = placed(turned("0 -6, 22 -6, 24 0, 22 6, 0 6", gold, sides=16), roll=np.pi / 2)
    return Assembly(
        merged(parts),
        rolling(tyre, 0.024, [(s * 0.042, 0.024, z) for s in (-1, 1) for z in (-0.08, 0.02, 0.09)]),
    )

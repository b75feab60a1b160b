"""What furnishes rooms: baths and basins, doors, ladders, carpets, cushions, baskets."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.stage.parts.finish import Finish, rgb, seed_of
from matinee.engine.stage.parts.fire import flame
from matinee.engine.stage.parts.solids import (
    ball,
    box,
    boxes,
    cylinder,
    grid_triangles,
    lathe,
    placed,
    ring,
    shape,
    tube,
)
from matinee.engine.stage.parts.things.kit import (
    CHROME,
    GOLD,
    IRON,
    STEEL,
    TIMBER,
    WHITE,
    board,
    case,
    legs,
    line,
    mirrored,
    pale,
    rod,
    side_cut,
    turned,
)
from matinee.engine.stage.parts.things.stock import DARK

_WATER = Finish(rgb("#6d95a0"), Surface.WATER, 0.05)


def toilet(main: Finish) -> Mesh:
    """Return a toilet with its cistern behind."""
    foot = placed(
        lathe(line("0 0, 120 0, 118 20, 92 120, 110 240, 168 340, 185 372, 0 372"), main, sides=28),
        (0, 0, 0.06),
        scale=(1, 1, 1.3),
    )
    seat = placed(
        ring(0.15, 0.028, WHITE, sides=30, around=8), (0, 0.392, 0.09), scale=(1.08, 0.7, 1.32)
    )
    hole = placed(cylinder(0.128, 0.006, DARK, sides=26), (0, 0.373, 0.09), scale=(1.05, 1, 1.35))
    water = placed(cylinder(0.1, 0.004, _WATER, sides=22), (0, 0.379, 0.09), scale=(1, 1, 1.3))
    tank_ = box((0, 0.62, -0.25), (0.2, 0.2, 0.09), main, bevel_m=0.03)
    top = box((0, 0.83, -0.25), (0.215, 0.018, 0.1), main, bevel_m=0.012)
    lid = placed(
        box((0, 0.2, 0), (0.17, 0.2, 0.014), WHITE, bevel_m=0.014), (0, 0.41, -0.135), tilt=-0.12
    )
    lever = rod("150 760 -160, 150 760 -140, 110 755 -138", 0.008, CHROME)
    return merged(
        [
            foot,
            seat,
            hole,
            water,
            tank_,
            top,
            lid,
            lever,
            box((0, 0.36, -0.2), (0.13, 0.06, 0.12), main, bevel_m=0.03),
        ]
    )


def sink(main: Finish) -> Mesh:
    """Return a wash basin on a pedestal with its tap."""
    basin = placed(
        turned(
            "0 700, 40 700, 170 790, 235 860, 240 875, 225 876, 205 850, 150 790, 0 765",
            main,
            sides=36,
        ),
        scale=(1.15, 1, 0.85),
    )
    foot = placed(
        turned("0 0, 110 0, 100 20, 70 200, 74 500, 120 720, 0 720", main, sides=24), (0, 0, -0.04)
    )
    drain = placed(cylinder(0.022, 0.004, CHROME, sides=16), (0, 0.767, 0))
    back = box((0, 0.9, -0.2), (0.2, 0.035, 0.03), main, bevel_m=0.02)
    tap = rod(
        "0 880 -190, 0 1030 -190, 0 1060 -150, 0 1030 -90, 0 1010 -85", 0.014, CHROME, sides=10
    )
    knobs = mirrored(
        merged(
            [
                rod("90 890 -190, 90 950 -190", 0.01, CHROME),
                rod("66 955 -190, 114 955 -190", 0.008, CHROME),
            ]
        )
    )
    return merged([basin, foot, drain, back, tap, knobs])


def bathtub(main: Finish) -> Mesh:
    """Return a bath on lion's feet, full of water and foam."""
    shell = placed(
        turned(
            "0 120, 200 130, 310 260, 350 500, 372 560, 385 575, 372 590, 350 580", main, sides=40
        ),
        scale=(1.0, 1, 2.1),
    )
    water = placed(cylinder(0.335, 0.01, _WATER, sides=34), (0, 0.48, 0), scale=(1, 1, 2.1))
    random = seed_of("foam")
    foam = merged(
        [
            ball((x, 0.5, z), r, WHITE, level=2)
            for x, z, r in zip(
                random.uniform(-0.22, 0.22, 26),
                random.uniform(-0.6, 0.3, 26),
                random.uniform(0.03, 0.075, 26),
                strict=True,
            )
        ]
    )
    feet = [
        placed(
            turned("0 0, 40 0, 44 30, 26 60, 50 140, 0 150", GOLD, sides=14),
            (sx * 0.22, 0, sz * 0.5),
        )
        for sx in (-1, 1)
        for sz in (-1, 1)
    ]
    taps = rod("0 580 760, 0 760 760, 0 780 700, 0 740 660", 0.018, CHROME, sides=8)
    return merged([shell, water, foam, *feet, taps])


def wardrobe(main: Finish) -> Mesh:
    """Return a wardrobe with two doors, 2 m tall."""
    body = case((0.6, 0.94, 0.29), main.times(0.85), lift_m=0.06, bevel_m=0.012)
    top = box((0, 2.03, 0.01), (0.64, 0.03, 0.32), main, bevel_m=0.015)
    doors = mirrored(
        merged(
            [
                box((0.298, 1.0, 0.3), (0.29, 0.9, 0.014), main, bevel_m=0.006),
                box((0.298, 1.36, 0.313), (0.21, 0.42, 0.008), main.times(0.9), bevel_m=0.008),
                box((0.298, 0.5, 0.313), (0.21, 0.3, 0.008), main.times(0.9), bevel_m=0.008),
                ball((0.045, 1.02, 0.335), 0.018, GOLD, level=2),
            ]
        )
    )
    return merged([body, top, doors, box((0, 0.05, 0.0), (0.58, 0.05, 0.26), main.times(0.6))])


def ladder(main: Finish) -> Mesh:
    """Return a step ladder, open, 1.8 m tall."""
    front = [rod(f"{s * 270} 0 330, {s * 190} 1800 0", 0.024, main) for s in (-1, 1)]
    back = [rod(f"{s * 250} 0 -420, {s * 180} 1780 -20", 0.018, main.times(0.85)) for s in (-1, 1)]
    steps = [
        box((0, y, 0.33 * (1 - y / 1.8)), (0.27 - 0.08 * y / 1.8, 0.014, 0.05), main, bevel_m=0.006)
        for y in (0.28, 0.58, 0.88, 1.18, 1.48)
    ]
    top = box((0, 1.8, -0.01), (0.2, 0.016, 0.1), main, bevel_m=0.008)
    ties = [rod(f"{s * 235} 700 210, {s * 225} 700 -265", 0.008, STEEL) for s in (-1, 1)]
    return merged([*front, *back, *steps, top, *ties])


def door(main: Finish) -> Mesh:
    """Return a door in its frame, 2.1 m tall."""
    frame = merged(
        [
            mirrored(box((0.5, 1.05, 0), (0.05, 1.05, 0.07), WHITE, bevel_m=0.01)),
            box((0, 2.13, 0), (0.55, 0.05, 0.075), WHITE, bevel_m=0.01),
        ]
    )
    leaf = [
        box((0, 1.04, 0), (0.45, 1.03, 0.022), main, bevel_m=0.004),
        *(
            box((sx * 0.2, y, s * 0.024), (0.15, h, 0.006), main.times(0.88), bevel_m=0.006)
            for sx in (-1, 1)
            for y, h in ((1.5, 0.38), (0.55, 0.38))
            for s in (-1, 1)
        ),
    ]
    knob = [ball((0.38, 1.02, s * 0.055), 0.026, GOLD, level=2) for s in (-1, 1)]
    return merged([frame, *leaf, *knob])


def window(main: Finish) -> Mesh:
    """Return a window of four panes in its frame; the colour is the frame's."""
    sky = Finish(rgb("#9cc4de"), Surface.GLASS, 0.06, 0.25)
    bars = [box((0, 0.65, 0), (0.02, 0.6, 0.03), main), box((0, 0.65, 0), (0.5, 0.02, 0.03), main)]
    rim = [
        mirrored(box((0.5, 0.65, 0), (0.04, 0.65, 0.05), main, bevel_m=0.008)),
        *(box((0, y, 0), (0.54, 0.04, 0.05), main, bevel_m=0.008) for y in (0.04, 1.26)),
    ]
    return merged(
        [
            box((0, 0.65, 0), (0.47, 0.6, 0.006), sky),
            *bars,
            *rim,
            box((0, 0.0, 0.06), (0.6, 0.025, 0.12), main, bevel_m=0.01),
        ]
    )


def stairs(main: Finish) -> Mesh:
    """Return a flight of six steps that climbs away from +Z, with a rail."""
    steps = [
        box((0, 0.085 + 0.17 * k, -0.28 * k), (0.55, 0.085, 0.14), main, bevel_m=0.006)
        for k in range(6)
    ]
    under = [
        box((0, 0.085 * k, -0.28 * k), (0.55, 0.085 * k + 0.001, 0.139), main.times(0.8))
        for k in range(1, 6)
    ]
    rails = mirrored(
        merged(
            [
                rod("520 1000 100, 520 2020 -1500", 0.025, TIMBER),
                *(
                    rod(
                        f"520 {170 + 170 * k} {-280 * k}, 520 {1050 + 178 * k} {-280 * k}",
                        0.014,
                        IRON,
                    )
                    for k in range(6)
                ),
            ]
        )
    )
    return merged([*steps, *under, rails])


def fireplace(main: Finish) -> Mesh:
    """Return a chimney piece with a burning fire."""
    body = [
        mirrored(box((0.55, 0.55, 0), (0.15, 0.55, 0.2), main, bevel_m=0.01)),
        box((0, 1.0, 0), (0.4, 0.12, 0.2), main, bevel_m=0.01),
        box((0, 1.15, 0.02), (0.78, 0.04, 0.26), TIMBER, bevel_m=0.01),
        box((0, 0.45, -0.17), (0.42, 0.45, 0.02), DARK),
        box((0, 0.02, 0.1), (0.75, 0.02, 0.34), main.times(0.8)),
    ]
    logs = [
        rod(f"-260 90 {z}, 260 {90 + y} {z + 20}", 0.05, TIMBER, sides=8)
        for z, y in ((-60, 20), (40, -10), (-10, 90))
    ]
    fire = [
        placed(flame(h), (x, 0.1, z))
        for h, x, z in ((0.5, 0, -0.02), (0.36, 0.15, 0.02), (0.38, -0.16, 0))
    ]
    return merged([*body, *logs, *fire])


def rug(main: Finish) -> Mesh:
    """Return a carpet with a border and fringes, 2 m by 1.3 m."""
    edge = pale(main, 0.55)
    fringe = boxes(
        [(s * 1.02, 0.005, z) for s in (-1, 1) for z in np.linspace(-0.62, 0.62, 40)],
        (0.03, 0.003, 0.006),
        edge,
    )
    return merged(
        [
            box((0, 0.008, 0), (1.0, 0.008, 0.65), main, bevel_m=0.003),
            *(box((0, 0.0165, z), (0.92, 0.001, 0.02), edge) for z in (-0.55, 0.55)),
            *(box((x, 0.0165, 0), (0.02, 0.001, 0.57), edge) for x in (-0.9, 0.9)),
            placed(
                board(line("-300 0, 0 -300, 300 0, 0 300"), 0.003, edge),
                (0, 0.016, 0),
                tilt=np.pi / 2,
            ),
            fringe,
        ]
    )


def pillow(main: Finish) -> Mesh:
    """Return a cushion lying flat."""
    u, v = np.meshgrid(np.linspace(-1, 1, 13), np.linspace(-1, 1, 13))
    puff = 0.075 * ((1 - u**4) * (1 - v**4)).clip(0) ** 0.6
    pinch = 1 - 0.06 * (1 - np.minimum(np.abs(u), np.abs(v)))
    x, z = 0.24 * u * pinch, 0.24 * v * pinch
    up = shape(
        np.stack([x, 0.08 + puff, z], -1).reshape(-1, 3), grid_triangles(13, 13)[:, ::-1], main
    )
    down = shape(np.stack([x, 0.08 - puff, z], -1).reshape(-1, 3), grid_triangles(13, 13), main)
    return merged([up, down])


def cage(main: Finish) -> Mesh:
    """Return a bird cage with its ring."""
    bars = [
        rod(
            f"{170 * np.sin(a):.1f} 20 {170 * np.cos(a):.1f}, "
            f"{170 * np.sin(a):.1f} 320 {170 * np.cos(a):.1f}, "
            f"{110 * np.sin(a):.1f} 430 {110 * np.cos(a):.1f}, 0 480 0",
            0.004,
            main,
            sides=5,
        )
        for a in np.arange(20) * np.pi / 10
    ]
    return merged(
        [
            *bars,
            turned("0 0, 175 0, 180 6, 178 28, 0 20", main, sides=28),
            *(placed(ring(0.17, 0.005, main, sides=28, around=5), (0, y, 0)) for y in (0.17, 0.32)),
            placed(ring(0.03, 0.005, main, sides=14, around=5), (0, 0.51, 0), tilt=np.pi / 2),
            rod("-120 180 0, 120 180 0", 0.006, TIMBER),
        ]
    )


def basket(main: Finish) -> Mesh:
    """Return a wicker basket with a handle."""
    body = turned(
        "0 0, 130 0, 140 8, 175 150, 180 160, 170 162, 160 150, 130 20, 0 14", main, sides=30
    )
    weave = 1 - 0.3 * (
        np.sin(body.positions[:, 1] * 300)
        * np.sin(np.arctan2(body.positions[:, 0], body.positions[:, 2]) * 22)
        > 0
    )
    angle = np.linspace(0, np.pi, 15)
    hoop = tube(
        np.stack([0.17 * np.cos(angle), 0.155 + 0.2 * np.sin(angle), 0 * angle], -1),
        0.009,
        main,
        sides=6,
    )
    rings = [
        placed(ring(r, 0.007, main.times(0.8), sides=28, around=5), (0, y, 0))
        for y, r in ((0.05, 0.15), (0.1, 0.163), (0.158, 0.176))
    ]
    return merged(
        [replace(body, albedo=(body.albedo * weave[:, None]).astype(np.float32)), hoop, *rings]
    )


def backpack(main: Finish) -> Mesh:
    """Return a rucksack, its pocket towards +Z."""
    body = box((0, 0.22, 0), (0.15, 0.22, 0.085), main, bevel_m=0.06)
    top = ball((0, 0.41, 0), (0.145, 0.06, 0.088), main.times(0.9), level=3)
    pocket = box((0, 0.14, 0.1), (0.11, 0.1, 0.035), main.times(0.85), bevel_m=0.03)
    flap = box((0, 0.23, 0.112), (0.112, 0.03, 0.032), main.times(0.72), bevel_m=0.02)
    zip_ = rod("-130 330 82, -100 385 84, 0 405 86, 100 385 84, 130 330 82", 0.004, STEEL)
    side = mirrored(box((0.16, 0.12, 0.0), (0.025, 0.08, 0.05), main.times(0.8), bevel_m=0.02))
    straps = mirrored(rod("70 410 -70, 90 330 -135, 95 180 -140, 110 60 -85", 0.018, DARK, sides=6))
    loop = rod("-35 440 -40, -25 480 -45, 25 480 -45, 35 440 -40", 0.009, DARK)
    buckle = box((0, 0.215, 0.146), (0.016, 0.012, 0.004), STEEL)
    return merged([body, top, pocket, flap, zip_, side, straps, loop, buckle])


def shoe(main: Finish) -> Mesh:
    """Return a high heeled shoe, its toe along +Z."""
    upper = side_cut(
        "-108 132, -112 78, -60 62, 0 32, 55 9, 122 6, 130 16, 118 34, 70 52, 10 74, -50 112",
        0.07,
        main,
        bevel_m=0.008,
    )
    points = upper.positions.copy()
    wide = np.interp(points[:, 2], (-0.11, -0.02, 0.06, 0.13), (0.78, 0.72, 1.0, 0.55))
    points[:, 0] *= wide
    # Towards the top the leather leans inwards around the foot.
    lean = np.clip((points[:, 1] - 0.06) / 0.08, 0.0, 1.0)
    points[:, 0] *= 1.0 - 0.12 * lean
    opening = placed(
        ball((0, 0, 0), (0.023, 0.012, 0.062), DARK, level=3), (0, 0.1, -0.045), tilt=0.62
    )
    sole = side_cut(
        "-110 72, -60 56, 0 27, 52 3, 124 0, 124 6, 55 9, 0 33, -60 63, -110 79", 0.05, DARK
    )
    heel = rod("0 70 -92, 0 30 -100, 0 0 -98", [0.021, 0.009, 0.006], main.times(0.7), sides=10)
    return merged([replace(upper, positions=points), opening, sole, heel])


def desk(main: Finish) -> Mesh:
    """Return a writing desk with drawers, 1.3 m wide."""
    top = case((0.65, 0.018, 0.32), main, lift_m=0.72, bevel_m=0.006)
    chest = [case((0.2, 0.34, 0.29), main.times(0.92), lift_m=0.04, bevel_m=0.006)]
    fronts = [
        box((0, 0.15 + 0.21 * k, 0.295), (0.185, 0.095, 0.008), main, bevel_m=0.004)
        for k in range(3)
    ]
    knobs = [ball((0, 0.15 + 0.21 * k, 0.315), 0.014, GOLD, level=1) for k in range(3)]
    side = placed(merged([*chest, *fronts, *knobs]), (0.42, 0, 0))
    return merged(
        [top, side, placed(legs(0.0, 0.27, 0.72, 0.025, main), (-0.6, 0, 0)), side_panel(main)]
    )


def side_panel(main: Finish) -> Mesh:
    """Return the panel at the back of a desk."""
    return box((-0.1, 0.5, -0.29), (0.5, 0.16, 0.01), main.times(0.9))

"""What floats and flies: boats, aeroplanes, rockets, balloons. Fronts look along +Z."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.stage.parts.finish import Finish, Floats, rgb
from matinee.engine.stage.parts.solids import (
    ball,
    box,
    boxes,
    cylinder,
    grid_triangles,
    lathe,
    placed,
    quads,
    ring,
    shape,
    tube,
    two_sided,
)
from matinee.engine.stage.parts.things.kit import (
    BLACK,
    GOLD,
    IRON,
    RUBBER,
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
    window_row,
)

_CANVAS = Finish(rgb("#ece4d4"), Surface.CLOTH, 0.9)


def hull(
    length_m: float,
    beam_m: float,
    depth_m: float,
    paint: Finish,
    inside: Finish,
    *,
    deck: float | None = None,
) -> Mesh:
    """Return a boat's shell on y = 0, pointed in front, with a flat stern.

    It is open with an inner skin, or closed by a deck at that share of its depth.
    """
    u = np.linspace(0, 1, 15)
    z = (u - 0.5) * length_m
    half = beam_m / 2 * np.clip(np.sin(np.pi * (0.28 + 0.72 * u)) ** 0.75, 0.004, 1)
    sheer = depth_m * (1 + 0.35 * np.clip(u - 0.35, 0, 1) ** 2 * 2 + 0.1 * (0.35 - u).clip(0) * 2)
    keel = depth_m * 0.45 * np.clip(u - 0.72, 0, 1) ** 2 * 6
    around = np.linspace(-1, 1, 13)
    side = np.sign(around) * np.abs(around) ** 0.55
    rise = np.abs(around) ** 2.2
    outer = _skin(half, keel, sheer, z, side, rise)
    inner = _skin(half * 0.92, keel + 0.05 * depth_m, sheer * 0.999, z * 0.985, side, rise)
    parts = [_sheet(outer, paint), _cap(outer[:, 0], paint)]
    if deck is None:
        parts += [_from_behind(_sheet(inner, inside)), _from_behind(_cap(inner[:, 0], inside))]
    else:
        level = keel + (sheer - keel) * deck
        wide = half * np.abs(deck) ** 0.25 * 0.985
        port, starboard = np.stack([-wide, level, z], -1), np.stack([wide, level, z], -1)
        parts.append(
            quads(np.stack([port[:-1], port[1:], starboard[1:], starboard[:-1]], axis=1), inside)
        )
        parts.append(_from_behind(_sheet(inner, paint.times(0.8))))
    rail = [tube(outer[k], 0.02 + 0.012 * beam_m, inside, sides=6) for k in (0, -1)]
    stern = tube(outer[:, 0][[0, -1]], 0.02 + 0.012 * beam_m, inside, sides=6)
    return merged([*parts, *rail, stern])


def _skin(
    half: Floats, keel: Floats, sheer: Floats, z: Floats, side: Floats, rise: Floats
) -> Floats:
    return np.stack(
        [
            np.outer(side, half),
            keel + np.outer(rise, sheer - keel),
            np.broadcast_to(z, (len(side), len(z))),
        ],
        -1,
    )


def _sheet(skin: Floats, finish: Finish) -> Mesh:
    rows, columns = skin.shape[:2]
    return shape(skin.reshape(-1, 3), grid_triangles(rows, columns)[:, ::-1], finish)


def _cap(rim: Floats, finish: Finish) -> Mesh:
    middle = rim.mean(axis=0)
    fan = np.array(
        [[k, k + 1, len(rim)] for k in range(len(rim) - 1)] + [[len(rim) - 1, 0, len(rim)]]
    )
    return shape(np.vstack([rim, middle]), fan[:, ::-1], finish, normals=(0.0, 0.0, -1.0))


def _from_behind(part: Mesh) -> Mesh:
    """Return the part seen from its other side."""
    return replace(
        part, normals=-part.normals, triangles=np.ascontiguousarray(part.triangles[:, ::-1])
    )


def boat(main: Finish) -> Mesh:
    """Return an open rowing boat with its oars, 3.6 m long."""
    shell = hull(3.6, 1.35, 0.55, main, TIMBER)
    seats = [
        box((0, 0.36, z), (half, 0.02, 0.13), TIMBER, bevel_m=0.008)
        for z, half in ((-1.2, 0.48), (-0.2, 0.58), (0.8, 0.44))
    ]
    floor = box((0, 0.09, -0.3), (0.3, 0.012, 1.2), TIMBER.times(0.8))
    oars = mirrored(
        merged(
            [
                rod("400 620 -700, 720 560 900", 0.022, TIMBER.times(1.1)),
                placed(
                    box((0, 0, 0), (0.07, 0.008, 0.22), TIMBER.times(1.1), bevel_m=0.005),
                    (0.76, 0.55, 1.08),
                    yaw=0.2,
                ),
            ]
        )
    )
    return merged([shell, *seats, floor, oars])


def sailboat(main: Finish) -> Mesh:
    """Return a sailing boat, 6.5 m long, its sails set."""
    shell = hull(6.5, 2.1, 0.95, main, TIMBER, deck=0.8)
    cabin = side_cut("-900 750, 1100 800, 900 1250, -700 1250", 1.1, WHITE, bevel_m=0.05)
    ports = window_row(0.556, 1.05, -0.4, 0.5, 3, half=(0.14, 0.09))
    mast = rod("0 800 800, 0 8200 700", [0.07, 0.04], TIMBER.times(1.2), sides=8)
    boom = rod("0 1550 700, 500 1600 -2500", 0.045, TIMBER.times(1.2))
    u = np.linspace(0, 1, 9)
    luff = np.stack([0 * u, 1.7 + 6.3 * u, 0.68 - 0.0 * u], -1)
    leech = np.stack([0.48 * (1 - u), 1.72 + 6.28 * u, -2.4 * (1 - u) ** 0.8 + 0.62 * u], -1)
    belly = (luff + leech) / 2 + np.stack(
        [0.35 * np.sin(np.pi * (u * 0.85 + 0.1)), 0 * u, 0 * u], -1
    )
    cloth = [
        quads(np.stack([a[:-1], b[:-1], b[1:], a[1:]], axis=1), _CANVAS)
        for a, b in ((luff, belly), (belly, leech))
    ]
    front = np.stack([0 * u, 1.1 + 5.9 * u, 3.0 * (1 - u) + 0.75 * u], -1)
    back = np.stack([0.5 * (1 - u), 1.4 + 5.6 * u, 0.3 * (1 - u) + 0.75 * u], -1)
    jib = quads(np.stack([back[:-1], front[:-1], front[1:], back[1:]], axis=1), pale(main, 0.35))
    stays = [
        rod("0 8000 710, 0 1150 3150", 0.01, IRON, sides=4),
        rod("0 8000 710, 0 950 -3100", 0.01, IRON, sides=4),
    ]
    return merged(
        [shell, cabin, ports, mast, boom, *(two_sided(part) for part in (*cloth, jib)), *stays]
    )


def ship(main: Finish) -> Mesh:
    """Return an old three-master, 15 m long: a galleon as pirates had."""
    shell = hull(14.0, 4.2, 2.6, main, TIMBER, deck=0.72)
    bands = hull(14.06, 4.26, 1.2, main.times(0.5), main.times(0.5), deck=0.9)
    castle = [
        box((0, 2.9, -5.6), (1.55, 0.9, 1.35), main, bevel_m=0.05),
        box((0, 3.85, -5.6), (1.7, 0.06, 1.5), TIMBER),
        box((0, 2.9, 4.3), (1.1, 0.45, 0.9), main, bevel_m=0.05),
    ]
    lights = [
        box((x, 3.0, -6.97), (0.22, 0.3, 0.02), Finish(rgb("#ffca74"), Surface.SCREEN, 0.4, 0.8))
        for x in (-0.9, 0, 0.9)
    ]
    masts = [
        rod(f"0 1800 {z}, 0 {h} {z}", [0.16, 0.07], TIMBER, sides=8)
        for z, h in ((3400, 9500), (-300, 11200), (-3700, 8600))
    ]
    sails = []
    for z, levels in (
        (3.4, ((3.4, 2.2, 2.1), (6.1, 1.8, 1.7))),
        (-0.3, ((3.6, 2.6, 2.5), (6.8, 2.2, 2.1), (9.3, 1.3, 1.4))),
        (-3.7, ((3.9, 1.9, 2.0), (6.4, 1.5, 1.4))),
    ):
        for y, wide, tall in levels:
            sails.append(_square_sail(wide, tall, (0, y, z + 0.15)))
            sails.append(
                rod(
                    f"{-wide * 1000 - 200:.0f} {(y + tall) * 1000:.0f} {z * 1000 + 120:.0f}, {wide * 1000 + 200:.0f} {(y + tall) * 1000:.0f} {z * 1000 + 120:.0f}",
                    0.06,
                    TIMBER,
                )
            )
    bow_ = rod("0 2700 6300, 0 3900 9000", [0.12, 0.06], TIMBER, sides=8)
    nest = placed(
        turned("40 0, 50 0, 56 70, 50 72, 40 10, 0 8", TIMBER, sides=14, unit_m=0.01),
        (0, 9.0, -0.3),
    )
    flag_ = two_sided(
        quads([[(0, 10.6, -0.35), (0, 10.6, -1.6), (0.15, 11.2, -1.6), (0, 11.2, -0.35)]], BLACK)
    )
    guns = boxes(
        [(s * 1.95, 1.55, z) for s in (-1, 1) for z in (-3.4, -1.9, -0.4, 1.1)],
        (0.1, 0.22, 0.22),
        BLACK,
        bevel_m=0.02,
    )
    stays = [
        rod(f"{s * 1900} 2500 {z}, 0 {h} {z}", 0.02, IRON, sides=3)
        for s in (-1, 1)
        for z, h in ((3400, 8500), (-300, 10200), (-3700, 7600))
    ]
    return merged([shell, bands, *castle, *lights, *masts, *sails, bow_, nest, flag_, guns, *stays])


def _square_sail(half_m: float, tall_m: float, at: tuple[float, float, float]) -> Mesh:
    u, v = np.meshgrid(np.linspace(-1, 1, 9), np.linspace(0, 1, 7))
    belly = 0.35 * tall_m * (1 - u**2) * np.sin(np.pi * (0.12 + 0.76 * v))
    grid = np.stack([u * half_m * (1 - 0.12 * v), v * tall_m, belly], -1)
    four = np.stack([grid[:-1, :-1], grid[:-1, 1:], grid[1:, 1:], grid[1:, :-1]], axis=2).reshape(
        -1, 4, 3
    )
    return placed(two_sided(quads(four, _CANVAS)), at)


def speedboat(main: Finish) -> Mesh:
    """Return a motor boat, 5.5 m long."""
    shell = hull(5.5, 2.0, 0.9, main, WHITE, deck=0.9)
    stripe = hull(5.53, 2.03, 0.55, pale(main, 0.8), pale(main, 0.8), deck=0.5)
    screen_ = placed(box((0, 0, 0), (0.72, 0.2, 0.015), WINDOW), (0, 1.12, 0.75), tilt=-0.7)
    well = box((0, 0.86, -0.6), (0.72, 0.03, 1.1), TIMBER)
    seats = [
        box((x, 1.0, -0.2), (0.26, 0.12, 0.24), WHITE, bevel_m=0.06) for x in (-0.35, 0.35)
    ] + [box((0, 1.0, -1.5), (0.7, 0.14, 0.22), WHITE, bevel_m=0.06)]
    motor = [
        box((0, 1.05, -2.85), (0.2, 0.25, 0.2), BLACK, bevel_m=0.07),
        box((0, 0.55, -2.85), (0.06, 0.4, 0.09), BLACK, bevel_m=0.03),
    ]
    return merged([shell, stripe, screen_, well, *seats, *motor])


def canoe(main: Finish) -> Mesh:
    """Return a canoe, pointed at both ends, with a paddle."""
    u = np.linspace(0, 1, 17)
    z = (u - 0.5) * 4.6
    half = 0.42 * np.sin(np.pi * u).clip(0.01) ** 0.8
    sheer = 0.36 + 0.22 * np.abs(2 * u - 1) ** 3
    keel = 0.12 * np.abs(2 * u - 1) ** 4
    around = np.linspace(-1, 1, 11)
    side, rise = np.sign(around) * np.abs(around) ** 0.6, np.abs(around) ** 2
    outer = _skin(half, keel, sheer, z, side, rise)
    inner = _skin(half * 0.94, keel + 0.02, sheer * 0.999, z * 0.99, side, rise)
    rails = [tube(outer[k], 0.02, TIMBER, sides=6) for k in (0, -1)]
    seats = [box((0, 0.26, at), (0.34, 0.014, 0.12), TIMBER) for at in (-1.1, 1.0)]
    paddle = merged(
        [
            rod("120 300 -500, 150 380 900", 0.014, TIMBER.times(1.2)),
            placed(
                box((0, 0, 0), (0.07, 0.006, 0.22), TIMBER.times(1.2), bevel_m=0.004),
                (0.155, 0.39, 1.1),
            ),
        ]
    )
    return merged(
        [_sheet(outer, main), _from_behind(_sheet(inner, TIMBER)), *rails, *seats, paddle]
    )


def raft(main: Finish) -> Mesh:
    """Return a raft of logs with a mast."""
    logs = [
        placed(
            cylinder(0.13, 2.6, main.times(0.85 + 0.05 * (k % 4)), sides=12, bevel_m=0.02),
            (-0.75 + 0.25 * k, 0.13, -1.3),
            tilt=np.pi / 2,
        )
        for k in range(7)
    ]
    ropes = [
        box(
            (0, 0.14, z),
            (0.92, 0.135, 0.035),
            Finish(rgb("#c0a878"), Surface.CLOTH, 0.95),
            bevel_m=0.01,
        )
        for z in (-0.9, 0.9)
    ]
    return merged(
        [
            *logs,
            *ropes,
            rod("0 200 200, 0 2600 200", 0.05, main),
            rod("-700 2200 230, 700 2200 230", 0.03, main),
            _square_sail(0.65, 1.3, (0, 0.9, 0.25)),
        ]
    )


def submarine(main: Finish) -> Mesh:
    """Return a small submarine, 7 m long, with portholes."""
    body = placed(
        turned(
            "0 0, 30 8, 62 45, 85 120, 95 250, 95 430, 80 560, 50 650, 0 690",
            main,
            sides=30,
            unit_m=0.01,
        ),
        (0, 1.0, -3.4),
        tilt=np.pi / 2,
    )
    tower = placed(
        lathe(line("62 0, 60 100, 50 112, 0 114", 0.01), main, sides=24),
        (0, 1.7, 0.2),
        scale=(0.7, 1, 1.2),
    )
    scope = rod("0 2700 300, 0 3500 300, 0 3520 420", 0.05, STEEL, sides=8)
    glow = Finish(rgb("#ffd98a"), Surface.SCREEN, 0.4, 0.9)
    ports = [
        placed(cylinder(0.19, 0.05, glow, sides=18), (s * 0.93, 1.15, z), roll=-s * np.pi / 2)
        for s in (-1, 1)
        for z in (-0.6, 0.5, 1.6)
    ]
    rims = [
        placed(ring(0.2, 0.035, GOLD, sides=20), (s * 0.95, 1.15, z), roll=np.pi / 2)
        for s in (-1, 1)
        for z in (-0.6, 0.5, 1.6)
    ]
    fins = [
        placed(box((0, 0, 0), (0.9, 0.03, 0.28), main.times(0.8), bevel_m=0.02), (0, 1.0, -2.9)),
        box((0, 1.0, -2.9), (0.03, 0.9, 0.28), main.times(0.8), bevel_m=0.02),
    ]
    screw = [
        placed(box((0, 0.24, 0), (0.09, 0.2, 0.015), GOLD), (0, 1.0, -3.45), roll=k * 2.094)
        for k in range(3)
    ]
    return merged([body, tower, scope, *ports, *rims, *fins, *screw])


def airplane(main: Finish) -> Assembly:
    """Return a small jet airliner, 13 m long; the colour is that of its stripe, tail and engines."""
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
                    f"{1500 * np.sin(a):.0f} 450 {1500 * np.cos(a):.0f}, {2100 * np.sin(a):.0f} 30 {2100 * np.cos(a):.0f}",
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

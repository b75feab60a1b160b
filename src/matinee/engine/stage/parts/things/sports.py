"""What one plays and moves with: balls, boards, rackets, rods; tools and weapons with a shaft."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.stage.parts.finish import Colour, Finish, Floats, rgb
from matinee.engine.stage.parts.solids import ball, box, boxes, cylinder, lathe, placed, ring, tube
from matinee.engine.stage.parts.things.kit import (
    BLACK,
    IRON,
    STEEL,
    TIMBER,
    WHITE,
    Assembly,
    board,
    cut,
    line,
    painted,
    pale,
    rod,
    rolling,
    side_cut,
    turned,
    wheel,
)
from matinee.engine.stage.parts.things.stock import DARK, LEATHER

_GOLDEN = (1 + 5**0.5) / 2
_TWELVE = np.array(
    [(0, s, t * _GOLDEN) for s in (-1, 1) for t in (-1, 1)]
    + [(s, t * _GOLDEN, 0) for s in (-1, 1) for t in (-1, 1)]
    + [(t * _GOLDEN, 0, s) for s in (-1, 1) for t in (-1, 1)]
) / np.hypot(1, _GOLDEN)


def soccer_ball(main: Finish) -> Mesh:
    """Return a football, white with twelve patches in the second colour of its kind."""
    body = ball((0, 0.11, 0), 0.11, main, level=4)
    way = (body.positions.astype(np.float64) - (0, 0.11, 0)) / 0.11
    near = (way @ _TWELVE.T).max(axis=1)
    second = np.sort(way @ _TWELVE.T, axis=1)[:, -2]
    seams = (near - second < 0.02) & (near < 0.935)
    return painted(painted(body, seams, _darker(main)), near > 0.935, (0.012, 0.012, 0.014))


def _darker(main: Finish) -> Colour:
    return (main.colour[0] * 0.45, main.colour[1] * 0.45, main.colour[2] * 0.45)


def basketball(main: Finish) -> Mesh:
    """Return a basketball with its black seams."""
    body = ball((0, 0.12, 0), 0.12, main, level=4)
    x, y, z = ((body.positions.astype(np.float64) - (0, 0.12, 0)) / 0.12).T
    bow = np.abs(np.hypot(x, z * 0.72) - 0.62)
    seam = (np.abs(y) < 0.035) | (np.abs(x) < 0.035) | ((bow < 0.04) & (np.abs(y) > 0.0))
    return painted(body, seam, (0.014, 0.012, 0.012))


def tennis_ball(main: Finish) -> Mesh:
    """Return a tennis ball with its curved seam."""
    body = ball((0, 0.033, 0), 0.033, main, level=4)
    x, y, z = ((body.positions.astype(np.float64) - (0, 0.033, 0)) / 0.033).T
    seam = np.abs(y - 0.85 * (x * x - z * z)) < 0.06
    return painted(body, seam, (0.8, 0.8, 0.75))


def baseball(main: Finish) -> Mesh:
    """Return a baseball with red stitches."""
    body = ball((0, 0.037, 0), 0.037, main, level=4)
    x, y, z = ((body.positions.astype(np.float64) - (0, 0.037, 0)) / 0.037).T
    seam = np.abs(y - 0.85 * (x * x - z * z))
    stitched = (seam < 0.11) & (seam > 0.03) & (np.sin(np.arctan2(x, z) * 34) > 0.2)
    return painted(body, stitched, (0.5, 0.02, 0.02))


def bowling_ball(main: Finish) -> Mesh:
    """Return a bowling ball with three holes."""
    body = ball((0, 0.108, 0), 0.108, main, level=4)
    way = (body.positions.astype(np.float64) - (0, 0.108, 0)) / 0.108
    holes = np.array([(0.12, 0.72, 0.68), (-0.12, 0.72, 0.68), (0.0, 0.5, 0.866)])
    return painted(body, (way @ holes.T).max(axis=1) > 0.9935, (0.004, 0.004, 0.004))


def frisbee(main: Finish) -> Mesh:
    """Return a flying disc lying on its rim."""
    disc = turned("128 0, 136 8, 134 22, 118 29, 60 31, 0 31", main, sides=36)
    under = turned("0 26, 112 25, 126 14, 126 1", main.times(0.7), sides=36)
    stripe = turned("80 30.6, 96 31.4, 98 31, 80 30.8", pale(main), sides=36)
    return merged([disc, _inside_out(under), stripe])


def _inside_out(part: Mesh) -> Mesh:
    return replace(
        part, normals=-part.normals, triangles=np.ascontiguousarray(part.triangles[:, ::-1])
    )


def _board(outline: Floats, thick_m: float, main: Finish, *, nose: float, tail: float) -> Mesh:
    """Return a board lying along z, its ends bent up by so many metres."""
    plank = placed(board(outline, thick_m, main, bevel_m=thick_m * 0.3), tilt=np.pi / 2)
    points = plank.positions.copy()
    share = points[:, 2] / np.abs(points[:, 2]).max()
    points[:, 1] += (
        nose * np.clip((share - 0.55) / 0.45, 0, 1) ** 2
        + tail * np.clip((-share - 0.55) / 0.45, 0, 1) ** 2
    )
    return replace(plank, positions=points)


def _oval(wide_m: float, long_m: float, power: float, count: int = 40, skew: float = 0.0) -> Floats:
    """Return a superellipse outline, counter-clockwise, of half sizes; skewed towards one end."""
    angle = np.linspace(0, 2 * np.pi, count, endpoint=False)
    x = np.sign(np.cos(angle)) * np.abs(np.cos(angle)) ** (2 / power) * wide_m
    y = np.sign(np.sin(angle)) * np.abs(np.sin(angle)) ** (2 / power) * long_m
    return np.stack([x * (1 - skew * y / long_m), y], -1)


def snowboard(main: Finish) -> Mesh:
    """Return a snowboard with bindings, lying along z."""
    plank = _board(_waisted(0.15, 0.77), 0.012, main, nose=0.07, tail=0.07)
    stripe = _board(_waisted(0.07, 0.5), 0.0135, pale(main, 0.55), nose=0.0, tail=0.0)
    bindings = [
        box((0, 0.03, z), (0.07, 0.022, 0.12), BLACK, yaw=0.25, bevel_m=0.01) for z in (-0.25, 0.25)
    ]
    straps = [
        tube([(-0.07, 0.03, z), (-0.06, 0.12, z), (0.06, 0.12, z), (0.07, 0.03, z)], 0.014, DARK)
        for z in (-0.25, 0.25)
    ]
    return merged([plank, stripe, *bindings, *straps])


def _waisted(wide_m: float, long_m: float) -> Floats:
    outline = _oval(wide_m, long_m, 5.0)
    outline[:, 0] *= 1 - 0.14 * (1 - (outline[:, 1] / long_m) ** 2)
    return outline


def skis(main: Finish) -> Mesh:
    """Return a pair of skis lying along z, with their poles between."""
    parts = []
    for x in (-0.12, 0.12):
        one = _board(_oval(0.045, 0.85, 6.0, skew=-0.08), 0.016, main, nose=0.16, tail=0.02)
        stripe = box((0, 0.009, 0.25), (0.02, 0.0012, 0.25), pale(main, 0.7))
        binding = box((0, 0.03, -0.05), (0.03, 0.022, 0.13), BLACK, bevel_m=0.01)
        parts.append(placed(merged([one, stripe, binding]), (x, 0.01, 0)))
    for x in (-0.03, 0.03):
        parts += [
            rod(f"{x * 1000:.0f} 12 -600, {x * 1000:.0f} 12 600", 0.008, STEEL),
            rod(f"{x * 1000:.0f} 12 480, {x * 1000:.0f} 12 620", 0.014, BLACK, sides=8),
        ]
    return merged(parts)


def surfboard(main: Finish) -> Mesh:
    """Return a surfboard lying along z, its nose towards +Z."""
    plank = _board(_oval(0.26, 0.95, 2.6, skew=0.16), 0.06, main, nose=0.1, tail=0.03)
    stringer = box((0, 0.031, -0.05), (0.006, 0.0012, 0.72), TIMBER)
    stripe = [
        box((s * 0.11, 0.031, -0.05), (0.022, 0.0012, 0.55), pale(main, 0.75)) for s in (-1, 1)
    ]
    fin = side_cut("-850 -30, -700 -30, -830 -170, -880 -160", 0.008, DARK)
    return merged([plank, stringer, *stripe, fin])


def skateboard(main: Finish) -> Assembly:
    """Return a skateboard on four wheels, along z; the colour is the deck's."""
    deck = placed(_board(_oval(0.1, 0.4, 5.0), 0.012, main, nose=0.05, tail=0.05), (0, 0.105, 0))
    grip = placed(
        _board(_oval(0.094, 0.39, 5.0), 0.003, DARK, nose=0.048, tail=0.048), (0, 0.1125, 0)
    )
    trucks = [
        merged(
            [
                box((0, 0.08, z), (0.025, 0.02, 0.03), STEEL, bevel_m=0.006),
                tube([(-0.085, 0.045, z), (0.085, 0.045, z)], 0.011, STEEL),
            ]
        )
        for z in (-0.22, 0.22)
    ]
    rim = Finish(rgb("#e4d9c0"), Surface.PAINT, 0.4)
    tyre = placed(
        turned("0 -20, 14 -20, 29 -16, 31 0, 29 16, 14 20, 0 20", rim, sides=18), roll=np.pi / 2
    )
    places = [(x, 0.031, z) for x in (-0.085, 0.085) for z in (-0.22, 0.22)]
    return Assembly(merged([deck, grip, *trucks]), rolling(tyre, 0.031, places))


def roller_skate(main: Finish) -> Assembly:
    """Return a boot on four rollers."""
    boot = side_cut(
        "-120 60, 130 60, 140 85, 110 110, 40 130, 10 160, 0 260, -110 260, -115 160",
        0.085,
        main,
        bevel_m=0.02,
    )
    plate_ = box((0, 0.055, 0), (0.035, 0.008, 0.12), STEEL)
    laces = boxes(
        [(0, 0.14 + 0.03 * k, 0.035 - 0.008 * k) for k in range(4)], (0.03, 0.004, 0.006), WHITE
    )
    return Assembly(
        merged([boot, plate_, laces]),
        rolling(
            wheel(0.03, 0.03, tyre=0.5),
            0.03,
            [(x, 0.03, z) for x in (-0.04, 0.04) for z in (-0.08, 0.08)],
        ),
    )


def tennis_racket(main: Finish) -> Mesh:
    """Return a tennis racket standing on its grip, its face towards +Z."""
    angle = np.linspace(0, 2 * np.pi, 41)
    hoop = tube(
        np.stack([0.125 * np.sin(angle), 0.51 - 0.165 * np.cos(angle), 0 * angle], -1),
        0.009,
        main,
        sides=8,
        closed=False,
    )
    x = np.linspace(-0.105, 0.105, 12)
    tall = 0.16 * np.sqrt(1 - (x / 0.122) ** 2)
    strings = [
        tube([(a, 0.51 - h, 0), (a, 0.51 + h, 0)], 0.0011, WHITE, sides=3, closed=False)
        for a, h in zip(x, tall, strict=True)
    ]
    y = np.linspace(-0.145, 0.145, 15)
    wide = 0.12 * np.sqrt(1 - (y / 0.162) ** 2)
    strings += [
        tube([(-w, 0.51 + b, 0), (w, 0.51 + b, 0)], 0.0011, WHITE, sides=3, closed=False)
        for b, w in zip(y, wide, strict=True)
    ]
    throat = [
        rod(f"{s * 10} 190 0, {s * 30} 270 0, {s * 78} 380 0", 0.009, main, sides=8)
        for s in (-1, 1)
    ]
    grip = turned("0 0, 19 0, 19 8, 16 12, 16 190, 12 205", LEATHER, sides=10)
    return merged([hoop, *strings, *throat, grip])


def baseball_bat(main: Finish) -> Mesh:
    """Return a baseball bat standing on its knob."""
    bat = turned(
        "0 0, 22 0, 25 6, 22 14, 13 24, 14 260, 20 420, 31 620, 33 780, 29 838, 14 850, 0 851",
        main,
        sides=20,
    )
    return merged([bat, turned("13.6 30, 14.8 36, 14.8 250, 14.2 256", DARK, sides=20)])


def baseball_glove(main: Finish) -> Mesh:
    """Return a leather baseball glove, its pocket towards +Z."""
    seam = Finish(rgb("#3a2416"), Surface.CLOTH, 0.7)
    palm = ball((0, 0.1, 0), (0.085, 0.085, 0.036), main, level=3)
    pocket = ball((0.01, 0.105, 0.018), (0.055, 0.06, 0.024), main.times(0.55), level=3)
    fingers = [
        tube(
            [(x, 0.14, 0), (x * 1.35, 0.21, 0.012), (x * 1.5, 0.255 - abs(x) * 0.4, 0.035)],
            [0.025, 0.023, 0.016],
            main,
            sides=9,
        )
        for x in (-0.055, -0.018, 0.02, 0.056)
    ]
    thumb = tube(
        [(0.07, 0.08, 0), (0.13, 0.13, 0.01), (0.135, 0.19, 0.035)],
        [0.033, 0.027, 0.017],
        main,
        sides=9,
    )
    web = [
        tube(
            [
                (0.066, 0.15 + k * 0.028, 0.012 + k * 0.006),
                (0.128, 0.14 + k * 0.022, 0.012 + k * 0.006),
            ],
            0.005,
            seam,
            sides=5,
        )
        for k in range(4)
    ]
    wrist = turned("42 0, 60 8, 66 40, 60 44, 40 10", main.times(0.85), sides=20)
    stitches = [
        tube([(x, 0.15, 0.026), (x * 1.35, 0.21, 0.036)], 0.0022, seam, sides=4)
        for x in (-0.037, 0.0, 0.038)
    ]
    return merged(
        [palm, pocket, *fingers, thumb, *web, placed(wrist, scale=(1, 1, 0.6)), *stitches]
    )


def fishing_rod(main: Finish) -> Mesh:
    """Return a fishing rod with reel and line, standing on its grip."""
    shaft = tube(
        [(0, 0.3, 0), (0, 1.2, 0.01), (0, 2.0, 0.1), (0, 2.3, 0.22)],
        [0.009, 0.006, 0.003, 0.0015],
        main,
        sides=7,
    )
    grip = turned(
        "0 0, 17 0, 18 10, 15 20, 13 300, 9 315",
        Finish(rgb("#b58a5c"), Surface.WOOD, 0.9),
        sides=10,
    )
    reel = placed(
        cylinder(0.035, 0.04, STEEL, sides=16, bevel_m=0.006), (-0.02, 0.3, 0.045), roll=-np.pi / 2
    )
    crank = rod("22 300 45, 42 300 45, 46 330 45, 62 330 45", 0.005, BLACK)
    rings = [
        placed(
            ring(0.012 - 0.002 * k, 0.0016, STEEL, sides=10, around=4),
            (0, 0.7 + 0.45 * k, 0.02 + 0.03 * k),
            tilt=0.1,
        )
        for k in range(4)
    ]
    thread = rod("0 2300 220, 0 1900 260, 0 1500 262", 0.0012, WHITE, sides=3)
    bait = ball((0, 1.49, 0.262), 0.012, Finish(rgb("#d8342c"), Surface.PAINT, 0.3), level=2)
    return merged([shaft, grip, reel, crank, *rings, thread, bait])


def axe(main: Finish) -> Mesh:
    """Return an axe standing on its shaft, its edge towards +X."""
    shaft = side_cut(
        "-20 0, 16 0, 20 30, 14 300, 18 680, -8 680, -14 300, -22 40", 0.026, main, bevel_m=0.006
    )
    head = cut(
        "-45 600, 30 604, 95 570, 118 560, 128 620, 118 690, 90 672, 30 650, -45 655",
        0.03,
        STEEL,
        bevel_m=0.01,
    )
    points = head.positions.copy()
    points[:, 2] *= np.interp(points[:, 0], (0.03, 0.12), (1.0, 0.1))
    return merged([placed(shaft, yaw=np.pi / 2), replace(head, positions=points)])


def hammer(main: Finish) -> Mesh:
    """Return a hammer standing on its shaft; the colour is the shaft's."""
    shaft = turned("0 0, 16 0, 17 8, 14 60, 12 140, 14 260, 12 300", main, sides=12)
    head = placed(
        turned("0 -55, 15 -55, 16 -48, 13 -40, 14 20, 12 30", STEEL, sides=14),
        (0, 0.29, 0),
        roll=np.pi / 2,
    )
    claw = [
        rod(f"-25 294 {s * 6}, -60 294 {s * 8}, -92 276 {s * 12}", [0.011, 0.008, 0.003], STEEL)
        for s in (-1, 1)
    ]
    return merged(
        [shaft, head, box((0, 0.29, 0), (0.022, 0.017, 0.016), STEEL, bevel_m=0.004), *claw]
    )


def bow(main: Finish) -> Mesh:
    """Return a strung bow with an arrow on it, pointing along +Z."""
    angle = np.linspace(-1, 1, 17)
    limb = np.stack(
        [0 * angle, 0.75 + 0.72 * angle, 0.26 * (1 - angle**2) - 0.04 * np.abs(angle) ** 6], -1
    )
    wood = tube(limb, 0.016 * (1 - 0.6 * np.abs(angle) ** 1.5), main, sides=8)
    grip = tube([(0, 0.68, 0.257), (0, 0.82, 0.257)], 0.021, LEATHER, sides=8)
    string = rod("0 30 -40, 0 750 -40, 0 1470 -40", 0.0018, WHITE, sides=4)
    shaft = rod("0 770 -38, 0 770 420", 0.0045, TIMBER)
    point = placed(turned("12 0, 0 40", STEEL, sides=4), (0, 0.77, 0.42), tilt=np.pi / 2)
    red = Finish(rgb("#a82a24"), Surface.CLOTH, 0.9)
    vanes = [
        placed(box((0, 0.016, 0.02), (0.0012, 0.014, 0.04), red), (0, 0.77, -0.03), roll=k * 2.094)
        for k in range(3)
    ]
    return merged([wood, grip, string, shaft, point, *vanes])


def arrow(main: Finish) -> Mesh:
    """Return an arrow standing on its feathers."""
    red = Finish(rgb("#a82a24"), Surface.CLOTH, 0.9)
    vanes = [
        placed(box((0, 0.06, 0.018), (0.0012, 0.045, 0.014), red), yaw=k * 2.094) for k in range(3)
    ]
    return merged(
        [
            rod("0 0 0, 0 720 0", 0.0045, main),
            *vanes,
            placed(turned("12 0, 0 42", STEEL, sides=4), (0, 0.72, 0)),
        ]
    )


def spear(main: Finish) -> Mesh:
    """Return a spear, 2 m tall."""
    return merged(
        [
            tube([(0, 0, 0), (0, 1.75, 0)], [0.016, 0.013], main, sides=8),
            turned("13 1720, 17 1740, 17 1780, 12 1790", IRON, sides=8),
            placed(
                board(line("0 0, 28 60, 0 260, -28 60"), 0.014, STEEL, bevel_m=0.006), (0, 1.77, 0)
            ),
        ]
    )


def dumbbell(main: Finish) -> Mesh:
    """Return a dumbbell lying along x; the colour is the weights'."""
    weights = [
        placed(cylinder(0.06, 0.06, main, sides=6, bevel_m=0.012), (x, 0.055, 0), roll=-np.pi / 2)
        for x in (-0.13, 0.07)
    ]
    return merged([*weights, tube([(-0.1, 0.055, 0), (0.1, 0.055, 0)], 0.014, STEEL, sides=10)])


def traffic_cone(main: Finish) -> Mesh:
    """Return a traffic cone with a white band."""
    body = lathe(line("135 22, 130 26, 22 480, 14 482, 0 482"), main, sides=24)
    band = lathe(line("98 170, 70 290") + np.array((0.002, 0.0)), WHITE, sides=24)
    return merged(
        [box((0, 0.012, 0), (0.19, 0.012, 0.19), main.times(0.7), bevel_m=0.006), body, band]
    )


def target(main: Finish) -> Mesh:
    """Return a target of rings on a stand, facing +Z; the colour is that of every other ring."""
    radii = (0.4, 0.32, 0.24, 0.16, 0.08)
    rings = [
        placed(
            cylinder(r, 0.03 + 0.003 * k, main if k % 2 == 0 else WHITE, sides=36),
            (0, 0.9, 0),
            tilt=np.pi / 2,
        )
        for k, r in enumerate(radii)
    ]
    props_ = [
        rod("-300 0 160, -60 1150 -20", 0.02, TIMBER),
        rod("300 0 160, 60 1150 -20", 0.02, TIMBER),
        rod("0 0 -420, 0 1150 -20", 0.02, TIMBER),
    ]
    boards = boxes([(0, 0.62, 0.0)], (0.3, 0.02, 0.02), TIMBER)
    return merged([*rings, *props_, boards])

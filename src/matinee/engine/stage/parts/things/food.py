"""What one eats: fruit, vegetables, fast food, cakes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.stage.parts.finish import Finish, fractal, rgb, seed_of
from matinee.engine.stage.parts.solids import (
    ball,
    box,
    boxes,
    copies,
    cylinder,
    lathe,
    placed,
    ring,
    tube,
    two_sided,
)
from matinee.engine.stage.parts.things.kit import (
    board,
    flattened,
    line,
    painted,
    pale,
    rod,
    rounded,
    turned,
)
from matinee.engine.stage.parts.things.stock import DARK, GREEN
from matinee.engine.stage.parts.things.tableware import apple

CRUST = Finish(rgb("#b5763a"), Surface.PLAIN, 0.75)
BUN = Finish(rgb("#c98a45"), Surface.PLAIN, 0.55)
CREAM = Finish(rgb("#f1e6cf"), Surface.PLAIN, 0.6)
LEAF = Finish(rgb("#5f9a33"), Surface.FOLIAGE, 0.7)
TOMATO = Finish(rgb("#c0281c"), Surface.PLAIN, 0.35)
CHEESE = Finish(rgb("#efb23a"), Surface.PLAIN, 0.5)
MEAT = Finish(rgb("#5a3220"), Surface.PLAIN, 0.8)
STALK = Finish(rgb("#6d7d35"), Surface.FOLIAGE, 0.8)


def banana(main: Finish) -> Mesh:
    """Return a banana lying on its side, 0.2 m long."""
    angle = np.linspace(-1.05, 1.05, 15)
    path = np.stack([0.1 * np.sin(angle), 0.02 + 0 * angle, 0.1 * np.cos(angle) - 0.07], -1)
    width = 0.019 * np.sqrt(np.clip(1 - (angle / 1.12) ** 4, 0.04, 1))
    body = tube(path, width, main, sides=7)
    tip = np.abs(body.positions[:, 0]) > 0.083
    stalk = tube([path[-1], path[-1] + (0.016, 0.003, -0.024)], [0.0065, 0.005], STALK, sides=6)
    return merged([painted(body, tip & (body.positions[:, 0] < 0), (0.03, 0.02, 0.01)), stalk])


def orange(main: Finish) -> Mesh:
    """Return an orange with the star of its stalk."""
    body = ball((0, 0.038, 0), (0.04, 0.038, 0.04), main, level=3)
    dimple = 1 + 0.05 * fractal(body.positions, cell_m=0.008, octaves=2)
    skin = replace(body, albedo=np.clip(body.albedo * dimple[:, None], 0.01, 0.95))
    return merged([skin, turned("0 75, 6 76, 4 78, 0 79", GREEN, sides=5)])


def broccoli(main: Finish) -> Mesh:
    """Return a head of broccoli on its stalk."""
    random = seed_of("broccoli")
    stem = merged(
        [
            turned("0 0, 22 0, 19 40, 24 60", pale(main, 0.45), sides=10),
            *(
                tube(
                    [(0, 0.04, 0), (0.045 * np.sin(a), 0.085, 0.045 * np.cos(a))],
                    0.012,
                    pale(main, 0.4),
                    sides=6,
                )
                for a in np.arange(6) * np.pi / 3
            ),
        ]
    )
    way = random.normal(size=(70, 3))
    way[:, 1] = np.abs(way[:, 1]) * 0.9
    way /= np.linalg.norm(way, axis=1, keepdims=True)
    spots = way * (0.075, 0.05, 0.075) + np.array((0, 0.09, 0))
    florets = copies(
        ball((0, 0, 0), 0.02, main, level=1),
        spots,
        scale=random.uniform(0.75, 1.15, 70),
        tint=np.repeat(random.uniform(0.7, 1.15, (70, 1)), 3, axis=1),
    )
    return merged([stem, ball((0, 0.09, 0), (0.066, 0.045, 0.066), main.times(0.6)), florets])


def carrot(main: Finish) -> Mesh:
    """Return a carrot with its leaves, lying along x."""
    root = turned("0 0, 5 8, 12 60, 18 120, 21 160, 18 170, 0 172", main, sides=16)
    rings = np.sin(root.positions[:, 1] * 420 + 2 * np.sin(root.positions[:, 0] * 90)) > 0.93
    root = painted(root, rings, (main.colour[0] * 0.6, main.colour[1] * 0.5, main.colour[2] * 0.5))
    random = seed_of("carrot")
    tops = [
        tube(
            [(0, 0.168, 0), (a, 0.22, b), (2.4 * a, 0.275, 2.4 * b)],
            [0.004, 0.005, 0.011],
            LEAF,
            sides=5,
        )
        for a, b in random.uniform(-0.02, 0.02, (9, 2))
    ]
    return placed(merged([root, *tops]), (0.13, 0.022, 0), roll=np.pi / 2)


def hot_dog(main: Finish) -> Mesh:
    """Return a sausage in a bun with mustard; the colour is the sausage's."""
    halves = [
        ball((0, 0.026, side * 0.022), (0.085, 0.026, 0.024), BUN, level=3) for side in (-1, 1)
    ]
    x = np.linspace(-0.095, 0.095, 13)
    sausage = tube(
        np.stack([x, 0.042 - 0.15 * x * x, 0 * x], -1),
        0.0155 * np.sqrt(np.clip(1 - (x / 0.1) ** 6, 0.1, 1)),
        main,
        sides=12,
    )
    wave = np.linspace(-0.075, 0.075, 31)
    mustard = tube(
        np.stack([wave, 0.0575 - 0.15 * wave**2, 0.007 * np.sin(wave * 170)], -1), 0.0032, CHEESE
    )
    return merged([*halves, sausage, mustard])


def sandwich(main: Finish) -> Mesh:
    """Return a sandwich cut across: bread, leaf, tomato, cheese; the colour is the bread's."""
    outline = "-70 -60, 70 -60, -70 70"
    layers = [
        (outline, 0.006, 0.006, pale(main, 0.5)),
        ("-74 -64, 82 -64, -74 80", 0.016, 0.004, LEAF),
        ("-71 -61, 75 -61, -71 74", 0.022, 0.006, CHEESE),
        ("-70 -60, 70 -60, -70 70", 0.029, 0.006, TOMATO),
        ("-75 -65, 80 -65, -75 79", 0.035, 0.003, LEAF),
        (outline, 0.048, 0.006, pale(main, 0.5)),
    ]
    slices = []
    for text, y, half, finish in layers:
        shape = line(text)
        board = _layer(shape, half * 2, finish)
        slices.append(placed(board, (0, y, 0), tilt=-np.pi / 2))
    crusts = [
        box((-0.0715, y, 0.0), (0.004, 0.0065, 0.062), main, bevel_m=0.002) for y in (0.006, 0.048)
    ] + [box((0.0, y, 0.0615), (0.07, 0.0065, 0.004), main, bevel_m=0.002) for y in (0.006, 0.048)]
    return merged([*slices, *crusts])


def _layer(
    outline: np.ndarray[tuple[int, ...], np.dtype[np.float64]], thick: float, f: Finish
) -> Mesh:
    return board(outline, thick, f, bevel_m=min(0.002, thick / 3))


def pizza(main: Finish) -> Mesh:
    """Return a round pizza with salami, olives and basil; the colour is the topping's."""
    random = seed_of("pizza")
    base = turned("0 0, 150 0, 163 6, 166 16, 158 24, 148 20, 140 12, 0 11", CRUST, sides=40)
    wobble = 1 + 0.25 * fractal(base.positions, cell_m=0.03, octaves=3)
    base = replace(base, albedo=np.clip(base.albedo * wobble[:, None], 0.01, 0.9))
    sauce = cylinder(0.143, 0.0125, TOMATO, sides=36)
    spots = _scattered(random, 34, 0.128)
    melt = copies(
        flattened(ball((0, 0.012, 0), (0.026, 0.004, 0.022), CHEESE, level=1)),
        spots,
        yaw=random.uniform(0, 6, 34),
    )
    slices = copies(
        cylinder(0.021, 0.004, main, sides=14, bevel_m=0.001),
        _scattered(random, 9, 0.108, gap=0.06) + np.array((0, 0.0145, 0)),
    )
    olives = copies(
        ring(0.007, 0.0035, DARK, sides=10, around=5),
        _scattered(random, 9, 0.118, gap=0.05) + np.array((0, 0.018, 0)),
    )
    basil = copies(
        two_sided(flattened(ball((0, 0, 0), (0.017, 0.002, 0.009), LEAF, level=1))),
        _scattered(random, 6, 0.1, gap=0.06) + np.array((0, 0.019, 0)),
        yaw=random.uniform(0, 6, 6),
    )
    return merged([base, sauce, melt, slices, olives, basil])


def _scattered(
    random: np.random.Generator, count: int, radius_m: float, *, gap: float = 0.0
) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Return `count` points in a disc, (count, 3) on y = 0, where there is room `gap` apart."""
    out: list[np.ndarray[tuple[int, ...], np.dtype[np.float64]]] = []
    for _ in range(400):
        r, a = radius_m * np.sqrt(random.uniform()), random.uniform(0, 2 * np.pi)
        spot = np.array([r * np.sin(a), 0.0, r * np.cos(a)])
        if all(np.linalg.norm(spot - one) >= gap for one in out):
            out.append(spot)
        if len(out) == count:
            break
    while len(out) < count:
        out.append(out[-1])
    return np.array(out)


def donut(main: Finish) -> Mesh:
    """Return a doughnut with icing in the colour, and sprinkles."""
    dough = placed(ring(0.033, 0.019, BUN, sides=28, around=14), (0, 0.019, 0))
    icing = placed(ring(0.033, 0.0196, main, sides=36, around=14), (0, 0.0205, 0))
    edge = 0.0225 + 0.004 * np.sin(7 * np.arctan2(icing.positions[:, 0], icing.positions[:, 2]))
    points = icing.positions.copy()
    points[:, 1] = np.maximum(points[:, 1], edge)
    icing = replace(icing, positions=points.astype(np.float32))
    random = seed_of("donut")
    angle, across = random.uniform(0, 2 * np.pi, 46), random.uniform(-0.9, 0.9, 46)
    out = 0.033 + 0.0195 * np.sin(across)
    spots = np.stack(
        [out * np.sin(angle), 0.0205 + 0.0196 * np.cos(across), out * np.cos(angle)], -1
    )
    tones = np.array([rgb(c) for c in ("#e9e2d0", "#3a7fd0", "#f0c22e", "#3fae55", "#d8402f")])
    sprinkles = boxes(
        spots,
        (0.0042, 0.0014, 0.0014),
        pale(main),
        yaw=random.uniform(0, 6, 46),
        colours=tones[random.integers(0, 5, 46)],
    )
    return merged([dough, icing, sprinkles])


def cake(main: Finish) -> Mesh:
    """Return a birthday cake on its plate: icing in the colour, cream and candles."""
    plate = turned(
        "0 0, 90 0, 100 6, 160 12, 162 15, 0 12",
        Finish(rgb("#e8e4da"), Surface.PAINT, 0.25),
        sides=32,
    )
    tiers = turned("0 12, 130 12, 132 18, 132 96, 126 104, 0 104", main, sides=40)
    angle = np.arange(18) * 2 * np.pi / 18
    around = np.stack([0.122 * np.sin(angle), 0 * angle, 0.122 * np.cos(angle)], -1)
    puff = turned("0 0, 15 0, 17 8, 10 16, 4 24, 0 27", CREAM, sides=10)
    rosettes = copies(puff, around + np.array((0, 0.1, 0)))
    foot = copies(
        ball((0, 0, 0), (0.013, 0.012, 0.013), CREAM, level=1),
        around * 1.1 + np.array((0, 0.02, 0)),
    )
    ribbon = turned("133 52, 134 54, 134 62, 133 64", pale(main, 0.5), sides=40)
    spots = 0.066 * np.stack([np.sin(angle[::3]), 0 * angle[::3], np.cos(angle[::3])], -1)
    sticks = copies(
        cylinder(0.0045, 0.075, pale(main, 0.75), sides=8), spots + np.array((0, 0.1, 0))
    )
    fire = Finish(rgb("#ffb648"), Surface.SCREEN, 0.5, 5.0)
    flames = copies(turned("0 0, 5 7, 3 17, 0 26", fire, sides=7), spots + np.array((0, 0.176, 0)))
    return merged([plate, tiers, rosettes, foot, ribbon, sticks, flames])


def cheese(main: Finish) -> Mesh:
    """Return a wedge of cheese with holes."""
    wedge = placed(
        _layer(line("-75 -30, 80 -52, 80 52, -75 30"), 0.075, main), (0, 0.0375, 0), tilt=np.pi / 2
    )
    hole = main.times(0.55)
    spots = [
        (-0.02, 0.05, 0.0385),
        (0.035, 0.028, 0.046),
        (0.05, 0.06, 0.048),
        (0.01, 0.018, 0.0425),
        (0.081, 0.05, 0.02),
        (0.081, 0.025, -0.018),
        (-0.02, 0.076, 0.0),
        (0.03, 0.076, -0.02),
        (0.05, 0.076, 0.022),
    ]
    sizes = [0.012, 0.009, 0.007, 0.008, 0.012, 0.009, 0.008, 0.012, 0.008]
    holes = [
        placed(ball((0, 0, 0), r, hole, level=2), at, scale=_against(k))
        for k, (at, r) in enumerate(zip(spots, sizes, strict=True))
    ]
    return merged([wedge, *holes])


def _against(index: int) -> tuple[float, float, float]:
    """How a hole of the cheese is pressed flat: against its side, its end or its top."""
    if index < 4:
        return (1.0, 1.0, 0.12)
    return (0.12, 1.0, 1.0) if index < 6 else (1.0, 0.12, 1.0)


def egg(main: Finish) -> Mesh:
    """Return an egg lying on its side."""
    shell = rounded("0 0, 9 3, 17 11, 21.5 23, 20 38, 13 51, 6 56.5, 0 57.5", main)
    return placed(shell, (0.0285, 0.0215, 0), roll=np.pi / 2)


def ice_cream(main: Finish) -> Mesh:
    """Return a cone with three scoops, the first in the colour."""
    cone = turned("0 0, 4 2, 29 112, 31 116, 27 116", BUN, sides=18)
    grid = (
        np.abs(
            np.sin(
                cone.positions[:, 1] * 240
                + 9 * np.arctan2(cone.positions[:, 0], cone.positions[:, 2])
            )
        )
        < 0.25
    )
    cone = painted(cone, grid, (0.28, 0.12, 0.03))
    scoops = [
        ball((0, 0.135, 0.0), (0.034, 0.032, 0.034), main, level=3),
        ball((-0.012, 0.178, 0.004), (0.029, 0.028, 0.029), CREAM, level=3),
    ]
    drip = ring(0.029, 0.007, main, sides=18, around=6)
    cherry = ball((-0.012, 0.211, 0.004), 0.01, TOMATO, level=2)
    return merged([cone, *scoops, placed(drip, (0, 0.117, 0)), cherry])


def burger(main: Finish) -> Mesh:
    """Return a hamburger; the colour is the bun's."""
    foot = turned("0 0, 46 0, 52 6, 50 18, 0 18", main, sides=26)
    patty = turned("0 20, 50 20, 54 27, 51 36, 0 36", MEAT, sides=22)
    leaf = turned("0 36, 58 35, 60 38, 56 41, 0 41", LEAF, sides=30)
    ripple = leaf.positions.copy()
    round_ = np.arctan2(ripple[:, 0], ripple[:, 2])
    out = np.hypot(ripple[:, 0], ripple[:, 2]) > 0.05
    ripple[:, 1] += out * 0.005 * np.sin(round_ * 9)
    leaf = replace(leaf, positions=ripple.astype(np.float32))
    slice_ = box((0, 0.0435, 0), (0.047, 0.0025, 0.047), CHEESE, yaw=0.5, bevel_m=0.001)
    tomato = cylinder(0.048, 0.007, TOMATO, sides=22)
    top = turned("0 53, 54 53, 56 60, 50 78, 34 92, 16 98, 0 100", main, sides=28)
    random = seed_of("burger")
    angle, lean = random.uniform(0, 2 * np.pi, 34), random.uniform(0.05, 0.85, 34)
    spots = np.stack(
        [0.05 * lean * np.sin(angle), 0.1005 - 0.032 * lean**2.2, 0.05 * lean * np.cos(angle)], -1
    )
    seeds = copies(ball((0, 0, 0), (0.0028, 0.0015, 0.0018), CREAM, level=0), spots, yaw=angle)
    return merged([foot, patty, leaf, slice_, placed(tomato, (0, 0.046, 0)), top, seeds])


def pumpkin(main: Finish) -> Mesh:
    """Return a ribbed pumpkin, 0.34 m wide."""
    body = lathe(
        line("0 24, 50 6, 110 8, 158 60, 170 118, 150 180, 100 222, 50 226, 0 212"), main, sides=60
    )
    angle = np.arctan2(body.positions[:, 0], body.positions[:, 2])
    rib = 1 - 0.09 * np.abs(np.cos(angle * 5)) ** 6
    points = body.positions * np.stack([rib, 0 * rib + 1, rib], -1)
    shade = 1 - 0.4 * np.abs(np.cos(angle * 5)) ** 8
    body = replace(
        body,
        positions=points.astype(np.float32),
        albedo=(body.albedo * shade[:, None]).astype(np.float32),
    )
    stalk = rod("0 205 0, 4 250 0, 30 285 8", [0.026, 0.015, 0.018], STALK, sides=6)
    return merged([body, stalk])


def watermelon(main: Finish) -> Mesh:
    """Return a striped watermelon with a slice beside it; the colour is the rind's."""
    melon = ball((0, 0.115, 0), (0.15, 0.115, 0.115), main, level=4)
    angle = np.arctan2(melon.positions[:, 1] - 0.115, melon.positions[:, 2])
    wave = np.sin(angle * 8 + 9 * fractal(melon.positions, cell_m=0.05, octaves=2))
    melon = painted(
        melon,
        wave > 0.35,
        (main.colour[0] * 2.6 + 0.06, main.colour[1] * 2.2 + 0.08, main.colour[2] * 2.2 + 0.02),
    )
    half = np.linspace(0, np.pi, 19)
    arc = np.stack([np.cos(half), np.sin(half)], -1)
    flesh = Finish(rgb("#d8343a"), Surface.PLAIN, 0.45)
    wedge = [
        _layer(arc * 0.115, 0.022, main),
        _layer(arc * 0.11, 0.0235, CREAM.times(0.9)),
        _layer(arc * 0.103, 0.025, flesh),
    ]
    seeds = boxes(
        [
            (r * np.cos(a), r * np.sin(a), s * 0.0127)
            for s in (-1, 1)
            for r, a in (
                (0.05, 0.7),
                (0.055, 1.5),
                (0.05, 2.4),
                (0.08, 0.5),
                (0.083, 1.1),
                (0.082, 1.9),
                (0.08, 2.6),
            )
        ],
        (0.0028, 0.005, 0.0008),
        DARK,
    )
    lying = placed(merged([*wedge, seeds]), (0.11, 0.012, 0.15), tilt=-1.25, yaw=0.3)
    return merged([melon, lying])


def fruit_bowl(main: Finish) -> Mesh:
    """Return a bowl of apples, oranges and bananas; the colour is the bowl's."""
    bowl_ = turned("0 0, 60 0, 64 8, 120 50, 150 92, 144 93, 110 54, 0 30", main, sides=32)
    red, green, tawny = (
        Finish(rgb(c), Surface.PLAIN, 0.45) for c in ("#b3261e", "#7fa032", "#e8862a")
    )
    yellow = Finish(rgb("#e6c033"), Surface.PLAIN, 0.5)
    fruit = [
        placed(apple(red), (-0.05, 0.045, 0.05)),
        placed(apple(green), (0.055, 0.045, 0.045), yaw=1.0),
        placed(orange(tawny), (0.0, 0.045, -0.055)),
        placed(orange(tawny), (-0.075, 0.06, -0.03)),
        placed(apple(red), (0.0, 0.1, 0.0), yaw=2.0, roll=0.3),
        placed(banana(yellow), (0.02, 0.115, -0.06), tilt=0.5, scale=1.05),
        placed(banana(yellow.times(0.92)), (0.025, 0.1, -0.085), tilt=0.7, scale=1.05),
    ]
    return merged([bowl_, *fruit])

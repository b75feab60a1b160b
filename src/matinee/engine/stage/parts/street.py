"""What stands in streets: vehicles, lamps, signs, shop fronts, stalls, benches, boats."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.stage.parts.finish import Colour, Finish, Floats, rgb
from matinee.engine.stage.parts.solids import (
    ball,
    box,
    boxes,
    copies,
    cylinder,
    lathe,
    panel,
    placed,
    prism,
    quads,
    recoloured,
    ring,
    tube,
    two_sided,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

RUBBER = Finish(rgb("#17171a"), Surface.PLAIN, 0.85)
CHROME = Finish(rgb("#c9ccd0"), Surface.METAL, 0.18)
IRON = Finish(rgb("#25282b"), Surface.METAL, 0.45)
CAR_GLASS = Finish(rgb("#11161c"), Surface.GLASS, 0.05)
CAR_COLOURS = tuple(
    map(
        rgb,
        ("#7f1418", "#1b2f52", "#b9bcc0", "#1a1b1e", "#8a8f94", "#d8d6cf", "#2f4a3c", "#b5762a"),
    )
)
NEONS = tuple(
    map(rgb, ("#ff2e7e", "#22b8ff", "#ff8a1e", "#3cf08a", "#b45cff", "#ff3b30", "#ffd23a"))
)
_SHOP_LIGHT = tuple(map(rgb, ("#ffd9a0", "#ffcf8f", "#ffe4c4", "#f2c4b8", "#cfe4f0", "#ffd27a")))
OAK = Finish(rgb("#8a6a48"), Surface.WOOD, 0.6)
PLANKS = Finish(rgb("#6f5a45"), Surface.WOOD, 0.8)
CLOTH_RED = Finish(rgb("#8f2b2b"), Surface.CLOTH, 0.9)

_WHEELS_Z = (-1.34, 1.36)
_CABIN = ((-1.30, 0.90), (1.62, 0.90), (0.92, 1.38), (0.30, 1.44), (-0.40, 1.40))


def car(colour: Colour, *, lit: bool = False, wheels: bool = True) -> Mesh:
    """Return a saloon car on y = 0 that looks along +Z, about 4.3 m long, if need be wheelless."""
    paint = Finish(colour, Surface.PAINT, 0.22)
    dark = Finish(rgb("#0e0f11"), Surface.PLAIN, 0.6)
    parts = [_car_body(paint), *_car_cabin(paint)]
    if wheels:
        parts += [_wheel((x, 0.33, z)) for x in (-0.78, 0.78) for z in _WHEELS_Z]
    glow = 6.0 if lit else 0.3
    kind = Surface.SCREEN if lit else Surface.GLASS
    white, red = Finish(rgb("#fff3d8"), kind, 0.2), Finish(rgb("#b01210"), kind, 0.2)
    lights = [(-0.6, 0.68), (0.6, 0.68)]
    parts += [
        box((x, y, 2.09), (0.2, 0.07, 0.06), white.glowing(glow), bevel_m=0.03) for x, y in lights
    ]
    parts += [
        box((x, y + 0.09, -2.12), (0.2, 0.065, 0.05), red.glowing(glow * 0.6), bevel_m=0.03)
        for x, y in lights
    ]
    parts += [
        box((0, 0.62, 2.135), (0.34, 0.055, 0.03), dark),
        box((0, 0.41, 2.12), (0.68, 0.08, 0.04), dark),
        box((0, 0.5, -2.145), (0.26, 0.06, 0.03), CHROME.times(0.9)),
        box((0, 0.30, 0), (0.72, 0.1, 1.9), dark),
    ]
    for x in (-0.90, 0.90):
        parts.append(box((x * 1.03, 0.97, 0.80), (0.09, 0.055, 0.05), paint, bevel_m=0.03))
        parts += [box((x * 0.965, 0.79, z), (0.012, 0.018, 0.09), CHROME) for z in (-0.75, 0.28)]
        parts += [box((x * 0.962, 0.68, z), (0.006, 0.2, 0.008), dark) for z in (-0.98, 0.02, 0.98)]
    return merged(parts)


def _car_body(paint: Finish) -> Mesh:
    """Return the lower body: with wheel arches, rounded, narrowed to nose and tail."""
    line = [(-2.14, 0.30)]
    for z in _WHEELS_Z:
        angle = np.linspace(np.pi, 0, 7)
        line += [(z + 0.4 * np.cos(a), 0.30 + 0.42 * np.sin(a)) for a in angle]
    line += [
        (2.12, 0.30),
        (2.17, 0.56),
        (2.10, 0.78),
        (1.80, 0.88),
        (0.95, 0.955),
        (-1.2, 0.965),
        (-1.95, 0.93),
        (-2.12, 0.80),
        (-2.18, 0.55),
    ]
    body = placed(prism(line, 1.76, paint, bevel_m=0.06), yaw=-np.pi / 2)
    points = body.positions.copy()
    points[:, 0] *= 1 - 0.13 * np.clip(np.abs(points[:, 2]) - 1.2, 0, 1) ** 1.5
    points[:, 0] *= np.where(points[:, 1] > 0.6, 1 - 0.10 * (points[:, 1] - 0.6), 1)
    return replace(body, positions=points)


def _car_cabin(paint: Finish) -> list[Mesh]:
    """Return glasshouse, roof and pillars, leaning inwards."""
    glass = placed(prism(_CABIN, 1.56, CAR_GLASS), yaw=-np.pi / 2)
    roof_line = [
        (-0.52, 1.375),
        (0.28, 1.41),
        (0.99, 1.33),
        (0.93, 1.40),
        (0.30, 1.465),
        (-0.42, 1.42),
    ]
    roof = placed(prism(roof_line, 1.60, paint, bevel_m=0.02), yaw=-np.pi / 2)
    pillars = []
    for side in (-0.785, 0.785):
        for foot, head in ((1.64, 0.94), (0.06, 0.14), (-1.34, -0.42)):
            path = [(side, 0.90, foot), (side, 1.40, head)]
            pillars.append(tube(path, 0.045, paint, sides=4))
    leaning = merged([glass, roof, *pillars])
    points = leaning.positions.copy()
    points[:, 0] *= 1 - 0.42 * np.clip(points[:, 1] - 0.95, 0, 1)
    return [replace(leaning, positions=points)]


def _wheel(centre: Sequence[float]) -> Mesh:
    side = 1.0 if centre[0] > 0 else -1.0
    profile = [
        (0.0, -0.11),
        (0.22, -0.11),
        (0.31, -0.105),
        (0.335, -0.07),
        (0.335, 0.07),
        (0.31, 0.105),
        (0.22, 0.11),
    ]
    tyre = lathe(profile, RUBBER, sides=13)
    rim = lathe(
        [(0.225, 0.112), (0.2, 0.075), (0.06, 0.085), (0.05, 0.115), (0, 0.115)],
        CHROME.times(0.7),
        sides=13,
    )
    angle = np.arange(5) * 2 * np.pi / 5
    spokes = boxes(
        np.stack([0.13 * np.sin(angle), 0 * angle + 0.095, 0.13 * np.cos(angle)], -1),
        (0.022, 0.012, 0.09),
        CHROME,
        yaw=angle,
    )
    return placed(merged([tyre, rim, spokes]), centre, roll=-side * np.pi / 2)


def street_lamp(height_m: float = 5.4, *, reach_m: float = 1.3, lit: bool = False) -> Mesh:
    """Return a street lamp whose arm reaches along +X; its head hangs at (reach, height)."""
    profile = [
        (0, 0),
        (0.17, 0),
        (0.17, 0.12),
        (0.11, 0.2),
        (0.10, 0.9),
        (0.07, 1.0),
        (0.055, height_m - 0.6),
    ]
    arm = [
        (0, height_m - 0.7, 0),
        (0.08, height_m - 0.2, 0),
        (0.4, height_m + 0.1, 0),
        (reach_m, height_m + 0.08, 0),
    ]
    bulb = Finish(rgb("#ffdfa8"), Surface.SCREEN, 0.3, 9.0 if lit else 0.2)
    return merged(
        [
            lathe(profile, IRON, sides=10),
            tube(arm, [0.055, 0.05, 0.04, 0.035], IRON, sides=6),
            box((reach_m, height_m + 0.06, 0), (0.32, 0.05, 0.12), IRON, bevel_m=0.03),
            box((reach_m, height_m - 0.0, 0), (0.24, 0.02, 0.08), bulb),
        ]
    )


def lantern_post(height_m: float = 3.4, *, lit: bool = False) -> Mesh:
    """Return an old park lantern: fluted post, four panes, a pointed roof."""
    bulb = Finish(
        rgb("#ffd9a0"), Surface.SCREEN if lit else Surface.GLASS, 0.3, 7.0 if lit else 0.15
    )
    h = height_m
    post = [
        (0, 0),
        (0.2, 0),
        (0.2, 0.1),
        (0.14, 0.16),
        (0.12, 0.5),
        (0.16, 0.58),
        (0.07, 0.7),
        (0.05, h - 0.75),
        (0.1, h - 0.7),
        (0.06, h - 0.62),
    ]
    cage = [(sx * 0.15, h - 0.36, sz * 0.15) for sx in (-1, 1) for sz in (-1, 1)]
    return merged(
        [
            lathe(post, IRON, sides=10),
            boxes(cage, (0.015, 0.24, 0.015), IRON),
            lathe([(0.09, h - 0.6), (0.14, h - 0.16), (0, h - 0.16)], bulb, sides=4),
            lathe(
                [(0, h - 0.14), (0.24, h - 0.14), (0.07, h), (0.03, h + 0.12), (0, h + 0.14)],
                IRON,
                sides=8,
            ),
        ]
    )


def neon_sign(height_m: float, width_m: float, colour: Colour, *, rng: np.random.Generator) -> Mesh:
    """Return an upright sign that sticks out: glowing glyphs on both its sides, +Z and -Z."""
    case = Finish(rgb("#111216"), Surface.METAL, 0.5)
    glow = Finish(colour, Surface.SCREEN, 0.4, 5.5)
    pale = Finish(
        (0.5 + colour[0] / 2, 0.5 + colour[1] / 2, 0.5 + colour[2] / 2), Surface.SCREEN, 0.4, 3.2
    )
    half_h, half_w = height_m / 2, width_m / 2
    parts = [box((0, 0, 0), (half_w, half_h, 0.09), case, bevel_m=0.03)]
    signs = max(1, int(height_m / (width_m * 1.15)))
    cell = (height_m - 0.2) / signs
    for number in range(signs):
        y = half_h - 0.1 - (number + 0.5) * cell
        parts.append(
            _glyph(
                y, half_w * 0.62, min(cell * 0.38, half_w * 0.7), pale if number % 3 else glow, rng
            )
        )
    frame = [(x, 0, 0.0) for x in (-half_w + 0.05, half_w - 0.05)]
    parts.append(boxes(frame, (0.022, half_h - 0.04, 0.115), glow))
    edge = [(0, y, 0.0) for y in (-half_h + 0.05, half_h - 0.05)]
    parts.append(boxes(edge, (half_w - 0.05, 0.022, 0.115), glow))
    return merged(parts)


def _glyph(
    y: float, half_w: float, half_h: float, finish: Finish, rng: np.random.Generator
) -> Mesh:
    """Return an invented character: a few strokes on a three by three lattice, on both sides."""
    strokes, sizes = [], []
    thick = max(0.018, half_h * 0.11)
    for row in (-1, 0, 1):
        if rng.random() < 0.75:
            reach = rng.uniform(0.55, 1.0)
            strokes.append(
                (rng.uniform(-0.25, 0.25) * half_w * (1 - reach), y + row * half_h * 0.85, 0)
            )
            sizes.append((half_w * reach, thick, 0.112))
    for column in (-1, 0, 1):
        if rng.random() < 0.6 or not strokes:
            reach = rng.uniform(0.4, 1.0)
            strokes.append((column * half_w * 0.8, y + rng.uniform(-0.3, 0.3) * half_h, 0))
            sizes.append((thick, half_h * reach, 0.112))
    return boxes(strokes, np.array(sizes), finish)


def shop_front(
    width_m: float, colour: Colour, *, rng: np.random.Generator, lit: bool, height_m: float = 3.4
) -> Mesh:
    """Return a shop front against a wall at z = 0 towards +Z: panes, posts, goods, fascia."""
    frame = Finish(colour, Surface.PAINT, 0.4)
    half = width_m / 2
    warmth = _SHOP_LIGHT[int(rng.integers(0, len(_SHOP_LIGHT)))]
    glow = Finish(warmth, Surface.SCREEN if lit else Surface.GLASS, 0.25, 0.85 if lit else 0.12)
    inside = glow if lit else Finish(rgb("#27303a"), Surface.GLASS, 0.06)
    parts = [
        _shop_window(width_m, inside, rng),
        box((0, 0.22, 0.12), (half, 0.22, 0.1), frame.times(0.8), bevel_m=0.02),
        box((0, height_m - 0.3, 0.14), (half, 0.3, 0.12), frame, bevel_m=0.03),
    ]
    posts = np.linspace(-half + 0.08, half - 0.08, max(3, round(width_m / 1.5) + 1))
    parts.append(
        boxes(
            np.stack([posts, 0 * posts + 1.6, 0 * posts + 0.1], -1),
            (0.06, 1.4, 0.08),
            frame,
            bevel_m=0.015,
        )
    )
    parts.append(box((0, 2.35, 0.1), (half, 0.04, 0.06), frame))
    goods = int(rng.integers(7, 12))
    x = rng.uniform(-half + 0.4, half - 0.4, goods)
    tall = rng.uniform(0.14, 0.6, goods)
    shades = np.asarray(NEONS)[rng.integers(0, len(NEONS), goods)] * 0.2 + 0.05
    parts.append(
        boxes(
            np.stack([x, 0.46 + tall, 0 * x + 0.07], -1),
            np.stack([rng.uniform(0.08, 0.2, goods), tall, np.full(goods, 0.03)], -1),
            Finish((0.4, 0.4, 0.4), Surface.PLAIN, 0.6),
            colours=shades,
        )
    )
    parts.append(_lettering(half * 0.6, height_m - 0.3, 0.27, lit=lit, rng=rng))
    return merged(parts)


def _shop_window(width_m: float, inside: Finish, rng: np.random.Generator) -> Mesh:
    """Return the pane and what is seen behind it: light from above, shelves and their goods."""
    half = width_m / 2 - 0.1
    pane = panel((-half, 0.3, 0.04), (2 * half, 0, 0), (0, 2.4, 0), inside, cell_m=0.6)
    share = (pane.positions[:, 1] - 0.3) / 2.4
    spots = 0.75 + 0.25 * np.cos(pane.positions[:, 0] * 2.6)
    pane = recoloured(pane, pane.albedo * ((0.34 + 0.66 * share**1.5) * spots)[:, None])
    dark = Finish(rgb("#1a1512"), Surface.WOOD, 0.8)
    count = 6
    goods, sizes = [], []
    for y in (1.15, 1.72):
        for x in rng.uniform(-half + 0.2, half - 0.2, count):
            tall = rng.uniform(0.05, 0.19)
            goods.append((x, y + 0.02 + tall, 0.055))
            sizes.append((rng.uniform(0.05, 0.14), tall, 0.012))
    tones = np.asarray(NEONS)[rng.integers(0, len(NEONS), 2 * count)] * 0.10 + 0.015
    return merged(
        [
            pane,
            boxes([(0, 1.15, 0.05), (0, 1.72, 0.05)], (half, 0.02, 0.01), dark),
            boxes(goods, sizes, Finish((0.2, 0.2, 0.2), Surface.PLAIN, 0.8), colours=tones),
        ]
    )


def _lettering(half: float, y: float, z: float, *, lit: bool, rng: np.random.Generator) -> Mesh:
    finish = Finish(
        rgb("#fff0d0"), Surface.SCREEN if lit else Surface.PAINT, 0.4, 3.0 if lit else 0.0
    )
    x = np.arange(-half, half, 0.3)
    wide = rng.uniform(0.06, 0.12, len(x))
    centres = np.stack([x, 0 * x + y, 0 * x + z], -1)
    tops = centres + np.array((0.02, 0.1, 0))
    return merged(
        [
            boxes(
                centres, np.stack([0 * wide + 0.022, 0 * wide + 0.14, 0 * wide + 0.012], -1), finish
            ),
            boxes(tops[rng.random(len(x)) < 0.7], (0.08, 0.022, 0.012), finish),
        ]
    )


def awning(width_m: float, depth_m: float, colour: Colour, *, stripes: bool = True) -> Mesh:
    """Return a sloping striped awning that hangs from a wall at z = 0, its top at y = 0."""
    count = max(2, round(width_m / 0.35)) if stripes else 1
    edges = np.linspace(-width_m / 2, width_m / 2, count + 1)
    parts = []
    for number, (a, b) in enumerate(itertools.pairwise(edges)):
        shade = colour if number % 2 == 0 else rgb("#e6dfd0")
        cloth = Finish(shade, Surface.CLOTH, 0.9)
        slope = [(a, -0.55, depth_m), (b, -0.55, depth_m), (b, 0, 0), (a, 0, 0)]
        fall = [(a, -0.8, depth_m), (b, -0.8, depth_m), (b, -0.55, depth_m), (a, -0.55, depth_m)]
        parts.append(two_sided(quads([slope, fall], cloth)))
    return merged(parts)


def bench(width_m: float = 1.7, *, slats: Finish = OAK) -> Mesh:
    """Return a park bench that faces +Z; its seat is 0.45 m high."""
    boards = [(0, 0.45, z) for z in (-0.18, -0.04, 0.1, 0.24)]
    back = [(0, y, -0.27 - (y - 0.5) * 0.2) for y in (0.62, 0.76, 0.9)]
    legs = []
    for x in (-width_m * 0.42, width_m * 0.42):
        legs += [
            tube(
                [(x, 0, 0.24), (x, 0.42, 0.2), (x, 0.42, -0.2), (x, 0, -0.28)], 0.028, IRON, sides=5
            ),
            tube([(x, 0.42, -0.2), (x, 0.95, -0.36)], 0.025, IRON, sides=5),
        ]
    return merged(
        [
            boxes(boards, (width_m / 2, 0.02, 0.055), slats, bevel_m=0.012),
            boxes(back, (width_m / 2, 0.055, 0.018), slats, bevel_m=0.012),
            *legs,
        ]
    )


def litter_bin() -> Mesh:
    """Return a round litter bin."""
    return lathe(
        [
            (0, 0),
            (0.24, 0),
            (0.28, 0.82),
            (0.3, 0.84),
            (0.3, 0.9),
            (0.2, 0.93),
            (0.2, 0.8),
            (0, 0.8),
        ],
        IRON.times(1.3),
        sides=12,
    )


def hydrant() -> Mesh:
    """Return a red fire hydrant."""
    red = Finish(rgb("#a32a22"), Surface.PAINT, 0.4)
    body = lathe(
        [
            (0, 0),
            (0.19, 0),
            (0.19, 0.06),
            (0.13, 0.08),
            (0.13, 0.5),
            (0.17, 0.54),
            (0.15, 0.62),
            (0.06, 0.72),
            (0.05, 0.78),
            (0, 0.79),
        ],
        red,
        sides=10,
    )
    return merged([body, tube([(-0.22, 0.42, 0), (0.22, 0.42, 0)], 0.06, red, sides=8)])


def traffic_light(*, lit: bool = True) -> Mesh:
    """Return a traffic light whose lamps face +Z."""
    case = Finish(rgb("#1b1d1f"), Surface.PAINT, 0.5)
    parts = [
        lathe([(0, 0), (0.12, 0), (0.07, 0.2), (0.06, 3.0)], IRON, sides=8),
        box((0, 3.3, 0), (0.17, 0.45, 0.13), case, bevel_m=0.04),
    ]
    for y, code, glow in ((3.58, "#ff2a1c", 0.3), (3.3, "#ffb020", 0.2), (3.02, "#28ff8a", 5.0)):
        lens = Finish(rgb(code), Surface.SCREEN, 0.3, glow if lit else 0.15)
        parts.append(ball((0, y, 0.13), (0.095, 0.095, 0.04), lens, level=1))
        parts.append(
            placed(
                lathe([(0.12, 0), (0.12, 0.14)], case, sides=8, arc=np.pi),
                (0, y, 0.12),
                tilt=np.pi / 2,
            )
        )
    return merged(parts)


def cable(start: Sequence[float], end: Sequence[float], *, sag_m: float) -> Mesh:
    """Return a cable that hangs between two points."""
    share = np.linspace(0, 1, 9)[:, None]
    path = np.asarray(start) * (1 - share) + np.asarray(end) * share
    path[:, 1] -= sag_m * 4 * (share * (1 - share))[:, 0]
    return tube(path, 0.02, RUBBER, sides=3, closed=False)


def bulbs(
    start: Sequence[float], end: Sequence[float], count: int, *, sag_m: float, lit: bool
) -> Mesh:
    """Return a string of bulbs between two points."""
    share = np.linspace(0.04, 0.96, count)[:, None]
    at = np.asarray(start) * (1 - share) + np.asarray(end) * share
    at[:, 1] -= sag_m * 4 * (share * (1 - share))[:, 0] + 0.1
    glass = Finish(
        rgb("#ffd79a"), Surface.SCREEN if lit else Surface.GLASS, 0.3, 7.0 if lit else 0.3
    )
    return merged(
        [cable(start, end, sag_m=sag_m), copies(ball((0, 0, 0), 0.06, glass, level=0), at)]
    )


def market_stall(colour: Colour, *, rng: np.random.Generator) -> Mesh:
    """Return a stall that faces +Z: posts, striped roof, a sloping table of boxes of fruit."""
    posts = [(x, 1.2, z) for x in (-1.3, 1.3) for z in (-0.8, 0.8)]
    parts = [
        boxes(posts, (0.04, 1.2, 0.04), OAK),
        placed(awning(2.9, 1.9, colour), (0, 2.75, -0.9)),
        box((0, 0.42, 0.1), (1.25, 0.42, 0.62), PLANKS, bevel_m=0.02),
    ]
    fruit = tuple(map(rgb, ("#c23b22", "#e0892b", "#d9b73a", "#6f9a3a", "#7a2f4a", "#8f5a34")))
    for column in range(4):
        for row in range(2):
            x, z = -0.92 + column * 0.62, -0.2 + row * 0.55
            y = 0.98 - row * 0.1
            parts.append(box((x, y - 0.08, z), (0.28, 0.07, 0.24), OAK.times(0.85)))
            at = np.stack(
                [
                    x + rng.uniform(-0.22, 0.22, 22),
                    y + rng.uniform(0, 0.07, 22),
                    z + rng.uniform(-0.18, 0.18, 22),
                ],
                -1,
            )
            skin = Finish(fruit[int(rng.integers(0, len(fruit)))], Surface.PLAIN, 0.45)
            parts.append(
                copies(
                    ball((0, 0, 0), 0.062, skin, level=0),
                    at,
                    tint=np.repeat(rng.uniform(0.75, 1.2, (22, 1)), 3, 1),
                )
            )
    return merged(parts)


def rowing_boat(colour: Colour, *, length_m: float = 3.6) -> Mesh:
    """Return an open boat that points along +Z, its keel at y = 0: planked hull, thwarts, oars."""
    paint = Finish(colour, Surface.PAINT, 0.45)
    z = np.linspace(-0.5, 0.5, 13) * length_m
    beam = 0.68 * (1 - np.abs(z / length_m * 2 + 0.12) ** 2.6).clip(0.03, 1)
    sheer = 0.55 + 0.25 * (z / length_m * 2) ** 2
    keel = 0.02 + 0.22 * np.clip(z / length_m * 2, 0, 1) ** 3
    rows: list[Floats] = []
    rows.extend(
        np.stack([share * beam, keel + (sheer - keel) * rise, z], -1)
        for share, rise in (
            (-1.0, 1.0),
            (-0.86, 0.45),
            (-0.42, 0.08),
            (0.0, 0.0),
            (0.42, 0.08),
            (0.86, 0.45),
            (1.0, 1.0),
        )
    )
    skin = np.array(rows)
    four = np.stack([skin[:-1, :-1], skin[:-1, 1:], skin[1:, 1:], skin[1:, :-1]], axis=2).reshape(
        -1, 4, 3
    )
    hull = merged(
        [quads(four[:, ::-1], paint), quads(four * (0.96, 1, 0.98) + (0, 0.025, 0), OAK.times(0.8))]
    )
    parts = [hull]
    parts.extend(tube(skin[side], 0.035, OAK, sides=5) for side in (0, -1))
    parts.extend(box((0, 0.42, at * length_m / 2), (0.5, 0.02, 0.13), OAK) for at in (-0.55, 0.35))
    parts.extend(
        tube([(side * 0.3, 0.48, -1.0), (side * 0.42, 0.62, 1.2)], 0.022, OAK, sides=5)
        for side in (-1, 1)
    )
    return merged(parts)


def sail_boat(colour: Colour) -> Mesh:
    """Return a small sailing boat that points along +Z, its waterline at y = 0."""
    sail = Finish(rgb("#ece4d4"), Surface.CLOTH, 0.9)
    hull = placed(rowing_boat(colour, length_m=6.5), (0, -0.35, 0), scale=(1.5, 1.35, 1.0))
    mast = tube([(0, 0.3, 0.6), (0, 8.2, 0.5)], [0.08, 0.05], OAK, sides=6)
    boom = tube([(0, 1.2, 0.5), (0.5, 1.25, -2.8)], 0.05, OAK, sides=5)
    rows = np.linspace(0, 1, 7)
    luff = np.stack([0 * rows, 1.3 + 6.6 * rows, 0.5 - 0.0 * rows], -1)
    leech = np.stack([0.5 * (1 - rows), 1.35 + 6.55 * rows, -2.8 * (1 - rows) + 0.45 * rows], -1)
    belly = (luff + leech) / 2 + np.stack(
        [0.45 * np.sin(np.pi * rows * 0.8 + 0.4), 0 * rows, 0 * rows], -1
    )
    cloth = [
        quads(np.stack([a[:-1], b[:-1], b[1:], a[1:]], axis=1), sail)
        for a, b in ((luff, belly), (belly, leech))
    ]
    jib = quads([[(0, 0.9, 3.1), (0.35, 1.3, 1.2), (0, 6.6, 0.55), (0, 6.6, 0.55)]], sail)
    return merged([hull, mast, boom, *(two_sided(part) for part in (*cloth, jib))])


def banner(width_m: float, height_m: float, colour: Colour, *, edge: Colour | None = None) -> Mesh:
    """Return a hanging banner, its top edge at y = 0, seen from both sides, with a forked foot."""
    half = width_m / 2
    cloth = Finish(colour, Surface.CLOTH, 0.9)
    body = [(-half, -height_m, 0), (0, -height_m * 0.86, 0), (0, 0, 0.04), (-half, 0, 0)]
    other = [(0, -height_m * 0.86, 0), (half, -height_m, 0), (half, 0, 0), (0, 0, 0.04)]
    parts = [
        two_sided(quads([body, other], cloth)),
        tube([(-half - 0.1, 0.02, 0), (half + 0.1, 0.02, 0)], 0.035, OAK, sides=6),
    ]
    if edge is not None:
        trim = Finish(edge, Surface.CLOTH, 0.8)
        parts.extend(
            box((x, -height_m * 0.46, 0.0), (half * 0.06, height_m * 0.44, 0.03), trim)
            for x in (-half * 0.86, half * 0.86)
        )
        parts.append(box((0, -height_m * 0.4, 0.02), (half * 0.34, half * 0.34, 0.03), trim))
    return merged(parts)


def paving(
    x0: float,
    x1: float,
    z0: float,
    z1: float,
    finish: Finish,
    *,
    y: float = 0.0,
    cell_m: float = 0.8,
) -> Mesh:
    """Return level ground from x0 to x1 and z0 to z1."""
    return panel((x0, y, z1), (x1 - x0, 0, 0), (0, 0, z0 - z1), finish, cell_m=cell_m)


def puddle_ring(radius_m: float) -> Mesh:
    """Return a manhole cover."""
    return merged(
        [
            cylinder(radius_m, 0.012, IRON.times(0.8), sides=18),
            placed(ring(radius_m, 0.015, IRON), (0, 0.012, 0)),
        ]
    )

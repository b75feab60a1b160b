"""What floats: rowing boats, sails, ships, rafts. Bows look along +Z."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.stage.parts.finish import Finish, Floats, rgb
from matinee.engine.stage.parts.solids import (
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
    STEEL,
    TIMBER,
    WHITE,
    WINDOW,
    line,
    mirrored,
    pale,
    rod,
    side_cut,
    turned,
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


def _skin(  # noqa: PLR0917 - the lines of a hull
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
                    f"{-wide * 1000 - 200:.0f} {(y + tall) * 1000:.0f} {z * 1000 + 120:.0f}, "
                    f"{wide * 1000 + 200:.0f} {(y + tall) * 1000:.0f} {z * 1000 + 120:.0f}",
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

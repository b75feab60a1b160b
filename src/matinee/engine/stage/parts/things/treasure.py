"""Treasure, magic and paper: what stories are about."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.stage.parts.finish import Finish, fractal, rgb, seed_of
from matinee.engine.stage.parts.fire import flame
from matinee.engine.stage.parts.solids import (
    ball,
    boulder,
    box,
    boxes,
    cylinder,
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
    TIMBER,
    WHITE,
    board,
    cut,
    line,
    mirrored,
    painted,
    pale,
    rod,
    turned,
)
from matinee.engine.stage.parts.things.stock import DARK, PAGE


def treasure_chest(main: Finish) -> Mesh:
    """Return an open chest full of gold; the colour is the wood's."""
    body = merged(
        [
            box((0, 0.02, 0), (0.38, 0.02, 0.24), main, bevel_m=0.006),
            *(box((0, 0.19, z), (0.38, 0.17, 0.02), main, bevel_m=0.006) for z in (-0.22, 0.22)),
            *(box((x, 0.19, 0), (0.02, 0.17, 0.22), main, bevel_m=0.006) for x in (-0.36, 0.36)),
        ]
    )
    bands = [
        box((x, 0.19, 0), (0.028, 0.178, 0.248), GOLD.times(0.7), bevel_m=0.004)
        for x in (-0.25, 0.25)
    ]
    inner = box((0, 0.2, 0), (0.33, 0.13, 0.19), DARK)
    half = np.linspace(0, np.pi, 15)
    arch = np.stack([0.24 * np.cos(half), 0.17 * np.sin(half)], -1)
    lid = placed(board(arch, 0.76, main, bevel_m=0.008), yaw=np.pi / 2)
    hoops = [
        placed(board(arch * 1.04, 0.056, GOLD.times(0.7)), (x, 0, 0), yaw=np.pi / 2)
        for x in (-0.25, 0.25)
    ]
    opened = placed(
        merged([placed(lid, (0, 0, 0.24)), *(placed(h, (0, 0, 0.24)) for h in hoops)]),
        (0, 0.37, -0.24),
        tilt=-1.15,
    )
    lock = box((0, 0.31, 0.245), (0.045, 0.055, 0.012), GOLD, bevel_m=0.008)
    random = seed_of("treasure")
    spots = random.uniform(-1, 1, (110, 3)) * (0.31, 0.0, 0.18)
    spots[:, 1] = (
        0.345
        + 0.075 * np.exp(-(spots[:, 0] ** 2 + spots[:, 2] ** 2) / 0.03)
        - 0.02 * random.uniform(size=110)
    )
    coins = [
        placed(cylinder(0.026, 0.005, GOLD, sides=12), at, tilt=float(a), roll=float(b))
        for at, (a, b) in zip(spots, random.uniform(-0.7, 0.7, (110, 2)), strict=True)
    ]
    heap = ball((0, 0.3, 0), (0.3, 0.1, 0.17), GOLD.times(0.8), level=3)
    gems = [
        placed(_gem(Finish(rgb(c), Surface.GLASS, 0.05)), at, scale=0.9, roll=0.4)
        for c, at in (
            ("#c01838", (0.1, 0.4, 0.08)),
            ("#1c6ac0", (-0.14, 0.38, 0.1)),
            ("#1f9a4a", (0.0, 0.41, -0.03)),
        )
    ]
    return merged([body, *bands, inner, opened, lock, heap, *coins, *gems])


def _gem(main: Finish) -> Mesh:
    """Return a brilliant cut stone, 0.04 m wide, its point down."""
    crown_ = lathe(line("0 0, 20 20, 20 22.5, 12 30, 0 30"), main, sides=8)
    corners = crown_.positions[crown_.triangles.reshape(-1)].astype(np.float64)
    return shape(corners, np.arange(len(corners)).reshape(-1, 3), main, faceted=True)


def diamond(main: Finish) -> Mesh:
    """Return a cut diamond on its point, tilted, 0.1 m wide: larger than life, to be seen."""
    stone = placed(_gem(main), scale=2.5)
    light = np.abs(
        np.sin(stone.normals[:, 0] * 7 + stone.normals[:, 2] * 5 + stone.normals[:, 1] * 9)
    )
    albedo = np.clip(stone.albedo * (0.55 + 0.9 * light[:, None]), 0.01, 0.95)
    return replace(
        stone, albedo=albedo.astype(np.float32), emission=(0.25 * light).astype(np.float32)
    )


def coin(main: Finish) -> Mesh:
    """Return a coin standing on its rim, facing +Z."""
    disc = turned("0 -2, 22 -2, 24 -3, 25 -2.5, 25 2.5, 24 3, 22 2, 0 2", main, sides=36)
    star = np.array(
        [
            (r * np.sin(a), r * np.cos(a))
            for k in range(10)
            for r, a in [((0.014, 0.006)[k % 2], -k * np.pi / 5)]
        ]
    )
    mark = board(star, 0.0056, main.times(1.15))
    return placed(merged([placed(disc, tilt=np.pi / 2), mark]), (0, 0.025, 0))


def key(main: Finish) -> Mesh:
    """Return an old key standing on its bit, its bow up."""
    bow_ = merged(
        [
            placed(
                ring(0.018, 0.005, main, sides=20), (s * 0.017, 0.135 + 0.0 * s, 0), tilt=np.pi / 2
            )
            for s in (-1, 1)
        ]
        + [placed(ring(0.018, 0.005, main, sides=20), (0, 0.158, 0), tilt=np.pi / 2)]
    )
    stem = turned("0 0, 6 0, 6.5 4, 6.5 88, 9 92, 9 98, 6.5 102, 6.5 120", main, sides=12)
    bit = cut("5 8, 34 8, 34 18, 24 18, 24 24, 34 24, 34 36, 5 36", 0.006, main, bevel_m=0.001)
    return merged([bow_, stem, bit])


def finger_ring(main: Finish) -> Mesh:
    """Return a ring with a diamond, standing: twice life size, to be seen."""
    hoop = placed(ring(0.02, 0.003, main, sides=30, around=8), (0, 0.023, 0), tilt=np.pi / 2)
    stone = placed(
        _gem(Finish(rgb("#d6ecf5"), Surface.GLASS, 0.03, 0.2)), (0, 0.042, 0), scale=0.45
    )
    claws = [
        rod(f"{sx * 3} 42 {sz * 3}, {sx * 6.5} 52 {sz * 6.5}", 0.0011, main, sides=4)
        for sx in (-1, 1)
        for sz in (-1, 1)
    ]
    return merged([hoop, stone, *claws])


def crown(main: Finish) -> Mesh:
    """Return a king's crown with jewels and a velvet cap."""
    velvet = Finish(rgb("#7a1428"), Surface.CLOTH, 0.9)
    band = turned("88 0, 92 0, 93 6, 92 40, 88 40, 87 0", main, sides=40)
    rims = [placed(ring(0.091, 0.005, main, sides=40, around=6), (0, y, 0)) for y in (0.005, 0.04)]
    parts = [band, *rims, ball((0, 0.05, 0), (0.085, 0.06, 0.085), velvet, level=3)]
    tones = [Finish(rgb(c), Surface.GLASS, 0.05, 0.15) for c in ("#c01838", "#1c6ac0", "#1f9a4a")]
    for k in range(8):
        angle = k * np.pi / 4
        tip = 0.125 if k % 2 == 0 else 0.1
        spike = cut(f"-26 36, 26 36, 9 70, 0 {tip * 1000}, -9 70", 0.005, main, bevel_m=0.0015)
        leaning = placed(spike, (0, 0, 0.0905), tilt=0.0)
        parts.append(placed(leaning, yaw=angle))
        parts.append(
            ball((0.094 * np.sin(angle), tip + 0.006, 0.094 * np.cos(angle)), 0.008, main, level=1)
        )
        parts.append(
            ball(
                (0.094 * np.sin(angle), 0.022, 0.094 * np.cos(angle)),
                (0.008, 0.008, 0.008),
                tones[k % 3],
                level=1,
            )
        )
    return merged(parts)


def map_(main: Finish) -> Mesh:
    """Return a treasure map, half unrolled and standing, its face towards +Z."""
    x = np.linspace(-0.2, 0.2, 15)
    z = 0.012 * np.sin(x * 16)
    low, high = np.stack([x, 0 * x + 0.01, z], -1), np.stack([x, 0 * x + 0.29, z - 0.02], -1)
    sheet = quads(np.stack([low[:-1], low[1:], high[1:], high[:-1]], axis=1), main)
    rolls = [
        tube([(s * 0.2, 0.005, 0.01), (s * 0.2, 0.295, -0.01)], 0.014, main.times(0.85), sides=10)
        for s in (-1, 1)
    ]
    ink, red = (
        Finish(rgb("#4a3018"), Surface.PLAIN, 0.9),
        Finish(rgb("#a51c18"), Surface.PLAIN, 0.8),
    )
    front = 0.0016

    def at(px: float, py: float) -> tuple[float, float, float]:
        return (px, py, 0.012 * np.sin(px * 16) - 0.02 * (py - 0.01) / 0.28 + front)

    trail = [at(a, 0.08 + 0.12 * np.sin((a + 0.15) * 7) ** 2) for a in np.linspace(-0.15, 0.1, 13)]
    dashes = boxes(trail, (0.006, 0.002, 0.0008), ink)
    cross = [
        placed(box((0, 0, 0), (0.024, 0.004, 0.001), red), at(0.135, 0.19), roll=r)
        for r in (0.78, -0.78)
    ]
    coast_at = [
        at(
            0.15 * np.cos(a) * (1 + 0.2 * np.sin(3 * a)),
            0.15 + 0.1 * np.sin(a) * (1 + 0.15 * np.sin(5 * a)),
        )
        for a in np.linspace(0, 2 * np.pi, 41)
    ]
    coast = tube(coast_at, 0.0014, ink, sides=3, closed=False)
    return merged([two_sided(sheet), *rolls, dashes, *cross, coast])


def letter(main: Finish) -> Mesh:
    """Return a sealed envelope standing on its edge, its back towards +Z."""
    seal = Finish(rgb("#a11d1f"), Surface.PAINT, 0.35)
    sheet = box((0, 0.06, 0), (0.09, 0.06, 0.002), main, bevel_m=0.001)
    flap = [
        tube([(s * 0.088, 0.117, 0.0026), (0, 0.058, 0.0032)], 0.0009, main.times(0.55), sides=4)
        for s in (-1, 1)
    ]
    lower = [
        tube(
            [(s * 0.088, 0.004, 0.0022), (s * 0.02, 0.062, 0.0022)],
            0.0007,
            main.times(0.65),
            sides=4,
        )
        for s in (-1, 1)
    ]
    wax = placed(
        cylinder(0.013, 0.003, seal, sides=16, bevel_m=0.001), (0, 0.06, 0.002), tilt=np.pi / 2
    )
    return merged([sheet, *flap, *lower, wax])


def scroll(main: Finish) -> Mesh:
    """Return a rolled parchment with a ribbon, lying along x."""
    roll_ = placed(
        turned("0 0, 26 0, 27 4, 27 296, 26 300, 0 300", main, sides=20),
        (0.15, 0.027, 0),
        roll=np.pi / 2,
    )
    swirl = [
        placed(ring(r, 0.0015, main.times(0.5), sides=16, around=4), (x, 0.027, 0), roll=np.pi / 2)
        for r in (0.01, 0.018)
        for x in (-0.1502, 0.1502)
    ]
    return merged(
        [
            roll_,
            *swirl,
            placed(
                turned(
                    "27.6 -12, 28.2 0, 27.6 12",
                    Finish(rgb("#a11d1f"), Surface.CLOTH, 0.8),
                    sides=20,
                ),
                (0, 0.027, 0),
                roll=np.pi / 2,
            ),
        ]
    )


def globe(main: Finish) -> Mesh:
    """Return a terrestrial globe on its stand; the colour is that of the seas."""
    sea = ball((0, 0.26, 0), 0.15, main, level=4)
    way = (sea.positions - (0, 0.26, 0)) / 0.15
    land = fractal(way * 0.9 + 4.1, cell_m=0.75, seed=11, octaves=4) > 0.07
    sea = painted(sea, land, rgb("#6f8a3c"))
    sea = painted(sea, np.abs(way[:, 1]) > 0.93, (0.8, 0.82, 0.84))
    angle = np.linspace(-1.35, 1.35, 21)
    arc = np.stack([0.168 * np.cos(angle), 0.26 + 0.168 * np.sin(angle), 0 * angle], -1)
    foot = turned("0 0, 95 0, 100 8, 92 18, 30 30, 16 44, 13 90, 0 90", TIMBER, sides=24)
    return merged([sea, tube(arc, 0.006, GOLD, sides=6), foot, rod("0 85 0, 0 96 0", 0.009, GOLD)])


def trophy(main: Finish) -> Mesh:
    """Return a cup with two handles on a black base."""
    cup_ = turned(
        "0 60, 42 62, 44 70, 20 84, 12 110, 14 124, 40 150, 62 200, 68 262, 71 268, 66 268, "
        "58 205, 0 150",
        main,
        sides=30,
    )
    ears = mirrored(rod("62 245 0, 98 250 0, 106 215 0, 84 178 0, 54 172 0", 0.006, main, sides=8))
    base = merged(
        [
            box((0, 0.03, 0), (0.05, 0.03, 0.05), BLACK, bevel_m=0.006),
            box((0, 0.032, 0.0505), (0.028, 0.014, 0.0006), main),
        ]
    )
    return merged([cup_, ears, base])


def medal(main: Finish) -> Mesh:
    """Return a medal on a ribbon, standing."""
    ribbon = Finish(rgb("#2a4f9a"), Surface.CLOTH, 0.9)
    strips = [
        cut(
            f"{s * 4 - 11} 62, {s * 4 + 11} 62, {s * 26 + 11} 150, {s * 26 - 11} 150",
            0.0016,
            ribbon if s < 0 else pale(ribbon, 0.0),
        )
        for s in (-1, 1)
    ]
    disc = placed(
        turned("0 -2, 30 -2, 32 -1, 32 2, 30 3, 28 2, 0 2", main, sides=32),
        (0, 0.034, 0),
        tilt=np.pi / 2,
    )
    return merged(
        [
            *strips,
            disc,
            placed(ring(0.006, 0.0014, main, sides=12, around=4), (0, 0.07, 0), tilt=np.pi / 2),
        ]
    )


def skull(main: Finish) -> Mesh:
    """Return a human skull that looks along +Z."""
    vault = ball((0, 0.14, -0.02), (0.072, 0.075, 0.09), main, level=3)
    face_ = ball((0, 0.095, 0.04), (0.052, 0.06, 0.045), main, level=3)
    cheeks = [ball((s * 0.045, 0.09, 0.045), (0.02, 0.014, 0.02), main, level=2) for s in (-1, 1)]
    holes = [ball((s * 0.026, 0.115, 0.075), (0.018, 0.016, 0.014), DARK, level=2) for s in (-1, 1)]
    nose = placed(board(line("-9 0, 9 0, 0 24"), 0.012, DARK), (0, 0.078, 0.083))
    jaw = merged(
        [
            placed(
                ring(0.036, 0.011, main, sides=24, around=8), (0, 0.022, 0.03), scale=(1.15, 1, 1.2)
            ),
            box((0, 0.028, 0.07), (0.022, 0.014, 0.008), main, bevel_m=0.006),
        ]
    )
    x = np.linspace(-0.024, 0.024, 7)
    teeth = [
        boxes([(a, y, 0.083 - 12 * a * a) for a in x], (0.0034, 0.007, 0.004), WHITE, bevel_m=0.001)
        for y in (0.052, 0.037)
    ]
    ramus = [
        box((s * 0.043, 0.055, 0.008), (0.008, 0.035, 0.014), main, bevel_m=0.004) for s in (-1, 1)
    ]
    return merged([vault, face_, *cheeks, *holes, nose, jaw, *teeth, *ramus])


def bone(main: Finish) -> Mesh:
    """Return a bone lying along x, 0.24 m long."""
    shaft = tube(
        [(-0.1, 0.02, 0), (0, 0.02, 0), (0.1, 0.02, 0)], [0.014, 0.0115, 0.014], main, sides=12
    )
    knobs = [
        ball((sx * 0.106, 0.021, sz * 0.014), (0.019, 0.019, 0.018), main, level=3)
        for sx in (-1, 1)
        for sz in (-1, 1)
    ]
    return merged([shaft, *knobs])


def wand(main: Finish) -> Mesh:
    """Return a magic wand, its star shining."""
    glow = Finish(rgb("#ffe27a"), Surface.SCREEN, 0.4, 3.0)
    star = np.array(
        [
            (r * np.sin(a), r * np.cos(a))
            for k in range(10)
            for r, a in [((0.045, 0.019)[k % 2], -k * np.pi / 5)]
        ]
    )
    return merged(
        [
            tube([(0, 0, 0), (0, 0.33, 0)], [0.0095, 0.006], main, sides=10),
            turned("0 0, 11 0, 12 8, 11 60, 12 64, 8 70", GOLD, sides=12),
            placed(board(star, 0.014, glow, bevel_m=0.003), (0, 0.37, 0)),
        ]
    )


def cauldron(main: Finish) -> Mesh:
    """Return a witch's cauldron with a green brew."""
    brew = Finish(rgb("#4fc23a"), Surface.SCREEN, 0.3, 0.7)
    pot_ = turned(
        "0 60, 120 70, 200 130, 228 220, 215 310, 190 350, 200 372, 212 380, 190 382, "
        "180 350, 150 330",
        main,
        sides=34,
    )
    surface = lathe(line("190 346, 0 347"), brew, sides=30)
    random = seed_of("brew")
    bubbles = [
        ball((r * np.sin(a), 0.347, r * np.cos(a)), float(s), brew, level=2)
        for r, a, s in zip(
            random.uniform(0.03, 0.15, 9),
            random.uniform(0, 6.3, 9),
            random.uniform(0.012, 0.032, 9),
            strict=True,
        )
    ]
    feet = [
        tube(
            [(0.13 * np.sin(a), 0.1, 0.13 * np.cos(a)), (0.19 * np.sin(a), 0, 0.19 * np.cos(a))],
            [0.03, 0.02],
            main,
        )
        for a in (0.0, 2.09, 4.19)
    ]
    ears = mirrored(
        placed(ring(0.045, 0.01, main, sides=18, around=6), (0.235, 0.31, 0), tilt=np.pi / 2)
    )
    return merged([pot_, surface, *bubbles, *feet, ears])


def crystal_ball(main: Finish) -> Mesh:
    """Return a crystal ball on a golden foot."""
    return merged(
        [
            ball((0, 0.14, 0), 0.1, main, level=4),
            turned("0 0, 75 0, 80 8, 60 20, 50 40, 66 56, 72 62, 60 62, 0 44", GOLD, sides=28),
        ]
    )


def hourglass(main: Finish) -> Mesh:
    """Return an hourglass; the colour is the frame's."""
    sand = Finish(rgb("#dcb56a"), Surface.SAND, 0.9)
    glass = Finish(rgb("#b9c9cc"), Surface.GLASS, 0.05)
    heaps = merged(
        [
            turned("0 22, 56 23, 40 44, 4 68, 0 69", sand, sides=20),
            turned("6 119, 30 138, 46 158, 0 152", sand, sides=20),
        ]
    )
    plates = [
        placed(cylinder(0.075, 0.02, main, sides=26, bevel_m=0.005), (0, y, 0))
        for y in (0.0, 0.216)
    ]
    posts = [
        rod(
            f"{66 * np.sin(a):.1f} 18 {66 * np.cos(a):.1f}, "
            f"{66 * np.sin(a):.1f} 218 {66 * np.cos(a):.1f}",
            0.006,
            main,
        )
        for a in (0.5, 2.6, 4.7)
    ]
    frame = [placed(ring(0.011, 0.004, glass, sides=16, around=6), (0, 0.118, 0))]
    return merged([*plates, *posts, heaps, *frame, _thin_bulbs(glass)])


def _thin_bulbs(glass: Finish) -> Mesh:
    """Return wires that draw the two bulbs, because glass that hides the sand shows nothing."""
    outline = line("58 22, 60 34, 56 66, 30 100, 7 118, 30 136, 56 170, 60 202, 58 214")
    return merged(
        [
            tube(
                np.stack([outline[:, 0] * np.sin(a), outline[:, 1], outline[:, 0] * np.cos(a)], -1),
                0.0016,
                glass,
                sides=4,
            )
            for a in np.arange(8) * np.pi / 4
        ]
    )


def campfire(main: Finish) -> Mesh:
    """Return a burning camp fire in a ring of stones; the colour is the wood's."""
    angle = np.arange(11) * 2 * np.pi / 11
    grey = Finish(rgb("#77736c"), Surface.STONE, 0.9)
    stones = [
        placed(boulder(0.11, grey, seed=k, level=1), (0.46 * np.sin(a), 0.06, 0.46 * np.cos(a)))
        for k, a in enumerate(angle)
    ]
    logs = [
        tube(
            [
                (0.4 * np.sin(a), 0.05, 0.4 * np.cos(a)),
                (0.02 * np.sin(a + 2), 0.34, 0.02 * np.cos(a + 2)),
            ],
            [0.05, 0.04],
            main,
            sides=8,
        )
        for a in np.arange(6) * np.pi / 3 + 0.3
    ]
    ember = Finish(rgb("#ff6a1e"), Surface.SCREEN, 0.7, 1.6)
    ashes = placed(turned("0 0, 300 0, 240 40, 0 60", ember, sides=18))
    flames = [
        placed(flame(h), (x, 0.06, z), yaw=3.0 * x)
        for h, x, z in ((0.75, 0, 0), (0.5, 0.12, 0.06), (0.46, -0.1, 0.1), (0.42, 0.02, -0.14))
    ]
    return merged([*stones, ashes, *logs, *flames])


def broomstick(main: Finish) -> Mesh:
    """Return a witch's broomstick lying along z, its twigs behind."""
    handle = rod(
        "0 60 -200, 10 70 200, -8 62 600, 4 80 900", [0.014, 0.016, 0.014, 0.011], main, sides=8
    )
    random = seed_of("broomstick")
    twig = Finish(rgb("#8a6a34"), Surface.WOOD, 0.95)
    spread = random.normal(size=(46, 2)) * (0.05, 0.04)
    twigs = [
        tube(
            [
                (x * 0.3, 0.06 + y * 0.3, -0.18),
                (x * 1.2, 0.06 + y * 1.1, -0.42),
                (x * 0.8, 0.06 + y * 0.8, -0.7 - 0.1 * abs(x) * 4),
            ],
            [0.006, 0.007, 0.003],
            twig.times(float(t)),
            sides=4,
        )
        for (x, y), t in zip(spread, random.uniform(0.7, 1.2, 46), strict=True)
    ]
    bands = [
        placed(ring(0.034, 0.006, IRON, sides=14, around=5), (0, 0.06, z), tilt=np.pi / 2)
        for z in (-0.2, -0.26)
    ]
    return merged([handle, *twigs, *bands])


def open_book(main: Finish) -> Mesh:
    """Return an open book lying flat, its pages towards the reader at +Z."""
    x = np.linspace(0.0, 0.15, 9)
    rise = 0.012 + 0.014 * np.sin(np.clip(x / 0.15, 0, 1) * np.pi * 0.9 + 0.25)
    near, far = (np.stack([x, rise, 0 * x + z], -1) for z in (0.11, -0.11))
    sheet = quads(np.stack([near[:-1], near[1:], far[1:], far[:-1]], axis=1), PAGE)
    edge = quads(
        np.stack([near[:-1] * (1, 0, 1), near[1:] * (1, 0, 1), near[1:], near[:-1]], axis=1),
        PAGE.times(0.8),
    )
    end = quads(
        [
            [
                (0.15, 0, 0.11),
                (0.15, 0, -0.11),
                (0.15, float(rise[-1]), -0.11),
                (0.15, float(rise[-1]), 0.11),
            ]
        ],
        PAGE.times(0.8),
    )
    rows = boxes(
        [
            (a, float(np.interp(a, x, rise)) + 0.0008, z)
            for a in (0.05, 0.1)
            for z in np.linspace(-0.08, 0.08, 11)
        ],
        (0.022, 0.0004, 0.0022),
        Finish(rgb("#5a5048"), Surface.PLAIN, 0.9),
    )
    cover = box((0.08, -0.001, 0), (0.078, 0.003, 0.118), main, bevel_m=0.001)
    return mirrored(merged([sheet, edge, end, rows, cover]))


def necktie(main: Finish) -> Mesh:
    """Return a necktie hanging straight."""
    return merged(
        [
            cut("0 0, 45 45, 26 400, -26 400, -45 45", 0.006, main, bevel_m=0.002),
            cut("-22 400, 22 400, 30 450, -30 450", 0.02, main.times(0.9), bevel_m=0.005),
        ]
    )

"""Treasure, magic, paper and instruments: what stories are about."""

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
    STEEL,
    TIMBER,
    WHITE,
    board,
    case,
    cut,
    legs,
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
        "0 60, 42 62, 44 70, 20 84, 12 110, 14 124, 40 150, 62 200, 68 262, 71 268, 66 268, 58 205, 0 150",
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
        "0 60, 120 70, 200 130, 228 220, 215 310, 190 350, 200 372, 212 380, 190 382, 180 350, 150 330",
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


def telescope(main: Finish) -> Mesh:
    """Return a telescope on a tripod, pointed up along +Z; the colour is the tube's."""
    tubes = merged(
        [
            turned(
                "0 -300, 30 -300, 32 -290, 32 -180, 40 -170, 42 250, 48 256, 48 330, 44 330, 42 300, 0 300",
                main,
                sides=26,
            ),
            turned("33 -182, 44 -176, 44 -160, 41 -156", GOLD, sides=26),
            turned("43 200, 46 206, 46 226, 43 232", GOLD, sides=26),
        ]
    )
    glass = placed(
        cylinder(0.043, 0.004, Finish(rgb("#1a2a44"), Surface.GLASS, 0.04), sides=24), (0, 0.315, 0)
    )
    aimed = placed(merged([tubes, glass]), (0, 1.22, 0), tilt=0.95)
    finder = placed(
        placed(turned("0 -60, 12 -60, 12 60, 14 64, 0 64", BLACK, sides=12), (0, 0, -0.06)),
        (0, 1.22, 0),
        tilt=0.95,
    )
    feet = [
        tube(
            [(0, 1.12, 0), (0.42 * np.sin(a), 0, 0.42 * np.cos(a))], [0.022, 0.014], TIMBER, sides=6
        )
        for a in (0.5, 2.6, 4.7)
    ]
    return merged(
        [aimed, finder, *feet, turned("0 1080, 40 1080, 44 1120, 26 1190, 0 1190", BLACK, sides=16)]
    )


def binoculars(main: Finish) -> Mesh:
    """Return binoculars lying, looking along +Z."""
    one = merged(
        [
            placed(
                turned(
                    "0 0, 24 0, 26 4, 24 60, 17 80, 17 120, 20 124, 20 140, 0 140", main, sides=18
                ),
                (0.034, 0.027, 0.07),
                tilt=-np.pi / 2,
            ),
            placed(
                cylinder(0.0235, 0.001, Finish(rgb("#2a3f6a"), Surface.GLASS, 0.05), sides=18),
                (0.034, 0.027, 0.0705),
                tilt=np.pi / 2,
            ),
        ]
    )
    return merged(
        [
            mirrored(one),
            box((0, 0.03, 0.0), (0.014, 0.012, 0.03), BLACK, bevel_m=0.004),
            placed(cylinder(0.01, 0.03, STEEL, sides=12), (0, 0.042, 0.0), tilt=np.pi / 2),
        ]
    )


def drum(main: Finish) -> Mesh:
    """Return a snare drum with its sticks; the colour is the shell's."""
    skin = Finish(rgb("#ece5d4"), Surface.PLAIN, 0.8)
    shell = turned("0 4, 176 4, 178 8, 178 232, 176 236, 0 236", main, sides=36)
    rims = [placed(ring(0.181, 0.009, STEEL, sides=36, around=8), (0, y, 0)) for y in (0.012, 0.23)]
    head = turned("176 236, 175 241, 0 242", skin, sides=36)
    angle = np.arange(8) * np.pi / 4
    lugs = boxes(
        np.stack([0.184 * np.sin(angle), 0 * angle + 0.12, 0.184 * np.cos(angle)], -1),
        (0.008, 0.05, 0.008),
        STEEL,
        yaw=angle,
        bevel_m=0.003,
    )
    rods = [
        tube(
            [
                (0.187 * np.sin(a), 0.015, 0.187 * np.cos(a)),
                (0.187 * np.sin(a), 0.228, 0.187 * np.cos(a)),
            ],
            0.0028,
            STEEL,
            sides=5,
        )
        for a in angle
    ]
    sticks = [
        rod(f"{s * 90} 252 -140, {s * -40} 252 200", [0.008, 0.005], TIMBER, sides=8)
        for s in (-1, 1)
    ]
    tips = [ball((s * -0.04, 0.252, 0.2), (0.008, 0.008, 0.011), TIMBER, level=2) for s in (-1, 1)]
    return merged([shell, *rims, head, lugs, *rods, *sticks, *tips])


def piano(main: Finish) -> Mesh:
    """Return a grand piano, its keys towards +Z."""
    outline = "-740 700, 740 700, 740 100, 640 -350, 520 -640, 300 -800, 20 -760, -160 -560, -300 -240, -520 -60, -740 40"
    flat_line = line(outline) * (1, -1)
    body = placed(
        board(flat_line[::-1], 0.28, main, bevel_m=0.01),
        (0, 0.82, 0),
        tilt=-np.pi / 2,
        scale=(1, 1, 1),
    )
    lid_shape = line(
        "-740 200, 740 200, 740 100, 640 -350, 520 -640, 300 -800, 20 -760, -160 -560, -300 -240, -520 -60, -740 40"
    ) * (1, -1)
    hinge = placed(
        placed(board(lid_shape[::-1], 0.02, main, bevel_m=0.004), tilt=-np.pi / 2), (0.74, 0, 0)
    )
    lid = placed(hinge, (-0.74, 0.985, 0), roll=0.42)
    stick = rod("600 960 -150, 590 1440 -150", 0.012, main)
    inside = placed(
        board(lid_shape[::-1] * 0.93, 0.01, GOLD.times(0.55)), (0, 0.967, 0), tilt=-np.pi / 2
    )
    shelf = box((0, 0.74, 0.74), (0.72, 0.03, 0.09), main, bevel_m=0.006)
    white_x = np.linspace(-0.63, 0.63, 52)
    keys = boxes([(x, 0.784, 0.745) for x in white_x], (0.0113, 0.012, 0.075), WHITE, bevel_m=0.002)
    black = [
        (x + 0.0124, 0.797, 0.722) for k, x in enumerate(white_x[:-1]) if k % 7 in {0, 1, 3, 4, 5}
    ]
    blacks = boxes(black, (0.006, 0.011, 0.048), BLACK, bevel_m=0.002)
    cheeks = [box((s * 0.69, 0.81, 0.74), (0.045, 0.06, 0.09), main, bevel_m=0.01) for s in (-1, 1)]
    back = box((0, 0.86, 0.655), (0.7, 0.09, 0.012), main)
    stand = placed(
        box((0, 0.11, 0), (0.32, 0.11, 0.008), main, bevel_m=0.004), (0, 0.965, 0.5), tilt=-0.25
    )
    feet = [turned("0 0, 40 0, 45 20, 40 60, 60 500, 70 690, 0 690", main, sides=12)]
    three = [placed(feet[0], at) for at in ((-0.62, 0, 0.55), (0.62, 0, 0.55), (0.25, 0, -0.55))]
    pedals = [box((x, 0.05, 0.42), (0.015, 0.006, 0.06), GOLD) for x in (-0.07, 0, 0.07)]
    lyre = box((0, 0.36, 0.35), (0.1, 0.33, 0.02), main, bevel_m=0.01)
    return merged(
        [body, lid, stick, inside, shelf, keys, blacks, *cheeks, back, stand, *three, *pedals, lyre]
    )


def violin(main: Finish) -> Mesh:
    """Return a violin standing on its tail, its strings towards +Z, with its bow."""
    outline = "0 0, 70 8, 100 60, 92 110, 62 140, 56 180, 76 220, 78 280, 50 330, 0 345, -50 330, -78 280, -76 220, -56 180, -62 140, -92 110, -100 60, -70 8"
    body = cut(outline, 0.034, main, bevel_m=0.006)
    belly = ball((0, 0.17, 0.014), (0.066, 0.165, 0.012), main, level=3)
    edge = placed(cut(outline, 0.036, main.times(0.5)), (0, 0, 0), scale=(1.02, 1.005, 0.55))
    neck = box((0, 0.43, 0.016), (0.012, 0.13, 0.009), DARK, bevel_m=0.004)
    board = box((0, 0.36, 0.03), (0.014, 0.16, 0.004), DARK, bevel_m=0.002)
    scroll_ = merged(
        [
            placed(ring(0.012, 0.007, main, sides=14), (0, 0.585, 0.004), roll=np.pi / 2),
            box((0, 0.555, 0.01), (0.01, 0.035, 0.008), main, bevel_m=0.004),
        ]
    )
    pegs = [rod(f"-26 {y} 10, 26 {y} 10", 0.0035, DARK) for y in (540, 560)]
    bridge = box((0, 0.165, 0.034), (0.02, 0.003, 0.012), pale(main, 0.4))
    tail = cut("-10 20, 10 20, 18 90, -18 90", 0.008, DARK, bevel_m=0.002)
    strings = [
        rod(f"{x} 80 34, {x} 166 47, {x * 0.6} 520 36, {x * 0.5} 550 18", 0.0006, STEEL, sides=3)
        for x in (-9, -3, 3, 9)
    ]
    holes = mirrored(rod("40 130 24, 34 150 25, 40 175 24, 34 195 24", 0.0022, DARK, sides=5))
    bow_ = merged(
        [
            rod("150 0 10, 146 350 18, 150 700 10", 0.004, main.times(0.6)),
            rod("136 20 10, 138 690 10", 0.0024, WHITE, sides=4),
            box((0.143, 0.03, 0.01), (0.01, 0.02, 0.006), DARK),
        ]
    )
    return merged(
        [
            body,
            belly,
            edge,
            neck,
            board,
            scroll_,
            *pegs,
            bridge,
            placed(tail, (0, 0, 0.028)),
            *strings,
            holes,
            bow_,
        ]
    )


def trumpet(main: Finish) -> Mesh:
    """Return a trumpet lying along +Z, its bell in front."""
    bell = placed(
        turned("6 0, 7 120, 11 200, 24 262, 60 300, 61 302, 57 301, 20 256, 0 200", main, sides=28),
        (0, 0.11, 0.06),
        tilt=np.pi / 2,
    )
    loop = rod(
        "0 110 70, 0 110 -120, 0 100 -165, 0 60 -180, 0 22 -165, 0 12 -120, 0 12 90, 0 20 132, 0 50 146, 0 84 132, 0 92 100, 0 92 -300",
        0.0062,
        main,
        sides=8,
    )
    mouth = placed(
        turned("0 0, 13 0, 14 4, 6 22, 5 60, 0 60", STEEL, sides=16),
        (0, 0.092, -0.36),
        tilt=np.pi / 2,
    )
    valves = [
        turned("0 0, 10 0, 10 100, 7 104, 4 106, 4 124, 11 126, 11 130, 0 130", main, sides=14)
    ]
    three = [placed(valves[0], (0, 0.006, z)) for z in (-0.03, 0.0, 0.03)]
    return merged([bell, loop, mouth, *three])


def saxophone(main: Finish) -> Mesh:
    """Return a saxophone standing on its bow."""
    body = rod(
        "0 640 -90, 0 655 -20, 0 600 0, 0 120 20, 0 40 50, 0 20 100, 0 60 150, 0 200 165, 0 330 190",
        [0.008, 0.011, 0.014, 0.026, 0.032, 0.036, 0.04, 0.048, 0.075],
        main,
        sides=18,
    )
    mouth = rod("0 640 -88, 0 625 -160", [0.011, 0.006], BLACK, sides=10)
    keys = [
        placed(
            cylinder(0.015, 0.008, STEEL, sides=12),
            (0, 0.18 + 0.055 * k, 0.044 - 0.006 * k),
            tilt=np.pi / 2,
        )
        for k in range(7)
    ]
    rods = [rod(f"{s * 18} 150 36, {s * 14} 560 16", 0.003, STEEL) for s in (-1, 1)]
    return merged([body, mouth, *keys, *rods])


def easel(main: Finish) -> Mesh:
    """Return an easel with a painted canvas, towards +Z."""
    wood = [
        rod("-330 0 180, -40 1650 -60", 0.02, TIMBER),
        rod("330 0 180, 40 1650 -60", 0.02, TIMBER),
        rod("0 0 -520, 0 1600 -70", 0.018, TIMBER),
        box((0, 0.72, 0.09), (0.4, 0.02, 0.035), TIMBER),
    ]
    random = seed_of("easel")
    tones = np.array([rgb(c) for c in ("#c0562e", "#e0b23f", "#3f6fa8", "#2f7a5a", "#d8d0be")])
    daubs = boxes(
        np.column_stack(
            [random.uniform(-0.3, 0.3, 70), random.uniform(0.06, 0.64, 70), np.full(70, 0.0165)]
        ),
        np.column_stack(
            [random.uniform(0.02, 0.08, 70), random.uniform(0.01, 0.035, 70), np.full(70, 0.001)]
        ),
        PAGE,
        colours=np.vstack([tones, [main.colour]])[random.integers(0, 6, 70)],
    )
    sheet = merged([box((0, 0.35, 0), (0.38, 0.35, 0.015), WHITE, bevel_m=0.004), daubs])
    return merged([*wood, placed(sheet, (0, 0.74, 0.075), tilt=-0.14)])


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
            f"{66 * np.sin(a):.1f} 18 {66 * np.cos(a):.1f}, {66 * np.sin(a):.1f} 218 {66 * np.cos(a):.1f}",
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

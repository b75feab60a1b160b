"""What is built: fences, gates, bridges, wells, tents, fountains, statues, cottages."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.stage.parts import masonry
from matinee.engine.stage.parts.finish import Finish, rgb, weathered
from matinee.engine.stage.parts.solids import (
    ball,
    box,
    boxes,
    cylinder,
    placed,
    quads,
    ring,
    tube,
    two_sided,
)
from matinee.engine.stage.parts.things.kit import (
    CHROME,
    IRON,
    TIMBER,
    WHITE,
    WINDOW,
    Assembly,
    Turning,
    board,
    cut,
    line,
    mirrored,
    rod,
    turned,
)
from matinee.engine.stage.parts.things.stock import DARK

_STONE = Finish(rgb("#9a958a"), Surface.STONE, 0.85)


_WATER = Finish(rgb("#7ea9b8"), Surface.WATER, 0.05)


def fence(main: Finish) -> Mesh:
    """Return a picket fence, 2.4 m long."""
    pickets = [
        placed(cut("-45 0, 45 0, 45 850, 0 930, -45 850", 0.02, main, bevel_m=0.003), (x, 0.04, 0))
        for x in np.linspace(-1.1, 1.1, 15)
    ]
    rails = boxes([(0, y, -0.03) for y in (0.28, 0.68)], (1.2, 0.04, 0.018), main, bevel_m=0.004)
    posts = boxes(
        [(x, 0.5, -0.06) for x in (-1.15, 0.0, 1.15)],
        (0.045, 0.5, 0.045),
        main.times(0.9),
        bevel_m=0.008,
    )
    return merged([*pickets, rails, posts])


def gate(main: Finish) -> Mesh:
    """Return an iron gate between stone posts, 2.6 m wide; the colour is the iron's."""
    posts = [
        merged(
            [
                box((s * 1.15, 0.95, 0), (0.2, 0.95, 0.2), _STONE, bevel_m=0.02),
                box((s * 1.15, 1.94, 0), (0.25, 0.05, 0.25), _STONE, bevel_m=0.02),
                ball((s * 1.15, 2.14, 0), 0.17, _STONE, level=3),
            ]
        )
        for s in (-1, 1)
    ]
    x = np.linspace(-0.9, 0.9, 17)
    tall = 1.5 + 0.35 * np.cos(x * 1.6)
    bars = [
        rod(f"{a * 1000:.0f} 120 0, {a * 1000:.0f} {h * 1000:.0f} 0", 0.012, main)
        for a, h in zip(x, tall, strict=True)
    ]
    tips = [
        placed(turned("0 0, 22 10, 0 90", main, sides=4), (float(a), float(h), 0))
        for a, h in zip(x, tall, strict=True)
    ]
    rails = [rod(f"-930 {y} 0, 930 {y} 0", 0.018, main) for y in (150, 900)]
    top = tube(np.stack([x, tall - 0.08, 0 * x], -1), 0.018, main)
    scrolls = mirrored(
        merged(
            [
                placed(
                    ring(0.14, 0.012, main, sides=20, around=6), (0.45, 1.15, 0), tilt=np.pi / 2
                ),
                placed(ring(0.09, 0.01, main, sides=18, around=6), (0.45, 1.15, 0), tilt=np.pi / 2),
            ]
        )
    )
    return merged(
        [*posts, *bars, *tips, *rails, top, scrolls, box((0, 0.95, 0.02), (0.05, 0.07, 0.02), main)]
    )


def tent(main: Finish) -> Mesh:
    """Return a ridge tent, its entrance open towards +Z, 2.6 m long."""
    dark = main.times(0.12)
    ridge, foot, half = 1.45, 1.05, 1.3
    walls = [
        [
            (s * foot, 0, s * half),
            (s * foot, 0, -s * half),
            (0, ridge, -s * half),
            (0, ridge, s * half),
        ]
        for s in (1, -1)
    ]
    back = [[(foot, 0, -half), (-foot, 0, -half), (0, ridge, -half), (0, ridge, -half)]]
    inside = [
        [
            (-foot * 0.98, 0.01, half - 0.5),
            (foot * 0.98, 0.01, half - 0.5),
            (0, ridge * 0.98, half - 0.5),
            (0, ridge * 0.98, half - 0.5),
        ]
    ]
    wings = [
        two_sided(
            quads(
                [
                    [
                        (s * foot, 0, half),
                        (s * 0.42, 0, half + 0.34),
                        (0.0, ridge, half),
                        (0.0, ridge, half),
                    ][:: int(s)]
                ],
                main.times(0.85),
            )
        )
        for s in (1, -1)
    ]
    floor = box((0, 0.012, 0), (foot, 0.012, half), main.times(0.4))
    poles = [rod(f"0 0 {s * 1290}, 0 1500 {s * 1290}", 0.02, TIMBER) for s in (1, -1)]
    guys = [
        rod(f"{a * 520} 730 {s * 900}, {a * 1500} 20 {s * 1100}", 0.006, WHITE, sides=3)
        for a in (-1, 1)
        for s in (1, -1)
    ]
    pegs = boxes(
        [(a * 1.5, 0.03, s * 1.1) for a in (-1, 1) for s in (1, -1)], (0.012, 0.05, 0.012), IRON
    )
    return merged(
        [
            two_sided(quads(walls, main)),
            two_sided(quads(back, main.times(0.85))),
            quads(inside, dark),
            *wings,
            floor,
            *poles,
            *guys,
            pegs,
        ]
    )


def fountain(main: Finish) -> Mesh:
    """Return a fountain of two basins with falling water, 2.6 m wide; the colour is the stone's."""
    basin = turned(
        "130 0, 134 0, 136 8, 126 14, 126 44, 134 50, 134 58, 118 58, 116 40, 116 18, 0 16",
        main,
        sides=40,
        unit_m=0.01,
    )
    column = turned("0 16, 34 16, 36 26, 20 32, 15 60, 18 90, 12 100", main, sides=24, unit_m=0.01)
    bowl_ = turned(
        "12 98, 30 104, 62 122, 68 130, 62 132, 50 126, 0 120", main, sides=36, unit_m=0.01
    )
    finial = turned(
        "0 120, 10 120, 12 126, 6 136, 9 150, 12 158, 6 170, 0 172", main, sides=20, unit_m=0.01
    )
    pools = [
        placed(cylinder(1.17, 0.012, _WATER, sides=36), (0, 0.47, 0)),
        placed(cylinder(0.6, 0.01, _WATER, sides=30), (0, 1.27, 0)),
    ]
    spray = Finish(rgb("#cfe4ec"), Surface.GLASS, 0.15, 0.12)
    falls = [
        rod(
            f"{650 * np.sin(a):.0f} 1290 {650 * np.cos(a):.0f}, "
            f"{760 * np.sin(a):.0f} 1180 {760 * np.cos(a):.0f}, "
            f"{840 * np.sin(a):.0f} 850 {840 * np.cos(a):.0f}, "
            f"{870 * np.sin(a):.0f} 480 {870 * np.cos(a):.0f}",
            [0.016, 0.02, 0.024, 0.034],
            spray,
            sides=6,
        )
        for a in np.arange(14) * np.pi / 7
    ]
    jets = [
        rod(
            f"0 1700 0, {70 * np.sin(a):.0f} 2050 {70 * np.cos(a):.0f}, "
            f"{190 * np.sin(a):.0f} 2120 {190 * np.cos(a):.0f}, "
            f"{330 * np.sin(a):.0f} 1850 {330 * np.cos(a):.0f}, "
            f"{410 * np.sin(a):.0f} 1280 {410 * np.cos(a):.0f}",
            [0.02, 0.016, 0.014, 0.016, 0.022],
            spray,
            sides=6,
        )
        for a in np.arange(8) * np.pi / 4
    ]
    return merged(
        [
            weathered(merged([basin, column, bowl_, finial]), amount=0.08, cell_m=0.3),
            *pools,
            *falls,
            *jets,
        ]
    )


def statue(main: Finish) -> Mesh:
    """Return a statue of a figure with a raised arm, on a plinth, 2.9 m tall."""
    plinth = merged(
        [
            box((0, 0.1, 0), (0.55, 0.1, 0.55), _STONE, bevel_m=0.02),
            box((0, 0.55, 0), (0.42, 0.36, 0.42), _STONE, bevel_m=0.02),
            box((0, 0.95, 0), (0.5, 0.06, 0.5), _STONE, bevel_m=0.02),
        ]
    )
    up = 1.0
    legs_ = [
        tube(
            [
                (s * 0.08, up, 0.05 * s),
                (s * 0.1, up + 0.45, 0.07 * s + 0.03),
                (s * 0.09, up + 0.88, 0),
            ],
            [0.06, 0.075, 0.11],
            main,
            sides=10,
        )
        for s in (-1, 1)
    ]
    feet = [
        box((s * 0.09, up + 0.035, 0.05 * s + 0.06), (0.05, 0.035, 0.12), main, bevel_m=0.02)
        for s in (-1, 1)
    ]
    robe = placed(
        turned("0 0, 230 0, 210 60, 170 500, 150 700, 0 720", main, sides=22),
        (0, up + 0.18, -0.02),
        scale=(1, 1, 0.75),
    )
    folds = robe.positions.copy()
    angle = np.arctan2(folds[:, 0], folds[:, 2])
    folds[:, [0, 2]] *= (1 + 0.09 * np.sin(angle * 9))[:, None]
    torso = placed(
        turned(
            "0 0, 150 0, 165 60, 150 180, 190 380, 200 450, 120 520, 62 540, 60 600, 0 600",
            main,
            sides=22,
        ),
        (0, up + 0.82, 0),
        scale=(1, 1, 0.66),
    )
    head = merged(
        [
            ball((0, up + 1.55, 0.02), (0.1, 0.13, 0.115), main, level=3),
            ball((0, up + 1.6, -0.015), (0.112, 0.11, 0.12), main, level=3),
            ball((0, up + 1.53, 0.135), (0.018, 0.025, 0.02), main, level=2),
        ]
    )
    arms = [
        tube(
            [(0.19, up + 1.26, 0), (0.32, up + 1.42, 0.06), (0.36, up + 1.8, 0.12)],
            [0.07, 0.058, 0.042],
            main,
            sides=9,
        ),
        tube(
            [(-0.19, up + 1.26, 0), (-0.27, up + 0.98, 0.04), (-0.2, up + 0.74, 0.17)],
            [0.07, 0.055, 0.042],
            main,
            sides=9,
        ),
        ball((0.365, up + 1.84, 0.13), 0.05, main, level=2),
        ball((-0.19, up + 0.72, 0.19), 0.048, main, level=2),
    ]
    cape = tube(
        [(0.15, up + 1.3, -0.1), (0.0, up + 0.9, -0.16), (-0.12, up + 0.2, -0.2)],
        [0.08, 0.14, 0.18],
        main.times(0.92),
        sides=10,
    )
    torch_ = merged(
        [
            rod(
                f"360 {(up + 1.76) * 1000:.0f} 130, 380 {(up + 2.08) * 1000:.0f} 160",
                [0.02, 0.035],
                main,
            ),
            ball((0.385, up + 2.14, 0.165), (0.04, 0.08, 0.04), main, level=2),
        ]
    )
    return merged(
        [
            plinth,
            *legs_,
            *feet,
            replace(robe, positions=folds.astype(np.float32)),
            torso,
            head,
            *arms,
            cape,
            torch_,
        ]
    )


def bridge(main: Finish) -> Mesh:
    """Return an arched wooden footbridge along x, 4 m long."""
    x = np.linspace(-2.0, 2.0, 25)
    rise = 0.75 * (1 - (x / 2.0) ** 2)
    planks = [
        placed(
            box((0, 0, 0), (0.075, 0.025, 0.62), main.times(0.9 + 0.05 * (k % 3)), bevel_m=0.008),
            (float(a), float(y) + 0.05, 0),
            roll=float(-0.75 * a / 2.0),
        )
        for k, (a, y) in enumerate(zip(x, rise, strict=True))
    ]
    beams = [
        tube(np.stack([x, rise - 0.02, 0 * x + z], -1), 0.07, main.times(0.75), sides=6)
        for z in (-0.5, 0.5)
    ]
    rails = [
        tube(np.stack([x[1:-1], rise[1:-1] + 0.85, 0 * x[1:-1] + z], -1), 0.035, main, sides=8)
        for z in (-0.6, 0.6)
    ]
    posts = [
        tube([(float(a), float(y), z), (float(a), float(y) + 0.87, z)], 0.03, main, sides=6)
        for a, y in zip(x[1:-1:4], rise[1:-1:4], strict=True)
        for z in (-0.6, 0.6)
    ]
    return merged([*planks, *beams, *rails, *posts])


def well(main: Finish) -> Mesh:
    """Return a stone well with a roof and a bucket; the colour is the roof's."""
    shaft = weathered(
        turned("52 0, 66 0, 66 78, 70 80, 70 90, 50 90, 50 60", _STONE, sides=30, unit_m=0.01),
        amount=0.15,
        cell_m=0.2,
    )
    water = placed(cylinder(0.5, 0.02, _WATER, sides=26), (0, 0.5, 0))
    posts = boxes([(s * 0.6, 1.35, 0) for s in (-1, 1)], (0.05, 0.6, 0.05), TIMBER, bevel_m=0.01)
    roof = [
        placed(
            box((0, 0, 0), (0.85, 0.025, 0.5), main, bevel_m=0.01),
            (0, 2.05, s * 0.38),
            tilt=s * 0.62,
        )
        for s in (-1, 1)
    ]
    axle = [
        placed(cylinder(0.07, 1.1, TIMBER, sides=12), (-0.55, 1.6, 0), roll=-np.pi / 2),
        rod("600 1600 0, 760 1600 0, 760 1400 0, 860 1400 0", 0.018, IRON),
        rod("0 1600 70, 0 1180 70", 0.008, WHITE),
    ]
    pail = placed(
        turned("0 0, 95 0, 115 180, 110 182, 90 12, 0 12", TIMBER, sides=18), (0, 0.98, 0.07)
    )
    return merged([shaft, water, posts, *roof, *axle, pail])


def windmill(main: Finish) -> Assembly:
    """Return a windmill, 6 m tall, its sails turning; the colour is the cap's."""
    tower = turned(
        "110 0, 112 0, 90 260, 78 420, 0 420",
        Finish(rgb("#e4ded0"), Surface.PLASTER, 0.9),
        sides=10,
        unit_m=0.01,
    )
    cap = turned("88 418, 84 440, 60 490, 20 525, 0 530", main, sides=18, unit_m=0.01)
    door_ = [
        box((0, 0.75, 1.0), (0.32, 0.75, 0.14), TIMBER, bevel_m=0.03),
        *(
            box((0, y, 0.86 - 0.05 * k), (0.2, 0.26, 0.1), WINDOW, bevel_m=0.02)
            for k, y in enumerate((2.2, 3.3))
        ),
    ]
    axle = rod("0 4550 300, 0 4550 1150", 0.08, TIMBER)
    blade = merged(
        [
            rod("0 0 0, 0 2500 0", 0.045, TIMBER),
            boxes([(0.26, 0.6 + 0.19 * k, 0.02) for k in range(10)], (0.26, 0.012, 0.012), TIMBER),
            two_sided(
                quads(
                    [
                        [
                            (0.04, 0.55, 0.035),
                            (0.5, 0.55, 0.035),
                            (0.5, 2.4, 0.035),
                            (0.04, 2.4, 0.035),
                        ]
                    ],
                    Finish(rgb("#ece4d4"), Surface.CLOTH, 0.9),
                )
            ),
        ]
    )
    sails = merged(
        [placed(blade, roll=k * np.pi / 2) for k in range(4)]
        + [placed(cylinder(0.16, 0.14, TIMBER, sides=12), (0, 0, -0.05), tilt=np.pi / 2)]
    )
    return Assembly(
        merged([tower, cap, *door_, axle]),
        (Turning(sails, (0.0, 4.55, 1.18), "z", rate_rad_s=0.9),),
    )


def house(main: Finish) -> Mesh:
    """Return a cottage, its door towards +Z, 6.4 m wide; the colour is the walls'."""
    roof = Finish(rgb("#8a3f2c"), Surface.TILES, 0.8)
    walls = box((0, 1.5, 0), (3.0, 1.5, 2.3), main)
    gables = placed(
        board(line("-230 0, 230 0, 0 190", 0.01), 6.0, main), (0, 3.0, 0), yaw=np.pi / 2
    )
    slopes = [
        placed(box((0, 0, 0), (3.3, 0.07, 1.75), roof), (0, 3.98, s * 1.27), tilt=s * 0.69)
        for s in (-1, 1)
    ]
    door_ = [
        box((0, 1.05, 2.32), (0.5, 1.05, 0.05), TIMBER.times(0.7), bevel_m=0.02),
        box((0, 1.08, 2.3), (0.6, 1.12, 0.04), WHITE),
        placed(ball((0, 0, 0), 0.05, CHROME, level=2), (0.36, 1.05, 2.4)),
        box((0, 0.08, 2.6), (0.8, 0.08, 0.3), _STONE),
    ]
    panes = [
        merged(
            [
                box((x, 1.75, 2.3), (0.58, 0.62, 0.04), WHITE),
                box((x, 1.75, 2.33), (0.5, 0.54, 0.03), WINDOW),
                box((x, 1.75, 2.37), (0.02, 0.54, 0.01), WHITE),
                box((x, 1.75, 2.37), (0.5, 0.02, 0.01), WHITE),
            ]
        )
        for x in (-1.8, 1.8)
    ]
    chimney = [
        box((1.7, 4.6, -0.6), (0.3, 0.9, 0.3), Finish(rgb("#94533f"), Surface.BRICK, 0.9)),
        box((1.7, 5.5, -0.6), (0.36, 0.06, 0.36), _STONE),
    ]
    bushes = [
        ball(
            (x, 0.35, 2.65),
            (0.55, 0.42, 0.35),
            Finish(rgb("#4d6a30"), Surface.FOLIAGE, 0.9),
            level=3,
        )
        for x in (-1.9, 1.9)
    ]
    return merged([walls, gables, *slopes, *door_, *panes, *chimney, *bushes])


def doghouse(main: Finish) -> Mesh:
    """Return a kennel, its opening towards +Z."""
    roof = Finish(rgb("#8a3f2c"), Surface.TILES, 0.8)
    half = np.linspace(0, np.pi, 11)
    arch = np.vstack(
        [np.stack([0.17 * np.cos(half), 0.28 + 0.17 * np.sin(half)], -1), [(-0.17, 0), (0.17, 0)]]
    )
    return merged(
        [
            box((0, 0.32, 0), (0.36, 0.3, 0.42), main, bevel_m=0.01),
            placed(board(line("-360 0, 360 0, 0 300"), 0.84, main), (0, 0.62, 0)),
            *(
                placed(
                    box((0, 0, 0), (0.29, 0.02, 0.5), roof, bevel_m=0.006),
                    (s * 0.21, 0.76, 0),
                    roll=-s * 0.69,
                )
                for s in (-1, 1)
            ),
            placed(board(arch, 0.02, DARK), (0, 0.05, 0.415)),
            box((0, 0.66, 0.425), (0.15, 0.05, 0.008), WHITE),
        ]
    )


def arch(main: Finish) -> Mesh:
    """Return a stone arch, 2.6 m tall, open along z."""
    return weathered(merged([masonry.arch_bay(2.6, 3.0, 0.6, main)]), amount=0.1, cell_m=0.4)

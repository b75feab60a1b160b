"""Tools for house, garden and workshop; the working end is away from where they are held."""

from __future__ import annotations

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.stage.parts.finish import Finish, rgb, seed_of
from matinee.engine.stage.parts.solids import ball, box, boxes, cylinder, placed, tube
from matinee.engine.stage.parts.things.kit import (
    BLACK,
    IRON,
    STEEL,
    TIMBER,
    WHITE,
    board,
    cut,
    line,
    pale,
    rod,
    turned,
)

_BRISTLE = Finish(rgb("#3a3026"), Surface.CLOTH, 0.95)


def _shaft(foot_m: float, top_m: float, finish: Finish, radius_m: float = 0.014) -> Mesh:
    return tube([(0, foot_m, 0), (0, top_m, 0)], radius_m, finish, sides=8)


def shovel(main: Finish) -> Mesh:
    """Return a shovel standing on its blade, 1.4 m tall; the colour is the shaft's."""
    blade = placed(
        cut(
            "-110 300, -110 60, -60 10, 0 0, 60 10, 110 60, 110 300, 30 330, -30 330", 0.006, STEEL
        ),
        (0, 0, 0.02),
        tilt=0.1,
    )
    grip = [rod("-60 1340 0, -50 1400 0, 50 1400 0, 60 1340 0, 0 1290 0, -60 1340 0", 0.012, main)]
    return merged([blade, _shaft(0.28, 1.3, main), *grip])


def rake(main: Finish) -> Mesh:
    """Return a rake standing on its teeth."""
    teeth = [
        rod(f"{x:.0f} 0 40, {x:.0f} 60 10, {x:.0f} 90 0", 0.005, STEEL)
        for x in np.linspace(-170, 170, 12)
    ]
    return merged([*teeth, rod("-180 90 0, 180 90 0", 0.009, STEEL), _shaft(0.09, 1.6, main)])


def mop(main: Finish) -> Mesh:
    """Return a mop standing on its strings; the colour is the shaft's."""
    random = seed_of("mop")
    strings = [
        tube(
            [
                (0, 0.18, 0),
                (0.07 * np.sin(a), 0.1, 0.07 * np.cos(a)),
                (r * np.sin(a), 0.012, r * np.cos(a)),
            ],
            0.009,
            pale(WHITE, 0.2).times(float(t)),
            sides=5,
        )
        for a, r, t in zip(
            np.arange(30) * 0.55,
            random.uniform(0.06, 0.16, 30),
            random.uniform(0.75, 1.0, 30),
            strict=True,
        )
    ]
    return merged([*strings, turned("0 160, 40 165, 30 220, 0 225", BLACK), _shaft(0.2, 1.4, main)])


def paddle(main: Finish) -> Mesh:
    """Return a paddle standing on its blade, 1.5 m tall."""
    blade = cut(
        "-60 500, -85 380, -85 80, -40 5, 40 5, 85 80, 85 380, 60 500, 16 540, -16 540",
        0.016,
        main,
        bevel_m=0.004,
    )
    return merged([blade, _shaft(0.5, 1.48, main), rod("-50 1490 0, 50 1490 0", 0.014, main)])


def saw(main: Finish) -> Mesh:
    """Return a handsaw standing on its grip, its teeth towards +X; the colour is the grip's."""
    teeth = [(0.05, 0.13 + 0.012 * k, 0) for k in range(34)]
    blade = cut("-60 110, 45 120, 45 545, 10 550", 0.002, STEEL)
    points = boxes(teeth, (0.006, 0.004, 0.001), STEEL)
    grip = cut("-70 0, 30 -5, 62 40, 55 120, -60 130, -85 60", 0.024, main, bevel_m=0.006)
    hole = cut("-30 38, 20 36, 26 84, -36 88", 0.0245, BLACK)
    return merged([blade, points, grip, hole])


def golf_club(main: Finish) -> Mesh:
    """Return a golf club standing on its grip, its head up; the colour is the grip's."""
    head = placed(ball((0.045, 1.02, 0), (0.06, 0.03, 0.04), STEEL, level=3), roll=0.0)
    return merged(
        [_shaft(0.2, 1.01, STEEL, 0.006), turned("0 0, 15 0, 13 12, 10 270, 0 272", main), head]
    )


def paintbrush(main: Finish) -> Mesh:
    """Return an artist's brush standing on its handle, paint on its hairs in the colour."""
    return merged(
        [
            turned("0 0, 4 6, 6 60, 5 140, 4 190", TIMBER, sides=10),
            turned("4.5 188, 5.5 200, 5 232", STEEL, sides=12),
            turned("5 231, 7 245, 5.5 264, 0 278", _BRISTLE, sides=12),
            turned("6.2 254, 4.8 268, 0 281", main, sides=12),
        ]
    )


def hairbrush(main: Finish) -> Mesh:
    """Return a hairbrush standing on its handle, its bristles towards +Z."""
    body = cut(
        "-10 0, 10 0, 13 90, 34 120, 36 190, 20 225, -20 225, -36 190, -34 120, -13 90",
        0.016,
        main,
        bevel_m=0.005,
    )
    tufts = [
        (x, y, 0.018) for x in (-0.02, -0.007, 0.007, 0.02) for y in np.linspace(0.13, 0.21, 8)
    ]
    return merged([body, boxes(tufts, (0.0016, 0.0016, 0.011), BLACK)])


def razor(main: Finish) -> Mesh:
    """Return a razor standing on its handle, its blade up."""
    return merged(
        [
            turned("0 0, 6 2, 7 30, 5.5 70, 5 112", main, sides=12),
            box((0, 0.118, 0.004), (0.021, 0.006, 0.008), main, bevel_m=0.002),
            box((0, 0.122, 0.012), (0.019, 0.003, 0.0012), STEEL),
        ]
    )


def drumstick(main: Finish) -> Mesh:
    """Return a drumstick standing, its tip up."""
    return merged(
        [
            turned("0 0, 6 0, 7 4, 7 300, 3.5 385, 3 392", main, sides=12),
            ball((0, 0.4, 0), (0.006, 0.01, 0.006), main),
        ]
    )


def pen(main: Finish) -> Mesh:
    """Return a ball pen standing, its point up."""
    return merged(
        [
            turned("0 0, 4 0, 4.6 4, 4.6 60, 5 62, 5 110, 4.4 112", main, sides=14),
            turned("4.4 112, 1.2 136, 0.8 142, 0 143", STEEL, sides=14),
            box((0.006, 0.03, 0), (0.001, 0.028, 0.002), STEEL),
        ]
    )


def flute(main: Finish) -> Mesh:
    """Return a flute standing on its mouthpiece."""
    keys = [
        placed(
            cylinder(0.008, 0.005, STEEL, sides=12), (0, 0.25 + 0.035 * k, 0.009), tilt=np.pi / 2
        )
        for k in range(10)
    ]
    rings = [
        placed(cylinder(0.0115, 0.01, STEEL, sides=14), (0, y, 0)) for y in (0.0, 0.2, 0.5, 0.64)
    ]
    lip = box((0, 0.06, 0.0095), (0.006, 0.012, 0.002), STEEL, bevel_m=0.001)
    return merged([tube([(0, 0, 0), (0, 0.66, 0)], 0.0095, main, sides=14), *keys, *rings, lip])


def violin_bow(main: Finish) -> Mesh:
    """Return the bow of a violin standing on its frog."""
    return merged(
        [
            rod("0 0 0, 2 360 10, 0 730 0", 0.004, main),
            rod("0 30 -14, 0 720 -12", 0.002, WHITE, sides=4),
            box((0, 0.03, -0.008), (0.006, 0.022, 0.009), BLACK, bevel_m=0.002),
        ]
    )


def watering_can(main: Finish) -> Mesh:
    """Return a watering can, its spout along +X."""
    body = turned("0 0, 95 0, 98 8, 98 180, 90 190, 60 196, 0 196", main, sides=26)
    spout = rod("85 50 0, 190 150 0, 270 245 0", [0.022, 0.016, 0.014], main, sides=10)
    rose = placed(turned("12 0, 34 26, 34 32, 0 34", main, sides=18), (0.262, 0.238, 0), roll=-0.85)
    grip = rod("-95 150 0, -150 190 0, -140 250 0, -40 268 0, 30 240 0, 40 195 0", 0.01, main)
    return merged([body, spout, rose, grip])


def iron(main: Finish) -> Mesh:
    """Return a flat iron, its point along +Z; the colour is that of its body."""
    sole = placed(
        board(line("-55 -110, 55 -110, 58 20, 0 125, -58 20"), 0.012, STEEL),
        (0, 0.006, 0),
        tilt=-np.pi / 2,
        scale=(1, -1, 1),
    )
    body = placed(
        board(line("-48 -100, 48 -100, 50 15, 0 105, -50 15"), 0.05, main, bevel_m=0.012),
        (0, 0.037, 0),
        tilt=-np.pi / 2,
        scale=(1, -1, 1),
    )
    grip = rod("0 60 70, 0 110 50, 0 118 -20, 0 110 -90, 0 50 -95", 0.014, BLACK, sides=10)
    return merged([sole, body, grip])


def barbell(main: Finish) -> Mesh:
    """Return a barbell lying along x, 1.8 m long; the colour is the plates'."""
    plates = [
        placed(
            cylinder(r, 0.035, main.times(f), sides=30, bevel_m=0.006),
            (x, 0.225, 0),
            roll=-np.pi / 2,
        )
        for x, r, f in (
            (-0.79, 0.16, 0.8),
            (-0.75, 0.225, 1.0),
            (0.715, 0.225, 1.0),
            (0.755, 0.16, 0.8),
        )
    ]
    bar = tube([(-0.9, 0.225, 0), (0.9, 0.225, 0)], 0.014, STEEL, sides=10)
    collars = [
        placed(cylinder(0.03, 0.04, IRON, sides=14), (x, 0.225, 0), roll=-np.pi / 2)
        for x in (-0.7, 0.66)
    ]
    return merged([*plates, bar, *collars])


def cloth(main: Finish) -> Mesh:
    """Return a folded cloth lying flat."""
    folds = [
        box(
            (0.004 * k, 0.006 + 0.009 * k, -0.003 * k),
            (0.11, 0.0045, 0.09),
            main.times(1 - 0.06 * (k % 2)),
            yaw=0.04 * k,
            bevel_m=0.003,
        )
        for k in range(4)
    ]
    return merged([*folds, box((0, 0.039, 0.05), (0.11, 0.0008, 0.006), pale(main, 0.6))])


def cigarette(main: Finish) -> Mesh:
    """Return a cigarette standing on its filter, its end glowing."""
    return merged(
        [
            turned("0 0, 4 0, 4 26", Finish(rgb("#d89a52"), Surface.PLAIN, 0.9), sides=10),
            turned("4 26, 4 80", main, sides=10),
            turned(
                "4 80, 3.6 84, 0 85", Finish(rgb("#ff6a2a"), Surface.SCREEN, 0.6, 1.5), sides=10
            ),
        ]
    )

"""Cutlery, glasses and small household tools."""

from __future__ import annotations

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.stage.parts.finish import Finish, rgb
from matinee.engine.stage.parts.solids import box, boxes, cylinder, lathe, placed, ring, tube
from matinee.engine.stage.parts.things.kit import (
    BLACK,
    CHROME,
    STEEL,
    WHITE,
    board,
    cut,
    line,
    mirrored,
    pale,
    rod,
    turned,
)
from matinee.engine.stage.parts.things.stock import DARK, GLASS


def fork(main: Finish) -> Mesh:
    """Return a fork standing on its handle, 0.2 m tall, its hollow side towards +Z."""
    tines = [
        rod(f"{x} 150 3, {x} 178 0, {x * 0.9} 200 4", [0.0019, 0.0019, 0.0008], main, sides=5)
        for x in (-9, -3, 3, 9)
    ]
    palm = cut("-3 112, 3 112, 9 130, 11 152, -11 152, -9 130", 0.0022, main)
    stem = cut(
        "-8 0, -3 -4, 3 -4, 8 0, 7 12, 2.6 60, 3 114, -3 114, -2.6 60, -7 12",
        0.003,
        main,
        bevel_m=0.0008,
    )
    return merged([*tines, placed(palm, (0, 0, 0.002)), stem])


def spoon(main: Finish) -> Mesh:
    """Return a spoon standing on its handle, its hollow side towards +Z."""
    bowl_ = lathe(line("0 0, 6 1, 13 4.5, 17.5 9, 16.5 9.2, 12 5.5, 0 2.4"), main, sides=22)
    head = placed(bowl_, (0, 0.165, -0.006), tilt=np.pi / 2, scale=(1, 1, 1.55))
    stem = cut(
        "-8 0, -3 -4, 3 -4, 8 0, 7 12, 2.6 60, 3 146, -3 146, -2.6 60, -7 12",
        0.003,
        main,
        bevel_m=0.0008,
    )
    return merged([head, stem])


def knife(main: Finish) -> Mesh:
    """Return a kitchen knife standing on its handle, its edge towards +X."""
    blade = cut("-4 95, 17 95, 18 110, 14 190, 4 232, -3 240, -5 235", 0.0022, main, bevel_m=0.0008)
    handle = cut("-9 0, 11 -2, 14 6, 9 30, 10 60, 14 95, -6 95, -8 60", 0.018, BLACK, bevel_m=0.004)
    rivets = boxes(
        [(0.001, y, s * 0.009) for y in (0.025, 0.05, 0.075) for s in (-1, 1)],
        (0.003, 0.003, 0.001),
        CHROME,
    )
    return merged([blade, handle, rivets])


def bowl(main: Finish) -> Mesh:
    """Return an empty bowl, 0.24 m wide."""
    outline = "0 5, 46 0, 50 0, 53 8, 88 38, 112 78, 119 96, 114 97, 103 79, 80 42, 42 18, 0 14"
    return turned(outline, main, sides=36)


def wine_glass(main: Finish) -> Mesh:
    """Return a wine glass half full, 0.22 m tall; the colour is the wine's when it is no glass."""
    clear = Finish(rgb("#a9bcc0"), Surface.GLASS, 0.05)
    wine = main if main.surface is not Surface.GLASS else Finish(main.colour, Surface.GLASS, 0.08)
    return merged(
        [
            turned("0 2, 36 0, 37 1.5, 12 5, 4 12, 3.5 88, 8 98, 26 112, 38 142", clear, sides=24),
            turned(
                "37.5 141, 38 150, 35 190, 31 214, 29.8 214, 33.8 190, 36.6 150", clear, sides=24
            ),
            turned("37.9 134, 38.6 152, 0 152.5", wine, sides=24),
            turned("8.5 97, 26.6 111.5, 38.6 142", wine, sides=24),
        ]
    )


def teapot(main: Finish) -> Mesh:
    """Return a teapot, its spout towards +X."""
    body = turned("0 0, 50 0, 54 5, 82 40, 88 70, 76 104, 46 124, 40 126", main, sides=30)
    lid = turned(
        "44 123, 46 127, 30 138, 10 143, 6 148, 12 156, 10 164, 0 167", main.times(1.05), sides=24
    )
    spout = rod(
        "70 45 0, 112 62 0, 128 104 0, 148 122 0", [0.024, 0.017, 0.012, 0.011], main, sides=12
    )
    handle = rod("-70 100 0, -112 112 0, -136 86 0, -126 52 0, -80 36 0", 0.009, main, sides=8)
    return merged([body, lid, spout, handle])


def scissors(main: Finish) -> Mesh:
    """Return scissors standing open on their points; the colour is the handles'."""
    blade = cut("-2 -100, 6 -88, 9 -10, 7 12, -4 12, -5 -10", 0.0022, STEEL, bevel_m=0.0006)
    shank = rod("2 6 0, 4 18 0, 6 28 0", 0.0075, main, sides=8)
    loop = placed(
        ring(0.022, 0.0062, main, sides=22, around=8),
        (0.012, 0.055, 0),
        tilt=np.pi / 2,
        scale=(1, 1, 1.35),
    )
    half = placed(merged([blade, shank, loop]), (0, 0.1, 0), roll=-0.2)
    pin = placed(cylinder(0.005, 0.008, CHROME, sides=12), (0, 0.1, -0.004), tilt=np.pi / 2)
    return merged([mirrored(half), pin])


def toothbrush(main: Finish) -> Mesh:
    """Return a toothbrush standing on its handle, its bristles towards +Z."""
    handle = rod(
        "0 0 0, 0 60 1, 0 110 -2, 0 140 0, 0 188 0",
        [0.0055, 0.0065, 0.0045, 0.0035, 0.005],
        main,
        sides=10,
    )
    rows = [(x, y, 0.01) for x in (-0.0035, 0.0, 0.0035) for y in np.linspace(0.163, 0.186, 6)]
    tips = [(x, y, 0.0155) for x, y, _ in rows]
    return merged(
        [
            handle,
            boxes(rows, (0.0013, 0.0016, 0.006), WHITE),
            boxes(tips, (0.0013, 0.0016, 0.0012), pale(main, 0.3)),
        ]
    )


def hair_drier(main: Finish) -> Mesh:
    """Return a hair drier standing on its grip, its nozzle towards +X."""
    barrel_ = placed(
        turned("0 0, 30 0, 41 10, 43 50, 36 110, 30 150, 31 152", main, sides=26),
        (-0.06, 0.17, 0),
        roll=-np.pi / 2,
    )
    nozzle = placed(
        turned("30 0, 31 4, 22 34, 21 34, 21 30, 0 30", DARK, sides=26),
        (0.09, 0.17, 0),
        roll=-np.pi / 2,
        scale=(1, 1, 1),
    )
    grille = placed(turned("0 -3, 26 -2, 30 2", DARK, sides=22), (-0.061, 0.17, 0), roll=-np.pi / 2)
    grip = rod("-8 140 0, -14 70 0, -24 0 0", [0.021, 0.018, 0.02], main.times(0.85), sides=12)
    switch = box((0.006, 0.09, 0), (0.006, 0.014, 0.006), DARK, bevel_m=0.002)
    cord = rod("-24 4 0, -26 -2 0, -60 -3 10, -110 -3 40", 0.003, DARK, sides=5)
    return merged([barrel_, nozzle, grille, grip, switch, cord])


def comb(main: Finish) -> Mesh:
    """Return a comb lying on its back edge."""
    x = np.linspace(-0.075, 0.075, 32)
    return merged(
        [
            box((0, 0.034, 0), (0.08, 0.007, 0.0022), main, bevel_m=0.0015),
            boxes([(a, 0.014, 0) for a in x], (0.0011, 0.014, 0.0014), main),
            boxes([(-0.079, 0.018, 0), (0.079, 0.018, 0)], (0.002, 0.018, 0.002), main),
        ]
    )


def glasses(main: Finish) -> Mesh:
    """Return spectacles standing on their temples; the colour is the frame's."""
    rims = [
        placed(
            ring(0.024, 0.0022, main, sides=26, around=6),
            (s * 0.033, 0.022, 0),
            tilt=np.pi / 2,
            scale=(1.08, 1, 0.88),
        )
        for s in (-1, 1)
    ]
    panes = [
        placed(
            cylinder(0.0235, 0.0008, GLASS, sides=24),
            (s * 0.033, 0.022, 0),
            tilt=np.pi / 2,
            scale=(1.08, 1, 0.88),
        )
        for s in (-1, 1)
    ]
    bridge = rod("-8 26 0, 0 30 2, 8 26 0", 0.0022, main)
    arms = [
        rod(f"{s * 58} 27 0, {s * 64} 27 -8, {s * 63} 25 -95, {s * 60} 4 -135", 0.0024, main)
        for s in (-1, 1)
    ]
    return merged([*rims, *panes, bridge, *arms])


def perfume(main: Finish) -> Mesh:
    """Return a bottle of perfume with a golden cap; the colour is the scent's."""
    gold = Finish(rgb("#c9a04a"), Surface.METAL, 0.25)
    body = box((0, 0.034, 0), (0.03, 0.034, 0.014), main, bevel_m=0.005)
    label = box((0, 0.03, 0.0142), (0.017, 0.012, 0.0004), WHITE)
    neck = turned("9 66, 9 76, 11 76, 11 80, 0 80", gold, sides=16)
    stopper = box((0, 0.094, 0), (0.013, 0.015, 0.011), gold, bevel_m=0.004)
    return merged([body, label, neck, stopper])


def tray(main: Finish) -> Mesh:
    """Return a tray with a rim."""
    rim = board(
        line("-200 -130, 200 -130, 215 -115, 215 115, 200 130, -200 130, -215 115, -215 -115"),
        0.008,
        main,
        bevel_m=0.003,
    )
    edge = [tube([(-0.2, 0.02, z), (0.2, 0.02, z)], 0.008, main) for z in (-0.13, 0.13)]
    ends = [
        tube([(x, 0.02, -0.12), (x * 1.03, 0.03, 0), (x, 0.02, 0.12)], 0.008, main)
        for x in (-0.212, 0.212)
    ]
    return merged([placed(rim, (0, 0.006, 0), tilt=-np.pi / 2), *edge, *ends])


def pencil(main: Finish) -> Mesh:
    """Return a pencil standing on its rubber, its point up."""
    wood, lead = (
        Finish(rgb("#d9b284"), Surface.WOOD, 0.7),
        Finish(rgb("#2b2b2d"), Surface.PLAIN, 0.5),
    )
    return merged(
        [
            turned(
                "0 0, 3.6 0, 3.8 2, 3.8 10", Finish(rgb("#d8868a"), Surface.PLAIN, 0.9), sides=10
            ),
            turned("4 10, 4 20", CHROME, sides=10),
            turned("3.7 20, 3.7 152", main, sides=6),
            turned("3.6 152, 1.1 170", wood, sides=10),
            turned("1.1 170, 0 176", lead, sides=8),
        ]
    )

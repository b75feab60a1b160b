"""A fishing harbour: a granite quay, moored boats, nets and crates, houses, a lighthouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.render.scene import Lamp
from matinee.engine.stage.light import Climate
from matinee.engine.stage.parts import crowd, street, things, wild
from matinee.engine.stage.parts.finish import Finish, fractal, rgb, seed_of, weathered
from matinee.engine.stage.parts.solids import (
    boulder,
    box,
    boxes,
    copies,
    graded_lines,
    heightfield,
    lathe,
    placed,
    recoloured,
    ring,
    tube,
)
from matinee.engine.stage.worlds.model import Conditions, Mark, Practical, Space, World
from matinee.engine.stage.worlds.motion import circling, floating
from matinee.engine.stage.worlds.scenery import Scenery, around
from matinee.engine.stage.worlds.village import cottage

if TYPE_CHECKING:
    from matinee.engine.stage.parts.finish import Floats

_QUAY_M, _EDGE_Z = 1.1, -4.6
_GRANITE = Finish(rgb("#8a857c"), Surface.STONE, 0.85)


def build(conditions: Conditions) -> World:
    """Build the harbour; the water lies before the default camera."""
    rng = seed_of("harbour", conditions.seed)
    lit = conditions.dark or conditions.low_sun
    set_ = Scenery("harbour", conditions, height=quay)
    set_.add(*_quay_stones(), *_jetty(set_), *_gear(set_, rng), *_shores(rng))
    set_.add_bare(_water())
    _boats(set_)
    for x, z, yaw in (
        (-13.0, 9.0, 2.2),
        (-4.5, 14.5, np.pi),
        (4.8, 14.5, np.pi),
        (13.5, 9.0, -2.2),
        (-16.5, 0.0, 1.57),
    ):
        set_.add(placed(cottage(8.0, 6.5, 2, rng, lit=lit), (x, _QUAY_M, z), yaw=yaw))
        set_.block(
            (x - 3.2 * float(np.sin(yaw)), 4.0, z - 3.2 * float(np.cos(yaw))), (4.0, 3.0, 3.2), yaw
        )
    for x, z in ((-5.2, -3.6), (5.0, -3.6), (-5.4, 5.0), (5.6, 5.4)):
        set_.add(placed(street.lantern_post(3.4, lit=lit), (x, _QUAY_M, z)))
        set_.post(x, z, 0.2, 3.4)
        if lit:
            set_.lamp(Practical((x, _QUAY_M + 3.0, z), (7.0, 4.9, 2.7), 13.0, size_m=0.25))
    set_.move(
        "gulls",
        wild.flock(8, rgb("#dcdcd8"), rng, span_m=1.2, spread_m=6.0),
        circling((2.0, 10.0, -18.0), 12.0, 18.0, 0.6),
    )
    if conditions.dark:
        set_.lamps += [
            Lamp((2.8, 4.0, 1.8), (4.6, 3.2, 1.8), 8.5),
            Lamp((-3.2, 3.8, -2.6), (4.2, 2.8, 1.5), 8.5),
        ]
    return set_.world(
        Climate(
            density_per_m=0.003, height_falloff_per_m=0.02, haze=(0.98, 1.02, 1.06), sunset_yaw=2.55
        ),
        marks=(*around(-3.4, height=quay), Mark("seat1", (-2.3, _QUAY_M, -3.2), 0.3, 0.5)),
        walk=((-4.4, 1.4), (4.4, 1.4)),
        keep_in=Space((-8.0, _QUAY_M + 0.2, -4.2), (8.0, 9.0, 10.0)),
        underfoot="stone",
        ambience="sea_waves",
        mirror=True,
        floor_radius_m=1.9,
        shadow_radius_m=28.0,
    )


def quay(x: Floats, z: Floats) -> Floats:
    """Return the height of the quay, and of the sea bed beyond its edge."""
    return np.where(z > _EDGE_Z, _QUAY_M, -1.2) + 0 * x


def _quay_stones() -> list[Mesh]:
    lines = np.linspace(-40, 40, 100)
    along = np.concatenate([np.arange(_EDGE_Z + 0.7, 14, 0.6), [16.0, 22.0, 34.0]])
    top = heightfield(lines, along, lambda a, _b: 0 * a + _QUAY_M, _GRANITE)
    shade = 1 + 0.35 * fractal(top.positions, cell_m=2.4, seed=4)[:, None]
    top = recoloured(top, np.clip(top.albedo * shade, 0.01, 0.9))
    x = np.arange(-39.0, 39.5, 1.3)
    coping = boxes(
        np.stack([x, 0 * x + _QUAY_M - 0.16, 0 * x + _EDGE_Z + 0.35], -1),
        (0.64, 0.17, 0.36),
        _GRANITE.times(1.15),
        bevel_m=0.04,
    )
    wall = boxes(
        [(0, _QUAY_M - 1.2 - 0.5 * k, _EDGE_Z + 0.4) for k in range(3)],
        (40.0, 0.9, 0.3),
        _GRANITE.times(0.6),
    )
    fenders = [
        placed(
            ring(0.34, 0.12, street.RUBBER, sides=18), (fx, 0.55, _EDGE_Z - 0.06), tilt=np.pi / 2
        )
        for fx in np.arange(-15.0, 16.0, 3.0)
    ]
    bollard = lathe(
        [(0.2, 0), (0.22, 0.05), (0.14, 0.12), (0.13, 0.4), (0.21, 0.46), (0.2, 0.54), (0, 0.58)],
        street.IRON,
        sides=12,
    )
    posts = copies(bollard, [(bx, _QUAY_M, _EDGE_Z + 0.55) for bx in (-9.0, -6.4, 3.2, 6.6, 10.0)])
    return [top, weathered(coping, amount=0.2, cell_m=0.8), wall, *fenders, posts]


def _water() -> Mesh:
    across = graded_lines(26.0, 700.0, cell_m=2.6, growth=1.3)
    along = np.concatenate(
        [-np.cumsum(np.geomspace(1.0, 150.0, 30))[::-1] + _EDGE_Z, [_EDGE_Z + 0.2]]
    )
    water = heightfield(
        across, along, lambda x, _z: 0 * x, Finish(rgb("#23505a"), Surface.WATER, 0.07)
    )
    deep = np.clip(-water.positions[:, 2] / 80, 0, 1)[:, None]
    return recoloured(
        water, np.asarray(rgb("#2c5f62")) * (1 - deep) + np.asarray(rgb("#163f52")) * deep
    )


def _jetty(set_: Scenery) -> list[Mesh]:
    plank = Finish(rgb("#7a6a58"), Surface.WOOD, 0.85)
    z = np.arange(-24.0, _EDGE_Z, 0.3)
    deck = boxes(np.stack([0 * z + 7.6, 0 * z + 0.95, z], -1), (0.95, 0.03, 0.135), plank)
    piles = [(x, 0.3, pz) for x in (6.75, 8.45) for pz in np.arange(-23.5, _EDGE_Z, 2.4)]
    set_.block((7.6, 0.5, -14.4), (1.0, 0.5, 9.8))
    return [
        weathered(deck, amount=0.25, cell_m=0.9),
        boxes(piles, (0.1, 1.1, 0.1), plank.times(0.7), bevel_m=0.02),
    ]


def _boats(set_: Scenery) -> None:
    fleet = (
        (-3.4, -6.6, 1.45, "#2f6a8a"),
        (1.2, -6.4, 1.7, "#a83a2e"),
        (4.9, -8.6, 0.1, "#d8cfae"),
        (-8.2, -6.8, 1.6, "#3f7a5a"),
        (9.8, -12.0, 3.1, "#c9a03a"),
    )
    for number, (x, z, yaw, code) in enumerate(fleet):
        boat = placed(street.rowing_boat(rgb(code), length_m=4.2), (0, -0.22, 0))
        set_.move(
            f"boat{number}", boat, floating((x, 0.0, z), yaw, 3.6, number * 1.3, heave_m=0.05)
        )
    for number, (x, z, yaw) in enumerate(
        ((-6.0, -13.5, 1.2), (3.2, -16.0, -1.0), (-13.0, -22.0, 0.7), (14.5, -24.0, -0.4))
    ):
        set_.move(
            f"yacht{number}",
            street.sail_boat(street.CAR_COLOURS[number]),
            floating((x, 0.0, z), yaw, 5.0, number * 1.9, heave_m=0.08),
        )


def _gear(set_: Scenery, rng: np.random.Generator) -> list[Mesh]:
    """Return crates, barrels, coiled rope, nets, lobster pots on the quay."""
    parts: list[Mesh] = []
    wood = Finish(rgb("#8a7050"), Surface.WOOD, 0.8)
    for x, y, z, yaw in (
        (-4.0, 0, -2.9, 0.2),
        (-4.5, 0, -2.3, 0.7),
        (-4.15, 0.51, -2.7, 0.5),
        (4.2, 0, -2.6, -0.3),
        (3.8, 0, 3.6, 0.9),
    ):
        parts.append(placed(things.crate(wood), (x, _QUAY_M + y, z), yaw=yaw))
        if y == 0:
            set_.post(x, z, 0.38, 0.8)
    for x, z in ((4.8, -1.9), (5.2, -2.5), (-5.2, 1.8)):
        parts.append(
            placed(things.barrel(Finish(rgb("#5f4a38"), Surface.WOOD, 0.85)), (x, _QUAY_M, z))
        )
        set_.post(x, z, 0.36, 0.9)
    hemp = Finish(rgb("#a8905f"), Surface.CLOTH, 0.97)
    for x, z in ((-2.6, -3.7), (3.0, -3.4)):
        parts += [
            placed(
                ring(0.32 - 0.035 * k, 0.035, hemp, sides=20, around=5),
                (x, _QUAY_M + 0.035 + 0.045 * k, z),
            )
            for k in range(4)
        ]
    net = boulder(0.6, Finish(rgb("#3f6a68"), Surface.CLOTH, 0.98), seed=5, level=3, rough=0.5)
    parts += [
        placed(net, (-6.3, _QUAY_M + 0.1, -1.4), scale=(1.4, 0.6, 1.0)),
        placed(street.bench(), (-2.3, _QUAY_M, -3.35), yaw=0.3),
    ]
    set_.post(-6.3, -1.4, 0.8, 0.6)
    set_.block((-2.3, _QUAY_M + 0.4, -3.35), (0.85, 0.4, 0.35), 0.3)
    pots = [
        merged(
            [
                tube(
                    [(-0.3, 0.02, 0), (-0.28, 0.28, 0.0), (0.28, 0.28, 0), (0.3, 0.02, 0)],
                    0.012,
                    wood,
                    sides=4,
                ),
                box((0, 0.03, 0), (0.32, 0.015, 0.24), wood),
                box((0, 0.16, 0), (0.27, 0.11, 0.2), hemp.times(0.7)),
            ]
        )
    ]
    parts += [
        placed(pots[0], (6.4 + 0.75 * (k % 2), _QUAY_M + 0.32 * (k // 2), 0.8), yaw=0.1 * k)
        for k in range(4)
    ]
    people = np.array(
        [(-7.2, _QUAY_M, -2.4), (6.9, _QUAY_M, -1.2), (-3.0, _QUAY_M, 8.2), (3.6, _QUAY_M, 8.6)]
    )
    set_.add_bare(crowd.figures(people, np.array([0.7, -1.2, 2.6, -2.9]), rng, near=True))
    for x, _, z in people:
        set_.post(float(x), float(z), 0.35, 1.8)
    return parts


def _shores(rng: np.random.Generator) -> list[Mesh]:
    """Return the mole with its lighthouse, wooded hills across the bay, houses on them."""
    rubble = Finish(rgb("#6f6a62"), Surface.EARTH, 0.9)
    x = np.linspace(-60, -14, 44)
    rocks = [
        placed(
            boulder(float(rng.uniform(1.0, 2.0)), rubble, seed=int(k), level=1),
            (float(at), 0.2, -46.0 + float(rng.normal(0, 1.0))),
        )
        for k, at in enumerate(x)
    ]
    white, red = (
        Finish(rgb("#dcd8cf"), Surface.PLASTER, 0.85),
        Finish(rgb("#a8352c"), Surface.PLASTER, 0.85),
    )
    tower = [
        placed(
            lathe(
                [(1.9 - 0.16 * k, 0), (1.9 - 0.16 * (k + 1), 2.2)],
                red if k % 2 else white,
                sides=18,
            ),
            (0, 2.2 * k, 0),
        )
        for k in range(5)
    ]
    lamp = lathe(
        [(1.5, 11.0), (1.5, 11.2), (0.8, 11.2), (0.8, 12.4), (1.0, 12.45), (0, 13.6)],
        Finish(rgb("#3a3f44"), Surface.METAL, 0.4),
        sides=14,
    )
    light = lathe(
        [(0.82, 11.3), (0.82, 12.3)], Finish(rgb("#ffe2a0"), Surface.SCREEN, 0.3, 5.0), sides=14
    )
    house = placed(merged([*tower, lamp, light]), (-15.0, 1.2, -46.0))
    hills = wild.range_of_hills(
        130.0,
        320.0,
        60.0,
        Finish(rgb("#4a6040"), Surface.GRASS, 0.95),
        seed=7,
        arc=(1.7, 4.6),
        columns=90,
    )
    inland = wild.range_of_hills(
        45.0,
        160.0,
        34.0,
        Finish(rgb("#5a6f44"), Surface.GRASS, 0.95),
        seed=9,
        arc=(-1.6, 1.6),
        columns=60,
    )
    return [*rocks, house, hills, inland]

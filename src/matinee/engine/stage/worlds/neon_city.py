"""A neon street: towers close together, glowing signs, shop light on wet asphalt, cables, haze."""

from __future__ import annotations

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.render.scene import Lamp
from matinee.engine.stage.light import Climate
from matinee.engine.stage.parts import masonry, street
from matinee.engine.stage.parts.finish import Colour, Finish, rgb, seed_of, weathered
from matinee.engine.stage.parts.solids import ball, box, boxes, placed, tube
from matinee.engine.stage.worlds import avenue
from matinee.engine.stage.worlds.avenue import KERB_M, Plan
from matinee.engine.stage.worlds.model import Conditions, Practical, Space, World
from matinee.engine.stage.worlds.scenery import Scenery, around

_PLAN = Plan(road_m=5.0, pavement_m=2.6, near_z=28.0, far_z=-104.0, cross_z=-30.0)
_ASPHALT = Finish(rgb("#34353a"), Surface.ASPHALT, 0.35)
_FLAGS = Finish(rgb("#4c4b4d"), Surface.TILES, 0.5)
_WALLS = tuple(map(rgb, ("#4a4d55", "#55504c", "#3d434d", "#5b5560", "#464038", "#3c4a4c")))


def build(conditions: Conditions) -> World:
    """Build the street; its signs burn at every hour."""
    rng = seed_of("neon_city", conditions.seed)
    set_ = Scenery("neon_city", conditions, height=avenue.ground(_PLAN))
    set_.add(*avenue.roadway(_PLAN, _ASPHALT, _FLAGS))
    for side, z, width in avenue.rows(_PLAN, rng=rng, widths=(8.0, 14.0)):
        _building(set_, side, z, width, rng)
    _skyline(set_, rng)
    walls = tuple(Finish(tone, Surface.FACADE, 0.8) for tone in _WALLS)
    avenue.closed_behind(set_, _PLAN, walls)
    _overhead(set_, rng)
    _kerbside(set_)
    dark = conditions.time_of_day != "day" or conditions.dark
    avenue.lamps_along(set_, _PLAN, 19.0, lit=dark, colour=(17.0, 14.0, 10.0))
    avenue.parked(
        set_,
        _PLAN,
        [(1, -7.5), (-1, -11.0), (1, -15.0), (-1, -20.5), (1, -40.0), (-1, -46.0)],
        rng=rng,
        lit=False,
    )
    avenue.crossing_traffic(set_, _PLAN, rng=rng, lit=dark)
    avenue.passers_by(set_, _PLAN, 26, rng=rng)
    if dark:
        set_.lamps += [
            Lamp((3.2, 2.9, 2.6), (7.0, 4.8, 3.4), 8.0),
            Lamp((-3.6, 2.6, -1.2), (1.3, 4.6, 8.0), 8.0),
            Lamp((3.4, 3.4, -2.6), (8.5, 1.3, 4.4), 8.5),
        ]
    for side in (-1, 1):
        set_.block((side * (_PLAN.front_m + 5), 10.0, -38.0), (5.0, 10.0, 68.0))
    return set_.world(
        Climate(
            density_per_m=0.0045,
            height_falloff_per_m=0.015,
            haze=(1.05, 0.95, 1.25),
            bloom=0.24,
            night_glow=(0.018, 0.011, 0.028),
            lit_windows=1.0,
        ),
        marks=around(-9.0),
        walk=((0.0, -6.0), (0.0, 4.0)),
        keep_in=Space((-4.6, 0.25, -22.0), (4.6, 8.0, 22.0)),
        underfoot="asphalt",
        ambience="city_traffic",
        mirror=dark,
        floor_radius_m=2.8,
        shadow_radius_m=30.0,
        reach_m=10.0,
    )


def _building(set_: Scenery, side: int, z: float, width: float, rng: np.random.Generator) -> None:
    tall = float(rng.uniform(13, 40))
    finish = Finish(_WALLS[int(rng.integers(0, len(_WALLS)))], Surface.FACADE, 0.8)
    depth = 10.0
    shaft = masonry.tower_block(width - 0.1, tall, depth, finish, cell_m=2.4)
    set_.add(avenue.facing_street(shaft, side, _PLAN, z, x=depth / 2 + 0.35))
    near = z > -52
    sign = street.NEONS[int(rng.integers(0, len(street.NEONS)))]
    front = street.shop_front(width - 0.5, _WALLS[int(rng.integers(0, 6))], rng=rng, lit=True)
    set_.add(avenue.facing_street(front, side, _PLAN, z))
    base = box((0, 2.0, -0.25), (width / 2, 2.0, 0.25), Finish(rgb("#2b2c30"), Surface.TILES, 0.5))
    set_.add(avenue.facing_street(base, side, _PLAN, z))
    x = side * (_PLAN.front_m - 0.5)
    warm = np.array(rgb("#ffe0b0")) * 2.6 + np.array(sign) * 1.2
    set_.lamp(
        Practical((x, 1.9, z), _tuple(warm * width / 10), 9.0, (-float(side), 0.0, 0.0), size_m=1.2)
    )
    if near:
        _clutter(set_, side, z, width, tall, rng)
    count = int(rng.integers(2, 4)) if near else 1
    for number in range(count):
        _sign(set_, side, z + (number - (count - 1) / 2) * width / (count + 0.4), tall, rng)


def _tuple(colour: np.ndarray[tuple[int], np.dtype[np.float64]]) -> Colour:
    return float(colour[0]), float(colour[1]), float(colour[2])


def _sign(set_: Scenery, side: int, z: float, tall: float, rng: np.random.Generator) -> None:
    colour = street.NEONS[int(rng.integers(0, len(street.NEONS)))]
    high = float(min(rng.uniform(1.4, 4.6), tall - 6))
    wide = float(rng.uniform(0.7, 1.1))
    y = float(rng.uniform(4.4 + high / 2, min(4.4 + high / 2 + 4.5, tall - 1)))
    sign = street.neon_sign(high, wide, colour, rng=rng)
    x = side * (_PLAN.front_m - 0.15 - wide / 2)
    set_.add_bare(placed(sign, (x, y, z)))
    arm = [(side * (_PLAN.front_m + 0.2), y + high / 2 - 0.1, z), (x, y + high / 2 - 0.1, z)]
    set_.add(tube(arm, 0.03, street.IRON, sides=4))
    power = 5.0 * high**0.5
    glow = (colour[0] * power + 0.2, colour[1] * power + 0.2, colour[2] * power + 0.2)
    for way in (-0.5, 0.5):
        set_.lamp(Practical((x - side * 0.4, y, z + way), glow, 12.0, size_m=0.6))


def _clutter(  # noqa: PLR0917 - a front's facts
    set_: Scenery, side: int, z: float, width: float, tall: float, rng: np.random.Generator
) -> None:
    """Hang awnings, air conditioners, pipes and a balcony on the front."""
    colour = street.NEONS[int(rng.integers(0, len(street.NEONS)))]
    dull = (colour[0] * 0.3 + 0.03, colour[1] * 0.3 + 0.03, colour[2] * 0.3 + 0.03)
    parts: list[Mesh] = [
        placed(street.awning(width * 0.6, 1.1, dull, stripes=False), (0, 3.75, 0.3))
    ]
    metal = Finish(rgb("#8b8e8f"), Surface.METAL, 0.5)
    units = int(rng.integers(3, 7))
    at = np.stack(
        [
            rng.uniform(-width / 2 + 0.6, width / 2 - 0.6, units),
            rng.uniform(4.6, min(tall - 1, 12.0), units),
            np.full(units, 0.2),
        ],
        -1,
    )
    parts += [
        boxes(at, (0.42, 0.3, 0.22), metal, bevel_m=0.03),
        boxes(at + np.array((0.1, 0, 0.2)), (0.22, 0.22, 0.04), metal.times(0.35)),
    ]
    parts.extend(
        tube([(x, 0.2, 0.1), (x, min(tall - 1, 16.0), 0.1)], 0.06, metal.times(0.6), sides=6)
        for x in rng.uniform(-width / 2 + 0.3, width / 2 - 0.3, 2)
    )
    if rng.random() < 0.6:
        for floor in range(2):
            y = 4.7 + floor * 3.0
            parts.append(box((0, y, 0.55), (width * 0.28, 0.06, 0.55), metal.times(0.5)))
            rail = np.linspace(-width * 0.28, width * 0.28, 14)
            parts.append(
                boxes(
                    np.stack([rail, 0 * rail + y + 0.5, 0 * rail + 1.08], -1),
                    (0.015, 0.5, 0.015),
                    street.IRON,
                )
            )
            parts.append(box((0, y + 1.0, 1.08), (width * 0.28, 0.025, 0.025), street.IRON))
    set_.add(avenue.facing_street(weathered(merged(parts), amount=0.2), side, _PLAN, z))


def _skyline(set_: Scenery, rng: np.random.Generator) -> None:
    """Close the street with far towers and a great screen above the crossing."""
    for x, z, wide, tall in (
        (1.0, -210.0, 26.0, 150.0),
        (-22.0, -122.0, 22.0, 82.0),
        (17.0, -134.0, 20.0, 118.0),
        (27.0, -116.0, 18.0, 66.0),
        (-34.0, -110.0, 20.0, 58.0),
    ):
        finish = Finish(_WALLS[int(rng.integers(0, 6))], Surface.FACADE, 0.8)
        set_.add(placed(masonry.tower_block(wide, tall, 16.0, finish, cell_m=9.0), (x, 0, z)))
    for x in (-46.0, 46.0):
        set_.add(
            placed(
                masonry.tower_block(
                    4.0, 30.0, 40.0, Finish(_WALLS[2], Surface.FACADE, 0.8), cell_m=6.0
                ),
                (x, 0, -30.0),
            )
        )
    for side, y, z, colour in ((-1, 11.0, -37.2, "#2aa8ff"), (1, 9.0, -36.6, "#ff3f8e")):
        tone = Finish(rgb(colour), Surface.SCREEN, 0.4, 1.5)
        at = (side * (_PLAN.front_m - 0.4), y, z)
        set_.add_bare(box(at, (0.9, 3.2, 0.2), street.IRON))
        bars = np.array([(at[0], y - 2.6 + 0.65 * k, z + 0.22) for k in range(9)])
        sizes = np.stack([rng.uniform(0.3, 0.8, 9), np.full(9, 0.24), np.full(9, 0.02)], -1)
        set_.add_bare(boxes(bars, sizes, tone))
        set_.lamp(
            Practical(
                (at[0], y, z + 1.5),
                _tuple(np.array(rgb(colour)) * 26),
                18.0,
                (0.0, 0.0, 1.0),
                size_m=1.5,
            )
        )


def _overhead(set_: Scenery, rng: np.random.Generator) -> None:
    edge = _PLAN.front_m
    for z in (-3.0, -8.5, -14.0, -19.0, -24.0, 5.0, 12.0):
        y0, y1 = rng.uniform(6.0, 10.5, 2)
        set_.add(
            street.cable(
                (-edge, y0, z),
                (edge, y1, z + rng.uniform(-3, 3)),
                sag_m=float(rng.uniform(0.5, 1.2)),
            )
        )
    lantern = rgb("#d9402e")
    glow = Finish(lantern, Surface.SCREEN, 0.6, 2.2)
    for z in (-10.0, -21.0):
        set_.add(street.cable((-edge, 6.4, z), (edge, 6.4, z), sag_m=0.8))
        for share in np.linspace(0.14, 0.86, 6):
            y = 6.4 - 0.8 * 4 * share * (1 - share) - 0.35
            x = -edge + 2 * edge * float(share)
            set_.add_bare(placed(_lantern(glow), (x, y, z)))
            set_.lamp(Practical((x, y, z), (2.2, 0.5, 0.3), 6.0, size_m=0.5))


def _lantern(glow: Finish) -> Mesh:

    return merged(
        [
            ball((0, 0, 0), (0.24, 0.28, 0.24), glow, level=1),
            box((0, 0.28, 0), (0.1, 0.03, 0.1), street.IRON),
        ]
    )


def _kerbside(set_: Scenery) -> None:
    """Set vending machines, bins, bollards and crates at the edges of the picture."""
    for side, z, code in (
        (1, -3.4, "#c8323a"),
        (1, -4.5, "#d8dde2"),
        (-1, 2.4, "#2f6fb8"),
        (-1, -6.2, "#d8dde2"),
    ):
        x = side * (_PLAN.front_m - 0.45)
        set_.add(placed(_vending(rgb(code)), (x, KERB_M, z), yaw=-side * np.pi / 2))
        set_.lamp(
            Practical(
                (x - side * 0.8, 1.3, z), (2.0, 2.6, 3.0), 5.0, (-float(side), 0.0, 0.0), size_m=0.8
            )
        )
    for side in (-1, 1):
        set_.add(avenue.bollard_line(side * (_PLAN.road_m + 0.3), -24.0, 18.0, 2.4))
    for x, z in ((-6.4, -1.2), (6.2, 1.6), (-6.2, -15.0)):
        set_.add(placed(street.litter_bin(), (x, KERB_M, z)))
    crates = [
        (6.5, KERB_M + 0.2, -6.6),
        (6.4, KERB_M + 0.6, -6.7),
        (6.9, KERB_M + 0.2, -7.2),
        (-6.6, KERB_M + 0.2, 5.0),
    ]
    set_.add(
        boxes(
            crates,
            (0.3, 0.2, 0.24),
            street.PLANKS,
            yaw=np.array([0.2, -0.1, 0.5, 0.9]),
            bevel_m=0.02,
        )
    )


def _vending(colour: Colour) -> Mesh:
    shell = Finish(colour, Surface.PAINT, 0.35)
    lit = Finish(rgb("#cfe6ff"), Surface.SCREEN, 0.3, 1.6)
    bottles = np.array([(x, y, 0.40) for x in np.linspace(-0.3, 0.3, 6) for y in (0.95, 1.3, 1.62)])
    tint = np.asarray(street.NEONS)[np.arange(len(bottles)) % len(street.NEONS)] * 0.6 + 0.05
    return merged(
        [
            box((0, 0.95, 0), (0.5, 0.93, 0.38), shell, bevel_m=0.04),
            box((0, 1.3, 0.375), (0.42, 0.5, 0.02), lit),
            boxes(
                bottles,
                (0.035, 0.11, 0.03),
                Finish((0.4, 0.4, 0.4), Surface.PAINT, 0.3),
                colours=tint,
            ),
            box((0, 0.42, 0.38), (0.3, 0.12, 0.02), Finish(rgb("#141518"), Surface.PLAIN, 0.6)),
        ]
    )

"""Where people live and build: a street of family houses, an alley, a building site, a terrace."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.geometry import Surface, merged
from matinee.engine.render.scene import Lamp
from matinee.engine.stage.light import Climate
from matinee.engine.stage.parts import (
    crowd,
    furniture,
    greenery,
    masonry,
    plants,
    rural,
    street,
    transport,
    wild,
)
from matinee.engine.stage.parts.finish import Finish, rgb, weathered
from matinee.engine.stage.parts.solids import ball, box, boxes, cylinder, lathe, placed, tube
from matinee.engine.stage.parts.things import vehicles
from matinee.engine.stage.weather import Plume
from matinee.engine.stage.worlds.landscape import (
    Hills,
    Landscape,
    Scatter,
    Skyline,
    Treeline,
    Water,
    builder,
)
from matinee.engine.stage.worlds.model import Practical, Space
from matinee.engine.stage.worlds.motion import circling
from matinee.engine.stage.worlds.scenery import standing
from matinee.engine.stage.worlds.terrain import Bank, Cover, Deck, Ground, Hill, Level, Swell
from matinee.engine.stage.worlds.traffic import drive, paint, stand, whole
from matinee.engine.stage.worlds.waters import plant

if TYPE_CHECKING:
    from matinee.engine.render.geometry import Mesh
    from matinee.engine.stage.worlds.scenery import Scenery

_LAWN = Finish(rgb("#5f8a38"), Surface.GRASS, 0.95)


# --- a street of family houses --------------------------------------------------------------------


def _suburb_things(set_: Scenery, rng: np.random.Generator) -> None:
    lit = set_.lit
    walls = tuple(map(rgb, ("#d8d2c0", "#a8b8c0", "#c9b690", "#b8c2a8", "#d0b0a0", "#e2ddd0")))
    picket = Finish(rgb("#e6e4dc"), Surface.PAINT, 0.6)
    for side in (-1, 1):
        for number in range(6):
            z = -2.0 - 19.0 * number + (8.0 if side > 0 else 0.0)
            house = transport.suburban_house(
                rng, wall=walls[(number * 2 + (side > 0)) % 6], lit=lit
            )
            set_.add(placed(house, (side * 18.5, 0.0, z), yaw=-side * np.pi / 2))
            set_.block((side * 19.0, 3.0, z), (4.6, 3.0, 7.6))
            drive_z = z - side * 4.8
            set_.add(box((side * 10.6, 0.01, drive_z), (4.3, 0.02, 1.8), transport.CONCRETE))
            if number < 4:
                vehicle = (
                    whole(vehicles.car(paint(number * 3 + (side > 0))))
                    if number < 2
                    else transport.far_car(street.CAR_COLOURS[(number * 3) % 8])
                )
                stand(set_, vehicle, (side * 12.2, 0.02, drive_z), side * np.pi / 2, (0.95, 2.2))
            fence_z = np.arange(z - 6.5, z + 6.5, 0.24)
            fence_z = fence_z[np.abs(fence_z - drive_z) > 2.0]
            if number < 3:
                set_.add(
                    boxes(
                        np.stack([0 * fence_z + side * 7.4, 0 * fence_z + 0.42, fence_z], -1),
                        (0.02, 0.42, 0.05),
                        picket,
                    )
                )
            plant(
                set_,
                ("maple", "linden", "oak")[number % 3],
                (side * 9.4, z + side * 5.6),
                8.0,
                rng,
                leaves=300 if number < 2 else 140,
            )
            if lit:
                set_.lamp(Practical((side * 13.0, 2.4, z), (4.0, 2.8, 1.5), 8.0))
    box_ = merged(
        [
            box((0, 0.5, 0), (0.04, 0.5, 0.04), street.OAK),
            box(
                (0, 1.12, 0),
                (0.12, 0.11, 0.24),
                Finish(rgb("#b03a2a"), Surface.PAINT, 0.4),
                bevel_m=0.05,
            ),
        ]
    )
    for x, z in ((-6.9, -4.4), (6.9, -9.0), (-6.9, -23.0)):
        set_.add(placed(box_, (x, 0.0, z)))
        set_.post(x, z, 0.15, 1.2)
    post = street.street_lamp(6.0, lit=lit)
    for x, z in ((-5.6, 6.0), (5.6, -14.0), (-5.6, -34.0), (5.6, -54.0)):
        set_.add(placed(post, (x, 0.0, z), yaw=0.0 if x < 0 else np.pi))
        set_.post(x, z, 0.15, 5.0)
        if lit:
            set_.lamp(
                Practical((x * 0.77, 5.8, z), (15.0, 10.0, 5.0), 19.0, (0.0, -1.0, 0.0), 1.25)
            )
    drive(
        set_,
        "van",
        vehicles.pickup(paint(5)),
        (2.6, 0.0, 60.0),
        (2.6, 0.0, -140.0),
        7.5,
        offset_m=95.0,
    )
    set_.add_bare(
        crowd.figures([(-6.4, 0.0, -17.0), (6.3, 0.0, -28.0)], [0.0, 3.0], rng, near=True)
    )
    dashes = np.arange(-120.0, 40.0, 6.0)
    set_.add(
        boxes(
            np.stack([0 * dashes, 0 * dashes + 0.004, dashes], -1),
            (0.06, 0.006, 1.2),
            Finish(rgb("#b9b6ac"), Surface.ASPHALT, 0.7),
        )
    )


SUBURB = Landscape(
    ground=Ground(
        _LAWN,
        features=(Swell(2.0, 70.0, calm_m=60.0),),
        covers=(
            Cover(rgb("#77a048"), None, patch_m=5.0, share=0.4),
            Cover(rgb("#a8a49a"), Surface.TILES, inside=(-6.8, -400.0, 6.8, 200.0)),
            Cover(rgb("#6f9040"), Surface.GRASS, inside=(-5.0, -400.0, 5.0, 200.0)),
            Cover(rgb("#55534f"), Surface.ASPHALT, inside=(-4.0, -400.0, 4.0, 200.0)),
        ),
        near_m=15.0,
        cell_m=0.5,
        far_m=200.0,
    ),
    climate=Climate(density_per_m=0.0026, sunset_yaw=2.85, night_glow=(0.012, 0.01, 0.008)),
    growth=(
        Scatter(
            lambda rng: plants.bush(0.6, rng=rng, leaves=70),
            26,
            (-14.0, -40.0, 14.0, 10.0),
            clear_m=8.4,
            solid_m=0.4,
            solid_height_m=0.8,
            off=((0.0, 100.0), (0.0, -200.0)),
            away_m=7.6,
        ),
    ),
    far=(
        Treeline(70, 60.0, 120.0),
        Hills(180.0, 380.0, 46.0, Finish(rgb("#4c6a3c"), Surface.FOLIAGE, 0.95), seed=6),
    ),
    things=_suburb_things,
    walk=((-3.0, -6.0), (-3.0, 4.0)),
    keep_in=Space((-7.0, 0.3, -9.0), (7.0, 8.0, 14.0)),
    underfoot="asphalt",
    ambience="forest_birds",
    back_z=-7.0,
    shadow_radius_m=34.0,
)


# --- the alley ------------------------------------------------------------------------------------


def _alley_things(set_: Scenery, rng: np.random.Generator) -> None:  # noqa: C901 - a list of things
    lit = set_.lit
    bricks = (
        masonry.BRICKS,
        masonry.BRICKS.times(0.72),
        Finish(rgb("#9a8a78"), Surface.PLASTER, 0.85),
        masonry.BRICKS.times(1.15),
    )
    for side in (-1, 1):
        for number, z in enumerate((8.0, -4.0, -16.0, -28.0)):
            tall = 12.0 + 2.4 * ((number * 3 + (side > 0)) % 3)
            holes = [
                masonry.Opening(1.6 + 3.2 * k, 2.7 + 3.2 * k, y, y + 1.6)
                for k in range(3)
                for y in (4.2, 7.6)
            ]
            holes += [masonry.Opening(7.0, 8.1, 0.02, 2.15, "door")]
            wall = masonry.wall(
                12.0,
                tall,
                0.3,
                bricks[(number + (side > 0)) % 4],
                openings=holes,
                cell_m=1.3,
                frame=masonry.FRAME_DARK,
            )
            set_.add(
                placed(
                    wall, (side * 3.0, 0.0, z - 6.0 if side < 0 else z + 6.0), yaw=-side * np.pi / 2
                )
            )
            for level in (3.6, 7.0):
                set_.add(*_fire_stairs(side, z - 1.5, level) if number % 2 == (side > 0) else [])
        set_.block((side * 3.3, 5.0, -10.0), (0.3, 5.0, 30.0))
    set_.add(box((0.0, 7.0, -34.2), (3.2, 7.0, 0.2), bricks[1]))
    bin_ = merged(
        [
            box(
                (0, 0.62, 0),
                (0.95, 0.55, 0.6),
                Finish(rgb("#2f5a44"), Surface.METAL, 0.6),
                bevel_m=0.03,
            ),
            placed(
                box((0, 0, 0), (0.98, 0.03, 0.64), Finish(rgb("#23282a"), Surface.PLAIN)),
                (0, 1.22, 0.02),
                tilt=-0.12,
            ),
        ]
    )
    for x, z in ((-2.2, -5.4), (2.2, -12.0), (-2.2, -20.0)):
        set_.add(placed(bin_, (x, 0.0, z), yaw=np.pi / 2))
        set_.block((x, 0.6, z), (0.65, 0.62, 1.0))
    sack = ball(
        (0, 0.2, 0), (0.3, 0.26, 0.28), Finish(rgb("#1a1b1e"), Surface.PAINT, 0.35), level=2
    )
    for x, z in ((-2.3, -3.6), (-1.8, -3.9), (2.3, -9.8), (2.4, -3.0)):
        set_.add(placed(sack, (x, 0.0, z), yaw=z))
    crate = Finish(rgb("#8a6a44"), Surface.WOOD, 0.85)
    set_.add(
        boxes(
            [(2.35, 0.25, -5.6), (2.4, 0.25, -6.3), (2.35, 0.75, -5.9)],
            (0.3, 0.25, 0.3),
            crate,
            yaw=np.array([0.1, 0.3, 0.5]),
            bevel_m=0.02,
        )
    )
    set_.block((2.4, 0.5, -5.9), (0.35, 0.5, 0.7))
    for k in range(4):
        z = -2.0 - 7.0 * k
        set_.add(street.cable((-2.9, 7.5 + k % 2, z), (2.9, 7.0, z - 1.0), sag_m=0.4))
        for number, a in enumerate(np.linspace(-2.2, 2.2, 6)):
            tone = rgb(("#c8c2b4", "#7a9ab0", "#b05a4a", "#d8c890")[(number + k) % 4])
            set_.add(
                box((float(a), 6.6, z - 0.5), (0.24, 0.34, 0.006), Finish(tone, Surface.CLOTH, 0.9))
            )
    tones = tuple(map(rgb, ("#e0482a", "#2a86d8", "#e8c02e", "#3aa860", "#c84aa0")))
    for number in range(34):
        y, z = rng.uniform(0.5, 2.1), rng.uniform(-16.0, -3.0)
        set_.add(
            box(
                (-2.985 + 0.0006 * number, y, z),
                (0.008, rng.uniform(0.06, 0.34), rng.uniform(0.12, 0.7)),
                Finish(tones[number % 5], Surface.PAINT, 0.6),
            )
        )
    glow = Finish(rgb("#ffd08a"), Surface.SCREEN, 0.4, 6.0 if lit else 0.3)
    for x, z in ((-2.8, -9.0), (2.8, -18.0), (-2.8, -27.0), (2.8, 2.0)):
        set_.add(
            box((x, 3.0, z), (0.14, 0.1, 0.18), street.IRON),
            ball((x * 0.96, 2.88, z), 0.09, glow, level=1),
        )
        if lit:
            set_.lamp(Practical((x * 0.88, 2.85, z), (9.0, 5.6, 2.4), 11.0))
    steam = 0.12 if set_.conditions.dark else 0.6
    set_.airs.append(
        Plume(
            (1.2, 0.05, -8.6),
            34,
            4.2,
            (0.1, 0.7, 0.05),
            (0.2, 0.02, 0.2),
            0.7,
            0.3,
            4.0,
            (steam, steam, steam * 1.05),
            0.10,
        )
    )
    if set_.conditions.dark:
        set_.lamps += [
            Lamp((-2.2, 2.8, -3.4), (4.4, 2.8, 1.3), 8.0),
            Lamp((1.4, 3.2, 3.4), (0.8, 1.1, 1.9), 7.0),
        ]


def _fire_stairs(side: int, z: float, y: float) -> list[Mesh]:
    iron = street.IRON.times(1.4)
    x = side * 2.35
    rail = [tube([(side * 1.75, y + 0.95, z + dz) for dz in (-1.4, 1.4)], 0.02, iron, sides=4)]
    flight = [(x, y - 1.6 + 0.32 * k, z - 1.0 + 0.4 * k) for k in range(6)]
    return [
        box((x, y, z), (0.62, 0.03, 1.5), iron),
        *rail,
        boxes(
            [(side * 1.75, y + 0.48, z + dz) for dz in np.linspace(-1.4, 1.4, 8)],
            (0.012, 0.48, 0.012),
            iron,
        ),
        boxes(flight, (0.26, 0.02, 0.1), iron),
    ]


ALLEY = Landscape(
    ground=Ground(
        Finish(rgb("#55524e"), Surface.ASPHALT, 0.8),
        covers=(
            Cover(rgb("#38363a"), None, patch_m=1.6, share=0.42),
            Cover(rgb("#6a645c"), None, inside=(-0.4, -60.0, 0.4, 60.0)),
        ),
        near_m=12.0,
        cell_m=0.4,
        far_m=60.0,
    ),
    climate=Climate(
        density_per_m=0.010,
        sunset_yaw=2.9,
        low_elevation=0.55,
        exposure=1.25,
        night_glow=(0.03, 0.02, 0.014),
    ),
    far=(
        Skyline(24, 44.0, 90.0, (16.0, 46.0)),
        Skyline(14, 36.0, 60.0, (14.0, 26.0), arc=(-1.2, 1.2)),
    ),
    things=_alley_things,
    walk=((0.0, -6.0), (0.0, 5.0)),
    keep_in=Space((-2.5, 0.3, -9.0), (2.5, 6.0, 13.0)),
    underfoot="asphalt",
    ambience="city_traffic",
    floor_radius_m=1.6,
    back_z=-7.5,
)


# --- the building site ----------------------------------------------------------------------------


def _site_things(set_: Scenery, rng: np.random.Generator) -> None:
    set_.add(placed(transport.concrete_frame(22.0, 14.0, 4), (-9.0, 0.0, -28.0)))
    set_.block((-9.0, 5.0, -28.0), (11.0, 6.0, 7.0))
    set_.add(placed(transport.scaffold(20.0, 12.0), (-9.0, 0.0, -20.9)))
    set_.add(placed(transport.tower_crane(34.0), (13.0, 0.0, -38.0), yaw=2.7))
    set_.add(placed(transport.digger(), (7.6, 0.0, -9.5), yaw=-0.9))
    set_.block((7.6, 1.2, -9.5), (1.5, 1.2, 2.0), -0.9)
    stand(
        set_,
        whole(vehicles.truck(Finish(rgb("#c8782a"), Surface.PAINT, 0.4))),
        (14.0, 0.0, -16.0),
        -0.5,
        (1.4, 3.8),
    )
    for x, z in ((-3.0, -4.6), (3.2, -5.0), (5.2, -2.6), (-5.0, -2.2), (0.2, -7.8)):
        set_.add(placed(transport.cone(), (x, set_.foot(x, z), z)))
    wood = Finish(rgb("#b08a55"), Surface.WOOD, 0.8)
    set_.add(
        boxes([(-6.6, 0.12 + 0.13 * k, -6.4) for k in range(5)], (1.6, 0.05, 0.5), wood, yaw=0.3)
    )
    set_.block((-6.6, 0.35, -6.4), (1.6, 0.4, 0.5), 0.3)
    pipes = [
        placed(
            cylinder(0.24, 3.4, transport.CONCRETE, sides=12),
            (-8.0 + 0.5 * k + 0.25 * (j % 2), 0.24 + 0.42 * j, -2.2),
            tilt=-np.pi / 2,
        )
        for j in range(2)
        for k in range(3 - j)
    ]
    set_.add(*pipes)
    set_.block((-7.4, 0.4, -3.8), (0.9, 0.5, 1.8))
    heap = weathered(
        lathe(
            [(2.6, -0.1), (1.6, 0.7), (0.7, 1.35), (0.0, 1.55)],
            Finish(rgb("#a38a62"), Surface.SAND, 0.95),
            sides=14,
        ),
        amount=0.25,
        cell_m=0.6,
    )
    for x, z, size in ((10.5, -4.4, 0.9), (-12.5, -9.0, 1.3)):
        set_.add(placed(heap, (x, 0.0, z), scale=size))
        set_.post(x, z, 2.0 * size, 1.2)
    for x in np.arange(-20.0, 21.0, 3.4):
        set_.add(
            placed(
                box((x, 1.0, 12.8), (1.6, 1.0, 0.03), Finish(rgb("#3a6a9a"), Surface.PAINT, 0.6))
            )
        )
    vest = (rgb("#e0782a"), rgb("#d8c82a"))
    at = [
        (-5.2, 0.0, -12.0),
        (2.4, 0.0, -13.5),
        (6.0, 0.0, -13.0),
        (-9.0, 3.56, -20.4),
        (-3.0, 6.96, -21.5),
    ]
    set_.add_bare(crowd.figures(at, rng.uniform(0, 6, 5), rng, clothes=vest, near=True))
    helmet = Finish(rgb("#e0b82a"), Surface.PAINT, 0.3)
    set_.add(*[ball((x, y + 1.73, z), (0.13, 0.1, 0.14), helmet, level=1) for x, y, z in at])
    set_.airs.append(
        Plume(
            (7.0, 0.3, -7.0),
            30,
            5.0,
            (0.5, 0.25, 0.3),
            (1.5, 0.2, 1.0),
            1.6,
            0.6,
            3.0,
            (0.42, 0.36, 0.28) if not set_.conditions.dark else (0.05, 0.045, 0.04),
            0.08,
        )
    )
    set_.add(
        boxes([(15.5, 1.4, -6.0)], (2.4, 1.4, 1.2), Finish(rgb("#d8d6d0"), Surface.METAL, 0.5)),
        box((15.5, 1.6, -4.78), (0.8, 0.5, 0.02), masonry.GLASS),
    )
    set_.block((15.5, 1.4, -6.0), (2.4, 1.4, 1.2))
    if set_.conditions.dark:
        for x in (-8.0, 8.0):
            set_.lamp(
                Practical(
                    (x, 7.0, -8.0), (40.0, 38.0, 34.0), 28.0, (-0.1 * np.sign(x), -0.9, 0.3), 1.2
                )
            )
        set_.lamps.append(Lamp((5.0, 5.0, -1.0), (9.0, 8.6, 7.8), 14.0))


SITE = Landscape(
    ground=Ground(
        Finish(rgb("#9a8460"), Surface.EARTH, 0.95),
        features=(Swell(1.2, 12.0, calm_m=8.0), Level((-22.0, -38.0, 6.0, -16.0), 0.0, 4.0)),
        covers=(
            Cover(rgb("#7d6a4c"), None, patch_m=3.0, share=0.5),
            Cover(
                rgb("#6a5a42"),
                Surface.EARTH,
                on=((-2.0, 20.0), (0.0, 2.0), (6.0, -9.0), (16.0, -20.0)),
                half_m=1.6,
            ),
            Cover(rgb("#8f8a80"), None, patch_m=1.8, share=0.3),
        ),
        far_m=140.0,
    ),
    climate=Climate(
        density_per_m=0.0042,
        haze=(1.08, 1.0, 0.9),
        sunset_yaw=2.75,
        night_glow=(0.016, 0.014, 0.012),
    ),
    far=(
        Skyline(40, 70.0, 170.0, (20.0, 80.0)),
        Skyline(14, 40.0, 70.0, (12.0, 30.0), arc=(-1.2, 1.2)),
    ),
    things=_site_things,
    walk=((-4.6, -0.8), (4.6, -0.8)),
    keep_in=Space((-8.0, 0.3, -8.0), (8.0, 8.0, 12.0)),
    underfoot="earth",
    ambience="city_traffic",
    back_z=-5.8,
)


# --- the terrace ----------------------------------------------------------------------------------

_TERRACE_M = 11.0


def _terrace_things(set_: Scenery, rng: np.random.Generator) -> None:  # noqa: C901 - a list of things
    lit = set_.lit
    y = _TERRACE_M
    tiles, white = (
        Finish(rgb("#b8906a"), Surface.TILES, 0.7),
        Finish(rgb("#e8e2d4"), Surface.PLASTER, 0.8),
    )
    set_.add(
        box((0.0, y - 0.2, 2.5), (6.4, 0.19, 7.4), white),
        placed(street.paving(-6.2, 6.2, -4.8, 9.6, tiles, y=y + 0.004, cell_m=0.7)),
    )
    baluster = lathe(
        [(0.05, 0), (0.09, 0.08), (0.05, 0.2), (0.1, 0.42), (0.06, 0.66), (0.08, 0.74)],
        white,
        sides=8,
    )
    for x in np.arange(-6.0, 6.05, 0.34):
        set_.add(placed(baluster, (float(x), y + 0.1, -4.7)))
    set_.add(
        boxes([(0.0, y + 0.9, -4.7), (0.0, y + 0.07, -4.7)], (6.2, 0.07, 0.13), white, bevel_m=0.02)
    )
    for z in np.arange(-4.4, 4.0, 0.34):
        for x in (-6.1, 6.1):
            set_.add(placed(baluster, (x, y + 0.1, float(z))))
    set_.add(
        boxes([(x, y + 0.9, -0.4) for x in (-6.1, 6.1)], (0.13, 0.07, 4.3), white, bevel_m=0.02)
    )
    for x, z, hx, hz in ((0.0, -4.7, 6.2, 0.15), (-6.1, 0.0, 0.15, 5.0), (6.1, 0.0, 0.15, 5.0)):
        set_.block((x, y + 0.5, z), (hx, 0.5, hz))
    house = masonry.wall(
        12.6,
        5.0,
        0.3,
        Finish(rgb("#d9b98a"), Surface.PLASTER, 0.85),
        openings=[
            masonry.Opening(1.2, 3.0, 0.02, 2.5),
            masonry.Opening(5.2, 7.4, 0.02, 2.5),
            masonry.Opening(9.4, 11.2, 0.02, 2.5),
        ],
    )
    set_.add(placed(house, (6.3, y, 9.6), yaw=np.pi))
    set_.block((0.0, y + 2.0, 9.8), (6.3, 2.5, 0.3))
    table = furniture.round_table(Finish(rgb("#e2ddd0"), Surface.PAINT, 0.4), radius_m=0.45)
    set_.add(placed(table, (-3.3, y, -2.4)))
    set_.table((-3.3, y + 0.74, -2.4), 0.3, 0.3, solid=False)
    set_.post(-3.3, -2.4, 0.5, 0.75)
    for x, z, yaw in ((-4.1, -2.1, 1.2), (-2.6, -3.0, -0.6)):
        set_.add(
            placed(furniture.chair(Finish(rgb("#d8d2c4"), Surface.PAINT, 0.5)), (x, y, z), yaw=yaw)
        )
        set_.post(x, z, 0.3, 0.9)
    pot = lathe(
        [(0.2, 0), (0.3, 0.4), (0.32, 0.46), (0.26, 0.46), (0, 0.42)],
        Finish(rgb("#a8603c"), Surface.PLASTER, 0.85),
        sides=12,
    )
    for x, z in ((-5.4, -4.0), (5.4, -4.0), (3.4, -4.1), (5.4, 0.6), (-5.4, 1.8)):
        set_.add(
            placed(pot, (x, y, z)),
            placed(plants.bush(0.42, rng=rng, leaves=90, colour=rgb("#5a7a3a")), (x, y + 0.42, z)),
        )
        blooms = np.array((x, y + 0.9, z)) + rng.normal(0, 0.22, (16, 3)) * (1, 0.4, 1)
        tone = rgb("#c8325a") if x < 0 else rgb("#d8a02e")
        set_.add(*[ball(at, 0.035, Finish(tone, Surface.FOLIAGE, 0.7), level=0) for at in blooms])
        set_.post(x, z, 0.35, 1.2)
    set_.add(placed(rural.pergola(4.0, 3.0), (3.6, y, 6.6)))
    roofs = tuple(map(rgb, ("#b0643c", "#a8583a", "#b87448", "#9a5238")))
    walls = tuple(map(rgb, ("#e2d4b4", "#d8b890", "#e8e2d2", "#cfa884", "#dcc8a4")))
    for number in range(110):
        x, z = rng.uniform(-80, 80), -rng.uniform(14, 110)
        w, d = rng.uniform(5, 9), rng.uniform(5, 9)
        base = set_.foot(x, z)
        tall = rng.uniform(4.0, 8.5)
        wall = Finish(walls[number % 5], Surface.PLASTER, 0.85)
        yaw = float(rng.uniform(-0.3, 0.3))
        set_.add(
            placed(box((0, tall / 2, 0), (w / 2, tall / 2, d / 2), wall), (x, base, z), yaw=yaw),
            placed(
                masonry.gable_roof(
                    w, d, 1.4, Finish(roofs[number % 4], Surface.TILES, 0.8), gable=wall
                ),
                (x, base + tall, z),
                yaw=yaw,
            ),
        )
        spots = [
            (a, b, d / 2 + 0.02) for a in (-w * 0.25, w * 0.25) for b in (tall * 0.3, tall * 0.7)
        ]
        glow = (
            Finish(rgb("#ffc878"), Surface.SCREEN, 0.5, 1.3)
            if lit and number % 2
            else masonry.GLASS
        )
        set_.add(placed(boxes(spots, (0.4, 0.55, 0.03), glow), (x, base, z), yaw=yaw))
    for x, z, tall in (
        (-14.0, -20.0, 9.0),
        (18.0, -30.0, 10.0),
        (-30.0, -44.0, 11.0),
        (9.0, -52.0, 9.0),
    ):
        set_.add(
            placed(
                greenery.cypress(tall, rng=rng, leaves=90),
                (x, set_.foot(x, z), z),
            )
        )
    set_.move(
        "birds",
        wild.flock(8, rgb("#26262c"), rng, span_m=0.45, spread_m=7.0),
        circling((4.0, y + 5.0, -26.0), 14.0, 10.0, 0.0),
    )
    if lit:
        set_.add(street.bulbs((-6.0, y + 3.0, -4.4), (6.0, y + 3.0, -4.4), 15, sag_m=0.5, lit=True))
        set_.add(
            *[
                tube([(x, y, -4.6), (x, y + 3.05, -4.6)], 0.025, street.IRON, sides=5)
                for x in (-6.05, 6.05)
            ]
        )
        for x in (-4.0, 0.0, 4.0):
            set_.lamp(Practical((x, y + 2.5, -4.2), (3.6, 2.5, 1.2), 9.0))
        if set_.conditions.dark:
            set_.lamps.append(Lamp((-1.8, y + 2.6, -3.0), (3.4, 2.4, 1.2), 8.0))


TERRACE = Landscape(
    ground=Ground(
        Finish(rgb("#8a8058"), Surface.EARTH, 0.95),
        features=(
            Swell(5.0, 60.0, calm_m=20.0, octaves=2),
            Hill((-62.0, -78.0), 62.0, 30.0, rough=0.2),
            Hill((66.0, -70.0), 52.0, 24.0, rough=0.2),
            Bank((0.0, -62.0), np.pi, 60.0, 5.0),
        ),
        covers=(Cover(rgb("#6d7a42"), Surface.GRASS, patch_m=8.0, share=0.5),),
        decks=(Deck((-6.3, -4.9, 6.3, 9.8), _TERRACE_M),),
        far_m=140.0,
        cell_m=2.0,
    ),
    climate=Climate(
        density_per_m=0.0026,
        height_falloff_per_m=0.02,
        sunset_yaw=2.75,
        haze=(1.05, 1.0, 0.96),
        night_glow=(0.02, 0.015, 0.01),
    ),
    water=(Water((-500.0, -700.0, 500.0, -120.0), rgb("#235a74"), y_m=0.2, cell_m=20.0),),
    far=(
        Hills(
            420.0,
            800.0,
            120.0,
            Finish(rgb("#5f6f58"), Surface.FOLIAGE, 0.95),
            seed=9,
            foot_m=-4.0,
            arc=(2.2, 3.0),
            columns=50,
        ),
        Hills(
            600.0,
            1000.0,
            190.0,
            Finish(rgb("#6d7378"), Surface.EARTH, 0.9),
            seed=4,
            foot_m=-4.0,
            arc=(3.1, 4.2),
            columns=60,
        ),
    ),
    things=_terrace_things,
    walk=((-4.6, -0.4), (4.4, -0.4)),
    marks=standing(
        ("hero", 0.0, 0.0, 0.0),
        ("left", -1.15, 0.25, 0.55),
        ("right", 1.15, 0.25, -0.55),
        ("back", 0.6, -1.8, 0.0),
        ("far", 1.6, -3.6, 0.0),
        ("front", 0.0, 1.6, np.pi),
    ),
    keep_in=Space((-5.6, _TERRACE_M + 0.3, -4.2), (5.6, _TERRACE_M + 6.0, 9.0)),
    underfoot="tiles",
    ambience="wind",
    floor_radius_m=1.9,
    mirror=False,
)

BUILDERS = {
    "suburb": builder("suburb", SUBURB),
    "alley": builder("alley", ALLEY),
    "construction_site": builder("construction_site", SITE),
    "terrace": builder("terrace", TERRACE),
}

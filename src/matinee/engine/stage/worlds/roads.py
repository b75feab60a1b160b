"""On the way: a highway, a great bridge, a railway platform, a runway, a car park, petrol."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.geometry import Surface
from matinee.engine.render.scene import Lamp
from matinee.engine.stage.light import Climate
from matinee.engine.stage.parts import crowd, masonry, street, transport, waterside
from matinee.engine.stage.parts.finish import Finish, rgb
from matinee.engine.stage.parts.solids import box, boxes, copies, placed, turn
from matinee.engine.stage.parts.things import vehicles
from matinee.engine.stage.worlds.landscape import (
    Hills,
    Landscape,
    Scatter,
    Sea,
    Skyline,
    Treeline,
    builder,
)
from matinee.engine.stage.worlds.model import Practical, Space
from matinee.engine.stage.worlds.motion import driving, floating
from matinee.engine.stage.worlds.scenery import standing
from matinee.engine.stage.worlds.terrain import Cover, Deck, Ground, Level, Swell
from matinee.engine.stage.worlds.traffic import drive, paint, stand, stream, whole
from matinee.engine.stage.worlds.waters import plant, tufts

if TYPE_CHECKING:
    from collections.abc import Callable

    from matinee.engine.stage.parts.finish import Floats
    from matinee.engine.stage.worlds.model import Transform
    from matinee.engine.stage.worlds.scenery import Scenery

_WHITE = Finish(rgb("#c9c6bd"), Surface.ASPHALT, 0.7)
_TARMAC = Finish(rgb("#4d4c4b"), Surface.ASPHALT, 0.85)
_WOODS = Finish(rgb("#48603a"), Surface.FOLIAGE, 0.95)


def _lamps(set_: Scenery, spots: list[tuple[float, float, float]], tall_m: float = 7.0) -> None:
    """Set street lamps at (x, z, yaw); their arm reaches along their own +X."""
    lit = set_.lit
    post = street.street_lamp(tall_m, lit=lit)
    for x, z, yaw in spots:
        y = set_.foot(x, z)
        set_.add(placed(post, (x, y, z), yaw=yaw))
        set_.post(x, z, 0.16, 5.0)
        if lit:
            at = (x + 1.3 * float(np.cos(yaw)), y + tall_m - 0.2, z - 1.3 * float(np.sin(yaw)))
            set_.lamp(Practical(at, (17.0, 11.0, 5.0), 22.0, (0.0, -1.0, 0.0), 1.25))


def _dashes(x: float, z0: float, z1: float, every_m: float = 9.0) -> tuple[Floats, float]:
    z = np.arange(z0, z1, every_m)
    return np.stack([0 * z + x, 0 * z + 0.004, z], -1), every_m * 0.22


# --- the highway ----------------------------------------------------------------------------------


def _highway_things(set_: Scenery, _rng: np.random.Generator) -> None:
    for x in (-6.4, 4.5, 13.6):
        at, half = _dashes(x, -220.0, 60.0)
        set_.add(boxes(at, (0.07, 0.005, half), _WHITE))
    set_.add(
        boxes([(x, 0.004, -80.0) for x in (-10.0, -2.8, 0.9, 17.2)], (0.09, 0.006, 140.0), _WHITE)
    )
    rail = transport.guard_rail(150.0)
    set_.add(
        placed(rail, (-0.9, 0.0, -45.0)),
        placed(rail, (18.8, 0.0, -45.0)),
        placed(rail, (-11.6, 0.0, -45.0)),
    )
    set_.block((-0.9, 0.4, -45.0), (0.15, 0.4, 75.0))
    stream(
        set_, ((-8.2, -27.0, 12.0), (-4.6, -32.0, 30.0)), (-190.0, 60.0), gap_m=62.0, kinds="ctcc"
    )
    stream(set_, ((10.8, 26.0, 22.0), (15.2, 22.0, 40.0)), (60.0, -190.0), gap_m=62.0, kinds="cctc")
    set_.add(
        placed(
            transport.sign_gantry(31.0, ((-6.0, 5.5), (5.5, 5.0), (12.5, 5.0))), (3.8, 0.0, -34.0)
        )
    )
    _lamps(
        set_,
        [(-0.9, z, 0.0) for z in (6.0, -18.0, -48.0, -78.0)]
        + [(-0.9, z, np.pi) for z in (-6.0, -33.0, -63.0)],
        9.0,
    )
    if set_.conditions.dark:
        set_.lamps.append(Lamp((2.2, 3.4, 3.0), (3.4, 2.8, 2.2), 8.0))


HIGHWAY = Landscape(
    ground=Ground(
        Finish(rgb("#6f8040"), Surface.GRASS, 0.95),
        features=(Swell(6.0, 70.0, calm_m=26.0), Level((-12.5, -500.0, 19.5, 200.0), 0.0, 9.0)),
        covers=(
            Cover(rgb("#8f9450"), None, patch_m=7.0, share=0.4),
            Cover(rgb("#55534f"), Surface.ASPHALT, inside=(-11.0, -500.0, -2.0, 200.0)),
            Cover(rgb("#55534f"), Surface.ASPHALT, inside=(0.0, -500.0, 18.3, 200.0)),
            Cover(rgb("#8d8878"), Surface.EARTH, inside=(-2.0, -500.0, 0.0, 200.0)),
        ),
        near_m=20.0,
        cell_m=0.8,
        far_m=320.0,
    ),
    climate=Climate(density_per_m=0.0026, sunset_yaw=2.85, night_glow=(0.02, 0.014, 0.008)),
    growth=(
        Scatter(tufts(0.4, "#8a9450"), 130, (-30.0, -50.0, -12.0, 14.0), clear_m=8.0, sway=0.1),
        Scatter(tufts(0.4, "#8a9450"), 110, (19.5, -50.0, 36.0, 14.0), clear_m=8.0, sway=0.1),
    ),
    far=(
        Hills(260.0, 560.0, 80.0, _WOODS, seed=6),
        Treeline(80, 50.0, 140.0, arc=(np.pi + 0.35, np.pi + 1.6)),
        Treeline(80, 50.0, 140.0, arc=(np.pi - 1.6, np.pi - 0.42)),
        Skyline(16, 280.0, 360.0, (40.0, 120.0), arc=(np.pi - 0.3, np.pi + 0.12)),
    ),
    things=_highway_things,
    walk=((2.6, -6.0), (2.6, 4.0)),
    marks=standing(
        ("hero", 2.2, 0.0, 0.0),
        ("left", 1.1, 0.25, 0.55),
        ("right", 3.3, 0.25, -0.55),
        ("back", 2.8, -1.8, 0.0),
        ("far", 2.0, -7.0, 0.0),
        ("front", 2.2, 1.6, np.pi),
    ),
    keep_in=Space((-7.0, 0.3, -9.0), (16.0, 8.0, 14.0)),
    underfoot="asphalt",
    ambience="city_traffic",
    floor_radius_m=1.6,
)


# --- the great bridge -----------------------------------------------------------------------------

_SPAN_M = 16.0
_ORANGE = rgb("#b8432a")


def _bridge_things(set_: Scenery, rng: np.random.Generator) -> None:
    deck, paint_ = _SPAN_M, Finish(_ORANGE, Surface.PAINT, 0.5)
    set_.add(
        box(
            (3.0, deck - 0.9, -120.0),
            (11.5, 0.88, 240.0),
            Finish(rgb("#7a766e"), Surface.PLASTER, 0.85),
        )
    )
    set_.add(placed(street.paving(-2.2, 11.0, -330.0, 60.0, _TARMAC, y=deck + 0.005, cell_m=3.0)))
    set_.add(
        placed(
            street.paving(
                -5.4,
                -2.5,
                -330.0,
                60.0,
                Finish(rgb("#98948a"), Surface.TILES, 0.8),
                y=deck + 0.01,
                cell_m=2.0,
            )
        )
    )
    at, half = _dashes(4.4, -220.0, 50.0)
    set_.add(
        boxes(
            at + np.array((0.0, deck, 0.0)),
            (0.08, 0.006, half),
            Finish(rgb("#c9a23a"), Surface.ASPHALT, 0.7),
        )
    )
    for x, high in ((-5.7, 1.25), (-2.35, 0.8), (11.4, 1.25)):
        along = np.arange(-110.0, 30.0, 1.5)
        set_.add(
            boxes(
                np.stack([0 * along + x, 0 * along + deck + high / 2, along], -1),
                (0.03, high / 2, 0.03),
                paint_,
            ),
            boxes([(x, deck + y * high, -120.0) for y in (0.5, 1.0)], (0.05, 0.05, 180.0), paint_),
        )
        set_.block((x, deck + 0.6, -45.0), (0.12, 0.7, 80.0))
    for z in (-70.0, -270.0):
        set_.add(placed(transport.suspension_tower(62.0, 18.4, _ORANGE), (3.0, 0.0, z)))
    for x in (-6.2, 12.2):
        set_.add(
            placed(transport.cables((130.0, -70.0, -270.0), 44.0, x, _ORANGE), (0.0, deck, 0.0))
        )
    for lane, speed, offset in ((0.2, -13.0, 14.0), (7.6, 13.0, 30.0)):
        ends = (-210.0, 50.0) if speed < 0 else (50.0, -210.0)
        for number in range(4):
            drive(
                set_,
                f"car{lane}_{number}",
                vehicles.car(paint(number * 2 + int(lane))),
                (lane, deck, ends[0]),
                (lane, deck, ends[1]),
                abs(speed),
                offset_m=offset + 58.0 * number,
            )
    set_.move(
        "ship",
        waterside.cargo_ship(110.0, rgb("#2a3a4a")),
        floating((-120.0, 0.0, -190.0), 1.2, 11.0, 0.2),
    )
    _lamps(set_, [(-2.35, z, 0.0) for z in (4.0, -20.0, -44.0)])
    people = crowd.figures(
        [(-4.4, deck + 0.01, -16.0), (-3.6, deck + 0.01, -24.0)], [0.2, 3.0], rng, near=True
    )
    set_.add_bare(people)


BRIDGE = Landscape(
    ground=Ground(
        Finish(rgb("#20343c"), Surface.EARTH, 0.95),
        base_m=-3.0,
        decks=(Deck((-5.6, -330.0, 11.4, 60.0), _SPAN_M),),
        far_m=60.0,
        cell_m=6.0,
    ),
    climate=Climate(
        density_per_m=0.0022, height_falloff_per_m=0.012, sunset_yaw=2.6, haze=(1.0, 1.0, 1.03)
    ),
    water=(Sea(0.8, 26.0, 0.6, 3.0, rgb("#235064"), foam=0.15),),
    far=(
        Hills(
            280.0,
            560.0,
            150.0,
            Finish(rgb("#6a7048"), Surface.GRASS, 0.95),
            seed=6,
            foot_m=-4.0,
            arc=(np.pi - 1.0, np.pi - 0.1),
            columns=60,
        ),
        Hills(
            420.0,
            760.0,
            190.0,
            Finish(rgb("#5f6a50"), Surface.GRASS, 0.95),
            seed=9,
            foot_m=-4.0,
            arc=(np.pi - 0.2, np.pi + 0.8),
            columns=60,
        ),
        Skyline(
            50,
            420.0,
            620.0,
            (40.0, 170.0),
            (20.0, 36.0),
            arc=(np.pi + 0.35, np.pi + 1.2),
            foot_m=0.0,
        ),
        Hills(
            400.0,
            760.0,
            110.0,
            Finish(rgb("#6a7048"), Surface.GRASS, 0.95),
            seed=3,
            foot_m=-4.0,
            arc=(-1.3, 1.3),
            columns=60,
        ),
    ),
    things=_bridge_things,
    walk=((-4.0, -6.0), (-4.0, 4.0)),
    marks=standing(
        ("hero", -4.0, 0.0, 0.0),
        ("left", -5.0, 0.25, 0.45),
        ("right", -3.0, 0.25, -0.45),
        ("back", -3.7, -1.8, 0.0),
        ("far", -4.3, -7.0, 0.0),
        ("front", -4.0, 1.6, np.pi),
    ),
    keep_in=Space((-5.4, _SPAN_M + 0.3, -9.0), (-0.5, _SPAN_M + 8.0, 14.0)),
    underfoot="concrete",
    ambience="city_traffic",
    floor_radius_m=1.2,
    shadow_radius_m=40.0,
)


# --- the railway platform -------------------------------------------------------------------------

_PLATFORM_M = 1.05


def _station_things(set_: Scenery, rng: np.random.Generator) -> None:
    edge = Finish(rgb("#d8d2c2"), Surface.STONE, 0.8)
    set_.add(
        box(
            (0.0, _PLATFORM_M / 2 - 0.05, -30.0),
            (4.6, _PLATFORM_M / 2 + 0.04, 70.0),
            Finish(rgb("#8f8a80"), Surface.TILES, 0.8),
        )
    )
    set_.add(
        boxes([(s * 4.5, _PLATFORM_M - 0.02, -30.0) for s in (-1, 1)], (0.3, 0.06, 70.0), edge),
        boxes(
            [(s * 3.8, _PLATFORM_M - 0.006, -30.0) for s in (-1, 1)],
            (0.1, 0.012, 70.0),
            Finish(rgb("#d8b23a"), Surface.PLAIN, 0.8),
        ),
    )
    for x in (-6.3, 6.3, 11.2):
        set_.add(placed(transport.track(220.0), (x, 0.32, -40.0)))
    set_.add(placed(transport.canopy(54.0, 6.4, 3.9, rgb("#3a4a44")), (0.0, _PLATFORM_M, -38.0)))
    for z in np.arange(-63.0, -11.0, 6.0):
        set_.post(0.0, float(z), 0.18, 4.0)
    coach = transport.coach(rgb("#7a2a26"))
    for number in range(4):
        set_.add(placed(coach, (-6.3, 0.32, -22.0 - 20.8 * number)))
    set_.block((-6.3, 2.2, -50.0), (1.5, 2.0, 40.0))
    through = placed(transport.coach(rgb("#2a4a7a")), (0, 0, 0))
    for number in range(4):
        set_.move(
            f"train{number}",
            through,
            driving((11.2, 0.32, -260.0), (11.2, 0.32, 120.0), 16.0, offset_m=60.0 + 20.8 * number),
        )
    for x, z, yaw in ((-2.4, -6.0, np.pi / 2), (2.4, -9.0, -np.pi / 2), (-2.4, -17.0, np.pi / 2)):
        set_.add(placed(street.bench(), (x, _PLATFORM_M, z), yaw=yaw))
        set_.block((x, _PLATFORM_M + 0.4, z), (0.35, 0.4, 0.9))
    face = Finish(rgb("#f0ead8"), Surface.SCREEN, 0.5, 0.8)
    set_.add(
        box(
            (1.6, _PLATFORM_M + 3.1, -8.0),
            (0.42, 0.42, 0.12),
            Finish(rgb("#22262a"), Surface.PAINT, 0.4),
            bevel_m=0.1,
        ),
        box((1.6, _PLATFORM_M + 3.1, -7.87), (0.34, 0.34, 0.01), face),
        boxes(
            [(1.6, _PLATFORM_M + 3.22, -7.85), (1.7, _PLATFORM_M + 3.1, -7.85)],
            [(0.015, 0.14, 0.01), (0.1, 0.015, 0.01)],
            Finish(rgb("#181818")),
        ),
        box((1.6, _PLATFORM_M + 1.5, -8.0), (0.05, 1.5, 0.05), street.IRON),
    )
    set_.post(1.6, -8.0, 0.15, 3.0)
    board = Finish(rgb("#1d3f78"), Surface.PAINT, 0.5)
    set_.add(
        box((-2.2, _PLATFORM_M + 2.5, -12.0), (1.3, 0.26, 0.04), board),
        box(
            (-2.2, _PLATFORM_M + 2.5, -11.95),
            (0.9, 0.07, 0.01),
            Finish(rgb("#e8e6e0"), Surface.PAINT),
        ),
    )
    at = [(-3.0, -9.5), (2.9, -14.0), (-1.6, -20.0), (3.0, -22.0), (-3.1, -26.0), (1.2, -30.0)]
    set_.add_bare(
        crowd.figures([(x, _PLATFORM_M, z) for x, z in at], rng.uniform(0, 6, 6), rng, near=True)
    )
    house = masonry.Style(masonry.BRICKS, masonry.OLD_STONE, masonry.FRAME_WHITE)
    set_.add(
        placed(
            masonry.town_house(40.0, 2, 9.0, house, rng=rng, shop=False),
            (19.0, 0.0, -26.0),
            yaw=-np.pi / 2,
        ),
        placed(
            masonry.gable_roof(41.0, 10.0, 3.0, masonry.SLATE), (23.5, 6.6, -26.0), yaw=np.pi / 2
        ),
    )
    if set_.lit:
        for z in np.arange(-62.0, -8.0, 9.0):
            set_.lamp(Practical((0.6, _PLATFORM_M + 3.6, float(z)), (7.0, 5.4, 3.2), 12.0))
    _lamps(set_, [(-3.4, 4.0, 0.0), (3.4, -3.0, np.pi)], 4.6)


STATION = Landscape(
    ground=Ground(
        Finish(rgb("#7a7368"), Surface.EARTH, 0.95),
        features=(Swell(2.0, 60.0, calm_m=60.0),),
        covers=(
            Cover(rgb("#68615a"), None, patch_m=2.0, share=0.5),
            Cover(rgb("#6d7f42"), Surface.GRASS, inside=(-400.0, -400.0, -9.0, 400.0)),
            Cover(rgb("#6d7f42"), Surface.GRASS, inside=(26.0, -400.0, 400.0, 400.0)),
        ),
        decks=(Deck((-4.8, -100.0, 4.8, 40.0), _PLATFORM_M),),
        near_m=14.0,
        far_m=240.0,
    ),
    climate=Climate(density_per_m=0.0032, sunset_yaw=2.8, night_glow=(0.02, 0.015, 0.01)),
    far=(
        Treeline(60, 24.0, 70.0, arc=(np.pi + 0.22, np.pi + 1.8)),
        Skyline(26, 90.0, 170.0, (10.0, 34.0), arc=(np.pi - 1.3, np.pi + 1.2)),
        Hills(300.0, 600.0, 60.0, _WOODS, seed=6),
    ),
    things=_station_things,
    walk=((-0.9, -6.5), (-0.9, 4.5)),
    keep_in=Space((-4.2, _PLATFORM_M + 0.3, -9.0), (4.2, 7.0, 13.0)),
    underfoot="concrete",
    ambience="city_traffic",
    back_z=-7.5,
)


# --- the runway -----------------------------------------------------------------------------------


def _runway_things(set_: Scenery, _rng: np.random.Generator) -> None:
    at, half = _dashes(0.0, -300.0, 80.0, 20.0)
    set_.add(boxes(at, (0.45, 0.006, half * 1.8), _WHITE))
    set_.add(boxes([(s * 14.0, 0.004, -120.0) for s in (-1, 1)], (0.35, 0.006, 220.0), _WHITE))
    set_.add(
        boxes(
            [(x, 0.004, -22.0) for x in (-10.5, -8.0, -5.5, -3.0, 3.0, 5.5, 8.0, 10.5)],
            (0.8, 0.006, 9.0),
            _WHITE,
        )
    )
    jet = transport.airliner(rgb("#2a4a9a"))
    set_.add(placed(jet, (-21.0, 0.0, -66.0), yaw=0.95))
    set_.block((-21.0, 3.0, -66.0), (3.0, 3.0, 19.0), 0.95)
    set_.move("taking_off", transport.airliner(rgb("#b02a3a")), _climbing())
    set_.add(
        placed(
            whole(vehicles.truck(Finish(rgb("#e0a020"), Surface.PAINT, 0.4))),
            (-15.5, 0.0, -27.0),
            yaw=1.2,
        )
    )
    hall = Finish(rgb("#b8bcc0"), Surface.FACADE, 0.4)
    for x, wide, tall in ((-70.0, 60.0, 13.0), (46.0, 40.0, 11.0)):
        set_.add(box((x, tall / 2, -150.0), (wide, tall / 2, 14.0), hall))
    steel = Finish(rgb("#c8ccd0"), Surface.PLASTER, 0.7)
    set_.add(
        box((22.0, 13.0, -140.0), (2.4, 13.0, 2.4), steel),
        placed(masonry.hip_roof(10.0, 10.0, 0.6, steel), (22.0, 30.6, -140.0)),
        box((22.0, 28.2, -140.0), (4.4, 2.4, 4.4), masonry.GLASS),
    )
    lamp = transport.bollard_lamp()
    z = np.arange(-200.0, 40.0, 12.0)
    for s in (-1, 1):
        set_.add(copies(lamp, np.stack([0 * z + s * 15.6, 0 * z, z], -1)))
    if set_.conditions.dark:
        for number in range(0, len(z), 2):
            set_.lamp(
                Practical((15.6, 0.4, float(z[number])), (2.2, 1.8, 1.0), 6.0),
                Practical((-15.6, 0.4, float(z[number])), (2.2, 1.8, 1.0), 6.0),
            )


def _climbing() -> Callable[[float], Transform]:
    """Roll along a taxiway of its own, lift off and climb."""

    def transform(time_s: float) -> Transform:
        share = (time_s / 16.0 + 0.35) % 1.0
        x, z = 34.0, 60.0 - 620.0 * share
        lift = 170.0 * max(share - 0.22, 0.0) ** 1.5
        pitch = -0.24 * min(max((share - 0.16) * 8, 0.0), 1.0)
        yaw = turn(np.pi)
        tilt = np.array(
            [[1, 0, 0], [0, np.cos(pitch), -np.sin(pitch)], [0, np.sin(pitch), np.cos(pitch)]]
        )
        return np.column_stack([yaw @ tilt, (x, lift, z)]).astype(np.float32)

    return transform


RUNWAY = Landscape(
    ground=Ground(
        Finish(rgb("#71803f"), Surface.GRASS, 0.95),
        covers=(
            Cover(rgb("#8d9450"), None, patch_m=12.0, share=0.45),
            Cover(rgb("#5c5b59"), Surface.ASPHALT, inside=(-15.0, -900.0, 15.0, 200.0)),
            Cover(rgb("#6e6c68"), Surface.ASPHALT, inside=(-70.0, -110.0, -14.0, -26.0)),
            Cover(
                rgb("#55534f"),
                None,
                patch_m=5.0,
                share=0.35,
                inside=(-15.0, -900.0, 15.0, 200.0),
                most=0.6,
            ),
            Cover(rgb("#5c5b59"), Surface.ASPHALT, inside=(26.0, -900.0, 42.0, 200.0)),
        ),
        near_m=17.0,
        cell_m=0.7,
        far_m=420.0,
    ),
    climate=Climate(density_per_m=0.0018, sunset_yaw=2.85),
    far=(
        Treeline(70, 190.0, 300.0, (9.0, 14.0)),
        Hills(500.0, 900.0, 70.0, _WOODS, seed=6),
        Skyline(20, 420.0, 520.0, (30.0, 90.0), arc=(np.pi - 0.9, np.pi - 0.2)),
    ),
    things=_runway_things,
    walk=((-5.0, -0.8), (5.0, -0.8)),
    keep_in=Space((-10.0, 0.3, -10.0), (10.0, 9.0, 15.0)),
    underfoot="asphalt",
    ambience="wind",
    back_z=-8.0,
)


# --- the car park ---------------------------------------------------------------------------------


def _parking_things(set_: Scenery, rng: np.random.Generator) -> None:
    for row, z in enumerate((-7.5, -18.5, -29.5, -40.5)):
        bays = np.arange(-22.5, 23.0, 2.7)
        set_.add(
            boxes(np.stack([bays, 0 * bays + 0.004, 0 * bays + z], -1), (0.06, 0.006, 2.4), _WHITE)
        )
        for x in bays[:-1] + 1.35:
            if rng.random() < 0.25 or (row == 0 and abs(x) < 2.8):
                continue
            tone = street.CAR_COLOURS[int(rng.integers(0, len(street.CAR_COLOURS)))]
            yaw = 0.0 if rng.random() < 0.5 else np.pi
            if row == 0 and abs(x) < 9:
                stand(
                    set_,
                    whole(vehicles.car(Finish(tone, Surface.PAINT, 0.22))),
                    (float(x), 0.0, z),
                    yaw,
                    (0.95, 2.2),
                )
            else:
                set_.add(placed(transport.far_car(tone), (float(x), 0.0, z), yaw=yaw))
                if row == 0:
                    set_.block((float(x), 0.7, z), (0.95, 0.7, 2.2))
    shop = Finish(rgb("#c9c2b4"), Surface.PLASTER, 0.8)
    lit = set_.lit
    glow = Finish(
        rgb("#ffd9a0"), Surface.SCREEN if lit else Surface.GLASS, 0.3, 1.0 if lit else 0.1
    )
    set_.add(
        box((0.0, 4.0, -60.0), (34.0, 4.0, 8.0), shop),
        box((0.0, 7.2, -51.7), (34.2, 0.7, 0.3), Finish(rgb("#b03a2a"), Surface.PAINT, 0.5)),
        box((0.0, 2.0, -51.9), (12.0, 1.8, 0.1), glow),
        box((0.0, 7.2, -51.3), (4.0, 0.42, 0.1), Finish(rgb("#fff0d0"), Surface.SCREEN, 0.4, 2.5)),
    )
    _lamps(
        set_,
        [
            (-8.1, -13.0, 0.0),
            (8.1, -13.0, np.pi),
            (-8.1, -35.0, 0.0),
            (8.1, -35.0, np.pi),
            (-8.4, 3.4, 0.0),
        ],
        8.0,
    )
    for x, z in ((-13.5, -13.0), (13.5, -13.0), (-13.5, 4.5), (13.5, 5.0)):
        plant(set_, "linden", (x, z), 6.5, rng, leaves=300)
    set_.add(
        boxes(
            [(3.4, 0.5, -4.2), (3.4, 0.95, -4.6)],
            [(0.28, 0.02, 0.42), (0.28, 0.02, 0.02)],
            transport.STEEL,
        )
    )
    drive(
        set_,
        "arriving",
        vehicles.car(paint(4)),
        (-60.0, 0.0, -13.0),
        (60.0, 0.0, -13.0),
        4.0,
        offset_m=50.0,
    )


PARKING = Landscape(
    ground=Ground(
        Finish(rgb("#55534f"), Surface.ASPHALT, 0.85),
        covers=(
            Cover(rgb("#3f3e3c"), None, patch_m=2.6, share=0.3, most=0.7),
            Cover(rgb("#6f8a42"), Surface.GRASS, inside=(-300.0, -300.0, -26.0, 300.0)),
            Cover(rgb("#6f8a42"), Surface.GRASS, inside=(26.0, -300.0, 300.0, 300.0)),
            Cover(rgb("#6f8a42"), Surface.GRASS, inside=(-300.0, 16.0, 300.0, 300.0)),
        ),
        near_m=14.0,
        far_m=140.0,
    ),
    climate=Climate(density_per_m=0.003, sunset_yaw=2.7, night_glow=(0.026, 0.018, 0.01)),
    far=(Treeline(50, 40.0, 80.0), Skyline(30, 110.0, 200.0, (20.0, 70.0))),
    things=_parking_things,
    walk=((-5.0, -0.8), (5.0, -0.8)),
    keep_in=Space((-10.0, 0.3, -4.6), (10.0, 8.0, 13.0)),
    underfoot="asphalt",
    ambience="city_traffic",
    back_z=-3.6,
)


# --- petrol ---------------------------------------------------------------------------------------


def _petrol_things(set_: Scenery, rng: np.random.Generator) -> None:
    lit = set_.lit
    red = rgb("#c8302a")
    set_.add(placed(transport.filling_roof(20.0, 11.0, red, lit=lit), (0.0, 0.0, -10.0)))
    for sx in (-1, 1):
        for sz in (-1, 1):
            set_.post(sx * 7.2, -10.0 + sz * 2.5, 0.3, 5.0)
    pump = transport.fuel_pump(red)
    for x in (-4.2, 4.2):
        for z, yaw in ((-8.6, 0.0), (-11.4, np.pi)):
            set_.add(placed(pump, (x, 0.0, z), yaw=yaw))
            set_.block((x, 0.9, z), (0.8, 1.0, 0.55))
    stand(set_, whole(vehicles.car(paint(0))), (-1.4, 0.0, -9.8), 0.1, (0.95, 2.2))
    stand(set_, whole(vehicles.pickup(paint(4))), (7.2, 0.0, -9.0), np.pi, (1.0, 2.7))
    shop = masonry.wall(18.0, 3.8, 0.3, Finish(rgb("#ddd8cc"), Surface.PLASTER, 0.8))
    set_.add(
        placed(shop, (-9.0, 0.0, -20.0)),
        box((0.0, 3.9, -22.0), (9.4, 0.2, 2.6), Finish(rgb("#8d8a84"), Surface.PLASTER)),
    )
    for x in (-6.2, 0.0, 6.2):
        set_.add(
            placed(street.shop_front(5.6, red, rng=rng, lit=lit, height_m=3.5), (x, 0.0, -19.98))
        )
    set_.block((0.0, 2.0, -21.5), (9.0, 2.0, 1.6))
    set_.add(placed(transport.price_tower(red, lit=lit), (-11.5, 0.0, -6.0), yaw=0.2))
    set_.post(-11.5, -6.0, 1.0, 6.0)
    if lit:
        for x in (-6.0, 0.0, 6.0):
            set_.lamp(
                Practical((x, 4.8, -10.0), (20.0, 18.5, 16.0), 20.0, (0.0, -1.0, 0.0), 1.35, 0.6)
            )
            set_.lamp(Practical((x, 2.2, -19.2), (4.0, 3.0, 1.9), 9.0, (0.0, 0.0, 1.0)))
        if set_.conditions.dark:
            set_.lamps.append(Lamp((1.5, 4.6, -3.0), (9.0, 8.4, 7.2), 14.0))
    drive(
        set_,
        "passing",
        vehicles.car(paint(3)),
        (-90.0, 0.0, -32.0),
        (90.0, 0.0, -32.0),
        16.0,
        offset_m=70.0,
    )
    drive(
        set_,
        "lorry",
        vehicles.truck(paint(1)),
        (90.0, 0.0, -35.5),
        (-90.0, 0.0, -35.5),
        15.0,
        offset_m=30.0,
    )
    set_.add(
        boxes([(x, 0.004, -33.7) for x in np.arange(-80.0, 81.0, 8.0)], (1.8, 0.006, 0.07), _WHITE)
    )


PETROL = Landscape(
    ground=Ground(
        Finish(rgb("#6d6b67"), Surface.ASPHALT, 0.85),
        covers=(
            Cover(rgb("#4a4846"), None, patch_m=2.4, share=0.3),
            Cover(rgb("#76803f"), Surface.GRASS, inside=(-300.0, -31.0, 300.0, -24.0)),
            Cover(rgb("#4c4b49"), Surface.ASPHALT, inside=(-300.0, -37.8, 300.0, -29.8)),
            Cover(rgb("#7f8a48"), Surface.GRASS, inside=(-300.0, -300.0, 300.0, -37.8)),
            Cover(rgb("#7f8a48"), Surface.GRASS, inside=(-300.0, 15.0, 300.0, 300.0)),
        ),
        near_m=14.0,
        far_m=160.0,
    ),
    climate=Climate(density_per_m=0.0028, sunset_yaw=2.7, night_glow=(0.01, 0.01, 0.012)),
    growth=(Scatter(tufts(0.4, "#8a9450"), 90, (-30.0, -29.0, 30.0, -24.0), clear_m=8.0),),
    far=(Treeline(60, 50.0, 100.0), Hills(180.0, 380.0, 60.0, _WOODS, seed=6)),
    things=_petrol_things,
    walk=((-5.0, -1.0), (5.0, -1.0)),
    keep_in=Space((-10.0, 0.3, -6.5), (10.0, 7.0, 13.0)),
    underfoot="concrete",
    ambience="city_traffic",
    back_z=-4.4,
)

BUILDERS = {
    "highway": builder("highway", HIGHWAY),
    "bridge": builder("bridge", BRIDGE),
    "train_platform": builder("train_platform", STATION),
    "runway": builder("runway", RUNWAY),
    "parking_lot": builder("parking_lot", PARKING),
    "petrol_station": builder("petrol_station", PETROL),
}

"""Places where water meets what is built: a pier, a rocky coast, a dock."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.geometry import Surface
from matinee.engine.stage.light import Climate
from matinee.engine.stage.parts import masonry, street, waterside
from matinee.engine.stage.parts.finish import Finish, rgb
from matinee.engine.stage.parts.solids import (
    box,
    boxes,
    cylinder,
    placed,
)
from matinee.engine.stage.weather import Plume
from matinee.engine.stage.worlds.landscape import (
    SEA_WATER,
    Hills,
    Landscape,
    Scatter,
    Sea,
    Skyline,
    Water,
    builder,
)
from matinee.engine.stage.worlds.model import Practical, Space
from matinee.engine.stage.worlds.motion import floating, turning
from matinee.engine.stage.worlds.scenery import standing
from matinee.engine.stage.worlds.seas import gulls
from matinee.engine.stage.worlds.terrain import (
    Bank,
    Cover,
    Deck,
    Ground,
    Hill,
    Level,
    Swell,
)
from matinee.engine.stage.worlds.waters import PALE_SAND, rocks, tufts

if TYPE_CHECKING:
    from matinee.engine.stage.worlds.scenery import Scenery


# --- the pier -----------------------------------------------------------------------------------

_PIER_M = 1.5


def _pier_things(set_: Scenery, rng: np.random.Generator) -> None:
    set_.add(placed(waterside.boardwalk(58.0, 5.2, _PIER_M), (0.0, 0.0, -9.0)))
    for side in (-1, 1):
        set_.block((side * 2.5, _PIER_M + 0.5, -9.0), (0.12, 0.55, 29.0))
    lit = set_.lit
    post = street.lantern_post(3.0, lit=lit)
    for number, z in enumerate((4.0, -4.0, -12.0, -20.0, -28.0)):
        x = 2.15 if number % 2 else -2.15
        set_.add(placed(post, (x, _PIER_M, z)))
        set_.post(x, z, 0.15, 3.0)
        if lit:
            set_.lamp(Practical((x, _PIER_M + 2.6, z), (5.0, 3.3, 1.5), 10.0))
    house = masonry.wall(
        4.2,
        2.7,
        0.2,
        Finish(rgb("#e7e0d0"), Surface.WOOD, 0.8),
        openings=[masonry.Opening(0.6, 1.7, 0.9, 2.1), masonry.Opening(2.5, 3.6, 0.9, 2.1)],
    )
    set_.add(
        placed(house, (-2.1, _PIER_M, -34.0)),
        placed(
            masonry.gable_roof(4.6, 3.0, 1.2, Finish(rgb("#8f3a32"), Surface.TILES, 0.8)),
            (0.0, _PIER_M + 2.7, -35.2),
        ),
    )
    set_.block((0.0, _PIER_M + 1.4, -35.0), (2.3, 1.4, 1.4))
    set_.add(
        placed(street.bench(), (-1.9, _PIER_M, -7.5), yaw=np.pi / 2),
        placed(street.bench(), (1.9, _PIER_M, -15.0), yaw=-np.pi / 2),
    )
    set_.block((-1.9, _PIER_M + 0.4, -7.5), (0.35, 0.4, 0.9))
    gulls(set_, rng, (-6.0, 9.0, -22.0))
    set_.move("sail", street.sail_boat(rgb("#7f1418")), floating((26.0, 0.0, -70.0), 0.9, 5.0, 0.4))
    set_.move(
        "boat", street.rowing_boat(rgb("#2f6f86")), floating((-6.4, -0.1, -10.0), 0.5, 4.0, 0.9)
    )


PIER = Landscape(
    ground=Ground(
        PALE_SAND,
        base_m=-3.0,
        features=(
            Bank((0.0, 14.0), 0.0, 16.0, -4.6, wander_m=1.0, bend_per_m=0.002),
            Swell(1.2, 20.0, calm_m=26.0),
        ),
        covers=(Cover(rgb("#a08560"), Surface.SAND, height=(-9.0, 0.15)),),
        decks=(Deck((-2.6, -38.0, 2.6, 20.0), _PIER_M),),
        far_m=90.0,
        cell_m=1.2,
        near_m=30.0,
    ),
    climate=Climate(density_per_m=0.0016, height_falloff_per_m=0.02, sunset_yaw=2.9),
    water=(Sea(0.5, 11.0, 0.15, 3.0, SEA_WATER, foam=0.3, level_m=0.05),),
    far=(
        Skyline(16, 90.0, 130.0, (8.0, 26.0), (8.0, 16.0), arc=(-1.1, 1.1), foot_m=1.0),
        Hills(
            600.0,
            1100.0,
            90.0,
            Finish(rgb("#5c6a6a"), Surface.FOLIAGE, 0.95),
            seed=7,
            arc=(3.5, 4.6),
            columns=60,
        ),
    ),
    things=_pier_things,
    walk=((0.0, -6.5), (0.0, 3.5)),
    keep_in=Space((-5.5, _PIER_M + 0.3, -11.0), (5.5, 9.0, 13.0)),
    underfoot="wood",
    ambience="sea_waves",
    mirror=True,
    floor_radius_m=1.9,
    back_z=-7.0,
    marks=standing(
        ("hero", 0.0, 0.0, 0.0),
        ("left", -1.1, 0.25, 0.55),
        ("right", 1.1, 0.25, -0.55),
        ("back", 0.6, -1.9, 0.0),
        ("far", -0.7, -9.5, 0.0),
        ("front", 0.0, 1.6, np.pi),
    ),
)


# --- the rocky coast ----------------------------------------------------------------------------


def _coast_things(set_: Scenery, rng: np.random.Generator) -> None:
    lit = set_.lit
    x, z = -13.0, -44.0
    foot = set_.foot(x, z)
    set_.add(placed(waterside.lighthouse(19.0, lit=lit), (x, foot - 0.3, z)))
    cottage = masonry.wall(
        6.0,
        2.6,
        0.3,
        Finish(rgb("#e9e4d8"), Surface.PLASTER, 0.8),
        openings=[
            masonry.Opening(0.8, 1.7, 0.9, 2.0),
            masonry.Opening(2.5, 3.4, 0.02, 2.05, "door"),
            masonry.Opening(4.3, 5.2, 0.9, 2.0),
        ],
    )
    set_.add(
        placed(cottage, (x + 3.4, foot, z + 1.5)),
        placed(
            masonry.gable_roof(
                6.2,
                4.0,
                1.7,
                Finish(rgb("#8f3f34"), Surface.TILES, 0.8),
                gable=Finish(rgb("#e9e4d8"), Surface.PLASTER, 0.8),
            ),
            (x + 6.4, foot + 2.55, z - 0.3),
        ),
    )
    if lit:
        top = (x, foot + 15.4, z)
        set_.lamp(Practical(top, (20.0, 15.0, 8.0), 26.0))
        beam = Finish(rgb("#fff0c8"), Surface.SCREEN, 1.0, 0.10)
        ray = placed(box((0, 0, 11.0), (0.7, 0.5, 11.0), beam))
        if set_.conditions.dark:
            set_.move("beam", ray, turning(top, 9.0))
    gulls(set_, rng, (2.0, 9.0, -22.0))
    glow = 0.2 if set_.conditions.dark else 0.8
    for px, pz in ((7.0, -17.0), (15.0, -24.0), (-2.0, -21.0)):
        set_.airs.append(
            Plume(
                (px, -5.5, pz),
                90,
                2.2,
                (0.0, 2.6, 0.6),
                (2.4, 0.2, 1.0),
                1.2,
                0.25,
                3.0,
                (0.8 * glow, 0.85 * glow, 0.9 * glow),
                0.3,
            )
        )


COAST = Landscape(
    ground=Ground(
        Finish(rgb("#6f7a3c"), Surface.GRASS, 0.95),
        features=(
            Swell(3.0, 26.0, calm_m=6.0),
            Bank((3.0, -6.4), np.pi - 0.35, 4.2, 10.5, wander_m=2.6, cell_m=16.0),
            Hill((-10.0, -44.0), 15.0, 11.0, power=0.45, rough=0.12),
            Level((-16.0, -48.0, -3.0, -40.5), 1.6, 3.0),
            Hill((13.0, -19.0), 4.4, 6.4, power=0.6, rough=0.3),
            Hill((22.0, -34.0), 6.0, 9.0, power=0.6, rough=0.3),
        ),
        covers=(
            Cover(rgb("#6a6258"), Surface.EARTH, steep=(0.16, 2.0)),
            Cover(rgb("#554f48"), Surface.EARTH, height=(-30.0, -4.6)),
            Cover(rgb("#8f8452"), None, patch_m=3.0, share=0.4),
            Cover(
                rgb("#9a8a64"),
                Surface.EARTH,
                on=((-10.0, 3.0), (-2.0, -0.5), (5.0, 0.5), (12.0, 5.0)),
                half_m=0.6,
            ),
        ),
        near_m=22.0,
        cell_m=0.75,
        far_m=120.0,
        blotch_m=2.5,
    ),
    climate=Climate(density_per_m=0.0024, height_falloff_per_m=0.02, sunset_yaw=2.7),
    water=(Sea(1.0, 16.0, 0.3, 4.0, rgb("#1c5468"), level_m=-6.2, foam=0.9),),
    growth=(
        Scatter(
            rocks(0.8, Finish(rgb("#5d564d"), Surface.EARTH, 0.9)),
            70,
            (-22.0, -34.0, 30.0, -7.0),
            height=(-8.5, -4.0),
            scale=(0.6, 2.6),
            steep=2.0,
            sink_m=0.3,
        ),
        Scatter(
            tufts(0.34, "#8b9048"),
            330,
            (-12.0, -7.0, 12.0, 8.0),
            height=(-1.2, 9.0),
            clear_m=1.4,
            lane_m=0.5,
            sway=0.2,
            steep=0.3,
        ),
        Scatter(
            rocks(0.35),
            30,
            (-12.0, -8.0, 12.0, 9.0),
            height=(-1.5, 9.0),
            clear_m=3.0,
            scale=(0.5, 1.6),
        ),
    ),
    things=_coast_things,
    walk=((-5.0, 0.2), (5.0, 0.6)),
    keep_in=Space((-9.0, 0.2, -5.0), (9.0, 8.0, 13.0)),
    underfoot="grass",
    ambience="sea_waves",
    back_z=-3.2,
)


# --- the dock -----------------------------------------------------------------------------------


def _dock_things(set_: Scenery, rng: np.random.Generator) -> None:
    crane_red, crane_blue = rgb("#b8452e"), rgb("#2f6a92")
    for x, z, tall, tone in (
        (-17.0, -20.0, 30.0, crane_red),
        (14.0, -22.0, 32.0, crane_blue),
        (44.0, -24.0, 30.0, crane_red),
    ):
        set_.add(placed(waterside.harbour_crane(tall, tone), (x, 0.0, z)))
        set_.block((x, 3.0, z), (0.30 * tall, 3.0, 0.25 * tall))
    stacks = [
        (-9.5, -9.0, 3, 0.0),
        (-12.3, -9.2, 2, 0.0),
        (-9.5, -2.4, 2, 0.0),
        (-12.2, -2.2, 3, 0.05),
        (9.8, -8.0, 2, 0.0),
        (12.6, -8.0, 3, 0.0),
        (10.0, -1.2, 1, 0.06),
        (12.8, -1.0, 2, 0.0),
        (11.5, 9.0, 2, 1.57),
        (-11.5, 8.0, 2, 1.5),
    ]
    set_.add(waterside.containers(stacks, rng))
    for x, z, layers, yaw in stacks:
        set_.block((x, 1.3 * layers, z), (1.25, 1.3 * layers, 3.1), yaw)
    set_.move(
        "ship",
        waterside.cargo_ship(120.0, rgb("#23303c")),
        floating((-6.0, -2.2, -62.0), np.pi / 2, 11.0, 0.3, heave_m=0.15),
    )
    set_.move(
        "tug",
        placed(street.sail_boat(rgb("#7a2a24")), (0, 0, 0)),
        floating((34.0, -2.0, -44.0), 1.2, 4.0, 0.9),
    )
    for x in np.arange(-27.0, 28.0, 6.0):
        set_.add(placed(cylinder(0.28, 0.55, street.IRON, sides=10), (float(x), 0.0, -14.4)))
    gulls(set_, rng, (0.0, 14.0, -26.0))
    yellow = Finish(rgb("#c9a032"), Surface.ASPHALT, 0.7)
    set_.add(boxes([(0.0, 0.004, z) for z in (-13.2, -5.0)], (30.0, 0.005, 0.09), yellow))
    if set_.conditions.dark:
        for x in (-14.0, 0.0, 14.0):
            set_.add(placed(street.street_lamp(8.0, lit=True), (x, 0.0, -12.6), yaw=-np.pi / 2))
            set_.lamp(Practical((x, 7.8, -11.4), (12.0, 9.0, 5.0), 20.0, (0.0, -1.0, 0.0), 1.25))


DOCK = Landscape(
    ground=Ground(
        Finish(rgb("#6b6a66"), Surface.ASPHALT, 0.85),
        features=(Bank((0.0, -15.2), np.pi, 0.3, 9.0),),
        covers=(
            Cover(rgb("#4f4c48"), None, patch_m=3.0, share=0.3),
            Cover(rgb("#7a7770"), Surface.STONE, inside=(-200.0, -15.3, 200.0, -14.0)),
        ),
        near_m=16.0,
        far_m=140.0,
    ),
    climate=Climate(
        density_per_m=0.0034, sunset_yaw=2.75, haze=(1.0, 1.0, 1.0), night_glow=(0.02, 0.016, 0.012)
    ),
    water=(Water((-300.0, -400.0, 300.0, -15.2), rgb("#2b4a52"), y_m=-2.2),),
    far=(
        Skyline(26, 260.0, 420.0, (14.0, 60.0)),
        Skyline(14, 40.0, 70.0, (8.0, 16.0), (16.0, 30.0), arc=(-1.2, 1.2)),
    ),
    things=_dock_things,
    walk=((-4.8, -1.0), (4.8, -1.0)),
    keep_in=Space((-7.5, 0.3, -9.0), (7.5, 9.0, 14.0)),
    underfoot="concrete",
    ambience="sea_waves",
    shadow_radius_m=36.0,
)


BUILDERS = {
    "pier": builder("pier", PIER),
    "coast": builder("coast", COAST),
    "dock": builder("dock", DOCK),
}

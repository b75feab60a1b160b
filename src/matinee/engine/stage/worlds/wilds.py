"""Wild country: canyon, desert road, savanna, jungle, bamboo, autumn, snow, ice and fire."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from matinee.engine.render.geometry import Surface
from matinee.engine.stage.light import Climate
from matinee.engine.stage.parts import greenery, plants, street, wild
from matinee.engine.stage.parts.finish import Finish, rgb, weathered
from matinee.engine.stage.parts.solids import (
    box,
    boxes,
    lathe,
    placed,
    tube,
)
from matinee.engine.stage.parts.things import vehicles
from matinee.engine.stage.worlds.landscape import (
    Hills,
    Landscape,
    Scatter,
    builder,
)
from matinee.engine.stage.worlds.model import Space
from matinee.engine.stage.worlds.motion import circling
from matinee.engine.stage.worlds.terrain import (
    Cover,
    Ground,
    Hill,
    Level,
    Steps,
    Swell,
    Trench,
)
from matinee.engine.stage.worlds.traffic import drive, paint
from matinee.engine.stage.worlds.waters import rocks, tufts

if TYPE_CHECKING:
    import numpy as np

    from matinee.engine.stage.worlds.scenery import Scenery

RED_ROCK = Finish(rgb("#a4603c"), Surface.EARTH, 0.92)
SNOW = Finish(rgb("#e6ebf2"), Surface.SNOW, 0.9)


# --- canyon -------------------------------------------------------------------------------------

_GORGE = ((0.0, 40.0), (0.0, 0.0), (-3.0, -22.0), (6.0, -50.0), (-4.0, -90.0), (10.0, -140.0))


def _canyon_things(set_: Scenery, rng: np.random.Generator) -> None:
    set_.move(
        "eagle",
        wild.bird(rgb("#2e2620"), span_m=2.4),
        circling((-4.0, 22.0, -44.0), 16.0, 20.0, 0.6),
    )
    for x, z, tall in ((-5.0, -6.5, 2.4), (6.2, -3.8, 1.8), (-6.4, 3.0, 2.0)):
        foot = set_.foot(x, z)
        set_.add(placed(plants.tree("olive", tall + 1.2, rng=rng, leaves=160), (x, foot, z)))
        set_.post(x, z, 0.3, 2.0)


CANYON = Landscape(
    ground=Ground(
        RED_ROCK,
        base_m=34.0,
        features=(
            Swell(9.0, 40.0, calm_m=12.0, octaves=4),
            Trench(_GORGE, 5.0, 0.0, 24.0, wander_m=3.0),
            Steps(4.6, low_m=1.2, sharp=0.62),
            Swell(0.5, 6.0, calm_m=3.0),
        ),
        covers=(
            Cover(rgb("#c98a58"), None, bands_m=3.1, steep=(0.2, 2.0), most=0.75),
            Cover(rgb("#7c3f2a"), None, bands_m=1.35, steep=(0.25, 2.0), most=0.5),
            Cover(rgb("#c49a6a"), Surface.SAND, steep=(-1.0, 0.16), height=(-5.0, 2.2)),
            Cover(rgb("#b57a4c"), None, steep=(-1.0, 0.2), height=(3.0, 90.0)),
        ),
        near_m=30.0,
        cell_m=0.95,
        far_m=190.0,
        growth=1.1,
        blotch_m=4.0,
    ),
    climate=Climate(
        density_per_m=0.0026,
        haze=(1.12, 0.98, 0.86),
        sunset_yaw=2.75,
        low_elevation=0.3,
        bounce=(1.35, 0.95, 0.7),
    ),
    growth=(
        Scatter(
            rocks(0.55, RED_ROCK),
            90,
            (-14.0, -40.0, 14.0, 12.0),
            height=(-1.0, 3.0),
            clear_m=3.2,
            scale=(0.25, 2.2),
            steep=0.4,
        ),
        Scatter(
            tufts(0.3, "#8f8a52", 6),
            110,
            (-9.0, -22.0, 9.0, 10.0),
            height=(-1.0, 2.0),
            clear_m=2.0,
            sway=0.1,
            patch_m=3.0,
        ),
    ),
    far=(Hills(300.0, 620.0, 90.0, RED_ROCK.times(0.9), seed=6, foot_m=10.0),),
    things=_canyon_things,
    walk=((0.0, -6.0), (0.0, 4.0)),
    keep_in=Space((-6.0, 0.3, -12.0), (6.0, 9.0, 14.0)),
    underfoot="gravel",
    ambience="desert_wind",
    back_z=-9.0,
)


# --- a road through the desert -------------------------------------------------------------------


def _desert_road_things(set_: Scenery, rng: np.random.Generator) -> None:
    _markings(set_, 3.75, -300.0, 90.0)
    wood = Finish(rgb("#6d5742"), Surface.WOOD, 0.95)
    poles = []
    for number in range(12):
        z = 16.0 - 15.0 * number
        top = (7.6, 7.0, z)
        poles.append(top)
        set_.add(tube([(7.6, -0.2, z), (7.6, 7.6, z)], [0.13, 0.09], wood, sides=6))
        set_.add(boxes([(7.6, 6.9, z)], (0.9, 0.06, 0.06), wood))
        if number < 3:
            set_.post(7.6, z, 0.2, 7.0)
    for side in (-0.8, 0.8):
        for one, other in pairwise(poles):
            set_.add(
                street.cable(
                    (one[0] + side, 7.0, one[2]), (other[0] + side, 7.0, other[2]), sag_m=0.5
                )
            )
    for x, z, tall in (
        (-6.8, -5.4, 3.6),
        (-9.6, -13.0, 4.4),
        (11.0, -9.0, 3.8),
        (-7.4, 5.0, 3.2),
        (13.0, -24.0, 4.6),
        (-16.0, -26.0, 4.0),
        (18.0, 2.0, 4.2),
    ):
        foot = set_.foot(x, z)
        set_.add(placed(greenery.cactus(tall, rng=rng), (x, foot, z)))
        set_.post(x, z, 0.4, tall)
    drive(
        set_,
        "car",
        vehicles.car(paint(0)),
        (2.65, 0.0, 70.0),
        (2.65, 0.0, -190.0),
        19.0,
        offset_m=110.0,
    )
    sign = Finish(rgb("#d8b23a"), Surface.PAINT, 0.5)
    set_.add(
        placed(box((0, 2.2, 0), (0.42, 0.42, 0.02), sign), (-5.0, 0.0, -9.0)),
        tube([(-5.0, 0, -9.03), (-5.0, 2.3, -9.03)], 0.035, street.CHROME, sides=5),
    )


DESERT_ROAD = Landscape(
    ground=Ground(
        Finish(rgb("#bf9766"), Surface.SAND, 0.95),
        features=(
            Swell(3.4, 46.0, calm_m=14.0),
            Swell(0.35, 6.0, calm_m=6.0),
            Hill((-70.0, -150.0), 46.0, 34.0, power=0.35, rough=0.4),
            Hill((62.0, -190.0), 34.0, 40.0, power=0.35, rough=0.4),
            Hill((20.0, -240.0), 26.0, 46.0, power=0.35, rough=0.4),
            Level((-5.2, -400.0, 5.2, 120.0), 0.0, 6.0),
        ),
        covers=(
            Cover(rgb("#8f6a44"), None, bands_m=6.0, height=(5.0, 99.0), most=0.7),
            Cover(rgb("#9a7648"), Surface.EARTH, patch_m=7.0, share=0.42),
            Cover(rgb("#4c4a48"), Surface.ASPHALT, inside=(-3.75, -400.0, 3.75, 120.0)),
        ),
        near_m=14.0,
        cell_m=0.5,
        growth=1.11,
        far_m=320.0,
    ),
    climate=Climate(
        density_per_m=0.0016, haze=(1.15, 1.0, 0.85), sunset_yaw=2.85, bounce=(1.3, 1.02, 0.75)
    ),
    growth=(
        Scatter(
            tufts(0.4, "#8b8a54", 8),
            200,
            (-26.0, -40.0, 26.0, 12.0),
            clear_m=4.4,
            sway=0.14,
            off=((0.0, -200.0), (0.0, 100.0)),
            away_m=4.2,
        ),
        Scatter(
            rocks(0.35, Finish(rgb("#96704a"), Surface.EARTH, 0.92)),
            70,
            (-22.0, -36.0, 22.0, 12.0),
            clear_m=4.0,
            scale=(0.3, 2.0),
            off=((0.0, -200.0), (0.0, 100.0)),
            away_m=4.4,
        ),
    ),
    far=(
        Hills(
            420.0, 800.0, 120.0, Finish(rgb("#8a6248"), Surface.EARTH, 0.92), seed=14, foot_m=-6.0
        ),
    ),
    things=_desert_road_things,
    walk=((-3.0, -6.0), (-3.0, 5.0)),
    keep_in=Space((-8.0, 0.3, -10.0), (6.8, 8.0, 14.0)),
    underfoot="asphalt",
    ambience="desert_wind",
    back_z=-8.0,
)


def _markings(set_: Scenery, half_m: float, z0: float, z1: float) -> None:
    """Paint a country road: yellow double line in the middle, white edges."""
    yellow, white = (
        Finish(rgb("#c9a23a"), Surface.ASPHALT, 0.7),
        Finish(rgb("#c4c1b8"), Surface.ASPHALT, 0.7),
    )
    middle, half = (z0 + z1) / 2, (z1 - z0) / 2
    set_.add(boxes([(x, 0.004, middle) for x in (-0.12, 0.12)], (0.055, 0.006, half), yellow))
    set_.add(
        boxes([(x * (half_m - 0.25), 0.004, middle) for x in (-1, 1)], (0.06, 0.006, half), white)
    )


# --- dunes ----------------------------------------------------------------------------------------

DESERT = Landscape(
    ground=Ground(
        Finish(rgb("#cfa468"), Surface.SAND, 0.95),
        features=(
            Swell(24.0, 64.0, calm_m=10.0, octaves=2, sharp=True),
            Swell(3.0, 22.0, calm_m=7.0, octaves=2, sharp=True, seed=19),
        ),
        covers=(Cover(rgb("#b98a54"), None, patch_m=9.0, share=0.4, most=0.6),),
        near_m=26.0,
        cell_m=0.8,
        growth=1.09,
        far_m=300.0,
        blotch=0.08,
    ),
    climate=Climate(
        density_per_m=0.0022,
        haze=(1.16, 1.0, 0.82),
        sunset_yaw=2.8,
        bounce=(1.4, 1.05, 0.7),
    ),
    growth=(
        Scatter(
            tufts(0.35, "#8f8450", 8),
            26,
            (-22.0, -30.0, 22.0, 12.0),
            clear_m=4.0,
            sway=0.14,
        ),
        Scatter(
            rocks(0.3, Finish(rgb("#96704a"), Surface.EARTH, 0.92)),
            20,
            (-20.0, -30.0, 20.0, 12.0),
            clear_m=3.5,
            scale=(0.3, 1.8),
        ),
    ),
    far=(Hills(330.0, 640.0, 70.0, Finish(rgb("#b0854f"), Surface.SAND, 0.95), seed=14),),
    walk=((-4.6, -0.8), (4.6, -0.8)),
    keep_in=Space((-9.0, 0.2, -9.0), (9.0, 9.0, 14.0)),
    underfoot="sand",
    ambience="desert_wind",
    back_z=-7.0,
)


# --- savanna --------------------------------------------------------------------------------------


def _savanna_things(set_: Scenery, rng: np.random.Generator) -> None:
    for x, z, tall in (
        (-7.5, -9.0, 7.5),
        (10.5, -17.0, 8.5),
        (-18.0, -34.0, 9.0),
        (26.0, -44.0, 9.0),
        (2.0, -60.0, 9.0),
        (-9.0, 7.0, 7.0),
        (13.0, 5.0, 7.5),
    ):
        foot = set_.foot(x, z)
        set_.add(placed(greenery.acacia(tall, rng=rng), (x, foot, z), yaw=x))
        set_.post(x, z, 0.45, 4.0)
    set_.move(
        "vultures",
        wild.flock(5, rgb("#241f1a"), rng, span_m=2.0, spread_m=9.0),
        circling((10.0, 24.0, -60.0), 18.0, 24.0, 0.2),
    )
    mound = weathered(
        lathe(
            [(0.9, -0.2), (0.7, 0.5), (0.45, 1.2), (0.2, 1.9), (0.0, 2.1)],
            Finish(rgb("#9a6a44"), Surface.EARTH, 0.95),
            sides=9,
        ),
        amount=0.3,
        cell_m=0.4,
    )
    for x, z in ((5.8, -6.2), (-12.0, -20.0)):
        foot = set_.foot(x, z)
        set_.add(placed(mound, (x, foot, z)))
        set_.post(x, z, 0.8, 1.8)


SAVANNA = Landscape(
    ground=Ground(
        Finish(rgb("#b3964f"), Surface.GRASS, 0.95),
        features=(Swell(2.4, 48.0, calm_m=8.0),),
        covers=(
            Cover(rgb("#8c8a48"), None, patch_m=9.0, share=0.45),
            Cover(
                rgb("#a87a4c"),
                Surface.EARTH,
                on=((-3.0, 14.0), (0.0, 0.0), (3.0, -16.0), (-2.0, -40.0)),
                half_m=1.0,
            ),
        ),
        far_m=260.0,
    ),
    climate=Climate(
        density_per_m=0.0022, haze=(1.12, 1.0, 0.84), sunset_yaw=2.95, bounce=(1.25, 1.05, 0.7)
    ),
    growth=(
        Scatter(
            tufts(0.62, "#b59a4c", 9),
            520,
            (-15.0, -16.0, 15.0, 8.0),
            clear_m=1.7,
            lane_m=0.7,
            sway=0.16,
            patch_m=4.0,
            share=0.7,
        ),
        Scatter(
            tufts(0.8, "#a8904a", 8, 0.8),
            420,
            (-44.0, -60.0, 44.0, -14.0),
            clear_m=3.0,
            patch_m=7.0,
            share=0.65,
        ),
        Scatter(
            lambda rng: plants.bush(0.8, rng=rng, leaves=60, colour=rgb("#75783c")),
            26,
            (-36.0, -50.0, 36.0, 10.0),
            clear_m=6.0,
            solid_m=0.5,
            solid_height_m=1.0,
        ),
        Scatter(
            lambda rng: greenery.acacia(7.0, rng=rng, leaves=90),
            26,
            (-120.0, -150.0, 120.0, -56.0),
            clear_m=30.0,
            kinds=2,
        ),
        Scatter(
            rocks(0.5, Finish(rgb("#8f7a5c"), Surface.EARTH, 0.92)),
            24,
            (-18.0, -22.0, 18.0, 9.0),
            clear_m=3.5,
            scale=(0.4, 1.6),
        ),
    ),
    far=(
        Hills(340.0, 700.0, 70.0, Finish(rgb("#7d7350"), Surface.GRASS, 0.95), seed=10),
        Hills(
            800.0,
            1300.0,
            260.0,
            Finish(rgb("#6d6a68"), Surface.EARTH, 0.9),
            seed=2,
            foot_m=-20.0,
            snowline_m=190.0,
            arc=(2.6, 3.5),
            columns=60,
        ),
    ),
    things=_savanna_things,
    walk=((-0.5, -6.0), (0.5, 4.0)),
    keep_in=Space((-9.0, 0.3, -10.0), (9.0, 8.0, 14.0)),
    ambience="wind",
    back_z=-7.0,
)


BUILDERS = {
    "canyon": builder("canyon", CANYON),
    "desert": builder("desert", DESERT),
    "desert_road": builder("desert_road", DESERT_ROAD),
    "savanna": builder("savanna", SAVANNA),
}

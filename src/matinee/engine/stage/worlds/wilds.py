"""Wild country: canyon, desert road, savanna, jungle, bamboo, autumn, snow, ice and fire."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.render.scene import Lamp
from matinee.engine.stage.light import Climate
from matinee.engine.stage.parts import eastern, greenery, plants, street, wild
from matinee.engine.stage.parts.finish import Finish, fractal, rgb, weathered
from matinee.engine.stage.parts.solids import (
    boulder,
    box,
    boxes,
    grid_triangles,
    lathe,
    placed,
    shape,
    tube,
    up,
)
from matinee.engine.stage.parts.things import vehicles
from matinee.engine.stage.weather import Air, Plume, motes
from matinee.engine.stage.worlds.landscape import (
    Hills,
    Landscape,
    Scatter,
    Treeline,
    Water,
    builder,
)
from matinee.engine.stage.worlds.model import Practical, Space
from matinee.engine.stage.worlds.motion import circling, driving, floating
from matinee.engine.stage.worlds.scenery import snowed
from matinee.engine.stage.worlds.terrain import (
    Bank,
    Cover,
    Ground,
    Hill,
    Level,
    Steps,
    Swell,
    Trench,
    path_through,
)
from matinee.engine.stage.worlds.traffic import drive, paint
from matinee.engine.stage.worlds.waters import plant, rocks, tufts

if TYPE_CHECKING:
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
        foot = float(set_.height(np.array([x]), np.array([z]))[0])
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
        foot = float(set_.height(np.array([x]), np.array([z]))[0])
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
        foot = float(set_.height(np.array([x]), np.array([z]))[0])
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
        foot = float(set_.height(np.array([x]), np.array([z]))[0])
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


# --- jungle ---------------------------------------------------------------------------------------


def _jungle_things(set_: Scenery, rng: np.random.Generator) -> None:
    for x, z, tall in (
        (-4.8, -4.6, 17.0),
        (5.4, -6.2, 18.0),
        (-8.4, -12.0, 18.0),
        (9.6, -13.0, 17.0),
        (0.8, -17.0, 19.0),
        (-7.0, 4.2, 16.0),
        (7.4, 5.6, 17.0),
        (-3.0, 13.0, 18.0),
        (4.4, 14.0, 17.0),
    ):
        foot = float(set_.height(np.array([x]), np.array([z]))[0])
        set_.add(placed(greenery.log_tree(tall, rng=rng), (x, foot, z), yaw=x))
        set_.post(x, z, 0.85, 9.0)
    for _ in range(9):
        x0, z0 = rng.uniform(-9, 9), rng.uniform(-13, -3)
        x1, z1 = x0 + rng.uniform(-5, 5), z0 + rng.uniform(-2, 2)
        set_.add(
            street.cable(
                (x0, rng.uniform(6, 11), z0),
                (x1, rng.uniform(6, 11), z1),
                sag_m=float(rng.uniform(1.5, 4.0)),
            )
        )
    set_.move(
        "parrots",
        wild.flock(4, rgb("#c23a2a"), rng, span_m=0.7, spread_m=3.0),
        circling((2.0, 8.5, -14.0), 9.0, 10.0, 0.4),
    )
    warm = 0.02 if set_.conditions.dark else 0.10
    set_.airs += [
        motes((0.9, 0.95, 0.7), count=130, side_m=9.0),
        Air(
            10,
            16.0,
            (0, 0, 0),
            0.7,
            (warm, warm * 0.95, warm * 0.6),
            0.0,
            0.2,
            9.0,
            streak=(1.6, 6.4, 1.1),
        ),
    ]


def _broadleaf(rng: np.random.Generator) -> Mesh:
    """Return a big-leaved plant of the undergrowth."""
    stem = plants.palm(0.9, rng=rng, fronds=7)
    return placed(stem, scale=(0.62, 0.9, 0.62))


JUNGLE = Landscape(
    ground=Ground(
        Finish(rgb("#4a3d28"), Surface.EARTH, 0.95),
        features=(
            Swell(2.2, 18.0, calm_m=5.0),
            Trench(((-1.0, 14.0), (0.0, 2.0), (0.3, -5.0), (-2.0, -14.0)), 0.9, 0.0, 2.5),
        ),
        covers=(
            Cover(rgb("#42552a"), Surface.GRASS, patch_m=3.0, share=0.6),
            Cover(
                rgb("#6a5436"),
                Surface.EARTH,
                on=((-1.0, 14.0), (0.0, 2.0), (0.3, -5.0), (-2.0, -14.0)),
                half_m=0.8,
            ),
        ),
        far_m=70.0,
    ),
    climate=Climate(
        density_per_m=0.014,
        height_falloff_per_m=0.03,
        haze=(0.86, 1.06, 0.84),
        sunset_yaw=2.5,
        low_elevation=0.5,
        exposure=1.2,
        bounce=(0.8, 1.15, 0.6),
    ),
    growth=(
        Scatter(
            _broadleaf,
            46,
            (-11.0, -14.0, 11.0, 10.0),
            clear_m=3.0,
            solid_m=0.3,
            solid_height_m=1.0,
            scale=(0.7, 1.3),
            kinds=3,
            tint=0.3,
            sway=0.06,
        ),
        Scatter(
            lambda rng: plants.fern(0.85, rng=rng),
            90,
            (-11.0, -14.0, 11.0, 10.0),
            clear_m=2.2,
            lane_m=0.9,
            sway=0.06,
            tint=0.3,
        ),
        Scatter(
            lambda rng: plants.bush(0.9, rng=rng, leaves=70, colour=rgb("#3f6428")),
            20,
            (-16.0, -18.0, 16.0, 14.0),
            clear_m=4.4,
            solid_m=0.6,
            solid_height_m=1.2,
            tint=0.3,
        ),
        Scatter(
            lambda rng: greenery.log_tree(17.0, rng=rng, moss=False),
            22,
            (-34.0, -38.0, 34.0, 30.0),
            clear_m=17.0,
            kinds=2,
            spacing_m=4.0,
        ),
        Scatter(tufts(0.4, "#58763a", 6), 130, (-9.0, -10.0, 9.0, 8.0), clear_m=1.8, lane_m=0.8),
    ),
    far=(Treeline(70, 20.0, 46.0, (9.0, 15.0), colours=(rgb("#38562a"), rgb("#446330"))),),
    things=_jungle_things,
    walk=((0.2, -5.0), (0.2, 4.0)),
    keep_in=Space((-7.0, 0.3, -8.0), (7.0, 7.0, 11.0)),
    underfoot="leaves",
    ambience="forest_birds",
    floor_radius_m=1.6,
    back_z=-4.6,
)


# --- bamboo grove ---------------------------------------------------------------------------------


def _bamboo_things(set_: Scenery, _rng: np.random.Generator) -> None:
    fence = Finish(rgb("#8f7a4a"), Surface.WOOD, 0.9)
    for side in (-1, 1):
        z = np.arange(-34.0, 14.0, 0.34)
        x = side * (2.5 + 0.25 * np.sin(z * 0.16))
        set_.add(boxes(np.stack([x, 0 * z + 0.36, z], -1), (0.02, 0.36, 0.02), fence))
        for y in (0.3, 0.62):
            set_.add(
                boxes(
                    np.stack([x[::4], 0 * z[::4] + y, z[::4] + 0.5], -1),
                    (0.025, 0.02, 0.72),
                    fence.times(0.8),
                )
            )
        set_.block((side * 2.75, 0.4, -10.0), (0.3, 0.4, 24.0))
    lantern = eastern.stone_lantern(lit=set_.conditions.dark or set_.conditions.low_sun)
    for x, z in ((-2.0, -6.0), (2.0, -13.0)):
        set_.add(placed(lantern, (x, 0.0, z)))
        set_.post(x, z, 0.3, 1.4)
        if set_.conditions.dark:
            set_.lamp(Practical((x, 1.1, z), (4.0, 2.4, 0.9), 8.0))
    warm = 0.015 if set_.conditions.dark else 0.07
    set_.airs += [
        motes((0.9, 0.95, 0.6), count=90),
        Air(
            10,
            16.0,
            (0, 0, 0),
            0.6,
            (warm, warm, warm * 0.6),
            0.0,
            0.2,
            9.0,
            streak=(1.2, 6.0, 0.8),
        ),
    ]


BAMBOO = Landscape(
    ground=Ground(
        Finish(rgb("#5e5232"), Surface.EARTH, 0.95),
        features=(Swell(1.6, 16.0, calm_m=7.0), Trench(((0.0, 40.0), (0.0, -50.0)), 2.6, 0.0, 2.0)),
        covers=(
            Cover(rgb("#6d6a3a"), None, patch_m=2.0, share=0.5),
            Cover(rgb("#8f8368"), Surface.EARTH, on=((0.0, 40.0), (0.0, -60.0)), half_m=1.9),
        ),
        far_m=60.0,
    ),
    climate=Climate(
        density_per_m=0.010,
        haze=(0.92, 1.08, 0.82),
        sunset_yaw=2.6,
        low_elevation=0.42,
        exposure=1.22,
        bounce=(0.9, 1.15, 0.6),
    ),
    growth=(
        Scatter(
            lambda rng: greenery.bamboo(11.0, rng=rng),
            330,
            (-17.0, -36.0, 17.0, 13.0),
            clear_m=3.3,
            kinds=6,
            scale=(0.8, 1.25),
            solid_m=0.09,
            off=((0.0, 60.0), (0.0, -60.0)),
            away_m=2.9,
            tint=0.25,
            lane_m=2.9,
        ),
        Scatter(
            tufts(0.22, "#7d8a3e", 5),
            110,
            (-8.0, -14.0, 8.0, 8.0),
            clear_m=2.6,
            off=((0.0, 60.0), (0.0, -60.0)),
            away_m=2.6,
        ),
    ),
    far=(Treeline(60, 30.0, 46.0, (11.0, 15.0), colours=(rgb("#6f8a3c"), rgb("#5f7a38"))),),
    things=_bamboo_things,
    walk=((0.0, -6.0), (0.0, 4.5)),
    keep_in=Space((-2.3, 0.3, -12.0), (2.3, 6.0, 12.0)),
    underfoot="gravel",
    ambience="forest_birds",
    floor_radius_m=1.5,
    back_z=-9.0,
)


# --- autumn forest --------------------------------------------------------------------------------


def _autumn_things(set_: Scenery, rng: np.random.Generator) -> None:
    for x, z, tall in (
        (-5.2, -5.0, 10.0),
        (5.6, -4.0, 9.0),
        (-8.5, -10.0, 11.0),
        (8.0, -11.0, 11.0),
        (-6.8, 3.6, 9.5),
        (7.4, 4.0, 10.0),
        (-3.5, -17.0, 11.0),
        (4.0, -20.0, 12.0),
        (-4.0, 12.0, 10.0),
        (5.0, 13.0, 11.0),
    ):
        plant(set_, "autumn", (x, z), tall, rng, leaves=420)
    set_.add(
        placed(
            street.bench(),
            (-2.7, float(set_.height(np.array([-2.7]), np.array([-3.6]))[0]), -3.6),
            yaw=0.9,
        )
    )
    set_.block((-2.7, 0.4, -3.6), (0.9, 0.5, 0.35), 0.9)
    light = 0.12 if set_.conditions.dark else 1.0
    if not set_.conditions.snowy:
        for tone in ((0.62, 0.26, 0.05), (0.72, 0.42, 0.08)):
            colour = (tone[0] * light, tone[1] * light, tone[2] * light)
            set_.airs.append(
                Air(
                    46,
                    14.0,
                    (0.25, -0.7, 0.1),
                    0.06,
                    colour,
                    0.95,
                    0.6,
                    2.6,
                    streak=(0.03, 0.02, 0.02),
                )
            )


def _litter(rng: np.random.Generator) -> Mesh:
    tones = ("#b5652a", "#c98a2e", "#9a3a22", "#d0a63c")
    at = rng.normal(0, 0.55, (26, 3)) * (1, 0, 1) + up(0.02)
    tone = rgb(tones[int(rng.integers(0, 4))])
    return greenery.leaf_cards(
        at, np.broadcast_to((0.0, 1.0, 0.0), (26, 3)).astype(np.float64), 0.09, tone, rng=rng
    )


AUTUMN = Landscape(
    ground=Ground(
        Finish(rgb("#7a5a30"), Surface.EARTH, 0.95),
        features=(
            Swell(2.0, 24.0, calm_m=5.0),
            Trench(((0.6, 20.0), (0.0, 2.0), (-0.6, -8.0), (2.0, -30.0)), 1.3, 0.0, 3.0),
        ),
        covers=(
            Cover(rgb("#a8622c"), Surface.GRASS, patch_m=2.0, share=0.55),
            Cover(rgb("#c08a3a"), None, patch_m=3.4, share=0.4, most=0.7),
            Cover(
                rgb("#8c6f4a"),
                Surface.EARTH,
                on=((0.6, 20.0), (0.0, 2.0), (-0.6, -8.0), (2.0, -30.0)),
                half_m=1.0,
            ),
        ),
        far_m=90.0,
    ),
    climate=Climate(
        density_per_m=0.007,
        haze=(1.12, 1.0, 0.82),
        sunset_yaw=2.6,
        low_elevation=0.3,
        exposure=1.08,
        bounce=(1.2, 0.95, 0.6),
    ),
    growth=(
        Scatter(
            _litter,
            150,
            (-10.0, -14.0, 10.0, 9.0),
            clear_m=0.4,
            lane_m=0.0,
            kinds=6,
            sink_m=0.0,
            tint=0.25,
            steep=0.9,
        ),
        Scatter(
            lambda rng: greenery.far_tree(10.0, rng=rng, colour=rgb("#b3622a"), leaves=90),
            34,
            (-34.0, -50.0, 34.0, 26.0),
            clear_m=13.0,
            solid_m=0.35,
            kinds=3,
            spacing_m=3.0,
            tint=0.3,
        ),
        Scatter(
            lambda rng: greenery.far_tree(10.0, rng=rng, colour=rgb("#c8922e"), leaves=90),
            30,
            (-34.0, -50.0, 34.0, 26.0),
            clear_m=13.0,
            solid_m=0.35,
            kinds=2,
            spacing_m=3.0,
            tint=0.3,
        ),
        Scatter(
            lambda rng: plants.bush(0.7, rng=rng, leaves=60, colour=rgb("#8f5a2a")),
            22,
            (-14.0, -16.0, 14.0, 12.0),
            clear_m=4.5,
            solid_m=0.5,
            solid_height_m=1.0,
        ),
    ),
    far=(
        Treeline(
            60, 40.0, 66.0, (9.0, 14.0), colours=(rgb("#a85a2a"), rgb("#b8862e"), rgb("#7a5a2a"))
        ),
    ),
    things=_autumn_things,
    walk=((0.0, -6.0), (0.0, 4.5)),
    keep_in=Space((-7.0, 0.3, -10.0), (7.0, 7.0, 12.0)),
    underfoot="leaves",
    ambience="forest_birds",
    back_z=-7.0,
)


# --- ski slope ------------------------------------------------------------------------------------


def _ski_things(set_: Scenery, _rng: np.random.Generator) -> None:
    steel = Finish(rgb("#5a626a"), Surface.METAL, 0.5)
    for number, z in enumerate((8.0, -16.0, -40.0, -64.0)):
        y = float(set_.height(np.array([9.0]), np.array([z]))[0])
        set_.add(
            tube([(9.0, y - 0.4, z), (9.0, y + 8.0, z)], [0.28, 0.2], steel, sides=8),
            boxes([(9.0, y + 7.9, z)], (1.9, 0.12, 0.16), steel),
        )
        if number < 2:
            set_.post(9.0, z, 0.35, 8.0)
    y0, y1 = (float(set_.height(np.array([9.0]), np.array([z]))[0]) + 7.8 for z in (8.0, -64.0))
    for side in (-1.7, 1.7):
        set_.add(
            tube([(9.0 + side, y0, 8.0), (9.0 + side, y1, -64.0)], 0.03, steel.times(0.5), sides=3)
        )
    seat = _chair()
    for number in range(6):
        side = -1.7 if number % 2 else 1.7
        up_end, low_end = (9.0 + side, y1 - 2.2, -64.0), (9.0 + side, y0 - 2.2, 8.0)
        way = (low_end, up_end) if side > 0 else (up_end, low_end)
        set_.move(
            f"chair{number}",
            seat,
            driving(way[0], way[1], 2.4, offset_m=24.0 * (number // 2) + 9.0),
        )
    for x, z in ((-3.2, -7.0), (2.6, -14.0), (-3.6, -22.0), (2.9, -31.0), (-3.4, -41.0)):
        y = float(set_.height(np.array([x]), np.array([z]))[0])
        tone = Finish(rgb("#c8302a") if x < 0 else rgb("#2a5ac8"), Surface.CLOTH, 0.8)
        set_.add(
            tube([(x, y, z), (x, y + 1.8, z)], 0.02, tone, sides=5),
            box((x + 0.3, y + 1.45, z), (0.3, 0.2, 0.01), tone),
        )
    if not set_.conditions.snowy:
        set_.airs.append(Air(120, 16.0, (0.8, -0.15, 0.3), 0.012, (0.8, 0.85, 0.95), 0.3, 0.4, 2.2))


def _chair() -> Mesh:
    steel, pad = (
        Finish(rgb("#3a3f45"), Surface.METAL, 0.5),
        Finish(rgb("#22262c"), Surface.CLOTH, 0.9),
    )
    return merged(
        [
            tube([(0, 2.2, 0), (0, 0.9, -0.3), (0, 0.0, -0.25)], 0.035, steel, sides=5),
            box((0, 0.0, 0), (0.8, 0.04, 0.24), pad),
            box((0, 0.35, -0.24), (0.8, 0.26, 0.03), pad),
        ]
    )


SKI_SLOPE = Landscape(
    ground=Ground(
        SNOW,
        features=(
            Swell(4.0, 40.0, calm_m=9.0),
            Bank((0.0, -6.0), np.pi, 110.0, -15.0),
            Bank((0.0, 8.0), 0.0, 60.0, 18.0),
            Swell(0.25, 3.0, calm_m=3.0),
        ),
        covers=(Cover(rgb("#c3cfe0"), None, patch_m=6.0, share=0.4, most=0.7),),
        far_m=200.0,
        blotch=0.05,
    ),
    climate=Climate(
        density_per_m=0.0016,
        haze=(0.95, 1.0, 1.1),
        sunset_yaw=2.5,
        exposure=0.8,
        bounce=(1.6, 1.8, 2.2),
    ),
    growth=(
        Scatter(
            lambda rng: _snowy_spruce(8.5, rng),
            90,
            (-60.0, -80.0, -8.0, 20.0),
            clear_m=8.0,
            solid_m=0.5,
            kinds=3,
            spacing_m=3.4,
            steep=0.8,
            patch_m=14.0,
            share=0.75,
        ),
        Scatter(
            lambda rng: _snowy_spruce(8.5, rng),
            80,
            (13.0, -80.0, 60.0, 20.0),
            clear_m=8.0,
            solid_m=0.5,
            kinds=3,
            spacing_m=3.4,
            steep=0.8,
            patch_m=14.0,
            share=0.75,
        ),
        Scatter(
            rocks(0.6, Finish(rgb("#6d6a68"), Surface.EARTH, 0.9)),
            16,
            (-20.0, -40.0, 20.0, 10.0),
            clear_m=6.0,
            scale=(0.5, 2.0),
            solid_m=0.6,
            solid_height_m=1.0,
        ),
    ),
    far=(
        Hills(
            190.0,
            430.0,
            190.0,
            Finish(rgb("#5f6670"), Surface.EARTH, 0.9),
            seed=12,
            foot_m=0.0,
            snowline_m=26.0,
            columns=120,
        ),
        Hills(
            520.0,
            980.0,
            460.0,
            Finish(rgb("#6a707a"), Surface.EARTH, 0.9),
            seed=5,
            foot_m=-40.0,
            snowline_m=90.0,
            columns=120,
        ),
    ),
    things=_ski_things,
    walk=((-4.6, -0.8), (4.6, -0.8)),
    keep_in=Space((-8.0, 0.2, -9.0), (8.0, 9.0, 13.0)),
    underfoot="snow",
    ambience="snow_wind",
    back_z=-4.5,
)


def _snowy_spruce(height_m: float, rng: np.random.Generator) -> Mesh:
    return snowed(plants.conifer(height_m, rng=rng, tiers=7))


# --- ice ------------------------------------------------------------------------------------------


def _ice_things(set_: Scenery, rng: np.random.Generator) -> None:
    for number, (x, z, size, tall) in enumerate(
        (
            (-26.0, -46.0, 13.0, 14.0),
            (20.0, -62.0, 16.0, 22.0),
            (48.0, -54.0, 12.0, 10.0),
            (-58.0, -80.0, 22.0, 26.0),
            (2.0, -110.0, 24.0, 30.0),
        )
    ):
        set_.move(
            f"berg{number}",
            placed(_berg(size, tall, number), (0, 0, 0)),
            floating((x, 0.0, z), number * 1.3, 13.0 + number, number, heave_m=0.12),
        )
    floes = [(rng.uniform(-40, 40), rng.uniform(-60, -14)) for _ in range(26)]
    for number, (x, z) in enumerate(floes):
        size = float(rng.uniform(0.8, 3.0))
        plate = placed(boulder(size, SNOW, seed=number, level=1), scale=(1.0, 0.16, 1.0))
        set_.add_bare(placed(plate, (x, 0.0, z)))
    set_.airs.append(Air(260, 18.0, (1.6, -0.2, 0.4), 0.012, (0.7, 0.75, 0.85), 0.28, 0.3, 1.8))


def _berg(size_m: float, tall_m: float, seed: int) -> Mesh:
    ice = boulder(
        1.0, Finish(rgb("#cfe2ee"), Surface.SNOW, 0.5), seed=seed + 3, level=3, rough=0.55
    )
    y = ice.positions[:, 1:2]
    deep = np.array(rgb("#5fa6c4"))
    blue = np.clip(0.55 - y * 1.2, 0, 1) * np.clip(1.2 - ice.normals[:, 1:2], 0, 1)
    tinted = replace(ice, albedo=(ice.albedo * (1 - blue) + deep * blue).astype(np.float32))
    return placed(tinted, (0, 0.1 * tall_m, 0), scale=(size_m, tall_m, size_m * 0.8))


ICE = Landscape(
    ground=Ground(
        SNOW,
        base_m=0.7,
        features=(
            Swell(1.2, 12.0, calm_m=6.0, sharp=True),
            Hill((-16.0, -4.0), 11.0, 6.0, rough=0.7, power=0.7),
            Hill((17.0, 2.0), 12.0, 8.0, rough=0.7, power=0.7),
            Hill((0.0, 32.0), 22.0, 14.0, rough=0.6, power=0.7),
            Bank((0.0, -8.6), np.pi, 2.2, 3.0, wander_m=2.0, cell_m=8.0),
        ),
        covers=(
            Cover(rgb("#8fc3dc"), None, steep=(0.12, 2.0)),
            Cover(rgb("#c6dae8"), None, patch_m=3.0, share=0.45),
            Cover(rgb("#6fb0cc"), None, height=(-9.0, 0.1)),
        ),
        near_m=20.0,
        cell_m=0.7,
        far_m=80.0,
        blotch=0.05,
    ),
    climate=Climate(
        density_per_m=0.0032,
        haze=(0.9, 1.0, 1.14),
        sunset_yaw=2.8,
        exposure=0.82,
        bounce=(1.3, 1.7, 2.2),
    ),
    water=(Water((-300.0, -420.0, 300.0, 10.0), rgb("#123c54")),),
    growth=(
        Scatter(
            lambda rng: boulder(
                0.5,
                Finish(rgb("#bcd8e8"), Surface.SNOW, 0.5),
                seed=int(rng.integers(0, 60)),
                level=1,
            ),
            60,
            (-18.0, -9.0, 18.0, 12.0),
            clear_m=3.5,
            scale=(0.25, 1.7),
            steep=0.9,
        ),
    ),
    far=(
        Hills(
            260.0,
            520.0,
            110.0,
            Finish(rgb("#8f9aa8"), Surface.EARTH, 0.9),
            seed=21,
            foot_m=-2.0,
            snowline_m=5.0,
            columns=110,
        ),
    ),
    things=_ice_things,
    walk=((-4.6, -0.6), (4.6, -0.6)),
    keep_in=Space((-8.0, 0.9, -6.5), (8.0, 8.0, 12.0)),
    underfoot="snow",
    ambience="snow_wind",
    mirror=True,
    back_z=-4.0,
)


# --- volcano --------------------------------------------------------------------------------------

_LAVA = Finish(rgb("#ff6a1a"), Surface.SCREEN, 0.9, 3.6)
_FLOW = (
    (-16.0, -206.0),
    (-20.0, -150.0),
    (-8.0, -104.0),
    (-16.0, -70.0),
    (-4.0, -42.0),
    (-8.0, -22.0),
    (5.0, -13.0),
    (16.0, -9.0),
    (34.0, 0.0),
)


def _volcano_things(set_: Scenery, _rng: np.random.Generator) -> None:
    points, _ = path_through(_FLOW, 2.6)
    away = np.hypot(points[:, 0], points[:, 1])
    wide = 1.3 + 0.03 * away + 0.7 * np.sin(np.arange(len(points)) * 0.9)
    along = np.gradient(points, axis=0)
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    side = np.stack([-along[:, 1], along[:, 0]], -1)
    edges = np.stack([points + side * wide[:, None] * share for share in (-1, -0.4, 0.4, 1)], 0)
    y = set_.height(edges[..., 0], edges[..., 1])
    y = y.max(axis=0, keepdims=True) + 0.05 + 0.06 * np.array([-1, 1, 1, -1])[:, None]
    grid = np.stack([edges[..., 0], y, edges[..., 1]], -1)
    ribbon = shape(grid.reshape(-1, 3), grid_triangles(4, len(points)), _LAVA)
    if ribbon.normals[:, 1].mean() < 0:
        ribbon = shape(grid.reshape(-1, 3), grid_triangles(4, len(points))[:, ::-1], _LAVA)
    crust = np.clip(0.5 + 2.2 * fractal(ribbon.positions, cell_m=2.2, seed=3), 0, 1)
    hot = (
        np.array(rgb("#ff8a24")) * (1 - crust[:, None]) + np.array(rgb("#c22208")) * crust[:, None]
    )
    set_.add_bare(
        replace(
            ribbon, albedo=hot.astype(np.float32), emission=(4.2 - 3.0 * crust).astype(np.float32)
        )
    )
    for x, _, z in grid[1, ::4]:
        if -60 < z < 10:
            foot = float(set_.height(np.array([x]), np.array([z]))[0])
            set_.lamp(
                Practical((float(x), foot + 0.8, float(z)), (9.0, 2.4, 0.4), 13.0, size_m=1.2)
            )
    set_.block((14.0, 0.5, -9.0), (9.0, 0.8, 3.0), -0.5)
    glow = 0.9 if set_.conditions.dark else 0.5
    top = (-16.0, 50.0, -230.0)
    ash = (0.10, 0.08, 0.075) if set_.conditions.dark else (0.22, 0.19, 0.18)
    set_.airs += [
        Plume(top, 70, 26.0, (2.2, 3.2, 0.4), (8.0, 1.0, 8.0), 34.0, 13.0, 4.2, ash, 0.42),
        Plume(
            (0.0, 60.0, -150.0),
            70,
            3.6,
            (0.3, 9.0, 0.2),
            (4.0, 0.5, 4.0),
            9.0,
            0.5,
            0.4,
            (3.0, 0.9, 0.15),
            0.0,
        ),
        Air(
            130, 16.0, (0.7, 0.7, 0.2), 0.016, (2.4 * glow, 0.8 * glow, 0.15 * glow), 0.0, 0.6, 2.3
        ),
        Air(160, 16.0, (0.5, -0.4, 0.1), 0.016, (0.06, 0.055, 0.05), 0.5, 0.4, 3.0),
    ]
    set_.lamps.append(Lamp((5.5, 1.4, -4.6), (5.0, 1.3, 0.25), 12.0))


VOLCANO = Landscape(
    ground=Ground(
        Finish(rgb("#2e2a28"), Surface.EARTH, 0.9),
        features=(
            Swell(2.6, 14.0, calm_m=6.0, octaves=4),
            Hill((-16.0, -230.0), 110.0, 72.0, power=1.25, rough=0.2),
            Hill((-16.0, -230.0), 22.0, -26.0),
            Level((-5.0, -5.0, 5.0, 8.0), 0.0, 5.0),
        ),
        covers=(
            Cover(rgb("#4a3f3a"), None, patch_m=5.0, share=0.4),
            Cover(rgb("#1c1a1a"), Surface.EARTH, steep=(0.18, 2.0)),
        ),
        near_m=22.0,
        cell_m=0.8,
        growth=1.1,
        far_m=380.0,
        blotch=0.3,
    ),
    climate=Climate(
        density_per_m=0.0042,
        haze=(1.1, 0.82, 0.7),
        sunset_yaw=2.6,
        night_glow=(0.06, 0.016, 0.004),
        exposure=0.95,
        bounce=(1.2, 0.8, 0.7),
    ),
    growth=(
        Scatter(
            rocks(0.7, Finish(rgb("#262322"), Surface.EARTH, 0.9)),
            130,
            (-26.0, -40.0, 26.0, 12.0),
            clear_m=3.4,
            scale=(0.25, 2.0),
            steep=0.9,
            off=_FLOW,
            away_m=2.0,
        ),
        Scatter(
            lambda rng: plants.tree("oak", 3.6, rng=rng, bare=True),
            9,
            (-16.0, -22.0, 16.0, 10.0),
            clear_m=5.0,
            solid_m=0.2,
            kinds=2,
            off=_FLOW,
            away_m=3.0,
        ),
    ),
    far=(
        Hills(
            300.0, 640.0, 120.0, Finish(rgb("#3a3432"), Surface.EARTH, 0.9), seed=15, foot_m=-8.0
        ),
    ),
    things=_volcano_things,
    walk=((-5.0, -1.0), (4.4, -1.0)),
    keep_in=Space((-8.0, 0.3, -7.0), (7.0, 8.0, 13.0)),
    underfoot="gravel",
    ambience="fire",
    moonlit=False,
    back_z=-4.5,
)

BUILDERS = {
    "canyon": builder("canyon", CANYON),
    "desert": builder("desert", DESERT),
    "desert_road": builder("desert_road", DESERT_ROAD),
    "savanna": builder("savanna", SAVANNA),
    "jungle": builder("jungle", JUNGLE),
    "bamboo_grove": builder("bamboo_grove", BAMBOO),
    "autumn_forest": builder("autumn_forest", AUTUMN),
    "ski_slope": builder("ski_slope", SKI_SLOPE),
    "arctic": builder("arctic", ICE),
    "volcano": builder("volcano", VOLCANO),
}

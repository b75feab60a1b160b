"""Woods far from home: a jungle, a bamboo grove, a wood in autumn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface
from matinee.engine.stage.light import Climate
from matinee.engine.stage.parts import eastern, greenery, plants, street, wild
from matinee.engine.stage.parts.finish import Finish, rgb
from matinee.engine.stage.parts.solids import (
    boxes,
    placed,
    up,
)
from matinee.engine.stage.weather import Air, motes
from matinee.engine.stage.worlds.landscape import (
    Landscape,
    Scatter,
    Treeline,
    builder,
)
from matinee.engine.stage.worlds.model import Practical, Space
from matinee.engine.stage.worlds.motion import circling
from matinee.engine.stage.worlds.terrain import (
    Cover,
    Ground,
    Swell,
    Trench,
)
from matinee.engine.stage.worlds.waters import plant, tufts

if TYPE_CHECKING:
    from matinee.engine.stage.worlds.scenery import Scenery


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
        foot = set_.foot(x, z)
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
            28,
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
        along = np.arange(-34.0, 14.0, 0.34)
        wide = side * (2.5 + 0.25 * np.sin(along * 0.16))
        set_.add(boxes(np.stack([wide, 0 * along + 0.36, along], -1), (0.02, 0.36, 0.02), fence))
        for y in (0.3, 0.62):
            set_.add(
                boxes(
                    np.stack([wide[::4], 0 * along[::4] + y, along[::4] + 0.5], -1),
                    (0.025, 0.02, 0.72),
                    fence.times(0.8),
                )
            )
        set_.block((side * 2.75, 0.4, -10.0), (0.3, 0.4, 24.0))
    lantern = eastern.stone_lantern(lit=set_.lit)
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
            (-2.7, set_.foot(-2.7, -3.6), -3.6),
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
    return plants.leaf_cards(
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


BUILDERS = {
    "jungle": builder("jungle", JUNGLE),
    "bamboo_grove": builder("bamboo_grove", BAMBOO),
    "autumn_forest": builder("autumn_forest", AUTUMN),
}

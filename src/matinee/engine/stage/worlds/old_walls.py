"""Old walls: ruins and a haunted house."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.geometry import Surface
from matinee.engine.stage.light import Climate
from matinee.engine.stage.parts import (
    greenery,
    landmarks,
    masonry,
    plants,
    rural,
    wild,
)
from matinee.engine.stage.parts.finish import Finish, rgb, weathered
from matinee.engine.stage.parts.solids import ball, box, boxes, placed
from matinee.engine.stage.weather import Plume
from matinee.engine.stage.worlds.landscape import (
    Hills,
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
    Hill,
    Swell,
)
from matinee.engine.stage.worlds.waters import plant, tufts

if TYPE_CHECKING:
    from matinee.engine.stage.worlds.scenery import Scenery

_GREEN_HILL = Finish(rgb("#56683a"), Surface.GRASS, 0.95)


# --- ruins ----------------------------------------------------------------------------------------


def _ruin_things(set_: Scenery, rng: np.random.Generator) -> None:
    stone = Finish(rgb("#a89e88"), Surface.STONE, 0.9)
    for number in range(4):
        for side in (-1, 1):
            x, z = side * 4.6, -3.6 - 4.4 * number
            tall = (4.6, 2.2, 5.4, 3.4)[(number + (side > 0)) % 4]
            column = masonry.column(tall, 0.42, stone, broken=tall < 5.0)
            set_.add(placed(weathered(column, amount=0.2), (x, set_.foot(x, z) - 0.1, z)))
            set_.post(x, z, 0.65, tall)
    set_.add(
        placed(landmarks.broken_arch(5.4, 6.6, stone), (0.4, 0.0, -22.0)),
        placed(landmarks.broken_arch(5.0, 4.6, stone.times(0.9)), (6.6, 0.0, -22.4), yaw=0.1),
        placed(landmarks.broken_arch(5.0, 5.4, stone.times(0.95)), (-6.0, 0.0, -21.6), yaw=-0.1),
    )
    set_.block((0.0, 2.4, -22.0), (9.4, 3.0, 0.8))
    drum = weathered(
        placed(masonry.column(1.5, 0.42, stone, broken=True), tilt=np.pi / 2), amount=0.2
    )
    for x, z, yaw in ((-2.6, -6.4, 0.6), (2.8, -9.4, 2.1), (6.8, -2.6, 1.2)):
        set_.add(placed(drum, (x, set_.foot(x, z) + 0.35, z), yaw=yaw))
        set_.block((x + 0.7 * np.sin(yaw), 0.4, z + 0.7 * np.cos(yaw)), (0.5, 0.4, 0.9), yaw)
    blocks = rng.uniform((-9.0, -20.0), (9.0, -2.0), (44, 2))
    blocks = blocks[(np.abs(blocks[:, 0]) > 1.8) & (np.hypot(blocks[:, 0], blocks[:, 1]) > 3.6)]
    y = set_.height(blocks[:, 0], blocks[:, 1])
    sizes = rng.uniform((0.15, 0.1, 0.15), (0.6, 0.35, 0.5), (len(blocks), 3))
    set_.add(
        weathered(
            boxes(
                np.column_stack([blocks[:, 0], y + 0.1, blocks[:, 1]]),
                sizes,
                stone,
                yaw=rng.uniform(0, 3, len(blocks)),
                bevel_m=0.06,
            ),
            amount=0.25,
        )
    )
    wall = masonry.wall(
        12.0,
        3.4,
        0.7,
        stone.times(0.9),
        openings=[
            masonry.Opening(2.0, 3.4, 1.1, 2.7, "hole"),
            masonry.Opening(7.0, 8.6, 0.0, 2.6, "hole"),
        ],
    )
    set_.add(
        placed(weathered(wall, amount=0.2), (-8.4, -0.1, -4.0), yaw=np.pi / 2),
        placed(weathered(wall, amount=0.2), (9.0, -0.1, -15.0), yaw=-np.pi / 2),
    )
    set_.block((-8.8, 1.6, -10.0), (0.5, 1.8, 6.0))
    set_.block((9.4, 1.6, -9.0), (0.5, 1.8, 6.0))
    for x, z, tall in ((-6.8, -14.0, 6.5), (8.0, 3.4, 7.0), (-8.0, 4.4, 7.0)):
        plant(set_, "olive", (x, z), tall, rng, leaves=420)
    ivy = greenery.hedge((0.9, 0.9, 0.16), rng=rng, per_m2=26.0, colour=rgb("#4f6a34"))
    set_.add(
        placed(ivy, (-5.0, 2.6, -21.2)),
        placed(ivy, (3.2, 1.2, -21.5)),
        placed(ivy, (7.8, 2.2, -21.8)),
    )
    set_.move(
        "doves",
        wild.flock(6, rgb("#c8c6c0"), rng, span_m=0.6, spread_m=4.0),
        circling((0.0, 9.0, -20.0), 9.0, 10.0, 0.2),
    )


RUINS = Landscape(
    ground=Ground(
        Finish(rgb("#7f8448"), Surface.GRASS, 0.95),
        features=(Swell(2.0, 22.0, calm_m=7.0), Swell(0.2, 3.0, calm_m=3.0)),
        covers=(
            Cover(rgb("#9a8a60"), Surface.EARTH, patch_m=3.0, share=0.45),
            Cover(
                rgb("#a89e88"),
                Surface.STONE,
                patch_m=1.6,
                share=0.42,
                inside=(-3.6, -22.0, 3.6, 3.0),
            ),
            Cover(rgb("#96855e"), Surface.EARTH, on=((0.0, 16.0), (0.0, -22.0)), half_m=0.8),
        ),
        far_m=160.0,
    ),
    climate=Climate(
        density_per_m=0.003, haze=(1.1, 1.0, 0.88), sunset_yaw=2.75, bounce=(1.2, 1.05, 0.75)
    ),
    growth=(
        Scatter(
            tufts(0.36, "#8f9448"),
            420,
            (-13.0, -22.0, 13.0, 9.0),
            clear_m=1.8,
            lane_m=0.8,
            sway=0.1,
            patch_m=2.4,
            share=0.66,
        ),
        Scatter(
            lambda rng: plants.bush(0.7, rng=rng, leaves=70, colour=rgb("#6d7a42")),
            22,
            (-15.0, -26.0, 15.0, 11.0),
            clear_m=5.0,
            solid_m=0.5,
            solid_height_m=1.0,
        ),
        Scatter(
            lambda rng: greenery.cypress(8.0, rng=rng, leaves=90),
            14,
            (-40.0, -60.0, 40.0, -27.0),
            clear_m=20.0,
            kinds=2,
        ),
    ),
    far=(
        Hills(180.0, 360.0, 66.0, _GREEN_HILL, seed=6),
        Hills(
            420.0, 800.0, 170.0, Finish(rgb("#7d7a74"), Surface.EARTH, 0.9), seed=5, foot_m=-10.0
        ),
    ),
    things=_ruin_things,
    walk=((0.0, -5.6), (0.0, 5.0)),
    keep_in=Space((-7.6, 0.3, -8.0), (7.6, 8.0, 12.0)),
    underfoot="gravel",
    ambience="wind",
    floor_radius_m=2.4,
    back_z=-7.0,
)


# --- the haunted house ----------------------------------------------------------------------------


def _haunted_things(set_: Scenery, rng: np.random.Generator) -> None:
    set_.add(
        placed(
            landmarks.haunted_house(lit=set_.lit),
            (1.0, set_.foot(1.0, -29.0) - 0.2, -29.0),
            yaw=0.08,
        )
    )
    set_.block((1.0, 5.0, -29.0), (6.4, 6.0, 6.0))
    for side in (-1, 1):
        set_.add(
            placed(rural.iron_fence(9.0, height_m=2.0), (side * 6.2, 0.0, -7.0)),
            placed(rural.iron_fence(9.0, height_m=2.0), (side * 15.2, 0.0, -7.0)),
            box((side * 1.6, 1.3, -7.0), (0.35, 1.3, 0.35), masonry.OLD_STONE, bevel_m=0.05),
            ball((side * 1.6, 2.9, -7.0), 0.3, masonry.OLD_STONE, level=2),
        )
        set_.block((side * 10.6, 1.0, -7.0), (9.0, 1.0, 0.15))
        set_.add(
            placed(
                rural.iron_fence(1.5, height_m=2.2),
                (side * 1.1, 0.0, -7.6 if side > 0 else -6.3),
                yaw=side * 1.1,
            )
        )
    for x, z, tall in (
        (-5.6, -9.5, 9.0),
        (7.6, -11.0, 10.0),
        (-9.0, -17.0, 10.0),
        (11.5, -20.0, 10.0),
        (-7.4, 2.4, 8.0),
        (8.2, 1.8, 9.0),
    ):
        set_.add(
            placed(plants.tree("oak", tall, rng=rng, bare=True), (x, set_.foot(x, z), z), yaw=x)
        )
        set_.post(x, z, 0.4, 5.0)
    for x, z, kind in ((-4.4, -11.6, 0), (-6.4, -12.6, 1), (5.2, -13.0, 0), (4.0, -11.2, 0)):
        set_.add(
            placed(
                rural.headstone(kind, rng), (x, set_.foot(x, z), z), yaw=float(rng.normal(0, 0.2))
            )
        )
    bat = wild.flock(12, rgb("#0d0c10"), rng, span_m=0.6, spread_m=7.0)
    set_.move("bats", bat, circling((2.0, 13.0, -26.0), 10.0, 6.5, 0.2))
    pumpkin = Finish(rgb("#c8641e"), Surface.PAINT, 0.5)
    eye = Finish(rgb("#ffb030"), Surface.SCREEN, 0.4, 4.0 if set_.lit else 0.2)
    for x, z in ((-2.3, -6.2), (2.4, -6.3), (-0.6, -21.6), (4.0, -22.0)):
        y = set_.foot(x, z)
        set_.add(
            ball((x, y + 0.2, z), (0.26, 0.21, 0.26), pumpkin, level=2),
            *(ball((x + s * 0.09, y + 0.26, z + 0.22), 0.035, eye, level=0) for s in (-1, 1)),
            box((x, y + 0.13, z + 0.235), (0.09, 0.02, 0.02), eye),
        )
        if set_.lit:
            set_.lamp(Practical((x, y + 0.3, z + 0.4), (1.6, 0.8, 0.2), 3.5))
    glow = 0.10 if set_.conditions.dark else 0.5
    set_.airs.append(
        Plume(
            (0.0, 0.2, -11.0),
            70,
            14.0,
            (0.15, 0.0, 0.05),
            (11.0, 0.3, 8.0),
            1.8,
            3.2,
            1.4,
            (glow * 0.9, glow, glow * 1.15),
            0.07,
        )
    )
    if set_.conditions.dark:
        set_.lamp(
            Practical((1.0, 3.0, -20.0), (5.0, 3.0, 1.2), 12.0),
            Practical((-8.0, 9.0, -12.0), (3.0, 4.2, 6.4), 26.0),
        )


HAUNTED = Landscape(
    ground=Ground(
        Finish(rgb("#4f5434"), Surface.GRASS, 0.95),
        features=(Swell(1.4, 20.0, calm_m=8.0), Hill((1.0, -29.0), 20.0, 2.6)),
        covers=(
            Cover(rgb("#6a6040"), None, patch_m=3.0, share=0.5),
            Cover(
                rgb("#6d6656"),
                Surface.EARTH,
                on=((0.0, 20.0), (0.0, -8.0), (2.0, -20.0), (3.0, -24.0)),
                half_m=1.1,
            ),
        ),
        far_m=110.0,
    ),
    climate=Climate(
        density_per_m=0.008,
        height_falloff_per_m=0.07,
        haze=(0.92, 1.0, 1.06),
        sunset_yaw=2.7,
        exposure=0.92,
    ),
    growth=(
        Scatter(
            tufts(0.4, "#6a6c3c"),
            300,
            (-13.0, -18.0, 13.0, 8.0),
            clear_m=2.0,
            lane_m=0.8,
            sway=0.1,
            off=((0.0, 20.0), (0.0, -8.0), (2.0, -20.0)),
            away_m=1.2,
        ),
        Scatter(
            lambda rng: plants.tree("oak", 8.0, rng=rng, bare=True),
            16,
            (-34.0, -44.0, 34.0, -12.0),
            clear_m=14.0,
            kinds=2,
            spacing_m=4.0,
        ),
    ),
    far=(
        Treeline(80, 50.0, 84.0, (9.0, 15.0), colours=(rgb("#333a2a"), rgb("#3c4230"))),
        Hills(130.0, 280.0, 40.0, Finish(rgb("#3a4234"), Surface.FOLIAGE, 0.95), seed=6),
    ),
    things=_haunted_things,
    walk=((0.0, -5.0), (0.0, 5.0)),
    keep_in=Space((-7.0, 0.3, -5.6), (7.0, 7.0, 12.0)),
    underfoot="gravel",
    ambience="night_crickets",
    floor_radius_m=2.0,
    back_z=-4.6,
)


BUILDERS = {
    "ruins": builder("ruins", RUINS),
    "haunted_house": builder("haunted_house", HAUNTED),
}

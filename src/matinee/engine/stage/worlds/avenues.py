"""An avenue of Manhattan: towers, shops, yellow cabs, steam."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.geometry import Surface
from matinee.engine.stage.light import Climate
from matinee.engine.stage.parts import (
    crowd,
    masonry,
    plants,
    street,
)
from matinee.engine.stage.parts.finish import Finish, rgb
from matinee.engine.stage.parts.solids import boxes, placed
from matinee.engine.stage.parts.things import vehicles
from matinee.engine.stage.weather import Plume
from matinee.engine.stage.worlds.landscape import (
    Landscape,
    Skyline,
    builder,
)
from matinee.engine.stage.worlds.model import Practical, Space
from matinee.engine.stage.worlds.motion import driving
from matinee.engine.stage.worlds.terrain import (
    Cover,
    Ground,
)
from matinee.engine.stage.worlds.traffic import paint, stand, stream, whole

if TYPE_CHECKING:
    from matinee.engine.stage.worlds.scenery import Scenery


# --- an avenue of Manhattan -----------------------------------------------------------------------


def _avenue_things(set_: Scenery, rng: np.random.Generator) -> None:  # noqa: C901 - a list of things
    lit = set_.lit
    tones = tuple(map(rgb, ("#8d5a46", "#a39684", "#77706a", "#b5a58c", "#6a7682", "#9a8270")))
    for side in (-1, 1):
        at, number = 22.0, 0
        while at > -150.0:
            wide = float(rng.uniform(11.0, 17.0))
            tall = float(rng.uniform(24.0, 60.0)) * (1.0 + 0.5 * (at < -60))
            tone = tones[(number * 2 + (side > 0)) % 6]
            block = masonry.tower_block(
                wide, tall, 16.0, Finish(tone, Surface.FACADE, 0.6), cell_m=8.0
            )
            set_.add(placed(block, (side * 20.5, 0.0, at - wide / 2), yaw=-side * np.pi / 2))
            if at > -50:
                shop = (rgb("#7a2a2a"), rgb("#1f3f5a"), rgb("#2f4a3c"), rgb("#2a2a30"))[number % 4]
                for k in (-1, 1):
                    set_.add(
                        placed(
                            street.shop_front(wide / 2 - 0.4, shop, rng=rng, lit=lit, height_m=4.0),
                            (side * 12.44, 0.0, at - wide / 2 + k * wide / 4),
                            yaw=-side * np.pi / 2,
                        )
                    )
                if lit:
                    set_.lamp(
                        Practical(
                            (side * 11.6, 2.4, at - wide / 2),
                            (7.0, 5.0, 2.8),
                            10.0,
                            (-float(side), 0.0, 0.0),
                        )
                    )
            at -= wide
            number += 1
        set_.block((side * 16.5, 8.0, -60.0), (4.0, 8.0, 86.0))
        kerb = Finish(rgb("#a8a49a"), Surface.STONE, 0.8)
        set_.add(boxes([(side * 7.2, 0.06, -60.0)], (0.12, 0.08, 90.0), kerb))
        for z in (4.0, -12.0, -28.0, -44.0):
            set_.add(
                placed(
                    street.street_lamp(7.0, lit=lit),
                    (side * 7.7, 0.0, z),
                    yaw=0.0 if side < 0 else np.pi,
                )
            )
            set_.post(side * 7.7, z, 0.16, 6.0)
            if lit:
                set_.lamp(
                    Practical((side * 6.2, 6.8, z), (17.0, 12.0, 6.0), 21.0, (0.0, -1.0, 0.0), 1.25)
                )
        for z in (-6.0, -20.0, -36.0):
            set_.add(
                placed(
                    plants.tree("linden", 6.4, rng=rng, leaves=240, bare=set_.conditions.snowy),
                    (side * 8.6, 0.0, z),
                )
            )
            set_.post(side * 8.6, z, 0.25, 5.0)
    white = Finish(rgb("#c9c6bd"), Surface.ASPHALT, 0.7)
    for x in (-1.9, 1.9):
        along = np.arange(-140.0, 20.0, 6.0)
        set_.add(
            boxes(
                np.stack([0 * along + x, 0 * along + 0.004, along], -1), (0.06, 0.006, 1.3), white
            )
        )
    set_.add(
        boxes(
            [(0.0, 0.004, -60.0)], (0.07, 0.006, 80.0), Finish(rgb("#c9a23a"), Surface.ASPHALT, 0.7)
        )
    )
    bars = np.arange(-6.6, 6.7, 1.0)
    set_.add(
        boxes(np.stack([bars, 0 * bars + 0.004, 0 * bars - 9.5], -1), (0.28, 0.006, 1.6), white)
    )
    for x, z, yaw in ((-7.6, -8.0, 0.0), (7.6, -12.0, np.pi)):
        set_.add(placed(street.traffic_light(lit=True), (x, 0.0, z), yaw=yaw))
        set_.post(x, z, 0.15, 3.6)
    set_.add(placed(street.hydrant(), (8.1, 0.0, -3.2)))
    set_.post(8.1, -3.2, 0.25, 0.8)
    taxi = Finish(rgb("#e0a51c"), Surface.PAINT, 0.25)
    for x, z, yaw in ((-6.0, -15.0, 0.0), (6.0, -18.0, np.pi), (-6.0, -26.0, 0.0)):
        stand(
            set_,
            whole(vehicles.car(taxi if z != -18.0 else paint(1))),
            (x, 0.0, z),
            yaw,
            (0.95, 2.2),
        )
    stream(set_, ((-3.7, -10.0, 24.0),), (-130.0, 50.0), gap_m=44.0, kinds="cb")
    stream(set_, ((3.8, 10.5, 30.0),), (50.0, -130.0), gap_m=52.0, kinds="cc")
    steam = 0.12 if set_.conditions.dark else 0.7
    set_.airs.append(
        Plume(
            (2.6, 0.05, -16.0),
            40,
            5.0,
            (0.2, 1.2, 0.1),
            (0.25, 0.02, 0.25),
            1.0,
            0.45,
            4.2,
            (steam, steam, steam),
            0.12,
        )
    )
    spots = rng.uniform((8.2, -46.0), (11.6, -4.0), (24, 2)) * np.where(
        rng.random((24, 1)) < 0.5, (-1.0, 1.0), (1.0, 1.0)
    )
    figures = np.column_stack([spots[:, 0], 0 * spots[:, 0], spots[:, 1]])
    set_.add_bare(
        crowd.figures(figures[:12], np.where(rng.random(12) < 0.5, 0.0, np.pi), rng, near=True),
        crowd.figures(figures[12:], rng.uniform(0, 6, 12), rng),
    )
    for k in range(4):
        way = 1 if k % 2 else -1
        person = crowd.figures([(0.0, 0.0, 0.0)], 0.0, rng, near=True)
        set_.move(
            f"stroller{k}",
            person,
            driving(
                (way * (9.2 + 0.4 * k), 0.0, -46.0 * way),
                (way * (9.2 + 0.4 * k), 0.0, 26.0 * way),
                1.3,
                offset_m=17.0 * k,
            ),
        )


AVENUE = Landscape(
    ground=Ground(
        Finish(rgb("#9a978f"), Surface.TILES, 0.85),
        covers=(
            Cover(rgb("#4f4e4d"), Surface.ASPHALT, inside=(-7.1, -400.0, 7.1, 200.0)),
            Cover(
                rgb("#3c3b3a"),
                None,
                patch_m=2.4,
                share=0.3,
                inside=(-7.1, -400.0, 7.1, 200.0),
                most=0.6,
            ),
        ),
        near_m=14.0,
        cell_m=0.5,
        far_m=180.0,
        blotch=0.12,
    ),
    climate=Climate(
        density_per_m=0.0036,
        sunset_yaw=3.0,
        low_elevation=0.16,
        exposure=1.22,
        night_glow=(0.035, 0.025, 0.018),
    ),
    far=(
        Skyline(44, 150.0, 300.0, (60.0, 190.0), (16.0, 30.0)),
        Skyline(8, 52.0, 80.0, (30.0, 60.0), arc=(-0.9, 0.9)),
    ),
    things=_avenue_things,
    walk=((-0.6, -6.0), (-0.6, 4.5)),
    keep_in=Space((-7.0, 0.3, -9.0), (7.0, 9.0, 14.0)),
    underfoot="asphalt",
    ambience="city_traffic",
    floor_radius_m=1.4,
    back_z=-7.0,
    shadow_radius_m=40.0,
)


BUILDERS = {
    "new_york": builder("new_york", AVENUE),
}

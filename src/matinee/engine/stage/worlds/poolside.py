"""An open-air swimming pool before a white house."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.geometry import Surface
from matinee.engine.render.scene import Lamp
from matinee.engine.stage.light import Climate
from matinee.engine.stage.parts import greenery, masonry, plants, waterside
from matinee.engine.stage.parts.finish import Finish, rgb
from matinee.engine.stage.parts.solids import ball, box, placed, ring, tube
from matinee.engine.stage.worlds.landscape import (
    Hills,
    Landscape,
    Treeline,
    Water,
    builder,
)
from matinee.engine.stage.worlds.model import Practical, Space
from matinee.engine.stage.worlds.motion import floating
from matinee.engine.stage.worlds.scenery import standing
from matinee.engine.stage.worlds.terrain import (
    Cover,
    Ground,
    Level,
)

if TYPE_CHECKING:
    from matinee.engine.stage.worlds.scenery import Scenery

_WOODED = Finish(rgb("#40583a"), Surface.FOLIAGE, 0.95)


# --- the swimming pool --------------------------------------------------------------------------

_POOL = (-7.0, -14.5, 7.0, -3.6)


def _pool_things(set_: Scenery, rng: np.random.Generator) -> None:
    x0, z0, x1, z1 = _POOL
    middle = ((x0 + x1) / 2, (z0 + z1) / 2)
    for part in waterside.pool_edge((x1 - x0) / 2, (z1 - z0) / 2, 1.8):
        set_.add(placed(part, (middle[0], 0.0, middle[1])))
    steel = Finish(rgb("#c4c8cc"), Surface.METAL, 0.2)
    for x in (-5.6, -5.0):
        path = [(x, -0.6, z1 - 0.1), (x, 0.75, z1 - 0.12), (x, 0.78, z1 + 0.35), (x, 0.0, z1 + 0.4)]
        set_.add(tube(path, 0.024, steel, sides=6))
    set_.add(
        box(
            (0.0, 0.62, z0 - 0.3),
            (0.26, 0.03, 1.5),
            Finish(rgb("#d8e4ea"), Surface.PAINT, 0.5),
            bevel_m=0.02,
        )
    )
    set_.add(
        box(
            (0.0, 0.3, z0 - 1.3),
            (0.3, 0.3, 0.4),
            Finish(rgb("#b8bcc0"), Surface.PLASTER, 0.7),
            bevel_m=0.04,
        )
    )
    cloths = ("#d8763a", "#3f86a8", "#d9b23a", "#c2405a", "#4f9a78")
    for number, (x, z, yaw) in enumerate(
        (
            (-8.6, -5.0, 1.57),
            (-8.6, -8.0, 1.57),
            (8.8, -5.4, -1.57),
            (8.8, -8.4, -1.57),
            (8.8, -11.4, -1.57),
        )
    ):
        set_.add(placed(waterside.sun_lounger(rgb(cloths[number])), (x, 0.0, z), yaw=yaw))
        set_.block((x, 0.3, z), (1.0, 0.3, 0.4))
        if number % 2 == 0:
            set_.add(
                placed(
                    waterside.parasol(rgb(cloths[(number + 2) % 5])),
                    (x + (0.5 if x > 0 else -0.5), 0.0, z - 1.4),
                )
            )
            set_.post(x + (0.5 if x > 0 else -0.5), z - 1.4, 0.1, 2.4)
    house = masonry.wall(
        26.0,
        6.6,
        0.4,
        Finish(rgb("#ece7dc"), Surface.PLASTER, 0.8),
        openings=[masonry.Opening(2.0 + 4.8 * k, 5.6 + 4.8 * k, 0.1, 2.6) for k in range(5)]
        + [masonry.Opening(2.6 + 4.8 * k, 5.0 + 4.8 * k, 3.9, 5.6) for k in range(5)],
    )
    set_.add(placed(house, (-13.0, 0.0, -21.0)))
    set_.add(box((0, 6.7, -22.0), (13.6, 0.14, 2.2), Finish(rgb("#d9d2c4"), Surface.PLASTER, 0.8)))
    set_.add(box((0, 3.25, -20.2), (13.0, 0.1, 0.9), Finish(rgb("#ddd8cc"), Surface.PLASTER, 0.8)))
    set_.block((0.0, 3.3, -21.4), (13.2, 3.3, 0.6))
    for x, z, tall in (
        (-11.5, -15.0, 7.5),
        (11.6, -14.2, 8.2),
        (-11.0, -1.5, 6.8),
        (12.0, 1.0, 7.4),
        (-7.0, 8.5, 7.0),
        (8.5, 9.0, 7.4),
    ):
        set_.add(placed(plants.palm(tall, rng=rng), (x, 0.0, z), yaw=x))
        set_.post(x, z, 0.3, tall)
    for side in (-1, 1):
        set_.add(
            placed(greenery.hedge((0.5, 0.8, 9.0), rng=rng, per_m2=9.0), (side * 14.0, 0.0, -6.0))
        )
    ball_at = floating((-2.2, 0.1, -7.5), 0.6, 3.0, 0.4, heave_m=0.04)
    set_.move(
        "beach_ball", ball((0, 0, 0), 0.25, Finish(rgb("#e0503a"), Surface.PAINT, 0.3)), ball_at
    )
    ring_ = Finish(rgb("#e66a8a"), Surface.PAINT, 0.35)
    set_.move(
        "swim_ring",
        ring(0.42, 0.14, ring_),
        floating((2.6, 0.02, -6.2), 0.2, 3.6, 1.4, heave_m=0.03),
    )
    if set_.conditions.dark:
        for x in (-4.5, 0.0, 4.5):
            set_.lamp(Practical((x, -0.9, z0 + 0.4), (1.2, 4.2, 5.0), 12.0, (0.0, 0.2, 1.0)))
        for x in (-9.0, -3.0, 3.0, 9.0):
            set_.lamp(Practical((x, 2.8, -20.0), (4.0, 2.7, 1.4), 9.0))
        set_.lamps.append(Lamp((0.0, 1.4, -5.0), (0.8, 2.2, 2.6), 9.0))


POOL = Landscape(
    ground=Ground(
        Finish(rgb("#cfc6b4"), Surface.TILES, 0.7),
        features=(Level(_POOL, -1.7, 0.25),),
        covers=(
            Cover(rgb("#86c9d6"), Surface.TILES, height=(-9.0, -0.3)),
            Cover(rgb("#6d8f42"), Surface.GRASS, inside=(-200.0, -200.0, -13.4, 200.0)),
            Cover(rgb("#6d8f42"), Surface.GRASS, inside=(13.4, -200.0, 200.0, 200.0)),
            Cover(rgb("#6d8f42"), Surface.GRASS, inside=(-14.0, 6.5, 14.0, 200.0)),
        ),
        near_m=15.0,
        cell_m=0.5,
        far_m=80.0,
        blotch=0.05,
    ),
    climate=Climate(density_per_m=0.0012, sunset_yaw=2.6, bounce=(1.0, 1.1, 1.15)),
    water=(Water((_POOL[0], _POOL[1], _POOL[2], _POOL[3]), rgb("#3fb4cc"), y_m=-0.1, cell_m=0.8),),
    far=(
        Treeline(46, 30.0, 60.0, (7.0, 12.0)),
        Hills(120.0, 280.0, 36.0, _WOODED, seed=6),
    ),
    things=_pool_things,
    walk=((-5.0, -0.6), (5.0, -0.6)),
    keep_in=Space((-10.0, 0.3, -3.4), (10.0, 7.0, 13.0)),
    underfoot="tiles",
    ambience="river",
    mirror=True,
    back_z=-2.6,
    marks=standing(
        ("hero", 0.0, 0.0, 0.0),
        ("left", -1.2, 0.2, 0.55),
        ("right", 1.2, 0.2, -0.55),
        ("back", 0.6, -1.8, 0.0),
        ("far", -4.5, -2.6, 0.0),
        ("front", 0.0, 1.6, np.pi),
    ),
)


BUILDERS = {
    "outdoor_pool": builder("outdoor_pool", POOL),
}

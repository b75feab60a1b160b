"""Places by, on and under water."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.stage.light import Climate
from matinee.engine.stage.parts import greenery, plants, street, waterside, wild
from matinee.engine.stage.parts.finish import Finish, rgb, weathered
from matinee.engine.stage.parts.solids import (
    boulder,
    placed,
)
from matinee.engine.stage.worlds.landscape import (
    Hills,
    Landscape,
    Scatter,
    Treeline,
    Water,
    builder,
)
from matinee.engine.stage.worlds.model import Space
from matinee.engine.stage.worlds.motion import circling, floating
from matinee.engine.stage.worlds.scenery import Scenery
from matinee.engine.stage.worlds.terrain import (
    Bank,
    Cover,
    Deck,
    Ground,
    Level,
    Swell,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from matinee.engine.stage.worlds.scenery import Scenery


GRASSLAND = Finish(rgb("#66803c"), Surface.GRASS, 0.95)
ROCK = Finish(rgb("#7d766c"), Surface.EARTH, 0.92)
PALE_SAND = Finish(rgb("#dcc79c"), Surface.SAND, 0.95)
_WOODED = Finish(rgb("#40583a"), Surface.FOLIAGE, 0.95)


def rocks(radius_m: float, finish: Finish = ROCK) -> Callable[[np.random.Generator], Mesh]:
    """Return what makes a weathered boulder of that size."""

    def make(rng: np.random.Generator) -> Mesh:
        stone = boulder(radius_m, finish, seed=int(rng.integers(0, 90)), level=2)
        return weathered(stone, amount=0.2, cell_m=radius_m)

    return make


def tufts(
    height_m: float, colour: str, blades: int = 7, spread_m: float = 0.35
) -> Callable[[np.random.Generator], Mesh]:
    """Return what makes a few tufts of grass or reed that stand together."""

    def make(rng: np.random.Generator) -> Mesh:
        at = rng.normal(0, spread_m, (3, 3)) * (1, 0, 1)
        return plants.grass(at, rng=rng, height_m=height_m, blades=blades, colour=rgb(colour))

    return make


def cattails(rng: np.random.Generator) -> Mesh:
    """Return a clump of bulrushes."""
    at = rng.normal(0, 0.3, (6, 3)) * (1, 0, 1)
    heads = greenery.stalks(
        at, rng=rng, height_m=1.35, stem=rgb("#6f8440"), head=rgb("#5a3a22"), head_m=(0.025, 0.22)
    )
    return merged([heads, plants.grass(at, rng=rng, height_m=1.3, blades=6, colour=rgb("#6f8a42"))])


# --- the lake -----------------------------------------------------------------------------------

_LAKE_JETTY = (-3.6, -17.0, -1.4, -5.0)


def _lake_things(set_: Scenery, rng: np.random.Generator) -> None:
    x0, z0, x1, z1 = _LAKE_JETTY
    middle = ((x0 + x1) / 2, (z0 + z1) / 2)
    jetty = waterside.boardwalk(z1 - z0, x1 - x0, 0.55, rails=False)
    set_.add(placed(jetty, (middle[0], 0.0, middle[1])))
    set_.move(
        "boat", street.rowing_boat(rgb("#8a3b2c")), floating((0.3, -0.1, -11.0), 0.5, 4.2, 0.6)
    )
    set_.move(
        "far_boat", street.sail_boat(rgb("#d8d6cf")), floating((34.0, 0.0, -95.0), 1.2, 5.5, 1.4)
    )
    set_.move(
        "swallows",
        wild.flock(7, rgb("#26262c"), rng, span_m=0.5, spread_m=7.0),
        circling((6.0, 9.0, -30.0), 16.0, 13.0, 0.0),
    )
    for x, z, tall, kind in (
        (-7.5, -3.4, 11.0, "birch"),
        (8.2, -2.6, 10.0, "birch"),
        (-9.0, 2.5, 12.0, "oak"),
        (9.6, 3.4, 11.0, "birch"),
    ):
        y = float(set_.height(np.array([x]), np.array([z]))[0])
        tree = plants.tree(kind, tall, rng=rng, leaves=620, bare=set_.conditions.snowy)
        set_.add(placed(tree, (x, y - 0.1, z), yaw=x))
        set_.post(x, z, 0.4, 6.0)


LAKE = Landscape(
    ground=Ground(
        GRASSLAND,
        features=(
            Swell(3.0, 40.0, calm_m=7.0),
            Level((-60.0, -4.0, 60.0, 6.0), 0.7, 9.0),
            Bank((0.0, -3.4), np.pi, 6.0, 2.4, wander_m=0.9, bend_per_m=-0.002),
        ),
        covers=(
            Cover(rgb("#8f8062"), Surface.EARTH, height=(-9.0, 0.34)),
            Cover(rgb("#93a050"), None, patch_m=5.0, share=0.4),
            Cover(
                rgb("#8a7752"),
                Surface.EARTH,
                on=((-2.5, -5.0), (-1.0, 0.0), (0.5, 9.0)),
                half_m=0.7,
            ),
        ),
        decks=(Deck(_LAKE_JETTY, 0.55),),
        far_m=160.0,
    ),
    climate=Climate(density_per_m=0.0018, sunset_yaw=2.75, haze=(0.97, 1.0, 1.08)),
    water=(Water((-300.0, -420.0, 300.0, 6.0), rgb("#1f4f60")),),
    growth=(
        Scatter(
            cattails,
            60,
            (-24.0, -7.2, 24.0, -3.6),
            height=(-0.3, 0.3),
            clear_m=2.5,
            sway=0.12,
            off=((-2.5, -17.0), (-2.5, -2.0)),
        ),
        Scatter(
            tufts(0.3, "#83984a"), 260, (-12.0, -4.5, 12.0, 8.0), clear_m=1.3, lane_m=0.5, sway=0.1
        ),
        Scatter(
            rocks(0.45),
            34,
            (-22.0, -8.0, 22.0, -4.2),
            height=(-0.5, 0.35),
            clear_m=3.0,
            scale=(0.4, 1.5),
            sink_m=0.15,
        ),
        Scatter(
            lambda rng: plants.bush(0.8, rng=rng, leaves=80),
            30,
            (-26.0, -3.0, 26.0, 14.0),
            clear_m=7.0,
            solid_m=0.6,
            solid_height_m=1.0,
        ),
    ),
    far=(
        Hills(150.0, 330.0, 62.0, _WOODED, seed=8, foot_m=-3.0, arc=(np.pi - 1.9, np.pi + 1.9)),
        Hills(420.0, 900.0, 300.0, ROCK, seed=5, foot_m=-15.0, snowline_m=150.0),
        Treeline(
            150,
            125.0,
            165.0,
            (9.0, 15.0),
            conifers=True,
            colours=(rgb("#33502f"), rgb("#2c4a33")),
            arc=(np.pi - 1.8, np.pi + 1.8),
        ),
        Treeline(40, 24.0, 70.0, (9.0, 13.0), arc=(-1.3, 1.3)),
    ),
    things=_lake_things,
    walk=((-4.8, 0.6), (4.8, 0.6)),
    keep_in=Space((-9.0, 0.9, -7.5), (9.0, 8.0, 13.0)),
    ambience="river",
    mirror=True,
    back_z=-3.6,
)

BUILDERS = {
    "lake": builder("lake", LAKE),
}

"""Places by, on and under water."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.stage.light import Climate
from matinee.engine.stage.parts import greenery, plants, street, waterside, wild
from matinee.engine.stage.parts.finish import Finish, rgb, weathered
from matinee.engine.stage.parts.solids import ball, boulder, box, boxes, copies, placed
from matinee.engine.stage.weather import Air, Plume
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
from matinee.engine.stage.worlds.scenery import standing
from matinee.engine.stage.worlds.terrain import (
    Bank,
    Cover,
    Deck,
    Ground,
    Hill,
    Level,
    Swell,
    Trench,
    scattered_points,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from matinee.engine.stage.worlds.model import Transform
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


def plant(
    set_: Scenery,
    kind: str,
    at: tuple[float, float],
    tall_m: float,
    rng: np.random.Generator,
    *,
    leaves: int = 420,
) -> None:
    """Plant one broad-leaved tree; in snow it is bare."""
    x, z = at
    y = set_.foot(x, z)
    tree = plants.tree(kind, tall_m, rng=rng, leaves=leaves, bare=set_.conditions.snowy)
    set_.add(placed(tree, (x, y - 0.1, z), yaw=x))
    set_.post(x, z, 0.4, 6.0)


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
        plant(set_, kind, (x, z), tall, rng, leaves=620)


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

# --- the river ----------------------------------------------------------------------------------

_RIVER = ((-60.0, -24.0), (-22.0, -12.0), (0.0, -9.5), (24.0, -13.0), (70.0, -34.0))


def _river_things(set_: Scenery, rng: np.random.Generator) -> None:
    bridge = waterside.arched_bridge(17.0, 3.4, 2.3)
    set_.add(placed(bridge, (9.5, 0.4, -11.0), yaw=1.75))
    set_.block((9.5, 1.4, -11.0), (8.0, 1.4, 1.9), 1.75)
    for x, z, tall, kind in (
        (-6.5, -2.6, 11.0, "linden"),
        (-10.5, -21.0, 12.0, "oak"),
        (14.0, 4.0, 12.0, "oak"),
        (-9.0, 5.0, 10.0, "linden"),
    ):
        plant(set_, kind, (x, z), tall, rng, leaves=560)
    set_.move(
        "ducks",
        copies(
            merged(
                [
                    ball(
                        (0, 0.1, 0),
                        (0.13, 0.11, 0.24),
                        Finish(rgb("#6b5a44"), Surface.CLOTH),
                        level=1,
                    ),
                    ball((0, 0.3, 0.2), 0.075, Finish(rgb("#24503a"), Surface.CLOTH), level=1),
                    box((0, 0.28, 0.3), (0.03, 0.015, 0.05), Finish(rgb("#d0982c"), Surface.PLAIN)),
                ]
            ),
            rng.normal(0, 1.2, (5, 3)) * (1, 0, 1),
            yaw=rng.normal(0.8, 0.3, 5),
        ),
        floating((-4.0, 0.0, -10.4), 0.4, 3.4, 0.3, heave_m=0.02),
    )


RIVER = Landscape(
    ground=Ground(
        GRASSLAND,
        features=(
            Swell(4.0, 34.0, calm_m=9.0),
            Level((-26.0, -4.0, 26.0, 7.0), 0.8, 8.0),
            Trench(_RIVER, 3.8, -1.3, 4.2, wander_m=0.5),
        ),
        covers=(
            Cover(rgb("#8c8271"), Surface.EARTH, height=(-9.0, 0.22)),
            Cover(rgb("#92a04e"), None, patch_m=6.0, share=0.45),
            Cover(
                rgb("#917c58"),
                Surface.EARTH,
                on=((-14.0, 1.4), (-3.0, -0.4), (4.5, -2.5), (9.0, -6.0)),
                half_m=0.8,
            ),
        ),
        far_m=150.0,
        base_m=1.0,
    ),
    climate=Climate(density_per_m=0.0024, sunset_yaw=2.6, bounce=(0.9, 1.1, 0.75)),
    water=(Water((-120.0, -80.0, 120.0, 2.0), rgb("#2c5a58")),),
    growth=(
        Scatter(
            rocks(0.5, Finish(rgb("#827c72"), Surface.STONE, 0.85)),
            90,
            (-26.0, -18.0, 26.0, -4.0),
            height=(-0.9, 0.25),
            clear_m=3.0,
            scale=(0.3, 1.5),
            sink_m=0.1,
        ),
        Scatter(
            cattails, 34, (-24.0, -17.0, 5.0, -4.0), height=(-0.3, 0.25), clear_m=3.0, sway=0.1
        ),
        Scatter(
            tufts(0.34, "#7f9a46"),
            330,
            (-13.0, -8.0, 13.0, 7.0),
            height=(0.3, 9.0),
            clear_m=1.3,
            lane_m=0.5,
            sway=0.1,
        ),
        Scatter(
            lambda rng: plants.bush(0.9, rng=rng, leaves=70),
            26,
            (-28.0, -30.0, 28.0, 12.0),
            height=(0.4, 9.0),
            clear_m=6.0,
            solid_m=0.6,
            solid_height_m=1.1,
        ),
        Scatter(
            lambda rng: greenery.far_tree(8.0, rng=rng),
            60,
            (-50.0, -60.0, 50.0, -19.0),
            height=(0.4, 20.0),
            spacing_m=5.0,
        ),
    ),
    far=(
        Hills(110.0, 260.0, 46.0, _WOODED, seed=4),
        Treeline(40, 24.0, 60.0, arc=(-1.2, 1.2)),
    ),
    things=_river_things,
    walk=((-5.5, -1.2), (4.0, 0.6)),
    keep_in=Space((-8.5, 0.9, -5.0), (8.0, 8.0, 13.0)),
    ambience="river",
    mirror=True,
    back_z=-3.4,
)


# --- the waterfall ------------------------------------------------------------------------------

_CLIFF = Finish(rgb("#6f6a60"), Surface.EARTH, 0.9)


def _fall_things(set_: Scenery, rng: np.random.Generator) -> None:
    for x, wide, y, tall, z, seed in (
        (0.6, 4.6, 0.0, 15.2, -16.2, 3),
        (-3.6, 1.3, 0.0, 13.5, -16.2, 8),
        (5.2, 1.6, 0.0, 12.0, -15.8, 5),
    ):
        set_.add_bare(placed(waterside.fall_sheet(wide, tall, seed=seed, out_m=3.4), (x, y, z)))
    for number, x in enumerate((-3.6, 0.2, 1.6, 5.2)):
        set_.move(
            f"strands{number}",
            _strands(rng, 1.6 if number in {1, 2} else 0.7),
            _falling(15.0, 1.6 + 0.2 * number, number * 0.37, (x, 0.0, -15.7)),
        )
    glow = 0.25 if set_.conditions.dark else 0.9
    mist = (0.75 * glow, 0.82 * glow, 0.88 * glow)
    set_.airs += [
        Plume(
            (0.8, 0.3, -14.8), 90, 3.4, (0.2, 0.9, 0.7), (4.0, 0.2, 0.8), 2.0, 1.1, 2.4, mist, 0.10
        ),
        Plume(
            (0.8, 0.2, -15.2), 260, 0.9, (0.1, 1.6, 1.4), (3.2, 0.1, 0.4), 0.8, 0.06, 1.0, mist, 0.5
        ),
    ]
    for x, z, tall in ((-9.5, -6.0, 9.0), (9.8, -5.5, 8.0), (-7.2, 2.2, 9.5), (8.2, 3.5, 9.0)):
        plant(set_, "maple", (x, z), tall, rng, leaves=480)


def _strands(rng: np.random.Generator, wide: float) -> Mesh:
    count = 26
    at = np.stack(
        [
            rng.normal(0, wide * 0.5, count),
            rng.uniform(-1.2, 1.2, count),
            rng.uniform(0.0, 0.4, count),
        ],
        -1,
    )
    drop = Finish(rgb("#f4f8fa"), Surface.SNOW, 0.6)
    return boxes(
        at,
        np.stack(
            [rng.uniform(0.02, 0.06, count), rng.uniform(0.25, 0.9, count), np.full(count, 0.02)],
            -1,
        ),
        drop,
    )


def _falling(
    height_m: float, period_s: float, offset: float, at: tuple[float, float, float]
) -> Callable[[float], Transform]:
    """Fall from the lip to the foot, faster and faster, and begin again."""

    def transform(time_s: float) -> Transform:
        share = (time_s / period_s + offset) % 1.0
        matrix = np.eye(3, 4, dtype=np.float32)
        matrix[:, 3] = (at[0], at[1] + height_m * (1 - share**1.7), at[2] - 1.4 * (1 - share**0.6))
        matrix[1, 1] = 0.5 + share
        return matrix

    return transform


WATERFALL = Landscape(
    ground=Ground(
        _CLIFF,
        features=(
            Swell(2.2, 16.0, calm_m=6.0),
            Bank((0.0, -14.6), np.pi, 3.0, -15.0, wander_m=0.3, cell_m=5.0),
            Bank((-12.5, 0.0), -np.pi / 2, 6.0, -9.0, wander_m=1.2, cell_m=8.0),
            Bank((13.0, 0.0), np.pi / 2, 6.0, -8.0, wander_m=1.2, cell_m=8.0, seed=5),
            Hill((0.6, -9.6), 9.0, -2.8, power=0.7),
            Trench(((0.6, -17.0), (0.6, -24.0), (2.0, -60.0)), 2.2, 14.9, 2.0),
            Level((-5.5, -2.2, 5.5, 9.0), 0.6, 2.6),
        ),
        covers=(
            Cover(rgb("#4f6b2f"), Surface.GRASS, steep=(-1.0, 0.28), height=(0.35, 60.0)),
            Cover(
                rgb("#4c6130"), Surface.FOLIAGE, patch_m=4.0, share=0.42, steep=(0.3, 2.0), most=0.8
            ),
            Cover(rgb("#4d4a44"), Surface.EARTH, height=(-9.0, 0.2)),
            Cover(rgb("#7d7a52"), None, patch_m=3.0, share=0.35, steep=(-1.0, 0.25)),
        ),
        near_m=20.0,
        cell_m=0.72,
        far_m=90.0,
        blotch=0.3,
        blotch_m=3.0,
    ),
    climate=Climate(
        density_per_m=0.006, sunset_yaw=2.5, haze=(0.95, 1.03, 1.0), bounce=(0.8, 1.1, 0.75)
    ),
    water=(Water((-16.0, -17.5, 16.0, 2.0), rgb("#3a7478"), cell_m=2.0),),
    growth=(
        Scatter(
            rocks(0.75, _CLIFF),
            80,
            (-14.0, -17.0, 14.0, -4.0),
            height=(-1.2, 0.9),
            clear_m=4.0,
            scale=(0.4, 1.7),
            sink_m=0.2,
        ),
        Scatter(
            lambda rng: plants.fern(0.7, rng=rng),
            60,
            (-13.0, -13.0, 13.0, 8.0),
            height=(0.3, 5.0),
            clear_m=3.0,
            steep=0.4,
            sway=0.06,
        ),
        Scatter(tufts(0.3, "#6f8c3c"), 240, (-9.0, -5.0, 9.0, 8.0), clear_m=1.4, lane_m=0.5),
        Scatter(
            lambda rng: greenery.far_tree(7.0, rng=rng, colour=rgb("#47652e")),
            46,
            (-34.0, -50.0, 34.0, -19.0),
            height=(9.0, 60.0),
            steep=0.3,
            spacing_m=3.0,
        ),
        Scatter(
            lambda rng: greenery.far_tree(7.0, rng=rng),
            36,
            (-30.0, -14.0, 30.0, 26.0),
            height=(3.0, 60.0),
            clear_m=14.0,
            steep=0.6,
            spacing_m=4.0,
        ),
        Scatter(
            lambda rng: plants.bush(0.8, rng=rng, leaves=60),
            22,
            (-14.0, -14.0, 14.0, 12.0),
            height=(0.5, 9.0),
            clear_m=6.0,
            solid_m=0.6,
            solid_height_m=1.0,
        ),
    ),
    far=(Treeline(30, 20.0, 44.0, arc=(-0.9, 0.9)),),
    things=_fall_things,
    walk=((-4.4, -0.4), (4.4, -0.4)),
    keep_in=Space((-6.5, 1.0, -4.6), (6.5, 9.0, 12.0)),
    underfoot="grass",
    ambience="river",
    mirror=True,
    back_z=-3.3,
)


# --- the swamp ----------------------------------------------------------------------------------


def _swamp_things(set_: Scenery, rng: np.random.Generator) -> None:
    for x, z, tall in (
        (-4.6, -4.2, 15.0),
        (5.6, -7.0, 17.0),
        (-9.5, -10.0, 16.0),
        (10.5, -2.0, 15.0),
        (2.0, -14.0, 15.0),
        (-7.4, 4.4, 15.0),
        (8.0, 6.5, 14.0),
    ):
        foot = set_.foot(x, z)
        set_.add(
            placed(
                greenery.log_tree(tall, rng=rng, crown=rgb("#4d5c30")),
                (x, min(foot, 0.0), z),
                yaw=x,
            )
        )
        set_.post(x, z, 0.75, 8.0)
    for x, z, yaw in ((-2.4, -6.6, 0.5), (4.8, -3.6, 1.9)):
        set_.add(placed(wild.log(3.4, 0.24, rng), (x, -0.12, z), yaw=yaw))
    pads = scattered_points(rng, 170, (-15.0, -22.0, 15.0, -3.0), 0.6)
    wet = set_.height(pads[:, 0], pads[:, 1]) < -0.12
    spots = np.stack([pads[wet, 0], 0 * pads[wet, 0], pads[wet, 1]], -1)
    set_.add(greenery.lily_pads(spots, rng=rng))
    set_.airs.append(
        Plume(
            (0.0, 0.2, -9.0),
            46,
            14.0,
            (0.12, 0.01, 0.05),
            (11.0, 0.3, 6.0),
            1.5,
            3.2,
            1.4,
            (0.30, 0.34, 0.30) if not set_.conditions.dark else (0.03, 0.05, 0.06),
            0.05,
        )
    )
    if set_.lit:
        set_.airs.append(Air(40, 20.0, (0, 0, 0), 0.035, (1.4, 1.9, 0.6), 0.0, 1.2, 7.0, glow=True))


SWAMP = Landscape(
    ground=Ground(
        Finish(rgb("#4d4630"), Surface.EARTH, 0.95),
        features=(
            Swell(1.5, 8.0, calm_m=5.0, seed=7),
            Bank((0.0, -2.6), np.pi, 2.4, 0.75, wander_m=0.8, cell_m=6.0),
            Trench(((-6.0, 0.4), (0.0, 0.0), (6.0, -0.2)), 1.4, 0.28, 2.0),
            Trench(((0.0, 0.0), (0.0, 12.0)), 1.8, 0.26, 2.5),
        ),
        covers=(
            Cover(rgb("#556034"), Surface.GRASS, patch_m=2.6, share=0.62, height=(0.12, 9.0)),
            Cover(rgb("#2f2b1e"), Surface.EARTH, height=(-9.0, 0.06)),
        ),
        near_m=16.0,
        far_m=90.0,
    ),
    climate=Climate(
        density_per_m=0.016,
        height_falloff_per_m=0.05,
        haze=(0.82, 1.0, 0.80),
        sunset_yaw=2.7,
        exposure=0.96,
        bounce=(0.8, 1.0, 0.6),
    ),
    water=(Water((-70.0, -70.0, 70.0, 60.0), rgb("#2c3a26")),),
    growth=(
        Scatter(
            cattails, 50, (-16.0, -18.0, 16.0, 8.0), height=(-0.5, 0.2), clear_m=3.2, sway=0.08
        ),
        Scatter(
            tufts(0.42, "#66743a"),
            260,
            (-10.0, -8.0, 10.0, 8.0),
            height=(-0.2, 2.0),
            clear_m=1.5,
            lane_m=0.6,
            sway=0.08,
        ),
        Scatter(
            lambda rng: plants.fern(0.7, rng=rng),
            34,
            (-11.0, -9.0, 11.0, 9.0),
            height=(0.0, 2.0),
            clear_m=3.0,
        ),
        Scatter(
            lambda rng: greenery.log_tree(14.0, rng=rng, moss=False, crown=rgb("#44542c")),
            16,
            (-40.0, -46.0, 40.0, -17.0),
            spacing_m=6.0,
            kinds=2,
            sink_m=0.4,
        ),
    ),
    far=(Treeline(90, 30.0, 62.0, (9.0, 15.0), colours=(rgb("#3d4a2a"), rgb("#48552e"))),),
    things=_swamp_things,
    walk=((-4.6, 0.35), (4.6, -0.1)),
    keep_in=Space((-8.0, 0.4, -7.0), (8.0, 7.0, 12.0)),
    underfoot="earth",
    ambience="night_crickets",
    mirror=True,
    back_z=-2.4,
    marks=standing(
        ("hero", 0.0, 0.0, 0.0),
        ("left", -1.2, 0.2, 0.55),
        ("right", 1.2, 0.1, -0.55),
        ("back", 0.6, -1.5, 0.0),
        ("far", -3.0, -1.2, 0.0),
        ("front", 0.0, 1.6, np.pi),
    ),
    floor_radius_m=1.6,
)


BUILDERS = {
    "lake": builder("lake", LAKE),
    "river": builder("river", RIVER),
    "waterfall": builder("waterfall", WATERFALL),
    "swamp": builder("swamp", SWAMP),
}

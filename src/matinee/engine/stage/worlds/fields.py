"""Fields and farms: wheat, flowers, vines, a farmyard, a camp in the woods."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.render.scene import Lamp
from matinee.engine.stage.light import Climate
from matinee.engine.stage.parts import greenery, plants, rural, wild
from matinee.engine.stage.parts.finish import Colour, Finish, rgb
from matinee.engine.stage.parts.fire import flame
from matinee.engine.stage.parts.solids import ball, copies, on_ground, placed, tube
from matinee.engine.stage.parts.things import buildings, vehicles
from matinee.engine.stage.weather import Air, Plume
from matinee.engine.stage.worlds.landscape import (
    Hills,
    Landscape,
    Scatter,
    Treeline,
    builder,
)
from matinee.engine.stage.worlds.model import Practical, Space
from matinee.engine.stage.worlds.motion import circling, swaying
from matinee.engine.stage.worlds.terrain import Cover, Ground, Swell
from matinee.engine.stage.worlds.traffic import whole
from matinee.engine.stage.worlds.village import cottage
from matinee.engine.stage.worlds.waters import GRASSLAND, plant, rocks, tufts

if TYPE_CHECKING:
    from collections.abc import Callable

    from matinee.engine.stage.parts.finish import Floats
    from matinee.engine.stage.worlds.model import Transform
    from matinee.engine.stage.worlds.scenery import Scenery

_HILLS = Finish(rgb("#58703c"), Surface.GRASS, 0.95)
_LANE = ((0.0, 40.0), (0.0, 4.0), (0.2, -6.0), (-1.6, -20.0), (1.0, -44.0), (0.0, -120.0))


def crop(
    height_m: float, stem: Colour, head: Colour, head_m: tuple[float, float], spread_m: float = 0.34
) -> Callable[[np.random.Generator], Mesh]:
    """Return what makes a clump of some stalks of a crop."""

    def make(rng: np.random.Generator) -> Mesh:
        at = rng.normal(0, spread_m, (11, 3)) * (1, 0, 1)
        return greenery.stalks(at, rng=rng, height_m=height_m, stem=stem, head=head, head_m=head_m)

    return make


# --- wheat ----------------------------------------------------------------------------------------


def _wheat_things(set_: Scenery, rng: np.random.Generator) -> None:
    for x, z, tall in ((-12.0, -34.0, 10.0), (22.0, -52.0, 11.0), (9.5, 9.0, 9.0)):
        plant(set_, "oak", (x, z), tall, rng, leaves=520)
    set_.add(placed(rural.scarecrow(), (4.2, set_.foot(4.2, -7.0), -7.0), yaw=-0.3))
    set_.post(4.2, -7.0, 0.3, 2.2)
    house = cottage(9.0, 7.0, 2, rng, lit=set_.lit)
    set_.add(placed(house, (-30.0, set_.foot(-30.0, -78.0), -78.0), yaw=0.6))
    set_.move(
        "crows",
        wild.flock(8, rgb("#15151a"), rng, span_m=0.9, spread_m=7.0),
        circling((6.0, 9.0, -32.0), 13.0, 11.0, 0.3),
    )


_WHEAT_STEM, _WHEAT_EAR = rgb("#c49a48"), rgb("#dcb45c")
WHEAT_FIELD = Landscape(
    ground=Ground(
        Finish(rgb("#b8924a"), Surface.GRASS, 0.95),
        features=(Swell(3.6, 60.0, calm_m=8.0),),
        covers=(
            Cover(rgb("#cda85a"), None, patch_m=9.0, share=0.5),
            Cover(rgb("#a88a4c"), None, rib_m=0.9, most=0.35),
            Cover(rgb("#9a7c54"), Surface.EARTH, on=_LANE, half_m=0.9),
        ),
        far_m=320.0,
    ),
    climate=Climate(
        density_per_m=0.002, haze=(1.1, 1.0, 0.86), sunset_yaw=2.8, bounce=(1.25, 1.05, 0.65)
    ),
    growth=(
        Scatter(
            crop(0.86, _WHEAT_STEM, _WHEAT_EAR, (0.022, 0.13)),
            170,
            (-7.5, -8.0, 7.5, 6.5),
            clear_m=1.5,
            lane_m=0.8,
            kinds=4,
            sway=0.16,
            off=_LANE,
            away_m=1.0,
            tint=0.12,
        ),
        Scatter(
            crop(0.86, _WHEAT_STEM, _WHEAT_EAR, (0.035, 0.16), 0.5),
            280,
            (-17.0, -26.0, 17.0, -6.5),
            clear_m=1.5,
            kinds=4,
            off=_LANE,
            away_m=1.1,
            tint=0.12,
        ),
        Scatter(
            tufts(0.95, "#cfa957", 9, 1.0),
            300,
            (-60.0, -90.0, 60.0, -22.0),
            kinds=3,
            off=_LANE,
            away_m=1.6,
            tint=0.12,
            clear_m=8.0,
        ),
    ),
    far=(
        Hills(240.0, 480.0, 40.0, _HILLS, seed=3),
        Treeline(70, 120.0, 190.0, (8.0, 13.0), arc=(np.pi - 1.7, np.pi + 1.7)),
        Treeline(24, 40.0, 80.0, arc=(-1.2, 1.2)),
    ),
    things=_wheat_things,
    walk=((0.0, -5.5), (0.0, 4.5)),
    keep_in=Space((-7.0, 0.4, -9.0), (7.0, 8.0, 13.0)),
    underfoot="earth",
    ambience="wind",
    floor_radius_m=1.2,
    back_z=-7.0,
)


# --- flowers --------------------------------------------------------------------------------------


def _rows(
    set_: Scenery,
    make: Callable[[Floats], Mesh],
    every_m: float,
    rng: np.random.Generator,
    *,
    reach: tuple[float, float],
    step_m: float,
) -> None:
    """Plant rows along Z beside the middle lane, thinner further off."""
    for side in (-1, 1):
        for number in range(int(reach[0] / every_m)):
            x = side * (1.5 + every_m * number)
            step = step_m * (1 + 0.22 * number)
            z = np.arange(7.0, -reach[1], -step)
            z = z + rng.normal(0, 0.05, len(z))
            at = np.stack([x + rng.normal(0, 0.06, len(z)), z], -1)
            set_.add(make(on_ground(at, set_.height)))


def _mound(rng: np.random.Generator) -> Mesh:
    """Return a lavender bush for the middle distance."""
    way = rng.normal(size=(16, 3))
    way[:, 1] = np.abs(way[:, 1]) + 0.2
    way /= np.linalg.norm(way, axis=1, keepdims=True)
    tone = rgb("#7456a8")
    core = ball(
        (0, 0.1, 0), (0.26, 0.2, 0.26), Finish(tone, Surface.FOLIAGE, 0.9).times(0.5), level=0
    )
    return merged([core, plants.leaf_cards(way * 0.3, way, 0.12, tone, rng=rng)])


def _flower_things(set_: Scenery, rng: np.random.Generator) -> None:
    violet, stem = rgb("#6d4bb0"), rgb("#6f7f58")

    def bush() -> Mesh:
        spots = rng.normal(0, 0.13, (13, 3)) * (1, 0, 1)
        return greenery.stalks(
            spots, rng=rng, height_m=0.46, stem=stem, head=violet, head_m=(0.03, 0.17), lean=0.3
        )

    kinds = [bush() for _ in range(3)]
    mound = placed(_mound(rng))

    def row(at: Floats) -> Mesh:
        near = np.hypot(at[:, 0], at[:, 2]) < 9.5
        parts = [
            copies(
                kinds[k],
                at[near][k::3],
                yaw=rng.uniform(0, 6, len(at[near][k::3])),
                scale=rng.uniform(0.85, 1.2, len(at[near][k::3])),
            )
            for k in range(3)
        ]
        parts.append(
            copies(
                mound,
                at[~near][::2],
                yaw=rng.uniform(0, 6, len(at[~near][::2])),
                scale=rng.uniform(0.9, 1.3, len(at[~near][::2])),
            )
        )
        return merged(parts)

    _rows(set_, row, 1.3, rng, reach=(10.0, 27.0), step_m=0.46)
    for x, z, tall in (
        (-9.0, -30.0, 9.0),
        (-8.0, -33.0, 10.0),
        (13.0, -36.0, 10.0),
        (14.5, -34.0, 9.0),
    ):
        set_.add(placed(greenery.cypress(tall, rng=rng), (x, set_.foot(x, z), z)))
    house = cottage(9.0, 7.0, 2, rng, lit=set_.lit)
    set_.add(placed(house, (8.0, set_.foot(8.0, -44.0), -44.0), yaw=-0.3))
    set_.move(
        "swallows",
        wild.flock(7, rgb("#26262c"), rng, span_m=0.4, spread_m=6.0),
        circling((0.0, 7.0, -20.0), 11.0, 9.0, 0.0),
    )
    set_.airs.append(
        Air(
            26,
            9.0,
            (0.1, 0.02, 0.05),
            0.05,
            (0.8, 0.75, 0.5),
            0.9,
            0.9,
            2.2,
            streak=(0.02, 0.03, 0.01),
        )
    )


FLOWER_FIELD = Landscape(
    ground=Ground(
        Finish(rgb("#8a7048"), Surface.EARTH, 0.95),
        features=(Swell(3.0, 60.0, calm_m=9.0),),
        covers=(
            Cover(
                rgb("#6d4f9a"),
                Surface.GRASS,
                rib_m=1.3,
                most=0.75,
                inside=(-60.0, -90.0, -14.0, 60.0),
            ),
            Cover(
                rgb("#6d4f9a"),
                Surface.GRASS,
                rib_m=1.3,
                most=0.75,
                inside=(14.0, -90.0, 60.0, 60.0),
            ),
            Cover(
                rgb("#6d4f9a"),
                Surface.GRASS,
                rib_m=1.3,
                most=0.85,
                inside=(-60.0, -140.0, 60.0, -30.0),
            ),
            Cover(rgb("#6d8a44"), Surface.GRASS, inside=(-400.0, -400.0, 400.0, -96.0)),
        ),
        far_m=300.0,
    ),
    climate=Climate(
        density_per_m=0.002, haze=(1.04, 1.0, 1.02), sunset_yaw=2.85, bounce=(1.05, 0.95, 1.1)
    ),
    growth=(
        Scatter(tufts(0.2, "#7d8f4a", 5), 120, (-1.2, -12.0, 1.2, 8.0), clear_m=0.6, lane_m=0.3),
    ),
    far=(
        Hills(180.0, 380.0, 46.0, _HILLS, seed=8),
        Hills(
            420.0, 900.0, 190.0, Finish(rgb("#7d7a80"), Surface.EARTH, 0.9), seed=5, foot_m=-10.0
        ),
        Treeline(40, 90.0, 130.0, arc=(np.pi - 1.6, np.pi + 1.6)),
    ),
    things=_flower_things,
    walk=((0.0, -5.5), (0.0, 4.5)),
    keep_in=Space((-7.0, 0.4, -10.0), (7.0, 8.0, 13.0)),
    underfoot="earth",
    ambience="forest_birds",
    floor_radius_m=0.8,
    back_z=-7.0,
)


# --- vines ----------------------------------------------------------------------------------------


def _vineyard_things(set_: Scenery, rng: np.random.Generator) -> None:
    close, distant = (greenery.vine_row(7.0, rng=rng, near=near) for near in (True, False))
    for number in range(12):
        x = (number - 5.5) * 3.4
        for z in (-31.0, -23.5, -16.0, -8.5, -1.0):
            if abs(x) > 9 and z > -8 and number % 2:
                continue
            y = set_.foot(x, z)
            set_.add(
                placed(
                    close if z > -10 and abs(x) < 8 else distant,
                    (x, y, z),
                    yaw=np.pi * (number % 2),
                    tilt=float(np.arctan((set_.foot(x, z - 3.4) - set_.foot(x, z + 3.4)) / 6.8)),
                )
            )
        set_.block((x, 0.8, -16.0), (0.28, 1.0, 19.0))
    villa = cottage(12.0, 8.0, 3, rng, lit=set_.lit)
    set_.add(placed(villa, (14.0, set_.foot(14.0, -66.0) - 0.3, -66.0), yaw=-0.4))
    for number in range(9):
        x, z = 2.0 + 3.2 * number, -58.0 - 1.1 * number
        set_.add(
            placed(
                greenery.cypress(8.0 + (number % 3), rng=rng, leaves=90), (x, set_.foot(x, z), z)
            )
        )


VINEYARD = Landscape(
    ground=Ground(
        Finish(rgb("#9a7b50"), Surface.EARTH, 0.95),
        features=(Swell(7.0, 80.0, calm_m=14.0, octaves=2),),
        covers=(
            Cover(rgb("#7f8f48"), Surface.GRASS, rib_m=3.4, most=0.8),
            Cover(
                rgb("#5f7a38"),
                Surface.GRASS,
                rib_m=3.4,
                most=0.9,
                inside=(-200.0, -190.0, 200.0, -36.0),
            ),
        ),
        far_m=260.0,
    ),
    climate=Climate(
        density_per_m=0.0026, haze=(1.1, 1.0, 0.86), sunset_yaw=2.75, bounce=(1.15, 1.0, 0.7)
    ),
    growth=(
        Scatter(tufts(0.16, "#7f9a46", 5), 240, (-9.0, -10.0, 9.0, 8.0), clear_m=1.0, lane_m=0.5),
    ),
    far=(
        Hills(170.0, 380.0, 70.0, Finish(rgb("#6b7a40"), Surface.GRASS, 0.95), seed=8),
        Hills(430.0, 900.0, 210.0, Finish(rgb("#75767c"), Surface.EARTH, 0.9), seed=5),
        Treeline(50, 110.0, 170.0, (5.0, 9.0)),
    ),
    things=_vineyard_things,
    walk=((0.0, -5.5), (0.0, 4.5)),
    keep_in=Space((-1.25, 0.4, -10.0), (1.25, 7.0, 13.0)),
    underfoot="earth",
    ambience="forest_birds",
    floor_radius_m=1.0,
    back_z=-7.0,
)


# --- the farmyard ---------------------------------------------------------------------------------


def _farm_things(set_: Scenery, rng: np.random.Generator) -> None:
    set_.add(placed(rural.barn(), (-9.0, 0.0, -25.0), yaw=0.5))
    set_.block((-9.0, 3.0, -25.0), (5.6, 3.0, 8.0), 0.5)
    set_.add(
        placed(rural.silo(), (-18.5, 0.0, -29.0)),
        placed(rural.silo(10.0, 1.9), (-22.5, 0.0, -26.0)),
    )
    house = cottage(10.0, 7.0, 2, rng, lit=set_.lit)
    set_.add(placed(house, (15.0, 0.0, -23.0), yaw=-0.6))
    set_.block((15.0, 2.5, -23.0), (5.2, 2.5, 3.8), -0.6)
    tractor = whole(vehicles.tractor(Finish(rgb("#3f7a34"), Surface.PAINT, 0.35)))
    set_.add(placed(tractor, (5.2, 0.0, -9.0), yaw=2.5))
    set_.block((5.2, 1.0, -9.0), (1.0, 1.0, 1.8), 2.5)
    bale = rural.hay_bale()
    for x, z, yaw in (
        (-5.6, -6.2, 0.4),
        (-7.4, -6.8, 1.9),
        (-6.3, -8.4, 0.1),
        (8.4, -4.2, 1.1),
        (24.0, -44.0, 0.3),
        (6.0, -58.0, 1.2),
        (34.0, -60.0, 2.2),
        (-36.0, -54.0, 0.8),
    ):
        set_.add(placed(bale, (x, set_.foot(x, z), z), yaw=yaw))
        set_.post(x, z, 0.9, 1.4)
    fence = rural.rail_fence(11.0, finish=Finish(rgb("#d8d4c8"), Surface.WOOD, 0.8))
    for x, z, yaw in (
        (-11.0, 2.0, 1.57),
        (11.0, 1.0, 1.57),
        (-11.0, -9.0, 1.57),
        (11.0, -10.0, 1.57),
    ):
        set_.add(placed(fence, (x, 0.0, z), yaw=yaw))
        set_.block((x, 0.6, z), (0.1, 0.6, 5.5))
    mill = buildings.windmill(Finish(rgb("#a8aaa4"), Surface.METAL, 0.5))
    set_.add(placed(mill.body, (20.0, 0.0, -40.0), scale=1.9))
    for part in mill.turning:
        at = (20.0 + 1.9 * part.at[0], 1.9 * part.at[1], -40.0 + 1.9 * part.at[2])
        set_.move("sails", placed(part.mesh, scale=1.9), _spinning(at))
    for row in range(3):
        for column in range(5):
            x, z = 14.0 + 4.5 * column, -2.0 + 5.0 * row
            set_.add(
                placed(
                    greenery.far_tree(4.6, rng=rng, colour=rgb("#5c8038"), leaves=60), (x, 0.0, z)
                )
            )
    plant(set_, "oak", (-8.6, 4.6), 10.0, rng, leaves=620)
    hens = Finish(rgb("#c9bfae"), Surface.CLOTH, 0.9)
    hen = merged(
        [
            ball((0, 0.2, 0), (0.12, 0.12, 0.17), hens, level=1),
            ball((0, 0.36, 0.14), 0.055, hens, level=0),
            ball((0, 0.42, 0.14), (0.015, 0.03, 0.03), Finish(rgb("#b02a22")), level=0),
            tube([(0, 0.0, 0.02), (0, 0.12, 0)], 0.02, Finish(rgb("#c9922e")), sides=4),
        ]
    )
    spots = np.array(
        [
            (-3.2, 0.0, -4.6),
            (-3.8, 0.0, -5.4),
            (-2.6, 0.0, -6.0),
            (3.0, 0.0, -5.6),
            (-4.6, 0.0, -3.9),
        ]
    )
    set_.add(copies(hen, spots, yaw=rng.uniform(0, 6, 5)))


def _spinning(at: tuple[float, float, float]) -> Callable[[float], Transform]:
    def transform(time_s: float) -> Transform:
        sine, cosine = np.sin(0.9 * time_s), np.cos(0.9 * time_s)
        turn = np.array([[cosine, -sine, 0], [sine, cosine, 0], [0, 0, 1]])
        return np.column_stack([turn, at]).astype(np.float32)

    return transform


FARM = Landscape(
    ground=Ground(
        GRASSLAND,
        features=(Swell(4.0, 70.0, calm_m=34.0),),
        covers=(
            Cover(rgb("#91a04c"), None, patch_m=7.0, share=0.45),
            Cover(
                rgb("#9a8058"),
                Surface.EARTH,
                on=((0.0, 40.0), (0.0, 0.0), (-4.0, -12.0), (-6.0, -20.0)),
                half_m=2.6,
            ),
            Cover(
                rgb("#9a8058"),
                Surface.EARTH,
                on=((0.0, -2.0), (10.0, -14.0), (14.0, -20.0)),
                half_m=1.6,
            ),
            Cover(
                rgb("#b8a052"),
                Surface.GRASS,
                inside=(-80.0, -140.0, 80.0, -46.0),
                rib_m=3.0,
                most=0.8,
            ),
        ),
        far_m=260.0,
    ),
    climate=Climate(density_per_m=0.002, sunset_yaw=2.75, bounce=(1.05, 1.05, 0.75)),
    growth=(
        Scatter(
            tufts(0.26, "#86a048"),
            330,
            (-14.0, -12.0, 14.0, 9.0),
            clear_m=3.0,
            lane_m=0.8,
            sway=0.1,
            off=((0.0, 40.0), (0.0, 0.0), (-4.0, -12.0)),
            away_m=2.4,
        ),
        Scatter(rocks(0.25), 20, (-14.0, -12.0, 14.0, 9.0), clear_m=3.5),
    ),
    far=(
        Hills(230.0, 460.0, 52.0, _HILLS, seed=3),
        Treeline(70, 95.0, 150.0, arc=(np.pi - 1.9, np.pi + 1.9)),
        Treeline(24, 34.0, 70.0, arc=(-1.2, 1.2)),
    ),
    things=_farm_things,
    walk=((-4.4, -0.8), (4.4, -0.8)),
    keep_in=Space((-9.0, 0.3, -8.0), (9.0, 8.0, 13.0)),
    underfoot="earth",
    ambience="forest_birds",
    back_z=-5.0,
    shadow_radius_m=36.0,
)


# --- the camp -------------------------------------------------------------------------------------


def _camp_things(set_: Scenery, rng: np.random.Generator) -> None:
    dark = set_.lit
    x, z = 0.9, -2.9
    set_.add(placed(rural.fire_ring(), (x, 0.0, z)))
    set_.post(x, z, 0.65, 0.5)
    if not set_.conditions.wet:
        flicker = swaying(0.05, 0.7, 0.3, about=(x, 0.1, z))
        set_.move("fire", placed(flame(0.85), (x, 0.1, z)), flicker)
        set_.lamp(Practical((x, 0.75, z), (15.0, 6.2, 1.6), 15.0, size_m=0.3))
        set_.airs += [
            Plume(
                (x, 0.7, z),
                46,
                2.0,
                (0.15, 1.5, 0.05),
                (0.15, 0.1, 0.15),
                0.8,
                0.018,
                0.5,
                (3.0, 1.2, 0.25),
                0.0,
            ),
            Plume(
                (x, 1.1, z),
                26,
                5.0,
                (0.3, 1.0, 0.1),
                (0.12, 0.1, 0.12),
                1.4,
                0.35,
                4.5,
                (0.11, 0.11, 0.12) if dark else (0.4, 0.4, 0.42),
                0.10,
            ),
        ]
        if dark:
            set_.lamps += [Lamp((x, 1.0, z + 0.9), (8.5, 3.6, 1.0), 9.0)]
    for tx, tz, yaw, tone in (
        (-3.9, -5.2, 0.6, "#c9772e"),
        (5.2, -5.6, -0.7, "#3f7a6a"),
        (0.2, -9.6, 0.1, "#8a3a34"),
    ):
        set_.add(placed(rural.ridge_tent(rgb(tone)), (tx, 0.0, tz), yaw=yaw, scale=1.15))
        set_.block((tx, 0.7, tz), (1.3, 0.8, 1.5), yaw)
        if dark:
            set_.lamp(Practical((tx, 0.7, tz), (2.4, 1.5, 0.6), 4.0))
    for lx, lz, yaw in ((-1.2, -3.9, 1.1), (2.9, -3.9, -0.9)):
        set_.add(placed(wild.log(1.7, 0.2, rng), (lx, 0.0, lz), yaw=yaw))
        set_.block((lx, 0.2, lz), (0.9, 0.2, 0.22), yaw)
    for tx, tz, tall in (
        (-7.4, -3.0, 11.0),
        (7.8, -2.2, 12.0),
        (-6.6, 4.4, 11.0),
        (7.0, 5.6, 12.0),
        (-9.5, -9.0, 12.0),
        (9.8, -9.4, 13.0),
    ):
        set_.add(placed(plants.conifer(tall, rng=rng), (tx, set_.foot(tx, tz), tz)))
        set_.post(tx, tz, 0.35, 6.0)
    if set_.conditions.dark:
        set_.airs.append(Air(30, 22.0, (0, 0, 0), 0.03, (1.6, 1.9, 0.5), 0.0, 1.2, 7.0, glow=True))


CAMPSITE = Landscape(
    ground=Ground(
        Finish(rgb("#5f6a38"), Surface.GRASS, 0.95),
        features=(Swell(2.4, 24.0, calm_m=12.0),),
        covers=(
            Cover(
                rgb("#7a6444"), Surface.EARTH, on=((0.0, 9.0), (0.0, 0.0), (0.6, -3.6)), half_m=1.8
            ),
            Cover(rgb("#6f5b3c"), Surface.EARTH, patch_m=3.4, share=0.36),
        ),
        far_m=110.0,
    ),
    climate=Climate(density_per_m=0.0036, sunset_yaw=2.7, haze=(1.0, 1.0, 1.04)),
    growth=(
        Scatter(tufts(0.24, "#6f8440"), 260, (-11.0, -12.0, 11.0, 9.0), clear_m=2.4, lane_m=0.7),
        Scatter(
            lambda rng: plants.conifer(11.0, rng=rng, tiers=7),
            90,
            (-46.0, -54.0, 46.0, 40.0),
            clear_m=12.0,
            solid_m=0.3,
            kinds=4,
            spacing_m=3.4,
        ),
        Scatter(
            lambda rng: plants.fern(0.6, rng=rng),
            24,
            (-12.0, -13.0, 12.0, 9.0),
            clear_m=5.0,
            kinds=2,
        ),
    ),
    far=(
        Hills(120.0, 280.0, 74.0, Finish(rgb("#33482f"), Surface.FOLIAGE, 0.95), seed=8),
        Hills(
            330.0,
            760.0,
            300.0,
            Finish(rgb("#6d6f78"), Surface.EARTH, 0.9),
            seed=5,
            foot_m=-10.0,
            snowline_m=140.0,
        ),
    ),
    things=_camp_things,
    walk=((-4.4, 0.6), (4.4, 0.6)),
    keep_in=Space((-7.0, 0.3, -7.0), (7.0, 7.0, 12.0)),
    ambience="night_crickets",
    floor_radius_m=1.8,
    back_z=-1.9,
)

BUILDERS = {
    "wheat_field": builder("wheat_field", WHEAT_FIELD),
    "flower_field": builder("flower_field", FLOWER_FIELD),
    "vineyard": builder("vineyard", VINEYARD),
    "farm": builder("farm", FARM),
    "campsite": builder("campsite", CAMPSITE),
}

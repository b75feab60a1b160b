"""A town street by day: stone and brick houses, shops, a cafe, lindens, a church at the end."""

from __future__ import annotations

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.render.scene import Lamp
from matinee.engine.stage.light import Climate
from matinee.engine.stage.parts import furniture, masonry, plants, street, wild
from matinee.engine.stage.parts.finish import Finish, rgb, seed_of, weathered
from matinee.engine.stage.parts.solids import box, boxes, cylinder, lathe, placed
from matinee.engine.stage.worlds import avenue
from matinee.engine.stage.worlds.avenue import KERB_M, Plan
from matinee.engine.stage.worlds.model import Conditions, Practical, Space, World
from matinee.engine.stage.worlds.motion import circling
from matinee.engine.stage.worlds.scenery import Scenery, around

_PLAN = Plan(road_m=5.2, pavement_m=3.6, near_z=30.0, far_z=-92.0, cross_z=-31.0)
_ASPHALT = Finish(rgb("#5a5a5c"), Surface.ASPHALT, 0.85)
_FLAGS = Finish(rgb("#9b968c"), Surface.TILES, 0.8)
_WALLS = (
    Finish(rgb("#a8604a"), Surface.BRICK, 0.9),
    Finish(rgb("#d8c4a0"), Surface.PLASTER, 0.88),
    Finish(rgb("#b9a58a"), Surface.STONE, 0.88),
    Finish(rgb("#c9b7a2"), Surface.PLASTER, 0.88),
    Finish(rgb("#8f5343"), Surface.BRICK, 0.9),
    Finish(rgb("#a9b0a8"), Surface.PLASTER, 0.88),
    Finish(rgb("#d2b083"), Surface.PLASTER, 0.88),
)
_SHOPS = tuple(map(rgb, ("#274b3f", "#5c2328", "#23344d", "#6b5a3a", "#2b2b2f", "#3d5a66")))


def build(conditions: Conditions) -> World:
    """Build the street."""
    rng = seed_of("street", conditions.seed)
    lit = conditions.dark or conditions.low_sun
    set_ = Scenery("street", conditions, height=avenue.ground(_PLAN))
    set_.add(*avenue.roadway(_PLAN, _ASPHALT, _FLAGS))
    for side, z, width in avenue.rows(_PLAN, rng=rng, widths=(8.5, 12.5)):
        _house(set_, side, z, width, rng, lit=lit)
    _square_end(set_)
    avenue.closed_behind(set_, _PLAN, _WALLS)
    _trees(set_, rng)
    _pavement_life(set_, rng)
    avenue.lamps_along(set_, _PLAN, 17.0, lit=lit, colour=(34.0, 25.0, 14.5))
    avenue.parked(
        set_,
        _PLAN,
        [
            (1, -8.0),
            (-1, -9.5),
            (1, -14.5),
            (-1, -19.0),
            (-1, -42.0),
            (1, 9.5),
            (-1, 12.5),
        ],
        rng=rng,
    )
    avenue.crossing_traffic(set_, _PLAN, rng=rng, lit=lit)
    avenue.passers_by(set_, _PLAN, 22, rng=rng)
    set_.move(
        "pigeons",
        wild.flock(8, rgb("#5a5c62"), rng, span_m=0.6, spread_m=4.0),
        circling((0.0, 15.0, -34.0), 13.0, 15.0, 0.7),
    )
    if conditions.dark:
        set_.lamps += [
            Lamp((3.4, 4.2, 2.8), (9.0, 6.6, 4.0), 9.0),
            Lamp((-3.6, 3.0, -2.6), (6.0, 4.6, 3.0), 9.0),
        ]
    for side in (-1, 1):
        set_.block((side * (_PLAN.front_m + 4.6), 8.0, -31.0), (4.5, 8.0, 61.0))
    return set_.world(
        Climate(
            density_per_m=0.0036,
            height_falloff_per_m=0.03,
            exposure=1.05,
            haze=(1.08, 1.0, 0.9),
            key_turn=-0.62,
            sunset_yaw=3.17,
            bounce=(1.15, 1.05, 0.92),
        ),
        marks=around(-9.0),
        walk=((0.0, -6.0), (0.0, 5.0)),
        keep_in=Space((-4.8, 0.25, -22.0), (4.8, 8.0, 22.0)),
        underfoot="asphalt",
        ambience="city_traffic",
        floor_radius_m=2.8,
        shadow_radius_m=32.0,
        reach_m=10.0,
    )


def _house(
    set_: Scenery, side: int, z: float, width: float, rng: np.random.Generator, *, lit: bool
) -> None:
    wall = _WALLS[int(rng.integers(0, len(_WALLS)))].times(float(rng.uniform(0.88, 1.08)))
    storeys = int(rng.integers(3, 6))
    trim = Finish(rgb("#cfc6b4"), Surface.STONE, 0.85)
    frame = masonry.FRAME_WHITE if rng.random() < 0.7 else masonry.FRAME_DARK
    top = 4.0 + (storeys - 1) * 3.3
    near = -27.0 < z < 15.0
    roof = placed(
        masonry.gable_roof(
            width,
            8.4,
            2.6,
            masonry.SLATE if rng.random() < 0.5 else masonry.ROOF_TILES,
            over_m=0.1,
            gable=wall,
        ),
        (0, top, -4.2),
    )
    if not near:
        block = masonry.tower_block(width, top, 8.4, wall.coloured(wall.colour), cell_m=4.0)
        set_.add(avenue.facing_street(merged([placed(block, (0, 0, -4.2)), roof]), side, _PLAN, z))
        return
    style = masonry.Style(wall, trim, frame)
    house = masonry.town_house(width, storeys, 8.4, style, rng=rng)
    set_.add(
        avenue.facing_street(
            weathered(merged([house, roof]), amount=0.1, cell_m=3.0, seed=int(z)), side, _PLAN, z
        )
    )
    colour = _SHOPS[int(rng.integers(0, len(_SHOPS)))]
    set_.add(
        avenue.facing_street(
            street.shop_front(width - 0.9, colour, rng=rng, lit=lit), side, _PLAN, z, x=-0.06
        )
    )
    if rng.random() < 0.65:
        shade = _SHOPS[int(rng.integers(0, len(_SHOPS)))]
        bright = (shade[0] * 2.2 + 0.05, shade[1] * 2.2 + 0.02, shade[2] * 2.2 + 0.02)
        set_.add(
            avenue.facing_street(
                street.awning(width * 0.62, 1.5, bright), side, _PLAN, z, x=-0.2, y=3.35 + KERB_M
            )
        )
    chimneys = [(x, top + 2.4, -4.2) for x in (-width * 0.3, width * 0.32)]
    set_.add(
        avenue.facing_street(
            boxes(chimneys, (0.45, 1.3, 0.3), Finish(rgb("#7d4c3c"), Surface.BRICK, 0.9)),
            side,
            _PLAN,
            z,
        )
    )
    if lit:
        at = (side * (_PLAN.front_m - 0.7), 1.9, z)
        set_.lamp(
            Practical(
                at,
                (3.4 * width / 9, 2.5 * width / 9, 1.5 * width / 9),
                8.0,
                (-float(side), 0.0, 0.0),
                size_m=1.2,
            )
        )


def _square_end(set_: Scenery) -> None:
    """Close the view with a church, its tower off the axis, and trees before it."""
    stone = Finish(rgb("#b3a48c"), Surface.STONE, 0.9)
    nave = [
        box((0, 8.0, 0), (9.0, 8.0, 12.0), stone),
        placed(
            masonry.gable_roof(24.0, 18.0, 9.0, masonry.SLATE, gable=stone),
            (0, 16.0, 0),
            yaw=np.pi / 2,
        ),
        box((0, 3.0, 12.2), (2.0, 3.0, 0.3), stone.times(0.6)),
        placed(
            cylinder(2.2, 0.3, Finish(rgb("#2b3946"), Surface.GLASS, 0.2), sides=18),
            (0, 13.0, 12.0),
            tilt=np.pi / 2,
        ),
    ]
    tower = [
        box((-7.0, 14.0, 9.0), (4.0, 14.0, 4.0), stone.times(1.05)),
        boxes([(-7.0, y, 9.0) for y in (9.0, 18.0, 27.6)], (4.3, 0.4, 4.3), stone.times(0.85)),
        boxes(
            [(-7.0 + x, 23.0, 13.05) for x in (-1.4, 1.4)],
            (0.7, 2.2, 0.1),
            Finish(rgb("#22221f"), Surface.PLAIN, 0.9),
        ),
        placed(
            lathe([(5.2, 0), (2.6, 5.0), (0, 16.0)], masonry.SLATE, sides=8),
            (-7.0, 28.0, 9.0),
            yaw=np.pi / 8,
        ),
    ]
    set_.add(placed(weathered(merged([*nave, *tower]), amount=0.14, cell_m=4.0), (17.0, 0, -118.0)))
    for x in (-30.0, 32.0):
        set_.add(
            placed(masonry.tower_block(34.0, 15.0, 14.0, _WALLS[1], cell_m=8.0), (x, 0, -106.0))
        )
        set_.add(placed(masonry.hip_roof(34.0, 14.0, 5.0, masonry.SLATE), (x, 15.4, -106.0)))
    for x in (-48.0, 48.0):
        set_.add(placed(masonry.tower_block(5.0, 15.0, 40.0, _WALLS[3], cell_m=6.0), (x, 0, -31.0)))
    set_.add(street.paving(-40, 40, -130, -92, _FLAGS, cell_m=8.0))


def _trees(set_: Scenery, rng: np.random.Generator) -> None:
    bare = set_.conditions.snowy
    models = [
        plants.tree("linden", 8.5, rng=rng, leaves=560, bare=bare),
        plants.tree("maple", 8.0, rng=rng, leaves=520, bare=bare),
    ]
    pit = box((0, 0.01, 0), (0.65, 0.015, 0.65), Finish(rgb("#4a3c2e"), Surface.EARTH, 0.95))
    for side in (-1, 1):
        for number, z in enumerate((5.5, -5.0, -13.0, -21.0, -42.0, -54.0, -68.0)):
            x = side * (_PLAN.road_m + 0.95)
            at = z + (2.0 if side > 0 else 0.0)
            set_.add(
                placed(
                    models[number % 2],
                    (x, KERB_M, at),
                    yaw=float(rng.uniform(0, 6)),
                    scale=float(rng.uniform(0.9, 1.1)),
                )
            )
            set_.add(placed(pit, (x, KERB_M, at)))
            set_.post(x, at, 0.25, 5.0)


def _pavement_life(set_: Scenery, rng: np.random.Generator) -> None:
    """Set cafe tables, benches, bicycles, planters and bins on the pavements."""
    marble = Finish(rgb("#d8d2c6"), Surface.STONE, 0.4)
    parts: list[Mesh] = []
    for x, z in ((7.2, -3.2), (7.4, -5.2), (7.1, 1.4), (-7.5, -2.0)):
        parts.append(placed(furniture.round_table(marble), (x, KERB_M, z)))
        for yaw in (0.4, 2.6):
            seat = (x + 0.62 * np.sin(yaw), KERB_M, z + 0.62 * np.cos(yaw))
            parts.append(placed(furniture.chair(street.OAK), seat, yaw=yaw + np.pi))
        set_.post(x, z, 0.4, 0.8)
    pot = lathe(
        [(0, 0), (0.3, 0), (0.4, 0.55), (0.43, 0.6), (0.38, 0.6), (0.36, 0.5), (0, 0.5)],
        Finish(rgb("#8d5a40"), Surface.PLASTER, 0.9),
        sides=14,
    )
    shrub = plants.bush(0.48, rng=rng, leaves=90)
    for x, z in ((6.6, -7.2), (-6.6, 1.2), (-6.7, -6.8), (6.7, 4.2)):
        parts += [placed(pot, (x, KERB_M, z)), placed(shrub, (x, KERB_M + 0.42, z), yaw=x)]
        set_.post(x, z, 0.45, 1.1)
    parts += [
        placed(street.bench(), (-6.9, KERB_M, -3.9), yaw=np.pi / 2),
        placed(street.litter_bin(), (-6.2, KERB_M, -5.4)),
        placed(street.hydrant(), (5.75, KERB_M, -1.4)),
        placed(street.traffic_light(), (5.7, KERB_M, -25.2)),
        placed(street.traffic_light(), (-5.7, KERB_M, -25.2)),
    ]
    set_.block((-6.9, 0.5, -3.9), (0.4, 0.5, 0.9))
    set_.add(*parts)

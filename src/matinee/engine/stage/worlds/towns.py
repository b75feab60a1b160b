"""Towns: an old square, a hutong, Paris, Manhattan, canals, the West, a fair."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.geometry import Surface, merged
from matinee.engine.stage.light import Climate
from matinee.engine.stage.parts import (
    crowd,
    furniture,
    landmarks,
    masonry,
    plants,
    street,
    waterside,
    wild,
)
from matinee.engine.stage.parts.finish import Finish, rgb
from matinee.engine.stage.parts.solids import box, boxes, lathe, placed
from matinee.engine.stage.parts.things import buildings, vehicles
from matinee.engine.stage.weather import Plume
from matinee.engine.stage.worlds.landscape import (
    Hills,
    Landscape,
    Skyline,
    Treeline,
    Water,
    builder,
)
from matinee.engine.stage.worlds.model import Practical, Space
from matinee.engine.stage.worlds.motion import circling, floating
from matinee.engine.stage.worlds.scenery import standing
from matinee.engine.stage.worlds.terrain import Cover, Deck, Ground
from matinee.engine.stage.worlds.traffic import drive, paint, stand, whole

if TYPE_CHECKING:
    from collections.abc import Callable

    from matinee.engine.stage.worlds.model import Transform
    from matinee.engine.stage.worlds.scenery import Scenery

_COBBLES = Finish(rgb("#8f8678"), Surface.TILES, 0.85)
_SANDY = Finish(rgb("#b0905f"), Surface.SAND, 0.95)


def row_of_houses(  # noqa: PLR0913 - what a street is made of
    set_: Scenery,
    styles: tuple[masonry.Style, ...],
    rng: np.random.Generator,
    *,
    front_m: float,
    z: tuple[float, float],
    storeys: tuple[int, int],
    roofs: tuple[Finish, ...],
    shops: float = 0.6,
    roof_m: float = 2.6,
) -> None:
    """Line both sides of a street along Z with houses, shops and roofs."""
    for side in (-1, 1):
        at = z[0]
        while at > z[1]:
            wide = float(rng.uniform(6.5, 9.5))
            style = styles[int(rng.integers(0, len(styles)))]
            floors = int(rng.integers(storeys[0], storeys[1] + 1))
            shop = bool(rng.random() < shops)
            yaw = -side * np.pi / 2
            where = (side * front_m, 0.0, at - wide / 2)
            set_.add(
                placed(
                    masonry.town_house(wide, floors, 9.0, style, rng=rng, shop=shop), where, yaw=yaw
                )
            )
            tall = (4.0 if shop else style.storey_m) + (floors - 1) * style.storey_m
            roof = masonry.gable_roof(
                wide,
                9.0,
                roof_m,
                roofs[int(rng.integers(0, len(roofs)))],
                gable=style.wall,
                over_m=0.25,
            )
            set_.add(placed(roof, (where[0] + side * 4.5, tall, where[2]), yaw=yaw))
            if shop and at > -40:
                colour = (rgb("#2f4a3c"), rgb("#6a2a2a"), rgb("#2a3f5a"), rgb("#8a6a2a"))[
                    int(rng.integers(0, 4))
                ]
                set_.add(
                    placed(
                        street.shop_front(wide - 1.0, colour, rng=rng, lit=set_.lit),
                        where,
                        yaw=yaw,
                    )
                )
                if set_.lit:
                    set_.lamp(
                        Practical(
                            (side * (front_m - 0.7), 2.2, where[2]),
                            (4.0, 2.8, 1.4),
                            8.0,
                            (-float(side), 0.0, 0.0),
                        )
                    )
            at -= wide
        set_.block((side * (front_m + 4.5), 6.0, (z[0] + z[1]) / 2), (4.5, 6.0, (z[0] - z[1]) / 2))


# --- the old square -------------------------------------------------------------------------------


def _square_things(set_: Scenery, rng: np.random.Generator) -> None:
    lit = set_.lit
    tones = ("#d9b98a", "#c98a6a", "#e2d4b4", "#b8c0a8", "#d8a878", "#c8b0a0")
    styles = tuple(
        masonry.Style(
            Finish(rgb(code), Surface.PLASTER, 0.85),
            Finish(rgb("#e8e0d0"), Surface.PLASTER, 0.8),
            masonry.FRAME_WHITE,
        )
        for code in tones
    )
    roofs = (
        masonry.ROOF_TILES,
        masonry.ROOF_TILES.times(0.8),
        Finish(rgb("#7d4a3a"), Surface.TILES, 0.85),
    )
    row_of_houses(
        set_, styles, rng, front_m=17.0, z=(14.0, -34.0), storeys=(3, 4), roofs=roofs, roof_m=3.2
    )
    for number in range(5):
        x = -15.0 + 7.4 * number
        if number == 2:
            continue
        house = masonry.town_house(7.2, 3 + number % 2, 8.0, styles[number], rng=rng)
        tall = 4.0 + (2 + number % 2) * 3.3
        set_.add(
            placed(house, (x, 0.0, -34.0)),
            placed(
                masonry.gable_roof(7.2, 8.0, 3.6, roofs[number % 3], gable=styles[number].wall),
                (x, tall, -38.0),
                yaw=np.pi / 2,
            ),
        )
    hall = masonry.Style(
        Finish(rgb("#cdb48a"), Surface.STONE, 0.85), masonry.OLD_STONE, masonry.FRAME_DARK, 4.0
    )
    set_.add(placed(masonry.town_house(9.5, 3, 10.0, hall, rng=rng, shop=False), (0.0, 0.0, -33.0)))
    tower = [
        box((0, 14.0, 0), (2.3, 14.0, 2.3), hall.wall),
        placed(
            lathe(
                [(3.4, 28.0), (2.0, 31.0), (2.3, 31.6), (0.0, 40.0)],
                Finish(rgb("#4f7a6a"), Surface.METAL, 0.6),
                sides=4,
            ),
            yaw=np.pi / 4,
        ),
    ]
    face = Finish(
        rgb("#f0e6cc"), Surface.SCREEN if lit else Surface.PAINT, 0.5, 1.4 if lit else 0.0
    )
    tower += [
        placed(
            lathe([(0.0, 0.0), (1.5, 0.0), (1.5, 0.1), (0, 0.12)], face, sides=24),
            (0, 24.5, 2.3),
            tilt=np.pi / 2,
        ),
        boxes(
            [(0, 25.0, 2.46), (0.35, 24.5, 2.46)],
            [(0.06, 0.6, 0.02), (0.4, 0.06, 0.02)],
            Finish(rgb("#1c1a18")),
        ),
    ]
    set_.add(*(placed(part, (0.0, 0.0, -36.0)) for part in tower))
    set_.block((0.0, 6.0, -36.0), (18.0, 6.0, 3.2))
    set_.add(
        placed(
            buildings.fountain(Finish(rgb("#c9c2b2"), Surface.STONE, 0.8)),
            (-4.5, 0.0, -11.5),
            scale=1.7,
        )
    )
    set_.post(-4.5, -11.5, 2.5, 2.0)
    glow = 0.2 if set_.conditions.dark else 0.85
    set_.airs.append(
        Plume(
            (-4.5, 3.2, -11.5),
            110,
            1.0,
            (0, 1.3, 0),
            (0.1, 0.1, 0.1),
            0.9,
            0.045,
            1.4,
            (glow, glow, glow),
            0.5,
        )
    )
    for x, z, code in ((8.5, -9.0, "#b03a2e"), (10.5, -13.5, "#2f6a52"), (-11.0, -3.4, "#c9a23a")):
        set_.add(
            placed(waterside.parasol(rgb(code)), (x, 0.0, z)),
            placed(furniture.round_table(), (x + 0.9, 0.0, z + 0.5)),
        )
        for dx, dz, yaw in ((0.3, 0.9, 1.0), (1.6, 0.2, -1.2)):
            set_.add(placed(furniture.chair(), (x + dx, 0.0, z + dz), yaw=yaw))
        set_.post(x, z, 1.5, 2.3)
    at = rng.uniform((-14.0, -27.0), (14.0, -6.0), (26, 2))
    at = at[np.hypot(at[:, 0] + 4.5, at[:, 1] + 11.5) > 3.4]
    facing = rng.uniform(0, 6.3, len(at))
    figures = np.column_stack([at[:, 0], 0 * at[:, 0], at[:, 1]])
    set_.add_bare(
        crowd.figures(figures[:12], facing[:12], rng, near=True),
        crowd.figures(figures[12:], facing[12:], rng, pose="lean"),
    )
    set_.move(
        "pigeons",
        wild.flock(9, rgb("#8a8f98"), rng, span_m=0.6, spread_m=5.0),
        circling((0.0, 10.0, -20.0), 10.0, 9.0, 0.2),
    )
    post = street.lantern_post(3.6, lit=lit)
    for x, z in ((-7.0, -4.6), (7.0, -6.4), (-9.0, -19.0), (9.0, -21.0)):
        set_.add(placed(post, (x, 0.0, z)))
        set_.post(x, z, 0.2, 3.4)
        if lit:
            set_.lamp(Practical((x, 3.2, z), (7.0, 4.6, 2.1), 13.0))


OLD_TOWN = Landscape(
    ground=Ground(
        _COBBLES,
        covers=(
            Cover(rgb("#a89c88"), None, patch_m=4.0, share=0.4),
            Cover(rgb("#6d665c"), None, rib_m=1.2, most=0.25),
        ),
        near_m=16.0,
        cell_m=0.6,
        far_m=70.0,
        blotch=0.12,
    ),
    climate=Climate(
        density_per_m=0.004,
        sunset_yaw=2.7,
        low_elevation=0.36,
        haze=(1.06, 1.0, 0.94),
        night_glow=(0.03, 0.02, 0.01),
    ),
    far=(Hills(140.0, 300.0, 60.0, Finish(rgb("#4f6a48"), Surface.FOLIAGE, 0.95), seed=6),),
    things=_square_things,
    walk=((-5.0, -0.8), (5.0, -0.8)),
    keep_in=Space((-10.0, 0.3, -8.0), (10.0, 9.0, 14.0)),
    underfoot="stone",
    ambience="market",
    back_z=-6.0,
    shadow_radius_m=36.0,
)


# --- Paris ----------------------------------------------------------------------------------------


def _paris_things(set_: Scenery, rng: np.random.Generator) -> None:  # noqa: C901 - a list of things
    lit = set_.lit
    cream = Finish(rgb("#dccfb2"), Surface.STONE, 0.85)
    style = (
        masonry.Style(cream, cream.times(1.08), masonry.FRAME_WHITE, bay_m=3.3),
        masonry.Style(cream.times(0.92), cream.times(1.05), masonry.FRAME_WHITE, bay_m=3.3),
    )
    row_of_houses(
        set_,
        style,
        rng,
        front_m=14.5,
        z=(9.0, -35.0),
        storeys=(4, 4),
        roofs=(Finish(rgb("#6a7480"), Surface.METAL, 0.6),),
        shops=0.75,
        roof_m=3.4,
    )
    for side in (-1, 1):
        for z in (-53.0, -72.5, -92.0):
            block = masonry.tower_block(19.0, 17.0, 14.0, cream, cell_m=60.0)
            set_.add(placed(block, (side * 21.5, 0.0, z), yaw=np.pi / 2))
    set_.add(placed(landmarks.iron_tower(92.0), (9.0, 0.0, -150.0), yaw=np.pi / 4))
    awning_tones = ("#8f2b2b", "#2f4a3c", "#2a3f5a")
    for number, z in enumerate((-4.0, -11.5, -19.0)):
        for side in (-1, 1):
            set_.add(
                placed(
                    street.awning(
                        4.6, 1.7, rgb(awning_tones[(number + (side > 0)) % 3]), stripes=False
                    ),
                    (side * 14.3, 3.2, z),
                    yaw=-side * np.pi / 2,
                )
            )
            for dz in (-1.2, 1.4) if side > 0 or number == 1 else ():
                x = side * 12.4
                set_.add(
                    placed(furniture.round_table(radius_m=0.32), (x, 0.0, z + dz)),
                    placed(furniture.chair(), (x, 0.0, z + dz + 0.62), yaw=np.pi),
                    placed(furniture.chair(), (x - side * 0.62, 0.0, z + dz), yaw=side * np.pi / 2),
                )
                set_.post(x, z + dz, 0.7, 0.9)
    for side in (-1, 1):
        for z in np.arange(6.0, -36.0, -9.0):
            tree = plants.tree(
                "linden", 7.5, rng=rng, leaves=150 if z > -14 else 50, bare=set_.conditions.snowy
            )
            set_.add(placed(tree, (side * 8.8, 0.0, z)))
            set_.post(side * 8.8, float(z), 0.3, 5.0)
            post = street.lantern_post(3.8, lit=lit)
            if z > -40:
                set_.add(placed(post, (side * 6.6, 0.0, z - 4.0)))
                set_.post(side * 6.6, float(z) - 4.0, 0.2, 3.4)
                if lit:
                    set_.lamp(Practical((side * 6.6, 3.4, float(z) - 4.0), (6.5, 4.4, 2.1), 12.0))
    for number, (x, z) in enumerate(((-4.9, -12.0), (4.9, -19.0), (-4.9, -27.0), (4.9, -36.0))):
        stand(
            set_,
            whole(vehicles.car(paint(number + 2))),
            (x, 0.0, z),
            0.0 if x < 0 else np.pi,
            (0.95, 2.2),
        )
    drive(set_, "taxi", vehicles.car(paint(3)), (70.0, 0.0, -38.4), (-70.0, 0.0, -38.4), 8.0)
    drive(set_, "other", vehicles.car(paint(6)), (-70.0, 0.0, -41.0), (70.0, 0.0, -41.0), 8.5)
    at = [
        (-10.6, 0.0, -7.5),
        (10.4, 0.0, -14.5),
        (-10.8, 0.0, -24.0),
        (10.9, 0.0, -5.5),
        (7.6, 0.0, -30.0),
    ]
    set_.add_bare(crowd.figures(at, rng.uniform(0, 6, 5), rng, near=True))
    set_.move(
        "pigeons",
        wild.flock(7, rgb("#8a8f98"), rng, span_m=0.6, spread_m=5.0),
        circling((0.0, 12.0, -30.0), 10.0, 10.0, 0.2),
    )


PARIS = Landscape(
    ground=Ground(
        Finish(rgb("#b5ab98"), Surface.TILES, 0.85),
        covers=(
            Cover(rgb("#5a5753"), Surface.ASPHALT, inside=(-6.0, -110.0, 6.0, 60.0)),
            Cover(rgb("#6d8a44"), Surface.GRASS, inside=(-200.0, -400.0, 200.0, -110.0)),
            Cover(rgb("#c8b48a"), Surface.SAND, inside=(3.0, -400.0, 15.0, -110.0)),
        ),
        near_m=15.0,
        cell_m=0.5,
        far_m=260.0,
        blotch=0.1,
    ),
    climate=Climate(
        density_per_m=0.003, sunset_yaw=2.95, haze=(1.06, 1.0, 0.97), night_glow=(0.03, 0.02, 0.01)
    ),
    far=(
        Skyline(34, 170.0, 260.0, (14.0, 26.0), (14.0, 26.0), (rgb("#d8cbb0"), rgb("#c9bda4"))),
        Treeline(60, 96.0, 140.0, (8.0, 12.0), arc=(np.pi - 0.8, np.pi + 0.8)),
        Skyline(12, 44.0, 64.0, (16.0, 24.0), (12.0, 20.0), (rgb("#d8cbb0"),), arc=(-1.1, 1.1)),
    ),
    things=_paris_things,
    walk=((0.0, -6.0), (0.0, 4.5)),
    keep_in=Space((-6.0, 0.3, -9.0), (6.0, 9.0, 14.0)),
    underfoot="asphalt",
    ambience="city_traffic",
    back_z=-7.0,
    shadow_radius_m=36.0,
)


# --- the canal ------------------------------------------------------------------------------------

_QUAY_M = 0.7


def _canal_things(set_: Scenery, rng: np.random.Generator) -> None:
    lit = set_.lit
    tones = ("#c8705a", "#d9a06a", "#e0c49a", "#b8605a", "#d8b48a", "#c9a08a")
    styles = [
        masonry.Style(
            Finish(rgb(code), Surface.PLASTER, 0.85),
            Finish(rgb("#e8e0d0"), Surface.STONE, 0.8),
            Finish(rgb("#3a5a48"), Surface.PAINT, 0.5),
        )
        for code in tones
    ]
    at, number = -4.0, 0
    while at > -64.0:
        for side, front in ((-1, 9.4), (1, 8.6)):
            wide, floors = 7.0 + (number % 3), 3 + (number + (side > 0)) % 2
            style = styles[(number * 2 + (side > 0)) % 6]
            where = (side * front, -0.4, at - wide / 2)
            set_.add(
                placed(
                    masonry.town_house(wide + 0.6, floors, 9.0, style, rng=rng, shop=False),
                    where,
                    yaw=-side * np.pi / 2,
                )
            )
            set_.add(
                placed(
                    masonry.gable_roof(wide + 0.6, 9.0, 1.9, masonry.ROOF_TILES, gable=style.wall),
                    (where[0] + side * 4.5, floors * 3.3 - 0.4, where[2]),
                    yaw=-side * np.pi / 2,
                )
            )
            if lit:
                set_.lamp(Practical((side * (front - 0.8), 2.4, where[2]), (4.4, 2.9, 1.3), 8.0))
        at -= 7.6
        number += 1
    stone = Finish(rgb("#a89c88"), Surface.TILES, 0.85)
    set_.add(
        box((0.0, _QUAY_M / 2 - 1.0, 5.0), (14.0, _QUAY_M / 2 + 0.98, 7.0), stone),
        box((-9.0, _QUAY_M / 2 - 1.0, -32.0), (2.4, _QUAY_M / 2 + 0.9, 31.0), stone),
    )
    set_.add(
        placed(
            waterside.arched_bridge(17.6, 3.2, 2.9, Finish(rgb("#d2c6ae"), Surface.STONE, 0.8)),
            (0.0, 0.5, -27.0),
        )
    )
    boat = landmarks.gondola()
    set_.move("gondola0", boat, floating((-3.4, 0.0, -8.4), 0.4, 4.4, 0.2))
    set_.move("gondola1", boat, floating((4.6, 0.0, -12.5), 2.9, 5.0, 1.4))
    set_.move(
        "gondola2",
        merged(
            [
                boat,
                crowd.figures(
                    [(0.0, 0.5, -3.6)],
                    0.0,
                    rng,
                    clothes=(rgb("#e6e2d8"), rgb("#22262c")),
                    near=True,
                ),
            ]
        ),
        _gliding(),
    )
    pole_red, pole_white = (
        Finish(rgb("#b03a34"), Surface.PAINT, 0.5),
        Finish(rgb("#e4e0d4"), Surface.PAINT, 0.5),
    )
    for x, z in ((-5.4, -4.0), (-1.8, -3.8), (3.0, -4.0), (6.0, -3.6), (6.6, -10.0), (-5.6, -13.5)):
        parts = [
            placed(
                lathe(
                    [(0.09, 0.45 * k), (0.09, 0.45 * (k + 1))],
                    pole_red if k % 2 else pole_white,
                    sides=8,
                ),
                (x, -0.9, z),
            )
            for k in range(8)
        ]
        set_.add(*parts)
    post = street.lantern_post(3.2, lit=lit)
    for x, z in ((-4.6, -1.6), (5.0, -1.6)):
        set_.add(placed(post, (x, _QUAY_M, z)))
        set_.post(x, z, 0.2, 3.2)
        if lit:
            set_.lamp(Practical((x, _QUAY_M + 2.8, z), (6.5, 4.4, 2.1), 12.0))
    line = [(-9.0, 7.4, -14.0), (8.4, 7.8, -15.0)]
    set_.add(street.cable(*line, sag_m=0.8))
    for k in range(9):
        x = -7.0 + 1.7 * k
        set_.add(
            box(
                (x, 6.55 + 0.05 * abs(k - 4), -14.4),
                (0.34, 0.42, 0.006),
                Finish(
                    rgb(("#e4e0d4", "#8ab0c8", "#d8a0a0", "#e0d090")[k % 4]), Surface.CLOTH, 0.9
                ),
            )
        )
    set_.move(
        "pigeons",
        wild.flock(8, rgb("#9a9fa6"), rng, span_m=0.6, spread_m=5.0),
        circling((0.0, 11.0, -24.0), 9.0, 10.0, 0.2),
    )
    tower = Finish(rgb("#a85a44"), Surface.BRICK, 0.9)
    set_.add(
        box((14.0, 16.0, -78.0), (3.0, 16.0, 3.0), tower),
        placed(
            lathe(
                [(3.2, 32.0), (2.6, 36.0), (0.0, 45.0)],
                Finish(rgb("#5f8a7a"), Surface.METAL, 0.6),
                sides=4,
            ),
            (14.0, 0.0, -78.0),
            yaw=np.pi / 4,
        ),
    )


def _gliding() -> Callable[[float], Transform]:
    def transform(time_s: float) -> Transform:
        z = -58.0 + (1.1 * time_s + 18.0) % 46.0
        roll = 0.03 * np.sin(1.3 * time_s)
        matrix = np.eye(3, 4, dtype=np.float32)
        matrix[0, 1], matrix[1, 0] = -roll, roll
        matrix[:, 3] = (0.8, 0.02 * np.sin(1.9 * time_s), z)
        return matrix

    return transform


CANAL = Landscape(
    ground=Ground(
        Finish(rgb("#2f4a44"), Surface.EARTH, 0.95),
        base_m=-1.6,
        decks=(Deck((-14.0, -2.0, 14.0, 12.0), _QUAY_M), Deck((-11.4, -63.0, -6.6, -1.0), _QUAY_M)),
        far_m=90.0,
        cell_m=3.0,
    ),
    climate=Climate(
        density_per_m=0.0045,
        sunset_yaw=2.95,
        low_elevation=0.36,
        haze=(1.06, 1.0, 0.95),
        night_glow=(0.03, 0.02, 0.01),
    ),
    water=(Water((-14.0, -130.0, 14.0, -1.9), rgb("#2f6a62"), cell_m=2.0),),
    far=(
        Skyline(
            26,
            70.0,
            120.0,
            (10.0, 18.0),
            (8.0, 14.0),
            (rgb("#c8705a"), rgb("#d9a06a"), rgb("#e0c49a")),
        ),
        Skyline(
            10,
            22.0,
            34.0,
            (10.0, 15.0),
            (9.0, 13.0),
            (rgb("#c8705a"), rgb("#d9a06a")),
            arc=(-1.1, 1.1),
        ),
    ),
    things=_canal_things,
    walk=((-5.0, 0.4), (5.0, 0.4)),
    keep_in=Space((-8.0, _QUAY_M + 0.3, -1.6), (8.0, 8.0, 11.0)),
    underfoot="stone",
    ambience="river",
    mirror=True,
    floor_radius_m=1.3,
    marks=standing(
        ("hero", 0.0, 0.0, 0.0),
        ("left", -1.2, 0.25, 0.55),
        ("right", 1.2, 0.25, -0.55),
        ("back", 0.7, -1.3, 0.0),
        ("far", -2.6, -1.4, 0.0),
        ("front", 0.0, 1.6, np.pi),
    ),
)


BUILDERS = {
    "old_town": builder("old_town", OLD_TOWN),
    "paris": builder("paris", PARIS),
    "canal_city": builder("canal_city", CANAL),
}

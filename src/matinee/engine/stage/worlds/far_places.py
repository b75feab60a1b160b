"""Old and far places: the Great Wall, a palace, a shrine, a castle, ruins, an avenue."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.geometry import Surface
from matinee.engine.render.scene import Lamp
from matinee.engine.stage.light import Climate
from matinee.engine.stage.parts import (
    crowd,
    eastern,
    greenery,
    landmarks,
    masonry,
    plants,
    street,
    wild,
)
from matinee.engine.stage.parts.finish import Finish, rgb
from matinee.engine.stage.parts.fire import brazier
from matinee.engine.stage.parts.solids import ball, box, boxes, placed
from matinee.engine.stage.weather import Air
from matinee.engine.stage.worlds.landscape import (
    Hills,
    Landscape,
    Scatter,
    Treeline,
    Water,
    builder,
)
from matinee.engine.stage.worlds.model import Practical, Space
from matinee.engine.stage.worlds.motion import circling, hanging
from matinee.engine.stage.worlds.terrain import (
    Bank,
    Cover,
    Deck,
    Ground,
    Hill,
    Level,
    Swell,
    Trench,
)
from matinee.engine.stage.worlds.waters import plant, rocks, tufts

if TYPE_CHECKING:
    from matinee.engine.stage.worlds.scenery import Scenery

_MARBLE = Finish(rgb("#cfc9ba"), Surface.STONE, 0.8)
_GREEN_HILL = Finish(rgb("#56683a"), Surface.GRASS, 0.95)


# --- the Great Wall -------------------------------------------------------------------------------

_CREST_M = 7.0
_WALL = (
    (0.0, 22.0),
    (0.0, -22.0),
    (-16.0, -52.0),
    (-6.0, -92.0),
    (-44.0, -128.0),
    (-30.0, -176.0),
    (-78.0, -230.0),
)


def _ridge(x: float, z: float, set_: Scenery) -> float:
    return set_.foot(x, z) + 5.4


def _wall_things(set_: Scenery, rng: np.random.Generator) -> None:
    set_.add(placed(eastern.rampart(44.0, 5.6, 9.0), (0.0, _CREST_M, 0.0)))
    for side in (-1, 1):
        set_.block((side * 2.8, _CREST_M + 0.6, 0.0), (0.4, 0.9, 22.0))
    stone = Finish(rgb("#9a8a72"), Surface.STONE, 0.9)
    tops = [np.array((x, _ridge(x, z, set_), z)) for x, z in _WALL[1:]]
    tops[0][1] = _CREST_M
    for a, b in pairwise(tops):
        count = max(2, int(np.linalg.norm(b - a) / 7))
        for k in range(count):
            p, q = a + (b - a) * k / count, a + (b - a) * (k + 1) / count
            middle, way = (p + q) / 2, q - p
            yaw = float(np.arctan2(way[0], way[2]))
            length = float(np.hypot(way[0], way[2]))
            set_.add(
                placed(box((0, -4.5, 0), (2.7, 4.9, length / 2 + 0.6), stone), middle, yaw=yaw)
            )
            teeth = np.arange(-length / 2, length / 2, 1.6)
            crest = np.concatenate(
                [np.stack([0 * teeth + s * 2.5, 0 * teeth + 0.95, teeth], -1) for s in (-1, 1)]
            )
            set_.add(placed(boxes(crest, (0.28, 0.6, 0.5), stone.times(1.05)), middle, yaw=yaw))
    tower = eastern.watch_tower(9.0, 12.0)
    for k, (x, z) in enumerate(
        (
            (0.0, -24.0),
            (-16.0, -54.0),
            (-6.0, -92.0),
            (-44.0, -128.0),
            (-30.0, -176.0),
            (-78.0, -230.0),
        )
    ):
        y = _CREST_M - 7.0 if k == 0 else _ridge(x, z, set_) - 6.5
        set_.add(placed(tower, (x, y, z), yaw=0.3 * k))
    set_.block((0.0, _CREST_M + 2.0, -24.0), (4.6, 5.0, 4.6))
    flag = Finish(rgb("#a8281e"), Surface.CLOTH, 0.9)
    for z in (-4.0, -12.0):
        set_.add(boxes([(2.75, _CREST_M + 2.2, z)], (0.035, 1.6, 0.035), street.OAK))
        set_.move(
            f"flag{int(-z)}",
            box((0.0, -0.35, 0.55), (0.008, 0.33, 0.55), flag),
            hanging((2.75, _CREST_M + 3.7, z), 0.0, 0.05, 0.5, z),
        )
    set_.add_bare(
        crowd.figures([(-1.4, _CREST_M, -10.0), (1.2, _CREST_M, -15.0)], [0.3, 2.9], rng, near=True)
    )
    set_.move(
        "hawk",
        wild.bird(rgb("#3a2e22"), span_m=1.8),
        circling((20.0, 22.0, -60.0), 16.0, 22.0, 0.2),
    )


GREAT_WALL = Landscape(
    ground=Ground(
        Finish(rgb("#5a6a38"), Surface.FOLIAGE, 0.95),
        features=(
            Swell(36.0, 90.0, calm_m=26.0, octaves=4),
            Hill((-16.0, -54.0), 46.0, 12.0),
            Hill((-6.0, -96.0), 48.0, 26.0),
            Hill((-44.0, -130.0), 52.0, 36.0),
            Hill((-32.0, -180.0), 60.0, 46.0),
            Hill((-80.0, -236.0), 80.0, 64.0),
            Hill((90.0, -150.0), 80.0, 34.0),
            Level((-3.0, -26.0, 3.0, 24.0), 0.0, 14.0),
        ),
        covers=(
            Cover(rgb("#7d7450"), None, patch_m=9.0, share=0.45),
            Cover(rgb("#857a68"), Surface.EARTH, steep=(0.3, 2.0)),
        ),
        decks=(Deck((-2.9, -20.0, 2.9, 22.0), _CREST_M),),
        far_m=330.0,
        near_m=20.0,
        cell_m=1.6,
        growth=1.07,
        blotch=0.3,
        blotch_m=9.0,
    ),
    climate=Climate(
        density_per_m=0.0024, height_falloff_per_m=0.012, haze=(1.04, 1.0, 0.96), sunset_yaw=2.8
    ),
    growth=(
        Scatter(
            lambda rng: greenery.far_tree(5.5, rng=rng, colour=rgb("#4f6a34"), leaves=34),
            280,
            (-90.0, -170.0, 90.0, 30.0),
            clear_m=9.0,
            kinds=4,
            steep=0.7,
            off=_WALL,
            away_m=5.0,
            tint=0.3,
        ),
    ),
    far=(
        Hills(
            330.0,
            620.0,
            150.0,
            Finish(rgb("#5f6a48"), Surface.FOLIAGE, 0.95),
            seed=12,
            foot_m=-10.0,
        ),
        Hills(
            660.0, 1200.0, 300.0, Finish(rgb("#6a7068"), Surface.EARTH, 0.9), seed=5, foot_m=-20.0
        ),
    ),
    things=_wall_things,
    walk=((0.0, -6.0), (0.0, 5.0)),
    keep_in=Space((-2.2, _CREST_M + 0.3, -11.0), (2.2, _CREST_M + 7.0, 13.0)),
    underfoot="stone",
    ambience="wind",
    floor_radius_m=1.8,
    back_z=-8.0,
    shadow_radius_m=36.0,
)


# --- the palace court -----------------------------------------------------------------------------


def _palace_things(set_: Scenery, rng: np.random.Generator) -> None:
    set_.add(placed(eastern.hall(34.0, 14.0, 6.4, tiers=2, steps=16), (0.0, 0.0, -46.0)))
    set_.block((0.0, 4.0, -46.0), (19.5, 5.0, 9.5))
    for side in (-1, 1):
        set_.add(
            placed(
                eastern.hall(22.0, 9.0, 4.6, steps=5),
                (side * 28.0, 0.0, -22.0),
                yaw=-side * np.pi / 2,
            )
        )
        set_.add(
            placed(
                eastern.hall(14.0, 8.0, 4.0, steps=5), (side * 26.0, 0.0, -50.0), yaw=-side * 0.5
            )
        )
        set_.add(
            box((side * 34.0, 3.4, 6.0), (0.8, 3.4, 44.0), eastern.PALACE_RED),
            placed(
                eastern.curved_roof(90.0, 3.4, 1.0, eastern.GOLD_TILES),
                (side * 34.0, 6.8, 6.0),
                yaw=np.pi / 2,
            ),
        )
        lion = Finish(rgb("#8f7a3c"), Surface.METAL, 0.4)
        parts = [
            box((0, 0.7, 0), (0.8, 0.7, 1.1), _MARBLE, bevel_m=0.06),
            ball((0, 2.0, -0.2), (0.5, 0.62, 0.75), lion, level=2),
            ball((0, 2.75, 0.45), (0.46, 0.46, 0.44), lion, level=2),
            ball((0, 2.6, 0.85), (0.24, 0.2, 0.16), lion, level=1),
            *(ball((s * 0.3, 1.75, 0.6), (0.14, 0.4, 0.16), lion, level=1) for s in (-1, 1)),
            *(ball((s * 0.34, 3.1, 0.3), 0.12, lion, level=1) for s in (-1, 1)),
        ]
        set_.add(*(placed(part, (side * 6.4, 0.0, -11.5), yaw=-side * 0.2) for part in parts))
        set_.block((side * 6.4, 1.2, -11.5), (0.9, 1.4, 1.2))
        for z in (-5.0, -18.0, -25.0):
            set_.add(placed(brazier(1.3, lit=set_.lit), (side * 9.5, 0.0, z)))
            set_.post(side * 9.5, z, 0.5, 1.4)
            if set_.lit:
                set_.lamp(Practical((side * 9.5, 1.7, z), (9.0, 4.2, 1.2), 13.0))
    yellow = Finish(rgb("#c9a23a"), Surface.CLOTH, 0.9)
    for x in (-12.5, 12.5):
        for number, z in enumerate((-8.0, -14.0, -20.0, -26.0)):
            set_.add(boxes([(x, 2.6, z)], (0.05, 2.6, 0.05), street.OAK))
            set_.move(
                f"pennant{x}{number}",
                box(
                    (0.0, -0.9, 0.0),
                    (0.42, 0.9, 0.01),
                    yellow if number % 2 else Finish(rgb("#a8281e"), Surface.CLOTH, 0.9),
                ),
                hanging((x - 0.5 * np.sign(x), 5.1, z), 0.0, 0.10, 0.35, number),
            )
            set_.post(x, z, 0.12, 5.0)
    guards = np.array([(s * 4.6, 0.0, z) for s in (-1, 1) for z in (-14.0, -18.0, -22.0, -26.0)])
    robes = (rgb("#7a1f1a"), rgb("#1f2f5a"))
    set_.add_bare(
        crowd.figures(
            guards,
            np.where(guards[:, 0] > 0, -np.pi / 2, np.pi / 2),
            rng,
            clothes=robes,
            robed=True,
            near=True,
        )
    )
    gate = eastern.hall(26.0, 9.0, 5.0, steps=0)
    set_.add(placed(gate, (0.0, 0.0, 30.0), yaw=np.pi))


PALACE_COURT = Landscape(
    ground=Ground(
        Finish(rgb("#a8a294"), Surface.TILES, 0.85),
        covers=(
            Cover(rgb("#8a857a"), None, patch_m=3.0, share=0.45),
            Cover(rgb("#c2bcae"), Surface.STONE, inside=(-2.6, -60.0, 2.6, 40.0)),
        ),
        near_m=14.0,
        cell_m=0.6,
        far_m=120.0,
        blotch=0.12,
    ),
    climate=Climate(
        density_per_m=0.0036, sunset_yaw=2.75, haze=(1.08, 1.0, 0.92), bounce=(1.2, 1.0, 0.8)
    ),
    far=(
        Hills(160.0, 340.0, 50.0, Finish(rgb("#5a6a48"), Surface.FOLIAGE, 0.95), seed=6),
        Treeline(40, 60.0, 110.0, arc=(np.pi - 1.6, np.pi + 1.6)),
    ),
    things=_palace_things,
    walk=((0.0, -6.0), (0.0, 5.0)),
    keep_in=Space((-8.0, 0.3, -9.0), (8.0, 9.0, 14.0)),
    underfoot="stone",
    ambience="wind",
    back_z=-8.0,
    floor_radius_m=2.4,
    shadow_radius_m=44.0,
)


# --- the shrine -----------------------------------------------------------------------------------


def _shrine_things(set_: Scenery, rng: np.random.Generator) -> None:  # noqa: C901 - a list of things
    lit = set_.lit
    set_.add(placed(eastern.torii(6.2), (0.0, 0.0, -6.8)))
    for side in (-1, 1):
        set_.post(side * 2.7, -6.8, 0.4, 6.0)
    for number in range(11):
        z = -11.0 - 2.1 * number
        set_.add(placed(eastern.torii(3.9), (0.0, set_.foot(0.0, z) - 0.1, z)))
        for side in (-1, 1):
            set_.post(side * 1.7, z, 0.25, 3.6)
    set_.add(
        placed(
            eastern.hall(11.0, 7.0, 3.6, steps=3, roof=eastern.GREY_TILES),
            (0.0, set_.foot(0.0, -42.0), -42.0),
        )
    )
    lantern = eastern.stone_lantern(lit=lit)
    for number, z in enumerate((2.6, -2.4, -9.0, -13.0)):
        for side in (-1, 1):
            x = side * (3.0 if number < 2 else 3.2)
            set_.add(placed(lantern, (x, set_.foot(x, z), z), scale=1.15))
            set_.post(x, z, 0.42, 1.7)
            if lit:
                set_.lamp(Practical((x, set_.foot(x, z) + 1.3, z), (4.6, 2.6, 1.0), 8.0))
    fox = Finish(rgb("#c9c4b6"), Surface.STONE, 0.85)
    for side in (-1, 1):
        parts = [
            box((0, 0.5, 0), (0.42, 0.5, 0.42), masonry.GRANITE),
            ball((0, 1.4, -0.1), (0.2, 0.42, 0.26), fox, level=2),
            ball((0, 1.95, 0.12), (0.16, 0.17, 0.2), fox, level=2),
            *(ball((s * 0.1, 2.15, 0.08), (0.05, 0.14, 0.04), fox, level=1) for s in (-1, 1)),
            box((0, 1.82, 0.0), (0.2, 0.05, 0.16), Finish(rgb("#b02a22"), Surface.CLOTH, 0.9)),
        ]
        set_.add(*(placed(part, (side * 4.4, 0.0, -6.2), yaw=-side * 0.3) for part in parts))
        set_.post(side * 4.4, -6.2, 0.5, 2.0)
    for x, z, tall in (
        (-6.4, -4.6, 14.0),
        (6.8, -8.0, 15.0),
        (-7.0, -13.0, 15.0),
        (7.4, 3.4, 14.0),
        (-7.6, 5.4, 13.0),
        (6.0, -19.0, 15.0),
    ):
        set_.add(
            placed(plants.conifer(tall, rng=rng, colour=rgb("#385034")), (x, set_.foot(x, z), z))
        )
        set_.post(x, z, 0.4, 6.0)
    for x, z in ((-4.9, -9.4), (5.2, -12.6), (-5.0, 1.4)):
        plant(set_, "cherry", (x, z), 5.5, rng, leaves=360)
    petals = 0.12 if set_.conditions.dark else 0.9
    if not set_.conditions.snowy:
        set_.airs.append(
            Air(
                60,
                13.0,
                (0.3, -0.5, 0.1),
                0.04,
                (petals, petals * 0.62, petals * 0.68),
                0.95,
                0.6,
                2.4,
                streak=(0.02, 0.01, 0.01),
            )
        )
    if set_.conditions.dark:
        set_.lamps.append(Lamp((-2.4, 2.4, -1.4), (3.0, 1.8, 0.9), 7.0))


SHRINE = Landscape(
    ground=Ground(
        Finish(rgb("#56602f"), Surface.GRASS, 0.95),
        features=(
            Swell(2.4, 18.0, calm_m=8.0),
            Bank((0.0, -9.0), np.pi, 34.0, -5.5),
            Trench(((0.0, 30.0), (0.0, -8.0)), 2.2, 0.0, 2.0),
        ),
        covers=(
            Cover(rgb("#6f7a3c"), None, patch_m=2.4, share=0.5),
            Cover(rgb("#a39c8c"), Surface.STONE, inside=(-1.6, -46.0, 1.6, 40.0)),
            Cover(rgb("#b8ad94"), Surface.SAND, inside=(-4.0, -6.0, -1.6, 12.0)),
            Cover(rgb("#b8ad94"), Surface.SAND, inside=(1.6, -6.0, 4.0, 12.0)),
        ),
        near_m=14.0,
        cell_m=0.5,
        far_m=90.0,
    ),
    climate=Climate(
        density_per_m=0.008,
        haze=(0.97, 1.02, 0.96),
        sunset_yaw=2.85,
        low_elevation=0.35,
        exposure=1.1,
    ),
    growth=(
        Scatter(
            lambda rng: plants.conifer(14.0, rng=rng, colour=rgb("#385034"), tiers=7),
            54,
            (-40.0, -56.0, 40.0, 30.0),
            clear_m=9.0,
            kinds=3,
            solid_m=0.4,
            spacing_m=4.0,
            off=((0.0, 40.0), (0.0, -50.0)),
            away_m=4.6,
            steep=0.8,
        ),
        Scatter(
            lambda rng: plants.fern(0.6, rng=rng),
            44,
            (-9.0, -22.0, 9.0, 8.0),
            clear_m=4.4,
            kinds=2,
            off=((0.0, 40.0), (0.0, -50.0)),
            away_m=2.6,
            steep=0.8,
        ),
        Scatter(
            tufts(0.2, "#74883f", 5),
            150,
            (-8.0, -16.0, 8.0, 8.0),
            clear_m=3.6,
            off=((0.0, 40.0), (0.0, -50.0)),
            away_m=2.2,
        ),
    ),
    far=(
        Hills(110.0, 240.0, 70.0, Finish(rgb("#40583a"), Surface.FOLIAGE, 0.95), seed=4),
        Treeline(
            40, 50.0, 80.0, (10.0, 15.0), conifers=True, colours=(rgb("#33502f"), rgb("#2c4a33"))
        ),
    ),
    things=_shrine_things,
    walk=((0.0, -5.6), (0.0, 5.0)),
    keep_in=Space((-3.0, 0.3, -8.0), (3.0, 7.0, 13.0)),
    underfoot="stone",
    ambience="forest_birds",
    floor_radius_m=2.0,
    back_z=-8.6,
)


# --- the castle -----------------------------------------------------------------------------------


def _castle_things(set_: Scenery, rng: np.random.Generator) -> None:
    slate = Finish(rgb("#45566a"), Surface.TILES, 0.75)
    z = -42.0
    set_.add(
        placed(landmarks.curtain_wall(13.0, 8.0, gate=True), (0.0, 0.0, z)),
        placed(landmarks.curtain_wall(20.0, 8.0), (-17.5, 0.0, z)),
        placed(landmarks.curtain_wall(20.0, 8.0), (17.5, 0.0, z)),
    )
    for x, tall, radius, capped in (
        (-7.0, 12.0, 2.6, True),
        (7.0, 12.0, 2.6, True),
        (-28.0, 14.0, 3.4, False),
        (28.0, 14.0, 3.4, False),
    ):
        set_.add(
            placed(landmarks.round_tower(tall, radius, roof=slate if capped else None), (x, 0.0, z))
        )
    keep = (
        (-9.0, -64.0, 25.0, 4.0),
        (5.0, -68.0, 33.0, 4.6),
        (16.0, -62.0, 22.0, 3.6),
        (-19.0, -60.0, 18.0, 3.2),
    )
    for x, zz, tall, radius in keep:
        set_.add(placed(landmarks.round_tower(tall, radius, roof=slate), (x, 0.0, zz)))
    set_.add(
        box((0.0, 8.5, -62.0), (14.0, 8.5, 5.0), landmarks.CASTLE_STONE),
        placed(
            masonry.gable_roof(28.0, 10.0, 5.0, slate, gable=landmarks.CASTLE_STONE),
            (0.0, 17.0, -62.0),
        ),
    )
    pane = Finish(rgb("#ffce80"), Surface.SCREEN, 0.5, 2.0) if set_.lit else masonry.GLASS
    set_.add(
        boxes(
            [(x, y, -56.9) for x in np.arange(-11.0, 12.0, 3.2) for y in (10.5, 14.0)],
            (0.5, 1.0, 0.08),
            pane,
        )
    )
    planks = Finish(rgb("#6f5a45"), Surface.WOOD, 0.85)
    set_.add(
        box((0.0, 0.25, -32.5), (2.3, 0.12, 8.6), planks),
        *(street.cable((s * 2.0, 0.5, -25.5), (s * 2.2, 5.6, -41.0), sag_m=0.3) for s in (-1, 1)),
    )
    flags = (rgb("#a8281e"), rgb("#c9a23a"))
    for k, (x, zz, y) in enumerate(
        ((-7.0, z, 20.0), (7.0, z, 20.0), (5.0, -68.0, 47.0), (-9.0, -64.0, 37.5))
    ):
        set_.add(boxes([(x, y + 1.4, zz)], (0.06, 1.8, 0.06), street.OAK))
        set_.move(
            f"flag{k}",
            box((0.9, -0.5, 0.0), (0.9, 0.5, 0.01), Finish(flags[k % 2], Surface.CLOTH, 0.9)),
            hanging((x, y + 3.1, zz), 0.0, 0.06, 0.5, k),
        )
    set_.block((0.0, 6.0, z), (30.0, 6.0, 2.0))
    for side in (-1, 1):
        set_.add(placed(brazier(1.4, lit=set_.lit), (side * 3.4, 0.0, -22.5)))
        if set_.lit:
            set_.lamp(
                Practical((side * 3.4, 1.9, -22.5), (14.0, 6.4, 1.8), 16.0),
                Practical((side * 3.4, 2.6, -39.5), (14.0, 6.4, 1.8), 16.0),
            )
    for x, zz, tall in (
        (-8.6, -5.0, 10.0),
        (9.6, -8.0, 11.0),
        (-11.0, 5.0, 10.0),
        (11.0, 5.0, 10.0),
    ):
        plant(set_, "oak", (x, zz), tall, rng, leaves=480)
    set_.move(
        "crows",
        wild.flock(7, rgb("#15151a"), rng, span_m=0.9, spread_m=7.0),
        circling((4.0, 26.0, -56.0), 13.0, 12.0, 0.4),
    )
    set_.add_bare(
        crowd.figures(
            [(-3.2, 0.0, -20.5), (3.2, 0.0, -20.5)],
            [0.0, 0.0],
            rng,
            clothes=(rgb("#6a6e74"),),
            near=True,
        )
    )


CASTLE = Landscape(
    ground=Ground(
        Finish(rgb("#66803c"), Surface.GRASS, 0.95),
        base_m=0.8,
        features=(
            Swell(3.4, 46.0, calm_m=30.0),
            Trench(((-60.0, -20.0), (-30.0, -33.0), (30.0, -33.0), (60.0, -20.0)), 5.0, -1.6, 3.0),
            Level((-32.0, -90.0, 32.0, -40.0), 0.0, 3.0),
            Level((-6.0, -24.0, 6.0, 9.0), 0.0, 8.0),
        ),
        covers=(
            Cover(rgb("#8f9a4c"), None, patch_m=6.0, share=0.45),
            Cover(
                rgb("#9c8560"),
                Surface.EARTH,
                on=((2.0, 30.0), (0.0, 2.0), (0.0, -26.0)),
                half_m=1.7,
            ),
            Cover(rgb("#6a6252"), Surface.EARTH, height=(-9.0, -0.35)),
        ),
        far_m=220.0,
    ),
    climate=Climate(density_per_m=0.0028, sunset_yaw=2.75, haze=(1.02, 1.0, 1.02)),
    water=(Water((-90.0, -60.0, 90.0, -14.0), rgb("#2f5a58"), y_m=-0.45),),
    growth=(
        Scatter(
            tufts(0.28, "#7f9a46"),
            330,
            (-13.0, -18.0, 13.0, 9.0),
            clear_m=1.8,
            lane_m=0.8,
            sway=0.1,
            off=((2.0, 30.0), (0.0, 2.0), (0.0, -26.0)),
            away_m=1.6,
        ),
        Scatter(
            rocks(0.4),
            26,
            (-16.0, -20.0, 16.0, 9.0),
            clear_m=3.6,
            off=((2.0, 30.0), (0.0, 2.0), (0.0, -26.0)),
            away_m=2.4,
        ),
    ),
    far=(
        Hills(220.0, 440.0, 80.0, Finish(rgb("#4c6a3c"), Surface.FOLIAGE, 0.95), seed=6),
        Hills(
            480.0,
            900.0,
            260.0,
            Finish(rgb("#75767c"), Surface.EARTH, 0.9),
            seed=5,
            foot_m=-10.0,
            snowline_m=150.0,
        ),
        Treeline(50, 90.0, 160.0),
    ),
    things=_castle_things,
    walk=((0.0, -6.0), (0.0, 5.0)),
    keep_in=Space((-8.0, 0.3, -10.0), (8.0, 9.0, 14.0)),
    underfoot="earth",
    ambience="wind",
    back_z=-8.0,
    shadow_radius_m=44.0,
)


BUILDERS = {
    "great_wall": builder("great_wall", GREAT_WALL),
    "palace_court": builder("palace_court", PALACE_COURT),
    "shrine": builder("shrine", SHRINE),
    "castle": builder("castle", CASTLE),
}

"""Gardens and grounds: a formal garden, a Japanese one, a churchyard, a playground, a zoo."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.geometry import Surface
from matinee.engine.stage.light import Climate
from matinee.engine.stage.parts import (
    crowd,
    eastern,
    greenery,
    masonry,
    plants,
    rural,
    street,
    wild,
)
from matinee.engine.stage.parts.finish import Finish, rgb
from matinee.engine.stage.parts.solids import ball, box, boxes, lathe, on_ground, placed
from matinee.engine.stage.parts.things import buildings
from matinee.engine.stage.weather import Plume
from matinee.engine.stage.worlds.landscape import (
    Hills,
    Landscape,
    Scatter,
    Treeline,
    Water,
    builder,
)
from matinee.engine.stage.worlds.model import Practical, Space
from matinee.engine.stage.worlds.motion import bobbing, circling, pendulum, swaying
from matinee.engine.stage.worlds.terrain import Cover, Ground, Hill, Level, Swell
from matinee.engine.stage.worlds.waters import plant, rocks, tufts

if TYPE_CHECKING:
    from matinee.engine.stage.worlds.scenery import Scenery

_LAWN = Finish(rgb("#5f8a38"), Surface.GRASS, 0.95)
_GRAVEL = rgb("#c2b08c")
_DARK_WOOD = Finish(rgb("#4a3528"), Surface.WOOD, 0.7)


# --- the formal garden ----------------------------------------------------------------------------


def _garden_things(set_: Scenery, rng: np.random.Generator) -> None:
    fountain = buildings.fountain(Finish(rgb("#d6d0c2"), Surface.STONE, 0.7))
    set_.add(placed(fountain, (0.0, 0.0, -11.0), scale=1.9))
    set_.post(0.0, -11.0, 2.8, 2.0)
    glow = 0.25 if set_.conditions.dark else 0.9
    set_.airs += [
        Plume(
            (0.0, 3.6, -11.0),
            130,
            1.1,
            (0.0, 1.4, 0.0),
            (0.1, 0.1, 0.1),
            1.0,
            0.05,
            1.4,
            (glow, glow, glow),
            0.5,
        ),
        Plume(
            (0.0, 2.6, -11.0),
            120,
            0.8,
            (0.0, -1.6, 0.0),
            (1.4, 0.3, 1.4),
            0.3,
            0.05,
            1.0,
            (glow, glow, glow),
            0.4,
        ),
    ]
    hedge = greenery.hedge((2.6, 0.4, 0.35), rng=rng, per_m2=20.0)
    short = greenery.hedge((0.35, 0.4, 2.4), rng=rng, per_m2=20.0)
    for side in (-1, 1):
        for z in (-3.6, -9.4):
            set_.add(placed(hedge, (side * 5.6, 0.0, z)))
            set_.block((side * 5.6, 0.4, z), (2.6, 0.4, 0.35))
        set_.add(placed(short, (side * 3.0, 0.0, -6.5)), placed(short, (side * 8.2, 0.0, -6.5)))
        set_.block((side * 3.0, 0.4, -6.5), (0.35, 0.4, 2.4))
        tall = greenery.hedge((0.6, 1.5, 12.0), rng=rng, per_m2=7.0)
        set_.add(placed(tall, (side * 12.5, 0.0, -8.0)))
        set_.block((side * 12.5, 1.5, -8.0), (0.6, 1.5, 12.0))
        for z in (-2.6, -11.6, -17.0, -23.0):
            cone = greenery.cypress(3.6, rng=rng, leaves=110)
            set_.add(placed(cone, (side * 3.2, 0.0, z), scale=(1.5, 1.0, 1.5)))
            set_.post(side * 3.2, z, 0.5, 3.0)
        statue = buildings.statue(Finish(rgb("#d8d3c6"), Surface.STONE, 0.7))
        set_.add(placed(statue, (side * 5.6, 0.0, -13.4), yaw=-side * 0.5))
        set_.add(placed(street.bench(), (side * 3.6, 0.0, 2.4), yaw=-side * np.pi / 2))
        set_.block((side * 3.6, 0.4, 2.4), (0.35, 0.4, 0.9))
    tones = np.array(
        [rgb(code) for code in ("#c8323c", "#e0c040", "#e8e2d6", "#b24a9a", "#e07a34")]
    )
    for side in (-1, 1):
        at = rng.uniform((3.5, -8.8), (7.8, -4.2), (230, 2)) * (side, 1)
        ring_of = np.floor(np.hypot(np.abs(at[:, 0]) - 5.6, at[:, 1] + 6.5) / 0.75).astype(int) % 5
        set_.add(
            plants.flowers(
                on_ground(at, set_.height),
                tones[ring_of] * rng.uniform(0.8, 1.05, (230, 1)),
                rng=rng,
                height_m=0.34,
            )
        )
    palace = Finish(rgb("#d9c9a4"), Surface.PLASTER, 0.8)
    style = masonry.Style(palace, palace.times(1.12), masonry.FRAME_WHITE, 4.2, 3.2)
    lit = set_.lit
    house = masonry.town_house(46.0, 3, 12.0, style, rng=rng, shop=False)
    set_.add(placed(house, (0.0, 0.0, -52.0)))
    set_.add(placed(masonry.hip_roof(47.0, 13.0, 4.0, masonry.SLATE), (0.0, 12.6, -58.0)))
    if lit:
        for x in (-8.0, 8.0):
            set_.add(placed(street.lantern_post(3.2, lit=True), (x, 0.0, -1.0)))
            set_.lamp(Practical((x, 2.8, -1.0), (5.0, 3.4, 1.6), 11.0))


GARDEN = Landscape(
    ground=Ground(
        _LAWN,
        features=(Swell(2.0, 60.0, calm_m=60.0),),
        covers=(
            Cover(rgb("#74994a"), None, rib_m=2.4, most=0.4),
            Cover(_GRAVEL, Surface.SAND, inside=(-2.5, -46.0, 2.5, 40.0)),
            Cover(_GRAVEL, Surface.SAND, inside=(-11.5, -2.4, 11.5, 3.4)),
            Cover(
                _GRAVEL, Surface.SAND, on=((-5.0, -11.0), (0.0, -11.0), (5.0, -11.0)), half_m=2.6
            ),
            Cover(rgb("#5a4630"), Surface.EARTH, inside=(3.4, -9.0, 7.9, -4.0)),
            Cover(rgb("#5a4630"), Surface.EARTH, inside=(-7.9, -9.0, -3.4, -4.0)),
        ),
        near_m=14.0,
        cell_m=0.5,
        far_m=140.0,
        blotch=0.12,
    ),
    climate=Climate(density_per_m=0.0022, sunset_yaw=2.75, bounce=(1.0, 1.1, 0.75)),
    far=(
        Treeline(90, 60.0, 110.0, (9.0, 15.0), arc=(np.pi - 1.9, np.pi + 1.9)),
        Treeline(34, 26.0, 60.0, arc=(-1.3, 1.3)),
    ),
    things=_garden_things,
    walk=((0.0, -6.2), (0.0, 4.5)),
    keep_in=Space((-8.0, 0.3, -7.0), (8.0, 7.0, 13.0)),
    underfoot="gravel",
    ambience="forest_birds",
    back_z=-6.4,
)


# --- the Japanese garden --------------------------------------------------------------------------


def _japanese_things(set_: Scenery, rng: np.random.Generator) -> None:
    lit = set_.lit
    red = Finish(rgb("#b03a2a"), Surface.PAINT, 0.45)
    set_.add(placed(buildings.bridge(red), (4.6, 0.1, -8.6), yaw=0.5, scale=1.7))
    set_.block((4.6, 0.8, -8.6), (3.4, 0.9, 1.0), 0.5)
    for x, z, size in ((-2.6, -3.9, 1.0), (7.2, -4.4, 0.9), (-7.0, -8.5, 1.2)):
        set_.add(placed(eastern.stone_lantern(lit=lit), (x, set_.foot(x, z), z), scale=size))
        set_.post(x, z, 0.35, 1.4)
        if lit:
            set_.lamp(Practical((x, set_.foot(x, z) + 1.1 * size, z), (3.6, 2.2, 0.9), 7.0))
    for x, z, tall, kind in (
        (-6.0, -3.2, 5.0, "maple_red"),
        (-8.5, -12.5, 6.5, "cherry"),
        (9.4, -11.5, 6.5, "cherry"),
        (8.8, 2.0, 5.5, "maple_red"),
        (-7.8, 4.2, 6.0, "cherry"),
        (2.0, -19.0, 7.0, "cherry"),
    ):
        if kind == "maple_red":
            set_.add(
                placed(
                    greenery.acacia(tall, rng=rng, leaves=320, leaf=rgb("#a8362a")),
                    (x, set_.foot(x, z), z),
                )
            )
            set_.post(x, z, 0.3, 3.0)
        else:
            plant(set_, "cherry", (x, z), tall, rng, leaves=520)
    pine = rgb("#3d5a34")
    for x, z in ((-3.6, -13.0), (6.4, -15.0), (-10.5, -5.0)):
        set_.add(
            placed(
                greenery.acacia(5.2, rng=rng, leaves=260, leaf=pine),
                (x, set_.foot(x, z), z),
                yaw=z,
            )
        )
    house = eastern.tea_house(lit=lit)
    set_.add(placed(house, (-6.5, 0.5, -20.5), yaw=0.35))
    stones = rural.gravel_bed(
        [(0.1 * np.sin(2 * k) - 0.2 * k * 0.3, 3.6 - 0.85 * k) for k in range(9)],
        Finish(rgb("#8b897f"), Surface.EARTH, 0.9),
    )
    set_.add(placed(stones, (0.0, set_.foot(0.0, 0.0) - 0.05, 0.0)))
    koi = Finish(rgb("#e06a2a"), Surface.PAINT, 0.4)
    fish = ball((0, 0, 0), (0.06, 0.04, 0.22), koi, level=1)
    for number in range(4):
        set_.move(
            f"koi{number}",
            fish,
            circling(
                (0.5 + number, -0.005, -8.0 - number), 1.2 + 0.5 * number, 13.0 + 2 * number, number
            ),
        )
    pads = rng.uniform((-5.0, -13.0), (3.0, -6.0), (26, 2))
    wet = set_.height(pads[:, 0], pads[:, 1]) < -0.3
    set_.add(
        greenery.lily_pads(
            np.stack([pads[wet, 0], 0 * pads[wet, 0], pads[wet, 1]], -1), rng=rng, blooms=0.3
        )
    )


JAPANESE_GARDEN = Landscape(
    ground=Ground(
        Finish(rgb("#5f7a3a"), Surface.GRASS, 0.95),
        base_m=0.5,
        features=(
            Swell(1.6, 14.0, calm_m=6.0),
            Hill((0.0, -9.5), 8.0, -2.0, power=0.55, rough=0.25),
            Hill((9.0, -16.0), 9.0, 2.4),
            Hill((-13.0, -12.0), 9.0, 2.6),
            Level((-4.5, -2.6, 4.5, 7.0), 0.45, 3.0),
        ),
        covers=(
            Cover(rgb("#8a8474"), Surface.EARTH, height=(-9.0, 0.12)),
            Cover(rgb("#7f9446"), None, patch_m=2.4, share=0.5),
            Cover(rgb("#d2cab6"), Surface.SAND, inside=(-4.6, -2.4, -1.5, 7.0), rib_m=0.0),
        ),
        near_m=14.0,
        far_m=90.0,
    ),
    climate=Climate(density_per_m=0.0032, sunset_yaw=2.65, haze=(1.02, 1.0, 1.0)),
    water=(Water((-16.0, -20.0, 14.0, -3.0), rgb("#2f5a50"), cell_m=2.0),),
    growth=(
        Scatter(
            rocks(0.5, Finish(rgb("#73706a"), Surface.EARTH, 0.9)),
            60,
            (-12.0, -18.0, 12.0, -3.6),
            height=(-0.4, 0.35),
            clear_m=3.4,
            scale=(0.5, 1.6),
            sink_m=0.12,
            steep=0.9,
        ),
        Scatter(
            lambda rng: placed(
                plants.bush(0.6, rng=rng, leaves=110, colour=rgb("#4f7a34")), scale=(1.2, 0.8, 1.2)
            ),
            30,
            (-13.0, -19.0, 13.0, 8.0),
            height=(0.3, 9.0),
            clear_m=4.6,
            solid_m=0.5,
            solid_height_m=0.7,
        ),
        Scatter(
            tufts(0.16, "#7f9a46", 6), 260, (-10.0, -6.0, 10.0, 8.0), height=(0.3, 9.0), clear_m=2.0
        ),
    ),
    far=(
        Hills(110.0, 260.0, 52.0, Finish(rgb("#4a6a3c"), Surface.FOLIAGE, 0.95), seed=4),
        Treeline(80, 30.0, 62.0, (8.0, 13.0)),
        Treeline(20, 32.0, 50.0, (6.0, 9.0), colours=(rgb("#d8a0b0"),)),
    ),
    things=_japanese_things,
    walk=((-4.4, -0.6), (4.4, -0.6)),
    keep_in=Space((-7.0, 0.7, -3.6), (7.0, 7.0, 12.0)),
    underfoot="gravel",
    ambience="river",
    mirror=True,
    back_z=-2.6,
)


# --- the churchyard -------------------------------------------------------------------------------


def _cemetery_things(set_: Scenery, rng: np.random.Generator) -> None:
    for row in range(7):
        for column in range(-5, 6):
            if column == 0 or rng.random() < 0.16:
                continue
            x, z = (
                column * 2.1 + rng.normal(0, 0.15) + np.sign(column) * 0.3,
                -3.2 - row * 3.4 + rng.normal(0, 0.2),
            )
            kind = int(rng.choice((0, 0, 0, 1, 2)))
            set_.add(
                placed(
                    rural.headstone(kind, rng),
                    (x, set_.foot(x, z), z),
                    yaw=float(rng.normal(0, 0.12)),
                    scale=float(rng.uniform(0.85, 1.15)),
                )
            )
            if row < 4:
                set_.block((x, 0.5, z), (0.36, 0.6, 0.14))
    set_.add(placed(rural.mausoleum(), (-7.6, set_.foot(-7.6, -27.0), -27.0), yaw=0.3))
    church = Finish(rgb("#8d887c"), Surface.STONE, 0.9)
    lit = set_.conditions.dark
    pane = Finish(rgb("#ffcf7a"), Surface.SCREEN, 0.6, 1.6) if lit else masonry.GLASS
    parts = [
        box((0, 4.0, 0), (4.2, 4.0, 9.0), church),
        placed(
            masonry.gable_roof(18.0, 8.6, 4.6, masonry.SLATE, gable=church),
            (0, 8.0, 0),
            yaw=np.pi / 2,
        ),
        box((0, 7.5, 10.5), (2.1, 7.5, 2.1), church),
    ]
    parts.append(
        placed(
            lathe([(3.1, 15.0), (0.0, 26.0)], masonry.SLATE, sides=4), (0, 0, 10.5), yaw=np.pi / 4
        )
    )
    parts += [
        boxes(
            [(s * 4.22, 4.2, z) for s in (-1, 1) for z in (-6.0, -2.0, 2.0, 6.0)],
            (0.06, 1.7, 0.55),
            pane,
        ),
        box((0, 10.5, 12.62), (0.6, 1.2, 0.05), pane),
        box((0, 1.5, 12.62), (0.8, 1.5, 0.06), _DARK_WOOD),
    ]
    for part in parts:
        set_.add(placed(part, (9.0, 0.0, -46.0), yaw=-0.5))
    for side in (-1, 1):
        fence = rural.iron_fence(7.4)
        set_.add(placed(fence, (side * 5.6, 0.0, 5.6)), placed(fence, (side * 13.0, 0.0, 5.6)))
        set_.block((side * 8.6, 0.9, 5.6), (6.6, 0.9, 0.1))
        set_.add(box((side * 1.7, 1.1, 5.6), (0.3, 1.1, 0.3), masonry.OLD_STONE, bevel_m=0.04))
        set_.post(side * 1.7, 5.6, 0.4, 2.2)
    for x, z, tall in ((-6.4, -8.6, 8.0), (8.2, -14.0, 9.0), (-13.0, -18.0, 9.0)):
        set_.add(placed(plants.tree("oak", tall, rng=rng, bare=True), (x, set_.foot(x, z), z)))
        set_.post(x, z, 0.4, 5.0)
    set_.move(
        "crows",
        wild.flock(6, rgb("#121216"), rng, span_m=0.9, spread_m=6.0),
        circling((6.0, 11.0, -30.0), 10.0, 11.0, 0.4),
    )
    shade = 0.10 if set_.conditions.dark else 0.5
    set_.airs.append(
        Plume(
            (0.0, 0.2, -9.0),
            60,
            15.0,
            (0.12, 0.0, 0.04),
            (11.0, 0.25, 8.0),
            1.6,
            3.0,
            1.4,
            (shade, shade * 1.05, shade * 1.15),
            0.06,
        )
    )
    if lit:
        set_.lamp(Practical((0.0, 2.6, 5.0), (2.4, 2.6, 3.4), 10.0))


CEMETERY = Landscape(
    ground=Ground(
        Finish(rgb("#56683a"), Surface.GRASS, 0.95),
        features=(Swell(1.6, 26.0, calm_m=9.0),),
        covers=(
            Cover(rgb("#77804c"), None, patch_m=3.4, share=0.5),
            Cover(
                rgb("#8f8570"),
                Surface.EARTH,
                on=((0.0, 30.0), (0.0, 0.0), (0.4, -20.0), (5.0, -36.0)),
                half_m=0.9,
            ),
        ),
        far_m=120.0,
    ),
    climate=Climate(
        density_per_m=0.007,
        height_falloff_per_m=0.08,
        haze=(0.95, 1.0, 1.05),
        sunset_yaw=2.7,
        exposure=0.95,
    ),
    growth=(
        Scatter(
            tufts(0.26, "#6d8040", 6),
            420,
            (-14.0, -20.0, 14.0, 8.0),
            clear_m=1.2,
            lane_m=0.8,
            sway=0.08,
        ),
    ),
    far=(
        Treeline(90, 44.0, 80.0, (9.0, 15.0), colours=(rgb("#3f5230"), rgb("#4c5a34"))),
        Hills(150.0, 320.0, 30.0, Finish(rgb("#4c5a3c"), Surface.FOLIAGE, 0.95), seed=6),
    ),
    things=_cemetery_things,
    walk=((0.0, -5.6), (0.0, 4.6)),
    keep_in=Space((-8.0, 0.4, -8.0), (8.0, 7.0, 12.0)),
    underfoot="gravel",
    ambience="wind",
    floor_radius_m=1.5,
    back_z=-7.0,
)


# --- the playground -------------------------------------------------------------------------------


def _playground_things(set_: Scenery, rng: np.random.Generator) -> None:
    set_.add(placed(rural.play_tower(), (4.8, 0.0, -7.6), yaw=-0.5, scale=1.15))
    set_.block((4.8, 1.6, -7.6), (1.1, 1.8, 1.1), -0.5)
    set_.block((3.4, 0.7, -5.0), (0.5, 0.9, 1.9), -0.5)
    set_.add(placed(rural.swing_set(), (-4.8, 0.0, -6.6), yaw=0.35))
    set_.block((-4.8, 1.2, -6.6), (2.3, 1.3, 0.9), 0.35)
    for number, x in enumerate((-0.95, 0.95)):
        at = (-4.8 + x * np.cos(0.35), 2.5, -6.6 - x * np.sin(0.35))
        set_.move(
            f"swing{number}",
            rural.swing_seat(),
            pendulum(at, 0.35, 0.4 - 0.25 * number, 2.8, number * 1.3),
        )
    set_.add(placed(rural.seesaw(), (-6.8, 0.0, -1.2), yaw=1.2))
    set_.block((-6.8, 0.4, -1.2), (1.7, 0.5, 0.3), 1.2)
    for x, z, code in ((6.6, -1.4, "#d8452e"), (7.6, 0.4, "#2f74c0")):
        horse = Finish(rgb(code), Surface.PAINT, 0.35)
        set_.move(
            "rocker",
            placed(ball((0, 0.55, 0), (0.16, 0.2, 0.42), horse, level=2), (x, 0, z)),
            swaying(0.12, 1.9, x, about=(x, 0, z)),
        )
        set_.post(x, z, 0.4, 0.9)
    set_.add(
        placed(
            rural.rail_fence(26.0, rails=2, finish=Finish(rgb("#d8b04a"), Surface.PAINT, 0.5)),
            (0.0, 0.0, -13.0),
        )
    )
    set_.add(
        placed(street.bench(), (-8.6, 0.0, 2.6), yaw=np.pi / 2),
        placed(street.litter_bin(), (-8.6, 0.0, 0.9)),
    )
    set_.block((-8.6, 0.4, 2.6), (0.35, 0.4, 0.9))
    people = crowd.figures(
        [(8.2, 0.0, -11.0), (-8.6, 0.0, -10.2), (1.0, 0.0, -11.6)], [0.3, 0.8, 0.0], rng, near=True
    )
    set_.add_bare(people)
    child = placed(crowd.figures([(0.0, 0.0, 0.0)], 0.0, rng, pose="cheer", near=True), scale=0.66)
    set_.move("child", placed(child, (0.6, 0.0, -8.2), yaw=0.4), bobbing(0.22, 1.3, 0.2))
    for x, z, tall, kind in (
        (-10.0, -9.0, 10.0, "maple"),
        (11.0, -12.0, 10.0, "linden"),
        (9.8, 5.0, 10.0, "maple"),
        (-10.0, 7.0, 9.0, "linden"),
        (-3.0, -17.0, 11.0, "maple"),
        (14.0, -4.0, 10.0, "birch"),
    ):
        plant(set_, kind, (x, z), tall, rng, leaves=420)


PLAYGROUND = Landscape(
    ground=Ground(
        _LAWN,
        features=(Swell(2.0, 50.0, calm_m=22.0),),
        covers=(
            Cover(rgb("#c25a3c"), Surface.ASPHALT, on=((-4.0, -5.6), (4.0, -5.6)), half_m=4.6),
            Cover(rgb("#3f7fa8"), Surface.ASPHALT, on=((0.5, -5.5), (0.6, -5.5)), half_m=1.6),
            Cover(rgb("#c9b48a"), Surface.SAND, on=((7.0, -0.6), (7.2, -0.6)), half_m=2.0),
            Cover(rgb("#a89a80"), Surface.ASPHALT, on=((-12.0, 3.4), (12.0, 3.4)), half_m=1.0),
        ),
        far_m=120.0,
    ),
    climate=Climate(density_per_m=0.002, sunset_yaw=2.75, bounce=(1.1, 1.0, 0.85)),
    growth=(
        Scatter(tufts(0.14, "#7f9a46", 5), 200, (-12.0, -1.0, 12.0, 9.0), clear_m=3.0, lane_m=0.8),
    ),
    far=(
        Treeline(60, 26.0, 60.0, (8.0, 13.0)),
        Hills(160.0, 320.0, 30.0, Finish(rgb("#4c6a3c"), Surface.FOLIAGE, 0.95), seed=6),
    ),
    things=_playground_things,
    walk=((-4.6, -0.4), (4.6, -0.4)),
    keep_in=Space((-8.0, 0.3, -3.5), (8.0, 7.0, 13.0)),
    underfoot="rubber",
    ambience="forest_birds",
    back_z=-2.8,
)


# --- the zoo --------------------------------------------------------------------------------------


def _zoo_things(set_: Scenery, rng: np.random.Generator) -> None:
    set_.add(placed(rural.animal_pen(9.0, rng=rng), (0.0, 0.0, -13.5)))
    set_.block((0.0, 0.6, -4.6), (4.8, 0.6, 0.2))
    for x in (-12.0, 12.0):
        set_.add(placed(rural.animal_pen(6.0, rng=rng), (x * 1.25, 0.0, -9.0)))
    for x, z, tall in ((-3.0, -17.5, 6.0), (4.0, -18.5, 7.0)):
        set_.add(placed(greenery.acacia(tall, rng=rng, leaves=200), (x, 0.2, z)))
    sign = Finish(rgb("#6a4a2c"), Surface.WOOD, 0.7)
    set_.add(
        boxes([(-5.6, 0.7, -3.4), (5.8, 0.7, -3.4)], (0.05, 0.7, 0.05), sign),
        boxes(
            [(-5.6, 1.35, -3.36), (5.8, 1.35, -3.36)],
            (0.5, 0.34, 0.03),
            Finish(rgb("#3f6a3a"), Surface.PAINT, 0.5),
        ),
        boxes(
            [(-5.6, 1.42, -3.32), (5.8, 1.42, -3.32)],
            (0.36, 0.05, 0.01),
            Finish(rgb("#e8e0c8"), Surface.PAINT, 0.5),
        ),
    )
    set_.post(-5.6, -3.4, 0.5, 1.6)
    set_.post(5.8, -3.4, 0.5, 1.6)
    hut = masonry.wall(
        5.0,
        3.0,
        0.3,
        Finish(rgb("#b0905c"), Surface.WOOD, 0.8),
        openings=[masonry.Opening(1.6, 3.4, 0.0, 2.2, "hole")],
    )
    set_.add(
        placed(hut, (5.0, 0.0, -22.0), yaw=-0.3),
        placed(
            masonry.gable_roof(5.6, 4.0, 1.5, Finish(rgb("#a88a52"), Surface.FOLIAGE, 0.95)),
            (7.2, 3.0, -23.2),
            yaw=-0.3,
        ),
    )
    visitors = rng.uniform((-9.0, -4.0), (9.0, -3.0), (7, 2))
    visitors = visitors[np.abs(visitors[:, 0]) > 2.6]
    set_.add_bare(crowd.figures(on_ground(visitors, set_.height), np.pi, rng, near=True))
    for x, z, tall in ((-8.6, 2.0, 8.0), (8.8, 3.0, 8.5), (-14.0, -2.0, 8.0), (14.0, -1.0, 9.0)):
        set_.add(placed(plants.palm(tall, rng=rng), (x, 0.0, z)))
        set_.post(x, z, 0.35, 6.0)
    set_.move(
        "flamingos",
        wild.flock(4, rgb("#e48a96"), rng, span_m=1.3, spread_m=5.0),
        circling((4.0, 10.0, -30.0), 12.0, 13.0, 0.2),
    )


ZOO = Landscape(
    ground=Ground(
        _LAWN,
        features=(Swell(2.0, 50.0, calm_m=30.0),),
        covers=(
            Cover(rgb("#b39a6a"), Surface.SAND, on=((-0.2, -13.5), (0.2, -13.5)), half_m=8.6),
            Cover(rgb("#b5a58a"), Surface.TILES, on=((-20.0, 0.0), (20.0, 0.0)), half_m=3.6),
            Cover(rgb("#b5a58a"), Surface.TILES, on=((0.0, 0.0), (0.0, 30.0)), half_m=3.0),
        ),
        far_m=120.0,
    ),
    climate=Climate(density_per_m=0.0024, sunset_yaw=2.75, bounce=(1.05, 1.05, 0.8)),
    growth=(
        Scatter(
            lambda rng: plants.bush(0.8, rng=rng, leaves=80),
            30,
            (-18.0, -24.0, 18.0, 12.0),
            clear_m=5.0,
            solid_m=0.6,
            solid_height_m=1.0,
            off=((-20.0, 0.0), (20.0, 0.0)),
            away_m=4.2,
        ),
        Scatter(tufts(0.4, "#8a9a4e", 7), 90, (-8.0, -21.0, 8.0, -7.0), clear_m=5.0, sway=0.1),
    ),
    far=(Treeline(70, 30.0, 64.0, (8.0, 14.0)),),
    things=_zoo_things,
    walk=((-5.0, 0.0), (5.0, 0.0)),
    keep_in=Space((-8.0, 0.3, -2.6), (8.0, 7.0, 12.0)),
    underfoot="concrete",
    ambience="forest_birds",
    back_z=-2.6,
)

BUILDERS = {
    "garden": builder("garden", GARDEN),
    "japanese_garden": builder("japanese_garden", JAPANESE_GARDEN),
    "cemetery": builder("cemetery", CEMETERY),
    "playground": builder("playground", PLAYGROUND),
    "zoo": builder("zoo", ZOO),
}

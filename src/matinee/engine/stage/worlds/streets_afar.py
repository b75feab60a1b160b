"""Streets of other lands and days: a hutong, the West, a fair."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.geometry import Surface, merged
from matinee.engine.render.scene import Lamp
from matinee.engine.stage.light import Climate
from matinee.engine.stage.parts import (
    crowd,
    eastern,
    furniture,
    landmarks,
    masonry,
    plants,
    street,
    wild,
)
from matinee.engine.stage.parts.finish import Finish, rgb, weathered
from matinee.engine.stage.parts.solids import box, boxes, lathe, placed, tube
from matinee.engine.stage.parts.things import carts, vehicles
from matinee.engine.stage.weather import Air, Plume
from matinee.engine.stage.worlds.landscape import (
    Hills,
    Landscape,
    Scatter,
    Skyline,
    Treeline,
    builder,
)
from matinee.engine.stage.worlds.model import Practical, Space
from matinee.engine.stage.worlds.motion import circling, turning
from matinee.engine.stage.worlds.terrain import Cover, Ground, Swell
from matinee.engine.stage.worlds.traffic import stand, whole
from matinee.engine.stage.worlds.waters import plant, rocks

if TYPE_CHECKING:
    from collections.abc import Callable

    from matinee.engine.render.geometry import Mesh
    from matinee.engine.stage.worlds.model import Transform
    from matinee.engine.stage.worlds.scenery import Scenery

_SANDY = Finish(rgb("#b0905f"), Surface.SAND, 0.95)


# --- the hutong -----------------------------------------------------------------------------------


def _hutong_things(set_: Scenery, rng: np.random.Generator) -> None:  # noqa: C901 - a list of things
    lit = set_.lit
    grey = Finish(rgb("#77746e"), Surface.BRICK, 0.9)
    lantern = eastern.paper_lantern(lit=lit)
    for side in (-1, 1):
        for number, z in enumerate((6.0, -6.0, -18.0, -30.0, -42.0)):
            tall = 3.1 + 0.3 * (number % 2)
            holes = [masonry.Opening(2.0, 3.2, 1.3, 2.3), masonry.Opening(8.6, 9.8, 1.3, 2.3)]
            wall = masonry.wall(
                12.0,
                tall,
                0.4,
                grey.times(0.85 + 0.1 * ((number + side) % 3)),
                openings=holes,
                frame=Finish(rgb("#7a2a20"), Surface.PAINT, 0.5),
                cell_m=1.2,
            )
            foot = (side * 3.4, 0.0, z - 6.0 if side < 0 else z + 6.0)
            set_.add(placed(wall, foot, yaw=-side * np.pi / 2))
            set_.add(
                placed(eastern.curved_roof(12.4, 6.4, 1.7), (side * 6.0, tall, z), yaw=np.pi / 2)
            )
            gate = merged(
                [
                    box((0, 1.3, 0), (0.95, 1.3, 0.1), eastern.PALACE_RED),
                    boxes(
                        [(s * 0.45, 1.25, 0.12) for s in (-1, 1)],
                        (0.42, 1.2, 0.05),
                        Finish(rgb("#7a1f18"), Surface.PAINT, 0.4),
                    ),
                    boxes(
                        [(s * 0.14, 1.25, 0.2) for s in (-1, 1)],
                        (0.05, 0.05, 0.03),
                        Finish(rgb("#d0a03a"), Surface.METAL, 0.3),
                    ),
                    boxes(
                        [(s * 1.1, 1.3, 0.1) for s in (-1, 1)], (0.16, 1.3, 0.16), eastern.VERMILION
                    ),
                    box(
                        (0, 2.75, 0.15),
                        (1.4, 0.16, 0.25),
                        Finish(rgb("#2f5a6a"), Surface.PAINT, 0.5),
                    ),
                    box((0, 0.1, 0.35), (1.2, 0.1, 0.3), masonry.GRANITE),
                ]
            )
            gate_z = z + 1.5 * side
            set_.add(
                placed(gate, (side * 3.35, 0.0, gate_z), yaw=-side * np.pi / 2),
                placed(
                    eastern.curved_roof(3.6, 2.2, 0.8), (side * 3.5, 2.95, gate_z), yaw=np.pi / 2
                ),
            )
            for dz in (-1.0, 1.0):
                set_.add_bare(placed(lantern, (side * 2.75, 2.95, gate_z + dz)))
            if lit:
                set_.lamp(Practical((side * 2.5, 2.4, gate_z), (5.0, 1.5, 0.7), 8.0))
        set_.block((side * 3.7, 1.6, -18.0), (0.45, 1.7, 32.0))
    for number in range(5):
        z = -4.0 - 8.5 * number
        set_.add(street.cable((-3.2, 4.0, z), (3.2, 4.1, z - 1.0), sag_m=0.35))
        for x in (-1.6, 0.0, 1.6):
            set_.add_bare(placed(lantern, (x, 3.75, z - 0.5), scale=0.8))
    bicycle = whole(vehicles.bicycle(Finish(rgb("#2f5a4a"), Surface.PAINT, 0.4)))
    for x, z, yaw in ((-2.75, -3.6, 0.2), (2.75, -9.2, 3.0)):
        set_.add(placed(bicycle, (x, 0.0, z), yaw=yaw))
        set_.block((x, 0.5, z), (0.3, 0.5, 0.9), yaw)
    stool = furniture.stool(height_m=0.42)
    for x, z in ((2.4, -4.4), (2.6, -5.4), (-2.5, -11.6)):
        set_.add(placed(stool, (x, 0.0, z)))
    set_.add(placed(furniture.round_table(height_m=0.55), (2.6, 0.0, -4.9)))
    set_.block((2.6, 0.3, -4.9), (0.4, 0.4, 0.8))
    for x, z, tall in ((-4.8, -8.0, 7.0), (5.0, -22.0, 8.0), (-5.2, -33.0, 8.0), (4.9, 5.5, 7.5)):
        set_.add(
            placed(
                plants.tree("linden", tall, rng=rng, leaves=420, bare=set_.conditions.snowy),
                (x, 0.0, z),
            )
        )
    pot = lathe(
        [(0.16, 0), (0.22, 0.34), (0.24, 0.38), (0, 0.36)],
        Finish(rgb("#5a4a44"), Surface.PAINT, 0.4),
        sides=10,
    )
    for x, z in ((-2.8, 0.8), (2.85, 1.6), (-2.85, -6.6), (2.8, -12.6)):
        set_.add(
            placed(pot, (x, 0.0, z)), placed(plants.bush(0.3, rng=rng, leaves=60), (x, 0.36, z))
        )
        set_.post(x, z, 0.25, 0.9)
    set_.add_bare(
        crowd.figures(
            [(-1.8, 0.0, -15.0), (1.4, 0.0, -21.0), (-0.6, 0.0, -30.0)],
            [0.2, 3.0, 0.4],
            rng,
            near=True,
        )
    )
    set_.add(placed(eastern.pagoda(24.0), (2.0, 0.0, -72.0)))
    if set_.conditions.dark:
        set_.lamps.append(Lamp((-1.8, 2.8, -2.6), (4.4, 1.8, 0.9), 8.0))


HUTONG = Landscape(
    ground=Ground(
        Finish(rgb("#827c72"), Surface.TILES, 0.85),
        covers=(
            Cover(rgb("#605b54"), None, patch_m=1.8, share=0.4),
            Cover(rgb("#a09888"), None, inside=(-0.5, -80.0, 0.5, 40.0)),
        ),
        near_m=12.0,
        cell_m=0.5,
        far_m=80.0,
        blotch=0.14,
    ),
    climate=Climate(
        density_per_m=0.005,
        sunset_yaw=2.9,
        low_elevation=0.4,
        haze=(1.06, 1.0, 0.94),
        night_glow=(0.03, 0.014, 0.008),
    ),
    far=(
        Skyline(18, 120.0, 190.0, (24.0, 70.0), arc=(np.pi + 0.3, np.pi + 1.1)),
        Treeline(30, 40.0, 80.0),
    ),
    things=_hutong_things,
    walk=((0.0, -6.0), (0.0, 5.0)),
    keep_in=Space((-2.6, 0.3, -9.0), (2.6, 6.0, 13.0)),
    underfoot="stone",
    ambience="market",
    floor_radius_m=1.8,
    back_z=-7.5,
)


# --- the West -------------------------------------------------------------------------------------


def _western_things(set_: Scenery, rng: np.random.Generator) -> None:
    lit = set_.lit
    tones = ("#8a6a4a", "#7a4a3a", "#6a6a60", "#9a7a52", "#5f5a66", "#a08a68")
    for side in (-1, 1):
        at, number = 9.0, 0
        while at > -52.0:
            wide = float(rng.uniform(6.0, 9.5))
            front = landmarks.false_front(
                wide - 0.3,
                float(rng.uniform(5.4, 7.4)),
                rgb(tones[(number * 2 + (side > 0)) % 6]),
                rng=rng,
                lit=lit,
            )
            set_.add(placed(front, (side * 10.4, 0.0, at - wide / 2), yaw=-side * np.pi / 2))
            if lit:
                set_.lamp(Practical((side * 9.0, 2.4, at - wide / 2), (4.6, 2.8, 1.1), 8.0))
            at -= wide
            number += 1
        set_.block((side * 11.4, 3.0, -22.0), (3.3, 3.5, 32.0))
    set_.add(placed(landmarks.water_tower(), (6.6, 0.0, -58.0)))
    church = landmarks.false_front(8.0, 6.5, rgb("#d8d2c2"), rng=rng, lit=lit, porch=False)
    set_.add(
        placed(church, (-2.0, 0.0, -66.0)),
        box((-2.0, 8.6, -67.5), (1.1, 2.0, 1.1), Finish(rgb("#d8d2c2"), Surface.WOOD, 0.9)),
        placed(
            lathe([(1.8, 10.6), (0, 14.6)], landmarks.BOARDS.times(0.6), sides=4),
            (-2.0, 0.0, -67.5),
            yaw=np.pi / 4,
        ),
    )
    rail = merged(
        [
            boxes([(0, 0.5, z) for z in (-1.2, 1.2)], (0.06, 0.5, 0.06), landmarks.BOARDS),
            box((0, 0.95, 0), (0.05, 0.05, 1.4), landmarks.BOARDS),
            box((0.5, 0.3, 0), (0.3, 0.3, 1.1), landmarks.BOARDS.times(0.8)),
        ]
    )
    for x, z in ((-6.4, -6.0), (6.4, -11.0), (-6.4, -22.0)):
        set_.add(placed(rail, (x, 0.0, z), yaw=np.pi if x > 0 else 0.0))
        set_.block((x, 0.5, z), (0.8, 0.5, 1.4))
    cart = whole(carts.cart(Finish(rgb("#7a5a3a"), Surface.WOOD, 0.9)))
    stand(set_, cart, (5.0, 0.0, -5.0), 0.6, (0.9, 1.8))
    barrel = lathe(
        [(0, 0), (0.27, 0), (0.34, 0.3), (0.35, 0.45), (0.34, 0.6), (0.27, 0.88), (0, 0.86)],
        landmarks.BOARDS,
        sides=12,
    )
    for x, z in ((-6.9, -2.4), (-6.8, -3.2), (7.0, -1.4), (6.8, -16.0)):
        set_.add(placed(barrel, (x, 0.0, z)))
        set_.post(x, z, 0.36, 0.9)
    dust = 0.05 if set_.conditions.dark else 0.45
    set_.airs += [
        Plume(
            (0.0, 0.2, -14.0),
            44,
            7.0,
            (1.1, 0.12, 0.3),
            (9.0, 0.1, 8.0),
            1.5,
            1.2,
            2.5,
            (dust * 1.2, dust, dust * 0.7),
            0.06,
        ),
        Air(
            140, 15.0, (2.2, 0.05, 0.6), 0.012, (dust * 1.3, dust * 1.1, dust * 0.8), 0.2, 0.3, 1.1
        ),
    ]
    weed = weathered(_tumbleweed(rng), amount=0.2)
    set_.move("tumbleweed", weed, _tumbling())
    hats = crowd.figures(
        [(-7.6, 0.28, -9.0), (7.8, 0.28, -14.0), (-7.9, 0.28, -16.0)],
        [1.4, -1.4, 1.5],
        rng,
        clothes=(rgb("#5a3a28"), rgb("#6a5a48"), rgb("#2a2a30")),
        near=True,
    )
    set_.add_bare(hats)
    set_.move(
        "vulture",
        wild.bird(rgb("#241f1a"), span_m=1.8),
        circling((0.0, 22.0, -50.0), 14.0, 20.0, 0.2),
    )


def _tumbleweed(rng: np.random.Generator) -> Mesh:
    twig = Finish(rgb("#9a7f52"), Surface.WOOD, 0.95)
    parts = []
    for _ in range(46):
        a, b = rng.normal(size=3), rng.normal(size=3)
        a, b = a / np.linalg.norm(a) * 0.36, b / np.linalg.norm(b) * 0.36
        parts.append(tube([a, (a + b) * 0.68, b], 0.008, twig, sides=3))
    return merged(parts)


def _tumbling() -> Callable[[float], Transform]:
    def transform(time_s: float) -> Transform:
        x = -9.0 + (2.6 * time_s + 4.0) % 22.0
        angle = -x / 0.38
        hop = 0.38 + 0.22 * abs(np.sin(1.9 * x))
        sine, cosine = np.sin(angle), np.cos(angle)
        turn = np.array([[cosine, -sine, 0], [sine, cosine, 0], [0, 0, 1]])
        return np.column_stack([turn, (x, hop, -7.6 + 0.5 * np.sin(0.4 * x))]).astype(np.float32)

    return transform


WESTERN = Landscape(
    ground=Ground(
        _SANDY,
        features=(Swell(5.0, 70.0, calm_m=60.0), Swell(0.15, 4.0, calm_m=4.0)),
        covers=(
            Cover(rgb("#8f7048"), None, patch_m=3.0, share=0.4),
            Cover(rgb("#9c7c50"), None, rib_m=2.2, inside=(-3.0, -100.0, 3.0, 40.0), most=0.5),
        ),
        near_m=14.0,
        far_m=200.0,
    ),
    climate=Climate(
        density_per_m=0.0036,
        haze=(1.16, 1.0, 0.82),
        sunset_yaw=2.95,
        bounce=(1.3, 1.0, 0.7),
        night_glow=(0.02, 0.012, 0.006),
    ),
    growth=(Scatter(rocks(0.2), 22, (-6.0, -20.0, 6.0, 9.0), clear_m=3.0, scale=(0.3, 1.0)),),
    far=(
        Hills(180.0, 380.0, 90.0, Finish(rgb("#a0684a"), Surface.EARTH, 0.92), seed=14),
        Hills(420.0, 800.0, 150.0, Finish(rgb("#8a6a5c"), Surface.EARTH, 0.92), seed=6),
    ),
    things=_western_things,
    walk=((0.0, -6.0), (0.0, 4.5)),
    keep_in=Space((-6.0, 0.3, -9.0), (6.0, 8.0, 13.0)),
    underfoot="earth",
    ambience="desert_wind",
    back_z=-8.0,
    shadow_radius_m=34.0,
)


# --- the fair -------------------------------------------------------------------------------------


def _fair_things(set_: Scenery, rng: np.random.Generator) -> None:
    lit = set_.lit
    radius, cabins, hub = 13.0, 14, (-7.5, 16.0, -50.0)
    set_.add(placed(landmarks.wheel_frame(radius), (hub[0], 0.0, hub[2])))
    set_.move("wheel", landmarks.wheel_rim(radius, cabins, lit=lit), _revolving(hub, 46.0))
    tones = tuple(map(rgb, ("#d8342e", "#2f74c0", "#e0b02e", "#3aa05a")))
    for number in range(cabins):
        set_.move(
            f"cabin{number}",
            landmarks.gondola_cabin(tones[number % 4]),
            _riding(hub, radius, 46.0, 2 * np.pi * number / cabins),
        )
    ride = landmarks.carousel(lit=lit)
    set_.move("carousel", ride, turning((9.5, 0.0, -18.0), 17.0))
    set_.block((9.5, 2.0, -18.0), (4.4, 2.0, 4.4))
    set_.add(placed(landmarks.big_top(9.0, rgb("#b8322e")), (20.0, 0.0, -42.0)))
    for number, (x, z, yaw) in enumerate(
        (
            (-6.6, -7.6, 0.55),
            (6.8, -6.4, -0.6),
            (-9.4, -1.6, 1.3),
            (9.2, -0.8, -1.3),
            (-3.0, -17.0, 0.2),
        )
    ):
        set_.add(placed(landmarks.booth(tones[number % 4], lit=lit), (x, 0.0, z), yaw=yaw))
        set_.block((x, 1.3, z), (1.7, 1.4, 1.3), yaw)
        if lit:
            at = (x + 1.6 * float(np.sin(yaw)), 2.3, z + 1.6 * float(np.cos(yaw)))
            set_.lamp(Practical(at, (9.0, 6.0, 2.8), 10.0))
    poles = [(-7.5, -4.2), (7.5, -4.0), (-7.5, -13.0), (7.5, -12.6), (-7.5, 5.0), (7.5, 5.0)]
    for x, z in poles:
        set_.add(tube([(x, 0.0, z), (x, 5.0, z)], 0.06, street.IRON, sides=6))
        set_.post(x, z, 0.12, 4.5)
    for (x0, z0), (x1, z1) in (
        (poles[0], poles[1]),
        (poles[2], poles[3]),
        (poles[0], poles[3]),
        (poles[1], poles[2]),
        (poles[0], poles[4]),
        (poles[1], poles[5]),
    ):
        set_.add(street.bulbs((x0, 5.0, z0), (x1, 5.0, z1), 16, sag_m=0.8, lit=lit))
    if lit:
        for x, z in ((-3.5, -4.0), (3.5, -4.0), (0.0, -9.0), (0.0, 3.0)):
            set_.lamp(Practical((x, 4.2, z), (7.0, 5.0, 2.6), 12.0))
        set_.lamp(
            Practical((9.5, 3.2, -13.0), (12.0, 8.0, 4.0), 14.0),
            Practical((-13.0, 8.0, -37.0), (26.0, 16.0, 18.0), 28.0),
        )
        if set_.conditions.dark:
            set_.lamps += [
                Lamp((-3.0, 3.8, -2.6), (5.2, 3.6, 1.9), 9.0),
                Lamp((4.0, 3.4, 2.0), (2.6, 2.0, 2.6), 8.0),
            ]
    spots = rng.uniform((-7.0, -24.0), (7.0, -7.5), (24, 2))
    facing = rng.uniform(0, 6.3, len(spots))
    figures = np.column_stack([spots[:, 0], 0 * spots[:, 0], spots[:, 1]])
    set_.add_bare(
        crowd.figures(figures[:12], facing[:12], rng, near=True),
        crowd.figures(figures[12:], facing[12:], rng),
    )
    plant(set_, "linden", (-14.0, -14.0), 10.0, rng)
    plant(set_, "maple", (15.0, -6.0), 9.0, rng)


def _revolving(hub: tuple[float, float, float], period_s: float) -> Callable[[float], Transform]:
    def transform(time_s: float) -> Transform:
        angle = 2 * np.pi * time_s / period_s
        sine, cosine = np.sin(angle), np.cos(angle)
        turn = np.array([[cosine, -sine, 0], [sine, cosine, 0], [0, 0, 1]])
        return np.column_stack([turn, hub]).astype(np.float32)

    return transform


def _riding(
    hub: tuple[float, float, float], radius_m: float, period_s: float, phase: float
) -> Callable[[float], Transform]:
    def transform(time_s: float) -> Transform:
        angle = 2 * np.pi * time_s / period_s + phase
        matrix = np.eye(3, 4, dtype=np.float32)
        matrix[:, 3] = np.add(hub, (radius_m * np.cos(angle), radius_m * np.sin(angle), 0.0))
        return matrix

    return transform


FAIR = Landscape(
    ground=Ground(
        Finish(rgb("#a08a64"), Surface.EARTH, 0.95),
        covers=(
            Cover(rgb("#7f8f4a"), Surface.GRASS, patch_m=4.0, share=0.42),
            Cover(rgb("#6f8a42"), Surface.GRASS, inside=(-300.0, -300.0, 300.0, -52.0)),
        ),
        near_m=14.0,
        far_m=120.0,
    ),
    climate=Climate(
        density_per_m=0.0036, sunset_yaw=2.7, night_glow=(0.03, 0.018, 0.02), bloom=0.2
    ),
    far=(
        Treeline(60, 60.0, 100.0),
        Hills(150.0, 320.0, 34.0, Finish(rgb("#4c6a3c"), Surface.FOLIAGE, 0.95), seed=6),
    ),
    things=_fair_things,
    walk=((0.0, -6.0), (0.0, 4.5)),
    keep_in=Space((-6.0, 0.3, -8.0), (6.0, 9.0, 13.0)),
    underfoot="earth",
    ambience="market",
    back_z=-6.6,
    shadow_radius_m=36.0,
)


BUILDERS = {
    "hutong": builder("hutong", HUTONG),
    "western_town": builder("western_town", WESTERN),
    "fairground": builder("fairground", FAIR),
}

"""Inside vehicles: a train, a bus, an aeroplane, a lift."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.stage.parts import (
    furniture,
    masonry,
    plants,
    seating,
    things,
)
from matinee.engine.stage.parts.finish import Finish, rgb, seed_of
from matinee.engine.stage.parts.masonry import Opening
from matinee.engine.stage.parts.solids import (
    ball,
    box,
    boxes,
    copies,
    cylinder,
    panel,
    placed,
    recoloured,
    ring,
    tube,
)
from matinee.engine.stage.worlds.interior import COOL, NEUTRAL, SOFT, Interior, Plan
from matinee.engine.stage.worlds.room import Shell
from matinee.engine.stage.worlds.scenery import standing

if TYPE_CHECKING:
    from collections.abc import Callable

    from matinee.engine.stage.worlds.model import Conditions, Mark, Transform, World

_PERIOD_M = 60.0


def train_carriage(conditions: Conditions) -> World:
    """Build a railway carriage: seats two and two, tables, luggage above, a land that passes by."""
    it, walk = _vehicle(
        "train_carriage",
        conditions,
        half_m=1.55,
        back=-11.0,
        high=2.5,
        tone="#c9bfa8",
        floor=Finish(rgb("#4a5560"), Surface.CLOTH, 0.95),
        windows=(1.6, 1.05, 1.95),
    )
    seats = seating.cabin_seat(Finish(rgb("#2f5f6a"), Surface.CLOTH, 0.95), places=2)
    table = merged(
        [
            box((0, 0.72, 0), (0.45, 0.02, 0.3), furniture.BEECH, bevel_m=0.01),
            box((0, 0.36, 0), (0.04, 0.36, 0.04), furniture.STEEL),
        ]
    )
    for number, z in enumerate((-9.9, -8.4, -6.6, -5.1, -3.3, -1.8)):
        yaw = 0.0 if number % 2 == 0 else np.pi
        for s in (-1, 1):
            it.row(seats, (s * 1.0, z), (s * 1.0, z), 1, yaw, marks=1)
            if number % 2 == 0:
                it.stand(table, s * 1.08, z + 0.75, tall_m=0.7)
                it.top(s * 1.08, 0.74, z + 0.75, 0.4, 0.26)
    for z in (2.0, 3.5):
        it.row(seats, (-1.0, z), (-1.0, z), 1, 0.0 if z < 3 else np.pi, marks=1)
    it.guests(
        [(-1.2, -3.3, 0.0), (1.25, -5.1, np.pi), (-0.8, -8.4, np.pi), (1.2, -1.8, np.pi)],
        pose="sit",
        y=0.46,
    )
    for s in (-1, 1):
        it.add(
            tube([(s * 1.18, 2.05, -10.8), (s * 1.18, 2.05, 4.8)], 0.015, furniture.STEEL, sides=5),
            box((s * 1.38, 2.03, -3.0), (0.2, 0.015, 7.8), furniture.STEEL.times(0.8)),
        )
        for k, z in enumerate((-9.0, -7.2, -4.4, -2.2)):
            it.add(
                placed(
                    things.bag(
                        Finish(
                            rgb(("#6a2a26", "#3a5a7a", "#8a7a4a", "#2a3a34")[k]), Surface.CLOTH, 0.7
                        )
                    ),
                    (s * 1.36, 2.05, z),
                    yaw=np.pi / 2,
                )
            )
        it.strip((s * 0.55, 2.44, -10.5), (s * 0.55, 2.44, 4.5), SOFT, glow=3.5)
    for z in (-9.0, -5.5, -2.0, 1.5):
        it.light((0, 2.35, z), SOFT, 1.7, reach_m=5.0, down=True, size_m=0.5)
    _passing(it, "country")
    it.keys(SOFT, 0.9, spread=1.1)
    return it.world(
        walk=walk,
        underfoot="carpet",
        ambience="train_ride",
        floor_radius_m=0.5,
        marks=_aisle(),
        reach_m=3.0,
    )


def bus(conditions: Conditions) -> World:
    """Build a city bus: seats along the sides, yellow poles and straps, the town going by."""
    it, walk = _vehicle(
        "bus",
        conditions,
        half_m=1.3,
        back=-7.5,
        high=2.4,
        tone="#d4d4cc",
        floor=Finish(rgb("#55585a"), Surface.PLAIN, 0.8),
        windows=(1.3, 0.95, 2.0),
    )
    seat = seating.cabin_seat(
        Finish(rgb("#2d5f9a"), Surface.CLOTH, 0.9),
        headrest=Finish(rgb("#d9a21f"), Surface.CLOTH, 0.9),
    )
    for z in (-6.9, -5.9, -4.9, -3.9, -2.9, -1.9):
        for s in (-1, 1):
            it.row(seat, (s * 0.98, z), (s * 0.98, z), 1, 0.0, marks=1 if z > -4.5 else 0)
    it.row(
        seating.cabin_seat(Finish(rgb("#2d5f9a"), Surface.CLOTH, 0.9), places=2),
        (1.0, 2.4),
        (1.0, 2.4),
        1,
        -np.pi / 2,
        marks=1,
    )
    pole = merged([cylinder(0.018, 2.38, Finish(rgb("#e0b52a"), Surface.PAINT, 0.35), sides=8)])
    for s in (-1, 1):
        for z in (-5.4, -3.4, -1.3, 1.3, 3.4):
            it.set.add_bare(placed(pole, (s * 0.66, 0, z)))
        it.add(
            tube(
                [(s * 0.66, 2.1, -7.2), (s * 0.66, 2.1, 4.6)],
                0.016,
                Finish(rgb("#e0b52a"), Surface.PAINT, 0.35),
                sides=6,
            )
        )
        strap = merged(
            [
                box((0, -0.12, 0), (0.012, 0.12, 0.02), furniture.BLACK_METAL),
                placed(
                    ring(0.06, 0.01, furniture.BLACK_METAL, sides=12, around=5),
                    (0, -0.3, 0),
                    tilt=np.pi / 2,
                ),
            ]
        )
        it.set.add_bare(
            copies(strap, [(s * 0.66, 2.1, z) for z in (-4.4, -2.4, -0.6, 0.6, 2.2, 3.0)])
        )
        it.strip((s * 0.5, 2.34, -7.0), (s * 0.5, 2.34, 4.4), COOL, glow=3.5)
    it.guests(
        [(-1.0, -3.9, 0.0), (1.0, -4.9, 0.0), (-1.0, -6.9, 0.0), (1.0, -2.9, 0.0)],
        pose="sit",
        y=0.46,
    )
    it.set.add_bare(
        *(
            box((s * 1.27, 2.2, z), (0.01, 0.12, 0.5), Finish(rgb(c), Surface.SCREEN, 0.4, 0.8))
            for s in (-1, 1)
            for z, c in ((-5.5, "#c23a2a"), (-3.5, "#3f8f4a"), (-1.5, "#2d6db0"))
        )
    )
    for z in (-6.0, -3.0, 0.0, 3.0):
        it.light((0, 2.3, z), COOL, 1.5, reach_m=5.0, down=True, size_m=0.5)
    _passing(it, "town")
    it.keys(NEUTRAL, 0.9, spread=1.0)
    return it.world(
        walk=walk,
        underfoot="plastic",
        ambience="city_traffic",
        floor_radius_m=0.5,
        marks=_aisle(),
        reach_m=3.0,
    )


def aeroplane_cabin(conditions: Conditions) -> World:
    """Build the cabin of an airliner: rows three and three, lockers above, small windows."""
    it, walk = _vehicle(
        "aeroplane_cabin",
        conditions,
        half_m=2.0,
        back=-11.0,
        high=2.35,
        tone="#e2e2dc",
        floor=Finish(rgb("#2f3a55"), Surface.CLOTH, 0.97),
        windows=(0.32, 1.0, 1.4),
    )
    seat = seating.cabin_seat(Finish(rgb("#26406a"), Surface.CLOTH, 0.95), places=3)
    for row, z in enumerate((*np.arange(-10.2, -1.0, 0.95), 1.95, 2.9, 3.85)):
        for s in (-1, 1):
            it.row(seat, (s * 1.2, z), (s * 1.2, z), 1, 0.0, marks=1 if z > -4 else 0)
        if row % 2 and row < 8:
            it.guests(
                [(-1.7 + 0.5 * (row % 3), z, 0.0), (1.2 + 0.5 * (row % 2), z, 0.0)],
                pose="sit",
                y=0.46,
            )
    locker = Finish(rgb("#eceae4"), Surface.PAINT, 0.35)
    for s in (-1, 1):
        it.add(
            boxes(
                [(s * 1.6, 1.98, z) for z in np.arange(-10.4, 4.8, 0.95)],
                (0.4, 0.2, 0.465),
                locker,
                bevel_m=0.09,
            ),
            boxes(
                [(s * 1.2, 2.0, z) for z in np.arange(-10.5, 4.8, 0.95)],
                (0.006, 0.17, 0.01),
                locker.times(0.6),
            ),
            boxes(
                [(s * 1.5, 1.79, z) for z in np.arange(-10.2, 4.5, 0.95)],
                (0.12, 0.02, 0.06),
                Finish(rgb("#fff0d0"), Surface.SCREEN, 0.4, 1.8),
            ),
        )
        it.strip((s * 1.15, 2.22, -10.8), (s * 1.15, 2.22, 4.8), (1.0, 0.9, 0.78), glow=3.0)
        it.stand(box((0, 1.1, 0), (0.5, 1.1, 0.3), locker, bevel_m=0.03), s * 1.45, 4.6)
    it.add(
        box((0, 1.2, -10.9), (0.42, 1.05, 0.04), locker.times(0.85)),
        placed(
            furniture.curtain(0.9, 2.0, Finish(rgb("#26406a"), Surface.CLOTH, 0.95)),
            (0.9, 0.05, -10.7),
        ),
        placed(
            furniture.curtain(0.9, 2.0, Finish(rgb("#26406a"), Surface.CLOTH, 0.95)),
            (-0.9, 0.05, -10.7),
        ),
    )
    it.set.add_bare(
        box((0, 2.18, -3.0), (0.22, 0.05, 0.03), Finish(rgb("#3fd08a"), Surface.SCREEN, 0.4, 1.8))
    )
    for z in (-9.0, -5.5, -2.0, 1.5):
        it.light((0, 2.25, z), SOFT, 1.8, reach_m=5.5, down=True, size_m=0.5)
    _passing(it, "clouds")
    it.keys(SOFT, 0.9, spread=1.1)
    return it.world(
        walk=walk,
        underfoot="carpet",
        ambience="aircraft_cabin",
        floor_radius_m=0.5,
        marks=_aisle(),
        reach_m=3.0,
    )


def elevator(conditions: Conditions) -> World:
    """Build a lift with its doors open on a landing: mirror, brass, panel of buttons."""
    plan = Plan(
        Shell(-2.6, 2.6, -1.4, 6.5, 2.7, cell_m=0.36),
        walls=Finish(rgb("#8f8676"), Surface.PLASTER, 0.9),
        floor=Finish(rgb("#5a2f2c"), Surface.CLOTH, 0.95),
        ceiling=Finish(rgb("#c9c2b2"), Surface.PLASTER, 0.95),
        view="",
        hour="day",
        ambient=0.1,
    )
    it = Interior("elevator", conditions, plan)
    wood, brass = Finish(rgb("#6a4428"), Surface.WOOD, 0.35), furniture.BRASS
    it.add(box((0, 0.012, -0.35), (1.3, 0.012, 1.05), Finish(rgb("#b8ac98"), Surface.STONE, 0.2)))
    for s in (-1, 1):
        it.add(
            box((s * 1.36, 1.3, -0.35), (0.04, 1.3, 1.05), wood),
            boxes([(s * 1.31, y, -0.35) for y in (0.12, 2.4)], (0.015, 0.03, 1.03), brass),
            tube([(s * 1.24, 0.95, -1.2), (s * 1.24, 0.95, 0.55)], 0.022, brass, sides=8),
            boxes(
                [(s * 1.315, 1.45, z) for z in (-0.95, -0.35, 0.25)],
                (0.01, 0.75, 0.25),
                Finish(rgb("#8a8f92"), Surface.METAL, 0.2),
            ),
        )
        it.add(
            box((s * 1.5, 1.15, 0.78), (0.22, 1.15, 0.06), furniture.STEEL, bevel_m=0.01),
            box(
                (s * 2.15, 1.35, 0.86), (0.5, 1.35, 0.1), Finish(rgb("#6f675a"), Surface.STONE, 0.4)
            ),
        )
        it.set.block((s * 1.95, 1.3, -0.3), (0.62, 1.3, 1.2))
    it.add(
        box((0, 2.5, 0.86), (1.7, 0.2, 0.1), Finish(rgb("#6f675a"), Surface.STONE, 0.4)),
        box((0, 1.55, -1.36), (1.2, 0.85, 0.02), Finish(rgb("#9aa4a6"), Surface.METAL, 0.12)),
        box((0, 0.55, -1.35), (1.3, 0.1, 0.03), brass),
        tube([(-1.2, 0.95, -1.28), (1.2, 0.95, -1.28)], 0.022, brass, sides=8),
    )
    it.add(box((1.28, 1.3, 0.55), (0.02, 0.36, 0.13), furniture.STEEL, bevel_m=0.008))
    it.set.add_bare(
        boxes(
            [(1.255, 1.1 + 0.07 * k, 0.5 + 0.1 * s) for k in range(6) for s in (0, 1)],
            (0.006, 0.022, 0.03),
            Finish(rgb("#ffe0a0"), Surface.SCREEN, 0.4, 1.6),
        ),
        box((0, 2.5, 0.97), (0.22, 0.09, 0.01), Finish(rgb("#ff7a3a"), Surface.SCREEN, 0.4, 3.0)),
    )
    it.add(box((0, 2.62, -0.35), (1.3, 0.03, 1.05), brass.times(0.8)))
    for x, z in ((-0.6, -0.8), (0.6, -0.8), (-0.6, 0.2), (0.6, 0.2)):
        it.set.add_bare(
            placed(
                cylinder(0.09, 0.012, Finish(rgb("#fff0d0"), Surface.SCREEN, 0.4, 6.0), sides=14),
                (x, 2.575, z),
            )
        )
        it.light((x, 2.55, z), SOFT, 1.5, reach_m=5.0, down=True, cone_rad=1.1)
    it.sconces("left", (2.4, 4.6), 1.8)
    it.sconces("right", (2.4, 4.6), 1.8)
    it.stand(furniture.potted_plant(it.rng, height_m=1.3), -2.1, 1.5)
    it.hang("right", furniture.picture(0.9, 0.6, brass, rng=it.rng), 3.5, 1.7)
    it.light((0, 2.5, 3.6), SOFT, 2.0, down=True, size_m=0.5)
    it.keys(SOFT, 0.9, spread=1.0)
    marks = standing(
        ("hero", 0.0, 0.0, 0.0),
        ("left", -0.6, -0.15, 0.4),
        ("right", 0.6, -0.15, -0.4),
        ("back", 0.3, -0.75, 0.0),
        ("far", -0.4, -0.8, 0.0),
        ("front", 0.0, 1.9, np.pi),
    )
    return it.world(
        walk=((0.0, -0.8), (0.0, 6.0)),
        underfoot="stone",
        ambience="room_tone",
        floor_radius_m=0.9,
        marks=marks,
    )


def _aisle() -> tuple[Mark, ...]:
    """Return the marks of people in an aisle, one behind the other."""
    return standing(
        ("hero", 0.0, 0.0, 0.0),
        ("left", -0.55, 0.35, 0.4),
        ("right", 0.55, 0.35, -0.4),
        ("back", 0.05, -1.5, 0.0),
        ("far", 0.0, -4.2, 0.0),
        ("front", 0.0, 1.9, np.pi),
    )


def _vehicle(
    place: str,
    conditions: Conditions,
    *,
    half_m: float,
    back: float,
    high: float,
    tone: str,
    floor: Finish,
    windows: tuple[float, float, float],
) -> tuple[Interior, tuple[tuple[float, float], tuple[float, float]]]:
    """Return a long body with windows (wide, sill, head) on both sides, and its aisle."""
    front, (wide, sill, head) = 5.0, windows
    gap = 0.25 if wide > 1 else 0.62
    count = int((front - back - gap) / (wide + gap))
    starts = gap + np.arange(count) * (wide + gap)
    holes = [Opening(float(at), float(at) + wide, sill, head, "hole") for at in starts]
    pale = Finish(rgb(tone), Surface.PAINT, 0.5)
    plan = Plan(
        Shell(-half_m, half_m, back, front, high, cell_m=0.42),
        walls=pale,
        floor=floor,
        ceiling=pale.times(1.05),
        skirting=furniture.STEEL.times(0.6),
        openings={"left": holes, "right": holes},
        view="",
        exposure=1.75,
    )
    it = Interior(place, conditions, plan)
    rim = Finish(rgb("#3a3d40"), Surface.PAINT, 0.4)
    for s in (-1, 1):
        for hole in holes:
            z = back + (hole.left + hole.right) / 2
            it.add(
                boxes(
                    [(s * half_m, y, z) for y in (sill, head)],
                    (0.03, 0.03, wide / 2 + 0.03),
                    rim,
                    bevel_m=0.012,
                ),
                boxes(
                    [(s * half_m, (sill + head) / 2, z + e * wide / 2) for e in (-1, 1)],
                    (0.03, (head - sill) / 2, 0.03),
                    rim,
                ),
            )
        # One long pane of sky for each side stands for its many small ones.
        from_sky = 0.12 if conditions.time_of_day == "night" else 1.0
        for z in np.linspace(back + 2, front - 2, 3):
            it.light(
                (s * (half_m + 0.1), (sill + head) / 2, float(z)),
                (0.95, 1.0, 1.08),
                from_sky * (2.2 if wide > 1 else 0.9),
                way=(-s * 1.0, 0.0, 0.0),
                reach_m=7.0,
                size_m=0.9,
            )
    return it, ((0.0, -4.0), (0.0, 4.4))


def _passing(it: Interior, kind: str) -> None:
    """Let a land go by outside, to both sides: the same stretch over and over."""
    rng = seed_of("passing", kind)
    one: list[Mesh] = []
    if kind == "clouds":
        puff = Finish(rgb("#e8eef4"), Surface.SNOW, 0.95)
        for s in (-1, 1):
            for _ in range(9):
                at = (s * rng.uniform(14, 40), rng.uniform(-9, -3), rng.uniform(0, _PERIOD_M))
                size = rng.uniform(2.0, 5.0)
                one += [
                    ball(
                        np.add(at, rng.normal(0, size * 0.5, 3) * (1, 0.3, 1)),
                        (size, size * 0.4, size),
                        puff,
                        level=2,
                    )
                    for _ in range(3)
                ]
        speed = 14.0
    elif kind == "town":
        tones = ("#c9b8a0", "#a8aeb4", "#d0bd9c", "#b58a70")
        for s in (-1, 1):
            for k in range(6):
                front = Finish(rgb(tones[int(rng.integers(0, 4))]), Surface.PLASTER, 0.85)
                block = masonry.tower_block(9.6, float(rng.uniform(8, 16)), 8.0, front, cell_m=5.0)
                one.append(placed(block, (s * 14.0, -1.0, 10.0 * k + 5), yaw=-s * np.pi / 2))
        speed = 7.0
    else:
        tree = plants.tree("maple", 6.0, rng=rng, leaves=120)
        for s in (-1, 1):
            trees = [
                (s * float(rng.uniform(8, 22)), -1.0, float(rng.uniform(0, _PERIOD_M)))
                for _ in range(7)
            ]
            one.append(
                copies(tree, trees, yaw=rng.uniform(0, 6, 7), scale=rng.uniform(0.8, 1.3, 7))
            )
            one.append(
                copies(
                    cylinder(0.09, 5.0, furniture.WALNUT, sides=5),
                    [(s * 6.0, -1.0, 20.0 * k + 4) for k in range(3)],
                )
            )
        speed = 16.0
    stretch = merged(one)
    long = merged([placed(stretch, (0, 0, _PERIOD_M * k)) for k in (-2, -1, 0, 1)])
    # Their own lamps must not light the land, as in a room with a window.
    dim = 0.3 if it.set.conditions.time_of_day == "night" else 1.0
    it.set.move("land", recoloured(long, long.albedo * dim), _by(speed))
    if kind != "clouds":
        ground = (
            Finish(rgb("#5d7a3c"), Surface.GRASS, 0.95)
            if kind == "country"
            else Finish(rgb("#5a5a5c"), Surface.ASPHALT, 0.9)
        )
        for s in (-1, 1):
            it.set.add(
                panel(
                    (s * 45 - 42.5, -1.0, 70),
                    (85, 0, 0),
                    (0, 0, -140),
                    ground.times(dim),
                    cell_m=14.0,
                )
            )


def _by(speed_m_s: float) -> Callable[[float], Transform]:
    """Go by towards -Z at a speed, over and over."""

    def transform(time_s: float) -> Transform:
        matrix = np.zeros((3, 4), np.float32)
        matrix[:, :3] = np.eye(3)
        matrix[2, 3] = -(speed_m_s * time_s) % _PERIOD_M
        return matrix

    return transform


BUILDERS = {
    "train_carriage": train_carriage,
    "bus": bus,
    "aeroplane_cabin": aeroplane_cabin,
    "elevator": elevator,
}
"""Each place by its name."""

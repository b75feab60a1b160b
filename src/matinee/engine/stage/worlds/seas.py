"""Places of the sea: an island, a ship under way, a reef, a pier, a rocky coast, a dock."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.geometry import Surface, merged
from matinee.engine.render.scene import Ambient, Atmosphere, Fog, Lamp, Sky
from matinee.engine.stage.light import Climate
from matinee.engine.stage.parts import greenery, plants, street, waterside, wild
from matinee.engine.stage.parts.finish import Finish, rgb, weathered
from matinee.engine.stage.parts.solids import (
    ball,
    boulder,
    box,
    copies,
    heightfield,
    lathe,
    only,
    placed,
    quads,
    ring,
    shape,
    tube,
    two_sided,
)
from matinee.engine.stage.weather import Air, Plume, bubbles
from matinee.engine.stage.worlds.landscape import (
    Hills,
    Landscape,
    Scatter,
    Sea,
    Water,
    builder,
)
from matinee.engine.stage.worlds.model import Practical, Space
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
)
from matinee.engine.stage.worlds.waters import PALE_SAND, rocks, tufts

if TYPE_CHECKING:
    from collections.abc import Callable

    from matinee.engine.render.geometry import Mesh
    from matinee.engine.stage.parts.finish import Floats
    from matinee.engine.stage.worlds.model import Transform
    from matinee.engine.stage.worlds.scenery import Scenery

_GULL = rgb("#dcdcd8")
_OPEN = rgb("#174a66")


def gulls(set_: Scenery, rng: np.random.Generator, at: tuple[float, float, float]) -> None:
    """Let gulls circle there."""
    flock = wild.flock(6, _GULL, rng, span_m=1.2)
    set_.move("gulls", flock, circling(at, 15.0, 22.0, 0.7))


# --- the island ---------------------------------------------------------------------------------


def _island_things(set_: Scenery, rng: np.random.Generator) -> None:
    for x, z, tall in (
        (-3.4, -4.6, 6.2),
        (-5.0, -6.0, 6.8),
        (4.4, -6.2, 6.0),
        (-6.4, -1.0, 6.4),
        (5.8, -4.8, 6.6),
        (7.4, 0.6, 6.6),
        (-5.4, 4.6, 7.2),
        (6.0, 5.4, 6.8),
        (-2.6, 8.6, 7.4),
        (3.0, 9.4, 6.2),
        (0.4, 12.5, 8.0),
    ):
        foot = set_.foot(x, z)
        set_.add(
            placed(plants.palm(tall, rng=rng), (x, foot - 0.15, z), yaw=float(rng.uniform(0, 6)))
        )
        set_.post(x, z, 0.3, tall)
    gulls(set_, rng, (4.0, 10.0, -26.0))
    foot = set_.foot(3.4, -5.2)
    set_.add(placed(wild.log(2.6, 0.16, rng), (3.4, foot, -5.2), yaw=0.6))
    set_.move(
        "sail", street.sail_boat(rgb("#b8bcc0")), floating((-34.0, 0.0, -130.0), 1.2, 5.0, 0.4)
    )


ISLAND = Landscape(
    ground=Ground(
        PALE_SAND,
        base_m=-2.6,
        features=(
            Hill((0.0, 3.0), 26.0, 4.6, power=0.62, rough=0.22),
            Hill((2.0, 13.0), 12.0, 2.4, rough=0.3),
            Level((-3.0, -2.4, 3.0, 3.0), 1.15, 4.0),
        ),
        covers=(
            Cover(rgb("#a08560"), Surface.SAND, height=(-9.0, 0.16), soft_m=0.2),
            Cover(rgb("#7f934a"), Surface.GRASS, height=(1.75, 9.0), patch_m=4.0, share=0.75),
        ),
        near_m=24.0,
        cell_m=0.75,
        far_m=70.0,
        blotch=0.1,
    ),
    climate=Climate(
        density_per_m=0.0014, height_falloff_per_m=0.02, sunset_yaw=2.85, bounce=(1.2, 1.1, 0.9)
    ),
    water=(
        Sea(0.34, 9.0, 0.35, 2.2, rgb("#1f8f9a"), foam=0.35),
        Water((-21.0, -26.0, 21.0, 26.0), rgb("#39b3ae"), y_m=-0.05),
    ),
    growth=(
        Scatter(
            rocks(0.6),
            26,
            (-20.0, -18.0, 20.0, 22.0),
            height=(-0.7, 0.35),
            clear_m=5.0,
            scale=(0.4, 1.8),
            sink_m=0.2,
        ),
        Scatter(
            tufts(0.5, "#8a9a4e"),
            150,
            (-14.0, -4.0, 14.0, 20.0),
            height=(1.0, 9.0),
            clear_m=3.4,
            sway=0.12,
        ),
        Scatter(
            lambda rng: plants.bush(0.9, rng=rng, leaves=80, colour=rgb("#5c7a38")),
            22,
            (-12.0, 4.0, 12.0, 20.0),
            height=(1.5, 9.0),
            clear_m=5.5,
            solid_m=0.6,
            solid_height_m=1.2,
        ),
    ),
    far=(
        Hills(
            420.0,
            760.0,
            60.0,
            Finish(rgb("#4f6650"), Surface.FOLIAGE, 0.95),
            seed=9,
            foot_m=-4.0,
            arc=(2.3, 3.0),
            columns=50,
        ),
    ),
    things=_island_things,
    walk=((-4.6, -0.6), (4.6, -0.6)),
    keep_in=Space((-8.0, 0.9, -7.0), (8.0, 8.0, 11.5)),
    underfoot="sand",
    ambience="sea_waves",
    mirror=True,
    back_z=-3.4,
)


# --- a ship on the open sea ---------------------------------------------------------------------

_DECK_M = 2.6


def _ship_things(set_: Scenery, rng: np.random.Generator) -> None:
    for part in waterside.ship_deck(30.0, 9.0):
        set_.add(placed(part, (0.0, _DECK_M, 0.0)))
    for side in (-1, 1):
        set_.block((side * 4.4, _DECK_M + 0.5, 5.0), (0.25, 0.6, 11.0))
        set_.block((side * 3.4, _DECK_M + 0.5, -9.0), (0.25, 0.6, 4.6), -side * 0.32)
    rig = waterside.mast(17.0, 10.0)
    set_.add(placed(rig, (0.0, _DECK_M, -5.0)), placed(rig, (0.0, _DECK_M, 9.5), scale=1.1))
    set_.post(0.0, -5.0, 0.3, 17.0)
    set_.post(0.0, 9.5, 0.3, 17.0)
    spar = [(0.0, _DECK_M + 0.7, -13.2), (0.0, _DECK_M + 2.4, -19.5)]
    set_.add(tube(spar, [0.2, 0.08], street.OAK, sides=8))
    jib = Finish(rgb("#d6ccb4"), Surface.CLOTH, 0.95)
    points = [(0.0, _DECK_M + 2.2, -19.0), (2.6, _DECK_M + 2.6, -9.0), (0.0, _DECK_M + 14.5, -6.0)]
    set_.add(two_sided(shape(points, [[0, 1, 2]], jib)))
    barrel = _barrel()
    for x, z in ((-3.4, -1.6), (-3.5, -2.5), (3.5, 3.2), (3.4, -3.6)):
        set_.add(placed(barrel, (x, _DECK_M, z)))
        set_.post(x, z, 0.35, 0.9)
    set_.add(
        placed(
            box((0, 0.3, 0), (0.55, 0.3, 0.4), street.PLANKS, bevel_m=0.03),
            (2.9, _DECK_M, -2.2),
            yaw=0.4,
        )
    )
    set_.block((2.9, _DECK_M + 0.3, -2.2), (0.55, 0.3, 0.4), 0.4)
    coil = merged(
        [
            placed(
                ring(0.3 - 0.02 * k, 0.04, Finish(rgb("#a08a5e"), Surface.CLOTH, 0.9), around=5),
                (0, 0.04 + 0.07 * k, 0),
            )
            for k in range(4)
        ]
    )
    set_.add(placed(coil, (-2.4, _DECK_M, -5.4)), placed(coil, (3.1, _DECK_M, 1.0)))
    gulls(set_, rng, (6.0, 11.0, -20.0))
    if set_.conditions.dark:
        lamp = Finish(rgb("#ffcf88"), Surface.SCREEN, 0.3, 7.0)
        for x, z in ((-0.5, -4.6), (0.6, 9.0)):
            set_.add_bare(ball((x, _DECK_M + 2.3, z), 0.13, lamp, level=1))
            set_.lamp(Practical((x, _DECK_M + 2.2, z), (6.0, 3.6, 1.4), 11.0))
        set_.lamps.append(Lamp((-0.6, _DECK_M + 2.2, -3.6), (5.0, 3.0, 1.3), 9.0))


def _barrel() -> Mesh:
    wood = Finish(rgb("#7a5636"), Surface.WOOD, 0.7)
    body = lathe(
        [(0, 0), (0.27, 0), (0.34, 0.28), (0.35, 0.45), (0.34, 0.6), (0.27, 0.88), (0, 0.86)],
        wood,
        sides=14,
    )
    return merged(
        [body, *(placed(ring(0.325, 0.02, street.IRON, around=4), (0, y, 0)) for y in (0.2, 0.68))]
    )


OCEAN = Landscape(
    ground=Ground(
        Finish(_OPEN, Surface.EARTH, 0.9),
        features=(Level((-1.0, -1.0, 1.0, 1.0), -9.0, 1.0),),
        decks=(Deck((-4.4, -13.5, 4.4, 15.0), _DECK_M),),
        base_m=-9.0,
        far_m=60.0,
        cell_m=3.0,
    ),
    climate=Climate(
        density_per_m=0.0016, height_falloff_per_m=0.02, sunset_yaw=2.8, haze=(0.96, 1.0, 1.06)
    ),
    water=(Sea(1.25, 19.0, 0.2, 5.5, _OPEN, heave_m=0.25, level_m=-0.25),),
    things=_ship_things,
    walk=((-1.6, -3.2), (-1.6, 7.0)),
    keep_in=Space((-4.0, _DECK_M + 0.3, -8.0), (4.0, 12.0, 13.0)),
    underfoot="wood",
    ambience="sea_waves",
    mirror=False,
    floor_radius_m=1.9,
    back_z=-7.0,
    marks=standing(
        ("hero", 0.0, 0.0, 0.0),
        ("left", -1.2, 0.25, 0.55),
        ("right", 1.2, 0.25, -0.55),
        ("back", 0.9, -2.2, 0.0),
        ("far", -1.0, -7.4, 0.0),
        ("front", 0.0, 1.6, np.pi),
    ),
)


# --- under water --------------------------------------------------------------------------------

_DEEP = (0.012, 0.11, 0.17)


def _sunk(air: Atmosphere) -> Atmosphere:
    """Turn the light of the air into that of twelve metres of sea."""
    night = max(air.sun.radiance) < 0.6
    level = 0.16 if night else 0.45 + 0.18 * min(max(air.sun.radiance), 3.0)
    blue = (_DEEP[0] * level * 2, _DEEP[1] * level * 2, _DEEP[2] * level * 2)
    return replace(
        air,
        sun=replace(
            air.sun,
            direction_to_sun=(0.28, 0.9, -0.33),
            radiance=(0.42 * level, 1.25 * level, 1.35 * level),
        ),
        sky=Sky(
            (0.10 * level, 0.55 * level, 0.68 * level), blue, (0.004, 0.03, 0.05), 0.0, 0.0, 0.0
        ),
        fog=Fog(blue, 0.052, 0.0),
        ambient=Ambient(
            (0.16 * level, 0.62 * level, 0.80 * level), (0.07 * level, 0.22 * level, 0.26 * level)
        ),
        grade=replace(air.grade, exposure=1.0, bloom=0.2, saturation=1.06),
        wetness=0.0,
    )


def _reef_things(set_: Scenery, rng: np.random.Generator) -> None:
    tones = tuple(map(rgb, ("#d8563e", "#e08a3a", "#c24a86", "#d9b24a", "#7a56b0", "#e0748a")))
    spots = [
        (-3.6, -3.0),
        (-5.4, -4.6),
        (4.0, -3.4),
        (5.8, -2.0),
        (2.4, -6.4),
        (-1.8, -7.4),
        (-7.5, 0.5),
        (7.4, 2.6),
        (-4.8, 4.4),
        (6.2, -8.4),
        (-6.6, -9.0),
    ]
    for number, (x, z) in enumerate(spots):
        foot = set_.foot(x, z)
        size = float(rng.uniform(0.7, 1.3))
        base = weathered(
            boulder(size, Finish(rgb("#6d6a5e"), Surface.EARTH, 0.95), seed=number, level=2),
            amount=0.3,
        )
        set_.add(placed(base, (x, foot + 0.1, z)))
        set_.post(x, z, size, 1.4)
        for _ in range(4):
            tone = tones[int(rng.integers(0, 6))]
            yaw = rng.uniform(0, 6.3)
            at = (x + size * 0.75 * np.sin(yaw), foot + size * 0.35, z + size * 0.75 * np.cos(yaw))
            kind = int(rng.integers(0, 3))
            tall = float(rng.uniform(0.45, 0.95))
            part = (
                greenery.branching_coral(tall, tone, rng=rng)
                if kind == 0
                else greenery.fan_coral(tall * 1.2, tone, rng=rng)
                if kind == 1
                else greenery.brain_coral(tall * 0.5, tone, seed=number)
            )
            set_.add(placed(part, at, yaw=float(rng.uniform(0, 3))))
    for number, code in enumerate(("#f0a02a", "#5aa0e0", "#e8e04a", "#d05a4a")):
        school = copies(
            _fish(rgb(code)),
            rng.normal(0, 1.0, (14, 3)) * (1.2, 0.5, 1.2),
            yaw=rng.normal(0, 0.15, 14),
            scale=rng.uniform(0.7, 1.2, 14),
        )
        set_.move(
            f"fish{number}",
            school,
            _schooling(
                (1.5 - 1.2 * number, 1.6 + 0.5 * number, -4.5 - number),
                4.5 + number,
                15.0 + 4 * number,
                number * 1.6,
            ),
        )
    for number in range(2):
        set_.move(f"caustics{number}", _caustics(set_, number), _drifting(number))
    light = (0.35, 0.6, 0.65)
    set_.airs += list(bubbles(light))
    set_.airs += [
        Plume(
            (2.4, 0.3, -6.0),
            60,
            7.0,
            (0.02, 0.62, 0.0),
            (0.15, 0.05, 0.15),
            0.7,
            0.035,
            2.2,
            (0.4, 0.7, 0.75),
            0.5,
        )
    ]
    dim = 0.012 if set_.conditions.dark else 0.05
    # Shafts of sunlight lean down from the surface.
    set_.airs.append(
        Air(
            26,
            17.0,
            (0.0, 0.0, 0.0),
            0.75,
            (dim * 0.4, dim * 0.9, dim),
            0.0,
            0.5,
            9.0,
            streak=(1.9, 6.2, -2.2),
        )
    )


def _fish(colour: tuple[float, float, float]) -> Mesh:
    """Return a small reef fish that swims along +Z."""
    skin = Finish(colour, Surface.PAINT, 0.4)
    body = ball((0, 0, 0), (0.03, 0.075, 0.14), skin, level=1)
    tail = two_sided(
        quads(
            [[(0, 0.0, -0.11), (0, 0.08, -0.22), (0, 0.0, -0.19), (0, -0.08, -0.22)]],
            skin.times(0.8),
        )
    )
    fin = two_sided(
        quads(
            [[(0, 0.06, 0.04), (0, 0.12, -0.04), (0, 0.07, -0.09), (0, 0.05, -0.02)]],
            skin.times(0.7),
        )
    )
    return merged([body, tail, fin])


def _schooling(
    at: tuple[float, float, float], radius_m: float, period_s: float, phase: float
) -> Callable[[float], Transform]:
    """Swim round, upright, with a wag."""

    def transform(time_s: float) -> Transform:
        angle = 2 * np.pi * time_s / period_s + phase
        yaw = angle + np.pi / 2 + 0.08 * np.sin(7 * time_s)
        sine, cosine = np.sin(yaw), np.cos(yaw)
        place = np.add(
            at, (radius_m * np.sin(angle), 0.25 * np.sin(1.7 * angle), radius_m * np.cos(angle))
        )
        turn = np.array([[cosine, 0, sine], [0, 1, 0], [-sine, 0, cosine]])
        return np.column_stack([turn, place]).astype(np.float32)

    return transform


def _caustics(set_: Scenery, seed: int) -> Mesh:
    """Return the net of light that waves throw on the sea bed, as thin bright bands."""
    lines = np.linspace(-10.5, 10.5, 104)
    lift = 0.035 + 0.02 * seed
    glow = Finish((0.25, 0.75, 0.72), Surface.SCREEN, 1.0, 0.5)
    mesh = heightfield(lines, lines - 1.5, lambda x, z: set_.height(x, z) + lift, glow)
    points = mesh.positions.astype(np.float64) * (1, 0, 1)
    return only(mesh, _nearly_between(points, 0.95 + 0.5 * seed, seed) < 0.075)


def _nearly_between(points: Floats, cell_m: float, seed: int) -> Floats:
    """Return by how much the second nearest of scattered points is further than the nearest.

    It is small along the edges of cells (Worley 1996), which is the net that ripples focus.
    """
    base = np.floor(points[:, ::2] / cell_m).astype(np.int64)
    gaps = []
    for dx in (-1, 0, 1):
        for dz in (-1, 0, 1):
            cell = base + np.array((dx, dz))
            h = (cell[:, 0] * 374761393 + cell[:, 1] * 668265263 + seed * 974711) & 0xFFFFFF
            h = (h * 1274126177) & 0xFFFFFFFF
            jitter = np.stack([(h >> 8) & 0xFF, (h >> 20) & 0xFF], -1) / 255.0
            gaps.append(np.linalg.norm((cell + jitter) * cell_m - points[:, ::2], axis=1))
    nearest = np.sort(np.array(gaps), axis=0)
    return np.asarray(nearest[1] - nearest[0])


def _drifting(number: int) -> Callable[[float], Transform]:
    def transform(time_s: float) -> Transform:
        matrix = np.eye(3, 4, dtype=np.float32)
        turn = 0.8 * time_s + 2.4 * number
        matrix[0, 3], matrix[2, 3] = 0.35 * np.sin(turn), 0.35 * np.cos(0.8 * turn + number)
        return matrix

    return transform


UNDERWATER = Landscape(
    ground=Ground(
        Finish(rgb("#cdbf98"), Surface.SAND, 0.95),
        features=(
            Swell(1.3, 9.0, calm_m=3.4),
            Bank((0.0, -9.0), np.pi, 7.0, -6.0, wander_m=2.2, cell_m=6.0),
            Bank((-12.0, 0.0), -np.pi / 2, 6.0, -4.0, wander_m=2.0, cell_m=6.0),
        ),
        covers=(
            Cover(rgb("#6a6456"), Surface.EARTH, steep=(0.14, 2.0)),
            Cover(
                rgb("#8a5a52"), Surface.EARTH, patch_m=2.2, share=0.35, height=(0.7, 30.0), most=0.7
            ),
        ),
        near_m=14.0,
        far_m=60.0,
    ),
    climate=Climate(density_per_m=0.04, bloom=0.2),
    growth=(
        Scatter(
            lambda rng: greenery.kelp(4.4, rng=rng),
            30,
            (-13.0, -14.0, 13.0, 9.0),
            clear_m=4.6,
            kinds=4,
            sway=0.10,
            patch_m=6.0,
            share=0.62,
            steep=0.7,
        ),
        Scatter(
            rocks(0.5, Finish(rgb("#6d6a5e"), Surface.EARTH, 0.95)),
            40,
            (-14.0, -14.0, 14.0, 10.0),
            clear_m=3.4,
            scale=(0.3, 1.6),
            sink_m=0.1,
            steep=0.9,
        ),
        Scatter(
            tufts(0.35, "#4f7a4a", 9),
            70,
            (-10.0, -10.0, 10.0, 8.0),
            clear_m=2.4,
            sway=0.16,
            steep=0.8,
        ),
        Scatter(
            lambda rng: greenery.branching_coral(0.5, rgb("#d8704a"), rng=rng),
            14,
            (-12.0, -15.0, 12.0, 7.0),
            clear_m=3.4,
            kinds=2,
            steep=0.9,
        ),
    ),
    things=_reef_things,
    walk=((-4.4, -1.0), (4.4, -1.0)),
    keep_in=Space((-8.0, 0.3, -6.0), (8.0, 7.0, 11.0)),
    underfoot="sand",
    ambience="underwater",
    airless=True,
    afloat=True,
    moonlit=False,
    tinted=_sunk,
    back_z=-3.8,
)


BUILDERS = {
    "island": builder("island", ISLAND),
    "ocean": builder("ocean", OCEAN),
    "underwater": builder("underwater", UNDERWATER),
}

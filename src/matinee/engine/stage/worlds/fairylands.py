"""Places nobody has filmed yet: the moon, Mars, a space walk, the clouds, the city to come."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.render.scene import Ambient, Atmosphere, Fog, Lamp, Sky, Sun
from matinee.engine.stage.light import Climate
from matinee.engine.stage.parts import crowd, masonry, plants, spacefaring, street, wild
from matinee.engine.stage.parts.finish import Finish, fractal, rgb, weathered
from matinee.engine.stage.parts.solids import (
    ball,
    box,
    boxes,
    cylinder,
    lathe,
    placed,
    recoloured,
    ring,
    tube,
)
from matinee.engine.stage.parts.things import aircraft
from matinee.engine.stage.parts.things.kit import Assembly
from matinee.engine.stage.weather import Air
from matinee.engine.stage.worlds.landscape import Hills, Landscape, Scatter, Water, builder
from matinee.engine.stage.worlds.model import Practical, Space
from matinee.engine.stage.worlds.motion import circling, driving, floating, turning
from matinee.engine.stage.worlds.terrain import Cover, Deck, Ground, Hill, Level, Swell
from matinee.engine.stage.worlds.waters import rocks

if TYPE_CHECKING:
    from matinee.engine.stage.worlds.scenery import Scenery

_REGOLITH = Finish(rgb("#8d8a86"), Surface.SAND, 0.98)
_RUST = Finish(rgb("#a8603a"), Surface.SAND, 0.95)
_EARTH_M = 42.0


def planet(radius_m: float, seed: int, sea: str, land: str, *, cloud: float = 0.5) -> Mesh:
    """Return a planet with seas, continents and clouds, shining by its own light a little."""
    globe = ball((0, 0, 0), radius_m, Finish(rgb(sea), Surface.PLAIN, 0.9, 0.22), level=5)
    way = globe.positions / radius_m
    shore = fractal(way * 2.4, cell_m=1.0, seed=seed, octaves=5)
    white = (
        np.clip(
            (fractal(way * (3.0, 5.0, 3.0), cell_m=1.0, seed=seed + 9, octaves=5) - 0.02) * 4, 0, 1
        )
        * cloud
    )
    ice = np.clip((np.abs(way[:, 1]) - 0.86) * 9, 0, 1)
    soil = np.clip(shore * 14, 0, 1)[:, None]
    dry = np.clip(0.5 + 2 * fractal(way * 4, cell_m=1.0, seed=seed + 3), 0, 1)[:, None]
    ground = np.asarray(rgb(land)) * (1 - dry) + np.asarray(rgb("#8a7a4a")) * dry
    albedo = np.asarray(rgb(sea)) * (1 - soil) + ground * soil
    over = np.maximum(white, ice)[:, None]
    return recoloured(globe, np.clip(albedo * (1 - over) + 0.85 * over, 0.004, 0.93))


def _airless(air: Atmosphere) -> Atmosphere:
    """A black sky with stars by day, a hard white sun and hardly any fill."""
    return replace(
        air,
        sun=Sun((0.62, 0.42, 0.66), (3.6, 3.5, 3.3)),
        sky=Sky((0.0, 0.0, 0.002), (0.0, 0.0, 0.002), (0.02, 0.02, 0.02), 0.0, 1.0, 1.0),
        fog=Fog((0.0, 0.0, 0.0), 1e-6, 0.0),
        ambient=Ambient((0.05, 0.055, 0.07), (0.22, 0.21, 0.20)),
        grade=replace(air.grade, exposure=0.82, contrast=1.08, saturation=0.95, bloom=0.14),
        wetness=0.0,
        lit_windows=0.5,
    )


# --- the moon -------------------------------------------------------------------------------------


def _moon_things(set_: Scenery, _rng: np.random.Generator) -> None:
    set_.add(placed(spacefaring.lander(), (-6.6, 0.0, -12.5), yaw=0.5))
    set_.block((-6.6, 2.0, -12.5), (3.4, 2.4, 3.4))
    set_.add(placed(spacefaring.rover(), (5.6, 0.0, -7.6), yaw=-0.8))
    set_.block((5.6, 0.8, -7.6), (1.2, 1.0, 1.4), -0.8)
    steel = Finish(rgb("#c8ccd0"), Surface.METAL, 0.3)
    set_.add(
        tube([(2.6, 0.0, -5.4), (2.6, 2.2, -5.4)], 0.018, steel, sides=5),
        tube([(2.6, 2.18, -5.4), (3.7, 2.18, -5.4)], 0.012, steel, sides=4),
    )
    stripes = [
        box(
            (3.15, 1.55 + 0.1 * k, -5.4),
            (0.55, 0.05, 0.006),
            Finish(rgb("#b8303a") if k % 2 else rgb("#e8e6e0"), Surface.CLOTH, 0.9),
        )
        for k in range(7)
    ]
    set_.add(*stripes)
    set_.post(2.6, -5.4, 0.1, 2.2)
    earth = planet(_EARTH_M, 3, "#123a6a", "#3f6a3a")
    set_.add_bare(placed(earth, (180.0, 190.0, -560.0), yaw=0.8, roll=0.4))
    prints = np.array([(-0.25 * (-1) ** k + 0.05 * k, 0.012, -1.2 - 0.62 * k) for k in range(14)])
    set_.add(
        boxes(
            prints + np.array((1.6, 0.0, 0.0)),
            (0.07, 0.012, 0.15),
            Finish(rgb("#4c4a48"), Surface.SAND, 0.98),
            yaw=0.1,
        )
    )


MOON = Landscape(
    ground=Ground(
        _REGOLITH,
        features=(
            Swell(3.0, 34.0, calm_m=9.0, octaves=4),
            Hill((-22.0, -34.0), 12.0, -2.6, rim_m=1.5),
            Hill((16.0, -24.0), 6.0, -1.4, rim_m=0.8),
            Hill((34.0, -62.0), 20.0, -4.4, rim_m=2.6),
            Hill((-9.0, -22.0), 2.6, -0.6, rim_m=0.35),
            Hill((8.5, 2.0), 2.2, -0.5, rim_m=0.3),
            Hill((-8.0, 4.0), 3.4, -0.8, rim_m=0.45),
            Hill((3.0, -13.5), 1.8, -0.4, rim_m=0.25),
            Level((-4.0, -4.0, 4.0, 6.0), 0.0, 3.0),
        ),
        covers=(Cover(rgb("#6d6a68"), None, patch_m=5.0, share=0.45),),
        near_m=24.0,
        cell_m=0.6,
        far_m=240.0,
        blotch=0.14,
        blotch_m=2.0,
    ),
    growth=(
        Scatter(
            rocks(0.3, Finish(rgb("#6f6c69"), Surface.EARTH, 0.95)),
            130,
            (-22.0, -34.0, 22.0, 12.0),
            clear_m=2.6,
            scale=(0.15, 2.2),
            steep=0.9,
        ),
    ),
    far=(
        Hills(
            230.0,
            520.0,
            110.0,
            Finish(rgb("#7f7c78"), Surface.SAND, 0.98),
            seed=12,
            foot_m=-3.0,
            columns=130,
        ),
    ),
    things=_moon_things,
    climate=Climate(density_per_m=0.0001),
    walk=((-4.6, -0.6), (4.6, -0.6)),
    keep_in=Space((-8.0, 0.3, -8.0), (8.0, 8.0, 13.0)),
    underfoot="sand",
    ambience="space_ship",
    airless=True,
    moonlit=False,
    tinted=_airless,
    back_z=-5.4,
    shadow_radius_m=34.0,
)


# --- Mars -----------------------------------------------------------------------------------------


def _dusty(air: Atmosphere) -> Atmosphere:
    """Butterscotch sky, bluish round the sun at dusk."""
    sun = max(air.sun.radiance)
    night, low = sun < 0.6, air.sun.direction_to_sun[1] < 0.4
    if night:
        return replace(
            air,
            sky=replace(
                air.sky, zenith=(0.012, 0.008, 0.008), horizon=(0.05, 0.028, 0.018), cloud_cover=0.0
            ),
            wetness=0.0,
        )
    warm = 0.62 if low else 1.0
    return replace(
        air,
        sun=replace(air.sun, radiance=(2.6 * warm, 2.1 * warm, 1.7)),
        sky=Sky(
            (0.42 * warm, 0.27 * warm, 0.17 * warm),
            (0.74 * warm, 0.50 * warm, 0.33 * warm),
            (0.2, 0.1, 0.06),
            0.08,
            0.0,
            0.8,
        ),
        fog=Fog((0.60 * warm, 0.40 * warm, 0.27 * warm), 0.0034, 0.01),
        ambient=Ambient(
            (0.46 * warm, 0.34 * warm, 0.26 * warm), (0.30 * warm, 0.17 * warm, 0.10 * warm)
        ),
        grade=replace(air.grade, exposure=air.grade.exposure * 1.05),
        wetness=0.0,
    )


def _mars_things(set_: Scenery, _rng: np.random.Generator) -> None:
    lit = set_.lit
    for x, z, size, yaw in (
        (-13.0, -21.0, 5.0, 0.5),
        (-23.0, -26.0, 4.0, 0.9),
        (15.0, -30.0, 4.4, -0.5),
    ):
        set_.add(placed(spacefaring.habitat_dome(size, lit=lit), (x, set_.foot(x, z), z), yaw=yaw))
        set_.block((x, 2.0, z), (size, 3.0, size))
        if lit:
            set_.lamp(
                Practical(
                    (x + 0.9 * size * np.sin(yaw), 1.8, z + 1.5 * size * np.cos(yaw)),
                    (9.0, 6.4, 3.4),
                    12.0,
                )
            )
    set_.add(
        tube(
            [(-9.5, 1.0, -22.4), (-19.4, 1.0, -25.2)],
            0.85,
            Finish(rgb("#c9c9c4"), Surface.PAINT, 0.5),
            sides=14,
        )
    )
    set_.add(placed(spacefaring.rover(), (4.6, set_.foot(4.6, -6.6), -6.6), yaw=-0.7))
    set_.block((4.6, 0.8, -6.6), (1.2, 1.0, 1.4), -0.7)
    wing = placed(spacefaring.solar_wing(6.0, 2.6), tilt=-0.7)
    for k in range(4):
        x, z = 9.0 + 1.5 * k, -13.0 - 3.4 * k
        set_.add(
            placed(wing, (x, set_.foot(x, z) + 1.3, z)),
            box((x + 3.0, set_.foot(x, z) + 0.6, z), (0.08, 0.7, 0.08), street.IRON),
        )
    made = aircraft.rocket(Finish(rgb("#dcdcd8"), Surface.PAINT, 0.3))
    ship = made.body if isinstance(made, Assembly) else made
    set_.add(placed(ship, (34.0, set_.foot(34.0, -70.0), -70.0), scale=3.4))
    dust = 0.05 if set_.conditions.dark else 0.4
    set_.airs.append(
        Air(220, 17.0, (2.0, 0.05, 0.5), 0.012, (dust * 1.4, dust * 0.9, dust * 0.6), 0.2, 0.3, 1.1)
    )


MARS = Landscape(
    ground=Ground(
        _RUST,
        features=(
            Swell(3.4, 40.0, calm_m=10.0, octaves=4),
            Swell(0.4, 5.0, calm_m=4.0),
            Hill((22.0, -12.0), 7.0, -1.6, rim_m=0.9),
            Hill((-30.0, -70.0), 30.0, 9.0, power=0.4, rough=0.4),
            Level((-26.0, -32.0, -6.0, -14.0), 0.0, 6.0),
        ),
        covers=(
            Cover(rgb("#7d4228"), Surface.EARTH, patch_m=6.0, share=0.42),
            Cover(rgb("#c07a4c"), None, patch_m=3.0, share=0.4, most=0.7),
            Cover(rgb("#6d3a26"), Surface.EARTH, steep=(0.2, 2.0)),
        ),
        near_m=18.0,
        far_m=260.0,
    ),
    growth=(
        Scatter(
            rocks(0.32, Finish(rgb("#7a4028"), Surface.EARTH, 0.95)),
            190,
            (-24.0, -40.0, 24.0, 13.0),
            clear_m=2.6,
            scale=(0.15, 2.2),
            steep=0.9,
        ),
    ),
    far=(
        Hills(230.0, 470.0, 110.0, Finish(rgb("#94502f"), Surface.EARTH, 0.95), seed=14),
        Hills(
            520.0, 1000.0, 240.0, Finish(rgb("#8f5238"), Surface.EARTH, 0.95), seed=4, foot_m=-10.0
        ),
    ),
    things=_mars_things,
    climate=Climate(density_per_m=0.003, haze=(1.2, 0.9, 0.7), sunset_yaw=2.75),
    walk=((-4.6, -0.6), (4.6, -0.6)),
    keep_in=Space((-8.0, 0.3, -7.0), (8.0, 8.0, 13.0)),
    underfoot="sand",
    ambience="desert_wind",
    airless=True,
    tinted=_dusty,
    back_z=-4.8,
)


# --- the space walk -------------------------------------------------------------------------------


def _orbit_things(set_: Scenery, _rng: np.random.Generator) -> None:
    hull = Finish(rgb("#c2c6ca"), Surface.METAL, 0.5)
    plates = [(x, -0.06, z) for x in np.arange(-5.25, 5.3, 1.5) for z in np.arange(-7.25, 7.4, 1.5)]
    tone = 0.8 + 0.25 * np.abs(np.sin(np.arange(len(plates)) * 12.9898))
    set_.add(
        boxes(
            plates,
            (0.73, 0.06, 0.73),
            hull,
            colours=np.asarray(hull.colour) * tone[:, None],
            bevel_m=0.02,
        )
    )
    set_.add(box((0.0, -0.7, 0.0), (6.0, 0.6, 8.0), hull.times(0.6)))
    yellow = Finish(rgb("#d8b23a"), Surface.PAINT, 0.5)
    for x in (-5.8, 5.8):
        set_.add(
            tube([(x, 0.75, -7.8), (x, 0.75, 7.8)], 0.03, yellow, sides=5),
            boxes([(x, 0.37, z) for z in np.arange(-7.5, 7.6, 2.5)], (0.03, 0.37, 0.03), yellow),
        )
    for x, y, z, yaw, size, long in (
        (-11.0, 0.6, -9.0, 0.0, 2.1, 9.0),
        (10.5, 1.2, -11.0, 0.3, 2.3, 11.0),
        (0.0, -0.4, -15.0, np.pi / 2, 2.2, 12.0),
        (0.0, 2.0, -24.0, 0.0, 1.8, 16.0),
    ):
        set_.add(placed(spacefaring.module(long, size), (x, y, z), yaw=yaw))
    set_.block((0.0, 1.0, -9.4), (6.0, 1.4, 0.5))
    wing = spacefaring.solar_wing(22.0, 5.0)
    for y in (5.5, -3.0):
        set_.add(
            placed(wing, (3.0, y + 2.0, -24.0), tilt=-0.3),
            placed(wing, (-3.0, y + 2.0, -24.0), yaw=np.pi, tilt=0.3),
        )
    set_.add(
        tube([(0.0, 2.0, -24.0), (0.0, 12.0, -24.0)], 0.3, hull, sides=8),
        placed(
            lathe(
                [(2.6, 0.9), (1.6, 0.35), (0, 0)],
                Finish(rgb("#d8d8d4"), Surface.PAINT, 0.5),
                sides=20,
            ),
            (0.0, 12.0, -24.0),
            tilt=0.7,
        ),
    )
    arm = Finish(rgb("#e0e0dc"), Surface.PAINT, 0.4)
    set_.add(
        tube(
            [(5.2, 0.0, -5.6), (6.0, 3.4, -6.4), (3.0, 5.6, -8.4), (0.4, 4.4, -7.6)],
            0.16,
            arm,
            sides=8,
        ),
        *(
            ball(p, 0.26, arm.times(0.6), level=1)
            for p in ((5.2, 0.1, -5.6), (6.0, 3.4, -6.4), (3.0, 5.6, -8.4))
        ),
    )
    set_.post(5.2, -5.6, 0.4, 1.0)
    earth = planet(300.0, 3, "#123f74", "#3f6a3a", cloud=0.8)
    set_.move("earth", placed(earth, roll=0.5), turning((-60.0, -210.0, -430.0), 900.0))
    hatch = Finish(rgb("#ffd9a0"), Surface.SCREEN, 0.4, 1.5)
    set_.add(
        box((-9.8, 0.9, -6.9), (0.5, 0.3, 0.05), hatch),
        box((9.2, 1.6, -8.7), (0.5, 0.3, 0.05), hatch),
    )
    satellite = aircraft.satellite(Finish(rgb("#c8a23a"), Surface.METAL, 0.4))
    body = satellite.body if isinstance(satellite, Assembly) else satellite
    set_.move("satellite", body, floating((34.0, 18.0, -70.0), 0.6, 16.0, 0.2, heave_m=0.6))


SPACE_STATION = Landscape(
    ground=Ground(
        Finish(rgb("#0a0a0c"), Surface.PLAIN, 0.9),
        base_m=-8.0,
        decks=(Deck((-6.0, -8.0, 6.0, 8.0), 0.0),),
        features=(),
        near_m=1.0,
        far_m=1.6,
        cell_m=0.8,
    ),
    things=_orbit_things,
    climate=Climate(density_per_m=0.0001),
    walk=((-4.4, -1.0), (4.4, -1.0)),
    keep_in=Space((-7.0, 0.3, -7.0), (7.0, 8.0, 13.0)),
    underfoot="metal",
    ambience="space_ship",
    airless=True,
    afloat=False,
    moonlit=False,
    tinted=_airless,
    back_z=-5.2,
    floor_radius_m=2.4,
)


# --- the clouds -----------------------------------------------------------------------------------

_FLUFF = Finish(rgb("#eef0f4"), Surface.SNOW, 1.0)


def _puff(rng: np.random.Generator) -> Mesh:
    """Return a heap of cloud about two metres across."""
    at = rng.normal(0, 0.6, (4, 3)) * (1, 0, 1) + rng.uniform(0.0, 0.5, (4, 1)) * (0, 1, 0)
    return merged([ball(place, float(rng.uniform(0.5, 0.95)), _FLUFF, level=1) for place in at])


def _heavenly(air: Atmosphere) -> Atmosphere:
    fog = replace(air.fog, density_per_m=max(air.fog.density_per_m, 0.003))
    return replace(
        air,
        fog=fog,
        sky=replace(air.sky, cloud_cover=min(air.sky.cloud_cover, 0.2)),
        grade=replace(air.grade, bloom=0.24),
    )


def _cloud_things(set_: Scenery, rng: np.random.Generator) -> None:
    gold = Finish(rgb("#d8b25a"), Surface.METAL, 0.3)
    marble = masonry.MARBLE
    for k in range(5):
        for side in (-1, 1):
            x, z = side * 4.6, -6.5 - 4.6 * k
            set_.add(
                placed(masonry.column(5.6, 0.42, marble), (x, set_.foot(x, z) - 0.3, z)),
                placed(ball((0, 0, 0), 0.42, gold, level=2), (x, set_.foot(x, z) + 5.6, z)),
            )
            set_.post(x, z, 0.7, 5.0)
    set_.add(
        placed(masonry.stairs(7.0, 9, rise_m=0.26, tread_m=0.5, finish=marble), (0.0, 0.2, -28.0))
    )
    gate = [box((s * 2.9, 6.4, -34.0), (0.5, 4.2, 0.5), marble, bevel_m=0.08) for s in (-1, 1)]
    set_.add(
        *gate,
        box((0.0, 10.9, -34.0), (4.2, 0.5, 0.8), marble, bevel_m=0.1),
        placed(masonry.gable_roof(8.4, 1.6, 1.4, gold), (0.0, 11.4, -34.0)),
        placed(ring(2.0, 0.16, gold, sides=30), (0.0, 13.6, -34.0), tilt=np.pi / 2),
    )
    for number, (x, y, z, size) in enumerate(
        (
            (-34.0, 9.0, -60.0, 7.0),
            (30.0, 15.0, -80.0, 9.0),
            (12.0, 24.0, -120.0, 12.0),
            (-60.0, 26.0, -140.0, 14.0),
        )
    ):
        rock = weathered(
            placed(
                ball((0, 0, 0), 1.0, Finish(rgb("#8f8578"), Surface.EARTH, 0.9), level=2),
                scale=(1.0, 0.7, 1.0),
            ),
            amount=0.3,
        )
        parts = [
            placed(rock, (0, -0.75 * size * 0.6, 0), scale=size),
            placed(
                cylinder(size * 0.92, 0.3, Finish(rgb("#6f9a4a"), Surface.GRASS, 0.9), sides=20),
                (0, -0.12 * size, 0),
            ),
            *(
                placed(
                    plants.tree("cherry", 0.5 * size, rng=rng, leaves=140),
                    (0.4 * size * np.sin(2.1 * k), -0.1 * size, 0.4 * size * np.cos(2.1 * k)),
                )
                for k in range(3)
            ),
        ]
        set_.move(
            f"isle{number}",
            merged(parts),
            floating((x, y, z), 0.3 * number, 12.0 + number, number, heave_m=0.5),
        )
    heap = _puff(rng)
    for number in range(7):
        z = -14.0 - 11.0 * number
        x = (-1) ** number * (11.0 + 5.0 * number)
        set_.move(
            f"cloud{number}",
            placed(heap, scale=(3.6, 1.8, 3.0)),
            driving(
                (x - 40.0, 1.5 + 1.4 * number, z),
                (x + 40.0, 1.5 + 1.4 * number, z),
                0.8,
                offset_m=40.0 + 3.0 * number,
            ),
        )
    set_.move(
        "doves",
        wild.flock(8, rgb("#f0eee8"), rng, span_m=0.8, spread_m=6.0),
        circling((2.0, 9.0, -24.0), 12.0, 11.0, 0.3),
    )


CLOUDS = Landscape(
    ground=Ground(
        _FLUFF,
        features=(
            Swell(3.2, 16.0, calm_m=6.0, octaves=3),
            Swell(0.7, 3.2, calm_m=2.4, octaves=2),
            Hill((0.0, -34.0), 14.0, 3.0),
        ),
        covers=(
            Cover(rgb("#a8b4dc"), None, height=(-9.0, -0.5), soft_m=1.4, most=0.8),
            Cover(rgb("#f2c8c0"), None, patch_m=9.0, share=0.4, most=0.5),
        ),
        near_m=22.0,
        cell_m=0.7,
        far_m=300.0,
        blotch=0.03,
    ),
    growth=(
        Scatter(
            _puff,
            90,
            (-30.0, -44.0, 30.0, 14.0),
            clear_m=4.4,
            kinds=4,
            scale=(0.5, 2.2),
            lane_m=1.6,
            sink_m=0.4,
            steep=2.0,
            off=((0.0, 20.0), (0.0, -40.0)),
            away_m=3.4,
            tint=0.04,
        ),
        Scatter(
            _puff,
            60,
            (-140.0, -190.0, 140.0, -44.0),
            clear_m=20.0,
            kinds=3,
            scale=(4.0, 9.0),
            sink_m=3.0,
            steep=2.0,
            tint=0.05,
        ),
    ),
    far=(Hills(240.0, 520.0, 110.0, _FLUFF, seed=9, foot_m=-12.0),),
    things=_cloud_things,
    climate=Climate(
        density_per_m=0.003,
        height_falloff_per_m=0.01,
        haze=(1.12, 0.98, 1.08),
        sunset_yaw=2.9,
        exposure=0.62,
        bounce=(1.5, 1.35, 1.7),
    ),
    walk=((0.0, -5.6), (0.0, 5.0)),
    keep_in=Space((-7.0, 0.3, -8.0), (7.0, 8.0, 13.0)),
    underfoot="snow",
    ambience="wind",
    airless=True,
    tinted=_heavenly,
    floor_radius_m=2.0,
    back_z=-7.0,
)


# --- the city to come -----------------------------------------------------------------------------


def _future_things(set_: Scenery, rng: np.random.Generator) -> None:
    spots = [
        (-24.0, -46.0, 60.0),
        (26.0, -52.0, 74.0),
        (-44.0, -70.0, 92.0),
        (46.0, -78.0, 84.0),
        (-14.0, -96.0, 120.0),
        (16.0, -120.0, 140.0),
        (-70.0, -110.0, 110.0),
        (74.0, -120.0, 120.0),
        (0.0, -170.0, 170.0),
        (-40.0, -150.0, 130.0),
        (44.0, -160.0, 150.0),
        (-96.0, -160.0, 120.0),
        (104.0, -170.0, 140.0),
        (-22.0, 42.0, 60.0),
        (26.0, 46.0, 70.0),
    ]
    set_.add(spacefaring.crowd_of_spires(spots, rng))
    white, glow = (
        Finish(rgb("#e4e8ea"), Surface.PAINT, 0.3),
        Finish(rgb("#5ad8f4"), Surface.SCREEN, 0.4, 1.6),
    )
    for y, z, bend in ((9.0, -38.0, 4.0), (17.0, -62.0, -6.0), (26.0, -88.0, 8.0)):
        share = np.linspace(-1, 1, 25)
        path = np.stack([70 * share, y + 2.0 * np.cos(share * 1.5), z + bend * share**2], -1)
        set_.add(
            tube(path, 1.3, white, sides=10),
            tube(path - np.array((0, 1.25, 0)), 0.14, glow, sides=5),
        )
    for side in (-1, 1):
        for k, z in enumerate((-6.0, -14.0, -22.0, -30.0)):
            x = side * 8.5
            set_.add(
                placed(
                    lathe([(0, 0), (1.6, 0.0), (1.8, 0.5), (1.5, 0.62), (0, 0.5)], white, sides=20),
                    (x, 0.0, z),
                ),
                placed(plants.tree("linden", 5.5 + k % 2, rng=rng, leaves=300), (x, 0.5, z)),
                placed(ring(1.72, 0.035, glow, sides=24, around=4), (x, 0.3, z)),
            )
            set_.post(x, z, 1.8, 3.0)
        set_.add(tube([(side * 5.2, 0.02, 18.0), (side * 5.2, 0.02, -60.0)], 0.05, glow, sides=5))
    colours = [rgb(code) for code in ("#d8dce0", "#b83a3a", "#2f74b0", "#e0b02e", "#3a3f48")]
    for number in range(9):
        pod = merged(
            [
                ball(
                    (0, 0, 0),
                    (0.9, 0.55, 2.0),
                    Finish(colours[number % 5], Surface.PAINT, 0.2),
                    level=2,
                ),
                ball((0, 0.28, 0.4), (0.66, 0.42, 1.0), masonry.GLASS, level=2),
                boxes([(s * 0.7, -0.25, 0.0) for s in (-1, 1)], (0.12, 0.1, 1.2), glow),
            ]
        )
        way = 1 if number % 2 else -1
        y, z = 6.0 + 4.2 * (number % 5), -24.0 - 9.0 * number
        set_.move(
            f"pod{number}",
            pod,
            driving(
                (-way * 90.0, y, z),
                (way * 90.0, y + 2.0, z - 12.0),
                11.0 + number,
                offset_m=21.0 * number,
            ),
        )
    board = Finish(rgb("#2ad0d8"), Surface.SCREEN, 0.4, 0.9)
    set_.add(
        box((-11.0, 4.2, -18.0), (0.1, 2.2, 3.6), board),
        box((11.6, 5.0, -25.0), (0.1, 3.0, 2.4), Finish(rgb("#d86ad8"), Surface.SCREEN, 0.4, 0.9)),
    )
    at = rng.uniform((-7.0, -34.0), (7.0, -6.5), (16, 2))
    figures = np.column_stack([at[:, 0], 0 * at[:, 0], at[:, 1]])
    suits = tuple(map(rgb, ("#e6e8ea", "#c8d0d8", "#3a4658", "#8a9aa8", "#e0d0c0")))
    set_.add_bare(crowd.figures(figures, rng.uniform(0, 6, 16), rng, clothes=suits, near=True))
    if set_.lit:
        for side in (-1, 1):
            for z in (-4.0, -14.0, -24.0):
                set_.lamp(Practical((side * 6.4, 1.2, z), (1.6, 4.6, 5.4), 11.0))
        if set_.conditions.dark:
            set_.lamps += [
                Lamp((-3.4, 2.6, -2.4), (1.2, 2.8, 3.4), 9.0),
                Lamp((3.6, 3.0, 2.6), (2.6, 1.6, 3.0), 8.0),
            ]


FUTURE_CITY = Landscape(
    ground=Ground(
        Finish(rgb("#8f969c"), Surface.TILES, 0.35),
        covers=(
            Cover(rgb("#aab0b6"), None, inside=(-5.0, -200.0, 5.0, 60.0)),
            Cover(rgb("#6f9a4c"), Surface.GRASS, inside=(-300.0, -300.0, -14.0, 300.0)),
            Cover(rgb("#6f9a4c"), Surface.GRASS, inside=(14.0, -300.0, 300.0, 300.0)),
        ),
        near_m=14.0,
        cell_m=0.6,
        far_m=240.0,
        blotch=0.03,
    ),
    things=_future_things,
    climate=Climate(
        density_per_m=0.003,
        haze=(0.94, 1.0, 1.1),
        sunset_yaw=2.85,
        night_glow=(0.02, 0.04, 0.05),
        lit_windows=1.2,
        exposure=0.9,
        bounce=(1.1, 1.15, 1.2),
    ),
    water=(Water((-400.0, -600.0, 400.0, -240.0), rgb("#2a6a84"), cell_m=20.0),),
    walk=((0.0, -6.0), (0.0, 5.0)),
    keep_in=Space((-6.0, 0.3, -8.0), (6.0, 9.0, 14.0)),
    underfoot="tiles",
    ambience="city_traffic",
    back_z=-5.6,
    shadow_radius_m=36.0,
)

BUILDERS = {
    "moon": builder("moon", MOON),
    "mars": builder("mars", MARS),
    "space_station": builder("space_station", SPACE_STATION),
    "cloud_realm": builder("cloud_realm", CLOUDS),
    "future_city": builder("future_city", FUTURE_CITY),
}

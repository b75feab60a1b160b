"""Landscapes: ground follows its description, growth keeps clear of people, air and wheels move."""

from __future__ import annotations

import numpy as np
import pytest

from matinee.engine.render.geometry import Surface
from matinee.engine.render.scene import Camera
from matinee.engine.stage import light, worlds
from matinee.engine.stage.conditions import Conditions, wind_of
from matinee.engine.stage.parts.finish import Finish, rgb
from matinee.engine.stage.parts.solids import ball
from matinee.engine.stage.parts.things import vehicles
from matinee.engine.stage.weather import Plume, air
from matinee.engine.stage.worlds import Cylinder
from matinee.engine.stage.worlds.landscape import Landscape, Scatter, Water, built
from matinee.engine.stage.worlds.motion import bending
from matinee.engine.stage.worlds.scenery import Scenery
from matinee.engine.stage.worlds.terrain import Bank, Cover, Deck, Ground, Hill, Level, Trench
from matinee.engine.stage.worlds.traffic import drive

EARTH = Finish(rgb("#806040"), Surface.EARTH, 0.9)
CAMERA = Camera((0.0, 1.6, 5.0), (0.0, 1.5, 0.0), 0.7)


def height_at(ground: Ground, x: float, z: float) -> float:
    return float(ground.height(np.array([x]), np.array([z]))[0])


def test_a_bank_falls_by_its_drop_beyond_its_line_and_nowhere_before_it() -> None:
    ground = Ground(EARTH, (Bank((0.0, -5.0), np.pi, 4.0, 3.0),))
    assert height_at(ground, 2.0, -4.9) == pytest.approx(0.0)
    assert height_at(ground, 2.0, -9.0) == pytest.approx(-3.0)
    assert -3.0 < height_at(ground, 2.0, -7.0) < 0.0


def test_features_apply_in_their_order() -> None:
    hill, level = Hill((0.0, 0.0), 10.0, 5.0), Level((-2.0, -2.0, 2.0, 2.0), 1.0)
    assert height_at(Ground(EARTH, (hill, level)), 0.0, 0.0) == pytest.approx(1.0)
    assert height_at(Ground(EARTH, (level, hill)), 0.0, 0.0) == pytest.approx(6.0)


def test_a_trench_is_flat_along_its_bed_and_leaves_the_far_ground_alone() -> None:
    ground = Ground(EARTH, (Trench(((-20.0, 0.0), (20.0, 0.0)), 2.0, -1.5, 3.0),), base_m=0.5)
    assert [height_at(ground, x, 1.0) for x in (-9.0, 0.0, 9.0)] == pytest.approx([-1.5] * 3)
    assert height_at(ground, 0.0, 8.0) == pytest.approx(0.5)


def test_one_stands_on_a_deck_and_it_hides_no_ground() -> None:
    ground = Ground(EARTH, decks=(Deck((-1.0, -1.0, 1.0, 1.0), 3.0),), base_m=-2.0)
    assert height_at(ground, 0.0, 0.0) == 3.0
    assert height_at(ground, 1.5, 0.0) == -2.0
    assert ground.mesh().positions[:, 1].max() < 0


def test_a_cover_along_a_path_paints_the_path_only() -> None:
    road = Cover((0.05, 0.05, 0.05), Surface.ASPHALT, on=((0.0, -30.0), (0.0, 30.0)), half_m=2.0)
    mesh = Ground(EARTH, covers=(road,), blotch=0.0).mesh()
    away = np.abs(mesh.positions[:, 0])
    inside = np.abs(mesh.positions[:, 2]) < 20
    assert (mesh.surface[inside & (away < 1.0)] == Surface.ASPHALT).all()
    assert (mesh.surface[inside & (away > 4.0)] == Surface.EARTH).all()


def test_what_grows_keeps_off_the_hero_the_walk_and_the_water() -> None:
    land = Landscape(
        Ground(EARTH, (Bank((0.0, -8.0), np.pi, 2.0, 2.0),), base_m=0.5),
        water=(Water(),),
        growth=(
            Scatter(
                lambda _rng: ball((0, 0, 0), 0.05, EARTH, level=0),
                900,
                (-15.0, -15.0, 15.0, 15.0),
                height=(0.2, 9.0),
                clear_m=4.0,
                solid_m=0.3,
                spacing_m=0.0,
            ),
        ),
    )
    world = built("test", land, Conditions())
    at = np.array([one.base for one in world.colliders if isinstance(one, Cylinder)])
    assert len(at) > 100
    assert np.hypot(at[:, 0], at[:, 2]).min() > 4.0
    assert (at[:, 1] > 0.1).all()
    (x0, z0), (x1, _) = world.walk
    beside = (at[:, 0] > x0) & (at[:, 0] < x1)
    assert np.abs(at[beside, 2] - z0).min() > 1.0


@pytest.mark.parametrize("weather", ["clear", "wind", "storm", "snow"])
def test_the_wind_blows_as_hard_as_its_weather_and_in_gusts(weather: str) -> None:
    wind = wind_of(Conditions(weather=weather))
    speeds = [float(np.linalg.norm(wind.at(0.37 * k))) for k in range(200)]
    assert np.mean(speeds) == pytest.approx(wind.speed_m_s, rel=0.15)
    assert max(speeds) > 1.1 * min(speeds)
    assert (wind.strength > 0.6) == (weather in {"wind", "storm"})
    assert wind_of(Conditions(weather=weather), indoor=True).at(1.0) == (0.0, 0.0, 0.0)


def test_a_windy_day_has_leaves_in_the_air_and_an_open_sky() -> None:
    calm = worlds.build("meadow", weather="clear")
    windy = worlds.build("meadow", weather="wind")
    count = len(windy.particles(1.0, CAMERA).positions) - len(calm.particles(1.0, CAMERA).positions)
    assert count > 50
    assert windy.wind.strength > 2 * calm.wind.strength
    clear, blown = (
        light.atmosphere(Conditions(weather=w), light.Climate(), front_yaw=0.0)
        for w in ("clear", "wind")
    )
    assert clear.sky.cloud_cover < blown.sky.cloud_cover < 0.7
    assert blown.wetness == 0


def test_plants_bend_at_the_top_and_stand_at_the_foot() -> None:
    bend = bending(0.2, wind_of(Conditions(weather="storm")), 0.3, about=(0.0, 1.0, 0.0))
    for time_s in np.linspace(0, 9, 40):
        matrix = bend(float(time_s)).astype(np.float64)
        foot = matrix @ np.array([2.0, 1.0, -3.0, 1.0])
        assert foot == pytest.approx([2.0, 1.0, -3.0], abs=1e-5)
        tip = matrix @ np.array([2.0, 2.0, -3.0, 1.0])
        assert 0 <= np.linalg.norm(tip - (2.0, 2.0, -3.0)) < 0.4


def test_smoke_rises_from_its_source_and_comes_round_again() -> None:
    plume = Plume((3.0, 1.0, -2.0), 80, 4.0, (0.0, 1.0, 0.0), (0.1, 0.1, 0.1), 0.5, 0.2, 3.0,
                  (0.4, 0.4, 0.4), 0.3)  # fmt: skip
    smoke = air((plume,), lambda x, _z: 0 * x, seed=2)
    puffs = smoke(7.0, CAMERA)
    assert len(puffs.positions) == 80
    assert puffs.positions[:, 1].min() > 0.5
    assert puffs.positions[:, 1].max() > 3.5
    assert (puffs.size_m <= 0.6001).all()
    assert (puffs.colour <= 0.4 * 0.3 * 1.26).all()
    assert np.array_equal(puffs.positions, smoke(7.0, CAMERA).positions)


def test_wheels_turn_by_the_way_the_car_goes() -> None:
    set_ = Scenery("test", Conditions())
    drive(set_, "car", vehicles.car(EARTH), (0.0, 0.0, -50.0), (0.0, 0.0, 50.0), 6.0)
    body, *axles = set_.moving
    assert len(axles) == 2
    before, after = (axles[0].transform(t).astype(np.float64) for t in (1.0, 1.05))
    turned = np.arccos(np.clip((np.trace(before[:, :3].T @ after[:, :3]) - 1) / 2, -1, 1))
    assert turned * 0.335 == pytest.approx(6.0 * 0.05, rel=0.01)
    # An axle stays under its car.
    for time_s in (0.0, 4.2, 31.0):
        gap = axles[0].transform(time_s)[:, 3] - body.transform(time_s)[:, 3]
        assert abs(gap[2]) < 2.0
        assert gap[1] == pytest.approx(0.335, abs=1e-3)


def test_under_water_people_float_and_no_weather_comes_down() -> None:
    world = worlds.build("underwater", time_of_day="day", weather="rain")
    assert world.afloat
    assert world.wind.speed_m_s == 0
    assert world.atmosphere.wetness == 0
    red, _, blue = world.atmosphere.fog.colour
    assert blue > 3 * red

"""Places build, under every light, with free floor for people and air for the camera."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from matinee.engine.render.geometry import Surface
from matinee.engine.render.scene import Camera
from matinee.engine.sound.ambience import AMBIENCES
from matinee.engine.sound.foley import MATERIALS
from matinee.engine.stage import bake, light, worlds
from matinee.engine.stage.conditions import Conditions
from matinee.engine.stage.weather import air, rain
from matinee.engine.stage.worlds import Box, World

if TYPE_CHECKING:
    from pathlib import Path

TRIANGLES_MAX = 115_000
HEAD_M = 2.0
SKIES = (("day", "clear"), ("sunset", "cloudy"), ("night", "rain"), ("dawn", "snow"))


def a_world(place: str = "colosseum", time_of_day: str = "day", weather: str = "clear") -> World:
    return worlds.build(place, time_of_day=time_of_day, weather=weather, seed=3)


def triangles_in(world: World) -> int:
    moving = sum(part.mesh.triangle_count for part in world.moving)
    return world.static.triangle_count + moving


def distance_to(collider: worlds.Collider, x: float, z: float) -> float:
    if isinstance(collider, Box):
        sine, cosine = np.sin(collider.yaw), np.cos(collider.yaw)
        dx, dz = x - collider.centre[0], z - collider.centre[2]
        across, along = cosine * dx - sine * dz, sine * dx + cosine * dz
        gap = np.abs([across, along]) - np.array([collider.half[0], collider.half[2]])
        return float(np.linalg.norm(np.maximum(gap, 0)) + min(float(gap.max()), 0.0))
    away = np.hypot(x - collider.base[0], z - collider.base[2])
    return float(away) - collider.radius_m


def stands_on_floor(collider: worlds.Collider) -> bool:
    if isinstance(collider, Box):
        return collider.centre[1] - collider.half[1] < HEAD_M
    return collider.base[1] < HEAD_M


@pytest.mark.parametrize(("number", "place"), tuple(enumerate(worlds.PLACES)))
def test_a_place_is_whole_free_where_people_stand_and_the_same_each_time(
    number: int, place: str
) -> None:
    time_of_day, weather = SKIES[number % len(SKIES)]
    world = a_world(place, time_of_day, weather)
    check_meshes(world)
    check_open_floor(world)
    check_walk(world)
    check_marks(world)
    again = a_world(place, time_of_day, weather)
    assert np.array_equal(world.static.positions, again.static.positions)
    assert np.array_equal(world.static.albedo, again.static.albedo)
    for one, other in zip(world.moving, again.moving, strict=True):
        assert np.array_equal(one.transform(1.7), other.transform(1.7))


def check_meshes(world: World) -> None:
    assert triangles_in(world) <= TRIANGLES_MAX
    for mesh in (world.static, *(part.mesh for part in world.moving)):
        assert np.isfinite(mesh.positions).all()
        assert np.allclose(np.linalg.norm(mesh.normals, axis=1), 1, atol=1e-3)
        assert ((mesh.albedo >= 0) & (mesh.albedo <= 1)).all()
        assert ((mesh.emission >= 0) & (mesh.emission <= 16)).all()
    assert len(world.lamps) <= 4
    assert world.ambience in AMBIENCES
    assert world.underfoot in MATERIALS


def check_open_floor(world: World) -> None:
    hero = np.asarray(world.mark("hero").position)
    for collider in world.colliders:
        if stands_on_floor(collider):
            assert distance_to(collider, hero[0], hero[2]) > world.floor_radius_m, collider
    points = world.static.positions
    near = np.hypot(points[:, 0] - hero[0], points[:, 2] - hero[2]) < world.floor_radius_m
    above = points[near, 1] - world.ground_height(
        points[near, 0].astype(np.float64), points[near, 2].astype(np.float64)
    )
    assert not ((above > 0.45) & (above < HEAD_M)).any()


def check_walk(world: World) -> None:
    start, end = np.asarray(world.walk)
    assert np.linalg.norm(end - start) >= (4.0 if world.indoor else 8.0)
    for share in np.linspace(0, 1, 17):
        x, z = start + (end - start) * share
        for collider in world.colliders:
            if stands_on_floor(collider):
                assert distance_to(collider, float(x), float(z)) > 0.25, (collider, x, z)


def check_marks(world: World) -> None:
    names = [mark.name for mark in world.marks]
    assert names[0] == "hero"
    assert {"left", "right", "back", "far"} <= set(names)
    assert len(names) == len(set(names))
    for mark in world.marks:
        x, y, z = mark.position
        floor = float(world.ground_height(np.array([x]), np.array([z]))[0])
        assert abs(y - floor) < 0.06 or mark.seat_height_m is not None
        assert mark.seat_height_m is not None or all(
            distance_to(collider, x, z) > 0.05 for collider in world.colliders
        ), mark
    x, y, z = world.mark("hero").position
    assert world.camera_keep_in.holds((x, y + 1.6, z))
    yaw = world.front_yaw
    assert world.camera_keep_in.holds((x + 2.5 * np.sin(yaw), y + 1.6, z + 2.5 * np.cos(yaw)))


@pytest.mark.parametrize("time_of_day", ["dawn", "day", "sunset", "night", "teatime"])
@pytest.mark.parametrize("weather", ["clear", "cloudy", "rain", "storm", "snow", "fog", "frogs"])
def test_every_hour_and_weather_has_a_light(time_of_day: str, weather: str) -> None:
    for mood in ("neutral", "sad", "epic", "unheard_of"):
        for indoor in (False, True):
            conditions = Conditions(time_of_day, weather, mood)
            air = light.atmosphere(conditions, light.Climate(indoor=indoor), front_yaw=0.4)
            assert np.linalg.norm(air.sun.direction_to_sun) == pytest.approx(1)
            assert air.sun.direction_to_sun[1] > 0.05
            assert 0.2 < air.grade.exposure < 4
            assert 0 <= air.wetness <= 1
            assert 0 <= air.lit_windows <= 1
            assert 0 < air.fog.density_per_m < 0.06
            assert air.wetness == 0 if indoor else True


def test_night_is_darker_than_day_and_cloud_dims_the_sun() -> None:
    def sun(time_of_day: str, weather: str) -> float:
        conditions = Conditions(time_of_day, weather)
        return sum(light.atmosphere(conditions, light.Climate(), front_yaw=0.0).sun.radiance)

    assert sun("night", "clear") < 0.2 * sun("day", "clear")
    assert sun("day", "storm") < sun("day", "rain") < sun("day", "cloudy") < sun("day", "clear")


def test_rain_stands_in_the_world_while_the_camera_moves() -> None:
    kinds = rain(1.0, (0.5, 0.5, 0.5))
    drops = air(kinds, lambda x, _z: 0 * x, seed=1)
    here = Camera((0.0, 1.6, 5.0), (0.0, 1.5, 0.0), 0.7)
    beside = Camera((0.3, 1.6, 5.0), (0.3, 1.5, 0.0), 0.7)
    first, second = drops(2.0, here), drops(2.0, beside)
    shared = {tuple(point) for point in np.round(first.positions, 3)}
    shared &= {tuple(point) for point in np.round(second.positions, 3)}
    assert len(shared) > 0.8 * len(first.positions)
    assert (first.positions[:, 1] > 0).all()
    assert not np.array_equal(first.positions, drops(2.5, here).positions[: len(first.positions)])
    assert np.array_equal(first.positions, drops(2.0, here).positions)


def test_snow_lies_outdoors_and_not_in_the_kitchen() -> None:
    def white(place: str, weather: str) -> float:
        mesh = a_world(place, "day", weather).static
        up = (mesh.normals[:, 1] > 0.9) & (mesh.surface == Surface.SNOW)
        return float(up.mean())

    assert white("meadow", "snow") > white("meadow", "clear") + 0.01
    assert white("kitchen", "snow") == pytest.approx(white("kitchen", "clear"), abs=0.001)


def test_a_bake_is_remembered_and_survives_a_broken_file(tmp_path: Path) -> None:
    world = a_world("spaceship")
    first = bake.baked(world, tmp_path)
    assert ((first.static.occlusion >= 0) & (first.static.occlusion <= 1)).all()
    assert np.isfinite(first.static.light).all()
    stored = list(tmp_path.iterdir())
    assert len(stored) == 1
    again = bake.baked(world, tmp_path)
    assert np.array_equal(first.static.occlusion, again.static.occlusion)
    assert np.array_equal(first.static.light, again.static.light)
    stored[0].write_bytes(b"not a bake")
    mended = bake.baked(world, tmp_path)
    assert np.array_equal(first.static.light, mended.static.light)
    assert list(tmp_path.iterdir()) == stored

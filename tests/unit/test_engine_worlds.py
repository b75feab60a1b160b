"""Places build, under every light, with free floor for people and air for the camera."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from matinee.engine.stage import bake, worlds
from matinee.engine.stage.worlds import Box, World

if TYPE_CHECKING:
    from pathlib import Path

TRIANGLES_MAX = 125_000
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


@pytest.mark.parametrize("place", worlds.PLACES)
def test_a_place_builds_finite_and_within_its_budget(place: str) -> None:
    for time_of_day, weather in SKIES:
        world = a_world(place, time_of_day, weather)
        assert triangles_in(world) <= TRIANGLES_MAX
        for mesh in (world.static, *(part.mesh for part in world.moving)):
            assert np.isfinite(mesh.positions).all()
            assert np.allclose(np.linalg.norm(mesh.normals, axis=1), 1, atol=1e-3)
            assert ((mesh.albedo >= 0) & (mesh.albedo <= 1)).all()
            assert ((mesh.emission >= 0) & (mesh.emission <= 16)).all()


@pytest.mark.parametrize("place", worlds.PLACES)
def test_the_hero_has_open_floor_to_stand_on(place: str) -> None:
    world = a_world(place)
    hero = np.asarray(world.mark("hero").position)
    for collider in world.colliders:
        if stands_on_floor(collider):
            assert distance_to(collider, hero[0], hero[2]) > world.floor_radius_m
    points = world.static.positions
    near = np.hypot(points[:, 0] - hero[0], points[:, 2] - hero[2]) < world.floor_radius_m
    above = points[near, 1] - world.ground_height(
        points[near, 0].astype(np.float64), points[near, 2].astype(np.float64)
    )
    assert not ((above > 0.35) & (above < HEAD_M)).any()


@pytest.mark.parametrize("place", worlds.PLACES)
def test_the_walk_is_long_and_free(place: str) -> None:
    world = a_world(place)
    start, end = np.asarray(world.walk)
    assert np.linalg.norm(end - start) >= (4.0 if world.indoor else 8.0)
    for share in np.linspace(0, 1, 17):
        x, z = start + (end - start) * share
        for collider in world.colliders:
            if stands_on_floor(collider):
                assert distance_to(collider, float(x), float(z)) > 0.3


@pytest.mark.parametrize("place", worlds.PLACES)
def test_marks_stand_on_the_ground_inside_the_cameras_space(place: str) -> None:
    world = a_world(place)
    names = [mark.name for mark in world.marks]
    assert names[0] == "hero"
    assert {"left", "right", "back", "far"} <= set(names)
    assert len(names) == len(set(names))
    for mark in world.marks:
        x, y, z = mark.position
        floor = float(world.ground_height(np.array([x]), np.array([z]))[0])
        assert abs(y - floor) < 0.06 or mark.seat_height_m is not None
    x, y, z = world.mark("hero").position
    assert world.camera_keep_in.holds((x, y + 1.6, z))
    yaw = world.front_yaw
    assert world.camera_keep_in.holds((x + 2.5 * np.sin(yaw), y + 1.6, z + 2.5 * np.cos(yaw)))


@pytest.mark.parametrize("place", worlds.PLACES)
def test_a_place_is_the_same_for_the_same_seed(place: str) -> None:
    first, second = a_world(place), a_world(place)
    assert np.array_equal(first.static.positions, second.static.positions)
    assert np.array_equal(first.static.albedo, second.static.albedo)
    for one, other in zip(first.moving, second.moving, strict=True):
        assert np.array_equal(one.transform(1.7), other.transform(1.7))
        assert np.isfinite(one.transform(0.0)).all()


def test_a_bake_is_remembered_and_survives_a_broken_file(tmp_path: Path) -> None:
    world = a_world("livestream_studio" if "livestream_studio" in worlds.PLACES else "colosseum")
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

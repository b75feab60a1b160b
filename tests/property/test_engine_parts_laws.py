"""Laws of the kit of parts: solids are closed, face outwards and keep their size."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matinee.engine.stage.parts import solids
from matinee.engine.stage.parts.finish import Finish, noise, rgb, seed_of

if TYPE_CHECKING:
    from matinee.engine.render.geometry import Mesh

GREY = Finish((0.5, 0.5, 0.5))
LENGTH = st.floats(0.05, 20.0)
ANGLE = st.floats(-7.0, 7.0)


def volume_of(mesh: Mesh) -> float:
    """Sum of the signed tetrahedra; positive only if the triangles face outwards."""
    a, b, c = mesh.positions.astype(np.float64)[mesh.triangles].transpose(1, 0, 2)
    return float((a * np.cross(b, c)).sum() / 6)


def test_linear_colour_follows_the_srgb_curve() -> None:
    assert rgb("#000000") == (0.0, 0.0, 0.0)
    assert rgb("#ffffff") == pytest.approx((1.0, 1.0, 1.0))
    assert rgb("#808080")[0] == pytest.approx(0.2159, abs=1e-3)


@given(LENGTH, LENGTH, LENGTH, ANGLE)
@settings(max_examples=40, deadline=None)
def test_a_box_has_the_volume_of_its_sides_however_it_is_turned(
    x: float, y: float, z: float, yaw: float
) -> None:
    made = solids.box((3.0, 1.0, -2.0), (x, y, z), GREY, yaw=yaw)
    assert volume_of(made) == pytest.approx(8 * x * y * z, rel=1e-3)


@given(LENGTH, st.floats(0.001, 0.3))
@settings(max_examples=30, deadline=None)
def test_a_bevel_only_takes_away(half: float, bevel_m: float) -> None:
    whole = volume_of(solids.box((0, 0, 0), half, GREY))
    made = solids.box((0, 0, 0), half, GREY, bevel_m=bevel_m)
    assert 0.3 * whole < volume_of(made) < whole
    assert np.abs(made.positions).max() <= half * 1.0001


@given(st.floats(0.05, 3.0), st.floats(0.05, 5.0), st.integers(3, 40))
@settings(max_examples=30, deadline=None)
def test_a_cylinder_fills_nearly_the_circle(radius: float, height: float, sides: int) -> None:
    made = solids.cylinder(radius, height, GREY, sides=sides)
    polygon = sides / 2 * np.sin(2 * np.pi / sides) * radius**2 * height
    assert volume_of(made) == pytest.approx(polygon, rel=2e-3)


@given(st.integers(3, 14), st.integers(0, 10_000))
@settings(max_examples=40, deadline=None)
def test_a_prism_of_any_star_has_the_area_of_its_outline_times_its_depth(
    points: int, seed: int
) -> None:
    rng = seed_of("star", seed)
    angle = np.arange(points) / points * 2 * np.pi
    away = rng.uniform(0.6, 1.4, points)
    line = np.stack([away * np.cos(angle), away * np.sin(angle)], -1)
    after = np.roll(line, -1, axis=0)
    area = float((line[:, 0] * after[:, 1] - line[:, 1] * after[:, 0]).sum() / 2)
    assert volume_of(solids.prism(line, 0.7, GREY)) == pytest.approx(area * 0.7, rel=1e-3)


def test_a_crossed_outline_is_refused() -> None:
    with pytest.raises(ValueError, match="outline"):
        solids.prism([(0, 0), (0, 1), (1, 1), (1, 0)], 1.0, GREY)


@given(st.integers(1, 12), st.integers(0, 1000))
@settings(max_examples=20, deadline=None)
def test_copies_are_as_many_as_places(count: int, seed: int) -> None:
    rng = seed_of("copies", seed)
    part = solids.ball((0, 0, 0), 0.5, GREY, level=1)
    places = rng.uniform(-30, 30, (count, 3))
    made = solids.copies(part, places, yaw=rng.uniform(0, 6, count), scale=2.0)
    assert made.triangle_count == count * part.triangle_count
    assert volume_of(made) == pytest.approx(count * 8 * volume_of(part), rel=0.02)
    assert np.allclose(np.linalg.norm(made.normals, axis=1), 1, atol=1e-4)


@given(st.integers(0, 1000), st.floats(0.2, 20.0))
@settings(max_examples=20, deadline=None)
def test_noise_stays_in_its_range_and_repeats(seed: int, cell_m: float) -> None:
    points = seed_of("noise", seed).uniform(-500, 500, (64, 3))
    first = noise(points, cell_m=cell_m, seed=seed)
    assert ((first >= 0) & (first <= 1)).all()
    assert np.array_equal(first, noise(points, cell_m=cell_m, seed=seed))

"""Meshes hold together, and what is derived from them is right."""

import numpy as np
import pytest

from matinee.engine.render.geometry import Mesh, Rigged, Surface, merged, mesh

QUAD = [(0, 0, 0), (1, 0, 0), (1, 1, 0), (0, 1, 0)]
TWO = [(0, 1, 2), (0, 2, 3)]


def a_quad(**look: object) -> Mesh:
    return mesh(QUAD, TWO, albedo=(0.5, 0.4, 0.3), **look)  # type: ignore[arg-type]


def test_a_counter_clockwise_triangle_faces_its_viewer() -> None:
    assert np.allclose(a_quad().normals, (0, 0, 1))


def test_flat_shading_gives_every_triangle_its_own_vertices() -> None:
    flat = a_quad(shading="flat")
    assert flat.vertex_count == 6
    assert flat.triangle_count == 2


def test_one_value_serves_all_vertices() -> None:
    quad = a_quad(surface=Surface.BRICK, roughness=0.3, emission=2.0)
    assert quad.surface.tolist() == [Surface.BRICK] * 4
    assert np.allclose(quad.roughness, 0.3)
    assert np.allclose(quad.emission, 2.0)
    assert np.all(quad.occlusion == 1.0)
    assert np.all(quad.light == 0.0)


def test_a_turned_mesh_turns_its_normals() -> None:
    quarter = np.array([[0, 0, 1, 5], [0, 1, 0, 0], [-1, 0, 0, 0], [0, 0, 0, 1]], float)
    turned = a_quad().transformed(quarter)
    assert np.allclose(turned.normals, (1, 0, 0), atol=1e-6)
    assert np.allclose(turned.positions[1], (5, 0, -1))


def test_a_mirrored_mesh_still_shows_its_outside() -> None:
    mirrored = a_quad().transformed(np.diag([-1.0, 1.0, 1.0, 1.0]))
    a, b, c = mirrored.positions[mirrored.triangles[0]]
    assert np.cross(b - a, c - a)[2] > 0


def test_squeezing_a_mesh_keeps_normals_upright_to_it() -> None:
    slope = mesh([(0, 0, 0), (1, 1, 0), (0, 0, -1)], [(0, 1, 2)], albedo=(1, 1, 1))
    squeezed = slope.transformed(np.diag([1.0, 0.2, 1.0, 1.0]))
    edge = squeezed.positions[1] - squeezed.positions[0]
    assert abs(float(edge @ squeezed.normals[0])) < 1e-6


def test_merging_shifts_the_indices() -> None:
    joined = merged([a_quad(), a_quad(), a_quad()])
    assert joined.triangle_count == 6
    assert joined.triangles[4].tolist() == [8, 9, 10]
    assert merged([]).vertex_count == 0


def test_arrays_that_disagree_are_refused() -> None:
    quad = a_quad()
    with pytest.raises(ValueError, match="occlusion"):
        quad.with_occlusion(np.ones(3))
    with pytest.raises(ValueError, match="vertex 9"):
        mesh(QUAD, [(0, 1, 9)], albedo=(1, 1, 1), normals=(0, 0, 1))
    with pytest.raises(ValueError, match="joints"):
        Rigged(quad, np.zeros((2, 4), np.uint8), np.zeros((4, 4), np.float32))

"""Props build in what they are asked for, and know what physics and sound need."""

from __future__ import annotations

import numpy as np
import pytest

from matinee.engine.stage import props


@pytest.mark.parametrize("kind", props.KINDS)
def test_a_prop_is_whole_in_every_size(kind: str) -> None:
    normal = props.build(kind)
    for size in props.SIZES:
        model = props.build(kind, size=size)
        mesh, half = model.mesh, np.asarray(model.half_extents)
        assert np.isfinite(mesh.positions).all()
        assert 0 < mesh.triangle_count < 9000
        assert np.allclose(np.linalg.norm(mesh.normals, axis=1), 1, atol=1e-3)
        assert (half > 0.0005).all()
        assert half.max() < 6
        assert np.allclose(mesh.positions.max(axis=0), -mesh.positions.min(axis=0), atol=2e-3)
        assert (np.abs(np.asarray(model.grip)) <= half * 1.001).all()
        assert 0 < model.mass_kg < 20_000
        assert model.shape in {"box", "sphere", "cylinder"}
        if size in {"tiny", "small"}:
            assert model.mass_kg < normal.mass_kg


@pytest.mark.parametrize("material", props.MATERIALS)
def test_a_material_changes_surface_and_sound(material: str) -> None:
    model = props.build("ball", material=material)
    assert np.isfinite(model.mesh.albedo).all()
    assert model.sound_material
    assert props.build("ball", material=material).mesh is model.mesh


def test_metal_is_heavier_than_wood_and_wood_than_cloth() -> None:
    masses = [props.build("cube", material=name).mass_kg for name in ("metal", "wood", "cloth")]
    assert masses == sorted(masses, reverse=True)


def test_a_colour_is_honoured() -> None:
    red, blue = (
        props.build("cup", colour=code).mesh.albedo.mean(axis=0) for code in ("#d01010", "#1010d0")
    )
    assert red[0] > 2 * red[2]
    assert blue[2] > 2 * blue[0]


def test_unknown_materials_and_sizes_count_as_usual() -> None:
    usual = props.build("cup")
    assert props.build("cup", material="unobtainium", size="cosmic").mass_kg == usual.mass_kg
    with pytest.raises(KeyError):
        props.build("unheard_of")

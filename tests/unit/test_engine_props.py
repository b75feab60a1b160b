"""Props build in what they are asked for, and know what physics and sound need."""

from __future__ import annotations

import numpy as np
import pytest

from matinee.engine.render.geometry import Mesh, merged
from matinee.engine.stage import props
from matinee.engine.stage.catalogue import KINDS
from matinee.engine.stage.parts.solids import placed
from matinee.engine.stage.relief import relief
from matinee.engine.stage.shards import shards_of

COCO = [
    "bicycle",
    "car",
    "motorcycle",
    "airplane",
    "bus",
    "train",
    "truck",
    "boat",
    "traffic_light",
    "fire_hydrant",
    "stop_sign",
    "parking_meter",
    "bench",
    "backpack",
    "umbrella",
    "bag",
    "tie",
    "suitcase",
    "frisbee",
    "skis",
    "snowboard",
    "ball",
    "kite",
    "baseball_bat",
    "baseball_glove",
    "skateboard",
    "surfboard",
    "tennis_racket",
    "bottle",
    "wine_glass",
    "cup",
    "fork",
    "knife",
    "spoon",
    "bowl",
    "banana",
    "apple",
    "sandwich",
    "orange",
    "broccoli",
    "carrot",
    "hot_dog",
    "pizza",
    "donut",
    "cake",
    "chair",
    "sofa",
    "plant",
    "bed",
    "table",
    "toilet",
    "television",
    "laptop",
    "mouse",
    "remote",
    "keyboard",
    "phone",
    "microwave",
    "oven",
    "toaster",
    "sink",
    "refrigerator",
    "book",
    "clock",
    "vase",
    "scissors",
    "teddy_bear",
    "hair_drier",
    "toothbrush",
]
"""The things among the 80 classes of COCO, as they are called here."""


def whole(model: props.PropModel) -> Mesh:
    """Return a thing with what turns on it."""
    return merged([model.mesh, *(placed(one.mesh, one.at) for one in model.wheels)])


@pytest.mark.parametrize("kind", props.KINDS)
def test_a_prop_is_whole(kind: str) -> None:
    model = props.build(kind)
    mesh, half = whole(model), np.asarray(model.half_extents)
    assert np.isfinite(mesh.positions).all()
    assert 0 < mesh.triangle_count < 15_000
    assert np.allclose(np.linalg.norm(mesh.normals, axis=1), 1, atol=1e-3)
    assert (half > 0.0005).all()
    assert half.max() < 10
    assert np.allclose(mesh.positions.max(axis=0), -mesh.positions.min(axis=0), atol=2e-3)
    assert (np.abs(np.asarray(model.grip)) <= half * 1.001).all()
    assert 0 < model.mass_kg < 60_000
    assert model.shape in {"box", "sphere", "cylinder"}


@pytest.mark.parametrize("kind", ["apple", "chair", "car", "bicycle", "lantern"])
def test_a_prop_comes_in_every_size(kind: str) -> None:
    models = [props.build(kind, size=size) for size in props.SIZES]
    masses = [one.mass_kg for one in models]
    assert masses == sorted(masses)
    assert masses[0] < masses[2]
    for one in models:
        assert np.allclose(whole(one).positions.max(axis=0), one.half_extents, atol=2e-3)


@pytest.mark.parametrize("kind", COCO)
def test_every_thing_of_the_common_classes_is_its_own_kind(kind: str) -> None:
    assert kind in props.KINDS


@pytest.mark.parametrize("kind", [kind for kind, one in KINDS.items() if one.seat is not None])
def test_a_seat_is_on_or_in_its_thing(kind: str) -> None:
    model = props.build(kind)
    assert model.seat is not None
    reach = np.asarray(model.half_extents) + 0.15
    assert (np.abs(np.asarray(model.seat.at)) < reach).all()


@pytest.mark.parametrize(
    "kind", [kind for kind, one in KINDS.items() if one.way == "wheels" and kind != "tank"]
)
def test_wheels_stand_on_the_ground_that_the_thing_stands_on(kind: str) -> None:
    model = props.build(kind)
    rolling = [one for one in model.wheels if one.radius_m > 0 and one.axis == "x"]
    feet = [one.at[1] + float(one.mesh.positions[:, 1].min()) for one in rolling]
    assert min(feet) == pytest.approx(-model.half_extents[1], abs=0.03)


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


def test_a_red_car_keeps_its_tyres_black() -> None:
    red, blue = (props.build("car", colour=code) for code in ("#d01010", "#1010d0"))
    assert red.mesh.albedo[:, 0].max() > 0.5
    for first, second in zip(red.wheels, blue.wheels, strict=True):
        assert np.array_equal(first.mesh.albedo, second.mesh.albedo)


def test_unknown_materials_and_sizes_count_as_usual() -> None:
    usual = props.build("cup")
    assert props.build("cup", material="unobtainium", size="cosmic").mass_kg == usual.mass_kg
    with pytest.raises(KeyError):
        props.build("unheard_of")


def test_a_table_has_a_level_top_and_air_below_it() -> None:
    table = props.build("table")
    spots = relief(table).flat_spots(0.1, 0.1)
    assert len(spots) > 100
    assert np.allclose(spots[:, 1], table.half_extents[1], atol=0.01)
    assert relief(table).clear_below_m() > 0.6


def test_a_bowl_is_deepest_in_its_middle() -> None:
    bowl = props.build("bowl")
    spots = relief(bowl).floor_spots(0.01, 0.01, bowl.half_extents[1])
    assert spots[0, 1] < -0.5 * bowl.half_extents[1]
    assert np.hypot(spots[0, 0], spots[0, 2]) < 0.3 * bowl.half_extents[0]


def test_the_shards_of_a_vase_are_the_whole_vase() -> None:
    vase = props.build("vase")
    shards = shards_of(vase)
    assert 4 <= len(shards) <= 11
    assert sum(one.mesh.triangle_count for one in shards) == 2 * vase.mesh.triangle_count
    for one in shards:
        assert (np.abs(one.at) <= np.asarray(vase.half_extents) + 1e-6).all()

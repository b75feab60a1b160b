import numpy as np
import pytest

from matinee.engine.stage.cast import GARMENTS, HAIR_STYLES, person
from matinee.engine.stage.figure.anatomy import anatomy
from matinee.film.screenplay import Garment, Look

GENDERS = ("woman", "man", "neutral")
AGES = ("child", "teen", "adult", "elder")


def a_look(**parts: object) -> Look:
    return Look(**{"gender": "woman", "garments": (), **parts})  # type: ignore[arg-type]


def test_the_rig_has_53_bones_of_the_body_and_two_eyes() -> None:
    body = anatomy()
    assert len(body.bone_names) == 55
    assert {"eye_l", "eye_r", "pelvis", "hand_r", "ball_l"} <= set(body.bone_names)
    assert all(parent < index for index, parent in enumerate(body.parents))
    assert np.allclose(body.weights.sum(1), 1, atol=1e-5)


@pytest.mark.parametrize("gender", GENDERS)
@pytest.mark.parametrize("age", AGES)
def test_everybody_builds_with_weights_that_sum_to_one(gender: str, age: str) -> None:
    who = person(a_look(gender=gender, age=age), seed=3, detail="far")
    mesh = who.rigged.mesh
    assert np.allclose(who.rigged.weights.sum(1), 1, atol=1e-4)
    assert int(who.rigged.joints.max()) < len(who.skeleton.names) + len(who.strands)
    for rows in (mesh.positions, mesh.normals, mesh.albedo, mesh.roughness, mesh.occlusion):
        assert np.isfinite(rows).all()
    assert np.allclose(np.linalg.norm(mesh.normals, axis=1), 1, atol=1e-3)
    assert -0.02 < mesh.positions[:, 1].min() < 0.02


def test_heights_follow_age_and_the_look() -> None:
    def height(**parts: object) -> float:
        return person(a_look(**parts), seed=1, detail="far").height_m

    assert height(age="child") < height(age="teen") < height(age="adult")
    assert height(height="short") < height() < height(height="tall")
    assert 1.05 < height(age="child") < 1.5
    assert 1.5 < height() < 1.85


@pytest.mark.parametrize("kind", GARMENTS)
def test_every_garment_can_be_worn(kind: str) -> None:
    gender = GENDERS[len(kind) % 2]
    look = a_look(gender=gender, garments=(Garment(kind, "#335577"),))
    who = person(look, seed=2, detail="far")
    assert np.isfinite(who.rigged.mesh.positions).all()
    assert who.rigged.mesh.triangle_count > 3000


@pytest.mark.parametrize("style", HAIR_STYLES)
def test_every_hair_style_grows(style: str) -> None:
    bald = person(a_look(hair_style="bald"), seed=2, detail="far").rigged.mesh
    mesh = person(a_look(hair_style=style), seed=2, detail="far").rigged.mesh
    assert np.isfinite(mesh.positions).all()
    if style != "bald":
        assert mesh.triangle_count > bald.triangle_count


@pytest.mark.parametrize("facial_hair", ["stubble", "moustache", "beard"])
def test_facial_hair_grows_on_men(facial_hair: str) -> None:
    who = person(a_look(gender="man", facial_hair=facial_hair), seed=2, detail="far")
    assert np.isfinite(who.rigged.mesh.positions).all()


def test_a_garment_has_the_colour_it_was_asked_for() -> None:
    look = a_look(garments=(Garment("t_shirt", "#c01010"), Garment("jeans"), Garment("shoes")))
    mesh = person(look, seed=2, detail="far").rigged.mesh
    red = (mesh.albedo[:, 0] > 0.3) & (mesh.albedo[:, 1] < 0.03)
    assert red.sum() > 300


def test_nobody_is_undressed_even_when_the_look_names_nothing() -> None:
    for seed in range(4):
        for age in AGES:
            who = person(a_look(age=age, gender="neutral"), seed=seed, detail="far")
            mesh = who.rigged.mesh
            hips = who.skeleton.head("thigh_l")[1]
            chest = who.skeleton.head("spine_03")[1]
            for height in (hips, chest):
                near = np.abs(mesh.positions[:, 1] - height) < 0.06
                middle = near & (np.abs(mesh.positions[:, 0]) < 0.08)
                assert (mesh.surface[middle] != 13).any()
                assert (mesh.surface[middle] == 13).mean() < 0.2


def test_children_bathe_in_shorts_and_a_top() -> None:
    look = a_look(age="child", garments=(Garment("swimsuit", "#1040a0"),))
    mesh = person(look, seed=1, detail="far").rigged.mesh
    torso = (mesh.surface == 13) & (np.abs(mesh.positions[:, 0]) < 0.08)
    high = person(look, seed=1, detail="far").height_m
    band = (mesh.positions[:, 1] > 0.45 * high) & (mesh.positions[:, 1] < 0.72 * high)
    assert not (torso & band).any()


def test_the_same_look_and_seed_give_the_same_person_and_other_seeds_another() -> None:
    look = a_look()
    first = person(look, seed=1, detail="far").rigged.mesh.positions
    again = person(a_look(), seed=1, detail="far").rigged.mesh.positions
    other = person(look, seed=2, detail="far").rigged.mesh.positions
    assert np.array_equal(first, again)
    assert first.shape != other.shape or np.abs(first - other).max() > 0.01


def test_the_far_level_has_a_fraction_of_the_triangles_of_the_near_one() -> None:
    look = a_look(hair_style="short", garments=(Garment("t_shirt"), Garment("jeans")))
    near = person(look, seed=1, detail="near").rigged.mesh.triangle_count
    far = person(look, seed=1, detail="far").rigged.mesh.triangle_count
    assert far < 13_000
    assert near > 3 * far


def test_a_robot_has_the_same_bones_and_face_units_as_a_person() -> None:
    human = person(a_look(), seed=1, detail="far")
    robot = person(a_look(), kind="robot", seed=1, detail="far")
    assert robot.skeleton.names == human.skeleton.names
    assert robot.rigged.morph_names == human.rigged.morph_names
    assert not (robot.rigged.mesh.surface == 13).any()
    assert np.abs(robot.rigged.morph_deltas).max() > 0.005


def test_eyes_turn_with_their_own_bones() -> None:
    who = person(a_look(), seed=1, detail="near")
    iris = who.rigged.mesh.surface == 15
    bones = np.unique(who.rigged.joints[iris, 0])
    assert {who.skeleton.names[bone] for bone in bones} == {"eye_l", "eye_r"}

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import msgspec
import numpy as np
import pytest

from matinee.engine.render.scene import Camera
from matinee.engine.stage.camera import film_shot
from matinee.engine.stage.framing import STYLES, Subject, View, aim, place_in_picture, window
from matinee.engine.stage.space import Blocks, FreeSpace
from matinee.film.screenplay import Camera as Framing
from matinee.film.screenplay import CameraMove

if TYPE_CHECKING:
    from numpy.typing import NDArray

WIDE = 16 / 9
TIMES = np.arange(60) / 24
MOVES = get_args(CameraMove)


def level(x: NDArray[np.float64], _z: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.zeros_like(x)


def a_space(*boxes: tuple[tuple[float, float, float], tuple[float, float, float]]) -> FreeSpace:
    centre = np.array([box[0] for box in boxes], float).reshape(-1, 3)
    half = np.array([box[1] for box in boxes], float).reshape(-1, 3)
    keep_in = (np.array([-12.0, 0.0, -12.0]), np.array([12.0, 6.0, 12.0]))
    return FreeSpace(keep_in, level, Blocks(centre, half, np.zeros(len(boxes))))


def a_subject(
    name: str = "ada", *, x: float = 0.0, z: float = 0.0, yaw: float = 0.0, eyes_m: float = 1.6
) -> Subject:
    count = len(TIMES)
    eyes = np.tile(np.array([x, eyes_m, z]), (count, 1))
    waist, feet = eyes * [1, 0.6, 1], eyes * [1, 0, 1]
    return Subject(name, eyes, waist, feet, np.full(count, yaw))


def a_view(*subjects: Subject, partner: Subject | None = None) -> View:
    others = [partner] if partner is not None else []
    return View(subjects, others, partner, 0.0, TIMES, partner is not None)


def filmed(
    size: str = "medium",
    move: str = "static",
    angle: str = "eye",
    *,
    view: View | None = None,
    space: FreeSpace | None = None,
    aspect: float = WIDE,
) -> tuple[Camera, ...]:
    framing = msgspec.convert({"size": size, "move": move, "angle": angle}, Framing)
    return film_shot(
        framing,
        view or a_view(a_subject()),
        space=space or a_space(),
        aspect=aspect,
        seed=3,
    )


def test_a_point_is_seen_exactly_where_it_is_wanted() -> None:
    random = np.random.default_rng(5)
    offset = random.uniform(-4, 4, (50, 3)) + np.array([0, 0, 6])
    place = random.uniform(-0.7, 0.7, (50, 2))
    fov = np.full(50, 0.6)
    yaw, pitch = aim(offset, place, fov, WIDE)
    for k in range(50):
        ahead = (
            np.sin(yaw[k]) * np.cos(pitch[k]),
            np.sin(pitch[k]),
            np.cos(yaw[k]) * np.cos(pitch[k]),
        )
        camera = Camera((0.0, 0.0, 0.0), (float(ahead[0]), float(ahead[1]), float(ahead[2])), 0.6)
        seen, _ = place_in_picture(camera, offset[k : k + 1], WIDE)
        assert seen[0] == pytest.approx(place[k], abs=1e-6)


@pytest.mark.parametrize("size", STYLES)
def test_a_size_shows_as_much_of_the_body_as_its_name_says(size: str) -> None:
    subject = a_subject()
    camera = filmed(size)[30]
    crown = subject.eyes[30] + [0, 0.12, 0]
    (eyes, top, feet), _ = place_in_picture(
        camera, np.array([subject.eyes[30], crown, subject.feet[30]]), WIDE
    )
    assert abs(eyes).max() < 0.95
    if size == "extreme_close_up":
        assert top[1] > 0.8
    else:
        assert top[1] < 1.0
    feet_are_seen = feet[1] > -1.0
    assert feet_are_seen == (size in {"full", "wide", "extreme_wide"})


def test_a_child_fills_a_close_up_as_an_adult_does() -> None:
    adult, child = a_subject(), a_subject(eyes_m=1.0)
    ratio = window("close_up", child) / child.height_m
    assert ratio == pytest.approx(window("close_up", adult) / adult.height_m)


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("aspect", [WIDE, 9 / 16, 1.0])
def test_the_subject_stays_in_the_picture_through_every_move(move: str, aspect: float) -> None:
    subject = a_subject(yaw=0.5)
    for size in STYLES:
        for index, camera in enumerate(filmed(size, move, view=a_view(subject), aspect=aspect)):
            seen, depth = place_in_picture(camera, subject.eyes[index : index + 1], aspect)
            assert depth[0] > 0.1
            assert abs(seen).max() < 0.97, (size, move, index)


@pytest.mark.parametrize("move", MOVES)
def test_no_camera_is_below_the_ground_or_outside_its_box(move: str) -> None:
    low, high = a_space().keep_in
    for angle in ("low", "eye", "high", "overhead"):
        for camera in filmed("wide", move, angle):
            assert camera.eye[1] > 0.2
            assert np.all(np.asarray(camera.eye) >= low)
            assert np.all(np.asarray(camera.eye) <= high)


def test_a_wall_between_camera_and_subject_moves_the_camera() -> None:
    wall = ((0.0, 1.5, 1.2), (0.6, 1.5, 0.1))
    space = a_space(wall)
    subject = a_subject()
    camera = filmed("full", space=space)[30]
    eye = np.array([camera.eye])
    assert not space.solid(eye)[0]
    assert not space.hidden(eye, subject.eyes[30:31])[0]


def test_nobody_stands_between_camera_and_subject() -> None:
    subject, other = a_subject(), a_subject("bob", z=1.0)
    camera = filmed("medium", view=View([subject], [other], None, 0.0, TIMES, False))[30]
    seen, _ = place_in_picture(camera, np.stack([subject.eyes[30], other.eyes[30]]), WIDE)
    assert np.linalg.norm(seen[0] - seen[1]) > 0.15


def test_two_who_talk_are_filmed_from_the_same_side_of_their_line() -> None:
    ada, bob = a_subject("ada", x=-0.6, yaw=0.9), a_subject("bob", x=0.6, yaw=-0.9)
    for size in ("close_up", "medium", "over_shoulder", "full"):
        for subject, partner in ((ada, bob), (bob, ada)):
            camera = filmed(size, view=a_view(subject, partner=partner))[30]
            assert camera.eye[2] > 0.1, size


def test_over_the_shoulder_shows_the_partner_at_the_edge() -> None:
    ada, bob = a_subject("ada", x=-0.6, yaw=0.9), a_subject("bob", x=0.6, yaw=-0.9)
    camera = filmed("over_shoulder", view=a_view(ada, partner=bob))[30]
    (seen, shoulder), _ = place_in_picture(camera, np.stack([ada.eyes[30], bob.eyes[30]]), WIDE)
    assert seen[0] < 0.0 < shoulder[0]


def test_the_face_has_room_in_the_direction_it_looks() -> None:
    # Somebody with yaw 0.6 looks to the right of a camera in front of them, so stands left.
    subject = a_subject(yaw=0.6)
    camera = filmed("close_up", view=a_view(subject))[30]
    seen, _ = place_in_picture(camera, subject.eyes[30:31], WIDE)
    nose = subject.eyes[30:31] + np.array([[np.sin(0.6), 0.0, np.cos(0.6)]]) * 0.3
    ahead, _ = place_in_picture(camera, nose, WIDE)
    assert (ahead[0, 0] - seen[0, 0]) * seen[0, 0] < 0.0


def test_a_group_fits_into_a_portrait_picture() -> None:
    trio = [a_subject(name, x=x) for name, x in (("a", -1.0), ("b", 0.0), ("c", 1.0))]
    camera = filmed("full", view=a_view(*trio), aspect=9 / 16)[30]
    seen, _ = place_in_picture(camera, np.stack([one.eyes[30] for one in trio]), 9 / 16)
    assert abs(seen).max() < 1.0


def test_a_handheld_camera_is_never_quite_still_and_never_jerks() -> None:
    eyes = np.array([camera.eye for camera in filmed("medium", "handheld")])
    steps = np.linalg.norm(np.diff(eyes, axis=0), axis=1)
    assert steps.max() > 0.0002
    assert np.abs(np.diff(steps)).max() < 0.006


def test_a_walker_in_a_close_shot_is_followed() -> None:
    subject = a_subject()
    walked = subject.eyes + np.linspace(0, 3, len(TIMES))[:, None] * [1.0, 0.0, 0.0]
    walker = Subject("ada", walked, walked * [1, 0.6, 1], walked * [1, 0, 1], np.full(60, 1.57))
    cameras = filmed("medium", view=a_view(walker))
    for index in (0, 30, 59):
        seen, _ = place_in_picture(cameras[index], walked[index : index + 1], WIDE)
        assert abs(seen).max() < 0.7
    assert np.linalg.norm(np.subtract(cameras[-1].eye, cameras[0].eye)) > 1.5

"""People are made as finely as they can be seen, and no finer."""

import pytest

from matinee import film
from matinee.engine.stage.cast import person
from matinee.engine.stage.detail import detail_of
from matinee.film.screenplay import (
    Action,
    Beat,
    Camera,
    CameraMove,
    Character,
    Look,
    Setting,
    ShotSize,
)


def a_shot(
    size: ShotSize, frame: str, *, move: CameraMove = "static", verb: str = "stand", cast: int = 2
) -> film.Shot:
    names = tuple(f"p{number}" for number in range(cast))
    return film.Shot(
        setting=Setting("here", "street"),
        beat=Beat(
            "b1",
            "here",
            "They stand.",
            cast=names,
            actions=(Action("p0", verb),),
            camera=Camera(size, move=move, subject="p0"),
        ),
        frame_count=12,
        rate=film.FrameRate(12),
        size=film.FrameSize.of(frame),
        seed=3,
        characters=tuple(Character(name, name) for name in names),
    )


@pytest.mark.parametrize(
    ("shot", "details"),
    [
        (a_shot("wide", "1280x720"), ("far", "far")),
        (a_shot("wide", "1280x720", verb="walk"), ("middle", "middle")),
        (a_shot("wide", "1280x720", move="push_in"), ("middle", "middle")),
        (a_shot("wide", "3840x2160"), ("middle", "middle")),
        (a_shot("full", "864x480"), ("far", "far")),
        (a_shot("full", "1280x720"), ("middle", "middle")),
        (a_shot("medium", "1280x720"), ("middle", "middle")),
        (a_shot("medium", "1920x1080"), ("near", "near")),
        (a_shot("over_shoulder", "1920x1080"), ("near", "middle")),
        (a_shot("close_up", "864x480"), ("middle", "far")),
        (a_shot("close_up", "1280x720"), ("near", "far")),
        (a_shot("full", "1280x720", cast=6), ("far", "far")),
    ],
    ids=lambda one: f"{one.beat.camera.size} {one.size}" if isinstance(one, film.Shot) else "",
)
def test_who_is_small_or_out_of_focus_is_made_coarsely(
    shot: film.Shot, details: tuple[str, str]
) -> None:
    assert (detail_of("p0", shot), detail_of("p1", shot)) == details


def test_the_middle_has_the_near_face_and_far_fewer_triangles() -> None:
    look = Look(gender="woman", hair_style="long")
    near, middle, far = (person(look, seed=1, detail=one) for one in ("near", "middle", "far"))
    counts = [one.rigged.mesh.triangle_count for one in (near, middle, far)]
    assert counts[2] * 1.5 < counts[1] < counts[0] * 0.8
    assert middle.height_m == near.height_m == far.height_m
    assert len(middle.strands) == len(near.strands) > len(far.strands)

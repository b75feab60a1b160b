"""What holds for every camera in every place: who is filmed is seen, nothing is walked into."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, get_args

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from matinee import film
from matinee.engine.render.picture import i420_to_rgb
from matinee.engine.render.renderer import Renderer
from matinee.engine.stage.camera import film_shot
from matinee.engine.stage.direction import framing_of, stage, view_of
from matinee.engine.stage.framing import place_in_picture
from matinee.engine.stage.rehearsal import rehearse
from matinee.engine.stage.sight import body_distance, kept_in_picture
from matinee.engine.stage.styles import STYLES
from matinee.film.screenplay import (
    Action,
    Beat,
    Camera,
    CameraMove,
    Character,
    Look,
    Pace,
    Setting,
    ShotSize,
    TimeOfDay,
)

if TYPE_CHECKING:
    from matinee.engine.render.scene import Frame
    from matinee.engine.stage.direction import Staging

FEW = settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
PLACES = ("street", "forest", "living_room", "castle_hall", "market", "beach")
VERBS = ("stand", "walk", "run", "talk", "wave", "dance", "sit", "jump")
SIZES = ((160, 90), (90, 160), (120, 120))
SKINS = ("#f0cdb0", "#c68a5e", "#6b4530")


@cache
def folder() -> Path:
    return Path(mkdtemp(prefix="matinee-bakes-"))


@some.composite
def shots(draw: some.DrawFn) -> film.Shot:
    names = ("ada", "bob", "cy")[: draw(some.integers(1, 3))]
    animal = draw(some.booleans())
    cast = tuple(
        Character(name, name, look=Look(skin=draw(some.sampled_from(SKINS))))
        if index or not animal
        else Character(name, name, kind="animal", species=draw(some.sampled_from(("dog", "horse"))))
        for index, name in enumerate(names)
    )
    verb = draw(some.sampled_from(VERBS))
    camera = Camera(
        draw(some.sampled_from(get_args(ShotSize))),
        draw(some.sampled_from(get_args(CameraMove))),
        pace=draw(some.sampled_from(get_args(Pace))),
    )
    return film.Shot(
        setting=Setting("here", draw(some.sampled_from(PLACES))),
        beat=Beat("b1", "here", "", cast=names, actions=(Action(names[0], verb),), camera=camera),
        frame_count=24,
        rate=film.FrameRate(12),
        size=film.FrameSize(*draw(some.sampled_from(SIZES))),
        seed=draw(some.integers(0, 3)),
        characters=cast,
    )


@FEW
@given(shots())
def test_who_is_filmed_is_in_the_picture_and_no_camera_walks_into_anything(shot: film.Shot) -> None:
    played = rehearse(shot, cache=folder())
    view, space, aspect = view_of(played), played.scene.space, float(shot.size.aspect)
    cameras = film_shot(framing_of(played), view, space=space, aspect=aspect, seed=played.seed)
    assert np.mean(kept_in_picture(cameras, view.subjects[0], aspect)) >= 0.9
    eyes = np.array([camera.eye for camera in cameras])
    assert not space.solid(eyes).any()
    assert np.all(eyes[:, 1] > space.ground(eyes) + 0.15)
    for other in view.others:
        assert np.mean(body_distance(eyes, other) > 0.12) > 0.9
    # Nothing jumps: between two frames the view turns by no more than a whip pan would.
    aims = np.array([camera.target for camera in cameras]) - eyes
    turns = np.arccos(np.clip(np.sum(aims[1:] * aims[:-1], axis=1), -1.0, 1.0))
    assert np.max(turns) < np.radians(25.0)


def a_portrait(place: str, hour: TimeOfDay, skin: str, style: str = "") -> film.Shot:
    return film.Shot(
        setting=Setting("here", place, time_of_day=hour),
        beat=Beat("b1", "here", "", cast=("ada",), camera=Camera("close_up")),
        frame_count=2,
        rate=film.FrameRate(24),
        size=film.FrameSize(160, 90),
        seed=1,
        characters=(Character("ada", "Ada", look=Look(skin=skin, hair_style="bun")),),
        style=style,
    )


def a_renderer(shot: film.Shot, staging: Staging) -> Renderer:
    return Renderer(
        staging.static,
        staging.rigid,
        staging.rigged,
        size=shot.size,
        shadow_centre=staging.shadow_centre,
        shadow_radius_m=staging.shadow_radius_m,
        mirror_ground=staging.mirror_ground,
        threads=1,
    )


def face_luma(shot: film.Shot, staging: Staging, frame: Frame) -> float:
    """The median luma, 0..255, of what is seen of a head below its eyes."""
    played = rehearse(shot, cache=folder())
    eyes = played.subjects["ada"].eyes[0]
    aspect = float(shot.size.aspect)
    points = np.array([eyes, eyes - [0.0, 0.06, 0.0]])
    (x, top), (_, low) = place_in_picture(frame.camera, points, aspect)[0]
    with a_renderer(shot, staging) as renderer:
        picture = i420_to_rgb(renderer.render(frame), shot.size).astype(np.float64)
        who = renderer.passes(frame).ids == 2 + len(staging.rigid)
    height, width = who.shape
    rows = slice(int((0.5 - top * 0.5) * height), max(int((0.5 - low * 0.5) * height), 1) + 1)
    middle, half = int((0.5 + x * 0.5) * width), max(int(0.03 * width), 2)
    columns = slice(max(middle - half, 0), middle + half)
    return float(np.median((picture @ [0.2126, 0.7152, 0.0722])[rows, columns][who[rows, columns]]))


@FEW
@given(
    some.sampled_from(("street", "forest", "living_room", "castle_hall")),
    some.sampled_from(get_args(TimeOfDay)),
    some.sampled_from(SKINS),
)
def test_every_face_can_be_read_at_every_hour(place: str, hour: TimeOfDay, skin: str) -> None:
    shot = a_portrait(place, hour, skin)
    staging = stage(shot, cache=folder())
    assert 42.0 < face_luma(shot, staging, staging.frame(0)) < 225.0


@FEW
@given(some.sampled_from(sorted(STYLES)), some.sampled_from(("street", "forest")))
def test_a_style_gives_the_same_frame_twice_and_another_than_a_photograph(
    style: str, place: str
) -> None:
    shot, plain = (a_portrait(place, "day", SKINS[1], name) for name in (style, ""))
    pictures = []
    for one in (shot, shot, plain):
        staging = stage(one, cache=folder())
        with a_renderer(one, staging) as renderer:
            pictures.append(renderer.render(staging.frame(1)).astype(np.int16))
    assert np.array_equal(pictures[0], pictures[1])
    assert np.abs(pictures[0] - pictures[2]).mean() > 1.0

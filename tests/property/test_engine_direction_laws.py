"""What holds in every shot, whatever is asked for."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, get_args

import numpy as np
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as some

from matinee import film
from matinee.engine.stage.camera import film_shot
from matinee.engine.stage.direction import view_of
from matinee.engine.stage.framing import View, place_in_picture
from matinee.engine.stage.motion import DEEDS
from matinee.engine.stage.pairs import PAIRINGS
from matinee.engine.stage.props import KINDS
from matinee.engine.stage.rehearsal import Rehearsal, rehearse
from matinee.engine.stage.verbs import MEANINGS, Going, meaning
from matinee.film.screenplay import (
    Action,
    Beat,
    Camera,
    CameraAngle,
    CameraMove,
    Character,
    Prop,
    Relation,
    Setting,
    ShotSize,
)

if TYPE_CHECKING:
    from matinee.engine.render.scene import Camera as Shown

PLACE = "colosseum"
NAMES = ("ada", "bob", "cy", "dee")
# Whose feet leave the floor: who lies, sits on the floor, tumbles, rides, climbs or flies.
OFF_THE_FLOOR = {"fall", "sleep", "swim", "climb"} | {
    action for action, deed in DEEDS.items() if deed.low or deed.glides or deed.posture == "floor"
}
STILL = sorted(verb for verb, meant in MEANINGS.items() if meant.action not in OFF_THE_FLOOR)
FEW = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))


@cache
def folder() -> Path:
    return Path(mkdtemp(prefix="matinee-bakes-"))


@some.composite
def shots(draw: some.DrawFn) -> film.Shot:
    members = NAMES[: draw(some.integers(1, 4))]
    verbs = draw(some.lists(some.sampled_from(STILL), max_size=2))
    actions = tuple(
        Action(draw(some.sampled_from(members)), verb, draw(some.sampled_from(("", *members))))
        for verb in verbs
    )
    kinds = draw(some.lists(some.sampled_from(sorted(KINDS)), max_size=3, unique=True))
    props = tuple(
        Prop(
            kind,
            kind,
            "here",
            relation=draw(some.sampled_from(get_args(Relation))),
            anchor=draw(some.sampled_from(("", *members))),
            count=draw(some.integers(1, 4)),
        )
        for kind in kinds
    )
    camera = Camera(
        draw(some.sampled_from(get_args(ShotSize))),
        draw(some.sampled_from(get_args(CameraMove))),
        draw(some.sampled_from(get_args(CameraAngle))),
    )
    sizes = ((320, 180), (180, 320), (240, 240))
    return film.Shot(
        setting=Setting("here", PLACE),
        beat=Beat(
            "b1", "here", "", cast=members, actions=actions, props=tuple(kinds), camera=camera
        ),
        frame_count=24,
        rate=film.FrameRate(12),
        size=film.FrameSize(*draw(some.sampled_from(sizes))),
        seed=2,
        characters=tuple(Character(name, name) for name in members),
        props=props,
    )


def played(shot: film.Shot) -> Rehearsal:
    return rehearse(shot, cache=folder())


def seen_by_camera(shot: film.Shot) -> tuple[Rehearsal, View, tuple[Shown, ...]]:
    rehearsal = played(shot)
    view = view_of(rehearsal)
    space, aspect = rehearsal.scene.space, float(shot.size.aspect)
    cameras = film_shot(shot.beat.camera, view, space=space, aspect=aspect, seed=rehearsal.seed)
    return rehearsal, view, cameras


@FEW
@given(shots())
def test_no_camera_is_in_a_solid_below_the_ground_or_outside(shot: film.Shot) -> None:
    rehearsal, _, cameras = seen_by_camera(shot)
    space = rehearsal.scene.space
    low, high = space.keep_in
    eyes = np.array([camera.eye for camera in cameras])
    assert np.all(eyes >= low - 1e-6)
    assert np.all(eyes <= high + 1e-6)
    assert np.all(eyes[:, 1] > space.ground(eyes) + 0.15)
    assert not space.solid(eyes).any()


@FEW
@given(shots())
def test_whom_the_shot_is_about_is_in_the_picture(shot: film.Shot) -> None:
    # Who leaves, leaves the picture.
    assume(all(meaning(action.verb).going is not Going.AWAY for action in shot.beat.actions))
    rehearsal, view, cameras = seen_by_camera(shot)
    subject, aspect = view.subjects[0], float(shot.size.aspect)
    middle = len(cameras) // 2
    place, depth = place_in_picture(cameras[middle], subject.eyes[middle][None], aspect)
    assert depth[0] > 0.1
    assert np.abs(place).max() < 1.0
    assert rehearsal.subjects[subject.name] is subject


@FEW
@given(shots())
def test_feet_are_on_the_ground(shot: film.Shot) -> None:
    rehearsal = played(shot)
    space = rehearsal.scene.space
    for subject in (rehearsal.subjects[name] for name in rehearsal.actors):
        above = subject.feet[:, 1] - space.ground(subject.feet)
        assert above.min() > -0.06
        assert np.median(above) < 0.45


@FEW
@given(shots())
def test_nobody_stands_in_anybody(shot: film.Shot) -> None:
    rehearsal = played(shot)
    close = {"hit", "sit", "sit_down", "rest", *PAIRINGS}
    near = any({action.verb, meaning(action.verb).action} & close for action in shot.beat.actions)
    parts = [actor.part for actor in rehearsal.actors.values()]
    for index, part in enumerate(parts):
        for other in parts[:index]:
            for time_s in rehearsal.times_s:
                gap = (part.at(time_s) - other.at(time_s))[[0, 2]]
                assert np.hypot(*gap) > (0.25 if near else 0.45)


@FEW
@given(shots())
def test_every_prop_is_held_or_supported(shot: film.Shot) -> None:
    rehearsal = played(shot)
    places = rehearsal.motion.transforms[:, -1, :, 3]
    space = rehearsal.scene.space
    assert np.all(np.isfinite(places))
    for thing, place in zip(rehearsal.scene.placed, places, strict=True):
        below = place[1] - float(space.ground(place[None])[0])
        assert below > -0.05 + min(thing.half), thing.prop.kind

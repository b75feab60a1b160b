from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest

from matinee import film
from matinee.engine.stage import worlds
from matinee.engine.stage.blocking import Build, Part, Scene, block, homes
from matinee.engine.stage.space import FreeSpace, free_space, heading, turn_between, yaw_towards
from matinee.engine.stage.verbs import MEANINGS, meaning
from matinee.film.screenplay import Action, Beat, Camera, Character, Setting
from matinee.film.shot import Speech

if TYPE_CHECKING:
    from matinee.film.screenplay import Position

BUILD = Build(height_m=1.72, eye_height_m=1.6, radius_m=0.3)


@cache
def a_world(place: str = "colosseum") -> tuple[worlds.World, FreeSpace]:
    world = worlds.build(place)
    return world, free_space(world)


def a_speech(who: str, start_ms: int = 300, duration_ms: int = 1200) -> Speech:
    return Speech(who, "Here we stand.", "en", start_ms, duration_ms)


def a_scene(
    *actions: Action,
    cast: tuple[str, ...] = ("ada", "bob"),
    members: tuple[str, ...] = ("ada", "bob"),
    speeches: tuple[Speech, ...] = (),
    place: str = "colosseum",
    frame_count: int = 96,
) -> Scene:
    world, space = a_world(place)
    shot = film.Shot(
        setting=Setting("arena", place),
        beat=Beat("b1", "arena", "They meet.", cast=cast, actions=actions, camera=Camera()),
        frame_count=frame_count,
        rate=film.FrameRate(24),
        size=film.FrameSize(320, 180),
        seed=4,
        characters=tuple(Character(name, name.title()) for name in members),
        speeches=speeches,
    )
    places = dict(zip(members, homes(len(members), world, space), strict=True))
    builds = dict.fromkeys(members, BUILD)
    return Scene(shot, world, space, places, builds, (), frame_count / 24)


def parts_of(scene: Scene) -> dict[str, Part]:
    return {part.name: part for part in block(scene)}


def gap(first: Part, second: Part, duration_s: float = 4.0) -> float:
    times = np.linspace(0, duration_s, 60)
    return min(float(np.hypot(*(first.at(time_s) - second.at(time_s))[[0, 2]])) for time_s in times)


@pytest.mark.parametrize("count", range(1, 13))
def test_a_cast_of_any_size_has_room(count: int) -> None:
    world, space = a_world()
    places = [home.position for home in homes(count, world, space)]
    assert len(places) == count
    for index, place in enumerate(places):
        assert not space.solid(place[None] + [0, 0.9, 0])[0]
        for other in places[:index]:
            assert np.hypot(*(place - other)[[0, 2]]) > 0.6


def test_two_face_each_other_and_the_camera() -> None:
    world, space = a_world()
    left, right = homes(2, world, space)
    for one, other in ((left, right), (right, left)):
        towards_partner = turn_between(one.yaw, yaw_towards(one.position, other.position))
        towards_camera = turn_between(one.yaw, world.front_yaw)
        assert abs(towards_partner) < np.radians(60)
        assert abs(towards_camera) < np.radians(75)


def test_everybody_keeps_their_place_when_only_some_are_seen() -> None:
    alone = parts_of(a_scene(cast=("bob",)))["bob"]
    together = parts_of(a_scene())["bob"]
    assert alone.at(0) == pytest.approx(together.at(0))


def test_a_speaker_talks_in_their_line_and_the_other_listens_and_looks() -> None:
    parts = parts_of(a_scene(speeches=(a_speech("ada"), a_speech("bob", 2000, 900))))
    talks = [doing for doing in parts["ada"].doings if doing.action == "talk"]
    listens = [doing for doing in parts["bob"].doings if doing.action == "listen"]
    assert [(doing.start_s, doing.end_s) for doing in talks] == [(0.3, 1.5)]
    assert [(doing.start_s, doing.end_s) for doing in listens] == [(0.3, 1.5)]
    eyes = parts["ada"].at(0) + np.array([0, BUILD.eye_height_m, 0])
    assert listens[0].target == pytest.approx(eyes)


def test_whole_actions_follow_each_other_and_never_overlap() -> None:
    part = parts_of(a_scene(Action("ada", "wave"), Action("ada", "nod"), Action("ada", "point")))[
        "ada"
    ]
    own = [doing for doing in part.doings if doing.verb]
    assert [doing.action for doing in own] == ["wave", "nod", "point"]
    for first, second in pairwise(own):
        assert first.end_s <= second.start_s + 1e-9


@pytest.mark.parametrize(
    ("position", "low", "high"), [("start", 0, 2), ("middle", 1, 3.2), ("end", 2, 4)]
)
def test_an_action_happens_where_it_is_written(position: Position, low: float, high: float) -> None:
    part = parts_of(a_scene(Action("ada", "wave", position=position)))["ada"]
    own = next(doing for doing in part.doings if doing.verb)
    assert low <= own.start_s < own.end_s <= high


def test_somebody_who_walks_ends_at_their_own_place() -> None:
    scene = a_scene(Action("ada", "walk"), cast=("ada",))
    part = parts_of(scene)["ada"]
    way = np.linalg.norm(part.at(4) - part.at(0))
    assert way > 3.0
    assert part.at(4) == pytest.approx(scene.homes["ada"].position, abs=0.05)


def test_somebody_who_leaves_starts_at_their_own_place() -> None:
    scene = a_scene(Action("ada", "leave"), cast=("ada",))
    part = parts_of(scene)["ada"]
    assert part.at(0) == pytest.approx(scene.homes["ada"].position)
    assert np.linalg.norm(part.at(4) - part.at(0)) > 2.0


def test_who_approaches_stops_before_the_other() -> None:
    parts = parts_of(a_scene(Action("ada", "approach", "bob")))
    assert 0.7 < gap(parts["ada"], parts["bob"]) < 1.3


@pytest.mark.parametrize("verb", ["walk", "run", "leave", "enter", "approach", "fight", "hug"])
def test_nobody_walks_through_anybody(verb: str) -> None:
    members = ("ada", "bob", "cy", "dee")
    target = "cy" if verb in {"approach", "fight", "hug"} else ""
    parts = parts_of(a_scene(Action("ada", verb, target), cast=members, members=members))
    closest = 0.4 if verb == "hug" else 0.55
    for name in members[1:]:
        assert gap(parts["ada"], parts[name]) > closest, name


def test_somebody_who_acts_upon_another_turns_to_them_but_stays_open_to_the_camera() -> None:
    scene = a_scene(Action("ada", "wave", "bob"))
    part = parts_of(scene)["ada"]
    yaw = float(np.interp(3.0, part.times_s, part.yaws))
    assert heading(yaw) @ heading(scene.world.front_yaw) > 0.3


@pytest.mark.parametrize("verb", sorted(MEANINGS))
def test_every_verb_can_be_played(verb: str) -> None:
    part = parts_of(a_scene(Action("ada", verb, "bob")))["ada"]
    assert np.all(np.diff(part.times_s) > 0)
    assert np.all(np.isfinite(part.points))
    assert any(doing.verb == verb for doing in part.doings)


def test_an_unknown_verb_is_the_nearest_known_one_or_somebody_who_stands() -> None:
    assert meaning("wave_goodbye").action == "wave"
    assert meaning("slowly_walk").action == "walk"
    assert meaning("defenestrate").action == "stand"

"""A shot goes in, a take comes out: a whole file, what is heard in it and who is seen."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from pathlib import Path
from tempfile import mkdtemp
from threading import Event

import av
import numpy as np
import pytest

from matinee import film
from matinee.engine.errors import ShootingStopped
from matinee.engine.shooting import shoot
from matinee.engine.stage.direction import stage
from matinee.engine.stage.rehearsal import Rehearsal, rehearse
from matinee.engine.version import version
from matinee.film.screenplay import Action, Beat, Camera, Character, Prop, Setting
from matinee.film.shot import Phoneme, Speech


@cache
def bakes() -> Path:
    return Path(mkdtemp(prefix="matinee-bakes-"))


def a_shot(
    *actions: Action,
    cast: tuple[str, ...] = ("ada", "bob"),
    props: tuple[Prop, ...] = (),
    speeches: tuple[Speech, ...] = (),
    place: str = "livestream_studio",
    frame_count: int = 18,
) -> film.Shot:
    return film.Shot(
        setting=Setting("here", place),
        beat=Beat(
            "b1",
            "here",
            "They meet.",
            cast=cast,
            actions=actions,
            props=tuple(prop.id for prop in props),
            camera=Camera("full"),
        ),
        frame_count=frame_count,
        rate=film.FrameRate(12),
        size=film.FrameSize(160, 90),
        seed=3,
        characters=tuple(Character(name, name.title()) for name in cast),
        props=props,
        speeches=speeches,
    )


def a_speech(who: str) -> Speech:
    return Speech(who, "Hello.", "en", 200, 900, (Phoneme("h", 0, 100), Phoneme("oʊ", 100, 800)))


def test_a_take_is_a_whole_film_of_the_shot_and_tells_what_is_in_it(tmp_path: Path) -> None:
    shot = a_shot(Action("ada", "walk"), speeches=(a_speech("ada"),))
    told: list[int] = []
    previews: list[bytes] = []
    path = tmp_path / "take.mp4"
    take = shoot(
        shot,
        video_path=path,
        cache=bakes(),
        on_frames=told.append,
        on_preview=previews.append,
    )
    assert take.shot == film.digest(shot)
    assert take.engine == version()
    assert take.video == hashlib.sha256(path.read_bytes()).hexdigest()
    assert told == list(range(1, 19))
    assert len(previews) == 1
    assert previews[0][8:12] == b"WEBP"
    with av.open(str(path)) as opened:
        pictures = [frame.to_ndarray(format="rgb24") for frame in opened.decode(video=0)]
    assert len(pictures) == shot.frame_count
    assert pictures[0].shape == (90, 160, 3)
    assert pictures[0].std() > 10
    seen = {(one.kind, one.name) for one in take.appearances}
    assert {("place", "livestream_studio"), ("character", "ada"), ("character", "bob")} <= seen
    assert [placement.speech for placement in take.placements] == [0]
    steps = [contact for contact in take.contacts if contact.kind == "footstep"]
    assert steps
    assert all(-1 <= one.pan <= 1 and 0 <= one.strength <= 1 for one in take.contacts)


def test_the_same_shot_twice_gives_the_same_take(tmp_path: Path) -> None:
    ball = Prop("ball", "ball", "here", relation="held_by", anchor="ada")
    shot = a_shot(Action("ada", "throw", "bob"), props=(ball,))
    first = shoot(shot, video_path=tmp_path / "1.mp4", cache=bakes())
    second = shoot(shot, video_path=tmp_path / "2.mp4", cache=bakes())
    assert first == second


def test_a_stopped_shot_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ShootingStopped):
        shoot(
            a_shot(),
            video_path=tmp_path / "take.mp4",
            cache=bakes(),
            should_stop=lambda: True,
        )
    assert list(tmp_path.iterdir()) == []


def test_of_shots_side_by_side_one_is_drawn_at_a_time_and_who_waits_can_be_stopped(
    tmp_path: Path,
) -> None:
    held, drawing = Event(), Event()
    order: list[str] = []

    def first_frames(_count: int) -> None:
        order.append("first")
        drawing.set()
        held.wait(60)

    of = partial(shoot, a_shot(cast=("ada",)), cache=bakes())
    paths = {name: tmp_path / f"{name}.mp4" for name in ("first", "unwanted", "second")}

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(of, video_path=paths["first"], on_frames=first_frames)
        assert drawing.wait(60)
        with pytest.raises(ShootingStopped):
            of(video_path=paths["unwanted"], should_stop=lambda: True)
        second = pool.submit(
            of, video_path=paths["second"], on_frames=lambda _count: order.append("second")
        )
        held.set()
        assert first.result().video == second.result().video
    assert order == sorted(order)
    assert not paths["unwanted"].exists()


@pytest.mark.parametrize(
    "shot",
    [
        a_shot(cast=(), frame_count=1),
        a_shot(cast=("ada",), frame_count=1),
        a_shot(Action("ada", "defenestrate", "bob"), place="the_moon", frame_count=2),
        a_shot(props=(Prop("thing", "flux_capacitor", "here", count=3),), frame_count=2),
        a_shot(speeches=(a_speech("narrator"),), cast=(), frame_count=14),
    ],
    ids=["nobody", "one frame", "unknown verb and place", "unknown thing", "narrator"],
)
def test_what_an_engine_does_not_know_is_still_filmed(shot: film.Shot, tmp_path: Path) -> None:
    take = shoot(shot, video_path=tmp_path / "take.mp4", cache=bakes())
    assert take.frame_count == shot.frame_count


def ways_of(shot: film.Shot) -> tuple[Rehearsal, np.ndarray[tuple[int, ...], np.dtype[np.float64]]]:
    """Play a shot and return it with the way of its first thing, (n, 3)."""
    played = rehearse(shot, cache=bakes())
    return played, played.motion.transforms[0, :, :, 3]


def test_what_is_thrown_to_somebody_is_caught() -> None:
    ball = Prop("ball", "ball", "here", relation="held_by", anchor="ada")
    played, way = ways_of(a_shot(Action("ada", "throw", "bob"), props=(ball,), frame_count=42))
    hands = played.actors["bob"].performance.hands
    away = min(np.linalg.norm(way[-1] - hand[-1, :, 3]) for hand in hands.values())
    assert away < 0.3
    start = played.actors["ada"].performance.hands
    assert min(np.linalg.norm(way[0] - hand[0, :, 3]) for hand in start.values()) < 0.3


def test_what_is_picked_up_leaves_its_place() -> None:
    gift = Prop("gift", "gift", "here", relation="in_front_of", anchor="ada")
    played, way = ways_of(a_shot(Action("ada", "pick_up", "gift"), props=(gift,), frame_count=42))
    assert way[-1, 1] > way[0, 1] + 0.3
    assert any(event.kind == "grab" for event in played.actors["ada"].performance.events)


def test_what_is_dropped_falls_to_the_ground_and_is_heard() -> None:
    vase = Prop("vase", "vase", "here", relation="held_by", anchor="ada")
    played, way = ways_of(
        a_shot(Action("ada", "drop", "vase"), props=(vase,), place="colosseum", frame_count=42)
    )
    assert way[0, 1] > 0.5
    assert way[-1, 1] < 0.3
    assert any(touch.materials[0] == "ceramic" for touch in played.motion.touches)


def test_who_sits_where_there_is_no_seat_is_brought_one() -> None:
    played, _ = ways_of(a_shot(Action("ada", "sit"), place="colosseum"))
    assert [thing.prop.id for thing in played.scene.placed] == ["ada_seat"]


def test_one_product_stands_on_the_turntable_and_turns_with_it() -> None:
    played = stage(a_shot(props=(Prop("product", "bottle", "here"),)), cache=bakes())
    number = [label for label in played.labels if label[0] != "character"].index(
        ("prop", "product")
    )
    first, last = (played.frame(index).rigid[number] for index in (0, 17))
    assert not np.allclose(first[:, :3], last[:, :3], atol=0.05)
    assert np.allclose(first[:, 3], last[:, 3], atol=0.02)

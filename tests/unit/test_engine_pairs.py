from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import numpy as np
import pytest

from matinee import film
from matinee.engine.stage.pairs import PAIRINGS, touches
from matinee.engine.stage.rehearsal import Rehearsal, rehearse
from matinee.film.screenplay import Action, Beat, Camera, Character, Look, Prop, Setting

NEAR_M = 0.05
RATE = 12


@cache
def folder() -> Path:
    return Path(mkdtemp(prefix="matinee-bakes-"))


@cache
def together(verb: str, age: str = "adult", seconds: float = 4.0) -> Rehearsal:
    """Ada, who is a grown woman, does something with Bob."""
    props = (Prop("ball", "ball", "here", relation="held_by", anchor="ada"),)
    shot = film.Shot(
        setting=Setting("here", "colosseum"),
        beat=Beat(
            "b1",
            "here",
            "",
            ("ada", "bob"),
            actions=(Action("ada", verb, "bob"),),
            props=("ball",) if verb in {"give", "throw"} else (),
            camera=Camera("full"),
        ),
        frame_count=int(seconds * RATE),
        rate=film.FrameRate(RATE),
        size=film.FrameSize(160, 90),
        seed=4,
        characters=(
            Character("ada", "Ada", look=Look(gender="woman")),
            Character("bob", "Bob", look=Look(gender="man", age=age)),  # type: ignore[arg-type]
        ),
        props=props if verb in {"give", "throw"} else (),
    )
    return rehearse(shot, cache=folder())


def palm(played: Rehearsal, name: str, hand: str) -> np.ndarray:
    hands = played.actors[name].performance.hands
    return np.asarray(hands[hand], np.float64)[:, :, 3]  # type: ignore[index]


@pytest.mark.parametrize("age", ["adult", "child"])
@pytest.mark.parametrize("verb", ["shake_hands", "high_five", "hold_hands", "waltz"])
def test_hands_that_join_are_within_five_centimetres(verb: str, age: str) -> None:
    played = together(verb, age)
    sides = [(a, b) for a in ("left", "right") for b in ("left", "right")]
    gaps = [
        np.linalg.norm(palm(played, "ada", a) - palm(played, "bob", b), axis=1) for a, b in sides
    ]
    assert min(gap.min() for gap in gaps) < NEAR_M


@pytest.mark.parametrize("age", ["adult", "child"])
@pytest.mark.parametrize("verb", ["hug", "kiss", "waltz", "tango", "shake_hands"])
def test_hands_end_where_the_other_body_is(verb: str, age: str) -> None:
    played = together(verb, age)
    wanted = touches(played.actors, played.people, played.times_s)
    middle = int(2.4 * RATE)
    reached = [
        np.linalg.norm(palm(played, name, touch.hand)[middle] - touch.points[middle])
        for name, own in wanted.items()
        for each in own.values()
        for touch in each
        if touch.start_s < 2.2 and touch.end_s > 2.6
    ]
    assert reached
    assert max(reached) < NEAR_M, reached


@pytest.mark.parametrize("verb", sorted(set(PAIRINGS) - {"hold_hands"}))
def test_two_who_do_something_together_face_each_other(verb: str) -> None:
    played = together(verb)
    ada, bob = (played.actors[name].part for name in ("ada", "bob"))
    at_s = 2.0
    way = bob.at(at_s) - ada.at(at_s)
    yaw = np.interp(at_s, ada.times_s, ada.yaws)
    assert np.array([np.sin(yaw), 0, np.cos(yaw)]) @ way / np.linalg.norm(way) > 0.9


def test_what_is_thrown_lands_in_the_hands_of_who_catches_it() -> None:
    played = together("throw")
    ball = played.motion.transforms[0, :, :, 3]
    away = np.linalg.norm(ball - palm(played, "bob", "right"), axis=1)
    other = np.linalg.norm(ball - palm(played, "bob", "left"), axis=1)
    assert min(away[-1], other[-1]) < 0.3
    start = np.linalg.norm(ball[0] - ball[-1])
    assert start > 2.0


def test_a_sword_in_the_screenplay_arms_both_who_fight() -> None:
    shot = together("fight").shot
    armed = film.Shot(
        setting=shot.setting,
        beat=Beat(
            "b1",
            "here",
            "",
            ("ada", "bob"),
            actions=(Action("ada", "fight", "bob"), Action("bob", "fight", "ada")),
            props=("sword",),
        ),
        frame_count=24,
        rate=shot.rate,
        size=shot.size,
        seed=4,
        characters=shot.characters,
        props=(Prop("sword", "sword", "here"),),
    )
    played = rehearse(armed, cache=folder())
    swords = [one for one in played.scene.placed if one.prop.kind == "sword"]
    assert {one.holder for one in swords} == {"ada", "bob"}


def test_who_sweeps_has_a_broom_and_who_drinks_a_glass() -> None:
    for verb, kind in (("sweep", "broom"), ("drink", "glass"), ("play_guitar", "guitar")):
        played = together(verb, seconds=1.0)
        assert kind in {one.prop.kind for one in played.scene.placed if one.holder == "ada"}

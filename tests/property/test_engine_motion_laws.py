"""What holds of every body in every action: whoever it is, however long, with any seed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from matinee.engine.stage.cast import Person, person
from matinee.engine.stage.motion import ACTIONS, DEEDS, Act, Handled, Path, Performance, perform
from matinee.film.screenplay import Look

LAWS = settings(
    max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
# Who glides has no steps to take, and who lies or tumbles none to keep.
WALKING = sorted(set(ACTIONS) - {action for action, deed in DEEDS.items() if deed.glides})


@some.composite
def people(draw: some.DrawFn) -> Person:
    look = Look(
        gender=draw(some.sampled_from(("woman", "man"))),
        age=draw(some.sampled_from(("child", "teen", "adult", "elder"))),
        build=draw(some.sampled_from(("slim", "average", "heavy"))),
        height=draw(some.sampled_from(("short", "average", "tall"))),
    )
    return person(look, seed=draw(some.integers(0, 3)), detail="far")


def clock(seconds: float, rate: int = 24) -> np.ndarray:
    return np.arange(int(seconds * rate)) / rate


def joint(who: Person, done: Performance, name: str) -> np.ndarray:
    return done.joints[:, who.skeleton.places[name]].astype(np.float64)


@LAWS
@given(people(), some.sampled_from(ACTIONS), some.integers(0, 99), some.floats(0.0, 1.0))
def test_nobody_goes_through_the_floor_or_bends_a_limb_the_wrong_way(
    who: Person, action: str, seed: int, start_s: float
) -> None:
    path = Path.standing(0.5, -0.2, 0.4)
    done = perform(who, [Act(action, start_s, 3.0)], path, clock(3.2), seed=seed)
    assert np.isfinite(done.bones).all()
    rest = who.skeleton.head("ball_l")[1]
    for side in "lr":
        assert joint(who, done, f"ball_{side}")[:, 1].min() > rest - 0.02
        for upper, middle, end in (("thigh", "calf", "foot"), ("upperarm", "lowerarm", "hand")):
            a, b, c = (joint(who, done, f"{name}_{side}") for name in (upper, middle, end))
            reach = np.linalg.norm(c - a, axis=1)
            whole = np.linalg.norm(b - a, axis=1) + np.linalg.norm(c - b, axis=1)
            assert (reach < whole * 1.001).all()
            assert (reach > whole * 0.13).all()


@LAWS
@given(people(), some.sampled_from(WALKING), some.floats(0.6, 1.6), some.integers(0, 99))
def test_a_planted_foot_slides_less_than_three_centimetres_a_step(
    who: Person, action: str, speed: float, seed: int
) -> None:
    points = np.array([[0.0, 0.0], [0.0, speed * 3.0]])
    path = Path(points, np.array([0.0, 3.0]), np.zeros(2))
    times = clock(3.0, 48)
    acts = [] if _keeps_the_feet(action) else [Act(action, 0.0, 3.0)]
    done = perform(who, acts, path, times, seed=seed)
    assert _slide_m(who, done) < 0.03, action


# In yoga feet are drawn up along a leg, and who falls has lost them.
ON_THE_SPOT = sorted(
    action
    for action in set(WALKING) - {"fall", "swim", "crawl", "yoga"}
    if action not in DEEDS or not (DEEDS[action].low or DEEDS[action].posture != "stand")
)


@LAWS
@given(people(), some.sampled_from(ON_THE_SPOT), some.floats(0.0, 0.8), some.integers(0, 99))
def test_a_foot_that_a_deed_sends_elsewhere_goes_there_through_the_air(
    who: Person, action: str, start_s: float, seed: int
) -> None:
    act = Act(action, start_s, 2.6, target=(0.0, 1.3, 3.0))
    done = perform(who, [act], Path.standing(0, 0, 0), clock(3.0), seed=seed)
    assert _slide_m(who, done) < 0.035, action


def _slide_m(who: Person, done: Performance) -> float:
    """How far a foot on the floor is from where it was set down, at most, in metres."""
    worst = 0.0
    for side in "lr":
        ball = joint(who, done, f"ball_{side}")
        standing = (ball[:, 1] < who.skeleton.head(f"ball_{side}")[1] + 0.003).astype(int)
        edges = np.flatnonzero(np.diff(np.concatenate([[0], standing, [0]])))
        for start, end in zip(edges[::2], edges[1::2], strict=True):
            gone = ball[start:end, [0, 2]] - ball[start, [0, 2]]
            worst = max(worst, float(np.linalg.norm(gone, axis=1).max()))
    return worst


def _keeps_the_feet(action: str) -> bool:
    """Whether an action tells the feet where to be, so that it is not done while walking."""
    deed = DEEDS.get(action)
    if deed is None:
        return action not in {"walk", "run", "talk", "listen", "wave", "point", "look", "sing"}
    keyed = {name.rsplit("_", 1)[0] for _, pose in deed.poses for name in pose}
    return deed.low or deed.posture != "stand" or bool(keyed & {"foot", "tread", "leg", "sole"})


HELD = sorted(
    action
    for action, deed in DEEDS.items()
    if any(tool.main is not None or tool.other is not None for tool in deed.tools)
)


@pytest.mark.parametrize(
    ("action", "age"),
    [(a, age) for a in HELD for age in ("child", "adult") if age == "adult" or not DEEDS[a].metric],
)
def test_hands_are_within_three_centimetres_of_where_they_hold_a_thing(
    action: str, age: str
) -> None:
    """The distance of each palm from the place of its grasp, in the frames of the act."""
    # Children are given small things.
    size = 0.7 if age == "child" else 1.0
    things = tuple(
        Handled(tool.kind.split("|")[0], tuple(size * side for side in tool.half))  # type: ignore[arg-type]
        for tool in DEEDS[action].tools
    )
    who = person(Look(age=age, gender="woman"), seed=4, detail="far")  # type: ignore[arg-type]
    act = Act(action, 0.0, 2.5, hand="right", things=things)
    done = perform(who, [act], Path.standing(0, 0, 0), clock(2.5, 12), seed=7)
    for tool, hold in zip(DEEDS[action].tools, done.holds, strict=True):
        for hand, held in (("right", tool.main), ("left", tool.other)):
            if held is None:
                continue
            place = np.asarray(hold.transforms, np.float64)
            palm = np.asarray(done.hands[hand], np.float64)[:, :, 3]  # type: ignore[index]
            local = np.einsum("nji,nj->ni", place[:, :, :3], palm - place[:, :, 3])
            local[:, 2] -= held.off_m
            spots = np.array([spot for _, spot in held.keys]) * np.array(tool.half) * size
            # The hand slides between its keys: it is near the way from one to the next.
            away = np.min([_from_way(local, a, b) for a in spots for b in spots], axis=0)
            assert np.quantile(away, 0.9) < 0.03, (hand, away.max())


def _from_way(points: np.ndarray, first: np.ndarray, last: np.ndarray) -> np.ndarray:
    way = last - first
    share = np.clip((points - first) @ way / max(float(way @ way), 1e-9), 0, 1)
    return np.asarray(np.linalg.norm(points - first - share[:, None] * way, axis=1))


@LAWS
@given(people(), some.sampled_from(ACTIONS), some.integers(0, 99))
def test_the_same_seed_moves_alike_and_another_one_never_does(
    who: Person, action: str, seed: int
) -> None:
    def moved(with_seed: int) -> np.ndarray:
        path = Path.standing(0, 0, 0)
        return perform(who, [Act(action, 0.0, 1.5)], path, clock(1.5), seed=with_seed).joints

    assert np.array_equal(moved(seed), moved(seed))
    assert np.abs(moved(seed) - moved(seed + 1)).max() > 0.01


@LAWS
@given(people(), some.sampled_from(ACTIONS), some.integers(0, 99))
def test_no_hand_goes_into_the_own_trunk(who: Person, action: str, seed: int) -> None:
    done = perform(who, [Act(action, 0.0, 3.0)], Path.standing(0, 0, 0), clock(3.0), seed=seed)
    low, high = joint(who, done, "spine_01"), joint(who, done, "spine_03")
    wide = float(who.skeleton.head("upperarm_l")[0])
    for side in "lr":
        way = high - low
        palm = joint(who, done, f"hand_{side}")
        share = np.clip(((palm - low) * way).sum(1) / (way * way).sum(1), 0, 1)
        away = np.linalg.norm(palm - low - share[:, None] * way, axis=1)
        assert np.quantile(away, 0.05) > 0.38 * wide, (action, away.min())

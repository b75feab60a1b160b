import time
from itertools import pairwise

import numpy as np
import pytest

from matinee.engine.stage.cast import Person, person
from matinee.engine.stage.motion import ACTIONS, Act, Path, Performance, perform
from matinee.film.screenplay import Garment, Look

WALK_S = 5.0


def somebody(**look: str) -> Person:
    garments = (Garment("t_shirt"), Garment("jeans"), Garment("sneakers"))
    return person(Look(garments=garments, **look), seed=5, detail="far")  # type: ignore[arg-type]


def clock(seconds: float, rate: int = 24) -> np.ndarray:
    return np.arange(int(seconds * rate)) / rate


def a_walk(speed_m_s: float = 1.25) -> Path:
    far = speed_m_s * (WALK_S - 1.5)
    points = np.array([[0.0, 0.0], [0.0, 0.0], [0.0, far], [0.0, far]])
    return Path(points, np.array([0.0, 0.5, WALK_S - 1.0, WALK_S]), np.zeros(4))


def joint(who: Person, performance: Performance, name: str) -> np.ndarray:
    return performance.joints[:, who.skeleton.places[name]].astype(np.float64)


def lowest_foot(who: Person, performance: Performance) -> float:
    """How far any point of the feet sinks below where it is when they stand flat."""
    heights = [
        joint(who, performance, name)[:, 1].min() - who.skeleton.head(name)[1]
        for name in ("ball_l", "ball_r")
    ]
    return float(min(heights))


@pytest.mark.parametrize("action", ACTIONS)
def test_every_action_keeps_bones_whole_and_feet_above_the_floor(action: str) -> None:
    who = somebody(gender="woman")
    times = clock(3.0)
    act = Act(action, 0.3, 2.9, target=(0.3, 0.5, 0.8))
    done = perform(who, [act], Path.standing(0.0, 0.0, 0.0), times, seed=3)
    assert done.bones.shape == (len(times), len(who.skeleton.names), 3, 4)
    assert np.isfinite(done.bones).all()
    turns = done.bones[:, :, :, :3].astype(np.float64)
    assert np.allclose(turns @ np.swapaxes(turns, -1, -2), np.eye(3), atol=1e-4)
    assert np.linalg.det(turns).min() > 0.99
    assert lowest_foot(who, done) > -0.02


@pytest.mark.parametrize("action", ACTIONS)
def test_nobody_leaves_the_place_where_the_path_puts_them(action: str) -> None:
    who = somebody(gender="man")
    done = perform(who, [Act(action, 0.2, 2.8)], Path.standing(2.0, -1.0, 0.7), clock(3.0), seed=8)
    pelvis = joint(who, done, "pelvis")
    assert np.hypot(pelvis[:, 0] - 2.0, pelvis[:, 2] + 1.0).max() < 0.75


@pytest.mark.parametrize("speed", [0.7, 1.25, 1.7])
def test_a_planted_foot_does_not_slide(speed: float) -> None:
    who = somebody(gender="woman")
    times = clock(WALK_S, 60)
    done = perform(who, [], a_walk(speed), times, seed=2)
    for foot in ("l", "r"):
        ball = joint(who, done, f"ball_{foot}")
        standing = ball[:, 1] < who.skeleton.head(f"ball_{foot}")[1] + 0.004
        moves = np.linalg.norm(np.diff(ball[:, [0, 2]], axis=0), axis=1)
        still = standing[:-1] & standing[1:]
        assert still.mean() > 0.3
        # From step to step of a planted stretch, not from frame to frame.
        edges = np.flatnonzero(np.diff(np.concatenate([[0], still.astype(int), [0]])))
        for start, end in zip(edges[::2], edges[1::2], strict=True):
            assert moves[start:end].sum() < 0.03, (foot, start, end)


def test_walking_makes_a_footfall_with_every_step_left_and_right_in_turn() -> None:
    done = perform(somebody(), [], a_walk(), clock(WALK_S), seed=4)
    feet = [fall.foot for fall in done.contacts]
    assert 6 <= len(feet) <= 14
    assert all(a != b for a, b in pairwise(feet))
    assert all(0 < fall.strength <= 1 for fall in done.contacts)
    assert all(abs(fall.position[1]) < 0.01 for fall in done.contacts)


def test_a_run_has_moments_in_the_air_and_harder_footfalls_than_a_walk() -> None:
    who = somebody(gender="man")
    times = clock(WALK_S, 60)
    run = perform(who, [], a_walk(3.4), times, seed=4)
    walk = perform(who, [], a_walk(1.2), times, seed=4)
    free = np.ones(len(times), bool)
    for foot in ("l", "r"):
        free &= joint(who, run, f"ball_{foot}")[:, 1] > who.skeleton.head("ball_l")[1] + 0.02
    assert free.any()
    assert np.mean([f.strength for f in run.contacts]) > np.mean(
        [f.strength for f in walk.contacts]
    )


@pytest.mark.parametrize(
    "target", [(0.15, 0.05, 0.45), (-0.25, 0.75, 0.45), (0.1, 1.1, 0.5), (-0.35, 0.4, 0.35)]
)
def test_a_hand_reaches_what_it_picks_up(target: tuple[float, float, float]) -> None:
    who = somebody(gender="woman")
    times = clock(3.0, 48)
    done = perform(
        who, [Act("pick_up", 0.0, 3.0, target=target)], Path.standing(0, 0, 0), times, seed=6
    )
    grab = next(event for event in done.events if event.kind == "grab")
    assert np.linalg.norm(np.array(grab.position) - target) < 0.16


def test_a_pointing_arm_points_at_its_target() -> None:
    who = somebody(gender="man")
    target = np.array([2.5, 1.6, 2.0])
    done = perform(
        who,
        [Act("point", 0.0, 3.0, target=tuple(target))],
        Path.standing(0, 0, 0),
        clock(3),
        seed=1,
    )
    shoulder, hand = joint(who, done, "upperarm_l")[40], joint(who, done, "hand_l")[40]
    along = (hand - shoulder) / np.linalg.norm(hand - shoulder)
    aim = (target - shoulder) / np.linalg.norm(target - shoulder)
    assert along @ aim > 0.97


def test_a_throw_says_when_and_how_fast_it_lets_go() -> None:
    done = perform(somebody(), [Act("throw", 0.5, 2.5)], Path.standing(0, 0, 0), clock(3), seed=1)
    release = next(event for event in done.events if event.kind == "release")
    assert 0.9 < release.time_s < 2.4
    assert release.velocity[2] > 1.0
    assert release.position[1] > 1.0


def test_somebody_who_falls_ends_on_the_ground_and_stays_there() -> None:
    for seed in range(6):
        who = somebody(gender="woman")
        done = perform(who, [Act("fall", 0.5, 3.0)], Path.standing(0, 0, 0), clock(4), seed=seed)
        assert joint(who, done, "pelvis")[-1, 1] < 0.45
        assert joint(who, done, "head")[-1, 1] < 0.5
        assert joint(who, done, "head")[-1, 1] > 0.02


def test_somebody_who_sits_has_the_pelvis_just_above_the_seat() -> None:
    who = somebody(gender="man")
    act = Act("sit", 0.0, 2.0, target=(0.0, 0.5, 0.0))
    done = perform(who, [act], Path.standing(0, 0, 0), clock(2), seed=1)
    assert 0.5 < joint(who, done, "pelvis")[:, 1].mean() < 0.68


def test_elbows_and_knees_never_bend_backwards() -> None:
    who = somebody()
    for action in ACTIONS:
        done = perform(who, [Act(action, 0.0, 2.0)], Path.standing(0, 0, 0), clock(2), seed=9)
        for upper, middle, end in (("thigh", "calf", "foot"), ("upperarm", "lowerarm", "hand")):
            for side in ("l", "r"):
                a, b, c = (joint(who, done, f"{name}_{side}") for name in (upper, middle, end))
                reach = np.linalg.norm(c - a, axis=1)
                whole = np.linalg.norm(b - a, axis=1) + np.linalg.norm(c - b, axis=1)
                assert (reach < whole * 1.001).all()
                assert (reach > whole * 0.19).all()


def test_the_same_seed_moves_alike_and_two_seeds_do_not() -> None:
    who = somebody()
    acts = [Act("talk", 0.0, 3.0)]
    path = Path.standing(0, 0, 0)
    first = perform(who, acts, path, clock(3), seed=1)
    again = perform(who, acts, path, clock(3), seed=1)
    other = perform(who, acts, path, clock(3), seed=2)
    assert np.array_equal(first.bones, again.bones)
    assert np.abs(first.joints - other.joints).max() > 0.05


def test_the_head_turns_to_what_is_looked_at() -> None:
    who = somebody()
    place = who.skeleton.places["head"]
    path = Path.standing(0, 0, 0)
    target = (3.0, 1.5, 1.5)
    done = perform(who, [Act("look", 0.0, 3.0, target=target)], path, clock(3), seed=1)
    ahead = done.bones[-1, place, :, 2]
    assert ahead[0] > 0.5
    assert np.abs(done.gaze).max() < 0.6


def test_a_shot_of_240_frames_is_posed_in_a_fraction_of_a_second() -> None:
    who = somebody()
    start = time.process_time()
    perform(who, [Act("dance", 0.0, 10.0)], Path.standing(0, 0, 0), clock(10), seed=1)
    assert time.process_time() - start < 1.0


def test_one_frame_is_enough_to_pose_somebody() -> None:
    done = perform(somebody(), [Act("wave", 0, 2)], Path.standing(0, 0, 0), np.array([1.0]), seed=1)
    assert np.isfinite(done.bones).all()

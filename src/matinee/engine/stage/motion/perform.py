"""Perform: blend all clips over a living base, place the feet, solve the bones."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from matinee.engine.stage.ragdoll import tumbled
from matinee.engine.stage.skeleton import about_y, turned

from .acts import Happening, Hold, Performance
from .clips import DEEDS, SAME, clip_of
from .controls import SPANS, WEIGHTS, Moves, at_rest, blend, smooth
from .frame import OUT, SIDES, Build, build_of
from .gait import PLAIN, STYLES, Gait, Stance, plan, stance, track
from .moment import Carried, Gesture, Moment, mix
from .solve import Pose, Solver, mixed
from .stepping import stepped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import numpy.typing as npt

    from matinee.engine.stage.cast import Person

    from .acts import Act, Hand, Path

Floats: TypeAlias = "npt.NDArray[np.float64]"

SIDE_NAMES: dict[str, Hand] = {"l": "left", "r": "right"}
FADE_S = 0.38
POSTURES = ("sit", "kneel", "floor", "fall", "crawl", "sneak", "sleep", "swim")
# These set the whole time course themselves; fading them in would undo their timing.
WHOLE = ("fall", "throw", "jump", "kick", "pick_up")
# Whoever has fallen stays down.
STAYING = ("fall", "faint")
FALLING, RISING = ("fall",), ("get_up", "kneel", "sit", "walk", "run", "stand_up", "jump")
STUMBLE_S, RISING_S = 0.42, 0.8
"""How long somebody who falls still holds themselves, and how long they take to find their feet."""
LYING = ("sleep", "fall", "swim", "crawl")
MOVING = 0.05
"""From which share of walking on the feet are the gait's."""
SETTLED = ("sit", "kneel", "floor")
LOWEST_M = (
    *((f"ball_{side}", 0.018) for side in SIDES),
    *((f"calf_{side}", 0.045) for side in SIDES),
    *((f"hand_{side}", 0.02) for side in SIDES),
    ("head", 0.09),
    ("pelvis", 0.08),
)
"""How near to the floor joints can come, for somebody of average size: flesh is around them."""
LEGS = ("pelvis", "tilt", "foot_", "sole_", "knee_", "tread", "leg_", "free_")
LOOK_AT_TARGET = ("look", "point", "pick_up", "throw", "give", "present", "talk", "listen", "wave")
MANNERS = {
    # manner: tempo, size
    "slowly": (0.75, 0.85),
    "calmly": (0.85, 0.8),
    "gently": (0.85, 0.75),
    "sadly": (0.75, 0.65),
    "nervously": (1.25, 0.8),
    "quickly": (1.3, 1.05),
    "happily": (1.1, 1.15),
    "excitedly": (1.25, 1.3),
    "angrily": (1.2, 1.25),
    "wildly": (1.25, 1.45),
    "angry": (1.2, 1.25),
    "sad": (0.75, 0.65),
    "happy": (1.1, 1.15),
    "excited": (1.25, 1.3),
    "afraid": (1.2, 0.8),
    "calm": (0.85, 0.8),
    "tender": (0.85, 0.75),
    "playful": (1.15, 1.2),
    "serious": (0.9, 0.8),
}


@dataclass(frozen=True, eq=False)
class _Shot:
    """What everything in one performance shares: where the body stands (n, 3), facing (n,).

    lying and settled (n,) 0..1 say when somebody is down, or sits or kneels: then nothing else
    moves their trunk or their legs.
    """

    build: Build
    times: Floats
    root: Floats
    yaw: Floats
    seed: int
    lying: Floats
    settled: Floats


def perform(
    person: Person, acts: Sequence[Act], path: Path, times_s: npt.ArrayLike, *, seed: int
) -> Performance:
    """Move a person along a path, doing all acts, at rising times (n,) seconds.

    Acts may overlap; a later one in the list wins where both move the same part. Two people, or
    one with two seeds, never move alike: tempo, size, leading hand and phase are drawn from `seed`.
    """
    times = np.asarray(times_s, np.float64)
    build = build_of(person.skeleton)
    rng = np.random.default_rng([seed, 0x6D6F76])
    way = track(path, times)
    root, yaw = way.at(times)
    lying, settled = _held(acts, times, LYING), _held(acts, times, SETTLED)
    shot = _Shot(build, times, root, yaw, seed, lying, settled)
    manner = next((STYLES[act.action] for act in acts if act.action in STYLES), PLAIN)
    gait = plan(build, way, times, rng, borne=_spans_of(acts, _glides), style=manner)
    controls = at_rest(len(times))
    life = _life(times, rng)
    blend(controls, life.moves, np.ones(len(times)))
    blend(controls, life.adds, np.ones(len(times)), add=True)
    _stride(controls, gait, rng)
    cues: list[tuple[str, float, str]] = []
    carried: list[tuple[Act, Carried]] = []
    for index, act in enumerate(acts):
        gesture, own = _act(controls, act, index, shot)
        cues += own
        carried += [(act, one) for one in gesture.carried]
    for act in acts:
        _meet(controls, act, times)
    offsets = dict(zip(SIDES, _offsets(controls, gait, shot, acts), strict=True))
    stances = {
        side: stance(
            build,
            gait,
            side,
            times,
            offset=offsets[side],
            sole=controls[:, _span(f"sole_{side}")],
            facing=yaw,
        )
        for side in SIDES
    }
    target, wander = _gaze(controls, acts, shot, person.eye_height_m, rng)
    pose = _solved(shot, controls, stances, target, wander)
    for act in acts:
        pose = _let_go(pose, act, acts, shot)
    hands = {SIDE_NAMES[side]: _palm(build, pose, side) for side in SIDES}
    return Performance(
        bones=_skinning(person, pose),
        joints=pose.joints.astype(np.float32),
        contacts=gait.footfalls,
        hands=hands,
        events=_happenings(cues, times, hands),
        gaze=pose.gaze.astype(np.float32),
        holds=tuple(_held_by(build, pose, act, one) for act, one in carried),
    )


def _offsets(
    controls: Floats, gait: Gait, shot: _Shot, acts: Sequence[Act]
) -> tuple[Floats, Floats]:
    """How far the feet are from where the gait puts them, (n, 3) metres: steps, not slides."""
    first, second = (controls[:, _span(f"foot_{side}")] * shot.build.scale for side in SIDES)
    if _spans_of(acts, _glides):
        return first, second
    loose = gait.moving > MOVING
    for weight in ("free", "treading"):
        loose |= np.any(
            [controls[:, _span(f"{weight}_{side}")][:, 0] > 0 for side in SIDES], axis=0
        )
    return stepped((first, second), loose, shot.times)


def _let_go(pose: Pose, act: Act, acts: Sequence[Act], shot: _Shot) -> Pose:
    """Let a body fall by itself after the first stumble, until it gets up again."""
    if _known(act.action) not in FALLING:
        return pose
    times, start_s = shot.times, act.start_s + STUMBLE_S
    if not times[0] < start_s < times[-1]:
        return pose
    digest = hashlib.sha256(f"{shot.seed}/{act.start_s:.3f}/fall".encode()).digest()
    rng = np.random.default_rng(int.from_bytes(digest[:8], "little"))
    first = int(np.searchsorted(times, start_s))
    # Who stumbles goes where the chest already leans, and never exactly there.
    lean = pose.turns[first, shot.build.skeleton.places["spine_03"]][:, 1] * [1, 0, 1]
    push = lean * 2.4 + rng.normal(0, 0.35, 3) * [1, 0, 1]
    turns, joints = tumbled(
        shot.build.skeleton,
        pose.turns,
        pose.joints,
        times,
        start_s=start_s,
        floor_m=float(shot.root[first, 1]),
        push=push,
    )
    later = [one.start_s for one in acts if one.start_s > start_s and _known(one.action) in RISING]
    up_s = min(later, default=float("inf"))
    weight = smooth((times - start_s) / 0.12) * (1 - smooth((times - up_s) / RISING_S))
    count, bones = pose.turns.shape[:2]
    share = np.repeat(weight, bones)
    flat = (count * bones, 3, 3)
    mixture = mixed(pose.turns.reshape(flat), turns.reshape(flat), share)
    skeleton = shot.build.skeleton
    blended = mixture.reshape(pose.turns.shape)
    places = pose.joints + weight[:, None, None] * (joints - pose.joints)
    for index in range(1, bones):
        parent = skeleton.parents[index]
        if skeleton.names[index] != "pelvis":
            gap = np.asarray(skeleton.heads[index] - skeleton.heads[parent], np.float64)
            places[:, index] = places[:, parent] + turned(blended[:, parent], gap)
    return Pose(blended, places, pose.gaze)


def _glides(action: str) -> bool:
    """Whether something else than the feet carries the body along."""
    return action in DEEDS and DEEDS[action].glides


def _known(action: str) -> str:
    """Return the action that a word means."""
    return SAME.get(action, action)


def _posture(action: str) -> str:
    """Return the posture that an action is done in; its own name when it is one."""
    known = _known(action)
    if known not in DEEDS:
        return known
    return LYING[0] if DEEDS[known].low else DEEDS[known].posture


def _lasts(action: str) -> bool:
    """Whether an action is a state of the body, which is there when the shot begins."""
    known = _known(action)
    again = known in DEEDS and not DEEDS[known].once
    return _posture(known) in POSTURES or again


def _there_at_once(action: str) -> bool:
    """Whether an action that begins with the shot is seen as having begun before it."""
    deed = DEEDS.get(_known(action))
    if deed is not None and (deed.under_way or deed.tools):
        return True
    return _lasts(action) and not _whole(action)


def _whole(action: str) -> bool:
    """Whether an action sets its whole course by itself."""
    known = _known(action)
    return known in WHOLE or (known in DEEDS and DEEDS[known].whole)


def _spans_of(acts: Sequence[Act], chosen: Callable[[str], bool]) -> list[tuple[float, float]]:
    return [(act.start_s, act.end_s) for act in acts if chosen(_known(act.action))]


def _meet(controls: Floats, act: Act, times: Floats) -> None:
    """Send the hands to what they shall touch."""
    for touch in act.touches:
        side = "l" if touch.hand == "left" else "r"
        ease = max(touch.ease_s, 1e-3)
        weight = smooth((times - touch.start_s) / ease + 1) * (
            1 - smooth((times - touch.end_s) / ease)
        )
        moves: dict[str, Floats] = {
            f"reach_{side}": np.asarray(touch.points, np.float64),
            f"reaching_{side}": np.ones((1, 1)),
            f"palm_{side}": np.ones((1, 1)),
            "strain": np.ones((1, 1)),
        }
        if touch.thumbs is not None:
            moves[f"rod_{side}"] = np.asarray(touch.thumbs, np.float64)
            moves[f"gripping_{side}"] = np.ones((1, 1))
        for _, group in _grouped(moves):
            blend(controls, group, weight)


def _held_by(build: Build, pose: Pose, act: Act, thing: Carried) -> Hold:
    """Return where a carried thing is in the world."""
    index = build.skeleton.places[thing.bone]
    turns = pose.turns[:, index]
    local = np.stack([np.cross(thing.up, thing.front), thing.up, thing.front], -1)
    middle = pose.joints[:, index] + turned(turns, thing.middle)
    frames = np.concatenate([turns @ local, middle[..., None]], -1)
    grounded = thing.bone == "Root"
    return Hold(thing.kind, act.start_s, act.end_s, frames.astype(np.float32), grounded)


def _span(name: str) -> slice:
    return SPANS[name]


def _life(times: Floats, rng: np.random.Generator) -> Gesture:
    """Return what nobody can help: breath, shifting weight, hands that never quite rest."""
    breath = np.sin(2 * np.pi * float(rng.uniform(0.22, 0.3)) * times + float(rng.uniform(0, 6)))
    slow = float(rng.uniform(0.06, 0.1))
    phase = float(rng.uniform(0, 2 * np.pi))
    shift = np.sin(2 * np.pi * slow * times + phase + 0.7 * np.sin(0.5 * times + phase))
    bias = float(rng.choice([-1, 1])) * 0.5
    lean = 0.022 * (shift + bias)

    def drift(count: int, size: float) -> Floats:
        waves = rng.uniform(0.05, 0.32, (4, count))
        phases = rng.uniform(0, 2 * np.pi, (4, count))
        angles = 2 * np.pi * waves * times[:, None, None] + phases
        return np.asarray(np.sin(angles).sum(1) / 2 * size)

    adds: dict[str, Floats] = {
        "pelvis": mix(lean, -0.006 * np.abs(shift + bias), 0.004 * breath),
        "tilt": mix(0, 0.02 * shift, 0.9 * lean),
        "spine": mix(-0.010 * breath, 0.015 * shift, -1.5 * lean) + drift(3, 0.008),
        "head": drift(3, 0.018) + mix(0.01 * breath, 0, 0.6 * lean),
    }
    for side in SIDES:
        adds[f"shrug_{side}"] = (0.018 * breath)[:, None]
        adds[f"hand_{side}"] = drift(3, 0.012) + rng.normal(0, 0.018, 3)
        adds[f"fingers_{side}"] = drift(5, 0.03) + rng.normal(0, 0.04, 5)
        adds[f"wrist_{side}"] = drift(3, 0.04) + rng.normal(0, 0.06, 3) * [1, 1, 0.3]
    moves: Moves = {"gaze": np.full(len(times), 0.0)}
    return Gesture(moves, adds)


def _stride(controls: Floats, gait: Gait, rng: np.random.Generator) -> None:
    """Add what walking and running do to the body above the legs."""
    swing, turn = np.cos(np.pi * gait.phase), np.sin(np.pi * gait.phase)
    double = np.cos(2 * np.pi * gait.phase)
    run = gait.running
    brisk = np.clip(gait.speed / 1.3, 0, 1.4)
    loose = float(rng.uniform(0.85, 1.2))
    late = np.cos(np.pi * (gait.phase - 0.12))
    flight = -np.cos(2 * np.pi * (gait.phase - 0.3))
    hop = gait.style.bounce * np.abs(np.sin(np.pi * (gait.phase - 0.1)))
    adds: Moves = {
        "pelvis": mix(
            0.022 * turn * (1 - 0.6 * run),
            -0.010 - 0.018 * brisk * double * (1 - run) + run * (0.036 * flight - 0.03) + hop,
            0.02 * brisk,
        ),
        "tilt": mix(
            0.035 * brisk + 0.10 * run, -0.10 * swing * np.clip(brisk, 0, 1), -0.035 * turn
        ),
        "spine": mix(0.02 * brisk + 0.07 * run, 0.20 * late * np.clip(brisk, 0, 1), 0.045 * turn),
        "head": mix(-0.03 * brisk - 0.1 * run, -0.10 * late * np.clip(brisk, 0, 1), -0.01 * turn),
    }
    blend(controls, adds, gait.moving, add=True)
    for side in SIDES:
        forward = -OUT[side] * late * loose
        ahead = 0.30 * brisk * forward * gait.style.swing
        walking = mix(
            0.13, -0.93 + 0.10 * np.clip(ahead, 0, 1), 0.10 + ahead + 0.05 * np.clip(forward, 0, 1)
        )
        running = mix(0.16 - 0.08 * forward, -0.58 + 0.20 * forward, 0.22 + 0.36 * forward)
        hand = walking + run[:, None] * (running - walking)
        blend(
            controls,
            {
                f"hand_{side}": hand,
                f"fingers_{side}": mix(0.2, 0.16, 0.2, 0.24, 0.28) + 0.35 * run[:, None],
            },
            gait.moving,
        )


def _act(
    controls: Floats, act: Act, index: int, shot: _Shot
) -> tuple[Gesture, list[tuple[str, float, str]]]:
    """Blend one act into the controls; return it and its cues as kind, time and side."""
    clip = clip_of(act.action)
    if clip is None:
        return Gesture(), []
    digest = hashlib.sha256(f"{shot.seed}/{index}/{act.action}".encode()).digest()
    rng = np.random.default_rng(int.from_bytes(digest[:8], "little"))
    tempo, size = MANNERS.get(act.manner, (1.0, 1.0))
    # People are consistent: handedness is theirs, not the act's.
    right = np.random.default_rng([shot.seed, 7]).random() < 0.8
    side = {"left": "l", "right": "r"}.get(act.hand, "r" if right else "l")
    moment = Moment(
        t=shot.times - act.start_s,
        length_s=max(act.end_s - act.start_s, 0.05),
        side=side,
        other="l" if side == "r" else "r",
        tempo=tempo * float(rng.uniform(0.92, 1.1)),
        size=size * act.intensity * float(rng.uniform(0.9, 1.12)),
        rng=rng,
        build=shot.build,
        root=shot.root,
        yaw=shot.yaw,
        target=None if act.target is None else np.asarray(act.target, np.float64),
        things=act.things,
    )
    gesture = clip(moment)
    weight = fade(act, shot.times)
    for moves, add in ((gesture.moves, False), (gesture.adds, True)):
        for name, group in _grouped(moves):
            blend(controls, group, weight * _free(name, act, shot), add=add)
    return gesture, [(cue.kind, act.start_s + cue.after_s, cue.side) for cue in gesture.cues]


def _grouped(moves: Moves) -> Iterator[tuple[str, Moves]]:
    """Give every column of a gesture, a place always with the weight that belongs to it."""
    paired = {
        f"{WEIGHTS[part]}_{side}"
        for part, side in (name.rsplit("_", 1) for name in moves if "_" in name)
        if part in WEIGHTS
    }
    for name, value in moves.items():
        part, _, side = name.rpartition("_")
        weight = f"{WEIGHTS[part]}_{side}" if part in WEIGHTS else ""
        if weight in moves:
            yield name, {name: value, weight: moves[weight]}
        elif name not in paired:
            yield name, {name: value}


def _held(acts: Sequence[Act], times: Floats, actions: Sequence[str]) -> Floats:
    """Return how much any of `actions` is being done, (n,) 0..1."""
    held = np.zeros(len(times))
    for act in acts:
        if _posture(act.action) in actions:
            held = np.maximum(held, fade(act, times))
    return held


def _free(name: str, act: Act, shot: _Shot) -> Floats | float:
    """Return how free a part of the body is for an act, when somebody lies or sits."""
    action = _posture(act.action)
    if action in LYING:
        return 1.0
    free: Floats | float = 1.0
    if name.startswith((*LEGS, "spine", "head", "strain", "reaching")):
        free = 1 - shot.lying
    if action not in SETTLED and name.startswith(LEGS):
        free = free * (1 - shot.settled)
    return free


def fade(act: Act, times: Floats) -> Floats:
    """Return how much an act is felt, (n,) 0..1.

    An act that begins with the shot is already under way, and one that ends with it goes on.
    """
    long = 0.7 if _lasts(act.action) and _posture(act.action) != "stand" else FADE_S
    ramp = min(long, max((act.end_s - act.start_s) / 3, 0.08))
    begun = _there_at_once(act.action) and act.start_s <= float(times[0]) + 0.02
    rise = np.ones(len(times)) if begun else smooth((times - act.start_s) / ramp)
    held = act.end_s >= float(times[-1]) - 0.02 or _known(act.action) in STAYING
    return rise if held else rise * (1 - smooth((times - act.end_s + ramp * 0.5) / ramp))


def _gaze(
    controls: Floats, acts: Sequence[Act], shot: _Shot, eye_m: float, rng: np.random.Generator
) -> tuple[Floats, Floats]:
    """Return where the eyes aim, (n, 3), and their small wanderings (n, 2); set the gaze handle."""
    times = shot.times
    target = shot.root + turned(about_y(shot.yaw), [0.0, 0.0, 4.0]) + np.array([0.0, eye_m, 0.0])
    weight = np.zeros(len(times))
    for act in acts:
        if act.target is None or act.action not in LOOK_AT_TARGET:
            continue
        share = fade(act, times)
        weight = np.maximum(weight, share)
        target += share[:, None] * (np.asarray(act.target, np.float64) - target)
    span = _span("gaze")
    controls[:, span] = np.maximum(controls[:, span], weight[:, None])
    # Saccades: the eyes jump, rest for one to three seconds and jump again.
    jumps = np.cumsum(rng.uniform(0.5, 2.6, int(times[-1] - times[0]) * 2 + 6)) + times[0]
    at = np.searchsorted(jumps, times)
    spots = rng.normal(0, 1, (len(jumps) + 1, 2)) * [0.055, 0.028]
    quiet = np.where(rng.random(len(jumps) + 1) < 0.45, 0.25, 1.0)
    wander = (spots * quiet[:, None])[at] * (1 - 0.55 * weight)[:, None]
    return target, wander


def _solved(
    shot: _Shot, controls: Floats, stances: dict[str, Stance], target: Floats, wander: Floats
) -> Pose:
    solver = Solver(shot.build, controls, shot.root, shot.yaw)
    solver.strain()
    stances = solver.tread(solver.heels(dict(stances)), shot.yaw)
    sink = solver.drop(stances)
    if len(sink) > 1:
        sink = _eased(np.clip(sink, -0.02, None))
    sink = np.clip(sink, 0, None)
    pose = _placed(solver, stances, sink, target, wander)
    for _ in range(4):
        risen = _eased(_below(pose, shot))
        if risen.max() < 3e-3:
            break
        # A limb that could not reach where it should ends under the floor: lift the whole body.
        solver.stretch[:, 1] += risen
        pose = _placed(solver, stances, sink, target, wander)
    return pose


def _placed(
    solver: Solver, stances: dict[str, Stance], sink: Floats, target: Floats, wander: Floats
) -> Pose:
    solver.trunk(sink)
    solver.look(target, wander)
    for side in SIDES:
        solver.arm(side)
        solver.leg(side, stances[side])
    return solver.pose()


def _below(pose: Pose, shot: _Shot) -> Floats:
    """Return how far feet, knees, hands or head are under the floor, (n,) metres."""
    places = shot.build.skeleton.places
    depth = np.zeros(len(shot.times))
    for name, least in LOWEST_M:
        height = pose.joints[:, places[name], 1] - shot.root[:, 1]
        depth = np.maximum(depth, least * shot.build.scale - height)
    return depth


def _eased(values: Floats) -> Floats:
    """Round a curve off without ever going below it where it matters."""
    widest = np.maximum.reduce([np.roll(np.pad(values, 3, mode="edge"), k) for k in range(-2, 3)])
    kernel = np.array([1.0, 2.0, 3.0, 2.0, 1.0]) / 9
    return np.asarray(np.maximum(np.convolve(widest, kernel, mode="same")[3:-3], values))


def _skinning(person: Person, pose: Pose) -> npt.NDArray[np.float32]:
    rest = person.skeleton.heads.astype(np.float64)
    shift = pose.joints - turned(pose.turns, rest[None])
    return np.concatenate([pose.turns, shift[..., None]], -1).astype(np.float32)


def _palm(build: Build, pose: Pose, side: str) -> npt.NDArray[np.float32]:
    """Return the world frame of a palm: columns thumb side, fingers, out of the palm, origin."""
    index = build.skeleton.places[f"hand_{side}"]
    hand = build.hands[side]
    turns = pose.turns[:, index]
    fingers, thumb = turned(turns, hand.rest[:, 0]), turned(turns, hand.rest[:, 1])
    palm = np.cross(thumb, fingers) * (1 if side == "l" else -1) * -1
    at = pose.joints[:, index] + turned(turns, hand.palm_m)
    return np.stack([thumb, fingers, palm, at], -1).astype(np.float32)


def _happenings(
    cues: Sequence[tuple[str, float, str]],
    times: Floats,
    hands: dict[Hand, npt.NDArray[np.float32]],
) -> tuple[Happening, ...]:
    events = []
    for kind, when, side in sorted(cues, key=lambda cue: cue[1]):
        if not times[0] <= when <= times[-1]:
            continue
        palm = hands[SIDE_NAMES[side]][:, :, 3].astype(np.float64)
        speed = np.gradient(palm, times, axis=0) if len(times) > 1 else np.zeros_like(palm)
        place = tuple(float(np.interp(when, times, palm[:, k])) for k in range(3))
        velocity = tuple(float(np.interp(when, times, speed[:, k])) for k in range(3))
        events.append(
            Happening(
                kind,
                float(when),
                (place[0], place[1], place[2]),
                (velocity[0], velocity[1], velocity[2]),
                SIDE_NAMES[side],
            )
        )
    return tuple(events)


__all__ = ["fade", "perform"]

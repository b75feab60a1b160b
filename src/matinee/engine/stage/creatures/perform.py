"""Perform: an animal moves along its path and does its acts, for all frames at once.

path ▶ steps ▶ controls of trunk, neck, tail ▶ forward kinematics ▶ legs to their paws by inverse
kinematics ▶ `Performance`, the same that people give.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from matinee.engine.stage.face import SOUNDS
from matinee.engine.stage.motion.acts import Act, Happening, Performance
from matinee.engine.stage.motion.controls import smooth
from matinee.engine.stage.motion.gait import track
from matinee.engine.stage.motion.perform import MANNERS, fade
from matinee.engine.stage.skeleton import about_y, turned

from . import flight, undulation
from .acts import PLAYED, act_of
from .feats import leap_of
from .poses import CONTROLS, Span
from .solver import Solver
from .steps import aside, plan_steps

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from matinee.engine.stage.motion.acts import Path

    from .anatomy import Plan
    from .poses import Controls
    from .steps import Gait

Floats: TypeAlias = "npt.NDArray[np.float64]"

RESTS = ("sit", "lie", "sleep", "eat")
LOOKS = ("look", "talk", "listen", "point", "wave", "throw")
NECK_TURN_MAX, NECK_BEND_MAX = 1.35, 0.75


def perform(
    plan: Plan,
    acts: Sequence[Act],
    path: Path,
    times_s: npt.ArrayLike,
    *,
    seed: int,
    phonemes: Sequence[tuple[str, float, float]] = (),
) -> Performance:
    """Move an animal along a path, doing all acts, at rising times (n,) seconds.

    phonemes are (IPA symbol, start_s, end_s) of what it says, which open its mouth. Later acts win
    over earlier ones. The same animal, acts, path and seed give the same performance.
    """
    times = np.asarray(times_s, np.float64)
    rng = np.random.default_rng([seed, 0x70657473])
    way = track(path, times)
    if plan.species.sideways:
        way = aside(way)
    root, yaw = way.at(times)
    if "airborne" in plan.species.extras and not any(act.action in RESTS for act in acts):
        acts = [Act("fly", float(times[0]), float(times[-1])), *acts]
    known = [act_of(plan, act.action, act.manner) for act in acts]
    gait = plan_steps(plan, way, times, hurried="run" in known)
    controls = _life(plan, times, rng)
    if not plan.species.legless:
        _stride(controls, plan, gait)
    events: list[tuple[str, float]] = []
    for index, (act, name) in enumerate(zip(acts, known, strict=True)):
        events += _play(controls, act, name, index, plan=plan, times=times, seed=seed)
    _look(controls, acts, plan, root=root, yaw=yaw, times=times)
    if phonemes:
        # Words move the mouth, not the barking that there is without them.
        controls["jaw"] = np.maximum(np.minimum(controls["jaw"], 0.06), _spoken(phonemes, times))
    if plan.species.flies:
        flight.bank(controls, plan, way, times)
    solver = Solver(plan, controls, root=root, yaw=yaw, times=times, rng=rng)
    if plan.species.legless:
        undulation.pose(solver, way)
    else:
        solver.stand(gait)
        flight.pose(solver)
    bones, joints = solver.bones()
    mouth = solver.mouth()
    return Performance(
        bones=bones.astype(np.float32),
        joints=joints.astype(np.float32),
        contacts=() if "fly" in known or plan.species.legless else gait.footfalls,
        hands={"left": mouth, "right": mouth},
        events=_happenings(events, times, mouth),
        gaze=np.zeros((len(times), 2), np.float32),
    )


def _life(plan: Plan, times: Floats, rng: np.random.Generator) -> Controls:
    """Return all controls of an animal that stands there: breath, ears, tail, blinks."""
    controls = {name: np.zeros(len(times)) for name in CONTROLS}
    size = plan.species.unit_m * plan.scale
    rate = float(0.45 / np.sqrt(max(size, 0.15)) * rng.uniform(0.9, 1.1))
    breath = np.sin(2 * np.pi * rate * times + float(rng.uniform(0, 6)))

    def drift(hertz: float) -> Floats:
        waves, phases = rng.uniform(0.4, 1.5, 3) * hertz, rng.uniform(0, 2 * np.pi, 3)
        return np.asarray(np.sin(2 * np.pi * waves * times[:, None] + phases).sum(1) / 2)

    controls["drop"] += 0.004 * size * breath
    controls["pitch"] += 0.006 * breath
    controls["neck"] += 0.03 * drift(0.12) + 0.01 * breath
    controls["neck_yaw"] += 0.09 * drift(0.1)
    controls["head_yaw"] += 0.06 * drift(0.17)
    controls["head"] += 0.04 * drift(0.14)
    controls["tail"] += 0.06 * drift(0.2)
    controls["wag"] += 0.16 + 0.08 * drift(0.15)
    flicks = np.cumsum(rng.uniform(0.8, 3.2, int(times[-1] - times[0]) + 4)) + times[0]
    controls["ears"] += 0.25 * np.exp(-(((times[:, None] - flicks) / 0.07) ** 2)).sum(1)
    blinks = np.cumsum(rng.uniform(1.4, 4.5, int(times[-1] - times[0]) + 4)) + times[0]
    gap = np.abs(times[:, None] - blinks)
    controls["lids"] += np.clip(1.25 - gap / 0.09, 0, 1).max(1)
    if plan.species.cover == "fur":
        controls["lids"] = np.maximum(controls["lids"], 0.24 if plan.species.eye > 0.09 else 0.1)
    else:
        controls["lids"] = 1.5 * controls["lids"] - 0.5
    one = plan.species
    if one.body == "flutter":
        beat = one.form.beats
        sail = np.clip(0.35 + drift(0.5), 0.15, 1.0) if one.wings == "scaled" else 1.0
        controls["flap"] += sail * np.sin(2 * np.pi * beat * times + float(rng.uniform(0, 6)))
        controls["spread"] += 1.0
    controls["raise"] += 0.62 * (one.body == "serpent")
    controls["jaw"] += np.clip(0.02 + 0.02 * breath, 0, 1)
    if plan.species.hops and plan.species.body == "quadruped" and not plan.species.sprawl:
        # A hare sits on its long hind feet when it stands.
        controls["drop"] += 0.16 * size
        controls["hind_fold"] -= 0.95
        controls["hind_z"] += 0.12 * size
    return controls


def _stride(controls: Controls, plan: Plan, gait: Gait) -> None:
    """Add what going does to trunk, neck and tail."""
    size = plan.species.unit_m * plan.scale
    turn, go = 2 * np.pi * gait.phase, gait.moving
    if gait.manner.name in {"gallop", "bound"}:
        # The forehand is up when the hind paws land, and down when the fore paws do.
        controls["pitch"] += go * -0.1 * np.cos(turn - 0.9)
        controls["drop"] += go * size * (0.05 * np.cos(turn + 0.5) + 0.02)
        controls["arch"] += go * 0.17 * np.cos(turn + 0.7)
        controls["neck"] += go * (0.2 + 0.16 * np.cos(turn - 0.5))
        controls["head"] += go * (-0.1 - 0.1 * np.cos(turn - 0.9))
        controls["ears"] += go * (0.3 + 0.15 * np.cos(turn))
        controls["tail"] += go * 0.15 * np.cos(turn - 1.2)
        controls["wag"] *= 1 - 0.6 * go
        if plan.species.feet == "paw" and plan.species.muzzle > 0.36:
            controls["jaw"] += go * 0.16
        return
    if gait.manner.name == "hop":
        _hop(controls, plan, gait)
        return
    steady = 1.0 if gait.manner.name == "walk" else 1.6
    controls["drop"] += go * size * 0.011 * steady * np.cos(2 * turn + 0.6)
    controls["roll"] += go * 0.03 * np.sin(turn + 0.8)
    controls["twist"] += go * 0.05 * np.sin(turn + 0.4)
    controls["pitch"] += go * 0.012 * np.cos(2 * turn)
    if plan.species.sprawl:
        # What has its legs at its sides throws its spine from side to side, and its tail after it.
        controls["twist"] += go * 0.22 * plan.species.sprawl * np.sin(turn + 0.4)
        controls["sway"] += go * 0.3 * plan.species.sprawl * np.sin(turn + 1.6)
        controls["neck_yaw"] -= go * 0.28 * plan.species.sprawl * np.sin(turn + 0.4)
    nod = 0.09 if plan.species.feet == "hoof" else 0.045
    controls["neck"] += go * (nod * np.cos(2 * turn - 0.6) + 0.06)
    controls["head"] += go * -0.5 * nod * np.cos(2 * turn - 0.9)
    controls["head_yaw"] += go * 0.03 * np.sin(turn)
    if plan.species.body == "bird":
        # A walking bird holds its head still in the air and then jerks it after the body.
        controls["neck"] += go * 0.16 * np.sin(2 * turn)


def _hop(controls: Controls, plan: Plan, gait: Gait) -> None:
    """Spring off both hind feet: in the air while they are, low when they land."""
    size = plan.species.unit_m * plan.scale
    share, go = gait.phase % 1.0, gait.moving
    duty = gait.manner.duty
    air = np.clip((share - duty) / (1 - duty), 0, 1)
    flight_of = 4 * air * (1 - air)
    ground = np.clip(share / duty, 0, 1)
    high = (0.2 if plan.species.body == "biped" else 0.26) * size
    controls["rise"] += go * high * flight_of
    controls["drop"] += go * 0.1 * size * np.sin(np.pi * ground) * (share < duty)
    lean = -np.sin(2 * np.pi * share)
    controls["pitch"] += go * (0.22 + 0.12 * lean)
    controls["tail"] += go * -0.3 * lean
    controls["neck"] -= go * 0.12
    controls["ears"] += go * 0.2 * flight_of


def _play(
    controls: Controls,
    act: Act,
    name: str,
    index: int,
    *,
    plan: Plan,
    times: Floats,
    seed: int,
) -> list[tuple[str, float]]:
    """Blend one act into the controls; return what happens in it as kind and time."""
    digest = hashlib.sha256(f"{seed}/{index}/{name}".encode()).digest()
    rng = np.random.default_rng(int.from_bytes(digest[:8], "little"))
    tempo, large = MANNERS.get(act.manner, (1.0, 1.0))
    length_s = max(act.end_s - act.start_s, 0.05)
    span = Span(
        times - act.start_s, length_s, tempo * float(rng.uniform(0.93, 1.07)),
        large * act.intensity, plan, rng,
    )  # fmt: skip
    weight = _weight(act, name, times)
    for control, wanted in PLAYED[name](span).items():
        controls[control] = controls[control] + weight * (wanted - controls[control])
    if name == "jump" and not plan.species.legless:
        moments, _, air_s = leap_of(span)
        return [("land", act.start_s + moment + air_s) for moment in moments]
    return {
        "pick_up": [("grab", act.start_s + 0.48 * length_s)],
        "carry": [("drop", act.start_s + 0.5 * length_s)],
        "throw": [("release", act.start_s + 0.55 * length_s)],
    }.get(name, [])


def _weight(act: Act, name: str, times: Floats) -> Floats:
    """Return how much an act is felt (n,); postures take longer to take up."""
    if name in {"jump", "pick_up", "throw"}:
        return np.asarray(smooth((act.end_s + 0.3 - times) / 0.3) * (times >= act.start_s - 0.5))
    if name in {"sit", "lie", "sleep", "give_paw", "fly", "upright", "climb"}:
        longest = 1.3 if name in {"fly", "climb"} else 0.8
        ramp = min(longest, max((act.end_s - act.start_s) / 3, 0.1))
        begun = act.start_s <= float(times[0]) + 0.02
        rise = np.ones(len(times)) if begun else smooth((times - act.start_s) / ramp)
        held = act.end_s >= float(times[-1]) - 0.05
        return np.asarray(rise if held else rise * (1 - smooth((times - act.end_s) / ramp)))
    return fade(act, times)


def _look(
    controls: Controls,
    acts: Sequence[Act],
    plan: Plan,
    *,
    root: Floats,
    yaw: Floats,
    times: Floats,
) -> None:
    """Turn neck and head towards what is looked at, as far as a neck turns."""
    eye = plan.head("head") * np.array([0.0, 1.0, 1.0])
    lower = (controls["rise"] - controls["drop"])[:, None] * np.array([0.0, 1.0, 0.0])
    at = root + turned(about_y(yaw), np.broadcast_to(eye, root.shape)) + lower
    aside, bend, share = np.zeros(len(times)), np.zeros(len(times)), np.zeros(len(times))
    for act in acts:
        if act.target is None or act.action not in LOOKS:
            continue
        gap = turned(about_y(-yaw), np.asarray(act.target, np.float64) - at)
        flat = np.maximum(np.hypot(gap[:, 0], gap[:, 2]), 1e-6)
        turn = np.arctan2(gap[:, 0], gap[:, 2])
        # What is right behind is not looked at over the shoulder for long.
        turn = np.clip(turn, -NECK_TURN_MAX, NECK_TURN_MAX)
        rise = np.clip(-np.arctan2(gap[:, 1], flat), -NECK_BEND_MAX, NECK_BEND_MAX)
        weight = fade(act, times)
        aside += weight * (turn - aside)
        bend += weight * (rise - bend)
        share = np.maximum(share, weight)
    share = share * (1 - np.clip(controls["down"], 0, 1))
    if plan.species.name == "owl":
        controls["head_yaw"] += share * aside
    else:
        controls["neck_yaw"] += share * 0.45 * aside
        controls["head_yaw"] += share * 0.55 * aside
    controls["neck"] += share * 0.3 * bend
    controls["head"] += share * (0.6 * bend + 0.4 * plan.species.drop * -0.3)


def _spoken(phonemes: Sequence[tuple[str, float, float]], times: Floats) -> Floats:
    """Return how far the jaw is open, (n,) radians, from the sounds of speech."""
    total, pulls = np.zeros(len(times)), np.full(len(times), 0.15)
    for symbol, start, end in phonemes:
        for letter in symbol:
            if letter not in SOUNDS:
                continue
            shape, insistence, rate = SOUNDS[letter]
            outside = np.maximum(np.maximum(start - times, times - end), 0)
            pull = insistence * np.exp(-rate * outside)
            total += pull * shape.get("jawOpen", 0.0)
            pulls += pull
    return np.asarray(np.clip(1.35 * total / pulls, 0, 0.6))


def _happenings(
    events: Sequence[tuple[str, float]], times: Floats, mouth: npt.NDArray[np.float32]
) -> tuple[Happening, ...]:
    out = []
    at = mouth[:, :, 3].astype(np.float64)
    speed = np.gradient(at, times, axis=0) if len(times) > 1 else np.zeros_like(at)
    for kind, when in sorted(events, key=lambda event: event[1]):
        if times[0] <= when <= times[-1]:
            place = [float(np.interp(when, times, at[:, k])) for k in range(3)]
            velocity = [float(np.interp(when, times, speed[:, k])) for k in range(3)]
            out.append(
                Happening(
                    kind, float(when), (place[0], place[1], place[2]),
                    (velocity[0], velocity[1], velocity[2]), "right",
                )
            )  # fmt: skip
    return tuple(out)

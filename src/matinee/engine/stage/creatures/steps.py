"""Where an animal's paws stand: steps planned along a path, so that a planted paw never slides.

Walks are four-beat lateral sequences, trots are diagonal pairs, gallops gather and stretch
(Muybridge 1887; Alexander and Jayes 1983 for the speeds at which one gives way to the next).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from matinee.engine.stage.motion.acts import Footfall
from matinee.engine.stage.motion.controls import smooth
from matinee.engine.stage.motion.gait import GRID_HZ, Track
from matinee.engine.stage.skeleton import about_y, turned

if TYPE_CHECKING:
    import numpy.typing as npt

    from .anatomy import Leg, Plan

Floats: TypeAlias = "npt.NDArray[np.float64]"

GRAVITY_M_S2 = 9.81
STILL_M_S = 0.05
CLOSING_S, AIR_MAX_S = 0.24, 0.42
OUTRUN = 0.37


@dataclass(frozen=True)
class Manner:
    """A way of going: the share of a stride each paw is on the ground, and when it lands.

    beats are the landings of the left and right hind paw and the left and right fore paw, in
    strides; reach is the length of a stride at `ease`, a speed in sqrt(g * height); lift how high
    the paws are raised, both in heights of the back.
    """

    name: str
    duty: float
    beats: tuple[float, float, float, float]
    reach: float
    ease: float
    lift: float


WALK = Manner("walk", 0.64, (0.0, 0.5, 0.25, 0.75), 1.08, 0.5, 0.1)
TROT = Manner("trot", 0.46, (0.0, 0.5, 0.5, 0.0), 1.7, 1.0, 0.17)
GALLOP = Manner("gallop", 0.28, (0.0, 0.1, 0.42, 0.54), 2.3, 1.6, 0.2)
BOUND = Manner("bound", 0.34, (0.0, 0.0, 0.46, 0.52), 2.3, 1.2, 0.22)
HOP = Manner("hop", 0.36, (0.0, 0.02, 0.0, 0.02), 1.9, 0.9, 0.05)
SCUTTLE = Manner("scuttle", 0.58, (0.0, 0.5, 0.25, 0.75), 1.3, 0.5, 0.14)
STRUT = Manner("strut", 0.6, (0.0, 0.5, 0.0, 0.5), 0.62, 0.4, 0.14)


@dataclass(frozen=True, eq=False)
class Step:
    """A paw leaves the ground at lift_s and lands at land_s on `place` (3,), facing `yaw`."""

    lift_s: float
    land_s: float
    place: Floats
    yaw: float
    lift_m: float
    strength: float


@dataclass(frozen=True, eq=False)
class Gait:
    """How an animal goes: a manner, its phase (n,) in strides, and how much it goes (n,) 0..1."""

    manner: Manner
    phase: Floats
    moving: Floats
    speed: Floats
    steps: dict[str, list[Step]]
    starts: dict[str, tuple[Floats, float]]
    footfalls: tuple[Footfall, ...]


def manner_of(plan: Plan, speed_m_s: float, *, hurried: bool) -> Manner:
    """Return how this animal goes at a speed; in a hurry it never just walks."""
    one = plan.species
    if one.body == "many":
        return SCUTTLE
    if one.body in {"bird", "biped"}:
        small = one.body == "bird" and one.unit_m < 0.4
        return HOP if one.hops and (small or speed_m_s > 0.8) else STRUT
    if one.hops:
        return BOUND
    pace = speed_m_s / np.sqrt(GRAVITY_M_S2 * one.unit_m * plan.scale)
    if pace > 1.25 or (hurried and pace > 0.62):
        return GALLOP
    return TROT if hurried or pace > 0.68 else WALK


def plan_steps(plan: Plan, way: Track, times: Floats, *, hurried: bool) -> Gait:
    """Plan every step along a track."""
    size = plan.species.unit_m * plan.scale
    clock = way.times
    going = way.speed > STILL_M_S
    usual = float(np.percentile(way.speed[going], 80)) if going.any() else 0.0
    manner = manner_of(plan, usual, hurried=hurried)
    spin = np.abs(np.gradient(way.yaws, clock))
    pace = way.speed + np.where(way.speed < 0.3, 0.35 * spin, 0) * size
    relative = pace / np.sqrt(GRAVITY_M_S2 * size) / manner.ease
    stride = size * manner.reach * (0.5 + 0.5 * np.clip(relative, 0, 1.25))
    rate = np.where(pace > STILL_M_S, np.clip(pace / stride, 0.5, 4.2), 0.0)
    phase = 0.3 + np.concatenate([[0.0], np.cumsum((rate[1:] + rate[:-1]) / 2 / GRID_HZ)])
    steps, starts = {}, {}
    for leg in plan.legs:
        beat = _beat(plan, leg, manner)
        place, yaw = home(leg, way.positions[:1], way.yaws[:1])
        starts[leg.paw] = (place[0], float(yaw[0]))
        steps[leg.paw] = _steps(leg, way, phase, beat=beat, manner=manner, size=size)
        _close(leg, steps[leg.paw], starts[leg.paw], way, beat=beat, size=size)
    return Gait(
        manner,
        np.interp(times, clock, phase),
        np.interp(times, clock, _rounded(np.clip(pace / (0.3 * np.sqrt(size)), 0, 1))),
        np.interp(times, clock, way.speed),
        steps,
        starts,
        _footfalls(plan, steps, float(times[0]), float(times[-1])),
    )


def _beat(plan: Plan, leg: Leg, manner: Manner) -> float:
    """Return when in a stride a paw lands; of many legs every other one goes at a time."""
    if plan.species.body == "many":
        return float((0.5 * ((leg.rank + (leg.side == "r")) % 2) + 0.07 * leg.rank) % 1.0)
    return manner.beats[(2 if leg.fore else 0) + (leg.side == "r")]


def aside(way: Track) -> Track:
    """Turn a way so that who goes it goes sideways, as a crab does."""
    going = np.clip(way.speed / 0.06, 0, 1)
    return replace(way, yaws=way.yaws + 0.5 * np.pi * _rounded(going))


def home(leg: Leg, place: Floats, yaw: Floats) -> tuple[Floats, Floats]:
    """Return where a paw belongs when the body is at `place` (n, 3), facing `yaw` (n,)."""
    offset = leg.home * np.array([1.0, 0.0, 1.0])
    return place + turned(about_y(yaw), np.broadcast_to(offset, place.shape)), yaw


def _rounded(values: Floats) -> Floats:
    kernel = np.hanning(33) / np.hanning(33).sum()
    return np.asarray(np.convolve(np.pad(values, 16, mode="edge"), kernel, mode="valid"))


def _steps(
    leg: Leg, way: Track, phase: Floats, *, beat: float, manner: Manner, size: float
) -> list[Step]:
    clock, top = way.times, float(phase[-1])
    out: list[Step] = []
    number = 0
    while number + beat <= top:
        landing = number + beat
        number += 1
        if landing <= 0.3:
            continue
        land = float(np.interp(landing, phase, clock))
        lift = float(np.interp(max(landing - 1 + manner.duty, 0.301), phase, clock))
        lift = max(lift, land - AIR_MAX_S, out[-1].land_s + 0.02 if out else lift)
        if land - lift < 0.03:
            continue
        middle = float(np.interp(min(landing + manner.duty / 2, top), phase, clock))
        at, facing = way.at([min(middle, land + 0.5)])
        place, yaw = home(leg, at, facing)
        speed = float(np.interp(land, clock, way.speed))
        fast = min(speed / np.sqrt(GRAVITY_M_S2 * size) / manner.ease, 1.0)
        lift_m = size * manner.lift * (0.55 + 0.45 * fast) * (1.0 if leg.fore else 0.85)
        out.append(Step(lift, land, place[0], float(yaw[0]), lift_m, fast))
    return out


def _close(
    leg: Leg,
    steps: list[Step],
    start: tuple[Floats, float],
    way: Track,
    *,
    beat: float,
    size: float,
) -> None:
    """Mend what a regular stride cannot know: nobody leaves a paw behind.

    A paw that the body outruns steps early; one that was left behind is brought home where the
    body rests.
    """
    homes, _ = home(leg, way.positions, way.yaws)
    fixed: list[Step] = []
    place, yaw = start
    landed = float(way.times[0])
    pending = list(steps)
    while True:
        until = pending[0].lift_s if pending else float(way.times[-1]) - CLOSING_S
        wait = 0.06 + 0.24 * ((beat * 2) % 1.0)
        lift, far = _left_behind((place, yaw, landed), until, way, homes, wait_s=wait, size=size)
        if lift is not None:
            land = lift + CLOSING_S
            if far and pending and land + 0.06 > until:
                pending[0] = replace(pending[0], lift_s=lift)
            elif land + 0.04 < until or not pending:
                goal, turn = home(leg, *way.at([land + 0.1]))
                fixed.append(Step(lift, land, goal[0], float(turn[0]), 0.08 * size, 0.3))
                place, yaw, landed = goal[0], float(turn[0]), land
                continue
        if not pending:
            break
        step = pending.pop(0)
        fixed.append(step)
        place, yaw, landed = step.place, step.yaw, step.land_s
    steps[:] = fixed


def _left_behind(
    standing: tuple[Floats, float, float],
    until: float,
    way: Track,
    homes: Floats,
    *,
    wait_s: float,
    size: float,
) -> tuple[float | None, bool]:
    """Return when a standing paw has to move before `until`, and whether the body outruns it.

    `standing` is where it stands, its yaw, and since when.
    """
    place, yaw, landed = standing
    first, last = np.searchsorted(way.times, [landed + 0.03, until])
    if last <= first:
        return None, False
    here = slice(int(first), int(last))
    gap = np.linalg.norm((homes[here] - place)[:, [0, 2]], axis=1)
    # What is still coming over the paw is not behind it.
    far = (gap > OUTRUN * size) & (np.gradient(gap) > 0 if len(gap) > 1 else gap < 0)
    late = way.times[here] > landed + wait_s
    resting = (way.speed[here] < STILL_M_S) & late
    resting &= (gap > 0.05 * size) | (np.abs(way.yaws[here] - yaw) > 0.25)
    either = far | resting
    if not either.any():
        return None, False
    index = int(np.argmax(either))
    return float(way.times[here][index]), bool(far[index])


def _footfalls(
    plan: Plan, steps: dict[str, list[Step]], start: float, end: float
) -> tuple[Footfall, ...]:
    falls = [
        Footfall(
            step.land_s,
            (float(step.place[0]), float(step.place[1]), float(step.place[2])),
            float(np.clip(plan.species.weight * (0.35 + 0.65 * step.strength), 0.02, 1.0)),
            "left" if leg.side == "l" else "right",
        )
        for leg in plan.legs
        for step in steps[leg.paw]
        if start <= step.land_s <= end
    ]
    return tuple(sorted(falls, key=lambda fall: fall.time_s))


@dataclass(frozen=True, eq=False)
class Stand:
    """A paw at n times: the point under its joint (n, 3), yaw (n,), how folded the shank is (n,).

    air (n,) is 0 on the ground and 1 in the middle of a swing.
    """

    place: Floats
    yaw: Floats
    fold: Floats
    air: Floats


def stand_of(leg: Leg, gait: Gait, times: Floats) -> Stand:
    """Return where a paw is at all times, as the gait alone has it."""
    start, facing = gait.starts[leg.paw]
    count = len(times)
    place, yaw = np.tile(start, (count, 1)), np.full(count, facing)
    fold, air = np.zeros(count), np.zeros(count)
    before, before_yaw = start, facing
    for step in gait.steps[leg.paw]:
        span = step.land_s - step.lift_s
        after = times >= step.land_s
        swing = (times >= step.lift_s) & ~after
        u = (times[swing] - step.lift_s) / span
        eased = 0.7 * smooth(u) + 0.3 * u
        place[after], yaw[after] = step.place, step.yaw
        place[swing] = before + (step.place - before) * eased[:, None]
        place[swing, 1] += step.lift_m * np.sin(np.pi * u**0.85)
        yaw[swing] = before_yaw + (step.yaw - before_yaw) * eased
        air[swing] = np.sin(np.pi * u)
        strong = 0.35 + 0.65 * step.strength
        # The shank rolls over the toes before it leaves, and folds on its way.
        fold[swing] += strong * (
            0.55 * (1 - smooth(u / 0.4)) + (1.0 if leg.fore else 0.55) * np.sin(np.pi * u) ** 1.3
        )
        fold[swing] -= 0.18 * strong * smooth((u - 0.75) / 0.25)
        rising = smooth((times - step.lift_s + 0.4 * span) / (0.4 * span)) * (times < step.lift_s)
        fold += 0.55 * strong * np.where(times > step.lift_s - 0.4 * span, rising, 0)
        landing = after & (times < step.land_s + 0.1)
        fold[landing] -= 0.18 * strong * (1 - (times[landing] - step.land_s) / 0.1)
        before, before_yaw = step.place, step.yaw
    return Stand(place, yaw, fold, air)

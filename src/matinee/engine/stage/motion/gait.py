"""Where the feet stand: steps planned along a path, so that a planted foot never slides.

The body's speed sets the step rate and length as people choose them (step length grows with speed,
after Grieve and Gear 1966); each step lands where the body will be at the middle of its stance.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from matinee.engine.stage.skeleton import about_x, about_y, turned

from .acts import Footfall
from .controls import between, smooth
from .frame import OUT, SIDES, Build

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from .acts import Path

Floats: TypeAlias = "npt.NDArray[np.float64]"

RUN_MPS = 2.2
STILL_MPS = 0.06
GRID_HZ = 120.0
CLOSING_STEP_S = 0.42
FIRST_PHASE = 0.4
BORNE_EARLY_S = 0.6
"""How long before somebody is carried along they stop stepping."""


@dataclass(frozen=True)
class Style:
    """A manner of walking, against the usual one.

    lift, length and width multiply how high, far and wide the feet step; heel (radians) keeps the
    heels up; swing multiplies how far the arms go; uneven (steps) is how much too soon the sound
    foot comes down after the lame one; astray (metres) is how far feet land from where they should;
    bounce (metres) lifts the body with every step.
    """

    lift: float = 1.0
    length: float = 1.0
    width: float = 1.0
    heel: float = 0.0
    swing: float = 1.0
    uneven: float = 0.0
    astray: float = 0.0
    bounce: float = 0.0


PLAIN = Style()
STYLES = {
    "march": Style(lift=3.2, length=0.9, swing=1.7),
    "limp": Style(lift=0.8, length=0.8, swing=0.6, uneven=0.3),
    "stagger": Style(length=0.75, width=1.35, swing=0.8, astray=0.09),
    "tiptoe": Style(lift=1.5, length=0.65, width=0.7, heel=0.75, swing=0.2),
    "sneak": Style(lift=1.7, length=0.8, swing=0.2),
    "skip": Style(lift=2.4, length=1.15, swing=1.5, bounce=0.075),
    "carry": Style(length=0.8, swing=0.1),
}


@dataclass(frozen=True, eq=False)
class Track:
    """A path at a fine, even clock: times (m,), positions (m, 3), yaws (m,), speed (m,) m/s."""

    times: Floats
    positions: Floats
    yaws: Floats
    speed: Floats

    def at(self, times: npt.ArrayLike) -> tuple[Floats, Floats]:
        """Return positions (n, 3) and yaws (n,) at any times."""
        when = np.asarray(times, np.float64)
        place = np.stack(
            [np.interp(when, self.times, self.positions[:, axis]) for axis in range(3)], -1
        )
        return place, np.interp(when, self.times, self.yaws)


@dataclass(frozen=True, eq=False)
class Step:
    """A foot leaves the ground at lift_s and lands at land_s on `place` (3,), facing `yaw`."""

    lift_s: float
    land_s: float
    place: Floats
    yaw: float
    running: float
    speed: float
    lift: float = 1.0


@dataclass(frozen=True, eq=False)
class Stance:
    """One foot in the world at n times.

    sole (n, 3) is the point of the sole under the ankle; pitch (n,) lifts the heel; planted (n,)
    says whether it bears weight; ankle (n, 3) and turn (n, 3, 3) follow from them.
    """

    sole: Floats
    yaw: Floats
    pitch: Floats
    planted: npt.NDArray[np.bool_]
    ankle: Floats
    turn: Floats


@dataclass(frozen=True, eq=False)
class Gait:
    """The plan of both feet, and what the rest of the body should know of it at n times.

    phase (n,) counts steps; the left foot lands on even ones. moving, running (n,) 0..1.
    """

    steps: dict[str, list[Step]]
    starts: dict[str, tuple[Floats, float]]
    phase: Floats
    moving: Floats
    running: Floats
    speed: Floats
    footfalls: tuple[Footfall, ...]
    style: Style = PLAIN


def track(path: Path, times: Floats) -> Track:
    """Sample a path evenly, with rounded corners in time, over all of `times` and a little more."""
    first = min(float(times[0]), float(path.times[0])) - 0.5
    last = max(float(times[-1]), float(path.times[-1])) + 1.5
    clock = np.arange(first, last, 1 / GRID_HZ)
    heights = path.heights if len(path.heights) else np.zeros(len(path.times))
    knots = [path.points[:, 0], heights, path.points[:, 1], np.unwrap(path.yaws)]
    sampled = np.stack([np.interp(clock, path.times, knot) for knot in knots], -1)
    # Nobody starts or stops at once: a bell of a quarter second rounds the corners.
    kernel = np.exp(-0.5 * (np.arange(-36, 37) / 14.0) ** 2)
    kernel /= kernel.sum()
    padded = np.pad(sampled, ((36, 36), (0, 0)), mode="edge")
    eased = np.stack([np.convolve(padded[:, k], kernel, mode="valid") for k in range(4)], -1)
    speed = np.linalg.norm(np.gradient(eased[:, [0, 2]], clock, axis=0), axis=1)
    return Track(clock, eased[:, :3], eased[:, 3], speed)


def home(
    place: Floats, yaw: Floats, side: str, width_m: float, toe_out: float
) -> tuple[Floats, Floats]:
    """Return where a foot belongs when the body is at `place` facing `yaw`."""
    aside = np.stack(
        [OUT[side] * width_m * np.ones_like(yaw), 0 * yaw, 0.012 * np.ones_like(yaw)], -1
    )
    return place + turned(about_y(yaw), aside), yaw + OUT[side] * toe_out


def plan(
    build: Build,
    way: Track,
    times: Floats,
    rng: np.random.Generator,
    *,
    borne: Sequence[tuple[float, float]] = (),
    style: Style = PLAIN,
) -> Gait:
    """Plan every step along a track; no steps are made in the spans in which the body is borne."""
    clock, scale = way.times, build.scale
    spin = np.abs(np.gradient(way.yaws, clock))
    pace = way.speed + np.where(way.speed < 0.4, 0.22 * spin, 0) * scale
    carried = np.zeros(len(clock), bool)
    for start_s, end_s in borne:
        carried |= (clock >= start_s - BORNE_EARLY_S) & (clock <= end_s)
    pace[carried] = 0.0
    walking = np.clip(pace / scale, 0, None)
    running = smooth((way.speed / np.sqrt(scale) - 1.9) / 0.7)
    length = scale * (
        0.30 + 0.31 * np.clip(walking, 0, 1.8) + 0.16 * np.clip(walking - 1.8, 0, None)
    )
    length *= float(rng.uniform(0.95, 1.05)) * style.length
    rate = np.where(pace > STILL_MPS, np.clip(pace / length, 0.9, 4.5), 0)
    # Half a step is behind whoever begins to walk: the first foot comes down soon.
    phase = FIRST_PHASE + np.concatenate([[0.0], np.cumsum((rate[1:] + rate[:-1]) / 2 / GRID_HZ)])
    width = scale * float(rng.uniform(0.085, 0.105)) * style.width
    toe_out = float(rng.uniform(0.08, 0.2))
    first_foot = int(rng.integers(2))
    duty = 1.22 - 0.62 * running
    swing = 2 - duty
    feet: dict[str, list[Step]] = {"l": [], "r": []}
    starts = {}
    for side in SIDES:
        place, yaw = home(way.positions[:1], way.yaws[:1], side, width, toe_out)
        starts[side] = (place[0], float(yaw[0]))
    top = float(phase[-1])
    for number in range(1, int(top) + 1):
        side = SIDES[(number + first_foot) % 2]
        early = style.uneven if side == "l" else 0.0
        land = float(np.interp(number - early, phase, clock))
        here = int(np.clip(np.searchsorted(clock, land), 0, len(clock) - 1))
        lift = float(np.interp(max(number - swing[here] - early, FIRST_PHASE + 0.01), phase, clock))
        lift = max(lift, land - 0.75)
        middle = float(np.interp(min(number + duty[here] / 2, top), phase, clock))
        middle = min(middle, land + 0.7)
        at, facing = way.at([middle])
        narrow = width * (1 - 0.35 * min(float(way.speed[here]) / 1.2, 1))
        place, yaw = home(at, facing, side, narrow, toe_out * 0.7)
        if style.astray:
            spread = np.array([style.astray, 0.0, 0.5 * style.astray])
            place = place + rng.normal(0, 1, 3) * spread * scale
        step = Step(
            lift,
            land,
            place[0],
            float(yaw[0]),
            float(running[here]),
            float(way.speed[here]),
            style.lift,
        )
        feet[side].append(step)
    if not carried.any():
        _close(feet, starts, way, width, toe_out)
    moving = np.interp(times, clock, _rounded(np.clip(pace / 0.35, 0, 1)))
    shown = np.interp(times, clock, phase + (1 - first_foot))
    falls = _footfalls(feet, float(times[0]), float(times[-1]))
    return Gait(
        feet,
        starts,
        shown,
        moving,
        np.interp(times, clock, running),
        np.interp(times, clock, way.speed),
        falls,
        style,
    )


def _rounded(values: Floats) -> Floats:
    kernel = np.ones(25) / 25
    return np.convolve(np.pad(values, 12, mode="edge"), kernel, mode="valid")


def _close(
    feet: dict[str, list[Step]],
    starts: dict[str, tuple[Floats, float]],
    way: Track,
    width: float,
    toe_out: float,
) -> None:
    """Bring a foot that was left behind home, wherever the body rests a while."""
    for side in SIDES:
        fixed: list[Step] = []
        place, yaw = starts[side]
        landed = float(way.times[0])
        for step in [*feet[side], None]:
            until = step.lift_s if step is not None else float(way.times[-1])
            other = [s for s in feet["r" if side == "l" else "l"] if s.land_s > landed]
            when = max([landed + 0.05] + [s.land_s for s in other if s.lift_s < landed + 0.25])
            rest = when + CLOSING_STEP_S + 0.1
            if rest < until:
                at, facing = way.at([rest])
                goal, turn = home(at, facing, side, width, toe_out)
                turning = abs(float(turn[0]) - yaw)
                if np.linalg.norm(goal[0] - place) > 0.06 or turning > 0.3:
                    fixed.append(
                        Step(when, when + CLOSING_STEP_S, goal[0], float(turn[0]), 0.0, 0.2)
                    )
            if step is not None:
                fixed.append(step)
                place, yaw, landed = step.place, step.yaw, step.land_s
        feet[side] = fixed


def _footfalls(feet: dict[str, list[Step]], start: float, end: float) -> tuple[Footfall, ...]:
    falls = [
        Footfall(
            step.land_s,
            (float(step.place[0]), float(step.place[1]), float(step.place[2])),
            float(np.clip(0.22 + 0.22 * step.speed + 0.2 * step.running, 0, 1)),
            "left" if side == "l" else "right",
        )
        for side in SIDES
        for step in feet[side]
        if start <= step.land_s <= end
    ]
    return tuple(sorted(falls, key=lambda fall: fall.time_s))


def stance(
    build: Build,
    gait: Gait,
    side: str,
    times: Floats,
    *,
    offset: Floats,
    sole: Floats,
    facing: Floats,
) -> Stance:
    """Return one foot at `times`.

    offset (n, 3) metres in the frame of the body, whose yaw is `facing` (n,), and sole (n, 2),
    heel up and toes out, are what the clips add.
    """
    place, yaw = gait.starts[side]
    count, scale = len(times), build.scale
    where, turn = np.tile(place, (count, 1)), np.full(count, yaw)
    pitch, planted = np.zeros(count), np.ones(count, bool)
    for index, step in enumerate(gait.steps[side]):
        before = gait.steps[side][index - 1] if index else None
        from_place, from_yaw = (before.place, before.yaw) if before else gait.starts[side]
        span = max(step.land_s - step.lift_s, 1e-3)
        after = times >= step.land_s
        air = (times >= step.lift_s) & ~after
        u = (times[air] - step.lift_s) / span
        eased = smooth(u) * 0.75 + u * 0.25
        where[after], turn[after] = step.place, step.yaw
        far = float(np.linalg.norm(step.place - from_place))
        height = scale * step.lift * (0.035 + 0.045 * min(far, 1.2) + 0.13 * step.running)
        where[air] = from_place + (step.place - from_place) * eased[:, None]
        where[air, 1] += height * np.sin(np.pi * u**0.8)
        turn[air] = from_yaw + (step.yaw - from_yaw) * eased
        planted[air] = False
        brisk = min(step.speed / 1.2, 1.0)
        off, strike = 0.95 * brisk + 0.25 * step.running, 0.33 * brisk * (1 - step.running)
        # The heel leaves before the toes do, and lands before them.
        rising = between(times, step.lift_s - 0.32 * span, step.lift_s) * (times < step.lift_s)
        pitch += np.where(rising > 0, off * rising**1.5, 0)
        pitch[air] += off * (1 - smooth(u / 0.55)) - strike * smooth((u - 0.45) / 0.4)
        landing = after & (times < step.land_s + 0.12)
        pitch[landing] -= strike * (1 - smooth((times[landing] - step.land_s) / 0.12))
    if gait.style.heel:
        pitch = np.maximum(pitch, gait.style.heel * gait.moving)
    # No clip may push a foot through the floor.
    lifted = offset * [1, 0, 1] + np.clip(offset, 0, None) * [0, 1, 0]
    where = where + turned(about_y(facing), lifted)
    planted &= np.abs(offset).max(1) < 1e-4
    pitch, turn = pitch + sole[:, 0], turn + OUT[side] * sole[:, 1]
    return standing(build, where, turn, pitch, planted)


def standing(
    build: Build, where: Floats, yaw: Floats, pitch: Floats, planted: npt.NDArray[np.bool_]
) -> Stance:
    """Roll the foot over its ball when the heel is up, over its heel when the toes are."""
    pivot = np.zeros((len(where), 3))
    pivot[:, 2] = np.where(pitch > 0, build.ball_ahead_m, -build.heel_behind_m)
    pivot[:, 1] = np.where(pitch > 0, build.ball_m, 0.0)
    ankle = np.array([0.0, build.ankle_m, 0.0])
    rolled = pivot + turned(about_x(pitch), ankle - pivot)
    facing = about_y(yaw)
    return Stance(
        where, yaw, pitch, planted, where + turned(facing, rolled), facing @ about_x(pitch)
    )

"""From descriptions to clips: deeds played at somebody's own tempo, size and handedness."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from matinee.engine.stage.skeleton import about_y, turned, unit

from .controls import SPANS, keyed
from .deed import FINGERS, Deed, Grasp, Tool
from .frame import OUT
from .moment import Carried, Cue, Gesture, Moment, turning
from .postures import SIT_BONE_M, cross_legged

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import numpy.typing as npt

    from .acts import Handled

Floats: TypeAlias = "npt.NDArray[np.float64]"
TRUNK: Final = ("pelvis", "tilt", "spine", "head", "gaze", "strain")
ADDED: Final = ("pelvis", "tilt", "spine", "head")
OWN_OFFSET: Final = 0.014
"""How differently two people place their hands, in arm lengths (standard deviation)."""
HURRIED, UNHURRIED = 0.6, 1.35
SADDLE_NEAR_M = 0.6
EASY_REACH, REACH_PASSES = 0.94, 6
"""How much of its length an arm stretches to hold a tool."""
BONES: Final = {"chest": "spine_03", "face": "head", "body": "Root", "ground": "Root"}


def clip_from(
    deed: Deed, postures: Mapping[str, Callable[[Moment], Gesture]]
) -> Callable[[Moment], Gesture]:
    """Return the clip that plays a deed over the posture it is done in."""

    def play(m: Moment) -> Gesture:
        base = (cross_legged if deed.posture == "floor" else postures[deed.posture])(m)
        clock = _clock(deed, m)
        moves, adds = _posed(deed, m, clock)
        carried = []
        for tool in deed.tools:
            thing, grips = _tool(tool, m, clock, once=deed.once)
            carried.append(thing)
            moves.update(grips)
        cues = [*base.cues, *_cues(deed, m, clock)]
        if deed.things or deed.tools:
            cues.append(Cue("grab", 0.0, m.side))
        merged = {
            name: value + adds[name] if name in adds else value for name, value in base.adds.items()
        }
        return Gesture({**base.moves, **moves}, {**adds, **merged}, cues, carried)

    return play


class _Clock:
    """The phase of a deed's round at every frame, and how large the movement is there."""

    def __init__(self, phase: Floats, size: Floats, period_s: float, first: float) -> None:
        self.phase, self.size, self.period_s, self.first = phase, size, period_s, first


def _clock(deed: Deed, m: Moment) -> _Clock:
    size = np.clip(m.size, 0.6, 1.3) * (1 + 0.07 * m.wander(0.5 / deed.period_s)[:, 0])
    if deed.once:
        usual = deed.period_s / m.tempo
        lasts = float(np.clip(m.length_s * 0.92, HURRIED * usual, UNHURRIED * usual))
        return _Clock(np.clip(m.t / lasts, 0, 1), np.ones(len(m.t)), lasts, 0.0)
    period = deed.period_s / m.tempo
    first = float(m.rng.uniform(0, 1))
    late = 0.025 * m.wander(0.35 / period)[:, 0]
    return _Clock(m.t / period + first + late, size, period, first)


def _cues(deed: Deed, m: Moment, clock: _Clock) -> list[Cue]:
    if deed.once:
        return [Cue(kind, share * clock.period_s, m.side) for kind, share in deed.cues]
    rounds = range(int(m.length_s / clock.period_s) + 2)
    times = [
        (kind, (share - clock.first + number) * clock.period_s)
        for kind, share in deed.cues
        for number in rounds
    ]
    return [Cue(kind, when, m.side) for kind, when in times if 0.1 < when < m.length_s]


def _track(
    clock: _Clock, keys: Sequence[float], values: npt.ArrayLike, *, once: bool, scaled: bool
) -> Floats:
    """Ease through values (k, w) at phases; a round closes upon itself."""
    points = np.asarray(values, np.float64)
    if len(keys) == 1:
        return np.tile(points[0], (len(clock.phase), 1))
    if once:
        return keyed(clock.phase, keys, points)
    phases = np.asarray(keys)
    wide = np.concatenate([phases - 1, phases, phases + 1])
    found = keyed(clock.phase % 1.0, wide, np.concatenate([points] * 3))
    if not scaled:
        return found
    middle = points.mean(0)
    return np.asarray(middle + (found - middle) * clock.size[:, None])


def _posed(deed: Deed, m: Moment, clock: _Clock) -> tuple[dict[str, Floats], dict[str, Floats]]:
    keyed_by: dict[str, list[tuple[float, tuple[float, ...]]]] = {}
    for phase, columns in sorted(deed.poses, key=lambda pose: pose[0]):
        for name, value in columns.items():
            for column, row in _columns(name, value, m, metric=deed.metric):
                keyed_by.setdefault(column, []).append((phase, row))
    moves: dict[str, Floats] = {}
    adds: dict[str, Floats] = {}
    for column, keys in keyed_by.items():
        scaled = not column.startswith(("fingers", "tread", "face", "gripping", "free"))
        track = _track(
            clock,
            [phase for phase, _ in keys],
            [value for _, value in keys],
            once=deed.once,
            scaled=scaled,
        )
        if column in ADDED:
            adds[column] = track
            continue
        if column.startswith("hand_"):
            track = track + m.rng.normal(0, OWN_OFFSET, 3)
        moves[column] = track
    _planted(moves, m)
    _weigh(moves)
    return moves, adds


def _planted(moves: dict[str, Floats], m: Moment) -> None:
    """Turn hands that are sent to places above the floor towards the world."""
    facing = about_y(m.yaw)
    for side in ("l", "r"):
        if f"reach_{side}" not in moves:
            continue
        mirror = np.array([OUT[side], 1.0, 1.0])
        place = moves[f"reach_{side}"] * mirror * m.build.scale
        moves[f"reach_{side}"] = m.root + turned(facing, place)
        moves.setdefault(f"reaching_{side}", np.ones((1, 1)))
        moves.setdefault(f"palm_{side}", np.ones((1, 1)))
        if f"rod_{side}" in moves:
            moves[f"rod_{side}"] = turned(facing, moves[f"rod_{side}"] * mirror)


def _weigh(moves: dict[str, Floats]) -> None:
    """Count a place that is given without its weight as meant."""
    for side in ("l", "r"):
        for place, weight in (("tread", "treading"), ("leg", "free"), ("face", "facing")):
            if f"{place}_{side}" in moves:
                moves.setdefault(f"{weight}_{side}", np.ones((1, 1)))
        if f"face_{side}" in moves:
            moves.setdefault(f"palm_{side}", np.ones((1, 1)))
        if f"rod_{side}" in moves:
            moves.setdefault(f"gripping_{side}", np.ones((1, 1)))


def _columns(
    name: str, value: object, m: Moment, *, metric: bool
) -> list[tuple[str, tuple[float, ...]]]:
    """Return the control columns that an entry of a description means, mirrored for the person."""
    row = FINGERS[value] if isinstance(value, str) else value
    numbers = np.atleast_1d(np.asarray(row, np.float64))
    if metric and name.startswith(("tread_", "reach_")):
        numbers = numbers / m.build.scale
    if name == "seat":
        return [("pelvis", _seated(m, numbers))]
    if name in TRUNK:
        sign = turning(m.side)
        if name == "pelvis":
            numbers = numbers * [OUT[m.side], 1, 1]
        elif len(numbers) == 3:
            numbers = numbers * [1, sign, sign]
        return [(name, tuple(numbers))]
    part, _, who = name.rpartition("_")
    sides = {"m": (m.side,), "o": (m.other,), "b": (m.side, m.other)}[who]
    found = []
    for side in sides:
        own = numbers * [OUT[side], 1, 1] if part == "foot" else numbers
        assert len(own) == SPANS[f"{part}_{side}"].stop - SPANS[f"{part}_{side}"].start, name
        found.append((f"{part}_{side}", tuple(own)))
    return found


def _seated(m: Moment, seat: Floats) -> tuple[float, float, float]:
    """Return the pelvis offset of somebody who sits on a point (3,) above the floor."""
    scale = m.build.scale
    high = seat[1]
    if m.target is not None and np.hypot(*(m.target - m.root[0])[[0, 2]]) < SADDLE_NEAR_M:
        high = float(m.target[1] - np.median(m.root[:, 1]))
    up = high + SIT_BONE_M * scale - float(m.build.pelvis[1])
    return (float(seat[0] / scale), float(up / scale), float(seat[2] / scale))


def _tool(tool: Tool, m: Moment, clock: _Clock, *, once: bool) -> tuple[Carried, dict[str, Floats]]:
    """Return where a tool is, and what the hands on it do."""
    phases = [key[0] for key in tool.keys]
    mirror = np.array([OUT[m.side], 1.0, 1.0])
    place, up, front = (
        _track(clock, phases, [key[k] for key in tool.keys], once=once, scaled=k == 1) * mirror
        for k in (1, 2, 3)
    )
    half = np.array(_half(tool, m.things))
    up = unit(up)
    front = unit(front - (front * up).sum(-1, keepdims=True) * up)
    turn = np.stack([np.cross(up, front), up, front], -1)
    spot = _origin(tool, m) + place * _unit_m(tool, m)
    middle = spot - turned(turn, np.array(tool.origin) * half)
    local = {
        side: turned(turn, _share(held, clock, m, once=once) * half + [0.0, 0.0, held.off_m])
        for side, held in ((m.side, tool.main), (m.other, tool.other))
        if held is not None
    }
    if tool.frame == "chest":
        middle = _in_reach(middle, local, m)
    grips: dict[str, Floats] = {}
    for side, held in ((m.side, tool.main), (m.other, tool.other)):
        if held is not None:
            point = middle + local[side]
            rod = None
            if held.rod is not None:
                rod = turned(turn, np.array(held.rod) * [-OUT[m.side], 1, 1])
            grips |= _grip(tool, m, side, point, rod)
    return Carried(tool.kind, BONES[tool.frame], middle, up, front), grips


def _in_reach(middle: Floats, local: Mapping[str, Floats], m: Moment) -> Floats:
    """Bring a tool (n, 3) as near as the hands on it need; `local` are their places on it."""
    skeleton = m.build.skeleton
    for _ in range(REACH_PASSES):
        for side, place in local.items():
            limb = m.build.arms[side]
            shoulder = skeleton.head(limb.upper) - skeleton.head("spine_03")
            way = middle + place - shoulder
            far = np.linalg.norm(way, axis=1, keepdims=True)
            middle = middle - unit(way) * np.clip(far - EASY_REACH * limb.length, 0, None)
    return middle


def _half(tool: Tool, things: Sequence[Handled]) -> tuple[float, float, float]:
    return next((one.half for one in things if one.kind in tool.kind.split("|")), tool.half)


def _unit_m(tool: Tool, m: Moment) -> float:
    """Return how long a unit of the tool's frame is, in metres."""
    if tool.frame == "chest":
        return m.build.arms[m.side].length
    if tool.frame == "ground":
        return 1.0
    return m.build.face_scale if tool.frame == "face" else m.build.scale


def _origin(tool: Tool, m: Moment) -> Floats:
    """Return the zero of the tool's frame from the head of its bone, at rest."""
    build = m.build
    if tool.frame == "chest":
        shoulders = build.skeleton.head("upperarm_l") * [0, 1, 1]
        return np.asarray(shoulders - build.skeleton.head("spine_03"))
    return build.brow if tool.frame == "face" else np.zeros(3)


def _share(held: Grasp, clock: _Clock, m: Moment, *, once: bool) -> Floats:
    """Return where a hand is on a thing, in shares of its half extents, (n, 3)."""
    share = _track(
        clock,
        [phase for phase, _ in held.keys],
        [place for _, place in held.keys],
        once=once,
        scaled=True,
    )
    # A hand that is mirrored holds the thing where its mirror image would.
    return share * [-OUT[m.side], 1, 1]


def _grip(tool: Tool, m: Moment, side: str, point: Floats, rod: Floats | None) -> dict[str, Floats]:
    """Return the columns that bring a palm to a point (n, 3) of the tool's frame, along a rod."""
    out: dict[str, Floats] = {f"palm_{side}": np.ones((1, 1))}
    mirror = np.array([OUT[side], 1.0, 1.0])
    world = tool.frame in ("body", "ground")
    facing = about_y(m.yaw)
    if tool.frame == "chest":
        limb = m.build.arms[side]
        shoulder = m.build.skeleton.head(limb.upper) - m.build.skeleton.head("spine_03")
        out[f"hand_{side}"] = (point - shoulder) * mirror / limb.length
    elif tool.frame == "face":
        out[f"face_{side}"] = (point - m.build.brow) * mirror / m.build.face_scale
        out[f"facing_{side}"] = np.ones((1, 1))
    else:
        out[f"reach_{side}"] = m.root + turned(facing, point)
        out[f"reaching_{side}"] = np.ones((1, 1))
        out["strain"] = np.ones((1, 1))
    if rod is not None:
        out[f"rod_{side}"] = turned(facing, rod) if world else rod * mirror
        out[f"gripping_{side}"] = np.ones((1, 1))
        out.setdefault(f"fingers_{side}", np.array(FINGERS["grip"]))
    return out


__all__ = ["clip_from"]

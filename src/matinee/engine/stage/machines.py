"""Things that act by themselves: cars drive, rockets rise, boats drift, wheels turn.

A screenplay may let a thing act (`Action.character` names a prop). What it does is laid out here
for every frame at once as the way its body goes, which physics then follows; what only begins (a
ball rolls, a vase falls) is given to physics as a push. Parts that turn, turn with the way gone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from dataclasses import replace as changed
from typing import TYPE_CHECKING

import numpy as np
from msgspec import structs

from matinee import film
from matinee.engine.stage.catalogue import KINDS
from matinee.engine.stage.physics import Held
from matinee.engine.stage.placing import support_of
from matinee.engine.stage.space import eased, heading, rightward
from matinee.engine.stage.water import water_of
from matinee.film.screenplay import Standpoint

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matinee.engine.stage.blocking import Part, Scene
    from matinee.engine.stage.placing import Placed
    from matinee.engine.stage.props import Wheel
    from matinee.engine.stage.space import Points

ACTS: dict[str, str] = {
    **dict.fromkeys(("drive", "ride", "go", "move", "pass", "race", "speed", "cruise"), "cross"),
    **dict.fromkeys(
        ("travel", "run", "walk", "slide", "skate", "cross", "follow", "chase"), "cross"
    ),
    **dict.fromkeys(
        ("arrive", "come", "approach", "enter", "return", "park", "stop", "brake"), "come"
    ),
    **dict.fromkeys(("leave", "depart", "exit", "escape", "start", "flee"), "leave"),
    **dict.fromkeys(("fly", "glide", "soar", "circle"), "fly"),
    **dict.fromkeys(
        ("take_off", "launch", "lift_off", "rise", "ascend", "lift", "blast_off"), "rise"
    ),
    **dict.fromkeys(("land", "descend", "touch_down"), "land"),
    **dict.fromkeys(("hover", "float", "drift", "hang", "bob"), "hover"),
    **dict.fromkeys(("sail", "row", "paddle"), "sail"),
    "sink": "sink",
    **dict.fromkeys(("roll", "tumble", "rock"), "roll"),
    **dict.fromkeys(("fall", "topple", "drop", "collapse", "tip", "tip_over"), "fall"),
    "bounce": "bounce",
    **dict.fromkeys(("spin", "turn", "rotate", "whirl"), "spin"),
    **dict.fromkeys(("swing", "sway"), "swing"),
    **dict.fromkeys(("break", "shatter", "smash", "crack", "explode", "burst"), "break"),
    **dict.fromkeys(("burn", "glow", "smoke", "flicker", "shine", "boil", "steam"), "burn"),
}
"""What a thing does when a verb is said of it."""

STEERS = frozenset(
    {"drive", "ride", "fly", "pilot", "sail", "row", "paddle", "steer", "race", "operate", "travel"}
)
LIGHT = frozenset({"skateboard", "wheelchair", "sled", "swing"})
"""What moves with the body that rides it."""
CROSS_M_S = {"wheels": 5.0, "ground": 3.0, "water": 2.2, "air": 7.0, "": 1.6}
CROSS_MAX_M = 18.0
CLIMB_M_S2 = {"rocket": 3.4, "airplane": 1.2, "biplane": 1.2}
BROADSIDE_RAD = 1.1
ROLL_M_S, TOPPLE_RAD_S, PUSH_M_S = 2.1, 1.6, 1.25
HOVER_M = 0.35


@dataclass(frozen=True, eq=False)
class Moves:
    """What things do by themselves, by their place in the order of things.

    `held` are ways that are laid out; `pushes` are velocities and spins (3,) that begin at a time;
    `breaks` the time at which something falls to pieces, `burning` what smokes although it has no
    fire, `running` when machines work whose wheels do not touch the ground.
    """

    held: Mapping[int, tuple[Held, ...]] = field(default_factory=dict)
    pushes: Mapping[int, tuple[float, Points, Points]] = field(default_factory=dict)
    breaks: Mapping[int, float] = field(default_factory=dict)
    burning: frozenset[int] = frozenset()
    running: frozenset[int] = frozenset()


def act_of(verb: str) -> str:
    """Return what a thing does when a verb is said of it; unknown ones leave it be."""
    if verb in ACTS:
        return ACTS[verb]
    return next((ACTS[word] for word in verb.split("_") if word in ACTS), "")


def manned(shot: film.Shot) -> film.Shot:
    """Put who drives, sails or flies something into it, and let the thing go where they steer it.

    What one sits on as on a bicycle is ridden by a body of its own (`acting.RIDDEN`).
    """
    kinds = {one.id: one.kind for one in shot.props}
    people = {one.id for one in shot.characters if one.kind != "animal"}
    actions, points = list[film.screenplay.Action](), list(shot.beat.standpoints)
    taken = {one.target for one in shot.beat.actions if one.character in kinds}
    for action in shot.beat.actions:
        kind = KINDS.get(kinds.get(action.target, ""))
        steers = action.verb.split("_")[0] in STEERS and action.character in people
        if not steers or kind is None or kind.seat is None or kind.seat.pose == "astride":
            actions.append(action)
            continue
        if kinds[action.target] in LIGHT:
            actions.append(action)
            continue
        if all(one.character != action.character for one in points):
            points.append(Standpoint(action.character, "inside", action.target))
        if action.target not in taken:
            verb = action.verb if act_of(action.verb) else "drive"
            verb = "fly" if kind.way == "air" and verb in {"drive", "ride"} else verb
            actions.append(structs.replace(action, character=action.target, verb=verb, target=""))
            taken.add(action.target)
    beat = structs.replace(shot.beat, actions=tuple(actions), standpoints=tuple(points))
    return structs.replace(shot, beat=beat)


def moves(scene: Scene, times_s: Points) -> Moves:
    """Lay out what the things of a shot do by themselves."""
    held: dict[int, tuple[Held, ...]] = {}
    pushes: dict[int, tuple[float, Points, Points]] = {}
    breaks: dict[int, float] = {}
    burning, running = set[int](), set[int]()
    for action in scene.shot.beat.actions:
        act = act_of(action.verb)
        own = [k for k, one in enumerate(scene.placed) if one.prop.id == action.character]
        for number, k in enumerate(own):
            start_s, end_s = _window(action, scene.duration_s)
            way = _Way(scene, scene.placed[k], times_s, start_s, end_s, number)
            if act in {"cross", "come", "leave", "fly", "rise", "land", "hover", "sail", "sink"}:
                held[k] = (Held(way.laid_out(act, action.target)),)
                running.add(k)
            elif act in {"spin", "swing"}:
                held[k] = (Held(way.turning(act)),)
                running.add(k)
            elif act in {"roll", "fall", "bounce"} and scene.placed[k].model.way == "wheels":
                held[k] = (Held(way.laid_out("cross", action.target)),)
            elif act in {"roll", "fall", "bounce"}:
                pushes[k] = way.push(act, number)
            elif act == "break":
                breaks[k] = start_s + 0.3 * (end_s - start_s)
            elif act == "burn":
                burning.add(k)
                running.add(k)
    return Moves(held, pushes, breaks, frozenset(burning), frozenset(running))


def _window(action: film.screenplay.Action, duration_s: float) -> tuple[float, float]:
    windows = {"start": (0.0, 0.6), "middle": (0.25, 0.8), "end": (0.4, 1.0), "whole": (0.0, 1.0)}
    low, high = windows[action.position]
    return low * duration_s, high * duration_s


class _Way:
    """The way of one thing through a shot."""

    def __init__(  # noqa: PLR0917 - one thing's facts
        self,
        scene: Scene,
        thing: Placed,
        times_s: Points,
        start_s: float,
        end_s: float,
        number: int,
    ) -> None:
        self.scene, self.thing, self.times_s = scene, thing, times_s
        self.start_s, self.end_s, self.number = start_s, end_s, number
        self.model = thing.model
        self.since = np.clip(times_s - start_s, 0.0, None)
        self.share = np.clip((times_s - start_s) / max(end_s - start_s, 0.1), 0.0, 1.0)
        self.front = scene.world.front_yaw

    def laid_out(self, act: str, target: str) -> Points:
        """Return the transforms (n, 3, 4) of a thing that goes somewhere."""
        if act == "rise" and self.model.kind in {"airplane", "biplane"}:
            return self._across(act, target, climb=True)
        if act in {"rise", "land"}:
            return self._upright(act)
        if act in {"hover", "sink"} or (act == "sail" and self.model.way != "water"):
            return self._still(act)
        if act == "fly" and self.model.kind in {
            "ufo",
            "hot_air_balloon",
            "balloon",
            "drone",
            "kite",
        }:
            return self._aloft(target, tilt=0.1)
        if act == "fly" or (self.model.way == "air" and act in {"cross", "come", "leave"}):
            return self._aloft(target, tilt=0.35)
        return self._across(act, target, climb=False)

    def _frame(self, places: Points, yaw: Points, pitch: Points, roll: Points) -> Points:
        """Put (n, 3) places and turns together: first roll, then pitch, then yaw."""
        out = np.zeros((len(places), 3, 4))
        cy, sy, cp, sp = np.cos(yaw), np.sin(yaw), np.cos(pitch), np.sin(pitch)
        ahead = np.stack([sy * cp, -sp, cy * cp], axis=1)
        right = np.stack([cy, 0.0 * cy, -sy], axis=1)
        up = np.cross(ahead, right)
        cr, sr = np.cos(roll)[:, None], np.sin(roll)[:, None]
        out[:, :, 0], out[:, :, 1] = right * cr + up * sr, up * cr - right * sr
        out[:, :, 2], out[:, :, 3] = ahead, places
        return out

    def _free_way(self, target: str) -> tuple[Points, float, float]:
        """The direction in which it goes, and how far it may go forward and back."""
        thing, space = self.thing, self.scene.space
        to = self.scene.place_of(target) if target else None
        yaws = [self.front + turn for turn in (BROADSIDE_RAD, -BROADSIDE_RAD, 1.5, -1.5, 0.6, -0.6)]
        if to is not None and np.hypot(*(to - thing.position)[[0, 2]]) > 1.0:
            way = to - thing.position
            yaws = [float(np.arctan2(way[0], way[2]))]
        if self.model.way in {"wheels", ""} and target == "":
            (x0, z0), (x1, z1) = self.scene.world.walk
            if self.scene.world.place in {"street", "neon_city", "avenue"} or abs(x1 - x0) > 20:
                yaws.insert(0, float(np.arctan2(x1 - x0, z1 - z0)))
        level = thing.position + np.array([0.0, max(0.3 - float(thing.half[1]), 0.0), 0.0])
        margin = float(thing.half[0]) + 0.1
        best, best_room = (heading(yaws[0]), 2.0, 2.0), -1.0
        for yaw in yaws:
            way = heading(yaw)
            ends = np.array([way, -way])
            reach = space.clearance(level, ends, margin_m=margin) - float(thing.half[2]) - 0.1
            room = np.clip(np.minimum(reach, space.room(level, ends) + 4.0), 0.0, CROSS_MAX_M)
            total = float(room.sum())
            if total > best_room + 2.0:
                best, best_room = (way, float(room[0]), float(room[1])), total
        return best

    def _across(self, act: str, target: str, *, climb: bool) -> Points:
        """Over the ground or water, on wheels, runners or keel."""
        way, ahead_m, back_m = self._free_way(target)
        long_s = max(self.end_s - self.start_s, 0.5)
        wanted = CROSS_M_S[self.model.way] * long_s
        length = min(ahead_m + back_m, max(wanted, 1.0), CROSS_MAX_M)
        if act == "come":
            begin, end = -min(back_m, length), 0.0
            gone = begin + (end - begin) * (1.0 - (1.0 - self.share) ** 2.2)
        elif act == "leave" or climb:
            begin, end = 0.0, min(ahead_m, length)
            gone = begin + (end - begin) * self.share**2.0
        else:
            begin = -min(back_m, 0.5 * length)
            end = min(ahead_m, begin + length)
            gone = begin + (end - begin) * self.share
        gone = gone - 1.2 * self.number * 2.0 * float(self.thing.half[2])
        places = self.thing.position + gone[:, None] * way
        pitch, roll = np.zeros(len(gone)), np.zeros(len(gone))
        water = self.model.way == "water"
        if water:
            swell = self.times_s * 1.7 + self.number
            places[:, 1] += 0.045 * np.sin(swell) * min(float(self.thing.half[2]), 2.0)
            pitch, roll = 0.035 * np.sin(swell + 0.8), 0.05 * np.sin(swell * 0.8)
        else:
            ground = self.scene.space.ground(places)
            here = float(self.scene.space.ground(self.thing.position[None])[0])
            places[:, 1] += ground - here
            nose = self.scene.space.ground(places + way * float(self.thing.half[2]))
            tail = self.scene.space.ground(places - way * float(self.thing.half[2]))
            pitch = -np.arctan2(nose - tail, 2.0 * float(self.thing.half[2]))
        if climb:
            rise = np.clip(self.share - 0.45, 0.0, 1.0)
            places[:, 1] += 14.0 * rise**2
            pitch = pitch - 0.5 * eased(rise / 0.3)
        yaw = np.full(len(gone), float(np.arctan2(way[0], way[2])))
        return self._frame(places, yaw, pitch, roll)

    def _upright(self, act: str) -> Points:
        """Straight up, faster and faster, or softly down; machines tremble before they rise."""
        pull = CLIMB_M_S2.get(self.model.kind, 1.1)
        since = self.since - 0.35 * (self.model.kind == "rocket")
        height = 0.5 * pull * np.clip(since, 0.0, None) ** 2
        if act == "land":
            left = np.clip(self.end_s * 0.92 - self.times_s, 0.0, None)
            height = 0.5 * min(pull, 1.3) * left**2
        places = np.repeat(self.thing.position[None], len(self.times_s), axis=0)
        places[:, 1] += height
        shake = 0.004 * np.sin(self.times_s * 61.0) * (self.model.kind == "rocket")
        sway = 0.02 * np.sin(self.times_s * 1.3) * (height > 0.05) * (self.model.kind != "rocket")
        yaw = np.full(len(height), self.thing.yaw)
        return self._frame(places, yaw, sway, shake + sway)

    def _still(self, act: str) -> Points:
        """In its place: hanging in the air, rocking on the water, or sinking."""
        places = np.repeat(self.thing.position[None], len(self.times_s), axis=0)
        slow = self.times_s * 1.5 + 2.1 * self.number
        yaw = self.thing.yaw + 0.06 * np.sin(slow * 0.5)
        pitch, roll = 0.03 * np.sin(slow), 0.04 * np.sin(0.83 * slow + 1.0)
        if act == "sink":
            places[:, 1] -= (2.2 * float(self.thing.half[1]) + 0.5) * self.share**1.4
            return self._frame(places, yaw, pitch + 0.5 * eased(self.share), roll)
        afloat = (
            self.model.way == "water"
            or water_of(self.scene.world).height_at(self.thing.position) is not None
        )
        lift = 0.0 if afloat else HOVER_M + 0.6 * float(self.thing.half[1] > 0.4)
        places[:, 1] += lift + 0.05 * np.sin(slow)
        return self._frame(places, yaw, pitch, roll)

    def _aloft(self, target: str, *, tilt: float) -> Points:
        """Through the air across the picture, high enough to clear what stands there."""
        way, ahead_m, back_m = self._free_way(target)
        size = float(max(self.thing.half))
        long_s = max(self.end_s - self.start_s, 0.5)
        length = min(
            CROSS_M_S["air"] * long_s * (0.4 if tilt < 0.2 else 1.0), CROSS_MAX_M + 2 * size
        )
        gone = (self.share - 0.5) * length
        high = float(np.clip(2.6 + 1.1 * size, 2.2, 9.0)) if size > 0.5 else 1.4
        if self.scene.world.indoor:
            high = min(high, 1.6)
            gone = np.clip(gone, -back_m, ahead_m)
        bank = 0.1 * np.sin(self.times_s * 1.1 + self.number)
        places = self.thing.position + gone[:, None] * way
        places[:, 1] += high + 0.15 * np.sin(self.times_s * 0.9 + self.number)
        yaw = np.full(len(gone), float(np.arctan2(way[0], way[2])))
        return self._frame(places, yaw, np.full(len(gone), tilt * 0.15), bank * tilt * 2.0)

    def turning(self, act: str) -> Points:
        """Turning about its own upright axis, or swinging from its top."""
        count = len(self.times_s)
        places = np.repeat(self.thing.position[None], count, axis=0)
        still = np.zeros(count)
        if act == "spin":
            return self._frame(places, self.thing.yaw + 2.4 * self.since, still, still)
        swing = 0.45 * np.sin(2.2 * self.since) * eased(np.clip(self.since / 0.8, 0.0, 1.0))
        out = self._frame(places, still + self.thing.yaw, swing, still)
        hook = np.array([0.0, float(self.thing.half[1]), 0.0])
        out[:, :, 3] += hook - np.einsum("nij,j->ni", out[:, :, :3], hook)
        return out

    def push(self, act: str, number: int) -> tuple[float, Points, Points]:
        """Return when, and with what velocity and spin (3,), a thing is set going."""
        aside = heading(self.front + (BROADSIDE_RAD if self._side() <= 0.0 else -BROADSIDE_RAD))
        radius = max(float(self.thing.half[1]), 0.03)
        if act == "bounce":
            return (self.start_s, np.array([0.0, 2.6, 0.0]) + aside * 0.5, np.zeros(3))
        if act == "roll":
            return (
                self.start_s,
                aside * ROLL_M_S,
                np.cross((0.0, 1.0, 0.0), aside) * ROLL_M_S / radius,
            )
        # Of several that stand in a row, the first one falls against the next.
        if number > 0:
            return (np.inf, np.zeros(3), np.zeros(3))
        edge = self._off_the_edge()
        if edge is not None:
            return (self.start_s + 0.25, edge, np.zeros(3))
        tall = self.thing.half[1] > 1.2 * min(self.thing.half[0], self.thing.half[2])
        speed = PUSH_M_S * (0.75 if tall else 1.0)
        spin = np.cross((0.0, 1.0, 0.0), aside) * (TOPPLE_RAD_S + (1.5 if tall else 0.0))
        return (self.start_s + 0.25, aside * speed, spin)

    def _off_the_edge(self) -> Points | None:
        """The velocity (3,) that carries a thing off what it stands on, None on the floor.

        It has to be faster than friction can stop on the way: v v = 2 mu g d.
        """
        support = support_of(self.thing, self.scene.placed)
        if support is None:
            return None
        best, shortest = np.zeros(3), np.inf
        for yaw in (self.front, self.front + 0.5 * np.pi, self.front - 0.5 * np.pi):
            way = heading(yaw)
            reach = support.footprint.reach_m(way)
            offset = float((self.thing.position - support.position) @ way)
            # Towards the camera it is seen best, so the other ways must be much shorter.
            left = (reach - offset) * (1.0 if yaw == self.front else 1.6)
            if left < shortest:
                best, shortest = way * np.sqrt(2.0 * 0.6 * 9.81 * max(reach - offset, 0.05)), left
        return np.asarray(best + 0.9 * best / max(float(np.linalg.norm(best)), 1e-6))

    def _side(self) -> float:
        right = -rightward(self.front)
        hero = np.asarray(self.scene.world.mark("hero").position, np.float64)
        return float((self.thing.position - hero) @ right)


def carried_parts(
    parts: Sequence[Part], scene: Scene, held: Moves, times_s: Points
) -> tuple[Part, ...]:
    """Let who is on or in something that goes somewhere go with it."""
    aboard = {
        point.character: point.anchor
        for point in scene.shot.beat.standpoints
        if point.relation in {"on", "inside"}
    }
    out = []
    for part in parts:
        anchor = aboard.get(part.name)
        index = next((k for k in held.held if scene.placed[k].prop.id == anchor), None)
        still = np.ptp(part.points[:, [0, 2]], axis=0).max() < 0.3
        if index is None or not still:
            out.append(part)
            continue
        thing, ways = scene.placed[index], held.held[index][0].transforms
        local = thing.to_local(part.points[0])
        places = ways[:, :, 3] + np.einsum("nij,j->ni", ways[:, :, :3], local)
        turns = np.unwrap(np.arctan2(ways[:, 0, 2], ways[:, 2, 2]))
        yaws = turns + float(part.yaws[0]) - thing.yaw
        out.append(changed(part, points=places, times_s=times_s.copy(), yaws=yaws))
    return tuple(out)


def wheels_of(placed: Sequence[Placed]) -> list[tuple[int, Wheel]]:
    """Return every part that turns, with the place of its thing in the order of things."""
    return [(k, wheel) for k, one in enumerate(placed) for wheel in one.model.wheels]


def turned_wheels(
    placed: Sequence[Placed], transforms: Points, times_s: Points, running: frozenset[int]
) -> Points:
    """Return where the turning parts are, (parts, n, 3, 4), for bodies at (things, n, 3, 4).

    A wheel turns by the way its thing goes ahead over the wheel's radius; what has no ground to
    roll on spins at its own rate while the machine runs.
    """
    parts = wheels_of(placed)
    out = np.zeros((len(parts), transforms.shape[1], 3, 4))
    for row, (index, wheel) in enumerate(parts):
        body = transforms[index]
        if wheel.radius_m > 0.0:
            step = np.diff(body[:, :, 3], axis=0)
            ahead = np.einsum("ni,ni->n", step, 0.5 * (body[1:, :, 2] + body[:-1, :, 2]))
            angle = np.concatenate([[0.0], np.cumsum(ahead)]) / wheel.radius_m
        else:
            moved = np.linalg.norm(np.diff(body[:, :, 3], axis=0), axis=1).sum() > 0.3
            on = index in running or moved or placed[index].model.way == ""
            angle = (times_s - times_s[0]) * wheel.rate_rad_s * on
        turn = _about(wheel.axis, angle)
        out[row, :, :, :3] = np.einsum("nij,njk->nik", body[:, :, :3], turn)
        out[row, :, :, 3] = body[:, :, 3] + np.einsum(
            "nij,j->ni", body[:, :, :3], np.asarray(wheel.at, np.float64)
        )
        # A body that is hidden hides its wheels.
        out[row, np.abs(body[:, :, :3]).sum(axis=(1, 2)) < 1e-9] = 0.0
    return out


def _about(axis: str, angle: Points) -> Points:
    """Return rotations (n, 3, 3); about x a wheel turns so that it rolls towards +Z."""
    cos, sin, one, zero = np.cos(angle), np.sin(angle), np.ones_like(angle), np.zeros_like(angle)
    rows = {
        "x": [[one, zero, zero], [zero, cos, -sin], [zero, sin, cos]],
        "y": [[cos, zero, sin], [zero, one, zero], [-sin, zero, cos]],
        "z": [[cos, -sin, zero], [sin, cos, zero], [zero, zero, one]],
    }[axis]
    return np.moveaxis(np.array(rows), 2, 0)

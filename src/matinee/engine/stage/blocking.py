"""Blocking: who stands where, who does what when, and whom they look at.

Everybody of a setting has a home that depends only on the order of the cast, so that people keep
their places from shot to shot. Two face each other, open to the camera; more stand in an arc. A
beat's actions become acts on the shot's time line, in step with what is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import replace as changed
from typing import TYPE_CHECKING

import numpy as np
from msgspec.structs import replace

from matinee.engine.stage.space import heading, rightward, turn_between, yaw_towards
from matinee.engine.stage.verbs import (
    STANCES,
    WALK_M_S,
    Going,
    is_kit,
    meaning,
    meaning_of_animal,
    pace_m_s,
    ridden,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matinee import film
    from matinee.engine.stage.placing import Placed
    from matinee.engine.stage.space import FreeSpace, Points
    from matinee.engine.stage.worlds.model import Mark, World

TALK_DISTANCE_M = 1.05
OPEN_RAD = np.radians(54.0)
SHOULDER_ROOM_M = 0.78
PERSON_RADIUS_M = 0.32
ASLANT_M = 3.6
ARRIVED_TURN_S = 0.5
SET_OFF_S, STOP_S = 0.45, 0.75
SEAT_WIDTH_M = 0.62
LONG_SINCE_S = 4.0
STEPPED_OVER_M, OVERHEAD_M = 0.1, 1.9
SEAT_TURNED_M, COMPANY = 1.2, 1.5
"""Who is somewhere at the start of a shot sat or lay down so long before."""


@dataclass(frozen=True)
class Build:
    """The measures of somebody that blocking needs, in metres."""

    height_m: float
    eye_height_m: float
    radius_m: float
    pace: float = 1.0
    animal: bool = False


@dataclass(frozen=True, eq=False)
class Home:
    """Where somebody belongs in a setting: position (3,) of the feet, yaw, and seat if any.

    `pose` is the act in which they are there when there is no room to stand.
    """

    position: Points
    yaw: float
    seat_height_m: float | None = None
    pose: str = ""


@dataclass(frozen=True, eq=False)
class Doing:
    """Something somebody does from start_s to end_s; `target` (3,) is where it is aimed.

    `verb` is the action as the screenplay names it, `toward` the id of what it is done to.
    """

    action: str
    start_s: float
    end_s: float
    target: Points | None = None
    manner: str = ""
    intensity: float = 1.0
    verb: str = ""
    toward: str = ""


@dataclass(frozen=True, eq=False)
class Part:
    """What somebody does in a shot: a way across the floor and the acts on it.

    points (k, 3), times_s (k,) and yaws (k,) say where the feet are when, and which way the body
    turns.
    """

    name: str
    points: Points
    times_s: Points
    yaws: Points
    doings: tuple[Doing, ...]
    seat_height_m: float | None = None

    def at(self, time_s: float) -> Points:
        """Return where the feet are at a time, (3,)."""
        return np.array([np.interp(time_s, self.times_s, self.points[:, k]) for k in range(3)])


def seat_of(name: str) -> str:
    """Return the id of the seat that is brought for somebody who sits where there is none."""
    return f"{name[:58]}_seat"


def homes(
    count: int, world: World, space: FreeSpace, *, radii: Sequence[float] = ()
) -> tuple[Home, ...]:
    """Return the homes of a cast of `count`, in the order of the cast.

    The first two are left and right of the hero mark as the camera sees it; three or more stand
    in an arc open to the camera, and a place that is not free gives way to a mark of the world.
    """
    hero = world.mark("hero")
    centre, front = np.asarray(hero.position, np.float64), world.front_yaw
    if count <= 1:
        return (Home(centre, front, hero.seat_height_m),) if count else ()
    right = -rightward(front)
    # Who is larger than a person, such as a horse, needs more room on all sides.
    wider = sum(max(radius - PERSON_RADIUS_M, 0.0) for radius in radii)
    if count == 2:
        half = right * (TALK_DISTANCE_M + wider) * 0.5
        places = [(centre - half, front + OPEN_RAD), (centre + half, front - OPEN_RAD)]
    else:
        spread = 1.0 + 0.8 * wider / count
        places = [(centre + (at - centre) * spread, yaw) for at, yaw in _arc(count, centre, front)]
    spare = [mark for mark in world.marks if mark.name != "hero" and mark.seat_height_m is None]
    out: list[Home] = []
    for place, yaw in places:
        out.append(_settle(place, yaw, out, spare, space))
    return tuple(out)


def _arc(count: int, centre: Points, front: float) -> list[tuple[Points, float]]:
    """Places on an arc whose hollow side is turned to the camera, rows of six at most."""
    places: list[tuple[Points, float]] = []
    rows = -(-count // 6)
    for row in range(rows):
        here = count // rows + (1 if row < count % rows else 0)
        radius = 1.35 + 0.22 * here
        middle = centre + heading(front) * (radius * 0.72) - heading(front) * (1.05 * row)
        step = min(SHOULDER_ROOM_M * 1.08 / radius, np.radians(150.0) / max(here - 1, 1))
        for k in range(here):
            swing = (k - (here - 1) / 2.0 + (0.35 if row else 0.0)) * step
            way = front + np.pi - swing
            place = middle + heading(way) * radius
            # Half way between the middle of the circle and the camera.
            yaw = front + 0.55 * turn_between(front, way + np.pi)
            places.append((place, yaw))
    return places


def _settle(
    place: Points, yaw: float, taken: Sequence[Home], spare: list[Mark], space: FreeSpace
) -> Home:
    chest = space.on_ground(float(place[0]), float(place[2]))
    crowded = any(_flat(one.position, place) < SHOULDER_ROOM_M * 0.8 for one in taken)
    if not crowded and not space.solid((chest + np.array([0.0, 0.9, 0.0]))[None], margin_m=0.2)[0]:
        return Home(chest, yaw)
    for mark in list(spare):
        spot = np.asarray(mark.position, np.float64)
        if all(_flat(one.position, spot) >= SHOULDER_ROOM_M for one in taken):
            spare.remove(mark)
            return Home(spot, mark.yaw)
    return Home(chest, yaw)


def _flat(first: Points, second: Points) -> float:
    return float(np.hypot(first[0] - second[0], first[2] - second[2]))


@dataclass(frozen=True, eq=False)
class Scene:
    """All that blocking knows: the shot, its people and things, and the floor."""

    shot: film.Shot
    world: World
    space: FreeSpace
    homes: Mapping[str, Home]
    builds: Mapping[str, Build]
    placed: Sequence[Placed]
    duration_s: float

    @property
    def cast(self) -> tuple[str, ...]:
        """The ids of those seen in this shot, in the order of the setting's cast."""
        present = set(self.shot.beat.cast)
        present |= {action.character for action in self.shot.beat.actions}
        present |= {line.character for line in self.shot.beat.lines}
        present |= {speech.character for speech in self.shot.speeches}
        return tuple(one.id for one in self.shot.characters if one.id in present)

    def thing(self, name: str) -> Placed | None:
        """Return the first prop of that id."""
        return next((one for one in self.placed if one.prop.id == name), None)

    def eyes(self, name: str) -> Points:
        """Return where somebody's eyes are at home."""
        home, build = self.homes[name], self.builds[name]
        drop = build.eye_height_m
        if home.seat_height_m is not None:
            drop = home.seat_height_m + 0.43 * build.height_m
        return np.asarray(home.position + np.array([0.0, drop, 0.0]))

    def place_of(self, name: str) -> Points | None:
        """Return where a character looks from, or where a thing is; None for nobody."""
        if name in self.homes and name in self.builds:
            return self.eyes(name)
        thing = self.thing(name)
        return None if thing is None else thing.position


def block(scene: Scene) -> tuple[Part, ...]:
    """Return the part of everybody in the shot, in the order of the cast."""
    parts = [_part(scene, name) for name in scene.cast]
    return tuple(_apart(parts, scene))


def _part(scene: Scene, name: str) -> Part:
    home = scene.homes[name]
    spans = _spans(scene, name)
    route = _Route(scene, name, home)
    doings = [Doing("stand", 0.0, scene.duration_s), *_at_home(scene, name, home, spans)]
    # What comes later in the list wins: a deed over the gestures of speech, a look over both.
    doings += _speaking(scene, name, spans)
    for action, start_s, end_s in spans:
        doings += route.play(action, start_s, end_s)
    doings += _looking(scene, name, spans)
    return route.part(tuple(doings))


def _at_home(
    scene: Scene,
    name: str,
    home: Home,
    spans: Sequence[tuple[film.screenplay.Action, float, float]],
) -> list[Doing]:
    """Sit, or crouch, where somebody was put, until they first go somewhere."""
    leaves = (low for act, low, _ in spans if meaning(act.verb).going is not Going.NOWHERE)
    until_s = min(leaves, default=scene.duration_s)
    if until_s < 0.3:
        return []
    if home.seat_height_m is not None and not scene.builds[name].animal:
        seat = np.asarray(home.position + np.array([0.0, home.seat_height_m, 0.0]))
        return [Doing("sit", -LONG_SINCE_S, until_s, seat)]
    return [Doing(home.pose, -LONG_SINCE_S, until_s)] if home.pose else []


def _spans(scene: Scene, name: str) -> list[tuple[film.screenplay.Action, float, float]]:
    """When somebody's actions happen: the written windows, cut so that none overlap."""
    own = [
        replace(action, target="") if action.target == name else action
        for action in scene.shot.beat.actions
        if action.character == name
    ]
    whole = [action for action in own if action.position == "whole"]
    total = scene.duration_s
    windows = {"start": (0.0, 0.5), "middle": (0.28, 0.78), "end": (0.5, 1.0)}
    timed = []
    for action in own:
        if action.position == "whole":
            index = whole.index(action)
            timed.append((action, total * index / len(whole), total * (index + 1) / len(whole)))
        else:
            low, high = windows[action.position]
            timed.append((action, total * low, total * high))
    timed.sort(key=lambda span: span[1])
    out: list[tuple[film.screenplay.Action, float, float]] = []
    for index, (action, start_s, end_s) in enumerate(timed):
        follower = timed[index + 1][1] if index + 1 < len(timed) else end_s
        if index + 1 < len(timed) and follower - start_s < 0.4:
            follower = (start_s + timed[index + 1][2]) * 0.5
        out.append(
            (action, out[-1][2] if out and out[-1][2] > start_s else start_s, min(end_s, follower))
        )
    return [span for span in out if span[2] - span[1] > 0.05]


class _Route:
    """One person's way through a shot, built action by action."""

    def __init__(self, scene: Scene, name: str, home: Home) -> None:
        self.scene, self.name, self.home = scene, name, home
        self.knots: list[tuple[float, Points, float]] = [(0.0, home.position, home.yaw)]
        self.seat = home.seat_height_m

    @property
    def place(self) -> Points:
        return self.knots[-1][1]

    def play(self, action: film.screenplay.Action, start_s: float, end_s: float) -> list[Doing]:
        """Add an action: move the knots where it needs that, and return its acts."""
        thing = self.scene.thing(action.target) if action.target else None
        if thing is not None and is_kit(thing.model.kind, action.verb):
            # Nobody walks to what they ride, or turns to what they play on.
            action = replace(action, verb=ridden(action.verb, thing.model.kind), target="")
        if self.scene.builds[self.name].animal:
            known = meaning_of_animal(action.verb)
        else:
            known = meaning(self._armed(action.verb))
        if known.going is not Going.NOWHERE:
            return self._go(action, known.going, known.action, start_s, end_s)
        held = known.handles in {"carry", "drop"} and action.target not in self.scene.builds
        target = self._aim(action) if not held or known.reach_m is not None else None
        if known.seated and not self.scene.builds[self.name].animal:
            target = self._sit(action)
            end_s = self._up_again_s(start_s)
        elif known.handles == "kick" and target is not None:
            self._behind(target, known.reach_m or 0.45)
        elif known.reach_m is not None and target is not None:
            start_s = self._approach(target, known.reach_m, action.target, start_s, end_s)
        elif target is None and known.handles == "throw":
            # Across the picture: thrown at the lens, it would only grow.
            ahead = heading(self._aside()) * 3.2
            target = self._floor(self.place + ahead) + np.array([0.0, 0.4, 0.0])
            self._turn(target, start_s)
        elif target is not None:
            self._turn(target, start_s)
        return [
            Doing(
                known.action,
                start_s,
                end_s,
                target,
                action.manner or known.manner,
                verb=action.verb,
                toward=action.target,
            )
        ]

    def _armed(self, verb: str) -> str:
        """Fight with what is in hand, if anything is."""
        armed = any(one.holder == self.name for one in self.scene.placed)
        return "sword_fight" if armed and meaning(verb).action == "fight" else verb

    def _aim(self, action: film.screenplay.Action) -> Points | None:
        """Where an action is aimed: its target, or for gestures to somebody the other person."""
        known = meaning(action.verb)
        others = [one for one in self.scene.cast if one != self.name]
        if known.handles in {"throw", "give"} and action.target not in self.scene.builds and others:
            thing = self.scene.thing(action.target)
            if thing is None or thing.holder or max(thing.half) < 0.2:
                # What is thrown is named: it goes to the other one.
                return self.scene.eyes(others[0])
        found = self.scene.place_of(action.target) if action.target else None
        if found is not None or action.target:
            return found
        if known.social:
            return self.scene.eyes(others[0]) if others else None
        return None

    def _turn(self, target: Points, start_s: float) -> None:
        """Turn towards a target, but never so far that the camera sees only the back."""
        front = self.scene.world.front_yaw
        wanted = turn_between(front, yaw_towards(self.place, target))
        yaw = front + float(np.clip(wanted, -1.15, 1.15))
        last_s, place, before = self.knots[-1]
        if start_s <= 0.05 and len(self.knots) == 1:
            self.knots = [(0.0, place, yaw)]
            return
        begin = max(start_s - 0.2, last_s)
        self.knots += [(begin, place, before), (begin + 0.6, place, yaw)]

    def _approach(
        self, target: Points, reach_m: float, name: str, start_s: float, end_s: float
    ) -> float:
        """Go within reach of a target when it is further off; return when the hands are free."""
        thing = self.scene.thing(name)
        room = reach_m + (thing.reach_m * 0.6 if thing is not None else 0.0)
        away = _flat(self.place, target)
        if away <= room + 0.12 or self._awaited(name):
            self._turn(target, start_s)
            return start_s
        spot = target + (self.place - target) * (room / away)
        spot = self.scene.space.on_ground(float(spot[0]), float(spot[2]))
        need = _flat(self.place, spot) / (WALK_M_S * 1.25)
        share = min(need, (end_s - start_s) * 0.55)
        if need > (end_s - start_s) * 0.55:
            # There is no time for the whole way, so the shot begins with part of it behind.
            back = spot + (self.place - spot) * (share / need)
            self._begin_at(back)
        self._walk(spot, start_s, start_s + share, yaw_towards(spot, target))
        return start_s + share

    def _awaited(self, name: str) -> bool:
        """Whether the other one comes to us: of two who approach each other, the first goes."""
        cast = self.scene.cast
        if name not in cast or cast.index(name) > cast.index(self.name):
            return False
        return any(
            action.character == name
            and action.target == self.name
            and meaning(action.verb).reach_m is not None
            for action in self.scene.shot.beat.actions
        )

    def _begin_at(self, place: Points) -> None:
        if len(self.knots) == 1:
            at = self.scene.space.on_ground(float(place[0]), float(place[2]))
            self.knots = [(0.0, at, self.knots[0][2])]

    def _walk(self, spot: Points, start_s: float, end_s: float, yaw_after: float) -> None:
        """Go straight to a spot: off with a start, and to a stop unless the shot ends before."""
        last_s, place, before = self.knots[-1]
        way = yaw_towards(place, spot)
        start_s = max(start_s, last_s)
        if start_s > last_s + 0.05:
            self.knots.append((start_s, place, before if start_s > 0.4 else way))
        elif len(self.knots) == 1:
            self.knots = [(last_s, place, way)]
        length_s = max(end_s - start_s, 0.1)
        goes_on = end_s >= self.scene.duration_s - 0.05
        start_share = SET_OFF_S / length_s if start_s > 0.1 else 0.0
        stop_share = 0.0 if goes_on else STOP_S / length_s
        for share in np.linspace(0.0, 1.0, 13)[1:-1]:
            reached = _covered(float(share), min(start_share, 0.4), min(stop_share, 0.5))
            between = place + (spot - place) * reached
            at = self.scene.space.on_ground(float(between[0]), float(between[2]))
            self.knots.append((start_s + length_s * float(share), at, way))
        end_s = start_s + length_s
        self.knots.append((end_s, spot, way))
        if goes_on:
            # Nobody brakes because the film is cut.
            on = self._floor(spot + (spot - place) / max(length_s, 1e-3))
            self.knots.append((end_s + 1.0, on, way))
        else:
            self.knots.append((end_s + ARRIVED_TURN_S, spot, yaw_after))

    def _share_of(self, thing: Placed) -> float:
        """How far from the middle of a bench one sits when others sit on it too, in metres."""
        sitters = [
            action.character
            for action in self.scene.shot.beat.actions
            if action.target == thing.prop.id and meaning(action.verb).seated
        ]
        row = [name for name in self.scene.cast if name in sitters]
        if len(row) < 2 or self.name not in row:
            return 0.0
        # The first of the cast sits to the left in the picture.
        return (row.index(self.name) - (len(row) - 1) / 2.0) * -SEAT_WIDTH_M

    def _up_again_s(self, start_s: float) -> float:
        """When somebody who sits gets up: when they next go somewhere, or not in this shot."""
        later = [
            low
            for action, low, _ in _spans(self.scene, self.name)
            if low > start_s and meaning(action.verb).going is not Going.NOWHERE
        ]
        return min(later, default=self.scene.duration_s)

    def _sit(self, action: film.screenplay.Action) -> Points:
        """Take a seat, the one aimed at or the nearest free one, and return where one sits."""
        thing = self.scene.thing(action.target) if action.target else None
        if thing is None or not thing.is_seat:
            thing = self.scene.thing(seat_of(self.name))
        if thing is not None and thing.is_seat:
            self.seat = thing.seat_height_m
            along = rightward(thing.yaw) * self._share_of(thing)
            place = thing.seat_place + along
            floor = np.array([place[0], thing.foot_m, place[2]])
            self.knots = [(0.0, floor, thing.yaw)]
            return np.asarray(self.place + np.array([0.0, self.seat, 0.0]))
        seats = [mark for mark in self.scene.world.marks if mark.seat_height_m is not None]
        if seats:
            mark = self._own_seat(seats)
            self.seat = mark.seat_height_m
            self.knots = [(0.0, np.asarray(mark.position, np.float64), mark.yaw)]
        return np.asarray(self.place + np.array([0.0, self.seat or 0.46, 0.0]))

    def _own_seat(self, seats: Sequence[Mark]) -> Mark:
        """Return the seat of the set that is ours: near our home, and ours alone.

        One that turns its back on the camera counts as further off than it is.
        """
        front, free = self.scene.world.front_yaw, list(seats)

        def far(mark: Mark, home: Home) -> float:
            turned = max(-float(np.cos(mark.yaw - front)), 0.0)
            return _flat(np.asarray(mark.position), home.position) + SEAT_TURNED_M * turned

        taken: list[Points] = []

        def apart(mark: Mark) -> float:
            """How far a seat is from those of the others: company sits together."""
            spot = np.asarray(mark.position)
            return min((_flat(spot, other) for other in taken), default=0.0)

        for name, home in self.scene.homes.items():
            free = free or list(seats)
            costs = [far(mark, home) + COMPANY * apart(mark) for mark in free]
            best = free.pop(int(np.argmin(costs)))
            if name == self.name:
                return best
            taken.append(np.asarray(best.position))
        return seats[0]

    def _aside(self) -> float:
        """The yaw across the picture, towards its middle, still open to the camera."""
        right = -rightward(self.scene.world.front_yaw)
        hero = np.asarray(self.scene.world.mark("hero").position, np.float64)
        side = 1.0 if float((self.place - hero) @ right) <= 0.0 else -1.0
        return self.scene.world.front_yaw + side

    def _behind(self, target: Points, reach_m: float) -> None:
        """Stand behind something on the floor, so as to kick it across the picture."""
        aside = self._aside()
        spot = self._floor(target - heading(aside) * reach_m)
        if len(self.knots) == 1:
            self.knots = [(0.0, spot, aside)]

    def _floor(self, place: Points) -> Points:
        return self.scene.space.on_ground(float(place[0]), float(place[2]))

    def _go(
        self,
        action: film.screenplay.Action,
        going: Going,
        gait: str,
        start_s: float,
        end_s: float,
    ) -> list[Doing]:
        """Cross the floor: to a target, along the stretch, in from or out of the picture."""
        speed = pace_m_s(gait) * self.scene.builds[self.name].pace
        target = self._aim(action)
        if action.target and target is not None and going is not Going.AWAY:
            reached = self._to_target(action.target, target, speed, start_s, end_s)
            return [self._gait(action, gait, start_s, reached, target)]
        length = min(speed * (end_s - start_s), self._stretch_m())
        way = self._stretch_way()
        if going is Going.AWAY:
            spot = self._floor(self.place + way * self._free_m(way, length))
            yaw = yaw_towards(self.place, spot)
            self._walk(spot, start_s, end_s, yaw)
        else:
            share = 0.86 if going is Going.THERE else 1.0
            back = self._free_m(-way, length * share)
            here = self.place
            if start_s < 0.6 and len(self.knots) == 1:
                # People arrive at their own place, where the next shot will find them.
                self.knots = [(0.0, self._floor(here - way * back), self.knots[0][2])]
                after = yaw_towards(here - way, here) if share == 1.0 else self.home.yaw
                self._walk(here, 0.0, max(end_s * share, 0.4), after)
            else:
                spot = self._floor(here + way * self._free_m(way, length))
                self._walk(spot, start_s, end_s, yaw_towards(here, spot))
        return [self._gait(action, gait, start_s, end_s, None)]

    def _gait(
        self,
        action: film.screenplay.Action,
        gait: str,
        start_s: float,
        end_s: float,
        target: Points | None,
    ) -> Doing:
        return Doing(
            gait, start_s, end_s, target, action.manner, verb=action.verb, toward=action.target
        )

    def _to_target(
        self, name: str, target: Points, speed: float, start_s: float, end_s: float
    ) -> float:
        thing = self.scene.thing(name)
        room = 0.95 if thing is None else 0.5 + thing.reach_m * 0.7
        away = max(_flat(self.place, target), 1e-3)
        spot = self._floor(target + (self.place - target) * (min(room, away) / away))
        length = _flat(self.place, spot)
        time_s = (end_s - start_s) * 0.9
        wanted = min(max(time_s * speed * 0.8, length), self._stretch_m())
        if wanted > length + 0.4 and len(self.knots) == 1:
            # The way is lengthened backwards, so that the walk is seen.
            back = (self.place - spot) / max(length, 1e-3)
            reach = self._free_m(back, wanted - length)
            self._begin_at(self.place + back * reach)
            length = _flat(self.place, spot)
        reached = min(start_s + max(length / speed, 0.3), end_s)
        self._walk(spot, start_s, reached, yaw_towards(spot, target))
        return reached

    def _stretch_m(self) -> float:
        (x0, z0), (x1, z1) = self.scene.world.walk
        return float(np.hypot(x1 - x0, z1 - z0))

    def _stretch_way(self) -> Points:
        """The direction of the walk, the same for all: towards the camera or across it."""
        (x0, z0), (x1, z1) = self.scene.world.walk
        way = np.array([x1 - x0, 0.0, z1 - z0])
        way /= max(float(np.linalg.norm(way)), 1e-6)
        ahead = float(way @ heading(self.scene.world.front_yaw))
        way = way if ahead >= -0.15 else -way
        return self._aslant(way) if self.scene.builds[self.name].animal else way

    def _aslant(self, way: Points) -> Points:
        """Lead an animal across the picture where there is room: its gait is seen from the side."""
        front = self.scene.world.front_yaw
        for turn in (1.05, -1.05, 0.7, -0.7):
            other = heading(front + turn)
            if min(self._free_m(other, ASLANT_M), self._free_m(-other, ASLANT_M)) >= ASLANT_M:
                return np.asarray(other)
        return way

    def _free_m(self, way: Points, wanted_m: float) -> float:
        """How far one can walk that way from here, at most `wanted_m`."""
        knee = self.place + np.array([0.0, 0.5, 0.0])
        free = float(self.scene.space.clearance(knee, way[None], margin_m=0.3)[0])
        free = min(free, *(_before_m(one, self.place, way) for one in self.scene.placed), np.inf)
        return max(min(wanted_m, free - 0.1), 0.0)

    def part(self, doings: tuple[Doing, ...]) -> Part:
        """Close the way: strictly rising times, to the end of the shot."""
        knots = self.knots
        if knots[-1][0] < self.scene.duration_s:
            knots = [*knots, (self.scene.duration_s, knots[-1][1], knots[-1][2])]
        times = [knots[0][0]]
        for time_s, _, _ in knots[1:]:
            times.append(max(time_s, times[-1] + 1e-3))
        yaws = np.unwrap(np.array([yaw for _, _, yaw in knots]))
        points = np.array([place for _, place, _ in knots])
        return Part(self.name, points, np.array(times), yaws, doings, self.seat)


def _before_m(thing: Placed, place: Points, way: Points) -> float:
    """How far one gets from a place before a thing that stands in the way; inf past it or over it.

    Slabs of its footprint, widened by a body; what one already stands beside is no hindrance.
    """
    half = thing.half[[0, 2]] + PERSON_RADIUS_M
    low = 2.0 * float(thing.half[1]) < STEPPED_OVER_M
    above = thing.foot_m > float(place[1]) + OVERHEAD_M
    if thing.holder or low or above or thing.inside is not None:
        return float("inf")
    axes = np.stack([-rightward(thing.yaw)[[0, 2]], heading(thing.yaw)[[0, 2]]])
    start = axes @ (place - thing.position)[[0, 2]]
    step = axes @ way[[0, 2]]
    step = np.where(np.abs(step) < 1e-9, 1e-9, step)
    ends = np.sort(np.stack([(-half - start) / step, (half - start) / step]), axis=0)
    enters, leaves = float(ends[0].max()), float(ends[1].min())
    return enters if 0.0 < enters < leaves else float("inf")


def _covered(time: float, start: float, stop: float) -> float:
    """The share of the way that is behind after a share of the time, 0..1.

    Speed rises evenly over the share `start`, is then steady, and falls evenly over `stop`.
    """
    speed = 1.0 / (1.0 - 0.5 * (start + stop))
    if time < start:
        return 0.5 * speed * time * time / start
    if time > 1.0 - stop:
        left = 1.0 - time
        return 1.0 - 0.5 * speed * left * left / stop
    return speed * (time - 0.5 * start)


def _speaking(
    scene: Scene,
    name: str,
    spans: Sequence[tuple[film.screenplay.Action, float, float]],
) -> list[Doing]:
    """Talk in one's own lines and listen in the others'."""
    out = []
    for speech in scene.shot.speeches:
        start_s = speech.start_ms / 1000.0
        end_s = start_s + speech.duration_ms / 1000.0
        if speech.character == name:
            listeners = [one for one in scene.cast if one != name]
            target = scene.eyes(listeners[0]) if listeners else _lens(scene, name)
            busy = any(low < end_s and high > start_s for _, low, high in spans)
            power = STANCES.get(speech.mood, 0.8) * (0.55 if busy else 1.0)
            out.append(Doing("talk", start_s, end_s, target, speech.mood, power))
        elif speech.character in scene.builds and speech.character in scene.cast:
            busy = any(low < end_s and high > start_s for _, low, high in spans)
            if not busy:
                out.append(Doing("listen", start_s, end_s, scene.eyes(speech.character)))
    return out


def _lens(scene: Scene, name: str) -> Points:
    """Where somebody alone looks who speaks to those who watch: beside the lens."""
    ahead = heading(scene.world.front_yaw) * 2.6
    return np.asarray(scene.eyes(name) + ahead - np.array([0.0, 0.02, 0.0]))


def _looking(
    scene: Scene,
    name: str,
    spans: Sequence[tuple[film.screenplay.Action, float, float]],
) -> list[Doing]:
    """Whom somebody looks at: who speaks, what they act upon, or the one opposite."""
    out: list[Doing] = []
    others = [one for one in scene.cast if one != name]
    moments = [(0.0, "")]
    moments += [
        (max(speech.start_ms / 1000.0 - 0.12, 0.0), speech.character)
        for speech in scene.shot.speeches
    ]
    moments.sort()
    for index, (start_s, speaker) in enumerate(moments):
        end_s = moments[index + 1][0] if index + 1 < len(moments) else scene.duration_s
        if end_s - start_s < 0.05:
            continue
        if speaker == name or not speaker or speaker not in scene.cast:
            target = scene.eyes(others[0]) if others else None
            if target is None and speaker == name:
                target = _lens(scene, name)
        else:
            target = scene.eyes(speaker)
        busy = any(low < end_s and high > start_s for _, low, high in spans)
        if target is not None and not (busy and speaker == ""):
            out.append(Doing("look", start_s, end_s, target))
    for action, start_s, end_s in spans:
        target = scene.place_of(action.target) if action.target else None
        if meaning(action.verb).handles == "carry" and action.target not in scene.builds:
            # What is in hand needs no look; one drinks to somebody and presents to those watching.
            target = scene.eyes(others[0]) if others else _lens(scene, name)
        if target is not None:
            out.append(Doing("look", start_s, end_s, target))
    return out


def _apart(parts: list[Part], scene: Scene) -> list[Part]:
    """Lead every way around those who stand on it, so that nobody walks through anybody."""
    out: list[Part] = []
    for part in parts:
        moved = part
        for other in parts:
            if other.name != part.name:
                moved = _around(moved, other, scene)
        out.append(moved)
    return out


def _around(part: Part, other: Part, scene: Scene) -> Part:
    if np.ptp(part.points[:, [0, 2]], axis=0).max() < 0.3:
        return part
    still = np.ptp(other.points[:, [0, 2]], axis=0).max() < 0.3
    if not still and other.name > part.name:
        return part
    times = np.linspace(0.0, scene.duration_s, 49)
    mine = np.array([part.at(time_s) for time_s in times])
    theirs = np.array([other.at(time_s) for time_s in times])
    away = mine - theirs
    away[:, 1] = 0.0
    distance = np.linalg.norm(away, axis=1)
    need = SHOULDER_ROOM_M
    if distance.min() >= need * 0.97:
        return part
    way = mine[-1] - mine[0]
    way[1] = 0.0
    aside = np.cross(way / max(float(np.linalg.norm(way)), 1e-6), (0.0, 1.0, 0.0))
    closest = away[int(np.argmin(distance))]
    side = aside if float(closest @ aside) >= 0.0 else -aside
    # A wide, soft bow around the other one; the feet keep their time.
    along = (mine - theirs[int(np.argmin(distance))]) @ (way / max(np.linalg.norm(way), 1e-6))
    bow = np.exp(-0.5 * (along / 0.9) ** 2)
    lateral = (away * side).sum(axis=1)
    shift = np.maximum(need * bow - np.maximum(lateral, 0.0) * bow, 0.0)
    bent = mine + side * shift[:, None]
    bent[:, 1] = scene.space.ground(bent)
    yaws = np.interp(times, part.times_s, part.yaws)
    return changed(part, points=bent, times_s=times, yaws=yaws)

"""Pairs: two who do something together stand right for it, and their hands really meet.

What one does to another names its counterpart; both turn to each other at the distance that the
deed needs, and after a first performance each hand is led to where the other body is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from matinee.engine.stage.blocking import Doing
from matinee.engine.stage.motion import Touch
from matinee.engine.stage.space import turn_between

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matinee.engine.stage.blocking import Part, Scene
    from matinee.engine.stage.cast import Person
    from matinee.engine.stage.handling import Actor
    from matinee.engine.stage.motion import Performance
    from matinee.engine.stage.space import Points

Touches: TypeAlias = "dict[int, tuple[Touch, ...]]"
"""What hands shall meet, by the index of the doing."""

STEP_S = 0.04
MEET_S = 0.7
ORBIT_RAD_S = 0.75
PALM_M = 0.012
BACK_M = 0.125
CHEST_M = 0.13
FIST_M = 0.06
REACH_UP, REACH_DOWN, REACH = 0.7, 0.85, 1.35
"""How far up, down and away a hand is led, in arm lengths: the trunk leans after it."""
KNEELS_M, KNEE_M = 0.3, 0.18
"""From which difference of height on the taller one kneels to take somebody in their arms."""


@dataclass(frozen=True)
class Pairing:
    """How two do something: how far apart, what the other does, and whether they face each other.

    distance_m is between two adults of average height; `other` is empty when the other one does
    as they like; `beside` they look the same way; `turns` they go round each other; `embraces`: the
    taller one comes down to somebody small.
    """

    distance_m: float
    other: str
    beside: bool = False
    turns: bool = False
    embraces: bool = False


PAIRINGS = {
    "shake_hands": Pairing(0.78, "shake_hands"),
    "hug": Pairing(0.34, "hug", embraces=True),
    "kiss": Pairing(0.40, "kiss", embraces=True),
    "high_five": Pairing(0.80, "high_five"),
    "slap": Pairing(0.62, "flinch"),
    "give": Pairing(0.90, "receive"),
    "throw": Pairing(3.2, ""),
    "kick": Pairing(3.6, ""),
    "tennis": Pairing(6.0, "tennis"),
    "sword_fight": Pairing(1.25, "sword_fight"),
    "fight": Pairing(0.92, "fight"),
    "punch": Pairing(0.90, "punch"),
    "toast": Pairing(0.95, "toast"),
    "whisper": Pairing(0.5, ""),
    "hold_hands": Pairing(0.52, "hold_hands", beside=True),
    "waltz": Pairing(0.40, "waltz", turns=True),
    "tango": Pairing(0.34, "tango", turns=True),
}
SPARE = {"stand", "look", "listen"}
"""What somebody does who is free to answer."""


def together(parts: Sequence[Part], human: set[str], scene: Scene) -> tuple[Part, ...]:
    """Bring those who do something together face to face, and let the other do their half."""
    known = {part.name: part for part in parts}
    met: set[frozenset[str]] = set()
    for part in parts:
        for doing in part.doings:
            other = _other(doing, part.name, known, human)
            if other is None or frozenset((part.name, other)) in met:
                continue
            met.add(frozenset((part.name, other)))
            known[part.name], known[other] = _met(known[part.name], known[other], doing, scene)
    return tuple(known[part.name] for part in parts)


def _other(doing: Doing, name: str, parts: Mapping[str, Part], human: set[str]) -> str | None:
    """Return with whom somebody does what takes two; None when it takes one, or nobody is there."""
    if doing.action not in PAIRINGS or not doing.verb or name not in human:
        return None
    if parts[name].seat_height_m is not None:
        return None
    others = [one for one in parts if one != name and one in human]
    wanted = doing.toward if doing.toward in others else ""
    found = wanted or (others[0] if len(others) == 1 and doing.toward not in parts else "")
    return found if found and parts[found].seat_height_m is None else None


def _met(first: Part, second: Part, doing: Doing, scene: Scene) -> tuple[Part, Part]:
    pairing = PAIRINGS[doing.action]
    builds = scene.builds
    size = (builds[first.name].height_m + builds[second.name].height_m) / 3.44
    times = np.arange(0.0, scene.duration_s + STEP_S, STEP_S)
    places = [np.array([part.at(time) for time in times]) for part in (first, second)]
    yaws = [np.interp(times, part.times_s, part.yaws) for part in (first, second)]
    begun = doing.start_s < 0.3
    share = np.ones(len(times)) if begun else _ease((times - doing.start_s) / MEET_S + 0.8)
    middle = (places[0] + places[1]) / 2
    gap = places[1] - places[0]
    gap[:, 1] = 0.0
    way = gap / np.maximum(np.linalg.norm(gap, axis=1, keepdims=True), 1e-6)
    front = scene.world.front_yaw
    if pairing.turns:
        turn = ORBIT_RAD_S * np.clip(times - doing.start_s, 0.0, None)
        base = float(np.arctan2(way[0, 0], way[0, 2]))
        way = np.stack([np.sin(base + turn), 0 * turn, np.cos(base + turn)], axis=1)
    apart = pairing.distance_m * size
    if (
        pairing.embraces
        and abs(builds[first.name].height_m - builds[second.name].height_m) > KNEELS_M
    ):
        apart += KNEE_M
    half = way * apart / 2
    parts: list[Part] = []
    for part, place, yaw, sign in zip((first, second), places, yaws, (-1.0, 1.0), strict=True):
        goal = middle + sign * half
        facing = np.arctan2(-sign * way[:, 0], -sign * way[:, 2])
        if pairing.beside:
            facing = np.full(len(times), front)
        turns = np.array([turn_between(a, b) for a, b in zip(yaw, facing, strict=True)])
        points = place + share[:, None] * (goal - place)
        points[:, 1] = scene.space.ground(points)
        moved = replace(part, points=points, times_s=times, yaws=np.unwrap(yaw + share * turns))
        parts.append(moved)
    second_part = _answering(parts[1], parts[0], doing, scene)
    rise = builds[first.name].height_m - builds[second.name].height_m
    if pairing.embraces and abs(rise) > KNEELS_M:
        if rise > 0:
            return _kneeling(parts[0], doing), second_part
        return parts[0], _kneeling(second_part, doing)
    return parts[0], second_part


def _kneeling(part: Part, doing: Doing) -> Part:
    """Go down on a knee while holding somebody small."""
    down = Doing("kneel", doing.start_s, doing.end_s)
    return replace(part, doings=(part.doings[0], down, *part.doings[1:]))


def _answering(part: Part, other: Part, doing: Doing, scene: Scene) -> Part:
    """Let somebody who has nothing else to do do their half."""
    action = PAIRINGS[doing.action].other
    if not action or any(
        one.action == action and one.verb and one.toward in {other.name, ""} for one in part.doings
    ):
        return part
    eyes = scene.eyes(other.name)
    own = Doing(action, doing.start_s, doing.end_s, eyes, doing.manner, toward=other.name)
    rest = [
        one
        for one in part.doings
        if one.action in SPARE or one.end_s <= doing.start_s or one.start_s >= doing.end_s
    ]
    return replace(part, doings=(*rest, own))


def _ease(values: Points) -> Points:
    x = np.clip(values, 0.0, 1.0)
    return np.asarray(x * x * (3 - 2 * x))


def touches(
    actors: Mapping[str, Actor], people: Mapping[str, Person], times_s: Points
) -> dict[str, Touches]:
    """Return, by name and doing, what the hands shall meet, from where everybody now is."""
    out: dict[str, Touches] = {name: {} for name in actors}
    for name in people:
        for index, doing in enumerate(actors[name].part.doings):
            other = doing.toward
            if other not in people or other == name or doing.action not in HALVES:
                continue
            body = _Body(people[name], actors[name].performance, actors[name].part)
            mate = _Body(people[other], actors[other].performance, actors[other].part)
            found = HALVES[doing.action](doing, body, mate, times_s)
            if found:
                held = PAIRINGS[doing.action].embraces if doing.action in PAIRINGS else False
                out[name][index] = tuple(_lowered(one, body) for one in found) if held else found
    return out


@dataclass(frozen=True, eq=False)
class _Body:
    """Somebody as the other's hands find them."""

    person: Person
    performance: Performance
    part: Part

    @property
    def height_m(self) -> float:
        return self.person.height_m

    def joint(self, name: str) -> Points:
        place = self.person.skeleton.places[name]
        return np.asarray(self.performance.joints[:, place], np.float64)

    def ahead(self, name: str = "spine_03") -> Points:
        """The way a bone faces, (n, 3)."""
        place = self.person.skeleton.places[name]
        return np.asarray(self.performance.bones[:, place, :, 2], np.float64)

    def leftwards(self, name: str = "spine_03") -> Points:
        place = self.person.skeleton.places[name]
        return np.asarray(self.performance.bones[:, place, :, 0], np.float64)


def _lowered(touch: Touch, own: _Body) -> Touch:
    """Lead a hand no higher or lower than the arm goes: a child hugs the waist of who stands."""
    side = touch.hand[0]
    shoulder = own.joint(f"upperarm_{side}")
    skeleton = own.person.skeleton
    bones = [skeleton.head(f"{name}_{side}") for name in ("upperarm", "lowerarm", "hand")]
    arm = sum(float(np.linalg.norm(b - a)) for a, b in pairwise(bones))
    points = touch.points.copy()
    high, low = shoulder[:, 1] + REACH_UP * arm, shoulder[:, 1] - REACH_DOWN * arm
    points[:, 1] = np.clip(points[:, 1], low, high)
    away = points - shoulder
    far = np.linalg.norm(away, axis=1, keepdims=True)
    reach = REACH * arm
    points = shoulder + away * np.minimum(1.0, reach / np.maximum(far, 1e-6))
    return replace(touch, points=points)


def _between(first: _Body, second: _Body) -> Points:
    """The middle of the floor between two, (n, 3)."""
    return (first.joint("Root") + second.joint("Root")) / 2


def _first(own: _Body, other: _Body) -> bool:
    """Whether somebody is the one of two who decides, the same for both."""
    return own.part.name < other.part.name


def _shake(doing: Doing, own: _Body, other: _Body, times_s: Points) -> tuple[Touch, ...]:
    low = min(own.height_m, other.height_m)
    beat = np.sin(2 * np.pi * 1.9 * (times_s - doing.start_s - 0.7))
    still = (times_s > doing.start_s + 0.7) & (times_s < doing.start_s + 2.3)
    up = 0.60 * low + 0.028 * np.where(still, beat, 0.0)
    point = _between(own, other) + np.stack([0 * up, up, 0 * up], axis=1)
    # Two right hands meet palm to palm, each a little before the middle.
    point = point + own.leftwards() * -PALM_M
    thumbs = np.tile([0.0, 1.0, 0.0], (len(times_s), 1)) + 0.35 * own.ahead()
    return (Touch("right", point, doing.start_s + 0.65, doing.end_s - 0.2, thumbs),)


def _high_five(doing: Doing, own: _Body, other: _Body, _: Points) -> tuple[Touch, ...]:
    low = min(own.height_m, other.height_m)
    at_s = doing.start_s + 0.45 * min(1.5, doing.end_s - doing.start_s)
    point = _between(own, other) + np.array([0.0, 1.06 * low, 0.0])
    point = point - own.ahead() * PALM_M
    thumbs = own.leftwards()
    return (Touch("right", point, at_s, at_s + 0.16, thumbs, ease_s=0.22),)


def _hug(doing: Doing, own: _Body, other: _Body, _: Points) -> tuple[Touch, ...]:
    """One arm over the other's shoulder blade, one about the waist; the taller reaches higher."""
    scale = other.height_m / 1.72
    ahead, left = other.ahead(), other.leftwards()
    back = other.joint("spine_03") - ahead * BACK_M * scale
    waist = other.joint("spine_01") - ahead * (BACK_M - 0.01) * scale
    up = np.array([0.0, 0.11, 0.0]) * scale
    tall = own.height_m > other.height_m or (own.height_m == other.height_m and _first(own, other))
    high = back + up
    low = waist + up * 0.6
    # Seen by who hugs, the other's left side is on the right.
    right = (high if tall else low) + left * 0.05 * scale
    left_hand = (low if tall else high) - left * 0.05 * scale
    begin, end = doing.start_s + 0.95, doing.end_s - 0.2
    return (
        Touch("right", right, begin, end, None, ease_s=0.5),
        Touch("left", left_hand, begin, end, None, ease_s=0.5),
    )


def _kiss(doing: Doing, own: _Body, other: _Body, _: Points) -> tuple[Touch, ...]:
    scale = other.height_m / 1.72
    ahead, left = other.ahead(), other.leftwards()
    begin, end = doing.start_s + 0.8, doing.end_s - 0.1
    if _first(own, other):
        cheek = other.joint("head") + other.ahead("head") * 0.035 * scale
        cheek = cheek + other.leftwards("head") * 0.075 * scale
        waist = other.joint("spine_01") - left * 0.15 * scale + ahead * 0.02
        return (
            Touch("right", cheek, begin, end, np.tile([0.0, 1.0, 0.0], (len(cheek), 1))),
            Touch("left", waist, begin, end),
        )
    chest = other.joint("spine_03") + ahead * CHEST_M * scale
    arm = other.joint("upperarm_l") + ahead * 0.07 * scale - np.array([0.0, 0.05, 0.0])
    return (
        Touch("right", arm, begin, end),
        Touch("left", chest - left * 0.07 * scale, begin, end),
    )


def _slap(doing: Doing, own: _Body, other: _Body, _: Points) -> tuple[Touch, ...]:
    scale = other.height_m / 1.72
    at_s = doing.start_s + 0.45 * min(1.4, doing.end_s - doing.start_s)
    cheek = other.joint("head") + other.ahead("head") * 0.06 * scale
    right = own.performance.events[0].hand == "right" if own.performance.events else True
    side = other.leftwards("head") * (1.0 if right else -1.0)
    return (
        Touch(
            "right" if right else "left",
            cheek + side * 0.08 * scale,
            at_s,
            at_s + 0.04,
            np.tile([0.0, 1.0, 0.0], (len(cheek), 1)),
            ease_s=0.16,
        ),
    )


def _blows(doing: Doing, own: _Body, other: _Body, _: Points) -> tuple[Touch, ...]:
    """Every blow lands, by turns on the cheek, the ribs and the guard."""
    scale = other.height_m / 1.72
    way = other.joint("spine_03") - own.joint("spine_03")
    way = way / np.maximum(np.linalg.norm(way, axis=1, keepdims=True), 1e-6)
    landings = (
        other.joint("head") + other.ahead("head") * 0.07 * scale,
        other.joint("spine_02") + other.ahead("spine_02") * CHEST_M * scale,
        (other.joint("hand_l") + other.joint("hand_r")) / 2,
    )
    blows = [
        event
        for event in own.performance.events
        if event.kind == "strike" and doing.start_s <= event.time_s <= doing.end_s
    ]
    return tuple(
        _lowered(
            Touch(
                event.hand,
                # It is the knuckles that meet, and not the palm.
                landings[number % len(landings)] - way * FIST_M,
                event.time_s - 0.02,
                event.time_s + 0.03,
                ease_s=0.12,
            ),
            own,
        )
        for number, event in enumerate(blows)
    )


def _give(doing: Doing, own: _Body, other: _Body, _: Points) -> tuple[Touch, ...]:
    """Hold the thing out to the middle, where the other's hand comes to take it."""
    low = min(own.height_m, other.height_m)
    out = next((e for e in own.performance.events if e.kind == "release"), None)
    hand = out.hand if out is not None else "right"
    at_s = out.time_s if out is not None else doing.start_s + 0.75
    point = _between(own, other) + np.array([0.0, 0.64 * low, 0.0]) - own.ahead() * 0.05
    return (Touch(hand, point, max(at_s - 0.15, doing.start_s + 0.3), at_s + 0.12),)


def _receive(doing: Doing, own: _Body, other: _Body, _: Points) -> tuple[Touch, ...]:
    low = min(own.height_m, other.height_m)
    out = next((e for e in other.performance.events if e.kind == "release"), None)
    at_s = out.time_s if out is not None else doing.start_s + 0.75
    point = _between(own, other) + np.array([0.0, 0.64 * low, 0.0]) - own.ahead() * 0.05
    return (Touch("right", point, at_s - 0.05, at_s + 0.2),)


def _hold_hands(doing: Doing, own: _Body, other: _Body, _: Points) -> tuple[Touch, ...]:
    low = min(own.height_m, other.height_m)
    gap = np.median(other.joint("Root") - own.joint("Root"), axis=0)
    left = float(gap @ np.median(own.leftwards("pelvis"), axis=0)) > 0
    point = _between(own, other) + np.array([0.0, 0.47 * low, 0.0])
    point = point + own.leftwards("pelvis") * PALM_M * (-1.0 if left else 1.0)
    return (Touch("left" if left else "right", point, doing.start_s + 0.4, doing.end_s),)


def _waltz(doing: Doing, own: _Body, other: _Body, _: Points) -> tuple[Touch, ...]:
    """The leader's left holds the other's right; his right is on her back, her left on his arm."""
    scale = other.height_m / 1.72
    low = min(own.height_m, other.height_m)
    leads = _first(own, other)
    leader = own if leads else other
    side = leader.leftwards("pelvis")
    level = side - side * [0, 1, 0]
    joined = _between(own, other) + level * 0.46 * low / 1.6 + np.array([0.0, 0.80 * low, 0.0])
    joined = joined - own.ahead() * PALM_M
    begin, end = doing.start_s + 0.4, doing.end_s
    ahead, left = other.ahead(), other.leftwards()
    if leads:
        back = other.joint("spine_03") - ahead * BACK_M * scale + left * 0.07 * scale
        if own.height_m - other.height_m > KNEELS_M:
            back = other.joint("upperarm_l") + np.array([0.0, 0.05, 0.0])
        return (Touch("left", joined, begin, end), _lowered(Touch("right", back, begin, end), own))
    arm = other.joint("upperarm_r") + np.array([0.0, 0.045, 0.0]) * scale - left * 0.02
    return (Touch("right", joined, begin, end), _lowered(Touch("left", arm, begin, end), own))


HALVES = {
    "shake_hands": _shake,
    "high_five": _high_five,
    "hug": _hug,
    "kiss": _kiss,
    "slap": _slap,
    "fight": _blows,
    "punch": _blows,
    "give": _give,
    "receive": _receive,
    "hold_hands": _hold_hands,
    "waltz": _waltz,
    "tango": _waltz,
}

__all__ = ["PAIRINGS", "Pairing", "Touches", "together", "touches"]

"""Who has what in hand, when: props are carried, picked up, thrown and let go.

A performance says at which moment its hand grabs or releases; between these moments a prop follows
the palm, afterwards it belongs to physics.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from matinee.engine.stage.blocking import Doing
from matinee.engine.stage.motion.solve import mixed
from matinee.engine.stage.physics import Held, flight_time_s, launch_velocity
from matinee.engine.stage.space import heading
from matinee.engine.stage.verbs import meaning

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from matinee.engine.stage.blocking import Part
    from matinee.engine.stage.motion import Performance
    from matinee.engine.stage.placing import Placed
    from matinee.engine.stage.space import Points

THROW_M_S = 6.0
KICK_M_S = 6.5
CATCH_S, CATCH_AFTER_S = 1.2, 0.66
"""How long a catch takes, and when in it the hands close."""
GRASP_BLEND_S = 0.16
FINGERTIPS_M = 0.085
ROUND = 1.7
"""How many times longer than thick a thing is that one still closes a hand around."""
UPRIGHT = frozenset(
    {
        "torch",
        "candle",
        "lantern",
        "umbrella",
        "flag",
        "balloon",
        "cup",
        "glass",
        "bottle",
        "bouquet",
        "flower",
        "plate",
        "pot",
        "bucket",
        "lamp",
        "plant",
        "vase",
        "bag",
        "suitcase",
        "kite",
    }
)
GIVE_BLEND_S = 0.3
TAKEN_UP_S = 0.38
HOOP_AWAY_M, HOOP_M, HOOP_FLIGHT_S = 4.2, 3.05, 1.15
IDLE = frozenset({"stand", "look", "listen", "wait", "talk"})
"""What leaves somebody free to catch."""
LAID = frozenset({"dumbbell", "comb", "barbell"})
"""Things whose long side is X: that way they lie in a fist."""
HAND_SIZE_M = 0.2


@dataclass(frozen=True, eq=False)
class Actor:
    """Somebody in the shot who may handle things."""

    part: Part
    performance: Performance
    height_m: float


def answers(placed: Sequence[Placed], actors: Mapping[str, Actor]) -> dict[str, list[Doing]]:
    """Return, by name, what people add to their part because of others: catching what is thrown.

    Only somebody with nothing else to do catches, and only what one would want to catch.
    """
    out: dict[str, list[Doing]] = {}
    held: dict[int, tuple[Held, ...]] = {}
    for name, actor in actors.items():
        for doing in actor.part.doings:
            if not doing.verb or meaning(doing.verb).handles != "throw":
                continue
            receiver = _receiver(doing, actor, actors, placed)
            if receiver is None:
                continue
            which = _which(doing, name, placed, held, _carried(name, placed, held))
            if which is None or not _catchable(placed[which]):
                continue
            at_s = _moment(actor, doing, ("release",), 0.55)
            chest = receiver.part.at(at_s) + np.array([0.0, 0.7 * receiver.height_m, 0.0])
            hand = actor.part.at(at_s) + np.array([0.0, 0.85 * actor.height_m, 0.0])
            caught_s = at_s + flight_time_s(hand, chest, speed_m_s=THROW_M_S)
            start_s = caught_s - CATCH_AFTER_S
            busy = any(
                one.verb
                and one.action not in IDLE
                and one.start_s < caught_s + 0.4
                and one.end_s > start_s
                for one in receiver.part.doings
            )
            if not busy:
                eyes = actor.part.at(at_s) + np.array([0.0, 0.93 * actor.height_m, 0.0])
                catch = Doing("catch", start_s, start_s + CATCH_S, eyes, verb="catch", toward=name)
                out.setdefault(receiver.part.name, []).append(catch)
    return out


def _catchable(thing: Placed) -> bool:
    return thing.model.mass_kg < 1.5 and thing.model.kind not in {"stone", "sword", "torch"}


def grips(
    placed: Sequence[Placed], actors: Mapping[str, Actor], times_s: Points
) -> dict[int, tuple[Held, ...]]:
    """Return, by index in `placed`, how each thing is held: transforms at every frame."""
    held: dict[int, tuple[Held, ...]] = {}
    for name, actor in actors.items():
        held |= _carried_along(name, actor, placed, held, times_s)
    for name, actor in actors.items():
        carried = _carried(name, placed, held)
        for doing in actor.part.doings:
            which = _which(doing, name, placed, held, carried) if _handles(doing) else None
            if which is not None:
                held[which] = _handled(
                    doing, actor, placed[which], actors=actors, placed=placed, times_s=times_s
                )
        leading = _leading_hand(actor)
        spare: Literal["left", "right"] = "left" if leading == "right" else "right"
        busy = any(index in held for index in carried)
        for index in carried:
            if index not in held:
                held[index] = (Held(_in_palm(actor, placed[index], spare if busy else leading)),)
                busy = True
    return held


def _handles(doing: Doing) -> str:
    return meaning(doing.verb).handles if doing.verb else ""


def _handled(
    doing: Doing,
    actor: Actor,
    thing: Placed,
    *,
    actors: Mapping[str, Actor],
    placed: Sequence[Placed],
    times_s: Points,
) -> tuple[Held, ...]:
    """Return how a thing is held that an action says something happens to."""
    handles = _handles(doing)
    if handles == "give":
        return _given(doing, actor, thing, actors, times_s)
    if handles == "kick":
        return (_kicked(doing, actor, thing, times_s),)
    if handles == "throw":
        return _thrown(doing, actor, thing, actors=actors, placed=placed, times_s=times_s)
    return (_grip(handles, doing, actor, thing, times_s),)


def _leading_hand(actor: Actor) -> Literal["left", "right"]:
    """The hand that somebody takes things with in this shot."""
    taken = [event.hand for event in actor.performance.events if event.kind == "grab"]
    return taken[0] if taken else "right"


def meant(
    kinds: str, name: str, placed: Sequence[Placed], taken: Collection[int] = (), toward: str = ""
) -> int | None:
    """Return which thing somebody uses of some kinds ("map|newspaper"): the named, own, any."""
    known = kinds.split("|")
    free = [
        k
        for k, one in enumerate(placed)
        if one.model.kind in known and k not in taken and one.holder in {"", name}
    ]
    free.sort(key=lambda k: (placed[k].prop.id != toward, placed[k].holder != name))
    return free[0] if free else None


def _carried_along(
    name: str,
    actor: Actor,
    placed: Sequence[Placed],
    held: Mapping[int, tuple[Held, ...]],
    times_s: Points,
) -> dict[int, tuple[Held, ...]]:
    """What the body carries along other than in a palm: a guitar, a broom, a bicycle."""
    out: dict[int, tuple[Held, ...]] = {}
    tracks: dict[int, Points] = {}
    seen: dict[float, set[int]] = {}
    for hold in sorted(actor.performance.holds, key=lambda one: one.start_s):
        used = seen.setdefault(hold.start_s, set())
        which = meant(hold.kind, name, placed, {*held, *used})
        if which is None:
            continue
        used.add(which)
        own = np.asarray(hold.transforms, np.float64)
        if hold.grounded and which not in tracks:
            tracks[which] = own
            continue
        if which not in tracks:
            thing = placed[which]
            palms = _in_palm(actor, thing, _leading_hand(actor))
            tracks[which] = palms if thing.holder == name else _resting(thing, len(times_s))
        share = np.clip((times_s - hold.start_s) / TAKEN_UP_S, 0.0, 1.0)
        if hold.start_s <= float(times_s[0]) + TAKEN_UP_S:
            share = np.ones(len(times_s))
        late = hold.end_s < float(times_s[-1]) - TAKEN_UP_S
        leave = np.clip((times_s - hold.end_s) / TAKEN_UP_S, 0.0, 1.0) * late
        tracks[which] = _blended(tracks[which], own, share * (1.0 - leave))
    for which, track in tracks.items():
        out[which] = (Held(track),)
    return out


def _resting(thing: Placed, count: int) -> Points:
    """A thing that lies where it was put, (n, 3, 4)."""
    ahead, aside = heading(thing.yaw), heading(thing.yaw + np.pi / 2)
    turn = np.stack([aside, np.array([0.0, 1.0, 0.0]), ahead], axis=1)
    return np.tile(np.concatenate([turn, thing.position[:, None]], axis=1), (count, 1, 1))


def _blended(first: Points, second: Points, share: Points) -> Points:
    """Transforms (n, 3, 4) between two tracks: places mixed, turns made square again."""
    turn = mixed(first[:, :, :3], second[:, :, :3], share)
    place = first[:, :, 3] + share[:, None] * (second[:, :, 3] - first[:, :, 3])
    return np.concatenate([turn, place[:, :, None]], axis=2)


def _thrown(
    doing: Doing,
    actor: Actor,
    thing: Placed,
    *,
    actors: Mapping[str, Actor],
    placed: Sequence[Placed],
    times_s: Points,
) -> tuple[Held, ...]:
    """In the hand until the release, then in flight, and in another hand if it is caught."""
    hand = _hand_of(actor, doing)
    palms = _in_palm(actor, thing, hand)
    at_s = _moment(actor, doing, ("release",), 0.55)
    start = _at(palms, times_s, at_s)[:, 3]
    receiver = _receiver(doing, actor, actors, placed)
    catch = _catch_of(receiver, actor.part.name) if receiver is not None else None
    if receiver is not None and catch is not None:
        caught_s = _moment(receiver, catch, ("grab",), 0.55)
        taken = _in_palm(receiver, thing, _hand_of(receiver, catch))
        target = _at(taken, times_s, caught_s)[:, 3]
        velocity = launch_velocity(start, target, flight_s=max(caught_s - at_s, 0.15))
        return (Held(palms, 0.0, at_s, velocity, _spin(velocity)), Held(taken, caught_s))
    target = _target(doing, actor, actors, placed, thing)
    flight_s = flight_time_s(start, target, speed_m_s=THROW_M_S)
    if doing.action == "shoot_basket":
        yaw = float(np.interp(at_s, actor.part.times_s, actor.part.yaws))
        target = actor.part.at(at_s) + heading(yaw) * HOOP_AWAY_M + np.array([0.0, HOOP_M, 0.0])
        flight_s = HOOP_FLIGHT_S
    velocity = launch_velocity(start, target, flight_s=flight_s)
    return (Held(palms, 0.0, at_s, velocity, _spin(velocity)),)


def _given(
    doing: Doing, actor: Actor, thing: Placed, actors: Mapping[str, Actor], times_s: Points
) -> tuple[Held, ...]:
    """In one hand until it is let go, then drawn into the other's."""
    palms = _in_palm(actor, thing, _hand_of(actor, doing))
    others = [one for one in actors.values() if one is not actor]
    receiver = actors.get(doing.toward) or (others[0] if others else None)
    if receiver is None:
        return (Held(palms),)
    at_s = _moment(actor, doing, ("release",), 0.5)
    taken = _in_palm(receiver, thing, "right")
    share = np.clip((times_s - at_s) / GIVE_BLEND_S, 0.0, 1.0)[:, None]
    taken[:, :, 3] = _at(palms, times_s, at_s)[:, 3] * (1.0 - share) + taken[:, :, 3] * share
    return (Held(palms, 0.0, at_s), Held(taken, at_s))


def _kicked(doing: Doing, actor: Actor, thing: Placed, times_s: Points) -> Held:
    """Where it lies until the foot meets it, then away over the ground."""
    at_s = _moment(actor, doing, ("strike",), 0.45)
    turn = np.array([[np.cos(thing.yaw), 0.0, np.sin(thing.yaw)], [0.0, 1.0, 0.0], [0.0, 0.0, 0.0]])
    turn[2] = np.cross(turn[0], turn[1])
    lying = np.concatenate([turn, thing.position[:, None]], axis=1)
    yaw = float(np.interp(at_s, actor.part.times_s, actor.part.yaws))
    velocity = heading(yaw) * KICK_M_S + np.array([0.0, KICK_M_S * 0.45, 0.0])
    return Held(np.tile(lying, (len(times_s), 1, 1)), 0.0, at_s, velocity, _spin(velocity))


def _receiver(
    doing: Doing, actor: Actor, actors: Mapping[str, Actor], placed: Sequence[Placed]
) -> Actor | None:
    """For whom a throw is meant: the one named, or the only other when just the thing is named."""
    if doing.toward in actors:
        return actors[doing.toward]
    others = [one for one in actors.values() if one is not actor]
    thing = next((one for one in placed if one.prop.id == doing.toward), None)
    aimed = thing is not None and not thing.holder and max(thing.half) > HAND_SIZE_M
    return others[0] if len(others) == 1 and not aimed else None


def _spin(velocity: Points) -> Points:
    """The turning, in radians a second, of what is thrown overarm."""
    return np.asarray(np.cross((0.0, 1.0, 0.0), velocity) * 0.9)


def _catch_of(receiver: Actor, thrower: str) -> Doing | None:
    return next(
        (one for one in receiver.part.doings if one.verb == "catch" and one.toward == thrower),
        None,
    )


def _carried(
    name: str, placed: Sequence[Placed], held: Mapping[int, tuple[Held, ...]]
) -> list[int]:
    """Props that are in somebody's hand from the start."""
    return [k for k, one in enumerate(placed) if one.holder == name and k not in held]


def _which(
    doing: Doing,
    name: str,
    placed: Sequence[Placed],
    held: Mapping[int, tuple[Held, ...]],
    carried: Sequence[int],
) -> int | None:
    """The thing an action handles: the one named, the one in hand, or any that fits a hand."""
    free = [k for k in range(len(placed)) if k not in held or np.isfinite(held[k][-1].end_s)]
    named = [k for k in free if placed[k].prop.id == doing.toward]
    own = [k for k in carried if k in free]
    if own and not set(own) & set(named):
        # With something in hand already, a named thing is what it is thrown or held at.
        named = []
    small = [k for k in free if not placed[k].settled and max(placed[k].half) < HAND_SIZE_M]
    others = [k for k in small if placed[k].holder in {"", name} and k not in held]
    wants_any = meaning(doing.verb).handles in {"throw", "carry", "kick", "give"}
    found = named or own or (others if wants_any else [])
    return found[0] if found and max(placed[found[0]].half) < 0.6 else None


def _grip(handles: str, doing: Doing, actor: Actor, thing: Placed, times_s: Points) -> Held:
    drinks = doing.action == "drink"
    palms = _in_palm(actor, thing, _hand_of(actor, doing), tilts=drinks)
    if handles == "drop":
        return Held(palms, 0.0, _moment(actor, doing, ("drop", "release"), 0.5))
    if thing.holder or (doing.start_s < 0.3 and handles == "carry"):
        return Held(palms)
    at_s = _moment(actor, doing, ("grab",), 0.45)
    return Held(_from_rest(palms, thing, times_s, at_s), at_s)


def _moment(actor: Actor, doing: Doing, kinds: tuple[str, ...], share: float) -> float:
    """When the performance does it; a share of the action when it does not say."""
    for event in actor.performance.events:
        if event.kind in kinds and doing.start_s - 0.05 <= event.time_s <= doing.end_s + 0.05:
            return event.time_s
    return doing.start_s + share * (doing.end_s - doing.start_s)


def _hand_of(actor: Actor, doing: Doing) -> Literal["left", "right"]:
    for event in actor.performance.events:
        known = event.kind in {"release", "grab", "drop"}
        if known and doing.start_s - 0.05 <= event.time_s <= doing.end_s + 0.05:
            return event.hand
    return "right"


def _target(
    doing: Doing,
    actor: Actor,
    actors: Mapping[str, Actor],
    placed: Sequence[Placed],
    thing: Placed,
) -> Points:
    """Where a throw goes: to whom or what it is meant for, otherwise a few metres ahead."""
    aims = [one for one in placed if one.prop.id == doing.toward and one is not thing]
    if aims:
        return np.asarray(np.mean([one.position for one in aims], axis=0))
    other = actors.get(doing.toward)
    if other is None:
        rest = [one for one in actors.values() if one is not actor]
        other = rest[0] if rest else None
    if other is not None:
        return np.asarray(other.part.at(doing.end_s) + np.array([0.0, 0.7 * other.height_m, 0.0]))
    if doing.target is not None:
        return doing.target
    yaw = float(np.interp(doing.end_s, actor.part.times_s, actor.part.yaws))
    ahead = heading(yaw) * 5.0 + np.array([0.0, 0.3, 0.0])
    return np.asarray(actor.part.at(doing.end_s) + ahead)


def _in_palm(
    actor: Actor, thing: Placed, hand: Literal["left", "right"], *, tilts: bool = False
) -> Points:
    """The transforms (n, 3, 4) of a thing that lies in the palm by its grip.

    The palm's first column runs along the thumb and the third out of the palm; what is held
    stands upright along the thumb, as a cup or a microphone does.
    """
    palm = np.asarray(actor.performance.hands[hand], np.float64)
    up, out = palm[:, :, 0], palm[:, :, 2]
    if thing.model.kind in UPRIGHT and not tilts:
        # Nobody spills a cup or sets the floor on fire: these are kept upright in any hand.
        up = _unit(up * 0.2 + np.array([0.0, 1.0, 0.0]))
        level = out - up * np.sum(out * up, axis=1, keepdims=True)
        out = _unit(np.where(np.linalg.norm(level, axis=1, keepdims=True) > 0.1, level, out))
        out = _unit(out - up * np.sum(out * up, axis=1, keepdims=True))
    turn = np.stack([np.cross(up, out), up, out], axis=2)
    if thing.model.kind in LAID:
        turn = np.stack([up, np.cross(out, up), out], axis=2)
    grip = np.asarray(thing.model.grip, np.float64)
    clear = float(min(thing.half[0], thing.half[2]))
    centre = palm[:, :, 3] + out * clear - np.einsum("nij,j->ni", turn, grip)
    if float(max(thing.half)) < min(FINGERTIPS_M, ROUND * float(min(thing.half))):
        # An apple lies in the hollow of the hand.
        centre = palm[:, :, 3] + out * clear + palm[:, :, 1] * 0.02
    elif float(max(thing.half)) < FINGERTIPS_M:
        # What is small is held between the fingertips, or the fist would hide it.
        fingers = palm[:, :, 1]
        centre = palm[:, :, 3] + out * clear + fingers * 0.05 + up * (float(thing.half[1]) + 0.02)
    return np.concatenate([turn, centre[:, :, None]], axis=2)


def _unit(vectors: Points) -> Points:
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(length, 1e-6))


def _from_rest(palms: Points, thing: Placed, times_s: Points, at_s: float) -> Points:
    """Let a thing leave its place softly: at the grasp it is still where it lay."""
    share = np.clip((times_s - at_s) / GRASP_BLEND_S, 0.0, 1.0)[:, None]
    out = palms.copy()
    out[:, :, 3] = thing.position * (1.0 - share) + palms[:, :, 3] * share
    return out


def _at(track: Points, times_s: Points, time_s: float) -> Points:
    index = float(np.interp(time_s, times_s, np.arange(len(times_s))))
    low = int(index)
    high = min(low + 1, len(track) - 1)
    return np.asarray(track[low] * (1.0 - index + low) + track[high] * (index - low))

"""Who has what in hand, when: props are carried, picked up, thrown and let go.

A performance says at which moment its hand grabs or releases; between these moments a prop follows
the palm, afterwards it belongs to physics.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from matinee.engine.stage.physics import Held, launch_velocity
from matinee.engine.stage.space import heading
from matinee.engine.stage.verbs import meaning

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matinee.engine.stage.blocking import Doing, Part
    from matinee.engine.stage.motion import Performance
    from matinee.engine.stage.placing import Placed
    from matinee.engine.stage.space import Points

THROW_M_S = 7.5
GRASP_BLEND_S = 0.16


@dataclass(frozen=True, eq=False)
class Actor:
    """Somebody in the shot who may handle things."""

    part: Part
    performance: Performance
    height_m: float


def grips(
    placed: Sequence[Placed], actors: Mapping[str, Actor], times_s: Points
) -> dict[int, Held]:
    """Return, by index in `placed`, what is held: transforms of the prop at every frame."""
    held: dict[int, Held] = {}
    for name, actor in actors.items():
        carried = _carried(name, placed, held)
        for doing in actor.part.doings:
            handles = meaning(doing.verb).handles if doing.verb else ""
            if not handles:
                continue
            which = _which(doing, name, placed, held, carried)
            if which is None:
                continue
            held[which] = _grip(
                handles,
                doing,
                actor,
                thing=placed[which],
                target=_target(doing, actor, actors, placed, placed[which]),
                times_s=times_s,
            )
        for index in carried:
            if index not in held:
                held[index] = Held(_in_palm(actor, placed[index], "right"))
    return held


def _carried(name: str, placed: Sequence[Placed], held: Mapping[int, Held]) -> list[int]:
    """Props that are in somebody's hand from the start."""
    return [k for k, one in enumerate(placed) if one.holder == name and k not in held]


def _which(
    doing: Doing,
    name: str,
    placed: Sequence[Placed],
    held: Mapping[int, Held],
    carried: Sequence[int],
) -> int | None:
    """The thing an action handles: the one named, the one in hand, or any that fits a hand."""
    free = [k for k in range(len(placed)) if k not in held or np.isfinite(held[k].end_s)]
    named = [k for k in free if placed[k].prop.id == doing.toward]
    own = [k for k in carried if k in free]
    if own and not set(own) & set(named):
        # With something in hand already, a named thing is what it is thrown or held at.
        named = []
    small = [k for k in free if not placed[k].settled and max(placed[k].half) < 0.2]
    others = [k for k in small if placed[k].holder in {"", name} and k not in held]
    wants_any = meaning(doing.verb).handles in {"throw", "carry"}
    found = named or own or (others if wants_any else [])
    return found[0] if found and max(placed[found[0]].half) < 0.6 else None


def _grip(
    handles: str,
    doing: Doing,
    actor: Actor,
    *,
    thing: Placed,
    target: Points,
    times_s: Points,
) -> Held:
    hand = _hand_of(actor, doing)
    palms = _in_palm(actor, thing, hand)
    if handles == "throw":
        at_s = _moment(actor, doing, ("release",), 0.55)
        from_point = _at(palms, times_s, at_s)[:, 3]
        velocity = launch_velocity(from_point, target, speed_m_s=THROW_M_S)
        spin = np.cross((0.0, 1.0, 0.0), velocity) * 0.9
        return Held(palms, 0.0, at_s, velocity, spin)
    if handles == "drop":
        at_s = _moment(actor, doing, ("drop", "release"), 0.5)
        return Held(palms, 0.0, at_s)
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
    yaw = float(np.interp(doing.end_s, actor.part.times_s, actor.part.yaws))
    ahead = heading(yaw) * 5.0 + np.array([0.0, 0.3, 0.0])
    return np.asarray(actor.part.at(doing.end_s) + ahead)


def _in_palm(actor: Actor, thing: Placed, hand: Literal["left", "right"]) -> Points:
    """The transforms (n, 3, 4) of a thing that lies in the palm by its grip.

    The palm's first column runs along the thumb and the third out of the palm; what is held
    stands upright along the thumb, as a cup or a microphone does.
    """
    palm = np.asarray(actor.performance.hands[hand], np.float64)
    up, out = palm[:, :, 0], palm[:, :, 2]
    turn = np.stack([np.cross(up, out), up, out], axis=2)
    grip = np.asarray(thing.model.grip, np.float64)
    clear = float(min(thing.half[0], thing.half[2]))
    centre = palm[:, :, 3] + out * clear - np.einsum("nij,j->ni", turn, grip)
    return np.concatenate([turn, centre[:, :, None]], axis=2)


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

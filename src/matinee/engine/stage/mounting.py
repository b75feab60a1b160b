"""Riders and what carries them: an animal goes its way, and somebody sits on its back.

shot ▶ a mount for who rides none ▶ the rider goes the way of the mount ▶ the rider's performance is
set down in the saddle, frame by frame.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np
from msgspec import structs

from matinee.engine.stage.creatures import species_of
from matinee.engine.stage.motion import Path
from matinee.engine.stage.motion.gait import track
from matinee.engine.stage.skeleton import about_y
from matinee.film.screenplay import Action, Character

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from matinee import film
    from matinee.engine.stage.blocking import Part
    from matinee.engine.stage.creatures import Creature
    from matinee.engine.stage.framing import Subject
    from matinee.engine.stage.handling import Actor
    from matinee.engine.stage.motion import Performance
    from matinee.engine.stage.space import Points

RIDES: Final = frozenset({"ride", "ride_horse", "mount", "gallop", "fly", "trot"})
"""Verbs by which a person sits on the animal that they name."""
RIDING, USUAL_MOUNT = "ride_horse", "horse"
IDLE: Final = frozenset({"stand", "wait", "idle", "listen", "look"})
HEAVY = 0.85
HIPS_M, OVER_BACK_M = 1.42, 0.07
"""How high the riding body holds its hips over its path, and how high they are over a back."""


def supplied(shot: film.Shot) -> film.Shot:
    """Return the shot with a horse for everybody who rides one that is not in the cast.

    A mount that is said to do nothing goes, or flies if it has wings. Who is on an animal without
    more being said rides it.
    """
    shot = _astride(shot)
    riders = [
        action.character
        for action in shot.beat.actions
        if action.verb == RIDING and _mount_of(action, shot) is None
    ]
    people = {one.id for one in shot.characters if one.kind != "animal"}
    for rider in dict.fromkeys(name for name in riders if name in people):
        horse = Character(id=f"{rider}_horse", name="", kind="animal", species=USUAL_MOUNT)
        actions = tuple(
            structs.replace(action, target=horse.id)
            if action.character == rider and action.verb == RIDING
            else action
            for action in shot.beat.actions
        )
        beat = structs.replace(
            shot.beat,
            cast=(*shot.beat.cast, horse.id),
            actions=actions,
        )
        shot = structs.replace(shot, characters=(*shot.characters, horse), beat=beat)
    return _spurred(shot)


def _astride(shot: film.Shot) -> film.Shot:
    """Let the people who are on an animal ride it."""
    animals = {one.id for one in shot.characters if one.kind == "animal"}
    riding = {one.character for one in shot.beat.actions if one.verb in RIDES}
    sitting = {
        one.character: one.anchor
        for one in shot.beat.standpoints
        if one.relation == "on" and one.anchor in animals and one.character not in animals | riding
    }
    if not sitting:
        return shot
    kept = [one for one in shot.beat.actions if one.character not in sitting]
    added = [Action(rider, RIDING, target=mount) for rider, mount in sitting.items()]
    points = [one for one in shot.beat.standpoints if one.character not in sitting]
    beat = structs.replace(shot.beat, actions=(*added, *kept), standpoints=tuple(points))
    return structs.replace(shot, beat=beat)


def perches(shot: film.Shot) -> dict[str, str]:
    """Return which animal is on whom: on an animal's back or on somebody's shoulder."""
    animals = {one.id for one in shot.characters if one.kind == "animal"}
    known = {one.id for one in shot.characters}
    return {
        one.character: one.anchor
        for one in shot.beat.standpoints
        if one.relation == "on" and one.character in animals and one.anchor in known
    }


def perched(guest: Actor, host: Actor, shoulder: Points, times_s: Points) -> Actor:
    """Set an animal down on its host, frame by frame; `shoulder` (n, 3) is where it sits."""
    part = guest.part
    way = track(
        Path(part.points[:, [0, 2]], part.times_s, part.yaws, heights=part.points[:, 1]), times_s
    )
    place, yaw = way.at(times_s)
    host_way = track(
        Path(
            host.part.points[:, [0, 2]],
            host.part.times_s,
            host.part.yaws,
            heights=host.part.points[:, 1],
        ),
        times_s,
    )
    _, host_yaw = host_way.at(times_s)
    turn = about_y(host_yaw - yaw)
    shift = shoulder - (turn @ place[:, :, None])[:, :, 0]
    return replace(guest, performance=_moved(guest.performance, turn, shift))


def _spurred(shot: film.Shot) -> film.Shot:
    """Give every mount that only stands there a pace of its own."""
    mounts = set(pairs_of(shot).values())
    busy = {one.character for one in shot.beat.actions if one.verb not in IDLE}
    lazy = [one for one in shot.characters if one.id in mounts - busy]
    if not lazy:
        return shot
    names = {one.id for one in lazy}
    kept = [one for one in shot.beat.actions if one.character not in names]
    added = [Action(character=one.id, verb=_pace_of(one.species)) for one in lazy]
    return structs.replace(shot, beat=structs.replace(shot.beat, actions=(*kept, *added)))


def _pace_of(species: str) -> str:
    one = species_of(species)
    return "fly" if one.flies else "walk" if one.weight > HEAVY else "run"


def pairs_of(shot: film.Shot) -> dict[str, str]:
    """Return who rides on which animal."""
    found = ((action.character, _mount_of(action, shot)) for action in shot.beat.actions)
    people = {one.id for one in shot.characters if one.kind != "animal"}
    return {rider: mount for rider, mount in found if mount is not None and rider in people}


def _mount_of(action: Action, shot: film.Shot) -> str | None:
    if action.verb not in RIDES:
        return None
    animals = {one.id for one in shot.characters if one.kind == "animal"}
    return action.target if action.target in animals else None


def along(parts: Sequence[Part], pairs: Mapping[str, str]) -> tuple[Part, ...]:
    """Lead every rider along the way of the mount, riding from the first moment to the last."""
    by_name = {part.name: part for part in parts}

    def led(part: Part) -> Part:
        mount = by_name.get(pairs.get(part.name, ""))
        if mount is None:
            return part
        end_s = float(mount.times_s[-1])
        rides = [
            replace(doing, action=RIDING, start_s=0.0, end_s=end_s, target=None)
            for doing in part.doings
            if doing.verb in RIDES
        ]
        others = [doing for doing in part.doings if doing.verb not in RIDES]
        return replace(
            part,
            points=mount.points,
            times_s=mount.times_s,
            yaws=mount.yaws,
            doings=(*rides[:1], *others),
            seat_height_m=HIPS_M,
        )

    return tuple(led(part) for part in parts)


def seated(rider: Actor, mount: Actor, animal: Creature, times_s: Points) -> Actor:
    """Set a rider down in the saddle: the whole body moves as the back under it does."""
    part = rider.part
    way = track(
        Path(part.points[:, [0, 2]], part.times_s, part.yaws, heights=part.points[:, 1]), times_s
    )
    place, yaw = way.at(times_s)
    saddle = animal.saddle(mount.performance).astype(np.float64)
    turn = saddle[:, :, :3] @ np.swapaxes(about_y(yaw), 1, 2)
    hips = place + np.array([0.0, HIPS_M, 0.0])
    seat = saddle[:, :, 3] + OVER_BACK_M * saddle[:, :, 1]
    shift = seat - (turn @ hips[:, :, None])[:, :, 0]
    return replace(rider, performance=_moved(rider.performance, turn, shift))


def _moved(done: Performance, turn: Points, shift: Points) -> Performance:
    """Move a whole performance by a turn (n, 3, 3) and a shift (n, 3) at every frame."""

    def carried(frames: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        spread = (slice(None), *[None] * (frames.ndim - 3))
        out = turn[spread] @ frames.astype(np.float64)
        out[..., 3] += shift[spread]
        return out.astype(np.float32)

    joints = np.einsum("nab,njb->nja", turn, done.joints.astype(np.float64)) + shift[:, None]
    return replace(
        done,
        bones=carried(done.bones),
        joints=joints.astype(np.float32),
        contacts=(),
        hands={side: carried(frames) for side, frames in done.hands.items()},
    )


def seen_together(subject: Subject, mount: Subject) -> Subject:
    """Return a rider as the camera has to see them: down to the hooves of the mount."""
    return replace(
        subject,
        feet=mount.feet,
        half_width_m=max(subject.half_width_m, 0.7 * mount.half_width_m),
    )

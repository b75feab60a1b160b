"""Acting: parts become performances; what an action needs in hand is brought; hands meet hands.

parts ▶ (who acts with whom) ▶ acts ▶ first performance ▶ touches ▶ performance.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from msgspec import structs

from matinee.engine.stage import props
from matinee.engine.stage.handling import meant
from matinee.engine.stage.motion import Act, Handled
from matinee.engine.stage.verbs import PROFILE, kit, meaning, ridden
from matinee.film.screenplay import Prop

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matinee import film
    from matinee.engine.stage.blocking import Doing, Home
    from matinee.engine.stage.motion import Touch
    from matinee.engine.stage.placing import Placed

ARMED = {"fight": "sword_fight", "attack": "sword_fight", "swing": "sword_fight"}
"""What a fight becomes where there is a sword: then everybody who fights has one."""


def equipped(shot: film.Shot) -> list[Prop]:
    """Return a shot's things, with those that its actions need in the hands that need them.

    Nobody sweeps without a broom: what the screenplay has lying about is taken up, and what it does
    not have is brought. A kind that no prop department knows is left to mime.
    """
    people = {one.id for one in shot.characters if one.kind != "animal"}
    children = {one.id for one in shot.characters if one.look.age == "child"}
    things = {one.id: one for one in shot.props}
    used: set[str] = set()
    for action in shot.beat.actions:
        if action.character not in people:
            continue
        aimed = things.get(action.target)
        body = ridden(action.verb, aimed.kind if aimed is not None else "")
        if body in ARMED and any(one.kind == "sword" for one in shot.props):
            body = ARMED[body]
        for number, kinds in enumerate(kit(body)):
            known = [kind for kind in kinds.split("|") if kind in props.KINDS]
            if body == "carry" and aimed is not None and aimed.anchor == action.character:
                # Who carries a tray carries no box.
                known = [aimed.kind]
            taken = _taken(known, action.character, things, used)
            if taken is not None:
                used.add(taken.id)
                things[taken.id] = taken
            elif known and f"{action.character[:36]}_{number}_{known[0]}" not in things:
                brought = Prop(
                    id=f"{action.character[:36]}_{number}_{known[0]}",
                    kind=known[0],
                    setting=shot.setting.id,
                    relation="held_by",
                    anchor=action.character,
                    size="small" if action.character in children else "normal",
                )
                used.add(brought.id)
                things[brought.id] = brought
    return list(things.values())


def _taken(
    known: Sequence[str], name: str, things: Mapping[str, Prop], used: set[str]
) -> Prop | None:
    """Return the thing of some kinds that somebody has or may take up, in their hand."""
    own = [
        one
        for one in things.values()
        if one.kind in known
        and one.id not in used
        and (one.anchor == name if one.relation == "held_by" else one.count == 1)
    ]
    own.sort(key=lambda one: one.relation != "held_by")
    return structs.replace(own[0], relation="held_by", anchor=name) if own else None


def turned_aside(home: Home, name: str, shot: film.Shot, aside_rad: float) -> Home:
    """Turn somebody who is alone in the picture so that what they do is seen from the side."""
    own = [meaning(one.verb).action for one in shot.beat.actions if one.character == name]
    if own and own[0] in PROFILE and not shot.speeches:
        # The lid of a grand piano opens to the right of who plays.
        way = -1.0 if own[0] == "play_piano" else 1.0
        return replace(home, yaw=home.yaw + way * aside_rad)
    return home


def as_act(
    doing: Doing, name: str, placed: Sequence[Placed], touches: tuple[Touch, ...] = ()
) -> Act:
    """Return what somebody's body is asked to do, with the things it is done with."""
    target = None
    if doing.target is not None:
        target = (float(doing.target[0]), float(doing.target[1]), float(doing.target[2]))
    action = doing.action
    things: list[Handled] = []
    taken: set[int] = set()
    for kinds_of in kit(action):
        which = meant(kinds_of, name, placed, taken, doing.toward)
        if which is not None:
            taken.add(which)
            half = placed[which].half
            size = (float(half[0]), float(half[1]), float(half[2]))
            things.append(Handled(placed[which].model.kind, size))
    return Act(
        action,
        doing.start_s,
        doing.end_s,
        target,
        doing.manner,
        float(doing.intensity),
        things=tuple(things),
        touches=touches,
    )

"""Continuity: what an action moved stays moved in the shots that follow.

A shot is taken by itself, so what happened before it has to be written into it: who picked the ball
up holds it in the next shot of the same setting, what was given is in the other's hand, what broke
or flew away is gone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from matinee.film import Screenplay
    from matinee.film.screenplay import Action, Beat, Prop

TAKES = frozenset({"pick_up", "take", "grab", "collect", "lift", "catch", "steal", "raise"})
GIVES = frozenset({"give", "hand", "offer", "pass"})
THROWS = frozenset({"throw", "toss", "hurl"})
DROPS = frozenset({"drop", "put_down", "release", "lay_down"})
BREAKS = frozenset({"break", "shatter", "smash", "explode", "burst", "sink"})
LEAVES = frozenset({"leave", "depart", "take_off", "launch", "rise", "lift_off", "exit", "escape"})
MOVES = TAKES | GIVES | THROWS | DROPS


def props_at(screenplay: Screenplay, beat: Beat) -> tuple[Prop, ...]:
    """Return the props of a beat's setting as the beats before it have left them."""
    props = {one.id: one for one in screenplay.props if one.setting == beat.setting}
    for before in _before(screenplay, beat):
        for action in before.actions:
            if not _done_again(action, beat):
                _apply(action, before, beat, props)
    return tuple(props.values())


def _before(screenplay: Screenplay, beat: Beat) -> Iterable[Beat]:
    """The beats of the same setting that come before this one."""
    for other in screenplay.beats:
        if beat.id == other.id:
            return
        if other.setting == beat.setting:
            yield other


def _done_again(action: Action, beat: Beat) -> bool:
    """Whether a beat shows the same once more, or takes up what an earlier one took up."""
    for one in beat.actions:
        same = one.character == action.character and one.verb == action.verb
        takes = {one.verb, action.verb} <= TAKES and one.target == action.target
        if (same and one.target == action.target) or takes:
            return True
    return False


def _apply(action: Action, before: Beat, beat: Beat, props: dict[str, Prop]) -> None:
    gone = action.character in props and action.verb in BREAKS | LEAVES
    gone |= action.target in props and action.verb in BREAKS
    if gone:
        name = action.character if action.character in props else action.target
        if not _matters(name, beat):
            del props[name]
        return
    thing = _handled(action, props)
    if thing is None or action.verb not in MOVES or action.character in props:
        return
    holder = action.character
    if action.verb in GIVES | THROWS:
        holder = _receiver(action, before, props)
    if action.verb in DROPS or not holder:
        moved = replace(thing, relation="in_front_of", anchor=action.character, other_anchor="")
    else:
        moved = replace(thing, relation="held_by", anchor=holder, other_anchor="")
    props[thing.id] = moved


def _handled(action: Action, props: dict[str, Prop]) -> Prop | None:
    """What an action handles: the thing it names, or what is in hand."""
    if action.target in props:
        return props[action.target]
    own = (one for one in props.values() if one.relation == "held_by")
    return next((one for one in own if one.anchor == action.character), None)


def _receiver(action: Action, before: Beat, props: dict[str, Prop]) -> str:
    """Who has it afterwards: the one named, or the only other one there."""
    if action.target and action.target not in props:
        return action.target
    others = [name for name in before.cast if name != action.character]
    return others[0] if len(others) == 1 else ""


def _matters(name: str, beat: Beat) -> bool:
    named = {beat.camera.subject, *beat.props}
    named |= {action.character for action in beat.actions}
    return name in named | {action.target for action in beat.actions}

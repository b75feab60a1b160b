"""The order in which things get their places, and who makes room for whom.

Anchors come first, then what leans on them; what is between two others comes before the second of
them, or before both when they are a pair.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from matinee import film

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matinee.engine.stage.props import PropModel

BROUGHT = "brought_table"
"""The table that is brought for what is on one where there is none."""
AIR_M = 0.04
SIDES = frozenset({"left_of", "right_of", "in_front_of", "behind", "beside", "between"})
TABLEWARE_M = 0.3
"""Up to this height things side by side are put on a table, however narrow it is."""


def flanked(props: Sequence[film.screenplay.Prop]) -> list[film.screenplay.Prop]:
    """Let what is between two of a kind have its place first, and the two theirs beside it."""
    pairs = {one.id: one for one in props if one.count == 2}
    middles = {
        one.anchor: one
        for one in props
        if one.relation == "between" and one.anchor in pairs and not one.other_anchor
    }
    out = []
    for one in props:
        if one.id in middles:
            out.append(replace(one, relation="between", anchor=middles[one.id].id))
        elif one in middles.values():
            pair = pairs[one.anchor]
            sides = pair.relation in SIDES
            out.append(
                replace(
                    one,
                    relation="free" if sides else pair.relation,
                    anchor="" if sides else pair.anchor,
                )
            )
        else:
            out.append(one)
    return out


def apart(prop: film.screenplay.Prop) -> list[film.screenplay.Prop]:
    """Return a pair that stands around something as one to its left and one to its right."""
    if prop.relation != "between" or prop.count != 2 or prop.other_anchor:
        return [prop]
    return [replace(prop, count=1, relation=side) for side in ("left_of", "right_of")]


def crowded_out(
    props: Sequence[film.screenplay.Prop], models: Mapping[str, PropModel], room_m: float
) -> set[str]:
    """Return what stands side by side with more than a surface of that length can take."""
    group = {one.id: one.id for one in props}
    for one in props:
        if one.relation in SIDES:
            for other in (one.anchor, one.other_anchor):
                if other in group:
                    joined, into = group[one.id], group[other]
                    group = {name: into if own == joined else own for name, own in group.items()}
    out: set[str] = set()
    for root in set(group.values()):
        members = [one for one in props if group[one.id] == root]
        wide_m = sum(
            one.count * (2.0 * float(models[one.id].half_extents[0]) + AIR_M) for one in members
        )
        tallest_m = max(2.0 * float(models[one.id].half_extents[1]) for one in members)
        if len(members) > 1 and wide_m > room_m and tallest_m > TABLEWARE_M:
            out |= {one.id for one in members}
    return out


def spread(props: Sequence[film.screenplay.Prop]) -> list[film.screenplay.Prop]:
    """Put the second of two between which something is to be to the right of the first."""
    firsts = {one.other_anchor: one.anchor for one in props if one.relation == "between"}
    by_id = {one.id: one for one in props}
    out = []
    for one in props:
        first = firsts.get(one.id, "")
        loose = one.relation == "free" and not one.anchor and first and first != one.id
        if loose and not (first in by_id and by_id[first].anchor == one.id):
            middle = next(p for p in props if p.relation == "between" and p.other_anchor == one.id)
            out.append(_at_side(one, first, middle))
        else:
            out.append(one)
    return out


def _at_side(
    prop: film.screenplay.Prop, anchor: str, middle: film.screenplay.Prop
) -> film.screenplay.Prop:
    """Return the prop beside another one; its other anchor says for whom room is left."""
    return replace(prop, relation="right_of", anchor=anchor, other_anchor=middle.id)


def anchors_first(props: Sequence[film.screenplay.Prop]) -> list[film.screenplay.Prop]:
    """Return props so that each comes after what it leans on."""
    known = {prop.id for prop in props}
    waiting, done, order = list(props), set[str](), list[film.screenplay.Prop]()
    while waiting:
        ready = [one for one in waiting if _needs(one) & known <= done]
        # Props that lean on each other in a ring have no first one: take them as written.
        ready = ready or waiting[:1]
        order += ready
        done |= {one.id for one in ready}
        waiting = [one for one in waiting if one.id not in done]
    return order


def _needs(prop: film.screenplay.Prop) -> set[str]:
    if prop.relation == "on" and not prop.anchor:
        return {BROUGHT}
    both = {prop.anchor, prop.other_anchor} if prop.relation == "between" else {prop.anchor}
    return both - {""}

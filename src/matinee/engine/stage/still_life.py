"""Still lifes: small things that are filmed together, because the prompt named them together.

A fork beside a plate is a picture of both, from near and from somewhat above; seen alone, or from
across the room, it would be a few pixels of metal. In a close-up it stays the one thing.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from matinee.engine.stage.framing import Subject
    from matinee.engine.stage.placing import Placed
    from matinee.engine.stage.space import Points

TOGETHER_M = 1.5
"""How far from the first thing another one may lie that is seen with it."""
ARRANGED_M = 0.55
"""Half the size of the largest thing that is part of a still life; larger ones carry it."""
ALONE = frozenset({"close_up", "extreme_close_up"})


def arranged(
    subject: Subject,
    subjects: Mapping[str, Subject],
    placed: Sequence[Placed],
    named: AbstractSet[str],
    *,
    size: str,
) -> Subject:
    """Return a thing together with those `named` that lie by it, as one subject of the camera.

    Nothing changes in a close-up, and for what is as large as furniture.
    """
    if size in ALONE or not subject.thing or subject.half_width_m > ARRANGED_M:
        return subject
    middle = len(subject.eyes) // 2
    together = [subject] + [
        other
        for name, other in subjects.items()
        if name in named
        and name != subject.name
        and other.thing
        and other.half_width_m <= ARRANGED_M
        and float(np.linalg.norm(other.eyes[middle] - subject.eyes[middle])) < TOGETHER_M
    ]
    if len(together) == 1:
        return subject
    names = {one.name for one in together}
    low, high = _box(together, [one for one in placed if one.prop.id in names], middle)
    centre, half = (low + high) * 0.5, (high - low) * 0.5
    eyes = np.tile(centre, (len(subject.eyes), 1))
    return replace(
        subject,
        eyes=eyes,
        waist=eyes,
        feet=eyes - np.array([0.0, half[1], 0.0]),
        crown_m=float(half[1]),
        half_width_m=float(max(half[0], half[2])),
    )


def _box(
    together: Sequence[Subject], placed: Sequence[Placed], middle: int
) -> tuple[Points, Points]:
    """The corners of what all of them take, in the middle of the shot."""
    reach = {one.prop.id: float(max(one.half[0], one.half[2])) for one in placed}
    lows, highs = [], []
    for one in together:
        wide = max(one.half_width_m * 0.8, reach.get(one.name, 0.0))
        half = np.array([wide, one.crown_m, wide])
        lows.append(one.eyes[middle] - half)
        highs.append(one.eyes[middle] + half)
    return np.min(lows, axis=0), np.max(highs, axis=0)

"""Where everything that moves somebody is: bones, what swings after them, and their strip."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.stage.rehearsal import spoken, stable_seed
from matinee.engine.stage.sway import swung

if TYPE_CHECKING:
    import numpy.typing as npt

    from matinee.engine.render.scene import Transforms
    from matinee.engine.stage.rehearsal import Rehearsal
    from matinee.engine.stage.space import Points


def of(played: Rehearsal, name: str, *, wind: Points, view_at: Points) -> Transforms:
    """Return the matrices that carry somebody's mesh at every moment, (n, j, 3, 4).

    `wind` (n, 3) is in metres a second, `view_at` (n, 3) is where the camera is.
    """
    one, performance = played.people[name], played.actors[name].performance
    bones = swung(
        one.strands,
        performance.bones,
        played.times_s,
        wind=wind,
        seed=stable_seed(played.seed, name, "sway"),
    )
    if one.strip is None:
        return bones
    pelvis = np.asarray(performance.joints[:, one.skeleton.places["pelvis"]], np.float64)
    return one.strip.bones(bones, pelvis, one.skeleton.head("pelvis"), view_at)


def cels(played: Rehearsal, name: str) -> npt.NDArray[np.int_]:
    """Return which frame of their strip somebody shows at every moment; 0 without a strip."""
    strip = played.people[name].strip
    if strip is None:
        return np.zeros(len(played.times_s), np.int_)
    sounds = spoken(played.shot, name)
    return strip.shown(played.times_s, [(start, end) for _, start, end in sounds])

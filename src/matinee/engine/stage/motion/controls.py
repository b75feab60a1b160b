"""Controls: the handles a clip moves, as named columns of one matrix with a row for each frame.

Hands are given in the frame of the chest, in arm lengths from the shoulder: (out, up, forward),
where out is away from the body on either side; so one clip serves both hands. Wrists are
(pronation, flexion, deviation): at 0 the thumb points the way the elbow bends. Feet are offsets
from where the gait puts them, in the frame of the body, in metres for a person of average size.
`strain` lets the body leave its place so that a reaching hand arrives.

A hand may be sent elsewhere instead: to `reach`, a point of the world, or to `face`, a point before
the face, (out, up, forward) in metres from between the eyes; `palm` says that the palm and not the
wrist shall be there. `rod` is what the hand closes around, a direction in the frame its place is
given in: the thumb lies along it. A foot may leave the floor: `tread` is a point of the sole from
where the body stands, (out, up, forward) in metres; `leg` is the ankle from the hip in leg lengths,
in the frame of the pelvis. Each has a weight beside it, 0..1, see `WEIGHTS`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

Floats: TypeAlias = "npt.NDArray[np.float64]"
Moves: TypeAlias = Mapping[str, "npt.NDArray[np.float64]"]
"""What one clip asks for: some of the columns, each (n, width), (width,) or (n,)."""

REST: Final[dict[str, tuple[float, ...]]] = {
    "pelvis": (0.0, 0.0, 0.0),
    "tilt": (0.0, 0.0, 0.0),
    "spine": (0.0, 0.0, 0.0),
    "head": (0.0, 0.0, 0.0),
    "gaze": (0.0,),
    "strain": (0.0,),
    **{
        f"{name}_{side}": value
        for side in ("l", "r")
        for name, value in {
            "shrug": (0.0,),
            "hand": (0.12, -0.94, 0.10),
            "pole": (0.8, -0.3, -1.0),
            "wrist": (0.35, 0.18, 0.0),
            "fingers": (0.16, 0.10, 0.13, 0.16, 0.20),
            "reach": (0.0, 0.0, 0.0),
            "reaching": (0.0,),
            "face": (0.0, 0.0, 0.0),
            "facing": (0.0,),
            "palm": (0.0,),
            "rod": (0.0, 1.0, 0.0),
            "gripping": (0.0,),
            "foot": (0.0, 0.0, 0.0),
            "sole": (0.0, 0.0),
            "knee": (0.12,),
            "tread": (0.0, 0.0, 0.0),
            "treading": (0.0,),
            "leg": (0.0, -1.0, 0.0),
            "free": (0.0,),
        }.items()
    },
}
WEIGHTS: Final = {
    "reach": "reaching",
    "face": "facing",
    "rod": "gripping",
    "tread": "treading",
    "leg": "free",
}
"""The column that says how much another one counts."""


def _spans() -> dict[str, slice]:
    spans, first = {}, 0
    for name, value in REST.items():
        spans[name] = slice(first, first + len(value))
        first += len(value)
    return spans


SPANS: Final = _spans()
WIDTH: Final = sum(len(value) for value in REST.values())


def at_rest(frame_count: int) -> Floats:
    """Return controls (n, WIDTH) of somebody standing with hanging arms."""
    row = np.concatenate([np.array(value) for value in REST.values()])
    return np.tile(row, (frame_count, 1))


def blend(controls: Floats, moves: Moves, weight: Floats, *, add: bool = False) -> None:
    """Draw controls towards what a clip asks for, in place; weight (n,) 0..1.

    With `add` the moves are added instead. A place that did not count before is taken whole: it is
    its weight that fades in, or a hand would come to it from nowhere.
    """
    # Places first: they are weighed by their weight before it changes.
    for name in sorted(moves, key=lambda one: one.rsplit("_", 1)[0] not in WEIGHTS):
        span = SPANS[name]
        wanted = np.asarray(moves[name], np.float64)
        if wanted.ndim == 1 and span.stop - span.start == 1:
            wanted = wanted[:, None]
        share = weight[:, None]
        part, _, side = name.rpartition("_")
        if part in WEIGHTS and f"{WEIGHTS[part]}_{side}" in moves:
            share = _taken(controls, f"{WEIGHTS[part]}_{side}", moves, share)
        if add:
            controls[:, span] += share * wanted
        else:
            controls[:, span] += share * (wanted - controls[:, span])


def _taken(controls: Floats, name: str, moves: Moves, share: Floats) -> Floats:
    """Return the share of a new place against the old one, by how much either counts."""
    wanted = np.asarray(moves[name], np.float64).reshape(-1, 1)
    fresh, old = share * wanted, (1 - share) * controls[:, SPANS[name]]
    return np.asarray(np.where(fresh > 0, fresh / np.maximum(fresh + old, 1e-9), 0.0))


def smooth(value: npt.ArrayLike) -> Floats:
    """Ease 0..1 in and out (smoothstep), clipped."""
    x = np.clip(np.asarray(value, np.float64), 0, 1)
    return np.asarray(x * x * (3 - 2 * x))


def between(time: Floats, start: float, end: float) -> Floats:
    """Return 0 before start, 1 after end, eased between."""
    return smooth((time - start) / max(end - start, 1e-6))


def keyed(time: Floats, keys: npt.ArrayLike, values: npt.ArrayLike) -> Floats:
    """Ease through `values` (k, ...) at times `keys` (k,): a Catmull-Rom spline without overshoot.

    The slopes are limited as by Fritsch and Carlson, so that a held value is held.
    """
    knots = np.asarray(keys, np.float64)
    points = np.asarray(values, np.float64)
    flat = points.reshape(len(knots), -1)
    if len(knots) == 1:
        return np.broadcast_to(points[0], (len(time), *points.shape[1:])).copy()
    gap = np.maximum(np.diff(knots), 1e-6)
    rise = np.diff(flat, axis=0) / gap[:, None]
    slope = np.zeros_like(flat)
    inner = (rise[:-1] + rise[1:]) / 2
    limit = 3 * np.minimum(np.abs(rise[:-1]), np.abs(rise[1:]))
    inner = np.clip(inner, -limit, limit)
    slope[1:-1] = np.where(rise[:-1] * rise[1:] > 0, inner, 0)
    place = np.clip(np.searchsorted(knots, time, side="right") - 1, 0, len(gap) - 1)
    u = np.clip((time - knots[place]) / gap[place], 0, 1)[:, None]
    width = gap[place][:, None]
    result = (
        (2 * u**3 - 3 * u**2 + 1) * flat[place]
        + (u**3 - 2 * u**2 + u) * width * slope[place]
        + (3 * u**2 - 2 * u**3) * flat[place + 1]
        + (u**3 - u**2) * width * slope[place + 1]
    )
    return np.asarray(result.reshape(len(time), *points.shape[1:]))

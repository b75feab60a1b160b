"""Sway: what hangs from a body follows it late, overshoots, and gives way to the wind.

Every strand is a pendulum whose pivot and place at rest are carried by the bones; it is integrated
for all strands of a person together, in steps short enough for the stiffest of them
(semi-implicit Euler, with the length and the slack kept by projection: Müller et al. 2007, Position
Based Dynamics).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from .skeleton import about, unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from .figure.strand import Strand

Floats: TypeAlias = "npt.NDArray[np.float64]"

STEP_S = 1 / 96
# Gusts come and go in a second or two, and never stop altogether.
GUSTS_HZ = (0.37, 0.83, 1.9)


def swung(
    strands: Sequence[Strand],
    bones: npt.NDArray[np.float32],
    times_s: npt.ArrayLike,
    *,
    wind: npt.ArrayLike = (0.0, 0.0, 0.0),
    seed: int = 0,
) -> npt.NDArray[np.float32]:
    """Add the matrices of the strands (n, s, 3, 4) to those of the bones (n, j, 3, 4).

    `times_s` (n,) rises; `wind`, (3,) or (n, 3), is in metres a second. The same arguments give the
    same sway.
    """
    if not strands:
        return bones
    times = np.asarray(times_s, np.float64)
    carried = bones.astype(np.float64)
    at_pivot = _blended(carried, np.stack([one.pivot_weights for one in strands]))
    at_tip = _blended(carried, np.stack([one.tip_weights for one in strands]))
    pivots = _moved(at_pivot, np.stack([one.pivot for one in strands]))
    rests = _moved(at_tip, np.stack([one.tip for one in strands]))
    out = unit(np.einsum("nsij,sj->nsi", at_tip[..., :3], np.stack([one.out for one in strands])))
    blowing = np.broadcast_to(np.asarray(wind, np.float64), (len(times), 3))
    tips = _tips(strands, pivots, rests, out, times=times, wind=blowing, seed=seed)
    turns = _between(unit(rests - pivots), unit(tips - pivots))
    shift = at_tip[..., 3] - pivots
    moved = np.concatenate(
        [turns @ at_tip[..., :3], (np.einsum("nsij,nsj->nsi", turns, shift) + pivots)[..., None]],
        -1,
    )
    return np.concatenate([bones, moved.astype(np.float32)], 1)


def _blended(bones: Floats, weights: Floats) -> Floats:
    """Return the mean matrices (n, s, 3, 4) that weights (s, j) make of the bones (n, j, 3, 4)."""
    used = np.flatnonzero(weights.any(0))
    return np.asarray(np.einsum("sj,njab->nsab", weights[:, used], bones[:, used], optimize=True))


def _moved(matrices: Floats, places: Floats) -> Floats:
    turned = np.einsum("nsij,sj->nsi", matrices[..., :3], places)
    return np.asarray(turned + matrices[..., 3])


def _between(first: Floats, second: Floats) -> Floats:
    """Return the shortest rotations that take unit vectors (..., 3) to others."""
    axis = np.cross(first, second)
    sine = np.linalg.norm(axis, axis=-1)
    cosine = (first * second).sum(-1)
    spare = np.zeros_like(axis)
    spare[..., 0] = 1.0
    along = np.where(sine[..., None] > 1e-9, axis, spare)
    return about(unit(along), np.arctan2(sine, cosine))


def _tips(
    strands: Sequence[Strand],
    pivots: Floats,
    rests: Floats,
    out: Floats,
    *,
    times: Floats,
    wind: Floats,
    seed: int,
) -> Floats:
    """Integrate the ends of the strands, (n, s, 3)."""
    stuff = [one.stuff for one in strands]
    rate = 2 * np.pi * np.array([one.rate_hz for one in stuff])[:, None]
    damping = 2 * np.array([one.damping for one in stuff])[:, None] * rate
    hang = np.array([one.hang for one in stuff])[:, None]
    slack = np.array([one.slack_rad for one in stuff])
    air = np.array([one.air_hz for one in stuff])[:, None]
    give = np.array([one.give_m for one in stuff])
    rng = np.random.default_rng([seed, 0x73776179])
    phases = rng.uniform(0, 2 * np.pi, (len(GUSTS_HZ), len(strands), 1))
    down = np.array([0.0, -1.0, 0.0])
    tips = np.empty_like(rests)
    # The shot begins in the middle of the motion, so nothing has to settle first.
    here = rests[0].copy()
    speed = np.zeros_like(here)
    tips[0] = here
    for frame in range(1, len(times)):
        gap_s = float(times[frame] - times[frame - 1])
        steps = max(1, round(gap_s / STEP_S))
        step_s = gap_s / steps
        for step in range(1, steps + 1):
            share = step / steps
            pivot = pivots[frame - 1] * (1 - share) + pivots[frame] * share
            rest = rests[frame - 1] * (1 - share) + rests[frame] * share
            away = out[frame - 1] * (1 - share) + out[frame] * share
            span = rest - pivot
            length = np.linalg.norm(span, axis=1, keepdims=True)
            way = span / np.maximum(length, 1e-9)
            plumb = unit(way * (1 - hang) + down * hang)
            time_s = float(times[frame - 1]) + share * gap_s
            gust = sum(
                np.sin(2 * np.pi * hertz * time_s + phase)
                for hertz, phase in zip(GUSTS_HZ, phases, strict=True)
            )
            blown = wind[frame] * (0.75 + 0.25 * gust)
            force = rate**2 * (pivot + plumb * length - here) - damping * speed
            speed = speed + step_s * (force + air * (blown - speed))
            before, here = here, here + step_s * speed
            here = _kept(here, pivot, way, length, slack)
            # In towards the body there is only the little room that cloth and hair leave.
            inwards = ((here - rest) * away).sum(1) + give
            here = here - np.minimum(inwards, 0.0)[:, None] * away
            speed = (here - before) / step_s
        tips[frame] = here
    return tips


def _kept(here: Floats, pivot: Floats, way: Floats, length: Floats, slack: Floats) -> Floats:
    """Bring ends back to their length, and to within their slack about `way`."""
    arm = unit(here - pivot)
    cosine = np.clip((arm * way).sum(1), -1, 1)
    beyond = np.arccos(cosine) > slack
    if beyond.any():
        aside = unit(arm - cosine[:, None] * way)
        kept = np.cos(slack)[:, None] * way + np.sin(slack)[:, None] * aside
        arm = np.where(beyond[:, None], kept, arm)
    return np.asarray(pivot + arm * length)

"""Strands: what of somebody hangs from the body and swings after it, hair and hems."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

Floats: TypeAlias = "npt.NDArray[np.floating]"


@dataclass(frozen=True)
class Stuff:
    """How something swings: a pendulum of `rate_hz`, damped by `damping` (1: without overshoot).

    `hang` 0..1 is how much it seeks the plumb line rather than its place at rest, `slack_rad` how
    far it leaves that place, `air_hz` how fast the wind takes it along, and `give_m` how far it may
    move in towards the body.
    """

    rate_hz: float
    damping: float
    hang: float
    slack_rad: float
    air_hz: float
    give_m: float


LONG_HAIR = Stuff(1.5, 0.22, 0.35, 0.55, 0.8, 0.004)
TIED_HAIR = Stuff(1.35, 0.14, 0.6, 0.9, 0.7, 0.01)
SKIRT = Stuff(1.9, 0.3, 0.0, 0.34, 0.8, 0.006)
CAPE = Stuff(0.95, 0.25, 0.0, 0.75, 1.1, 0.02)


@dataclass(frozen=True, eq=False)
class Strand:
    """A pendulum at rest: pivot and tip (3,) metres, and the bones (j,) that carry each of them.

    `out` (3,) is the unit direction away from the body, in which it may swing freely.
    """

    stuff: Stuff
    pivot: Floats
    tip: Floats
    pivot_weights: Floats
    tip_weights: Floats
    out: Floats


@dataclass(frozen=True, eq=False)
class Swing:
    """The strands of one piece of somebody; its patches say in a row `swing` (n, s) who follows.

    A vertex follows strand k by `swing[:, k]` and its bones by what remains to 1.
    """

    strands: tuple[Strand, ...]


def fan(angles: npt.ArrayLike, at: npt.ArrayLike) -> Floats:
    """Return how a full turn of places at angles (n,) is shared by strands `at` (s,), (n, s).

    Each place is shared by the two strands beside it, smoothly; beyond the outermost of a fan that
    is open, all goes to that one.
    """
    place = np.asarray(angles, np.float64)[:, None]
    centres = np.asarray(at, np.float64)[None]
    gap = np.abs((place - centres + np.pi) % (2 * np.pi) - np.pi)
    width = 2 * np.pi / max(centres.shape[1], 1)
    if centres.shape[1] > 1:
        width = float(np.min(np.abs(np.diff(np.sort(centres[0])))))
    share = np.cos(np.clip(gap / width, 0, 1) * np.pi / 2) ** 2
    lost = share.sum(1) < 1e-6
    share[lost] = gap[lost] == gap[lost].min(1, keepdims=True)
    return np.asarray(share / share.sum(1, keepdims=True))

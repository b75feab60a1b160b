"""How animals hold themselves: the controls of their bodies, and postures as numbers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from matinee.engine.stage.skeleton import about_x, turned

if TYPE_CHECKING:
    import numpy.typing as npt

    from .anatomy import Plan

Floats: TypeAlias = "npt.NDArray[np.float64]"

CONTROLS: Final = (
    "drop", "rise", "pitch", "roll", "twist", "arch", "neck", "neck_yaw", "head", "head_yaw",
    "head_roll", "tail", "wag", "ears", "jaw", "lids", "fore_z", "hind_z", "fore_fold",
    "hind_fold", "paw", "down", "spread", "flap", "shift", "sway", "rear", "rear_hips", "free",
    "haste", "perch", "raise",
)  # fmt: skip
Controls: TypeAlias = "dict[str, Floats]"


@dataclass(frozen=True, eq=False)
class Span:
    """One act as its player sees it: seconds since it began (n,), its length, tempo and size."""

    t: Floats
    length_s: float
    tempo: float
    size: float
    plan: Plan
    rng: np.random.Generator

    @property
    def m(self) -> float:
        """The height of the back."""
        return self.plan.species.unit_m * self.plan.scale

    def wave(self, hertz: float, phase: float = 0.0) -> Floats:
        """Return a sine at the animal's tempo."""
        return np.asarray(np.sin(2 * np.pi * hertz * self.tempo * self.t + phase))

    def bumps(self, moments: tuple[float, ...], width_s: float) -> Floats:
        """Return a soft bump at each moment."""
        gaps = self.t[:, None] - np.array(moments)
        return np.asarray(np.exp(-0.5 * (gaps / width_s) ** 2).sum(1))


@lru_cache(maxsize=64)
def sitting(plan: Plan) -> dict[str, float]:
    """Return how an animal sits: haunches on the floor, fore legs straight."""
    size = plan.species.unit_m * plan.scale
    root = plan.head("pelvis")
    shoulder, hip = plan.head("arm_l") - root, plan.head("thigh_l") - root
    low = (0.46 * plan.species.belly + 0.03) * size
    angles = np.linspace(0.0, 1.15, 116)
    high = shoulder[1] * np.cos(angles) + shoulder[2] * np.sin(angles)
    deep = hip[1] * np.cos(angles) + hip[2] * np.sin(angles)
    wanted = (shoulder[1] + root[1]) * 0.98 - low
    best = float(angles[int(np.argmin(np.abs(high - deep - wanted)))])
    root_y = low - (hip[1] * np.cos(best) + hip[2] * np.sin(best))
    fore = shoulder[2] * np.cos(best) - shoulder[1] * np.sin(best) - shoulder[2]
    haunch = hip[2] * np.cos(best) - hip[1] * np.sin(best)
    hind_home = next(leg.home[2] for leg in plan.legs if not leg.fore)
    return {
        "pitch": -best,
        "drop": float(root[1] - root_y),
        "fore_z": float(fore) + 0.05 * size,
        "hind_z": float(haunch + 0.3 * size - hind_home),
        "hind_fold": -1.22,
        "neck": 0.3 * best,
        "head": 0.62 * best,
        "tail": -0.5 - 0.3 * best if plan.species.tail_up < 0.9 else -0.9,
    }


@lru_cache(maxsize=64)
def lying(plan: Plan) -> dict[str, float]:
    """Return how an animal lies: chest on the floor, legs under it or stretched before it."""
    size = plan.species.unit_m * plan.scale
    one = plan.species
    lies: dict[str, float] = {}
    if one.legless:
        low = one.form.ride_m * (0.6 if one.body == "swimmer" else 0.0)
        lies = {"drop": low, "perch": 1.0, "raise": -0.6, "spread": -1.0, "down": 1.0}
    elif one.body == "many":
        lies = {"drop": 0.4 * size}
    elif one.body == "biped":
        lies = {"drop": 0.3 * size, "hind_fold": -0.9, "pitch": 0.1}
    elif one.body == "bird":
        lies = {"drop": 0.8 * (0.95 - 0.45 * one.bulk) * size, "hind_fold": -0.9, "tail": 0.1}
    elif one.sprawl:
        lies = {"drop": max(0.83 - one.depth, 0.05) * size, "neck": 0.1}
    else:
        lies = {"drop": (0.965 - one.depth) * size, "hind_z": 0.2 * size, "hind_fold": -1.25}
        stretched = one.feet == "paw"
        lies |= {
            "fore_z": (0.3 if stretched else 0.02) * size,
            "fore_fold": -1.3 if stretched else 1.4,
        }
        if stretched:
            lies["tail"] = -0.4 * one.tail_up
    return lies


@lru_cache(maxsize=64)
def rearing(plan: Plan) -> dict[str, float]:
    """Return how an animal stands up on its hind legs: its hips stay where they are."""
    size = plan.species.unit_m * plan.scale
    root, lean = plan.head("pelvis"), 1.15
    hip = plan.head("thigh_l") - root
    deep = hip[1] * np.cos(lean) + hip[2] * np.sin(lean)
    back = hip[2] * np.cos(lean) - hip[1] * np.sin(lean)
    return {
        "pitch": -lean,
        "drop": float(deep - hip[1]) + 0.03 * size,
        "hind_z": float(back) - float(hip[2]) + 0.1 * size,
        "rear": 1.0,
        "neck": 0.5 * lean,
        "head": 0.4 * lean,
        "tail": -0.6,
    }


@lru_cache(maxsize=64)
def grazing(plan: Plan) -> dict[str, float]:
    """Return how an animal brings its mouth to the ground."""
    size = plan.species.unit_m * plan.scale
    if plan.species.legless or plan.species.body == "many":
        tip = 0.35 if plan.species.body == "swimmer" else 0.0
        return {"neck": 0.0, "head": 0.3, "pitch": tip}
    necks = np.linspace(0.0, 2.6, 40)
    heads = np.linspace(-0.9, 0.9, 13)
    leans = np.linspace(0.0, 0.42, 7)
    neck, head, lean = (a.ravel() for a in np.meshgrid(necks, heads, leans, indexing="ij"))
    names = ("neck1", "neck2", "head")
    spots = [plan.head(name) for name in names]
    root = plan.head("pelvis")
    turn = about_x(lean)
    at = root + turned(turn, np.broadcast_to(spots[0] - root, (len(lean), 3)))
    for index, (bend, after) in enumerate(
        zip((neck / 2, neck / 2, head), (*spots[1:], plan.muzzle), strict=True)
    ):
        turn = turn @ about_x(bend)
        at = at + turned(turn, np.broadcast_to(after - spots[index], at.shape))
    goal = 0.05 * size
    cost = np.abs(at[:, 1] - goal) / size * 6 + 0.12 * neck + 0.2 * np.abs(head) + 0.7 * lean
    cost += 4 * np.maximum(goal - at[:, 1], 0) / size * 3
    # The nose leads: a muzzle that points back under the body is no way to eat.
    cost += 0.9 * np.maximum(neck + head + lean - 1.0, 0)
    best = int(np.argmin(cost))
    return {"neck": float(neck[best]), "head": float(head[best]), "pitch": float(lean[best])}

"""Coats: the colour of every point of an animal's skin, by where it is and what it covers."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from matinee.engine.stage.motion.controls import smooth

from .anatomy import head_axes, nose_end, skull_middle

if TYPE_CHECKING:
    import numpy.typing as npt

    from .anatomy import Plan
    from .field import Skin

Floats: TypeAlias = "npt.NDArray[np.float64]"


def linear(colour: str) -> Floats:
    """Return #rrggbb (sRGB) as linear RGB (3,): IEC 61966-2-1."""
    value = np.array([int(colour[k : k + 2], 16) for k in (1, 3, 5)]) / 255.0
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def noise(points: Floats, size_m: float, rng: np.random.Generator) -> Floats:
    """Return smooth noise (n,) in about -1..1 whose features are `size_m` large."""
    ways = rng.normal(0, 1, (9, 3))
    ways *= (2 * np.pi / size_m) / np.linalg.norm(ways, axis=1, keepdims=True)
    ways *= rng.uniform(0.6, 1.5, (9, 1))
    phases = rng.uniform(0, 2 * np.pi, 9)
    return np.asarray(np.sin(points @ ways.T + phases).sum(1) / 3.2)


def painted(plan: Plan, skin: Skin, hold: Floats, rng: np.random.Generator) -> Floats:
    """Return the albedo (n, 3) of the skin; hold (n, bones) is what carries each point."""
    coat, size = plan.species.coat, plan.species.withers_m * plan.scale
    points, normals = skin.points, skin.normals
    share = _Shares(plan, hold)
    colour = np.tile(linear(coat.base), (len(points), 1))
    ripple = noise(points, 0.16 * size, rng)
    markings = _marks(plan, points, normals, share, rng)
    colour = _towards(colour, linear(coat.marks), markings)
    uneven = 0.06 if plan.species.body == "bird" or coat.pattern == "spots" else 0.25
    below = smooth((-normals[:, 1] - 0.05 + uneven * ripple) / 0.55)
    below *= 1 - share.of("wrist", "hock", "fpaw", "hpaw", "tail")
    throat = share.of("neck", "chest") * smooth(
        (normals[:, 2] - 0.25 + 0.8 * uneven * ripple) / 0.6
    )
    colour = _towards(colour, linear(coat.below), np.maximum(below, 0.85 * throat))
    if coat.ends:
        low = smooth(
            (0.8 * _mean(plan, size) - points[:, 1] + 0.02 * size * ripple) / (0.09 * size)
        )
        ends = share.of("wrist", "hock", "fpaw", "hpaw", "forearm", "shin") * low
        ends = np.maximum(ends, share.of("fpaw", "hpaw"))
        ends = np.maximum(ends, 0.9 * share.of("tail4")) if coat.pattern != "patches" else ends
        if plan.species.name == "fox":
            tip = share.of("tail4")
            colour = _towards(colour, linear(coat.below), tip)
            ends = ends * (1 - tip)
        colour = _towards(colour, linear(coat.ends), ends)
    colour = _face(plan, points, normals, share, colour)
    if plan.species.feet == "hoof":
        sole = smooth((0.05 * size - points[:, 1]) / (0.012 * size)) * share.of("fpaw", "hpaw")
        colour = _towards(colour, linear("#221a15"), sole)
    fine = noise(points, 0.03 * size, rng)
    return np.clip(colour * (1 + 0.07 * fine + 0.06 * ripple)[:, None], 0.0, 1.0)


def _mean(plan: Plan, size: float) -> float:
    """The height up to which legs have the colour of the paws."""
    return (0.5 if plan.species.coat.pattern == "plain" else 0.3) * size


class _Shares:
    """How much of each point belongs to bones whose names begin with something."""

    def __init__(self, plan: Plan, hold: Floats) -> None:
        self.names, self.hold = plan.skeleton.names, hold

    def of(self, *beginnings: str) -> Floats:
        columns = [k for k, name in enumerate(self.names) if name.startswith(beginnings)]
        return np.asarray(self.hold[:, columns].sum(1))


def _towards(colour: Floats, other: Floats, share: Floats) -> Floats:
    return np.asarray(colour + np.clip(share, 0, 1)[:, None] * (other - colour))


def _marks(
    plan: Plan, points: Floats, normals: Floats, share: _Shares, rng: np.random.Generator
) -> Floats:
    """Return how much of each point is of the colour of the markings."""
    one = plan.species
    size = one.withers_m * plan.scale
    limb = share.of("wrist", "hock", "fpaw", "hpaw")
    warp = noise(points, 0.3 * size, rng)
    match one.coat.pattern:
        case "saddle":
            back = smooth((normals[:, 1] - 0.1 + 0.35 * warp) / 0.5)
            ear = 0.0 * back
            return np.asarray(np.maximum(back * (1 - 0.75 * share.of("head")) * (1 - limb), ear))
        case "tabby" | "stripes":
            wide = 0.115 if one.coat.pattern == "tabby" else 0.105
            along = points[:, 2] + 0.12 * points[:, 1] + 0.05 * size * warp
            head = share.of("head")
            along = along * (1 - head) + head * (np.abs(points[:, 0]) * 1.6 + 0.35 * points[:, 1])
            legs = share.of("forearm", "shin", "wrist", "hock", "tail")
            along = along * (1 - legs) + legs * (
                np.where(share.of("tail") > 0.5, points[:, 2], points[:, 1]) * 1.2
            )
            wave = np.sin(2 * np.pi * along / (wide * size))
            sharp = smooth((wave - 0.15) / (0.5 if one.coat.pattern == "tabby" else 0.25))
            strong = 0.7 if one.coat.pattern == "tabby" else 1.0
            front = smooth((normals[:, 1] + 0.45) / 0.4)
            face = 1 - head * smooth(normals[:, 2] / 0.4)
            return np.asarray(strong * sharp * front * face)
        case "patches":
            large = noise(points + 7.0, 0.62 * size, rng)
            return np.asarray(smooth((large - 0.12) / 0.1) * (1 - limb))
        case "spots":
            cells = noise(points, 0.11 * size, rng)
            back = smooth((normals[:, 1] - 0.05) / 0.4) * share.of(
                "chest", "rump", "pelvis", "thigh"
            )
            return np.asarray(-0.0 * cells + 0.55 * back * smooth((0.35 - np.abs(cells)) / 0.3))
        case _:
            return np.asarray(0.5 * smooth((normals[:, 1] - 0.35 + 0.3 * warp) / 0.6))


def _face(plan: Plan, points: Floats, normals: Floats, share: _Shares, colour: Floats) -> Floats:
    """Paint muzzle, cheeks and the dark rims of the eyes."""
    one, coat = plan.species, plan.species.coat
    poll = plan.head("head")
    ahead, up = head_axes(one)
    inside = (points - poll) / plan.head_m
    u, v = inside @ ahead, inside @ up
    head = np.maximum(share.of("head"), share.of("nose"))
    if coat.muzzle and one.body == "quadruped":
        start = nose_end(one) - one.muzzle
        low = smooth((u - start - 0.25 * np.maximum(v - 0.02, 0) * 4 + 0.1) / 0.16)
        if one.mane == "wool":
            low = np.ones(len(points))
        colour = _towards(colour, linear(coat.muzzle), head * low)
        cheek = smooth((-v - 0.02) / 0.12) * smooth((u - 0.1) / 0.2)
        colour = _towards(colour, linear(coat.muzzle), 0.8 * head * cheek)
    if one.name == "dog" and coat.pattern == "saddle":
        # A blaze between the eyes.
        blaze = smooth((0.055 - np.abs(inside[:, 0])) / 0.03) * smooth((v - 0.02) / 0.1)
        blaze *= smooth((u - skull_middle(one)[0] * 0.6) / 0.2)
        colour = _towards(colour, linear(coat.muzzle), 0.9 * head * blaze)
    for side in ("l", "r"):
        eye = plan.head(f"eye_{side}")
        away = np.linalg.norm(points - eye, axis=1) / (one.eye * plan.head_m)
        panda = one.name == "panda"
        rim = smooth(((2.1 if panda else 1.42) - away) / (0.25 if panda else 0.3))
        colour = _towards(colour, linear("#17110e"), (0.95 if panda else 0.8) * rim * head)
    del normals
    return colour

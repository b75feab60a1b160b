"""Coats: the colour of every point of an animal's skin, by where it is and what it covers."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from matinee.engine.stage.motion.controls import smooth

from .anatomy import head_axes, nose_end, skull_middle
from .patterns import Shares, marks, noise

if TYPE_CHECKING:
    import numpy.typing as npt

    from .anatomy import Plan
    from .field import Skin

Floats: TypeAlias = "npt.NDArray[np.float64]"


def linear(colour: str) -> Floats:
    """Return #rrggbb (sRGB) as linear RGB (3,): IEC 61966-2-1."""
    value = np.array([int(colour[k : k + 2], 16) for k in (1, 3, 5)]) / 255.0
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def painted(plan: Plan, skin: Skin, hold: Floats, rng: np.random.Generator) -> Floats:
    """Return the albedo (n, 3) of the skin; hold (n, bones) is what carries each point."""
    coat, size = plan.species.coat, plan.species.unit_m * plan.scale
    if plan.species.legless:
        return _swimming(plan, skin, rng)
    points, normals = skin.points, skin.normals
    share = Shares(plan, hold)
    colour = np.tile(linear(coat.base), (len(points), 1))
    ripple = noise(points, 0.16 * size, rng)
    markings = marks(plan, points, normals, share, rng)
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


def _swimming(plan: Plan, skin: Skin, rng: np.random.Generator) -> Floats:
    """Paint what has no legs: dark above and pale below, with its marks and its scales."""
    one, coat = plan.species, plan.species.coat
    size = one.unit_m * plan.scale
    points = skin.points - [0.0, one.form.ride_m, 0.0]
    t = 0.5 - points[:, 2] / size
    warp = noise(points, 0.25 * size, rng)
    colour = np.tile(linear(coat.base), (len(points), 1))
    high = skin.normals[:, 1]
    pale = smooth((-high - 0.12 + 0.12 * warp) / 0.5)
    if one.body == "soft":
        pale = 0.8 * smooth((-high - 0.3) / 0.4)
    colour = _towards(colour, linear(coat.below), pale)
    match coat.pattern:
        case "clown":
            bands = np.min(
                [
                    np.abs(t - c + 0.035 * np.cos(9 * points[:, 1] / size))
                    for c in (0.25, 0.5, 0.77)
                ],
                axis=0,
            )
            colour = _towards(colour, linear(coat.marks), smooth((0.068 - bands) / 0.01))
            colour = _towards(colour, linear("#f6f1ea"), smooth((0.05 - bands) / 0.01))
        case "patches":
            large = noise(points + 5.0, 0.33 * size, rng)
            spread = smooth((large + 0.45 * high - 0.2) / 0.1)
            colour = _towards(colour, linear(coat.marks), spread)
        case "stripes":
            along = (
                2
                * np.pi
                * (points[:, 2] if one.body != "swimmer" else points[:, 2] + 0.02 * warp * size)
            )
            wave = np.sin(along / ((0.13 if one.body != "serpent" else 0.045) * size))
            colour = _towards(
                colour, linear(coat.marks), smooth((wave - 0.1) / 0.2) * (1 - 0.7 * pale)
            )
        case "rosettes" | "net":
            wave = np.abs(np.sin(np.pi * t * 22)) - np.abs(points[:, 0]) / (
                0.012 * size + np.ptp(points[:, 0]) * 0.04
            )
            colour = _towards(
                colour, linear(coat.marks), smooth((wave + 0.15) / 0.2) * smooth((high - 0.1) / 0.2)
            )
        case "spots":
            cells = noise(points, 0.07 * size, rng)
            colour = _towards(colour, linear(coat.marks), smooth((cells - 0.25) / 0.2) * (1 - pale))
        case _:
            colour = _towards(
                colour, linear(coat.marks), 0.75 * smooth((high - 0.35 + 0.15 * warp) / 0.5)
            )
    if one.cover == "scales":
        turn = np.arctan2(points[:, 1], points[:, 0])
        rows = 34.0 if one.body == "swimmer" else 120.0
        ring = np.floor(t * rows)
        lap = (t * rows) % 1.0
        cell = np.cos(turn * 14 + np.pi * (ring % 2))
        colour = colour * (0.86 + 0.2 * np.clip(cell * (1 - lap), -0.6, 1))[:, None]
    fine = noise(points, 0.05 * size, rng)
    return np.clip(colour * (1 + 0.05 * fine + 0.05 * warp)[:, None], 0.0, 1.0)


def _mean(plan: Plan, size: float) -> float:
    """The height up to which legs have the colour of the paws."""
    return (0.5 if plan.species.coat.pattern == "plain" else 0.3) * size


def _towards(colour: Floats, other: Floats, share: Floats) -> Floats:
    return np.asarray(colour + np.clip(share, 0, 1)[:, None] * (other - colour))


def _face(plan: Plan, points: Floats, normals: Floats, share: Shares, colour: Floats) -> Floats:
    """Paint muzzle, cheeks and the dark rims of the eyes."""
    one, coat = plan.species, plan.species.coat
    poll = plan.head("head")
    ahead, up = head_axes(one)
    inside = (points - poll) / plan.head_m
    u, v = inside @ ahead, inside @ up
    head = np.maximum(share.of("head"), share.of("nose"))
    if coat.muzzle and one.body in {"quadruped", "biped"}:
        start = nose_end(one) - one.muzzle * (0.45 if coat.pattern == "zebra" else 1.0)
        low = smooth((u - start - 0.25 * np.maximum(v - 0.02, 0) * 4 + 0.1) / 0.16)
        if one.mane == "wool":
            low = np.ones(len(points))
        colour = _towards(colour, linear(coat.muzzle), head * low)
        cheek = smooth((-v - 0.02) / 0.12) * smooth((u - 0.1) / 0.2)
        colour = _towards(colour, linear(coat.muzzle), 0.8 * head * cheek)
    if one.body == "bird" and coat.muzzle:
        low = share.of("neck1") * smooth((u + 0.55 + 0.1 * np.sin(37 * inside[:, 0])) / 0.3)
        front = smooth((u - 0.35) / 0.3) if one.name in {"owl", "parrot"} else 1.0
        colour = _towards(
            colour,
            linear(coat.muzzle),
            np.maximum(
                head * front, (share.of("neck2") + low) * (one.name not in {"owl", "parrot"})
            ),
        )
    if one.name == "dog" and coat.pattern == "saddle":
        # A blaze between the eyes.
        blaze = smooth((0.055 - np.abs(inside[:, 0])) / 0.03) * smooth((v - 0.02) / 0.1)
        blaze *= smooth((u - skull_middle(one)[0] * 0.6) / 0.2)
        colour = _towards(colour, linear(coat.muzzle), 0.9 * head * blaze)
    for side in ("l", "r"):
        eye = plan.head(f"eye_{side}")
        away = np.linalg.norm(points - eye, axis=1) / (one.eye * plan.head_m)
        patch = one.name in {"panda", "raccoon"}
        rim = smooth(((2.9 if patch else 1.42) - away) / (0.6 if patch else 0.3))
        colour = _towards(colour, linear("#17110e"), (0.97 if patch else 0.8) * rim * head)
    del normals
    return colour

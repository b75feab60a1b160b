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
    coat, size = plan.species.coat, plan.species.unit_m * plan.scale
    if plan.species.legless:
        return _swimming(plan, skin, rng)
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
    size = one.unit_m * plan.scale
    limb = share.of("wrist", "hock", "fpaw", "hpaw")
    warp = noise(points, 0.3 * size, rng)
    match one.coat.pattern:
        case "saddle":
            back = smooth((normals[:, 1] - 0.1 + 0.35 * warp) / 0.5)
            ear = 0.0 * back
            return np.asarray(np.maximum(back * (1 - 0.75 * share.of("head")) * (1 - limb), ear))
        case "tabby" | "stripes":
            wide = 0.115 if one.coat.pattern == "tabby" else 0.14
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
        case "rosettes":
            away, second = _cells(points, normals, 0.17 * size, rng)
            ring = smooth((0.42 - np.abs(away - 0.3)) / 0.2) * smooth((second - away - 0.12) / 0.1)
            ring = (
                ring * smooth((away - 0.1) / 0.1)
                if one.name == "leopard"
                else smooth((0.3 - away) / 0.1)
            )
            return np.asarray(ring * smooth((normals[:, 1] + 0.5) / 0.3))
        case "net":
            away, second = _cells(points, normals, 0.2 * size, rng)
            low = smooth((points[:, 1] - 0.3 * size) / (0.12 * size))
            return np.asarray(smooth((second - away - 0.13) / 0.08) * low * (1 - limb))
        case "zebra":
            head, legs = (
                share.of("head", "jaw"),
                share.of("forearm", "shin", "wrist", "hock", "arm"),
            )
            neck, rear = share.of("neck"), share.of("rump", "thigh")
            along = points[:, 2] + 0.03 * size * warp
            along = along * (1 - neck) + neck * (0.7 * points[:, 2] - 0.75 * points[:, 1])
            along = along * (1 - 0.75 * rear) + 0.75 * rear * points[:, 1]
            along = along * (1 - legs) + legs * points[:, 1] * 1.1
            along = along * (1 - head) + head * (0.8 * points[:, 1] + 0.6 * np.abs(points[:, 0]))
            wave = np.sin(2 * np.pi * along / ((0.15 - 0.07 * np.maximum(head, legs)) * size))
            belly = smooth((normals[:, 1] + 0.8) / 0.3)
            return np.asarray(smooth((wave + 0.1) / 0.22) * np.maximum(belly, legs))
        case "back":
            return np.asarray(smooth((normals[:, 1] - 0.05 + 0.15 * warp) / 0.3) * (1 - limb))
        case "bands":
            wave = np.sin(
                2 * np.pi * points[:, 2] / (0.16 * size * max(one.trunk, 0.5)) + 0.6 * warp
            )
            return np.asarray(smooth((wave - 0.2) / 0.25) * smooth((normals[:, 1] + 0.3) / 0.4))
        case "scales":
            large = noise(points + 3.0, 0.3 * size * max(one.trunk, 1.0) ** 0.5, rng)
            return np.asarray(0.75 * smooth((normals[:, 1] - 0.1 + 0.5 * large) / 0.4))
        case "clown":
            t = 0.5 - points[:, 2] / size + 0.035 * np.cos(3 * points[:, 1] / size * np.pi)
            bands = np.min([np.abs(t - c) for c in (0.24, 0.5, 0.76)], axis=0)
            return np.asarray(smooth((0.062 - bands) / 0.012))
        case "mask":
            face = smooth((0.6 - np.abs(normals[:, 2])) / 0.3)
            return np.asarray(share.of("head") * smooth((points[:, 2]) / size) * (1 - face))
        case _ if one.body == "bird":
            return np.asarray(0.12 * smooth((normals[:, 1] - 0.2) / 0.6))
        case _:
            return np.asarray(0.5 * smooth((normals[:, 1] - 0.35 + 0.3 * warp) / 0.6))


def _cells(
    points: Floats, normals: Floats, size_m: float, rng: np.random.Generator
) -> tuple[Floats, Floats]:
    """Return how far points are from the nearest and the next of random seeds, in `size_m`."""
    del normals
    low, high = points.min(0), points.max(0)
    seeds = rng.uniform(low, high, (min(int(np.prod((high - low) / size_m + 1) * 1.6), 3000), 3))
    # Seeds lie on the skin, or cells would be as deep as they are wide.
    nearest = ((seeds[:, None] - points[None, ::7]) ** 2).sum(-1).argmin(1)
    seeds = np.unique(points[::7][nearest], axis=0)
    kept: list[Floats] = []
    for seed in seeds[rng.permutation(len(seeds))]:
        if all(float(((seed - other) ** 2).sum()) > (0.7 * size_m) ** 2 for other in kept):
            kept.append(seed)
    away = np.sqrt(((points[:, None] - np.array(kept)[None]) ** 2).sum(-1))
    two = np.partition(away, 1, axis=1)[:, :2] / size_m
    return two[:, 0], two[:, 1]


def _face(plan: Plan, points: Floats, normals: Floats, share: _Shares, colour: Floats) -> Floats:
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
        panda = one.name == "panda"
        rim = smooth(((2.1 if panda else 1.42) - away) / (0.25 if panda else 0.3))
        colour = _towards(colour, linear("#17110e"), (0.95 if panda else 0.8) * rim * head)
    del normals
    return colour

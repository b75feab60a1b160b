"""Thin legs: tubes along the bones, for what is too slender to be melted into the body."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from matinee.engine.render.geometry import Surface

from .coat import linear
from .joints import SIDES
from .loft import leaf, shared, tube
from .parts import Part, part_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from .anatomy import Leg, Plan

Floats: TypeAlias = "npt.NDArray[np.float64]"


def all_of(plan: Plan, detail: str) -> list[Part]:
    """Return the legs of birds, spiders, crabs and insects, and the claws of crabs' arms."""
    one = plan.species
    if one.body == "bird":
        return [part for leg in plan.legs for part in _bird_leg(plan, leg, detail)]
    if one.body == "many":
        parts = [_jointed(plan, leg, detail) for leg in plan.legs]
        if "claws" in one.extras:
            parts += [part for side, out in SIDES for part in _claw(plan, side, out)]
            parts += [_stalk(plan, side) for side, _ in SIDES]
        return parts
    return []


def _chain(plan: Plan, bones: Sequence[str], line: Floats, radii: Floats, detail: str) -> Part:
    """Draw a tube along `line` (bones + 1, 3) whose joints bend softly; radii at its points."""
    count = len(bones)
    at = np.linspace(0, count, (4 if detail == "near" else 2) * count + 1)
    middles = np.stack([np.interp(at, np.arange(count + 1), line[:, k]) for k in range(3)], -1)
    sides = 8 if detail == "near" else 5
    skin = tube(middles, np.interp(at, np.linspace(0, count, len(radii)), radii), sides)
    one = plan.species
    colour = linear(one.coat.ends or one.coat.base)
    if one.fur and one.body == "many":
        ring = np.repeat(0.6 + 0.5 * (np.sin(at * 4.0) > 0), sides + 1)
        colour = colour * ring[:, None]
    part = part_of(plan, bones[0], skin, colour, surface=Surface.SKIN, roughness=0.5)
    hold = np.zeros((len(skin.points), len(plan.skeleton.names)))
    hold[:, [plan.skeleton.places[bone] for bone in bones]] = shared(
        np.repeat(at, sides + 1), list(range(count + 1))
    )
    return Part(part.mesh, hold)


def _bird_leg(plan: Plan, leg: Leg, detail: str) -> list[Part]:
    """A shank of horn on spread toes, webbed in what swims."""
    one = plan.species
    size = one.unit_m * plan.scale
    hock, foot = plan.head(leg.shank), plan.head(leg.paw)
    knee = plan.head(leg.lower)
    thin = 0.021 * one.leg * size
    line = np.array([knee + 0.35 * (hock - knee), hock, foot])
    parts = [_chain(plan, (leg.lower, leg.shank), line, thin * np.array([1.5, 1.1, 0.95]), detail)]
    long = 0.15 * min(one.leg, 1.4) * size * float(np.clip(foot[1] / (0.03 * size), 0.6, 1.0))
    flat = foot * [1, 0, 1] + [0, thin * 0.7, 0]
    colour = linear(one.coat.ends or one.coat.base)
    for spread, share in ((-0.55, 0.95), (0.0, 1.1), (0.55, 0.95), (np.pi, 0.55)):
        way = np.array([np.sin(spread), 0.0, np.cos(spread)])
        t = np.linspace(0, 1, 5)[:, None]
        arch = 0.35 * thin * np.sin(np.pi * t) * [0, 1, 0]
        toe = foot + t * (flat - foot) * np.minimum(1, 3 * t) + t * share * long * way + arch
        skin = tube(toe, thin * np.array([0.95, 0.8, 0.75, 0.6, 0.15]), 6)
        parts.append(part_of(plan, leg.paw, skin, colour, surface=Surface.SKIN, roughness=0.5))
    if one.beak == "flat" or one.wings == "flipper":
        t, s = np.linspace(0, 1, 4)[:, None], np.linspace(-0.55, 0.55, 5)[None]
        reach = long * t * (1 - 0.18 * np.cos(s / 0.55 * np.pi * 2) * t)
        web = flat + np.stack([reach * np.sin(s), 0 * reach, reach * np.cos(s)], -1)
        skin = leaf(web, 0.15 * thin + 0 * reach, np.array([0, 1.0, 0]))
        parts.append(part_of(plan, leg.paw, skin, colour * 0.9, roughness=0.5))
    return parts


def _jointed(plan: Plan, leg: Leg, detail: str) -> Part:
    size = plan.species.unit_m * plan.scale
    bones = (leg.upper, leg.lower, leg.shank)
    line = np.array([*(plan.head(bone) for bone in bones), plan.head(leg.paw) * [1, 0, 1]])
    thin = 0.055 * plan.species.leg * size
    radii = thin * np.array([0.8, 1.15, 0.95, 1.0, 0.75, 0.75, 0.5, 0.1])
    return _chain(plan, bones, line, radii, detail)


def _stalk(plan: Plan, side: str) -> Part:
    """What carries an eye of a crab."""
    size = plan.species.unit_m * plan.scale
    eye = plan.head(f"eye_{side}")
    root = eye * [0.7, 1, 1] - np.array([0.0, 0.3, 0.06]) * size
    line = root + np.linspace(0, 1, 4)[:, None] * (eye - root)
    skin = tube(line, np.array([0.05, 0.04, 0.035, 0.045]) * size, 6)
    return part_of(plan, "head", skin, linear(plan.species.coat.base), roughness=0.4)


def _claw(plan: Plan, side: str, out: float) -> list[Part]:
    """An arm that ends in pincers."""
    one = plan.species
    size = one.unit_m * plan.scale
    bones = tuple(f"{bone}_{side}" for bone in ("arm", "forearm"))
    wrist = plan.head(f"claw_{side}")
    line = np.array([*(plan.head(bone) for bone in bones), wrist])
    thin = 0.06 * one.leg * size
    parts = [_chain(plan, bones, line, thin * np.array([0.8, 1.1, 1.0, 1.5]), "near")]
    colour = linear(one.coat.base)
    for inward, thick, long in ((0.14, 0.105, 0.66), (-0.12, 0.06, 0.56)):
        t = np.linspace(0, 1, 9)[:, None]
        bow = np.array([out * inward, 0.04, 0.0]) * np.sin(np.pi * t**0.8) * 1.3
        curve = wrist + size * (t * np.array([-0.14 * out, 0.05, long]) + bow)
        radii = (
            thick * size * np.sin(np.pi * np.clip(0.16 + 0.84 * t[:, 0], 0, 1)) ** 0.8
            + 0.004 * size
        )
        skin = tube(curve, radii, 9)
        parts.append(
            part_of(plan, f"claw_{side}", skin, colour, surface=Surface.SKIN, roughness=0.35)
        )
    return parts

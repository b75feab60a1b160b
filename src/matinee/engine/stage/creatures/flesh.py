"""An animal's body at rest: flesh on the bones, coat, face and fur, ready to be skinned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from matinee.engine.render.geometry import Mesh, Rigged, Surface, merged, mesh, smooth_normals

from . import features, swimmers
from .coat import painted
from .cones import CONES
from .field import Skin, area_of, nearness, refined, skin_of, smoothed
from .parts import Part
from .patterns import noise

if TYPE_CHECKING:
    import numpy.typing as npt

    from .anatomy import Plan

Floats: TypeAlias = "npt.NDArray[np.float64]"
Detail = Literal["near", "far"]

CELLS = {"near": 2500.0, "far": 800.0}
"""Into how many squares the flesh is divided."""
LUMA = np.array([0.2126, 0.7152, 0.0722])
SHARP = frozenset({"zebra", "net", "rosettes", "stripes", "tabby", "patches", "bands"})
"""Patterns whose edges are seen."""
FINER = {"zebra": 1.9, "stripes": 1.5, "rosettes": 1.3}
"""How much finer the flesh is under a fine pattern."""
ROUGH = {"fur": 0.85, "feathers": 0.8, "skin": 0.5, "scales": 0.42, "shell": 0.4}


def grown(plan: Plan, rng: np.random.Generator, detail: Detail) -> Rigged:
    """Grow the whole animal on its skeleton."""
    skin, hold = (
        _melted(plan, detail) if plan.species.body in CONES else swimmers.drawn(plan, detail)
    )
    paint = int(rng.integers(1 << 31))
    colour = painted(plan, skin, hold, np.random.default_rng(paint))
    if detail == "near" and plan.species.body in CONES and plan.species.coat.pattern in SHARP:
        skin, hold, colour = _sharpened(plan, skin, hold, colour, paint)
    if plan.species.mane == "wool":
        skin = _woolly(plan, skin, hold, rng)
    points = skin.points.copy()
    points[:, 1] = np.maximum(points[:, 1], 0.0)
    low = np.clip(0.5 + 0.5 * skin.normals[:, 1], 0, 1)
    one = plan.species
    furry = one.fur > 0 or one.mane == "wool"
    body = mesh(
        points,
        skin.triangles,
        albedo=colour,
        surface=Surface.HAIR if furry else Surface.SKIN,
        roughness=ROUGH[one.cover] if not furry else 0.85,
        normals=skin.normals,
    ).with_occlusion(0.5 + 0.5 * low**0.8)
    parts = [Part(body, hold)]
    parts += features.all_of(plan, parts[0], rng, detail)
    return _sewn(parts)


def _melted(plan: Plan, detail: Detail) -> tuple[Skin, Floats]:
    """Melt the cones into one skin, finer at the head, and hang it on the bones."""
    cones = CONES[plan.species.body](plan)
    size = plan.species.unit_m * plan.scale
    cells = CELLS[detail] * (FINER.get(plan.species.coat.pattern, 1.0) if detail == "near" else 1.0)
    cell_m = float(np.sqrt(area_of(cones) / cells))
    skin = skin_of(cones, cell_m)
    if detail == "near":
        middle = 0.5 * (plan.head("head") + plan.muzzle)
        reach = 0.62 * float(np.linalg.norm(plan.muzzle - plan.head("head"))) + 0.12 * plan.head_m
        for share in (1.0, 0.8):
            away = np.linalg.norm(skin.points - middle, axis=1)
            edge_m = cell_m * (1.0 if share == 1.0 else 0.5)
            if edge_m > 0.055 * plan.head_m:
                skin = refined(cones, skin, away < share * reach, edge_m)
    hold = nearness(cones, skin.points, plan.skeleton.names, 0.026 * size)
    return skin, smoothed(hold, skin.triangles, 3)


def _sharpened(
    plan: Plan, skin: Skin, hold: Floats, colour: Floats, paint: int
) -> tuple[Skin, Floats, Floats]:
    """Divide the skin where its colour changes, so that stripes and spots have edges."""
    tone = colour @ LUMA
    tone = (tone - tone.min()) / max(float(np.ptp(tone)), 1e-6)
    cones = CONES[plan.species.body](plan)
    cell_m = float(np.sqrt(area_of(cones) / CELLS["near"]))
    never = np.zeros(len(tone), bool)
    finer = refined(cones, skin, never, 0.5 * cell_m, tone)
    size = plan.species.unit_m * plan.scale
    held = nearness(cones, finer.points, plan.skeleton.names, 0.026 * size)
    held = smoothed(held, finer.triangles, 3)
    held[: len(hold)] = hold
    return finer, held, painted(plan, finer, held, np.random.default_rng(paint))


def _woolly(plan: Plan, skin: Skin, hold: Floats, rng: np.random.Generator) -> Skin:
    """Raise the skin of the trunk into curls of wool."""
    size = plan.species.unit_m * plan.scale
    woolly = ("pelvis", "chest", "rump", "neck", "scap", "thigh", "tail")
    columns = [k for k, name in enumerate(plan.skeleton.names) if name.startswith(woolly)]
    curls = np.abs(noise(skin.points, 0.13 * size, rng)) + 0.5 * np.abs(
        noise(skin.points, 0.06 * size, rng)
    )
    raised = 0.05 * size * (1 - np.clip(curls, 0, 1)) * hold[:, columns].sum(1)
    points = skin.points + raised[:, None] * skin.normals
    normals = smooth_normals(points.astype(np.float32), skin.triangles)
    return Skin(points, normals.astype(np.float64), skin.triangles)


def _sewn(parts: list[Part]) -> Rigged:
    """Join parts and keep the four strongest holds of every point."""
    whole: Mesh = merged([part.mesh for part in parts])
    hold = np.concatenate([part.hold for part in parts])
    joints = np.argsort(-hold, axis=1, kind="stable")[:, :4]
    weights = np.take_along_axis(hold, joints, 1)
    weights /= weights.sum(axis=1, keepdims=True)
    return Rigged(whole, joints.astype(np.uint8), weights.astype(np.float32))

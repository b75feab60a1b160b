"""Hard things that grow on a body: shells, ridges of plates, claws' spines."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from matinee.engine.render.geometry import Surface, mesh
from matinee.engine.stage.skeleton import unit

from .coat import linear
from .loft import ball, leaf
from .parts import Part, held_by

if TYPE_CHECKING:
    import numpy.typing as npt

    from .anatomy import Plan

Floats: TypeAlias = "npt.NDArray[np.float64]"


def all_of(plan: Plan, body: Part, rng: np.random.Generator, detail: str) -> list[Part]:
    """Return what is hard on an animal: a turtle's shell, the plates along a back."""
    one = plan.species
    parts: list[Part] = []
    if "shell" in one.extras:
        parts.append(_shell(plan, detail))
    if one.mane == "ridge":
        parts += _ridge(plan, body, rng, detail)
    return parts


def _shell(plan: Plan, detail: str) -> Part:
    """A dome of horny plates with dark seams, and a pale floor."""
    one = plan.species
    size = one.unit_m * plan.scale
    rings = np.linspace(0, np.pi, 26 if detail == "near" else 12)
    points, triangles = ball(rings, 40 if detail == "near" else 18)
    points, normal = points[:, [0, 2, 1]] * [1, 1, -1], points[:, [0, 2, 1]] * [1, 1, -1]
    top = points[:, 1] > 0
    wide, tall, long = 0.58 * one.trunk, 0.62, 0.72 * one.trunk
    radii = np.where(top[:, None], [wide, tall, long], [wide * 0.98, 0.24, long * 0.98])
    middle = np.array([0.0, 0.46, 0.0])
    base, dark, below = linear(one.coat.mane), linear(one.coat.marks), linear(one.coat.below)
    u, v = points[:, 0] / 0.42, points[:, 2] / 0.36
    # Hexagonal plates: the two nearest of a triangular grid of centres.
    grid = np.array([[i + 0.5 * (j % 2), j * 0.87] for i in range(-4, 5) for j in range(-4, 5)])
    away = np.sort(np.hypot(u[:, None] - grid[:, 0], v[:, None] - grid[:, 1]), axis=1)
    seam = np.clip((away[:, 1] - away[:, 0]) / 0.16, 0, 1)
    bump = 0.035 * np.sqrt(seam) * top
    spots = (middle + points * (radii + bump[:, None])) * size
    tone = dark + seam[:, None] * (base - dark) * (0.75 + 0.5 * (1 - np.clip(away[:, :1], 0, 1)))
    colour = np.where(top[:, None], tone, below)
    normals = unit(normal / radii)
    made = mesh(spots, triangles, albedo=np.clip(colour, 0, 1), surface=Surface.SKIN,
                roughness=0.35, normals=normals)  # fmt: skip
    return Part(made, held_by(plan, "pelvis", len(spots)))


def _ridge(plan: Plan, body: Part, rng: np.random.Generator, detail: str) -> list[Part]:
    """Plates along the spine, from the nape to the end of the tail."""
    one = plan.species
    size = one.unit_m * plan.scale
    skin = body.mesh
    line = np.abs(skin.positions[:, 0]) < 0.05 * size
    line &= skin.normals[:, 1] > 0.3
    places = plan.skeleton.places
    line &= body.hold[:, [places["head"], places["jaw"]]].sum(1) < 0.5
    spots = np.flatnonzero(line)
    if not len(spots):
        return []
    order = spots[np.argsort(-skin.positions[spots, 2])]
    length = float(np.ptp(skin.positions[order, 2]))
    count = 26 if detail == "near" else 12
    parts = []
    colour = linear(one.coat.mane or one.coat.marks)
    for k in range(count):
        wanted = skin.positions[order[0], 2] - length * (k + 0.5) / count
        at = order[int(np.argmin(np.abs(skin.positions[order, 2] - wanted)))]
        root = skin.positions[at].astype(np.float64) * [0, 1, 1]
        up = unit(skin.normals[at].astype(np.float64) * [0, 1, 1])
        back = unit(np.cross([1.0, 0, 0], up))
        back = back if back[2] < 0 else -back
        tall = (
            size
            * 0.15
            * (0.5 + 0.5 * np.sin(np.pi * (k + 1) / (count + 1)))
            * float(rng.uniform(0.9, 1.1))
        )
        t, s = np.linspace(0, 1, 4)[:, None], np.linspace(-1, 1, 3)[None]
        half = 0.55 * length / count * (1 - t) + 1e-4 * size
        blade = (
            root
            - 0.02 * size * up
            + (t * tall + 0 * s)[..., None] * (up + 0.5 * back)
            + (half * s)[..., None] * back
        )
        plate = leaf(
            blade, 0.016 * size * (1 - t) * (1 - 0.6 * np.abs(s)) + 1e-5, np.array([1.0, 0, 0])
        )
        made = mesh(plate.points, plate.triangles, albedo=colour * float(rng.uniform(0.85, 1.1)),
                    surface=Surface.SKIN, roughness=0.5, normals=plate.normals)  # fmt: skip
        parts.append(Part(made, np.repeat(body.hold[at : at + 1], len(plate.points), axis=0)))
    return parts

"""A part of an animal: a mesh, and which bones hold it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, mesh

if TYPE_CHECKING:
    import numpy.typing as npt

    from .anatomy import Plan
    from .field import Skin

Floats: TypeAlias = "npt.NDArray[np.float64]"


@dataclass(frozen=True, eq=False)
class Part:
    """A mesh and how much each bone holds each of its points, (n, bones)."""

    mesh: Mesh
    hold: Floats


def held_by(plan: Plan, bone: str, count: int) -> Floats:
    """Return the hold of `count` points that one bone carries alone."""
    hold = np.zeros((count, len(plan.skeleton.names)))
    hold[:, plan.skeleton.places[bone]] = 1.0
    return hold


def part_of(
    plan: Plan,
    bone: str,
    skin: Skin,
    colour: Floats,
    *,
    surface: Surface = Surface.SKIN,
    roughness: float = 0.5,
) -> Part:
    """Return a skin as a part that one bone carries; colour (3,) or (n, 3) is linear."""
    made = mesh(
        skin.points, skin.triangles, albedo=np.clip(colour, 0, 1), normals=skin.normals,
        surface=surface, roughness=roughness,
    )  # fmt: skip
    return Part(made, held_by(plan, bone, len(skin.points)))

"""People in the distance: light figures with heads, arms and legs, in many poses and colours."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.stage.parts.finish import Colour, Finish, Floats, picked, rgb
from matinee.engine.stage.parts.solids import ball, copies, lathe, tube

if TYPE_CHECKING:
    from collections.abc import Sequence

SKINS = tuple(map(rgb, ("#f0c8a8", "#e0ac84", "#c68a62", "#9a6644", "#6b4430", "#4a2f22")))
HAIRS = tuple(map(rgb, ("#1c1512", "#2d1f16", "#4a3320", "#7a5a34", "#8f8a84", "#b08a50")))
STREETWEAR = tuple(
    map(
        rgb,
        ("#2f3a4c", "#7d2e2a", "#c8bfae", "#4f5d44", "#8a7a5c", "#1f2226", "#a8b4bf", "#b98a3e"),
    )
)
TOGAS = tuple(
    map(
        rgb,
        ("#e8ddc6", "#d9c7a4", "#b5543c", "#8c2f2a", "#c99a4a", "#6f7d8c", "#a89274", "#5b4a3a"),
    )
)
_CLOTH, _LEGS, _SKIN, _HAIR, _SHOES = 0, 1, 2, 3, 4
_NEUTRAL = Finish((0.5, 0.5, 0.5), Surface.CLOTH, 0.9)

POSES = ("stand", "sit", "cheer", "wave", "clap", "lean")
_ARMS: dict[str, tuple[tuple[tuple[float, float, float], ...], ...]] = {
    # elbow and hand of the left and the right arm, from a shoulder at height 1.40 m
    "stand": (((-0.27, 1.12, 0.0), (-0.25, 0.86, 0.08)), ((0.27, 1.12, 0.0), (0.25, 0.86, 0.08))),
    "sit": (((-0.26, 1.14, 0.06), (-0.14, 1.0, 0.3)), ((0.26, 1.14, 0.06), (0.14, 1.0, 0.3))),
    "cheer": (((-0.34, 1.62, 0.06), (-0.28, 1.92, 0.1)), ((0.34, 1.62, 0.06), (0.28, 1.92, 0.1))),
    "wave": (((-0.27, 1.12, 0.0), (-0.24, 0.88, 0.1)), ((0.42, 1.5, 0.05), (0.44, 1.82, 0.12))),
    "clap": (((-0.28, 1.15, 0.16), (-0.04, 1.26, 0.4)), ((0.28, 1.15, 0.16), (0.04, 1.26, 0.4))),
    "lean": (((-0.29, 1.16, 0.12), (-0.1, 1.02, 0.26)), ((0.29, 1.16, 0.12), (0.1, 1.02, 0.26))),
}
_LEGS_UP = (
    ((-0.1, 0.86, 0.0), (-0.1, 0.44, 0.03), (-0.1, 0.02, -0.02)),
    ((0.1, 0.86, 0.0), (0.1, 0.44, 0.03), (0.1, 0.02, -0.02)),
)
_LEGS_SAT = (
    ((-0.1, 0.84, 0.0), (-0.12, 0.84, 0.4), (-0.12, 0.42, 0.42)),
    ((0.1, 0.84, 0.0), (0.12, 0.84, 0.4), (0.12, 0.42, 0.42)),
)


@dataclass(frozen=True, eq=False)
class _Figure:
    mesh: Mesh
    group: npt.NDArray[np.int64]


@cache
def _figure(pose: str, *, robed: bool, near: bool) -> _Figure:
    sides = 7 if near else 5
    torso = [(0.1, 0.8), (0.165, 0.92), (0.15, 1.08), (0.2, 1.34), (0.055, 1.52)]
    if near:
        torso = [
            (0.0, 0.80),
            (0.13, 0.80),
            (0.168, 0.88),
            (0.15, 1.06),
            (0.178, 1.24),
            (0.196, 1.36),
            (0.17, 1.43),
            (0.09, 1.475),
            (0.06, 1.5),
        ]
    if robed:
        torso = [(0.26, 0.8 if pose == "sit" else 0.06), (0.17, 1.0), (0.2, 1.34), (0.055, 1.52)]
    parts: list[tuple[Mesh, npt.NDArray[np.int64] | int]] = []
    parts.append((_flattened(lathe(torso, _NEUTRAL, sides=9 if near else sides)), _CLOTH))
    head = Finish((0.5, 0.5, 0.5), Surface.PLAIN, 0.7)
    skull = ball((0, 1.63, 0.01), (0.082, 0.122, 0.1), head, level=1 if near else 0)
    hairy = (skull.positions[:, 1] - 1.66) * 1.4 - skull.positions[:, 2] > 0.03
    parts.append((skull, np.where(hairy, _HAIR, _SKIN)))
    if near:
        parts.append((tube([(0, 1.45, -0.01), (0, 1.56, 0.0)], 0.05, head, sides=7), _SKIN))
        parts.append((ball((0, 1.675, -0.02), (0.09, 0.1, 0.1), head, level=1), _HAIR))
    for side, (elbow, hand) in zip((-1, 1), _ARMS[pose], strict=True):
        shoulder = (side * (0.165 if near else 0.2), 1.395, 0.0)
        arm = tube(
            [shoulder, elbow, hand],
            [0.066, 0.052, 0.038],
            _NEUTRAL,
            sides=6 if near else 3,
            closed=near,
        )
        parts.append((arm, _CLOTH))
        if near:
            parts.append((ball(shoulder, (0.07, 0.07, 0.068), _NEUTRAL, level=0), _CLOTH))
            palm = (hand[0], hand[1] - 0.05, hand[2] + 0.01)
            parts.append((ball(palm, (0.032, 0.075, 0.045), head, level=0), _SKIN))
    legs = () if robed and pose != "sit" else _LEGS_SAT if pose == "sit" else _LEGS_UP
    for leg in legs:
        width = [0.1, 0.07, 0.05] if near else [0.085, 0.065, 0.05]
        parts.append((tube(leg, width, _NEUTRAL, sides=6 if near else 3, closed=near), _LEGS))
        if near:
            toe = (leg[2][0], leg[2][1] + 0.03, leg[2][2] + 0.06)
            parts.append((ball(toe, (0.048, 0.045, 0.125), head, level=0), _SHOES))
    group = np.concatenate([np.broadcast_to(which, mesh.vertex_count) for mesh, which in parts])
    return _Figure(merged([mesh for mesh, _ in parts]), group)


def _flattened(body: Mesh) -> Mesh:
    return replace(body, positions=(body.positions * (1.0, 1.0, 0.68)).astype(np.float32))


def figures(
    at: npt.ArrayLike,
    yaw: npt.ArrayLike,
    rng: np.random.Generator,
    *,
    pose: str = "stand",
    clothes: Sequence[Colour] = STREETWEAR,
    robed: bool = False,
    near: bool = False,
) -> Mesh:
    """Return people standing (feet) or sitting (seat 0.8 m below) at (n, 3) places."""
    places = np.asarray(at, np.float64).reshape(-1, 3)
    count = len(places)
    figure = _figure(pose, robed=robed, near=near)
    tall = rng.uniform(0.9, 1.07, count)
    wide = tall * rng.uniform(0.92, 1.18, count)
    drop = np.array([0.0, 0.8 if pose == "sit" else 0.0, 0.0])
    people = copies(
        figure.mesh,
        places - drop * tall[:, None],
        yaw=np.broadcast_to(np.asarray(yaw, np.float64), (count,)) + rng.normal(0, 0.18, count),
        scale=np.stack([wide, tall, wide], -1),
    )
    wardrobe: Floats = np.stack(
        [
            picked(rng, clothes, count),
            picked(rng, clothes, count) * 0.55,
            picked(rng, SKINS, count),
            picked(rng, HAIRS, count),
            picked(rng, HAIRS, count) * 0.6,
        ],
        axis=1,
    )
    albedo = wardrobe[:, figure.group].reshape(-1, 3)
    return replace(people, albedo=np.ascontiguousarray(albedo, np.float32))


def audience(
    at: Floats,
    yaw: Floats,
    rng: np.random.Generator,
    *,
    clothes: Sequence[Colour] = STREETWEAR,
    robed: bool = False,
) -> list[Mesh]:
    """Return an audience as one mesh for each pose, so that each can move in its own time."""
    chosen = rng.choice(len(POSES), size=len(at), p=(0.22, 0.34, 0.14, 0.10, 0.12, 0.08))
    return [
        figures(at[chosen == k], yaw[chosen == k], rng, pose=pose, clothes=clothes, robed=robed)
        for k, pose in enumerate(POSES)
        if (chosen == k).any()
    ]

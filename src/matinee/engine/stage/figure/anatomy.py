"""The baked body: one mesh and rig, and the shapes that turn it into many different people.

Canonical space is the base mesh before any shape: decimetres, Y up, facing +Z, the pelvis near the
origin, arms hanging away from the sides. Regions (a sleeve, a hem, a hairline) are cut in canonical
space, so one cut fits every person.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

Floats: TypeAlias = "npt.NDArray[np.floating]"
Ints: TypeAlias = "npt.NDArray[np.int64]"
Detail = Literal["near", "middle", "far"]
"""How finely somebody is made: for a close shot, for a body in the picture, for a figure in it.

The middle has the near skin and face, with cloth that is not split finer and half the hair.
"""

DECIMETRE_M = 0.1
MASKS = ("lips", "eyelids", "ears", "nails", "inside_mouth")
PARTS = (
    "body",
    "tongue",
    "upper_teeth",
    "lower_teeth",
    "lash_l_lower",
    "lash_l_upper",
    "lash_r_lower",
    "lash_r_upper",
    "eye_l",
    "eye_r",
    "tights",
    "skirt",
)


@dataclass(frozen=True, eq=False)
class Targets:
    """Shapes that move few vertices: target i owns the rows firsts[i]..firsts[i + 1]."""

    names: tuple[str, ...]
    firsts: Ints
    vertices: Ints
    deltas: Floats

    def rows(self, name: str) -> tuple[Ints, Floats]:
        """Return the vertices a target moves and by how much, in decimetres."""
        index = self.names.index(name)
        span = slice(int(self.firsts[index]), int(self.firsts[index + 1]))
        return self.vertices[span], self.deltas[span]


@dataclass(frozen=True, eq=False)
class Anatomy:
    """Everything that is the same for all people.

    canonical (v, 3) decimetres; heads and tails (j, 3) of the bones; weights (v, j) rows sum to 1;
    arm (v,) how far along an arm: 0 shoulder, 1 elbow, 2 wrist, -1 not on an arm; arm_share (v,)
    0..1 how much of a vertex the arm bones move; triangles by level of detail and part;
    masks (v,) 0..1; occlusion (v,) 0..1.
    """

    canonical: Floats
    heads: Floats
    tails: Floats
    bone_names: tuple[str, ...]
    parents: tuple[int, ...]
    weights: Floats
    arm: Floats
    arm_share: Floats
    triangles: Mapping[Detail, Mapping[str, Ints]]
    masks: Mapping[str, Floats]
    occlusion: Floats

    def bone(self, name: str) -> int:
        """Return a bone's index."""
        return self.bone_names.index(name)

    def share(self, *prefixes: str) -> Floats:
        """Return how much of each vertex the bones with these prefixes move, (v,) 0..1."""
        chosen = [i for i, name in enumerate(self.bone_names) if name.startswith(prefixes)]
        return np.asarray(self.weights[:, chosen].sum(1), np.float32)


def _load(name: str) -> dict[str, npt.NDArray[Any]]:
    with (files("matinee.engine") / "assets" / "people" / f"{name}.npz").open("rb") as raw:
        return dict(np.load(raw, allow_pickle=False))


@lru_cache(maxsize=1)
def face_vertices() -> Ints:
    """Return the vertices of the body that MediaPipe's face mesh has its 468 places at."""
    return np.asarray(_load("face_places")["vertices"], np.int64)


@lru_cache(maxsize=1)
def anatomy() -> Anatomy:
    """Load the body once."""
    stored = _load("body")
    names = tuple(str(name) for name in stored["bone_names"])
    points = stored["points"].astype(np.float32)
    count = len(stored["joints"])
    canonical, ends = points[:count], points[count:]
    weights = np.zeros((count, len(names)), np.float32)
    shares = stored["weights"].astype(np.float32)
    rows = np.arange(count)[:, None]
    np.add.at(weights, (rows, stored["joints"].astype(np.int64)), shares)
    weights /= weights.sum(1, keepdims=True)
    heads, tails = ends[: len(names)], ends[len(names) :]
    near, far = (
        {part: stored[f"{level}_{part}"].astype(np.int64) for part in PARTS}
        for level in ("near", "far")
    )
    arm_bones = ("upperarm", "lowerarm", "hand", "thumb", "index", "middle", "ring", "pinky")
    chosen = [i for i, name in enumerate(names) if name.startswith(arm_bones)]
    arm_share = weights[:, chosen].sum(1)
    return Anatomy(
        canonical=canonical,
        heads=heads,
        tails=tails,
        bone_names=names,
        parents=tuple(int(parent) for parent in stored["bone_parents"]),
        weights=weights,
        arm=np.where(arm_share > 0, _along_arm(canonical, heads, names), -1).astype(np.float32),
        arm_share=arm_share.astype(np.float32),
        triangles={"near": near, "middle": near, "far": far},
        masks={name: stored[f"mask_{name}"].astype(np.float32) / 255 for name in MASKS},
        occlusion=stored["occlusion"].astype(np.float32) / 255,
    )


def _along_arm(points: Floats, heads: Floats, names: tuple[str, ...]) -> Floats:
    """Return 0 at the shoulder, 1 at the elbow, 2 at the wrist; both arms alike."""
    left = np.abs(points[:, :1]) * [1, 0, 0] + points * [0, 1, 1]
    shoulder, elbow, wrist = (
        heads[names.index(name)] for name in ("upperarm_l", "lowerarm_l", "hand_l")
    )
    upper, lower = elbow - shoulder, wrist - elbow
    first = (left - shoulder) @ upper / (upper @ upper)
    second = (left - elbow) @ lower / (lower @ lower)
    return np.asarray(np.where(first < 1, first, 1 + np.maximum(second, 0)).astype(np.float32))


@lru_cache(maxsize=1)
def _macros() -> tuple[tuple[str, ...], npt.NDArray[np.int16], Ints, Ints, float]:
    stored = _load("shapes")
    return (
        tuple(str(name) for name in stored["names"]),
        stored["steps"],
        stored["half"].astype(np.int64),
        stored["mirror"].astype(np.int64),
        float(stored["step_dm"]),
    )


def partners() -> Ints:
    """Return for each vertex (v,) its mirror image on the other side of the body."""
    _, _, _, mirror, _ = _macros()
    return mirror[: len(anatomy().canonical)]


def _targets(name: str) -> Targets:
    stored = _load(name)
    return Targets(
        tuple(str(one) for one in stored["names"]),
        stored["firsts"].astype(np.int64),
        stored["vertices"].astype(np.int64),
        stored["steps"].astype(np.float32) * np.float32(stored["step_dm"]),
    )


@lru_cache(maxsize=1)
def features() -> Targets:
    """Load what faces differ in."""
    return _targets("features")


@lru_cache(maxsize=1)
def units() -> Targets:
    """Load what faces do."""
    return _targets("units")


def shaped(macros: Mapping[str, float], details: Mapping[str, float]) -> Floats:
    """Blend whole-body shapes and details; return all points, (v + 2 j, 3) canonical decimetres.

    Rows are the vertices, then bone heads, then bone tails. Unknown names raise ValueError.
    """
    body = anatomy()
    points = np.concatenate([body.canonical, body.heads, body.tails]).astype(np.float32)
    names, steps, half, mirror, step_dm = _macros()
    moved = np.zeros((3, len(half)), np.float32)
    for name, weight in macros.items():
        if weight:
            moved += steps[names.index(name)] * np.float32(weight * step_dm)
    deltas = np.zeros_like(points)
    # Mirror first: points on the middle line are their own partners.
    deltas[mirror[half]] = moved.T * np.array([-1, 1, 1], np.float32)
    deltas[half] = moved.T
    points += deltas
    known = features()
    for name, weight in details.items():
        if weight:
            vertices, delta = known.rows(name)
            points[vertices] += delta * np.float32(weight)
    return points

"""Where an animal's joints are: a skeleton from its measures.

The root is named `pelvis` and lies in the middle of the trunk, over the point of the floor where
the animal is said to stand. Fore legs are scap, arm, forearm, wrist and fpaw; hind legs are thigh,
shin, hock and hpaw; a paw begins at the joint above the toes, which is what stands on the ground.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from matinee.engine.stage.skeleton import Skeleton, frame, unit

if TYPE_CHECKING:
    import numpy.typing as npt

    from .species import Species

Floats: TypeAlias = "npt.NDArray[np.float64]"

SIDES = (("l", 1.0), ("r", -1.0))
TAIL_BONES, NOSE_BONES = 4, 3


@dataclass(frozen=True, eq=False)
class Leg:
    """A leg at rest: the chain of its bones, the lengths of the two that bend, their frames.

    `shank` (3,) leads from the paw's joint up to the wrist or hock; `home` (3,) is where the paw's
    joint stands, seen from the point under the root.
    """

    side: str
    fore: bool
    blade: str
    upper: str
    lower: str
    shank: str
    paw: str
    lengths: tuple[float, float]
    upper_rest: Floats
    lower_rest: Floats
    shank_m: Floats
    home: Floats


@dataclass(frozen=True, eq=False)
class Plan:
    """An animal's skeleton and its measures in metres, all at rest."""

    species: Species
    scale: float
    skeleton: Skeleton
    legs: tuple[Leg, ...]
    head_m: float
    muzzle: Floats
    length_m: float

    def head(self, name: str) -> Floats:
        """Return where a bone begins."""
        return self.skeleton.head(name)


def head_axes(species: Species) -> tuple[Floats, Floats]:
    """Return which way the muzzle points at rest, and which way is up for the head."""
    down = species.drop
    return np.array([0.0, -np.sin(down), np.cos(down)]), np.array([0.0, np.cos(down), np.sin(down)])


class _Bones:
    """Bones gathered parents first, as shares of the height of the back."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.parents: list[int] = []
        self.heads: list[Floats] = []
        self.tails: list[Floats] = []

    def add(self, name: str, parent: str, head: Floats, tail: Floats) -> None:
        self.names.append(name)
        self.parents.append(self.names.index(parent) if parent else -1)
        self.heads.append(np.asarray(head, np.float64))
        self.tails.append(np.asarray(tail, np.float64))


def _point(x: float, y: float, z: float) -> Floats:
    return np.array([x, y, z])


@lru_cache(maxsize=64)
def plan_of(species: Species, scale: float) -> Plan:
    """Lay out the joints of an animal; `scale` is 1 for a grown one of usual size."""
    bones = _Bones()
    chains = _bird(bones, species) if species.body == "bird" else _quadruped(bones, species)
    size = species.withers_m * scale
    heads, tails = np.array(bones.heads) * size, np.array(bones.tails) * size
    skeleton = Skeleton(
        tuple(bones.names),
        tuple(bones.parents),
        heads.astype(np.float32),
        tails.astype(np.float32),
    )
    legs = tuple(_leg(skeleton, side, chain) for side, chain in chains)
    ahead, _ = head_axes(species)
    head_m = species.head * size
    muzzle = skeleton.head("head") + ahead * head_m * 0.97 * nose_end(species)
    back = float(skeleton.head("tail1")[2])
    return Plan(species, scale, skeleton, legs, head_m, muzzle, float(muzzle[2]) - back)


def _leg(skeleton: Skeleton, side: str, chain: tuple[str, ...]) -> Leg:
    blade, upper, lower, shank, paw = chain
    fore = upper.startswith("arm")
    start, middle, end = (skeleton.head(bone) for bone in (upper, lower, shank))
    first, second = middle - start, end - middle
    pole = _point(0.0, 0.0, -1.0 if fore else 1.0)
    along = unit(end - start)
    aside = unit(pole - (pole @ along) * along)
    hinge = np.cross(aside, along)
    foot = skeleton.head(paw)
    blade = blade if fore else ""
    return Leg(
        side, fore, blade, upper, lower, shank, paw,
        (float(np.linalg.norm(first)), float(np.linalg.norm(second))),
        frame(first, hinge), frame(second, hinge), end - foot, foot.copy(),
    )  # fmt: skip


def _quadruped(bones: _Bones, one: Species) -> list[tuple[str, tuple[str, ...]]]:
    front, back = 0.5 * one.trunk, -0.5 * one.trunk
    spine = 1.0 - 0.42 * one.depth
    bones.add("pelvis", "", _point(0, spine, 0), _point(0, spine, 0.1))
    bones.add("chest", "pelvis", _point(0, spine, 0.04), _point(0, spine, front))
    bones.add("rump", "pelvis", _point(0, spine, -0.08), _point(0, 0.86, back))
    nape = _point(0, 0.99 - 0.85 * one.neck_m - 0.05, front + 0.05)
    _head_and_neck(bones, one, nape)
    _tail(bones, one, _point(0, 0.93 - 0.1 * one.belly, back - 0.1))
    if one.name == "elephant":
        _nose(bones, one)
    wide = 0.5 * one.depth * one.width
    chains: list[tuple[str, tuple[str, ...]]] = []
    for side, out in SIDES:
        x = out * max(wide * 0.72, 0.09)
        bones.add(
            f"scap_{side}", "chest", _point(x * 0.6, 0.92, front - 0.05), _point(x, 0.68, front)
        )
        bones.add(
            f"arm_{side}", f"scap_{side}", _point(x, 0.66, front + 0.08), _point(x, 0.5, front)
        )
        wrist = one.wrist
        bones.add(
            f"forearm_{side}", f"arm_{side}", _point(x, 0.5, front - 0.08),
            _point(x, wrist, front - 0.02),
        )  # fmt: skip
        toe = 0.035
        bones.add(
            f"wrist_{side}", f"forearm_{side}", _point(x, wrist, front - 0.015),
            _point(x, toe, front + 0.02),
        )  # fmt: skip
        bones.add(
            f"fpaw_{side}", f"wrist_{side}", _point(x, toe, front + 0.015),
            _point(x, toe * 0.8, front + 0.09),
        )  # fmt: skip
        chains.append(
            (side, tuple(f"{b}_{side}" for b in ("scap", "arm", "forearm", "wrist", "fpaw")))
        )
        high = 0.53 if one.hock > 0.2 else 0.46
        bones.add(
            f"thigh_{side}",
            "rump",
            _point(x * 0.8, 0.82, back + 0.02),
            _point(x, high, back + 0.15),
        )
        bones.add(
            f"shin_{side}", f"thigh_{side}", _point(x * 1.04, high, back + 0.13),
            _point(x, one.hock, back - 0.12),
        )  # fmt: skip
        bones.add(
            f"hock_{side}", f"shin_{side}", _point(x, one.hock, back - 0.11),
            _point(x, toe, back - 0.05),
        )  # fmt: skip
        bones.add(
            f"hpaw_{side}", f"hock_{side}", _point(x, toe, back - 0.06),
            _point(x, toe * 0.8, back + 0.02),
        )  # fmt: skip
        chains.append((side, tuple(f"{b}_{side}" for b in ("", "thigh", "shin", "hock", "hpaw"))))
    return chains


def _head_and_neck(bones: _Bones, one: Species, nape: Floats) -> None:
    rise = _point(0, np.sin(one.neck_up), np.cos(one.neck_up))
    poll = nape + one.neck * rise
    half = (nape + poll) * 0.5
    ahead, up = head_axes(one)
    bones.add("neck1", "chest", nape, half)
    bones.add("neck2", "neck1", half, poll)
    bones.add("head", "neck2", poll, poll + ahead * one.head)
    jaw = poll + one.head * (0.3 * ahead - 0.12 * up)
    bones.add("jaw", "head", jaw, jaw + 0.55 * one.head * ahead)
    for side, out in SIDES:
        eye, look = eye_of(one, poll, out)
        bones.add(f"eye_{side}", "head", eye, eye + 0.1 * look)
        bones.add(f"lid_{side}", "head", eye, eye + 0.1 * look)
        ear = poll + one.head * ear_root(one, out)
        bones.add(f"ear_{side}", "head", ear, ear + _point(out * 0.05, 0.1, 0))


def skull_middle(one: Species) -> tuple[float, float]:
    """Return where the middle of the skull is: ahead of and above the poll, in head lengths."""
    return 0.8 * one.skull + 0.02, 0.28 * one.skull


def nose_end(one: Species) -> float:
    """Return how far ahead of the poll the muzzle ends, in head lengths."""
    return 1.8 * one.skull + 0.02 + one.muzzle


def eye_of(one: Species, poll: Floats, out: float) -> tuple[Floats, Floats]:
    """Return the middle of an eye and which way it looks, for a head that starts at `poll`."""
    ahead, up = head_axes(one)
    u, v = skull_middle(one)
    way = unit(np.array([out * one.eye_out, 0, 0]) + 0.26 * up + (1.15 - 0.7 * one.eye_out) * ahead)
    middle = poll + one.head * (u * ahead + v * up)
    eye = middle + way * one.head * (
        one.skull - (0.36 + 4.0 * max(one.eye - 0.08, 0.0) * (one.body == "quadruped")) * one.eye
    )
    look = unit(0.55 * way + 0.45 * ahead + 0.02 * up)
    return eye, look


def ear_root(one: Species, out: float) -> Floats:
    """Return where an ear grows, in head lengths from the poll."""
    ahead, up = head_axes(one)
    u, v = skull_middle(one)
    lean = {"prick": 0.62, "flop": 0.78, "round": 0.8, "long": 0.4, "fan": 0.95, "leaf": 0.75}
    x = lean.get(one.ear, 0.6)
    high = float(np.sqrt(max(1 - x * x, 0.02)))
    return np.asarray(
        one.skull * 0.9 * np.array([out * x, 0, 0])
        + (u - 0.25 * one.skull) * ahead
        + (v + one.skull * 0.86 * high) * up
    )


def _tail(bones: _Bones, one: Species, root: Floats) -> None:
    at, parent = root, "rump"
    for index in range(TAIL_BONES):
        rise = (
            one.tail_up * (0.6 + 0.25 * index)
            if one.tail_up > 0
            else one.tail_up * (1.0 + 0.12 * index)
        )
        way = _point(0, np.sin(rise), -np.cos(rise))
        after = at + way * one.tail / TAIL_BONES
        bones.add(f"tail{index + 1}", parent, at, after)
        at, parent = after, f"tail{index + 1}"


def _nose(bones: _Bones, one: Species) -> None:
    """Hang an elephant's trunk from its face."""
    ahead, up = head_axes(one)
    at = bones.heads[bones.names.index("head")] + one.head * (0.92 * ahead - 0.1 * up)
    parent = "head"
    for index, down in enumerate((1.15, 1.5, 1.3)):
        after = at + 0.235 * _point(0, -np.sin(down), np.cos(down))
        bones.add(f"nose{index + 1}", parent, at, after)
        at, parent = after, f"nose{index + 1}"


def _bird(bones: _Bones, one: Species) -> list[tuple[str, tuple[str, ...]]]:
    bones.add("pelvis", "", _point(0, 0.66, 0), _point(0, 0.66, 0.1))
    bones.add("chest", "pelvis", _point(0, 0.67, 0.02), _point(0, 0.8, 0.25))
    bones.add("rump", "pelvis", _point(0, 0.64, -0.04), _point(0, 0.58, -0.3))
    _head_and_neck(bones, one, _point(0, 0.86, 0.2))
    _tail(bones, one, _point(0, 0.6, -0.34))
    chains: list[tuple[str, tuple[str, ...]]] = []
    for side, out in SIDES:
        shoulder = _point(out * 0.17, 0.8, 0.14)
        bones.add(f"wing_{side}", "chest", shoulder, shoulder + _point(out * 0.45, 0, 0))
        bones.add(f"hand_{side}", f"wing_{side}", shoulder + _point(out * 0.45, 0, 0),
                  shoulder + _point(out * 1.0, 0, 0))  # fmt: skip
        bones.add(f"fold_{side}", "chest", shoulder, shoulder + _point(0, -0.2, -0.5))
        x = out * 0.12
        bones.add(f"thigh_{side}", "rump", _point(x, 0.5, -0.02), _point(x, 0.38, 0.06))
        bones.add(f"shin_{side}", f"thigh_{side}", _point(x, 0.4, 0.09), _point(x, 0.24, -0.07))
        bones.add(f"hock_{side}", f"shin_{side}", _point(x, 0.25, -0.08), _point(x, 0.03, 0.02))
        bones.add(f"hpaw_{side}", f"hock_{side}", _point(x, 0.03, 0.02), _point(x, 0.02, 0.16))
        chains.append((side, tuple(f"{b}_{side}" for b in ("", "thigh", "shin", "hock", "hpaw"))))
    return chains

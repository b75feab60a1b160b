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

from matinee.engine.stage.skeleton import Skeleton, about_x, frame, unit

from . import bodies
from .joints import SIDES, Bones, Chain, point

if TYPE_CHECKING:
    import numpy.typing as npt

    from .species import Species

Floats: TypeAlias = "npt.NDArray[np.float64]"

TAIL_BONES, NOSE_BONES = 4, 3


@dataclass(frozen=True, eq=False)
class Leg:
    """A leg at rest: the chain of its bones, the lengths of the two that bend, their frames.

    `shank` (3,) leads from the paw's joint up to the wrist or hock; `home` (3,) is where the paw's
    joint stands, seen from the point under the root; `pole` (3,) is where its middle joint bends
    to, and `rank` counts its pair from behind.
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
    pole: Floats
    rank: int


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


@lru_cache(maxsize=64)
def plan_of(species: Species, scale: float) -> Plan:
    """Lay out the joints of an animal; `scale` is 1 for a grown one of usual size."""
    bones = Bones()
    chains = _BUILDERS[species.body](bones, species)
    size = species.unit_m * scale
    heads, tails = np.array(bones.heads) * size, np.array(bones.tails) * size
    ride = np.array([0.0, species.form.ride_m if species.legless else 0.0, 0.0])
    heads, tails = heads + ride, tails + ride
    skeleton = Skeleton(
        tuple(bones.names),
        tuple(bones.parents),
        heads.astype(np.float32),
        tails.astype(np.float32),
    )
    legs = tuple(_leg(skeleton, chain) for chain in chains)
    ahead, _ = head_axes(species)
    head_m = species.head * size
    if species.body in WITH_HEADS:
        muzzle = skeleton.head("head") + ahead * head_m * 0.97 * nose_end(species)
    else:
        muzzle = skeleton.tail("head")
    back = skeleton.tail("tail4") if species.legless else skeleton.head("tail1")
    return Plan(species, scale, skeleton, legs, head_m, muzzle, float(muzzle[2] - back[2]))


def _leg(skeleton: Skeleton, chain: Chain) -> Leg:
    blade, upper, lower, shank, paw = chain.bones
    start, middle, end = (skeleton.head(bone) for bone in (upper, lower, shank))
    first, second = middle - start, end - middle
    pole = np.array(chain.pole) * [1.0 if chain.side == "l" else -1.0, 1.0, 1.0]
    along = unit(end - start)
    aside = unit(pole - (pole @ along) * along)
    hinge = np.cross(aside, along)
    foot = skeleton.head(paw)
    return Leg(
        chain.side, chain.fore, blade, upper, lower, shank, paw,
        (float(np.linalg.norm(first)), float(np.linalg.norm(second))),
        frame(first, hinge), frame(second, hinge), end - foot, foot.copy(), pole, chain.rank,
    )  # fmt: skip


def _quadruped(bones: Bones, one: Species) -> list[Chain]:
    front, back = 0.5 * one.trunk, -0.5 * one.trunk
    spine, hips = 1.0 - 0.42 * one.depth, one.slope
    bones.add("pelvis", "", point(0, spine, 0), point(0, spine, 0.1))
    bones.add("chest", "pelvis", point(0, spine, 0.04), point(0, spine, front))
    bones.add("rump", "pelvis", point(0, spine, -0.08), point(0, 0.86 - hips, back))
    nape = point(0, 0.99 - 0.85 * one.neck_m - 0.05, front + 0.05)
    head_and_neck(bones, one, nape)
    add_tail(bones, one, point(0, 0.93 - 0.1 * one.belly - hips, back - 0.1))
    if one.name == "elephant":
        _nose(bones, one)
    chains: list[Chain] = []
    wide = max(0.36 * one.depth * one.width, 0.09)
    for side, out in SIDES:
        chains += [
            _fore_leg(bones, one, side, out * wide), _hind_leg(bones, one, side, out * wide),
        ]  # fmt: skip
        if one.wings:
            add_wing(bones, one, side, point(out * wide, 0.95, front - 0.12))
    return chains


def _fore_leg(bones: Bones, one: Species, side: str, x: float) -> Chain:
    front, toe, out = 0.5 * one.trunk, 0.035, np.sign(x) * one.sprawl
    low = 0.1 * one.sprawl
    bones.add(f"scap_{side}", "chest", point(x * 0.6, 0.92, front - 0.05), point(x, 0.68, front))
    bones.add(
        f"arm_{side}", f"scap_{side}", point(x, 0.66 - low, front + 0.08 * (1 - one.sprawl)),
        point(x + 0.3 * out, 0.5, front),
    )  # fmt: skip
    elbow = point(x + 0.4 * out, 0.5 + 0.5 * low, front - 0.08 - 0.1 * one.sprawl)
    wrist = point(x + 0.62 * out, one.wrist, front - 0.015 + 0.16 * one.sprawl)
    paw = point(x + 0.68 * out, toe, front + 0.015 + 0.2 * one.sprawl)
    bones.add(f"forearm_{side}", f"arm_{side}", elbow, wrist)
    bones.add(f"wrist_{side}", f"forearm_{side}", wrist, paw)
    bones.add(f"fpaw_{side}", f"wrist_{side}", paw, paw + point(0.04 * out, -0.2 * toe, 0.075))
    names = tuple(f"{bone}_{side}" for bone in ("scap", "arm", "forearm", "wrist", "fpaw"))
    return Chain(side, names, fore=True, rank=1, pole=(one.sprawl, 0.5 * one.sprawl, -1.0))


def _hind_leg(bones: Bones, one: Species, side: str, x: float) -> Chain:
    back, toe, out = -0.5 * one.trunk, 0.035, np.sign(x) * one.sprawl
    high = (0.53 if one.hock > 0.2 else 0.46) - 0.35 * one.slope
    root = point(x * 0.8, 0.82 - one.slope - 0.24 * one.sprawl, back + 0.02)
    knee = point(x * 1.02 + 0.42 * out, high + 0.06 * one.sprawl, back + 0.14)
    hock = point(x + 0.6 * out, one.hock, back - 0.11)
    paw = point(x + 0.66 * out, toe, back - 0.06 + 0.04 * one.sprawl)
    bones.add(f"thigh_{side}", "rump", root, knee)
    bones.add(f"shin_{side}", f"thigh_{side}", knee, hock)
    bones.add(f"hock_{side}", f"shin_{side}", hock, paw)
    bones.add(f"hpaw_{side}", f"hock_{side}", paw, paw + point(0.04 * out, -0.2 * toe, 0.08))
    names = ("", *(f"{bone}_{side}" for bone in ("thigh", "shin", "hock", "hpaw")))
    return Chain(side, names, fore=False, rank=0, pole=(one.sprawl, 0.5 * one.sprawl, 1.0))


def head_and_neck(bones: Bones, one: Species, nape: Floats) -> None:
    """Add the neck from `nape` (3,) on, the head, its jaw, eyes, lids and ears."""
    low, high = one.neck_up - one.neck_s, one.neck_up + one.neck_s
    half = nape + 0.5 * one.neck * point(0, np.sin(low), np.cos(low))
    poll = half + 0.5 * one.neck * point(0, np.sin(high), np.cos(high))
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
        bones.add(f"ear_{side}", "head", ear, ear + point(out * 0.05, 0.1, 0))


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
    way = unit(
        np.array([out * one.eye_out, 0, 0]) + one.eye_high * up + (1.15 - 0.7 * one.eye_out) * ahead
    )
    middle = poll + one.head * (u * ahead + v * up)
    eye = middle + way * one.head * (
        one.skull
        - (
            0.36
            + 4.0
            * max(one.eye - 0.08, 0.0)
            * (one.body in {"quadruped", "biped"} and one.eye_high < 0.6)
        )
        * one.eye
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


def add_tail(bones: Bones, one: Species, root: Floats) -> None:
    """Add the bones of the tail behind `root` (3,)."""
    at, parent = root, "rump"
    for index in range(TAIL_BONES):
        rise = (
            one.tail_up * (0.6 + 0.25 * index)
            if one.tail_up > 0
            else one.tail_up * (1.0 + 0.12 * index)
        )
        way = point(0, np.sin(rise), -np.cos(rise))
        after = at + way * one.tail / TAIL_BONES
        bones.add(f"tail{index + 1}", parent, at, after)
        at, parent = after, f"tail{index + 1}"


def _nose(bones: Bones, one: Species) -> None:
    """Hang an elephant's trunk from its face."""
    ahead, up = head_axes(one)
    at = bones.heads[bones.names.index("head")] + one.head * (0.92 * ahead - 0.1 * up)
    parent = "head"
    for index, down in enumerate((1.15, 1.5, 1.3)):
        after = at + 0.235 * point(0, -np.sin(down), np.cos(down))
        bones.add(f"nose{index + 1}", parent, at, after)
        at, parent = after, f"nose{index + 1}"


def body_point(one: Species, x: float, y: float, z: float) -> Floats:
    """Return a point of a bird's trunk, which is laid out as of a small bird that leans forward."""
    hip = point(0.0, 0.5, 0.0)
    turned = about_x(-one.upright) @ (point(x, y, z) - hip)
    return np.asarray(hip_of(one) + one.bulk * turned)


def hip_of(one: Species) -> Floats:
    """Return where the trunk of a bird is carried: the larger it is, the lower."""
    return point(0.0, 0.95 - 0.45 * one.bulk, 0.0)


def _bird(bones: Bones, one: Species) -> list[Chain]:
    def at(x: float, y: float, z: float) -> Floats:
        return body_point(one, x, y, z)

    bones.add("pelvis", "", at(0, 0.66, 0), at(0, 0.66, 0.1))
    bones.add("chest", "pelvis", at(0, 0.67, 0.02), at(0, 0.8, 0.25))
    bones.add("rump", "pelvis", at(0, 0.64, -0.04), at(0, 0.58, -0.3))
    head_and_neck(bones, one, at(0, 0.86, 0.2))
    add_tail(bones, one, at(0, 0.6, -0.34))
    for side, out in SIDES:
        add_wing(bones, one, side, at(out * 0.16, 0.82, 0.12))
    return _two_legs(bones, hip_of(one), 0.12 * one.bulk)


def _two_legs(bones: Bones, hip: Floats, x: float) -> list[Chain]:
    """Stand a trunk whose hips are at `hip` on two legs that bend as a bird's do."""
    chains = []
    tall = hip[1] / 0.5
    for side, out in SIDES:
        root, aside = hip + point(out * x, 0, -0.02), point(out * x, 0, hip[2])

        def at(y: float, z: float, aside: Floats = aside) -> Floats:
            return aside + point(0, y * tall, z * min(tall, 1.2))

        bones.add(f"thigh_{side}", "rump", root, at(0.38, 0.06))
        bones.add(f"shin_{side}", f"thigh_{side}", at(0.4, 0.09), at(0.24, -0.07))
        bones.add(f"hock_{side}", f"shin_{side}", at(0.25, -0.08), aside + point(0, 0.03, 0.02))
        foot = aside + point(0, 0.03, 0.02)
        bones.add(f"hpaw_{side}", f"hock_{side}", foot, foot + point(0, -0.01, 0.14))
        names = ("", *(f"{bone}_{side}" for bone in ("thigh", "shin", "hock", "hpaw")))
        chains.append(Chain(side, names, fore=False, rank=0, pole=(0.0, 0.0, 1.0)))
    return chains


def _biped(bones: Bones, one: Species) -> list[Chain]:
    """A trunk balanced over two strong hind legs, with small arms before it."""
    lean = one.upright
    way, up = point(0, np.sin(lean), np.cos(lean)), point(0, np.cos(lean), -np.sin(lean))
    hip = point(0, 0.62, 0)
    bones.add("pelvis", "", hip + 0.12 * way + 0.05 * up, hip + 0.2 * way)
    bones.add("chest", "pelvis", hip + 0.2 * way + 0.06 * up, hip + one.trunk * way)
    bones.add("rump", "pelvis", hip + 0.04 * way + 0.05 * up, hip - 0.15 * way)
    head_and_neck(bones, one, hip + one.trunk * way + 0.12 * one.depth * up)
    add_tail(bones, one, hip - 0.16 * point(0, 0.3 * np.sin(lean), 1.0) + 0.02 * up)
    for side, out in SIDES:
        x = out * max(0.3 * one.depth * one.width, 0.08)
        arm = hip + (one.trunk - 0.06) * way - 0.16 * one.depth * up + point(x, 0, 0)
        elbow = arm + one.wrist * point(out * 0.1, -1.0, -0.1)
        wrist = elbow + one.wrist * point(-out * 0.05, -0.55, 0.8)
        bones.add(f"arm_{side}", "chest", arm, elbow)
        bones.add(f"forearm_{side}", f"arm_{side}", elbow, wrist)
        bones.add(f"claw_{side}", f"forearm_{side}", wrist, wrist + 0.3 * (wrist - elbow))
    return _two_legs(bones, hip, max(0.36 * one.depth * one.width, 0.1))


def add_wing(bones: Bones, one: Species, side: str, shoulder: Floats) -> None:
    """Add arm, ulna and hand of a spread wing, and the vanes that fan out from them."""
    if one.wings not in {"feather", "skin"}:
        bones.add(f"wing_{side}", "chest", shoulder, shoulder + point(0, -0.3 * one.span, 0))
        return
    out = 1.0 if side == "l" else -1.0
    long = one.span * (0.55 if one.wings == "feather" else 0.72)
    ends = [shoulder]
    for share, sweep in ((0.34, -0.12), (0.38, 0.12), (0.28, -0.05)):
        ends.append(ends[-1] + long * share * point(out * np.cos(sweep), 0.04, sweep))
    for index, (name, parent) in enumerate((("wing", "chest"), ("ulna", "wing"), ("hand", "ulna"))):
        hung = parent if parent == "chest" else f"{parent}_{side}"
        bones.add(f"{name}_{side}", hung, ends[index], ends[index + 1])
    for vane in vanes_of(one):
        first, last = ends[vane.bone], ends[vane.bone + 1]
        root = first + vane.along * (last - first)
        if vane.flank:
            root = shoulder + point(-0.02 * out, -0.06, -0.05)
        way = point(out * np.sin(vane.spread), 0, -np.cos(vane.spread))
        parent = "chest" if vane.flank else f"{WING_BONES[vane.bone]}_{side}"
        bones.add(f"{vane.name}_{side}", parent, root, root + vane.long * one.span * way)


WING_BONES = ("wing", "ulna", "hand")


@dataclass(frozen=True)
class Vane:
    """A ray of a wing: a feather or two, or a finger that holds the skin.

    It grows on a wing bone (0 arm, 1 ulna, 2 hand), `along` it, and points `spread` radians from
    straight back towards the side; long in spans. A flank ray grows on the trunk.
    """

    name: str
    bone: int
    along: float
    spread: float
    long: float
    flank: bool = False


@lru_cache(maxsize=32)
def vanes_of(one: Species) -> tuple[Vane, ...]:
    """Return the rays of a wing, from the trunk to its tip."""
    if one.wings == "skin":
        rays = (
            (0, 0.0, -0.05, 0.42, True),
            (2, 0.0, 0.3, 0.52, False),
            (2, 0.05, 0.75, 0.58, False),
            (2, 0.1, 1.15, 0.55, False),
            (2, 1.0, 1.5, 0.3, False),
        )
        return tuple(
            Vane(f"vane{k}", bone, along, spread, long, flank)
            for k, (bone, along, spread, long, flank) in enumerate(rays)
        )
    out = [Vane(f"vane{k}", 0, 0.25 + 0.5 * k, -0.05, 0.3) for k in range(2)]
    out += [Vane(f"vane{k + 2}", 1, 0.1 + 0.26 * k, 0.02 + 0.05 * k, 0.36) for k in range(4)]
    for k in range(6):
        share = k / 5
        out.append(Vane(f"vane{k + 6}", 2, 0.05 + 0.92 * share, 0.25 + 1.1 * share,
                        0.4 + 0.12 * np.sin(2.6 * share)))  # fmt: skip
    return tuple(out)


_BUILDERS = {
    "quadruped": _quadruped,
    "bird": _bird,
    "biped": _biped,
    "swimmer": bodies.swimmer,
    "serpent": bodies.serpent,
    "many": bodies.many_legged,
    "soft": bodies.soft,
    "flutter": bodies.flutterer,
}
WITH_HEADS = frozenset({"quadruped", "bird", "biped"})
"""Bodies whose head is one of its own, on a neck."""

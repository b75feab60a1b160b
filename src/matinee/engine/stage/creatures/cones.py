"""Flesh on the bones: the round cones that an animal's body is melted from."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from .anatomy import body_point, head_axes, nose_end, skull_middle
from .field import Cone
from .joints import SIDES, point

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from .anatomy import Plan

Floats: TypeAlias = "npt.NDArray[np.float64]"


class _Body:
    """Cones gathered in shares of the height of the back."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.size = plan.species.unit_m * plan.scale
        self.cones: list[Cone] = []

    def at(self, bone: str) -> Floats:
        return self.plan.head(bone) / self.size

    def end(self, bone: str) -> Floats:
        return self.plan.skeleton.tail(bone) / self.size

    def add(
        self,
        bone: str,
        points: tuple[Floats, Floats],
        radii: tuple[float, float],
        melt: float = 0.05,
        wide: float = 1.0,
    ) -> None:
        size = self.size
        self.cones.append(
            Cone(
                bone, points[0] * size, points[1] * size,
                radii[0] * size, radii[1] * size, melt * size, wide,
            )
        )  # fmt: skip


def quadruped_cones(plan: Plan) -> list[Cone]:
    """Return the flesh of an animal on four legs."""
    body, one = _Body(plan), plan.species
    front, back = 0.5 * one.trunk, -0.5 * one.trunk
    rib, loin = 0.5 * one.depth, 0.5 * one.belly
    if one.mane == "wool":
        rib, loin = rib * 1.06, loin * 1.06
    deep = 0.99 - rib
    body.add("chest", (point(0, deep + 0.01, front - 0.04), point(0, deep, front - 0.28)),
             (rib * 0.88, rib), 0.06, one.width)  # fmt: skip
    hips = 0.985 - loin * 1.05 - 0.8 * one.slope
    body.add("pelvis", (point(0, deep, front - 0.28), point(0, hips, back + 0.26)),
             (rib, loin * 1.05), 0.08, one.width * 1.02)  # fmt: skip
    body.add("rump", (point(0, hips, back + 0.26), point(0, 0.97 - loin - one.slope, back + 0.02)),
             (loin * 1.05, loin * 0.88), 0.08, one.width * 1.04)  # fmt: skip
    for index in range(one.extras.count("hump")):
        top = point(0, 0.98, 0.2 - 0.42 * index)
        body.add("pelvis", (top, top + point(0, 0.1, 0)), (0.16, 0.1), 0.08, 0.8)
    breast = (point(0, 0.99 - rib * 0.9, front), point(0, 0.99 - rib * 0.75, front + 0.06))
    body.add("chest", breast, (rib * 0.78, rib * 0.55), 0.09, one.width)
    _legs(body)
    _neck_and_head(body)
    _tail(body)
    return body.cones


def _legs(body: _Body) -> None:
    one = body.plan.species
    fat = one.leg
    # Strong thighs and shoulders do not thin with the bones below them.
    strong = 0.5 + 0.5 * max(fat, 0.8)
    hoof = one.feet in {"hoof", "pad"}
    for side, _ in SIDES:
        scap, arm, fore, wrist, paw = (
            body.at(f"{bone}_{side}") for bone in ("scap", "arm", "forearm", "wrist", "fpaw")
        )
        body.add(f"scap_{side}", (scap, arm), (0.1 * strong, 0.095 * strong), 0.09, 0.72)
        body.add(f"arm_{side}", (arm, fore), (0.095 * strong, 0.068 * strong), 0.05, 0.85)
        body.add(f"forearm_{side}", (fore, wrist), (0.062 * strong, 0.036 * fat), 0.035)
        _foot(
            body,
            f"wrist_{side}",
            f"fpaw_{side}",
            top=wrist,
            foot=paw,
            radius=0.037 * fat,
            hoof=hoof,
        )
        thigh, shin, hock, foot = (
            body.at(f"{bone}_{side}") for bone in ("thigh", "shin", "hock", "hpaw")
        )
        body.add(f"thigh_{side}", (thigh + point(0, -0.02, 0.03), shin + point(0, 0.04, -0.02)),
                 (0.14 * strong, 0.088 * strong), 0.09, 0.66)  # fmt: skip
        body.add(f"shin_{side}", (shin, hock), (0.075 * strong, 0.035 * fat), 0.04)
        _foot(
            body, f"hock_{side}", f"hpaw_{side}", top=hock, foot=foot, radius=0.035 * fat, hoof=hoof
        )


def _foot(
    body: _Body, shank: str, paw: str, *, top: Floats, foot: Floats, radius: float, hoof: bool
) -> None:
    """Put shank and paw under a wrist or hock."""
    one = body.plan.species
    body.add(shank, (top, foot + point(0, 0.02, 0)), (radius, radius * 0.92), 0.03)
    if one.feet == "pad":
        body.add(
            paw,
            (foot + point(0, 0.03, -0.02), foot + point(0, 0.02, 0.03)),
            (radius * 1.5,) * 2,
            0.04,
        )
        return
    if hoof:
        body.add(
            paw,
            (foot + point(0, 0.012, 0), foot + point(0, -0.01, 0.035)),
            (radius * 1.05, radius * 1.3),
            0.02,
        )
        return
    toe = body.end(paw)
    wide = radius * (1.22 if one.leg < 1.2 else 1.1)
    body.add(
        paw,
        (foot + point(0, 0.004, 0.0), toe + point(0, 0.002, -0.01)),
        (wide, wide * 0.92),
        0.025,
        1.12,
    )
    if one.hops and paw.startswith("hpaw"):
        body.add(paw, (foot + point(0, 0.01, -0.1), toe), (wide * 0.9, wide * 0.9), 0.03)


def _neck_and_head(body: _Body) -> None:
    one = body.plan.species
    nape, half, poll = (body.at(bone) for bone in ("neck1", "neck2", "head"))
    thick = one.neck_m
    inside = nape - 0.5 * (half - nape) - point(0, 0.03, 0)
    ahead, up = head_axes(one)
    u, v = skull_middle(one)
    h = one.head
    skull = poll + h * (u * ahead + v * up)
    # A long neck tapers more.
    slim = max(one.neck - 0.4, 0.0)
    middle, end_m = thick * (1.08 + 0.1 * slim), thick * 0.86 / (1 + 0.5 * slim)
    body.add("neck1", (inside, half), (thick * (1.45 + 0.9 * slim), middle), 0.1, 0.82)
    body.add("neck2", (half, poll + 0.1 * h * ahead), (middle, end_m), 0.06, 0.84)
    body.add("head", (skull - 0.03 * h * ahead, skull + 0.05 * h * ahead),
             (one.skull * h * 0.99, one.skull * h * 0.95), 0.045, 0.98)  # fmt: skip
    end = nose_end(one)
    tip = poll + h * (end - one.snout * 0.75) * ahead - 0.1 * h * up
    start = poll + h * ((end - one.muzzle) * 0.86 * ahead - 0.045 * up)
    body.add(
        "head", (start, tip), (one.snout * 1.22 * h, one.snout * 0.86 * h), 0.055 * h / 0.46, 0.94
    )
    for _, out in SIDES:
        cheek = poll + h * (u * 1.15 * ahead - 0.08 * up) + point(out * one.skull * 0.42 * h, 0, 0)
        body.add("head", (cheek, cheek + 0.06 * h * ahead), (one.skull * 0.56 * h,) * 2, 0.05)
        # Lips hang a little on both sides of the nose.
        lip = tip - h * (0.05 * ahead + 0.035 * up) + point(out * one.snout * 0.4 * h, 0, 0)
        body.add("head", (lip, lip - 0.1 * h * ahead), (one.snout * 0.56 * h,) * 2, 0.02)
        brow = poll + h * ((u + one.skull * 0.62) * ahead + (v + one.skull * 0.62) * up)
        brow = brow + point(out * one.skull * 0.45 * h, 0, 0)
        body.add("head", (brow, brow - 0.05 * h * ahead), (one.skull * 0.26 * h,) * 2, 0.03)
    for index in range(3 if one.name == "elephant" else 0):
        bone = f"nose{index + 1}"
        wide = (0.085, 0.066, 0.052, 0.042)
        body.add(bone, (body.at(bone), body.end(bone)), (wide[index], wide[index + 1]), 0.04)


def _tail(body: _Body) -> None:
    one = body.plan.species
    for index in range(4):
        bone = f"tail{index + 1}"
        taper = [1.0, 0.9 + 0.1 * one.brush, 0.8 + 0.22 * one.brush, 0.7 + 0.2 * one.brush, 0.35]
        thick = one.tail_m
        body.add(
            bone,
            (body.at(bone), body.end(bone)),
            (thick * taper[index], thick * taper[index + 1]),
            0.05 if not index else 0.03,
        )


def bird_cones(plan: Plan) -> list[Cone]:
    """Return the flesh of a bird: an egg, a head, and thin legs."""
    body, one = _Body(plan), plan.species

    def at(x: float, y: float, z: float) -> Floats:
        return body_point(one, x, y, z)

    b = one.bulk
    body.add("chest", (at(0, 0.74, 0.14), at(0, 0.66, 0.0)), (0.2 * b, 0.25 * b), 0.08, one.width)
    body.add("rump", (at(0, 0.66, 0.0), at(0, 0.58, -0.28)), (0.25 * b, 0.11 * b), 0.1, one.width)
    nape, poll = body.at("neck1"), body.at("head")
    ahead, up = head_axes(one)
    u, v = skull_middle(one)
    h, thick = one.head, one.neck_m
    skull = poll + h * (u * ahead + v * up)
    root = at(0, 0.78, 0.12)
    body.add("chest", (root, nape), (max(1.2 * thick, 0.16 * b), 1.15 * thick), 0.1 * b)
    body.add("neck1", (nape, body.at("neck2")), (1.15 * thick, 0.95 * thick), 0.7 * thick)
    body.add("neck2", (body.at("neck2"), skull), (0.95 * thick, 0.75 * thick), 0.6 * thick)
    body.add(
        "head", (skull - 0.06 * h * ahead, skull + 0.12 * h * ahead),
        (one.skull * h, one.skull * h * 0.88), 0.1 * h, 0.92,
    )  # fmt: skip
    for side, _ in SIDES:
        thigh, shin, hock = (body.at(f"{bone}_{side}") for bone in ("thigh", "shin", "hock"))
        body.add(f"thigh_{side}", (thigh, shin), (0.1 * b, 0.065 * b), 0.06)
        calf = shin + 0.55 * (hock - shin)
        body.add(f"shin_{side}", (shin, calf), (0.06 * b, max(0.03 * one.leg, 0.03 * b)), 0.03)
    if one.ear != "none":
        _muzzle(body, poll, ahead, up)
    return body.cones


def _muzzle(body: _Body, poll: Floats, ahead: Floats, up: Floats) -> None:
    """Add the snout of what flies without a beak."""
    one, h = body.plan.species, body.plan.species.head
    end = nose_end(one)
    tip = poll + h * ((end - one.snout) * ahead + 0.05 * up)
    start = poll + h * ((end - one.muzzle) * 0.8 * ahead + 0.05 * up)
    body.add("head", (start, tip), (one.snout * 1.2 * h, one.snout * 0.9 * h), 0.06 * h)


def biped_cones(plan: Plan) -> list[Cone]:
    """Return the flesh of an animal that stands on its hind legs."""
    body, one = _Body(plan), plan.species
    chest, hips, root = body.end("chest"), body.at("rump"), body.at("tail1")
    middle = 0.5 * (chest + hips)
    rib, loin = 0.5 * one.depth, 0.5 * one.belly
    body.add("chest", (chest, middle), (rib * 0.78, 0.5 * (rib + loin)), 0.08, one.width)
    body.add("pelvis", (middle, hips), (0.5 * (rib + loin), loin), 0.08, one.width)
    body.add("rump", (hips, root), (loin, one.tail_m * 1.2), 0.1, one.width)
    _neck_and_head(body)
    _tail(body)
    strong = one.leg
    for side, _ in SIDES:
        arm, fore, claw = (body.at(f"{bone}_{side}") for bone in ("arm", "forearm", "claw"))
        thin = 0.3 * one.wrist * 0.7
        body.add(f"arm_{side}", (arm, fore), (thin * 1.3, thin), 0.04)
        body.add(f"forearm_{side}", (fore, claw), (thin, thin * 0.6), 0.03)
        for spread in (-0.4, 0.4):
            tip = body.end(f"claw_{side}") + 0.3 * one.wrist * point(spread, -0.2, 0.1)
            body.add(f"claw_{side}", (claw, tip), (thin * 0.5, thin * 0.2), 0.01)
        thigh, shin, hock, foot = (
            body.at(f"{bone}_{side}") for bone in ("thigh", "shin", "hock", "hpaw")
        )
        body.add(f"thigh_{side}", (thigh, shin), (0.17 * strong, 0.11 * strong), 0.1, 0.75)
        body.add(f"shin_{side}", (shin, hock), (0.1 * strong, 0.045 * strong), 0.05)
        body.add(f"hock_{side}", (hock, foot), (0.045 * strong, 0.04 * strong), 0.03)
        long = 0.26 if one.hops else 0.17
        for spread in (-0.4, 0.0, 0.4) if one.cover != "fur" else (0.0,):
            toe = foot + long * point(np.sin(spread), -0.05, np.cos(spread))
            body.add(f"hpaw_{side}", (foot, toe), (0.042 * strong, 0.026 * strong), 0.02)
    return body.cones


def many_cones(plan: Plan) -> list[Cone]:
    """Return the flesh of a spider, a crab or an insect: a body of a few lumps, thin legs."""
    body, one = _Body(plan), plan.species
    high = body.at("pelvis")[1]
    half = 0.5 * one.trunk
    body.add("pelvis", (point(0, high, -0.3 * half), point(0, high, 0.5 * half)),
             (0.5 * one.depth,) * 2, 0.05, one.belly)  # fmt: skip
    if one.tail > 0.1:
        start, end = (
            point(0, high + 0.03, -0.15 - 0.2 * one.tail),
            point(0, high, -0.1 - 0.8 * one.tail),
        )
        body.add("rump", (start, end), (one.tail_m, one.tail_m * 0.8), 0.03, 0.95)
    head = body.at("head")
    body.add("head", (head, head + point(0, 0, 0.5 * one.head)), (one.skull, one.skull * 0.8), 0.04)
    return body.cones


CONES: dict[str, Callable[[Plan], list[Cone]]] = {
    "quadruped": quadruped_cones,
    "bird": bird_cones,
    "biped": biped_cones,
    "many": many_cones,
}
"""The bodies that are melted from cones."""

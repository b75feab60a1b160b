"""An animal's body at rest: flesh on the bones, coat, face and fur, ready to be skinned."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from matinee.engine.render.geometry import Mesh, Rigged, Surface, merged, mesh, smooth_normals

from . import features
from .anatomy import SIDES, head_axes, nose_end, skull_middle
from .coat import noise, painted
from .features import Part
from .field import Cone, Skin, nearness, skin_of, smoothed

if TYPE_CHECKING:
    import numpy.typing as npt

    from .anatomy import Plan

Floats: TypeAlias = "npt.NDArray[np.float64]"

CELLS_HIGH = 74


def grown(plan: Plan, rng: np.random.Generator) -> Rigged:
    """Grow the whole animal on its skeleton."""
    cones = bird_cones(plan) if plan.species.body == "bird" else quadruped_cones(plan)
    size = plan.species.withers_m * plan.scale
    skin = skin_of(cones, size / CELLS_HIGH)
    names = plan.skeleton.names
    hold = nearness(cones, skin.points, names, 0.026 * size)
    hold = smoothed(hold, skin.triangles, 3)
    colour = painted(plan, skin, hold, rng)
    if plan.species.mane == "wool":
        skin = _woolly(plan, skin, hold, rng)
    points = skin.points.copy()
    points[:, 1] = np.maximum(points[:, 1], 0.0)
    low = np.clip(0.5 + 0.5 * skin.normals[:, 1], 0, 1)
    shade = 0.5 + 0.5 * low**0.8
    furry = plan.species.fur > 0 or plan.species.mane == "wool"
    body = mesh(
        points,
        skin.triangles,
        albedo=colour,
        surface=Surface.HAIR if furry else Surface.SKIN,
        roughness=0.85 if furry else 0.55,
        normals=skin.normals,
    ).with_occlusion(shade)
    parts = [Part(body, hold)]
    parts += features.all_of(plan, parts[0], rng)
    return _sewn(parts)


def _woolly(plan: Plan, skin: Skin, hold: Floats, rng: np.random.Generator) -> Skin:
    """Raise the skin of the trunk into curls of wool."""
    size = plan.species.withers_m * plan.scale
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


class _Body:
    """Cones gathered in shares of the height of the back."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.size = plan.species.withers_m * plan.scale
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


def _p(x: float, y: float, z: float) -> Floats:
    return np.array([x, y, z])


def quadruped_cones(plan: Plan) -> list[Cone]:
    """Return the flesh of an animal on four legs."""
    body, one = _Body(plan), plan.species
    front, back = 0.5 * one.trunk, -0.5 * one.trunk
    rib, loin = 0.5 * one.depth, 0.5 * one.belly
    if one.mane == "wool":
        rib, loin = rib * 1.06, loin * 1.06
    deep = 0.99 - rib
    body.add("chest", (_p(0, deep + 0.01, front - 0.04), _p(0, deep, front - 0.28)),
             (rib * 0.88, rib), 0.06, one.width)  # fmt: skip
    body.add("pelvis", (_p(0, deep, front - 0.28), _p(0, 0.985 - loin * 1.05, back + 0.26)),
             (rib, loin * 1.05), 0.08, one.width * 1.02)  # fmt: skip
    body.add("rump", (_p(0, 0.985 - loin * 1.02, back + 0.26), _p(0, 0.97 - loin, back + 0.02)),
             (loin * 1.05, loin * 0.88), 0.08, one.width * 1.04)  # fmt: skip
    body.add("chest", (_p(0, 0.99 - rib * 0.9, front), _p(0, 0.99 - rib * 0.75, front + 0.06)),
             (rib * 0.78, rib * 0.55), 0.09, one.width)  # fmt: skip
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
        body.add(f"thigh_{side}", (thigh + _p(0, -0.02, 0.03), shin + _p(0, 0.04, -0.02)),
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
    body.add(shank, (top, foot + _p(0, 0.02, 0)), (radius, radius * 0.92), 0.03)
    if one.feet == "pad":
        body.add(
            paw, (foot + _p(0, 0.03, -0.02), foot + _p(0, 0.02, 0.03)), (radius * 1.5,) * 2, 0.04
        )
        return
    if hoof:
        body.add(
            paw,
            (foot + _p(0, 0.012, 0), foot + _p(0, -0.01, 0.035)),
            (radius * 1.05, radius * 1.3),
            0.02,
        )
        return
    toe = body.end(paw)
    wide = radius * (1.22 if one.leg < 1.2 else 1.1)
    body.add(
        paw, (foot + _p(0, 0.004, 0.0), toe + _p(0, 0.002, -0.01)), (wide, wide * 0.92), 0.025, 1.12
    )
    if one.hops and paw.startswith("hpaw"):
        body.add(paw, (foot + _p(0, 0.01, -0.1), toe), (wide * 0.9, wide * 0.9), 0.03)


def _neck_and_head(body: _Body) -> None:
    one = body.plan.species
    nape, half, poll = (body.at(bone) for bone in ("neck1", "neck2", "head"))
    thick = one.neck_m
    inside = nape - 0.5 * (half - nape) - _p(0, 0.03, 0)
    ahead, up = head_axes(one)
    u, v = skull_middle(one)
    h = one.head
    skull = poll + h * (u * ahead + v * up)
    body.add("neck1", (inside, half), (thick * 1.45, thick * 1.08), 0.1, 0.82)
    body.add("neck2", (half, poll + 0.1 * h * ahead), (thick * 1.08, thick * 0.86), 0.06, 0.84)
    body.add("head", (skull - 0.03 * h * ahead, skull + 0.05 * h * ahead),
             (one.skull * h * 0.99, one.skull * h * 0.95), 0.045, 0.98)  # fmt: skip
    end = nose_end(one)
    tip = poll + h * (end - one.snout * 0.75) * ahead - 0.1 * h * up
    start = poll + h * ((end - one.muzzle) * 0.86 * ahead - 0.045 * up)
    body.add(
        "head", (start, tip), (one.snout * 1.22 * h, one.snout * 0.86 * h), 0.055 * h / 0.46, 0.94
    )
    for _, out in SIDES:
        cheek = poll + h * (u * 1.15 * ahead - 0.08 * up) + _p(out * one.skull * 0.42 * h, 0, 0)
        body.add("head", (cheek, cheek + 0.06 * h * ahead), (one.skull * 0.56 * h,) * 2, 0.05)
        # Lips hang a little on both sides of the nose.
        lip = tip - h * (0.05 * ahead + 0.035 * up) + _p(out * one.snout * 0.4 * h, 0, 0)
        body.add("head", (lip, lip - 0.1 * h * ahead), (one.snout * 0.56 * h,) * 2, 0.02)
        brow = poll + h * ((u + one.skull * 0.62) * ahead + (v + one.skull * 0.62) * up)
        brow = brow + _p(out * one.skull * 0.45 * h, 0, 0)
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
    body.add("chest", (_p(0, 0.74, 0.14), _p(0, 0.66, 0.0)), (0.2, 0.25), 0.08, 0.9)
    body.add("rump", (_p(0, 0.66, 0.0), _p(0, 0.58, -0.28)), (0.25, 0.11), 0.1, 0.88)
    nape, poll = body.at("neck1"), body.at("head")
    ahead, up = head_axes(one)
    u, v = skull_middle(one)
    h = one.head
    skull = poll + h * (u * ahead + v * up)
    body.add("neck1", (nape - _p(0, 0.1, 0.03), body.at("neck2")), (0.19, 0.15), 0.12)
    body.add("neck2", (body.at("neck2"), skull), (0.15, 0.12), 0.1)
    body.add("head", (skull, skull + 0.1 * h * ahead), (one.skull * h, one.skull * h * 0.9), 0.05)
    for side, _ in SIDES:
        thigh, shin, hock, foot = (
            body.at(f"{bone}_{side}") for bone in ("thigh", "shin", "hock", "hpaw")
        )
        body.add(f"thigh_{side}", (thigh, shin), (0.1, 0.07), 0.06)
        body.add(f"shin_{side}", (shin, hock), (0.06, 0.022), 0.03)
        body.add(f"hock_{side}", (hock, foot), (0.021, 0.02), 0.015)
        for spread in (-0.5, 0.0, 0.5):
            toe = foot + 0.15 * _p(np.sin(spread), -0.06, np.cos(spread))
            body.add(f"hpaw_{side}", (foot, toe), (0.019, 0.012), 0.01)
        body.add(f"hpaw_{side}", (foot, foot + _p(0, -0.01, -0.09)), (0.017, 0.011), 0.01)
    return body.cones

"""Hair: manes of locks, fur of short blades, spines and the tufts of tails."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, mesh
from matinee.engine.stage.skeleton import unit

from .anatomy import head_axes, nose_end
from .coat import linear
from .parts import Part, held_by

if TYPE_CHECKING:
    import numpy.typing as npt

    from .anatomy import Plan

Floats: TypeAlias = "npt.NDArray[np.float64]"

LOCK = 0.03
"""How wide a lock of a mane is, in units."""
BLADES = {"near": 2800, "far": 420}


Root: TypeAlias = "tuple[Floats, Floats, float, str]"
"""Where a lock grows, which way, how long it is in units, and on which bone."""


def mane(plan: Plan, rng: np.random.Generator, detail: str) -> list[Part]:
    """Long hair on neck and tail."""
    one = plan.species
    full = 1.0 if detail == "near" else 0.28
    roots = _ROOTS[one.mane](plan, rng, full) if one.mane in _ROOTS else []
    if "tuft" in one.extras:
        tip = plan.skeleton.tail("tail4")
        for _ in range(60):
            way = np.array([0, -1.0, -0.25]) + rng.normal(0, 0.2, 3)
            at = tip + rng.normal(0, 0.008, 3) * one.unit_m * plan.scale
            roots.append((at, way, 0.1, "tail4"))
    if not roots:
        return []
    colour = linear(one.coat.mane or one.coat.marks)
    return [_locks(plan, roots, colour, rng)]


def _neck_bone(share: float) -> str:
    return "head" if share > 1 else "neck2" if share > 0.5 else "neck1"


def _crest(plan: Plan, rng: np.random.Generator, full: float) -> list[Root]:
    """A horse's mane, that falls to both sides, mostly to one, and its tail."""
    one, size = plan.species, plan.species.unit_m * plan.scale
    nape, poll = plan.head("neck1"), plan.head("head")
    above = _back_of(plan)
    roots: list[Root] = []
    for _ in range(int(300 * full)):
        t = float(rng.uniform(-0.05, 1.12))
        out = float(rng.choice([-1, 1], p=[0.75, 0.25]))
        thick = one.neck_m * size * (1.34 - 0.4 * t)
        at = nape + t * (poll - nape) + 0.95 * thick * above + rng.normal(0, 0.008, 3) * size
        way = np.array([out * 0.95, -0.3, float(rng.normal(-0.12, 0.15))])
        roots.append((at, way, 0.2 * float(rng.uniform(0.7, 1.2)), _neck_bone(t)))
    for _ in range(int(180 * full)):
        k = int(rng.integers(0, 4))
        at = plan.head(f"tail{k + 1}") + rng.normal(0, 0.015, 3) * size
        way = np.array([0.0, -1.0, -0.12]) + rng.normal(0, 0.07, 3)
        roots.append((at, way, float(rng.uniform(0.24, 0.42)), f"tail{k + 1}"))
    return roots


def _back_of(plan: Plan) -> Floats:
    """Return which way the upper side of the neck looks."""
    back = unit(np.cross(plan.head("head") - plan.head("neck1"), [1.0, 0, 0]))
    return back if back[1] > 0 or back[2] < 0 else -back


def _ruff(plan: Plan, rng: np.random.Generator, full: float) -> list[Root]:
    """A lion's mane: all around the neck."""
    one, size = plan.species, plan.species.unit_m * plan.scale
    nape, poll = plan.head("neck1"), plan.head("head")
    axis, back = unit(poll - nape), _back_of(plan)
    roots: list[Root] = []
    for _ in range(int(900 * full)):
        angle, t = float(rng.uniform(-np.pi, np.pi)), float(rng.uniform(-0.25, 1.25))
        around = np.cos(angle) * back + np.sin(angle) * np.array([1.0, 0, 0])
        at = nape + t * (poll - nape) + around * one.neck_m * size * 1.15
        way = around - 0.55 * axis + np.array([0, -0.35, 0])
        bone = "chest" if t < 0 else _neck_bone(t + 0.05)
        roots.append((at, way, 0.2 * float(rng.uniform(0.8, 1.25)), bone))
    return roots


def _brush(plan: Plan, rng: np.random.Generator, full: float) -> list[Root]:
    """A zebra's mane: short, and standing up."""
    one, size = plan.species, plan.species.unit_m * plan.scale
    nape, poll = plan.head("neck1"), plan.head("head")
    roots: list[Root] = []
    for _ in range(int(260 * full)):
        t = float(rng.uniform(-0.05, 1.1))
        at = nape + t * (poll - nape) + one.neck_m * size * (1.1 - 0.35 * t) * _back_of(plan)
        at = at + np.array([float(rng.normal(0, 0.006)), 0, 0]) * size
        way = np.array([0, 1.2, -0.5]) + rng.normal(0, 0.12, 3)
        roots.append((at, way, 0.11, _neck_bone(t)))
    return roots


_ROOTS = {"crest": _crest, "ruff": _ruff, "brush": _brush}


def _locks(
    plan: Plan,
    roots: list[Root],
    colour: Floats,
    rng: np.random.Generator,
) -> Part:
    """Curved blades of hair that hang from their roots."""
    count, size = len(roots), plan.species.unit_m * plan.scale
    at = np.array([root[0] for root in roots])
    way = unit(np.array([root[1] for root in roots]))
    long = np.array([root[2] for root in roots]) * size
    t = np.array([0.0, 0.4, 0.75, 1.0])
    droop = np.array([0.0, -1.0, 0.0])
    spine = at[:, None] + long[:, None, None] * (
        t[None, :, None] * way[:, None] + 0.35 * t[None, :, None] ** 2 * droop
    )
    spin = rng.normal(0, 1, (count, 3))
    across = unit(np.cross(way, spin))
    half = LOCK * size * 0.5 * np.array([0.7, 1.0, 0.7, 0.0])
    left = spine - half[None, :, None] * across[:, None]
    right = spine + half[None, :, None] * across[:, None]
    spots = np.stack([left, right], 2).reshape(count * 8, 3)
    first = np.arange(count)[:, None] * 8
    quads = np.array([[0, 1, 3], [0, 3, 2], [2, 3, 5], [2, 5, 4], [4, 5, 7], [4, 7, 6]])
    triangles = (first[:, :, None] + quads[None]).reshape(-1, 3).astype(np.uint32)
    shade = np.repeat(rng.uniform(0.7, 1.3, count), 8)[:, None]
    outward = unit(np.cross(across, way))
    middle = plan.head("neck1")
    flip = np.where((outward * (at - middle)).sum(1, keepdims=True) < 0, -1.0, 1.0)
    normals = np.repeat(unit(outward * flip + 0.4 * np.array([0, 1.0, 0])), 8, axis=0)
    sheet = mesh(spots, triangles, albedo=np.clip(colour * shade, 0, 1), surface=Surface.HAIR,
                 roughness=0.7, normals=normals)  # fmt: skip
    sheet = _facing_its_normals(sheet)
    hold = np.concatenate([held_by(plan, root[3], 8) for root in roots])
    return Part(sheet, hold)


def _facing_its_normals(sheet: Mesh) -> Mesh:
    """Wind every triangle so that it is seen from the side its normals point to."""
    corners = sheet.positions[sheet.triangles]
    flat = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    away = (flat * sheet.normals[sheet.triangles].sum(1)).sum(1) < 0
    triangles = sheet.triangles.copy()
    triangles[away] = triangles[away][:, [0, 2, 1]]
    return replace(sheet, triangles=triangles)


def fur(plan: Plan, body: Part, rng: np.random.Generator, detail: str) -> list[Part]:
    """Short blades all over that break the outline up and catch the light as fur does."""
    one = plan.species
    if one.fur <= 0:
        return []
    size = one.unit_m * plan.scale
    skin = body.mesh
    places = plan.skeleton.places
    length = np.full(skin.vertex_count, one.fur)
    for beginnings, share in (
        (("head", "fpaw", "hpaw", "wrist", "hock"), 0.3),
        (("forearm", "shin"), 0.55),
        (("neck", "chest"), 1.25),
        (("tail",), 0.8 + 0.45 * one.brush),
    ):
        columns = [index for name, index in places.items() if name.startswith(beginnings)]
        held = body.hold[:, columns].sum(1)
        length *= 1 + (share - 1) * held
    ahead, _ = head_axes(one)
    muzzle = ((skin.positions - plan.head("head")) @ ahead) / plan.head_m
    head = body.hold[:, places["head"]]
    length *= np.where((head > 0.5) & (muzzle > nose_end(one) - one.muzzle), 0.15, 1.0)
    for side in ("l", "r"):
        near = np.linalg.norm(skin.positions - plan.head(f"eye_{side}"), axis=1)
        length *= np.clip(near / (one.eye * plan.head_m) - 1.6, 0.0, 1.0)
    chosen = rng.permutation(skin.vertex_count)[: min(skin.vertex_count, BLADES[detail])]
    chosen = chosen[length[chosen] > 0.012]
    normal = skin.normals[chosen].astype(np.float64)
    flow = np.array([0.0, -0.55, -1.0]) + rng.normal(0, 0.16, (len(chosen), 3))
    tails = [index for name, index in places.items() if name.startswith("tail")]
    on_tail = body.hold[chosen][:, tails].sum(1, keepdims=True)
    last = "tail4" if "tail4" in places else "tail1"
    tail_way = unit(plan.skeleton.tail(last) - plan.head("tail1"))
    flow = flow * (1 - on_tail) + tail_way * on_tail
    flow = unit(flow - (flow * normal).sum(1, keepdims=True) * normal)
    way = unit(flow + (0.9 if one.mane == "spines" else 0.26) * normal)
    across = unit(np.cross(normal, way))
    long = (length[chosen] * size * rng.uniform(0.75, 1.3, len(chosen)))[:, None]
    # Fewer blades have to be broader to cover as much.
    wide = (0.3 if detail == "near" else 0.55) * long
    if one.mane == "spines":
        wide *= 0.3
    root = skin.positions[chosen] - 0.06 * long * normal
    spots = np.stack([root - wide * across, root + wide * across, root + long * way], 1)
    spots[..., 1] = np.maximum(spots[..., 1], 0.0)
    lit = rng.uniform(0.82, 1.16, (len(chosen), 1, 1))
    colour = skin.albedo[chosen][:, None] * lit * np.array([0.96, 0.96, 1.12])[None, :, None]
    leaning = unit(normal + 0.25 * way)
    normals = np.stack([normal, normal, leaning], 1).reshape(-1, 3)
    triangles = np.arange(3 * len(chosen), dtype=np.uint32).reshape(-1, 3)
    sheet = mesh(
        spots.reshape(-1, 3), triangles[:, [0, 2, 1]],
        albedo=np.clip(colour.reshape(-1, 3), 0, 1), surface=Surface.HAIR, roughness=0.85,
        normals=normals,
    )  # fmt: skip
    shade = np.repeat(skin.occlusion[chosen], 3)
    return [Part(sheet.with_occlusion(shade), np.repeat(body.hold[chosen], 3, axis=0))]

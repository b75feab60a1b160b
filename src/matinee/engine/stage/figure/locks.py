"""Locks: ribbons of hair with a ridge, tapering to a point, each of its own shade."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from matinee.engine.render.geometry import Surface

from .anatomy import anatomy
from .colours import brightness
from .patch import Patch
from .piece import Piece, stuff
from .strand import LONG_HAIR, TIED_HAIR, Strand, Swing, fan

if TYPE_CHECKING:
    import numpy.typing as npt

    from .anatomy import Detail
    from .identity import Identity
    from .scalp import Shell
    from .styles import Style

Floats: TypeAlias = "npt.NDArray[np.float64]"

SWINGS_M = 0.16
"""From which length on hair swings."""
HANGS_AT = (-2.0, -1.0, 0.0, 1.0, 2.0)
"""Where the strands of loose hair hang: angles from straight behind towards the left cheek (+X)."""


@dataclass(frozen=True, eq=False)
class Growth:
    """What decides how somebody's hair grows; scale is 1 for a head of average size."""

    person: Identity
    style: Style
    shell: Shell
    scale: float
    detail: Detail
    rng: np.random.Generator


def curled(curves: Floats, growth: Growth) -> Floats:
    """Wind guides (k, rows, 3) into the waves of the style."""
    style, scale, rng = growth.style, growth.scale, growth.rng
    if not style.curl_m:
        return curves
    count, rows, _ = curves.shape
    along = np.gradient(curves, axis=1)
    along /= np.maximum(np.linalg.norm(along, axis=2, keepdims=True), 1e-9)
    side = np.cross(along, [0.0, 1.0, 0.001])
    side /= np.maximum(np.linalg.norm(side, axis=2, keepdims=True), 1e-9)
    up = np.cross(side, along)
    share = np.linspace(0, 1, rows)[None, :, None]
    turns = style.curl_turns * rng.uniform(0.85, 1.15, (count, 1, 1))
    phase = rng.uniform(0, 2 * np.pi, (count, 1, 1))
    angle = 2 * np.pi * turns * share + phase
    radius = (
        style.curl_m * scale * np.clip(share * 2.2, 0, 1) * rng.uniform(0.7, 1.2, (count, 1, 1))
    )
    return np.asarray(curves + radius * (np.cos(angle) * side + np.sin(angle) * up))


def ribbons(
    curves: Floats,
    growth: Growth,
    *,
    width_m: float | None = None,
    shell: Shell | None = None,
    swing: tuple[Swing, Floats] | None = None,
) -> Piece:
    """Lay a ridged ribbon of three rows of vertices along every guide (k, rows, 3).

    `swing` says how much each point of the guides follows each strand, (k, rows, s).
    """
    person, scale, rng = growth.person, growth.scale, growth.rng
    shell = shell or growth.shell
    count, rows, _ = curves.shape
    along = np.gradient(curves, axis=1)
    along /= np.maximum(np.linalg.norm(along, axis=2, keepdims=True), 1e-9)
    out = curves - shell.centre
    # Below the head, hair faces away from the neck rather than from the middle of the head.
    hanging = np.clip((shell.centre[1] - 0.03 - curves[..., 1]) / 0.08, 0, 1)[..., None]
    out = out * (1 - hanging) + (curves - shell.neck) * [1, 0, 1] * hanging
    out -= (out * along).sum(-1, keepdims=True) * along
    out /= np.maximum(np.linalg.norm(out, axis=2, keepdims=True), 1e-9)
    side = np.cross(along, out)
    twist = rng.normal(0, 0.22, (count, 1, 1))
    side = side * np.cos(twist) + out * np.sin(twist)
    share = np.linspace(0, 1, rows)[None, :, None]
    each = (width_m or growth.style.width_m) * scale * rng.uniform(0.7, 1.25, (count, 1, 1))
    width = each * np.interp(share, [0, 0.12, 0.6, 0.88, 1], [0.8, 1.05, 1.0, 0.75, 0.08])
    ridge = width * 0.15
    left = curves - side * width / 2
    right = curves + side * width / 2
    middle = curves + out * ridge
    places = np.stack([left, middle, right], 2).reshape(-1, 3)
    normals = np.stack([out - side * 0.5, out, out + side * 0.5], 2).reshape(-1, 3)
    normals /= np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-9)
    index = np.arange(count * rows * 3).reshape(count, rows, 3)
    a, b = index[:, :-1, :-1], index[:, :-1, 1:]
    c, d = index[:, 1:, 1:], index[:, 1:, :-1]
    triangles = np.concatenate([np.stack([a, b, c], -1), np.stack([a, c, d], -1)]).reshape(-1, 3)
    colour = _lock_colours(person, count, share, rng)
    depth = np.interp(share, [0, 0.25, 0.7, 1], [0.5, 0.72, 0.95, 1.0])
    bright = np.array([0.80, 1.0, 0.86])
    occlusion = np.broadcast_to(depth * bright, (count, rows, 3)).reshape(-1)
    colour = (colour[:, :, None, :] * bright[:, None]).reshape(-1, 3)
    patch = Patch(
        {"position": places, "weights": carried(places, shell, scale)},
        triangles,
    )
    if swing:
        patch = patch.having(swing=np.repeat(swing[1].reshape(count * rows, -1), 3, axis=0))
    patch = stuff(
        patch,
        colour=colour,
        surface=Surface.HAIR,
        roughness=0.6,
        occlusion=occlusion,
    )
    return Piece(patch, normals=normals.astype(np.float32), swing=swing[0] if swing else None)


def _lock_colours(person: Identity, count: int, share: Floats, rng: np.random.Generator) -> Floats:
    """Return (k, rows, 3): every lock its own shade, roots dark, tips light, some grey."""
    shade = np.exp(rng.normal(0, 0.11, (count, 1, 1)))
    warm = 1 + rng.normal(0, 0.04, (count, 1, 3))
    # Light hair shades less towards its roots than dark hair does.
    pale = float(np.clip(brightness(person.hair) * 2.2, 0, 1))
    ramp = np.interp(share, [0, 0.2, 0.65, 1], [0.66, 0.9, 1.0, 1.12])
    ramp = ramp + 0.65 * pale * (1 - ramp)
    colour = person.hair[None, None] * shade * warm * ramp
    if person.years == "elder":
        grey = (rng.random((count, 1, 1)) < 0.3) * 0.35
        colour = colour * (1 - grey) + np.array([0.5, 0.49, 0.48]) * ramp * grey
    return np.asarray(np.clip(colour, 0.002, 1))


def following(curves: Floats, full_m: float) -> Floats:
    """Return how freely the points of guides (k, rows, 3) swing, (k, rows) 0..1: `full_m` out."""
    steps = np.linalg.norm(np.diff(curves, axis=1), axis=2)
    far = np.concatenate([np.zeros((len(curves), 1)), np.cumsum(steps, 1)], 1)
    share = np.clip((far - 0.03) / full_m, 0, 1)
    return np.asarray(share * share * (3 - 2 * share))


def loose(curves: Floats, growth: Growth) -> tuple[Swing, Floats] | None:
    """Let long guides (k, rows, 3) swing in five strands, from cheek to cheek behind the head."""
    if growth.style.length_m < SWINGS_M or growth.detail == "far":
        return None
    shell, scale = growth.shell, growth.scale
    ends = curves[:, -1]
    around = np.arctan2(ends[:, 0] - shell.centre[0], -(ends[:, 2] - shell.neck[2]))
    share = fan(around, HANGS_AT)
    strands = []
    for index, angle in enumerate(HANGS_AT):
        own = share[:, index] * (ends[:, 1] < shell.centre[1])
        out = np.array([np.sin(angle), 0.0, -np.cos(angle)])
        pivot = shell.centre + out * [0.075, 0, 0.085] * scale
        low = ends[share[:, index] > 0.5, 1] if (share[:, index] > 0.5).any() else ends[:, 1]
        tip = shell.neck * [0, 0, 1] + out * 0.09 * scale
        if own.sum() > 1e-3:
            tip = (ends * own[:, None]).sum(0) / own.sum()
        tip = np.array([tip[0], min(float(low.mean()), pivot[1] - 0.08), tip[2]])
        strands.append(
            Strand(
                LONG_HAIR,
                pivot,
                tip,
                carried(pivot[None], shell, scale)[0],
                carried(tip[None], shell, scale)[0],
                out,
            )
        )
    free = following(curves, 0.5 * growth.style.length_m * scale)
    # What lies before the shoulders rests on them.
    free = free * np.clip(1.15 - np.abs(around) / 2.2, 0.25, 1)[:, None]
    return Swing(tuple(strands)), free[:, :, None] * share[:, None, :] * 0.85


def tied(anchor: Floats, curves: Floats, growth: Growth) -> tuple[Swing, Floats] | None:
    """Let what hangs from a tie swing about it as one strand."""
    if growth.detail == "far":
        return None
    shell, scale = growth.shell, growth.scale
    tip = curves[:, -1].mean(0)
    out = (tip - shell.neck) * [1, 0, 1]
    out = np.array([0.0, 0.0, -1.0]) if np.linalg.norm(out) < 1e-6 else out / np.linalg.norm(out)
    strand = Strand(
        TIED_HAIR,
        anchor,
        tip,
        carried(anchor[None], shell, scale)[0],
        carried(tip[None], shell, scale)[0],
        out,
    )
    free = following(curves, 0.6 * growth.style.length_m * scale)
    return Swing((strand,)), free[:, :, None] * 0.95


def carried(places: Floats, shell: Shell, scale: float) -> npt.NDArray[np.float32]:
    """Let hair go with the head, and what lies on the shoulders more and more with the chest."""
    body = anatomy()
    weights = np.zeros((len(places), len(body.bone_names)), np.float32)
    low = np.clip((shell.shoulder_y + 0.06 * scale - places[:, 1]) / (0.16 * scale), 0, 1)
    low = low * low * (3 - 2 * low) * 0.85
    neck = 0.35 * low * (1 - low) * 4 * 0.5
    weights[:, body.bone("spine_03")] = low * (1 - 0.3)
    weights[:, body.bone("neck_01")] = neck + low * 0.3
    weights[:, body.bone("head")] = np.clip(1 - weights.sum(1), 0, 1)
    return np.asarray(weights / weights.sum(1, keepdims=True))

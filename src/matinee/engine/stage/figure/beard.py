"""Beards and moustaches: short locks that move with the jaw."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.geometry import smooth_normals

from .anatomy import anatomy
from .head import face_triangles, pinned, unit_deltas
from .locks import Growth, ribbons
from .piece import Piece
from .scalp import shell_of
from .skin import beard_area, moustache_area
from .styles import Style

if TYPE_CHECKING:
    import numpy.typing as npt

    from .anatomy import Detail
    from .identity import Identity


def grown(
    points: npt.NDArray[np.float32], person: Identity, detail: Detail, seed: int
) -> list[Piece]:
    """Grow a beard or a moustache: short locks that move with the jaw."""
    if person.facial_hair not in ("beard", "moustache") or person.years in ("child", "teen"):
        return []
    rng = np.random.default_rng([seed, 0x62656172])
    full = person.facial_hair == "beard"
    body = anatomy()
    triangles = face_triangles()
    middle = body.canonical[triangles].mean(1)
    area = moustache_area(middle)
    if full:
        area = np.maximum(area, beard_area(middle))
    corners = body.canonical[triangles].astype(np.float64)
    size = np.linalg.norm(
        np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), axis=1
    )
    lips = body.masks["lips"][triangles].max(1) < 0.2
    odds = size * (area > 0.35) * lips
    count = (420 if full else 110) // (3 if detail == "far" else 1)
    chosen = rng.choice(len(triangles), count, p=odds / odds.sum())
    shares = rng.dirichlet((1, 1, 1), count)
    vertices = triangles[chosen]
    root = (points[vertices] * shares[:, :, None]).sum(1).astype(np.float64)
    home = (body.canonical[vertices] * shares[:, :, None]).sum(1)
    normals = smooth_normals(points, triangles.astype(np.uint32))
    out = (normals[vertices] * shares[:, :, None]).sum(1)
    upper = moustache_area(home) > 0.35
    aside = (
        np.sign(home[:, 0])[:, None] * np.array([1.0, 0, 0]) * np.where(upper, 0.9, 0.15)[:, None]
    )
    way = out * 0.55 + aside + np.array([0, -0.75, 0.1]) + rng.normal(0, 0.12, (count, 3))
    way /= np.linalg.norm(way, axis=1, keepdims=True)
    chin = np.exp(-((np.abs(home[:, 0]) / 0.35) ** 2)) * (home[:, 1] < 6.45)
    length = np.where(upper, 0.013, 0.015 + 0.014 * chin) * rng.uniform(0.7, 1.2, count)
    rows = 5
    along = np.linspace(0, 1, rows)[None, :, None]
    fall = np.array([0, -1.0, 0]) * along**2 * 0.35
    curves = (
        root[:, None] - out[:, None] * 0.001 + (way[:, None] * along + fall) * length[:, None, None]
    )
    shell = shell_of(points.astype(np.float64))
    style = Style(width_m=0.013 if detail == "far" else 0.0075)
    piece = ribbons(curves, Growth(person, style, shell, 1.0, detail, rng))
    deltas = np.stack([pinned(each, vertices, shares.astype(np.float32)) for each in unit_deltas()])
    weights = np.zeros_like(piece.patch["weights"])
    weights[:, body.bone("head")] = 1
    return [
        Piece(
            piece.patch.having(weights=weights), np.repeat(deltas, rows * 3, axis=1), piece.normals
        )
    ]

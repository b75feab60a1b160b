"""Pieces: surfaces ready to be sewn into one rigged mesh, and the sewing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from matinee.engine.render.geometry import Mesh, Rigged, Surface, smooth_normals

from .patch import Patch

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from .anatomy import Anatomy
    from .strand import Strand, Swing

Floats: TypeAlias = "npt.NDArray[np.floating]"
Ints: TypeAlias = "npt.NDArray[np.int64]"

WIDTHS = {"colour": 3, "surface": 1, "roughness": 1, "emission": 1, "occlusion": 1}


@dataclass(frozen=True, eq=False)
class Piece:
    """A patch with position (n, 3) metres, weights (n, j), and what it is made of.

    Rows: position, weights, colour (linear), surface, roughness, emission, occlusion.
    deltas (k, m, 3) metres, one slice per face unit, of the m vertices that `moved` names, or of
    all without it; None when no face unit moves the piece.
    What swings has strands and a row `swing` (n, s) that says how much each vertex follows them.
    """

    patch: Patch
    deltas: Floats | None = None
    normals: Floats | None = None
    swing: Swing | None = None
    moved: Ints | None = None


def stuff(
    patch: Patch,
    *,
    colour: npt.ArrayLike,
    surface: Surface | npt.ArrayLike,
    roughness: npt.ArrayLike,
    emission: npt.ArrayLike = 0.0,
    occlusion: npt.ArrayLike = 1.0,
) -> Patch:
    """Say what a patch is made of; each property is one value or one per vertex."""
    given = {
        "colour": colour,
        "surface": np.asarray(surface, np.float32),
        "roughness": roughness,
        "emission": emission,
        "occlusion": occlusion,
    }
    rows = {}
    for name, value in given.items():
        column = np.asarray(value, np.float32)
        if WIDTHS[name] == 1 and column.ndim == 1:
            column = column[:, None]
        rows[name] = np.broadcast_to(column, (len(patch), WIDTHS[name])).copy()
    return patch.having(**rows)


def of_body(body: Anatomy, points: Floats, triangles: Ints) -> Patch:
    """Return a patch over all vertices of the body: points (v, 3) metres, canonical space, arms."""
    return Patch(
        {
            "position": points,
            "canonical": body.canonical,
            "weights": body.weights,
            "arm": body.arm[:, None],
            "arm_share": body.arm_share[:, None],
        },
        triangles,
    )


def rigid(positions: npt.ArrayLike, triangles: npt.ArrayLike, bone: int, bones: int) -> Patch:
    """Return a patch that follows one bone."""
    points = np.asarray(positions, np.float32)
    weights = np.zeros((len(points), bones), np.float32)
    weights[:, bone] = 1
    return Patch({"position": points, "weights": weights}, np.asarray(triangles, np.int64))


def strands_of(pieces: Sequence[Piece]) -> tuple[Strand, ...]:
    """Return the strands of all pieces, in the order of their bones behind those of the body."""
    swings = dict.fromkeys(piece.swing for piece in pieces if piece.swing)
    return tuple(strand for swing in swings for strand in swing.strands)


def _weights(pieces: Sequence[Piece]) -> Floats:
    """Return how every vertex of all pieces follows the bones and then the strands, (n, j + s)."""
    swings = dict.fromkeys(piece.swing for piece in pieces if piece.swing)
    bones = pieces[0].patch["weights"].shape[1]
    places, end = {}, bones
    for swing in swings:
        places[swing] = slice(end, end + len(swing.strands))
        end += len(swing.strands)
    parts = []
    for piece in pieces:
        weights = np.zeros((len(piece.patch), end), np.float32)
        weights[:, :bones] = piece.patch["weights"]
        if piece.swing:
            follows = piece.patch["swing"]
            weights[:, :bones] *= 1 - follows.sum(1, keepdims=True)
            weights[:, places[piece.swing]] = follows
        parts.append(weights)
    return np.concatenate(parts)


def sewn(pieces: Sequence[Piece], unit_names: tuple[str, ...]) -> Rigged:
    """Join pieces into one rigged mesh that bends with four bones a vertex.

    Behind the bones of the body come those of `strands_of` the pieces.
    """
    firsts = np.cumsum([0, *(len(piece.patch) for piece in pieces)])
    triangles = [
        piece.patch.triangles + first for piece, first in zip(pieces, firsts, strict=False)
    ]

    def column(name: str) -> Floats:
        return np.concatenate([piece.patch[name] for piece in pieces]).astype(np.float32)

    weights = _weights(pieces)
    joints = np.argpartition(-weights, 4, axis=1)[:, :4]
    strongest = np.take_along_axis(weights, joints, 1)
    order = np.argsort(-strongest, axis=1, kind="stable")
    joints = np.take_along_axis(joints, order, 1)
    strongest = np.take_along_axis(strongest, order, 1)
    strongest /= np.maximum(strongest.sum(1, keepdims=True), 1e-9)
    deltas, moved = [np.zeros((len(unit_names), 0, 3), np.float32)], [np.zeros(0, np.int64)]
    normals = []
    for piece, first in zip(pieces, firsts, strict=False):
        patch = piece.patch
        if piece.deltas is not None:
            deltas.append(piece.deltas.astype(np.float32))
            moved.append(first + (np.arange(len(patch)) if piece.moved is None else piece.moved))
        own = piece.normals
        if own is None:
            own = smooth_normals(patch["position"], patch.triangles.astype(np.uint32))
        normals.append(own)
    count = int(firsts[-1])
    mesh = Mesh(
        positions=column("position"),
        normals=np.concatenate(normals).astype(np.float32),
        albedo=np.clip(column("colour"), 0, 1),
        surface=np.round(column("surface")[:, 0]).astype(np.uint8),
        roughness=np.clip(column("roughness")[:, 0], 0.02, 1),
        emission=column("emission")[:, 0],
        occlusion=np.clip(column("occlusion")[:, 0], 0, 1),
        light=np.zeros((count, 3), np.float32),
        triangles=np.concatenate(triangles).astype(np.uint32),
    )
    return Rigged(
        mesh,
        joints.astype(np.uint8),
        strongest.astype(np.float32),
        unit_names,
        np.concatenate(deltas, axis=1),
        np.concatenate(moved),
    )

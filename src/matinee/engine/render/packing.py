"""Meshes laid out the way the kernel reads them.

The static mesh is cut into clusters of neighbouring triangles, each with its own run of vertices,
so that what is out of sight costs nothing. Moving meshes are one cluster each.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from matinee.engine.render import native
from matinee.engine.render.geometry import Mesh, Rigged, merged
from matinee.engine.render.textures import surface_noise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matinee.engine.render.geometry import Triangles, Vectors
    from matinee.engine.render.sheet import PhotoSheet

CLUSTER_TRIANGLES = 384
MORPH_SMALLEST_M = 1e-6


@dataclass
class PackedGeometry:
    """The kernel's view of all meshes, and the arrays it points into, kept alive together."""

    struct: native.Geometry
    morph_counts: tuple[int, ...]
    bone_counts: tuple[int, ...]
    arrays: list[Any] = field(default_factory=list)

    @property
    def pointer(self) -> int:
        """The address of the structure."""
        return ctypes.addressof(self.struct)


def _spread_bits(values: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Put two empty bits between the ten lowest bits of each value."""
    v = values & np.uint64(0x3FF)
    v = (v | (v << np.uint64(16))) & np.uint64(0x30000FF)
    v = (v | (v << np.uint64(8))) & np.uint64(0x300F00F)
    v = (v | (v << np.uint64(4))) & np.uint64(0x30C30C3)
    return np.asarray((v | (v << np.uint64(2))) & np.uint64(0x9249249))


def _along_z_curve(positions: Vectors, triangles: Triangles) -> npt.NDArray[np.intp]:
    """Return an order of the triangles in which neighbours in space follow each other (Morton)."""
    centres = positions[triangles].mean(axis=1)
    low = centres.min(axis=0)
    size = max(float((centres.max(axis=0) - low).max()), 1e-6)
    grid = np.clip((centres - low) / size * 1023.0, 0, 1023).astype(np.uint64)
    code = _spread_bits(grid[:, 0])
    code |= _spread_bits(grid[:, 1]) << np.uint64(1)
    code |= _spread_bits(grid[:, 2]) << np.uint64(2)
    return np.asarray(np.argsort(code, kind="stable"))


def _attributes(mesh: Mesh) -> npt.NDArray[np.float32]:
    """Return (n, 16) rows in the order of the kernel's AT_ constants."""
    rows = np.zeros((mesh.vertex_count, 16), np.float32)
    rows[:, 0:3] = mesh.normals
    rows[:, 3] = mesh.occlusion
    rows[:, 4:7] = mesh.albedo
    rows[:, 7] = mesh.roughness
    rows[:, 8:11] = mesh.light
    rows[:, 11] = mesh.emission
    rows[:, 12:15] = mesh.positions
    axis = np.argmax(np.abs(mesh.normals) * np.array([1.0, 1.15, 1.0]), axis=1)
    rows[:, 15] = mesh.surface.astype(np.float32) + 32.0 * axis
    return rows


def _clustered(mesh: Mesh) -> Clustered:
    """Return which vertex stands at each new place, the triangles, and the clusters."""
    order = _along_z_curve(mesh.positions, mesh.triangles)
    vertices: list[npt.NDArray[np.int64]] = []
    triangles: list[npt.NDArray[np.uint32]] = []
    clusters: list[native.Cluster] = []
    first_vertex = 0
    for first in range(0, len(order), CLUSTER_TRIANGLES):
        corners = mesh.triangles[order[first : first + CLUSTER_TRIANGLES]]
        used, places = np.unique(corners, return_inverse=True)
        triangles.append((places.reshape(-1, 3) + first_vertex).astype(np.uint32))
        vertices.append(used.astype(np.int64))
        points = mesh.positions[used]
        clusters.append(
            native.Cluster(
                low=tuple(points.min(axis=0)),
                high=tuple(points.max(axis=0)),
                first_vertex=first_vertex,
                vertex_count=len(used),
                first_triangle=first,
                triangle_count=len(corners),
                part=1,
            )
        )
        first_vertex += len(used)
    return np.concatenate(vertices), np.concatenate(triangles), clusters


MorphRows: TypeAlias = tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], npt.NDArray[np.float32]]
Clustered: TypeAlias = tuple[npt.NDArray[np.int64], "Triangles", list[native.Cluster]]
# The same set and the same people come back in every shot of a film.
_morph_rows_of: WeakKeyDictionary[Rigged, MorphRows] = WeakKeyDictionary()
_clustered_of: WeakKeyDictionary[Mesh, Clustered] = WeakKeyDictionary()


def _across(positions: Vectors, triangles: Triangles) -> npt.NDArray[np.float64]:
    """Return the normal of every triangle, as long as twice its area."""
    corners = positions[triangles].astype(np.float64)
    return np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])


def _unit(vectors: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(length, 1e-30))


def _summed(
    places: npt.NDArray[np.integer[Any]], values: npt.NDArray[np.float64], count: int
) -> npt.NDArray[np.float64]:
    """Return (count, 3): the sum of the rows of `values` that belong to each place."""
    return np.stack([np.bincount(places, values[:, k], minlength=count) for k in range(3)], axis=1)


def _morph_rows(rigged: Rigged) -> MorphRows:
    """Return where each morph's rows start, which vertex each row moves, and by how much.

    A row is (dx, dy, dz) of the position and of the normal; the normal's is the difference that the
    whole morph makes, so that a half-open mouth is shaded half-way. Only triangles that a morph
    touches are looked at.
    """
    starts = [0]
    vertices: list[npt.NDArray[np.int32]] = [np.zeros(0, np.int32)]
    deltas: list[npt.NDArray[np.float32]] = [np.zeros((0, 6), np.float32)]
    positions, triangles = rigged.mesh.positions, rigged.mesh.triangles
    across = _across(positions, triangles)
    around = _summed(triangles.T.ravel(), np.tile(across, (3, 1)), len(positions))
    ever = np.zeros(len(positions), bool)
    ever[rigged.morphed] = True
    touched = np.flatnonzero(ever[triangles].any(axis=1))
    # Only these vertices are gone through once a morph, by their numbers among themselves.
    those, numbered = np.unique(triangles[touched], return_inverse=True)
    corners: Triangles = numbered.reshape(-1, 3).astype(np.uint32)
    across = across[touched]
    positions, around, place = (
        positions[those],
        around[those],
        np.searchsorted(those, rigged.morphed),
    )
    first, second, third = (np.ascontiguousarray(corners[:, k]) for k in range(3))
    delta, moved = np.zeros_like(positions), np.zeros(len(those), bool)
    number = np.zeros(len(those), np.int64)
    for own in rigged.morph_deltas:
        # Column by column: NumPy reduces an axis of three slowly.
        far = np.abs(own) > MORPH_SMALLEST_M
        delta[place], moved[place] = own, far[:, 0] | far[:, 1] | far[:, 2]
        near = np.flatnonzero(moved[first] | moved[second] | moved[third])
        seen = np.zeros(len(those), bool)
        seen[corners[near]] = True
        chosen = np.flatnonzero(seen)
        number[chosen] = np.arange(len(chosen))
        change = _across((positions + delta).astype(np.float32), corners[near]) - across[near]
        local = number[corners[near]]
        gained = _summed(local.T.ravel(), np.tile(change, (3, 1)), len(chosen))
        turn = _unit(around[chosen] + gained) - _unit(around[chosen])
        vertices.append(those[chosen].astype(np.int32))
        deltas.append(np.hstack([delta[chosen], turn]).astype(np.float32))
        starts.append(starts[-1] + len(chosen))
    return np.array(starts, np.int32), np.concatenate(vertices), np.concatenate(deltas)


def pack(
    static: Mesh,
    rigid: Sequence[Mesh],
    rigged: Sequence[Rigged],
    sheet: PhotoSheet | None = None,
) -> PackedGeometry:
    """Lay out all meshes; part numbers are 1 for static, then one per rigid, one per rigged."""
    keep: list[Any] = []

    def address(array: npt.NDArray[Any]) -> int:
        """Keep an array, starting on a cache line and with room for a vector past its end."""
        flat = np.ascontiguousarray(array)
        room = np.zeros(flat.nbytes + 192, np.uint8)
        start = -room.ctypes.data % 64
        room[start : start + flat.nbytes] = flat.reshape(-1).view(np.uint8)
        keep.append(room)
        return int(room.ctypes.data) + start

    clusters: list[native.Cluster] = []
    order = np.zeros(0, np.int64)
    triangles = np.zeros((0, 3), np.uint32)
    if static.triangle_count:
        if static not in _clustered_of:
            _clustered_of[static] = _clustered(static)
        order, triangles, found = _clustered_of[static]
        clusters = list(found)
    static_count, static_clusters = len(order), len(clusters)
    moving = [*rigid, *(person.mesh for person in rigged)]
    all_triangles = [triangles]
    vertex, first_triangle = static_count, len(triangles)
    rigs = (native.Rig * max(len(rigged), 1))()
    for number, mesh in enumerate(moving):
        clusters.append(
            native.Cluster(
                first_vertex=vertex,
                vertex_count=mesh.vertex_count,
                first_triangle=first_triangle,
                triangle_count=mesh.triangle_count,
                part=2 + number,
            )
        )
        if number >= len(rigid):
            person = rigged[number - len(rigid)]
            if person not in _morph_rows_of:
                _morph_rows_of[person] = _morph_rows(person)
            starts, rows, deltas = _morph_rows_of[person]
            rigs[number - len(rigid)] = native.Rig(
                first_vertex=vertex,
                vertex_count=mesh.vertex_count,
                morph_count=len(person.morph_names),
                rest_positions=address(mesh.positions),
                rest_normals=address(mesh.normals),
                joints=address(person.joints),
                weights=address(person.weights),
                morph_start=address(starts),
                morph_vertices=address(rows),
                morph_deltas=address(deltas),
            )
        all_triangles.append(mesh.triangles + np.uint32(vertex))
        vertex += mesh.vertex_count
        first_triangle += mesh.triangle_count
    joined, dynamic = merged(list(rigid)), merged(moving)
    static_points = static.positions[order]
    cluster_array = (native.Cluster * max(len(clusters), 1))(*clusters)
    keep += [cluster_array, rigs]
    struct = native.Geometry(
        static_vertices=static_count,
        vertices=vertex,
        triangles=first_triangle,
        static_clusters=static_clusters,
        rigid_count=len(rigid),
        rigged_count=len(rigged),
        x=address(static_points[:, 0]),
        y=address(static_points[:, 1]),
        z=address(static_points[:, 2]),
        attributes=address(_attributes(static)[order]),
        dynamic_attributes=address(_attributes(dynamic)),
        triangle_vertices=address(np.concatenate(all_triangles)),
        clusters=ctypes.addressof(cluster_array),
        rigid_positions=address(joined.positions),
        rigid_normals=address(joined.normals),
        rigs=ctypes.addressof(rigs),
        noise=address(surface_noise()),
        sheet=None if sheet is None else address(sheet.texels),
        sheet_size=1 if sheet is None else sheet.size,
        sheet_levels=1 if sheet is None else sheet.levels,
    )
    return PackedGeometry(
        struct=struct,
        morph_counts=tuple(len(person.morph_names) for person in rigged),
        bone_counts=tuple(
            int(person.joints.max()) + 1 if person.joints.size else 0 for person in rigged
        ),
        arrays=keep,
    )

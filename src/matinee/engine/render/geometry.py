"""Meshes: what the renderer can draw.

World space is right-handed with Y up, in metres. Triangles run counter-clockwise seen from
outside. Colours are linear RGB. Every array is one row per vertex unless it says otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

Scalars: TypeAlias = np.ndarray[tuple[int], np.dtype[np.float32]]
"""(n,) float32."""
Vectors: TypeAlias = np.ndarray[tuple[int, int], np.dtype[np.float32]]
"""(n, 3) float32, or (n, 4) for skin weights."""
Bytes: TypeAlias = np.ndarray[tuple[int], np.dtype[np.uint8]]
"""(n,) uint8."""
JointIndices: TypeAlias = np.ndarray[tuple[int, int], np.dtype[np.uint8]]
"""(n, 4) uint8."""
Triangles: TypeAlias = np.ndarray[tuple[int, int], np.dtype[np.uint32]]
"""(m, 3) uint32 vertex indices."""
MorphDeltas: TypeAlias = np.ndarray[tuple[int, int, int], np.dtype[np.float32]]
MorphedVertices: TypeAlias = np.ndarray[tuple[int], np.dtype[np.int64]]
"""(k, n, 3) float32."""


class Surface(IntEnum):
    """What a vertex is made of: decides procedural detail and how light leaves it.

    FACADE draws windows, of which a share glows (`Atmosphere.lit_windows`). FOLIAGE and SNOW let
    light through. PAINT is glossy plastic or car paint, CLAY
    is plasticine with finger prints. WATER ripples and mirrors what stands
    above it when the renderer was made with `mirror_ground`. SCREEN shines with its own colour.
    PHOTO has a photograph as its albedo. BACKDROP shows a photograph as it is, by the share of
    `Mesh.emission`; the rest of it falls with the light, so that shadows fall on it. The albedo of
    both is a place in the renderer's `PhotoSheet` and how dense the photograph lies there.
    """

    PLAIN = 0
    STONE = 1
    SAND = 2
    EARTH = 3
    GRASS = 4
    FOLIAGE = 5
    WOOD = 6
    PLASTER = 7
    BRICK = 8
    TILES = 9
    ASPHALT = 10
    FACADE = 11
    CLOTH = 12
    SKIN = 13
    HAIR = 14
    EYE = 15
    METAL = 16
    GLASS = 17
    WATER = 18
    SCREEN = 19
    SNOW = 20
    PAINT = 21
    CLAY = 22
    PHOTO = 23
    BACKDROP = 24


@dataclass(frozen=True, eq=False)
class Mesh:
    """Triangles with everything the kernel needs to know about their vertices.

    positions (n, 3) metres; normals (n, 3) unit; albedo (n, 3) linear 0..1; surface (n,) of
    `Surface`; roughness (n,) 0..1; emission (n,) 0..16, where the light given off is
    albedo * emission; occlusion (n,) 0..1, 1 is open sky; light (n, 3) baked irradiance, in the
    unit of `Sun.radiance`; triangles (m, 3). Raises ValueError when shapes disagree.
    """

    positions: Vectors
    normals: Vectors
    albedo: Vectors
    surface: Bytes
    roughness: Scalars
    emission: Scalars
    occlusion: Scalars
    light: Vectors
    triangles: Triangles

    def __post_init__(self) -> None:
        """Refuse arrays that do not fit together, before the kernel reads past an end."""
        count = len(self.positions)
        for name, width in _ROWS.items():
            shape = getattr(self, name).shape
            if shape != ((count, width) if width else (count,)):
                message = f"Mesh.{name} has shape {shape} beside {count} positions"
                raise ValueError(message)
        if self.triangles.ndim != 2 or self.triangles.shape[1] != 3:
            message = f"Mesh.triangles has shape {self.triangles.shape}, not (m, 3)"
            raise ValueError(message)
        if self.triangles.size and int(self.triangles.max()) >= count:
            message = f"Mesh.triangles names vertex {int(self.triangles.max())} of {count}"
            raise ValueError(message)

    @property
    def vertex_count(self) -> int:
        """How many vertices the mesh has."""
        return len(self.positions)

    @property
    def triangle_count(self) -> int:
        """How many triangles the mesh has."""
        return len(self.triangles)

    def transformed(self, matrix: npt.NDArray[np.floating]) -> Mesh:
        """Return the mesh moved by an affine (4, 4) or (3, 4) matrix, acting on columns.

        Normals take the inverse transpose; a mirroring matrix also turns the triangles round, so
        that they stay counter-clockwise from outside.
        """
        linear = np.asarray(matrix, np.float64)[:3, :3]
        offset = np.asarray(matrix, np.float64)[:3, 3]
        turned = self.normals @ np.linalg.inv(linear)
        length = np.linalg.norm(turned, axis=1, keepdims=True)
        triangles = self.triangles if np.linalg.det(linear) > 0 else self.triangles[:, [0, 2, 1]]
        return replace(
            self,
            positions=(self.positions @ linear.T + offset).astype(np.float32),
            normals=(turned / np.maximum(length, 1e-12)).astype(np.float32),
            triangles=np.ascontiguousarray(triangles),
        )

    def with_occlusion(self, occlusion: npt.NDArray[np.floating]) -> Mesh:
        """Return the mesh with baked ambient occlusion, (n,) 0..1 where 1 is open."""
        return replace(self, occlusion=np.asarray(occlusion, np.float32))

    def with_light(self, light: npt.NDArray[np.floating]) -> Mesh:
        """Return the mesh with baked irradiance, (n, 3) in the unit of `Sun.radiance`."""
        return replace(self, light=np.asarray(light, np.float32))


_ROWS = {
    "positions": 3,
    "normals": 3,
    "albedo": 3,
    "surface": 0,
    "roughness": 0,
    "emission": 0,
    "occlusion": 0,
    "light": 3,
}


@dataclass(frozen=True, eq=False)
class Rigged:
    """A mesh that bends: a person.

    joints (n, 4) indices of the bones that move a vertex; weights (n, 4) summing to 1;
    morph_deltas (k, m, 3) metres in the rest pose, one slice per name, added before the bones act
    to the m vertices that `morphed` names, each once: a face is a small part of somebody.
    """

    mesh: Mesh
    joints: JointIndices
    weights: Vectors
    morph_names: tuple[str, ...] = ()
    morph_deltas: MorphDeltas = field(default_factory=lambda: np.zeros((0, 0, 3), np.float32))
    morphed: MorphedVertices = field(default_factory=lambda: np.zeros(0, np.int64))

    def __post_init__(self) -> None:
        """Refuse arrays that do not fit the mesh."""
        count = self.mesh.vertex_count
        if self.joints.shape != (count, 4) or self.weights.shape != (count, 4):
            message = (
                f"Rigged joints {self.joints.shape} and weights {self.weights.shape} "
                f"must both be ({count}, 4)"
            )
            raise ValueError(message)
        names = len(self.morph_names)
        if self.morph_deltas.shape != (names, len(self.morphed), 3):
            message = (
                f"Rigged has {names} morph names of {len(self.morphed)} vertices for deltas "
                f"{self.morph_deltas.shape}"
            )
            raise ValueError(message)


def mesh(
    positions: npt.ArrayLike,
    triangles: npt.ArrayLike,
    *,
    albedo: npt.ArrayLike,
    surface: Surface | npt.ArrayLike = Surface.PLAIN,
    roughness: npt.ArrayLike = 0.8,
    emission: npt.ArrayLike = 0.0,
    normals: npt.ArrayLike | None = None,
    shading: Literal["smooth", "flat"] = "smooth",
) -> Mesh:
    """Make a mesh; every attribute is one value for all vertices or one per vertex.

    Without `normals` they are computed: "smooth" averages the triangles around a vertex by area,
    "flat" gives every triangle its own three vertices. Occlusion starts at 1, light at 0.
    """
    points = np.asarray(positions, np.float32).reshape(-1, 3)
    corners = np.asarray(triangles, np.uint32).reshape(-1, 3)
    count = len(points)
    rows: list[npt.NDArray[Any]] = [
        np.broadcast_to(np.asarray(albedo, np.float32), (count, 3)),
        np.broadcast_to(np.asarray(surface, np.uint8), (count,)),
        np.broadcast_to(np.asarray(roughness, np.float32), (count,)),
        np.broadcast_to(np.asarray(emission, np.float32), (count,)),
    ]
    if normals is None and shading == "flat":
        order = corners.ravel()
        points, rows = points[order], [row[order] for row in rows]
        corners = np.arange(len(order), dtype=np.uint32).reshape(-1, 3)
        count = len(points)
    facing = (
        smooth_normals(points, corners)
        if normals is None
        else np.broadcast_to(np.asarray(normals, np.float32), (count, 3))
    )
    return Mesh(
        positions=np.ascontiguousarray(points),
        normals=np.ascontiguousarray(facing),
        albedo=np.ascontiguousarray(rows[0]),
        surface=np.ascontiguousarray(rows[1]),
        roughness=np.ascontiguousarray(rows[2]),
        emission=np.ascontiguousarray(rows[3]),
        occlusion=np.ones(count, np.float32),
        light=np.zeros((count, 3), np.float32),
        triangles=np.ascontiguousarray(corners),
    )


def smooth_normals(positions: Vectors, triangles: Triangles) -> Vectors:
    """Average the normals of the triangles around each vertex, weighted by area: (n, 3) unit."""
    corners = positions[triangles]
    across = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    total = np.zeros((len(positions), 3), np.float64)
    for corner in range(3):
        for axis in range(3):
            total[:, axis] += np.bincount(
                triangles[:, corner], across[:, axis], minlength=len(positions)
            )
    length = np.linalg.norm(total, axis=1, keepdims=True)
    up = np.array([0.0, 1.0, 0.0])
    return np.where(length > 0, total / np.maximum(length, 1e-30), up).astype(np.float32)


def merged(meshes: Sequence[Mesh]) -> Mesh:
    """Join meshes into one, in order; no meshes give an empty one."""
    if not meshes:
        return mesh(np.zeros((0, 3)), np.zeros((0, 3)), albedo=(0.5, 0.5, 0.5))
    first_vertex = np.cumsum([0, *(part.vertex_count for part in meshes)])
    joined: dict[str, npt.NDArray[Any]] = {
        name: np.concatenate([getattr(part, name) for part in meshes]) for name in _ROWS
    }
    triangles = [
        part.triangles + np.uint32(first) for part, first in zip(meshes, first_vertex, strict=False)
    ]
    return Mesh(**joined, triangles=np.concatenate(triangles).astype(np.uint32))

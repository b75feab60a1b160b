"""Bodies from outlines: a matte is inflated to a closed relief that carries its photograph.

How thick a thing is cannot be seen in one picture; it is assumed. Round things get circular
sections, flat ones the thickness of a board with soft edges, all others something between.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from matinee.engine.pictures.planes import depth_within, resized
from matinee.engine.render.geometry import Surface, mesh, smooth_normals
from matinee.engine.render.sheet import photo_mesh_colours

if TYPE_CHECKING:
    import numpy.typing as npt

    from matinee.engine.pictures.planes import Mask, Plane
    from matinee.engine.render.geometry import Mesh

Build: TypeAlias = Literal["round", "flat", "full"]
Points: TypeAlias = "npt.NDArray[np.float64]"

CELLS = 120
"""Cells along the longer side of a relief."""
FULLNESS = {"round": 1.0, "full": 0.5}
BOARD_SHARE, BOARD_EDGE = 0.055, 0.5
_LEVEL = 0.5
# Marching squares: for every way the corners of a cell can lie inside (bit 1 upper left, 2 upper
# right, 4 lower right, 8 lower left) the polygons round what is inside. 0 to 3 are the corners in
# that order, 4 to 7 the crossings of the upper, right, lower and left side.
_POLYGONS: dict[int, tuple[tuple[int, ...], ...]] = {
    1: ((0, 4, 7),),
    2: ((4, 1, 5),),
    3: ((0, 1, 5, 7),),
    4: ((5, 2, 6),),
    5: ((0, 4, 5, 2, 6, 7),),
    6: ((4, 1, 2, 6),),
    7: ((0, 1, 2, 6, 7),),
    8: ((7, 6, 3),),
    9: ((0, 4, 6, 3),),
    10: ((4, 1, 5, 6, 3, 7),),
    11: ((0, 1, 5, 6, 3),),
    12: ((7, 5, 2, 3),),
    13: ((0, 4, 5, 2, 3),),
    14: ((4, 1, 2, 3, 7),),
    15: ((0, 1, 2, 3),),
}


@dataclass(frozen=True, eq=False)
class Relief:
    """The front of a body over its outline, in pixels of the photograph.

    places (n, 2) are x and y from the upper left corner, depth (n,) is how far the surface stands
    out towards the viewer, rim (n,) says which vertices lie on the outline; triangles (m, 3) run
    counter-clockwise as the viewer sees them.
    """

    places: Points
    depth: npt.NDArray[np.float64]
    rim: npt.NDArray[np.bool_]
    triangles: npt.NDArray[np.uint32]


def raised(matte: Plane, build: Build, *, cells: int = CELLS) -> Relief:
    """Return the relief of a matte (h, w): triangulated along its outline, and inflated.

    `cells` is how finely, along the longer side.
    """
    height, width = matte.shape
    cell = max(height, width) / cells
    rows, columns = (max(round(side / cell), 3) for side in (height, width))
    coarse = np.pad(resized(matte, rows, columns), 1)
    triangulated = _triangulated(coarse)
    places, rim, triangles = triangulated
    depth = _depths(coarse >= _LEVEL, build)
    row, column = places[:, 1], places[:, 0]
    high = np.where(rim, _edge(depth, build), _sampled(depth, row, column))
    # From nodes of the padded grid to pixels: node 1 is the middle of the first cell.
    scale = np.array([width / columns, height / rows])
    return Relief((places - 0.5) * scale, high * float(scale.mean()), rim, triangles)


def body(relief: Relief, *, middle_px: tuple[float, float], metres_per_px: float) -> Mesh:
    """Return a closed body: the relief in front (+Z), its mirror image behind.

    Its vertices carry their places in the photograph.
    """
    count = len(relief.places)
    x = (relief.places[:, 0] - middle_px[0]) * metres_per_px
    y = (middle_px[1] - relief.places[:, 1]) * metres_per_px
    z = relief.depth * metres_per_px
    front = np.stack([x, y, z], axis=1)
    behind = front * np.array([1.0, 1.0, -1.0])
    tri = relief.triangles.astype(np.int64)
    # A thin rim is shared by both sides, so that the light goes round it.
    shared = relief.rim & (relief.depth < 1e-6)
    own = np.where(shared, np.arange(count), np.arange(count) + count)
    back = own[tri][:, ::-1]
    walls = _walls(tri, relief.rim & ~shared, count)
    triangles = np.concatenate([tri, back, walls]).astype(np.uint32)
    points = np.concatenate([front, behind]).astype(np.float32)
    normals = smooth_normals(points, triangles)
    places = np.concatenate([relief.places, relief.places])
    return mesh(
        points,
        triangles,
        albedo=photo_mesh_colours(places, 1.0 / metres_per_px),
        surface=Surface.PHOTO,
        roughness=0.62,
        normals=normals,
    )


def _walls(
    triangles: npt.NDArray[np.int64], rim: npt.NDArray[np.bool_], count: int
) -> npt.NDArray[np.int64]:
    """The edge of a board: a strip between the outlines of its front and its back."""
    if not rim.any():
        return np.zeros((0, 3), np.int64)
    edges = np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]])
    keys = np.sort(edges, axis=1)
    _, place, times = np.unique(keys, axis=0, return_inverse=True, return_counts=True)
    outer = edges[times[place.ravel()] == 1]
    a, b = outer[:, 0], outer[:, 1]
    return np.concatenate(
        [np.stack([b, a, a + count], axis=1), np.stack([b, a + count, b + count], axis=1)]
    )


def _edge(depth: Plane, build: Build) -> float:
    """How far the outline itself stands out: a board has an edge, other things taper to none."""
    return BOARD_EDGE * float(depth.max()) if build == "flat" else 0.0


def _depths(inside: Mask, build: Build) -> Plane:
    """Return how far the surface stands out over a mask, in cells."""
    if build == "flat":
        across = min(np.ptp(np.flatnonzero(inside.any(axis=k))) + 1 for k in (0, 1))
        thick = max(BOARD_SHARE * float(across), 0.6)
        near = np.clip(depth_within(inside) / thick, 0.0, 1.0)
        rounded = BOARD_EDGE + (1 - BOARD_EDGE) * np.sqrt(near * (2 - near))
        return np.asarray(thick * rounded, np.float32)
    if build == "round":
        return _turned(inside)
    # In a strip this is w^2 - x^2: its root is the section of a cylinder.
    return np.asarray(FULLNESS[build] * np.sqrt(_membrane(inside) * 0.5), np.float32)


def _turned(inside: Mask) -> Plane:
    """Return the depths of what was made on a wheel: it stands on a flat foot, and is open above.

    It is inflated as if it went on beyond both ends as it ends there.
    """
    rows = np.flatnonzero(inside.any(axis=1))
    first, last = int(rows[0]), int(rows[-1])
    step = min(2, (last - first) // 4)
    more = inside.shape[1] // 2
    whole = inside[first : last + 1].copy()
    whole[: step + 1], whole[len(whole) - step - 1 :] = whole[step], whole[len(whole) - 1 - step]
    longer = np.pad(whole, ((more, more), (1, 1)), mode="edge")
    longer[:, 0] = longer[:, -1] = False
    out = np.zeros(inside.shape, np.float32)
    depth = np.sqrt(_membrane(longer) * 0.5)[more : more + len(whole), 1:-1]
    out[first : last + 1] = np.where(inside[first : last + 1], depth, 0.0)
    return out


def _membrane(inside: Mask) -> Plane:
    """Solve laplace h = -4 within a mask, h = 0 outside: coarse first, then finer."""
    if max(inside.shape) > 24:
        half = inside[: inside.shape[0] // 2 * 2, : inside.shape[1] // 2 * 2]
        small = half[0::2, 0::2] & half[1::2, 0::2] & half[0::2, 1::2] & half[1::2, 1::2]
        start = resized(_membrane(small) * 4.0, *inside.shape)
    else:
        start = np.zeros(inside.shape, np.float32)
    high = np.where(inside, start, 0.0).astype(np.float64)
    for _ in range(160):
        around = np.zeros_like(high)
        around[1:] += high[:-1]
        around[:-1] += high[1:]
        around[:, 1:] += high[:, :-1]
        around[:, :-1] += high[:, 1:]
        high = np.where(inside, around * 0.25 + 1.0, 0.0)
    return high.astype(np.float32)


def _sampled(plane: Plane, row: Points, column: Points) -> Points:
    return np.asarray(plane[row.astype(int), column.astype(int)], np.float64)


def _triangulated(
    coarse: Plane,
) -> tuple[Points, npt.NDArray[np.bool_], npt.NDArray[np.uint32]]:
    """Triangulate where a plane is above one half: node places (x, y), the rim, triangles."""
    inside = coarse >= _LEVEL
    number: dict[tuple[int, int, int], int] = {}
    places: list[tuple[float, float]] = []
    rim: list[bool] = []
    triangles: list[tuple[int, int, int]] = []

    def vertex(row: int, column: int, point: int) -> int:
        key, place = _key_and_place(coarse, row, column, point)
        if key not in number:
            number[key] = len(places)
            places.append(place)
            rim.append(point > 3)
        return number[key]

    case = (
        inside[:-1, :-1] * 1 + inside[:-1, 1:] * 2 + inside[1:, 1:] * 4 + inside[1:, :-1] * 8
    ).astype(int)
    for row, column in np.argwhere(case):
        for polygon in _POLYGONS[int(case[row, column])]:
            corners = [vertex(int(row), int(column), point) for point in polygon]
            # Rows run downwards, so the order is turned for a viewer in front.
            triangles += [
                (corners[0], corners[k + 1], corners[k]) for k in range(1, len(corners) - 1)
            ]
    return (
        np.array(places, np.float64).reshape(-1, 2),
        np.array(rim, bool),
        np.array(triangles, np.uint32).reshape(-1, 3),
    )


def _key_and_place(
    coarse: Plane, row: int, column: int, point: int
) -> tuple[tuple[int, int, int], tuple[float, float]]:
    """Name a corner or a crossing of a cell so that neighbours share it, and say where it is."""
    if point < 4:
        r, c = row + (point in {2, 3}), column + (point in {1, 2})
        return (r, c, 0), (float(c), float(r))
    level = ((row, column), (row, column + 1)), ((row, column + 1), (row + 1, column + 1)), (
        (row + 1, column), (row + 1, column + 1)), ((row, column), (row + 1, column))  # fmt: skip
    (r0, c0), (r1, c1) = level[point - 4]
    a, b = float(coarse[r0, c0]), float(coarse[r1, c1])
    along = float(np.clip((_LEVEL - a) / (b - a), 0.02, 0.98)) if a != b else 0.5
    return (r0, c0, 1 if c1 > c0 else 2), (c0 + along * (c1 - c0), r0 + along * (r1 - r0))

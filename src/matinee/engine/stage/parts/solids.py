"""Solids: boxes, turned and swept bodies, arches, boulders, grids; everything else is made of them.

Positions are metres, Y up; angles are radians; a yaw of 0 looks along +Z and turns towards +X.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from matinee.engine.render.geometry import Mesh, merged, mesh
from matinee.engine.stage.parts.finish import Finish, Floats, fractal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_CORNERS = np.array([[x, y, z] for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)], np.float64)
_SHARP_RAD = 0.7
_CLOTH_M = 0.003


def turn(yaw: npt.ArrayLike) -> Floats:
    """Return the (..., 3, 3) rotations about Y that turn +Z towards +X by yaw."""
    angle = np.asarray(yaw, np.float64)
    sine, cosine, zero, one = (
        np.sin(angle),
        np.cos(angle),
        np.zeros_like(angle),
        np.ones_like(angle),
    )
    rows = [[cosine, zero, sine], [zero, one, zero], [-sine, zero, cosine]]
    return np.stack([np.stack(row, -1) for row in rows], -2)


def up(height_m: float) -> Floats:
    """Return the vector that leads straight up."""
    return np.array((0.0, height_m, 0.0))


def placed(
    part: Mesh,
    at: npt.ArrayLike = (0, 0, 0),
    *,
    yaw: float = 0.0,
    scale: npt.ArrayLike = 1.0,
    tilt: float = 0.0,
    roll: float = 0.0,
) -> Mesh:
    """Return the part scaled, rolled about Z, tilted about X, turned by yaw and moved to `at`."""
    matrix = np.eye(4)
    matrix[:3, :3] = (
        turn(yaw)
        @ _about_x(tilt)
        @ _about_z(roll)
        @ np.diag(np.broadcast_to(np.asarray(scale, np.float64), (3,)))
    )
    matrix[:3, 3] = np.asarray(at, np.float64)
    return part.transformed(matrix)


def _about_x(angle: float) -> Floats:
    sine, cosine = np.sin(angle), np.cos(angle)
    return np.array([[1, 0, 0], [0, cosine, -sine], [0, sine, cosine]])


def _about_z(angle: float) -> Floats:
    sine, cosine = np.sin(angle), np.cos(angle)
    return np.array([[cosine, -sine, 0], [sine, cosine, 0], [0, 0, 1]])


def copies(
    part: Mesh,
    at: npt.ArrayLike,
    *,
    yaw: npt.ArrayLike = 0.0,
    scale: npt.ArrayLike = 1.0,
    tint: npt.ArrayLike | None = None,
) -> Mesh:
    """Return the part set down at (n, 3) places as one mesh.

    yaw is one angle or (n,); scale one number, (n,) or (n, 3); tint (n, 3) multiplies albedo.
    """
    places = np.asarray(at, np.float64).reshape(-1, 3)
    count, size = len(places), part.vertex_count
    if count == 0:
        return merged([])
    grown = np.asarray(scale, np.float64)
    grown = np.broadcast_to(grown[:, None] if grown.ndim == 1 else grown, (count, 3))
    linear = turn(np.broadcast_to(np.asarray(yaw, np.float64), (count,)))
    positions = (part.positions * grown[:, None, :]) @ linear.transpose(0, 2, 1)
    positions = positions + places[:, None, :]
    normals = (part.normals / grown[:, None, :]) @ linear.transpose(0, 2, 1)
    normals /= np.maximum(np.linalg.norm(normals, axis=-1, keepdims=True), 1e-9)
    albedo = np.tile(part.albedo, (count, 1))
    if tint is not None:
        shade = np.repeat(np.asarray(tint, np.float64).reshape(count, 3), size, axis=0)
        albedo = np.clip(albedo * shade, 0.003, 0.95)
    first = (np.arange(count, dtype=np.uint32) * size)[:, None, None]
    return Mesh(
        positions=positions.reshape(-1, 3).astype(np.float32),
        normals=normals.reshape(-1, 3).astype(np.float32),
        albedo=albedo.astype(np.float32),
        surface=np.tile(part.surface, count),
        roughness=np.tile(part.roughness, count),
        emission=np.tile(part.emission, count),
        occlusion=np.tile(part.occlusion, count),
        light=np.tile(part.light, (count, 1)),
        triangles=(part.triangles[None] + first).reshape(-1, 3),
    )


def shape(
    positions: npt.ArrayLike,
    triangles: npt.ArrayLike,
    finish: Finish,
    *,
    normals: npt.ArrayLike | None = None,
    faceted: bool = False,
) -> Mesh:
    """Return a mesh in one finish, smooth unless it is faceted."""
    return mesh(
        positions,
        triangles,
        albedo=finish.colour,
        surface=finish.surface,
        roughness=finish.roughness,
        emission=finish.emission,
        normals=normals,
        shading="flat" if faceted else "smooth",
    )


def recoloured(part: Mesh, colours: npt.ArrayLike) -> Mesh:
    """Return the part with (n, 3) or one linear colour."""
    wide = np.broadcast_to(np.asarray(colours, np.float32), part.albedo.shape)
    return replace(part, albedo=np.ascontiguousarray(wide))


def quads(corners: npt.ArrayLike, finish: Finish) -> Mesh:
    """Return flat quads from (n, 4, 3) corners, counter-clockwise from outside."""
    four = np.asarray(corners, np.float64).reshape(-1, 4, 3)
    across = np.cross(four[:, 2] - four[:, 0], four[:, 3] - four[:, 1])
    across /= np.maximum(np.linalg.norm(across, axis=1, keepdims=True), 1e-12)
    first = np.arange(len(four))[:, None, None] * 4
    corners_of = first + np.array([[0, 1, 2], [0, 2, 3]])
    return shape(
        four.reshape(-1, 3), corners_of.reshape(-1, 3), finish, normals=np.repeat(across, 4, axis=0)
    )


def two_sided(part: Mesh) -> Mesh:
    """Return the part with its back as well, as thick as cloth.

    Two faces in one place would flicker, since each has light and snow of its own.
    """
    back = replace(
        part,
        positions=np.asarray(part.positions - part.normals * _CLOTH_M, np.float32),
        normals=-part.normals,
        triangles=np.ascontiguousarray(part.triangles[:, ::-1]),
    )
    return merged([part, back])


@cache
def _unit_box() -> tuple[Floats, Floats, npt.NDArray[np.int64]]:
    points: list[Floats] = []
    normals: list[Floats] = []
    triangles: list[list[int]] = []
    for axis in range(3):
        for side in (-1, 1):
            normal = np.zeros(3)
            normal[axis] = side
            across = np.roll(normal, 1)
            up = np.cross(normal, across)
            first = len(points)
            for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
                points.append(normal + a * across + b * up)
                normals.append(normal)
            triangles += [[first, first + 1, first + 2], [first, first + 2, first + 3]]
    return np.array(points), np.array(normals), np.array(triangles)


@cache
def _bevel_triangles() -> npt.NDArray[np.int64]:
    """Join the 24 face vertices of a box across its 12 edges and 8 corners."""
    points, normals, faces = _unit_box()
    triangles: list[list[int]] = [list(map(int, row)) for row in faces]
    same = (points[:, None] == points[None]).all(-1)
    for first in range(24):
        for second in range(first + 1, 24):
            if not same[first, second]:
                continue
            # The edge these two faces share leads from this corner to its neighbour.
            along = np.cross(normals[first], normals[second])
            other = points[first] - 2 * along * (points[first] @ along)
            if (other == points[first]).all() or points[first] @ along > 0:
                continue
            far = [
                int(np.flatnonzero((points == other).all(1) & (normals == normals[k]).all(1))[0])
                for k in (first, second)
            ]
            triangles += _facing(points, [first, second, far[1]], normals[first] + normals[second])
            triangles += _facing(points, [first, far[1], far[0]], normals[first] + normals[second])
    for corner in _CORNERS:
        three = [int(k) for k in np.flatnonzero((points == corner).all(1))]
        triangles += _facing(points - normals * 0.0, three, corner)
    return np.array(triangles)


def _facing(points: Floats, three: list[int], outward: Floats) -> list[list[int]]:
    _, normals, _ = _unit_box()
    inset = points * 0.9 + normals * 0.1
    a, b, c = (inset[k] for k in three)
    flip = np.cross(b - a, c - a) @ outward < 0
    return [three[::-1] if flip else three]


def boxes(
    centres: npt.ArrayLike,
    halves: npt.ArrayLike,
    finish: Finish,
    *,
    yaw: npt.ArrayLike = 0.0,
    bevel_m: float = 0.0,
    colours: npt.ArrayLike | None = None,
) -> Mesh:
    """Return boxes at (n, 3) centres with (n, 3) or one half size; edges rounded by bevel_m."""
    middle = np.asarray(centres, np.float64).reshape(-1, 3)
    count = len(middle)
    half = np.broadcast_to(np.asarray(halves, np.float64), (count, 3))
    points, normals, triangles = _unit_box()
    local = points[None] * half[:, None, :]
    if bevel_m > 0:
        inset = np.minimum(bevel_m, half.min(axis=1) * 0.6)[:, None, None]
        local = local - np.sign(points)[None] * inset * (1 - np.abs(normals))[None]
        triangles = _bevel_triangles()
    linear = turn(np.broadcast_to(np.asarray(yaw, np.float64), (count,))).transpose(0, 2, 1)
    world = local @ linear + middle[:, None, :]
    facing = np.broadcast_to(normals, (count, 24, 3)) @ linear
    first = (np.arange(count) * 24)[:, None, None]
    made = shape(
        world.reshape(-1, 3),
        (triangles[None] + first).reshape(-1, 3),
        finish,
        normals=facing.reshape(-1, 3),
    )
    if colours is None:
        return made
    return recoloured(made, np.repeat(np.asarray(colours).reshape(count, 3), 24, axis=0))


def box(
    centre: npt.ArrayLike,
    half: npt.ArrayLike,
    finish: Finish,
    *,
    yaw: float = 0.0,
    bevel_m: float = 0.0,
) -> Mesh:
    """Return one box."""
    return boxes(centre, half, finish, yaw=yaw, bevel_m=bevel_m)


def panel(
    origin: npt.ArrayLike,
    across: npt.ArrayLike,
    up: npt.ArrayLike,
    finish: Finish,
    *,
    cell_m: float,
) -> Mesh:
    """Return a rectangle in cells of about cell_m, so that baked light has vertices to live on.

    It spans `across` and `up` from `origin`, and faces across x up.
    """
    start, right, high = (np.asarray(v, np.float64) for v in (origin, across, up))
    columns = max(1, round(float(np.linalg.norm(right)) / cell_m))
    rows = max(1, round(float(np.linalg.norm(high)) / cell_m))
    u, v = np.meshgrid(np.linspace(0, 1, columns + 1), np.linspace(0, 1, rows + 1))
    points = start + u[..., None] * right + v[..., None] * high
    normal = np.cross(right, high)
    return shape(
        points.reshape(-1, 3),
        grid_triangles(rows + 1, columns + 1),
        finish,
        normals=normal / np.linalg.norm(normal),
    )


def slab(
    centre: npt.ArrayLike,
    half: npt.ArrayLike,
    finish: Finish,
    *,
    cell_m: float,
    faces: str = "xXyYzZ",
) -> Mesh:
    """Return a box whose faces are panels; lower case letters are the negative sides."""
    middle, size = np.asarray(centre, np.float64), np.asarray(half, np.float64)
    parts = []
    for letter in faces:
        axis = "xyz".index(letter.lower())
        side = 1.0 if letter.isupper() else -1.0
        first, second = ((axis + 1) % 3, (axis + 2) % 3)[:: int(side)]
        right, high, out = np.zeros(3), np.zeros(3), np.zeros(3)
        right[first], high[second], out[axis] = 2 * size[first], 2 * size[second], side * size[axis]
        parts.append(panel(middle + out - right / 2 - high / 2, right, high, finish, cell_m=cell_m))
    return merged(parts)


def grid_triangles(rows: int, columns: int) -> npt.NDArray[np.int64]:
    """Return the triangles of a grid of vertices in row order, facing (columns x rows)."""
    index = np.arange(rows * columns).reshape(rows, columns)
    a, b, c, d = index[:-1, :-1], index[:-1, 1:], index[1:, 1:], index[1:, :-1]
    return np.concatenate(
        [np.stack([a, b, c], -1).reshape(-1, 3), np.stack([a, c, d], -1).reshape(-1, 3)]
    )


def heightfield(
    x: Floats, z: Floats, height: Callable[[Floats, Floats], Floats], finish: Finish
) -> Mesh:
    """Return ground over the lines x (ascending) and z (ascending), facing up."""
    across, along = np.meshgrid(x, z)
    points = np.stack([across, height(across, along), along], -1).reshape(-1, 3)
    return shape(points, grid_triangles(len(z), len(x))[:, ::-1], finish)


def graded_lines(near_m: float, far_m: float, *, cell_m: float, growth: float = 1.18) -> Floats:
    """Return lines from -far_m to far_m, cell_m apart up to near_m and ever wider beyond."""
    lines, step = [0.0], cell_m
    while lines[-1] < far_m:
        if lines[-1] >= near_m:
            step *= growth
        lines.append(lines[-1] + step)
    lines[-1] = far_m
    positive = np.array(lines)
    return np.concatenate([-positive[:0:-1], positive])


def lathe(
    profile: npt.ArrayLike, finish: Finish, *, sides: int = 16, arc: float = 2 * np.pi
) -> Mesh:
    """Return the body turned about Y from (k, 2) radius and height, rising from foot to top.

    Corners sharper than 40 degrees stay sharp.
    """
    line = np.asarray(profile, np.float64)
    step = np.diff(line, axis=0)
    slope = np.stack([step[:, 1], -step[:, 0]], -1)
    slope /= np.maximum(np.linalg.norm(slope, axis=1, keepdims=True), 1e-9)
    runs: list[Mesh] = []
    first = 0
    for segment in range(len(slope)):
        last = segment == len(slope) - 1
        if not last and slope[segment] @ slope[segment + 1] > np.cos(_SHARP_RAD):
            continue
        runs.append(
            _turned(line[first : segment + 2], slope[first : segment + 1], finish, sides, arc)
        )
        first = segment + 1
    return merged(runs)


def _turned(line: Floats, slope: Floats, finish: Finish, sides: int, arc: float) -> Mesh:
    normal = np.concatenate([slope[:1], (slope[1:] + slope[:-1]) / 2, slope[-1:]])
    angle = np.linspace(0, arc, sides + 1)[:, None]
    sine, cosine = np.sin(angle), np.cos(angle)
    points = np.stack([line[:, 0] * sine, line[:, 1] + 0 * sine, line[:, 0] * cosine], -1)
    facing = np.stack([normal[:, 0] * sine, normal[:, 1] + 0 * sine, normal[:, 0] * cosine], -1)
    facing /= np.maximum(np.linalg.norm(facing, axis=-1, keepdims=True), 1e-9)
    triangles = grid_triangles(sides + 1, len(line))[:, ::-1]
    flat_points = points.reshape(-1, 3)
    corners = flat_points[triangles]
    area = np.linalg.norm(
        np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), axis=1
    )
    return shape(flat_points, triangles[area > 1e-10], finish, normals=facing.reshape(-1, 3))


def cylinder(
    radius_m: float, height_m: float, finish: Finish, *, sides: int = 14, bevel_m: float = 0.0
) -> Mesh:
    """Return a closed cylinder standing on y = 0."""
    edge = min(bevel_m, radius_m * 0.4, height_m * 0.4)
    profile = [(0.0, 0.0), (radius_m - edge, 0.0), (radius_m, edge)]
    profile += [(radius_m, height_m - edge), (radius_m - edge, height_m), (0.0, height_m)]
    keep = [profile[0]] + [b for a, b in pairwise(profile) if a != b]
    return lathe(keep, finish, sides=sides)


def tube(
    path: npt.ArrayLike,
    radii: npt.ArrayLike,
    finish: Finish,
    *,
    sides: int = 8,
    closed: bool = True,
) -> Mesh:
    """Return a pipe swept along (k, 3) points, with one radius or (k,); ends closed by default."""
    line = np.asarray(path, np.float64)
    width = np.broadcast_to(np.asarray(radii, np.float64), (len(line),))
    along = np.gradient(line, axis=0)
    along /= np.maximum(np.linalg.norm(along, axis=1, keepdims=True), 1e-9)
    side = np.cross(along[0], (0, 0, 1.0) if abs(along[0, 1]) > 0.7 else (0, 1.0, 0))
    rings, facings = [], []
    angle = np.linspace(0, 2 * np.pi, sides + 1)
    for point, direction, radius in zip(line, along, width, strict=True):
        side = side - direction * (side @ direction)
        side /= max(float(np.linalg.norm(side)), 1e-9)
        other = np.cross(direction, side)
        facing = np.cos(angle)[:, None] * side + np.sin(angle)[:, None] * other
        rings.append(point + radius * facing)
        facings.append(facing)
    triangles = grid_triangles(len(line), sides + 1)
    body = shape(np.concatenate(rings), triangles, finish, normals=np.concatenate(facings))
    if not closed:
        return body
    caps = []
    for at, sign in ((0, -1.0), (-1, 1.0)):
        if width[at] > 1e-4:
            ring = np.vstack([rings[at][:-1], line[at]])
            fan = np.array([[k, (k + 1) % sides, sides] for k in range(sides)])
            caps.append(
                shape(ring, fan if sign > 0 else fan[:, ::-1], finish, normals=sign * along[at])
            )
    return merged([body, *caps])


@cache
def _icosphere(level: int) -> tuple[Floats, npt.NDArray[np.int64]]:
    golden = (1 + 5**0.5) / 2
    points: list[tuple[float, float, float]] = []
    points += [(s, t * golden, 0) for s in (-1, 1) for t in (-1, 1)]
    points += [(0, s, t * golden) for s in (-1, 1) for t in (-1, 1)]
    points += [(t * golden, 0, s) for s in (-1, 1) for t in (-1, 1)]
    sphere = np.array(points, np.float64)
    sphere /= np.linalg.norm(sphere, axis=1, keepdims=True)
    gap = np.linalg.norm(sphere[:, None] - sphere[None], axis=-1)
    near = (gap > 0) & (gap < 1.1)
    faces = [
        [a, b, c]
        for a in range(12)
        for b in range(a + 1, 12)
        for c in range(b + 1, 12)
        if near[a, b] and near[b, c] and near[a, c]
    ]
    turned = [[a, c, b] if np.linalg.det(sphere[[a, b, c]]) < 0 else [a, b, c] for a, b, c in faces]
    triangles = np.array(turned)
    for _ in range(level):
        sphere, triangles = _halved(sphere, triangles)
    return sphere, triangles


def _halved(
    sphere: Floats, triangles: npt.NDArray[np.int64]
) -> tuple[Floats, npt.NDArray[np.int64]]:
    edges = np.sort(
        np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]])
    )
    unique, inverse = np.unique(edges, axis=0, return_inverse=True)
    middle = sphere[unique].mean(axis=1)
    middle /= np.linalg.norm(middle, axis=1, keepdims=True)
    ab, bc, ca = inverse.reshape(3, -1) + len(sphere)
    a, b, c = triangles.T
    four = [[a, ab, ca], [ab, b, bc], [ca, bc, c], [ab, bc, ca]]
    return np.vstack([sphere, middle]), np.concatenate([np.stack(row, -1) for row in four])


def ball(
    centre: npt.ArrayLike,
    radii: npt.ArrayLike,
    finish: Finish,
    *,
    level: int = 2,
    faceted: bool = False,
) -> Mesh:
    """Return an ellipsoid; level 0 has 20 triangles, each level four times as many."""
    sphere, triangles = _icosphere(level)
    size = np.broadcast_to(np.asarray(radii, np.float64), (3,))
    points = sphere * size + np.asarray(centre, np.float64)
    if faceted:
        return shape(points, triangles, finish, faceted=True)
    normals = sphere / size
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    return shape(points, triangles, finish, normals=normals)


def boulder(
    radius_m: float, finish: Finish, *, seed: int, level: int = 2, rough: float = 0.35
) -> Mesh:
    """Return a rock about `radius_m`, flattened, with broken faces."""
    sphere, triangles = _icosphere(level)
    bump = fractal(sphere + seed * 7.3, cell_m=1.1, seed=seed, octaves=3)
    points = sphere * (1 + rough * 1.6 * bump)[:, None] * radius_m
    for cut in range(3):
        # A few planes shear the round form into faces, as stone breaks.
        way = np.array([np.sin(seed + cut * 2.1), 0.3 + 0.2 * cut, np.cos(seed * 1.7 + cut * 2.1)])
        way /= np.linalg.norm(way)
        over = points @ way - radius_m * 0.72
        points = points - np.maximum(over, 0)[:, None] * way * 0.85
    points *= (1.0, 0.72, 1.0)
    return shape(points, triangles, finish, faceted=level <= 1)


def bent(part: Mesh, radius_m: float) -> Mesh:
    """Return the part wrapped about Y: its x becomes an arc, its z adds to the radius.

    What faced +Z faces outwards; x = 0 lies at yaw 0.
    """
    angle = part.positions[:, 0] / radius_m
    out = radius_m + part.positions[:, 2]
    positions = np.stack([out * np.sin(angle), part.positions[:, 1], out * np.cos(angle)], -1)
    normals = np.einsum("nij,nj->ni", turn(angle), part.normals)
    return replace(part, positions=positions.astype(np.float32), normals=normals.astype(np.float32))


def prism(outline: npt.ArrayLike, depth_m: float, finish: Finish, *, bevel_m: float = 0.0) -> Mesh:
    """Return the (k, 2) outline in x and y, counter-clockwise from +Z, pulled along Z.

    It is centred on z = 0. A bevel takes the edge off both faces. Raises ValueError when the
    outline crosses itself.
    """
    line = np.asarray(outline, np.float64)
    half = depth_m / 2
    cap = np.array(_ears(line))
    step = np.roll(line, -1, axis=0) - line
    out = np.stack([step[:, 1], -step[:, 0]], -1)
    out /= np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-9)
    inner = line
    if bevel_m > 0:
        corner = out + np.roll(out, 1, axis=0)
        corner /= np.maximum((corner**2).sum(1, keepdims=True) / 2, 0.3)
        inner = line - corner * bevel_m
    front = np.column_stack([inner, np.full(len(line), half)])
    back = np.column_stack([inner, np.full(len(line), -half)])
    parts = [
        shape(front, cap, finish, normals=(0, 0, 1)),
        shape(back, cap[:, ::-1], finish, normals=(0, 0, -1)),
    ]
    levels = [(line, half - bevel_m), (line, -half + bevel_m)]
    if bevel_m > 0:
        levels = [(inner, half), *levels, (inner, -half)]
    for (upper, near), (lower, far) in pairwise(levels):
        a = np.column_stack([lower, np.full(len(line), far)])
        b = np.column_stack([upper, np.full(len(line), near)])
        four = np.stack([a, np.roll(a, -1, axis=0), np.roll(b, -1, axis=0), b], axis=1)
        parts.append(quads(four, finish))
    return merged(parts)


def _ears(line: Floats) -> list[list[int]]:
    """Cut a simple polygon into triangles by clipping ears (Meisters 1975)."""
    left, triangles = list(range(len(line))), []
    while len(left) > 3:
        for at in range(len(left)):
            a, b, c = left[at - 1], left[at], left[(at + 1) % len(left)]
            if _area(line[a], line[b], line[c]) <= 1e-12:
                continue
            if any(_inside(line[k], line[a], line[b], line[c]) for k in left if k not in (a, b, c)):
                continue
            triangles.append([a, b, c])
            left.pop(at)
            break
        else:
            message = "the outline crosses itself or runs clockwise"
            raise ValueError(message)
    return [*triangles, left]


def _area(a: Floats, b: Floats, c: Floats) -> float:
    return float((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]))


def _inside(point: Floats, a: Floats, b: Floats, c: Floats) -> bool:
    return _area(a, b, point) >= 0 and _area(b, c, point) >= 0 and _area(c, a, point) >= 0


def ring(
    radius_m: float, thick_m: float, finish: Finish, *, sides: int = 20, around: int = 8
) -> Mesh:
    """Return a torus lying flat about Y."""
    angle = np.linspace(0, 2 * np.pi, sides + 1)
    path = np.stack([radius_m * np.sin(angle), 0 * angle, radius_m * np.cos(angle)], -1)
    return tube(path, thick_m, finish, sides=around, closed=False)


def only(part: Mesh, wanted: npt.NDArray[np.bool_]) -> Mesh:
    """Return the triangles whose corners are all wanted (n,), and no other vertices."""
    triangles = part.triangles[wanted[part.triangles].all(axis=1)]
    used, index = np.unique(triangles, return_inverse=True)
    return Mesh(
        positions=part.positions[used],
        normals=part.normals[used],
        albedo=part.albedo[used],
        surface=part.surface[used],
        roughness=part.roughness[used],
        emission=part.emission[used],
        occlusion=part.occlusion[used],
        light=part.light[used],
        triangles=index.reshape(-1, 3).astype(np.uint32),
    )


def lifted(part: Mesh, height: Callable[[Floats, Floats], Floats]) -> Mesh:
    """Return the part with its ground raised to `height(x, z)` under every vertex."""
    points = part.positions.astype(np.float64)
    points[:, 1] += height(points[:, 0], points[:, 2])
    return replace(part, positions=points.astype(np.float32))


def on_ground(
    places: Sequence[Sequence[float]] | Floats, height: Callable[[Floats, Floats], Floats]
) -> Floats:
    """Return (n, 3) points on the ground for (n, 2) places x and z."""
    flat_places = np.asarray(places, np.float64).reshape(-1, 2)
    x, z = flat_places.T
    return np.stack([x, height(x, z), z], -1)

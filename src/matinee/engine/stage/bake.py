"""Light baked into vertices: ambient occlusion, the lamps of the set, one bounce; cached on disk.

Rays are traced with Embree. What a vertex cannot see of the sky becomes `Mesh.occlusion`; what
lamps send it, and what sunlit and lamplit walls throw back, becomes `Mesh.light`. Sunlight itself
is not baked: the renderer casts its shadow.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from embreex.mesh_construction import TriangleMesh  # type: ignore[import-untyped]
from embreex.rtcore_scene import EmbreeScene  # type: ignore[import-untyped]

from matinee.engine.render.geometry import Mesh, Surface
from matinee.engine.render.scene import Ambient

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from matinee.engine.stage.parts.finish import Floats
    from matinee.engine.stage.worlds.model import MovingPart, Practical, World

_VERSION = 8
_RAYS = 36
# So many vertices are looked around from at a time: what that takes stays in the cache of a core.
_PATCH = 4_096
# Fewer rays are traced sooner than shared out.
_RAYS_A_CORE_MIN = 4_000
_LIFT_M = 0.02
_INSET_M = 0.03
_PROBE_HEIGHT_M = 1.3
_FAR_M = 34.0
_STAYS_M = 0.6
_POINT_M = 0.2
_SHARE_MIN = 2e-4
_BURIED_SHARE = 0.4


@dataclass(frozen=True)
class _Traced:
    """Occlusion (n,) and light (n, 3) of a mesh."""

    occlusion: Floats
    light: Floats


def baked(world: World, cache: Path) -> World:
    """Return the world with occlusion and lamplight in its vertices, remembered under `cache`.

    The file is named by a digest of everything that decides its content. A file that cannot be
    read is made again. Indoors, ambient light becomes what a person at the hero mark receives.
    """
    path = cache / f"bake-{digest(world)}.npz"
    arrays = _remembered(path, world)
    if arrays is None:
        arrays = _bake(world)
        _remember(path, arrays)
    static = world.static.with_occlusion(arrays["occlusion"]).with_light(arrays["light"])
    moving = tuple(
        replace(
            part,
            mesh=part.mesh.with_occlusion(arrays[f"moving{number}"]).with_light(
                arrays[f"glow{number}"]
            ),
        )
        for number, part in enumerate(world.moving)
    )
    up, down = arrays["probe"]
    ambient = Ambient(
        (float(up[0]), float(up[1]), float(up[2])),
        (float(down[0]), float(down[1]), float(down[2])),
    )
    return replace(
        world,
        static=static,
        moving=moving,
        atmosphere=replace(world.atmosphere, ambient=ambient),
    )


def occluded(mesh: Mesh, *, reach_m: float, rays: int = 24) -> Mesh:
    """Return the mesh with the shade that its own parts throw on each other."""
    if mesh.triangle_count == 0:
        return mesh
    room = _Room(mesh)
    openness, _, _ = room.gather(
        mesh, np.zeros((mesh.triangle_count, 3)), rays=rays, reach_m=reach_m
    )
    return mesh.with_occlusion(np.clip(0.25 + 0.75 * openness, 0, 1))


def digest(world: World) -> str:
    """Return the digest of everything that decides the bake."""
    hasher = hashlib.sha256(f"bake/{_VERSION}/{_RAYS}/{world.reach_m}/{world.indoor}".encode())
    for mesh in (world.static, *(part.mesh for part in world.moving)):
        for rows in (mesh.positions, mesh.normals, mesh.albedo, mesh.surface, mesh.triangles):
            hasher.update(np.ascontiguousarray(rows).tobytes())
    hasher.update(repr(world.practicals).encode())
    hasher.update(repr((world.atmosphere.sun, world.atmosphere.ambient)).encode())
    hasher.update(repr(world.mark("hero")).encode())
    return hasher.hexdigest()[:32]


def _remembered(path: Path, world: World) -> dict[str, npt.NDArray[np.float32]] | None:
    try:
        with np.load(path, allow_pickle=False) as stored:
            arrays = {name: np.asarray(stored[name], np.float32) for name in stored.files}
    except (OSError, ValueError, EOFError, KeyError, zipfile.BadZipFile):
        return None
    count = world.static.vertex_count
    shapes = {"occlusion": (count,), "light": (count, 3), "probe": (2, 3)}
    for number, part in enumerate(world.moving):
        shapes[f"moving{number}"] = (part.mesh.vertex_count,)
        shapes[f"glow{number}"] = (part.mesh.vertex_count, 3)
    fits = all(name in arrays and arrays[name].shape == shape for name, shape in shapes.items())
    return arrays if fits else None


def _remember(path: Path, arrays: dict[str, npt.NDArray[np.float32]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".bake-", suffix=".npz", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            np.savez(
                file,
                allow_pickle=False,
                **{key: value.astype(np.float16) for key, value in arrays.items()},
            )
        os.replace(name, path)  # noqa: PTH105 - atomic also over an existing file
    except BaseException:
        os.unlink(name)  # noqa: PTH108 - no half-written file stays behind
        raise


def _bake(world: World) -> dict[str, npt.NDArray[np.float32]]:
    room = _Room(world.static)
    traced, probe = _trace(world, room)
    arrays = {
        "occlusion": traced.occlusion.astype(np.float32),
        "light": traced.light.astype(np.float32),
        "probe": probe.astype(np.float32),
    }
    for number, part in enumerate(world.moving):
        shade = occluded(part.mesh, reach_m=1.5).occlusion
        arrays[f"moving{number}"] = np.asarray(shade, np.float32)
        arrays[f"glow{number}"] = _glow(part, room, world.practicals)
    # What is used must be what is stored, or a first run would differ from the next.
    return {name: rows.astype(np.float16).astype(np.float32) for name, rows in arrays.items()}


def _glow(
    part: MovingPart, room: _Room, practicals: Sequence[Practical]
) -> npt.NDArray[np.float32]:
    """Return the lamplight (n, 3) on a part that stays about where it is; none for a traveller."""
    at = [part.transform(time_s)[:, 3] for time_s in (0.0, 1.7, 4.1)]
    if max(float(np.linalg.norm(one - at[0])) for one in at) > _STAYS_M:
        return np.zeros((part.mesh.vertex_count, 3), np.float32)
    placed = part.mesh.transformed(part.transform(0.0))
    return np.asarray(room.lit(placed.positions, placed.normals, practicals), np.float32)


def _trace(world: World, room: _Room) -> tuple[_Traced, Floats]:
    mesh, air = world.static, world.atmosphere
    lamplight = room.lit(_starts(mesh, lift_m=0.0), mesh.normals, world.practicals)
    sunlight = room.sunlit(mesh, air.sun.direction_to_sun, air.sun.radiance)
    upward = (0.5 + 0.5 * mesh.normals[:, 1:2]).astype(np.float64)
    sky, ground = np.asarray(air.ambient.sky), np.asarray(air.ambient.ground)
    dome = upward * sky + (1 - upward) * ground
    # What lies behind what a vertex sees is guessed half open to the sky.
    sent = mesh.albedo * (lamplight + sunlight + 0.5 * dome)
    radiosity = sent[mesh.triangles].mean(axis=1)
    openness, bounce, buried = room.gather(mesh, radiosity, rays=_RAYS, reach_m=world.reach_m)
    leafy = np.isin(mesh.surface, (Surface.FOLIAGE, Surface.GRASS))
    grassy = mesh.surface == Surface.GRASS
    openness = np.where(leafy, 0.3 + 0.7 * openness, openness)
    openness = np.where(grassy, 0.5 + 0.5 * openness, openness)
    light = lamplight + bounce
    openness, light = _filled(mesh, openness, light, buried)
    if not world.indoor:
        return _Traced(openness, light), np.stack([sky, ground])
    return _indoors(world, room, radiosity, _Traced(openness, light))


def _indoors(
    world: World, room: _Room, radiosity: Floats, traced: _Traced
) -> tuple[_Traced, Floats]:
    """Let people receive what the room's walls do: ambient light measured at the hero mark.

    The vertices' share of that ambient light is taken out of their baked light again.
    """
    mesh, air = world.static, world.atmosphere
    hero = np.add(world.mark("hero").position, (0, _PROBE_HEIGHT_M, 0))
    normals = np.array([(0, 1, 0), (0, -1, 0), (1, 0, 0), (-1, 0, 0), (0, 0, 1), (0, 0, -1)])
    points = np.broadcast_to(hero, normals.shape)
    lit = room.lit(points, normals, world.practicals)
    openness, bounce = room.seen(points, normals, radiosity, rays=256, reach_m=world.reach_m)
    sky, ground = np.asarray(air.ambient.sky), np.asarray(air.ambient.ground)
    side = lit[2:].mean(axis=0) + bounce[2:].mean(axis=0)
    up = lit[0] * 0.5 + bounce[0] + openness[0] * sky
    down = lit[1] * 0.5 + bounce[1] + openness[1] * ground
    probe = np.stack([0.5 * up + 0.5 * side, 0.5 * down + 0.5 * side])
    upward = 0.5 + 0.5 * mesh.normals[:, 1:2]
    had = traced.occlusion[:, None] * (upward * sky + (1 - upward) * ground)
    gets = traced.occlusion[:, None] * (upward * probe[0] + (1 - upward) * probe[1])
    light = np.maximum(traced.light + had - gets, 0)
    return _Traced(traced.occlusion, light), probe


class _Room:
    """A mesh as Embree sees it."""

    def __init__(self, mesh: Mesh) -> None:
        """Build the tree of triangles."""
        corners = np.ascontiguousarray(mesh.positions[mesh.triangles], np.float32)
        across = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
        facing = across / np.maximum(np.linalg.norm(across, axis=1, keepdims=True), 1e-20)
        surfaces = mesh.surface[mesh.triangles[:, 0]]
        solid = ~np.isin(surfaces, (Surface.FOLIAGE, Surface.GRASS, Surface.WATER))
        self._backs = np.vstack([facing * solid[:, None], np.zeros(3)]).astype(np.float32)
        self._glass = surfaces == Surface.GLASS
        self._scene = EmbreeScene()
        self._mesh = TriangleMesh(self._scene, corners)
        # The first ray finishes the tree, which only one thread may do.
        self._hits_of(np.zeros((1, 3)), np.array([[0.0, 1.0, 0.0]]))

    def _hits(
        self, points: npt.NDArray[np.floating], ways: npt.NDArray[np.floating]
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
        # Embree runs without the interpreter lock, so each core takes its share of many rays.
        parts = min(len(os.sched_getaffinity(0)), len(points) // _RAYS_A_CORE_MIN) or 1
        if parts == 1:
            return self._hits_of(points, ways)
        with ThreadPoolExecutor(parts) as pool:
            halves = pool.map(
                self._hits_of, np.array_split(points, parts), np.array_split(ways, parts)
            )
            triangles, distances = zip(*halves, strict=True)
        return np.concatenate(triangles), np.concatenate(distances)

    def _hits_of(
        self, points: npt.NDArray[np.floating], ways: npt.NDArray[np.floating]
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
        found = self._scene.run(
            np.ascontiguousarray(points, np.float32),
            np.ascontiguousarray(ways, np.float32),
            output=1,
        )
        return np.asarray(found["primID"], np.int64), np.asarray(found["tfar"], np.float32)

    def _blocked(
        self,
        points: npt.NDArray[np.floating],
        ways: npt.NDArray[np.floating],
        far: npt.NDArray[np.floating] | float,
    ) -> npt.NDArray[np.bool_]:
        triangle, distance = self._hits(points, ways)
        stopped: npt.NDArray[np.bool_] = (triangle >= 0) & (distance < far)
        return np.asarray(stopped & ~self._glass[np.maximum(triangle, 0)])

    def sunlit(self, mesh: Mesh, way: Sequence[float], radiance: Sequence[float]) -> Floats:
        """Return the (n, 3) sunlight that reaches each vertex."""
        toward = np.asarray(way, np.float64)
        facing = np.clip(mesh.normals @ toward, 0, 1)
        lit = np.flatnonzero(facing > 0)
        start = mesh.positions[lit] + mesh.normals[lit] * _LIFT_M
        blocked = self._blocked(start, np.broadcast_to(toward, start.shape), np.inf)
        facing[lit[blocked]] = 0
        return facing[:, None] * np.asarray(radiance, np.float64)

    def lit(
        self,
        positions: npt.NDArray[np.floating],
        normals: npt.NDArray[np.floating],
        practicals: Sequence[Practical],
    ) -> Floats:
        """Return the (n, 3) light of the lamps, with shadows."""
        total = np.zeros((len(positions), 3))
        for number, lamp in enumerate(practicals):
            self._add_lamp(total, positions, normals, lamp, number)
        return total

    def _add_lamp(
        self,
        total: Floats,
        positions: npt.NDArray[np.floating],
        normals: npt.NDArray[np.floating],
        lamp: Practical,
        number: int,
    ) -> None:
        samples = 1 if lamp.size_m < _POINT_M else 4
        middle = np.asarray(lamp.position)
        reach = lamp.radius_m + lamp.size_m
        close = np.flatnonzero((np.abs(positions - middle) < reach).all(axis=1))
        points, facing = positions[close], normals[close]
        rng = np.random.default_rng(number)
        for _ in range(samples):
            spread = rng.normal(0, 0.5, 3) * lamp.size_m
            if lamp.direction is not None:
                spread = spread - np.asarray(lamp.direction) * (spread @ np.asarray(lamp.direction))
            gap = middle + spread - points
            distance = np.linalg.norm(gap, axis=1)
            way = gap / np.maximum(distance[:, None], 1e-6)
            share = np.clip((way * facing).sum(axis=1), 0, 1) * _falloff(lamp, distance, way)
            # What is not worth a shadow ray stays dark.
            keep = np.flatnonzero((share > _SHARE_MIN) & (distance < lamp.radius_m))
            start = points[keep] + facing[keep] * _LIFT_M
            # Stop short of the lamp, so that its own housing does not put it out.
            far = distance[keep] - _LIFT_M - max(0.12, lamp.size_m * 0.3)
            keep = keep[~self._blocked(start, way[keep], far)]
            total[close[keep]] += share[keep, None] * np.asarray(lamp.radiance) / samples

    def gather(
        self, mesh: Mesh, radiosity: Floats, *, rays: int, reach_m: float
    ) -> tuple[Floats, Floats, npt.NDArray[np.bool_]]:
        """Return openness (n,), bounced light (n, 3) and which vertices lie inside something."""
        count = mesh.vertex_count
        openness, bounce, behind = np.zeros(count), np.zeros((count, 3)), np.zeros(count)
        start = _starts(mesh)
        # What is far off is small in the picture, so it gets by with fewer rays.
        far = np.linalg.norm(mesh.positions, axis=1) > _FAR_M
        patches = [
            (chosen[first : first + _PATCH], rays // every)
            for chosen, every in ((np.flatnonzero(~far), 1), (np.flatnonzero(far), 3))
            for first in range(0, len(chosen), _PATCH)
        ]

        def look(patch: tuple[npt.NDArray[np.intp], int]) -> None:
            at, rays = patch
            openness[at], bounce[at], behind[at] = self._around(
                start[at], mesh.normals[at], radiosity, rays=rays, reach_m=reach_m
            )

        # Embree runs without the interpreter lock, and no two patches share a vertex.
        parts = min(len(os.sched_getaffinity(0)), len(patches))
        if parts < 2:
            for patch in patches:
                look(patch)
        else:
            with ThreadPoolExecutor(parts) as pool:
                list(pool.map(look, patches))
        return openness, bounce, behind > _BURIED_SHARE

    def _around(
        self,
        start: npt.NDArray[np.float32],
        normals: npt.NDArray[np.floating],
        radiosity: Floats,
        *,
        rays: int,
        reach_m: float,
    ) -> tuple[Floats, Floats, Floats]:
        """Return openness (n,), bounced light (n, 3) and the share of rays that end inside."""
        openness, bounce, behind = np.zeros(len(start)), np.zeros(start.shape), np.zeros(len(start))
        ways = _ways(normals, rays)
        # A ray that meets nothing has triangle -1, which is the last row: no light, no face.
        sent = np.vstack([radiosity, np.zeros(3)]) / len(ways)
        for way in ways:
            triangle, distance = self._hits_of(start, way)
            near = np.clip(distance, 0.0, reach_m) / reach_m
            openness += np.where(triangle < 0, 1, near**2)
            bounce += sent[triangle]
            behind += (self._backs[triangle] * way).sum(axis=1) > 0
        return openness / len(ways), bounce, behind / len(ways)

    def seen(
        self,
        points: npt.NDArray[np.floating],
        normals: npt.NDArray[np.floating],
        radiosity: Floats,
        *,
        rays: int,
        reach_m: float,
    ) -> tuple[Floats, Floats]:
        """Return openness (n,) and bounced light (n, 3) at free points."""
        openness, bounce = np.zeros(len(points)), np.zeros((len(points), 3))
        for way in _ways(normals, rays):
            triangle, distance = self._hits(points, way)
            hit = triangle >= 0
            openness[~hit] += 1
            openness[hit] += np.clip(distance[hit] / reach_m, 0, 1) ** 2
            bounce[hit] += radiosity[triangle[hit]]
        return openness / rays, bounce / rays


def _starts(mesh: Mesh, *, lift_m: float = _LIFT_M) -> npt.NDArray[np.float32]:
    """Return where the rays of vertices start: lifted off, and drawn in from the edge.

    A vertex on the edge of a wall would else look along the joint, between wall and ceiling.
    """
    corners = mesh.positions[mesh.triangles]
    middle = np.repeat(corners.mean(axis=1), 3, axis=0)
    index = mesh.triangles.ravel()
    weight = np.bincount(index, minlength=mesh.vertex_count)
    inward: Floats = np.stack(
        [np.bincount(index, middle[:, axis], minlength=mesh.vertex_count) for axis in range(3)], -1
    )
    inward = inward / np.maximum(weight, 1)[:, None] - mesh.positions
    inward[weight == 0] = 0
    length = np.linalg.norm(inward, axis=1, keepdims=True)
    inward *= np.minimum(_INSET_M / np.maximum(length, 1e-9), 0.3)
    return np.asarray(mesh.positions + mesh.normals * lift_m + inward, np.float32)


def _falloff(
    lamp: Practical, distance: npt.NDArray[np.floating], way: npt.NDArray[np.floating]
) -> Floats:
    window = np.clip(1 - (distance / lamp.radius_m) ** 4, 0, 1) ** 2
    share = window / (distance**2 + 0.25 * lamp.size_m**2 + 0.02)
    if lamp.direction is None:
        return np.asarray(share, np.float64)
    along = -(way @ np.asarray(lamp.direction))
    if lamp.cone_rad is None:
        return np.asarray(share * np.clip(along, 0, 1), np.float64)
    edge = np.cos(lamp.cone_rad)
    return np.asarray(share * np.clip((along - edge) / (1 - edge) * 2.5, 0, 1), np.float64)


def _ways(normals: npt.NDArray[np.floating], rays: int) -> list[npt.NDArray[np.float32]]:
    """Return `rays` directions around each normal, cosine-weighted, alike for like normals.

    The directions are a spiral by the golden angle (Vogel 1979) lifted onto the hemisphere; the
    same for all vertices, so that a flat wall stays free of speckle.
    """
    facing = np.asarray(normals, np.float32)
    helper = np.where(np.abs(facing[:, 1:2]) < 0.9, (0.0, 1.0, 0.0), (1.0, 0.0, 0.0))
    side = np.cross(helper, facing)
    side /= np.maximum(np.linalg.norm(side, axis=1, keepdims=True), 1e-9)
    other = np.cross(facing, side)
    ways = []
    for number in range(rays):
        share = (number + 0.5) / rays
        angle = number * np.pi * (3 - 5**0.5)
        out, up = np.sqrt(share), np.sqrt(1 - share)
        way = out * np.cos(angle) * side + out * np.sin(angle) * other + up * facing
        ways.append(way.astype(np.float32))
    return ways


def _filled(
    mesh: Mesh, openness: Floats, light: Floats, buried: npt.NDArray[np.bool_]
) -> tuple[Floats, Floats]:
    """Give vertices inside other things what their neighbours have, so no black edge shows."""
    if not buried.any():
        return openness, light
    edges = np.concatenate([mesh.triangles[:, pair] for pair in ([0, 1], [1, 2], [2, 0])])
    edges = np.vstack((edges, edges[:, ::-1])).astype(np.int64)
    rows = np.column_stack([openness, light])
    known = ~buried
    for _ in range(2):
        useful = edges[known[edges[:, 1]] & ~known[edges[:, 0]]]
        if not len(useful):
            break
        weight = np.bincount(useful[:, 0], minlength=len(rows))
        for column in range(rows.shape[1]):
            total = np.bincount(useful[:, 0], rows[useful[:, 1], column], minlength=len(rows))
            rows[:, column] = np.where(
                known | (weight == 0), rows[:, column], total / np.maximum(weight, 1)
            )
        known = known | (weight > 0)
    return rows[:, 0], rows[:, 1:]

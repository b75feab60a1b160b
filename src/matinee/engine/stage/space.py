"""The free space of a world: what is solid, asked by cameras, by people's marks and by props.

Every question is answered for many points or sight lines at once, because a shot is chosen among
some hundred camera positions. World space is right-handed, Y up, metres; `yaw` 0 looks along +Z
and positive turns towards +X.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from matinee.engine.stage.worlds.model import Box, Cylinder

if TYPE_CHECKING:
    from matinee.engine.stage.worlds.model import Height, World

Points: TypeAlias = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
"""(..., 3) float64."""
Truths: TypeAlias = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]

_NEVER = 1e9
SCENERY_ABOVE_M = 0.35


@dataclass(frozen=True, eq=False)
class Blocks:
    """Upright boxes, each turned about Y: centre (k, 3), half (k, 3), yaw (k,)."""

    centre: Points
    half: Points
    yaw: Points

    def local(self, points: Points) -> Points:
        """Return (n, 3) points in every box's own frame: (n, k, 3)."""
        return self.turned(points[:, None, :] - self.centre[None])

    def turned(self, vectors: Points) -> Points:
        """Turn (n, k, 3) world vectors into the frames of the k boxes."""
        cos, sin = np.cos(self.yaw), np.sin(self.yaw)
        x, y, z = vectors[..., 0], vectors[..., 1], vectors[..., 2]
        return np.stack([x * cos - z * sin, y, x * sin + z * cos], axis=-1)


@dataclass(frozen=True, eq=False)
class Scenery:
    """The triangles of a set that stand above its ground: corners (k, 3, 3) and area (k,)."""

    corners: npt.NDArray[np.float32]
    centre: npt.NDArray[np.float32]
    area: npt.NDArray[np.float32]

    def shades(self, point: Points, direction: Points) -> bool:
        """Say whether a ray from `point` along a unit `direction` meets a triangle.

        The test is that of Möller and Trumbore, for all triangles at once.
        """
        first, second, third = self.corners[:, 0], self.corners[:, 1], self.corners[:, 2]
        ray = np.asarray(direction, np.float32)
        one, two = second - first, third - first
        across = np.cross(ray, two)
        spread = np.einsum("ij,ij->i", one, across)
        inverse = 1.0 / np.where(np.abs(spread) < 1e-9, np.inf, spread)
        offset = np.asarray(point, np.float32) - first
        u = np.einsum("ij,ij->i", offset, across) * inverse
        turned = np.cross(offset, one)
        v = (turned @ ray) * inverse
        along = np.einsum("ij,ij->i", two, turned) * inverse
        return bool(np.any((u >= 0) & (v >= 0) & (u + v <= 1) & (along > 0.3)))

    def cover(self, eye: Points, target: Points, *, fov_rad: float, aspect: float) -> float:
        """Return how much of the picture is covered by what is well before the target: 0..1.

        A triangle counts with half its area, as seen from a random side, over the square of its
        depth; what hides the target itself counts as a whole picture.
        """
        way = np.asarray(target - eye, np.float32)
        distance = float(np.linalg.norm(way))
        forward = way / distance
        offset = self.centre - np.asarray(eye, np.float32)
        depth = offset @ forward
        near = (depth > 0.05) & (depth < distance * 0.8)
        offset, depth, area = offset[near], depth[near], self.area[near]
        right = np.cross(forward, (0.0, 1.0, 0.0))
        right = (right / max(float(np.linalg.norm(right)), 1e-6)).astype(np.float32)
        up = np.cross(right, forward)
        tall = float(np.tan(fov_rad * 0.5))
        x, y = offset @ right / depth, offset @ up / depth
        seen = (np.abs(x) < tall * aspect) & (np.abs(y) < tall)
        share = np.minimum(0.5 * area / depth**2 / (4.0 * tall * tall * aspect), 0.3)
        hides = np.hypot(x * depth, y * depth) < 0.16
        whole = float(area[hides].sum()) > 0.03
        return min(float(share[seen].sum()) + (1.0 if whole else 0.0), 2.0)


@dataclass(frozen=True, eq=False)
class FreeSpace:
    """Where one may stand and see.

    `keep_in` is the axis-aligned box (low, high) that the camera stays in; `ground_height` takes
    and gives arrays of x and z in metres. Upright cylinders are treated as the square boxes around
    them: a camera loses nothing by keeping a little further from a column.
    """

    keep_in: tuple[Points, Points]
    ground_height: Height
    blocks: Blocks
    scenery: Scenery | None = None

    def solid(self, points: Points, *, margin_m: float = 0.0) -> Truths:
        """Say of each of (n, 3) points whether it is within `margin_m` of something solid."""
        if len(self.blocks.centre) == 0:
            return np.zeros(len(points), bool)
        local = np.abs(self.blocks.local(points))
        within = np.all(local < self.blocks.half[None] + margin_m, axis=2)
        return np.asarray(np.any(within, axis=1))

    def hidden(self, eyes: Points, targets: Points, *, margin_m: float = 0.0) -> Truths:
        """Say of each of n sight lines, from (n, 3) to (n, 3), whether something solid cuts it."""
        if len(self.blocks.centre) == 0:
            return np.zeros(len(eyes), bool)
        start = self.blocks.local(eyes)
        step = self.blocks.turned(np.repeat((targets - eyes)[:, None, :], start.shape[1], axis=1))
        step = np.where(np.abs(step) < 1e-9, 1e-9, step)
        half = self.blocks.half[None] + margin_m
        first, second = (-half - start) / step, (half - start) / step
        enter = np.minimum(first, second).max(axis=2)
        leave = np.maximum(first, second).min(axis=2)
        cut = (enter < leave) & (leave > 0.0) & (enter < 0.98)
        return np.asarray(np.any(cut, axis=1))

    def room(self, origin: Points, directions: Points) -> Points:
        """Return how far one may go from `origin` (3,) along (n, 3) unit directions in keep_in."""
        low, high = self.keep_in
        safe = np.where(np.abs(directions) < 1e-9, 1e-9, directions)
        far = np.maximum((low - origin) / safe, (high - origin) / safe)
        return np.asarray(np.clip(np.min(far, axis=1), 0.0, _NEVER))

    def clearance(self, origin: Points, directions: Points, *, margin_m: float = 0.15) -> Points:
        """Return how far one may go from `origin` along (n, 3) directions before a solid: (n,)."""
        if len(self.blocks.centre) == 0:
            return np.full(len(directions), _NEVER)
        start = self.blocks.local(origin[None])
        step = self.blocks.turned(np.repeat(directions[:, None, :], start.shape[1], axis=1))
        step = np.where(np.abs(step) < 1e-9, 1e-9, step)
        half = self.blocks.half[None] + margin_m
        first, second = (-half - start) / step, (half - start) / step
        enter = np.minimum(first, second).max(axis=2)
        leave = np.maximum(first, second).min(axis=2)
        hits = (enter < leave) & (enter > 0.0)
        return np.asarray(np.min(np.where(hits, enter, _NEVER), axis=1))

    def ground(self, points: Points) -> Points:
        """Return the height of the ground below (n, 3) points: (n,)."""
        return np.asarray(self.ground_height(points[:, 0], points[:, 2]), np.float64)

    def on_ground(self, x: float, z: float) -> Points:
        """Return the point of the ground at x and z, (3,)."""
        height = self.ground_height(np.array([x]), np.array([z]))
        return np.array([x, float(height[0]), z])


@lru_cache(maxsize=4)
def free_space(world: World) -> FreeSpace:
    """Return the free space of a world."""
    boxes = [one for one in world.colliders if isinstance(one, Box)]
    columns = [one for one in world.colliders if isinstance(one, Cylinder)]
    centre = [one.centre for one in boxes] + [
        (one.base[0], one.base[1] + one.height_m * 0.5, one.base[2]) for one in columns
    ]
    half = [one.half for one in boxes] + [
        (one.radius_m, one.height_m * 0.5, one.radius_m) for one in columns
    ]
    yaw = [one.yaw for one in boxes] + [0.0 for _ in columns]
    return FreeSpace(
        keep_in=(np.array(world.camera_keep_in.low), np.array(world.camera_keep_in.high)),
        ground_height=world.ground_height,
        blocks=Blocks(
            np.array(centre, np.float64).reshape(-1, 3),
            np.array(half, np.float64).reshape(-1, 3),
            np.array(yaw, np.float64),
        ),
        scenery=_scenery(world),
    )


def _scenery(world: World) -> Scenery:
    corners = world.static.positions[world.static.triangles]
    across = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    centre = corners.mean(axis=1)
    ground = world.ground_height(centre[:, 0].astype(np.float64), centre[:, 2].astype(np.float64))
    stands = centre[:, 1] > ground + SCENERY_ABOVE_M
    stands &= np.linalg.norm(centre - np.asarray(world.mark("hero").position), axis=1) < 90.0
    area = np.linalg.norm(across, axis=1) * 0.5
    return Scenery(
        corners[stands].astype(np.float32),
        centre[stands].astype(np.float32),
        area[stands].astype(np.float32),
    )


def heading(yaw: float) -> Points:
    """Return the unit direction in which somebody with that yaw looks."""
    return np.array([np.sin(yaw), 0.0, np.cos(yaw)])


def rightward(yaw: float) -> Points:
    """Return the unit direction to the right hand of somebody with that yaw."""
    return np.array([-np.cos(yaw), 0.0, np.sin(yaw)])


def yaw_towards(origin: Points, target: Points) -> float:
    """Return the yaw in which `target` is seen from `origin`."""
    return float(np.arctan2(target[0] - origin[0], target[2] - origin[2]))


def turn_between(first: float, second: float) -> float:
    """Return the turn, -pi to pi, that takes the yaw `first` to `second`."""
    return float((second - first + np.pi) % (2.0 * np.pi) - np.pi)


def eased(progress: Points) -> Points:
    """Ease 0..1 in and out with no jerk at the ends (Perlin's quintic smoothstep)."""
    u = np.clip(progress, 0.0, 1.0)
    return u * u * u * (u * (u * 6.0 - 15.0) + 10.0)


def smoothed(track: Points, width: float) -> Points:
    """Smooth (n, k) samples with a Gaussian `width` samples wide, holding the ends."""
    reach = int(np.ceil(width * 3.0))
    if reach < 1 or len(track) < 2:
        return track
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / width) ** 2)
    kernel /= kernel.sum()
    padded = np.pad(track, ((reach, reach), (0, 0)), mode="edge")
    columns = [np.convolve(padded[:, axis], kernel, mode="valid") for axis in range(track.shape[1])]
    return np.stack(columns, axis=1)

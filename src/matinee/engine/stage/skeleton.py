"""Bones: their names, where they rest, and the mathematics that poses all frames at once.

A turn is a (3, 3) rotation acting on columns, expressed in the axes of the rest pose: a bone's
world rotation is its parent's world rotation times its own turn. Frames come first in every array.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

Floats: TypeAlias = "npt.NDArray[np.float64]"

TINY = 1e-9


@dataclass(frozen=True, eq=False)
class Skeleton:
    """A rig at rest: names parents first; heads and tails (j, 3) metres, Y up, facing +Z."""

    names: tuple[str, ...]
    parents: tuple[int, ...]
    heads: npt.NDArray[np.float32]
    tails: npt.NDArray[np.float32]

    @cached_property
    def places(self) -> dict[str, int]:
        """The index of every bone by name."""
        return {name: index for index, name in enumerate(self.names)}

    def head(self, name: str) -> Floats:
        """Return where a bone begins at rest, (3,)."""
        return np.asarray(self.heads[self.places[name]], np.float64)

    def tail(self, name: str) -> Floats:
        """Return where a bone ends at rest, (3,)."""
        return np.asarray(self.tails[self.places[name]], np.float64)


def unit(vectors: npt.ArrayLike) -> Floats:
    """Scale vectors (..., 3) to length 1."""
    values = np.asarray(vectors, np.float64)
    return np.asarray(values / np.maximum(np.linalg.norm(values, axis=-1, keepdims=True), TINY))


def about_x(angle: npt.ArrayLike) -> Floats:
    """Return rotations about X, (..., 3, 3); a positive angle tips +Y towards +Z."""
    return _about(angle, 0)


def about_y(angle: npt.ArrayLike) -> Floats:
    """Return rotations about Y, (..., 3, 3); a positive angle turns +Z towards +X."""
    return _about(angle, 1)


def about_z(angle: npt.ArrayLike) -> Floats:
    """Return rotations about Z, (..., 3, 3); a positive angle tips +X towards +Y."""
    return _about(angle, 2)


def _about(angle: npt.ArrayLike, axis: int) -> Floats:
    radians = np.asarray(angle, np.float64)
    cosine, sine = np.cos(radians), np.sin(radians)
    turns = np.zeros((*radians.shape, 3, 3))
    first, second = (axis + 1) % 3, (axis + 2) % 3
    turns[..., axis, axis] = 1
    turns[..., first, first] = turns[..., second, second] = cosine
    turns[..., first, second] = -sine
    turns[..., second, first] = sine
    return turns


def about(axis: npt.ArrayLike, angle: npt.ArrayLike) -> Floats:
    """Return rotations by `angle` (...,) about unit `axis` (..., 3): Rodrigues' formula."""
    x, y, z = np.moveaxis(np.asarray(axis, np.float64), -1, 0)
    cross = np.zeros((*np.broadcast(x, y).shape, 3, 3))
    cross[..., 0, 1], cross[..., 0, 2] = -z, y
    cross[..., 1, 0], cross[..., 1, 2] = z, -x
    cross[..., 2, 0], cross[..., 2, 1] = -y, x
    radians = np.asarray(angle, np.float64)[..., None, None]
    return np.asarray(np.eye(3) + np.sin(radians) * cross + (1 - np.cos(radians)) * (cross @ cross))


def euler(pitch: npt.ArrayLike, yaw: npt.ArrayLike, roll: npt.ArrayLike) -> Floats:
    """Return yaw about Y, then pitch about X (forward), then roll about Z, as one rotation."""
    return np.asarray(about_y(yaw) @ about_x(pitch) @ about_z(roll))


def frame(along: npt.ArrayLike, beside: npt.ArrayLike) -> Floats:
    """Return rotations whose first column is `along` and whose second leans towards `beside`."""
    first = unit(along)
    second = np.asarray(beside, np.float64)
    second = unit(second - (second * first).sum(-1, keepdims=True) * first)
    return np.stack([first, second, np.cross(first, second)], -1)


def turned(turns: Floats, vectors: npt.ArrayLike) -> Floats:
    """Apply rotations (..., 3, 3) to vectors (..., 3)."""
    return np.asarray((turns @ np.asarray(vectors, np.float64)[..., None])[..., 0])


@dataclass(frozen=True, eq=False)
class Bend:
    """A solved limb: the middle joint and the end that was reached (n, 3), and the hinge (n, 3)."""

    middle: Floats
    end: Floats
    hinge: Floats


def two_bone(start: Floats, target: Floats, lengths: tuple[float, float], pole: Floats) -> Bend:
    """Bend a two-bone limb from `start` (n, 3) to `target` (n, 3), its middle towards `pole`.

    `pole` (n, 3) is a direction. A target out of reach is approached as far as 99.5 % of the limb
    allows; one too near is kept at the shortest the joint allows. The law of cosines gives the
    angle. The hinge points so that the limb bends about it in the positive sense.
    """
    upper, lower = lengths
    gap = target - start
    distance = np.linalg.norm(gap, axis=-1)
    shortest = max(abs(upper - lower) * 1.05, (upper + lower) * 0.2)
    reach = np.clip(distance, shortest, (upper + lower) * 0.995)
    along = unit(np.where(distance[:, None] > TINY, gap, [0.0, -1.0, 0.0]))
    aside = pole - (pole * along).sum(-1, keepdims=True) * along
    # A pole along the limb says nothing; then any fixed side will do.
    spare = np.cross(along, [1.0, 0.0, 0.0])
    aside = unit(np.where(np.linalg.norm(aside, axis=-1, keepdims=True) > 1e-6, aside, spare))
    cosine = np.clip((upper**2 + reach**2 - lower**2) / (2 * upper * reach), -1, 1)
    sine = np.sqrt(1 - cosine**2)
    middle = start + upper * (cosine[:, None] * along + sine[:, None] * aside)
    end = start + reach[:, None] * along
    return Bend(middle, end, unit(np.cross(aside, along)))

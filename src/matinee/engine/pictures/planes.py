"""Arithmetic on planes of a picture: colour spaces, soft filters, connected regions, distances."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    import numpy.typing as npt

Plane: TypeAlias = "npt.NDArray[np.float32]"
"""(h, w) float32."""
Mask: TypeAlias = "npt.NDArray[np.bool_]"
"""(h, w) bool."""
Colours: TypeAlias = "npt.NDArray[np.float32]"
"""(..., 3) float32."""

LUMA = np.array([0.2126, 0.7152, 0.0722], np.float32)
_TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750],
     [0.0193339, 0.1191920, 0.9503041]], np.float32
)  # fmt: skip
_WHITE = np.array([0.95047, 1.0, 1.08883], np.float32)


def linear(srgb: Colours) -> Colours:
    """Return the light of sRGB values 0..1 (IEC 61966-2-1)."""
    low = srgb / 12.92
    return np.where(srgb <= 0.04045, low, ((srgb + 0.055) / 1.055) ** 2.4).astype(np.float32)


def encoded(light: Colours) -> Colours:
    """Return sRGB values of light 0..1."""
    light = np.clip(light, 0.0, 1.0)
    return np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055).astype(
        np.float32
    )


def lab(srgb: Colours) -> Colours:
    """Return CIE L*a*b* (D65) of sRGB values 0..1."""
    xyz = linear(srgb) @ _TO_XYZ.T / _WHITE
    root = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    x, y, z = np.moveaxis(root, -1, 0)
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1).astype(np.float32)


def mean_around(plane: Plane, radius: int) -> Plane:
    """Return the mean of the square of 2 radius + 1 around every pixel, edges continued."""
    out = plane.astype(np.float64)
    for axis in (0, 1):
        pad = [(radius + 1, radius) if k == axis else (0, 0) for k in range(2)]
        total = np.cumsum(np.pad(out, pad, mode="edge"), axis=axis)
        ahead = np.take(total, range(2 * radius + 1, total.shape[axis]), axis=axis)
        behind = np.take(total, range(total.shape[axis] - 2 * radius - 1), axis=axis)
        out = (ahead - behind) / (2 * radius + 1)
    return out.astype(np.float32)


def guided(guide: Plane, plane: Plane, *, radius: int, smooth: float) -> Plane:
    """Smooth a plane without crossing the edges of `guide` (guided filter, He et al. 2010)."""
    mean_guide, mean_plane = mean_around(guide, radius), mean_around(plane, radius)
    spread = mean_around(guide * guide, radius) - mean_guide**2
    together = mean_around(guide * plane, radius) - mean_guide * mean_plane
    slope = together / (spread + smooth)
    offset = mean_plane - slope * mean_guide
    return mean_around(slope, radius) * guide + mean_around(offset, radius)


def resized(plane: Plane, height: int, width: int) -> Plane:
    """Return a plane at another size."""
    picture = Image.fromarray(np.ascontiguousarray(plane, np.float32))
    kind = Image.Resampling.BOX if height < plane.shape[0] else Image.Resampling.BILINEAR
    return np.asarray(picture.resize((width, height), kind), np.float32)


def regions(mask: Mask) -> npt.NDArray[np.int32]:
    """Number the connected regions of a mask from 1, 0 outside; neighbours share an edge."""
    height, width = mask.shape
    every = np.arange(1, height * width + 1, dtype=np.int64).reshape(height, width)
    own = every * mask
    # Every pixel takes the largest number in its row's and column's run until nothing changes.
    while True:
        before = own
        for flip in (False, True):
            for axis in (0, 1):
                own = _carried(own, mask, axis=axis, flip=flip)
        if np.array_equal(before, own):
            break
    _, numbers = np.unique(own, return_inverse=True)
    first = 1 if mask.all() else 0
    return np.asarray(numbers, np.int32).reshape(mask.shape) + np.int32(first)


def _carried(
    own: npt.NDArray[np.int64], mask: Mask, *, axis: int, flip: bool
) -> npt.NDArray[np.int64]:
    """Carry the largest number along each run of a mask, in one direction."""
    numbers, inside = (np.moveaxis(one, axis, 1) for one in (own, mask))
    if flip:
        numbers, inside = numbers[:, ::-1], inside[:, ::-1]
    # Behind every gap a higher floor begins, so that the running maximum starts anew.
    step = np.int64(own.max() + 1)
    floor = np.cumsum(~inside, axis=1, dtype=np.int64) * step
    carried = np.maximum.accumulate(np.where(inside, numbers + floor, floor), axis=1) - floor
    carried = np.where(inside, carried, 0)
    if flip:
        carried = carried[:, ::-1]
    return np.ascontiguousarray(np.moveaxis(carried, 1, axis))


def filled(mask: Mask) -> Mask:
    """Return a mask with its holes filled: all that the outside cannot reach."""
    framed = np.pad(~mask, 1, constant_values=True)
    numbers = regions(framed)
    return np.asarray(~(numbers == numbers[0, 0])[1:-1, 1:-1])


def depth_within(mask: Mask) -> Plane:
    """Return how far every pixel of a mask is from the nearest one outside, in pixels.

    Exact and Euclidean, by the lower envelope of columns taken row by row.
    """
    framed = np.pad(mask, 1)
    height, width = framed.shape
    far = float(height + width)
    up = np.zeros(framed.shape)
    for row in range(1, height):
        up[row] = np.where(framed[row], up[row - 1] + 1, 0)
    down = np.zeros(framed.shape)
    for row in range(height - 2, -1, -1):
        down[row] = np.where(framed[row], down[row + 1] + 1, 0)
    column = np.minimum(np.minimum(up, down), far) ** 2
    across = (np.arange(width)[:, None] - np.arange(width)[None, :]) ** 2
    out = np.empty(framed.shape)
    for row in range(height):
        out[row] = np.sqrt((column[row][None, :] + across).min(axis=1))
    return out[1:-1, 1:-1].astype(np.float32)

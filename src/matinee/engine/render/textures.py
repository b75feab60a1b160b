"""The two tiling pictures that the kernel samples: surface noise and clouds.

Both are made from filtered white noise with a fixed seed, once per process, and carry all their
mip levels one after the other, finest first, as RGBA8. A row of a level ends with a copy of its
first texel.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from matinee.engine.render.scene import Vector

NOISE_SIZE = 256
CLOUD_SIZE = 512
Plane: TypeAlias = np.ndarray[tuple[int, int], np.dtype[np.float64]]
"""(size, size) float64."""
Mips: TypeAlias = np.ndarray[tuple[int], np.dtype[np.uint32]]
"""(texels of all levels,) uint32, RGBA8."""


def _spectrum(size: int, seed: int, lowest: float, highest: float, slope: float) -> Plane:
    """Return tiling noise with frequencies in a band, amplitude falling as 1 / f^slope; 0..1."""
    white = np.random.default_rng(seed).standard_normal((size, size))
    across = np.fft.fftfreq(size)[None, :] * size
    down = np.fft.fftfreq(size)[:, None] * size
    frequency = np.hypot(across, down)
    frequency[0, 0] = 1.0
    gain = frequency**-slope
    gain *= 1.0 / (1.0 + (lowest / frequency) ** 8) / (1.0 + (frequency / highest) ** 8)
    gain[0, 0] = 0.0
    plane = np.fft.ifft2(np.fft.fft2(white) * gain).real
    return np.asarray(np.clip(0.5 + plane / plane.std() * 0.17, 0.0, 1.0))


def _cells(size: int, seed: int, count: int) -> Plane:
    """Return the distance to the nearest of `count` scattered points, tiling, 0..1 (Worley)."""
    points = np.random.default_rng(seed).random((count, 2)) * size
    rows, columns = np.mgrid[0:size, 0:size]
    nearest = np.full((size, size), np.inf)
    for x, y in points:
        dx = np.abs(columns - x)
        dy = np.abs(rows - y)
        square = np.minimum(dx, size - dx) ** 2 + np.minimum(dy, size - dy) ** 2
        nearest = np.minimum(nearest, square)
    distance = np.sqrt(nearest)
    return np.asarray(np.clip(distance / (1.6 * size / np.sqrt(count)), 0.0, 1.0))


def _with_mips(channels: list[Plane]) -> Mips:
    levels: list[npt.NDArray[np.uint32]] = []
    picture = np.stack(channels, axis=-1)
    while True:
        bytes_ = np.round(np.clip(picture, 0.0, 1.0) * 255.0).astype(np.uint8)
        texels = np.ascontiguousarray(bytes_).view(np.uint32)[:, :, 0]
        # The first texel again after the last: the kernel reads neighbours in pairs.
        levels.append(np.hstack([texels, texels[:, :1]]).ravel())
        size = len(picture)
        if size == 1:
            # A vector read past the last texel must stay inside the array.
            return np.concatenate([*levels, np.zeros(16, np.uint32)])
        picture = picture.reshape(size // 2, 2, size // 2, 2, 4).mean(axis=(1, 3))


@lru_cache(maxsize=1)
def surface_noise() -> Mips:
    """Return broad, middle and fine noise and cells, in that order of channels."""
    size = NOISE_SIZE
    return _with_mips(
        [
            _spectrum(size, 11, 2.0, 24.0, 1.5),
            _spectrum(size, 12, 6.0, 60.0, 1.1),
            _spectrum(size, 13, 30.0, 128.0, 0.4),
            _cells(size, 14, 90),
        ]
    )


@lru_cache(maxsize=1)
def _cloud_shapes() -> tuple[Plane, Plane]:
    """Return where clouds form first, as a rank 0..1, and fine structure for their insides."""
    size = CLOUD_SIZE
    broad = _spectrum(size, 21, 1.5, 9.0, 1.7)
    middle = _spectrum(size, 22, 5.0, 60.0, 1.9)
    fine = _spectrum(size, 23, 20.0, 220.0, 1.5)
    # Folding the noise makes the round heads of heaped clouds.
    billows = 1.0 - np.abs(2.0 * middle - 1.0) * 1.6
    height = 0.62 * broad + 0.26 * billows + 0.20 * (fine - 0.5)
    ranked = np.empty(size * size)
    ranked[np.argsort(height.ravel())] = np.linspace(0.0, 1.0, size * size)
    return ranked.reshape(size, size), fine


@lru_cache(maxsize=8)
def clouds(cover: float, direction_to_sun: Vector) -> Mips:
    """Return a layer of clouds: how opaque, how sunlit, how bright inside; channels R, G, B.

    cover 0..1 is about the share of the sky that is hidden. Light is what is left of the sun after
    walking a few steps towards it through the layer (Beer's law).
    """
    size = CLOUD_SIZE
    ranked, fine = _cloud_shapes()
    depth = np.clip((ranked - (1.0 - cover)) / max(0.30, 0.55 * cover), 0.0, 1.0)
    opaque = 1.0 - np.exp(-5.5 * depth)
    flat = np.hypot(direction_to_sun[0], direction_to_sun[2])
    x, z = (direction_to_sun[0] / flat, direction_to_sun[2] / flat) if flat > 1e-6 else (0.0, 1.0)
    thickness = np.zeros((size, size))
    for step in range(1, 9):
        shift = (round(-z * step * 2.6), round(-x * step * 2.6))
        thickness += np.roll(depth, shift, axis=(0, 1)) * (0.9**step)
    slant = 0.35 + 0.65 * (1.0 - max(direction_to_sun[1], 0.0))
    lit = np.exp(-0.55 * slant * thickness) * (1.0 - 0.35 * depth)
    inner = np.clip(0.92 - 0.55 * depth + 0.5 * (fine - 0.5), 0.0, 1.0)
    return _with_mips([opaque, lit, inner, np.zeros((size, size))])

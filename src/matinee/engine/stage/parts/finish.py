"""What a part is made of, and noise to make it look used."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from matinee.engine.render.geometry import Mesh, Surface

if TYPE_CHECKING:
    from collections.abc import Sequence

Floats: TypeAlias = npt.NDArray[np.float64]
Colour: TypeAlias = tuple[float, float, float]

_SRGB_KNEE = 0.04045


def rgb(code: str) -> Colour:
    """Return the linear colour of an sRGB `#rrggbb` code (IEC 61966-2-1)."""
    red, green, blue = (int(code[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return _linear(red), _linear(green), _linear(blue)


def _linear(value: float) -> float:
    return value / 12.92 if value <= _SRGB_KNEE else ((value + 0.055) / 1.055) ** 2.4


@dataclass(frozen=True)
class Finish:
    """A material: linear colour, surface kind, roughness 0..1, emission 0..16."""

    colour: Colour
    surface: Surface = Surface.PLAIN
    roughness: float = 0.75
    emission: float = 0.0

    def times(self, factor: float) -> Finish:
        """Return the finish darker (factor below 1) or lighter."""
        red, green, blue = (min(channel * factor, 0.95) for channel in self.colour)
        return replace(self, colour=(red, green, blue))

    def coloured(self, colour: Colour) -> Finish:
        """Return the finish in another linear colour."""
        return replace(self, colour=colour)

    def glowing(self, emission: float) -> Finish:
        """Return the finish giving off light."""
        return replace(self, emission=emission)


def seed_of(*words: str | int) -> np.random.Generator:
    """Return a generator that is the same for the same words on every machine."""
    text = "/".join(str(word) for word in words).encode()
    return np.random.default_rng(np.frombuffer(text, np.uint8).astype(np.uint32))


def _lattice(cells: npt.NDArray[np.int64], seed: int) -> Floats:
    mixed = cells[..., 0] * 374761393 + cells[..., 1] * 668265263 + cells[..., 2] * 2147483647
    mixed = (mixed + seed * 974711) & 0xFFFFFFFF
    mixed = ((mixed ^ (mixed >> 13)) * 1274126177) & 0xFFFFFFFF
    return ((mixed ^ (mixed >> 16)) & 0xFFFF) / 65535.0


def noise(points: npt.ArrayLike, *, cell_m: float, seed: int = 0) -> Floats:
    """Return smooth value noise 0..1 at (n, 3) points, with bumps about `cell_m` wide."""
    scaled = np.asarray(points, np.float64) / cell_m
    base = np.floor(scaled).astype(np.int64)
    part = scaled - base
    part = part * part * (3 - 2 * part)
    total = np.zeros(scaled.shape[:-1])
    for corner in range(8):
        step = np.array([corner & 1, corner >> 1 & 1, corner >> 2 & 1])
        weight = np.where(step, part, 1 - part).prod(axis=-1)
        total += weight * _lattice(base + step, seed)
    return total


def fractal(points: npt.ArrayLike, *, cell_m: float, seed: int = 0, octaves: int = 4) -> Floats:
    """Return layered noise, about -1..1, each layer half as wide and half as strong."""
    total = np.zeros(np.asarray(points).shape[:-1])
    for octave in range(octaves):
        layer = noise(points, cell_m=cell_m / 2**octave, seed=seed + octave)
        total += (layer - 0.5) / 2**octave
    return total


def flat(x: npt.ArrayLike, z: npt.ArrayLike) -> Floats:
    """Return (..., 3) points at height zero for maps of x and z."""
    across, along = np.broadcast_arrays(np.asarray(x, np.float64), np.asarray(z, np.float64))
    return np.stack([across, np.zeros_like(across), along], -1)


def weathered(mesh: Mesh, *, amount: float = 0.15, cell_m: float = 1.5, seed: int = 0) -> Mesh:
    """Return the mesh with blotches: albedo varies by plus or minus `amount` over `cell_m`."""
    blotch = fractal(mesh.positions, cell_m=cell_m, seed=seed, octaves=3)
    factor = 1 + amount * 2 * blotch
    return replace(
        mesh, albedo=np.clip(mesh.albedo * factor[:, None], 0.004, 0.95).astype(np.float32)
    )


def grimy(mesh: Mesh, *, amount: float = 0.35, height_m: float = 0.7) -> Mesh:
    """Return the mesh darker towards its foot, as rain and feet leave it."""
    above = mesh.positions[:, 1] - mesh.positions[:, 1].min()
    factor = 1 - amount * np.exp(-above / height_m)
    return replace(mesh, albedo=(mesh.albedo * factor[:, None]).astype(np.float32))


def mixed(first: Colour, second: Colour, share: float) -> Colour:
    """Return the colour `share` of the way from `first` to `second`."""
    red, green, blue = (a + (b - a) * share for a, b in zip(first, second, strict=True))
    return red, green, blue


def picked(rng: np.random.Generator, palette: Sequence[Colour], count: int) -> Floats:
    """Return (count, 3) colours drawn from the palette, each a little lighter or darker."""
    chosen = np.asarray(palette)[rng.integers(0, len(palette), count)]
    return np.clip(chosen * rng.uniform(0.82, 1.15, (count, 1)), 0.005, 0.95)

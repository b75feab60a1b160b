"""Patterns of coats: how much of each point of a skin has the colour of its marks, 0 to 1."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from matinee.engine.stage.motion.controls import smooth

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from .anatomy import Plan
    from .species import Species

Floats: TypeAlias = "npt.NDArray[np.float64]"


def noise(points: Floats, size_m: float, rng: np.random.Generator) -> Floats:
    """Return smooth noise (n,) in about -1..1 whose features are `size_m` large."""
    ways = rng.normal(0, 1, (9, 3))
    ways *= (2 * np.pi / size_m) / np.linalg.norm(ways, axis=1, keepdims=True)
    ways *= rng.uniform(0.6, 1.5, (9, 1))
    phases = rng.uniform(0, 2 * np.pi, 9)
    return np.asarray(np.sin(points @ ways.T + phases).sum(1) / 3.2)


class Shares:
    """How much of each point belongs to bones whose names begin with something."""

    def __init__(self, plan: Plan, hold: Floats) -> None:
        self.names, self.hold = plan.skeleton.names, hold

    def of(self, *beginnings: str) -> Floats:
        """Return the part (n,) of each point that such bones hold."""
        columns = [k for k, name in enumerate(self.names) if name.startswith(beginnings)]
        return np.asarray(self.hold[:, columns].sum(1))


@dataclass(frozen=True, eq=False)
class Canvas:
    """The skin that is painted: points and normals (n, 3), who holds it, and its chances.

    size is the animal's unit in metres, limb (n,) how much of a point is of the feet, warp (n,)
    slow noise.
    """

    one: Species
    points: Floats
    normals: Floats
    share: Shares
    size: float
    limb: Floats
    warp: Floats
    rng: np.random.Generator


def _saddle(skin: Canvas) -> Floats:
    """A dark back."""
    back = smooth((skin.normals[:, 1] - 0.1 + 0.35 * skin.warp) / 0.5)
    return np.asarray(back * (1 - 0.75 * skin.share.of("head")) * (1 - skin.limb))


def _tabby(skin: Canvas) -> Floats:
    """Stripes across body and limbs."""
    wide = 0.115 if skin.one.coat.pattern == "tabby" else 0.14
    along = skin.points[:, 2] + 0.12 * skin.points[:, 1] + 0.05 * skin.size * skin.warp
    head = skin.share.of("head")
    along = along * (1 - head) + head * (np.abs(skin.points[:, 0]) * 1.6 + 0.35 * skin.points[:, 1])
    legs = skin.share.of("forearm", "shin", "wrist", "hock", "tail")
    along = along * (1 - legs) + legs * (
        np.where(skin.share.of("tail") > 0.5, skin.points[:, 2], skin.points[:, 1]) * 1.2
    )
    wave = np.sin(2 * np.pi * along / (wide * skin.size))
    sharp = smooth((wave - 0.15) / (0.5 if skin.one.coat.pattern == "tabby" else 0.25))
    strong = 0.7 if skin.one.coat.pattern == "tabby" else 1.0
    front = smooth((skin.normals[:, 1] + 0.45) / 0.4)
    face = 1 - head * smooth(skin.normals[:, 2] / 0.4)
    return np.asarray(strong * sharp * front * face)


def _patches(skin: Canvas) -> Floats:
    """Large patches."""
    large = noise(skin.points + 7.0, 0.62 * skin.size, skin.rng)
    return np.asarray(smooth((large - 0.12) / 0.1) * (1 - skin.limb))


def _spots(skin: Canvas) -> Floats:
    """Pale spots on the back."""
    cells = noise(skin.points, 0.11 * skin.size, skin.rng)
    back = smooth((skin.normals[:, 1] - 0.05) / 0.4) * skin.share.of(
        "chest", "rump", "pelvis", "thigh"
    )
    return np.asarray(0.55 * back * smooth((0.35 - np.abs(cells)) / 0.3))


def _rosettes(skin: Canvas) -> Floats:
    """Rings or spots."""
    away, second = _cells(skin.points, 0.17 * skin.size, skin.rng)
    ring = smooth((0.42 - np.abs(away - 0.3)) / 0.2) * smooth((second - away - 0.12) / 0.1)
    ring = (
        ring * smooth((away - 0.1) / 0.1)
        if skin.one.name == "leopard"
        else smooth((0.3 - away) / 0.1)
    )
    return np.asarray(ring * smooth((skin.normals[:, 1] + 0.5) / 0.3))


def _net(skin: Canvas) -> Floats:
    """Patches with a pale net between them."""
    away, second = _cells(skin.points, 0.2 * skin.size, skin.rng)
    low = smooth((skin.points[:, 1] - 0.3 * skin.size) / (0.12 * skin.size))
    return np.asarray(smooth((second - away - 0.13) / 0.08) * low * (1 - skin.limb))


def _zebra(skin: Canvas) -> Floats:
    """Stripes that turn with neck, rump and legs."""
    head, legs = (
        skin.share.of("head", "jaw"),
        skin.share.of("forearm", "shin", "wrist", "hock", "arm"),
    )
    neck, rear = skin.share.of("neck"), skin.share.of("rump", "thigh")
    along = skin.points[:, 2] + 0.03 * skin.size * skin.warp
    along = along * (1 - neck) + neck * (0.7 * skin.points[:, 2] - 0.75 * skin.points[:, 1])
    along = along * (1 - 0.75 * rear) + 0.75 * rear * skin.points[:, 1]
    along = along * (1 - legs) + legs * skin.points[:, 1] * 1.1
    along = along * (1 - head) + head * (0.8 * skin.points[:, 1] + 0.6 * np.abs(skin.points[:, 0]))
    wave = np.sin(2 * np.pi * along / ((0.15 - 0.07 * np.maximum(head, legs)) * skin.size))
    belly = smooth((skin.normals[:, 1] + 0.8) / 0.3)
    return np.asarray(smooth((wave + 0.1) / 0.22) * np.maximum(belly, legs))


def _panda(skin: Canvas) -> Floats:
    """Legs, shoulders and what joins them over the back."""
    legs = skin.share.of("scap", "arm", "forearm", "shin", "thigh")
    band = smooth((0.62 - np.abs(skin.points[:, 2] / skin.size - 0.4) / 0.2) / 0.3)
    low = smooth((0.62 * skin.size - skin.points[:, 1]) / (0.1 * skin.size))
    hind = skin.share.of("shin", "thigh")
    return np.asarray(np.maximum(legs * (1 - hind) + hind * low + skin.limb, 0.95 * band))


def _back(skin: Canvas) -> Floats:
    """All of the back."""
    return np.asarray(
        smooth((skin.normals[:, 1] - 0.05 + 0.15 * skin.warp) / 0.3) * (1 - skin.limb)
    )


def _bands(skin: Canvas) -> Floats:
    """Broad bands across the back."""
    wide = 0.16 * skin.size * max(skin.one.trunk, 0.5)
    wave = np.sin(2 * np.pi * skin.points[:, 2] / wide + 0.6 * skin.warp)
    return np.asarray(smooth((wave - 0.2) / 0.25) * smooth((skin.normals[:, 1] + 0.3) / 0.4))


def _scales(skin: Canvas) -> Floats:
    """Uneven darker skin."""
    large = noise(skin.points + 3.0, 0.3 * skin.size * max(skin.one.trunk, 1.0) ** 0.5, skin.rng)
    return np.asarray(0.75 * smooth((skin.normals[:, 1] - 0.1 + 0.5 * large) / 0.4))


def _mask(skin: Canvas) -> Floats:
    """The face but for its front."""
    face = smooth((0.6 - np.abs(skin.normals[:, 2])) / 0.3)
    return np.asarray(skin.share.of("head") * smooth((skin.points[:, 2]) / skin.size) * (1 - face))


def _feathers(skin: Canvas) -> Floats:
    """A touch of it above."""
    return np.asarray(0.12 * smooth((skin.normals[:, 1] - 0.2) / 0.6))


def _plain(skin: Canvas) -> Floats:
    """A touch of it along the back."""
    return np.asarray(0.5 * smooth((skin.normals[:, 1] - 0.35 + 0.3 * skin.warp) / 0.6))


def _cells(points: Floats, size_m: float, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """Return how far points are from the nearest and the next of random seeds, in `size_m`."""
    low, high = points.min(0), points.max(0)
    seeds = rng.uniform(low, high, (min(int(np.prod((high - low) / size_m + 1) * 1.6), 3000), 3))
    # Seeds lie on the skin, or cells would be as deep as they are wide.
    nearest = ((seeds[:, None] - points[None, ::7]) ** 2).sum(-1).argmin(1)
    seeds = np.unique(points[::7][nearest], axis=0)
    kept: list[Floats] = []
    for seed in seeds[rng.permutation(len(seeds))]:
        if all(float(((seed - other) ** 2).sum()) > (0.7 * size_m) ** 2 for other in kept):
            kept.append(seed)
    away = np.sqrt(((points[:, None] - np.array(kept)[None]) ** 2).sum(-1))
    two = np.partition(away, 1, axis=1)[:, :2] / size_m
    return two[:, 0], two[:, 1]


PATTERNS: Final[dict[str, Callable[[Canvas], Floats]]] = {
    "saddle": _saddle,
    "tabby": _tabby,
    "stripes": _tabby,
    "patches": _patches,
    "spots": _spots,
    "rosettes": _rosettes,
    "net": _net,
    "zebra": _zebra,
    "back": _back,
    "panda": _panda,
    "bands": _bands,
    "scales": _scales,
    "mask": _mask,
    "plain": _plain,
}


def marks(
    plan: Plan, points: Floats, normals: Floats, share: Shares, rng: np.random.Generator
) -> Floats:
    """Return how much of each point (n, 3) is of the colour of the markings, (n,)."""
    one, size = plan.species, plan.species.unit_m * plan.scale
    warp = noise(points, 0.3 * size, rng)
    limb = share.of("wrist", "hock", "fpaw", "hpaw")
    canvas = Canvas(one, points, normals, share, size, limb, warp, rng)
    if one.body == "bird" and one.coat.pattern == "plain":
        return _feathers(canvas)
    return PATTERNS[one.coat.pattern](canvas)

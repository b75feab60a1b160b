"""Pieces of surface whose vertices carry any attributes, and the cuts a tailor makes in them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from matinee.engine.render.geometry import smooth_normals

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

Floats: TypeAlias = "npt.NDArray[np.floating]"
Ints: TypeAlias = "npt.NDArray[np.int64]"


@dataclass(frozen=True, eq=False)
class Patch:
    """Triangles (m, 3) and named vertex attributes, each (n, width)."""

    rows: Mapping[str, Floats]
    triangles: Ints

    def __len__(self) -> int:
        """Return the number of vertices."""
        return len(next(iter(self.rows.values())))

    def __getitem__(self, name: str) -> Floats:
        """Return one attribute."""
        return self.rows[name]

    def having(self, **rows: Floats) -> Patch:
        """Return the patch with attributes added or replaced."""
        fresh = {name: np.asarray(value, np.float32) for name, value in rows.items()}
        return replace(self, rows={**self.rows, **fresh})

    def normals(self) -> Floats:
        """Return smooth normals of `position`, (n, 3)."""
        return self._normals

    @cached_property
    def _normals(self) -> Floats:
        # Each band along an edge of a garment asks for those of the whole of it.
        return smooth_normals(self["position"], self.triangles.astype(np.uint32))


@dataclass(frozen=True, eq=False)
class Cut:
    """What a cut left: the patch, and for each of its vertices the two old ones it lies between.

    New row = old[first] * (1 - share) + old[second] * share.
    """

    patch: Patch
    first: Ints
    second: Ints
    share: Floats


def compacted(patch: Patch) -> Cut:
    """Drop vertices that no triangle uses."""
    used, triangles = _numbered_anew(patch.triangles, len(patch))
    rows = {name: values[used] for name, values in patch.rows.items()}
    return Cut(Patch(rows, triangles), used, used, np.zeros(len(used), np.float32))


def _numbered_anew(triangles: Ints, count: int) -> tuple[Ints, Ints]:
    """Return which of `count` vertices the triangles use, and the triangles by places in that."""
    seen = np.zeros(count, np.bool_)
    seen[triangles] = True
    return np.flatnonzero(seen), (np.cumsum(seen) - 1)[triangles]


def _edges(pairs: Ints, count: int) -> tuple[Ints, Ints]:
    """Return the different edges (e, 2) among pairs of vertices, sorted, and which one each is."""
    keys = pairs.min(axis=1) * np.int64(count) + pairs.max(axis=1)
    unique, where = np.unique(keys, return_inverse=True)
    return np.stack(np.divmod(unique, count), axis=1), where.ravel()


def cut(patch: Patch, field: npt.NDArray[np.floating]) -> Cut:
    """Keep where `field` (n,) is at least 0, with a clean edge along its zero line."""
    inside = field >= 0
    corners = inside[patch.triangles]
    count = corners.sum(1)
    whole = patch.triangles[count == 3]
    pieces = [whole]
    edges: list[tuple[Ints, Ints]] = []
    # One corner in: a smaller triangle. Two in: a quad. Turn each so that the odd one comes first.
    for kept in (1, 2):
        chosen = patch.triangles[count == kept]
        odd = np.argmax(corners[count == kept] == (kept == 1), axis=1)
        at = np.arange(len(chosen))
        a, b, c = chosen[at, odd], chosen[at, (odd + 1) % 3], chosen[at, (odd + 2) % 3]
        edges.append((np.concatenate([a, a]), np.concatenate([b, c])))
        pieces.append(np.stack([a, b, c], 1))
    unique, where = _edges(np.concatenate([np.stack(pair, 1) for pair in edges]), len(patch))
    gap = field[unique[:, 0]] - field[unique[:, 1]]
    share = field[unique[:, 0]] / np.where(gap == 0, 1, gap)
    first = np.concatenate([np.arange(len(patch)), unique[:, 0]])
    second = np.concatenate([np.arange(len(patch)), unique[:, 1]])
    shares = np.concatenate([np.zeros(len(patch)), share]).astype(np.float32)
    fresh = where + len(patch)
    ones, twos = len(pieces[1]), len(pieces[2])
    near_b, near_c = fresh[:ones], fresh[ones : 2 * ones]
    far_b, far_c = fresh[2 * ones : 2 * ones + twos], fresh[2 * ones + twos :]
    triangles = np.concatenate(
        [
            whole,
            np.stack([pieces[1][:, 0], near_b, near_c], 1),
            np.stack([far_b, pieces[2][:, 1], pieces[2][:, 2]], 1),
            np.stack([far_b, pieces[2][:, 2], far_c], 1),
        ]
    )
    used, triangles = _numbered_anew(triangles, len(first))
    first, second, shares = first[used], second[used], shares[used]
    split = np.flatnonzero(first != second)
    rows = {}
    for name, values in patch.rows.items():
        kept = values[first]
        part = shares[split, None]
        kept[split] = kept[split] * (1 - part) + values[second[split]] * part
        rows[name] = kept
    return Cut(Patch(rows, triangles), first, second, shares)


def ironed(patch: Patch, rounds: int = 6) -> Patch:
    """Return the patch with its open edges smoothed along themselves."""
    loops = [loop for loop in rims(patch) if len(loop) >= 8]
    if not loops:
        return patch
    at, before, after = (
        np.concatenate([np.roll(loop, step) for loop in loops]) for step in (0, 1, -1)
    )
    place = patch["position"].copy()
    for _ in range(rounds):
        place[at] = 0.5 * place[at] + 0.5 * ((place[before] + place[after]) / 2)
    return patch.having(position=place)


def trimmed(patch: Patch, field: npt.NDArray[np.floating]) -> Patch:
    """Return the patch where `field` (n,) is at least 0, its new edges ironed straight."""
    return ironed(cut(patch, field).patch)


def subdivided(patch: Patch) -> Patch:
    """Split every triangle into four at the middles of its edges."""
    corners = patch.triangles
    sides = np.concatenate([corners[:, [0, 1]], corners[:, [1, 2]], corners[:, [2, 0]]])
    unique, where = _edges(sides, len(patch))
    middle = where.reshape(3, -1) + len(patch)
    rows = {
        name: np.concatenate([values, (values[unique[:, 0]] + values[unique[:, 1]]) / 2])
        for name, values in patch.rows.items()
    }
    a, b, c = corners.T
    ab, bc, ca = middle
    quarters = [(a, ab, ca), (ab, b, bc), (ca, bc, c), (ab, bc, ca)]
    return Patch(rows, np.concatenate([np.stack(quarter, 1) for quarter in quarters]))


def joined(patches: Sequence[Patch]) -> Patch:
    """Lay patches with the same attributes side by side."""
    firsts = np.cumsum([0, *(len(patch) for patch in patches)])
    rows = {
        name: np.concatenate([patch.rows[name] for patch in patches]) for name in patches[0].rows
    }
    triangles = [patch.triangles + first for patch, first in zip(patches, firsts, strict=False)]
    return Patch(rows, np.concatenate(triangles))


def relaxed(patch: Patch, values: Floats, rounds: int) -> Floats:
    """Average each vertex's values (n, w) with its neighbours', `rounds` times."""
    sides = patch.triangles[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2)
    a = np.concatenate([sides[:, 0], sides[:, 1]])
    b = np.concatenate([sides[:, 1], sides[:, 0]])
    degree = np.bincount(a, minlength=len(values)).astype(np.float32)
    smooth = values.astype(np.float32)
    for _ in range(rounds):
        sums = np.stack(
            [
                np.bincount(a, smooth[b, column], minlength=len(values))
                for column in range(values.shape[1])
            ],
            1,
        )
        mean = sums / np.maximum(degree, 1)[:, None]
        smooth = np.where(degree[:, None] > 0, (smooth + mean) / 2, smooth).astype(np.float32)
    return smooth


def rims(patch: Patch) -> list[Ints]:
    """Return the loops of vertices along open edges, each in the order of its triangles' sides."""
    sides = patch.triangles[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2)
    key = sides.min(1) * (len(patch) + 1) + sides.max(1)
    _, where, count = np.unique(key, return_inverse=True, return_counts=True)
    border = sides[count[where.ravel()] == 1]
    following = {int(a): int(b) for a, b in border}
    loops: list[Ints] = []
    while following:
        start, at = next(iter(following.items()))
        del following[start]
        loop = [start]
        while at != start and at in following:
            loop.append(at)
            at = following.pop(at)
        loops.append(np.array(loop, np.int64))
    return loops

"""Where a reference's picture lies in a query's: features in pairs, and the fit of most of them.

Every pair of features alone says how the picture was scaled, turned and moved, because a feature
has a size and an angle. The pair that most others agree with wins, and its fit is then loosened to
an affine one, twice, which also follows a picture seen at an angle (after Lowe, 2004, section 7).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .model import PictureTrack
from .pictures import mirrored_codes

_CODE_BITS_MAX = 34
_MARGIN_BITS = 4
_PAIRS_MAX = 90
_TOLERANCE = 0.025  # of the width of the reference's picture as it is in the query
_SCALES = (0.12, 8.0)
_NEAR = 0.012

Points = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Fit:
    """``inliers`` pairs agree; ``affine`` (2, 3) takes the reference's places to the query's.

    Places are in widths of the picture, mirrored pictures already turned.
    """

    inliers: int
    scale: float
    turn_degrees: float
    affine: Points


def fit(
    query: PictureTrack, query_key: int, reference: PictureTrack, key: int, *, mirrored: bool
) -> Fit | None:
    """The best fit of two moments, None if fewer than four pairs agree."""
    rows, others = query.features_of(query_key), reference.features_of(key)
    codes = mirrored_codes(query.codes[rows]) if mirrored else query.codes[rows]
    pairs = _pairs(codes, reference.codes[others])
    if len(pairs) < 4:  # noqa: PLR2004 - an affine fit through fewer pairs says nothing
        return None
    mine, theirs = pairs[:, 0], pairs[:, 1]
    to = _points(query.places[rows], query.aspect, mirrored=mirrored)[mine]
    of = _points(reference.places[others], reference.aspect, mirrored=False)[theirs]
    scales = query.sizes[rows][mine] / np.maximum(reference.sizes[others][theirs], 1.0)
    own = query.angles[rows].astype(np.int64)
    own = 128 - own if mirrored else own
    turned = np.asarray(own[mine] - reference.angles[others][theirs], np.float64)
    return _agreed(of, to, np.asarray(scales, np.float64), turned * (np.pi / 128))


def _pairs(codes: npt.NDArray[np.uint8], others: npt.NDArray[np.uint8]) -> npt.NDArray[np.int64]:
    """(n, 2) rows that are each other's nearest, the nearest pairs first."""
    if not len(codes) or not len(others):
        return np.zeros((0, 2), np.int64)
    one = np.ascontiguousarray(codes).view(np.uint64)
    two = np.ascontiguousarray(others).view(np.uint64)
    bits = np.bitwise_count(one[:, None, 0] ^ two[None, :, 0]).astype(np.int16)
    bits += np.bitwise_count(one[:, None, 1] ^ two[None, :, 1])
    nearest = bits.argmin(axis=0)
    theirs = np.arange(len(others))
    distances = bits[nearest, theirs]
    mutual = bits.argmin(axis=1)[nearest] == theirs
    kept = mutual & (distances <= _CODE_BITS_MAX)
    order = np.argsort(distances[kept], kind="stable")[:_PAIRS_MAX]
    return np.stack([nearest[kept][order], theirs[kept][order]], axis=1)


def _points(places: npt.NDArray[np.uint16], aspect: float, *, mirrored: bool) -> Points:
    points = places / 65535.0
    if mirrored:
        points = points * (-1, 1) + (1, 0)
    return np.asarray(points * (1, 1 / aspect))


def _agreed(of: Points, to: Points, scales: Points, turns: Points) -> Fit | None:
    """The similarity that most pairs agree with, loosened to an affine fit."""
    scales = np.clip(scales, *_SCALES)
    real, imaginary = scales * np.cos(turns), scales * np.sin(turns)
    # All hypotheses on all pairs at once: (hypothesis, pair).
    x = real[:, None] * of[None, :, 0] - imaginary[:, None] * of[None, :, 1]
    y = imaginary[:, None] * of[None, :, 0] + real[:, None] * of[None, :, 1]
    x += (to[:, 0] - np.diagonal(x))[:, None]
    y += (to[:, 1] - np.diagonal(y))[:, None]
    reach = _TOLERANCE * np.maximum(scales, 0.4)
    error = np.hypot(x - to[None, :, 0], y - to[None, :, 1])
    # A wrong size or angle of the one pair is felt far away from it.
    loose = error < reach[:, None] * 2.5
    best = int(loose.sum(axis=1).argmax())
    inside = loose[best]
    affine = np.zeros((2, 3))
    for _ in range(3):
        if _distinct(of, to, inside) < 4:  # noqa: PLR2004 - as above
            return None
        affine = _solved(of[inside], to[inside])
        scale = float(np.sqrt(abs(np.linalg.det(affine[:, :2]))))
        if not _SCALES[0] <= scale <= _SCALES[1]:
            return None
        error = np.linalg.norm(of @ affine[:, :2].T + affine[:, 2] - to, axis=1)
        inside = error < _TOLERANCE * max(scale, 0.4) * 0.6
    if not _sane(affine):
        return None
    turn = float(np.degrees(np.arctan2(affine[1, 0] - affine[0, 1], affine[0, 0] + affine[1, 1])))
    return Fit(_distinct(of, to, inside), scale, -turn, affine)


def _solved(of: Points, to: Points) -> Points:
    """Least squares, drawn a little to the similarity, so that few pairs cannot shear it."""
    centre, aim = of.mean(axis=0), to.mean(axis=0)
    a, b = of - centre, to - aim
    size = (a**2).sum() + 1e-12
    real = (a * b).sum() / size
    imaginary = (a[:, 0] * b[:, 1] - a[:, 1] * b[:, 0]).sum() / size
    similar = np.array([[real, -imaginary], [imaginary, real]])
    weight = 0.02 * size / 2 + 1e-9
    linear = (b.T @ a + weight * similar) @ np.linalg.inv(a.T @ a + weight * np.eye(2))
    return np.concatenate([linear, (aim - linear @ centre)[:, None]], axis=1)


def _sane(affine: Points) -> bool:
    """Whether a picture could lie like this: not turned inside out, and hardly squeezed."""
    if np.linalg.det(affine[:, :2]) <= 0:
        return False
    sizes = np.linalg.svd(affine[:, :2], compute_uv=False)
    return bool(sizes[0] / max(sizes[1], 1e-9) < 1.8)  # noqa: PLR2004 - 16:9 made 1:1, and its inverse


def _distinct(of: Points, to: Points, inside: npt.NDArray[np.bool_]) -> int:
    """How many inliers are at places of their own in both: one corner may have several features."""
    return min(len({(x // _NEAR, y // _NEAR) for x, y in one[inside].tolist()}) for one in (of, to))

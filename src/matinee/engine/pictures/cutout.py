"""Cutting a thing out of its photo: what does not look like the border is the subject.

Colours of the border and of the middle are learnt in turns as mixtures of Gaussians, as GrabCut
does (Rother et al. 2004); instead of a graph cut, the odds are smoothed along the edges of the
picture. What comes out is a soft matte and how far it can be trusted.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from .photo import pixels_at
from .planes import depth_within, filled, guided, lab, linear, mean_around, regions, resized

if TYPE_CHECKING:
    import numpy.typing as npt

    from .photo import Matte, Photo
    from .planes import Colours, Mask, Plane

WORKING = 288
"""Pixels on the longer side at which colours are learnt."""
ROUNDS, TONES = 6, 5
BORDER = 0.035
SHARE_MIN, SHARE_MAX = 0.012, 0.86
ALSO_MIN, HANDLE_SHARE, OWN_COLOUR_MAX = 0.12, 0.38, 0.25
DOUBTFUL = 0.45
"""Cuts trusted less than this are not used."""
_VARIANCE_MIN = np.array([14.0, 5.0, 5.0])
_ODDS_MAX = 9.0


@dataclass(frozen=True, eq=False)
class Cutout:
    """The subject of a photo: its matte at full size, and how far it is trusted, 0..1."""

    matte: Matte
    trust: float

    @property
    def doubtful(self) -> bool:
        """Whether the whole picture is the better choice."""
        return self.trust < DOUBTFUL

    @property
    def share(self) -> float:
        """How much of the picture the subject takes."""
        return float(self.matte.mean())


@dataclass(frozen=True, eq=False)
class _Mixture:
    """Gaussians in CIE Lab: weights (k,), means (k, 3), inverse covariances and log norms."""

    weights: npt.NDArray[np.float64]
    means: npt.NDArray[np.float64]
    inverses: npt.NDArray[np.float64]
    norms: npt.NDArray[np.float64]

    def likelihood(self, colours: Colours) -> npt.NDArray[np.float64]:
        """Return the log density of colours (n, 3), (n,)."""
        squares = []
        for mean, inverse in zip(self.means, self.inverses, strict=True):
            away = colours - mean.astype(np.float32)
            squares.append((away @ inverse.astype(np.float32) * away).sum(axis=1))
        each = np.log(self.weights + 1e-9) + self.norms - 0.5 * np.stack(squares, axis=1)
        top = each.max(axis=1)
        return np.asarray(top + np.log(np.exp(each - top[:, None]).sum(axis=1)))


def cut_out(photo: Photo) -> Cutout:
    """Return the subject of a photo of a thing; a photo that has a matte keeps it."""
    if photo.matte is not None:
        return Cutout(photo.matte, _trust_in_given(photo.matte))
    small = pixels_at(photo, WORKING)
    colours = lab(small)
    ring = _ring(colours.shape[0], colours.shape[1])
    share, apart = _learnt(colours, ring)
    body = _without_shadow(small, _body(share), ring)
    if not body.any():
        return Cutout(np.zeros((photo.height, photo.width), np.float32), 0.0)
    # Within the body no doubt is left; outside it none is given.
    soft = np.where(body, np.maximum(share, 0.62), np.minimum(share, 0.12)).astype(np.float32)
    matte = refined(photo, soft)
    return Cutout(matte, _trust(share, body, apart))


def refined(photo: Photo, soft: Plane) -> Matte:
    """Return a coarse matte at full size, its edge moved to the edge in the photo."""
    height, width = photo.height, photo.width
    longest = max(height, width)
    guide = _contrast(photo, soft)
    large = resized(soft, height, width)
    radius = max(round(longest / WORKING * 1.6), 1)
    fine = guided(guide, large, radius=radius, smooth=4e-4)
    fine = np.clip((fine - 0.18) / 0.64, 0.0, 1.0)
    # Away from the edge there is nothing to refine, and texture may not eat holes.
    inner = mean_around((soft > 0.5).astype(np.float32), 2)
    sure = resized(np.where(inner > 0.98, 1.0, np.where(inner < 0.02, 0.0, 0.5)), height, width)
    return np.where(sure > 0.97, 1.0, np.where(sure < 0.03, 0.0, fine)).astype(np.float32)


def only(cutout: Cutout, mask: Mask) -> Cutout:
    """Return a cut-out without what lies outside a mask of the same size."""
    return replace(cutout, matte=np.where(mask, cutout.matte, 0.0).astype(np.float32))


def _ring(height: int, width: int) -> Mask:
    """The border of the picture, where its subject seldom is."""
    deep = max(round(BORDER * max(height, width)), 2)
    ring = np.ones((height, width), bool)
    ring[deep:-deep, deep:-deep] = False
    return ring


def _learnt(colours: Colours, ring: Mask) -> tuple[Plane, float]:
    """Return how surely every pixel is of the subject, and how far apart the two mixtures are."""
    flat = colours.reshape(-1, 3)
    shape = colours.shape[:2]
    rng = np.random.default_rng(17)
    behind = _mixture(flat[ring.ravel()], rng)
    strange = -behind.likelihood(flat)
    # Nothing is known of the subject yet but that it is unlike the border, and in the middle.
    usual = float(np.quantile(strange[ring.ravel()], 0.97))
    centred = _centred(*shape).ravel()
    odds = np.clip((strange - usual) * 0.8, -_ODDS_MAX, _ODDS_MAX) + 2.0 * (centred - 0.5)
    guide = colours[..., 0] / 100.0
    share = _smoothed(odds.reshape(shape), guide, ring)
    apart = 0.0
    for _ in range(ROUNDS):
        inside, outside = share.ravel() > 0.6, share.ravel() < 0.4
        if inside.sum() < 60 or outside.sum() < 60:
            break
        front = _mixture(flat[inside], rng)
        behind = _mixture(flat[outside], rng)
        odds = front.likelihood(flat) - behind.likelihood(flat)
        apart = float(np.abs(np.clip(odds, -_ODDS_MAX, _ODDS_MAX)).mean() / _ODDS_MAX)
        odds = np.clip(odds, -_ODDS_MAX, _ODDS_MAX) + 2.2 * (centred - 0.5)
        guide = _discriminant(colours, share)
        share = _smoothed(odds.reshape(shape), guide, ring)
    return share, apart


def _smoothed(odds: Plane, guide: Plane, ring: Mask) -> Plane:
    """Turn log odds into shares, smoothed within the edges of the guide."""
    held = np.where(ring, np.minimum(odds, 0.5), odds)
    share = (1.0 / (1.0 + np.exp(-held * 0.7))).astype(np.float32)
    for radius in (5, 3):
        share = np.clip(guided(guide, share, radius=radius, smooth=2e-3), 0.0, 1.0)
    return share


def _centred(height: int, width: int) -> Plane:
    """How central a place is: 1 in the middle, 0 at the border."""
    y = np.linspace(-1, 1, height)[:, None]
    x = np.linspace(-1, 1, width)[None, :]
    return np.clip(1.15 - np.maximum(np.abs(x), np.abs(y)) ** 2.5, 0.0, 1.0).astype(np.float32)


def _mixture(colours: Colours, rng: np.random.Generator) -> _Mixture:
    """Fit Gaussians to colours (n, 3): k-means, then the spread of every cluster."""
    few = colours[rng.permutation(len(colours))[:4000]].astype(np.float64)
    means = few[rng.permutation(len(few))[:1]]
    for _ in range(TONES - 1):
        # The next centre lies far from those there are (k-means++, taken at a high quantile).
        far = ((few[:, None] - means) ** 2).sum(-1).min(axis=1)
        means = np.vstack([means, few[np.argsort(far)[int(len(far) * 0.97)]]])
    for _ in range(8):
        nearest = ((few[:, None] - means) ** 2).sum(-1).argmin(axis=1)
        means = np.array([
            few[nearest == k].mean(axis=0) if (nearest == k).any() else means[k]
            for k in range(len(means))
        ])  # fmt: skip
    weights, inverses, norms = [], [], []
    for k in range(len(means)):
        own = few[nearest == k]
        spread = np.cov(own.T) if len(own) > 8 else np.zeros((3, 3))
        spread = spread + np.diag(_VARIANCE_MIN)
        weights.append(len(own) / len(few))
        inverses.append(np.linalg.inv(spread))
        norms.append(-0.5 * np.log(np.linalg.det(spread)))
    return _Mixture(np.array(weights), means, np.array(inverses), np.array(norms))


def _discriminant(colours: Colours, share: Plane) -> Plane:
    """Project colours onto what tells subject and background apart most (Fisher), 0..1."""
    flat, weight = colours.reshape(-1, 3).astype(np.float64), share.ravel().astype(np.float64)
    inner, outer = weight.sum() + 1e-6, (1 - weight).sum() + 1e-6
    front = (flat * weight[:, None]).sum(axis=0) / inner
    behind = (flat * (1 - weight)[:, None]).sum(axis=0) / outer
    spread = np.cov(flat.T, aweights=0.02 + weight) + np.cov(flat.T, aweights=1.02 - weight)
    way = np.linalg.solve(spread + np.eye(3) * 6.0, front - behind)
    along = flat @ way
    low, high = np.quantile(along, (0.02, 0.98))
    shown = np.clip((along - low) / max(high - low, 1e-6), 0.0, 1.0)
    return np.asarray(shown.reshape(share.shape), np.float32)


def _contrast(photo: Photo, soft: Plane) -> Plane:
    """The discriminant of a photo at full size, learnt at the size of the coarse matte."""
    colours = lab(photo.pixels.astype(np.float32) / 255.0)
    return _discriminant(colours, resized(soft, photo.height, photo.width))


def _body(share: Plane) -> Mask:
    """The subject: its largest region, what lies near it, and no holes but real ones."""
    sure = share > 0.5
    if not sure.any():
        return sure
    numbers = regions(sure)
    sizes = np.bincount(numbers.ravel(), weights=(_centred(*share.shape) * share).ravel())
    sizes[0] = 0.0
    kept = [k for k in range(1, len(sizes)) if sizes[k] > ALSO_MIN * sizes.max()]
    body = np.isin(numbers, kept)
    whole = filled(body)
    deep = depth_within(whole)
    own = regions(whole & ~body)
    # Through a handle one sees the background; a pale label in the middle is no hole.
    for k in range(1, int(own.max()) + 1):
        hole = own == k
        by_rim = float(deep[hole].min()) < HANDLE_SHARE * float(deep.max())
        if by_rim and float(share[hole].mean()) < 0.15 and hole.sum() > 0.004 * body.sum():
            whole &= ~hole
    return whole


def _without_shadow(small: Colours, body: Mask, ring: Mask) -> Mask:
    """Peel off the shadow that a thing casts: the background's colour, only darker, at its foot.

    A thing that is itself of that colour keeps everything.
    """
    light = linear(small).astype(np.float64)
    hue = light / np.maximum(light.sum(axis=-1, keepdims=True), 1e-4)
    behind = ring & ~body
    if not behind.any():
        return body
    usual, level = np.median(hue[behind], axis=0), float(np.median(light[behind].sum(axis=-1)))
    spread = 0.02 + 2.0 * float(np.median(np.abs(hue[behind] - usual)))
    like = (np.abs(hue - usual).max(axis=-1) < spread) & (light.sum(axis=-1) < 1.02 * level)
    rows = np.flatnonzero(body.any(axis=1))
    foot = rows[0] + 0.72 * (rows[-1] - rows[0])
    low = np.zeros_like(body)
    low[int(foot) :] = True
    if float(like[body & ~low].mean() if (body & ~low).any() else 1.0) > OWN_COLOUR_MAX:
        return body
    loose = body & low & like
    numbers = regions(loose | ~body)
    # Only what the outside reaches is a shadow; a dark patch within the thing is its own.
    reached = loose & np.isin(numbers, np.unique(numbers[~body]))
    left = body & ~reached
    return _opened(left) if left.sum() > 0.6 * body.sum() else body


def _opened(mask: Mask) -> Mask:
    """Return a mask without specks and threads."""
    soft = mean_around(mask.astype(np.float32), 1)
    return np.asarray(mask & (mean_around((soft > 0.85).astype(np.float32), 2) > 0.0))


def _trust(share: Plane, body: Mask, apart: float) -> float:
    """How far a cut is to be trusted: clear colours, one compact body, hardly on the border."""
    part = float(body.mean())
    if not SHARE_MIN < part < SHARE_MAX:
        return 0.0
    decided = float(np.abs(share - 0.5).mean() * 2.0)
    rim = float((depth_within(body)[body] < 1.5).mean())
    # The rim of a disc of the same area: a ragged cut has several times as much.
    smooth = min(1.0, 7.0 / np.sqrt(body.sum()) / max(rim, 1e-3))
    clear = float(np.clip((apart - 0.25) / 0.35, 0.0, 1.0))
    numbers = regions(body)
    sizes = np.bincount(numbers.ravel())[1:]
    alone = float(sizes.max() / sizes.sum())
    sides = [body[0], body[-1], body[:, 0], body[:, -1]]
    cut = sum(float(side.mean()) > 0.04 for side in sides[:1] + sides[2:])
    # What reaches from side to side is scenery.
    spans = float(np.clip((body.any(axis=0).mean() - 0.75) / 0.2, 0.0, 1.0))
    quality = decided * (0.35 + 0.65 * clear) * smooth * alone**2
    return float(np.clip(quality * 0.62**cut * (1.0 - 0.6 * spans), 0.0, 1.0))


def _trust_in_given(matte: Matte) -> float:
    part = float(matte.mean())
    return 1.0 if SHARE_MIN / 4 < part < 0.995 else 0.0

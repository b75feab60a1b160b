"""What a photographed thing looks like without the light it was taken in.

The outline's own colours are those of the background mixed in, so they are grown from within. Of
the light, the part is taken away that goes with the slope of the assumed body.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.pictures.planes import LUMA, encoded, linear, mean_around

if TYPE_CHECKING:
    import numpy.typing as npt

    from matinee.engine.pictures.photo import Matte, Pixels
    from matinee.engine.pictures.planes import Plane

SURE = 0.97
STRENGTH, STOPS_MAX = 0.75, 0.8


def grown_over(pixels: Pixels, matte: Matte) -> Pixels:
    """Return the colours of the subject, carried outwards over its edge and beyond."""
    colours = pixels.astype(np.float32)
    weight = (matte >= min(SURE, 0.9 * float(matte.max()))).astype(np.float32)
    # The outermost sure pixels still hold some of the background.
    inner = weight * (mean_around(weight, 1) > 0.99)
    weight = inner if inner.any() else weight
    out, known = colours * weight[..., None], weight
    for radius in (1, 2, 4, 8, 16, 32):
        share = mean_around(known, radius)
        near = np.stack([mean_around(out[..., k], radius) for k in range(3)], axis=-1)
        fresh = (known < 0.5) & (share > 1e-3)
        out = np.where(fresh[..., None], near / np.maximum(share, 1e-3)[..., None], out)
        known = np.maximum(known, fresh.astype(np.float32))
    whole = out[known > 0.5].mean(axis=0) if (known > 0.5).any() else np.zeros(3)
    out = np.where(known[..., None] > 0.5, out, whole)
    return np.asarray(np.clip(out, 0, 255), np.uint8)


def unlit(pixels: Pixels, matte: Matte, depth: Plane) -> Pixels:
    """Return colours without the shading that goes with the slope of `depth` (same size, pixels).

    The logarithm of the brightness is fitted to the normals; what they explain is divided out.
    """
    light = linear(pixels.astype(np.float32) / 255.0)
    sure = matte > SURE
    if int(sure.sum()) < 200:
        return pixels
    normals = _normals(depth)
    shading = np.log2(np.maximum(light @ LUMA, 0.004))
    rows = np.column_stack([np.ones(int(sure.sum())), normals[sure]])
    level = shading[sure]
    kept = np.ones(len(level), bool)
    fit = np.zeros(rows.shape[1])
    for _ in range(3):
        fit = np.linalg.lstsq(rows[kept], level[kept], rcond=None)[0]
        away = np.abs(level - rows @ fit)
        # Labels and highlights are no shading of the body.
        kept = away < np.quantile(away, 0.8)
    explained = normals @ fit[1:] - float(np.median(normals[sure] @ fit[1:]))
    stops = np.clip(STRENGTH * explained, -STOPS_MAX, STOPS_MAX)
    plain = np.asarray(light / np.exp2(stops)[..., None], np.float32)
    return np.round(encoded(np.minimum(plain, 0.92)) * 255.0).astype(np.uint8)


def _normals(depth: Plane) -> npt.NDArray[np.float64]:
    """The slope of a relief across and down, and how far it faces the viewer, (h, w, 3)."""
    down, across = np.gradient(depth.astype(np.float64))
    length = np.sqrt(across**2 + down**2 + 1.0)
    return np.stack([-across / length, -down / length, 1.0 / length], axis=-1)

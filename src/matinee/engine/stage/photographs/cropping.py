"""A photo cut to its subject, as large as a film needs it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from matinee.engine.pictures.planes import resized

if TYPE_CHECKING:
    from matinee.engine.pictures.photo import Matte, Pixels
    from matinee.engine.pictures.planes import Plane
    from matinee.engine.stage.photographs.relief import Relief

TEXELS_MAX = 1024
EDGE_PX = 3


@dataclass(frozen=True, eq=False)
class Crop:
    """Pixels and matte of the subject; `left` and `top` in the photo, `scale` of what is kept."""

    pixels: Pixels
    matte: Matte
    left: int
    top: int
    scale: float

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Return where a place of the photo is in the crop."""
        return (x - self.left) * self.scale, (y - self.top) * self.scale


def cropped(pixels: Pixels, matte: Matte) -> Crop:
    """Cut a photo and its matte to the subject, at most 1024 pixels on the longer side."""
    rows, columns = (np.flatnonzero((matte > 0.5).any(axis=axis)) for axis in (1, 0))
    top, left = max(int(rows[0]) - EDGE_PX, 0), max(int(columns[0]) - EDGE_PX, 0)
    bottom, right = int(rows[-1]) + EDGE_PX + 1, int(columns[-1]) + EDGE_PX + 1
    pixels, matte = pixels[top:bottom, left:right], matte[top:bottom, left:right]
    height, width = matte.shape
    scale = min(TEXELS_MAX / max(height, width), 1.0)
    height, width = max(round(height * scale), 4), max(round(width * scale), 4)
    shrunk = Image.fromarray(pixels).resize((width, height), Image.Resampling.BOX)
    return Crop(np.asarray(shrunk), resized(matte, height, width), left, top, scale)


def depth_plane(relief: Relief, matte: Matte) -> Plane:
    """Return a relief as a plane over the photo, in pixels, by its nearest vertices."""
    height, width = matte.shape
    few = 96 / max(height, width)
    rows, columns = max(round(height * few), 2), max(round(width * few), 2)
    inner = ~relief.rim
    x = np.clip((relief.places[inner, 0] / width * columns).astype(int), 0, columns - 1)
    y = np.clip((relief.places[inner, 1] / height * rows).astype(int), 0, rows - 1)
    total, count = np.zeros((rows, columns)), np.zeros((rows, columns))
    np.add.at(total, (y, x), relief.depth[inner])
    np.add.at(count, (y, x), 1.0)
    plane = (total / np.maximum(count, 1.0)).astype(np.float32)
    return resized(plane, height, width)

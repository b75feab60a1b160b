"""Where the ground of a photographed place ends and how high the viewer stood, by assumption.

One picture gives no depth. A level floor, a viewer of usual height and an upright world behind the
floor's far end give enough of it for somebody to stand there and for a camera to move a little.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from .photo import pixels_at
from .planes import lab

if TYPE_CHECKING:
    from .photo import Photo

ROWS = 160
USUAL_LINE, LINE_SPREAD = 0.55, 0.14
INDOORS_BELOW, INDOOR_HORIZON = 0.6, 0.46
FIELD_TAN = 0.577
"""The tangent of half the angle of the longer side: 60 degrees, a phone's usual lens."""


@dataclass(frozen=True)
class Layout:
    """A place in a photo, in pixels: the row of the horizon, the row where the ground ends.

    `focal_px` is the focal length of the lens. `clear` says how much the ground differs from what
    stands behind it, 0..1.
    """

    horizon: float
    ground_end: float
    focal_px: float
    clear: float


def layout_of(photo: Photo) -> Layout:
    """Estimate the layout of a photographed place."""
    small = pixels_at(photo, ROWS)
    colours = lab(small)
    rows = colours.shape[0]
    level = np.median(colours, axis=1)
    rough = np.abs(np.diff(colours[..., 0], axis=1)).mean(axis=1)
    marks = np.column_stack([level, 2.0 * rough])
    band = max(rows // 12, 2)
    best, best_row = 0.0, USUAL_LINE * rows
    for row in range(int(0.22 * rows), int(0.84 * rows)):
        above, below = marks[row - band : row], marks[row : row + band]
        step = float(np.linalg.norm(above.mean(axis=0) - below.mean(axis=0)))
        within = float(above.std(axis=0).sum() + below.std(axis=0).sum())
        usual = np.exp(-0.5 * ((row / rows - USUAL_LINE) / LINE_SPREAD) ** 2)
        score = float(step / (4.0 + within) * usual)
        if score > best:
            best, best_row = score, float(row)
    scale = photo.height / rows
    end = best_row * scale
    horizon = end - 0.012 * photo.height
    if best_row / rows > INDOORS_BELOW:
        # So low a line is the foot of a wall: the eye is higher than where the floor ends.
        horizon = INDOOR_HORIZON * photo.height
    focal = max(photo.width, photo.height) / 2.0 / FIELD_TAN
    return Layout(horizon, end, focal, float(np.clip(best / 2.0, 0.0, 1.0)))

"""What windows show: a town or a garden, built before the +Z side of a house."""

from __future__ import annotations

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface
from matinee.engine.stage.parts import masonry, plants
from matinee.engine.stage.parts.finish import Finish, rgb
from matinee.engine.stage.parts.solids import box, copies, panel, placed


def town(rng: np.random.Generator, length: float, start: float) -> list[Mesh]:
    """Return a street and the fronts across it, before a wall of that length at z = start."""
    road = Finish(rgb("#4a4a4c"), Surface.ASPHALT, 0.9)
    wide = length + 40
    parts = [panel((-wide / 2, -0.25, start + 36), (wide, 0, 0), (0, 0, -36), road, cell_m=7.0)]
    tones = ("#c9b8a0", "#a8aeb4", "#d0bd9c", "#b58a70", "#9aa4b0")
    x = -wide / 2
    while x < wide / 2:
        across = float(rng.uniform(7, 12))
        front = Finish(rgb(tones[int(rng.integers(0, len(tones)))]), Surface.PLASTER, 0.85)
        block = masonry.tower_block(across, float(rng.uniform(7, 15)), 6.0, front, cell_m=5.0)
        parts.append(placed(block, (x + across / 2, -0.25, start + 22 + float(rng.uniform(0, 4)))))
        x += across + 0.4
    return parts


def garden(rng: np.random.Generator, length: float, start: float, *, snowy: bool) -> list[Mesh]:
    """Return lawn, shrubs, trees and a hedge before a wall of that length at z = start."""
    lawn = Finish(rgb("#5d7a3c"), Surface.GRASS, 0.95)
    wide = length + 36
    tree = plants.tree("maple", 6.5, rng=rng, leaves=170, bare=snowy)
    shrub = plants.bush(0.9, rng=rng, leaves=50)
    far = np.linspace(-wide / 2, wide / 2, 7)
    near = np.linspace(-length / 2 - 3, length / 2 + 3, 6)
    hedge = Finish(rgb("#3d5a2c"), Surface.GRASS, 0.95)
    return [
        panel((-wide / 2, -0.25, start + 24), (wide, 0, 0), (0, 0, -24), lawn, cell_m=6.0),
        box((0, 0.7, start + 21), (wide / 2, 1.0, 0.6), hedge),
        copies(
            tree,
            np.stack([far, 0 * far - 0.25, start + 9 + rng.uniform(-2, 5, 7)], -1),
            yaw=far,
            scale=rng.uniform(0.8, 1.25, 7),
        ),
        copies(
            shrub,
            np.stack([near, 0 * near - 0.25, start + 4 + rng.uniform(-1, 1, 6)], -1),
            yaw=near,
        ),
    ]

"""Fire: flames as nested glowing tongues, and what carries them."""

from __future__ import annotations

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.stage.parts.finish import Finish, rgb
from matinee.engine.stage.parts.solids import ball, lathe, placed, tube

_IRON = Finish(rgb("#2a2420"), Surface.METAL, 0.6)


def flame(height_m: float) -> Mesh:
    """Return a flame on y = 0: three leaning tongues, paler inside."""
    h = height_m
    outer = Finish(rgb("#ff7a1a"), Surface.SCREEN, 1.0, 5.0)
    inner = Finish(rgb("#ffd070"), Surface.SCREEN, 1.0, 8.0)
    parts = []
    for number in range(4):
        yaw = number * 1.9
        lean = 0.12 * h
        path = [
            (0.13 * h * np.sin(yaw), 0, 0.13 * h * np.cos(yaw)),
            (0.17 * h * np.sin(yaw + 0.5), 0.35 * h, 0.17 * h * np.cos(yaw + 0.5)),
            (lean * np.sin(yaw + 1.2), (0.7 + 0.1 * number) * h, lean * np.cos(yaw + 1.2)),
        ]
        parts.append(tube(path, [0.12 * h, 0.13 * h, 0.004], outer, sides=6))
    parts.append(placed(ball((0, 0.2 * h, 0), (0.14 * h, 0.26 * h, 0.14 * h), inner, level=1)))
    return merged(parts)


def brazier(height_m: float = 1.1, *, lit: bool = True) -> Mesh:
    """Return an iron bowl of fire on three legs."""
    h = height_m
    bowl = lathe(
        [
            (0, h - 0.3),
            (0.16, h - 0.28),
            (0.38, h - 0.06),
            (0.38, h),
            (0.33, h - 0.02),
            (0, h - 0.06),
        ],
        _IRON,
        sides=14,
    )
    legs = [
        tube(
            [(0.42 * np.sin(a), 0, 0.42 * np.cos(a)), (0.2 * np.sin(a), h - 0.24, 0.2 * np.cos(a))],
            0.028,
            _IRON,
            sides=5,
        )
        for a in (0.3, 2.4, 4.5)
    ]
    fire = [placed(flame(0.75), (0, h - 0.1, 0))] if lit else []
    return merged([bowl, *legs, *fire])


def candle_flame() -> Mesh:
    """Return the flame of a candle, 4 cm tall, on y = 0."""
    glow = Finish(rgb("#ffcf78"), Surface.SCREEN, 1.0, 9.0)
    return lathe([(0.0, 0.0), (0.008, 0.012), (0.005, 0.028), (0.0, 0.042)], glow, sides=6)

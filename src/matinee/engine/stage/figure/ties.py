"""Tied hair: tails, buns and braids."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from .locks import Growth, ribbons, tied

if TYPE_CHECKING:
    import numpy.typing as npt

    from .piece import Piece
    from .scalp import Shell

Floats: TypeAlias = "npt.NDArray[np.float64]"

STEPS: Final = {"near": 9, "middle": 7, "far": 5}
LOCKS: Final = {"near": 70, "middle": 44, "far": 30}


def anchors(growth: Growth) -> Floats | None:
    """Return the points (k, 3) where gathered hair is tied, None when it hangs loose."""
    shell, style, scale = growth.shell, growth.style, growth.scale
    back = shell.centre + np.array([0.0, 0.010, -0.116]) * scale
    if style.gather == "tail":
        return back[None]
    if style.gather == "bun":
        return (shell.centre + np.array([0.0, 0.055, -0.098]) * scale)[None]
    if style.gather == "braids":
        low = np.array([0.055, -0.062, -0.075]) * scale
        return np.stack([shell.centre + low, shell.centre + low * [-1, 1, 1]])
    return None


def gathered(growth: Growth) -> list[Piece]:
    """Make what gathered hair becomes behind its tie: a tail, a bun or braids."""
    ties = anchors(growth)
    pieces: list[Piece] = []
    if ties is None:
        return pieces
    shell = growth.shell
    thick = {"bun": 0.016, "tail": 0.017, "braids": 0.027}[growth.style.gather]
    for anchor in ties:
        if growth.style.gather == "bun":
            around = replace(shell, centre=anchor)
            pieces.append(ribbons(_bun(anchor, growth), growth, width_m=thick, shell=around))
        elif growth.style.gather == "tail":
            curves = _tail(anchor, growth)
            swing = tied(anchor, curves, growth)
            pieces.append(ribbons(curves, growth, width_m=thick, swing=swing))
        else:
            curves = _braid(anchor, growth)
            swing = tied(anchor, curves, growth)
            pieces.append(ribbons(curves, growth, width_m=thick, swing=swing))
            # A braid hangs free and is seen from both sides.
            back = _flipped(shell, curves)
            pieces.append(ribbons(curves + 1e-4, growth, width_m=thick, shell=back, swing=swing))
    return pieces


def _flipped(shell: Shell, curves: Floats) -> Shell:
    """Return a shell whose middle lies outside, so that ribbons face the other way."""
    away = curves.mean((0, 1)) + np.array([0.0, 0.0, -0.4])
    return replace(shell, centre=away, neck=away)


def _tail(anchor: Floats, growth: Growth) -> Floats:
    """Let locks fall from a tie behind the head."""
    style, scale, rng = growth.style, growth.scale, growth.rng
    count, steps = LOCKS[growth.detail], STEPS[growth.detail]
    spread = rng.normal(0, 1, (count, 3))
    spread /= np.linalg.norm(spread, axis=1, keepdims=True)
    spread *= rng.uniform(0.2, 1, (count, 1)) ** 0.5
    share = np.linspace(0, 1, steps + 1)
    length = style.length_m * scale * rng.uniform(0.75, 1.05, count)
    back = 0.075 * np.sin(np.pi * np.clip(share * 0.9 + 0.05, 0, 0.62))
    drop = np.clip(share - 0.10, 0, None) ** 1.15
    line = np.stack(
        [np.zeros(steps + 1), 0.028 * np.sin(np.pi * np.clip(share * 3, 0, 1)), -back], 1
    )
    curves = anchor + line[None] * scale
    curves = curves + np.array([0, -1.0, 0]) * (drop[None] * length[:, None])[..., None]
    thick = np.interp(share, [0, 0.12, 0.5, 1], [0.010, 0.022, 0.030, 0.010]) * scale
    curves = curves + spread[:, None] * thick[None, :, None]
    wave = 0.006 * scale * np.sin(2 * np.pi * (1.3 * share[None] + rng.random((count, 1))))
    curves[..., 0] += wave
    return np.asarray(curves)


def _bun(anchor: Floats, growth: Growth) -> Floats:
    """Wind locks around a ball."""
    scale, rng = growth.scale, growth.rng
    locks, steps = LOCKS[growth.detail], 2 * STEPS[growth.detail]
    axis = np.array([0.0, 0.45, -1.0])
    axis /= np.linalg.norm(axis)
    across = np.cross(axis, [1.0, 0, 0])
    across /= np.linalg.norm(across)
    third = np.cross(axis, across)
    centre = anchor + axis * 0.026 * scale
    share = np.linspace(0, 1, steps + 1)[None]
    height = rng.uniform(-0.85, 1.0, (locks, 1)) + 0.25 * (share - 0.5)
    height = np.clip(height, -0.95, 0.97)
    angle = rng.uniform(0, 2 * np.pi, (locks, 1)) + 2.6 * share * rng.choice(
        [1, 1, 1, -1], (locks, 1)
    )
    radius = 0.040 * scale * rng.uniform(0.94, 1.08, (locks, 1))
    ring = np.sqrt(1 - height**2)
    return np.asarray(
        centre
        + (radius * ring * np.cos(angle))[..., None] * across
        + (radius * ring * np.sin(angle))[..., None] * third
        + (radius * height * 0.85)[..., None] * axis
    )


def _braid(anchor: Floats, growth: Growth) -> Floats:
    """Plait three strands that hang from the tie to the chest."""
    style, scale, steps = growth.style, growth.scale, 3 * STEPS[growth.detail]
    share = np.linspace(0, 1, steps + 1)
    length = style.length_m * scale * 0.85
    side = np.sign(anchor[0])
    fall = np.stack(
        [
            side * (0.035 * np.sin(np.pi * np.clip(share * 0.9, 0, 0.5))),
            -length * share**1.05,
            0.045 * smoothed(share * 1.4) - 0.012,
        ],
        1,
    ) * [scale, 1, scale]
    strands = []
    fat = np.interp(share, [0, 0.1, 0.9, 1], [0.009, 0.012, 0.009, 0.003]) * scale
    for strand in range(3):
        angle = 2 * np.pi * (share * 6.5 + strand / 3)
        weave = np.stack([np.sin(angle), np.zeros(steps + 1), np.sin(2 * angle) * 0.55], 1)
        strands.append(anchor + fall + weave * fat[:, None])
    return np.stack(strands)


def smoothed(values: npt.NDArray[np.floating]) -> Floats:
    """Ease 0..1."""
    x = np.clip(values, 0, 1)
    return np.asarray(x * x * (3 - 2 * x))

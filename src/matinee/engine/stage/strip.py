"""A strip of frames that hang on a person, of which one is shown at a time, facing the camera.

Its frames go forth and back: along those in which the mouth is still while nobody speaks, and along
those in which it moves while they do. It never jumps.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from matinee.engine.render.scene import Transforms

    Points = npt.NDArray[np.float64]

SPEAKS_ON_S = 0.2


@dataclass(frozen=True)
class Strip:
    """Frames that hang on a person, shown one at a time: their bones lie behind all others.

    `rate` is frames a second; `quiet` and `talking` are (first, end) of them.
    """

    frame_count: int
    rate: float
    quiet: tuple[int, int]
    talking: tuple[int, int]

    def shown(self, times_s: Points, spoken: Sequence[tuple[float, float]]) -> npt.NDArray[np.int_]:
        """Return the frame at each of rising times, (n,); `spoken` is when they speak, from and to.

        Neighbouring times show the same frame or neighbouring ones.
        """
        at, step = float(sum(self.quiet) // 2), 1.0
        out = np.zeros(len(times_s), np.int_)
        for k, time_s in enumerate(times_s):
            speaks = any(first - SPEAKS_ON_S <= time_s < end for first, end in spoken)
            first, end = self.talking if speaks else self.quiet
            if k:
                # A frame of a slow film moves no further than one frame of the strip.
                moved = min(self.rate * float(time_s - times_s[k - 1]), 1.0)
                step = 1.0 if at <= first else -1.0 if at >= end - 1 else step
                inside = first <= at <= end - 1
                at += step * moved
                at = min(max(at, float(first)), end - 1.0) if inside else at
            out[k] = round(min(max(at, 0.0), self.frame_count - 1.0))
        return out

    def bones(self, bones: Transforms, pelvis: Points, rest: Points, eyes: Points) -> Transforms:
        """Add the matrices of all frames (n, k, 3, 4) to those of the bones (n, j, 3, 4).

        They carry what hangs over `rest`, the pelvis at rest (3,), to where the pelvis is (n, 3),
        and turn it to the camera, which is at `eyes` (n, 3).
        """
        away = eyes - pelvis
        yaw = np.arctan2(away[:, 0], away[:, 2])
        cos, sin = np.cos(yaw), np.sin(yaw)
        turn = np.zeros((len(yaw), 3, 4))
        turn[:, 0, 0] = turn[:, 2, 2] = cos
        turn[:, 0, 2], turn[:, 2, 0] = sin, -sin
        turn[:, 1, 1] = 1.0
        turn[:, :, 3] = pelvis - turn[:, :, :3] @ rest
        every = np.repeat(turn[:, None], self.frame_count, axis=1).astype(np.float32)
        return np.concatenate([bones, every], axis=1)

    def only(self, bones: npt.NDArray[np.float32], frame: int) -> npt.NDArray[np.float32]:
        """Return the matrices of one moment (j + k, 3, 4), all frames but one shrunk to nothing."""
        out = bones.copy()
        first = len(bones) - self.frame_count
        hidden = np.arange(self.frame_count) != frame
        out[first:][hidden] = 0.0
        return out

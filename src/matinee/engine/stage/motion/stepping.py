"""Steps on the spot: a foot that a deed sends elsewhere goes there through the air.

Deeds say where the feet shall be, and fade in and out; taken at their word, both would glide over
the floor. So a foot stays planted until it is too far from where it should be, and then makes one
step to where it will be wanted, while the other one stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .controls import smooth

if TYPE_CHECKING:
    import numpy.typing as npt

    from .controls import Floats

SLIP_M, STEP_S = 0.02, 0.24
LIFT_M, LIFT_SHARE = (0.02, 0.06), 0.3
"""How high a step goes, at least and at most, and as a share of its length."""
RAISED_M = 0.012
"""A foot that the deed itself holds so high is not on the floor."""
CATCH_UP_S = 0.06


def stepped(
    tracks: tuple[Floats, Floats], loose: npt.NDArray[np.bool_], times: Floats
) -> tuple[Floats, Floats]:
    """Return both feet's offsets (n, 3) as steps.

    `loose` (n,) is true where the feet walk, hang or lie, and go as they are told. Offsets are
    sideways, up and ahead in metres, at rising `times` (n,).
    """
    out = tuple(track.copy() for track in tracks)
    feet = [_Foot(track) for track in tracks]
    for index, now in enumerate(times):
        gaps = [foot.gap(index) for foot in feet]
        stands = not any(foot.steps for foot in feet)
        far = int(np.argmax(gaps))
        for number, foot in enumerate(feet):
            if loose[index] or foot.track[index, 1] > RAISED_M:
                out[number][index] = foot.told(index, times)
                continue
            if stands and number == far and gaps[number] > SLIP_M:
                foot.begin(index, times)
            out[number][index] = foot.at(index, float(now))
    return out[0], out[1]


class _Foot:
    """One foot: where it is planted, or on its way."""

    def __init__(self, track: Floats) -> None:
        self.track = track
        self.planted = track[0, [0, 2]].copy()
        self.steps = False
        self.from_s, self.start, self.goal = 0.0, self.planted, self.planted

    def gap(self, index: int) -> float:
        """How far it is from where it should be."""
        return float(np.linalg.norm(self.track[index, [0, 2]] - self.planted))

    def told(self, index: int, times: Floats) -> Floats:
        """Go as told; what is left of an old place is made up for in a moment."""
        self.steps = False
        wanted = self.track[index, [0, 2]]
        before = self.track[max(index - 1, 0), [0, 2]]
        since = float(times[index] - times[max(index - 1, 0)])
        self.planted = wanted + (self.planted - before) * np.exp(-since / CATCH_UP_S)
        return np.array([self.planted[0], self.track[index, 1], self.planted[1]])

    def begin(self, index: int, times: Floats) -> None:
        """Lift the foot, to set it down where it will be wanted."""
        landing = min(int(np.searchsorted(times, times[index] + STEP_S)), len(times) - 1)
        self.steps, self.from_s = True, float(times[index])
        self.start, self.goal = self.planted, self.track[landing, [0, 2]].copy()

    def at(self, index: int, now: float) -> Floats:
        """Where a foot is that stands or makes a step."""
        up = float(self.track[index, 1])
        if self.steps:
            share = min((now - self.from_s) / STEP_S, 1.0)
            self.planted = self.start + (self.goal - self.start) * float(smooth(np.array(share)))
            high = np.clip(LIFT_SHARE * np.linalg.norm(self.goal - self.start), *LIFT_M)
            up += float(high * np.sin(np.pi * share))
            self.steps = share < 1.0
        return np.array([self.planted[0], up, self.planted[1]])


__all__ = ["stepped"]

"""What a clip is told, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from matinee.engine.stage.skeleton import about_y, turned, unit

from .controls import keyed
from .frame import OUT

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from .acts import Handled
    from .controls import Moves
    from .frame import Build

Floats: TypeAlias = "npt.NDArray[np.float64]"


@dataclass(frozen=True)
class Cue:
    """A moment of a clip that others must know: release, grab, clap, land, impact, drop, strike."""

    kind: str
    after_s: float
    side: str


@dataclass(frozen=True, eq=False)
class Carried:
    """A thing that goes with a bone: middle, up and front (n, 3) in the frame of the bone at rest.

    The middle counts from the head of the bone, in metres.
    """

    kind: str
    bone: str
    middle: Floats
    up: Floats
    front: Floats


@dataclass(frozen=True, eq=False)
class Gesture:
    """What a clip wants: columns to set, columns to add to, cues, and things to carry along."""

    moves: Moves = field(default_factory=dict)
    adds: Moves = field(default_factory=dict)
    cues: Sequence[Cue] = ()
    carried: Sequence[Carried] = ()


@dataclass(frozen=True, eq=False)
class Moment:
    """One act as its clip sees it.

    t (n,) seconds since the act began, which may be negative or past its end; length_s; the main
    hand `side` and the `other`; tempo and size about 1, drawn from the seed and the manner; root
    (n, 3) and yaw (n,) of the body; target (3,) in the world or None; things it is done with.
    """

    t: Floats
    length_s: float
    side: str
    other: str
    tempo: float
    size: float
    rng: np.random.Generator
    build: Build
    root: Floats
    yaw: Floats
    target: Floats | None
    things: tuple[Handled, ...] = ()

    @property
    def u(self) -> Floats:
        """How much of the act is over, 0..1."""
        return np.clip(self.t / max(self.length_s, 1e-6), 0, 1)

    def wave(self, hertz: float, *, phase: float = 0.0) -> Floats:
        """Return a sine at the person's own tempo, (n,)."""
        return np.sin(2 * np.pi * hertz * self.tempo * self.t + phase)

    def keys(self, times: npt.ArrayLike, values: npt.ArrayLike) -> Floats:
        """Ease through values at seconds since the start."""
        return keyed(self.t, times, values)

    def wander(self, hertz: float, count: int = 1) -> Floats:
        """Return slow noise in about -1..1, (n, count)."""
        waves = self.rng.uniform(0.5, 1.6, (3, count)) * hertz
        phases = self.rng.uniform(0, 2 * np.pi, (3, count))
        angles = 2 * np.pi * waves[None] * self.t[:, None, None] + phases[None]
        return np.asarray(np.sin(angles).sum(1) / 2)

    def local(self, point: npt.ArrayLike) -> Floats:
        """Return a world point seen from the feet: (n, 3) right-handed, +Z ahead."""
        gap = np.asarray(point, np.float64) - self.root
        return turned(about_y(-self.yaw), gap)

    def shoulder(self, side: str) -> Floats:
        """Return about where a shoulder is when standing upright, (n, 3) in the world."""
        rest = self.build.skeleton.head(f"upperarm_{side}")
        return self.root + turned(about_y(self.yaw), rest)

    def towards(self, side: str, reach: float) -> Floats:
        """Return a point `reach` arm lengths from the shoulder towards the target, (n, 3)."""
        start = self.shoulder(side)
        ahead = turned(about_y(self.yaw), [0.0, 0.1, 1.0]) + start
        aim = np.broadcast_to(self.target, start.shape) if self.target is not None else ahead
        return start + unit(aim - start) * reach * self.build.arms[side].length

    def nearer_hand(self) -> str:
        """Return the side the target is on, or the main hand when it is straight ahead."""
        if self.target is None:
            return self.side
        aside = float(np.median(self.local(self.target)[:, 0]))
        return self.side if abs(aside) < 0.12 else ("l" if aside * OUT["l"] > 0 else "r")


def still(value: Sequence[float]) -> Floats:
    """Return a row that holds for all frames."""
    return np.array(value, np.float64)


def mix(*columns: npt.ArrayLike) -> Floats:
    """Stack columns (n,) or numbers into (n, k)."""
    wide = np.broadcast_arrays(*[np.asarray(column, np.float64) for column in columns])
    return np.stack(wide, -1)


def turning(side: str) -> float:
    """Return the sign of a turn of the trunk that brings a hand forward."""
    return 1.0 if side == "r" else -1.0

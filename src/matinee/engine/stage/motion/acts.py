"""What a performance is asked for, and what it gives back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

Vector: TypeAlias = tuple[float, float, float]
Transforms: TypeAlias = "npt.NDArray[np.float32]"
"""(n, ..., 3, 4) affine matrices acting on columns."""
Hand = Literal["left", "right"]


@dataclass(frozen=True, eq=False)
class Touch:
    """A hand meets something that moves by itself, such as another hand.

    points (n, 3) are where the palm shall be at the times of the performance, thumbs (n, 3), if
    given, which way its thumb shall point; it counts from start_s to end_s, eased over ease_s.
    """

    hand: Hand
    points: npt.NDArray[np.floating]
    start_s: float
    end_s: float
    thumbs: npt.NDArray[np.floating] | None = None
    ease_s: float = 0.35


@dataclass(frozen=True)
class Handled:
    """A thing that an act is done with: its kind and half extents in metres."""

    kind: str
    half: Vector


@dataclass(frozen=True, eq=False)
class Hold:
    """Where a thing is while somebody does something with it.

    transforms (n, 3, 4) are of the middle of the thing, whose Y is up and whose front is Z. kind
    may name several, divided by "|". What is `grounded` stands or rolls where the body is even
    while nobody does anything with it.
    """

    kind: str
    start_s: float
    end_s: float
    transforms: Transforms
    grounded: bool = False


@dataclass(frozen=True)
class Act:
    """Somebody does `action` from start_s to end_s.

    `target` is a point in the world: what is looked at, pointed to, reached for, thrown towards or
    sat on. `manner` is a word such as happily, slowly, nervously; `intensity` 0..2 scales how large
    the movement is. `hand` says which hand does it; empty leaves it to the person. `things` are
    what it is done with, where that is known; `touches` are what the hands shall meet.
    """

    action: str
    start_s: float
    end_s: float
    target: Vector | None = None
    manner: str = ""
    intensity: float = 1.0
    hand: Hand | Literal[""] = ""
    things: tuple[Handled, ...] = ()
    touches: tuple[Touch, ...] = ()


@dataclass(frozen=True, eq=False)
class Path:
    """Where a body stands when: points (k, 2) x and z, times (k,) rising, yaws (k,) radians.

    heights (k,) is the floor under each point, 0 if not given.
    """

    points: npt.NDArray[np.floating]
    times: npt.NDArray[np.floating]
    yaws: npt.NDArray[np.floating]
    heights: npt.NDArray[np.floating] = field(default_factory=lambda: np.zeros(0))

    @staticmethod
    def standing(x: float, z: float, yaw: float, height: float = 0.0) -> Path:
        """Stay in one place."""
        return Path(np.array([[x, z]]), np.zeros(1), np.array([yaw]), np.array([height]))


@dataclass(frozen=True)
class Footfall:
    """A foot lands: what the ear should hear. strength 0..1."""

    time_s: float
    position: Vector
    strength: float
    foot: Hand


@dataclass(frozen=True)
class Happening:
    """A moment others must know: `kind` is release, grab, clap, impact, land, drop or strike.

    position and velocity (metres a second) are those of the hand, or of what hits the ground.
    """

    kind: str
    time_s: float
    position: Vector
    velocity: Vector
    hand: Hand


@dataclass(frozen=True, eq=False)
class Performance:
    """A person's movement at n times.

    bones (n, j, 3, 4) take rest vertices to the world; joints (n, j, 3) are the bone heads in the
    world; hands hold (n, 3, 4) world frames of the palms: the third column points out of the palm,
    the second along the fingers. gaze (n, 2) is how far the eyes are turned, yaw and pitch, for the
    eyelids. holds are the things that acts carry along other than in a palm.
    """

    bones: Transforms
    joints: Transforms
    contacts: tuple[Footfall, ...]
    hands: dict[Hand, Transforms]
    events: tuple[Happening, ...]
    gaze: npt.NDArray[np.float32]
    holds: tuple[Hold, ...] = ()

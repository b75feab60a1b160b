"""The language that deeds are described in: key poses on a clock, and things in their hands.

A description says what somebody right-handed does; for others it is mirrored. `m` is the leading
hand or foot, `o` the other, `b` both. Sideways is counted towards the leading side (trunk, tools)
or outwards (hands, feet); a positive turn brings the leading hand forward, a positive roll leans to
its side. Everything else is as `controls` has it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

Vector: TypeAlias = tuple[float, float, float]
Value: TypeAlias = "tuple[float, ...] | float | str"
Pose: TypeAlias = tuple[float, Mapping[str, Value]]
"""When in its round, 0..1, and the columns that are keyed there."""
Frame = Literal["chest", "face", "body", "ground"]

FINGERS: Final[Mapping[str, tuple[float, ...]]] = {
    "open": (0.05, 0.0, 0.02, 0.04, 0.07),
    "flat": (0.12, 0.02, 0.0, 0.0, 0.02),
    "relaxed": (0.2, 0.2, 0.25, 0.28, 0.32),
    "cupped": (0.3, 0.35, 0.38, 0.4, 0.45),
    "grip": (0.55, 0.6, 0.64, 0.66, 0.7),
    "fist": (0.75, 0.95, 0.95, 0.95, 0.95),
    "pinch": (0.55, 0.5, 0.62, 0.75, 0.8),
    "point": (0.35, -0.06, 0.85, 0.9, 0.92),
    "thumb": (-0.1, 0.95, 0.95, 0.95, 0.95),
    "splayed": (-0.1, -0.08, -0.1, -0.08, -0.05),
}


def at(phase: float, **columns: Value) -> Pose:
    """Key some columns at a phase of the round."""
    return (phase, columns)


@dataclass(frozen=True)
class Grasp:
    """Where a hand is on a thing: shares of its half extents at phases, and the way of the thumb.

    `rod` is a direction of the thing that the thumb lies along; None leaves the wrist free. The
    palm is `off_m` before the point, towards the front of the thing.
    """

    keys: tuple[tuple[float, Vector], ...]
    rod: Vector | None = (0.0, 1.0, 0.0)
    off_m: float = 0.0


def grasp(place: Vector, *, rod: Vector | None = (0.0, 1.0, 0.0), off_m: float = 0.0) -> Grasp:
    """Hold a thing at one place all the time."""
    return Grasp(((0.0, place),), rod, off_m)


@dataclass(frozen=True)
class Tool:
    """A thing that moves in a frame of the body, and the hands that are on it.

    kind may name several, divided by "|", of which the first that is known serves.
    half is its usual half extents in metres, used where the real ones are unknown. Each key has a
    phase, the place of `origin` (a share of the half extents), and the ways its Y and its Z point.
    Places are arm lengths from the middle of the shoulders (chest), metres from between the eyes
    (face), or from the floor below the body in metres for an average adult (body) or for everybody
    (ground).
    """

    kind: str
    half: Vector
    frame: Frame
    keys: tuple[tuple[float, Vector, Vector, Vector], ...]
    main: Grasp | None = None
    other: Grasp | None = None
    origin: Vector = (0.0, 0.0, 0.0)


@dataclass(frozen=True)
class Deed:
    """What somebody does, again and again every `period_s`, or once.

    `posture` is what the body does meanwhile; `things` are kinds simply held in the leading hand;
    `cues` are what others must know, at phases. `glides`: something carries the body along, and the
    feet make no steps. `whole`: the deed sets its own course and is not faded in, and `under_way`
    it is there at once when the shot begins with it. `low`: trunk and legs are the deed's alone, as
    when lying; nobody nods while upside down. `metric`: places above the floor are metres for
    everybody, because a vehicle has its own size; `seat` is then where one sits.
    """

    poses: tuple[Pose, ...] = ()
    period_s: float = 1.0
    once: bool = False
    posture: str = "stand"
    tools: tuple[Tool, ...] = ()
    things: tuple[str, ...] = ()
    cues: tuple[tuple[str, float], ...] = ()
    glides: bool = False
    whole: bool = False
    under_way: bool = False
    low: bool = False
    metric: bool = False


__all__ = ["FINGERS", "Deed", "Frame", "Grasp", "Pose", "Tool", "Value", "Vector", "at", "grasp"]

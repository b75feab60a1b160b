"""What a kind of thing is: how it is made, how it stands, what one may do with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    from matinee.engine.render.geometry import Mesh
    from matinee.engine.stage.parts.finish import Finish
    from matinee.engine.stage.parts.things.kit import Assembly

Shape: TypeAlias = Literal["box", "sphere", "cylinder"]
Way: TypeAlias = Literal["", "wheels", "ground", "water", "air"]
"""How a thing travels by itself: rolling on wheels, sliding on runners, afloat, or flying."""
Pose: TypeAlias = Literal["sit", "astride", "stand"]
Triple: TypeAlias = tuple[float, float, float]


@dataclass(frozen=True)
class Seat:
    """Where somebody rides: the hips, or the feet of one who stands, from the foot of the thing.

    at_m is (x, y, z) from the middle of the underside of a thing of usual size; a thing that is
    `closed` hides who sits in it up to the chest.
    """

    at_m: Triple
    pose: Pose = "sit"
    closed: bool = False


@dataclass(frozen=True)
class Kind:
    """What is usual for a kind.

    grip is a share of the half extents; up to `size_max` it may be enlarged (a huge car would not
    fit a street). `hollow` is how far below its top the floor of a container lies, as a share of
    its height, 0 for what holds nothing. `floats` says whether water carries it.
    """

    make: Callable[[Finish], Mesh | Assembly]
    material: str
    colour: str
    mass_kg: float
    shape: Shape = "box"
    grip: Triple = (0.0, 0.0, 0.0)
    rests_on: bool = False
    size_max: float = 2.4
    way: Way = ""
    seat: Seat | None = None
    hollow: float = 0.0
    floats: bool = False
    flame_m: float = 0.0


TOP: Triple = (0.0, 0.9, 0.0)
LOW: Triple = (0.0, -0.8, 0.0)
SHAFT: Triple = (0.0, -0.6, 0.0)
"""Usual grips, as shares of the half extents: by the top, by the foot, by a shaft."""

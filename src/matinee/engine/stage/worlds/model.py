"""A world: a place that is built, lit and ready for people to walk into."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from matinee.engine.stage.conditions import Conditions, Height, Wind

if TYPE_CHECKING:
    from collections.abc import Callable

    from matinee.engine.render.geometry import Mesh
    from matinee.engine.render.scene import Atmosphere, Camera, Lamp, Particles, Vector
    from matinee.engine.render.sheet import Texels

Transform: TypeAlias = npt.NDArray[np.float32]
"""(3, 4) affine matrix acting on columns."""


TURNTABLE_S = 2 * np.pi / 0.55


__all__ = [
    "TURNTABLE_S",
    "Box",
    "Collider",
    "Conditions",
    "Cylinder",
    "Height",
    "Mark",
    "MovingPart",
    "Practical",
    "Space",
    "TableTop",
    "Transform",
    "Viewpoint",
    "Wind",
    "World",
]


@dataclass(frozen=True)
class Mark:
    """A place for somebody to stand, facing `yaw`, or to sit at seat_height_m above the floor."""

    name: str
    position: Vector
    yaw: float
    seat_height_m: float | None = None


@dataclass(frozen=True)
class Box:
    """A solid box, turned about Y by yaw."""

    centre: Vector
    half: Vector
    yaw: float = 0.0


@dataclass(frozen=True)
class Cylinder:
    """A solid upright cylinder; `base` is the middle of its foot."""

    base: Vector
    radius_m: float
    height_m: float


Collider: TypeAlias = Box | Cylinder


@dataclass(frozen=True, eq=False)
class MovingPart:
    """Something that moves by itself; `transform(time_s)` places `mesh` in the world."""

    name: str
    mesh: Mesh
    transform: Callable[[float], Transform]


@dataclass(frozen=True)
class Practical:
    """A light of the set that is baked into vertices, with soft shadows from a body of size_m.

    radiance is what a white surface facing it at one metre sends back; light ends at radius_m.
    With a direction it shines to that side only, as a window or a screen does; cone_rad makes a
    spot of it.
    """

    position: Vector
    radiance: Vector
    radius_m: float
    direction: Vector | None = None
    cone_rad: float | None = None
    size_m: float = 0.15


@dataclass(frozen=True)
class TableTop:
    """A level surface of the set that things can stand on: the middle of its top, its half sizes.

    What stands on a turning one turns with it, once in TURNTABLE_S.
    """

    top: Vector
    half_x_m: float
    half_z_m: float
    turning: bool = False


@dataclass(frozen=True)
class Space:
    """An axis-aligned box of air from `low` to `high`."""

    low: Vector
    high: Vector

    def holds(self, point: Vector) -> bool:
        """Whether the point lies inside."""
        return all(a <= p <= b for a, p, b in zip(self.low, point, self.high, strict=True))


@dataclass(frozen=True)
class Viewpoint:
    """From where a photographed place is seen.

    The photo was taken eye_m above the floor, distance_m before the hero, level and towards -Z. It
    reaches `left` to `right` and `low` to `high`, as tangents of the angles from straight ahead.
    """

    eye_m: float
    distance_m: float
    left: float
    right: float
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class World:
    """A place, built.

    The hero mark stands on open floor of radius floor_radius_m. front_yaw is where the hero looks
    when facing the default camera, for which the place is composed. `walk` is a free straight
    stretch, start and end in x and z, 8 m or more. ground_height takes and gives arrays in metres.
    Practicals are baked into the static mesh, lamps light everything in every frame. reach_m is
    how far off a wall still takes ambient light away. `wind` moves what is loose. Where people
    float or swim, afloat is true and ground_height is the bed beneath them. Where the static mesh
    shows a photograph, that is `photo`, and `viewpoint` is where it was taken.
    """

    place: str
    conditions: Conditions
    static: Mesh
    moving: tuple[MovingPart, ...]
    atmosphere: Atmosphere
    lamps: tuple[Lamp, ...]
    practicals: tuple[Practical, ...]
    particles: Callable[[float, Camera], Particles]
    mirror_ground: bool
    marks: tuple[Mark, ...]
    walk: tuple[tuple[float, float], tuple[float, float]]
    ground_height: Height
    colliders: tuple[Collider, ...]
    camera_keep_in: Space
    underfoot: str
    ambience: str
    shadow_radius_m: float
    indoor: bool
    front_yaw: float = 0.0
    floor_radius_m: float = 2.0
    reach_m: float = 12.0
    shadow_centre: Vector = field(default=(0.0, 0.0, 0.0))
    tables: tuple[TableTop, ...] = ()
    wind: Wind = field(default_factory=Wind)
    afloat: bool = False
    photo: Texels | None = None
    viewpoint: Viewpoint | None = None

    def mark(self, name: str) -> Mark:
        """Return the mark of that name; raises KeyError when there is none."""
        for mark in self.marks:
            if mark.name == name:
                return mark
        raise KeyError(name)

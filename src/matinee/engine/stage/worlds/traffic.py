"""Traffic: vehicles that stand, and vehicles that drive by and roll on their wheels."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matinee.engine.render.geometry import Mesh, Surface, merged
from matinee.engine.stage.parts import street
from matinee.engine.stage.parts.finish import Finish
from matinee.engine.stage.parts.solids import placed
from matinee.engine.stage.parts.things import vehicles
from matinee.engine.stage.worlds.motion import driving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from matinee.engine.stage.parts.things.kit import Assembly, Turning
    from matinee.engine.stage.worlds.model import Transform
    from matinee.engine.stage.worlds.scenery import Scenery


def paint(number: int) -> Finish:
    """Return the paint of the car of that number."""
    return Finish(street.CAR_COLOURS[number % len(street.CAR_COLOURS)], Surface.PAINT, 0.22)


def whole(vehicle: Assembly) -> Mesh:
    """Return a vehicle that stands still, with its wheels, as one mesh."""
    return merged([vehicle.body, *(placed(part.mesh, part.at) for part in vehicle.turning)])


def stand(
    set_: Scenery,
    vehicle: Mesh,
    at: tuple[float, float, float],
    yaw: float,
    half: tuple[float, float],
) -> None:
    """Park a vehicle; half is half its width and half its length."""
    set_.add(placed(vehicle, at, yaw=yaw))
    set_.block((at[0], at[1] + 0.75, at[2]), (half[0], 0.75, half[1]), yaw)


def drive(  # noqa: PLR0917 - who, from where, to where, how fast
    set_: Scenery,
    name: str,
    vehicle: Assembly,
    start: tuple[float, float, float],
    end: tuple[float, float, float],
    speed_m_s: float,
    *,
    offset_m: float = 0.0,
) -> None:
    """Let a vehicle drive from start to end and again from the start, on turning wheels."""
    way = driving(start, end, speed_m_s, offset_m=offset_m)
    set_.move(name, vehicle.body, way)
    for number, (axle, part) in enumerate(_axles(vehicle.turning)):
        wheels = _rolling(way, part, speed_m_s)
        set_.move(f"{name}_wheels{number}", axle, wheels)


def _axles(turning: Iterable[Turning]) -> list[tuple[Mesh, Turning]]:
    """Return the wheels that turn together as one mesh each, around their common axle."""
    found: dict[tuple[str, float, float, float], list[Turning]] = {}
    for part in turning:
        key = (part.axis, round(part.at[1], 3), round(part.at[2], 3), part.radius_m)
        found.setdefault(key, []).append(part)
    return [
        (merged([placed(part.mesh, (part.at[0], 0, 0)) for part in parts]), parts[0])
        for parts in found.values()
    ]


def _rolling(
    way: Callable[[float], Transform], part: Turning, speed_m_s: float
) -> Callable[[float], Transform]:
    rate = speed_m_s / part.radius_m if part.radius_m else part.rate_rad_s
    _, y, z = part.at

    def transform(time_s: float) -> Transform:
        body = way(time_s)
        angle = (rate * time_s) % (2 * np.pi)
        sine, cosine = np.sin(angle), np.cos(angle)
        roll = np.array([[1, 0, 0, 0], [0, cosine, -sine, y], [0, sine, cosine, z], [0, 0, 0, 1]])
        return np.asarray(body @ roll, np.float32)

    return transform


def stream(
    set_: Scenery,
    lanes: Iterable[tuple[float, float, float]],
    z: tuple[float, float],
    *,
    gap_m: float,
    y: float = 0.0,
    kinds: str = "ccctcb",
) -> None:
    """Let traffic flow along Z: lanes are (x, speed, offset); a negative speed drives towards +Z.

    `kinds` says in turn what drives: a car, a truck, a bus.
    """
    makers = {"c": vehicles.car, "t": vehicles.truck, "b": vehicles.bus}
    number = 0
    length = abs(z[1] - z[0])
    for lane, (x, speed, offset) in enumerate(lanes):
        ends = ((x, y, z[1]), (x, y, z[0])) if speed < 0 else ((x, y, z[0]), (x, y, z[1]))
        for place in np.arange(offset, length, gap_m):
            vehicle = makers[kinds[number % len(kinds)]](paint(number * 3 + lane))
            name = f"lane{lane}_{number}"
            drive(set_, name, vehicle, *ends, abs(speed), offset_m=float(place))
            number += 1

"""Pace: how fast the world goes while it is filmed.

Slow motion is a camera that runs faster than the film is shown, time lapse one that takes a frame
now and then. Everything that happens runs by the world's time, so the physics are the same.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar, cast

import numpy as np

from matinee.engine.stage import worlds
from matinee.engine.stage.space import eased

if TYPE_CHECKING:
    from matinee import film
    from matinee.engine.render.scene import Atmosphere, Vector
    from matinee.engine.stage.space import Points
    from matinee.engine.stage.worlds.model import World

_Mixed = TypeVar("_Mixed")

SPEEDS = {"normal": 1.0, "slow_motion": 0.36, "time_lapse": 7.0}
"""Seconds of the world in a second of the film, for what moves near by."""
CLOUD_TIMES = 9.0
"""How much faster still the clouds of a time lapse go."""
NEXT_HOUR = {"dawn": "day", "day": "sunset", "sunset": "night", "night": "dawn"}
WAY_TO_NEXT = 0.85
SUN_DOWN = 0.012


def speed_of(shot: film.Shot) -> float:
    """Return how many seconds of the world one second of the shot shows.

    Who is seen to speak speaks at the pace of life, or no word could be understood.
    """
    seen = {*shot.beat.cast, *(one.id for one in shot.characters)}
    if any(speech.character in seen for speech in shot.speeches):
        return 1.0
    return SPEEDS[shot.beat.camera.pace]


def airs(shot: film.Shot, world: World, now: Atmosphere) -> tuple[Atmosphere, ...]:
    """Return the light and air of every frame, or one for all frames when it stays as it is `now`.

    In a time lapse out of doors the hour goes on towards the next one: the sun moves with its
    shadows, the sky takes the other colours, and the clouds race.
    """
    if speed_of(shot) != SPEEDS["time_lapse"] or world.indoor:
        return (now,)
    here = shot.setting
    later = worlds.build(
        world.place,
        time_of_day=NEXT_HOUR[here.time_of_day],
        weather=here.weather,
        mood=here.mood,
        seed=0,
    ).atmosphere
    shares = eased(np.linspace(0.0, 1.0, shot.frame_count)) * WAY_TO_NEXT
    way = _sun_way(here.time_of_day, now, later, shares)
    return tuple(
        _at(now, later, float(share), direction)
        for share, direction in zip(shares, way, strict=True)
    )


def _at(now: Atmosphere, later: Atmosphere, share: float, direction: Vector) -> Atmosphere:
    mixed = _mixed(now, later, share)
    u, v = mixed.sky.cloud_drift
    sky = replace(mixed.sky, cloud_drift=(u * CLOUD_TIMES, v * CLOUD_TIMES), moon=0.0)
    return replace(mixed, sun=replace(mixed.sun, direction_to_sun=direction), sky=sky)


def _sun_way(hour: str, now: Atmosphere, later: Atmosphere, shares: Points) -> list[Vector]:
    """Where the sun stands in every frame: it sets before night and rises after it."""
    first = np.asarray(now.sun.direction_to_sun, np.float64)
    last = np.asarray(later.sun.direction_to_sun, np.float64)
    if hour == "sunset":
        last = np.array([first[0], SUN_DOWN, first[2]])
    elif hour == "night":
        first = np.array([last[0], SUN_DOWN, last[2]])
    way = first[None] + (last - first)[None] * shares[:, None]
    way /= np.linalg.norm(way, axis=1, keepdims=True)
    return [(float(x), float(y), float(z)) for x, y, z in way]


def _mixed(first: _Mixed, second: _Mixed, share: float) -> _Mixed:
    """Mix two values of the same plain kind, number by number."""
    return cast("_Mixed", _mix(first, second, share))


def _mix(first: Any, second: Any, share: float) -> object:  # noqa: ANN401 - any plain value
    if is_dataclass(first) and not isinstance(first, type):
        parts = {
            one.name: _mix(getattr(first, one.name), getattr(second, one.name), share)
            for one in fields(first)
        }
        return replace(first, **parts)
    if isinstance(first, tuple):
        return tuple(_mix(a, b, share) for a, b in zip(first, second, strict=True))
    if isinstance(first, float | int):
        return first + (second - first) * share
    return first

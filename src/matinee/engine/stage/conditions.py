"""When and in what weather a place is seen, and the height of its ground."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Height: TypeAlias = Callable[
    [npt.NDArray[np.float64], npt.NDArray[np.float64]], npt.NDArray[np.float64]
]
"""x and z in metres to y."""


@dataclass(frozen=True)
class Conditions:
    """When and in what weather a place is seen; `mood` tints the picture."""

    time_of_day: str = "day"
    weather: str = "clear"
    mood: str = "neutral"
    seed: int = 0

    @property
    def dark(self) -> bool:
        """Whether lamps and windows are lit."""
        return self.time_of_day == "night" or (
            self.weather == "storm" or (self.weather in {"rain", "fog"} and self.low_sun)
        )

    @property
    def low_sun(self) -> bool:
        """Whether the sun stands near the horizon."""
        return self.time_of_day in {"dawn", "sunset"}

    @property
    def wet(self) -> bool:
        """Whether it rains."""
        return self.weather in {"rain", "storm"}

    @property
    def snowy(self) -> bool:
        """Whether it snows."""
        return self.weather == "snow"

    @property
    def windy(self) -> bool:
        """Whether the wind is strong enough to be seen."""
        return self.weather in {"wind", "storm"}


_SPEEDS_M_S = {"wind": 8.5, "storm": 10.0, "rain": 2.2, "snow": 1.4, "cloudy": 2.0, "fog": 0.4}
_CALM_M_S = 1.3
_GUST_S = (5.3, 2.1, 0.83)


@dataclass(frozen=True)
class Wind:
    """Moving air: the unit direction it blows to, its mean speed, the share that comes in gusts."""

    direction: tuple[float, float, float] = (1.0, 0.0, 0.0)
    speed_m_s: float = _CALM_M_S
    gust: float = 0.35

    def at(self, time_s: float) -> tuple[float, float, float]:
        """Return the velocity of the air in metres a second, at a moment, gusts included."""
        swell = sum(
            np.sin(2 * np.pi * time_s / period + number * 1.7) / (number + 1)
            for number, period in enumerate(_GUST_S)
        )
        speed = float(self.speed_m_s * (1 + self.gust * swell / 1.8))
        x, y, z = self.direction
        return x * speed, y * speed, z * speed

    @property
    def strength(self) -> float:
        """How hard it blows, 0 in still air to 1 in a storm."""
        return min(self.speed_m_s / 10.0, 1.0)


def wind_of(conditions: Conditions, *, indoor: bool = False) -> Wind:
    """Return the wind of a weather; rooms have none. It crosses the default view from the left."""
    if indoor:
        return Wind(speed_m_s=0.0, gust=0.0)
    speed = _SPEEDS_M_S.get(conditions.weather, _CALM_M_S)
    return Wind((0.93, 0.0, 0.37), speed, 0.45 if conditions.windy else 0.3)

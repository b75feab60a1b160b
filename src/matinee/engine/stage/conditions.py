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

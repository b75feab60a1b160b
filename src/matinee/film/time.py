"""Rational time and frame geometry: a film never measures itself in floats of seconds.

Instants and durations inside a film are whole frames at a rational rate, or whole milliseconds
where speech and sound are placed; both are exact and survive any number of conversions.
"""

import re
from fractions import Fraction
from typing import Annotated, Self

import msgspec
from msgspec import Meta

from .errors import FrameRateInvalid, FrameSizeInvalid

MS_PER_SECOND = 1000
SIDE_MIN, SIDE_MAX = 64, 4096
# The area of 4K UHD: what a machine of ordinary memory can draw on each of its cores.
AREA_MAX = 3840 * 2160
RATE_MIN, RATE_MAX = 1, 120
# Fraction also reads exponents, and would spend the whole memory on a rate such as 1e999999999.
_RATE = re.compile(r"\d{1,6}(/\d{1,6}|\.\d{1,3})?", re.ASCII)


class FrameRate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Frames per second as `numerator / denominator`, from 1 to 120.

    Raises FrameRateInvalid outside that range. 23.976 is `FrameRate(24000, 1001)`.
    """

    numerator: int
    denominator: int = 1

    def __post_init__(self) -> None:
        """Hold the range and the lowest terms, so that equal rates are equal values."""
        # Whole numbers are compared, because a quotient of large ones may be too large for a float.
        least, most = RATE_MIN * self.denominator, RATE_MAX * self.denominator
        if self.denominator < 1 or not least <= self.numerator <= most:
            raise FrameRateInvalid(f"{self.numerator}/{self.denominator}")
        lowest = Fraction(self.numerator, self.denominator)
        if lowest.numerator != self.numerator:
            raise FrameRateInvalid(f"{self.numerator}/{self.denominator}")

    @classmethod
    def of(cls, rate: int | str | Fraction) -> Self:
        """Return the rate written as `24`, `"24"`, `"30000/1001"`, `"29.97"` or a Fraction."""
        text = str(rate).strip()
        if not _RATE.fullmatch(text):
            raise FrameRateInvalid(text)
        try:
            exact = Fraction(text)
        except ZeroDivisionError as error:
            raise FrameRateInvalid(text) from error
        return cls(exact.numerator, exact.denominator)

    @property
    def fraction(self) -> Fraction:
        """Frames per second, exact."""
        return Fraction(self.numerator, self.denominator)

    def frames_in_ms(self, duration_ms: int) -> int:
        """Return how many whole frames cover `duration_ms` (rounded up: nothing is cut off)."""
        exact = Fraction(duration_ms, MS_PER_SECOND) * self.fraction
        return -(-exact.numerator // exact.denominator)

    def nearest_frame(self, seconds: Fraction) -> int:
        """Return the index of the frame whose start is nearest to `seconds`."""
        return round(seconds * self.fraction)

    def seconds_at(self, frame: int) -> Fraction:
        """Return when frame number `frame` starts, in exact seconds."""
        return frame / self.fraction

    def ms_at(self, frame: int) -> int:
        """Return when frame number `frame` starts, in milliseconds, rounded to the nearest."""
        return round(self.seconds_at(frame) * MS_PER_SECOND)


class FrameSize(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Width and height of the picture in pixels: even, 64 to 4096 each, no more than 4K in all.

    Raises FrameSizeInvalid. Even, because the picture is stored as 4:2:0, in which two pixels
    share one colour sample in each direction.
    """

    width: Annotated[int, Meta(ge=SIDE_MIN, le=SIDE_MAX)]
    height: Annotated[int, Meta(ge=SIDE_MIN, le=SIDE_MAX)]

    def __post_init__(self) -> None:
        """Hold the ranges and the evenness."""
        for side in (self.width, self.height):
            if not SIDE_MIN <= side <= SIDE_MAX or side % 2:
                raise FrameSizeInvalid(str(self))
        if self.width * self.height > AREA_MAX:
            raise FrameSizeInvalid(str(self))

    @classmethod
    def of(cls, text: str) -> Self:
        """Return the size written as `1280x720`."""
        width, cross, height = text.strip().lower().partition("x")
        plain = cross and all(side.isascii() and side.isdigit() for side in (width, height))
        if not plain or max(len(width), len(height)) > len(str(SIDE_MAX)):
            raise FrameSizeInvalid(text)
        return cls(int(width), int(height))

    def __str__(self) -> str:
        """Return the form that `of` reads."""
        return f"{self.width}x{self.height}"

    @property
    def aspect(self) -> Fraction:
        """Width over height."""
        return Fraction(self.width, self.height)

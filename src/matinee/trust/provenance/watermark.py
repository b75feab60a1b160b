"""An invisible mark in the light of a film: a number of 32 bits, as a hint where a copy came from.

Spread spectrum (Cox et al., "Secure spread spectrum watermarking for multimedia", 1997) on a grid
of 160 by 90 cells laid over the picture: each bit owns a few hundred cells, scattered by a fixed
seed, and lifts or lowers each a little. The mark changes sign every half second, so what stands
still in the picture cancels out where the two halves are subtracted. It is a hint and never more:
whoever wants to remove it can, anybody can put one in, and a crop or a turn loses it.
"""

import zlib
from collections.abc import Sequence
from fractions import Fraction
from functools import cache

import numpy as np
import numpy.typing as npt
from PIL import Image

WIDTH, HEIGHT = 160, 90
NUMBER_BITS, CHECK_BITS = 32, 16
BITS = NUMBER_BITS + CHECK_BITS
HALF_PERIOD_S = Fraction(1, 2)
# Levels of luma (of 219): as much as is not seen in a flat sky, and more where there is texture.
STRENGTH_MIN, STRENGTH_MAX = 1.4, 3.0
_TEXTURE_SHARE = 0.4
_SEED = 20_260_101
_CLIPPED = 6.0
_PHASES = 8
# Mean sign agreement of a bit's cells, in standard deviations, below which nothing is believed.
_SCORE_MIN = 2.2

Luma = npt.NDArray[np.uint8]


@cache
def _cells() -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
    """Return which bit each cell of the grid carries, and its own sign."""
    rng = np.random.default_rng(_SEED)
    owner = rng.permutation(np.arange(WIDTH * HEIGHT) % BITS)
    sign = rng.choice(np.array([-1.0, 1.0], dtype=np.float32), WIDTH * HEIGHT)
    return owner, sign


def _bits(number: int) -> npt.NDArray[np.float32]:
    assert 0 <= number < 1 << NUMBER_BITS, number
    check = zlib.crc32(number.to_bytes(4, "big")) & 0xFFFF
    whole = number << CHECK_BITS | check
    digits = [(whole >> (BITS - 1 - index)) & 1 for index in range(BITS)]
    return np.array(digits, dtype=np.float32) * 2 - 1


class Marker:
    """Marks the frames of one film of a size with a number."""

    def __init__(self, number: int, *, width: int, height: int) -> None:
        """Prepare the pattern for luma planes of `width` by `height` pixels."""
        owner, sign = _cells()
        pattern = (_bits(number)[owner] * sign).reshape(HEIGHT, WIDTH)
        grown = Image.fromarray(pattern).resize((width, height), Image.Resampling.BILINEAR)
        self._pattern = np.asarray(grown, dtype=np.float32)
        self._size = (width, height)

    def mark(self, luma: Luma, *, at_s: Fraction) -> Luma:
        """Return the luma plane (height, width) u8 with the mark as it is at a time of the film."""
        small = Image.fromarray(luma).resize((WIDTH, HEIGHT), Image.Resampling.BOX)
        cells = np.asarray(small, dtype=np.float32)
        # The least roughness around a cell: beside an edge in a calm picture the mark would show.
        rough = _smooth(_least(np.abs(cells - _smooth(cells))))
        strength = np.clip(STRENGTH_MIN + _TEXTURE_SHARE * rough, STRENGTH_MIN, STRENGTH_MAX)
        grown = Image.fromarray(strength).resize(self._size, Image.Resampling.BILINEAR)
        change = np.asarray(grown) * self._pattern * _sign(at_s)
        marked = np.rint(luma.astype(np.float32) + change)
        whole: Luma = np.clip(marked, 16, 235).astype(np.uint8)
        return whole


def cells_of(luma: Luma) -> npt.NDArray[np.float32]:
    """Return a frame as the mark is looked for in it: (HEIGHT, WIDTH), without its own picture."""
    small = Image.fromarray(luma).resize((WIDTH, HEIGHT), Image.Resampling.BOX)
    cells = np.asarray(small, dtype=np.float32)
    rough: npt.NDArray[np.float32] = np.clip(cells - _smooth(cells), -_CLIPPED, _CLIPPED)
    return rough


def found(cells: Sequence[npt.NDArray[np.float32]], times_s: Sequence[float]) -> int | None:
    """Return the number in frames (`cells_of`) at these times, or None where none is believed.

    Where a copy was cut does not matter: every phase of the change of sign is tried.
    """
    if len(cells) < 2:  # noqa: PLR2004 - two halves have to be subtracted
        return None
    stack = np.stack(cells)
    period_s = 2 * float(HALF_PERIOD_S)
    for step in range(_PHASES):
        moments = (np.asarray(times_s) + period_s / 2 * step / _PHASES) % period_s
        plus = moments < period_s / 2
        if not plus.any() or plus.all():
            continue
        number = _read(stack[plus].mean(axis=0) - stack[~plus].mean(axis=0))
        if number is not None:
            return number
    return None


def _read(difference: npt.NDArray[np.float32]) -> int | None:
    owner, sign = _cells()
    votes = difference.ravel() * sign
    counts = np.bincount(owner, minlength=BITS)
    sums = np.bincount(owner, weights=votes, minlength=BITS)
    noise = float(np.sqrt((votes**2).mean())) or 1.0
    scores = sums / (noise * np.sqrt(counts))
    if np.abs(scores).mean() < _SCORE_MIN:
        return None
    for flipped in (scores, -scores):  # which half came first is not known
        whole = int("".join("1" if score > 0 else "0" for score in flipped), 2)
        number, check = whole >> CHECK_BITS, whole & 0xFFFF
        if check == zlib.crc32(number.to_bytes(4, "big")) & 0xFFFF:
            return number
    return None


def _sign(at_s: Fraction) -> float:
    return 1.0 if int(at_s / HALF_PERIOD_S) % 2 == 0 else -1.0


def _smooth(cells: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Return the mean over five by five cells."""
    padded = np.pad(cells, 2, mode="edge")
    sums = np.cumsum(np.cumsum(np.pad(padded, ((1, 0), (1, 0))), axis=0), axis=1)
    window = sums[5:, 5:] - sums[:-5, 5:] - sums[5:, :-5] + sums[:-5, :-5]
    return (window / 25).astype(np.float32)


def _least(cells: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Return the smallest value among three by three cells."""
    padded = np.pad(cells, 1, mode="edge")
    shifted = [padded[y : y + HEIGHT, x : x + WIDTH] for y in range(3) for x in range(3)]
    least: npt.NDArray[np.float32] = np.minimum.reduce(shifted)
    return least

"""How often a film flashes: the general flashes of WCAG 2.2, section 2.3.1.

A flash is a pair of opposing changes of relative luminance by a tenth or more of its maximum, where
the darker picture is below 0.8. It counts where it covers a quarter of the picture: the standard
asks for a quarter of any ten degrees of the visual field, and how far away somebody sits is not
known.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from matinee.trust.model import Picture

if TYPE_CHECKING:
    from numpy.typing import NDArray

_CHANGE_MIN = 0.1
_DARK_MAX = 0.8
_AREA_MIN = 0.25
_WINDOW_MS = 1_000
# Rec. 709 weights of linear light.
_WEIGHTS = np.array([0.2126, 0.7152, 0.0722], dtype=np.float32)
_LINEAR = ((np.arange(256) / 255) ** 2.2).astype(np.float32)


def flash_count_max(pictures: Sequence[Picture]) -> int:
    """Return the most flashes within any second of pictures in order, all of one size."""
    if len(pictures) < 3:  # noqa: PLR2004 - up and down takes three
        return 0
    light = [_LINEAR[one.rgb] @ _WEIGHTS for one in pictures]
    times_ms = [one.at_ms for one in pictures]
    changes = _changes(light)
    moments = [(times_ms[index], sign) for index, sign in changes]
    most = 0
    for start, (start_ms, _) in enumerate(moments):
        count, last = 0, 0
        for at_ms, sign in moments[start:]:
            if at_ms - start_ms >= _WINDOW_MS:
                break
            count += sign != last
            last = sign
        most = max(most, count // 2)
    return most


def _changes(light: "Sequence[NDArray[np.float32]]") -> list[tuple[int, int]]:
    """Return where a quarter of the picture became lighter (1) or darker (-1), by frame index.

    A change may take several frames: each pixel is compared with its last turning point.
    """
    low, high = light[0].copy(), light[0].copy()
    changes: list[tuple[int, int]] = []
    for index, now in enumerate(light[1:], start=1):
        np.minimum(low, now, out=low)
        np.maximum(high, now, out=high)
        rising = (now - low >= _CHANGE_MIN) & (low < _DARK_MAX)
        falling = (high - now >= _CHANGE_MIN) & (now < _DARK_MAX)
        for sign, mask in ((1, rising), (-1, falling)):
            if mask.mean() >= _AREA_MIN:
                changes.append((index, sign))
        low[rising], high[rising] = now[rising], now[rising]
        low[falling], high[falling] = now[falling], now[falling]
    return changes

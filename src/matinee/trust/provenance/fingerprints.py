"""Fingerprints: what is left of a film when its seal is stripped.

Two pictures a second as PDQ hashes (Facebook's "PDQ & TMK + PDQF", 2019): 256 bits, of which a copy
has at most 31 others, whether it was encoded again or scaled. Pictures with too little in them
(quality below 50) say nothing and are left out. A crop, a turn or letters across the picture defeat
it: recognition in `rights` goes further, this only answers where a file may come from.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pdqhash  # type: ignore[import-untyped]  # it says no types

PER_SECOND = 2
DISTANCE_MAX = 31
QUALITY_MIN = 50
PICTURES_MAX = 240
_SIDE_MAX = 512
_STEP_MS = 1_000 // PER_SECOND
_AGREEING_SHARE = 0.5


@dataclass(frozen=True, kw_only=True)
class Print:
    """The hash of one picture (256 bits in hexadecimal) and when it is shown."""

    at_ms: int
    bits: str


@dataclass(frozen=True, kw_only=True)
class Likeness:
    """That a file shows a film: where in the film it begins, and how much of the file agrees."""

    subject: str
    from_ms: int
    share: float


def print_of(rgb: npt.NDArray[np.uint8], *, at_ms: int) -> Print | None:
    """Return the fingerprint of a picture (height, width, 3) u8, None when it shows too little."""
    step = max(1, max(rgb.shape[:2]) // _SIDE_MAX)
    bits, quality = pdqhash.compute(np.ascontiguousarray(rgb[::step, ::step]))
    if quality < QUALITY_MIN:
        return None
    return Print(at_ms=at_ms, bits=np.packbits(bits).tobytes().hex())


def likest(asked: Sequence[Print], near: Sequence[tuple[str, Print, Print]]) -> Likeness | None:
    """Return the film that a file shows: most of its pictures, at one and the same distance.

    `near` are pairs of a picture of the file and a near one of a film: (film, asked, of film).
    """
    offsets: dict[str, Counter[int]] = defaultdict(Counter)
    seen: set[tuple[str, int, int]] = set()
    for subject, one, other in near:
        offset = round((other.at_ms - one.at_ms) / _STEP_MS)
        if (subject, one.at_ms, offset) not in seen:
            seen.add((subject, one.at_ms, offset))
            offsets[subject][offset] += 1
    best: Likeness | None = None
    for subject, counted in sorted(offsets.items()):
        for offset, count in counted.items():
            # The clock of the copy may be half a step beside that of the film.
            agreeing = min(len(asked), count + counted[offset - 1] + counted[offset + 1])
            share = agreeing / len(asked)
            if share >= _AGREEING_SHARE and (best is None or share > best.share):
                best = Likeness(subject=subject, from_ms=max(0, offset * _STEP_MS), share=share)
    return best

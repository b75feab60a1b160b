"""From votes for pairs of moments to lines: which stretch of which reference runs how fast where.

Every pair of seeds that are alike is a vote that a moment of the query is one of a reference.
Votes of a copy lie on a line, reference time = speed * query time + start; others are scattered.
The lines with the most votes behind them win, few of any one moment counted.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from .seeds import TICKS_PER_S, Seeds, alike, is_sound

SPEEDS = (1.0, 0.5, 0.667, 0.8, 0.9, 1.1, 1.25, 1.5, 2.0, -1.0, -0.5, -0.8, -1.25, -2.0)
"""Speeds that are tried; those between are near enough to be found and are fitted after."""

_BIN_S = 1.5
_LINES_OF_A_REFERENCE = 6  # else one film with many near lines hides all others
_VOTES_OF_A_MOMENT = 4  # more of one moment are one picture that looks like another

Seconds: TypeAlias = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Posted:
    """Seeds that an index holds on the pages that were asked for, and whose they are."""

    keys: npt.NDArray[np.int32]
    rests: npt.NDArray[np.uint16]
    ticks: npt.NDArray[np.uint16]
    references: npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Votes:
    """Pairs of moments: the reference's number, and seconds in the query and in the reference."""

    references: npt.NDArray[np.int64]
    query_s: Seconds
    reference_s: Seconds

    def __len__(self) -> int:
        """How many there are."""
        return len(self.references)


@dataclass(frozen=True)
class Line:
    """Reference time = ``speed`` * query time + ``start_s``; ``weight`` votes say so."""

    reference: int
    speed: float
    start_s: float
    weight: int


def lines(
    votes: Votes, *, speeds: tuple[float, ...] = SPEEDS, count: int = 40, least: int = 2
) -> tuple[Line, ...]:
    """The ``count`` best lines, of at least weight ``least`` each, best first.

    Of lines that share their bin at several speeds, the straightest speed (first in ``speeds``)
    wins ties. Each reference may have several lines, as a film may be cut and put in another order.
    """
    found: dict[tuple[int, float, int], int] = {}
    if not len(votes):
        return ()
    for speed in speeds:
        starts = votes.reference_s - speed * votes.query_s
        for shift in (0.0, 0.5):
            bins = np.floor(starts / _BIN_S + shift).astype(np.int64)
            for reference, at, weight in _counted(votes, bins, least, count):
                place = round(((at + 0.5 - shift) * _BIN_S) * 100)
                found[reference, speed, place] = weight
    ranked = sorted(
        found.items(), key=lambda one: (-one[1], one[0][0], speeds.index(one[0][1]), one[0][2])
    )
    kept: Counter[int] = Counter()
    out = []
    for (reference, speed, place), weight in ranked:
        kept[reference] += 1
        if kept[reference] <= _LINES_OF_A_REFERENCE:
            out.append(Line(reference, speed, place / 100, weight))
    return tuple(out[:count])


def _counted(
    votes: Votes, bins: npt.NDArray[np.int64], least: int, count: int
) -> list[tuple[int, int, int]]:
    """The fullest (reference, bin) and their weight: votes, but few of any one moment."""
    ticks = np.round(votes.query_s * 4).astype(np.int64)
    packed = (votes.references << 36) | ((bins + (1 << 19)) << 16) | np.minimum(ticks, 65535)
    each, counts = np.unique(packed, return_counts=True)
    places, first = np.unique(each >> 16, return_index=True)
    weights = np.add.reduceat(np.minimum(counts, _VOTES_OF_A_MOMENT), first)
    fullest = np.argsort(-weights, kind="stable")[: count * 4]
    return [
        (int(places[n] >> 20), int(places[n] & 0xFFFFF) - (1 << 19), int(weights[n]))
        for n in fullest
        if weights[n] >= least
    ]


def together(parts: Sequence[Votes]) -> Votes:
    """All these votes as one."""
    none = np.zeros(0)
    return Votes(
        np.concatenate([none.astype(np.int64), *(one.references for one in parts)]),
        np.concatenate([none, *(one.query_s for one in parts)]),
        np.concatenate([none, *(one.reference_s for one in parts)]),
    )


def votes(query: Seeds, posted: Posted) -> Votes:
    """A vote for every seed of the query and every one of the index that are alike.

    ``query`` is in order of its keys.
    """
    # Seeds of a page come together: each page is looked up once.
    heads = np.flatnonzero(np.diff(posted.keys, prepend=-1))
    lengths = np.diff(np.append(heads, len(posted.keys)))
    pages = posted.keys[heads]
    start = np.searchsorted(query.keys, pages, side="left")
    stop = np.searchsorted(query.keys, pages, side="right")
    first, counts = np.repeat(start, lengths), np.repeat(stop - start, lengths)
    rows = np.repeat(np.arange(len(posted.keys)), counts)
    within = np.arange(len(rows)) - np.repeat(np.cumsum(counts) - counts, counts)
    asked = first[rows] + within
    fitting = alike(is_sound(posted.keys[rows]), query.rests[asked], posted.rests[rows])
    asked, rows = asked[fitting], rows[fitting]
    return Votes(
        posted.references[rows],
        query.ticks[asked] / TICKS_PER_S,
        posted.ticks[rows] / TICKS_PER_S,
    )

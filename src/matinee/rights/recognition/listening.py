"""Two sounds compared exactly: how many peaks fall together, against how many would by chance.

All pairs of peaks of one tone vote for the time between them. What unrelated sounds reach is read
off the same votes, at all other times, so that busy or monotonous music has no advantage.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .model import HOPS_PER_S, SoundTrack, Span, Stretch
from .sounds import Change, changed

_PAIRS_MAX = 4_000_000
_SHARE_NONE, _SHARE_FULL = 0.10, 0.40
"""Shares of a second's peaks, above chance, for strength 0 and 1."""
_TONE_STEP, _SPEED_STEP = 1, 2 ** (1 / 96)
_OWN_HOPS = 4  # so near the best time votes are its own, not chance
_GAP_S = 3
_HEARD = 0.25


@dataclass(frozen=True, eq=False)
class Heard:
    """What two sounds have in common.

    ``strength`` is the sum over seconds of the query, ``surprise`` is how many standard deviations
    the votes are above the mean of all times.
    """

    strength: float
    surprise: float
    change: Change
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, eq=False)
class _Fall:
    """The best time between two sounds, in hops, and how far it stands out."""

    start: int
    count: int
    chance: float
    surprise: float


def listen(query: SoundTrack, reference: SoundTrack, change: Change, start_s: float) -> Heard:
    """What ``query`` plays of ``reference``, near ``start_s`` and under about this change."""
    best, fall, used = change, None, query
    for tried in _around(change):
        undone = changed(query, tried, end=int(query.times[-1]))
        one = _fall(undone, reference, start_s)
        if fall is None or one.count - one.chance > fall.count - fall.chance:
            best, fall, used = tried, one, undone
    assert fall is not None
    return _heard(used, reference, best, fall)


def _around(change: Change) -> Iterable[Change]:
    yield change
    for tones in (-_TONE_STEP, 0, _TONE_STEP):
        for step in (1 / _SPEED_STEP, 1.0, _SPEED_STEP):
            if tones or step != 1.0:
                yield Change(change.tones + tones, change.speed * step)


def _pairs(query: SoundTrack, reference: SoundTrack) -> tuple[npt.NDArray[np.int64], ...]:
    """Rows of peaks of one tone: of the query and of the reference."""
    order = np.argsort(reference.tones, kind="stable")
    tones = reference.tones[order]
    first = np.searchsorted(tones, query.tones, side="left")
    counts = np.searchsorted(tones, query.tones, side="right") - first
    if counts.sum() > _PAIRS_MAX:  # hours against hours: fewer of the query's peaks will do
        step = int(counts.sum() // _PAIRS_MAX) + 1
        counts = np.where(np.arange(len(counts)) % step == 0, counts, 0)
    mine = np.repeat(np.arange(len(counts)), counts)
    within = np.arange(len(mine)) - np.repeat(np.cumsum(counts) - counts, counts)
    return mine, order[first[mine] + within]


def _fall(query: SoundTrack, reference: SoundTrack, start_s: float) -> _Fall:
    mine, theirs = _pairs(query, reference)
    if not len(mine):
        return _Fall(0, 0, 0.0, 0.0)
    between = reference.times[theirs].astype(np.int64) - query.times[mine].astype(np.int64)
    low = int(between.min())
    votes = np.bincount(between - low).astype(np.float64)
    near = np.convolve(votes, (1.0, 1.0, 1.0), "same")
    # Times at which all of the shorter sound overlaps the other are what chance is read from.
    shorter = min(int(query.times[-1]), int(reference.times[-1]))
    places = np.arange(len(near)) + low
    overlap = np.minimum(places + int(query.times[-1]), int(reference.times[-1])) - np.maximum(
        places, 0
    )
    share = np.clip(overlap / max(shorter, 1), 0.1, 1)
    level = near / share
    allowed = np.abs(places - start_s * HOPS_PER_S) <= 3 * HOPS_PER_S
    if not allowed.any():
        return _Fall(0, 0, 0.0, 0.0)
    best = int(np.where(allowed, near, -1).argmax())
    usual = level[(overlap > shorter * 0.3) & (np.abs(places - best - low) > _OWN_HOPS)]
    if not len(usual):
        return _Fall(0, 0, 0.0, 0.0)
    mean, spread = float(usual.mean()), float(usual.std()) + 1.0
    chance = mean * float(share[best])
    surprise = (float(near[best]) - chance) / (spread * float(np.sqrt(share[best])))
    return _Fall(best + low, int(near[best]), chance, surprise)


def _heard(query: SoundTrack, reference: SoundTrack, change: Change, fall: _Fall) -> Heard:
    """Strength by second at the best time."""
    mine, theirs = _pairs(query, reference)
    between = reference.times[theirs].astype(np.int64) - query.times[mine].astype(np.int64)
    together = np.unique(mine[np.abs(between - fall.start) <= 1])
    seconds = int(query.times[-1] / HOPS_PER_S) + 1
    of_second = (query.times / HOPS_PER_S).astype(np.int64)
    peaks = np.bincount(of_second, minlength=seconds)
    common = np.bincount(of_second[together], minlength=seconds)
    chance = fall.chance / max(len(query.times), 1)
    # A second alone is noisy: three are looked at together.
    peaks, common = (np.convolve(one, (1, 1, 1), "same") for one in (peaks, common))
    share = np.where(peaks >= 12, common / np.maximum(peaks, 1), 0) - chance  # noqa: PLR2004
    strengths = np.clip((share - _SHARE_NONE) / (_SHARE_FULL - _SHARE_NONE), 0, 1)
    stretches = _stretches(strengths, query, change, fall.start)
    return Heard(float(strengths.sum()), fall.surprise, change, stretches)


def _stretches(
    strengths: npt.NDArray[np.float64], query: SoundTrack, change: Change, start: int
) -> tuple[Stretch, ...]:
    found = np.flatnonzero(strengths > _HEARD)
    if not len(found):
        return ()
    out = []
    end_s = float(query.times[-1]) / HOPS_PER_S
    for run in np.split(found, np.flatnonzero(np.diff(found) > _GAP_S) + 1):
        first, last = float(run[0]), min(float(run[-1]) + 1, end_s)
        of = [(one + start / HOPS_PER_S) * 1000 for one in (first, last)]
        # Times here are the undone copy's; the copy itself runs faster, and perhaps backwards.
        own = (first, last) if change.speed > 0 else (end_s - last, end_s - first)
        out.append(
            Stretch(
                Span(*(round(one / abs(change.speed) * 1000) for one in own)),
                Span(max(0, round(of[0])), max(0, round(of[1]))),
                round(change.speed, 3),
                round(float(strengths[run].sum()), 3),
            )
        )
    return tuple(out)

"""Two pictures compared exactly, along the lines that an index proposed.

Every half second of the query gets a strength from 0 to 1: from how near its hash is to the
reference's at the time that the line says, or from how many details lie as one fit says, whichever
is more. Both are measured against the background, so that titles and black are worth nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from .aligning import Line
from .background import background
from .fitting import Fit, fit
from .model import HASHES_PER_S, Geometry, PictureTrack, Span, Stretch
from .pictures import mirrored_hashes

_QUALITY_MIN = 50  # below, PDQ's authors say, a hash is of nothing
_HASH_NONE, _HASH_FULL = 74, 34  # bits apart for strength 0 and 1
_BACKGROUND_BITS = 104  # as near as a picture is to the background by chance
_FIT_NONE, _FIT_FULL = 6, 20  # inliers for strength 0 and 1; unrelated pictures have up to 5
_FIT_KEYS_MAX = 24
_KEY_REACH = 2  # half seconds around a moment for which its details speak
_WINDOW = 3  # half seconds around a line that are looked at
_GAP_MOMENTS = 6
_EXPLAINED = 0.3
_NEW_LEAST = 0.6
"""What a further line must add: an order that was changed is in pieces of half a second or more."""
_AWAY_BITS, _AWAY_INLIERS = 5, 1.0
"""What every half second away from the line costs, so that the right speed is the strongest."""

Strengths = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Watched:
    """What two pictures have in common: ``strength`` is the sum over half seconds."""

    strength: float
    keys: int
    """So many moments have details that fit."""
    stretches: tuple[Stretch, ...]
    geometry: Geometry | None


@dataclass(frozen=True, eq=False)
class _Along:
    """Strengths along one line, and where the support of each moment lies in the reference."""

    strengths: Strengths
    closeness: float
    """How near the hashes are, where they are near at all: tells speeds apart."""
    supports: list[tuple[float, float]]
    fits: list[Fit]

    @property
    def worth(self) -> float:
        """By which lines are chosen."""
        return float(self.strengths.sum()) + self.closeness


def watch(
    query: PictureTrack,
    reference: PictureTrack,
    lines: Sequence[tuple[Line, bool]],
) -> Watched:
    """What ``query`` shows of ``reference`` along these lines, each mirrored or not."""
    pair = _Pair(query, reference, _Alone.of(query), {})
    followed = [(_follow(pair, line, mirrored=mirrored), mirrored) for line, mirrored in lines]
    followed.sort(key=lambda one: -one[0][1].worth)  # the sort is stable: more votes come first
    left = np.ones(len(query.hashes))
    stretches: list[Stretch] = []
    fits: list[tuple[Fit, bool]] = []
    total = 0.0
    for (line, along), mirrored in followed:
        new = np.minimum(along.strengths, left)
        strength = float(new.sum())
        if strength < _NEW_LEAST:
            continue
        left = np.maximum(0, left - along.strengths)
        total += strength
        stretches += _stretches(new, line, len(reference.hashes))
        fits += [(one, mirrored) for one in along.fits]
        if left.sum() < 1:
            break
    geometry = _geometry(fits, query, reference)
    if geometry is None and stretches:
        turned = next(mirrored for line, mirrored in lines)
        geometry = Geometry(1.0, 0.0, turned, 1.0)
    return Watched(total, len(fits), tuple(stretches), geometry)


@dataclass(frozen=True, eq=False)
class _Alone:
    """What of a query says something: its hashes' allowance in bits, and its moments' inliers."""

    hash_allowance: npt.NDArray[np.float64]
    key_allowance: dict[int, int]

    @staticmethod
    def of(query: PictureTrack) -> "_Alone":
        """Measured against the background, mirrored or not alike."""
        cards = background()
        good = cards.hashes[cards.qualities >= _QUALITY_MIN]
        near = _bits(query.hashes[:, None], good[None]).min(axis=1)
        return _Alone(np.maximum(0, _BACKGROUND_BITS - near).astype(np.float64), {})

    def inliers(self, query: PictureTrack, key: int) -> int:
        """How many details of a moment fit the likeliest card."""
        if key not in self.key_allowance:
            cards = background()
            fits = [
                fit(query, key, cards, card, mirrored=False)
                for card in range(len(cards.key_times))
                if cards.key_starts[card + 1] - cards.key_starts[card] >= _FIT_NONE
            ]
            self.key_allowance[key] = max((one.inliers for one in fits if one), default=0)
        return self.key_allowance[key]


@dataclass(frozen=True, eq=False)
class _Pair:
    """Two pictures that are compared, and the fits of their moments that are known already."""

    query: PictureTrack
    reference: PictureTrack
    alone: _Alone
    known: dict[tuple[int, int, bool], Fit | None]

    def fit(self, key: int, other: int, *, mirrored: bool) -> Fit | None:
        """How these moments lie in each other."""
        asked = (key, other, mirrored)
        if asked not in self.known:
            self.known[asked] = fit(self.query, key, self.reference, other, mirrored=mirrored)
        return self.known[asked]


def _bits(one: npt.NDArray[np.uint8], two: npt.NDArray[np.uint8]) -> npt.NDArray[np.int64]:
    """How many bits of hashes (..., 32) differ."""
    left, right = np.ascontiguousarray(one).view("u8"), np.ascontiguousarray(two).view("u8")
    return np.asarray(np.bitwise_count(left ^ right).sum(axis=-1, dtype=np.int64))


def _follow(pair: _Pair, line: Line, *, mirrored: bool) -> tuple[Line, _Along]:
    """The line, corrected by what supports it if that is better, and the strengths along it."""
    along = _along(pair, line, mirrored=mirrored)
    corrected = _corrected(line, along.supports)
    if corrected != line:
        again = _along(pair, corrected, mirrored=mirrored)
        if again.worth >= along.worth:
            return corrected, again
    return line, along


def _along(pair: _Pair, line: Line, *, mirrored: bool) -> _Along:
    query = pair.query
    strengths, closeness, supports = _along_hashes(pair, line, mirrored=mirrored)
    fits: list[Fit] = []
    for key in _keys_on(query, pair.reference, line):
        moment = int(query.key_times[key])
        best, at = _best_fit(pair, key, _reference_time(line, moment), mirrored=mirrored)
        if best is None or best.inliers <= _FIT_NONE:
            continue
        inliers = best.inliers - pair.alone.inliers(query, key)
        away = abs(at - _reference_time(line, moment)) * _AWAY_INLIERS
        strength = min(1.0, max(0.0, (inliers - away - _FIT_NONE) / (_FIT_FULL - _FIT_NONE)))
        if strength > 0:
            near = slice(max(0, moment - _KEY_REACH + 1), moment + _KEY_REACH)
            strengths[near] = np.maximum(strengths[near], strength)
            supports.append((moment, at))
            fits.append(best)
    # Before the reference begins and after it ends there is nothing that could be shown of it.
    times = _reference_time(line, 0) + line.speed * np.arange(len(strengths))
    strengths[(times < -1) | (times > len(pair.reference.hashes))] = 0
    return _Along(strengths, closeness, supports, fits)


def _reference_time(line: Line, moment: float) -> float:
    """In half seconds."""
    return line.speed * moment + line.start_s * HASHES_PER_S


def _along_hashes(
    pair: _Pair, line: Line, *, mirrored: bool
) -> tuple[Strengths, float, list[tuple[float, float]]]:
    query, reference = pair.query, pair.reference
    hashes = mirrored_hashes(query.hashes) if mirrored else query.hashes
    moments = np.arange(len(hashes))
    wanted = np.round(_reference_time(line, 0) + line.speed * moments).astype(np.int64)
    places = wanted[:, None] + np.arange(-_WINDOW, _WINDOW + 1)
    inside = (places >= 0) & (places < len(reference.hashes))
    safe = np.clip(places, 0, len(reference.hashes) - 1)
    bits = _bits(hashes[:, None], reference.hashes[safe])
    good = (query.qualities[:, None] >= _QUALITY_MIN) & (reference.qualities[safe] >= _QUALITY_MIN)
    bits = (
        np.where(inside & good, bits, 256) + np.abs(np.arange(-_WINDOW, _WINDOW + 1)) * _AWAY_BITS
    )
    nearest = bits.argmin(axis=1)
    least = bits[moments, nearest] + pair.alone.hash_allowance
    strengths = np.clip((_HASH_NONE - least) / (_HASH_NONE - _HASH_FULL), 0, 1)
    # A still picture is equally near at many places: only a moment that knows its time supports.
    spread = (bits <= bits.min(axis=1, keepdims=True) + 4).sum(axis=1)
    telling = (strengths > _EXPLAINED) & (spread <= _WINDOW)
    supports = [
        (float(moment), float(places[moment, nearest[moment]]))
        for moment in np.flatnonzero(telling)
    ]
    return strengths, float(np.clip(1 - least / _HASH_NONE, 0, 1).sum()), supports


def _keys_on(query: PictureTrack, reference: PictureTrack, line: Line) -> list[int]:
    """Moments of the query with details whose time falls into the reference, spread evenly."""
    times = _reference_time(line, 0) + line.speed * query.key_times.astype(np.float64)
    inside = np.flatnonzero((times >= -_WINDOW) & (times <= len(reference.hashes) + _WINDOW))
    if len(inside) > _FIT_KEYS_MAX:
        inside = inside[np.linspace(0, len(inside) - 1, _FIT_KEYS_MAX).astype(np.int64)]
    return [int(key) for key in inside]


def _best_fit(pair: _Pair, key: int, time: float, *, mirrored: bool) -> tuple[Fit | None, float]:
    """The best fit of a moment of the query near a time of the reference, and when that is."""
    times = pair.reference.key_times.astype(np.float64)
    near = np.flatnonzero(np.abs(times - time) <= _WINDOW)
    near = near[np.argsort(np.abs(times[near] - time), kind="stable")][:4]
    best, best_at = None, time
    for other in near:
        one = pair.fit(key, int(other), mirrored=mirrored)
        if one is not None and (best is None or one.inliers > best.inliers):
            best, best_at = one, float(times[other])
    return best, best_at


def _corrected(line: Line, supports: list[tuple[float, float]]) -> Line:
    """The line through its supports: the median of their slopes and of their starts."""
    if len(supports) < 3:  # noqa: PLR2004 - two points always lie on a line
        return line
    points = np.array(supports)
    across = points[:, 0][:, None] - points[:, 0][None]
    rise = points[:, 1][:, None] - points[:, 1][None]
    apart = across >= max(2.0, across.max() / 3)
    speed = float(np.median(rise[apart] / across[apart])) if apart.any() else line.speed
    if not 0.3 <= speed / line.speed <= 3:  # noqa: PLR2004 - else the supports contradict it
        speed = line.speed
    start = float(np.median(points[:, 1] - speed * points[:, 0])) / HASHES_PER_S
    return replace(line, speed=speed, start_s=start)


def _stretches(strengths: Strengths, line: Line, reference_moments: int) -> list[Stretch]:
    """Runs of moments with evidence, short gaps included."""
    found = np.flatnonzero(strengths > _EXPLAINED)
    if not len(found):
        return []
    runs = np.split(found, np.flatnonzero(np.diff(found) > _GAP_MOMENTS) + 1)
    half_ms = 1000 // HASHES_PER_S
    out = []
    for run in runs:
        first, last = int(run[0]), int(run[-1]) + 1
        times = sorted(
            min(max(_reference_time(line, moment), 0), reference_moments)
            for moment in (first, last)
        )
        out.append(
            Stretch(
                Span(first * half_ms, last * half_ms),
                Span(round(times[0] * half_ms), round(times[1] * half_ms)),
                round(line.speed, 3),
                round(float(strengths[run].sum()), 3),
            )
        )
    return out


def _geometry(
    fits: list[tuple[Fit, bool]], query: PictureTrack, reference: PictureTrack
) -> Geometry | None:
    """The middle one of the fits, by scale."""
    if not fits:
        return None
    ranked = sorted(fits, key=lambda one: one[0].scale)
    chosen, mirrored = ranked[len(ranked) // 2]
    corners = np.array([[0, 0], [1, 0], [1, 1], [0, 1]]) * (1, 1 / reference.aspect)
    lying = corners @ chosen.affine[:, :2].T + chosen.affine[:, 2]
    low, high = lying.min(axis=0).clip(0), lying.max(axis=0).clip(None, (1, 1 / query.aspect))
    wide, tall = np.maximum(high - low, 0)
    return Geometry(
        round(chosen.scale, 3),
        round(-chosen.turn_degrees if mirrored else chosen.turn_degrees, 1),
        mirrored,
        round(float(min(1.0, wide * tall * query.aspect)), 3),
    )

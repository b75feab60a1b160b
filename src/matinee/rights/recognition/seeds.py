"""Seeds: the short words by which an index proposes where a copy may come from.

A seed has a key, which page of the index it is on, and a rest of 16 bits, which tells whether two
seeds on one page are alike. The key's 20 bits are a kind and 16 bits of what was seen or heard.
Seeds of pictures are bits sampled from hashes and codes (Indyk and Motwani, "Approximate Nearest
Neighbors", STOC 1998), their rests are further bits of the same (Jégou and others, "Hamming
Embedding", ECCV 2008). Seeds of sound are three peaks, whose rests must be equal.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .model import HOPS_PER_S, PictureTrack, SoundTrack
from .pictures import mirrored_codes, mirrored_hashes

TICKS_PER_S = 4
"""Seeds know their time in quarters of a second."""

KIND_COUNT = 12
_HASH_KINDS = range(8)
_DETAIL_KINDS = range(8, 10)
_SOUND_KIND = 10

_REST_BITS_MAX = {"picture": 4, "sound": 0}
_REFERENCE_DETAILS = 32
_QUERY_KEYS_MAX = 24
_ZONE_HOPS = (3, 40)
# Peaks a second, and how many of the next ones each is joined with. A query is denser: what was
# mixed into it has pushed the reference's peaks down and lies between them.
_REFERENCE_PEAKS, _QUERY_PEAKS, _WIDE_PEAKS = (15, 3), (30, 9), (20, 6)

# Which bits of a hash make the key and the rest of each kind.
_HASH_BITS = np.random.default_rng(20211).permutation(256)[: 8 * 32].reshape(8, 32)


@dataclass(frozen=True, eq=False)
class Seeds:
    """Seeds as columns: ``keys`` below KIND_COUNT * 65536, ``rests``, and ``ticks`` of time."""

    keys: npt.NDArray[np.int32]
    rests: npt.NDArray[np.uint16]
    ticks: npt.NDArray[np.uint16]

    def __len__(self) -> int:
        """How many there are."""
        return len(self.keys)


def joined(parts: list[Seeds]) -> Seeds:
    """All of these in one."""
    if not parts:
        return Seeds(np.zeros(0, np.int32), np.zeros(0, np.uint16), np.zeros(0, np.uint16))
    return Seeds(
        np.concatenate([part.keys for part in parts]),
        np.concatenate([part.rests for part in parts]),
        np.concatenate([part.ticks for part in parts]),
    )


def alike(
    kind_is_sound: npt.NDArray[np.bool_], one: npt.NDArray[np.uint16], two: npt.NDArray[np.uint16]
) -> npt.NDArray[np.bool_]:
    """Whether rests of one page belong together."""
    limit = np.where(kind_is_sound, _REST_BITS_MAX["sound"], _REST_BITS_MAX["picture"])
    return np.asarray(np.bitwise_count(one ^ two) <= limit)


def is_sound(keys: npt.NDArray[np.int32]) -> npt.NDArray[np.bool_]:
    """Whether seeds with these keys are of sound."""
    return np.asarray(keys >> 16 == _SOUND_KIND)


def of_reference(picture: PictureTrack | None, sound: SoundTrack | None) -> Seeds:
    """The seeds that an index keeps of a reference."""
    parts = []
    if picture is not None:
        at = picture.key_times.astype(np.int64)
        parts.append(_hash_seeds(picture.hashes[at], at))
        rows = _first_rows(picture, np.arange(len(at)), _REFERENCE_DETAILS)
        parts.append(_detail_seeds(picture.codes[rows[0]], at[rows[1]]))
    if sound is not None:
        parts.append(_sound_seeds(sound, *_REFERENCE_PEAKS))
    return _unique(joined(parts))


def of_query_pictures(picture: PictureTrack, within: range, *, mirrored: bool) -> Seeds:
    """The seeds by which these half seconds, or as in a mirror, are looked for."""
    at = np.arange(within.start, min(within.stop, len(picture.hashes)))
    times = picture.key_times.astype(np.int64)
    keys = np.flatnonzero((times >= within.start) & (times < within.stop))
    if len(keys) > _QUERY_KEYS_MAX:
        keys = keys[np.linspace(0, len(keys) - 1, _QUERY_KEYS_MAX).astype(np.int64)]
    rows = _first_rows(picture, keys, 10_000)
    hashes, codes = picture.hashes[at], picture.codes[rows[0]]
    if mirrored:
        hashes, codes = mirrored_hashes(hashes), mirrored_codes(codes)
    return _unique(joined([_hash_seeds(hashes, at), _detail_seeds(codes, times[rows[1]])]))


def of_query_sound(sound: SoundTrack, *, wide: bool) -> Seeds:
    """The seeds by which this sound is looked for; ``wide`` is for one of many changes."""
    return _unique(_sound_seeds(sound, *(_WIDE_PEAKS if wide else _QUERY_PEAKS)))


def _first_rows(
    picture: PictureTrack, keys: npt.NDArray[np.int64], count: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The first ``count`` features of each of these moments: their rows, and whose they are."""
    starts = picture.key_starts.astype(np.int64)
    rows = [np.arange(starts[key], min(starts[key + 1], starts[key] + count)) for key in keys]
    whose = [np.full(len(one), key) for one, key in zip(rows, keys, strict=True)]
    none = np.zeros(0, np.int64)
    return np.concatenate([none, *rows]), np.concatenate([none, *whose])


def _hash_seeds(hashes: npt.NDArray[np.uint8], moments: npt.NDArray[np.int64]) -> Seeds:
    bits = np.unpackbits(hashes, axis=1)
    return joined(
        [
            _seeds(kind, _number(bits[:, of[:16]]), _number(bits[:, of[16:]]), moments * 2)
            for kind, of in zip(_HASH_KINDS, _HASH_BITS, strict=True)
        ]
    )


def _detail_seeds(codes: npt.NDArray[np.uint8], moments: npt.NDArray[np.int64]) -> Seeds:
    words = np.ascontiguousarray(codes).view(">u2")  # eight of 16 bits
    return joined(
        [
            _seeds(kind, words[:, 2 * n], words[:, 2 * n + 1], moments * 2)
            for n, kind in enumerate(_DETAIL_KINDS)
        ]
    )


def _sound_seeds(sound: SoundTrack, peaks_per_s: int, fan: int) -> Seeds:
    """Three peaks each: one, and two of the ``fan`` next ones after it."""
    strong = sound.ranks < peaks_per_s
    times, tones = sound.times[strong].astype(np.int64), sound.tones[strong].astype(np.int64)
    first = np.searchsorted(times, times + _ZONE_HOPS[0])
    last = np.searchsorted(times, times + _ZONE_HOPS[1])
    parts = []
    for n in range(fan):
        for m in range(n + 1, fan):
            a = np.flatnonzero(first + m < last)
            b, c = first[a] + n, first[a] + m
            word = (tones[a] * 128 + tones[b]) * 128 + tones[c]
            word = (word * 32 + (times[b] - times[a]) // 2) * 32 + (times[c] - times[a]) // 2
            mixed = (word.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(32)
            ticks = (times[a] / HOPS_PER_S * TICKS_PER_S).astype(np.int64)
            parts.append(_seeds(_SOUND_KIND, mixed >> np.uint64(16), mixed, ticks))
    return joined(parts)


def _number(bits: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint16]:
    """(n, 16) bits as numbers."""
    return np.ascontiguousarray(np.packbits(bits, axis=1)).view(">u2")[:, 0].astype(np.uint16)


def _seeds(
    kind: int,
    words: npt.NDArray[np.integer],
    rests: npt.NDArray[np.integer],
    ticks: npt.NDArray[np.int64],
) -> Seeds:
    low = (words.astype(np.int64) & 0xFFFF) | (kind << 16)
    return Seeds(
        low.astype(np.int32),
        (rests.astype(np.int64) & 0xFFFF).astype(np.uint16),
        np.minimum(ticks, 65535).astype(np.uint16),
    )


def _unique(seeds: Seeds) -> Seeds:
    """Without repetitions, in order of their keys: a still picture says the same for minutes."""
    packed = (
        seeds.keys.astype(np.int64) << 32
        | seeds.rests.astype(np.int64) << 16
        | seeds.ticks.astype(np.int64)
    )
    packed = np.unique(packed)
    return Seeds(
        (packed >> 32).astype(np.int32),
        (packed >> 16 & 0xFFFF).astype(np.uint16),
        (packed & 0xFFFF).astype(np.uint16),
    )

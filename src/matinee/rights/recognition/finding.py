"""Finding: from a query to its matches, with an index that proposes and comparisons that decide."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from . import seeds
from .aligning import SPEEDS, Line, Posted, Votes, lines, together, votes
from .listening import Heard, listen
from .model import (
    HASHES_PER_S,
    HOPS_PER_S,
    Fingerprint,
    Geometry,
    Match,
    PictureTrack,
    SoundTrack,
    Verdict,
)
from .sounds import Change, changed
from .watching import Watched, watch

_WINDOW_S = 120
"""Queries are looked for in stretches of so long, which bounds memory for films of hours."""
_PAGES_AT_ONCE = 1_000
"""Pages of the index that are looked at together; of 10,000 hours a thousand are 200 MB."""
_CANDIDATES_MAX = 12
_LINES_PER_REFERENCE = 8
_LINES_MAX = 60
_EXCERPT_S = 10
"""Changes of sound are looked for in so much on either side of the middle."""

_PICTURE_SURE, _SOUND_SURE = 8.0, 6.0
"""Strengths that are certain: four full seconds of picture, or six of sound."""
_PICTURE_LEAST, _SOUND_LEAST = 1.2, 1.0
_SURPRISE_LEAST, _SURPRISE_SURE = 6.0, 12.0

_NO_CHANGE = Change()


class Index(Protocol):
    """Where references are kept: in the database, or in memory."""

    def posted(self, keys: Sequence[int]) -> Posted:
        """All seeds with one of these keys, in any order."""
        ...

    def references(self, numbers: Sequence[int]) -> Mapping[int, tuple[str, Fingerprint]]:
        """The subjects and fingerprints of those of these numbers that are still there."""
        ...


@dataclass(frozen=True, eq=False)
class _SoundLine:
    line: Line
    change: Change


def find(index: Index, query: Fingerprint) -> tuple[Match, ...]:
    """What the query shows or plays, the surest first; only references with real evidence."""
    seen: dict[int, Watched] = {}
    heard: dict[int, Heard] = {}
    names: dict[int, str] = {}
    if query.picture is not None:
        proposed = _picture_lines(index, query.picture)
        kept = index.references(sorted(proposed))
        for number, (subject_id, reference) in kept.items():
            names[number] = subject_id
            if reference.picture is not None:
                seen[number] = watch(query.picture, reference.picture, proposed[number])
    if query.sound is not None:
        for number, subject_id, one in _all_heard(index, query.sound):
            names[number] = subject_id
            if number not in heard or heard[number].strength < one.strength:
                heard[number] = one
    matches = [
        match
        for number, subject_id in names.items()
        if (match := _match(subject_id, seen.get(number), heard.get(number))) is not None
    ]
    return tuple(sorted(matches, key=lambda match: (-match.score, match.subject_id)))


def _picture_lines(index: Index, picture: PictureTrack) -> dict[int, list[tuple[Line, bool]]]:
    """The best lines by reference, for the references with the best lines."""
    window = _WINDOW_S * HASHES_PER_S
    summed: dict[tuple[int, float, float, bool], int] = {}
    for start in range(0, len(picture.hashes), window):
        for mirrored in (False, True):
            within = range(start, start + window)
            wanted = seeds.of_query_pictures(picture, within, mirrored=mirrored)
            (cast,) = _cast(index, [wanted])
            for line in lines(cast, count=_LINES_MAX):
                of = (line.reference, line.speed, line.start_s, mirrored)
                summed[of] = summed.get(of, 0) + line.weight
    found = [
        (Line(reference, speed, start_s, weight), mirrored)
        for (reference, speed, start_s, mirrored), weight in summed.items()
    ]
    found.sort(key=lambda one: (-one[0].weight, one[0].reference, SPEEDS.index(one[0].speed)))
    chosen: dict[int, list[tuple[Line, bool]]] = {}
    for line, mirrored in found:
        if line.reference not in chosen and len(chosen) >= _CANDIDATES_MAX:
            continue
        kept = chosen.setdefault(line.reference, [])
        if len(kept) < _LINES_PER_REFERENCE:
            kept.append((line, mirrored))
    return chosen


def _changes() -> tuple[Change, ...]:
    """Other speeds as of a tape, other tempos, other pitches, and backwards."""
    tape = [Change(k, 2 ** (k / 24)) for k in range(-8, 9) if k]
    tempo = [Change(0, 2 ** (k / 20)) for k in range(-8, 11) if k]
    pitch = [Change(k, 1.0) for k in range(-8, 9) if k]
    return (*tape, *tempo, *pitch, Change(0, -1.0))


_CHANGES = _changes()


def _all_heard(index: Index, sound: SoundTrack) -> list[tuple[int, str, Heard]]:
    """What the sound plays; changes are tried only where it plays nothing as it is."""
    end_s = float(sound.times[-1]) / HOPS_PER_S
    found: list[_SoundLine] = []
    for start_s in range(0, int(end_s) + 1, _WINDOW_S):
        found += _sound_lines(index, sound, start_s, start_s + _WINDOW_S, (_NO_CHANGE,))
    plain = _heard(index, sound, found)
    if any(one.strength >= _SOUND_SURE / 2 for _, _, one in plain):
        return plain
    middle_s = end_s / 2
    found = _sound_lines(index, sound, middle_s - _EXCERPT_S, middle_s + _EXCERPT_S, _CHANGES)
    return plain + _heard(index, sound, found)


def _sound_lines(
    index: Index, sound: SoundTrack, start_s: float, end_s: float, changes: Sequence[Change]
) -> list[_SoundLine]:
    """The best lines of this part of the sound, under each of these changes."""
    kept = (sound.times >= start_s * HOPS_PER_S) & (sound.times <= end_s * HOPS_PER_S)
    part = SoundTrack(sound.times[kept], sound.tones[kept], sound.ranks[kept])
    wide, end = len(changes) > 1, int(sound.times[-1])
    asked = [seeds.of_query_sound(changed(part, one, end=end), wide=wide) for one in changes]
    found = []
    for change, cast in zip(changes, _cast(index, asked), strict=True):
        found += [
            _SoundLine(line, change)
            for line in lines(cast, speeds=(1.0,), count=_CANDIDATES_MAX, least=3)
        ]
    found.sort(key=lambda one: (-one.line.weight, one.line.reference, abs(one.change.tones)))
    return found[: _CANDIDATES_MAX * 2]


def _cast(index: Index, asked: Sequence[seeds.Seeds]) -> list[Votes]:
    """The votes of each of these queries, with few pages of the index in memory at a time."""
    keys = np.unique(np.concatenate([one.keys for one in asked]))
    parts: list[list[Votes]] = [[] for _ in asked]
    for at in range(0, len(keys), _PAGES_AT_ONCE):
        posted = index.posted(keys[at : at + _PAGES_AT_ONCE].tolist())
        for kept, wanted in zip(parts, asked, strict=True):
            kept.append(votes(wanted, posted))
    return [together(one) for one in parts]


def _heard(
    index: Index, sound: SoundTrack, found: Sequence[_SoundLine]
) -> list[tuple[int, str, Heard]]:
    kept = index.references(sorted({one.line.reference for one in found}))
    out = []
    for one in found:
        subject_id, reference = kept.get(one.line.reference, ("", None))
        if reference is not None and reference.sound is not None:
            heard = listen(sound, reference.sound, one.change, one.line.start_s)
            out.append((one.line.reference, subject_id, heard))
    return out


def _match(subject_id: str, seen: Watched | None, heard: Heard | None) -> Match | None:
    """Both kinds of evidence as one score; None if there is none worth a person's time."""
    picture = 0.0 if seen is None or seen.strength < _PICTURE_LEAST else seen.strength
    sound = 0.0
    if heard is not None and heard.surprise >= _SURPRISE_LEAST and heard.strength >= _SOUND_LEAST:
        sound = heard.strength * min(1.0, heard.surprise / _SURPRISE_SURE)
    score = picture / _PICTURE_SURE + sound / _SOUND_SURE
    if score == 0:
        return None
    watched = seen if picture else None
    listened = heard if sound else None
    return Match(
        subject_id=subject_id,
        score=round(score, 4),
        verdict=Verdict.AUTOMATIC if score >= 1 else Verdict.REVIEW,
        picture=watched.stretches if watched else (),
        sound=listened.stretches if listened else (),
        geometry=watched.geometry if watched else None,
        tone_shift=listened.change.tones / 2 if listened else None,
        how=_how(watched, listened),
    )


def _how(seen: Watched | None, heard: Heard | None) -> tuple[str, ...]:
    """Words for what was done to the copy."""
    words: list[str] = []
    if seen is not None and seen.geometry is not None:
        words += _how_it_lies(seen.geometry)
    speeds = [stretch.speed for stretch in seen.stretches] if seen is not None else []
    if heard is not None:
        speeds.append(heard.change.speed)
        words += ["other pitch"] if abs(heard.change.tones) > 1 else []
    words += ["reversed"] if any(speed < 0 for speed in speeds) else []
    words += ["faster"] if any(abs(speed) > 1.04 for speed in speeds) else []  # noqa: PLR2004
    words += ["slower"] if any(abs(speed) < 0.96 for speed in speeds) else []  # noqa: PLR2004
    starts = [one.reference.start_ms for one in seen.stretches] if seen is not None else []
    words += ["re-ordered"] if starts != sorted(starts) else []
    return tuple(words)


def _how_it_lies(geometry: Geometry) -> list[str]:
    words = ["mirrored"] if geometry.mirrored else []
    words += ["turned"] if abs(geometry.turn_degrees) > 2 else []  # noqa: PLR2004
    words += ["cropped"] if geometry.scale > 1.04 else []  # noqa: PLR2004
    words += ["picture in picture"] if geometry.covered < 0.6 else []  # noqa: PLR2004
    return words


def without(query: Fingerprint, *, picture: bool = False, sound: bool = False) -> Fingerprint:
    """The same without its picture or its sound."""
    return replace(
        query,
        picture=None if picture else query.picture,
        sound=None if sound else query.sound,
    )

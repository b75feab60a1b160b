"""Evidence: which stretches of a film show or play which stretches of which references."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

import msgspec

from matinee.rights.recognition import Match, Span, Verdict
from matinee.rights.recognition import Stretch as Line

Sense: TypeAlias = Literal["picture", "sound"]


class Stretch(msgspec.Struct, frozen=True):
    """Milliseconds of the film and of the reference; ``speed`` is the reference's in the film."""

    sense: Sense
    film_start_ms: int
    film_end_ms: int
    reference_start_ms: int
    reference_end_ms: int
    speed: float
    score: float


class Found(msgspec.Struct, frozen=True):
    """One reference in a film. ``score`` 1 is the least that is certain; ``how`` are words."""

    reference_id: str
    score: float
    certain: bool
    stretches: tuple[Stretch, ...]
    how: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Everything of one work, or of one other film, that was found in a film."""

    subject_id: str
    found: tuple[Found, ...]

    @property
    def score(self) -> float:
        """That of the surest reference."""
        return max((one.score for one in self.found), default=0.0)

    @property
    def certain(self) -> bool:
        """Whether any of it was found with certainty."""
        return any(one.certain for one in self.found)

    @property
    def matched_ms(self) -> int:
        """How much of the film is matched, seen or heard, whichever is more."""
        return max(
            (
                _covered(
                    (line.film_start_ms, line.film_end_ms)
                    for one in self.found
                    for line in one.stretches
                    if line.sense == sense
                )
                for sense in ("picture", "sound")
            ),
            default=0,
        )

    def without(self, excluded: Sequence[tuple[str, int, int]]) -> "Evidence":
        """The evidence without stretches that lie (by more than half) in these of references."""
        found = []
        for one in self.found:
            spans = [(start, end) for name, start, end in excluded if name == one.reference_id]
            left = tuple(line for line in one.stretches if not _lies_in(line, spans))
            if left:
                found.append(msgspec.structs.replace(one, stretches=left))
        return replace(self, found=tuple(found))


def evidence_of(subject_id: str, matches: Iterable[Match]) -> Evidence:
    """What recognition found, as it is kept."""
    return Evidence(subject_id=subject_id, found=tuple(_found(match) for match in matches))


def _found(match: Match) -> Found:
    lines = [("picture", line) for line in match.picture] + [
        ("sound", line) for line in match.sound
    ]
    return Found(
        reference_id=match.subject_id,
        score=round(match.score, 3),
        certain=match.verdict is Verdict.AUTOMATIC,
        stretches=tuple(
            _stretch("picture" if sense == "picture" else "sound", line) for sense, line in lines
        ),
        how=match.how,
    )


def _stretch(sense: Sense, line: Line) -> Stretch:
    return Stretch(
        sense=sense,
        film_start_ms=line.query.start_ms,
        film_end_ms=line.query.end_ms,
        reference_start_ms=line.reference.start_ms,
        reference_end_ms=line.reference.end_ms,
        speed=round(line.speed, 3),
        score=round(line.score, 3),
    )


def turned_round(match: Match, *, reference_id: str) -> Match:
    """What a reference as a query says of a film, as if the film had been the query."""
    return replace(
        match,
        subject_id=reference_id,
        picture=tuple(map(_turned, match.picture)),
        sound=tuple(map(_turned, match.sound)),
        geometry=None,
    )


def _turned(line: Line) -> Line:
    speed = 1 / line.speed if line.speed else 1.0
    return Line(
        query=_span(line.reference), reference=_span(line.query), speed=speed, score=line.score
    )


def _span(span: Span) -> Span:
    return Span(start_ms=span.start_ms, end_ms=span.end_ms)


def _lies_in(line: Stretch, spans: Sequence[tuple[int, int]]) -> bool:
    start, end = line.reference_start_ms, line.reference_end_ms
    shared = _covered(
        (max(start, low), min(end, high)) for low, high in spans if min(end, high) > max(start, low)
    )
    return 2 * shared > end - start


def _covered(spans: Iterable[tuple[int, int]]) -> int:
    covered, reached = 0, 0
    for start, end in sorted(spans):
        covered += max(0, end - max(start, reached))
        reached = max(reached, end)
    return covered

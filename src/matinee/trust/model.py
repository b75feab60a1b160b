"""What trust thinks with: ratings, verdicts, what is judged, and who judges it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol, get_args

import numpy as np
from numpy.typing import NDArray

Rating = Literal["all", "teen", "mature"]
RATINGS: tuple[Rating, ...] = get_args(Rating)


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """Why something is refused: the rule's name, what it says, and what would pass instead."""

    rule: str
    why: str
    passes: str


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What was judged may be shown to people of `rating` and above, unless there is a refusal."""

    rating: Rating = "all"
    refusal: Refusal | None = None

    @property
    def allows(self) -> bool:
        """Whether nothing is refused."""
        return self.refusal is None


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What a refusal or a case is about: a kind that its own room knows, and an id."""

    kind: str
    id: str


@dataclass(frozen=True, kw_only=True)
class NotedRefusal:
    """A refusal that is kept, so that `person` (an id, or empty) can appeal it."""

    id: str
    subject: Subject
    person: str
    refusal: Refusal
    refused_at: datetime


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A picture of a film: `rgb` is (height, width, 3) u8, sRGB; shown at `at_ms`."""

    at_ms: int
    rgb: NDArray[np.uint8]


@dataclass(frozen=True, kw_only=True)
class Material:
    """What is judged, together: texts of any language, pictures in order, and what is heard.

    Of a film `motion` is every picture, small (about 64 pixels wide), and `stills` are one a
    second, large enough to see what is on them (512).
    Rules that are `excused` do not refuse it.
    """

    texts: Sequence[str] = ()
    motion: Sequence[Picture] = ()
    stills: Sequence[Picture] = ()
    transcript: Sequence[str] = ()
    excused: frozenset[str] = frozenset()


class Moderator(Protocol):
    """Judges texts, pictures and transcripts by the rules of the house.

    The same material gets the same verdict. Raises ModeratorUnavailable when it cannot judge:
    nothing passes because nobody looked.
    """

    @property
    def name(self) -> str:
        """What refusals say judged them."""
        ...

    def judge(self, material: Material) -> Verdict:
        """Return the strictest verdict on all of the material."""
        ...


def strictest(verdicts: Sequence[Verdict]) -> Verdict:
    """Return the first refusal, else the highest rating; nothing at all is for everybody."""
    for verdict in verdicts:
        if verdict.refusal is not None:
            return verdict
    return max(verdicts, key=lambda one: RATINGS.index(one.rating), default=Verdict())

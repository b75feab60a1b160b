"""What likenesses are made of, and the Protocols for whoever looks at clips.

Pure values; who may use a likeness is `consent`, how it is kept secret is `sealing`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal, Protocol, TypeAlias, get_args

from matinee.film.looks import Looks
from matinee.kit.db import Session

from .consent import Concept, Level, Relation, Rule

Turn = Literal["left", "right"]
TURNS: tuple[Turn, ...] = get_args(Turn)
CaptureStatus = Literal["waiting", "checking", "accepted", "refused"]
ComingState = Literal["checking", "kept", "refused"]
Kind = Literal["person", "character"]
ApprovalState = Literal["asked", "approved", "denied"]

CHALLENGE_LIFETIME = timedelta(minutes=10)
DIGIT_COUNT = 6
TURN_COUNT = 3
CLIP_BYTES_MAX = 96 * 1024 * 1024
CHARACTER_BYTES_MAX = 24 * 1024 * 1024
CLIP_MS_MIN, CLIP_MS_MAX = 3_000, 45_000
# 45 s of full HD at 30 frames a second; what unpacks to more is refused before it is unpacked.
CLIP_PIXELS_MAX = 45 * 30 * 1920 * 1088

REVOKED = "likeness.revoked"
"""Event: films may not show a likeness any more; payload `likeness_id`, `person_id`, `film_ids`."""


@dataclass(frozen=True, kw_only=True)
class Challenge:
    """What somebody has to do in front of the camera, so that no old clip will do.

    `digits` such as "402917" are spoken one by one; `turns` are the ways the head is turned, in
    order, as the person means them (their own left, whether or not the camera mirrors).
    """

    digits: str
    turns: tuple[Turn, ...]
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class Fingerprint:
    """By what a clip is known again, also when it was encoded anew, cropped a little or scaled.

    `pictures` are 64-bit perceptual hashes of its frames, four a second; `sounds` 32-bit hashes of
    its sound, eight a second. Both are compared by the share of bits that differ.
    """

    pictures: tuple[int, ...] = ()
    sounds: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Portrait:
    """What is kept of a person, and what a shot is given: three files, as bytes.

    `cutout` is the person in motion with their matte, in the form that the engine's stage reads;
    `face` a WebP picture of the face from before; `voice` a mono WAV file of them speaking.
    """

    cutout: bytes = field(repr=False)
    face: bytes = field(repr=False)
    voice: bytes = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Findings:
    """What an examiner saw and heard in a clip; whether that will do is for `captures` to judge.

    `face_count` is the most faces seen at once for longer than a glimpse, `faceless_share` the
    share of frames (0 to 1) without a face. `digits` and `turns` are those heard and seen, in
    order. `replay` (0 to 1) is how surely the clip was filmed from a screen, looped or spliced.
    `face` and `voice` are vectors of length one by which people are told apart, empty where the
    examiner has no such model; `voice_count` how many voices speak. `voice_name` names the voice of
    the engine's cast that is nearest to the person's.
    """

    duration_ms: int
    face_count: int
    faceless_share: float
    digits: str
    turns: tuple[Turn, ...]
    replay: float
    fingerprint: Fingerprint
    portrait: Portrait
    looks: Looks
    face: tuple[float, ...] = field(default=(), repr=False)
    voice: tuple[float, ...] = field(default=(), repr=False)
    voice_count: int = 1
    voice_name: str = ""


class Examiner(Protocol):
    """Looks at and listens to the clip of a capture.

    `face_distance_max` and `voice_distance_max` are the largest cosine distances between two
    vectors of one person.
    """

    name: str
    face_distance_max: float
    voice_distance_max: float

    def examine(self, clip: Path, *, digits: str, turns: tuple[Turn, ...]) -> Findings:
        """Return what is in the clip; the same clip gives the same findings.

        `digits` and `turns` are what was asked for, to align what is there with; an examiner never
        reports what it did not see or hear. Reads no more than `CLIP_PIXELS_MAX` pixels and
        `CLIP_MS_MAX` milliseconds. Raises ClipUnreadable, ClipTooLong or ClipTooHeavy of
        `matinee.likeness.errors`.
        """
        ...


@dataclass(frozen=True, kw_only=True)
class Worn:
    """A likeness as files in a folder of the step that renders a shot, gone when the step ends."""

    cutout: Path
    face: Path
    voice: Path


@dataclass(frozen=True, kw_only=True)
class Capture:
    """One attempt to be captured: its challenge, and what became of it.

    `code` and `message` say why it was refused.
    """

    id: str
    person: str
    challenge: Challenge
    status: CaptureStatus
    created_at: datetime
    upload: str = ""
    code: str = ""
    message: str = ""


@dataclass(frozen=True, kw_only=True)
class Likeness:
    """Somebody whom films may show: a person who was captured, or a character of somebody's.

    `owner` is a person's id, empty for characters kept before there were people. `version` rises
    with every capture, `terms` with every change of who may use it and how. A character has a
    `clip` and a `picture` (blob keys); a person's parts are sealed. `handle` is how prompts name
    it: a person's own, or the character's. `price_micro` is what a public figure asks for an
    appearance, in micro-units of `currency`, None while nothing is asked.
    """

    id: str
    kind: Kind
    owner: str
    handle: str
    name: str
    level: Level
    created_at: datetime
    version: int = 1
    terms: int = 1
    rules: tuple[Rule, ...] = ()
    looks: Looks | None = None
    voice: str = ""
    clip: str = ""
    picture: str = ""
    public_figure: bool = False
    price_micro: int | None = None
    currency: str = ""


@dataclass(frozen=True, kw_only=True)
class Appearance:
    """That a likeness is in a film: under which terms, and on how many frames once it is cut.

    `line` are the films that this one was made from, the nearest first.
    """

    likeness: str
    film: str
    line: tuple[str, ...] = ()
    maker: str
    terms: int
    recorded_at: datetime
    frame_count: int = 0
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Approval:
    """That somebody asked to use a likeness, and what its owner said."""

    likeness: str
    person: str
    state: ApprovalState
    changed_at: datetime


@dataclass(frozen=True, kw_only=True)
class Happening:
    """Something that happened to a likeness, for its owner to read and for disputes."""

    likeness: str
    what: str
    about: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ComingCharacter:
    """A character that somebody asked for: its clip is looked at, then it is kept, or refused.

    It is kept under the same `id`. `people_in_photo` and `minors` are what was attested, None for
    whoever was not asked; `code` and `message` say why it was refused.
    """

    id: str
    person: str
    upload: str
    name: str
    handle: str = ""
    level: Level = "only_me"
    people_in_photo: Literal["", "me", "consented"] | None = None
    minors: Literal["", "none", "shown"] | None = None
    status: ComingState = "checking"
    code: str = ""
    message: str = ""
    created_at: datetime


@dataclass(frozen=True, kw_only=True)
class SeenClip:
    """The clip of a character, looked at: its bytes, how who is in it looks, its best frame."""

    content: bytes = field(repr=False)
    looks: Looks
    picture: bytes = field(repr=False)


class Observer(Protocol):
    """Looks at the clip of a character that is to be kept."""

    def look(self, content: bytes) -> SeenClip:
        """Return who is in it; raises an Invalid error for what is no clip of anybody."""
        ...


@dataclass(frozen=True, kw_only=True)
class FilmSeen:
    """A film as somebody who is in it is told of it; one that is not `posted` is a draft."""

    id: str
    title: str
    status: str
    maker: str
    created_at: datetime
    posted: bool = False


Films: TypeAlias = Callable[[Session, Sequence[str]], Mapping[str, FilmSeen]]
"""Tells of films by their ids, without those that are gone: wired from the studio."""

Acquaintance: TypeAlias = Callable[[Session, str, str], Relation]
"""How the second person stands to the first, the owner: wired from whoever knows who follows."""


def strangers(_session: Session, _owner: str, _asker: str) -> Relation:
    """Know nobody: where there is no feed, nobody is a mutual."""
    return "stranger"


class Vocabulary(Protocol):
    """Knows what the words of a phrase are called in the film language."""

    def meanings(self, phrase: str) -> tuple[Concept, ...]:
        """Return what a phrase of any language names, the exact before the approximate.

        A general word gives everything that is a kind of it; an unknown one gives nothing.
        """
        ...

    def colour(self, phrase: str) -> str:
        """Return the colour that a phrase names, as #rrggbb, or empty."""
        ...

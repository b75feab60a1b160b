"""What the studio works with: requests, films in the making, and the Protocols of its crew."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal, Protocol, get_args, runtime_checkable

import msgspec

from matinee.engine import Reader, Repertoire
from matinee.film import FrameRate, FrameSize, Screenplay, Shot, Take
from matinee.film.screenplay import LanguageTag
from matinee.kit import blobs
from matinee.kit.money import MicroMoney
from matinee.likeness import UNATTESTED, Attestation
from matinee.people import OPERATOR_ID
from matinee.rights.licences import Use
from matinee.trust import Rating

from .abilities import Abilities, Control, Errand, Guides
from .errors import (
    DurationInvalid,
    LanguageInvalid,
    ModelUnknown,
    SeedInvalid,
    StyleUnknown,
    VoiceUnknown,
    WriterUnknown,
)

# What "waiting_for_approval" waits for is the word of whoever owns something in the film.
Status = Literal[
    "queued", "in_progress", "waiting_for_approval", "completed", "failed", "withdrawn"
]
ENDED: tuple[Status, ...] = ("completed", "failed", "withdrawn")
STAGES = (
    "waiting",
    "writing",
    "checking",
    "reading",
    "planning",
    "shooting",
    "cutting",
    "finished",
)

DURATION_MS_MIN = 1_000
DURATION_MS_MAX = 120_000
SEED_MAX = 2**31 - 1
LANGUAGE_CHARACTERS_MAX = 35  # the longest tag that RFC 5646, section 4.4.1, expects


How = Literal[
    "remix",
    "edit",
    "extension",
    "reframe",
    "restyle",
    "trim",
    "stitch",
    "loop",
    "final",
    "translation",
]
EXTENSIONS_MAX = 6

# Events: a film has ended, well or not, or is no more: taken back or deleted. Their payload names
# it as `film_id`.
FILM_COMPLETED = "studio.film_completed"
FILM_FAILED = "studio.film_failed"
FILM_WITHDRAWN = "studio.film_withdrawn"

Priority = Literal["high", "normal", "low"]
PRIORITIES: tuple[Priority, ...] = get_args(Priority)
TURNS_MAX = 1_000


@dataclass(frozen=True, kw_only=True)
class Piece:
    """Frames of a finished film, from `first_frame` on; its files by their blob keys."""

    film: str
    video: str
    captions: str
    manifest: str
    first_frame: int
    frame_count: int


@dataclass(frozen=True, kw_only=True)
class Origin:
    """The film that another one is made from, and how: changed in words or by hand, continued.

    `screenplay` is the digest of what it said then, so that it can go without its child. A film
    that is spliced consists of `pieces`, put together in the way `mode` if there are several ways.
    """

    film: str
    how: How
    screenplay: str
    pieces: tuple[Piece, ...] = ()
    mode: str = ""


@dataclass(frozen=True, kw_only=True)
class Finish:
    """Shots of a draft, by their indices, that are taken again on another engine.

    They may cost no more than `budget`; None sets no limit. With `own_sound` the engine's own
    sound is heard in them, where it makes any, in place of the studio's voices and noises.
    """

    engine: str
    shots: tuple[int, ...]
    budget: MicroMoney | None = None
    own_sound: bool = False


@dataclass(frozen=True, kw_only=True)
class Licensing:
    """What a film is for, in which countries (none is anywhere), and what may be paid for works.

    `pays` is the most that is paid for the works of others in it, None for nothing.
    """

    use: Use = "personal"
    territories: tuple[str, ...] = ()
    pays: MicroMoney | None = None


@dataclass(frozen=True, kw_only=True)
class FilmRequest:
    """What somebody asks for. `duration_ms`, `seed` and `language` None let the studio decide.

    An empty `voice` is cast, and an empty `style` is what the prompt says. With a `screenplay`, the
    digest of one that was handed in, nothing is written. `picture` is the blob key of a photo that
    the film begins from, `attest` what was said of people in it. `characters` are the ids of the
    likenesses that it shows, `people` the handles of those that the prompt does not name;
    `longest_ms` is what the maker's plan allows.
    """

    prompt: str
    duration_ms: int | None = None
    longest_ms: int | None = None
    size: FrameSize
    rate: FrameRate = field(default_factory=lambda: FrameRate(24))
    seed: int | None = None
    language: str | None = None
    voice: str = ""
    style: str = ""
    writer: str = "offline"
    model: str = "stage"
    origin: Origin | None = None
    screenplay: str = ""
    picture: str = ""
    characters: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    attest: Attestation = UNATTESTED
    priority: Priority = "normal"
    finish: Finish | None = None
    licensing: Licensing = Licensing()


@dataclass(frozen=True, kw_only=True)
class ShotProgress:
    """How far one shot of a film is; `preview` is the blob key of a picture, or empty."""

    index: int
    text: str
    frame_count: int
    frames_done: int
    preview: str = ""
    done: bool = False


@dataclass(frozen=True, kw_only=True)
class Seal:
    """Where a film comes from, signed: the blob `head` stands for its first `skips` bytes.

    `sha256` is of the sealed film, in hexadecimal; `label` names its manifest.
    """

    head: str
    skips: int
    sha256: str
    label: str


@dataclass(frozen=True, kw_only=True)
class Download:
    """The copy of a film to take away, with its maker's `handle` over it."""

    blob: str
    handle: str


@dataclass(frozen=True, kw_only=True)
class Refused:
    """By which rule a film was refused, why, what would pass, and the id for an appeal."""

    id: str
    rule: str
    why: str
    passes: str


@dataclass(frozen=True, kw_only=True)
class FilmError:
    """Why a film failed: the stable code of an error and what it says.

    A film that was refused says by which rule and what would pass, and has an id for an appeal.
    """

    code: str
    message: str
    refusal: Refused | None = None


@dataclass(frozen=True, kw_only=True)
class Film:
    """A film, queued, in the making or ended.

    `requested_by` is the id of the person whose film it is. `revision` rises with every
    change. `screenplay` is the digest of a document; `video`, `poster`, `captions`, `manifest` and
    `sprites` are blob keys; all are empty until they exist. `cost` is what providers charged for it
    so far, None for nothing.
    """

    id: str
    request: FilmRequest
    seed: int
    status: Status
    stage: str
    progress_percent: int
    created_at: datetime
    requested_by: str = OPERATOR_ID
    revision: int = 1
    duration_ms: int | None = None
    completed_at: datetime | None = None
    expires_at: datetime | None = None
    language: str = ""
    title: str = ""
    rating: Rating = "all"
    error: FilmError | None = None
    screenplay: str = ""
    video: str = ""
    poster: str = ""
    sprites: str = ""
    captions: str = ""
    manifest: str = ""
    seal: Seal | None = None
    download: Download | None = None
    shots: tuple[ShotProgress, ...] = ()
    cost: MicroMoney | None = None

    @property
    def delivered(self) -> str:
        """The blob key of the film as it leaves the house: sealed, once it has a seal."""
        if self.seal is None:
            return self.video
        return blobs.joined(self.seal.head, self.video, skips=self.seal.skips)

    @property
    def ended(self) -> bool:
        """Whether nothing will change any more."""
        return self.status in ENDED


class Writer(Protocol):
    """Turns a prompt into a screenplay that a repertoire can play.

    The screenplay's notes account for every phrase of the prompt that became something else or
    nothing. Raises Invalid for a prompt that cannot be used, Unavailable when a provider fails.
    """

    name: str

    def write(
        self,
        prompt: str,
        *,
        repertoire: Repertoire,
        language: str | None,
        seed: int,
        duration_ms: int | None,
    ) -> Screenplay:
        """Write the screenplay; the same arguments give the same one where the writer can."""
        ...

    def revise(
        self, play: Screenplay, request: str, *, repertoire: Repertoire, seed: int
    ) -> Screenplay:
        """Change a screenplay in words; what no word is about stays as it is, to the letter."""
        ...

    def extend(
        self,
        play: Screenplay,
        request: str,
        *,
        repertoire: Repertoire,
        seed: int,
        duration_ms: int | None,
    ) -> Screenplay:
        """Let a screenplay go on for `duration_ms`; the beats that are there stay as they are."""
        ...


class Engine(Protocol):
    """Renders shots: here, or by a provider elsewhere.

    `version` is the name and what tells this engine's takes from those of an earlier one, joined
    by a slash; it is what a take says of its engine. One shot has one take of one engine version,
    and where the engine's seeds hold, taken again it is the same one.
    """

    name: str
    version: str
    abilities: Abilities

    def shoot(
        self, shot: Shot, *, video_path: Path, guides: Guides = ..., errand: Errand = ...
    ) -> Take:
        """Render `shot` into an mp4 at `video_path` and return its take.

        The file has the shot's frames, rate and size, and the encoding of `engine.ShotEncoder`.
        An engine with sound may leave the shot's own sound beside it, with the suffix .wav.
        When `errand.should_stop` says so the engine stops its provider too, raises a Conflict and
        leaves no file. Raises ShotUnsuitable for what its abilities exclude.
        """
        ...


@runtime_checkable
class Guide(Protocol):
    """An engine that can show another one where everything in a shot is."""

    def guide(
        self,
        shot: Shot,
        paths: Mapping[Control, Path],
        *,
        pictures: Mapping[str, Path],
        should_stop: Callable[[], bool],
    ) -> None:
        """Write a video for each control in `paths`: the frames, the rate and size of the shot.

        `pictures` are the files of the photos that the shot names, by their digests.

        When `should_stop` says so it raises a Conflict and leaves no file.
        """
        ...


class Translator(Protocol):
    """Translates what is said and written in a film; never guesses a language it does not have."""

    name: str

    def translates(self, source: str, target: str) -> bool:
        """Whether it has this pair of languages (tags as of BCP 47), without asking anybody."""
        ...

    def translate(self, texts: Sequence[str], *, source: str, target: str) -> tuple[str, ...]:
        """Return the texts in the other language, one for each, in their order.

        Raises TranslationFailed and TranslationRefused.
        """
        ...


@dataclass(frozen=True, kw_only=True)
class CaptionTrack:
    """A film's captions in a language; `translator` is empty for the one that it speaks."""

    language: str
    captions: str
    translator: str = ""


@dataclass(frozen=True, kw_only=True)
class Crew:
    """Who makes films here, by name; chosen once, in wiring."""

    writers: Mapping[str, Writer]
    engines: Mapping[str, Engine]
    reader: Reader
    repertoire: Repertoire
    translators: Sequence[Translator] = ()


def turn_of(priority: Priority, unfinished_count: int) -> int:
    """Return when a film's work is done: smaller numbers first, from 1 on.

    Within a priority a key's second film waits for everybody's first, so that one who asks for
    a hundred does not hold up one who asks for one.
    """
    return 1 + PRIORITIES.index(priority) * TURNS_MAX + min(unfinished_count, TURNS_MAX - 1)


def check_request(request: FilmRequest, crew: Crew) -> None:
    """Refuse what cannot be made, before anything is stored.

    Raises DurationInvalid, SeedInvalid, LanguageInvalid, WriterUnknown, ModelUnknown or
    VoiceUnknown; the prompt itself is for the writer to judge.
    """
    duration_ms = request.duration_ms
    if duration_ms is not None and not DURATION_MS_MIN <= duration_ms <= DURATION_MS_MAX:
        raise DurationInvalid(f"{duration_ms / 1000:g}", DURATION_MS_MAX // 1000)
    if request.seed is not None and not 0 <= request.seed <= SEED_MAX:
        raise SeedInvalid(request.seed)
    if request.language is not None:
        check_language(request.language)
    if request.writer not in crew.writers:
        raise WriterUnknown(request.writer, tuple(crew.writers))
    for name in (request.model, *([request.finish.engine] if request.finish else ())):
        if name not in crew.engines:
            raise ModelUnknown(name, tuple(crew.engines))
    if request.voice and request.voice not in crew.repertoire.voices:
        raise VoiceUnknown(request.voice, crew.repertoire.voices)
    if request.style and request.style not in crew.repertoire.styles:
        raise StyleUnknown(request.style, crew.repertoire.styles)


def check_language(tag: str) -> None:
    """Raise LanguageInvalid for what is no language tag."""
    try:
        msgspec.convert(tag, LanguageTag)
    except msgspec.ValidationError as error:
        raise LanguageInvalid(tag) from error
    if len(tag) > LANGUAGE_CHARACTERS_MAX:
        raise LanguageInvalid(tag)

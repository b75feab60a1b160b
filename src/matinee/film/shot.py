"""Shots and takes: what an engine is asked for, and what it gives back.

A shot is self-contained: everything that decides its pixels is in it, so its digest is the
address of its take, and a take that exists is never rendered again.
"""

import hashlib
from typing import Annotated

import msgspec
from msgspec import Meta

from .errors import ScreenplayInvalid
from .screenplay import Beat, Character, LanguageTag, OptionalSlug, Prop, Setting, Slug, Words
from .time import FrameRate, FrameSize

Digest = Annotated[str, Meta(pattern=r"^([0-9a-f]{64})?$", description="SHA-256 in hex, or empty")]


class Phoneme(msgspec.Struct, frozen=True, forbid_unknown_fields=True, array_like=True):
    """One speech sound in IPA, with its place in the reading in milliseconds."""

    symbol: str
    start_ms: int
    end_ms: int


class Word(msgspec.Struct, frozen=True, forbid_unknown_fields=True, array_like=True):
    """One written word, with its place in the reading in milliseconds."""

    text: str
    start_ms: int
    end_ms: int


class Speech(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A line as it is spoken in a shot.

    `start_ms` counts from the start of the shot; phonemes and words count from the start of the
    speech. `audio` is the content-addressed key of the reading's sound file.
    """

    character: Slug
    text: Words
    language: LanguageTag
    start_ms: Annotated[int, Meta(ge=0)]
    duration_ms: Annotated[int, Meta(gt=0)]
    phonemes: tuple[Phoneme, ...] = ()
    words: tuple[Word, ...] = ()
    audio: Words = ""
    mood: str = "neutral"


class Passage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The part of a longer action that a shot shows, so that a cut need not begin it anew.

    `play` names the action as it is played through once, in `frame_count` frames; the shot begins
    at `first_frame` of them. Shots with one play show one movement from several sides.
    """

    play: Slug
    first_frame: Annotated[int, Meta(ge=0)]
    frame_count: Annotated[int, Meta(ge=1, le=120 * 120)]


class Shot(
    msgspec.Struct,
    frozen=True,
    forbid_unknown_fields=True,
    tag_field="schema",
    tag="matinee.shot/2",
):
    """One shot, ready to be taken: `frame_count` frames at `rate` of `size`.

    `characters` are all who belong to the setting, in a fixed order, so that everybody keeps
    their place from shot to shot; `beat.cast` says who is in this one. Without a `passage` the shot
    is the whole of what it shows. Raises ScreenplayInvalid when a speech would be cut off by the
    end of the shot, or the shot goes on after the end of its play.
    """

    setting: Setting
    beat: Beat
    frame_count: Annotated[int, Meta(ge=1, le=120 * 120)]
    rate: FrameRate
    size: FrameSize
    seed: Annotated[int, Meta(ge=0, le=2**53 - 1)]
    characters: tuple[Character, ...] = ()
    props: tuple[Prop, ...] = ()
    speeches: tuple[Speech, ...] = ()
    style: OptionalSlug = ""
    passage: Passage | None = None

    @property
    def take_seed(self) -> int:
        """The seed of what may come out differently in another take; `seed` is the whole film's.

        How people move follows from this one, who they are and where they stand from that one.
        """
        if not self.beat.roll:
            return self.seed
        drawn = hashlib.sha256(f"{self.seed}/{self.beat.roll}".encode()).digest()
        return int.from_bytes(drawn[:4], "little") >> 1

    def __post_init__(self) -> None:
        """Check that nobody is cut off, and that there is something to show."""
        shown = self.passage
        if shown is not None and shown.first_frame + self.frame_count > shown.frame_count:
            reason = f"the shot of beat {self.beat.id!r} goes on after the end of {shown.play!r}"
            raise ScreenplayInvalid(reason)
        for speech in self.speeches:
            if self.rate.frames_in_ms(speech.start_ms + speech.duration_ms) > self.frame_count:
                reason = f"the shot of beat {self.beat.id!r} ends before {speech.text!r} is said"
                raise ScreenplayInvalid(reason)


class Contact(msgspec.Struct, frozen=True, forbid_unknown_fields=True, array_like=True):
    """Two things touch, and are heard.

    `time_ms` from the start of the shot; `strength` 0 to 1; `pan` -1 left to 1 right as the
    camera hears it; `distance_m` from the camera.
    """

    time_ms: int
    kind: str
    materials: tuple[str, str]
    strength: float
    pan: float
    distance_m: float


class Appearance(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A character, prop or place seen in a run of frames, and how much of the picture it takes.

    `coverage` is the mean share of the picture's pixels over those frames, 0 to 1.
    """

    kind: str
    name: str
    first_frame: Annotated[int, Meta(ge=0)]
    frame_count: Annotated[int, Meta(ge=1)]
    coverage: Annotated[float, Meta(ge=0, le=1)]


class Placement(msgspec.Struct, frozen=True, forbid_unknown_fields=True, array_like=True):
    """Where the camera hears a speech: the index in `Shot.speeches`, pan and distance."""

    speech: int
    pan: float
    distance_m: float


class Take(
    msgspec.Struct,
    frozen=True,
    forbid_unknown_fields=True,
    tag_field="schema",
    tag="matinee.take/1",
):
    """A rendered shot: its picture as a blob, and everything that is heard in it.

    `shot` is the digest of the shot, `video` the digest of its H.264 mp4, `engine` the name and
    version that rendered it. `fitted` says what was done to footage from elsewhere to make it fit;
    `sound` is the key of the engine's own sound, a WAV file that is heard in place of the studio's
    for as long as the take is seen.
    """

    shot: Digest
    engine: str
    video: Digest
    frame_count: int
    rate: FrameRate
    size: FrameSize
    ambience: str
    room: str
    contacts: tuple[Contact, ...] = ()
    placements: tuple[Placement, ...] = ()
    appearances: tuple[Appearance, ...] = ()
    fitted: Words = ""
    sound: Words = ""

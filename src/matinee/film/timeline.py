"""The film as it is cut: takes one after another, captions, and the record of what is in it."""

from typing import Annotated

import msgspec
from msgspec import Meta

from .errors import ScreenplayInvalid
from .screenplay import LanguageTag, Words
from .shot import Appearance, Digest
from .time import FrameRate, FrameSize


class Clip(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A take in its place: frame `first_frame` of the film and `frame_count` frames on."""

    shot: Digest
    video: Digest
    first_frame: Annotated[int, Meta(ge=0)]
    frame_count: Annotated[int, Meta(ge=1)]


class Caption(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words on screen from `start_ms` to `end_ms` of the film; `speaker` is who says them."""

    start_ms: Annotated[int, Meta(ge=0)]
    end_ms: Annotated[int, Meta(gt=0)]
    text: Words
    speaker: str = ""


class Timeline(
    msgspec.Struct,
    frozen=True,
    forbid_unknown_fields=True,
    tag_field="schema",
    tag="matinee.timeline/1",
):
    """A cut film. Raises ScreenplayInvalid when clips overlap or leave a hole."""

    rate: FrameRate
    size: FrameSize
    clips: Annotated[tuple[Clip, ...], Meta(min_length=1)]
    captions: tuple[Caption, ...] = ()
    language: LanguageTag = "en"

    def __post_init__(self) -> None:
        """Check that the clips follow one another without hole or overlap."""
        expected = 0
        for index, clip in enumerate(self.clips):
            if clip.first_frame != expected:
                reason = f"clip {index} starts at frame {clip.first_frame}, not at {expected}"
                raise ScreenplayInvalid(reason)
            expected += clip.frame_count

    @property
    def frame_count(self) -> int:
        """How many frames the film has."""
        return sum(clip.frame_count for clip in self.clips)

    @property
    def duration_ms(self) -> int:
        """How long the film is, in milliseconds, rounded to the nearest."""
        return self.rate.ms_at(self.frame_count)


class Source(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Frames of a film that were seen in another: those of `film` from `source_frame` on.

    All counts are frames of the new film; `backwards`, they are shown from the last to the first.
    """

    film: str
    source_frame: Annotated[int, Meta(ge=0)]
    first_frame: Annotated[int, Meta(ge=0)]
    frame_count: Annotated[int, Meta(ge=1)]
    backwards: bool = False


class Manifest(
    msgspec.Struct,
    frozen=True,
    forbid_unknown_fields=True,
    tag_field="schema",
    tag="matinee.manifest/1",
):
    """What a film contains: who and what is seen in which frames, made by which engine.

    Every second of a film can be asked whom it shows: rights and revenue follow from it. `parents`
    are the films that it was made from, `sources` the frames that it took from them as they are.
    """

    screenplay: Digest
    engine: str
    seed: int
    rate: FrameRate
    frame_count: int
    appearances: tuple[Appearance, ...] = ()
    parents: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()

    def seen_at(self, frame: int) -> tuple[Appearance, ...]:
        """Return what is seen in frame number `frame` of the film."""
        return tuple(
            one
            for one in self.appearances
            if one.first_frame <= frame < one.first_frame + one.frame_count
        )

"""Passages: several shots of one movement, each of which shows its own part of it.

The whole is played for each of them, and so plays alike; only the frames of the passage are seen.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from msgspec import structs

if TYPE_CHECKING:
    from matinee import film
    from matinee.engine.stage.framing import Subject


def shown_frames(shot: film.Shot) -> slice:
    """Return the frames of what is played that a shot shows; all, unless it is a passage."""
    first = 0 if shot.passage is None else shot.passage.first_frame
    return slice(first, first + shot.frame_count)


def whole(shot: film.Shot) -> film.Shot:
    """Return the shot that would show all of what a passage is a part of.

    Its beat has the name of the play, from which all chance follows; what is said in the passage
    is said when the passage comes.
    """
    passage = shot.passage
    if passage is None:
        return shot
    # Rounded down, or a last word could end after the last frame.
    cut_ms = int(passage.first_frame * 1000 / shot.rate.fraction)
    return structs.replace(
        shot,
        beat=structs.replace(shot.beat, id=passage.play),
        frame_count=passage.frame_count,
        speeches=tuple(
            structs.replace(one, start_ms=one.start_ms + cut_ms) for one in shot.speeches
        ),
        passage=None,
    )


def within(subject: Subject, frames: slice) -> Subject:
    """Return a subject in some of its frames; itself, when they are all."""
    if frames == slice(0, len(subject.eyes)):
        return subject
    return replace(
        subject,
        eyes=subject.eyes[frames],
        waist=subject.waist[frames],
        feet=subject.feet[frames],
        facing=subject.facing[frames],
    )

"""Foresight: which shots an edit renders again, told before anything is made.

Pure, and without voices: a line that was read before keeps its reading, another one is taken to be
as long as people need for so many letters, which is near enough to tell what changes.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from matinee.film import FrameRate, FrameSize, Screenplay, Shot
from matinee.film.screenplay import Line

from .planning import Reading, line_key, plan_shots, with_earlier

# Unhurried reading aloud: about 15 letters or 5 ideographs a second.
LETTER_MS, IDEOGRAPH_MS, LINE_MS_MIN = 66, 200, 400


@dataclass(frozen=True, kw_only=True)
class Foreseen:
    """A shot as it will be: of which beat, how many frames, and whether its take is kept."""

    beat: str
    text: str
    frame_count: int
    kept: bool


def foreseen(
    play: Screenplay,
    earlier: Sequence[Shot],
    *,
    size: FrameSize,
    rate: FrameRate,
    seed: int,
) -> tuple[Foreseen, ...]:
    """Return the shots that the film of `play` will have, where `earlier` were shot before."""
    known = {
        (speech.character, speech.text, speech.language, speech.mood): Reading(
            duration_ms=speech.duration_ms,
            phonemes=speech.phonemes,
            words=speech.words,
            audio=speech.audio,
        )
        for shot in reversed(earlier)
        for speech in shot.speeches
    }
    readings = {
        line_key(beat, index): known.get(
            (line.character, line.text, line.language, line.mood), _guessed(line)
        )
        for beat in play.beats
        for index, line in enumerate(beat.lines)
    }
    planned = plan_shots(play, readings, size=size, rate=rate, seed=seed).shots
    before = set(map(id, earlier))
    return tuple(
        Foreseen(
            beat=shot.beat.id,
            text=shot.beat.text,
            frame_count=shot.frame_count,
            kept=id(shot) in before,
        )
        for shot in with_earlier(planned, earlier)
    )


def _guessed(line: Line) -> Reading:
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in line.text)
    read_ms = wide * IDEOGRAPH_MS + (len(line.text) - wide) * LETTER_MS
    return Reading(duration_ms=max(LINE_MS_MIN, read_ms), phonemes=(), words=(), audio="")

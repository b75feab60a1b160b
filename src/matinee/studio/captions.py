"""Captions: spoken words cut into readable lines that appear as they are said.

Limits follow the usual subtitling practice (BBC Subtitle Guidelines; Netflix Timed Text Style
Guide): two lines of at most 42 characters, 16 for Chinese, Japanese and Korean, at least five
sixths of a second on screen.
"""

import unicodedata
from collections.abc import Sequence

from matinee.film import FrameRate, Shot
from matinee.film.shot import Speech, Word
from matinee.film.timeline import Caption

LINE_CHARACTERS, WIDE_LINE_CHARACTERS, LINES = 42, 16, 2
SHOWN_MS_MIN = 833


def captions_of(shots: Sequence[Shot], rate: FrameRate) -> tuple[Caption, ...]:
    """Return the captions of a film whose shots follow one another, in the order of their start.

    Times are milliseconds of the film; a caption ends before the next begins.
    """
    captions: list[Caption] = []
    first_frame = 0
    for shot in shots:
        names = {character.id: character.name for character in shot.characters}
        for speech in shot.speeches:
            captions += _captions(
                speech, rate.ms_at(first_frame), names.get(speech.character, "Narrator")
            )
        first_frame += shot.frame_count
    return _without_overlap(captions, rate.ms_at(first_frame))


def _captions(speech: Speech, shot_ms: int, speaker: str) -> list[Caption]:
    start_ms = shot_ms + speech.start_ms
    words = speech.words or (Word(speech.text, 0, speech.duration_ms),)
    wide = any(unicodedata.east_asian_width(letter) in "WF" for letter in speech.text)
    line_length = WIDE_LINE_CHARACTERS if wide else LINE_CHARACTERS
    joint = "" if wide else " "
    return [
        Caption(
            start_ms=start_ms + group[0].start_ms,
            end_ms=max(start_ms + group[-1].end_ms, start_ms + group[0].start_ms + 1),
            text=_in_lines([word.text for word in group], line_length, joint),
            speaker=speaker,
        )
        for group in _groups(words, line_length * LINES, joint)
    ]


def _groups(words: Sequence[Word], limit: int, joint: str) -> list[list[Word]]:
    """Cut words into groups that fit a caption, preferably at the end of a clause."""
    groups: list[list[Word]] = [[]]
    length = 0
    for word in words:
        added = len(word.text) + (len(joint) if groups[-1] else 0)
        ends_clause = bool(groups[-1]) and groups[-1][-1].text[-1:] in ".!?;…。！？；"
        if groups[-1] and (length + added > limit or (ends_clause and length > limit // 3)):
            groups.append([])
            length, added = 0, len(word.text)
        groups[-1].append(word)
        length += added
    return groups


def _in_lines(words: Sequence[str], line_length: int, joint: str) -> str:
    text = joint.join(words)
    if len(text) <= line_length:
        return text
    # Two lines of nearly equal length read fastest; the upper one may be the shorter.
    ends = [len(joint.join(words[: count + 1])) for count in range(len(words) - 1)]
    if not ends:
        return text
    cut = min(range(len(ends)), key=lambda index: abs(ends[index] - len(text) / 2))
    return joint.join(words[: cut + 1]) + "\n" + joint.join(words[cut + 1 :])


def _without_overlap(captions: Sequence[Caption], film_ms: int) -> tuple[Caption, ...]:
    ordered = sorted(captions, key=lambda caption: caption.start_ms)
    placed = []
    for index, caption in enumerate(ordered):
        limit_ms = ordered[index + 1].start_ms if index + 1 < len(ordered) else film_ms
        end_ms = min(max(caption.end_ms, caption.start_ms + SHOWN_MS_MIN), limit_ms)
        if end_ms > caption.start_ms:
            placed.append(
                Caption(
                    start_ms=caption.start_ms,
                    end_ms=end_ms,
                    text=caption.text,
                    speaker=caption.speaker,
                )
            )
    return tuple(placed)

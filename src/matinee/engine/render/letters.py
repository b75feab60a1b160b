"""Letters: which typeface has the letters of a text, and how a line of it is drawn.

The typefaces are Noto Sans, semi-bold (SIL Open Font License), one file a script, so that a title
looks the same on every machine. Chinese, Japanese and Korean share their characters' code points
and not their shapes: what else stands in the text decides. Scripts that join or reorder their
letters, or run from right to left, are shaped by Raqm, which comes with Pillow's wheels.
"""

from __future__ import annotations

import functools
import unicodedata
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import ImageFont, features

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL.ImageDraw import ImageDraw

FOLDER = Path(__file__).parents[1] / "assets" / "letters"
LATIN = ("latin", "latin_more", "vietnamese")
# First and last code point, and the files that may have what lies between.
SCRIPTS: tuple[tuple[int, int, tuple[str, ...]], ...] = (
    (0x0000, 0x036F, LATIN),
    (0x0370, 0x03FF, ("greek", "greek_more")),
    (0x0400, 0x052F, ("cyrillic", "cyrillic_more")),
    (0x0590, 0x05FF, ("hebrew",)),
    (0x0600, 0x077F, ("arabic",)),
    (0x08A0, 0x08FF, ("arabic",)),
    (0x0900, 0x097F, ("devanagari",)),
    (0x0E00, 0x0E7F, ("thai",)),
    (0x1E00, 0x1EFF, LATIN),
    (0x1F00, 0x1FFF, ("greek_more",)),
    (0x2000, 0x2BFF, LATIN),
    (0xFB1D, 0xFB4F, ("hebrew",)),
    (0xFB50, 0xFDFF, ("arabic",)),
    (0xFE70, 0xFEFF, ("arabic",)),
)
EAST = ("chinese_simplified", "chinese_traditional", "japanese", "korean")
SHAPED = frozenset({"arabic", "hebrew", "devanagari"})
KANA, HANGUL = (0x3040, 0x30FF), (0xAC00, 0xD7AF)
_MISSING = "\uffff"


def has(text: str) -> bool:
    """Say whether there are letters for every character of a text, and for one at least."""
    east = _east_of(text)
    return bool(text.strip()) and all(
        letter.isspace() or _face_of(letter, east) for letter in dict.fromkeys(text)
    )


def is_wide(letter: str) -> bool:
    """Say whether a letter is as wide as it is tall, and a line may end after it."""
    return unicodedata.east_asian_width(letter) in "WF"


def length_px(line: str, height_px: int) -> float:
    """Return how long a line is in letters of a height."""
    return sum(_font(face, height_px).getlength(run) for face, run in _runs(line))


def draw(drawing: ImageDraw, centre: tuple[float, float], line: str, height_px: int) -> None:
    """Draw a line in white with its middle at `centre`, in the order in which it is read."""
    runs = _runs(line)
    if _reads_leftwards(line):
        runs = runs[::-1]
    x = centre[0] - 0.5 * length_px(line, height_px)
    baseline = centre[1] + 0.36 * height_px
    for face, run in runs:
        font = _font(face, height_px)
        drawing.text((x, baseline), run, fill=255, font=font, anchor="ls")
        x += font.getlength(run)


def _runs(line: str) -> list[tuple[str, str]]:
    """Divide a line into stretches of one typeface each; spaces and marks stay where they are."""
    east = _east_of(line)
    faces: list[str] = []
    for letter in line:
        own = _face_of(letter, east)
        stays = faces and (letter.isspace() or unicodedata.combining(letter))
        if stays and (letter.isspace() or _draws(faces[-1], letter)):
            own = faces[-1]
        faces.append(own or (faces[-1] if faces else LATIN[0]))
    paired = zip(faces, line, strict=True)
    return [
        (face, "".join(letter for _, letter in group))
        for face, group in groupby(paired, key=lambda pair: pair[0])
    ]


def _reads_leftwards(line: str) -> bool:
    """Say whether the first letter that has a direction runs from right to left."""
    ways = (unicodedata.bidirectional(letter) for letter in line)
    return next((way for way in ways if way in {"L", "R", "AL"}), "L") != "L"


def _east_of(text: str) -> tuple[str, ...]:
    """Return the East Asian faces in the order in which a text wants them."""

    def within(low: int, high: int) -> bool:
        return any(low <= ord(letter) <= high for letter in text)

    first = "japanese" if within(*KANA) else "korean" if within(*HANGUL) else EAST[0]
    return (first, *(face for face in EAST if face != first))


@functools.lru_cache(maxsize=2048)
def _face_of(letter: str, east: Sequence[str]) -> str:
    """Return the typeface that has a letter, or an empty string."""
    code = ord(letter)
    faces = next((faces for low, high, faces in SCRIPTS if low <= code <= high), None)
    for face in east if faces is None else (*faces, *east[:1]):
        if face in SHAPED and not features.check("raqm"):
            continue
        if _draws(face, letter):
            return face
    return ""


@functools.lru_cache(maxsize=4096)
def _draws(face: str, letter: str) -> bool:
    font = _font(face, 32)
    drawn = font.getmask(letter)
    return bytes(drawn) != _missing(face) or drawn.size == (0, 0)


@functools.lru_cache(maxsize=32)
def _missing(face: str) -> bytes:
    return bytes(_font(face, 32).getmask(_MISSING))


@functools.lru_cache(maxsize=32)
def _font(face: str, height_px: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FOLDER / f"{face}.woff2", height_px)


__all__ = ["draw", "has", "is_wide", "length_px"]

"""Titles: words set over the picture, that come and go softly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from matinee.engine.render import letters

if TYPE_CHECKING:
    import numpy.typing as npt

    from matinee.engine.render.picture import Planes
    from matinee.film import FrameSize

# BT.709 in the limited range: white letters, neutral chroma.
WHITE, NEUTRAL = 235.0, 128.0
# Of a line; what is as wide as it is tall counts twice.
LINE_CHARACTERS, LINES_MAX = 26, 3
HEIGHT_SHARE, WIDTH_SHARE = 0.105, 0.84
SHADOW_SHARE, SHADOW_DEPTH = 0.18, 0.62
FADE_S = 0.6
# As a share of a shot that is too short for two whole fades.
FADE_SHARE = 0.3


def can_set(text: str) -> bool:
    """Whether the letters for every character of `text` are there."""
    return letters.has(text)


@dataclass(frozen=True, eq=False)
class Title:
    """A title for pictures of one size: how far each pixel is letter and how far shadow, 0 to 1.

    `letters` and `shadow` are (h, w); the chroma planes take every second row and column.
    """

    letters: npt.NDArray[np.float32]
    shadow: npt.NDArray[np.float32]

    def over(self, planes: Planes, strength: float) -> Planes:
        """Return I420 `planes` (h * 3 // 2, w) with the title over them, from 0 gone to 1 there."""
        if strength <= 0.0:
            return planes
        height, width = self.letters.shape
        picture = planes[:height].astype(np.float32)
        dark = picture * (1.0 - SHADOW_DEPTH * strength * self.shadow)
        cover = strength * self.letters
        bright = dark + (WHITE - dark) * cover
        chroma = planes[height:].reshape(2, height // 2, width // 2).astype(np.float32)
        faded = chroma + (NEUTRAL - chroma) * cover[: height // 2 * 2 : 2, : width // 2 * 2 : 2]
        out = np.concatenate([bright.ravel(), faded.ravel()])
        return np.asarray(np.rint(out).astype(np.uint8).reshape(planes.shape))


def title(text: str, size: FrameSize) -> Title:
    """Set `text` in the middle of pictures of `size`, on as many lines as it needs, three at most.

    What does not fit into three lines is left away at a word, or at a character where words are
    not set apart.
    """
    lines = _in_lines(" ".join(text.split()))
    height_px = round(HEIGHT_SHARE * size.height)
    widest = max(letters.length_px(line, height_px) for line in lines)
    height_px = max(8, round(height_px * min(1.0, WIDTH_SHARE * size.width / max(widest, 1.0))))
    sheet = Image.new("L", (size.width, size.height))
    drawing = ImageDraw.Draw(sheet)
    leading = 1.25 * height_px
    top = 0.5 * size.height - 0.5 * leading * (len(lines) - 1)
    for number, line in enumerate(lines):
        letters.draw(drawing, (0.5 * size.width, top + number * leading), line, height_px)
    blurred = sheet.filter(ImageFilter.GaussianBlur(SHADOW_SHARE * height_px))
    shadow = np.asarray(blurred, np.float32) / 255.0
    return Title(
        np.asarray(sheet, np.float32) / 255.0,
        np.clip(2.4 * shadow, 0.0, 1.0).astype(np.float32),
    )


def _in_lines(text: str) -> list[str]:
    """Break a text into lines, at spaces and beside characters that are as wide as tall."""
    pieces = [""]
    for letter in text:
        if letters.is_wide(letter) or (pieces[-1] and letters.is_wide(pieces[-1][-1])):
            pieces.append(letter)
        elif letter == " ":
            pieces += [" ", ""]
        else:
            pieces[-1] += letter
    lines = [""]
    for piece in pieces:
        if _places(lines[-1] + piece.strip()) > LINE_CHARACTERS and lines[-1]:
            lines.append("")
        lines[-1] = (lines[-1] + piece).lstrip()
    return [line.rstrip() for line in lines if line.strip()][:LINES_MAX] or [""]


def _places(line: str) -> int:
    return sum(2 if letters.is_wide(letter) else 1 for letter in line)


def strength_at(time_s: float, duration_s: float) -> float:
    """Return how far a title is there at a time of its shot: it fades in, stays, and fades out."""
    fade_s = min(FADE_S, FADE_SHARE * duration_s)
    edge = min(time_s, duration_s - time_s) / max(fade_s, 1e-6)
    return float(np.clip(edge, 0.0, 1.0))

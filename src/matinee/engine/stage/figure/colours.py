"""Colours: words and sRGB codes in, linear light out."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

Floats: TypeAlias = "npt.NDArray[np.float32]"

SKIN_TONES = {
    "very_pale": "#f3dccf",
    "pale": "#ecccb9",
    "fair": "#e3b99f",
    "light": "#d9a98a",
    "olive": "#c39672",
    "tan": "#b98561",
    "brown": "#93603f",
    "dark": "#6d4229",
    "very_dark": "#472a1b",
}
HAIR_COLOURS = {
    "black": "#17120f",
    "dark_brown": "#2b1a10",
    "brown": "#4a2d19",
    "light_brown": "#75502f",
    "blond": "#bf9457",
    "platinum": "#dccba6",
    "red": "#8a3417",
    "auburn": "#5e2415",
    "grey": "#8d8a86",
    "white": "#d9d6d0",
}
IRIS_COLOURS = ("#5a3a22", "#3f2817", "#6d4a26", "#4f6a86", "#6d8aa0", "#56703f", "#77683a")
CLOTH_COLOURS = {
    "black": "#1c1c20",
    "white": "#ece9e2",
    "grey": "#7d7f83",
    "red": "#b32430",
    "green": "#3c7a4b",
    "blue": "#2f5fa8",
    "navy": "#1f2c4d",
    "yellow": "#dfb33a",
    "orange": "#d0702c",
    "purple": "#66418c",
    "pink": "#d98aa3",
    "brown": "#6a4529",
    "beige": "#cdb893",
    "teal": "#27797c",
    "gold": "#c99b3b",
    "silver": "#a9adb3",
}


def linear(code: str) -> Floats:
    """Turn an sRGB `#rrggbb` into linear light (3,) (IEC 61966-2-1)."""
    encoded = np.array([int(code[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    light = np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)
    return np.asarray(light, np.float32)


def named(word: str, palette: dict[str, str], otherwise: str) -> Floats:
    """Turn a `#rrggbb` code or a word of `palette` into linear light (3,).

    An empty or unknown word gives `otherwise`, itself a word of the palette or a code.
    """
    chosen = word.strip().lower().replace(" ", "_").replace("-", "_") or otherwise
    if chosen not in palette and not chosen.startswith("#"):
        chosen = otherwise
    return linear(palette.get(chosen, chosen))


def brightness(colour: npt.ArrayLike) -> float:
    """Return the relative luminance of a linear colour (ITU-R BT.709)."""
    return float(np.asarray(colour, np.float64) @ [0.2126, 0.7152, 0.0722])

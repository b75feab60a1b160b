"""The background: pictures that films have in common without one being a copy of the other.

Black, plain colours, gradients, colour bars, grids, titles, countdowns. What of a query looks like
these says little, and its evidence is measured against them.
"""

from functools import cache

import cv2
import numpy as np
import numpy.typing as npt

from .model import PictureTrack
from .pictures import picture_track
from .reading import LONG_SIDE, Sample

_HEIGHT = LONG_SIDE * 9 // 16
_WORDS = ("THE END", "CHAPTER ONE", "PRESENTS", "Directed by", "SUBSCRIBE", "3", "2", "1", "LIVE")

Picture = npt.NDArray[np.uint8]


@cache
def background() -> PictureTrack:
    """The cards as one track, one a second apart."""
    cards = list(_plain()) + list(_patterns()) + list(_titles())
    track = picture_track(
        Sample(4 * place, np.ascontiguousarray(card)) for place, card in enumerate(cards)
    )
    assert track is not None
    return track


def _filled(colour: tuple[int, int, int]) -> Picture:
    return np.full((_HEIGHT, LONG_SIDE, 3), colour, np.uint8)


def _plain() -> tuple[Picture, ...]:
    across = np.linspace(0, 255, LONG_SIDE)[None, :, None]
    down = np.linspace(0, 255, _HEIGHT)[:, None, None]
    shape = (_HEIGHT, LONG_SIDE, 3)
    middle = np.hypot(across / 255 - 0.5, down / 255 - 0.5) * 360
    skies = [np.where(down < 255 * share, 200, 70) for share in (0.35, 0.5, 0.65)]
    gradients = (across, 255 - across, down, 255 - down, (across + down) / 2, middle, 255 - middle)
    plain = [np.broadcast_to(one, shape).clip(0, 255).astype(np.uint8) for one in gradients]
    plain += [np.broadcast_to(one, shape).astype(np.uint8) for one in skies]
    return (*(_filled(colour) for colour in ((0, 0, 0), (255, 255, 255), (90, 90, 90))), *plain)


def _patterns() -> tuple[Picture, ...]:
    rows, columns = np.mgrid[0:_HEIGHT, 0:LONG_SIDE]
    bars = np.stack([columns * 8 // LONG_SIDE & bit for bit in (2, 4, 1)], axis=-1) > 0
    found = [(bars * 190).astype(np.uint8)]
    for pitch in (12, 24, 48):
        squares = (rows // pitch + columns // pitch) % 2 * 255
        lines = ((rows % pitch < 2) | (columns % pitch < 2)) * 255  # noqa: PLR2004 - lines' width
        found += [np.repeat(one[..., None], 3, 2).astype(np.uint8) for one in (squares, lines)]
    noise = np.random.default_rng(20212).integers(0, 256, (_HEIGHT, LONG_SIDE, 1), dtype=np.uint8)
    return (*found, np.repeat(noise, 3, 2))


def _titles() -> tuple[Picture, ...]:
    found = []
    for place, word in enumerate(_WORDS):
        dark = place % 2 == 0
        card = _filled((0, 0, 0) if dark else (250, 250, 250))
        ink = (255, 255, 255) if dark else (0, 0, 0)
        size = 3.0 if len(word) == 1 else 1.4
        (wide, tall), _ = cv2.getTextSize(word, cv2.FONT_HERSHEY_DUPLEX, size, 3)
        at = ((LONG_SIDE - wide) // 2, (_HEIGHT + tall) // 2)
        if len(word) == 1:
            cv2.circle(card, (LONG_SIDE // 2, _HEIGHT // 2), 80, ink, 3)
        cv2.putText(card, word, at, cv2.FONT_HERSHEY_DUPLEX, size, ink, 3, cv2.LINE_AA)
        found.append(card)
    return tuple(found)

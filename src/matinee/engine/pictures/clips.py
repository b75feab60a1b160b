"""Clips of somebody or something: read with care, and how who is in them looks.

file ▶ `read_clip` ▶ `Clip` (its best frame) ▶ `looks_of` ▶ `Looks` (colours by region)

A file that is sent may be anything. Only the containers and protocols that a clip needs are opened,
so that none can make the reader open another file or address; pictures are counted while they are
decoded, because what a container says of itself need not be so.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import av
import av.error
import numpy as np

from matinee.film.looks import Looks
from matinee.kit.errors import Invalid

from .cutout import cut_out
from .people import portrait_of
from .photo import Photo
from .planes import lab

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import numpy.typing as npt

    from .people import Portrait

    Mask: TypeAlias = npt.NDArray[np.bool_]


CLIP_MS_MIN, CLIP_MS_MAX = 2_000, 4_000
TOLERANCE_MS = 60  # a clip of 2 s may end with the beginning of its last frame
FRAMES_MAX = 512  # 4 s at 120 frames a second, and a little
SIDE_MAX, SIDE_MIN = 4_096, 64
_KEPT_SIDE = 1_280
_LOOKED_AT = 3
_CONTAINERS = "mov,mp4,matroska,webm"
_SURE = 0.8
_PIXELS_MIN = 24
_DOMINANT_COUNT = 3


class ClipUnusable(Invalid):
    """A file is no clip that somebody's looks can be taken from."""

    code = "engine.clip_unusable"

    def __init__(self, reason: str) -> None:
        """Say what is wrong with it."""
        super().__init__(
            f"This video cannot be used: {reason}. Send an MP4, MOV, WebM or Matroska file of "
            f"{CLIP_MS_MIN // 1000} to {CLIP_MS_MAX // 1000} seconds that shows them well.",
            param="video",
        )


@dataclass(frozen=True, eq=False)
class Clip:
    """A clip that was read: how long it is, and frames of it from the best on."""

    duration_ms: int
    frames: tuple[Photo, ...]

    @property
    def best(self) -> Photo:
        """The frame that shows most."""
        return self.frames[0]


def read_clip(path: Path) -> Clip:
    """Read a clip from a file; raises ClipUnusable."""
    try:
        with av.open(
            str(path),
            options={"protocol_whitelist": "file", "format_whitelist": _CONTAINERS},
        ) as container:
            return _read(container)
    except (av.error.FFmpegError, ValueError, MemoryError, OverflowError) as error:
        reason = "it is no video that can be decoded"
        raise ClipUnusable(reason) from error


def _read(container: av.container.InputContainer) -> Clip:
    if not container.streams.video:
        reason = "it holds no pictures"
        raise ClipUnusable(reason)
    stream = container.streams.video[0]
    sides = (stream.width, stream.height)
    if min(sides) < SIDE_MIN or max(sides) > SIDE_MAX:
        reason = f"its pictures are {sides[0]}x{sides[1]}, not {SIDE_MIN} to {SIDE_MAX} pixels wide"
        raise ClipUnusable(reason)
    scored: list[tuple[float, Photo]] = []
    times_s: list[float] = []
    for index, frame in enumerate(container.decode(stream)):
        if index >= FRAMES_MAX or (frame.time or 0) - (times_s[0] if times_s else 0) > _END_S:
            reason = f"it is longer than {CLIP_MS_MAX // 1000} seconds"
            raise ClipUnusable(reason)
        times_s.append(float(frame.time if frame.time is not None else index / 24))
        _keep(scored, index, frame)
    if len(times_s) < 2:
        reason = "it holds fewer than two pictures"
        raise ClipUnusable(reason)
    step_s = (times_s[-1] - times_s[0]) / (len(times_s) - 1)
    duration_ms = round((times_s[-1] - times_s[0] + step_s) * 1000)
    if not CLIP_MS_MIN - TOLERANCE_MS <= duration_ms <= CLIP_MS_MAX + TOLERANCE_MS:
        reason = f"it is {duration_ms / 1000:.2g} seconds long"
        raise ClipUnusable(reason)
    scored.sort(key=lambda one: -one[0])
    return Clip(duration_ms, tuple(photo for _, photo in scored))


_END_S = (CLIP_MS_MAX + TOLERANCE_MS) / 1000


def _keep(scored: list[tuple[float, Photo]], index: int, frame: av.VideoFrame) -> None:
    """Keep a frame if it is among the sharpest; every third is looked at."""
    if index % 3:
        return
    scale = min(1.0, _KEPT_SIDE / max(frame.width, frame.height))
    small = frame.reformat(160, max(2, round(160 * frame.height / frame.width)), format="gray")
    score = _sharpness(small.to_ndarray())
    if len(scored) == _LOOKED_AT:
        worst = min(range(_LOOKED_AT), key=lambda one: scored[one][0])
        if scored[worst][0] >= score:
            return
        scored.pop(worst)
    wide, high = (max(2, round(side * scale)) for side in (frame.width, frame.height))
    pixels = frame.reformat(wide, high, format="rgb24").to_ndarray()
    scored.append((score, Photo(np.ascontiguousarray(pixels, np.uint8))))


def _sharpness(grey: npt.NDArray[np.generic]) -> float:
    """Return the variance of the Laplacian: small in pictures that are blurred or empty."""
    plane = grey.astype(np.float32)
    inner = plane[1:-1, 1:-1]
    around = plane[:-2, 1:-1] + plane[2:, 1:-1] + plane[1:-1, :-2] + plane[1:-1, 2:]
    return float(np.var(4 * inner - around))


def looks_of(clip: Clip) -> Looks:
    """Return how who or what a clip shows looks: the medians over its best frames."""
    seen: list[dict[str, npt.NDArray[np.float64]]] = []
    for index, photo in enumerate(clip.frames):
        portrait = portrait_of(photo)
        if portrait is not None:
            seen.append(_person(photo, portrait))
        elif index and not seen:
            break  # nobody in the two best frames: it is no clip of somebody
    # Somebody who turns away is still somebody, but a face in one frame of three may be a pattern.
    if 2 * len(seen) > len(clip.frames):
        regions = {
            name: _middle([one[name] for one in seen if name in one])
            for name in ("hair", "skin", "top", "bottom")
        }
        return Looks(
            kind="person",
            hair=regions["hair"],
            skin=regions["skin"],
            top=regions["top"],
            bottom=regions["bottom"],
        )
    return Looks(kind="other", dominant=_dominant(clip.best))


def _person(photo: Photo, portrait: Portrait) -> dict[str, npt.NDArray[np.float64]]:
    """The colour of each region that is seen, placed by the height of the face.

    A head is about two faces high with its hair, shoulders begin one face below the chin, hips
    are about five faces and knees eight below the crown (the usual canon of eight heads).
    """
    face = portrait.face
    (across, down), high = face.middle, face.height_px
    sure = portrait.cutout.matte > _SURE
    boxes = {
        "skin": (-0.28, 0.28, -0.05, 0.3),
        "hair": (-0.35, 0.35, -1.05, -0.62),
        "top": (-1.5, 1.5, 1.0, 2.6),
        "bottom": (-0.7, 0.7, 4.2, 6.4),
    }
    found = {}
    for name, (left, right, top, bottom) in boxes.items():
        rows = slice(max(0, round(down + top * high)), max(0, round(down + bottom * high)))
        columns = slice(max(0, round(across + left * high)), max(0, round(across + right * high)))
        inside = sure[rows, columns]
        if inside.sum() >= max(_PIXELS_MIN, inside.size // 4):
            pixels = photo.pixels[rows, columns][inside]
            # Clothes may show another colour below an open jacket, and the larger part counts.
            clothes = name in {"top", "bottom"}
            middle = np.median(pixels.astype(np.float64), axis=0)
            found[name] = next(_clusters(pixels)) if clothes else middle
    return found


def _middle(colours: list[npt.NDArray[np.float64]]) -> str:
    return _hex(np.median(np.stack(colours), axis=0)) if colours else ""


def _dominant(photo: Photo) -> tuple[str, ...]:
    """The commonest colours of what is cut out of a frame, or of its middle if nothing can be."""
    cut = cut_out(photo)
    inside = cut.matte > _SURE
    if cut.doubtful or inside.sum() < _PIXELS_MIN:
        high, wide = inside.shape
        inside = np.zeros_like(inside)
        inside[high // 4 : high - high // 4, wide // 4 : wide - wide // 4] = True
    return tuple(_hex(one) for one in _clusters(photo.pixels[inside]))


def _clusters(pixels: npt.NDArray[np.uint8]) -> Iterator[npt.NDArray[np.float64]]:
    """The commonest colours of pixels (n, 3), 0..255, the largest part first."""
    few = pixels[:: max(1, len(pixels) // 4_000)].astype(np.float32) / np.float32(255)
    return (255 * one for one in _centres(few))


def _centres(colours: npt.NDArray[np.float32]) -> Iterator[npt.NDArray[np.float64]]:
    """The mean colours of clusters in CIE Lab, the largest first, and none twice.

    Lloyd's algorithm from starts that lie apart, so that the same pixels give the same colours.
    """
    points = lab(colours)
    starts = [points[np.argmin(np.abs(points - np.median(points, axis=0)).sum(axis=1))]]
    while len(starts) < _DOMINANT_COUNT:
        away = np.min([np.square(points - one).sum(axis=1) for one in starts], axis=0)
        starts.append(points[np.argmax(away)])
    centres = np.stack(starts)
    for _ in range(12):
        nearest = np.square(points[:, None] - centres).sum(axis=2).argmin(axis=1)
        for one in range(_DOMINANT_COUNT):
            if (nearest == one).any():
                centres[one] = points[nearest == one].mean(axis=0)
    counts = np.bincount(nearest, minlength=_DOMINANT_COUNT)
    told: list[npt.NDArray[np.floating]] = []
    for one in np.argsort(-counts):
        few = counts[one] < 0.06 * len(points)
        like = any(math.dist(centres[one], other) < 14 for other in told)
        if (few and told) or like:
            continue
        told.append(centres[one])
        yield colours[nearest == one].mean(axis=0).astype(np.float64)


def _hex(colour: npt.NDArray[np.floating]) -> str:
    red, green, blue = (round(min(255.0, max(0.0, float(part)))) for part in colour)
    return f"#{red:02x}{green:02x}{blue:02x}"

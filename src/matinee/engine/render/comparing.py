"""Two takes of a shot beside each other, to be judged by eye."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

import av
import numpy as np
from av.video.reformatter import ColorRange, Colorspace

from matinee.engine.render.encode import ShotEncoder
from matinee.film import FrameSize

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from matinee.engine.render.picture import Planes
    from matinee.film import FrameRate

GAP_PX = 4
LUMA_WHITE, CHROMA_GREY = 235, 128


def side_by_side(pairs: Sequence[tuple[Path, Path]], path: Path, *, rate: FrameRate) -> None:
    """Write a video of the pairs one after the other, each with the first take on the left.

    Both are shown at half their size, a white line between them. The takes of a pair have one size
    and so has the whole; a take that is shorter stands still. Raises ValueError without pairs.
    """
    if not pairs:
        message = "There is nothing to compare"
        raise ValueError(message)
    with av.open(str(pairs[0][0])) as first:
        context = first.streams.video[0].codec_context
        half = FrameSize(max(64, context.width // 4 * 2), max(64, context.height // 4 * 2))
    whole = FrameSize(half.width * 2 + GAP_PX, half.height)
    with ShotEncoder(path, whole, rate.fraction) as encoder:
        for left, right in pairs:
            shown: list[Planes | None] = [None, None]
            for both in zip_longest(_frames(left, half), _frames(right, half)):
                shown = [
                    new if new is not None else old for new, old in zip(both, shown, strict=True)
                ]
                encoder.write(_joined([one for one in shown if one is not None], half, whole))


def _frames(path: Path, size: FrameSize) -> Iterator[Planes]:
    with av.open(str(path)) as take:
        for frame in take.decode(video=0):
            yield np.asarray(
                frame.reformat(
                    size.width,
                    size.height,
                    "yuv420p",
                    dst_colorspace=Colorspace.ITU709,
                    dst_color_range=ColorRange.MPEG,
                ).to_ndarray()
            )


def _joined(pictures: Sequence[Planes], half: FrameSize, whole: FrameSize) -> Planes:
    out = np.full((whole.height * 3 // 2, whole.width), CHROMA_GREY, np.uint8)
    out[: whole.height] = LUMA_WHITE
    sides = out[whole.height :].reshape(2, whole.height // 2, whole.width // 2)
    for number, picture in enumerate(pictures):
        left = number * (half.width + GAP_PX)
        out[: whole.height, left : left + half.width] = picture[: half.height]
        own = picture[half.height :].reshape(2, half.height // 2, half.width // 2)
        sides[:, :, left // 2 : left // 2 + half.width // 2] = own
    return out

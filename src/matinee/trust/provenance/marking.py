"""Copies to take away: a film with its maker's handle moving over it, and the mark in its light.

The handle drifts from edge to edge, so that no crop is rid of it at every moment and the film can
still be watched; the sentence says that it was made by a program.
"""

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import av
import numpy as np
import numpy.typing as npt
from av.container import InputContainer, OutputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from PIL import Image, ImageDraw, ImageFont

from .watermark import Marker

if TYPE_CHECKING:
    from collections.abc import Iterator

    from av.packet import Packet

_OPTIONS = {"crf": "20", "preset": "veryfast"}
_LETTERS_SHARE, _LETTERS_PX_MIN = 0.036, 9
_MARGIN_SHARE = 0.02
_OPACITY = 0.62
# Two periods without a common measure, so that the path does not repeat within a film.
_ACROSS_S, _DOWN_S = Fraction(13), Fraction(17)
_WHITE_LUMA, _BLACK_LUMA = 225.0, 24.0

Plane = npt.NDArray[np.uint8]


def marked_copy(video: Path, to: Path, *, handle: str, number: int) -> None:
    """Write a copy of a film with its maker's handle over it and `number` in its light.

    Its sound is copied as it is; the pictures are encoded again (H.264).
    """
    with (
        av.open(str(video)) as source,
        av.open(str(to), "w", options={"movflags": "+faststart"}) as copy,
    ):
        stream = source.streams.video[0]
        pictures = _picture_stream(copy, stream)
        sound = source.streams.audio[0] if source.streams.audio else None
        heard = copy.add_stream_from_template(sound) if sound is not None else None
        overlay = _Overlay(handle, width=stream.width, height=stream.height)
        marker = Marker(number, width=stream.width, height=stream.height)
        rate = Fraction(stream.average_rate or 24)
        count = 0
        for packet in _packets(source):
            if heard is not None and packet.stream is sound:
                packet.stream = heard
                copy.mux(packet)
                continue
            for frame in packet.decode():
                if not isinstance(frame, VideoFrame):
                    continue
                shown = _marked(frame, overlay, marker, at_s=count / rate)
                shown.pts, shown.time_base = count, 1 / rate
                copy.mux(pictures.encode(shown))
                count += 1
        copy.mux(pictures.encode(None))


def _picture_stream(copy: OutputContainer, like: VideoStream) -> VideoStream:
    stream = copy.add_stream("libx264", rate=Fraction(like.average_rate or 24), options=_OPTIONS)
    assert isinstance(stream, VideoStream)
    stream.width, stream.height, stream.pix_fmt = like.width, like.height, "yuv420p"
    stream.time_base = 1 / Fraction(like.average_rate or 24)
    return stream


def _packets(source: InputContainer) -> "Iterator[Packet[Any]]":
    wanted = [source.streams.video[0], *source.streams.audio[:1]]
    for packet in source.demux(wanted):
        if packet.dts is not None or packet.stream.type == "video":
            yield packet


def _marked(
    frame: VideoFrame, overlay: "_Overlay", marker: Marker, *, at_s: Fraction
) -> VideoFrame:
    planar = frame if frame.format.name == "yuv420p" else frame.reformat(format="yuv420p")
    planes = np.asarray(planar.to_ndarray(), dtype=np.uint8)
    height = planar.height
    planes[:height] = overlay.over(marker.mark(planes[:height], at_s=at_s), at_s=at_s)
    marked = VideoFrame.from_ndarray(planes, format="yuv420p")
    marked.colorspace, marked.color_range = planar.colorspace, planar.color_range
    return marked


class _Overlay:
    """A line of letters that moves over pictures of one size."""

    def __init__(self, handle: str, *, width: int, height: int) -> None:
        size_px = max(_LETTERS_PX_MIN, int(min(width, height) * _LETTERS_SHARE))
        words = f"@{handle}  \u00b7  AI  \u00b7  made with Matinee"
        font = ImageFont.load_default(size_px)
        left, top, right, bottom = font.getbbox(words, stroke_width=1)
        canvas = Image.new("LA", (int(right - left) + 2, int(bottom - top) + 2), (0, 0))
        ImageDraw.Draw(canvas).text(
            (1 - left, 1 - top), words, font=font, fill=(255, 255), stroke_width=1,
            stroke_fill=(0, 255),
        )  # fmt: skip
        letters = np.asarray(canvas, dtype=np.float32)[:height, :width]
        self._alpha = letters[..., 1] / 255 * _OPACITY
        self._luma = _BLACK_LUMA + letters[..., 0] / 255 * (_WHITE_LUMA - _BLACK_LUMA)
        self._margin = int(min(width, height) * _MARGIN_SHARE)

    def over(self, luma: Plane, *, at_s: Fraction) -> Plane:
        """Return a luma plane with the letters where they are at a time."""
        height, width = luma.shape
        rows, columns = self._alpha.shape
        x = self._place(width - columns, at_s, _ACROSS_S)
        y = self._place(height - rows, at_s + _DOWN_S / 4, _DOWN_S)
        shown = luma.copy()
        below = shown[y : y + rows, x : x + columns].astype(np.float32)
        mixed = below + (self._luma - below) * self._alpha
        shown[y : y + rows, x : x + columns] = np.rint(mixed).astype(np.uint8)
        return shown

    def _place(self, room: int, at_s: Fraction, period_s: Fraction) -> int:
        """Return how far along the line is: there and back again within a period."""
        along = (at_s / period_s) % 1 * 2
        share = along if along <= 1 else 2 - along
        margin = min(self._margin, max(0, room // 2))
        return margin + int(share * max(0, room - 2 * margin))

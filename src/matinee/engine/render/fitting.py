"""Footage from elsewhere made fit: the frames, the rate, the size and the encoding of a take.

Whatever came in is written by `ShotEncoder`, so that it joins takes of the stage packet by packet.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple
from wave import open as open_wave

import av
import numpy as np
from av.video.reformatter import ColorRange, Colorspace

from matinee.engine.render.encode import SAMPLE_RATE_HZ, ShotEncoder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from av.container import InputContainer
    from av.video.frame import VideoFrame

    from matinee.engine.render.picture import Planes
    from matinee.film import FrameRate, FrameSize

# What a picture may lose at its edges before bars are the lesser evil.
CROP_SHARE_MAX = 0.16
# Shapes this near to each other are scaled: a picture of 1280x704 has the shape of 1280x720.
STRETCH_MAX = 0.03
# A last picture may stand still for so long; what is shorter was cut off on its way.
HELD_S_MAX = Fraction(1, 2)
# How far apart the times of two frames may be and still be the same, in frames.
_SAME_TIME = Fraction(1, 100)
LUMA_BLACK, CHROMA_GREY = 16, 128


class FootageUnreadable(ValueError):
    """A file is no video, is broken, or is far shorter than what was asked for."""


@dataclass(frozen=True)
class Fitted:
    """What was done to footage to make it fit, in words for its maker; empty if nothing was.

    `sound` is the footage's own sound from the start of the take, as a WAV file of 48 kHz, one
    channel and 16 bits, exactly as long as the take; empty when it came without.
    """

    changes: tuple[str, ...]
    sound: bytes = b""


class _Extent(NamedTuple):
    """Width and height of any picture: what comes in need not be a size that can be filmed."""

    width: int
    height: int

    def __str__(self) -> str:
        return f"{self.width}x{self.height}"


@dataclass(frozen=True)
class _Layout:
    """How a picture is laid into another size: scaled, then cropped or given bars."""

    scaled: _Extent
    wanted: _Extent
    words: str = ""

    def planes(self, frame: VideoFrame) -> Planes:
        """Return the planes (I420, BT.709, limited range) of a frame in the wanted size."""
        small = frame.reformat(
            self.scaled.width,
            self.scaled.height,
            "yuv420p",
            dst_colorspace=Colorspace.ITU709,
            dst_color_range=ColorRange.MPEG,
        ).to_ndarray()
        if self.scaled == self.wanted:
            return np.asarray(small)
        height, width = self.wanted.height, self.wanted.width
        out = np.empty((height * 3 // 2, width), np.uint8)
        for (target, level), source in zip(
            zip(_parts(out, self.wanted), (LUMA_BLACK, CHROMA_GREY, CHROMA_GREY), strict=True),
            _parts(np.asarray(small), self.scaled),
            strict=True,
        ):
            target[:] = level
            _lay(source, target)
        return out


def fit_footage(
    source: Path,
    video_path: Path,
    *,
    frame_count: int,
    rate: FrameRate,
    size: FrameSize,
    on_frames: Callable[[int], None] = lambda _count: None,
) -> Fitted:
    """Write `source` as a take of exactly `frame_count` frames of `size` at `rate`.

    Frames are chosen by their times: what is longer is cut off, what is up to half a second
    shorter stands still at its end. The shape is kept: edges are cropped, or bars are added when
    too much would be lost. Raises FootageUnreadable, and leaves no file then.
    """
    try:
        with av.open(str(source)) as footage:
            if not footage.streams.video:
                message = "it has no picture"
                raise FootageUnreadable(message)
            changes = _write(footage, video_path, frame_count, rate, size, on_frames)
        duration_s = frame_count / rate.fraction
        sound = _sound(source, round(duration_s * SAMPLE_RATE_HZ))
    except av.FFmpegError as error:
        video_path.unlink(missing_ok=True)
        raise FootageUnreadable(str(error.strerror or error)) from error
    return Fitted(changes=tuple(one for one in changes if one), sound=sound)


def _write(  # noqa: PLR0917 - the file, and what a take is
    footage: InputContainer,
    video_path: Path,
    frame_count: int,
    rate: FrameRate,
    size: FrameSize,
    on_frames: Callable[[int], None],
) -> list[str]:
    stream = footage.streams.video[0]
    layout, changes = None, []
    own_rate = stream.average_rate
    with ShotEncoder(video_path, size, rate.fraction) as encoder:
        held: VideoFrame | None = None
        shown_s = Fraction(0)
        for frame, start_s, end_s in _timed(footage, own_rate or rate.fraction):
            layout = layout or _layout(
                _Extent(frame.width, frame.height), _Extent(size.width, size.height)
            )
            # A frame is shown until the next one starts: all of the take's frames before that.
            due = _frames_before(start_s, rate)
            while held is not None and encoder.frame_count < min(due, frame_count):
                encoder.write(layout.planes(held))
            held, shown_s = frame, end_s
            on_frames(min(encoder.frame_count, frame_count))
            if encoder.frame_count >= frame_count:
                break
        if held is None or layout is None:
            message = "it has no frames"
            raise FootageUnreadable(message)
        missing_s = frame_count / rate.fraction - shown_s
        if missing_s > HELD_S_MAX:
            length_s = frame_count / rate.fraction
            message = f"it shows {float(shown_s):.2f} s of {float(length_s):.2f} s"
            raise FootageUnreadable(message)
        while encoder.frame_count < frame_count:
            encoder.write(layout.planes(held))
        on_frames(frame_count)
    changes.append(layout.words)
    if own_rate is not None and own_rate != rate.fraction:
        changes.append(f"{float(own_rate):g} frames a second became {float(rate.fraction):g}")
    if missing_s > 1 / rate.fraction:
        changes.append(f"the last picture stands still for {float(missing_s):.2f} s")
    return changes


def _timed(
    footage: InputContainer, rate: Fraction
) -> Iterator[tuple[VideoFrame, Fraction, Fraction]]:
    """Yield each frame with the seconds at which it starts and ends, from the first one's start."""
    first: Fraction | None = None
    for index, frame in enumerate(footage.decode(video=0)):
        at = index / rate
        if frame.pts is not None and frame.time_base is not None:
            at = Fraction(frame.pts * frame.time_base)
        first = at if first is None else first
        yield frame, at - first, at - first + 1 / rate


def _frames_before(time_s: Fraction, rate: FrameRate) -> int:
    """Return how many frames of the take start before `time_s`, give or take rounded times."""
    exact = time_s * rate.fraction - _SAME_TIME
    return max(0, -(-exact.numerator // exact.denominator))


def _layout(own: _Extent, wanted: _Extent) -> _Layout:
    if own == wanted:
        return _Layout(own, wanted)
    ratio = own.width * wanted.height / (own.height * wanted.width)
    misfit = max(ratio, 1 / ratio) - 1
    if misfit <= STRETCH_MAX:
        return _Layout(wanted, wanted, f"{own} was scaled to {wanted}")
    lost = misfit / (1 + misfit)
    covers = lost <= CROP_SHARE_MAX
    choose = max if covers else min
    factor = choose(wanted.width / own.width, wanted.height / own.height)
    scaled = _Extent(_even(own.width * factor), _even(own.height * factor))
    if covers:
        return _Layout(scaled, wanted, f"{own} was cropped to {wanted}, {lost:.0%} of it is lost")
    return _Layout(scaled, wanted, f"{own} stands in {wanted} between bars")


def _even(side: float) -> int:
    return max(2, round(side / 2) * 2)


def _parts(planes: Planes, size: _Extent) -> tuple[Planes, Planes, Planes]:
    """Return luma and both colour differences of I420 planes as views."""
    height, width = size.height, size.width
    rest = planes[height:].reshape(-1)
    quarter = height * width // 4
    shape = (height // 2, width // 2)
    return (
        planes[:height],
        rest[:quarter].reshape(shape),
        rest[quarter : 2 * quarter].reshape(shape),
    )


def _lay(source: Planes, target: Planes) -> None:
    """Lay the middle of one plane on the middle of another."""
    here, there = [], []
    for own, wanted in zip(source.shape, target.shape, strict=True):
        length = min(own, wanted)
        here.append(slice((own - length) // 2, (own - length) // 2 + length))
        there.append(slice((wanted - length) // 2, (wanted - length) // 2 + length))
    target[tuple(there)] = source[tuple(here)]


def _sound(source: Path, sample_count: int) -> bytes:
    """Return the first `sample_count` samples of the sound as a WAV file, or nothing."""
    with av.open(str(source)) as footage:
        if not footage.streams.audio:
            return b""
        resampler = av.AudioResampler(format="s16", layout="mono", rate=SAMPLE_RATE_HZ)
        parts, held = [], 0
        for frame in footage.decode(audio=0):
            for part in resampler.resample(frame):
                samples = part.to_ndarray().reshape(-1)
                parts.append(samples)
                held += len(samples)
            if held >= sample_count:
                break
    samples = np.zeros(sample_count, np.int16)
    joined = np.concatenate(parts)[:sample_count] if parts else samples
    samples[: len(joined)] = joined
    stored = BytesIO()
    with open_wave(stored, "wb") as wave:
        wave.setnchannels(1)
        wave.setsampwidth(2)
        wave.setframerate(SAMPLE_RATE_HZ)
        wave.writeframes(samples.tobytes())
    return stored.getvalue()

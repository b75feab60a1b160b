"""Recordings of somebody by a webcam or a phone: opened with care, read frame by frame.

A file that is sent may be anything. Only the containers and the protocol that a recording needs are
opened, so that none can make the reader open another file or address; pictures, their sizes and the
sound are counted while they are decoded, because what a container says of itself need not be so.
Frames are handed on one at a time: a recording is never held as a whole.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import av
import av.error
import numpy as np

from .errors import RecordingTooHeavy, RecordingTooLong, RecordingUnusable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import numpy.typing as npt

    from matinee.engine.pictures.photo import Pixels

FILE_BYTES_MAX = 96 * 1024 * 1024
DURATION_MS_MAX = 45_000
FRAMES_MAX = 3_000
"""More than 45 seconds at sixty a second, and a little."""
SIDE_MIN, SIDE_MAX, FRAME_PIXELS_MAX = 144, 4_096, 9_000_000
PIXELS_MAX = 45 * 30 * 1920 * 1088
"""45 seconds of full HD at thirty frames a second."""
SOUND_RATE_HZ = 16_000
SOUND_RATE_MAX_HZ, CHANNELS_MAX = 192_000, 8
_CONTAINERS = "mov,mp4,matroska,webm"
_END_S = DURATION_MS_MAX / 1000 + 0.5


@dataclass(frozen=True, eq=False)
class Moment:
    """One frame of a recording: when it is seen, in seconds from the first, and its pixels."""

    time_s: float
    pixels: Pixels


def moments_of(path: Path, *, rate: float, side_px: int) -> Iterator[Moment]:
    """Read a recording's frames, at most `rate` a second, their longer side at most `side_px`.

    Raises RecordingUnusable for what is no recording, has too few frames or is broken (told after
    its last frame), RecordingTooLong and RecordingTooHeavy, which are kinds of it.
    """
    with _opened(path) as container:
        yield from _moments(container, rate, side_px)


def sound_of(path: Path) -> npt.NDArray[np.float32]:
    """Return what is heard, mono at 16 kHz in -1..1; nothing when there is no sound.

    Raises RecordingUnusable.
    """
    with _opened(path) as container:
        return _sound(container)


@contextmanager
def _opened(path: Path) -> Iterator[av.container.InputContainer]:
    file_bytes = path.stat().st_size
    if file_bytes > FILE_BYTES_MAX:
        reason = f"it takes {file_bytes >> 20} MiB, and {FILE_BYTES_MAX >> 20} MiB are the most"
        raise RecordingUnusable(reason)
    try:
        with av.open(
            str(path), options={"protocol_whitelist": "file", "format_whitelist": _CONTAINERS}
        ) as container:
            yield container
    except (av.error.FFmpegError, ValueError, MemoryError, OverflowError) as error:
        reason = "it is no video that can be decoded"
        raise RecordingUnusable(reason) from error


def _moments(container: av.container.InputContainer, rate: float, side_px: int) -> Iterator[Moment]:
    if not container.streams.video:
        reason = "it holds no pictures"
        raise RecordingUnusable(reason)
    stream = container.streams.video[0]
    _check_sides(stream.width, stream.height)
    # The decoder itself refuses larger pictures, before it takes memory for them.
    stream.codec_context.options = {"max_pixels": str(FRAME_PIXELS_MAX)}
    first_s = time_s = 0.0
    due_s, count, pixels = 0.0, 0, 0
    for frame in container.decode(stream):
        _check_sides(frame.width, frame.height)
        seen_s = float(frame.time) if frame.time is not None else count / 30.0
        first_s = seen_s if count == 0 else first_s
        time_s = max(time_s, seen_s - first_s)
        count += 1
        pixels += frame.width * frame.height
        if count > FRAMES_MAX or time_s > _END_S:
            raise RecordingTooLong(round(time_s * 1000), DURATION_MS_MAX)
        if pixels > PIXELS_MAX:
            raise RecordingTooHeavy(pixels, PIXELS_MAX)
        if time_s >= due_s:
            due_s = max(due_s + 1.0 / rate, time_s + 0.5 / rate)
            yield Moment(time_s, _pixels(frame, side_px))
    if count < 2:
        reason = "it holds fewer than two pictures"
        raise RecordingUnusable(reason)


def _check_sides(width: int, height: int) -> None:
    if width * height > FRAME_PIXELS_MAX or max(width, height) > SIDE_MAX:
        raise RecordingTooHeavy(width * height, FRAME_PIXELS_MAX)
    if min(width, height) < SIDE_MIN:
        reason = f"its pictures are {width}x{height}, and {SIDE_MIN} pixels a side are the least"
        raise RecordingUnusable(reason)


def _pixels(frame: av.VideoFrame, side_px: int) -> Pixels:
    scale = min(1.0, side_px / max(frame.width, frame.height))
    wide, high = (max(2, round(side * scale / 2) * 2) for side in (frame.width, frame.height))
    shrunk = frame.reformat(wide, high, format="rgb24", interpolation="AREA").to_ndarray()
    return np.ascontiguousarray(shrunk, np.uint8)


def _sound(container: av.container.InputContainer) -> npt.NDArray[np.float32]:
    if not container.streams.audio:
        return np.zeros(0, np.float32)
    stream = container.streams.audio[0]
    if stream.rate > SOUND_RATE_MAX_HZ or stream.channels > CHANNELS_MAX:
        reason = f"its sound has {stream.channels} channels at {stream.rate} Hz"
        raise RecordingUnusable(reason)
    resampler = av.AudioResampler(format="flt", layout="mono", rate=SOUND_RATE_HZ)
    parts: list[npt.NDArray[np.float32]] = []
    heard = 0
    for frame in container.decode(stream):
        for piece in resampler.resample(frame):
            parts.append(piece.to_ndarray().reshape(-1).astype(np.float32))
            heard += len(parts[-1])
        if heard > _END_S * SOUND_RATE_HZ:
            raise RecordingTooLong(heard * 1000 // SOUND_RATE_HZ, DURATION_MS_MAX)
    return np.concatenate(parts) if parts else np.zeros(0, np.float32)

"""Files, read within bounds: pictures at two a second and sound at 8 kHz, whoever made the file.

Nothing that a file says of itself is believed: frames are counted as they are decoded, sizes are
checked before a picture is converted, and the clock of the file may jump or run backwards.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
from av.container import InputContainer

from .errors import MediaTooLarge, MediaUnreadable
from .model import HASHES_PER_S

SAMPLE_RATE_HZ = 8000
# What holds pictures and sound itself; nothing that names other files.
_CONTAINERS = (
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpeg,mpegts,flv,gif,wav,aiff,mp3,aac,flac,ogg"
)
LONG_SIDE = 384
"""Pixels of the longer side of a picture that is looked at."""


@dataclass(frozen=True)
class Bounds:
    """The most that one file may ask for; an hour of sound takes half a gigabyte of memory."""

    duration_s: int = 3600
    frame_pixels: int = 8192 * 4320
    frame_count: int = 3600 * 60
    pixel_count: int = 250_000_000_000
    """Of all frames together: an hour of 1920x1080 at 30 a second, some 40 minutes of one core."""


@dataclass(frozen=True, eq=False)
class Sample:
    """One picture: (height, width, 3) RGB, and its time in half seconds from the first."""

    moment: int
    pixels: npt.NDArray[np.uint8]


def pictures(path: Path, bounds: Bounds) -> Iterator[Sample]:
    """Two pictures a second, each the first at or after its time; nothing if there is no picture.

    Raises ``MediaUnreadable`` and ``MediaTooLarge``.
    """
    with _opened(path) as container:
        stream = next((one for one in container.streams.video if one.width), None)
        if stream is None:
            return
        stream.thread_type = "SLICE"  # frames in flight of a huge picture cost memory
        _hold(stream.width * stream.height, bounds.frame_pixels, "picture's pixel count")
        wanted, first, last, pixels = 0, None, -1.0, 0
        for count, frame in enumerate(container.decode(stream)):
            pixels += frame.width * frame.height
            _hold(count, bounds.frame_count, "number of frames")
            _hold(pixels, bounds.pixel_count, "number of pixels in all frames")
            time = frame.time
            if time is None:
                continue
            first = time if first is None else first
            # A clock that jumps back or far ahead goes on from where it was.
            since = time - first
            if not last <= since <= last + 10:
                first, since = time - max(last, 0.0) - 0.04, max(last, 0.0) + 0.04
            last = since
            if since * HASHES_PER_S < wanted - 1e-6:
                continue
            _hold(int(since), bounds.duration_s, "length in seconds")
            _hold(frame.width * frame.height, bounds.frame_pixels, "picture's pixel count")
            moment = int(since * HASHES_PER_S + 1e-6)
            yield Sample(moment, _small(frame))
            wanted = moment + 1


def _small(frame: av.VideoFrame) -> npt.NDArray[np.uint8]:
    """The picture in RGB, its longer side LONG_SIDE pixels, its shorter one at least 16."""
    scale = LONG_SIDE / max(frame.width, frame.height)
    small = frame.to_ndarray(
        width=max(16, round(frame.width * scale)),
        height=max(16, round(frame.height * scale)),
        format="rgb24",
    )
    return small.astype(np.uint8, copy=False)


def sound(path: Path, bounds: Bounds) -> npt.NDArray[np.float32]:
    """The sound at 8 kHz, all channels as one, -1 to 1; empty if there is none."""
    blocks: list[npt.NDArray[np.float32]] = []
    with _opened(path) as container:
        stream = next(iter(container.streams.audio), None)
        if stream is None:
            return np.zeros(0, np.float32)
        resampler = av.AudioResampler(format="flt", layout="mono", rate=SAMPLE_RATE_HZ)
        total = 0
        for frame in container.decode(stream):
            for heard in resampler.resample(frame):
                blocks.append(heard.to_ndarray().reshape(-1).astype(np.float32))
                total += len(blocks[-1])
                _hold(total // SAMPLE_RATE_HZ, bounds.duration_s, "length in seconds")
        blocks += [
            one.to_ndarray().reshape(-1).astype(np.float32) for one in resampler.resample(None)
        ]
    heard_all = np.concatenate(blocks) if blocks else np.zeros(0, np.float32)
    return np.nan_to_num(heard_all, nan=0.0, posinf=0.0, neginf=0.0).astype(np.float32)


def _hold(value: int, limit: int, what: str) -> None:
    if value > limit:
        raise MediaTooLarge(what, limit)


@contextmanager
def _opened(path: Path) -> Iterator[InputContainer]:
    """The file's container; faults of decoding become ``MediaUnreadable``."""
    try:
        # Only this file: a playlist may name others, and addresses.
        options = {"protocol_whitelist": "file", "format_whitelist": _CONTAINERS}
        with av.open(str(path), options=options) as container:
            yield container
    except av.error.FFmpegError as error:
        raise MediaUnreadable(error.strerror or "it is damaged") from error

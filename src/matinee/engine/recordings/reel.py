"""A reel: somebody cut out of their recording in motion, as it is kept and as the stage reads it.

One file holds all: a small video whose upper half is the colours and whose lower half is the matte,
the face seen from before with the places of MediaPipe's mesh on it, and what is known of each
frame. Of the room that the recording was made in nothing is in it: beyond the matte the person's
own colours go on.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated

import av
import av.error
import msgspec
import numpy as np
from msgspec import Meta
from PIL import Image

from .errors import RecordingUnusable

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from matinee.engine.pictures.photo import Matte, Pixels

FRAMES_MAX, SIDE_MAX, LANDMARKS = 64, 640, 468
FACE_SIDE = 512
_RATE = Fraction(12)
_BYTES_MAX = 32 * 1024 * 1024

Range = tuple[Annotated[int, Meta(ge=0)], Annotated[int, Meta(ge=0)]]
Place = tuple[float, float, float]


class Reel(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="matinee.reel/1"):
    """Somebody in motion.

    `video` is an mp4 of `frame_count` frames of `width` by twice `height` pixels at `rate` a
    second. `eyes` is where the middle between the eyes is in most frames, `face_px` how wide the
    face is there, `heads` how many times as high as the face what is seen below its middle is.
    `quiet` and `talking` are the first frame and the one after the last of stretches in which the
    mouth is still and moves. `face` is a WebP picture of the face from before, 512 pixels a side,
    `places` are the mesh's on it. Colours are #rrggbb, empty where none is seen.
    """

    video: bytes
    frame_count: Annotated[int, Meta(ge=1, le=FRAMES_MAX)]
    width: Annotated[int, Meta(ge=16, le=SIDE_MAX)]
    height: Annotated[int, Meta(ge=16, le=SIDE_MAX)]
    eyes: tuple[float, float]
    face_px: Annotated[float, Meta(gt=0)]
    heads: float
    quiet: Range
    talking: Range
    face: bytes
    places: Annotated[tuple[Place, ...], Meta(min_length=LANDMARKS, max_length=LANDMARKS)]
    rate: float = float(_RATE)
    skin: str = ""
    hair: str = ""
    top: str = ""


@dataclass(frozen=True, eq=False)
class Cel:
    """One frame of a reel: colours, and the matte over them."""

    pixels: Pixels
    matte: Matte


def encoded(reel: Reel) -> bytes:
    """Return a reel as a file."""
    return msgspec.msgpack.encode(reel)


def decoded(content: bytes) -> Reel:
    """Return the reel of a file; raises RecordingUnusable."""
    reason = "it is no reel that this version reads"
    if len(content) > _BYTES_MAX:
        raise RecordingUnusable(reason)
    try:
        reel = msgspec.msgpack.decode(content, type=Reel)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise RecordingUnusable(reason) from error
    for first, end in (reel.quiet, reel.talking):
        if not first < end <= reel.frame_count:
            raise RecordingUnusable(reason)
    return reel


def video_of(cels: Sequence[Cel]) -> bytes:
    """Return cels as an mp4, colours above mattes; all are of one size, with even sides."""
    high, wide = cels[0].matte.shape
    stored = io.BytesIO()
    with av.open(stored, "w", format="mp4") as file:
        stream = file.add_stream("libx264", rate=_RATE, options={"crf": "17", "preset": "fast"})
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height, stream.pix_fmt = wide, 2 * high, "yuv420p"
        stream.thread_count = 1
        for index, cel in enumerate(cels):
            grey = np.round(cel.matte * 255.0).astype(np.uint8)
            both = np.vstack([cel.pixels, np.repeat(grey[..., None], 3, axis=2)])
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(both), format="rgb24")
            frame = frame.reformat(format="yuv420p")
            frame.pts, frame.time_base = index, 1 / _RATE
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    return stored.getvalue()


def cels_of(reel: Reel) -> list[Cel]:
    """Return the frames of a reel; raises RecordingUnusable when they are not what it says."""
    reason = "its pictures are damaged"
    cels: list[Cel] = []
    try:
        with av.open(io.BytesIO(reel.video), "r", format="mp4") as file:
            for frame in file.decode(video=0):
                if (frame.width, frame.height) != (reel.width, 2 * reel.height):
                    raise RecordingUnusable(reason)
                both = frame.to_ndarray(format="rgb24")
                matte = both[reel.height :, :, 1].astype(np.float32) / np.float32(255.0)
                cels.append(Cel(np.ascontiguousarray(both[: reel.height], np.uint8), matte))
                if len(cels) > reel.frame_count:
                    raise RecordingUnusable(reason)
    except (av.error.FFmpegError, ValueError, IndexError) as error:
        raise RecordingUnusable(reason) from error
    if len(cels) != reel.frame_count:
        raise RecordingUnusable(reason)
    return cels


def face_of(reel: Reel) -> tuple[Pixels, npt.NDArray[np.float64]]:
    """Return the face from before, and the places of the mesh on it, (468, 3) in its pixels."""
    try:
        with Image.open(io.BytesIO(reel.face), formats=("WEBP",)) as opened:
            if max(opened.size) > 2 * FACE_SIDE:
                reason = "its face is too large"
                raise RecordingUnusable(reason)
            pixels = np.asarray(opened.convert("RGB"), np.uint8)
    except (OSError, ValueError, SyntaxError) as error:
        reason = "its face is damaged"
        raise RecordingUnusable(reason) from error
    return pixels, np.array(reel.places, np.float64)

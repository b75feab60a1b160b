"""Watching a film of our own once: its pictures for whoever judges it, and its fingerprint."""

from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
from av.video.frame import VideoFrame

from matinee.trust.model import Picture

from .fingerprints import PER_SECOND, PICTURES_MAX, Print, print_of

_MOTION_PX, _STILL_PX = 64, 512


@dataclass(frozen=True, kw_only=True)
class Watched:
    """Every picture of a film, small; one a second, large; its fingerprint; its length."""

    motion: tuple[Picture, ...]
    stills: tuple[Picture, ...]
    prints: tuple[Print, ...]
    duration_ms: int


def watched(video: Path) -> Watched:
    """Watch a film that was made here from end to end."""
    motion, stills, prints = [], [], []
    at_ms, next_still_ms, next_print_ms = 0, 0, 0
    with av.open(str(video)) as container:
        stream = container.streams.video[0]
        stream.thread_type = "AUTO"
        for frame in container.decode(stream):
            at_ms = int((frame.time or 0.0) * 1_000)
            motion.append(Picture(at_ms=at_ms, rgb=_small(frame, _MOTION_PX)))
            if at_ms < min(next_still_ms, next_print_ms):
                continue
            large = _small(frame, _STILL_PX)
            if at_ms >= next_still_ms:
                stills.append(Picture(at_ms=at_ms, rgb=large))
                next_still_ms += 1_000
            if at_ms >= next_print_ms:
                prints.append(print_of(large, at_ms=at_ms))
                next_print_ms += 1_000 // PER_SECOND
        length = container.duration
    return Watched(
        motion=tuple(motion),
        stills=tuple(stills),
        prints=tuple(one for one in prints if one is not None)[:PICTURES_MAX],
        duration_ms=int(length // 1_000) if length else at_ms,
    )


def _small(frame: VideoFrame, long_side_px: int) -> npt.NDArray[np.uint8]:
    """Return a frame (height, width, 3) u8 of at most that many pixels on its longer side."""
    scale = min(1.0, long_side_px / max(frame.width, frame.height))
    width, height = max(2, int(frame.width * scale)), max(2, int(frame.height * scale))
    return np.asarray(frame.to_ndarray(format="rgb24", width=width, height=height), dtype=np.uint8)

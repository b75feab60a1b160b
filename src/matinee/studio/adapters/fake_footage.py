"""Footage that looks like a provider's: an H.264 file with sound, of any size, rate and length.

Its hue follows the seed and a bar crosses the picture, so that frames can be told apart.
"""

from fractions import Fraction
from functools import lru_cache
from io import BytesIO

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

SAMPLE_RATE_HZ = 44_100
TONE_HZ = 440.0
LOUDNESS = 0.1


@lru_cache(maxsize=8)
def footage(
    width: int, height: int, *, rate: Fraction, frame_count: int, seed: int, sound: bool = False
) -> bytes:
    """Return an mp4 of `frame_count` frames; with `sound` a quiet tone is heard in it."""
    stored = BytesIO()
    with av.open(stored, "w", format="mp4") as file:
        video = file.add_stream("libx264", rate=rate, options={"preset": "ultrafast"})
        assert isinstance(video, VideoStream)
        video.width, video.height, video.pix_fmt = width, height, "yuv420p"
        video.codec_context.thread_count = 1  # the same frames are the same bytes
        audio = None
        if sound:
            audio = file.add_stream("aac", rate=SAMPLE_RATE_HZ, layout="stereo")
            assert isinstance(audio, AudioStream)
        for index in range(frame_count):
            rgb = _picture(width, height, seed, index / max(frame_count, 1))
            frame = VideoFrame.from_ndarray(rgb, format="rgb24")
            frame.pts, frame.time_base = index, 1 / rate
            file.mux(video.encode(frame))
        file.mux(video.encode(None))
        if audio is not None:
            _write_tone(file, audio, frame_count / rate)
    return stored.getvalue()


def _picture(
    width: int, height: int, seed: int, progress: float
) -> np.ndarray[tuple[int, int, int], np.dtype[np.uint8]]:
    rgb = np.empty((height, width, 3), np.uint8)
    rgb[:] = (40 + seed * 37 % 160, 40 + seed * 59 % 160, 40 + seed * 83 % 160)
    rgb[: height // 2] //= 2
    left = int(progress * width)
    rgb[:, left : left + max(2, width // 16)] = 235
    return rgb


def _write_tone(file: av.container.OutputContainer, audio: AudioStream, length_s: Fraction) -> None:
    count = int(length_s * SAMPLE_RATE_HZ)
    tone = np.sin(np.arange(count) * (2 * np.pi * TONE_HZ / SAMPLE_RATE_HZ)) * LOUDNESS
    samples = np.stack([tone, tone]).astype(np.float32)
    for first in range(0, count, 1024):
        part = np.ascontiguousarray(samples[:, first : first + 1024])
        frame = AudioFrame.from_ndarray(part, format="fltp", layout="stereo")
        frame.sample_rate, frame.pts = SAMPLE_RATE_HZ, first
        frame.time_base = Fraction(1, SAMPLE_RATE_HZ)
        file.mux(audio.encode(frame))
    file.mux(audio.encode(None))

"""Normalising: a film that a stranger sent becomes one of the house's own form.

The file is decoded and encoded anew in a child process with little time, memory and disk, so that
what reaches viewers was written here: H.264 and AAC in an MP4, upright, at a steady rate, no larger
than 1080p, and with nothing of the metadata of the sender.
"""

import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import cast

import av
import msgspec
import numpy as np
import numpy.typing as npt
from av.audio.stream import AudioStream
from av.container import InputContainer, OutputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from PIL import Image

from .errors import UploadUnusable

UPLOAD_MS_MIN, UPLOAD_MS_MAX = 1_000, 180_000
FILE_BYTES_MAX = 512 * 1024 * 1024
_CONTAINERS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts"
_PIXELS_MAX = 4096 * 2304
_LONG_SIDE, _SHORT_SIDE, _SIDE_MIN = 1920, 1080, 64
_RATES = (24, 25, 30)
_SOUND_HZ = 48_000
_DECODED_MAX = UPLOAD_MS_MAX // 1_000 * 130
_JUMP_S = 10
_CPU_S, _TIMEOUT_S = 1_800, 3_600
_MEMORY_BYTES = 4 << 30
_REFUSED = 3

Pixels = npt.NDArray[np.uint8]


class Normalised(msgspec.Struct, frozen=True):
    """What became of an upload: a picture of this size at this rate, and how long it is."""

    width: int
    height: int
    rate: int
    frame_count: int
    duration_ms: int
    has_sound: bool


@dataclass(frozen=True, kw_only=True)
class NormalFiles:
    """The files in the folder of an upload."""

    video: Path
    poster: Path
    told: Normalised


def normalised(path: Path, folder: Path) -> NormalFiles:
    """Make an upload the house's own, in ``folder``; raises UploadUnusable."""
    command = [sys.executable, "-m", "matinee.studio.normalising", str(path), str(folder)]
    environment = {
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        "OMP_NUM_THREADS": "1",
        "PATH": os.defpath,
    }
    try:
        done = subprocess.run(  # noqa: S603 - our own program; the paths are arguments
            command, capture_output=True, timeout=_TIMEOUT_S, env=environment, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise UploadUnusable("it takes too long to read") from error
    if done.returncode == _REFUSED:
        raise UploadUnusable(done.stdout.decode(errors="replace")[:300])
    if done.returncode != 0:
        raise UploadUnusable("it is damaged, or asks for too much memory or time")
    told = msgspec.json.decode(done.stdout, type=Normalised)
    return NormalFiles(video=folder / "film.mp4", poster=folder / "poster.webp", told=told)


class _Refused(Exception):
    """The file cannot be used, for a reason that its sender is told."""


def _rewrite(path: Path, folder: Path) -> Normalised:
    options = {"protocol_whitelist": "file", "format_whitelist": _CONTAINERS}
    with (
        av.open(str(path), options=options, metadata_errors="replace") as source,
        av.open(str(folder / "film.mp4"), "w", options={"movflags": "faststart"}) as film,
    ):
        seen = next((one for one in source.streams.video if one.width), None)
        if seen is None:
            raise _Refused("there is no picture in it")
        if seen.width * seen.height > _PIXELS_MAX:
            raise _Refused(f"its picture is {seen.width}x{seen.height}, which is too large")
        rate = _rate(seen)
        pictures = _steady(_upright(source, seen), rate)
        first = next(pictures, None)
        if first is None:
            raise _Refused("no picture in it can be read")
        heard = next(iter(source.streams.audio), None)
        video, audio = _streams(film, first, rate, with_sound=heard is not None)
        count, posters = _draw(film, video, first, pictures, rate)
        if heard is not None and audio is not None:
            _play(path, film, audio, length_s=count / rate)
    duration_ms = count * 1_000 // rate
    if duration_ms < UPLOAD_MS_MIN:
        raise _Refused(f"it is shorter than {UPLOAD_MS_MIN / 1_000:g} s")
    Image.fromarray(posters[len(posters) // 3]).save(folder / "poster.webp", quality=82)
    height, width = first.shape[:2]
    return Normalised(
        width=width,
        height=height,
        rate=rate,
        frame_count=count,
        duration_ms=duration_ms,
        has_sound=heard is not None,
    )


def _rate(stream: VideoStream) -> int:
    """The rate of ours that is nearest to what the file says of itself."""
    said = float(stream.average_rate or 24)
    return min(_RATES, key=lambda rate: abs(rate - said))


def _streams(
    film: OutputContainer, picture: Pixels, rate: int, *, with_sound: bool
) -> tuple[VideoStream, AudioStream | None]:
    video = film.add_stream("libx264", rate=rate)
    video.height, video.width = picture.shape[:2]
    video.pix_fmt = "yuv420p"
    video.options = {"preset": "veryfast", "crf": "20", "profile": "high"}
    video.codec_context.gop_size = 2 * rate
    audio = film.add_stream("aac", rate=_SOUND_HZ, layout="stereo") if with_sound else None
    if audio is not None:
        audio.bit_rate = 128_000
    return video, audio


def _draw(
    film: OutputContainer,
    video: VideoStream,
    first: Pixels,
    pictures: Iterator[Pixels],
    rate: int,
) -> tuple[int, list[Pixels]]:
    """Encode all pictures; how many there were, and one a second."""
    count, posters = 0, []
    for picture in _from(first, pictures):
        if count % rate == 0:
            posters.append(picture)
        frame = VideoFrame.from_ndarray(picture, format="rgb24")
        frame.pts, frame.time_base = count, Fraction(1, rate)
        film.mux(video.encode(frame))
        count += 1
        if count > UPLOAD_MS_MAX * rate // 1_000:
            raise _Refused(f"it is longer than {UPLOAD_MS_MAX // 1_000} s")
    film.mux(video.encode(None))
    return count, posters


def _from(first: Pixels, rest: Iterator[Pixels]) -> Iterator[Pixels]:
    yield first
    yield from rest


def _upright(source: InputContainer, stream: VideoStream) -> Iterator[tuple[float, Pixels]]:
    """Every picture with its time from 0 on, upright and at most 1080p; clocks that lie go on."""
    stream.thread_type = "SLICE"
    first, last, size = None, -1.0, None
    for count, frame in enumerate(source.decode(stream)):
        if count > _DECODED_MAX:
            raise _Refused("it has too many pictures")
        if frame.width * frame.height > _PIXELS_MAX:
            raise _Refused("its picture grows too large")
        time = frame.time if frame.time is not None else last + 0.04
        first = time if first is None else first
        since = time - first
        if not last <= since <= last + _JUMP_S:
            first, since = time - max(last, 0.0) - 0.04, max(last, 0.0) + 0.04
        last = since
        turns = round((frame.rotation or 0) / 90) % 4
        size = _size(frame, turns) if size is None else size
        wide, tall = (size[1], size[0]) if turns % 2 else size
        small = frame.to_ndarray(width=wide, height=tall, format="rgb24")
        yield since, np.ascontiguousarray(np.rot90(small, turns)).astype(np.uint8, copy=False)


def _size(frame: VideoFrame, turns: int) -> tuple[int, int]:
    """Width and height as shown: even, and within bounds."""
    width, height = (frame.height, frame.width) if turns % 2 else (frame.width, frame.height)
    scale = min(1.0, _LONG_SIDE / max(width, height), _SHORT_SIDE / min(width, height))
    wide, tall = (max(2, round(side * scale / 2) * 2) for side in (width, height))
    if min(wide, tall) < _SIDE_MIN:
        raise _Refused(f"its picture is {width}x{height}, which is too small")
    return wide, tall


def _steady(pictures: Iterator[tuple[float, Pixels]], rate: int) -> Iterator[Pixels]:
    """A picture for every tick: the last one that began by then."""
    tick, current = 0, None
    for time, picture in pictures:
        while current is not None and time * rate >= tick + 0.5:
            yield current
            tick += 1
        current = picture
    if current is not None:
        yield current


def _play(path: Path, film: OutputContainer, audio: AudioStream, *, length_s: float) -> None:
    """Encode the sound, as long as the picture is; sound that cannot be read ends there."""
    options = {"protocol_whitelist": "file", "format_whitelist": _CONTAINERS}
    resampler = av.AudioResampler(format="fltp", layout="stereo", rate=_SOUND_HZ)
    left, position = int(length_s * _SOUND_HZ), 0
    with av.open(str(path), options=options, metadata_errors="replace") as source:
        for frame in source.decode(source.streams.audio[0]):
            for heard in resampler.resample(frame):
                samples = heard.to_ndarray()[:, :left]
                if not samples.size:
                    break
                made = av.AudioFrame.from_ndarray(
                    np.ascontiguousarray(np.nan_to_num(samples)), format="fltp", layout="stereo"
                )
                made.sample_rate, made.pts = _SOUND_HZ, position
                made.time_base = Fraction(1, _SOUND_HZ)
                film.mux(audio.encode(made))
                position += samples.shape[1]
                left -= samples.shape[1]
            if left <= 0:
                break
    film.mux(audio.encode(None))


def _main(path: Path, folder: Path) -> int:
    """Rewrite a film and print what it is: the child process."""
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_S, _CPU_S))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_BYTES_MAX, FILE_BYTES_MAX))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        told = _rewrite(path, folder)
    except _Refused as error:
        sys.stdout.write(str(error))
        return _REFUSED
    except (av.error.FFmpegError, ValueError, MemoryError):
        sys.stdout.write("it is damaged, or no film that can be read")
        return _REFUSED
    sys.stdout.buffer.write(msgspec.json.encode(told))
    return 0


if __name__ == "__main__":
    sys.exit(_main(*cast("tuple[Path, Path]", tuple(map(Path, sys.argv[1:3])))))

"""From planes to takes and from takes to a film: H.264 in MP4, sound, captions, posters.

Every take is encoded with the same settings and begins with a key frame, so a film is joined from
its takes by copying packets: nothing is encoded twice and a cut falls on the exact frame.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from io import BytesIO
from typing import TYPE_CHECKING, Protocol, Self

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.subtitles.stream import SubtitleStream
from av.subtitles.subtitle import SubtitleSet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from types import TracebackType

    from av.container import InputContainer, OutputContainer
    from numpy.typing import NDArray

    from matinee.engine.render.picture import Planes
    from matinee.film import FrameSize

SAMPLE_RATE_HZ = 48_000
SOUND_BITS_PER_S = 128_000
AAC_FRAME_SAMPLES = 1024
KEY_FRAME_EVERY_S = 2
BT709 = 1
LIMITED_RANGE = 1

# Measured on rendered frames with grain at 720p: half-pixel search and the 8x8 transform halve the
# size of the ultrafast preset's takes at the same PSNR. Without adaptive quantisation and with
# plain variable-length codes a frame costs 7 ms instead of 9, in as many bits and half a decibel
# better; veryfast needs 17 ms for a third less. Scene-cut detection is off, because a shot has no
# cuts; B-frames would tie takes together.
X264_OPTIONS = {
    "preset": "ultrafast",
    "crf": "21",
    "x264-params": (
        "cabac=0:deblock=0,0:me=dia:subme=2:8x8dct=1:partitions=none:aq-mode=0"
        ":scenecut=0:open-gop=0:bframes=0"
    ),
}

# What the mov_text encoder wants to know before it accepts a line; only the style's name matters.
_ASS_HEADER = b"""[Script Info]
ScriptType: v4.00+
[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour
Style: Default,Sans,18,&Hffffff
[Events]
Format: ReadOrder, Layer, Style, Name, MarginL, MarginR, MarginV, Effect, Text
"""
_SUBTITLE_TIME_BASE = Fraction(1, 1000)


@dataclass(frozen=True)
class Caption:
    """Words on the screen from start_s to end_s, in seconds of the film."""

    start_s: float
    end_s: float
    text: str


class ShotEncoder:
    """Writes one shot's frames as a take: H.264 in MP4, the size and rate given.

    The file appears under its name when `close` returns and not before. As a context manager it
    closes on success and leaves nothing behind on an error. Raises OSError when the disk is full.
    """

    def __init__(self, path: Path, size: FrameSize, rate: Fraction) -> None:
        """Open the take next to where it will stand."""
        self.path = path
        self.size = size
        self.frame_count = 0
        self._partial = _beside(path)
        with _storage_errors(path):
            self._container = av.open(
                str(self._partial),
                "w",
                format="mp4",
                options={"movflags": "+faststart", "video_track_timescale": str(_timescale(rate))},
            )
        self._stream = self._video_stream(rate)
        self._time_base = 1 / rate

    def _video_stream(self, rate: Fraction) -> VideoStream:
        stream = self._container.add_stream("libx264", rate=rate, options=dict(X264_OPTIONS))
        assert isinstance(stream, VideoStream)
        context = stream.codec_context
        context.width, context.height = self.size.width, self.size.height
        context.pix_fmt = "yuv420p"
        context.time_base = 1 / rate
        context.gop_size = max(1, round(rate * KEY_FRAME_EVERY_S))
        context.color_primaries = context.color_trc = context.colorspace = BT709
        context.color_range = LIMITED_RANGE
        # One thread: the cores are busy with rendering, and sliced threads would cost quality and
        # make the bytes depend on how many there are.
        context.thread_count = 1
        return stream

    def write(self, planes: Planes) -> None:
        """Append one frame: (height * 3 // 2, width) uint8, I420 in limited range."""
        width, height = self.size.width, self.size.height
        if planes.shape != (height * 3 // 2, width):
            message = f"A frame of shape {planes.shape} in a take of {width} by {height}"
            raise ValueError(message)
        frame = VideoFrame.from_ndarray(np.ascontiguousarray(planes), format="yuv420p")
        frame.colorspace, frame.color_range = BT709, LIMITED_RANGE
        frame.pts, frame.time_base = self.frame_count, self._time_base
        with _storage_errors(self.path):
            self._container.mux(self._stream.encode(frame))
        self.frame_count += 1

    def close(self) -> None:
        """Finish the take and put it in its place; raises ValueError when it has no frames."""
        if self.frame_count == 0:
            self.abandon()
            message = f"The take {self.path} has no frames"
            raise ValueError(message)
        try:
            with _storage_errors(self.path):
                self._container.mux(self._stream.encode(None))
                self._container.close()
                _put_in_place(self._partial, self.path)
        except BaseException:
            self._partial.unlink(missing_ok=True)
            raise

    def abandon(self) -> None:
        """Leave nothing behind."""
        try:
            self._container.close()
        except (OSError, av.FFmpegError):
            pass  # an unfinished file may not close cleanly; it is deleted all the same
        finally:
            self._partial.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        """Return the encoder."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close after success, abandon after an error."""
        if kind is None:
            self.close()
        else:
            self.abandon()


class Samples(Protocol):
    """Sound (n, 2) in single precision: an array, or what gives slices of one from disk."""

    def __len__(self) -> int: ...
    def __getitem__(self, part: slice, /) -> NDArray[np.floating]: ...


def write_film(
    path: Path,
    take_paths: Sequence[Path],
    samples: Samples,
    captions: Sequence[Caption],
    *,
    language: str,
    rate: Fraction,
) -> None:
    """Join takes into one film file with sound and a caption track.

    samples (n, 2) float32 at 48 kHz, cut or filled with silence to the length of the picture;
    language is an ISO 639-2 code such as "eng" for the sound and the captions. The index stands
    at the front, so that playing starts before everything is loaded. The file appears under its
    name only when complete. Raises ValueError when there are no takes or they do not fit together,
    OSError when the disk is full.
    """
    if not take_paths:
        message = "A film needs at least one take"
        raise ValueError(message)
    partial = _beside(path)
    try:
        with _storage_errors(path):
            _FilmWriter(partial, rate, language).write(take_paths, samples, captions)
            _put_in_place(partial, path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


class _FilmWriter:
    """One film file being written."""

    def __init__(self, path: Path, rate: Fraction, language: str) -> None:
        self.path = path
        self.rate = rate
        self.language = language

    def write(self, takes: Sequence[Path], samples: Samples, captions: Sequence[Caption]) -> None:
        options = {"movflags": "+faststart", "video_track_timescale": str(_timescale(self.rate))}
        with av.open(str(self.path), "w", format="mp4", options=options) as film:
            with av.open(str(takes[0])) as first:
                template = first.streams.video[0]
                video = film.add_stream_from_template(template)
                self.parameters = _parameters(template)
            assert isinstance(video, VideoStream)
            video.time_base = 1 / self.rate
            self.video = video
            self.sound = self._sound_stream(film)
            self.words = self._caption_stream(film) if captions else None
            self._write_streams(film, takes, samples, captions)

    def _sound_stream(self, film: OutputContainer) -> AudioStream:
        stream = film.add_stream("aac", rate=SAMPLE_RATE_HZ, layout="stereo")
        assert isinstance(stream, AudioStream)
        stream.codec_context.bit_rate = SOUND_BITS_PER_S
        stream.metadata["language"] = self.language
        return stream

    def _caption_stream(self, film: OutputContainer) -> SubtitleStream:
        stream = film.add_stream("mov_text")
        assert isinstance(stream, SubtitleStream)
        stream.codec_context.subtitle_header = _ASS_HEADER
        stream.codec_context.time_base = _SUBTITLE_TIME_BASE
        stream.time_base = _SUBTITLE_TIME_BASE
        stream.metadata["language"] = self.language
        return stream

    def _write_streams(
        self,
        film: OutputContainer,
        takes: Sequence[Path],
        samples: Samples,
        captions: Sequence[Caption],
    ) -> None:
        """Write picture, sound and words side by side, so that a player never seeks between."""
        waiting = sorted(captions, key=lambda caption: caption.start_s)
        sample_count = round(sum(_frame_count(take) for take in takes) / self.rate * SAMPLE_RATE_HZ)
        sound_at = 0
        for index, packet in enumerate(self._picture_packets(takes)):
            time_s = index / self.rate
            film.mux(packet)
            # Half a second ahead of the picture, in whole frames of the sound encoder.
            until = int((time_s + Fraction(1, 2)) * SAMPLE_RATE_HZ)
            end = min(until, sample_count) // AAC_FRAME_SAMPLES * AAC_FRAME_SAMPLES
            sound_at = self._write_sound(film, samples, sound_at, end)
            while waiting and waiting[0].start_s <= time_s:
                self._write_caption(film, waiting.pop(0))
        self._write_sound(film, samples, sound_at, sample_count)
        film.mux(self.sound.encode(None))
        for caption in waiting:
            self._write_caption(film, caption)

    def _picture_packets(self, takes: Sequence[Path]) -> Iterator[av.Packet[VideoStream]]:
        """Yield every packet of every take, timed one frame after the other."""
        index = 0
        for path in takes:
            with av.open(str(path)) as take:
                source = take.streams.video[0]
                if _parameters(source) != self.parameters:
                    message = f"The take {path} has another size, rate or encoding than the first"
                    raise ValueError(message)
                for packet in take.demux(source):
                    if packet.dts is None:
                        continue
                    packet.stream = self.video
                    packet.time_base = 1 / self.rate
                    packet.pts = packet.dts = index
                    packet.duration = 1
                    index += 1
                    yield packet

    def _write_sound(self, film: OutputContainer, samples: Samples, start: int, end: int) -> int:
        for first in range(start, end, AAC_FRAME_SAMPLES):
            last = min(first + AAC_FRAME_SAMPLES, end)
            part = samples[first:last]
            planar = np.zeros((2, last - first), np.float32)
            planar[:, : len(part)] = part.T
            frame = AudioFrame.from_ndarray(planar, format="fltp", layout="stereo")
            frame.sample_rate, frame.pts = SAMPLE_RATE_HZ, first
            frame.time_base = Fraction(1, SAMPLE_RATE_HZ)
            film.mux(self.sound.encode(frame))
        return max(start, end)

    def _write_caption(self, film: OutputContainer, caption: Caption) -> None:
        assert self.words is not None
        start_ms = round(caption.start_s * 1000)
        length_ms = max(1, round(caption.end_s * 1000) - start_ms)
        line = caption.text.replace("\n", "\\N").replace("{", "(").replace("}", ")")
        words = SubtitleSet.create(f"0,0,Default,,0,0,0,,{line}".encode(), 0, length_ms, pts=0)
        packet = self.words.codec_context.encode_subtitle(words)
        packet.stream = self.words
        packet.time_base = _SUBTITLE_TIME_BASE
        packet.pts = packet.dts = start_ms
        packet.duration = length_ms
        film.mux(packet)


def write_vtt(path: Path, captions: Sequence[Caption]) -> None:
    """Write captions as WebVTT (W3C), in order of time."""
    blocks = ["WEBVTT\n"]
    for caption in sorted(captions, key=lambda caption: caption.start_s):
        # An arrow or an empty line would end the text; markup characters are escaped.
        text = caption.text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        lines = "\n".join(line for line in text.splitlines() if line.strip())
        blocks.append(f"{_clock(caption.start_s)} --> {_clock(caption.end_s)}\n{lines}\n")
    partial = _beside(path)
    try:
        partial.write_text("\n".join(blocks), encoding="utf-8")
        _put_in_place(partial, path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


def poster(path: Path, at_s: float, *, kind: str = "webp", width: int | None = None) -> bytes:
    """Return the frame shown at `at_s` of a film as a webp, jpg or png file.

    A time past the end gives the last frame. With `width` the picture is scaled to it. Raises
    ValueError for another kind.
    """
    coding = {
        "webp": ("libwebp", "webp", "yuv420p"),
        "jpg": ("mjpeg", "image2pipe", "yuvj420p"),
        "png": ("png", "image2pipe", "rgb24"),
    }
    if kind not in coding:
        message = f"A poster is webp, jpg or png, not {kind!r}"
        raise ValueError(message)
    codec, container, pixels = coding[kind]
    with av.open(str(path)) as film:
        frame = _frame_at(film, at_s)
    wide = width or frame.width
    high = max(2, round(frame.height * wide / frame.width / 2) * 2)
    picture = frame.reformat(wide, high, format=pixels)
    picture.pts, picture.time_base = 0, Fraction(1, 1)
    held = BytesIO()
    with av.open(held, "w", format=container) as out:
        stream = out.add_stream(codec, rate=1)
        assert isinstance(stream, VideoStream)
        stream.width, stream.height, stream.pix_fmt = wide, high, pixels
        out.mux(stream.encode(picture))
        out.mux(stream.encode(None))
    return held.getvalue()


def _frame_at(film: InputContainer, at_s: float) -> VideoFrame:
    stream = film.streams.video[0]
    assert stream.time_base is not None
    film.seek(max(0, int(at_s / stream.time_base)), stream=stream)
    shown: VideoFrame | None = None
    for frame in film.decode(stream):
        if shown is not None and frame.time is not None and frame.time > at_s:
            break
        shown = frame
    if shown is None:
        message = f"The film {film.name} has no frame at {at_s} s"
        raise ValueError(message)
    return shown


def _frame_count(take: Path) -> int:
    with av.open(str(take)) as container:
        return container.streams.video[0].frames


def _parameters(stream: VideoStream) -> tuple[object, ...]:
    context = stream.codec_context
    return (
        context.name,
        context.width,
        context.height,
        context.pix_fmt,
        context.extradata,
        stream.average_rate,
    )


def _timescale(rate: Fraction) -> int:
    """Return ticks a second in which a frame is a whole number of ticks."""
    return rate.numerator * max(1, -(-10_000 // rate.numerator))


def _clock(time_s: float) -> str:
    total_ms = round(max(time_s, 0.0) * 1000)
    seconds, ms = divmod(total_ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{ms:03}"


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.{os.getpid()}.partial")


def _put_in_place(partial: Path, path: Path) -> None:
    """Make the bytes durable, then give them their name, then make the name durable."""
    with partial.open("rb") as written:
        os.fsync(written.fileno())
    partial.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@contextmanager
def _storage_errors(path: Path) -> Iterator[None]:
    """Name the file in what the library reports about the disk; PyAV raises OSError kinds."""
    try:
        yield
    except OSError as error:
        if error.filename == str(path):
            raise
        raise OSError(error.errno, error.strerror or str(error), str(path)) from error

"""Pieces of finished films: cut to the frame, joined, looped, brought to one size and rate.

Pictures are copied as packets wherever that is possible. A film has a key frame at every cut and
every two seconds and no frames that look ahead, so a piece may end anywhere; where it begins
between two key frames, the frames up to the next one are encoded again, with the settings of every
take.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

import av
import numpy as np
import numpy.typing as npt
from av.audio.resampler import AudioResampler
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from matinee.film import FrameRate, FrameSize
from matinee.film.timeline import Caption

from .render.encode import SAMPLE_RATE_HZ, ShotEncoder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


# Stereo at 48 kHz, (n, 2).
Sound = npt.NDArray[np.float32]
Loop = Literal["cross_fade", "ping_pong", "cut"]
# A seam that is heard but not as a click: shorter than a phoneme, longer than a period of speech.
JOINT_S = 0.012
LUMA_BLACK, CHROMA_GREY = 16, 128
# Pictures whose luma differs by less than this on average are taken for the same: grain is more.
SAME_LUMA = 2.0


def facts_of(film: Path) -> tuple[FrameSize, FrameRate, int]:
    """Return the size, rate and frame count of a film."""
    with av.open(str(film)) as file:
        stream = file.streams.video[0]
        context = stream.codec_context
        size = FrameSize(context.width, context.height)
        assert stream.average_rate is not None
        return size, FrameRate.of(stream.average_rate), stream.frames


def excerpt(film: Path, folder: Path, *, first_frame: int, frame_count: int) -> tuple[Path, ...]:
    """Write frames of a film into takes in `folder` that follow one another, and return them.

    Raises ValueError for frames that the film does not have.
    """
    end = first_frame + frame_count
    size, rate, total = facts_of(film)
    if not 0 <= first_frame < end <= total:
        message = f"The film {film} has {total} frames, not {first_frame} to {end}"
        raise ValueError(message)
    starts = key_frames(film)
    copied_from = min((frame for frame in starts if frame >= first_frame), default=end)
    copied_from = min(copied_from, end)
    parts = []
    if copied_from > first_frame:
        head = folder / f"{first_frame}-{copied_from}-anew.mp4"
        with ShotEncoder(head, size, rate.fraction) as encoder:
            for planes in frames_of(film, first_frame=first_frame, end_frame=copied_from):
                encoder.write(planes)
        parts.append(head)
    if copied_from < end:
        rest = folder / f"{copied_from}-{end}-copied.mp4"
        _copy(film, rest, copied_from, end)
        parts.append(rest)
    return tuple(parts)


def frames_of(film: Path, *, first_frame: int, end_frame: int) -> Iterator[npt.NDArray[np.uint8]]:
    """Yield the planes (I420) of frames `first_frame` to before `end_frame`, one at a time."""
    with av.open(str(film)) as file:
        stream = file.streams.video[0]
        assert stream.average_rate is not None
        assert stream.time_base is not None
        ticks = 1 / (stream.average_rate * stream.time_base)
        file.seek(round(first_frame * ticks), stream=stream)
        for frame in file.decode(stream):
            assert frame.pts is not None
            index = round(frame.pts / ticks)
            if index >= end_frame:
                return
            if index >= first_frame:
                yield np.asarray(frame.to_ndarray(format="yuv420p"), np.uint8)


def sound_of(film: Path, *, start_s: Fraction, end_s: Fraction) -> Sound:
    """Return what is heard in a film from `start_s` to `end_s`: (n, 2) at 48 kHz, to the sample."""
    first, end = (round(time_s * SAMPLE_RATE_HZ) for time_s in (start_s, end_s))
    heard = np.zeros((end - first, 2), np.float32)
    with av.open(str(film)) as file:
        if not file.streams.audio:
            return heard
        resampler = AudioResampler(format="fltp", layout="stereo", rate=SAMPLE_RATE_HZ)
        at = 0
        for frame in file.decode(audio=0):
            for part in resampler.resample(frame):
                block = part.to_ndarray().T
                low, high = max(at, first), min(at + len(block), end)
                if low < high:
                    heard[low - first : high - first] = block[low - at : high - at]
                at += len(block)
    return heard


def joined(sounds: Sequence[Sound]) -> Sound:
    """Return sounds one after the other, each joint softened so that it does not click."""
    ramp = np.linspace(0.0, 1.0, round(JOINT_S * SAMPLE_RATE_HZ), dtype=np.float32)[:, None]
    parts = []
    for index, sound in enumerate(sounds):
        part = sound.copy()
        reach = min(len(ramp), len(part))
        if index:
            part[:reach] *= ramp[:reach]
        if index < len(sounds) - 1:
            part[len(part) - reach :] *= ramp[:reach][::-1]
        parts.append(part)
    return np.concatenate(parts)


def conformed(film: Path, target: Path, *, size: FrameSize, rate: FrameRate) -> None:
    """Encode a film again in another size and rate; what its shape leaves over is black.

    Each new frame shows the one that is seen at its time.
    """
    _, own, total = facts_of(film)
    count = max(1, rate.nearest_frame(own.seconds_at(total)))
    wanted = [min(total - 1, int(rate.seconds_at(index) * own.fraction)) for index in range(count)]
    at = 0
    with ShotEncoder(target, size, rate.fraction) as encoder:
        for index, planes in enumerate(frames_of(film, first_frame=0, end_frame=total)):
            fitted = None
            while at < count and wanted[at] == index:
                fitted = _fitted(planes, size) if fitted is None else fitted
                encoder.write(fitted)
                at += 1


def best_loop(film: Path, *, reversible: bool) -> Loop:
    """Choose how a film is looped: as it is when its last picture leads to its first anyway.

    `reversible` is whether it looks right backwards: nobody walks, speaks or drops a thing in it.
    """
    _, _, total = facts_of(film)
    ends = [
        next(frames_of(film, first_frame=frame, end_frame=frame + 1)) for frame in (0, total - 1)
    ]
    height = len(ends[0]) * 2 // 3
    first, last = (planes[:height].astype(np.int16) for planes in ends)
    if float(np.mean(np.abs(first - last))) < SAME_LUMA:
        return "cut"
    return "ping_pong" if reversible else "cross_fade"


def faded_loop(
    film: Path, folder: Path, *, fade_frames: int
) -> tuple[tuple[Path, ...], Sound, int]:
    """Loop a film by fading its end into its beginning; it is `fade_frames` shorter.

    Returns its takes, its sound and the frame of the film that it begins with. Only the fade, and
    the frames up to the first key frame behind it, are encoded again.
    """
    size, rate, total = facts_of(film)
    body = excerpt(film, folder, first_frame=fade_frames, frame_count=total - 2 * fade_frames)
    seam = folder / "seam.mp4"
    tail = frames_of(film, first_frame=total - fade_frames, end_frame=total)
    head = frames_of(film, first_frame=0, end_frame=fade_frames)
    with ShotEncoder(seam, size, rate.fraction) as encoder:
        for index, (old, new) in enumerate(zip(tail, head, strict=True)):
            share = (index + 1) / (fade_frames + 1)
            mixed = old * np.float32(1 - share) + new * np.float32(share)
            encoder.write(np.rint(mixed).astype(np.uint8))
    whole = sound_of(film, start_s=Fraction(0), end_s=rate.seconds_at(total))
    reach = round(rate.seconds_at(fade_frames) * SAMPLE_RATE_HZ)
    # Two different sounds keep their loudness when the squares of their shares add up to one.
    turn = np.linspace(0.0, np.pi / 2, reach, dtype=np.float32)[:, None]
    crossing = whole[len(whole) - reach :] * np.cos(turn) + whole[:reach] * np.sin(turn)
    return (*body, seam), np.concatenate([whole[reach : len(whole) - reach], crossing]), fade_frames


def turned_back(film: Path, back: Path) -> None:
    """Write the take that leads from the end of a film back to its beginning.

    It shows the frames between the first and the last one, from the later to the earlier.
    """
    size, rate, total = facts_of(film)
    starts = [*key_frames(film), total]
    with ShotEncoder(back, size, rate.fraction) as encoder:
        # From key frame to key frame, so that no more than two seconds are held at a time.
        for low, high in reversed(list(pairwise(starts))):
            held = list(frames_of(film, first_frame=low, end_frame=high))
            for index in range(high - 1, low - 1, -1):
                if 0 < index < total - 1:
                    encoder.write(held[index - low])


def captions_in(written: str) -> tuple[Caption, ...]:
    """Return the captions of a WebVTT text as the film's own are written."""
    captions = []
    for block in written.split("\n\n"):
        lines = block.strip().splitlines()
        span = next((number for number, line in enumerate(lines) if " --> " in line), None)
        if span is None:
            continue
        start, _, end = lines[span].partition(" --> ")
        text = "\n".join(lines[span + 1 :])
        for mark, letter in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
            text = text.replace(mark, letter)
        captions.append(Caption(start_ms=_ms(start), end_ms=_ms(end), text=text))
    return tuple(captions)


def _ms(clock: str) -> int:
    hours, minutes, seconds = clock.strip().split(":")
    return (int(hours) * 60 + int(minutes)) * 60_000 + int(seconds.replace(".", ""))


def key_frames(film: Path) -> list[int]:
    """Return the indices of the frames that need no other to be shown."""
    with av.open(str(film)) as file:
        packets = (packet for packet in file.demux(video=0) if packet.dts is not None)
        return [index for index, packet in enumerate(packets) if packet.is_keyframe]


def _copy(film: Path, target: Path, first_frame: int, end_frame: int) -> None:
    with av.open(str(film)) as file, av.open(str(target), "w", format="mp4") as out:
        source = file.streams.video[0]
        stream = out.add_stream_from_template(source)
        assert isinstance(stream, VideoStream)
        assert source.average_rate is not None
        index = 0
        for packet in file.demux(source):
            if packet.dts is None:
                continue
            if first_frame <= index < end_frame:
                packet.stream = stream
                packet.time_base = 1 / source.average_rate
                packet.pts = packet.dts = index - first_frame
                packet.duration = 1
                out.mux(packet)
            index += 1


def _fitted(planes: npt.NDArray[np.uint8], size: FrameSize) -> npt.NDArray[np.uint8]:
    """Scale a picture into a size as large as it goes, in the middle, on black."""
    frame = VideoFrame.from_ndarray(planes, format="yuv420p")
    scale = min(Fraction(size.width, frame.width), Fraction(size.height, frame.height))
    width, height = (max(2, int(side * scale) // 2 * 2) for side in (frame.width, frame.height))
    small = frame.reformat(width, height, interpolation="BICUBIC")
    out = np.full((size.height * 3 // 2, size.width), CHROMA_GREY, np.uint8)
    out[: size.height] = LUMA_BLACK
    left, top = (size.width - width) // 4 * 2, (size.height - height) // 4 * 2
    inner = np.asarray(small.to_ndarray(format="yuv420p"), np.uint8)
    out[top : top + height, left : left + width] = inner[:height]
    quarter, rows = size.width * size.height // 4, size.height // 2
    sides = out[size.height :].reshape(-1)
    small_quarter = width * height // 4
    small_sides = inner[height:].reshape(-1)
    for number in range(2):
        plane = sides[number * quarter : (number + 1) * quarter].reshape(rows, size.width // 2)
        part = small_sides[number * small_quarter : (number + 1) * small_quarter]
        plane[top // 2 : (top + height) // 2, left // 2 : (left + width) // 2] = part.reshape(
            height // 2, width // 2
        )
    return out

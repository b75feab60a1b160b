"""Pieces of a film as CMAF segments (ISO/IEC 23000-19), for players that begin before it is done.

A segment is cut out of the fragmented MP4 that holds only it: what stands before the first `moof`
is the initialisation, the same for all segments of a rendition, and what follows is the segment.
"""

from __future__ import annotations

from fractions import Fraction
from io import BytesIO
from typing import TYPE_CHECKING

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from .render.encode import AAC_FRAME_SAMPLES, SAMPLE_RATE_HZ, SOUND_BITS_PER_S
from .splicing import Sound, frames_of

if TYPE_CHECKING:
    from pathlib import Path

    from av.container import OutputContainer

    from matinee.film import FrameRate, FrameSize

# One `moof` a segment; its time is that of its first packet, and nothing is shifted or edited.
MUXING = {
    "movflags": "+frag_custom+empty_moov+default_base_moof+frag_discont+negative_cts_offsets",
    "use_editlist": "0",
    "write_btrt": "0",
}
TICKS = 1000  # a frame; so that any rational rate has whole ticks
# Small pictures for slow lines: what a hardware decoder of any phone takes.
SMALL = {"preset": "veryfast", "crf": "25", "profile": "main", "level": "3.1"}
SMALL_CODEC = "avc1.4d401f"
SOUND_CODEC = "mp4a.40.2"


def picture_segment(
    file: Path,
    *,
    frames: tuple[int, int],
    at_frame: int,
    rate: FrameRate,
    size: FrameSize | None = None,
) -> tuple[bytes, bytes]:
    """Return initialisation and segment of a film's or take's frames, the second not included.

    They are seen from frame `at_frame` of the whole on. Packets are copied, so the first frame has
    to be a key frame; with a `size` they are encoded again, smaller.
    """
    held = BytesIO()
    options = {**MUXING, "video_track_timescale": str(rate.numerator * TICKS)}
    with av.open(str(file)) as source, av.open(held, "w", format="mp4", options=options) as out:
        shown = source.streams.video[0]
        stream = _small_stream(out, rate, size) if size else out.add_stream_from_template(shown)
        assert isinstance(stream, VideoStream)
        packets = (
            (packet for packet in source.demux(shown) if packet.dts is not None)
            if size is None
            else _encoded(file, frames, stream, size)
        )
        first = frames[0] if size is None else 0
        for index, packet in enumerate(packets, start=-first):
            if 0 <= index < frames[1] - frames[0]:
                packet.stream = stream
                packet.time_base = 1 / rate.fraction
                packet.pts = packet.dts = at_frame + index
                packet.duration = 1
                out.mux(packet)
    return _parts(held.getvalue())


def sound_segment(samples: Sound, *, at_packet: int) -> tuple[bytes, bytes]:
    """Return initialisation and segment of sound, from packet `at_packet` of the whole on.

    `samples` (n, 2) at 48 kHz begin one packet earlier: the encoder's run-in, which is left out.
    """
    held = BytesIO()
    with av.open(held, "w", format="mp4", options=dict(MUXING)) as out:
        stream = out.add_stream("aac", rate=SAMPLE_RATE_HZ, layout="stereo")
        assert isinstance(stream, AudioStream)
        stream.codec_context.bit_rate = SOUND_BITS_PER_S
        count = -(-len(samples) // AAC_FRAME_SAMPLES)
        filled = np.zeros((count * AAC_FRAME_SAMPLES, 2), np.float32)
        filled[: len(samples)] = samples
        packets = []
        for index in range(count):
            part = filled[index * AAC_FRAME_SAMPLES : (index + 1) * AAC_FRAME_SAMPLES]
            frame = AudioFrame.from_ndarray(
                np.ascontiguousarray(part.T), format="fltp", layout="stereo"
            )
            frame.sample_rate, frame.pts = SAMPLE_RATE_HZ, index * AAC_FRAME_SAMPLES
            packets += stream.encode(frame)
        packets += stream.encode(None)
        # The encoder is one packet late: its second packet is what the run-in sounds like.
        for index, packet in enumerate(packets[2 : count + 1]):
            packet.time_base = Fraction(1, SAMPLE_RATE_HZ)
            packet.pts = packet.dts = (at_packet + index) * AAC_FRAME_SAMPLES
            packet.duration = AAC_FRAME_SAMPLES
            out.mux(packet)
    return _parts(held.getvalue())


def packets_in(rate: FrameRate, frames: tuple[int, int]) -> tuple[int, int]:
    """Return which packets of sound belong to frames of the whole, the second not included."""
    first, end = (rate.seconds_at(frame) * SAMPLE_RATE_HZ / AAC_FRAME_SAMPLES for frame in frames)
    return -(-first.numerator // first.denominator), -(-end.numerator // end.denominator)


def codec_of(file: Path) -> str:
    """Return the RFC 6381 name of a film's picture codec."""
    with av.open(str(file)) as source:
        extra = source.streams.video[0].codec_context.extradata or b""
    return f"avc1.{extra[1:4].hex()}"


def _small_stream(out: OutputContainer, rate: FrameRate, size: FrameSize) -> VideoStream:
    options = {**SMALL, "x264-params": "scenecut=0:bframes=0:open-gop=0"}
    stream = out.add_stream("libx264", rate=rate.fraction, options=options)
    assert isinstance(stream, VideoStream)
    context = stream.codec_context
    context.width, context.height, context.pix_fmt = size.width, size.height, "yuv420p"
    context.time_base = 1 / rate.fraction
    context.gop_size = 100_000  # a segment begins with a key frame and needs no other
    context.thread_count = 1
    return stream


def _encoded(
    file: Path, frames: tuple[int, int], stream: VideoStream, size: FrameSize
) -> list[av.Packet[VideoStream]]:
    packets: list[av.Packet[VideoStream]] = []
    for index, planes in enumerate(frames_of(file, first_frame=frames[0], end_frame=frames[1])):
        frame = VideoFrame.from_ndarray(planes, format="yuv420p")
        small = frame.reformat(size.width, size.height, interpolation="AREA")
        small.pts, small.time_base = index, stream.codec_context.time_base
        packets += stream.encode(small)
    packets += stream.encode(None)
    return packets


def _parts(content: bytes) -> tuple[bytes, bytes]:
    """Cut a fragmented MP4 into its initialisation and its segment, without its index."""
    at, start, end = 0, len(content), len(content)
    while at < len(content):
        box_bytes = int.from_bytes(content[at : at + 4], "big")
        kind = content[at + 4 : at + 8]
        if kind == b"moof":
            start = min(start, at)
        elif kind == b"mfra":
            end = at
        at += max(box_bytes, 8)
    return content[:start], content[start:end]

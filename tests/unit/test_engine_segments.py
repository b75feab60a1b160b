"""Segments of a film, joined behind their initialisation, are the film again."""

from io import BytesIO
from pathlib import Path

import av
import numpy as np
import pytest

from matinee.engine import ShotEncoder, segments
from matinee.film import FrameRate, FrameSize

SIZE, RATE = FrameSize(256, 144), FrameRate(24000, 1001)
SHOTS = (30, 50, 7)


def a_take(folder: Path, name: str, levels: range) -> Path:
    path = folder / f"{name}.mp4"
    with ShotEncoder(path, SIZE, RATE.fraction) as encoder:
        for level in levels:
            planes = np.full((216, 256), 128, np.uint8)
            planes[:144] = level
            encoder.write(planes)
    return path


@pytest.mark.parametrize("small", [None, FrameSize(128, 72)])
def test_picture_segments_follow_one_another_to_the_frame(
    tmp_path: Path, small: FrameSize | None
) -> None:
    whole, at = b"", 0
    for number, count in enumerate(SHOTS):
        take = a_take(tmp_path, str(number), range(30 + at, 30 + at + count))
        start, part = segments.picture_segment(
            take, frames=(0, count), at_frame=at, rate=RATE, size=small
        )
        assert whole == b"" or whole.startswith(start)
        whole += part if whole else start + part
        at += count
    with av.open(BytesIO(whole), "r") as film:
        frames = list(film.decode(video=0))
        assert [round(frame.time * RATE.fraction) for frame in frames] == list(range(at))
        width = film.streams.video[0].codec_context.width
    levels = [round(float(frame.to_ndarray(format="gray").mean())) for frame in frames]
    # Grey is spread over the full range when it is decoded, so only the order is held to.
    assert levels == sorted(levels)
    assert len(set(levels)) > at * 0.9
    assert width == (small or SIZE).width


def test_sound_segments_are_one_tone_without_a_hole() -> None:
    tone = np.sin(np.arange(48_000 * 5) * 0.05)[:, None].repeat(2, 1).astype(np.float32) * 0.5
    whole, at = b"", 0
    for count in SHOTS:
        first, end = segments.packets_in(RATE, (at, at + count))
        led = np.concatenate([np.zeros((1024, 2), np.float32), tone])
        start, part = segments.sound_segment(led[first * 1024 : (end + 1) * 1024], at_packet=first)
        whole += part if whole else start + part
        at += count
    with av.open(BytesIO(whole), "r") as film:
        heard = np.concatenate([frame.to_ndarray().T for frame in film.decode(audio=0)])
    length = segments.packets_in(RATE, (0, at))[1] * 1024
    assert len(heard) == length
    # The first packet of each segment leans on what was before it; nothing else is changed.
    middle = heard[4096 : 30 * 1024]
    assert float(np.abs(middle - tone[4096 : 30 * 1024]).mean()) < 0.02
    loud = np.abs(heard[2048 : length - 2048]).reshape(-1, 1024, 2).max(axis=1)
    assert float(loud.min()) > 0.4

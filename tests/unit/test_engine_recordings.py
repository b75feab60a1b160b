"""What is read out of recordings, without any network."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from matinee.engine import recordings
from matinee.engine.recordings import reading
from matinee.engine.recordings.digits import digits_in
from matinee.engine.recordings.fingerprint import picture_hash, sound_hashes
from matinee.engine.recordings.voice import speech_in
from matinee.engine.recordings.watching import Glance, turns_of


def a_clip(path: Path, *, frames: int, rate: int, side: int = 160) -> Path:
    with av.open(str(path), "w") as file:
        stream = file.add_stream("libx264", rate=Fraction(rate), options={"preset": "ultrafast"})
        stream.width = stream.height = side
        stream.pix_fmt = "yuv420p"
        for index in range(frames):
            pixels = np.full((side, side, 3), 40 + index % 100, np.uint8)
            frame = av.VideoFrame.from_ndarray(pixels, format="rgb24").reformat(format="yuv420p")
            frame.pts, frame.time_base = index, Fraction(1, rate)
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    return path


def read(path: Path) -> int:
    return sum(1 for _ in reading.moments_of(path, rate=10, side_px=320))


def test_frames_are_read_no_faster_than_asked(tmp_path: Path) -> None:
    assert 29 <= read(a_clip(tmp_path / "c.mp4", frames=90, rate=30)) <= 31


@pytest.mark.parametrize(
    ("clip", "error"),
    [
        ({"frames": 50, "rate": 1}, recordings.RecordingTooLong),
        ({"frames": 3, "rate": 10, "side": 4_200}, recordings.RecordingTooHeavy),
        ({"frames": 30, "rate": 10, "side": 100}, recordings.RecordingUnusable),
        ({"frames": 1, "rate": 10}, recordings.RecordingUnusable),
    ],
)
def test_what_is_too_much_or_too_little_is_refused(
    clip: dict[str, int], error: type[Exception], tmp_path: Path
) -> None:
    path = a_clip(tmp_path / "clip.mp4", **clip)
    with pytest.raises(error):
        read(path)


def test_a_list_of_other_files_is_no_recording(tmp_path: Path) -> None:
    secret = a_clip(tmp_path / "secret.mp4", frames=30, rate=10)
    playlist = tmp_path / "playlist.webm"
    playlist.write_text(f"ffconcat version 1.0\nfile '{secret}'\n")
    with pytest.raises(recordings.RecordingUnusable):
        read(playlist)
    with pytest.raises(recordings.RecordingUnusable):
        recordings.sound_of(playlist)


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        (" 4, 0, 2. 9 1 7", "402917"),
        ("402917", "402917"),
        ("Four, zero, two; nine one SEVEN.", "402917"),
        ("四零二九幺七", "402917"),
        ("vier, null, zwei, neun, eins, sieben", "402917"),
        ("quatre zéro deux neuf un sept", "402917"),
        ("四 0 two", "402"),
        ("Thank you for watching!", ""),
        ("", ""),
    ],
)
def test_digits_are_read_as_figures_and_as_words_of_many_languages(text: str, digits: str) -> None:
    assert digits_in(text) == digits


def glances(*yaws: float) -> tuple[Glance, ...]:
    return tuple(
        Glance(time_s=k / 10, count=1, yaw_rad=yaw) for k, yaw in enumerate(np.repeat(yaws, 3))
    )


@pytest.mark.parametrize("ahead", [-0.15, 0.0, 0.2])
def test_turns_are_told_from_where_the_head_mostly_looks(ahead: float) -> None:
    left, right, none = ahead + 0.5, ahead - 0.5, ahead
    seen = glances(none, none, none, left, left, none, left, none, right, none, none, none)
    assert turns_of(seen) == ("left", "left", "right")
    assert turns_of(glances(none, ahead + 0.2, none, none)) == ()
    assert turns_of(()) == ()


def test_a_voice_is_heard_at_its_pitch() -> None:
    times = np.arange(16_000) / 16_000
    for pitch, kind in ((110.0, "man"), (205.0, "woman")):
        waves = [np.sin(2 * np.pi * pitch * k * times) / k for k in range(1, 9)]
        heard = speech_in((0.1 * np.sum(waves, axis=0)).astype(np.float32))
        assert heard.kind == kind
        assert heard.median_hz == pytest.approx(pitch, rel=0.02)
    assert speech_in(np.zeros(16_000, np.float32)).median_hz is None


def test_a_picture_made_smaller_is_known_again_and_another_is_not() -> None:
    rng = np.random.default_rng(3)
    one, other = (
        np.kron(rng.integers(0, 255, (9, 12, 1)), np.ones((20, 20, 3))).astype(np.uint8)
        for _ in range(2)
    )
    again = np.clip(one[::2, ::2].astype(int) + 6, 0, 255).astype(np.uint8)
    assert (picture_hash(one) ^ picture_hash(again)).bit_count() <= 6
    assert (picture_hash(one) ^ picture_hash(other)).bit_count() > 12


def test_silence_has_no_fingerprint() -> None:
    assert sound_hashes(np.zeros(32_000, np.float32)) == ()
    noise = np.random.default_rng(1).normal(size=32_000).astype(np.float32)
    assert 10 <= len(sound_hashes(noise)) <= 16

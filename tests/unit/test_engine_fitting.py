"""Footage from elsewhere becomes a take: to the frame, in shape, with its sound."""

from fractions import Fraction
from io import BytesIO
from pathlib import Path
from wave import open as open_wave

import av
import numpy as np
import pytest

from matinee.engine import ShotEncoder, soundtrack
from matinee.engine.footage import FootageUnreadable, fit_footage, side_by_side
from matinee.film import FrameRate, FrameSize, Shot, Take
from matinee.film.screenplay import Beat, Music, Setting
from matinee.film.shot import Speech
from matinee.studio.adapters.fake_footage import footage

SIZE = FrameSize(160, 90)


def some_footage(
    folder: Path,
    *,
    size: tuple[int, int] = (160, 90),
    rate: int = 30,
    frame_count: int = 30,
    sound: bool = False,
) -> Path:
    path = folder / "footage.mp4"
    path.write_bytes(
        footage(*size, rate=Fraction(rate), frame_count=frame_count, seed=2, sound=sound)
    )
    return path


def bars(path: Path) -> list[int]:
    """Where the white bar of the footage is in each frame, as a share of 100 of the width."""
    with av.open(str(path)) as file:
        frames = [frame.to_ndarray(format="gray") for frame in file.decode(video=0)]
    return [int((frame[3] > 180).argmax() * 100 // frame.shape[1]) for frame in frames]


def test_frames_are_chosen_by_their_times(tmp_path: Path) -> None:
    take = tmp_path / "take.mp4"
    fitted = fit_footage(
        some_footage(tmp_path), take, frame_count=12, rate=FrameRate(12), size=SIZE
    )
    assert fitted.changes == ("30 frames a second became 12",)
    # The footage's bar is at k / 30 of the width in frame k; frame j of the take is at j / 12 s.
    assert [abs(at - 100 * j / 12) <= 4 for j, at in enumerate(bars(take))] == [True] * 12


@pytest.mark.parametrize(
    ("own", "words"),
    [
        ((160, 90), ""),
        ((320, 180), "320x180 was scaled to 160x90"),
        ((168, 90), "168x90 was cropped to 160x90, 5% of it is lost"),
        ((90, 160), "90x160 stands in 160x90 between bars"),
    ],
)
def test_the_shape_of_a_picture_is_kept(own: tuple[int, int], words: str, tmp_path: Path) -> None:
    take = tmp_path / "take.mp4"
    source = some_footage(tmp_path, size=own, rate=12, frame_count=6)
    fitted = fit_footage(source, take, frame_count=6, rate=FrameRate(12), size=SIZE)
    assert fitted.changes == ((words,) if words else ())
    with av.open(str(take)) as file:
        picture = next(file.decode(video=0)).to_ndarray(format="rgb24")
    assert picture.shape == (90, 160, 3)
    assert (picture[45, 0].max() < 25) == ("bars" in words)


def test_a_fitted_take_joins_takes_of_the_stage(tmp_path: Path) -> None:
    own, take = tmp_path / "own.mp4", tmp_path / "take.mp4"
    fit_footage(some_footage(tmp_path), take, frame_count=5, rate=FrameRate(24), size=SIZE)
    fit_footage(some_footage(tmp_path), own, frame_count=5, rate=FrameRate(24), size=SIZE)
    headers = []
    for path in (take, own):
        with av.open(str(path)) as file:
            headers.append(file.streams.video[0].codec_context.extradata)
    with (
        ShotEncoder(tmp_path / "stage.mp4", SIZE, Fraction(24)) as encoder,
        av.open(str(take)) as file,
    ):
        for frame in file.decode(video=0):
            encoder.write(np.asarray(frame.to_ndarray(), np.uint8))
    with av.open(str(tmp_path / "stage.mp4")) as file:
        headers.append(file.streams.video[0].codec_context.extradata)
    assert headers[0] == headers[1] == headers[2]


def test_what_is_a_little_short_stands_still_and_what_is_far_too_short_is_refused(
    tmp_path: Path,
) -> None:
    take, source = tmp_path / "take.mp4", some_footage(tmp_path)
    fitted = fit_footage(source, take, frame_count=15, rate=FrameRate(12), size=SIZE)
    assert fitted.changes[-1] == "the last picture stands still for 0.25 s"
    take.unlink()
    with pytest.raises(FootageUnreadable, match=r"1\.00 s of 2\.00 s"):
        fit_footage(source, take, frame_count=24, rate=FrameRate(12), size=SIZE)
    assert not take.exists()


def test_its_sound_is_as_long_as_the_take(tmp_path: Path) -> None:
    source = some_footage(tmp_path, sound=True)
    fitted = fit_footage(
        source, tmp_path / "take.mp4", frame_count=6, rate=FrameRate(12), size=SIZE
    )
    with open_wave(BytesIO(fitted.sound)) as wave:
        assert (wave.getframerate(), wave.getnchannels(), wave.getnframes()) == (48_000, 1, 24_000)
        assert any(wave.readframes(4800))


def test_two_takes_are_shown_beside_each_other(tmp_path: Path) -> None:
    takes = [tmp_path / "one.mp4", tmp_path / "two.mp4"]
    for path, count in zip(takes, (4, 6), strict=True):
        fit_footage(some_footage(tmp_path), path, frame_count=count, rate=FrameRate(12), size=SIZE)
    both = tmp_path / "both.mp4"
    side_by_side([(takes[0], takes[1])], both, rate=FrameRate(12))
    with av.open(str(both)) as file:
        frames = list(file.decode(video=0))
    assert [(one.width, one.height) for one in frames] == [(164, 64)] * 6


def test_the_own_sound_of_a_take_is_heard_in_place_of_the_studios(tmp_path: Path) -> None:
    source = some_footage(tmp_path, sound=True)
    fitted = fit_footage(
        source, tmp_path / "take.mp4", frame_count=12, rate=FrameRate(12), size=SIZE
    )
    shot = Shot(
        setting=Setting(id="s", place="meadow"),
        beat=Beat(id="b", setting="s", text="Wind."),
        frame_count=12,
        rate=FrameRate(12),
        size=SIZE,
        seed=1,
        # Its reading is not even there: what the engine made is heard alone.
        speeches=(Speech(character="ann", text="Hi", language="en", start_ms=0, duration_ms=500),),
    )
    take = Take(
        shot="", engine="e/1", video="", frame_count=12, rate=shot.rate, size=SIZE,
        ambience="room_tone", room="small_room", sound="own",
    )  # fmt: skip
    silent = Music(present=False)
    mixed = np.asarray(soundtrack([shot], [take], {"own": fitted.sound}, music=silent, seed=1))
    assert mixed.shape == (48_000, 2)
    spectrum = np.abs(np.fft.rfft(mixed[4_800:43_200, 0]))
    loudest_hz = int(spectrum.argmax()) * 48_000 / 38_400
    assert abs(loudest_hz - 440) < 5

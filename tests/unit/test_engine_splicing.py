"""Films are cut to the frame, looped and conformed; what can be copied is copied."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from matinee.engine import ShotEncoder, splicing, write_film
from matinee.film import FrameRate, FrameSize, Timeline
from matinee.film.timeline import Clip

SIZE, RATE, FRAMES = FrameSize(64, 64), FrameRate(12), 60


def a_film(folder: Path, *, frames: int = FRAMES) -> Path:
    """A film whose frames get brighter one by one, with a tone that gets louder."""
    take, film = folder / "take.mp4", folder / "film.mp4"
    with ShotEncoder(take, SIZE, RATE.fraction) as encoder:
        for index in range(frames):
            planes = np.full((96, 64), 128, np.uint8)
            planes[:64] = 20 + 3 * index
            encoder.write(planes)
    count = frames * 4000
    tone = np.sin(np.arange(count) * 0.05) * np.linspace(0, 0.9, count)
    clip = Clip(shot="", video="", first_frame=0, frame_count=frames)
    samples = np.stack([tone, tone], 1).astype(np.float32)
    write_film(film, [take], samples, Timeline(rate=RATE, size=SIZE, clips=(clip,)))
    return film


def levels(takes: tuple[Path, ...]) -> list[int]:
    """The brightness of each frame, as the number of the frame that had it."""
    return [
        round((float(planes[:64].mean()) - 20) / 3)
        for take in takes
        for planes in splicing.frames_of(take, first_frame=0, end_frame=splicing.facts_of(take)[2])
    ]


@pytest.mark.parametrize(
    ("first", "count", "encoded"), [(0, 60, 0), (24, 30, 0), (5, 50, 19), (30, 9, 9)]
)
def test_a_piece_is_exact_to_the_frame_and_encodes_only_up_to_the_next_key_frame(
    tmp_path: Path, first: int, count: int, encoded: int
) -> None:
    takes = splicing.excerpt(a_film(tmp_path), tmp_path, first_frame=first, frame_count=count)
    assert levels(takes) == list(range(first, first + count))
    anew = [splicing.facts_of(take)[2] for take in takes if "anew" in take.name]
    assert sum(anew) == encoded
    joined = tmp_path / "joined.mp4"
    clip = Clip(shot="", video="", first_frame=0, frame_count=count)
    silence = np.zeros((count * 4000, 2), np.float32)
    write_film(joined, takes, silence, Timeline(rate=RATE, size=SIZE, clips=(clip,)))
    assert levels((joined,)) == list(range(first, first + count))


def test_sound_is_cut_to_the_sample(tmp_path: Path) -> None:
    film = a_film(tmp_path)
    whole = splicing.sound_of(film, start_s=Fraction(0), end_s=Fraction(5))
    part = splicing.sound_of(film, start_s=Fraction(2), end_s=Fraction(3))
    assert np.array_equal(part, whole[96_000:144_000])
    assert 0.3 < float(np.abs(part).max()) < 0.6


def test_a_faded_loop_ends_on_the_picture_before_its_first(tmp_path: Path) -> None:
    takes, sound, starts_at = splicing.faded_loop(a_film(tmp_path), tmp_path, fade_frames=8)
    seen = levels(takes)
    assert seen[:44] == list(range(8, 52))
    assert seen[44:] == sorted(seen[44:], reverse=True)
    assert abs(seen[-1] - 7) < 8  # nearly frame 7: frame 8 comes next
    assert (len(seen), len(sound), starts_at) == (52, 52 * 4000, 8)


def test_a_mirrored_loop_runs_back_without_showing_an_end_twice(tmp_path: Path) -> None:
    back = tmp_path / "back.mp4"
    splicing.turned_back(a_film(tmp_path), back)
    assert levels((back,)) == list(range(58, 0, -1))


def test_a_film_is_brought_to_another_size_and_rate_with_its_shape_kept(tmp_path: Path) -> None:
    film, wide = a_film(tmp_path), tmp_path / "wide.mp4"
    splicing.conformed(film, wide, size=FrameSize(128, 64), rate=FrameRate(24))
    assert splicing.facts_of(wide) == (FrameSize(128, 64), FrameRate(24), 120)
    last = next(splicing.frames_of(wide, first_frame=119, end_frame=120))
    assert float(last[:64, :30].mean()) == pytest.approx(16, abs=1)
    assert float(last[:64, 34:94].mean()) == pytest.approx(20 + 3 * 59, abs=2)


def test_a_film_that_ends_as_it_begins_is_looped_as_it_is(tmp_path: Path) -> None:
    still = a_film(tmp_path, frames=1)
    assert splicing.best_loop(still, reversible=False) == "cut"
    film = a_film(tmp_path)
    assert splicing.best_loop(film, reversible=False) == "cross_fade"
    assert splicing.best_loop(film, reversible=True) == "ping_pong"
    with av.open(str(film)) as file:
        assert len(file.streams.audio) == 1

"""What recognition finds, and what it refuses."""

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest

import recognition_footage as made
from matinee.rights import recognition
from matinee.rights.recognition.finding import find
from matinee.rights.recognition.shelf import Shelf


def _print(
    folder: Path, frames: made.Frames | None, waves: made.Waves | None = None
) -> recognition.Fingerprint:
    return recognition.fingerprint(made.write(folder / "film.mp4", frames, waves))


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    folder = tmp_path_factory.mktemp("references")
    kept = Shelf()
    for seed in range(3):
        kept.add(f"film_{seed}", _print(folder, made.footage(seed), made.notes(seed)))
    return kept


def _mirrored(frames: made.Frames) -> made.Frames:
    return frames[:, :, ::-1]


def _inset(frames: made.Frames) -> made.Frames:
    out = made.footage(90)
    out[:, 37 : 37 + 72, 101 : 101 + 128] = [
        cv2.resize(frame, (128, 72), interpolation=cv2.INTER_AREA) for frame in frames
    ]
    return out


def _turned(frames: made.Frames) -> made.Frames:
    turn = cv2.getRotationMatrix2D((128, 72), 8, 1.1)
    return np.stack([cv2.warpAffine(frame, turn, (256, 144)) for frame in frames])


def _letterbox(frames: made.Frames) -> made.Frames:
    return np.pad(frames, ((0, 0), (30, 30), (0, 0), (0, 0)))


def _reversed(frames: made.Frames) -> made.Frames:
    return frames[::-1]


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (_mirrored, "mirrored"),
        (_inset, "picture in picture"),
        (_turned, "turned"),
        (_letterbox, None),
        (_reversed, None),
    ],
)
def test_a_changed_picture_is_found_and_described(
    shelf: Shelf,
    tmp_path: Path,
    change: Callable[[made.Frames], made.Frames],
    word: str | None,
) -> None:
    [match] = find(shelf, _print(tmp_path, change(made.footage(1))))
    assert match.subject_id == "film_1"
    assert word is None or word in match.how
    assert match.sound == ()
    assert sum(one.query.end_ms - one.query.start_ms for one in match.picture) >= 3000


def test_a_sound_is_found_under_a_voice_and_at_another_speed(shelf: Shelf, tmp_path: Path) -> None:
    waves = made.notes(2)
    hum = made.notes(91) * 0.7
    places = np.arange(0, len(waves) - 1, 1.08)
    tape = np.interp(places, np.arange(len(waves)), waves).astype(np.float32)
    cases: tuple[tuple[made.Waves, str | None], ...] = (
        (waves * 0.6 + hum, None),
        (tape, "faster"),
    )
    for heard, word in cases:
        [match] = find(shelf, _print(tmp_path, None, heard))
        assert match.subject_id == "film_2"
        assert match.picture == ()
        assert word is None or {word, "other pitch"} <= set(match.how)


def test_unrelated_footage_black_and_titles_match_nothing(shelf: Shelf, tmp_path: Path) -> None:
    black = np.zeros((24, 144, 256, 3), np.uint8)
    titled = black.copy()
    for frame in titled:
        cv2.putText(frame, "THE END", (40, 80), cv2.FONT_HERSHEY_DUPLEX, 1.4, (255, 255, 255), 3)
    cases: tuple[tuple[made.Frames, made.Waves | None], ...] = (
        (made.footage(70), made.notes(70)),
        (black, None),
        (titled, None),
    )
    for frames, waves in cases:
        assert find(shelf, _print(tmp_path, frames, waves)) == ()


def test_a_whole_copy_is_certain_and_half_a_second_goes_to_a_person(tmp_path: Path) -> None:
    kept = Shelf()
    film = made.footage(1, seconds=8)
    kept.add("film_1", _print(tmp_path, film))
    [whole] = find(kept, _print(tmp_path, film))
    assert whole.verdict is recognition.Verdict.AUTOMATIC
    short = np.concatenate([made.footage(80)[:12], film[3:12], made.footage(81)[:12]])
    [part] = find(kept, _print(tmp_path, short))
    assert part.verdict is recognition.Verdict.REVIEW
    [stretch] = part.picture
    assert 1500 <= stretch.query.start_ms <= 2500
    assert abs(stretch.reference.start_ms - 500) <= 500


def test_what_is_no_film_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    path.write_bytes(b"no film at all" * 100)
    with pytest.raises(recognition.MediaUnreadable):
        recognition.fingerprint(path)
    (tmp_path / "list.m3u8").write_text("#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/x.ts\n")
    with pytest.raises(recognition.MediaUnreadable):
        recognition.fingerprint(tmp_path / "list.m3u8")


@pytest.mark.parametrize(
    "bounds",
    [
        recognition.Bounds(frame_pixels=1000),
        recognition.Bounds(frame_count=3),
        recognition.Bounds(pixel_count=256 * 144 * 5),
        recognition.Bounds(duration_s=1),
    ],
)
def test_a_file_that_asks_for_too_much_is_refused(
    tmp_path: Path, bounds: recognition.Bounds
) -> None:
    path = made.write(tmp_path / "film.mp4", made.footage(1), made.notes(1))
    with pytest.raises(recognition.MediaTooLarge):
        recognition.fingerprint(path, bounds)


def test_bytes_that_are_no_fingerprint_are_refused(tmp_path: Path) -> None:
    packed = _print(tmp_path, made.footage(1)[:6]).encode()
    for damaged in (b"", packed[:3], packed[:-9], b"MATFP\x02" + packed[6:], packed[:6]):
        with pytest.raises(recognition.FingerprintUnreadable):
            recognition.decode(damaged)

"""What every examiner of clips keeps to: the written one and the one that looks at recordings."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import get_args

import pytest

import recordings
from matinee.engine.pictures import people
from matinee.engine.recordings import cels_of, decoded, digits, face_of
from matinee.likeness import errors
from matinee.likeness.adapters.clip_examiner import ClipExaminer
from matinee.likeness.adapters.fake_examiner import FakeExaminer, PlayedClip, written
from matinee.likeness.captures import judge, same_clip
from matinee.likeness.model import Challenge, Examiner, Findings, Turn

DIGITS = "402"
TURNS: tuple[Turn, ...] = ("left", "right")
CHALLENGE = Challenge(digits=DIGITS, turns=TURNS, expires_at=datetime(2026, 3, 1, tzinfo=UTC))
LOOKS = people.mesh_installed() and digits.installed()
NEEDS = pytest.mark.skipif(not LOOKS, reason="the face mesh or Whisper is not installed")


@dataclass(frozen=True)
class Written:
    """Clips for the fake examiner."""

    folder: Path
    examiner: Examiner

    def clip(self, which: str) -> Path:
        clip = {
            "good": PlayedClip(person="ada", digits=DIGITS, turns=TURNS),
            "again": PlayedClip(person="ada", digits=DIGITS, turns=TURNS),
            "another": PlayedClip(person="ada", digits="193", turns=("right", "left")),
            "two": PlayedClip(person="ada", digits=DIGITS, turns=TURNS, faces=2),
            "nobody": PlayedClip(person="ada", digits="4", turns=(), faces=0, faceless_share=1.0),
            "still": PlayedClip(person="ada", digits=DIGITS, turns=(), replay=1.0),
            "changed": PlayedClip(person="ada", digits=DIGITS, turns=TURNS, replay=1.0),
        }[which]
        path = self.folder / which
        path.write_bytes(written(clip))
        return path


@dataclass(frozen=True)
class Recorded:
    """Clips for the examiner that looks."""

    folder: Path
    examiner: Examiner

    def clip(self, which: str) -> Path:
        path = self.folder / f"{which}.webm"
        said = (4, 0, 2)
        if which == "again":
            return recordings.encoded_again(self.clip("good"), self.folder / "again.mp4")
        session = {
            "good": recordings.Session(digits=said),
            "another": recordings.Session(digits=(1, 9, 3), turns=("right", "left")),
            "two": recordings.Session(digits=said, beside=recordings.BEN),
            "nobody": recordings.Session(digits=(4,), empty=True),
            "still": recordings.Session(digits=said, still=True),
            "changed": recordings.Session(digits=said, changes_to=recordings.BEN),
        }[which]
        return path if path.exists() else recordings.write(path, session)


@pytest.fixture(scope="module", params=["fake", pytest.param("clips", marks=NEEDS)])
def clips(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Written | Recorded:
    folder = tmp_path_factory.mktemp("clips")
    if request.param == "fake":
        return Written(folder, FakeExaminer())
    return Recorded(folder, ClipExaminer())


@cache
def examined(clips: Written | Recorded, which: str) -> Findings:
    return clips.examiner.examine(clips.clip(which), digits=DIGITS, turns=TURNS)


def test_who_does_what_was_asked_passes_and_is_kept(clips: Written | Recorded) -> None:
    found = examined(clips, "good")
    judge(CHALLENGE, found, examiner=clips.examiner)
    assert min(map(len, (found.portrait.cutout, found.portrait.face, found.portrait.voice))) > 0
    assert found.looks.skin
    assert set(found.turns) <= set(get_args(Turn))
    again = examined(clips, "again")
    assert (again.digits, again.turns) == (found.digits, found.turns)
    assert same_clip(found.fingerprint, again.fingerprint)
    with pytest.raises(errors.ClipReplayed):
        judge(CHALLENGE, again, examiner=clips.examiner, seen=[found.fingerprint])
    if clips.examiner.name == "clips":
        reel = decoded(found.portrait.cutout)
        assert len(cels_of(reel)) == reel.frame_count
        face, places = face_of(reel)
        assert face.shape == (512, 512, 3)
        assert places.shape == (468, 3)
        assert found.voice_name == "woman"


def test_another_recording_of_the_same_person_is_not_taken_for_a_replay(
    clips: Written | Recorded,
) -> None:
    found, other = examined(clips, "good"), examined(clips, "another")
    assert not same_clip(found.fingerprint, other.fingerprint)
    assert (other.digits, other.turns) == ("193", ("right", "left"))
    with pytest.raises(errors.DigitsWrong):
        judge(CHALLENGE, other, examiner=clips.examiner)


@pytest.mark.parametrize(
    ("which", "error"),
    [
        ("two", errors.FacesSeveral),
        ("nobody", errors.FaceMissing),
        ("still", errors.ClipReplayed),
        ("changed", errors.ClipReplayed),
    ],
)
def test_a_clip_that_will_not_do_is_told_apart(
    clips: Written | Recorded, which: str, error: type[Exception]
) -> None:
    found = examined(clips, which)
    with pytest.raises(error):
        judge(CHALLENGE, found, examiner=clips.examiner)


@pytest.mark.parametrize("content", [b"", b"no film", b"\x1aE\xdf\xa3" + bytes(400)])
def test_what_is_no_clip_is_refused(clips: Written | Recorded, content: bytes) -> None:
    path = clips.folder / "broken"
    path.write_bytes(content)
    with pytest.raises(errors.ClipUnreadable):
        clips.examiner.examine(path, digits=DIGITS, turns=TURNS)

"""Which clips will do for a capture."""

import random
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from matinee.likeness import errors
from matinee.likeness.adapters.fake_examiner import FakeExaminer, PlayedClip, written
from matinee.likeness.captures import judge, new_challenge, same_clip
from matinee.likeness.model import Challenge, Findings, Fingerprint

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
CHALLENGE = Challenge(digits="402917", turns=("left", "right", "left"), expires_at=NOON)
EXAMINER = FakeExaminer()


def findings(folder: Path, **changes: object) -> Findings:
    clip = PlayedClip(person="ada", digits=CHALLENGE.digits, turns=CHALLENGE.turns)
    path = folder / "clip"
    path.write_bytes(written(msgspec.structs.replace(clip, **changes)))
    return EXAMINER.examine(path, digits=CHALLENGE.digits, turns=CHALLENGE.turns)


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"faces": 2}, errors.FacesSeveral),
        ({"faces": 0}, errors.FaceMissing),
        ({"faceless_share": 0.8}, errors.FaceMissing),
        ({"digits": "402918"}, errors.DigitsWrong),
        ({"digits": ""}, errors.DigitsWrong),
        ({"turns": ("right", "left", "left")}, errors.TurnsWrong),
        ({"replay": 0.9}, errors.ClipReplayed),
        ({"voices": 2}, errors.VoicesDiffer),
        ({"duration_ms": 900}, errors.ClipTooShort),
        ({"duration_ms": 60_000}, errors.ClipTooLong),
        ({"pixels": 10**10}, errors.ClipTooHeavy),
    ],
)
def test_each_fault_of_a_clip_has_an_error_of_its_own(
    tmp_path: Path, changes: dict[str, object], error: type[Exception]
) -> None:
    with pytest.raises(error):
        judge(CHALLENGE, findings(tmp_path, **changes), examiner=EXAMINER)


def test_a_clip_that_does_what_was_asked_passes(tmp_path: Path) -> None:
    judge(CHALLENGE, findings(tmp_path), examiner=EXAMINER)


def test_a_clip_is_known_again_when_it_was_encoded_anew(tmp_path: Path) -> None:
    first = findings(tmp_path).fingerprint
    noisy = Fingerprint(
        pictures=tuple(one ^ (1 << (n % 64)) ^ 1 for n, one in enumerate(first.pictures[3:])),
        sounds=tuple(one ^ (1 << (n % 32)) for n, one in enumerate(first.sounds[5:])),
    )
    assert same_clip(noisy, first)
    assert same_clip(first, noisy)
    with pytest.raises(errors.ClipReplayed):
        judge(CHALLENGE, findings(tmp_path), examiner=EXAMINER, seen=[noisy])
    other = findings(tmp_path, session="tomorrow").fingerprint
    assert not same_clip(other, first)


def test_old_pictures_with_a_new_voice_are_a_replay_all_the_same(tmp_path: Path) -> None:
    first = findings(tmp_path).fingerprint
    dubbed = replace(first, sounds=findings(tmp_path, session="tomorrow").fingerprint.sounds)
    assert same_clip(dubbed, first)


def test_somebody_else_cannot_replace_a_likeness(tmp_path: Path) -> None:
    before = findings(tmp_path)
    twin = findings(tmp_path, person="eve", voice="ada", session="later")
    with pytest.raises(errors.FacesDiffer):
        judge(CHALLENGE, twin, examiner=EXAMINER, known_face=before.face)
    mimic = findings(tmp_path, voice="eve", session="later")
    with pytest.raises(errors.VoicesDiffer):
        judge(CHALLENGE, mimic, examiner=EXAMINER, known_voice=before.voice)


def test_challenges_can_be_done_and_not_foreseen() -> None:
    drawn = [new_challenge(NOON, drawn=random.Random(seed)) for seed in range(200)]  # noqa: S311
    for one in drawn:
        assert len(one.digits) == 6
        assert all(a != b for a, b in zip(one.digits, one.digits[1:], strict=False))
        assert set(one.turns) == {"left", "right"}
    assert len({(one.digits, one.turns) for one in drawn}) == len(drawn)

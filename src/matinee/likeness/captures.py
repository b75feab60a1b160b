"""Captures: what is asked of somebody before a camera, and whether their clip will do.

Pure: whoever looked at the clip reports findings (`Examiner`), and here they are judged. Every
refusal has a code of its own, so that the page can say what to do better.
"""

import random
from collections.abc import Iterable, Sequence
from datetime import datetime

from .errors import (
    ClipReplayed,
    ClipTooLong,
    ClipTooShort,
    DigitsWrong,
    FaceMissing,
    FacesDiffer,
    FacesSeveral,
    TurnsWrong,
    VoicesDiffer,
)
from .model import (
    CHALLENGE_LIFETIME,
    CLIP_MS_MAX,
    CLIP_MS_MIN,
    DIGIT_COUNT,
    TURN_COUNT,
    TURNS,
    Challenge,
    Examiner,
    Findings,
    Fingerprint,
)

FACELESS_SHARE_MAX = 0.5
REPLAY_MAX = 0.5
# Of 64 and 32 bits: encoding anew flips two or three, another moment of the same person many more.
PICTURE_BITS_MAX, SOUND_BITS_MAX = 6, 5
# Somebody before the same wall looks much alike in two clips, so pictures alone must match nearly
# throughout; with the same sound, half of them are enough.
SAME_PICTURES_MIN, SAME_PICTURES_WITH_SOUND_MIN, SAME_SOUNDS_MIN = 0.9, 0.5, 0.5
OVERLAP_MIN = 8
"""As many hashes must lie over each other, or a chance likeness of two would decide."""


def new_challenge(at: datetime, *, drawn: random.Random) -> Challenge:
    """Return numbers and turns that nobody can foresee, when `drawn` is the machine's own chance.

    No digit follows itself, so that each is heard; both sides are turned to.
    """
    digits = drawn.choice("0123456789")
    while len(digits) < DIGIT_COUNT:
        digits += drawn.choice([one for one in "0123456789" if one != digits[-1]])
    turns = [drawn.choice(TURNS) for _ in range(TURN_COUNT)]
    if len(set(turns)) == 1:
        other = next(one for one in TURNS if one != turns[0])
        turns[drawn.randrange(TURN_COUNT)] = other
    return Challenge(digits=digits, turns=tuple(turns), expires_at=at + CHALLENGE_LIFETIME)


def judge(
    challenge: Challenge,
    findings: Findings,
    *,
    examiner: Examiner,
    seen: Iterable[Fingerprint] = (),
    known_face: Sequence[float] = (),
    known_voice: Sequence[float] = (),
) -> None:
    """Raise what is wrong with a clip, the plainest fault first; a clip that will do passes.

    `seen` are the clips that were sent before, by anybody; `known_face` and `known_voice` are
    those of the person's last capture, empty without one.
    """
    if findings.duration_ms > CLIP_MS_MAX:
        raise ClipTooLong(findings.duration_ms, CLIP_MS_MAX)
    if findings.duration_ms < CLIP_MS_MIN:
        raise ClipTooShort(findings.duration_ms, CLIP_MS_MIN)
    if findings.face_count == 0 or findings.faceless_share > FACELESS_SHARE_MAX:
        raise FaceMissing
    if findings.face_count > 1:
        raise FacesSeveral(findings.face_count)
    if findings.replay > REPLAY_MAX or any(same_clip(findings.fingerprint, one) for one in seen):
        raise ClipReplayed
    if findings.digits != challenge.digits:
        raise DigitsWrong(findings.digits)
    if findings.turns != challenge.turns:
        raise TurnsWrong(findings.turns)
    if findings.voice_count > 1 or _apart(findings.voice, known_voice, examiner.voice_distance_max):
        raise VoicesDiffer
    if _apart(findings.face, known_face, examiner.face_distance_max):
        raise FacesDiffer


def same_clip(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether two clips are one recording, encoded anew or shifted in time; symmetric."""
    pictures = _share(one.pictures, other.pictures, PICTURE_BITS_MAX)
    if pictures >= SAME_PICTURES_MIN:
        return True
    sounds = _share(one.sounds, other.sounds, SOUND_BITS_MAX)
    return pictures >= SAME_PICTURES_WITH_SOUND_MIN and sounds >= SAME_SOUNDS_MIN


def _share(one: Sequence[int], other: Sequence[int], bits_max: int) -> float:
    """Return the largest share of hashes that agree when one row is pushed along the other."""
    shorter, longer = sorted((one, other), key=len)
    need = min(OVERLAP_MIN, len(shorter))
    if not need:
        return 0.0
    best = 0.0
    for shift in range(need - len(shorter), len(longer) - need + 1):
        start, end = max(0, shift), min(len(longer), shift + len(shorter))
        alike = sum(
            (longer[at] ^ shorter[at - shift]).bit_count() <= bits_max for at in range(start, end)
        )
        best = max(best, alike / (end - start))
    return best


def _apart(one: Sequence[float], other: Sequence[float], most: float) -> bool:
    """Whether two vectors of length one are of two people; unknown ones tell nothing."""
    if not one or len(one) != len(other):
        return False
    return 1 - sum(a * b for a, b in zip(one, other, strict=True)) > most

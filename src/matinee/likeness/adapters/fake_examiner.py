"""An examiner for trying things out: its clips are written, not recorded.

A clip is a small JSON document that says who is in it and what they do, so that a demo and the
tests can have twins, mumblers and cheats without a camera. Anything else is no clip to it.
"""

import hashlib
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from matinee.film.looks import Looks
from matinee.likeness.errors import ClipTooHeavy, ClipTooLong, ClipUnreadable
from matinee.likeness.model import (
    CLIP_MS_MAX,
    CLIP_PIXELS_MAX,
    Findings,
    Fingerprint,
    Portrait,
    Turn,
)

_VECTOR_LENGTH = 8
_HASHES_MAX = 200


class PlayedClip(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="matinee.clip/1"):
    """A clip as it is written down; `person` decides face and voice, `session` the recording."""

    person: str
    digits: str
    turns: tuple[Turn, ...]
    session: str = ""
    voice: str = ""
    faces: int = 1
    faceless_share: float = 0.0
    voices: int = 1
    replay: float = 0.0
    duration_ms: Annotated[int, Meta(ge=0)] = 9_000
    pixels: Annotated[int, Meta(ge=0)] = 9 * 30 * 1280 * 720


def written(clip: PlayedClip) -> bytes:
    """Return the bytes of a clip for the fake examiner."""
    return msgspec.json.encode(clip)


class FakeExaminer:
    """Finds in a written clip what it says of itself."""

    name = "fake"
    face_distance_max = 0.4
    voice_distance_max = 0.4

    def examine(self, clip: Path, *, digits: str, turns: tuple[Turn, ...]) -> Findings:
        """Return what the clip says; raises ClipUnreadable, ClipTooLong and ClipTooHeavy."""
        del digits, turns  # what was asked for changes nothing about what is there
        try:
            played = msgspec.json.decode(clip.read_bytes(), type=PlayedClip)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            reason = "it is no video that can be decoded"
            raise ClipUnreadable(reason) from error
        if played.duration_ms > CLIP_MS_MAX:
            raise ClipTooLong(played.duration_ms, CLIP_MS_MAX)
        if played.pixels > CLIP_PIXELS_MAX:
            raise ClipTooHeavy(played.pixels, CLIP_PIXELS_MAX)
        speaker = played.voice or played.person
        recording = f"{played.person}/{speaker}/{played.session}/{played.digits}"
        return Findings(
            duration_ms=played.duration_ms,
            face_count=played.faces,
            faceless_share=played.faceless_share,
            digits=played.digits,
            turns=played.turns,
            replay=played.replay,
            fingerprint=Fingerprint(
                pictures=_hashes(f"{recording}/picture", played.duration_ms // 250, 8),
                sounds=_hashes(f"{recording}/sound", played.duration_ms // 125, 4),
            ),
            portrait=Portrait(
                cutout=f"cut-out of {played.person}".encode(),
                face=f"face of {played.person}".encode(),
                voice=f"voice of {speaker}".encode(),
            ),
            looks=Looks(kind="person", hair="#3a2a1c", skin="#c68d62", top="#c0262d"),
            face=_direction(played.person),
            voice=_direction(speaker),
            voice_count=played.voices,
        )


def _hashes(seed: str, count: int, size_bytes: int) -> tuple[int, ...]:
    drawn = (
        hashlib.sha256(f"{seed}/{n}".encode()).digest() for n in range(min(count, _HASHES_MAX))
    )
    return tuple(int.from_bytes(one[:size_bytes]) for one in drawn)


def _direction(name: str) -> tuple[float, ...]:
    """Return a vector of length one for somebody; those of two people are far apart."""
    drawn = hashlib.sha256(name.encode()).digest()
    raw = [byte - 127.5 for byte in drawn[:_VECTOR_LENGTH]]
    length = sum(one * one for one in raw) ** 0.5
    return tuple(one / length for one in raw)

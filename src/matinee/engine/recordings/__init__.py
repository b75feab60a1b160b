"""Recordings of somebody before a camera: looked at, listened to, and cut out in motion.

file ▶ `watch` (faces, turns, signs of a cheat) and `heard_digits` ▶ `cut_reel` ▶ `Reel`, which is
kept, and which the stage plays.

Invariants: a file that is no recording raises RecordingUnusable and nothing else; a recording is
read frame by frame and never held as a whole; the same file gives the same findings; of the room it
was made in nothing is in a reel.
"""

from .cutting import cut_reel
from .digits import heard_digits, require_hearing
from .errors import NetworkMissing, RecordingTooHeavy, RecordingTooLong, RecordingUnusable
from .fingerprint import sound_hashes
from .reading import sound_of
from .reel import Reel, cels_of, decoded, encoded, face_of
from .voice import kept_voice, speech_in
from .watching import Watched, watch

__all__ = [
    "NetworkMissing",
    "RecordingTooHeavy",
    "RecordingTooLong",
    "RecordingUnusable",
    "Reel",
    "Watched",
    "cels_of",
    "cut_reel",
    "decoded",
    "encoded",
    "face_of",
    "heard_digits",
    "kept_voice",
    "require_hearing",
    "sound_hashes",
    "sound_of",
    "speech_in",
    "watch",
]

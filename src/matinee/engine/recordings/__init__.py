"""Recordings of somebody before a camera: looked at, listened to, and cut out in motion.

file ▶ `moments_of`, `sound_of` ▶ `heads_in` on every frame ▶ what was done and said.

Invariants: a file that is no recording raises RecordingUnusable and nothing else; a recording is
read frame by frame and never held as a whole; the same file gives the same findings.
"""

from .errors import NetworkMissing, RecordingUnusable
from .heads import Head, heads_in, require_networks
from .reading import Moment, moments_of, sound_of

__all__ = [
    "Head",
    "Moment",
    "NetworkMissing",
    "RecordingUnusable",
    "heads_in",
    "moments_of",
    "require_networks",
    "sound_of",
]

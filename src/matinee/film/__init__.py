"""The film language: the nouns that every other part of Matinee speaks in.

prompt ▶ `Screenplay` (beats) ▶ `Shot` ▶ `Take` ▶ `Timeline` ▶ film with its `Manifest`.

Pure values: frozen, versioned, JSON in and out, no database, no network, no clock. The parts of a
screenplay (`screenplay.Look`, `screenplay.Beat`, …), of a shot and of a timeline are found in the
modules of those names.

Invariants: every reference inside a document leads somewhere; time is whole frames at a rational
rate, or whole milliseconds; equal documents have equal digests; any older version still decodes.
"""

from . import screenplay, shot, timeline
from .document import decode, digest, encode, json_schema
from .screenplay import Screenplay
from .shot import Shot, Take
from .time import FrameRate, FrameSize
from .timeline import Manifest, Timeline

__all__ = [
    "FrameRate",
    "FrameSize",
    "Manifest",
    "Screenplay",
    "Shot",
    "Take",
    "Timeline",
    "decode",
    "digest",
    "encode",
    "json_schema",
    "screenplay",
    "shot",
    "timeline",
]

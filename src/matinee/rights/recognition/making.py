"""From a file to its fingerprint."""

from pathlib import Path

from . import reading
from .errors import MediaUnreadable
from .model import HASHES_PER_S, Fingerprint
from .pictures import picture_track, slimmed
from .sounds import sound_track


def fingerprint(path: Path, bounds: reading.Bounds | None = None) -> Fingerprint:
    """The fingerprint of a video or sound file.

    Raises ``MediaUnreadable`` if it has neither a picture nor a sound, ``MediaTooLarge`` if it asks
    for more work than ``bounds`` allow. The same file gives the same fingerprint.
    """
    held = bounds or reading.Bounds()
    picture = picture_track(reading.pictures(path, held))
    waves = reading.sound(path, held)
    if picture is None and not len(waves):
        raise MediaUnreadable("it has neither a picture nor a sound")
    seen_ms = 0 if picture is None else len(picture.hashes) * 1000 // HASHES_PER_S
    heard_ms = len(waves) * 1000 // reading.SAMPLE_RATE_HZ
    return Fingerprint(
        duration_ms=max(seen_ms, heard_ms), picture=picture, sound=sound_track(waves)
    )


def slimmed_reference(reference: Fingerprint) -> Fingerprint:
    """As much of a fingerprint as is kept of a reference."""
    picture = None if reference.picture is None else slimmed(reference.picture)
    return Fingerprint(reference.duration_ms, picture, reference.sound)

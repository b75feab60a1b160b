"""Recognition finds copies: which registered works a film shows or plays, where and how changed.

A file becomes a ``Fingerprint`` (``fingerprint``): hashes of its pictures, features of their
details, and peaks of its sound. It finds copied pixels and copied sound, not a newly made picture
of the same character: attribution comes from a film's manifest, fingerprints find reposts.
"""

from .errors import FingerprintUnreadable, MediaTooLarge, MediaUnreadable
from .making import fingerprint
from .model import Fingerprint, Geometry, Match, Span, Stretch, Verdict, decode
from .reading import Bounds

__all__ = [
    "Bounds",
    "Fingerprint",
    "FingerprintUnreadable",
    "Geometry",
    "Match",
    "MediaTooLarge",
    "MediaUnreadable",
    "Span",
    "Stretch",
    "Verdict",
    "decode",
    "fingerprint",
]

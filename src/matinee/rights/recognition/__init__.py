"""Recognition finds copies: which registered works a film shows or plays, where and how changed.

A file becomes a ``Fingerprint`` (``fingerprint``): hashes of its pictures, features of their
details, and peaks of its sound. It finds copied pixels and copied sound, not a newly made picture
of the same character: attribution comes from a film's manifest, fingerprints find reposts.

References are kept in the database (``add_reference``); a query is looked up (``find``) in two
steps: seeds, short words of what is seen and heard, propose references and times (``seeds``,
``aligning``); then the query is compared with each exactly (``watching``, ``listening``). What
follows from a match is not decided here, only whether it is certain enough to follow by itself.
"""

from .apart import fingerprint_apart
from .errors import FingerprintUnreadable, MediaTooLarge, MediaUnreadable
from .making import fingerprint
from .model import Fingerprint, Geometry, Match, Span, Stretch, Verdict, decode
from .reading import Bounds
from .store import FOLD_BYTES, add_reference, find, fold, fresh_bytes, remove_references

__all__ = [
    "FOLD_BYTES",
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
    "add_reference",
    "decode",
    "find",
    "fingerprint",
    "fingerprint_apart",
    "fold",
    "fresh_bytes",
    "remove_references",
]

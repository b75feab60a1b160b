"""Likenesses: people who may be shown in films, and on which terms.

challenge ▶ clip ▶ `Examiner` ▶ findings ▶ accepted or refused; accepted: cut-out, face and voice,
sealed ▶ asked for by handle ▶ permitted or refused ▶ worn by a character of a screenplay.

Invariants: nobody is shown whose permission does not cover it, checked before a frame is drawn;
the biometric parts are only ever stored sealed, and deleting a likeness destroys their key at once;
a revocation names every film that the likeness appears in.
"""

from .model import CLIP_BYTES_MAX, Challenge, Examiner, Findings, Portrait, Turn

__all__ = ["CLIP_BYTES_MAX", "Challenge", "Examiner", "Findings", "Portrait", "Turn"]

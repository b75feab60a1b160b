"""Likenesses: people who may be shown in films, and on which terms.

challenge ▶ clip ▶ `Examiner` ▶ findings ▶ accepted or refused; accepted: cut-out, face and voice,
sealed ▶ asked for by handle ▶ permitted or refused ▶ worn by a character of a screenplay. A
character that somebody keeps from a clip is a likeness as well, with the same terms.

Invariants: nobody is shown whose permission does not cover it, checked before a frame is drawn;
the biometric parts are only ever stored sealed, and deleting a likeness destroys their key at once;
a revocation names every film that the likeness appears in.
"""

from .actions import (
    allow,
    as_preferred,
    by_ids,
    called,
    in_film,
    mentions,
    named,
    note_frames,
    permit,
    wear,
    wearers_of,
)
from .attesting import UNATTESTED, Attestation
from .attesting import check as check_attested
from .characters import (
    WishedCharacter,
    ask_for_character,
    coming_of,
    keep_character,
    taken_in,
)
from .errors import CharacterWaits, LikenessNotFound, MinorsNotCaptured
from .keeping import close, exported
from .model import (
    CHARACTER_BYTES_MAX,
    CLIP_BYTES_MAX,
    REVOKED,
    ComingCharacter,
    FilmSeen,
    Likeness,
    Worn,
)
from .room import Room
from .sealing import KEYS_FILE, Safe, house_keys
from .workflows import QUEUES, SWEEP_EVERY, Keeping, install

__all__ = [
    "CHARACTER_BYTES_MAX",
    "CLIP_BYTES_MAX",
    "KEYS_FILE",
    "QUEUES",
    "REVOKED",
    "SWEEP_EVERY",
    "UNATTESTED",
    "Attestation",
    "CharacterWaits",
    "ComingCharacter",
    "FilmSeen",
    "Keeping",
    "Likeness",
    "LikenessNotFound",
    "MinorsNotCaptured",
    "Room",
    "Safe",
    "WishedCharacter",
    "Worn",
    "allow",
    "as_preferred",
    "ask_for_character",
    "by_ids",
    "called",
    "check_attested",
    "close",
    "coming_of",
    "exported",
    "house_keys",
    "in_film",
    "install",
    "keep_character",
    "mentions",
    "named",
    "note_frames",
    "permit",
    "taken_in",
    "wear",
    "wearers_of",
]

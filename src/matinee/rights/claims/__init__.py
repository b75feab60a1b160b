"""Claims: owners say that their work is in a film, and its maker may object.

film or upload ▶ fingerprint ▶ what it shows ▶ claim, or a person looks ▶ dispute ▶ answer ▶ appeal
▶ decision. Every step of it that outlives a request is a durable job (``workflows``).

Invariants: no claim opens by itself that could be false, and none on a film that its maker is
entitled to make (``opening``); every state has a time at which it ends (``model``); from the day of
a dispute the claimed share is in escrow, and at its end it is with one side (``money``); what only
a claimant says does nothing before the maker was heard; an upload is seen by nobody but its maker
until it was looked through (``cleared``).
"""

from . import conflicts, disputing, limits, looking
from .errors import FilmWithheld
from .look_store import Look
from .looking import Bench
from .model import Claim, ClaimPolicy
from .opening import (
    CLAIM_CHANGED,
    CLAIM_OPENED,
    FILM_CHECKED,
    FILM_VISIBILITY,
    Blocked,
    Cleared,
    Held,
    cleared,
    hold_until_checked,
)
from .workflows import LOOK_AGAIN_EVERY, QUEUES, STRIKE_EVERY, Recognising, install

__all__ = [
    "CLAIM_CHANGED",
    "CLAIM_OPENED",
    "FILM_CHECKED",
    "FILM_VISIBILITY",
    "LOOK_AGAIN_EVERY",
    "QUEUES",
    "STRIKE_EVERY",
    "Bench",
    "Blocked",
    "Claim",
    "ClaimPolicy",
    "Cleared",
    "FilmWithheld",
    "Held",
    "Look",
    "Recognising",
    "cleared",
    "conflicts",
    "disputing",
    "hold_until_checked",
    "install",
    "limits",
    "looking",
]

"""Trust: what may be shown, where a film comes from, and who decides when somebody objects.

text, pictures, transcript ▶ moderator ▶ verdict: a rating, or a refusal that can be appealed.
film ▶ seal (C2PA) and fingerprint ▶ whoever asks later: what is known of this file?
objection ▶ case ▶ decision ▶ event, statement of reasons, and a line in the audit log.

Invariants: nothing passes because nobody could judge it; every refusal says which rule it follows
and what would pass; nothing that the desk ever did is changed or removed afterwards. Trust knows
subjects by kind and id alone. The submodules ``moderation``, ``hearing``, ``calling``,
``reminding`` and ``provenance`` are part of the front door.
"""

from . import calling, hearing, moderation, reminding
from .actions import Judged, excused, judge, note_refusal
from .errors import Refused
from .hearing import report
from .model import Material, Moderator, Rating, Subject, Verdict

__all__ = [
    "Judged",
    "Material",
    "Moderator",
    "Rating",
    "Refused",
    "Subject",
    "Verdict",
    "calling",
    "excused",
    "hearing",
    "judge",
    "moderation",
    "note_refusal",
    "reminding",
    "report",
]

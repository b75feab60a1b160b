"""Trust: what may be shown, where a film comes from, and who decides when somebody objects.

text, pictures, transcript ▶ moderator ▶ verdict: a rating, or a refusal that can be appealed.

Invariants: nothing passes because nobody could judge it; every refusal says which rule it follows
and what would pass; nothing that the desk ever did is changed or removed afterwards.
"""

from .actions import judge, note_refusal
from .errors import Refused
from .model import Material, Moderator, Picture, Rating, Refusal, Subject, Verdict, within
from .moderating import Panel, rule_moderator

__all__ = [
    "Material",
    "Moderator",
    "Panel",
    "Picture",
    "Rating",
    "Refusal",
    "Refused",
    "Subject",
    "Verdict",
    "judge",
    "note_refusal",
    "rule_moderator",
    "within",
]

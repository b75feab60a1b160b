"""Provenance: seals that say where a film comes from, and what is left when they are stripped.

film ▶ seal (C2PA) ▶ whoever receives it; film ▶ fingerprint, kept here ▶ a file without its seal.
"""

from .certificates import Identity, house_identity, operators_identity
from .marking import marked_copy
from .origin_store import forget, keep, origin_of
from .sealing import Parent, Provenance, Seal, Sealer, SourceType
from .verifying import Report, verify
from .watching import Watched, watched

__all__ = [
    "Identity",
    "Parent",
    "Provenance",
    "Report",
    "Seal",
    "Sealer",
    "SourceType",
    "Watched",
    "forget",
    "house_identity",
    "keep",
    "marked_copy",
    "operators_identity",
    "origin_of",
    "verify",
    "watched",
]

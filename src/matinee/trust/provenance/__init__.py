"""Provenance: seals that say where a film comes from, and what is left when they are stripped.

film ▶ seal (C2PA) ▶ whoever receives it; film ▶ fingerprint, kept here ▶ a file without its seal.
"""

from .certificates import Identity, house_identity, operators_identity
from .sealing import Parent, Provenance, Seal, Sealer, SourceType

__all__ = [
    "Identity",
    "Parent",
    "Provenance",
    "Seal",
    "Sealer",
    "SourceType",
    "house_identity",
    "operators_identity",
]

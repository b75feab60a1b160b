"""The embedded engine: a screenplay's shots in, pictures and sound out.

No database, no network, no keys, no weights to fetch: two CPU cores are enough. `stage/` builds a
scene for every frame, `render/` draws it, `sound/` speaks, composes and mixes.
"""

from .repertoire import Repertoire

__all__ = ["Repertoire"]

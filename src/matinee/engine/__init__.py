"""The embedded engine: a screenplay's shots in, pictures and sound out.

No database, no network, no keys, no weights to fetch: two CPU cores are enough. `stage/` builds a
scene for every frame, `render/` draws it, `sound/` speaks, composes and mixes.
"""

from .errors import ShootingStopped
from .repertoire import Repertoire
from .sound import installed_voices
from .speaking import HeardLine, Reader, SpokenLine

__all__ = [
    "HeardLine",
    "Reader",
    "Repertoire",
    "ShootingStopped",
    "SpokenLine",
    "installed_voices",
]

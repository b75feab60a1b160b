"""The embedded engine: a screenplay's shots in, pictures and sound out.

No database, no network, no keys, no weights to fetch: two CPU cores are enough. `stage/` builds a
scene for every frame, `render/` draws it, `sound/` speaks, composes and mixes.

Invariants: the same shot gives the same frames; a file appears under its name only when it is
whole; nothing outside the folders it is given is read or written.
"""

from . import segments, splicing
from .errors import ShootingStopped
from .joining import write_captions, write_film
from .render.encode import ShotEncoder, poster
from .render.sprites import sprite_sheet
from .repertoire import Repertoire, repertoire
from .shooting import prepare, shoot
from .sound import Voice, installed_voices
from .soundtrack import soundtrack
from .speaking import HeardLine, Reader, SpokenLine
from .version import version

__all__ = [
    "HeardLine",
    "Reader",
    "Repertoire",
    "ShootingStopped",
    "ShotEncoder",
    "SpokenLine",
    "Voice",
    "installed_voices",
    "poster",
    "prepare",
    "repertoire",
    "segments",
    "shoot",
    "soundtrack",
    "splicing",
    "sprite_sheet",
    "version",
    "write_captions",
    "write_film",
]

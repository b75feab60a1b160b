"""The embedded engine: a screenplay's shots in, pictures and sound out.

No database, no network, no keys, no weights to fetch: two CPU cores are enough. `stage/` builds a
scene for every frame, `render/` draws it, `sound/` speaks, composes and mixes.

Invariants: the same shot gives the same frames; a file appears under its name only when it is
whole; nothing outside the folders it is given is read or written.
"""

from . import segments, splicing
from .errors import ShootingStopped
from .guiding import control_videos, sounds_of
from .joining import write_captions, write_film
from .render.comparing import side_by_side
from .render.encode import ShotEncoder, poster
from .render.fitting import Fitted, FootageUnreadable, fit_footage
from .render.sprites import sprite_sheet
from .repertoire import Repertoire, repertoire
from .shooting import shoot
from .sound import Voice, installed_voices
from .soundtrack import soundtrack
from .speaking import HeardLine, Reader, SpokenLine
from .version import version

__all__ = [
    "Fitted",
    "FootageUnreadable",
    "HeardLine",
    "Reader",
    "Repertoire",
    "ShootingStopped",
    "ShotEncoder",
    "SpokenLine",
    "Voice",
    "control_videos",
    "fit_footage",
    "installed_voices",
    "poster",
    "repertoire",
    "segments",
    "shoot",
    "side_by_side",
    "sounds_of",
    "soundtrack",
    "splicing",
    "sprite_sheet",
    "version",
    "write_captions",
    "write_film",
]

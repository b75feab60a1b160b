"""The feed: where films are shown to people, and people meet.

film ▶ post ▶ who may see it (`visibility`) ▶ lists, For You, search, share pages ▶ views, likes,
comments ▶ what the ranking learns; a post that allows it ▶ remix ▶ post, in a tree.

Invariants: nobody is ever shown a post that they may not see, whatever way it would come by; a list
neither skips nor repeats; within a sitting nothing is shown twice; what is said to be the reason
for a post is what its place was reckoned from; a remix's line of parents outlives any of them. The
submodule ``hearing`` is part of the front door: what wiring subscribes, exports and asks.
"""

from . import hearing
from .actions import POST_MADE, Room, viewer_of
from .choosing import Chooser
from .hearing import acquaintance
from .learning import LEARN_EVERY
from .model import Embedder, Viewer
from .store import may_see_film
from .subjects import Subjects
from .workflows import install

__all__ = [
    "LEARN_EVERY",
    "POST_MADE",
    "Chooser",
    "Embedder",
    "Room",
    "Subjects",
    "Viewer",
    "acquaintance",
    "hearing",
    "install",
    "may_see_film",
    "viewer_of",
]

"""Clips: what each action asks of the body, for all frames of its span at once.

A clip reads a `Moment` and returns a `Gesture`. It never knows of other clips: `perform` blends
them in and out, and what a clip does not name it leaves to the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from . import (
    crafts,
    dances,
    deeds,
    fights,
    gestures,
    grooming,
    housework,
    music,
    postures,
    rides,
    signs,
    sports,
    stunts,
    together,
    walks,
)
from .cycles import clip_from

if TYPE_CHECKING:
    from collections.abc import Callable

    from .deed import Deed
    from .moment import Gesture, Moment

Clip = "Callable[[Moment], Gesture]"

DEEDS: Final[dict[str, Deed]] = {
    **crafts.DEEDS,
    **grooming.DEEDS,
    **housework.DEEDS,
    **music.DEEDS,
    **rides.DEEDS,
    **signs.DEEDS,
    **sports.DEEDS,
    **stunts.DEEDS,
    **together.DEEDS,
    **walks.DEEDS,
}
CLIPS: Final[dict[str, Callable[[Moment], Gesture]]] = {
    **postures.CLIPS,
    **gestures.CLIPS,
    **deeds.CLIPS,
    **fights.CLIPS,
    **dances.CLIPS,
    **stunts.CLIPS,
    **{action: clip_from(deed, postures.CLIPS) for action, deed in DEEDS.items()},
}
# Words for the same thing.
SAME: Final[dict[str, str]] = {
    "idle": "stand",
    "wait": "stand",
    "stay": "stand",
    "speak": "talk",
    "say": "talk",
    "tell": "talk",
    "explain": "talk",
    "watch": "look",
    "gaze": "look",
    "stare": "look",
    "turn": "look",
    "greet": "wave",
    "hello": "wave",
    "collapse": "fall",
    "celebrate": "cheer",
    "applaud": "clap",
    "hop": "jump",
    "show": "present",
    "offer": "give",
    "grab": "pick_up",
    "take": "pick_up",
    "lift": "pick_up",
    "toss": "throw",
    "box": "fight",
    "jog": "run",
    "stroll": "walk",
    "weep": "cry",
    "brandish": "raise",
    "slash": "swing",
    "strike": "swing",
    "call": "phone",
    "telephone": "phone",
    "lie": "lie_down",
    "sob": "cry",
    "die": "fall",
    "embrace": "hug",
    "ponder": "think",
}
# What the feet do by themselves whenever the path moves.
MOVING: Final = ("walk", "run")
ACTIONS: Final[tuple[str, ...]] = tuple(sorted({*CLIPS, *MOVING}))


def clip_of(action: str) -> Callable[[Moment], Gesture] | None:
    """Return the clip of an action or of a word for it; None for one that is all in the feet."""
    known = action if action in CLIPS else SAME.get(action, "stand")
    return None if action in MOVING or known in MOVING else CLIPS[known]


__all__ = ["ACTIONS", "CLIPS", "DEEDS", "SAME", "clip_of"]

"""Level of detail: how finely somebody is made for a shot, by how large they can be seen in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from matinee.engine.stage.framing import CLOSE_SIZES
from matinee.engine.stage.verbs import Going, meaning

if TYPE_CHECKING:
    from matinee import film
    from matinee.engine.stage.figure.anatomy import Detail

NEAR_CAST_MAX: Final = 4
TALL: Final = {
    "extreme_close_up": 7.0,
    "close_up": 3.8,
    "over_shoulder": 2.5,
    "medium": 1.9,
    "full": 0.77,
    "wide": 0.48,
    "extreme_wide": 0.25,
}
"""How many times as tall as the picture a standing person is; see `framing.window`."""
NEARER: Final = dict(zip(list(TALL)[1:], TALL, strict=False))
COMES_NEARER: Final = frozenset({"push_in", "zoom_in", "pull_out", "zoom_out"})
FAR_PX, MIDDLE_PX = 520, 1850
"""A person of fewer pixels from head to foot is made as a figure, or without the finest things."""


def detail_of(name: str, shot: film.Shot) -> Detail:
    """Return how finely to make `name` for a shot."""
    if not is_near(name, shot):
        return "far"
    camera = shot.beat.camera
    size = NEARER.get(camera.size, camera.size) if camera.move in COMES_NEARER else camera.size
    tall_px = TALL[size] * shot.size.height
    # Whoever crosses the floor may come near the camera.
    stays = all(meaning(one.verb).going is Going.NOWHERE for one in shot.beat.actions)
    if tall_px < FAR_PX and stays:
        return "far"
    # The shoulder that a shot looks over is out of focus.
    behind = camera.size == "over_shoulder" and camera.subject in shot.beat.cast
    if tall_px < MIDDLE_PX or (behind and name != camera.subject):
        return "middle"
    return "near"


def is_near(name: str, shot: film.Shot) -> bool:
    """Whether somebody is more than one of a crowd, of whom only those meant come near.

    Behind the face that a close-up is about, nobody is in focus.
    """
    camera = shot.beat.camera
    speaks = any(speech.character == name for speech in shot.speeches)
    meant = speaks or name in {camera.subject, *shot.beat.cast[:1]}
    if camera.size in {"close_up", "extreme_close_up"} and camera.subject in shot.beat.cast:
        return name == camera.subject or camera.move == "rack_focus"
    if len(shot.characters) <= NEAR_CAST_MAX:
        return True
    return camera.size in CLOSE_SIZES and meant

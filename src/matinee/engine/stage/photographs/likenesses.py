"""How somebody who was recorded appears in a shot: as their reel, or as a body with their face.

Close by, nothing is as like them as their own moving picture; it has the side that was recorded and
no legs. So it is taken where the shot looks at them alone from before, ends above what the
recording shows, and has them do no more than stand and speak. Everywhere else they are a body of
the house that carries their face, and can do what anybody can.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from matinee.engine.stage.photographs.faces import faced
from matinee.engine.stage.photographs.reels import moving_figure

if TYPE_CHECKING:
    from matinee import film
    from matinee.engine.recordings import Reel
    from matinee.engine.stage.cast import Person
    from matinee.engine.stage.figure.anatomy import Detail
    from matinee.film.screenplay import Character

STILL_VERBS = frozenset(
    {"stand", "wait", "look", "look_around", "listen", "talk", "say", "speak", "smile", "think"}
    | {"watch", "pose", "ask", "answer", "whisper", "breathe", "idle"}
)
HEADS_NEEDED = {"extreme_close_up": 1.2, "close_up": 1.9, "medium": 4.2}
"""How far down, in heights of a face, a recording goes that fills such a picture to its edge."""
GOING_ROUND = frozenset({"orbit", "crane_up", "crane_down", "follow"})


def likened(reel: Reel, one: Character, shot: film.Shot, *, seed: int, detail: Detail) -> Person:
    """Return somebody as they appear in a shot, by what the shot asks of them."""
    body = faced(reel, one.look, seed, detail)
    return moving_figure(reel, body) if filmed_close(reel, one.id, shot) else body


def filmed_close(reel: Reel, name: str, shot: film.Shot) -> bool:
    """Whether a shot is one that the reel itself can fill."""
    beat, camera = shot.beat, shot.beat.camera
    if reel.heads < HEADS_NEEDED.get(camera.size, 99.0) or camera.move in GOING_ROUND:
        return False
    alone = beat.cast == (name,) or (not beat.cast and len(shot.characters) == 1)
    speaking = {one.character for one in shot.speeches}
    meant = alone or (camera.size != "medium" and (camera.subject == name or speaking == {name}))
    return meant and all(one.verb in STILL_VERBS for one in beat.actions if one.character == name)

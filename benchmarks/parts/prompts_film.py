"""A prompt as a staged film: its screenplay, and what the id pass and the rehearsal say of it."""

import functools
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from matinee import engine
from matinee.engine.render.renderer import Renderer
from matinee.engine.render.scene import Camera
from matinee.engine.stage import direction, rehearsal
from matinee.engine.stage.rehearsal import Rehearsal, rehearse
from matinee.engine.stage.worlds.model import World
from matinee.film import FrameRate, FrameSize, Screenplay, Shot
from matinee.studio.planning import Reading, line_key, plan_shots
from matinee.studio.writer import OfflineWriter

RATE, SIZE = FrameRate(8), FrameSize(192, 108)
LOOKS = 10
# As small as what the engine itself says that a film shows.
SHARE_MIN = 0.0005
WORD_MS, HAN_MS, LEAD_MS = 330, 230, 500
HEAD_M, SKIN_M = 0.16, 0.08
# Nothing is kept: what would be is the baked light.
NO_CACHE = Path("unused")

Points = npt.NDArray[np.float64]


def _unbaked(world: World, _cache: Path) -> World:
    """Leave a place without its baked light: that takes seconds, and no id depends on it."""
    return world


rehearsal.baked = _unbaked


@functools.lru_cache(maxsize=1)
def _once(shot: Shot, cache: Path) -> Rehearsal:
    return rehearse(shot, cache=cache)


def rehearsed(shot: Shot, *, cache: Path, **_: object) -> Rehearsal:
    """Rehearse a shot once: the geometry is asked for beside the picture, and no photo matters."""
    return _once(shot, cache)


direction.rehearse = rehearsed


@dataclass(frozen=True, eq=False)
class Look:
    """One frame looked at: it stands for `weight` frames of the film.

    `seen` counts the instances of every character and prop in the picture; `boxes` are the corners
    (2, 3) of each instance in the world, in the picture or not.
    """

    weight: float
    camera: Camera
    seen: Counter[str]
    boxes: dict[str, list[Points]]
    hands: dict[str, list[Points]]


@dataclass(frozen=True, eq=False)
class StagedShot:
    """A planned shot, the actions that its people perform, and the looks at it."""

    shot: Shot
    performed: dict[str, set[str]]
    looks: list[Look]


@dataclass(frozen=True, eq=False)
class Staged:
    """A film that was staged and looked at."""

    play: Screenplay
    shots: list[StagedShot]
    styles: tuple[str, ...] | None = None
    _frames: list[float] = field(default_factory=list)

    @property
    def frame_count(self) -> float:
        """How many frames the film has."""
        return sum(look.weight for one in self.shots for look in one.looks)


def staged(prompt: str, *, seed: int) -> Staged:
    """Write, plan and stage the film of a prompt, and look at ten frames of each shot."""
    repertoire = engine.repertoire()
    play = OfflineWriter().write(
        prompt, repertoire=repertoire, language=None, seed=seed, duration_ms=None
    )
    readings = {
        line_key(beat, index): _reading(line.text)
        for beat in play.beats
        for index, line in enumerate(beat.lines)
    }
    plan = plan_shots(play, readings, size=SIZE, rate=RATE, seed=seed)
    return Staged(
        play,
        [_staged_shot(shot) for shot in plan.shots],
        getattr(repertoire, "styles", None),
    )


def _reading(line: str) -> Reading:
    """A reading of about the right length, without a voice: only the time matters here."""
    han = sum("\u3040" <= one <= "\u9fff" for one in line)
    duration = LEAD_MS + (HAN_MS * han if han else WORD_MS * len(line.split()))
    return Reading(duration_ms=duration, phonemes=(), words=(), audio="")


def _staged_shot(shot: Shot) -> StagedShot:
    staging = direction.stage(shot, cache=NO_CACHE)
    played = rehearsed(shot, cache=NO_CACHE)
    frames = np.unique(np.linspace(0, shot.frame_count - 1, LOOKS).astype(int))
    looks = []
    with Renderer(
        staging.static,
        staging.rigid,
        staging.rigged,
        size=shot.size,
        shadow_centre=staging.shadow_centre,
        shadow_radius_m=staging.shadow_radius_m,
        threads=1,
    ) as renderer:
        for index in map(int, frames):
            ids = renderer.passes(staging.frame(index)).ids
            looks.append(
                Look(
                    weight=shot.frame_count / len(frames),
                    camera=staging.cameras[index],
                    seen=_seen(ids, staging.labels),
                    boxes=_boxes(played, index),
                    hands=_hands(played, index),
                )
            )
    performed = {
        name: {doing.action for doing in actor.part.doings} for name, actor in played.actors.items()
    }
    for action in shot.beat.actions:
        performed.setdefault(action.character, set()).add(action.verb)
    return StagedShot(shot, performed, looks)


def _seen(ids: npt.NDArray[np.int32], labels: tuple[tuple[str, str], ...]) -> Counter[str]:
    counts = np.bincount(ids.ravel(), minlength=2 + len(labels))[2:]
    return Counter(
        name
        for (kind, name), count in zip(labels, counts, strict=False)
        if kind != "place" and count / ids.size >= SHARE_MIN
    )


def _boxes(played: Rehearsal, index: int) -> dict[str, list[Points]]:
    boxes: dict[str, list[Points]] = {}
    for number, one in enumerate(played.scene.placed):
        turn = played.motion.transforms[number, index]
        reach = np.abs(turn[:, :3]) @ np.asarray(one.half, np.float64)
        middle = np.asarray(turn[:, 3], np.float64)
        boxes.setdefault(one.prop.id, []).append(np.stack([middle - reach, middle + reach]))
    for name, actor in played.actors.items():
        joints = np.asarray(actor.performance.joints[index], np.float64)
        low, high = joints.min(axis=0) - SKIN_M, joints.max(axis=0) + SKIN_M
        high[1] += HEAD_M - SKIN_M
        boxes[name] = [np.stack([low, high])]
    return boxes


def _hands(played: Rehearsal, index: int) -> dict[str, list[Points]]:
    return {
        name: [
            np.asarray(frames[index][:, 3], np.float64)
            for frames in actor.performance.hands.values()
        ]
        for name, actor in played.actors.items()
    }

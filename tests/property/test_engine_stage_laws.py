"""What holds in random screenplays in real places, with people, things and deeds of the repertoire.

`pytest --hypothesis-profile=long` tries hundreds of them, everything else a few.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, get_args

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from matinee import film
from matinee.engine.stage import worlds
from matinee.engine.stage.camera import film_shot
from matinee.engine.stage.creatures import SPECIES, Creature
from matinee.engine.stage.direction import framing_of, view_of
from matinee.engine.stage.motion import DEEDS
from matinee.engine.stage.pairs import PAIRINGS
from matinee.engine.stage.placing import HOVERS_M
from matinee.engine.stage.props import KINDS
from matinee.engine.stage.rehearsal import Rehearsal, rehearse
from matinee.engine.stage.sight import kept_in_picture
from matinee.engine.stage.verbs import MEANINGS, Going, meaning
from matinee.film.screenplay import (
    Action,
    Beat,
    Camera,
    CameraMove,
    Character,
    Look,
    Prop,
    Relation,
    Setting,
    ShotSize,
    TimeOfDay,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from matinee.engine.stage.handling import Actor
    from matinee.engine.stage.placing import Placed

    Points = NDArray[np.float64]

USUAL, ASKED = (one.max_examples for one in (settings.get_profile("default"), settings()))
FEW = settings(
    max_examples=10 if ASKED == USUAL else ASKED,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
NAMES = ("ada", "bob", "cy")
DEEP_M, EMBRACED_M, SLIDE_M = 0.02, 0.07, 0.03
# Bones with the radius of the body around them in metres, for somebody of 1.72 m.
BONES = (
    ("pelvis", "spine_03", 0.10),
    ("spine_03", "head", 0.06),
    ("head", "head", 0.08),
    *((f"thigh_{side}", f"calf_{side}", 0.05) for side in "lr"),
    *((f"calf_{side}", f"foot_{side}", 0.035) for side in "lr"),
    *((f"upperarm_{side}", f"lowerarm_{side}", 0.03) for side in "lr"),
    *((f"lowerarm_{side}", f"hand_{side}", 0.025) for side in "lr"),
)
LOOKS = (0, 9, 18, 27)


@cache
def folder() -> Path:
    return Path(mkdtemp(prefix="matinee-bakes-"))


@some.composite
def shots(draw: some.DrawFn) -> film.Shot:
    names = NAMES[: draw(some.integers(1, 3))]
    verbs = draw(some.lists(some.sampled_from(sorted(MEANINGS)), max_size=2))
    kinds = draw(some.lists(some.sampled_from(sorted(KINDS)), max_size=2, unique=True))
    characters = [
        Character(name, name, look=Look(age=draw(some.sampled_from(("adult", "child", "elder")))))
        for name in names
    ]
    if draw(some.integers(0, 3)) == 0:
        species = draw(some.sampled_from(sorted(SPECIES)))
        characters[-1] = Character(names[-1], names[-1], kind="animal", species=species)
    return film.Shot(
        setting=Setting(
            "here",
            draw(some.sampled_from(worlds.PLACES)),
            time_of_day=draw(some.sampled_from(get_args(TimeOfDay))),
        ),
        beat=Beat(
            "b1",
            "here",
            "",
            cast=names,
            actions=tuple(
                Action(
                    draw(some.sampled_from(names)),
                    verb,
                    draw(some.sampled_from(("", *names, *kinds))),
                )
                for verb in verbs
            ),
            props=tuple(kinds),
            camera=Camera(
                draw(some.sampled_from(get_args(ShotSize))),
                draw(some.sampled_from(get_args(CameraMove))),
            ),
        ),
        frame_count=30,
        rate=film.FrameRate(12),
        size=film.FrameSize(160, 90),
        seed=draw(some.integers(0, 9)),
        characters=tuple(characters),
        props=tuple(
            Prop(
                kind,
                kind,
                "here",
                relation=draw(some.sampled_from(get_args(Relation))),
                anchor=draw(some.sampled_from(("", *names))),
                count=draw(some.integers(1, 2)),
            )
            for kind in kinds
        ),
    )


@FEW
@given(shots())
def test_the_stage_keeps_its_laws_in_every_place(shot: film.Shot) -> None:
    played = rehearse(shot, cache=folder())
    people = dict(_people(played))
    bodies = {name: [_balls(played, name, frame) for frame in LOOKS] for name in people}
    for name in people:
        assert _depth_in_set(played, bodies[name]) < DEEP_M, (name, "the set")
        for thing, depth in _depths_in_things(played, name, bodies[name]):
            assert depth < DEEP_M, (name, thing)
        assert _slide_m(played, name) < SLIDE_M, name
    for one, other, depth in _depths_in_others(bodies):
        assert depth < (EMBRACED_M if _meet(shot) else DEEP_M), (one, other)
    for thing, gap_m in _unsupported(played):
        assert gap_m < 0.05, thing
    _check_camera(played)


def test_the_same_seed_plays_the_same_and_another_one_does_not() -> None:
    def joints(seed: int) -> list[Points]:
        shot = film.Shot(
            setting=Setting("here", "harbour"),
            beat=Beat("b1", "here", "", cast=NAMES, actions=(Action("ada", "throw", "ball"),)),
            frame_count=12,
            rate=film.FrameRate(12),
            size=film.FrameSize(160, 90),
            seed=seed,
            characters=tuple(Character(name, name) for name in NAMES),
            props=(Prop("ball", "ball", "here"), Prop("crate", "crate", "here", count=3)),
        )
        played = rehearse(shot, cache=folder())
        return [
            played.motion.transforms,
            *(np.asarray(one.performance.bones, np.float64) for one in played.actors.values()),
        ]

    once, again, other = joints(3), joints(3), joints(4)
    assert all(np.array_equal(a, b) for a, b in zip(once, again, strict=True))
    assert not np.array_equal(once[1], other[1])


# --- measuring -----------------------------------------------------------------------------------


def _people(played: Rehearsal) -> Iterator[tuple[str, Actor]]:
    for name, actor in played.actors.items():
        if not isinstance(played.people[name], Creature):
            yield name, actor


def _meet(shot: film.Shot) -> bool:
    """Whether somebody takes somebody else by the hand or in the arms."""
    verbs = {action.verb for action in shot.beat.actions}
    return bool({meaning(verb).action for verb in verbs} & {"hit", *PAIRINGS} | verbs & {"hit"})


def _balls(played: Rehearsal, name: str, frame: int) -> tuple[Points, Points]:
    """Balls along somebody's bones: middles (k, 3) and radii (k,)."""
    person = played.people[name]
    joints = played.actors[name].performance.joints[frame].astype(np.float64)
    places, radii = [], []
    for first, last, radius in BONES:
        start, end = (joints[person.skeleton.places[bone]] for bone in (first, last))
        for share in np.linspace(0.0, 1.0, 5):
            places.append(start + (end - start) * share)
            radii.append(radius * person.height_m / 1.72)
    return np.array(places), np.array(radii)


def _depth(local: Points, half: Points, radii: Points) -> Points:
    """How deep balls are in boxes, in metres; `local` are their middles in the boxes' frames."""
    out = np.abs(local) - half
    away = np.linalg.norm(np.maximum(out, 0.0), axis=-1) + np.minimum(out.max(axis=-1), 0.0)
    return np.asarray(radii[:, None] - away)


def _depth_in_set(played: Rehearsal, bodies: list[tuple[Points, Points]]) -> float:
    blocks = played.scene.space.blocks
    if not len(blocks.centre):
        return 0.0
    return max(
        float(_depth(blocks.local(places), blocks.half[None], radii).max())
        for places, radii in bodies
    )


def _depths_in_things(
    played: Rehearsal, name: str, bodies: list[tuple[Points, Points]]
) -> Iterator[tuple[str, float]]:
    """How deep somebody is in what stands about and is neither held nor sat on."""
    for index, thing in enumerate(played.scene.placed):
        way = played.motion.transforms[index]
        moves = float(np.ptp(way[:, :, 3], axis=0).max()) > 0.05
        if thing.holder or thing.is_seat or moves or _used(played, name, thing):
            continue
        for frame, (places, radii) in zip(LOOKS, bodies, strict=True):
            local = (places - way[frame, :, 3]) @ way[frame, :, :3]
            yield thing.prop.kind, float(_depth(local[:, None], thing.half, radii).max())


def _used(played: Rehearsal, name: str, thing: Placed) -> bool:
    """Whether somebody does something with a thing, for which they have to touch it."""
    return any(
        action.character == name and action.target == thing.prop.id
        for action in played.shot.beat.actions
    )


def _depths_in_others(
    bodies: dict[str, list[tuple[Points, Points]]],
) -> Iterator[tuple[str, str, float]]:
    names = sorted(bodies)
    for index, one in enumerate(names):
        for other in names[:index]:
            for (here, thick), (there, thicker) in zip(bodies[one], bodies[other], strict=True):
                away = np.linalg.norm(here[:, None] - there[None], axis=2)
                yield one, other, float((thick[:, None] + thicker[None] - away).max())


def _slide_m(played: Rehearsal, name: str) -> float:
    """How far a foot that stands on the ground is from where it was set down, at most."""
    actor, person = played.actors[name], played.people[name]
    if any(_moves_the_feet(doing.action) for doing in actor.part.doings):
        return 0.0
    worst = 0.0
    for sole in ("ball_l", "ball_r"):
        way = actor.performance.joints[:, person.skeleton.places[sole]].astype(np.float64)
        above = way[:, 1] - played.scene.space.ground(way) - person.skeleton.head(sole)[1]
        stands = (above < 0.003).astype(int)
        edges = np.flatnonzero(np.diff(np.concatenate([[0], stands, [0]])))
        for start, end in zip(edges[::2], edges[1::2], strict=True):
            gone = way[start:end, [0, 2]] - way[start, [0, 2]]
            worst = max(worst, float(np.linalg.norm(gone, axis=1).max()))
    return worst


def _moves_the_feet(action: str) -> bool:
    """Whether a deed itself says where the feet go, or takes them off the floor."""
    deed = DEEDS.get(action)
    if deed is None:
        return action in {"dance", "jump", "fall", "crawl", "swim", "kick", "fight"}
    keyed = {name.rsplit("_", 1)[0] for _, pose in deed.poses for name in pose}
    feet = keyed & {"foot", "tread", "leg", "sole"}
    return deed.glides or deed.low or deed.posture != "stand" or bool(feet)


def _unsupported(played: Rehearsal) -> Iterator[tuple[str, float]]:
    """What hangs in the air at the end although it does not fly, and how high."""
    scene, ends = played.scene, played.motion.transforms[:, -1]
    for index, thing in enumerate(scene.placed):
        flies = thing.model.kind in HOVERS_M or thing.model.floats
        moving = np.abs(ends[index] - played.motion.transforms[index, -3])[:, 3].max() > 0.02
        if thing.holder or flies or moving or index in played.motion.pieces:
            continue
        low = ends[index, :, 3] - [0.0, float(np.abs(ends[index, 1, :3]) @ thing.half) + 0.02, 0.0]
        gap = float(low[1] - scene.space.ground(low[None])[0])
        others = [
            bool(np.all(np.abs((low - ends[k, :, 3]) @ ends[k, :, :3]) < one.half + 0.06))
            for k, one in enumerate(scene.placed)
            if k != index
        ]
        tops = [one.top[1] for one in played.world.tables]
        on_table = any(abs(low[1] - top) < 0.06 for top in tops)
        if not (any(others) or on_table or scene.space.solid(low[None], margin_m=0.05)[0]):
            yield thing.prop.kind, gap


def _check_camera(played: Rehearsal) -> None:
    """The camera is in nothing solid and, but for who leaves, on its subject."""
    shot, space = played.shot, played.scene.space
    view, aspect = view_of(played), float(shot.size.aspect)
    cameras = film_shot(framing_of(played), view, space=space, aspect=aspect, seed=played.seed)
    assert not space.solid(np.array([camera.eye for camera in cameras])).any(), "the camera"
    if all(meaning(action.verb).going is not Going.AWAY for action in shot.beat.actions):
        seen = np.mean(kept_in_picture(cameras, view.subjects[0], aspect))
        assert seen >= 0.9, (view.subjects[0].name, seen)

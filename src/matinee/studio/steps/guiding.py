"""Guiding: what the engine that finishes a shot is shown of its draft and of earlier shots."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

from matinee import engine as pictures
from matinee import film, likeness
from matinee.film import Shot, Take
from matinee.film.shot import Appearance
from matinee.kit.blobs import key_of
from matinee.studio import store
from matinee.studio.abilities import Guides
from matinee.studio.errors import FilmNotFound
from matinee.studio.model import Engine, Film, Guide

from .ground import Stage, local

DRAFTED = "+drafted"


def version_of(engine: Engine, draft: Take | None) -> str:
    """Return the version of an engine's takes; those made from a draft are takes of their own."""
    return engine.version if draft is None else engine.version + DRAFTED


def in_turn(stage: Stage, film_id: str) -> frozenset[int]:
    """Return the shots of a film that wait for each other, because of what they show or cost."""
    with stage.database.transaction() as session:
        try:
            finish = store.film_by_id(session, film_id).request.finish
        except FilmNotFound:
            return frozenset()
    if finish is None:
        return frozenset()
    # Side by side, two shots could each find the budget large enough for itself.
    held = finish.budget is not None
    shown = bool(stage.crew.engines[finish.engine].abilities.reference_images)
    return frozenset(finish.shots) if held or shown else frozenset()


def guides_of(  # noqa: PLR0917 - a shot, and what it is finished from
    stage: Stage,
    wanted: Film,
    index: int,
    draft: Take,
    engine: Engine,
    guides: Guides,
    folder: Path,
    should_stop: Callable[[], bool],
) -> Guides:
    """Add to `guides` what the engine takes: first and last frame, control videos, references.

    The references show each of the cast as the last finished shot before this one shows them.
    """
    able = engine.abilities
    with stage.database.transaction() as session:
        shots = store.shots_of(session, wanted.id)
    shot = shots[index]
    video = local(stage, key_of(draft.video, ".mp4"), folder)
    last = shot.frame_count - 1
    if able.first_frame:
        guides = replace(guides, first_frame=_frame(video, shot, 0, folder / "first.png"))
    if able.last_frame and last:
        guides = replace(guides, last_frame=_frame(video, shot, last, folder / "last.png"))
    drafter = stage.crew.engines[wanted.request.model]
    if able.controls and isinstance(drafter, Guide):
        chosen = able.controls[: able.controls_max]
        controls = {name: folder / f"{name}.mp4" for name in chosen}
        drafter.guide(shot, controls, pictures=guides.pictures, should_stop=should_stop)
        guides = replace(guides, controls=controls)
    room = able.reference_images - len(guides.pictures) - len(guides.references)
    if room > 0:
        found = _references(stage, wanted, index, shots, version_of(engine, draft), folder)
        guides = replace(guides, references=(*guides.references, *islice(found, room)))
    return guides


def kept_cast(stage: Stage, shot: Shot, room: int, folder: Path) -> tuple[Path, ...]:
    """Return the best frames of the kept characters whom a shot shows, `room` of them at most."""
    worn = dict.fromkeys(one.likeness for one in shot.characters if one.likeness)
    if not room or not worn:
        return ()
    with stage.database.transaction() as session:
        kept = likeness.by_ids(session, worn)
    shown = [kept[one] for one in worn if one in kept and kept[one].picture]
    return tuple(local(stage, one.picture, folder) for one in shown[:room])


def _references(  # noqa: PLR0917 - a shot among its film's
    stage: Stage, wanted: Film, index: int, shots: tuple[Shot, ...], version: str, folder: Path
) -> Iterator[Path]:
    """Yield a picture of each of the cast from the nearest finished shot before this one."""
    missing = list(shots[index].beat.cast)
    chosen = wanted.request.finish.shots if wanted.request.finish else ()
    finished = sorted(one for one in chosen if one < index)
    for earlier in reversed(finished):
        with stage.database.transaction() as session:
            taken = store.take_of(session, film.digest(shots[earlier]), version)
        if taken is None or not stage.blobs.exists(taken[1]):
            continue
        take, key, _ = taken
        for name in [one for one in missing if _best(take, one) is not None]:
            seen = _best(take, name)
            assert seen is not None
            missing.remove(name)
            middle = seen.first_frame + seen.frame_count // 2
            path = folder / f"reference-{name}.png"
            yield _frame(local(stage, key, folder), shots[earlier], middle, path)


def _best(take: Take, name: str) -> Appearance | None:
    """Return the appearance in which a character is seen largest."""
    seen = [one for one in take.appearances if one.kind == "character" and one.name == name]
    return max(seen, key=lambda one: one.coverage, default=None)


def _frame(video: Path, shot: Shot, index: int, path: Path) -> Path:
    at_s = float(shot.rate.seconds_at(index))
    path.write_bytes(pictures.poster(video, at_s=at_s, kind="png"))
    return path

"""Looking films and references through: fingerprints, what they show, and what follows.

Each verb may run twice: a fingerprint is kept once, and conclusions that were drawn stay drawn.
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from matinee.kit import events
from matinee.kit.blobs import Blobs
from matinee.kit.clock import Clock
from matinee.kit.db import Database, Session
from matinee.kit.durable import Jobs
from matinee.kit.ids import Ids
from matinee.rights import recognition
from matinee.rights import store as registry
from matinee.rights.recognition import Fingerprint, Match
from matinee.rights.splits import FilmRights

from . import conflicts, look_store
from .evidence import turned_round
from .look_store import Look, Reference
from .opening import FILM_CHECKED, draw_conclusions

FILMS, REFERENCES = "video_", "reference_"
"""How the ids of films and of references begin: what an index entry is, is told by its name."""


@dataclass(frozen=True, kw_only=True)
class Bench:
    """What it takes to look: where things are kept, a folder for files, and where jobs go."""

    database: Database
    blobs: Blobs
    clock: Clock
    ids: Ids
    jobs: Jobs
    scratch: Path
    fingerprint: Callable[[Path], Fingerprint] = recognition.fingerprint_apart


def take_fingerprint(bench: Bench, film_id: str) -> bool:
    """Make and keep the fingerprint of a film; whether there is one now.

    Raises ``MediaUnreadable``, ``MediaTooLarge`` and what the store of blobs raises.
    """
    with bench.database.transaction() as session:
        look = look_store.look_of(session, film_id)
        if look is None or not look.video:
            return False
        if look_store.fingerprint_of(session, film_id) is not None:
            return True
    with fetched(bench, look.video) as path:
        made = bench.fingerprint(path)
    with bench.database.transaction() as session:
        if look_store.look_of(session, film_id) is None:
            return False  # deleted meanwhile
        look_store.keep_fingerprint(session, film_id, made.encode())
        recognition.add_reference(session, film_id, made, at=bench.clock.now())
    return True


def conclude(bench: Bench, film_id: str) -> int:
    """Look a film up and draw the conclusions; how many claims were opened."""
    at = bench.clock.now()
    with bench.database.transaction() as session:
        look = look_store.look_of(session, film_id)
        packed = look_store.fingerprint_of(session, film_id)
        if look is None or packed is None:
            return 0
        mine = recognition.decode(packed)
        matches = list(recognition.find(session, mine, among=REFERENCES))
        if look.uploaded:
            matches += _other_films(session, film_id, mine)
            _register(session, look)
        made = draw_conclusions(session, look, matches, ids=bench.ids, at=at)
        _end(session, look, at=at)
    return len(made)


def give_up(bench: Bench, film_id: str, code: str) -> None:
    """Note that a film cannot be looked through; an upload stays held."""
    with bench.database.transaction() as session:
        look_store.end_look(session, film_id, "failed", fault=code, at=bench.clock.now())


def take_reference(bench: Bench, reference_id: str) -> bool:
    """Make and keep the fingerprint of a reference; whether there is one to compare.

    A single picture is not looked for: one moment is never enough to be certain. Raises as
    ``take_fingerprint`` does.
    """
    with bench.database.transaction() as session:
        found = look_store.references(session, [reference_id]).get(reference_id)
    if found is None or found.kind == "picture":
        return False
    with fetched(bench, found.blob) as path:
        made = bench.fingerprint(path)
    with bench.database.transaction() as session:
        if not look_store.references(session, [reference_id]):
            return False
        recognition.add_reference(session, reference_id, made, at=found.added_at)
        look_store.keep_reference_print(session, reference_id, made.encode())
    return True


def compare_reference(bench: Bench, reference_id: str) -> int:
    """Hold a reference against those of others, and films from before it; how many conflicts."""
    at = bench.clock.now()
    with bench.database.transaction() as session:
        found = look_store.references(session, [reference_id]).get(reference_id)
        packed = look_store.reference_print(session, reference_id)
        if found is None or packed is None:
            return 0
        mine = recognition.decode(packed)
        others = [
            one
            for one in recognition.find(session, mine, among=REFERENCES)
            if one.subject_id != reference_id
        ]
        opened = conflicts.compare(session, found, others, ids=bench.ids, at=at)
        for match in recognition.find(session, mine, among=FILMS):
            _look_back(session, bench, found, match, at=at)
    return len(opened)


def forget_reference(session: Session, reference_id: str) -> None:
    """Look for a reference no more; claims that rest on it stay, and can be disputed."""
    recognition.remove_references(session, reference_id)
    look_store.forget_reference_print(session, reference_id)


def forget_film(session: Session, film_id: str) -> None:
    """Look for a film no more that was deleted or withdrawn."""
    recognition.remove_references(session, film_id)
    look_store.forget_film(session, film_id)


def _look_back(
    session: Session, bench: Bench, reference: Reference, match: Match, *, at: datetime
) -> None:
    look = look_store.look_of(session, match.subject_id)
    if look is not None and look.state == "checked":
        turned = turned_round(match, reference_id=reference.id)
        draw_conclusions(session, look, [turned], ids=bench.ids, at=at)


def _other_films(session: Session, film_id: str, mine: Fingerprint) -> list[Match]:
    return [
        one for one in recognition.find(session, mine, among=FILMS) if one.subject_id != film_id
    ]


def _register(session: Session, look: Look) -> None:
    """Enter an upload with rights, unless it is: what it earns can be divided from then on."""
    if not registry.films_known(session, [look.film_id]):
        registry.add_film(session, FilmRights(look.film_id, look.maker))


def _end(session: Session, look: Look, *, at: datetime) -> None:
    if look_store.end_look(session, look.film_id, "checked", at=at):
        told = {"film_id": look.film_id, "maker": look.maker}
        events.record(session, FILM_CHECKED, key=look.film_id, payload=told, at=at)


def references_after(session: Session, after: str, *, limit: int) -> list[str]:
    """The ids of references, in order, behind one."""
    return look_store.all_references(session, after=after, limit=limit)


def name_of(session: Session, subject_id: str) -> str:
    """What a person calls a reference: the title of its work; a film by its id."""
    found = look_store.references(session, [subject_id]).get(subject_id)
    if found is None:
        return subject_id
    return f"{registry.work_by_id(session, found.work_id).title} ({found.work_id})"


def media_of(session: Session, subject_id: str) -> str:
    """The blob key of a film or a reference; empty if it is gone."""
    if subject_id.startswith(REFERENCES):
        found = look_store.references(session, [subject_id]).get(subject_id)
        return "" if found is None else found.blob
    look = look_store.look_of(session, subject_id)
    return "" if look is None else look.video


@contextmanager
def fetched(bench: Bench, key: str) -> Iterator[Path]:
    """A blob as a file, for as long as it is needed."""
    bench.scratch.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=bench.scratch) as name:
        yield bench.blobs.path(key) or bench.blobs.fetch(key, Path(name) / key.rpartition("/")[2])

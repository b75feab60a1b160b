"""Films are made whole, once, whatever dies on the way; on the real database."""

import itertools
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import av
import pytest
from obstore.store import LocalStore
from sqlalchemy import text

from matinee import film, studio
from matinee.film import Manifest
from matinee.film.screenplay import NOTES_MAX, Note
from matinee.kit import durable
from matinee.kit.blobs import Blob, Blobs
from matinee.kit.clock import SystemClock
from matinee.kit.db import Database
from matinee.kit.errors import DiskFull, NotFound
from matinee.studio.adapters.test_card_engine import TestCardEngine
from matinee.studio.errors import (
    DurationInvalid,
    ExtensionsExhausted,
    FilmEnded,
    FilmNotFound,
    FilmNotReady,
    LanguageInvalid,
    ModelUnknown,
    SeedInvalid,
    VoiceUnknown,
    WriterUnknown,
)
from studio_builders import (
    WAIT_S,
    ScriptedWriter,
    a_stage,
    an_office,
    asked,
    digests,
    ended,
    seen,
    until,
    working,
)


def test_a_request_becomes_a_film_with_sound_captions_poster_and_manifest(
    database: Database, home: Path
) -> None:
    stage = a_stage(database, home)
    with working(stage) as office:
        made = ended(database, asked(office, database, duration_ms=4000))
    assert (made.status, made.error, made.progress_percent) == ("completed", None, 100)
    assert [(shot.done, bool(shot.preview)) for shot in made.shots] == [(True, True)] * 3
    with av.open(str(stage.blobs.path(made.video)), "r") as file:
        kinds = [stream.type for stream in file.streams]
        assert kinds == ["video", "audio", "subtitle"]
        assert len(list(file.decode(video=0))) == 48
    assert b"There you are." in stage.blobs.read(made.captions)
    assert stage.blobs.read(made.poster)[8:12] == b"WEBP"
    manifest = film.decode(stage.blobs.read(made.manifest), Manifest)
    assert {one.name for one in manifest.seen_at(manifest.frame_count - 1)} == {"bob"}
    assert manifest.frame_count == 48


def test_a_film_asked_for_twice_is_rendered_once_and_is_the_same(
    database: Database, home: Path
) -> None:
    stage = a_stage(database, home)
    with working(stage) as office:
        first = ended(database, asked(office, database))
        second = ended(database, asked(office, database))
    assert first.id != second.id
    assert stage.blobs.read(first.video) == stage.blobs.read(second.video)
    assert first.video == second.video


def derived(
    office: studio.Office, database: Database, parent: str, prompt: str, **more: object
) -> str:
    with database.transaction() as session:
        return studio.derive_film(session, parent, prompt, office=office, **more).id  # type: ignore[arg-type]


@pytest.mark.parametrize("duration_ms", [None, 6_000])
def test_an_edit_renders_only_what_it_changes(
    database: Database, home: Path, duration_ms: int | None
) -> None:
    stage = a_stage(database, home)
    with working(stage) as office:
        first = ended(database, asked(office, database, duration_ms=duration_ms))
        words = "There you are at last, my dear old friend."
        second = ended(database, derived(office, database, first.id, words, how="edit"))
    before, after = digests(database, first.id), digests(database, second.id)
    assert [before[0], before[2]] == [after[0], after[2]]
    assert before[1] != after[1]
    assert second.request.origin is not None
    assert second.request.origin.film == first.id
    assert b"old friend" in stage.blobs.read(second.captions)


def test_an_extension_keeps_what_was_shot_and_goes_on(database: Database, home: Path) -> None:
    stage = a_stage(database, home)
    with working(stage) as office:
        first = ended(database, asked(office, database, duration_ms=4_000))
        made = [first]
        for _ in range(6):
            longer = {"how": "extension", "longer_ms": 2_000}
            film_id = derived(office, database, made[-1].id, "Bob sits.", **longer)
            made.append(ended(database, film_id))
        with pytest.raises(ExtensionsExhausted):
            derived(office, database, made[-1].id, "Bob sits.", **longer)
    assert [one.error for one in made] == [None] * 7
    assert [one.duration_ms for one in made] == [4_000 + 2_000 * n for n in range(7)]
    shots = [digests(database, one.id) for one in made]
    for before, after in itertools.pairwise(shots):
        assert after[: len(before)] == before
        assert len(after) > len(before)


def test_a_film_whose_parent_is_gone_is_still_made(database: Database, home: Path) -> None:
    stage = a_stage(database, home)
    with working(stage) as office:
        first = ended(database, asked(office, database))
    making = studio.install(stage)
    office = an_office(stage, making)
    second = derived(office, database, first.id, "Hello again.", how="remix")
    with database.transaction() as session:
        studio.delete_film(session, first.id, at=SystemClock().now())
    with working(stage) as office:
        made = ended(database, second)
    assert made.error is None
    assert b"Hello again." in stage.blobs.read(made.captions)


def test_only_finished_films_are_made_into_others(database: Database, home: Path) -> None:
    stage = a_stage(database, home)
    office = an_office(stage, studio.install(stage))
    waiting = asked(office, database)
    with pytest.raises(FilmNotReady):
        derived(office, database, waiting, "Make it blue.", how="remix")


def test_a_screenplay_full_of_notes_still_says_that_the_film_had_to_grow(
    database: Database, home: Path
) -> None:
    notes = tuple(Note(status="left_out", phrase=f"word {n}") for n in range(NOTES_MAX))
    stage = a_stage(database, home, writer=ScriptedWriter(notes=notes))
    with working(stage) as office:
        made = ended(database, asked(office, database, duration_ms=1000))
    assert made.error is None
    with database.transaction() as session:
        play = studio.screenplay_of(session, made.id)
    assert play is not None
    assert len(play.notes) == NOTES_MAX
    assert play.notes[-1].phrase == "1 s"


class NewerCard(TestCardEngine):
    """The same engine after an upgrade."""

    version = "test_card/2"


def test_an_upgraded_engine_takes_its_shots_anew(database: Database, home: Path) -> None:
    with working(a_stage(database, home)) as office:
        before = ended(database, asked(office, database))
    upgraded = a_stage(database, home, card=NewerCard())
    with working(upgraded) as office:
        after = ended(database, asked(office, database))
    engines = [
        film.decode(upgraded.blobs.read(made.manifest), Manifest).engine for made in (before, after)
    ]
    assert engines == ["test_card/1", "test_card/2"]


def test_a_writer_that_refuses_ends_the_film_with_its_reason(
    database: Database, home: Path
) -> None:
    refusal = DurationInvalid("0", 120)
    stage = a_stage(database, home, writer=ScriptedWriter(refuses=refusal))
    with working(stage) as office:
        made = ended(database, asked(office, database))
    assert made.status == "failed"
    assert made.error is not None
    assert (made.error.code, made.error.message) == (refusal.code, refusal.message)


def test_a_fault_of_the_program_is_told_and_not_lost(database: Database, home: Path) -> None:
    stage = a_stage(database, home, writer=ScriptedWriter(refuses=ZeroDivisionError("by zero")))
    with working(stage) as office:
        made = ended(database, asked(office, database))
    assert made.error is not None
    assert made.error.code in {"studio.making_failed", "kit.job_crashed"}
    assert "by zero" in made.error.message


class LaterClock(SystemClock):
    """Eight days from now."""

    def now(self) -> datetime:
        return super().now() + timedelta(days=8)


class FullOnce(TestCardEngine):
    """A disk that is full at the first attempt."""

    def __init__(self, attempts: int) -> None:
        super().__init__()
        self.left = attempts

    def shoot(self, *args: object, **kwargs: object) -> film.Take:
        if self.left:
            self.left -= 1
            raise DiskFull("/film")
        return super().shoot(*args, **kwargs)  # type: ignore[arg-type]


def test_a_disk_that_was_full_for_a_moment_costs_nothing(database: Database, home: Path) -> None:
    with working(a_stage(database, home, card=FullOnce(1))) as office:
        assert ended(database, asked(office, database)).status == "completed"


def test_a_disk_that_stays_full_ends_the_film_by_name(database: Database, home: Path) -> None:
    with working(a_stage(database, home, card=FullOnce(1000))) as office:
        made = ended(database, asked(office, database))
    assert made.error is not None
    assert made.error.code == "kit.disk_full"


def test_a_cancelled_film_stops_in_the_middle_of_a_shot(database: Database, home: Path) -> None:
    stage = a_stage(database, home, card=TestCardEngine(frame_pause_s=0.2))
    with working(stage) as office:
        film_id = asked(office, database)
        until(database, film_id, lambda found: found.stage == "shooting")
        with database.transaction() as session:
            cancelled = studio.cancel_film(session, film_id, clock=stage.clock)
        assert cancelled.error is not None
        assert cancelled.error.code == "studio.film_cancelled"
        assert office.jobs.wait(film_id, timeout_s=WAIT_S).ended
    made = seen(database, film_id)
    assert (made.status, made.video) == ("failed", "")
    assert not any(stage.scratch.iterdir())
    with database.transaction() as session, pytest.raises(FilmEnded):
        studio.cancel_film(session, film_id, clock=stage.clock)


def test_a_deleted_film_is_gone_and_its_blobs_are_named(database: Database, home: Path) -> None:
    stage = a_stage(database, home)
    with working(stage) as office:
        made = ended(database, asked(office, database))
        twin = ended(database, asked(office, database))
    with database.transaction() as session:
        assert studio.delete_film(session, made.id, at=SystemClock().now()) == ()
    with database.transaction() as session:
        assert twin.video in studio.delete_film(session, twin.id, at=SystemClock().now())
    with database.transaction() as session, pytest.raises(FilmNotFound):
        studio.film_by_id(session, made.id)


class CancelledMeanwhile(Blobs):
    """A store during whose last write of a cut the film is cancelled."""

    database: Database

    def put_bytes(self, content: bytes, *, suffix: str = "") -> Blob:
        if suffix == ".json":
            with self.database.transaction() as session:
                for one in studio.unfinished_films(session):
                    studio.cancel_film(session, one.id, clock=SystemClock())
        return super().put_bytes(content, suffix=suffix)


def test_a_film_cancelled_during_its_cut_leaves_nothing_in_the_store(
    database: Database, home: Path
) -> None:
    folder = home / "blobs"
    folder.mkdir()
    store = CancelledMeanwhile(LocalStore(prefix=folder), folder=folder)
    store.database = database
    with working(replace(a_stage(database, home), blobs=store)) as office:
        film_id = asked(office, database)
        assert office.jobs.wait(film_id, timeout_s=WAIT_S).ended
    made = seen(database, film_id)
    assert made.error is not None
    assert made.error.code == "studio.film_cancelled"
    assert [shot.done for shot in made.shots] == [True] * 3
    left = {path.suffix for path in folder.rglob("*") if path.is_file()}
    assert left == {".mp4", ".wav", ".webp"}  # takes, readings and previews, for the next attempt
    assert len(list(folder.rglob("*.mp4"))) == 3


def test_a_deleted_film_leaves_no_word_of_its_screenplay_unless_another_film_needs_it(
    database: Database, home: Path
) -> None:
    def documents() -> int:
        with database.transaction() as session:
            return int(session.execute(text("select count(*) from studio.document")).scalar_one())

    stage = a_stage(database, home)
    with working(stage) as office:
        made = ended(database, asked(office, database))
        twin = ended(database, asked(office, database))
    kept = documents()
    with database.transaction() as session:
        studio.delete_film(session, made.id, at=SystemClock().now())
    assert documents() == kept > 0
    with database.transaction() as session:
        studio.delete_film(session, twin.id, at=SystemClock().now())
    assert documents() == 0


def test_films_are_listed_page_by_page_without_gap_or_repeat(
    database: Database, home: Path
) -> None:
    stage = a_stage(database, home)
    office = an_office(stage, studio.install(stage))
    made = [asked(office, database) for _ in range(5)]
    with database.transaction() as session:
        first = studio.films(session, limit=2)
        second = studio.films(session, limit=2, after=first[-1].id)
        oldest = studio.films(session, limit=2, newest_first=False)
        assert [one.id for one in studio.unfinished_films(session)] == made
    assert [one.id for one in first + second] == made[::-1][:4]
    assert [one.id for one in oldest] == made[:2]


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"duration_ms": 0}, DurationInvalid),
        ({"duration_ms": 10_000_000}, DurationInvalid),
        ({"seed": -1}, SeedInvalid),
        ({"seed": 2**31}, SeedInvalid),
        ({"language": "English"}, LanguageInvalid),
        ({"writer": "nobody"}, WriterUnknown),
        ({"model": "nothing"}, ModelUnknown),
        ({"voice": "nowhere"}, VoiceUnknown),
    ],
)
def test_what_cannot_be_made_is_refused_before_it_is_stored(
    database: Database, home: Path, changes: dict[str, object], error: type[Exception]
) -> None:
    stage = a_stage(database, home)
    office = an_office(stage, studio.install(stage))
    with pytest.raises(error):
        asked(office, database, **changes)
    with database.transaction() as session:
        assert studio.films(session) == ()


def test_a_film_whose_job_is_gone_is_ended_and_not_waited_for(
    database: Database, home: Path
) -> None:
    stage = a_stage(database, home)
    making = studio.install(stage)
    office = an_office(stage, making)
    film_id = asked(office, database)
    office.jobs.cancel(film_id)
    worker = durable.Worker(database, list(studio.QUEUES), poll_s=0.05)
    worker.start()
    try:
        with database.transaction() as session:
            office.jobs.submit(session, making.settle, job_id="settle")
        made = ended(database, film_id)
    finally:
        worker.stop()
    assert made.status == "failed"
    assert made.error is not None


def test_jobs_that_ended_long_ago_are_forgotten_and_their_films_stay(
    database: Database, home: Path
) -> None:
    stage = a_stage(database, home)
    with working(stage) as office:
        film_id = ended(database, asked(office, database)).id
        assert office.jobs.wait(film_id, timeout_s=WAIT_S).ended
    half_done = stage.scratch / "of_a_killed_process"
    half_done.mkdir()
    later = replace(stage, clock=LaterClock())
    making = studio.install(later)
    worker = durable.Worker(database, list(studio.QUEUES), poll_s=0.05)
    worker.start()
    try:
        with database.transaction() as session:
            stage.jobs.submit(session, making.prune, job_id="prune")
        assert stage.jobs.wait("prune", timeout_s=WAIT_S).ended
    finally:
        worker.stop()
    with pytest.raises(NotFound):
        stage.jobs.status(film_id)
    assert seen(database, film_id).status == "completed"
    assert not half_done.exists()


@contextmanager
def a_worker_process(database: Database, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    script = Path(__file__).with_name("making_process.py")
    process = subprocess.Popen(
        [sys.executable, str(script), database.url, str(folder)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def test_kill_9_in_a_shot_loses_no_film_and_renders_no_finished_shot_again(
    database: Database, home: Path
) -> None:
    stage = a_stage(database, home)
    office = an_office(stage, studio.install(stage))
    film_id = asked(office, database)
    with a_worker_process(database, home) as first:
        until(
            database,
            film_id,
            lambda found: [shot.done for shot in found.shots] == [True, False, False],
        )
        time.sleep(0.3)
        os.kill(first.pid, signal.SIGKILL)
        first.wait()
    interrupted = (home / "shots.log").read_text().split()
    with a_worker_process(database, home):
        made = ended(database, film_id)
    begun = (home / "shots.log").read_text().split()
    assert made.status == "completed"
    assert begun.count("b1") == 1, begun
    assert begun.count(interrupted[-1]) <= 2, begun
    assert [shot.done for shot in made.shots] == [True] * 3

"""Durable jobs on the real server: what a commit, a crash, a cancel and a poison job do."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import ParamSpec, TypeVar

import pytest
from sqlalchemy import text

from matinee.kit import db, durable, errors, events, postgres
from matinee.kit.clock import SystemClock
from matinee.kit.durable.flow import JobCancelled
from matinee.kit.durable.jobs import JobGivenUp, JobNotFound
from matinee.kit.plain import Plain

PROGRAM = Path(__file__).parent / "film_worker.py"


@durable.workflow("cinema.add", queue="films")
def add(left: int, right: int) -> int:
    return left + right


@durable.step("cinema.pair")
def pair(number: int) -> tuple[int, int]:
    return (number, number)


@durable.step("cinema.refuse", attempts=2, pause_s=0.01)
def refuse(reason: str) -> None:
    if reason == "fault":
        raise ValueError(reason)
    raise errors.DiskFull(reason)


@durable.workflow("cinema.shot", queue="shots")
def shot(number: int) -> list[int]:
    return list(pair(number))


@durable.workflow("cinema.film", queue="films")
def film(shot_count: int) -> list[list[int]]:
    return [child.result() for child in [durable.spawn(shot, n) for n in range(shot_count)]]


@durable.workflow("cinema.refused_shot", queue="shots")
def refused_shot(reason: str) -> None:
    refuse(reason)


@durable.workflow("cinema.refused_film", queue="films")
def refused_film(reason: str) -> str:
    try:
        durable.spawn(refused_shot, reason).result()
    except errors.DiskFull as error:
        return f"caught {error.code}"
    return "nothing was raised"


@durable.workflow("cinema.failing_film", queue="films")
def failing_film(reason: str) -> None:
    durable.spawn(refused_shot, reason).result()


@durable.workflow("cinema.endless_film", queue="films")
def endless_film() -> None:
    durable.spawn(endless_shot).result()


@durable.workflow("cinema.endless_shot", queue="shots")
def endless_shot() -> None:
    render_without_end()


@durable.step("cinema.render_without_end")
def render_without_end() -> None:
    jobs, job_id = _JOBS[0], durable.current_job()
    jobs.report("endless", "started", job_id)
    while True:
        jobs.raise_if_unwanted(job_id)
        time.sleep(0.05)


_JOBS: list[durable.Jobs] = []

P = ParamSpec("P")
R = TypeVar("R")


@contextmanager
def working(database: db.Database) -> Iterator[durable.Jobs]:
    jobs = durable.Jobs(database)
    _JOBS[:] = [jobs]
    worker = durable.Worker(
        database, [durable.Queue("films", 4), durable.Queue("shots", 4)], poll_s=0.1
    )
    worker.start()
    try:
        yield jobs
    finally:
        worker.stop()


def submit(
    database: db.Database,
    jobs: durable.Jobs,
    flow: durable.Workflow[P, R],
    *args: Plain,
    job_id: str,
) -> None:
    with database.transaction() as session:
        jobs.submit(session, flow, *args, job_id=job_id)


def test_a_film_is_made_of_shots_on_their_own_queue(database: db.Database) -> None:
    with working(database) as jobs:
        submit(database, jobs, film, 3, job_id="film_1")
        job = jobs.wait("film_1", timeout_s=20)
        assert job.state is durable.JobState.DONE
        assert job.result == [[0, 0], [1, 1], [2, 2]]
        assert job.ended_at is not None
        assert job.submitted_at <= job.ended_at


def test_a_rolled_back_transaction_takes_its_job_and_its_event_with_it(
    database: db.Database,
) -> None:
    with working(database) as jobs:
        with pytest.raises(ZeroDivisionError), database.transaction() as session:
            jobs.submit(session, add, 1, 2, job_id="never")
            events.record(
                session, "studio.ordered", key="never", payload={}, at=SystemClock().now()
            )
            raise ZeroDivisionError
        submit(database, jobs, add, 1, 2, job_id="after")
        assert jobs.wait("after", timeout_s=20).result == 3
        with pytest.raises(JobNotFound, match="never"):
            jobs.status("never")
        with database.transaction() as session:
            assert session.execute(text("select count(*) from kit.outbox")).scalar() == 0


def test_submitting_a_job_again_changes_nothing(database: db.Database) -> None:
    with working(database) as jobs:
        submit(database, jobs, add, 1, 2, job_id="sum")
        submit(database, jobs, add, 10, 20, job_id="sum")
        assert jobs.wait("sum", timeout_s=20).result == 3
        submit(database, jobs, add, 10, 20, job_id="sum")
        assert jobs.status("sum").result == 3


def test_an_error_of_a_child_reaches_its_parent_as_the_same_class(database: db.Database) -> None:
    with working(database) as jobs:
        submit(database, jobs, refused_film, "/films", job_id="film_1")
        assert jobs.wait("film_1", timeout_s=20).result == "caught kit.disk_full"


def test_a_failed_job_says_why_in_the_words_of_the_error(database: db.Database) -> None:
    with working(database) as jobs:
        submit(database, jobs, failing_film, "/films", job_id="film_1")
        job = jobs.wait("film_1", timeout_s=20)
        assert job.state is durable.JobState.FAILED
        assert isinstance(job.error, errors.DiskFull)
        assert job.error.details == {"path": "/films"}


def test_a_fault_in_the_program_fails_its_job_with_a_code(database: db.Database) -> None:
    with working(database) as jobs:
        submit(database, jobs, failing_film, "fault", job_id="film_1")
        job = jobs.wait("film_1", timeout_s=20)
        assert job.state is durable.JobState.FAILED
        assert job.error is not None
        assert job.error.code == "kit.job_crashed"
        assert "ValueError: fault" in str(job.error)


def test_progress_is_watched_in_order_and_ends_with_the_job(database: db.Database) -> None:
    with working(database) as jobs:
        for frame in range(5):
            jobs.report("film_1", "shot-0", {"frame": frame})
        jobs.report("film_1", "shot-1", {"frame": 0})
        submit(database, jobs, add, 1, 2, job_id="film_1")
        seen = list(jobs.watch("film_1"))
        assert [(one.key, one.value) for one in seen] == [
            ("shot-0", {"frame": 4}),
            ("shot-1", {"frame": 0}),
        ]
        changes, job = jobs.changes("film_1", after=seen[0].change)
        assert [one.key for one in changes] == ["shot-1"]
        assert job.ended


def test_a_cancelled_film_ends_its_running_shot(database: db.Database) -> None:
    with working(database) as jobs:
        submit(database, jobs, endless_film, job_id="endless")
        started = next(iter(jobs.watch("endless")))
        assert jobs.cancel("endless").state is durable.JobState.CANCELLED
        shot_job = jobs.wait(str(started.value), timeout_s=20)
        assert shot_job.state is durable.JobState.CANCELLED
        time.sleep(0.7)
        with pytest.raises(JobCancelled):
            jobs.raise_if_unwanted(str(started.value))


def test_a_stopped_worker_leaves_its_job_to_the_next(database: db.Database) -> None:
    with working(database) as jobs:
        submit(database, jobs, endless_film, job_id="endless")
        next(iter(jobs.watch("endless")))
    assert jobs.status("endless").state is durable.JobState.RUNNING
    with working(database) as jobs:
        deadline = time.monotonic() + 20
        while jobs.changes("endless", after=1)[0] == [] and time.monotonic() < deadline:
            time.sleep(0.1)
        assert jobs.changes("endless", after=1)[0] != []
        jobs.cancel("endless")


def test_a_schedule_submits_its_workflow(database: db.Database) -> None:
    with working(database) as jobs:
        jobs.schedule("nightly", "* * * * * *", add, 2, 3)
        deadline = time.monotonic() + 20
        job_ids: list[str] = []
        while not job_ids and time.monotonic() < deadline:
            time.sleep(0.3)
            with database.transaction() as session:
                submitted = text(
                    "select workflow_uuid from dbos.workflow_status where name = 'cinema.add'"
                )
                job_ids = list(session.execute(submitted).scalars())
        assert jobs.wait(job_ids[0], timeout_s=20).result == 5


def test_jobs_that_ended_are_forgotten_on_request(database: db.Database) -> None:
    with working(database) as jobs:
        jobs.report("sum", "stage", "adding")
        submit(database, jobs, add, 1, 2, job_id="sum")
        ended_at = jobs.wait("sum", timeout_s=20).ended_at
        assert ended_at is not None
        assert jobs.prune(ended_before=ended_at - timedelta(seconds=1)) == 0
        assert jobs.prune(ended_before=SystemClock().now()) == 1
        with pytest.raises(JobNotFound):
            jobs.status("sum")


# Workers that are killed: real processes running film_worker.py, which notes each step it begins
# and ends in a file.


@contextmanager
def worker_process(
    database: db.Database, notes: Path, mode: str
) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, str(PROGRAM), database.url, str(notes), mode],
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "working\n"
        try:
            yield process
        finally:
            process.kill()


def noted(notes: Path) -> list[str]:
    return notes.read_text().splitlines() if notes.exists() else []


def wait_for_note(notes: Path, note: str) -> None:
    deadline = time.monotonic() + 30
    while note not in noted(notes):
        assert time.monotonic() < deadline, noted(notes)
        time.sleep(0.02)


def enqueue(database: db.Database, jobs: durable.Jobs, name: str, job_id: str) -> None:
    flow = durable.Workflow(name, "films", lambda: None)
    submit(database, jobs, flow, job_id=job_id)


def test_a_worker_killed_in_mid_step_is_replaced_and_no_finished_step_runs_again(
    database: db.Database, tmp_path: Path
) -> None:
    notes, jobs = tmp_path / "notes", durable.Jobs(database)
    with worker_process(database, notes, "hang-in-2") as first:
        enqueue(database, jobs, "killed.film", "film_1")
        wait_for_note(notes, "begin 2")
        first.kill()
        first.wait()
    with worker_process(database, notes, "well"):
        job = jobs.wait("film_1", timeout_s=30)
    assert job.state is durable.JobState.DONE
    assert job.result == [0, 1, 2, 3]
    assert noted(notes).count("begin 2") == 2
    for number in (0, 1, 3):
        assert noted(notes).count(f"begin {number}") == 1


def test_a_living_worker_takes_over_from_a_killed_one(
    database: db.Database, tmp_path: Path
) -> None:
    notes, jobs = tmp_path / "notes", durable.Jobs(database)
    with worker_process(database, notes, "hang-in-1") as first:
        enqueue(database, jobs, "killed.film", "film_1")
        wait_for_note(notes, "begin 1")
        with worker_process(database, notes, "well"), worker_process(database, notes, "well"):
            time.sleep(3)
            assert noted(notes).count("begin 1") == 1, "a living worker's job was taken"
            first.kill()
            job = jobs.wait("film_1", timeout_s=30)
    assert job.state is durable.JobState.DONE
    assert [noted(notes).count(f"begin {number}") for number in range(4)] == [1, 2, 1, 1]


def test_a_worker_that_loses_its_session_for_a_moment_keeps_its_job(
    database: db.Database, tmp_path: Path
) -> None:
    notes, jobs = tmp_path / "notes", durable.Jobs(database)
    with worker_process(database, notes, "hang-in-1"):
        enqueue(database, jobs, "killed.film", "film_1")
        wait_for_note(notes, "begin 1")
        with worker_process(database, notes, "well"):
            with database.transaction() as session:
                ended = session.execute(
                    text(
                        "select count(pg_terminate_backend(pid)) from pg_locks"
                        " where locktype = 'advisory' and granted"
                        " and database = (select oid from pg_database"
                        "                 where datname = current_database())"
                    )
                ).scalar_one()
            assert ended >= 2
            time.sleep(6)
            assert noted(notes).count("begin 1") == 1
    assert jobs.status("film_1").state is durable.JobState.RUNNING


def test_a_worker_without_a_database_ends_itself(home: Path) -> None:
    fenced = threading.Event()
    with postgres.open_server(home) as server:
        database = db.Database(server.url, pool_size=5)
        database.migrate()
        durable.prepare(database)
        worker = durable.Worker(database, [], on_fenced=fenced.set, lost_s_max=1.0)
        worker.start()
    assert fenced.wait(timeout=30)
    worker.stop()
    database.close()


def test_a_job_that_kills_every_worker_is_given_up(database: db.Database, tmp_path: Path) -> None:
    notes, jobs = tmp_path / "notes", durable.Jobs(database)
    enqueue(database, jobs, "poison.film", "film_1")
    with database.transaction() as session:
        session.execute(text("insert into kit.takeover values ('film_1', 4)"))
    for _ in range(2):
        with worker_process(database, notes, "well") as victim:
            assert victim.wait(timeout=30) == 9
    with worker_process(database, notes, "well"):
        job = jobs.wait("film_1", timeout_s=30)
    assert job.state is durable.JobState.FAILED
    assert isinstance(job.error, JobGivenUp)


def test_jobs_survive_a_database_that_is_killed_under_them(home: Path, tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    serving = [sys.executable, str(PROGRAM), f"home:{home}", str(notes), "hang-in-1"]
    with subprocess.Popen(serving, stdout=subprocess.PIPE, text=True) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == "working\n"
        wait_for_note(notes, "begin 1")  # in this mode it submits film_1 itself
        first.kill()
    with subprocess.Popen([*serving[:-1], "well"], stdout=subprocess.PIPE, text=True) as second:
        assert second.stdout is not None
        assert second.stdout.readline() == "working\n"
        wait_for_note(notes, "done film_1")
        second.kill()
    assert [noted(notes).count(f"begin {number}") for number in range(4)] == [1, 2, 1, 1]


def test_a_film_goes_on_while_the_database_changes_hands(home: Path, tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    owner = postgres.open_server(home)
    assert owner.owned
    guest = [sys.executable, str(PROGRAM), f"home:{home}", str(notes), "slow"]
    with subprocess.Popen(guest, stdout=subprocess.PIPE, text=True) as process:
        try:
            wait_for_note(notes, "begin 1")
            owner.stop()
            wait_for_note(notes, "done film_1")
        finally:
            process.kill()
    assert [noted(notes).count(f"end {number}") for number in range(4)] == [1, 1, 1, 1]

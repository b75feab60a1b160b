"""A worker process for the tests of crashes.

``film_worker.py URL NOTES MODE`` works until it is killed. URL is a database, or ``home:FOLDER``
for an embedded server of its own, in which case it also submits one film and notes its end. NOTES
gets a line "begin N" and "end N" for each step. MODE "hang-in-N" never ends step N, "slow" takes a
second for each.
"""

import os
import sys
import time
from contextlib import suppress
from pathlib import Path

from matinee.kit import db, durable, errors, postgres

URL, NOTES, MODE = sys.argv[1], Path(sys.argv[2]), sys.argv[3]


def note(line: str) -> None:
    with NOTES.open("a") as notes:
        notes.write(line + "\n")


@durable.step("killed.render")
def render(number: int) -> int:
    note(f"begin {number}")
    while f"hang-in-{number}" == MODE:
        time.sleep(0.1)
    time.sleep(1 if MODE == "slow" else 0)
    note(f"end {number}")
    return number


@durable.workflow("killed.shot", queue="shots")
def shot(number: int) -> int:
    return render(number)


@durable.workflow("killed.film", queue="films")
def film() -> list[int]:
    return [render(0), *[durable.spawn(shot, number).result() for number in (1, 2)], render(3)]


@durable.step("poison.drink")
def drink() -> None:
    os._exit(9)


@durable.workflow("poison.film", queue="films")
def poisoned() -> None:
    drink()


def main() -> None:
    own = URL.removeprefix("home:") if URL.startswith("home:") else None
    server = postgres.open_server(Path(own)) if own else None
    database = db.Database(server.url if server else URL, pool_size=4)
    if server:
        database.migrate()
        durable.prepare(database)
    jobs = durable.Jobs(database)
    queues = [durable.Queue("films", 2), durable.Queue("shots", 2)]
    durable.Worker(database, queues, poll_s=0.1).start()
    sys.stdout.write("working\n")
    sys.stdout.flush()
    if server:
        with database.transaction() as session:
            jobs.submit(session, film, job_id="film_1")
        job = None
        while job is None or not job.ended:
            time.sleep(0.1)
            with suppress(errors.Unavailable):
                job = jobs.status("film_1")
        note(f"{job.state} film_1")
    time.sleep(120)


main()

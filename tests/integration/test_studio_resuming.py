"""A worker that dies at any step of a film leaves a film of the same bytes, and no work undone."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from sqlalchemy import text

from matinee import studio
from matinee.kit.db import Database
from studio_builders import a_stage, an_office, asked, ended, seen, working

# A job that five workers died over is given up, so the steps are spread over two films.
DEATHS = (("write", "read", "shoot:b1"), ("shoot:b2", "shoot:b3", "cut"))
WAIT_S = 60


def dies(database: Database, folder: Path, step: str) -> int:
    """Let a worker work until it dies at `step`; returns what ended it."""
    script = Path(__file__).with_name("dying_process.py")
    return subprocess.run(
        [sys.executable, str(script), database.url, str(folder), step],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        check=False,
        timeout=WAIT_S,
    ).returncode


def files_of(stage: studio.Stage, made: studio.Film) -> list[bytes]:
    keys = (made.video, made.poster, made.captions, made.manifest)
    return [stage.blobs.read(key) for key in keys]


def test_death_at_every_step_leaves_the_same_film_and_no_finished_shot_is_taken_again(
    database: Database, home: Path
) -> None:
    stage = a_stage(database, home)
    office = an_office(stage, studio.install(stage))
    log = home / "shots.log"
    broken = []
    for seed, steps in enumerate(DEATHS):
        film_id = asked(office, database, seed=seed)
        done: set[str] = set()
        for step in steps:
            log.write_text("")
            assert dies(database, home, step) == -signal.SIGKILL, step
            left = seen(database, film_id)
            assert not left.ended, step
            assert done.isdisjoint(log.read_text().split()), step
            done = {f"b{shot.index + 1}" for shot in left.shots if shot.done}
        with working(stage):
            broken.append(files_of(stage, ended(database, film_id)))
    assert done == {"b1", "b2", "b3"}  # the last death was in the cut
    with database.transaction() as session:
        session.execute(text("truncate studio.take, studio.reading"))
    whole = a_stage(database, home / "fresh")
    with working(whole) as office:
        made = [ended(database, asked(office, database, seed=seed)) for seed in range(len(DEATHS))]
    assert [files_of(whole, one) for one in made] == broken

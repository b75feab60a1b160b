"""A worker that dies at one step: `dying_process.py URL FOLDER STEP`, as if by kill -9.

STEP is `write`, `read`, `shoot:BEAT` or `cut`. It dies when the work of the step is done and nobody
has written that down yet, which is the worst moment.
"""

import os
import signal
import sys
import threading
from pathlib import Path

from obstore.store import LocalStore

from matinee import engine, studio
from matinee.film import Screenplay, Shot, Take
from matinee.kit import db, durable
from matinee.kit.blobs import Blob, Blobs
from matinee.studio.adapters.test_card_engine import TestCardEngine
from studio_builders import ScriptedWriter, a_stage

URL, FOLDER, STEP = sys.argv[1], Path(sys.argv[2]), sys.argv[3]


def passed(step: str) -> None:
    if step == STEP:
        os.kill(os.getpid(), signal.SIGKILL)


class DyingWriter(ScriptedWriter):
    """Dies when the screenplay is written and not kept."""

    def write(
        self,
        prompt: str,
        *,
        repertoire: engine.Repertoire,
        language: str | None,
        seed: int,
        duration_ms: int | None,
    ) -> Screenplay:
        play = super().write(
            prompt, repertoire=repertoire, language=language, seed=seed, duration_ms=duration_ms
        )
        passed("write")
        return play


class DyingEngine(TestCardEngine):
    """Dies when a take is rendered and not kept."""

    def shoot(self, shot: Shot, **rest: object) -> Take:
        with (FOLDER / "shots.log").open("a") as log:
            log.write(f"{shot.beat.id}\n")
        take = super().shoot(shot, **rest)  # type: ignore[arg-type]
        passed(f"shoot:{shot.beat.id}")
        return take


class DyingBlobs(Blobs):
    """Dies when a reading, or the last file of a cut, is kept and not recorded."""

    def put_bytes(self, content: bytes, *, suffix: str = "") -> Blob:
        put = super().put_bytes(content, suffix=suffix)
        passed({".wav": "read", ".json": "cut"}.get(suffix, ""))
        return put


def main() -> None:
    database = db.Database(URL)
    made = a_stage(database, FOLDER, writer=DyingWriter(), card=DyingEngine())
    store = FOLDER / "blobs"
    store.mkdir(exist_ok=True)
    parts = {
        name: getattr(made, name) for name in ("clock", "jobs", "crew", "scratch", "likenesses")
    }
    blobs = DyingBlobs(LocalStore(prefix=store), folder=store)
    studio.install(studio.Stage(database=database, blobs=blobs, **parts))
    durable.Worker(database, list(studio.QUEUES), poll_s=0.05).start()
    threading.Event().wait()


if __name__ == "__main__":
    main()

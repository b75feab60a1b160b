"""A worker in a process of its own, for tests that kill it: `making_process.py URL FOLDER`.

Writes a line to FOLDER/shots.log whenever a shot begins, and makes films until it is killed.
"""

import sys
import threading
from pathlib import Path

from matinee import studio
from matinee.film import Shot, Take
from matinee.kit import db, durable
from matinee.studio.abilities import Errand, Guides
from matinee.studio.adapters.test_card_engine import TestCardEngine
from studio_builders import a_stage


class LoggedEngine:
    """The test card engine at a slow pace, with a log of the shots it begins."""

    name = "test_card"
    version = TestCardEngine.version
    abilities = TestCardEngine.abilities

    def __init__(self, log: Path) -> None:
        self._log, self._cards = log, TestCardEngine(frame_pause_s=0.04)

    def shoot(
        self,
        shot: Shot,
        *,
        video_path: Path,
        guides: Guides = Guides(),  # noqa: B008 - frozen
        errand: Errand = Errand(),  # noqa: B008 - frozen
    ) -> Take:
        with self._log.open("a") as log:
            log.write(f"{shot.beat.id}\n")
        return self._cards.shoot(shot, video_path=video_path, guides=guides, errand=errand)


def main(url: str, folder: Path) -> None:
    database = db.Database(url)
    stage = a_stage(database, folder, card=LoggedEngine(folder / "shots.log"))
    studio.install(stage)
    durable.Worker(database, list(studio.QUEUES), poll_s=0.1).start()
    threading.Event().wait()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))

"""The feed's work in the background: learning from what was watched."""

from dataclasses import dataclass

from matinee.kit import durable
from matinee.kit.clock import Clock
from matinee.kit.db import Database
from matinee.kit.durable import Workflow

from .learning import learn


@dataclass(frozen=True)
class Ranker:
    """The workflows of the ranking; wiring schedules `learn` at `LEARN_EVERY`."""

    learn: Workflow[[], None]


def install(database: Database, clock: Clock) -> Ranker:
    """Define the workflows over a database, once for a process."""

    @durable.step("feed.learn_pages")
    def learn_pages() -> int:
        with database.transaction() as session:
            return learn(session, clock=clock)

    @durable.workflow("feed.learn", queue="housekeeping")
    def learn_all() -> None:
        learn_pages()

    return Ranker(learn_all)

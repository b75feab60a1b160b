"""What every step stands on: the stage it works with, and whether its film is still wanted."""

from dataclasses import dataclass, field
from pathlib import Path

from matinee import likeness
from matinee.film import Screenplay
from matinee.kit.blobs import Blobs
from matinee.kit.clock import Clock
from matinee.kit.db import Database
from matinee.kit.durable import Jobs
from matinee.rights import PLATFORM, PlatformTerms, registering
from matinee.studio import store
from matinee.studio.errors import FilmNotFound
from matinee.studio.model import Crew, Film, turn_of
from matinee.trust import Moderator, moderation
from matinee.trust.provenance import Sealer


@dataclass(frozen=True, kw_only=True)
class Stage:
    """What the steps work with: chosen once in wiring, never stored in a step's arguments.

    Without another `moderator` the rules of the house judge, so that nothing is made unjudged;
    without a `sealer` films bear no seal. Without `rights` works are still found by their names.
    """

    database: Database
    blobs: Blobs
    clock: Clock
    jobs: Jobs
    crew: Crew
    scratch: Path
    likenesses: likeness.Room
    sealer: Sealer | None = None
    rights: registering.Room | None = None
    platform: PlatformTerms = field(default_factory=lambda: PlatformTerms(PLATFORM))
    moderator: Moderator = field(default_factory=moderation.rule_moderator)


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What is checked: a film that is wanted, and its screenplay unless it is only spliced."""

    film: Film
    play: Screenplay | None


def begun(stage: Stage, film_id: str, doing: str) -> bool:
    """Say on the film what is being done; returns whether the film is still wanted."""
    with stage.database.transaction() as session:
        return store.update_film(session, film_id, status="in_progress", stage=doing)


def turn(stage: Stage, film_id: str) -> int:
    """Return at which priority the shots of a film are taken; a film that is gone is last."""
    with stage.database.transaction() as session:
        try:
            return turn_of(store.film_by_id(session, film_id).request.priority, 0)
        except FilmNotFound:
            return turn_of("low", 0)


def fail(stage: Stage, film_id: str, code: str, message: str) -> None:
    """End a film for a reason, unless it has ended already."""
    with stage.database.transaction() as session:
        store.fail_film(session, film_id, code=code, message=message, at=stage.clock.now())


def local(stage: Stage, key: str, folder: Path) -> Path:
    """Return a blob as a file, fetched into `folder` when it is kept elsewhere."""
    return stage.blobs.path(key) or stage.blobs.fetch(key, folder / key.rpartition("/")[2])

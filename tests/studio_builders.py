"""Films in the making without a stage: a scripted writer, the fake voice, the test card engine."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
from sqlalchemy import text

from matinee import engine, likeness, studio
from matinee.engine.sound.fake_voice import FakeVoice
from matinee.film import FrameRate, FrameSize, Screenplay
from matinee.film.screenplay import Beat, Character, Line, Look, Note, Setting
from matinee.kit import blobs, durable
from matinee.kit.clock import SystemClock
from matinee.kit.db import Database
from matinee.kit.ids import SystemIds
from matinee.kit.uploads import Uploads
from matinee.likeness.adapters.clip_observer import ClipObserver
from matinee.likeness.adapters.fake_examiner import FakeExaminer
from matinee.likeness.adapters.fake_vocabulary import FakeVocabulary
from matinee.studio.adapters.test_card_engine import TestCardEngine
from matinee.studio.model import Engine, Writer

WAIT_S = 60


def a_repertoire() -> engine.Repertoire:
    return engine.Repertoire(
        places=("beach", "street"),
        actions=("walk", "wave"),
        props=("ball",),
        garments=("coat",),
        hair_styles=("short",),
        ambiences=("sea_waves",),
        effects=("whoosh",),
        voices=("woman", "man"),
    )


def a_play(prompt: str = "two friends meet", *, silent_ms: int = 1000) -> Screenplay:
    ann = Character(id="ann", name="Ann", look=Look(gender="woman"))
    bob = Character(id="bob", name="Bob", look=Look(gender="man"))
    return Screenplay(
        title="The meeting",
        prompt=prompt,
        language="en",
        settings=(Setting(id="s", place="beach"),),
        characters=(ann, bob),
        beats=(
            Beat(id="b1", setting="s", text="Ann walks.", cast=("ann",), duration_ms=silent_ms),
            Beat(
                id="b2",
                setting="s",
                text="They meet.",
                cast=("ann", "bob"),
                lines=(Line(character="ann", text="There you are."),),
            ),
            Beat(id="b3", setting="s", text="Bob waves.", cast=("bob",), duration_ms=silent_ms),
        ),
    )


@dataclass
class ScriptedWriter:
    """Writes `a_play`, or raises what it was told to."""

    name: str = "scripted"
    refuses: Exception | None = None
    silent_ms: int = 1000
    notes: tuple[Note, ...] = ()
    prompts: list[str] = field(default_factory=list)

    def write(
        self,
        prompt: str,
        *,
        repertoire: engine.Repertoire,  # noqa: ARG002 - the Protocol's
        language: str | None,  # noqa: ARG002
        seed: int,  # noqa: ARG002
        duration_ms: int | None,  # noqa: ARG002
    ) -> Screenplay:
        self.prompts.append(prompt)
        if self.refuses is not None:
            raise self.refuses
        play = a_play(prompt, silent_ms=self.silent_ms)
        return msgspec.structs.replace(play, notes=self.notes)

    def revise(
        self,
        play: Screenplay,
        request: str,
        *,
        repertoire: engine.Repertoire,  # noqa: ARG002 - the Protocol's
        seed: int,  # noqa: ARG002
    ) -> Screenplay:
        """Let the request be what Ann says."""
        self.prompts.append(request)
        said = msgspec.structs.replace(play.beats[1], lines=(Line(character="ann", text=request),))
        return msgspec.structs.replace(play, beats=(play.beats[0], said, *play.beats[2:]))

    def extend(
        self,
        play: Screenplay,
        request: str,
        *,
        repertoire: engine.Repertoire,  # noqa: ARG002 - the Protocol's
        seed: int,  # noqa: ARG002
        duration_ms: int | None,  # noqa: ARG002
    ) -> Screenplay:
        """Let the request be what happens next."""
        self.prompts.append(request)
        number = len(play.beats) + 1
        more = Beat(id=f"b{number}", setting="s", text=request, cast=("bob",))
        return msgspec.structs.replace(play, beats=(*play.beats, more))


def a_room(database: Database, folder: Path, **changes: object) -> likeness.Room:
    """A room of likenesses with whoever is made up: clips are written, words are a dozen."""
    clock = SystemClock()
    parts: dict[str, object] = {
        "safe": likeness.Safe(lambda: [b"k" * 32]),
        "blobs": blobs.at(None, folder=folder / "blobs"),
        "clock": clock,
        "ids": SystemIds(clock),
        "jobs": durable.Jobs(database),
        "uploads": Uploads(
            database,
            folder / "uploads",
            clock=clock,
            ids=SystemIds(clock),
            limits={"likeness": 100_000, "character": 24 * 2**20},
        ),
        "examiner": FakeExaminer(),
        "observer": ClipObserver(),
        "vocabulary": FakeVocabulary(),
    }
    return likeness.Room(**{**parts, **changes})  # type: ignore[arg-type]


def a_stage(
    database: Database,
    folder: Path,
    *,
    writer: Writer | None = None,
    card: Engine | None = None,
) -> studio.Stage:
    scripted, test_card = writer or ScriptedWriter(), card or TestCardEngine()
    return studio.Stage(
        database=database,
        blobs=blobs.at(None, folder=folder / "blobs"),
        clock=SystemClock(),
        jobs=durable.Jobs(database),
        crew=studio.Crew(
            writers={"scripted": scripted},
            engines={"test_card": test_card},
            reader=engine.Reader([FakeVoice()]),
            repertoire=a_repertoire(),
        ),
        scratch=folder / "scratch",
        likenesses=a_room(database, folder),
    )


def an_office(stage: studio.Stage, making: studio.Making) -> studio.Office:
    return studio.Office(
        crew=stage.crew,
        clock=stage.clock,
        ids=SystemIds(stage.clock),
        jobs=stage.jobs,
        likenesses=stage.likenesses,
        make_film=making.make_film,
    )


def a_request(**changes: object) -> studio.FilmRequest:
    fields: dict[str, object] = {
        "prompt": "two friends meet",
        "size": FrameSize(128, 72),
        "rate": FrameRate(12),
        "seed": 5,
        "writer": "scripted",
        "model": "test_card",
    }
    return studio.FilmRequest(**{**fields, **changes})  # type: ignore[arg-type]


@contextmanager
def working(stage: studio.Stage) -> Iterator[studio.Office]:
    making = studio.install(stage)
    worker = durable.Worker(stage.database, list(studio.QUEUES), poll_s=0.05)
    worker.start()
    try:
        yield an_office(stage, making)
    finally:
        worker.stop()


def asked(office: studio.Office, database: Database, **changes: object) -> str:
    with database.transaction() as session:
        return studio.request_film(session, a_request(**changes), office=office).id


def seen(database: Database, film_id: str) -> studio.Film:
    with database.transaction() as session:
        return studio.film_by_id(session, film_id)


def until(database: Database, film_id: str, reached: Callable[[studio.Film], bool]) -> studio.Film:
    deadline = time.monotonic() + WAIT_S
    while not reached(found := seen(database, film_id)):
        assert time.monotonic() < deadline, f"still {found}"
        time.sleep(0.05)
    return found


def ended(database: Database, film_id: str) -> studio.Film:
    return until(database, film_id, lambda found: found.ended)


def digests(database: Database, film_id: str) -> list[str]:
    with database.transaction() as session:
        rows = session.execute(
            text("select digest from studio.shot where film = :film order by index"),
            {"film": film_id},
        )
        return list(rows.scalars())

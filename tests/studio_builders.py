"""Films in the making without a stage: a scripted writer, the fake voice, the test card engine."""

from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from matinee import engine, studio
from matinee.engine.sound.fake_voice import FakeVoice
from matinee.film import FrameRate, FrameSize, Screenplay
from matinee.film.screenplay import Beat, Character, Line, Look, Note, Setting
from matinee.kit import blobs, durable
from matinee.kit.clock import SystemClock
from matinee.kit.db import Database
from matinee.kit.ids import SystemIds
from matinee.studio.adapters.test_card_engine import TestCardEngine
from matinee.studio.model import Engine, Writer


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
    )


def an_office(stage: studio.Stage, making: studio.Making) -> studio.Office:
    return studio.Office(
        crew=stage.crew,
        clock=stage.clock,
        ids=SystemIds(stage.clock),
        jobs=stage.jobs,
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

"""What holds for every writer: the offline one, and the one behind an OpenAI-compatible server."""

import threading
from collections.abc import Iterator

import pytest

from matinee import film
from matinee.engine import Repertoire
from matinee.film import Screenplay
from matinee.studio.adapters.fake_writer_server import KEY, MODEL, FakeWriterServer
from matinee.studio.adapters.openai_writer import OpenAIWriter
from matinee.studio.model import Writer
from matinee.studio.writer import (
    OfflineWriter,
    PromptControlCharacters,
    PromptEmpty,
    PromptTooLong,
)

PROMPT = 'A chef in a red apron holds a lantern in a kitchen at night and says "Dinner is ready."'


def a_repertoire() -> Repertoire:
    return Repertoire(
        places=("kitchen", "street", "beach"),
        actions=("stand", "walk", "talk", "listen", "hold"),
        props=("lantern", "box"),
        garments=("shirt", "apron", "trousers", "shoes", "hat", "jacket", "coat", "dress"),
        hair_styles=("short", "long"),
        ambiences=("city",),
        effects=("door", "phone"),
        voices=("anna",),
    )


@pytest.fixture(params=["offline", "openai"])
def writer(request: pytest.FixtureRequest) -> Iterator[Writer]:
    if request.param == "offline":
        yield OfflineWriter()
        return
    with FakeWriterServer() as server:
        yield OpenAIWriter(url=server.url, model=MODEL, key=KEY)
    assert threading.active_count() < 20


def written(
    writer: Writer,
    prompt: str = PROMPT,
    *,
    language: str | None = None,
    seed: int = 7,
    duration_ms: int | None = None,
) -> Screenplay:
    return writer.write(
        prompt,
        repertoire=a_repertoire(),
        language=language,
        seed=seed,
        duration_ms=duration_ms,
    )


def test_a_writer_has_a_name(writer: Writer) -> None:
    assert writer.name in {"offline", "openai"}


def test_a_screenplay_keeps_the_prompt_and_can_be_stored(writer: Writer) -> None:
    screenplay = written(writer)
    assert screenplay.prompt == PROMPT
    assert screenplay.language == "en"
    assert film.decode(film.encode(screenplay), Screenplay) == screenplay


def test_a_screenplay_uses_only_the_repertoire(writer: Writer) -> None:
    known = a_repertoire()
    screenplay = written(writer, "Two pirates dance on a ship with swords. A phone rings.")
    assert {one.place for one in screenplay.settings} <= set(known.places)
    assert {one.kind for one in screenplay.props} <= set(known.props)
    assert {act.verb for beat in screenplay.beats for act in beat.actions} <= set(known.actions)
    assert {cue.name for beat in screenplay.beats for cue in beat.sounds} <= set(known.effects)
    worn = {one.kind for character in screenplay.characters for one in character.look.garments}
    assert worn <= set(known.garments)


def test_quoted_words_are_spoken_as_written(writer: Writer) -> None:
    lines = [line.text for beat in written(writer).beats for line in beat.lines]
    assert lines == ["Dinner is ready."]


def test_phrases_in_notes_are_quoted_from_the_prompt(writer: Writer) -> None:
    for note in written(writer).notes:
        assert note.phrase
        assert note.phrase in PROMPT


def test_the_language_that_is_asked_for_is_kept(writer: Writer) -> None:
    assert written(writer, "一位厨师在厨房里做饭。").language == "zh"
    assert written(writer, "Kitchen", language="de").language == "de"


def test_beats_add_up_to_the_wanted_length(writer: Writer) -> None:
    screenplay = written(writer, duration_ms=10_000)
    assert sum(beat.duration_ms for beat in screenplay.beats) == 10_000
    assert len(screenplay.beats) == 3


def test_the_same_arguments_give_the_same_screenplay(writer: Writer) -> None:
    assert written(writer) == written(writer)


def test_prompts_that_cannot_be_read_are_refused(writer: Writer) -> None:
    with pytest.raises(PromptEmpty):
        written(writer, " \n\u200b ")
    with pytest.raises(PromptTooLong):
        written(writer, "a" * 32_001)
    with pytest.raises(PromptControlCharacters):
        written(writer, "a\x1b[31m")

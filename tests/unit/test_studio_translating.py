"""A film in another language: every line and title, said to be translated, or refused."""

import msgspec
import pytest

from matinee import engine
from matinee.film import Screenplay
from matinee.studio.adapters.fake_writer_server import KEY, MODEL, Behaviour, FakeWriterServer
from matinee.studio.adapters.openai_translator import OpenAITranslator
from matinee.studio.errors import TranslationFailed, TranslationRefused, TranslatorMissing
from matinee.studio.translating import translated
from matinee.studio.writer import OfflineWriter

PROMPT = 'A girl in a park says: "Good morning." Her mother says: "Come home."'


def a_play() -> Screenplay:
    return OfflineWriter().write(
        PROMPT, repertoire=engine.repertoire(), language=None, seed=3, duration_ms=None
    )


def spoken_in(language: str, *behaviours: Behaviour) -> Screenplay:
    with FakeWriterServer(behaviours) as server:
        translator = OpenAITranslator(
            url=server.url, model=MODEL, key=KEY, wait=lambda _s: None, timeout_s=1
        )
        return translated(a_play(), language, [translator])


def test_every_line_is_said_in_the_other_language_and_nothing_else_changes() -> None:
    before, after = a_play(), spoken_in("es")
    said = [line for beat in after.beats for line in beat.lines]
    assert [line.text for line in said] == ["es: Good morning.", "es: Come home."]
    assert {line.language for line in said} == {"es"}
    assert after.language == "es"
    assert after.characters == before.characters
    assert [beat.actions for beat in after.beats] == [beat.actions for beat in before.beats]


def test_a_translation_is_said_to_be_one() -> None:
    notes = spoken_in("es").notes
    assert "translated by openai" in notes[-1].reason


def test_a_screenplay_in_that_language_already_stays_as_it_is() -> None:
    play = msgspec.structs.replace(a_play(), notes=())
    assert translated(play, "en", []) == play


def test_a_missing_translator_is_said_and_nothing_is_made_up() -> None:
    with pytest.raises(TranslatorMissing, match="'en' to 'es'"):
        translated(a_play(), "es", [])


@pytest.mark.parametrize("behaviour", ["dangling", "not_json", "no_choices", "empty"])
def test_an_answer_that_is_no_translation_is_an_error(behaviour: Behaviour) -> None:
    with pytest.raises(TranslationFailed):
        spoken_in("es", behaviour)


@pytest.mark.parametrize("behaviour", ["refuse", "filter"])
def test_a_refusal_is_told_apart_from_a_fault(behaviour: Behaviour) -> None:
    with pytest.raises(TranslationRefused):
        spoken_in("es", behaviour)


def test_what_passes_by_itself_is_asked_again() -> None:
    assert spoken_in("es", "server_error", "rate_limit").language == "es"

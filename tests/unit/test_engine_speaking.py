import numpy as np
import pytest

from matinee import engine
from matinee.engine.sound.fake_voice import FakeVoice
from matinee.engine.speaking import samples_of
from matinee.film.screenplay import Character, Line, Look


def a_line(text: str = "There you are.", **changes: str) -> Line:
    return Line(character="ann", text=text, **changes)  # type: ignore[arg-type]


def a_reader() -> engine.Reader:
    return engine.Reader([FakeVoice()])


def ann(**look: str) -> Character:
    return Character(id="ann", name="Ann", look=Look(**look))  # type: ignore[arg-type]


def test_a_line_comes_back_as_a_sound_file_as_long_as_it_says() -> None:
    heard = a_reader().read(engine.SpokenLine(line=a_line(), speaker=ann()))
    samples, rate_hz = samples_of(heard.wave)
    assert heard.duration_ms - 1 < len(samples) * 1000 / rate_hz <= heard.duration_ms
    assert np.abs(samples).max() > 0.05


def test_sounds_and_words_lie_inside_the_line() -> None:
    heard = a_reader().read(engine.SpokenLine(line=a_line(), speaker=ann()))
    assert [word.text for word in heard.words] == ["There", "you", "are."]
    assert heard.phonemes[0].start_ms == 0
    assert max(one.end_ms for one in heard.phonemes) <= heard.duration_ms
    assert max(one.end_ms for one in heard.words) <= heard.duration_ms


def test_the_same_line_always_sounds_the_same() -> None:
    spoken = engine.SpokenLine(line=a_line(), speaker=ann())
    assert a_reader().read(spoken) == a_reader().read(spoken)


@pytest.mark.parametrize(
    "other",
    [
        engine.SpokenLine(line=a_line(), speaker=ann(gender="man")),
        engine.SpokenLine(line=a_line(), speaker=None),
        engine.SpokenLine(line=a_line(), speaker=ann(), voice="robot"),
        engine.SpokenLine(line=a_line(), speaker=ann(), rate=1.2),
        engine.SpokenLine(line=a_line(mood="angry"), speaker=ann()),
    ],
)
def test_who_speaks_and_how_is_heard(other: engine.SpokenLine) -> None:
    plain = engine.SpokenLine(line=a_line(), speaker=ann(gender="woman"))
    assert a_reader().read(other).wave != a_reader().read(plain).wave


def test_a_line_without_a_word_is_a_captioned_silence() -> None:
    heard = a_reader().read(engine.SpokenLine(line=a_line("…!"), speaker=ann()))
    samples, _ = samples_of(heard.wave)
    assert not samples.any()
    assert [word.text for word in heard.words] == ["…!"]
    assert "…!" in heard.approximated


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("“There,” she said — quietly… “you are!”", "en"),
        ("In 1984, 3 dogs ran.", "en"),
        ("你好，世界！", "zh"),
        ("¿Dónde estás, amigo?", "es"),
    ],
)
def test_the_words_together_are_the_line_as_it_is_written(text: str, language: str) -> None:
    line = a_line(text, language=language)
    heard = a_reader().read(engine.SpokenLine(line=line, speaker=ann()))
    said = "".join(word.text for word in heard.words).replace(" ", "")
    assert said == text.replace(" ", "")
    assert [word.start_ms for word in heard.words] == sorted(w.start_ms for w in heard.words)

"""The one contract of every voice that is installed."""

import functools

import numpy as np
import pytest

from matinee.engine.sound.casting import installed_voices
from matinee.engine.sound.voices import (
    PAUSE,
    NothingToSay,
    Reading,
    SpeechInvalid,
    Voice,
    VoiceHint,
)

VOICES = installed_voices()
LINE = "He raised his lantern, and saw the boats."


@functools.cache
def read(name: str, kind: str = "woman", rate: float = 1.0, text: str = LINE) -> Reading:
    return VOICES[name].speak(text, language="en", voice=VoiceHint(kind), rate=rate, seed=4)


@pytest.fixture(params=sorted(VOICES))
def voice(request: pytest.FixtureRequest) -> Voice:
    return VOICES[str(request.param)]


def test_the_phonemes_cover_the_samples_without_gap_or_overlap(voice: Voice) -> None:
    reading = read(voice.name)
    assert reading.phonemes[0].start_s == 0.0
    assert reading.phonemes[-1].end_s == reading.duration_s
    for first, second in zip(reading.phonemes[:-1], reading.phonemes[1:], strict=True):
        assert first.end_s == second.start_s
        assert first.end_s > first.start_s


def test_the_words_come_in_order_and_each_lies_on_its_own_phonemes(voice: Voice) -> None:
    reading = read(voice.name)
    assert [word.text.lower().strip(",.") for word in reading.words] == (
        LINE.lower().replace(",", "").replace(".", "").split()
    )
    for first, second in zip(reading.words[:-1], reading.words[1:], strict=True):
        assert first.end_s <= second.start_s
    starts = {phoneme.start_s for phoneme in reading.phonemes}
    assert all(word.start_s in starts for word in reading.words)


def test_speech_is_finite_loud_enough_and_never_clipped(voice: Voice) -> None:
    samples = read(voice.name).samples
    assert samples.dtype == np.float32
    assert samples.ndim == 1
    assert np.isfinite(samples).all()
    assert 0.1 < np.abs(samples).max() < 1.0


def test_a_comma_is_a_silence_of_the_mouth(voice: Voice) -> None:
    reading = read(voice.name)
    lantern = next(word for word in reading.words if word.text.startswith("lantern"))
    after = next(p for p in reading.phonemes if p.start_s >= lantern.end_s)
    assert after.symbol == PAUSE


def test_the_same_line_is_always_read_alike(voice: Voice) -> None:
    again = voice.speak(LINE, language="en", voice=VoiceHint("woman"), rate=1.0, seed=4)
    assert np.array_equal(again.samples, read(voice.name).samples)
    assert again.phonemes == read(voice.name).phonemes


def test_a_higher_rate_is_shorter(voice: Voice) -> None:
    assert read(voice.name, rate=1.5).duration_s < 0.85 * read(voice.name).duration_s


@pytest.mark.parametrize("text", ["", "   ", "...!", "—", "🙂"])
def test_a_text_without_words_is_an_error(voice: Voice, text: str) -> None:
    with pytest.raises(NothingToSay):
        voice.speak(text, language="en", voice=VoiceHint())


@pytest.mark.parametrize("rate", [0.0, -1.0, 5.0, float("nan")])
def test_an_impossible_rate_is_an_error(voice: Voice, rate: float) -> None:
    with pytest.raises(SpeechInvalid):
        voice.speak(LINE, language="en", voice=VoiceHint(), rate=rate)


def test_a_text_beyond_every_limit_is_an_error(voice: Voice) -> None:
    with pytest.raises(SpeechInvalid):
        voice.speak("word " * 2_000, language="en", voice=VoiceHint())


def test_what_has_no_sound_is_left_out_and_named(voice: Voice) -> None:
    reading = voice.speak("Hello \u05e9\u05dc\u05d5\u05dd there", language="en", voice=VoiceHint())
    assert [word.text for word in reading.words] == ["Hello", "there"]
    assert "\u05e9" in " ".join(reading.notes)


def test_a_foreign_language_is_spoken_or_said_to_be_approximated(voice: Voice) -> None:
    reading = voice.speak("你好，很高兴认识你。", language="zh", voice=VoiceHint())
    assert reading.duration_s > 1.0
    assert ("zh" in voice.languages) == (reading.approximated is None)


def test_a_sentence_longer_than_any_model_reads_is_spoken_whole(voice: Voice) -> None:
    if voice.name == "final":
        pytest.skip("reads at less than real time; its cutting is tested without the network")
    text = "and then we walked to the sea " * 20
    reading = voice.speak(text, language="en", voice=VoiceHint())
    assert len(reading.words) == 140

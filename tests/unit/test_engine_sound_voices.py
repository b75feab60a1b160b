"""The cast of voices, pronunciation and the bytes of the network."""

import functools
import hashlib
import io
import itertools
import tarfile
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from matinee.engine.sound.casting import installed_voices, voice_for
from matinee.engine.sound.final_voice import STYLE_BYTES, joined, keep_styles
from matinee.engine.sound.network_bytes import with_output
from matinee.engine.sound.pronunciation import pronounce
from matinee.engine.sound.scripts import english, foreign
from matinee.engine.sound.timbres import TIMBRES, VOICE_KINDS, VOICE_MOODS, timbre_of
from matinee.engine.sound.voices import PAUSE, Reading, VoiceHint, VoiceNotInstalled

LINE = "Where were you all those years? We were worried."


@functools.cache
def spoken(kind: str, mood: str = "neutral", manner: str = "", variant: int = 0) -> Reading:
    voice = installed_voices()["fast"]
    return voice.speak(LINE, language="en", voice=VoiceHint(kind, mood, manner, variant))


def pitch_hz(samples: NDArray[np.float32], rate_hz: int) -> float:
    """Median pitch of the voiced 50 ms frames, by autocorrelation between 55 and 500 Hz."""
    found = []
    length = rate_hz // 20
    for start in range(0, len(samples) - length, length // 2):
        frame = samples[start : start + length].astype(np.float64)
        if np.sqrt(np.mean(frame**2)) < 0.03:
            continue
        frame -= frame.mean()
        spectrum = np.fft.rfft(frame, 2 * length)
        echo = np.fft.irfft(np.abs(spectrum) ** 2)[:length] / (length - np.arange(length))
        lags = np.arange(rate_hz // 500, rate_hz // 55)
        best = lags[np.argmax(echo[lags])]
        if echo[best] > 0.55 * echo[0]:
            # A lag of several periods is as good as one: the shortest good lag is the period.
            good = [lag for lag in lags if echo[lag] > 0.9 * echo[best]]
            found.append(rate_hz / good[0])
    return float(np.median(found))


@pytest.mark.parametrize("kind", ["man", "teen_boy", "girl", "giant"])
def test_a_speaker_is_heard_at_the_pitch_of_the_body(kind: str) -> None:
    heard = pitch_hz(spoken(kind).samples, 24_000) / pitch_hz(spoken("woman").samples, 24_000)
    assert heard == pytest.approx(TIMBRES[kind].median_hz / TIMBRES["woman"].median_hz, rel=0.15)


def test_man_woman_and_child_are_a_third_apart_in_pitch() -> None:
    heard = [pitch_hz(spoken(kind).samples, 24_000) for kind in ("man", "woman", "child")]
    assert heard[0] * 1.3 < heard[1]
    assert heard[1] * 1.25 < heard[2]


def test_a_robot_speaks_on_one_note() -> None:
    def spread(kind: str) -> float:
        samples = spoken(kind).samples
        thirds = np.array_split(samples, 6)
        return float(np.std([pitch_hz(part, 24_000) for part in thirds[:5]]))

    assert spread("robot") < 0.5 * spread("woman")


def test_a_whisper_has_no_voice_in_it() -> None:
    def low_share(manner: str) -> float:
        samples = spoken("woman", manner=manner).samples
        spectrum = np.abs(np.fft.rfft(samples)) ** 2
        frequency = np.fft.rfftfreq(len(samples), 1 / 24_000)
        return float(spectrum[(frequency > 120) & (frequency < 400)].sum() / spectrum.sum())

    assert low_share("whisper") < 0.4 * low_share("")


def test_anger_is_louder_than_sadness_and_quicker() -> None:
    angry, sad = spoken("man", "angry"), spoken("man", "sad")
    assert np.std(angry.samples) > 1.5 * np.std(sad.samples)
    assert angry.duration_s < sad.duration_s


def test_every_kind_and_mood_speaks() -> None:
    fake = installed_voices()["fake"]
    for kind, mood in [*zip(VOICE_KINDS, itertools.cycle(VOICE_MOODS), strict=False)]:
        reading = fake.speak("Yes.", language="en", voice=VoiceHint(kind, mood))
        assert np.abs(reading.samples).max() > 0.05


def test_a_writer_may_say_whispering_or_whisper() -> None:
    told, written = (timbre_of(VoiceHint("man", manner=m)) for m in ("whisper", "whispering"))
    assert told == written
    assert told.breath == 1.0
    shouted = timbre_of(VoiceHint("man", manner="shouting"))
    assert shouted.level_db > timbre_of(VoiceHint("man")).level_db + 3


def test_two_extras_of_one_kind_are_two_people() -> None:
    first, second = timbre_of(VoiceHint("man", variant=1)), timbre_of(VoiceHint("man", variant=2))
    assert abs(first.median_hz - second.median_hz) > 1.0
    assert timbre_of(VoiceHint("man", variant=1)) == first


@pytest.mark.parametrize(
    ("look", "kind"),
    [
        ({"gender": "man"}, "man"),
        ({"gender": "woman", "age": "elder"}, "old_woman"),
        ({"gender": "man", "age": "child"}, "boy"),
        ({"kind": "robot"}, "robot"),
        ({"named": "giant", "gender": "woman"}, "giant"),
        ({"named": "unheard_of", "gender": "woman"}, "woman"),
    ],
)
def test_a_character_is_given_a_voice_that_fits(look: dict[str, str], kind: str) -> None:
    assert voice_for("ada", **look).kind == kind


def test_the_narrator_is_nobody_on_the_stage() -> None:
    assert voice_for("narrator").kind == "narrator"


def test_numbers_are_spoken_and_keep_their_caption() -> None:
    voice = installed_voices()["fast"]
    reading = voice.speak("We saw 42 boats.", language="en", voice=VoiceHint())
    number = next(word for word in reading.words if word.text == "42")
    assert number.end_s - number.start_s > 0.3


@pytest.mark.parametrize(
    ("text", "language", "symbols"),
    [
        ("妈", "zh", "ma"),
        ("中国", "zh", "ʈʂʊŋɡ̊wɔ"),
        ("llave", "es", "ʝabe"),
        ("ciao", "it", "tʃao"),
        ("bonjour", "fr", "bɔ̃ʒuʁ"),
        ("portes", "fr", "poʁt"),
        ("vieux", "fr", "vjø"),
        ("schön", "de", "ʃøn"),
        ("きゃく", "ja", "kjakɯ"),
        ("コーヒー", "ja", "koːhiː"),
        ("こんにちは", "ja", "koɴnitɕiwa"),
        ("한국", "ko", "hanɡ̊uk"),
        ("नमस्ते", "hi", "nəməsteː"),
        ("да", "ru", "da"),
        ("lake", "en", "leɪk"),
    ],
)
def test_spelling_leads_to_sounds(text: str, language: str, symbols: str) -> None:
    (sentence,) = pronounce(text, language).sentences
    assert "".join(sound.symbol for sound in sentence if sound.symbol != PAUSE) == symbols


@pytest.mark.parametrize(
    ("digits", "said"),
    [
        ("10", "十"),
        ("42", "四十二"),
        ("105", "一百零五"),
        ("2026", "二千零二十六"),
        ("10000", "一万"),
    ],
)
def test_mandarin_reads_numbers_as_words(digits: str, said: str) -> None:
    read, spelled = pronounce(digits, "zh"), pronounce(said, "zh")
    assert [s.symbol for s in read.sentences[0]] == [s.symbol for s in spelled.sentences[0]]


def test_mandarin_tones_are_kept_with_their_syllables() -> None:
    (sentence,) = pronounce("妈麻马骂", "zh").sentences
    tones = [sound.tone for sound in sentence if sound.tone]
    assert tones == [1, 2, 3, 4]


def test_a_network_gains_an_output_and_loses_nothing() -> None:
    model = with_output(b"\x08\x09", "x" * 200)
    assert model.startswith(b"\x08\x09\x3a")
    assert b"x" * 200 in model


def test_a_damaged_model_is_refused() -> None:
    whole = hashlib.sha256(b"onetwo").hexdigest()
    assert joined([b"one", b"two"], whole) == b"onetwo"
    with pytest.raises(VoiceNotInstalled, match="Install the extra"):
        joined([b"one", b"tw0"], whole)


def test_more_final_speakers_are_found_in_a_folder(tmp_path: Path) -> None:
    (tmp_path / "zf_xiaobei.bin").write_bytes(bytes(4 * 256))
    voices = installed_voices(tmp_path)
    if "final" not in voices:
        pytest.skip("the extra final-voices is not installed")
    assert "zh" in voices["final"].languages
    assert "zh" not in installed_voices(tmp_path / "none")["final"].languages


def test_a_japanese_dictionary_reads_kanji_and_particles() -> None:
    pytest.importorskip("janome")
    said = pronounce("船長は嵐を待つ。", "ja")
    assert said.notes == ()
    assert "".join(sound.symbol for sound in said.sentences[0][:8]) == "seɴtɕoːwaa"


def test_a_network_that_reads_tones_is_told_no_stress() -> None:
    (sentence,) = pronounce("看见大海", "zh").sentences
    letters = dict.fromkeys("khantɕjɛdxaɪʰ↗↓↘→ˈ", 1)
    assert "ˈ" not in foreign(sentence, letters, {}, tone_marks={3: "↓", 4: "↘"}).symbols
    assert "ˈ" in foreign(sentence, letters, {}).symbols


def test_the_british_say_it_otherwise() -> None:
    letters = dict.fromkeys(map(chr, range(32, 1_000)), 1)
    ((american,), *_), ((british,), *_) = (
        english("The last dance.", letters, british=british) for british in (False, True)
    )
    assert "æ" in american.symbols
    assert "ɑː" in british.symbols


def test_the_styles_of_a_package_are_kept_and_others_refused(tmp_path: Path) -> None:
    def packed(name: str, size: int) -> Path:
        archive = tmp_path / f"{size}.tgz"
        with tarfile.open(archive, "w:gz") as package:
            member = tarfile.TarInfo(name)
            member.size = size
            package.addfile(member, io.BytesIO(bytes(size)))
        return archive

    kept = tmp_path / "kept"
    assert keep_styles(packed("package/voices/../../zf_out.bin", STYLE_BYTES), kept) == 1
    assert [path.name for path in kept.iterdir()] == ["zf_out.bin"]
    with pytest.raises(VoiceNotInstalled, match="zf_short"):
        keep_styles(packed("package/voices/zf_short.bin", 10), kept)


def test_a_voice_says_when_it_only_approximates_a_language() -> None:
    fast = installed_voices()["fast"]
    told = fast.speak("Buenos días.", language="es", voice=VoiceHint()).approximated
    assert told is not None
    assert "Spanish" in told
    assert fast.speak("Good day.", language="en-GB", voice=VoiceHint()).approximated is None

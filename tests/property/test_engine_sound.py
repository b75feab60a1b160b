"""Laws of speech and mixing, whatever is written or asked for."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as some

from matinee.engine.sound import (
    ContactCue,
    EffectCue,
    FilmSound,
    VoiceHint,
    installed_voices,
    loudness,
    mix,
)
from matinee.engine.sound.effects import EFFECTS
from matinee.engine.sound.foley import CONTACTS, MATERIALS
from matinee.engine.sound.timbres import VOICE_KINDS, VOICE_MOODS
from matinee.engine.sound.voices import NothingToSay

LANGUAGES = ("en", "zh", "es", "fr", "de", "ja", "ko", "hi", "ru", "xx")
WRITTEN = some.text(
    alphabet="abcdefghijklmnopqrstuvwxyzäéñçßабвгд你好世界こんにちは한국어नमस्ते"
    " 0123456789.,!?'-—\n\t🙂",
    max_size=60,
)


@settings(max_examples=60, deadline=None)
@given(
    text=WRITTEN,
    language=some.sampled_from(LANGUAGES),
    kind=some.sampled_from(VOICE_KINDS),
    mood=some.sampled_from(VOICE_MOODS),
    rate=some.floats(0.5, 2.0),
)
def test_whatever_is_written_is_refused_or_spoken_with_exact_timings(
    text: str, language: str, kind: str, mood: str, rate: float
) -> None:
    voice = installed_voices()["fake"]
    try:
        reading = voice.speak(text, language=language, voice=VoiceHint(kind, mood), rate=rate)
    except NothingToSay:
        return
    assert np.isfinite(reading.samples).all()
    assert np.abs(reading.samples).max() < 1.0
    assert reading.phonemes[0].start_s == 0.0
    assert reading.phonemes[-1].end_s == reading.duration_s
    ends = [phoneme.end_s for phoneme in reading.phonemes]
    assert ends == sorted(ends)
    assert all(a.end_s <= b.start_s for a, b in zip(reading.words, reading.words[1:], strict=False))
    assert reading.words


@settings(max_examples=12, deadline=None)
@given(
    duration_s=some.floats(0.05, 3.0),
    contacts=some.lists(
        some.builds(
            ContactCue,
            time_s=some.floats(-1.0, 4.0),
            kind=some.sampled_from(CONTACTS),
            material_a=some.sampled_from(MATERIALS),
            material_b=some.sampled_from(MATERIALS),
            strength=some.floats(-1.0, 2.0),
            pan=some.floats(-2.0, 2.0),
            distance_m=some.floats(0.0, 500.0),
        ),
        max_size=4,
    ),
    effects=some.lists(
        some.builds(EffectCue, some.sampled_from(EFFECTS), some.floats(-2.0, 4.0)), max_size=2
    ),
)
def test_whatever_touches_the_mix_is_as_long_as_the_film_and_never_clips(
    duration_s: float, contacts: list[ContactCue], effects: list[EffectCue]
) -> None:
    out = np.asarray(
        mix(FilmSound(duration_s, contacts=tuple(contacts), effects=tuple(effects), seed=1))
    )
    assert out.shape == (max(1, round(duration_s * 48_000)), 2)
    assert np.isfinite(out).all()
    assert loudness.true_peak_dbtp(out.astype(np.float64)) <= -1.0

import numpy as np

from matinee.engine.stage.cast import Person, person
from matinee.engine.stage.face import MOOD_FACES, SOUNDS, face
from matinee.film.screenplay import Look

TIMES = np.arange(72) / 24


def somebody() -> Person:
    return person(Look(gender="woman"), seed=5, detail="far")


def weights(
    phonemes: list[tuple[str, float, float]], mood: str = "neutral", seed: int = 1
) -> np.ndarray:
    return face(somebody(), phonemes=phonemes, mood=mood, times_s=TIMES, seed=seed)


def unit(values: np.ndarray, name: str) -> np.ndarray:
    return values[:, somebody().rigged.morph_names.index(name)]


MAMA = [("m", 0.5, 0.58), ("a", 0.58, 0.8), ("m", 0.8, 0.86), ("ɑː", 0.86, 1.2)]


def test_lips_close_on_every_m_b_and_p() -> None:
    for symbol in "mbp":
        sounds = [("a", 0.5, 0.7), (symbol, 0.7, 0.76), ("a", 0.76, 1.0)]
        values = weights(sounds)
        shut = int(np.argmin(np.abs(TIMES - 0.73)))
        assert unit(values, "jawOpen")[shut] < 0.02
        assert unit(values, "mouthPressLeft")[shut] > 0.3
        assert unit(values, "jawOpen")[int(0.6 * 24)] > 0.2
        assert unit(values, "jawOpen")[int(0.9 * 24)] > 0.2


def test_an_open_vowel_opens_the_jaw_and_a_round_one_rounds_the_lips() -> None:
    values = weights([("a", 0.5, 0.9), ("u", 1.5, 1.9)])
    assert unit(values, "jawOpen")[17] > 0.3
    assert unit(values, "mouthPucker")[41] > 0.5
    assert unit(values, "mouthPucker")[17] < 0.1


def test_every_sound_and_mood_gives_weights_between_nought_and_one() -> None:
    sounds = [(symbol, 0.05 * i, 0.05 * i + 0.05) for i, symbol in enumerate(sorted(SOUNDS))]
    for mood in (*MOOD_FACES, "bewildered"):
        values = weights(sounds, mood)
        assert values.shape == (len(TIMES), len(somebody().rigged.morph_names))
        assert np.isfinite(values).all()
        assert values.min() >= 0
        assert values.max() <= 1


def test_the_mouth_moves_smoothly_between_sounds() -> None:
    values = weights(MAMA)
    assert np.abs(np.diff(unit(values, "mouthLowerDownLeft"))).max() < 0.35


def test_pauses_stress_marks_and_diphthongs_are_understood() -> None:
    values = weights([("|", 0.0, 0.5), ("ˈaɪ", 0.5, 0.9), ("tʃ", 0.9, 1.0), ("|", 1.0, 1.5)])
    assert unit(values, "jawOpen")[14] > 0.2
    assert unit(values, "jawOpen")[60] < 0.05


def test_eyes_blink_fully_every_few_seconds() -> None:
    times = np.arange(24 * 30) / 24
    values = face(somebody(), phonemes=[], mood="neutral", times_s=times, seed=4)
    lid = unit(values, "eyeBlinkLeft")
    closed = np.flatnonzero((lid[1:] > 0.9) & (lid[:-1] <= 0.9))
    assert 5 <= len(closed) <= 20
    assert np.median(lid) < 0.1


def test_a_neutral_face_neither_worries_nor_frowns() -> None:
    values = weights([])
    for name in ("browInnerUp", "browDownLeft", "mouthFrownLeft", "mouthStretchLeft"):
        assert unit(values, name).max() < 0.05
    assert unit(values, "mouthSmileLeft").mean() > 0.02


def test_moods_show() -> None:
    assert unit(weights([], "happy"), "mouthSmileLeft").mean() > 0.35
    assert unit(weights([], "sad"), "browInnerUp").mean() > 0.5
    assert unit(weights([], "angry"), "browDownLeft").mean() > 0.5
    assert unit(weights([], "surprised"), "eyeWideLeft").mean() > 0.4


def test_lids_follow_the_gaze() -> None:
    gaze = np.zeros((len(TIMES), 2))
    gaze[:, 1] = 0.3
    values = face(somebody(), phonemes=[], mood="neutral", times_s=TIMES, seed=1, gaze=gaze)
    assert unit(values, "eyeLookDownLeft").min() > 0.5


def test_the_same_seed_gives_the_same_face_and_another_seed_other_blinks() -> None:
    assert np.array_equal(weights(MAMA, "happy", 3), weights(MAMA, "happy", 3))
    assert not np.array_equal(weights(MAMA, "happy", 3), weights(MAMA, "happy", 4))

"""The composer and the mix."""

import functools
from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray

from matinee.engine.sound import (
    AmbienceCue,
    ContactCue,
    EffectCue,
    FilmSound,
    MusicBrief,
    RoomCue,
    SpeechCue,
    instruments,
    loudness,
    music,
    score,
    signals,
    tapes,
)
from matinee.engine.sound.cues import FilmSoundInvalid, SoundUnknown

RATE_HZ = 48_000
Floats = NDArray[np.float64]


def a_voice(seconds: float = 1.5, level_db: float = -21.0) -> NDArray[np.float32]:
    """Noise in syllables, in the band of speech, at 24 kHz."""
    rng = np.random.default_rng(9)
    count = round(seconds * 24_000)
    syllables = 0.55 + 0.45 * np.sin(2 * np.pi * 4.0 * np.arange(count) / 24_000)
    noise = np.convolve(rng.standard_normal(count + 7), np.ones(8) / 8, "valid") * syllables
    return (noise / np.std(noise) * 10 ** (level_db / 20)).astype(np.float32)


def a_brief(
    mood: str = "epic", duration_s: float = 8.0, cuts: tuple[float, ...] = (2.7, 5.1), seed: int = 3
) -> MusicBrief:
    return MusicBrief(mood, 0.0, cuts, duration_s, seed)


def a_film(**changes: object) -> FilmSound:
    given: dict[str, object] = {
        "duration_s": 6.0,
        "speeches": (SpeechCue(a_voice(), 24_000, 2.0),),
        "contacts": (ContactCue(0.5, "footstep", "leather", "stone", 0.6),),
        "ambiences": (AmbienceCue("wind", 0.0, 6.0),),
        "effects": (EffectCue("door", 4.5),),
        "music": a_brief(duration_s=6.0),
        "rooms": (RoomCue("hall", 0.0, 6.0),),
        "seed": 11,
    }
    return FilmSound(**{**given, **changes})  # type: ignore[arg-type]


def mix(film: FilmSound) -> Floats:
    return np.asarray(score.mix(film))


@dataclass(frozen=True)
class Heard:
    """The stems of a film, in memory."""

    speech: Floats
    effects: Floats
    beds: Floats


def stems(film: FilmSound) -> Heard:
    parts = score.stems(film)
    return Heard(
        *(np.asarray(one, np.float64) for one in (parts.speech, parts.effects, parts.beds))
    )


@functools.cache
def mixed() -> Floats:
    return mix(a_film()).astype(np.float64)


def test_a_mix_has_the_films_length_to_the_sample() -> None:
    for duration_s in (0.04, 1.0, 2.345_678):
        film = FilmSound(duration_s, ambiences=(AmbienceCue("wind", 0.0, duration_s),))
        out = mix(film)
        assert out.shape == (round(duration_s * RATE_HZ), 2)
        assert out.dtype == np.float32


def test_a_mix_is_at_minus_sixteen_lufs_and_below_minus_one_dbtp() -> None:
    assert loudness.integrated_lufs(mixed()) == pytest.approx(-16.0, abs=0.5)
    assert loudness.true_peak_dbtp(mixed()) <= -1.0
    assert np.abs(mixed()).max() < 1.0


def test_the_same_film_sounds_the_same_twice() -> None:
    assert np.array_equal(mix(a_film()), mixed().astype(np.float32))


def test_a_film_without_sound_is_silent() -> None:
    assert not mix(FilmSound(1.5)).any()


def test_a_very_loud_and_a_very_faint_line_become_equally_loud() -> None:
    for level_db in (-3.0, -45.0):
        film = FilmSound(3.0, (SpeechCue(a_voice(2.0, level_db), 24_000, 0.5),))
        level = loudness.integrated_lufs(mix(film).astype(np.float64))
        assert level == pytest.approx(-16.0, abs=0.5)


def test_speech_is_eight_decibels_above_the_bed() -> None:
    loud = (AmbienceCue("rain_heavy", 0.0, 6.0, gain=6.0), AmbienceCue("wind", 0.0, 6.0, gain=6.0))
    parts = stems(a_film(ambiences=loud))
    spoken = slice(int(2.1 * RATE_HZ), int(3.4 * RATE_HZ))
    speech = np.mean(loudness.k_weighted(parts.speech)[spoken] ** 2)
    bed = np.mean(loudness.k_weighted(parts.beds)[spoken] ** 2)
    assert 10 * np.log10(speech / bed) > 8.0


def test_music_and_bed_come_back_when_nobody_speaks() -> None:
    quiet = stems(a_film(speeches=()))
    parts = stems(a_film())
    before = slice(0, int(1.0 * RATE_HZ))
    after = slice(int(4.8 * RATE_HZ), int(5.4 * RATE_HZ))
    during = slice(int(2.2 * RATE_HZ), int(3.2 * RATE_HZ))
    for span in (before, after):
        assert signals.rms(parts.beds[span]) > 0.8 * signals.rms(quiet.beds[span])
    assert signals.rms(parts.beds[during]) < 0.7 * signals.rms(quiet.beds[during])


@pytest.mark.parametrize("ground", ["stone", "sand", "wood", "snow", "water"])
def test_steps_are_heard_when_the_feet_land(ground: str) -> None:
    landings = (0.5, 1.1, 1.85, 2.3)
    steps = tuple(ContactCue(t, "footstep", "leather", ground, 0.6) for t in landings)
    heard = np.abs(stems(FilmSound(3.0, contacts=steps)).effects).max(axis=1)
    for landing in landings:
        first = round(landing * RATE_HZ)
        assert heard[first : first + 960].max() > 6.0 * heard[first - 960 : first - 5].max()


def test_left_is_left_and_right_is_right() -> None:
    for pan, louder in ((-0.9, 0), (0.9, 1)):
        film = FilmSound(1.0, contacts=(ContactCue(0.2, "impact", "wood", "wood", 0.8, pan),))
        energy = (stems(film).effects ** 2).sum(axis=0)
        assert energy[louder] > 3.0 * energy[1 - louder]


def test_a_hall_is_heard_after_the_blow_and_the_open_air_is_not() -> None:
    def tail(room: str) -> float:
        blow = (ContactCue(0.1, "impact", "wood", "wood", 0.9),)
        film = FilmSound(2.0, contacts=blow, rooms=(RoomCue(room, 0.0, 2.0),))
        return signals.rms(stems(film).effects[int(0.7 * RATE_HZ) :])

    assert tail("hall") > 10.0 * tail("outdoors")


def test_cues_beyond_the_film_are_not_heard() -> None:
    film = FilmSound(
        1.0,
        (SpeechCue(a_voice(), 24_000, 3.0),),
        (ContactCue(1.5, "impact", "wood", "wood"),),
        (AmbienceCue("wind", 4.0, 5.0),),
        (EffectCue("door", 2.0),),
    )
    assert not mix(film).any()


@pytest.mark.parametrize("duration_s", [0.0, -1.0, float("nan"), float("inf"), 1e9])
def test_an_impossible_length_is_an_error(duration_s: float) -> None:
    with pytest.raises(FilmSoundInvalid):
        FilmSound(duration_s)


def test_an_impossible_cue_is_an_error() -> None:
    with pytest.raises(FilmSoundInvalid):
        FilmSound(1.0, ambiences=(AmbienceCue("wind", 2.0, 1.0),))
    with pytest.raises(FilmSoundInvalid):
        FilmSound(1.0, effects=(EffectCue("door", float("nan")),))


def test_an_unknown_name_is_an_error() -> None:
    with pytest.raises(SoundUnknown, match="teapot"):
        mix(FilmSound(1.0, effects=(EffectCue("teapot", 0.1),)))
    with pytest.raises(SoundUnknown, match="teapot"):
        mix(FilmSound(1.0, music=a_brief("teapot", 1.0)))


@pytest.mark.parametrize("mood", music.MOODS)
def test_music_of_every_mood_lasts_exactly_as_long_as_the_film(mood: str) -> None:
    piece = np.asarray(music.compose(a_brief(mood, 5.0, (2.2,))), np.float64)
    assert piece.shape == (5 * RATE_HZ, 2)
    assert np.isfinite(piece).all()
    assert signals.rms(piece) == pytest.approx(10 ** (music.LEVEL_DBFS / 20), rel=0.3)


@pytest.mark.parametrize("mood", ["epic", "sad", "happy", "mysterious"])
def test_music_comes_home_and_rings_out_before_the_film_ends(mood: str) -> None:
    brief = a_brief(mood, 9.0)
    notes = music.written(brief)
    pitched = [note for note in notes if note.instrument not in {"taiko", "cymbal", "swell"}]
    last_s = max(note.start_s for note in pitched)
    final = [note for note in pitched if note.start_s > last_s - 0.1]
    roots = {note.midi % 12 for note in final if note.instrument == "bass"}
    assert len(roots) == 1
    assert brief.duration_s - last_s > 1.0
    piece = np.asarray(music.compose(brief), np.float64)
    end, middle = piece[-2_400:], piece[4 * RATE_HZ : 5 * RATE_HZ]
    assert signals.rms(end) < 0.06 * signals.rms(middle)


@pytest.mark.parametrize("duration_s", [0.3, 1.0, 2.5, 24.0])
def test_music_fits_films_of_any_length(duration_s: float) -> None:
    piece = np.asarray(music.compose(a_brief("happy", duration_s, ())), np.float64)
    assert len(piece) == round(duration_s * RATE_HZ)
    assert signals.rms(piece) > 0.01


def test_every_cut_is_marked_where_it_is() -> None:
    cuts = (2.71, 5.13)
    strokes = {note.start_s for note in music.written(a_brief(cuts=cuts)) if note.length_s == 0.0}
    assert set(cuts) <= strokes


def test_two_seeds_are_two_pieces_and_one_seed_is_one() -> None:
    assert music.written(a_brief(seed=1)) == music.written(a_brief(seed=1))
    assert music.written(a_brief(seed=1)) != music.written(a_brief(seed=2))


def test_a_given_tempo_is_kept_within_a_tenth() -> None:
    notes = music.written(MusicBrief("happy", 120.0, (), 20.0, 4))
    hats = sorted(note.start_s for note in notes if note.instrument == "hat")
    beat_s = 2.0 * float(np.median(np.diff(hats)))
    assert 60.0 / beat_s == pytest.approx(120.0, rel=0.11)


@pytest.mark.parametrize("name", sorted(instruments.PLAYERS))
@pytest.mark.parametrize("midi", [45, 60, 69, 76])
def test_every_instrument_is_in_tune(name: str, midi: int) -> None:
    sound = instruments.play(name, midi, 1.2, 0.6)
    mono = sound if sound.ndim == 1 else sound.mean(axis=1)
    hertz = instruments.hertz_of(midi)
    spectrum = np.abs(np.fft.rfft(mono * np.hanning(len(mono)), 8 * len(mono)))
    frequency = np.fft.rfftfreq(8 * len(mono), 1 / RATE_HZ)
    near = (frequency > hertz * 0.94) & (frequency < hertz * 1.06)
    heard = frequency[near][np.argmax(spectrum[near])]
    assert abs(1_200 * np.log2(heard / hertz)) < 18.0


@pytest.mark.parametrize("name", sorted(instruments.DRUMS))
def test_every_drum_is_heard(name: str) -> None:
    stroke = instruments.drum(name, 0.8)
    assert np.isfinite(stroke).all()
    assert 0.01 < np.abs(stroke).max() < 2.0


def test_a_long_mix_is_as_loud_and_as_balanced_in_its_last_stretch_as_in_its_first() -> None:
    line = a_voice()
    film = FilmSound(
        24.0,
        (SpeechCue(line, 24_000, 1.0), SpeechCue(line, 24_000, 21.0)),
        ambiences=(AmbienceCue("wind", 0.0, 24.0),),
        rooms=(RoomCue("hall", 0.0, 24.0),),
    )
    out = mix(film)
    levels = [
        loudness.integrated_lufs(out[round(at * RATE_HZ) : round((at + 1.5) * RATE_HZ)])
        for at in (1.0, 21.0)
    ]
    assert len(out) > 4 * tapes.STRETCH
    assert levels[0] == pytest.approx(levels[1], abs=0.3)


def test_a_sound_across_two_stretches_is_heard_as_within_one() -> None:
    def heard(at: int) -> Floats:
        door = EffectCue("door", at / RATE_HZ)
        parts = stems(FilmSound(8.0, effects=(door,), rooms=(RoomCue("hall", 0.0, 8.0),)))
        return parts.effects[at : at + RATE_HZ]

    assert np.abs(heard(10_000)).max() > 0.01
    assert np.allclose(heard(tapes.STRETCH - 4_000), heard(10_000), atol=1e-6)

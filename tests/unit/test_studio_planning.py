from fractions import Fraction
from itertools import pairwise

from matinee.film import FrameRate, FrameSize, Screenplay
from matinee.film.screenplay import Action, Beat, Character, Line, Setting
from matinee.film.shot import Word
from matinee.studio.captions import LINE_CHARACTERS, captions_of
from matinee.studio.planning import (
    TAIL_MS,
    TIGHT_TAIL_MS,
    Plan,
    Reading,
    line_key,
    plan_shots,
    speech_rate,
)

RATE, SIZE = FrameRate(24), FrameSize(320, 180)


def a_reading(duration_ms: int = 1500, text: str = "") -> Reading:
    words = text.split()
    step = duration_ms // max(len(words), 1)
    placed = tuple(Word(word, i * step, (i + 1) * step) for i, word in enumerate(words))
    return Reading(duration_ms=duration_ms, phonemes=(), words=placed, audio="a" * 64)


def a_play(*beats: Beat) -> Screenplay:
    return Screenplay(
        title="T",
        prompt="p",
        language="en",
        settings=(Setting(id="s", place="beach"),),
        characters=(Character(id="ann", name="Ann"), Character(id="bob", name="Bob")),
        beats=beats,
    )


def a_beat(name: str, *lines: Line, duration_ms: int = 0) -> Beat:
    return Beat(
        id=name,
        setting="s",
        text=name,
        cast=("ann", "bob"),
        lines=lines,
        actions=(
            Action(character="ann", verb="wave", position="start"),
            Action(character="bob", verb="nod", position="end"),
        ),
        duration_ms=duration_ms,
    )


def readings_of(play: Screenplay, duration_ms: int = 1500) -> dict[str, Reading]:
    return {
        line_key(beat, index): a_reading(duration_ms, line.text)
        for beat in play.beats
        for index, line in enumerate(beat.lines)
    }


def planned(play: Screenplay, wanted_ms: int | None, spoken_ms: int = 1500) -> Plan:
    return plan_shots(
        play, readings_of(play, spoken_ms), size=SIZE, rate=RATE, seed=1, duration_ms=wanted_ms
    )


def test_shots_add_up_to_the_wanted_length_to_the_frame() -> None:
    play = a_play(a_beat("b1"), a_beat("b2", Line(character="ann", text="Hello.")), a_beat("b3"))
    assert planned(play, 10_000).frame_count == 240
    assert planned(play, 10_000).notes == ()


def test_the_last_picture_is_held_longer_unless_its_length_is_given() -> None:
    counts = [shot.frame_count for shot in planned(a_play(a_beat("b1"), a_beat("b2")), None).shots]
    assert counts[1] > counts[0] + 12
    given = a_play(a_beat("b1"), a_beat("b2", duration_ms=2000))
    assert planned(given, None).shots[-1].frame_count == 48


def test_a_film_without_a_wanted_length_has_its_natural_one() -> None:
    play = a_play(a_beat("b1", duration_ms=2000), a_beat("b2", duration_ms=3000))
    assert planned(play, None).frame_count == 120


def test_dialogue_that_needs_longer_makes_the_film_longer_and_says_so() -> None:
    play = a_play(a_beat("b1", Line(character="ann", text="A very long line.")))
    plan = planned(play, 2_000, spoken_ms=5_000)
    assert plan.frame_count / RATE.fraction > 5
    assert plan.notes[0].phrase == "2 s"


def test_a_line_waits_after_its_last_word_where_there_is_room() -> None:
    play = a_play(a_beat("b1", Line(character="ann", text="Hello.")), a_beat("b2"))
    shot = planned(play, 10_000).shots[0]
    end_ms = shot.speeches[-1].start_ms + shot.speeches[-1].duration_ms
    assert RATE.ms_at(shot.frame_count) - end_ms >= TAIL_MS


def test_a_tight_film_keeps_at_least_a_breath_after_each_line() -> None:
    play = a_play(a_beat("b1", Line(character="ann", text="Hello.")))
    shot = planned(play, 1_000).shots[0]
    end_ms = shot.speeches[-1].start_ms + shot.speeches[-1].duration_ms
    assert Fraction(shot.frame_count * 1000) / RATE.fraction - end_ms >= TIGHT_TAIL_MS


def test_a_long_exchange_is_cut_into_shot_and_reverse_shot() -> None:
    lines = (Line(character="ann", text="Why?"), Line(character="bob", text="Because."))
    shots = planned(a_play(a_beat("b1", *lines)), None, spoken_ms=3000).shots
    assert [shot.beat.id for shot in shots] == ["b1_1", "b1_2"]
    assert shots[1].beat.camera.subject == "bob"
    assert [len(shot.speeches) for shot in shots] == [1, 1]
    first, second = (shot.passage for shot in shots)
    assert first is not None
    assert second is not None
    assert (first.play, second.play, first.first_frame) == ("b1", "b1", 0)
    assert second.first_frame == shots[0].frame_count
    assert first.frame_count == second.frame_count == shots[0].frame_count + shots[1].frame_count


def test_a_short_exchange_stays_in_one_shot() -> None:
    lines = (Line(character="ann", text="Why?"), Line(character="bob", text="Because."))
    assert len(planned(a_play(a_beat("b1", *lines)), None, spoken_ms=900).shots) == 1


def test_everybody_of_a_setting_is_in_each_of_its_shots() -> None:
    plan = planned(a_play(a_beat("b1"), a_beat("b2")), None)
    assert {tuple(one.id for one in shot.characters) for shot in plan.shots} == {("ann", "bob")}


def test_lines_are_read_faster_only_as_far_as_speech_bears_it() -> None:
    play = a_play(a_beat("b1", Line(character="ann", text="Hello.")))
    readings = readings_of(play, 4000)
    assert speech_rate(play, readings, duration_ms=None) == 1.0
    assert speech_rate(play, readings, duration_ms=9_000) == 1.0
    assert 1.0 < speech_rate(play, readings, duration_ms=4_000) < 1.25
    assert speech_rate(play, readings, duration_ms=1_000) == 1.25


def test_captions_are_two_short_lines_that_never_overlap() -> None:
    text = (
        "We have walked the whole night through the rain to bring you this lantern, "
        "and you ask me why I am late."
    )
    play = a_play(a_beat("b1", Line(character="ann", text=text)))
    captions = captions_of(planned(play, None, spoken_ms=8000).shots, RATE)
    assert " ".join(c.text.replace("\n", " ") for c in captions) == text
    assert all(len(line) <= LINE_CHARACTERS for c in captions for line in c.text.split("\n"))
    assert all(a.end_ms <= b.start_ms for a, b in pairwise(captions))
    assert {c.speaker for c in captions} == {"Ann"}


def test_a_narrator_is_captioned_too() -> None:
    play = a_play(a_beat("b1", Line(character="narrator", text="Once upon a time.")))
    assert captions_of(planned(play, None).shots, RATE)[0].speaker == "Narrator"

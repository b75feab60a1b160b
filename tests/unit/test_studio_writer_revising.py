"""A film is changed in words: what is asked for changes, and nothing else does."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matinee import engine, film
from matinee.film import Screenplay
from matinee.studio.writer import OfflineWriter
from matinee.studio.writer.forms_of_change import commands

REPERTOIRE = engine.repertoire()
PROMPT = (
    "A woman in a red coat and an old man with a brown dog walk on a beach. "
    'A wooden boat lies on the sand. "Look," she says. The old man points at the sea.'
)


@cache
def a_film() -> Screenplay:
    return OfflineWriter().write(
        PROMPT, repertoire=REPERTOIRE, language=None, seed=7, duration_ms=None
    )


def revised(request: str, play: Screenplay | None = None) -> Screenplay:
    return OfflineWriter().revise(play or a_film(), request, repertoire=REPERTOIRE, seed=7)


def extended(request: str) -> Screenplay:
    return OfflineWriter().extend(
        a_film(), request, repertoire=REPERTOIRE, seed=7, duration_ms=4_000
    )


def worn(play: Screenplay, who: str) -> dict[str, str]:
    return {garment.kind: garment.colour for garment in play.character(who).look.garments}


@pytest.mark.parametrize("request_", ["make her coat blue", "把外套改成蓝色", "Her coat is blue."])
def test_cloth_changes_its_colour_and_nothing_else_changes(request_: str) -> None:
    after = revised(request_)
    assert worn(after, "woman")["coat"] == "#2b5fb8"
    assert after.beats == a_film().beats
    assert after.props == a_film().props
    assert after.character("dog") == a_film().character("dog")
    assert [note.status for note in after.notes] == ["understood"]


@pytest.mark.parametrize(
    "request_", ["replace the dog with a cat", "把狗换成猫", "a cat instead of the dog"]
)
def test_somebody_is_replaced_and_keeps_their_part(request_: str) -> None:
    after = revised(request_)
    assert after.character("dog").species == "cat"
    assert [beat.cast for beat in after.beats] == [beat.cast for beat in a_film().beats]


@pytest.mark.parametrize("request_", ["remove the boat", "without the boat", "去掉船"])
def test_what_is_removed_is_named_nowhere(request_: str) -> None:
    after = revised(request_)
    assert "boat" not in {prop.id for prop in after.props}
    assert not any("boat" in beat.props or beat.camera.subject == "boat" for beat in after.beats)


def test_whoever_is_removed_leaves_every_beat() -> None:
    after = revised("get rid of the dog")
    assert "dog" not in {one.id for one in after.characters}
    assert not any("dog" in beat.cast for beat in after.beats)
    assert not any(action.target == "dog" for beat in after.beats for action in beat.actions)


@pytest.mark.parametrize(
    ("request_", "time", "weather", "place"),
    [
        ("make it night", "night", "clear", "beach"),
        ("at sunset in the rain", "sunset", "rain", "beach"),
        ("move it to a forest", "day", "clear", "forest"),
        ("把时间改成夜晚", "night", "clear", "beach"),
        ("set the scene in a library", "day", "clear", "library"),
    ],
)
def test_light_weather_and_place_change(request_: str, time: str, weather: str, place: str) -> None:
    for setting in revised(request_).settings:
        assert (setting.time_of_day, setting.weather, setting.place) == (time, weather, place)


def test_things_take_qualities() -> None:
    (boat,) = revised("make the boat tiny and red").props
    assert (boat.size, boat.colour) == ("tiny", "#c0262d")


def test_people_take_qualities() -> None:
    assert revised("make the old man young").character("old_man").look.age == "adult"
    dog = revised("make the dog white and huge").character("dog")
    assert (dog.size, dog.look.skin) == ("huge", "#f4f4f2")
    assert "hat" in worn(revised("give the old man a red hat"), "old_man")


def test_a_line_is_exchanged_word_for_word() -> None:
    after = revised('change "Look" to "Listen, a whale!"')
    assert [line.text for beat in after.beats for line in beat.lines] == ["Listen, a whale!"]


def test_somebody_says_something_else() -> None:
    after = revised('the woman says "Goodbye, and good luck"')
    assert [line.text for beat in after.beats for line in beat.lines] == ["Goodbye, and good luck"]


def test_a_command_may_be_for_one_shot_only() -> None:
    after = revised("in shot 2, a close-up of the dog")
    assert after.beats[1].camera.size == "close_up"
    assert after.beats[1].camera.subject == "dog"
    assert [*after.beats[:1], *after.beats[2:]] == [*a_film().beats[:1], *a_film().beats[2:]]


def test_style_pace_mood_and_dialogue_change() -> None:
    assert revised("turn it into claymation").style == "clay"
    after = revised("no dialogue and slow motion")
    assert not any(beat.lines for beat in after.beats)
    assert {beat.camera.pace for beat in after.beats} == {"slow_motion"}
    assert revised("make it sadder").music.mood == "sad"
    assert not revised("without music").music.present


def test_something_new_comes_in_beside_what_is_there() -> None:
    after = revised("add a red balloon next to the boat")
    balloon = next(prop for prop in after.props if prop.kind == "balloon")
    assert (balloon.colour, balloon.relation, balloon.anchor) == ("#c0262d", "beside", "boat")
    assert all(balloon.id in beat.props for beat in after.beats)
    cat = revised("加上一只猫").characters[-1]
    assert cat.species == "cat"


def test_several_commands_are_told_apart_and_quotations_left_whole() -> None:
    assert commands("Make it night, remove the boat and add a cat.") == (
        "Make it night",
        "remove the boat",
        "add a cat",
    )
    assert commands('change "A. B; and remove C" to "D"') == ('change "A. B; and remove C" to "D"',)
    assert commands("replace the dog with a cat, at sunset") == (
        "replace the dog with a cat",
        "at sunset",
    )
    after = revised("把外套改成蓝色，把时间改成夜晚，去掉狗")
    assert len(after.notes) == 3
    assert {note.status for note in after.notes} == {"understood"}


def test_what_is_not_understood_is_said_and_changes_nothing() -> None:
    after = revised("florbify the quux")
    assert (after.beats, after.characters, after.settings) == (
        a_film().beats,
        a_film().characters,
        a_film().settings,
    )
    (note,) = after.notes
    assert note.status == "left_out"


def test_an_extension_goes_on_with_the_same_people_and_leaves_what_was() -> None:
    after = extended("Then a black dog runs to the woman and barks.")
    assert after.beats[: len(a_film().beats)] == a_film().beats
    new = after.beats[len(a_film().beats) :]
    assert new
    assert "woman" in {name for beat in new for name in beat.cast}
    assert after.characters[:3] == a_film().characters
    assert after.characters[3].species == "dog"
    assert len({beat.id for beat in after.beats}) == len(after.beats)


def test_an_extension_may_go_elsewhere() -> None:
    after = extended("At night the woman swims in a lake.")
    last = after.setting(after.beats[-1].setting)
    assert (last.place, last.time_of_day) == ("lake", "night")
    assert after.settings[0] == a_film().settings[0]


WORDS = (
    "make remove add replace the dog boat woman coat her with cat red night it in shot 2 says then",
    'they dance huge forest instead of is "hi" and , 。 把 狗 换成 去掉 第一个镜头',
)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.sampled_from(" ".join(WORDS).split()), min_size=1, max_size=9).map(" ".join))
def test_whatever_is_asked_the_screenplay_holds_together(request_: str) -> None:
    for after in (revised(request_), extended(request_)):
        assert film.decode(film.encode(after), Screenplay) == after
        assert after.beats
    assert revised(request_).notes

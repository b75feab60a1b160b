"""What an action moved stays moved in the shots that follow."""

from __future__ import annotations

from matinee.film import Screenplay
from matinee.film.screenplay import Action, Beat, Character, Prop, Setting
from matinee.studio.continuity import props_at


def a_play(*beats: Beat) -> Screenplay:
    return Screenplay(
        title="Ball",
        prompt="",
        language="en",
        settings=(Setting("park", "park"), Setting("room", "kitchen")),
        characters=(Character("ada", "Ada"), Character("bob", "Bob")),
        props=(
            Prop("ball", "ball", "park"),
            Prop("vase", "vase", "park"),
            Prop("pan", "pan", "room"),
        ),
        beats=beats,
    )


def a_beat(name: str, *actions: Action, setting: str = "park", props: tuple[str, ...] = ()) -> Beat:
    return Beat(name, setting, "x", cast=("ada", "bob"), actions=actions, props=props)


def of(play: Screenplay, beat: int, name: str) -> Prop | None:
    return next((one for one in props_at(play, play.beats[beat]) if one.id == name), None)


def test_what_was_picked_up_is_in_hand_afterwards() -> None:
    play = a_play(a_beat("b1", Action("ada", "pick_up", "ball")), a_beat("b2"))
    before, after = of(play, 0, "ball"), of(play, 1, "ball")
    assert before is not None
    assert before.relation == "free"
    assert after is not None
    assert (after.relation, after.anchor) == ("held_by", "ada")


def test_what_was_given_or_thrown_is_in_the_other_hand() -> None:
    for verb in ("give", "throw"):
        play = a_play(
            a_beat("b1", Action("ada", "pick_up", "ball")),
            a_beat("b2", Action("ada", verb, "bob")),
            a_beat("b3"),
        )
        after = of(play, 2, "ball")
        assert after is not None
        assert after.anchor == "bob"


def test_what_was_dropped_lies_before_who_dropped_it() -> None:
    play = a_play(a_beat("b1", Action("ada", "drop", "ball")), a_beat("b2"))
    after = of(play, 1, "ball")
    assert after is not None
    assert (after.relation, after.anchor) == ("in_front_of", "ada")


def test_what_broke_is_gone_unless_the_beat_is_about_it() -> None:
    broken = a_beat("b1", Action("vase", "shatter"))
    play = a_play(broken, a_beat("b2"), a_beat("b3", props=("vase",)))
    assert of(play, 1, "vase") is None
    assert of(play, 2, "vase") is not None


def test_what_is_shown_once_more_has_not_happened_yet() -> None:
    again = Action("ada", "pick_up", "ball")
    play = a_play(a_beat("b1", again), a_beat("b2", again))
    after = of(play, 1, "ball")
    assert after is not None
    assert after.relation == "free"


def test_other_settings_keep_their_things() -> None:
    play = a_play(
        a_beat("b1", Action("ada", "pick_up", "ball")), a_beat("b2", setting="room"), a_beat("b3")
    )
    assert [one.id for one in props_at(play, play.beats[1])] == ["pan"]
    after = of(play, 2, "ball")
    assert after is not None
    assert after.anchor == "ada"

"""Screenplays are edited by hand: exactly what is named changes, and two edits become one."""

import msgspec
import pytest

from matinee.film import Screenplay
from matinee.film.errors import DocumentInvalid, ScreenplayInvalid
from matinee.film.screenplay import Line
from matinee.studio.editing import (
    MoveBeat,
    Operation,
    RemovePart,
    RollBeat,
    SetPart,
    TrimBeat,
    changed_parts,
    check_parts,
    clashes,
    edited,
    merge_patched,
    united,
)
from matinee.studio.errors import EditInvalid, PartUnknown
from studio_builders import a_play, a_repertoire


def ids(play: Screenplay) -> list[str]:
    return [beat.id for beat in play.beats]


@pytest.mark.parametrize(
    ("operation", "changed"),
    [
        (SetPart("/beats/b2/lines/0/text", "At last."), {"beats/b2"}),
        (SetPart("/beats/1/lines/0/text", "At last."), {"beats/b2"}),
        (SetPart("/beats/b1/camera/move", "push_in"), {"beats/b1"}),
        (SetPart("/settings/s/time_of_day", "night"), {"settings/s"}),
        (SetPart("/characters/ann/look/garments/-", {"kind": "coat"}), {"characters/ann"}),
        (SetPart("/style", "clay"), {"style"}),
        (RemovePart("/beats/b2/lines/0"), {"beats/b2"}),
        (RemovePart("/beats/b2"), {"beats/b2"}),
        (MoveBeat("b3", before="b1"), {"order"}),
        (RollBeat("b1"), {"beats/b1"}),
        (TrimBeat("b1", 1500), {"beats/b1"}),
    ],
)
def test_an_operation_changes_what_it_names_and_nothing_else(
    operation: Operation, changed: set[str]
) -> None:
    play = a_play()
    assert changed_parts(play, edited(play, [operation])) == changed


def test_beats_are_reordered_rolled_again_and_trimmed() -> None:
    play = edited(a_play(), [MoveBeat("b3", before="b1"), MoveBeat("b1"), RollBeat("b2")])
    assert ids(play) == ["b3", "b2", "b1"]
    again = edited(play, [RollBeat("b2"), TrimBeat("b3", 700)])
    assert (again.beats[1].roll, again.beats[0].duration_ms) == (2, 700)


@pytest.mark.parametrize(
    ("operation", "error", "told"),
    [
        (SetPart("/beats/b9/text", "x"), EditInvalid, "b1, b2, b3"),
        (SetPart("/beats/b1/camra/move", "x"), EditInvalid, "camra"),
        (SetPart("/title/x", "x"), EditInvalid, "title"),
        (RemovePart("/beats/b2/lines/4"), EditInvalid, "lines/4"),
        (MoveBeat("b1", before="b9"), EditInvalid, "b9"),
        (SetPart("/beats/b1/camera/move", "sideways"), DocumentInvalid, "$.beats[0].camera.move"),
        (SetPart("/beats/b1/cast", ["eve"]), ScreenplayInvalid, "eve"),
        (RemovePart("/characters/ann"), ScreenplayInvalid, "ann"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(
    operation: Operation, error: type[Exception], told: str
) -> None:
    with pytest.raises(error) as refused:
        edited(a_play(), [operation])
    assert told in str(refused.value)


def test_a_merge_patch_replaces_members_and_null_takes_them_away() -> None:
    play = merge_patched(a_play(), {"style": "clay", "music": {"mood": "epic"}, "notes": None})
    assert (play.style, play.music.mood, play.notes) == ("clay", "epic", ())


def test_two_edits_of_different_shots_become_one() -> None:
    base = a_play()
    theirs = edited(base, [SetPart("/beats/b2/lines/0/text", "At last."), MoveBeat("b3", "b1")])
    mine = edited(base, [SetPart("/beats/b1/camera/move", "push_in"), RemovePart("/beats/b3")])
    assert not clashes(base, edited(base, [RemovePart("/beats/b2/lines/0")]), mine)
    both = united(base, theirs, mine)
    assert ids(both) == ["b1", "b2"]
    assert both.beats[0].camera.move == "push_in"
    assert both.beats[1].lines == (Line(character="ann", text="At last."),)


def test_a_new_beat_stands_where_its_author_put_it() -> None:
    base = a_play()
    new = msgspec.structs.replace(base.beats[0], id="b4")
    mine = msgspec.structs.replace(base, beats=(base.beats[0], new, *base.beats[1:]))
    assert ids(united(base, edited(base, [MoveBeat("b3", "b1")]), mine)) == ["b3", "b1", "b4", "b2"]


def test_two_edits_of_one_shot_clash_unless_they_are_the_same() -> None:
    base = a_play()
    one = edited(base, [SetPart("/beats/b1/camera/move", "push_in")])
    other = edited(base, [SetPart("/beats/b1/camera/move", "orbit"), SetPart("/style", "clay")])
    assert clashes(base, one, other) == {"beats/b1"}
    assert clashes(base, one, one) == frozenset()


def test_what_nobody_can_play_is_refused_with_what_comes_near() -> None:
    play = edited(a_play(), [SetPart("/settings/s/place", "beech")])
    with pytest.raises(PartUnknown, match=r"/settings/s/place.*beach"):
        check_parts(play, a_repertoire())
    check_parts(play, a_repertoire(), base=play)

"""What becomes of the photo that a film is asked for with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from matinee.engine import repertoire
from matinee.engine.pictures import Sight
from matinee.film.pictures import pictures_of
from matinee.studio.picturing import (
    digest_of,
    pictured,
    with_pictures_of,
    without_pictures,
)
from matinee.studio.writer import OfflineWriter

if TYPE_CHECKING:
    from matinee.film import Screenplay

DIGEST = "ab" * 32
THING = Sight(shows="thing", doubtful=False, tall=2.4, even=True)
PERSON = Sight(shows="person", doubtful=False, tall=2.5, whole=True)
BUST = Sight(shows="person", doubtful=False, tall=1.2, whole=False, heads=1.8)
PLACE = Sight(shows="place", doubtful=True)


def a_play(prompt: str) -> Screenplay:
    """What the offline writer makes of a prompt."""
    return OfflineWriter().write(
        prompt, repertoire=repertoire(), language=None, seed=1, duration_ms=6000
    )


def told(play: Screenplay) -> str:
    """What the notes say of the photo."""
    return " ".join(note.meaning for note in play.notes if note.phrase == "the photo")


@pytest.mark.parametrize(
    ("prompt", "sight", "becomes"),
    [
        ("A perfume bottle on a table in a garden.", THING, "prop"),
        ("An advertisement for our new product.", THING, "prop"),
        ("一个瓶子放在桌子上。", THING, "prop"),
        ("A woman stands on a beach.", PERSON, "character"),
        ("A cat sits on a sofa.", THING, "character"),
        ("Two friends talk here.", PLACE, "setting"),
        ("A robot walks through this place.", PERSON, "setting"),
        ("Animate this photo.", THING, "setting"),
        ("Bring this picture to life", PERSON, "setting"),
        ("A man walks.", PLACE, "setting"),
        ("A bottle on a table in a garden.", PLACE, "setting"),
        ("An ad for our perfume bottle on a table.", PLACE, "prop"),
    ],
)
def test_the_photo_becomes_what_words_and_sight_speak_for(
    prompt: str, sight: Sight, becomes: str
) -> None:
    play = pictured(a_play(prompt), sight, DIGEST)
    holders = {
        "prop": [one.picture for one in play.props],
        "character": [one.picture for one in play.characters],
        "setting": [one.picture for one in play.settings],
    }
    assert {name for name, photos in holders.items() if any(photos)} == {becomes}
    assert pictures_of(play) == (DIGEST,)
    assert told(play), "a photo is never dropped in silence"


def test_this_photo_is_no_painting_that_stands_there() -> None:
    play = pictured(a_play("Animate this photo"), PLACE, DIGEST)
    assert not play.props


def test_what_cannot_be_cut_out_is_a_print_and_said_to_be() -> None:
    doubtful = Sight(shows="thing", doubtful=True)
    play = pictured(a_play("A box stands on a table."), doubtful, DIGEST)
    assert "print on a board" in told(play)


def test_a_thing_nobody_named_is_what_the_camera_looks_at() -> None:
    play = pictured(a_play("An advertisement for our new product."), THING, DIGEST)
    shown = next(one for one in play.props if one.picture)
    assert all(beat.camera.subject == shown.id for beat in play.beats if not beat.cast)
    assert all(shown.id in beat.props for beat in play.beats)


def test_whoever_is_cut_out_does_nothing_that_takes_limbs_and_it_is_said() -> None:
    play = pictured(a_play("A woman dances on a beach."), PERSON, DIGEST)
    doers = {action.verb for beat in play.beats for action in beat.actions}
    assert "dance" not in doers
    assert any(note.status == "left_out" and "dance" in note.phrase for note in play.notes)


def test_a_portrait_is_seen_no_lower_than_it_goes() -> None:
    play = pictured(a_play("A woman stands on a beach, full view."), BUST, DIGEST)
    assert {beat.camera.size for beat in play.beats} <= {"close_up", "over_shoulder"}


def test_a_writer_makes_no_photo_up() -> None:
    play = pictured(a_play("A bottle on a table."), THING, DIGEST)
    assert pictures_of(without_pictures(play)) == ()


def test_a_revised_film_keeps_the_photo() -> None:
    parent = pictured(a_play("A bottle on a table in a kitchen."), THING, DIGEST)
    revised = OfflineWriter().revise(parent, "make it night", repertoire=repertoire(), seed=1)
    assert pictures_of(with_pictures_of(revised, parent)) == (DIGEST,)
    assert pictures_of(with_pictures_of(without_pictures(revised), parent)) == (DIGEST,)


def test_another_hour_in_a_photographed_place_is_said_not_to_be_seen() -> None:
    parent = pictured(a_play("A man stands here."), PLACE, DIGEST)
    revised = OfflineWriter().revise(parent, "make it night", repertoire=repertoire(), seed=1)
    assert revised.settings[0].time_of_day == "night"
    notes = with_pictures_of(revised, parent).notes
    assert any(note.status == "left_out" and "photo" in note.meaning for note in notes)


def test_the_digest_of_a_photo_is_read_from_its_key() -> None:
    assert digest_of(f"sha256/ab/{'ab' * 31}.webp") == DIGEST

"""A cut in the middle of an action: the second shot goes on where the first one left."""

from __future__ import annotations

from pathlib import Path
from tempfile import mkdtemp

import numpy as np
import pytest
from msgspec import structs

from matinee import film
from matinee.engine.stage.direction import stage
from matinee.film.errors import ScreenplayInvalid
from matinee.film.screenplay import Action, Beat, Camera, Character, Prop, Setting
from matinee.film.shot import Passage, Speech

CUT, FRAMES = 20, 36


def a_shot() -> film.Shot:
    return film.Shot(
        setting=Setting("here", "colosseum"),
        beat=Beat(
            "b1",
            "here",
            "",
            cast=("ada", "bob"),
            actions=(Action("ada", "throw", "bob"),),
            camera=Camera("full"),
        ),
        frame_count=FRAMES,
        rate=film.FrameRate(12),
        size=film.FrameSize(160, 90),
        seed=3,
        characters=(Character("ada", "Ada"), Character("bob", "Bob")),
        props=(Prop("ball", "ball", "here", relation="held_by", anchor="ada"),),
        speeches=(Speech("bob", "Here!", "en", 1800, 900),),
    )


def test_a_passage_shows_the_very_movement_that_the_whole_shot_would() -> None:
    cache = Path(mkdtemp(prefix="matinee-bakes-"))
    shot = a_shot()
    later = structs.replace(
        shot,
        beat=structs.replace(shot.beat, id="b2"),
        frame_count=FRAMES - CUT,
        speeches=tuple(structs.replace(one, start_ms=one.start_ms - 1666) for one in shot.speeches),
        passage=Passage(play="b1", first_frame=CUT, frame_count=FRAMES),
    )
    whole, part = stage(shot, cache=cache), stage(later, cache=cache)
    for index in (0, 5, FRAMES - CUT - 1):
        one, same = whole.frame(CUT + index), part.frame(index)
        assert one.time_s == same.time_s
        assert np.array_equal(one.rigid, same.rigid)
        assert all(np.array_equal(a, b) for a, b in zip(one.bones, same.bones, strict=True))
        assert all(np.allclose(a, b) for a, b in zip(one.morphs, same.morphs, strict=True))
    heard = [(touch.time_ms - 1667, touch.kind) for touch in whole.contacts]
    expected = [one for one in heard if one[0] >= 0]
    assert len(part.contacts) == len(expected) > 0
    for touch, (time_ms, kind) in zip(part.contacts, expected, strict=True):
        assert touch.kind == kind
        assert abs(touch.time_ms - time_ms) <= 1


def test_a_passage_may_not_go_on_after_the_end() -> None:
    with pytest.raises(ScreenplayInvalid, match="goes on after the end of 'b1'"):
        structs.replace(a_shot(), passage=Passage("b1", CUT, FRAMES))

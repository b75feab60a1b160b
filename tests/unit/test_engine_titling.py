"""Titles over the picture: what can be set, where it stands, how it comes and goes."""

import numpy as np
import pytest

from matinee.engine.render import titling
from matinee.film import FrameSize

SIZE = FrameSize(320, 180)


def a_picture(luma: int = 60) -> np.ndarray:
    planes = np.full((270, 320), 100, np.uint8)
    planes[:180] = luma
    return planes


@pytest.mark.parametrize(
    ("text", "settable"),
    [("The End", True), ("Été — 1968", True), ("灯塔", False), ("", False), ("   ", False)],
)
def test_latin_titles_can_be_set_and_others_cannot(text: str, settable: bool) -> None:  # noqa: FBT001 - a table
    assert titling.can_set(text) is settable


def test_a_title_is_white_in_the_middle_of_the_picture_and_leaves_its_edges_alone() -> None:
    planes = a_picture()
    shown = titling.title("The End", SIZE).over(planes, 1.0)
    assert shown[80:100, 100:220].max() >= 230
    assert (shown[:20] == planes[:20]).all()
    assert shown.shape == planes.shape
    assert shown.dtype == np.uint8


def test_a_title_that_is_gone_leaves_the_picture_as_it_is() -> None:
    planes = a_picture()
    assert titling.title("The End", SIZE).over(planes, 0.0) is planes


def test_a_title_is_never_wider_than_the_picture() -> None:
    card = titling.title("Wonderfully long words " * 12, SIZE)
    columns = np.flatnonzero(card.letters.max(axis=0) > 0.5)
    assert columns[0] >= 16
    assert columns[-1] < 304


def test_a_title_fades_in_and_out_once() -> None:
    strengths = [titling.strength_at(time_s, 3.0) for time_s in np.linspace(0.0, 3.0, 31)]
    assert strengths[0] == strengths[-1] == 0.0
    assert max(strengths) == 1.0
    assert np.sum(np.diff(np.sign(np.diff(strengths)[np.diff(strengths) != 0])) != 0) == 1

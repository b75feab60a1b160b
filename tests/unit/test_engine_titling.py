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


TITLES = {
    "English": "The End",
    "French": "Été — 1968",
    "Vietnamese": "Đường về quê",
    "Russian": "Три года спустя",
    "Greek": "Η αρχή",
    "Chinese": "三年之后:灯塔",
    "Japanese": "灯台の物語",
    "Korean": "등대 이야기",
    "Arabic": "بعد ثلاث سنوات",
    "Hebrew": "הסוף",
    "Hindi": "तीन साल बाद",
    "Thai": "สามปีต่อมา",
    "mixed": "第 2 章 — Berlin",
}


@pytest.mark.parametrize("language", sorted(TITLES))
def test_titles_are_set_in_the_letters_of_their_language(language: str) -> None:
    text = TITLES[language]
    assert titling.can_set(text)
    ink = titling.title(text, SIZE).letters
    rows, columns = np.flatnonzero(ink.max(axis=1) > 0.5), np.flatnonzero(ink.max(axis=0) > 0.5)
    assert 0.003 < float((ink > 0.5).mean()) < 0.2
    # In the middle, to an ascender's height.
    assert abs(rows.mean() - 90) < 14
    assert abs((columns[0] + columns[-1]) / 2 - 160) < 6


@pytest.mark.parametrize("text", ["", "   ", "\ue000", "\U00012000"])
def test_what_there_are_no_letters_for_is_not_set(text: str) -> None:
    assert not titling.can_set(text)


def test_what_is_written_from_right_to_left_is_set_so() -> None:
    # The lamed is the only one of these letters that rises above the line.
    middles = []
    for text in ("לא", "אל"):
        ink = titling.title(text, SIZE).letters
        top = int(np.flatnonzero(ink.max(axis=1) > 0.5)[0])
        middles.append(np.flatnonzero(ink[top : top + 2].max(axis=0) > 0.5).mean())
    assert middles[0] > 160 > middles[1]


def test_a_long_title_without_spaces_breaks_between_its_characters() -> None:
    rows = titling.title("从前有座山山上有座庙庙里有个老和尚", SIZE).letters.max(axis=1) > 0.5
    lines = int(np.sum(np.diff(rows.astype(int)) == 1))
    assert lines == 2


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

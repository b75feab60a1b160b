import gzip
import json
from pathlib import Path

import pytest

from matinee.engine.sound.sorted_words import SortedWords

WORDS = {"'em": "əm", "Abe": "A,", "abs": {"DEFAULT": "ˈæbz", "NOUN": None}, "b": "b", "été": "ˈA"}


@pytest.fixture
def words(tmp_path: Path) -> SortedWords:
    path = tmp_path / "words.json.gz"
    text = json.dumps(WORDS, ensure_ascii=False, separators=(",", ":"))
    path.write_bytes(gzip.compress(text.encode()))
    return SortedWords(path)


def test_every_word_is_found_as_it_was_written(words: SortedWords) -> None:
    assert {word: words.get(word) for word in WORDS} == WORDS


@pytest.mark.parametrize("word", ["", "a", "ab", "zzz", "DEFAULT", "NOUN", '"', "\n", "b\n", "ə"])
def test_a_word_that_is_not_there_is_not_found(words: SortedWords, word: str) -> None:
    assert words.get(word) is None

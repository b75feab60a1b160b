"""What posts are about: a direction of meaning, and the nearest of some sixty named topics.

The topics (topics.tsv) give meaning names: they spread a page over subjects, find fresh posts of
one subject by an index, and say in words why something is shown. Embeddings of short texts lie
close together and apart by language; what is left after taking away the middle of the topics in the
text's own script is comparable across languages.
"""

import functools
import re
import threading
from dataclasses import dataclass
from importlib import resources

import numpy as np

from .model import MEANING_SIZE, Embedder, Meaning

_HAN = re.compile(r"[㐀-鿿]")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_HAN_SHARE_MIN = 0.3
# A word that names a topic outright counts as much as a clear lead of its meaning.
_WORD_WEIGHT = 0.3
_WORDS_COUNTED_MAX = 2


@dataclass(frozen=True, slots=True)
class Topic:
    """Something that films are about; `words` name it outright."""

    slug: str
    english: str
    chinese: str
    words: frozenset[str]
    signs: tuple[str, ...]

    def named_in(self, text: str, words: frozenset[str]) -> int:
        """Count how often a text names the topic outright."""
        return len(self.words & words) + sum(sign in text for sign in self.signs)


@dataclass(frozen=True, kw_only=True, slots=True)
class Subject:
    """What a text is about: a direction, and its two nearest topics."""

    meaning: Meaning
    topics: tuple[int, int]


@functools.cache
def topics() -> tuple[Topic, ...]:
    """Return the named topics; a topic's number is its place."""
    table = resources.files(__package__).joinpath("topics.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in table.splitlines() if not line.startswith("#")]
    return tuple(
        Topic(slug, english, chinese, frozenset(words.split()), tuple(signs.split()))
        for slug, english, chinese, words, signs in rows[1:]
    )


def words_of(text: str) -> frozenset[str]:
    """Return the words of a text in lower case, plurals also as singulars."""
    found = {match.group() for match in _WORD.finditer(text.lower())}
    return frozenset(found | {word[:-1] for word in found if word.endswith("s")})


def is_han(text: str) -> bool:
    """Whether a text is mostly in Chinese signs."""
    letters = sum(character.isalpha() for character in text)
    return letters > 0 and len(_HAN.findall(text)) / letters >= _HAN_SHARE_MIN


class Subjects:
    """Tells what texts are about, with an embedder; safe to use from many threads."""

    def __init__(self, embedder: Embedder) -> None:
        """Embed the topics with the first text."""
        self._embedder = embedder
        self._lock = threading.Lock()
        self._known: tuple[np.ndarray, np.ndarray, np.ndarray] | None = None

    def about(self, text: str) -> Subject:
        """Return what a text is about."""
        meaning = self._centred(self._embedder.passages([text])[0], han=is_han(text))
        scores = self.topic_scores(text, meaning)
        first, second = (int(number) for number in np.argsort(-scores)[:2])
        return Subject(meaning=meaning, topics=(first, second))

    def sought(self, text: str) -> Meaning:
        """Return the direction of what somebody looks for in words."""
        return self._centred(self._embedder.question(text), han=is_han(text))

    def topic_scores(self, text: str, meaning: Meaning) -> np.ndarray:
        """Return how near each topic is, float32 (topics,): by meaning, and by its own words."""
        anchors = self._anchors()[2]
        words = words_of(text)
        named = [
            min(topic.named_in(text, words), _WORDS_COUNTED_MAX) * _WORD_WEIGHT
            for topic in topics()
        ]
        return np.asarray(anchors @ meaning + np.asarray(named, dtype=np.float32))

    def _centred(self, direction: np.ndarray, *, han: bool) -> Meaning:
        latin_middle, han_middle, _ = self._anchors()
        return _unit(direction - (han_middle if han else latin_middle))

    def _anchors(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        with self._lock:
            if self._known is None:
                latin = self._embedder.passages(
                    [f"{topic.english}: {' '.join(sorted(topic.words))}" for topic in topics()]
                )
                han = self._embedder.passages(
                    [f"{topic.chinese}：{' '.join(topic.signs)}" for topic in topics()]
                )
                middles = latin.mean(axis=0), han.mean(axis=0)
                anchors = _unit(_unit(latin - middles[0]) + _unit(han - middles[1]))
                self._known = (*middles, anchors)
            return self._known


def _unit(direction: np.ndarray) -> Meaning:
    assert direction.shape[-1] == MEANING_SIZE, direction.shape
    length = np.linalg.norm(direction, axis=-1, keepdims=True)
    return np.asarray(direction / np.maximum(length, 1e-9), dtype=np.float32)

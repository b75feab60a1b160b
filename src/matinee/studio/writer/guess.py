"""The nearest concept to a word that the lexicon does not have: kinds, slips and compounds."""

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from . import kinds, words
from .words import Sense

GUESSES_MAX = 64
LETTERS_MIN, LETTERS_MAX = 5, 24
# A changed letter in a short word makes another word; a missing one is a slip.
LETTERS_OF_A_CHANGE = 8
SUFFIX_MIN = 4
_INFLECTED = ("ing", "ed", "ly", "ness", "ment")
_KINDS = frozenset({"place", "prop", "role", "animal"})


@dataclass(frozen=True)
class Guess:
    """A concept, how it was found, in words for a note, and what it is read as a kind of."""

    kind: str
    concept: str
    how: str
    of: str = ""


class Guesser:
    """Looks up to 64 different unknown words of one prompt up; more are left out."""

    def __init__(self) -> None:
        """Begin with nothing looked up."""
        self._known: dict[tuple[str, tuple[str, ...]], Guess | None] = {}

    def nearest(self, word: str, wanted: Iterable[str], *, plural: bool = False) -> Guess | None:
        """Return the nearest concept of one of the kinds `wanted` to an English word, or None."""
        if len(word) > LETTERS_MAX:
            return None
        key = (word, tuple(wanted))
        if key not in self._known:
            if len(self._known) >= GUESSES_MAX:
                return None
            self._known[key] = _guess(word, key[1])
        found = self._known[key]
        if found is None and plural and word.endswith("s"):
            singular = word[:-3] + "y" if word.endswith("ies") else word[:-1]
            found = self.nearest(singular, key[1])
            if found is None and word.endswith("es"):
                found = self.nearest(word[:-2], key[1])
        return found


def _guess(word: str, wanted: tuple[str, ...]) -> Guess | None:
    """Look for what the word is a kind of, then for a slip of the pen, then for a compound."""
    kind = kinds.noun(word, wanted, words.played())
    if kind is not None:
        return Guess(kind.kind, kind.concept, f"read as a kind of {kind.of!r}", kind.of)
    if kinds.is_noun(word) or kinds.is_verb(word):
        return None
    return _by_spelling(word, wanted) or _by_ending(word, wanted)


def _by_spelling(word: str, kinds: tuple[str, ...]) -> Guess | None:
    if len(word) < LETTERS_MIN:
        return None
    index = _spellings()
    for shorter in (word, *_deletions(word)):
        for form, sense in index.get(shorter, ()):
            near = shorter in {form, word} or len(word) >= LETTERS_OF_A_CHANGE
            if sense.kind in kinds and near and abs(len(form) - len(word)) <= 1:
                return Guess(
                    sense.kind, sense.concept, f"read as {form!r}, which is spelt nearly so"
                )
    return None


def _by_ending(word: str, kinds: tuple[str, ...]) -> Guess | None:
    if word.endswith(_INFLECTED):
        return None
    endings = _endings()
    for start in range(2, len(word) - SUFFIX_MIN + 1):
        for sense in endings.get(word[start:], ()):
            if sense.kind in kinds:
                return Guess(sense.kind, sense.concept, f"read as a kind of {word[start:]!r}")
    return None


@functools.cache
def _single_words() -> tuple[tuple[str, Sense], ...]:
    found = []
    for kind, concept, forms in words.rows("en.tsv"):
        if kind in _KINDS:
            found += [
                (form.lstrip("~"), Sense(kind, concept))
                for form in forms.split("|")
                if " " not in form
            ]
    return tuple(found)


@functools.cache
def _spellings() -> Mapping[str, tuple[tuple[str, Sense], ...]]:
    index: dict[str, tuple[tuple[str, Sense], ...]] = {}
    for form, sense in _single_words():
        if len(form) >= LETTERS_MIN:
            for shorter in (form, *_deletions(form)):
                index[shorter] = (*index.get(shorter, ()), (form, sense))
    return index


@functools.cache
def _endings() -> Mapping[str, tuple[Sense, ...]]:
    index: dict[str, tuple[Sense, ...]] = {}
    for form, sense in _single_words():
        if len(form) >= SUFFIX_MIN:
            index[form] = (*index.get(form, ()), sense)
    return index


def _deletions(word: str) -> list[str]:
    return [word[:index] + word[index + 1 :] for index in range(len(word))]

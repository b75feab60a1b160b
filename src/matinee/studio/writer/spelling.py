"""Slips of the pen in English: letters left out, doubled, added or in another order.

A word is only taken for another one when nothing knows it as it stands, and when both begin and end
alike: so "feild" is a field, while a rare word stays what it is.
"""

import functools
from collections.abc import Collection, Mapping

from . import kinds, words

LETTERS_MIN, LETTERS_MAX = 5, 20
# What is built by a rule from a word that may be known.
_ENDINGS = ("ly", "ness", "less", "ful", "ish", "able", "est", "er", "y", "like", "wise")
_SPOKEN_OF = frozenset({"verb", "prop", "place", "role", "animal", "garment", "colour", "age"})


def corrected(word: str, closed: Collection[str]) -> str:
    """Return the word that a misspelt one was meant to be, or empty.

    `closed` are words that grammar knows, such as prepositions.
    """
    if not LETTERS_MIN <= len(word) <= LETTERS_MAX or not (word.isascii() and word.isalpha()):
        return ""
    if word in closed or word in words.english() or is_word(word):
        return ""
    for key in _keys(word):
        for form in _index().get(key, ()):
            if _is_slip(word, form):
                return form
    return next((form for form in closed if len(form) > LETTERS_MIN and _is_slip(word, form)), "")


def is_word(word: str) -> bool:
    """Whether something in lower case is an English word, in any form."""
    if kinds.is_noun(word) or kinds.is_verb(word):
        return True
    if word.endswith("s") and (kinds.is_noun(word[:-1]) or word[:-1] in words.english()):
        return True
    for ending in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 2:  # noqa: PLR2004 - a stem of two letters is none
            forms = (stem, stem + "e", stem[:-1], stem[:-1] + "y")
            if any(form in words.english() or kinds.is_noun(form) for form in forms):
                return True
    return False


def _is_slip(word: str, form: str) -> bool:
    """Whether the two begin and end alike and differ by one letter or by their order only."""
    if word[0] != form[0] or word[-1] != form[-1]:
        return False
    if len(word) == len(form):
        return (sorted(word) == sorted(form) and word[:2] != form[:2]) or _swapped(word, form)
    longer, shorter = (word, form) if len(word) > len(form) else (form, word)
    if len(longer) - len(shorter) > 1:
        return False
    return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))


def _swapped(word: str, form: str) -> bool:
    return any(
        word[:at] + word[at + 1] + word[at] + word[at + 2 :] == form for at in range(len(word) - 1)
    )


def _keys(word: str) -> tuple[str, ...]:
    """What a word has in common with those that are a slip away from it: its sorted letters."""
    letters = sorted(word)
    left_out = ["".join(letters[:at] + letters[at + 1 :]) for at in range(len(letters))]
    return ("".join(letters), *dict.fromkeys(left_out))


@functools.cache
def _index() -> Mapping[str, tuple[str, ...]]:
    """Every single word of the lexicon by its sorted letters, whole and with one left out."""
    index: dict[str, dict[str, None]] = {}
    for form in words.english().single_words(_SPOKEN_OF):
        if len(form) >= LETTERS_MIN and form.isascii() and form.isalpha():
            for key in _keys(form):
                index.setdefault(key, {})[form] = None
    return {key: tuple(forms) for key, forms in index.items()}

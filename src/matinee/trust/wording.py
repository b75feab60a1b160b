"""Words in texts: however they are written, in all their forms, sentence by sentence."""

import bisect
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from matinee.kit import inflection

# Written one after the other, these hide a word from a reader that takes letters literally.
_INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD])
_STRAIGHT = {0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"', ord("_"): " "}
_HANDLE = re.compile(r"(?<![\w.])@[\w.-]+")
_SPACED = re.compile(r"(?<![^\W\d_])[^\W\d_](?:([.\-*·/ ])[^\W\d_](?:\1[^\W\d_])+)(?![^\W\d_])")
_DISGUISED = str.maketrans("013457@$!", "oieastasi")
_MIXED = re.compile(r"(?=\S*[^\W\d_]{2})[\w@$!]*[a-z][013457@$!]+[a-z][\w@$!]*", re.ASCII)
_SENTENCE_END = re.compile(r"[.!?。！？;；\n]+(?=\s|$|[^\x00-\x7f])|[。！？；\n]+")
_WORD = re.compile(r"[\w']+")
_AGE = re.compile(
    r"(?<!\d)(\d{1,2})(?:\s*-?\s*(?:years?|yrs?)\s*-?\s*old|\s*yo\b|\s*岁|\s*歲|\s*歳|\s*살|"
    r"\s*años|\s*ans\b|\s*jahre|\s*anni\b|\s*anos\b|\s*лет)|\baged (\d{1,2})\b"
)
_NUMBERS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    "|sixteen|seventeen"
)
_SPELT_AGE = re.compile(rf"\b(?:{_NUMBERS})[\s-]years?[\s-]old\b")
ADULT_YEARS = 18

_UNBOUND = frozenset({"zh", "ja"})  # written without spaces
_OPEN_ENDED = frozenset({"ko"})  # particles follow without a space
# Small words that take no endings, however a phrase is inflected.
_FIXED = re.compile(
    "an?|the|of|in|on|to|at|up|off|my|me|hers?|his|him|its?|them|their|your?|all|and|or|from|for"
    "|with|without|not?|out|into|by|is|are|was|be|would|should|i|who|what|where|how|do"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A word of a group: where it stands (word index in the text), and its sentence's index."""

    sentence: int
    word: int
    text: str


def plain(text: str) -> str:
    """Return a text as its words are looked for: one form of each letter, no tricks, no handles."""
    folded = unicodedata.normalize("NFKC", text).translate(_INVISIBLE).translate(_STRAIGHT)
    return _HANDLE.sub(" ", folded.casefold())


def undisguised(text: str) -> str:
    """Return a plain text with digits read as letters inside words, and spaced letters joined."""
    joined = _SPACED.sub(lambda match: re.sub(r"[^\w]", "", match[0]), text)
    return _MIXED.sub(lambda match: match[0].translate(_DISGUISED), joined)


def masked(text: str, idioms: re.Pattern[str]) -> str:
    """Return a plain text without its harmless phrases; what follows keeps its place."""
    return idioms.sub(lambda match: "·" * len(match[0]), text)


class Sentences:
    """Where the sentences and words of a text begin."""

    def __init__(self, text: str) -> None:
        """Look through `text` once."""
        self._ends = [match.end() for match in _SENTENCE_END.finditer(text)]
        self._words = [match.start() for match in _WORD.finditer(text)]

    def place(self, offset: int) -> tuple[int, int]:
        """Return the index of the sentence and of the word at a character of the text."""
        return bisect.bisect_right(self._ends, offset), bisect.bisect_right(self._words, offset)


def occurrences(text: str, words: re.Pattern[str], sentences: Sentences) -> Iterator[Found]:
    """Find the words of a group in a plain text."""
    for match in words.finditer(text):
        yield Found(*sentences.place(match.start()), match[0].strip())


def ages_of_minors(text: str, sentences: Sentences) -> Iterator[Found]:
    """Find the ages below eighteen that are said of somebody."""
    for match in _AGE.finditer(text):
        if int(match[1] or match[2]) < ADULT_YEARS:
            yield Found(*sentences.place(match.start()), match[0])
    for match in _SPELT_AGE.finditer(text):
        yield Found(*sentences.place(match.start()), match[0])


def compiled(words: Iterable[tuple[str, str]], *, names: bool = False) -> re.Pattern[str]:
    """Return what finds any form of any of these words, given as (language, word).

    A word that ends in = stands for itself alone, and so do `names`.
    """
    bound, unbound, open_ended = [], [], []
    for language, word in words:
        literal = names or word.endswith("=")
        stem = plain(word.removesuffix("="))
        if language in _UNBOUND:
            unbound.append(re.escape(stem))
        elif language in _OPEN_ENDED:
            open_ended.append(re.escape(stem))
        else:
            bound.append(_spaced(stem) if literal else forms(language, stem))
    # The longest first, so that what is quoted back is the whole of it.
    parts = []
    for kind, form in ((bound, r"(?<!\w)(?:{})(?:'s)?(?!\w)"), (open_ended, r"(?<!\w)(?:{})")):
        if kind:
            parts.append(form.format("|".join(sorted(kind, key=len, reverse=True))))
    if unbound:
        parts.append("|".join(sorted(unbound, key=len, reverse=True)))
    return re.compile("|".join(parts))


def idiom(language: str, phrase: str) -> str:
    """Return a pattern for a harmless phrase; `*` stands for any one word."""
    if language in _UNBOUND:
        return re.escape(plain(phrase))
    return rf"(?<!\w){_english(phrase)}(?!\w)"


def forms(language: str, word: str) -> str:
    """Return a pattern for the forms of a word or phrase of a language with spaces."""
    if language == "en":
        return _english(word)
    rule = inflection.pattern(language, word)
    return _spaced(word) if rule is None else rule.pattern.replace(r"\ ", r"[\s-]+")


def _spaced(phrase: str) -> str:
    return r"[\s-]+".join(re.escape(word) for word in re.split(r"[\s-]+", phrase))


def _english(phrase: str) -> str:
    return r"[\s-]+".join(_english_word(word) for word in re.split(r"[\s-]+", phrase))


def _english_word(word: str) -> str:
    if word == "*":
        return r"[\w']+"
    if _FIXED.fullmatch(word) or len(word) < inflection.LETTERS_MIN or "'" in word:
        return re.escape(word)
    if word.endswith("e"):
        return re.escape(word[:-1]) + "(?:e|es|ed|ing|er|ers)"
    if word.endswith("y") and word[-2] not in "aeiou":
        return re.escape(word[:-1]) + "(?:y|ies|ied|ying)"
    last = re.escape(word[-1])
    return re.escape(word) + f"(?:s|es|ed|ing|er|ers|{last}ing|{last}ed|{last}er|{last}ers)?"

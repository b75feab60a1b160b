"""The words of languages without a grammar of their own, and the forms they are found in.

`more_languages.tsv` has words for concepts, by hand: `~` marks a word for which the concept is only
the nearest thing, `*` stands for any ending. `names_of_things.tsv` has what everyday things are
called. What stands in the first table comes first, and forms as they are listed before forms by
rule (`kit.inflection`).
"""

import functools
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from matinee.kit import inflection

from . import words
from .words import Sense

COLUMNS = ("es", "fr", "de", "it", "pt", "ja", "ko", "ru", "ar", "hi", "id", "tr")
# The table's words of a neighbour that is understood well enough to be worth a try.
NEIGHBOURS = {"uk": "ru", "bg": "ru", "sr": "ru", "ms": "id", "ca": "es", "gl": "es"}
NAMED = ("animal", "role", "prop", "place", "garment", "weather")
WITHOUT_SPACES = frozenset({"ja", "th", "lo", "km", "my"})
_INFLECTED = frozenset({*NAMED, "colour", "age", "mood", "size", "time"})
# Vowel signs that many leave out; the same word has to be found with and without them.
_OPTIONAL_MARKS = re.compile("[\u093c\u064b-\u0652\u0640]")
_ALIKE = str.maketrans("أإآىё", "\u0627\u0627\u0627\u064aе")


def plain(text: str) -> str:
    """Return a form as it is looked up: lower case, without marks that many leave out."""
    return _OPTIONAL_MARKS.sub("", unicodedata.normalize("NFC", text.lower())).translate(_ALIKE)


@dataclass(frozen=True)
class WordTable:
    """The forms of one language: whole ones, and patterns by their first letters."""

    whole: Mapping[str, tuple[Sense, ...]]
    patterns: Mapping[str, tuple[tuple[re.Pattern[str], Sense], ...]]
    stop_words: frozenset[str]

    def senses(self, form: str) -> tuple[Sense, ...]:
        """Return what a form (see `plain`) can mean, the likeliest first."""
        found = list(self.whole.get(form, ()))
        for pattern, sense in self.patterns.get(form[:1], ()):
            if sense not in found and pattern.fullmatch(form):
                found.append(sense)
        return tuple(found)


@functools.cache
def table_of(language: str) -> WordTable:
    """Return the word table of a language; empty when there is none."""
    column = NEIGHBOURS.get(language, language)
    whole: dict[str, tuple[Sense, ...]] = {}
    patterns: list[tuple[int, str, re.Pattern[str], Sense]] = []
    for rank, written, sense in _entries(column):
        form = plain(written.rstrip("*") if column in WITHOUT_SPACES else written)
        if "*" in form:
            found = re.escape(form).replace(r"\*", r"\w*")
            patterns.append((rank, form, re.compile(found), sense))
            continue
        if sense not in whole.get(form, ()):
            whole[form] = (*whole.get(form, ()), sense)
        forms = inflection.pattern(column, form, is_verb=sense.kind == "verb")
        if forms is not None and sense.kind in {*_INFLECTED, "verb"}:
            patterns.append((rank, form, forms, sense))
    # The longer a form, the more it says; what was listed by hand comes first.
    patterns.sort(key=lambda one: (one[0], -len(one[1])))
    by_initial: dict[str, list[tuple[re.Pattern[str], Sense]]] = {}
    for _, form, found_forms, sense in patterns:
        by_initial.setdefault(form[0], []).append((found_forms, sense))
    common = frozenset(
        word
        for row in words.rows("common_words.tsv")
        if row[0] == language
        for word in row[2].split()
    )
    return WordTable(whole, {one: tuple(of) for one, of in by_initial.items()}, common)


def _entries(column: str) -> Iterator[tuple[int, str, Sense]]:
    """Give every form that the tables list for a language with its rank: 0 by hand, 1 baked."""
    if column not in COLUMNS:
        return
    at = COLUMNS.index(column)
    for row in words.rows("more_languages.tsv"):
        for written in filter(None, row[2 + at].split("|")):
            yield 0, written.lstrip("~"), Sense(row[0], row[1], written.startswith("~"))
    for row in words.rows("names_of_things.tsv"):
        sense = _sense_of_name(row[0])
        for written in filter(None, row[1 + at].split("|")):
            if sense is not None:
                yield 1, written, sense


def _sense_of_name(name: str) -> Sense | None:
    """Return what an English name means, if the whole of it means something to be seen."""
    tokens = name.split()
    matches = words.english().matches(tokens, 0)
    if not matches or matches[0].length < len(tokens):
        return None
    return matches[0].of(*NAMED)

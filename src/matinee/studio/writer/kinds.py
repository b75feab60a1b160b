"""What a word is a kind of: a trawler is a fishing boat, and that is a boat.

The tables `noun_kinds.tsv` and `verb_kinds.tsv` are baked from WordNet by
`tools/bake_word_kinds.py`. They are read when a prompt first has a word that the lexicon lacks.
"""

import functools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from . import words

CHAIN_MAX = 18
# Above these a noun is so general that nothing in particular would be shown.
SILENT = frozenset({"abstraction", "psychological feature", "attribute", "measure", "relation"})
VERB_TOO_GENERAL = frozenset({"act", "move", "make", "change", "be", "do", "get", "have", "use"})


@dataclass(frozen=True)
class Kind:
    """A concept of the lexicon, and what the word was found to be a kind of."""

    kind: str
    concept: str
    of: str


@dataclass(frozen=True)
class _Table:
    """Where every word is at home, and what every concept is a kind of."""

    home: Mapping[str, str]
    parents: Mapping[str, str]


def noun(word: str, kinds: Iterable[str], known: Iterable[tuple[str, str]] = ()) -> Kind | None:
    """Return the nearest concept above an English noun that is of one of `kinds`, or None.

    `known` are the (kind, slug) that the engine plays: of several that show a concept alike, the
    first of them is taken.
    """
    wanted, played = frozenset(kinds), frozenset(known)
    for label in _above(_table("noun_kinds.tsv"), word):
        if label in SILENT:
            return None
        phrases = label.partition("#")[0].split("/")
        shown = _shown().get("/".join(phrases))
        if shown and shown[0] in wanted:
            concepts = shown[1]
            concept = next((one for one in concepts if (shown[0], one) in played), concepts[-1])
            return Kind(shown[0], concept, phrases[0])
        for phrase in phrases:
            found = _in_lexicon(phrase, wanted) if phrase != word else None
            if found is not None:
                return Kind(found.kind, found.concept, phrase)
    return None


def verb(word: str) -> str:
    """Return the verb of the lexicon that an English verb, in any form, is a way of, or empty."""
    table = _table("verb_kinds.tsv")
    base = next((form for form in _bases(word) if form in table.home), "")
    if not base:
        return ""
    for label in _above(table, base):
        for phrase in label.partition("#")[0].split("/"):
            if phrase in VERB_TOO_GENERAL or phrase == base:
                continue
            matches = words.english().matches(phrase.split(), 0)
            sense = matches[0].of("verb") if matches else None
            if sense is not None and matches[0].length == len(phrase.split()):
                return sense.concept
    return ""


def is_noun(word: str) -> bool:
    """Whether the tables have the word as the name of something one can see."""
    return word in _table("noun_kinds.tsv").home


def is_kind_of(word: str, general: str) -> bool:
    """Whether a noun names a kind of what another one names, however far below it."""
    above = _above(_table("noun_kinds.tsv"), word)
    return any(general in label.partition("#")[0].split("/") for label in above)


def is_verb(word: str) -> bool:
    """Whether the tables have the word, in any form, as what somebody does."""
    home = _table("verb_kinds.tsv").home
    return any(base in home for base in _bases(word))


def _in_lexicon(phrase: str, kinds: frozenset[str]) -> words.Sense | None:
    tokens = phrase.split()
    matches = words.english().matches(tokens, 0)
    if not matches or matches[0].length != len(tokens):
        return None
    return next((one for one in matches[0].senses if one.kind in kinds), None)


def _above(table: _Table, word: str) -> Iterator[str]:
    """Yield the concepts above a word, the nearest first."""
    label = table.home.get(word, "")
    for _ in range(CHAIN_MAX):
        if not label:
            return
        yield label
        label = table.parents.get(label, "")


def _bases(word: str) -> Iterator[str]:
    """Yield what the base form of an inflected English verb may be."""
    yield word
    for ending in ("ies", "ied"):
        if word.endswith(ending):
            yield word[: -len(ending)] + "y"
    for ending in ("es", "s", "ed", "d", "ing"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word[: -len(ending)]
            yield stem
            yield stem + "e"
            if stem[-1:] == stem[-2:-1]:
                yield stem[:-1]


@functools.cache
def _table(name: str) -> _Table:
    home: dict[str, str] = {}
    parents: dict[str, str] = {}
    for row in words.rows(name):
        label, parent, members = [*row, "", ""][:3]
        parents[label] = parent
        for member in members.split("|"):
            home.setdefault(member, label)
    return _Table(home, parents)


@functools.cache
def _shown() -> Mapping[str, tuple[str, tuple[str, ...]]]:
    return {row[0]: (row[1], tuple(row[2].split(","))) for row in words.rows("kinds_shown.tsv")}

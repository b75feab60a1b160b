"""What words mean in a catalogue: traits of products, countries, days, in many languages.

The tables beside this file are read once. A *term* is a trait that a word or phrase names; the same
word may name several, in different languages.
"""

import functools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from typing import Literal, cast
from zlib import crc32

Group = Literal["colour", "material", "audience", "kind", "size"]

HAN = re.compile(r"[\u3400-\u9fff\u3040-\u30ff]")
PHRASE_WORDS_MAX = 4

_SIGN_BITS = 1 << 31


@dataclass(frozen=True, slots=True)
class Term:
    """A trait of products, such as the colour red."""

    group: Group
    name: str

    @property
    def key(self) -> str:
        """The trait as it is written in answers: ``colour:red``."""
        return f"{self.group}:{self.name}"

    @property
    def number(self) -> int:
        """The trait as it is kept: the same 32 signed bits on every machine."""
        return _number(self.key)


@functools.cache
def _number(key: str) -> int:
    value = crc32(key.encode())
    return value - 2 * _SIGN_BITS if value >= _SIGN_BITS else value


@dataclass(frozen=True, slots=True)
class Sense:
    """What a phrase means in one language."""

    language: str
    term: Term


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Phrases by their folded words with one space between; Han phrases as they are written."""

    phrases: dict[str, tuple[Sense, ...]]
    han: dict[str, tuple[Sense, ...]]
    wider: dict[Term, Term]
    narrower: dict[Term, tuple[Term, ...]]

    def with_wider(self, term: Term) -> Iterator[Term]:
        """The term, and all that it is one of."""
        now: Term | None = term
        while now is not None:
            yield now
            now = self.wider.get(now)

    def with_narrower(self, term: Term) -> Iterator[Term]:
        """The term, and all that are one of it."""
        yield term
        for one in self.narrower.get(term, ()):
            yield from self.with_narrower(one)


def folded(text: str) -> str:
    """Text as it is compared: no capitals, no accents, one form of each sign."""
    plain = unicodedata.normalize("NFKD", text.replace("ø", "o").replace("Ø", "o"))
    bare = "".join(sign for sign in plain if not unicodedata.combining(sign) or HAN.match(sign))
    return unicodedata.normalize("NFC", bare).casefold().replace("’", "'")


def rows(table: str) -> list[dict[str, str]]:
    """The rows of one of the tables."""
    written = resources.files(__package__).joinpath(f"{table}.tsv").read_text(encoding="utf-8")
    lines = [line.split("\t") for line in written.splitlines() if not line.startswith("#")]
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]


@functools.cache
def lexicon() -> Lexicon:
    """The traits and the words for them."""
    phrases: dict[str, list[Sense]] = {}
    han: dict[str, list[Sense]] = {}
    wider: dict[Term, Term] = {}
    narrower: dict[Term, list[Term]] = {}
    for row in rows("traits"):
        group = cast("Group", row["group"])
        term = Term(group, row["name"])
        if row["wider"]:
            wider[term] = Term(group, row["wider"])
            narrower.setdefault(wider[term], []).append(term)
        for language in ("en", "de", "fr", "es", "zh"):
            for written in row[language].split(","):
                table = han if HAN.search(written) else phrases
                table.setdefault(plain(written), []).append(Sense(language, term))
    return Lexicon(
        {phrase: tuple(senses) for phrase, senses in phrases.items()},
        {phrase: tuple(senses) for phrase, senses in han.items()},
        wider,
        {term: tuple(some) for term, some in narrower.items()},
    )


@functools.cache
def stops() -> dict[str, frozenset[str]]:
    """The words that say nothing, by language."""
    return {row["language"]: frozenset(row["words"].split()) for row in rows("stops")}


@functools.cache
def every_stop() -> frozenset[str]:
    """The words that say nothing in any language."""
    return frozenset().union(*stops().values())


@functools.cache
def countries() -> dict[str, str]:
    """ISO 3166 codes by folded name in any language."""
    found = dict(_COUNTRY_NICKNAMES)
    for row in rows("countries"):
        for language, name in row.items():
            if language != "code" and name:
                found.setdefault(plain(name), row["code"])
    return found


@functools.cache
def days() -> dict[str, int]:
    """Days of the week by folded name in any language; 0 is Monday."""
    return _numbered("days", "day")


@functools.cache
def months() -> dict[str, int]:
    """Months by folded name in any language; 1 is January."""
    return _numbered("months", "month")


@functools.cache
def phrases() -> dict[str, str]:
    """The patterns of phrases by name."""
    return {row["name"]: row["patterns"] for row in rows("phrases")}


def phrase(name: str) -> str:
    """One pattern that matches any of the phrases of a name."""
    return phrases()[name]


def money_words() -> dict[str, list[str]]:
    """Words and signs for each currency; ``KR`` are crowns of whichever country."""
    return {
        name.removeprefix("money:"): [re.sub(r"\\(.)", r"\1", word) for word in said.split("|")]
        for name, said in phrases().items()
        if name.startswith("money:")
    }


def plain(written: str) -> str:
    """A phrase as the tables keep it: folded, with what parts words as one space."""
    return " ".join(re.findall(r"[^\W_]+(?:'[^\W_]+)*", folded(written)))


def _numbered(table: str, key: str) -> dict[str, int]:
    return {
        plain(name): int(row[key])
        for row in rows(table)
        for language, names in row.items()
        if language != key
        for name in names.split(" | ")
    }


_COUNTRY_NICKNAMES = {
    "usa": "US",
    "us": "US",
    "america": "US",
    "uk": "GB",
    "england": "GB",
    "great britain": "GB",
    "britain": "GB",
    "scotland": "GB",
    "holland": "NL",
    "the netherlands": "NL",
    "czech republic": "CZ",
    "uae": "AE",
    "南韩": "KR",
}

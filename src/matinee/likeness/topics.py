"""Topics that people do not want to be seen in, by the words and things that make them out.

The table `topics.tsv` is part of the product: whoever refuses "politics" refuses all of its row,
in every language that the row has words of.
"""

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

_FILE = Path(__file__).parent / "topics.tsv"
# Scripts that set no space between words; there a word is found anywhere.
_UNSPACED = re.compile("[\u2e80-\u9fff\uf900-\ufaff\u3040-\u30ff\u0e00-\u0e7f]")


@dataclass(frozen=True)
class Topic:
    """A topic: the words that speak of it, and the concepts of what shows it."""

    name: str
    words: tuple[str, ...]
    shown: tuple[Mapping[str, str], ...]


@functools.cache
def topics() -> Mapping[str, Topic]:
    """Return every topic by its name."""
    found = {}
    for line in _FILE.read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        name, words, shown = [*line.split("\t"), ""][:3]
        pairs = tuple(one.partition(":") for one in shown.split("|") if one)
        things = tuple({"aspect": aspect, "name": slug} for aspect, _, slug in pairs)
        found[name] = Topic(name, tuple(words.split("|")), things)
    return found


def named(phrase: str) -> tuple[Topic, ...]:
    """Return the topics that a phrase calls by their name or by one of their words."""
    exact = [one for one in topics().values() if _stem(one.name) == _stem(phrase.casefold())]
    if exact:
        return tuple(exact)
    return tuple(one for one in topics().values() if said(one.words, phrase))


def said(words: Iterable[str], text: str) -> str:
    """Return the first of `words` that is in a text, or empty; upper case makes no difference.

    A word is met whole, in the plural and in the other forms English makes by an ending; `*` at its
    end stands for any. In scripts without spaces it is met anywhere.
    """
    return next((word for word in words if _pattern(word).search(text.casefold())), "")


@functools.lru_cache(maxsize=4096)
def _pattern(word: str) -> re.Pattern[str]:
    bare = word.casefold().rstrip("*")
    if _UNSPACED.search(bare):
        return re.compile(re.escape(bare))
    inner = r"[\s-]+".join(re.escape(part) for part in bare.split())
    ending = r"\w*" if word.endswith("*") else "(?:s|es|ed|d|ing)?"
    return re.compile(rf"(?<!\w){inner}{ending}(?!\w)")


def _stem(word: str) -> str:
    """Return a word without the ending of its plural, for comparing names only."""
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word

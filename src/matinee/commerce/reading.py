"""Reading: which traits a text names, in whatever language; the same eyes for products and wishes.

A text is words and runs of Han signs. The longest phrase that the lexicon has counts; a word that
it lacks is tried without its ending (``rotes``), as two words in one (``Leinenhemd``) and, in a
wish, with one slip of the finger. Where a word means different things in different languages, the
language of the text decides.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from .lexicon import HAN, PHRASE_WORDS_MAX, Sense, Term, folded, lexicon, stops

_PIECE = re.compile(r"[\u3400-\u9fff\u3040-\u30ff]+|[^\W_\u3400-\u9fff\u3040-\u30ff]+(?:'[^\W_]+)*")
_ENDINGS = ("es", "en", "er", "em", "e", "s", "as", "os", "a", "o", "t", "n", "x")
_STEM_LETTERS_MIN = 3
_PART_LETTERS_MIN = 4
_COMPOUND_LETTERS_MIN = 8
_SLIP_LETTERS_MIN = 5
_FOREIGN_LETTERS_MIN = 4
_HAN_PHRASE_SIGNS_MAX = 8


@dataclass(frozen=True, slots=True)
class Piece:
    """A word or run of Han signs of a folded text, and where it stands in it."""

    text: str
    start: int
    end: int

    @property
    def is_han(self) -> bool:
        """Whether it is Han (or kana)."""
        return HAN.match(self.text) is not None


@dataclass(frozen=True, slots=True)
class Found:
    """A term that a text names, and where."""

    term: Term
    start: int
    end: int
    said: str


def pieces(text: str) -> list[Piece]:
    """The words and Han runs of a text that is folded."""
    return [Piece(match.group(), match.start(), match.end()) for match in _PIECE.finditer(text)]


def is_han(text: str) -> bool:
    """Whether a text is mostly in Han signs."""
    letters = sum(sign.isalpha() for sign in text)
    return letters > 0 and 3 * len(HAN.findall(text)) >= letters


def terms(text: str) -> tuple[Term, ...]:
    """The traits that a text names, each once, without those that another narrows down."""
    named = [found.term for found in found_in(folded(text))]
    return tuple(dict.fromkeys(named))


def found_in(text: str, *, unknown: Collection[str] = ()) -> list[Found]:
    """The terms of a folded text in their order; words in ``unknown`` may hold a slip."""
    split = pieces(text)
    language = language_of(split)
    found: list[Found] = []
    place = 0
    while place < len(split):
        if split[place].is_han:
            found += _in_han(split[place])
            place += 1
            continue
        count, senses = _phrase_at(split, place, unknown=unknown)
        start, end = split[place].start, split[place + count - 1].end
        for term in _chosen(senses, language, text[start:end]):
            found.append(Found(term, start, end, text[start:end]))
        place += count
    return found


def language_of(split: Sequence[Piece]) -> str:
    """The likeliest language of words, by those that say nothing and those of the lexicon."""
    counted: Counter[str] = Counter({"en": 0})
    for piece in split:
        for language, words in stops().items():
            if piece.text in words:
                counted[language] += 2
        for language in {sense.language for sense in lexicon().phrases.get(piece.text, ())}:
            counted[language] += 1
    best = max(counted.values())
    # English where nothing says otherwise; else the first of the best by name, whatever the order.
    return "en" if counted["en"] == best else min(one for one in counted if counted[one] == best)


def _phrase_at(
    split: Sequence[Piece], place: int, *, unknown: Collection[str]
) -> tuple[int, tuple[Sense, ...]]:
    """How many pieces the longest phrase at a place has, and what it means."""
    known = lexicon().phrases
    longest = min(PHRASE_WORDS_MAX, len(split) - place)
    for count in range(longest, 0, -1):
        some = split[place : place + count]
        if any(piece.is_han for piece in some):
            continue
        for written in _forms(" ".join(piece.text for piece in some)):
            if written in known:
                return count, known[written]
    word = split[place].text
    if len(word) >= _COMPOUND_LETTERS_MIN and (senses := _compound(word)):
        return 1, senses
    if word in unknown and len(word) >= _SLIP_LETTERS_MIN and (meant := slip_of(word)):
        return 1, known[meant]
    return 1, ()


def _forms(written: str) -> Iterator[str]:
    yield written
    for ending in _ENDINGS:
        stem = written.removesuffix(ending)
        if stem != written and len(stem) >= _STEM_LETTERS_MIN:
            yield stem
            if ending in {"a", "as", "os"}:
                yield stem + "o"
            if ending in {"en", "es", "er", "s"}:
                yield stem + "e"


@cache
def _compound(word: str) -> tuple[Sense, ...]:
    """What both halves of a word mean (leinen|hemd), or nothing."""
    known = lexicon().phrases
    for cut in range(len(word) - _PART_LETTERS_MIN, _PART_LETTERS_MIN - 1, -1):
        tail = next((form for form in _forms(word[cut:]) if form in known), None)
        if tail is None or not any(one.term.group == "kind" for one in known[tail]):
            continue
        for joint in ("", "s", "n", "en", "e"):
            head = word[:cut].removesuffix(joint) if joint else word[:cut]
            if head in known:
                return (*known[head], *known[tail])
        return known[tail]
    return ()


def _chosen(senses: Sequence[Sense], language: str, said: str) -> Iterator[Term]:
    """The terms that count in a text of a language, each once."""
    own = [one for one in senses if one.language == language]
    if not own and len(said) < _FOREIGN_LETTERS_MIN:
        own = [one for one in senses if one.language in {"en", "zh"}]
    yield from dict.fromkeys(one.term for one in own or senses)


def _in_han(piece: Piece) -> Iterator[Found]:
    known = lexicon().han
    place = 0
    while place < len(piece.text):
        for count in range(min(_HAN_PHRASE_SIGNS_MAX, len(piece.text) - place), 0, -1):
            written = piece.text[place : place + count]
            if written in known:
                start = piece.start + place
                for sense in known[written]:
                    yield Found(sense.term, start, start + count, written)
                break
        else:
            count = 1
        place += count


@cache
def _shortened() -> dict[str, str]:
    """Phrases of one word by every form of them that lacks one letter."""
    found: dict[str, str] = {}
    for phrase in sorted(lexicon().phrases):
        if " " not in phrase and len(phrase) >= _SLIP_LETTERS_MIN:
            for place in range(len(phrase)):
                found.setdefault(phrase[:place] + phrase[place + 1 :], phrase)
    return found


def slip_of(word: str) -> str | None:
    """The phrase that differs from a word by one letter added, left out, changed or swapped."""
    known, shortened = lexicon().phrases, _shortened()
    if word in shortened:
        return shortened[word]
    for place in range(len(word)):
        without = word[:place] + word[place + 1 :]
        if without in known:
            return without
        swapped = word[:place] + word[place + 1 : place + 2] + word[place : place + 1]
        if (whole := swapped + word[place + 2 :]) in known:
            return whole
        if without in shortened and len(shortened[without]) == len(word):
            return shortened[without]
    return None


def slips(one: str, other: str) -> int:
    """How many letters are added, left out, changed or swapped between two words.

    Optimal string alignment (Damerau 1964), in the time of the product of their lengths.
    """
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        now = [row]
        for column, there in enumerate(other, start=1):
            cost = min(last[column] + 1, now[-1] + 1, last[column - 1] + (letter != there))
            swapped = (
                row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == there
            )
            now.append(min(cost, before[column - 2] + 1) if swapped else cost)
        before, last = last, now
    return last[-1]

"""English text as tokens with their places in the prompt, and the closed word classes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from . import spelling, words
from .words import Match, Sense

QUOTE_CHARACTERS_MAX = 600
_CLOSING = {"“": "”", '"': '"', "«": "»", "「": "」", "『": "』", "‘": "’", "„": "“"}
_TOKEN = re.compile(
    r"(?P<word>[^\W\d_]+(?:['’](?!s\b|S\b)[^\W\d_]+)*(?:-[^\W_]+)*)"
    r"|(?P<number>\d+(?:[.,]\d+)*(?:-[^\W\d_]+)*(?:[^\W\d_]{1,2}\b)?)"
    r"|(?P<possessive>['’][sS]\b)"
    r"|(?P<break>\n+)"
    r"|(?P<dash>--+|[—–…]|\.\.\.+)"
    r"|(?P<punct>[^\w\s])"
)

NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "dozen": 12, "several": 3, "few": 3,
    "many": 5, "some": 0, "both": 2, "hundred": 100, "hundreds": 100, "thousand": 1000,
    "thousands": 1000, "dozens": 24, "various": 3, "multiple": 3, "countless": 30, "single": 1,
}  # fmt: skip
DETERMINERS = {
    "a": "a", "an": "a", "another": "a", "the": "the", "this": "this", "that": "this",
    "these": "this", "those": "this", "each": "the", "every": "the", "no": "no", "any": "a",
    "my": "possessive", "your": "possessive", "his": "possessive", "her": "possessive",
    "its": "possessive", "our": "possessive", "their": "possessive", "all": "the",
    "other": "other", "one's": "possessive",
}  # fmt: skip
PRONOUNS = {
    "he": "man", "him": "man", "she": "woman", "her": "woman", "they": "group", "them": "group",
    "it": "thing", "himself": "self", "herself": "self", "themselves": "self", "itself": "self",
    "i": "me", "me": "me", "we": "us", "us": "us", "you": "you", "myself": "self",
    "each other": "self", "one another": "self", "everyone": "group", "everybody": "group",
    "nobody": "none", "hers": "none", "theirs": "none", "mine": "none", "yours": "none",
}  # fmt: skip
AUXILIARIES = frozenset(
    [
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "am",
        "has",
        "had",
        "have",
        "do",
        "does",
        "did",
        "will",
        "would",
        "can",
        "could",
        "may",
        "might",
        "must",
        "shall",
        "should",
        "isn't",
        "aren't",
        "wasn't",
        "weren't",
        "don't",
        "doesn't",
        "didn't",
        "won't",
        "can't",
        "cannot",
        "couldn't",
        "i'm",
        "he's",
        "she's",
        "they're",
        "we're",
        "it's",
        "you're",
        "let's",
        "wouldn't",
        "shouldn't",
    ]
)
NEGATIONS = frozenset(
    [
        "not",
        "never",
        "isn't",
        "aren't",
        "wasn't",
        "weren't",
        "don't",
        "doesn't",
        "didn't",
        "won't",
        "can't",
        "cannot",
        "couldn't",
        "without",
        "wouldn't",
        "shouldn't",
        "neither",
        "nor",
    ]
)
CONJUNCTIONS = frozenset({"and", "or", "but", "&", "plus", "nor"})
SUBORDINATORS = frozenset(
    [
        "while",
        "as",
        "when",
        "whilst",
        "until",
        "because",
        "so",
        "although",
        "though",
        "since",
        "if",
        "whenever",
        "once",
        "where",
        "whereas",
        "unless",
    ]
)
RELATIVES = frozenset({"who", "which", "whose", "whom"})
SEQUENCE = (
    "then", "after that", "afterwards", "afterward", "suddenly", "finally", "meanwhile", "later",
    "at last", "eventually", "in the end", "at the end", "moments later", "next", "all of a sudden",
    "a moment later", "and then", "cut to", "smash cut to", "fade to", "dissolve to", "we see",
    "at that moment", "just then", "the next morning", "soon", "cut", "first", "at first",
    "fade in",
    "fade out", "at the same time", "lastly", "to begin with", "the next day", "seconds later",
    "hours later", "years later", "secondly", "thirdly", "after a while", "in the meantime",
)  # fmt: skip
# Words that join a moment instead of beginning one.
SOFT_SEQUENCE = frozenset({"meanwhile", "at the same time", "first", "at first", "we see"})
PREPOSITIONS = {
    "on": "on", "onto": "on", "upon": "on", "atop": "on", "on top of": "on", "under": "under",
    "beneath": "under", "below": "under", "underneath": "under", "to the left of": "left_of",
    "left of": "left_of", "on the left of": "left_of", "to the right of": "right_of",
    "right of": "right_of", "on the right of": "right_of", "next to": "by", "beside": "by",
    "near": "by", "alongside": "by", "close to": "by", "by": "by", "behind": "behind",
    "in front of": "in_front_of", "before": "in_front_of", "opposite": "in_front_of",
    "inside": "inside", "into": "into", "in": "in", "within": "inside", "with": "with", "at": "at",
    "to": "to", "toward": "toward", "towards": "toward", "from": "from", "through": "through",
    "across": "through", "along": "through", "around": "around", "over": "over", "above": "over",
    "between": "between", "among": "between", "amongst": "between", "against": "by", "of": "of",
    "for": "for", "about": "about", "like": "like", "without": "without", "off": "from",
    "up": "through", "down": "through", "past": "through", "during": "during", "after": "after",
    "out of": "from", "outside": "at", "amid": "in", "amidst": "in", "throughout": "in",
    "regarding": "about", "concerning": "about", "facing": "in_front_of", "full of": "of",
    "as if": "like", "per": "like", "shot on": "like", "shot with": "like", "filmed on": "like",
    "filmed in": "like", "shot in": "like", "via": "like", "surrounded by": "between",
    "because of": "like",
    "wearing": "wearing", "dressed in": "wearing", "clad in": "wearing", "dressed as": "dressed_as",
    "named": "named", "called": "named", "holding": "holding", "carrying": "holding",
    "filled with": "of", "covered in": "with", "back to": "to", "away from": "from",
    "sporting": "wearing", "instead of": "without", "titled": "titled", "entitled": "titled",
    "blend of": "like", "a blend of": "like", "mix of": "like", "a mix of": "like",
    "mixture of": "like", "a cross between": "like", "cross between": "like", "hybrid of": "like",
    "combination of": "like", "a combination of": "like", "reminiscent of": "like",
    "in the style of": "like", "in style of": "like", "on the back of": "on", "on the top of": "on",
    "on the shoulder of": "on", "on the head of": "on", "on the shoulders of": "on",
    "at the edge of": "at", "on the edge of": "at", "in the middle of": "in",
    "in the center of": "in", "in the centre of": "in", "at the side of": "by",
    "by the side of": "by", "at the foot of": "by", "at the feet of": "in_front_of",
    "in between": "between", "leaning against": "by", "propped against": "by", "across from":
    "in_front_of", "adjacent to": "by", "at the back of": "in", "in the back of": "in",
    "on either side of": "by", "side by side with": "by", "in the shade of": "under",
    "to the side of": "by", "on the surface of": "on", "at the top of": "at", "with a view of":
    "toward", "overlooking": "toward", "full with": "of", "packed with": "of", "made of": "made_of",
    "made from": "made_of", "made out of": "made_of", "in the shape of": "like", "seated on": "on",
    "set in": "in", "set on": "in", "set at": "in", "located in": "in", "on board": "in",
}  # fmt: skip
FILLERS = frozenset(
    [
        "very",
        "so",
        "too",
        "just",
        "also",
        "really",
        "quite",
        "rather",
        "still",
        "even",
        "only",
        "almost",
        "already",
        "again",
        "there",
        "here",
        "now",
        "together",
        "back",
        "away",
        "out",
        "up",
        "down",
        "off",
        "well",
        "much",
        "more",
        "most",
        "less",
        "least",
        "own",
        "same",
        "such",
        "else",
        "please",
        "okay",
        "ok",
        "yes",
        "yeah",
        "oh",
        "ah",
        "hey",
        "etc",
        "ago",
        "ever",
        "yet",
        "perhaps",
        "maybe",
        "else",
        "soon",
        "often",
        "always",
        "sometimes",
        "once",
        "twice",
        "forth",
        "apart",
        "along",
        "ahead",
        "forward",
        "forwards",
        "backwards",
        "backward",
        "inside",
        "outside",
        "nearby",
        "upstairs",
        "downstairs",
        "home",
        "abroad",
        "everywhere",
        "somewhere",
        "anywhere",
        "high",
        "low",
        "left",
        "right",
        "close",
        "far",
        "directly",
        "simply",
        "slightly",
        "completely",
        "fully",
        "barely",
        "nearly",
        "mostly",
        "instead",
        "alike",
        "thus",
        "hence",
        "whole",
        "entire",
        "various",
        "different",
        "certain",
        "particular",
        "similar",
        "several",
        "many",
        "few",
        "lots",
        "make",
        "create",
        "generate",
        "render",
        "want",
        "featuring",
        "showing",
        "shows",
        "depicting",
        "depicts",
        "about",
        "beautiful",
        "beautifully",
        "nice",
        "good",
        "great",
        "perfect",
        "perfectly",
        "lovely",
        "amazing",
        "stunning",
        "gorgeous",
        "pretty",
        "new",
        "first",
        "last",
        "next",
        "second",
        "third",
        "final",
        "young's",
        "towards",
        "upon",
        "than",
        "what",
        "how",
        "why",
        "whether",
        "though",
        "however",
    ]
)

CLOSED = frozenset(
    {*NUMBERS, *DETERMINERS, *PRONOUNS, *AUXILIARIES, *NEGATIONS, *CONJUNCTIONS, *SUBORDINATORS}
    | {*RELATIVES, *FILLERS, *(word for one in (*PREPOSITIONS, *SEQUENCE) for word in one.split())}
)

TokenKind = Literal["word", "number", "possessive", "break", "dash", "punct", "quote"]


@dataclass(frozen=True, slots=True)
class Token:
    """A token: `text` as written, `lower` as looked up, its place in the prompt."""

    text: str
    lower: str
    start: int
    end: int
    kind: str


def tokenise(text: str, start: int, end: int) -> list[Token]:
    """Return the tokens of `text[start:end]`; a quotation is one token. Linear in its length."""
    tokens: list[Token] = []
    index = start
    lexicon = words.english()
    while index < end:
        close = quotation_end(text, index, end)
        if close:
            tokens.append(Token(text[index + 1 : close], "", index, close + 1, "quote"))
            index = close + 1
            continue
        found = _TOKEN.match(text, index, end)
        if not found:
            index += 1
            continue
        kind = str(found.lastgroup)
        tokens.extend(_split_compound(found.group(), found.start(), kind, lexicon))
        index = found.end()
    return tokens


def quotation_end(text: str, index: int, end: int) -> int:
    """Return where the quotation that opens at `index` closes, or 0 when none opens there."""
    opens = text[index] in _CLOSING or (text[index] == "'" and _opens(text, index))
    return max(0, _closing(text, index, end)) if opens else 0


def _opens(text: str, index: int) -> bool:
    before = text[index - 1] if index else " "
    after = text[index + 1] if index + 1 < len(text) else " "
    return (before.isspace() or before in "(:,") and not after.isspace() and after.isalnum()


def _closing(text: str, index: int, end: int) -> int:
    opening = text[index]
    limit = min(end, index + QUOTE_CHARACTERS_MAX)
    closing = _CLOSING.get(opening, "'")
    found = text.find(closing, index + 1, limit)
    while closing in "'’" and 0 < found < limit - 1 and text[found + 1 : found + 2].isalnum():
        found = text.find(closing, found + 1, limit)
    return found if found > index + 1 and text[index + 1 : found].strip() else -1


def _split_compound(word: str, start: int, kind: str, lexicon: words.Lexicon) -> list[Token]:
    lower = word.lower().replace("’", "'")
    if kind != "word" or "-" not in word or lower in lexicon or len(word) > 60:  # noqa: PLR2004 - a small count, said by the words beside it
        return [Token(word, lower, start, start + len(word), kind)]
    parts, offset = [], start
    for part in word.split("-"):
        if part:
            parts.append(Token(part, part.lower(), offset, offset + len(part), kind))
        offset += len(part) + 1
    return parts


class Text:
    """The tokens of a passage with what the lexicon says of each, looked up once."""

    def __init__(self, text: str, start: int, end: int) -> None:
        """Tokenise `text[start:end]`."""
        self.source = text
        self.tokens = tokenise(text, start, end)
        self.slips = dict(self._slips())
        self.lower = [self.slips.get(index, token.lower) for index, token in enumerate(self.tokens)]
        self._matches: dict[int, tuple[Match, ...]] = {}

    def __len__(self) -> int:
        return len(self.tokens)

    def _slips(self) -> Iterator[tuple[int, str]]:
        """Yield the places of misspelt words, and what they were meant to be; names are spared."""
        shouted = all(one.text.isupper() for one in self.tokens if one.kind == "word")
        for index, token in enumerate(self.tokens):
            named = token.text[:1].isupper() and index and not shouted
            if token.kind == "word" and not named:
                meant = spelling.corrected(token.lower, CLOSED)
                if meant:
                    yield index, meant

    def matches(self, index: int) -> tuple[Match, ...]:
        """Return the forms that start at a token, the longest first."""
        found = self._matches.get(index)
        if found is None:
            lexicon = words.english()
            found = lexicon.matches(self.lower, index) if index < len(self.lower) else ()
            self._matches[index] = found
        return found

    def sense(self, index: int, *kinds: str) -> tuple[Sense, int] | None:
        """Return the sense of one of these kinds in the longest form that has one."""
        longest = self.matches(index)[0].length if self.matches(index) else 0
        for match in self.matches(index):
            found = match.of(*kinds)
            if found and (longest in {match.length, 1}):
                return found, match.length
            if found and not {"verb"} & {one.kind for one in self.matches(index)[0].senses}:
                return None
            if found:
                return found, match.length
        return None

    def phrase(self, index: int, table: object) -> tuple[str, int] | None:
        """Return the longest run of up to four tokens from `index` that `table` holds."""
        for length in (4, 3, 2, 1):
            if index + length <= len(self.lower):
                joined = " ".join(self.lower[index : index + length])
                if joined in table:  # type: ignore[operator]  # any container of str
                    return joined, length
        return None

    def is_name(self, index: int) -> bool:
        """Whether a token is written as a name is: capitalised, not shouted, not sentence case."""
        token = self.tokens[index]
        if token.kind != "word" or not token.text[:1].isupper() or len(token.text) < 2:  # noqa: PLR2004 - a small count, said by the words beside it
            return False
        if token.text in words.first_names() or (
            token.text.isupper() and token.text.title() in words.first_names()
        ):
            return True
        if token.text.isupper() and len(token.text) > 3:  # noqa: PLR2004 - a small count, said by the words beside it
            return False
        if self.matches(index) or token.lower in AUXILIARIES | FILLERS | CONJUNCTIONS:
            return False
        if token.lower in DETERMINERS or token.lower in PRONOUNS or token.lower in PREPOSITIONS:
            return False
        return token.lower not in NUMBERS and token.lower not in SUBORDINATORS | RELATIVES

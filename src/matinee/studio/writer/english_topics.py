"""What English speakers talk about: "the last slice of pizza", "whose turn it is"."""

from dataclasses import dataclass, field

from . import words
from .draft import Clause
from .english_phrases import Found, noun_phrase
from .english_tokens import Text

QUESTION_WORDS = frozenset({"where", "what", "who", "why", "how", "when", "which", "whose"})
TOPICAL = {
    "over": frozenset({"argue", "quarrel", "debate", "negotiate", "discuss", "complain"}),
    "on": frozenset({"report", "lecture", "speak", "debate", "interview", "congratulate"}),
}
_STOPS = frozenset(".!?;\n")


@dataclass
class Topic:
    """What people talk about: its words, the prop kind if it is one, where it ends."""

    words: str
    kind: str
    start: int
    next: int
    things: list[Found] = field(default_factory=list)


def wants_topic(clause: Clause | None, relation: str) -> bool:
    """Whether "about", "over" or "on" after the clause's verb begins what is talked about."""
    if clause is None or not words.verbs()[clause.verb].converse:
        return False
    return relation == "about" or clause.verb in TOPICAL.get(relation, ())


def topic(text: Text, index: int) -> Topic | None:
    """Read "the last slice of pizza" or "whose turn it is" at `index`."""
    if index >= len(text) or text.tokens[index].kind != "word":
        return None
    start = text.tokens[index].start
    if text.lower[index] in QUESTION_WORDS | {"whether", "if"}:
        end = clause_end(text, index)
        return Topic(text.source[start : text.tokens[end - 1].end], "question", start, end)
    found = noun_phrase(text, index, subject_open=False)
    if not found or found.mention.kind == "pronoun":
        return None
    things = [found] if found.mention.kind == "prop" else []
    kind = found.mention.concept if found.mention.kind == "prop" else found.mention.kind
    at = found.next
    while text.lower[at : at + 1] == ["of"]:
        inner = noun_phrase(text, at + 1, subject_open=False)
        if not inner:
            break
        if inner.mention.kind == "prop":
            things, kind = [inner], inner.mention.concept
        at = inner.next
    return Topic(text.source[start : text.tokens[at - 1].end], kind, start, at, things)


def clause_end(text: Text, index: int) -> int:
    """Return where a reported clause ends: a stop, or a comma or "and" before a new verb."""
    at = index
    while at < len(text):
        token = text.tokens[at]
        if token.kind in {"break", "quote", "dash"} or token.text in _STOPS:
            break
        if token.text == ",":
            break
        if at > index and token.lower in {"while", "as", "then", "but"}:
            break
        if at > index + 1 and token.lower == "and":
            following = text.sense(at + 1, "verb")
            if following and following[0].form in {"s", "ed"}:
                break
        at += 1
    return max(at, index + 1)

"""Steering in plain words: "more slow landscape films, no politics" becomes rules.

A text is cut into clauses; words of each say more, less, none or only; words of pace, length and
language become rules of their own; what is left is what the clause is about, found by its named
topic and by meaning. English and Chinese have word lists; other languages are understood as far as
their words are near in meaning (topics) and their signs of negation are listed.
"""

import base64
import re
from dataclasses import dataclass
from typing import Literal

import numpy as np

from .model import STEERING_CHARACTERS_MAX, Meaning, checked_text
from .ranking import Candidates, word_number
from .subjects import Subjects, is_han, topics, words_of

Kind = Literal["more", "less", "none", "only"]
Aspect = Literal["topic", "pace", "length", "language"]

RULES_MAX = 8
MORE_ADDS = 0.7
LESS_TAKES = 0.7
# From how much of a match on a post counts as being about what is excluded, or asked for alone.
_EXCLUDED_FROM = 0.45
_ONLY_FROM = 0.35
_NEAR_FROM, _NEAR_FULL = 0.25, 0.45
_CLEAR_FROM = 0.3
_SLOW_SHOT_MS, _FAST_SHOT_MS = 4_000, 2_200
_SHORT_MS, _LONG_MS = 12_000, 30_000

_CUT = re.compile(
    r"[,;.!?，。；！？、\n]+|\b(?:but|and also|also|instead)\b|但是|但|而且|还有|另外",
    re.IGNORECASE,
)
_AND = re.compile(r"\b(?:and|or|nor|und|y|et)\b|和|与|或者|或|以及", re.IGNORECASE)
_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        "only",
        re.compile(
            r"\b(?:only|just|nothing but|nur|solo|seulement)\b|只看|只要|只想看|仅", re.IGNORECASE
        ),
    ),
    (
        "less",
        re.compile(
            r"\b(?:less|fewer|not so (?:much|many)|not too (?:much|many)|weniger|menos|moins)\b"
            r"|少一点|少一些|少点|少看|少些|更少|少",
            re.IGNORECASE,
        ),
    ),
    (
        "none",
        re.compile(
            r"\b(?:no|not|never|without|none|stop|hide|avoid|skip|don'?t (?:show|want|like)(?: me)?"
            r"|i (?:hate|dislike)|no more|kein|keine|keinen|ohne|nicht|sin|pas de|sans)\b"
            r"|不要|不看|不想看|不喜欢|别再|别给我|别|没有|不再|讨厌|屏蔽",
            re.IGNORECASE,
        ),
    ),
    (
        "more",
        re.compile(
            r"\b(?:more|lots of|many|show me|i (?:like|love|want)|give me|mehr|más|plus de)\b"
            r"|更多|多一点|多一些|多点|多看|多来|多些|我想看|我喜欢|喜欢|想看|多",
            re.IGNORECASE,
        ),
    ),
)
_WORDS: tuple[tuple[Aspect, str, re.Pattern[str]], ...] = (
    (
        "pace",
        "slow",
        re.compile(
            r"\b(?:slow(?:er|ly)?|calm(?:er|ing)?|quiet(?:er)?|peaceful|gentle|slow-paced|relaxing"
            r"|langsame?n?|ruhige?n?|lentos?|lentes?)\b|慢节奏|缓慢|慢|安静|平静|宁静|舒缓",
            re.IGNORECASE,
        ),
    ),
    (
        "pace",
        "fast",
        re.compile(
            r"\b(?:fast(?:er)?|quick|hectic|fast-paced|frantic|schnelle?n?|rápidos?|rapides?)\b"
            r"|快节奏|快速|快",
            re.IGNORECASE,
        ),
    ),
    (
        "length",
        "short",
        re.compile(r"\b(?:short(?:er)?|brief|kurze?n?)\b|短片|短的|短", re.IGNORECASE),
    ),
    ("length", "long", re.compile(r"\b(?:long(?:er)?|lange?n?)\b|长片|长的|长", re.IGNORECASE)),
    (
        "language",
        "zh",
        re.compile(r"\b(?:in )?(?:chinese|mandarin)\b|中文|汉语|普通话|国语", re.IGNORECASE),
    ),
    ("language", "en", re.compile(r"\b(?:in )?english\b|英文|英语", re.IGNORECASE)),
    ("language", "de", re.compile(r"\b(?:in )?german\b|\bauf deutsch\b|德语", re.IGNORECASE)),
    ("language", "fr", re.compile(r"\b(?:in )?french\b|\ben français\b|法语", re.IGNORECASE)),
    ("language", "es", re.compile(r"\b(?:in )?spanish\b|\ben español\b|西班牙语", re.IGNORECASE)),
    ("language", "ja", re.compile(r"\b(?:in )?japanese\b|日语|日文", re.IGNORECASE)),
)
_FILLER = re.compile(
    r"\b(?:films?|movies?|videos?|clips?|posts?|stuff|things?|content|ones?|about|with|of|the|a|an"
    r"|any|some|to|see|me|i|very|really|please|than|kind|filme?|vidéos?)\b"
    r"|电影|影片|视频|片子|作品|内容|关于|有关|的|一些|给我|看|请|片|我",
    re.IGNORECASE,
)
_SAID = {"more": "more", "less": "less", "none": "no", "only": "only"}


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that a viewer asked for; `about` is a topic's text, a pace, length or language.

    `near` holds the named topics that it means, `meaning` its direction (base64 of float16).
    """

    kind: Kind
    aspect: Aspect
    about: str
    near: tuple[int, ...] = ()
    meaning: str = ""

    @property
    def say(self) -> str:
        """The rule in words."""
        named = {
            "topic": f"films about {self.about}",
            "pace": f"{self.about} films",
            "length": f"{self.about} films",
            "language": f"films in the language {self.about}",
        }[self.aspect]
        return f"{_SAID[self.kind]} {named}"

    def direction(self) -> Meaning:
        """The rule's direction of meaning."""
        halves = np.frombuffer(base64.b64decode(self.meaning), dtype=np.float16)
        return halves.astype(np.float32)


def parsed(text: str, subjects: Subjects) -> tuple[Rule, ...]:
    """Return the rules that a text means, in its order; raises TextInvalid for its length."""
    text = checked_text(text, "steering", STEERING_CHARACTERS_MAX)
    rules: dict[tuple[Aspect, str], Rule] = {}
    carried: Kind = "more"
    for clause in _CUT.split(text):
        for part in _AND.split(clause):
            kind, rest = _kind_of(part)
            # "no politics and news" denies both; a new clause without a sign asks for more.
            kind = kind or (carried if part is not clause and rules else "more")
            carried = kind
            for rule in _rules_of(kind, rest, subjects):
                rules[(rule.aspect, rule.about)] = rule
    return tuple(rules.values())[:RULES_MAX]


def _kind_of(clause: str) -> tuple[Kind | None, str]:
    found: list[tuple[int, int, Kind]] = []
    for order, (kind, pattern) in enumerate(_KINDS):
        match = pattern.search(clause)
        if match:
            found.append((order, match.start(), kind))
    rest = clause
    for _, pattern in _KINDS:
        rest = pattern.sub(" ", rest)
    if not found:
        return None, rest
    kinds = {kind for _, _, kind in found}
    # "no more" is none, "not only" is more, "not less" is more.
    if "none" in kinds and kinds & {"only", "less"}:
        return "more", rest
    return found[0][2], rest


def _rules_of(kind: Kind, clause: str, subjects: Subjects) -> list[Rule]:
    rules = []
    rest = clause
    for aspect, value, pattern in _WORDS:
        rest, count = pattern.subn(" ", rest)
        if count:
            rules.append(Rule(kind, aspect, value))
    about = " ".join(_FILLER.sub(" ", rest).split())
    if not any(character.isalpha() for character in about):
        return rules
    meaning = subjects.sought(about)
    scores = subjects.topic_scores(about, meaning)
    words = words_of(about)
    named = tuple(number for number, topic in enumerate(topics()) if topic.named_in(about, words))
    # Without a topic's own word its meaning has to be clear: a short text is near to many.
    first, second = (int(number) for number in np.argsort(-scores)[:2])
    clear = scores[first] >= _CLEAR_FROM and scores[first] - scores[second] >= 0.05  # noqa: PLR2004
    near = named or ((first,) if clear else ())
    if named:
        meaning = subjects.sought(
            " ".join([about, *(_name(number, han=is_han(about)) for number in near)])
        )
    half = base64.b64encode(meaning.astype(np.float16).tobytes()).decode()
    rules.append(Rule(kind, "topic", about, near, half))
    return rules


def _name(number: int, *, han: bool) -> str:
    return topics()[number].chinese if han else topics()[number].english


def applied(
    rules: tuple[Rule, ...],
    found: Candidates,
    nearness: np.ndarray,
    worded: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """Return what the rules add to each candidate's value, and which candidates they exclude.

    `nearness` (rules, count) is the cosine of each rule's direction and each post, `worded` of the
    same shape whether a post has the rule's own words.
    """
    added = np.zeros(len(found), dtype=np.float32)
    barred = np.zeros(len(found), dtype=bool)
    for row, rule in enumerate(rules):
        match = _match(rule, found, nearness[row], worded[row])
        if rule.kind == "more":
            added += MORE_ADDS * match
        elif rule.kind == "less":
            added -= LESS_TAKES * match
        elif rule.kind == "none":
            barred |= match >= _EXCLUDED_FROM
            added -= LESS_TAKES * match
        else:
            barred |= match < _ONLY_FROM
            added += match
    return added, barred


def _match(rule: Rule, found: Candidates, nearness: np.ndarray, worded: np.ndarray) -> np.ndarray:
    """Return how much each candidate is what a rule is about, 0 to 1."""
    if rule.aspect == "pace":
        slow = np.clip((found.shot_ms - 2000) / (_SLOW_SHOT_MS - 2000), 0, 1)
        fast = np.clip((_SLOW_SHOT_MS - found.shot_ms) / (_SLOW_SHOT_MS - _FAST_SHOT_MS), 0, 1)
        return np.asarray(slow if rule.about == "slow" else fast)
    if rule.aspect == "length":
        short, long = found.duration_ms <= _SHORT_MS, found.duration_ms >= _LONG_MS
        return np.asarray(short if rule.about == "short" else long, dtype=float)
    if rule.aspect == "language":
        return np.asarray(found.languages == word_number(rule.about), dtype=float)
    by_meaning = np.clip((nearness - _NEAR_FROM) / (_NEAR_FULL - _NEAR_FROM), 0, 1)
    first = np.isin(found.topics, rule.near) * 1.0
    second = np.isin(found.second_topics, rule.near) * 0.3
    return np.asarray(np.maximum.reduce([by_meaning, first, second, worded.astype(float)]))


def favoured(rules: tuple[Rule, ...]) -> tuple[int, ...]:
    """Return the topics that a viewer asked to see more of."""
    wanted = [topic for rule in rules if rule.kind in {"more", "only"} for topic in rule.near]
    return tuple(dict.fromkeys(wanted))

"""Why am I seeing this: the terms of a post's score, in words."""

from collections.abc import Sequence

import msgspec

from .steering import Rule
from .subjects import topics

_SAID = {
    "nearness": "It is about {topic}, near to what you watch",
    "followed": "You follow its author",
    "likes": "Many people like it",
    "fresh": "It is new",
    "learned_author": "People watch this author's films to the end",
    "learned_topic": "People watch films about {topic} to the end",
    "learned_your_topic": "You watch films about {topic} to the end",
    "learned_your_author": "You watch this author's films to the end",
    "learned_your_second_topic": "You watch films of this kind to the end",
    "learned_nearness": "What is near to somebody's taste is watched to the end",
    "learned_age": "Films of this age are watched to the end",
    "learned_likes": "Films with so many likes are watched to the end",
    "learned_like_share": "Many of those who saw it liked it",
    "learned_length": "Films of this length are watched to the end",
    "learned_pace": "Films of this pace are watched to the end",
    "learned_your_pace": "You watch films of this pace to the end",
    "learned_language": "People of your language watch films in its language",
    "learned_followed": "You watch those whom you follow",
    "steered": "You asked for it: {rules}",
    "lot": "It was drawn by lot, 1 of {count}, so that new films find their audience",
    "chronological": "This list shows the newest first; nothing is reckoned",
}


class Factor(msgspec.Struct, frozen=True):
    """One reason: its kind for a program, its weight (log odds), and the sentence."""

    kind: str
    weight: float
    say: str


def explained(
    factors: Sequence[tuple[str, float]], *, topic: int, rules: Sequence[Rule] = ()
) -> tuple[Factor, ...]:
    """Return the factors of a post in words, largest first."""
    wishes = "; ".join(rule.say for rule in rules if rule.kind in {"more", "only"})
    return tuple(
        Factor(
            kind=name,
            weight=round(weight, 4),
            say=_SAID[name].format(
                topic=topics()[topic].english,
                rules=wishes or "your wishes",
                count=round(1 / weight) if weight > 0 else 1,
            ),
        )
        for name, weight in factors
    )

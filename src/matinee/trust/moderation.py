"""The moderator of the house: rules over words, and one measure over pictures.

What it cannot see: what a picture shows. It knows no nakedness, wound, face or sign in a frame; the
one harm that it measures there is flashing, which endangers people with photosensitive epilepsy.
What the stage shows follows from a screenplay, whose words it reads; who lets other engines or
photos in wants a moderator with eyes beside it (`adapters/openai_moderator.py`).
"""

import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matinee.trust.flashes import flash_count_max
from matinee.trust.model import RATINGS, Material, Moderator, Rating, Refusal, Verdict, strictest
from matinee.trust.rules import Condition, Rules, house_rules
from matinee.trust.wording import (
    Found,
    Sentences,
    ages_of_minors,
    masked,
    occurrences,
    plain,
    undisguised,
)

# WCAG 2.2, success criterion 2.3.1: more than three flashes in any one second are dangerous.
FLASHES_MAX = 3
FLASHING = Refusal(
    rule="flashes",
    why="It flashes more than three times a second, which can cause seizures.",
    passes="Slower changes of light pass, and so do flashes on a small part of the picture.",
)
_SHOWN_FINDS = 3


@dataclass(frozen=True, kw_only=True)
class RuleModerator:
    """Judges by `rules.toml` and its words: no network, no model, the same answer every time."""

    rules: Rules
    name: str = "rules"

    def judge(self, material: Material) -> Verdict:
        """Return the strictest verdict on all of the material."""
        words = (*material.texts, *material.transcript)
        texts = [self._judged(text, material.excused) for text in words]
        flashing = (
            FLASHING.rule not in material.excused and flash_count_max(material.motion) > FLASHES_MAX
        )
        return strictest([*texts, *([Verdict(refusal=FLASHING)] if flashing else [])])

    def _judged(self, text: str, excused: frozenset[str]) -> Verdict:
        written = plain(text)
        # A word that is hidden by digits or spaces is looked for as well as what is written.
        readings = dict.fromkeys((written, undisguised(written)))
        return strictest([self._read(reading, excused) for reading in readings])

    def _read(self, reading: str, excused: frozenset[str]) -> Verdict:
        unmarked = masked(reading, self.rules.idioms)
        sentences = Sentences(unmarked)
        found = {
            group: tuple(occurrences(unmarked, words, sentences))
            for group, words in self.rules.words.items()
        }
        found["minor"] = (*found["minor"], *ages_of_minors(unmarked, sentences))
        return strictest(
            [
                _met(one, found)
                for one in self.rules.conditions
                if one.rule is None or one.rule.name not in excused
            ]
        )


@dataclass(frozen=True, kw_only=True)
class Panel:
    """Several moderators in a row: the strictest counts, and the first refusal ends it."""

    members: Sequence[Moderator]

    @property
    def name(self) -> str:
        """The names of its members."""
        return "+".join(one.name for one in self.members)

    def judge(self, material: Material) -> Verdict:
        """Return the strictest verdict on all of the material."""
        verdicts = []
        for member in self.members:
            verdicts.append(member.judge(material))
            if not verdicts[-1].allows:
                break
        return strictest(verdicts)


def within(verdict: Verdict, limit: Rating) -> Verdict:
    """Return the verdict for somebody who may see and make at most `limit`."""
    if verdict.refusal is not None or RATINGS.index(verdict.rating) <= RATINGS.index(limit):
        return verdict
    return Verdict(
        rating=verdict.rating,
        refusal=Refusal(
            rule="age",
            why=f"This would be rated {verdict.rating}, and this account is for {limit}.",
            passes="Leave out blood, killing, drugs and what is suggestive, and it can be made.",
        ),
    )


def higher(one: Rating, other: Rating) -> Rating:
    """Return the higher of two ratings."""
    return max(one, other, key=RATINGS.index)


def rule_moderator() -> RuleModerator:
    """Return the moderator by the house's own tables."""
    return RuleModerator(rules=house_rules())


def _met(condition: Condition, found: Mapping[str, Sequence[Found]]) -> Verdict:
    """Return what follows from a condition, given where each group of words was found."""
    options = [
        sorted((one for group in groups for one in found[group]), key=lambda one: one.word)
        for groups in condition.groups
    ]
    if not all(options):
        return Verdict()
    spared = [one for group in condition.unless for one in found[group]]
    if spared and condition.unless_in == "text":
        return Verdict()
    calm = {one.sentence for one in spared}
    first = [one for one in options[0] if one.sentence not in calm]
    for one in first:
        together = _together(one, options[1:], condition)
        if together is not None:
            return _verdict(condition, together)
    return Verdict()


def _together(
    first: Found, others: Sequence[Sequence[Found]], condition: Condition
) -> tuple[Found, ...] | None:
    """Return a word with the nearest of each other group, if they are near enough."""
    near = []
    for group in others:
        within = [one for one in _around(first, group) if _in_window(first, one, condition)]
        if not within:
            return None
        near.append(min(within, key=lambda one: abs(one.word - first.word)))
    return (first, *near)


def _around(first: Found, group: Sequence[Found]) -> Sequence[Found]:
    """Return the last of a group before a word and the next behind it; no other can be nearer."""
    at = bisect.bisect_left(group, first.word, key=lambda one: one.word)
    return group[max(0, at - 1) : at + 1]


def _in_window(first: Found, other: Found, condition: Condition) -> bool:
    if condition.window == "sentence" and first.sentence != other.sentence:
        return False
    return condition.near is None or abs(other.word - first.word) <= condition.near


def _verdict(condition: Condition, together: Sequence[Found]) -> Verdict:
    if condition.rule is None:
        return Verdict(rating=condition.rating)
    quoted = ", ".join(f'"{one.text}"' for one in together[:_SHOWN_FINDS])
    refusal = Refusal(
        rule=condition.rule.name,
        why=condition.rule.why.replace("{found}", quoted),
        passes=condition.rule.passes,
    )
    return Verdict(refusal=refusal)

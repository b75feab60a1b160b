"""What people write about their likeness, and what it does to films."""

import pytest

from matinee.likeness.adapters.fake_vocabulary import FakeVocabulary
from matinee.likeness.consent import RULES_MAX, Concept, word_objections
from matinee.likeness.errors import TermsInvalid
from matinee.likeness.topics import said
from matinee.likeness.wording import read

ASKED = "never in swimwear, no politics, no horror; always wear my red glasses; nothing with guns"


def test_the_example_of_the_manual_is_read_whole() -> None:
    found = read(ASKED, FakeVocabulary())
    assert found.unread == ()
    read_as = [(rule.effect, rule.concepts[0].name, rule.colour) for rule in found.rules]
    assert read_as == [
        ("never", "swimwear", ""),
        ("never", "politics", ""),
        ("never", "horror", ""),
        ("always", "glasses", "#c0262d"),
        ("never", "guns", ""),
    ]


@pytest.mark.parametrize(
    ("text", "effects"),
    [
        ("no politics or religion", ["never", "never"]),
        ("I never want to dance. Always my blue hat, no rain", ["never", "always", "never"]),
        ("不要政治，总是戴红眼镜", ["never", "always"]),
        ("keine Waffen, nunca bikini", ["never", "never"]),
        ("", []),
    ],
)
def test_clauses_keep_the_effect_that_was_said_last(text: str, effects: list[str]) -> None:
    assert [rule.effect for rule in read(text, FakeVocabulary()).rules] == effects


def test_what_cannot_be_held_to_is_said_and_not_guessed() -> None:
    found = read("only outdoors; always smiling", FakeVocabulary())
    assert found.rules == ()
    assert found.unread == ("only outdoors", "always smiling")


def test_an_unknown_word_is_held_to_as_a_word() -> None:
    found = read("nothing about my ex-husband", FakeVocabulary())
    assert word_objections("Ada meets her ex-husband", found.rules)
    assert not word_objections("Ada meets her husband", found.rules)


@pytest.mark.parametrize(
    ("word", "text", "met"),
    [
        ("gun", "two guns", True),
        ("gun", "it had begun", False),
        ("gun", "gunny sack", False),
        ("politic*", "Political rally", True),
        ("枪", "他拿着手枪", True),
        ("machine gun", "a machine-gun", True),
    ],
)
def test_words_are_met_whole(word: str, text: str, *, met: bool) -> None:
    assert bool(said([word], text)) is met


def test_a_topic_is_meant_by_one_of_its_words() -> None:
    found = read("no zombies", FakeVocabulary())
    assert Concept("topic", "horror") in found.rules[0].concepts


WORDS = [f"{first}{rest}o" for first in "bdfghklm" for rest in ("ab", "ed", "ig", "ot", "uk")] + [
    f"{first}{rest}a" for first in "bdfghklm" for rest in ("ab", "ed", "ig")
]


def test_more_wishes_than_can_be_kept_are_refused_and_none_is_left_out() -> None:
    many = [f"never with {word}" for word in WORDS[:RULES_MAX]]
    assert len(read("; ".join(many), FakeVocabulary()).rules) == RULES_MAX
    with pytest.raises(TermsInvalid, match="61 rules"):
        read("; ".join([*many, "never with zebras"]), FakeVocabulary())
    with pytest.raises(TermsInvalid, match="characters"):
        read("never with dogs. " * 200, FakeVocabulary())

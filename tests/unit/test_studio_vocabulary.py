"""What people call things they do not want to be seen with, found in the writer's words."""

import pytest

from matinee import engine
from matinee.likeness.consent import Concept, Rule, contradiction
from matinee.likeness.topics import topics
from matinee.likeness.wording import read
from matinee.studio.vocabulary import WriterVocabulary

REPERTOIRE = engine.repertoire()
VOCABULARY = WriterVocabulary(REPERTOIRE)
PLAYED = {
    "garment": REPERTOIRE.garments,
    "prop": REPERTOIRE.props,
    "place": REPERTOIRE.places,
    "action": REPERTOIRE.actions,
    "sound": REPERTOIRE.effects,
}


@pytest.mark.parametrize(
    ("phrase", "meant"),
    [
        ("glasses", Concept("garment", "glasses")),
        ("swords", Concept("prop", "sword")),
        ("beach", Concept("place", "beach")),
        ("dancing", Concept("action", "dance")),
        ("海滩", Concept("place", "beach")),
        ("playa", Concept("place", "beach")),
        ("weapon", Concept("prop", "sword")),
        ("vehicles", Concept("prop", "car")),
    ],
)
def test_words_of_many_languages_mean_what_the_stage_plays(phrase: str, meant: Concept) -> None:
    assert meant in VOCABULARY.meanings(phrase)


def test_an_unknown_word_means_nothing_and_a_colour_is_one() -> None:
    assert VOCABULARY.meanings("zxqv") == ()
    assert VOCABULARY.colour("red glasses").startswith("#")
    assert VOCABULARY.colour("glasses") == ""


def test_every_topic_names_things_that_there_are() -> None:
    for topic in topics().values():
        for shown in topic.shown:
            known = PLAYED.get(shown["aspect"])
            assert known is None or shown["name"] in known, (topic.name, shown)


def test_the_sentence_of_the_manual_is_read_with_the_real_words() -> None:
    text = (
        "never in swimwear, no politics, no horror; always wear my red glasses; nothing with guns"
    )
    found = read(text, VOCABULARY)
    assert found.unread == ()
    always = [rule for rule in found.rules if rule.effect == "always"]
    assert [(rule.concepts[0].name, bool(rule.colour)) for rule in always] == [("glasses", True)]
    assert contradiction(found.rules) is None
    never: list[Rule] = [rule for rule in found.rules if rule.effect == "never"]
    assert [rule.concepts[0].name for rule in never] == ["swimwear", "politics", "horror", "guns"]

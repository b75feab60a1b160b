"""Lines for people whom the prompt lets talk without giving their words.

A *situation* (arguing, selling, confessing, …) has short exchanges; `{topic}` is what the prompt
says they talk about. Which exchange is spoken follows the seed.
"""

import functools
import re
from collections.abc import Mapping

from . import words
from .choice import Choice
from .draft import Saying, Talk
from .story import Story

TOPIC_WORDS_MAX = 9
TOPIC_CHARACTERS_MAX = 24
FALLBACKS = {"debate": "argue", "welcome": "greet", "love": "confess"}
_ARTICLE = re.compile(r"^(a|an|the|some|his|her|their|its|this|that|these|those)\s+", re.IGNORECASE)
_OURS = {"their": "our", "his": "my", "her": "my", "its": "its"}
# Said to somebody else, "his phone" is the phone, whoever of the two speaks.
_SHARED = {"their": "our", "his": "the", "her": "the", "its": "its"}
TABLES = {"en": "lines_en.tsv", "zh": "lines_zh.tsv"}
SOLO_TURNS = frozenset({"present", "review", "unbox", "speech", "report", "announce", "phone"})


@functools.cache
def _exchanges(language: str) -> Mapping[tuple[str, str], tuple[tuple[str, ...], ...]]:
    found: dict[tuple[str, str], tuple[tuple[str, ...], ...]] = {}
    for situation, topic, turns in words.rows(TABLES[language]):
        key = (situation, topic)
        found[key] = (*found.get(key, ()), tuple(turns.split("|")))
    return found


@functools.cache
def _features() -> Mapping[str, Mapping[str, str]]:
    return {row[0]: {"en": row[1], "zh": row[2]} for row in words.rows("features.tsv")}


def sayings_for(talk: Talk, story: Story, choice: Choice, *, turns_max: int) -> list[Saying]:
    """Write the lines of a talk: at most `turns_max`; none in a language without exchanges."""
    language = story.language
    if language not in TABLES or not talk.speakers:
        return []
    turns = _turns(talk, language, choice)
    speakers = _speakers(talk)
    alone = len(speakers) == 1
    if alone and talk.situation not in SOLO_TURNS:
        turns = turns[:1]
    said = []
    for index, turn in enumerate(turns[:turns_max]):
        figure_id = speakers[0] if talk.situation in SOLO_TURNS else speakers[index % len(speakers)]
        text = _filled(turn, talk, language)
        said.append(
            Saying(figure_id, text, language, "", story.figures[figure_id].mood, talk.start)
        )
    return said


def _speakers(talk: Talk) -> list[str]:
    listeners = [one for one in talk.listeners if one not in talk.speakers]
    if len(talk.speakers) > 1 and not listeners:
        return list(talk.speakers[:4])
    return [talk.speakers[0], *listeners[:1]]


def _turns(talk: Talk, language: str, choice: Choice) -> tuple[str, ...]:
    table = _exchanges(language)
    kind = _topic_kind(talk, language)
    for situation in (talk.situation, FALLBACKS.get(talk.situation, "chat"), "chat"):
        for wanted in dict.fromkeys((kind, "idea" if kind == "thing" else kind, "none")):
            options = table.get((situation, wanted))
            if options:
                return choice.of(f"talk {talk.situation} {talk.start}", options)
    return ()


def _topic_kind(talk: Talk, language: str) -> str:
    length = len(talk.topic) if language == "zh" else len(talk.topic.split())
    limit = TOPIC_CHARACTERS_MAX if language == "zh" else TOPIC_WORDS_MAX
    if not talk.topic or length > limit:
        return "none"
    if talk.topic_kind == "question":
        return "question"
    return "thing" if talk.topic_kind in words_of_things() else "idea"


@functools.cache
def words_of_things() -> frozenset[str]:
    """Return the concepts of props: what can be held, shown and sold."""
    return frozenset(concept for kind, concept in words.nearest_concepts() if kind == "prop")


def _filled(turn: str, talk: Talk, language: str) -> str:
    topic = " ".join(talk.topic.split())
    if language == "zh":
        topic = re.sub(
            r"^(一|这|那)(个|只|块|支|瓶|款|本|双|件|盒|张|台|部|杯|把|束|些|种)", "", topic
        )
    else:
        first, _, rest = topic.partition(" ")
        ours = _OURS if len(talk.speakers) == 1 and not talk.listeners else _SHARED
        if first.lower() in ours and rest:
            topic = f"{ours[first.lower()]} {rest}"
    bare = _ARTICLE.sub("", topic)
    features = _features()
    feature = features.get(talk.topic_kind, features["any"])[language]
    if "headphone" in topic:
        feature = features["headphones"][language]
    return turn.format(
        topic=topic,
        Topic=topic[:1].upper() + topic[1:],
        bare=bare,
        this=f"this {bare}",
        feature=feature,
    )

"""English noun phrases: "two tall women in red coats", "the old robot's lantern", "Anna"."""

from dataclasses import dataclass, field

from . import kinds, words
from .draft import Mention
from .english_tokens import (
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    FILLERS,
    NUMBERS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    SUBORDINATORS,
    Text,
)

# A longer phrase is no phrase; the limits keep reading linear.
DETERMINERS_MAX, WORDS_MAX, GROUP_MAX = 6, 16, 6
_YEARS_OLD = (["year", "old"], ["years", "old"])
# "A stack of books" is so many, unless a number says how many.
MEASURES = {
    "slice": 1, "piece": 1, "loaf": 1, "bit": 1, "sheet": 1, "scoop": 1, "chunk": 1, "kind": 1,
    "pair": 2, "pairs": 4, "slices": 3, "pieces": 3, "set": 3, "bunch": 3, "handful": 3,
    "stack": 5, "pile": 5, "heap": 5, "row": 5, "line": 5, "flock": 5, "herd": 5, "pack": 4,
    "swarm": 6, "litter": 4, "pride": 4, "school": 6, "cluster": 4, "collection": 5, "ring": 5,
    "circle": 5, "rows": 8, "stacks": 8, "piles": 8, "lines": 8, "colony": 5, "caravan": 4,
}  # fmt: skip
# What comes in pairs is one thing of an engine.
PAIRED = frozenset({"scissors", "skis", "sneaker", "shoe", "glasses", "binoculars", "headphones"})
TRAITS = (
    "colour", "material", "size", "age", "build", "height", "gender", "mood", "haircolour", "beard",
    "skin", "hair", "style",
)  # fmt: skip
# What the words of a compound may say of it; "rocking" and "tennis" say something else.
WITHIN = ("colour", "material", "size")
NOUNS = ("role", "animal", "prop", "garment", "place", "filmword", "group")
_STOP = (
    AUXILIARIES | CONJUNCTIONS | SUBORDINATORS | RELATIVES | frozenset(PREPOSITIONS)
) - frozenset({"like", "called", "named", "before"})


@dataclass
class Found:
    """A noun phrase and where it ends: `unknown` are words that the lexicon does not have."""

    mention: Mention
    next: int
    unknown: list[int] = field(default_factory=list)
    owner: Mention | None = None
    owner_pronoun: str = ""


@dataclass
class _Reading:
    """What has been gathered of a phrase so far."""

    count: int = 1
    numbered: bool = False
    determiner: str = ""
    head: tuple[str, str, bool, bool] | None = None
    head_index: int = -1
    head_end: int = -1
    traits: list[tuple[str, str]] = field(default_factory=list)
    deeds: list[str] = field(default_factory=list)
    names: list[int] = field(default_factory=list)
    unknown: list[int] = field(default_factory=list)
    fragment: bool = False
    pair: bool = False


def noun_phrase(
    text: Text, index: int, *, subject_open: bool = True, fragment: bool = False
) -> Found | None:
    """Read a noun phrase at `index`, or return None when there is none.

    `subject_open` says that a verb may follow, so that "walks" after a noun is not taken as one;
    `fragment` that nobody waits for a verb, so that "waves" is the sea and no greeting.
    """
    if index >= len(text) or text.tokens[index].kind not in {"word", "number"}:
        return None
    pronoun = _pronoun(text, index)
    if pronoun:
        return pronoun
    reading = _Reading(fragment=fragment)
    at = _determiners(text, index, reading)
    owner_pronoun = text.lower[index] if reading.determiner == "possessive" else ""
    at = _body(text, at, reading, subject_open=subject_open)
    if at == index or (reading.head is None and not reading.names and not reading.unknown):
        return _headless(text, index, at, reading)
    mention = _mention(text, index, at, reading)
    if at < len(text) and text.tokens[at].kind == "possessive":
        owned = noun_phrase(text, at + 1, subject_open=subject_open, fragment=True)
        if owned:
            owned.owner = mention
            owned.mention.determiner = "a" if not owned.mention.name else ""
            owned.mention.start = mention.start
            return owned
        return Found(mention, at + 1, reading.unknown)
    return Found(mention, at, reading.unknown, owner_pronoun=owner_pronoun)


def _pronoun(text: Text, index: int) -> Found | None:
    lower = text.lower[index]
    two = " ".join(text.lower[index : index + 2])
    length = 2 if " " in two and two in PRONOUNS else 1
    word = two if length == 2 else lower  # noqa: PLR2004 - a small count, said by the words beside it
    if word not in PRONOUNS or (word == "i" and text.tokens[index].text == "i"):
        return None
    if word == "her" and _noun_follows(text, index + 1):
        return None
    token = text.tokens[index]
    mention = Mention(token.start, text.tokens[index + length - 1].end, "pronoun", PRONOUNS[word])
    return Found(mention, index + length)


def _noun_follows(text: Text, index: int) -> bool:
    unknown = False
    for at in range(index, min(index + 5, len(text))):
        if text.tokens[at].kind != "word" or text.lower[at] in _STOP:
            return unknown
        if text.sense(at, *NOUNS, "bodypart"):
            return True
        if text.matches(at) and not text.sense(at, *TRAITS) and text.lower[at] not in FILLERS:
            return False
        unknown = unknown or (not text.matches(at) and text.tokens[at].text[:1].islower())
        unknown = unknown and not text.lower[at].endswith("ly")
    return unknown


def _determiners(  # noqa: C901 - a grammar has as many cases as its language
    text: Text, index: int, reading: _Reading
) -> int:
    at = index
    while at < min(len(text), index + DETERMINERS_MAX):
        lower = text.lower[at]
        if lower in DETERMINERS and not (lower == "that" and not _noun_follows(text, at + 1)):
            wanted = DETERMINERS[lower]
            reading.determiner = reading.determiner if reading.determiner == "other" else wanted
        elif lower in NUMBERS and (at + 1 < len(text) or at > index):
            if lower == "dozen" and reading.numbered:
                reading.count *= 12
            elif not (lower == "few" and reading.numbered):
                reading.count = NUMBERS[lower] or 1
            reading.numbered = True
        elif text.lower[at + 1 : at + 2] == ["of"] and lower in MEASURES and _is_counted(text, at):
            if not reading.numbered:
                reading.count = MEASURES[lower]
            reading.numbered = reading.numbered or reading.count > 1
            reading.pair = lower in {"pair", "pairs"}
            at += 1
        elif text.lower[at + 1 : at + 3] in _YEARS_OLD:
            break
        elif text.tokens[at].kind == "number" and lower.isdigit() and len(lower) < 6:  # noqa: PLR2004 - a small count, said by the words beside it
            reading.count, reading.numbered = int(lower), True
        elif lower == "of" and reading.numbered and at > index:
            pass
        else:
            break
        at += 1
    return at


def _is_counted(text: Text, at: int) -> bool:
    """Whether "a stack of", and not "the slice of", opens a longer phrase: a noun follows."""
    named = text.sense(at, *NOUNS)
    follows = at + 2 < len(text) and text.tokens[at + 2].kind in {"word", "number"}
    return follows and not (named and named[1] > 2)  # noqa: PLR2004 - "pair of sneakers"


def _body(text: Text, at: int, reading: _Reading, *, subject_open: bool) -> int:
    start = at
    while at < min(len(text), start + WORDS_MAX):
        token = text.tokens[at]
        if (
            token.kind == "punct"
            and token.text == ","
            and _adjective_after_comma(text, at, reading)
        ):
            at += 1
            continue
        if token.kind == "number" and text.lower[at + 1 : at + 3] in _YEARS_OLD:
            _age(token.lower, reading)
            at += 3
            continue
        if token.kind == "number" and token.lower.endswith(("-year-old", "-years-old")):
            _age(token.lower, reading)
            at += 1
            if not _noun_ahead(text, at):
                reading.head = reading.head or ("role", "person", False, False)
            continue
        if token.kind != "word":
            break
        step = _word(text, at, reading, start, subject_open=subject_open)
        if not step:
            break
        at += step
    return at


def _noun_ahead(text: Text, at: int) -> bool:
    return at < len(text) and text.sense(at, *NOUNS, *TRAITS) is not None


def _age(written: str, reading: _Reading) -> None:
    digits = written.partition("-")[0]
    years = int(digits) if digits.isdigit() and len(digits) < 4 else 30  # noqa: PLR2004 - a small count, said by the words beside it
    bounds = ((12, "child"), (19, "teen"), (59, "adult"))
    reading.traits.append(
        ("age", next((name for limit, name in bounds if years <= limit), "elder"))
    )


def _adjective_after_comma(text: Text, at: int, reading: _Reading) -> bool:
    return (
        reading.head is None
        and bool(reading.traits)
        and at + 1 < len(text)
        and (text.sense(at + 1, *TRAITS) is not None or not text.matches(at + 1))
        and _noun_follows(text, at + 1)
    )


def _word(text: Text, at: int, reading: _Reading, start: int, *, subject_open: bool) -> int:  # noqa: C901, PLR0911 - a grammar has as many cases as its language
    """Take the word at `at` into the phrase; return how many tokens it took, 0 to stop."""
    lower = text.lower[at]
    if _is_given_name(text, at) and not reading.traits and reading.head_index < 0:
        return _open_word(text, at, reading, start)
    if lower in CONJUNCTIONS:
        joins = (
            lower == "and"
            and reading.head is None
            and bool(reading.traits)
            and at + 1 < len(text)
            and text.sense(at + 1, *TRAITS) is not None
            and _noun_follows(text, at + 1)
        )
        return 1 if joins else 0
    noun = text.sense(at, *NOUNS)
    if lower in _STOP and not (noun and noun[1] > 1):
        return 0
    if lower in DETERMINERS or lower in PRONOUNS:
        return 0
    trait = text.sense(at, *TRAITS)
    verb = text.sense(at, "verb")
    determined = bool(reading.determiner) or reading.numbered or bool(reading.traits)
    if not reading.head and reading.unknown and _is_done_by(text, at, reading, noun):
        return 0
    if not reading.head and reading.names and verb and verb[0].form in {"s", "ed", "ing"}:
        return 0
    if reading.head and verb and subject_open and verb[0].form in {"s", "ed", "ing", ""}:
        plural = reading.head[2] or reading.count > 1
        if verb[0].form != "" or plural or (not noun and not trait):
            return 0
    plural = noun is not None and noun[0].form == "plural" and reading.fragment
    nominal = noun is not None and (determined or at > start or plural)
    if not reading.head and verb and not nominal and not trait:
        return _verb_as_adjective(text, at, reading, verb)
    if noun and trait and trait[1] >= noun[1] and _noun_follows(text, at + trait[1]):
        noun = None
    if noun and not (trait and trait[1] > noun[1]):
        _take_traits_within(text, at, reading, noun)
        return _noun(at, reading, noun)
    if trait:
        return _trait(text, at, reading, trait)
    return _open_word(text, at, reading, start)


def _is_done_by(
    text: Text, at: int, reading: _Reading, noun: tuple[words.Sense, int] | None
) -> bool:
    """Whether "swings" of "a golfer swings" is what an unknown one does, and no plural."""
    verb = text.sense(at, "verb")
    if verb is None or verb[0].form != "s" or reading.count > 1:
        return False
    single = reading.determiner == "a" or kinds.is_noun(text.lower[reading.unknown[-1]])
    return single and (noun is None or noun[0].form == "plural")


def _verb_as_adjective(
    text: Text, at: int, reading: _Reading, verb: tuple[words.Sense, int]
) -> int:
    """Take "dancing" of "a dancing robot" or "broken" of "the broken vase"."""
    sense, length = verb
    concept, form = sense.concept, sense.form
    if not _noun_follows(text, at + length):
        return 0
    if form == "ing":
        if concept not in {"be", "have"} and (reading.determiner or reading.numbered):
            reading.deeds.append(concept)
            return length
        # "Through falling leaves".
        return length if at and text.lower[at - 1] in PREPOSITIONS else 0
    return length if form == "ed" and reading.determiner else 0


def _noun(at: int, reading: _Reading, noun: tuple[words.Sense, int]) -> int:
    sense, length = noun
    if reading.head:
        kind, concept = reading.head[0], reading.head[1]
        costume = kind == "animal" and sense.kind == "garment"
        if kind in {"role", "animal"} and sense.kind not in {"role", "animal"} and not costume:
            return 0
        if sense.kind == "filmword" and kind in {"garment", "prop"}:
            # "A denim apron steams milk": that is what somebody does next.
            return 0
        lacking = sense.approximate or ("place", sense.concept) not in words.played()
        if kind == sense.kind == "place" and lacking and not reading.head[3]:
            # "A cafe terrace" is of the cafe.
            reading.head_end = at + length
            return length
        if kind == "place" and sense.kind in {"prop", "role", "animal", "filmword"}:
            reading.traits.append(("place", concept))
        if sense.kind == "role" and kind in {"animal", "prop"}:
            pass
        if kind == "role" and sense.kind == "animal":
            reading.traits.append(("role", concept))
    plural = sense.form == "plural"
    reading.head = (sense.kind, sense.concept, plural, sense.approximate)
    reading.head_index, reading.head_end = at, at + length
    return length


def _take_traits_within(
    text: Text, at: int, reading: _Reading, found: tuple[words.Sense, int]
) -> None:
    """Keep what a compound says itself: the wood of a "wooden table", the red of a "red rose"."""
    noun, length = found
    for index in range(at, at + length - 1):
        for match in words.english().matches(text.lower[index : index + 1], 0):
            sense = match.of(*(WITHIN if noun.kind == "prop" else WITHIN[:2]))
            if sense and (sense.kind, sense.concept) not in reading.traits:
                reading.traits.append((sense.kind, sense.concept))


def _trait(text: Text, at: int, reading: _Reading, trait: tuple[words.Sense, int]) -> int:
    sense, length = trait
    if reading.head:
        return 0
    if sense.kind in {"hair", "beard"} and not _noun_follows(text, at + length):
        return 0
    noun_like = sense.kind == "haircolour"
    if not _noun_follows(text, at + length) and not noun_like and not reading.determiner:
        return 0
    reading.traits.append((sense.kind, sense.concept))
    if noun_like and reading.determiner and not _noun_follows(text, at + length):
        reading.head = ("role", "person", False, False)
        reading.head_index, reading.head_end = at, at + length
    return length


def _open_word(text: Text, at: int, reading: _Reading, start: int) -> int:  # noqa: C901, PLR0911 - a grammar has as many cases as its language
    lower = text.lower[at]
    body = text.sense(at, "bodypart")
    if body:
        if reading.head:
            return 0
        reading.head = ("bodypart", body[0].concept, False, False)
        reading.head_index, reading.head_end = at, at + body[1]
        return body[1]
    if text.matches(at) and not text.is_name(at):
        return 0
    if text.is_name(at):
        sentence_start = (
            at == 0 or text.tokens[at - 1].kind == "break" or (text.tokens[at - 1].text in ".!?:")
        )
        written = text.tokens[at].text
        known = bool({written, written.title()} & words.first_names().keys())
        if reading.head and reading.head[0] not in {"role", "animal"}:
            return 0
        if known or _verb_follows(text, at + 1) or (not sentence_start and _in_company(text, at)):
            reading.names.append(at)
            return 1
    if lower in FILLERS:
        counted = bool(reading.determiner) or reading.numbered or at > start
        return 1 if not reading.head and counted else 0
    if reading.head or reading.names:
        return 0
    if lower.endswith("ly") and not _noun_follows(text, at + 1):
        return 0
    if _is_verb_after_noun(text, at, reading):
        return 0
    reading.unknown.append(at)
    return 1


def _is_verb_after_noun(text: Text, at: int, reading: _Reading) -> bool:
    """Whether an unknown word is what an unknown noun does: "a cobbler scurries"."""
    if not reading.unknown or reading.unknown[-1] != at - 1:
        return False
    before, lower = text.lower[at - 1], text.lower[at]
    inflected = lower.endswith(("s", "ed", "ing")) and not kinds.is_noun(lower)
    return inflected and kinds.is_noun(before) and bool(kinds.verb(lower))


def _in_company(text: Text, at: int) -> bool:
    """Whether an unknown name stands where people do: after a verb, "and", "with" or "to"."""
    follows = text.tokens[at + 1 : at + 2]
    if text.tokens[at].text.isupper() or text.tokens[at - 1].text[:1].isupper():
        return False
    before = text.lower[at - 1]
    ends = not follows or follows[0].kind != "word" or follows[0].lower in CONJUNCTIONS
    return before in {"named", "called"} or (
        ends and (before in {"and", "with", "to", "by"} or text.sense(at - 1, "verb") is not None)
    )


def _is_given_name(text: Text, at: int) -> bool:
    """Whether "Ruby" or "Rose" is somebody here, and no colour and no flower."""
    written = text.tokens[at].text
    if not {written, written.title()} & words.first_names().keys() or not written[:1].isupper():
        return False
    sentence_start = at == 0 or text.tokens[at - 1].kind != "word"
    if not sentence_start:
        return True
    follows = text.lower[at + 1 : at + 2]
    return not text.matches(at) or _verb_follows(text, at + 1) or follows in ([","], ["and"])


def _verb_follows(text: Text, at: int) -> bool:
    if at >= len(text):
        return False
    verb = text.sense(at, "verb")
    return (verb is not None and verb[0].form in {"s", "ed", "ing"}) or (
        text.lower[at] in AUXILIARIES
    )


def _headless(text: Text, index: int, at: int, reading: _Reading) -> Found | None:
    if not (reading.determiner or reading.numbered) or at == index:
        return None
    start, end = text.tokens[index].start, text.tokens[at - 1].end
    if reading.determiner == "other" or (
        reading.numbered and reading.count <= GROUP_MAX and text.tokens[index].kind == "word"
    ):
        mention = Mention(start, end, "role", "person", "", reading.count, reading.count > 1)
        mention.determiner = reading.determiner or "the"
        mention.traits = reading.traits
        return Found(mention, at)
    of_people = any(
        kind in {"age", "build", "height", "mood", "gender"} for kind, _ in reading.traits
    )
    if of_people and reading.determiner == "the":
        mention = Mention(start, end, "role", "person", determiner="the", traits=reading.traits)
        return Found(mention, at)
    return None


def _mention(text: Text, index: int, at: int, reading: _Reading) -> Mention:
    start, end = text.tokens[index].start, text.tokens[at - 1].end
    called = [text.tokens[one].text for one in reading.names[:2]]
    name = " ".join(one.title() if one.isupper() and len(one) > 1 else one for one in called)
    if reading.head:
        kind, concept, plural, approximate = reading.head
        head = text.tokens[reading.head_index : reading.head_end]
        word = text.source[head[0].start : head[-1].end] if head else ""
    elif name:
        kind, concept, plural, approximate, word = "name", "", False, False, name
    else:
        last = text.tokens[reading.unknown[-1]]
        kind, concept, plural, approximate = "unknown", "", last.lower.endswith("s"), False
        word = last.text
    if reading.head and kind == "filmword" and reading.unknown:
        kind, word = "unknown", text.tokens[reading.unknown[-1]].text
    if reading.pair and (concept in PAIRED or kind == "garment"):
        reading.count, plural = 1, False
    return Mention(
        start=start,
        end=end,
        kind=kind,
        concept=concept,
        word=word,
        count=reading.count,
        plural=plural or reading.count > 1,
        determiner=reading.determiner,
        name=name,
        traits=reading.traits,
        deeds=reading.deeds,
        approximate=approximate,
    )

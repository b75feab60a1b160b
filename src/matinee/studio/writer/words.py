"""The lexicon: which words mean which concepts of a film, read from the tables in `lexicon/`.

A *form* is a word or phrase as it is written; a *sense* is what it may mean: a kind (place, role,
verb, colour, …), a concept of that kind, and whether the concept is only the nearest thing there
is. English forms are inflected when the tables are read, so that looking up is one dictionary
access for each first word.
"""

import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matinee.engine import Repertoire

FOLDER = Path(__file__).parent / "lexicon"
VOWELS = "aeiou"
# (kind, slug) of what an engine plays; the readers look words up in the light of it.
Vocabulary = frozenset[tuple[str, str]]
_PLAYED: ContextVar[Vocabulary] = ContextVar("played", default=frozenset())
PACES = ("slow", "slowly", "smooth", "gentle", "fast", "steady")
NOUN_KINDS = frozenset({"place", "role", "animal", "garment", "prop", "filmword", "group"})


@dataclass(frozen=True, slots=True)
class Sense:
    """What a form may mean. `form` is "", "plural", "s", "ed" or "ing"."""

    kind: str
    concept: str
    approximate: bool = False
    form: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """A form found: `length` tokens (or characters, in Chinese) and the senses it may have."""

    length: int
    senses: tuple[Sense, ...]

    def of(self, *kinds: str) -> Sense | None:
        """Return the first sense of one of these kinds, one that is meant exactly before others."""
        found = [sense for sense in self.senses if sense.kind in kinds]
        return next(
            (sense for sense in found if not sense.approximate), found[0] if found else None
        )


@dataclass(frozen=True)
class RoleTraits:
    """What a role brings with it when the prompt says nothing else."""

    gender: str = "neutral"
    age: str = "adult"
    garments: tuple[tuple[str, str], ...] = ()
    place: str = ""
    prop: str = ""
    further: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class VerbTraits:
    """How a verb is played: the action, its manner, its mood and how it treats its objects."""

    action: str
    traits: frozenset[str] = frozenset()
    manner: str = ""
    mood: str = ""
    converse: str = ""
    sound: str = ""


def rows(name: str) -> Iterator[list[str]]:
    """Yield the rows of a table in `lexicon/` as cells; lines that start with # are comments."""
    for line in (FOLDER / name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


class Lexicon:
    """The forms of one language by their first token, the longest first."""

    def __init__(self, entries: Iterable[tuple[tuple[str, ...], Sense]]) -> None:
        """Index the entries; a form given twice with one meaning counts once."""
        gathered: dict[tuple[str, ...], dict[Sense, None]] = {}
        for form, sense in entries:
            gathered.setdefault(form, {}).setdefault(sense, None)
        self._by_first: dict[str, list[tuple[tuple[str, ...], tuple[Sense, ...]]]] = {}
        for form, senses in gathered.items():
            self._by_first.setdefault(form[0], []).append((form, tuple(senses)))
        for forms in self._by_first.values():
            forms.sort(key=lambda found: -len(found[0]))

    def __contains__(self, first: str) -> bool:
        """Whether any form starts with this token."""
        return first in self._by_first

    def single_words(self, kinds: AbstractSet[str]) -> Iterator[str]:
        """Yield the forms of one word that have a sense of one of these kinds."""
        for first, forms in self._by_first.items():
            if any(
                len(form) == 1 and any(sense.kind in kinds for sense in senses)
                for form, senses in forms
            ):
                yield first

    def matches(self, tokens: Sequence[str], index: int) -> tuple[Match, ...]:
        """Return the forms that start at `tokens[index]`, the longest first."""
        found = []
        for form, senses in self._by_first.get(tokens[index], ()):
            length = len(form)
            if length == 1 or tuple(tokens[index : index + length]) == form:
                found.append(Match(length, senses))
        return tuple(found)


def plural_of(noun: str, irregular: Mapping[str, str]) -> str:
    """Return the English plural of a noun phrase, by its last word."""
    if noun in irregular:
        return irregular[noun]
    head, space, last = noun.rpartition(" ")
    if space:
        return f"{head} {plural_of(last, irregular)}"
    if last.endswith(("s", "x", "z", "ch", "sh")):
        return last + "es"
    if last.endswith("y") and last[-2:-1] not in VOWELS:
        return last[:-1] + "ies"
    return last + "s"


def verb_forms(base: str, irregular: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    """Yield (form, label) of an English verb phrase, by its first word."""
    word, space, rest = base.partition(" ")
    tail = space + rest
    yield base, ""
    if word in irregular:
        third, past, participle, present = irregular[word]
        forms = [(third, "s"), (past, "ed"), (participle, "ed"), (present, "ing")]
    else:
        forms = [*_regular_forms(word)]
    for form, label in forms:
        yield form + tail, label


def _regular_forms(word: str) -> Iterator[tuple[str, str]]:
    doubles = (
        len(word) > 2  # noqa: PLR2004 - a small count, said by the words beside it
        and word[-1] not in VOWELS + "wxy"
        and word[-2] in VOWELS
        and word[-3] not in VOWELS
        and sum(letter in VOWELS for letter in word) == 1
    )
    if word.endswith(("s", "x", "z", "ch", "sh", "o")):
        yield word + "es", "s"
    elif word.endswith("y") and word[-2:-1] not in VOWELS:
        yield word[:-1] + "ies", "s"
    else:
        yield word + "s", "s"
    if word.endswith("e"):
        yield word + "d", "ed"
        yield (word if word.endswith("ee") else word[:-1]) + "ing", "ing"
    elif word.endswith("y") and word[-2:-1] not in VOWELS:
        yield word[:-1] + "ied", "ed"
        yield word + "ing", "ing"
    else:
        stem = word + word[-1] if doubles else word
        yield stem + "ed", "ed"
        yield stem + "ing", "ing"


@functools.cache
def plurals() -> Mapping[str, str]:
    """Return the irregular English plurals by their singular."""
    return {row[0]: row[1] for row in rows("en_plurals.tsv")}


@functools.cache
def irregular_verbs() -> Mapping[str, Sequence[str]]:
    """Return (third person, past, participle, present participle) of irregular English verbs."""
    return {row[0]: tuple(row[1:5]) for row in rows("en_irregular.tsv")}


@contextmanager
def played_by(repertoire: "Repertoire") -> Iterator[None]:
    """Let words mean what an engine plays, wherever it plays more than the tables name.

    A word that the tables take for the nearest thing ("~tuba") means the thing itself once the
    engine has a slug of that name, and a slug that no table names is understood by its own words.
    """
    slugs = (
        ("place", repertoire.places),
        ("prop", repertoire.props),
        ("animal", repertoire.species),
        ("verb", repertoire.actions),
    )
    token = _PLAYED.set(frozenset((kind, slug) for kind, listed in slugs for slug in listed))
    try:
        yield
    finally:
        _PLAYED.reset(token)


def played() -> Vocabulary:
    """Return the (kind, slug) of what the engine plays that is being written for."""
    return _PLAYED.get()


def _english_entries(played: Vocabulary) -> Iterator[tuple[tuple[str, ...], Sense]]:
    named: set[tuple[str, str]] = set()
    for kind, written_concept, words in rows("en.tsv"):
        for written in words.split("|"):
            approximate, form = written.startswith("~"), written.lstrip("~")
            concept = written_concept
            own = _own_slug(form)
            exact = own != concept and kind in {"place", "prop", "animal"}
            if (approximate or exact) and (kind, own) in played:
                approximate, concept = False, own
            if own == form.replace(" ", "_").replace("-", "_"):
                named.add((kind, own))
            yield from _inflected(kind, concept, form, approximate=approximate)
    for kind, slug in sorted(played - named):
        # "A bus" is a thing first, even where an engine also has its inside as a place.
        if kind != "verb" and not (kind == "place" and ("prop", slug) in played):
            yield from _inflected(kind, slug, slug.replace("_", " "), approximate=False)
    yield from _english_verbs(played)


def _own_slug(form: str) -> str:
    """Return what an engine would call a form: the pizza of a slice, the bowl of noodles."""
    first, of, last = form.partition(" of ")
    named = form if not of else (last if first in {"slice", "piece", "loaf"} else first)
    # "Glasses of wine" are nobody's glasses.
    named = form if of and first.endswith("es") else named
    return named.replace(" ", "_").replace("-", "_")


def _inflected(
    kind: str, concept: str, form: str, *, approximate: bool
) -> Iterator[tuple[tuple[str, ...], Sense]]:
    yield tuple(form.split()), Sense(kind, concept, approximate)
    if kind == "cammove":
        for pace in PACES:
            yield (pace, *form.split()), Sense(kind, concept, approximate)
    if kind in NOUN_KINDS:
        plural = plural_of(form, plurals())
        yield tuple(plural.split()), Sense(kind, concept, approximate, "plural")


def _english_verbs(played: Vocabulary) -> Iterator[tuple[tuple[str, ...], Sense]]:
    irregular = irregular_verbs()
    own = _own_verbs(played)
    for concept, words in rows("en_verbs.tsv"):
        for base in words.split("|"):
            meant = own.get(base, concept)
            for form, label in verb_forms(base, irregular):
                yield tuple(form.split()), Sense("verb", meant, form=label)
    for base, concept in own.items():
        for form, label in verb_forms(base, irregular):
            yield tuple(form.split()), Sense("verb", concept, form=label)


@functools.lru_cache(maxsize=4)
def _own_verbs(played: Vocabulary) -> Mapping[str, str]:
    """Return the verbs that are called as an action is which no verb of the tables plays."""
    listed = {row[0]: row[1] for row in rows("verbs.tsv")}
    actions = set(listed.values())
    return {
        slug.replace("_", " "): slug
        for kind, slug in sorted(played)
        if kind == "verb" and slug not in actions | listed.keys() and ("prop", slug) not in played
    }


def _character_entries(name: str) -> Iterator[tuple[tuple[str, ...], Sense]]:
    for kind, concept, words in rows(name):
        for written in words.split("|"):
            form = written.lstrip("~")
            yield tuple(form), Sense(kind, concept, written.startswith("~"))


def english() -> Lexicon:
    """Return the English lexicon; its tokens are lower-case words."""
    return _english(_PLAYED.get())


@functools.lru_cache(maxsize=4)
def _english(played: Vocabulary) -> Lexicon:
    return Lexicon(_english_entries(played))


@functools.cache
def chinese() -> Lexicon:
    """Return the Chinese lexicon; its tokens are single characters."""
    return Lexicon(_character_entries("zh.tsv"))


def roles() -> Mapping[str, RoleTraits]:
    """Return what every role brings with it; an animal of the engine brings its species."""
    return _roles(_PLAYED.get())


def role(name: str) -> RoleTraits:
    """Return what one role brings; a name that no table has is an animal's."""
    return roles().get(name) or RoleTraits(further={"kind": "animal", "species": name})


@functools.lru_cache(maxsize=4)
def _roles(played: Vocabulary) -> Mapping[str, RoleTraits]:
    found = {
        slug: RoleTraits(further={"kind": "animal", "species": slug})
        for kind, slug in sorted(played)
        if kind == "animal"
    }
    for row in rows("roles.tsv"):
        role, gender, age, wear, place, prop, further = (row + [""] * 7)[:7]
        garments = tuple(
            (kind, colour)
            for kind, _, colour in (one.partition(":") for one in wear.split(","))
            if kind
        )
        extra = dict(pair.split("=") for pair in further.split(",") if pair)
        if ("animal", role) in played:
            extra["species"] = role
        found[role] = RoleTraits(gender, age, garments, place, prop, extra)
    return found


def verbs() -> Mapping[str, VerbTraits]:
    """Return how every verb is played."""
    return _verbs(_PLAYED.get())


@functools.lru_cache(maxsize=4)
def _verbs(played: Vocabulary) -> Mapping[str, VerbTraits]:
    found = {}
    for row in rows("verbs.tsv"):
        verb, action, traits, manner, mood = (row + [""] * 5)[:5]
        flags = traits.split(",") if traits else []
        named = dict(flag.split("=") for flag in flags if "=" in flag)
        found[verb] = VerbTraits(
            action="" if action == "-" else action,
            traits=frozenset(flag for flag in flags if "=" not in flag),
            manner=manner,
            mood=mood,
            converse=named.get("converse", ""),
            sound=named.get("sound", ""),
        )
        if found[verb].action and ("verb", verb) in played:
            exact = found[verb].traits - {"approx"}
            found[verb] = replace(found[verb], action=verb, traits=exact)
    bases = {base: row[0] for row in rows("en_verbs.tsv") for base in row[1].split("|")}
    for base, slug in _own_verbs(played).items():
        like = found.get(bases.get(base, ""), VerbTraits(slug))
        found[slug] = replace(like, action=slug, manner="", traits=like.traits - {"approx"})
    return found


@functools.cache
def colours() -> Mapping[str, str]:
    """Return sRGB #rrggbb by colour concept, for things, cloth, hair and skin."""
    return {row[0]: row[1] for name in ("colours.tsv", "skins.tsv") for row in rows(name)}


@functools.cache
def nearest_concepts() -> Mapping[tuple[str, str], tuple[str, ...]]:
    """Return the alternatives to (kind, concept), the nearest first."""
    return {(row[0], row[1]): tuple(row[2].split(",")) for row in rows("nearest.tsv")}


@functools.cache
def given_names(language: str) -> Mapping[str, tuple[str, ...]]:
    """Return names for people whom the prompt leaves unnamed, by gender; empty if none fit."""
    return {
        row[1]: tuple(row[2].split("|")) for row in rows("given_names.tsv") if row[0] == language
    }


@functools.cache
def first_names() -> Mapping[str, str]:
    """Return the gender that usually goes with a first name."""
    return {name: gender for gender, names in rows("names.tsv") for name in names.split("|")}


@functools.cache
def chinese_heads() -> Mapping[str, Sense]:
    """Return what a Chinese word is that ends in these characters, more or less."""
    return {
        head: Sense(kind, concept, approximate=True)
        for kind, concept, heads in rows("zh_heads.tsv")
        for head in heads.split("|")
    }


@functools.cache
def doers() -> Mapping[str, tuple[str, bool]]:
    """Return (verb, whether they go that way) by the word for those who are named by a deed."""
    found: dict[str, tuple[str, bool]] = {}
    for row in rows("doers.tsv"):
        named, verb, goes = (*row, "")[:3]
        found |= dict.fromkeys(named.split("|"), (verb, goes == "goes"))
    return found


def needed_for(verb: str) -> str:
    """Return the prop of the engine that a deed is done with, or empty."""
    wanted = _needs().get(verb, ())
    return next((kind for kind in wanted if ("prop", kind) in played()), "")


@functools.cache
def _needs() -> Mapping[str, tuple[str, ...]]:
    return {
        verb: tuple(props.split(","))
        for props, verbs_listed in rows("needs.tsv")
        for verb in verbs_listed.split()
    }

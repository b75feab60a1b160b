"""Consent: who may show a likeness, in what, and how. Pure, so that its laws can be tested.

Two questions are asked before a film is made. `denial` asks who wants it, `objections` asks what
the film would show. Both must be content, and both answer with a reason and what would pass. They
err on the side of the person who is shown: a film that has more in it is never refused less.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal, get_args

import msgspec
from msgspec import Meta

from matinee.film import Screenplay
from matinee.film.screenplay import Garment

from . import topics

Level = Literal["only_me", "approved", "mutuals", "everyone"]
LEVELS: tuple[Level, ...] = get_args(Level)
"""From the narrowest to the widest: whom a level lets, every wider one lets too."""

Relation = Literal["stranger", "mutual", "blocked"]
Aspect = Literal[
    "garment",
    "prop",
    "place",
    "action",
    "style",
    "mood",
    "weather",
    "animal",
    "sound",
    "topic",
]
RULES_MAX = 60
GARMENTS_MAX = 12
Word = Annotated[str, Meta(min_length=1, max_length=60)]


class Concept(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A thing of the film language, or a topic that is known by its words."""

    aspect: Aspect
    name: Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]{0,63}$")]


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One restriction (`never`) or preference (`always`), as the person confirmed it.

    `say` are their own words. A film breaks a `never` when it has any of `concepts` or says any of
    `words`; an `always` is a garment that is put on, in its `colour` if it has one.
    """

    effect: Literal["never", "always"]
    say: Annotated[str, Meta(min_length=1, max_length=300)]
    concepts: Annotated[tuple[Concept, ...], Meta(max_length=200)] = ()
    words: Annotated[tuple[Word, ...], Meta(max_length=200)] = ()
    colour: Annotated[str, Meta(pattern=r"^(#[0-9a-f]{6})?$")] = ""


@dataclass(frozen=True)
class Denial:
    """Why somebody may not use a likeness, and how they could; both are sentences."""

    reason: str
    passes: str


@dataclass(frozen=True)
class Objection:
    """What in a film a rule is against: the rule's words, where it is, and what would pass."""

    say: str
    found: str
    passes: str


def denial(  # noqa: PLR0911 - one for each answer
    level: Level,
    *,
    owner: str,
    asker: str,
    approved: bool,
    relation: Relation,
    handle: str,
) -> Denial | None:
    """Return why `asker` may not use the likeness of `owner`, or None when they may.

    The owner always may. Whoever the owner blocked never may. Somebody `approved` passes at every
    level but `only_me`, a mutual at `mutuals` and `everyone`.
    """
    if owner and asker == owner:
        return None
    if relation == "blocked":
        return Denial(f"@{handle} cannot be used by you.", "Make the film without them.")
    if level == "everyone":
        return None
    if level == "only_me":
        return Denial(
            f"@{handle} lets nobody else use their likeness.", "Make the film without them."
        )
    if approved or (level == "mutuals" and relation == "mutual"):
        return None
    if level == "mutuals":
        return Denial(
            f"@{handle} lets only those use their likeness who follow them and whom they follow.",
            "Follow each other, or ask them for their approval.",
        )
    return Denial(
        f"@{handle} lets only people use their likeness whom they approved.",
        "Ask them for their approval.",
    )


def objections(
    play: Screenplay, wearers: frozenset[str], rules: Sequence[Rule]
) -> tuple[Objection, ...]:
    """Return what the restrictions of a likeness are against in a screenplay, rule by rule.

    `wearers` are the ids of the characters that wear the likeness. Their garments count, what is
    done in the beats that they are in, and everything else of the whole film.
    """
    told = tuple(_told(play))
    shown = tuple(_shown(play, wearers))
    found = []
    for rule in rules:
        if rule.effect == "never":
            where = _broken(rule, told, shown)
            if where:
                found.append(Objection(rule.say, where, _passing(where)))
    return tuple(found)


def word_objections(text: str, rules: Sequence[Rule]) -> tuple[Objection, ...]:
    """Return what the restrictions are against in a prompt alone, before anything is written."""
    found = []
    for rule in rules:
        where = _broken(rule, (("the prompt", text),), ()) if rule.effect == "never" else ""
        if where:
            found.append(Objection(rule.say, where, _passing(where)))
    return tuple(found)


def dressed(play: Screenplay, wearers: frozenset[str], rules: Sequence[Rule]) -> Screenplay:
    """Return the screenplay with what the preferences of a likeness put on its characters.

    Changes nothing but their garments. Done twice it is the same as once.
    """
    worn = [
        Garment(kind=concept.name, colour=rule.colour)
        for rule in rules
        if rule.effect == "always"
        for concept in rule.concepts[:1]
        if concept.aspect == "garment"
    ]
    if not worn or not wearers:
        return play
    cast = tuple(
        msgspec.structs.replace(
            one,
            look=msgspec.structs.replace(
                one.look, garments=_put_on(one.look.garments, worn[:GARMENTS_MAX])
            ),
        )
        if one.id in wearers
        else one
        for one in play.characters
    )
    return msgspec.structs.replace(play, characters=cast)


def contradiction(rules: Sequence[Rule]) -> tuple[Rule, Rule] | None:
    """Return a preference and the restriction that forbids it, or None."""
    never = [rule for rule in rules if rule.effect == "never"]
    for always in (rule for rule in rules if rule.effect == "always"):
        for concept in always.concepts[:1]:
            for rule in never:
                if concept in _wide(rule):
                    return always, rule
    return None


def _put_on(garments: tuple[Garment, ...], worn: Sequence[Garment]) -> tuple[Garment, ...]:
    """Return garments with `worn` among them, which are never the ones there is no room for."""
    kinds = {one.kind: one for one in worn}
    kept = [
        msgspec.structs.replace(one, colour=kinds[one.kind].colour or one.colour)
        if one.kind in kinds
        else one
        for one in garments
    ]
    there = {one.kind for one in kept}
    added = [one for kind, one in kinds.items() if kind not in there]
    while kept and len(kept) + len(added) > GARMENTS_MAX:
        spare = next((at for at, one in enumerate(kept) if one.kind not in kinds), len(kept) - 1)
        del kept[spare]
    return (*kept, *added)


def _wide(rule: Rule) -> frozenset[Concept]:
    """Everything that a rule is about, its topics taken apart."""
    known = topics.topics()
    parts = set(rule.concepts)
    for one in rule.concepts:
        if one.aspect == "topic" and one.name in known:
            parts |= set(msgspec.convert(known[one.name].shown, tuple[Concept, ...]))
    return frozenset(parts)


def _broken(
    rule: Rule, told: Iterable[tuple[str, str]], shown: Iterable[tuple[str, str, str]]
) -> str:
    """Return where a rule is broken, as words for the person who asked; empty if nowhere."""
    things = {(one.aspect, one.name) for one in _wide(rule)}
    for aspect, name, where in shown:
        if (aspect, name) in things:
            return where
    known = topics.topics()
    words = [*rule.words]
    for one in rule.concepts:
        if one.aspect == "topic" and one.name in known:
            words += known[one.name].words
    for where, text in told:
        if word := topics.said(words, text):
            return f"the word {word.rstrip('*')!r} in {where}"
    return ""


def _passing(where: str) -> str:
    return f"Leave out {where}, or make the film without this person."


def _shown(play: Screenplay, wearers: frozenset[str]) -> Iterator[tuple[str, str, str]]:
    """Yield (aspect, name, where) of all that counts in a screenplay."""
    for one in play.characters:
        if one.id in wearers:
            for garment in one.look.garments:
                yield "garment", garment.kind, f"the {_plain(garment.kind)} that {one.name} wears"
        yield "animal", one.species, f"the {_plain(one.species)}"
    for prop in play.props:
        yield "prop", prop.kind, f"the {_plain(prop.kind)}"
    yield "style", play.style, f"the style ({_plain(play.style)})"
    yield from _surroundings(play)
    for beat in play.beats:
        if wearers & {*beat.cast, *(one.character for one in beat.actions)}:
            for action in beat.actions:
                yield "action", action.verb, f"what is done there ({_plain(action.verb)})"


def _surroundings(play: Screenplay) -> Iterator[tuple[str, str, str]]:
    """Yield what is around everybody: places, weather, moods and sounds."""
    for setting in play.settings:
        yield "place", setting.place, f"the place ({_plain(setting.place)})"
        yield "weather", setting.weather, f"the weather ({setting.weather})"
        yield "mood", setting.mood, f"the mood ({setting.mood})"
    if play.music.present:
        yield "mood", play.music.mood, f"the mood of the music ({play.music.mood})"
    for beat in play.beats:
        yield "mood", beat.mood, f"the mood ({beat.mood})"
        for cue in beat.sounds:
            yield "sound", cue.name, f"the sound of {_plain(cue.name)}"


def _told(play: Screenplay) -> Iterator[tuple[str, str]]:
    """Yield (where, text) of every text of a screenplay that a viewer or its maker put there."""
    yield "the prompt", play.prompt
    yield "the title", play.title
    for setting in play.settings:
        yield "the place", f"{_plain(setting.place)} {setting.description}"
    for one in play.characters:
        yield "the cast", f"{one.name} {one.description}"
    for prop in play.props:
        yield "the props", f"{_plain(prop.kind)} {prop.description}"
    for beat in play.beats:
        yield "what happens", beat.text
        yield "a title", beat.title
        for line in beat.lines:
            yield "what is said", line.text


def _plain(slug: str) -> str:
    return slug.replace("_", " ")

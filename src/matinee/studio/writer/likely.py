"""Where a film likely happens when its prompt does not say: by what is done, and what is in it."""

import functools
from collections.abc import Iterable, Mapping

from . import words
from .choice import Choice
from .story import Story

OUTDOOR_PLACES = ("park", "street", "meadow", "beach")


def likely_place(story: Story, choice: Choice) -> str:
    """Return the likeliest place of a story, from the surest sign to the weakest."""
    named = next((place.concept for place in story.places if place.concept), "")
    if named or story.default_place:
        return named or story.default_place
    if story.style == "commercial":
        return "livestream_studio"
    things = [thing for thing in story.things.values() if thing.phrase]
    deeds = [deed.verb for moment in story.moments for deed in moment.deeds]
    # Where a golfer is, whatever they do, is a golf course.
    deeds += [one.does for one in story.figures.values() if one.does]
    situations = [talk.situation for moment in story.moments for talk in moment.talks]
    signs = (
        ("furniture", [thing.kind for thing in things]),
        ("verb", [*deeds, *situations]),
        ("prop", [thing.kind for thing in (*things, *story.things.values())]),
        ("animal", [one.species for one in story.figures.values() if one.species]),
    )
    for kind, concepts in signs:
        found = _first(kind, concepts)
        if found:
            return found
    return choice.of("place", OUTDOOR_PLACES)


def _first(kind: str, concepts: Iterable[str]) -> str:
    """Return the place of the first concept that has one which the engine plays."""
    played = {slug for own, slug in words.played() if own == "place"}
    for concept in concepts:
        places = _places().get((kind, concept), ())
        for place in places:
            if place in played or not played:
                return place
        if places:
            return places[-1]
    return ""


@functools.cache
def _places() -> Mapping[tuple[str, str], tuple[str, ...]]:
    return {
        (kind, concept): tuple(places.split(","))
        for kind, places, concepts in words.rows("likely_places.tsv")
        for concept in concepts.split()
    }

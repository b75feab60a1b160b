"""Consent: who may show a likeness, in what, and how. Pure, so that its laws can be tested.

Two questions are asked before a film is made. `may_use` asks who wants it, `objections` asks what
the film would show. Both must be content, and both answer with a reason and what would pass.
"""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

Level = Literal["only_me", "approved", "mutuals", "everyone"]
Relation = Literal["stranger", "mutual", "blocked"]
Aspect = Literal[
    "garment", "prop", "place", "action", "style", "mood", "weather", "animal", "topic"
]
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
    words: Annotated[
        tuple[Annotated[str, Meta(min_length=1, max_length=60)], ...], Meta(max_length=200)
    ] = ()
    colour: Annotated[str, Meta(pattern=r"^(#[0-9a-f]{6})?$")] = ""

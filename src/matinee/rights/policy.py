"""Policy at creation time: what in a film belongs to somebody, and whether it may be there.

Before a film has a frame, its screenplay and prompts are read against the registry. Each work that
is named is judged by the terms that hold then; the strictest answer decides. What may be there is
bound to that version of its terms, with its price. What is only doubtful (a near name, a
description that means the same) is never refused: somebody is asked, its owner.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, TypeAlias

from matinee.film import Screenplay
from matinee.kit.db import Session
from matinee.kit.money import MicroMoney

from . import alike, approval_store, matching, registering, registry_store, store
from .contexts import contexts_of
from .licences import USES, Context, Licence, Use, Wish, judge
from .matching import Found, Said
from .model import Work
from .registering import Room

Verdict: TypeAlias = Literal["allow", "terms", "ask", "refuse"]
VERDICTS: tuple[Verdict, ...] = ("allow", "terms", "ask", "refuse")

_MEANT_TEXTS_MAX = 16
_TERRITORIES_MAX = 250


@dataclass(frozen=True, slots=True, kw_only=True)
class Purpose:
    """What a film is wanted for, by whom and where; no territory is everywhere or not known."""

    use: Use
    by: str
    on: date
    territories: frozenset[str] = frozenset()
    age: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What is read of a film: its words, and the works that were in what it is made from."""

    said: tuple[Said, ...]
    inherited: Mapping[str, frozenset[tuple[str, str]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearest:
    """The nearest thing that is allowed: another use or place, another work, or other words."""

    kind: Literal["use", "territory", "work", "wording"]
    values: tuple[str, ...]
    work_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A work in a film, where it was found, and what its terms say of that."""

    work: Work
    licence: Licence | None
    found: tuple[Found, ...]
    things: frozenset[tuple[str, str]]
    verdict: Verdict
    reasons: tuple[str, ...]
    doubt: bool
    own: bool = False
    nearest: Nearest | None = None

    @property
    def price(self) -> MicroMoney | None:
        """What the use costs its maker."""
        if self.own or self.licence is None or self.verdict == "refuse":
            return None
        return self.licence.terms.price


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What was decided of a film: the strictest verdict on all that is in it."""

    uses: tuple[Judged, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """The strictest verdict."""
        return max((one.verdict for one in self.uses), key=VERDICTS.index, default="allow")

    @property
    def prices(self) -> tuple[MicroMoney, ...]:
        """What is to be paid for the film, an amount for each currency."""
        total: defaultdict[str, int] = defaultdict(int)
        for one in self.uses:
            if one.price is not None:
                total[one.price.currency] += one.price.micro
        return tuple(MicroMoney(micro, currency) for currency, micro in sorted(total.items()))


def read_prompt(prompt: str) -> tuple[Said, ...]:
    """The words of a film that is not written yet."""
    return (Said(prompt, "prompt"),)


def read_screenplay(play: Screenplay, prompts: Iterable[str] = ()) -> tuple[Said, ...]:
    """Every word of a screenplay and of the prompts for it, with what they are about."""
    return tuple(one for one in _read(play, prompts) if one.text)


def _read(play: Screenplay, prompts: Iterable[str]) -> Iterator[Said]:
    for prompt in dict.fromkeys((*prompts, play.prompt)):
        yield Said(prompt, "prompt")
    yield Said(play.title, "title")
    for character in play.characters:
        thing = ("character", character.id)
        yield Said(character.name, "name", thing)
        yield Said(_words(character.id), "name", thing)
        yield Said(character.description, "description", thing)
    for place in play.settings:
        thing = ("place", place.place)
        yield Said(place.description, "place", thing)
        yield Said(_words(place.id), "place", thing)
    for prop in play.props:
        thing = ("prop", prop.id)
        yield Said(prop.description, "thing", thing)
        yield Said(_words(prop.id), "thing", thing)
    for beat in play.beats:
        yield Said(beat.title, "title")
        yield Said(beat.text, "description")
        for line in beat.lines:
            yield Said(line.text, "dialogue", ("character", line.character))
    for note in play.notes:
        # What a writer made of a name is still what somebody asked for.
        yield Said(note.phrase, "prompt")


def things_of(play: Screenplay) -> frozenset[str]:
    """The ids of everybody and everything in a screenplay, as its manifest will have them."""
    return frozenset(
        (
            *(one.id for one in play.characters),
            *(one.place for one in play.settings),
            *(one.id for one in play.props),
        )
    )


def _words(slug: str) -> str:
    return slug.replace("_", " ")


def decide(
    session: Session,
    material: Material,
    purpose: Purpose,
    *,
    room: Room,
    film_id: str = "",
    parents: Sequence[str] = (),
) -> Ruling:
    """Judge everything that a film is going to show, say or play.

    With a ``film_id``, what owners have said about that film counts, and that nothing of theirs is
    in the films that it is made from.
    """
    if not registry_store.any_binds(session):
        return Ruling()
    found = _found(session, material, room)
    works = {work.id: work for work in store.works_by_ids(session, sorted(found))}
    answered = approval_store.answers(session, film_id, parents=parents)
    contexts = contexts_of(one.text for one in material.said)
    if sum(work.kind == "brand" for work in works.values()) > 1:
        contexts |= {"rivals"}
    uses: list[Judged] = []
    for work_id, work in sorted(works.items()):
        said = answered.get(work_id)
        if not work.binds or (said is not None and said.state == "not_mine"):
            continue
        licence = store.newest_licence(session, work_id)
        inherited = material.inherited.get(work_id)
        use = _seen(work, licence, found[work_id], inherited)
        use = _judged(use, purpose, contexts)
        if use.verdict == "ask" and said is not None:
            # The terms that the owner was asked under hold, whatever they are by now.
            licence = store.licences(session, [said.licence_id]).get(said.licence_id)
            use = replace(use, verdict="terms", reasons=("granted",), licence=licence)
        uses.append(use)
    refused = {use.work.id for use in uses if use.verdict == "refuse"}
    return Ruling(
        uses=tuple(
            replace(use, nearest=_nearest(session, use, purpose, contexts))
            if use.work.id in refused
            else use
            for use in uses
        )
    )


def _found(session: Session, material: Material, room: Room) -> dict[str, list[Found]]:
    words = matching.Words(material.said, room.is_word)
    found: defaultdict[str, list[Found]] = defaultdict(list)
    for one in words.found(registry_store.named(session, words.sought)):
        found[one.work_id].append(one)
    for work_id in material.inherited:
        found.setdefault(work_id, [])
    for one in _meant(session, material, room):
        # A name says more than a likeness of meaning.
        if not found.get(one.work_id):
            found[one.work_id].append(one)
    return dict(found)


def _meant(session: Session, material: Material, room: Room) -> Iterator[Found]:
    """Works whose description a text means without naming them."""
    if room.meaning is None or not registry_store.any_meaning(session, room.meaning.name):
        return
    texts = [one for one in material.said if one.field in {"prompt", "description", "thing"}]
    texts = list({one.text: one for one in reversed(texts)}.values())[-_MEANT_TEXTS_MAX:]
    if not texts:
        return
    for said, work_id in alike.meant(session, texts, room.meaning):
        yield Found(work_id, "", said.text[:80], said.field, said.thing, "doubt")


def _seen(
    work: Work,
    licence: Licence | None,
    found: Sequence[Found],
    inherited: frozenset[tuple[str, str]] | None,
) -> Judged:
    """A work in a film before it is judged."""
    things = {one.thing for one in found if one.thing is not None and one.field != "dialogue"}
    return Judged(
        work=work,
        licence=licence,
        found=tuple(found),
        things=frozenset(things) | (inherited or frozenset()),
        verdict="allow",
        reasons=(),
        doubt=inherited is None and all(one.sureness == "doubt" for one in found),
    )


def _judged(use: Judged, purpose: Purpose, contexts: frozenset[Context]) -> Judged:
    if registering.has_enough(use.work, {purpose.by}):
        return replace(use, own=True)
    if use.licence is None:
        return replace(use, verdict="ask" if use.doubt else "refuse", reasons=("no_terms",))
    verdict, reasons = _by_terms(use.licence, purpose, contexts)
    if use.doubt and verdict in {"refuse", "terms"}:
        # Nobody is refused, and nobody pays, for what may not be meant at all.
        verdict = "ask"
    return replace(use, verdict=verdict, reasons=reasons)


def _by_terms(
    licence: Licence, purpose: Purpose, contexts: frozenset[Context]
) -> tuple[Verdict, tuple[str, ...]]:
    terms = licence.terms
    answers = [judge(terms, wish) for wish in wishes(purpose, contexts)]
    against = dict.fromkeys(
        reason for answer in answers if answer.verdict == "refuse" for reason in answer.reasons
    )
    if against:
        return "refuse", tuple(against)
    if any(answer.verdict == "ask" for answer in answers):
        return "ask", ("ask_first",)
    costs = terms.price or terms.share_bps or terms.guarantee
    return ("terms" if costs else "allow"), ()


def wishes(purpose: Purpose, contexts: frozenset[Context]) -> Iterator[Wish]:
    """A wish for each territory, or one for a film that may be seen everywhere."""
    places: Sequence[str | None] = sorted(purpose.territories)[:_TERRITORIES_MAX] or [None]
    for place in places:
        yield Wish(purpose.use, purpose.by, purpose.on, place, purpose.age, contexts)


def _nearest(
    session: Session, use: Judged, purpose: Purpose, contexts: frozenset[Context]
) -> Nearest:
    """The nearest thing that would pass: the same work otherwise, another work, other words."""
    licence = use.licence
    if licence is not None:
        uses = tuple(
            other
            for other in USES
            if _by_terms(licence, replace(purpose, use=other), contexts)[0] != "refuse"
        )
        if uses:
            return Nearest(kind="use", values=uses, work_id=use.work.id)
        where = tuple(sorted(licence.terms.only_in))
        there = replace(purpose, territories=licence.terms.only_in)
        if where and _by_terms(licence, there, contexts)[0] != "refuse":
            return Nearest(kind="territory", values=where, work_id=use.work.id)
    for work in registry_neighbours(session, use.work):
        other = store.newest_licence(session, work.id)
        if other is not None and _by_terms(other, purpose, contexts)[0] in {"allow", "terms"}:
            return Nearest(kind="work", values=(work.title,), work_id=work.id)
    return Nearest(kind="wording", values=tuple(sorted({one.quote for one in use.found})))


def registry_neighbours(session: Session, work: Work) -> list[Work]:
    """Works of the same kind that have terms, the nearest in meaning first."""
    ids = registry_store.neighbours(session, work.id, kind=work.kind, most=12)
    return store.works_by_ids(session, ids)

"""The verbs of likenesses: say who may use one and how, ask, approve, permit, wear, take back.

The session is the first argument; whoever opened it commits.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from matinee import people
from matinee.film import Screenplay
from matinee.kit import events
from matinee.kit.db import Session
from matinee.people import Person

from . import store
from .capturing import part_of
from .consent import (
    LEVELS,
    RULES_MAX,
    Denial,
    Level,
    Rule,
    contradiction,
    denial,
    dressed,
    objections,
    word_objections,
)
from .errors import (
    AppearanceNotFound,
    AppearanceWithdrawn,
    LikenessGone,
    LikenessNotFound,
    LikenessRefused,
    RuleBroken,
    RulesContradict,
    TermsInvalid,
)
from .model import REVOKED, Appearance, Approval, Likeness, Worn
from .room import Room

PAGE_MAX = 100
APPROVED_MAX = 500
CURRENCY_LETTERS = 3
_MENTION = re.compile(r"(?<![\w.@/])@([A-Za-z0-9][A-Za-z0-9_.-]{1,38}[A-Za-z0-9])")


@dataclass(frozen=True, kw_only=True)
class Usable:
    """A likeness as somebody may or may not use it, `denial` says why not."""

    likeness: Likeness
    denial: Denial | None
    asked: str = ""


# ── Whose likeness, and how it is named ──────────────────────────────────────────────────────────


def mentions(prompt: str) -> tuple[str, ...]:
    """Return the handles that a prompt names, such as ada for "@ada", each once, in order."""
    found = (match.group(1).casefold() for match in _MENTION.finditer(prompt))
    return tuple(dict.fromkeys(found))


def called(session: Session, handle: str) -> Likeness | None:
    """Return the likeness of a handle with its present name: a captured person's, a character's."""
    try:
        person = people.person_by_handle(session, handle)
    except people.PersonNotFound:
        return store.character_called(session, handle)
    found = store.of_person(session, person.id)
    return found and with_name(found, {person.id: person})


def named(session: Session, handle: str) -> Likeness:
    """Return the likeness of a handle; raises LikenessNotFound."""
    found = called(session, handle.removeprefix("@"))
    if found is None:
        raise LikenessNotFound(handle)
    return found


def by_ids(session: Session, ids: Iterable[str]) -> dict[str, Likeness]:
    """Return the likenesses with these ids by id, with present names, without those gone."""
    found = store.by_ids(session, ids)
    owners = people.people_by_ids(session, [one.owner for one in found.values() if one.owner])
    return {key: with_name(one, owners) for key, one in found.items()}


def likeness_of(session: Session, person: Person) -> Likeness | None:
    """Return the likeness of a person, if they were captured."""
    found = store.of_person(session, person.id)
    return found and with_name(found, {person.id: person})


def usable(session: Session, asker: str, query: str, *, room: Room) -> tuple[Usable, ...]:
    """Return the likenesses whose handle or name has `query`, and why not when one may not use it.

    Whoever lets nobody else use theirs, or blocked the asker, is not listed.
    """
    found = store.usable(session, query=query, limit=PAGE_MAX * 5)
    owners = people.people_by_ids(session, [one.owner for one in found if one.owner])
    named_ = [with_name(one, owners) for one in found]
    own = store.of_person(session, asker)
    if own is not None and own.id not in {one.id for one in named_}:
        mine = people.people_by_ids(session, [asker])
        named_.insert(0, with_name(own, mine))
    wanted = query.casefold()
    matching = [one for one in named_ if wanted in f"{one.handle} {one.name}".casefold()]
    states = store.approval_states(session, asker, [one.id for one in matching])
    listed = []
    for one in matching:
        if one.owner != asker and room.acquaintance(session, one.owner, asker) == "blocked":
            continue
        reason = why_not(session, one, asker, room=room)
        listed.append(Usable(likeness=one, denial=reason, asked=states.get(one.id, "")))
    return tuple(listed[:PAGE_MAX])


def why_not(session: Session, likeness: Likeness, asker: str, *, room: Room) -> Denial | None:
    """Return why somebody may not use a likeness, or None when they may."""
    approved = store.approval_states(session, asker, [likeness.id]).get(likeness.id) == "approved"
    own = bool(likeness.owner) and likeness.owner == asker
    return denial(
        likeness.level,
        owner=likeness.owner,
        asker=asker,
        approved=approved,
        relation="stranger" if own else room.acquaintance(session, likeness.owner, asker),
        handle=likeness.handle or likeness.name,
    )


# ── Before a film ────────────────────────────────────────────────────────────────────────────────


def allow(
    session: Session, likenesses: Sequence[Likeness], asker: str, prompt: str, *, room: Room
) -> None:
    """Refuse at once what could never pass: who asks, and words of the prompt.

    Raises LikenessRefused and RuleBroken.
    """
    for one in likenesses:
        reason = why_not(session, one, asker, room=room)
        if reason is not None:
            raise LikenessRefused(one.handle or one.name, reason.reason, reason.passes)
        for found in word_objections(prompt, one.rules):
            raise RuleBroken(one.handle or one.name, found.say, found.found, found.passes)


def permit(
    session: Session,
    play: Screenplay | None,
    *,
    film: str,
    maker: str,
    line: Sequence[str] = (),
    prompt: str = "",
    room: Room,
) -> tuple[str, ...]:
    """Let a film be made with everybody who is in it, or raise who does not want it and why.

    `line` are the films it is made from, the nearest first; without a screenplay (a splice of
    finished films) everybody counts who is in the nearest ones. That they are in it is written
    down in the same transaction, so that a revocation reaches it from then on. Returns the ids of
    the likenesses. Raises LikenessRefused, RuleBroken, LikenessGone and AppearanceWithdrawn.
    """
    wearers = wearers_of(play) if play is not None else {}
    inherited = store.appearances_in(session, line) if line else ()
    if play is None:
        for one in inherited:
            wearers.setdefault(one.likeness, frozenset())
    if not wearers:
        return ()
    store.hold(session, wearers, alone=False)
    inherited = store.appearances_in(session, line) if line else ()
    found = by_ids(session, wearers)
    now = room.clock.now()
    for likeness_id, who in wearers.items():
        likeness = found.get(likeness_id)
        if likeness is None:
            raise LikenessGone(_name_of(play, who))
        handle = likeness.handle or likeness.name
        if any(one.likeness == likeness_id and one.withdrawn_at for one in inherited):
            raise AppearanceWithdrawn(handle)
        allow(session, (likeness,), maker, prompt, room=room)
        if play is not None:
            for found_in in objections(play, who, likeness.rules):
                raise RuleBroken(handle, found_in.say, found_in.found, found_in.passes)
        store.add_appearance(
            session,
            Appearance(
                likeness=likeness_id,
                film=film,
                line=tuple(line),
                maker=maker,
                terms=likeness.terms,
                recorded_at=now,
            ),
        )
    return tuple(wearers)


def wearers_of(play: Screenplay) -> dict[str, frozenset[str]]:
    """Return by likeness which characters of a screenplay wear it."""
    worn: dict[str, set[str]] = {}
    for one in play.characters:
        if one.likeness:
            worn.setdefault(one.likeness, set()).add(one.id)
    return {likeness: frozenset(who) for likeness, who in worn.items()}


def as_preferred(session: Session, play: Screenplay) -> Screenplay:
    """Return a screenplay in which everybody wears what they always want to wear."""
    worn = wearers_of(play)
    for likeness, who in worn.items():
        found = store.by_ids(session, (likeness,)).get(likeness)
        if found is not None:
            play = dressed(play, who, found.rules)
    return play


def wear(session: Session, ids: Iterable[str], folder: Path, *, room: Room) -> dict[str, Worn]:
    """Write what a shot needs of captured people into a folder, which its step removes.

    Characters and those who were deleted are left out. Raises SealBroken.
    """
    worn = {}
    for likeness in store.by_ids(session, ids).values():
        if likeness.kind != "person" or store.key_of(session, likeness.id) is None:
            continue
        files = {}
        for part, suffix in (("cutout", ".cutout"), ("face", ".webp"), ("voice", ".wav")):
            path = folder / f"{likeness.id}{suffix}"
            path.touch(mode=0o600)
            path.write_bytes(part_of(session, likeness.id, part, room=room))
            files[part] = path
        worn[likeness.id] = Worn(**files)
    return worn


def note_frames(session: Session, film: str, frames: Mapping[str, int]) -> None:
    """Say on how many frames of a finished film each likeness is seen."""
    store.set_frames(session, film, dict(frames))


def in_film(session: Session, person: str, film: str) -> bool:
    """Whether somebody, or a character of theirs, is in a film: they may see it."""
    mine = _ids_of(session, person)
    return any(one.likeness in mine for one in store.appearances_in(session, (film,)))


# ── Terms ────────────────────────────────────────────────────────────────────────────────────────


def set_terms(
    session: Session,
    likeness: Likeness,
    *,
    level: Level | None = None,
    rules: tuple[Rule, ...] | None = None,
    public_figure: bool | None = None,
    price_micro: int | None = None,
    currency: str | None = None,
    room: Room,
) -> Likeness:
    """Say who may use a likeness, and how; what is None stays as it is.

    Films that are there stay, under the terms they were made on; new ones, and whatever is made
    from old ones, follow the new terms. Raises TermsInvalid and RulesContradict.
    """
    store.hold(session, (likeness.id,), alone=True)
    current = store.by_ids(session, (likeness.id,)).get(likeness.id)
    if current is None:
        raise LikenessNotFound(likeness.id)
    changed = replace(
        current,
        level=current.level if level is None else _level(level),
        rules=current.rules if rules is None else _rules(rules),
        public_figure=current.public_figure if public_figure is None else public_figure,
        price_micro=current.price_micro if price_micro is None else price_micro,
        currency=current.currency if currency is None else _currency(currency),
    )
    if changed.price_micro is not None and changed.price_micro < 0:
        reason = "a price is not less than nothing"
        raise TermsInvalid(reason)
    if changed == current:
        return likeness
    changed = replace(changed, terms=current.terms + 1)
    store.put(session, changed)
    store.note(
        session, likeness.id, likeness.owner, "terms", about=changed.level, at=room.clock.now()
    )
    return replace(changed, handle=likeness.handle, name=likeness.name)


def ask(session: Session, asker: str, handle: str, *, room: Room) -> Approval | None:
    """Ask to be approved; asking again changes nothing, also after a denial.

    Raises LikenessNotFound, also for those who blocked the asker, and LikenessRefused where nobody
    else is let.
    """
    likeness = named(session, handle)
    if likeness.owner == asker:
        return None
    if room.acquaintance(session, likeness.owner, asker) == "blocked":
        raise LikenessNotFound(handle)
    if likeness.level == "only_me":
        reason = why_not(session, likeness, asker, room=room)
        assert reason is not None
        raise LikenessRefused(likeness.handle, reason.reason, reason.passes)
    if not store.approval_states(session, asker, [likeness.id]):
        store.set_approval(session, likeness.id, asker, "asked", at=room.clock.now())
    state = store.approval_states(session, asker, [likeness.id])
    found = [one for one in store.approvals(session, likeness.id) if one.person == asker]
    assert state
    return found[0]


def answer(session: Session, likeness: Likeness, person: str, *, approve: bool, room: Room) -> None:
    """Approve somebody, or deny them; films they made before stay, and can be taken back."""
    store.hold(session, (likeness.id,), alone=True)
    if approve:
        granted = [one for one in store.approvals(session, likeness.id) if one.state == "approved"]
        if len(granted) >= APPROVED_MAX:
            reason = f"{APPROVED_MAX} people are approved already"
            raise TermsInvalid(reason)
    now, state = room.clock.now(), "approved" if approve else "denied"
    store.set_approval(session, likeness.id, person, state, at=now)
    store.note(session, likeness.id, likeness.owner, state, about=person, at=now)


def approvals(session: Session, likeness: Likeness) -> tuple[Approval, ...]:
    """Return who asked for a likeness and what became of it, the newest first."""
    return store.approvals(session, likeness.id)


# ── Films with somebody in them ──────────────────────────────────────────────────────────────────


def appearances(
    session: Session, person: str, *, after: str | None = None, limit: int = 30
) -> tuple[Appearance, ...]:
    """Return the films that somebody is in, drafts and others' too, the newest first."""
    mine = sorted(_ids_of(session, person))
    return store.appearances_of(session, mine, after=after, limit=min(limit, PAGE_MAX))


def revoke(
    session: Session, person: str, film: str | None = None, *, room: Room
) -> tuple[str, ...]:
    """Take oneself out of a film and all that were made from it, or out of every film there is.

    Returns the ids of the films, which the event `REVOKED` tells to the studio: they and their
    media are gone within a minute. After all films were revoked nobody else may make new ones.
    Raises AppearanceNotFound.
    """
    mine = sorted(_ids_of(session, person))
    store.hold(session, mine, alone=True)
    if film is None:
        reached = {one: _films_of(session, one) for one in mine}
        for one in store.by_ids(session, mine).values():
            if one.level != "only_me":
                store.put(session, replace(one, level="only_me", terms=one.terms + 1))
    else:
        reached = {one: store.reached_from(session, one, film) for one in mine}
        reached = {one: films for one, films in reached.items() if film in films}
        if not reached:
            raise AppearanceNotFound(film)
    for likeness, films in reached.items():
        _withdraw(session, likeness, person, films, room)
    return tuple(sorted({film for films in reached.values() for film in films}))


def delete(session: Session, likeness: Likeness, *, room: Room) -> tuple[str, ...]:
    """Take a likeness out of every film and destroy it; returns the films.

    Its key goes with this transaction, so that nothing of it can be opened from then on; its blobs
    are removed by the next sweep, within minutes.
    """
    store.hold(session, (likeness.id,), alone=True)
    films = _films_of(session, likeness.id)
    now = room.clock.now()
    _withdraw(session, likeness.id, likeness.owner, films, room)
    store.leave_parts(session, likeness.id, due_at=now)
    store.leave(session, (likeness.clip, likeness.picture), due_at=now)
    store.delete(session, likeness.id)
    store.note(session, likeness.id, likeness.owner, "deleted", at=now)
    return films


def _withdraw(
    session: Session, likeness: str, person: str, films: Sequence[str], room: Room
) -> None:
    """Note that a likeness was taken out of films, and say so to whoever holds their media."""
    if not films:
        return
    now = room.clock.now()
    store.withdraw(session, (likeness,), films, at=now)
    store.note(session, likeness, person, "revoked", about=f"{len(films)} films", at=now)
    events.record(
        session,
        REVOKED,
        key=room.ids.new("revocation"),
        payload={"likeness_id": likeness, "person_id": person, "film_ids": list(films)},
        at=now,
    )


def _films_of(session: Session, likeness: str) -> tuple[str, ...]:
    return tuple(one.film for one in store.appearances_of(session, (likeness,)))


def _ids_of(session: Session, person: str) -> frozenset[str]:
    own = store.of_person(session, person)
    characters = store.characters_of(session, person)
    return frozenset(one.id for one in (*((own,) if own else ()), *characters))


def with_name(likeness: Likeness, owners: Mapping[str, Person]) -> Likeness:
    """Return a likeness with the present handle and name of the person it is of."""
    person = owners.get(likeness.owner)
    if likeness.kind != "person" or person is None:
        return likeness
    return replace(likeness, handle=person.handle, name=person.name or person.handle)


def _name_of(play: Screenplay | None, who: frozenset[str]) -> str:
    names = [one.name for one in play.characters if one.id in who] if play is not None else []
    return names[0] if names else "somebody"


def _level(level: str) -> Level:
    found = next((one for one in LEVELS if one == level), None)
    if found is None:
        reason = f"the level {level[:40]!r} is none of {', '.join(LEVELS)}"
        raise TermsInvalid(reason)
    return found


def _rules(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    if len(rules) > RULES_MAX:
        reason = f"there are {len(rules)} rules; {RULES_MAX} are the most"
        raise TermsInvalid(reason)
    clash = contradiction(rules)
    if clash is not None:
        raise RulesContradict(clash[0].say, clash[1].say)
    return msgspec.convert(msgspec.to_builtins(rules), tuple[Rule, ...])


def _currency(currency: str) -> str:
    if currency and not (
        len(currency) == CURRENCY_LETTERS and currency.isascii() and currency.isupper()
    ):
        reason = f"{currency[:10]!r} is no currency such as USD"
        raise TermsInvalid(reason)
    return currency

"""The verbs of characters that are kept, and of people who leave."""

from collections.abc import Iterator
from dataclasses import replace

import msgspec

from matinee import people
from matinee.kit.db import Database, Session

from . import coming_store, store
from .actions import delete, named, with_name
from .capturing import part_of
from .characters import checked_handle, checked_name
from .errors import LikenessNotFound
from .model import Likeness
from .room import Room

_HAPPENINGS_MAX = 10_000


def character_of(session: Session, owner: str, character: str) -> Likeness:
    """Return a character of somebody; raises LikenessNotFound, also for another's."""
    found = store.by_ids(session, (character,)).get(character)
    if found is None or found.kind != "character" or found.owner != owner:
        raise LikenessNotFound(character)
    return found


def rename(
    session: Session, character: Likeness, *, name: str | None, handle: str | None
) -> Likeness:
    """Give a character another name or handle.

    Raises TermsInvalid, HandleTaken, and LikenessNotFound for one that was deleted meanwhile.
    """
    if name is None and handle is None:
        return character
    # All of it is written, so nobody may change its terms or delete it meanwhile.
    store.hold(session, (character.id,), alone=True)
    changed = character = character_of(session, character.owner, character.id)
    if name is not None:
        changed = replace(changed, name=checked_name(name))
    if handle is not None and handle.casefold() != character.handle:
        changed = replace(changed, handle=checked_handle(session, handle) if handle else "")
    store.put(session, changed)
    return changed


def rewrap(database: Database, *, room: Room) -> int:
    """Wrap every data key with the newest house key; returns how many were under another.

    What somebody else is writing meanwhile is waited for.
    """
    with database.transaction() as session:
        store.hold_keys(session)
        old = store.keys_not_under(session, room.safe.current)
        for likeness, kept in old:
            store.set_key(session, likeness, room.safe.rewrapped(kept, likeness))
    return len(old)


def purge(session: Session, handle: str, *, room: Room) -> tuple[str, ...]:
    """Delete the likeness of a handle and withdraw its films, which are returned.

    Raises LikenessNotFound.
    """
    return delete(session, named(session, handle), room=room)


def close(session: Session, person: str, *, room: Room) -> None:
    """Delete everything that is kept of somebody who leaves; done again it changes nothing."""
    # Before what is kept is read: a clip that is looked at now is kept before, or not at all.
    coming_store.forget(session, person)
    own = store.of_person(session, person)
    for likeness in (*((own,) if own else ()), *store.characters_of(session, person)):
        delete(session, likeness, room=room)
    store.forget_captures(session, person)
    store.forget_approvals_for(session, person)
    store.forget_happenings(session, person)
    room.uploads.remove_all(session, person)


def exported(session: Session, person: str, *, room: Room) -> Iterator[tuple[str, bytes | str]]:
    """Yield what is kept of somebody, opened for themself: paths with bytes or blob keys."""
    own = store.of_person(session, person)
    characters = store.characters_of(session, person)
    told = {
        "likeness": own and replace(own, clip="", picture=""),
        "characters": characters,
        "approvals": store.approvals(session, own.id) if own else (),
        "appearances": store.appearances_of(
            session, [one.id for one in (*((own,) if own else ()), *characters)]
        ),
        "captures": store.captures_of(session, person),
        "characters_asked_for": coming_store.of_person(session, person),
        "happenings": store.happenings(session, person, limit=_HAPPENINGS_MAX),
    }
    yield "likeness/likeness.json", msgspec.json.encode(told)
    if own is not None:
        for part, name in (("cutout", "cutout.bin"), ("face", "face.webp"), ("voice", "voice.wav")):
            content = part_of(session, own.id, part, room=room)
            if content:
                yield f"likeness/{name}", content
    for one in characters:
        yield f"likeness/characters/{one.id}.clip", one.clip
        yield f"likeness/characters/{one.id}.webp", one.picture


def everybody(session: Session) -> tuple[Likeness, ...]:
    """Return every likeness there is, for whoever runs the house."""
    found = store.everybody(session)
    owners = people.people_by_ids(session, [one.owner for one in found if one.owner])
    return tuple(with_name(one, owners) for one in found)

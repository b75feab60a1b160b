"""The registry as its owners keep it: entering works, agreeing to shares, names, files, terms.

A work that somebody enters binds nobody at first. Its owners agree to their shares, and somebody of
the house looks at a proof that it is theirs; from then on what others make is held against it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from matinee.kit import events
from matinee.kit.db import Session
from matinee.kit.ids import Ids
from matinee.kit.money import BPS_PER_WHOLE

from . import actions, alike, matching, names, registry_store, store
from .errors import (
    AliasInvalid,
    AlreadyAgreed,
    NotAnOwner,
    OwnersSettled,
    OwnWork,
    ProofNotFound,
    ReferenceKept,
    ShareNotOffered,
    WorkInvalid,
    WorksTooMany,
)
from .licences import Licence, Owner, Terms, check_owners
from .matching import IsWord
from .model import Alias, Proof, Reference, ReferenceKind, Rule, Work, WorkKind

ALIASES_MAX = 200
OWNERS_MAX = 50
TITLE_CHARACTERS_MAX = 200
DESCRIPTION_CHARACTERS_MAX = 4_000
WORKS_PER_PERSON_MAX = 5_000
REFERENCES_MAX = 200
PAGE_MAX = 100
REFERENCE_BYTES_MAX = 512 * 1024 * 1024
PROOF_BYTES_MAX = 32 * 1024 * 1024

OWNER_INVITED = "rights.owner_invited"
REFERENCE_ADDED = "rights.reference_added"
REFERENCE_REMOVED = "rights.reference_removed"
WORK_PROVEN = "rights.work_proven"

# Kinds whose description says what they look like, so that a text may mean them without a name. A
# person's looks are nobody's property, and footage is found by its pictures.
_DESCRIBED = frozenset({"character", "brand"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """What the registry works with.

    Without ``meaning`` works are found by name alone; without ``is_word``, which says whether
    something is a word of a language, nothing is known to be a common word.
    """

    ids: Ids
    meaning: alike.Meaning | None = None
    is_word: IsWord | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A work as somebody enters it."""

    kind: WorkKind
    title: str
    description: str = ""
    owners: tuple[Owner, ...]
    aliases: tuple[Alias, ...] = ()
    rule: Rule = "majority"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A file that somebody sent, as it is kept: the blob, and what it is."""

    blob: str
    kind: ReferenceKind
    name: str
    file_bytes: int


def enter_work(
    session: Session, entry: Entry, *, by: str, trusted: bool, room: Room, at: datetime
) -> Work:
    """Enter a work for its owners; those besides ``by`` have to agree to their shares.

    A ``trusted`` rights holder need not prove it. Raises ``SharesNotWhole``, ``TermsInvalid``,
    ``WorkInvalid``, ``AliasInvalid`` and ``WorksTooMany``.
    """
    _check_entry(entry)
    if by not in {owner.party for owner in entry.owners}:
        raise NotAnOwner("", by)
    if registry_store.work_count(session, by) >= WORKS_PER_PERSON_MAX:
        raise WorksTooMany(WORKS_PER_PERSON_MAX)
    pending = frozenset(owner.party for owner in entry.owners) - {by}
    work = Work(
        id=room.ids.new("work"),
        kind=entry.kind,
        title=entry.title.strip(),
        owners=entry.owners,
        aliases=tuple(_marked(alias, room) for alias in entry.aliases),
        registered_by=by,
        created_at=at,
        description=entry.description.strip(),
        standing="proven" if trusted else "unproven",
        rule=entry.rule,
        pending=pending,
    )
    store.add_work(session, work)
    _look_up_by(session, work, room)
    for party in sorted(pending):
        _invite(session, work, party, at=at)
    return work


def change_work(
    session: Session,
    work_id: str,
    *,
    by: str,
    room: Room,
    title: str | None = None,
    description: str | None = None,
    rule: Rule | None = None,
) -> Work:
    """Change what a work is called, what it is like, and whose word is enough.

    Raises ``NotAnOwner`` and ``WorkInvalid``; the rule is changed only by who has enough shares.
    """
    work = owned_work(session, work_id, by)
    changes: dict[str, object] = {}
    if title is not None:
        changes["title"] = _checked_title(title)
    if description is not None:
        changes["description"] = _checked_description(description)
    if rule is not None:
        if not has_enough(work, {by}):
            raise NotAnOwner(work_id, by, enough=True)
        changes["rule"] = rule
    if changes:
        registry_store.change_work(session, work_id, **changes)
    return _looked_up_again(session, work_id, room)


def add_alias(session: Session, work_id: str, alias: Alias, *, by: str, room: Room) -> Work:
    """Give a work a name in a language; raises ``NotAnOwner`` and ``AliasInvalid``."""
    work = owned_work(session, work_id, by)
    known = {(one.language, one.name) for one in work.aliases}
    if len(known | {(alias.language, alias.name)}) > ALIASES_MAX:
        raise AliasInvalid(alias.name, f"a work has at most {ALIASES_MAX}")
    store.add_alias(session, work_id, _marked(alias, room))
    return _looked_up_again(session, work_id, room)


def drop_alias(
    session: Session, work_id: str, *, language: str, name: str, by: str, room: Room
) -> Work:
    """Take a name from a work; one that it does not have is no fault."""
    owned_work(session, work_id, by)
    registry_store.drop_alias(session, work_id, language, name)
    return _looked_up_again(session, work_id, room)


def answer_share(session: Session, work_id: str, *, party: str, agreed: bool, at: datetime) -> Work:
    """Say that a share is one's own, or that one owns no part of it.

    Raises ``ShareNotOffered`` and ``AlreadyAgreed``.
    """
    work = store.work_by_id(session, work_id)
    if not work.share_of(party):
        raise ShareNotOffered(work_id)
    if not registry_store.answer_share(session, work_id, party, agreed=agreed, at=at):
        raise AlreadyAgreed(work_id)
    return store.work_by_id(session, work_id)


def set_owners(
    session: Session, work_id: str, owners: Sequence[Owner], *, by: str, at: datetime
) -> Work:
    """Name other owners or shares, which all of them but ``by`` have to agree to anew.

    Only whoever entered it does that, and only while not all have agreed; later a conflict decides.
    Raises ``OwnersSettled``, ``NotAnOwner``, ``SharesNotWhole`` and ``TermsInvalid``.
    """
    work = owned_work(session, work_id, by)
    if not work.pending and not work.declined and len(work.owners) > 1:
        raise OwnersSettled(work_id)
    # Whoever is merely asked whether a share is theirs must not take the rest of it.
    if len(work.owners) > 1 and by != work.registered_by:
        raise NotAnOwner(work_id, by)
    check_owners(owners)
    if len(owners) > OWNERS_MAX or by not in {owner.party for owner in owners}:
        raise NotAnOwner(work_id, by)
    store.set_owners(session, work_id, owners, agreed={by}, at=at)
    for owner in owners:
        if owner.party != by:
            _invite(session, work, owner.party, at=at)
    return store.work_by_id(session, work_id)


def add_reference(
    session: Session,
    work_id: str,
    kept: Kept,
    *,
    by: str,
    room: Room,
    at: datetime,
) -> Reference:
    """Keep a file by which copies of a work are recognised, and say so (REFERENCE_ADDED).

    Raises ``NotAnOwner`` and ``ReferenceKept``.
    """
    owned_work(session, work_id, by)
    if len(registry_store.references_of(session, work_id)) >= REFERENCES_MAX:
        raise WorkInvalid("references", f"a work has at most {REFERENCES_MAX}")
    reference = Reference(
        id=room.ids.new("reference"),
        work_id=work_id,
        blob=kept.blob,
        kind=kept.kind,
        name=kept.name[:200] or "file",
        file_bytes=kept.file_bytes,
        added_by=by,
        added_at=at,
    )
    if not registry_store.add_reference(session, reference):
        raise ReferenceKept(work_id)
    events.record(
        session,
        REFERENCE_ADDED,
        key=reference.id,
        payload={
            "reference_id": reference.id,
            "work_id": work_id,
            "blob": kept.blob,
            "kind": kept.kind,
        },
        at=at,
    )
    return reference


def drop_reference(
    session: Session, work_id: str, reference_id: str, *, by: str, at: datetime
) -> None:
    """Take a reference back, and say so (REFERENCE_REMOVED); one that is not there is no fault."""
    owned_work(session, work_id, by)
    if registry_store.drop_reference(session, work_id, reference_id):
        events.record(
            session,
            REFERENCE_REMOVED,
            key=reference_id,
            payload={"reference_id": reference_id, "work_id": work_id},
            at=at,
        )


def add_proof(
    session: Session,
    work_id: str,
    *,
    statement: str,
    blob: str,
    name: str,
    by: str,
    room: Room,
    at: datetime,
) -> Proof:
    """Say and show why a work is its owners'; somebody of the house looks at it.

    Raises ``NotAnOwner`` and ``WorkInvalid``.
    """
    owned_work(session, work_id, by)
    said = statement.strip()
    if not 1 <= len(said) <= DESCRIPTION_CHARACTERS_MAX:
        raise WorkInvalid("statement", f"it has to have 1 to {DESCRIPTION_CHARACTERS_MAX} letters")
    proof = Proof(room.ids.new("proof"), work_id, said, blob, name[:200], by, at)
    registry_store.add_proof(session, proof)
    return proof


def decide_proof(
    session: Session, proof_id: str, *, accepted: bool, by: str, reason: str, at: datetime
) -> Work:
    """Take a proof as one, so that the work binds from now on, or refuse it with a reason.

    Raises ``ProofNotFound`` for one that is not open, and ``OwnWork`` for one of one's own work.
    """
    work_id = registry_store.decide_proof(
        session, proof_id, accepted=accepted, by=by, reason=reason[:2000], at=at
    )
    if work_id is None:
        raise ProofNotFound(proof_id)
    work = store.work_by_id(session, work_id)
    if work.share_of(by):
        raise OwnWork(work_id)
    if accepted or work.standing != "proven":
        registry_store.change_work(session, work_id, standing="proven" if accepted else "refused")
    if accepted:
        events.record(session, WORK_PROVEN, key=proof_id, payload={"work_id": work_id}, at=at)
    return store.work_by_id(session, work_id)


def want_terms(
    session: Session, work_id: str, terms: Terms, *, by: str, room: Room, at: datetime
) -> Licence | None:
    """Say which terms an owner wants; they hold once enough owners want the same.

    Returns the licence that holds then, or None while other owners have to agree. Raises
    ``NotAnOwner``.
    """
    owned_work(session, work_id, by)
    store.newest_licence(session, work_id, locked=True)  # two owners at once wait for each other
    work = store.work_by_id(session, work_id)
    registry_store.want_terms(session, work_id, by, terms, at=at)
    wanted = registry_store.wanted_terms(session, work_id)
    if not has_enough(work, {party for party, said in wanted.items() if said == terms}):
        return None
    registry_store.forget_wanted_terms(session, work_id)
    return actions.offer_licence(session, work_id, terms, ids=room.ids, at=at)


def has_enough(work: Work, parties: set[str] | frozenset[str]) -> bool:
    """Whether the word of these owners is enough, by the rule of the work."""
    held = sum(owner.bps for owner in work.owners if owner.party in parties)
    if work.rule == "any":
        return held > 0
    if work.rule == "all":
        return held == BPS_PER_WHOLE
    return held * 2 > BPS_PER_WHOLE


def owned_work(session: Session, work_id: str, party: str) -> Work:
    """A work of which somebody owns a part; raises ``WorkNotFound`` and ``NotAnOwner``."""
    work = store.work_by_id(session, work_id)
    if not work.share_of(party):
        raise NotAnOwner(work_id, party)
    return work


def binds(session: Session, work_id: str) -> bool:
    """Whether the films of others are held against a work; raises ``WorkNotFound``."""
    return store.work_by_id(session, work_id).binds


def search_works(
    session: Session,
    *,
    named: str = "",
    kind: WorkKind | None = None,
    party: str | None = None,
    after: str = "",
    limit: int = 24,
) -> list[Work]:
    """Works with a name that holds ``named``, of a kind, of an owner; newest first."""
    letters = names.letters_of(named)
    if named.strip() and not letters:
        return []
    ids = registry_store.search(
        session,
        letters=letters,
        kind=kind,
        party=party,
        after=after,
        most=min(limit, PAGE_MAX),
    )
    return store.works_by_ids(session, ids)


def _check_entry(entry: Entry) -> None:
    _checked_title(entry.title)
    _checked_description(entry.description)
    check_owners(entry.owners)
    if len(entry.owners) > OWNERS_MAX:
        raise WorkInvalid("owners", f"a work has at most {OWNERS_MAX}")
    if len(entry.aliases) > ALIASES_MAX:
        raise AliasInvalid(entry.aliases[0].name, f"a work has at most {ALIASES_MAX}")


def _checked_title(title: str) -> str:
    said = title.strip()
    if not 1 <= len(said) <= TITLE_CHARACTERS_MAX or not names.letters_of(said):
        raise WorkInvalid(
            "title", f"it has to have 1 to {TITLE_CHARACTERS_MAX} characters, letters among them"
        )
    return said


def _checked_description(description: str) -> str:
    said = description.strip()
    if len(said) > DESCRIPTION_CHARACTERS_MAX:
        raise WorkInvalid(
            "description", f"it has more than {DESCRIPTION_CHARACTERS_MAX} characters"
        )
    return said


def _marked(alias: Alias, room: Room) -> Alias:
    """A name as it is kept: a common word is marked as one, whatever its owner says."""
    name = alias.name.strip()
    if not 1 <= len(name) <= TITLE_CHARACTERS_MAX or not names.letters_of(name):
        raise AliasInvalid(name, "a name has letters, and at most 200 of them")
    return replace(alias, name=name, common=alias.common or is_common(name, room.is_word))


def is_common(name: str, is_word: IsWord | None) -> bool:
    """Whether a name is one word, and that a word of a language or a name that many have."""
    pieces = names.pieces(name)
    is_one = len(pieces) == 1 or all(one.is_sign for one in pieces)
    return is_one and is_word is not None and is_word(name.casefold())


def _look_up_by(session: Session, work: Work, room: Room) -> None:
    """Let a work be found by its title, its names and what it is like."""
    known = {one.name: one.common for one in work.aliases}
    known.setdefault(work.title, is_common(work.title, room.is_word))
    registry_store.set_keys(session, work.id, matching.named_of(work.id, work.kind, known.items()))
    if room.meaning is None or work.kind not in _DESCRIBED or not work.description:
        registry_store.forget_meaning(session, work.id)
        return
    registry_store.set_meaning(session, work.id, alike.described(work.description, room.meaning))


def _looked_up_again(session: Session, work_id: str, room: Room) -> Work:
    work = store.work_by_id(session, work_id)
    _look_up_by(session, work, room)
    return work


def _invite(session: Session, work: Work, party: str, *, at: datetime) -> None:
    events.record(
        session,
        OWNER_INVITED,
        key=f"{work.id} {party} {at.isoformat()}",
        payload={"work_id": work.id, "person_id": party, "title": work.title},
        at=at,
    )

"""Conflicts: two works with references in common, or two who say that one work is theirs.

While one is open, the claims that rest on it are suspended. The operator decides; who was decided
for goes on, and what was decided stays in the history.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from matinee.kit.db import Session
from matinee.kit.ids import Ids
from matinee.rights import store as registry
from matinee.rights.recognition import Match

from . import look_store, money, store
from .errors import ClaimInvalid, ConflictDecided
from .evidence import Evidence, evidence_of
from .look_store import Reference, ReferenceConflict
from .model import Claim, released, resumed, suspended
from .opening import HOUSE, change
from .store import Word


def compare(
    session: Session, reference: Reference, matches: Sequence[Match], *, ids: Ids, at: datetime
) -> list[ReferenceConflict]:
    """Open conflicts with works of others whose references a new reference certainly shows."""
    others = look_store.references(session, [one.subject_id for one in matches])
    opened = []
    for work_id in sorted({one.work_id for one in others.values()} - {reference.work_id}):
        of_work = [
            one
            for one in matches
            if one.subject_id in others and others[one.subject_id].work_id == work_id
        ]
        evidence = evidence_of(work_id, of_work)
        evidence = replace(evidence, found=tuple(one for one in evidence.found if one.certain))
        if not evidence.found or _same_owners(session, reference.work_id, work_id):
            continue
        one, other = sorted((reference.work_id, work_id))
        conflict = ReferenceConflict(
            id=ids.new("conflict"),
            one_work=one,
            other_work=other,
            evidence=evidence,
            state="open",
            winner="",
            reason="",
            opened_at=at,
            decided_at=None,
        )
        if look_store.add_conflict(session, conflict):
            shared = _shared(reference.id, evidence)
            look_store.add_shared(session, conflict.id, shared)
            _suspend_resting_on(session, conflict, shared, at=at)
            opened.append(conflict)
    return opened


def decide(
    session: Session, conflict_id: str, *, winner: str, reason: str, by: str, at: datetime
) -> ReferenceConflict:
    """Say whose the shared stretches are: of one of the two works, or ("") of neither alone.

    Claims that rest on nothing else but what their work lost are released; the others go on.
    Raises ``ConflictDecided`` and ``ClaimInvalid``.
    """
    conflict = look_store.conflict_by_id(session, conflict_id)
    if conflict is None or conflict.state != "open":
        raise ConflictDecided(conflict_id)
    if winner not in {"", conflict.one_work, conflict.other_work}:
        raise ClaimInvalid("winner", "it is one of the two works, or empty for neither")
    if not reason.strip():
        raise ClaimInvalid("reason", "both sides are told one")
    look_store.decide_conflict(
        session, conflict_id, winner=winner, reason=reason.strip(), by=by, at=at
    )
    word = Word(act="conflict_decided", actor=by, ground="", words=reason.strip(), at=at)
    for claim_id in store.untie(session, conflict_id):
        claim = store.claim_by_id(session, claim_id, locked=True)
        gone = claim.work_id != winner and not _rests(session, claim)
        change(session, claim, (released if gone else resumed)(claim, at=at), word)
    return replace(conflict, state="decided", winner=winner, reason=reason.strip(), decided_at=at)


def contested(session: Session, conflict_id: str, work_id: str, *, at: datetime) -> None:
    """Suspend every claim for a work that somebody else says is theirs.

    Claims on films of whoever says so stay in effect: nobody frees their own copies by a word.
    """
    claimants = {one.id: one.claimant for one in registry.conflicts_of(session, work_id)}
    for claim in store.claims_on_works(session, [work_id]):
        if claim.maker == claimants.get(conflict_id):
            store.tie(session, claim.id, conflict_id)
        else:
            _suspend(session, claim.id, conflict_id, at=at)


def settled(session: Session, conflict_id: str, *, changed: bool, at: datetime) -> None:
    """Let the claims for a contested work go on; with ``changed``, for its new owners.

    What was kept while nobody knew whose it was goes back to the makers when the owners change.
    """
    word = Word(act="conflict_decided", actor=HOUSE, ground="", words="", at=at)
    for claim_id in store.untie(session, conflict_id):
        claim = store.claim_by_id(session, claim_id, locked=True)
        if changed and claim.state != "released":
            owners = registry.work_by_id(session, claim.work_id).owners
            fresh = replace(claim, owners=owners)
            store.set_owners(session, claim.id, owners)
            money.start_anew(session, claim, fresh, at=at)
            claim = fresh
        change(session, claim, resumed(claim, at=at), word)


def _shared(reference_id: str, evidence: Evidence) -> list[tuple[str, int, int]]:
    """The stretches of both sides: of the new reference, which was the query, and of the others."""
    both = set()
    for one in evidence.found:
        for line in one.stretches:
            both.add((reference_id, line.film_start_ms, line.film_end_ms))
            both.add((one.reference_id, line.reference_start_ms, line.reference_end_ms))
    return sorted(both)


def _suspend_resting_on(
    session: Session,
    conflict: ReferenceConflict,
    shared: Sequence[tuple[str, int, int]],
    *,
    at: datetime,
) -> None:
    """Suspend the claims of both works that rest on what they share."""
    for claim in store.claims_on_works(session, [conflict.one_work, conflict.other_work]):
        match = look_store.match_of(session, claim.film_id, claim.work_id)
        if match is None or not match.evidence.found:
            continue
        if match.evidence.without(shared).matched_ms < claim.policy.match_min_ms:
            _suspend(session, claim.id, conflict.id, at=at)


def _suspend(session: Session, claim_id: str, conflict_id: str, *, at: datetime) -> None:
    claim = store.claim_by_id(session, claim_id, locked=True)
    if claim.state == "released":
        return
    store.tie(session, claim.id, conflict_id)
    word = Word(act="suspend", actor=HOUSE, ground="", words="", at=at)
    change(session, claim, suspended(claim, at=at), word)


def _rests(session: Session, claim: Claim) -> bool:
    """Whether a claim still rests on enough that is its work's own."""
    match = look_store.match_of(session, claim.film_id, claim.work_id)
    if match is None or not match.evidence.found:
        return True  # by hand: the conflict was not about what it rests on
    names = [one.reference_id for one in match.evidence.found]
    lost = look_store.shared_in(session, names, excluded=True)
    left = match.evidence.without([(name, start, end) for _, name, start, end in lost])
    return left.matched_ms >= claim.policy.match_min_ms


def _same_owners(session: Session, one: str, other: str) -> bool:
    """Whether the same people own both works: then there is nobody to be in conflict."""
    parties = [
        {owner.party for owner in registry.work_by_id(session, work).owners}
        for work in (one, other)
    ]
    return parties[0] == parties[1]

"""The verbs of those whom a claim is about: they claim, dispute, answer, appeal, decide.

The session is the first argument; whoever opened it commits. What is done and said is kept, and
what follows from it (money, who may see the film) happens in the same transaction.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from matinee.kit.db import Session
from matinee.kit.ids import Ids
from matinee.rights import store as registry
from matinee.rights.errors import FilmUnknown
from matinee.rights.model import Work

from . import limits, look_store, store
from .errors import ClaimInvalid, ClaimNotFound, MatchNotFound, OwnClaim, WorkUnproven
from .evidence import Evidence
from .look_store import KeptMatch
from .model import (
    GROUNDS,
    IN_DISPUTE,
    WORDS_CHARACTERS_MAX,
    WORDS_CHARACTERS_MIN,
    Act,
    Claim,
    after,
    lapsed,
)
from .opening import HOUSE, change, open_claim
from .store import Word

_AT_ONCE = 200
_SILENCE = {"disputed": "no answer", "appealed": "no decision"}


def claim_by_hand(
    session: Session,
    film_id: str,
    work_id: str,
    person: str,
    statement: str,
    *,
    ids: Ids,
    at: datetime,
) -> Claim:
    """Claim a film for a work of one's own, with a statement under one's own name.

    It takes effect when its maker was heard. Raises ``WorkNotFound``, ``WorkUnproven``,
    ``FilmUnknown``, ``ClaimOnLicensed``, ``AlreadyClaimed``, ``ClaimInvalid``, ``ClaimsTooMany``
    and ``ClaimantSuspended``.
    """
    words = _checked(statement)
    work = _work_of(session, work_id, person)
    maker = look_store.made_by(session, film_id)
    if not maker:
        raise FilmUnknown(film_id)
    limits.check(session, person, at=at)
    kept = look_store.match_of(session, film_id, work_id)
    match = kept or KeptMatch(
        id="",
        film_id=film_id,
        maker=maker,
        evidence=Evidence(subject_id=work_id, found=()),
        certain=False,
        matched_ms=0,
        state="waiting",
        why="",
        found_at=at,
    )
    claim = open_claim(
        session,
        match,
        work,
        store.policy_of(session, work_id),
        Word(act="open", actor=person, ground="manual", words=words, at=at),
        ids=ids,
    )
    if kept is not None:
        look_store.decide_match(session, kept.id, "claimed", why="by hand", by=person, at=at)
    return claim


def decide_match(
    session: Session,
    match_id: str,
    person: str,
    *,
    moderator: bool,
    claim: bool,
    words: str,
    ids: Ids,
    at: datetime,
) -> Claim | None:
    """Say of a match that waits whether it is one: an owner of its work, or a moderator.

    An owner who claims it does so by hand, within the limits; a moderator's claim is one that a
    person looked at who gains nothing. Raises ``MatchNotFound`` and what ``claim_by_hand`` raises.
    """
    match = look_store.match_by_id(session, match_id)
    subject = match.evidence.subject_id
    owners = owners_of(session, subject)
    if match.state != "waiting" or not (moderator or person in owners):
        raise MatchNotFound(match_id)
    if person == match.maker:
        raise OwnClaim(match_id)
    if not claim:
        look_store.decide_match(session, match_id, "dismissed", why=words, by=person, at=at)
        return None
    if person in owners:
        return claim_by_hand(session, match.film_id, subject, person, words, ids=ids, at=at)
    work = registry.work_by_id(session, subject)
    made = open_claim(
        session,
        match,
        work,
        store.policy_of(session, work.id),
        Word(act="open", actor=person, ground="review", words=_checked(words), at=at),
        ids=ids,
    )
    look_store.decide_match(session, match_id, "claimed", why=words, by=person, at=at)
    return made


def dispute(
    session: Session, claim_id: str, person: str, ground: str, words: str, *, at: datetime
) -> Claim:
    """Object to a claim on a film of one's own, on a ground; its share waits from now on.

    Raises ``ClaimNotFound``, ``ClaimInvalid``, ``ClaimStepImpossible`` and ``DeadlinePassed``.
    """
    if ground not in GROUNDS:
        raise ClaimInvalid("ground", f"it is one of {', '.join(GROUNDS)}")
    claim = _locked(session, claim_id, lambda one: one.maker == person)
    return _done(session, claim, "dispute", _word("dispute", person, words, at, ground=ground))


def answer(
    session: Session, claim_id: str, person: str, words: str, *, uphold: bool, at: datetime
) -> Claim:
    """Answer a dispute as an owner of the work: the claim stands, or it is released.

    Raises as ``dispute`` does.
    """
    claim = _locked(session, claim_id, lambda one: owns(session, one, person))
    return _done(
        session,
        claim,
        "uphold" if uphold else "release",
        _word("uphold" if uphold else "release", person, words, at),
    )


def appeal(session: Session, claim_id: str, person: str, words: str, *, at: datetime) -> Claim:
    """Take an upheld claim to the desk, as the maker of the film. Raises as ``dispute`` does."""
    claim = _locked(session, claim_id, lambda one: one.maker == person)
    return _done(session, claim, "appeal", _word("appeal", person, words, at))


def decide(
    session: Session, claim_id: str, moderator: str, words: str, *, uphold: bool, at: datetime
) -> Claim:
    """Decide an appeal for good, as the desk. Raises ``OwnClaim``, and as ``dispute`` does."""
    claim = _locked(session, claim_id, lambda one: one.state == "appealed")
    if moderator == claim.maker or owns(session, claim, moderator):
        raise OwnClaim(claim_id)
    act: Act = "uphold" if uphold else "release"
    return _done(session, claim, act, _word(act, moderator, words, at))


def withdraw(session: Session, claim_id: str, person: str, *, at: datetime) -> Claim:
    """Give a claim up, as an owner of the work. Raises ``ClaimNotFound``."""
    claim = _locked(session, claim_id, lambda one: owns(session, one, person))
    return _done(
        session, claim, "withdraw", Word(act="withdraw", actor=person, ground="", words="", at=at)
    )


def strike(session: Session, *, at: datetime) -> int:
    """Let silence speak in every claim whose time is over; returns how many there were."""
    due = store.due_claims(session, at=at, limit=_AT_ONCE)
    for claim in due:
        now = lapsed(claim, at=at)
        assert now is not None, f"{claim.id} is not due"
        words = _SILENCE.get(claim.state, "no objection")
        word = Word(act="silence", actor=HOUSE, ground="", words=words, at=at)
        _changed(session, claim, now, word)
    return len(due)


def _done(session: Session, claim: Claim, act: Act, word: Word) -> Claim:
    return _changed(session, claim, after(claim, act, at=word.at), word)


def _changed(session: Session, before: Claim, now: Claim, word: Word) -> Claim:
    """Keep a change, and count against a claimant by hand what did not stand."""
    lost: bool | None = None
    if before.state in IN_DISPUTE and now.ended:
        lost = now.state == "released"
    change(session, before, now, word, lost=lost)
    if lost and now.claimant:
        limits.judge(session, now.claimant, at=word.at)
    return now


def _locked(session: Session, claim_id: str, may: Callable[[Claim], bool]) -> Claim:
    claim = store.claim_by_id(session, claim_id, locked=True)
    if not may(claim):
        raise ClaimNotFound(claim_id)
    return claim


def owns(session: Session, claim: Claim, person: str) -> bool:
    """Whether somebody owned a part of the work when it was claimed, or owns one now."""
    present = registry.work_by_id(session, claim.work_id).owners
    return person in {owner.party for owner in (*claim.owners, *present)}


def owners_of(session: Session, subject: str) -> frozenset[str]:
    """The owners of a work; nobody if it is a film."""
    if not subject.startswith("work_"):
        return frozenset()
    return frozenset(owner.party for owner in registry.work_by_id(session, subject).owners)


def _work_of(session: Session, work_id: str, person: str) -> Work:
    """A work of one's own that may claim."""
    work = registry.work_by_id(session, work_id)
    if person not in {owner.party for owner in work.owners}:
        raise ClaimNotFound(work_id)
    if not look_store.may_claim(session, work_id):
        raise WorkUnproven(work_id)
    return work


def _word(act: str, actor: str, words: str, at: datetime, *, ground: str = "") -> Word:
    return Word(act=act, actor=actor, ground=ground, words=_checked(words), at=at)


def _checked(words: str) -> str:
    said = words.strip()
    if not WORDS_CHARACTERS_MIN <= len(said) <= WORDS_CHARACTERS_MAX or "\0" in said:
        raise ClaimInvalid(
            "statement",
            f"say why in {WORDS_CHARACTERS_MIN} to {WORDS_CHARACTERS_MAX} characters",
        )
    return said


def remaining(claim: Claim, now: datetime) -> timedelta | None:
    """How much time is left in the state of a claim; None if it has no end or stands still."""
    if claim.ended or claim.due_at is None or claim.suspended_at is not None:
        return None
    return max(timedelta(0), claim.due_at - now)

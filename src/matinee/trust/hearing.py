"""The verbs of the desk: somebody objects, the desk decides, its author appeals.

The session is the first argument; whoever opened it commits. Each verb writes its line into the
audit log in the same transaction.
"""

import hashlib
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from matinee.kit import events
from matinee.kit.db import Session
from matinee.kit.ids import Ids
from matinee.kit.plain import Plain

from . import case_store, store
from .cases import REMINDED_HOURS_LEFT, Case, Statement, appealed, decided, opened
from .errors import (
    CaseNotFound,
    OwnCase,
    OwnDecision,
    RefusalNotFound,
    ReportInvalid,
    TooManyReports,
)
from .model import Subject

CASE_DECIDED = "trust.case_decided"
"""The desk decided: {case_id, subject_kind, subject_id, decision, author, statement}."""
CASE_DUE = "trust.case_due"
"""A case has to be decided soon, or should have been: {case_id, origin, subject_kind, due_at,
reminder_count, hours_left, overdue}; `hours_left` is of the reminder, 0 when time has run out."""

REASONS = (
    "sexual_content", "minors", "hate", "violence", "self_harm", "harassment", "likeness",
    "privacy", "rights", "deception", "spam", "danger", "other",
)  # fmt: skip
REASON_CHARACTERS_MAX = 40
WORDS_CHARACTERS_MAX = 4_000
STATEMENT_CHARACTERS_MIN = 10

REPORTS_PER_DAY = 20
REPORTS_PER_DAY_WHEN_BASELESS = 3
_JUDGED_MIN, _BASELESS_SHARE = 5, 0.8
_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Witness:
    """What a room says of a subject: whose it is, and what is to be remembered of it."""

    author: str
    snapshot: Mapping[str, str]


NOBODY = Witness(author="", snapshot={})


@dataclass(frozen=True, kw_only=True)
class Objection:
    """What somebody who needs no account objects to, and how to reach them."""

    name: str
    email: str
    reason: str
    words: str


def report(
    session: Session,
    subject: Subject,
    reporter_id: str,
    reason: str,
    text: str,
    *,
    at: datetime,
    ids: Ids,
    witness: Witness = NOBODY,
) -> Case:
    """Report a subject; reports of one thing gather in one case while it waits.

    Reporting it again changes nothing. Raises ReportInvalid or TooManyReports.
    """
    _check_words(reason, text, needed=False)
    _within_limits(session, reporter_id, at)
    case = case_store.reported_case(session, subject)
    if case is None:
        case = opened(
            ids.new("case"),
            "report",
            subject,
            author=witness.author,
            reason=reason,
            at=at,
            snapshot=witness.snapshot,
        )
        case_store.add_case(session, case)
        _log(session, case, "opened", actor=reporter_id, at=at, reason=reason)
    said = Statement(
        id=ids.new("said"),
        kind="report",
        teller=reporter_id,
        reason=reason,
        words=text,
        said_at=at,
    )
    if case_store.add_statement(session, case.id, said):
        _log(session, case, "reported", actor=reporter_id, at=at, reason=reason)
    return case


def take_down(
    session: Session,
    subject: Subject,
    objection: Objection,
    *,
    address: str,
    witness: Witness,
    at: datetime,
    ids: Ids,
) -> tuple[Case, str]:
    """Open a case for somebody without an account; returns it and the token that shows it to them.

    `address` is where the request came from, of which a digest is kept to limit abuse. Raises
    ReportInvalid or TooManyReports.
    """
    _check_words(objection.reason, objection.words, needed=True)
    if "@" not in objection.email or not objection.name.strip():
        raise ReportInvalid("give a name, and an e-mail address to answer to.", "email")
    teller = "address:" + hashlib.sha256(address.encode()).hexdigest()[:32]
    _within_limits(session, teller, at)
    case = opened(
        ids.new("case"),
        "takedown",
        subject,
        author=witness.author,
        reason=objection.reason,
        at=at,
        snapshot=witness.snapshot,
    )
    token = secrets.token_urlsafe(24)
    case_store.add_case(session, case, token_sha256=_digest(token))
    said = Statement(
        id=ids.new("said"),
        kind="takedown",
        teller=teller,
        reason=objection.reason,
        words=objection.words,
        said_at=at,
        name=objection.name.strip(),
        email=objection.email.strip(),
    )
    case_store.add_statement(session, case.id, said)
    _log(session, case, "opened", actor=teller, at=at, reason=objection.reason)
    return case, token


def takedown_with_token(session: Session, case_id: str, token: str) -> Case:
    """Return the case of a takedown; raises CaseNotFound."""
    return case_store.case_with_token(session, case_id, _digest(token))


def appeal_case(
    session: Session, case_id: str, person: str, words: str, *, at: datetime, ids: Ids
) -> Case:
    """Object to a decision about something of one's own: an appeal or a counter-notice.

    Raises CaseNotFound when the thing is not the person's, StepImpossible or ReportInvalid.
    """
    _check_words("appeal", words, needed=True)
    case = case_store.case_by_id(session, case_id)
    if not case.author or case.author != person:
        raise CaseNotFound(case_id)
    changed = appealed(case, at=at)
    _keep(session, changed)
    said = Statement(
        id=ids.new("said"),
        kind="counter_notice" if case.origin == "takedown" else "appeal",
        teller=person,
        reason="appeal",
        words=words,
        said_at=at,
    )
    case_store.add_statement(session, case.id, said)
    _log(session, changed, said.kind, actor=person, at=at, words=words)
    return changed


def appeal_refusal(
    session: Session, refusal_id: str, person: str, words: str, *, at: datetime, ids: Ids
) -> Case:
    """Ask a moderator to let pass what was refused; raises RefusalNotFound or ReportInvalid."""
    _check_words("appeal", words, needed=True)
    noted = store.refusal_by_id(session, refusal_id)
    if not noted.person or noted.person != person:
        raise RefusalNotFound(refusal_id)
    subject = Subject(kind="refusal", id=refusal_id)
    waiting = case_store.case_of_refusal(session, refusal_id)
    if waiting is not None:
        return waiting
    snapshot = {
        "rule": noted.refusal.rule,
        "why": noted.refusal.why,
        "judged": store.judged_of(session, refusal_id),
        "subject_kind": noted.subject.kind,
        "subject_id": noted.subject.id,
    }
    case = opened(
        ids.new("case"),
        "appeal",
        subject,
        author=person,
        reason=noted.refusal.rule,
        at=at,
        snapshot=snapshot,
    )
    case_store.add_case(session, case)
    said = Statement(
        id=ids.new("said"), kind="appeal", teller=person, reason="appeal", words=words, said_at=at
    )
    case_store.add_statement(session, case.id, said)
    _log(session, case, "opened", actor=person, at=at, reason=noted.refusal.rule)
    return case


def decide(
    session: Session,
    case_id: str,
    decision: str,
    statement: str,
    *,
    by: str,
    at: datetime,
    alone: bool = False,
) -> Case:
    """Decide a case, and say so as an event; `statement` is the reason that its author is given.

    Whoever is `alone`, with no other moderator, may decide about objections to their own decision.
    Raises CaseNotFound, StepImpossible, OwnCase, OwnDecision, or ReportInvalid without a reason.
    """
    if not STATEMENT_CHARACTERS_MIN <= len(statement.strip()) <= WORDS_CHARACTERS_MAX:
        raise ReportInvalid(
            "a decision needs a reason that its author can understand, of "
            f"{STATEMENT_CHARACTERS_MIN} to {WORDS_CHARACTERS_MAX} characters.",
            "reason",
        )
    case = case_store.case_by_id(session, case_id)
    if case.author and case.author == by:
        raise OwnCase(case_id)
    if case.waits and case.decided_by == by and decision != "escalate" and not alone:
        raise OwnDecision(case_id)
    changed = decided(case, decision, by=by, statement=statement.strip(), at=at)
    _keep(session, changed)
    _log(session, changed, decision, actor=by, at=at, statement=statement.strip())
    if changed.waits:
        return changed
    case_store.judge_statements(session, case.id, baseless=changed.state in {"kept", "restored"})
    if case.subject.kind == "refusal" and changed.state == "restored":
        store.excuse(session, case.subject.id, case_id=case.id)
    payload = {
        "case_id": case.id,
        "subject_kind": case.subject.kind,
        "subject_id": case.subject.id,
        "decision": decision,
        "author": case.author,
        "statement": changed.statement,
    }
    events.record(
        session, CASE_DECIDED, key=f"{case.id}:{changed.revision}", payload=payload, at=at
    )
    return changed


def remind(session: Session, *, at: datetime) -> tuple[Case, ...]:
    """Say of waiting cases that their time runs down, once at each mark; returns them.

    Of marks that were passed while nobody looked only the last is told.
    """
    due = case_store.due_cases(session, at=at)
    for case in due:
        count = case.reminders_due(at)
        _keep(session, replace(case, reminder_count=count, revision=case.revision + 1))
        events.record(
            session,
            CASE_DUE,
            key=f"{case.id}:{case.revision + 1}",
            payload=_due(case, count, at),
            at=at,
        )
        _log(session, case, "reminded", actor="clock", at=at, due_at=case.due_at.isoformat())
    return due


def _due(case: Case, count: int, at: datetime) -> dict[str, Plain]:
    """What is told of a case at its reminder number `count`."""
    return {
        "case_id": case.id,
        "origin": case.origin,
        "subject_kind": case.subject.kind,
        "due_at": case.due_at.isoformat(),
        "reminder_count": count,
        "hours_left": REMINDED_HOURS_LEFT[count - 1],
        "overdue": str(case.overdue(at)).lower(),
    }


def is_heard(session: Session, subjects: Iterable[Subject]) -> bool:
    """Whether the desk has something to decide about one of these subjects."""
    return case_store.waits_for(session, subjects)


def listed(
    session: Session, *, state: str = "", after: str = "", limit: int = 50
) -> tuple[Case, ...]:
    """Return cases: those that wait by their time, or those in a state, newest first."""
    return case_store.cases(session, state=state, after=after, limit=limit)


def in_full(
    session: Session, case_id: str, *, by: str, at: datetime
) -> tuple[Case, tuple[Statement, ...], tuple[dict[str, str], ...]]:
    """Return a case, what was said to it, and its log, into which the look itself is written.

    Raises CaseNotFound.
    """
    case = case_store.case_by_id(session, case_id)
    _log(session, case, "seen", actor=by, at=at)
    said = case_store.statements(session, case_id)
    return case, said, case_store.log_of_case(session, case_id)


def first_broken_line(session: Session) -> int | None:
    """Return the first line of the audit log that does not follow from the one before, or None."""
    return case_store.first_broken_line(session)


def exported(session: Session, person: str) -> Iterator[tuple[str, bytes | str]]:
    """Yield what a person reported, what was decided about theirs, and what was refused to them."""
    return case_store.exported(session, person)


def forget(session: Session, person: str) -> None:
    """Delete what is held of a person whose account was closed; decisions and the log stay."""
    case_store.forget_person(session, person)


def _keep(session: Session, changed: Case) -> None:
    kept = case_store.keep_case(session, changed)
    assert kept, "a case is held while it is changed"


def _check_words(reason: str, words: str, *, needed: bool) -> None:
    if not 0 < len(reason) <= REASON_CHARACTERS_MAX:
        raise ReportInvalid(f"give one of the reasons {', '.join(REASONS)}.", "reason")
    if len(words) > WORDS_CHARACTERS_MAX or (needed and not words.strip()):
        raise ReportInvalid(f"say why, in at most {WORDS_CHARACTERS_MAX} characters.", "text")


def _within_limits(session: Session, teller: str, at: datetime) -> None:
    recent, baseless, judged = case_store.record_of_teller(session, teller, since=at - _DAY)
    cries_wolf = judged >= _JUDGED_MIN and baseless / judged >= _BASELESS_SHARE
    most = REPORTS_PER_DAY_WHEN_BASELESS if cries_wolf else REPORTS_PER_DAY
    if recent >= most:
        raise TooManyReports(most, int(_DAY.total_seconds()))


def _log(
    session: Session, case: Case, act: str, *, actor: str, at: datetime, **detail: str
) -> None:
    told = {"state": case.state, **detail}
    case_store.log(session, case.id, act, actor=actor, detail=told, at=at)


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()

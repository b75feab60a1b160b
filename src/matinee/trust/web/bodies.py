"""What is sent to trust and what it answers, and what its routers work with."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

import msgspec
from fastapi import Request

from matinee.kit.bodies import decoded
from matinee.kit.clock import Clock
from matinee.kit.db import Database, Session
from matinee.kit.ids import Ids
from matinee.people import Visitor
from matinee.trust.cases import Case, Statement
from matinee.trust.errors import ReportInvalid
from matinee.trust.hearing import NOBODY, Witness
from matinee.trust.model import Subject

BODY_BYTES_MAX = 64 * 1024

Witnesses = Mapping[str, Callable[[Session, str], Witness | None]]
"""For each kind of subject, what its room says of one: None when there is none with that id."""

S = TypeVar("S", bound=msgspec.Struct)


@dataclass(frozen=True, kw_only=True)
class TrustDesk:
    """Where requests about trust are answered.

    `may_see` is whether a visitor may know of a subject; `anchors_pem` are the certificates of the
    authorities that seals are held against; `proxies` are believed whose request they pass on.
    """

    database: Database
    clock: Clock
    ids: Ids
    witnesses: Witnesses
    may_see: Callable[[Session, Visitor | None, Subject], bool]
    anchors_pem: str
    proxies: frozenset[str] = frozenset()

    def witness(self, session: Session, subject: Subject) -> Witness:
        """Ask the subject's room about it; raises ReportInvalid for what is not there."""
        asked = self.witnesses.get(subject.kind)
        if asked is None:
            kinds = ", ".join(sorted(self.witnesses))
            reason = f"the desk hears about {kinds}, not about {subject.kind[:40]!r}."
            raise ReportInvalid(reason, "subject")
        found = asked(session, subject.id)
        if found is None:
            raise ReportInvalid(f"there is no {subject.kind} {subject.id[:80]!r}.", "subject")
        return found or NOBODY


class SubjectBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What something is about."""

    kind: str
    id: str


class TakedownBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody without an account sends: the thing by kind and id, or by its address."""

    name: str
    email: str
    reason: str
    text: str
    truthful: bool
    subject: SubjectBody | None = None
    url: str = ""


class AppealBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An appeal against a refusal or against a decision of the desk."""

    text: str
    refusal_id: str = ""
    case_id: str = ""


class DecisionBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A moderator's decision and the reason that the author is given."""

    decision: str
    reason: str


class CaseView(msgspec.Struct, frozen=True):
    """A case as moderators see it in a list."""

    id: str
    origin: str
    subject: SubjectBody
    author: str
    state: str
    reason: str
    opened_at: datetime
    due_at: datetime
    overdue: bool
    decided_at: datetime | None
    decided_by: str
    statement: str
    appeals: int
    decisions: tuple[str, ...]


class StatementView(msgspec.Struct, frozen=True):
    """What somebody said to a case."""

    kind: str
    teller: str
    name: str
    email: str
    reason: str
    text: str
    said_at: datetime


class CaseInFull(msgspec.Struct, frozen=True):
    """A case with all that was said, what was known of its subject, and the log."""

    case: CaseView
    snapshot: dict[str, str]
    statements: tuple[StatementView, ...]
    log: tuple[dict[str, str], ...]


class CaseList(msgspec.Struct, frozen=True):
    """A page of cases; `cursor` leads to the next one, null at the end."""

    cases: tuple[CaseView, ...]
    cursor: str | None


class Answer(msgspec.Struct, frozen=True):
    """What the one who objected, or the author, is told of a case."""

    id: str
    state: str
    reason: str
    opened_at: datetime
    due_at: datetime
    decided_at: datetime | None
    statement: str
    subject: SubjectBody
    may_appeal: bool
    token: str | None = None


def case_view(case: Case, now: datetime) -> CaseView:
    """Present a case to moderators."""
    return CaseView(
        id=case.id,
        origin=case.origin,
        subject=SubjectBody(case.subject.kind, case.subject.id),
        author=case.author,
        state=case.state,
        reason=case.reason,
        opened_at=case.opened_at,
        due_at=case.due_at,
        overdue=case.overdue(now),
        decided_at=case.decided_at,
        decided_by=case.decided_by,
        statement=case.statement,
        appeals=case.appeal_count,
        decisions=case.decisions,
    )


def statement_view(said: Statement) -> StatementView:
    """Present what somebody said."""
    return StatementView(
        kind=said.kind,
        teller=said.teller,
        name=said.name,
        email=said.email,
        reason=said.reason,
        text=said.words,
        said_at=said.said_at,
    )


def answer_of(case: Case, token: str | None = None) -> Answer:
    """Present a case to somebody outside the desk."""
    return Answer(
        id=case.id,
        state=case.state,
        reason=case.reason,
        opened_at=case.opened_at,
        due_at=case.due_at,
        decided_at=case.decided_at,
        statement=case.statement,
        subject=SubjectBody(case.subject.kind, case.subject.id),
        may_appeal=case.may_be_appealed,
        token=token,
    )


async def read_body(request: Request, kind: type[S]) -> S:
    """Read a body of JSON; raises ReportInvalid that names what is wrong."""
    body = await request.body()
    if len(body) > BODY_BYTES_MAX:
        raise ReportInvalid(f"the body is larger than {BODY_BYTES_MAX} bytes.", "body")
    return decoded(body, kind, lambda reason: ReportInvalid(f"{reason}.", "body"))

"""The tables of the desk: cases, statements and the audit log."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime

import msgspec
from sqlalchemy import RowMapping, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.sql import bindparam

from matinee.kit.db import Session

from .cases import REMINDED_HOURS_LEFT, WAITING, Case, Statement
from .errors import CaseNotFound
from .model import Subject

_GENESIS = "0" * 64


def add_case(session: Session, new: Case, *, token_sha256: bytes | None = None) -> None:
    """Store a case that was just opened."""
    session.execute(
        text(
            "insert into trust.case_ (id, origin, subject_kind, subject_id, author, state, reason,"
            " opened_at, due_at, snapshot, token_sha256) values (:id, :origin, :kind, :subject,"
            " :author, :state, :reason, :opened_at, :due_at, :snapshot, :token)"
        ).bindparams(bindparam("snapshot", type_=JSONB)),
        {
            "id": new.id,
            "origin": new.origin,
            "kind": new.subject.kind,
            "subject": new.subject.id,
            "author": new.author,
            "state": new.state,
            "reason": new.reason,
            "opened_at": new.opened_at,
            "due_at": new.due_at,
            "snapshot": dict(new.snapshot),
            "token": token_sha256,
        },
    )


def keep_case(session: Session, changed: Case) -> bool:
    """Store what became of a case; returns whether nobody else changed it meanwhile."""
    done = session.execute(
        text(
            "update trust.case_ set state = :state, appeal_count = :appeal_count, due_at = :due_at,"
            " reminder_count = :reminder_count, decided_at = :decided_at, decided_by = :decided_by,"
            " statement = :statement, revision = :revision"
            " where id = :id and revision = :revision - 1"
        ),
        {
            "id": changed.id,
            "state": changed.state,
            "appeal_count": changed.appeal_count,
            "due_at": changed.due_at,
            "reminder_count": changed.reminder_count,
            "decided_at": changed.decided_at,
            "decided_by": changed.decided_by,
            "statement": changed.statement,
            "revision": changed.revision,
        },
    )
    return done.rowcount == 1


def case_by_id(session: Session, case_id: str) -> Case:
    """Return a case and hold it until the transaction ends; raises CaseNotFound."""
    row = (
        session.execute(
            text("select * from trust.case_ where id = :id for update"), {"id": case_id}
        )
        .mappings()
        .first()
    )
    if row is None:
        raise CaseNotFound(case_id)
    return _case(row)


def case_with_token(session: Session, case_id: str, token_sha256: bytes) -> Case:
    """Return the case that a token was given out for; raises CaseNotFound."""
    row = (
        session.execute(
            text("select * from trust.case_ where id = :id and token_sha256 = :token"),
            {"id": case_id, "token": token_sha256},
        )
        .mappings()
        .first()
    )
    if row is None:
        raise CaseNotFound(case_id)
    return _case(row)


def reported_case(session: Session, subject: Subject) -> Case | None:
    """Return the case in which reports about a subject are gathered, if one waits."""
    _hold_subject(session, subject)
    row = (
        session.execute(
            text(
                "select * from trust.case_ where origin = 'report' and subject_kind = :kind"
                " and subject_id = :subject and state in ('open', 'escalated')"
            ),
            {"kind": subject.kind, "subject": subject.id},
        )
        .mappings()
        .first()
    )
    return None if row is None else _case(row)


def waits_for(session: Session, subjects: Iterable[Subject]) -> bool:
    """Whether a case about one of these subjects waits for a decision."""
    wanted = tuple(subjects)
    found = session.execute(
        text(
            "select 1 from trust.case_ c join unnest(cast(:kinds as text[]), cast(:ids as text[]))"
            " s (kind, id) on s.kind = c.subject_kind and s.id = c.subject_id"
            " where c.state = any(:waiting) limit 1"
        ),
        {
            "kinds": [one.kind for one in wanted],
            "ids": [one.id for one in wanted],
            "waiting": sorted(WAITING),
        },
    ).scalar()
    return found is not None


def case_of_refusal(session: Session, refusal_id: str) -> Case | None:
    """Return the appeal against a refusal, waiting or decided, if there is one."""
    _hold_subject(session, Subject(kind="refusal", id=refusal_id))
    row = (
        session.execute(
            text(
                "select * from trust.case_ where origin = 'appeal' and subject_kind = 'refusal'"
                " and subject_id = :id"
            ),
            {"id": refusal_id},
        )
        .mappings()
        .first()
    )
    return None if row is None else _case(row)


def cases(
    session: Session, *, state: str = "", after: str = "", limit: int = 50
) -> tuple[Case, ...]:
    """Return cases, those that wait by their time, others newest first.

    An empty `state` means all that wait; `after` is the id of the last case of the page before.
    """
    waiting = state in {"", *WAITING}
    order = "(due_at, id)" if waiting else "(opened_at, id)"
    sign, direction = (">", "") if waiting else ("<", "desc")
    keys = order.strip("()")
    columns = keys.replace(",", f" {direction},") + f" {direction}"
    rows = session.execute(
        text(
            # Only these two orders and signs are ever put in.
            "select * from trust.case_ where state = any(:states)"  # noqa: S608
            f" and (:after = '' or {order} {sign} (select {keys} from trust.case_"
            f" where id = :after)) order by {columns} limit :limit"
        ),
        {"states": [state] if state else sorted(WAITING), "after": after, "limit": limit},
    ).mappings()
    return tuple(_case(row) for row in rows)


def cases_of_author(session: Session, person: str, *, limit: int = 50) -> tuple[Case, ...]:
    """Return the cases about what somebody made that were decided, newest first."""
    rows = session.execute(
        text(
            "select * from trust.case_ where author = :person and decided_at is not null"
            " order by decided_at desc, id desc limit :limit"
        ),
        {"person": person, "limit": limit},
    ).mappings()
    return tuple(_case(row) for row in rows)


def due_cases(session: Session, *, at: datetime, limit: int = 200) -> tuple[Case, ...]:
    """Return waiting cases whose next reminder is due, held until the transaction ends."""
    rows = session.execute(
        text(
            "select * from trust.case_ where state in ('open', 'escalated', 'appealed')"
            " and due_at <= cast(:at as timestamptz) + make_interval("
            "  hours => (cast(:hours_left as int[]))[reminder_count + 1])"
            " order by due_at limit :limit for update skip locked"
        ),
        {"at": at, "hours_left": list(REMINDED_HOURS_LEFT), "limit": limit},
    ).mappings()
    return tuple(_case(row) for row in rows)


def is_waiting(session: Session, case_id: str, *, reminder_count: int) -> bool:
    """Whether a case waits, and this was its last reminder."""
    row = session.execute(
        text(
            "select from trust.case_ where id = :id and reminder_count = :count"
            " and state in ('open', 'escalated', 'appealed')"
        ),
        {"id": case_id, "count": reminder_count},
    ).first()
    return row is not None


def add_statement(session: Session, case_id: str, said: Statement) -> bool:
    """Keep what somebody said; returns whether it is new: a person reports a thing once."""
    done = session.execute(
        text(
            "insert into trust.statement (id, case_id, kind, teller, name, email, reason, words,"
            " said_at) values (:id, :case, :kind, :teller, :name, :email, :reason, :words, :at)"
            " on conflict (case_id, teller, kind) where kind = 'report' do nothing"
        ),
        {
            "id": said.id,
            "case": case_id,
            "kind": said.kind,
            "teller": said.teller,
            "name": said.name,
            "email": said.email,
            "reason": said.reason,
            "words": said.words,
            "at": said.said_at,
        },
    )
    return done.rowcount == 1


def statements(session: Session, case_id: str) -> tuple[Statement, ...]:
    """Return what was said to a case, in order."""
    rows = session.execute(
        text("select * from trust.statement where case_id = :id order by id"), {"id": case_id}
    ).mappings()
    return tuple(
        Statement(
            id=row["id"],
            kind=row["kind"],
            teller=row["teller"],
            name=row["name"],
            email=row["email"],
            reason=row["reason"],
            words=row["words"],
            said_at=row["said_at"],
        )
        for row in rows
    )


def judge_statements(session: Session, case_id: str, *, baseless: bool) -> None:
    """Remember of those who objected whether the desk agreed with them."""
    session.execute(
        text(
            "update trust.statement set baseless = :baseless"
            " where case_id = :id and kind in ('report', 'takedown')"
        ),
        {"id": case_id, "baseless": baseless},
    )


def record_of_teller(session: Session, teller: str, *, since: datetime) -> tuple[int, int, int]:
    """Count what somebody reported `since`, and of all that was decided, the baseless and all."""
    session.execute(
        text("select pg_advisory_xact_lock(hashtextextended('trust.teller:' || :teller, 0))"),
        {"teller": teller},
    )
    row = session.execute(
        text(
            "select count(*) filter (where said_at > :since) as recent,"
            " count(*) filter (where baseless) as baseless,"
            " count(*) filter (where baseless is not null) as judged"
            " from trust.statement where teller = :teller and kind in ('report', 'takedown')"
        ),
        {"teller": teller, "since": since},
    ).one()
    return row.recent, row.baseless, row.judged


# What is exported of a person, by the name of its file. Who reported them or decided is not theirs.
_EXPORTED = {
    "reports": "select s.case_id, s.kind, s.reason, s.words, s.said_at, c.subject_kind,"
    " c.subject_id, c.state from trust.statement s join trust.case_ c on c.id = s.case_id"
    " where s.teller = :person order by s.id",
    "decisions": "select id, origin, subject_kind, subject_id, state, reason, statement, opened_at,"
    " decided_at from trust.case_ where author = :person order by id",
    "refusals": "select id, subject_kind, subject_id, rule, why, passes, judged, refused_at"
    " from trust.refusal where person = :person order by id",
}


def exported(session: Session, person: str) -> Iterator[tuple[str, bytes | str]]:
    """Yield what the desk holds of a person, as JSON files."""
    for name, query in _EXPORTED.items():
        rows = session.execute(text(query), {"person": person}).mappings()
        content = msgspec.json.format(msgspec.json.encode([dict(row) for row in rows]), indent=1)
        yield f"{name}.json", content


def forget_person(session: Session, person: str) -> None:
    """Take a person's id from what they said and made; the desk's own log stays."""
    session.execute(
        text(
            "update trust.statement set teller = 'closed', name = '', email = '' where teller = :p"
            " and kind <> 'report'"
        ),
        {"p": person},
    )
    session.execute(
        text("update trust.statement set teller = 'closed:' || id where teller = :p"),
        {"p": person},
    )
    session.execute(text("update trust.case_ set author = '' where author = :p"), {"p": person})
    session.execute(text("delete from trust.refusal where person = :p"), {"p": person})
    session.execute(text("delete from trust.excuse where person = :p"), {"p": person})


def log(
    session: Session, case_id: str, act: str, *, actor: str, detail: Mapping[str, str], at: datetime
) -> None:
    """Write a line into the audit log, behind all others."""
    session.execute(text("select pg_advisory_xact_lock(hashtextextended('trust.log', 0))"))
    last = session.execute(
        text("select seq, digest from trust.log order by seq desc limit 1")
    ).first()
    seq, before = (1, _GENESIS) if last is None else (last.seq + 1, last.digest)
    told = json.dumps(dict(detail), ensure_ascii=False, sort_keys=True)
    session.execute(
        text(
            "insert into trust.log (seq, case_id, act, actor, detail, at, digest)"
            " values (:seq, :case, :act, :actor, :detail, :at, :digest)"
        ),
        {
            "seq": seq,
            "case": case_id,
            "act": act,
            "actor": actor,
            "detail": told,
            "at": at,
            "digest": _digest(
                before, (seq, case_id, act, actor, told, at.astimezone(UTC).isoformat())
            ),
        },
    )


def log_of_case(session: Session, case_id: str) -> tuple[dict[str, str], ...]:
    """Return what the log says of a case, in order: at, act, actor, detail, digest."""
    rows = session.execute(
        text(
            "select at, act, actor, detail, digest from trust.log where case_id = :id order by seq"
        ),
        {"id": case_id},
    )
    return tuple(
        {
            "at": row.at.isoformat(),
            "act": row.act,
            "actor": row.actor,
            "detail": row.detail,
            "digest": row.digest,
        }
        for row in rows
    )


def first_broken_line(session: Session) -> int | None:
    """Return the first line of the log that does not follow from the one before, or None."""
    before, expected = _GENESIS, 1
    for row in session.execute(text("select * from trust.log order by seq")):
        told = (
            row.seq,
            row.case_id,
            row.act,
            row.actor,
            row.detail,
            row.at.astimezone(UTC).isoformat(),
        )
        if row.seq != expected or row.digest != _digest(before, told):
            return expected
        before, expected = row.digest, row.seq + 1
    return None


def _hold_subject(session: Session, subject: Subject) -> None:
    """Let two who open the first case about a subject at the same time wait for one another."""
    session.execute(
        text("select pg_advisory_xact_lock(hashtextextended('trust.case:' || :subject, 0))"),
        {"subject": f"{subject.kind}:{subject.id}"},
    )


def _digest(before: str, told: tuple[object, ...]) -> str:
    line = json.dumps([before, *told], ensure_ascii=False)
    return hashlib.sha256(line.encode()).hexdigest()


def _case(row: RowMapping) -> Case:
    return Case(
        id=row["id"],
        origin=row["origin"],
        subject=Subject(kind=row["subject_kind"], id=row["subject_id"]),
        author=row["author"],
        state=row["state"],
        reason=row["reason"],
        opened_at=row["opened_at"],
        due_at=row["due_at"],
        appeal_count=row["appeal_count"],
        reminder_count=row["reminder_count"],
        decided_at=row["decided_at"],
        decided_by=row["decided_by"],
        statement=row["statement"],
        snapshot=row["snapshot"],
        revision=row["revision"],
    )

"""The tables of trust; the only file that sees their rows."""

from sqlalchemy import RowMapping, text

from matinee.kit.db import Session

from .errors import RefusalNotFound
from .model import NotedRefusal, Refusal, Subject


def add_refusal(
    session: Session, new: NotedRefusal, *, judged: str, moderator: str, words_sha256: str
) -> str:
    """Keep a refusal; returns its id, or that of the same one that is kept already."""
    kept: str = session.execute(
        text(
            "insert into trust.refusal (id, subject_kind, subject_id, person, rule, why, passes,"
            " judged, moderator, refused_at, words_sha256) values (:id, :kind, :subject, :person,"
            " :rule, :why, :passes, :judged, :moderator, :at, :words)"
            " on conflict (subject_kind, subject_id, rule) do update set why = excluded.why"
            " returning id"
        ),
        {
            "id": new.id,
            "kind": new.subject.kind,
            "subject": new.subject.id,
            "person": new.person,
            "rule": new.refusal.rule,
            "why": new.refusal.why,
            "passes": new.refusal.passes,
            "judged": judged,
            "moderator": moderator,
            "words": words_sha256,
            "at": new.refused_at,
        },
    ).scalar_one()
    return kept


def refusal_by_id(session: Session, refusal_id: str) -> NotedRefusal:
    """Return a refusal; raises RefusalNotFound."""
    row = (
        session.execute(text("select * from trust.refusal where id = :id"), {"id": refusal_id})
        .mappings()
        .first()
    )
    if row is None:
        raise RefusalNotFound(refusal_id)
    return _refusal(row)


def judged_of(session: Session, refusal_id: str) -> str:
    """Return the text that was judged; raises RefusalNotFound."""
    found = session.execute(
        text("select judged from trust.refusal where id = :id"), {"id": refusal_id}
    ).scalar()
    if found is None:
        raise RefusalNotFound(refusal_id)
    return str(found)


def excuse(session: Session, refusal_id: str, *, case_id: str) -> None:
    """Let the words of a refusal pass from now on, for whoever was refused, by that rule."""
    session.execute(
        text(
            "insert into trust.excuse (person, rule, words_sha256, case_id)"
            " select person, rule, words_sha256, :case from trust.refusal where id = :id"
            " on conflict do nothing"
        ),
        {"id": refusal_id, "case": case_id},
    )


def excused_rules(session: Session, person: str, words_sha256: str) -> frozenset[str]:
    """Return the rules that an appeal lifted for these words of a person."""
    rows = session.execute(
        text("select rule from trust.excuse where person = :person and words_sha256 = :words"),
        {"person": person, "words": words_sha256},
    )
    return frozenset(row.rule for row in rows)


def _refusal(row: RowMapping) -> NotedRefusal:
    return NotedRefusal(
        id=row["id"],
        subject=Subject(kind=row["subject_kind"], id=row["subject_id"]),
        person=row["person"],
        refusal=Refusal(rule=row["rule"], why=row["why"], passes=row["passes"]),
        refused_at=row["refused_at"],
    )

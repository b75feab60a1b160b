"""The tables of trust; the only file that sees their rows."""

from sqlalchemy import RowMapping, text

from matinee.kit.db import Session

from .errors import RefusalNotFound
from .model import NotedRefusal, Refusal, Subject


def add_refusal(session: Session, new: NotedRefusal, *, judged: str, moderator: str) -> str:
    """Keep a refusal; returns its id, or that of the same one that is kept already."""
    kept: str = session.execute(
        text(
            "insert into trust.refusal (id, subject_kind, subject_id, person, rule, why, passes,"
            " judged, moderator, refused_at) values (:id, :kind, :subject, :person, :rule, :why,"
            " :passes, :judged, :moderator, :at)"
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


def _refusal(row: RowMapping) -> NotedRefusal:
    return NotedRefusal(
        id=row["id"],
        subject=Subject(kind=row["subject_kind"], id=row["subject_id"]),
        person=row["person"],
        refusal=Refusal(rule=row["rule"], why=row["why"], passes=row["passes"]),
        refused_at=row["refused_at"],
    )

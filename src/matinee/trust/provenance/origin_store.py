"""The tables of provenance: films that left the house, their marks and fingerprints."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import RowMapping, text

from matinee.kit.db import Session
from matinee.trust.model import Subject

from .fingerprints import DISTANCE_MAX, Print

_NEAR_MAX = 5_000


@dataclass(frozen=True, kw_only=True)
class Origin:
    """A film that left the house: the number of its mark and the label of its manifest."""

    subject: Subject
    number: int
    label: str
    duration_ms: int
    kept_at: datetime


def keep(
    session: Session,
    subject: Subject,
    *,
    label: str,
    duration_ms: int,
    prints: Sequence[Print],
    at: datetime,
) -> int:
    """Keep what a subject is known again by, anew if it was kept before; returns its number."""
    number: int = session.execute(
        text(
            "insert into trust.origin (subject_kind, subject_id, label, duration_ms, kept_at)"
            " values (:kind, :id, :label, :duration_ms, :at)"
            " on conflict (subject_kind, subject_id) do update set label = excluded.label,"
            " duration_ms = excluded.duration_ms returning number"
        ),
        {
            "kind": subject.kind,
            "id": subject.id,
            "label": label,
            "duration_ms": duration_ms,
            "at": at,
        },
    ).scalar_one()
    session.execute(
        text("delete from trust.print where subject_kind = :kind and subject_id = :id"),
        {"kind": subject.kind, "id": subject.id},
    )
    if prints:
        session.execute(
            text(
                "insert into trust.print (subject_kind, subject_id, at_ms, bits)"
                " values (:kind, :id, :at_ms, cast(:bits as bit(256)))"
            ),
            [
                {
                    "kind": subject.kind,
                    "id": subject.id,
                    "at_ms": one.at_ms,
                    "bits": _binary(one.bits),
                }
                for one in prints
            ],
        )
    return number


def origin_of(session: Session, subject: Subject) -> Origin | None:
    """Return what is kept of a subject."""
    return _one(
        session,
        "subject_kind = :kind and subject_id = :id",
        {"kind": subject.kind, "id": subject.id},
    )


def origin_of_number(session: Session, number: int) -> Origin | None:
    """Return the subject whose mark is `number`."""
    return _one(session, "number = :number", {"number": number})


def near_prints(session: Session, asked: Sequence[Print]) -> list[tuple[str, Print, Print]]:
    """Return pictures that are kept and near to those asked for: (subject id, asked, kept).

    Every kept picture is compared: a tenth of a second for a hundred thousand of them and one that
    is asked for. An index over parts of the hash is worth its place from a million on.
    """
    if not asked:
        return []
    rows = session.execute(
        text(
            "select q.at_ms as asked_ms, p.subject_kind || ':' || p.subject_id as subject, p.at_ms"
            " from unnest(cast(:times as int[]), cast(:bits as text[])) as q(at_ms, bits)"
            " join trust.print p on bit_count(p.bits # cast(q.bits as bit(256))) <= :most"
            " limit :limit"
        ),
        {
            "times": [one.at_ms for one in asked],
            "bits": [_binary(one.bits) for one in asked],
            "most": DISTANCE_MAX,
            "limit": _NEAR_MAX,
        },
    )
    by_time = {one.at_ms: one for one in asked}
    return [(row.subject, by_time[row.asked_ms], Print(at_ms=row.at_ms, bits="")) for row in rows]


def forget(session: Session, subject: Subject) -> None:
    """Forget what a subject is known again by."""
    session.execute(
        text("delete from trust.origin where subject_kind = :kind and subject_id = :id"),
        {"kind": subject.kind, "id": subject.id},
    )


def _one(session: Session, where: str, values: dict[str, str | int]) -> Origin | None:
    row = (
        session.execute(
            # The conditions are this module's own.
            text(f"select * from trust.origin where {where}"),  # noqa: S608
            values,
        )
        .mappings()
        .first()
    )
    return None if row is None else _origin(row)


def _origin(row: RowMapping) -> Origin:
    return Origin(
        subject=Subject(kind=row["subject_kind"], id=row["subject_id"]),
        number=row["number"],
        label=row["label"],
        duration_ms=row["duration_ms"],
        kept_at=row["kept_at"],
    )


def _binary(bits: str) -> str:
    return f"{int(bits, 16):0256b}"

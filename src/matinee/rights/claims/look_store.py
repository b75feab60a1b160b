"""The tables of looking: films that were looked through, what was found, references in conflict."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

import msgspec
from sqlalchemy import RowMapping, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.sql import bindparam

from matinee.kit.db import Session

from .errors import MatchNotFound
from .evidence import Evidence, Found

LookState: TypeAlias = Literal["held", "checked", "failed"]
MatchState: TypeAlias = Literal["waiting", "claimed", "dismissed", "exempt", "short"]


@dataclass(frozen=True, kw_only=True)
class Look:
    """A film that is or was looked through; ``video`` is the blob key of its file."""

    film_id: str
    maker: str
    uploaded: bool
    video: str
    made_at: datetime
    state: LookState = "held"
    fault: str = ""


@dataclass(frozen=True, kw_only=True)
class KeptMatch:
    """Something found in a film, and what became of it."""

    id: str
    film_id: str
    maker: str
    evidence: Evidence
    certain: bool
    matched_ms: int
    state: MatchState
    why: str
    found_at: datetime


@dataclass(frozen=True, kw_only=True)
class Reference:
    """A reference medium of a work; ``bound`` is whether the work may claim: proven and agreed."""

    id: str
    work_id: str
    blob: str
    kind: str
    added_at: datetime
    bound: bool


@dataclass(frozen=True, kw_only=True)
class ReferenceConflict:
    """Two works with references in common; ``winner`` is who was decided for, or empty."""

    id: str
    one_work: str
    other_work: str
    evidence: Evidence
    state: str
    winner: str
    reason: str
    opened_at: datetime
    decided_at: datetime | None


def add_look(session: Session, look: Look) -> bool:
    """Note that a film is to be looked through; whether it is new."""
    done = session.execute(
        text(
            "insert into rights.film_look (film_id, maker, uploaded, video, made_at, state)"
            " values (:film, :maker, :uploaded, :video, :at, 'held')"
            " on conflict (film_id) do update set video = excluded.video,"
            " uploaded = rights.film_look.uploaded or excluded.uploaded"
            " where rights.film_look.video <> excluded.video"
        ),
        {
            "film": look.film_id,
            "maker": look.maker,
            "uploaded": look.uploaded,
            "video": look.video,
            "at": look.made_at,
        },
    )
    return done.rowcount == 1


def look_of(session: Session, film_id: str) -> Look | None:
    """The film as it was looked through; None if nobody asked for it."""
    row = (
        session.execute(
            text(
                "select film_id, maker, uploaded, video, made_at, state, fault"
                " from rights.film_look where film_id = :film"
            ),
            {"film": film_id},
        )
        .mappings()
        .first()
    )
    return None if row is None else Look(**row)


def looks_undone(session: Session, *, before: datetime, limit: int) -> list[Look]:
    """Films that should have been looked through by now, and failed ones, the oldest first."""
    rows = session.execute(
        text(
            "select film_id, maker, uploaded, video, made_at, state, fault from rights.film_look"
            " where state <> 'checked' and video <> '' and made_at < :before"
            " order by made_at limit :limit"
        ),
        {"before": before, "limit": limit},
    ).mappings()
    return [Look(**row) for row in rows]


def keep_fingerprint(session: Session, film_id: str, packed: bytes) -> None:
    """Keep the fingerprint of a film."""
    session.execute(
        text("update rights.film_look set fingerprint = :packed where film_id = :film"),
        {"film": film_id, "packed": packed},
    )


def fingerprint_of(session: Session, film_id: str) -> bytes | None:
    """The kept fingerprint of a film, if there is one."""
    row = session.execute(
        text("select fingerprint from rights.film_look where film_id = :film"), {"film": film_id}
    ).first()
    return None if row is None or row.fingerprint is None else bytes(row.fingerprint)


def end_look(
    session: Session, film_id: str, state: LookState, *, fault: str = "", at: datetime
) -> bool:
    """Note how looking ended; whether that is news."""
    done = session.execute(
        text(
            "update rights.film_look set state = :state, fault = :fault, looked_at = :at"
            " where film_id = :film and (state, fault) is distinct from (:state, :fault)"
        ),
        {"film": film_id, "state": state, "fault": fault, "at": at},
    )
    return done.rowcount == 1


def forget_film(session: Session, film_id: str) -> None:
    """Forget the look at a film that is no more, and what was found in it."""
    session.execute(text("delete from rights.film_look where film_id = :film"), {"film": film_id})


def references(session: Session, ids: Sequence[str]) -> dict[str, Reference]:
    """References by their ids, those that are still there."""
    rows = session.execute(
        text(
            "select r.id, r.work_id, r.blob, r.kind, r.added_at, w.standing = 'proven'"
            " and not exists (select from rights.owner o where o.work_id = w.id"
            " and o.confirmed_at is null) as bound"
            " from rights.reference r join rights.work w on w.id = r.work_id"
            " where r.id = any(:ids)"
        ),
        {"ids": list(ids)},
    ).mappings()
    return {row["id"]: Reference(**row) for row in rows}


def keep_reference_print(session: Session, reference_id: str, packed: bytes) -> None:
    """Keep the whole fingerprint of a reference."""
    session.execute(
        text(
            "insert into rights.reference_print values (:id, :packed)"
            " on conflict (reference_id) do update set packed = excluded.packed"
        ),
        {"id": reference_id, "packed": packed},
    )


def reference_print(session: Session, reference_id: str) -> bytes | None:
    """The whole fingerprint of a reference, if there is one."""
    row = session.execute(
        text("select packed from rights.reference_print where reference_id = :id"),
        {"id": reference_id},
    ).first()
    return None if row is None else bytes(row.packed)


def forget_reference_print(session: Session, reference_id: str) -> None:
    """Forget the fingerprint of a reference."""
    session.execute(
        text("delete from rights.reference_print where reference_id = :id"), {"id": reference_id}
    )


def may_claim(session: Session, work_id: str) -> bool:
    """Whether a work was proven and all its owners agreed to their shares."""
    row = session.execute(
        text(
            "select w.standing = 'proven' and not exists (select from rights.owner o"
            " where o.work_id = w.id and o.confirmed_at is null)"
            " from rights.work w where w.id = :id"
        ),
        {"id": work_id},
    )
    return bool(row.scalar_one_or_none())


def all_references(session: Session, *, after: str, limit: int) -> list[str]:
    """The ids of references, in order, behind ``after``."""
    rows = session.execute(
        text("select id from rights.reference where id > :after order by id limit :limit"),
        {"after": after, "limit": limit},
    )
    return list(rows.scalars())


def made_by(session: Session, film_id: str) -> str:
    """Whose a film is; empty if rights do not know it."""
    row = session.execute(
        text(
            "select maker from rights.film_look where film_id = :film union all"
            " select maker from rights.film where film_id = :film limit 1"
        ),
        {"film": film_id},
    ).first()
    return "" if row is None else str(row.maker)


def licensed_works(session: Session, film_ids: Sequence[str]) -> set[str]:
    """The works that films were made with under a licence, themselves or any of their ancestors."""
    rows = session.execute(
        text(
            "with recursive family (film_id) as ("
            " select unnest(cast(:films as text[])) union"
            " select p.parent_id from family f join rights.film_parent p on p.film_id = f.film_id)"
            " select distinct work_id from rights.film_use join family using (film_id)"
        ),
        {"films": list(film_ids)},
    )
    return set(rows.scalars())


def keep_match(session: Session, match: KeptMatch) -> bool:
    """Keep what was found; what a person decided about stays. Whether it was new."""
    row = session.execute(
        text(
            "insert into rights.match (id, film_id, subject_id, maker, score, certain, matched_ms,"
            " evidence, state, why, found_at) values (:id, :film, :subject, :maker, :score,"
            " :certain, :ms, :evidence, :state, :why, :at)"
            " on conflict (film_id, subject_id) do update set score = excluded.score,"
            " certain = excluded.certain, matched_ms = excluded.matched_ms,"
            " evidence = excluded.evidence, state = excluded.state, why = excluded.why"
            " where rights.match.state in ('waiting', 'short', 'exempt')"
            " returning (xmax = 0) as fresh"
        ).bindparams(bindparam("evidence", type_=JSONB)),
        {
            "id": match.id,
            "film": match.film_id,
            "subject": match.evidence.subject_id,
            "maker": match.maker,
            "score": match.evidence.score,
            "certain": match.certain,
            "ms": match.matched_ms,
            "evidence": msgspec.to_builtins(match.evidence.found),
            "state": match.state,
            "why": match.why,
            "at": match.found_at,
        },
    ).first()
    return row is not None and bool(row.fresh)


def match_by_id(session: Session, match_id: str) -> KeptMatch:
    """A match, locked; raises ``MatchNotFound``."""
    row = (
        session.execute(
            text("select * from rights.match where id = :id for update"), {"id": match_id}
        )
        .mappings()
        .first()
    )
    if row is None:
        raise MatchNotFound(match_id)
    return _match(row)


def match_of(session: Session, film_id: str, subject_id: str) -> KeptMatch | None:
    """What was found of a work in a film, if anything."""
    row = (
        session.execute(
            text("select * from rights.match where film_id = :film and subject_id = :subject"),
            {"film": film_id, "subject": subject_id},
        )
        .mappings()
        .first()
    )
    return None if row is None else _match(row)


def waiting_matches(
    session: Session, *, owner: str | None, before: str, limit: int
) -> list[KeptMatch]:
    """Matches that wait for a person, the newest first: all, or those with somebody's works."""
    rows = session.execute(
        text(
            "select * from rights.match where state = 'waiting' and (:before = '' or id < :before)"
            " and (cast(:owner as text) is null or subject_id in"
            " (select work_id from rights.owner where party = :owner))"
            " order by id desc limit :limit"
        ),
        {"owner": owner, "before": before, "limit": limit},
    ).mappings()
    return [_match(row) for row in rows]


def decide_match(
    session: Session, match_id: str, state: MatchState, *, why: str, by: str, at: datetime
) -> bool:
    """End the wait of a match; whether it waited."""
    done = session.execute(
        text(
            "update rights.match set state = :state, why = :why, decided_by = :by, decided_at = :at"
            " where id = :id and state = 'waiting'"
        ),
        {"id": match_id, "state": state, "why": why, "by": by, "at": at},
    )
    return done.rowcount == 1


def add_conflict(session: Session, conflict: ReferenceConflict) -> bool:
    """Open a conflict between two works; False if one is open."""
    row = session.execute(
        text(
            "insert into rights.reference_conflict (id, one_work, other_work, evidence, opened_at)"
            " values (:id, :one, :other, :evidence, :at) on conflict do nothing returning id"
        ).bindparams(bindparam("evidence", type_=JSONB)),
        {
            "id": conflict.id,
            "one": conflict.one_work,
            "other": conflict.other_work,
            "evidence": msgspec.to_builtins(conflict.evidence.found),
            "at": conflict.opened_at,
        },
    ).first()
    return row is not None


def add_shared(
    session: Session, conflict_id: str, stretches: Iterable[tuple[str, int, int]]
) -> None:
    """Note which stretches of references are in a conflict."""
    for reference_id, start_ms, end_ms in stretches:
        session.execute(
            text(
                "insert into rights.shared_stretch values (:conflict, :reference, :start, :end)"
                " on conflict do nothing"
            ),
            {
                "conflict": conflict_id,
                "reference": reference_id,
                "start": start_ms,
                "end": end_ms,
            },
        )


def shared_in(
    session: Session, reference_ids: Sequence[str], *, excluded: bool
) -> list[tuple[str, str, int, int]]:
    """Stretches (conflict, reference, from, to) in open conflicts, or those decided away."""
    state = "s.excluded" if excluded else "c.state = 'open'"
    rows = session.execute(
        text(
            "select s.conflict_id, s.reference_id, s.start_ms, s.end_ms"  # noqa: S608 - own words
            " from rights.shared_stretch s join rights.reference_conflict c on c.id = s.conflict_id"
            f" where s.reference_id = any(:ids) and {state} order by 1, 2, 3"
        ),
        {"ids": list(reference_ids)},
    )
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def conflict_by_id(session: Session, conflict_id: str) -> ReferenceConflict | None:
    """A conflict, locked."""
    row = (
        session.execute(
            text("select * from rights.reference_conflict where id = :id for update"),
            {"id": conflict_id},
        )
        .mappings()
        .first()
    )
    return None if row is None else _conflict(row)


def conflicts(session: Session, *, state: str) -> list[ReferenceConflict]:
    """Conflicts in a state, the oldest first; the decided ones are the history."""
    rows = session.execute(
        text(
            "select * from rights.reference_conflict where state = :state"
            " order by opened_at desc limit 200"
        ),
        {"state": state},
    ).mappings()
    return [_conflict(row) for row in rows]


def decide_conflict(
    session: Session, conflict_id: str, *, winner: str, reason: str, by: str, at: datetime
) -> None:
    """End a conflict, and take the shared stretches from every work but the winner."""
    session.execute(
        text(
            "update rights.reference_conflict set state = 'decided', winner = :winner,"
            " reason = :reason, decided_by = :by, decided_at = :at where id = :id"
        ),
        {"id": conflict_id, "winner": winner, "reason": reason, "by": by, "at": at},
    )
    session.execute(
        text(
            "update rights.shared_stretch s set excluded = true where conflict_id = :id"
            " and not exists (select from rights.reference r"
            " where r.id = s.reference_id and r.work_id = :winner)"
        ),
        {"id": conflict_id, "winner": winner},
    )


def _found(told: object) -> tuple[Found, ...]:
    return msgspec.convert(told, tuple[Found, ...])


def _match(row: RowMapping) -> KeptMatch:
    return KeptMatch(
        id=row["id"],
        film_id=row["film_id"],
        maker=row["maker"],
        evidence=Evidence(subject_id=row["subject_id"], found=_found(row["evidence"])),
        certain=row["certain"],
        matched_ms=row["matched_ms"],
        state=row["state"],
        why=row["why"],
        found_at=row["found_at"],
    )


def _conflict(row: RowMapping) -> ReferenceConflict:
    return ReferenceConflict(
        id=row["id"],
        one_work=row["one_work"],
        other_work=row["other_work"],
        evidence=Evidence(subject_id=row["other_work"], found=_found(row["evidence"])),
        state=row["state"],
        winner=row["winner"],
        reason=row["reason"],
        opened_at=row["opened_at"],
        decided_at=row["decided_at"],
    )

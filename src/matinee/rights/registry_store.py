"""The registry's further tables: by what works are found, references, proofs, owners' words."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from sqlalchemy import text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.sql import bindparam

from matinee.kit.db import Session

from .licences import Terms, plain, terms_of
from .matching import Named, Sought
from .model import Proof, Reference, WorkKind

# Only what is proven and agreed to by all its owners binds the films of others.
_BINDS = (
    "w.standing = 'proven' and not exists"
    " (select from rights.owner where work_id = w.id and confirmed_at is null)"
)

# How many descriptions an index gives for a text: pgvector's hnsw.ef_search unless told otherwise.
_NEAREST = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What a work is like: a direction of an embedder, in which script it was said.

    ``usual`` and ``spread`` are how near texts about nothing in particular come to it, mean and
    standard deviation, for texts of each script.
    """

    embedder: str
    direction: np.ndarray
    script: int
    usual: tuple[float, ...]
    spread: tuple[float, ...]


def set_keys(session: Session, work_id: str, named: Iterable[Named]) -> None:
    """Replace by what the names of a work are found."""
    session.execute(text("delete from rights.name_key where work_id = :id"), {"id": work_id})
    rows = [
        {
            "work": one.work_id,
            "name": one.name,
            "how": one.how,
            "key": one.key,
            "common": one.common,
            "count": one.unit_count,
        }
        for one in named
    ]
    if rows:
        session.execute(
            text(
                "insert into rights.name_key (work_id, name, how, key, common, unit_count)"
                " values (:work, :name, :how, :key, :common, :count) on conflict do nothing"
            ),
            rows,
        )


def any_binds(session: Session) -> bool:
    """Whether any work binds the films of others."""
    found = session.execute(
        text(f"select exists (select from rights.work w where {_BINDS})")  # noqa: S608 - a constant
    )
    return bool(found.scalar())


def named(session: Session, sought: Sought) -> list[Named]:
    """The names of works that bind, by any of what is sought."""
    rows = session.execute(
        text(
            "with sought (how, key) as ("  # noqa: S608 - put together from constants
            " select 'letters', unnest(cast(:letters as text[]))"
            " union all select 'cut', unnest(cast(:cuts as text[]))"
            " union all select 'consonants', unnest(cast(:consonants as text[]))"
            " union all select 'latin', unnest(cast(:latin as text[])))"
            " select k.work_id, w.kind, k.name, k.how, k.key, k.common, k.unit_count"
            " from sought s join rights.name_key k on k.key = s.key and k.how = s.how"
            f" join rights.work w on w.id = k.work_id where {_BINDS}"
            " order by k.work_id, k.name, k.how, k.key"
        ),
        {
            "letters": list(sought.letters),
            "cuts": list(sought.cuts),
            "consonants": list(sought.consonants),
            "latin": list(sought.latin),
        },
    )
    return [Named(*row) for row in rows]


def set_meaning(session: Session, work_id: str, kept: Described) -> None:
    """Keep what a work is like."""
    forget_meaning(session, work_id)
    session.execute(
        text(
            "insert into rights.meaning (work_id, embedder, direction, script, usual, spread)"
            " values (:id, :embedder, cast(:direction as vector), :script, :usual, :spread)"
        ),
        {
            "id": work_id,
            "embedder": kept.embedder,
            "direction": _vector(kept.direction),
            "script": kept.script,
            "usual": list(kept.usual),
            "spread": list(kept.spread),
        },
    )


def forget_meaning(session: Session, work_id: str) -> None:
    """Forget what a work is like."""
    session.execute(text("delete from rights.meaning where work_id = :id"), {"id": work_id})


def any_meaning(session: Session, embedder: str) -> bool:
    """Whether any work was described in the directions of an embedder."""
    return bool(
        session.execute(
            text("select exists (select from rights.meaning where embedder = :name)"),
            {"name": embedder},
        ).scalar()
    )


def alike(
    session: Session, direction: np.ndarray, *, script: int, embedder: str, most: int
) -> list[tuple[str, bool, float]]:
    """Works whose description a text of a script comes nearest.

    For each whether it is described in the same script, and how far above the usual it comes.
    """
    rows = session.execute(
        text(
            "select m.work_id, m.script = :script as same,"  # noqa: S608 - a constant
            " (m.near - m.usual[:script + 1]) / m.spread[:script + 1] as above from ("
            "  select *, 1 - (direction <=> cast(:said as vector)) as near from rights.meaning"
            "  where embedder = :embedder order by direction <=> cast(:said as vector)"
            f"  limit {_NEAREST}) m"
            f" join rights.work w on w.id = m.work_id where {_BINDS}"
            " order by above desc limit :most"
        ),
        {"said": _vector(direction), "script": script, "embedder": embedder, "most": most},
    )
    return [(row.work_id, row.same, row.above) for row in rows]


def _vector(direction: np.ndarray) -> str:
    return "[" + ",".join(f"{one:.6f}" for one in direction.tolist()) + "]"


def search(
    session: Session,
    *,
    letters: str,
    kind: WorkKind | None,
    party: str | None,
    after: str,
    most: int,
) -> list[str]:
    """The ids of works, newest first behind ``after``: named so, of a kind, somebody's."""
    rows = session.execute(
        text(
            "select w.id from rights.work w where (:after = '' or w.id < :after)"
            " and (cast(:kind as text) is null or w.kind = :kind)"
            " and (cast(:party as text) is null or exists"
            " (select from rights.owner where work_id = w.id and party = :party))"
            " and (:letters = '' or exists (select from rights.name_key k where k.work_id = w.id"
            " and k.how in ('letters', 'latin') and strpos(k.key, :letters) > 0))"
            " order by w.id desc limit :most"
        ),
        {"after": after, "kind": kind, "party": party, "letters": letters, "most": most},
    )
    return list(rows.scalars())


def work_count(session: Session, party: str) -> int:
    """How many works somebody has entered."""
    found = session.execute(
        text("select count(*) from rights.work where registered_by = :party"), {"party": party}
    )
    return int(found.scalar_one())


def change_work(session: Session, work_id: str, **changes: object) -> None:
    """Set columns of a work."""
    assignments = ", ".join(f"{column} = :{column}" for column in changes)
    session.execute(
        # The columns are keywords of this package's own calls, never a caller's text.
        text(f"update rights.work set {assignments} where id = :id"),  # noqa: S608
        {"id": work_id, **changes},
    )


def drop_alias(session: Session, work_id: str, language: str, name: str) -> bool:
    """Take a name from a work; returns whether it had it."""
    gone = session.execute(
        text(
            "delete from rights.alias where work_id = :id and language = :language and name = :name"
        ),
        {"id": work_id, "language": language, "name": name},
    )
    return gone.rowcount == 1


def answer_share(session: Session, work_id: str, party: str, *, agreed: bool, at: datetime) -> bool:
    """Note what an owner says of their share; returns whether one was waiting for their word."""
    done = session.execute(
        text(
            "update rights.owner set confirmed_at = case when :agreed then cast(:at as timestamptz)"
            " end, declined_at = case when :agreed then null else cast(:at as timestamptz) end"
            " where work_id = :id and party = :party and confirmed_at is null"
        ),
        {"id": work_id, "party": party, "agreed": agreed, "at": at},
    )
    return done.rowcount == 1


def add_reference(session: Session, reference: Reference) -> bool:
    """Keep a reference; returns whether the work did not have the same file already."""
    added = session.execute(
        text(
            "insert into rights.reference (id, work_id, blob, kind, name, file_bytes, added_by,"
            " added_at) values (:id, :work, :blob, :kind, :name, :bytes, :by, :at)"
            " on conflict (work_id, blob) do nothing"
        ),
        {
            "id": reference.id,
            "work": reference.work_id,
            "blob": reference.blob,
            "kind": reference.kind,
            "name": reference.name,
            "bytes": reference.file_bytes,
            "by": reference.added_by,
            "at": reference.added_at,
        },
    )
    return added.rowcount == 1


def references_of(session: Session, work_id: str) -> list[Reference]:
    """The references of a work, the first first."""
    rows = session.execute(
        text(
            "select id, work_id, blob, kind, name, file_bytes, added_by, added_at"
            " from rights.reference where work_id = :id order by added_at, id"
        ),
        {"id": work_id},
    )
    return [Reference(*row) for row in rows]


def drop_reference(session: Session, work_id: str, reference_id: str) -> bool:
    """Forget a reference of a work; returns whether it had it."""
    gone = session.execute(
        text("delete from rights.reference where id = :id and work_id = :work"),
        {"id": reference_id, "work": work_id},
    )
    return gone.rowcount == 1


def add_proof(session: Session, proof: Proof) -> None:
    """Keep a proof of ownership."""
    session.execute(
        text(
            "insert into rights.proof (id, work_id, statement, blob, name, added_by, added_at)"
            " values (:id, :work, :statement, :blob, :name, :by, :at)"
        ),
        {
            "id": proof.id,
            "work": proof.work_id,
            "statement": proof.statement,
            "blob": proof.blob,
            "name": proof.name,
            "by": proof.added_by,
            "at": proof.added_at,
        },
    )


def proofs(
    session: Session, *, work_id: str | None = None, proof_id: str | None = None, most: int = 100
) -> list[Proof]:
    """The proofs of a work, one by its id, or those that wait to be looked at."""
    rows = session.execute(
        text(
            "select id, work_id, statement, blob, name, added_by, added_at, state, reason"
            " from rights.proof where (cast(:work as text) is null or work_id = :work)"
            " and (cast(:proof as text) is null or id = :proof)"
            " and (:any or state = 'open') order by added_at, id limit :most"
        ),
        {
            "work": work_id,
            "proof": proof_id,
            "any": work_id is not None or proof_id is not None,
            "most": most,
        },
    )
    return [Proof(*row) for row in rows]


def decide_proof(
    session: Session, proof_id: str, *, accepted: bool, by: str, reason: str, at: datetime
) -> str | None:
    """End an open proof; the work, or None if there was no such open proof."""
    row = session.execute(
        text(
            "update rights.proof set state = :state, decided_by = :by, decided_at = :at,"
            " reason = :reason where id = :id and state = 'open' returning work_id"
        ),
        {
            "id": proof_id,
            "state": "accepted" if accepted else "refused",
            "by": by,
            "reason": reason,
            "at": at,
        },
    ).first()
    return None if row is None else str(row.work_id)


def want_terms(session: Session, work_id: str, party: str, terms: Terms, *, at: datetime) -> None:
    """Note which terms an owner wants for a work."""
    session.execute(
        text(
            "insert into rights.wanted_terms (work_id, party, terms, wanted_at)"
            " values (:id, :party, :terms, :at) on conflict (work_id, party)"
            " do update set terms = excluded.terms, wanted_at = excluded.wanted_at"
        ).bindparams(bindparam("terms", type_=JSONB)),
        {"id": work_id, "party": party, "terms": plain(terms), "at": at},
    )


def wanted_terms(session: Session, work_id: str) -> dict[str, Terms]:
    """Which terms each owner wants, of those who said so."""
    rows = session.execute(
        text(
            "select t.party, t.terms from rights.wanted_terms t join rights.owner o"
            " on o.work_id = t.work_id and o.party = t.party where t.work_id = :id"
        ),
        {"id": work_id},
    )
    return {row.party: terms_of(_read(row.terms)) for row in rows}


def forget_wanted_terms(session: Session, work_id: str) -> None:
    """Forget what owners wanted once it holds."""
    session.execute(text("delete from rights.wanted_terms where work_id = :id"), {"id": work_id})


def licence_versions(session: Session, work_id: str) -> list[tuple[str, int, Terms, datetime]]:
    """Every version of the terms of a work, the newest first."""
    rows = session.execute(
        text(
            "select id, version, terms, made_at from rights.licence where work_id = :id"
            " order by version desc"
        ),
        {"id": work_id},
    )
    return [(row.id, row.version, terms_of(_read(row.terms)), row.made_at) for row in rows]


def licensed_works(session: Session, *, most: int) -> list[str]:
    """Works that bind and have terms, newest first: the public catalogue."""
    rows = session.execute(
        text(
            f"select w.id from rights.work w where {_BINDS} and exists"  # noqa: S608
            " (select from rights.licence where work_id = w.id) order by w.id desc limit :most"
        ),
        {"most": most},
    )
    return list(rows.scalars())


def neighbours(session: Session, work_id: str, *, kind: WorkKind, most: int) -> list[str]:
    """Other works of a kind that bind and have terms, those of the nearest meaning first."""
    rows = session.execute(
        text(
            "select w.id from rights.work w left join rights.meaning m on m.work_id = w.id"  # noqa: S608
            " left join rights.meaning own on own.work_id = :id and own.embedder = m.embedder"
            f" where w.kind = :kind and w.id <> :id and {_BINDS} and exists"
            " (select from rights.licence where work_id = w.id)"
            " order by m.direction <=> own.direction nulls last, w.id limit :most"
        ),
        {"id": work_id, "kind": kind, "most": most},
    )
    return list(rows.scalars())


def blobs_named(session: Session, keys: Collection[str]) -> frozenset[str]:
    """Which of these blobs a reference or a proof names."""
    rows = session.execute(
        text(
            "select blob from rights.reference where blob = any(:keys)"
            " union select blob from rights.proof where blob = any(:keys)"
        ),
        {"keys": list(keys)},
    )
    return frozenset(rows.scalars())


def _read(said: Any) -> Mapping[str, object]:  # noqa: ANN401 - JSON of the database
    return said if isinstance(said, dict) else json.loads(said)

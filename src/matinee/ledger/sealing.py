"""Seals close runs of journals in a hash chain; a proof recomputes everything.

Writers only note that a journal is unsealed. One sealing job at a time takes what is there, decides
the order, and chains it to the seal before. The digests are made by expressions written here and
not by functions kept in the database, which somebody who tampers could change as well.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import Row, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.sql import bindparam

from matinee.kit.db import Session

from .model import Proof, Seal, breaks, chained

SEAL_JOURNALS_MAX = 20_000
_SEALING_LOCK = 0x6C65646765727365
_FAULTS_SHOWN = 20

# Everything that a journal says, with the accounts of its entries, so that no part of it can be
# changed unseen. A JSON array leaves no doubt where one value ends.
_DIGEST = """
sha256(convert_to(jsonb_build_array(
    j.id, j.key, encode(j.fingerprint, 'hex'), j.reason, j.entry_count, j.reverses,
    j.reversed_micro, (extract(epoch from j.effective_at) * 1000000)::bigint,
    (extract(epoch from j.booked_at) * 1000000)::bigint, (
        select jsonb_agg(jsonb_build_array(e.line, a.id, a.kind, a.root, a.guarded, a.owner,
            a.currency, e.currency, e.micro) order by e.line)
        from ledger.entry e left join ledger.account a on a.id = e.account_id
        where e.journal_id = j.id)
)::text, 'UTF8'))
"""

_TAKE = f"""
with taken as (
    delete from ledger.unsealed where journal_id in (
        select journal_id from ledger.unsealed order by journal_id limit :most)
    returning journal_id)
insert into ledger.sealed (journal_id, seal_id, position, digest)
select j.id, :seal, row_number() over (order by j.id), {_DIGEST}
from taken t join ledger.journal j on j.id = t.journal_id
returning position, digest
"""  # noqa: S608 - put together from constants

_ROLL_FORWARD = """
insert into ledger.balance as b (account_id, micro)
select e.account_id, sum(e.micro)
from ledger.sealed s join ledger.entry e on e.journal_id = s.journal_id
where s.seal_id = :seal group by e.account_id order by e.account_id
on conflict (account_id) do update set micro = b.micro + excluded.micro
"""

# Each finds rows that ought not to be; the first column says which.
_CHECKS: tuple[tuple[str, str], ...] = (
    (
        "currency {} does not sum to zero",
        "select currency from ledger.entry group by currency having sum(micro) <> 0",
    ),
    (
        "journal {} does not sum to zero",
        "select journal_id from ledger.entry group by journal_id, currency having sum(micro) <> 0",
    ),
    (
        "journal {} does not have the entries it declares",
        (
            "select j.id from ledger.journal j left join ("
            " select journal_id, count(*) as n, max(line) as most from ledger.entry"
            " group by journal_id) e on e.journal_id = j.id"
            " where e.n is distinct from j.entry_count or e.most <> e.n"
        ),
    ),
    (
        "journal {} is named by entries and is not there",
        (
            "select distinct e.journal_id from ledger.entry e"
            " left join ledger.journal j on j.id = e.journal_id where j.id is null"
        ),
    ),
    (
        "journal {} has an entry without an account of its currency",
        (
            "select e.journal_id from ledger.entry e left join ledger.account a"
            " on a.id = e.account_id and a.currency = e.currency where a.id is null"
        ),
    ),
    (
        "journal {} is not what was sealed",
        (
            f"select j.id from ledger.journal j join ledger.sealed s on s.journal_id = j.id"  # noqa: S608
            f" where s.digest <> {_DIGEST}"
        ),
    ),
    (
        "journal {} was sealed and is gone",
        (
            "select s.journal_id from ledger.sealed s"
            " left join ledger.journal j on j.id = s.journal_id where j.id is null"
        ),
    ),
    (
        "journal {} is neither sealed nor waiting, or both",
        (
            "select j.id from ledger.journal j left join ledger.sealed s on s.journal_id = j.id"
            " left join ledger.unsealed u on u.journal_id = j.id"
            " where (s.journal_id is null) = (u.journal_id is null)"
        ),
    ),
    (
        "journal {} waits and is gone",
        (
            "select u.journal_id from ledger.unsealed u"
            " left join ledger.journal j on j.id = u.journal_id where j.id is null"
        ),
    ),
    (
        "seal {} names a journal and is not there",
        (
            "select distinct s.seal_id from ledger.sealed s"
            " left join ledger.seal l on l.id = s.seal_id where l.id is null"
        ),
    ),
    (
        "account {} has another sealed balance than its entries",
        (
            "select account_id from ("
            " select e.account_id, sum(e.micro) as micro from ledger.entry e"
            " join ledger.sealed s on s.journal_id = e.journal_id group by e.account_id) found"
            " full join ledger.balance b using (account_id)"
            " where found.micro is distinct from b.micro"
        ),
    ),
    (
        "guarded account {} has another balance than its entries, or less than nothing",
        (
            "select a.id from ledger.account a left join ledger.guard g on g.account_id = a.id"
            " where a.guarded and (g.micro is null or g.micro < 0 or g.micro <> coalesce((select"
            " sum(e.micro) from ledger.entry e where e.account_id = a.id), 0))"
        ),
    ),
    (
        "more was taken back of journal {} than was booked",
        (
            "select r.reverses from (select reverses, sum(reversed_micro) as micro"
            " from ledger.journal where reverses is not null group by reverses) r"
            " where r.micro > coalesce((select sum(micro) from ledger.entry"
            " where journal_id = r.reverses and micro > 0), 0)"
        ),
    ),
    (
        "the rule {} of the database is switched off",
        (
            "select r.t || '.' || r.g from (values ('account', 'stays'), ('journal', 'stays'),"
            " ('entry', 'stays'), ('seal', 'stays'), ('sealed', 'stays'), ('statement', 'stays'),"
            " ('account', 'stays_whole'), ('journal', 'stays_whole'), ('entry', 'stays_whole'),"
            " ('seal', 'stays_whole'), ('sealed', 'stays_whole'), ('statement', 'stays_whole'),"
            " ('account', 'open_guard'), ('journal', 'note_unsealed'), ('entry', 'check_entries'),"
            " ('journal', 'check_journal')) as r (t, g) where not exists (select from pg_trigger p"
            " where p.tgrelid = ('ledger.' || r.t)::regclass and p.tgname = r.g"
            " and p.tgenabled = 'O')"
        ),
    ),
)


def seal(session: Session, *, at: datetime, most: int = SEAL_JOURNALS_MAX) -> Seal | None:
    """Close what is booked and not closed, ``most`` journals a seal; the last seal made, if any.

    Whoever else wants to seal waits; whoever books does not.
    """
    made = None
    while (one := _seal_once(session, at=at, most=most)) is not None:
        made = one
        if one.journal_count < most:
            break
    return made


def head(session: Session) -> Seal | None:
    """The newest seal."""
    row = session.execute(
        text(
            "select id, journal_count, digest, sealed_at from ledger.seal order by id desc limit 1"
        )
    ).first()
    return None if row is None else _seal(row)


def prove(session: Session, *, expected: str | None = None) -> Proof:
    """Recompute everything from the entries and say what does not hold.

    ``expected`` is a seal noted elsewhere, ``ID:DIGEST``: only it can show that somebody rewrote
    the whole chain. Booking goes on meanwhile, sealing waits.
    """
    session.execute(text("select pg_advisory_xact_lock(:key)"), {"key": _SEALING_LOCK})
    faults = []
    for fault, query in _CHECKS:
        rows = session.execute(text(f"{query} limit {_FAULTS_SHOWN}")).scalars()
        faults += [fault.format(row) for row in rows]
    faults += _chain_faults(session)
    newest = head(session)
    if expected is not None and expected not in _noted(session, expected):
        faults.append(f"the seal {expected} that was noted elsewhere is not in the chain")
    counts = session.execute(
        text(
            "select (select count(*) from ledger.journal), (select count(*) from ledger.entry),"
            " (select count(*) from ledger.unsealed)"
        )
    ).one()
    trial = session.execute(
        text("select currency, sum(micro) from ledger.entry group by currency order by currency")
    )
    return Proof(
        journal_count=counts[0],
        entry_count=counts[1],
        unsealed_count=counts[2],
        trial_balance={currency: int(micro) for currency, micro in trial},
        head=newest,
        faults=tuple(faults),
    )


def keep(session: Session, proof: Proof, *, at: datetime) -> None:
    """Note what a proof found; the heads of earlier proofs are expected of later ones."""
    session.execute(
        text(
            "insert into ledger.proof (proved_at, journal_count, entry_count, head, faults)"
            " values (:at, :journals, :entries, :head, :faults)"
        ).bindparams(bindparam("faults", type_=JSONB)),
        {
            "at": at,
            "journals": proof.journal_count,
            "entries": proof.entry_count,
            "head": None if proof.head is None else str(proof.head),
            "faults": list(proof.faults),
        },
    )


def last_head(session: Session) -> str | None:
    """The head that the last proof without a fault saw."""
    return session.execute(
        text(
            "select head from ledger.proof where faults = '[]' and head is not null"
            " order by id desc limit 1"
        )
    ).scalar()


def chain_holds(session: Session, *, up_to: int, journals: Sequence[int]) -> bool:
    """Whether these journals are what was sealed, and the seals that hold them are whole.

    The chain of the seals themselves is followed from the first to ``up_to``.
    """
    links = _links(session, up_to=up_to)
    if breaks((number, previous, digest) for number, _, previous, digest in links):
        return False
    if up_to != (links[-1][0] if links else 0):
        return False
    known = {number: (count, previous, digest) for number, count, previous, digest in links}
    touched = session.execute(
        text("select distinct seal_id from ledger.sealed where journal_id = any(:ids)"),
        {"ids": list(journals)},
    ).scalars()
    for number in touched:
        count, previous, digest = known[number]
        held = _digests(session, number)
        if len(held) != count or chained(previous, held) != digest:
            return False
    changed = session.execute(
        text(
            f"select 1 from ledger.sealed s left join ledger.journal j on j.id = s.journal_id"  # noqa: S608
            f" where s.journal_id = any(:ids) and s.digest is distinct from {_DIGEST} limit 1"
        ),
        {"ids": list(journals)},
    ).first()
    return changed is None


def _seal_once(session: Session, *, at: datetime, most: int) -> Seal | None:
    session.execute(text("select pg_advisory_xact_lock(:key)"), {"key": _SEALING_LOCK})
    before = head(session)
    number = 1 if before is None else before.id + 1
    previous = bytes(32) if before is None else before.digest
    taken = session.execute(text(_TAKE), {"most": most, "seal": number}).all()
    if not taken:
        return None
    digest = chained(previous, (bytes(row.digest) for row in sorted(taken)))
    session.execute(
        text(
            "insert into ledger.seal (id, journal_count, previous, digest, sealed_at)"
            " values (:id, :count, :previous, :digest, :at)"
        ),
        {"id": number, "count": len(taken), "previous": previous, "digest": digest, "at": at},
    )
    session.execute(text(_ROLL_FORWARD), {"seal": number})
    return Seal(number, len(taken), digest, at)


def _chain_faults(session: Session) -> Iterator[str]:
    links = _links(session)
    for number in breaks((number, previous, digest) for number, _, previous, digest in links):
        yield f"seal {number} does not continue the seal before it"
    for number, count, previous, digest in links:
        held = _digests(session, number)
        if len(held) != count:
            yield f"seal {number} declares {count} journals and holds {len(held)}"
        elif chained(previous, held) != digest:
            yield f"seal {number} does not hold the journals that it sealed"


def _links(session: Session, *, up_to: int | None = None) -> list[tuple[int, int, bytes, bytes]]:
    rows = session.execute(
        text(
            "select id, journal_count, previous, digest from ledger.seal"
            " where cast(:up_to as bigint) is null or id <= :up_to order by id"
        ),
        {"up_to": up_to},
    )
    return [(row[0], row[1], bytes(row[2]), bytes(row[3])) for row in rows]


def _digests(session: Session, number: int) -> list[bytes]:
    rows = session.execute(
        text("select digest from ledger.sealed where seal_id = :seal order by position"),
        {"seal": number},
    )
    return [bytes(digest) for digest in rows.scalars()]


def _noted(session: Session, expected: str) -> list[str]:
    number = expected.partition(":")[0]
    if not number.isdigit():
        return []
    rows = session.execute(
        text("select id, journal_count, digest, sealed_at from ledger.seal where id = :id"),
        {"id": int(number)},
    )
    return [str(_seal(row)) for row in rows]


def _seal(row: Row[tuple[object, ...]]) -> Seal:
    return Seal(row.id, row.journal_count, bytes(row.digest), row.sealed_at)

"""The ledger's tables; the only file that sees their rows.

Everything is booked by set: one statement finds accounts, one writes journals, one writes entries,
however many there are. What the database refuses is named here.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime

import psycopg
from sqlalchemy import Row, exc, text

from matinee.kit.db import Session
from matinee.kit.money import MicroMoney

from .errors import AccountDiffers, BalanceTooLow, JournalNotFound, KeyReused
from .model import (
    Account,
    BookedLine,
    Entry,
    Journal,
    Kind,
    Posted,
    Statement,
    StatementGiven,
)

_REVERSAL_LOCK = 0x6C656467  # "ledg": the same that the database's own check takes
_SPENDING_LOCK = 0x6C656468
_INT_MAX = 2_147_483_647

_FIND_ACCOUNTS = """
select w.place - 1 as place, a.id, a.root, a.guarded
from unnest(cast(:kinds as text[]), cast(:owners as text[]), cast(:currencies as text[]))
    with ordinality as w (kind, owner, currency, place)
join ledger.account a using (kind, owner, currency)
"""

_OPEN_ACCOUNTS = """
insert into ledger.account (kind, root, guarded, owner, currency, opened_at)
select kind, root, guarded, owner, currency, :at
from unnest(cast(:kinds as text[]), cast(:roots as text[]), cast(:guards as boolean[]),
    cast(:owners as text[]), cast(:currencies as text[]))
    as w (kind, root, guarded, owner, currency)
order by kind, owner, currency
on conflict do nothing
"""

_ADD_JOURNALS = """
insert into ledger.journal
    (key, fingerprint, reason, entry_count, reverses, reversed_micro, effective_at, booked_at)
select key, fingerprint, reason, entry_count, cast(:reverses as bigint),
    cast(:reversed_micro as bigint), effective_at, :at
from unnest(cast(:keys as text[]), cast(:fingerprints as bytea[]), cast(:reasons as text[]),
    cast(:counts as smallint[]), cast(:moments as timestamptz[])) with ordinality
    as w (key, fingerprint, reason, entry_count, effective_at, place)
order by place
on conflict (key) do nothing
returning id, key
"""

_ADD_ENTRIES = """
insert into ledger.entry (journal_id, line, account_id, micro, currency)
select * from unnest(cast(:journals as bigint[]), cast(:lines as smallint[]),
    cast(:accounts as bigint[]), cast(:micros as bigint[]), cast(:currencies as text[]))
"""

# Sealed and unsealed in one statement, so that a seal made meanwhile counts nothing twice. Only the
# account's own entries since the first unsealed journal are read.
_BALANCES = """
select a.id, case when a.guarded then g.micro
    else coalesce(b.micro, 0) + coalesce((
        select sum(e.micro) from ledger.entry e
        where e.account_id = a.id
            and e.journal_id >= (select min(journal_id) from ledger.unsealed)
            and exists (select from ledger.unsealed u where u.journal_id = e.journal_id)), 0)
    end as micro
from ledger.account a
left join ledger.guard g on g.account_id = a.id
left join ledger.balance b on b.account_id = a.id
where a.id = any(cast(:ids as bigint[]))
"""

_LINES = """
select e.journal_id, e.line, j.key, j.reason, a.kind, a.root, a.guarded, a.owner, a.currency,
    e.micro, j.effective_at, j.booked_at
from ledger.entry e
join ledger.journal j on j.id = e.journal_id
join ledger.account a on a.id = e.account_id
"""

_FOUND_FAULTS: dict[str, Callable[[], Exception]] = {"ledger_guard_not_negative": BalanceTooLow}


@contextmanager
def named_faults() -> Iterator[None]:
    """Raise the ledger's errors for what its tables refuse."""
    try:
        yield
    except exc.IntegrityError as error:
        cause = error.orig
        name = cause.diag.constraint_name if isinstance(cause, psycopg.Error) else None
        known = _FOUND_FAULTS.get(name or "")
        raise (known() if known else error) from error


def account_ids(
    session: Session, accounts: Sequence[Account], *, open_at: datetime | None
) -> dict[Account, int]:
    """The rows of these accounts; those that are not there are opened, or left out without a date.

    Raises ``AccountDiffers``.
    """
    found = _found_accounts(session, accounts)
    missing = [account for account in accounts if account not in found]
    if missing and open_at is not None:
        session.execute(
            text(_OPEN_ACCOUNTS),
            {
                **_named(missing),
                "roots": [one.kind.root for one in missing],
                "guards": [one.kind.guarded for one in missing],
                "at": open_at,
            },
        )
        found |= _found_accounts(session, missing)
    return found


def _found_accounts(session: Session, accounts: Sequence[Account]) -> dict[Account, int]:
    found = {}
    for place, number, root, guarded in session.execute(text(_FIND_ACCOUNTS), _named(accounts)):
        account = accounts[place]
        if (root, guarded) != (account.kind.root, account.kind.guarded):
            raise AccountDiffers(account.kind.name, account.owner)
        found[account] = number
    return found


def _named(accounts: Sequence[Account]) -> dict[str, list[str]]:
    return {
        "kinds": [one.kind.name for one in accounts],
        "owners": [one.owner for one in accounts],
        "currencies": [one.currency for one in accounts],
    }


def add_journals(session: Session, journals: Sequence[Journal], *, at: datetime) -> list[Posted]:
    """Book each journal, unless its key was booked with the same content.

    Raises ``KeyReused``, ``AccountDiffers`` and ``BalanceTooLow``.
    """
    by_key: dict[str, Journal] = {}
    for journal in journals:
        first = by_key.setdefault(journal.key, journal)
        if first is not journal and first.fingerprint != journal.fingerprint:
            raise KeyReused(journal.key)
    fresh = _add_heads(
        session,
        [
            (one.key, one.fingerprint, one.reason, len(one.entries), one.effective_at)
            for one in by_key.values()
        ],
        at=at,
    )
    new = [(number, by_key[key].entries) for key, number in fresh.items()]
    _add_entries(session, new, at=at)
    old = {key: one.fingerprint for key, one in by_key.items() if key not in fresh}
    ids = fresh | booked_before(session, old)
    posted = []
    for journal in journals:
        posted.append(Posted(ids[journal.key], journal.key, new=journal.key in fresh))
        fresh.pop(journal.key, None)  # the second of two equal ones is not new
    return posted


def add_reversal(  # noqa: PLR0913 - each is a column
    session: Session,
    key: str,
    fingerprint: bytes,
    *,
    reason: str,
    of: int,
    micro: int,
    entries: tuple[Entry, ...],
    effective_at: datetime,
    at: datetime,
) -> Posted:
    """Book a journal that takes ``micro`` of another back."""
    head = (key, fingerprint, reason, len(entries), effective_at)
    fresh = _add_heads(session, [head], at=at, reverses=of, reversed_micro=micro)
    if key not in fresh:
        return Posted(booked_before(session, {key: fingerprint})[key], key, new=False)
    _add_entries(session, [(fresh[key], entries)], at=at)
    return Posted(fresh[key], key, new=True)


def _add_heads(
    session: Session,
    heads: Sequence[tuple[str, bytes, str, int, datetime]],
    *,
    at: datetime,
    reverses: int | None = None,
    reversed_micro: int | None = None,
) -> dict[str, int]:
    keys, fingerprints, reasons, counts, moments = (
        list(column) for column in zip(*heads, strict=True)
    )
    rows = session.execute(
        text(_ADD_JOURNALS),
        {
            "keys": keys,
            "fingerprints": fingerprints,
            "reasons": reasons,
            "counts": counts,
            "moments": moments,
            "at": at,
            "reverses": reverses,
            "reversed_micro": reversed_micro,
        },
    )
    return {row.key: row.id for row in rows}


def _add_entries(
    session: Session, journals: Sequence[tuple[int, tuple[Entry, ...]]], *, at: datetime
) -> None:
    entries = [
        (number, line, entry)
        for number, lines in journals
        for line, entry in enumerate(lines, start=1)
    ]
    if not entries:
        return
    accounts = list(dict.fromkeys(entry.account for _, _, entry in entries))
    ids = account_ids(session, accounts, open_at=at)
    with named_faults():
        session.execute(
            text(_ADD_ENTRIES),
            {
                "journals": [number for number, _, _ in entries],
                "lines": [line for _, line, _ in entries],
                "accounts": [ids[entry.account] for _, _, entry in entries],
                "micros": [entry.micro for _, _, entry in entries],
                "currencies": [entry.account.currency for _, _, entry in entries],
            },
        )


def booked_before(session: Session, fingerprints: Mapping[str, bytes]) -> dict[str, int]:
    """The ids of those that are booked, by key; raises ``KeyReused`` for other content."""
    if not fingerprints:
        return {}
    rows = session.execute(
        text("select id, key, fingerprint from ledger.journal where key = any(:keys)"),
        {"keys": list(fingerprints)},
    ).all()
    for row in rows:
        if bytes(row.fingerprint) != fingerprints[row.key]:
            raise KeyReused(row.key)
    return {row.key: row.id for row in rows}


def booked_keys(session: Session, keys: Sequence[str]) -> set[str]:
    """Those of these keys that are taken."""
    rows = session.execute(
        text("select key from ledger.journal where key = any(:keys)"), {"keys": list(keys)}
    )
    return set(rows.scalars())


def journal_id(session: Session, key: str) -> int:
    """The id of what was booked under a key; raises ``JournalNotFound``."""
    row = session.execute(
        text("select id from ledger.journal where key = :key"), {"key": key}
    ).first()
    if row is None:
        raise JournalNotFound(key)
    return int(row.id)


def lock_reversals(session: Session, number: int) -> None:
    """Let nobody else reverse this journal until the transaction ends."""
    session.execute(
        text("select pg_advisory_xact_lock(:lock, :number)"),
        {"lock": _REVERSAL_LOCK, "number": number % _INT_MAX},
    )


def lock_spending(session: Session, account: int) -> None:
    """Let nobody else spend from this account until the transaction ends."""
    session.execute(
        text("select pg_advisory_xact_lock(:lock, :number)"),
        {"lock": _SPENDING_LOCK, "number": account % _INT_MAX},
    )


def is_reversal(session: Session, number: int) -> bool:
    """Whether a journal takes another back."""
    return bool(
        session.execute(
            text("select reverses is not null from ledger.journal where id = :id"), {"id": number}
        ).scalar_one()
    )


def reversed_micro(session: Session, number: int) -> int:
    """How much of a journal's turnover was taken back so far."""
    return int(
        session.execute(
            text(
                "select coalesce(sum(reversed_micro), 0) from ledger.journal where reverses = :id"
            ),
            {"id": number},
        ).scalar_one()
    )


def lines_of_journal(session: Session, number: int) -> list[BookedLine]:
    """The entries of one journal, in their order."""
    found = session.execute(
        text(_LINES + " where e.journal_id = :id order by e.line"), {"id": number}
    )
    return [_line(row) for row in found]


def lines_of_account(
    session: Session, account: int, *, after: tuple[int, int], most: int
) -> list[BookedLine]:
    """Up to ``most`` entries of an account after (journal, line), in that order."""
    found = session.execute(
        text(
            _LINES + " where e.account_id = :account and (e.journal_id, e.line) > (:journal, :line)"
            " order by e.journal_id, e.line limit :most"
        ),
        {"account": account, "journal": after[0], "line": after[1], "most": most},
    )
    return [_line(row) for row in found]


def lines_between(
    session: Session, account: int, *, since: datetime, until: datetime, seal: int, most: int
) -> tuple[int, list[BookedLine]]:
    """What came before (a sum of micro-units) and up to ``most`` entries from since until before.

    Only what is sealed up to ``seal`` counts.
    """
    told = {"account": account, "since": since, "until": until, "seal": seal}
    sealed = " join ledger.sealed s on s.journal_id = e.journal_id and s.seal_id <= :seal"
    before = session.execute(
        text(
            "select coalesce(sum(e.micro), 0) from ledger.entry e"  # noqa: S608 - constants
            " join ledger.journal j on j.id = e.journal_id" + sealed + " where"
            " e.account_id = :account and j.booked_at < :since"
        ),
        told,
    ).scalar_one()
    found = session.execute(
        text(
            _LINES + sealed + " where e.account_id = :account"
            " and j.booked_at >= :since and j.booked_at < :until order by e.journal_id, e.line"
            " limit :most"
        ),
        {**told, "most": most},
    )
    return int(before), [_line(row) for row in found]


def every_line(session: Session, *, after: int, most: int) -> list[BookedLine]:
    """The entries of up to ``most`` journals after one, in the order of booking."""
    found = session.execute(
        text(
            _LINES  # noqa: S608 - put together from constants
            + " where e.journal_id in (select id from ledger.journal where id > :after"
            " order by id limit :most) order by e.journal_id, e.line"
        ),
        {"after": after, "most": most},
    )
    return [_line(row) for row in found]


def balances(session: Session, ids: Mapping[Account, int]) -> dict[Account, MicroMoney]:
    """What each account holds now, sealed or not."""
    found = {
        row.id: int(row.micro)
        for row in session.execute(text(_BALANCES), {"ids": list(ids.values())})
    }
    return {account: MicroMoney(found[number], account.currency) for account, number in ids.items()}


def accounts_owned(session: Session, owner: str) -> list[Account]:
    """Every account of an owner."""
    found = session.execute(
        text(
            "select kind, root, guarded, owner, currency from ledger.account"
            " where owner = :owner order by kind, currency"
        ),
        {"owner": owner},
    )
    return [_account(row) for row in found]


def keep_statement(session: Session, made: Statement, *, at: datetime) -> None:
    """Note that a statement was given out; once is enough."""
    session.execute(
        text(
            "insert into ledger.statement (code, kind, owner, currency, since, until, seal_id,"
            " digest, issued_at) values (:code, :kind, :owner, :currency, :since, :until, :seal,"
            " :digest, :at) on conflict do nothing"
        ),
        {
            "code": made.code,
            "kind": made.account.kind.name,
            "owner": made.account.owner,
            "currency": made.account.currency,
            "since": made.since,
            "until": made.until,
            "seal": made.seal,
            "digest": made.digest,
            "at": at,
        },
    )


def statements_given(session: Session, owner: str, *, most: int) -> list[StatementGiven]:
    """What was given out to an owner, the newest first."""
    found = session.execute(
        text(
            "select s.code, s.since, s.until, s.issued_at, a.kind, a.root, a.guarded, a.owner,"
            " a.currency from ledger.statement s join ledger.account a"
            " using (kind, owner, currency) where s.owner = :owner"
            " order by s.issued_at desc, s.code limit :most"
        ),
        {"owner": owner, "most": most},
    )
    return [
        StatementGiven(row.code, _account(row), row.since, row.until, row.issued_at)
        for row in found
    ]


def kept_statement(
    session: Session, code: str
) -> tuple[int, Account, datetime, datetime, int, bytes] | None:
    """What a code stands for: account (row and value), period, seal and digest."""
    row = session.execute(
        text(
            "select a.id, a.kind, a.root, a.guarded, a.owner, a.currency, s.since, s.until,"
            " s.seal_id, s.digest from ledger.statement s"
            " join ledger.account a using (kind, owner, currency) where s.code = :code"
        ),
        {"code": code},
    ).first()
    if row is None:
        return None
    return row.id, _account(row), row.since, row.until, row.seal_id, bytes(row.digest)


def _account(row: Row[tuple[object, ...]]) -> Account:
    return Account(Kind(row.kind, row.root, row.guarded), row.owner, row.currency)


def _line(row: Row[tuple[object, ...]]) -> BookedLine:
    return BookedLine(
        journal_id=row.journal_id,
        line=row.line,
        key=row.key,
        reason=row.reason,
        account=_account(row),
        micro=row.micro,
        effective_at=row.effective_at,
        booked_at=row.booked_at,
    )

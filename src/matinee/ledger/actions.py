"""The verbs of the books: booking, taking back, balances and statements."""

from base64 import b32encode
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from matinee.kit.db import Session
from matinee.kit.money import MicroMoney

from . import sealing, store
from .errors import (
    AccountNotFound,
    ReversalImpossible,
    ReversalTooLarge,
    StatementNotFound,
    StatementTooLong,
)
from .mirroring import mirror
from .model import (
    Account,
    BookedLine,
    Entry,
    Journal,
    Posted,
    Reversal,
    Statement,
    StatementCheck,
    StatementGiven,
)

_PAGE = 2_000
_CODE_BYTES = 15
STATEMENT_LINES_MAX = 20_000


def post(session: Session, journals: Sequence[Journal], *, at: datetime) -> tuple[Posted, ...]:
    """Book all of these or none, in as few statements as for one.

    A journal that was booked before under its key is not booked again. Accounts are opened when
    they are first used. Raises ``KeyReused``, ``AccountDiffers`` and ``BalanceTooLow``.
    """
    return tuple(store.add_journals(session, journals, at=at)) if journals else ()


def reverse(session: Session, reversal: Reversal, *, at: datetime) -> Posted:
    """Take a journal back, in whole or in part.

    However many parts there are, when they add up to the whole everybody has given back exactly
    what they got, and before that each is within one rounding of their exact part. A journal in
    several currencies can only be taken back at once. Raises ``JournalNotFound``,
    ``ReversalTooLarge``, ``ReversalImpossible``, ``KeyReused`` and ``BalanceTooLow``.
    """
    number = store.journal_id(session, reversal.of)
    store.lock_reversals(session, number)
    before = store.booked_before(session, {reversal.key: reversal.fingerprint})
    if before:
        return Posted(before[reversal.key], reversal.key, new=False)
    part, entries = _taken_back(session, number, reversal)
    return store.add_reversal(
        session,
        reversal.key,
        reversal.fingerprint,
        reason=reversal.reason,
        of=number,
        micro=part,
        entries=entries,
        effective_at=reversal.effective_at,
        at=at,
    )


def would_reverse(session: Session, reversal: Reversal) -> tuple[Entry, ...]:
    """What ``reverse`` would book now, and nothing if it booked this before.

    Nobody else reverses that journal until the transaction ends. Raises what ``reverse`` raises,
    but for ``BalanceTooLow``.
    """
    number = store.journal_id(session, reversal.of)
    store.lock_reversals(session, number)
    if store.booked_before(session, {reversal.key: reversal.fingerprint}):
        return ()
    return _taken_back(session, number, reversal)[1]


def booked(session: Session, keys: Sequence[str]) -> set[str]:
    """Those of these keys under which something is booked."""
    return store.booked_keys(session, keys)


def balances(session: Session, accounts: Iterable[Account]) -> dict[Account, MicroMoney]:
    """What each account holds: credits less debits. One that nothing was booked on holds zero."""
    wanted = list(dict.fromkeys(accounts))
    found = store.balances(session, store.account_ids(session, wanted, open_at=None))
    return {one: found.get(one, MicroMoney(0, one.currency)) for one in wanted}


def locked_balance(session: Session, account: Account, *, at: datetime) -> MicroMoney:
    """What an account holds, which nobody else who asks so may spend until this transaction ends.

    Whoever only adds to the account, or takes back, does not wait.
    """
    ids = store.account_ids(session, [account], open_at=at)
    store.lock_spending(session, ids[account])
    return store.balances(session, ids)[account]


def accounts_owned(session: Session, owner: str) -> list[Account]:
    """Every account of an owner, by kind and currency."""
    return store.accounts_owned(session, owner)


def lines_of(session: Session, account: Account) -> Iterator[BookedLine]:
    """Every entry of an account in the order of booking, read page by page."""
    number = store.account_ids(session, [account], open_at=None).get(account)
    after = (0, 0)
    while number is not None:
        page = store.lines_of_account(session, number, after=after, most=_PAGE)
        yield from page
        if len(page) < _PAGE:
            return
        after = (page[-1].journal_id, page[-1].line)


def journal_lines(session: Session, key: str) -> list[BookedLine]:
    """The entries that were booked under a key; raises ``JournalNotFound``."""
    return store.lines_of_journal(session, store.journal_id(session, key))


def statement(
    session: Session, account: Account, *, since: datetime, until: datetime, at: datetime
) -> Statement:
    """Give out what happened on an account from ``since`` until before ``until``, with a code.

    What is booked so far is sealed first, so that the statement stands in the chain. The same again
    is the same statement. Raises ``AccountNotFound`` and ``StatementTooLong``.
    """
    ids = store.account_ids(session, [account], open_at=None)
    if account not in ids:
        raise AccountNotFound(account.kind.name, account.currency)
    sealing.seal(session, at=at)
    head = sealing.head(session)
    made = _statement(
        session, ids[account], account, since=since, until=until, seal=head.id if head else 0
    )
    store.keep_statement(session, made, at=at)
    return made


def statements_given(session: Session, owner: str, *, most: int) -> list[StatementGiven]:
    """The statements that were given out to an owner, the newest first."""
    return store.statements_given(session, owner, most=most)


def check_statement(session: Session, code: str) -> StatementCheck:
    """The statement with this code, computed again from the sealed books, and whether it agrees.

    Raises ``StatementNotFound``.
    """
    kept = store.kept_statement(session, code.strip().upper())
    if kept is None:
        raise StatementNotFound(code)
    number, account, since, until, seal, digest = kept
    again = _statement(session, number, account, since=since, until=until, seal=seal)
    whole = sealing.chain_holds(
        session, up_to=seal, journals=[one.journal_id for one in again.lines]
    )
    agrees = whole and again.digest == digest and again.code == code.strip().upper()
    return StatementCheck(again, agrees=agrees)


def _taken_back(session: Session, number: int, reversal: Reversal) -> tuple[int, tuple[Entry, ...]]:
    """How much of a journal's turnover a new reversal takes back, and from whom."""
    if store.is_reversal(session, number):
        raise ReversalImpossible(reversal.of, "it takes another back itself; book that one anew")
    lines = store.lines_of_journal(session, number)
    turnover = sum(line.micro for line in lines if line.micro > 0)
    earlier = store.reversed_micro(session, number)
    left = turnover - earlier
    part = left if reversal.micro is None else reversal.micro
    if part <= 0 and reversal.micro is not None:
        raise ReversalImpossible(reversal.of, f"{part} micro-units is no amount")
    if not 0 < part <= left:
        raise ReversalTooLarge(reversal.of, part, left)
    several = len({line.account.currency for line in lines}) > 1
    if several and part != turnover:
        raise ReversalImpossible(reversal.of, "it is in several currencies, so take it back whole")
    taken = (
        [-line.micro for line in lines]
        if part == turnover
        else mirror([line.micro for line in lines], before=earlier, part=part)
    )
    return part, tuple(
        Entry(line.account, micro) for line, micro in zip(lines, taken, strict=True) if micro
    )


def _statement(
    session: Session,
    number: int,
    account: Account,
    *,
    since: datetime,
    until: datetime,
    seal: int,
) -> Statement:
    before, lines = store.lines_between(
        session, number, since=since, until=until, seal=seal, most=STATEMENT_LINES_MAX + 1
    )
    if len(lines) > STATEMENT_LINES_MAX:
        raise StatementTooLong(STATEMENT_LINES_MAX)
    after = before + sum(line.micro for line in lines)
    bare = Statement(
        account=account,
        since=since,
        until=until,
        opening=MicroMoney(before, account.currency),
        lines=tuple(lines),
        closing=MicroMoney(after, account.currency),
        seal=seal,
        code="",
    )
    letters = b32encode(bare.digest[:_CODE_BYTES]).decode()
    code = "-".join(letters[i : i + 6] for i in range(0, len(letters), 6))
    return Statement(
        account=account,
        since=since,
        until=until,
        opening=bare.opening,
        lines=bare.lines,
        closing=bare.closing,
        seal=seal,
        code=code,
    )

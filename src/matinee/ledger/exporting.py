"""The books for others: CSV for spreadsheets, beancount for accountants.

In both a debit is positive, as accountants write it; within the ledger a credit is. Amounts are in
whole units of the currency with all their digits, so that nothing is rounded.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import groupby

from matinee.kit.db import Session
from matinee.kit.money import minor_digits

from . import store
from .model import Account, BookedLine

_PAGE = 5_000
_MICRO_DIGITS = 6
_COLUMNS = (
    "booked_at",
    "effective_at",
    "journal",
    "reason",
    "account",
    "owner",
    "debit",
    "credit",
    "currency",
)
_ROOTS = {
    "asset": "Assets",
    "liability": "Liabilities",
    "income": "Income",
    "expense": "Expenses",
    "equity": "Equity",
}


def all_lines(session: Session) -> Iterator[BookedLine]:
    """Every entry of the books in the order of booking, read page by page."""
    after = 0
    while page := store.every_line(session, after=after, most=_PAGE):
        yield from page
        after = page[-1].journal_id


def csv_of(lines: Iterable[BookedLine]) -> Iterator[str]:
    """A CSV file of entries, line by line, with a heading."""
    yield _row(_COLUMNS)
    for line in lines:
        amount = decimal_of(abs(line.micro), line.account.currency)
        yield _row(
            (
                line.booked_at.isoformat(),
                line.effective_at.isoformat(),
                line.key,
                line.reason,
                line.account.kind.name,
                _safe(line.account.owner),
                f"{amount:f}" if line.micro < 0 else "",
                f"{amount:f}" if line.micro > 0 else "",
                line.account.currency,
            )
        )


def beancount_of(lines: Iterable[BookedLine]) -> Iterator[str]:
    """A beancount file, line by line; each account is opened before its first transaction.

    ``lines`` hold whole journals in the order of booking. Dates are effective dates (UTC), which
    may lie before earlier ones: beancount sorts by itself, so accounts are opened long before.
    """
    yield 'option "title" "Matinee"'
    opened: set[str] = set()
    for _, group in groupby(lines, key=lambda line: line.journal_id):
        journal = list(group)
        for line in journal:
            name = account_name(line.account)
            if name not in opened:
                opened.add(name)
                yield f"1970-01-01 open {name}"
        first = journal[0]
        yield ""
        yield f'{first.effective_at.date()} * "{_quoted(first.reason)}" "{_quoted(first.key)}"'
        yield f'  booked: "{first.booked_at.isoformat()}"'
        for line in journal:
            amount = decimal_of(-line.micro, line.account.currency)
            yield f"  {account_name(line.account)}  {amount:f} {line.account.currency}"


def account_name(account: Account) -> str:
    """An account's name in beancount: ``Liabilities:Earnings:EUR:Person-019a``.

    The owner's own characters are kept where beancount has them; any other is written as its
    number, so that two owners never share a name.
    """
    kind = account.kind.name.replace("_", "-").title()
    owner = re.sub(r"[^A-Za-z0-9]", _numbered, account.owner)
    return f"{_ROOTS[account.kind.root]}:{kind}:{account.currency}:O{owner}"


def decimal_of(micro: int, currency: str) -> Decimal:
    """Micro-units as units of the currency, exactly."""
    return Decimal(micro).scaleb(-_MICRO_DIGITS - minor_digits(currency))


def _numbered(character: "re.Match[str]") -> str:
    return "-" if character[0] == "_" else f"-{ord(character[0]):x}-"


def _quoted(said: str) -> str:
    return said.replace("\\", "\\\\").replace('"', '\\"')


def _safe(said: str) -> str:
    # A spreadsheet would take these for the beginning of a formula.
    return f"'{said}" if said[:1] in {"=", "+", "-", "@", "\t", "\r"} else said


def _row(values: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(values)
    return line.getvalue().rstrip("\n")

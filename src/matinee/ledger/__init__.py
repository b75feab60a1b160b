"""The ledger books who gave what to whom, and knows nobody.

journal ▶ entries that sum to zero ▶ seal ▶ proof. Accounts have a kind that callers define, an
owner that means nothing here, and a currency; amounts are whole millionths of the minor unit,
credits positive.

Invariants, kept by the database: every journal sums to zero in every currency; what is booked is
never changed or removed, only reversed; a guarded account never goes below zero; nothing is taken
back twice, and any parts of a reversal that add up to the whole are the whole, for every party; a
key is booked once; nobody waits for another only because both touch the same account.
"""

from .actions import (
    accounts_owned,
    balances,
    booked,
    check_statement,
    journal_lines,
    lines_of,
    locked_balance,
    post,
    reverse,
    statement,
    statements_given,
    would_reverse,
)
from .errors import BalanceTooLow, JournalNotFound, KeyReused, ReversalTooLarge, StatementNotFound
from .exporting import all_lines, beancount_of, csv_of
from .model import (
    Account,
    BookedLine,
    Entry,
    Journal,
    Kind,
    Posted,
    Reversal,
    Statement,
)
from .sealing import prove, seal
from .workflows import PROVE_EVERY, QUEUES, SEAL_EVERY, install

__all__ = [
    "PROVE_EVERY",
    "QUEUES",
    "SEAL_EVERY",
    "Account",
    "BalanceTooLow",
    "BookedLine",
    "Entry",
    "Journal",
    "JournalNotFound",
    "KeyReused",
    "Kind",
    "Posted",
    "Reversal",
    "ReversalTooLarge",
    "Statement",
    "StatementNotFound",
    "accounts_owned",
    "all_lines",
    "balances",
    "beancount_of",
    "booked",
    "check_statement",
    "csv_of",
    "install",
    "journal_lines",
    "lines_of",
    "locked_balance",
    "post",
    "prove",
    "reverse",
    "seal",
    "statement",
    "statements_given",
    "would_reverse",
]

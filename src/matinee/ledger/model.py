"""What the books are made of: accounts, entries, journals and what is asked of them.

Positive is a credit, negative a debit, in micro-units of the account's currency. A liability (what
is owed to somebody) grows by credits, an asset (money at a bank or a payment provider) by debits.
"""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from itertools import pairwise
from typing import Literal, TypeAlias

from matinee.kit.money import MicroMoney

from .errors import JournalInvalid, JournalUnbalanced

Root: TypeAlias = Literal["asset", "liability", "income", "expense", "equity"]

MICRO_MAX = 10**18
"""The most that one journal may move, and one entry hold."""

ENTRIES_MAX = 10_000
KEY_CHARACTERS_MAX = 255
REASON_CHARACTERS_MAX = 200
OWNER_CHARACTERS_MAX = 200


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of account, which callers define: ``Kind("earnings", "liability")``.

    A ``guarded`` account never goes below zero; only a liability can be guarded. Names are lower
    case with underscores, 40 characters at most.
    """

    name: str
    root: Root
    guarded: bool = False


@dataclass(frozen=True, slots=True)
class Account:
    """One account: its kind, whose it is (a reference that means nothing here), its currency."""

    kind: Kind
    owner: str
    currency: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a journal: a credit if ``micro`` is positive, a debit if it is negative."""

    account: Account
    micro: int


@dataclass(frozen=True, slots=True)
class Journal:
    """What is to be booked at once, or not at all.

    ``key`` is the caller's own name for the occasion; the same journal under the same key is
    booked once. ``reason`` says why and means nothing here. ``effective_at`` is when it happened,
    which may be long before it is booked.

    Raises ``JournalInvalid`` and ``JournalUnbalanced``.
    """

    key: str
    reason: str
    entries: tuple[Entry, ...]
    effective_at: datetime

    def __post_init__(self) -> None:
        """Check the form and the balance."""
        fault = self._fault()
        if fault is not None:
            raise JournalInvalid(self.key, fault)
        sums = Counter[str]()
        for entry in self.entries:
            sums[entry.account.currency] += entry.micro
        for currency, micro in sorted(sums.items()):
            if micro != 0:
                raise JournalUnbalanced(self.key, currency, micro)

    @property
    def turnover_micro(self) -> int:
        """The sum of all credits."""
        return sum(entry.micro for entry in self.entries if entry.micro > 0)

    @property
    def fingerprint(self) -> bytes:
        """A SHA-256 of everything but the key; the order of the entries does not matter."""
        lines = sorted(
            (one.account.kind.name, one.account.owner, one.account.currency, one.micro)
            for one in self.entries
        )
        return fingerprint_of("journal", self.reason, moment(self.effective_at), lines)

    def _fault(self) -> str | None:
        texts = (
            ("its key", self.key, KEY_CHARACTERS_MAX),
            ("its reason", self.reason, REASON_CHARACTERS_MAX),
            *(("an owner", entry.account.owner, OWNER_CHARACTERS_MAX) for entry in self.entries),
        )
        for what, said, most in texts:
            if not 0 < len(said) <= most:
                return f"{what} needs 1 to {most} characters"
        if self.effective_at.tzinfo is None:
            return "its effective date needs a zone"
        if not 2 <= len(self.entries) <= ENTRIES_MAX:  # noqa: PLR2004 - one gives, one gets
            return f"it has {len(self.entries)} entries, and needs 2 to {ENTRIES_MAX}"
        if any(entry.micro == 0 for entry in self.entries):
            return "an entry is zero"
        if self.turnover_micro > MICRO_MAX:
            return f"it moves {self.turnover_micro} micro-units, more than {MICRO_MAX}"
        return None


@dataclass(frozen=True, slots=True)
class Reversal:
    """Take back ``micro`` of the turnover of the journal ``of``; None is all that is left of it."""

    key: str
    of: str
    reason: str
    effective_at: datetime
    micro: int | None = None

    @property
    def fingerprint(self) -> bytes:
        """A SHA-256 of everything but the key."""
        return fingerprint_of(
            "reversal", self.of, self.reason, moment(self.effective_at), self.micro
        )


@dataclass(frozen=True, slots=True)
class Posted:
    """A journal in the books; ``new`` is False if it had been booked before."""

    id: int
    key: str
    new: bool


@dataclass(frozen=True, slots=True)
class BookedLine:
    """One entry as it stands in the books."""

    journal_id: int
    line: int
    key: str
    reason: str
    account: Account
    micro: int
    effective_at: datetime
    booked_at: datetime


@dataclass(frozen=True, slots=True)
class Seal:
    """A run of journals that was closed; its digest holds every seal before it."""

    id: int
    journal_count: int
    digest: bytes
    sealed_at: datetime

    def __str__(self) -> str:
        """How a seal is noted elsewhere: ``12:6f1e...``."""
        return f"{self.id}:{self.digest.hex()}"


@dataclass(frozen=True, slots=True)
class Proof:
    """What a proof of the books found; ``faults`` is empty when they are whole.

    ``trial_balance`` is the sum of all entries in each currency, in micro-units: zero everywhere.
    """

    journal_count: int
    entry_count: int
    unsealed_count: int
    trial_balance: dict[str, int]
    head: Seal | None
    faults: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


@dataclass(frozen=True, slots=True)
class Statement:
    """What happened on one account from ``since`` until before ``until``, by booking date.

    ``code`` lets anybody have the statement computed again from the sealed books.
    """

    account: Account
    since: datetime
    until: datetime
    opening: MicroMoney
    lines: tuple[BookedLine, ...]
    closing: MicroMoney
    seal: int
    code: str

    @property
    def digest(self) -> bytes:
        """A SHA-256 of everything on it but its code."""
        return fingerprint_of(
            "statement",
            self.account.kind.name,
            self.account.owner,
            self.account.currency,
            moment(self.since),
            moment(self.until),
            self.opening.micro,
            [
                (one.journal_id, one.line, one.reason, moment(one.effective_at), one.micro)
                for one in self.lines
            ],
            self.closing.micro,
            self.seal,
        )


@dataclass(frozen=True, slots=True)
class StatementGiven:
    """A statement that was given out: its code, account, period and day."""

    code: str
    account: Account
    since: datetime
    until: datetime
    issued_at: datetime


@dataclass(frozen=True, slots=True)
class StatementCheck:
    """What became of checking a code: the statement as the books have it now, and if it agrees."""

    statement: Statement
    agrees: bool


def fingerprint_of(*said: object) -> bytes:
    """A SHA-256 of plain values, the same for the same values wherever it is made."""
    return sha256(json.dumps(said, ensure_ascii=True, separators=(",", ":")).encode()).digest()


def moment(at: datetime) -> int:
    """Microseconds since 1970 in UTC."""
    since = at.astimezone(UTC) - datetime(1970, 1, 1, tzinfo=UTC)
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def chained(previous: bytes, digests: Iterable[bytes]) -> bytes:
    """The digest of a seal: SHA-256 over the digest before it and those of its journals."""
    return sha256(previous + b"".join(digests)).digest()


def breaks(seals: Iterable[tuple[int, bytes, bytes]]) -> list[int]:
    """Which seals (id, previous, digest), in order, do not continue the one before."""
    start = [(0, bytes(32), bytes(32))]
    return [
        after[0]
        for before, after in pairwise([*start, *seals])
        if after[0] != before[0] + 1 or after[1] != before[2]
    ]

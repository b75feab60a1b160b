"""What the ledger refuses, each with its own code."""

from matinee.kit import errors


class JournalInvalid(errors.Invalid):
    """A journal cannot be booked as it is written: a key, a reason, an entry or a date is wrong."""

    code = "ledger.journal_invalid"

    def __init__(self, key: str, fault: str) -> None:
        super().__init__(f"The journal {key[:80]!r} cannot be booked: {fault}.", key=key[:80])


class JournalUnbalanced(errors.Invalid):
    """The entries of a journal do not sum to zero in a currency."""

    code = "ledger.journal_unbalanced"

    def __init__(self, key: str, currency: str, micro: int) -> None:
        super().__init__(
            f"The journal {key[:80]!r} is out of balance by {micro} micro-units of {currency}. "
            "What one account gives another must get: mend the entries.",
            key=key[:80],
            currency=currency,
            micro=micro,
        )


class KeyReused(errors.Conflict):
    """A journal's key was booked before with other content."""

    code = "ledger.key_reused"

    def __init__(self, key: str) -> None:
        super().__init__(
            f"The key {key!r} was booked before with other content. Send that very journal to "
            "learn that it is booked, or book the new one under a key of its own.",
            key=key,
        )


class AccountDiffers(errors.Conflict):
    """An account exists with another root or another rule than the caller believes."""

    code = "ledger.account_differs"

    def __init__(self, kind: str, owner: str) -> None:
        super().__init__(
            f"The account {kind} of {owner!r} was opened with another root or rule. A kind of "
            "account never changes: give the new one another name.",
            kind=kind,
            owner=owner,
        )


class BalanceTooLow(errors.Conflict):
    """A guarded account would go below zero."""

    code = "ledger.balance_too_low"

    def __init__(self) -> None:
        super().__init__(
            "A guarded account does not hold this much, and may not go below zero. Nothing was "
            "booked; look at its balance and ask for less."
        )


class JournalNotFound(errors.NotFound):
    """No journal was booked under this key."""

    code = "ledger.journal_not_found"

    def __init__(self, key: str) -> None:
        super().__init__(f"Nothing was booked under the key {key[:80]!r}.", key=key[:80])


class ReversalTooLarge(errors.Conflict):
    """More would be taken back than is left of a journal."""

    code = "ledger.reversal_too_large"

    def __init__(self, key: str, micro: int, left_micro: int) -> None:
        super().__init__(
            f"{micro} micro-units of {key!r} cannot be taken back: {left_micro} are left. Take "
            "back at most that.",
            key=key,
            micro=micro,
            left_micro=left_micro,
        )


class ReversalImpossible(errors.Invalid):
    """A journal cannot be reversed in the way that was asked for."""

    code = "ledger.reversal_impossible"

    def __init__(self, key: str, why: str) -> None:
        super().__init__(f"The journal {key!r} cannot be reversed so: {why}.", key=key)


class AccountNotFound(errors.NotFound):
    """Nothing was ever booked on an account."""

    code = "ledger.account_not_found"

    def __init__(self, kind: str, currency: str) -> None:
        super().__init__(f"Nothing was ever booked as {kind} in {currency}.", currency=currency)


class StatementTooLong(errors.Invalid):
    """A statement would have more lines than one may have."""

    code = "ledger.statement_too_long"

    def __init__(self, most: int) -> None:
        super().__init__(
            f"More than {most} entries lie in this period. Choose a shorter one.", most=most
        )


class StatementNotFound(errors.NotFound):
    """No statement was given out under this code."""

    code = "ledger.statement_not_found"

    def __init__(self, code: str) -> None:
        super().__init__(
            f"No statement has the code {code[:60]!r}. Copy the whole code from its last line."
        )

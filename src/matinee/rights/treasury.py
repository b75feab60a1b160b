"""What a house decides about money: who pays for it, what it keeps, from how much it pays out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from matinee.kit.db import Session
from matinee.kit.money import Money

from .errors import AmountRefused
from .model import Payments
from .splits import PlatformTerms

CHARGE_MINOR_MIN = 50
"""The least that is charged: below it the provider's own fee takes most."""

CHARGE_MINOR_MAX = 1_000_000

Watched: TypeAlias = Callable[[Session, datetime, datetime], list[tuple[str, int]]]
"""How long each film was watched between two moments: (film, milliseconds)."""


@dataclass(frozen=True, kw_only=True)
class Treasury:
    """The money side of a house.

    ``minimums`` are the least payouts, one for each currency that is taken. ``plan`` is what the
    platform's own subscription costs a month. With ``test`` nobody pays anything: the provider is
    the one of our own.
    """

    payments: Payments
    platform: PlatformTerms
    minimums: tuple[Money, ...]
    plan: Money | None = None
    test: bool = False

    @property
    def currencies(self) -> tuple[str, ...]:
        """What can be paid in; the first is offered first."""
        return tuple(least.currency for least in self.minimums)

    def chargeable(self, amount: Money) -> Money:
        """``amount`` itself; raises ``AmountRefused``."""
        if amount.currency not in self.currencies:
            raise AmountRefused(
                f"{amount.currency} is not taken, only {', '.join(self.currencies)}"
            )
        if not CHARGE_MINOR_MIN <= amount.minor <= CHARGE_MINOR_MAX:
            least = Money(CHARGE_MINOR_MIN, amount.currency).micros
            most = Money(CHARGE_MINOR_MAX, amount.currency).micros
            raise AmountRefused(f"{amount.micros} is not between {least} and {most}")
        return amount

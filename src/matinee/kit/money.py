"""Money, without a float anywhere.

An amount that people see is ``Money``: a whole number of minor units (cents, yen, fils) in one
currency. Shares of revenue are smaller than that, so everything between a sale and a payout is
counted in ``MicroMoney``: whole millionths of the minor unit. Rounding happens once, at payout,
and what rounding leaves over is returned, so that nothing is ever lost.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Self

from matinee.kit import errors

MICROS_PER_MINOR = 1_000_000
"""Micro-units in one minor unit."""

BPS_PER_WHOLE = 10_000
"""Basis points in the whole."""

_CURRENCY_LETTER_COUNT = 3
# Currencies whose minor unit is not a hundredth (ISO 4217, table A.1).
_WHOLE = frozenset("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF".split())  # noqa: SIM905 - codes read better as text
_THOUSANDTHS = frozenset({"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"})
_AMOUNT = re.compile(r"(\d{1,12}(?:\.\d{1,8})?) ?([A-Z]{3})", re.ASCII)


class CurrencyMismatch(errors.Invalid):
    """Two amounts in different currencies were added, subtracted or compared."""

    code = "kit.currency_mismatch"

    def __init__(self, left: str, right: str) -> None:
        super().__init__(
            f"{left} and {right} cannot be combined. Convert one of them at a recorded rate first.",
            left=left,
            right=right,
        )


class CurrencyUnknown(errors.Invalid):
    """A currency is not written as three capital letters."""

    code = "kit.currency_unknown"

    def __init__(self, currency: str) -> None:
        super().__init__(
            f"{currency!r} is not a currency code. Write three capital letters as in ISO 4217, "
            'for example "USD".',
            currency=currency,
        )


class AmountInvalid(errors.Invalid):
    """An amount is not written as a number and a currency."""

    code = "kit.amount_invalid"

    def __init__(self, amount: str) -> None:
        super().__init__(
            f"{amount[:40]!r} is not an amount. Write a number and a currency as in ISO 4217, for "
            'example "5 EUR" or "0.40 USD".'
        )


def minor_digits(currency: str) -> int:
    """How many decimal places the minor unit of a currency has (ISO 4217)."""
    if currency in _WHOLE:
        return 0
    return 3 if currency in _THOUSANDTHS else 2


def _checked_currency(currency: str) -> None:
    well_formed = (
        len(currency) == _CURRENCY_LETTER_COUNT and currency.isascii() and currency.isalpha()
    )
    if not well_formed or not currency.isupper():
        raise CurrencyUnknown(currency)


@dataclass(frozen=True, slots=True)
class Money:
    """A whole number of minor units in one currency; negative when owed the other way.

    Raises ``CurrencyUnknown`` unless ``currency`` is three capital letters (ISO 4217).
    """

    minor: int
    currency: str

    def __post_init__(self) -> None:
        """Check the form of the currency."""
        _checked_currency(self.currency)

    def __add__(self, other: Self) -> "Money":
        """The sum; raises ``CurrencyMismatch``."""
        return Money(self.minor + self._same(other).minor, self.currency)

    def __sub__(self, other: Self) -> "Money":
        """The difference; raises ``CurrencyMismatch``."""
        return Money(self.minor - self._same(other).minor, self.currency)

    def __neg__(self) -> "Money":
        """The same amount owed the other way."""
        return Money(-self.minor, self.currency)

    def __lt__(self, other: Self) -> bool:
        """Order within one currency; raises ``CurrencyMismatch``."""
        return self.minor < self._same(other).minor

    @property
    def micros(self) -> "MicroMoney":
        """The same amount in micro-units, exactly."""
        return MicroMoney(self.minor * MICROS_PER_MINOR, self.currency)

    def _same(self, other: Self) -> Self:
        if other.currency != self.currency:
            raise CurrencyMismatch(self.currency, other.currency)
        return other


@dataclass(frozen=True, slots=True)
class MicroMoney:
    """A whole number of millionths of a minor unit in one currency.

    Raises ``CurrencyUnknown`` unless ``currency`` is three capital letters (ISO 4217).
    """

    micro: int
    currency: str

    def __post_init__(self) -> None:
        """Check the form of the currency."""
        _checked_currency(self.currency)

    @classmethod
    def of(cls, text: str) -> "MicroMoney":
        """The amount written as ``5EUR``, ``5 EUR`` or ``0.40 USD``; raises ``AmountInvalid``.

        What is smaller than a micro-unit is rounded up: a price may not be too low.
        """
        written = _AMOUNT.fullmatch(text.strip())
        if written is None:
            raise AmountInvalid(text)
        micro = Decimal(written[1]).scaleb(minor_digits(written[2])) * MICROS_PER_MINOR
        return cls(int(micro.to_integral_value(rounding="ROUND_CEILING")), written[2])

    def __str__(self) -> str:
        """The amount as people write it, ``0.40 USD``, with more digits only where it has them."""
        digits = minor_digits(self.currency)
        exact = Decimal(self.micro).scaleb(-6 - digits)
        rounded = round(exact, digits)
        shown = rounded if rounded == exact else round(exact, digits + 2)
        return f"{shown:f} {self.currency}"

    def __add__(self, other: Self) -> "MicroMoney":
        """The sum; raises ``CurrencyMismatch``."""
        return MicroMoney(self.micro + self._same(other).micro, self.currency)

    def __sub__(self, other: Self) -> "MicroMoney":
        """The difference; raises ``CurrencyMismatch``."""
        return MicroMoney(self.micro - self._same(other).micro, self.currency)

    def __neg__(self) -> "MicroMoney":
        """The same amount owed the other way."""
        return MicroMoney(-self.micro, self.currency)

    def split(self, weights: Sequence[int]) -> tuple["MicroMoney", ...]:
        """Divide among holders in proportion to ``weights``, losing nothing.

        ``weights`` are whole numbers of at least 0 with a positive sum (basis points, seconds on
        screen). The parts sum to the whole. Each differs from its exact share by less than one
        micro-unit; what the division leaves over goes to the largest remainders, ties to the
        earlier holder (Hamilton's method).
        """
        assert weights, "a split needs at least one holder"
        assert min(weights) >= 0, f"weights may not be negative: {weights}"
        weight_sum = sum(weights)
        assert weight_sum > 0, f"weights need a positive sum: {weights}"
        sign = -1 if self.micro < 0 else 1
        shares = [divmod(abs(self.micro) * weight, weight_sum) for weight in weights]
        parts = [whole for whole, _ in shares]
        by_remainder = sorted(range(len(shares)), key=lambda holder: (-shares[holder][1], holder))
        for holder in by_remainder[: abs(self.micro) - sum(parts)]:
            parts[holder] += 1
        return tuple(MicroMoney(sign * part, self.currency) for part in parts)

    def payable(self) -> tuple[Money, "MicroMoney"]:
        """Whole minor units that can be paid out, rounded towards zero, and the rest to keep."""
        sign = -1 if self.micro < 0 else 1
        minor = sign * (abs(self.micro) // MICROS_PER_MINOR)
        rest = self.micro - minor * MICROS_PER_MINOR
        return Money(minor, self.currency), MicroMoney(rest, self.currency)

    def _same(self, other: Self) -> Self:
        if other.currency != self.currency:
            raise CurrencyMismatch(self.currency, other.currency)
        return other

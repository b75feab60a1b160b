"""What the routes of money work with, and what they all do: read bodies, say amounts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Annotated, TypeVar

import msgspec
from fastapi import Depends, Request

from matinee.kit.bodies import decoded
from matinee.kit.clock import Clock
from matinee.kit.db import Database, Session
from matinee.kit.durable import Jobs, Workflow
from matinee.kit.ids import Ids
from matinee.kit.money import MicroMoney, Money
from matinee.people import Visitor, access
from matinee.rights.errors import PeriodInvalid, RequestUnreadable
from matinee.rights.treasury import Treasury

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class MoneyDesk:
    """Where requests about money are answered.

    ``may_see`` says whether a visitor may see a film, ``titles`` what films are called; ``hear``
    takes word from the provider.
    """

    database: Database
    clock: Clock
    ids: Ids
    jobs: Jobs
    treasury: Treasury
    charge: Workflow[[str], None]
    hear: Callable[[bytes, str], bool]
    may_see: Callable[[Session, Visitor, str], bool]
    titles: Callable[[Session, Sequence[str]], Mapping[str, str]]
    public_url: str = ""


async def raw_body(request: Request) -> bytes:
    """Return a request's body, so that a route need not wait for it itself."""
    return await request.body()


Body = Annotated[bytes, Depends(raw_body)]
Member = Annotated[Visitor, Depends(access.member("account"))]
Payer = Annotated[Visitor, Depends(access.verified_adult)]
Anyone = Annotated[Visitor | None, Depends(access.anyone)]


class Price(msgspec.Struct, frozen=True):
    """An amount in whole minor units (cents, yen, fils)."""

    amount: int
    currency: str

    @property
    def money(self) -> Money:
        """As the house counts it; raises ``CurrencyUnknown``."""
        return Money(self.amount, self.currency)


class Amount(msgspec.Struct, frozen=True):
    """An amount: as people read it, and exactly, in millionths of the minor unit."""

    text: str
    micro: int
    currency: str


def price_of(money: Money) -> Price:
    """An amount as it is said."""
    return Price(money.minor, money.currency)


def amount_of(money: MicroMoney) -> Amount:
    """An exact amount as it is said."""
    return Amount(str(money), money.micro, money.currency)


def read_json(body: bytes, kind: type[T]) -> T:
    """Decode a JSON body; raises ``RequestUnreadable`` with the place of the fault."""
    return decoded(body, kind, RequestUnreadable)


def day_of(field: str, said: str) -> date:
    """A day in a request; raises ``PeriodInvalid``."""
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise PeriodInvalid(field, f"{said[:20]!r} is no day such as 2026-11-23") from None


def period_of(since: str, until: str) -> tuple[datetime, datetime]:
    """From a day to another, both included, in UTC; raises ``PeriodInvalid``."""
    first, last = day_of("since", since), day_of("until", until)
    if last < first:
        raise PeriodInvalid("until", "it lies before since")
    if last == date.max:
        raise PeriodInvalid("until", "no day comes after it")
    after = date.fromordinal(last.toordinal() + 1)
    return datetime.combine(first, time(), UTC), datetime.combine(after, time(), UTC)

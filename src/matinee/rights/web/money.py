"""Money over HTTP: what one has earned, statements of it, and checking one by its code."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated

import msgspec
from fastapi import APIRouter, Depends
from starlette.responses import Response

from matinee import ledger
from matinee.kit.clock import Clock
from matinee.kit.db import Database
from matinee.kit.money import MicroMoney
from matinee.people import Visitor, access
from matinee.rights import paying
from matinee.rights.errors import PeriodInvalid
from matinee.rights.model import EARNINGS

_CSV = "text/csv; charset=utf-8"
_CURRENCY = "EUR"

Member = Annotated[Visitor, Depends(access.member("account"))]
Anyone = Annotated[Visitor | None, Depends(access.anyone)]


@dataclass(frozen=True, kw_only=True)
class MoneyDesk:
    """Where requests about money are answered."""

    database: Database
    clock: Clock


class Amount(msgspec.Struct, frozen=True):
    """An amount: as people read it, and exactly, in millionths of the minor unit."""

    text: str
    micro: int
    currency: str


class PayoutSaid(msgspec.Struct, frozen=True):
    """A payout: what, when, and what became of it."""

    id: str
    minor: int
    currency: str
    state: str
    fault: str | None
    ordered_at: datetime


class EarningsSaid(msgspec.Struct, frozen=True):
    """What somebody is owed in each currency (less than zero: owes), and their payouts."""

    balances: list[Amount]
    payouts: list[PayoutSaid]


class LineSaid(msgspec.Struct, frozen=True):
    """One line of a statement."""

    booked_at: datetime
    effective_at: datetime
    reason: str
    occasion: str
    amount: Amount


class StatementSaid(msgspec.Struct, frozen=True):
    """A statement, with the code by which anybody can have it computed again."""

    code: str
    since: datetime
    until: datetime
    opening: Amount
    closing: Amount
    lines: list[LineSaid]


class CheckSaid(msgspec.Struct, frozen=True):
    """What the books say of a code. It does not say whose statement it is."""

    code: str
    agrees: bool
    since: datetime
    until: datetime
    opening: Amount
    closing: Amount
    line_count: int


def money_router(desk: MoneyDesk) -> APIRouter:
    """The routes of those who earn, and of those who check."""
    router = APIRouter()

    @router.get("/me/earnings")
    def earnings(visitor: Member) -> Response:
        """Say what the visitor is owed, and which payouts were made."""
        party = visitor.person.id
        with desk.database.transaction() as session:
            owned = [one for one in ledger.accounts_owned(session, party) if one.kind == EARNINGS]
            held = ledger.balances(session, owned)
            payouts = paying.payouts_of(session, party)
        return _json(
            EarningsSaid(
                balances=[_amount(one) for one in held.values()],
                payouts=[
                    PayoutSaid(
                        one.id,
                        one.amount.minor,
                        one.amount.currency,
                        one.state,
                        one.fault,
                        one.ordered_at,
                    )
                    for one in payouts
                ],
            )
        )

    @router.get("/me/statements")
    def statement(
        visitor: Member,
        since: str,
        until: str,
        currency: str = _CURRENCY,
        form: str = "json",
    ) -> Response:
        """Make a statement from one day to another, both included (UTC); ``form`` json or csv."""
        first, last = _day("since", since), _day("until", until)
        MicroMoney(0, currency)  # refuses what is no currency
        if last < first:
            raise PeriodInvalid("until", "it lies before since")
        if last == date.max:
            raise PeriodInvalid("until", "no day comes after it")
        account = ledger.Account(EARNINGS, visitor.person.id, currency)
        with desk.database.transaction() as session:
            made = ledger.statement(
                session,
                account,
                since=_midnight(first),
                until=_midnight(last + timedelta(days=1)),
                at=desk.clock.now(),
            )
        if form == "csv":
            body = "\n".join([*ledger.csv_of(made.lines), f"code,{made.code}", ""])
            return Response(body, media_type=_CSV)
        return _json(
            StatementSaid(
                code=made.code,
                since=made.since,
                until=made.until,
                opening=_amount(made.opening),
                closing=_amount(made.closing),
                lines=[
                    LineSaid(
                        line.booked_at,
                        line.effective_at,
                        line.reason,
                        line.key,
                        _amount(MicroMoney(line.micro, currency)),
                    )
                    for line in made.lines
                ],
            )
        )

    @router.get("/statements/{code}")
    def check(code: str, _visitor: Anyone) -> Response:
        """Compute the statement with a code again from the sealed books."""
        with desk.database.transaction() as session:
            found = ledger.check_statement(session, code)
        made = found.statement
        return _json(
            CheckSaid(
                code=made.code,
                agrees=found.agrees,
                since=made.since,
                until=made.until,
                opening=_amount(made.opening),
                closing=_amount(made.closing),
                line_count=len(made.lines),
            )
        )

    return router


def _amount(money: MicroMoney) -> Amount:
    return Amount(str(money), money.micro, money.currency)


def _day(field: str, said: str) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise PeriodInvalid(field, f"{said[:20]!r} is no day such as 2026-11-23") from None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _json(body: msgspec.Struct) -> Response:
    return Response(
        msgspec.json.encode(body),
        media_type="application/json",
        headers={"cache-control": "private, no-store"},
    )

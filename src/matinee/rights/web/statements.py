"""Statements over HTTP: made for those who earn, checked by anybody."""

from collections.abc import Callable
from datetime import UTC, datetime, time
from typing import Annotated

import msgspec
from fastapi import APIRouter, Query
from starlette.responses import Response

from matinee import ledger
from matinee.kit.bodies import answer
from matinee.kit.money import MicroMoney
from matinee.people import Visitor
from matinee.rights.errors import TooManyStatements
from matinee.rights.model import EARNINGS
from matinee.rights.printing import pdf_of

from .desk import Amount, Anyone, Body, Member, MoneyDesk, amount_of, period_of, read_json

STATEMENTS_PER_DAY = 20
_LISTED_MAX = 100
_CSV = "text/csv; charset=utf-8"


class Period(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """From a day to another, both included (UTC), in one currency."""

    since: str
    until: str
    currency: str


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


class GivenSaid(msgspec.Struct, frozen=True):
    """A statement that was made before."""

    code: str
    since: datetime
    until: datetime
    currency: str
    issued_at: datetime


class CheckSaid(msgspec.Struct, frozen=True):
    """What the books say of a code. It does not say whose statement it is."""

    code: str
    agrees: bool
    since: datetime
    until: datetime
    opening: Amount
    closing: Amount
    line_count: int


def statement_router(desk: MoneyDesk) -> APIRouter:
    """The routes of those who want it in writing, and of those who check."""
    router = APIRouter()

    @router.post("/me/statements")
    def make(body: Body, visitor: Member) -> Response:
        """Make a statement of a period; the same again is the same statement."""
        asked = read_json(body, Period)
        since, until = period_of(asked.since, asked.until)
        MicroMoney(0, asked.currency)  # refuses what is no currency
        party = visitor.person.id
        now = desk.clock.now()
        with desk.database.transaction() as session:
            made = ledger.statement(
                session,
                ledger.Account(EARNINGS, party, asked.currency),
                since=since,
                until=until,
                at=now,
            )
            today = datetime.combine(now.astimezone(UTC).date(), time(), UTC)
            given = ledger.statements_given(session, party, most=STATEMENTS_PER_DAY + 1)
            if sum(one.issued_at >= today for one in given) > STATEMENTS_PER_DAY:
                raise TooManyStatements(STATEMENTS_PER_DAY)  # and nothing of this one is kept
        return answer(_said(made), status=201)

    @router.get("/me/statements")
    def statements(visitor: Member) -> Response:
        """List the visitor's statements, the newest first."""
        with desk.database.transaction() as session:
            given = ledger.statements_given(session, visitor.person.id, most=_LISTED_MAX)
        return answer(
            {
                "statements": [
                    GivenSaid(one.code, one.since, one.until, one.account.currency, one.issued_at)
                    for one in given
                ]
            }
        )

    @router.get("/me/statements/{code}")
    def statement(
        code: str,
        visitor: Member,
        form: Annotated[str, Query(pattern="^(json|csv|pdf)$")] = "json",
    ) -> Response:
        """Read a statement again: JSON, CSV or PDF."""
        with desk.database.transaction() as session:
            found = ledger.check_statement(session, code).statement
        if found.account.owner != visitor.person.id:
            raise ledger.StatementNotFound(code)
        return _FORMS[form](found, visitor, desk)

    @router.get("/statements/{code}")
    def check(code: str, _visitor: Anyone) -> Response:
        """Compute the statement with a code again from the sealed books."""
        with desk.database.transaction() as session:
            found = ledger.check_statement(session, code)
        made = found.statement
        return answer(
            CheckSaid(
                code=made.code,
                agrees=found.agrees,
                since=made.since,
                until=made.until,
                opening=amount_of(made.opening),
                closing=amount_of(made.closing),
                line_count=len(made.lines),
            )
        )

    return router


def _said(made: ledger.Statement) -> StatementSaid:
    return StatementSaid(
        code=made.code,
        since=made.since,
        until=made.until,
        opening=amount_of(made.opening),
        closing=amount_of(made.closing),
        lines=[
            LineSaid(
                line.booked_at,
                line.effective_at,
                line.reason,
                line.key,
                amount_of(MicroMoney(line.micro, made.account.currency)),
            )
            for line in made.lines
        ],
    )


def _json(made: ledger.Statement, _visitor: Visitor, _desk: MoneyDesk) -> Response:
    return answer(_said(made))


def _csv(made: ledger.Statement, _visitor: Visitor, _desk: MoneyDesk) -> Response:
    body = "\n".join([*ledger.csv_of(made.lines), f"code,{made.code}", ""])
    return _file(body.encode(), _CSV, f"{made.code}.csv")


def _pdf(made: ledger.Statement, visitor: Visitor, desk: MoneyDesk) -> Response:
    person = visitor.person
    written = pdf_of(
        made,
        name=person.name or person.handle,
        handle=person.handle,
        check_url=f"{desk.public_url}/verify-statement",
        test=desk.treasury.test,
    )
    return _file(written, "application/pdf", f"{made.code}.pdf")


def _file(body: bytes, kind: str, name: str) -> Response:
    return Response(
        body,
        media_type=kind,
        headers={
            "cache-control": "private, no-store",
            "content-disposition": f'attachment; filename="matinee-{name}"',
        },
    )


_FORMS: dict[str, Callable[[ledger.Statement, Visitor, MoneyDesk], Response]] = {
    "json": _json,
    "csv": _csv,
    "pdf": _pdf,
}

"""Earnings and statements over HTTP."""

from datetime import UTC, datetime

from fastapi import Depends, FastAPI, Request
from starlette.testclient import TestClient

import feed_builders
from matinee import ledger, rights
from matinee.entrypoints.edges import answer_errors
from matinee.kit import db
from matinee.kit.clock import ManualClock
from matinee.kit.money import MicroMoney
from matinee.people import Visitor, person_by_handle
from matinee.rights.model import PROVIDER
from matinee.rights.web import MoneyDesk, money_router

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)


def a_client(database: db.Database) -> TestClient:
    app = FastAPI()
    answer_errors(app)

    def entered(request: Request) -> None:
        handle = request.headers.get("x-test-person", "")
        request.state.visitor = None
        if handle:
            with database.transaction() as session:
                request.state.visitor = Visitor(person_by_handle(session, handle))

    desk = MoneyDesk(database=database, clock=ManualClock(AT))
    app.include_router(money_router(desk), prefix="/api", dependencies=[Depends(entered)])
    return TestClient(app)


def test_who_earns_sees_it_and_anybody_can_check_the_statement(database: db.Database) -> None:
    with database.transaction() as session:
        anna = feed_builders.a_person(session, "anna")
        rights.register_film(session, "film_1", maker=anna.id)
        bank = ledger.Account(PROVIDER, "payments", "EUR")
        tip = rights.Revenue("tip_1", "tip", "film_1", MicroMoney.of("5 EUR"), bank, AT)
        rights.earning.earn(session, [tip], rights.PlatformTerms(rights.PLATFORM), at=AT)
    client, me = a_client(database), {"x-test-person": "anna"}
    told = client.get("/api/me/earnings", headers=me).json()
    amount = {"text": "4.50 EUR", "micro": 450_000_000, "currency": "EUR"}
    assert told == {"balances": [amount], "payouts": []}
    period = {"since": "2026-11-01", "until": "2026-11-30"}
    made = client.get("/api/me/statements", params=period, headers=me).json()
    assert (made["opening"]["micro"], made["closing"]) == (0, amount)
    assert [line["reason"] for line in made["lines"]] == ["rights.tip"]
    table = client.get("/api/me/statements", params={**period, "form": "csv"}, headers=me)
    assert table.text.splitlines()[1].endswith(",4.50000000,EUR")
    checked = client.get(f"/api/statements/{made['code']}")
    assert checked.json()["agrees"] is True
    assert anna.id not in checked.text
    assert client.get("/api/me/earnings").status_code == 401
    assert client.get("/api/statements/NO-SUCH").json()["code"] == "ledger.statement_not_found"
    for wrong in (
        {"since": "yesterday", "until": "2026-11-30"},
        {"since": "2026-11-30", "until": "2026-11-01"},
        {**period, "currency": "euro"},
    ):
        assert client.get("/api/me/statements", params=wrong, headers=me).status_code == 422

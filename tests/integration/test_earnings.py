"""What somebody takes along of what they earned."""

from datetime import timedelta

import msgspec

from matinee import ledger
from matinee.entrypoints import earnings
from matinee.kit.clock import ManualClock
from matinee.kit.db import Database
from matinee.rights import EARNINGS


def test_every_statement_that_was_given_is_taken_along(database: Database) -> None:
    now = ManualClock().now()
    account = ledger.Account(EARNINGS, "person_ada", "EUR")
    with database.transaction() as session:
        ledger.locked_balance(session, account, at=now)  # opens it
        made = ledger.statement(session, account, since=now - timedelta(days=30), until=now, at=now)
        found = dict(earnings.exported(session, "person_ada"))
        assert dict(earnings.exported(session, "person_bob")) == {}
    assert set(found) == {f"{made.code}.json"}
    told = msgspec.json.decode(found[f"{made.code}.json"])
    assert told["code"] == made.code
    assert told["account"]["owner"] == "person_ada"

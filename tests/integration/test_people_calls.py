"""What agents did with somebody's keys: told to them, and forgotten in time and when they leave."""

import json
from datetime import UTC, datetime, timedelta

from matinee.kit.clock import ManualClock
from matinee.kit.db import Database
from matinee.kit.events import Event
from matinee.people import OPERATOR_ID, PERSON_CLOSED, calls, exporting

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)


def called(database: Database, person: str | None, tool: str, at: datetime = AT) -> None:
    call = calls.AgentCall(
        caller="key_1", person_id=person, tool=tool, outcome="200", took_ms=12, called_at=at
    )
    with database.transaction() as session:
        calls.note(session, call)


def tools_of(database: Database, person: str) -> list[str]:
    with database.transaction() as session:
        return [one.tool for one in calls.of_person(session, person, limit=10)]


def test_calls_are_told_to_their_person_and_go_with_them(database: Database) -> None:
    called(database, OPERATOR_ID, "find_products")
    called(database, "person_other", "track_order")
    with database.transaction() as session:
        told = dict(exporting.own(session, OPERATOR_ID))["account.json"]
        assert isinstance(told, bytes)
        assert [one["tool"] for one in json.loads(told)["agent_calls"]] == ["find_products"]
        payload = {"person_id": OPERATOR_ID, "blobs": []}
        left = Event(1, PERSON_CLOSED, OPERATOR_ID, payload, ManualClock(AT).now())
        exporting.forget(session, left, blobs=None)  # type: ignore[arg-type] # it has no pictures
    assert tools_of(database, OPERATOR_ID) == []
    assert tools_of(database, "person_other") == ["track_order"]


def test_calls_are_forgotten_in_time(database: Database) -> None:
    called(database, OPERATOR_ID, "old")
    called(database, OPERATOR_ID, "new", AT + timedelta(days=60))
    with database.transaction() as session:
        calls.forget(session, before=AT + timedelta(days=91) - calls.KEPT)
        assert calls.count(session, "key_1", since=AT - timedelta(days=1)) == 1
    assert tools_of(database, OPERATOR_ID) == ["new"]

"""The outbox on the real server."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import text

from matinee.kit import db, events
from matinee.kit.clock import ManualClock

CLOCK = ManualClock()


def record(database: db.Database, key: str, topic: str = "studio.film_finished") -> bool:
    with database.transaction() as session:
        return events.record(session, topic, key=key, payload={"film": key}, at=CLOCK.now())


def heard_by(heard: list[str]) -> events.Subscriber:
    return lambda _session, event: heard.append(event.key)


def failing(times: int, then: events.Subscriber) -> events.Subscriber:
    left = [times]

    def subscriber(session: db.Session, event: events.Event) -> None:
        if left[0]:
            left[0] -= 1
            raise RuntimeError("not now")
        then(session, event)

    return subscriber


def test_an_event_reaches_every_subscriber_of_its_topic_once_and_in_order(
    database: db.Database,
) -> None:
    first: list[str] = []
    second: list[str] = []
    dispatcher = events.Dispatcher(database, CLOCK)
    dispatcher.subscribe("studio.film_finished", "first", heard_by(first))
    dispatcher.subscribe("studio.film_finished", "second", heard_by(second))
    for key in "abc":
        record(database, key)
    record(database, "other", topic="studio.other")
    dispatcher.deliver()
    dispatcher.deliver()
    assert first == second == ["a", "b", "c"]


def test_an_event_of_a_rolled_back_transaction_was_never_said(database: db.Database) -> None:
    heard: list[str] = []
    dispatcher = events.Dispatcher(database, CLOCK)
    dispatcher.subscribe("studio.film_finished", "feed", heard_by(heard))
    with pytest.raises(ZeroDivisionError), database.transaction() as session:
        events.record(session, "studio.film_finished", key="a", payload={}, at=CLOCK.now())
        raise ZeroDivisionError
    dispatcher.deliver()
    assert heard == []


def test_the_same_topic_and_key_is_the_same_event(database: db.Database) -> None:
    assert record(database, "a")
    assert not record(database, "a")
    heard: list[str] = []
    dispatcher = events.Dispatcher(database, CLOCK)
    dispatcher.subscribe("studio.film_finished", "feed", heard_by(heard))
    dispatcher.deliver()
    assert heard == ["a"]


def test_a_failing_subscriber_is_asked_again_later_and_holds_up_no_other(
    database: db.Database,
) -> None:
    clock = ManualClock()
    well: list[str] = []
    late: list[str] = []
    dispatcher = events.Dispatcher(database, clock)
    dispatcher.subscribe("studio.film_finished", "late", failing(2, heard_by(late)))
    dispatcher.subscribe("studio.film_finished", "well", heard_by(well))
    record(database, "a")
    assert dispatcher.deliver() == 0
    assert dispatcher.deliver() == 0
    clock.advance(timedelta(seconds=3))
    assert dispatcher.deliver() == 0
    clock.advance(timedelta(seconds=5))
    assert dispatcher.deliver() == 1
    assert (well, late) == (["a"], ["a"])


def test_what_a_failing_subscriber_wrote_is_rolled_back(database: db.Database) -> None:
    with database.transaction() as session:
        session.execute(text("create table heard (key text)"))

    def writes_then_fails(session: db.Session, event: events.Event) -> None:
        session.execute(text("insert into heard values (:key)"), {"key": event.key})
        raise RuntimeError("after writing")

    dispatcher = events.Dispatcher(database, ManualClock())
    dispatcher.subscribe("studio.film_finished", "feed", writes_then_fails)
    record(database, "a")
    dispatcher.deliver()
    with database.transaction() as session:
        assert session.execute(text("select count(*) from heard")).scalar() == 0
        failure = session.execute(text("select last_failure from kit.delivery")).scalar()
    assert failure == "RuntimeError: after writing"


def test_two_dispatchers_deliver_each_event_once(
    database: db.Database,
) -> None:
    heard: list[str] = []
    for number in range(20):
        record(database, str(number))

    def deliver() -> int:
        dispatcher = events.Dispatcher(database, CLOCK)
        dispatcher.subscribe("studio.film_finished", "feed", heard_by(heard))
        return dispatcher.deliver()

    with ThreadPoolExecutor(3) as threads:
        for delivery in [threads.submit(deliver) for _ in range(3)]:
            delivery.result()
    assert sorted(heard, key=int) == [str(number) for number in range(20)]

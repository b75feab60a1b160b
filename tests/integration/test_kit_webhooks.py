"""Webhooks on the real database, sent to a receiver that enforces the signature rules."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from matinee.kit import db, ids, webhooks
from matinee.kit.clock import ManualClock
from matinee.kit.outside import Outside, UrlInvalid
from webhook_receiver import Receiver, a_receiver

TYPES = ("video.completed", "video.failed")


def a_message(number: int, clock: ManualClock, kind: str = "video.completed") -> webhooks.Message:
    body = json.dumps({"id": f"evt_{number}", "type": kind, "data": {"id": f"video_{number}"}})
    return webhooks.Message(f"evt_{number}", kind, body, clock.now())


class House:
    """A database with a sender on it, and a clock that is moved by hand."""

    def __init__(self, database: db.Database, *, private: bool = True) -> None:
        self.clock = ManualClock()
        self.database = database
        self.ids = ids.SeededIds()
        self.sender = webhooks.Sender(database, self.clock, Outside(private=private))

    def endpoint(self, url: str, *types: str, owner: str = webhooks.HOUSE) -> webhooks.Endpoint:
        wish = webhooks.Wish(name="shop", url=url, event_types=types or TYPES)
        with self.database.transaction() as session:
            return webhooks.register(
                session,
                wish,
                owner=owner,
                known_types=TYPES,
                ids=self.ids,
                at=self.clock.now(),
            )

    def announce(self, number: int, kind: str = "video.completed", owner: str = "") -> int:
        message = replace(a_message(number, self.clock, kind), owner=owner)
        with self.database.transaction() as session:
            return webhooks.announce(session, message, ids=self.ids, at=self.clock.now())

    def send_all(self) -> int:
        count = 0
        while self.sender.send_one():
            count += 1
        return count

    def deliveries(self, state: webhooks.State | None = None) -> tuple[webhooks.Delivery, ...]:
        with self.database.transaction() as session:
            return webhooks.deliveries(session, state=state)


def test_a_message_reaches_each_endpoint_that_listens_for_it_signed_and_once(
    database: db.Database,
) -> None:
    house = House(database)
    with a_receiver(house.clock) as both, a_receiver(house.clock) as failures:
        both.secrets = [house.endpoint(both.url).secret]
        failures.secrets = [house.endpoint(failures.url, "video.failed").secret]
        assert house.announce(1) == 1
        assert house.announce(1) == 0  # the same message again is the same message
        assert house.announce(2, "video.failed") == 2
        assert house.send_all() == 3
        assert sorted(both.message_ids) == ["evt_1", "evt_2"]
        assert failures.message_ids == ["evt_2"]
        assert both.refused == failures.refused == []
    assert {one.state for one in house.deliveries()} == {"delivered"}


def test_the_house_is_told_of_everything_and_others_of_what_is_theirs(
    database: db.Database,
) -> None:
    house = House(database)
    mine = {owner: house.endpoint(f"http://127.0.0.1:9/{owner}", owner=owner) for owner in "ab"}
    house.endpoint("http://127.0.0.1:9/house")
    told = [house.announce(number, owner=owner) for number, owner in enumerate(("a", "b", "c", ""))]
    assert told == [2, 2, 1, 1]
    with database.transaction() as session:
        for owner, endpoint in mine.items():
            found = webhooks.deliveries(session, endpoint=endpoint.id)
            assert [one.message for one in found] == [f"evt_{'ab'.index(owner)}"]
        (delivery,) = webhooks.deliveries(session, endpoint=mine["a"].id)
        at = house.clock.now()
        with pytest.raises(webhooks.DeliveryNotFound):
            webhooks.retry(session, delivery.id, endpoint=mine["b"].id, at=at)
        assert webhooks.retry(session, delivery.id, endpoint=mine["a"].id, at=at) == delivery
        with pytest.raises(webhooks.EndpointNotFound):
            webhooks.owned(session, "b", mine["a"].id)
        webhooks.forget(session, "a")
        assert len(webhooks.listed(session)) == 2
        assert len(webhooks.deliveries(session)) == 5


def test_others_that_take_no_message_do_not_hold_up_the_house(database: db.Database) -> None:
    house = House(database)
    house.endpoint("http://127.0.0.1:9/a", owner="a")
    house.announce(1, owner="a")
    house.clock.advance(timedelta(seconds=1))
    assert not house.sender.send_one(house_only=True)
    with a_receiver(house.clock) as receiver:
        receiver.secrets = [house.endpoint(receiver.url).secret]
        house.announce(2, owner="a")
        assert house.sender.send_one(house_only=True)
        assert receiver.message_ids == ["evt_2"]


def test_what_happened_before_an_endpoint_was_there_is_not_told_to_it(
    database: db.Database,
) -> None:
    house = House(database)
    early = a_message(1, house.clock)
    house.clock.advance(timedelta(seconds=1))
    house.endpoint("https://example.com/hook")
    with database.transaction() as session:
        assert webhooks.announce(session, early, ids=house.ids, at=house.clock.now()) == 0


def test_what_is_not_taken_is_tried_again_later_under_the_same_id(database: db.Database) -> None:
    house = House(database)
    with a_receiver(house.clock) as receiver:
        receiver.secrets = [house.endpoint(receiver.url).secret]
        receiver.answers = [500, 302]
        house.announce(1)
        assert house.send_all() == 1
        assert house.send_all() == 0  # not before its time
        for wait_s in webhooks.WAITS_S[:2]:
            house.clock.advance(timedelta(seconds=wait_s))
            assert house.send_all() == 1
        assert receiver.message_ids == ["evt_1"] * 3
    delivery = house.deliveries()[0]
    assert (delivery.state, delivery.attempt_count, delivery.last_status) == ("delivered", 3, 200)


def test_a_message_that_nobody_takes_is_dead_after_three_days_and_can_be_tried_again(
    database: db.Database,
) -> None:
    house = House(database)
    with a_receiver(house.clock) as receiver:
        receiver.secrets = [house.endpoint(receiver.url).secret]
        receiver.answers = [503] * (len(webhooks.WAITS_S) + 1)
        house.announce(1)
        began = house.clock.now()
        while house.send_all():
            house.clock.advance(timedelta(days=2))
        dead = house.deliveries("dead")[0]
        assert dead.attempt_count == len(webhooks.WAITS_S) + 1
        assert sum(webhooks.WAITS_S) >= timedelta(days=3).total_seconds()
        assert dead.ended_at is not None
        assert dead.ended_at > began
        assert dead.last_failure == "it answered 503"
        with database.transaction() as session:
            webhooks.retry(session, dead.id, at=house.clock.now())
        house.send_all()
        assert house.deliveries("dead") == ()
        assert set(receiver.message_ids) == {"evt_1"}


def test_an_endpoint_that_is_gone_is_not_asked_again(database: db.Database) -> None:
    house = House(database)
    with a_receiver(house.clock) as receiver:
        receiver.secrets = [house.endpoint(receiver.url).secret]
        receiver.answers = [410]
        house.announce(1)
        house.send_all()
    assert [one.attempt_count for one in house.deliveries("dead")] == [1]


def test_no_request_goes_to_a_private_address_unless_that_is_allowed(
    database: db.Database,
) -> None:
    house = House(database, private=False)
    with a_receiver(house.clock) as receiver:
        house.endpoint(receiver.url)
        house.announce(1)
        house.send_all()
        assert receiver.message_ids == receiver.refused == []
    assert "private network" in house.deliveries()[0].last_failure


def test_after_a_rotation_the_old_secret_signs_for_a_day_more_or_not_at_all(
    database: db.Database,
) -> None:
    house = House(database)
    with a_receiver(house.clock) as receiver:
        first = house.endpoint(receiver.url)
        with database.transaction() as session:
            second = webhooks.rotate(session, first.id, keep_before=True, at=house.clock.now())
        for secret in (first.secret, second.secret):
            receiver.secrets = [secret]
            house.announce(len(receiver.message_ids))
            house.send_all()
        assert len(receiver.message_ids) == 2
        house.clock.advance(timedelta(hours=25))
        assert refuses(receiver, house, first.secret)
        with database.transaction() as session:
            webhooks.rotate(session, first.id, keep_before=False, at=house.clock.now())
        assert refuses(receiver, house, second.secret)


def refuses(receiver: Receiver, house: House, secret: str) -> bool:
    """Whether a message that is sent now is not signed with this secret."""
    receiver.secrets, before = [secret], len(receiver.refused)
    house.announce(100 + before)
    house.send_all()
    return len(receiver.refused) == before + 1


@pytest.mark.parametrize(
    ("wish", "error"),
    [
        (webhooks.Wish(url="https://example.com", event_types=("batch.failed",)), "batch.failed"),
        (webhooks.Wish(url="https://example.com", event_types=()), "event_types"),
        (webhooks.Wish(event_types=TYPES), "url"),
        (webhooks.Wish(url="https://example.com", event_types=TYPES, name="x" * 81), "name"),
    ],
)
def test_an_endpoint_that_cannot_be_kept_is_refused_by_name(
    database: db.Database, wish: webhooks.Wish, error: str
) -> None:
    house = House(database)
    with (
        pytest.raises(webhooks.EndpointInvalid, match=error),
        database.transaction() as session,
    ):
        webhooks.register(session, wish, known_types=TYPES, ids=house.ids, at=house.clock.now())
    with pytest.raises(UrlInvalid):
        house.endpoint("javascript:alert(1)")

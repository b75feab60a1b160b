"""What a lower package tells a higher one, without knowing who listens.

A verb records an event in its own transaction; if that rolls back, nothing was ever said. The
dispatcher then offers it to every subscriber that wiring registered, at least once, each in a
transaction of its own that also notes the delivery: a subscriber's writes happen exactly once,
what it does outside the database may happen again. A subscriber that fails is tried again later
and later, and holds up no other::

    events.record(
        session, "studio.film_finished", key=film.id, payload={"film_id": film.id}, at=clock.now()
    )

    dispatcher = events.Dispatcher(database, clock)                       # in wiring
    dispatcher.subscribe("studio.film_finished", "feed.draft_post", feed.draft_post)
    dispatcher.start()
"""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.sql import bindparam

from matinee.kit import errors, logs
from matinee.kit.clock import Clock
from matinee.kit.db import Database, Session
from matinee.kit.plain import Plain

log = logs.logger(__name__)

_BATCH_COUNT = 100
_RETRY_S_MAX = 300


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened: ``topic`` is "package.what", ``key`` names the one occasion."""

    id: int
    topic: str
    key: str
    payload: Mapping[str, Plain]
    recorded_at: datetime


Subscriber: TypeAlias = Callable[[Session, Event], None]
"""Called with a session of its own and the event; raises to be called again later."""


def record(
    session: Session, topic: str, *, key: str, payload: Mapping[str, Plain], at: datetime
) -> bool:
    """Say that something happened, as part of the caller's transaction.

    The same topic and key twice is the same event: returns whether it was new.
    """
    assert at.tzinfo is not None, "a moment needs a zone"
    statement = text(
        "insert into kit.outbox (topic, key, payload, recorded_at)"
        " values (:topic, :key, :payload, :at) on conflict (topic, key) do nothing returning id"
    ).bindparams(bindparam("payload", type_=JSONB))
    row = session.execute(
        statement, {"topic": topic, "key": key, "payload": dict(payload), "at": at}
    ).first()
    return row is not None


class Dispatcher:
    """Offers recorded events to subscribers; any number of processes may run one."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """Deliver from ``database``; nothing runs until ``start`` or ``deliver``."""
        self._database = database
        self._clock = clock
        self._subscribers: dict[str, dict[str, Subscriber]] = {}
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="events", daemon=True)

    def subscribe(self, topic: str, name: str, subscriber: Subscriber) -> None:
        """Call ``subscriber`` for each event of ``topic``; ``name`` is stable over releases."""
        named = self._subscribers.setdefault(topic, {})
        assert name not in named, f"{name} subscribes to {topic} twice"
        named[name] = subscriber

    def start(self) -> None:
        """Deliver in the background, looking once a second."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the delivery in hand and stop."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join()

    def deliver(self) -> int:
        """Offer every waiting event once, in the order of recording; returns how many settled."""
        with self._database.transaction() as session:
            rows = session.execute(
                text(
                    "select id, topic, key, payload, recorded_at from kit.outbox"
                    " where delivered_at is null and not exists ("
                    "  select from kit.delivery where event_id = outbox.id and retry_at > :now)"
                    " order by id limit :most"
                ),
                {"now": self._clock.now(), "most": _BATCH_COUNT},
            ).all()
        return sum(self._settle(Event(*row)) for row in rows)

    def _settle(self, event: Event) -> bool:
        """Whether every subscriber has the event now."""
        named = self._subscribers.get(event.topic, {})
        settled = [self._offer(event, name, call) for name, call in named.items()]
        if not all(settled):
            return False
        with self._database.transaction() as session:
            session.execute(
                text("update kit.outbox set delivered_at = :now where id = :id"),
                {"now": self._clock.now(), "id": event.id},
            )
        return True

    def _offer(self, event: Event, name: str, subscriber: Subscriber) -> bool:
        try:
            with self._database.transaction() as session:
                # Another dispatcher at work on the same delivery makes us wait, then skip.
                session.execute(
                    text(
                        "insert into kit.delivery (event_id, subscriber) values (:event, :name)"
                        " on conflict do nothing"
                    ),
                    {"event": event.id, "name": name},
                )
                done = session.execute(
                    text(
                        "select delivered_at is not null from kit.delivery"
                        " where event_id = :event and subscriber = :name for update"
                    ),
                    {"event": event.id, "name": name},
                ).scalar_one()
                if done:
                    return True
                subscriber(session, event)
                session.execute(
                    text(
                        "update kit.delivery set delivered_at = :now, retry_at = null"
                        " where event_id = :event and subscriber = :name"
                    ),
                    {"now": self._clock.now(), "event": event.id, "name": name},
                )
        except Exception as error:  # noqa: BLE001 - a subscriber's fault may not stop the others
            self._note_failure(event, name, error)
            return False
        return True

    def _note_failure(self, event: Event, name: str, error: Exception) -> None:
        with self._database.transaction() as session:
            failure_count = session.execute(
                text(
                    "insert into kit.delivery as d (event_id, subscriber, failure_count)"
                    " values (:event, :name, 1) on conflict (event_id, subscriber)"
                    " do update set failure_count = d.failure_count + 1 returning failure_count"
                ),
                {"event": event.id, "name": name},
            ).scalar_one()
            wait_s = min(2**failure_count, _RETRY_S_MAX)
            session.execute(
                text(
                    "update kit.delivery set last_failure = :failure, retry_at = :retry_at"
                    " where event_id = :event and subscriber = :name"
                ),
                {
                    "failure": f"{type(error).__name__}: {error}"[:2000],
                    "retry_at": self._clock.now() + timedelta(seconds=wait_s),
                    "event": event.id,
                    "name": name,
                },
            )
        log.error(
            "delivery_failed",
            topic=event.topic,
            key=event.key,
            subscriber=name,
            failure_count=failure_count,
            retry_s=wait_s,
            exc_info=error,
        )

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                settled_count = self.deliver()
            except errors.Unavailable as error:
                log.warning("events_waiting", reason=str(error))
                settled_count = 0
            if not settled_count:
                self._stopping.wait(1.0)

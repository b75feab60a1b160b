"""What the world is told of what happens here: events of ours, in the words of the contract."""

from datetime import datetime

import msgspec

from matinee import studio
from matinee.kit import events, webhooks
from matinee.kit.clock import Clock
from matinee.kit.db import Session
from matinee.kit.ids import Ids

TOLD = {studio.FILM_COMPLETED: "video.completed", studio.FILM_FAILED: "video.failed"}
TYPES = tuple(TOLD.values())


class EventBody(msgspec.Struct, frozen=True):
    """What the world is told: that it happened, and to which film."""

    id: str
    created_at: int
    type: str
    data: dict[str, str]
    object: str = "event"


def subscribe(dispatcher: events.Dispatcher, *, ids: Ids, clock: Clock) -> None:
    """Announce to webhooks what happens to films."""

    def announced(kind: str) -> events.Subscriber:
        def announce(session: Session, event: events.Event) -> None:
            message = message_of(
                ids.new("evt"), kind, str(event.payload["film_id"]), event.recorded_at
            )
            webhooks.announce(session, message, ids=ids, at=clock.now())

        return announce

    for topic, kind in TOLD.items():
        dispatcher.subscribe(topic, "webhooks.announce", announced(kind))


def message_of(event_id: str, kind: str, film_id: str, at: datetime) -> webhooks.Message:
    """What is sent of one event."""
    body = EventBody(id=event_id, created_at=int(at.timestamp()), type=kind, data={"id": film_id})
    return webhooks.Message(event_id, kind, msgspec.json.encode(body).decode(), at)

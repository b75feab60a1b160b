"""What the world is told of what happens here: events of ours, in the words of the contract."""

from collections.abc import Callable
from datetime import datetime

import msgspec

from matinee import feed, people, studio
from matinee.kit import events, webhooks
from matinee.kit.clock import Clock
from matinee.kit.db import Session
from matinee.kit.ids import Ids

Owned = Callable[[Session, events.Event], tuple[str, str]]
"""What an event is about and whose it is: two ids, the second empty for what is nobody's."""


class EventBody(msgspec.Struct, frozen=True):
    """What the world is told: that it happened, and to which film or post."""

    id: str
    created_at: int
    type: str
    data: dict[str, str]
    object: str = "event"


def subscribe(dispatcher: events.Dispatcher, *, ids: Ids, clock: Clock) -> None:
    """Announce to webhooks what happens to films and posts, and forget those of who leaves."""

    def announced(kind: str, owned: Owned) -> events.Subscriber:
        def announce(session: Session, event: events.Event) -> None:
            about, owner = owned(session, event)
            message = message_of(ids.new("evt"), kind, about, event.recorded_at, owner=owner)
            webhooks.announce(session, message, ids=ids, at=clock.now())

        return announce

    def forget(session: Session, event: events.Event) -> None:
        webhooks.forget(session, str(event.payload["person_id"]))

    for topic, (kind, owned) in TOLD.items():
        dispatcher.subscribe(topic, "webhooks.announce", announced(kind, owned))
    dispatcher.subscribe(people.PERSON_CLOSED, "webhooks.forget", forget)


def message_of(
    event_id: str, kind: str, about: str, at: datetime, *, owner: str = webhooks.HOUSE
) -> webhooks.Message:
    """What is sent of one event about a film or post of an owner."""
    body = EventBody(id=event_id, created_at=int(at.timestamp()), type=kind, data={"id": about})
    return webhooks.Message(event_id, kind, msgspec.json.encode(body).decode(), at, owner)


def _film(session: Session, event: events.Event) -> tuple[str, str]:
    film_id = str(event.payload["film_id"])
    try:
        return film_id, studio.film_by_id(session, film_id).requested_by or webhooks.HOUSE
    except studio.FilmNotFound:
        return film_id, webhooks.HOUSE  # its maker deleted it meanwhile


def _post(_: Session, event: events.Event) -> tuple[str, str]:
    return str(event.payload["post_id"]), str(event.payload["person_id"])


TOLD: dict[str, tuple[str, Owned]] = {
    studio.FILM_COMPLETED: ("video.completed", _film),
    studio.FILM_FAILED: ("video.failed", _film),
    feed.POST_MADE: ("post.created", _post),
}
TYPES = tuple(kind for kind, _ in TOLD.values())
SAMPLES = {kind: kind.partition(".")[0] + "_" + 32 * "0" for kind in TYPES}
"""What a sample of each type is about."""

"""What the rooms below tell commerce, and what it holds of a person."""

from collections.abc import Iterator

import msgspec

from matinee.kit.db import Session
from matinee.kit.events import Event

from . import actions, store


def on_person_closed(session: Session, event: Event) -> None:
    """Close the shops of somebody who closed their account; what was ordered stays to be sent."""
    for shop in store.shops_of(session, str(event.payload["person_id"])):
        actions.close_shop(session, shop, at=event.recorded_at)


def exported(session: Session, person_id: str) -> Iterator[tuple[str, bytes | str]]:
    """Yield what is here of a person, as paths with bytes: their shops and what these sell."""
    for shop in store.shops_of(session, person_id):
        products = list(store.every_product(session, shop.id))
        yield f"{shop.handle}/shop.json", msgspec.json.encode(msgspec.to_builtins(shop))
        yield f"{shop.handle}/products.json", msgspec.json.encode(msgspec.to_builtins(products))
        yield (
            f"{shop.handle}/zones.json",
            msgspec.json.encode(msgspec.to_builtins(store.zones_of(session, shop.id))),
        )

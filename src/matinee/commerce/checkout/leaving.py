"""What is here of a buyer: taken along when they ask, and removed when they leave.

Orders stay, for the shop has to keep its books, but they no longer say who bought: name, address
and e-mail go, as far as nothing is left to send.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import msgspec

from matinee.kit.db import Session

from . import store
from .bodies import checkout_said, order_said
from .model import Address, Buyer, Order

_AT_ONCE = 200


def exported(session: Session, person_id: str) -> Iterator[tuple[str, bytes | str]]:
    """Yield what somebody bought and has in baskets, as paths with bytes."""
    for checkout in store.checkouts_of(session, person_id, ("cart", "open"), most=_AT_ONCE):
        said = checkout_said(checkout, test_mode=False)
        yield f"baskets/{checkout.id}.json", msgspec.json.encode(said)
    for order in _orders(session, person_id):
        yield f"orders/{order.number}.json", msgspec.json.encode(order_said(order))


def forget(session: Session, person_id: str, *, at: datetime) -> None:
    """Remove baskets, and who bought from orders of which nothing is to be sent any more."""
    open_ones = ("cart", "open", "cancelled", "expired", "completed")
    while found := store.checkouts_of(session, person_id, open_ones, most=_AT_ONCE):
        for checkout in found:
            store.keep_checkout(
                session,
                replace(
                    checkout,
                    buyer=Buyer(),
                    address=None,
                    note="",
                    person_id="person_gone",
                    status="completed" if checkout.order_id else "cancelled",
                    updated_at=at,
                ),
            )
            store.disown_checkout(session, checkout.id)
    for order in _orders(session, person_id):
        if order.status in {"delivered", "cancelled", "refunded"}:
            address = order.address
            country = None if address is None else Address(country=address.country)
            store.keep_order(session, replace(order, buyer=Buyer(), address=country), at=at)


def _orders(session: Session, person_id: str) -> Iterator[Order]:
    before = None
    while page := store.orders_of(session, person_id=person_id, before=before, most=_AT_ONCE):
        yield from page
        before = page[-1].number

"""What is here of a buyer: taken along when they ask, and removed when they leave.

Orders stay, for the shop has to keep its books, but they no longer say who bought: name, address
and e-mail go, as far as nothing is left to send.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import msgspec

from matinee import people
from matinee.kit.db import Session
from matinee.kit.events import Event

from . import store
from .bodies import checkout_said, order_said
from .model import Address, Buyer, Order

_AT_ONCE = 200
_SETTLED = ("cart", "open", "cancelled", "expired", "completed")
# Nothing of these is to be sent any more.
_SENT = {"shipped", "delivered", "cancelled", "refunded"}


def exported(session: Session, person_id: str) -> Iterator[tuple[str, bytes | str]]:
    """Yield what somebody bought and has in baskets, as paths with bytes."""
    for checkout in store.checkouts_of(session, person_id, ("cart", "open"), most=_AT_ONCE):
        said = checkout_said(checkout, test_mode=False)
        yield f"baskets/{checkout.id}.json", msgspec.json.encode(said)
    for order in _orders(session, person_id):
        yield f"orders/{order.number}.json", msgspec.json.encode(order_said(order))


def forget(session: Session, person_id: str, *, at: datetime) -> None:
    """Remove baskets, and who bought from orders of which nothing is to be sent any more."""
    while found := store.checkouts_of(session, person_id, _SETTLED, most=_AT_ONCE):
        for seen in found:
            checkout = store.checkout_by_id(session, seen.id, lock=True)
            if checkout is None or checkout.status not in _SETTLED:
                continue  # it is being paid since a moment ago
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
    for bought in _orders(session, person_id):
        # Whoever refunds or sends at this moment is waited for: nothing of theirs is undone.
        order = store.order_by_id(session, bought.id, lock=True)
        if order is None or order.status not in _SENT:
            continue
        address = order.address
        country = None if address is None else Address(country=address.country)
        store.keep_order(session, replace(order, buyer=Buyer(), address=country), at=at)


def on_order_changed(session: Session, event: Event) -> None:
    """Forget of a buyer who left what was still needed to send them something."""
    order = store.order_by_id(session, str(event.payload["order_id"]))
    if order is None or order.status not in _SENT or order.buyer == Buyer():
        return
    if people.person_by_id(session, order.person_id).closed_at is not None:
        forget(session, order.person_id, at=event.recorded_at)


def _orders(session: Session, person_id: str) -> Iterator[Order]:
    before = None
    while page := store.orders_of(session, person_id=person_id, before=before, most=_AT_ONCE):
        yield from page
        before = page[-1].number

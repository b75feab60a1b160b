"""What the payment provider tells: payments that were made, money that was taken back."""

from dataclasses import replace

from matinee.kit import logs
from matinee.kit.db import Session
from matinee.rights.errors import WebhookEarly

from . import booking, orders, settling, store
from .actions import Room
from .model import Heard, Order

log = logs.logger(__name__)


def hear(session: Session, body: bytes, signature: str, room: Room) -> bool:
    """Act on what the provider tells; False if it is of a payment that is not an order's.

    Hearing it again, or in another order, changes nothing more. Raises
    ``rights.errors.WebhookRefused``, and ``WebhookEarly`` when money is taken back of an order that
    is not made yet: it is to be told again.
    """
    told = room.till.heard(body, signature)
    payment = store.payment_of_provider(session, told.provider_id)
    if told.kind == "other" or payment is None:
        return False
    if told.outcome is not None:
        settling.ended(session, payment, told.outcome, room)
        return True
    order = store.order_of_payment(session, payment.id)
    if order is None:
        raise WebhookEarly(told.provider_id)
    if store.heard_first(session, told.event_id, at=room.clock.now()):
        _taken(session, order, told, room)
    return True


def _taken(session: Session, order: Order, told: Heard, room: Room) -> None:
    at = room.clock.now()
    disputed = f"charged_back/{order.id}"
    if told.kind == "refunded":
        if told.refund_id is not None or told.amount is None:
            return  # we ordered it, and book it ourselves
        parts = booking.left_of(session, order, told.amount.minor)
        key, reason = f"refunded/{told.event_id}", "commerce.refunded"
    elif told.kind == "charged_back":
        parts, key, reason = booking.left_of(session, order), disputed, "commerce.charged_back"
    else:
        taken = sum(store.taken_of(session, order.id, key=disputed).values())
        booking.give_again(
            session,
            order,
            key=f"reinstated/{told.event_id}",
            of=disputed,
            happened_at=told.at,
            at=at,
        )
        won = replace(order, outside_minor=order.outside_minor - taken, version=order.version + 1)
        store.keep_order(session, won, at=at)
        orders.changed(session, won, "dispute_won", at=at)
        return
    booking.take_back(session, order, parts, key=key, reason=reason, happened_at=told.at, at=at)
    charged_back = told.kind == "charged_back"
    less = replace(
        order,
        outside_minor=order.outside_minor + sum(part.minor for part in parts),
        disputed_at=told.at if charged_back else order.disputed_at,
        version=order.version + 1,
    )
    store.keep_order(session, less, at=at)
    orders.changed(session, less, "charged_back" if charged_back else "refunded", at=at)
    log.warning("money_taken_back", order=order.id, kind=told.kind)

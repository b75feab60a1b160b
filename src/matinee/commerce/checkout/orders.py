"""The verbs of an order: it is sent, comes back, and is given money back for."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from matinee.commerce import stock
from matinee.commerce.store import shop_by_id
from matinee.kit import events
from matinee.kit.db import Session
from matinee.kit.money import Money

from . import booking, store
from .actions import Caller, Room
from .errors import (
    CheckoutInvalid,
    NothingToRefund,
    OrderDisputed,
    OrderNotFound,
    ReturnNotFound,
    ReturnTooLate,
    UnitsExceeded,
)
from .model import ORDER_CHANGED, Order, Parcel, Refund, Return
from .refunding import parts_back

REASON_CHARACTERS_MAX = 1_000
_PARCELS_MAX, _RETURNS_MAX, _REFUNDS_MAX = 100, 50, 200


def order_of(session: Session, order_id: str, *, caller: Caller) -> Order:
    """Somebody's order; raises ``OrderNotFound``. An agent sees those that it bought."""
    found = store.order_by_id(session, order_id)
    if found is None or found.person_id != caller.person_id:
        raise OrderNotFound(order_id)
    if caller.agent is not None and found.agent != caller.agent:
        raise OrderNotFound(order_id)
    return found


def sold_order(session: Session, order_id: str, *, seller: str, lock: bool = False) -> Order:
    """An order of a shop of the seller's; raises ``OrderNotFound``."""
    found = store.order_by_id(session, order_id, lock=lock)
    if found is None or shop_by_id(session, found.shop_id).owner != seller:
        raise OrderNotFound(order_id)
    return found


def ship(
    session: Session,
    order_id: str,
    parcel: Parcel,
    *,
    seller: str,
    room: Room,
) -> Order:
    """Say that a part of an order is on its way; without units it is all that is left.

    Raises ``OrderNotFound``, ``UnitsExceeded`` and ``CheckoutInvalid``.
    """
    order = sold_order(session, order_id, seller=seller, lock=True)
    sent = order.shipped
    left = {line.id: line.quantity - sent.get(line.id, 0) for line in order.lines}
    units = _checked(parcel.units or {name: n for name, n in left.items() if n}, left)
    if not units or len(order.parcels) >= _PARCELS_MAX:
        raise CheckoutInvalid("units", "nothing is left to send")
    sent_now = replace(parcel, id=room.ids.new("parcel"), units=units)
    return _kept(session, replace(order, parcels=(*order.parcels, sent_now)), "shipped", room)


def arrived(session: Session, order_id: str, parcel_id: str, *, seller: str, room: Room) -> Order:
    """Say that a parcel arrived; raises ``OrderNotFound``, ``CheckoutInvalid``."""
    order = sold_order(session, order_id, seller=seller, lock=True)
    if parcel_id not in {one.id for one in order.parcels}:
        raise CheckoutInvalid("parcel_id", "there is no such parcel of this order")
    at = room.clock.now()
    parcels = tuple(
        replace(one, delivered_at=one.delivered_at or at) if one.id == parcel_id else one
        for one in order.parcels
    )
    return _kept(session, replace(order, parcels=parcels), "delivered", room)


def ask_return(
    session: Session,
    order_id: str,
    units: Mapping[str, int],
    reason: str,
    *,
    caller: Caller,
    room: Room,
) -> Order:
    """Ask to send things back, within the days that the shop promises.

    Raises ``OrderNotFound``, ``UnitsExceeded`` and ``ReturnTooLate``.
    """
    order_of(session, order_id, caller=caller)
    order = store.order_by_id(session, order_id, lock=True)
    assert order is not None, "it was there a moment ago"
    days = shop_by_id(session, order.shop_id).policies.returns_days
    at = room.clock.now()
    since = max((one.delivered_at or at for one in order.parcels), default=at)
    if at > since + timedelta(days=days):
        raise ReturnTooLate(order_id, days)
    returning, refunded = order.returning, order.refunded
    left = {
        line.id: line.quantity - max(returning.get(line.id, 0), refunded.get(line.id, 0))
        for line in order.lines
    }
    wanted = _checked(units, left)
    if not wanted or len(order.returns) >= _RETURNS_MAX:
        raise CheckoutInvalid("units", "say how many of which line")
    asked = Return(
        id=room.ids.new("return"),
        units=wanted,
        reason=reason[:REASON_CHARACTERS_MAX],
        opened_at=at,
    )
    return _kept(session, replace(order, returns=(*order.returns, asked)), "return_asked", room)


def answer_return(
    session: Session,
    order_id: str,
    return_id: str,
    *,
    approve: bool,
    answer: str,
    seller: str,
    room: Room,
) -> Order:
    """Take a return or refuse it, with a reason; raises ``OrderNotFound``, ``ReturnNotFound``."""
    order = sold_order(session, order_id, seller=seller, lock=True)
    asked = _return(order, return_id, ("requested",))
    decided = replace(
        asked,
        state="approved" if approve else "refused",
        answer=answer[:REASON_CHARACTERS_MAX],
        decided_at=room.clock.now(),
    )
    what = "return_approved" if approve else "return_refused"
    return _kept(session, _with_return(order, decided), what, room)


def receive_return(
    session: Session,
    order_id: str,
    return_id: str,
    *,
    shipping: bool,
    seller: str,
    room: Room,
) -> tuple[Order, str]:
    """Say that a return came back: it is given money back for; the id of the refund to settle.

    Raises ``OrderNotFound``, ``ReturnNotFound`` and what ``order_refund`` raises.
    """
    order = sold_order(session, order_id, seller=seller, lock=True)
    came = _return(order, return_id, ("requested", "approved"))
    received = replace(came, state="received", decided_at=room.clock.now())
    store.keep_order(session, _with_return(order, received), at=room.clock.now())
    return order_refund(
        session,
        order_id,
        came.units,
        shipping=shipping,
        reason="returned",
        seller=seller,
        room=room,
    )


def order_refund(
    session: Session,
    order_id: str,
    units: Mapping[str, int],
    *,
    shipping: bool,
    reason: str,
    seller: str,
    room: Room,
) -> tuple[Order, str]:
    """Write down that money goes back for units of lines, and for the shipping if that is asked.

    Returns the id of the refund to settle. Raises ``OrderNotFound``, ``OrderDisputed``,
    ``UnitsExceeded`` and ``NothingToRefund``.
    """
    order = sold_order(session, order_id, seller=seller, lock=True)
    if order.disputed_at is not None or order.outside_minor:
        raise OrderDisputed(order_id)
    before = order.refunded
    left = {line.id: line.quantity - before.get(line.id, 0) for line in order.lines}
    wanted = _checked(units, left)
    parts = parts_back(
        order.bill,
        order.lines,
        before=before,
        given=order.given,
        units=wanted,
        shipping=shipping and not order.shipping_refunded,
    )
    minor = sum(part.minor for part in parts)
    if not minor or len(order.refunds) >= _REFUNDS_MAX:
        raise NothingToRefund(order_id)
    at = room.clock.now()
    refund = Refund(
        id=room.ids.new("refund"),
        units=wanted,
        shipping=shipping and not order.shipping_refunded,
        parts=parts,
        amount=Money(minor, order.currency),
        reason=reason[:REASON_CHARACTERS_MAX],
        ordered_at=at,
    )
    store.add_refund(session, refund.id, order.id, at=at)
    kept = _kept(session, replace(order, refunds=(*order.refunds, refund)), "refund_ordered", room)
    return kept, refund.id


def cancel_order(
    session: Session, order_id: str, *, reason: str, seller: str, room: Room
) -> tuple[Order, str | None]:
    """Call an order off of which nothing was sent: all goes back, and its stock to the shelf.

    Returns the refund to settle. Raises ``OrderNotFound``, ``CheckoutInvalid`` and what
    ``order_refund`` raises.
    """
    order = sold_order(session, order_id, seller=seller, lock=True)
    if order.parcels or order.cancelled_at is not None:
        raise CheckoutInvalid("order_id", "a part of it was sent, or it was called off before")
    at = room.clock.now()
    called_off = replace(order, cancelled_at=at)
    store.keep_order(session, called_off, at=at)
    stock.give_back_stock(session, order.payment_id, at=at)
    before = order.refunded
    left = {line.id: line.quantity - before.get(line.id, 0) for line in order.lines}
    if order.refunded_minor >= order.bill.total.minor:
        return _kept(session, called_off, "cancelled", room), None
    return order_refund(
        session, order_id, left, shipping=True, reason=reason, seller=seller, room=room
    )


def end_refund(
    session: Session, order_id: str, refund_id: str, *, fault: str | None, room: Room
) -> None:
    """Book a refund that the provider made, or note why it did not; once."""
    order = store.order_by_id(session, order_id, lock=True)
    assert order is not None, "a refund is of an order"
    if not store.end_refund(session, refund_id, "failed" if fault else "done"):
        return
    at = room.clock.now()
    refund = next(one for one in order.refunds if one.id == refund_id)
    if fault is None:
        booking.take_back(
            session,
            order,
            refund.parts,
            key=refund.id,
            reason="commerce.refunded",
            happened_at=at,
            at=at,
        )
    ended = replace(refund, state="failed" if fault else "done", fault=fault or "")
    refunds = tuple(ended if one.id == refund_id else one for one in order.refunds)
    what = "refund_failed" if fault else "refunded"
    _kept(session, replace(order, refunds=refunds), what, room)


def changed(session: Session, order: Order, what: str, *, at: datetime) -> None:
    """Tell that an order is not what it was."""
    events.record(
        session,
        ORDER_CHANGED,
        key=f"{order.id}/{order.version}",
        payload={
            "order_id": order.id,
            "shop_id": order.shop_id,
            "version": order.version,
            "what": what,
        },
        at=at,
    )


def _kept(session: Session, order: Order, what: str, room: Room) -> Order:
    at = room.clock.now()
    kept = replace(order, version=order.version + 1)
    store.keep_order(session, kept, at=at)
    changed(session, kept, what, at=at)
    return kept


def _checked(units: Mapping[str, int], left: Mapping[str, int]) -> dict[str, int]:
    for line_id, count in units.items():
        if not 0 <= count <= left.get(line_id, 0):
            raise UnitsExceeded(line_id, count, left.get(line_id, 0))
    return {line_id: count for line_id, count in units.items() if count}


def _return(order: Order, return_id: str, states: Sequence[str]) -> Return:
    for one in order.returns:
        if one.id == return_id and one.state in states:
            return one
    raise ReturnNotFound(return_id)


def _with_return(order: Order, changed_one: Return) -> Order:
    returns = tuple(changed_one if one.id == changed_one.id else one for one in order.returns)
    return replace(order, returns=returns)

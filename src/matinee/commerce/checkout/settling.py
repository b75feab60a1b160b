"""Money is taken and given back: outside of any transaction, and booked once.

What is to be done was written down before (``actions.order_payment``, ``orders.order_refund``).
Here it is taken in hand, done at the provider under its own key, and booked together with what
becomes of it. A process that dies in between leaves it written down and in nobody's hand a moment
later; ``sweep`` takes it up again under the same key, so that the provider does it once.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from matinee.commerce.store import shop_by_id
from matinee.kit import events, logs
from matinee.kit.db import Database, Session
from matinee.rights.errors import PaymentsUnavailable

from . import booking, orders, store
from .actions import Room, give_back
from .model import ORDER_PLACED, Checkout, Order, Outcome, Payment, Remark, RemarkCode

log = logs.logger(__name__)

IN_HAND = timedelta(seconds=90)
AGAIN_AFTER = timedelta(seconds=20)
ASKING_MAX = timedelta(minutes=30)
_AT_ONCE = 100


def settle(database: Database, payment_id: str, room: Room) -> bool:
    """Take the money of an ordered payment and make the order; whether it is settled now.

    False is: the provider does not answer, or somebody else has it in hand.
    """
    return _carried_out(database, payment_id, room, states=("ordered",))


def look(database: Database, payment_id: str, room: Room) -> bool:
    """See what became of a payment whose bank asks the buyer; whether it is settled now."""
    return _carried_out(database, payment_id, room, states=("ordered", "asking"))


def give_up(database: Database, payment_id: str, room: Room) -> bool:
    """Give up a payment whose bank asks the buyer, unless it was made; whether it is settled."""
    return _carried_out(database, payment_id, room, states=("asking",), abandon=True)


def free(database: Database, checkout_id: str, room: Room) -> None:
    """Give up what a buyer's bank asks for, so that the basket can be changed."""
    with database.transaction() as session:
        found = store.checkout_by_id(session, checkout_id)
    if found is not None and found.status == "asking" and found.payment_id is not None:
        give_up(database, found.payment_id, room)


def settle_refund(database: Database, refund_id: str, room: Room) -> bool:
    """Give money back that is ordered to go back, and book it; whether it is settled now."""
    at = room.clock.now()
    with database.transaction() as session:
        order_id = store.claim_refund(session, refund_id, at=at, until=at + IN_HAND)
        order = store.order_by_id(session, order_id) if order_id else None
    if order is None:
        return False
    refund = next(one for one in order.refunds if one.id == refund_id)
    fault = None
    try:
        if order.provider_id is not None:
            fault = room.till.refund(key=refund.id, payment=order.provider_id, amount=refund.amount)
    except PaymentsUnavailable:
        with database.transaction() as session:
            store.release_refund(session, refund_id, until=room.clock.now() + AGAIN_AFTER)
        return False
    with database.transaction() as session:
        orders.end_refund(session, order.id, refund_id, fault=fault, room=room)
    return True


def sweep(database: Database, room: Room) -> int:
    """Take up what nobody has in hand, and end what waited too long; how much was settled."""
    at = room.clock.now()
    with database.transaction() as session:
        payments = store.waiting_payments(session, at=at, asking_for=ASKING_MAX, most=_AT_ONCE)
        refunds = store.waiting_refunds(session, at=at, most=_AT_ONCE)
        for stale in store.stale_checkouts(session, at=at, most=_AT_ONCE):
            store.keep_checkout(session, replace(stale, status="expired"))
    settled = sum(
        settle(database, name, room) if state == "ordered" else give_up(database, name, room)
        for name, state in payments
    )
    return settled + sum(settle_refund(database, name, room) for name in refunds)


def _carried_out(
    database: Database,
    payment_id: str,
    room: Room,
    *,
    states: Sequence[str],
    abandon: bool = False,
) -> bool:
    at = room.clock.now()
    with database.transaction() as session:
        payment = store.claim_payment(session, payment_id, states=states, at=at, until=at + IN_HAND)
        before = (
            store.payment_by_id(session, payment.replaces)
            if payment is not None and payment.replaces
            else None
        )
    if payment is None:
        return False
    try:
        if before is not None and _made_after_all(database, before, room):
            outcome = Outcome(state="declined", provider_id=None, reason="made_before")
        else:
            outcome = _outcome(payment, room, abandon=abandon)
    except PaymentsUnavailable:
        with database.transaction() as session:
            store.release_payment(session, payment_id, until=room.clock.now() + AGAIN_AFTER)
        return False
    with database.transaction() as session:
        return ended(session, payment, outcome, room)


def _outcome(payment: Payment, room: Room, *, abandon: bool) -> Outcome:
    if not payment.amount.minor:
        return Outcome(state="paid", provider_id=None)  # a discount took all of it
    if abandon and payment.provider_id is not None:
        key = f"{payment.id}/given_up"
        return room.till.abandon(key=key, payment=payment.provider_id)
    if payment.provider_id is not None:
        return room.till.look(payment.provider_id)
    return room.till.charge(key=payment.id, amount=payment.amount, tender=payment.tender)


def _made_after_all(database: Database, before: Payment, room: Room) -> bool:
    """Give up a payment that another takes the place of; whether it was made meanwhile."""
    if before.state == "asking" and before.provider_id is not None:
        key = f"{before.id}/given_up"
        outcome = room.till.abandon(key=key, payment=before.provider_id)
        with database.transaction() as session:
            ended(session, before, outcome, room)
        return outcome.state == "paid"
    return before.state == "paid"


def ended(session: Session, payment: Payment, outcome: Outcome, room: Room) -> bool:
    """Keep what became of a payment, with all that follows from it; whether it is settled."""
    at = room.clock.now()
    checkout = store.checkout_by_id(session, payment.checkout_id, lock=True)
    now = store.payment_by_id(session, payment.id, lock=True)
    assert checkout is not None, "a payment is of a checkout"
    if now.state not in {"ordered", "asking"}:
        return True  # somebody else was faster, under the same key
    if outcome.state == "pending":
        marked = replace(now, provider_id=outcome.provider_id or now.provider_id)
        store.mark_payment(session, marked, at=at)
        return False
    if outcome.state == "paid":
        _paid(session, checkout, replace(now, provider_id=outcome.provider_id), room)
        return True
    current = checkout.payment_id == payment.id and checkout.status != "completed"
    if outcome.state == "asks":
        marked = replace(now, state="asking", provider_id=outcome.provider_id)
        store.mark_payment(session, marked, at=at)
        if current:
            text = "The bank of the card asks the buyer to confirm the payment."
            said = _remark("authentication_needed", text)
            asking = replace(checkout, status="asking", action_url=outcome.action_url)
            _keep(session, asking, said, room)
        return False
    marked = replace(now, state="declined", provider_id=outcome.provider_id, fault=outcome.reason)
    store.mark_payment(session, marked, at=at)
    give_back(session, checkout, payment.id, at=at)
    if current:
        _keep(session, replace(checkout, status="open", action_url=None), _why(outcome), room)
    return True


def _paid(session: Session, checkout: Checkout, payment: Payment, room: Room) -> None:
    at = room.clock.now()
    store.mark_payment(session, replace(payment, state="paid"), at=at)
    shop = shop_by_id(session, checkout.shop_id)
    order = Order(
        id=room.ids.new("order"),
        number=store.next_number(session),
        checkout_id=checkout.id,
        payment_id=payment.id,
        provider_id=payment.provider_id,
        shop_id=checkout.shop_id,
        person_id=checkout.person_id,
        face=checkout.face,
        agent=checkout.agent,
        currency=checkout.currency,
        lines=checkout.lines,
        bill=checkout.bill,
        buyer=checkout.buyer,
        address=checkout.address,
        rate=checkout.rate,
        touches=checkout.touches,
        placed_at=at,
    )
    store.keep_order(session, order, at=at)
    booking.book_sale(session, order, shop, room, at=at)
    done = replace(
        checkout,
        status="completed",
        order_id=order.id,
        payment_id=payment.id,
        action_url=None,
        remarks=(),
        updated_at=at,
    )
    store.keep_checkout(session, done)
    events.record(
        session,
        ORDER_PLACED,
        key=order.id,
        payload={"order_id": order.id, "shop_id": order.shop_id, "checkout_id": checkout.id},
        at=at,
    )
    orders.changed(session, order, "placed", at=at)
    log.info("order_placed", order=order.id, shop=order.shop_id, face=order.face)


def _why(outcome: Outcome) -> Remark:
    if outcome.reason in {"authentication_failed", "given_up"}:
        text = "The payment was not confirmed with the bank. Nothing was paid; try again."
        return _remark("authentication_failed", text)
    text = f"The payment was declined ({outcome.reason}). Nothing was paid; use another card."
    return _remark("payment_declined", text, outcome.reason)


def _remark(code: RemarkCode, text: str, reason: str = "") -> Remark:
    return Remark(kind="warning", code=code, text=text, reason=reason)


def _keep(session: Session, checkout: Checkout, said: Remark, room: Room) -> None:
    # What was said of the payment before is over; it is of no use beside the new.
    gone = {"payment_declined", "authentication_needed", "authentication_failed"}
    remarks = (*(one for one in checkout.remarks if one.code not in gone), said)
    store.keep_checkout(session, replace(checkout, remarks=remarks, updated_at=room.clock.now()))

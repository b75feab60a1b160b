"""A buyer's side: carts, checkouts, payment, orders and what goes back."""

import msgspec
from fastapi import APIRouter, Request
from starlette.responses import Response

from matinee.commerce.checkout import actions, orders, settling, store
from matinee.commerce.checkout.bodies import (
    ID_CHARACTERS_MAX,
    BasketAsked,
    PageOfOrders,
    PaymentAsked,
    checkout_said,
    order_said,
    wish_of,
)
from matinee.commerce.checkout.errors import CheckoutInvalid, CheckoutNotFound
from matinee.commerce.checkout.model import Checkout, Method, Order, Tender
from matinee.kit.bodies import answer
from matinee.kit.money import Money
from matinee.people import Visitor

from .desk import ORDERS_PER_PAGE, Body, Buying, SalesDesk, caller_of, read_json

_CARTS_MAX = 50


class BankAsked(msgspec.Struct, frozen=True):
    """What the buyer does on the page of their bank."""

    passed: bool


class ReturnAsked(msgspec.Struct, frozen=True):
    """What is to go back, by line, and why."""

    units: dict[str, int]
    reason: str = ""


def cart_router(desk: SalesDesk) -> APIRouter:
    """Carts: baskets that are kept for a month, with nobody's address in them."""
    router = APIRouter(prefix="/carts")

    @router.get("")
    def carts(visitor: Buying) -> Response:
        """List one's carts, the newest first; an agent sees those that it began."""
        with desk.database.transaction() as session:
            found = store.checkouts_of(
                session, visitor.person.id, ("cart",), agent=visitor.key_id, most=_CARTS_MAX
            )
        test = desk.room.till.test_mode
        return answer([checkout_said(one, test_mode=test) for one in found])

    @router.post("")
    def begin(visitor: Buying, body: Body, request: Request) -> Response:
        """Begin a cart."""
        wish = wish_of(read_json(body, BasketAsked), at=desk.room.clock.now())
        return desk.once(
            request,
            body,
            lambda session: actions.open_checkout(
                session, wish, caller=caller_of(visitor), room=desk.room, as_cart=True
            ),
        )

    @router.get("/{cart_id}")
    def cart(cart_id: str, visitor: Buying) -> Response:
        """Show a cart."""
        return desk.said(_seen(desk, cart_id, visitor))

    @router.put("/{cart_id}")
    def put(cart_id: str, visitor: Buying, body: Body) -> Response:
        """Say what is in a cart."""
        return _changed(desk, cart_id, visitor, body)

    @router.delete("/{cart_id}")
    def discard(cart_id: str, visitor: Buying) -> Response:
        """Give a cart up."""
        with desk.database.transaction() as session:
            actions.cancel(session, cart_id, caller=caller_of(visitor), room=desk.room)
        return Response(status_code=204)

    @router.post("/{cart_id}/checkout")
    def checkout(cart_id: str, visitor: Buying, body: Body, request: Request) -> Response:
        """Begin to pay for what is in a cart."""
        return desk.once(
            request,
            body,
            lambda session: actions.from_cart(
                session, cart_id, caller=caller_of(visitor), room=desk.room
            ),
        )

    return router


def checkout_router(desk: SalesDesk) -> APIRouter:
    """Checkouts: a basket with an address, a way of sending and a bill, until it is paid."""
    router = APIRouter(prefix="/checkouts")

    @router.post("")
    def begin(visitor: Buying, body: Body, request: Request) -> Response:
        """Begin a checkout."""
        wish = wish_of(read_json(body, BasketAsked), at=desk.room.clock.now())
        return desk.once(
            request,
            body,
            lambda session: actions.open_checkout(
                session, wish, caller=caller_of(visitor), room=desk.room
            ),
        )

    @router.get("/{checkout_id}")
    def checkout(checkout_id: str, visitor: Buying) -> Response:
        """Show a checkout."""
        return desk.said(_seen(desk, checkout_id, visitor))

    @router.patch("/{checkout_id}")
    def change(checkout_id: str, visitor: Buying, body: Body) -> Response:
        """Change what is bought, where it goes and how, and the codes."""
        return _changed(desk, checkout_id, visitor, body)

    @router.post("/{checkout_id}/cancel")
    def cancel(checkout_id: str, visitor: Buying) -> Response:
        """Give a checkout up."""
        _seen(desk, checkout_id, visitor)
        settling.free(desk.database, checkout_id, desk.room)
        with desk.database.transaction() as session:
            caller = caller_of(visitor)
            return desk.said(actions.cancel(session, checkout_id, caller=caller, room=desk.room))

    _add_payment(router, desk)
    return router


def _add_payment(router: APIRouter, desk: SalesDesk) -> None:
    @router.post("/{checkout_id}/complete")
    def complete(checkout_id: str, visitor: Buying, body: Body) -> Response:
        """Pay. However often it is sent, it is paid once; the answer says what is in the way."""
        asked = read_json(body, PaymentAsked)
        tender = Tender(
            method=Method(kind=asked.kind, token=asked.method[:ID_CHARACTERS_MAX]),
            total=None if asked.total is None else Money(asked.total.amount, asked.total.currency),
            back_url=asked.back_url,
        )
        with desk.database.transaction() as session:
            found, payment = actions.order_payment(
                session, checkout_id, tender, caller=caller_of(visitor), room=desk.room
            )
        if payment is None:
            return desk.said(found)
        settling.settle(desk.database, payment, desk.room)
        return desk.said(_seen(desk, checkout_id, visitor))

    @router.post("/{checkout_id}/look")
    def look(checkout_id: str, visitor: Buying) -> Response:
        """See what became of a payment after the bank was asked."""
        found = _seen(desk, checkout_id, visitor)
        if found.payment_id is not None and found.status in {"asking", "paying"}:
            settling.look(desk.database, found.payment_id, desk.room)
        return desk.said(_seen(desk, checkout_id, visitor))

    @router.post("/{checkout_id}/bank")
    def bank(checkout_id: str, visitor: Buying, body: Body) -> Response:
        """Do in test mode what the buyer does on the page of their bank."""
        asked = read_json(body, BankAsked)
        found = _seen(desk, checkout_id, visitor)
        if desk.bank is None or found.status != "asking" or found.payment_id is None:
            raise CheckoutNotFound(checkout_id)
        with desk.database.transaction() as session:
            payment = store.payment_by_id(session, found.payment_id)
        desk.bank(payment.provider_id or "", asked.passed)
        settling.look(desk.database, payment.id, desk.room)
        return desk.said(_seen(desk, checkout_id, visitor))


def order_router(desk: SalesDesk) -> APIRouter:
    """What somebody bought."""
    router = APIRouter(prefix="/orders")

    @router.get("")
    def bought(visitor: Buying, after: str | None = None) -> Response:
        """List what one bought, the newest first; an agent sees what it bought."""
        with desk.database.transaction() as session:
            found = store.orders_of(
                session,
                person_id=visitor.person.id,
                agent=visitor.key_id,
                before=number_of(after),
                most=ORDERS_PER_PAGE + 1,
            )
        return answer(page_of(found))

    @router.get("/{order_id}")
    def order(order_id: str, visitor: Buying) -> Response:
        """Show an order, with its parcels, returns and refunds."""
        with desk.database.transaction() as session:
            return answer(order_said(orders.order_of(session, order_id, caller=caller_of(visitor))))

    @router.post("/{order_id}/returns")
    def send_back(order_id: str, visitor: Buying, body: Body) -> Response:
        """Ask to send something back."""
        asked = read_json(body, ReturnAsked)
        with desk.database.transaction() as session:
            kept = orders.ask_return(
                session,
                order_id,
                asked.units,
                asked.reason,
                caller=caller_of(visitor),
                room=desk.room,
            )
        return answer(order_said(kept), status=201)

    return router


def number_of(cursor: str | None) -> int | None:
    """Where a list goes on; raises ``CheckoutInvalid``."""
    if not cursor:
        return None
    if not cursor.isascii() or not cursor.isdecimal() or len(cursor) > 18:  # noqa: PLR2004 - bigint
        raise CheckoutInvalid("after", "take it from the list before")
    return int(cursor)


def page_of(found: list[Order]) -> PageOfOrders:
    """Present a page of orders."""
    shown = found[:ORDERS_PER_PAGE]
    more = len(found) > ORDERS_PER_PAGE
    return PageOfOrders([order_said(one) for one in shown], str(shown[-1].number) if more else None)


def _seen(desk: SalesDesk, checkout_id: str, visitor: Visitor) -> Checkout:
    with desk.database.transaction() as session:
        return actions.checkout_of(session, checkout_id, caller=caller_of(visitor), room=desk.room)


def _changed(desk: SalesDesk, checkout_id: str, visitor: Visitor, body: bytes) -> Response:
    wish = wish_of(read_json(body, BasketAsked), at=desk.room.clock.now())
    _seen(desk, checkout_id, visitor)
    settling.free(desk.database, checkout_id, desk.room)
    with desk.database.transaction() as session:
        caller = caller_of(visitor)
        return desk.said(actions.change(session, checkout_id, wish, caller=caller, room=desk.room))

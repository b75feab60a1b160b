"""A seller's side: orders of their shops, parcels, returns, refunds, and codes."""

from datetime import datetime

import msgspec
from fastapi import APIRouter
from starlette.responses import Response

from matinee.commerce.checkout import orders, settling, store
from matinee.commerce.checkout.bodies import Price, order_said
from matinee.commerce.checkout.errors import CheckoutInvalid
from matinee.commerce.checkout.model import Order, Parcel
from matinee.commerce.errors import ShopNotFound
from matinee.commerce.model import Discount, DiscountKind
from matinee.commerce.store import shop_by_id
from matinee.kit.bodies import answer
from matinee.kit.db import Session
from matinee.kit.money import BPS_PER_WHOLE, Money

from .buying import number_of, page_of
from .desk import ORDERS_PER_PAGE, Body, SalesDesk, Selling, read_json

_CODE_CHARACTERS_MAX = 40


class ParcelAsked(msgspec.Struct, frozen=True):
    """What is on its way; without units it is all that is left."""

    units: dict[str, int] = {}
    carrier: str = ""
    number: str = ""
    url: str = ""


class AnswerAsked(msgspec.Struct, frozen=True):
    """Whether a return is taken, and why."""

    approve: bool
    answer: str = ""


class ReceivedAsked(msgspec.Struct, frozen=True):
    """Whether the shipping is given back too."""

    shipping: bool = False


class RefundAsked(msgspec.Struct, frozen=True):
    """What is given back, by line, and why."""

    units: dict[str, int] = {}
    shipping: bool = False
    reason: str = ""


class ReasonAsked(msgspec.Struct, frozen=True):
    """Why."""

    reason: str = ""


class CodeAsked(msgspec.Struct, frozen=True):
    """A code: ``bps`` of the price, an ``amount``, or free shipping."""

    code: str
    kind: DiscountKind
    bps: int = 0
    amount: Price | None = None
    minimum: Price | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    uses: int | None = None
    products: list[str] | None = None


def sale_router(desk: SalesDesk) -> APIRouter:
    """What somebody sold, and the codes of their shops."""
    router = APIRouter()
    _add_orders(router, desk)
    _add_refunds(router, desk)
    _add_codes(router, desk)
    return router


def _add_orders(router: APIRouter, desk: SalesDesk) -> None:
    @router.get("/shops/{shop_id}/orders")
    def sold(shop_id: str, visitor: Selling, after: str | None = None) -> Response:
        """List what a shop of one's own sold, the newest first."""
        with desk.database.transaction() as session:
            _own(session, shop_id, visitor.person.id)
            found = store.orders_of(
                session, shop_ids=[shop_id], before=number_of(after), most=ORDERS_PER_PAGE + 1
            )
        return answer(page_of(found))

    @router.get("/sales/{order_id}")
    def sale(order_id: str, visitor: Selling) -> Response:
        """Show an order of a shop of one's own."""
        with desk.database.transaction() as session:
            return _said(orders.sold_order(session, order_id, seller=visitor.person.id))

    @router.post("/sales/{order_id}/parcels")
    def send(order_id: str, visitor: Selling, body: Body) -> Response:
        """Say that a part of an order is on its way."""
        asked = read_json(body, ParcelAsked)
        if asked.url and not asked.url.startswith("https://"):
            raise CheckoutInvalid("url", "it begins with https://")
        parcel = Parcel(
            id="",
            units=asked.units,
            carrier=asked.carrier[:100],
            number=asked.number[:100],
            url=asked.url[:2_000],
            shipped_at=desk.room.clock.now(),
        )
        with desk.database.transaction() as session:
            seller = visitor.person.id
            return _said(orders.ship(session, order_id, parcel, seller=seller, room=desk.room))

    @router.post("/sales/{order_id}/parcels/{parcel_id}/arrived")
    def arrived(order_id: str, parcel_id: str, visitor: Selling) -> Response:
        """Say that a parcel arrived."""
        with desk.database.transaction() as session:
            seller = visitor.person.id
            return _said(
                orders.arrived(session, order_id, parcel_id, seller=seller, room=desk.room)
            )


def _add_refunds(router: APIRouter, desk: SalesDesk) -> None:
    def settled(order: Order, refund: str | None) -> Response:
        if refund is not None:
            settling.settle_refund(desk.database, refund, desk.room)
        with desk.database.transaction() as session:
            return _said(store.order_by_id(session, order.id) or order)

    @router.post("/sales/{order_id}/returns/{return_id}/answer")
    def decide(order_id: str, return_id: str, visitor: Selling, body: Body) -> Response:
        """Take a return or refuse it."""
        asked = read_json(body, AnswerAsked)
        with desk.database.transaction() as session:
            return _said(
                orders.answer_return(
                    session,
                    order_id,
                    return_id,
                    approve=asked.approve,
                    answer=asked.answer,
                    seller=visitor.person.id,
                    room=desk.room,
                )
            )

    @router.post("/sales/{order_id}/returns/{return_id}/received")
    def received(order_id: str, return_id: str, visitor: Selling, body: Body) -> Response:
        """Say that a return came back; its money goes back."""
        asked = read_json(body, ReceivedAsked)
        with desk.database.transaction() as session:
            order, refund = orders.receive_return(
                session,
                order_id,
                return_id,
                shipping=asked.shipping,
                seller=visitor.person.id,
                room=desk.room,
            )
        return settled(order, refund)

    @router.post("/sales/{order_id}/refunds")
    def give_back(order_id: str, visitor: Selling, body: Body) -> Response:
        """Give money back."""
        asked = read_json(body, RefundAsked)
        with desk.database.transaction() as session:
            order, refund = orders.order_refund(
                session,
                order_id,
                asked.units,
                shipping=asked.shipping,
                reason=asked.reason,
                seller=visitor.person.id,
                room=desk.room,
            )
        return settled(order, refund)

    @router.post("/sales/{order_id}/cancel")
    def call_off(order_id: str, visitor: Selling, body: Body) -> Response:
        """Call an order off of which nothing was sent."""
        asked = read_json(body, ReasonAsked)
        with desk.database.transaction() as session:
            order, refund = orders.cancel_order(
                session,
                order_id,
                reason=asked.reason,
                seller=visitor.person.id,
                room=desk.room,
            )
        return settled(order, refund)


def _add_codes(router: APIRouter, desk: SalesDesk) -> None:
    @router.get("/shops/{shop_id}/codes")
    def codes(shop_id: str, visitor: Selling) -> Response:
        """List the codes of a shop of one's own."""
        with desk.database.transaction() as session:
            _own(session, shop_id, visitor.person.id)
            return answer(store.discounts_of(session, shop_id))

    @router.post("/shops/{shop_id}/codes")
    def add(shop_id: str, visitor: Selling, body: Body) -> Response:
        """Add a code."""
        asked = read_json(body, CodeAsked)
        with desk.database.transaction() as session:
            _own(session, shop_id, visitor.person.id)
            made = _discount(asked, shop_id, desk.room.ids.new("discount"))
            if store.discounts_of(session, shop_id, [made.code]):
                raise CheckoutInvalid("code", f"the shop has the code {made.code} already")
            store.keep_discount(session, made)
        return answer(made, status=201)

    @router.delete("/shops/{shop_id}/codes/{discount_id}")
    def remove(shop_id: str, discount_id: str, visitor: Selling) -> Response:
        """Take a code away; baskets with it say so."""
        with desk.database.transaction() as session:
            _own(session, shop_id, visitor.person.id)
            store.remove_discount(session, shop_id, discount_id)
        return Response(status_code=204)


def _own(session: Session, shop_id: str, seller: str) -> None:
    if shop_by_id(session, shop_id).owner != seller:
        raise ShopNotFound(shop_id)


def _said(order: Order) -> Response:
    return answer(order_said(order))


def _discount(asked: CodeAsked, shop_id: str, discount_id: str) -> Discount:
    code = asked.code.strip().upper()
    if not code.isascii() or not 1 <= len(code) <= _CODE_CHARACTERS_MAX or not code.isprintable():
        raise CheckoutInvalid("code", f"it is 1 to {_CODE_CHARACTERS_MAX} plain signs")
    for moment in (asked.starts_at, asked.ends_at):
        if moment is not None and moment.tzinfo is None:
            raise CheckoutInvalid("starts_at", "a moment needs a zone, such as Z")
    value = asked.bps if asked.kind == "percent" else asked.amount.amount if asked.amount else 0
    if asked.kind == "percent" and not 1 <= value <= BPS_PER_WHOLE:
        raise CheckoutInvalid("bps", "it is 1 to 10000, which is all of the price")
    if asked.kind == "amount" and (asked.amount is None or value <= 0):
        raise CheckoutInvalid("amount", "say how much is taken off")
    if asked.uses is not None and asked.uses < 1:
        raise CheckoutInvalid("uses", "it is at least 1, or absent: as often as anybody likes")
    least = asked.minimum
    return Discount(
        id=discount_id,
        shop_id=shop_id,
        code=code,
        kind=asked.kind,
        value=0 if asked.kind == "free_shipping" else value,
        currency=asked.amount.currency if asked.kind == "amount" and asked.amount else None,
        minimum=None if least is None else Money(least.amount, least.currency),
        starts_at=asked.starts_at,
        ends_at=asked.ends_at,
        uses_left=asked.uses,
        products=None if asked.products is None else tuple(asked.products[:1_000]),
    )

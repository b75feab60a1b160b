"""What requests about buying say, and what they are answered: JSON values of their own."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

import msgspec

from matinee.commerce.model import Rate
from matinee.kit.money import Money

from .actions import Wish
from .attribution import TOUCHES_MAX, Touch
from .errors import CheckoutInvalid
from .model import Address, Buyer, Checkout, Order, Remark
from .pricing import Line

ID_CHARACTERS_MAX = 200
_TEXT_CHARACTERS_MAX = 300
_COUNTRY_LETTER_COUNT = 2


class Price(msgspec.Struct, frozen=True):
    """An amount in whole minor units."""

    amount: int
    currency: str


class LineAsked(msgspec.Struct, frozen=True):
    """So many of a variant."""

    variant_id: str
    quantity: int = 1


class TouchAsked(msgspec.Struct, frozen=True):
    """A film that showed a product."""

    film_id: str
    post_id: str | None = None
    product_id: str | None = None


class AddressAsked(msgspec.Struct, frozen=True):
    """Where it is to go."""

    country: str
    name: str = ""
    line_one: str = ""
    line_two: str = ""
    city: str = ""
    region: str = ""
    postal_code: str = ""


class BuyerAsked(msgspec.Struct, frozen=True):
    """Who buys."""

    email: str = ""
    first_name: str = ""
    last_name: str = ""
    phone: str = ""


class BasketAsked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is to be in a basket; what is left out stays as it is."""

    lines: list[LineAsked] | None = None
    currency: str | None = None
    buyer: BuyerAsked | None = None
    address: AddressAsked | None = None
    rate_id: str | None = None
    codes: list[str] | None = None
    touches: list[TouchAsked] = []
    locale: str | None = None
    note: str | None = None


class PaymentAsked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How it is paid: the provider's name for a card, and the total that was shown."""

    method: str
    kind: Literal["card", "shared_token"] = "card"
    total: Price | None = None
    back_url: str | None = None


def wish_of(asked: BasketAsked, *, at: datetime) -> Wish:
    """A basket as it is wished for; raises ``CheckoutInvalid`` and ``CurrencyUnknown``."""
    if len(asked.touches) > TOUCHES_MAX:
        raise CheckoutInvalid("touches", f"at most {TOUCHES_MAX} are taken")
    return Wish(
        units=None if asked.lines is None else units_of(asked.lines),
        currency=None if asked.currency is None else Money(0, asked.currency).currency,
        buyer=None if asked.buyer is None else buyer_of(asked.buyer),
        address=None if asked.address is None else address_of(asked.address),
        rate_id=_short("rate_id", asked.rate_id),
        codes=asked.codes,
        touches=tuple(_touch(one, at) for one in asked.touches),
        locale=_short("locale", asked.locale),
        note=asked.note,
    )


def units_of(lines: Sequence[LineAsked]) -> dict[str, int]:
    """How many of each variant; the same twice is added up."""
    units: dict[str, int] = {}
    for line in lines:
        name = _short("variant_id", line.variant_id) or ""
        if line.quantity < 0:
            raise CheckoutInvalid("quantity", "it is at least 0")
        units[name] = units.get(name, 0) + line.quantity
    return units


def address_of(asked: AddressAsked) -> Address:
    """An address with a country as in ISO 3166; raises ``CheckoutInvalid``."""
    country = asked.country
    letters = country.isascii() and country.isalpha() and country.isupper()
    if len(country) != _COUNTRY_LETTER_COUNT or not letters:
        raise CheckoutInvalid(
            "address.country", f"{country[:20]!r} is not two capital letters, such as NO"
        )
    said = {name: getattr(asked, name) for name in AddressAsked.__struct_fields__}
    return Address(**{name: _short(f"address.{name}", text) or "" for name, text in said.items()})


def buyer_of(asked: BuyerAsked) -> Buyer:
    """Who buys; raises ``CheckoutInvalid`` for an e-mail address that cannot be one."""
    name, at, host = asked.email.rpartition("@")
    if asked.email and (not name or not at or not host or " " in asked.email):
        raise CheckoutInvalid("buyer.email", f"{asked.email[:80]!r} is no e-mail address")
    said = {one: getattr(asked, one) for one in BuyerAsked.__struct_fields__}
    return Buyer(**{one: _short(f"buyer.{one}", text) or "" for one, text in said.items()})


def _touch(asked: TouchAsked, at: datetime) -> Touch:
    """A touch at this moment, whatever the page says of its time: it could say any."""
    return Touch(
        film_id=_short("touches.film_id", asked.film_id) or "",
        at=at,
        post_id=_short("touches.post_id", asked.post_id),
        product_id=_short("touches.product_id", asked.product_id),
    )


def _short(name: str, said: str | None) -> str | None:
    if said is not None and len(said) > _TEXT_CHARACTERS_MAX:
        raise CheckoutInvalid(name, f"it has at most {_TEXT_CHARACTERS_MAX} signs")
    return said


# Answers


class LineSaid(msgspec.Struct, frozen=True):
    """A line with what it costs, without shipping."""

    id: str
    variant_id: str
    product_id: str
    title: str
    sku: str
    quantity: int
    unit: Price
    base: Price
    discount: Price
    total: Price


class RateSaid(msgspec.Struct, frozen=True):
    """A way of sending it."""

    id: str
    title: str
    kind: str
    price: Price
    min_days: int
    max_days: int
    free_from: Price | None


class DiscountSaid(msgspec.Struct, frozen=True):
    """A code that counts."""

    code: str
    amount: Price
    free_shipping: bool


class TotalsSaid(msgspec.Struct, frozen=True):
    """What it all costs; ``tax_inside`` is in the prices already, ``tax`` is added."""

    goods: Price
    discount: Price
    shipping: Price | None
    tax: Price
    tax_inside: Price
    total: Price


class RemarkSaid(msgspec.Struct, frozen=True):
    """Something the buyer is to know."""

    kind: str
    code: str
    text: str
    line_id: str | None
    reason: str


class CheckoutSaid(msgspec.Struct, frozen=True):
    """A basket; ``action`` is what the buyer's bank wants: a page, or a word in test mode."""

    id: str
    shop_id: str
    status: str
    ready: bool
    currency: str
    lines: list[LineSaid]
    buyer: Buyer
    address: Address | None
    rate_id: str | None
    rates: list[RateSaid]
    codes: list[str]
    discounts: list[DiscountSaid]
    totals: TotalsSaid
    remarks: list[RemarkSaid]
    order_id: str | None
    action: str | None
    test_mode: bool
    expires_at: datetime


class ParcelSaid(msgspec.Struct, frozen=True):
    """A parcel."""

    id: str
    units: dict[str, int]
    carrier: str
    number: str
    url: str
    shipped_at: datetime
    delivered_at: datetime | None


class ReturnSaid(msgspec.Struct, frozen=True):
    """A return."""

    id: str
    units: dict[str, int]
    reason: str
    state: str
    answer: str
    opened_at: datetime


class RefundSaid(msgspec.Struct, frozen=True):
    """A refund."""

    id: str
    units: dict[str, int]
    shipping: bool
    amount: Price
    reason: str
    state: str
    fault: str
    ordered_at: datetime


class OrderSaid(msgspec.Struct, frozen=True):
    """An order."""

    id: str
    number: int
    shop_id: str
    status: str
    face: str
    lines: list[LineSaid]
    buyer: Buyer
    address: Address | None
    rate: RateSaid | None
    discounts: list[DiscountSaid]
    totals: TotalsSaid
    refunded: Price
    disputed: bool
    parcels: list[ParcelSaid]
    returns: list[ReturnSaid]
    refunds: list[RefundSaid]
    placed_at: datetime


class PageOfOrders(msgspec.Struct, frozen=True):
    """Orders, the newest first, and where the list goes on."""

    orders: list[OrderSaid]
    next: str | None


def checkout_said(checkout: Checkout, *, test_mode: bool) -> CheckoutSaid:
    """Present a basket to its buyer."""
    return CheckoutSaid(
        id=checkout.id,
        shop_id=checkout.shop_id,
        status=checkout.status,
        ready=checkout.ready,
        currency=checkout.currency,
        lines=_lines(checkout),
        buyer=checkout.buyer,
        address=checkout.address,
        rate_id=checkout.rate_id,
        rates=[_rate(one) for one in checkout.rates],
        codes=list(checkout.codes),
        discounts=_discounts(checkout),
        totals=_totals(checkout),
        remarks=[_remark(one) for one in checkout.remarks],
        order_id=checkout.order_id,
        action=checkout.action_url if checkout.status == "asking" else None,
        test_mode=test_mode,
        expires_at=checkout.expires_at,
    )


def order_said(order: Order) -> OrderSaid:
    """Present an order to its buyer or its seller."""
    return OrderSaid(
        id=order.id,
        number=order.number,
        shop_id=order.shop_id,
        status=order.status,
        face=order.face,
        lines=_lines(order),
        buyer=order.buyer,
        address=order.address,
        rate=None if order.rate is None else _rate(order.rate),
        discounts=_discounts(order),
        totals=_totals(order),
        refunded=Price(order.refunded_minor, order.currency),
        disputed=order.disputed_at is not None,
        parcels=[
            ParcelSaid(
                one.id,
                dict(one.units),
                one.carrier,
                one.number,
                one.url,
                one.shipped_at,
                one.delivered_at,
            )
            for one in order.parcels
        ],
        returns=[
            ReturnSaid(one.id, dict(one.units), one.reason, one.state, one.answer, one.opened_at)
            for one in order.returns
        ],
        refunds=[
            RefundSaid(
                one.id,
                dict(one.units),
                one.shipping,
                price_said(one.amount),
                one.reason,
                one.state,
                one.fault,
                one.ordered_at,
            )
            for one in order.refunds
        ],
        placed_at=order.placed_at,
    )


def price_said(amount: Money) -> Price:
    """Present an amount."""
    return Price(amount.minor, amount.currency)


def _lines(sold: Checkout | Order) -> list[LineSaid]:
    billed = {one.line_id: one for one in sold.bill.lines}

    def said(line: Line) -> LineSaid:
        one = billed[line.id]
        return LineSaid(
            id=line.id,
            variant_id=line.variant_id,
            product_id=line.product_id,
            title=line.title,
            sku=line.sku,
            quantity=line.quantity,
            unit=price_said(line.unit),
            base=Price(one.base, sold.currency),
            discount=Price(one.discount, sold.currency),
            total=Price(one.base - one.discount, sold.currency),
        )

    return [said(line) for line in sold.lines]


def _rate(rate: Rate) -> RateSaid:
    free = rate.free_from
    return RateSaid(
        rate.id,
        rate.title,
        rate.kind,
        price_said(rate.price),
        rate.min_days,
        rate.max_days,
        None if free is None else price_said(free),
    )


def _discounts(sold: Checkout | Order) -> list[DiscountSaid]:
    return [
        DiscountSaid(one.code, Price(one.minor, sold.currency), one.free_shipping)
        for one in sold.bill.applied
    ]


def _totals(sold: Checkout | Order) -> TotalsSaid:
    bill = sold.bill

    def price(minor: int) -> Price:
        return Price(minor, bill.currency)

    return TotalsSaid(
        goods=price(bill.base),
        discount=price(bill.discount),
        shipping=None if bill.shipping is None else price(bill.carriage),
        tax=price(bill.tax_on_top),
        tax_inside=price(bill.tax_inside),
        total=price_said(bill.total),
    )


def _remark(remark: Remark) -> RemarkSaid:
    return RemarkSaid(remark.kind, remark.code, remark.text, remark.line_id, remark.reason)

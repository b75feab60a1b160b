"""The verbs of a basket: open, change, cancel, and order its payment.

Each works in the caller's transaction; the money itself is taken in ``settling``, outside of any.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from matinee import people, rights
from matinee.commerce import stock
from matinee.commerce.errors import ShopNotFound, StockShort, VariantNotFound
from matinee.commerce.model import Shop
from matinee.commerce.store import (
    products_by_ids,
    shop_by_id,
    tax_rules_of,
    variants_by_ids,
    zones_of,
)
from matinee.kit.clock import Clock
from matinee.kit.db import Session
from matinee.kit.ids import Ids
from matinee.kit.money import Money

from . import store
from .assessing import Market, assessed
from .attribution import TOUCHES_MAX, Touch
from .errors import (
    AgentRefused,
    CheckoutClosed,
    CheckoutInvalid,
    CheckoutNotFound,
    CurrencyUnsold,
    LineUnknown,
    PaymentUnderWay,
    ShopsMixed,
)
from .model import (
    CODES_MAX,
    LINES_MAX,
    QUANTITY_MAX,
    Address,
    Buyer,
    Checkout,
    Face,
    Payment,
    Remark,
    Tender,
    Till,
)
from .pricing import Bill, Line

CART_KEPT = timedelta(days=30)
CHECKOUT_KEPT = timedelta(hours=24)


@dataclass(frozen=True, kw_only=True, slots=True)
class Room:
    """What selling works with; ``fee_bps`` is what the platform takes of a sale without tax.

    ``terms`` divide the commissions of films.
    """

    clock: Clock
    ids: Ids
    till: Till
    terms: rights.PlatformTerms
    fee_bps: int = 500


@dataclass(frozen=True, slots=True)
class Caller:
    """Whose basket it is: a person, and the key of theirs that an agent uses."""

    person_id: str
    agent: str | None = None
    face: Face = "web"

    @classmethod
    def of(cls, visitor: people.Visitor, *, face: Face) -> "Caller":
        """The person behind a request."""
        return cls(visitor.person.id, visitor.key_id, face)


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """What is to be in a basket and how; None leaves a part as it is."""

    units: Mapping[str, int] | None = None
    currency: str | None = None
    buyer: Buyer | None = None
    address: Address | None = None
    rate_id: str | None = None
    codes: Sequence[str] | None = None
    touches: Sequence[Touch] = ()
    locale: str | None = None
    note: str | None = None


def open_checkout(
    session: Session, wish: Wish, *, caller: Caller, room: Room, as_cart: bool = False
) -> Checkout:
    """Begin a basket of one shop, as a cart or ready to be paid.

    Raises ``LineUnknown``, ``ShopsMixed``, ``CurrencyUnsold``, ``AgentRefused`` and
    ``CheckoutInvalid``.
    """
    at = room.clock.now()
    shop = _shop_of(session, wish.units or {})
    check_agent(shop, caller)
    currency = wish.currency or shop.currency
    if currency not in shop.currencies:
        raise CurrencyUnsold(currency, shop.currencies)
    bare = Checkout(
        id=room.ids.new("cart" if as_cart else "checkout"),
        shop_id=shop.id,
        person_id=caller.person_id,
        face=caller.face,
        agent=caller.agent,
        currency=currency,
        lines=(),
        bill=Bill(currency, ()),
        status="cart" if as_cart else "open",
        created_at=at,
        updated_at=at,
        expires_at=at + (CART_KEPT if as_cart else CHECKOUT_KEPT),
    )
    return _kept(session, _wished(session, bare, wish, room), at=at)


def from_cart(session: Session, cart_id: str, *, caller: Caller, room: Room) -> Checkout:
    """Begin to pay for what is in a cart, which stays as it is, so that it can be paid again.

    Raises ``CheckoutNotFound``, and ``CheckoutClosed`` for what is no cart any more, or never was.
    """
    cart = checkout_of(session, cart_id, caller=caller, room=room)
    if cart.status != "cart":
        raise CheckoutClosed(cart.id, cart.status)
    check_agent(shop_by_id(session, cart.shop_id), caller)
    at = room.clock.now()
    opened = replace(
        cart,
        id=room.ids.new("checkout"),
        status="open",
        face=caller.face,
        agent=caller.agent,
        created_at=at,
        updated_at=at,
        expires_at=at + CHECKOUT_KEPT,
    )
    return _kept(session, _assessed(session, opened, at=at), at=at)


def checkout_of(
    session: Session, checkout_id: str, *, caller: Caller, room: Room, lock: bool = False
) -> Checkout:
    """Somebody's checkout as it was last seen; raises ``CheckoutNotFound``."""
    found = store.checkout_by_id(session, checkout_id, lock=lock)
    if found is None or found.person_id != caller.person_id:
        raise CheckoutNotFound(checkout_id)
    # What an agent began it goes on with; its person may look at everything in a browser.
    if caller.agent is not None and found.agent != caller.agent:
        raise CheckoutNotFound(checkout_id)
    if found.status in {"cart", "open"} and found.expires_at <= room.clock.now():
        return replace(found, status="expired")
    return found


def change(
    session: Session, checkout_id: str, wish: Wish, *, caller: Caller, room: Room
) -> Checkout:
    """Change a basket that is not being paid; it is reckoned anew at the prices of this moment.

    Raises what ``open_checkout`` raises, ``CheckoutNotFound``, ``CheckoutClosed`` and
    ``PaymentUnderWay``.
    """
    found = checkout_of(session, checkout_id, caller=caller, room=room, lock=True)
    found = _changeable(found, room)
    check_agent(shop_by_id(session, found.shop_id), caller)
    return _kept(session, _wished(session, found, wish, room), at=room.clock.now())


def name_buyer(
    session: Session, checkout_id: str, buyer: Buyer, *, caller: Caller, room: Room
) -> None:
    """Say who buys, at the moment of paying.

    Nothing is reckoned anew, so that ``order_payment`` still says what changed since.
    """
    found = checkout_of(session, checkout_id, caller=caller, room=room, lock=True)
    if found.status == "open":
        _kept(session, replace(found, buyer=buyer), at=room.clock.now())


def is_cart(checkout: Checkout) -> bool:
    """Whether it is, or was, a cart."""
    return checkout.id.startswith("cart_")


def cancel(session: Session, checkout_id: str, *, caller: Caller, room: Room) -> Checkout:
    """Give a basket up; raises ``CheckoutNotFound``, ``CheckoutClosed``, ``PaymentUnderWay``."""
    found = checkout_of(session, checkout_id, caller=caller, room=room, lock=True)
    found = _changeable(found, room)
    ended = replace(found, status="cancelled", remarks=(), action_url=None)
    return _kept(session, ended, at=room.clock.now())


def order_payment(
    session: Session, checkout_id: str, tender: Tender, *, caller: Caller, room: Room
) -> tuple[Checkout, str | None]:
    """Take the stock and write down that it is to be paid; the id of the payment to settle.

    None is: nothing is to be paid, because it was paid already, or because the checkout says what
    is in the way: a price that changed, stock that is gone. Raises ``CheckoutNotFound``,
    ``CheckoutClosed`` and ``PaymentUnderWay``.
    """
    at = room.clock.now()
    found = checkout_of(session, checkout_id, caller=caller, room=room, lock=True)
    if found.status == "completed":
        return found, None
    if found.status == "paying":
        raise PaymentUnderWay(found.id)
    if found.status not in {"open", "asking"}:
        raise CheckoutClosed(found.id, found.status)
    check_agent(shop_by_id(session, found.shop_id), caller)
    replaces = found.payment_id if found.status == "asking" else None
    seen = tender.total or found.bill.total
    fresh = _assessed(session, replace(found, status="open", action_url=None), at=at)
    if not fresh.ready or fresh.bill.total != seen:
        if fresh.bill.total != seen and all(one.code != "price_changed" for one in fresh.remarks):
            text = f"The total is {fresh.bill.total.micros} now. Pay it if you agree."
            said = Remark(kind="warning", code="price_changed", text=text)
            fresh = replace(fresh, remarks=(*fresh.remarks, said))
        return _kept(session, fresh, at=at), None
    payment = Payment(
        id=room.ids.new("payment"),
        checkout_id=fresh.id,
        amount=fresh.bill.total,
        tender=tender,
        replaces=replaces,
        ordered_at=at,
    )
    refused = _reserved(session, fresh, payment, room)
    if refused is not None:
        return _kept(session, replace(fresh, remarks=(*fresh.remarks, refused)), at=at), None
    store.add_payment(session, payment)
    paying = replace(fresh, status="paying", payment_id=payment.id)
    return _kept(session, paying, at=at), payment.id


def give_back(session: Session, checkout: Checkout, payment_id: str, *, at: datetime) -> None:
    """Give back what a payment that does not come had taken: stock, and uses of codes."""
    if stock.give_back_stock(session, payment_id, at=at):
        for one in checkout.bill.applied:
            store.use_discount(session, one.discount_id, -1)


def check_agent(shop: Shop, caller: Caller) -> None:
    """Raise ``AgentRefused`` if the shop does not sell through the caller's agent."""
    if caller.agent is not None and not shop.serves_agent(caller.agent):
        raise AgentRefused(shop.id)


def market_of(session: Session, checkout: Checkout) -> Market:
    """What the catalogue says of a basket at this moment."""
    return Market(
        shop=shop_by_id(session, checkout.shop_id),
        products=products_by_ids(session, {line.product_id for line in checkout.lines}),
        variants=variants_by_ids(session, {line.variant_id for line in checkout.lines}),
        zones=zones_of(session, checkout.shop_id),
        tax_rules=tax_rules_of(session, checkout.shop_id),
        discounts=store.discounts_of(session, checkout.shop_id, checkout.codes),
    )


def _reserved(session: Session, checkout: Checkout, payment: Payment, room: Room) -> Remark | None:
    """Take stock and uses of codes for a payment, all or none; what is in the way otherwise."""
    lines = sorted(checkout.lines, key=lambda line: line.variant_id)
    at = room.clock.now()
    with session.begin_nested() as attempt:
        for line in lines:
            try:
                stock.take_stock(
                    session, line.variant_id, line.quantity, reservation=payment.id, at=at
                )
            except (StockShort, VariantNotFound):
                attempt.rollback()
                text = f"{line.title} was sold to somebody else a moment ago. Nothing was paid."
                return Remark(kind="error", code="out_of_stock", text=text, line_id=line.id)
        for one in checkout.bill.applied:
            if not store.use_discount(session, one.discount_id, 1):
                attempt.rollback()
                text = f"The code {one.code} was used up a moment ago. Nothing was paid."
                return Remark(kind="error", code="discount_rejected", text=text)
    return None


def _changeable(found: Checkout, room: Room) -> Checkout:
    # What the buyer's bank still asks for is given up before the basket changes (``settling``).
    if found.status in {"paying", "asking"}:
        raise PaymentUnderWay(found.id)
    if found.status not in {"cart", "open"}:
        raise CheckoutClosed(found.id, found.status)
    kept = CART_KEPT if found.status == "cart" else CHECKOUT_KEPT
    return replace(found, expires_at=room.clock.now() + kept)


def _wished(session: Session, found: Checkout, wish: Wish, room: Room) -> Checkout:
    lines = found.lines if wish.units is None else _lines(session, found, wish.units, room)
    if wish.codes is not None and len(wish.codes) > CODES_MAX:
        raise CheckoutInvalid("codes", f"at most {CODES_MAX} are taken")
    codes = found.codes if wish.codes is None else tuple(one[:80] for one in wish.codes)
    touches = [*found.touches, *wish.touches]
    known = rights.films_known(session, [one.film_id for one in wish.touches])
    touches = [one for one in touches if one in found.touches or one.film_id in known]
    changed = replace(
        found,
        lines=lines,
        buyer=wish.buyer or found.buyer,
        address=wish.address or found.address,
        rate_id=wish.rate_id or found.rate_id,
        codes=codes,
        touches=tuple(dict.fromkeys(touches))[-TOUCHES_MAX:],
        locale=wish.locale or found.locale,
        note=found.note if wish.note is None else wish.note[:5_000],
    )
    made = _assessed(session, changed, at=room.clock.now())
    if wish.rate_id is not None and made.rates and made.rate_id != wish.rate_id:
        raise CheckoutInvalid("rate_id", "it is none of the ways this can be sent there")
    return made


def _assessed(session: Session, found: Checkout, *, at: datetime) -> Checkout:
    return assessed(found, market_of(session, found), at=at)


def _lines(
    session: Session, found: Checkout, units: Mapping[str, int], room: Room
) -> tuple[Line, ...]:
    """Lines for so many of each variant; those that were there keep the price they were seen at."""
    if len(units) > LINES_MAX:
        raise CheckoutInvalid("lines", f"at most {LINES_MAX} different things are taken")
    kept = {line.variant_id: line for line in found.lines}
    variants = variants_by_ids(session, [one for one in units if one not in kept])
    products = products_by_ids(session, {one.product_id for one in variants.values()})
    lines = []
    for variant_id, count in units.items():
        if not 0 <= count <= QUANTITY_MAX:
            raise CheckoutInvalid("quantity", f"it is 0 to {QUANTITY_MAX}")
        if count == 0:
            continue
        if variant_id in kept:
            lines.append(replace(kept[variant_id], quantity=count))
            continue
        variant = variants.get(variant_id)
        product = products.get(variant.product_id) if variant else None
        if variant is None or product is None or product.state == "draft":
            raise LineUnknown(variant_id)
        if product.shop_id != found.shop_id:
            raise ShopsMixed(found.shop_id, product.shop_id)
        name = f"{product.title}, {variant.title}" if variant.title else product.title
        line = Line(
            id=room.ids.new("line"),
            variant_id=variant.id,
            product_id=product.id,
            title=name,
            quantity=count,
            unit=variant.price_in(found.currency) or Money(0, found.currency),
            tax_class=product.tax_class,
            sku=variant.sku,
        )
        lines.append(line)
    return tuple(lines)


def _shop_of(session: Session, units: Mapping[str, int]) -> Shop:
    """The shop that sells the first of these; the others are looked at with it."""
    if not units:
        raise CheckoutInvalid("lines", "name at least one thing to buy")
    first = next(iter(units))
    variant = variants_by_ids(session, [first]).get(first)
    product = (
        products_by_ids(session, [variant.product_id]).get(variant.product_id) if variant else None
    )
    if product is None or product.state == "draft":
        raise LineUnknown(first)
    shop = shop_by_id(session, product.shop_id)
    if not shop.is_open:
        raise ShopNotFound(shop.id)
    return shop


def _kept(session: Session, checkout: Checkout, *, at: datetime) -> Checkout:
    kept = replace(checkout, updated_at=at)
    store.keep_checkout(session, kept)
    return kept

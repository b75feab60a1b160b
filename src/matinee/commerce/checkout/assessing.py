"""What a basket is worth at this moment, and what is still in the way of paying for it.

Pure: what the catalogue says comes in, a checkout goes out. A price that changed is put into its
line and said; whatever cannot be sold stays where it is with an error beside it, so that nobody
loses a basket to a change of the shop's.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from matinee.commerce.model import (
    Discount,
    Product,
    Rate,
    Shop,
    TaxRule,
    Variant,
    Zone,
    zone_for,
)

from .model import Checkout, Remark, RemarkCode
from .pricing import Basket, Line, Rejected, bill_of

_WHY = {
    "unknown": "there is no such code",
    "early": "it does not count yet",
    "expired": "it counts no longer",
    "used_up": "it was used as often as it may be",
    "minimum_not_met": "what you buy is worth too little for it",
    "nothing_fits": "it is for other things or another currency",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Market:
    """What the catalogue says of a basket: its shop, what it holds, where it ships, what it taxes.

    ``products`` and ``variants`` hold what is there, by id; withdrawn ones too.
    """

    shop: Shop
    products: Mapping[str, Product]
    variants: Mapping[str, Variant]
    zones: Sequence[Zone] = ()
    tax_rules: Sequence[TaxRule] = ()
    discounts: Sequence[Discount] = ()


def assessed(checkout: Checkout, market: Market, *, at: datetime) -> Checkout:
    """The same basket at the prices of this moment, with its bill and what is to be said."""
    remarks: list[Remark] = []
    if not market.shop.is_open:
        remarks.append(_error("shop_closed", "This shop is closed and sells nothing any more."))
    lines = []
    for line in checkout.lines:
        repriced, said = _line(line, market, checkout.currency)
        lines.append(repriced)
        remarks.extend(said)
    if not lines:
        remarks.append(_error("empty", "There is nothing in the basket."))
    rates, said = _rates(checkout, market)
    remarks.extend(said)
    chosen = next((one for one in rates if one.id == checkout.rate_id), None)
    if chosen is None and len(rates) == 1:
        chosen = rates[0]
    if rates and chosen is None:
        remarks.append(_error("rate_missing", "Choose how it is to be sent."))
    if not checkout.buyer.email:
        remarks.append(_error("email_missing", "Give an e-mail address for the receipt."))
    address = checkout.address
    bill = bill_of(
        Basket(
            currency=checkout.currency,
            lines=tuple(lines),
            rate=chosen,
            country=address.country if address else None,
            region=(address.region or None) if address else None,
            codes=checkout.codes,
        ),
        discounts=market.discounts,
        tax_rules=market.tax_rules,
        at=at,
    )
    remarks.extend(_codes(bill.rejected))
    return replace(
        checkout,
        lines=tuple(lines),
        rate_id=chosen.id if chosen else None,
        rates=rates,
        bill=bill,
        remarks=tuple(remarks),
    )


def _line(line: Line, market: Market, currency: str) -> tuple[Line, list[Remark]]:
    product, variant = market.products.get(line.product_id), market.variants.get(line.variant_id)
    if product is None or variant is None or product.state != "live" or variant.withdrawn:
        text = f"{line.title} is no longer sold. Take it out to buy the rest."
        return line, [_error("withdrawn", text, line)]
    price = variant.price_in(currency)
    if price is None:
        text = f"{line.title} is not sold in {currency}."
        return line, [_error("currency_unsold", text, line)]
    said = []
    if price != line.unit:
        text = (
            f"{line.title} costs {price.micros} now, in place of {line.unit.micros}. Look at the "
            "new total and pay it if you agree."
        )
        said.append(Remark(kind="warning", code="price_changed", text=text, line_id=line.id))
    if not variant.can_sell(line.quantity):
        left = variant.stock or 0
        text = (
            f"Only {left} of {line.title} are left. Take fewer."
            if left
            else f"{line.title} is sold out. Take it out to buy the rest."
        )
        said.append(_error("out_of_stock", text, line))
    return replace(line, unit=price, tax_class=product.tax_class, sku=variant.sku), said


def _rates(checkout: Checkout, market: Market) -> tuple[tuple[Rate, ...], list[Remark]]:
    """The ways it can be sent, and what is wrong if there are none."""
    if checkout.address is None:
        return (), [_error("address_missing", "Say where it is to be sent.")]
    country = checkout.address.country
    zone = zone_for(market.zones, country)
    if zone is None:
        text = f"This shop does not send anything to {country}. Give an address elsewhere."
        return (), [_error("address_outside_zones", text)]
    rates = tuple(one for one in zone.rates if one.price.currency == checkout.currency)
    if not rates:
        text = f"This shop has no price in {checkout.currency} for sending it to {country}."
        return (), [_error("currency_unsold", text)]
    return rates, []


def _codes(rejected: Sequence[Rejected]) -> Iterator[Remark]:
    for one in rejected:
        yield Remark(
            kind="warning",
            code="discount_rejected",
            text=f"The code {one.code[:80]} does not count: {_WHY[one.reason]}.",
            reason=f"{one.reason}:{one.code[:80]}",
        )


def _error(code: RemarkCode, text: str, line: Line | None = None) -> Remark:
    return Remark(
        kind="error",
        code=code,
        text=text,
        line_id=line.id if line else None,
    )

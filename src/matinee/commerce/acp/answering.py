"""Sessions, carts and orders in the protocol's words; every key is one of its schemas'."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from matinee.commerce.checkout.model import Address, Checkout, Order, Remark
from matinee.commerce.checkout.pricing import Bill, BillLine, Line
from matinee.commerce.model import Shop

from .errors import VERSION, VERSIONS

Said = dict[str, Any]

HANDLER_ID = "card_tokenized"
EXTENSIONS = ("discount", "affiliate_attribution")
_SPEC = "https://agenticcommerce.dev"
_STATUSES = {
    "asking": "authentication_required",
    "paying": "complete_in_progress",
    "completed": "completed",
    "cancelled": "canceled",
    "expired": "expired",
}
# kind, code, who mends it, and where.
_MESSAGES: Mapping[str, tuple[str, str, str, str]] = {
    "empty": ("error", "missing", "recoverable", "$.line_items"),
    "email_missing": ("error", "missing", "requires_buyer_input", "$.buyer.email"),
    "address_missing": (
        "error",
        "missing",
        "requires_buyer_input",
        "$.fulfillment_details.address",
    ),
    "address_outside_zones": (
        "error",
        "region_restricted",
        "requires_buyer_input",
        "$.fulfillment_details.address.country",
    ),
    "rate_missing": ("error", "missing", "recoverable", "$.selected_fulfillment_options"),
    "out_of_stock": ("error", "out_of_stock", "recoverable", "$.line_items"),
    "withdrawn": ("error", "not_found", "recoverable", "$.line_items"),
    "currency_unsold": ("error", "unsupported", "recoverable", "$.currency"),
    "shop_closed": ("error", "unsupported", "recoverable", "$.line_items"),
    "payment_declined": ("error", "payment_declined", "requires_buyer_input", "$.payment_data"),
    "authentication_needed": (
        "error",
        "requires_3ds",
        "requires_buyer_input",
        "$.authentication_result",
    ),
    "authentication_failed": (
        "error",
        "payment_declined",
        "requires_buyer_input",
        "$.payment_data",
    ),
    "price_changed": ("warning", "price_change", "requires_buyer_review", "$.line_items"),
}
_REJECTED = {
    "unknown": "discount_code_invalid",
    "early": "discount_code_invalid",
    "expired": "discount_code_expired",
    "used_up": "discount_code_usage_limit_reached",
    "minimum_not_met": "discount_code_minimum_not_met",
    "nothing_fits": "discount_code_user_ineligible",
}
_ORDER_STATUSES = {
    "confirmed": "confirmed",
    "partly_shipped": "processing",
    "shipped": "shipped",
    "delivered": "completed",
    "cancelled": "canceled",
    "refunded": "canceled",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where this house is: its address on the web, its account at the provider, test mode."""

    public_url: str
    account: str
    test_mode: bool
    vault: bool = False


def session_said(
    checkout: Checkout,
    shop: Shop,
    order: Order | None,
    *,
    place: Place,
    version: str,
    extensions: Sequence[str] | None,
    at: datetime,
) -> Said:
    """A checkout session."""
    said: Said = {
        "id": checkout.id,
        "protocol": {"version": version},
        "capabilities": capabilities_said(place, extensions),
        "status": status_of(checkout),
        "currency": checkout.currency.lower(),
        "locale": checkout.locale,
        "line_items": lines_said(checkout),
        "fulfillment_options": options_said(checkout, at),
        "totals": totals_said(checkout.bill),
        "messages": [message_said(one, checkout) for one in checkout.remarks],
        "links": links_said(shop, place),
        "created_at": _moment(checkout.created_at),
        "updated_at": _moment(checkout.updated_at),
        "expires_at": _moment(checkout.expires_at),
    }
    if checkout.buyer.email:
        said["buyer"] = _buyer(checkout)
    if checkout.address is not None:
        said["fulfillment_details"] = _details(checkout)
    if checkout.rate is not None:
        chosen = {
            "type": "digital" if checkout.rate.kind == "digital" else "shipping",
            "option_id": checkout.rate.id,
            "item_ids": [line.variant_id for line in checkout.lines],
        }
        said["selected_fulfillment_options"] = [chosen]
    if checkout.codes and (extensions is None or "discount" in extensions):
        said["discounts"] = _discounts(checkout)
    if checkout.status == "asking":
        said["authentication_metadata"] = _authentication(shop, place)
        if (checkout.action_url or "").startswith("https://"):
            said["continue_url"] = checkout.action_url
    if order is not None:
        said["order"] = order_said(order, shop, place=place)
    return said


def cart_said(cart: Checkout) -> Said:
    """A cart."""
    said: Said = {
        "id": cart.id,
        "line_items": lines_said(cart),
        "currency": cart.currency.lower(),
        "totals": totals_said(cart.bill),
        # A cart asks for no address yet.
        "messages": [message_said(one, cart) for one in cart.remarks if one.code not in _LATER],
        "expires_at": _moment(cart.expires_at),
    }
    if cart.buyer.email:
        said["buyer"] = _buyer(cart)
    return said


_LATER = {"address_missing", "rate_missing", "email_missing"}


def order_said(order: Order, shop: Shop, *, place: Place) -> Said:
    """An order, whole."""
    returned, shipped = order.refunded, order.shipped
    billed = {one.line_id: one for one in order.bill.lines}
    totals = totals_said(order.bill)
    if order.refunded_minor:
        totals.append(_total("amount_refunded", "Refunded", order.refunded_minor))
    said: Said = {
        "type": "order",
        "id": order.id,
        "checkout_session_id": order.checkout_id,
        "order_number": str(order.number),
        "permalink_url": f"{place.public_url}/orders/{order.id}",
        "status": _ORDER_STATUSES[order.status],
        "line_items": [
            _order_line(line, billed[line.id], returned, shipped) for line in order.lines
        ],
        "fulfillments": [_parcel(order, index) for index in range(len(order.parcels))],
        "adjustments": [*_refunds(order), *_dispute(order)],
        "totals": totals,
    }
    if shop.policies.support_email:
        said["support"] = {"email": shop.policies.support_email}
    if order.rate is not None:
        days = order.rate
        said["estimated_delivery"] = {
            "earliest": _moment(order.placed_at + timedelta(days=days.min_days)),
            "latest": _moment(order.placed_at + timedelta(days=days.max_days)),
        }
    return said


def discovery_said(place: Place, currencies: Sequence[str]) -> Said:
    """What is offered here, at /.well-known/acp.json."""
    services = ["checkout", "orders", "carts", *(["delegate_payment"] if place.vault else [])]
    return {
        "protocol": {
            "name": "acp",
            "version": VERSION,
            "supported_versions": list(VERSIONS),
        },
        "api_base_url": f"{place.public_url}/acp",
        "transports": ["rest"],
        "capabilities": {
            "services": services,
            "extensions": [{"name": name} for name in EXTENSIONS],
            "intervention_types": ["3ds"],
            "supported_currencies": [one.lower() for one in currencies],
            "supported_locales": ["en", "zh"],
        },
    }


def capabilities_said(place: Place, extensions: Sequence[str] | None) -> Said:
    """What a session offers: how it can be paid, and what both sides know."""
    known = [one for one in EXTENSIONS if extensions is None or one in extensions]
    extends = {
        "discount": ["$.CheckoutSession.discounts"],
        "affiliate_attribution": ["$.CheckoutSessionCreateRequest.affiliate_attribution"],
    }
    handler = {
        "id": HANDLER_ID,
        "name": "dev.acp.tokenized.card",
        "display_name": "Card (test mode: nobody is charged)" if place.test_mode else "Card",
        "version": "2026-01-22",
        "spec": f"{_SPEC}/handlers/tokenized.card",
        "requires_delegate_payment": True,
        "requires_pci_compliance": False,
        "psp": "stripe",
        "config_schema": f"{_SPEC}/schemas/handlers/tokenized.card/config.json",
        "instrument_schemas": [f"{_SPEC}/schemas/handlers/tokenized.card/instrument.json"],
        "config": {
            "merchant_id": place.account,
            "psp": "stripe",
            "accepted_brands": ["visa", "mastercard", "amex"],
            "supports_3ds": True,
            "environment": "sandbox" if place.test_mode else "production",
        },
        "display_order": 0,
    }
    return {
        "payment": {"handlers": [handler]},
        "interventions": {"supported": ["3ds"], "required": [], "enforcement": "conditional"},
        "extensions": [{"name": one, "extends": extends[one]} for one in known],
    }


def status_of(checkout: Checkout) -> str:
    """Where a session stands."""
    if checkout.status in _STATUSES:
        return _STATUSES[checkout.status]
    return "ready_for_payment" if checkout.ready else "not_ready_for_payment"


def lines_said(checkout: Checkout) -> list[Said]:
    """The lines of a session or cart."""
    billed = {one.line_id: one for one in checkout.bill.lines}
    gone = {one.line_id for one in checkout.remarks if one.code in {"out_of_stock", "withdrawn"}}
    return [
        {
            "id": line.id,
            "item": {
                "id": line.variant_id,
                "name": line.title,
                "unit_amount": line.unit.minor,
            },
            "quantity": line.quantity,
            "name": line.title,
            "unit_amount": line.unit.minor,
            "product_id": line.product_id,
            "variant_id": line.variant_id,
            "availability_status": "out_of_stock" if line.id in gone else "in_stock",
            "totals": _line_totals(billed[line.id]),
            **({"sku": line.sku} if line.sku else {}),
        }
        for line in checkout.lines
    ]


def options_said(checkout: Checkout, at: datetime) -> list[Said]:
    """The ways a session can be sent."""
    said = []
    for rate in checkout.rates:
        # What a chosen way costs after free shipping is in the bill.
        own = checkout.bill.carriage if rate.id == checkout.rate_id else rate.price.minor
        option: Said = {
            "type": "digital" if rate.kind == "digital" else "shipping",
            "id": rate.id,
            "title": rate.title,
            "totals": [_total("total", rate.title, own)],
        }
        if rate.kind != "digital":
            option["earliest_delivery_time"] = _moment(at + timedelta(days=rate.min_days))
            option["latest_delivery_time"] = _moment(at + timedelta(days=rate.max_days))
        said.append(option)
    return said


def totals_said(bill: Bill) -> list[Said]:
    """What it all costs; the amounts between the base and the total add up to it."""
    tax = "Tax"
    if bill.tax_inside:
        tax = f"Tax (prices include {bill.tax_inside} in minor units of {bill.currency})"
    said = [_total("items_base_amount", "Goods", bill.base)]
    if bill.discount:
        said.append(_total("items_discount", "Discount", bill.discount))
    said.append(_total("subtotal", "Subtotal", bill.base - bill.discount))
    if bill.shipping is not None:
        said.append(_total("fulfillment", "Shipping", bill.carriage))
    said.append(_total("tax", tax, bill.tax_on_top))
    said.append(_total("total", "Total", bill.total.minor))
    return said


def message_said(remark: Remark, checkout: Checkout) -> Said:
    """Something an agent is to act on."""
    if remark.code == "discount_rejected":
        reason = remark.reason.partition(":")[0]
        kind, code = "warning", _REJECTED.get(reason, "discount_code_invalid")
        resolution, param = "recoverable", "$.discounts.codes"
    else:
        kind, code, resolution, param = _MESSAGES[remark.code]
    index = next((i for i, one in enumerate(checkout.lines) if one.id == remark.line_id), None)
    if index is not None:
        param = f"$.line_items[{index}]"
    return {
        "type": kind,
        "code": code,
        "resolution": resolution,
        "param": param,
        "content_type": "plain",
        "content": remark.text,
    }


def links_said(shop: Shop, place: Place) -> list[Said]:
    """Where the shop's rules stand."""
    policies = shop.policies
    links = [
        {"type": "privacy_policy", "url": policies.privacy_url},
        {"type": "terms_of_use", "url": policies.terms_url},
    ]
    found = [one for one in links if one["url"]]
    return found or [{"type": "support", "url": f"{place.public_url}/shops/{shop.handle}"}]


def _line_totals(billed: BillLine) -> list[Said]:
    on_top = 0 if billed.included else billed.goods_tax
    said = [_total("items_base_amount", "Goods", billed.base)]
    if billed.discount:
        said.append(_total("items_discount", "Discount", billed.discount))
    said.append(_total("subtotal", "Subtotal", billed.base - billed.discount))
    said.append(_total("tax", "Tax", on_top))
    said.append(_total("total", "Total", billed.base - billed.discount + on_top))
    return said


def _total(kind: str, text: str, amount: int) -> Said:
    return {"type": kind, "display_text": text, "amount": amount}


def _buyer(checkout: Checkout) -> Said:
    buyer = checkout.buyer
    named = {
        "first_name": buyer.first_name,
        "last_name": buyer.last_name,
        "phone_number": buyer.phone,
    }
    return {"email": buyer.email, **{name: said for name, said in named.items() if said}}


def _details(checkout: Checkout) -> Said:
    address, buyer = checkout.address, checkout.buyer
    assert address is not None, "looked at by the caller"
    said: Said = {"address": _address(address)}
    named = {"name": address.name, "phone_number": buyer.phone, "email": buyer.email}
    return {**{name: one for name, one in named.items() if one}, **said}


def _address(address: Address) -> Said:
    said: Said = {
        "name": address.name,
        "line_one": address.line_one,
        "city": address.city,
        "state": address.region,
        "country": address.country,
        "postal_code": address.postal_code,
    }
    return {**said, **({"line_two": address.line_two} if address.line_two else {})}


def _discounts(checkout: Checkout) -> Said:
    index = {line.id: number for number, line in enumerate(checkout.lines)}
    applied = []
    for one in checkout.bill.applied:
        coupon: Said = {"id": one.discount_id, "name": one.code}
        if not one.free_shipping:
            coupon |= {"amount_off": one.minor, "currency": checkout.currency.lower()}
        applied.append(
            {
                "id": one.discount_id,
                "code": one.code,
                "coupon": coupon,
                "amount": checkout.bill.shipping_discount if one.free_shipping else one.minor,
                "method": "across",
                "allocations": [
                    {"path": f"$.line_items[{index[line]}]", "amount": part}
                    for line, part in one.parts
                ],
            }
        )
    rejected = [
        {"code": one.code, "reason": _REJECTED[one.reason]} for one in checkout.bill.rejected
    ]
    return {"codes": list(checkout.codes), "applied": applied, "rejected": rejected}


def _authentication(shop: Shop, place: Place) -> Said:
    return {
        "acquirer_details": {
            "acquirer_bin": "400000",
            "acquirer_country": "US",
            "acquirer_merchant_id": place.account[:35],
            "merchant_name": shop.name[:40],
        },
        "directory_server": "visa",
    }


def _order_line(
    line: Line, billed: BillLine, returned: Mapping[str, int], shipped: Mapping[str, int]
) -> Said:
    current = line.quantity - returned.get(line.id, 0)
    sent = min(shipped.get(line.id, 0), current)
    done = "fulfilled" if sent >= current else "partial" if sent else "processing"
    return {
        "id": line.id,
        "title": line.title,
        "product_id": line.product_id,
        "quantity": {"ordered": line.quantity, "current": current, "fulfilled": sent},
        "unit_price": line.unit.minor,
        "subtotal": billed.base - billed.discount,
        "totals": _line_totals(billed),
        "status": done if current else "removed",
    }


def _parcel(order: Order, index: int) -> Said:
    parcel = order.parcels[index]
    events = [
        {"id": f"{parcel.id}_1", "type": "shipped", "occurred_at": _moment(parcel.shipped_at)}
    ]
    if parcel.delivered_at is not None:
        at = _moment(parcel.delivered_at)
        events.append({"id": f"{parcel.id}_2", "type": "delivered", "occurred_at": at})
    said: Said = {
        "id": parcel.id,
        "type": "digital" if order.rate and order.rate.kind == "digital" else "shipping",
        "status": "delivered" if parcel.delivered_at else "shipped",
        "line_items": [{"id": name, "quantity": n} for name, n in parcel.units.items() if n],
        "events": events,
    }
    named = {
        "carrier": parcel.carrier,
        "tracking_number": parcel.number,
        "tracking_url": parcel.url,
    }
    return {**said, **{name: one for name, one in named.items() if one}}


def _refunds(order: Order) -> list[Said]:
    states = {"ordered": "pending", "done": "completed", "failed": "failed"}
    return [
        {
            "id": one.id,
            "type": "refund",
            "occurred_at": _moment(one.ordered_at),
            "status": states[one.state],
            "line_items": [{"id": name, "quantity": n} for name, n in one.units.items() if n],
            "amount": one.amount.minor,
            "currency": order.currency.lower(),
        }
        for one in order.refunds
    ]


def _dispute(order: Order) -> list[Said]:
    if order.disputed_at is None:
        return []
    lost = order.outside_minor > 0
    return [
        {
            "id": f"{order.id}_dispute",
            "type": "dispute",
            "occurred_at": _moment(order.disputed_at),
            "status": "completed" if lost else "failed",
            "amount": order.outside_minor,
            "currency": order.currency.lower(),
        }
    ]


def _moment(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")

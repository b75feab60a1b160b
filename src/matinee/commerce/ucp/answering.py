"""Checkouts, carts and orders in the words of the Universal Commerce Protocol."""

from datetime import datetime, timedelta
from typing import Any

from matinee.commerce.acp.answering import Place
from matinee.commerce.checkout.model import Checkout, Order, Remark
from matinee.commerce.checkout.pricing import Bill, BillLine
from matinee.commerce.model import Shop

Said = dict[str, Any]

VERSION = "2026-08-25"
HANDLER = "com.stripe.shared_payment_token"
HANDLER_ID = "stripe_spt"
DESTINATION_ID = "destination"
_SITE = "https://ucp.dev"
_CAPABILITIES = ("checkout", "cart", "order", "fulfillment", "discount")
_STATUSES = {
    "asking": "requires_escalation",
    "paying": "complete_in_progress",
    "completed": "completed",
    "cancelled": "canceled",
    "expired": "canceled",
}
_PATHS = {
    "email_missing": "$.buyer.email",
    "address_missing": "$.fulfillment.methods[0].destinations",
    "address_outside_zones": "$.fulfillment.methods[0].destinations[0]",
    "rate_missing": "$.fulfillment.methods[0].groups[0].selected_option_id",
}


def profile_said(place: Place) -> Said:
    """What is offered here, at /.well-known/ucp."""
    service = {
        "version": VERSION,
        "transport": "rest",
        "endpoint": f"{place.public_url}/ucp",
        "spec": f"{_SITE}/specification/overview",
        "schema": f"{_SITE}/services/shopping/rest.openapi.json",
    }
    return {
        "ucp": {
            "version": VERSION,
            "services": {"dev.ucp.shopping": [service]},
            "capabilities": _capabilities(),
            "payment_handlers": _handlers(place),
        }
    }


def checkout_said(
    checkout: Checkout, shop: Shop, order: Order | None, *, place: Place, at: datetime
) -> Said:
    """A checkout."""
    said: Said = {
        "ucp": {
            "version": VERSION,
            "status": "success",
            "capabilities": _capabilities(),
            "payment_handlers": _handlers(place),
        },
        "id": checkout.id,
        "line_items": _lines(checkout),
        "status": status_of(checkout),
        "currency": checkout.currency,
        "totals": totals_said(checkout.bill),
        "messages": [_message(one, checkout) for one in checkout.remarks],
        "links": _links(shop),
        "expires_at": _moment(checkout.expires_at),
        "fulfillment": _fulfillment(checkout, at),
        **_more(checkout),
    }
    if checkout.status == "asking":
        page = checkout.action_url or ""
        own = f"{place.public_url}/checkout/{checkout.id}"
        said["continue_url"] = page if page.startswith("https://") else own
    if order is not None:
        said["order"] = {
            "id": order.id,
            "label": str(order.number),
            "permalink_url": f"{place.public_url}/orders/{order.id}",
        }
    return said


def cart_said(cart: Checkout) -> Said:
    """A cart."""
    later = {"address_missing", "rate_missing", "email_missing"}
    return {
        "ucp": {"version": VERSION, "status": "success", "capabilities": _capabilities()},
        "id": cart.id,
        "line_items": _lines(cart),
        "currency": cart.currency,
        "totals": totals_said(cart.bill),
        "messages": [_message(one, cart) for one in cart.remarks if one.code not in later],
        "expires_at": _moment(cart.expires_at),
        **_more(cart),
    }


def order_said(order: Order, *, place: Place) -> Said:
    """An order."""
    billed = {one.line_id: one for one in order.bill.lines}
    returned, shipped = order.refunded, order.shipped
    lines = []
    for line in order.lines:
        total = line.quantity - returned.get(line.id, 0)
        sent = min(shipped.get(line.id, 0), total)
        state = "fulfilled" if sent >= total else "partial" if sent else "processing"
        lines.append(
            {
                "id": line.id,
                "item": {"id": line.variant_id, "title": line.title, "price": line.unit.minor},
                "quantity": {"original": line.quantity, "total": total, "fulfilled": sent},
                "totals": _line_totals(billed[line.id]),
                "status": state if total else "removed",
            }
        )
    states = {"ordered": "pending", "done": "completed", "failed": "failed"}
    adjustments = [
        {
            "id": one.id,
            "type": "refund",
            "occurred_at": _moment(one.ordered_at),
            "status": states[one.state],
            "totals": [{"type": "total", "amount": -one.amount.minor}],
        }
        for one in order.refunds
    ]
    events = [
        {
            "id": one.id,
            "type": "delivered" if one.delivered_at else "shipped",
            "occurred_at": _moment(one.delivered_at or one.shipped_at),
            "line_items": [{"id": name, "quantity": n} for name, n in one.units.items() if n],
            **({"tracking_number": one.number} if one.number else {}),
            **({"tracking_url": one.url} if one.url else {}),
            **({"carrier": one.carrier} if one.carrier else {}),
        }
        for one in order.parcels
    ]
    return {
        "ucp": {"version": VERSION, "status": "success", "capabilities": _capabilities()},
        "id": order.id,
        "label": str(order.number),
        "checkout_id": order.checkout_id,
        "permalink_url": f"{place.public_url}/orders/{order.id}",
        "line_items": lines,
        "fulfillment": {"events": events},
        "adjustments": adjustments,
        "currency": order.currency,
        "totals": totals_said(order.bill),
    }


def refusal_said(code: str, message: str, path: str | None) -> Said:
    """A request that was refused."""
    said = {
        "type": "error",
        "code": code,
        "content": message,
        "severity": "unrecoverable" if code == "not_found" else "recoverable",
    }
    if path is not None:
        said["path"] = path
    return {"ucp": {"version": VERSION, "status": "error"}, "messages": [said]}


def status_of(checkout: Checkout) -> str:
    """Where a checkout stands."""
    if checkout.status in _STATUSES:
        return _STATUSES[checkout.status]
    return "ready_for_complete" if checkout.ready else "incomplete"


def totals_said(bill: Bill) -> list[Said]:
    """What it all costs; the parts add up to the total, what is taken off below zero."""
    said = [_total("subtotal", "Goods", bill.base)]
    if bill.discount:
        said.append(_total("items_discount", "Discount", -bill.discount))
    if bill.shipping is not None:
        said.append(_total("fulfillment", "Shipping", bill.carriage))
    text = "Tax"
    if bill.tax_inside:
        text = f"Tax (prices include {bill.tax_inside} in minor units of {bill.currency})"
    said.append(_total("tax", text, bill.tax_on_top))
    said.append(_total("total", "Total", bill.total.minor))
    return said


def _capabilities() -> Said:
    extends = {"fulfillment": ["checkout"], "discount": ["checkout", "cart"]}
    said: Said = {}
    for name in _CAPABILITIES:
        one: Said = {"version": VERSION, "schema": f"{_SITE}/schemas/shopping/{name}.json"}
        if name in extends:
            one["extends"] = [f"dev.ucp.shopping.{parent}" for parent in extends[name]]
        said[f"dev.ucp.shopping.{name}"] = [one]
    return said


def _handlers(place: Place) -> Said:
    handler = {
        "id": HANDLER_ID,
        "version": VERSION,
        "spec": "https://docs.stripe.com/agentic-commerce",
        "config": {
            "merchant_id": place.account,
            "environment": "sandbox" if place.test_mode else "production",
        },
    }
    return {HANDLER: [handler]}


def _lines(checkout: Checkout) -> list[Said]:
    billed = {one.line_id: one for one in checkout.bill.lines}
    return [
        {
            "id": line.id,
            "item": {"id": line.variant_id, "title": line.title, "price": line.unit.minor},
            "quantity": line.quantity,
            "totals": _line_totals(billed[line.id]),
        }
        for line in checkout.lines
    ]


def _line_totals(billed: BillLine) -> list[Said]:
    said = [_total("subtotal", "Goods", billed.base)]
    if billed.discount:
        said.append(_total("items_discount", "Discount", -billed.discount))
    said.append(_total("total", "Total", billed.base - billed.discount))
    return said


def _total(kind: str, text: str, amount: int) -> Said:
    return {"type": kind, "display_text": text, "amount": amount}


def _fulfillment(checkout: Checkout, at: datetime) -> Said:
    lines = [line.id for line in checkout.lines]
    method: Said = {"id": "shipping", "type": "shipping", "line_item_ids": lines}
    address = checkout.address
    if address is not None:
        destination = {
            "id": DESTINATION_ID,
            "type": "shipping_address",
            "street_address": address.line_one,
            "extended_address": address.line_two,
            "address_locality": address.city,
            "address_region": address.region,
            "address_country": address.country,
            "postal_code": address.postal_code,
        }
        method["destinations"] = [{name: one for name, one in destination.items() if one}]
        method["selected_destination_id"] = DESTINATION_ID
    options: list[Said] = [
        {
            "id": rate.id,
            "title": rate.title,
            "earliest_fulfillment_time": _moment(at + timedelta(days=rate.min_days)),
            "latest_fulfillment_time": _moment(at + timedelta(days=rate.max_days)),
            "totals": [_total("total", rate.title, rate.price.minor)],
        }
        for rate in checkout.rates
    ]
    group = {
        "id": "all",
        "line_item_ids": lines,
        "options": options,
        "selected_option_id": checkout.rate_id,
    }
    method["groups"] = [group]
    return {"methods": [method]}


def _more(checkout: Checkout) -> Said:
    """What is only there if it was said."""
    said: Said = {}
    buyer = checkout.buyer
    named = {
        "email": buyer.email,
        "first_name": buyer.first_name,
        "last_name": buyer.last_name,
        "phone_number": buyer.phone,
    }
    if any(named.values()):
        said["buyer"] = {name: one for name, one in named.items() if one}
    if checkout.codes:
        index = {line.id: number for number, line in enumerate(checkout.lines)}
        applied = [
            {
                "code": one.code,
                "title": one.code,
                "amount": checkout.bill.shipping_discount if one.free_shipping else one.minor,
                "method": "across",
                "allocations": [
                    {"path": f"$.line_items[{index[line]}]", "amount": part}
                    for line, part in one.parts
                ],
            }
            for one in checkout.bill.applied
        ]
        said["discounts"] = {"codes": list(checkout.codes), "applied": applied}
    return said


def _message(remark: Remark, checkout: Checkout) -> Said:
    index = next((i for i, one in enumerate(checkout.lines) if one.id == remark.line_id), None)
    path = _PATHS.get(remark.code, "$")
    if index is not None:
        path = f"$.line_items[{index}]"
    said = {
        "type": "error" if remark.kind == "error" else "warning",
        "code": remark.code,
        "content": remark.text,
        "path": path,
    }
    return {**said, **({"severity": "recoverable"} if remark.kind == "error" else {})}


def _links(shop: Shop) -> list[Said]:
    links = (
        ("privacy_policy", shop.policies.privacy_url),
        ("terms_of_service", shop.policies.terms_url),
    )
    return [{"type": kind, "url": url} for kind, url in links if url]


def _moment(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")

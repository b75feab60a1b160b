"""The shop itself: listings, counts, orders, refunds and parcels, in Shopify's words."""

import html
import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from functools import wraps
from tempfile import TemporaryFile
from typing import Any, Concatenate, ParamSpec, TypeVar

import httpx

from matinee.commerce.model import Option, ProductState
from matinee.commerce.shops.errors import PlatformDown, PlatformRefused
from matinee.commerce.shops.model import (
    GivenBack,
    ListedVariant,
    Listing,
    Page,
    Picture,
    SentParcel,
    SoldLine,
    SoldOrder,
)
from matinee.kit.clock import Clock
from matinee.kit.money import Money, minor_digits

from .caller import Caller, Credentials
from .documents import document
from .gathering import Gathered

P = ParamSpec("P")
T = TypeVar("T")

SOURCE = "matinee"
BULK_BYTES_MAX = 512 * 2**20

_PAGE, _BULK_PAGE = 20, 100
_BULK = "bulk"
_GRAMS = {"GRAMS": 1.0, "KILOGRAMS": 1000.0, "OUNCES": 28.349523125, "POUNDS": 453.59237}
_STATES: Mapping[str, ProductState] = {"ACTIVE": "live", "ARCHIVED": "withdrawn"}
_STATUSES = {"live": "ACTIVE", "withdrawn": "ARCHIVED", "draft": "DRAFT"}
# What a product without options has instead.
_ONLY, _ONLY_VALUE = "Title", "Default Title"


def as_published(
    ask: Callable[Concatenate["ShopifyPlatform", P], T],
) -> Callable[Concatenate["ShopifyPlatform", P], T]:
    """An answer that is not as Shopify publishes it is a fault of theirs, and no fault of ours."""

    @wraps(ask)
    def asked(self: "ShopifyPlatform", /, *args: P.args, **said: P.kwargs) -> T:
        try:
            return ask(self, *args, **said)
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
            raise PlatformDown(self.address, "its answer is not as it publishes") from error

    return asked


class ShopifyPlatform:
    """A shop on Shopify; see ``commerce.shops.model.Platform``."""

    def __init__(
        self,
        *,
        address: str,
        credentials: Credentials,
        url: str | None = None,
        http: httpx.Client,
        clock: Clock,
    ) -> None:
        self.address = address
        self._caller = Caller(
            address=address,
            credentials=credentials,
            url=url or f"https://{address}",
            http=http,
            clock=clock,
        )
        self._gathered: Gathered | None = None
        self._currency: str | None = None
        self._location: str | None = None

    @as_published
    def currency(self) -> str:
        """The currency that the shop counts in."""
        if self._currency is None:
            opened = self._caller.ask("Opened")
            places = [one["id"] for one in opened["locations"]["nodes"] if one["isActive"]]
            if not places:
                raise PlatformRefused(self._caller.address, "it has no active location")
            self._location = str(places[0])
            self._currency = str(opened["shop"]["currencyCode"])
        return self._currency

    @as_published
    def page(self, *, after: str | None, since: datetime | None) -> Page:
        """Listings changed since a moment; the first reading of all of them is one in bulk."""
        if after is not None and after.startswith(_BULK):
            return self._bulk_page(after)
        if since is None and after is None:
            payload, faults = self._caller.change(
                "ReadInBulk", "bulkOperationRunQuery", {"query": document("Everything")}
            )
            if faults:
                raise PlatformDown(self._caller.address, str(faults[0]["message"])[:300])
            return Page((), f"{_BULK}:0:{payload['bulkOperation']['id']}")
        query = None if since is None else f"updated_at:>='{_moment(since)}'"
        told = self._caller.ask("Changed", {"first": _PAGE, "after": after, "query": query})
        found = [self.listing(one["id"]) for one in told["products"]["nodes"]]
        more = told["products"]["pageInfo"]
        listings = tuple(one for one in found if one is not None)
        return Page(listings, more["endCursor"] if more["hasNextPage"] else None)

    @as_published
    def listing(self, key: str) -> Listing | None:
        """One listing, with all of its variants."""
        product, variants, after = None, [], None
        while True:
            told = self._caller.ask("OneProduct", {"id": key, "after": after})["product"]
            if told is None:
                return None
            product = product or told
            variants += told["variants"]["nodes"]
            after = told["variants"]["pageInfo"]["endCursor"]
            if not told["variants"]["pageInfo"]["hasNextPage"]:
                return self._listed(product, product["media"]["nodes"], variants)

    @as_published
    def put(self, listing: Listing, *, mark: str = "") -> Listing:
        """Make the product there be this one; what it had and is not said is deleted there.

        A new one is put under a handle made of its ``mark``, which the shop has once.
        """
        currency = self.currency()
        said: dict[str, Any] = {
            "title": listing.title,
            "descriptionHtml": _as_html(listing.description),
            "vendor": listing.brand,
            "productType": listing.category[-1] if listing.category else "",
            "tags": list(listing.tags),
            "status": _STATUSES[listing.state],
            "productOptions": _options_said(listing.options),
            "variants": [_variant_said(one, currency) for one in listing.variants],
        }
        if not listing.key:
            # Pictures are theirs from then on: what is said again would be fetched again.
            said["files"] = [
                {"originalSource": one.url, "alt": one.alt, "contentType": "IMAGE"}
                for one in listing.pictures
            ]
        identifier = {"id": listing.key} if listing.key else None
        if mark and not listing.key:
            handle = f"{SOURCE}-{mark.replace('_', '-')}"
            identifier, said["handle"] = {"handle": handle}, handle
        payload, faults = self._caller.change(
            "Put", "productSet", {"identifier": identifier, "input": said}
        )
        if faults:
            raise self._caller.refused(faults)
        after = self.listing(payload["product"]["id"])
        if after is None:
            raise PlatformDown(self._caller.address, "a product went while it was written")
        return after

    def echoed(self, listing: Listing) -> Listing:
        """A listing as this shop would say it back: what it cannot say in full is shorter."""
        return replace(
            listing,
            description=_tidied(listing.description),
            category=listing.category[-1:],
            tags=tuple(sorted(dict.fromkeys(listing.tags))),
            variants=tuple(
                replace(one, title=" / ".join(one.options.values())) for one in listing.variants
            ),
        )

    @as_published
    def count(self, stock_key: str, *, before: int, after: int) -> bool:
        """Set a count from what it was; False when it is something else by now."""
        self.currency()
        quantity = {
            "inventoryItemId": stock_key,
            "locationId": self._location,
            "quantity": after,
            "changeFromQuantity": before,
        }
        said = {"name": "available", "reason": "correction", "quantities": [quantity]}
        _, faults = self._caller.change(
            "Count", "inventorySetQuantities", {"input": said, "key": secrets.token_hex(16)}
        )
        if faults and faults[0].get("code") == "CHANGE_FROM_QUANTITY_STALE":
            return False
        if faults:
            raise self._caller.refused(faults)
        return True

    @as_published
    def send_order(self, order: SoldOrder) -> str:
        """Make the order there, unless it is there: an answer that was lost is found again."""
        known = self._caller.ask("OrderOf", {"query": f"source_identifier:{order.id}"})
        for one in known["orders"]["nodes"]:
            if one["sourceIdentifier"] == order.id:
                return str(one["id"])
        payload, faults = self._caller.change(
            "Sell",
            "orderCreate",
            {
                "order": _order_said(order),
                "options": {
                    # The buyer has paid: what the shop has not, it has to see and to settle.
                    "inventoryBehaviour": "DECREMENT_IGNORING_POLICY",
                    "sendReceipt": False,
                    "sendFulfillmentReceipt": False,
                },
            },
        )
        if faults:
            raise self._caller.refused(faults)
        return str(payload["order"]["id"])

    @as_published
    def give_back(self, refund: GivenBack) -> None:
        """Note the refund on the order, unless it is noted."""
        self.currency()
        order = self._order(refund.order_key)
        mark = f"{SOURCE}:{refund.id}"
        if any(mark in (one["note"] or "") for one in order["refunds"]):
            return
        lines = []
        for key, count in refund.units.items():
            left = count
            for line in order["lineItems"]["nodes"]:
                if (line["variant"] or {}).get("id") != key or not left:
                    continue
                part = min(left, line["currentQuantity"])
                left -= part
                if part:
                    lines.append(
                        {
                            "lineItemId": line["id"],
                            "quantity": part,
                            "restockType": "RETURN" if refund.restock else "NO_RESTOCK",
                            "locationId": self._location,
                        }
                    )
        said: dict[str, Any] = {
            "orderId": refund.order_key,
            "note": f"{refund.reason[:200]} ({mark})".strip(),
            "notify": False,
            "refundLineItems": lines,
        }
        if refund.shipping:
            said["shipping"] = {"fullRefund": True}
        _, faults = self._caller.change("GiveBack", "refundCreate", {"input": said, "key": mark})
        if faults:
            raise self._caller.refused(faults)

    @as_published
    def parcels(self, order_key: str) -> tuple[SentParcel, ...]:
        """The parcels of an order that have left."""
        left = [one for one in self._order(order_key)["fulfillments"] if one["status"] == "SUCCESS"]
        found = [self._caller.ask("OneParcel", {"id": one["id"]})["fulfillment"] for one in left]
        return tuple(_parcel(one) for one in found if one is not None)

    def _order(self, key: str) -> dict[str, Any]:
        order = self._caller.ask("OneOrder", {"id": key})["order"]
        if order is None:
            raise PlatformRefused(self._caller.address, f"it has no order {key}")
        assert isinstance(order, dict)
        return order

    def _bulk_page(self, after: str) -> Page:
        """The next listings of a reading in bulk, or none yet while Shopify gathers them."""
        _, begin, operation = after.split(":", 2)
        told = self._caller.ask("InBulk", {"id": operation})["bulkOperation"]
        if told is None or told["status"] in {"FAILED", "CANCELED", "EXPIRED"}:
            reason = "expired" if told is None else str(told["errorCode"] or told["status"])
            said = f"reading everything ended: {reason}"
            raise PlatformDown(self._caller.address, said, begin_anew=True)
        if told["status"] != "COMPLETED":
            return Page((), after)
        gathered = self._gathered
        if gathered is None or gathered.operation != operation:
            gathered = self._gathered = self._fetched(operation, told["url"])
        listings = []
        for rows in gathered.products_from(int(begin)):
            listings.append(self._of_rows(rows))
            if len(listings) == _BULK_PAGE:
                break
        if gathered.ended:
            gathered.close()
            self._gathered = None
            return Page(tuple(listings), None)
        return Page(tuple(listings), f"{_BULK}:{gathered.product_count}:{operation}")

    def _fetched(self, operation: str, url: str | None) -> Gathered:
        file = TemporaryFile()  # noqa: SIM115 - read in turns, and closed after the last
        try:
            if url:  # a shop without products has no file
                self._caller.file(url, file, limit_bytes=BULK_BYTES_MAX)
        except BaseException:
            file.close()
            raise
        return Gathered(operation, file)

    def _of_rows(self, rows: Sequence[dict[str, Any]]) -> Listing:
        variants = [one for one in rows[1:] if "/ProductVariant/" in one["id"]]
        media = [one for one in rows[1:] if "/ProductVariant/" not in one["id"]]
        return self._listed(rows[0], media, variants)

    def _listed(
        self,
        product: Mapping[str, Any],
        media: Sequence[Mapping[str, Any]],
        variants: Sequence[Mapping[str, Any]],
    ) -> Listing:
        currency = self.currency()
        listed = [_variant(one, currency) for one in variants]
        options = [
            Option(one["name"], tuple(value["name"] for value in one["optionValues"]))
            for one in product["options"]
        ]
        if [(one.name, one.values) for one in options] == [(_ONLY, (_ONLY_VALUE,))]:
            options = []
            listed = [replace(one, options={}) for one in listed]
        listed = [replace(one, title=" / ".join(one.options.values())) for one in listed]
        kind = str(product["productType"] or "")
        return Listing(
            key=product["id"],
            version=product["updatedAt"],
            title=product["title"],
            description=_as_text(product["descriptionHtml"]),
            brand=product["vendor"],
            category=(kind,) if kind else (),
            tags=tuple(product["tags"]),
            options=tuple(options),
            pictures=tuple(
                Picture(one["image"]["url"], one["alt"] or "")
                for one in media
                if one["mediaContentType"] == "IMAGE" and one.get("image")
            ),
            variants=tuple(listed),
            state=_STATES.get(product["status"], "draft"),
        )


def _variant(told: Mapping[str, Any], currency: str) -> ListedVariant:
    item = told["inventoryItem"]
    weight = (item["measurement"] or {}).get("weight")
    listed = told["compareAtPrice"]
    return ListedVariant(
        key=told["id"],
        stock_key=item["id"],
        sku=told["sku"] or "",
        title=told["title"],
        options={one["name"]: one["value"] for one in told["selectedOptions"]},
        price=_money(told["price"], currency),
        list_price=None if listed is None else _money(listed, currency),
        stock=max(0, int(told["inventoryQuantity"] or 0)) if item["tracked"] else None,
        when_out="continue" if told["inventoryPolicy"] == "CONTINUE" else "deny",
        barcode=told["barcode"] or "",
        weight_g=0 if weight is None else round(weight["value"] * _GRAMS[weight["unit"]]),
    )


def _variant_said(variant: ListedVariant, currency: str) -> dict[str, Any]:
    said: dict[str, Any] = {
        "sku": variant.sku,
        "barcode": variant.barcode,
        "price": _decimal(variant.price),
        "compareAtPrice": None if variant.list_price is None else _decimal(variant.list_price),
        "inventoryPolicy": variant.when_out.upper(),
        "optionValues": [
            {"optionName": name, "name": value}
            for name, value in (variant.options or {_ONLY: _ONLY_VALUE}).items()
        ],
    }
    assert variant.price.currency == currency, "a listing has one currency, that of the shop"
    if variant.key:
        said["id"] = variant.key
    else:
        said["inventoryItem"] = {"tracked": variant.stock is not None}
    if variant.weight_g:
        weight = {"unit": "GRAMS", "value": float(variant.weight_g)}
        said.setdefault("inventoryItem", {})["measurement"] = {"weight": weight}
    return said


def _options_said(options: Sequence[Option]) -> list[dict[str, Any]]:
    named = options or (Option(_ONLY, (_ONLY_VALUE,)),)
    return [
        {"name": one.name, "position": at + 1, "values": [{"name": value} for value in one.values]}
        for at, one in enumerate(named)
    ]


def _order_said(order: SoldOrder) -> dict[str, Any]:
    currency = order.paid.currency
    return {
        "currency": currency,
        "email": order.email or None,
        "phone": order.phone or None,
        "note": order.note or None,
        "financialStatus": "PAID",
        "processedAt": _moment(order.placed_at),
        "sourceName": SOURCE,
        "sourceIdentifier": order.id,
        "taxesIncluded": order.taxes_included,
        "test": order.test,
        "lineItems": [_line_said(one, taxes_included=order.taxes_included) for one in order.lines],
        "shippingAddress": dict(order.address) or None,
        "shippingLines": [
            {"title": order.shipping_title or "Shipping", "priceSet": _bag(order.shipping)}
        ],
        "transactions": [
            {
                "amountSet": _bag(order.paid),
                "gateway": SOURCE,
                "kind": "SALE",
                "status": "SUCCESS",
                "test": order.test,
            }
        ],
    }


def _line_said(line: SoldLine, *, taxes_included: bool) -> dict[str, Any]:
    """A line in Shopify's words: a price for one of it, rounded as the platform holds it."""
    each = Decimal(_decimal(line.total)) / line.quantity
    said: dict[str, Any] = {
        "variantId": line.key,
        "quantity": line.quantity,
        "priceSet": {
            "shopMoney": {
                "amount": f"{each:.{max(2, minor_digits(line.total.currency))}f}",
                "currencyCode": line.total.currency,
            }
        },
    }
    if line.tax.minor:
        net = line.total.minor - (line.tax.minor if taxes_included else 0)
        rate = Decimal(line.tax.minor) / net if net else Decimal(0)
        tax = {"title": "Tax", "rate": f"{rate:.4f}", "priceSet": _bag(line.tax)}
        said["taxLines"] = [tax]
    return said


def _parcel(told: Mapping[str, Any]) -> SentParcel:
    units: dict[str, int] = {}
    for one in told["fulfillmentLineItems"]["nodes"]:
        key = (one["lineItem"]["variant"] or {}).get("id")
        if key is not None:
            units[key] = units.get(key, 0) + int(one["quantity"] or 0)
    tracking = told["trackingInfo"][0] if told["trackingInfo"] else {}
    delivered = told["deliveredAt"]
    return SentParcel(
        key=told["id"],
        units=units,
        carrier=tracking.get("company") or "",
        number=tracking.get("number") or "",
        url=tracking.get("url") or "",
        sent_at=datetime.fromisoformat(told["createdAt"]),
        delivered_at=None if delivered is None else datetime.fromisoformat(delivered),
    )


def _bag(amount: Money) -> dict[str, Any]:
    return {"shopMoney": {"amount": _decimal(amount), "currencyCode": amount.currency}}


def _decimal(amount: Money) -> str:
    return f"{Decimal(amount.minor).scaleb(-minor_digits(amount.currency)):f}"


def _money(said: str, currency: str) -> Money:
    whole = Decimal(said).scaleb(minor_digits(currency))
    return Money(int(whole.to_integral_value()), currency)


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _as_text(markup: str) -> str:
    """The text of a description in HTML: paragraphs and breaks stay, the rest goes."""
    joined = " ".join(markup.split())
    broken = re.sub(r"(?i)<(br|/li|/tr)\s*/?>", "\n", joined)
    broken = re.sub(r"(?i)</(p|div|h[1-6]|ul|ol|table)>", "\n\n", broken)
    return _tidied(html.unescape(re.sub(r"<[^>]*>", "", broken)))


def _as_html(text: str) -> str:
    paragraphs = _tidied(text).split("\n\n") if text.strip() else []
    shown = (html.escape(one, quote=False).replace("\n", "<br>") for one in paragraphs)
    return "".join(f"<p>{one}</p>" for one in shown)


def _tidied(text: str) -> str:
    """A text with single spaces, and at most one blank line at once."""
    lines = [" ".join(line.split()) for line in text.splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()

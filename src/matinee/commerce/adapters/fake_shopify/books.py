"""What a shop on Shopify knows: products, counts, orders; and what it does when it is told."""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from matinee.kit.clock import Clock

Row = dict[str, Any]
"""A node as GraphQL resolves it."""

VARIANTS_MAX = 2_048
_REASONS = frozenset({"correction", "cycle_count_available", "received", "restock", "other"})
_TICK = timedelta(milliseconds=1)


@dataclass(kw_only=True)
class Books:
    """One shop; ``told`` is called with a topic and a body whenever something happens."""

    clock: Clock
    domain: str = "oslo-linen.myshopify.com"
    name: str = "Oslo Linen"
    currency: str = "EUR"
    told: Callable[[str, Mapping[str, Any]], None] = lambda _topic, _body: None
    products: dict[str, Row] = field(default_factory=dict)
    variants: dict[str, Row] = field(default_factory=dict)
    items: dict[str, Row] = field(default_factory=dict)
    orders: dict[str, Row] = field(default_factory=dict)
    lock: threading.RLock = field(default_factory=threading.RLock)
    _numbers: int = 1_000
    _last: datetime | None = None

    def __post_init__(self) -> None:
        """Have one place where things lie."""
        self.location = {"id": "gid://shopify/Location/1", "name": "Stock", "isActive": True}

    def moment(self) -> str:
        """Now, later than any moment that was told before."""
        at = self.clock.now()
        if self._last is not None and at <= self._last:
            at = self._last + _TICK
        self._last = at
        return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def new_id(self, kind: str) -> str:
        """A new id of a kind of things."""
        self._numbers += 1
        return f"gid://shopify/{kind}/{self._numbers}"

    def set_product(
        self, product_id: str | None, said: Mapping[str, Any]
    ) -> tuple[Row | None, Row | None]:
        """Make a product be what was said; lists that are said replace what there was.

        Returns the product, or None and the user error.
        """
        with self.lock:
            had = self.products.get(product_id) if product_id else None
            if product_id and had is None:
                return None, _fault("PRODUCT_DOES_NOT_EXIST", ["identifier"], "does not exist")
            fault = next(self._product_faults(said, had), None)
            if fault is not None:
                return None, fault
            product = had or self._blank(str(said["title"]))
            for name in ("title", "handle", "descriptionHtml", "vendor", "productType", "status"):
                if said.get(name) is not None:
                    product[name] = said[name]
            if said.get("tags") is not None:
                product["tags"] = sorted(dict.fromkeys(said["tags"]))
            if said.get("files") is not None:
                product["pictures"] = [self._picture(one) for one in said["files"]]
            if said.get("productOptions") is not None:
                product["option_rows"] = _options(said["productOptions"])
            if said.get("variants") is not None:
                self._set_variants(product, said["variants"])
            product["updatedAt"] = self.moment()
            self.products[product["id"]] = product
            self.told(
                "products/update" if had else "products/create", {"id": number(product["id"])}
            )
            return product, None

    def product_named(self, handle: str | None) -> Row | None:
        """The product with a handle."""
        if not handle:
            return None
        return next((one for one in self.products.values() if one["handle"] == handle), None)

    def remove_product(self, product_id: str) -> None:
        """Delete a product, as somebody in the shop's own admin would."""
        with self.lock:
            product = self.products.pop(product_id)
            for variant_id in product["variant_ids"]:
                self.variants.pop(variant_id)
            self.told("products/delete", {"id": number(product_id)})

    def set_count(self, item_id: str, count: int) -> None:
        """Set a count, as somebody in the shop's own admin would."""
        with self.lock:
            item = self.items[item_id]
            item["available"] = count
            product = self.products[item["product_id"]]
            product["updatedAt"] = self.moment()
            self.told(
                "inventory_levels/update",
                {"inventory_item_id": number(item_id), "available": count},
            )

    def set_quantities(self, said: Mapping[str, Any]) -> Row | None:
        """Set counts, each only from what it was said to be; returns the first user error."""
        with self.lock:
            fault = next(self._quantity_faults(said), None)
            if fault is None:
                for one in said["quantities"]:
                    self.set_count(one["inventoryItemId"], one["quantity"])
            return fault

    def create_order(
        self, said: Mapping[str, Any], behaviour: str
    ) -> tuple[Row | None, Row | None]:
        """Take an order, and its goods from the counts; returns it, or None and the user error."""
        with self.lock:
            fault = next(self._order_faults(said, behaviour), None)
            if fault is not None:
                return None, fault
            order_id, at = self.new_id("Order"), self.moment()
            lines = [self._line(one) for one in said["lineItems"]]
            for line in lines:
                if behaviour != "BYPASS" and line["variant"] is not None:
                    self._take(line["variant"], line["quantity"])
            order: Row = {
                "id": order_id,
                "name": f"#{1_000 + len(self.orders) + 1}",
                "createdAt": at,
                "updatedAt": at,
                "cancelledAt": None,
                "currencyCode": said.get("currency") or self.currency,
                "sourceIdentifier": said.get("sourceIdentifier"),
                "note": said.get("note"),
                "said": dict(said),
                "line_rows": lines,
                "fulfillment_rows": [],
                "refund_rows": [],
            }
            self.orders[order_id] = order
            self.told("orders/create", {"id": number(order_id)})
            return order, None

    def fulfil(
        self,
        order_id: str,
        *,
        units: Mapping[str, int] | None = None,
        company: str = "Posten",
        tracking: str = "",
        url: str | None = None,
    ) -> Row:
        """Send goods of an order, as the shop's people would; without units all that is left."""
        with self.lock:
            order = self.orders[order_id]
            left = {
                line["id"]: line["quantity"] - self._sent(order, line)
                for line in order["line_rows"]
            }
            sent = dict(units) if units is not None else {k: v for k, v in left.items() if v}
            assert all(0 < count <= left[line] for line, count in sent.items()), "more than ordered"
            by_id = {line["id"]: line for line in order["line_rows"]}
            parcel: Row = {
                "id": self.new_id("Fulfillment"),
                "status": "SUCCESS",
                "createdAt": self.moment(),
                "deliveredAt": None,
                "tracking": {"company": company, "number": tracking, "url": url},
                "rows": [
                    {"id": self.new_id("FulfillmentLineItem"), "quantity": n, "lineItem": by_id[k]}
                    for k, n in sent.items()
                ],
            }
            order["fulfillment_rows"].append(parcel)
            order["updatedAt"] = parcel["createdAt"]
            self.told(
                "fulfillments/create", {"id": number(parcel["id"]), "order_id": number(order_id)}
            )
            return parcel

    def refund(self, said: Mapping[str, Any]) -> tuple[Row | None, Row | None, Row | None]:
        """Note what was given back; returns refund and order, or the user error."""
        with self.lock:
            order = self.orders.get(said["orderId"])
            if order is None:
                return None, None, {"field": ["input", "orderId"], "message": "does not exist"}
            by_id = {line["id"]: line for line in order["line_rows"]}
            for one in said.get("refundLineItems") or ():
                line = by_id.get(one["lineItemId"])
                if line is None or not 0 < one["quantity"] <= line["currentQuantity"]:
                    where = ["input", "refundLineItems"]
                    return (
                        None,
                        None,
                        {"field": where, "message": "Cannot refund more than is left"},
                    )
                if one.get("restockType") in {"RETURN", "CANCEL"} and not one.get("locationId"):
                    where = ["input", "refundLineItems", "locationId"]
                    return (
                        None,
                        None,
                        {"field": where, "message": "Location is required to restock"},
                    )
            for one in said.get("refundLineItems") or ():
                line = by_id[one["lineItemId"]]
                line["currentQuantity"] -= one["quantity"]
                if one.get("restockType") in {"RETURN", "CANCEL"} and line["variant"] is not None:
                    self._take(line["variant"], -one["quantity"])
            refund: Row = {
                "id": self.new_id("Refund"),
                "note": said.get("note"),
                "createdAt": self.moment(),
                "said": dict(said),
            }
            order["refund_rows"].append(refund)
            order["updatedAt"] = refund["createdAt"]
            self.told(
                "refunds/create", {"id": number(refund["id"]), "order_id": number(order["id"])}
            )
            return refund, order, None

    def parcel(self, parcel_id: str) -> Row | None:
        """A parcel by its id."""
        parcels = (one for order in self.orders.values() for one in order["fulfillment_rows"])
        return next((one for one in parcels if one["id"] == parcel_id), None)

    def available(self, variant: Row) -> int:
        """How many of a variant there are."""
        return int(self.items[variant["item_id"]]["available"])

    def _take(self, variant: Row, count: int) -> None:
        item = self.items[variant["item_id"]]
        if item["tracked"]:
            self.set_count(item["id"], item["available"] - count)

    @staticmethod
    def _sent(order: Row, line: Row) -> int:
        return sum(
            row["quantity"]
            for parcel in order["fulfillment_rows"]
            for row in parcel["rows"]
            if row["lineItem"] is line
        )

    def _blank(self, title: str) -> Row:
        product_id = self.new_id("Product")
        return {
            "id": product_id,
            "title": title,
            "handle": product_id.rpartition("/")[2],
            "descriptionHtml": "",
            "vendor": self.name,
            "productType": "",
            "tags": [],
            "status": "ACTIVE",
            "pictures": [],
            "option_rows": _options([{"name": "Title", "values": [{"name": "Default Title"}]}]),
            "variant_ids": [],
        }

    def _picture(self, said: Mapping[str, Any]) -> Row:
        return {
            "id": said.get("id") or self.new_id("MediaImage"),
            "alt": said.get("alt"),
            "mediaContentType": "IMAGE",
            "image": {"url": said.get("originalSource")},
        }

    def _set_variants(self, product: Row, said: Sequence[Mapping[str, Any]]) -> None:
        kept = []
        for place, one in enumerate(said):
            variant = self.variants.get(one.get("id") or "")
            if variant is None:
                variant = self._variant_like(product, one) or self._new_variant(product)
            self._set_variant(variant, one, place)
            kept.append(variant["id"])
        for gone in set(product["variant_ids"]) - set(kept):
            self.variants.pop(gone)
        product["variant_ids"] = kept

    def _variant_like(self, product: Row, said: Mapping[str, Any]) -> Row | None:
        wanted = _chosen(said["optionValues"])
        rows = [self.variants[one] for one in product["variant_ids"]]
        return next((row for row in rows if _chosen(row["selectedOptions"]) == wanted), None)

    def _new_variant(self, product: Row) -> Row:
        item = {
            "id": self.new_id("InventoryItem"),
            "tracked": False,
            "available": 0,
            "measurement": {"weight": None},
            "product_id": product["id"],
        }
        self.items[item["id"]] = item
        variant = {"id": self.new_id("ProductVariant"), "item_id": item["id"], "sku": None}
        variant |= {"barcode": None, "price": "0.00", "compareAtPrice": None}
        variant |= {"inventoryPolicy": "DENY"}
        self.variants[variant["id"]] = variant
        return variant

    def _set_variant(self, variant: Row, said: Mapping[str, Any], place: int) -> None:
        item = self.items[variant["item_id"]]
        for name in ("sku", "barcode", "inventoryPolicy"):
            if said.get(name) is not None:
                variant[name] = said[name]
        if said.get("price") is not None:
            variant["price"] = f"{Decimal(said['price']):.2f}"
        if "compareAtPrice" in said:
            listed = said["compareAtPrice"]
            variant["compareAtPrice"] = None if listed is None else f"{Decimal(listed):.2f}"
        variant["position"] = said.get("position") or place + 1
        variant["selectedOptions"] = [
            {"name": one["optionName"], "value": one["name"]} for one in said["optionValues"]
        ]
        variant["title"] = " / ".join(one["value"] for one in variant["selectedOptions"])
        held = said.get("inventoryItem") or {}
        if held.get("tracked") is not None:
            item["tracked"] = held["tracked"]
        if (held.get("measurement") or {}).get("weight") is not None:
            item["measurement"] = {"weight": dict(held["measurement"]["weight"])}
        for one in said.get("inventoryQuantities") or ():
            item["available"] = one["quantity"]

    def _quantity_faults(self, said: Mapping[str, Any]) -> Iterator[Row]:
        if said["name"] not in {"available", "on_hand"}:
            yield _fault("INVALID_NAME", ["input", "name"], "is not a settable name")
        if said["reason"] not in _REASONS:
            yield _fault("INVALID_REASON", ["input", "reason"], "is not a known reason")
        for at, one in enumerate(said["quantities"]):
            where = ["input", "quantities", str(at)]
            item = self.items.get(one["inventoryItemId"])
            if item is None:
                yield _fault("INVALID_INVENTORY_ITEM", where, "is not an inventory item")
                continue
            if one["locationId"] != self.location["id"]:
                yield _fault("INVALID_LOCATION", where, "is not a location")
            if one["quantity"] < 0:
                yield _fault("INVALID_QUANTITY_NEGATIVE", where, "cannot be negative")
            before = one.get("changeFromQuantity")
            if before is not None and before != item["available"]:
                yield _fault("CHANGE_FROM_QUANTITY_STALE", where, "is not what it is now")

    def _product_faults(self, said: Mapping[str, Any], had: Row | None) -> Iterator[Row]:
        if had is None and not (said.get("title") or "").strip():
            yield _fault("INVALID_INPUT", ["input", "title"], "Title can't be blank")
        variants = said.get("variants")
        if variants is None:
            return
        if said.get("productOptions") is None:
            where = ["input", "productOptions"]
            yield _fault("INVALID_INPUT", where, "Product options input is required with variants")
            return
        if not 0 < len(variants) <= VARIANTS_MAX:
            yield _fault("INVALID_INPUT", ["input", "variants"], "1 to 2048 variants are taken")
        yield from self._variant_faults(said, (had or {}).get("variant_ids", ()))

    def _variant_faults(self, said: Mapping[str, Any], known: Sequence[str]) -> Iterator[Row]:
        names = {one["name"]: {v["name"] for v in one["values"]} for one in said["productOptions"]}
        seen = set()
        for at, one in enumerate(said["variants"]):
            where = ["input", "variants", str(at)]
            chosen = _chosen(one["optionValues"])
            if {name for name, _ in chosen} != set(names):
                yield _fault("INVALID_VARIANT", where, "names other options than the product")
            elif any(value not in names[name] for name, value in chosen):
                yield _fault("INVALID_VARIANT", where, "has a value that is not the option's")
            if chosen in seen:
                yield _fault("INVALID_VARIANT", where, "The variant already exists")
            seen.add(chosen)
            if one.get("id") and one["id"] not in known:
                yield _fault("INVALID_VARIANT", where, "does not belong to the product")
            if not _is_amount(one.get("price", "0")):
                yield _fault("INVALID_VARIANT", where, "Price is not valid")

    def _order_faults(self, said: Mapping[str, Any], behaviour: str) -> Iterator[Row]:
        lines = said.get("lineItems") or ()
        if not lines:
            yield _fault("INVALID", ["order", "lineItems"], "Line items must have at least one")
        for at, one in enumerate(lines):
            where = ["order", "lineItems", str(at)]
            if one["quantity"] < 1:
                yield _fault("INVALID", where, "Quantity must be greater than zero")
            variant = self.variants.get(one.get("variantId") or "")
            if one.get("variantId") and variant is None:
                yield _fault("INVALID", [*where, "variantId"], "Variant does not exist")
            if variant is None:
                if not one.get("title"):
                    yield _fault("INVALID", [*where, "title"], "Title can't be blank")
            elif behaviour == "DECREMENT_OBEYING_POLICY" and self._lacks(variant, one["quantity"]):
                yield _fault("INVENTORY_CLAIM_FAILED", where, "Unable to reserve inventory")

    def _lacks(self, variant: Row, count: int) -> bool:
        counted = self.items[variant["item_id"]]["tracked"]
        return (
            bool(counted)
            and variant["inventoryPolicy"] == "DENY"
            and self.available(variant) < count
        )

    def _line(self, said: Mapping[str, Any]) -> Row:
        variant = self.variants.get(said.get("variantId") or "")
        title = said.get("title")
        if title is None and variant is not None:
            product_id = self.items[variant["item_id"]]["product_id"]
            title = self.products[product_id]["title"]
        return {
            "id": self.new_id("LineItem"),
            "title": title,
            "quantity": said["quantity"],
            "currentQuantity": said["quantity"],
            "variant": variant,
            "said": dict(said),
        }


def number(gid: str) -> int:
    """The number of a global id, as messages and links say it."""
    return int(gid.rpartition("/")[2])


def _options(said: Sequence[Mapping[str, Any]]) -> list[Row]:
    return [
        {
            "name": one["name"],
            "position": at + 1,
            "optionValues": [{"name": value["name"]} for value in one.get("values") or ()],
        }
        for at, one in enumerate(said)
    ]


def _chosen(values: Sequence[Mapping[str, Any]]) -> frozenset[tuple[str, str]]:
    return frozenset(
        (v.get("optionName") or v["name"], v.get("value") or v["name"]) for v in values
    )


def _is_amount(said: str) -> bool:
    try:
        return Decimal(said) >= 0
    except InvalidOperation:
        return False


def _fault(code: str, where: Sequence[str], message: str) -> Row:
    return {"code": code, "field": list(where), "message": message}

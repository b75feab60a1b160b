"""Shops and products for tests."""

from datetime import UTC, datetime

from matinee.commerce import store
from matinee.commerce.model import Option, Product, Shop, Variant
from matinee.kit.db import Session
from matinee.kit.money import Money

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)  # a Monday


def a_shop(number: int = 1, **changes: object) -> Shop:
    said: dict[str, object] = {
        "id": f"shop_{number:032x}",
        "owner": "person_operator",
        "handle": f"oslo-linen-{number}",
        "name": "Oslo Linen",
        "currency": "EUR",
        "currencies": ("EUR", "NOK"),
        "created_at": NOON,
    }
    return Shop(**{**said, **changes})  # type: ignore[arg-type]


def a_variant(number: int = 1, product: int = 1, **changes: object) -> Variant:
    said: dict[str, object] = {
        "id": f"variant_{product:016x}{number:016x}",
        "product_id": f"product_{product:032x}",
        "sku": f"SHIRT-{product}-{number}",
        "prices": (Money(3900, "EUR"), Money(44900, "NOK")),
        "stock": 10,
        "position": number,
    }
    return Variant(**{**said, **changes})  # type: ignore[arg-type]


def a_product(number: int = 1, shop: int = 1, **changes: object) -> Product:
    """A shirt in sizes S and M."""
    sizes = ("S", "M")
    said: dict[str, object] = {
        "id": f"product_{number:032x}",
        "shop_id": f"shop_{shop:032x}",
        "title": "Linen shirt",
        "description": "A light shirt of washed linen.",
        "category": ("Clothing", "Shirts"),
        "options": (Option("Size", sizes),),
        "variants": tuple(
            a_variant(place, number, title=size, options={"Size": size})
            for place, size in enumerate(sizes, start=1)
        ),
        "facts": {"Material": "linen", "Colour": "white"},
        "state": "live",
        "updated_at": NOON,
    }
    return Product(**{**said, **changes})  # type: ignore[arg-type]


def stocked(session: Session, product: Product | None = None, shop: Shop | None = None) -> Product:
    """Keep a shop and a product in it."""
    product = product or a_product()
    store.add_shop(session, shop or a_shop())
    store.keep_product(session, product)
    return product

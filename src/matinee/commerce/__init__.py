"""Commerce: what shops sell, found by meaning, bought in films and by agents.

shop ▶ product with its variants ▶ found (``find_products``) ▶ cart and checkout ▶ stock taken by
reservation ▶ order.

Invariants: amounts are whole minor units of one currency; an id once given to a product or variant
names it for ever, also when it is withdrawn; stock never goes below zero and a reservation takes it
once, however often it is asked for; an import changes everything it names or nothing; who changed a
product says so (``PRODUCT_CHANGED``, ``PRODUCT_WITHDRAWN``) in the same transaction. The submodule
``hearing`` is part of the front door.
"""

from . import hearing
from .meanings import Meanings
from .model import (
    PRODUCT_CHANGED,
    PRODUCT_WITHDRAWN,
    Discount,
    Media,
    Option,
    Policies,
    Product,
    Rate,
    Shop,
    Source,
    TaxRule,
    Variant,
    Zone,
    zone_for,
)
from .searching import Answer, Answers, find_products
from .stock import give_back_stock, take_stock
from .store import (
    product_by_id,
    products_by_ids,
    shop_by_handle,
    shop_by_id,
    tax_rules_of,
    variants_by_ids,
    zones_of,
)
from .wishing import Constraints
from .workflows import QUEUES, READ_EVERY, Catalogue, install

__all__ = [
    "PRODUCT_CHANGED",
    "PRODUCT_WITHDRAWN",
    "QUEUES",
    "READ_EVERY",
    "Answer",
    "Answers",
    "Catalogue",
    "Constraints",
    "Discount",
    "Meanings",
    "Media",
    "Option",
    "Policies",
    "Product",
    "Rate",
    "Shop",
    "Source",
    "TaxRule",
    "Variant",
    "Zone",
    "find_products",
    "give_back_stock",
    "hearing",
    "install",
    "product_by_id",
    "products_by_ids",
    "shop_by_handle",
    "shop_by_id",
    "take_stock",
    "tax_rules_of",
    "variants_by_ids",
    "zone_for",
    "zones_of",
]

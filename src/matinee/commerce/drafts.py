"""Drafts: what somebody says a product is, before it has ids; the one door into the catalogue.

By hand, from a file or from another shop's platform: all say a ``Draft``, and ``keep`` makes it the
product, or changes the product that it was. Variants are recognised by their id, else by their SKU,
else by their options, so that ids last. Saying the same again changes nothing and tells nobody.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from matinee.kit import events
from matinee.kit.db import Session
from matinee.kit.ids import Ids
from matinee.kit.money import Money

from . import indexing, stock, store
from .errors import CatalogueInvalid, ProductChanged, VariantNotFound
from .model import (
    DEFAULT_TAX_CLASS,
    PRODUCT_CHANGED,
    PRODUCT_WITHDRAWN,
    Media,
    Option,
    Product,
    ProductState,
    Shop,
    Source,
    Variant,
    WhenOut,
)

if TYPE_CHECKING:
    from matinee.kit.plain import Plain


@dataclass(frozen=True, kw_only=True, slots=True)
class VariantDraft:
    """What somebody says a variant is; ``stock`` of None is not counted."""

    id: str | None = None
    sku: str = ""
    title: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    prices: tuple[Money, ...] = ()
    list_prices: tuple[Money, ...] = ()
    stock: int | None = None
    when_out: WhenOut = "deny"
    barcode: str = ""
    weight_g: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """What somebody says a product is."""

    title: str
    description: str = ""
    brand: str = ""
    category: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    media: tuple[Media, ...] = ()
    variants: tuple[VariantDraft, ...] = ()
    tax_class: str = DEFAULT_TAX_CLASS
    facts: Mapping[str, str] = field(default_factory=dict)
    state: ProductState = "draft"


@dataclass(frozen=True, slots=True)
class Kept:
    """The product after a draft was kept, and whether anything is different now."""

    product: Product
    changed: bool


def keep(
    session: Session,
    shop: Shop,
    draft: Draft,
    *,
    before: Product | None = None,
    source: Source | None = None,
    version: int | None = None,
    ids: Ids,
    at: datetime,
) -> Kept:
    """Make a draft a new product of the shop, or what ``before`` is from now on.

    ``version`` is what the seller saw: raises ``ProductChanged`` if it is another one by now, and
    ``CatalogueInvalid`` for what cannot be. Stock is set to what the draft says.
    """
    if before is not None:
        before = store.product_by_id(session, before.id, lock=True)
        if version is not None and version != before.version:
            raise ProductChanged(before.id, version, before.version)
    after = merged(shop, draft, before, source=source, ids=ids, at=at)
    if before is not None:
        after = replace(after, version=before.version, updated_at=before.updated_at)
        counts = _counts_changed(before, after)
        if after == before:
            return Kept(before, changed=False)
        if _without_stock(after) == _without_stock(before):
            stock.set_stock(session, counts)
            indexing.note_stock(session, [before.id])
            return Kept(after, changed=True)
        stock.set_stock(session, counts)
        after = replace(after, version=before.version + 1, updated_at=at)
    _write(session, after, at=at)
    return Kept(after, changed=True)


def withdraw(session: Session, product: Product, *, at: datetime) -> Product:
    """Sell a product no more; its ids stay. Doing so again changes nothing."""
    product = store.product_by_id(session, product.id, lock=True)
    if product.state == "withdrawn":
        return product
    after = replace(product, state="withdrawn", version=product.version + 1, updated_at=at)
    _write(session, after, at=at)
    return after


def merged(
    shop: Shop,
    draft: Draft,
    before: Product | None,
    *,
    source: Source | None,
    ids: Ids,
    at: datetime,
) -> Product:
    """The product that a draft describes, with the ids that it has or new ones."""
    _check_currencies(shop, draft)
    product_id = ids.new("product") if before is None else before.id
    known = _Known(() if before is None else before.variants)
    variants = []
    for position, said in enumerate(draft.variants):
        variant_id = known.id_for(said) or ids.new("variant")
        variants.append(
            Variant(
                id=variant_id,
                product_id=product_id,
                sku=said.sku,
                title=said.title or " / ".join(said.options.values()),
                options=dict(said.options),
                prices=said.prices,
                list_prices=said.list_prices,
                stock=said.stock,
                when_out=said.when_out,
                barcode=said.barcode,
                weight_g=said.weight_g,
                position=position,
            )
        )
    return Product(
        id=product_id,
        shop_id=shop.id,
        title=draft.title,
        description=draft.description,
        brand=draft.brand,
        category=draft.category,
        tags=draft.tags,
        options=draft.options,
        media=draft.media,
        variants=(*variants, *known.gone()),
        tax_class=draft.tax_class,
        facts=dict(draft.facts),
        source=source if source is not None or before is None else before.source,
        state=draft.state,
        updated_at=at,
    )


class _Known:
    """The variants that a product had, each recognised at most once."""

    def __init__(self, variants: Sequence[Variant]) -> None:
        self._left = {one.id: one for one in variants}

    def id_for(self, said: VariantDraft) -> str | None:
        """The id of the variant that is meant; raises ``VariantNotFound`` for a wrong id."""
        if said.id is not None:
            if said.id not in self._left:
                raise VariantNotFound(said.id)
            return self._left.pop(said.id).id
        chosen = dict(said.options)
        fits = [one for one in self._left.values() if said.sku and one.sku == said.sku]
        fits += [one for one in self._left.values() if dict(one.options) == chosen]
        # One that is for sale goes before one that was withdrawn.
        fits.sort(key=lambda one: one.withdrawn)
        return self._left.pop(fits[0].id).id if fits else None

    def gone(self) -> list[Variant]:
        """Those that nobody named: no longer for sale."""
        left = sorted(self._left.values(), key=lambda one: (one.position, one.id))
        return [replace(one, withdrawn=True) for one in left]


def _write(session: Session, product: Product, *, at: datetime) -> None:
    number = store.keep_product(session, product)
    indexing.index(session, number, product)
    told: dict[str, Plain] = {
        "product_id": product.id,
        "shop_id": product.shop_id,
        "version": product.version,
    }
    key = f"{product.id}:{product.version}"
    events.record(session, PRODUCT_CHANGED, key=key, payload=told, at=at)
    if product.state == "withdrawn":
        events.record(session, PRODUCT_WITHDRAWN, key=key, payload=told, at=at)


def _counts_changed(before: Product, after: Product) -> dict[str, int | None]:
    had = {one.id: one.stock for one in before.variants}
    return {one.id: one.stock for one in after.sold if one.id in had and had[one.id] != one.stock}


def _without_stock(product: Product) -> Product:
    bare = tuple(replace(one, stock=None) for one in product.variants)
    return replace(product, variants=bare)


def _check_currencies(shop: Shop, draft: Draft) -> None:
    for variant in draft.variants:
        for price in (*variant.prices, *variant.list_prices):
            if price.currency not in shop.currencies:
                raise CatalogueInvalid(
                    "variants.prices",
                    f"the shop does not sell in {price.currency}, but in "
                    f"{', '.join(shop.currencies)}",
                )
        sold_in = {one.currency for one in variant.prices}
        if any(one.currency not in sold_in for one in variant.list_prices):
            raise CatalogueInvalid("variants.list_prices", "each goes with a price")

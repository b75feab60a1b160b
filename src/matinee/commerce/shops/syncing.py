"""What is read elsewhere becomes ours, and what is ours is told there.

``take_in`` is the one place where two sides meet: it merges a listing that was read with the
product that it is, in one transaction, and says whether the other side is to be told something.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from matinee.commerce import drafts, indexing, media_store, stock
from matinee.commerce import store as catalogue
from matinee.commerce.drafts import Draft, VariantDraft
from matinee.commerce.model import Media, Product, Shop, Source
from matinee.kit.db import Session
from matinee.kit.ids import Ids

from . import merging, store
from .merging import Merged
from .model import Connection, Known, ListedVariant, Listing, Pair

if TYPE_CHECKING:
    from matinee.kit.money import Money

Echo = Callable[[Listing], Listing]
"""A listing as the platform would say it back."""


@dataclass(frozen=True, slots=True)
class Taken:
    """The product that a listing is, and what the other side is to be told.

    ``tell`` is the listing as it should be there, if it is not; ``counts`` are counts as they are
    there and as they should be, by the key of the count.
    """

    product: Product
    tell: Listing | None
    counts: Mapping[str, tuple[int, int]]


def take_in(
    session: Session,
    connection: Connection,
    theirs: Listing,
    *,
    echo: Echo,
    ids: Ids,
    at: datetime,
) -> Taken:
    """Merge a listing that was read with ours; its pictures are known by ``pictures_of``.

    Raises ``CatalogueInvalid`` when our catalogue could not hold it.
    """
    shop = catalogue.shop_by_id(session, connection.shop_id)
    known = store.known_listing(session, connection.id, theirs.key)
    if known is None:
        return _begun(session, shop, connection, theirs, ids=ids, at=at)
    before = catalogue.product_by_id(session, known.product_id, lock=True, sales_wait=True)
    pairs = store.pairs_of(session, connection.id, [one.id for one in before.variants])
    ours = echo(listing_of(before, known.base, pairs, connection.currency))
    merged = merging.merge(known.base, ours, theirs)
    changed = [
        name
        for name in merging.FIELDS
        if merging.part(merged.ours, name) != merging.part(ours, name)
    ]
    product = before
    if changed:
        draft = _draft(session, connection, merged.ours, changed, before=before, pairs=pairs)
        source = Source(connection.kind, theirs.key, theirs.version)
        kept = drafts.keep(session, shop, draft, before=before, source=source, ids=ids, at=at)
        product = kept.product
    pairs = _paired(product, theirs, pairs)
    counts = _counted(session, connection, product, theirs, pairs)
    _note(session, connection, product, merged, theirs, ids=ids, at=at)
    tell = merged.theirs if not merging.alike(merged.theirs, theirs) else None
    return Taken(product, tell, counts)


def let_go(session: Session, connection: Connection, key: str, *, at: datetime) -> None:
    """Sell no more what is gone elsewhere; carts and orders go on naming it."""
    known = store.known_listing(session, connection.id, key)
    if known is None:
        return
    product = catalogue.product_by_id(session, known.product_id, lock=True)
    if product.state != "withdrawn":
        drafts.withdraw(session, product, at=at)
    store.keep_differences(session, connection.id, product.id, {}, at=at)


def agreed(
    session: Session, connection: Connection, product_id: str, after: Listing, *, at: datetime
) -> None:
    """Note that the other side was told, and what it made of it."""
    known = store.known_product(session, product_id)
    assert known is not None, "only what is listed is told"
    base = after
    for one in store.differences_of(session, connection.shop_id, limit=1_000):
        if one.product_id == product_id:
            base = merging.taken(base, known.base, one.what)
    store.keep_known(session, replace(known, base=base, theirs=after), at=at)
    product = catalogue.product_by_id(session, product_id)
    pairs = store.pairs_of(session, connection.id, [one.id for one in product.variants])
    store.keep_pairs(session, connection.id, _paired(product, after, pairs))


def listing_of(
    product: Product, base: Listing | None, pairs: Sequence[Pair], currency: str
) -> Listing:
    """A product of ours as a listing in one currency; its pictures are those of the base."""
    keys = {one.variant_id: one for one in pairs}
    variants = []
    for one in product.sold:
        price = one.price_in(currency)
        if price is None:
            continue
        pair = keys.get(one.id)
        listed = next((p for p in one.list_prices if p.currency == currency), None)
        variants.append(
            ListedVariant(
                key="" if pair is None else pair.key,
                stock_key="" if pair is None else pair.stock_key,
                sku=one.sku,
                title=one.title,
                options=dict(one.options),
                price=price,
                list_price=listed,
                stock=one.stock,
                when_out=one.when_out,
                barcode=one.barcode,
                weight_g=one.weight_g,
            )
        )
    return Listing(
        key="" if base is None else base.key,
        version="" if base is None else base.version,
        title=product.title,
        description=product.description,
        brand=product.brand,
        category=product.category,
        tags=product.tags,
        options=product.options,
        pictures=() if base is None else base.pictures,
        variants=tuple(variants),
        state=product.state,
    )


def _begun(
    session: Session,
    shop: Shop,
    connection: Connection,
    theirs: Listing,
    *,
    ids: Ids,
    at: datetime,
) -> Taken:
    """A listing that was never seen becomes a product."""
    draft = _draft(session, connection, theirs, merging.FIELDS)
    source = Source(connection.kind, theirs.key, theirs.version)
    held = catalogue.products_by_sources(session, shop.id, connection.kind, [theirs.key])
    kept = drafts.keep(
        session, shop, draft, before=held.get(theirs.key), source=source, ids=ids, at=at
    )
    known = Known(
        connection_id=connection.id, product_id=kept.product.id, base=theirs, theirs=theirs
    )
    store.keep_known(session, known, at=at)
    pairs = _paired(kept.product, theirs, ())
    store.keep_pairs(session, connection.id, pairs)
    return Taken(kept.product, None, {})


def _note(
    session: Session,
    connection: Connection,
    product: Product,
    merged: Merged,
    theirs: Listing,
    *,
    ids: Ids,
    at: datetime,
) -> None:
    known = Known(
        connection_id=connection.id, product_id=product.id, base=merged.base, theirs=theirs
    )
    store.keep_known(session, known, at=at)
    clashes = {ids.new("difference"): one for one in merged.clashes}
    store.keep_differences(session, connection.id, product.id, clashes, at=at)


def _draft(
    session: Session,
    connection: Connection,
    listing: Listing,
    changed: Sequence[str],
    *,
    before: Product | None = None,
    pairs: Sequence[Pair] = (),
) -> Draft:
    """What a product should be: what it was, with the fields that were changed elsewhere."""
    draft = Draft(title=listing.title) if before is None else _as_it_is(before)
    for name in ("title", "description", "brand", "category", "tags", "state"):
        if name in changed:
            draft = replace(draft, **{name: getattr(listing, name)})
    if "pictures" in changed:
        pictures = _media(session, connection, listing)
        own = _own_media(session, connection, before)
        draft = replace(draft, media=(*pictures, *own))
    if "variants" in changed:
        variants = tuple(_variant(one, before, pairs) for one in listing.variants)
        draft = replace(draft, options=listing.options, variants=variants)
    return draft


def _as_it_is(product: Product) -> Draft:
    return Draft(
        title=product.title,
        description=product.description,
        brand=product.brand,
        category=product.category,
        tags=product.tags,
        options=product.options,
        media=product.media,
        variants=tuple(
            VariantDraft(
                id=one.id,
                sku=one.sku,
                title=one.title,
                options=one.options,
                prices=one.prices,
                list_prices=one.list_prices,
                stock=one.stock,
                when_out=one.when_out,
                barcode=one.barcode,
                weight_g=one.weight_g,
            )
            for one in product.sold
        ),
        tax_class=product.tax_class,
        facts=product.facts,
        state=product.state,
    )


def _variant(said: ListedVariant, before: Product | None, pairs: Sequence[Pair]) -> VariantDraft:
    """A variant as a draft: prices in other currencies and the count of ours stay."""
    paired = next((one.variant_id for one in pairs if one.key == said.key and said.key), None)
    had = None if before is None or paired is None else before.variant(paired)
    if had is None and before is not None:
        had = next((one for one in before.sold if dict(one.options) == dict(said.options)), None)
    prices: list[Money] = [said.price]
    listed = [] if said.list_price is None else [said.list_price]
    if had is not None:
        currency = said.price.currency
        prices += [one for one in had.prices if one.currency != currency]
        listed += [one for one in had.list_prices if one.currency != currency]
    return VariantDraft(
        id=None if had is None else had.id,
        sku=said.sku,
        title=said.title,
        options=said.options,
        prices=tuple(prices),
        list_prices=tuple(listed),
        stock=said.stock if had is None else had.stock,
        when_out=said.when_out,
        barcode=said.barcode,
        weight_g=said.weight_g,
    )


def _media(session: Session, connection: Connection, listing: Listing) -> tuple[Media, ...]:
    urls = [one.url for one in listing.pictures]
    known = store.pictures_of(session, connection.id, urls)
    wanted = [known[url] for url in urls if url in known]
    return media_store.of_shop(session, connection.shop_id, wanted)


def _own_media(
    session: Session, connection: Connection, product: Product | None
) -> tuple[Media, ...]:
    """Media that did not come from there: films, and pictures that were added here."""
    if product is None:
        return ()
    theirs = store.media_from(session, connection.id, [one.id for one in product.media])
    return tuple(one for one in product.media if one.id not in theirs)


def _paired(product: Product, theirs: Listing, pairs: Sequence[Pair]) -> list[Pair]:
    """Which variant of ours is which of theirs: as it was, else by their options."""
    by_key = {one.key: one for one in pairs}
    sold = {one.id: one for one in product.sold}
    by_options = {tuple(sorted(one.options.items())): one for one in product.sold}
    paired = []
    for one in theirs.variants:
        had = by_key.get(one.key)
        if had is not None and had.variant_id in sold:
            paired.append(replace(had, stock_key=one.stock_key))
            continue
        variant = by_options.get(merging.chosen(one))
        if variant is not None:
            paired.append(
                Pair(
                    key=one.key,
                    stock_key=one.stock_key,
                    variant_id=variant.id,
                    base_count=one.stock,
                )
            )
    return paired


def _counted(
    session: Session,
    connection: Connection,
    product: Product,
    theirs: Listing,
    pairs: Sequence[Pair],
) -> dict[str, tuple[int, int]]:
    """Bring the counts of both sides together; returns what theirs should be instead of what."""
    untold = store.untold_units(session, connection.id)
    stood = {one.key: one.stock for one in theirs.variants}
    counts: dict[str, int | None] = {}
    to_tell: dict[str, tuple[int, int]] = {}
    for pair in pairs:
        variant, there = product.variant(pair.variant_id), stood[pair.key]
        assert variant is not None, "pairs are of variants that are sold"
        waiting = untold.get(variant.id, 0)
        here = None if variant.stock is None else variant.stock + waiting
        if here is None or there is None:
            whole = there
        else:
            # Whether a count was set before the process ended nobody knows: too few is no harm.
            bases = [pair.base_count] if pair.telling is None else [pair.base_count, pair.telling]
            known = [one for one in bases if one == there] or bases
            whole = min(merging.merged_count(one, here, there) or 0 for one in known)
        left = None if whole is None else max(0, whole - waiting)
        if left != variant.stock:
            counts[variant.id] = left
        if whole is not None and there is not None and whole != there:
            to_tell[pair.stock_key] = (there, whole)
    if counts:
        stock.set_stock(session, counts)
        indexing.note_stock(session, [product.id])
    store.keep_pairs(
        session,
        connection.id,
        [replace(one, base_count=stood[one.key], telling=None) for one in pairs],
    )
    return to_tell

"""Shops, products, zones and tax rules as rows. Stock taken and given back is in ``stock``."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import RowMapping, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.sql import bindparam

from matinee.kit.db import Session
from matinee.kit.money import Money

from .errors import HandleTaken, ProductNotFound, ShopNotFound
from .model import (
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
)

# Everything that is put into these statements is this file's own words, never a caller's.
# ruff: noqa: S608

_KEEP_SHOP = text(
    "insert into commerce.shop (id, owner, handle, name, currency, currencies, locales, policies,"
    " attribution, window_days, commission_bps, agents, agents_listed, created_at, closed_at)"
    " values (:id, :owner, :handle, :name, :currency, :currencies, :locales, :policies,"
    " :attribution, :window_days, :commission_bps, :agents, :agents_listed, :created_at,"
    " :closed_at) on conflict (id) do update set name = excluded.name,"
    " currency = excluded.currency, currencies = excluded.currencies,"
    " locales = excluded.locales, policies = excluded.policies,"
    " attribution = excluded.attribution, window_days = excluded.window_days,"
    " commission_bps = excluded.commission_bps, agents = excluded.agents,"
    " agents_listed = excluded.agents_listed, closed_at = excluded.closed_at"
).bindparams(bindparam("policies", type_=JSONB))

_KEEP_PRODUCT = text(
    "insert into commerce.product (id, shop_id, title, description, brand, category, tags,"
    " options, media, tax_class, facts, source_kind, source_key, source_version, state, version,"
    " created_at, updated_at) values (:id, :shop_id, :title, :description, :brand, :category,"
    " :tags, :options, :media, :tax_class, :facts, :source_kind, :source_key, :source_version,"
    " :state, :version, :at, :at) on conflict (id) do update set title = excluded.title,"
    " description = excluded.description, brand = excluded.brand, category = excluded.category,"
    " tags = excluded.tags, options = excluded.options, media = excluded.media,"
    " tax_class = excluded.tax_class, facts = excluded.facts,"
    " source_kind = excluded.source_kind, source_key = excluded.source_key,"
    " source_version = excluded.source_version, state = excluded.state,"
    " version = excluded.version, updated_at = excluded.updated_at returning number"
).bindparams(*(bindparam(name, type_=JSONB) for name in ("options", "media", "facts")))

# Stock is set by set_stock, and taken: writing the rest of a variant does not touch it.
_KEEP_VARIANT = text(
    "insert into commerce.variant (id, product_id, sku, title, options, prices, stock, when_out,"
    " barcode, weight_g, position, withdrawn) values (:id, :product_id, :sku, :title, :options,"
    " :prices, :stock, :when_out, :barcode, :weight_g, :position, :withdrawn)"
    " on conflict (id) do update set sku = excluded.sku, title = excluded.title,"
    " options = excluded.options, prices = excluded.prices, when_out = excluded.when_out,"
    " barcode = excluded.barcode, weight_g = excluded.weight_g, position = excluded.position,"
    " withdrawn = excluded.withdrawn"
).bindparams(bindparam("options", type_=JSONB), bindparam("prices", type_=JSONB))


def add_shop(session: Session, shop: Shop) -> None:
    """Keep a new shop; raises ``HandleTaken``, also for the handle of one that closed."""
    taken = text("select from commerce.shop where handle = :handle")
    # Two that open at once with the same handle: the second waits here for the first.
    session.execute(
        text("select pg_advisory_xact_lock(hashtextextended(:handle, 20261123))"),
        {"handle": shop.handle},
    )
    if session.execute(taken, {"handle": shop.handle}).first() is not None:
        raise HandleTaken(shop.handle)
    keep_shop(session, shop)


def keep_shop(session: Session, shop: Shop) -> None:
    """Keep what a shop is now; its owner, handle and time of opening stay."""
    session.execute(
        _KEEP_SHOP,
        {
            "id": shop.id,
            "owner": shop.owner,
            "handle": shop.handle,
            "name": shop.name,
            "currency": shop.currency,
            "currencies": list(shop.currencies),
            "locales": list(shop.locales),
            "policies": {name: getattr(shop.policies, name) for name in Policies.__slots__},
            "attribution": shop.attribution,
            "window_days": shop.window_days,
            "commission_bps": shop.commission_bps,
            "agents": shop.agents,
            "agents_listed": list(shop.agents_listed),
            "created_at": shop.created_at,
            "closed_at": shop.closed_at,
        },
    )


def shop_by_id(session: Session, shop_id: str) -> Shop:
    """The shop, open or closed; raises ``ShopNotFound``."""
    return _one_shop(session, "id", shop_id)


def shop_by_handle(session: Session, handle: str) -> Shop:
    """The shop, open or closed; raises ``ShopNotFound``."""
    return _one_shop(session, "handle", handle)


def shops_by_ids(session: Session, shop_ids: Iterable[str]) -> dict[str, Shop]:
    """Shops by id, open or closed."""
    found = session.execute(
        text("select * from commerce.shop where id = any(:ids)"), {"ids": list(shop_ids)}
    )
    return {row["id"]: _shop(row) for row in found.mappings()}


def shops_of(session: Session, owner: str) -> list[Shop]:
    """Somebody's shops that are open, the first first."""
    found = session.execute(
        text("select * from commerce.shop where owner = :owner and closed_at is null order by id"),
        {"owner": owner},
    )
    return [_shop(row) for row in found.mappings()]


def keep_product(session: Session, product: Product) -> int:
    """Keep what a product is now, with its variants (their stock excepted); returns its number.

    Variants that it had and no longer names are withdrawn. Stock is kept only of new variants.
    """
    source = product.source
    number: int = session.execute(
        _KEEP_PRODUCT,
        {
            "id": product.id,
            "shop_id": product.shop_id,
            "title": product.title,
            "description": product.description,
            "brand": product.brand,
            "category": list(product.category),
            "tags": list(product.tags),
            "options": [[option.name, list(option.values)] for option in product.options],
            "media": [
                {name: getattr(media, name) for name in Media.__slots__} for media in product.media
            ],
            "tax_class": product.tax_class,
            "facts": dict(product.facts),
            "source_kind": None if source is None else source.kind,
            "source_key": None if source is None else source.key,
            "source_version": None if source is None else source.version,
            "state": product.state,
            "version": product.version,
            "at": product.updated_at,
        },
    ).scalar_one()
    session.execute(
        text(
            "update commerce.variant set withdrawn = true"
            " where product_id = :product and not withdrawn and not id = any(:kept)"
        ),
        {"product": product.id, "kept": [one.id for one in product.variants]},
    )
    if product.variants:
        session.execute(_KEEP_VARIANT, [_variant_row(one) for one in product.variants])
    return number


def product_by_id(
    session: Session, product_id: str, *, lock: bool = False, sales_wait: bool = False
) -> Product:
    """The product in whatever state, with all its variants; raises ``ProductNotFound``.

    With ``lock`` nobody else changes it in this transaction; with ``sales_wait`` nobody buys of it
    either, so that stock can be written that was reckoned from what is read.
    """
    if lock:
        session.execute(
            text("select from commerce.product where id = :id for no key update"),
            {"id": product_id},
        )
    if sales_wait:
        session.execute(
            text(
                "select from commerce.variant where product_id = :id order by id for no key update"
            ),
            {"id": product_id},
        )
    found = products_by_ids(session, [product_id])
    if product_id not in found:
        raise ProductNotFound(product_id)
    return found[product_id]


def products_by_ids(session: Session, product_ids: Iterable[str]) -> dict[str, Product]:
    """Products by id, in whatever state, each with all its variants."""
    return _products(session, "p.id = any(:keys)", list(product_ids))


def products_by_numbers(session: Session, numbers: Iterable[int]) -> dict[int, Product]:
    """Products by their numbers, in whatever state, each with all its variants."""
    rows = session.execute(
        text("select id, number from commerce.product where number = any(:numbers)"),
        {"numbers": list(numbers)},
    ).all()
    found = products_by_ids(session, [row.id for row in rows])
    return {row.number: found[row.id] for row in rows}


def products_by_sources(
    session: Session, shop_id: str, kind: str, keys: Iterable[str]
) -> dict[str, Product]:
    """A shop's products from one kind of source, by their key there."""
    found = _products(
        session,
        "p.shop_id = :shop and p.source_kind = :kind and p.source_key = any(:keys)",
        list(keys),
        shop=shop_id,
        kind=kind,
    )
    return {one.source.key: one for one in found.values() if one.source is not None}


def products_of(
    session: Session, shop_id: str, *, states: Sequence[str], after: int | None, limit: int
) -> tuple[list[Product], int | None]:
    """A shop's products, newest first, behind the number ``after``; and where it goes on."""
    rows = session.execute(
        text(
            "select number, id from commerce.product where shop_id = :shop"
            " and state = any(:states) and (:first or number < :after)"
            " order by number desc limit :most"
        ),
        {
            "shop": shop_id,
            "states": list(states),
            "first": after is None,
            "after": after or 0,
            "most": limit + 1,
        },
    ).all()
    shown = rows[:limit]
    found = products_by_ids(session, [row.id for row in shown])
    on = int(shown[-1].number) if len(rows) > limit else None
    return [found[row.id] for row in shown], on


def every_product(session: Session, shop_id: str) -> Iterator[Product]:
    """A shop's products that are not withdrawn, oldest first, a hundred at a time."""
    after = 0
    while True:
        rows = session.execute(
            text(
                "select number, id from commerce.product where shop_id = :shop"
                " and state <> 'withdrawn' and number > :after order by number limit 100"
            ),
            {"shop": shop_id, "after": after},
        ).all()
        if not rows:
            return
        found = products_by_ids(session, [row.id for row in rows])
        yield from (found[row.id] for row in rows)
        after = rows[-1].number


def variants_by_ids(
    session: Session, variant_ids: Iterable[str], *, lock: bool = False
) -> dict[str, Variant]:
    """Variants by id, also withdrawn ones; with ``lock`` their stock stands still meanwhile.

    Rows are locked in the order of their ids, so that two who lock several do not deadlock.
    """
    statement = "select * from commerce.variant where id = any(:ids) order by id"
    found = session.execute(
        text(statement + (" for no key update" if lock else "")), {"ids": list(variant_ids)}
    )
    return {row["id"]: _variant(dict(row)) for row in found.mappings()}


def keep_zones(session: Session, shop_id: str, zones: Sequence[Zone]) -> None:
    """Replace where a shop ships to."""
    session.execute(text("delete from commerce.zone where shop_id = :shop"), {"shop": shop_id})
    for position, zone in enumerate(zones):
        session.execute(
            text(
                "insert into commerce.zone (id, shop_id, name, countries, rates, position)"
                " values (:id, :shop, :name, :countries, :rates, :position)"
            ).bindparams(bindparam("rates", type_=JSONB)),
            {
                "id": zone.id,
                "shop": shop_id,
                "name": zone.name,
                "countries": list(zone.countries),
                "rates": [_plain_rate(rate) for rate in zone.rates],
                "position": position,
            },
        )


def zones_of(session: Session, shop_id: str) -> list[Zone]:
    """Where a shop ships to, in its order."""
    return zones_of_shops(session, [shop_id]).get(shop_id, [])


def zones_of_shops(session: Session, shop_ids: Iterable[str]) -> dict[str, list[Zone]]:
    """Where shops ship to, each in its order."""
    found: dict[str, list[Zone]] = {}
    rows = session.execute(
        text("select * from commerce.zone where shop_id = any(:ids) order by shop_id, position"),
        {"ids": list(shop_ids)},
    )
    for row in rows.mappings():
        found.setdefault(row["shop_id"], []).append(_zone(row))
    return found


def keep_tax_rules(session: Session, shop_id: str, rules: Sequence[TaxRule]) -> None:
    """Replace the tax rules of a shop; of two for the same place and class the later counts."""
    session.execute(text("delete from commerce.tax_rule where shop_id = :shop"), {"shop": shop_id})
    for rule in rules:
        session.execute(
            text(
                "insert into commerce.tax_rule values (:shop, :country, :region, :class, :bps,"
                " :included) on conflict (shop_id, country, region, tax_class) do update set"
                " bps = excluded.bps, included = excluded.included"
            ),
            {
                "shop": shop_id,
                "country": rule.country,
                "region": rule.region or "",
                "class": rule.tax_class,
                "bps": rule.bps,
                "included": rule.included,
            },
        )


def tax_rules_of(session: Session, shop_id: str) -> list[TaxRule]:
    """The tax rules of a shop."""
    rows = session.execute(
        text(
            "select * from commerce.tax_rule where shop_id = :shop"
            " order by country, region, tax_class"
        ),
        {"shop": shop_id},
    )
    return [TaxRule(**{**row, "region": row["region"] or None}) for row in rows.mappings()]


def _one_shop(session: Session, column: str, key: str) -> Shop:
    row = (
        session.execute(
            text(f"select * from commerce.shop where {column} = :key"),
            {"key": key},
        )
        .mappings()
        .first()
    )
    if row is None:
        raise ShopNotFound(key)
    return _shop(row)


def _shop(row: RowMapping) -> Shop:
    lists = {name: tuple(row[name]) for name in ("currencies", "locales", "agents_listed")}
    plain = {name: row[name] for name in Shop.__slots__}
    return Shop(**{**plain, **lists, "policies": Policies(**row["policies"])})


def _products(
    session: Session, condition: str, keys: list[str], **more: object
) -> dict[str, Product]:
    rows = session.execute(
        text(
            "select p.*, (select coalesce(jsonb_agg(to_jsonb(v) order by v.position, v.id), '[]')"
            " from commerce.variant v where v.product_id = p.id) as variants"
            f" from commerce.product p where {condition}"
        ),
        {"keys": keys, **more},
    )
    return {row["id"]: _product(row) for row in rows.mappings()}


def _product(row: RowMapping) -> Product:
    kind = row["source_kind"]
    return Product(
        id=row["id"],
        shop_id=row["shop_id"],
        title=row["title"],
        description=row["description"],
        brand=row["brand"],
        category=tuple(row["category"]),
        tags=tuple(row["tags"]),
        options=tuple(Option(name, tuple(values)) for name, values in row["options"]),
        media=tuple(Media(**media) for media in row["media"]),
        variants=tuple(_variant(one) for one in row["variants"]),
        tax_class=row["tax_class"],
        facts=row["facts"],
        source=None if kind is None else Source(kind, row["source_key"], row["source_version"]),
        state=row["state"],
        version=row["version"],
        updated_at=row["updated_at"],
    )


def _variant_row(variant: Variant) -> dict[str, object]:
    listed = {one.currency: one.minor for one in variant.list_prices}
    return {
        "id": variant.id,
        "product_id": variant.product_id,
        "sku": variant.sku,
        "title": variant.title,
        "options": dict(variant.options),
        "prices": {one.currency: [one.minor, listed.get(one.currency)] for one in variant.prices},
        "stock": variant.stock,
        "when_out": variant.when_out,
        "barcode": variant.barcode,
        "weight_g": variant.weight_g,
        "position": variant.position,
        "withdrawn": variant.withdrawn,
    }


def _variant(row: Mapping[str, Any]) -> Variant:
    prices: dict[str, list[int | None]] = row["prices"]
    plain = {name: row[name] for name in ("id", "product_id", "sku", "title", "options", "stock")}
    return Variant(
        **plain,
        prices=tuple(Money(minor, of) for of, (minor, _) in prices.items() if minor is not None),
        list_prices=tuple(Money(was, of) for of, (_, was) in prices.items() if was is not None),
        when_out=row["when_out"],
        barcode=row["barcode"],
        weight_g=row["weight_g"],
        position=row["position"],
        withdrawn=row["withdrawn"],
    )


def _plain_rate(rate: Rate) -> dict[str, object]:
    free = rate.free_from
    return {
        "id": rate.id,
        "title": rate.title,
        "kind": rate.kind,
        "price": [rate.price.minor, rate.price.currency],
        "min_days": rate.min_days,
        "max_days": rate.max_days,
        "free_from": None if free is None else [free.minor, free.currency],
    }


def _zone(row: RowMapping) -> Zone:
    rates = tuple(
        Rate(
            **{
                **rate,
                "price": Money(*rate["price"]),
                "free_from": None if rate["free_from"] is None else Money(*rate["free_from"]),
            }
        )
        for rate in row["rates"]
    )
    return Zone(
        id=row["id"],
        shop_id=row["shop_id"],
        name=row["name"],
        countries=tuple(row["countries"]),
        rates=rates,
    )

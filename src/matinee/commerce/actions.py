"""The verbs of sellers: open a shop, say what it sells, where it ships and which tax applies."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from matinee import people
from matinee.kit.blobs import Blobs
from matinee.kit.db import Session
from matinee.kit.ids import Ids
from matinee.people import Person

from . import drafts, indexing, media_store, pictures, stock, store
from .drafts import Draft, Kept
from .errors import CatalogueInvalid, NotYourShop, ProductNotFound, ShopNotFound, VariantNotFound
from .model import ZONES_MAX, Media, Product, Shop, TaxRule, Zone

SHOPS_MAX = 20
TAX_RULES_MAX = 2_000


def open_shop(session: Session, person: Person, shop: Shop) -> Shop:
    """Open a shop of a person's, who is a seller from now on; raises ``HandleTaken``."""
    assert shop.owner == person.id, f"{person.id} opens a shop of {shop.owner}"
    if len(store.shops_of(session, person.id)) >= SHOPS_MAX:
        raise CatalogueInvalid("shops", f"a person has at most {SHOPS_MAX}")
    store.add_shop(session, shop)
    if "seller" not in person.roles:
        people.grant(session, person, "seller", granted=True)
    return shop


def owned_shop(session: Session, person: Person, shop_id: str) -> Shop:
    """A person's own shop, which is open; raises ``ShopNotFound`` or ``NotYourShop``."""
    shop = open_shop_by_id(session, shop_id)
    if shop.owner != person.id:
        raise NotYourShop(shop_id)
    return shop


def open_shop_by_id(session: Session, shop_id: str) -> Shop:
    """A shop that is open, by id or handle; raises ``ShopNotFound``."""
    if shop_id.startswith("shop_"):
        shop = store.shop_by_id(session, shop_id)
    else:
        shop = store.shop_by_handle(session, shop_id)
    if not shop.is_open:
        raise ShopNotFound(shop_id)
    return shop


def change_shop(
    session: Session, person: Person, shop_id: str, changes: Mapping[str, object]
) -> Shop:
    """Change fields of one's shop; raises ``CatalogueInvalid``."""
    shop = replace(owned_shop(session, person, shop_id), **changes)  # type: ignore[arg-type]
    store.keep_shop(session, shop)
    return shop


def close_shop(session: Session, shop: Shop, *, at: datetime) -> None:
    """Close a shop and withdraw all that it sells; what was ordered stays to be sent."""
    for product in list(store.every_product(session, shop.id)):
        drafts.withdraw(session, product, at=at)
    store.keep_shop(session, replace(shop, closed_at=at))


def ship_to(session: Session, person: Person, shop_id: str, zones: Sequence[Zone]) -> list[Zone]:
    """Replace where one's shop ships to; raises ``CatalogueInvalid``."""
    shop = owned_shop(session, person, shop_id)
    if len(zones) > ZONES_MAX:
        raise CatalogueInvalid("zones", f"at most {ZONES_MAX} are taken")
    named = [country for zone in zones for country in zone.countries]
    twice = {country for country in named if named.count(country) > 1}
    if twice:
        raise CatalogueInvalid("zones", f"{', '.join(sorted(twice))} is in two of them")
    for zone in zones:
        for rate in zone.rates:
            if rate.price.currency not in shop.currencies:
                raise CatalogueInvalid(
                    "zones.rates", f"the shop does not sell in {rate.price.currency}"
                )
    store.keep_zones(session, shop.id, zones)
    indexing.reach(session, shop.id, zones)
    return store.zones_of(session, shop.id)


def tax_by(
    session: Session, person: Person, shop_id: str, rules: Sequence[TaxRule]
) -> list[TaxRule]:
    """Replace the tax rules of one's shop; raises ``CatalogueInvalid``."""
    shop = owned_shop(session, person, shop_id)
    if len(rules) > TAX_RULES_MAX:
        raise CatalogueInvalid("taxes", f"at most {TAX_RULES_MAX} are taken")
    store.keep_tax_rules(session, shop.id, rules)
    return store.tax_rules_of(session, shop.id)


def add_product(
    session: Session, person: Person, shop_id: str, draft: Draft, *, ids: Ids, at: datetime
) -> Product:
    """Put a product into one's shop; raises ``CatalogueInvalid``."""
    shop = owned_shop(session, person, shop_id)
    return drafts.keep(session, shop, draft, ids=ids, at=at).product


def change_product(
    session: Session,
    person: Person,
    product_id: str,
    draft: Draft,
    *,
    version: int,
    ids: Ids,
    at: datetime,
) -> Kept:
    """Say anew what a product of one's own is; raises ``ProductChanged`` if one saw an old one."""
    product = own_product(session, person, product_id)
    shop = owned_shop(session, person, product.shop_id)
    return drafts.keep(session, shop, draft, before=product, version=version, ids=ids, at=at)


def withdraw_product(session: Session, person: Person, product_id: str, *, at: datetime) -> Product:
    """Sell a product of one's own no more."""
    return drafts.withdraw(session, own_product(session, person, product_id), at=at)


def count_stock(
    session: Session, person: Person, product_id: str, counts: Mapping[str, int | None]
) -> Product:
    """Say how many there are of variants of one's own; raises ``VariantNotFound``."""
    product = own_product(session, person, product_id)
    for variant_id, count in counts.items():
        variant = product.variant(variant_id)
        if variant is None or variant.withdrawn:
            raise VariantNotFound(variant_id)
        replace(variant, stock=count)  # checks its bounds
    stock.set_stock(session, counts)
    indexing.note_stock(session, [product_id])
    return store.product_by_id(session, product_id)


def own_product(session: Session, person: Person, product_id: str) -> Product:
    """A product of one's own shop, in whatever state; of others' only that there is none."""
    product = store.product_by_id(session, product_id)
    if store.shop_by_id(session, product.shop_id).owner != person.id:
        raise ProductNotFound(product_id)
    return product


def seen_product(session: Session, person: Person | None, product_id: str) -> Product:
    """A product as somebody may see it: for sale, or their own; raises ``ProductNotFound``."""
    product = store.product_by_id(session, product_id)
    shop = store.shop_by_id(session, product.shop_id)
    own = person is not None and shop.owner == person.id
    if not own and (product.state != "live" or not shop.is_open):
        raise ProductNotFound(product_id)
    return product


def add_picture(
    session: Session,
    person: Person,
    shop_id: str,
    sent: bytes,
    *,
    alt: str,
    blobs: Blobs,
    ids: Ids,
    at: datetime,
) -> Media:
    """Take a picture for products of one's shop, encoded anew; raises ``PictureUnusable``."""
    shop = owned_shop(session, person, shop_id)
    picture = pictures.made_new(sent)
    blob = blobs.put_bytes(picture.content, suffix=pictures.SUFFIX)
    media = Media(
        ids.new("media"), "image", blob.key, None, alt[:500], picture.width, picture.height
    )
    media_store.add(session, shop.id, media, at=at)
    return media


def add_film(
    session: Session,
    person: Person,
    shop_id: str,
    film_id: str,
    *,
    alt: str,
    ids: Ids,
    at: datetime,
) -> Media:
    """Take a film for products of one's shop; the caller saw that it is theirs and finished."""
    shop = owned_shop(session, person, shop_id)
    media = Media(ids.new("media"), "video", None, film_id, alt[:500])
    media_store.add(session, shop.id, media, at=at)
    return media

"""The product feed of a shop, as files: ``metadata.json`` and ``products.jsonl``, whole each time.

An agent's host fetches them; ids are those that sessions take. Films are among the media, so that
an agent may show one.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import msgspec
from fastapi import APIRouter, Depends
from starlette.responses import Response, StreamingResponse

from matinee.commerce.errors import ShopNotFound
from matinee.commerce.model import Media, Product, Shop, Variant
from matinee.commerce.store import every_product, shop_by_id, zones_of
from matinee.kit.db import Session
from matinee.kit.money import Money
from matinee.people import access

from .desk import AcpDesk, json_answer

Said = dict[str, Any]

_CACHED_S = 900


def feed_router(desk: AcpDesk) -> APIRouter:
    """The two files of a shop that sells through agents."""
    router = APIRouter(prefix="/shops/{shop_id}/feed")

    @router.get("/metadata.json", dependencies=[Depends(access.anyone)])
    def metadata(shop_id: str) -> Response:
        """Say which feed it is, and for which country."""
        with desk.database.transaction() as session:
            said = metadata_said(session, _shop(session, shop_id), at=desk.room.clock.now())
        return json_answer(200, msgspec.json.encode(said).decode())

    @router.get("/products.jsonl", dependencies=[Depends(access.anyone)])
    def products(shop_id: str) -> Response:
        """Say what is sold, a product in each line."""
        with desk.database.transaction() as session:
            _shop(session, shop_id)

        def lines() -> Iterator[bytes]:
            with desk.database.transaction() as session:
                shop = shop_by_id(session, shop_id)
                for product in every_product(session, shop_id):
                    if product.state == "live":
                        said = product_said(product, shop, public_url=desk.place.public_url)
                        yield msgspec.json.encode(said) + b"\n"

        headers = {"cache-control": f"public, max-age={_CACHED_S}"}
        return StreamingResponse(lines(), media_type="application/jsonl", headers=headers)

    return router


def metadata_said(session: Session, shop: Shop, *, at: datetime) -> Said:
    """The metadata of a feed; its country is the first that the shop ships to."""
    countries = [one for zone in zones_of(session, shop.id) for one in zone.countries]
    named = [one for one in countries if len(one) == 2]  # noqa: PLR2004 - ISO 3166
    said: Said = {"id": shop.id, "updated_at": at.strftime("%Y-%m-%dT%H:%M:%SZ")}
    return {**said, "target_country": named[0]} if named else said


def product_said(product: Product, shop: Shop, *, public_url: str) -> Said:
    """A product in the words of the feed."""
    url = f"{public_url}/products/{product.id}"
    said: Said = {
        "id": product.id,
        "title": product.title,
        "url": url,
        "media": [_media(one, public_url) for one in product.media],
        "variants": [
            _variant(one, product, shop, url) for one in product.sold if one.price_in(shop.currency)
        ],
    }
    if product.description:
        said["description"] = {"plain": product.description}
    return said


def _variant(variant: Variant, product: Product, shop: Shop, url: str) -> Said:
    price = variant.price_in(shop.currency)
    assert price is not None, "the caller looked"
    some = variant.can_sell()
    said: Said = {
        "id": variant.id,
        "title": f"{product.title}, {variant.title}" if variant.title else product.title,
        "url": url,
        "price": _price(price),
        "availability": {"available": some, "status": "in_stock" if some else "out_of_stock"},
        "condition": ["new"],
        "variant_options": [
            {"name": name, "value": said} for name, said in variant.options.items()
        ],
        "seller": {"name": shop.name},
    }
    before = next((one for one in variant.list_prices if one.currency == price.currency), None)
    if before is not None:
        said["list_price"] = _price(before)
    if product.category:
        said["categories"] = [{"value": " > ".join(product.category)}]
    if variant.barcode:
        said["barcodes"] = [{"type": "gtin", "value": variant.barcode}]
    return said


def _media(media: Media, public_url: str) -> Said:
    if media.film_id is not None:
        url = f"{public_url}/api/films/{media.film_id}/video"
    else:
        url = f"{public_url}/api/media/{media.id}"
    said: Said = {"type": media.kind, "url": url}
    if media.alt:
        said["alt_text"] = media.alt
    if media.width and media.height:
        said |= {"width": media.width, "height": media.height}
    return said


def _price(amount: Money) -> Said:
    return {"amount": amount.minor, "currency": amount.currency}


def _shop(session: Session, shop_id: str) -> Shop:
    shop = shop_by_id(session, shop_id)
    if not shop.is_open or shop.agents == "none":
        raise ShopNotFound(shop_id)
    return shop

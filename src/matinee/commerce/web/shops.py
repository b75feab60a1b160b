"""Shops over HTTP: opening one, its terms, where it ships, taxes, its pictures and films."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

import msgspec
from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from matinee.commerce import actions, media_store, store
from matinee.commerce.errors import CatalogueInvalid, MediaNotFound, SellerTooYoung
from matinee.commerce.model import (
    AgentsAllowed,
    Attribution,
    Media,
    Policies,
    Rate,
    Shop,
    TaxRule,
    Zone,
)
from matinee.kit.bodies import answer
from matinee.kit.ids import Ids
from matinee.kit.money import Money
from matinee.people import Visitor, access

from .desk import Anyone, Body, Seller, ShopDesk, read_json
from .views import (
    MediaView,
    PoliciesSaid,
    Price,
    TaxRuleSaid,
    ZoneSaid,
    shop_view,
    tax_view,
    zone_view,
)

Everybody = Annotated[Visitor | None, Depends(access.anyone)]


class NewShop(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A shop to be opened; its first currency is the one that it counts in."""

    handle: str
    name: str
    currencies: Sequence[str]
    locales: Sequence[str] = ("en",)
    policies: PoliciesSaid = PoliciesSaid()


class ShopChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is to be different; what is left out stays."""

    name: str | msgspec.UnsetType = msgspec.UNSET
    currencies: Sequence[str] | msgspec.UnsetType = msgspec.UNSET
    locales: Sequence[str] | msgspec.UnsetType = msgspec.UNSET
    policies: PoliciesSaid | msgspec.UnsetType = msgspec.UNSET
    attribution: Attribution | msgspec.UnsetType = msgspec.UNSET
    window_days: int | msgspec.UnsetType = msgspec.UNSET
    commission_bps: int | msgspec.UnsetType = msgspec.UNSET
    agents: AgentsAllowed | msgspec.UnsetType = msgspec.UNSET
    agents_listed: Sequence[str] | msgspec.UnsetType = msgspec.UNSET


class FilmWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A film that a shop shows with its products."""

    film_id: str
    alt: str = ""


def shop_router(desk: ShopDesk) -> APIRouter:
    """The routes of shops."""
    router = APIRouter()
    _add_verbs(router, desk)
    _add_terms(router, desk)
    _add_media(router, desk)
    return router


def _add_verbs(router: APIRouter, desk: ShopDesk) -> None:
    @router.post("/shops")
    def open_shop(body: Body, visitor: Seller) -> Response:
        """Open a shop; whoever does is a seller from now on."""
        if visitor.person.is_minor:
            raise SellerTooYoung
        made = _shop_of(read_json(body, NewShop), visitor, desk.ids, at=desk.clock.now())
        with desk.database.transaction() as session:
            shop = actions.open_shop(session, visitor.person, made)
        return answer(shop_view(shop, own=True), status=201)

    @router.get("/me/shops")
    def mine(visitor: Seller) -> Response:
        """One's shops that are open."""
        with desk.database.transaction() as session:
            shops = store.shops_of(session, visitor.person.id)
        return answer({"shops": [shop_view(shop, own=True) for shop in shops]})

    @router.get("/shops/{shop_id}")
    def show(shop_id: str, visitor: Anyone) -> Response:
        """A shop, by its id or handle."""
        with desk.database.transaction() as session:
            shop = actions.open_shop_by_id(session, shop_id)
        return answer(shop_view(shop, own=visitor is not None and visitor.person.id == shop.owner))

    @router.patch("/shops/{shop_id}")
    def change(shop_id: str, body: Body, visitor: Seller) -> Response:
        """Change a shop's terms."""
        wanted = read_json(body, ShopChange)
        changes: dict[str, object] = {
            name: tuple(value) if isinstance(value, list) else value
            for name in ShopChange.__struct_fields__
            if (value := getattr(wanted, name)) is not msgspec.UNSET
        }
        if isinstance(wanted.policies, PoliciesSaid):
            changes["policies"] = _policies(wanted.policies)
        if "currencies" in changes:
            changes["currency"] = next(iter(wanted.currencies or ()), "")
        with desk.database.transaction() as session:
            shop = actions.change_shop(session, visitor.person, shop_id, changes)
        return answer(shop_view(shop, own=True))

    @router.delete("/shops/{shop_id}")
    def close(shop_id: str, visitor: Seller) -> Response:
        """Close a shop: nothing of it is for sale any more."""
        with desk.database.transaction() as session:
            shop = actions.owned_shop(session, visitor.person, shop_id)
            actions.close_shop(session, shop, at=desk.clock.now())
        return Response(status_code=204)


def _add_terms(router: APIRouter, desk: ShopDesk) -> None:
    @router.get("/shops/{shop_id}/terms")
    def terms(shop_id: str, _visitor: Everybody) -> Response:
        """Where a shop ships to, and which taxes apply."""
        with desk.database.transaction() as session:
            shop = actions.open_shop_by_id(session, shop_id)
            zones = store.zones_of(session, shop.id)
            rules = store.tax_rules_of(session, shop.id)
        return answer(
            {"zones": [zone_view(z) for z in zones], "taxes": [tax_view(r) for r in rules]}
        )

    @router.put("/shops/{shop_id}/zones")
    def ship_to(shop_id: str, body: Body, visitor: Seller) -> Response:
        """Replace where a shop ships to."""
        said = read_json(body, list[ZoneSaid])
        with desk.database.transaction() as session:
            shop = actions.owned_shop(session, visitor.person, shop_id)
            zones = [_zone(shop.id, one, desk.ids) for one in said]
            kept = actions.ship_to(session, visitor.person, shop.id, zones)
        return answer({"zones": [zone_view(one) for one in kept]})

    @router.put("/shops/{shop_id}/taxes")
    def tax_by(shop_id: str, body: Body, visitor: Seller) -> Response:
        """Replace the tax rules of a shop."""
        said = read_json(body, list[TaxRuleSaid])
        with desk.database.transaction() as session:
            shop = actions.owned_shop(session, visitor.person, shop_id)
            rules = [
                TaxRule(
                    shop_id=shop.id,
                    country=one.country,
                    region=one.region,
                    tax_class=one.tax_class,
                    bps=one.bps,
                    included=one.included,
                )
                for one in said
            ]
            kept = actions.tax_by(session, visitor.person, shop.id, rules)
        return answer({"taxes": [tax_view(one) for one in kept]})


def _add_media(router: APIRouter, desk: ShopDesk) -> None:
    @router.post("/shops/{shop_id}/media")
    def add(shop_id: str, body: Body, request: Request, visitor: Seller, alt: str = "") -> Response:
        """Take a picture (the bytes of a PNG, JPEG, WebP or GIF), or a film of one's own (JSON)."""
        now = desk.clock.now()
        if request.headers.get("content-type", "").startswith("application/json"):
            wish = read_json(body, FilmWish)
            with desk.database.transaction() as session:
                if not desk.owns_film(session, visitor.person.id, wish.film_id):
                    raise MediaNotFound(wish.film_id)
                made = actions.add_film(
                    session,
                    visitor.person,
                    shop_id,
                    wish.film_id,
                    alt=wish.alt,
                    ids=desk.ids,
                    at=now,
                )
            return answer(_media_view(made), status=201)
        with desk.database.transaction() as session:
            made = actions.add_picture(
                session,
                visitor.person,
                shop_id,
                body,
                alt=alt,
                blobs=desk.blobs,
                ids=desk.ids,
                at=now,
            )
        return answer(_media_view(made), status=201)

    @router.get("/media/{media_id}")
    def picture(media_id: str, request: Request, _visitor: Everybody) -> Response:
        """A picture of a product, which never changes."""
        with desk.database.transaction() as session:
            found = media_store.by_id(session, media_id)
        if found.blob is None:
            raise MediaNotFound(media_id)
        headers = {
            "etag": f'"{found.blob.rpartition("/")[2]}"',
            "cache-control": "public, max-age=31536000, immutable",
        }
        if request.headers.get("if-none-match") == headers["etag"]:
            return Response(status_code=304, headers=headers)
        return Response(desk.blobs.read(found.blob), media_type="image/webp", headers=headers)


def _shop_of(said: NewShop, visitor: Visitor, ids: Ids, *, at: datetime) -> Shop:
    if not said.currencies:
        raise CatalogueInvalid("currencies", "a shop sells in at least one")
    return Shop(
        id=ids.new("shop"),
        owner=visitor.person.id,
        handle=said.handle,
        name=said.name,
        currency=said.currencies[0],
        currencies=tuple(said.currencies),
        locales=tuple(said.locales),
        policies=_policies(said.policies),
        created_at=at,
    )


def _policies(said: PoliciesSaid) -> Policies:
    return Policies(**msgspec.structs.asdict(said))


def _zone(shop_id: str, said: ZoneSaid, ids: Ids) -> Zone:
    return Zone(
        id=ids.new("zone"),
        shop_id=shop_id,
        name=said.name,
        countries=tuple(said.countries),
        rates=tuple(
            Rate(
                id=ids.new("rate"),
                title=one.title,
                kind=one.kind,
                price=_money(one.price),
                min_days=one.min_days,
                max_days=one.max_days,
                free_from=None if one.free_from is None else _money(one.free_from),
            )
            for one in said.rates
        ),
    )


def _money(price: Price) -> Money:
    return Money(price.amount, price.currency)


def _media_view(media: Media) -> MediaView:
    return MediaView(
        media.id,
        media.kind,
        None if media.blob is None else f"/api/media/{media.id}",
        media.film_id,
        media.alt,
        media.width,
        media.height,
    )

"""Products over HTTP: what a shop sells, one product, and finding some by a sentence."""

from collections.abc import Sequence
from datetime import date

import msgspec
from fastapi import APIRouter
from starlette.responses import Response

from matinee.commerce import actions, media_store, searching, store
from matinee.commerce.drafts import Draft, VariantDraft
from matinee.commerce.errors import RequestInvalid
from matinee.commerce.model import (
    DEFAULT_TAX_CLASS,
    Media,
    Option,
    ProductState,
    WhenOut,
    checked_country,
)
from matinee.commerce.wishing import QUERY_CHARACTERS_MAX, Constraints
from matinee.kit.bodies import answer
from matinee.kit.money import Money

from .desk import Anyone, Body, Seller, ShopDesk, after_of, cursor_of, read_json
from .views import OptionSaid, Price, answers_view, product_view

LIST_ROWS = 30


class VariantSaid(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a seller says a variant is; stock of null is not counted."""

    prices: Sequence[Price]
    options: dict[str, str] = {}
    id: str | None = None
    sku: str = ""
    title: str = ""
    list_prices: Sequence[Price] = ()
    stock: int | None = None
    when_out: WhenOut = "deny"
    barcode: str = ""
    weight_g: int = 0


class ProductSaid(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a seller says a product is; ``media`` are ids of the shop's pictures and films."""

    title: str
    variants: Sequence[VariantSaid]
    description: str = ""
    brand: str = ""
    category: Sequence[str] = ()
    tags: Sequence[str] = ()
    options: Sequence[OptionSaid] = ()
    media: Sequence[str] = ()
    tax_class: str = DEFAULT_TAX_CLASS
    facts: dict[str, str] = {}
    state: ProductState = "draft"


class ProductChange(ProductSaid, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The same, and the version that the seller saw."""

    version: int


def product_router(desk: ShopDesk) -> APIRouter:
    """The routes of products."""
    router = APIRouter()
    _add_search(router, desk)
    _add_verbs(router, desk)
    return router


def _add_search(router: APIRouter, desk: ShopDesk) -> None:
    @router.get("/products")
    def find(
        _visitor: Anyone,
        q: str,
        *,
        currency: str | None = None,
        country: str | None = None,
        price_max: int | None = None,
        price_min: int | None = None,
        by: str | None = None,
        in_stock: bool = False,
        limit: int = 20,
    ) -> Response:
        """Find products by a sentence; what the query says beside it goes before the sentence."""
        if not q.strip() or len(q) > QUERY_CHARACTERS_MAX:
            raise RequestInvalid(f"q has 1 to {QUERY_CHARACTERS_MAX} signs.")
        if not 1 <= limit <= searching.ANSWERS_MAX:
            raise RequestInvalid(f"limit is 1 to {searching.ANSWERS_MAX}.")
        if currency is not None:
            Money(0, currency)  # refuses what is no currency
        if country is not None:
            checked_country(country)
        priced = price_max is not None or price_min is not None
        known = Constraints(
            price_min=_bounded("price_min", price_min),
            price_max=_bounded("price_max", price_max),
            currency=currency if priced else None,
            country=country,
            by=_day(by),
            in_stock=in_stock,
        )
        with desk.database.transaction() as session:
            found = searching.find_products(
                session,
                q,
                meanings=desk.meanings,
                at=desk.clock.now(),
                constraints=known,
                currency=currency,
                limit=limit,
            )
        return answer(answers_view(found))


def _add_verbs(router: APIRouter, desk: ShopDesk) -> None:
    @router.get("/shops/{shop_id}/products")
    def listed(shop_id: str, visitor: Anyone, cursor: str | None = None) -> Response:
        """What a shop sells, newest first; for its owner drafts too."""
        after = after_of(cursor)
        with desk.database.transaction() as session:
            shop = actions.open_shop_by_id(session, shop_id)
            own = visitor is not None and visitor.person.id == shop.owner
            states = ("live", "draft") if own else ("live",)
            found, on = store.products_of(
                session, shop.id, states=states, after=after, limit=LIST_ROWS
            )
        shown = [product_view(one, own=own) for one in found]
        return answer({"products": shown, "cursor": cursor_of(on)})

    @router.post("/shops/{shop_id}/products")
    def add(shop_id: str, body: Body, visitor: Seller) -> Response:
        """Put a product into a shop."""
        said = read_json(body, ProductSaid)
        with desk.database.transaction() as session:
            shop = actions.owned_shop(session, visitor.person, shop_id)
            media = media_store.of_shop(session, shop.id, said.media)
            made = actions.add_product(
                session,
                visitor.person,
                shop.id,
                _draft(said, media),
                ids=desk.ids,
                at=desk.clock.now(),
            )
        return answer(product_view(made, own=True), status=201)

    @router.get("/products/{product_id}")
    def show(product_id: str, visitor: Anyone) -> Response:
        """One product."""
        person = None if visitor is None else visitor.person
        with desk.database.transaction() as session:
            product = actions.seen_product(session, person, product_id)
            shop = store.shop_by_id(session, product.shop_id)
        return answer(product_view(product, own=person is not None and person.id == shop.owner))

    @router.put("/products/{product_id}")
    def change(product_id: str, body: Body, visitor: Seller) -> Response:
        """Say anew what a product is; variants keep their ids by id, SKU or options."""
        said = read_json(body, ProductChange)
        with desk.database.transaction() as session:
            product = actions.own_product(session, visitor.person, product_id)
            media = media_store.of_shop(session, product.shop_id, said.media)
            kept = actions.change_product(
                session,
                visitor.person,
                product_id,
                _draft(said, media),
                version=said.version,
                ids=desk.ids,
                at=desk.clock.now(),
            )
        return answer(product_view(kept.product, own=True))

    @router.put("/products/{product_id}/stock")
    def count(product_id: str, body: Body, visitor: Seller) -> Response:
        """Say how many there are of variants, by their ids; null is not counted."""
        counts = read_json(body, dict[str, int | None])
        with desk.database.transaction() as session:
            product = actions.count_stock(session, visitor.person, product_id, counts)
        return answer(product_view(product, own=True))

    @router.delete("/products/{product_id}")
    def withdraw(product_id: str, visitor: Seller) -> Response:
        """Sell a product no more; whoever has ordered it still finds it."""
        with desk.database.transaction() as session:
            actions.withdraw_product(session, visitor.person, product_id, at=desk.clock.now())
        return Response(status_code=204)


def _draft(said: ProductSaid, media: tuple[Media, ...]) -> Draft:
    return Draft(
        title=said.title,
        description=said.description,
        brand=said.brand,
        category=tuple(said.category),
        tags=tuple(said.tags),
        options=tuple(Option(one.name, tuple(one.values)) for one in said.options),
        media=media,
        variants=tuple(_variant(one) for one in said.variants),
        tax_class=said.tax_class,
        facts=said.facts,
        state=said.state,
    )


def _variant(said: VariantSaid) -> VariantDraft:
    return VariantDraft(
        id=said.id,
        sku=said.sku,
        title=said.title,
        options=said.options,
        prices=tuple(Money(one.amount, one.currency) for one in said.prices),
        list_prices=tuple(Money(one.amount, one.currency) for one in said.list_prices),
        stock=said.stock,
        when_out=said.when_out,
        barcode=said.barcode,
        weight_g=said.weight_g,
    )


def _bounded(name: str, amount: int | None) -> int | None:
    if amount is not None and not 0 <= amount <= 10**12:
        raise RequestInvalid(f"{name} is 0 to 1,000,000,000,000 minor units.")
    return amount


def _day(said: str | None) -> date | None:
    if said is None:
        return None
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise RequestInvalid(f"by: {said[:20]!r} is no day such as 2026-11-27.") from None

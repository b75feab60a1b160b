"""Shops, products, answers as JSON says them."""

from collections.abc import Sequence
from datetime import date, datetime

import msgspec

from matinee.commerce.importing import Import
from matinee.commerce.model import (
    AgentsAllowed,
    Attribution,
    MediaKind,
    Product,
    ProductState,
    Rate,
    RateKind,
    Shop,
    TaxRule,
    Variant,
    WhenOut,
    Zone,
)
from matinee.commerce.searching import Answer, Answers
from matinee.commerce.wishing import price_of
from matinee.kit.money import Money


class Price(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An amount in whole minor units of a currency."""

    amount: int
    currency: str


class PoliciesSaid(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a shop promises."""

    returns_days: int = 14
    returns_text: str = ""
    privacy_url: str = ""
    terms_url: str = ""
    support_email: str = ""


class ShopView(msgspec.Struct, frozen=True):
    """A shop as everybody sees it."""

    id: str
    handle: str
    name: str
    currency: str
    currencies: Sequence[str]
    locales: Sequence[str]
    policies: PoliciesSaid


class OwnShopView(ShopView, frozen=True):
    """A shop as its owner sees it."""

    attribution: Attribution
    window_days: int
    commission_bps: int
    agents: AgentsAllowed
    agents_listed: Sequence[str]


class OptionSaid(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What variants differ in."""

    name: str
    values: Sequence[str]


class MediaView(msgspec.Struct, frozen=True):
    """A picture, with its address, or a film."""

    id: str
    kind: MediaKind
    url: str | None
    film_id: str | None
    alt: str
    width: int
    height: int


class VariantView(msgspec.Struct, frozen=True):
    """A variant; how many there are is told to the owner only."""

    id: str
    sku: str
    title: str
    options: dict[str, str]
    prices: Sequence[Price]
    list_prices: Sequence[Price]
    available: bool
    stock: int | None
    when_out: WhenOut
    barcode: str
    weight_g: int


class ProductView(msgspec.Struct, frozen=True):
    """A product with the variants that are for sale."""

    id: str
    shop_id: str
    title: str
    description: str
    brand: str
    category: Sequence[str]
    tags: Sequence[str]
    options: Sequence[OptionSaid]
    media: Sequence[MediaView]
    variants: Sequence[VariantView]
    tax_class: str
    facts: dict[str, str]
    state: ProductState
    version: int
    updated_at: datetime


class RateSaid(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A way to get an order to somebody."""

    title: str
    price: Price
    kind: RateKind = "shipping"
    min_days: int = 1
    max_days: int = 7
    free_from: Price | None = None
    id: str | None = None


class ZoneSaid(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Countries that a shop ships to at the same rates."""

    name: str
    countries: Sequence[str]
    rates: Sequence[RateSaid]
    id: str | None = None


class TaxRuleSaid(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What tax a class of goods bears in a place."""

    country: str
    bps: int
    included: bool
    region: str | None = None
    tax_class: str = "standard"


class Understood(msgspec.Struct, frozen=True):
    """What a sentence was understood to ask for."""

    text: str
    price_min: Price | None
    price_max: Price | None
    currency: str | None
    country: str | None
    by: date | None
    in_stock: bool
    traits: Sequence[str]
    kinds: Sequence[str]
    without: Sequence[str]


class AnswerView(msgspec.Struct, frozen=True):
    """A product that answers a sentence: what it meets of it, and how it would be sent."""

    product: ProductView
    shop: ShopView
    variant_id: str
    price: Price | None
    met: Sequence[str]
    unmet: Sequence[str]
    rate: RateSaid | None
    score: float


class AnswersView(msgspec.Struct, frozen=True):
    """What was understood, and what was found, the best first."""

    understood: Understood
    answers: Sequence[AnswerView]


class FaultView(msgspec.Struct, frozen=True):
    """What is wrong in a line of a file."""

    line: int
    column: str
    reason: str


class ImportView(msgspec.Struct, frozen=True):
    """A file that was handed in, and what became of it."""

    id: str
    shop_id: str
    state: str
    added: int
    changed: int
    unchanged: int
    faults: Sequence[FaultView]
    notes: Sequence[str]
    asked_at: datetime
    ended_at: datetime | None


def price_view(money: Money | None) -> Price | None:
    """An amount, if there is one."""
    return None if money is None else Price(money.minor, money.currency)


def shop_view(shop: Shop, *, own: bool = False) -> ShopView:
    """A shop, for its owner with its terms for films and agents."""
    policies = PoliciesSaid(
        returns_days=shop.policies.returns_days,
        returns_text=shop.policies.returns_text,
        privacy_url=shop.policies.privacy_url,
        terms_url=shop.policies.terms_url,
        support_email=shop.policies.support_email,
    )
    public = (shop.id, shop.handle, shop.name, shop.currency, shop.currencies, shop.locales)
    if not own:
        return ShopView(*public, policies)
    return OwnShopView(
        *public,
        policies,
        shop.attribution,
        shop.window_days,
        shop.commission_bps,
        shop.agents,
        shop.agents_listed,
    )


def product_view(product: Product, *, own: bool = False) -> ProductView:
    """A product, for its owner with counts."""
    return ProductView(
        id=product.id,
        shop_id=product.shop_id,
        title=product.title,
        description=product.description,
        brand=product.brand,
        category=product.category,
        tags=product.tags,
        options=[OptionSaid(option.name, option.values) for option in product.options],
        media=[
            MediaView(
                media.id,
                media.kind,
                None if media.blob is None else f"/api/media/{media.id}",
                media.film_id,
                media.alt,
                media.width,
                media.height,
            )
            for media in product.media
        ],
        variants=[_variant_view(one, own=own) for one in product.sold],
        tax_class=product.tax_class,
        facts=dict(product.facts),
        state=product.state,
        version=product.version,
        updated_at=product.updated_at,
    )


def zone_view(zone: Zone) -> ZoneSaid:
    """A zone with its rates."""
    return ZoneSaid(zone.name, zone.countries, [rate_view(rate) for rate in zone.rates], zone.id)


def rate_view(rate: Rate) -> RateSaid:
    """A rate."""
    return RateSaid(
        rate.title,
        Price(rate.price.minor, rate.price.currency),
        rate.kind,
        rate.min_days,
        rate.max_days,
        price_view(rate.free_from),
        rate.id,
    )


def tax_view(rule: TaxRule) -> TaxRuleSaid:
    """A tax rule."""
    return TaxRuleSaid(rule.country, rule.bps, rule.included, rule.region, rule.tax_class)


def answers_view(found: Answers) -> AnswersView:
    """What was understood of a sentence, and what answers it."""
    stated = found.wish.constraints
    low, high = price_of(stated)
    return AnswersView(
        Understood(
            text=found.wish.text,
            price_min=price_view(low),
            price_max=price_view(high),
            currency=stated.currency,
            country=stated.country,
            by=stated.by,
            in_stock=stated.in_stock,
            traits=sorted(one.key for one in stated.traits),
            kinds=sorted(one.key for one in stated.kinds),
            without=sorted([one.key for one in stated.without] + list(stated.without_words)),
        ),
        [_answer_view(one) for one in found.answers],
    )


def import_view(made: Import) -> ImportView:
    """An import."""
    return ImportView(
        made.id,
        made.shop_id,
        made.state,
        made.added,
        made.changed,
        made.unchanged,
        [FaultView(one.line, one.column, one.reason) for one in made.faults],
        made.notes,
        made.asked_at,
        made.ended_at,
    )


def _answer_view(found: Answer) -> AnswerView:
    return AnswerView(
        product=product_view(found.product),
        shop=shop_view(found.shop),
        variant_id=found.variant.id,
        price=price_view(found.price),
        met=found.met,
        unmet=found.unmet,
        rate=None if found.rate is None else rate_view(found.rate),
        score=round(found.score, 4),
    )


def _variant_view(variant: Variant, *, own: bool) -> VariantView:
    return VariantView(
        id=variant.id,
        sku=variant.sku,
        title=variant.title,
        options=dict(variant.options),
        prices=[Price(one.minor, one.currency) for one in variant.prices],
        list_prices=[Price(one.minor, one.currency) for one in variant.list_prices],
        available=variant.can_sell(),
        stock=variant.stock if own else None,
        when_out=variant.when_out,
        barcode=variant.barcode,
        weight_g=variant.weight_g,
    )

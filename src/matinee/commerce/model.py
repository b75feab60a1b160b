"""What commerce speaks of: shops, products and their variants, zones, taxes, discounts.

Values only: no row, request or connection. Every amount is ``kit.money.Money``, whole minor units
of one currency. A product that is withdrawn keeps its ids, so that carts, orders and films that
name it still find it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol, TypeAlias, get_args

import numpy as np

from matinee.kit.money import Money

from .errors import CatalogueInvalid

Attribution = Literal["last_touch", "position"]
AgentsAllowed = Literal["all", "listed", "none"]
MediaKind = Literal["image", "video"]
ProductState = Literal["draft", "live", "withdrawn"]
WhenOut = Literal["deny", "continue"]
RateKind = Literal["shipping", "digital", "pickup"]
SourceKind = Literal["hand", "csv", "shopify", "etsy"]
DiscountKind = Literal["percent", "amount", "free_shipping"]

ATTRIBUTIONS: tuple[Attribution, ...] = get_args(Attribution)
AGENTS_ALLOWED: tuple[AgentsAllowed, ...] = get_args(AgentsAllowed)
RATE_KINDS: tuple[RateKind, ...] = get_args(RateKind)

PRODUCT_CHANGED = "commerce.product_changed"
"""The event that a product is not what it was: ``product_id``, ``shop_id``, ``version``."""
PRODUCT_WITHDRAWN = "commerce.product_withdrawn"
"""The event that a product is no longer sold: ``product_id``, ``shop_id``, ``version``."""

TITLE_CHARACTERS_MAX = 255
DESCRIPTION_CHARACTERS_MAX = 20_000
NAME_CHARACTERS_MAX = 120
OPTIONS_MAX = 3
VARIANTS_MAX = 250
MEDIA_MAX = 50
TAGS_MAX = 100
FACTS_MAX = 100
CURRENCIES_MAX = 20
ZONES_MAX = 100
PRICE_MINOR_MAX = 10**12
STOCK_MAX = 10**9
ANYWHERE = "*"
"""In a zone's countries: every country that no other zone of the shop names."""

DEFAULT_TAX_CLASS = "standard"

_HANDLE = re.compile(r"[a-z0-9](?:[a-z0-9-]{1,38}[a-z0-9])")
_COUNTRY = re.compile(r"[A-Z]{2}")
_TAX_CLASS = re.compile(r"[a-z][a-z0-9_]{0,39}")

MEANING_SIZE = 384
Meaning: TypeAlias = np.ndarray
"""A direction of meaning: ``MEANING_SIZE`` float32 of length 1."""


class Embedder(Protocol):
    """Tells what texts of any language are about, as directions that lie near for near meanings."""

    name: str

    def passages(self, texts: Sequence[str]) -> np.ndarray:
        """Return what texts are about: float32 (count, MEANING_SIZE), rows of length 1."""
        ...

    def question(self, text: str) -> np.ndarray:
        """Return what somebody looks for: float32 (MEANING_SIZE,) of length 1."""
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Policies:
    """What a shop promises: how long goods may go back, and where its rules stand in full."""

    returns_days: int = 14
    returns_text: str = ""
    privacy_url: str = ""
    terms_url: str = ""
    support_email: str = ""

    def __post_init__(self) -> None:
        """Raise ``CatalogueInvalid`` for days nobody can promise, or an address that is none."""
        if not 0 <= self.returns_days <= 3650:  # noqa: PLR2004 - ten years
            raise CatalogueInvalid("policies.returns_days", "it must be 0 to 3650 days")
        for name, url in (("privacy_url", self.privacy_url), ("terms_url", self.terms_url)):
            if url and not url.startswith("https://"):
                raise CatalogueInvalid(f"policies.{name}", "it must begin with https://")


@dataclass(frozen=True, kw_only=True, slots=True)
class Shop:
    """Somebody's shop: in which currencies it sells, and on which terms films and agents sell it.

    ``owner`` is a person's id. ``currency`` is the one in which the shop counts; it is the first of
    ``currencies``. Where it ships is what its zones say. A sale that a film led to within
    ``window_days`` pays ``commission_bps`` of its net to the film.
    """

    id: str
    owner: str
    handle: str
    name: str
    currency: str
    currencies: tuple[str, ...]
    locales: tuple[str, ...] = ("en",)
    policies: Policies = field(default_factory=Policies)
    attribution: Attribution = "last_touch"
    window_days: int = 30
    commission_bps: int = 1_000
    agents: AgentsAllowed = "all"
    agents_listed: tuple[str, ...] = ()
    created_at: datetime
    closed_at: datetime | None = None

    def __post_init__(self) -> None:
        """Raise ``CatalogueInvalid`` (or ``CurrencyUnknown``) for terms that contradict."""
        if not _HANDLE.fullmatch(self.handle):
            raise CatalogueInvalid(
                "handle", "it is 3 to 40 small letters, digits and hyphens, such as oslo-linen"
            )
        _checked_text("name", self.name, NAME_CHARACTERS_MAX)
        for currency in self.currencies:
            Money(0, currency)
        if self.currencies[:1] != (self.currency,) or len(self.currencies) > CURRENCIES_MAX:
            raise CatalogueInvalid("currencies", f"{self.currency} must be the first of 1 to 20")
        if len(set(self.currencies)) < len(self.currencies):
            raise CatalogueInvalid("currencies", "each is named once")
        if not 0 <= self.commission_bps <= 9_000:  # noqa: PLR2004 - something is left to the shop
            raise CatalogueInvalid("commission_bps", "it must be 0 to 9000, which is 90 %")
        if not 1 <= self.window_days <= 90:  # noqa: PLR2004 - longer than people remember
            raise CatalogueInvalid("window_days", "it must be 1 to 90 days")

    @property
    def is_open(self) -> bool:
        """Whether it sells."""
        return self.closed_at is None

    def serves_agent(self, agent: str) -> bool:
        """Whether an agent, by the id it is known under, may buy here."""
        return self.agents == "all" or (self.agents == "listed" and agent in self.agents_listed)


@dataclass(frozen=True, slots=True)
class Option:
    """What the variants of a product differ in: ``Size``, with ``S``, ``M`` and ``L``."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Media:
    """A picture, by its blob's key, or a film, by its id; ``alt`` says it in words."""

    id: str
    kind: MediaKind
    blob: str | None = None
    film_id: str | None = None
    alt: str = ""
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """Where a product comes from: its ``key`` there, and the ``version`` that was last read."""

    kind: SourceKind
    key: str
    version: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Variant:
    """What one actually buys: one size in one colour, with a price in each currency it sells in.

    ``stock`` of None is not counted. ``when_out`` says whether it sells on without stock. ``taken``
    is what is already promised to reservations (it has been subtracted from ``stock``). A variant
    that left its product stays with ``withdrawn``.
    """

    id: str
    product_id: str
    sku: str = ""
    title: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    prices: tuple[Money, ...]
    list_prices: tuple[Money, ...] = ()
    stock: int | None = None
    when_out: WhenOut = "deny"
    barcode: str = ""
    weight_g: int = 0
    position: int = 0
    withdrawn: bool = False

    def __post_init__(self) -> None:
        """Raise ``CatalogueInvalid`` for amounts that cannot be."""
        for name, amounts in (("prices", self.prices), ("list_prices", self.list_prices)):
            if len({one.currency for one in amounts}) < len(amounts):
                raise CatalogueInvalid(name, "each currency is named once")
            if any(not 0 <= one.minor <= PRICE_MINOR_MAX for one in amounts):
                raise CatalogueInvalid(name, f"an amount is 0 to {PRICE_MINOR_MAX} minor units")
        if self.stock is not None and not 0 <= self.stock <= STOCK_MAX:
            raise CatalogueInvalid("stock", f"it is 0 to {STOCK_MAX}, or absent: not counted")
        if not 0 <= self.weight_g <= 10**8:
            raise CatalogueInvalid("weight_g", "it is 0 to 100,000,000 grams")

    def price_in(self, currency: str) -> Money | None:
        """What one costs in a currency; None where it is not sold in it."""
        return next((one for one in self.prices if one.currency == currency), None)

    def can_sell(self, count: int = 1) -> bool:
        """Whether so many could be sold at this moment; only ``take_stock`` promises it."""
        enough = self.stock is None or self.stock >= count or self.when_out == "continue"
        return enough and not self.withdrawn


@dataclass(frozen=True, kw_only=True, slots=True)
class Product:
    """Something a shop sells. ``description`` is plain text, ``category`` a path from the root.

    ``facts`` are what is stated of it (``Material: linen``), by name. ``version`` grows by one with
    every change that anybody could notice, stock excepted.
    """

    id: str
    shop_id: str
    title: str
    description: str = ""
    brand: str = ""
    category: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    media: tuple[Media, ...] = ()
    variants: tuple[Variant, ...]
    tax_class: str = DEFAULT_TAX_CLASS
    facts: Mapping[str, str] = field(default_factory=dict)
    source: Source | None = None
    state: ProductState = "draft"
    version: int = 1
    updated_at: datetime

    def __post_init__(self) -> None:
        """Raise ``CatalogueInvalid`` for what does not fit together."""
        _checked_text("title", self.title, TITLE_CHARACTERS_MAX)
        if len(self.description) > DESCRIPTION_CHARACTERS_MAX:
            raise CatalogueInvalid("description", f"at most {DESCRIPTION_CHARACTERS_MAX} signs")
        _checked_counts(self)
        _checked_variants(self)
        if not _TAX_CLASS.fullmatch(self.tax_class):
            raise CatalogueInvalid("tax_class", "it is a small word such as standard or reduced")

    def variant(self, variant_id: str) -> Variant | None:
        """The variant with an id, also one that is withdrawn."""
        return next((one for one in self.variants if one.id == variant_id), None)

    @property
    def sold(self) -> tuple[Variant, ...]:
        """The variants that are for sale, in their order; stock aside."""
        return tuple(one for one in self.variants if not one.withdrawn)


@dataclass(frozen=True, kw_only=True, slots=True)
class Rate:
    """A way to get an order to somebody: what it costs and how many days it takes.

    Orders of at least ``free_from`` (in its currency) are sent for nothing.
    """

    id: str
    title: str
    kind: RateKind = "shipping"
    price: Money
    min_days: int = 1
    max_days: int = 7
    free_from: Money | None = None

    def __post_init__(self) -> None:
        """Raise ``CatalogueInvalid`` for a rate that nobody could promise."""
        _checked_text("rates.title", self.title, NAME_CHARACTERS_MAX)
        if self.price.minor < 0:
            raise CatalogueInvalid("rates.price", "it may not be negative")
        if not 0 <= self.min_days <= self.max_days <= 365:  # noqa: PLR2004 - a year
            raise CatalogueInvalid("rates.min_days", "0 <= min_days <= max_days <= 365")
        if self.free_from is not None and self.free_from.currency != self.price.currency:
            raise CatalogueInvalid("rates.free_from", "it is in the currency of the price")


@dataclass(frozen=True, kw_only=True, slots=True)
class Zone:
    """Countries (two capital letters, or ``ANYWHERE``) that a shop ships to at the same rates."""

    id: str
    shop_id: str
    name: str
    countries: tuple[str, ...]
    rates: tuple[Rate, ...]

    def __post_init__(self) -> None:
        """Raise ``CatalogueInvalid`` for a country that is none."""
        _checked_text("zones.name", self.name, NAME_CHARACTERS_MAX)
        for country in self.countries:
            if country != ANYWHERE:
                checked_country(country)


@dataclass(frozen=True, kw_only=True, slots=True)
class TaxRule:
    """What tax a class of goods bears in a country or a region of it, in basis points.

    ``included`` says that the prices shown to buyers there hold it already.
    """

    shop_id: str
    country: str
    region: str | None = None
    tax_class: str = DEFAULT_TAX_CLASS
    bps: int
    included: bool

    def __post_init__(self) -> None:
        """Raise ``CatalogueInvalid`` for a rate or place that cannot be."""
        checked_country(self.country)
        if not 0 <= self.bps <= 10_000:  # noqa: PLR2004 - the whole
            raise CatalogueInvalid("bps", "it is 0 to 10000, which is 100 %")
        if not _TAX_CLASS.fullmatch(self.tax_class):
            raise CatalogueInvalid("tax_class", "it is a small word such as standard or reduced")


@dataclass(frozen=True, kw_only=True, slots=True)
class Discount:
    """A code that takes something off: basis points, an amount in minor units, or the shipping."""

    id: str
    shop_id: str
    code: str
    kind: DiscountKind
    value: int = 0
    currency: str | None = None
    minimum: Money | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    uses_left: int | None = None
    products: tuple[str, ...] | None = None


def zone_for(zones: Sequence[Zone], country: str) -> Zone | None:
    """The zone that a shop ships to a country by: one that names it, else one for anywhere."""
    named = (zone for zone in zones if country in zone.countries)
    rest = (zone for zone in zones if ANYWHERE in zone.countries)
    return next(named, None) or next(rest, None)


def checked_country(country: str) -> str:
    """The country itself; raises ``CatalogueInvalid`` unless it is two capital letters."""
    if not _COUNTRY.fullmatch(country):
        raise CatalogueInvalid(
            "country", f"{country[:20]!r} is not two capital letters as in ISO 3166, such as NO"
        )
    return country


def _checked_text(name: str, said: str, characters_max: int) -> None:
    if not said.strip() or len(said) > characters_max:
        raise CatalogueInvalid(name, f"it has 1 to {characters_max} signs")


def _checked_counts(product: Product) -> None:
    for name, count, most in (
        ("options", len(product.options), OPTIONS_MAX),
        ("media", len(product.media), MEDIA_MAX),
        ("tags", len(product.tags), TAGS_MAX),
        ("facts", len(product.facts), FACTS_MAX),
        ("variants", len(product.sold), VARIANTS_MAX),
    ):
        if count > most:
            raise CatalogueInvalid(name, f"there are {count}, at most {most} are taken")


def _checked_variants(product: Product) -> None:
    sold = product.sold
    if not sold and product.state == "live":
        raise CatalogueInvalid("variants", "a product that is for sale has at least one")
    known = {option.name: frozenset(option.values) for option in product.options}
    chosen = [tuple(sorted(one.options.items())) for one in sold]
    if len(set(chosen)) < len(chosen):
        raise CatalogueInvalid("variants", "two of them have the same options")
    for one in sold:
        if one.options.keys() != known.keys():
            raise CatalogueInvalid("variants.options", f"each names {', '.join(known) or 'none'}")
        for name, value in one.options.items():
            if value not in known[name]:
                raise CatalogueInvalid("variants.options", f"{name} has no value {value[:40]!r}")
        if not one.prices and product.state == "live":
            raise CatalogueInvalid("variants.prices", "what is for sale has a price")

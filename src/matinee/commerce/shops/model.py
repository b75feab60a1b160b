"""Shops elsewhere: what they list, how a shop of ours is joined to one, what waits to be sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol, TypeAlias

from matinee.commerce.model import Option, ProductState, WhenOut
from matinee.kit.money import Money
from matinee.kit.plain import Plain

PlatformKind: TypeAlias = Literal["shopify", "etsy"]
ConnectionState: TypeAlias = Literal["active", "paused", "refused"]
ErrandKind: TypeAlias = Literal["order", "refund", "listing", "parcels"]
ErrandState: TypeAlias = Literal["waiting", "done", "failed"]
Side: TypeAlias = Literal["ours", "theirs"]
News: TypeAlias = Literal["listing", "listing_gone", "order", "other"]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a listing, by its address elsewhere; ``alt`` says it in words."""

    url: str
    alt: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ListedVariant:
    """What one buys elsewhere: ``key`` names it there, ``stock_key`` its count."""

    key: str = ""
    stock_key: str = ""
    sku: str = ""
    title: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    price: Money
    list_price: Money | None = None
    stock: int | None = None
    when_out: WhenOut = "deny"
    barcode: str = ""
    weight_g: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Listing:
    """A product as it stands elsewhere, in words both sides understand; one currency."""

    key: str = ""
    version: str = ""
    title: str
    description: str = ""
    brand: str = ""
    category: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    pictures: tuple[Picture, ...] = ()
    variants: tuple[ListedVariant, ...] = ()
    state: ProductState = "live"


@dataclass(frozen=True, slots=True)
class Page:
    """Some listings, and where the next ones begin (None: there are no more)."""

    listings: tuple[Listing, ...]
    after: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class SoldLine:
    """A line of an order of ours, as the shop elsewhere is told of it; amounts of the whole line.

    ``total`` is what was paid for the line after discounts, ``tax`` of it or above it.
    """

    key: str
    product_key: str
    title: str
    quantity: int
    total: Money
    tax: Money


@dataclass(frozen=True, kw_only=True, slots=True)
class SoldOrder:
    """An order of ours to be carried out elsewhere; ``id`` is ours and makes it one."""

    id: str
    lines: tuple[SoldLine, ...]
    taxes_included: bool
    shipping_title: str
    shipping: Money
    paid: Money
    email: str
    phone: str
    address: Mapping[str, str]
    placed_at: datetime
    note: str = ""
    test: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class GivenBack:
    """What a buyer was given back: how many of which variant, and whether they are sold again."""

    id: str
    order_key: str
    units: Mapping[str, int]
    amount: Money
    shipping: bool
    restock: bool
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class SentParcel:
    """A parcel that left elsewhere: how many of which variant, and how to follow it."""

    key: str
    units: Mapping[str, int]
    carrier: str = ""
    number: str = ""
    url: str = ""
    sent_at: datetime
    delivered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What a signed message of a platform says: its id, of what it speaks, and its key there."""

    message_id: str
    news: News
    key: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Connection:
    """A shop of ours joined to one elsewhere, at ``address`` (``oslo-linen.myshopify.com``).

    ``since`` is up to when changes were read; ``reading`` where a reading that has not ended goes
    on. ``currency`` is the one it counts in, once it is known.
    """

    id: str
    shop_id: str
    kind: PlatformKind
    address: str
    currency: str
    state: ConnectionState = "active"
    since: datetime | None = None
    reading: str | None = None
    reading_from: datetime | None = None
    fault: str | None = None
    faulted_at: datetime | None = None
    next_at: datetime
    made_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Errand:
    """Something a platform is still to be told; it is tried until it is done or refused.

    ``result`` is what the platform called it; ``asked`` grows when it is wanted anew.
    """

    id: str
    connection_id: str
    kind: ErrandKind
    subject: str
    payload: Mapping[str, Plain] = field(default_factory=dict)
    state: ErrandState = "waiting"
    tries: int = 0
    next_at: datetime
    fault: str | None = None
    result: str | None = None
    asked: int = 1
    made_at: datetime
    done_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """A listing that is a product of ours: what was agreed on it, and what theirs last was."""

    connection_id: str
    product_id: str
    base: Listing
    theirs: Listing


@dataclass(frozen=True, kw_only=True, slots=True)
class Pair:
    """A variant of theirs and ours, and the count that both last agreed on.

    ``telling`` is what the count there is being set to, until it is known whether it was.
    """

    key: str
    stock_key: str
    variant_id: str
    base_count: int | None
    telling: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """A field of a product that was changed on both sides in different ways; somebody chooses."""

    id: str
    product_id: str
    what: str
    base: Plain
    ours: Plain
    theirs: Plain
    found_at: datetime


class Platform(Protocol):
    """A shop elsewhere, by whoever may speak to it.

    Each raises ``PlatformBusy`` or ``PlatformDown`` when it is to be asked again later,
    ``CredentialsRefused`` when the seller has to join it again, and ``PlatformRefused`` when what
    was said will never be accepted.
    """

    def currency(self) -> str:
        """The currency that the shop counts in; the first question, which tries the credentials."""
        ...

    def page(self, *, after: str | None, since: datetime | None) -> Page:
        """Listings that were changed at or after ``since``, oldest change first."""
        ...

    def listing(self, key: str) -> Listing | None:
        """One listing as it stands; None when it is gone."""
        ...

    def echoed(self, listing: Listing) -> Listing:
        """A listing as this platform would say it back; what it cannot say in full is shorter."""
        ...

    def put(self, listing: Listing, *, mark: str = "") -> Listing:
        """Make a listing be this, or a new one when it has no key; counts are not touched.

        ``mark`` makes a new one once, however often it is put. The pictures of one that is there
        are its own: only a new one is given some.
        """
        ...

    def count(self, stock_key: str, *, before: int, after: int) -> bool:
        """Set a count, if it is still ``before``; returns whether it was."""
        ...

    def send_order(self, order: SoldOrder) -> str:
        """Have an order carried out; the same order is one however often; returns its key."""
        ...

    def give_back(self, refund: GivenBack) -> None:
        """Note a refund on an order; the same refund is one however often."""
        ...

    def parcels(self, order_key: str) -> tuple[SentParcel, ...]:
        """The parcels of an order that have left."""
        ...

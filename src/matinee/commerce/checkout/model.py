"""A basket on its way to being paid, the payment, the order, and the outside world of cards."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol, TypeAlias

from matinee.commerce.model import Rate
from matinee.kit.money import Money

from .attribution import Touch
from .pricing import Bill, Line
from .refunding import Part

Face: TypeAlias = Literal["web", "acp", "ucp", "mcp"]
Status: TypeAlias = Literal["cart", "open", "paying", "asking", "completed", "cancelled", "expired"]
RemarkKind: TypeAlias = Literal["info", "warning", "error"]
RemarkCode: TypeAlias = Literal[
    "empty",
    "email_missing",
    "address_missing",
    "address_outside_zones",
    "rate_missing",
    "out_of_stock",
    "withdrawn",
    "price_changed",
    "currency_unsold",
    "discount_rejected",
    "payment_declined",
    "authentication_needed",
    "authentication_failed",
    "shop_closed",
]
PaymentState: TypeAlias = Literal["ordered", "asking", "paid", "declined", "given_up"]
ReturnState: TypeAlias = Literal["requested", "approved", "refused", "received"]
RefundState: TypeAlias = Literal["ordered", "done", "failed"]
OrderStatus: TypeAlias = Literal[
    "confirmed", "partly_shipped", "shipped", "delivered", "cancelled", "refunded"
]

ORDER_PLACED = "commerce.order_placed"
"""The event that something was sold: ``order_id``, ``shop_id``, ``checkout_id``."""
ORDER_CHANGED = "commerce.order_changed"
"""The event that an order is not what it was: ``order_id``, ``shop_id``, ``version``, ``what``."""

LINES_MAX = 100
QUANTITY_MAX = 1_000
CODES_MAX = 10


@dataclass(frozen=True, kw_only=True, slots=True)
class Address:
    """Where something goes; ``country`` is two capital letters, ``region`` its part for taxes."""

    name: str = ""
    line_one: str = ""
    line_two: str = ""
    city: str = ""
    region: str = ""
    country: str
    postal_code: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Buyer:
    """Who buys, as far as they say."""

    email: str = ""
    first_name: str = ""
    last_name: str = ""
    phone: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Remark:
    """Something the buyer is to know; of kind ``error`` it must be mended before paying."""

    kind: RemarkKind
    code: RemarkCode
    text: str
    line_id: str | None = None
    reason: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Checkout:
    """A basket with its bill; ``agent`` is the key it came through, if it was an agent's.

    Prices stand in ``lines`` as they were last seen. ``rates`` are the ways it can be sent, in its
    currency. ``action_url`` is where the buyer's bank asks, while the status is ``asking``.
    """

    id: str
    shop_id: str
    person_id: str
    face: Face
    agent: str | None = None
    currency: str
    lines: tuple[Line, ...]
    buyer: Buyer = field(default_factory=Buyer)
    address: Address | None = None
    rate_id: str | None = None
    codes: tuple[str, ...] = ()
    touches: tuple[Touch, ...] = ()
    status: Status = "open"
    bill: Bill
    rates: tuple[Rate, ...] = ()
    remarks: tuple[Remark, ...] = ()
    payment_id: str | None = None
    action_url: str | None = None
    order_id: str | None = None
    locale: str = "en"
    note: str = ""
    created_at: datetime
    updated_at: datetime
    expires_at: datetime

    @property
    def ready(self) -> bool:
        """Whether it can be paid."""
        return self.status == "open" and all(one.kind != "error" for one in self.remarks)

    @property
    def rate(self) -> Rate | None:
        """The way of sending that was chosen."""
        return next((one for one in self.rates if one.id == self.rate_id), None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Method:
    """How somebody pays: a card by the provider's name for it, or a token shared by an agent."""

    kind: Literal["card", "shared_token"] = "card"
    token: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Authentication:
    """What 3-D Secure elsewhere came to: a cryptogram for the card's network (EMVCo)."""

    cryptogram: str
    indicator: str
    transaction_id: str
    version: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Tender:
    """A wish to pay; ``total`` is what the buyer saw, ``back_url`` where their bank sends them."""

    method: Method
    authentication: Authentication | None = None
    total: Money | None = None
    back_url: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Payment:
    """A payment that was ordered, and what became of it; ``replaces`` is one given up for it."""

    id: str
    checkout_id: str
    amount: Money
    tender: Tender
    replaces: str | None = None
    ordered_at: datetime
    state: PaymentState = "ordered"
    provider_id: str | None = None
    fault: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Parcel:
    """A part of an order on its way; ``units`` is how many of which line."""

    id: str
    units: Mapping[str, int]
    carrier: str = ""
    number: str = ""
    url: str = ""
    shipped_at: datetime
    delivered_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Return:
    """What a buyer wants to send back."""

    id: str
    units: Mapping[str, int]
    reason: str
    state: ReturnState = "requested"
    answer: str = ""
    opened_at: datetime
    decided_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Refund:
    """Money that goes back: for units of lines, for the shipping, as the provider does it."""

    id: str
    units: Mapping[str, int]
    shipping: bool
    parts: tuple[Part, ...]
    amount: Money
    reason: str = ""
    state: RefundState = "ordered"
    ordered_at: datetime
    fault: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Order:
    """What was sold: it never changes, but for parcels, returns and refunds that are added.

    ``outside_minor`` is what the provider gave back without being asked by us: by hand on its own
    pages, or because the payer's bank took it (``disputed_at``).
    """

    id: str
    number: int
    checkout_id: str
    payment_id: str
    provider_id: str | None
    shop_id: str
    person_id: str
    face: Face
    agent: str | None
    currency: str
    lines: tuple[Line, ...]
    bill: Bill
    buyer: Buyer
    address: Address | None
    rate: Rate | None
    touches: tuple[Touch, ...] = ()
    parcels: tuple[Parcel, ...] = ()
    returns: tuple[Return, ...] = ()
    refunds: tuple[Refund, ...] = ()
    disputed_at: datetime | None = None
    outside_minor: int = 0
    cancelled_at: datetime | None = None
    placed_at: datetime
    version: int = 1

    @property
    def refunded_minor(self) -> int:
        """What went back or is on its way, in minor units."""
        own = sum(one.amount.minor for one in self.refunds if one.state != "failed")
        return own + self.outside_minor

    @property
    def shipped(self) -> Mapping[str, int]:
        """How many of each line are on their way or there."""
        return summed(one.units for one in self.parcels)

    @property
    def returning(self) -> Mapping[str, int]:
        """How many of each line came back, or are to come back."""
        return summed(one.units for one in self.returns if one.state != "refused")

    @property
    def refunded(self) -> Mapping[str, int]:
        """How many of each line were given money back for."""
        return summed(one.units for one in self.refunds if one.state != "failed")

    @property
    def given(self) -> Mapping[str, int]:
        """How much was given back for the goods of each line, in minor units."""
        return summed(
            {part.line_id: part.minor}
            for one in self.refunds
            if one.state != "failed"
            for part in one.parts
            if part.kind == "goods"
        )

    @property
    def shipping_refunded(self) -> bool:
        """Whether the shipping was given back."""
        return any(one.shipping for one in self.refunds if one.state != "failed")

    @property
    def status(self) -> OrderStatus:
        """Where it stands."""
        if self.cancelled_at is not None:
            return "cancelled"
        if self.bill.total.minor and self.refunded_minor >= self.bill.total.minor:
            return "refunded"
        shipped = self.shipped
        if not shipped:
            return "confirmed"
        if any(shipped.get(line.id, 0) < line.quantity for line in self.lines):
            return "partly_shipped"
        arrived = all(one.delivered_at is not None for one in self.parcels)
        return "delivered" if arrived else "shipped"


def summed(parts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """Numbers by name, added."""
    whole: dict[str, int] = {}
    for part in parts:
        for name, count in part.items():
            whole[name] = whole.get(name, 0) + count
    return whole


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What the provider made of a payment; ``reason`` says why it was declined."""

    state: Literal["paid", "asks", "declined", "pending"]
    provider_id: str | None
    reason: str = ""
    action_url: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Heard:
    """What the provider tells of a payment: its ``outcome``, or an amount that was moved.

    ``refund_id`` names a refund that we ordered.
    """

    event_id: str
    kind: Literal["settled", "refunded", "charged_back", "reinstated", "other"]
    provider_id: str
    outcome: Outcome | None = None
    amount: Money | None = None
    refund_id: str | None = None
    at: datetime


class Till(Protocol):
    """A payment provider for selling, shaped for Stripe's PaymentIntents.

    ``key`` names the occasion: the same call under the same key is carried out once. Each raises
    ``rights.errors.PaymentsUnavailable`` when it is to be asked again later.
    """

    test_mode: bool

    def charge(self, *, key: str, amount: Money, tender: Tender) -> Outcome:
        """Take money."""
        ...

    def look(self, payment: str) -> Outcome:
        """What became of a payment, by the provider's id."""
        ...

    def abandon(self, *, key: str, payment: str) -> Outcome:
        """Give a payment up, unless it was made meanwhile: the outcome says which."""
        ...

    def refund(self, *, key: str, payment: str, amount: Money) -> str | None:
        """Give a part or all of a payment back; why it was refused, or None if it was done."""
        ...

    def heard(self, body: bytes, signature: str) -> Heard:
        """What a signed webhook says; raises ``rights.errors.WebhookRefused``."""
        ...

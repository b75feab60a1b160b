"""Works, what films earn, and the outside world of payments."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol, TypeAlias

from matinee import ledger
from matinee.kit.money import MicroMoney, Money

from .licences import Owner, check_owners

WorkKind: TypeAlias = Literal["character", "brand", "likeness", "music", "footage"]
RevenueKind: TypeAlias = Literal["tip", "commission", "advertising", "subscription", "character"]
Purpose: TypeAlias = Literal["tip", "commission", "subscription", "credits"]
ChargeState: TypeAlias = Literal["ordered", "paid", "declined"]
PayoutState: TypeAlias = Literal["ordered", "sent", "failed"]

PLATFORM = "platform"
"""The party that is the platform itself."""

# What is owed to somebody, what is on its way to them, what is shared out later, what was paid
# ahead; money at the payment provider, and money that a network owes.
EARNINGS = ledger.Kind("earnings", "liability")
IN_PAYOUT = ledger.Kind("in_payout", "liability", guarded=True)
POOL = ledger.Kind("pool", "liability", guarded=True)
CREDITS = ledger.Kind("credits", "liability", guarded=True)
PROVIDER = ledger.Kind("provider", "asset")
RECEIVABLE = ledger.Kind("receivable", "asset")


@dataclass(frozen=True, slots=True)
class Alias:
    """A name of a work in a language."""

    language: str
    name: str


@dataclass(frozen=True, slots=True)
class Work:
    """Something that somebody owns; raises ``SharesNotWhole`` unless the owners own all of it."""

    id: str
    kind: WorkKind
    title: str
    owners: tuple[Owner, ...]
    aliases: tuple[Alias, ...]
    registered_by: str
    created_at: datetime

    def __post_init__(self) -> None:
        """Check the shares."""
        check_owners(self.owners)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Somebody who says that ``bps`` of a registered work are theirs, and why."""

    id: str
    work_id: str
    claimant: str
    bps: int
    ground: str
    state: Literal["open", "upheld", "refused"]
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class Revenue:
    """What a film earned on one occasion; ``id`` names the occasion and ``source`` who paid it in.

    ``happened_at`` is when it was earned, which may be before it is booked.
    """

    id: str
    kind: RevenueKind
    film_id: str
    amount: MicroMoney
    source: ledger.Account
    happened_at: datetime


@dataclass(frozen=True, slots=True)
class Charge:
    """Money that somebody is to pay: for a film's tip or sale, a pool, or credits of their own.

    ``subject`` is the film, the pool or the payer; ``method`` is the provider's name for the card.
    """

    id: str
    purpose: Purpose
    subject: str
    payer: str
    amount: Money
    method: str
    ordered_at: datetime
    state: ChargeState = "ordered"
    provider_id: str | None = None
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class Payout:
    """Money on its way to somebody."""

    id: str
    party: str
    destination: str
    amount: Money
    ordered_at: datetime
    state: PayoutState = "ordered"
    provider_id: str | None = None
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What the payment provider told: its event, kind, the charge it speaks of, an amount."""

    event_id: str
    kind: Literal["refunded", "charged_back", "reinstated", "other"]
    provider_id: str
    taken_back: Money | None
    at: datetime


class Payments(Protocol):
    """A payment provider, shaped for Stripe Connect with separate charges and transfers.

    ``key`` names the occasion: the same call under the same key is carried out once. Each raises
    ``PaymentDeclined`` when it was refused for good and ``PaymentsUnavailable`` when it is to be
    sent again.
    """

    def charge(self, *, key: str, amount: Money, method: str, group: str) -> str:
        """Take money from a card; returns the provider's id of the payment."""
        ...

    def refund(self, *, key: str, payment: str, amount: Money) -> str:
        """Give a part or all of a payment back; returns the provider's id of the refund."""
        ...

    def transfer(self, *, key: str, amount: Money, destination: str, group: str) -> str:
        """Send money to a connected account; returns the provider's id of the transfer."""
        ...

    def reverse_transfer(self, *, key: str, transfer: str, amount: Money) -> str:
        """Take a part or all of a transfer back; returns the provider's id of the reversal."""
        ...

    def told(self, body: bytes, signature: str) -> Told:
        """What a signed webhook says; raises ``WebhookRefused``."""
        ...

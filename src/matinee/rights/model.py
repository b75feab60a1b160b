"""Works, what films earn, and the outside world of payments."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol, TypeAlias

from matinee import ledger
from matinee.kit.money import BPS_PER_WHOLE, MicroMoney, Money

from .licences import Owner, check_owners

Standing: TypeAlias = Literal["unproven", "proven", "refused"]
ReferenceKind: TypeAlias = Literal["picture", "video", "sound"]
Rule: TypeAlias = Literal["majority", "all", "any"]
WorkKind: TypeAlias = Literal["character", "brand", "likeness", "music", "footage"]
RevenueKind: TypeAlias = Literal["tip", "commission", "advertising", "subscription", "character"]
Purpose: TypeAlias = Literal["tip", "commission", "subscription", "credits"]
ChargeState: TypeAlias = Literal["ordered", "paid", "declined"]
ClaimState: TypeAlias = Literal["charged", "held", "ended"]
Lies: TypeAlias = Literal["escrow", "released", "handed_back"]
PayoutState: TypeAlias = Literal["ordered", "sent", "failed"]

PLATFORM = "platform"
"""The party that is the platform itself."""

# What is owed to somebody, what is kept until a dispute about it ends, what is on its way to them,
# what is shared out later, what was paid ahead; money at the payment provider, and money that a
# network owes.
EARNINGS = ledger.Kind("earnings", "liability")
ESCROW = ledger.Kind("escrow", "liability", guarded=True)
IN_PAYOUT = ledger.Kind("in_payout", "liability", guarded=True)
POOL = ledger.Kind("pool", "liability", guarded=True)
CREDITS = ledger.Kind("credits", "liability", guarded=True)
PROVIDER = ledger.Kind("provider", "asset")
RECEIVABLE = ledger.Kind("receivable", "asset")


@dataclass(frozen=True, slots=True)
class Alias:
    """A name of a work in a language; one that is also a common word is ``common``."""

    language: str
    name: str
    common: bool = False


@dataclass(frozen=True, slots=True)
class Work:
    """Something that somebody owns; raises ``SharesNotWhole`` unless the owners own all of it.

    ``rule`` is whose word is enough where its owners are asked. ``pending`` are the owners who have
    not agreed to their shares yet, and ``declined`` those who said that they own no part of it.
    """

    id: str
    kind: WorkKind
    title: str
    owners: tuple[Owner, ...]
    aliases: tuple[Alias, ...]
    registered_by: str
    created_at: datetime
    description: str = ""
    standing: Standing = "unproven"
    rule: Rule = "majority"
    pending: frozenset[str] = frozenset()
    declined: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Check the shares."""
        check_owners(self.owners)

    @property
    def binds(self) -> bool:
        """Whether the films of others are held against it: proven, and all its owners agreed."""
        return self.standing == "proven" and not self.pending and not self.declined

    def share_of(self, party: str) -> int:
        """How much of it somebody owns, in basis points."""
        return sum(owner.bps for owner in self.owners if owner.party == party)


@dataclass(frozen=True, slots=True)
class Reference:
    """A file that shows or plays a work, by which copies of it are recognised."""

    id: str
    work_id: str
    blob: str
    kind: ReferenceKind
    name: str
    file_bytes: int
    added_by: str
    added_at: datetime


@dataclass(frozen=True, slots=True)
class Proof:
    """What somebody says and shows to prove that a work is theirs, and what became of it."""

    id: str
    work_id: str
    statement: str
    blob: str
    name: str
    added_by: str
    added_at: datetime
    state: Literal["open", "accepted", "refused"] = "open"
    reason: str = ""


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
class ClaimedShare:
    """A part of what is earned that a claim takes; ``id`` names the claim.

    With ``film_id`` it is ``share_bps`` of what that film earns after the platform's fee, as far as
    its maker and its ancestors have that much; with ``work_id`` it is ``share_bps`` of what the
    owners of that work get, in every film. ``owners`` are those who get it if the claim is right:
    they own all of it, or ``SharesNotWhole`` is raised.
    """

    id: str
    owners: tuple[Owner, ...]
    share_bps: int
    since: datetime
    film_id: str | None = None
    work_id: str | None = None

    def __post_init__(self) -> None:
        """Check the shares, and that it is about one thing."""
        check_owners(self.owners)
        assert (self.film_id is None) != (self.work_id is None), "a claim is on a film or a work"
        assert 0 < self.share_bps <= BPS_PER_WHOLE, f"{self.share_bps} is no share"


@dataclass(frozen=True, slots=True)
class Claimed:
    """What a claim took of one revenue, from whom, how much was refunded since, where it lies."""

    revenue_id: str
    claim_id: str
    currency: str
    taken_from: tuple[tuple[str, int], ...]
    lies: Lies
    refunded_micro: int = 0

    @property
    def micro(self) -> int:
        """All that was taken, in micro-units."""
        return sum(micro for _, micro in self.taken_from)


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
    """What the payment provider told: its event, kind, the payment it speaks of, an amount.

    ``returned`` is a payout that came back, with all that came back of it so far.
    """

    event_id: str
    kind: Literal["refunded", "charged_back", "reinstated", "returned", "other"]
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

    def open_account(self, *, key: str, country: str, email: str | None) -> str:
        """Open a connected account for somebody who is to be paid out; returns its id."""
        ...

    def onboarding_url(self, *, account: str, back: str, again: str) -> str:
        """A page of the provider where somebody says who they are and where their bank is.

        It is good once and for minutes: ``again`` asks for another, ``back`` is where it ends.
        """
        ...

    def account_ready(self, account: str) -> bool:
        """Whether transfers to a connected account are possible now."""
        ...

    def told(self, body: bytes, signature: str) -> Told:
        """What a signed webhook says; raises ``WebhookRefused``."""
        ...

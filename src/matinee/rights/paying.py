"""The verbs of the payment provider: charges, what it tells, payouts.

Nothing that leaves the house is in a transaction. What is to be done is written down first, then
done under a key of its own, then booked; a process that dies in between leaves an order that
``carry_out_charges`` or ``carry_out_payouts`` finds and sends again under the same key, so that the
provider does it once and the books hold it once.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from matinee import ledger
from matinee.kit import logs
from matinee.kit.clock import Clock
from matinee.kit.db import Database, Session
from matinee.kit.errors import MatineeError
from matinee.kit.ids import Ids
from matinee.kit.money import MICROS_PER_MINOR, Money

from . import accounts, subscribing
from .earning import earn, refund, reinstate, reinstate_ahead
from .errors import ChargeUnknown, PaymentDeclined, PaymentsUnavailable, WebhookEarly
from .model import (
    CREDITS,
    EARNINGS,
    IN_PAYOUT,
    PLATFORM,
    POOL,
    PROVIDER,
    Charge,
    Payments,
    Payout,
    Revenue,
    Told,
)
from .splits import PlatformTerms

log = logs.logger(__name__)

_AT_ONCE = 100
_DIVIDED = frozenset({"tip", "commission"})
# What the provider tells of a payment that nobody knows a day later was never ours.
_BOOKED_WITHIN = timedelta(days=1)


def order_charge(session: Session, charge: Charge) -> bool:
    """Write down that somebody is to pay; ``carry_out_charges`` does it. Whether it is new."""
    return accounts.add_charge(session, charge)


def charge_of(session: Session, charge_id: str) -> Charge:
    """A charge and what became of it; raises ``ChargeUnknown``."""
    charge = accounts.charge_by_id(session, charge_id)
    if charge is None:
        raise ChargeUnknown(charge_id)
    return charge


def carry_out_charges(
    database: Database,
    payments: Payments,
    platform: PlatformTerms,
    clock: Clock,
    *,
    only: str | None = None,
) -> list[Charge]:
    """Take the money of every ordered charge, or of one, and book it; returns those that ended.

    A charge whose provider does not answer stays ordered. So does one that was paid and cannot be
    booked yet (a rate is missing): nobody is asked for its money again, and the others go on. Safe
    to run in many processes.
    """
    with database.transaction() as session:
        waiting = accounts.ordered_charges(session, most=_AT_ONCE, only=only)
    ended = []
    for charge in waiting:
        provider_id, fault = charge.provider_id, None
        if provider_id is None:
            provider_id, fault = _asked(
                lambda charge=charge: payments.charge(  # type: ignore[misc] # bound for this round
                    key=charge.id, amount=charge.amount, method=charge.method, group=charge.id
                )
            )
        if provider_id is None and fault is None:
            continue
        try:
            with database.transaction() as session:
                done = _end_charge(
                    session, charge, platform, provider_id=provider_id, fault=fault, at=clock.now()
                )
        except MatineeError as error:
            log.error("charge_not_booked", charge=charge.id, fault=error.code)  # noqa: TRY400 - told
            with database.transaction() as session:
                accounts.note_paid(session, charge.id, str(provider_id))
            continue
        if done:
            ended.append(charge)
    return ended


def _end_charge(
    session: Session,
    charge: Charge,
    platform: PlatformTerms,
    *,
    provider_id: str | None,
    fault: str | None,
    at: datetime,
) -> bool:
    """Note what became of a charge and book it; whether it was still open."""
    if not accounts.end_charge(session, charge.id, provider_id=provider_id, fault=fault, at=at):
        return False
    if provider_id is not None:
        _book_charge(session, charge, platform, at=at)
    elif charge.purpose == "subscription":
        subscribing.end(session, charge.id.rpartition("/")[0], fault=fault)
    return True


def give_back(
    database: Database, payments: Payments, charge_id: str, *, key: str, amount: Money | None
) -> str:
    """Ask the provider to give a charge back, in part or all of it; its id of the refund.

    What the provider does it tells (``hear``), and that books it: refunds made on its own pages are
    booked in the same way. Raises ``ChargeUnknown`` if nothing was paid, and what the provider
    refuses.
    """
    with database.transaction() as session:
        charge = charge_of(session, charge_id)
    if charge.provider_id is None:
        raise ChargeUnknown(charge_id)
    wanted = charge.amount if amount is None else amount
    return payments.refund(key=key, payment=charge.provider_id, amount=wanted)


def hear(
    session: Session, payments: Payments, body: bytes, signature: str, *, at: datetime
) -> bool:
    """Book what the provider tells: refunds made on its side, chargebacks, disputes that were won.

    Hearing it again, or in another order, changes nothing more. Raises ``WebhookRefused``, and
    ``WebhookEarly`` when the payment is not booked yet and it is to be told again.
    """
    told = payments.told(body, signature)
    if told.kind == "other":
        return False
    if told.kind == "returned":
        return _take_payout_back(session, told, at=at)
    charge = accounts.charge_of_provider(session, told.provider_id)
    if charge is None:
        if at - told.at < _BOOKED_WITHIN:
            raise WebhookEarly(told.provider_id)
        log.warning("payment_unknown", payment=told.provider_id, told=told.kind)
        return False
    if charge.state == "ordered":
        raise WebhookEarly(told.provider_id)
    if not accounts.heard_first(session, told.event_id, told.kind, at=at):
        return False
    if told.kind == "reinstated":
        _put_back(session, charge, told, at=at)
    else:
        _take_back(session, charge, told, at=at)
    return True


def order_payouts(
    session: Session, minimums: Sequence[Money], *, ids: Ids, at: datetime, party: str | None = None
) -> list[Payout]:
    """Order a payout to everybody, or to one, who is owed at least the least of a currency.

    Whole minor units leave; what is smaller stays owed. The money waits on a guarded account, so
    that it cannot be paid twice. Raises ``PayeeUnknown`` for the one.
    """
    ordered = []
    for name, destination in accounts.payees(session, party):
        earned_in = {one.currency for one in ledger.accounts_owned(session, name)}
        for least in (one for one in minimums if one.currency in earned_in):
            owed = ledger.Account(EARNINGS, name, least.currency)
            payable, _ = ledger.locked_balance(session, owed, at=at).payable()
            if payable < least or payable.minor <= 0:
                continue
            payout = Payout(ids.new("payout"), name, destination, payable, at)
            if order_payout(session, payout, at=at) is not None:
                ordered.append(payout)
    return ordered


def order_payout(session: Session, payout: Payout, *, at: datetime) -> Payout | None:
    """Order one payout; None if another in its currency is on its way to the party.

    The caller has locked the balance and found enough.
    """
    if not accounts.add_payout(session, payout):
        return None
    _move(session, payout, "ordered", EARNINGS, IN_PAYOUT, at=at)
    return payout


def carry_out_payouts(database: Database, payments: Payments, clock: Clock) -> list[Payout]:
    """Send every ordered payout and book it, or give it back to its party if it is refused.

    A payout whose provider does not answer stays ordered. Safe to run in many processes.
    """
    with database.transaction() as session:
        waiting = accounts.ordered_payouts(session, most=_AT_ONCE)
    ended = []
    for payout in waiting:
        provider_id, fault = _asked(
            lambda payout=payout: payments.transfer(  # type: ignore[misc] # bound for this round
                key=payout.id,
                amount=payout.amount,
                destination=payout.destination,
                group=payout.party,
            )
        )
        if provider_id is None and fault is None:
            continue
        with database.transaction() as session:
            now = clock.now()
            if accounts.end_payout(
                session, payout.id, provider_id=provider_id, fault=fault, at=now
            ):
                sent = provider_id is not None
                _move(
                    session,
                    payout,
                    "sent" if sent else "failed",
                    IN_PAYOUT,
                    PROVIDER if sent else EARNINGS,
                    at=now,
                )
                ended.append(payout)
    return ended


def payouts_of(session: Session, party: str) -> list[Payout]:
    """Every payout to a party, the newest first."""
    return accounts.payouts_of(session, party)


def set_payee(session: Session, party: str, destination: str, *, tax_form_on_file: bool) -> None:
    """Note where a party's money goes; without its tax form nothing is paid out."""
    accounts.set_payee(session, party, destination, tax_form_on_file=tax_form_on_file)


def _asked(ask: Callable[[], str]) -> tuple[str | None, str | None]:
    """The provider's id, or why it refused, or neither if it is to be asked again."""
    try:
        return ask(), None
    except PaymentDeclined as error:
        return None, str(error.details["reason"])
    except PaymentsUnavailable:
        return None, None


def _book_charge(
    session: Session, charge: Charge, platform: PlatformTerms, *, at: datetime
) -> None:
    source = ledger.Account(PROVIDER, "payments", charge.amount.currency)
    if charge.purpose in _DIVIDED:
        revenue = Revenue(
            charge.id,
            "tip" if charge.purpose == "tip" else "commission",
            charge.subject,
            charge.amount.micros,
            source,
            charge.ordered_at,
        )
        earn(session, [revenue], platform, at=at)
        return
    if charge.purpose == "subscription":
        subscribing.pay_in(session, charge, source, at=at)
        return
    account = ledger.Account(CREDITS, charge.subject, charge.amount.currency)
    micro = charge.amount.micros.micro
    entries = (ledger.Entry(source, -micro), ledger.Entry(account, micro))
    journal = ledger.Journal(charge.id, f"rights.{charge.purpose}", entries, charge.ordered_at)
    ledger.post(session, [journal], at=at)


def _disputed(charge: Charge) -> str:
    # A dispute is named by its charge, so that the word that it was won finds what it took.
    return f"charged_back/{charge.id}"


def _put_back(session: Session, charge: Charge, told: Told, *, at: datetime) -> None:
    """Book that a dispute was won."""
    give = reinstate if charge.purpose in _DIVIDED else reinstate_ahead
    found = False
    for of, booked in ((_disputed(charge), give), (_excess(_disputed(charge)), reinstate_ahead)):
        key = f"reinstated/{told.event_id}{of.removeprefix(_disputed(charge))}"
        try:
            booked(session, charge.id, key=key, of=of, happened_at=told.at, at=at)
            found = True
        except ledger.JournalNotFound:
            continue
    if not found:
        raise WebhookEarly(told.provider_id)


def _take_back(session: Session, charge: Charge, told: Told, *, at: datetime) -> None:
    """Book that a charge went back, in part or all of it.

    The same money may be told of twice, as a refund and as a chargeback, or again after a dispute
    was won. It is taken from those who got it once; what the provider takes beyond that is the
    platform's loss.
    """
    asked = charge.amount if told.taken_back is None else told.taken_back
    left = charge.amount.minor - accounts.taken_back_of_charge(session, charge.id)
    minor = min(asked.minor, left) if asked.currency == charge.amount.currency else 0
    key = _disputed(charge) if told.kind == "charged_back" else f"refunded/{told.event_id}"
    back = Reversed(key, f"rights.{told.kind}", Money(minor, asked.currency), told.at)
    if minor and charge.purpose in _DIVIDED:
        refund(
            session,
            charge.id,
            key=key,
            amount=back.amount.micros,
            reason=back.reason,
            happened_at=told.at,
            at=at,
        )
    elif minor:
        _take_back_ahead(session, charge, back, at=at)
    accounts.note_taken_back(session, charge.id, minor)
    excess = asked - back.amount
    if excess.minor > 0:
        log.error("taken_back_twice", charge=charge.id, told=told.kind, excess=str(excess.micros))
        entries = (
            ledger.Entry(
                ledger.Account(PROVIDER, "payments", excess.currency), excess.micros.micro
            ),
            ledger.Entry(ledger.Account(EARNINGS, PLATFORM, excess.currency), -excess.micros.micro),
        )
        journal = ledger.Journal(_excess(key), "rights.taken_back_twice", entries, told.at)
        ledger.post(session, [journal], at=at)


def _excess(key: str) -> str:
    return f"{key}/excess"


def _take_payout_back(session: Session, told: Told, *, at: datetime) -> bool:
    """Give a party back what the provider could not pay out to them."""
    found = accounts.payout_of_provider(session, told.provider_id)
    if found is None:
        if at - told.at < _BOOKED_WITHIN:
            raise WebhookEarly(told.provider_id)
        log.warning("payout_unknown", transfer=told.provider_id)
        return False
    payout, before = found
    if not accounts.heard_first(session, told.event_id, told.kind, at=at):
        return False
    assert told.taken_back is not None, "a payout that came back has an amount"
    minor = min(told.taken_back.minor, payout.amount.minor) - before
    if minor <= 0:
        return False  # told out of order: the later word said it all
    part = replace(payout, amount=Money(minor, payout.amount.currency))
    _move(session, part, f"returned/{told.event_id}", PROVIDER, EARNINGS, at=at)
    accounts.note_returned(session, payout.id, minor, "returned")
    return True


@dataclass(frozen=True, slots=True)
class Reversed:
    """What is taken back of money that was paid."""

    key: str
    reason: str
    amount: Money
    happened_at: datetime


def _take_back_ahead(session: Session, charge: Charge, back: Reversed, *, at: datetime) -> None:
    """Take back what was paid into a pool or for credits.

    What of it is spent or shared already cannot come from there: whoever bought credits owes it,
    and a pool's rest is the platform's loss.
    """
    kind, bearer = (POOL, PLATFORM) if charge.purpose == "subscription" else (CREDITS, charge.payer)
    currency, micro = back.amount.currency, back.amount.micros.micro
    account = ledger.Account(kind, charge.subject, currency)
    there = min(micro, ledger.locked_balance(session, account, at=at).micro)
    moves = (
        (ledger.Account(PROVIDER, "payments", currency), micro),
        (account, -there),
        (ledger.Account(EARNINGS, bearer, currency), there - micro),
    )
    entries = tuple(ledger.Entry(one, amount) for one, amount in moves if amount)
    ledger.post(session, [ledger.Journal(back.key, back.reason, entries, back.happened_at)], at=at)


def _move(
    session: Session,
    payout: Payout,
    step: str,
    giver: ledger.Kind,
    taker: ledger.Kind,
    *,
    at: datetime,
) -> None:
    micro = payout.amount.minor * MICROS_PER_MINOR

    def account(kind: ledger.Kind) -> ledger.Account:
        owner = "payments" if kind is PROVIDER else payout.party
        return ledger.Account(kind, owner, payout.amount.currency)

    entries = (ledger.Entry(account(giver), -micro), ledger.Entry(account(taker), micro))
    key = f"{payout.id}/{step}"
    ledger.post(
        session,
        [ledger.Journal(key, f"rights.payout_{step.partition('/')[0]}", entries, at)],
        at=at,
    )

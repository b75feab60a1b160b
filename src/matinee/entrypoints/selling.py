"""Selling in a house: who takes the money of sales, who hears of it, and what agents are told."""

from collections.abc import Callable
from dataclasses import dataclass

from matinee import people, rights
from matinee.commerce.acp import store as acp_store
from matinee.commerce.acp import telling
from matinee.commerce.acp.answering import Place
from matinee.commerce.adapters.fake_till import FakeTill
from matinee.commerce.checkout import hearing, leaving
from matinee.commerce.checkout.actions import Room
from matinee.commerce.checkout.model import ORDER_CHANGED
from matinee.commerce.checkout.workflows import QUEUES, SWEEP_EVERY, install
from matinee.entrypoints.money import Ears, Hearer, Provider
from matinee.kit import durable, events
from matinee.kit.clock import Clock
from matinee.kit.db import Database, Session
from matinee.kit.ids import Ids
from matinee.kit.outside import Outside
from matinee.kit.settings import Settings
from matinee.rights.errors import PaymentsUnavailable

__all__ = ["QUEUES", "Means", "Sales", "exported", "open_sales"]

exported = leaving.exported


@dataclass(frozen=True, kw_only=True)
class Sales:
    """What a house sells with.

    In test mode ``bank`` is the buyer's bank and ``card`` knows the test cards by their numbers.
    """

    room: Room
    bank: Callable[[str, bool], None] | None
    card: Callable[[str], str | None] | None
    account: str

    def place(self, public_url: str) -> Place:
        """How agents know this house."""
        return Place(
            public_url=public_url,
            account=self.account,
            test_mode=self.room.till.test_mode,
            vault=self.card is not None,
        )


@dataclass(frozen=True, kw_only=True)
class Means:
    """What of a house selling is built on."""

    database: Database
    jobs: durable.Jobs
    dispatcher: events.Dispatcher
    outside: Outside
    public_url: str
    clock: Clock
    ids: Ids


def open_sales(
    settings: Settings,
    provider: Provider,
    ears: Ears,
    means: Means,
    *,
    terms: rights.PlatformTerms,
) -> Sales:
    """Open the till that the settings name, and have what is left undone done every while."""
    sales = _sales(settings, provider, terms=terms, clock=means.clock, ids=means.ids)
    # Before whatever else hears of payments: what is of an order is known by its id.
    ears.hearers.insert(0, _hearer(means.database, sales.room))
    means.dispatcher.subscribe(
        telling.TOPIC, "commerce.tell_agents", telling.subscriber(sales.place(means.public_url))
    )
    means.dispatcher.subscribe(people.PERSON_CLOSED, "commerce.forget_buyer", _forget)
    means.dispatcher.subscribe(ORDER_CHANGED, "commerce.forget_sent", leaving.on_order_changed)

    def tell() -> None:
        if provider.fake is not None:
            provider.fake.tell_waiting()
        telling.send_due(means.database, means.outside, means.clock)

    standing = install(means.database, sales.room, tell=tell)
    means.jobs.schedule("commerce.sweep", SWEEP_EVERY, standing.sweep)
    return sales


def _sales(
    settings: Settings, provider: Provider, *, terms: rights.PlatformTerms, clock: Clock, ids: Ids
) -> Sales:
    if provider.fake is not None:
        fake = FakeTill(provider.fake, provider.payments.told)
        return Sales(
            room=Room(clock=clock, ids=ids, till=fake, terms=terms, fee_bps=settings.sale_fee_bps),
            bank=lambda payment, passed: fake.bank_answers(payment, passed=passed),
            card=fake.card,
            account=provider.fake.account,
        )
    try:
        # The SDK comes with the extra "payments", and only those who take money need it.
        from matinee.commerce.adapters.stripe_till import StripeTill  # noqa: PLC0415
    except ImportError as error:
        raise PaymentsUnavailable("install matinee[payments]") from error
    account = settings.stripe_account or ""
    till = StripeTill(
        settings.stripe_key or "", secret=settings.stripe_webhook_secret or "", account=account
    )
    room = Room(clock=clock, ids=ids, till=till, terms=terms, fee_bps=settings.sale_fee_bps)
    return Sales(room=room, bank=None, card=None, account=account)


def _forget(session: Session, event: events.Event) -> None:
    """Forget a buyer who left, and what their agents were told."""
    person_id = str(event.payload["person_id"])
    acp_store.forget_person(session, person_id)
    leaving.forget(session, person_id, at=event.recorded_at)


def _hearer(database: Database, room: Room) -> Hearer:
    """The ear of what was sold."""

    def hear(body: bytes, signature: str) -> bool:
        with database.transaction() as session:
            return hearing.hear(session, body, signature, room)

    return hear

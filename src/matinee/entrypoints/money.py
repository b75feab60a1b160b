"""The money of a house: who takes and pays it, what it asks for, and who hears of it.

Without a key of Stripe the provider is the one of our own. It keeps Stripe's rules and its state in
the database, and tells what happened to the same ears, but nobody pays anything.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from matinee import people, rights
from matinee.kit import events, logs
from matinee.kit.clock import Clock
from matinee.kit.db import Database
from matinee.kit.settings import Settings, require
from matinee.rights import Payments, Treasury
from matinee.rights.adapters.fake_payments import FakePayments
from matinee.rights.adapters.fake_stripe import FakeStripe
from matinee.rights.errors import PaymentsUnavailable
from matinee.rights.shelf_store import DatabaseShelf

log = logs.logger(__name__)

Hearer = Callable[[bytes, str], bool]


@dataclass
class Ears:
    """Everybody who takes word from the provider, in turn, until one says that it was theirs."""

    hearers: list[Hearer] = field(default_factory=list)

    def hear(self, body: bytes, signature: str) -> bool:
        """Whether anybody acted on it; raises what the one raises whom it concerns."""
        return any(hearer(body, signature) for hearer in self.hearers)


@dataclass(frozen=True, kw_only=True)
class Provider:
    """Who takes and pays money; ``fake`` is the one of our own, if it is that one."""

    payments: Payments
    fake: FakeStripe | None


def provider(settings: Settings, database: Database, clock: Clock, ears: Ears) -> Provider:
    """Open the provider that the settings name; raises ``SettingInvalid``."""
    if settings.stripe_key is None:
        fake = FakeStripe(
            clock,
            tell=lambda body, signature: _told(ears, body, signature),
            shelf=DatabaseShelf(database),
        )
        return Provider(payments=FakePayments(fake, clock), fake=fake)
    require(
        settings,
        "stripe_webhook_secret",
        "stripe_account",
        because="given together with the key of Stripe",
    )
    try:
        # The SDK comes with the extra "payments", and only those who take money need it.
        from matinee.rights.adapters.stripe_payments import StripePayments  # noqa: PLC0415
    except ImportError as error:
        raise PaymentsUnavailable("install matinee[payments]") from error
    return Provider(
        payments=StripePayments(
            settings.stripe_key,
            secret=settings.stripe_webhook_secret or "",
            account=settings.stripe_account or "",
        ),
        fake=None,
    )


def _told(ears: Ears, body: bytes, signature: str) -> None:
    ears.hear(body, signature)


def platform(settings: Settings) -> rights.PlatformTerms:
    """What the platform keeps, and what making a film costs."""
    return rights.PlatformTerms(
        rights.PLATFORM,
        fee_bps=settings.fee_bps,
        film_price=None if settings.film_price is None else settings.film_price.micros,
    )


def treasury(settings: Settings, opened: Provider) -> Treasury:
    """What the settings say about money."""
    return Treasury(
        payments=opened.payments,
        platform=platform(settings),
        minimums=settings.payout_minimums,
        plan=settings.plan_price,
        test=opened.fake is not None,
    )


def hearer(database: Database, payments: Payments, clock: Clock) -> Hearer:
    """The ear of what rights charge and pay out."""

    def hear(body: bytes, signature: str) -> bool:
        with database.transaction() as session:
            return rights.paying.hear(session, payments, body, signature, at=clock.now())

    return hear


def see_off(dispatcher: events.Dispatcher) -> None:
    """Charge nothing more for those who leave, or to them."""
    dispatcher.subscribe(
        people.PERSON_CLOSED,
        "rights.leave",
        lambda session, told: rights.subscribing.leave(session, str(told.payload["person_id"])),
    )

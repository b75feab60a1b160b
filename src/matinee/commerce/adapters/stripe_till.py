"""Payments for selling through Stripe, by its SDK (the extra ``payments``)."""

from collections.abc import Callable
from typing import Any

import stripe

from matinee.commerce.checkout.model import Heard, Outcome, Tender
from matinee.kit.money import Money
from matinee.rights.errors import PaymentsUnavailable, WebhookRefused

from .stripe_words import (
    UNEXPECTED,
    charge_asked,
    declined_by,
    heard_by,
    outcome_of,
    reason_of,
    refund_asked,
    version_for,
)

_RETRIES = 2
_TIMEOUT_S = 20


class StripeTill:
    """PaymentIntents on one platform account."""

    def __init__(self, key: str, *, secret: str, account: str, address: str | None = None) -> None:
        """Speak to Stripe with the API ``key``, or to another server at ``address``.

        ``secret`` signs webhooks; ``account`` is the platform's own, of which alone they are taken.
        """
        addresses: Any = {} if address is None else {"base_addresses": {"api": address}}
        client = stripe.RequestsClient(timeout=_TIMEOUT_S)
        self._client = stripe.StripeClient(
            key, max_network_retries=_RETRIES, http_client=client, **addresses
        )
        self._secret = secret
        self._account = account
        self.test_mode = key.startswith(("sk_test_", "rk_test_"))

    def charge(self, *, key: str, amount: Money, tender: Tender) -> Outcome:
        """As ``Till.charge``."""
        asked: Any = charge_asked(key, amount, tender)
        how: Any = {"idempotency_key": key}
        if version := version_for(tender):
            how["stripe_version"] = version
        return _outcome(lambda: self._client.v1.payment_intents.create(asked, how))

    def look(self, payment: str) -> Outcome:
        """As ``Till.look``."""
        return _outcome(lambda: self._client.v1.payment_intents.retrieve(payment))

    def abandon(self, *, key: str, payment: str) -> Outcome:
        """As ``Till.abandon``."""
        how: Any = {"idempotency_key": key}
        made = _outcome(lambda: self._client.v1.payment_intents.cancel(payment, None, how))
        return self.look(payment) if made.reason == UNEXPECTED else made

    def refund(self, *, key: str, payment: str, amount: Money) -> str | None:
        """As ``Till.refund``."""
        asked: Any = refund_asked(key, payment, amount)
        fault = _asked(lambda: self._client.v1.refunds.create(asked, {"idempotency_key": key}))
        return fault if isinstance(fault, str) else None

    def heard(self, body: bytes, signature: str) -> Heard:
        """As ``Till.heard``."""
        try:
            event = self._client.construct_event(body, signature, self._secret)
        except (stripe.SignatureVerificationError, ValueError) as error:
            raise WebhookRefused(str(error) or "its signature is wrong") from error
        return heard_by(event.to_dict(), account=self._account)


def _outcome(ask: Callable[[], Any]) -> Outcome:
    answer = _asked(ask, as_outcome=True)
    return answer if isinstance(answer, Outcome) else outcome_of(answer.to_dict())


def _asked(ask: Callable[[], Any], *, as_outcome: bool = False) -> Any:  # noqa: ANN401 - the SDK's
    """What the SDK answers, or why it was refused: a reason, or an outcome."""
    try:
        return ask()
    except stripe.IdempotencyError as error:
        # The first request under the key may have taken the money: this is no decline.
        raise PaymentsUnavailable("another body under the same key") from error
    except (stripe.CardError, stripe.InvalidRequestError) as error:
        fault = error.json_body["error"] if isinstance(error.json_body, dict) else {}
        return declined_by(fault) if as_outcome else reason_of(fault)
    except stripe.StripeError as error:
        raise PaymentsUnavailable(type(error).__name__) from error

"""Payments through the provider of our own, without a network and without the SDK."""

import hmac
import json
from urllib.parse import urlencode

from matinee.kit.clock import Clock
from matinee.kit.money import Money
from matinee.rights.errors import PaymentDeclined, PaymentsUnavailable, WebhookRefused
from matinee.rights.model import Told

from .fake_stripe import FakeStripe, signature
from .words import told_by

_TOLERANCE_S = 300


class FakePayments:
    """A provider that keeps Stripe's rules in this process."""

    def __init__(self, stripe: FakeStripe, clock: Clock) -> None:
        """Pay through ``stripe``; webhooks older than five minutes of ``clock`` are refused."""
        self._stripe = stripe
        self._clock = clock

    def charge(self, *, key: str, amount: Money, method: str, group: str) -> str:
        """As ``Payments.charge``."""
        return self._asked(
            "payment_intents",
            key,
            {
                "amount": amount.minor,
                "currency": amount.currency.lower(),
                "payment_method": method,
                "confirm": "true",
                "transfer_group": group,
                "automatic_payment_methods[enabled]": "true",
                "automatic_payment_methods[allow_redirects]": "never",
            },
        )

    def refund(self, *, key: str, payment: str, amount: Money) -> str:
        """As ``Payments.refund``."""
        return self._asked("refunds", key, {"payment_intent": payment, "amount": amount.minor})

    def transfer(self, *, key: str, amount: Money, destination: str, group: str) -> str:
        """As ``Payments.transfer``."""
        return self._asked(
            "transfers",
            key,
            {
                "amount": amount.minor,
                "currency": amount.currency.lower(),
                "destination": destination,
                "transfer_group": group,
            },
        )

    def reverse_transfer(self, *, key: str, transfer: str, amount: Money) -> str:
        """As ``Payments.reverse_transfer``."""
        return self._asked(f"transfers/{transfer}/reversals", key, {"amount": amount.minor})

    def told(self, body: bytes, signature_header: str) -> Told:
        """As ``Payments.told``."""
        said = dict(part.partition("=")[::2] for part in signature_header.split(","))
        stamp = said.get("t", "")
        if not stamp.isdigit():
            raise WebhookRefused("it is not signed")
        if not hmac.compare_digest(
            signature(self._stripe.secret, int(stamp), body), said.get("v1", "")
        ):
            raise WebhookRefused("its signature is wrong")
        if abs(self._clock.now().timestamp() - int(stamp)) > _TOLERANCE_S:
            raise WebhookRefused("it is too old")
        return told_by(json.loads(body), account=self._stripe.account)

    def _asked(self, path: str, key: str, form: dict[str, str | int]) -> str:
        status, answer = self._stripe.answer("POST", f"/v1/{path}", urlencode(form), key=key)
        if status != 200:  # noqa: PLR2004 - HTTP's OK
            fault = answer["error"]
            if fault["type"] == "idempotency_error":
                raise PaymentsUnavailable("another body under the same key")
            raise PaymentDeclined(
                fault.get("decline_code") or fault.get("code") or fault["message"]
            )
        return str(answer["id"])

"""Payments through the provider of our own, without a network and without the SDK."""

import hmac
import json
from urllib.parse import urlencode

from matinee.kit.clock import Clock
from matinee.kit.money import Money
from matinee.rights.errors import PaymentDeclined, PaymentsUnavailable, WebhookRefused
from matinee.rights.model import Told

from .fake_stripe import FakeStripe, signature
from .fake_stripe.rules import Made
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
        made = self._made(
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
        if made["status"] != "succeeded":
            self._asked(f"payment_intents/{made['id']}/cancel", f"{key}/cancel", {})
            raise PaymentDeclined("authentication_required")
        return str(made["id"])

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

    def open_account(self, *, key: str, country: str, email: str | None) -> str:
        """As ``Payments.open_account``."""
        form: dict[str, str | int] = {
            "country": country,
            "capabilities[transfers][requested]": "true",
            "controller[fees][payer]": "application",
            "controller[losses][payments]": "application",
            "controller[stripe_dashboard][type]": "express",
        }
        if email is not None:
            form["email"] = email
        return self._asked("accounts", key, form)

    def onboarding_url(self, *, account: str, back: str, again: str) -> str:
        """As ``Payments.onboarding_url``."""
        form: dict[str, str | int] = {
            "account": account,
            "type": "account_onboarding",
            "return_url": back,
            "refresh_url": again,
        }
        return str(self._made("account_links", None, form)["url"])

    def account_ready(self, account: str) -> bool:
        """As ``Payments.account_ready``."""
        made = self._made(f"accounts/{account}", None, None)
        return bool(made["capabilities"].get("transfers") == "active")

    def _asked(self, path: str, key: str | None, form: dict[str, str | int] | None) -> str:
        return str(self._made(path, key, form)["id"])

    def _made(self, path: str, key: str | None, form: dict[str, str | int] | None) -> Made:
        method = "GET" if form is None else "POST"
        status, answer = self._stripe.answer(method, f"/v1/{path}", urlencode(form or {}), key=key)
        if status != 200:  # noqa: PLR2004 - HTTP's OK
            fault = answer["error"]
            if fault["type"] == "idempotency_error":
                raise PaymentsUnavailable("another body under the same key")
            raise PaymentDeclined(
                fault.get("decline_code") or fault.get("code") or fault["message"]
            )
        return answer

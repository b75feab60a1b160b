"""Payments through Stripe Connect, by its SDK (the extra ``payments``)."""

from collections.abc import Callable
from typing import Any

import stripe

from matinee.kit.money import Money
from matinee.rights.errors import PaymentDeclined, PaymentsUnavailable, WebhookRefused
from matinee.rights.model import Told

from .words import told_by

_RETRIES = 2


class StripePayments:
    """Separate charges and transfers on one platform account."""

    def __init__(self, key: str, *, secret: str, account: str, address: str | None = None) -> None:
        """Speak to Stripe with the API ``key``, or to another server at ``address``.

        ``secret`` signs webhooks; ``account`` is the platform's own, of which alone they are taken.
        """
        addresses: Any = {} if address is None else {"base_addresses": {"api": address}}
        self._client = stripe.StripeClient(key, max_network_retries=_RETRIES, **addresses)
        self._secret = secret
        self._account = account

    def charge(self, *, key: str, amount: Money, method: str, group: str) -> str:
        """As ``Payments.charge``."""
        made = _made(
            lambda: self._client.v1.payment_intents.create(
                {
                    "amount": amount.minor,
                    "currency": amount.currency.lower(),
                    "payment_method": method,
                    "confirm": True,
                    "transfer_group": group,
                    "automatic_payment_methods": {"enabled": True, "allow_redirects": "never"},
                },
                {"idempotency_key": key},
            )
        )
        if made.status != "succeeded":
            _made(
                lambda: self._client.v1.payment_intents.cancel(
                    made.id, options={"idempotency_key": f"{key}/cancel"}
                )
            )
            raise PaymentDeclined("authentication_required")
        return str(made.id)

    def refund(self, *, key: str, payment: str, amount: Money) -> str:
        """As ``Payments.refund``."""
        return _asked(
            lambda: self._client.v1.refunds.create(
                {"payment_intent": payment, "amount": amount.minor}, {"idempotency_key": key}
            )
        )

    def transfer(self, *, key: str, amount: Money, destination: str, group: str) -> str:
        """As ``Payments.transfer``."""
        return _asked(
            lambda: self._client.v1.transfers.create(
                {
                    "amount": amount.minor,
                    "currency": amount.currency.lower(),
                    "destination": destination,
                    "transfer_group": group,
                },
                {"idempotency_key": key},
            )
        )

    def reverse_transfer(self, *, key: str, transfer: str, amount: Money) -> str:
        """As ``Payments.reverse_transfer``."""
        return _asked(
            lambda: self._client.v1.transfers.reversals.create(
                transfer, {"amount": amount.minor}, {"idempotency_key": key}
            )
        )

    def open_account(self, *, key: str, country: str, email: str | None) -> str:
        """As ``Payments.open_account``."""
        asked: Any = {
            "country": country,
            "capabilities": {"transfers": {"requested": True}},
            "controller": {
                "fees": {"payer": "application"},
                "losses": {"payments": "application"},
                "stripe_dashboard": {"type": "express"},
            },
        }
        if email is not None:
            asked["email"] = email
        return _asked(lambda: self._client.v1.accounts.create(asked, {"idempotency_key": key}))

    def onboarding_url(self, *, account: str, back: str, again: str) -> str:
        """As ``Payments.onboarding_url``."""
        made = _made(
            lambda: self._client.v1.account_links.create(
                {
                    "account": account,
                    "type": "account_onboarding",
                    "return_url": back,
                    "refresh_url": again,
                }
            )
        )
        return str(made.url)

    def account_ready(self, account: str) -> bool:
        """As ``Payments.account_ready``."""
        made = _made(lambda: self._client.v1.accounts.retrieve(account))
        return made.capabilities is not None and made.capabilities.transfers == "active"

    def told(self, body: bytes, signature: str) -> Told:
        """As ``Payments.told``."""
        try:
            event = self._client.construct_event(body, signature, self._secret)
        except (stripe.SignatureVerificationError, ValueError) as error:
            raise WebhookRefused(str(error) or "its signature is wrong") from error
        return told_by(event.to_dict(), account=self._account)


def _asked(ask: Callable[[], Any]) -> str:
    return str(_made(ask).id)


def _made(ask: Callable[[], Any]) -> Any:  # noqa: ANN401 - one of the SDK's objects
    try:
        return ask()
    except stripe.IdempotencyError as error:
        # The first request under the key may have taken the money: this is no decline.
        raise PaymentsUnavailable("another body under the same key") from error
    except (stripe.APIConnectionError, stripe.RateLimitError, stripe.APIError) as error:
        raise PaymentsUnavailable(type(error).__name__) from error
    except stripe.CardError as error:
        declined = error.json_body["error"] if isinstance(error.json_body, dict) else {}
        raise PaymentDeclined(declined.get("decline_code") or error.code or "declined") from error
    except stripe.InvalidRequestError as error:
        raise PaymentDeclined(error.code or str(error.user_message or error)) from error

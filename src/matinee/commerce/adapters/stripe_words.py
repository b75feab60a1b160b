"""What Stripe is asked and answers, in our words; the same for the real one and for ours."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Literal

from matinee.commerce.checkout.model import Heard, Outcome, Tender
from matinee.kit.money import Money
from matinee.rights.errors import WebhookRefused

PREVIEW_VERSION = "2026-04-22.preview"
"""The version of Stripe's API that knows shared payment tokens."""

UNEXPECTED = "payment_intent_unexpected_state"

_KINDS: Mapping[str, Literal["settled", "refunded", "charged_back", "reinstated"]] = {
    "payment_intent.succeeded": "settled",
    "payment_intent.payment_failed": "settled",
    "payment_intent.canceled": "settled",
    "refund.created": "refunded",
    "charge.dispute.funds_withdrawn": "charged_back",
    "charge.dispute.funds_reinstated": "reinstated",
}


def charge_asked(key: str, amount: Money, tender: Tender) -> dict[str, Any]:
    """A payment intent that is confirmed at once."""
    asked: dict[str, Any] = {
        "amount": amount.minor,
        "currency": amount.currency.lower(),
        "confirm": True,
        "metadata": {"matinee_payment": key},
        "transfer_group": key,
        "automatic_payment_methods": {
            "enabled": True,
            "allow_redirects": "always" if tender.back_url else "never",
        },
    }
    if tender.method.kind == "shared_token":
        asked["payment_method_data"] = {"shared_payment_granted_token": tender.method.token}
    else:
        asked["payment_method"] = tender.method.token
    if tender.back_url is not None:
        asked["return_url"] = tender.back_url
    if tender.authentication is not None:
        said = tender.authentication
        secure = {
            "cryptogram": said.cryptogram,
            "electronic_commerce_indicator": said.indicator,
            "transaction_id": said.transaction_id,
            "version": said.version,
        }
        asked["payment_method_options"] = {"card": {"three_d_secure": secure}}
    return asked


def version_for(tender: Tender) -> str | None:
    """The version of the API that a payment needs; None is that of the SDK."""
    return PREVIEW_VERSION if tender.method.kind == "shared_token" else None


def refund_asked(key: str, payment: str, amount: Money) -> dict[str, Any]:
    """A refund that we know again when the provider tells of it."""
    return {
        "payment_intent": payment,
        "amount": amount.minor,
        "metadata": {"matinee_refund": key},
    }


def outcome_of(intent: Mapping[str, Any]) -> Outcome:
    """What became of a payment intent."""
    status, name = intent["status"], str(intent["id"])
    if status == "succeeded":
        return Outcome(state="paid", provider_id=name)
    if status == "requires_action":
        action = intent.get("next_action") or {}
        page = action.get("redirect_to_url") or {}
        return Outcome(state="asks", provider_id=name, action_url=page.get("url"))
    if status == "requires_payment_method":
        reason = reason_of(intent.get("last_payment_error") or {})
        return Outcome(state="declined", provider_id=name, reason=reason)
    if status == "canceled":
        return Outcome(state="declined", provider_id=name, reason="given_up")
    return Outcome(state="pending", provider_id=name)


def reason_of(fault: Mapping[str, Any]) -> str:
    """Why a card was declined."""
    if fault.get("code") == "payment_intent_authentication_failure":
        return "authentication_failed"
    return str(fault.get("decline_code") or fault.get("code") or fault.get("message") or "declined")


def declined_by(fault: Mapping[str, Any]) -> Outcome:
    """The outcome that an error of Stripe's tells."""
    intent = fault.get("payment_intent") or {}
    return Outcome(state="declined", provider_id=intent.get("id"), reason=reason_of(fault))


def flattened(asked: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Nested parameters as a form writes them: ``card[number]``."""
    for name, value in asked.items():
        path = f"{prefix}[{name}]" if prefix else name
        if isinstance(value, Mapping):
            yield from flattened(value, path)
        else:
            yield path, str(value).lower() if isinstance(value, bool) else str(value)


def heard_by(event: Mapping[str, Any], *, account: str) -> Heard:
    """One event; raises ``WebhookRefused`` if it is of another account."""
    if event.get("account") not in {None, account}:
        raise WebhookRefused(f"it is for the account {event['account']}, not {account}")
    said, kind = event["data"]["object"], _KINDS.get(event["type"])
    at = datetime.fromtimestamp(event["created"], UTC)
    if kind is None:
        return Heard(event_id=event["id"], kind="other", provider_id="", at=at)
    if kind == "settled":
        outcome = outcome_of(said)
        return Heard(
            event_id=event["id"], kind=kind, provider_id=said["id"], outcome=outcome, at=at
        )
    return Heard(
        event_id=event["id"],
        kind=kind,
        provider_id=said.get("payment_intent") or "",
        amount=Money(said["amount"], said["currency"].upper()),
        refund_id=(said.get("metadata") or {}).get("matinee_refund"),
        at=at,
    )

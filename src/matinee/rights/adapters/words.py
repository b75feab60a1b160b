"""What Stripe's events say, in our words; the same for the real provider and for ours."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Literal

from matinee.kit.money import Money
from matinee.rights.errors import WebhookRefused
from matinee.rights.model import Told

_KINDS: Mapping[str, Literal["refunded", "charged_back", "reinstated", "returned"]] = {
    "refund.created": "refunded",
    "charge.dispute.funds_withdrawn": "charged_back",
    "charge.dispute.funds_reinstated": "reinstated",
    "transfer.reversed": "returned",
}


def told_by(event: Mapping[str, Any], *, account: str) -> Told:
    """One event; raises ``WebhookRefused`` if it is of another account."""
    if event.get("account") not in {None, account}:
        raise WebhookRefused(f"it is for the account {event['account']}, not {account}")
    said = event["data"]["object"]
    kind = _KINDS.get(event["type"])
    payment, amount = (
        ("id", "amount_reversed") if kind == "returned" else ("payment_intent", "amount")
    )
    return Told(
        event_id=event["id"],
        kind="other" if kind is None else kind,
        provider_id="" if kind is None else said[payment],
        taken_back=None if kind is None else Money(said[amount], said["currency"].upper()),
        at=datetime.fromtimestamp(event["created"], UTC),
    )

"""What the provider of our own refuses and how it says so: parameters, test cards, amounts."""

import hmac
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, TypeAlias

Form: TypeAlias = dict[str, str]
Made: TypeAlias = dict[str, Any]

# The parameters of the requests that are answered here, as the SDK's types have them; the contract
# suite holds these to the installed SDK.
PARAMETERS: Mapping[str, frozenset[str]] = {
    "payment_intents": frozenset(
        {"amount", "automatic_payment_methods", "confirm", "currency", "description", "metadata"}
        | {"off_session", "payment_method", "payment_method_data", "payment_method_options"}
        | {"receipt_email", "return_url", "transfer_group"}
    ),
    "confirm": frozenset({"payment_method", "payment_method_options", "return_url", "off_session"}),
    "cancel": frozenset({"cancellation_reason"}),
    "refunds": frozenset({"amount", "charge", "metadata", "payment_intent", "reason"}),
    "transfers": frozenset(
        {"amount", "currency", "description", "destination", "metadata", "source_transaction"}
        | {"transfer_group"}
    ),
    "reversals": frozenset({"amount", "description", "metadata"}),
    "payment_methods": frozenset({"card", "metadata", "type"}),
    "account_links": frozenset({"account", "refresh_url", "return_url", "type"}),
    "accounts": frozenset({"capabilities", "controller", "country", "email", "metadata"}),
}

# Of the preview of shared payment tokens, which the SDK has no types of.
TOKEN_PARAMETERS = frozenset({"payment_method", "usage_limits"})

# Test numbers, what stands for them, and how they decline (docs.stripe.com/testing).
NUMBERS = {
    "4242424242424242": "pm_card_visa",
    "5555555555554444": "pm_card_mastercard",
    "4000000000000002": "pm_card_chargeDeclined",
    "4000000000009995": "pm_card_chargeDeclinedInsufficientFunds",
    "4000000000000069": "pm_card_chargeDeclinedExpiredCard",
    "4000000000000259": "pm_card_createDispute",
    "4000000000003220": "pm_card_threeDSecure2Required",
    "4000002500003155": "pm_card_authenticationRequired",
}
DECLINES = {
    "pm_card_chargeDeclined": "generic_decline",
    "pm_card_chargeDeclinedInsufficientFunds": "insufficient_funds",
    "pm_card_chargeDeclinedExpiredCard": "expired_card",
}
GOOD = {"pm_card_visa", "pm_card_mastercard", "pm_card_createDispute"}
ASKING = {"pm_card_threeDSecure2Required", "pm_card_authenticationRequired"}
PREVIEW = ".preview"
_AMOUNT_MAX = 99_999_999


class Refused(Exception):
    """An answer that is an error, in Stripe's shape."""

    def __init__(self, status: int, kind: str, message: str, **more: object) -> None:
        super().__init__(message)
        self.status = status
        self.body = {"error": {"type": kind, "message": message, **more}}


def signature(secret: str, at: int, body: bytes) -> str:
    """Stripe's signature of a webhook, version 1: HMAC-SHA256 in hexadecimal."""
    return hmac.new(secret.encode(), str(at).encode() + b"." + body, sha256).hexdigest()


def known(names: frozenset[str], form: Form) -> Form:
    """The form itself; raises ``Refused`` for a parameter that is not among the names."""
    for name in form:
        if name.partition("[")[0] not in names:
            raise Refused(
                400,
                "invalid_request_error",
                f"Received unknown parameter: {name}",
                code="parameter_unknown",
                param=name,
            )
    return form


def needed(form: Form, name: str) -> str:
    """A parameter that must be there."""
    if not form.get(name):
        raise Refused(
            400,
            "invalid_request_error",
            f"Missing required param: {name}.",
            code="parameter_missing",
            param=name,
        )
    return form[name]


def amount_of(form: Form, name: str = "amount") -> int:
    """An amount in minor units, of at least one."""
    said = needed(form, name)
    if not said.isascii() or not said.isdigit() or not 1 <= int(said) <= _AMOUNT_MAX:
        raise Refused(
            400,
            "invalid_request_error",
            f"Invalid positive integer: {said}",
            code="parameter_invalid_integer",
            param=name,
        )
    return int(said)


def missing(param: str, name: str) -> Refused:
    """Say that there is no such object."""
    return Refused(
        404,
        "invalid_request_error",
        f"No such object: '{name}'",
        code="resource_missing",
        param=param,
    )

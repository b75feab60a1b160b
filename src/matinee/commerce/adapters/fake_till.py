"""Payments for selling through the provider of our own, without a network and without the SDK."""

import json
from collections.abc import Callable, Mapping
from typing import Any, Protocol
from urllib.parse import urlencode

from matinee.commerce.checkout.model import Heard, Outcome, Tender
from matinee.kit.money import Money
from matinee.rights.errors import PaymentsUnavailable

from .stripe_words import (
    UNEXPECTED,
    charge_asked,
    declined_by,
    flattened,
    heard_by,
    outcome_of,
    reason_of,
    refund_asked,
    version_for,
)

_OK = 200


class Provider(Protocol):
    """A server that speaks Stripe's API in this process."""

    account: str

    def answer(
        self, method: str, path: str, body: str, *, key: str | None = None, version: str = ""
    ) -> tuple[int, dict[str, Any]]:
        """Answer a request: its status and JSON object."""
        ...


class FakeTill:
    """A provider that keeps Stripe's rules in this process; nobody's money moves."""

    test_mode = True

    def __init__(self, provider: Provider, check: Callable[[bytes, str], object]) -> None:
        """Pay through ``provider``; ``check`` raises ``WebhookRefused`` for a false signature."""
        self._provider = provider
        self._check = check

    def charge(self, *, key: str, amount: Money, tender: Tender) -> Outcome:
        """As ``Till.charge``."""
        asked = charge_asked(key, amount, tender)
        return self._outcome("payment_intents", asked, key, version_for(tender) or "")

    def look(self, payment: str) -> Outcome:
        """As ``Till.look``."""
        _, intent = self._provider.answer("GET", f"/v1/payment_intents/{payment}", "")
        return outcome_of(intent)

    def abandon(self, *, key: str, payment: str) -> Outcome:
        """As ``Till.abandon``."""
        made = self._outcome(f"payment_intents/{payment}/cancel", {}, key)
        return self.look(payment) if made.reason == UNEXPECTED else made

    def refund(self, *, key: str, payment: str, amount: Money) -> str | None:
        """As ``Till.refund``."""
        status, answer = self._asked("refunds", refund_asked(key, payment, amount), key)
        return None if status == _OK else reason_of(answer["error"])

    def heard(self, body: bytes, signature: str) -> Heard:
        """As ``Till.heard``."""
        self._check(body, signature)
        return heard_by(json.loads(body), account=self._provider.account)

    def card(self, number: str) -> str | None:
        """What stands for a test card, by its number; None for any other."""
        form = urlencode({"type": "card", "card[number]": number})
        status, made = self._provider.answer("POST", "/v1/payment_methods", form)
        return str(made["id"]) if status == _OK else None

    def bank_answers(self, payment: str, *, passed: bool) -> None:
        """Let the buyer pass or fail 3-D Secure, as the page of their bank does."""
        said = urlencode({"outcome": "passed" if passed else "failed"})
        self._provider.answer("POST", f"/test/3ds/{payment}", said)

    def _outcome(self, path: str, asked: Mapping[str, Any], key: str, version: str = "") -> Outcome:
        status, answer = self._asked(path, asked, key, version)
        return outcome_of(answer) if status == _OK else declined_by(answer["error"])

    def _asked(
        self, path: str, asked: Mapping[str, Any], key: str, version: str = ""
    ) -> tuple[int, dict[str, Any]]:
        form = urlencode(list(flattened(asked)))
        status, answer = self._provider.answer(
            "POST", f"/v1/{path}", form, key=key, version=version
        )
        if status != _OK and answer["error"]["type"] == "idempotency_error":
            raise PaymentsUnavailable("another body under the same key")
        return status, answer

"""A payment provider of our own that speaks Stripe's API and keeps Stripe's rules.

Product code: demos, tests and development pay through it without a key or a network. It enforces
what Stripe enforces and what is easily got wrong: a refund never exceeds its payment, a transfer
never the balance or the charge it comes from, a reversal never its transfer; the same idempotency
key answers the same again and refuses another body; test cards decline as documented
(docs.stripe.com/testing); a parameter that the installed SDK does not have is refused, so that no
wish of ours works here and fails there; webhooks are signed as Stripe signs them. Times come from a
clock and ids are counted, so that the same requests give the same answers.

``FakeStripe.answer`` takes a request and gives an answer; ``adapters.stripe_server`` serves it.
"""

import hmac
import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, TypeAlias
from urllib.parse import parse_qsl

from matinee.kit.clock import Clock

Form: TypeAlias = dict[str, str]
Made: TypeAlias = dict[str, Any]

# The parameters of the requests that are answered here, as the SDK's types have them; the contract
# suite holds these to the installed SDK.
PARAMETERS: Mapping[str, frozenset[str]] = {
    "payment_intents": frozenset(
        {"amount", "automatic_payment_methods", "confirm", "currency", "description", "metadata"}
        | {"off_session", "payment_method", "transfer_group"}
    ),
    "refunds": frozenset({"amount", "charge", "metadata", "payment_intent", "reason"}),
    "transfers": frozenset(
        {"amount", "currency", "description", "destination", "metadata", "source_transaction"}
        | {"transfer_group"}
    ),
    "reversals": frozenset({"amount", "description", "metadata"}),
    "payment_methods": frozenset({"card", "metadata", "type"}),
    "accounts": frozenset({"capabilities", "controller", "country", "email", "metadata"}),
}

# Test numbers, what stands for them, and how they decline.
_NUMBERS = {
    "4242424242424242": "pm_card_visa",
    "4000000000000002": "pm_card_chargeDeclined",
    "4000000000009995": "pm_card_chargeDeclinedInsufficientFunds",
    "4000000000000069": "pm_card_chargeDeclinedExpiredCard",
    "4000000000000259": "pm_card_createDispute",
}
_DECLINES = {
    "pm_card_chargeDeclined": "generic_decline",
    "pm_card_chargeDeclinedInsufficientFunds": "insufficient_funds",
    "pm_card_chargeDeclinedExpiredCard": "expired_card",
}
_GOOD = {"pm_card_visa", "pm_card_createDispute"}
_AMOUNT_MAX = 99_999_999


class Refused(Exception):
    """An answer that is an error, in Stripe's shape."""

    def __init__(self, status: int, kind: str, message: str, **more: str) -> None:
        super().__init__(message)
        self.status = status
        self.body = {"error": {"type": kind, "message": message, **more}}


@dataclass
class FakeStripe:
    """All state of one account with its connected accounts; safe to use from many threads."""

    clock: Clock
    secret: str = "whsec_matinee"  # noqa: S105 - signs what never leaves the machine
    account: str = "acct_platform"
    tell: Callable[[bytes, str], None] | None = None
    balance: dict[str, int] = field(default_factory=dict)
    events: list[Made] = field(default_factory=list)
    _made: dict[str, dict[str, Made]] = field(default_factory=dict)
    _answered: dict[str, tuple[str, int, Made]] = field(default_factory=dict)
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def answer(
        self, method: str, path: str, body: str, *, key: str | None = None
    ) -> tuple[int, Made]:
        """The status and the JSON object that answer a request; ``body`` is form-encoded."""
        with self._lock:
            said = sorted(parse_qsl(body, keep_blank_values=True))
            asked = sha256(repr((method, path, said)).encode()).hexdigest()
            if method == "POST" and key is not None and key in self._answered:
                before, status, answer = self._answered[key]
                if before != asked:
                    return self._refusal(
                        Refused(
                            400,
                            "idempotency_error",
                            f"Keys for idempotent requests can only be used with the same "
                            f"parameters they were first used with ({key}).",
                        )
                    )
                return status, answer
            try:
                made = self._carried_out(method, path, body)
                # A copy: what was answered does not change when the state does.
                status, answer = 200, json.loads(json.dumps(made))
            except Refused as refused:
                status, answer = self._refusal(refused)
            # A request that was not understood may be mended under the same key; a decline stays.
            if method == "POST" and key is not None and status in {200, 402}:
                self._answered[key] = (asked, status, answer)
            return status, answer

    def dispute(self, charge_id: str) -> Made:
        """Let the payer's bank take a payment back, as the card 4000 0000 0000 0259 does."""
        with self._lock:
            charge = self._found("ch", charge_id)
            left = charge["amount"] - charge["amount_refunded"]
            made = self._keep(
                "dp",
                {
                    "object": "dispute",
                    "charge": charge["id"],
                    "payment_intent": charge["payment_intent"],
                    "amount": left,
                    "currency": charge["currency"],
                    "status": "needs_response",
                },
            )
            self._add_balance(charge["currency"], -left)
            self._happened("charge.dispute.funds_withdrawn", made)
            return made

    def win(self, dispute_id: str) -> Made:
        """Let a dispute be decided for the platform."""
        with self._lock:
            made = self._found("dp", dispute_id)
            made["status"] = "won"
            self._add_balance(made["currency"], made["amount"])
            self._happened("charge.dispute.funds_reinstated", made)
            return made

    def close_account(self, account_id: str) -> None:
        """Let a connected account take no more transfers."""
        with self._lock:
            self._found("acct", account_id)["capabilities"] = {"transfers": "inactive"}

    def signed(self, body: bytes) -> str:
        """The header Stripe-Signature for a webhook: HMAC-SHA256 over the time and the body."""
        at = int(self.clock.now().timestamp())
        return f"t={at},v1={signature(self.secret, at, body)}"

    def _carried_out(self, method: str, path: str, body: str) -> Made:
        parts = path.partition("?")[0].strip("/").split("/")
        form = dict(parse_qsl(body, keep_blank_values=True))
        verbs: Mapping[str, Callable[[Form], Made]] = {
            "payment_intents": self._pay,
            "refunds": self._refund,
            "transfers": self._transfer,
            "payment_methods": self._card,
            "accounts": self._connect,
        }
        match (method, *parts):
            case ("POST", "v1", kind) if kind in verbs:
                return verbs[kind](_known(kind, form))
            case ("POST", "v1", "transfers", transfer, "reversals"):
                return self._reverse(transfer, _known("reversals", form))
            case ("GET", "v1", "balance"):
                available = [{"amount": a, "currency": c} for c, a in sorted(self.balance.items())]
                return {"object": "balance", "available": available, "pending": []}
            case ("GET", "v1", kind, name) if kind in _PREFIXES:
                return self._found(_PREFIXES[kind], name)
        raise Refused(404, "invalid_request_error", f"Unrecognized request URL ({method} {path}).")

    def _pay(self, form: Form) -> Made:
        amount, currency = _amount(form), _needed(form, "currency")
        method = _needed(form, "payment_method")
        method = self._made.get("pm", {}).get(method, {}).get("stands_for", method)
        if form.get("confirm") != "true":
            raise Refused(400, "invalid_request_error", "Only confirmed payments are made here.")
        if method in _DECLINES:
            raise Refused(
                402,
                "card_error",
                "Your card was declined.",
                code="card_declined",
                decline_code=_DECLINES[method],
            )
        if method not in _GOOD:
            raise _missing("payment_method", method)
        charge = self._keep(
            "ch",
            {
                "object": "charge",
                "amount": amount,
                "amount_refunded": 0,
                "currency": currency,
                "refunded": False,
                "status": "succeeded",
                "transferred": 0,
            },
        )
        made = self._keep(
            "pi",
            {
                "object": "payment_intent",
                "amount": amount,
                "amount_received": amount,
                "currency": currency,
                "latest_charge": charge["id"],
                "status": "succeeded",
                "transfer_group": form.get("transfer_group"),
            },
        )
        charge["payment_intent"] = made["id"]
        self._add_balance(currency, amount)
        self._happened("payment_intent.succeeded", made)
        if method == "pm_card_createDispute":
            self.dispute(charge["id"])
        return made

    def _refund(self, form: Form) -> Made:
        if "charge" in form:
            charge = self._found("ch", form["charge"])
        else:
            payment = self._found("pi", _needed(form, "payment_intent"))
            charge = self._found("ch", payment["latest_charge"])
        left = charge["amount"] - charge["amount_refunded"]
        amount = _amount(form) if "amount" in form else left
        if amount > left or left == 0:
            code = "charge_already_refunded" if left == 0 else "amount_too_large"
            raise Refused(
                400,
                "invalid_request_error",
                f"Refund amount ({amount}) is greater than unrefunded amount on charge ({left}).",
                code=code,
            )
        charge["amount_refunded"] += amount
        charge["refunded"] = charge["amount_refunded"] == charge["amount"]
        self._add_balance(charge["currency"], -amount)
        made = self._keep(
            "re",
            {
                "object": "refund",
                "amount": amount,
                "charge": charge["id"],
                "currency": charge["currency"],
                "payment_intent": charge["payment_intent"],
                "reason": form.get("reason"),
                "status": "succeeded",
            },
        )
        self._happened("refund.created", made)
        return made

    def _transfer(self, form: Form) -> Made:
        amount, currency = _amount(form), _needed(form, "currency")
        account = self._found("acct", _needed(form, "destination"))
        if account["capabilities"].get("transfers") != "active":
            raise Refused(
                400,
                "invalid_request_error",
                "Your destination account needs to have the capability transfers enabled.",
                code="insufficient_capabilities_for_transfer",
            )
        if "source_transaction" in form:
            source = self._found("ch", form["source_transaction"])
            if source["transferred"] + amount > source["amount"]:
                raise Refused(400, "invalid_request_error", "The charge is too small for this.")
            source["transferred"] += amount
        elif amount > self.balance.get(currency, 0):
            raise Refused(
                400,
                "invalid_request_error",
                "You have insufficient available funds in your Stripe account.",
                code="balance_insufficient",
            )
        self._add_balance(currency, -amount)
        account["received"][currency] = account["received"].get(currency, 0) + amount
        made = self._keep(
            "tr",
            {
                "object": "transfer",
                "amount": amount,
                "amount_reversed": 0,
                "currency": currency,
                "destination": account["id"],
                "reversed": False,
                "transfer_group": form.get("transfer_group"),
            },
        )
        self._happened("transfer.created", made)
        return made

    def _reverse(self, transfer_id: str, form: Form) -> Made:
        transfer = self._found("tr", transfer_id)
        account = self._found("acct", transfer["destination"])
        left = transfer["amount"] - transfer["amount_reversed"]
        amount = _amount(form) if "amount" in form else left
        currency = transfer["currency"]
        if amount > left or amount > account["received"].get(currency, 0):
            raise Refused(400, "invalid_request_error", f"{amount} is more than is left ({left}).")
        transfer["amount_reversed"] += amount
        transfer["reversed"] = transfer["amount_reversed"] == transfer["amount"]
        account["received"][currency] -= amount
        self._add_balance(currency, amount)
        return self._keep(
            "trr",
            {
                "object": "transfer_reversal",
                "amount": amount,
                "currency": currency,
                "transfer": transfer["id"],
            },
        )

    def _card(self, form: Form) -> Made:
        number = form.get("card[number]", "").replace(" ", "")
        if form.get("type") != "card" or number not in _NUMBERS:
            raise Refused(
                402, "card_error", "Your card number is incorrect.", code="incorrect_number"
            )
        card = {"last4": number[-4:], "brand": "visa"}
        return self._keep(
            "pm",
            {
                "object": "payment_method",
                "type": "card",
                "card": card,
                "stands_for": _NUMBERS[number],
            },
        )

    def _connect(self, form: Form) -> Made:
        return self._keep(
            "acct",
            {
                "object": "account",
                "country": form.get("country", "US"),
                "email": form.get("email"),
                "capabilities": {"transfers": "active"},
                "received": {},
            },
        )

    def _keep(self, prefix: str, said: Made) -> Made:
        kept = self._made.setdefault(prefix, {})
        made = {
            "id": f"{prefix}_fake{len(kept) + 1:06d}",
            "created": int(self.clock.now().timestamp()),
            "livemode": False,
            **said,
        }
        kept[made["id"]] = made
        return made

    def _found(self, prefix: str, name: str) -> Made:
        try:
            return self._made[prefix][name]
        except KeyError:
            raise _missing("id", name) from None

    def _add_balance(self, currency: str, minor: int) -> None:
        self.balance[currency] = self.balance.get(currency, 0) + minor

    def _happened(self, kind: str, said: Made) -> None:
        event = {
            "id": f"evt_fake{len(self.events) + 1:06d}",
            "object": "event",
            "type": kind,
            "account": self.account,
            "created": int(self.clock.now().timestamp()),
            "livemode": False,
            "data": {"object": json.loads(json.dumps(said))},
        }
        self.events.append(event)
        if self.tell is not None:
            body = json.dumps(event).encode()
            self.tell(body, self.signed(body))

    @staticmethod
    def _refusal(refused: Refused) -> tuple[int, Made]:
        return refused.status, refused.body


_PREFIXES = {
    "payment_intents": "pi",
    "charges": "ch",
    "refunds": "re",
    "transfers": "tr",
    "accounts": "acct",
    "disputes": "dp",
}


def signature(secret: str, at: int, body: bytes) -> str:
    """Stripe's signature of a webhook, version 1: HMAC-SHA256 in hexadecimal."""
    return hmac.new(secret.encode(), str(at).encode() + b"." + body, sha256).hexdigest()


def _known(kind: str, form: Form) -> Form:
    for name in form:
        if name.partition("[")[0] not in PARAMETERS[kind]:
            raise Refused(
                400,
                "invalid_request_error",
                f"Received unknown parameter: {name}",
                code="parameter_unknown",
                param=name,
            )
    return form


def _needed(form: Form, name: str) -> str:
    if not form.get(name):
        raise Refused(
            400,
            "invalid_request_error",
            f"Missing required param: {name}.",
            code="parameter_missing",
            param=name,
        )
    return form[name]


def _amount(form: Form) -> int:
    said = _needed(form, "amount")
    if not said.isascii() or not said.isdigit() or not 1 <= int(said) <= _AMOUNT_MAX:
        raise Refused(
            400,
            "invalid_request_error",
            f"Invalid positive integer: {said}",
            code="parameter_invalid_integer",
            param="amount",
        )
    return int(said)


def _missing(param: str, name: str) -> Refused:
    return Refused(
        404,
        "invalid_request_error",
        f"No such object: '{name}'",
        code="resource_missing",
        param=param,
    )

"""A payment provider of our own that speaks Stripe's API and keeps Stripe's rules.

Product code: demos, tests and development pay through it without a key or a network. It enforces
what Stripe enforces and what is easily got wrong: a refund never exceeds its payment, a transfer
never the balance or the charge it comes from, a reversal never its transfer; a shared payment token
is used once, within its limits and its time; the same idempotency key answers the same again for a
day and refuses another body; test cards decline or ask for 3-D Secure as documented; a parameter
that the installed SDK does not have is refused, so that no wish of ours works here and fails there;
webhooks are signed as Stripe signs them and told again until they are taken. Times come from a
clock and ids are counted, so that the same requests give the same answers.

``FakeStripe.answer`` takes a request and gives an answer; ``adapters.stripe_server`` serves it.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from urllib.parse import parse_qsl

from matinee.kit import errors, logs
from matinee.kit.clock import Clock

from . import moving, paying
from .rules import PARAMETERS, Form, Made, Refused, known, signature
from .shelf import Counter, MemoryShelf, Shelf

__all__ = ["PARAMETERS", "FakeStripe", "MemoryShelf", "signature"]

log = logs.logger(__name__)

_KEY_KEPT_S = 24 * 3_600
_DECLINED = 402
_PREFIXES = {
    "payment_intents": "pi",
    "charges": "ch",
    "refunds": "re",
    "transfers": "tr",
    "accounts": "acct",
    "disputes": "dp",
    "events": "evt",
    "payment_methods": "pm",
}
_MAKERS: Mapping[str, Callable[[Counter, Form], Made]] = {
    "refunds": paying.refund,
    "transfers": moving.transfer,
    "payment_methods": paying.card,
    "accounts": moving.connect,
    "account_links": moving.link,
}
_CHANGERS: Mapping[tuple[str, str], Callable[[Counter, str, Form], Made]] = {
    ("payment_intents", "confirm"): paying.confirm,
    ("payment_intents", "cancel"): paying.cancel,
    ("transfers", "reversals"): moving.reverse,
}


@dataclass
class FakeStripe:
    """All state of one account with its connected accounts; safe to use from many threads.

    ``tell`` takes a webhook's body and its signature; one that raises is told again.
    """

    clock: Clock
    secret: str = "whsec_matinee"  # noqa: S105 - signs what never leaves the machine
    account: str = "acct_platform"
    tell: Callable[[bytes, str], None] | None = None
    shelf: Shelf = field(default_factory=MemoryShelf)

    @property
    def balance(self) -> dict[str, int]:
        """What the account holds, by currency, in minor units."""
        with self._at_counter() as counter:
            return counter.balance()

    @property
    def events(self) -> list[Made]:
        """Everything that happened, in order."""
        with self._at_counter() as counter:
            return counter.all("evt")

    def answer(
        self, method: str, path: str, body: str, *, key: str | None = None, version: str = ""
    ) -> tuple[int, Made]:
        """The status and the JSON object that answer a request; ``body`` is form-encoded.

        ``version`` is the header Stripe-Version.
        """
        answered = self._answered(method, path, body, key, version)
        self.tell_waiting()
        return answered

    def dispute(self, charge_id: str) -> Made:
        """Let the payer's bank take a payment back, as the card 4000 0000 0000 0259 does."""
        with self._at_counter() as counter:
            made = paying.dispute(counter, charge_id)
        self.tell_waiting()
        return made

    def win(self, dispute_id: str) -> Made:
        """Let a dispute be decided for the platform."""
        with self._at_counter() as counter:
            made = paying.win(counter, dispute_id)
        self.tell_waiting()
        return made

    def authenticate(self, intent: str, *, passed: bool) -> Made:
        """Let the payer pass or fail 3-D Secure on the page of their bank; raises ``Refused``."""
        with self._at_counter() as counter:
            made = paying.authenticate(counter, intent, passed=passed)
        self.tell_waiting()
        return made

    def onboard(self, account_id: str) -> Made:
        """Let the owner of a connected account answer all that Stripe asks."""
        with self._at_counter() as counter:
            made = moving.onboard(counter, account_id)
        self.tell_waiting()
        return made

    def close_account(self, account_id: str) -> None:
        """Let a connected account take no more transfers."""
        with self._at_counter() as counter:
            counter.found("acct", account_id)["capabilities"] = {"transfers": "inactive"}

    def signed(self, body: bytes) -> str:
        """The header Stripe-Signature for a webhook: HMAC-SHA256 over the time and the body."""
        at = int(self.clock.now().timestamp())
        return f"t={at},v1={signature(self.secret, at, body)}"

    def tell_waiting(self) -> int:
        """Tell what has not been taken yet, in order; returns how many were taken."""
        if self.tell is None:
            return 0
        with self._at_counter() as counter:
            waiting = [counter.found("evt", name) for name in counter.names("untold")]
        taken = 0
        for event in waiting:
            body = json.dumps(event).encode()
            try:
                self.tell(body, self.signed(body))
            except errors.MatineeError as error:
                log.warning("webhook_not_taken", kind=event["type"], code=error.code)
                continue
            with self._at_counter() as counter:
                counter.drop("untold", event["id"])
            taken += 1
        return taken

    @contextmanager
    def _at_counter(self) -> Iterator[Counter]:
        with self.shelf.held() as hold:
            counter = Counter(hold, self.clock, self.account)
            yield counter
            counter.write()

    def _answered(
        self, method: str, path: str, body: str, key: str | None, version: str
    ) -> tuple[int, Made]:
        said = sorted(parse_qsl(body, keep_blank_values=True))
        asked = sha256(repr((method, path, said)).encode()).hexdigest()
        with self._at_counter() as counter:
            before = counter.lookup("key", key) if method == "POST" and key is not None else None
            if before is not None and counter.now < before["at"] + _KEY_KEPT_S:
                if before["asked"] != asked:
                    refused = Refused(
                        400,
                        "idempotency_error",
                        "Keys for idempotent requests can only be used with the same parameters "
                        f"they were first used with ({key}).",
                    )
                    return refused.status, refused.body
                return before["status"], before["answer"]
            try:
                made = _carried_out(counter, method, path, body, version)
                # A copy: what was answered does not change when the state does.
                status, answer = 200, json.loads(json.dumps(made))
            except Refused as refused:
                status, answer = refused.status, json.loads(json.dumps(refused.body))
            # A request that was not understood may be mended under the same key; a decline stays.
            if method == "POST" and key is not None and status in {200, _DECLINED}:
                kept = {"asked": asked, "status": status, "answer": answer, "at": counter.now}
                counter.set("key", key, kept)
            return status, answer


def _carried_out(counter: Counter, method: str, path: str, body: str, version: str) -> Made:
    parts = path.partition("?")[0].strip("/").split("/")
    form = dict(parse_qsl(body, keep_blank_values=True))
    if (method, parts) == ("POST", ["v1", "payment_intents"]):
        return paying.pay(counter, known(PARAMETERS["payment_intents"], form), version=version)
    match (method, *parts):
        case ("POST", "v1", kind) if kind in _MAKERS:
            return _MAKERS[kind](counter, known(PARAMETERS[kind], form))
        case ("POST", "v1", kind, name, verb) if (kind, verb) in _CHANGERS:
            return _CHANGERS[kind, verb](counter, name, known(PARAMETERS[verb], form))
        case ("POST", "test", *rest):
            return _page(counter, rest, form)
        case (_, "v1", *rest) if rest[:1] == ["balance"] or "shared_payment" in rest:
            return _special(counter, method, rest, form)
        case ("GET", "v1", kind, name) if kind in _PREFIXES:
            return counter.found(_PREFIXES[kind], name)
    raise Refused(404, "invalid_request_error", f"Unrecognized request URL ({method} {path}).")


def _page(counter: Counter, rest: list[str], form: Form) -> Made:
    """What somebody does on a page of their bank's or of Stripe's, in test mode."""
    match rest:
        case ["3ds", intent]:
            return paying.authenticate(counter, intent, passed=form.get("outcome") == "passed")
        case ["onboarding", account]:
            return moving.onboard(counter, account)
    raise Refused(404, "invalid_request_error", "Unrecognized request URL.")


def _special(counter: Counter, method: str, rest: list[str], form: Form) -> Made:
    match (method, *rest):
        case ("POST", "test_helpers", "shared_payment", "granted_tokens"):
            return paying.grant(counter, form)
        case ("POST", "test_helpers", "shared_payment", "granted_tokens", token, "revoke"):
            return paying.revoke(counter, token)
        case ("GET", "shared_payment", "granted_tokens", token):
            return counter.found("spt", token)
        case ("GET", "balance"):
            held = sorted(counter.balance().items())
            available = [{"amount": amount, "currency": currency} for currency, amount in held]
            return {"object": "balance", "available": available, "pending": []}
    raise Refused(404, "invalid_request_error", "Unrecognized request URL.")

"""One suite for payments of sales: our own provider in process, and Stripe's SDK over HTTP."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

import pytest

from matinee.commerce.adapters.fake_till import FakeTill
from matinee.commerce.adapters.stripe_till import StripeTill
from matinee.commerce.checkout.model import Authentication, Method, Tender, Till
from matinee.kit import db
from matinee.kit.clock import ManualClock, SystemClock
from matinee.kit.money import Money
from matinee.rights.adapters.fake_payments import FakePayments
from matinee.rights.adapters.fake_stripe import FakeStripe
from matinee.rights.adapters.stripe_server import served
from matinee.rights.errors import PaymentsUnavailable, WebhookRefused
from matinee.rights.shelf_store import DatabaseShelf

EUR_10 = Money(1_000, "EUR")
PREVIEW = "2026-04-22.preview"
SECURE = Authentication(cryptogram="AAAA", indicator="05", transaction_id="d7c1", version="2.2.0")


@dataclass
class Counter:
    """A provider, a till that pays through it, and what it told."""

    stripe: FakeStripe
    till: Till
    clock: ManualClock
    told: list[tuple[bytes, str]]

    def pay(self, key: str = "p1", *, card: str = "pm_card_visa", amount: Money = EUR_10) -> str:
        made = self.till.charge(key=key, amount=amount, tender=card_of(card))
        assert made.state == "paid"
        assert made.provider_id is not None
        return made.provider_id

    def token(self, **limits: object) -> str:
        said = {"currency": "eur", "max_amount": 1_000, **limits}
        form = {"payment_method": "pm_card_visa"} | {
            f"usage_limits[{name}]": value for name, value in said.items()
        }
        path = "/v1/test_helpers/shared_payment/granted_tokens"
        status, made = self.stripe.answer("POST", path, urlencode(form))
        assert status == 200
        return str(made["id"])


def card_of(name: str, **more: object) -> Tender:
    return Tender(method=Method(token=name), **more)  # type: ignore[arg-type]


def shared(token: str) -> Tender:
    return Tender(method=Method(kind="shared_token", token=token))


@pytest.fixture(params=["fake", "sdk"])
def counter(request: pytest.FixtureRequest) -> Iterator[Counter]:
    told: list[tuple[bytes, str]] = []
    clock = ManualClock(SystemClock().now())
    stripe = FakeStripe(clock, tell=lambda body, signed: told.append((body, signed)))
    if request.param == "fake":
        till = FakeTill(stripe, FakePayments(stripe, clock).told)
        yield Counter(stripe, till, clock, told)
        return
    with served(stripe) as address:
        sdk = StripeTill("sk_test_x", secret=stripe.secret, account=stripe.account, address=address)
        yield Counter(stripe, sdk, clock, told)


def test_a_sale_is_charged_once_under_its_key_and_marked_as_a_test(counter: Counter) -> None:
    assert counter.pay() == counter.pay()
    assert counter.stripe.balance == {"eur": 1_000}
    assert counter.till.test_mode
    with pytest.raises(PaymentsUnavailable):
        counter.pay(amount=Money(2_000, "EUR"))
    counter.clock.advance(timedelta(hours=25))
    assert (
        counter.pay()
        != counter.till.charge(key="p2", amount=EUR_10, tender=card_of("pm_card_visa")).provider_id
    )


def test_a_declined_card_says_why(counter: Counter) -> None:
    for card, reason in (
        ("pm_card_chargeDeclined", "generic_decline"),
        ("pm_card_chargeDeclinedInsufficientFunds", "insufficient_funds"),
        ("pm_unknown", "resource_missing"),
    ):
        made = counter.till.charge(key=card, amount=EUR_10, tender=card_of(card))
        assert (made.state, made.reason) == ("declined", reason)
    assert counter.stripe.balance == {}


def test_a_bank_that_asks_is_answered_or_given_up(counter: Counter) -> None:
    card = "pm_card_threeDSecure2Required"
    tender = card_of(card, back_url="https://shop.example/back")
    asked = counter.till.charge(key="a", amount=EUR_10, tender=tender)
    assert (asked.state, bool(asked.action_url)) == ("asks", True)
    assert asked.provider_id is not None
    counter.stripe.authenticate(asked.provider_id, passed=True)
    assert counter.till.look(asked.provider_id).state == "paid"
    # What was made cannot be given up any more, and says so.
    assert counter.till.abandon(key="a/x", payment=asked.provider_id).state == "paid"

    failed = counter.till.charge(key="b", amount=EUR_10, tender=tender).provider_id or ""
    counter.stripe.authenticate(failed, passed=False)
    seen = counter.till.look(failed)
    assert (seen.state, seen.reason) == ("declined", "authentication_failed")

    left = counter.till.charge(key="c", amount=EUR_10, tender=tender).provider_id or ""
    gone = counter.till.abandon(key="c/x", payment=left)
    assert (gone.state, gone.reason) == ("declined", "given_up")

    done = card_of(card, authentication=SECURE)
    assert counter.till.charge(key="d", amount=EUR_10, tender=done).state == "paid"
    assert counter.stripe.balance == {"eur": 2_000}


def test_a_shared_token_pays_once_within_its_limits_and_its_time(counter: Counter) -> None:
    def charged(key: str, token: str, amount: Money = EUR_10) -> str:
        made = counter.till.charge(key=key, amount=amount, tender=shared(token))
        return made.state if made.state == "paid" else made.reason

    good = counter.token()
    assert charged("a", good) == "paid"
    assert charged("b", good) == "shared_payment_token_unusable"  # it was used
    assert charged("c", counter.token(), Money(1_001, "EUR")) == "shared_payment_token_unusable"
    assert charged("d", counter.token(), Money(1_000, "USD")) == "shared_payment_token_unusable"
    old = counter.token(expires_at=int(counter.clock.now().timestamp()) + 60)
    counter.clock.advance(timedelta(seconds=61))
    assert charged("e", old) == "shared_payment_token_unusable"
    revoked = counter.token()
    path = f"/v1/test_helpers/shared_payment/granted_tokens/{revoked}/revoke"
    counter.stripe.answer("POST", path, "")
    assert charged("f", revoked) == "shared_payment_token_unusable"
    assert charged("g", "spt_none") == "resource_missing"
    assert counter.stripe.balance == {"eur": 1_000}


def test_refunds_have_bounds_and_their_own_are_known_again(counter: Counter) -> None:
    payment = counter.pay()

    def back(key: str, minor: int) -> str | None:
        return counter.till.refund(key=key, payment=payment, amount=Money(minor, "EUR"))

    assert back("refund_1", 600) is None
    assert back("refund_1", 600) is None
    assert back("refund_2", 401) == "amount_too_large"
    assert back("refund_3", 400) is None
    assert back("refund_4", 1) == "charge_already_refunded"
    assert counter.stripe.balance == {"eur": 0}
    told = [counter.till.heard(*_signed(counter, one)) for one in counter.told]
    assert [one.kind for one in told] == ["settled", "refunded", "refunded"]
    assert [one.refund_id for one in told] == [None, "refund_1", "refund_3"]
    assert {one.provider_id for one in told} == {payment}


def test_what_is_told_must_be_signed(counter: Counter) -> None:
    counter.pay("p", card="pm_card_createDispute")
    body, signed = _signed(counter, counter.told[1])
    heard = counter.till.heard(body, signed)
    assert (heard.kind, heard.amount) == ("charged_back", EUR_10)
    for false in ("", "t=1,v1=00", signed.replace("v1=", "v1=0")):
        with pytest.raises(WebhookRefused):
            counter.till.heard(body, false)
    foreign = json.dumps({**json.loads(body), "account": "acct_other"}).encode()
    with pytest.raises(WebhookRefused):
        counter.till.heard(foreign, counter.stripe.signed(foreign))


def test_a_shared_token_needs_the_preview_of_the_api() -> None:
    stripe = FakeStripe(SystemClock())
    form = {
        "amount": 1_000,
        "currency": "eur",
        "confirm": "true",
        "payment_method_data[shared_payment_granted_token]": "spt_x",
    }
    status, answer = stripe.answer("POST", "/v1/payment_intents", urlencode(form))
    assert (status, answer["error"]["code"]) == (400, "parameter_unknown")


def test_the_provider_of_our_own_keeps_what_it_knows_over_a_restart(database: db.Database) -> None:
    clock = SystemClock()
    told: list[bytes] = []

    def till_of(tell: bool) -> tuple[FakeStripe, FakeTill]:  # noqa: FBT001 - a test's own
        hears = (lambda body, _: told.append(body)) if tell else None
        stripe = FakeStripe(clock, shelf=DatabaseShelf(database), tell=hears)
        return stripe, FakeTill(stripe, FakePayments(stripe, clock).told)

    _, till = till_of(tell=False)
    made = till.charge(key="p", amount=EUR_10, tender=card_of("pm_card_visa"))
    again_stripe, again = till_of(tell=True)
    assert again.charge(key="p", amount=EUR_10, tender=card_of("pm_card_visa")) == made
    assert again.look(made.provider_id or "").state == "paid"
    assert again.refund(key="r", payment=made.provider_id or "", amount=EUR_10) is None
    assert again_stripe.balance == {"eur": 0}
    # What nobody heard before the restart is told after it, in order.
    assert [json.loads(one)["type"] for one in told] == [
        "payment_intent.succeeded",
        "refund.created",
    ]


def _signed(counter: Counter, told: tuple[bytes, str]) -> tuple[bytes, str]:
    """The same webhook, signed by the clock of this machine, which the SDK looks at."""
    at = ManualClock(SystemClock().now())
    counter.clock.advance(at.now() - counter.clock.now())
    return told[0], counter.stripe.signed(told[0])

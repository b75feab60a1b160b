"""One suite for the payment provider of our own and for Stripe's SDK speaking to it over HTTP."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from stripe import params

from matinee.kit.clock import ManualClock, SystemClock
from matinee.kit.money import Money
from matinee.rights.adapters.fake_payments import FakePayments
from matinee.rights.adapters.fake_stripe import PARAMETERS, FakeStripe
from matinee.rights.adapters.stripe_payments import StripePayments
from matinee.rights.adapters.stripe_server import served
from matinee.rights.errors import PaymentDeclined, PaymentsUnavailable, WebhookRefused
from matinee.rights.model import Payments

EUR_10 = Money(1_000, "EUR")
SDK_TYPES = {
    "payment_intents": params.PaymentIntentCreateParams,
    "confirm": params.PaymentIntentConfirmParams,
    "cancel": params.PaymentIntentCancelParams,
    "refunds": params.RefundCreateParams,
    "transfers": params.TransferCreateParams,
    "reversals": params.TransferReversalCreateParams,
    "payment_methods": params.PaymentMethodCreateParams,
    "account_links": params.AccountLinkCreateParams,
    "accounts": params.AccountCreateParams,
}


@dataclass
class Desk:
    """A provider with a connected account, and what it told."""

    stripe: FakeStripe
    payments: Payments
    account: str
    told: list[tuple[bytes, str]]


@pytest.fixture(params=["fake", "sdk"])
def desk(request: pytest.FixtureRequest) -> Iterator[Desk]:
    told: list[tuple[bytes, str]] = []
    stripe = FakeStripe(SystemClock(), tell=lambda body, signed: told.append((body, signed)))
    _, account = stripe.answer("POST", "/v1/accounts", urlencode({"country": "DE"}))
    if request.param == "fake":
        yield Desk(stripe, FakePayments(stripe, SystemClock()), account["id"], told)
        return
    with served(stripe) as address:
        sdk = StripePayments(
            "sk_test_x", secret=stripe.secret, account=stripe.account, address=address
        )
        yield Desk(stripe, sdk, account["id"], told)


def paid(desk: Desk, key: str = "c1", amount: Money = EUR_10) -> str:
    return desk.payments.charge(key=key, amount=amount, method="pm_card_visa", group="g")


def test_a_charge_is_made_once_under_its_key_and_another_body_is_refused(desk: Desk) -> None:
    assert paid(desk) == paid(desk)
    assert desk.stripe.balance == {"eur": 1_000}
    with pytest.raises(PaymentsUnavailable, match="another body"):
        paid(desk, amount=Money(2_000, "EUR"))


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        ("4000000000000002", "generic_decline"),
        ("4000000000009995", "insufficient_funds"),
        ("4000000000000069", "expired_card"),
    ],
)
def test_test_numbers_decline_as_documented(desk: Desk, number: str, reason: str) -> None:
    form = urlencode({"type": "card", "card[number]": number})
    _, card = desk.stripe.answer("POST", "/v1/payment_methods", form)
    for _ in range(2):  # a decline is answered again under its key
        with pytest.raises(PaymentDeclined) as declined:
            desk.payments.charge(key="c1", amount=EUR_10, method=card["id"], group="g")
        assert declined.value.details["reason"] == reason
    assert desk.stripe.balance == {}


def test_refunds_never_exceed_their_payment(desk: Desk) -> None:
    payment = paid(desk)
    desk.payments.refund(key="r1", payment=payment, amount=Money(600, "EUR"))
    with pytest.raises(PaymentDeclined, match="amount_too_large"):
        desk.payments.refund(key="r2", payment=payment, amount=Money(401, "EUR"))
    desk.payments.refund(key="r3", payment=payment, amount=Money(400, "EUR"))
    with pytest.raises(PaymentDeclined, match="charge_already_refunded"):
        desk.payments.refund(key="r4", payment=payment, amount=Money(1, "EUR"))
    assert desk.stripe.balance == {"eur": 0}


def test_transfers_never_exceed_the_balance_and_reversals_never_their_transfer(desk: Desk) -> None:
    def send(key: str, minor: int) -> str:
        return desk.payments.transfer(
            key=key, amount=Money(minor, "EUR"), destination=desk.account, group="g"
        )

    paid(desk)
    first = send("t1", 700)
    with pytest.raises(PaymentDeclined, match="balance_insufficient"):
        send("t2", 301)
    desk.payments.reverse_transfer(key="v1", transfer=first, amount=Money(300, "EUR"))
    with pytest.raises(PaymentDeclined):
        desk.payments.reverse_transfer(key="v2", transfer=first, amount=Money(401, "EUR"))
    desk.stripe.close_account(desk.account)
    with pytest.raises(PaymentDeclined, match="insufficient_capabilities_for_transfer"):
        send("t3", 1)
    assert desk.stripe.balance == {"eur": 600}


def test_webhooks_are_taken_only_with_a_good_signature_of_the_own_account(desk: Desk) -> None:
    payment = paid(desk)
    desk.payments.refund(key="r1", payment=payment, amount=Money(600, "EUR"))
    body, signed = desk.told[-1]
    told = desk.payments.told(body, signed)
    assert (told.kind, told.provider_id, told.taken_back) == (
        "refunded",
        payment,
        Money(600, "EUR"),
    )
    with pytest.raises(WebhookRefused):
        desk.payments.told(body.replace(b"600", b"700"), signed)
    with pytest.raises(WebhookRefused):
        desk.payments.told(body, "t=1,v1=00")
    with pytest.raises(WebhookRefused):
        desk.payments.told(body, "nothing")
    old = ManualClock(SystemClock().now() - timedelta(minutes=6))
    with pytest.raises(WebhookRefused):
        desk.payments.told(body, FakeStripe(old).signed(body))
    foreign = json.dumps({**json.loads(body), "account": "acct_other"}).encode()
    with pytest.raises(WebhookRefused, match="acct_other"):
        desk.payments.told(foreign, desk.stripe.signed(foreign))


def test_a_dispute_takes_the_money_and_a_won_one_gives_it_back(desk: Desk) -> None:
    payment = desk.payments.charge(
        key="c1", amount=EUR_10, method="pm_card_createDispute", group="g"
    )
    assert desk.stripe.balance == {"eur": 0}
    desk.stripe.win("dp_fake000001")
    kinds = [desk.payments.told(*one).kind for one in desk.told]
    assert kinds == ["other", "charged_back", "reinstated"]
    assert {desk.payments.told(*one).provider_id for one in desk.told[1:]} == {payment}
    assert desk.stripe.balance == {"eur": 1_000}


def test_a_parameter_that_stripe_does_not_have_is_refused() -> None:
    stripe = FakeStripe(SystemClock())
    status, answer = stripe.answer("POST", "/v1/refunds", urlencode({"amount": 1, "because": "x"}))
    assert (status, answer["error"]["param"]) == (400, "because")


def test_every_parameter_that_is_answered_is_one_of_the_installed_sdk() -> None:
    assert PARAMETERS.keys() == SDK_TYPES.keys()
    for kind, names in PARAMETERS.items():
        assert names <= set(SDK_TYPES[kind].__annotations__), kind


def test_a_provider_that_does_not_answer_is_asked_again_later() -> None:
    with served(FakeStripe(SystemClock())) as address:
        gone = address
    sdk = StripePayments("sk_test_x", secret="s", account="a", address=gone)  # noqa: S106 - none
    with pytest.raises(PaymentsUnavailable):
        sdk.charge(key="c", amount=EUR_10, method="pm_card_visa", group="g")

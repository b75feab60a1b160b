"""Buying and selling on a database: what goes wrong is said, and nothing is lost or paid twice."""

import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from matinee.commerce import store as catalogue
from matinee.commerce.checkout import actions, booking, hearing, leaving, orders, settling
from matinee.commerce.checkout import store as sales
from matinee.commerce.checkout.actions import Caller, Wish
from matinee.commerce.checkout.errors import (
    AgentRefused,
    CheckoutClosed,
    CheckoutNotFound,
    CurrencyUnsold,
    LineUnknown,
    OrderDisputed,
    OrderNotFound,
    PaymentUnderWay,
    ReturnTooLate,
    ShopsMixed,
    UnitsExceeded,
)
from matinee.commerce.checkout.model import (
    ORDER_CHANGED,
    Address,
    Buyer,
    Checkout,
    Method,
    Order,
    Outcome,
    Parcel,
    Tender,
)
from matinee.kit import db
from matinee.kit.clock import SystemClock
from matinee.kit.events import Event
from matinee.kit.money import Money
from matinee.people import Person
from matinee.people import store as people_store
from matinee.rights.adapters.stripe_server import served
from matinee.rights.errors import PaymentsUnavailable
from selling_builders import (
    ADA,
    OSLO,
    RATES,
    THREE_D_SECURE,
    Market,
    a_product,
    a_shop,
    eur,
)

MICRO = 1_000_000
VISA = "pm_card_visa"


@pytest.fixture
def market(database: db.Database) -> Market:
    return Market(database).furnish()


def codes(checkout: Checkout) -> list[str]:
    return [one.code for one in checkout.remarks]


def test_a_basket_is_filled_paid_and_booked_to_everybody(market: Market) -> None:
    touches = [market.touched("film_1"), market.touched("film_unknown")]
    checkout = market.open({"variant_shirt": 2, "variant_socks": 1}, touches=touches)
    # 80.00 + 9.99 + 5.00 of shipping, and 25 % on top of all.
    assert (checkout.ready, checkout.bill.total) == (True, eur(11_874))
    done = market.pay(checkout)
    assert done.status == "completed"
    order = market.order(checkout)
    assert (order.bill.total, order.status, order.number) == (eur(11_874), "confirmed", 1)
    assert (market.stock("shirt"), market.stock("socks")) == (8, 2)
    assert market.stripe.balance == {"eur": 11_874}
    # Of 89.99 without tax the films get a tenth, of which the platform keeps a tenth; the
    # platform's fee is a twentieth of what was sold.
    net, commission = 8_999 * MICRO, 8_999 * MICRO // 10
    assert market.held(booking.PROVIDER, "payments") == -11_874 * MICRO
    assert market.held(booking.TAX, "person_seller") == 2_375 * MICRO
    assert market.held(booking.COMMISSION, "shop_1") == 0
    assert market.earned("person_maker") == commission * 9 // 10
    assert market.earned("platform") == net // 20 + commission // 10
    assert market.earned("person_seller") == net + 500 * MICRO - net // 20 - commission
    assert market.books_hold()


def test_a_completed_checkout_is_not_paid_again_however_it_is_sent(market: Market) -> None:
    checkout = market.open()
    first = market.order_payment(checkout)
    assert first is not None
    with pytest.raises(PaymentUnderWay):
        market.order_payment(checkout)
    assert settling.settle(market.database, first, market.room)
    assert not settling.settle(market.database, first, market.room)
    assert market.order_payment(checkout) is None
    assert market.stripe.balance == {"eur": 5_625}
    with pytest.raises(CheckoutClosed):
        market.change(checkout, units={"variant_socks": 1})


def test_a_process_that_dies_around_the_charge_charges_once_and_keeps_the_order(
    market: Market,
) -> None:
    checkout = market.open()
    payment = market.order_payment(checkout)
    assert payment is not None

    class Dying:
        """Charges, and dies with the answer in its hand."""

        test_mode = True

        def charge(self, **asked: object) -> Outcome:
            market.till.charge(**asked)  # type: ignore[arg-type]
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        settling.settle(market.database, payment, replace(market.room, till=Dying()))  # type: ignore[arg-type]
    assert market.stripe.balance == {"eur": 5_625}
    assert market.seen(checkout).status == "paying"
    assert settling.sweep(market.database, market.room) == 0  # it may still be in a living hand
    market.clock.advance(settling.IN_HAND)
    assert settling.sweep(market.database, market.room) == 1
    assert market.seen(checkout).status == "completed"
    assert market.stripe.balance == {"eur": 5_625}
    assert settling.sweep(market.database, market.room) == 0
    assert market.books_hold()


def test_a_provider_that_does_not_answer_is_asked_again_and_nothing_is_lost(
    market: Market,
) -> None:
    class Silent:
        test_mode = True

        def charge(self, **_: object) -> Outcome:
            raise PaymentsUnavailable("no answer")

    checkout = market.open()
    payment = market.order_payment(checkout)
    assert payment is not None
    silent = replace(market.room, till=Silent())  # type: ignore[arg-type]
    assert not settling.settle(market.database, payment, silent)
    assert market.seen(checkout).status == "paying"
    market.clock.advance(settling.AGAIN_AFTER)
    assert settling.sweep(market.database, market.room) == 1
    assert market.seen(checkout).status == "completed"


def test_a_price_that_changed_is_said_and_paid_only_when_it_was_seen(market: Market) -> None:
    checkout = market.open()
    market.change_product(a_product("shirt", 4_400))
    seen = market.pay(checkout)
    assert (seen.status, codes(seen), seen.bill.total) == ("open", ["price_changed"], eur(6_125))
    assert market.stripe.balance == {}
    assert market.pay(checkout).status == "completed"
    assert market.stripe.balance == {"eur": 6_125}

    other = market.open()
    tender = Tender(method=Method(token=VISA), total=eur(1))
    with market.database.transaction() as session:
        kept, payment = actions.order_payment(
            session, other.id, tender, caller=market.caller, room=market.room
        )
    assert (payment, codes(kept)) == (None, ["price_changed"])


def test_stock_that_goes_between_basket_and_payment_is_said_and_nothing_is_taken(
    market: Market,
) -> None:
    checkout = market.open({"variant_shirt": 1, "variant_socks": 3})
    assert market.pay(market.open({"variant_socks": 1})).status == "completed"
    left = market.pay(checkout)
    assert (left.status, codes(left)) == ("open", ["out_of_stock"])
    assert (market.stock("shirt"), market.stock("socks")) == (10, 2)
    fewer = market.change(left, units={"variant_shirt": 1, "variant_socks": 2})
    assert market.pay(fewer).status == "completed"
    assert (market.stock("shirt"), market.stock("socks")) == (9, 0)


def test_a_product_that_is_deleted_stays_in_baskets_with_an_error(market: Market) -> None:
    checkout = market.open({"variant_shirt": 1, "variant_socks": 1})
    market.change_product(a_product("socks", 999, state="withdrawn"))
    seen = market.pay(checkout)
    assert (seen.status, codes(seen), len(seen.lines)) == ("open", ["withdrawn"], 2)
    assert market.pay(market.change(seen, units={"variant_shirt": 1})).status == "completed"


def test_what_a_shop_does_not_sell_in_or_send_to_is_said(market: Market) -> None:
    with pytest.raises(CurrencyUnsold, match="EUR, USD"):
        market.open(currency="CHF")
    abroad = market.open(address=replace(OSLO, country="BR"))
    assert codes(abroad) == ["address_outside_zones"]
    assert market.pay(abroad).status == "open"
    dollars = market.open(currency="USD", rate_id=None)
    assert codes(dollars) == ["currency_unsold"]  # the shop has no price of the post in dollars
    bare = market.open(buyer=None, address=None, rate_id=None)
    assert codes(bare) == ["address_missing", "email_missing"]
    undecided = market.change(bare, buyer=ADA, address=OSLO)
    assert codes(undecided) == ["rate_missing"]
    assert [one.id for one in undecided.rates] == [one.id for one in RATES]
    germany = market.change(undecided, address=replace(OSLO, country="DE"), rate_id="rate_fast")
    assert (germany.ready, germany.bill.total, germany.bill.tax_inside) == (True, eur(5_500), 878)


def test_what_is_not_for_sale_cannot_be_put_into_a_basket(market: Market) -> None:
    with pytest.raises(LineUnknown):
        market.open({"variant_none": 1})
    with market.database.transaction() as session:
        catalogue.add_shop(session, a_shop(id="shop_2", handle="other-shop"))
        market.keep(a_product("cup", 100, shop_id="shop_2"), session)
    with pytest.raises(ShopsMixed):
        market.open({"variant_shirt": 1, "variant_cup": 1})
    checkout = market.open()
    stranger = Caller("person_eve")
    with market.database.transaction() as session, pytest.raises(CheckoutNotFound):
        actions.checkout_of(session, checkout.id, caller=stranger, room=market.room)


def test_a_code_counts_once_and_comes_back_when_the_payment_does_not(market: Market) -> None:
    checkout = market.open(codes=["tenth", "nonsense"])
    assert (checkout.bill.discount, codes(checkout)) == (400, ["discount_rejected"])
    declined = market.pay(checkout, "pm_card_chargeDeclined")
    assert codes(declined)[-1] == "payment_declined"
    assert (declined.status, market.stock("shirt")) == ("open", 10)
    assert market.pay(declined).status == "completed"
    again = market.open(codes=["TENTH"])
    assert [one.reason for one in again.remarks] == ["used_up:TENTH"]


def test_a_bank_that_asks_is_answered_abandoned_or_left_alone(market: Market) -> None:
    asked = market.pay(market.open(), THREE_D_SECURE)
    assert (asked.status, codes(asked)) == ("asking", ["authentication_needed"])
    assert market.stock("shirt") == 9
    payment = asked.payment_id or ""
    market.till.bank_answers("pi_fake000001", passed=True)
    assert settling.look(market.database, payment, market.room)
    assert market.seen(asked).status == "completed"

    failed = market.pay(market.open(), THREE_D_SECURE)
    market.till.bank_answers("pi_fake000002", passed=False)
    assert settling.look(market.database, failed.payment_id or "", market.room)
    seen = market.seen(failed)
    assert (seen.status, codes(seen), market.stock("shirt")) == (
        "open",
        ["authentication_failed"],
        9,
    )

    left = market.pay(seen, THREE_D_SECURE)
    market.clock.advance(settling.ASKING_MAX)
    assert settling.sweep(market.database, market.room) == 1
    assert (market.seen(left).status, market.stock("shirt")) == ("open", 9)
    # Another card in the middle of it takes its place, and the first can be passed no more.
    asked_again = market.pay(market.seen(left), THREE_D_SECURE)
    done = market.pay(asked_again)
    assert (done.status, market.stock("shirt")) == ("completed", 8)
    market.till.bank_answers("pi_fake000004", passed=True)
    assert market.stripe.balance == {"eur": 2 * 5_625}
    assert market.books_hold()


def test_a_payment_that_was_passed_while_another_took_its_place_is_the_one(
    market: Market,
) -> None:
    asked = market.pay(market.open(), THREE_D_SECURE)
    market.till.bank_answers("pi_fake000001", passed=True)
    done = market.pay(asked)  # another card, sent at the same moment
    assert (done.status, market.stripe.balance) == ("completed", {"eur": 5_625})
    assert (done.payment_id, market.stock("shirt")) == (asked.payment_id, 9)


def test_parts_that_come_back_are_given_back_to_the_last_unit(market: Market) -> None:
    touches = [market.touched("film_1", days=2), market.touched("film_2", product="product_socks")]
    checkout = market.open({"variant_shirt": 1, "variant_socks": 3}, touches=touches)
    market.pay(checkout)
    order = market.order(checkout)
    line = {one.title: one.id for one in order.lines}
    assert market.earned("person_other") > 0
    shipped = orders_with(market, order.id, Parcel(id="", units={}, shipped_at=market.clock.now()))
    assert shipped.status == "shipped"
    returned = ask_back(market, order.id, {line["Socks"]: 1})
    with market.database.transaction() as session:
        _, refund = orders.receive_return(
            session,
            order.id,
            returned.returns[0].id,
            shipping=False,
            seller="person_seller",
            room=market.room,
        )
    assert settling.settle_refund(market.database, refund, market.room)
    for units, shipping in (
        ({line["Socks"]: 1}, False),
        ({line["Socks"]: 1, line["Shirt"]: 1}, True),
    ):
        with market.database.transaction() as session:
            _, refund = orders.order_refund(
                session,
                order.id,
                units,
                shipping=shipping,
                reason="kindness",
                seller="person_seller",
                room=market.room,
            )
        assert settling.settle_refund(market.database, refund, market.room)
        assert market.books_hold()
    assert market.order(checkout).status == "refunded"
    assert market.stripe.balance == {"eur": 0}
    people = ("person_seller", "person_maker", "person_other", "platform")
    assert [market.earned(one) for one in people] == [0, 0, 0, 0]
    assert market.held(booking.TAX, "person_seller") == 0
    with market.database.transaction() as session, pytest.raises(UnitsExceeded):
        orders.order_refund(
            session,
            order.id,
            {line["Shirt"]: 1},
            shipping=False,
            reason="",
            seller="person_seller",
            room=market.room,
        )


def orders_with(market: Market, order_id: str, parcel: Parcel) -> Order:
    with market.database.transaction() as session:
        return orders.ship(session, order_id, parcel, seller="person_seller", room=market.room)


def ask_back(market: Market, order_id: str, units: dict[str, int]) -> Order:
    with market.database.transaction() as session:
        return orders.ask_return(
            session, order_id, units, "too small", caller=market.caller, room=market.room
        )


def test_a_return_has_its_days_and_its_bounds(market: Market) -> None:
    checkout = market.open()
    market.pay(checkout)
    order = market.order(checkout)
    line = order.lines[0].id
    with pytest.raises(UnitsExceeded):
        ask_back(market, order.id, {line: 2})
    parcel = orders_with(
        market, order.id, Parcel(id="", units={}, shipped_at=market.clock.now())
    ).parcels[0]
    with market.database.transaction() as session:
        orders.arrived(session, order.id, parcel.id, seller="person_seller", room=market.room)
    market.clock.advance(timedelta(days=14, seconds=1))
    with pytest.raises(ReturnTooLate):
        ask_back(market, order.id, {line: 1})
    with market.database.transaction() as session, pytest.raises(OrderNotFound):
        orders.ship(
            session,
            order.id,
            Parcel(id="", units={}, shipped_at=market.clock.now()),
            seller="person_eve",
            room=market.room,
        )


def test_an_order_that_is_called_off_gives_money_and_stock_back(market: Market) -> None:
    checkout = market.open()
    market.pay(checkout)
    order = market.order(checkout)
    with market.database.transaction() as session:
        _, refund = orders.cancel_order(
            session, order.id, reason="sold out", seller="person_seller", room=market.room
        )
    assert refund is not None
    settling.settle_refund(market.database, refund, market.room)
    assert (market.order(checkout).status, market.stock("shirt")) == ("cancelled", 10)
    assert market.stripe.balance == {"eur": 0}
    assert market.books_hold()


def test_a_chargeback_takes_from_all_and_a_won_dispute_gives_again(market: Market) -> None:
    checkout = market.open(touches=[market.touched("film_1")])
    before = {"seller": 0, "maker": 0}
    market.pay(checkout, "pm_card_createDispute")
    paid = {one: market.earned(f"person_{one}") for one in before}
    assert all(paid.values())

    def hear_all() -> None:
        for body, _ in market.told:
            with market.database.transaction() as session:
                hearing.hear(session, body, market.stripe.signed(body), market.room)

    hear_all()
    assert {one: market.earned(f"person_{one}") for one in before} == before
    order = market.order(checkout)
    assert (order.status, order.disputed_at is not None) == ("refunded", True)
    with market.database.transaction() as session, pytest.raises(OrderDisputed):
        orders.order_refund(
            session,
            order.id,
            {},
            shipping=True,
            reason="",
            seller="person_seller",
            room=market.room,
        )
    market.stripe.win("dp_fake000001")
    hear_all()
    hear_all()
    assert {one: market.earned(f"person_{one}") for one in before} == paid
    assert market.order(checkout).status == "confirmed"
    assert market.books_hold()


def test_a_refund_made_at_the_provider_is_booked_and_one_of_ours_only_once(
    market: Market,
) -> None:
    checkout = market.open({"variant_shirt": 1, "variant_socks": 1})
    market.pay(checkout)
    order = market.order(checkout)
    market.stripe.answer(
        "POST", "/v1/refunds", f"payment_intent={order.provider_id}&amount=1000", key="by_hand"
    )
    for body, _ in market.told * 2:
        with market.database.transaction() as session:
            hearing.hear(session, body, market.stripe.signed(body), market.room)
    assert market.order(checkout).refunded_minor == 1_000
    assert market.held(booking.PROVIDER, "payments") == -(order.bill.total.minor - 1_000) * MICRO
    assert market.books_hold()


def test_a_payment_that_the_provider_tells_of_is_settled_by_that(market: Market) -> None:
    asked = market.pay(market.open(), THREE_D_SECURE)
    market.till.bank_answers("pi_fake000001", passed=True)
    for body, signed in reversed(market.told):
        with market.database.transaction() as session:
            hearing.hear(session, body, signed, market.room)
    assert market.seen(asked).status == "completed"
    assert market.books_hold()


def test_a_webhook_for_an_unknown_order_is_not_ours(market: Market) -> None:
    market.stripe.answer(
        "POST",
        "/v1/payment_intents",
        "amount=5&currency=eur&payment_method=pm_card_visa&confirm=true",
    )
    (body, signed), *_ = market.told
    with market.database.transaction() as session:
        assert not hearing.hear(session, body, signed, market.room)


def test_a_shop_sells_only_through_the_agents_that_it_allows(database: db.Database) -> None:
    listed = a_shop(agents="listed", agents_listed=("key_good",))
    market = Market(database).furnish(listed)
    market.caller = Caller("person_ada", "key_good", "acp")
    checkout = market.open()
    market.caller = Caller("person_ada", "key_bad", "acp")
    with pytest.raises(AgentRefused):
        market.open()
    with pytest.raises(CheckoutNotFound):
        market.seen(checkout)


def test_an_agent_lists_what_it_bought_and_nothing_else_of_its_person(market: Market) -> None:
    market.pay(market.open(note='"agent":"key_good"'))
    market.caller = Caller("person_ada", "key_good", "acp")
    own = market.open(note="\0")
    market.pay(own)
    with market.database.transaction() as session:
        every = sales.orders_of(session, person_id="person_ada", most=9)
        seen = sales.orders_of(session, person_id="person_ada", agent="key_good", most=9)
        baskets = sales.checkouts_of(
            session, "person_ada", ("completed",), agent="key_good", most=9
        )
    assert [one.number for one in every] == [2, 1]
    assert [one.checkout_id for one in seen] == [own.id]
    assert [one.id for one in baskets] == [own.id]


def test_a_basket_of_a_cart_is_paid_twice_as_two_orders(market: Market) -> None:
    with market.database.transaction() as session:
        wish = Wish(units={"variant_shirt": 1}, buyer=ADA, address=OSLO, rate_id="rate_post")
        cart = actions.open_checkout(
            session, wish, caller=market.caller, room=market.room, as_cart=True
        )
        assert (cart.status, cart.ready) == ("cart", False)
        opened = [
            actions.from_cart(session, cart.id, caller=market.caller, room=market.room)
            for _ in range(2)
        ]
    assert cart.id.startswith("cart_")
    assert [market.pay(one).status for one in opened] == ["completed", "completed"]
    with market.database.transaction() as session, pytest.raises(CheckoutClosed):
        # A checkout that was paid would bring its payment and its order along.
        actions.from_cart(session, opened[0].id, caller=market.caller, room=market.room)
    assert market.stripe.balance == {"eur": 2 * 5_625}
    assert market.books_hold()


def test_what_a_code_makes_free_is_ordered_without_a_payment(market: Market) -> None:
    market.change_product(a_product("gift", 0))
    free = market.open({"variant_gift": 1}, codes=[], rate_id="rate_post")
    assert free.bill.total == eur(625)
    market.change_product(a_product("gift", 10_000))
    dear = market.open({"variant_gift": 1})
    assert dear.bill.total == eur(12_500)  # the post is free from a hundred
    assert market.pay(dear).status == "completed"
    assert Money(12_500, "EUR") == market.order(dear).bill.total


def test_who_leaves_takes_along_what_they_bought_and_is_no_longer_named(market: Market) -> None:
    left, paid = market.open(), market.open()
    market.pay(paid)
    order = market.order(paid)
    with market.database.transaction() as session:
        found = dict(leaving.exported(session, "person_ada"))
        assert set(found) == {f"baskets/{left.id}.json", f"orders/{order.number}.json"}
        leaving.forget(session, "person_ada", at=market.clock.now())
        kept = sales.order_by_id(session, order.id)
        assert kept is not None
        assert kept.buyer == ADA  # it is still to be sent
        orders.cancel_order(session, order.id, reason="", seller="person_seller", room=market.room)
        leaving.forget(session, "person_ada", at=market.clock.now())
        gone = sales.order_by_id(session, order.id)
        assert gone is not None
        assert (gone.buyer, gone.address) == (Buyer(), Address(country="NO"))
        assert sales.checkouts_of(session, "person_ada", ("cart", "open"), most=9) == []
    with pytest.raises(CheckoutNotFound):
        market.seen(left)


def test_who_left_is_forgotten_when_the_last_parcel_is_on_its_way(market: Market) -> None:
    paid = market.open()
    market.pay(paid)
    order = market.order(paid)
    at = market.clock.now()

    def named() -> Buyer:
        told = Event(1, ORDER_CHANGED, "1", {"order_id": order.id}, at)
        with market.database.transaction() as session:
            leaving.on_order_changed(session, told)
            kept = sales.order_by_id(session, order.id)
        assert kept is not None
        return kept.buyer

    ada = Person(id="person_ada", handle="ada", name="Ada", created_at=at)
    with market.database.transaction() as session:
        people_store.add(session, ada, skeleton="ada", password=None)
        leaving.forget(session, ada.id, at=at)
    orders_with(market, order.id, Parcel(id="", units={}, shipped_at=at))
    assert named() == ADA  # she has an account
    with market.database.transaction() as session:
        people_store.close(session, ada.id, skeleton="ada", held=at, at=at)
    assert named() == Buyer()


def test_a_process_that_is_killed_at_the_charge_or_the_refund_does_each_once(
    market: Market,
) -> None:
    # What dies goes by the clock of this machine, and we by one that is not behind it.
    market.clock.advance(max(timedelta(), SystemClock().now() - market.clock.now()))
    checkout = market.open()
    payment = market.order_payment(checkout)
    assert payment is not None
    url = market.database.url
    dying = Path(__file__).parent / "dying_seller.py"
    with served(market.stripe) as address:

        def dies(what: str, name: str) -> None:
            ended = subprocess.run(
                [sys.executable, str(dying), url, address, what, name],
                env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
                check=False,
                timeout=60,
            )
            assert ended.returncode == -signal.SIGKILL

        dies("charge", payment)
        assert market.stripe.balance == {"eur": 5_625}
        market.clock.advance(settling.IN_HAND + timedelta(seconds=60))
        assert settling.sweep(market.database, market.room) == 1
        order = market.order(checkout)
        with market.database.transaction() as session:
            _, refund = orders.order_refund(
                session,
                order.id,
                {order.lines[0].id: 1},
                shipping=True,
                reason="",
                seller="person_seller",
                room=market.room,
            )
        dies("refund", refund)
        assert market.stripe.balance == {"eur": 0}
        market.clock.advance(settling.IN_HAND + timedelta(seconds=60))
        assert settling.sweep(market.database, market.room) == 1
    assert market.order(checkout).status == "refunded"
    assert market.stripe.balance == {"eur": 0}
    assert market.earned("person_seller") == 0
    assert market.books_hold()

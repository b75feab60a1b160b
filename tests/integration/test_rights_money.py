"""Money from a payer's card to everybody who has a part in a film, and back, on the real books."""

import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest
from sqlalchemy import exc, text

import feed_builders
from matinee import ledger, rights, studio
from matinee.entrypoints import owning
from matinee.kit import blobs, db, events
from matinee.kit.clock import ManualClock
from matinee.kit.errors import MatineeError
from matinee.kit.ids import SeededIds
from matinee.kit.money import MicroMoney, Money
from matinee.rights import permitting, policy, registering
from matinee.rights.adapters.fake_payments import FakePayments
from matinee.rights.adapters.fake_stripe import FakeStripe
from matinee.rights.adapters.stripe_server import served
from matinee.rights.errors import (
    AlreadyContested,
    FilmUnpaid,
    SharesNotWhole,
    TooManyContests,
    WebhookEarly,
    WebhookRefused,
)
from matinee.rights.model import CREDITS, POOL, PROVIDER, Purpose, Told

CLOCK = ManualClock(datetime(2026, 11, 23, 9, tzinfo=UTC))
AT = CLOCK.now()
IDS = SeededIds("money")
PLATFORM = rights.PlatformTerms(rights.PLATFORM)
PEOPLE = ("studio", "ann", "bo", "cy", rights.PLATFORM)
FOX = rights.Terms(
    allowed=True,
    share_bps=2_000,
    ask_first=frozenset({"advertising"}),
    flow_bps=5_000,
    depth_max=10,
)


class House:
    """A database, a payment provider and what it told, on one clock."""

    def __init__(self, database: db.Database) -> None:
        self.database = database
        self.told: list[tuple[bytes, str]] = []
        self.stripe = FakeStripe(CLOCK, tell=lambda body, signed: self.told.append((body, signed)))
        self.payments = FakePayments(self.stripe, CLOCK)

    def family(self, terms: rights.Terms = FOX, *, shown_by_all: bool = True) -> rights.Work:
        """A studio's fox in a film of ann's, remixed by bo, and that by cy."""
        with self.database.transaction() as session:
            work = rights.register_work(
                session,
                kind="character",
                title="Fox",
                owners=[rights.Owner("studio", 10_000)],
                aliases=[rights.Alias("zh", "狐狸")],
                by="studio",
                ids=IDS,
                at=AT,
            )
            rights.offer_licence(session, work.id, terms, ids=IDS, at=AT)
            shown = [rights.Shown(work.id, 1_000_000)]
            rights.register_film(session, "film_1", maker="ann", shown=shown)
            later = shown if shown_by_all else []
            rights.register_film(session, "film_2", maker="bo", shown=later, parents=["film_1"])
            rights.register_film(session, "film_3", maker="cy", shown=later, parents=["film_2"])
            return work

    def pay(self, name: str, minor: int, purpose: Purpose = "tip", subject: str = "film_3") -> str:
        """Charge a good card; returns the state of the charge."""
        charge = rights.Charge(
            name,
            purpose,
            subject,
            "payer",
            Money(minor, "EUR"),
            "pm_card_visa",
            AT,
        )
        with self.database.transaction() as session:
            rights.paying.order_charge(session, charge)
        rights.paying.carry_out_charges(self.database, self.payments, PLATFORM, CLOCK)
        return name

    def hear_all(self) -> list[bool]:
        """Take everything that the provider told so far, the newest first."""
        heard = []
        for body, signed in reversed(self.told):
            with self.database.transaction() as session:
                heard.append(
                    rights.paying.hear(session, self.payments, body, signed, at=CLOCK.now())
                )
        return heard

    def earnings(self) -> list[int]:
        """What each of the people is owed, in micro-units."""
        accounts = [ledger.Account(rights.EARNINGS, one, "EUR") for one in PEOPLE]
        with self.database.transaction() as session:
            return [one.micro for one in ledger.balances(session, accounts).values()]

    def held(self, kind: ledger.Kind, owner: str) -> int:
        account = ledger.Account(kind, owner, "EUR")
        with self.database.transaction() as session:
            return ledger.balances(session, [account])[account].micro

    def whole(self) -> bool:
        """Whether the books hold."""
        with self.database.transaction() as session:
            proof = ledger.prove(session)
        assert proof.faults == ()
        return all(micro == 0 for micro in proof.trial_balance.values())


def test_a_tip_and_a_sale_on_a_third_remix_reach_everybody_and_a_refund_returns_them(
    database: db.Database,
) -> None:
    house = House(database)
    house.family()
    house.pay("tip_1", 500)
    after_tip = house.earnings()
    # 5 EUR: a tenth to the platform, a fifth of 4.50 to the studio; of the 3.60 that are left a
    # tenth to bo and a twentieth to ann; the rest is cy's.
    assert after_tip == [90_000_000, 18_000_000, 36_000_000, 306_000_000, 50_000_000]
    house.pay("sale_1", 999, purpose="commission")
    assert sum(house.earnings()) == 1_499_000_000
    house.hear_all()
    for key, minor in (("r1", 333), ("r2", 333), ("r3", 333)):
        rights.paying.give_back(
            database, house.payments, "sale_1", key=key, amount=Money(minor, "EUR")
        )
        house.hear_all()
    assert house.earnings() == after_tip
    assert house.held(PROVIDER, "payments") == -500_000_000
    assert house.stripe.balance == {"eur": 500}
    assert not any(house.hear_all())  # all of it told again
    assert house.earnings() == after_tip
    assert house.whole()


def test_a_later_licence_changes_no_film_that_was_made(database: db.Database) -> None:
    house = House(database)
    work = house.family()
    with database.transaction() as session:
        first = rights.licence_of(session, work.id)
        again = rights.offer_licence(session, work.id, FOX, ids=IDS, at=AT)
        second = rights.offer_licence(
            session, work.id, replace(FOX, share_bps=9_000), ids=IDS, at=AT
        )
    assert again == first
    assert second.version == 2
    house.pay("tip_1", 500)
    assert house.earnings()[0] == 90_000_000
    with pytest.raises(exc.IntegrityError), database.transaction() as session:
        session.execute(text("update rights.licence set terms = '{}'"))


def test_a_cap_holds_over_many_revenues_and_a_refund_gives_its_room_back(
    database: db.Database,
) -> None:
    house = House(database)
    house.family(replace(FOX, cap=MicroMoney.of("1.50 EUR")))
    for number in range(3):
        house.pay(f"tip_{number}", 500)
    assert house.earnings()[0] == 150_000_000
    with database.transaction() as session:
        rights.earning.refund(session, "tip_0", key="r0", amount=None, happened_at=AT, at=AT)
        assert not rights.earning.refund(
            session, "tip_0", key="r0", amount=None, happened_at=AT, at=AT
        )
    assert house.earnings()[0] == 60_000_000
    house.pay("tip_3", 500)
    assert house.earnings()[0] == 150_000_000
    assert house.whole()


def test_a_work_that_only_an_ancestor_shows_is_paid_less(database: db.Database) -> None:
    house = House(database)
    house.family(shown_by_all=False)
    house.pay("tip_1", 1_000)
    # Of 9 EUR: bo a tenth, ann a twentieth, the studio a fifth halved twice, for two generations.
    assert house.earnings() == [45_000_000, 45_000_000, 90_000_000, 720_000_000, 100_000_000]


def test_a_payout_leaves_whole_cents_and_a_chargeback_after_it_is_recovered_from_later_earnings(
    database: db.Database,
) -> None:
    house = House(database)
    house.family()
    house.pay("tip_1", 501)
    _, account = house.stripe.answer("POST", "/v1/accounts", urlencode({"country": "DE"}))
    with database.transaction() as session:
        rights.paying.set_payee(session, "cy", account["id"], tax_form_on_file=True)
        rights.paying.set_payee(session, "bo", account["id"], tax_form_on_file=False)
        assert rights.paying.order_payouts(session, [Money(400, "EUR")], ids=IDS, at=AT) == []
        ordered = rights.paying.order_payouts(session, [Money(100, "EUR")], ids=IDS, at=AT)
        assert [one.amount for one in ordered] == [Money(306, "EUR")]
        assert rights.paying.order_payouts(session, [Money(1, "EUR")], ids=IDS, at=AT) == []
    assert [one.state for one in (rights.paying.carry_out_payouts(database, house.payments, CLOCK))]
    with database.transaction() as session:
        assert rights.paying.payouts_of(session, "cy")[0].state == "sent"
    assert house.earnings()[3] == 612_000  # what is below a cent stays owed
    assert house.stripe.balance == {"eur": 195}
    dispute = house.stripe.dispute("ch_fake000001")
    house.hear_all()
    assert house.earnings() == [0, 0, 0, -306_000_000, 0]
    house.pay("tip_2", 250)
    with database.transaction() as session:
        assert rights.paying.order_payouts(session, [Money(1, "EUR")], ids=IDS, at=AT) == []
    house.stripe.win(dispute["id"])
    house.hear_all()
    assert house.earnings()[3] == 612_000 + 153_000_000
    assert house.whole()


def test_a_payout_that_is_refused_goes_back_to_its_party(database: db.Database) -> None:
    house = House(database)
    house.family()
    house.pay("tip_1", 500)
    before = house.earnings()
    _, account = house.stripe.answer("POST", "/v1/accounts", urlencode({"country": "DE"}))
    house.stripe.close_account(account["id"])
    with database.transaction() as session:
        rights.paying.set_payee(session, "cy", account["id"], tax_form_on_file=True)
        rights.paying.order_payouts(session, [Money(1, "EUR")], ids=IDS, at=AT, party="cy")
    assert house.earnings() != before
    rights.paying.carry_out_payouts(database, house.payments, CLOCK)
    with database.transaction() as session:
        failed = rights.paying.payouts_of(session, "cy")[0]
    assert (failed.state, failed.fault) == ("failed", "insufficient_capabilities_for_transfer")
    assert house.earnings() == before
    assert house.whole()


def test_a_declined_card_books_nothing_and_says_why(database: db.Database) -> None:
    house = House(database)
    house.family()
    charge = rights.Charge(
        "tip_1", "tip", "film_3", "payer", Money(500, "EUR"), "pm_card_chargeDeclined", AT
    )
    with database.transaction() as session:
        assert rights.paying.order_charge(session, charge)
        assert not rights.paying.order_charge(session, charge)
    ended = rights.paying.carry_out_charges(database, house.payments, PLATFORM, CLOCK)
    assert [one.id for one in ended] == ["tip_1"]
    assert house.earnings() == [0] * 5
    assert rights.paying.carry_out_charges(database, house.payments, PLATFORM, CLOCK) == []


def test_words_of_the_provider_come_twenty_times_early_unsigned_and_for_others(
    database: db.Database,
) -> None:
    house = House(database)
    house.family()
    payment = house.payments.charge(
        key="tip_1", amount=Money(500, "EUR"), method="pm_card_visa", group="tip_1"
    )
    house.payments.refund(key="r1", payment=payment, amount=Money(200, "EUR"))
    body, signed = house.told[-1]
    with pytest.raises(WebhookEarly), database.transaction() as session:
        rights.paying.hear(session, house.payments, body, signed, at=AT)
    house.pay("tip_1", 500)
    for number in range(20):
        with database.transaction() as session:
            assert rights.paying.hear(session, house.payments, body, signed, at=AT) == (number == 0)
    assert sum(house.earnings()) == 300_000_000
    with pytest.raises(WebhookRefused), database.transaction() as session:
        rights.paying.hear(session, house.payments, body, "t=1,v1=0", at=AT)


def test_subscribers_money_is_shared_by_time_watched_and_once(database: db.Database) -> None:
    house = House(database)
    house.family()
    house.pay("sub_1", 900, purpose="subscription", subject="pool/2026-11")
    watched = [("film_1", 600), ("film_3", 300), ("film_2", 0)]
    for _ in range(2):
        with database.transaction() as session:
            rights.earning.share_pool(
                session, "pool/2026-11", watched, PLATFORM, currency="EUR", happened_at=AT, at=AT
            )
    assert house.held(POOL, "pool/2026-11") == 0
    assert sum(house.earnings()) == 900_000_000
    assert house.earnings()[1] == 432_000_000 + 10_800_000  # ann's own film, and cy's remix
    assert house.whole()


def test_a_networks_report_is_booked_once_and_line_by_line(database: db.Database) -> None:
    house = House(database)
    house.family()
    report = [
        "date,film,amount,currency",
        "2026-11-01,film_1,0.0123,EUR",
        "2026-11-02,film_1,1,EUR",
    ]
    for lines in (report[:2], report, report):
        with database.transaction() as session:
            rights.earning.import_advertising(session, lines, PLATFORM, network="adnet", at=AT)
    assert sum(house.earnings()) == 101_230_000
    with database.transaction() as session:
        bad = [
            *report,
            "2026-11-03,film_1,much,EUR",
            "2026-11-03,film_9,1,EUR",
            "2026-11-01,film_1,2,EUR",
            "2026-11-04,film_1,1e99,EUR",
            "2026-11-05,film_1,0.10,EUR",
            "2026-11-06,film_1,1e999999,EUR",
            "2026-11-06,film_1,1e999990,EUR",
            "2026-11-06",
        ]
        made = rights.earning.import_advertising(session, bad, PLATFORM, network="adnet", at=AT)
    assert [number for number, _ in made.faults] == [4, 5, 6, 7, 9, 10, 11]
    assert len(made.booked) == 1
    corrected = [report[0], "2026-11-01,film_1,0.0124,EUR"]
    with database.transaction() as session:
        made = rights.earning.import_advertising(
            session, corrected, PLATFORM, network="adnet", at=AT
        )
    assert [number for number, _ in made.faults] == [2]
    assert "before" in made.faults[0][1]


def test_credits_pay_for_a_beloved_character_and_never_run_below_zero(
    database: db.Database,
) -> None:
    house = House(database)
    house.family(replace(FOX, price=MicroMoney.of("0.40 EUR")))
    house.pay("credits_1", 100, purpose="credits", subject="ann")
    for _ in range(2):
        with database.transaction() as session:
            rights.earning.pay_for_works(
                session, "film_1", payer="ann", platform=PLATFORM, happened_at=AT, at=AT
            )
    assert house.earnings() == [36_000_000, 0, 0, 0, 4_000_000]
    assert house.held(CREDITS, "ann") == 60_000_000
    with pytest.raises(ledger.BalanceTooLow), database.transaction() as session:
        rights.earning.spend_credits(
            session,
            key="film/9",
            payer="ann",
            amount=MicroMoney.of("0.61 EUR"),
            happened_at=AT,
            at=AT,
        )
    assert house.whole()


def test_a_chargeback_of_spent_credits_is_owed_and_a_won_dispute_returns_it(
    database: db.Database,
) -> None:
    house = House(database)
    house.pay("credits_1", 100, purpose="credits", subject="payer")
    with database.transaction() as session:
        spent = MicroMoney.of("0.70 EUR")
        rights.earning.spend_credits(
            session, key="film/9", payer="payer", amount=spent, happened_at=AT, at=AT
        )
    dispute = house.stripe.dispute("ch_fake000001")
    house.stripe.win(dispute["id"])
    (lost, won) = house.told[-2:]
    with pytest.raises(WebhookEarly), database.transaction() as session:
        rights.paying.hear(session, house.payments, *won, at=AT)
    for word, held, owed in ((lost, 0, -70_000_000), (won, 30_000_000, 0), (won, 30_000_000, 0)):
        with database.transaction() as session:
            rights.paying.hear(session, house.payments, *word, at=AT)
        assert house.held(CREDITS, "payer") == held
        assert house.held(rights.EARNINGS, "payer") == owed
    assert house.held(PROVIDER, "payments") == -100_000_000
    assert house.whole()


def test_making_a_film_costs_credits_once_and_a_film_that_fails_is_paid_back(
    database: db.Database,
) -> None:
    house = House(database)
    house.pay("credits_1", 100, purpose="credits", subject="ann")
    terms = replace(PLATFORM, film_price=MicroMoney.of("0.60 EUR"))
    room = registering.Room(ids=IDS)

    def asked(film_id: str) -> MatineeError | None:
        wanted = permitting.Wanted(
            film_id=film_id,
            purpose=policy.Purpose(use="personal", by="ann", on=AT.date()),
            prompt="a fox waves",
            said=policy.read_prompt("a fox waves"),
        )
        with database.transaction() as session:
            return permitting.permit(
                session, wanted, room=room, platform=terms, at=CLOCK.now()
            ).error

    assert asked("film_9") is None
    CLOCK.advance(timedelta(seconds=1))
    assert asked("film_9") is None  # its maker was stopped and went on
    assert house.held(CREDITS, "ann") == 40_000_000
    refused = asked("film_10")
    assert isinstance(refused, FilmUnpaid)
    failed = events.Event(1, "studio.film_failed", "film_9", {"film_id": "film_9"}, AT)
    with database.transaction() as session:
        made = events.Event(2, "studio.film_withdrawn", "film_9", {"film_id": "film_9"}, AT)
        owning.give_back_unmade(session, made, CLOCK)
        told = events.Event(3, made.topic, made.key, {"film_id": "film_9", "unmade": False}, AT)
        owning.give_back_unmade(session, told, CLOCK)
    assert house.held(CREDITS, "ann") == 40_000_000  # it was made, and is taken away now
    for _ in range(2):
        with database.transaction() as session:
            permitting.give_back(session, failed, CLOCK)
    assert house.held(CREDITS, "ann") == 100_000_000
    assert house.whole()


SUBJECTS = {"tip": "film_3", "credits": "payer", "subscription": "cy/2026-11"}


class Telling(FakePayments):
    """A provider whose words are given as they are."""

    def told(self, body: bytes, _signature: str) -> Told:
        kind, provider_id, minor, event = body.decode().split()
        assert kind in {"refunded", "charged_back", "reinstated", "returned"}
        return Told(event, kind, provider_id, Money(int(minor), "EUR"), AT)  # type: ignore[arg-type] # checked


@pytest.mark.parametrize("purpose", ["tip", "credits", "subscription"])
def test_the_same_money_told_of_twice_is_taken_once_and_the_rest_is_the_platforms_loss(
    database: db.Database, purpose: Purpose
) -> None:
    house = House(database)
    house.family()
    house.pay("paid", 100, purpose=purpose, subject=SUBJECTS[purpose])
    with database.transaction() as session:
        payment = rights.paying.charge_of(session, "paid").provider_id
        assert payment is not None
    telling = Telling(house.stripe, CLOCK)

    def hear(kind: str, minor: int, event: str) -> bool:
        with database.transaction() as session:
            body = f"{kind} {payment} {minor} {event}".encode()
            return rights.paying.hear(session, telling, body, "", at=AT)

    assert hear("refunded", 60, "e1")
    assert hear("charged_back", 100, "e2")
    assert not hear("charged_back", 100, "e2")
    # All of it went back to the payer, and 60 more: whoever had it gave it once.
    assert house.held(PROVIDER, "payments") == 60_000_000
    assert house.earnings()[:4] == [0, 0, 0, 0]
    assert house.earnings()[4] == -60_000_000
    assert house.whole()
    assert hear("reinstated", 100, "e3")
    assert hear("refunded", 100, "e4")
    assert house.earnings()[4] == -100_000_000 + (4_000_000 if purpose == "tip" else 0)
    assert house.whole()


def test_a_payout_that_comes_back_is_owed_again(database: db.Database) -> None:
    house = House(database)
    house.family()
    house.pay("tip_1", 1_000)
    _, account = house.stripe.answer("POST", "/v1/accounts", urlencode({"country": "DE"}))
    with database.transaction() as session:
        rights.paying.set_payee(session, "cy", account["id"], tax_form_on_file=True)
        rights.paying.order_payouts(session, [Money(1, "EUR")], ids=IDS, at=AT)
    rights.paying.carry_out_payouts(database, house.payments, CLOCK)
    with database.transaction() as session:
        (payout,) = rights.paying.payouts_of(session, "cy")
    assert house.earnings()[3] == 0
    telling = Telling(house.stripe, CLOCK)
    # What came back is told as a sum, here out of order.
    for event, minor in (("e2", 500), ("e1", 200), ("e2", 500), ("e3", payout.amount.minor)):
        with database.transaction() as session:
            body = f"returned {payout.provider_id} {minor} {event}".encode()
            rights.paying.hear(session, telling, body, "", at=AT)
    with database.transaction() as session:
        (payout,) = rights.paying.payouts_of(session, "cy")
    assert payout.state == "failed"
    assert house.earnings()[3] == 612_000_000
    assert house.whole()


def test_limits_in_another_currency_hold_at_the_recorded_rate_and_wait_for_it_alone(
    database: db.Database,
) -> None:
    house = House(database)
    house.family(replace(FOX, cap=MicroMoney.of("1 USD")))
    with database.transaction() as session:
        rights.register_film(session, "film_plain", maker="ann")
    house.pay("tip_1", 10_000)
    house.pay("tip_2", 500, subject="film_plain")
    with database.transaction() as session:
        waiting = rights.paying.charge_of(session, "tip_1")
        assert rights.paying.charge_of(session, "tip_2").state == "paid"
    assert waiting.state == "ordered"
    assert waiting.provider_id
    assert sum(house.earnings()) == Money(500, "EUR").micros.micro

    with database.transaction() as session:
        rights.record_rate(session, rights.Rate("USD", "EUR", 9, 10))
    # A provider that has forgotten every key would take the money again.
    forgetful = FakePayments(FakeStripe(CLOCK, tell=lambda *_: None), CLOCK)
    rights.paying.carry_out_charges(database, forgetful, PLATFORM, CLOCK)
    with database.transaction() as session:
        booked = rights.paying.charge_of(session, "tip_1")
    assert (booked.state, booked.provider_id) == ("paid", waiting.provider_id)
    house.pay("tip_3", 10_000)
    assert house.earnings()[0] == 90_000_000


def test_owners_own_all_of_a_work_and_others_may_contest_it(database: db.Database) -> None:
    house = House(database)
    work = house.family()
    with database.transaction() as session:
        assert [one.id for one in rights.works_named(session, ["狐狸", "nobody"])] == [work.id]
        contested = rights.contest_work(
            session, work.id, claimant="ann", bps=2_500, ground="I drew it", ids=IDS, at=AT
        )
    for claimant in ("ann", "studio"):
        with pytest.raises(AlreadyContested), database.transaction() as session:
            rights.contest_work(
                session, work.id, claimant=claimant, bps=1, ground="x", ids=IDS, at=AT
            )
    others = []
    for number in range(3):
        with database.transaction() as session:
            made = rights.register_work(
                session,
                kind="character",
                title=f"Other {number}",
                owners=[rights.Owner("studio", 10_000)],
                aliases=[],
                by="studio",
                ids=IDS,
                at=AT,
            )
        others.append(made.id)
    for other in others[:2]:
        with database.transaction() as session:
            rights.contest_work(
                session, other, claimant="ann", bps=1, ground="mine", ids=IDS, at=AT
            )
    with pytest.raises(TooManyContests), database.transaction() as session:
        rights.contest_work(
            session, others[2], claimant="ann", bps=1, ground="mine", ids=IDS, at=AT
        )
    owners = [rights.Owner("studio", 7_500), rights.Owner("ann", 2_500)]
    with pytest.raises(SharesNotWhole), database.transaction() as session:
        rights.decide_conflict(session, contested.id, owners=owners[:1], at=AT)
    with database.transaction() as session:
        assert rights.decide_conflict(session, contested.id, owners=owners, at=AT)
        assert not rights.decide_conflict(session, contested.id, owners=None, at=AT)
        second = rights.offer_licence(session, work.id, FOX, ids=IDS, at=AT)
    assert (second.version, set(second.owners)) == (2, set(owners))
    with pytest.raises(exc.IntegrityError), database.transaction() as session:
        session.execute(text("update rights.owner set bps = 2501 where party = 'ann'"))


@pytest.mark.parametrize("step", ["charge", "payout"])
def test_a_process_that_dies_between_the_provider_and_the_books_loses_and_doubles_nothing(
    database: db.Database, step: str
) -> None:
    house = House(database)
    house.family()
    _, account = house.stripe.answer("POST", "/v1/accounts", urlencode({"country": "DE"}))
    house.pay("tip_0", 1_000)
    with database.transaction() as session:
        rights.paying.set_payee(session, "cy", account["id"], tax_form_on_file=True)
        charge = rights.Charge(
            "tip_1", "tip", "film_3", "payer", Money(500, "EUR"), "pm_card_visa", AT
        )
        if step == "charge":
            rights.paying.order_charge(session, charge)
        else:
            rights.paying.order_payouts(session, [Money(1, "EUR")], ids=IDS, at=AT)
    before = house.earnings()
    with served(house.stripe) as address:
        program = Path(__file__).with_name("dying_payer.py")
        died = subprocess.run(
            [sys.executable, str(program), database.url, address, step],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
            check=False,
            timeout=60,
        )
    assert died.returncode == -signal.SIGKILL
    assert house.earnings() == before
    moved = {"charge": 1_500, "payout": 388}[step]
    assert house.stripe.balance == {"eur": moved}
    for _ in range(2):
        rights.paying.carry_out_charges(database, house.payments, PLATFORM, CLOCK)
        rights.paying.carry_out_payouts(database, house.payments, CLOCK)
    assert house.stripe.balance == {"eur": moved}
    assert house.held(PROVIDER, "payments") == -moved * 1_000_000
    assert house.whole()


def test_earnings_are_told_by_a_statement(database: db.Database) -> None:
    house = House(database)
    house.family()
    house.pay("tip_1", 500)
    account = ledger.Account(rights.EARNINGS, "studio", "EUR")
    with database.transaction() as session:
        made = ledger.statement(
            session, account, since=AT - timedelta(days=1), until=AT + timedelta(days=1), at=AT
        )
        assert made.closing == MicroMoney(90_000_000, "EUR")
        assert ledger.check_statement(session, made.code).agrees


def test_finished_films_are_entered_with_what_they_were_made_from(
    database: db.Database, tmp_path: Path
) -> None:
    with database.transaction() as session:
        ann, bo = (feed_builders.a_person(session, name) for name in ("anna", "boris"))
        first = feed_builders.a_film(session, ann)
        second = feed_builders.a_film(session, bo, origin=first)
        gone = feed_builders.a_film(session, bo, name="2", origin="video_of_long_ago")
    dispatcher = events.Dispatcher(database, CLOCK)
    store = blobs.at(None, folder=tmp_path)
    dispatcher.subscribe(
        studio.FILM_COMPLETED,
        "rights.register_film",
        lambda session, event: owning.register(session, event, store),
    )
    for film in (first, second, gone, "video_that_was_deleted"):
        with database.transaction() as session:
            events.record(
                session, studio.FILM_COMPLETED, key=film, payload={"film_id": film}, at=AT
            )
    assert dispatcher.deliver() == 4
    with database.transaction() as session:
        for film, amount in ((second, 10), (gone, 10)):
            tip = rights.Revenue(
                f"tip/{film}",
                "tip",
                film,
                MicroMoney.of(f"{amount} EUR"),
                ledger.Account(PROVIDER, "payments", "EUR"),
                AT,
            )
            rights.earning.earn(session, [tip], PLATFORM, at=AT)
        shares = rights.earning.shares_of(session, f"tip/{second}")
    assert {one.party: one.micro for one in shares} == {
        rights.PLATFORM: 100_000_000,
        ann.id: 90_000_000,
        bo.id: 810_000_000,
    }

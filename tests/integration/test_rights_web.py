"""Money over HTTP: given, told of, divided, stated, paid out, and looked at."""

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

import pytest
from fastapi import Depends, FastAPI, Request
from sqlalchemy import text
from starlette.testclient import TestClient

import feed_builders
from matinee import feed, ledger, rights
from matinee.entrypoints import money
from matinee.entrypoints.edges import answer_errors
from matinee.feed import watching_store
from matinee.kit import db
from matinee.kit.clock import ManualClock
from matinee.kit.ids import SeededIds
from matinee.kit.money import Money
from matinee.people import Visitor, person_by_handle
from matinee.rights import payouts
from matinee.rights.adapters.fake_payments import FakePayments
from matinee.rights.adapters.fake_stripe import FakeStripe
from matinee.rights.web import MoneyDesk, money_router
from matinee.rights.workflows import close_months

if TYPE_CHECKING:
    from matinee.kit.durable import Jobs, Workflow

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
CARD = "pm_card_visa"
FIVE = {"amount": 500, "currency": "EUR"}


@dataclass
class Waiting:
    """Charges that were ordered as jobs and not carried out yet."""

    ordered: list[str] = field(default_factory=list)

    def submit(self, _session: object, _flow: object, charge_id: str, *, job_id: str) -> str:
        self.ordered.append(charge_id)
        return job_id


class House:
    """Ann made a film, bo remixed it, a studio owns a fox in both; a fan and a shop pay."""

    def __init__(self, database: db.Database) -> None:
        self.database = database
        self.clock = ManualClock(AT)
        self.ears = money.Ears()
        self.stripe = FakeStripe(self.clock, tell=self._tell)
        self.payments = FakePayments(self.stripe, self.clock)
        self.ears.hearers.append(money.hearer(database, self.payments, self.clock))
        self.told: list[tuple[bytes, str]] = []
        self.treasury = rights.Treasury(
            payments=self.payments,
            platform=rights.PlatformTerms(rights.PLATFORM),
            minimums=(Money(100, "EUR"), Money(100, "USD")),
            plan=Money(500, "EUR"),
            test=True,
        )
        self.jobs = Waiting()
        with database.transaction() as session:
            handles = ("studio", "ann", "bob", "fan", "shop")
            self.ids = {one: feed_builders.a_person(session, one).id for one in handles}
            session.execute(
                text("update people.person set roles = '{seller,operator}' where id = :id"),
                {"id": self.ids["shop"]},
            )
            work = rights.register_work(
                session,
                kind="character",
                title="Fox",
                owners=[rights.Owner(self.ids["studio"], 10_000)],
                by=self.ids["studio"],
                ids=SeededIds("web"),
                at=AT,
            )
            terms = rights.Terms(allowed=True, share_bps=2_000, flow_bps=5_000, depth_max=9)
            rights.offer_licence(session, work.id, terms, ids=SeededIds("web"), at=AT)
            session.execute(text("update rights.work set standing = 'proven'"))
            shown = [rights.Shown(work.id, 1_000_000)]
            rights.register_film(session, "film_1", maker=self.ids["ann"], shown=shown)
            rights.register_film(
                session, "film_2", maker=self.ids["bob"], shown=shown, parents=["film_1"]
            )
        self.client = self._client()

    def _tell(self, body: bytes, signature: str) -> None:
        self.told.append((body, signature))

    def _client(self) -> TestClient:
        app = FastAPI()
        answer_errors(app)

        def entered(request: Request) -> None:
            handle = request.headers.get("x-test-person", "")
            request.state.visitor = None
            if handle:
                with self.database.transaction() as session:
                    request.state.visitor = Visitor(person_by_handle(session, handle))

        desk = MoneyDesk(
            database=self.database,
            clock=self.clock,
            ids=SeededIds("desk"),
            jobs=cast("Jobs", self.jobs),
            treasury=self.treasury,
            charge=cast("Workflow[[str], None]", None),
            hear=self.ears.hear,
            may_see=lambda _session, visitor, film: (
                (film, visitor.person.handle) != ("film_2", "bob")
            ),
            titles=lambda _session, films: {one: one.upper() for one in films},
            public_url="https://films.example",
        )
        app.include_router(money_router(desk), prefix="/api", dependencies=[Depends(entered)])
        return TestClient(app)

    def send(
        self, who: str, method: str, path: str, body: object = None, key: str = "k"
    ) -> dict[str, Any]:
        """The answer's JSON, with its status as ``status``."""
        got = self.client.request(
            method,
            f"/api{path}",
            content=None if body is None else json.dumps(body),
            headers={"x-test-person": who, "idempotency-key": key},
        )
        return {**got.json(), "status": got.status_code}

    def tip(self, minor: int, key: str, film: str = "film_2") -> dict[str, Any]:
        body = {"amount": {"amount": minor, "currency": "EUR"}, "method": CARD}
        return self.send("fan", "POST", f"/films/{film}/tips", body, key)

    def carry_out(self) -> None:
        rights.paying.carry_out_charges(
            self.database, self.payments, self.treasury.platform, self.clock
        )

    def webhook(self, body: bytes, signature: str) -> int:
        return self.client.post(
            "/api/payments/webhooks", content=body, headers={"stripe-signature": signature}
        ).status_code

    def owed(self) -> dict[str, int]:
        people = {**self.ids, "platform": rights.PLATFORM}
        accounts = [ledger.Account(rights.EARNINGS, one, "EUR") for one in people.values()]
        with self.database.transaction() as session:
            found = ledger.balances(session, accounts).values()
            assert ledger.prove(session).faults == ()
        return dict(zip(people, (one.micro for one in found), strict=True))


@pytest.fixture
def house(database: db.Database) -> House:
    return House(database)


def test_a_tip_is_taken_once_by_its_key_and_reaches_everybody(house: House) -> None:
    first = house.tip(500, "t1")
    assert (first["status"], first["state"], first["test"]) == (202, "ordered", True)
    assert house.tip(500, "t1")["id"] == first["id"]
    assert house.tip(501, "t1")["code"] == "ledger.key_reused"
    assert house.jobs.ordered == [first["id"]]
    house.carry_out()
    assert house.send("fan", "GET", f"/payments/{first['id']}")["state"] == "paid"
    assert house.send("bob", "GET", f"/payments/{first['id']}")["status"] == 404
    # 5 EUR: a tenth to the platform, a fifth of 4.50 to the studio, a tenth of 3.60 to ann.
    assert house.owed() == {
        "studio": 90_000_000,
        "ann": 36_000_000,
        "bob": 324_000_000,
        "fan": 0,
        "shop": 0,
        "platform": 50_000_000,
    }
    for amount, code in (
        ({"amount": 3, "currency": "EUR"}, "rights.amount_refused"),
        ({"amount": 500, "currency": "CHF"}, "rights.amount_refused"),
        ({"amount": 10**12, "currency": "EUR"}, "rights.amount_refused"),
        ({"amount": "5", "currency": "EUR"}, "rights.request_unreadable"),
    ):
        body = {"amount": amount, "method": CARD}
        assert house.send("fan", "POST", "/films/film_2/tips", body, "t2")["code"] == code
    gift = {"amount": FIVE, "method": CARD}
    for who, film in (("bob", "film_2"), ("fan", "film_9")):
        refused = house.send(who, "POST", f"/films/{film}/tips", gift, "t3")
        assert refused["code"] == "rights.film_unknown"
    assert house.send("", "POST", "/films/film_2/tips", gift, "t3")["status"] == 401


def test_word_of_the_provider_may_come_twenty_times_in_any_order_and_only_signed(
    house: House,
) -> None:
    house.tip(500, "t1")
    house.carry_out()
    before = house.owed()
    charge = f"tip/{house.ids['fan']}/t1"
    for number, minor in enumerate((200, 300)):
        rights.paying.give_back(
            house.database, house.payments, charge, key=f"r{number}", amount=Money(minor, "EUR")
        )
    words = list(reversed(house.told))
    for _ in range(20):
        assert {house.webhook(*word) for word in words} == {200}
    assert set(house.owed().values()) == {0}
    body, signature = words[0]
    assert house.webhook(body, signature[:-1] + ("0" if signature[-1] != "0" else "1")) == 403
    assert house.webhook(body + b" ", signature) == 403
    assert house.webhook(b"", "") == 403
    other = json.dumps({**json.loads(body), "account": "acct_other"}).encode()
    assert house.webhook(other, house.stripe.signed(other)) == 403
    house.clock.advance(timedelta(hours=1))
    assert house.webhook(body, signature) == 403
    assert set(house.owed().values()) == {0}
    assert before["bob"] == 324_000_000


def test_a_seller_pays_a_commission_and_a_return_takes_it_back_from_everybody(
    house: House,
) -> None:
    sale = {"id": "order-7", "film_id": "film_2", "commission": FIVE, "method": CARD}
    assert house.send("fan", "POST", "/commissions", sale)["status"] == 403
    assert house.send("shop", "POST", "/commissions", sale)["status"] == 202
    assert house.send("shop", "POST", "/commissions", sale)["status"] == 202
    house.carry_out()
    assert house.send("shop", "GET", "/commissions/order-7")["state"] == "paid"
    assert house.owed()["bob"] == 324_000_000
    for key, amount in (
        ("a", {"amount": 123, "currency": "EUR"}),
        ("b", {"amount": 377, "currency": "EUR"}),
    ):
        back = {"id": key, "amount": amount}
        assert house.send("shop", "POST", "/commissions/order-7/refunds", back)["status"] == 202
    for word in house.told:
        assert house.webhook(*word) == 200
    assert house.send("shop", "GET", "/commissions/order-7")["returned"] == FIVE
    assert set(house.owed().values()) == {0}
    assert house.send("shop", "POST", "/commissions/other/refunds", {"id": "x"})["status"] == 404


def test_a_month_of_subscriptions_is_shared_by_watch_time_when_it_has_ended(house: House) -> None:
    price = {"price": {"amount": 300, "currency": "EUR"}}
    assert house.send("bob", "PUT", "/me/offer", price)["subscribers"] == 0
    wish = {"creator": house.ids["bob"], "method": CARD}
    made = house.send("fan", "POST", "/subscriptions", wish)
    assert (made["status"], made["state"]) == (201, "active")
    assert house.send("fan", "POST", "/subscriptions", wish)["code"] == "rights.already_subscribed"
    assert house.send("fan", "POST", "/subscriptions", {"method": CARD})["status"] == 201
    assert house.send("bob", "POST", "/subscriptions", wish)["code"] == "rights.amount_refused"
    nobody = {"creator": house.ids["ann"], "method": CARD}
    assert house.send("fan", "POST", "/subscriptions", nobody)["code"] == "rights.offer_unknown"
    house.carry_out()
    assert house.send("fan", "GET", f"/offers/{house.ids['bob']}")["subscribed"]

    def watched(_session: object, since: datetime, until: datetime) -> list[tuple[str, int]]:
        assert (since.month, until.month) == (11, 12)
        return [("film_1", 30_000), ("film_2", 10_000), ("film_9", 99_000)]

    def close() -> int:
        return close_months(house.database, house.treasury, clock=house.clock, watched=watched)

    assert close() == 0  # November is not over
    house.clock.advance(timedelta(days=9))
    assert close() == 2
    assert close() == 0
    owed = house.owed()
    # Bo's 3 EUR all to film_2; the platform's 5 EUR three to one for film_1.
    assert sum(owed.values()) == 800_000_000
    assert owed["platform"] == 80_000_000
    assert owed["studio"] == 144_000_000  # a fifth of 7.20
    assert owed["ann"] == 270_000_000 + 21_600_000 + 9_000_000
    mine = house.send("fan", "GET", "/me/subscriptions")["subscriptions"]
    for one in mine:
        assert house.send("fan", "DELETE", f"/subscriptions/{one['id']}")["state"] == "ending"
        assert house.send("ann", "DELETE", f"/subscriptions/{one['id']}")["status"] == 404
    house.clock.advance(timedelta(days=40))
    with house.database.transaction() as session:
        assert rights.subscribing.renew(session, at=house.clock.now()) == []
    assert {
        one["state"] for one in house.send("fan", "GET", "/me/subscriptions")["subscriptions"]
    } == {"ended"}


def test_a_report_of_advertising_books_what_is_right_and_tells_the_lines_that_are_not(
    house: House,
) -> None:
    report = (
        "date,film,amount,currency\n2026-11-01,film_1,1.25,EUR\n2026-11-01,film_9,1,EUR\n"
        "2026-11-02,film_1,x,EUR\n"
    )
    headers = {"x-test-person": "shop"}
    for booked, known in ((1, 0), (0, 1)):
        told = house.client.post("/api/advertising?network=adnet", content=report, headers=headers)
        assert (told.json()["booked"], told.json()["known"]) == (booked, known)
        assert [one["line"] for one in told.json()["faults"]] == [3, 4]
    assert sum(house.owed().values()) == 125_000_000
    refused = house.client.post("/api/advertising?network=adnet", content=b"\xff", headers=headers)
    assert refused.json()["code"] == "rights.request_unreadable"
    fan = house.client.post(
        "/api/advertising?network=a", content="", headers={"x-test-person": "fan"}
    )
    assert fan.status_code == 403


def test_the_first_payout_needs_an_account_and_a_tax_form_and_more_than_the_balance_is_refused(
    house: House,
) -> None:
    house.tip(500, "t1")
    house.carry_out()

    def ask(minor: int) -> str:
        body = {"amount": {"amount": minor, "currency": "EUR"}}
        told = house.send("bob", "POST", "/me/payouts", body)
        return str(told.get("code", told.get("state")))

    assert ask(300) == "rights.payout_refused"
    opened = house.send("bob", "POST", "/me/payouts/account", {"country": "DE"})
    assert opened["status"] == 201
    account = opened["url"].rpartition("/")[2]
    assert ask(300) == "rights.payout_refused"  # not finished there
    house.stripe.onboard(account)
    assert ask(300) == "rights.payout_refused"  # no tax form
    form = {
        "kind": "dac7",
        "legal_name": "Bo Lindqvist",
        "country": "SE",
        "address": "Storgatan 1, Umeå",
        "tax_number": "SE-850101-1234",
    }
    bad = house.send("bob", "PUT", "/me/payouts/tax-form", {**form, "country": "Sweden"})
    assert bad["code"] == "rights.terms_invalid"
    assert house.send("bob", "PUT", "/me/payouts/tax-form", form)["status"] == 200
    assert ask(325) == "rights.payout_too_large"
    assert ask(99) == "rights.payout_refused"
    assert ask(124) == "ordered"
    assert ask(100) == "rights.payout_refused"  # one is on its way
    paid = payouts.run(house.database, house.treasury, clock=house.clock, ids=SeededIds("p"))
    assert [one.amount.minor for one in paid] == [124]
    # What is left goes out by its schedule: weekly, and the 23rd is a Monday.
    assert house.send("bob", "PUT", "/me/payouts/schedule", {"schedule": "weekly"})["status"] == 200
    (rest,) = payouts.run(house.database, house.treasury, clock=house.clock, ids=SeededIds("q"))
    assert rest.amount == Money(200, "EUR")
    # A refund after the payout is owed, and filled by what is earned next before more is paid.
    rights.paying.give_back(
        house.database, house.payments, f"tip/{house.ids['fan']}/t1", key="r", amount=None
    )
    for word in house.told:
        house.webhook(*word)
    assert house.owed()["bob"] == -324_000_000
    told = house.send("bob", "GET", "/me/earnings")
    assert told["payable"] == [{"amount": 0, "currency": "EUR"}]
    assert ask(100) == "rights.payout_too_large"
    house.tip(1_000, "t2")
    house.carry_out()
    assert house.owed()["bob"] == 324_000_000
    assert told["payee"]["ready"]
    assert "SE-850101" not in json.dumps(told)


def test_who_earns_gets_a_statement_and_anybody_can_check_it(house: House) -> None:
    house.tip(500, "t1")
    house.carry_out()
    period = {"since": "2026-11-01", "until": "2026-11-30", "currency": "EUR"}
    made = house.send("bob", "POST", "/me/statements", period)
    assert (made["opening"]["micro"], made["closing"]["text"]) == (0, "3.24 EUR")
    assert [line["reason"] for line in made["lines"]] == ["rights.tip"]
    assert house.send("bob", "POST", "/me/statements", period)["code"] == made["code"]
    (listed,) = house.send("bob", "GET", "/me/statements")["statements"]
    assert listed["code"] == made["code"]
    me = {"x-test-person": "bob"}
    table = house.client.get(f"/api/me/statements/{made['code']}?form=csv", headers=me)
    assert table.text.splitlines()[1].endswith(",3.24000000,EUR")
    paper = house.client.get(f"/api/me/statements/{made['code']}?form=pdf", headers=me)
    assert paper.content.startswith(b"%PDF-")
    again = house.client.get(f"/api/me/statements/{made['code']}?form=pdf", headers=me)
    assert again.content == paper.content
    assert house.send("ann", "GET", f"/me/statements/{made['code']}")["status"] == 404
    checked = house.client.get(f"/api/statements/{made['code']}")
    assert checked.json()["agrees"] is True
    assert house.ids["bob"] not in checked.text
    for wrong in (
        {**period, "since": "yesterday"},
        {**period, "since": "2026-12-30"},
        {**period, "until": "9999-12-31"},
        {**period, "currency": "euro"},
    ):
        assert house.send("bob", "POST", "/me/statements", wrong)["status"] == 422
    foreign = house.send("bob", "POST", "/me/statements", {**period, "currency": "CHF"})
    assert foreign["code"] == "ledger.account_not_found"


def test_reading_writes_nothing_and_a_day_has_twenty_new_statements(house: House) -> None:
    house.tip(500, "t1")
    house.carry_out()

    def rows() -> tuple[int, ...]:
        with house.database.transaction() as session:
            return tuple(
                session.execute(text(f"select count(*) from ledger.{table}")).scalar_one()  # noqa: S608 - constants
                for table in ("account", "seal", "statement")
            )

    before = rows()
    paths = ("/me/earnings", "/me/statements", "/me/dashboard?currency=CHF", "/me/entries")
    for path in paths:
        assert house.send("bob", "GET", path)["status"] == 200
    assert rows() == before
    codes = [
        house.send(
            "bob",
            "POST",
            "/me/statements",
            {"since": f"2026-10-{day:02}", "until": "2026-11-30", "currency": "EUR"},
        ).get("code")
        for day in range(1, 23)
    ]
    assert codes.count("rights.too_many_statements") == 2
    assert rows()[2] == before[2] + 20


def test_every_figure_of_a_dashboard_is_the_sum_of_the_entries_it_leads_to(house: House) -> None:
    for number, minor in enumerate((500, 301, 77, 1_234)):
        house.tip(minor, f"t{number}", film="film_2" if number % 2 else "film_1")
    house.carry_out()
    rights.paying.give_back(
        house.database,
        house.payments,
        f"tip/{house.ids['fan']}/t1",
        key="r",
        amount=Money(100, "EUR"),
    )
    for word in house.told:
        house.webhook(*word)
    for who in ("ann", "bob", "studio"):
        board = house.send(who, "GET", "/me/dashboard")
        assert board["total"]["micro"] == house.owed()[who]
        assert sum(d["earned_micro"] + d["back_micro"] for d in board["days"]) == house.owed()[who]
        for side, name in (
            ("films", "film"),
            ("works", "work"),
            ("generations", "generation"),
            ("kinds", "kind"),
        ):
            for figure in board[side]:
                found = house.send(who, "GET", f"/me/entries?{name}={figure['of']}")["entries"]
                assert sum(one["amount"]["micro"] for one in found) == figure["amount"]["micro"]
                assert len(found) == figure["entries"]
        for one in house.send(who, "GET", "/me/entries")["entries"]:
            seen = house.send(who, "GET", f"/me/occasions/{one['occasion']}")
            parts = sum(part["amount"]["micro"] for part in seen["parts"])
            assert parts == sum(entry["amount"]["micro"] for entry in seen["entries"])
    ann = house.send("ann", "GET", "/me/dashboard")
    assert [one["of"] for one in ann["generations"]] == ["0", "1"]
    assert {one["title"] for one in ann["films"]} == {"FILM_1", "FILM_2"}
    assert house.send("studio", "GET", "/me/dashboard")["works"][0]["title"] == "Fox"
    assert house.send("fan", "GET", "/me/occasions/nothing")["status"] == 404
    assert house.send("bob", "GET", "/me/entries?after=%21")["status"] == 422


def test_what_is_watched_counts_once_for_the_month_in_which_it_was_first_seen(
    database: db.Database,
) -> None:
    with feed_builders.a_site(database) as site:
        site.people("anna", "berta", "carla")
        site.post("anna", "a lighthouse")
    first, later = AT, AT + timedelta(days=20)
    views = (("berta", 3_000, first), ("berta", 9_000, later), ("carla", 500, first))
    with database.transaction() as session:
        post, film = session.execute(text("select number, film from feed.post")).one()
        for handle in ("anna", "berta", "carla"):
            viewer = feed.viewer_of(session, Visitor(person_by_handle(session, handle)))
            for name, watched_ms, at in (*views, ("anna", 7_000, first)):
                if name == handle:
                    watching_store.add_view(
                        session, viewer.number, post, watched_ms, sound=True, at=at
                    )
        december = AT + timedelta(days=8)
        assert feed.hearing.watched_by_film(session, AT, december) == [(film, 9_500)]
        assert feed.hearing.watched_by_film(session, december, AT + timedelta(days=60)) == []

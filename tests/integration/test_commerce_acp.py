"""An agent buys by the Agentic Commerce Protocol; every answer is held to its published schemas."""

import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from fastapi import Depends, FastAPI, Request
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from matinee.commerce.acp import store as acp_store
from matinee.commerce.acp import telling
from matinee.commerce.acp.answering import Place
from matinee.commerce.acp.desk import AcpDesk
from matinee.commerce.acp.errors import VERSION
from matinee.commerce.acp.feeding import feed_router
from matinee.commerce.acp.web import acp_router, discovery_router
from matinee.commerce.checkout import orders, settling
from matinee.commerce.checkout import store as sales
from matinee.commerce.checkout.model import Parcel
from matinee.kit import db, events
from matinee.kit.outside import Answer
from matinee.people import KeyRefused, Person, Visitor
from selling_builders import AT, Market, a_product

SPEC = Path(__file__).parents[3] / "shared" / "spec" / "acp" / f"spec-{VERSION}"
KEYS = {"Bearer good": "key_agent", "Bearer other": "key_other"}
ADDRESS = {
    "name": "Ada Lovelace",
    "line_one": "Karl Johans gate 1",
    "city": "Oslo",
    "state": "",
    "country": "NO",
    "postal_code": "0154",
}
BUYER = {"email": "ada@example.com", "first_name": "Ada", "last_name": "Lovelace"}


@cache
def schemas() -> Registry[Any]:
    """The published schemas, by their files; none on a machine that does not have them."""
    found = sorted((SPEC / "json-schema").glob("schema.*.json"))
    known = {path.name: json.loads(path.read_text()) for path in found}
    if known:
        # As published, a session with a result is one that may have no result.
        proofs = known["schema.delegate_authentication.json"]["$defs"]
        result = proofs["DelegateAuthenticationSessionWithResult"]["allOf"][1]["properties"]
        proofs["DelegateAuthenticationSessionBase"]["properties"].update(result)
    resources = [
        (name, Resource.from_contents(schema, DRAFT202012)) for name, schema in known.items()
    ]
    return Registry().with_resources(resources)


def faults_of(said: object, name: str, definition: str) -> list[str] | None:
    """What an answer does against its schema; None where the schema is not to be had."""
    if f"schema.{name}.json" not in schemas():
        return None
    schema = {"$ref": f"schema.{name}.json#/$defs/{definition}"}
    known = Draft202012Validator(schema, registry=schemas(), format_checker=FormatChecker())
    return [f"{one.json_path}: {one.message}" for one in known.iter_errors(said)]


@dataclass
class Agent:
    """A buyer that follows a script, and looks at every answer."""

    client: TestClient
    market: Market
    key_name: str = "good"
    number: int = 0
    seen: list[str] = field(default_factory=list)

    def ask(
        self,
        method: str,
        path: str,
        body: Any = None,  # noqa: ANN401 - JSON
        *,
        key: str | None = "fresh",
        version: str | None = VERSION,
        status: int = 200,
        schema: tuple[str, str] = ("agentic_checkout", "CheckoutSession"),
    ) -> dict[str, Any]:
        headers = {"authorization": f"Bearer {self.key_name}", "request-id": "r1"}
        if version is not None:
            headers["api-version"] = version
        self.number += 1
        if method == "POST" and key is not None:
            headers["idempotency-key"] = key if key != "fresh" else f"fresh-{self.number}"
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        answer = self.client.request(
            method, path, content=None if body is None else content, headers=headers
        )
        assert answer.status_code == status, answer.text
        assert answer.headers["content-type"] == "application/json"
        self.replayed = answer.headers.get("idempotent-replayed")
        if path.startswith("/acp"):
            assert answer.headers["request-id"] == "r1"
            assert answer.headers.get("idempotency-key") == headers.get("idempotency-key")
        said: dict[str, Any] = answer.json()
        kind = schema if status < 400 else ("agentic_checkout", "Error")
        faults = faults_of(said, *kind)
        assert not faults, (path, faults)
        if faults is not None:
            self.seen.append(path)
        if status < 400 and "checkout_sessions" in path:
            assert [one["type"] for one in said["totals"]][-1] == "total"
        return said

    def create(self, units: dict[str, int] | None = None, **more: Any) -> dict[str, Any]:  # noqa: ANN401
        lines = [
            {"id": f"variant_{name}", "quantity": count}
            for name, count in (units or {"shirt": 1}).items()
        ]
        said = {"line_items": lines, "currency": "eur", "capabilities": {}, **more}
        return self.ask("POST", "/acp/checkout_sessions", said, status=201)

    def ready(self, units: dict[str, int] | None = None, **more: Any) -> str:  # noqa: ANN401
        made = self.create(
            units,
            buyer=BUYER,
            fulfillment_details={"address": ADDRESS},
            **more,
        )
        option = made["fulfillment_options"][0]["id"]
        chosen = [{"type": "shipping", "option_id": option, "item_ids": []}]
        path = f"/acp/checkout_sessions/{made['id']}"
        changed = self.ask("POST", path, {"selected_fulfillment_options": chosen})
        assert changed["status"] == "ready_for_payment", changed["messages"]
        return str(made["id"])

    def shared_token(self, max_amount: int = 100_000, card: str = "pm_card_visa") -> str:
        form = (
            f"payment_method={card}&usage_limits[currency]=eur"
            f"&usage_limits[max_amount]={max_amount}"
        )
        path = "/v1/test_helpers/shared_payment/granted_tokens"
        _, made = self.market.stripe.answer("POST", path, form)
        return str(made["id"])

    def complete(self, session: str, token: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401
        asked = {"key": "fresh", "status": 200, **more}
        extra = asked.pop("extra", {})
        return self.ask(
            "POST",
            f"/acp/checkout_sessions/{session}/complete",
            {"buyer": BUYER, "payment_data": paid_with(token), **extra},
            **asked,
        )


def paid_with(token: str) -> dict[str, Any]:
    return {
        "handler_id": "card_tokenized",
        "instrument": {"type": "card", "credential": {"type": "spt", "token": token}},
    }


@pytest.fixture
def agent(database: db.Database) -> Iterator[Agent]:
    market = Market(database).furnish()
    place = Place(
        public_url="https://films.example", account="acct_platform", test_mode=True, vault=True
    )
    desk = AcpDesk(database=database, room=market.room, place=place, card=market.till.card)

    async def door(request: Request) -> None:
        key = KEYS.get(request.headers.get("authorization", ""))
        if key is None:
            raise KeyRefused("This address needs an API key.")
        person = Person(id="person_ada", handle="ada", name="Ada", created_at=AT)
        request.state.visitor = Visitor(person, key_id=key)

    app = FastAPI()
    app.include_router(acp_router(desk), dependencies=[Depends(door)])
    app.include_router(discovery_router(desk))
    app.include_router(feed_router(desk), prefix="/api")
    with TestClient(app, raise_server_exceptions=True) as client:
        yield Agent(client, market)


def test_a_scripted_buyer_gets_only_answers_of_the_schema(agent: Agent) -> None:
    found = agent.ask(
        "GET", "/.well-known/acp.json", schema=("agentic_checkout", "DiscoveryResponse")
    )
    assert found["api_base_url"] == "https://films.example/acp"
    bare = agent.create({"shirt": 2, "socks": 1})
    assert bare["status"] == "not_ready_for_payment"
    assert [one["quantity"] for one in bare["line_items"]] == [2, 1]
    path = f"/acp/checkout_sessions/{bare['id']}"
    assert agent.ask("GET", path)["id"] == bare["id"]
    placed = agent.ask(
        "POST", path, {"fulfillment_details": {"email": BUYER["email"], "address": ADDRESS}}
    )
    assert len(placed["fulfillment_options"]) == 2
    chosen = [{"type": "shipping", "option_id": "rate_post", "item_ids": ["variant_shirt"]}]
    ready = agent.ask("POST", path, {"selected_fulfillment_options": chosen})
    assert ready["status"] == "ready_for_payment"
    amounts = {one["type"]: one["amount"] for one in ready["totals"]}
    assert amounts["total"] == amounts["subtotal"] + amounts["fulfillment"] + amounts["tax"]
    done = agent.complete(bare["id"], agent.shared_token())
    assert (done["status"], done["order"]["checkout_session_id"]) == ("completed", bare["id"])
    assert agent.market.stripe.balance == {"eur": amounts["total"]}
    again = agent.complete(bare["id"], agent.shared_token())
    assert again["order"]["id"] == done["order"]["id"]
    assert agent.market.stripe.balance == {"eur": amounts["total"]}
    if not agent.seen:
        pytest.skip("the published schemas are not on this machine; everything else was looked at")


def test_an_order_stays_in_the_schema_while_it_is_sent_returned_and_refunded(agent: Agent) -> None:
    session = agent.ready({"shirt": 2})
    agent.complete(session, agent.shared_token())
    market = agent.market
    with market.database.transaction() as opened:
        found = sales.checkout_by_id(opened, session)
        assert found is not None
        parcel = Parcel(id="", units={}, carrier="Posten", number="1", shipped_at=AT)
        order = orders.ship(
            opened, found.order_id or "", parcel, seller="person_seller", room=market.room
        )
        line = order.lines[0].id
        _, refund = orders.order_refund(
            opened,
            order.id,
            {line: 1},
            shipping=False,
            reason="",
            seller="person_seller",
            room=market.room,
        )
    settling.settle_refund(market.database, refund, market.room)
    said = agent.ask("GET", f"/acp/checkout_sessions/{session}")["order"]
    assert said["line_items"][0]["quantity"] == {"ordered": 2, "current": 1, "fulfilled": 1}
    assert [one["status"] for one in said["adjustments"]] == ["completed"]
    assert said["totals"][-1]["type"] == "amount_refunded"


def test_a_request_that_names_itself_is_carried_out_once(agent: Agent) -> None:
    said = {
        "line_items": [{"id": "variant_shirt", "quantity": 1}],
        "currency": "eur",
        "capabilities": {},
    }
    path = "/acp/checkout_sessions"
    first = agent.ask("POST", path, said, key="k", status=201)
    assert agent.replayed is None
    turned = (
        b'{"currency":"eur","capabilities":{},"line_items":[{"quantity":1.0,"id":"variant_shirt"}]}'
    )
    assert agent.ask("POST", path, turned, key="k", status=201) == first
    assert agent.replayed == "true"
    assert agent.ask("POST", path, said, key="k2", status=201)["id"] != first["id"]
    other = {**said, "locale": "de"}
    assert agent.ask("POST", path, other, key="k", status=422)["code"] == "idempotency_conflict"
    missing = agent.ask("POST", path, said, key=None, status=400)
    assert missing["code"] == "idempotency_key_required"
    # Older versions leave the key to the agent, and another agent's key is another key.
    agent.ask("POST", path, said, key=None, version="2026-01-30", status=201)
    agent.key_name = "other"
    assert agent.ask("POST", path, said, key="k", status=201)["id"] != first["id"]
    agent.ask("GET", f"{path}/{first['id']}", status=404)


def test_a_complete_that_is_sent_twice_is_one_order_and_one_payment(agent: Agent) -> None:
    session, token = agent.ready(), agent.shared_token()
    first = agent.complete(session, token, key="once")
    again = agent.complete(session, token, key="once")
    assert (first, agent.replayed) == (again, "true")
    with agent.market.database.transaction() as opened:
        assert len(sales.orders_of(opened, person_id="person_ada", most=10)) == 1
    assert agent.complete(session, "spt_other", key="once", status=422)["type"] == "invalid_request"


def test_a_request_that_is_at_work_is_told_so_and_one_that_died_is_taken_up(agent: Agent) -> None:
    session, token = agent.ready(), agent.shared_token()
    real, charged = agent.market.till.charge, []

    def dying(**asked: Any) -> Any:  # noqa: ANN401 - as the till
        charged.append(real(**asked))
        raise RuntimeError

    agent.market.till.charge = dying  # type: ignore[method-assign]
    with pytest.raises(RuntimeError):
        agent.complete(session, token, key="dies")
    agent.market.till.charge = real  # type: ignore[method-assign]
    busy = agent.complete(session, token, key="dies", status=409)
    assert busy["code"] == "idempotency_in_flight"
    assert agent.ask("GET", f"/acp/checkout_sessions/{session}")["status"] == "complete_in_progress"
    agent.market.clock.advance(timedelta(seconds=91))
    settling.sweep(agent.market.database, agent.market.room)
    done = agent.complete(session, token, key="dies")
    assert (done["status"], len(charged)) == ("completed", 1)
    assert agent.market.stripe.balance == {"eur": 5_625}


def test_headers_are_asked_for_and_refusals_have_the_shape_of_the_protocol(agent: Agent) -> None:
    path = "/acp/checkout_sessions"
    missing = agent.ask("POST", path, {}, version=None, status=400)
    assert (missing["code"], missing["supported_versions"]) == (
        "missing_api_version",
        ["2026-01-30", VERSION],
    )
    other = agent.ask("POST", path, {}, version="2025-09-29", status=400)
    assert other["code"] == "unsupported_api_version"
    agent.key_name = "bogus"
    assert agent.ask("POST", path, {}, status=401)["code"] == "people.key_refused"
    agent.key_name = "good"
    assert agent.ask("GET", f"{path}/nothing", status=404)["code"] == "not_found"
    for body in (b"{", b"[]", b'"x"', b"\xff", b'{"line_items": 3}', b"{}"):
        agent.ask("POST", path, body, status=400)
    lines = [{"id": "variant_shirt"}]
    bare = {"line_items": lines, "capabilities": {}}
    assert agent.ask("POST", path, bare, status=400)["param"] == "$.currency"
    unknown = {**bare, "line_items": [{"id": "nothing"}], "currency": "eur"}
    assert agent.ask("POST", path, unknown, status=400)["code"] == "invalid_item_id"
    abroad = {"address": {**ADDRESS, "country": "USA"}}
    wrong = {**bare, "currency": "eur", "fulfillment_details": abroad}
    assert agent.ask("POST", path, wrong, status=400)["param"] == "$.address.country"
    for count in (-1, 10**9):
        many = {
            **bare,
            "currency": "eur",
            "line_items": [{"id": "variant_shirt", "quantity": count}],
        }
        agent.ask("POST", path, many, status=400)


def test_what_is_in_the_way_is_a_message_with_its_place(agent: Agent) -> None:
    session = agent.ready({"shirt": 1, "socks": 3})
    market = agent.market
    market.pay(market.open({"variant_socks": 2}))
    market.change_product(a_product("shirt", 4_400))
    said = agent.complete(session, agent.shared_token())
    assert said["status"] == "not_ready_for_payment"
    codes = {one["code"]: one["param"] for one in said["messages"]}
    assert codes == {"price_change": "$.line_items[0]", "out_of_stock": "$.line_items[1]"}
    # Of the other buyer: two pairs of socks.
    assert market.stripe.balance == {"eur": 3_123}


def test_a_declined_token_is_a_message_and_another_one_pays(agent: Agent) -> None:
    session = agent.ready()
    said = agent.complete(session, agent.shared_token(card="pm_card_chargeDeclined"))
    assert said["status"] == "ready_for_payment"
    assert said["messages"][0]["code"] == "payment_declined"
    too_small = agent.complete(session, agent.shared_token(max_amount=5))
    assert too_small["messages"][0]["code"] == "payment_declined"
    assert agent.complete(session, agent.shared_token())["status"] == "completed"


def test_a_card_left_in_the_vault_pays_one_session_after_three_d_secure(agent: Agent) -> None:
    session = agent.ready()

    def left(number: str, *, key: str = "fresh", **limits: Any) -> str:  # noqa: ANN401
        allowance = {
            "reason": "one_time",
            "max_amount": 10_000,
            "currency": "eur",
            "checkout_session_id": session,
            "merchant_id": "acct_platform",
            "expires_at": "2026-11-24T12:00:00Z",
            **limits,
        }
        card = {
            "type": "card",
            "card_number_type": "fpan",
            "number": number,
            "display_card_funding_type": "credit",
            "metadata": {},
        }
        asked = {
            "payment_method": card,
            "allowance": allowance,
            "risk_signals": [],
            "metadata": {},
        }
        made = agent.ask(
            "POST",
            "/acp/agentic_commerce/delegate_payment",
            asked,
            key=key,
            status=201,
            schema=("delegate_payment", "DelegatePaymentResponse"),
        )
        return str(made["id"])

    for limits in ({"max_amount": 5}, {"currency": "usd"}, {"checkout_session_id": "other"}):
        token = left("4242424242424242", **limits)
        assert agent.complete(session, token, status=400)["code"] == "invalid"
    token = left("4242424242424242")
    agent.market.change_product(a_product("shirt", 3_900))
    changed = agent.complete(session, token)
    assert [one["code"] for one in changed["messages"]] == ["price_change"]
    agent.market.change_product(a_product("shirt", 4_000))
    again = agent.complete(session, token)  # nothing was paid, so the token is as good as before
    assert [one["code"] for one in again["messages"]] == ["price_change"]
    asked = agent.complete(session, left("4000000000003220"))
    assert asked["status"] == "authentication_required"
    assert asked["messages"][0]["code"] == "requires_3ds"
    token = left("4000000000003220")
    assert agent.complete(session, token, status=400)["code"] == "requires_3ds"

    proof = {
        "merchant_id": "acct_platform",
        "payment_method": {
            "type": "card",
            "number": "4000000000003220",
            "exp_month": "12",
            "exp_year": "2030",
            "name": "Ada",
        },
        "amount": {"value": 5_625, "currency": "EUR"},
    }
    schema = ("delegate_authentication", "DelegateAuthenticationSession")
    begun = agent.ask("POST", "/acp/delegate_authentication", proof, status=201, schema=schema)
    path = f"/acp/delegate_authentication/{begun['authentication_session_id']}"
    challenged = agent.ask(
        "POST", f"{path}/authenticate", {"fingerprint_completion": "Y"}, schema=schema
    )
    assert challenged["action"]["type"] == "challenge"
    schema = ("delegate_authentication", "DelegateAuthenticationSessionWithResult")
    result = agent.ask("GET", path, schema=schema)["authentication_result"]
    outcome = {
        "outcome": "authenticated",
        "outcome_details": {
            "three_ds_cryptogram": result["three_ds_cryptogram"],
            "electronic_commerce_indicator": result["electronic_commerce_indicator"],
            "transaction_id": result["transaction_id"],
            "version": result["version"],
        },
    }
    denied = {"authentication_result": {"outcome": "denied"}}
    assert agent.complete(session, token, extra=denied, status=400)["code"] == "payment_declined"
    done = agent.complete(session, token, extra={"authentication_result": outcome})
    assert done["status"] == "completed"
    assert agent.market.stripe.balance == {"eur": 5_625}


def test_a_session_is_cancelled_once(agent: Agent) -> None:
    session = agent.ready()
    path = f"/acp/checkout_sessions/{session}/cancel"
    trace = {"intent_trace": {"reason_code": "price_sensitivity"}}
    assert agent.ask("POST", path, trace)["status"] == "canceled"
    assert agent.ask("POST", path, None, status=405)["code"] == "not_cancelable"
    agent.complete(session, agent.shared_token(), status=409)


def test_codes_are_applied_and_refused_as_the_extension_says(agent: Agent) -> None:
    session = agent.ready({"shirt": 1, "socks": 1}, discounts={"codes": ["TENTH", "NONE"]})
    said = agent.ask("GET", f"/acp/checkout_sessions/{session}")
    (applied,) = said["discounts"]["applied"]
    assert sum(one["amount"] for one in applied["allocations"]) == applied["amount"] == 500
    assert said["discounts"]["rejected"] == [{"code": "none", "reason": "discount_code_invalid"}]
    assert said["messages"][0]["code"] == "discount_code_invalid"


def test_where_a_sale_came_from_is_kept_and_never_told(agent: Agent) -> None:
    first = {"provider": "impact.com", "token": "atp_1", "touchpoint": "first"}
    session = agent.ready(affiliate_attribution=first)
    last = {"provider": "impact.com", "publisher_id": "pub_1"}
    done = agent.complete(session, agent.shared_token(), extra={"affiliate_attribution": last})
    assert "affiliate" not in json.dumps({**done, "capabilities": None})
    with agent.market.database.transaction() as opened:
        kept = sales.affiliates_of(opened, session)
    assert kept == {"first": first, "last": last}
    # What is wrong with it holds nothing up.
    agent.create(affiliate_attribution={"provider": 3})


def test_a_cart_is_filled_replaced_and_given_up(agent: Agent) -> None:
    schema = ("cart", "Cart")
    lines = [{"id": "variant_shirt", "quantity": 2}]
    made = agent.ask("POST", "/acp/carts", {"line_items": lines}, status=201, schema=schema)
    path = f"/acp/carts/{made['id']}"
    assert agent.ask("GET", path, schema=schema)["messages"] == []
    lines = [{"id": "variant_socks"}]
    put = agent.ask("PUT", path, {"line_items": lines, "buyer": BUYER}, schema=schema)
    assert [one["item"]["id"] for one in put["line_items"]] == ["variant_socks"]
    agent.ask("POST", f"{path}/cancel", None, schema=schema)
    agent.ask("GET", f"/acp/checkout_sessions/{made['id']}", status=404)
    agent.ask("GET", "/acp/carts/nothing", status=404)


def test_an_agent_hears_of_its_orders_signed_in_order_until_it_takes_it(agent: Agent) -> None:
    market, taken = agent.market, []
    answers = [Answer(500, {}, b""), *(Answer(200, {}, b"{}") for _ in range(3))]

    class Receiver:
        """A host of the agent's that is down for a moment."""

        def post(self, url: str, content: bytes, **more: Any) -> Answer:  # noqa: ANN401 - as Outside
            taken.append((url, content, more["headers"]))
            return answers.pop(0)

    with market.database.transaction() as session:
        acp_store.keep_hook(
            session,
            "key_agent",
            person_id="person_ada",
            url="https://agent.example/agentic_checkout/webhooks/order_events",
            secret="whsec_1",  # noqa: S106 - of a test
            at=AT,
        )
    dispatcher = events.Dispatcher(market.database, market.clock)
    place = Place(public_url="https://films.example", account="acct", test_mode=True)
    dispatcher.subscribe(telling.TOPIC, "commerce.tell_agents", telling.subscriber(place))
    session_id = agent.ready()
    agent.complete(session_id, agent.shared_token())
    dispatcher.deliver()
    market.pay(market.open())  # somebody else's, in a browser
    with market.database.transaction() as session:
        found = sales.checkout_by_id(session, session_id)
        assert found is not None
        parcel = Parcel(id="", units={}, shipped_at=AT)
        orders.ship(session, found.order_id or "", parcel, seller="person_seller", room=market.room)
    dispatcher.deliver()

    def send() -> int:
        return telling.send_due(market.database, Receiver(), market.clock)  # type: ignore[arg-type]

    assert send() == 0  # it is down, and what comes later waits for what comes before
    market.clock.advance(timedelta(seconds=5))
    assert (send(), send()) == (2, 0)
    said = [json.loads(body) for _, body, _ in taken]
    assert [one["type"] for one in said] == ["order_create", "order_create", "order_update"]
    assert [one["data"]["status"] for one in said[1:]] == ["confirmed", "shipped"]
    for _, body, headers in taken:
        unix = int(headers["timestamp"])
        expected = hmac.new(b"whsec_1", f"{unix}.".encode() + body, "sha256").hexdigest()
        assert headers["merchant-signature"] == f"t={unix},v1={expected}"
    for one in said:
        assert not faults_of(one["data"], "agentic_checkout", "Order")


PLACES = (
    "/acp/checkout_sessions",
    "/acp/carts",
    "/acp/agentic_commerce/delegate_payment",
    "/acp/delegate_authentication",
    "/acp/checkout_sessions/nothing",
    "/acp/checkout_sessions/nothing/complete",
    "/acp/checkout_sessions/nothing/cancel",
    "/acp/carts/nothing/cancel",
)
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
WORDS = """line_items currency capabilities buyer id quantity discounts codes fulfillment_details
address country email payment_data instrument affiliate_attribution provider extensions locale"""
NAMES = st.sampled_from(WORDS.split())
BODIES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=5),
    max_leaves=12,
)


def test_who_leaves_leaves_no_order_with_what_their_agents_were_told(agent: Agent) -> None:
    with agent.market.database.transaction() as session:
        for who in ("person_ada", "person_other"):
            url = "https://agent.example/events"
            secret = telling.new_secret()
            acp_store.keep_hook(
                session, f"key_of_{who}", person_id=who, url=url, secret=secret, at=AT
            )
            acp_store.add_message(
                session, agent=f"key_of_{who}", order_id="order_1", version=1, body="{}", at=AT
            )
        acp_store.forget_person(session, "person_ada")
        assert not acp_store.has_hook(session, "key_of_person_ada")
        assert acp_store.messages_of(session, "key_of_person_ada") == []
        assert len(acp_store.messages_of(session, "key_of_person_other")) == 1


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(place=st.sampled_from(PLACES), body=BODIES, known=st.booleans())
def test_whatever_is_sent_is_answered_in_the_shape_of_the_protocol(
    agent: Agent,
    place: str,
    body: Any,  # noqa: ANN401 - JSON
    known: bool,  # noqa: FBT001 - drawn
) -> None:
    if known and isinstance(body, dict):
        lines = [{"id": "variant_shirt"}]
        body = {"line_items": lines, "currency": "eur", "capabilities": {}, **body}
    agent.number += 1
    answer = agent.client.post(
        place,
        content=json.dumps(body, allow_nan=True),
        headers={
            "authorization": "Bearer good",
            "api-version": VERSION,
            "idempotency-key": f"fuzz-{agent.number}",
        },
    )
    assert answer.status_code < 500, answer.text
    name, kind = "agentic_checkout", "CheckoutSession"
    if answer.status_code < 400 and "/carts" in place:
        name, kind = "cart", "Cart"
    if answer.status_code >= 400:
        kind = "Error"
    assert not faults_of(answer.json(), name, kind), answer.text


def test_the_feed_of_a_shop_is_of_its_schema_and_names_what_sessions_take(agent: Agent) -> None:
    path = "/api/shops/shop_1/feed"
    schema = ("feed", "FeedMetadata")
    assert agent.ask("GET", f"{path}/metadata.json", schema=schema)["target_country"] == "NO"
    agent.market.change_product(a_product("gone", 5, state="withdrawn"))
    lines = agent.client.get(f"{path}/products.jsonl").text.splitlines()
    said = [json.loads(line) for line in lines]
    assert [one["id"] for one in said] == ["product_shirt", "product_socks", "product_book"]
    for one in said:
        assert not faults_of(one, "feed", "Product")
    (variant,) = said[1]["variants"]
    assert (variant["price"], variant["availability"]["available"]) == (
        {"amount": 999, "currency": "EUR"},
        True,
    )
    agent.create({variant["id"].removeprefix("variant_"): 1})

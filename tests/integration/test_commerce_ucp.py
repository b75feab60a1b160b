"""An agent buys by the Universal Commerce Protocol; answers are held to its published schemas."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from fastapi import Depends, FastAPI, Request
from fastapi.testclient import TestClient
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from matinee.commerce.acp.answering import Place
from matinee.commerce.acp.desk import AcpDesk
from matinee.commerce.checkout import orders, settling
from matinee.commerce.checkout.model import Parcel
from matinee.commerce.ucp.web import profile_router, ucp_router
from matinee.kit import db
from matinee.people import KeyRefused, Person, Visitor
from selling_builders import AT, Market

SPEC = Path(__file__).parents[3] / "shared" / "spec" / "ucp" / "source" / "schemas"
BASE = "https://ucp.dev/schemas"
BUYER = {"email": "ada@example.com", "first_name": "Ada"}
GOAL = {
    "type": "shipping_address",
    "id": "home",
    "street_address": "Karl Johans gate 1",
    "address_locality": "Oslo",
    "address_country": "NO",
    "postal_code": "0154",
}


@cache
def schemas() -> Registry[Any]:
    """The published schemas, by their ids; none on a machine that does not have them."""
    found = [json.loads(path.read_text()) for path in sorted(SPEC.rglob("*.json"))]
    return Registry().with_resources(
        [(one["$id"], Resource.from_contents(one, DRAFT202012)) for one in found if "$id" in one]
    )


@dataclass
class Agent:
    """A buyer that follows a script, and looks at every answer."""

    client: TestClient
    market: Market
    seen: list[str] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=lambda: {"authorization": "Bearer good"})

    def ask(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        schema: str = "shopping/checkout.json",
        status: int = 200,
        key: str | None = None,
        **headers: str,
    ) -> dict[str, Any]:
        if key is not None:
            headers["idempotency-key"] = key
        answer = self.client.request(method, path, json=body, headers={**self.headers, **headers})
        assert answer.status_code == status, answer.text
        self.replayed = answer.headers.get("idempotent-replayed")
        said: dict[str, Any] = answer.json()
        name = schema if status < 400 else "common/types/error_response.json"
        if f"{BASE}/{name}".partition("#")[0] in schemas():
            known = Draft202012Validator(
                {"$ref": f"{BASE}/{name}"}, registry=schemas(), format_checker=FormatChecker()
            )
            faults = [f"{one.json_path}: {one.message}" for one in known.iter_errors(said)]
            assert faults == [], (path, faults)
            self.seen.append(path)
        return said


def basket(units: dict[str, int], **more: object) -> dict[str, object]:
    lines = [
        {"item": {"id": f"variant_{name}"}, "quantity": count} for name, count in units.items()
    ]
    return {"line_items": lines, **more}


def sent(option: str | None = None) -> dict[str, object]:
    group: dict[str, object] = {"id": "all", "line_item_ids": [], "selected_option_id": option}
    method = {"type": "shipping", "destinations": [GOAL], "groups": [group]}
    return {"methods": [method]}


@pytest.fixture
def agent(database: db.Database) -> Iterator[Agent]:
    market = Market(database).furnish()
    place = Place(public_url="https://films.example", account="acct_platform", test_mode=True)
    desk = AcpDesk(database=database, room=market.room, place=place)

    async def door(request: Request) -> None:
        if request.headers.get("authorization") != "Bearer good":
            raise KeyRefused("This address needs an API key.")
        person = Person(id="person_ada", handle="ada", name="Ada", created_at=AT)
        request.state.visitor = Visitor(person, key_id="key_agent")

    app = FastAPI()
    app.include_router(ucp_router(desk), dependencies=[Depends(door)])
    app.include_router(profile_router(desk))
    with TestClient(app) as client:
        yield Agent(client, market)


def paid_with(token: str, handler: str = "stripe_spt") -> dict[str, object]:
    credential = {"type": "shared_payment_token", "token": token}
    instrument = {
        "id": "i1",
        "handler_id": handler,
        "type": "card",
        "selected": True,
        "credential": credential,
    }
    return {"payment": {"instruments": [instrument]}, "buyer": BUYER}


def test_a_scripted_buyer_gets_only_answers_of_the_schema(agent: Agent) -> None:
    profile = agent.ask("GET", "/.well-known/ucp", schema="profile.json#/$defs/business_schema")
    (service,) = profile["ucp"]["services"]["dev.ucp.shopping"]
    assert service["endpoint"] == "https://films.example/ucp"
    path = "/ucp/checkout-sessions"
    made = agent.ask("POST", path, basket({"shirt": 2}), status=201)
    assert made["status"] == "incomplete"
    full = basket(
        {"shirt": 1, "socks": 1},
        buyer=BUYER,
        fulfillment=sent("rate_post"),
        discounts={"codes": ["TENTH"]},
    )
    path = f"{path}/{made['id']}"
    ready = agent.ask("PUT", path, full)
    assert ready["status"] == "ready_for_complete", ready["messages"]
    amounts = {one["type"]: one["amount"] for one in ready["totals"]}
    assert amounts.pop("total") == sum(amounts.values())
    known = "shopping/fulfillment.json#/$defs/dev.ucp.shopping.checkout"
    assert agent.ask("GET", path, schema=known)["id"] == made["id"]
    _, token = agent.market.stripe.answer(
        "POST",
        "/v1/test_helpers/shared_payment/granted_tokens",
        "payment_method=pm_card_visa&usage_limits[currency]=eur&usage_limits[max_amount]=99999",
    )
    wrong = paid_with(token["id"], handler="other")
    agent.ask("POST", f"{path}/complete", wrong, status=400)
    paid = paid_with(token["id"])
    done = agent.ask("POST", f"{path}/complete", paid, key="k1")
    assert done["status"] == "completed"
    again = agent.ask("POST", f"{path}/complete", paid, key="k1")
    assert (again, agent.replayed) == (done, "true")
    agent.ask("POST", f"{path}/cancel", status=409)
    order_id = done["order"]["id"]
    market = agent.market
    with market.database.transaction() as session:
        parcel = Parcel(id="", units={}, carrier="Posten", number="1", shipped_at=AT)
        order = orders.ship(session, order_id, parcel, seller="person_seller", room=market.room)
        _, refund = orders.order_refund(
            session,
            order_id,
            {order.lines[0].id: 1},
            shipping=False,
            reason="",
            seller="person_seller",
            room=market.room,
        )
    settling.settle_refund(market.database, refund, market.room)
    seen = agent.ask("GET", f"/ucp/orders/{order_id}", schema="shopping/order.json")
    assert [one["status"] for one in seen["line_items"]] == ["removed", "fulfilled"]
    if not agent.seen:
        pytest.skip("the published schemas are not on this machine; everything else was looked at")


def test_carts_and_refusals_have_the_shape_of_the_protocol(agent: Agent) -> None:
    schema = "shopping/cart.json"
    made = agent.ask("POST", "/ucp/carts", basket({"shirt": 1}), status=201, schema=schema)
    path = f"/ucp/carts/{made['id']}"
    put = agent.ask("PUT", path, basket({"socks": 2}), schema=schema)
    assert [one["quantity"] for one in put["line_items"]] == [2]
    agent.ask("GET", path, schema=schema)
    agent.ask("POST", f"{path}/cancel", schema=schema)
    agent.ask("GET", f"/ucp/checkout-sessions/{made['id']}", status=404)
    agent.ask("POST", "/ucp/checkout-sessions", {"line_items": []}, status=400)
    agent.ask("POST", "/ucp/checkout-sessions", basket({"none": 1}), status=400)
    abroad = basket(
        {"shirt": 1},
        fulfillment={"methods": [{"destinations": [{**GOAL, "address_country": "USA"}]}]},
    )
    agent.ask("POST", "/ucp/checkout-sessions", abroad, status=400)
    agent.headers = {}
    refused = agent.ask("POST", "/ucp/carts", basket({"shirt": 1}), status=401)
    assert refused["messages"][0]["code"] == "people.key_refused"

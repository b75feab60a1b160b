"""Agents over the Model Context Protocol: the official client buys from a running server."""

import asyncio
import shutil
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import httpx
import httpx2
import pytest
from mcp.client import Client
from mcp.client.streamable_http import streamable_http_client

from server_process import Served, a_page_visit, a_server, matinee

T = TypeVar("T")

PRODUCT = {
    "title": "Linen shirt",
    "description": "A light shirt of washed linen.",
    "category": ["Clothing", "Shirts"],
    "options": [{"name": "Size", "values": ["S", "M"]}],
    "facts": {"Material": "linen", "Colour": "blue"},
    "variants": [
        {
            "sku": f"SHIRT-{size}",
            "options": {"Size": size},
            "prices": [{"amount": 3_900, "currency": "EUR"}],
            "stock": 10,
        }
        for size in ("S", "M")
    ],
    "state": "live",
}
OSLO = {
    "name": "Ada Lovelace",
    "line_one": "Karl Johans gate 1",
    "city": "Oslo",
    "country": "NO",
    "postal_code": "0154",
}


@dataclass
class Bazaar:
    """A running server with a shop in it, and a key that may buy there."""

    served: Served
    key: str
    poor_key: str
    product_id: str

    def with_client(self, act: Callable[[Client], Awaitable[T]], key: str | None = None) -> T:
        async def done() -> T:
            headers = {} if key is None else {"authorization": f"Bearer {key}"}
            async with httpx2.AsyncClient(headers=headers, timeout=60) as http:
                transport = streamable_http_client(f"{self.served.url}/mcp", http_client=http)
                async with Client(transport) as client:
                    return await act(client)

        return asyncio.run(done())


def a_key(home: Path, *scopes: str) -> str:
    words = [word for scope in scopes for word in ("--scope", scope)]
    made = matinee(home, "keys", "create", "-".join(scopes).replace(":", "-"), *words)
    assert made.returncode == 0, made.stderr
    return next(word for word in made.stdout.split() if word.startswith("matinee_"))


@pytest.fixture(scope="module")
def bazaar() -> Iterator[Bazaar]:
    # Not pytest's own folder: as root, the database's user may not pass through that.
    home = Path(tempfile.mkdtemp(prefix="mt-"))
    with a_server(home) as served:
        with a_page_visit(served) as page:
            shop = page.post(
                "/api/shops",
                json={"handle": "oslo-linen", "name": "Oslo Linen", "currencies": ["EUR"]},
            ).json()
            zone = {
                "name": "North",
                "countries": ["NO"],
                "rates": [{"title": "Post", "price": {"amount": 500, "currency": "EUR"}}],
            }
            put = page.put(f"/api/shops/{shop['id']}/zones", json=[zone])
            assert put.status_code == 200, put.text
            product = page.post(f"/api/shops/{shop['id']}/products", json=PRODUCT)
            assert product.status_code == 201, product.text
        yield Bazaar(
            served,
            a_key(home, "buy", "films:read"),
            a_key(home, "films:read"),
            product.json()["id"],
        )
    shutil.rmtree(home, ignore_errors=True)


async def said(client: Client, tool: str, **arguments: Any) -> dict[str, Any]:  # noqa: ANN401
    done = await client.call_tool(tool, arguments)
    assert not done.is_error, done.content
    told = done.structured_content
    assert isinstance(told, dict)
    return told


def test_an_agent_finds_buys_and_follows_from_one_sentence(bazaar: Bazaar) -> None:
    async def buys(client: Client) -> dict[str, Any]:
        found = await said(
            client, "find_products", wish="a blue linen shirt under 40 euro that ships to Norway"
        )
        best = found["products"][0]
        lines = [{"variant_id": best["best_variant_id"], "quantity": 2}]
        buyer = {"email": "ada@example.com", "first_name": "Ada", "last_name": "Lovelace"}
        checkout = await said(client, "start_checkout", lines=lines, buyer=buyer, address=OSLO)
        again = await said(client, "start_checkout", lines=lines, buyer=buyer, address=OSLO)
        assert again["id"] == checkout["id"]
        rate = checkout["rates"][0]["id"]
        changed = await said(client, "change_checkout", checkout_id=checkout["id"], rate_id=rate)
        total = changed["totals"]["total"]
        paid = await said(
            client,
            "complete_checkout",
            checkout_id=checkout["id"],
            payment_token="pm_card_visa",  # noqa: S106 - a test card's public name
            total=total["amount"],
            currency=total["currency"],
        )
        return await said(client, "track_order", order_id=paid["order_id"])

    order = bazaar.with_client(buys, bazaar.key)
    assert order["status"] == "confirmed"
    assert order["totals"]["total"] == {"amount": 8_300, "currency": "EUR"}


def test_anybody_may_look_and_the_film_view_is_there(bazaar: Bazaar) -> None:
    async def looks(client: Client) -> tuple[set[str], str, dict[str, Any]]:
        tools = await client.list_tools()
        names = {one.name for one in tools.tools}
        show = next(one for one in tools.tools if one.name == "show_film")
        assert show.meta is not None
        page = await client.read_resource(show.meta["ui"]["resourceUri"])
        found = await said(client, "find_products", wish="Leinenhemd in blau")
        return names, str(page.contents[0].mime_type), found

    names, kind, found = bazaar.with_client(looks)
    assert len(names) == 12
    assert kind == "text/html;profile=mcp-app"
    assert found["products"][0]["id"] == bazaar.product_id


def test_what_is_refused_says_why_and_breaks_nothing(bazaar: Bazaar) -> None:
    async def errs(client: Client) -> list[str]:
        told = []
        for tool, arguments in (
            ("start_checkout", {"lines": [{"variant_id": "variant_none", "quantity": 1}]}),
            ("track_order", {"order_id": "../people"}),
            ("complete_checkout", {"checkout_id": "c"}),
        ):
            done = await client.call_tool(tool, arguments)
            assert done.is_error
            told.append(str(done.content))
        return told

    unknown, path, missing = bazaar.with_client(errs, bazaar.key)
    assert "commerce." in unknown
    assert "is no id" in path
    assert "payment_token" in missing


def called(bazaar: Bazaar, tool: str, key: str | None) -> httpx.Response:
    headers = {
        "accept": "application/json, text/event-stream",
        "mcp-protocol-version": "2025-11-25",
    }
    if key is not None:
        headers["authorization"] = f"Bearer {key}"
    message = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "tools/call",
        "params": {"name": tool, "arguments": {}},
    }
    return httpx.post(f"{bazaar.served.url}/mcp", json=message, headers=headers, timeout=30)


def test_keys_are_asked_for_by_scope_as_oauth_says(bazaar: Bazaar) -> None:
    nobody = called(bazaar, "track_order", None)
    assert nobody.status_code == 401
    assert 'scope="buy"' in nobody.headers["www-authenticate"]
    poor = called(bazaar, "track_order", bazaar.poor_key)
    assert poor.status_code == 403
    assert 'error="insufficient_scope"' in poor.headers["www-authenticate"]
    wrong = called(bazaar, "find_products", "matinee_wrong")
    assert wrong.status_code == 401
    assert 'error="invalid_token"' in wrong.headers["www-authenticate"]
    assert called(bazaar, "track_order", bazaar.key).status_code == 200
    where = nobody.headers["www-authenticate"].split('resource_metadata="')[1].split('"')[0]
    path = "/" + where.split("/", 3)[3]
    told = httpx.get(f"{bazaar.served.url}{path}").json()
    assert told["resource"].endswith("/mcp")
    assert "buy" in told["scopes_supported"]


def test_agents_are_held_to_a_number_of_calls_in_a_minute(bazaar: Bazaar) -> None:
    answers = [called(bazaar, "nothing_such", None).status_code for _ in range(40)]
    assert 429 in answers
    assert called(bazaar, "track_order", bazaar.key).status_code == 200

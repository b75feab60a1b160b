"""The story of a character, from its studio over three films to a tip, a sale and its return.

A studio registers a character at a fifth of what films earn, and wants to be asked before it
advertises. A fan makes a film with it, a second one remixes that, a third remixes the remix and
earns a tip and the commission of a sale. Money reaches all of them, and the sale's goes back.
"""

import json
import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from app_browser import CHROMIUM, a_chromium, a_context, a_page_of, faults
from app_people import Member, signed_up
from server_process import Served, a_server, matinee, wait_for_film

PAID_S = 60
EUR = {"currency": "EUR"}
# 5 EUR: a tenth to the platform, a fifth of the rest to the studio. Of the 3.60 that are left a
# tenth goes to the maker of what it was remixed from, half as much to the one before.
TIP = {"studio": 90_000_000, "ann": 18_000_000, "bob": 36_000_000, "cyd": 306_000_000}
# A tenth of the 33.33 EUR that a sale of 40 leaves after its tax of a fifth, divided as the tip.
TIP_WHOLE, SALE_WHOLE = 500_000_000, 333_300_000

pytestmark = pytest.mark.skipif(
    CHROMIUM is None and "CI" not in os.environ,
    reason="there is no Chromium: apt-get install chromium",
)


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    folder = Path(tempfile.mkdtemp(prefix="mt-"))
    with a_server(folder) as server:
        yield server
    shutil.rmtree(folder, ignore_errors=True)


def granted(served: Served, handle: str, role: str) -> None:
    done = matinee(served.home, "people", "grant", handle, role)
    assert done.returncode == 0, done.stderr


def told(answer: httpx.Response) -> Any:  # noqa: ANN401 - JSON
    assert answer.is_success, answer.text
    return answer.json() if answer.content else None


def balanced(served: Served) -> None:
    """The trial balance is zero in every currency, and the books are whole."""
    done = matinee(served.home, "ledger", "verify", "--json")
    proof = json.loads(done.stdout)
    assert proof["faults"] == []
    assert set(proof["trial_balance"].values()) <= {0}


def owed(person: Member) -> int:
    balances = told(person.client.get("/api/me/earnings"))["balances"]
    return sum(one["micro"] for one in balances if one["currency"] == "EUR")


def a_character(studio: Member) -> str:
    """A fox that nobody else has, at a fifth, asked about before it advertises."""
    work = {
        "kind": "character",
        "title": "Zorblat",
        "description": "A small orange fox.",
        "licence": {"preset": "shared"},
    }
    return str(told(studio.client.post("/api/works", json=work))["id"])


def three_films(ann: Member, bob: Member, cyd: Member) -> tuple[str, str]:
    """Ann's film, bob's remix, cyd's remix of that; the last film and its post."""
    film = ann.film("Zorblat waves in a garden.", model="stage", fps="8")
    post = ann.post(film, "Zorblat waves")
    for person, wish in ((bob, "Zorblat waves at night."), (cyd, "Zorblat waves in the snow.")):
        made = told(person.client.post(f"/api/posts/{post}/remix", json={"prompt": wish}))
        film = made["id"]
        ended = wait_for_film(person.client, film)
        assert ended["status"] == "completed", ended
        post = person.post(film, wish)
    return film, post


def a_shop(seller: Member) -> tuple[str, str, str]:
    """A shop that gives a tenth to films, with one mug; its id, the variant, the rate."""
    promises = {
        "handle": "mugs",
        "name": "Mugs",
        "currencies": ["EUR"],
        "policies": {
            "privacy_url": "https://mugs.example/privacy",
            "terms_url": "https://mugs.example/terms",
            "support_email": "help@mugs.example",
        },
    }
    shop = told(seller.client.post("/api/shops", json=promises))["id"]
    told(seller.client.patch(f"/api/shops/{shop}", json={"commission_bps": 1_000}))
    rate = {"title": "Post", "price": {"amount": 0, **EUR}}
    zones = [{"name": "Germany", "countries": ["DE"], "rates": [rate]}]
    kept = told(seller.client.put(f"/api/shops/{shop}/zones", json=zones))
    taxes = [{"country": "DE", "bps": 2_000, "included": True}]
    told(seller.client.put(f"/api/shops/{shop}/taxes", json=taxes))
    mug = {
        "title": "A mug with a fox",
        "variants": [{"prices": [{"amount": 4_000, **EUR}], "stock": 5}],
        "state": "live",
    }
    product = told(seller.client.post(f"/api/shops/{shop}/products", json=mug))
    return shop, product["variants"][0]["id"], kept["zones"][0]["rates"][0]["id"]


def bought(buyer: Member, variant: str, rate: str, film: str) -> str:
    """An order of one mug by somebody who saw it in a film."""
    basket = {
        "lines": [{"variant_id": variant, "quantity": 1}],
        "currency": "EUR",
        "buyer": {"email": "fan@example.org", "first_name": "Fay", "last_name": "Fan"},
        "address": {
            "country": "DE",
            "name": "Fay Fan",
            "line_one": "Hauptstr. 1",
            "city": "Berlin",
            "postal_code": "10115",
        },
        "rate_id": rate,
        "touches": [{"film_id": film}],
    }
    checkout = told(buyer.client.post("/api/checkouts", json=basket))
    paid = told(
        buyer.client.post(
            f"/api/checkouts/{checkout['id']}/complete", json={"method": "pm_card_visa"}
        )
    )
    deadline = time.monotonic() + PAID_S
    while time.monotonic() < deadline:
        orders = told(buyer.client.get("/api/orders"))["orders"]
        if orders:
            return str(orders[0]["id"])
        time.sleep(0.2)
    raise AssertionError(paid)


def given_back(seller: Member, order: str) -> None:
    """All that was paid goes back to the buyer."""
    lines = told(seller.client.get(f"/api/sales/{order}"))["lines"]
    units = {line["id"]: line["quantity"] for line in lines}
    told(seller.client.post(f"/api/sales/{order}/refunds", json={"units": units}))


def until_owed(people: dict[str, Member], wanted: dict[str, int]) -> None:
    deadline = time.monotonic() + PAID_S
    while time.monotonic() < deadline:
        found = {name: owed(people[name]) for name in wanted}
        if found == wanted:
            return
        time.sleep(0.3)
    raise AssertionError(f"{found} in place of {wanted}")


def tipped(page: Page, served: Served, post: str) -> None:
    page.goto(f"{served.url}/post/{post}")
    page.get_by_role("button", name="More").first.click()
    page.get_by_role("button", name="Tip this film").click()
    sheet = page.get_by_role("dialog")
    expect(sheet.get_by_text("Test money")).to_be_visible()
    sheet.get_by_label("Another amount in EUR").fill("5")
    assert faults(page) == []
    sheet.get_by_role("button", name="Give it").click()
    expect(sheet.get_by_text(re.compile("Thank you"))).to_be_visible(timeout=PAID_S * 1_000)


def looked_at(page: Page, served: Served, sums: dict[str, str]) -> None:
    """The dashboard, and one figure of it followed down to the books."""
    page.goto(f"{served.url}/rights/earnings")
    expect(page.locator(".sum")).to_have_text(sums["total"])
    assert faults(page) == []
    page.get_by_role("button", name=re.compile(sums["figure"])).first.click()
    expect(page.locator(".sum")).to_have_text(sums["part"])
    page.locator("button.entry").first.click()
    sheet = page.get_by_role("dialog")
    expect(sheet.get_by_text("Your entries in the books")).to_be_visible()
    assert faults(page) == []


def stated(browser: Browser, page: Page, served: Served) -> None:
    """A statement is made, and checked by somebody who is not signed in."""
    page.goto(f"{served.url}/rights/statements")
    page.get_by_role("button", name="Make it").click()
    code = page.locator("section.card code").first.inner_text()
    assert faults(page) == []
    context = a_context(browser)
    stranger = context.new_page()
    stranger.goto(f"{served.url}/verify-statement")
    stranger.get_by_label("Code").fill(code)
    stranger.get_by_role("button", name="Check").click()
    expect(stranger.get_by_text("The books agree")).to_be_visible()
    assert faults(stranger) == []
    context.close()


def test_money_reaches_everybody_up_the_tree_and_goes_back_with_the_sale(served: Served) -> None:
    names = ("studio", "ann", "bob", "cyd", "fay", "shopkeeper")
    people = {name: signed_up(served, name) for name in names}
    try:
        told_to_its_end(served, people)
    finally:
        for person in people.values():
            person.client.close()


def told_to_its_end(served: Served, people: dict[str, Member]) -> None:
    granted(served, "studio", "rights_holder")
    granted(served, "shopkeeper", "seller")
    a_character(people["studio"])
    film, post = three_films(people["ann"], people["bob"], people["cyd"])
    balanced(served)
    with sync_playwright() as playwright:
        browser = a_chromium(playwright)
        with a_page_of(browser, served, people["fay"]) as page:
            tipped(page, served, post)
        until_owed(people, TIP)
        balanced(served)

        _, variant, rate = a_shop(people["shopkeeper"])
        order = bought(people["fay"], variant, rate, film)
        parts = {name: micro * SALE_WHOLE // TIP_WHOLE for name, micro in TIP.items()}
        until_owed(people, {name: TIP[name] + micro for name, micro in parts.items()})
        balanced(served)
        with a_page_of(browser, served, people["cyd"]) as page:
            looked_at(page, served, {"total": "€5.10", "figure": "^Sale", "part": "€2.04"})
        with a_page_of(browser, served, people["studio"]) as page:
            stated(browser, page, served)

        given_back(people["shopkeeper"], order)
        until_owed(people, TIP)
        balanced(served)
        browser.close()

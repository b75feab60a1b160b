"""The story of a sale inside a film, from the tag on the screen to the refund.

A seller opens a shop and joins it to one on Shopify; somebody else makes a film and tags it with a
shirt of that shop; a third watches, taps, pays with a card whose bank asks, and sends it back. The
order is in the other shop and the film's part in its maker's balance, and both are undone.
"""

import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from app_browser import CHROMIUM, DESK, a_chromium, a_page_of, faults, wait_until
from app_people import Member, signed_up
from matinee.commerce.adapters.fake_shopify import FakeShopify
from matinee.kit.clock import SystemClock
from server_process import Served, a_server

PATIENCE_S = 60
# A tenth of the 32.77 EUR that 39 EUR leave after their tax, without the platform's tenth of it.
FILM_PART = 294_930_000

pytestmark = pytest.mark.skipif(
    CHROMIUM is None and "CI" not in os.environ,
    reason="there is no Chromium: apt-get install chromium",
)


@pytest.fixture
def shopify() -> FakeShopify:
    """A shop elsewhere that sells ten shirts of each of two sizes."""
    shop = FakeShopify(clock=SystemClock())
    here = shop.books.location["id"]
    shop.books.set_product(
        None,
        {
            "title": "Linen shirt",
            "descriptionHtml": "<p>Washed linen with buttons of shell.</p>",
            "productType": "Shirts",
            "status": "ACTIVE",
            "productOptions": [{"name": "Size", "values": [{"name": "S"}, {"name": "M"}]}],
            "variants": [
                {
                    "sku": f"SHIRT-{size}",
                    "price": "39.00",
                    "inventoryItem": {"tracked": True},
                    "optionValues": [{"optionName": "Size", "name": size}],
                    "inventoryQuantities": [
                        {"locationId": here, "name": "available", "quantity": 10}
                    ],
                }
                for size in "SM"
            ],
        },
    )
    return shop


@pytest.fixture
def served(shopify: FakeShopify) -> Iterator[Served]:
    folder = Path(tempfile.mkdtemp(prefix="mt-"))
    with (
        shopify.served() as url,
        a_server(folder, extra={"MATINEE_SHOPIFY_URL": url}) as server,
    ):
        yield server
    shutil.rmtree(folder, ignore_errors=True)


def until(wanted: object, seen: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while (found := seen()) != wanted:
        assert time.monotonic() < deadline, f"{found} in place of {wanted}"
        time.sleep(0.3)


def owed(person: Member) -> int:
    balances = person.client.get("/api/me/earnings").raise_for_status().json()["balances"]
    return sum(one["micro"] for one in balances if one["currency"] == "EUR")


def opened(page: Page, served: Served, shopify: FakeShopify) -> None:
    """A shop is opened and joined; what is sold there is sold here."""
    page.goto(f"{served.url}/shop")
    page.get_by_label("Name of the shop").fill("Oslo Linen")
    page.get_by_label("E-mail for questions").fill("help@linen.example")
    page.get_by_label("Terms").fill("https://linen.example/terms")
    page.get_by_label("Privacy").fill("https://linen.example/privacy")
    assert faults(page) == []
    page.get_by_role("button", name="Open a shop").click()
    page.get_by_role("button", name="Shops elsewhere").click()
    page.get_by_label("Address, such as").fill(shopify.books.domain)
    page.get_by_label("Client id").fill(shopify.client_id)
    page.get_by_label("Client secret").fill(shopify.client_secret)
    page.get_by_role("button", name="Join").click()
    expect(page.locator("[data-state='active']")).to_be_visible(timeout=PATIENCE_S * 1_000)
    assert faults(page) == []
    page.get_by_role("button", name="Products").click()
    expect(page.get_by_role("button", name=re.compile("Linen shirt"))).to_be_visible()
    assert faults(page) == []


def tagged(page: Page, served: Served, film: str) -> None:
    """The film's maker ties the shirt to what the film shows."""
    page.goto(f"{served.url}/film/{film}")
    page.get_by_role("button", name="Tag products").click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_label("While the film shows").select_option(index=1)
    sheet.get_by_label("Find a product").fill("linen shirt")
    sheet.get_by_role("button", name="Search").click()
    sheet.get_by_role("button", name="Tag: Linen shirt").click()
    expect(sheet.get_by_role("button", name="Take off: Linen shirt")).to_be_visible()
    assert faults(page) == []


def bought(page: Page, served: Served, post: str) -> None:
    """Somebody watches, taps the tag, and pays with a card whose bank asks."""
    page.goto(f"{served.url}/post/{post}")
    page.get_by_role("button", name="Buy: Linen shirt, €39.00").click(timeout=PATIENCE_S * 1_000)
    sheet = page.get_by_role("dialog")
    expect(sheet.get_by_text("send it back within 14 days")).to_be_visible()
    assert faults(page) == []
    sheet.get_by_role("radio", name="M").click()
    sheet.get_by_role("button", name="Buy").click()
    for label, text in {
        "E-mail": "fay@example.org",
        "Name": "Fay Fan",
        "Street and number": "Hauptstr. 1",
        "Postcode": "10115",
        "Town": "Berlin",
    }.items():
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_label("Country").select_option("DE")
    assert faults(page) == []
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("radio", name=re.compile("Standard"))).to_be_checked()
    page.get_by_label("Test card").select_option("pm_card_chargeDeclined")
    page.get_by_role("button", name="Pay €43.90").click()
    expect(page.get_by_text("The card was declined")).to_be_visible()
    page.get_by_label("Test card").select_option("pm_card_threeDSecure2Required")
    page.get_by_role("button", name="Pay €43.90").click()
    bank = page.get_by_role("dialog")
    expect(bank.get_by_text("Pay €43.90 to Oslo Linen?")).to_be_visible()
    assert faults(page) == []
    bank.get_by_role("button", name="Agree").click()
    expect(page.get_by_text("Thank you. The order is placed")).to_be_visible()
    assert faults(page) == []


def sent_back(page: Page) -> None:
    page.get_by_role("button", name="Send something back").click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_label("Why").fill("Too small.")
    assert faults(page) == []
    sheet.get_by_role("button", name="Ask to send it back").click()
    expect(page.locator("[data-return='requested']")).to_be_visible()


def taken_back(page: Page, served: Served) -> None:
    page.goto(f"{served.url}/shop")
    page.get_by_role("button", name="Orders", exact=True).click()
    expect(page.get_by_text("“Too small.”")).to_be_visible()
    assert faults(page) == []
    page.get_by_role("button", name="Take it back").click()
    page.get_by_role("button", name="It came back: refund it").click()
    expect(page.get_by_text("It came back", exact=True)).to_be_visible()
    # Not to wait for the next minute.
    page.get_by_role("button", name="Shops elsewhere").click()
    page.get_by_role("button", name="Read now").click()


def sent(page: Page, served: Served) -> None:
    page.goto(f"{served.url}/shop")
    page.get_by_role("button", name="Orders", exact=True).click()
    page.get_by_label("Tracking number").fill("NO123")
    page.get_by_role("button", name="It is sent").click()
    expect(page.get_by_text("Sent", exact=True)).to_be_visible()


def there(shopify: FakeShopify) -> list[Any]:
    return list(shopify.books.orders.values())


def test_a_shirt_is_bought_in_a_film_and_both_sides_are_undone_with_its_return(
    served: Served, shopify: FakeShopify
) -> None:
    ann, fay, shopkeeper = (signed_up(served, name) for name in ("ann", "fay", "shopkeeper"))
    film = ann.film("A robot waves in a garden.", model="stage", fps="8")
    post = ann.post(film, "A robot waves")
    with sync_playwright() as playwright:
        browser: Browser = a_chromium(playwright)
        with a_page_of(browser, served, shopkeeper, DESK) as page:
            opened(page, served, shopify)
        with a_page_of(browser, served, ann, DESK) as page:
            tagged(page, served, film)
        with a_page_of(browser, served, fay) as buyer:
            bought(buyer, served, post)
            until(1, lambda: len(there(shopify)))
            until(FILM_PART, lambda: owed(ann))
            with a_page_of(browser, served, shopkeeper) as page:
                sent(page, served)
            expect(buyer.get_by_text("NO123")).to_be_visible(timeout=PATIENCE_S * 1_000)
            sent_back(buyer)
            with a_page_of(browser, served, shopkeeper) as page:
                taken_back(page, served)
            until(1, lambda: len(there(shopify)[0]["refund_rows"]))
            until(0, lambda: owed(ann))
            wait_until(buyer, "!!document.querySelector('[data-refund=done]')")
            assert faults(buyer) == []
        browser.close()
    for person in (ann, fay, shopkeeper):
        person.client.close()

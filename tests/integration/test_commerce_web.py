"""Shops over HTTP: opened, filled by hand and by file, searched, and shut to others."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from starlette.testclient import TestClient

from matinee.commerce import importing
from matinee.kit.db import Database
from people_builders import Site, a_site, signed_up

VARIANTS: list[dict[str, object]] = [
    {
        "sku": f"LS-{size}",
        "options": {"Size": size},
        "prices": [{"amount": 3900, "currency": "EUR"}],
        "stock": 3,
    }
    for size in ("S", "M")
]
SHIRT: dict[str, object] = {
    "title": "Linen shirt",
    "description": "Washed linen.",
    "category": ["Clothing", "Shirts"],
    "options": [{"name": "Size", "values": ["S", "M"]}],
    "variants": VARIANTS,
    "facts": {"Material": "linen"},
    "state": "live",
}
NORTH = [
    {
        "name": "North",
        "countries": ["NO"],
        "rates": [
            {"title": "Post", "price": {"amount": 500, "currency": "EUR"}, "max_days": 4},
        ],
    }
]


@pytest.fixture
def site(database: Database, tmp_path: Path) -> Iterator[Site]:
    with a_site(database, tmp_path) as opened:
        yield opened


def opened_shop(site: Site, handle: str = "mia") -> tuple[TestClient, str]:
    seller = signed_up(site, handle)
    answer = seller.post(
        "/api/shops", json={"handle": f"{handle}-shop", "name": "Shop", "currencies": ["EUR"]}
    )
    assert answer.status_code == 201, answer.text
    return seller, answer.json()["id"]


def a_picture(side: int = 80) -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (side, side), "teal").save(drawn, "PNG")
    return drawn.getvalue()


def carried_out(site: Site, import_id: str) -> None:
    """Do what the job does."""
    with site.house.database.transaction() as session:
        importing.carry_out(
            session,
            import_id,
            blobs=site.house.blobs,
            ids=site.house.ids,
            at=site.clock.now(),
        )


def test_a_shop_by_hand(site: Site) -> None:
    seller, shop = opened_shop(site)
    assert "seller" in seller.get("/api/me").text
    picture = seller.post(f"/api/shops/{shop}/media?alt=front", content=a_picture()).json()
    assert seller.get(picture["url"]).headers["content-type"] == "image/webp"
    assert seller.post(f"/api/shops/{shop}/media", content=b"<svg/>").status_code == 422
    assert seller.post(f"/api/shops/{shop}/media", json={"film_id": "video_1"}).status_code == 404
    made = seller.post(f"/api/shops/{shop}/products", json={**SHIRT, "media": [picture["id"]]})
    assert made.status_code == 201, made.text
    product = made.json()
    assert seller.put(f"/api/shops/{shop}/zones", json=NORTH).status_code == 200
    taxes = [{"country": "NO", "bps": 2500, "included": True}]
    assert seller.put(f"/api/shops/{shop}/taxes", json=taxes).json()["taxes"][0]["bps"] == 2500

    stranger = site.browser()
    seen = stranger.get(f"/api/products/{product['id']}").json()
    assert seen["variants"][0]["available"]
    assert seen["variants"][0]["stock"] is None
    found = stranger.get("/api/products", params={"q": "linen shirt under 40 euro to Norway"})
    best = found.json()["answers"][0]
    assert best["product"]["id"] == product["id"]
    assert best["met"] == ["price", "material:linen", "country"]
    assert found.json()["understood"]["price_max"] == {"amount": 4000, "currency": "EUR"}

    # Saying the same again changes nothing; an old version is refused; variants keep their ids.
    same = {**SHIRT, "media": [picture["id"]], "version": 1}
    assert seller.put(f"/api/products/{product['id']}", json=same).json()["version"] == 1
    changed = {**same, "title": "Linen shirt, washed"}
    after = seller.put(f"/api/products/{product['id']}", json=changed).json()
    assert after["version"] == 2
    assert [one["id"] for one in after["variants"]] == [one["id"] for one in product["variants"]]
    assert seller.put(f"/api/products/{product['id']}", json=changed).status_code == 409
    counts = {product["variants"][0]["id"]: 0, product["variants"][1]["id"]: 0}
    assert seller.put(f"/api/products/{product['id']}/stock", json=counts).status_code == 200
    none = stranger.get("/api/products", params={"q": "linen shirt in stock"}).json()
    assert none["answers"] == []

    other, _ = opened_shop(site, "eve")
    for attempt in (
        other.put(f"/api/products/{product['id']}", json={**same, "version": 2}),
        other.delete(f"/api/products/{product['id']}"),
        other.put(f"/api/products/{product['id']}/stock", json=counts),
    ):
        assert attempt.status_code == 404, attempt.text
    for attempt in (
        other.patch(f"/api/shops/{shop}", json={"name": "Mine"}),
        other.put(f"/api/shops/{shop}/zones", json=[]),
        other.post(f"/api/shops/{shop}/products", json=SHIRT),
        other.get(f"/api/shops/{shop}/products.csv"),
        other.post(f"/api/shops/{shop}/media", content=a_picture()),
    ):
        assert attempt.status_code == 403, attempt.text

    assert seller.delete(f"/api/products/{product['id']}").status_code == 204
    assert stranger.get(f"/api/products/{product['id']}").status_code == 404
    assert seller.get(f"/api/products/{product['id']}").json()["state"] == "withdrawn"


def test_wrong_words_get_clear_errors(site: Site) -> None:
    seller, shop = opened_shop(site)
    products = f"/api/shops/{shop}/products"
    wrong = [
        {**SHIRT, "variants": []},
        {**SHIRT, "title": ""},
        {**SHIRT, "variants": [{**VARIANTS[0], "prices": [{"amount": 1, "currency": "USD"}]}]},
        {**SHIRT, "variants": [VARIANTS[0], VARIANTS[0]]},
        {**SHIRT, "options": []},
        {**SHIRT, "media": ["media_1"]},
        {**SHIRT, "colour": "red"},
    ]
    codes = [seller.post(products, json=one).json()["code"] for one in wrong]
    assert codes == [
        *["commerce.catalogue_invalid"] * 5,
        "commerce.media_not_found",
        "commerce.request_invalid",
    ]
    assert seller.get("/api/products").status_code == 422
    assert seller.get("/api/products?q=a&limit=100").json()["code"] == "commerce.request_invalid"
    assert seller.get("/api/products?q=a&country=nowhere").status_code == 422
    assert seller.get("/api/products?q=a&by=soon").status_code == 422
    assert seller.get(f"{products}?cursor=AAAA").status_code == 422
    taken = {"handle": "mia-shop", "name": "Shop", "currencies": ["EUR"]}
    assert seller.post("/api/shops", json=taken).json()["code"] == "commerce.handle_taken"
    child = signed_up(site, "kid", born="2012-01-01")
    assert child.post("/api/shops", json={**taken, "handle": "kid-shop"}).status_code == 403


def test_a_file_goes_in_as_a_whole_or_not_at_all(site: Site) -> None:
    seller, shop = opened_shop(site, "tom")
    lines = [
        "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price,Variant Inventory Qty"
    ]
    lines += [
        "shirt,Linen shirt,Size,S,LS-S,39.00,3",
        "shirt,,,M,LS-M,39.00,0",
        "mug,Mug,,,MUG,12,5",
    ]

    def handed_in(text: str) -> dict[str, object]:
        asked = seller.post(f"/api/shops/{shop}/imports", content=text.encode())
        assert asked.status_code == 202, asked.text
        carried_out(site, asked.json()["id"])
        carried_out(site, asked.json()["id"])  # as after a crash
        told: dict[str, object] = seller.get(
            f"/api/shops/{shop}/imports/{asked.json()['id']}"
        ).json()
        return told

    broken = handed_in("\n".join([*lines, "pan,Pan,,,PAN,cheap,1", "pot,,,,POT,3,1"]))
    assert broken["state"] == "refused"
    assert [one["line"] for one in broken["faults"]] == [5, 6]  # type: ignore[attr-defined]
    assert seller.get(f"/api/shops/{shop}/products").json()["products"] == []

    done = handed_in("\n".join(lines))
    assert (done["state"], done["added"]) == ("done", 2)
    before = seller.get(f"/api/shops/{shop}/products").json()["products"]
    again = handed_in("\n".join(lines))
    assert (again["added"], again["changed"], again["unchanged"]) == (0, 0, 2)
    dearer = handed_in("\n".join(lines).replace("12,5", "13,5"))
    assert (dearer["changed"], dearer["unchanged"]) == (1, 1)
    after = seller.get(f"/api/shops/{shop}/products").json()["products"]
    assert [one["id"] for one in after] == [one["id"] for one in before]

    home = seller.get(f"/api/shops/{shop}/products.csv").text
    assert (handed_in(home)["unchanged"]) == 2
    assert len(seller.get(f"/api/shops/{shop}/imports").json()["imports"]) == 5
    assert site.browser().get(f"/api/shops/{shop}/products").json()["products"][0]["title"] == "Mug"


def test_whoever_leaves_closes_their_shops(site: Site) -> None:
    seller, shop = opened_shop(site)
    product = seller.post(f"/api/shops/{shop}/products", json=SHIRT).json()["id"]
    assert seller.delete(f"/api/shops/{shop}").status_code == 204
    assert site.browser().get(f"/api/shops/{shop}").status_code == 404
    assert site.browser().get(f"/api/products/{product}").status_code == 404
    assert site.browser().get("/api/products?q=linen+shirt").json()["answers"] == []

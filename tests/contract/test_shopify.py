"""The adapter for Shopify against a Shopify of our own that holds to Shopify's rules."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from matinee.commerce.adapters import shopify
from matinee.commerce.adapters.fake_shopify import FakeShopify, signed
from matinee.commerce.model import Option
from matinee.commerce.shops import errors
from matinee.commerce.shops.model import (
    GivenBack,
    ListedVariant,
    Listing,
    Picture,
    SoldLine,
    SoldOrder,
)
from matinee.kit.clock import ManualClock
from matinee.kit.money import Money

ADDRESS = "oslo-linen.myshopify.com"


@dataclass
class World:
    clock: ManualClock
    shop: FakeShopify
    platform: shopify.ShopifyPlatform


def carried(shop: FakeShopify) -> httpx.Client:
    """A client whose requests a shop in this process answers."""

    def answer(request: httpx.Request) -> httpx.Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        status, more, content = shop.answer(
            request.method, request.url.path, headers, request.content
        )
        return httpx.Response(status, headers=dict(more), content=content)

    return httpx.Client(transport=httpx.MockTransport(answer))


def a_world() -> World:
    clock = ManualClock(datetime(2026, 11, 23, 9, tzinfo=UTC))
    shop = FakeShopify(clock=clock)
    platform = shopify.ShopifyPlatform(
        address=ADDRESS,
        credentials=shopify.Credentials(shop.client_id, shop.client_secret),
        http=carried(shop),
        clock=clock,
    )
    return World(clock, shop, platform)


def a_shirt(**said: object) -> Listing:
    variants = tuple(
        ListedVariant(
            sku=f"SHIRT-{size}",
            title=size,
            options={"Size": size},
            price=Money(3_900, "EUR"),
            list_price=Money(4_900, "EUR"),
            stock=None,
            weight_g=250,
        )
        for size in ("S", "M")
    )
    listing = Listing(
        title="Linen shirt",
        description="Woven in Norway & washed.\nSoft.\n\nCool in summer.",
        brand="Oslo Linen",
        category=("Clothing", "Shirts"),
        tags=("summer", "linen"),
        options=(Option("Size", ("S", "M")),),
        pictures=(Picture("https://example.com/shirt.jpg", "A white shirt"),),
        variants=variants,
    )
    return replace(listing, **said)  # type: ignore[arg-type]


def counted(world: World, count: int) -> Listing:
    """A shirt there, so many of each size."""
    listing = world.platform.put(a_shirt())
    for one in world.shop.books.items.values():
        one["tracked"] = True
        world.shop.books.set_count(one["id"], count)
    after = world.platform.listing(listing.key)
    assert after is not None
    return after


def an_order(variant: ListedVariant, product: Listing, count: int = 1) -> SoldOrder:
    return SoldOrder(
        id="order_1",
        lines=(
            SoldLine(
                key=variant.key,
                product_key=product.key,
                title=product.title,
                quantity=count,
                total=Money(3_900 * count, "EUR"),
                tax=Money(780 * count, "EUR"),
            ),
        ),
        taxes_included=True,
        shipping_title="Post",
        shipping=Money(500, "EUR"),
        paid=Money(3_900 * count + 500, "EUR"),
        email="ada@example.com",
        phone="",
        address={"firstName": "Ada", "address1": "Gate 1", "city": "Oslo", "countryCode": "NO"},
        placed_at=datetime(2026, 11, 23, 9, tzinfo=UTC),
    )


def test_what_was_put_is_listed_as_it_echoes() -> None:
    world = a_world()
    put = world.platform.put(a_shirt())
    read = world.platform.listing(put.key)
    assert read == put
    blank = {"key": "", "stock_key": ""}
    bare = replace(
        put,
        key="",
        version="",
        variants=tuple(replace(one, **blank) for one in put.variants),  # type: ignore[arg-type]
    )
    assert bare == world.platform.echoed(a_shirt())


def test_a_product_that_is_put_again_keeps_its_variants_and_counts() -> None:
    world = a_world()
    before = counted(world, 7)
    after = world.platform.put(replace(before, title="Linen shirt, long", brand="Oslo"))
    assert after.title == "Linen shirt, long"
    assert after.variants == before.variants
    assert after.pictures == before.pictures
    assert after.version > before.version


def test_everything_is_read_in_bulk_first_and_changes_afterwards() -> None:
    world = a_world()
    for number in range(130):
        world.platform.put(a_shirt(title=f"Shirt {number}"))
        world.clock.advance(timedelta(seconds=5))
    titles, after, since = [], None, world.clock.now()
    while True:
        page = world.platform.page(after=after, since=None)
        titles += [one.title for one in page.listings]
        after = page.after
        if after is None:
            break
    assert titles == [f"Shirt {number}" for number in range(130)]
    # A process that begins in the middle of it fetches the file anew, and goes on from there.
    opened = world.platform.page(after=None, since=None)
    first = world.platform.page(after=opened.after, since=None)
    fresh = shopify.ShopifyPlatform(
        address=ADDRESS,
        credentials=shopify.Credentials(world.shop.client_id, world.shop.client_secret),
        http=carried(world.shop),
        clock=world.clock,
    )
    rest = fresh.page(after=first.after, since=None)
    assert [one.title for one in (*first.listings, *rest.listings)] == titles
    assert rest.after is None
    world.clock.advance(timedelta(minutes=1))
    late = world.platform.put(a_shirt(title="Late"))
    changed = world.platform.page(after=None, since=since)
    assert [one.key for one in changed.listings] == [late.key]


def test_a_count_is_set_only_from_what_it_was() -> None:
    world = a_world()
    shirt = counted(world, 7)
    key = shirt.variants[0].stock_key
    assert world.platform.count(key, before=7, after=5)
    assert not world.platform.count(key, before=7, after=4)
    again = world.platform.listing(shirt.key)
    assert again is not None
    assert [one.stock for one in again.variants] == [5, 7]


def test_an_order_is_made_once_also_when_its_answer_was_lost() -> None:
    world = a_world()
    shirt = counted(world, 7)
    order = an_order(shirt.variants[0], shirt, 2)
    world.shop.lose_answers = 1
    with pytest.raises(errors.PlatformDown):
        world.platform.send_order(order)
    key = world.platform.send_order(order)
    assert world.platform.send_order(order) == key
    assert list(world.shop.books.orders) == [key]
    assert world.shop.books.available(world.shop.books.variants[shirt.variants[0].key]) == 5


def test_parcels_and_refunds_are_told_by_variant() -> None:
    world = a_world()
    shirt = counted(world, 7)
    small = shirt.variants[0]
    key = world.platform.send_order(an_order(small, shirt, 3))
    line = world.shop.books.orders[key]["line_rows"][0]["id"]
    world.shop.books.fulfil(key, units={line: 2}, tracking="NO123", url="https://example.com/123")
    (parcel,) = world.platform.parcels(key)
    assert parcel.units == {small.key: 2}
    assert parcel.number == "NO123"
    refund = GivenBack(
        id="refund_1",
        order_key=key,
        units={small.key: 1},
        amount=Money(3_900, "EUR"),
        shipping=False,
        restock=True,
        reason="too small",
    )
    world.platform.give_back(refund)
    world.platform.give_back(refund)
    assert len(world.shop.books.orders[key]["refund_rows"]) == 1
    assert world.shop.books.available(world.shop.books.variants[small.key]) == 5
    unknown = replace(refund, id="refund_2", order_key="gid://shopify/Order/1")
    with pytest.raises(errors.PlatformRefused, match="no order"):
        world.platform.give_back(unknown)


def no_secret(world: World) -> None:
    world.shop.client_secret = "another"  # noqa: S105 - of a shop that does not exist


def down(world: World) -> None:
    world.shop.down = True


def drained(world: World) -> None:
    shirt = counted(world, 1)
    for _ in range(400):
        try:
            world.platform.listing(shirt.key)
        except errors.PlatformBusy:
            return


@pytest.mark.parametrize(
    ("harm", "error"),
    [
        (no_secret, errors.CredentialsRefused),
        (down, errors.PlatformDown),
        (drained, errors.PlatformBusy),
    ],
)
def test_each_kind_of_trouble_has_a_name(
    harm: Callable[[World], None], error: type[Exception]
) -> None:
    world = a_world()
    harm(world)
    with pytest.raises(error) as raised:
        for key in [*world.shop.books.products, "gid://shopify/Product/1"]:
            world.platform.listing(key)
    if isinstance(raised.value, errors.PlatformBusy):
        world.clock.advance(timedelta(seconds=raised.value.wait_s))
        assert world.platform.listing("gid://shopify/Product/1") is None
        assert world.shop.books.products


def test_a_token_that_ended_is_fetched_anew() -> None:
    world = a_world()
    world.platform.currency()
    world.clock.advance(timedelta(hours=25))
    assert world.platform.listing("gid://shopify/Product/1") is None


def test_a_product_that_cannot_be_is_refused_with_the_reason() -> None:
    world = a_world()
    twice = a_shirt()
    twice = replace(twice, variants=(twice.variants[0], twice.variants[0]))
    with pytest.raises(errors.PlatformRefused, match="already exists"):
        world.platform.put(twice)


def test_messages_are_believed_only_when_signed_by_their_shop() -> None:
    world = a_world()
    shirt = counted(world, 7)
    key = world.platform.send_order(an_order(shirt.variants[0], shirt))
    world.shop.books.fulfil(key)
    secret = world.shop.client_secret
    heard = [
        shopify.hear(one.headers, one.body, secret=secret, address=ADDRESS)
        for one in world.shop.messages
    ]
    assert {(one.news, one.key) for one in heard} >= {("listing", shirt.key), ("order", key)}
    assert len({one.message_id for one in heard}) == len(heard)
    last = world.shop.messages[-1]
    for headers, body in (
        (last.headers, last.body + b" "),
        ({**last.headers, "x-shopify-shop-domain": "other.myshopify.com"}, last.body),
        ({**last.headers, "x-shopify-hmac-sha256": signed(last.body, "x")}, last.body),
        ({**last.headers, "x-shopify-webhook-id": ""}, last.body),
        ({**last.headers, "x-shopify-hmac-sha256": "ünsigned"}, last.body),
    ):
        with pytest.raises(errors.MessageRefused):
            shopify.hear(headers, body, secret=secret, address=ADDRESS)

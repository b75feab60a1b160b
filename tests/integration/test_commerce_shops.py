"""A shop joined to one on Shopify: what is read, told and sold stays one thing on both sides."""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import httpx
import pytest
from PIL import Image
from sqlalchemy import text

from matinee.commerce import store as catalogue
from matinee.commerce.actions import close_shop
from matinee.commerce.adapters import shopify
from matinee.commerce.adapters.fake_shopify import FakeShopify
from matinee.commerce.checkout import orders, settling
from matinee.commerce.checkout.model import ORDER_CHANGED, ORDER_PLACED, Order
from matinee.commerce.drafts import keep
from matinee.commerce.model import PRODUCT_CHANGED, Option, Product
from matinee.commerce.shops import actions, errands, errors, store, syncing
from matinee.commerce.shops.model import (
    Connection,
    Errand,
    ListedVariant,
    Listing,
    Picture,
    Platform,
    Told,
)
from matinee.commerce.shops.room import Room
from matinee.commerce.shops.secrets import Safe
from matinee.kit import blobs, db, events
from matinee.kit.money import Money
from matinee.people import PERSON_CLOSED
from selling_builders import Market, a_shop

ADDRESS = "oslo-linen.myshopify.com"
ANOTHER = "another-secret"
CREDENTIALS = {"client_id": "practice-app", "client_secret": "practice-secret"}


@dataclass
class World:
    """A market here, a shop on Shopify, and how the two are joined."""

    market: Market
    shop: FakeShopify
    room: Room
    connection: Connection | None = None

    def there(self) -> Platform:
        return self.room.reach("shopify", ADDRESS, CREDENTIALS)

    def join(self) -> Connection:
        with self.market.database.transaction() as session:
            ours = catalogue.shop_by_id(session, "shop_1")
        self.connection = actions.join(self.room, ours, "shopify", ADDRESS, CREDENTIALS)
        return self.connection

    def turn(self, *, lapse: timedelta = timedelta(minutes=2)) -> None:
        """Tell what happened here, and give the connection turns until it rests."""
        dispatcher = events.Dispatcher(self.market.database, self.market.clock)
        for topic, verb in (
            (PRODUCT_CHANGED, actions.on_product_changed),
            (ORDER_PLACED, actions.on_order_placed),
            (ORDER_CHANGED, actions.on_order_changed),
        ):
            dispatcher.subscribe(topic, f"shops.{topic}", partial(verb, room=self.room))
        dispatcher.deliver()
        self.market.clock.advance(lapse)
        for _ in range(20):
            if not errands.turn(self.room):
                return
        pytest.fail("it never rests")

    def state(self) -> Connection:
        assert self.connection is not None
        with self.market.database.transaction() as session:
            return store.connection_by_id(session, self.connection.id)

    def product(self, title: str) -> Product:
        with self.market.database.transaction() as session:
            found, _ = catalogue.products_of(
                session, "shop_1", states=["live", "draft", "withdrawn"], after=None, limit=100
            )
        return next(one for one in found if one.title == title)

    def say(self, product: Product, **changes: object) -> Product:
        """Change a product as its seller would."""
        with self.market.database.transaction() as session:
            ours = catalogue.shop_by_id(session, "shop_1")
            now = catalogue.product_by_id(session, product.id)
            draft = replace(syncing._as_it_is(now), **changes)  # type: ignore[arg-type] # noqa: SLF001
            at = self.market.clock.now()
            return keep(session, ours, draft, before=now, ids=self.room.ids, at=at).product

    def listed(self, product: Product) -> Listing:
        assert product.source is not None
        listing = self.there().listing(product.source.key)
        assert listing is not None
        return listing

    def errands(self, *states: str) -> list[Errand]:
        with self.market.database.transaction() as session:
            return store.errands_of(session, "shop_1", states=states or ["waiting"], limit=50)

    def buy(self, product: Product, count: int = 1) -> Order:
        checkout = self.market.open({product.sold[0].id: count})
        assert checkout.ready, checkout.remarks
        return self.market.order(self.market.pay(checkout))

    def counts(self, product: Product) -> tuple[list[int | None], list[int | None]]:
        ours = self.product(product.title)
        return [one.stock for one in ours.sold], [one.stock for one in self.listed(ours).variants]


def a_picture() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (64, 64), "teal").save(file, "PNG")
    return file.getvalue()


@pytest.fixture
def world(database: db.Database, tmp_path: Path) -> Iterator[World]:
    market = Market(database).furnish(a_shop(currencies=("EUR", "USD")))
    shop = FakeShopify(clock=market.clock)

    def answer(request: httpx.Request) -> httpx.Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        status, more, content = shop.answer(
            request.method, request.url.path, headers, request.content
        )
        return httpx.Response(status, headers=dict(more), content=content)

    http = httpx.Client(transport=httpx.MockTransport(answer))

    def reach(_kind: str, address: str, given: Mapping[str, str]) -> Platform:
        credentials = shopify.Credentials(given["client_id"], given["client_secret"])
        return shopify.ShopifyPlatform(
            address=address, credentials=credentials, http=http, clock=market.clock
        )

    def hear(
        _kind: str, address: str, given: Mapping[str, str], headers: Mapping[str, str], body: bytes
    ) -> Told:
        return shopify.hear(headers, body, secret=given["client_secret"], address=address)

    room = Room(
        database=database,
        blobs=blobs.at(None, folder=tmp_path / "blobs"),
        clock=market.clock,
        ids=market.room.ids,
        safe=Safe(tmp_path / "shops.key"),
        selling=market.room,
        reach=reach,
        hear=hear,
        fetch=lambda _url: a_picture(),
    )
    yield World(market, shop, room)
    http.close()


def a_listing(title: str, sizes: str = "SM", price: int = 3_900) -> Listing:
    return Listing(
        title=title,
        description="Washed linen.",
        brand="Oslo Linen",
        category=("Shirts",),
        tags=("linen",),
        options=(Option("Size", tuple(sizes)),),
        pictures=(Picture(f"https://cdn.example.com/{title}.png", title),),
        variants=tuple(
            ListedVariant(sku=f"{title}-{size}", options={"Size": size}, price=Money(price, "EUR"))
            for size in sizes
        ),
    )


def stocked_there(world: World, title: str = "Tunic", count: int = 10) -> None:
    listing = world.there().put(a_listing(title))
    for one in listing.variants:
        world.shop.books.items[one.stock_key]["tracked"] = True
        world.shop.books.set_count(one.stock_key, count)


def test_what_is_sold_there_is_sold_here_with_its_pictures(world: World) -> None:
    stocked_there(world)
    world.join()
    world.turn()
    tunic = world.product("Tunic")
    assert tunic.state == "live"
    assert [one.stock for one in tunic.sold] == [10, 10]
    assert [one.prices for one in tunic.sold] == [(Money(3_900, "EUR"),)] * 2
    assert [one.kind for one in tunic.media] == ["image"]
    assert world.state().since is not None
    version = tunic.version
    world.turn()
    assert world.product("Tunic").version == version


def test_each_side_takes_what_the_other_changed(world: World) -> None:
    stocked_there(world)
    world.join()
    world.turn()
    tunic = world.product("Tunic")
    world.say(tunic, title="Tunic, long", category=("Clothing", "Women", "Shirts"))
    listing = world.listed(tunic)
    world.there().put(replace(listing, description="Washed twice."))
    world.turn()
    ours = world.product("Tunic, long")
    assert ours.description == "Washed twice."
    assert ours.category == ("Clothing", "Women", "Shirts")
    assert world.listed(ours).title == "Tunic, long"
    assert world.listed(ours).description == "Washed twice."
    asked = world.shop.asked
    world.turn()
    assert not world.errands()
    assert world.shop.asked - asked < 10


@pytest.mark.parametrize("side", ["ours", "theirs"])
def test_what_both_changed_is_shown_and_settled_by_a_person(world: World, side: str) -> None:
    stocked_there(world)
    world.join()
    world.turn()
    tunic = world.product("Tunic")
    world.there().put(replace(world.listed(tunic), brand="Theirs"))
    world.say(tunic, brand="Ours", tags=("linen", "new"))
    world.turn()
    with world.market.database.transaction() as session:
        (difference,) = store.differences_of(session, "shop_1", limit=10)
    told = (difference.what, difference.base, difference.ours, difference.theirs)
    assert told == ("brand", "Oslo Linen", "Ours", "Theirs")
    assert world.product("Tunic").brand == "Ours"
    listed = world.listed(tunic)
    assert (listed.brand, listed.tags) == ("Theirs", ("linen", "new"))
    world.turn()
    with world.market.database.transaction() as session:
        shop = catalogue.shop_by_id(session, "shop_1")
        actions.settle(
            session, shop, difference.id, "ours" if side == "ours" else "theirs", room=world.room
        )
    world.turn()
    wanted = "Ours" if side == "ours" else "Theirs"
    assert world.product("Tunic").brand == wanted
    assert world.listed(tunic).brand == wanted
    with world.market.database.transaction() as session:
        assert not store.differences_of(session, "shop_1", limit=10)


def test_sales_on_both_sides_count(world: World) -> None:
    stocked_there(world)
    world.join()
    world.turn()
    tunic = world.product("Tunic")
    order = world.buy(tunic, 3)
    small = world.listed(tunic).variants[0]
    world.shop.books.set_count(small.stock_key, 8)
    world.turn()
    world.turn()
    assert world.counts(tunic) == ([5, 10], [5, 10])
    (sent,) = world.shop.books.orders.values()
    assert sent["sourceIdentifier"] == order.id
    assert sent["said"]["transactions"][0]["amountSet"]["shopMoney"]["amount"] == "146.25"
    world.market.clock.advance(timedelta(hours=1))
    world.turn()
    assert world.counts(tunic) == ([5, 10], [5, 10])


def test_a_count_that_was_set_here_is_set_there(world: World) -> None:
    stocked_there(world)
    world.join()
    world.turn()
    tunic = world.product("Tunic")
    variants = syncing._as_it_is(tunic).variants  # noqa: SLF001
    world.say(tunic, variants=(replace(variants[0], stock=25), variants[1]))
    world.market.clock.advance(timedelta(seconds=1))
    with world.market.database.transaction() as session:
        connection = world.state()
        store.want(
            session,
            connection.id,
            "listing",
            str(tunic.source and tunic.source.key),
            errand_id="errand_by_hand",
            at=world.market.clock.now(),
        )
    world.turn()
    assert world.counts(tunic) == ([25, 10], [25, 10])


def test_parcels_come_back_and_refunds_go_there(world: World) -> None:
    stocked_there(world)
    world.join()
    world.turn()
    tunic = world.product("Tunic")
    order = world.buy(tunic, 2)
    world.turn()
    (key,) = world.shop.books.orders
    world.shop.messages.clear()
    world.shop.books.fulfil(key, tracking="NO1", url="https://post.example/NO1")
    connection = world.state()
    for message in world.shop.messages * 3:
        actions.hear(world.room, "shopify", connection.id, message.headers, message.body)
    world.turn()
    with world.market.database.transaction() as session:
        shipped = orders.sold_order(session, order.id, seller="person_seller")
    (parcel,) = shipped.parcels
    assert (parcel.number, sum(parcel.units.values()), shipped.status) == ("NO1", 2, "shipped")
    with world.market.database.transaction() as session:
        _, refund = orders.order_refund(
            session,
            order.id,
            {shipped.lines[0].id: 1},
            shipping=False,
            reason="too long",
            seller="person_seller",
            room=world.room.selling,
        )
    settling.settle_refund(world.market.database, refund, world.room.selling)
    world.turn()
    world.turn()
    (noted,) = world.shop.books.orders[key]["refund_rows"]
    assert "too long" in noted["note"]
    assert world.counts(tunic) == ([9, 10], [9, 10])
    assert world.market.books_hold()


def test_an_hour_of_silence_loses_nothing_and_doubles_nothing(world: World) -> None:
    stocked_there(world)
    world.join()
    world.turn()
    tunic = world.product("Tunic")
    world.shop.down = True
    order = world.buy(tunic, 1)
    world.say(tunic, title="Tunic of linen")
    for _ in range(6):
        world.turn(lapse=timedelta(minutes=10))
    waiting = world.errands()
    assert {one.kind for one in waiting} == {"order", "listing"}
    assert "503" in (world.state().fault or "")
    world.shop.down = False
    world.shop.lose_answers = 1
    for _ in range(4):
        world.turn(lapse=timedelta(minutes=20))
    assert world.state().fault is None
    assert not world.errands()
    assert [one["sourceIdentifier"] for one in world.shop.books.orders.values()] == [order.id]
    assert world.listed(tunic).title == "Tunic of linen"
    assert world.counts(world.product("Tunic of linen")) == ([9, 10], [9, 10])


def test_what_is_deleted_there_is_no_longer_sold_here(world: World) -> None:
    stocked_there(world)
    world.join()
    world.turn()
    tunic = world.product("Tunic")
    assert tunic.source is not None
    cart = world.market.open({tunic.sold[0].id: 1})
    world.shop.messages.clear()
    world.shop.books.remove_product(tunic.source.key)
    connection = world.state()
    for message in world.shop.messages:
        actions.hear(world.room, "shopify", connection.id, message.headers, message.body)
    world.turn()
    assert world.product("Tunic").state == "withdrawn"
    seen = world.market.change(cart, note="is it still there?")
    assert "withdrawn" in {one.code for one in seen.remarks}
    assert not seen.ready


def test_credentials_that_end_are_told_and_given_anew(world: World) -> None:
    stocked_there(world)
    connection = world.join()
    world.turn()
    world.shop.client_secret = ANOTHER
    world.market.clock.advance(timedelta(hours=25))
    world.turn()
    refused = world.state()
    assert refused.state == "refused"
    assert "join the shop again" in (refused.fault or "")
    with pytest.raises(errors.CredentialsRefused):
        actions.rejoin(world.room, refused, CREDENTIALS)
    right = {**CREDENTIALS, "client_secret": ANOTHER}
    with world.market.database.transaction() as session:
        kept = session.execute(
            text("select credentials from commerce.connection where id = :id"),
            {"id": connection.id},
        ).scalar_one()
    assert b"practice-secret" not in kept
    world.shop.client_secret = ANOTHER
    assert actions.rejoin(world.room, refused, right).state == "active"


def test_a_product_made_here_is_listed_there_once(world: World) -> None:
    world.join()
    world.turn()
    connection = world.state()
    with world.market.database.transaction() as session:
        shop = catalogue.shop_by_id(session, "shop_1")
        shirt = catalogue.product_by_id(session, "product_shirt")
        actions.publish(session, shop, shirt, connection.id, room=world.room)
    world.shop.lose_answers = 1
    for _ in range(4):
        world.turn(lapse=timedelta(minutes=20))
    titles = [one["title"] for one in world.shop.books.products.values()]
    assert titles == ["Shirt"]
    assert not world.errands()
    world.say(shirt, title="Shirt, blue")
    world.turn()
    assert [one["title"] for one in world.shop.books.products.values()] == ["Shirt, blue"]


def test_a_shop_is_joined_in_a_currency_that_it_sells_in(world: World) -> None:
    world.shop.books.currency = "SEK"
    with pytest.raises(errors.ConnectionInvalid, match="SEK"):
        world.join()
    world.shop.books.currency = "EUR"
    world.join()
    with pytest.raises(errors.ConnectionInvalid, match="joined already"):
        world.join()


def test_a_shop_that_closes_here_goes_on_elsewhere_and_its_orders_are_still_told(
    world: World,
) -> None:
    stocked_there(world)
    world.join()
    world.turn()
    tunic = world.product("Tunic")
    world.buy(tunic)
    with world.market.database.transaction() as session:
        ours = catalogue.shop_by_id(session, "shop_1")
        close_shop(session, ours, at=world.market.clock.now())
    world.turn()
    assert world.product("Tunic").state == "withdrawn"
    assert world.listed(tunic).state == "live"
    assert [one.kind for one in world.errands("done") if one.result] == ["order"]
    gone = replace(world.listed(tunic), title="Tunic of there")
    world.there().put(gone)
    world.turn()
    assert world.product("Tunic").title == "Tunic"


def test_who_leaves_takes_the_credentials_of_their_shops_along(world: World) -> None:
    world.join()
    at = world.market.clock.now()
    with world.market.database.transaction() as session:
        left = events.Event(1, PERSON_CLOSED, "person_seller", {"person_id": "person_seller"}, at)
        actions.on_person_closed(session, left)
        assert session.execute(text("select count(*) from commerce.connection")).scalar() == 0
    with pytest.raises(errors.ConnectionNotFound):
        world.state()


def test_a_reading_that_is_lost_there_is_shown_and_begun_anew(world: World) -> None:
    stocked_there(world)
    world.join()
    answered = world.shop.answer
    lost = True

    def forgetful(method: str, path: str, *said: object) -> object:
        if lost and method == "GET":
            return 404, {}, b""
        return answered(method, path, *said)  # type: ignore[arg-type]

    world.shop.answer = forgetful  # type: ignore[assignment, method-assign]
    world.turn()
    assert "404" in (world.state().fault or "")
    assert world.state().reading is None
    lost = False
    world.turn()
    assert world.state().fault is None
    assert world.product("Tunic").state == "live"


def test_an_answer_that_no_platform_gives_is_shown_and_stops_nobody_else(world: World) -> None:
    stocked_there(world)
    world.join()
    world.turn()
    answered = world.shop.answer

    def babbling(method: str, path: str, *said: object) -> object:
        if path.endswith("graphql.json"):
            return 200, {}, b'{"data": {"products": 7}}'
        return answered(method, path, *said)  # type: ignore[arg-type]

    world.shop.answer = babbling  # type: ignore[assignment, method-assign]
    world.turn()
    assert "not as it publishes" in (world.state().fault or "")
    world.shop.answer = answered  # type: ignore[method-assign]
    world.turn()
    assert world.state().fault is None


def test_what_waits_for_something_else_keeps_nothing_from_its_turn(world: World) -> None:
    connection, at = world.join(), world.market.clock.now()
    with world.market.database.transaction() as session:
        for number in (1, 2):
            store.want(
                session, connection.id, "listing", f"gid_{number}", errand_id=f"e{number}", at=at
            )
        first = store.due_errands(session, connection.id, at=at, limit=1)
        store.put_off(session, first[0], "it waits", until=at + timedelta(seconds=30))
        later = at + timedelta(minutes=1)
        due = store.due_errands(session, connection.id, at=later, limit=1)
    assert [one.id for one in (*first, *due)] == ["e1", "e2"]

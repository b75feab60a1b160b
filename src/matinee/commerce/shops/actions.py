"""The verbs of a seller whose shop is joined to one elsewhere."""

import re
from collections.abc import Mapping
from dataclasses import replace

from matinee.commerce import store as catalogue
from matinee.commerce.checkout import store as sales
from matinee.commerce.checkout.model import Order
from matinee.commerce.model import Product, Shop
from matinee.kit.db import Session
from matinee.kit.events import Event

from . import merging, store, syncing
from .errors import ConnectionInvalid, ConnectionNotFound, ErrandNotFailed, PlatformRefused
from .model import Connection, PlatformKind, Side
from .room import Room

CREDENTIALS: Mapping[PlatformKind, tuple[str, ...]] = {
    "shopify": ("client_id", "client_secret"),
}
"""What a seller gives to join a shop of each kind."""

_ADDRESSES = {"shopify": re.compile(r"[a-z0-9][a-z0-9-]{0,60}\.myshopify\.com")}
_SECRET_CHARACTERS_MAX = 500


def join(
    room: Room, shop: Shop, kind: PlatformKind, address: str, credentials: Mapping[str, str]
) -> Connection:
    """Join a shop of one's own to one elsewhere; everything there is read soon after.

    Raises ``ConnectionInvalid``, and what a platform raises when it is asked for its currency.
    """
    address = address.strip().lower().removeprefix("https://").rstrip("/")
    _check(kind, address, credentials)
    given = {name: credentials[name] for name in CREDENTIALS[kind]}
    currency = room.reach(kind, address, given).currency()
    if currency not in shop.currencies:
        raise ConnectionInvalid(
            "currency", f"it sells in {currency}; add {currency} to the currencies of this shop"
        )
    at = room.clock.now()
    connection = Connection(
        id=room.ids.new("connection"),
        shop_id=shop.id,
        kind=kind,
        address=address,
        currency=currency,
        next_at=at,
        made_at=at,
    )
    with room.database.transaction() as session:
        store.add_connection(session, connection, room.safe.seal(connection.id, given))
    return connection


def rejoin(room: Room, connection: Connection, credentials: Mapping[str, str]) -> Connection:
    """Give other credentials to a connection, which goes on where it was; raises as ``join``."""
    _check(connection.kind, connection.address, credentials)
    given = {name: credentials[name] for name in CREDENTIALS[connection.kind]}
    room.reach(connection.kind, connection.address, given).currency()
    at = room.clock.now()
    with room.database.transaction() as session:
        sealed = room.safe.seal(connection.id, given)
        store.change_credentials(session, connection.id, sealed)
        now = store.connection_by_id(session, connection.id, lock=True)
        now = replace(now, state="active", fault=None, faulted_at=None, next_at=at)
        store.keep_connection(session, now)
    return now


def connection_of(session: Session, shop: Shop, connection_id: str) -> Connection:
    """A connection of a shop; raises ``ConnectionNotFound``."""
    found = store.connection_by_id(session, connection_id)
    if found.shop_id != shop.id:
        raise ConnectionNotFound(connection_id)
    return found


def pause(session: Session, shop: Shop, connection_id: str, *, paused: bool, room: Room) -> None:
    """Leave the other side alone, or go on; what waits, waits."""
    connection_of(session, shop, connection_id)
    now = store.connection_by_id(session, connection_id, lock=True)
    now = replace(now, state="paused" if paused else "active", next_at=room.clock.now())
    store.keep_connection(session, now)


def part(session: Session, shop: Shop, connection_id: str) -> None:
    """Part two shops: products, orders and their ids stay, what waited is dropped."""
    connection_of(session, shop, connection_id)
    store.remove_connection(session, connection_id)


def hurry(session: Session, shop: Shop, connection_id: str, *, room: Room) -> Connection:
    """Have the other side read, and told, now."""
    connection_of(session, shop, connection_id)
    now = store.connection_by_id(session, connection_id, lock=True)
    now = replace(now, next_at=room.clock.now())
    store.keep_connection(session, now)
    return now


def settle(session: Session, shop: Shop, difference_id: str, side: Side, *, room: Room) -> None:
    """Choose a side for a field that was changed on both; it is carried out at once here.

    Raises ``DifferenceNotFound`` when it was settled meanwhile.
    """
    difference = store.difference_by_id(session, shop.id, difference_id)
    known = store.known_product(session, difference.product_id)
    assert known is not None, "a difference is of something listed"
    connection = store.connection_by_id(session, known.connection_id)
    product = catalogue.product_by_id(session, difference.product_id, lock=True)
    pairs = store.pairs_of(session, connection.id, [one.id for one in product.variants])
    ours = syncing.listing_of(product, known.base, pairs, connection.currency)
    base = merging.settled(known.base, ours, known.theirs, difference.what, side)
    at = room.clock.now()
    store.keep_known(session, replace(known, base=base), at=at)
    # The next reading takes the chosen side; until then nothing of it is on show.
    store.want(
        session, connection.id, "listing", known.theirs.key, errand_id=room.ids.new("errand"), at=at
    )
    store.drop_difference(session, difference_id)


def publish(
    session: Session, shop: Shop, product: Product, connection_id: str, *, room: Room
) -> None:
    """Have a product that was made here listed elsewhere too, where it stays joined.

    Raises ``ConnectionNotFound``, ``PlatformRefused`` when it has no price that is used there.
    """
    connection = connection_of(session, shop, connection_id)
    if store.known_product(session, product.id) is not None:
        return
    if any(one.price_in(connection.currency) is None for one in product.sold):
        raise PlatformRefused(
            connection.address, f"each variant needs a price in {connection.currency}"
        )
    at = room.clock.now()
    store.want(
        session,
        connection.id,
        "listing",
        product.id,
        errand_id=room.ids.new("errand"),
        payload={"product_id": product.id},
        at=at,
    )


def retry(session: Session, shop: Shop, errand_id: str, *, room: Room) -> None:
    """Try once more what was refused; raises ``ErrandNotFailed``."""
    if not store.try_again(session, shop.id, errand_id, at=room.clock.now()):
        raise ErrandNotFailed(errand_id)


def hear(
    room: Room, kind: PlatformKind, connection_id: str, headers: Mapping[str, str], body: bytes
) -> bool:
    """Take a message of a platform, once; returns whether it was new.

    Raises ``ConnectionNotFound`` and ``MessageRefused``. What it is about is asked for later.
    """
    with room.database.transaction() as session:
        connection = store.connection_by_id(session, connection_id)
        sealed = store.credentials_of(session, connection_id)
    if connection.kind != kind:
        raise ConnectionNotFound(connection_id)
    credentials = room.safe.open(connection_id, sealed)
    told = room.hear(kind, connection.address, credentials, headers, body)
    at = room.clock.now()
    with room.database.transaction() as session:
        if not store.heard_first(session, connection_id, told.message_id, at=at):
            return False
        errand_id = room.ids.new("errand")
        if told.news in {"listing", "listing_gone"}:
            store.want(session, connection_id, "listing", told.key, errand_id=errand_id, at=at)
        elif told.news == "order" and store.order_sent_as(session, connection_id, told.key):
            store.want(session, connection_id, "parcels", told.key, errand_id=errand_id, at=at)
        store.hasten(session, connection_id, at=at)
    return True


def on_product_changed(session: Session, event: Event, *, room: Room) -> None:
    """Have the other side told of a change to something that it lists.

    A shop that closes here goes on elsewhere: what is withdrawn with it stays as it is there.
    """
    known = store.known_product(session, str(event.payload["product_id"]))
    if known is None or not catalogue.shop_by_id(session, str(event.payload["shop_id"])).is_open:
        return
    at = room.clock.now()
    errand_id = room.ids.new("errand")
    store.want(
        session, known.connection_id, "listing", known.theirs.key, errand_id=errand_id, at=at
    )


def on_person_closed(session: Session, event: Event) -> None:
    """Forget how the shops of somebody who left are reached, with their credentials."""
    store.remove_connections_of(session, str(event.payload["person_id"]))


def on_order_placed(session: Session, event: Event, *, room: Room) -> None:
    """Have an order carried out where its goods are; what is only ours we send ourselves."""
    order = sales.order_by_id(session, str(event.payload["order_id"]))
    assert order is not None, "an order that was placed is there"
    at = room.clock.now()
    for connection_id, units in _units_there(session, order).items():
        store.want(
            session,
            connection_id,
            "order",
            order.id,
            errand_id=room.ids.new("errand"),
            payload={"units": units},
            at=at,
        )
        store.hasten(session, connection_id, at=at)


def on_order_changed(session: Session, event: Event, *, room: Room) -> None:
    """Have the other side told of money that went back."""
    if event.payload["what"] != "refunded":
        return
    order = sales.order_by_id(session, str(event.payload["order_id"]))
    assert order is not None, "an order that was changed is there"
    at = room.clock.now()
    for refund in order.refunds:
        if refund.state != "done":
            continue
        for connection_id in _units_there(session, order):
            store.want(
                session,
                connection_id,
                "refund",
                refund.id,
                errand_id=room.ids.new("errand"),
                payload={"order_id": order.id},
                at=at,
            )
            store.hasten(session, connection_id, at=at)


def _units_there(session: Session, order: Order) -> dict[str, dict[str, int]]:
    """How many of which variants of an order lie with which connection."""
    there: dict[str, dict[str, int]] = {}
    homes = store.homes_of(session, [line.variant_id for line in order.lines])
    for line in order.lines:
        connection_id = homes.get(line.variant_id)
        if connection_id is not None:
            units = there.setdefault(connection_id, {})
            units[line.variant_id] = units.get(line.variant_id, 0) + line.quantity
    return there


def _check(kind: PlatformKind, address: str, credentials: Mapping[str, str]) -> None:
    if kind not in CREDENTIALS:
        raise ConnectionInvalid("kind", f"there is no way to {kind} yet; there is to shopify")
    if not _ADDRESSES[kind].fullmatch(address):
        raise ConnectionInvalid("address", "it is the shop's own, such as oslo-linen.myshopify.com")
    for name in CREDENTIALS[kind]:
        if not 0 < len(credentials.get(name, "")) <= _SECRET_CHARACTERS_MAX:
            raise ConnectionInvalid(name, "it is missing; the app in the Dev Dashboard shows it")

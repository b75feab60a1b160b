"""A connection's turn: what waits is told there, and what changed there is read."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from matinee.commerce import media_store, pictures
from matinee.commerce import store as catalogue
from matinee.commerce.checkout import orders
from matinee.commerce.checkout import store as sales
from matinee.commerce.checkout.model import Order, Parcel, Refund
from matinee.commerce.errors import CatalogueInvalid, ProductNotFound
from matinee.commerce.model import Media
from matinee.kit import errors, logs
from matinee.kit.money import Money

from . import store, syncing
from .errors import CredentialsRefused, PlatformBusy, PlatformDown, PlatformRefused
from .model import (
    Connection,
    Errand,
    ErrandKind,
    GivenBack,
    Known,
    Listing,
    Platform,
    SentParcel,
    SoldLine,
    SoldOrder,
)
from .room import Room

log = logs.logger(__name__)

LEASE = timedelta(minutes=5)
EVERY = timedelta(minutes=1)

_ERRANDS_A_TURN, _PAGES_A_TURN, _PUTS_MAX = 40, 20, 3
_OVERLAP = timedelta(minutes=2)
_PATIENCE_MIN, _PATIENCE_MAX = timedelta(seconds=20), timedelta(minutes=15)
_WAIT_FOR_ORDER = timedelta(seconds=30)


class _NotYet(Exception):
    """An errand needs another one to be done first."""


def turn(room: Room) -> bool:
    """Give one connection whose turn it is its turn; returns whether there was one."""
    at = room.clock.now()
    with room.database.transaction() as session:
        connection = store.take_due(session, at=at, lease=LEASE)
        if connection is None:
            return False
        sealed = store.credentials_of(session, connection.id)
    try:
        given = room.safe.open(connection.id, sealed)
        platform = room.reach(connection.kind, connection.address, given)
        _tell(room, connection, platform)
        more = _read(room, connection, platform)
    except PlatformBusy as busy:
        _rest(room, connection, until=room.clock.now() + timedelta(seconds=busy.wait_s))
    except CredentialsRefused as refused:
        _rest(room, connection, until=room.clock.now(), fault=str(refused), refused=True)
    except errors.MatineeError as trouble:
        # Whatever is wrong with one shop is shown to its seller, and keeps nobody else waiting.
        _rest(room, connection, until=_patient(room, connection), fault=str(trouble))
    else:
        _rest(
            room, connection, until=room.clock.now() + (timedelta() if more else EVERY), well=True
        )
    return True


def _rest(
    room: Room,
    connection: Connection,
    *,
    until: datetime,
    fault: str | None = None,
    refused: bool = False,
    well: bool = False,
) -> None:
    """Note when a connection's next turn is, and what is wrong with it."""
    at = room.clock.now()
    with room.database.transaction() as session:
        try:
            now = store.connection_by_id(session, connection.id, lock=True)
        except errors.NotFound:
            return  # it was parted meanwhile
        if well:
            now = replace(now, fault=None, faulted_at=None)
        elif fault is not None:
            now = replace(now, fault=fault, faulted_at=now.faulted_at or at)
        state = "refused" if refused and now.state == "active" else now.state
        store.keep_connection(session, replace(now, state=state, next_at=until))
    if fault is not None:
        log.warning("shop_elsewhere_fault", connection=connection.id, fault=fault)


def _patient(room: Room, connection: Connection) -> datetime:
    """When to ask again somebody who does not answer: half of the time that they have not."""
    at = room.clock.now()
    silent = at - (connection.faulted_at or at)
    return at + min(_PATIENCE_MAX, max(_PATIENCE_MIN, silent / 2))


# Telling


def _tell(room: Room, connection: Connection, platform: Platform) -> None:
    """Carry out what waits; what is refused for good stays visible, and the rest goes on."""
    carried: Mapping[ErrandKind, Callable[[Room, Connection, Platform, Errand], str | None]] = {
        "order": _order,
        "refund": _refund,
        "listing": _listing,
        "parcels": _parcels,
    }
    with room.database.transaction() as session:
        due = store.due_errands(session, connection.id, at=room.clock.now(), limit=_ERRANDS_A_TURN)
    for errand in due:
        result, fault = None, None
        try:
            result = carried[errand.kind](room, connection, platform, errand)
        except _NotYet:
            with room.database.transaction() as session:
                until = room.clock.now() + _WAIT_FOR_ORDER
                store.put_off(session, errand, "it waits for its order", until=until)
            continue
        except (PlatformBusy, PlatformDown, CredentialsRefused) as trouble:
            with room.database.transaction() as session:
                store.put_off(session, errand, str(trouble), until=room.clock.now())
            raise
        except errors.MatineeError as refused:
            fault = str(refused)
        with room.database.transaction() as session:
            at = room.clock.now()
            store.end_errand(session, errand, result=result, fault=fault, at=at)


def _order(room: Room, connection: Connection, platform: Platform, errand: Errand) -> str:
    with room.database.transaction() as session:
        order = sales.order_by_id(session, errand.subject)
        assert order is not None, "an errand is of an order that is there"
        units = _units(errand)
        pairs = store.pairs_of(session, connection.id, units)
        keys = {one.variant_id: one.key for one in pairs}
        sold = _sold(order, keys, units, test=room.selling.till.test_mode)
    key = platform.send_order(sold)
    with room.database.transaction() as session:
        # From now on the counts there are without these, and no longer untold.
        if store.errand_result(session, errand.id) is None:
            store.lower_bases(session, connection.id, units)
            store.note_result(session, errand.id, key)
    return key


def _refund(room: Room, connection: Connection, platform: Platform, errand: Errand) -> None:
    order_id = str(errand.payload["order_id"])
    with room.database.transaction() as session:
        sent = store.errand_of(session, connection.id, "order", order_id)
        order = sales.order_by_id(session, order_id)
        assert order is not None, "an errand is of an order that is there"
        if sent is None or sent.result is None:
            raise _NotYet
        keys = {
            one.variant_id: one.key for one in store.pairs_of(session, connection.id, _units(sent))
        }
    refund = next(one for one in order.refunds if one.id == errand.subject)
    by_line = {line.id: line.variant_id for line in order.lines}
    units = {
        keys[by_line[line]]: count for line, count in refund.units.items() if by_line[line] in keys
    }
    whole = order.cancelled_at is not None
    platform.give_back(
        GivenBack(
            id=refund.id,
            order_key=sent.result,
            units=units,
            amount=_part_of(order, refund, keys),
            shipping=refund.shipping,
            restock=bool(units),
            reason=refund.reason,
        )
    )
    with room.database.transaction() as session:
        if whole and store.errand_result(session, errand.id) is None:
            # Calling off put them back on both shelves.
            back = {by_line[line]: -n for line, n in refund.units.items() if by_line[line] in keys}
            store.lower_bases(session, connection.id, back)
        store.note_result(session, errand.id, refund.id)


def _listing(room: Room, connection: Connection, platform: Platform, errand: Errand) -> None:
    """Read one listing and tell what ours has that theirs lacks; or begin one there."""
    if not _is_open(room, connection):
        return
    if "product_id" in errand.payload and errand.subject == errand.payload["product_id"]:
        _begin(room, connection, platform, errand)
        return
    theirs = platform.listing(errand.subject)
    for _ in range(_PUTS_MAX):
        if theirs is None:
            with room.database.transaction() as session:
                syncing.let_go(session, connection, errand.subject, at=room.clock.now())
            return
        taken = take_in(room, connection, platform, theirs)
        if taken.tell is not None:
            after = platform.put(taken.tell)
            with room.database.transaction() as session:
                syncing.agreed(session, connection, taken.product.id, after, at=room.clock.now())
        stale = [
            key
            for key, told in taken.counts.items()
            if not _count(room, connection, platform, key, told)
        ]
        if taken.tell is None and not taken.counts:
            return
        theirs = platform.listing(errand.subject)
        if not stale and theirs is not None:
            take_in(room, connection, platform, theirs)
            return
    raise PlatformRefused(connection.address, "its counts change faster than they can be set")


def _count(
    room: Room, connection: Connection, platform: Platform, key: str, told: tuple[int, int]
) -> bool:
    """Set a count there, noting so before and after; whether it was still what it was."""
    before, count = told
    with room.database.transaction() as session:
        store.note_telling(session, connection.id, key, count)
    done = platform.count(key, before=before, after=count)
    with room.database.transaction() as session:
        store.note_told(session, connection.id, key, done=done)
    return done


def _begin(room: Room, connection: Connection, platform: Platform, errand: Errand) -> None:
    """List a product of ours there, once, also when it was listed and not noted."""
    with room.database.transaction() as session:
        if store.known_product(session, errand.subject) is not None:
            return
        product = catalogue.product_by_id(session, errand.subject)
        listing = syncing.listing_of(product, None, (), connection.currency)
    after = platform.put(listing, mark=product.id)
    at = room.clock.now()
    with room.database.transaction() as session:
        known = Known(connection_id=connection.id, product_id=product.id, base=after, theirs=after)
        store.keep_known(session, known, at=at)
        syncing.agreed(session, connection, product.id, after, at=at)
        errand_id = room.ids.new("errand")
        store.want(session, connection.id, "listing", after.key, errand_id=errand_id, at=at)


def _parcels(room: Room, connection: Connection, platform: Platform, errand: Errand) -> None:
    with room.database.transaction() as session:
        order_id = store.order_sent_as(session, connection.id, errand.subject)
    if order_id is None:
        return
    parcels = platform.parcels(errand.subject)
    with room.database.transaction() as session:
        shop = catalogue.shop_by_id(session, connection.shop_id)
        order = sales.order_by_id(session, order_id, lock=True)
        assert order is not None, "an errand is of an order that is there"
        variants = [line.variant_id for line in order.lines]
        pairs = store.pairs_of(session, connection.id, variants)
        by_key = {one.key: one.variant_id for one in pairs}
        noted = store.parcels_known(session, connection.id, order_id)
        for parcel in parcels:
            if parcel.key not in noted:
                units = _lines_of(order, by_key, parcel)
                if not units:
                    continue
                ours = Parcel(
                    id="",
                    units=units,
                    carrier=parcel.carrier,
                    number=parcel.number,
                    url=parcel.url,
                    shipped_at=parcel.sent_at,
                )
                order = orders.ship(session, order_id, ours, seller=shop.owner, room=room.selling)
                noted[parcel.key] = order.parcels[-1].id
                store.keep_parcel(session, connection.id, parcel.key, order_id, noted[parcel.key])
            if parcel.delivered_at is not None:
                orders.arrived(
                    session, order_id, noted[parcel.key], seller=shop.owner, room=room.selling
                )


# Reading


def _read(room: Room, connection: Connection, platform: Platform) -> bool:
    """Read what changed there, a page at a time; returns whether there is more to be read now.

    Each page that was read stays read. For a shop that closed nothing is read; its orders are still
    told, and their parcels seen.
    """
    if not _is_open(room, connection):
        return False
    for _ in range(_PAGES_A_TURN):
        begun = connection.reading_from or room.clock.now()
        try:
            page = platform.page(after=connection.reading, since=connection.since)
        except PlatformDown as down:
            if down.begin_anew:
                _keep_reading(room, replace(connection, reading=None, reading_from=None))
            raise
        for listing in page.listings:
            _taken_or_noted(room, connection, platform, listing)
        stuck = page.after == connection.reading and not page.listings
        connection = replace(connection, reading=page.after, reading_from=begun)
        if page.after is None:
            connection = replace(connection, since=begun - _OVERLAP, reading_from=None)
        if not _keep_reading(room, connection) or page.after is None or stuck:
            return False
    return True


def _keep_reading(room: Room, connection: Connection) -> bool:
    """Note how far a connection was read; False if it was parted meanwhile."""
    with room.database.transaction() as session:
        try:
            now = store.connection_by_id(session, connection.id, lock=True)
        except errors.NotFound:
            return False
        read = replace(
            now,
            since=connection.since,
            reading=connection.reading,
            reading_from=connection.reading_from,
        )
        store.keep_connection(session, read)
    return True


def _taken_or_noted(
    room: Room, connection: Connection, platform: Platform, listing: Listing
) -> None:
    """Take a listing in; one that our catalogue cannot hold is shown as an errand that failed."""
    at = room.clock.now()
    try:
        taken = take_in(room, connection, platform, listing)
    except (CatalogueInvalid, ProductNotFound) as refused:
        with room.database.transaction() as session:
            errand_id = room.ids.new("errand")
            store.want(session, connection.id, "listing", listing.key, errand_id=errand_id, at=at)
            errand = store.errand_of(session, connection.id, "listing", listing.key)
            assert errand is not None, "it was just written"
            store.end_errand(session, errand, result=None, fault=str(refused), at=at)
        return
    if taken.tell is not None or taken.counts:
        with room.database.transaction() as session:
            errand_id = room.ids.new("errand")
            store.want(session, connection.id, "listing", listing.key, errand_id=errand_id, at=at)


def take_in(
    room: Room, connection: Connection, platform: Platform, listing: Listing
) -> syncing.Taken:
    """Fetch the pictures of a listing that are not here, and merge it with ours."""
    _fetch(room, connection, listing)
    with room.database.transaction() as session:
        return syncing.take_in(
            session,
            connection,
            listing,
            echo=platform.echoed,
            ids=room.ids,
            at=room.clock.now(),
        )


def _fetch(room: Room, connection: Connection, listing: Listing) -> None:
    """Fetch pictures, each once; one that cannot be had is left out, and tried again later."""
    urls = [one.url for one in listing.pictures]
    with room.database.transaction() as session:
        known = store.pictures_of(session, connection.id, urls)
    for picture in listing.pictures:
        if picture.url in known:
            continue
        try:
            made = pictures.made_new(room.fetch(picture.url))
        except errors.MatineeError as error:
            log.warning("picture_left_out", connection=connection.id, reason=str(error))
            continue
        blob = room.blobs.put_bytes(made.content, suffix=pictures.SUFFIX)
        media = Media(
            room.ids.new("media"),
            "image",
            blob.key,
            None,
            picture.alt[:500],
            made.width,
            made.height,
        )
        with room.database.transaction() as session:
            media_store.add(session, connection.shop_id, media, at=room.clock.now())
            store.keep_picture(session, connection.id, picture.url, media.id)


def _is_open(room: Room, connection: Connection) -> bool:
    with room.database.transaction() as session:
        return catalogue.shop_by_id(session, connection.shop_id).is_open


# In the words of a platform


def _units(errand: Errand) -> dict[str, int]:
    units = errand.payload["units"]
    assert isinstance(units, Mapping), "an order's errand says how many of what"
    return {str(name): int(str(count)) for name, count in units.items()}


def _sold(
    order: Order, keys: Mapping[str, str], units: Mapping[str, int], *, test: bool
) -> SoldOrder:
    """The part of an order that lies there. Amounts are with tax: what the buyer paid."""
    bills = {one.line_id: one for one in order.bill.lines}
    there = [line for line in order.lines if line.variant_id in units]
    lines = tuple(
        SoldLine(
            key=keys[line.variant_id],
            product_key="",
            title=line.title,
            quantity=line.quantity,
            total=Money(bills[line.id].goods, order.currency),
            tax=Money(bills[line.id].goods_tax, order.currency),
        )
        for line in there
        if line.variant_id in keys
    )
    shipping = sum(bills[line.id].carriage for line in there)
    paid = shipping + sum(one.total.minor for one in lines)
    return SoldOrder(
        id=order.id,
        lines=lines,
        taxes_included=True,
        shipping_title="" if order.rate is None else order.rate.title,
        shipping=Money(shipping, order.currency),
        paid=Money(paid, order.currency),
        email=order.buyer.email,
        phone=order.buyer.phone,
        address=_address(order),
        placed_at=order.placed_at,
        note=f"Order {order.number} on Matinee",
        test=test,
    )


def _address(order: Order) -> dict[str, str]:
    if order.address is None:
        return {}
    where, buyer = order.address, order.buyer
    first, _, last = where.name.rpartition(" ")
    said = {
        "firstName": first or buyer.first_name,
        "lastName": last or buyer.last_name,
        "address1": where.line_one,
        "address2": where.line_two,
        "city": where.city,
        "province": where.region,
        "countryCode": where.country,
        "zip": where.postal_code,
        "phone": buyer.phone,
    }
    return {name: value for name, value in said.items() if value}


def _part_of(order: Order, refund: Refund, keys: Mapping[str, str]) -> Money:
    """What of a refund is for goods that lie there."""
    there = {line.id for line in order.lines if line.variant_id in keys}
    return Money(sum(part.minor for part in refund.parts if part.line_id in there), order.currency)


def _lines_of(order: Order, by_key: Mapping[str, str], parcel: SentParcel) -> dict[str, int]:
    """How many of which of our lines a parcel holds that are not on their way yet."""
    shipped = dict(order.shipped)
    units: dict[str, int] = {}
    for key, count in parcel.units.items():
        left = count
        for line in order.lines:
            if line.variant_id != by_key.get(key):
                continue
            part = min(left, line.quantity - shipped.get(line.id, 0) - units.get(line.id, 0))
            if part > 0:
                units[line.id] = units.get(line.id, 0) + part
                left -= part
    return units

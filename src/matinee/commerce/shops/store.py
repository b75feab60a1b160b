"""Connections, listings, pairs of variants, errands and differences as rows."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime, timedelta

from sqlalchemy import RowMapping, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.sql import bindparam

from matinee.kit.db import Session
from matinee.kit.plain import Plain

from .errors import ConnectionInvalid, ConnectionNotFound, DifferenceNotFound
from .merging import Clash, from_plain, plain_of
from .model import Connection, Difference, Errand, ErrandKind, Known, Pair

_COLUMNS = (
    "id, shop_id, kind, address, currency, state, since, reading, reading_from, fault,"
    " faulted_at, next_at, made_at"
)
_ERRAND = (
    "id, connection_id, kind, subject, payload, state, tries, next_at, fault, result, asked,"
    " made_at, done_at"
)
_DIFFERENCE = "id, product_id, what, base, ours, theirs, found_at"

# Everything that is put into these statements is this file's own words, never a caller's.
# ruff: noqa: S608


def add_connection(session: Session, connection: Connection, credentials: bytes) -> None:
    """Keep a new connection; raises ``ConnectionInvalid`` when one of the two is joined already."""
    added = session.execute(
        text(
            f"insert into commerce.connection ({_COLUMNS}, credentials) values (:id, :shop_id,"
            " :kind, :address, :currency, :state, :since, :reading, :reading_from, :fault,"
            " :faulted_at, :next_at, :made_at, :credentials) on conflict do nothing returning id"
        ),
        {**asdict(connection), "credentials": credentials},
    ).first()
    if added is None:
        raise ConnectionInvalid(
            "address", f"this shop, or {connection.address}, is joined already; part them first"
        )


def keep_connection(session: Session, connection: Connection) -> None:
    """Write down how far a connection is."""
    session.execute(
        text(
            "update commerce.connection set state = :state, since = :since, reading = :reading,"
            " reading_from = :reading_from, fault = :fault, faulted_at = :faulted_at,"
            " next_at = :next_at where id = :id"
        ),
        asdict(connection),
    )


def change_credentials(session: Session, connection_id: str, credentials: bytes) -> None:
    """Keep other credentials for a connection."""
    session.execute(
        text("update commerce.connection set credentials = :sealed where id = :id"),
        {"id": connection_id, "sealed": credentials},
    )


def remove_connection(session: Session, connection_id: str) -> None:
    """Part two shops; the products stay."""
    session.execute(text("delete from commerce.connection where id = :id"), {"id": connection_id})


def remove_connections_of(session: Session, owner: str) -> None:
    """Part all shops of somebody, closed ones too, from those elsewhere."""
    session.execute(
        text(
            "delete from commerce.connection where shop_id in"
            " (select id from commerce.shop where owner = :owner)"
        ),
        {"owner": owner},
    )


def connection_by_id(session: Session, connection_id: str, *, lock: bool = False) -> Connection:
    """A connection; raises ``ConnectionNotFound``."""
    locking = " for no key update" if lock else ""
    row = session.execute(
        text(f"select {_COLUMNS} from commerce.connection where id = :id{locking}"),
        {"id": connection_id},
    ).mappings()
    found = row.first()
    if found is None:
        raise ConnectionNotFound(connection_id)
    return _connection(found)


def credentials_of(session: Session, connection_id: str) -> bytes:
    """The sealed credentials of a connection; raises ``ConnectionNotFound``."""
    sealed = session.execute(
        text("select credentials from commerce.connection where id = :id"), {"id": connection_id}
    ).scalar()
    if sealed is None:
        raise ConnectionNotFound(connection_id)
    return bytes(sealed)


def connections_of(session: Session, shop_id: str) -> list[Connection]:
    """The connections of a shop."""
    rows = session.execute(
        text(f"select {_COLUMNS} from commerce.connection where shop_id = :shop order by made_at"),
        {"shop": shop_id},
    ).mappings()
    return [_connection(row) for row in rows]


def take_due(session: Session, *, at: datetime, lease: timedelta) -> Connection | None:
    """A connection whose turn it is, put off so that nobody else takes it meanwhile."""
    row = session.execute(
        text(
            "update commerce.connection set next_at = :until where id = (select id from"
            " commerce.connection where state = 'active' and next_at <= :at order by next_at"
            f" limit 1 for update skip locked) returning {_COLUMNS}"
        ),
        {"at": at, "until": at + lease},
    ).mappings()
    found = row.first()
    return None if found is None else _connection(found)


def known_listing(session: Session, connection_id: str, key: str) -> Known | None:
    """What is known of a listing, locked."""
    return _known(
        session, "connection_id = :connection and key = :key", connection=connection_id, key=key
    )


def known_product(session: Session, product_id: str) -> Known | None:
    """What is known of the listing that a product is, locked."""
    return _known(session, "product_id = :product", product=product_id)


def keep_known(session: Session, known: Known, *, at: datetime) -> None:
    """Write down what was agreed on a listing, and what theirs is."""
    session.execute(
        text(
            "insert into commerce.foreign_listing"
            " (connection_id, key, product_id, base, theirs, read_at)"
            " values (:connection, :key, :product, :base, :theirs, :at)"
            " on conflict (connection_id, key) do update set base = excluded.base,"
            " theirs = excluded.theirs, read_at = excluded.read_at"
        ).bindparams(bindparam("base", type_=JSONB), bindparam("theirs", type_=JSONB)),
        {
            "connection": known.connection_id,
            "key": known.theirs.key,
            "product": known.product_id,
            "base": plain_of(known.base),
            "theirs": plain_of(known.theirs),
            "at": at,
        },
    )


def pairs_of(session: Session, connection_id: str, variant_ids: Iterable[str]) -> list[Pair]:
    """The pairs that variants of ours are in."""
    rows = session.execute(
        text(
            "select key, stock_key, variant_id, base_count as base, telling"
            " from commerce.foreign_variant"
            " where connection_id = :connection and variant_id = any(:ids)"
        ),
        {"connection": connection_id, "ids": list(variant_ids)},
    )
    return [
        Pair(
            key=row.key,
            stock_key=row.stock_key,
            variant_id=row.variant_id,
            base_count=row.base,
            telling=row.telling,
        )
        for row in rows
    ]


def keep_pairs(session: Session, connection_id: str, pairs: Iterable[Pair]) -> None:
    """Write pairs down; a variant of ours is in one pair, and so is one of theirs."""
    for pair in pairs:
        session.execute(
            text(
                "delete from commerce.foreign_variant where connection_id = :connection"
                " and ((variant_id = :variant) <> (key = :key))"
            ),
            {"connection": connection_id, "variant": pair.variant_id, "key": pair.key},
        )
        session.execute(
            text(
                "insert into commerce.foreign_variant (connection_id, key, stock_key, variant_id,"
                " base_count, telling) values (:connection, :key, :stock_key, :variant, :count,"
                " :telling) on conflict (connection_id, key) do update"
                " set stock_key = excluded.stock_key, variant_id = excluded.variant_id,"
                " base_count = excluded.base_count, telling = excluded.telling"
            ),
            {
                "connection": connection_id,
                "key": pair.key,
                "stock_key": pair.stock_key,
                "variant": pair.variant_id,
                "count": pair.base_count,
                "telling": pair.telling,
            },
        )


def lower_bases(session: Session, connection_id: str, units: Mapping[str, int]) -> None:
    """Note that the other side has taken so many of variants from its counts."""
    for variant_id, count in sorted(units.items()):
        session.execute(
            text(
                "update commerce.foreign_variant set base_count = base_count - :count"
                " where connection_id = :connection and variant_id = :variant"
            ),
            {"connection": connection_id, "variant": variant_id, "count": count},
        )


def note_telling(session: Session, connection_id: str, stock_key: str, count: int) -> None:
    """Note what a count there is being set to."""
    session.execute(
        text(
            "update commerce.foreign_variant set telling = :count"
            " where connection_id = :connection and stock_key = :key"
        ),
        {"connection": connection_id, "key": stock_key, "count": count},
    )


def note_told(session: Session, connection_id: str, stock_key: str, *, done: bool) -> None:
    """Note whether a count there was set: then both agree on it."""
    session.execute(
        text(
            "update commerce.foreign_variant set telling = null, base_count = case when :done"
            " then telling else base_count end"
            " where connection_id = :connection and stock_key = :key"
        ),
        {"connection": connection_id, "key": stock_key, "done": done},
    )


def untold_units(session: Session, connection_id: str) -> dict[str, int]:
    """How many of which variants we sold that the other side has not been told of."""
    rows = session.execute(
        text(
            "select u.key, sum(u.value::bigint) as units from commerce.errand e,"
            " jsonb_each_text(e.payload -> 'units') u where e.connection_id = :connection"
            " and e.kind = 'order' and e.state <> 'done' group by u.key"
        ),
        {"connection": connection_id},
    )
    return {row.key: int(row.units) for row in rows}


def pictures_of(session: Session, connection_id: str, urls: Iterable[str]) -> dict[str, str]:
    """Which of our media pictures of theirs are, by their address."""
    rows = session.execute(
        text(
            "select url, media_id from commerce.foreign_picture"
            " where connection_id = :connection and url = any(:urls)"
        ),
        {"connection": connection_id, "urls": list(urls)},
    )
    return {row.url: row.media_id for row in rows}


def media_from(session: Session, connection_id: str, media_ids: Iterable[str]) -> set[str]:
    """Which of some media came from the other side."""
    rows = session.execute(
        text(
            "select media_id from commerce.foreign_picture"
            " where connection_id = :connection and media_id = any(:ids)"
        ),
        {"connection": connection_id, "ids": list(media_ids)},
    )
    return {str(row.media_id) for row in rows}


def keep_picture(session: Session, connection_id: str, url: str, media_id: str) -> None:
    """Write down which of our media a picture of theirs is."""
    session.execute(
        text(
            "insert into commerce.foreign_picture (connection_id, url, media_id)"
            " values (:connection, :url, :media) on conflict do nothing"
        ),
        {"connection": connection_id, "url": url, "media": media_id},
    )


def parcels_known(session: Session, connection_id: str, order_id: str) -> dict[str, str]:
    """Which of our parcels those of an order are, by their key there."""
    rows = session.execute(
        text(
            "select key, parcel_id from commerce.foreign_parcel"
            " where connection_id = :connection and order_id = :order"
        ),
        {"connection": connection_id, "order": order_id},
    )
    return {row.key: row.parcel_id for row in rows}


def keep_parcel(
    session: Session, connection_id: str, key: str, order_id: str, parcel_id: str
) -> None:
    """Write down which of our parcels one of theirs is."""
    session.execute(
        text(
            "insert into commerce.foreign_parcel (connection_id, key, order_id, parcel_id)"
            " values (:connection, :key, :order, :parcel)"
        ),
        {"connection": connection_id, "key": key, "order": order_id, "parcel": parcel_id},
    )


def keep_differences(
    session: Session,
    connection_id: str,
    product_id: str,
    clashes: Mapping[str, Clash],
    *,
    at: datetime,
) -> None:
    """Have exactly these differences wait for a product, by an id for each new one."""
    whats = [one.what for one in clashes.values()]
    session.execute(
        text("delete from commerce.difference where product_id = :product and what <> all(:whats)"),
        {"product": product_id, "whats": whats},
    )
    for difference_id, one in clashes.items():
        session.execute(
            text(
                "insert into commerce.difference (id, connection_id, product_id, what, base, ours,"
                " theirs, found_at) values (:id, :connection, :product, :what, :base, :ours,"
                " :theirs, :at) on conflict (product_id, what) do update set base = excluded.base,"
                " ours = excluded.ours, theirs = excluded.theirs"
            ).bindparams(*(bindparam(name, type_=JSONB) for name in ("base", "ours", "theirs"))),
            {
                "id": difference_id,
                "connection": connection_id,
                "product": product_id,
                "what": one.what,
                "base": one.base,
                "ours": one.ours,
                "theirs": one.theirs,
                "at": at,
            },
        )


def differences_of(session: Session, shop_id: str, *, limit: int) -> list[Difference]:
    """What a shop's seller has to settle, oldest first."""
    rows = session.execute(
        text(
            f"select {_DIFFERENCE} from commerce.difference where connection_id in"
            " (select id from commerce.connection where shop_id = :shop)"
            " order by found_at, id limit :limit"
        ),
        {"shop": shop_id, "limit": limit},
    ).mappings()
    return [Difference(**row) for row in rows]


def difference_by_id(session: Session, shop_id: str, difference_id: str) -> Difference:
    """A difference of a shop's; raises ``DifferenceNotFound``."""
    row = session.execute(
        text(
            f"select {_DIFFERENCE} from commerce.difference where id = :id and connection_id in"
            " (select id from commerce.connection where shop_id = :shop)"
        ),
        {"id": difference_id, "shop": shop_id},
    ).mappings()
    found = row.first()
    if found is None:
        raise DifferenceNotFound(difference_id)
    return Difference(**found)


def drop_difference(session: Session, difference_id: str) -> None:
    """A difference is settled."""
    session.execute(text("delete from commerce.difference where id = :id"), {"id": difference_id})


def homes_of(session: Session, variant_ids: Iterable[str]) -> dict[str, str]:
    """Which connection variants are listed by, by their id."""
    rows = session.execute(
        text(
            "select variant_id, connection_id from commerce.foreign_variant"
            " where variant_id = any(:ids)"
        ),
        {"ids": list(variant_ids)},
    )
    return {row.variant_id: row.connection_id for row in rows}


def hasten(session: Session, connection_id: str, *, at: datetime) -> None:
    """Have a connection's turn come now, unless it is left alone because of a fault."""
    session.execute(
        text(
            "update commerce.connection set next_at = least(next_at, :at)"
            " where id = :id and fault is null"
        ),
        {"id": connection_id, "at": at},
    )


def want(
    session: Session,
    connection_id: str,
    kind: ErrandKind,
    subject: str,
    *,
    errand_id: str,
    payload: Mapping[str, Plain] | None = None,
    at: datetime,
) -> None:
    """Have something told to the other side; what was told once and may change is told anew."""
    anew = (
        "do nothing"
        if kind in {"order", "refund"}
        else "do update set state = 'waiting', tries = 0, next_at = least(commerce.errand.next_at,"
        " excluded.next_at), asked = commerce.errand.asked + 1"
    )
    session.execute(
        text(
            "insert into commerce.errand (id, connection_id, kind, subject, payload, state,"
            " next_at, made_at) values (:id, :connection, :kind, :subject, :payload, 'waiting',"
            f" :at, :at) on conflict (connection_id, kind, subject) {anew}"
        ).bindparams(bindparam("payload", type_=JSONB)),
        {
            "id": errand_id,
            "connection": connection_id,
            "kind": kind,
            "subject": subject,
            "payload": payload or {},
            "at": at,
        },
    )


def due_errands(session: Session, connection_id: str, *, at: datetime, limit: int) -> list[Errand]:
    """What is to be told now: orders first, then what waits longest, so that all have a turn."""
    rows = session.execute(
        text(
            f"select {_ERRAND} from commerce.errand where connection_id = :connection"
            " and state = 'waiting' and next_at <= :at"
            " order by kind <> 'order', next_at, made_at, id limit :limit"
        ),
        {"connection": connection_id, "at": at, "limit": limit},
    ).mappings()
    return [Errand(**row) for row in rows]


def errands_of(
    session: Session, shop_id: str, *, states: Iterable[str], limit: int
) -> list[Errand]:
    """A shop's errands in some states, newest first."""
    rows = session.execute(
        text(
            f"select {_ERRAND} from commerce.errand where state = any(:states) and connection_id in"
            " (select id from commerce.connection where shop_id = :shop)"
            " order by made_at desc, id limit :limit"
        ),
        {"shop": shop_id, "states": list(states), "limit": limit},
    ).mappings()
    return [Errand(**row) for row in rows]


def counts_of_errands(session: Session, shop_id: str) -> dict[str, dict[str, int]]:
    """How many errands of each connection of a shop wait, and were refused."""
    rows = session.execute(
        text(
            "select connection_id, state, count(*) as many from commerce.errand"
            " where state <> 'done' and connection_id in"
            " (select id from commerce.connection where shop_id = :shop) group by 1, 2"
        ),
        {"shop": shop_id},
    )
    counts: dict[str, dict[str, int]] = {}
    for row in rows:
        counts.setdefault(row.connection_id, {})[row.state] = row.many
    return counts


def errand_of(
    session: Session, connection_id: str, kind: ErrandKind, subject: str
) -> Errand | None:
    """An errand by what it is about."""
    row = session.execute(
        text(
            f"select {_ERRAND} from commerce.errand where connection_id = :connection"
            " and kind = :kind and subject = :subject"
        ),
        {"connection": connection_id, "kind": kind, "subject": subject},
    ).mappings()
    found = row.first()
    return None if found is None else Errand(**found)


def order_sent_as(session: Session, connection_id: str, key: str) -> str | None:
    """Which order of ours one of theirs is."""
    found = session.execute(
        text(
            "select subject from commerce.errand where connection_id = :connection"
            " and kind = 'order' and result = :key"
        ),
        {"connection": connection_id, "key": key},
    ).scalar()
    return None if found is None else str(found)


def errand_result(session: Session, errand_id: str) -> str | None:
    """What the platform called the thing, if it was told."""
    found = session.execute(
        text("select result from commerce.errand where id = :id for update"), {"id": errand_id}
    ).scalar()
    return None if found is None else str(found)


def note_result(session: Session, errand_id: str, result: str) -> None:
    """Note what the platform called the thing; the errand is done with that."""
    session.execute(
        text("update commerce.errand set result = :result, state = 'done' where id = :id"),
        {"id": errand_id, "result": result},
    )


def end_errand(
    session: Session, errand: Errand, *, result: str | None, fault: str | None, at: datetime
) -> None:
    """Note that an errand is done, or refused; one that was wanted anew meanwhile waits on."""
    session.execute(
        text(
            "update commerce.errand set state = case when asked > :asked then 'waiting' else"
            " :state end, result = coalesce(:result, result), fault = :fault, done_at = :at"
            " where id = :id"
        ),
        {
            "id": errand.id,
            "asked": errand.asked,
            "state": "failed" if fault else "done",
            "result": result,
            "fault": fault,
            "at": at,
        },
    )


def put_off(session: Session, errand: Errand, fault: str, *, until: datetime) -> None:
    """Note that an errand did not succeed, and when it is tried again."""
    session.execute(
        text(
            "update commerce.errand set tries = tries + 1, fault = :fault, next_at = :until"
            " where id = :id"
        ),
        {"id": errand.id, "fault": fault, "until": until},
    )


def try_again(session: Session, shop_id: str, errand_id: str, *, at: datetime) -> bool:
    """Have an errand that was refused tried once more; whether there was such a one."""
    row = session.execute(
        text(
            "update commerce.errand set state = 'waiting', next_at = :at where id = :id"
            " and state = 'failed' and connection_id in (select id from commerce.connection"
            " where shop_id = :shop) returning id"
        ),
        {"id": errand_id, "shop": shop_id, "at": at},
    ).first()
    return row is not None


def heard_first(session: Session, connection_id: str, message_id: str, *, at: datetime) -> bool:
    """Whether a message is heard for the first time."""
    row = session.execute(
        text(
            "insert into commerce.platform_message (connection_id, message_id, heard_at)"
            " values (:connection, :message, :at) on conflict do nothing returning message_id"
        ),
        {"connection": connection_id, "message": message_id, "at": at},
    ).first()
    return row is not None


def forget_messages(session: Session, *, before: datetime) -> None:
    """Forget which messages were heard long ago; platforms repeat them for hours, not weeks."""
    session.execute(
        text("delete from commerce.platform_message where heard_at < :before"), {"before": before}
    )


def _connection(row: RowMapping) -> Connection:
    return Connection(**row)


def _known(session: Session, where: str, **values: str) -> Known | None:
    row = session.execute(
        text(
            "select connection_id, product_id, base, theirs from commerce.foreign_listing"
            f" where {where} for no key update"
        ),
        values,
    ).first()
    if row is None:
        return None
    return Known(
        connection_id=row.connection_id,
        product_id=row.product_id,
        base=from_plain(row.base),
        theirs=from_plain(row.theirs),
    )

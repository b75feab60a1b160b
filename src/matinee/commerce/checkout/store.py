"""Tables of checkouts, payments, orders and refunds; values go in and out, rows stay here."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

import msgspec
from sqlalchemy import RowMapping, TextClause, text

from matinee.commerce.model import Discount
from matinee.kit.db import Session

from .model import Checkout, Order, Payment

T = TypeVar("T")


def _written(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _read(said: str, kind: type[T]) -> T:
    return msgspec.json.decode(said, type=kind)


def _locking(query: str, *, lock: bool) -> TextClause:
    return text(query + (" for update" if lock else ""))


def _of_agent(agent: str | None) -> str | None:
    """How the body of what an agent began names it; in a buyer's own words quotes are escaped.

    A body may hold U+0000, which Postgres refuses to read as JSON.
    """
    return None if agent is None else f'"agent":{_written(agent)}'


# Discounts


def keep_discount(session: Session, discount: Discount) -> None:
    """Add or replace a code of a shop."""
    session.execute(
        text(
            "insert into commerce.discount (id, shop_id, code, body, uses_left)"
            " values (:id, :shop, :code, :body, :left) on conflict (id) do update"
            " set code = excluded.code, body = excluded.body, uses_left = excluded.uses_left"
        ),
        {
            "id": discount.id,
            "shop": discount.shop_id,
            "code": discount.code.upper(),
            "body": _written(discount),
            "left": discount.uses_left,
        },
    )


def discounts_of(
    session: Session, shop_id: str, codes: Iterable[str] | None = None
) -> list[Discount]:
    """A shop's discounts, all of them or those with these codes (in any case of letters)."""
    rows = session.execute(
        text(
            "select body, uses_left from commerce.discount where shop_id = :shop"
            " and (cast(:codes as text[]) is null or code = any(:codes)) order by code"
        ),
        {"shop": shop_id, "codes": None if codes is None else [one.upper() for one in codes]},
    )
    return [replace(_read(row.body, Discount), uses_left=row.uses_left) for row in rows]


def remove_discount(session: Session, shop_id: str, discount_id: str) -> bool:
    """Take a code away; whether there was one."""
    gone = session.execute(
        text("delete from commerce.discount where id = :id and shop_id = :shop"),
        {"id": discount_id, "shop": shop_id},
    )
    return gone.rowcount > 0


def use_discount(session: Session, discount_id: str, uses: int) -> bool:
    """Use a code up once (1), or give the use back (-1); False if none is left."""
    done = session.execute(
        text(
            "update commerce.discount set uses_left = uses_left - :uses"
            " where id = :id and (uses_left is null or uses_left >= :uses)"
        ),
        {"id": discount_id, "uses": uses},
    )
    return done.rowcount > 0


# Checkouts


def keep_checkout(session: Session, checkout: Checkout) -> None:
    """Add or replace a checkout."""
    session.execute(
        text(
            "insert into commerce.checkout"
            " (id, shop_id, person_id, status, body, created_at, updated_at, expires_at)"
            " values (:id, :shop, :person, :status, :body, :created, :updated, :expires)"
            " on conflict (id) do update set status = excluded.status, body = excluded.body,"
            " updated_at = excluded.updated_at, expires_at = excluded.expires_at"
        ),
        {
            "id": checkout.id,
            "shop": checkout.shop_id,
            "person": checkout.person_id,
            "status": checkout.status,
            "body": _written(checkout),
            "created": checkout.created_at,
            "updated": checkout.updated_at,
            "expires": checkout.expires_at,
        },
    )


def checkout_by_id(session: Session, checkout_id: str, *, lock: bool = False) -> Checkout | None:
    """A checkout, locked until the transaction ends if that is asked."""
    query = "select body from commerce.checkout where id = :id"
    said = session.execute(_locking(query, lock=lock), {"id": checkout_id}).scalar_one_or_none()
    return None if said is None else _read(said, Checkout)


def disown_checkout(session: Session, checkout_id: str) -> None:
    """Let a checkout be nobody's any more."""
    session.execute(
        text("update commerce.checkout set person_id = 'person_gone' where id = :id"),
        {"id": checkout_id},
    )


def checkouts_of(
    session: Session,
    person_id: str,
    statuses: Sequence[str],
    *,
    agent: str | None = None,
    most: int,
) -> list[Checkout]:
    """Somebody's checkouts, or those of them that an agent began, the newest first."""
    rows = session.execute(
        text(
            "select body from commerce.checkout where person_id = :person"
            " and status = any(:statuses)"
            " and (cast(:agent as text) is null or strpos(body, :agent) > 0)"
            " order by id desc limit :most"
        ),
        {"person": person_id, "statuses": list(statuses), "agent": _of_agent(agent), "most": most},
    ).scalars()
    return [_read(one, Checkout) for one in rows]


def stale_checkouts(session: Session, *, at: datetime, most: int) -> list[Checkout]:
    """Open checkouts whose time is over, locked."""
    rows = session.execute(
        text(
            "select body from commerce.checkout where status in ('cart', 'open')"
            " and expires_at <= :at order by expires_at limit :most for update skip locked"
        ),
        {"at": at, "most": most},
    ).scalars()
    return [_read(one, Checkout) for one in rows]


# Payments


def add_payment(session: Session, payment: Payment) -> None:
    """Write down that somebody is to pay."""
    session.execute(
        text(
            "insert into commerce.payment"
            " (id, checkout_id, minor, currency, body, state, ordered_at)"
            " values (:id, :checkout, :minor, :currency, :body, 'ordered', :at)"
        ),
        {
            "id": payment.id,
            "checkout": payment.checkout_id,
            "minor": payment.amount.minor,
            "currency": payment.amount.currency,
            "body": _written(payment),
            "at": payment.ordered_at,
        },
    )


def payment_by_id(session: Session, payment_id: str, *, lock: bool = False) -> Payment:
    """A payment that is known to be there."""
    query = "select * from commerce.payment where id = :id"
    row = session.execute(_locking(query, lock=lock), {"id": payment_id}).mappings().one()
    return _payment(row)


def payment_of_provider(session: Session, provider_id: str) -> Payment | None:
    """A payment by the provider's id of it."""
    query = "select * from commerce.payment where provider_id = :id"
    row = session.execute(text(query), {"id": provider_id}).mappings().one_or_none()
    return None if row is None else _payment(row)


def claim_payment(
    session: Session, payment_id: str, *, states: Sequence[str], at: datetime, until: datetime
) -> Payment | None:
    """Take a payment in hand, unless somebody else has it or it is settled."""
    row = (
        session.execute(
            text(
                "update commerce.payment set claimed_until = :until where id = :id"
                " and state = any(:states) and (claimed_until is null or claimed_until <= :at)"
                " returning *"
            ),
            {"id": payment_id, "states": list(states), "at": at, "until": until},
        )
        .mappings()
        .one_or_none()
    )
    return None if row is None else _payment(row)


def mark_payment(session: Session, payment: Payment, *, at: datetime) -> None:
    """Keep what became of a payment, and let it go."""
    session.execute(
        text(
            "update commerce.payment set state = :state, provider_id = :provider, fault = :fault,"
            " claimed_until = null, ended_at = :ended where id = :id"
        ),
        {
            "id": payment.id,
            "state": payment.state,
            "provider": payment.provider_id,
            "fault": payment.fault,
            "ended": None if payment.state in {"ordered", "asking"} else at,
        },
    )


def release_payment(session: Session, payment_id: str, *, until: datetime) -> None:
    """Let a payment be taken up again at a moment."""
    session.execute(
        text("update commerce.payment set claimed_until = :until where id = :id"),
        {"id": payment_id, "until": until},
    )


def waiting_payments(
    session: Session, *, at: datetime, asking_for: timedelta, most: int
) -> list[tuple[str, str]]:
    """Payments that nobody has in hand: ordered ones, and those whose bank asks for too long."""
    rows = session.execute(
        text(
            "select id, state from commerce.payment where (claimed_until is null or"
            " claimed_until <= :at) and (state = 'ordered' or"
            " (state = 'asking' and ordered_at <= :before)) order by ordered_at limit :most"
        ),
        {"at": at, "before": at - asking_for, "most": most},
    )
    return [(row.id, row.state) for row in rows]


def _payment(row: RowMapping) -> Payment:
    said = msgspec.json.decode(row["body"])
    said.update(state=row["state"], provider_id=row["provider_id"], fault=row["fault"])
    return msgspec.convert(said, Payment)


# Orders


def next_number(session: Session) -> int:
    """A number for an order."""
    sequence = "pg_get_serial_sequence('commerce.sale', 'number')"
    return int(session.execute(text(f"select nextval({sequence})")).scalar_one())


def keep_order(session: Session, order: Order, *, at: datetime) -> None:
    """Add or replace an order."""
    session.execute(
        text(
            "insert into commerce.sale (id, number, checkout_id, payment_id, shop_id, person_id,"
            " body, version, placed_at, updated_at) overriding system value values (:id, :number,"
            " :checkout, :payment, :shop, :person, :body, :version, :placed, :at)"
            " on conflict (id) do update set body = excluded.body, version = excluded.version,"
            " updated_at = excluded.updated_at"
        ),
        {
            "id": order.id,
            "number": order.number,
            "checkout": order.checkout_id,
            "payment": order.payment_id,
            "shop": order.shop_id,
            "person": order.person_id,
            "body": _written(order),
            "version": order.version,
            "placed": order.placed_at,
            "at": at,
        },
    )


def order_by_id(session: Session, order_id: str, *, lock: bool = False) -> Order | None:
    """An order, locked until the transaction ends if that is asked."""
    query = "select body from commerce.sale where id = :id"
    said = session.execute(_locking(query, lock=lock), {"id": order_id}).scalar_one_or_none()
    return None if said is None else _read(said, Order)


def order_of_payment(session: Session, payment_id: str) -> Order | None:
    """The order that a payment paid for, locked."""
    said = session.execute(
        text("select body from commerce.sale where payment_id = :id for update"),
        {"id": payment_id},
    ).scalar_one_or_none()
    return None if said is None else _read(said, Order)


def orders_of(
    session: Session,
    *,
    person_id: str | None = None,
    agent: str | None = None,
    shop_ids: Sequence[str] | None = None,
    before: int | None = None,
    most: int,
) -> list[Order]:
    """Orders of a buyer (those of an agent of theirs) or of shops, the newest first.

    They go on from before a number.
    """
    rows = session.execute(
        text(
            "select body from commerce.sale where"
            " (cast(:person as text) is null or person_id = :person)"
            " and (cast(:agent as text) is null or strpos(body, :agent) > 0)"
            " and (cast(:shops as text[]) is null or shop_id = any(:shops))"
            " and (cast(:before as bigint) is null or number < :before)"
            " order by number desc limit :most"
        ),
        {
            "person": person_id,
            "agent": _of_agent(agent),
            "shops": None if shop_ids is None else list(shop_ids),
            "before": before,
            "most": most,
        },
    ).scalars()
    return [_read(one, Order) for one in rows]


# Refunds and commissions


def add_refund(session: Session, refund_id: str, order_id: str, *, at: datetime) -> None:
    """Write down that money is to go back."""
    session.execute(
        text(
            "insert into commerce.refund (id, sale_id, state, ordered_at)"
            " values (:id, :order, 'ordered', :at)"
        ),
        {"id": refund_id, "order": order_id, "at": at},
    )


def claim_refund(session: Session, refund_id: str, *, at: datetime, until: datetime) -> str | None:
    """Take a refund in hand: the id of its order, unless somebody else has it or it is settled."""
    return session.execute(
        text(
            "update commerce.refund set claimed_until = :until where id = :id"
            " and state = 'ordered' and (claimed_until is null or claimed_until <= :at)"
            " returning sale_id"
        ),
        {"id": refund_id, "at": at, "until": until},
    ).scalar_one_or_none()


def end_refund(session: Session, refund_id: str, state: str) -> bool:
    """Note what became of a refund; whether it was open."""
    done = session.execute(
        text(
            "update commerce.refund set state = :state, claimed_until = null"
            " where id = :id and state = 'ordered'"
        ),
        {"id": refund_id, "state": state},
    )
    return done.rowcount > 0


def release_refund(session: Session, refund_id: str, *, until: datetime) -> None:
    """Let a refund be taken up again at a moment."""
    session.execute(
        text("update commerce.refund set claimed_until = :until where id = :id"),
        {"id": refund_id, "until": until},
    )


def waiting_refunds(session: Session, *, at: datetime, most: int) -> list[str]:
    """Refunds that nobody has in hand."""
    rows = session.execute(
        text(
            "select id from commerce.refund where state = 'ordered'"
            " and (claimed_until is null or claimed_until <= :at) order by ordered_at limit :most"
        ),
        {"at": at, "most": most},
    ).scalars()
    return list(rows)


def add_commission(
    session: Session, revenue_id: str, *, order_id: str, line_id: str, film_id: str, micro: int
) -> None:
    """Note which film got what of a line."""
    session.execute(
        text(
            "insert into commerce.commission (revenue_id, sale_id, line_id, film_id, micro)"
            " values (:id, :order, :line, :film, :micro)"
        ),
        {
            "id": revenue_id,
            "order": order_id,
            "line": line_id,
            "film": film_id,
            "micro": micro,
        },
    )


def commissions_of(session: Session, order_id: str) -> list[tuple[str, str, str, int]]:
    """What films got of an order: name of the revenue, line, film, micro-units."""
    rows = session.execute(
        text(
            "select revenue_id, line_id, film_id, micro from commerce.commission"
            " where sale_id = :order order by line_id, film_id"
        ),
        {"order": order_id},
    )
    return [tuple(row) for row in rows]


def add_taken(
    session: Session, key: str, order_id: str, *, line_id: str, kind: str, minor: int
) -> None:
    """Note what was taken back of a line; less than nothing is given again."""
    session.execute(
        text(
            "insert into commerce.taken_back (key, sale_id, line_id, kind, minor)"
            " values (:key, :order, :line, :kind, :minor)"
        ),
        {"key": key, "order": order_id, "line": line_id, "kind": kind, "minor": minor},
    )


def taken_of(
    session: Session, order_id: str, *, key: str | None = None
) -> dict[tuple[str, str], int]:
    """What was taken back of an order in all, or under one key, by line and kind."""
    rows = session.execute(
        text(
            "select line_id, kind, sum(minor) as minor from commerce.taken_back"
            " where sale_id = :order and (cast(:key as text) is null or key = :key)"
            " group by line_id, kind"
        ),
        {"order": order_id, "key": key},
    )
    return {(row.line_id, row.kind): int(row.minor) for row in rows}


def keep_affiliate(
    session: Session, checkout_id: str, touchpoint: str, said: object, *, at: datetime
) -> None:
    """Keep where an agent says a sale came from; the first word of each touchpoint counts."""
    session.execute(
        text(
            "insert into commerce.affiliate (checkout_id, touchpoint, body, said_at)"
            " values (:id, :touchpoint, :body, :at) on conflict do nothing"
        ),
        {"id": checkout_id, "touchpoint": touchpoint, "body": _written(said), "at": at},
    )


def affiliates_of(session: Session, checkout_id: str) -> dict[str, Any]:
    """Where an agent says a sale came from, by touchpoint."""
    rows = session.execute(
        text("select touchpoint, body from commerce.affiliate where checkout_id = :id"),
        {"id": checkout_id},
    )
    return {row.touchpoint: msgspec.json.decode(row.body) for row in rows}


def heard_first(session: Session, event_id: str, *, at: datetime) -> bool:
    """Note that the provider told something; False if it did before."""
    added = session.execute(
        text(
            "insert into commerce.heard (event_id, heard_at) values (:id, :at)"
            " on conflict do nothing"
        ),
        {"id": event_id, "at": at},
    )
    return added.rowcount > 0

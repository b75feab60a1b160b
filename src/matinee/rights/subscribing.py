"""Subscriptions: what somebody pays each month, to one creator or for everything on the platform.

offer ▶ subscription ▶ a charge each month ▶ the pool of the creator (or the platform) and month ▶
shared among its films by the seconds they were watched, when the month has ended. A creator whose
films nobody watched gets the money all the same; the platform's pool then goes on to the next one.
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal, TypeAlias

from sqlalchemy import text

from matinee import ledger
from matinee.kit.db import Session
from matinee.kit.ids import Ids
from matinee.kit.money import BPS_PER_WHOLE, Money

from . import accounts, earning, store, tracing
from .errors import AlreadySubscribed, OfferUnknown, SubscriptionUnknown
from .model import EARNINGS, PLATFORM, POOL, Charge, Revenue
from .splits import PlatformTerms

SubscriptionState: TypeAlias = Literal["active", "ending", "ended"]

_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Subscription:
    """Who pays whom how much each month; ``next_at`` is the next charge, or the end."""

    id: str
    subscriber: str
    creator: str
    price: Money
    method: str
    state: SubscriptionState
    started_at: datetime
    months: int
    next_at: datetime
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class Pool:
    """What subscribers paid for a month, to a creator or the platform, in one currency."""

    id: str
    currency: str
    creator: str
    month: date


def set_offer(session: Session, creator: str, price: Money | None, *, at: datetime) -> None:
    """Say what a creator asks of new subscribers a month; None for nothing any more."""
    if price is None:
        session.execute(text("delete from rights.offer where creator = :id"), {"id": creator})
        return
    session.execute(
        text(
            "insert into rights.offer values (:id, :minor, :currency, :at)"
            " on conflict (creator) do update set minor = excluded.minor,"
            " currency = excluded.currency, changed_at = excluded.changed_at"
        ),
        {"id": creator, "minor": price.minor, "currency": price.currency, "at": at},
    )


def offer_of(session: Session, creator: str) -> Money | None:
    """What a creator asks a month."""
    row = session.execute(
        text("select minor, currency from rights.offer where creator = :id"), {"id": creator}
    ).first()
    return None if row is None else Money(row.minor, row.currency)


def subscribe(
    session: Session,
    *,
    subscriber: str,
    creator: str,
    price: Money | None,
    method: str,
    ids: Ids,
    at: datetime,
) -> tuple[Subscription, Charge]:
    """Begin a subscription and order its first charge.

    ``price`` is what the platform asks; a creator's own offer decides with None. Raises
    ``OfferUnknown`` and ``AlreadySubscribed``.
    """
    asked = offer_of(session, creator) if price is None else price
    if asked is None:
        raise OfferUnknown(creator)
    name = ids.new("subscription")
    added = session.execute(
        text(
            "insert into rights.subscription (id, subscriber, creator, minor, currency, method,"
            " started_at, next_at) values (:id, :subscriber, :creator, :minor, :currency, :method,"
            " :at, :at) on conflict do nothing"
        ),
        {
            "id": name,
            "subscriber": subscriber,
            "creator": creator,
            "minor": asked.minor,
            "currency": asked.currency,
            "method": method,
            "at": at,
        },
    )
    if added.rowcount == 0:
        raise AlreadySubscribed(creator)
    charge = _charged(session, subscription_by_id(session, name), at=at)
    return subscription_by_id(session, name), charge


def subscription_by_id(session: Session, subscription_id: str) -> Subscription:
    """A subscription, locked; raises ``SubscriptionUnknown``."""
    row = session.execute(
        text("select * from rights.subscription where id = :id for update"),
        {"id": subscription_id},
    ).first()
    if row is None:
        raise SubscriptionUnknown(subscription_id)
    return _subscription(row)


def subscriptions_of(session: Session, subscriber: str) -> list[Subscription]:
    """What somebody pays for each month or paid for, the newest first; 100 at most."""
    rows = session.execute(
        text(
            "select * from rights.subscription where subscriber = :id"
            " order by started_at desc, id desc limit 100"
        ),
        {"id": subscriber},
    )
    return [_subscription(row) for row in rows]


def subscriber_count(session: Session, creator: str) -> int:
    """How many pay a creator each month."""
    return int(
        session.execute(
            text(
                "select count(*) from rights.subscription where creator = :id and state <> 'ended'"
            ),
            {"id": creator},
        ).scalar_one()
    )


def cancel(session: Session, subscription_id: str, *, subscriber: str) -> Subscription:
    """Charge nothing more; the subscription lasts until what is paid for ends.

    Raises ``SubscriptionUnknown``, also for somebody else's.
    """
    if subscription_by_id(session, subscription_id).subscriber != subscriber:
        raise SubscriptionUnknown(subscription_id)
    session.execute(
        text("update rights.subscription set state = 'ending' where id = :id and state = 'active'"),
        {"id": subscription_id},
    )
    return subscription_by_id(session, subscription_id)


def leave(session: Session, person_id: str) -> None:
    """Somebody closed their account: charge nothing more for or to them."""
    session.execute(
        text(
            "update rights.subscription set state = 'ending'"
            " where (subscriber = :id or creator = :id) and state = 'active'"
        ),
        {"id": person_id},
    )
    session.execute(text("delete from rights.offer where creator = :id"), {"id": person_id})


def renew(session: Session, *, at: datetime) -> list[Charge]:
    """Order the charges that are due, and end what was cancelled; the charges."""
    rows = session.execute(
        text(
            "select * from rights.subscription where state <> 'ended' and next_at <= :at"
            " order by next_at, id limit :most for update skip locked"
        ),
        {"at": at, "most": _AT_ONCE},
    ).all()
    charges = []
    for one in (_subscription(row) for row in rows):
        if one.state == "ending":
            end(session, one.id, fault=None)
        else:
            charges.append(_charged(session, one, at=at))
    return charges


def end(session: Session, subscription_id: str, *, fault: str | None) -> None:
    """End a subscription at once: it was cancelled, or its charge was declined."""
    session.execute(
        text("update rights.subscription set state = 'ended', fault = :fault where id = :id"),
        {"id": subscription_id, "fault": fault},
    )


def pool_of(subject: str, month: date) -> str:
    """The name of the pool of a creator or the platform for a month."""
    return f"{subject}/{month:%Y-%m}"


def open_pools(session: Session, *, before: date) -> list[Pool]:
    """Pools of months that began before a day and hold money, the oldest first."""
    rows = session.execute(
        text(
            "select id, currency, creator, month from rights.pool where month < :before"
            " order by month, id, currency"
        ),
        {"before": before},
    )
    pools = [Pool(row.id, row.currency, row.creator, row.month) for row in rows]
    held = ledger.balances(session, [_account(one) for one in pools])
    return [one for one in pools if held[_account(one)].micro > 0]


def close_pool(
    session: Session,
    pool: Pool,
    watched_s: Sequence[tuple[str, int]],
    platform: PlatformTerms,
    *,
    at: datetime,
) -> None:
    """Share a pool among the films that were watched in its month (film, seconds).

    Only the creator's own films count in a creator's pool. Money that comes later is shared in
    another round; sharing a pool that is empty does nothing.
    """
    held = ledger.locked_balance(session, _account(pool), at=at)
    if held.micro <= 0:
        return
    made_by = store.makers(session, [film for film, _ in watched_s])
    shared = [
        (film, seconds)
        for film, seconds in watched_s
        if seconds > 0 and film in made_by and pool.creator in {PLATFORM, made_by[film]}
    ]
    name = _next_round(session, pool)
    happened_at = min(at, datetime.combine(next_month(pool.month), datetime.min.time(), UTC))
    if shared:
        earning.share_pool(
            session,
            pool.id,
            shared,
            platform,
            currency=pool.currency,
            happened_at=happened_at,
            at=at,
            name=name,
        )
    elif pool.creator == PLATFORM:
        later = Pool(
            pool_of(PLATFORM, next_month(pool.month)),
            pool.currency,
            PLATFORM,
            next_month(pool.month),
        )
        _note_pool(session, later)
        entries = (
            ledger.Entry(_account(pool), -held.micro),
            ledger.Entry(_account(later), held.micro),
        )
        ledger.post(session, [ledger.Journal(name, "rights.pool_on", entries, happened_at)], at=at)
    else:
        _give_whole(session, pool, name, platform, happened_at=happened_at, at=at)


def pay_in(session: Session, charge: Charge, source: ledger.Account, *, at: datetime) -> None:
    """Book the charge of a month into its pool."""
    creator, _, month = charge.subject.rpartition("/")
    pool = Pool(
        charge.subject,
        charge.amount.currency,
        creator,
        datetime.strptime(month, "%Y-%m").replace(tzinfo=UTC).date(),
    )
    _note_pool(session, pool)
    micro = charge.amount.micros.micro
    entries = (ledger.Entry(source, -micro), ledger.Entry(_account(pool), micro))
    ledger.post(
        session,
        [ledger.Journal(charge.id, "rights.subscription", entries, charge.ordered_at)],
        at=at,
    )


def _charged(session: Session, one: Subscription, *, at: datetime) -> Charge:
    charge = Charge(
        f"{one.id}/{one.months + 1}",
        "subscription",
        pool_of(one.creator, one.next_at.astimezone(UTC).date().replace(day=1)),
        one.subscriber,
        one.price,
        one.method,
        at,
    )
    accounts.add_charge(session, charge)
    session.execute(
        text("update rights.subscription set months = months + 1, next_at = :next where id = :id"),
        {"id": one.id, "next": _months_after(one.started_at, one.months + 1)},
    )
    return charge


def _give_whole(
    session: Session,
    pool: Pool,
    name: str,
    platform: PlatformTerms,
    *,
    happened_at: datetime,
    at: datetime,
) -> None:
    """Nobody watched a film of the creator: what is left after the fee is theirs."""
    held = ledger.locked_balance(session, _account(pool), at=at)
    fee, rest = held.split((platform.fee_bps, BPS_PER_WHOLE - platform.fee_bps))
    given = [
        (party, part) for party, part in ((PLATFORM, fee.micro), (pool.creator, rest.micro)) if part
    ]
    entries = (
        ledger.Entry(_account(pool), -held.micro),
        *(
            ledger.Entry(ledger.Account(EARNINGS, party, pool.currency), part)
            for party, part in given
        ),
    )
    key = f"{name}/{pool.currency}"
    journal = ledger.Journal(key, "rights.subscription", entries, happened_at)
    if ledger.post(session, [journal], at=at)[0].new:
        revenue = Revenue(key, "subscription", "", held, _account(pool), happened_at)
        tracing.add(session, [(key, tracing.pool_traces(revenue, pool.id, given))])


def _next_round(session: Session, pool: Pool) -> str:
    number = session.execute(
        text(
            "update rights.pool set rounds = rounds + 1 where id = :id and currency = :currency"
            " returning rounds"
        ),
        {"id": pool.id, "currency": pool.currency},
    ).scalar_one()
    return f"{pool.id}/{number}"


def _note_pool(session: Session, pool: Pool) -> None:
    session.execute(
        text(
            "insert into rights.pool (id, currency, creator, month)"
            " values (:id, :currency, :creator, :month) on conflict do nothing"
        ),
        {
            "id": pool.id,
            "currency": pool.currency,
            "creator": pool.creator,
            "month": pool.month,
        },
    )


def _account(pool: Pool) -> ledger.Account:
    return ledger.Account(POOL, pool.id, pool.currency)


def next_month(month: date) -> date:
    """The first day of the month after."""
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1)


def _months_after(start: datetime, count: int) -> datetime:
    """The same day of a later month, or its last day."""
    number = start.month - 1 + count
    year, month = start.year + number // 12, number % 12 + 1
    return start.replace(year=year, month=month, day=min(start.day, monthrange(year, month)[1]))


def _subscription(row: Any) -> Subscription:  # noqa: ANN401 - a row of the queries above
    return Subscription(
        id=row.id,
        subscriber=row.subscriber,
        creator=row.creator,
        price=Money(row.minor, row.currency),
        method=row.method,
        state=row.state,
        started_at=row.started_at,
        months=row.months,
        next_at=row.next_at,
        fault=row.fault,
    )

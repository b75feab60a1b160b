"""Deliveries: what has still to be told to whom, and what became of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Row, text

from matinee.kit import errors
from matinee.kit.db import Session
from matinee.kit.ids import Ids
from matinee.kit.webhooks.endpoints import HOUSE, Endpoint, by_id

State = Literal["waiting", "delivered", "dead"]

# Together three days, the first tries soon: a restart of the receiver is over in a minute, and a
# night or a weekend passes before anything is given up.
WAITS_S = (5, 30, 120, 600, 1_800, 3_600, 10_800, 21_600, 43_200, 90_000, 90_000)
KEPT = timedelta(days=30)
LISTED_MAX = 100

_FAILURE_CHARACTERS_MAX = 500


class DeliveryNotFound(errors.NotFound):
    """No webhook delivery has this id."""

    code = "kit.webhook_delivery_not_found"

    def __init__(self, delivery: str) -> None:
        super().__init__(
            f"There is no webhook delivery {delivery[:80]!r}. Those that ended are kept for "
            f"{KEPT.days} days. See: matinee webhooks deliveries"
        )


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message for one endpoint; `next_at` is when it is tried again while it waits."""

    id: str
    endpoint: str
    message: str
    event_type: str
    body: str
    state: State
    attempt_count: int
    next_at: datetime
    last_status: int | None
    last_failure: str
    created_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Message:
    """Something to tell: the same `id` however often it arrives; `body` is what is signed.

    `owner` is whose thing it tells of: beside the house nobody else is told.
    """

    id: str
    event_type: str
    body: str
    happened_at: datetime
    owner: str = HOUSE


def announce(session: Session, message: Message, *, ids: Ids, at: datetime) -> int:
    """Have a message delivered to whom it concerns and who was there when it happened; how many."""
    session.execute(
        text("delete from kit.webhook_delivery where ended_at < :before"), {"before": at - KEPT}
    )
    listeners = session.execute(
        text(
            "select id from kit.webhook_endpoint"
            " where :type = any(event_types) and created_at <= :happened"
            " and owner in (:house, :owner)"
        ),
        {
            "type": message.event_type,
            "happened": message.happened_at,
            "house": HOUSE,
            "owner": message.owner,
        },
    ).scalars()
    return sum(_wait(session, message, endpoint, ids, at) for endpoint in list(listeners))


def _wait(session: Session, message: Message, endpoint: str, ids: Ids, at: datetime) -> int:
    added = session.execute(
        text(
            "insert into kit.webhook_delivery"
            " (id, endpoint, message, event_type, body, next_at, created_at)"
            " values (:id, :endpoint, :message, :type, :body, :at, :at) on conflict do nothing"
        ),
        {
            "id": ids.new("wd"),
            "endpoint": endpoint,
            "message": message.id,
            "type": message.event_type,
            "body": message.body,
            "at": at,
        },
    )
    return added.rowcount


def next_due(
    session: Session, *, at: datetime, house_only: bool = False
) -> tuple[Delivery, Endpoint] | None:
    """The delivery that has waited longest, held by this transaction until it ends.

    `house_only` leaves out what is for endpoints of others than the house.

    A sender that is killed loses its session and so its hold: another takes the delivery up.
    """
    row = session.execute(
        text(
            "select d.* from kit.webhook_delivery d"
            " join kit.webhook_endpoint e on e.id = d.endpoint"
            " where d.state = 'waiting' and d.next_at <= :at"
            " and (e.owner = :house or not :house_only)"
            " order by d.next_at limit 1 for update of d skip locked"
        ),
        {"at": at, "house": HOUSE, "house_only": house_only},
    ).first()
    if row is None:
        return None
    delivery = _delivery(row)
    return delivery, by_id(session, delivery.endpoint)


def delivered(session: Session, delivery: Delivery, *, status: int, at: datetime) -> None:
    """Note that an endpoint took a message."""
    _settle(session, delivery, "delivered", status=status, failure="", at=at)


def failed(
    session: Session,
    delivery: Delivery,
    *,
    status: int | None,
    failure: str,
    final: bool,
    at: datetime,
) -> State:
    """Note that an endpoint did not take a message; it waits for its next try, or is dead."""
    state: State = "dead" if final or delivery.attempt_count >= len(WAITS_S) else "waiting"
    _settle(session, delivery, state, status=status, failure=failure, at=at)
    return state


def _settle(
    session: Session,
    delivery: Delivery,
    state: State,
    *,
    status: int | None,
    failure: str,
    at: datetime,
) -> None:
    wait_s = WAITS_S[min(delivery.attempt_count, len(WAITS_S) - 1)]
    session.execute(
        text(
            "update kit.webhook_delivery set state = :state, attempt_count = attempt_count + 1,"
            " next_at = :next_at, last_status = :status, last_failure = :failure,"
            " ended_at = :ended_at where id = :id"
        ),
        {
            "id": delivery.id,
            "state": state,
            "next_at": at + timedelta(seconds=wait_s),
            "status": status,
            "failure": failure[:_FAILURE_CHARACTERS_MAX],
            "ended_at": None if state == "waiting" else at,
        },
    )


def deliveries(
    session: Session,
    *,
    endpoint: str | None = None,
    state: State | None = None,
    limit: int = LISTED_MAX,
) -> tuple[Delivery, ...]:
    """The newest deliveries, of one endpoint or all, in one state or any."""
    rows = session.execute(
        text(
            "select * from kit.webhook_delivery"
            " where (cast(:endpoint as text) is null or endpoint = :endpoint)"
            " and (cast(:state as text) is null or state = :state)"
            " order by id desc limit :limit"
        ),
        {"endpoint": endpoint, "state": state, "limit": min(limit, LISTED_MAX)},
    )
    return tuple(_delivery(row) for row in rows)


def retry(
    session: Session, delivery: str, *, endpoint: str | None = None, at: datetime
) -> Delivery:
    """Try a delivery again at once, from the first wait on.

    Raises DeliveryNotFound, also for one that is not for the `endpoint`, if one is named.
    """
    row = session.execute(
        text(
            "update kit.webhook_delivery set state = 'waiting', attempt_count = 0, next_at = :at,"
            " ended_at = null where id = :id"
            " and (cast(:endpoint as text) is null or endpoint = :endpoint) returning *"
        ),
        {"id": delivery, "endpoint": endpoint, "at": at},
    ).first()
    if row is None:
        raise DeliveryNotFound(delivery)
    return _delivery(row)


def _delivery(row: Row[Any]) -> Delivery:
    return Delivery(**row._asdict())

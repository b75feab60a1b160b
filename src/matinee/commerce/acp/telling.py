"""Agents hear what becomes of the orders they made: whole, signed, again until they take it.

An order that changed is written down for its agent in the transaction of the event; a standing job
sends what is due. Each message is the whole order as it was when it was written down, signed:
``Merchant-Signature: t=<unix>,v1=<hex>``, HMAC-SHA256 over the time, a full stop and the body.
"""

import hmac
import secrets
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256

import msgspec

from matinee.commerce.checkout import store as sales
from matinee.commerce.checkout.model import ORDER_CHANGED
from matinee.commerce.store import shop_by_id
from matinee.kit import errors, logs
from matinee.kit.clock import Clock
from matinee.kit.db import Database, Session
from matinee.kit.events import Event
from matinee.kit.outside import Outside

from . import store
from .answering import Place, order_said

log = logs.logger(__name__)

TOPIC = ORDER_CHANGED
# Together three days, the first tries soon, as for other webhooks of the house.
WAITS_S = (5, 30, 120, 600, 1_800, 3_600, 10_800, 21_600, 43_200, 90_000, 90_000)

_AT_ONCE = 50
_ANSWER_BYTES_MAX = 16 * 1024
_TIMEOUT_S = 10.0
_OK, _REDIRECT = 200, 300
_GONE = 410


def new_secret() -> str:
    """A fresh secret for an agent and us."""
    return "whsec_" + secrets.token_hex(32)


def signature(secret: str, body: bytes, *, unix: int) -> str:
    """The header Merchant-Signature of a message that is sent at a moment."""
    digest = hmac.digest(secret.encode(), str(unix).encode() + b"." + body, sha256).hex()
    return f"t={unix},v1={digest}"


def on_order_changed(session: Session, event: Event, place: Place) -> None:
    """Write down what an agent is to be told of an order of its own."""
    order = sales.order_by_id(session, str(event.payload["order_id"]))
    if order is None or order.agent is None or not store.has_hook(session, order.agent):
        return
    shop = shop_by_id(session, order.shop_id)
    what = "order_create" if event.payload["what"] == "placed" else "order_update"
    body = {"type": what, "data": order_said(order, shop, place=place)}
    store.add_message(
        session,
        agent=order.agent,
        order_id=order.id,
        version=int(str(event.payload["version"])),
        body=msgspec.json.encode(body).decode(),
        at=event.recorded_at,
    )


def send_due(database: Database, outside: Outside, clock: Clock) -> int:
    """Send what is due, one message at a time; how many were taken.

    A process that dies in between leaves the message due, so that it may arrive twice: it bears the
    same ``Request-Id``.
    """
    taken = 0
    for _ in range(_AT_ONCE):
        with database.transaction() as session:
            due = store.next_message(session, at=clock.now())
            if due is None:
                break
            failure, gone = _sent(outside, due, unix=int(clock.now().timestamp()))
            wait_s = None
            if failure and not gone and due.attempt_count < len(WAITS_S):
                wait_s = WAITS_S[due.attempt_count]
            store.settle_message(
                session,
                due,
                failure=failure,
                next_at=None if wait_s is None else clock.now() + timedelta(seconds=wait_s),
            )
        taken += not failure
        if failure:
            log.warning("agent_not_told", agent=due.agent, order=due.order_id, reason=failure)
    return taken


def _sent(outside: Outside, due: store.Message, *, unix: int) -> tuple[str, bool]:
    """Why a message was not taken, nothing if it was; and whether its receiver wants no more."""
    body = due.body.encode()
    headers = {
        "content-type": "application/json",
        "merchant-signature": signature(due.secret, body, unix=unix),
        "timestamp": str(unix),
        "request-id": f"order-event-{due.id}",
    }
    try:
        answer = outside.post(
            due.url,
            body,
            headers=headers,
            limit_bytes=_ANSWER_BYTES_MAX,
            timeout_s=_TIMEOUT_S,
        )
    except errors.MatineeError as error:
        return error.message, False
    if _OK <= answer.status < _REDIRECT:
        return "", False
    return f"it answered {answer.status}", answer.status == _GONE


Subscriber = Callable[[Session, Event], None]


def subscriber(place: Place) -> Subscriber:
    """What hears of orders that changed."""

    def hear(session: Session, event: Event) -> None:
        on_order_changed(session, event, place)

    return hear

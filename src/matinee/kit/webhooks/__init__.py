"""Telling other people's servers what happened here, after Standard Webhooks.

A message is announced in the transaction of the event that it tells of, once for every endpoint
that listens for its type: the house's own, and those of whoever the thing belongs to. Senders in
any process deliver it, signed, at least once and with the same id each time. What is not taken is
tried again for three days and is dead then, to be looked at and tried again by hand. Requests go to
public addresses only (`kit.outside`)::

    webhooks.announce(session, message, ids=ids, at=clock.now())   # in a subscriber of kit.events

    sender = webhooks.Sender(database, clock, outside)             # in wiring
    sender.start()

Invariants: what was announced is delivered or dead, whatever dies; a secret is shown once;
nobody but the house is told of what is not theirs.
"""

from .deliveries import (
    WAITS_S,
    Delivery,
    DeliveryNotFound,
    Message,
    State,
    announce,
    deliveries,
    retry,
)
from .endpoints import (
    HOUSE,
    Endpoint,
    EndpointInvalid,
    EndpointNotFound,
    Wish,
    by_id,
    change,
    delete,
    forget,
    listed,
    owned,
    register,
    rotate,
)
from .sender import Sender
from .signing import is_signed, signed_headers

__all__ = [
    "HOUSE",
    "WAITS_S",
    "Delivery",
    "DeliveryNotFound",
    "Endpoint",
    "EndpointInvalid",
    "EndpointNotFound",
    "Message",
    "Sender",
    "State",
    "Wish",
    "announce",
    "by_id",
    "change",
    "delete",
    "deliveries",
    "forget",
    "is_signed",
    "listed",
    "owned",
    "register",
    "retry",
    "rotate",
    "signed_headers",
]

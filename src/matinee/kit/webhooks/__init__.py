"""Telling other people's servers what happened here, after Standard Webhooks.

A message is announced in the transaction of the event that it tells of, once for every endpoint
that listens for its type; senders in any process deliver it, signed, at least once and with the
same id each time. What is not taken is tried again for three days and is dead then, to be looked
at and tried again by hand. Requests go to public addresses only (`kit.outside`)::

    webhooks.announce(session, message, ids=ids, at=clock.now())   # in a subscriber of kit.events

    sender = webhooks.Sender(database, clock, outside)             # in wiring
    sender.start()

Invariants: what was announced is delivered or dead, whatever dies; a secret is shown once.
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
    Endpoint,
    EndpointInvalid,
    EndpointNotFound,
    Wish,
    by_id,
    change,
    delete,
    listed,
    register,
    rotate,
)
from .sender import Sender
from .signing import is_signed, signed_headers

__all__ = [
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
    "is_signed",
    "listed",
    "register",
    "retry",
    "rotate",
    "signed_headers",
]

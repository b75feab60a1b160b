"""What the routers of buying and selling work with, and what they all do."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import Annotated, TypeVar

import msgspec
from fastapi import Depends, Request
from starlette.responses import Response

from matinee.commerce.checkout.actions import Caller, Room
from matinee.commerce.checkout.bodies import checkout_said
from matinee.commerce.checkout.errors import CheckoutInvalid
from matinee.commerce.checkout.model import Checkout
from matinee.kit import idempotency
from matinee.kit.bodies import answer, decoded
from matinee.kit.db import Database, Session
from matinee.kit.idempotency import Occasion
from matinee.people import Visitor, access

T = TypeVar("T")

ORDERS_PER_PAGE = 50


@dataclass(frozen=True, kw_only=True)
class SalesDesk:
    """Where requests are answered.

    ``bank`` is what the bank's page does in test mode (a payment of the provider's, whether it is
    passed); None where money is real.
    """

    database: Database
    room: Room
    bank: Callable[[str, bool], None] | None = None

    def said(self, checkout: Checkout, *, status: int = 200) -> Response:
        """Present a basket."""
        return answer(checkout_said(checkout, test_mode=self.room.till.test_mode), status=status)

    def once(self, request: Request, body: bytes, act: Callable[[Session], Checkout]) -> Response:
        """Make a basket; a request that names itself makes one, however often it is sent."""
        visitor = access.seen(request)
        assert visitor is not None, "the route is for those who are signed in"

        def made(session: Session) -> str:
            said = checkout_said(act(session), test_mode=self.room.till.test_mode)
            return msgspec.json.encode(said).decode()

        with self.database.transaction() as session:
            key = request.headers.get("idempotency-key")
            if key is None:
                return _json(made(session), status=201)
            occasion = Occasion(
                scope=f"commerce/{visitor.person.id}/{request.url.path}",
                key=idempotency.checked_key(key),
                fingerprint=sha256(body).digest(),
            )
            said, again = idempotency.once(
                session, occasion, lambda: made(session), at=self.room.clock.now()
            )
        return _json(said, status=201, again=again)


async def raw_body(request: Request) -> bytes:
    """Return a request's body, so that a route need not wait for it itself."""
    return await request.body()


Body = Annotated[bytes, Depends(raw_body)]
Buying = Annotated[Visitor, Depends(access.member("buy"))]
Selling = Annotated[Visitor, Depends(access.member("shop"))]


def caller_of(visitor: Visitor) -> Caller:
    """Who buys in the browser or through a key of their own."""
    return Caller.of(visitor, face="web")


def read_json(body: bytes, kind: type[T]) -> T:
    """Decode a JSON body; raises ``CheckoutInvalid`` with the place of the fault."""
    return decoded(body, kind, partial(CheckoutInvalid, "the body"))


def _json(said: str, *, status: int, again: bool = False) -> Response:
    headers = {"cache-control": "private, no-store"}
    if again:
        headers["idempotent-replayed"] = "true"
    return Response(said, status_code=status, media_type="application/json", headers=headers)

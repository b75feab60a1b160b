"""Where an agent hears of its orders: an address of its own, for each key."""

from typing import Annotated

import msgspec
from fastapi import APIRouter, Depends
from starlette.responses import Response

from matinee.commerce.checkout.errors import CheckoutInvalid
from matinee.people import Visitor, access

from . import store
from .desk import AcpDesk, json_answer
from .telling import new_secret

_URL_CHARACTERS_MAX = 2_000

Agent = Annotated[Visitor, Depends(access.member("buy"))]


class HookSaid(msgspec.Struct, frozen=True):
    """Where it is told; the secret is shown this once."""

    url: str
    secret: str


class ToldSaid(msgspec.Struct, frozen=True):
    """What became of a message."""

    order_id: str
    version: int
    state: str
    attempt_count: int
    last_failure: str


def hook_router(desk: AcpDesk) -> APIRouter:
    """The address of an agent's key for events of orders."""
    router = APIRouter(prefix="/agent/order-events")

    @router.put("")
    def keep(visitor: Agent, url: str) -> Response:
        """Be told at an address from now on; a new secret each time."""
        at = desk.room.clock.now()
        agent = _agent(visitor)
        if not url.startswith(("https://", "http://")) or len(url) > _URL_CHARACTERS_MAX:
            raise CheckoutInvalid("url", "it begins with https://")
        secret = new_secret()
        with desk.database.transaction() as session:
            store.keep_hook(
                session, agent, person_id=visitor.person.id, url=url, secret=secret, at=at
            )
        return json_answer(200, msgspec.json.encode(HookSaid(url, secret)).decode())

    @router.delete("")
    def remove(visitor: Agent) -> Response:
        """Be told nothing more."""
        with desk.database.transaction() as session:
            store.remove_hook(session, _agent(visitor))
        return Response(status_code=204)

    @router.get("")
    def told(visitor: Agent) -> Response:
        """See what was told, and what waits."""
        with desk.database.transaction() as session:
            found = [ToldSaid(*one) for one in store.messages_of(session, _agent(visitor))]
        return json_answer(200, msgspec.json.encode(found).decode())

    return router


def _agent(visitor: Visitor) -> str:
    if visitor.key_id is None:
        raise CheckoutInvalid("the key", "only an agent with a key of its own hears of orders")
    return visitor.key_id

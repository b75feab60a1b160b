"""Shops elsewhere over HTTP: joining, what waits, what differs, and what platforms tell."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated

import msgspec
from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool
from starlette.responses import Response

from matinee.commerce import actions as catalogue
from matinee.commerce.model import Shop
from matinee.commerce.shops import actions, store
from matinee.commerce.shops.errors import MESSAGE_BYTES_MAX, ConnectionInvalid, MessageTooLarge
from matinee.commerce.shops.model import Connection, Difference, Errand, PlatformKind, Side
from matinee.commerce.shops.room import Room
from matinee.kit.bodies import answer
from matinee.kit.plain import Plain
from matinee.people import Visitor, access

from .desk import Body, Seller, read_json

Everybody = Annotated[Visitor | None, Depends(access.anyone)]

_SHOWN_MAX = 200


class NewConnection(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A shop elsewhere that is to be joined, and the credentials of the seller's app there."""

    kind: PlatformKind
    address: str
    credentials: Mapping[str, str]


class ConnectionChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is to be different of a connection; what is left out stays."""

    paused: bool | msgspec.UnsetType = msgspec.UNSET
    credentials: Mapping[str, str] | msgspec.UnsetType = msgspec.UNSET


class Settlement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The side that was chosen."""

    side: Side


class Publication(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A product made here that is to be listed there too."""

    product_id: str


def connection_router(room: Room) -> APIRouter:
    """The routes of a seller's connections, and the one that platforms tell their news to."""
    router = APIRouter()
    _add_verbs(router, room)
    _add_differences(router, room)
    _add_errands(router, room)
    _add_hooks(router, room)
    return router


def _add_verbs(router: APIRouter, room: Room) -> None:
    @router.get("/shops/{shop_id}/connections")
    def connections(shop_id: str, visitor: Seller) -> Response:
        """The shops elsewhere that a shop is joined to, and how each is."""
        with room.database.transaction() as session:
            shop = catalogue.owned_shop(session, visitor.person, shop_id)
            found = store.connections_of(session, shop.id)
            waiting = store.counts_of_errands(session, shop.id)
        shown = [connection_view(one, waiting.get(one.id, {})) for one in found]
        return answer({"connections": shown})

    @router.post("/shops/{shop_id}/connections")
    def join(shop_id: str, body: Body, visitor: Seller) -> Response:
        """Join a shop to one elsewhere; everything there is read soon after."""
        said = read_json(body, NewConnection)
        shop = _owned(room, visitor, shop_id)
        joined = actions.join(room, shop, said.kind, said.address, said.credentials)
        return answer(connection_view(joined, {}), status=201)

    @router.patch("/shops/{shop_id}/connections/{connection_id}")
    def change(shop_id: str, connection_id: str, body: Body, visitor: Seller) -> Response:
        """Pause a connection or let it go on, or give it other credentials."""
        said = read_json(body, ConnectionChange)
        shop = _owned(room, visitor, shop_id)
        if not isinstance(said.credentials, msgspec.UnsetType):
            with room.database.transaction() as session:
                known = actions.connection_of(session, shop, connection_id)
            actions.rejoin(room, known, said.credentials)
        with room.database.transaction() as session:
            if not isinstance(said.paused, msgspec.UnsetType):
                actions.pause(session, shop, connection_id, paused=said.paused, room=room)
            found = actions.connection_of(session, shop, connection_id)
        return answer(connection_view(found, {}))

    @router.post("/shops/{shop_id}/connections/{connection_id}/sync")
    def sync(shop_id: str, connection_id: str, visitor: Seller) -> Response:
        """Have the other side read, and told, now."""
        with room.database.transaction() as session:
            shop = catalogue.owned_shop(session, visitor.person, shop_id)
            found = actions.hurry(session, shop, connection_id, room=room)
        return answer(connection_view(found, {}), status=202)

    @router.post("/shops/{shop_id}/connections/{connection_id}/listings")
    def publish(shop_id: str, connection_id: str, body: Body, visitor: Seller) -> Response:
        """Have a product that was made here listed there too."""
        said = read_json(body, Publication)
        with room.database.transaction() as session:
            shop = catalogue.owned_shop(session, visitor.person, shop_id)
            product = catalogue.own_product(session, visitor.person, said.product_id)
            if product.shop_id != shop.id:
                raise ConnectionInvalid("product_id", "the product is of another shop")
            actions.publish(session, shop, product, connection_id, room=room)
        return answer({"product_id": product.id}, status=202)

    @router.delete("/shops/{shop_id}/connections/{connection_id}")
    def part(shop_id: str, connection_id: str, visitor: Seller) -> Response:
        """Part two shops; products and orders stay, what waited is dropped."""
        with room.database.transaction() as session:
            shop = catalogue.owned_shop(session, visitor.person, shop_id)
            actions.part(session, shop, connection_id)
        return Response(status_code=204)


def _add_differences(router: APIRouter, room: Room) -> None:
    @router.get("/shops/{shop_id}/differences")
    def differences(shop_id: str, visitor: Seller) -> Response:
        """What was changed on both sides in different ways, and waits for the seller."""
        with room.database.transaction() as session:
            shop = catalogue.owned_shop(session, visitor.person, shop_id)
            found = store.differences_of(session, shop.id, limit=_SHOWN_MAX)
        return answer({"differences": [difference_view(one) for one in found]})

    @router.post("/shops/{shop_id}/differences/{difference_id}")
    def settle(shop_id: str, difference_id: str, body: Body, visitor: Seller) -> Response:
        """Choose a side; the other takes it within a minute or so."""
        said = read_json(body, Settlement)
        with room.database.transaction() as session:
            shop = catalogue.owned_shop(session, visitor.person, shop_id)
            actions.settle(session, shop, difference_id, said.side, room=room)
        return Response(status_code=204)


def _add_errands(router: APIRouter, room: Room) -> None:
    @router.get("/shops/{shop_id}/errands")
    def errands(shop_id: str, visitor: Seller, *, done: bool = False) -> Response:
        """What platforms are still to be told, and what they refused; ``done`` shows all."""
        states = ("waiting", "failed", "done") if done else ("waiting", "failed")
        with room.database.transaction() as session:
            shop = catalogue.owned_shop(session, visitor.person, shop_id)
            found = store.errands_of(session, shop.id, states=states, limit=_SHOWN_MAX)
        return answer({"errands": [errand_view(one) for one in found]})

    @router.post("/shops/{shop_id}/errands/{errand_id}/retry")
    def retry(shop_id: str, errand_id: str, visitor: Seller) -> Response:
        """Try once more what was refused."""
        with room.database.transaction() as session:
            shop = catalogue.owned_shop(session, visitor.person, shop_id)
            actions.retry(session, shop, errand_id, room=room)
        return Response(status_code=202)


def _add_hooks(router: APIRouter, room: Room) -> None:
    @router.post("/connections/{kind}/{connection_id}/messages")
    async def hear(
        request: Request, kind: PlatformKind, connection_id: str, _visitor: Everybody
    ) -> Response:
        """Take a signed message of a platform; what is heard twice counts once."""
        if int(request.headers.get("content-length") or 0) > MESSAGE_BYTES_MAX:
            raise MessageTooLarge
        body = bytearray()
        async for piece in request.stream():
            body += piece
            if len(body) > MESSAGE_BYTES_MAX:
                raise MessageTooLarge
        headers = {name.lower(): value for name, value in request.headers.items()}
        await run_in_threadpool(actions.hear, room, kind, connection_id, headers, bytes(body))
        return Response(status_code=200)


def _owned(room: Room, visitor: Visitor, shop_id: str) -> Shop:
    with room.database.transaction() as session:
        return catalogue.owned_shop(session, visitor.person, shop_id)


def connection_view(connection: Connection, errands: Mapping[str, int]) -> dict[str, Plain]:
    """A connection as its seller sees it; credentials are never shown."""
    return {
        "id": connection.id,
        "kind": connection.kind,
        "address": connection.address,
        "currency": connection.currency,
        "state": connection.state,
        "read_until": _moment(connection.since),
        "reading": connection.reading is not None or connection.since is None,
        "fault": connection.fault,
        "fault_since": _moment(connection.faulted_at),
        "next_at": _moment(connection.next_at),
        "waiting": errands.get("waiting", 0),
        "failed": errands.get("failed", 0),
        "messages": f"/api/connections/{connection.kind}/{connection.id}/messages",
    }


def difference_view(difference: Difference) -> dict[str, Plain]:
    """A difference as its seller sees it."""
    return {
        "id": difference.id,
        "product_id": difference.product_id,
        "what": difference.what,
        "base": difference.base,
        "ours": difference.ours,
        "theirs": difference.theirs,
        "found_at": _moment(difference.found_at),
    }


def errand_view(errand: Errand) -> dict[str, Plain]:
    """An errand as its seller sees it."""
    return {
        "id": errand.id,
        "connection_id": errand.connection_id,
        "kind": errand.kind,
        "subject": errand.subject,
        "state": errand.state,
        "tries": errand.tries,
        "next_at": _moment(errand.next_at),
        "fault": errand.fault,
        "result": errand.result,
        "made_at": _moment(errand.made_at),
        "done_at": _moment(errand.done_at),
    }


def _moment(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat().replace("+00:00", "Z")

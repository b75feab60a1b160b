"""Webhooks at the edge: how somebody asks to be told.

The addresses and shapes are those of the ``openai`` SDK's ``client.webhooks`` (3.54); deliveries,
which it does not know, have addresses of their own below an endpoint's.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Annotated, Any, TypeVar

import msgspec
from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from matinee.entrypoints.announcing import SAMPLES, TYPES, message_of
from matinee.kit import errors, webhooks
from matinee.kit.bodies import answer, decoded
from matinee.kit.clock import Clock
from matinee.kit.db import Database, Session
from matinee.kit.ids import Ids
from matinee.people import Visitor, access

# An operator's are the house's own, which are told of everything.
Owner = Annotated[Visitor, Depends(access.member("account"))]
T = TypeVar("T")

_LIST_LIMIT = 20
SAMPLES_AT_ONCE_MAX, _SAMPLE_S = 4, 10
_LIST_LIMIT_MAX = 100
_STATES: tuple[webhooks.State, ...] = ("waiting", "delivered", "dead")


class RequestUnreadable(errors.Invalid):
    """The body or the query of a request about webhooks cannot be read."""

    code = "web.request_unreadable"

    def __init__(self, reason: str) -> None:
        super().__init__(f"The request cannot be read: {reason}")


class SamplesBusy(errors.Throttled):
    """Several samples are on their way at the moment, to receivers that take their time."""

    code = "web.samples_busy"

    def __init__(self) -> None:
        super().__init__(
            f"{SAMPLES_AT_ONCE_MAX} samples are being sent at the moment. Send yours again in "
            f"{_SAMPLE_S} seconds.",
            retry_after_s=_SAMPLE_S,
        )


class WishBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an endpoint is to be."""

    name: str | None = None
    url: str | None = None
    event_types: list[str] | None = None


class RotationBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whether the secret before goes on signing for a day."""

    keep_old_secret_active_for_24_hours: bool = False


class TestBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which event a sample is of."""

    event_type: str


@dataclass(frozen=True, kw_only=True)
class HookDesk:
    """Where requests about webhooks are answered."""

    database: Database
    sender: webhooks.Sender
    ids: Ids
    clock: Clock
    samples: threading.BoundedSemaphore = field(
        default_factory=lambda: threading.BoundedSemaphore(SAMPLES_AT_ONCE_MAX)
    )


def hook_router(desk: HookDesk) -> APIRouter:
    """The routes below ``/v1``."""
    router = APIRouter(prefix="/webhook_endpoints")
    _add_changes(router, desk)
    _add_looks(router, desk)
    _add_deliveries(router, desk)
    return router


def owner_of(visitor: Visitor) -> str:
    """Whose endpoints somebody keeps: their own, or as an operator the house's."""
    return webhooks.HOUSE if visitor.person.has("operator") else visitor.person.id


def _add_changes(router: APIRouter, desk: HookDesk) -> None:
    async def changed(
        act: Callable[[Session], webhooks.Endpoint], *, with_secret: bool = False
    ) -> Response:
        def transact() -> webhooks.Endpoint:
            with desk.database.transaction() as session:
                return act(session)

        return answer(_endpoint(await run_in_threadpool(transact), with_secret=with_secret))

    @router.post("")
    async def register(request: Request, visitor: Owner) -> Response:
        """Keep an endpoint; the answer is the only one that holds its secret."""
        wish = _wish(await request.body())

        def act(session: Session) -> webhooks.Endpoint:
            return webhooks.register(
                session,
                wish,
                owner=owner_of(visitor),
                known_types=TYPES,
                ids=desk.ids,
                at=desk.clock.now(),
            )

        return await changed(act, with_secret=True)

    @router.post("/{endpoint_id}")
    async def update(endpoint_id: str, request: Request, visitor: Owner) -> Response:
        """Change what is named; the rest stays."""
        wish = _wish(await request.body())

        def act(session: Session) -> webhooks.Endpoint:
            webhooks.owned(session, owner_of(visitor), endpoint_id)
            return webhooks.change(
                session, endpoint_id, wish, known_types=TYPES, at=desk.clock.now()
            )

        return await changed(act)

    @router.post("/{endpoint_id}/rotate_secret")
    async def rotate_secret(endpoint_id: str, request: Request, visitor: Owner) -> Response:
        """Give an endpoint a new secret, which the answer holds."""
        keep = _read(await request.body(), RotationBody).keep_old_secret_active_for_24_hours

        def act(session: Session) -> webhooks.Endpoint:
            webhooks.owned(session, owner_of(visitor), endpoint_id)
            return webhooks.rotate(session, endpoint_id, keep_before=keep, at=desk.clock.now())

        return await changed(act, with_secret=True)


def _add_looks(router: APIRouter, desk: HookDesk) -> None:
    @router.get("")
    def list_endpoints(request: Request, visitor: Owner) -> Response:
        """List the endpoints that one keeps, newest first."""
        limit = _limit(request)
        after = request.query_params.get("after", "")
        with desk.database.transaction() as session:
            found = webhooks.listed(session, owner=owner_of(visitor))
        behind = [one for one in found if not after or one.id < after]
        return answer(_page([_endpoint(one) for one in behind[:limit]], len(behind) > limit))

    @router.get("/{endpoint_id}")
    def retrieve(endpoint_id: str, visitor: Owner) -> Response:
        """Show an endpoint without its secret."""
        with desk.database.transaction() as session:
            return answer(_endpoint(webhooks.owned(session, owner_of(visitor), endpoint_id)))

    @router.delete("/{endpoint_id}")
    def delete(endpoint_id: str, visitor: Owner) -> Response:
        """Forget an endpoint."""
        with desk.database.transaction() as session:
            webhooks.owned(session, owner_of(visitor), endpoint_id)
            webhooks.delete(session, endpoint_id)
        return answer({"id": endpoint_id, "deleted": True, "object": "webhook_endpoint.deleted"})

    @router.post("/{endpoint_id}/test")
    async def test(endpoint_id: str, request: Request, visitor: Owner) -> Response:
        """Send a sample now, and tell how the endpoint answered."""
        kind = _read(await request.body(), TestBody).event_type
        owner = owner_of(visitor)
        return answer(await run_in_threadpool(tested, desk, endpoint_id, kind, owner=owner))


def tested(desk: HookDesk, endpoint_id: str, kind: str, *, owner: str) -> dict[str, Any]:
    """Send an endpoint of an owner a sample of an event.

    Raises EndpointInvalid, EndpointNotFound, SamplesBusy and what ``Outside.post`` raises.
    """
    if kind not in TYPES:
        reason = f"nothing here is told as {kind[:80]!r}. There are: {', '.join(TYPES)}."
        raise webhooks.EndpointInvalid(reason, param="event_type")
    with desk.database.transaction() as session:
        endpoint = webhooks.owned(session, owner, endpoint_id)
    sample = message_of(desk.ids.new("evt"), kind, SAMPLES[kind], desk.clock.now())
    # A receiver may take ten seconds, and nobody is to fill the server's threads with such.
    if not desk.samples.acquire(blocking=False):
        raise SamplesBusy
    try:
        answer = desk.sender.send(endpoint, sample)
    finally:
        desk.samples.release()
    return {
        "object": "webhook_endpoint.test",
        "event_type": kind,
        "status_code": answer.status,
        "success": True,
        "webhook_endpoint_id": endpoint_id,
    }


def _add_deliveries(router: APIRouter, desk: HookDesk) -> None:
    @router.get("/{endpoint_id}/deliveries")
    def list_deliveries(endpoint_id: str, request: Request, visitor: Owner) -> Response:
        """List the newest messages for an endpoint, those in one ``state`` if it is named."""
        asked = request.query_params.get("state")
        state = next((one for one in _STATES if one == asked), None)
        if asked is not None and state is None:
            reason = f"state must be one of {', '.join(_STATES)}."
            raise RequestUnreadable(reason)
        limit = _limit(request)
        with desk.database.transaction() as session:
            webhooks.owned(session, owner_of(visitor), endpoint_id)
            found = webhooks.deliveries(session, endpoint=endpoint_id, state=state, limit=limit)
        return answer(_page([_delivery(one) for one in found], more=False))

    @router.post("/{endpoint_id}/deliveries/{delivery_id}/retry")
    def retry(endpoint_id: str, delivery_id: str, visitor: Owner) -> Response:
        """Try a message again at once."""
        with desk.database.transaction() as session:
            webhooks.owned(session, owner_of(visitor), endpoint_id)
            again = webhooks.retry(session, delivery_id, endpoint=endpoint_id, at=desk.clock.now())
            return answer(_delivery(again))


def _endpoint(endpoint: webhooks.Endpoint, *, with_secret: bool = False) -> dict[str, Any]:
    shown = {
        "id": endpoint.id,
        "object": "webhook_endpoint",
        "name": endpoint.name,
        "url": endpoint.url,
        "event_types": list(endpoint.event_types),
        "created_at": int(endpoint.created_at.timestamp()),
        "updated_at": int(endpoint.updated_at.timestamp()),
        "signing_secret_hint": endpoint.hint,
    }
    return {**shown, "signing_secret": endpoint.secret} if with_secret else shown


def _delivery(delivery: webhooks.Delivery) -> dict[str, Any]:
    ended_at = delivery.ended_at
    return {
        "id": delivery.id,
        "object": "webhook_delivery",
        "webhook_endpoint_id": delivery.endpoint,
        "event_id": delivery.message,
        "event_type": delivery.event_type,
        "status": delivery.state,
        "attempts": delivery.attempt_count,
        "created_at": int(delivery.created_at.timestamp()),
        "next_attempt_at": None if ended_at else int(delivery.next_at.timestamp()),
        "ended_at": int(ended_at.timestamp()) if ended_at else None,
        "last_status_code": delivery.last_status,
        "last_failure": delivery.last_failure,
    }


def _page(rows: list[dict[str, Any]], more: bool) -> dict[str, Any]:  # noqa: FBT001 - private
    return {
        "object": "list",
        "data": rows,
        "first_id": rows[0]["id"] if rows else None,
        "last_id": rows[-1]["id"] if rows else None,
        "has_more": more,
    }


def _wish(body: bytes) -> webhooks.Wish:
    asked = _read(body, WishBody)
    return webhooks.Wish(name=asked.name, url=asked.url, event_types=asked.event_types)


def _read(body: bytes, kind: type[T]) -> T:
    return decoded(body, kind, lambda reason: RequestUnreadable(f"{reason}."))


def _limit(request: Request) -> int:
    asked = request.query_params.get("limit", str(_LIST_LIMIT))
    if not asked.isascii() or not asked.isdigit() or not 1 <= int(asked) <= _LIST_LIMIT_MAX:
        reason = f"limit must be a whole number from 1 to {_LIST_LIMIT_MAX}."
        raise RequestUnreadable(reason)
    return int(asked)

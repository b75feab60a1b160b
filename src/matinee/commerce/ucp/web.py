"""The Universal Commerce Protocol over HTTP, below /ucp, and its profile."""

from collections.abc import Callable, Coroutine
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends, Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.responses import Response

from matinee.commerce.acp import store
from matinee.commerce.acp.asking import fingerprint, read
from matinee.commerce.acp.desk import AcpDesk, json_answer
from matinee.commerce.acp.errors import Refused, refused_by
from matinee.commerce.acp.store import Occasion
from matinee.commerce.checkout import actions, orders, settling
from matinee.commerce.checkout import store as sales
from matinee.commerce.checkout.actions import Caller
from matinee.commerce.checkout.model import Checkout, Tender
from matinee.commerce.store import shop_by_id
from matinee.kit import idempotency
from matinee.kit.db import Session
from matinee.kit.errors import MatineeError
from matinee.people import Visitor, access

from .answering import HANDLER_ID, Said, cart_said, checkout_said, order_said, profile_said
from .answering import refusal_said as said_of
from .asking import CheckoutAsked, buyer_asked, method_of, wish_of

CACHED_S = 3_600

Agent = Annotated[Visitor, Depends(access.member("buy"))]
Act = Callable[[Session], tuple[int, Said]]


class UcpRoute(APIRoute):
    """A route whose refusals have the protocol's shape, whoever refuses."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Answer as the base does, and refuse as the protocol says."""
        handle = super().get_route_handler()

        async def answered(request: Request) -> Response:
            try:
                return await handle(request)
            except Refused as refused:
                return _refusal(refused)
            except MatineeError as error:
                return _refusal(refused_by(error))
            except RequestValidationError:
                return _refusal(Refused(400, "invalid", "A part of the address is wrong."))

        return answered


async def raw_body(request: Request) -> bytes:
    """Return a request's body."""
    return await request.body()


Body = Annotated[bytes, Depends(raw_body)]


def ucp_router(desk: AcpDesk) -> APIRouter:
    """Checkouts, carts and orders."""
    router = APIRouter(prefix="/ucp", route_class=UcpRoute)
    _add_checkouts(router, desk)
    _add_ends(router, desk)
    _add_carts(router, desk)
    return router


def profile_router(desk: AcpDesk) -> APIRouter:
    """The document that says what is offered here."""
    router = APIRouter()

    @router.get("/.well-known/ucp", dependencies=[Depends(access.anyone)])
    def profile() -> Response:
        """Say which services and capabilities there are."""
        response = json_answer(200, _written(profile_said(desk.place)))
        response.headers["cache-control"] = f"public, max-age={CACHED_S}"
        return response

    return router


def _add_checkouts(router: APIRouter, desk: AcpDesk) -> None:
    @router.post("/checkout-sessions")
    def create(visitor: Agent, body: Body, request: Request) -> Response:
        """Begin a checkout."""
        wish = wish_of(read(body, CheckoutAsked))

        def act(session: Session) -> tuple[int, Said]:
            made = actions.open_checkout(session, wish, caller=_caller(visitor), room=desk.room)
            return 201, _said(session, made, desk)

        return _once(desk, request, visitor, body, act)

    @router.get("/checkout-sessions/{checkout_id}")
    def retrieve(checkout_id: str, visitor: Agent) -> Response:
        """Show a checkout."""
        with desk.database.transaction() as session:
            found = _found(session, checkout_id, desk, visitor)
            return json_answer(200, _written(_said(session, found, desk)))

    @router.put("/checkout-sessions/{checkout_id}")
    def update(checkout_id: str, visitor: Agent, body: Body, request: Request) -> Response:
        """Say all that is in a checkout."""
        wish = wish_of(read(body, CheckoutAsked))
        with desk.database.transaction() as session:
            _found(session, checkout_id, desk, visitor)
        settling.free(desk.database, checkout_id, desk.room)

        def act(session: Session) -> tuple[int, Said]:
            caller = _caller(visitor)
            changed = actions.change(session, checkout_id, wish, caller=caller, room=desk.room)
            return 200, _said(session, changed, desk)

        return _once(desk, request, visitor, body, act)


def _add_ends(router: APIRouter, desk: AcpDesk) -> None:
    @router.post("/checkout-sessions/{checkout_id}/complete")
    def complete(checkout_id: str, visitor: Agent, body: Body, request: Request) -> Response:
        """Pay."""
        asked = read(body, CheckoutAsked)
        caller, buyer = _caller(visitor), buyer_asked(asked.buyer)
        with desk.database.transaction() as session:
            occasion = _begun(session, desk, request, visitor, body)
            if isinstance(occasion, tuple):
                return json_answer(*occasion, again=True)
            _found(session, checkout_id, desk, visitor)
            if buyer is not None:
                actions.name_buyer(session, checkout_id, buyer, caller=caller, room=desk.room)
            tender = Tender(method=method_of(asked, HANDLER_ID))
            _, payment = actions.order_payment(
                session, checkout_id, tender, caller=caller, room=desk.room
            )
        if payment is not None:
            settling.settle(desk.database, payment, desk.room)
        with desk.database.transaction() as session:
            found = _found(session, checkout_id, desk, visitor)
            said = _written(_said(session, found, desk))
            if occasion is not None:
                store.finish(session, occasion, 200, said)
        return json_answer(200, said)

    @router.post("/checkout-sessions/{checkout_id}/cancel")
    def cancel(checkout_id: str, visitor: Agent, body: Body, request: Request) -> Response:
        """Give a checkout up."""
        with desk.database.transaction() as session:
            _found(session, checkout_id, desk, visitor)
        settling.free(desk.database, checkout_id, desk.room)

        def act(session: Session) -> tuple[int, Said]:
            caller = _caller(visitor)
            ended = actions.cancel(session, checkout_id, caller=caller, room=desk.room)
            return 200, _said(session, ended, desk)

        return _once(desk, request, visitor, body, act)

    @router.get("/orders/{order_id}")
    def order(order_id: str, visitor: Agent) -> Response:
        """Show an order."""
        with desk.database.transaction() as session:
            found = orders.order_of(session, order_id, caller=_caller(visitor))
        return json_answer(200, _written(order_said(found, place=desk.place)))


def _add_carts(router: APIRouter, desk: AcpDesk) -> None:
    @router.post("/carts")
    def create(visitor: Agent, body: Body, request: Request) -> Response:
        """Begin a cart."""
        wish = wish_of(read(body, CheckoutAsked))

        def act(session: Session) -> tuple[int, Said]:
            made = actions.open_checkout(
                session, wish, caller=_caller(visitor), room=desk.room, as_cart=True
            )
            return 201, cart_said(made)

        return _once(desk, request, visitor, body, act)

    @router.get("/carts/{cart_id}")
    def retrieve(cart_id: str, visitor: Agent) -> Response:
        """Show a cart."""
        with desk.database.transaction() as session:
            return json_answer(200, _written(cart_said(_cart(session, cart_id, desk, visitor))))

    @router.put("/carts/{cart_id}")
    def update(cart_id: str, visitor: Agent, body: Body, request: Request) -> Response:
        """Say all that is in a cart."""
        wish = wish_of(read(body, CheckoutAsked))

        def act(session: Session) -> tuple[int, Said]:
            _cart(session, cart_id, desk, visitor)
            caller = _caller(visitor)
            return 200, cart_said(
                actions.change(session, cart_id, wish, caller=caller, room=desk.room)
            )

        return _once(desk, request, visitor, body, act)

    @router.post("/carts/{cart_id}/cancel")
    def cancel(cart_id: str, visitor: Agent, body: Body, request: Request) -> Response:
        """Give a cart up."""

        def act(session: Session) -> tuple[int, Said]:
            _cart(session, cart_id, desk, visitor)
            caller = _caller(visitor)
            return 200, cart_said(actions.cancel(session, cart_id, caller=caller, room=desk.room))

        return _once(desk, request, visitor, body, act)


def _caller(visitor: Visitor) -> Caller:
    return Caller.of(visitor, face="ucp")


def _found(session: Session, checkout_id: str, desk: AcpDesk, visitor: Visitor) -> Checkout:
    caller = _caller(visitor)
    found = actions.checkout_of(session, checkout_id, caller=caller, room=desk.room)
    if actions.is_cart(found):
        raise Refused(404, "not_found", f"There is no checkout {checkout_id[:80]!r}.")
    return found


def _cart(session: Session, cart_id: str, desk: AcpDesk, visitor: Visitor) -> Checkout:
    found = actions.checkout_of(session, cart_id, caller=_caller(visitor), room=desk.room)
    if not actions.is_cart(found):
        raise Refused(404, "not_found", f"There is no cart {cart_id[:80]!r}.")
    return found


def _said(session: Session, found: Checkout, desk: AcpDesk) -> Said:
    order = None if found.order_id is None else sales.order_by_id(session, found.order_id)
    shop = shop_by_id(session, found.shop_id)
    return checkout_said(found, shop, order, place=desk.place, at=desk.room.clock.now())


def _once(desk: AcpDesk, request: Request, visitor: Visitor, body: bytes, act: Act) -> Response:
    """Carry a request out, once if it names itself."""
    with desk.database.transaction() as session:
        occasion = _begun(session, desk, request, visitor, body)
        if isinstance(occasion, tuple):
            return json_answer(*occasion, again=True)
        status, said = act(session)
        if occasion is not None:
            store.finish(session, occasion, status, _written(said))
    return json_answer(status, _written(said))


def _begun(
    session: Session, desk: AcpDesk, request: Request, visitor: Visitor, body: bytes
) -> Occasion | tuple[int, str] | None:
    key = request.headers.get("idempotency-key")
    if key is None:
        return None
    who = visitor.key_id or f"person/{visitor.person.id}"
    occasion = Occasion(who, request.url.path, idempotency.checked_key(key), fingerprint(body))
    return store.begin(session, occasion, at=desk.room.clock.now()) or occasion


def _refusal(refused: Refused) -> Response:
    said = said_of(refused.code, str(refused), refused.param)
    response = json_answer(refused.status, _written(said))
    if refused.wait_s:
        response.headers["retry-after"] = str(refused.wait_s)
    if refused.status == 401:  # noqa: PLR2004 - unauthorised
        response.headers["www-authenticate"] = "Bearer"
    return response


def _written(said: Said) -> str:
    return msgspec.json.encode(said).decode()

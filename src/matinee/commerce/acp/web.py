"""The protocol over HTTP, below /acp, and what is offered at /.well-known/acp.json."""

from collections.abc import Mapping
from typing import Any

import msgspec
from fastapi import APIRouter, Depends
from starlette.responses import Response

from matinee.commerce.checkout import actions, settling
from matinee.commerce.checkout import store as sales
from matinee.commerce.checkout.model import Checkout
from matinee.commerce.store import shop_by_id
from matinee.kit.db import Session
from matinee.people import access

from . import paying, store
from .answering import Said, discovery_said, session_said
from .asking import CompleteAsked, SessionAsked, buyer_wished, read, wish_of
from .carts import add_carts
from .delegating import add_delegation
from .desk import AcpDesk, AcpRoute, Agent, Asked, Speaking, begun, json_answer, once
from .errors import Refused
from .store import Occasion

CACHED_S = 3_600
_AFFILIATE_BYTES_MAX = 16_384


def acp_router(desk: AcpDesk) -> APIRouter:
    """Sessions, carts, and what a provider of payments does for agents in test mode."""
    router = APIRouter(prefix="/acp", route_class=AcpRoute)
    _add_sessions(router, desk)
    _add_ends(router, desk)
    add_carts(router, desk)
    if desk.card is not None:
        add_delegation(router, desk, desk.card)
    return router


def discovery_router(desk: AcpDesk) -> APIRouter:
    """The document that says what is offered here."""
    router = APIRouter()

    @router.get("/.well-known/acp.json", dependencies=[Depends(access.anyone)])
    def discovery() -> Response:
        """Say which versions, services and currencies there are."""
        with desk.database.transaction() as session:
            said = discovery_said(desk.place, store.currencies(session))
        response = json_answer(200, msgspec.json.encode(said).decode())
        response.headers["cache-control"] = f"public, max-age={CACHED_S}"
        return response

    return router


def _add_sessions(router: APIRouter, desk: AcpDesk) -> None:
    @router.post("/checkout_sessions")
    def create(_visitor: Agent, speaking: Speaking) -> Response:
        """Begin a session."""
        asked = read(speaking.body, SessionAsked)

        def act(session: Session) -> tuple[int, Said]:
            for name in ("line_items", "currency"):
                if not getattr(asked, name):
                    raise Refused(400, "missing", f"{name} is needed.", param=f"$.{name}")
            made = actions.open_checkout(
                session, wish_of(asked), caller=speaking.caller, room=desk.room
            )
            extensions = asked.capabilities.extensions if asked.capabilities else None
            store.keep_session(
                session,
                made.id,
                version=speaking.version,
                extensions=None if extensions is None else _names(extensions),
                timezone=(asked.timezone or "")[:60],
            )
            _attribute(session, made, asked.affiliate_attribution, "first", desk)
            return 201, _session(session, made, desk, speaking)

        return once(desk, speaking, act)

    @router.get("/checkout_sessions/{session_id}")
    def retrieve(session_id: str, _visitor: Agent, speaking: Speaking) -> Response:
        """Show a session."""
        with desk.database.transaction() as session:
            found = _found(session, session_id, desk, speaking)
            said = _session(session, found, desk, speaking)
        return json_answer(200, msgspec.json.encode(said).decode())

    @router.post("/checkout_sessions/{session_id}")
    def update(session_id: str, _visitor: Agent, speaking: Speaking) -> Response:
        """Change a session."""
        asked = read(speaking.body, SessionAsked)
        with desk.database.transaction() as session:
            _found(session, session_id, desk, speaking)
        settling.free(desk.database, session_id, desk.room)

        def act(session: Session) -> tuple[int, Said]:
            changed = actions.change(
                session, session_id, wish_of(asked), caller=speaking.caller, room=desk.room
            )
            return 200, _session(session, changed, desk, speaking)

        return once(desk, speaking, act)


def _add_ends(router: APIRouter, desk: AcpDesk) -> None:
    @router.post("/checkout_sessions/{session_id}/complete")
    def complete(session_id: str, _visitor: Agent, speaking: Speaking) -> Response:
        """Pay. The key and the order of the payment are kept together, and then the answer."""
        asked = read(speaking.body, CompleteAsked)
        with desk.database.transaction() as session:
            occasion = begun(session, desk, speaking)
            if not isinstance(occasion, Occasion | None):
                return json_answer(*occasion, again=True)
            found = _found(session, session_id, desk, speaking)
            buyer = buyer_wished(asked.buyer)
            if buyer is not None:
                caller = speaking.caller
                actions.name_buyer(session, found.id, buyer, caller=caller, room=desk.room)
            _attribute(session, found, asked.affiliate_attribution, "last", desk)
            tender = paying.tender_of(
                session, asked, found, agent=speaking.agent, at=desk.room.clock.now()
            )
            found, payment = actions.order_payment(
                session, session_id, tender, caller=speaking.caller, room=desk.room
            )
            if payment is not None:
                paying.spend(session, asked, at=desk.room.clock.now())
        if payment is not None:
            settling.settle(desk.database, payment, desk.room)
        with desk.database.transaction() as session:
            found = _found(session, session_id, desk, speaking)
            said = msgspec.json.encode(_session(session, found, desk, speaking)).decode()
            if occasion is not None:
                store.finish(session, occasion, 200, said)
        return json_answer(200, said)

    @router.post("/checkout_sessions/{session_id}/cancel")
    def cancel(session_id: str, _visitor: Agent, speaking: Speaking) -> Response:
        """Give a session up; why is written down for nobody."""
        read(speaking.body, dict[str, Any])
        with desk.database.transaction() as session:
            _found(session, session_id, desk, speaking)
        settling.free(desk.database, session_id, desk.room)

        def act(session: Session) -> tuple[int, Said]:
            found = _found(session, session_id, desk, speaking)
            if found.status not in {"open", "paying"}:
                raise Refused(405, "not_cancelable", f"The session is {found.status} and stays so.")
            ended = actions.cancel(session, session_id, caller=speaking.caller, room=desk.room)
            return 200, _session(session, ended, desk, speaking)

        return once(desk, speaking, act)


def _found(session: Session, session_id: str, desk: AcpDesk, speaking: Asked) -> Checkout:
    found = actions.checkout_of(session, session_id, caller=speaking.caller, room=desk.room)
    if actions.is_cart(found):
        raise Refused(404, "not_found", f"There is no session {session_id[:80]!r}.")
    return found


def _session(session: Session, found: Checkout, desk: AcpDesk, speaking: Asked) -> Said:
    _, extensions = store.session_of(session, found.id)
    order = None if found.order_id is None else sales.order_by_id(session, found.order_id)
    return session_said(
        found,
        shop_by_id(session, found.shop_id),
        order,
        place=desk.place,
        version=speaking.version,
        extensions=extensions,
        at=desk.room.clock.now(),
    )


def _attribute(
    session: Session,
    found: Checkout,
    said: Mapping[str, Any] | None,
    touchpoint: str,
    desk: AcpDesk,
) -> None:
    """Keep where a sale is said to come from; what is wrong with it never holds a sale up."""
    if not said or not isinstance(said.get("provider"), str):
        return
    if not (said.get("token") or said.get("publisher_id")):
        return
    if len(msgspec.json.encode(said)) > _AFFILIATE_BYTES_MAX:
        return
    point = said.get("touchpoint")
    sales.keep_affiliate(
        session,
        found.id,
        point if point in {"first", "last"} else touchpoint,
        said,
        at=desk.room.clock.now(),
    )


def _names(extensions: list[Any]) -> list[str]:
    """The names of extensions, which agents write bare or with what they extend."""
    said = [one.get("name") if isinstance(one, dict) else one for one in extensions[:50]]
    return [one.partition("@")[0] for one in said if isinstance(one, str)]

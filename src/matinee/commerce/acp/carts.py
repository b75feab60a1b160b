"""Carts of the protocol: what is in one, and nothing else yet."""

import msgspec
from fastapi import APIRouter
from starlette.responses import Response

from matinee.commerce.checkout import actions
from matinee.commerce.checkout.bodies import LineAsked, units_of
from matinee.commerce.checkout.model import Checkout
from matinee.kit.db import Session

from .answering import Said, cart_said
from .asking import SessionAsked, buyer_wished, read
from .desk import AcpDesk, Agent, Asked, Speaking, json_answer, once
from .errors import Refused


def add_carts(router: APIRouter, desk: AcpDesk) -> None:
    """Add carts to a router."""

    @router.post("/carts")
    def create(_visitor: Agent, speaking: Speaking) -> Response:
        """Begin a cart."""
        asked = read(speaking.body, SessionAsked)

        def act(session: Session) -> tuple[int, Said]:
            wish = actions.Wish(
                units=_units(asked), buyer=buyer_wished(asked.buyer), locale=asked.locale
            )
            made = actions.open_checkout(
                session, wish, caller=speaking.caller, room=desk.room, as_cart=True
            )
            return 201, cart_said(made)

        return once(desk, speaking, act)

    @router.get("/carts/{cart_id}")
    def retrieve(cart_id: str, _visitor: Agent, speaking: Speaking) -> Response:
        """Show a cart."""
        with desk.database.transaction() as session:
            found = _cart(session, cart_id, desk, speaking)
        return json_answer(200, msgspec.json.encode(cart_said(found)).decode())

    @router.put("/carts/{cart_id}")
    def replace(cart_id: str, _visitor: Agent, speaking: Speaking) -> Response:
        """Say all that is in a cart."""
        asked = read(speaking.body, SessionAsked)

        def act(session: Session) -> tuple[int, Said]:
            _cart(session, cart_id, desk, speaking)
            wish = actions.Wish(units=_units(asked), buyer=buyer_wished(asked.buyer))
            caller = speaking.caller
            changed = actions.change(session, cart_id, wish, caller=caller, room=desk.room)
            return 200, cart_said(changed)

        return once(desk, speaking, act, keyed=False)

    @router.post("/carts/{cart_id}/cancel")
    def cancel(cart_id: str, _visitor: Agent, speaking: Speaking) -> Response:
        """Give a cart up."""

        def act(session: Session) -> tuple[int, Said]:
            found = _cart(session, cart_id, desk, speaking)
            if found.status == "cancelled":
                return 200, cart_said(found)
            caller = speaking.caller
            return 200, cart_said(actions.cancel(session, cart_id, caller=caller, room=desk.room))

        return once(desk, speaking, act)


def _cart(session: Session, cart_id: str, desk: AcpDesk, speaking: Asked) -> Checkout:
    found = actions.checkout_of(session, cart_id, caller=speaking.caller, room=desk.room)
    if not actions.is_cart(found):
        raise Refused(404, "not_found", f"There is no cart {cart_id[:80]!r}.")
    return found


def _units(asked: SessionAsked) -> dict[str, int]:
    if not asked.line_items:
        raise Refused(400, "missing", "line_items is needed.", param="$.line_items")
    return units_of([LineAsked(one.id, one.quantity) for one in asked.line_items])

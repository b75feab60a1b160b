"""What a provider of payments does for agents, in test mode: cards that are left, payers proved.

With a key of Stripe it is Stripe that does this. In test mode we do, for the test cards only, so
that an agent can be tried from end to end. A number of a card is looked at once and never kept.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import msgspec
from fastapi import APIRouter
from starlette.responses import Response

from matinee.kit.db import Session

from . import store
from .asking import read
from .desk import AcpDesk, Agent, Speaking, json_answer, once
from .errors import Refused

Card = Callable[[str], str | None]

_CHALLENGED = "4000000000003220"
_DENIED = "4000000000000002"
_SECONDS_ONLY = "%Y-%m-%dT%H:%M:%SZ"


class CardAsked(msgspec.Struct, frozen=True):
    """A card; of a test mode's."""

    type: str
    number: str
    card_number_type: str = "fpan"


class AllowanceAsked(msgspec.Struct, frozen=True):
    """What a card may pay."""

    reason: str
    max_amount: int
    currency: str
    checkout_session_id: str
    merchant_id: str
    expires_at: datetime


class DelegateAsked(msgspec.Struct, frozen=True):
    """A card to be kept for one payment."""

    payment_method: CardAsked
    allowance: AllowanceAsked
    risk_signals: list[dict[str, Any]]
    metadata: dict[str, Any]


class AmountAsked(msgspec.Struct, frozen=True):
    """An amount."""

    value: int
    currency: str


class ProofAsked(msgspec.Struct, frozen=True):
    """A payer to be authenticated."""

    merchant_id: str
    payment_method: CardAsked
    amount: AmountAsked


class FingerprintAsked(msgspec.Struct, frozen=True):
    """Whether the bank's fingerprint of the browser was taken."""

    fingerprint_completion: str


def add_delegation(router: APIRouter, desk: AcpDesk, card: Card) -> None:
    """Add both to a router; ``card`` knows the test cards by their numbers."""
    _add_payment(router, desk, card)
    _add_authentication(router, desk, card)


def _add_payment(router: APIRouter, desk: AcpDesk, card: Card) -> None:
    @router.post("/agentic_commerce/delegate_payment")
    def delegate(_visitor: Agent, speaking: Speaking) -> Response:
        """Keep a card for one payment of one session."""
        asked = read(speaking.body, DelegateAsked)

        def act(session: Session) -> tuple[int, dict[str, Any]]:
            at = desk.room.clock.now()
            method = card(asked.payment_method.number.replace(" ", ""))
            if method is None:
                raise Refused(
                    400,
                    "invalid_card",
                    "In test mode only the provider's test cards are taken, such as "
                    "4242424242424242.",
                    param="$.payment_method.number",
                )
            if asked.allowance.expires_at.tzinfo is None or asked.allowance.expires_at <= at:
                raise Refused(
                    400,
                    "invalid_card",
                    "The allowance is over.",
                    param="$.allowance.expires_at",
                )
            token = desk.room.ids.new("vt")
            store.add_to_vault(
                session,
                token,
                agent=speaking.agent,
                method=method,
                allowance=msgspec.to_builtins(asked.allowance),
                at=at,
            )
            metadata = {"source": "matinee", "mode": "test"}
            said = {"id": token, "created": at.strftime(_SECONDS_ONLY), "metadata": metadata}
            return 201, said

        return once(desk, speaking, act)


def _add_authentication(router: APIRouter, desk: AcpDesk, card: Card) -> None:
    @router.post("/delegate_authentication")
    def authenticate(_visitor: Agent, speaking: Speaking) -> Response:
        """Begin to authenticate a payer."""
        asked = read(speaking.body, ProofAsked)

        def act(session: Session) -> tuple[int, dict[str, Any]]:
            number = asked.payment_method.number.replace(" ", "")
            if card(number) is None:
                raise Refused(
                    400, "invalid_card", "This is no test card.", param="$.payment_method.number"
                )
            name = desk.room.ids.new("auth")
            kind = {_CHALLENGED: "challenge", _DENIED: "denied"}.get(number, "frictionless")
            kept = {"kind": kind, "step": "fingerprint"}
            at = desk.room.clock.now()
            store.keep_authentication(session, name, agent=speaking.agent, body=kept, at=at)
            return 201, _authentication_said(name, kept)

        return once(desk, speaking, act)

    @router.post("/delegate_authentication/{authentication_id}/authenticate")
    def go_on(
        authentication_id: str,
        _visitor: Agent,
        speaking: Speaking,
    ) -> Response:
        """Go on after the fingerprint: some banks ask the payer themselves."""
        read(speaking.body, FingerprintAsked)

        def act(session: Session) -> tuple[int, dict[str, Any]]:
            kept = _kept(session, authentication_id, speaking.agent)
            step = "challenge" if kept["kind"] == "challenge" else "done"
            kept = {**kept, "step": step}
            at = desk.room.clock.now()
            store.keep_authentication(
                session, authentication_id, agent=speaking.agent, body=kept, at=at
            )
            return 200, _authentication_said(authentication_id, kept)

        return once(desk, speaking, act)

    @router.get("/delegate_authentication/{authentication_id}")
    def see(
        authentication_id: str,
        _visitor: Agent,
        speaking: Speaking,
    ) -> Response:
        """See what came of it; whoever is asked in test mode passes."""
        with desk.database.transaction() as session:
            kept = _kept(session, authentication_id, speaking.agent)
            if kept["step"] == "challenge":
                kept = {**kept, "step": "done"}
                at = desk.room.clock.now()
                store.keep_authentication(
                    session, authentication_id, agent=speaking.agent, body=kept, at=at
                )
        said = msgspec.json.encode(_authentication_said(authentication_id, kept)).decode()
        return json_answer(200, said)


def _kept(session: Session, name: str, agent: str) -> dict[str, Any]:
    kept = store.authentication(session, name, agent=agent)
    if kept is None:
        raise Refused(404, "not_found", f"There is no authentication {name[:80]!r}.")
    return kept


def _authentication_said(name: str, kept: dict[str, Any]) -> dict[str, Any]:
    said: dict[str, Any] = {"authentication_session_id": name}
    bank = "https://bank.example"
    if kept["step"] == "fingerprint":
        method = {"three_ds_method_url": f"{bank}/method", "three_ds_server_trans_id": name}
        action = {"type": "fingerprint", "fingerprint": method}
        return {**said, "status": "action_required", "action": action}
    if kept["step"] == "challenge":
        challenge = {
            "acs_url": f"{bank}/challenge",
            "acs_trans_id": name,
            "three_ds_server_trans_id": name,
            "message_version": "2.2.0",
        }
        action = {"type": "challenge", "challenge": challenge}
        return {**said, "status": "action_required", "action": action}
    passed = kept["kind"] != "denied"
    result = {
        "trans_status": "Y" if passed else "N",
        "transaction_id": name,
        "three_ds_server_trans_id": name,
        "version": "2.2.0",
    }
    if passed:
        result |= {
            "electronic_commerce_indicator": "05",
            "three_ds_cryptogram": "AAIBBYNoEwAAACcKhAJkdQAAAAA=",
        }
    return {
        **said,
        "status": "authenticated" if passed else "not_authenticated",
        "authentication_result": result,
    }

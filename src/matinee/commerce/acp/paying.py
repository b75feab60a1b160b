"""How agents pay: by tokens of the provider, or in test mode by cards that they left here."""

from datetime import datetime

from matinee.commerce.checkout.model import Authentication, Checkout, Method, Tender
from matinee.kit.db import Session

from . import store
from .answering import HANDLER_ID
from .asking import CREDENTIALS_MAX, AuthenticationAsked, CompleteAsked
from .errors import Refused

_LEFT_HERE = "vt_"
_TOKEN = "$.payment_data.instrument.credential.token"  # noqa: S105 - a place in a request


def tender_of(
    session: Session, asked: CompleteAsked, found: Checkout, *, agent: str, at: datetime
) -> Tender:
    """The wish to pay that an agent's words are; raises ``Refused``."""
    data = asked.payment_data
    if data.instrument is None:
        raise Refused(400, "missing", "instrument is needed.", param="$.payment_data.instrument")
    if data.handler_id not in {None, HANDLER_ID}:
        raise Refused(
            400,
            "invalid",
            f"This is paid through the handler {HANDLER_ID}.",
            param="$.payment_data.handler_id",
        )
    token = data.instrument.credential.token
    if not 0 < len(token) <= CREDENTIALS_MAX or not token.isascii() or not token.isprintable():
        raise Refused(400, "invalid", "The token is none.", param=_TOKEN)
    result = asked.authentication_result
    if found.status == "asking" and result is None:
        raise Refused(
            400,
            "requires_3ds",
            "The bank of the card asks for 3-D Secure. Send what came of it.",
            param="$.authentication_result",
        )
    method = (
        _from_vault(session, token, found, agent=agent, at=at)
        if token.startswith(_LEFT_HERE)
        else Method(kind="shared_token", token=token)
    )
    return Tender(method=method, authentication=_proof(result))


def _proof(result: AuthenticationAsked | None) -> Authentication | None:
    if result is None:
        return None
    details = result.outcome_details
    if result.outcome not in {"authenticated", "attempt_acknowledged"} or details is None:
        raise Refused(
            400,
            "payment_declined",
            f"The payer was not authenticated ({result.outcome[:40]}). Nothing was paid.",
            param="$.authentication_result",
        )
    return Authentication(
        cryptogram=details.three_ds_cryptogram[:200],
        indicator=details.electronic_commerce_indicator[:2],
        transaction_id=details.transaction_id[:100],
        version=details.version[:10],
    )


def _from_vault(
    session: Session, token: str, found: Checkout, *, agent: str, at: datetime
) -> Method:
    """The card behind a token, if it may pay this; it may pay once."""
    kept = store.from_vault(session, token, agent=agent)
    if kept is None:
        raise Refused(400, "invalid", "There is no such token.", param=_TOKEN)
    name, allowance, used = kept
    total = found.bill.total
    reasons = (
        (used and found.status != "asking", "it was used"),
        (allowance["checkout_session_id"] != found.id, "it is for another session"),
        (allowance["currency"].upper() != total.currency, "it is in another currency"),
        (allowance["max_amount"] < total.minor, "it is for less"),
        (datetime.fromisoformat(allowance["expires_at"]) <= at, "it is expired"),
    )
    for holds, reason in reasons:
        if holds:
            raise Refused(400, "invalid", f"The token cannot pay this: {reason}.", param=_TOKEN)
    return Method(token=name)


def spend(session: Session, asked: CompleteAsked, *, at: datetime) -> None:
    """Note that what was left for one payment pays now; a price that changed uses nothing up."""
    token = asked.payment_data.instrument.credential.token if asked.payment_data.instrument else ""
    if token.startswith(_LEFT_HERE):
        store.use_vault(session, token, at=at)

"""What agents ask, read leniently: what is unknown is passed over, what is wrong is said."""

import hashlib
import re
from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec

from matinee.commerce.checkout.actions import Wish
from matinee.commerce.checkout.bodies import (
    AddressAsked,
    BuyerAsked,
    LineAsked,
    address_of,
    buyer_of,
    units_of,
)
from matinee.commerce.checkout.model import Address, Buyer
from matinee.kit.money import Money

from .errors import Refused

T = TypeVar("T")

CREDENTIALS_MAX = 200
_STATES = re.compile(r"[A-Z]{2}-(?P<region>[A-Z0-9]{1,3})")


class ItemAsked(msgspec.Struct, frozen=True):
    """A variant; its quantity is none of the schema's and every agent's."""

    id: str
    quantity: int = 1


class PlaceAsked(msgspec.Struct, frozen=True):
    """An address in the protocol's words."""

    country: str
    name: str = ""
    line_one: str = ""
    line_two: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""


class DetailsAsked(msgspec.Struct, frozen=True):
    """Whom it goes to."""

    name: str = ""
    phone_number: str = ""
    email: str = ""
    address: PlaceAsked | None = None


class PersonAsked(msgspec.Struct, frozen=True):
    """Who buys."""

    email: str = ""
    first_name: str = ""
    last_name: str = ""
    full_name: str = ""
    phone_number: str = ""


class CodesAsked(msgspec.Struct, frozen=True):
    """Codes of discounts."""

    codes: list[str] = []


class SelectedAsked(msgspec.Struct, frozen=True):
    """A way of sending that was chosen."""

    option_id: str
    type: str = "shipping"
    item_ids: list[str] = []


class InterventionsAsked(msgspec.Struct, frozen=True):
    """What an agent can let its buyer do."""

    supported: list[str] = []


class CapabilitiesAsked(msgspec.Struct, frozen=True):
    """What an agent knows."""

    extensions: list[Any] | None = None
    interventions: InterventionsAsked | None = None


class SessionAsked(msgspec.Struct, frozen=True):
    """A session to be made or changed."""

    line_items: list[ItemAsked] | None = None
    currency: str | None = None
    capabilities: CapabilitiesAsked | None = None
    buyer: PersonAsked | None = None
    fulfillment_details: DetailsAsked | None = None
    selected_fulfillment_options: list[SelectedAsked] | None = None
    coupons: list[str] | None = None
    discounts: CodesAsked | None = None
    affiliate_attribution: dict[str, Any] | None = None
    locale: str | None = None
    timezone: str | None = None
    order_notes: str | None = None


class CredentialAsked(msgspec.Struct, frozen=True):
    """A token."""

    type: str
    token: str


class InstrumentAsked(msgspec.Struct, frozen=True):
    """What is paid with."""

    type: str
    credential: CredentialAsked


class PaymentAsked(msgspec.Struct, frozen=True):
    """How it is paid."""

    handler_id: str | None = None
    instrument: InstrumentAsked | None = None


class OutcomeAsked(msgspec.Struct, frozen=True):
    """What 3-D Secure came to."""

    three_ds_cryptogram: str
    electronic_commerce_indicator: str
    transaction_id: str
    version: str


class AuthenticationAsked(msgspec.Struct, frozen=True):
    """What became of the authentication that was asked for."""

    outcome: str
    outcome_details: OutcomeAsked | None = None


class CompleteAsked(msgspec.Struct, frozen=True):
    """A session to be paid."""

    payment_data: PaymentAsked
    buyer: PersonAsked | None = None
    authentication_result: AuthenticationAsked | None = None
    affiliate_attribution: dict[str, Any] | None = None
    order_notes: str | None = None


def read(body: bytes, kind: type[T]) -> T:
    """Decode a body; raises ``Refused``."""
    try:
        return msgspec.convert(_plain(_decoded(body or b"{}")), type=kind)
    except msgspec.ValidationError as error:
        reason, _, place = str(error).partition(" - at `")
        param = place.rstrip("`") or None
        missing = "missing required field" in reason
        raise Refused(400, "missing" if missing else "invalid", reason, param=param) from error


def fingerprint(body: bytes) -> bytes:
    """A SHA-256 of what a body says: the order of keys and 1.0 for 1 make no difference."""
    said = _plain(_decoded(body or b"null"))
    return hashlib.sha256(msgspec.json.encode(said, order="deterministic")).digest()


def _decoded(body: bytes) -> Any:  # noqa: ANN401 - JSON
    try:
        return msgspec.json.decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise Refused(400, "invalid", f"The body is no JSON: {error}.") from error


def wish_of(asked: SessionAsked) -> Wish:
    """What a session is to be; raises ``CheckoutInvalid`` and ``CurrencyUnknown``."""
    lines = asked.line_items
    details, person = asked.fulfillment_details, asked.buyer
    codes = asked.discounts.codes if asked.discounts is not None else asked.coupons
    chosen = asked.selected_fulfillment_options
    currency = asked.currency
    return Wish(
        units=None
        if lines is None
        else units_of([LineAsked(one.id, one.quantity) for one in lines]),
        currency=None if currency is None else Money(0, currency.upper()).currency,
        buyer=buyer_wished(person, details),
        address=place_of(details),
        rate_id=chosen[0].option_id if chosen else None,
        codes=codes,
        locale=None if asked.locale is None else asked.locale[:35],
        note=asked.order_notes,
    )


def buyer_wished(person: PersonAsked | None, details: DetailsAsked | None = None) -> Buyer | None:
    """Who buys, as far as it is said in either place."""
    email = (person.email if person else "") or (details.email if details else "")
    if person is None and not email:
        return None
    said = person or PersonAsked()
    first, _, last = said.full_name.partition(" ")
    phone = said.phone_number or (details.phone_number if details else "")
    return buyer_of(
        BuyerAsked(
            email=email,
            first_name=said.first_name or first,
            last_name=said.last_name or last,
            phone=phone,
        )
    )


def place_of(details: DetailsAsked | None) -> Address | None:
    """Where it goes."""
    if details is None or details.address is None:
        return None
    place = details.address
    region = _STATES.fullmatch(place.state)
    return address_of(
        AddressAsked(
            country=place.country,
            name=place.name or details.name,
            line_one=place.line_one,
            line_two=place.line_two,
            city=place.city,
            region=region["region"] if region else place.state,
            postal_code=place.postal_code,
        )
    )


def _plain(said: Any) -> Any:  # noqa: ANN401 - JSON
    if isinstance(said, float) and said.is_integer() and abs(said) < 2**53:
        return int(said)
    if isinstance(said, Mapping):
        return {name: _plain(value) for name, value in said.items()}
    return [_plain(one) for one in said] if isinstance(said, list) else said

"""What agents ask in the words of the Universal Commerce Protocol, read leniently."""

import msgspec

from matinee.commerce.acp.errors import Refused
from matinee.commerce.checkout.actions import Wish
from matinee.commerce.checkout.bodies import (
    AddressAsked,
    BuyerAsked,
    LineAsked,
    address_of,
    buyer_of,
    units_of,
)
from matinee.commerce.checkout.model import Buyer, Method


class ThingAsked(msgspec.Struct, frozen=True):
    """A variant."""

    id: str


class UnitsAsked(msgspec.Struct, frozen=True):
    """So many of it."""

    item: ThingAsked
    quantity: int = 1


class PersonAsked(msgspec.Struct, frozen=True):
    """Who buys."""

    email: str = ""
    first_name: str = ""
    last_name: str = ""
    phone_number: str = ""


class DestinationAsked(msgspec.Struct, frozen=True):
    """Where it goes."""

    address_country: str = ""
    street_address: str = ""
    extended_address: str = ""
    address_locality: str = ""
    address_region: str = ""
    postal_code: str = ""
    first_name: str = ""
    last_name: str = ""


class GroupAsked(msgspec.Struct, frozen=True):
    """How it is sent."""

    selected_option_id: str | None = None


class MethodAsked(msgspec.Struct, frozen=True):
    """Where it goes and how."""

    type: str = "shipping"
    destinations: list[DestinationAsked] = []
    groups: list[GroupAsked] = []


class FulfillmentAsked(msgspec.Struct, frozen=True):
    """The ways of sending."""

    methods: list[MethodAsked] = []


class CodesAsked(msgspec.Struct, frozen=True):
    """Codes."""

    codes: list[str] = []


class CredentialAsked(msgspec.Struct, frozen=True):
    """A token."""

    type: str
    token: str = ""


class InstrumentAsked(msgspec.Struct, frozen=True):
    """What is paid with."""

    handler_id: str
    type: str
    credential: CredentialAsked | None = None
    selected: bool = True


class PaymentAsked(msgspec.Struct, frozen=True):
    """How it is paid."""

    instruments: list[InstrumentAsked] = []


class CheckoutAsked(msgspec.Struct, frozen=True):
    """A checkout or cart to be made, changed or paid."""

    line_items: list[UnitsAsked] | None = None
    buyer: PersonAsked | None = None
    fulfillment: FulfillmentAsked | None = None
    discounts: CodesAsked | None = None
    payment: PaymentAsked | None = None


def wish_of(asked: CheckoutAsked) -> Wish:
    """What is wished for; raises ``CheckoutInvalid`` and ``Refused``."""
    if not asked.line_items:
        raise Refused(400, "missing", "line_items is needed.", param="$.line_items")
    methods = asked.fulfillment.methods if asked.fulfillment else []
    method = methods[0] if methods else MethodAsked()
    goal = next((one for one in method.destinations if one.address_country), None)
    chosen = next((one.selected_option_id for one in method.groups if one.selected_option_id), None)
    return Wish(
        units=units_of([LineAsked(one.item.id, one.quantity) for one in asked.line_items]),
        buyer=buyer_asked(asked.buyer),
        address=None
        if goal is None
        else address_of(
            AddressAsked(
                country=goal.address_country,
                name=f"{goal.first_name} {goal.last_name}".strip(),
                line_one=goal.street_address,
                line_two=goal.extended_address,
                city=goal.address_locality,
                region=goal.address_region,
                postal_code=goal.postal_code,
            )
        ),
        rate_id=chosen,
        codes=None if asked.discounts is None else asked.discounts.codes,
    )


def buyer_asked(person: PersonAsked | None) -> Buyer | None:
    """Who buys, if it is said."""
    if person is None:
        return None
    return buyer_of(
        BuyerAsked(person.email, person.first_name, person.last_name, person.phone_number)
    )


def method_of(asked: CheckoutAsked, handler_id: str) -> Method:
    """What it is paid with; raises ``Refused``."""
    path = "$.payment.instruments"
    chosen = [one for one in (asked.payment or PaymentAsked()).instruments if one.selected]
    if len(chosen) != 1 or chosen[0].credential is None or not chosen[0].credential.token:
        raise Refused(400, "missing", "Select one instrument with a token.", param=path)
    if chosen[0].handler_id != handler_id:
        text = f"This is paid through the handler {handler_id}."
        raise Refused(400, "invalid", text, param=path)
    return Method(kind="shared_token", token=chosen[0].credential.token[:200])

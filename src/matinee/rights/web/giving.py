"""Money over HTTP, as those see it who give it: tips, credits, subscriptions, commissions."""

from datetime import datetime
from typing import Annotated

import msgspec
from fastapi import APIRouter, Depends, Header
from starlette.responses import Response

from matinee import ledger
from matinee.kit.bodies import answer
from matinee.kit.db import Session
from matinee.kit.money import Money
from matinee.people import Visitor, access
from matinee.rights import accounts, earning, paying, store, subscribing
from matinee.rights.errors import AmountRefused, ChargeUnknown, FilmUnknown
from matinee.rights.model import PLATFORM, Charge, Purpose

from .desk import (
    Amount,
    Anyone,
    Body,
    Member,
    MoneyDesk,
    Payer,
    Price,
    amount_of,
    price_of,
    read_json,
)

Seller = Annotated[Visitor, Depends(access.with_role("seller"))]
Key = Annotated[str, Header(alias="Idempotency-Key", max_length=100)]
_METHOD_MAX = 100

# What those choose from who try the house without money (docs.stripe.com/testing).
_TEST_CARDS = ("pm_card_visa", "pm_card_mastercard", "pm_card_chargeDeclined")


class Gift(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Money for somebody: how much, and the provider's name for the card."""

    amount: Price
    method: str


class Beginning(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A subscription to a creator by id, or to the platform without one."""

    method: str
    creator: str | None = None


class Asking(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a creator asks a month; nothing any more without a price."""

    price: Price | None = None


class Sold(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sale elsewhere that a film led to: the seller's name for it, the film, its commission."""

    id: str
    film_id: str
    commission: Price
    method: str


class Returned(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A return of what was sold: the seller's name for it, and how much, or all that is left."""

    id: str
    amount: Price | None = None


class ChargeSaid(msgspec.Struct, frozen=True):
    """A charge and what became of it. With ``test`` nobody paid anything."""

    id: str
    purpose: str
    subject: str
    amount: Price
    state: str
    fault: str | None
    ordered_at: datetime
    test: bool


class TermsSaid(msgspec.Struct, frozen=True):
    """How money works here: what is taken, what it costs, and whether it is real."""

    test: bool
    currencies: list[str]
    fee_bps: int
    plan: Price | None
    film: Amount | None
    test_methods: list[str]


class SubscriptionSaid(msgspec.Struct, frozen=True):
    """Somebody's subscription; ``next_at`` is the next charge, or when it ends."""

    id: str
    creator: str | None
    price: Price
    state: str
    started_at: datetime
    next_at: datetime
    fault: str | None


class OfferSaid(msgspec.Struct, frozen=True):
    """What a creator asks a month, and whether the visitor pays it."""

    price: Price | None
    subscribed: bool


def giving_router(desk: MoneyDesk) -> APIRouter:
    """The routes of those who pay."""
    router = APIRouter()
    _add_charges(router, desk)
    _add_subscriptions(router, desk)
    _add_sales(router, desk)
    return router


def _add_charges(router: APIRouter, desk: MoneyDesk) -> None:
    @router.get("/payments/terms")
    def terms(_visitor: Anyone) -> Response:
        """Say how money works here."""
        treasury = desk.treasury
        return answer(
            TermsSaid(
                test=treasury.test,
                currencies=list(treasury.currencies),
                fee_bps=treasury.platform.fee_bps,
                plan=None if treasury.plan is None else price_of(treasury.plan),
                film=(
                    None
                    if treasury.platform.film_price is None
                    else amount_of(treasury.platform.film_price)
                ),
                test_methods=list(_TEST_CARDS) if treasury.test else [],
            )
        )

    @router.post("/films/{film_id}/tips")
    def tip(film_id: str, body: Body, visitor: Payer, key: Key) -> Response:
        """Tip a film; everybody who has a part in it gets their share."""
        gift = read_json(body, Gift)
        with desk.database.transaction() as session:
            if not desk.may_see(session, visitor, film_id):
                raise FilmUnknown(film_id)
            if film_id not in store.films_known(session, [film_id]):
                raise FilmUnknown(film_id)
            charge = _ordered(session, desk, visitor, "tip", film_id, key=key, gift=gift)
        return answer(_said(charge, desk), status=202)

    @router.post("/me/credits")
    def buy(body: Body, visitor: Payer, key: Key) -> Response:
        """Buy credits, which pay for films and for works that have a price."""
        gift = read_json(body, Gift)
        with desk.database.transaction() as session:
            charge = _ordered(
                session, desk, visitor, "credits", visitor.person.id, key=key, gift=gift
            )
        return answer(_said(charge, desk), status=202)

    @router.get("/me/credits")
    def credits_left(visitor: Member) -> Response:
        """Say what the visitor has paid ahead."""
        with desk.database.transaction() as session:
            held = earning.credits_of(session, visitor.person.id)
        return answer({"balances": [amount_of(one) for one in held.values()]})

    @router.get("/payments/{charge_id:path}")
    def payment(charge_id: str, visitor: Member) -> Response:
        """Say what became of a charge of the visitor's."""
        with desk.database.transaction() as session:
            charge = paying.charge_of(session, charge_id)
        if charge.payer != visitor.person.id:
            raise ChargeUnknown(charge_id)
        return answer(_said(charge, desk))


def _add_subscriptions(router: APIRouter, desk: MoneyDesk) -> None:
    @router.put("/me/offer")
    def ask(body: Body, visitor: Payer) -> Response:
        """Say what the visitor asks of their subscribers a month."""
        asked = read_json(body, Asking)
        price = None if asked.price is None else desk.treasury.chargeable(asked.price.money)
        with desk.database.transaction() as session:
            subscribing.set_offer(session, visitor.person.id, price, at=desk.clock.now())
            count = subscribing.subscriber_count(session, visitor.person.id)
        return answer({"price": asked.price, "subscribers": count})

    @router.get("/me/offer")
    def asked(visitor: Member) -> Response:
        """Say what the visitor asks a month, and how many pay it."""
        with desk.database.transaction() as session:
            price = subscribing.offer_of(session, visitor.person.id)
            count = subscribing.subscriber_count(session, visitor.person.id)
        return answer({"price": None if price is None else price_of(price), "subscribers": count})

    @router.get("/offers/{creator_id}")
    def offer(creator_id: str, visitor: Anyone) -> Response:
        """Say what a creator asks a month."""
        with desk.database.transaction() as session:
            price = subscribing.offer_of(session, creator_id)
            mine = (
                [] if visitor is None else subscribing.subscriptions_of(session, visitor.person.id)
            )
        return answer(
            OfferSaid(
                price=None if price is None else price_of(price),
                subscribed=any(one.creator == creator_id and one.state == "active" for one in mine),
            )
        )

    @router.post("/subscriptions")
    def subscribe(body: Body, visitor: Payer) -> Response:
        """Pay a creator, or for everything on the platform, each month from now on."""
        wish = read_json(body, Beginning)
        if wish.creator == visitor.person.id:
            raise AmountRefused("nobody subscribes to themselves")
        with desk.database.transaction() as session:
            made, charge = subscribing.subscribe(
                session,
                subscriber=visitor.person.id,
                creator=PLATFORM if wish.creator is None else wish.creator,
                price=desk.treasury.plan if wish.creator is None else None,
                method=_method(wish.method),
                ids=desk.ids,
                at=desk.clock.now(),
            )
            desk.jobs.submit(session, desk.charge, charge.id, job_id=f"charge/{charge.id}")
        return answer({**msgspec.to_builtins(_subscribed(made)), "payment": charge.id}, status=201)

    @router.get("/me/subscriptions")
    def subscriptions(visitor: Member) -> Response:
        """List what the visitor pays for each month."""
        with desk.database.transaction() as session:
            mine = subscribing.subscriptions_of(session, visitor.person.id)
        return answer({"subscriptions": [_subscribed(one) for one in mine]})

    @router.delete("/subscriptions/{subscription_id}")
    def cancel(subscription_id: str, visitor: Member) -> Response:
        """Charge nothing more; what is paid for lasts until it ends."""
        with desk.database.transaction() as session:
            made = subscribing.cancel(session, subscription_id, subscriber=visitor.person.id)
        return answer(_subscribed(made))


def _add_sales(router: APIRouter, desk: MoneyDesk) -> None:
    @router.post("/commissions")
    def sold(body: Body, visitor: Seller) -> Response:
        """Pay the commission of a sale that a film led to; the seller's card is charged."""
        sale = read_json(body, Sold)
        with desk.database.transaction() as session:
            if sale.film_id not in store.films_known(session, [sale.film_id]):
                raise FilmUnknown(sale.film_id)
            charge = _ordered(
                session,
                desk,
                visitor,
                "commission",
                sale.film_id,
                key=sale.id,
                gift=Gift(sale.commission, sale.method),
            )
        return answer(_said(charge, desk), status=202)

    @router.post("/commissions/{sale_id}/refunds")
    def returned(sale_id: str, body: Body, visitor: Seller) -> Response:
        """Take a commission back because what was sold came back, in part or whole.

        The seller's card is refunded, and everybody who had a share of it gives it back.
        """
        wish = read_json(body, Returned)
        charge_id = _name("commission", visitor, sale_id)
        amount = None if wish.amount is None else wish.amount.money
        with desk.database.transaction() as session:
            charge = paying.charge_of(session, charge_id)
        refund = paying.give_back(
            desk.database,
            desk.treasury.payments,
            charge_id,
            key=f"{charge.id}/{_checked(wish.id)}",
            amount=amount,
        )
        return answer({"id": wish.id, "refund": refund, "test": desk.treasury.test}, status=202)

    @router.get("/commissions/{sale_id}")
    def sale(sale_id: str, visitor: Seller) -> Response:
        """Say what became of the commission of a sale."""
        charge_id = _name("commission", visitor, sale_id)
        with desk.database.transaction() as session:
            charge = paying.charge_of(session, charge_id)
            back = accounts.taken_back_of_charge(session, charge_id)
        said = msgspec.to_builtins(_said(charge, desk))
        returned = price_of(Money(back, charge.amount.currency))
        return answer({**said, "id": sale_id, "returned": returned})


def _ordered(
    session: Session,
    desk: MoneyDesk,
    visitor: Visitor,
    purpose: Purpose,
    subject: str,
    *,
    key: str,
    gift: Gift,
) -> Charge:
    """Write down that a visitor is to pay and have it done; the same again is the same charge."""
    charge = Charge(
        _name(purpose, visitor, key),
        purpose,
        subject,
        visitor.person.id,
        desk.treasury.chargeable(gift.amount.money),
        _method(gift.method),
        desk.clock.now(),
    )
    if paying.order_charge(session, charge):
        desk.jobs.submit(session, desk.charge, charge.id, job_id=f"charge/{charge.id}")
        return charge
    before = paying.charge_of(session, charge.id)
    same = (before.subject, before.amount, before.method)
    if same != (charge.subject, charge.amount, charge.method):
        raise ledger.KeyReused(key)
    return before


def _name(purpose: Purpose, visitor: Visitor, key: str) -> str:
    return f"{purpose}/{visitor.person.id}/{_checked(key)}"


def _checked(key: str) -> str:
    if not 0 < len(key) <= _METHOD_MAX or not key.isascii() or not key.isprintable():
        raise AmountRefused("its name needs 1 to 100 printable ASCII characters")
    return key


def _method(said: str) -> str:
    if not 0 < len(said) <= _METHOD_MAX or not said.isascii() or not said.isprintable():
        raise AmountRefused("the card needs the name that the payment provider gave it")
    return said


def _said(charge: Charge, desk: MoneyDesk) -> ChargeSaid:
    return ChargeSaid(
        charge.id,
        charge.purpose,
        charge.subject,
        price_of(charge.amount),
        charge.state,
        charge.fault,
        charge.ordered_at,
        desk.treasury.test,
    )


def _subscribed(one: subscribing.Subscription) -> SubscriptionSaid:
    return SubscriptionSaid(
        one.id,
        None if one.creator == PLATFORM else one.creator,
        price_of(one.price),
        one.state,
        one.started_at,
        one.next_at,
        one.fault,
    )

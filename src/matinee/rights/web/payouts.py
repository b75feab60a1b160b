"""Payouts over HTTP: what is owed, where it goes, when, and asking for it."""

from datetime import datetime

import msgspec
from fastapi import APIRouter
from starlette.responses import Response

from matinee.kit.bodies import answer
from matinee.people import Visitor
from matinee.rights import paying, payouts
from matinee.rights.errors import PayoutRefused, TermsInvalid
from matinee.rights.model import Payout
from matinee.rights.payouts import Schedule, TaxForm, TaxFormKind

from .desk import Amount, Body, Member, MoneyDesk, Payer, Price, amount_of, price_of, read_json

_COUNTRY_LETTERS = 2


class Where(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """In which country somebody's bank is (ISO 3166-1 alpha-2)."""

    country: str


class When(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When somebody is paid."""

    schedule: Schedule


class HowMuch(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A payout that is asked for now."""

    amount: Price


class Declared(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A tax form, signed by sending it."""

    kind: TaxFormKind
    legal_name: str
    country: str
    address: str
    tax_number: str


class PayoutSaid(msgspec.Struct, frozen=True):
    """A payout: what, when, and what became of it."""

    id: str
    amount: Price
    state: str
    fault: str | None
    ordered_at: datetime


class PayeeSaid(msgspec.Struct, frozen=True):
    """What of a first payout is done, and when payouts are made."""

    account: bool
    ready: bool
    tax_form: bool
    schedule: str
    country: str | None


class EarningsSaid(msgspec.Struct, frozen=True):
    """What somebody is owed in each currency (less than zero: owes), and their payouts."""

    balances: list[Amount]
    payable: list[Price]
    minimums: list[Price]
    payee: PayeeSaid
    payouts: list[PayoutSaid]
    test: bool


def payout_router(desk: MoneyDesk) -> APIRouter:
    """The routes of those who are paid."""
    router = APIRouter()
    _add_looks(router, desk)
    _add_steps(router, desk)
    return router


def _add_looks(router: APIRouter, desk: MoneyDesk) -> None:
    @router.get("/me/earnings")
    def earnings(visitor: Member) -> Response:
        """Say what the visitor is owed, what is missing, and which payouts were made."""
        return answer(_told(desk, visitor))

    @router.post("/me/payouts")
    def ask(body: Body, visitor: Payer) -> Response:
        """Ask for a payout now."""
        asked = read_json(body, HowMuch)
        _look_again(desk, visitor)
        with desk.database.transaction() as session:
            made = payouts.ask(
                session,
                visitor.person.id,
                asked.amount.money,
                desk.treasury,
                ids=desk.ids,
                at=desk.clock.now(),
            )
        return answer(_said(made), status=202)


def _add_steps(router: APIRouter, desk: MoneyDesk) -> None:
    @router.post("/me/payouts/account")
    def account(body: Body, visitor: Payer) -> Response:
        """Begin or go on with the account at the payment provider; the page where that is done."""
        where = read_json(body, Where)
        if len(where.country) != _COUNTRY_LETTERS or not where.country.isupper():
            raise TermsInvalid("country", "it needs two capital letters, such as DE")
        payee = payouts.open_account(
            desk.database,
            desk.treasury.payments,
            visitor.person.id,
            country=where.country,
            email=visitor.person.email if visitor.person.email_verified else None,
        )
        page = f"{desk.public_url}/rights/payouts"
        url = desk.treasury.payments.onboarding_url(
            account=payee.destination, back=page, again=page
        )
        return answer({"url": url, "test": desk.treasury.test}, status=201)

    @router.put("/me/payouts/tax-form")
    def tax_form(body: Body, visitor: Payer) -> Response:
        """Put a tax form on file; the first payout needs it."""
        said = read_json(body, Declared)
        form = TaxForm(
            visitor.person.id,
            said.kind,
            said.legal_name.strip(),
            said.country,
            said.address.strip(),
            said.tax_number.strip(),
            desk.clock.now(),
        )
        with desk.database.transaction() as session:
            payouts.file_tax_form(session, form)
        return answer({"kind": form.kind, "signed_at": form.signed_at})

    @router.put("/me/payouts/schedule")
    def schedule(body: Body, visitor: Payer) -> Response:
        """Say when payouts are made."""
        wish = read_json(body, When)
        with desk.database.transaction() as session:
            payouts.set_schedule(session, visitor.person.id, wish.schedule)
        return answer({"schedule": wish.schedule})


def _look_again(desk: MoneyDesk, visitor: Visitor) -> None:
    """Ask the provider about an account that was not ready when we last looked."""
    with desk.database.transaction() as session:
        payee = payouts.payee_of(session, visitor.person.id)
    if payee is None:
        raise PayoutRefused("account", "you have no account at the payment provider yet")
    if not payee.ready:
        payouts.look_again(desk.database, desk.treasury.payments, payee)


def _told(desk: MoneyDesk, visitor: Visitor) -> EarningsSaid:
    party = visitor.person.id
    with desk.database.transaction() as session:
        payee = payouts.payee_of(session, party)
    if payee is not None and not payee.ready:
        payee = payouts.look_again(desk.database, desk.treasury.payments, payee)
    with desk.database.transaction() as session:
        owed = payouts.owed_to(session, party)
        payable = payouts.payable_now(session, party)
        made = paying.payouts_of(session, party)
        form = payouts.tax_form_of(session, party)
    return EarningsSaid(
        balances=[amount_of(one) for one in owed],
        payable=[price_of(one) for one in payable],
        minimums=[price_of(one) for one in desk.treasury.minimums],
        payee=PayeeSaid(
            account=payee is not None,
            ready=payee is not None and payee.ready,
            tax_form=form is not None,
            schedule="monthly" if payee is None else payee.schedule,
            country=None if payee is None else payee.country,
        ),
        payouts=[_said(one) for one in made],
        test=desk.treasury.test,
    )


def _said(one: Payout) -> PayoutSaid:
    return PayoutSaid(one.id, price_of(one.amount), one.state, one.fault, one.ordered_at)

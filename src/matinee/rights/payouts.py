"""Payouts: who can be paid, when, how much, and what is missing before the first one.

account at the provider ▶ tax form on file ▶ schedule ▶ a payout of whole units, from a least one.
What is below the least stays owed; a balance below zero is filled by what is earned next before
anything is paid out again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal, TypeAlias, get_args

from sqlalchemy import text

from matinee import ledger
from matinee.kit.clock import Clock
from matinee.kit.db import Database, Session
from matinee.kit.ids import Ids
from matinee.kit.money import MicroMoney, Money

from . import paying
from .errors import (
    PayeeUnknown,
    PaymentDeclined,
    PaymentsUnavailable,
    PayoutRefused,
    PayoutTooLarge,
    TermsInvalid,
)
from .model import EARNINGS, Payments, Payout
from .treasury import Treasury

Schedule: TypeAlias = Literal["monthly", "weekly", "manual"]
TaxFormKind: TypeAlias = Literal["w9", "w8ben", "w8bene", "dac7"]
_LENGTHS = {"legal_name": 200, "address": 500, "tax_number": 40}
_COUNTRY_LETTERS = 2


@dataclass(frozen=True, slots=True)
class Payee:
    """Where a party's money goes and when; ``ready`` is whether the provider takes it."""

    party: str
    destination: str
    country: str | None
    schedule: Schedule
    ready: bool
    tax_form: bool


@dataclass(frozen=True, slots=True)
class TaxForm:
    """What somebody declares about their taxes, signed by sending it.

    ``kind`` is W-9 for people of the United States, W-8BEN for others and W-8BEN-E for their
    companies, or what DAC7 asks of sellers in the European Union. Raises ``TermsInvalid``.
    """

    party: str
    kind: TaxFormKind
    legal_name: str
    country: str
    address: str
    tax_number: str
    signed_at: datetime

    def __post_init__(self) -> None:
        """Check the form of everything."""
        if self.kind not in get_args(TaxFormKind):
            raise TermsInvalid(
                "kind", f"{self.kind!r} is none of {', '.join(get_args(TaxFormKind))}"
            )
        if len(self.country) != _COUNTRY_LETTERS or not self.country.isupper():
            raise TermsInvalid("country", "it needs two capital letters, such as DE")
        for name, most in _LENGTHS.items():
            if not 0 < len(getattr(self, name).strip()) <= most:
                raise TermsInvalid(name, f"it needs 1 to {most} characters")


def payee_of(session: Session, party: str) -> Payee | None:
    """Where a party's money goes, if they have said so."""
    row = session.execute(
        text(
            "select p.*, exists (select from rights.tax_form t where t.party = p.party) as form"
            " from rights.payee p where party = :party"
        ),
        {"party": party},
    ).first()
    return None if row is None else _payee(row)


def open_account(
    database: Database, payments: Payments, party: str, *, country: str, email: str | None
) -> Payee:
    """Open somebody's account at the provider, once; asks the provider outside a transaction."""
    with database.transaction() as session:
        known = payee_of(session, party)
    if known is not None:
        return known
    account = payments.open_account(key=f"payee/{party}", country=country, email=email)
    with database.transaction() as session:
        session.execute(
            text(
                "insert into rights.payee (party, destination, tax_form_on_file, country, ready)"
                " values (:party, :account, exists (select from rights.tax_form where"
                " party = :party), :country, false) on conflict do nothing"
            ),
            {"party": party, "account": account, "country": country},
        )
        made = payee_of(session, party)
    assert made is not None, "it was kept a moment ago"
    return made


def look_again(database: Database, payments: Payments, payee: Payee) -> Payee:
    """Ask the provider whether an account can be paid now, and keep what it says."""
    try:
        ready = payments.account_ready(payee.destination)
    except PaymentDeclined:
        ready = False  # the account is closed
    except PaymentsUnavailable:
        return payee
    with database.transaction() as session:
        session.execute(
            text("update rights.payee set ready = :ready where party = :party"),
            {"ready": ready, "party": payee.party},
        )
        again = payee_of(session, payee.party)
    assert again is not None, "payees are never deleted"
    return again


def set_schedule(session: Session, party: str, schedule: Schedule) -> None:
    """Say when a party is paid: each month, each week, or only when they ask.

    Raises ``PayeeUnknown``.
    """
    if schedule not in get_args(Schedule):
        raise TermsInvalid("schedule", f"{schedule!r} is none of {', '.join(get_args(Schedule))}")
    found = session.execute(
        text("update rights.payee set schedule = :schedule where party = :party"),
        {"schedule": schedule, "party": party},
    )
    if found.rowcount == 0:
        raise PayeeUnknown(party)


def file_tax_form(session: Session, form: TaxForm) -> None:
    """Keep a party's tax form, in place of an earlier one."""
    session.execute(
        text(
            "insert into rights.tax_form values (:party, :kind, :name, :country, :address, :number,"
            " :at) on conflict (party) do update set kind = excluded.kind,"
            " legal_name = excluded.legal_name, country = excluded.country,"
            " address = excluded.address, tax_number = excluded.tax_number,"
            " signed_at = excluded.signed_at"
        ),
        {
            "party": form.party,
            "kind": form.kind,
            "name": form.legal_name,
            "country": form.country,
            "address": form.address,
            "number": form.tax_number,
            "at": form.signed_at,
        },
    )
    session.execute(
        text("update rights.payee set tax_form_on_file = true where party = :party"),
        {"party": form.party},
    )


def tax_form_of(session: Session, party: str) -> TaxForm | None:
    """A party's tax form on file."""
    row = session.execute(
        text("select * from rights.tax_form where party = :party"), {"party": party}
    ).first()
    return None if row is None else TaxForm(*row)


def payable_now(session: Session, party: str) -> list[Money]:
    """What could be paid out to a party: whole units of each currency, nothing below zero."""
    return [max(Money(0, one.currency), one.payable()[0]) for one in owed_to(session, party)]


def ask(
    session: Session,
    party: str,
    amount: Money,
    treasury: Treasury,
    *,
    ids: Ids,
    at: datetime,
) -> Payout:
    """Order a payout of an amount now.

    Raises ``PayoutRefused`` (the account or the tax form is missing, the amount is below the least,
    another payout is on its way) and ``PayoutTooLarge``.
    """
    payee = payee_of(session, party)
    if payee is None or not payee.ready:
        raise PayoutRefused("account", "your account at the payment provider is not finished")
    if not payee.tax_form:
        raise PayoutRefused("tax_form", "your tax form is not on file")
    least = next((one for one in treasury.minimums if one.currency == amount.currency), None)
    owed = ledger.Account(EARNINGS, party, amount.currency)
    if owed not in ledger.accounts_owned(session, party):
        raise PayoutTooLarge(str(amount.micros), str(Money(0, amount.currency).micros))
    payable, _ = ledger.locked_balance(session, owed, at=at).payable()
    if amount.minor > payable.minor:
        raise PayoutTooLarge(
            str(amount.micros), str(max(payable, Money(0, payable.currency)).micros)
        )
    if least is None or amount < least or amount.minor <= 0:
        said = "it is not paid out here" if least is None else f"the least is {least.micros}"
        raise PayoutRefused("minimum", f"{amount.micros} is asked for and {said}")
    payout = paying.order_payout(
        session, Payout(ids.new("payout"), party, payee.destination, amount, at), at=at
    )
    if payout is None:
        raise PayoutRefused("on_its_way", "another payout is on its way")
    return payout


def run(
    database: Database,
    treasury: Treasury,
    *,
    clock: Clock,
    ids: Ids,
    everybody: bool = False,
) -> list[Payout]:
    """Order the payouts that are due today, or everybody's, and send them; those that ended.

    Weekly payouts are due on Mondays, monthly ones on the first. Whoever's account cannot take
    money is left out, and tried again next time.
    """
    today = clock.now().astimezone(UTC)
    due = {"monthly"} if today.day == 1 else set()
    due |= {"weekly"} if today.weekday() == 0 else set()
    with database.transaction() as session:
        waiting = _due(session, sorted(get_args(Schedule) if everybody else due))
    for party in waiting:
        with database.transaction() as session:
            paying.order_payouts(session, treasury.minimums, ids=ids, at=clock.now(), party=party)
    return paying.carry_out_payouts(database, treasury.payments, clock)


def _due(session: Session, schedules: Sequence[str]) -> list[str]:
    rows = session.execute(
        text(
            "select party from rights.payee where ready and tax_form_on_file"
            " and schedule = any(:schedules) order by party"
        ),
        {"schedules": list(schedules)},
    )
    return list(rows.scalars())


def owed_to(session: Session, party: str) -> list[MicroMoney]:
    """What a party is owed in each currency; below zero is what they owe."""
    owed = [one for one in ledger.accounts_owned(session, party) if one.kind == EARNINGS]
    return list(ledger.balances(session, owed).values())


def _payee(row: Any) -> Payee:  # noqa: ANN401 - a row of the query above
    return Payee(
        party=row.party,
        destination=row.destination,
        country=row.country,
        schedule=row.schedule,
        ready=row.ready,
        tax_form=row.form,
    )


@dataclass(frozen=True, slots=True)
class Waiting:
    """A party that is to be paid: what they are owed, and what their first payout lacks."""

    party: str
    owed: tuple[str, ...]
    lacks: str


def waiting(session: Session) -> list[Waiting]:
    """Everybody who said where their money goes, with what they are owed and what is missing."""
    rows = session.execute(
        text(
            "select p.*, exists (select from rights.tax_form t where t.party = p.party) as form"
            " from rights.payee p order by party"
        )
    ).all()
    return [
        Waiting(
            one.party,
            tuple(str(held) for held in owed_to(session, one.party)),
            " and ".join(
                said
                for said, there in (("account", one.ready), ("tax form", one.tax_form))
                if not there
            ),
        )
        for one in (_payee(row) for row in rows)
    ]

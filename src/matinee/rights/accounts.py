"""The tables of money that comes in and goes out: revenue, shares, charges, payouts."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from sqlalchemy import Row, text

from matinee.kit.db import Session
from matinee.kit.money import MicroMoney, Money

from .errors import PayeeUnknown, RevenueUnknown
from .model import Charge, Payout, Revenue
from .splits import Share, Split

_CHARGE = (
    "select id, purpose, subject, payer, minor, currency, method, ordered_at, state, provider_id,"
    " fault from rights.charge"
)
_PAYOUT = (
    "select id, party, destination, minor, currency, ordered_at, state, provider_id, fault"
    " from rights.payout"
)


def known_revenue(session: Session, ids: Sequence[str]) -> dict[str, tuple[str, MicroMoney]]:
    """Film and amount of those of these that were booked before."""
    rows = session.execute(
        text("select id, film_id, micro, currency from rights.revenue where id = any(:ids)"),
        {"ids": list(ids)},
    )
    return {row.id: (row.film_id, MicroMoney(row.micro, row.currency)) for row in rows}


def add_revenue(session: Session, earned: Sequence[tuple[Revenue, Split, dict[str, int]]]) -> None:
    """Keep what was earned and who got it.

    The last of each is what licences with limits had counted, in the currency of their limits.
    """
    session.execute(
        text(
            "insert into rights.revenue (id, kind, film_id, micro, currency, scaled, basis,"
            " happened_at) values (:id, :kind, :film, :micro, :currency, :scaled, :basis, :at)"
        ),
        [
            {
                "id": revenue.id,
                "kind": revenue.kind,
                "film": revenue.film_id,
                "micro": revenue.amount.micro,
                "currency": revenue.amount.currency,
                "scaled": sorted(split.scaled),
                "basis": split.basis,
                "at": revenue.happened_at,
            }
            for revenue, split, _ in earned
        ],
    )
    session.execute(
        text(
            "insert into rights.share (revenue_id, place, party, micro, cause, of, counted_micro)"
            " values (:id, :place, :party, :micro, :cause, :of, :counted)"
        ),
        [
            {
                "id": revenue.id,
                "place": place,
                "party": share.party,
                "micro": share.micro,
                "cause": share.cause,
                "of": share.of,
                # Counted once for a licence, with the first of its owners.
                "counted": counted.pop(share.of, None)
                if share.cause in {"licence", "inherited"}
                else None,
            }
            for revenue, split, counted in ((one, two, dict(three)) for one, two, three in earned)
            for place, share in enumerate(split.shares)
        ],
    )


def shares_of(session: Session, revenue_id: str) -> list[Share]:
    """Who got what of one revenue, and why."""
    rows = session.execute(
        text(
            "select party, micro, cause, of from rights.share where revenue_id = :id order by place"
        ),
        {"id": revenue_id},
    )
    return [Share(*row) for row in rows]


def take_back(session: Session, revenue_id: str, micro: int) -> tuple[str, int, int]:
    """Note that a part was taken back (put back if negative).

    The film, the whole amount and what had been taken back before; raises ``RevenueUnknown``.
    """
    row = session.execute(
        text(
            "update rights.revenue set taken_back_micro = taken_back_micro + :micro"
            " where id = :id returning film_id, micro, taken_back_micro - :micro as before"
        ),
        {"id": revenue_id, "micro": micro},
    ).first()
    if row is None:
        raise RevenueUnknown(revenue_id)
    return row.film_id, row.micro, row.before


def revenue_amount(session: Session, revenue_id: str) -> tuple[MicroMoney, int]:
    """The amount, and how many micro-units were taken back; locks it. Raises ``RevenueUnknown``."""
    row = session.execute(
        text(
            "select micro, currency, taken_back_micro from rights.revenue where id = :id for update"
        ),
        {"id": revenue_id},
    ).first()
    if row is None:
        raise RevenueUnknown(revenue_id)
    return MicroMoney(row.micro, row.currency), row.taken_back_micro


def counted(session: Session, revenue_id: str) -> dict[str, int]:
    """What this revenue counted towards the limits of licences."""
    rows = session.execute(
        text(
            "select of, counted_micro from rights.share"
            " where revenue_id = :id and counted_micro is not null"
        ),
        {"id": revenue_id},
    )
    return {row.of: int(row.counted_micro) for row in rows}


def add_charge(session: Session, charge: Charge) -> bool:
    """Keep an ordered charge; whether it is new."""
    added = session.execute(
        text(
            "insert into rights.charge (id, purpose, subject, payer, minor, currency, method,"
            " ordered_at) values (:id, :purpose, :subject, :payer, :minor, :currency, :method, :at)"
            " on conflict do nothing"
        ),
        {
            "id": charge.id,
            "purpose": charge.purpose,
            "subject": charge.subject,
            "payer": charge.payer,
            "minor": charge.amount.minor,
            "currency": charge.amount.currency,
            "method": charge.method,
            "at": charge.ordered_at,
        },
    )
    return added.rowcount > 0


def charge_by_id(session: Session, charge_id: str) -> Charge | None:
    """A charge, locked until the transaction ends."""
    row = session.execute(text(_CHARGE + " where id = :id for update"), {"id": charge_id}).first()
    return None if row is None else _charge(row)


def charge_of_provider(session: Session, provider_id: str) -> Charge | None:
    """The charge that the provider knows by this id, locked."""
    row = session.execute(
        text(_CHARGE + " where provider_id = :id for update"), {"id": provider_id}
    ).first()
    return None if row is None else _charge(row)


def ordered_charges(session: Session, *, most: int, only: str | None = None) -> list[Charge]:
    """Charges that nobody carried out yet, the oldest first; or only one of them.

    Those that were paid and could not be booked come last.
    """
    rows = session.execute(
        text(
            _CHARGE + " where state = 'ordered' and (cast(:only as text) is null or id = :only)"
            " order by provider_id is not null, ordered_at, id limit :most"
        ),
        {"most": most, "only": only},
    )
    return [_charge(row) for row in rows]


def end_charge(
    session: Session, charge_id: str, *, provider_id: str | None, fault: str | None, at: datetime
) -> bool:
    """Note what became of a charge; whether it was still open."""
    state = "declined" if provider_id is None else "paid"
    return _ended(session, "charge", charge_id, state, provider_id=provider_id, fault=fault, at=at)


def note_paid(session: Session, charge_id: str, provider_id: str) -> None:
    """Note that an open charge was paid; it stays open until it is booked."""
    session.execute(
        text(
            "update rights.charge set provider_id = :provider where id = :id and state = 'ordered'"
        ),
        {"id": charge_id, "provider": provider_id},
    )


def set_payee(session: Session, party: str, destination: str, *, tax_form_on_file: bool) -> None:
    """Note where a party's money goes."""
    session.execute(
        text(
            "insert into rights.payee values (:party, :destination, :tax)"
            " on conflict (party) do update set destination = excluded.destination,"
            " tax_form_on_file = excluded.tax_form_on_file"
        ),
        {"party": party, "destination": destination, "tax": tax_form_on_file},
    )


def payees(session: Session, party: str | None = None) -> list[tuple[str, str]]:
    """Party and destination of everybody who can be paid; raises ``PayeeUnknown`` for the one."""
    rows = session.execute(
        text(
            "select party, destination from rights.payee where tax_form_on_file"
            " and (cast(:party as text) is null or party = :party) order by party"
        ),
        {"party": party},
    ).all()
    if party is not None and not rows:
        raise PayeeUnknown(party)
    return [(row.party, row.destination) for row in rows]


def add_payout(session: Session, payout: Payout) -> bool:
    """Keep an ordered payout; False if one in this currency is on its way already."""
    added = session.execute(
        text(
            "insert into rights.payout (id, party, destination, minor, currency, ordered_at)"
            " values (:id, :party, :destination, :minor, :currency, :at) on conflict do nothing"
        ),
        {
            "id": payout.id,
            "party": payout.party,
            "destination": payout.destination,
            "minor": payout.amount.minor,
            "currency": payout.amount.currency,
            "at": payout.ordered_at,
        },
    )
    return added.rowcount > 0


def ordered_payouts(session: Session, *, most: int) -> list[Payout]:
    """Payouts that nobody sent yet, the oldest first."""
    rows = session.execute(
        text(_PAYOUT + " where state = 'ordered' order by ordered_at, id limit :most"),
        {"most": most},
    )
    return [_payout(row) for row in rows]


def payouts_of(session: Session, party: str) -> list[Payout]:
    """Every payout to a party, the newest first."""
    rows = session.execute(
        text(_PAYOUT + " where party = :party order by ordered_at desc, id desc"), {"party": party}
    )
    return [_payout(row) for row in rows]


def end_payout(
    session: Session, payout_id: str, *, provider_id: str | None, fault: str | None, at: datetime
) -> bool:
    """Note what became of a payout; whether it was still open."""
    state = "failed" if provider_id is None else "sent"
    return _ended(session, "payout", payout_id, state, provider_id=provider_id, fault=fault, at=at)


def payout_of_provider(session: Session, provider_id: str) -> tuple[Payout, int] | None:
    """The payout that the provider knows by this id, and what came back of it; locked."""
    row = session.execute(
        text(
            "select id, party, destination, minor, currency, ordered_at, state, provider_id, fault,"
            " returned_minor from rights.payout where provider_id = :id for update"
        ),
        {"id": provider_id},
    ).first()
    return None if row is None else (_payout(row), row.returned_minor)


def note_returned(session: Session, payout_id: str, minor: int, fault: str) -> None:
    """Note that the provider sent a part of a payout back, or all of it."""
    session.execute(
        text(
            "update rights.payout set returned_minor = returned_minor + :minor, fault = :fault,"
            " state = case when returned_minor + :minor = minor then 'failed' else state end"
            " where id = :id"
        ),
        {"id": payout_id, "minor": minor, "fault": fault},
    )


def taken_back_of_charge(session: Session, charge_id: str) -> int:
    """How many minor units of a charge went back so far."""
    return int(
        session.execute(
            text("select taken_back_minor from rights.charge where id = :id"), {"id": charge_id}
        ).scalar_one()
    )


def note_taken_back(session: Session, charge_id: str, minor: int) -> None:
    """Note that a part of a charge went back."""
    session.execute(
        text(
            "update rights.charge set taken_back_minor = taken_back_minor + :minor where id = :id"
        ),
        {"id": charge_id, "minor": minor},
    )


def _ended(
    session: Session,
    what: Literal["charge", "payout"],
    name: str,
    state: str,
    *,
    provider_id: str | None,
    fault: str | None,
    at: datetime,
) -> bool:
    ended = session.execute(
        text(
            f"update rights.{what} set state = :state, provider_id = :provider, fault = :fault,"  # noqa: S608 - one of two names
            " ended_at = :at where id = :id and state = 'ordered'"
        ),
        {"id": name, "state": state, "provider": provider_id, "fault": fault, "at": at},
    )
    return ended.rowcount > 0


def heard_first(session: Session, event_id: str, kind: str, *, at: datetime) -> bool:
    """Note an event of the provider; False if it was told before."""
    added = session.execute(
        text(
            "insert into rights.heard (event_id, kind, heard_at) values (:id, :kind, :at)"
            " on conflict do nothing"
        ),
        {"id": event_id, "kind": kind, "at": at},
    )
    return added.rowcount > 0


def _charge(row: Row[tuple[object, ...]]) -> Charge:
    return Charge(
        id=row.id,
        purpose=row.purpose,
        subject=row.subject,
        payer=row.payer,
        amount=Money(row.minor, row.currency),
        method=row.method,
        ordered_at=row.ordered_at,
        state=row.state,
        provider_id=row.provider_id,
        fault=row.fault,
    )


def _payout(row: Row[tuple[object, ...]]) -> Payout:
    return Payout(
        id=row.id,
        party=row.party,
        destination=row.destination,
        amount=Money(row.minor, row.currency),
        ordered_at=row.ordered_at,
        state=row.state,
        provider_id=row.provider_id,
        fault=row.fault,
    )

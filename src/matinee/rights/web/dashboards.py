"""Dashboards over HTTP: what somebody earned, and every figure down to its entries."""

import base64
import binascii
from datetime import UTC, date, datetime, timedelta
from typing import Annotated

import msgspec
from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from matinee.kit.bodies import answer
from matinee.kit.money import MicroMoney
from matinee.rights import dashboards
from matinee.rights.dashboards import Filter, Part
from matinee.rights.errors import PeriodInvalid, RequestUnreadable

from .desk import Amount, Member, MoneyDesk, amount_of, period_of

DAYS_MAX = 400
_DAYS = 30
_PAGE = 50


class Asked(msgspec.Struct, frozen=True):
    """Which money is looked at; a filter that is absent lets everything through."""

    since: str | None = None
    until: str | None = None
    currency: str | None = None
    film: str | None = None
    work: str | None = None
    generation: int | None = None
    kind: str | None = None


class DaySaid(msgspec.Struct, frozen=True):
    """A day (UTC): what came in and what went back, in micro-units."""

    day: date
    earned_micro: int
    back_micro: int


class FigureSaid(msgspec.Struct, frozen=True):
    """What one film, work, generation or kind earned; ``of`` is the filter for its entries."""

    of: str
    title: str
    amount: Amount
    entries: int


class BoardSaid(msgspec.Struct, frozen=True):
    """A dashboard: days that have entries, and figures by film, work, generation and kind."""

    since: date
    until: date
    currency: str
    currencies: list[str]
    total: Amount
    entries: int
    days: list[DaySaid]
    films: list[FigureSaid]
    works: list[FigureSaid]
    generations: list[FigureSaid]
    kinds: list[FigureSaid]
    test: bool


class PartSaid(msgspec.Struct, frozen=True):
    """One entry's part: when, from which film and why."""

    occasion: str
    journal: str
    film: str
    film_title: str
    work: str | None
    kind: str
    cause: str
    generation: int
    amount: Amount
    happened_at: datetime


class EntrySaid(msgspec.Struct, frozen=True):
    """An entry as it stands in the books."""

    journal: str
    reason: str
    amount: Amount
    effective_at: datetime
    booked_at: datetime


class OccasionSaid(msgspec.Struct, frozen=True):
    """One occasion: all that came in, what was taken back, the visitor's parts and entries."""

    id: str
    kind: str
    whole: Amount
    taken_back: Amount
    happened_at: datetime
    parts: list[PartSaid]
    entries: list[EntrySaid]


def asked(  # noqa: PLR0917 - each is a parameter of the query
    since: str | None = None,
    until: str | None = None,
    currency: str | None = None,
    film: Annotated[str | None, Query(max_length=100)] = None,
    work: Annotated[str | None, Query(max_length=100)] = None,
    generation: Annotated[int | None, Query(ge=0, le=30)] = None,
    kind: Annotated[str | None, Query(max_length=40)] = None,
) -> Asked:
    """Read the parameters that every view of a dashboard takes."""
    return Asked(since, until, currency, film, work, generation, kind)


Wanted = Annotated[Asked, Depends(asked)]


def dashboard_router(desk: MoneyDesk) -> APIRouter:
    """The routes of those who look at what they earned."""
    router = APIRouter()

    @router.get("/me/dashboard")
    def board(visitor: Member, wanted: Wanted) -> Response:
        """Sum up a period, thirty days unless said, from several sides."""
        with desk.database.transaction() as session:
            known = dashboards.currencies(session, visitor.person.id)
            of = _filter(desk, visitor.person.id, wanted, known)
            seen = {side: dashboards.figures(session, of, side) for side in dashboards.SIDES}
            days = dashboards.days(session, of)
            whole = dashboards.total(session, of)
            films = desk.titles(session, [one.of or "" for one in seen["film_id"]])
            works = dashboards.work_titles(session, [one.of or "" for one in seen["work_id"]])
        titles = {"film_id": films, "work_id": works}
        said = {
            side: [
                FigureSaid(
                    of=one.of or "",
                    title=titles.get(side, {}).get(one.of or "", one.of or ""),
                    amount=amount_of(MicroMoney(one.micro, of.currency)),
                    entries=one.entry_count,
                )
                for one in figures
            ]
            for side, figures in seen.items()
        }
        return answer(
            BoardSaid(
                since=of.since.date(),
                until=(of.until - timedelta(days=1)).date(),
                currency=of.currency,
                currencies=known or [of.currency],
                total=amount_of(MicroMoney(whole.micro, of.currency)),
                entries=whole.entry_count,
                days=[DaySaid(one.day, one.earned_micro, one.back_micro) for one in days],
                films=said["film_id"],
                works=said["work_id"],
                generations=said["generation"],
                kinds=said["kind"],
                test=desk.treasury.test,
            )
        )

    @router.get("/me/entries")
    def entries(
        visitor: Member,
        wanted: Wanted,
        after: Annotated[str | None, Query(max_length=600)] = None,
    ) -> Response:
        """List the entries that a figure is made of, the newest first."""
        with desk.database.transaction() as session:
            known = dashboards.currencies(session, visitor.person.id)
            of = _filter(desk, visitor.person.id, wanted, known)
            found = dashboards.parts(session, of, after=_read(after), most=_PAGE + 1)
            titles = desk.titles(session, [one.film_id for one in found])
        page = found[:_PAGE]
        return answer(
            {
                "entries": [_part(one, of.currency, titles.get(one.film_id, "")) for one in page],
                "next": _cursor(page[-1]) if len(found) > _PAGE else None,
            }
        )

    @router.get("/me/occasions/{revenue_id:path}")
    def occasion(revenue_id: str, visitor: Member) -> Response:
        """Show one occasion down to the visitor's entries in the books."""
        with desk.database.transaction() as session:
            found = dashboards.occasion(session, visitor.person.id, revenue_id)
            titles = desk.titles(session, [one.film_id for one in found.parts])
        currency = found.currency
        return answer(
            OccasionSaid(
                id=found.revenue_id,
                kind=found.kind,
                whole=amount_of(MicroMoney(found.whole_micro, currency)),
                taken_back=amount_of(MicroMoney(found.taken_back_micro, currency)),
                happened_at=found.happened_at,
                parts=[_part(one, currency, titles.get(one.film_id, "")) for one in found.parts],
                entries=[
                    EntrySaid(
                        line.key,
                        line.reason,
                        amount_of(MicroMoney(line.micro, currency)),
                        line.effective_at,
                        line.booked_at,
                    )
                    for line in found.entries
                ],
            )
        )

    return router


def _filter(desk: MoneyDesk, party: str, wanted: Asked, known: list[str]) -> Filter:
    today = desk.clock.now().astimezone(UTC).date()
    since, until = period_of(
        wanted.since or (today - timedelta(days=_DAYS - 1)).isoformat(),
        wanted.until or today.isoformat(),
    )
    if (until - since).days > DAYS_MAX:
        raise PeriodInvalid("since", f"more than {DAYS_MAX} days lie between")
    currency = wanted.currency or (known or list(desk.treasury.currencies))[0]
    MicroMoney(0, currency)  # refuses what is no currency
    return Filter(
        party,
        currency,
        since,
        until,
        film_id=wanted.film,
        work_id=wanted.work,
        generation=wanted.generation,
        kind=wanted.kind,
    )


def _part(one: Part, currency: str, title: str) -> PartSaid:
    return PartSaid(
        occasion=one.revenue_id,
        journal=one.key,
        film=one.film_id,
        film_title=title,
        work=one.work_id,
        kind=one.kind,
        cause=one.cause,
        generation=one.generation,
        amount=amount_of(MicroMoney(one.micro, currency)),
        happened_at=one.happened_at,
    )


def _cursor(last: Part) -> str:
    said = msgspec.json.encode([last.happened_at.isoformat(), last.key, last.place])
    return base64.urlsafe_b64encode(said).decode()


def _read(cursor: str | None) -> tuple[datetime, str, int] | None:
    if cursor is None:
        return None
    try:
        at, key, place = msgspec.json.decode(
            base64.urlsafe_b64decode(cursor), type=tuple[datetime, str, int]
        )
    except (binascii.Error, msgspec.MsgspecError, ValueError) as error:
        raise RequestUnreadable("the cursor is none of ours") from error
    return at, key, place

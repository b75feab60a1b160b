"""Letting a film be made: the one verb that the studio asks before a film has a frame.

decide ▶ keep what was decided ▶ refuse, ask and wait, or bind the film to the licences and pay.
A film that fails or is cancelled afterwards gets its money back.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from matinee import ledger
from matinee.kit import events
from matinee.kit.clock import Clock
from matinee.kit.db import Session
from matinee.kit.errors import MatineeError
from matinee.kit.money import MicroMoney

from . import actions, approval_store, approving, earning, policy, wording
from .actions import Shown
from .approving import Asker
from .errors import CreditsMissing, FilmUnpaid, PriceNotAccepted, UseRefused
from .licences import exact_units
from .matching import Said
from .policy import Judged, Purpose, Ruling
from .registering import Room
from .splits import PlatformTerms

_WHY: Mapping[str, str] = {
    "no_terms": "its owners have said no terms for it",
    "not_allowed": "its owners allow no use of it",
    "uses": "its owners do not allow this use of it",
    "exclusive_to": "only somebody else may use it",
    "starts_on": "it may not be used yet",
    "ends_on": "it may not be used any more",
    "only_in": "it may be used only in some countries, and this film is for others or for anywhere",
    "never_in": "it may not be used in a country that this film is for",
    "age_min": "whoever uses it has to be older, or to have said how old they are",
    "never_with": "it may not appear with what else is in this film",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A film that somebody wants made.

    ``things`` are the ids of what its screenplay has, None for a film without one, which has in it
    whatever is in the films that it is made of. ``pays`` is the most its maker agreed to pay for
    the works in it, None for nothing.
    """

    film_id: str
    purpose: Purpose
    prompt: str
    said: tuple[Said, ...]
    parents: tuple[str, ...] = ()
    things: frozenset[str] | None = None
    pays: MicroMoney | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """What became of it: it waits for somebody, or ``error`` ends it, or it may be made."""

    ruling: Ruling
    waits: bool = False
    error: MatineeError | None = None


def permit(
    session: Session, wanted: Wanted, *, room: Room, platform: PlatformTerms, at: datetime
) -> Permission:
    """Decide about a film and carry it out as far as that goes before it is made.

    Whoever calls raises the error once this is committed, so that what was decided is kept.
    """
    material = policy.Material(said=wanted.said, inherited=_inherited(session, wanted))
    ruling = policy.decide(
        session,
        material,
        wanted.purpose,
        room=room,
        film_id=wanted.film_id,
        parents=wanted.parents,
    )
    asker = Asker(film_id=wanted.film_id, maker=wanted.purpose.by, prompt=wanted.prompt)
    if ruling.uses:
        approving.keep_ruling(session, ruling, wanted.purpose, asker, ids=room.ids, at=at)
    if ruling.verdict == "refuse":
        return Permission(ruling=ruling, error=refusal(ruling))
    # Before anybody is asked: nobody should have agreed to what then is not paid for.
    error = _unpaid(session, ruling, wanted)
    if error is not None:
        approval_store.withdraw(session, wanted.film_id, at=at)
        return Permission(ruling=ruling, error=error)
    if ruling.verdict == "ask":
        return Permission(ruling=ruling, waits=True)
    if ruling.prices:
        _pay(session, ruling, wanted, platform=platform, at=at)
    return Permission(ruling=ruling, error=_pay_house(session, wanted, platform, at=at))


def refusal(ruling: Ruling) -> UseRefused:
    """The error that says why a film may not be made, and what is allowed instead."""
    use = next(one for one in ruling.uses if one.verdict == "refuse")
    why = "; ".join(_WHY[reason] for reason in use.reasons)
    return UseRefused(use.work.title, why, _instead(use))


def give_back(session: Session, event: events.Event, clock: Clock) -> None:
    """Pay back what a film cost that was not made (FILM_FAILED, FILM_WITHDRAWN before its end)."""
    film_id = str(event.payload["film_id"])
    if actions.films_known(session, [film_id]):
        earning.refund_works(session, film_id, happened_at=event.recorded_at, at=clock.now())
    earning.refund_credits(session, _making(film_id), happened_at=event.recorded_at, at=clock.now())


def _making(film_id: str) -> str:
    """The name under which making a film is paid."""
    return f"making/{film_id}"


def _pay_house(
    session: Session, wanted: Wanted, platform: PlatformTerms, *, at: datetime
) -> MatineeError | None:
    """Pay what making a film costs, once; the error if there are not enough credits."""
    price = platform.film_price
    if price is None or ledger.booked(session, [_making(wanted.film_id)]):
        return None
    held = earning.credits_of(session, wanted.purpose.by)
    if price.currency not in held or held[price.currency].micro < price.micro:
        return FilmUnpaid(_said(price))
    earning.spend_credits(
        session,
        key=_making(wanted.film_id),
        payer=wanted.purpose.by,
        amount=price,
        happened_at=at,
        at=at,
    )
    return None


def shown(ruling: Ruling) -> list[Shown]:
    """The works of a film bound to the terms that it was allowed under; how much comes later."""
    return [
        Shown(use.work.id, 0, licence_id=use.licence.id)
        for use in ruling.uses
        if use.licence is not None
    ]


def _inherited(session: Session, wanted: Wanted) -> dict[str, frozenset[tuple[str, str]]]:
    """The works in the films that one is made of, as far as they are still in it."""
    found: dict[str, set[tuple[str, str]]] = {}
    for _, work_id, kind, name in approval_store.things_of(session, wanted.parents):
        # Of what is in the whole film nobody can say that it was taken out.
        if wanted.things is None or not name or name in wanted.things:
            found.setdefault(work_id, set()).add((kind, name))
    return {work_id: frozenset(things) for work_id, things in found.items()}


def _unpaid(session: Session, ruling: Ruling, wanted: Wanted) -> MatineeError | None:
    prices = ruling.prices
    if not prices:
        return None
    price = " + ".join(_said(one) for one in prices)
    pays = wanted.pays
    if pays is None or any(
        one.currency != pays.currency or one.micro > pays.micro for one in prices
    ):
        return PriceNotAccepted(price, "" if pays is None else _said(pays))
    held = earning.credits_of(session, wanted.purpose.by)
    if any(one.currency not in held or held[one.currency].micro < one.micro for one in prices):
        return CreditsMissing(price)
    return None


def _pay(
    session: Session, ruling: Ruling, wanted: Wanted, *, platform: PlatformTerms, at: datetime
) -> None:
    actions.register_film(
        session, wanted.film_id, maker=wanted.purpose.by, shown=shown(ruling), parents=()
    )
    earning.pay_for_works(
        session,
        wanted.film_id,
        payer=wanted.purpose.by,
        platform=platform,
        happened_at=at,
        at=at,
    )


def _instead(use: Judged) -> str:
    nearest = use.nearest
    assert nearest is not None, "a refusal has the nearest thing that is allowed"
    match nearest.kind:
        case "use":
            return f"It may be used for {wording.uses_named(nearest.values)}."
        case "territory":
            return f"It may be used in a film that is only for {', '.join(nearest.values)}."
        case "work":
            return f"{nearest.values[0]!r} may be in this film: write it in its place."
        case "wording":
            said = ", ".join(nearest.values)
            return f"Describe somebody or something of your own in place of {said}."


def _said(money: MicroMoney) -> str:
    return f"{exact_units(money)} {money.currency}"

"""The disputed part of what a film earns is kept until the dispute ends.

revenue ▶ split ▶ holds take their part of it ▶ escrow ▶ released to whoever claimed it, or handed
back to those it was taken from. A hold is a layer over the split, never a change of it: while it is
open everybody can see what they would have got, and a hold that is handed back leaves every balance
as if it had never been. A refund takes back from escrow what is there, and from whoever got it what
is not, so that parts that add up to the whole leave nobody with anything.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from matinee import ledger
from matinee.kit.db import Session
from matinee.kit.money import BPS_PER_WHOLE, MicroMoney

from . import escrow_store as store
from .errors import HoldDiffers, HoldEnded, HoldUnknown
from .model import EARNINGS, ESCROW, Held, Hold
from .splits import FilmRights, Split, generations

_AT_ONCE = 1_000
_OWN = frozenset({"maker", "ancestor", "inherited"})
_LICENSED = frozenset({"licence", "inherited"})


def hold(session: Session, disputed: Hold) -> bool:
    """Keep the disputed part of everything that is booked from now on; whether it is new.

    What was booked before stays where it is. Raises ``HoldDiffers`` if a hold of this name is about
    something else, and ``HoldEnded`` if it ended.
    """
    if store.add_hold(session, disputed):
        return True
    kept, outcome = _found(session, disputed.id)
    if kept.film_id != disputed.film_id or kept.work_id != disputed.work_id:
        raise HoldDiffers(disputed.id)
    if outcome is not None:
        raise HoldEnded(disputed.id, outcome)
    return False


def release(session: Session, hold_id: str, *, at: datetime) -> bool:
    """The claim was right: what is kept goes to those who claimed it. Whether it was open.

    Raises ``HoldUnknown``, and ``HoldEnded`` if it was handed back.
    """
    return _end(session, hold_id, "released", at=at)


def hand_back(session: Session, hold_id: str, *, at: datetime) -> bool:
    """The claim was wrong: what is kept goes to those it was taken from. Whether it was open.

    Raises ``HoldUnknown``, and ``HoldEnded`` if it was released.
    """
    return _end(session, hold_id, "handed_back", at=at)


def kept(session: Session, hold_id: str) -> dict[str, MicroMoney]:
    """What a hold keeps now, by currency."""
    accounts = [one for one in ledger.accounts_owned(session, hold_id) if one.kind == ESCROW]
    return {one.currency: held for one, held in ledger.balances(session, accounts).items()}


def works_of(film: FilmRights, depth_max: int) -> dict[str, str]:
    """The work of every licence that may have a share in what a film earns, by licence."""
    films = [film, *(ancestor for _, ancestor in generations(film, depth_max))]
    return {use.licence.id: use.licence.work_id for one in films for use in one.uses}


def holds_on(session: Session, film_id: str, works: Mapping[str, str]) -> list[Hold]:
    """The open holds that take a part of what a film earns, the first first."""
    return store.open_holds(session, film_id, sorted(set(works.values())))


def held_back(
    revenue_id: str, made: Split, holds: Sequence[Hold], works: Mapping[str, str]
) -> list[Held]:
    """What each hold keeps of a split, and from whom; what one took is not there for the next.

    ``works`` gives the work of each licence. No share gives more than it is.
    """
    left = [share.micro for share in made.shares]
    net = made.amount.micro - sum(one.micro for one in made.shares if one.cause == "platform")
    found = []
    for one in holds:
        if one.film_id is not None:
            places = [i for i, share in enumerate(made.shares) if share.cause in _OWN]
            asked = net
        else:
            places = [
                i
                for i, share in enumerate(made.shares)
                if share.cause in _LICENSED and works.get(share.of) == one.work_id
            ]
            asked = sum(made.shares[i].micro for i in places)
        there = sum(left[i] for i in places)
        micro = min(asked * one.share_bps // BPS_PER_WHOLE, there)
        if micro <= 0:
            continue
        parts = MicroMoney(micro, made.amount.currency).split([left[i] for i in places])
        taken: dict[str, int] = {}
        for i, part in zip(places, parts, strict=True):
            left[i] -= part.micro
            party = made.shares[i].party
            taken[party] = taken.get(party, 0) + part.micro
        pairs = tuple(sorted((party, part) for party, part in taken.items() if part))
        found.append(Held(revenue_id, one.id, made.amount.currency, pairs))
    return found


def given(made: Split, held: Iterable[Held]) -> list[tuple[ledger.Account, int]]:
    """Who gets what of a split now: parties what is not kept, and each hold what it keeps."""
    currency = made.amount.currency
    parties = made.by_party()
    kept_now = []
    for one in held:
        for party, micro in one.taken_from:
            parties[party] -= micro
        kept_now.append((ledger.Account(ESCROW, one.hold_id, currency), one.micro))
    paid = [
        (ledger.Account(EARNINGS, party, currency), micro)
        for party, micro in sorted(parties.items())
        if micro
    ]
    return paid + kept_now


def unsettle(session: Session, revenue_id: str, asked: ledger.Reversal, *, at: datetime) -> None:
    """Before a revenue is taken back: fetch what was kept of it from whoever got it since.

    The caller has locked the revenue, and reverses it next.
    """
    held = {one.hold_id: one for one in store.held_of_revenue(session, revenue_id)}
    if not held:
        return
    for entry in ledger.would_reverse(session, asked):
        if entry.account.kind != ESCROW:
            continue
        one = held[entry.account.owner]
        back = -entry.micro
        if one.settled:
            fetched = ledger.Reversal(
                key=_fetched(asked.key, one.hold_id),
                of=_settled(one),
                reason="rights.escrow_fetched",
                effective_at=asked.effective_at,
                micro=back,
            )
            ledger.reverse(session, fetched, at=at)
        else:
            store.note_refunded(session, revenue_id, one.hold_id, back)


def resettle(
    session: Session, revenue_id: str, *, key: str, of: str, happened_at: datetime, at: datetime
) -> None:
    """After what was booked under ``of`` was put back: pass on what came back into escrow.

    An open hold keeps it; one that ended lets it go where the rest of it went.
    """
    held = {one.hold_id: one for one in store.held_of_revenue(session, revenue_id)}
    for line in ledger.journal_lines(session, of) if held else ():
        if line.account.kind != ESCROW:
            continue
        one, back = held[line.account.owner], -line.micro
        if not one.settled:
            store.note_refunded(session, revenue_id, one.hold_id, -back)
            continue
        disputed, outcome = _found(session, one.hold_id)
        assert outcome is not None, f"{one.hold_id} is settled and has not ended"
        try:
            fetched = ledger.journal_lines(session, _fetched(of, one.hold_id))
            entries = tuple(ledger.Entry(each.account, -each.micro) for each in fetched)
        except ledger.JournalNotFound:
            entries = _passed_on(one, disputed, outcome, back)  # it ended after the refund
        journal = ledger.Journal(
            _fetched(key, one.hold_id), f"rights.escrow_{outcome}", entries, happened_at
        )
        ledger.post(session, [journal], at=at)


def _end(session: Session, hold_id: str, outcome: store.Outcome, *, at: datetime) -> bool:
    disputed, before = _found(session, hold_id)
    if before == outcome:
        return False
    if before is not None:
        raise HoldEnded(hold_id, before)
    store.end_hold(session, hold_id, outcome, at=at)
    while some := store.unsettled(session, hold_id, most=_AT_ONCE):
        journals = [
            ledger.Journal(
                _settled(one),
                f"rights.escrow_{outcome}",
                _passed_on(one, disputed, outcome, one.micro - one.refunded_micro),
                at,
            )
            for one in some
            if one.micro > one.refunded_micro
        ]
        ledger.post(session, journals, at=at)
        store.settle(session, hold_id, [one.revenue_id for one in some])
    return True


def _found(session: Session, hold_id: str) -> tuple[Hold, store.Outcome | None]:
    found = store.hold_by_id(session, hold_id)
    if found is None:
        raise HoldUnknown(hold_id)
    return found


def _passed_on(
    one: Held, disputed: Hold, outcome: store.Outcome, micro: int
) -> tuple[ledger.Entry, ...]:
    takers = (
        one.taken_from
        if outcome == "handed_back"
        else sorted((owner.party, owner.bps) for owner in disputed.owners)
    )
    parts = MicroMoney(micro, one.currency).split([weight for _, weight in takers])
    return (
        ledger.Entry(ledger.Account(ESCROW, one.hold_id, one.currency), -micro),
        *(
            ledger.Entry(ledger.Account(EARNINGS, party, one.currency), part.micro)
            for (party, _), part in zip(takers, parts, strict=True)
            if part.micro
        ),
    )


def _settled(one: Held) -> str:
    return f"settled/{one.hold_id}/{one.revenue_id}"


def _fetched(key: str, hold_id: str) -> str:
    return f"{key}/{hold_id}"

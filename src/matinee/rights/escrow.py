"""What claims take of the money that films earn, and where it waits while that is disputed.

revenue ▶ split ▶ claims take their part of it ▶ their owners, or escrow ▶ released to the owners,
or handed back to those it was taken from. A claimed share is a layer over the split, never a change
of it: everybody can see what they would have got, and what is held and handed back leaves every
balance as if the claim had never been. A refund takes back from escrow what is there, and from
whoever got it what is not, so that parts that add up to the whole leave nobody with anything.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from matinee import ledger
from matinee.kit.db import Session
from matinee.kit.money import BPS_PER_WHOLE, MicroMoney

from . import escrow_store as store
from . import tracing
from .errors import HoldDiffers, HoldEnded, HoldUnknown
from .model import EARNINGS, ESCROW, Claimed, ClaimedShare, ClaimState, Lies, Revenue
from .splits import FilmRights, Split, generations

_AT_ONCE = 1_000
_OWN = frozenset({"maker", "ancestor", "inherited"})
_LICENSED = frozenset({"licence", "inherited"})


def charge_share(session: Session, share: ClaimedShare) -> bool:
    """Pay the claimed part of everything that is booked from now on to its owners; whether new.

    What was booked before stays where it is. Raises ``HoldDiffers`` if a claim of this name is
    about something else, and ``HoldEnded`` if it ended.
    """
    return _begin(session, share, "charged")


def hold(session: Session, share: ClaimedShare) -> bool:
    """Keep the claimed part of everything that is booked from now on; whether that is new.

    A share that was paid to its owners is held from now on. Raises what ``charge_share`` raises.
    """
    return _begin(session, share, "held")


def release(session: Session, claim_id: str, *, at: datetime) -> bool:
    """The claim is right: what is kept goes to its owners, and so does all that follows.

    Returns whether it was held. Raises ``HoldUnknown``, and ``HoldEnded`` if it ended.
    """
    share, state = _found(session, claim_id)
    if state == "ended":
        raise HoldEnded(claim_id)
    if state == "charged":
        return False
    store.set_state(session, claim_id, "charged", at=at)
    _empty(session, share, "released", at=at)
    return True


def hand_back(session: Session, claim_id: str, *, at: datetime) -> bool:
    """The claim ends: what is kept goes to those it was taken from, and nothing more is taken.

    What was paid to its owners before is theirs. Returns whether it was open. Raises
    ``HoldUnknown``.
    """
    share, state = _found(session, claim_id)
    if state == "ended":
        return False
    store.set_state(session, claim_id, "ended", at=at)
    _empty(session, share, "handed_back", at=at)
    return True


def kept(session: Session, claim_id: str) -> dict[str, MicroMoney]:
    """What is kept for a claim now, by currency."""
    accounts = [one for one in ledger.accounts_owned(session, claim_id) if one.kind == ESCROW]
    return {one.currency: held for one, held in ledger.balances(session, accounts).items()}


def works_of(film: FilmRights, depth_max: int) -> dict[str, str]:
    """The work of every licence that may have a share in what a film earns, by licence."""
    films = [film, *(ancestor for _, ancestor in generations(film, depth_max))]
    return {use.licence.id: use.licence.work_id for one in films for use in one.uses}


def shares_in(
    session: Session, film_id: str, works: Mapping[str, str]
) -> list[tuple[ClaimedShare, ClaimState]]:
    """The claims that take a part of what a film earns, the first first."""
    return store.open_shares(session, film_id, sorted(set(works.values())))


def claimed_from(
    revenue_id: str,
    made: Split,
    shares: Sequence[tuple[ClaimedShare, ClaimState]],
    works: Mapping[str, str],
) -> tuple[list[Claimed], list[int]]:
    """What each claim takes of a split and from whom, and what that leaves of every share.

    ``works`` gives the work of each licence. What one claim took is not there for the next, and no
    share gives more than it is.
    """
    left = [share.micro for share in made.shares]
    net = made.amount.micro - sum(one.micro for one in made.shares if one.cause == "platform")
    found = []
    for one, state in shares:
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
        lies: Lies = "escrow" if state == "held" else "released"
        found.append(Claimed(revenue_id, one.id, made.amount.currency, pairs, lies))
    return found, left


def given(
    made: Split, claimed: Iterable[Claimed], shares: Iterable[tuple[ClaimedShare, ClaimState]]
) -> list[tuple[ledger.Account, int]]:
    """Who gets what of a split now: parties what is not claimed, owners or escrow what is."""
    currency = made.amount.currency
    by_claim = {share.id: share for share, _ in shares}
    parties = made.by_party()
    waiting = []
    for one in claimed:
        for party, micro in one.taken_from:
            parties[party] -= micro
        if one.lies == "escrow":
            waiting.append((ledger.Account(ESCROW, one.claim_id, currency), one.micro))
        else:
            for party, micro in _divided(one, by_claim[one.claim_id], one.lies, one.micro):
                parties[party] = parties.get(party, 0) + micro
    paid = [
        (ledger.Account(EARNINGS, party, currency), micro)
        for party, micro in sorted(parties.items())
        if micro
    ]
    return paid + waiting


def traced(
    revenue: Revenue,
    claimed: Iterable[Claimed],
    shares: Iterable[tuple[ClaimedShare, ClaimState]],
) -> list[tracing.Trace]:
    """Why the owners of claims get at once what they get of a revenue."""
    by_claim = {share.id: share for share, _ in shares}
    return [
        trace
        for one in claimed
        if one.lies == "released"
        for trace in tracing.claim_traces(
            revenue,
            one,
            by_claim[one.claim_id],
            _divided(one, by_claim[one.claim_id], one.lies, one.micro),
        )
    ]


def fetch(session: Session, revenue_id: str, asked: ledger.Reversal, *, at: datetime) -> None:
    """Before a revenue is taken back: fetch what was kept of it from whoever got it since.

    The caller has locked the revenue, and reverses it next.
    """
    claimed = {one.claim_id: one for one in store.claimed_of(session, revenue_id)}
    if not claimed:
        return
    for entry in ledger.would_reverse(session, asked):
        if entry.account.kind != ESCROW:
            continue
        one, back = claimed[entry.account.owner], -entry.micro
        if one.lies == "escrow":
            store.note_refunded(session, revenue_id, one.claim_id, back)
            continue
        fetched = ledger.Reversal(
            key=_part(asked.key, one.claim_id),
            of=_settled(one),
            reason="rights.escrow_fetched",
            effective_at=asked.effective_at,
            micro=back,
        )
        if ledger.reverse(session, fetched, at=at).new:
            tracing.add_taken_back(
                session,
                revenue_id,
                fetched.key,
                via=one.claim_id,
                happened_at=asked.effective_at,
            )


def pass_on(
    session: Session, revenue_id: str, *, key: str, of: str, happened_at: datetime, at: datetime
) -> None:
    """After what was booked under ``of`` was put back: pass on what came back into escrow.

    What is still disputed stays there; the rest goes where the rest of it went.
    """
    claimed = {one.claim_id: one for one in store.claimed_of(session, revenue_id)}
    for line in ledger.journal_lines(session, of) if claimed else ():
        if line.account.kind != ESCROW:
            continue
        one, back = claimed[line.account.owner], -line.micro
        if one.lies == "escrow":
            store.note_refunded(session, revenue_id, one.claim_id, -back)
            continue
        share = _found(session, one.claim_id)[0]
        try:
            fetched = ledger.journal_lines(session, _part(of, one.claim_id))
            entries = tuple(ledger.Entry(each.account, -each.micro) for each in fetched)
        except ledger.JournalNotFound:
            # It was settled after the refund.
            entries = _moved(one, share, one.lies, back)
        journal = ledger.Journal(
            _part(key, one.claim_id), f"rights.escrow_{one.lies}", entries, happened_at
        )
        ledger.post(session, [journal], at=at)
        tracing.add_settled(session, [(journal.key, one)], share)


def _begin(session: Session, share: ClaimedShare, state: ClaimState) -> bool:
    if store.add_share(session, share, state):
        return True
    before, stood = _found(session, share.id)
    if (before.film_id, before.work_id) != (share.film_id, share.work_id):
        raise HoldDiffers(share.id)
    if stood == "ended":
        raise HoldEnded(share.id)
    # What is held stays held until somebody decides.
    if state in {stood, "charged"}:
        return False
    store.set_state(session, share.id, state, at=share.since)
    return True


def _empty(session: Session, share: ClaimedShare, lies: Lies, *, at: datetime) -> None:
    while some := store.in_escrow(session, share.id, most=_AT_ONCE):
        journals = [
            ledger.Journal(
                _settled(one),
                f"rights.escrow_{lies}",
                _moved(one, share, lies, one.micro - one.refunded_micro),
                at,
            )
            for one in some
            if one.micro > one.refunded_micro
        ]
        ledger.post(session, journals, at=at)
        settled = {_settled(one): one for one in some}
        tracing.add_settled(session, [(one.key, settled[one.key]) for one in journals], share)
        store.set_lies(session, share.id, [one.revenue_id for one in some], lies)


def _found(session: Session, claim_id: str) -> tuple[ClaimedShare, ClaimState]:
    found = store.share_by_id(session, claim_id)
    if found is None:
        raise HoldUnknown(claim_id)
    return found


def _divided(one: Claimed, share: ClaimedShare, lies: Lies, micro: int) -> list[tuple[str, int]]:
    """Who gets how much of what is released or handed back."""
    takers = (
        one.taken_from
        if lies == "handed_back"
        else sorted((owner.party, owner.bps) for owner in share.owners)
    )
    parts = MicroMoney(micro, one.currency).split([weight for _, weight in takers])
    return [
        (party, part.micro) for (party, _), part in zip(takers, parts, strict=True) if part.micro
    ]


def _moved(one: Claimed, share: ClaimedShare, lies: Lies, micro: int) -> tuple[ledger.Entry, ...]:
    return (
        ledger.Entry(ledger.Account(ESCROW, one.claim_id, one.currency), -micro),
        *(
            ledger.Entry(ledger.Account(EARNINGS, party, one.currency), part)
            for party, part in _divided(one, share, lies, micro)
        ),
    )


def _settled(one: Claimed) -> str:
    return f"settled/{one.claim_id}/{one.revenue_id}"


def _part(key: str, claim_id: str) -> str:
    return f"{key}/{claim_id}"

"""The money of claims: how each change of one is said to the escrow, which keeps the books."""

from datetime import datetime

from matinee.kit.db import Session
from matinee.rights import escrow
from matinee.rights.model import ClaimedShare

from . import store
from .model import Claim, money_step


def follow(session: Session, before: Claim | None, now: Claim, *, at: datetime) -> None:
    """Book what a change of a claim means; the caller holds the claim."""
    step = money_step(before, now)
    if step in {"to_maker", "end"}:
        escrow.hand_back(session, _name(session, now), at=at)
    elif step == "to_owners":
        escrow.release(session, _name(session, now), at=at)
    elif step == "hold":
        number = store.share_count(session, now.id) or store.next_share(session, now.id)
        escrow.hold(session, _share(now, number, at=at))
    elif step == "charge":
        escrow.charge_share(session, _share(now, store.next_share(session, now.id), at=at))


def start_anew(session: Session, before: Claim, now: Claim, *, at: datetime) -> None:
    """Give back what a claim keeps, and take its share for other owners from now on."""
    if before.policy.action != "monetise" or before.state == "released":
        return
    escrow.hand_back(session, _name(session, before), at=at)
    share = _share(now, store.next_share(session, now.id), at=at)
    (escrow.hold if now.escrowed else escrow.charge_share)(session, share)


def _share(claim: Claim, number: int, *, at: datetime) -> ClaimedShare:
    """The share of a claim; its number counts the owners for whom it was taken."""
    return ClaimedShare(
        id=f"{claim.id}/{number}",
        owners=claim.owners,
        share_bps=claim.policy.share_bps,
        since=at,
        film_id=claim.film_id,
    )


def _name(session: Session, claim: Claim) -> str:
    return f"{claim.id}/{store.share_count(session, claim.id)}"

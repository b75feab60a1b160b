"""The tables of the shares that claims take, and of what is kept until a dispute ends."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.sql import bindparam

from matinee.kit.db import Session

from .licences import Owner
from .model import Claimed, ClaimedShare, ClaimState, Lies


def add_share(session: Session, share: ClaimedShare, state: ClaimState) -> bool:
    """Keep a claimed share; whether it is new."""
    added = session.execute(
        text(
            "insert into rights.claimed_share (id, film_id, work_id, owners, share_bps, since,"
            " state) values (:id, :film, :work, :owners, :bps, :since, :state)"
            " on conflict do nothing"
        ).bindparams(bindparam("owners", type_=JSONB)),
        {
            "id": share.id,
            "film": share.film_id,
            "work": share.work_id,
            "owners": [[owner.party, owner.bps] for owner in share.owners],
            "bps": share.share_bps,
            "since": share.since,
            "state": state,
        },
    )
    return added.rowcount > 0


def share_by_id(session: Session, claim_id: str) -> tuple[ClaimedShare, ClaimState] | None:
    """A share and its state, locked: what is earned meanwhile waits, or was earned before."""
    row = session.execute(
        text("select * from rights.claimed_share where id = :id for update"), {"id": claim_id}
    ).first()
    return None if row is None else (_share(row), row.state)


def open_shares(
    session: Session, film_id: str, work_ids: Sequence[str]
) -> list[tuple[ClaimedShare, ClaimState]]:
    """Shares in a film or in one of these works, the first first; none changes meanwhile."""
    rows = session.execute(
        text(
            "select * from rights.claimed_share where state <> 'ended'"
            " and (film_id = :film or work_id = any(:works)) order by since, id for share"
        ),
        {"film": film_id, "works": list(work_ids)},
    )
    return [(_share(row), row.state) for row in rows]


def set_state(session: Session, claim_id: str, state: ClaimState, *, at: datetime) -> None:
    """Note what becomes of a share from now on."""
    session.execute(
        text(
            "update rights.claimed_share set state = :state,"
            " ended_at = case when :state = 'ended' then cast(:at as timestamptz) end"
            " where id = :id"
        ),
        {"id": claim_id, "state": state, "at": at},
    )


def add_claimed(session: Session, claimed: Sequence[Claimed]) -> None:
    """Keep what claims took of revenues."""
    if claimed:
        session.execute(
            text(
                "insert into rights.claimed (revenue_id, claim_id, currency, taken_from, lies)"
                " values (:revenue, :claim, :currency, :taken, :lies)"
            ).bindparams(bindparam("taken", type_=JSONB)),
            [
                {
                    "revenue": one.revenue_id,
                    "claim": one.claim_id,
                    "currency": one.currency,
                    "taken": [list(pair) for pair in one.taken_from],
                    "lies": one.lies,
                }
                for one in claimed
            ],
        )


def claimed_of(session: Session, revenue_id: str) -> list[Claimed]:
    """What was taken of a revenue. Whoever locked the revenue has these to themselves."""
    rows = session.execute(
        text("select * from rights.claimed where revenue_id = :id order by claim_id"),
        {"id": revenue_id},
    )
    return [_claimed(row) for row in rows]


def in_escrow(session: Session, claim_id: str, *, most: int) -> list[Claimed]:
    """Some of what is kept for a claim, with its revenues locked against refunds meanwhile."""
    ids = list(
        session.execute(
            text(
                "select r.id from rights.revenue r join rights.claimed c on c.revenue_id = r.id"
                " where c.claim_id = :id and c.lies = 'escrow' order by r.id limit :most"
                " for update of r"
            ),
            {"id": claim_id, "most": most},
        ).scalars()
    )
    # Read anew: a refund that was waited for has changed it.
    rows = session.execute(
        text(
            "select * from rights.claimed where claim_id = :id and revenue_id = any(:ids)"
            " order by revenue_id"
        ),
        {"id": claim_id, "ids": ids},
    )
    return [_claimed(row) for row in rows]


def set_lies(session: Session, claim_id: str, revenue_ids: Sequence[str], lies: Lies) -> None:
    """Note where what was taken of these revenues went."""
    session.execute(
        text(
            "update rights.claimed set lies = :lies"
            " where claim_id = :id and revenue_id = any(:revenues)"
        ),
        {"id": claim_id, "revenues": list(revenue_ids), "lies": lies},
    )


def note_refunded(session: Session, revenue_id: str, claim_id: str, micro: int) -> None:
    """Note that a part of what is kept was refunded (put back if negative)."""
    session.execute(
        text(
            "update rights.claimed set refunded_micro = refunded_micro + :micro"
            " where revenue_id = :revenue and claim_id = :claim"
        ),
        {"revenue": revenue_id, "claim": claim_id, "micro": micro},
    )


def _share(row: Any) -> ClaimedShare:  # noqa: ANN401 - a row of the queries above
    return ClaimedShare(
        id=row.id,
        owners=tuple(Owner(party, bps) for party, bps in row.owners),
        share_bps=row.share_bps,
        since=row.since,
        film_id=row.film_id,
        work_id=row.work_id,
    )


def _claimed(row: Any) -> Claimed:  # noqa: ANN401 - a row of the queries above
    return Claimed(
        revenue_id=row.revenue_id,
        claim_id=row.claim_id,
        currency=row.currency,
        taken_from=tuple((party, micro) for party, micro in row.taken_from),
        lies=row.lies,
        refunded_micro=row.refunded_micro,
    )

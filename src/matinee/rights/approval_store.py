"""Tables of what was decided about films before they had a frame, and of whom is asked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.sql import bindparam

from matinee.kit.db import Session
from matinee.kit.plain import Plain

ApprovalState = Literal["waiting", "granted", "not_mine", "refused", "expired", "withdrawn"]
Decision = Literal["grant", "not_mine", "refuse"]

_APPROVAL = (
    "select id, film_id, work_id, licence_id, maker, purpose, found, doubt, film_said, state,"
    " reason, asked_at, expires_at, decided_at from rights.approval"
)


@dataclass(frozen=True, slots=True)
class Approval:
    """The owners of a work are asked whether it may be in a film.

    ``purpose`` is what the film is for, ``found`` what of the work stands where, ``film_said`` the
    prompt. With ``doubt`` it is not certain that the work is meant at all.
    """

    id: str
    film_id: str
    work_id: str
    licence_id: str | None
    maker: str
    purpose: str
    found: Sequence[Mapping[str, str]]
    doubt: bool
    film_said: str
    state: ApprovalState
    reason: str
    asked_at: datetime
    expires_at: datetime
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """What the owners of a work said of a film, and under which terms they were asked."""

    state: ApprovalState
    licence_id: str


@dataclass(frozen=True, slots=True)
class Vote:
    """What one owner said."""

    party: str
    decision: Decision
    reason: str
    voted_at: datetime


def keep_ruling(
    session: Session,
    film_id: str,
    *,
    maker: str,
    verdict: str,
    said: Mapping[str, Plain],
    things: Iterable[tuple[str, str, str]],
    at: datetime,
) -> None:
    """Keep what was decided of a film; ``things`` are its works with kind and name of each."""
    session.execute(
        text(
            "insert into rights.ruling (film_id, maker, verdict, said, ruled_at)"
            " values (:film, :maker, :verdict, :said, :at) on conflict (film_id) do update set"
            " verdict = excluded.verdict, said = excluded.said, ruled_at = excluded.ruled_at"
        ).bindparams(bindparam("said", type_=JSONB)),
        {"film": film_id, "maker": maker, "verdict": verdict, "said": dict(said), "at": at},
    )
    session.execute(text("delete from rights.thing where film_id = :film"), {"film": film_id})
    rows = [
        {"film": film_id, "work": work_id, "kind": kind, "name": name}
        for work_id, kind, name in things
    ]
    if rows:
        session.execute(
            text(
                "insert into rights.thing (film_id, work_id, kind, name)"
                " values (:film, :work, :kind, :name) on conflict do nothing"
            ),
            rows,
        )


def ruling_of(session: Session, film_id: str) -> Mapping[str, Any] | None:
    """What was decided of a film, as it was kept."""
    return session.execute(
        text("select said from rights.ruling where film_id = :film"), {"film": film_id}
    ).scalar()


def ruled_for(session: Session, film_id: str) -> str:
    """Whose film it was decided about; empty if nothing was."""
    maker = session.execute(
        text("select maker from rights.ruling where film_id = :film"), {"film": film_id}
    ).scalar()
    return "" if maker is None else str(maker)


def things_of(session: Session, film_ids: Sequence[str]) -> list[tuple[str, str, str, str]]:
    """Which things of films are which works: film, work, kind, name."""
    rows = session.execute(
        text(
            "select film_id, work_id, kind, name from rights.thing where film_id = any(:films)"
            " order by film_id, work_id, kind, name"
        ),
        {"films": list(film_ids)},
    )
    return [(row.film_id, row.work_id, row.kind, row.name) for row in rows]


def answers(session: Session, film_id: str, *, parents: Sequence[str] = ()) -> dict[str, Answered]:
    """What owners said of a film, by work, and that nothing of theirs is in its parents."""
    if not film_id and not parents:
        return {}
    rows = session.execute(
        text(
            "select work_id, state, coalesce(licence_id, '') as licence_id from rights.approval"
            " where (film_id = :film and state in ('granted', 'not_mine'))"
            " or (film_id = any(:parents) and state = 'not_mine')"
            " order by film_id = :film"
        ),
        {"film": film_id, "parents": list(parents)},
    )
    return {row.work_id: Answered(row.state, row.licence_id) for row in rows}


def add_approval(session: Session, approval: Approval) -> bool:
    """Ask; returns whether these owners were not asked about this film already."""
    added = session.execute(
        text(
            "insert into rights.approval (id, film_id, work_id, licence_id, maker, purpose, found,"
            " doubt, film_said, asked_at, expires_at) values (:id, :film, :work, :licence, :maker,"
            " :purpose, :found, :doubt, :said, :at, :expires) on conflict do nothing"
        ).bindparams(bindparam("found", type_=JSONB)),
        {
            "id": approval.id,
            "film": approval.film_id,
            "work": approval.work_id,
            "licence": approval.licence_id,
            "maker": approval.maker,
            "purpose": approval.purpose,
            "found": [dict(one) for one in approval.found],
            "doubt": approval.doubt,
            "said": approval.film_said,
            "at": approval.asked_at,
            "expires": approval.expires_at,
        },
    )
    return added.rowcount == 1


def approval_by_id(session: Session, approval_id: str, *, locked: bool = False) -> Approval | None:
    """One approval; with ``locked`` nobody else changes it meanwhile."""
    row = session.execute(
        text(_APPROVAL + " where id = :id" + (" for update" if locked else "")),
        {"id": approval_id},
    ).first()
    return None if row is None else Approval(*row)


def approvals_of(session: Session, film_id: str) -> list[Approval]:
    """Everybody who is or was asked about a film, the first first."""
    rows = session.execute(
        text(_APPROVAL + " where film_id = :film order by asked_at, id"), {"film": film_id}
    )
    return [Approval(*row) for row in rows]


def approvals_for(
    session: Session, party: str, *, waiting: bool, after: str, most: int
) -> list[Approval]:
    """What an owner is or was asked, the newest first, behind the approval ``after``."""
    rows = session.execute(
        text(
            _APPROVAL  # noqa: S608 - put together from constants
            + " where work_id in (select work_id from rights.owner where party = :party)"
            " and (state = 'waiting') = :waiting and (:after = '' or id < :after)"
            " order by id desc limit :most"
        ),
        {"party": party, "waiting": waiting, "after": after, "most": most},
    )
    return [Approval(*row) for row in rows]


def end_approval(
    session: Session, approval_id: str, state: ApprovalState, *, reason: str, at: datetime
) -> bool:
    """End an approval that waits; returns whether it did."""
    ended = session.execute(
        text(
            "update rights.approval set state = :state, reason = :reason, decided_at = :at"
            " where id = :id and state = 'waiting'"
        ),
        {"id": approval_id, "state": state, "reason": reason, "at": at},
    )
    return ended.rowcount == 1


def due(session: Session, at: datetime, *, most: int) -> list[Approval]:
    """Approvals that nobody decided in time, and that nobody else is ending."""
    rows = session.execute(
        text(
            _APPROVAL
            + " where state = 'waiting' and expires_at <= :at order by expires_at limit :most"
            " for update skip locked"
        ),
        {"at": at, "most": most},
    )
    return [Approval(*row) for row in rows]


def withdraw(session: Session, film_id: str, *, at: datetime) -> None:
    """Ask nobody any more about a film that is no longer wanted."""
    session.execute(
        text(
            "update rights.approval set state = 'withdrawn', decided_at = :at"
            " where film_id = :film and state = 'waiting'"
        ),
        {"film": film_id, "at": at},
    )


def set_vote(session: Session, approval_id: str, vote: Vote) -> None:
    """Keep what an owner says, in place of what they said before."""
    session.execute(
        text(
            "insert into rights.vote (approval_id, party, decision, reason, voted_at)"
            " values (:id, :party, :decision, :reason, :at) on conflict (approval_id, party)"
            " do update set decision = excluded.decision, reason = excluded.reason,"
            " voted_at = excluded.voted_at"
        ),
        {
            "id": approval_id,
            "party": vote.party,
            "decision": vote.decision,
            "reason": vote.reason,
            "at": vote.voted_at,
        },
    )


def votes_of(session: Session, approval_id: str) -> list[Vote]:
    """What the owners said so far."""
    rows = session.execute(
        text(
            "select party, decision, reason, voted_at from rights.vote where approval_id = :id"
            " order by voted_at, party"
        ),
        {"id": approval_id},
    )
    return [Vote(*row) for row in rows]


def forget_film(session: Session, film_id: str) -> None:
    """Forget what was read in a film that was deleted; what its owners decided stays."""
    session.execute(text("delete from rights.ruling where film_id = :film"), {"film": film_id})
    session.execute(
        text("update rights.approval set film_said = '' where film_id = :film"), {"film": film_id}
    )

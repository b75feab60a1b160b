"""The tables of claims: policies, claims and what was said of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import RowMapping, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.sql import bindparam

from matinee.kit.db import Session
from matinee.rights.licences import Owner

from .errors import AlreadyClaimed, ClaimNotFound
from .model import Claim, ClaimPolicy

LIST_MAX = 50
_STATES_WITH_CLOCK = ("active", "disputed", "upheld", "appealed")


@dataclass(frozen=True, kw_only=True)
class Word:
    """What somebody did to a claim, and said."""

    act: str
    actor: str
    ground: str
    words: str
    at: datetime


def policy_of(session: Session, work_id: str) -> ClaimPolicy:
    """What follows when a work is found; nothing but a note if its owners said nothing."""
    row = session.execute(
        text("select * from rights.claim_policy where work_id = :work"), {"work": work_id}
    ).first()
    if row is None:
        return ClaimPolicy()
    return ClaimPolicy(
        action=row.action,
        territories=frozenset(row.territories),
        match_min_ms=row.match_min_ms,
        share_bps=row.share_bps,
    )


def set_policy(
    session: Session, work_id: str, policy: ClaimPolicy, *, by: str, at: datetime
) -> None:
    """Say what follows from now on; claims that are open keep theirs."""
    session.execute(
        text(
            "insert into rights.claim_policy values (:work, :action, :territories, :least, :share,"
            " :by, :at) on conflict (work_id) do update set action = excluded.action,"
            " territories = excluded.territories, match_min_ms = excluded.match_min_ms,"
            " share_bps = excluded.share_bps, set_by = excluded.set_by, set_at = excluded.set_at"
        ),
        {
            "work": work_id,
            "action": policy.action,
            "territories": sorted(policy.territories),
            "least": policy.match_min_ms,
            "share": policy.share_bps,
            "by": by,
            "at": at,
        },
    )


def add_claim(session: Session, claim: Claim) -> None:
    """Keep a new claim; raises ``AlreadyClaimed``."""
    row = session.execute(
        text(
            "insert into rights.claim (id, film_id, maker, work_id, owners, action, territories,"
            " match_min_ms, share_bps, origin, match_id, claimant, state, opened_at, due_at,"
            " suspended_at, revision) values (:id, :film, :maker, :work, :owners, :action,"
            " :territories, :least, :share, :origin, :match, :claimant, :state, :opened, :due,"
            " :suspended, :revision) on conflict (film_id, work_id) do nothing returning id"
        ).bindparams(bindparam("owners", type_=JSONB)),
        {
            "id": claim.id,
            "film": claim.film_id,
            "maker": claim.maker,
            "work": claim.work_id,
            "owners": [[owner.party, owner.bps] for owner in claim.owners],
            "action": claim.policy.action,
            "territories": sorted(claim.policy.territories),
            "least": claim.policy.match_min_ms,
            "share": claim.policy.share_bps,
            "origin": claim.origin,
            "match": claim.match_id,
            "claimant": claim.claimant,
            "state": claim.state,
            "opened": claim.opened_at,
            "due": claim.due_at,
            "suspended": claim.suspended_at,
            "revision": claim.revision,
        },
    ).first()
    if row is None:
        raise AlreadyClaimed(claim.film_id, claim_of(session, claim.film_id, claim.work_id).id)


def keep_claim(session: Session, claim: Claim, *, lost: bool | None = None) -> None:
    """Keep a claim as it is now; whoever changes it has it locked."""
    session.execute(
        text(
            "update rights.claim set state = :state, due_at = :due, suspended_at = :suspended,"
            " revision = :revision, lost = coalesce(:lost, lost) where id = :id"
        ),
        {
            "id": claim.id,
            "state": claim.state,
            "due": claim.due_at,
            "suspended": claim.suspended_at,
            "revision": claim.revision,
            "lost": lost,
        },
    )


def set_owners(session: Session, claim_id: str, owners: Sequence[Owner]) -> None:
    """Say for whom a claim is from now on."""
    session.execute(
        text("update rights.claim set owners = :owners where id = :id").bindparams(
            bindparam("owners", type_=JSONB)
        ),
        {"id": claim_id, "owners": [[owner.party, owner.bps] for owner in owners]},
    )


def claim_by_id(session: Session, claim_id: str, *, locked: bool = False) -> Claim:
    """The claim; with ``locked`` nobody else changes it meanwhile. Raises ``ClaimNotFound``."""
    if locked:
        session.execute(
            text("select from rights.claim where id = :id for update"), {"id": claim_id}
        )
    row = (
        session.execute(text("select * from rights.claim where id = :id"), {"id": claim_id})
        .mappings()
        .first()
    )
    if row is None:
        raise ClaimNotFound(claim_id)
    return _claim(row)


def claim_of(session: Session, film_id: str, work_id: str) -> Claim:
    """The claim on a film for a work; raises ``ClaimNotFound``."""
    row = (
        session.execute(
            text("select * from rights.claim where film_id = :film and work_id = :work"),
            {"film": film_id, "work": work_id},
        )
        .mappings()
        .first()
    )
    if row is None:
        raise ClaimNotFound(film_id)
    return _claim(row)


def claims_on_film(session: Session, film_id: str) -> list[Claim]:
    """Every claim on a film, the first first."""
    rows = session.execute(
        text("select * from rights.claim where film_id = :film order by id"), {"film": film_id}
    ).mappings()
    return [_claim(row) for row in rows]


def claims_on_works(session: Session, work_ids: Sequence[str]) -> list[Claim]:
    """Claims for these works that were not released, the first first."""
    rows = session.execute(
        text(
            "select * from rights.claim where work_id = any(:works) and state <> 'released'"
            " order by id"
        ),
        {"works": list(work_ids)},
    ).mappings()
    return [_claim(row) for row in rows]


def claims_against(session: Session, maker: str, *, before: str, limit: int) -> list[Claim]:
    """Claims on somebody's films, the newest first, older than the id ``before``."""
    return _listed(session, "maker = :who", maker, before, limit)


def claims_by(session: Session, owner: str, *, before: str, limit: int) -> list[Claim]:
    """Claims for somebody's works, the newest first, older than the id ``before``."""
    mine = "work_id in (select work_id from rights.owner where party = :who)"
    return _listed(session, mine, owner, before, limit)


def appeals(session: Session, *, before: str, limit: int) -> list[Claim]:
    """Claims that the desk has to decide about, the newest first."""
    return _listed(session, "state = 'appealed' and :who = ''", "", before, limit)


def due_claims(session: Session, *, at: datetime, limit: int) -> list[Claim]:
    """Claims whose time is over, locked; those that somebody works on are left for later."""
    rows = session.execute(
        text(
            "select * from rights.claim where state = any(:states) and suspended_at is null"
            " and due_at <= :at order by due_at, id limit :limit for update skip locked"
        ),
        {"states": list(_STATES_WITH_CLOCK), "at": at, "limit": limit},
    ).mappings()
    return [_claim(row) for row in rows]


def next_share(session: Session, claim_id: str) -> int:
    """Count up the shares of a claim; returns the number of the next one, from 1 on."""
    row = session.execute(
        text(
            "update rights.claim set share_count = share_count + 1 where id = :id"
            " returning share_count"
        ),
        {"id": claim_id},
    )
    return int(row.scalar_one())


def share_count(session: Session, claim_id: str) -> int:
    """How many shares a claim had, one for each set of owners; the last one is open."""
    row = session.execute(
        text("select share_count from rights.claim where id = :id"), {"id": claim_id}
    )
    return int(row.scalar_one())


def add_word(session: Session, claim_id: str, word: Word) -> None:
    """Note what somebody did and said, behind all that was said before."""
    session.execute(
        text(
            "insert into rights.claim_word (claim_id, seq, act, actor, ground, words, at)"
            " select :id, coalesce(max(seq), 0) + 1, :act, :actor, :ground, :words, :at"
            " from rights.claim_word where claim_id = :id"
        ),
        {
            "id": claim_id,
            "act": word.act,
            "actor": word.actor,
            "ground": word.ground,
            "words": word.words,
            "at": word.at,
        },
    )


def words_of(session: Session, claim_id: str) -> list[Word]:
    """What was done to a claim and said of it, in order."""
    rows = session.execute(
        text(
            "select act, actor, ground, words, at from rights.claim_word where claim_id = :id"
            " order by seq"
        ),
        {"id": claim_id},
    )
    return [
        Word(act=row.act, actor=row.actor, ground=row.ground, words=row.words, at=row.at)
        for row in rows
    ]


def tie(session: Session, claim_id: str, conflict_id: str) -> None:
    """Note that a claim waits for a conflict."""
    session.execute(
        text("insert into rights.claim_conflict values (:claim, :conflict) on conflict do nothing"),
        {"claim": claim_id, "conflict": conflict_id},
    )


def untie(session: Session, conflict_id: str) -> list[str]:
    """Note that nobody waits for a conflict any more; returns who waits for no other one."""
    rows = session.execute(
        text("delete from rights.claim_conflict where conflict_id = :id returning claim_id"),
        {"id": conflict_id},
    )
    freed = list(rows.scalars())
    waiting = session.execute(
        text("select distinct claim_id from rights.claim_conflict where claim_id = any(:ids)"),
        {"ids": freed},
    )
    return sorted(set(freed) - set(waiting.scalars()))


def record_of(session: Session, claimant: str) -> tuple[int, int, int]:
    """Of somebody's claims by hand: how many are open, were lost, and were objected to and ended.

    Locked, so that two claims at once count one another.
    """
    session.execute(
        text("select pg_advisory_xact_lock(hashtextextended('rights.claimant:' || :who, 0))"),
        {"who": claimant},
    )
    row = session.execute(
        text(
            "select count(*) filter (where state = any(:states)) as open,"
            " count(*) filter (where lost) as lost,"
            " count(*) filter (where lost is not null) as judged"
            " from rights.claim where claimant = :who"
        ),
        {"who": claimant, "states": list(_STATES_WITH_CLOCK)},
    ).one()
    return row.open, row.lost, row.judged


def suspension_of(session: Session, party: str) -> Mapping[str, object] | None:
    """Why somebody may not claim by hand, and what they said to it; None if they may."""
    row = (
        session.execute(
            text("select * from rights.claimant where party = :party and lifted_at is null"),
            {"party": party},
        )
        .mappings()
        .first()
    )
    return None if row is None else dict(row)


def suspensions(session: Session) -> list[Mapping[str, object]]:
    """Everybody who may not claim by hand, those who appealed first."""
    rows = session.execute(
        text(
            "select * from rights.claimant where lifted_at is null"
            " order by appealed_at nulls last, suspended_at limit 200"
        )
    ).mappings()
    return [dict(row) for row in rows]


def suspend(session: Session, party: str, *, reason: str, by: str, at: datetime) -> None:
    """Let somebody claim no more by hand; who is suspended already stays so."""
    session.execute(
        text(
            "insert into rights.claimant (party, suspended_at, reason, by_whom)"
            " values (:party, :at, :reason, :by) on conflict (party) do update set"
            " suspended_at = excluded.suspended_at, reason = excluded.reason,"
            " by_whom = excluded.by_whom, appeal = '', appealed_at = null, lifted_at = null,"
            " lifted_by = '', lifted_why = '' where rights.claimant.lifted_at is not null"
        ),
        {"party": party, "reason": reason, "by": by, "at": at},
    )


def appeal_suspension(session: Session, party: str, words: str, *, at: datetime) -> bool:
    """Keep what a suspended claimant says, once; whether it was kept."""
    done = session.execute(
        text(
            "update rights.claimant set appeal = :words, appealed_at = :at"
            " where party = :party and lifted_at is null and appealed_at is null"
        ),
        {"party": party, "words": words, "at": at},
    )
    return done.rowcount == 1


def lift(session: Session, party: str, *, why: str, by: str, at: datetime) -> bool:
    """Let a suspended claimant claim again; whether they were suspended."""
    done = session.execute(
        text(
            "update rights.claimant set lifted_at = :at, lifted_by = :by, lifted_why = :why"
            " where party = :party and lifted_at is null"
        ),
        {"party": party, "why": why, "by": by, "at": at},
    )
    return done.rowcount == 1


def _listed(session: Session, where: str, who: str, before: str, limit: int) -> list[Claim]:
    rows = session.execute(
        text(
            f"select * from rights.claim where {where}"  # noqa: S608 - this file's own words
            " and (:before = '' or id < :before) order by id desc limit :limit"
        ),
        {"who": who, "before": before, "limit": limit},
    ).mappings()
    return [_claim(row) for row in rows]


def _claim(row: RowMapping) -> Claim:
    return Claim(
        id=row["id"],
        film_id=row["film_id"],
        maker=row["maker"],
        work_id=row["work_id"],
        owners=tuple(Owner(party, bps) for party, bps in row["owners"]),
        policy=ClaimPolicy(
            action=row["action"],
            territories=frozenset(row["territories"]),
            match_min_ms=row["match_min_ms"],
            share_bps=row["share_bps"],
        ),
        origin=row["origin"],
        match_id=row["match_id"],
        claimant=row["claimant"],
        state=row["state"],
        opened_at=row["opened_at"],
        due_at=row["due_at"],
        suspended_at=row["suspended_at"],
        revision=row["revision"],
    )

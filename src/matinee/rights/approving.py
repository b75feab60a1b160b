"""Asking owners: a film that needs their word waits until enough of them have said it.

Several owners decide by the rule of their work. Nobody waits for ever: what nobody decided in time
is over, and the film ends.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from matinee.kit import durable, events
from matinee.kit.clock import Clock
from matinee.kit.db import Database, Session
from matinee.kit.ids import Ids
from matinee.kit.plain import Plain

from . import approval_store, registering, store
from .approval_store import Approval, ApprovalState, Decision, Vote
from .errors import ApprovalEnded, ApprovalNotFound, NotAnOwner, ReasonMissing
from .licences import plain
from .model import Work
from .policy import Judged, Purpose, Ruling
from .presence import SAID, WHOLE, Thing

WAITS = timedelta(days=7)
EXPIRE_EVERY = "30 * * * * *"
PAGE_MAX = 100
REASON_CHARACTERS_MAX = 2_000
_EXPIRED_AT_ONCE = 200

APPROVAL_ASKED = "rights.approval_asked"
APPROVAL_DECIDED = "rights.approval_decided"

_STATES: Mapping[Decision, ApprovalState] = {
    "grant": "granted",
    "not_mine": "not_mine",
    "refuse": "refused",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """Whose film it is, and what they said it should be."""

    film_id: str
    maker: str
    prompt: str


def keep_ruling(
    session: Session, ruling: Ruling, purpose: Purpose, asker: Asker, *, ids: Ids, at: datetime
) -> list[Approval]:
    """Keep what was decided of a film, and ask the owners who are to be asked.

    Returns the approvals that it waits for. Owners who were asked already are not asked again.
    """
    approval_store.keep_ruling(
        session,
        asker.film_id,
        maker=asker.maker,
        verdict=ruling.verdict,
        said=plain_ruling(ruling, purpose),
        things=[
            (use.work.id, kind, name)
            for use in ruling.uses
            for kind, name in sorted(use.things) or [_nowhere(use)]
        ],
        at=at,
    )
    if ruling.verdict != "ask":
        return []
    for use in ruling.uses:
        if use.verdict == "ask":
            _ask(session, use, purpose, asker, ids=ids, at=at)
    waiting = approval_store.approvals_of(session, asker.film_id)
    return [one for one in waiting if one.state == "waiting"]


def vote(
    session: Session,
    approval_id: str,
    *,
    party: str,
    decision: Decision,
    reason: str,
    at: datetime,
) -> Approval:
    """Say an owner's word; once enough have said theirs it is decided (APPROVAL_DECIDED).

    Raises ``ApprovalNotFound``, ``NotAnOwner``, ``ApprovalEnded`` and ``ReasonMissing``.
    """
    asked = approval_store.approval_by_id(session, approval_id, locked=True)
    if asked is None:
        raise ApprovalNotFound(approval_id)
    work = store.work_by_id(session, asked.work_id)
    if not work.share_of(party):
        raise NotAnOwner(work.id, party)
    if asked.state != "waiting" or asked.expires_at <= at:
        raise ApprovalEnded(approval_id, asked.state if asked.state != "waiting" else "expired")
    said = reason.strip()[:REASON_CHARACTERS_MAX]
    if decision == "refuse" and not said:
        raise ReasonMissing
    approval_store.set_vote(session, approval_id, Vote(party, decision, said, at))
    outcome = tally(work, approval_store.votes_of(session, approval_id))
    if outcome is not None:
        _end(session, asked, _STATES[outcome], reason=said if outcome == "refuse" else "", at=at)
    decided = approval_store.approval_by_id(session, approval_id)
    assert decided is not None
    return decided


def tally(work: Work, votes: list[Vote]) -> Decision | None:
    """What the owners have decided by the rule of their work, None while it is open."""
    said: dict[Decision, set[str]] = {"grant": set(), "not_mine": set(), "refuse": set()}
    for one in votes:
        if work.share_of(one.party):
            said[one.decision].add(one.party)
    if registering.has_enough(work, said["not_mine"]):
        return "not_mine"
    # Whoever sees nothing of theirs in it does not mind it either.
    if registering.has_enough(work, said["grant"] | said["not_mine"]):
        return "grant"
    left = {owner.party for owner in work.owners} - said["refuse"]
    if registering.has_enough(work, said["refuse"]) or not registering.has_enough(work, left):
        return "refuse"
    return None


def expire(session: Session, *, at: datetime) -> int:
    """End what nobody decided in time; returns how many."""
    late = approval_store.due(session, at, most=_EXPIRED_AT_ONCE)
    for one in late:
        _end(session, one, "expired", reason="", at=at)
    return len(late)


def install(database: Database, clock: Clock, *, queue: str) -> durable.Workflow[[], None]:
    """Register the job that ends approvals that nobody decided; wiring schedules it."""

    @durable.step("rights.expire_approvals")
    def expire_due() -> int:
        with database.transaction() as session:
            return expire(session, at=clock.now())

    @durable.workflow("rights.expire", queue=queue)
    def expire_all() -> None:
        expire_due()

    return expire_all


def withdraw(session: Session, event: events.Event) -> None:
    """Ask nobody any more about a film that ended otherwise (FILM_FAILED, FILM_WITHDRAWN)."""
    approval_store.withdraw(session, str(event.payload["film_id"]), at=event.recorded_at)


def forget(session: Session, event: events.Event) -> None:
    """Forget what was read in a film that is no more (FILM_WITHDRAWN)."""
    approval_store.forget_film(session, str(event.payload["film_id"]))


def waits_for(session: Session, film_id: str) -> bool:
    """Whether anybody still has to say whether something of theirs may be in a film."""
    return any(one.state == "waiting" for one in approval_store.approvals_of(session, film_id))


def plain_ruling(ruling: Ruling, purpose: Purpose) -> dict[str, Plain]:
    """What was decided, as plain JSON values: each work, where, by which terms, and the price."""
    return {
        "verdict": ruling.verdict,
        "use": purpose.use,
        "territories": sorted(purpose.territories),
        "prices": [{"micro": one.micro, "currency": one.currency} for one in ruling.prices],
        "uses": [_plain_use(use) for use in ruling.uses],
    }


def _found(use: Judged) -> list[dict[str, str]]:
    """Where a work is named, each way of writing it in each kind of place once."""
    places = dict.fromkeys((one.name, one.quote, one.field) for one in use.found)
    return [{"name": name, "quote": quote, "field": field} for name, quote, field in places]


def _nowhere(use: Judged) -> Thing:
    """What a work is whose name stands at nobody and nothing: said, or in the whole film."""
    fields = {one.field for one in use.found}
    return SAID if fields & {"dialogue", "title"} else WHOLE


def _plain_use(use: Judged) -> dict[str, Plain]:
    licence, nearest = use.licence, use.nearest
    return {
        "work_id": use.work.id,
        "kind": use.work.kind,
        "title": use.work.title,
        "verdict": use.verdict,
        "reasons": [*use.reasons],
        "doubt": use.doubt,
        "own": use.own,
        "licence_id": None if licence is None else licence.id,
        "version": None if licence is None else licence.version,
        "terms": None if licence is None else plain(licence.terms),
        "found": [*_found(use)],
        "nearest": None
        if nearest is None
        else {"kind": nearest.kind, "values": [*nearest.values], "work_id": nearest.work_id},
    }


def _ask(
    session: Session, use: Judged, purpose: Purpose, asker: Asker, *, ids: Ids, at: datetime
) -> None:
    approval = Approval(
        id=ids.new("approval"),
        film_id=asker.film_id,
        work_id=use.work.id,
        licence_id=None if use.licence is None else use.licence.id,
        maker=asker.maker,
        purpose=purpose.use,
        found=_found(use),
        doubt=use.doubt,
        film_said=asker.prompt[:REASON_CHARACTERS_MAX],
        state="waiting",
        reason="",
        asked_at=at,
        expires_at=at + WAITS,
    )
    if approval_store.add_approval(session, approval):
        events.record(
            session,
            APPROVAL_ASKED,
            key=approval.id,
            payload={
                "approval_id": approval.id,
                "film_id": asker.film_id,
                "work_id": use.work.id,
                "title": use.work.title,
                "owners": sorted(owner.party for owner in use.work.owners),
                "maker": asker.maker,
            },
            at=at,
        )


def _end(
    session: Session, asked: Approval, state: ApprovalState, *, reason: str, at: datetime
) -> None:
    if approval_store.end_approval(session, asked.id, state, reason=reason, at=at):
        title = store.work_by_id(session, asked.work_id).title
        events.record(
            session,
            APPROVAL_DECIDED,
            key=asked.id,
            payload={
                "approval_id": asked.id,
                "film_id": asked.film_id,
                "work_id": asked.work_id,
                "title": title,
                "maker": asked.maker,
                "decision": state,
                "reason": reason,
            },
            at=at,
        )

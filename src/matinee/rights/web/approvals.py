"""Approvals over HTTP: what owners are asked, and their answers."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Literal

import msgspec
from fastapi import APIRouter, Depends
from starlette.responses import Response

from matinee.kit.bodies import answer
from matinee.kit.db import Session
from matinee.people import Visitor, access
from matinee.rights import approval_store, approving, store
from matinee.rights.approval_store import Approval
from matinee.rights.errors import ApprovalNotFound

from .desk import Body, read_json
from .registry_bodies import LicenceSaid, PersonSaid, Presenter, RightsDesk, licence_said

_PAGE = 30

Holder = Annotated[Visitor, Depends(access.member("rights"))]


class AnswerWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An owner's answer; whoever refuses says why."""

    decision: Literal["grant", "not_mine", "refuse"]
    reason: Annotated[str, msgspec.Meta(max_length=2_000)] = ""


class VoteSaid(msgspec.Struct, frozen=True):
    """What one owner said."""

    person: PersonSaid
    bps: int
    decision: str
    reason: str


class ApprovalSaid(msgspec.Struct, frozen=True):
    """What an owner is asked: about which film, for what, where the work is in it."""

    id: str
    film_id: str
    work_id: str
    title: str
    kind: str
    maker: PersonSaid
    purpose: str
    prompt: str
    found: Sequence[Mapping[str, str]]
    doubt: bool
    state: str
    reason: str
    asked_at: datetime
    expires_at: datetime
    licence: LicenceSaid | None
    votes: list[VoteSaid]
    mine_bps: int


class ApprovalPage(msgspec.Struct, frozen=True):
    """Approvals, the newest first, and where the list goes on."""

    approvals: list[ApprovalSaid]
    cursor: str | None


def approval_router(desk: RightsDesk) -> APIRouter:
    """The routes of those who are asked, below ``/api``."""
    router = APIRouter()

    @router.get("/approvals")
    def queue(visitor: Holder, state: str = "waiting", cursor: str = "") -> Response:
        """What one is asked, or (``state=decided``) was asked, as an owner."""
        with desk.database.transaction() as session:
            found = approval_store.approvals_for(
                session,
                visitor.person.id,
                waiting=state != "decided",
                after=cursor[:80],
                most=_PAGE + 1,
            )
            shown = said_to(session, visitor, found[:_PAGE])
        return answer(ApprovalPage(shown, found[_PAGE - 1].id if len(found) > _PAGE else None))

    @router.get("/approvals/{approval_id}")
    def show(approval_id: str, visitor: Holder) -> Response:
        """One question, to an owner or to whoever's film it is about."""
        with desk.database.transaction() as session:
            found = approval_store.approval_by_id(session, approval_id)
            if found is None or not _may_read(session, visitor, found):
                raise ApprovalNotFound(approval_id)
            return answer(said_to(session, visitor, [found])[0])

    @router.post("/approvals/{approval_id}")
    def decide(approval_id: str, body: Body, visitor: Holder) -> Response:
        """Answer for one's shares; enough of them decide."""
        wish = read_json(body, AnswerWish)
        with desk.database.transaction() as session:
            found = approval_store.approval_by_id(session, approval_id)
            if found is None or not _may_read(session, visitor, found):
                raise ApprovalNotFound(approval_id)
            decided = approving.vote(
                session,
                approval_id,
                party=visitor.person.id,
                decision=wish.decision,
                reason=wish.reason,
                at=desk.clock.now(),
            )
            return answer(said_to(session, visitor, [decided])[0])

    return router


def said_to(session: Session, visitor: Visitor, found: Sequence[Approval]) -> list[ApprovalSaid]:
    """Approvals as they are said to one of the owners or to the maker of the film."""
    works = {
        work.id: work
        for work in store.works_by_ids(session, sorted({one.work_id for one in found}))
    }
    licences = store.licences(session, {one.licence_id for one in found if one.licence_id})
    votes = {one.id: approval_store.votes_of(session, one.id) for one in found}
    presenter = Presenter(session, visitor)
    presenter.know(
        (*(one.maker for one in found), *(vote.party for said in votes.values() for vote in said))
    )
    shown = []
    for one in found:
        work = works[one.work_id]
        licence = licences.get(one.licence_id or "")
        is_owner = work.share_of(visitor.person.id) > 0
        shown.append(
            ApprovalSaid(
                id=one.id,
                film_id=one.film_id,
                work_id=work.id,
                title=work.title,
                kind=work.kind,
                maker=presenter.person(one.maker),
                purpose=one.purpose,
                prompt=one.film_said,
                found=one.found,
                doubt=one.doubt,
                state=one.state,
                reason=one.reason,
                asked_at=one.asked_at,
                expires_at=one.expires_at,
                licence=None if licence is None else licence_said(licence),
                votes=[
                    VoteSaid(
                        presenter.person(vote.party),
                        work.share_of(vote.party),
                        vote.decision,
                        vote.reason,
                    )
                    for vote in votes[one.id]
                    if is_owner
                ],
                mine_bps=work.share_of(visitor.person.id),
            )
        )
    return shown


def _may_read(session: Session, visitor: Visitor, found: Approval) -> bool:
    work = store.work_by_id(session, found.work_id)
    return bool(work.share_of(visitor.person.id)) or found.maker == visitor.person.id

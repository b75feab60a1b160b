"""The desk below ``/api/desk``: for moderators."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from matinee import people
from matinee.kit.bodies import answer
from matinee.people import Visitor, access
from matinee.trust import hearing
from matinee.trust.cases import STATES, Case
from matinee.trust.errors import ReportInvalid

from .bodies import (
    CaseInFull,
    CaseList,
    DecisionBody,
    TrustDesk,
    case_view,
    read_body,
    statement_view,
)

PAGE = 50

_moderator = access.with_role("moderator")
Moderating = Annotated[Visitor, Depends(_moderator)]


def desk_router(desk: TrustDesk) -> APIRouter:
    """The routes of the desk."""
    router = APIRouter(prefix="/desk")

    @router.get("/cases")
    def cases(request: Request, _visitor: Moderating) -> Response:
        """List cases: those that wait, the most urgent first, or those in a state."""
        state = request.query_params.get("state", "")
        if state and state not in STATES:
            raise ReportInvalid(f"state is one of {', '.join(STATES)}.", "state")
        after = request.query_params.get("cursor", "")
        with desk.database.transaction() as session:
            found = hearing.listed(session, state=state, after=after, limit=PAGE)
        now = desk.clock.now()
        cursor = found[-1].id if len(found) == PAGE else None
        return answer(CaseList(tuple(case_view(one, now) for one in found), cursor))

    @router.get("/cases/{case_id}")
    def case(case_id: str, visitor: Moderating) -> Response:
        """Show a case with all that is known of it; the look is logged."""
        return answer(_in_full(desk, case_id, visitor.person.id))

    @router.post("/cases/{case_id}/decisions")
    async def decide(case_id: str, request: Request, visitor: Moderating) -> Response:
        """Decide a case, and have its author told why."""
        body = await read_body(request, DecisionBody)

        def act() -> Case:
            with desk.database.transaction() as session:
                return hearing.decide(
                    session,
                    case_id,
                    body.decision,
                    body.reason,
                    by=visitor.person.id,
                    alone=people.is_alone(session, visitor.person, "moderator"),
                    at=desk.clock.now(),
                )

        decided = await run_in_threadpool(act)
        return answer(case_view(decided, desk.clock.now()))

    return router


def _in_full(desk: TrustDesk, case_id: str, moderator: str) -> CaseInFull:
    now = desk.clock.now()
    with desk.database.transaction() as session:
        found, said, log = hearing.in_full(session, case_id, by=moderator, at=now)
    return CaseInFull(
        case=case_view(found, now),
        snapshot=dict(found.snapshot),
        statements=tuple(map(statement_view, said)),
        log=log,
    )

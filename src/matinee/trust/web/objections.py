"""Objections below ``/api``: takedowns by anybody, appeals and statements of reasons by authors."""

import re
from typing import Annotated

import msgspec
from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from matinee.kit.bodies import answer
from matinee.people import Visitor, access
from matinee.people.cookies import network_of
from matinee.trust import case_store, hearing
from matinee.trust.cases import Case
from matinee.trust.errors import ReportInvalid
from matinee.trust.hearing import Objection
from matinee.trust.model import Subject

from .bodies import Answer, AppealBody, TakedownBody, TrustDesk, answer_of, read_body

_POST = re.compile(r"/(?:p|api/posts)/([A-Za-z0-9_-]{1,80})")
_FILM = re.compile(r"(video_[0-9a-f]{32})")

_account = access.member("account")
Anyone = Annotated[Visitor | None, Depends(access.anyone)]
Member = Annotated[Visitor, Depends(_account)]


class Decisions(msgspec.Struct, frozen=True):
    """What the desk decided about somebody's things, newest first."""

    decisions: tuple[Answer, ...]


def objection_router(desk: TrustDesk) -> APIRouter:
    """The routes of those who object."""
    router = APIRouter()
    _add_takedowns(router, desk)
    _add_appeals(router, desk)
    return router


def _add_takedowns(router: APIRouter, desk: TrustDesk) -> None:
    @router.post("/takedowns", status_code=201)
    async def ask(request: Request, _visitor: Anyone) -> Response:
        """Ask for a removal, without an account; the answer holds the token that shows it."""
        body = await read_body(request, TakedownBody)
        if not body.truthful:
            raise ReportInvalid("confirm that what you say is true.", "truthful")
        subject = _subject(body)
        address = network_of(request, desk.proxies)

        def act() -> tuple[Case, str]:
            with desk.database.transaction() as session:
                return hearing.take_down(
                    session,
                    subject,
                    Objection(
                        name=body.name, email=body.email, reason=body.reason, words=body.text
                    ),
                    address=address,
                    witness=desk.witness(session, subject),
                    at=desk.clock.now(),
                    ids=desk.ids,
                )

        case, token = await run_in_threadpool(act)
        return answer(answer_of(case, token), status=201)

    @router.get("/takedowns/{case_id}")
    def look(case_id: str, request: Request, _visitor: Anyone) -> Response:
        """Show whoever has the token how far the desk is."""
        token = request.query_params.get("token", "")
        with desk.database.transaction() as session:
            return answer(answer_of(hearing.takedown_with_token(session, case_id, token)))


def _add_appeals(router: APIRouter, desk: TrustDesk) -> None:
    @router.post("/appeals", status_code=201)
    async def appeal(request: Request, visitor: Member) -> Response:
        """Appeal against a refusal, or against a decision about something of one's own."""
        body = await read_body(request, AppealBody)
        if bool(body.refusal_id) == bool(body.case_id):
            raise ReportInvalid("name either a refusal_id or a case_id.", "refusal_id")

        def act() -> Case:
            verb = hearing.appeal_refusal if body.refusal_id else hearing.appeal_case
            with desk.database.transaction() as session:
                return verb(
                    session,
                    body.refusal_id or body.case_id,
                    visitor.person.id,
                    body.text,
                    at=desk.clock.now(),
                    ids=desk.ids,
                )

        return answer(answer_of(await run_in_threadpool(act)), status=201)

    @router.get("/me/decisions")
    def decisions(visitor: Member) -> Response:
        """List what the desk decided about one's own things, with its reasons."""
        with desk.database.transaction() as session:
            found = case_store.cases_of_author(session, visitor.person.id)
        return answer(Decisions(tuple(answer_of(case) for case in found)))


def _subject(body: TakedownBody) -> Subject:
    """Return what a takedown is about; raises ReportInvalid."""
    if body.subject is not None:
        return Subject(kind=body.subject.kind, id=body.subject.id)
    if film := _FILM.search(body.url):
        return Subject(kind="film", id=film[1])
    if post := _POST.search(body.url):
        return Subject(kind="post", id=post[1])
    raise ReportInvalid("name the subject, or paste the address of the post or film.", "url")

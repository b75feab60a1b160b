"""What the operator decides about people, and the picture that everybody may see."""

import msgspec
from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from matinee.kit.bodies import answer
from matinee.people import access, actions, store
from matinee.people.errors import PictureNotFound
from matinee.people.model import Plan, Role

from .desk import PeopleDesk, nothing, person_view, read

_OPERATOR = Depends(access.with_role("operator"))
_PAGE = 100


class PlanWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The plan from now on."""

    plan: Plan


def operator_router(desk: PeopleDesk) -> APIRouter:
    """The routes below ``/api/people`` that are the operator's."""
    router = APIRouter(prefix="/people")

    @router.get("", dependencies=[_OPERATOR])
    def everyone(after: str = "") -> Response:
        """List people in the order of their coming, a hundred at a time."""
        with desk.database.transaction() as session:
            found = store.everyone(session, after=after, limit=_PAGE)
        cursor = found[-1].id if len(found) == _PAGE else None
        return answer({"people": [person_view(one) for one in found], "cursor": cursor})

    @router.put("/{handle}/plan", dependencies=[_OPERATOR])
    async def put_on_plan(handle: str, request: Request) -> Response:
        """Put somebody on a plan."""
        plan = read(await request.body(), PlanWish).plan
        return await run_in_threadpool(_put_on_plan, desk, handle, plan)

    def granted(handle: str, role: Role, *, given: bool) -> Response:
        with desk.database.transaction() as session:
            person = store.person_by_handle(session, handle)
            after = actions.grant(session, person, role, granted=given)
            return answer({"person": person_view(after)})

    @router.put("/{handle}/roles/{role}", dependencies=[_OPERATOR])
    def grant(handle: str, role: Role) -> Response:
        """Give somebody a role."""
        return granted(handle, role, given=True)

    @router.delete("/{handle}/roles/{role}", dependencies=[_OPERATOR])
    def take(handle: str, role: Role) -> Response:
        """Take a role from somebody."""
        return granted(handle, role, given=False)

    @router.delete("/{handle}", dependencies=[_OPERATOR])
    def close(handle: str) -> Response:
        """Close somebody's account and delete all that is personal."""
        with desk.database.transaction() as session:
            person = store.person_by_handle(session, handle)
            actions.close(session, person, at=desk.clock.now())
        return nothing()

    @router.get("/{handle}/picture", dependencies=[Depends(access.anyone)])
    def picture(handle: str, request: Request) -> Response:
        """Somebody's picture."""
        with desk.database.transaction() as session:
            key = store.person_by_handle(session, handle).picture
        if key is None:
            raise PictureNotFound(handle)
        headers = {"etag": f'"{key.rpartition("/")[2]}"', "cache-control": "private, no-cache"}
        if request.headers.get("if-none-match") == headers["etag"]:
            return Response(status_code=304, headers=headers)
        return Response(desk.blobs.read(key), media_type="image/webp", headers=headers)

    return router


def _put_on_plan(desk: PeopleDesk, handle: str, plan: Plan) -> Response:
    with desk.database.transaction() as session:
        person = store.person_by_handle(session, handle)
        return answer({"person": person_view(actions.put_on_plan(session, person, plan))})

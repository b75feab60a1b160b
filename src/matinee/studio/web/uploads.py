"""Films that were sent, over HTTP: accept one, and say what is known of it and of its check."""

import msgspec
from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from matinee.kit.bodies import answer
from matinee.rights import claims
from matinee.studio import upload_store, uploading
from matinee.studio.model import Film
from matinee.studio.upload_store import Told
from matinee.studio.uploading import Intake

from .bodies import read_json
from .desk import READ, WRITE, Desk
from .films import view_of


class UploadWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An upload (see ``/api/uploads``, purpose ``film``) that is to become a film."""

    upload: str
    title: str


class StandingView(msgspec.Struct, frozen=True):
    """Whether a film may be shown: ``cleared``, ``held`` until it is checked, or ``blocked``.

    ``territories`` are where it is blocked, empty for everywhere; ``fault`` is the code of what
    hinders the check.
    """

    state: str
    fault: str | None
    territories: tuple[str, ...]


class SentView(msgspec.Struct, frozen=True):
    """A film of one's own: whether it was sent, what its file said of itself, how it stands."""

    uploaded: bool
    provenance: Told | None
    standing: StandingView


def upload_film_router(desk: Desk, intake: Intake) -> APIRouter:
    """The routes of films that were sent, below ``/api``."""
    router = APIRouter()

    @router.post("/films/uploads", dependencies=[WRITE])
    async def accept(request: Request) -> Response:
        """Make a film of a finished upload."""
        wish = read_json(await request.body(), UploadWish)

        def act() -> Film:
            with desk.database.transaction() as session:
                return uploading.accept(
                    session,
                    wish.upload,
                    wish.title,
                    intake=intake,
                    office=desk.office_of(request),
                )

        return answer(view_of(await run_in_threadpool(act)), status=201)

    @router.get("/films/{film_id}/standing", dependencies=[READ])
    def standing(film_id: str, request: Request) -> Response:
        """Say of a film of one's own whether it may be shown, and what its file said of itself."""
        with desk.database.transaction() as session:
            film = desk.own(session, film_id, request)
            sent = upload_store.sent(session, film.id)
            found = claims.cleared(session, film.id)
        return answer(
            SentView(
                uploaded=sent is not None,
                provenance=None if sent is None else sent.told,
                standing=standing_view(found),
            )
        )

    return router


def standing_view(found: claims.Cleared | claims.Held | claims.Blocked) -> StandingView:
    """Present how a film stands."""
    if isinstance(found, claims.Held):
        return StandingView("held", found.fault or None, ())
    if isinstance(found, claims.Blocked):
        return StandingView("blocked", None, tuple(sorted(found.territories)))
    return StandingView("cleared", None, ())

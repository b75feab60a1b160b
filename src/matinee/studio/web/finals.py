"""The ladder over HTTP: a draft's shots finished on another engine, and both compared."""

import tempfile
from pathlib import Path
from typing import Annotated

import msgspec
from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from matinee.kit.money import MicroMoney
from matinee.studio import finals
from matinee.studio.model import Film, Finish

from .bodies import read_json
from .content import blob_response
from .desk import READ, WRITE, Desk
from .films import view_of

SHOTS_MAX = 999


class Wish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which shots, counted from 1, on which engine; all without ``shots``, any price without
    ``budget`` (``"5 EUR"``).
    """  # noqa: D205 - one sentence

    engine: str
    shots: Annotated[tuple[int, ...], msgspec.Meta(max_length=SHOTS_MAX)] = ()
    budget: str = ""
    own_sound: bool = False


class PairView(msgspec.Struct, frozen=True):
    """A finished shot beside its draft; addresses are null until what they lead to exists."""

    shot: int
    text: str
    engine: str
    draft_url: str | None
    draft_preview_url: str | None
    final_url: str | None
    final_preview_url: str | None
    fitted: str
    cost: str | None


class ComparisonView(msgspec.Struct, frozen=True):
    """All finished shots of a final, and what they cost together."""

    film: str
    draft: str
    pairs: tuple[PairView, ...]
    cost: str | None
    budget: str | None


def final_router(desk: Desk) -> APIRouter:
    """The routes below ``/api`` and ``/v1``."""
    router = APIRouter(prefix="/films")

    @router.post("/{film_id}/finish", dependencies=[WRITE])
    async def finish(film_id: str, request: Request) -> Response:
        """Make a final of a finished film."""
        wish = read_json(await request.body(), Wish)
        wanted = Finish(
            engine=wish.engine,
            shots=tuple(number - 1 for number in wish.shots),
            budget=MicroMoney.of(wish.budget) if wish.budget else None,
            own_sound=wish.own_sound,
        )

        def accept() -> Film:
            with desk.database.transaction() as session:
                own = desk.own(session, film_id, request)
                return finals.finish_film(
                    session,
                    own.id,
                    wanted,
                    office=desk.office_of(request),
                )

        made = await run_in_threadpool(accept)
        return _json(view_of(made), status=202)

    @router.get("/{film_id}/comparison", dependencies=[READ])
    def comparison(film_id: str, request: Request) -> Response:
        """List the finished shots of a final beside their drafts."""
        with desk.database.transaction() as session:
            film = desk.own(session, film_id, request)
            pairs = finals.compare(session, film.id)
        return _json(_view(film, pairs))

    @router.get("/{film_id}/comparison.mp4", dependencies=[READ])
    def comparison_video(film_id: str, request: Request) -> Response:
        """Show drafts and finals side by side."""
        with desk.database.transaction() as session:
            film = desk.own(session, film_id, request)
            pairs = finals.compare(session, film.id)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "comparison.mp4"
            finals.write_comparison(film, pairs, path, blobs=desk.blobs)
            return Response(path.read_bytes(), media_type="video/mp4")

    @router.get("/{film_id}/comparison/{number}/{which}", dependencies=[READ])
    def comparison_part(film_id: str, number: int, which: str, request: Request) -> Response:
        """Serve a take or a picture of one pair."""
        with desk.database.transaction() as session:
            pairs = finals.compare(session, desk.own(session, film_id, request).id)
        return blob_response(request, desk.blobs, finals.part_of(pairs, number - 1, which))

    return router


def _view(film: Film, pairs: tuple[finals.Pair, ...]) -> ComparisonView:
    finish, origin = film.request.finish, film.request.origin
    budget = finish.budget if finish else None
    return ComparisonView(
        film=film.id,
        draft=origin.film if origin else "",
        pairs=tuple(_pair(film.id, pair) for pair in pairs),
        cost=str(film.cost) if film.cost else None,
        budget=str(budget) if budget else None,
    )


def _pair(film_id: str, pair: finals.Pair) -> PairView:
    def url(which: str, key: str) -> str | None:
        # Beside the address of the comparison itself, below whichever root it was asked for.
        return f"{film_id}/comparison/{pair.index + 1}/{which}" if key else None

    return PairView(
        shot=pair.index + 1,
        text=pair.text,
        engine=pair.engine,
        draft_url=url("draft", pair.draft),
        draft_preview_url=url("draft_preview", pair.draft_preview),
        final_url=url("final", pair.final),
        final_preview_url=url("final_preview", pair.final_preview),
        fitted=pair.fitted,
        cost=str(pair.cost) if pair.cost else None,
    )


def _json(value: object, *, status: int = 200) -> Response:
    return Response(msgspec.json.encode(value), status, media_type="application/json")

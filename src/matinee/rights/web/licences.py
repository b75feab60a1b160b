"""Licences over HTTP: terms as data, in words, in ODRL; and the public catalogue in RSL."""

from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from matinee.kit.bodies import answer
from matinee.people import Visitor, access
from matinee.rights import odrl, registering, registry_store, rsl, store
from matinee.rights.errors import LicenceNotOffered
from matinee.rights.licences import Terms, plain
from matinee.rights.presets import PRESETS

from .desk import Body, read_json
from .registry_bodies import LicenceSaid, RightsDesk, TermsBody, as_json, licence_said, words_of

_ODRL = "application/ld+json"
_RSL = "application/rsl+xml; charset=utf-8"
_CATALOGUE_MOST = 1_000

Holder = Annotated[Visitor, Depends(access.member("rights"))]
Anyone = Annotated[Visitor | None, Depends(access.anyone)]


class TermsSaid(msgspec.Struct, frozen=True):
    """Terms as data and in words; ``holds`` is whether they hold, or wait for other owners."""

    terms: dict[str, Any]
    words: dict[str, list[str]]
    holds: bool = False
    licence: LicenceSaid | None = None


class VersionSaid(msgspec.Struct, frozen=True):
    """A version of the terms of a work, and since when it was the newest."""

    id: str
    version: int
    made_at: str
    words: dict[str, list[str]]


def licence_router(desk: RightsDesk) -> APIRouter:
    """The routes of terms, below ``/api``."""
    router = APIRouter()
    _add_words(router)
    _add_terms(router, desk)
    _add_exchange(router, desk)
    return router


def _add_words(router: APIRouter) -> None:
    @router.get("/licences/presets")
    def presets(_visitor: Anyone) -> Response:
        """Terms to start from, by name."""
        return answer(
            {
                name: TermsSaid(dict(plain(terms)), words_of(terms))
                for name, terms in PRESETS.items()
            }
        )

    @router.post("/licences/words")
    def words(body: Body, _visitor: Anyone) -> Response:
        """Say terms in words, without keeping them; contradictory ones are refused."""
        terms = read_json(body, TermsBody).read()
        return answer(TermsSaid(dict(plain(terms)), words_of(terms)))


def _add_terms(router: APIRouter, desk: RightsDesk) -> None:
    @router.get("/works/{work_id}/licence")
    def versions(work_id: str, _visitor: Anyone) -> Response:
        """Every version of the terms of a work, the newest first."""
        with desk.database.transaction() as session:
            store.work_by_id(session, work_id)
            found = registry_store.licence_versions(session, work_id)
        return answer(
            {
                "versions": [
                    VersionSaid(one_id, version, made_at.isoformat(), words_of(terms))
                    for one_id, version, terms, made_at in found
                ]
            }
        )

    @router.put("/works/{work_id}/licence")
    def want(work_id: str, body: Body, visitor: Holder) -> Response:
        """Say which terms one wants; they hold once enough owners want the same."""
        terms = read_json(body, TermsBody).read()
        return _wanted(desk, work_id, visitor, terms)


def _add_exchange(router: APIRouter, desk: RightsDesk) -> None:
    @router.get("/works/{work_id}/licence/odrl")
    def exported(work_id: str, _visitor: Anyone) -> Response:
        """The present terms as an ODRL policy in JSON-LD."""
        with desk.database.transaction() as session:
            store.work_by_id(session, work_id)
            licence = store.newest_licence(session, work_id)
        if licence is None:
            raise LicenceNotOffered(work_id)
        return Response(as_json(odrl.policy(licence)), media_type=_ODRL)

    @router.put("/works/{work_id}/licence/odrl")
    def imported(work_id: str, body: Body, visitor: Holder) -> Response:
        """Want the terms of an ODRL policy for a work; what would be lost is refused."""
        terms = odrl.read(read_json(body, dict[str, Any])).terms
        return _wanted(desk, work_id, visitor, terms)

    @router.get("/catalogue.rsl")
    def catalogue(request: Request, _visitor: Anyone) -> Response:
        """The terms of all works for programs that read the web (RSL 1.0)."""
        base = str(request.base_url).rstrip("/")
        with desk.database.transaction() as session:
            ids = registry_store.licensed_works(session, most=_CATALOGUE_MOST)
            found = store.newest_licences(session, ids)
        listed = [
            (f"{base}/rights/works/{one}", found[one], f"{base}/api/works/{one}/licence/odrl")
            for one in ids
            if one in found
        ]
        return Response(rsl.document(listed), media_type=_RSL)


def _wanted(desk: RightsDesk, work_id: str, visitor: Visitor, terms: Terms) -> Response:
    with desk.database.transaction() as session:
        licence = registering.want_terms(
            session,
            work_id,
            terms,
            by=visitor.person.id,
            room=desk.room,
            at=desk.clock.now(),
        )
    return answer(
        TermsSaid(
            dict(plain(terms)),
            words_of(terms),
            holds=licence is not None,
            licence=None if licence is None else licence_said(licence),
        )
    )

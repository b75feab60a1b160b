"""Works over HTTP: the registry that everybody may read, and what owners and the house do in it."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from matinee import rights
from matinee.kit.bodies import answer
from matinee.kit.db import Session
from matinee.people import Visitor, access
from matinee.rights import registering, registry_store, store
from matinee.rights.errors import (
    ConflictNotFound,
    FileUnknown,
    OwnWork,
    ProofNotFound,
    RequestUnreadable,
)
from matinee.rights.licences import Owner
from matinee.rights.model import ReferenceKind, WorkKind
from matinee.rights.registering import Entry, Kept

from .desk import Body, read_json
from .registry_bodies import (
    AliasBody,
    ConflictDecision,
    ContestWish,
    FileWish,
    OwnersWish,
    Presenter,
    ProofDecision,
    ProofWish,
    RightsDesk,
    ShareAnswer,
    WorkChange,
    WorkPage,
    WorkWish,
    owners_of,
    proof_said,
    reference_said,
)

_PAGE = 24
_SHOWN_MOST = 100

Holder = Annotated[Visitor, Depends(access.member("rights"))]
Anyone = Annotated[Visitor | None, Depends(access.anyone)]
Moderator = Annotated[Visitor, Depends(access.with_role("moderator"))]

# What a file begins with, at which byte, and what it is then.
_BEGINS: tuple[tuple[int, bytes, ReferenceKind, str], ...] = (
    (0, b"\x89PNG\r\n\x1a\n", "picture", ".png"),
    (0, b"\xff\xd8\xff", "picture", ".jpg"),
    (8, b"WEBP", "picture", ".webp"),
    (4, b"ftyp", "video", ".mp4"),
    (0, b"\x1aE\xdf\xa3", "video", ".webm"),
    (8, b"WAVE", "sound", ".wav"),
    (0, b"ID3", "sound", ".mp3"),
    (0, b"\xff\xfb", "sound", ".mp3"),
    (0, b"fLaC", "sound", ".flac"),
    (0, b"OggS", "sound", ".ogg"),
)


def work_router(desk: RightsDesk) -> APIRouter:
    """The routes of the registry, below ``/api``."""
    router = APIRouter()
    _add_lists(router, desk)
    _add_entering(router, desk)
    _add_files(router, desk)
    _add_conflicts(router, desk)
    _add_house(router, desk)
    return router


def _add_lists(router: APIRouter, desk: RightsDesk) -> None:
    @router.get("/works")
    def list_works(
        visitor: Anyone,
        q: str = "",
        kind: str = "",
        mine: str = "",
        cursor: str = "",
    ) -> Response:
        """Works by name, of a kind, or one's own; newest first."""
        party = visitor.person.id if mine and visitor is not None else None
        with desk.database.transaction() as session:
            found = registering.search_works(
                session,
                named=q[:200],
                kind=_kind(kind),
                party=party,
                after=cursor[:80],
                limit=_PAGE + 1,
            )
            shown = Presenter(session, visitor).works(found[:_PAGE])
        more = found[_PAGE - 1].id if len(found) > _PAGE else None
        return answer(WorkPage(shown, more))

    @router.get("/works/{work_id}")
    def show(work_id: str, visitor: Anyone) -> Response:
        """One work."""
        with desk.database.transaction() as session:
            return _shown(session, visitor, work_id)


def _add_entering(router: APIRouter, desk: RightsDesk) -> None:
    @router.post("/works")
    def enter(body: Body, visitor: Holder) -> Response:
        """Enter a work, with its terms if they are known; other owners are asked to agree."""
        wish = read_json(body, WorkWish)
        terms = None if wish.licence is None else wish.licence.read()
        me, at = visitor.person, desk.clock.now()
        with desk.database.transaction() as session:
            owners = owners_of(session, wish.owners) or (Owner(me.id, 10_000),)
            entry = Entry(
                kind=wish.kind,
                title=wish.title,
                description=wish.description,
                owners=owners,
                aliases=tuple(one.alias for one in wish.aliases),
                rule=wish.rule,
            )
            work = registering.enter_work(
                session,
                entry,
                by=me.id,
                trusted=me.has("rights_holder"),
                room=desk.room,
                at=at,
            )
            if terms is not None:
                registering.want_terms(session, work.id, terms, by=me.id, room=desk.room, at=at)
            return _shown(session, visitor, work.id, status=201)

    @router.patch("/works/{work_id}")
    def change(work_id: str, body: Body, visitor: Holder) -> Response:
        """Change what a work is called, what it is like, and whose word is enough."""
        wish = read_json(body, WorkChange)
        with desk.database.transaction() as session:
            registering.change_work(
                session,
                work_id,
                by=visitor.person.id,
                room=desk.room,
                title=wish.title,
                description=wish.description,
                rule=wish.rule,
            )
            return _shown(session, visitor, work_id)

    @router.post("/works/{work_id}/aliases")
    def name(work_id: str, body: Body, visitor: Holder) -> Response:
        """Give a work a name in a language."""
        wish = read_json(body, AliasBody)
        with desk.database.transaction() as session:
            registering.add_alias(
                session, work_id, wish.alias, by=visitor.person.id, room=desk.room
            )
            return _shown(session, visitor, work_id, status=201)

    @router.delete("/works/{work_id}/aliases")
    def forget_name(work_id: str, visitor: Holder, language: str, name: str) -> Response:
        """Take a name from a work."""
        with desk.database.transaction() as session:
            registering.drop_alias(
                session,
                work_id,
                language=language,
                name=name,
                by=visitor.person.id,
                room=desk.room,
            )
            return _shown(session, visitor, work_id)

    @router.put("/works/{work_id}/owners")
    def share_out(work_id: str, body: Body, visitor: Holder) -> Response:
        """Name other owners or shares, while not all have agreed."""
        wish = read_json(body, OwnersWish)
        with desk.database.transaction() as session:
            registering.set_owners(
                session,
                work_id,
                owners_of(session, wish.owners),
                by=visitor.person.id,
                at=desk.clock.now(),
            )
            return _shown(session, visitor, work_id)

    @router.post("/works/{work_id}/share")
    def agree(work_id: str, body: Body, visitor: Holder) -> Response:
        """Say that one's share is one's own, or that one owns no part."""
        wish = read_json(body, ShareAnswer)
        with desk.database.transaction() as session:
            registering.answer_share(
                session,
                work_id,
                party=visitor.person.id,
                agreed=wish.agreed,
                at=desk.clock.now(),
            )
            return _shown(session, visitor, work_id)


def _add_files(router: APIRouter, desk: RightsDesk) -> None:
    @router.post("/works/{work_id}/references")
    def refer(work_id: str, body: Body, visitor: Holder) -> Response:
        """Keep an uploaded file by which copies of the work are recognised."""
        wish, me = read_json(body, FileWish), visitor.person.id
        path = desk.uploads.finished(me, wish.upload_id, purpose="reference")
        kept = _kept(desk, path, wish.name)
        with desk.database.transaction() as session:
            reference = registering.add_reference(
                session, work_id, kept, by=me, room=desk.room, at=desk.clock.now()
            )
        desk.uploads.remove(me, wish.upload_id)
        return answer(reference_said(reference), status=201)

    @router.delete("/works/{work_id}/references/{reference_id}")
    def take_back(work_id: str, reference_id: str, visitor: Holder) -> Response:
        """Take a reference back; copies are no longer recognised by it."""
        with desk.database.transaction() as session:
            registering.drop_reference(
                session, work_id, reference_id, by=visitor.person.id, at=desk.clock.now()
            )
            return _shown(session, visitor, work_id)

    @router.post("/works/{work_id}/proofs")
    def prove(work_id: str, body: Body, visitor: Holder) -> Response:
        """Say, and show, why a work is one's own."""
        wish, me = read_json(body, ProofWish), visitor.person.id
        blob = ""
        if wish.upload_id:
            path = desk.uploads.finished(me, wish.upload_id, purpose="proof")
            blob = desk.blobs.put_file(path, suffix=".proof").key
        with desk.database.transaction() as session:
            proof = registering.add_proof(
                session,
                work_id,
                statement=wish.statement,
                blob=blob,
                name=wish.name,
                by=me,
                room=desk.room,
                at=desk.clock.now(),
            )
        if wish.upload_id:
            desk.uploads.remove(me, wish.upload_id)
        return answer(proof_said(proof), status=201)

    @router.get("/proofs/{proof_id}/file")
    def proof_file(proof_id: str, _visitor: Moderator) -> Response:
        """The file of a proof, to be looked at by the house."""
        with desk.database.transaction() as session:
            found = registry_store.proofs(session, proof_id=proof_id)
        if not found or not found[0].blob:
            raise ProofNotFound(proof_id)
        # Whatever it is, a browser only ever keeps it: nothing of it runs here.
        return Response(
            desk.blobs.read(found[0].blob),
            media_type="application/octet-stream",
            headers={
                "content-disposition": f'attachment; filename="{proof_id}"',
                "x-content-type-options": "nosniff",
                "cache-control": "private, no-store",
            },
        )


def _add_conflicts(router: APIRouter, desk: RightsDesk) -> None:
    @router.post("/works/{work_id}/conflicts")
    def contest(work_id: str, body: Body, visitor: Holder) -> Response:
        """Say that a part of a registered work is one's own; somebody of the house decides."""
        wish = read_json(body, ContestWish)
        with desk.database.transaction() as session:
            rights.contest_work(
                session,
                work_id,
                claimant=visitor.person.id,
                bps=wish.bps,
                ground=wish.ground,
                ids=desk.room.ids,
                at=desk.clock.now(),
            )
            return _shown(session, visitor, work_id, status=201)


def _add_house(router: APIRouter, desk: RightsDesk) -> None:
    @router.get("/desk/proofs")
    def waiting(_visitor: Moderator) -> Response:
        """The proofs that wait to be looked at, oldest first."""
        with desk.database.transaction() as session:
            found = registry_store.proofs(session, most=_SHOWN_MOST)
        return answer({"proofs": [proof_said(one) for one in found]})

    @router.post("/desk/proofs/{proof_id}")
    def look_at(proof_id: str, body: Body, visitor: Moderator) -> Response:
        """Take a proof as one, or refuse it."""
        wish = read_json(body, ProofDecision)
        with desk.database.transaction() as session:
            work = registering.decide_proof(
                session,
                proof_id,
                accepted=wish.accepted,
                by=visitor.person.id,
                reason=wish.reason,
                at=desk.clock.now(),
            )
            return _shown(session, visitor, work.id)

    @router.post("/desk/conflicts/{work_id}/{conflict_id}")
    def decide(work_id: str, conflict_id: str, body: Body, visitor: Moderator) -> Response:
        """End a conflict: with these owners from now on, or without a change."""
        wish = read_json(body, ConflictDecision)
        with desk.database.transaction() as session:
            owners = None if wish.owners is None else owners_of(session, wish.owners)
            open_ones = {one.id: one.claimant for one in store.conflicts_of(session, work_id)}
            me = visitor.person.id
            if me == open_ones.get(conflict_id) or store.work_by_id(session, work_id).share_of(me):
                raise OwnWork(work_id)
            if conflict_id not in open_ones or not rights.decide_conflict(
                session, conflict_id, owners=owners, at=desk.clock.now()
            ):
                raise ConflictNotFound(conflict_id)
            return _shown(session, visitor, work_id)


def _shown(
    session: Session, visitor: Visitor | None, work_id: str, *, status: int = 200
) -> Response:
    work = store.work_by_id(session, work_id)
    return answer(Presenter(session, visitor).work(work), status=status)


def _kind(said: str) -> WorkKind | None:
    known: tuple[WorkKind, ...] = ("character", "brand", "likeness", "music", "footage")
    if not said:
        return None
    found = next((one for one in known if one == said), None)
    if found is None:
        raise RequestUnreadable(f"kind is {said[:40]!r}, but must be one of {', '.join(known)}")
    return found


def _kept(desk: RightsDesk, path: Path, name: str) -> Kept:
    """Keep an uploaded file; raises ``FileUnknown`` for what is no picture, video or sound."""
    with path.open("rb") as file:
        head = file.read(16)
    for at, begins, kind, suffix in _BEGINS:
        if head[at : at + len(begins)] == begins:
            blob = desk.blobs.put_file(path, suffix=suffix)
            made = Kept(blob=blob.key, kind=kind, name=name, file_bytes=path.stat().st_size)
            return replace(made, name=name.strip() or "file")
    raise FileUnknown
